//! A phone, the way to its provider, and what one push says.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    codes, id_type,
    identity::SessionId,
    platform::{ids::ResidentId, language::Language},
    refusals, words,
};

id_type! {
    /// An installation of the app, bound to a citizen.
    DeviceId;
    /// The way to one provider for one app and environment.
    ChannelId;
}

words! {
    /// Kinds of news, as a citizen may mute them. A message of a muted category stays in the inbox.
    Category {
        /// A document expires, or is ready.
        Documents = "documents",
        /// Who used your account, and from where.
        Account = "account",
        /// A visit is booked, moved, cancelled or near.
        Appointments = "appointments",
        /// You are called, at the town hall, now.
        Queue = "queue",
        /// The town tells something.
        Announcements = "announcements",
        /// The town warns of danger. It cannot be muted.
        Emergency = "emergency",
    }
}

impl Category {
    /// Whether it is worth nothing later: it overtakes what others are sent, and no quiet hours hold it.
    pub(super) fn is_urgent(self) -> bool {
        matches!(self, Self::Queue | Self::Emergency)
    }
}

/// What one push says.
#[derive(Clone, Debug)]
pub struct Push<'a> {
    /// The device token, in hex.
    pub target: &'a str,
    /// Echoed by Apple; the same for each try of the same row.
    pub apns_id: uuid::Uuid,
    /// The message the app fetches after unlock; also what makes a second copy replace the first.
    pub message: uuid::Uuid,
    /// `show` or `clear`.
    pub purpose: &'a str,
    /// Kind of news.
    pub category: &'a str,
    /// The neutral sentence.
    pub text: &'a str,
    /// What anybody may read, and is said before it; none for what is anybody's own.
    pub title: Option<&'a str>,
    /// The number on the icon.
    pub unread: i64,
    /// Whether the app may fetch the content before it shows the notification.
    pub full_preview: bool,
    /// Not worth showing after.
    pub expires_at: DateTime<Utc>,
}

impl Push<'_> {
    /// Whether it takes a notification off instead of showing one.
    pub fn is_clear(&self) -> bool {
        self.purpose == "clear"
    }

    /// The number on the icon, as far as both systems count: Android's is signed.
    pub fn shown_unread(&self) -> u32 {
        u32::try_from(self.unread.clamp(0, i32::MAX.into())).unwrap_or_default()
    }
}

/// How a number stands that a phone shows as it moves: what the screen in the hall shows of it, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveState {
    /// How many are called before; none where they are called, wait aside, or it is over.
    pub ahead: Option<i64>,
    /// How long it will be, in minutes; none where nobody knows, and where there is no `ahead`.
    pub minutes: Option<i64>,
    /// The name of the desk to which they are called.
    pub desk: Option<String>,
    /// Whether nobody waits with it any more.
    pub is_over: bool,
}

words! {
    /// What becomes of a Live Activity.
    LiveEvent {
        /// iOS shall begin to show it.
        Start = "start",
        /// It stands otherwise than before.
        Update = "update",
        /// It is over, and goes off the lock screen.
        End = "end",
    }
}

/// What one push says of a number that a phone shows.
#[derive(Clone, Debug)]
pub struct LivePush<'a> {
    /// The token, or the id of the installation.
    pub target: &'a str,
    /// Echoed by Apple; the same for each try of the same state.
    pub apns_id: Uuid,
    /// The ticket.
    pub ticket: Uuid,
    /// What becomes of it.
    pub event: LiveEvent,
    /// The number.
    pub number: &'a str,
    /// How it stands.
    pub state: &'a LiveState,
    /// Since when that is so.
    pub as_of: DateTime<Utc>,
    /// Whether it cannot wait: iOS counts how often that is said.
    pub is_urgent: bool,
    /// In which language a start is announced.
    pub language: Language,
    /// Not worth showing after.
    pub expires_at: DateTime<Utc>,
}

/// What goes to a provider.
#[derive(Clone, Copy, Debug)]
pub enum Outgoing<'a> {
    /// Of a message.
    Message(&'a Push<'a>),
    /// Of a number.
    Live(&'a LivePush<'a>),
}

/// Somebody who is notified, and of which message.
pub struct Recipient<'a> {
    /// To whom.
    pub resident: ResidentId,
    /// The message.
    pub message: Uuid,
    /// What is said before the neutral sentence. None for what is anybody's own: only an announcement that is public has one, and
    /// the table refuses it of any other kind.
    pub open: Option<Open<'a>>,
    /// The session whose phone is left out.
    pub except: Option<SessionId>,
}

/// What may be read by anybody, the providers too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open<'a> {
    /// One line.
    pub title: &'a str,
    /// Its language, in which the sentence behind it is said as well.
    pub language: Language,
}

codes! {
    /// The citizen has as many devices as the town allows.
    DeviceLimit = "device_limit" 409 Tell "This citizen has as many devices as are allowed; remove one first.";
    /// The town has no push credentials for this platform.
    PushUnavailable = "push_unavailable" 409 Ignore "The municipality's app has no push credentials for this platform.";
}

refusals! {
    /// An installation that is not registered.
    pub CannotRegister = PushUnavailable, DeviceLimit;
}
