//! What is said to residents, and what became of it.

use chrono::{DateTime, Utc};

use crate::{
    id_type,
    identity::SessionId,
    platform::{
        ids::{DocumentId, ResidentId},
        language::Language,
    },
    push::Category,
    words,
};

id_type! {
    /// A message in a citizen's inbox.
    MessageId;
}

/// What is said to somebody, in their language.
pub struct Notice {
    /// What kind of message it is, for the app.
    pub kind: &'static str,
    /// What kind of news, for the citizen's choice.
    pub category: Category,
    /// Said once for each such key and person.
    pub dedupe_key: String,
    /// One line.
    pub title: String,
    /// Plain text, paragraphs apart by an empty line.
    pub body: String,
    /// Where the app goes when it is opened, as a path: `/documents/…`.
    pub deep_link: String,
    /// What can be done at once: a label, and an address or path.
    pub action: Option<(String, String)>,
    /// How long, and how much, it is worth being shown.
    pub worth: Worth,
    /// The language of a title that anybody may read, the providers too: then it is on the lock screen. None for any other.
    pub open_in: Option<Language>,
    /// How it goes on where it is not read.
    pub plan: Plan,
    /// The documents that it asks something about: it is settled when nothing is asked of any of them any more.
    pub about: Vec<DocumentId>,
}

words! {
    /// How a message goes on where it is not read: which of the configured plans it follows (`reach`).
    Plan {
        /// It lies in the inbox, and nothing more is done.
        None = "none",
        /// A document asks for something, and there is time.
        Reminder = "reminder",
        /// The time for it is nearly over.
        ReminderLate = "reminder_late",
        /// The document has expired.
        ReminderExpired = "reminder_expired",
        /// The town changed a visit.
        VisitChanged = "visit_changed",
        /// A visit is elsewhere or off, as its location closed.
        Closing = "closing",
        /// A mandate holds that staff wrote down, or one is over.
        Mandate = "mandate",
        /// Somebody for whom they act was told something.
        ForOther = "for_other",
        /// An announcement whose author asked for e-mail.
        AnnouncementMail = "announcement_mail",
        /// An announcement whose author asked for paper.
        AnnouncementPaper = "announcement_paper",
    }
}

/// How long, and how much, a message is worth being shown. It lies in the inbox whatever this is.
#[derive(Clone, Debug, Default)]
pub struct Worth {
    /// No phone shows it from this instant on: it came too late to be of use. None: as long as any push.
    pub until: Option<DateTime<Utc>>,
    /// It changes what somebody does, and must be shown by then: it overtakes quiet hours that would hold it for longer.
    pub by: Option<DateTime<Utc>>,
    /// Messages whose key begins so are old news: those that were not read are taken back.
    pub replaces: Option<String>,
    /// What was kept under keys that begin so, as there was no way to them, is told with this one: it is withdrawn.
    pub makes_up_for: Option<String>,
    /// The session in which the citizen did what it tells of: that phone has just shown it, and is not disturbed. Their other phones are.
    pub done_in: Option<SessionId>,
    /// It is about somebody else's things: who is told beside them hears nothing of it.
    pub for_them_alone: bool,
    /// It is about a child's documents, or a visit for a child: who acts for the parent hears nothing of it, and does not read it.
    pub of_child: bool,
}

words! {
    /// Why there was no way to tell a resident something.
    Unreached {
        /// They have no app.
        NoApp = "no_app",
        /// They have died, moved away, or left the register.
        NotHere = "not_here",
    }
}

/// How somebody is told something, as things stand in the transaction that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The language in which they are spoken to: what they chose in the app, else what the register knows, else the town's first.
    pub language: Language,
    /// Why there is no way to them; none where they have the app.
    pub unreached: Option<Unreached>,
    /// Whether a phone of theirs may show them news.
    pub takes_push: bool,
    /// Whether a phone of theirs may show them news of danger.
    pub takes_danger: bool,
}

impl Reader {
    /// Whether a phone may show them news of a kind.
    pub fn takes_push(&self, category: Category) -> bool {
        if category == Category::Emergency { self.takes_danger } else { self.takes_push }
    }

    /// Whether they have the app.
    pub fn has_app(&self) -> bool {
        self.unreached.is_none()
    }
}

/// What became of what one of many was to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A phone of theirs will show it.
    Phone(MessageId),
    /// It lies ready in their inbox, and no phone shows it.
    Inbox(MessageId),
    /// There was no way to them. Who tells many keeps that itself.
    Unreached(Unreached),
}

/// What became of something that a resident was to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It lies in their inbox, and is on its way to their phones.
    Written(MessageId),
    /// It is nothing new: the same was said before, or there is nothing to say.
    NothingNew,
    /// There was no way to them. What it was and why is kept now.
    Unreached(Unreached),
}

/// What a broadcast says in one language.
pub struct Localized {
    /// Which.
    pub language: Language,
    /// One line.
    pub title: String,
    /// Text.
    pub body: String,
    /// What the button says that leads to [`Broadcast::link`].
    pub action: String,
}

/// What many are told at once, each in their language.
pub struct Broadcast {
    /// What kind of message it is, for the app.
    pub kind: &'static str,
    /// What kind of news.
    pub category: Category,
    /// Said once for each such key and person.
    pub dedupe_key: String,
    /// Where the app goes when it is opened.
    pub deep_link: String,
    /// Where to read more; none for nowhere.
    pub link: Option<String>,
    /// Not shown on a lock screen after this.
    pub valid_until: DateTime<Utc>,
    /// What it says: one for each language.
    pub wordings: Vec<Localized>,
    /// True where anybody may read the titles, the providers too: then they are on lock screens.
    pub is_open: bool,
    /// Who are told, and how.
    pub to: Vec<Addressee>,
    /// How it goes on for who does not read it; none where it lies in the inbox, and nothing more is done.
    pub follow: Option<Follow>,
}

/// How what many are told goes on.
#[derive(Clone, Copy, Debug)]
pub struct Follow {
    /// Which it is, for who says that it is over: the id of the announcement.
    pub id: uuid::Uuid,
    /// Which plan it follows.
    pub plan: Plan,
    /// Until when it is worth something.
    pub worth_until: DateTime<Utc>,
}

/// One of many who are told something.
#[derive(Clone, Copy, Debug)]
pub struct Addressee {
    /// Who.
    pub resident: ResidentId,
    /// How they are told something, as [`readers`](super::readers) found it.
    pub reader: Reader,
    /// Which of the wordings is theirs.
    pub wording: usize,
    /// Whether it lies ready in the app only, and disturbs nobody.
    pub is_silent: bool,
}
