//! Visits that a parent booked in their own name for a child, and for whom staff have blocked that parent since: they stand, and their owner
//! sees and does nothing with them any more.

use std::collections::BTreeSet;

use super::model::{Booker, Visit};
use crate::{
    municipalities::Municipality,
    platform::{
        db::Read,
        ids::ResidentId,
        problem::{Code, Failure},
    },
    residents,
};

/// Whether a visit is for somebody beside whose it is.
pub fn is_for_others(visit: &Visit) -> bool {
    visit.subjects.iter().any(|s| s.is_beside(visit.resident_id))
}

fn is_for_any(visit: &Visit, children: &BTreeSet<ResidentId>) -> bool {
    visit.subjects.iter().filter_map(|s| s.resident).any(|id| children.contains(&id))
}

/// Whether a visit is kept from whose it is, as they are blocked as a parent of somebody whom it is for. Who only came of age keeps nobody out.
///
/// # Errors
/// The database.
pub async fn is_from_owner(r: &mut Read, town: &Municipality, visit: &Visit) -> sqlx::Result<bool> {
    let Some(owner) = visit.resident_id.filter(|_| is_for_others(visit)) else { return Ok(false) };
    Ok(is_for_any(visit, &residents::blocked_for(r, town, owner).await?))
}

/// Whether visits may be kept from somebody, as staff blocked them as a parent.
///
/// # Errors
/// The database.
pub async fn keeps_any(r: &mut Read, town: &Municipality, owner: Option<ResidentId>) -> sqlx::Result<bool> {
    match owner {
        Some(owner) => Ok(!residents::blocked_for(r, town, owner).await?.is_empty()),
        None => Ok(false),
    }
}

/// Refuses what a citizen would do with a visit that is kept from them. Where whom it is for is locked
/// ([`others`](super::placing::others)), a block comes before or after this.
///
/// # Errors
/// `not_found`.
pub async fn refuse_owner(r: &mut Read, town: &Municipality, who: &Booker, visit: &Visit) -> Result<(), Failure> {
    if matches!(who, Booker::Citizen(_)) && is_from_owner(r, town, visit).await? {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// Those of somebody's visits that are not.
///
/// # Errors
/// The database.
pub async fn open_to_owner(
    r: &mut Read,
    town: &Municipality,
    owner: ResidentId,
    mut visits: Vec<Visit>,
) -> sqlx::Result<Vec<Visit>> {
    if visits.iter().any(is_for_others) {
        let children = residents::blocked_for(r, town, owner).await?;
        visits.retain(|visit| !is_for_any(visit, &children));
    }
    Ok(visits)
}
