//! Another place for a visit that a closing hits, and its own again where the location opens after all.

use chrono::{DateTime, Duration, Utc};

use super::store::{self, Displaced};
use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::{known::Catalogue, rules::stands},
        model::{Closure, Location, Service, Span, Texts, Visit, VisitState},
        notices::{self, Said, VisitNotice, tell, text},
        placing::{self, Placed},
        rules,
        search::{Free, Start},
        waiting::{offers, store as waiting_store},
    },
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        problem::{Code, Failure, Refused},
    },
};

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

/// Where there is another place for visits, in one town.
pub struct Place<'a> {
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
    pub fn new(town: &'a Municipality, catalogue: &'a Catalogue, now: DateTime<Utc>) -> Self {
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
            wishes = waiting_store::for_visit(r, town.id, resident, visit.id).await?;
            theirs = waiting_store::visits_of(r, town.id, &[resident]).await?;
        }
        let soonest = self.now + rules::NOTICE;
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
    pub async fn would(&mut self, r: &mut Read, visit: &Visit) -> Result<Option<Start>, Failure> {
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
    pub async fn give(&mut self, w: &mut Write, app: &App, reasons: &Texts, visit: &Visit) -> Result<bool, Failure> {
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
                if visit_store::taken_by_another(w, town.id, desk, visit.id, &ticks).await? {
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
                let between = Span { from: *at, until: *at + Duration::minutes(need.minutes) };
                let whose = (visit.resident_id, visit.subjects.as_slice());
                let free = placing::not_elsewhere(w, town, whose, between, (visit.id, now)).await;
                if Refused::as_none(free)?.is_none() {
                    // They are somewhere else then, with another parent.
                    break;
                }
                let known = Some((location.kind, visit.contact.as_str()));
                let contact = placing::contact(w, app, town, visit.resident_id, location, ("", known)).await?;
                let to = Placed { starts_at: *at, location: location.id, desk, need, contact: &contact };
                if !placing::put(w, town, visit, &to, now).await? {
                    // Somebody was first in this very moment: all of it is done again.
                    return Err(Failure::contended());
                }
                let moved =
                    visit_store::get(w, town.id, visit.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                let near = candidates[n + 1..].iter().filter(|c| c.location.id == location.id).take(OTHERS);
                let others: Vec<_> = near.map(|c| notices::moment(language, town, c.at)).collect();
                let more = [("reason", why), ("others", others.join(", "))];
                let said =
                    Said { word: VisitNotice::Displaced, before: Some(visit.starts_at), more: &more, done_in: None };
                tell(w, app, self.catalogue, &moved, said).await?;
                offers::visit_moved(w, app, town, self.catalogue, &moved).await?;
                return Ok(true);
            }
        }
        // It is off only where there is no other place at all.
        if passed_over || !visit_store::cancel(w, town.id, visit.id, now).await? {
            return Err(Failure::contended());
        }
        visit_store::free(w, town.id, visit.id).await?;
        offers::visit_is_off(w, app, town, self.catalogue, visit).await?;
        let more = [("reason", why)];
        let said = Said { word: VisitNotice::Closed, before: Some(visit.starts_at), more: &more, done_in: None };
        tell(w, app, self.catalogue, visit, said).await?;
        Ok(false)
    }
}

/// Gives a visit back the place that a closing took from it, and says how it is then; none where its citizen has chosen since, is
/// elsewhere then, or the plan has no such place any more.
pub async fn give_back(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    closures: &[Closure],
    (was, visit): (&Displaced, &Visit),
) -> Result<Option<Visit>, Failure> {
    let town = &*catalogue.town;
    let now = app.clock.now();
    let state = if was.cancelled { VisitState::Cancelled } else { VisitState::Booked };
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&was.location_id));
    let Some((service, location)) = known else { return Ok(None) };
    // Not so soon that they would hear of it too late: then the time that they were told stands. Who heard of that only now has
    // not made other plans yet, and may be on the way.
    let notice = if visit.updated_at > now - JUST_TOLD { SOONEST } else { rules::NOTICE };
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
        store::displace(w, town.id, other.id, was).await?;
        return Ok(None);
    }
    if !stands(town, service, location, &back) {
        return Ok(None);
    }
    // What holds for who books holds here: what they have made of their time since stands.
    let between = Span { from: was.starts_at, until: ends_at };
    let free = placing::not_elsewhere(w, town, (visit.resident_id, &visit.subjects), between, (visit.id, now)).await;
    if Refused::as_none(free)?.is_none() {
        return Ok(None);
    }
    if was.cancelled {
        let fewer = placing::within_limit(w, town, visit.resident_id, service, (visit.id, now)).await;
        if Refused::as_none(fewer)?.is_none() {
            return Ok(None);
        }
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
    if visit_store::taken_by_another(w, town.id, was.desk_id, visit.id, &ticks).await? {
        return Ok(None);
    }
    let told = visit.starts_at;
    // Where it was meanwhile is anybody's.
    placing::note_freed(w, app, town.id, visit.location_id).await?;
    let booked = !was.cancelled || store::book_again(w, town.id, visit.id, now).await?;
    if !booked || !placing::put(w, town, &back, &to, now).await? {
        return Err(Failure::contended());
    }
    store::forget_displaced(w, town.id, visit.id).await?;
    if was.cancelled
        && let Some(resident) = visit.resident_id
    {
        // Who waited for an earlier time in its place waits again.
        waiting_store::wait_again(w, town.id, resident, visit.id, now).await?;
    }
    let visit = visit_store::get(w, town.id, visit.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // Where they were told to be may be sooner than where they are now.
    let said = Said { word: VisitNotice::Restored, before: Some(told), more: &[], done_in: None };
    tell(w, app, catalogue, &visit, said).await?;
    Ok(Some(visit))
}
