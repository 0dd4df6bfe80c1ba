//! The words of how a message goes on: its steps, what became of each, and what became of all of it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::{
    inbox::model::{MessageId, Plan},
    municipalities::Municipality,
    platform::{
        db::{Read, Write},
        ids::{DocumentId, MunicipalityId, ResidentId},
        language::Language,
    },
    words,
};

words! {
    /// A step after the inbox and the push.
    Step {
        /// An e-mail.
        Mail = "mail",
        /// A letter on paper.
        Letter = "letter",
        /// Staff call.
        Call = "call",
    }

    /// What became of a step.
    StepState {
        /// It waits for people: to be printed, or to be called.
        Due = "due",
        /// It is under way: queued as an e-mail, or in a batch of letters.
        Taken = "taken",
        /// It could not be taken.
        Skipped = "skipped",
        /// It was taken and came to nothing.
        Failed = "failed",
        /// The letter came back.
        Returned = "returned",
        /// It left for them and nothing is known against it: a letter that was posted.
        Reached = "reached",
    }

    /// Why a step was not taken, or came to nothing.
    Reason {
        /// They do not want it.
        Refused = "refused",
        /// No e-mail address of theirs was confirmed, or the town sends no e-mail.
        NoEmail = "no_email",
        /// The register has no address to which a letter can go.
        NoAddress = "no_address",
        /// Their address is hidden for their safety.
        HiddenAddress = "hidden_address",
        /// The town writes no letters.
        Off = "off",
        /// It would come when it is worth nothing any more.
        TooLate = "too_late",
        /// They are a minor, and a parent who lives with them was told the same.
        WithParent = "with_parent",
        /// The e-mail could not be delivered.
        Bounced = "bounced",
        /// The letter came back.
        Returned = "returned",
        /// Nobody did it in time.
        NotDone = "not_done",
        /// Staff took the letter out of its batch.
        TakenOut = "taken_out",
    }

    /// What became of a message in the end.
    Outcome {
        /// They read it, or put it away.
        Read = "read",
        /// What it asks for was done, or it does not hold any more.
        Settled = "settled",
        /// A later message says it anew, and is followed for itself.
        Replaced = "replaced",
        /// An e-mail was sent, and did not come back.
        Mailed = "mailed",
        /// A letter was posted, ours or the town's own, and did not come back.
        Posted = "posted",
        /// Staff spoke to them.
        Called = "called",
        /// A colleague who is named has it now.
        HandedOver = "handed_over",
        /// They died, left, or were retired from the register.
        NotHere = "not_here",
        /// It was worth nothing any more before it reached them.
        TooLate = "too_late",
        /// They said no to all that was left.
        Refused = "refused",
        /// No way led to them.
        NotReached = "not_reached",
        /// They are a minor, and a parent who lives with them was told the same in the place of a letter to them.
        WithParent = "with_parent",
    }

    /// Where what was said stands.
    Source {
        /// In the inbox.
        Message = "message",
        /// With what somebody without the app was to be told.
        Unreached = "unreached",
    }
}

/// A step as it was taken, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// What became of it.
    pub state: StepState,
    /// Why not, or why it came to nothing; none where it stands.
    pub reason: Option<Reason>,
    /// When that was so first.
    pub at: DateTime<Utc>,
}

/// How one message to one person stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reach {
    /// Whose town.
    pub municipality_id: MunicipalityId,
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub resident_id: ResidentId,
    /// Where what was said stands.
    pub source: Source,
    /// Its id there.
    pub source_id: Uuid,
    /// Which plan it follows.
    pub plan: Plan,
    /// The documents that it asks something about, with spaces between.
    pub about: String,
    /// The code of the language in which it was written.
    pub language: String,
    /// Until when it is worth something.
    pub worth_until: Option<DateTime<Utc>>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Which announcement they were told; none for what was told to one.
    pub broadcast_id: Option<Uuid>,
}

impl Reach {
    /// The documents that it asks something about.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + '_ {
        documents_in(&self.about)
    }

    /// The language in which it was written.
    pub fn language(&self, town: &Municipality) -> Language {
        town.language_for(Language::parse(&self.language))
    }
}

/// The documents that a kept text names.
pub fn documents_in(about: &str) -> impl Iterator<Item = DocumentId> + '_ {
    about.split(' ').filter_map(|id| id.parse().ok()).map(DocumentId)
}

/// What a letter is to say, and to whom.
pub struct LetterDue {
    /// The reach that asks for it.
    pub reach: Uuid,
    /// To whom.
    pub resident: ResidentId,
    /// In which language.
    pub language: Language,
    /// Whether they want large print.
    pub large_print: bool,
    /// One line.
    pub title: String,
    /// Plain text, paragraphs apart by an empty line.
    pub body: String,
}

/// Somebody whom staff are to call.
pub struct CallDue {
    /// The reach that asks for it.
    pub reach: Uuid,
    /// Whom.
    pub resident: ResidentId,
    /// In which language they are spoken to.
    pub language: Language,
    /// Since when they are to be called.
    pub since: DateTime<Utc>,
    /// When the message was written.
    pub created_at: DateTime<Utc>,
    /// Until when it is worth something.
    pub worth_until: Option<DateTime<Utc>>,
    /// Whether they want what is on paper read to them.
    pub read_aloud: bool,
    /// One line: what to say.
    pub title: String,
    /// Plain text, paragraphs apart by an empty line.
    pub body: String,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallDone {
    /// They were spoken to.
    Reached,
    /// A colleague has it now.
    HandedOver,
}

/// A document, and somebody who was told of it.
pub type ToldOf = (DocumentId, ResidentId);

/// What is over of what some people were told of documents.
#[derive(Default)]
pub struct Settled {
    /// What asks for nothing any more: renewed, booked for, fetched since, stopped.
    pub done: HashSet<ToldOf>,
    /// Of what the town itself has written to its holder since.
    pub written: HashSet<ToldOf>,
    /// What these people are not to be told any more: its holder died or left, or they act for the child no more.
    pub not_theirs: HashSet<ToldOf>,
}

/// What is over, being found.
pub type FindingSettled<'a> = BoxFuture<'a, sqlx::Result<Settled>>;

/// Finds what is over of what was said of documents, to whom beside them, at the instant beside them.
pub type FindSettled =
    for<'a> fn(&'a mut Read, &'a Municipality, &'a [(ToldOf, DateTime<Utc>)], DateTime<Utc>) -> FindingSettled<'a>;

/// What is over of what some people were told of documents. The room that has the documents comes after this one and says how.
#[derive(Clone, Copy)]
pub struct SettledDocuments(pub FindSettled);

/// What is told again, being noted.
pub type TellingAgain<'a> = BoxFuture<'a, sqlx::Result<()>>;

/// Looks at documents again of which somebody was told in a message, as if they had not been told.
pub type LookAgain =
    for<'a> fn(&'a mut Write, &'a Municipality, MessageId, &'a [DocumentId], DateTime<Utc>) -> TellingAgain<'a>;

/// Has somebody told anew of what is still asked of documents. The room that has the documents comes after this one and says how.
#[derive(Clone, Copy)]
pub struct TellAgain(pub LookAgain);

/// What is over of what was told to many, being found: how each of it ended.
pub type FindingOver<'a> = BoxFuture<'a, sqlx::Result<HashMap<Uuid, Outcome>>>;

/// Finds which of these are over.
pub type FindOver = for<'a> fn(&'a mut Read, &'a Municipality, &'a [Uuid]) -> FindingOver<'a>;

/// Which of some announcements hold no more: taken back, or put right by another. The room that has them comes after this one and says how.
#[derive(Clone, Copy)]
pub struct OverBroadcasts(pub FindOver);
