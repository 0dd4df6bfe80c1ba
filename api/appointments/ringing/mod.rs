//! Whom staff ring: somebody whose visit was moved or called off without them, and who has no app in which they could read it. It is
//! noted in the transaction that does it; who reached them marks it, and it is off the list.

pub mod routes;
pub(super) mod store;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    appointments::{
        booking::{
            agenda::{self, Seen},
            store as visit_store, visitors,
        },
        catalogue::known::Catalogue,
        model::{AppointmentId, LocationId, LocationKind, Rung, Visit},
    },
    audit::{self, Act, Entry, Reason},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
    },
    residents::{self, State},
    staff::Staff,
};

pub use store::Ringing;

/// Visits that the list shows.
const MOST: i64 = 500;

/// Somebody to ring.
pub struct ToRing {
    /// The visit as it is by now, and whose it is.
    pub seen: Seen,
    /// What became of it, and what was tried.
    pub ringing: Ringing,
    /// The number at which they are called; none where the town has none.
    pub telephone: Option<String>,
}

/// The number at which to call whose a visit is: that of a visit by telephone, or the one that a visitor left.
fn telephone(catalogue: &Catalogue, visit: &Visit, ringing: &Ringing) -> Option<String> {
    let by_telephone = catalogue.locations.get(&visit.location_id).is_some_and(|l| l.kind == LocationKind::Telephone);
    let numbers = [
        Some(&visit.contact).filter(|_| by_telephone),
        // Of one that was claimed since, whose it is has the app.
        Some(&ringing.visitor_phone).filter(|_| visit.resident_id.is_none()),
    ];
    numbers.into_iter().flatten().find(|number| !number.is_empty()).cloned()
}

/// Whom is to be rung, those first whose time is soonest over. It is an agenda of some visits, and looking at it is written down as
/// looking at that is.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<ToRing>, Failure> {
    let town = &who.town;
    let (catalogue, left, visits) = {
        let mut r = app.db.read().await?;
        let catalogue = Catalogue::of(app, &mut r, town).await?;
        let left = store::left(&mut r, town.id, app.clock.now(), MOST).await?;
        (catalogue, left, visit_store::to_ring(&mut r, town.id, app.clock.now(), MOST).await?)
    };
    let mut left: BTreeMap<AppointmentId, Ringing> = left.into_iter().map(|row| (row.appointment_id, row)).collect();
    // Of a visit that changed since, somebody spoke with whose it is.
    let stands = |v: &Visit| left.get(&v.id).is_some_and(|row| row.sequence == v.sequence);
    let visits: Vec<Visit> = visits.into_iter().filter(stands).collect();
    let visits = of_who_is_here(&mut app.db.read().await?, town, visits).await?;
    let mut places: BTreeMap<LocationId, Vec<Visit>> = BTreeMap::new();
    for visit in &visits {
        places.entry(visit.location_id).or_default().push(visit.clone());
    }
    for (location, visits) in &places {
        agenda::note_looks(app, who, *location, visits).await?;
    }
    // A visitor's number is read here: that is a look at the visitor, as where it is asked for by itself.
    let is_told = |v: &Visit| left.get(&v.id).is_some_and(|row| telephone(&catalogue, v, row).is_some());
    let numbers: Vec<_> = visits.iter().filter(|v| v.resident_id.is_none() && is_told(v)).map(|v| v.id).collect();
    visitors::note_looks(app, who, &numbers, Reason::Visit).await?;
    let seen = agenda::called(&mut app.db.read().await?, app, town, visits).await?;
    let mut all: Vec<ToRing> = seen
        .into_iter()
        .filter_map(|seen| {
            let ringing = left.remove(&seen.visit.id)?;
            let telephone = telephone(&catalogue, &seen.visit, &ringing);
            Some(ToRing { seen, ringing, telephone })
        })
        .collect();
    // What is over soonest first: what they know of, where that is sooner than what is so.
    all.sort_by_key(|t| {
        (t.ringing.known_at.unwrap_or(t.seen.visit.starts_at).min(t.seen.visit.starts_at), t.seen.visit.id)
    });
    Ok(all)
}

/// Those whose owner is here still, and those of visitors: nobody rings who died or left.
async fn of_who_is_here(r: &mut Read, town: &Municipality, mut visits: Vec<Visit>) -> sqlx::Result<Vec<Visit>> {
    let owners: Vec<ResidentId> =
        visits.iter().filter_map(|v| v.resident_id).collect::<BTreeSet<_>>().into_iter().collect();
    let people = residents::people(r, town, &owners).await?;
    let here: BTreeSet<ResidentId> = people.iter().filter(|p| p.state == State::Active).map(|p| p.id).collect();
    visits.retain(|visit| visit.resident_id.is_none_or(|owner| here.contains(&owner)));
    Ok(visits)
}

/// Marks what came of ringing somebody, or takes back what was marked. The same said twice by the same is the same.
///
/// # Errors
/// `not_found`; `edited_meanwhile` where a colleague marked it since, with who and when.
pub async fn mark(
    app: &App,
    who: &Staff,
    id: AppointmentId,
    (version, rung): (i64, Option<Rung>),
) -> Result<Ringing, Refused<EditedMeanwhile>> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    let not_found = || Failure::new(Code::NotFound);
    let visit = visit_store::locked(&mut w, town.id, id).await?.ok_or_else(not_found)?;
    let before = store::get(&mut w, town.id, id).await?.ok_or_else(not_found)?;
    if before.version == version.saturating_add(1) && before.rung == rung && before.rung_by_id == Some(who.id.0) {
        return Ok(before);
    }
    if !store::mark(&mut w, (town.id, &before), version, rung, (who, now)).await? {
        let mut refused = EditedMeanwhile::refused();
        refused.problem_mut().edited_by = before.rung_by;
        refused.problem_mut().edited_at = before.rung_at.map(Into::into);
        return Err(refused);
    }
    let entry =
        Entry { act: Act::VisitRung, subject: Some(id.0), resident: visit.resident_id, reason: None, desk: None };
    audit::record(&mut w, app, who, &[entry]).await?;
    let marked = store::get(&mut w, town.id, id).await?.ok_or_else(not_found)?;
    w.commit().await?;
    Ok(marked)
}
