//! How somebody wants to be told: the types that other files of the room know.

use chrono::{DateTime, Utc};

use crate::{platform::language::Language, words};

words! {
    /// A way by which somebody is told.
    Way {
        /// By their phone.
        Push = "push",
        /// By e-mail.
        Mail = "mail",
        /// By a letter on paper.
        Letter = "letter",
    }

    /// Why nothing is sent to an e-mail address any more.
    Dropped {
        /// Mail to it came back: it does not exist, or takes none.
        Bounced = "bounced",
        /// Who reads it said that it is unwanted.
        Complained = "complained",
    }
}

/// How a resident wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether they are told nothing by phone and e-mail.
    pub never_digital: bool,
    /// The ways, in their order; what is not here is not wanted.
    pub steps: Vec<Way>,
    /// Their address: confirmed, and not dropped since.
    pub email: Option<String>,
    /// Whether an e-mail may say what a message says.
    pub open_email: bool,
    /// Whether announcements come by e-mail.
    pub announcements_by_email: bool,
    /// Whether letters are printed large.
    pub large_print: bool,
    /// The language in which they are spoken to, where they said so. Who chose one in the app has that.
    pub language: Option<Language>,
    /// Whether what would come on paper is read to them on the telephone as well.
    pub read_aloud: bool,
}

impl Settings {
    /// Whether a phone may show them news: of danger also where push is no way of theirs, but not where they want nothing digital.
    pub fn takes_push(&self, is_danger: bool) -> bool {
        !self.never_digital && (is_danger || self.steps.contains(&Way::Push))
    }
}

impl Default for Settings {
    /// What holds for who chose nothing.
    fn default() -> Self {
        Self {
            never_digital: false,
            steps: Way::ALL.to_vec(),
            email: None,
            open_email: false,
            announcements_by_email: false,
            large_print: false,
            language: None,
            read_aloud: false,
        }
    }
}

/// What somebody chooses.
#[derive(Clone, Debug)]
pub struct Choice {
    /// See [`Settings::never_digital`].
    pub never_digital: bool,
    /// See [`Settings::steps`].
    pub steps: Vec<Way>,
    /// See [`Settings::open_email`].
    pub open_email: bool,
    /// See [`Settings::announcements_by_email`].
    pub announcements_by_email: bool,
    /// See [`Settings::large_print`].
    pub large_print: bool,
    /// See [`Settings::language`]; none leaves it as it is.
    pub language: Option<Language>,
    /// See [`Settings::read_aloud`]; none leaves it as it is.
    pub read_aloud: Option<bool>,
}

/// An address that nothing is sent to any more.
#[derive(Clone, Debug)]
pub struct Gone {
    /// The address.
    pub email: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: Dropped,
}

/// An address that waits for its code.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The address.
    pub email: String,
    /// Until when the code is good.
    pub until: DateTime<Utc>,
    /// Whether the address does not exist: no code arrives there.
    pub bounced: bool,
}

/// All that is known of how somebody is told.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What holds.
    pub settings: Settings,
    /// When the address was confirmed; none where there is none.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// An address that was dropped, and not replaced since.
    pub gone: Option<Gone>,
    /// An address that waits for its code.
    pub pending: Option<Pending>,
}

/// What came of a code that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It is right: the address is theirs.
    Right(String),
    /// It is not; so many tries are left.
    Wrong(i64),
    /// There is none, it was tried too often, or is too old.
    Over,
}
