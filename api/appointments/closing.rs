//! Closing a location for a sudden reason: a burst pipe, a strike, illness. Everyone who has a visit then gets another time
//! that is held for them as any booked visit is, is told at once, and is shown others; who cannot be given one is told that it
//! is off. Nothing depends on their reading it in time: their place is safe.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry::Vacant};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AppointmentId, Catalogue, Catalogues, ClosureId, LocationId, VisitState,
    booking::{self, Placed, tell},
    catalogue::{Location, Service, Texts, stands},
    notices::{self, Said, Word, text},
    placing,
    rules::{self, LONGEST_CLAIM, Span},
    search::{Free, Start},
    store::{
        self, Visit,
        waiting::{self as sql, Displaced},
    },
    waiting,
};
use crate::{
    audit::{self, Act, Entry},
    inbox,
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::MunicipalityId,
        problem::{Code, Failure},
        retry::again,
    },
    staff::Staff,
};

/// The longest that one closure lasts: what is longer is planned.
const LONGEST: Duration = Duration::days(31);
/// Closures to come that a location may have.
const MOST: i64 = 50;
/// Closures that a list shows.
const MAX_SHOWN: i64 = 500;
/// Visits that one look gives another time.
const CHUNK: i64 = 20;
/// Visits that one request of staff gives another time.
const MAX_RESCUED: usize = 200;
/// Holds that one look ends.
const MAX_HOLDS: i64 = 1_000;
/// How much further ahead than it can be booked a visit may be moved.
const BEYOND: Duration = Duration::days(14);
/// Who was told of a change within this time has hardly acted on it.
const JUST_TOLD: Duration = Duration::hours(1);
/// The least time in which they can be where they were to be before.
const SOONEST: Duration = Duration::minutes(30);
/// So much sooner must another location have a place, to be worth the way there.
const WORTH_THE_WAY: Duration = Duration::days(7);
/// Who waits for an earlier time reads an offer when they like, and takes it or not; of one that they are given without being asked they
/// must hear before it is over.
const TO_HEAR_OF_SOONER: Duration = Duration::days(1);
/// Times offered beside the one that is given.
const OTHERS: usize = 2;

/// A closing of a location, and what became of the visits it hit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Closure {
    /// Its id.
    pub id: ClosureId,
    /// Which location.
    pub location: LocationId,
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Up to this one.
    pub until: DateTime<Utc>,
    /// Why, as everyone is told.
    pub reasons: Texts,
    /// Visits that got another time.
    pub moved: i64,
    /// Visits for which there was none.
    pub cancelled: i64,
    /// Whether it is over.
    pub settled: bool,
    /// From when on visits are moved; undone before, nobody hears of it.
    pub acts_at: DateTime<Utc>,
    /// Who closed.
    pub made_by: String,
}

/// What is kept of a closing for who asks again with the same key: it is answered as it was, also when it was undone since.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Whole(Box<Closure>),
    Id(ClosureId),
}

fn check_span(between: Span, now: DateTime<Utc>) -> Result<(), Failure> {
    let wrong = |why: &str| Err(Failure::field(Code::BodyInvalid, "until", why));
    if between.until <= now.max(between.from) {
        return wrong("must lie after from, and ahead");
    }
    if between.until - between.from > LONGEST || between.from > now + Duration::days(400) {
        return wrong("closes for longer than 31 days, or too far ahead: plan it as exceptions");
    }
    Ok(())
}

fn check_reasons(reasons: &Texts) -> Result<(), Failure> {
    if reasons.values().all(|t| t.trim().is_empty()) {
        return Err(Failure::field(Code::BodyInvalid, "reasons", "must have one at least"));
    }
    Ok(())
}

/// Closes a location from an instant up to another. A worker finds another time for each visit, and tells.
///
/// # Errors
/// `body_invalid`, `not_found`, `catalogue_full` for more closures than are allowed.
pub async fn close(
    app: &App,
    who: &Staff,
    location: LocationId,
    between: Span,
    reasons: Texts,
    idempotency: &Idempotency,
) -> Result<Closure, Failure> {
    let now = app.clock.now();
    check_span(between, now)?;
    check_reasons(&reasons)?;
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
            return sql::closure(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound));
        }
        None => {}
    }
    // Who books there at this moment is waited for, and is found; who comes after finds it closed.
    placing::change_plan(&mut w, location.0).await?;
    // Pressed twice, or by two: one closing.
    if let Some(same) = sql::same_closure(&mut w, who.town.id, location, between).await? {
        idempotency.store_response(&mut w, &same, now).await?;
        w.commit().await?;
        return Ok(same);
    }
    if sql::count_closures(&mut w, who.town.id, location, now).await? >= MOST {
        return Err(Failure::new(Code::CatalogueFull));
    }
    if !sql::close(&mut w, who.town.id, &closure, now).await? {
        return Err(Failure::new(Code::NotFound));
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
    sql::now_closed(r, now).await
}

/// A visit that a closing would hit.
pub struct Hit {
    /// The visit, where it is.
    pub visit: Visit,
    /// When and where it would be; none where there is no other place.
    pub would_be: Option<Start>,
}

/// What a closing would do if it were made now. Nothing is written.
///
/// # Errors
/// As [`close`].
pub async fn preview(
    app: &App,
    catalogues: &Catalogues,
    who: &Staff,
    location: LocationId,
    between: Span,
) -> Result<Vec<Hit>, Failure> {
    let now = app.clock.now();
    check_span(between, now)?;
    let mut r = app.db.read().await?;
    let catalogue = catalogues.of(&mut r, &who.town).await?;
    catalogue.location(location)?;
    // As the catalogue would be.
    let mut closed =
        Catalogue { locations: catalogue.locations.clone(), services: catalogue.services.clone(), ..*catalogue };
    if let Some(there) = closed.locations.get_mut(&location) {
        there.closures.push(between);
    }
    let mut place = Place::new(&who.town, &closed, now);
    let mut hits = Vec::new();
    for visit in store::visits_from(&mut r, who.town.id, location, now - LONGEST_CLAIM).await? {
        if !booking::begun(&visit, now) && visit.starts_at < between.until && visit.ends_at > between.from {
            let would_be = place.would(&mut r, &visit).await?;
            hits.push(Hit { visit, would_be });
        }
    }
    Ok(hits)
}

/// The closures that are not over, the next first, with what became of the visits so far.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Closure>, Failure> {
    let mut r = app.db.read().await?;
    Ok(sql::closures(&mut r, who.town.id, app.clock.now(), MAX_SHOWN).await?)
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
            let closure = sql::closure(w, town.id, id).await?.filter(|c| c.until > now);
            let mut gone: BTreeMap<AppointmentId, (Displaced, Option<Visit>)> = BTreeMap::new();
            if let Some(closure) = &closure {
                // First those whom it concerns, in the order of everybody who takes several, and then the plan.
                let displaced = sql::displaced(w, town.id, id).await?;
                let mut people = BTreeSet::new();
                for was in &displaced {
                    people
                        .extend(store::get(w, town.id, was.appointment_id).await?.and_then(|visit| visit.resident_id));
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
                for was in sql::displaced(w, town.id, id).await? {
                    if let Vacant(new) = gone.entry(was.appointment_id) {
                        let visit = placing::seized(w, town, was.appointment_id).await?;
                        new.insert((was, visit));
                    }
                }
                w.take_time().await?;
            }
            let location = sql::reopen(w, town.id, id, now).await?;
            deleted(w, location.is_some(), town.id.0, id.0, now).await?;
            let Some(location) = location else { return Ok(()) };
            placing::note_freed(w, app, town.id, location).await?;
            // Not remembered before it is committed.
            let catalogue = Catalogues::read(w, town).await?;
            let left = sql::closures(w, town.id, now, MAX_SHOWN).await?;
            let mut back = Vec::new();
            for (was, visit) in gone.into_values() {
                if let Some(visit) = visit {
                    back.extend(give_back(w, app, town, &catalogue, &left, &was, &visit).await?);
                }
            }
            // Nobody who waits is offered a place before all have theirs again.
            for visit in back {
                waiting::visit_moved(w, app, town, &catalogue, &visit).await?;
            }
            audit::record(w, app, who, &[Entry::on(Act::LocationReopened, location.0)]).await?;
            Ok(())
        })
        .await
}

/// Gives a visit back the place that a closing took from it, and says how it is then; none where its citizen has chosen since, is
/// elsewhere then, or the plan has no such place any more.
async fn give_back(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    closures: &[Closure],
    was: &Displaced,
    visit: &Visit,
) -> Result<Option<Visit>, Failure> {
    let now = app.clock.now();
    let state = if was.cancelled { VisitState::Cancelled } else { VisitState::Booked };
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&was.location_id));
    let Some((service, location)) = known else { return Ok(None) };
    // Not so soon that they would hear of it too late: then the time that they were told stands. Who heard of that only now has
    // not made other plans yet, and may be on the way.
    let notice = if visit.updated_at > now - JUST_TOLD { SOONEST } else { placing::NOTICE };
    let late = was.starts_at < now + notice;
    if visit.state != state || visit.sequence != was.sequence || late || visit.begun_at.is_some() {
        return Ok(None);
    }
    // As long as it was, also where the service takes longer by now.
    let (ends_at, claimed_until) = was.ends_at.zip(was.claimed_until).unwrap_or_else(|| {
        let shift = was.starts_at - visit.starts_at;
        (visit.ends_at + shift, visit.claimed_until + shift)
    });
    let back = Visit {
        location_id: was.location_id,
        desk_id: was.desk_id,
        starts_at: was.starts_at,
        ends_at,
        claimed_until,
        ..visit.clone()
    };
    let need = back.need(service.need(visit.persons, location));
    // Where another closing is still in the way, its end gives it back.
    let in_the_way =
        |c: &&Closure| c.location == was.location_id && c.from < back.ends_at && back.starts_at < c.until && !c.settled;
    if let Some(other) = closures.iter().find(in_the_way) {
        sql::displace(w, town.id, other.id, was).await?;
        return Ok(None);
    }
    if !stands(town, service, location, &back) {
        return Ok(None);
    }
    // What holds for who books holds here: what they have made of their time since stands.
    let between = Span { from: was.starts_at, until: ends_at };
    let mut theirs = placing::not_elsewhere(w, town, visit.resident_id, between, visit.id, now).await;
    if theirs.is_ok() && was.cancelled {
        theirs = placing::within_limit(w, town, visit.resident_id, service, visit.id, now).await;
    }
    match theirs {
        Err(failure) if failure.is(Code::VisitOverlaps) || failure.is(Code::AppointmentLimit) => return Ok(None),
        other => other?,
    }
    placing::planned(w, town, catalogue, visit.service_id, was.location_id).await?;
    let to = Placed {
        starts_at: was.starts_at,
        location: was.location_id,
        desk: was.desk_id,
        need,
        contact: &visit.contact,
    };
    let ticks: Vec<_> = rules::ticks(was.starts_at, need.minutes, need.buffer).collect();
    // Nobody could book what was closed; what was booked there before all the same keeps it.
    if store::taken_by_another(w, town.id, was.desk_id, visit.id, &ticks).await? {
        return Ok(None);
    }
    let told = visit.starts_at;
    // Where it was meanwhile is anybody's.
    placing::note_freed(w, app, town.id, visit.location_id).await?;
    let booked = !was.cancelled || sql::book_again(w, town.id, visit.id, now).await?;
    if !booked || !booking::put(w, town, &back, &to, now).await? {
        return Err(Failure::contended());
    }
    sql::forget_displaced(w, town.id, visit.id).await?;
    if was.cancelled
        && let Some(resident) = visit.resident_id
    {
        // Who waited for an earlier time in its place waits again.
        sql::wait_again(w, town.id, resident, visit.id, now).await?;
    }
    let visit = store::get(w, town.id, visit.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // Where they were told to be may be sooner than where they are now.
    let said = Said { word: Word::Restored, before: Some(told), more: &[], done_in: None };
    tell(w, app, town, catalogue, &visit, said).await?;
    Ok(Some(visit))
}

/// Gives visits that a closure hits another time. A booking that was under way when it closed is found as well: a closure is
/// looked at until it is over.
///
/// # Errors
/// The database.
pub(super) async fn settle(app: &App, towns: &Municipalities, catalogues: &Catalogues) -> anyhow::Result<Progress> {
    careful(app, "closures", CHUNK, |limit, seen| settle_some(app, towns, catalogues, limit, seen)).await
}

async fn settle_some(
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    limit: i64,
    seen: Seen,
) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let (stricken, held, over) = {
        let mut r = app.db.read().await?;
        let held = sql::held(&mut r, now, MAX_HOLDS).await?;
        (sql::stricken(&mut r, now, limit).await?, held, sql::any_over(&mut r, now).await?)
    };
    if !stricken.is_empty() || !held.is_empty() {
        // What lapsed is nobody's any more, and may be the only place there is.
        let mut w = app.db.write().await?;
        waiting::lapse(&mut w, app, towns, MAX_HOLDS).await?;
        w.commit().await?;
    }
    // What is held there is no place any more. An offer to who waits does not count as one that they let pass.
    for (town, hold) in &held {
        if let Ok(town) = towns.get(*town) {
            again(|| waiting::withdraw_if_held(app, town, *hold)).await?;
        }
    }
    for (town, closure, visit) in &stricken {
        seen.note(*town, visit.0);
        let Ok(town) = towns.get(*town) else {
            // Taken out of the configuration: nobody is left to tell.
            let mut w = app.db.write().await?;
            sql::give_up(&mut w, *town, *closure).await?;
            w.commit().await?;
            continue;
        };
        again(|| settle_one(app, catalogues, town, *closure, *visit)).await?;
    }
    if over {
        let mut w = app.db.write().await?;
        sql::settle(&mut w, now).await?;
        w.commit().await?;
    }
    Ok(Progress::from(stricken.len()))
}

/// What a closing does to one visit, in a transaction of its own: the visit, the plan and the closure are as they are then, whatever
/// list it stood on, and of several processes one acts.
async fn settle_one(
    app: &App,
    catalogues: &Catalogues,
    town: &Municipality,
    closure: ClosureId,
    visit: AppointmentId,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let Some(visit) = placing::seized(&mut w, town, visit).await? else { return Ok(()) };
    let catalogue = catalogues.of(&mut w, town).await?;
    placing::planned(&mut w, town, &catalogue, visit.service_id, visit.location_id).await?;
    let Some(closure) = sql::closure(&mut w, town.id, closure).await? else { return Ok(()) };
    let hit = visit.location_id == closure.location
        && !booking::begun(&visit, now)
        && visit.starts_at < closure.until
        && visit.ends_at > closure.from;
    if visit.state != VisitState::Booked || !hit {
        return Ok(());
    }
    // Where its citizen had it: an earlier closing may have moved it here.
    let first = sql::displaced_of(&mut w, town.id, visit.id, visit.sequence).await?;
    // A part of it may lie outside of what is closed.
    placing::note_freed(&mut w, app, town.id, visit.location_id).await?;
    let moved = Place::new(town, &catalogue, now).give(&mut w, app, &closure.reasons, &visit).await?;
    let sequence = store::get(&mut w, town.id, visit.id).await?.map_or(visit.sequence, |v| v.sequence);
    sql::still_displaced(&mut w, town.id, visit.id, visit.sequence, sequence, !moved).await?;
    let was = Displaced {
        appointment_id: visit.id,
        location_id: first.as_ref().map_or(visit.location_id, |f| f.location_id),
        desk_id: first.as_ref().map_or(visit.desk_id, |f| f.desk_id),
        starts_at: first.as_ref().map_or(visit.starts_at, |f| f.starts_at),
        ends_at: first.as_ref().map_or(Some(visit.ends_at), |f| f.ends_at),
        claimed_until: first.as_ref().map_or(Some(visit.claimed_until), |f| f.claimed_until),
        sequence,
        cancelled: !moved,
    };
    sql::displace(&mut w, town.id, closure.id, &was).await?;
    sql::count_moved(&mut w, town.id, closure.id, i64::from(moved), i64::from(!moved)).await?;
    w.commit().await?;
    Ok(())
}

/// Where there is another place for visits, in one town.
pub(super) struct Place<'a> {
    town: &'a Municipality,
    catalogue: &'a Catalogue,
    free: Free<'a>,
    now: DateTime<Utc>,
}

/// A place that a visit could have.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    at: DateTime<Utc>,
    location: &'a Location,
}

impl<'a> Place<'a> {
    pub(super) fn new(town: &'a Municipality, catalogue: &'a Catalogue, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&town.zone).date_naive();
        let horizon = catalogue.services.values().map(|s| s.horizon_days).max().unwrap_or_default();
        let last = today + Duration::days(horizon) + BEYOND;
        Self { town, catalogue, free: Free::new(town, (today, last), now), now }
    }

    /// The places that a visit could have, the best first: not earlier than it is, as its citizen planned for that, but where and
    /// when they wait for something earlier, a day from now at the least; never so soon that they cannot be told; not while they
    /// are somewhere else; at its own location, unless another of the same kind has one much sooner.
    async fn candidates(&mut self, r: &mut Read, visit: &Visit) -> Result<Vec<Candidate<'a>>, Failure> {
        let (town, catalogue) = (self.town, self.catalogue);
        let Some(service) = catalogue.services.get(&visit.service_id).filter(|s| s.active) else {
            return Ok(Vec::new());
        };
        // Nobody chose this: it may be somewhat further ahead than one could book.
        let service = Service { horizon_days: service.horizon_days + BEYOND.num_days(), ..service.clone() };
        let service = &service;
        let (mut wishes, mut theirs) = (Vec::new(), Vec::new());
        if let Some(resident) = visit.resident_id {
            wishes = sql::for_visit(r, town.id, resident, visit.id).await?;
            theirs = sql::visits_of(r, town.id, &[resident]).await?;
        }
        let soonest = self.now + placing::NOTICE;
        let own = catalogue.locations.get(&visit.location_id);
        // Where one goes to is as it was: nobody who was to be visited at home is sent to the town hall.
        let kind = own.map(|l| l.kind);
        let (mut there, mut others) = (Vec::new(), Vec::new());
        let known = |l: &Location| !l.kind.wants_contact() || !visit.contact.is_empty();
        for location in catalogue.locations.values().filter(|l| l.active && Some(l.kind) == kind && known(l)) {
            let long = Duration::minutes(service.need(visit.persons, location).minutes);
            let busy = |at: DateTime<Utc>| {
                theirs.iter().any(|(_, id, from, until)| *id != visit.id && at < *until && *from < at + long)
            };
            let starts = self.free.starts(r, location, service, visit.persons).await?;
            let list = if location.id == visit.location_id { &mut there } else { &mut others };
            let wanted = |at: DateTime<Utc>| {
                let day = at.with_timezone(&town.zone).date_naive();
                let sooner =
                    at >= self.now + TO_HEAR_OF_SOONER && wishes.iter().any(|w| w.wanted.fits(location.id, day));
                at >= visit.starts_at || sooner
            };
            let fits = starts.iter().filter(|at| **at >= soonest && wanted(**at) && !busy(**at));
            list.extend(fits.map(|at| Candidate { at: *at, location }));
        }
        others.sort_by_key(|c| c.at);
        let much_sooner = match (there.first(), others.first()) {
            (Some(own), Some(other)) => other.at + WORTH_THE_WAY < own.at,
            (own, _) => own.is_none(),
        };
        let (mut first, second) = if much_sooner { (others, there) } else { (there, others) };
        first.extend(second);
        Ok(first)
    }

    /// Where a visit would be, if it had to go now.
    async fn would(&mut self, r: &mut Read, visit: &Visit) -> Result<Option<Start>, Failure> {
        let Some(service) = self.catalogue.services.get(&visit.service_id) else { return Ok(None) };
        for Candidate { at, location } in self.candidates(r, visit).await? {
            if let Some(desk) = self.free.desks(location, service, visit.persons, at).first() {
                let need = service.need(visit.persons, location);
                let until = at + Duration::minutes(need.minutes + need.buffer);
                self.free.claim(location.id, *desk, Span { from: at, until });
                return Ok(Some(Start { starts_at: at, location: location.id }));
            }
        }
        Ok(None)
    }

    /// Moves a visit that is locked to the best place there is; false where there is none and it is cancelled. Whose it is is told,
    /// with other times.
    pub(super) async fn give(
        &mut self,
        w: &mut Write,
        app: &App,
        reasons: &Texts,
        visit: &Visit,
    ) -> Result<bool, Failure> {
        let (town, now) = (self.town, self.now);
        let language = match visit.resident_id {
            Some(resident) => inbox::language_of(w, town, resident).await?,
            None => town.language_for(None),
        };
        let why = text(reasons, language, town).to_owned();
        let candidates = self.candidates(w, visit).await?;
        let mut passed_over = false;
        for (n, Candidate { at, location }) in candidates.iter().enumerate() {
            let Some(service) = self.catalogue.services.get(&visit.service_id) else { break };
            let need = service.need(visit.persons, location);
            let ticks: Vec<_> = rules::ticks(*at, need.minutes, need.buffer).collect();
            for desk in self.free.desks(location, service, visit.persons, *at) {
                // Somebody was first since it was looked: the next.
                if store::taken_by_another(w, town.id, desk, visit.id, &ticks).await? {
                    continue;
                }
                // The plan of its own place is kept already; for another nobody waits who keeps one: it changes, and another will do.
                if !placing::keep_plan_at_once(w, visit.service_id, location.id).await? {
                    passed_over = true;
                    break;
                }
                if !placing::is_as_planned(w, town, self.catalogue, visit.service_id, location.id).await? {
                    return Err(Failure::contended());
                }
                let to = Placed { starts_at: *at, location: location.id, desk, need, contact: &visit.contact };
                if !booking::put(w, town, visit, &to, now).await? {
                    // Somebody was first in this very moment: all of it is done again.
                    return Err(Failure::contended());
                }
                let moved = store::get(w, town.id, visit.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                let near = candidates[n + 1..].iter().filter(|c| c.location.id == location.id).take(OTHERS);
                let others: Vec<_> = near.map(|c| notices::moment(language, town, c.at)).collect();
                let more = [("reason", why), ("others", others.join(", "))];
                let said = Said { word: Word::Displaced, before: Some(visit.starts_at), more: &more, done_in: None };
                tell(w, app, town, self.catalogue, &moved, said).await?;
                waiting::visit_moved(w, app, town, self.catalogue, &moved).await?;
                return Ok(true);
            }
        }
        // It is off only where there is no other place at all.
        if passed_over || !store::cancel(w, town.id, visit.id, now).await? {
            return Err(Failure::contended());
        }
        store::free(w, town.id, visit.id).await?;
        waiting::visit_is_off(w, app, town, self.catalogue, visit).await?;
        let more = [("reason", why)];
        let said = Said { word: Word::Closed, before: Some(visit.starts_at), more: &more, done_in: None };
        tell(w, app, town, self.catalogue, visit, said).await?;
        Ok(false)
    }
}

/// Says in the log of which town visits cannot take place as they are booked: the configuration may have gained a closing day.
///
/// # Errors
/// The database.
pub async fn tell_stranded(app: &App, towns: &Municipalities, catalogues: &Catalogues) -> anyhow::Result<()> {
    for town in towns.all() {
        let mut r = app.db.read().await?;
        let catalogue = catalogues.of(&mut r, town).await?;
        let found = stranded(&mut r, &catalogue, town, app.clock.now()).await?;
        if let Some(first) = found.first() {
            tracing::warn!(
                town = town.key, visits = found.len(), first = %first.reference,
                "visits are booked that cannot take place; staff find them at GET /staff/v1/stranded"
            );
        }
    }
    Ok(())
}

/// Booked visits that cannot take place as they are, whatever made it so: the plan, the configuration, a desk or service that is
/// off. The earliest first.
///
/// # Errors
/// The database.
pub async fn stranded(
    r: &mut Read,
    catalogue: &Catalogue,
    town: &Municipality,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    let mut all = Vec::new();
    for location in catalogue.locations.values() {
        // What a sudden closing hits, the closing moves.
        let location = &Location { closures: Vec::new(), ..location.clone() };
        let visits = store::visits_from(r, town.id, location.id, now).await?;
        all.extend(visits.into_iter().filter(|v| {
            let service = catalogue.services.get(&v.service_id);
            v.begun_at.is_none() && service.is_none_or(|service| !stands(town, service, location, v))
        }));
    }
    all.sort_by_key(|v| (v.starts_at, v.id));
    Ok(all)
}

/// What became of visits that could not take place.
pub struct Rescued {
    /// Visits that got another time.
    pub moved: i64,
    /// Visits for which there was none.
    pub cancelled: i64,
    /// Visits that are still to be done: ask again.
    pub left: i64,
}

/// Gives visits that cannot take place another time, as a closing does, the earliest first; some at a time.
///
/// # Errors
/// `body_invalid` without a reason.
pub async fn rescue(app: &App, catalogues: &Catalogues, who: &Staff, reasons: Texts) -> Result<Rescued, Failure> {
    check_reasons(&reasons)?;
    let (town, now) = (&who.town, app.clock.now());
    let found = {
        let mut r = app.db.read().await?;
        let catalogue = catalogues.of(&mut r, town).await?;
        stranded(&mut r, &catalogue, town, now).await?
    };
    let mut done = Rescued { moved: 0, cancelled: 0, left: (found.len().saturating_sub(MAX_RESCUED)) as i64 };
    for visit in found.iter().take(MAX_RESCUED) {
        match again(|| rescue_one(app, catalogues, who, &reasons, visit.id)).await? {
            Some(true) => done.moved += 1,
            Some(false) => done.cancelled += 1,
            None => {}
        }
    }
    Ok(done)
}

async fn rescue_one(
    app: &App,
    catalogues: &Catalogues,
    who: &Staff,
    reasons: &Texts,
    visit: AppointmentId,
) -> Result<Option<bool>, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    let Some(visit) = placing::seized(&mut w, town, visit).await? else { return Ok(None) };
    let catalogue = catalogues.of(&mut w, town).await?;
    if booking::movable(&visit, now).is_err() || placing::possible(&mut w, town, &catalogue, &visit).await? {
        return Ok(None);
    }
    placing::note_freed(&mut w, app, town.id, visit.location_id).await?;
    let moved = Place::new(town, &catalogue, now).give(&mut w, app, reasons, &visit).await?;
    let act = if moved { Act::VisitMoved } else { Act::VisitCancelled };
    let entry = Entry { act, subject: Some(visit.id.0), resident: visit.resident_id, reason: None };
    audit::record(&mut w, app, who, &[entry]).await?;
    w.commit().await?;
    Ok(Some(moved))
}
