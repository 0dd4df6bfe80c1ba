//! What a provider's answer means for us.

use chrono::{DateTime, Duration, Utc};

/// What a provider's answer means for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The provider took it.
    Delivered,
    /// The token is dead, since this instant if the provider says it.
    TokenDead {
        /// Since when.
        since: Option<DateTime<Utc>>,
    },
    /// The token, or our own environment, topic or project, is wrong.
    TokenSuspect,
    /// The request itself is wrong: it will never pass.
    RequestDead,
    /// There is no request to be made of it: nothing was sent.
    Unsendable,
    /// Our credentials are refused: nothing of a phone's can be the reason.
    Credentials {
        /// How long the provider asks to wait.
        wait: Option<Duration>,
    },
    /// Refused in words that may mean our credentials, something between us and the provider, or this one token.
    Refused,
    /// Our provider token changes too often: keep it, wait.
    TokenPace,
    /// This one device hears too much, or nobody said who does.
    DevicePace {
        /// How long the provider asks to wait.
        wait: Option<Duration>,
    },
    /// The whole project sends too fast.
    ProjectPace {
        /// How long the provider asks to wait.
        wait: Option<Duration>,
    },
    /// The provider is out of order.
    Unavailable {
        /// The shortest wait its rules ask for.
        floor: Duration,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// There is no way to the provider: nothing was sent.
    Unreachable {
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// It was sent on a connection that gave no answer at all, to nobody.
    Unanswered,
    /// No answer came: it may have been taken or not.
    Unknown,
}
