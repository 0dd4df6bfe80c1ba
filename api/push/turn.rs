//! One turn of a process on a channel, and what comes of sending a row.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::{
    channels::{Channel, Citizen},
    rules::{Verdict, live},
    store::{LiveReady, Ready},
};
use crate::platform::App;

/// The lane of what cannot wait.
pub const URGENT: i64 = 0;
/// The lane of all else.
pub const ORDINARY: i64 = 1;
/// What is kept of `server.stop_seconds` to settle what came back.
const TO_SETTLE: Duration = Duration::from_secs(5);

/// What is sent: a row of the outbox, or how a number stands that a phone shows.
pub(super) enum Row {
    Message(Ready),
    Live(LiveReady),
}

impl Row {
    pub(super) fn is_live(&self) -> bool {
        matches!(self, Self::Live(_))
    }

    pub(super) fn citizen(&self) -> Citizen {
        match self {
            Self::Message(row) => (row.municipality_id, row.resident_id),
            Self::Live(row) => (row.municipality_id, row.resident_id),
        }
    }

    /// How often it was tried before.
    pub(super) fn attempts(&self) -> i64 {
        match self {
            Self::Message(row) => row.attempts,
            Self::Live(row) => row.attempts,
        }
    }

    pub(super) fn is_urgent(&self) -> bool {
        match self {
            Self::Message(row) => row.lane == URGENT,
            Self::Live(row) => row.urgent,
        }
    }

    /// It is not tried again after.
    pub(super) fn expires_at(&self) -> DateTime<Utc> {
        match self {
            Self::Message(row) => row.expires_at,
            Self::Live(row) => row.as_of + live::LONGEST,
        }
    }
}

/// What came of sending one row.
pub(super) struct Sent {
    pub(super) row: Row,
    pub(super) verdict: Sending,
    pub(super) code: String,
}

pub(super) enum Sending {
    Judged(Verdict),
    /// The phone is no longer this citizen's; or, of a number, there is nowhere to send it.
    Unbound,
    /// Too late to be worth showing.
    Expired,
    /// They said since that no phone is to show it.
    NotWanted,
    /// It would come in their quiet hours, which end then.
    Waits(DateTime<Utc>),
    /// Not tried, because the channel had stopped.
    Skipped,
}

/// One turn of this process on a channel.
pub(super) struct OneTurn<'a> {
    pub(super) app: &'a App,
    pub(super) channel: &'a Channel,
    /// It is paused, and one row finds out whether it still has to be.
    pub(super) probing: bool,
    /// It is paused because the provider asked to wait.
    pub(super) paced: bool,
    /// A device that registered after this is not touched.
    pub(super) read_from: DateTime<Utc>,
    /// Nothing more is sent: the channel is to be paused.
    pub(super) stopped: AtomicBool,
    pub(super) stop: &'a CancellationToken,
    /// What is under way is left as it was.
    pub(super) late: CancellationToken,
    /// Rows whose token is refused, while too few answered to say whose fault that is. They are settled with the rows behind them, at the
    /// latest at the end of the turn.
    pub(super) withheld: Mutex<Vec<Sent>>,
}

impl OneTurn<'_> {
    pub(super) fn is_over(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.stop.is_cancelled()
    }

    /// When what is under way is left, after we are told to stop.
    pub(super) async fn out_of_time(&self) {
        self.stop.cancelled().await;
        let time = Duration::from_secs(self.app.config.server.stop_seconds);
        // Of a short time most is for the answers.
        tokio::time::sleep(time - TO_SETTLE.min(time / 4)).await;
    }
}
