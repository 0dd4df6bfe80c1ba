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
