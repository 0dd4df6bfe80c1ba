//! How far an announcement goes to those who do not read it, or have no app: what `inbox::reach` asks of this room.

use std::collections::HashMap;

use chrono::Duration;
use uuid::Uuid;

use super::{model::Announcement, rules::State, store};
use crate::{
    inbox::{Follow, reach::Outcome},
    municipalities::Municipality,
    platform::db::Read,
};

/// How it goes on; none where its author asked for the inbox and the push alone.
pub(super) fn of(a: &Announcement) -> Option<Follow> {
    let plan = a.reach.plan()?;
    // What takes place is worth nothing once it is over, as `rules::over` has it.
    let over = a.ends_at.or(a.begins_at.map(|begin| begin + Duration::days(1)));
    let worth_until = over.map_or(a.valid_until, |over| over.min(a.valid_until));
    Some(Follow { id: a.id.0, plan, worth_until })
}

/// Which of these are over, and how: taken back, put right by another, or forgotten.
///
/// # Errors
/// The database.
pub(super) async fn over(r: &mut Read, town: &Municipality, told: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Outcome>> {
    let known = store::over(r, town.id, told).await?;
    // What is not there any more is followed no more.
    let mut all: HashMap<Uuid, Outcome> = told.iter().map(|id| (*id, Outcome::Settled)).collect();
    for (id, state, is_corrected) in known {
        if matches!(state, State::Withdrawing | State::Withdrawn) {
            continue;
        }
        if is_corrected {
            // Who gets what is right is followed for that.
            all.insert(id, Outcome::Replaced);
        } else {
            all.remove(&id);
        }
    }
    Ok(all)
}
