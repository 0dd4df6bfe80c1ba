//! Whom a change of a plan leaves without a place: found in one way, where it is only thought of and where it is saved.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{rules::stands, store};
use crate::{
    appointments::{
        booking::store as visit_store,
        model::{Location, Service, ServiceId, Visit},
    },
    municipalities::Municipality,
    platform::{
        db::Read,
        problem::{Code, Failure},
    },
};

/// The booked visits that could take place at a location as it was planned, and not as it is to be: the earliest first.
///
/// # Errors
/// The database.
pub async fn of_location(
    r: &mut Read,
    town: &Municipality,
    services: &BTreeMap<ServiceId, Service>,
    (before, after): (Option<&Location>, &Location),
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    let Some(before) = before else { return Ok(Vec::new()) };
    // What could not take place before is on its list already, and what a closing hits is moved by it.
    let open = |l: &Location| Location { closures: Vec::new(), ..l.clone() };
    let (before, after) = (open(before), open(after));
    let mut visits = visit_store::visits_from(r, town.id, after.id, now).await?;
    visits.retain(|v| {
        let service = services.get(&v.service_id);
        service.is_some_and(|s| stands(town, s, &before, v) && !stands(town, s, &after, v))
    });
    Ok(visits)
}

/// Refuses another kind of location where somebody has or holds a visit there: where to come to would become whom to ring.
///
/// # Errors
/// `body_invalid`.
pub async fn kind_stays(
    r: &mut Read,
    town: &Municipality,
    (before, after): (Option<&Location>, &Location),
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if before.is_some_and(|l| l.kind != after.kind) && visit_store::any_to_come(r, town.id, after.id, now).await? {
        let why = "cannot change while visits are booked there: plan another location";
        return Err(Failure::field(Code::BodyInvalid, "kind", why));
    }
    Ok(())
}

/// The booked visits of a service that is switched off: the earliest first.
///
/// # Errors
/// The database.
pub async fn of_service(
    r: &mut Read,
    town: &Municipality,
    (before, after): (Option<&Service>, &Service),
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    let mut lost = Vec::new();
    if after.active || !before.is_some_and(|s| s.active) {
        return Ok(lost);
    }
    for location in store::location_ids(r, town.id).await? {
        let visits = visit_store::visits_from(r, town.id, location, now).await?;
        lost.extend(visits.into_iter().filter(|v| v.service_id == after.id));
    }
    lost.sort_unstable_by_key(|v| (v.starts_at, v.id));
    Ok(lost)
}
