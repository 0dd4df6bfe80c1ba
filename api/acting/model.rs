//! What may be refused of mandates.

use crate::{
    identity::CodeInvalid,
    mandates::{
        MandateByCourt, MandateExists, MandateInCircle, MandateLimit, MandateNeedsColleague, MandateOfChild,
        MandateOver, MandateToOneself,
    },
    refusals, words,
};

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
