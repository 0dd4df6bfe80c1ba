//! What asks for letters, and is told what became of each: all that this room asks of `inbox::reach`.

use std::collections::HashSet;

use uuid::Uuid;

use crate::{
    inbox::reach::{self, Reason, Step},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
    },
};

pub use crate::inbox::reach::LetterDue;

/// Why no letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cannot {
    /// There is no address to which it can go.
    NoAddress,
    /// Nobody may know the address.
    Hidden,
    /// Staff took it out of its batch.
    TakenOut,
}

/// Takes letters that are due; fewer than `limit` may come though more are. None: no more is.
pub async fn claim(w: &mut Write, app: &App, town: &Municipality, limit: i64) -> sqlx::Result<Vec<LetterDue>> {
    reach::claim_letters(w, app, town, limit).await
}

/// No letter goes: it goes on with the next step.
pub async fn cannot(w: &mut Write, app: &App, town: &Municipality, reach: Uuid, why: Cannot) -> sqlx::Result<()> {
    let reason = match why {
        Cannot::NoAddress => Reason::NoAddress,
        Cannot::Hidden => Reason::HiddenAddress,
        Cannot::TakenOut => Reason::TakenOut,
    };
    // Where it ended meanwhile there is nothing to go on with.
    let _was_open = reach::cannot(w, app, town, reach, (Step::Letter, reason)).await?;
    Ok(())
}

/// A letter was handed to the post.
pub async fn posted(w: &mut Write, app: &App, town: &Municipality, reach: Uuid) -> sqlx::Result<()> {
    // Where it ended meanwhile, the letter is on its way all the same.
    let _was_open = reach::letter_posted(w, app, town, reach).await?;
    Ok(())
}

/// A letter came back.
pub async fn returned(w: &mut Write, app: &App, town: &Municipality, reach: Uuid) -> sqlx::Result<()> {
    let _was_open = reach::letter_returned(w, app, town, reach).await?;
    Ok(())
}

/// For which of these a letter is still of use: the others were told in another way since, died, left, or want no letters any more.
pub async fn still_due(r: &mut Read, app: &App, town: &Municipality, reaches: &[Uuid]) -> sqlx::Result<HashSet<Uuid>> {
    reach::letter_of_use(r, app, town, reaches).await
}

/// Which of these may not be told any more: whom they are to died or left, or is told no more of somebody of whom they speak.
pub async fn not_to_tell(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    reaches: &[Uuid],
) -> sqlx::Result<HashSet<Uuid>> {
    reach::not_to_tell(r, app, town, reaches).await
}
