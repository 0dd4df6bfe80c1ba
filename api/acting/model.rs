//! What may be refused of mandates.

use futures_util::future::BoxFuture;

use crate::{
    identity::CodeInvalid,
    mandates::{
        MandateByCourt, MandateExists, MandateInCircle, MandateLimit, MandateNeedsColleague, MandateOfChild,
        MandateOver, MandateToOneself, Pair,
    },
    municipalities::Municipality,
    platform::{App, db::Write, ids::ResidentId, problem::Failure},
    refusals, words,
};

/// A parent's visits, being held.
pub type Holding<'a> = BoxFuture<'a, sqlx::Result<()>>;
/// A parent's visits, being given.
pub type Giving<'a> = BoxFuture<'a, Result<(), Failure>>;
/// Gives visits to a child: of a parent and a child, as each pair of who acts for whom.
pub type Give = for<'a> fn(&'a mut Write, &'a App, &'a Municipality, Pair) -> Giving<'a>;

/// What becomes of the visits that a parent booked for a child, where staff block that parent. The room that has the visits comes after this one and says how.
#[derive(Clone, Copy)]
pub struct ParentsVisits {
    /// Locks whose visits they are, before the child is.
    pub hold: for<'a> fn(&'a mut Write, &'a Municipality, ResidentId) -> Holding<'a>,
    /// Gives those for the child to it, once the parent is blocked.
    pub give: Give,
}

words! {
    /// Which of somebody's mandates are listed.
    MandateSide {
        /// Those by which others act for them.
        Given = "given",
        /// Those by which they act for others.
        Held = "held",
    }
}

refusals! {
    /// Two between whom no mandate can be.
    pub CannotHave = MandateToOneself, MandateOfChild, MandateInCircle, MandateLimit, MandateExists;
    /// A mandate that is not asked for.
    pub CannotAsk = CodeInvalid, CannotHave;
    /// A mandate that is not accepted.
    pub CannotAccept = MandateOver, CannotHave;
    /// A mandate that the two do not end.
    pub CannotEnd = MandateOver, MandateByCourt;
    /// A mandate that no colleague confirms.
    pub CannotConfirm = MandateOver, MandateNeedsColleague, CannotHave;
}
