//! What a citizen chose about being disturbed. Messages come to the inbox whatever they chose.

use super::{
    model::Category,
    rules::{DEFAULT_QUIET, Quiet},
    store,
};
use crate::{
    identity::Citizen,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
};

/// A citizen's choice.
pub struct Choice {
    /// When the phone keeps still.
    pub quiet: Quiet,
    /// Kinds of news that do not disturb at all.
    pub muted: Vec<Category>,
}

/// Quiet hours as they are stored, or the default.
pub(super) fn quiet(stored: Option<(i64, i64)>) -> Quiet {
    let minutes = |m: i64| u32::try_from(m).unwrap_or_default();
    stored.map_or(DEFAULT_QUIET, |(from, until)| Quiet { from: minutes(from), until: minutes(until) })
}

/// What the resident chose, or the default.
///
/// # Errors
/// The database.
pub async fn of(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Choice> {
    let quiet = quiet(store::quiet(r, town, resident).await?);
    let stored = store::muted(r, town, resident).await?;
    // It was taken once, though it never had an effect.
    let muted = stored.iter().filter_map(|c| Category::parse(c)).filter(|c| *c != Category::Emergency).collect();
    Ok(Choice { quiet, muted })
}

/// Keeps what the citizen chooses.
///
/// # Errors
/// The database.
pub async fn choose(w: &mut Write, who: &Citizen, choice: &Choice) -> sqlx::Result<()> {
    let (from, until) = (i64::from(choice.quiet.from), i64::from(choice.quiet.until));
    store::set_quiet(w, who.town.id, who.actor.0, from, until).await?;
    store::set_muted(w, who.town.id, who.actor.0, &choice.muted).await
}
