//! Visits that a parent booked in their own name for a child whose parent they are no more: staff blocked them since, or the register names them no
//! more. Those to come become the child's ([`to_child`](super::to_child)), and their owner sees and does nothing with any that is theirs still.

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

/// Whether a visit is kept from whose it is, as they are no parent any more of somebody whom it is for. Who only came of age keeps nobody out.
///
/// # Errors
/// The database.
pub async fn is_from_owner(r: &mut Read, town: &Municipality, visit: &Visit) -> sqlx::Result<bool> {
    let Some(owner) = visit.resident_id.filter(|_| is_for_others(visit)) else { return Ok(false) };
    Ok(is_for_any(visit, &residents::apart_from(r, town, owner).await?))
}

/// Whether visits may be kept from somebody, as they are no parent of a child any more.
///
/// # Errors
/// The database.
pub async fn keeps_any(r: &mut Read, town: &Municipality, owner: Option<ResidentId>) -> sqlx::Result<bool> {
    match owner {
        Some(owner) => Ok(!residents::apart_from(r, town, owner).await?.is_empty()),
        None => Ok(false),
    }
}

/// Whether a visit is somebody's no more, or is kept from them.
///
/// # Errors
/// The database.
pub async fn is_from(r: &mut Read, town: &Municipality, resident: ResidentId, visit: &Visit) -> sqlx::Result<bool> {
    Ok(visit.resident_id != Some(resident) || is_from_owner(r, town, visit).await?)
}

/// Refuses what a citizen would do with a visit that is not theirs, or is kept from them. Where the visit is locked, a block comes before or after this.
///
/// # Errors
/// `not_found`.
pub async fn refuse_owner(r: &mut Read, town: &Municipality, who: &Booker, visit: &Visit) -> Result<(), Failure> {
    if let Booker::Citizen(citizen) = who
        && is_from(r, town, citizen.subject.0, visit).await?
    {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// Those of somebody's visits that are not kept from them.
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
        let children = residents::apart_from(r, town, owner).await?;
        visits.retain(|visit| !is_for_any(visit, &children));
    }
    Ok(visits)
}
