//! E-mail: the types that other files of the room know, and what may be refused.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    codes,
    platform::{
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
    refusals, words,
};

words! {
    /// What an e-mail is about.
    Kind {
        /// Something that is told.
        Message = "message",
        /// A code that confirms an address.
        Code = "code",
    }

    /// How an e-mail stands.
    State {
        /// It waits.
        Queued = "queued",
        /// The relay took it.
        Sent = "sent",
        /// There is no such address.
        Bounced = "bounced",
        /// It was not taken, or came back, and the address stays.
        Failed = "failed",
        /// It was not sent: nobody wants it any more.
        Cancelled = "cancelled",
        /// It was not taken in time.
        Expired = "expired",
    }

    /// Why an e-mail did not arrive.
    Why {
        /// The relay says that there is no such address, or what came back says so.
        NoSuchAddress = "no_such_address",
        /// It was refused for what it is, or where it goes.
        Refused = "refused",
        /// It was not taken in time.
        Expired = "expired",
        /// The relay had all of it, twice, and no answer came.
        Unanswered = "unanswered",
        /// The address is theirs no longer, or they want no e-mail any more.
        AddressGone = "address_gone",
        /// It came back.
        CameBack = "came_back",
        /// Who reads it said that it is unwanted.
        Complained = "complained",
    }
}

/// An e-mail to a resident.
pub struct Mail<'a> {
    /// Whom it is for.
    pub resident: ResidentId,
    /// What it is a step of; none where it stands alone.
    pub reach: Option<Uuid>,
    /// Where it goes: their confirmed address.
    pub address: &'a str,
    /// In which language it is written.
    pub language: Language,
    /// Its subject, which may be read by anybody who sees their screen.
    pub subject: &'a str,
    /// What it says; an empty line begins a paragraph.
    pub text: &'a str,
    /// Whether it leads to where announcements by e-mail are ended.
    pub may_unsubscribe: bool,
    /// It is worth nothing from then on; none where it is worth something as long as it is tried.
    pub until: Option<DateTime<Utc>>,
}

/// An e-mail that did not arrive, of a step that must know.
#[derive(Clone, Debug)]
pub struct Failed {
    /// Whose.
    pub town: MunicipalityId,
    /// Which.
    pub id: Uuid,
    /// What it was a step of.
    pub reach: Uuid,
    /// Why.
    pub why: Why,
    /// When that was known.
    pub at: DateTime<Utc>,
}

/// A code that was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// The address, in the form in which it is kept.
    pub email: String,
    /// Until when the code is good.
    pub until: DateTime<Utc>,
}

codes! {
    /// The installation sends no e-mail.
    MailOff = "mail_off" 409 Tell "This installation sends no e-mail.";
    /// Too many codes were sent within an hour.
    EmailCodeLimit = "email_code_limit" 409 Tell "Too many codes were sent; ask for another in an hour.";
    /// The code is not the one that was sent.
    EmailCodeWrong = "email_code_wrong" 400 Tell "The code is not right; `detail` says how often it may still be tried.";
    /// There is no code that could be right any more: it is used, too old, or was tried too often.
    EmailCodeOver = "email_code_over" 400 Tell "There is no code to confirm any more; ask for another.";
}

refusals! {
    /// A code that is not sent.
    pub CannotStart = MailOff, EmailCodeLimit;
    /// An address that is not confirmed.
    pub CannotConfirm = EmailCodeWrong, EmailCodeOver;
}
