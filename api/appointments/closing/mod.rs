//! Closing a location for a sudden reason: a burst pipe, a strike, illness. Everyone who has a visit then gets another time
//! that is held for them as any booked visit is, is told at once, and is shown others; who cannot be given one is told that it
//! is off. Nothing depends on their reading it in time: their place is safe.

mod place;
mod rules;
pub mod staff_routes;
pub(super) mod store;
mod stranded;
pub(super) mod work;

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry::Vacant};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use serde::Deserialize;

use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::known::Catalogue,
        model::{
            AppointmentId, CannotClose, CatalogueFull, ClosedDifferently, ClosureId, LocationId, Span, Texts, Visit,
        },
        placing,
        rules::LONGEST_CLAIM,
        search::Start,
        waiting::offers,
    },
    audit::{self, Act, Entry},
    inbox::{self, Reader},
    platform::{
        App,
        db::Read,
        idempotency::{Idempotency, deleted},
        ids::MunicipalityId,
        problem::{Code, Failure, Refusal as _, Refused},
        time::local_day,
    },
    staff::Staff,
};

pub use super::model::Closure;
use place::{Place, give_back};
use rules::{check_reasons, check_span};
use store::Displaced;
pub use stranded::{Rescued, rescue, stranded, tell_stranded};

/// Closures to come that a location may have.
const MOST: i64 = 50;

/// Closures that a list shows.
const MAX_SHOWN: i64 = 500;

/// Visits for which somebody waits in a hall, each with when they came.
pub type Waited = Vec<(AppointmentId, DateTime<Utc>)>;

/// How those visits are found, at a location on a day. The room that has the queue comes after this one and says how.
#[derive(Clone, Copy)]
pub struct WhoWaits(
    pub for<'a> fn(&'a mut Read, MunicipalityId, LocationId, NaiveDate) -> BoxFuture<'a, sqlx::Result<Waited>>,
);

/// Who waits past the time of their visit may wait for so long still: a closing that begins within it finds them waiting.
const STILL_WAITS: Duration = Duration::minutes(30);

/// What is kept of a closing for who asks again with the same key: it is answered as it was, also when it was undone since.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Whole(Box<Closure>),
    Id(ClosureId),
}

/// Closes a location from an instant up to another. A worker finds another time for each visit, and tells.
///
/// # Errors
/// `body_invalid`, `not_found`, `catalogue_full` for more closures than are allowed, `closed_differently`.
pub async fn close(
    app: &App,
    who: &Staff,
    (location, between): (LocationId, Span),
    reasons: Texts,
    idempotency: &Idempotency,
) -> Result<Closure, Refused<CannotClose>> {
    let now = app.clock.now();
    check_span(between, now)?;
    check_reasons(&who.town, &reasons)?;
    let closure = Closure {
        id: ClosureId(app.ids.uuid(now)),
        location,
        from: between.from,
        until: between.until,
        reasons,
        moved: 0,
        cancelled: 0,
        settled: false,
        acts_at: now + Duration::seconds(app.config.appointments.closing_undo_seconds),
        made_by: who.name.clone(),
    };
    let mut w = app.db.write().await?;
    match idempotency.replay::<Kept>(&mut w, now).await? {
        Some(Kept::Whole(closure)) => return Ok(*closure),
        // By a server before this one.
        Some(Kept::Id(id)) => {
            return Ok(store::closure(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?);
        }
        None => {}
    }
    // Who books there at this moment is waited for, and is found; who comes after finds it closed.
    placing::change_plan(&mut w, location.0).await?;
    // Pressed twice, or by two: one closing.
    if let Some(same) = store::same_closure(&mut w, who.town.id, location, between).await? {
        let said = |reasons: &Texts| {
            reasons.clone().into_iter().filter(|(_, text)| !text.trim().is_empty()).collect::<Texts>()
        };
        if said(&same.reasons) != said(&closure.reasons) {
            // What a colleague wrote is told already, and this is not: neither is lost in silence.
            let mut refused = ClosedDifferently::refused();
            refused.problem_mut().edited_by = Some(same.made_by);
            return Err(refused.into());
        }
        idempotency.store_response(&mut w, &same, now).await?;
        w.commit().await?;
        return Ok(same);
    }
    if store::count_closures(&mut w, who.town.id, location, now).await? >= MOST {
        return Err(CatalogueFull::refused().into());
    }
    if !store::close(&mut w, who.town.id, &closure, now).await? {
        return Err(Failure::new(Code::NotFound).into());
    }
    placing::note_freed(&mut w, app, who.town.id, location).await?;
    audit::record(&mut w, app, who, &[Entry::on(Act::LocationClosed, location.0)]).await?;
    idempotency.store_response(&mut w, &closure, now).await?;
    w.commit().await?;
    Ok(closure)
}

/// Where it is closed for a sudden reason now, in any town.
///
/// # Errors
/// The database.
pub async fn now_closed(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    store::now_closed(r, now).await
}

/// A visit that a closing would hit.
pub struct Hit {
    /// The visit, where it is.
    pub visit: Visit,
    /// When and where it would be; none where there is no other place.
    pub would_be: Option<Start>,
}

/// What a closing would do if it were made now, also to those who wait in the hall and whose time is past. Nothing is written.
///
/// # Errors
/// As [`close`].
pub async fn preview(app: &App, who: &Staff, location: LocationId, between: Span) -> Result<Vec<Hit>, Failure> {
    let who_waits: &WhoWaits = app.part();
    let now = app.clock.now();
    check_span(between, now)?;
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, &who.town).await?;
    catalogue.location(location)?;
    // As the catalogue would be.
    let mut closed = Catalogue {
        locations: catalogue.locations.clone(),
        services: catalogue.services.clone(),
        town: catalogue.town.clone(),
        ..*catalogue
    };
    if let Some(there) = closed.locations.get_mut(&location) {
        there.closures.push(between);
    }
    let mut visits = visit_store::visits_from(&mut r, who.town.id, location, now - LONGEST_CLAIM).await?;
    for old in visit_store::turned_away(&mut r, who.town.id, location).await? {
        if visits.iter().all(|visit| visit.id != old.id) {
            visits.push(old);
        }
    }
    // Whose number it would end while they wait is turned away by it, and their visit is given another time after those to come.
    let acts_at = now + Duration::seconds(app.config.appointments.closing_undo_seconds);
    let begins = between.from.max(acts_at);
    if begins < between.until && begins <= acts_at + STILL_WAITS {
        for (id, since) in (who_waits.0)(&mut r, who.town.id, location, local_day(who.town.zone, now)).await? {
            if let Some(visit) = visits.iter_mut().find(|visit| visit.id == id) {
                (visit.turned_away, visit.turned_away_at) = (true, Some(begins));
                visit.begun_at = visit.begun_at.filter(|begun_at| *begun_at < since);
            }
        }
    }
    visits.sort_by_key(|visit| (visit.starts_at <= now, visit.starts_at, visit.id));
    let mut place = Place::new(&who.town, &closed, now);
    let mut hits = Vec::new();
    for visit in visits {
        if placing::hit(&visit, between, now) {
            let would_be = place.would(&mut r, &visit).await?;
            hits.push(Hit { visit, would_be });
        }
    }
    hits.sort_by_key(|hit| (hit.visit.starts_at, hit.visit.id));
    Ok(hits)
}

/// Of these, how many are of somebody whom the app does not tell: who has it not, and visitors who are not in the register.
///
/// # Errors
/// The database.
pub async fn without_app(app: &App, who: &Staff, hits: &[Hit]) -> Result<i64, Failure> {
    let residents: BTreeSet<_> = hits.iter().filter_map(|hit| hit.visit.resident_id).collect();
    let residents: Vec<_> = residents.into_iter().collect();
    let mut r = app.db.read().await?;
    let readers = inbox::readers(&mut r, &who.town, &residents).await?;
    let is_told = |hit: &Hit| hit.visit.resident_id.and_then(|id| readers.get(&id)).is_some_and(Reader::has_app);
    Ok(hits.iter().filter(|hit| !is_told(hit)).count() as i64)
}

/// The closures that are not over, the next first, with what became of the visits so far.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Closure>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::closures(&mut r, who.town.id, app.clock.now(), MAX_SHOWN).await?)
}

/// Opens a location again before the closure is over. Visits that it moved or cancelled, and that nobody changed since, are where
/// they were, and whose they are is told.
///
/// # Errors
/// `not_found`.
pub async fn reopen(app: &App, who: &Staff, id: ClosureId, idempotency: &Idempotency) -> Result<(), Failure> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let closure = store::closure(w, town.id, id).await?.filter(|c| c.until > now);
            let mut gone: BTreeMap<AppointmentId, (Displaced, Option<Visit>)> = BTreeMap::new();
            if let Some(closure) = &closure {
                // First those whom it concerns, in the order of everybody who takes several, and then the plan.
                let displaced = store::displaced(w, town.id, id).await?;
                let mut people = BTreeSet::new();
                for was in &displaced {
                    people.extend(
                        visit_store::get(w, town.id, was.appointment_id).await?.and_then(|visit| visit.resident_id),
                    );
                }
                for resident in people {
                    placing::person(w, town, resident).await?;
                }
                for was in displaced {
                    let visit = placing::seized(w, town, was.appointment_id).await?;
                    gone.insert(was.appointment_id, (was, visit));
                }
                placing::change_plan(w, closure.location.0).await?;
                // Those who were moved while the plan was waited for. Whoever holds one of them may wait for the plan: nobody waits for
                // them for long, and all of it is done again.
                w.hurry().await?;
                for was in store::displaced(w, town.id, id).await? {
                    if let Vacant(new) = gone.entry(was.appointment_id) {
                        let visit = placing::seized(w, town, was.appointment_id).await?;
                        new.insert((was, visit));
                    }
                }
                w.take_time().await?;
            }
            let location = store::reopen(w, town.id, id, now).await?;
            deleted(w, location.is_some(), town.id.0, id.0, now).await?;
            let Some(location) = location else { return Ok(()) };
            placing::note_freed(w, app, town.id, location).await?;
            // Not remembered before it is committed.
            let catalogue = Catalogue::read(w, town).await?;
            let left = store::closures(w, town.id, now, MAX_SHOWN).await?;
            let mut back = Vec::new();
            for (was, visit) in gone.into_values() {
                if let Some(visit) = visit {
                    back.extend(give_back(w, app, &catalogue, &left, (&was, &visit)).await?);
                }
            }
            // Nobody who waits is offered a place before all have theirs again.
            for visit in back {
                offers::visit_moved(w, app, town, &catalogue, &visit).await?;
            }
            audit::record(w, app, who, &[Entry::on(Act::LocationReopened, location.0)]).await?;
            Ok(())
        })
        .await
}
