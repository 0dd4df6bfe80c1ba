//! The call list: the types that other files of the room know, and what may be refused.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    codes, id_type,
    inbox::reach::CallDue,
    platform::ids::{MunicipalityId, ResidentId},
    refusals, words,
};

id_type! {
    /// A call that is to be made.
    CallId;
}

words! {
    /// What came of a try to call somebody.
    CallResult {
        /// They were spoken to.
        Reached = "reached",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// It is not their number, or there is none.
        WrongNumber = "wrong_number",
        /// Somebody close to them was asked to tell them.
        ToldRelative = "told_relative",
    }
}

/// What a colleague decided of somebody who could not be called: they have it now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Decided {
    /// Of which call.
    pub reach_id: Uuid,
    /// Whom it was to.
    pub resident_id: ResidentId,
    /// Who.
    #[sqlx(rename = "closed_by")]
    pub by: String,
    /// When.
    #[sqlx(rename = "closed_at")]
    pub at: DateTime<Utc>,
    /// What they do.
    #[sqlx(rename = "closed_note")]
    pub note: String,
}

/// A try to call somebody.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Try {
    /// Of which call.
    pub reach_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub result: CallResult,
    /// The name of the member of staff who tried.
    pub by_name: String,
}

/// What is kept of a call, once somebody took it or tried.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CallRow {
    /// Whose town.
    pub municipality_id: MunicipalityId,
    /// Which call.
    pub reach_id: Uuid,
    /// The name of who has it; none where nobody has.
    pub taken_by: Option<String>,
    /// Which member of staff that is.
    pub taken_by_id: Option<Uuid>,
    /// Since when.
    pub taken_at: Option<DateTime<Utc>>,
}

impl CallRow {
    /// Whether somebody has it who took it at that instant or later.
    pub fn is_taken(&self, since: DateTime<Utc>) -> bool {
        self.taken_by.is_some() && self.taken_at.is_some_and(|at| at >= since)
    }
}

/// A call that is to be made.
pub struct Call {
    /// Whom to call, and what to say.
    pub due: CallDue,
    /// What they are called.
    pub name: String,
    /// Who has it, if anybody has today.
    pub row: Option<CallRow>,
    /// What was tried, the first first.
    pub tries: Vec<Try>,
    /// Whether a colleague may decide what becomes of it.
    pub may_close: bool,
}

codes! {
    /// A colleague has it. `edited_by` says who, and `edited_at` since when.
    CallTaken = "call_taken" 409 Reload "A colleague has this call; `edited_by` says who.";
    /// Too few tries were made, or all on one day or at one hour.
    CallNotTried = "call_not_tried" 409 Tell "Three tries on three days, each at another hour, come before a colleague decides; a wrong number and a word with a relative count as well.";
}

refusals! {
    /// A call that is not closed.
    pub CannotClose = CallTaken, CallNotTried;
}
