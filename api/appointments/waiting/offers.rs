//! Offers: what is held for those who wait, and what becomes of it. An offer is a hold like any other, of which it is known whose
//! wait it ends.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    line::{Found, Line},
    store,
};
use crate::{
    appointments::{
        blocked,
        booking::{
            reference::fresh_reference,
            store::{self as visit_store, Lapsed},
            subjects::Party,
        },
        catalogue::known::Catalogue,
        model::{
            AppointmentId, Booker, DeskId, Entry, HasOthers, Location, LocationId, Service, Span, Visit, VisitState,
            WaitingId, Wanted,
        },
        notices::{self, Said, VisitNotice, Wait},
        placing::{self, Placed},
        rules,
    },
    audit::Act,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        db::Write,
        ids::MunicipalityId,
        problem::{Code, Failure, Refused},
    },
};

/// Those who wait in a town that one look at what was freed goes through.
pub const MAX_IN_LINE: i64 = 2_000;

/// Offers made in one transaction.
pub const MAX_OFFERS: usize = 10;

/// Offers that one may leave unanswered; after them the wait is over. (A town's waiting list once sent somebody 136.)
const MOST_UNANSWERED: usize = 3;

/// Ends a hold at a place that is none any more, if it is one still.
pub async fn withdraw_if_held(app: &App, town: &Municipality, id: AppointmentId) -> Result<(), Failure> {
    let mut w = app.db.write().await?;
    if let Some(hold) = placing::seized(&mut w, town, id).await?.filter(|v| v.state == VisitState::Held) {
        withdraw_hold(&mut w, app, town, &hold).await?;
        w.commit_preparation().await?;
    }
    Ok(())
}

/// Ends a hold that is locked, at a place that is none any more; whoever waits is offered something else.
pub async fn withdraw_hold(w: &mut Write, app: &App, town: &Municipality, hold: &Visit) -> Result<(), Failure> {
    if store::withdraw(w, town.id, hold.id, app.clock.now()).await? {
        // Whoever waited for it waits for another: the worker looks.
        placing::note_freed(w, app, town.id, hold.location_id).await?;
        visit_store::free(w, town.id, hold.id).await?;
        notices::take_back(w, app, town, hold.resident_id, hold.id).await?;
    }
    Ok(())
}

/// Lets go what is held for an entry that waits no more.
pub async fn let_go(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    id: WaitingId,
) -> Result<(), Failure> {
    for offer in store::open_offers(w, town.id, id).await? {
        end_offer(w, app, town, catalogue, offer).await?;
    }
    Ok(())
}

/// Lets go what is offered; it goes to the next.
async fn end_offer(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    (hold, location, at): (AppointmentId, LocationId, DateTime<Utc>),
) -> Result<(), Failure> {
    if !store::end_hold(w, town.id, hold, app.clock.now()).await? {
        // Taken or let go meanwhile.
        return Ok(());
    }
    visit_store::free(w, town.id, hold).await?;
    if let Some(offered) = visit_store::get(w, town.id, hold).await? {
        notices::take_back(w, app, town, offered.resident_id, offered.id).await?;
    }
    freed(w, app, catalogue, location, at).await
}

/// A visit is off: nothing earlier is wanted in its place.
pub async fn visit_is_off(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    for entry in store::for_visit(w, town.id, resident, visit.id).await? {
        store::end(w, town.id, entry.id, "visit_gone", app.clock.now()).await?;
        let_go(w, app, town, catalogue, entry.id).await?;
    }
    Ok(())
}

/// A visit is at another time: what is offered in its place and is not earlier any more is let go.
pub async fn visit_moved(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    for entry in store::for_visit(w, town.id, resident, visit.id).await? {
        for (hold, location, at) in store::open_offers(w, town.id, entry.id).await? {
            if at >= visit.starts_at {
                end_offer(w, app, town, catalogue, (hold, location, at)).await?;
            }
        }
    }
    Ok(())
}

/// More come to a visit: what is offered in its place is too short, and is let go; the next offer is as long as the visit.
pub async fn visit_grew(w: &mut Write, app: &App, town: &Municipality, visit: &Visit) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    for entry in store::for_visit(w, town.id, resident, visit.id).await? {
        let wanted = Wanted { persons: visit.persons, ..entry.wanted };
        store::want(w, town.id, entry.id, &wanted, app.clock.now()).await?;
        for (hold, ..) in store::open_offers(w, town.id, entry.id).await? {
            // Nobody counts that as an offer that they declined.
            if let Some(hold) = visit_store::locked(w, town.id, hold).await? {
                withdraw_hold(w, app, town, &hold).await?;
            }
        }
    }
    Ok(())
}

/// Something was freed at a location: those who wait come first, in the transaction that frees it. Nobody is waited for on their
/// behalf: where somebody else is about to take or to offer the same, the worker looks a moment later.
pub async fn freed(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    location: LocationId,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let town = &*catalogue.town;
    placing::note_freed(w, app, town.id, location).await?;
    let line = store::in_line(w, town.id, MAX_IN_LINE).await?;
    if line.is_empty() {
        return Ok(());
    }
    let day = at.with_timezone(&town.zone).date_naive();
    w.begin_aside().await?;
    let offered = offer(w, app, catalogue, line, (Some(location), Some(day)), Heard::App).await;
    w.end_aside(offered.is_ok()).await?;
    // Whatever is wrong with those who wait, whoever frees something is done: the worker looks, and sets aside what it cannot do.
    if let Err(failure) = offered
        && !failure.is(Code::Overloaded)
    {
        tracing::error!(%failure, municipality = town.key, "what was freed could not be offered at once");
    }
    Ok(())
}

/// Offers what is free to who begins to wait, in the transaction in which they do; where somebody is about to take or to change the
/// same, the worker looks a moment later.
pub async fn offer_at_once(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    entry: Entry,
) -> Result<(), Failure> {
    let places: Vec<LocationId> = catalogue.locations.keys().copied().filter(|id| entry.wanted.at(*id)).collect();
    w.begin_aside().await?;
    let offered = offer(w, app, catalogue, vec![entry], (None, None), Heard::App).await;
    w.end_aside(offered.is_ok()).await?;
    match offered {
        Err(failure) if failure.is(Code::Overloaded) => {
            for place in places {
                placing::note_freed(w, app, town.id, place).await?;
            }
            Ok(())
        }
        other => other.map(|_| ()),
    }
}

/// How those who wait hear of what is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// In the app, unasked. Who has no app is passed over: nobody would see it, and it would keep a start from the others.
    App,
    /// From a member of staff who asked for it, and tells them.
    Staff,
}

/// Holds for those who wait, the first first, the earliest start that is free and fits; at one location and on one day, where
/// that is said. Gives how many offers were made.
pub async fn offer(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    line: Vec<Entry>,
    only: (Option<LocationId>, Option<NaiveDate>),
    heard: Heard,
) -> Result<usize, Failure> {
    let town = &*catalogue.town;
    let now = app.clock.now();
    let Some((line, mut looked)) = Line::of(w, app, catalogue, line, only).await? else { return Ok(0) };
    let mut made = 0;
    for entry in &line {
        if looked.busy.contains(&entry.id) {
            continue;
        }
        let Some(reader) = looked.readers.get(&entry.resident).copied() else { continue };
        if heard == Heard::App && !reader.has_app() {
            continue;
        }
        let Ok(service) = catalogue.service(entry.wanted.service) else { continue };
        // Whom staff ring is not asked in vain: what they did not get to say yes to is no offer that they left unanswered.
        if reader.has_app() && looked.unanswered.get(&entry.id).is_some_and(|n| *n >= MOST_UNANSWERED) {
            store::end(w, town.id, entry.id, "unanswered", now).await?;
            notices::tell_of_wait(w, app, town, (entry.resident, entry.id.0), (service, Wait::Unanswered)).await?;
            continue;
        }
        let Some(found) = looked.first_free(w, entry, service).await? else { continue };
        let Found { at, location, own, persons, contact, party } = found;
        let holding =
            Holding { entry, service, location, at, moves: own.is_some(), persons, party: &party, contact: &contact };
        for desk in looked.free.desks(location, service, persons, at) {
            let Some(visit) = hold(w, app, town, &holding, desk).await? else {
                continue;
            };
            looked.free.claim(location.id, desk, Span { from: at, until: visit.claimed_until });
            let held = visit.visit;
            let until = notices::moment(reader.language, town, held.held_until.unwrap_or(at));
            let more = [("until", until)];
            let said = Said { word: VisitNotice::Offered, before: None, more: &more, done_in: None };
            notices::tell(w, app, catalogue, &held, said).await?;
            made += 1;
            break;
        }
        if made >= MAX_OFFERS {
            break;
        }
    }
    Ok(made)
}

/// A start that is to be held for an entry.
struct Holding<'a> {
    entry: &'a Entry,
    service: &'a Service,
    location: &'a Location,
    at: DateTime<Utc>,
    /// It takes the place of a visit.
    moves: bool,
    persons: i64,
    party: &'a Party,
    contact: &'a str,
}

struct Held {
    visit: Visit,
    claimed_until: DateTime<Utc>,
}

/// Holds a start for an entry; none where somebody took the desk meanwhile, or they have as many visits as they may.
async fn hold(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    holding: &Holding<'_>,
    desk: DeskId,
) -> Result<Option<Held>, Failure> {
    let Holding { entry, service, location, at, .. } = *holding;
    let now = app.clock.now();
    // Changed in this moment, or not after all: it is looked at again.
    if !placing::keep_plan_at_once(w, service.id, location.id).await? {
        return Err(Failure::contended());
    }
    let need = service.need(holding.persons, location);
    let visit = Span { from: at, until: at + Duration::minutes(need.minutes) };
    let claimed_until = visit.until + Duration::minutes(need.buffer);
    let id = AppointmentId(app.ids.uuid(now));
    let reference = fresh_reference(app);
    let new = visit_store::New {
        id,
        reference: &reference,
        service: service.id,
        location: location.id,
        planned: (service.version, location.version),
        desk,
        resident: Some(entry.resident),
        most_open: if holding.moves { i64::MAX } else { service.most_open },
        visitor: "",
        persons: holding.persons,
        visit,
        claimed_until,
        held_until: rules::offer_until(town.zone, now, app.config.appointments.offer_minutes, at),
        made_by: "waiting_list",
        reminder: None,
        companions: &holding.party.companions,
        subjects: &holding.party.subjects,
        contact: holding.contact,
        waiting: Some(entry.id),
        is_overlap_checked: false,
    };
    let Some((made, claim)) = visit_store::add(w, town.id, &new, now).await? else { return Ok(None) };
    if !visit_store::claim(w, town.id, id, claim).await? {
        store::undo(w, town.id, id).await?;
        return Ok(None);
    }
    Ok(Some(Held { visit: made, claimed_until }))
}

/// The visit in whose place something is offered, locked; none where it is to be a new one.
///
/// # Errors
/// The database.
pub async fn moves(w: &mut Write, town: &Municipality, waiting: WaitingId) -> sqlx::Result<Option<Visit>> {
    let replaces = store::get(w, town.id, waiting).await?.and_then(|entry| entry.wanted.replaces);
    match replaces {
        Some(id) => visit_store::locked(w, town.id, id).await,
        None => Ok(None),
    }
}

/// Takes what was offered, a hold that is locked: the visit moves there and keeps its reference; who had none has one now. None
/// where it is not to be had any more, or would be later than what they have; the transaction must then be dropped.
///
/// # Errors
/// `appointment_limit`, `visit_overlaps`.
pub async fn accept(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (held, waiting): (&Visit, WaitingId),
) -> Result<Option<Visit>, Refused<HasOthers>> {
    let (town, now) = (who.town(), app.clock.now());
    let entry = store::get(w, town.id, waiting).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let old = match entry.wanted.replaces {
        Some(id) => visit_store::locked(w, town.id, id).await?,
        None => None,
    };
    if let Some(old) = old.as_ref().filter(|old| old.starts_at == held.starts_at && entry.ended.is_some()) {
        // A double tap: it is there.
        return Ok(Some(old.clone()));
    }
    if entry.ended.is_some() || held.starts_at <= now || !placing::possible(w, town, catalogue, held).await? {
        return Ok(None);
    }
    // Of two offers one is taken: the other was made after this one had lapsed.
    for (other, ..) in store::open_offers(w, town.id, waiting).await? {
        if other != held.id
            && let Some(other) = visit_store::locked(w, town.id, other).await?
        {
            withdraw_hold(w, app, town, &other).await?;
        }
    }
    let (service, location) = (catalogue.service(held.service_id)?, catalogue.location(held.location_id)?);
    let between = Span { from: held.starts_at, until: held.ends_at };
    let old = old.filter(|old| placing::movable(old, now).is_ok());
    let but = old.as_ref().map_or(held.id, |old| old.id);
    placing::not_elsewhere(w, town, (Some(entry.resident), &held.subjects), between, (but, now)).await?;
    // Blocked for the child since they looked at it; the child is locked.
    if let Some(old) = &old
        && matches!(who, Booker::Citizen(_))
        && blocked::is_from(w, town, entry.resident, old).await?
    {
        return Ok(None);
    }
    let taken = match &old {
        // Meanwhile theirs is as early: they are better off as they are.
        Some(old) if old.starts_at <= held.starts_at => false,
        // More come than it was offered for.
        Some(old) if old.persons != held.persons => false,
        Some(old) => {
            // The hold makes room for the visit in the same transaction: nobody comes between.
            visit_store::free(w, town.id, held.id).await?;
            // As long as it was promised, whatever the service takes by now.
            let need = held.need(service.need(held.persons, location));
            let contact = &held.contact;
            let to = Placed { starts_at: held.starts_at, location: location.id, desk: held.desk_id, need, contact };
            store::end_hold(w, town.id, held.id, now).await? && placing::put(w, town, old, &to, now).await?
        }
        // The visit that was to be earlier is off: so is the wait for it.
        None if entry.wanted.replaces.is_some() => false,
        None => {
            placing::within_limit(w, town, Some(entry.resident), service, (held.id, now)).await?;
            placing::give(w, town, held, now).await?
        }
    };
    if !taken || !store::end(w, town.id, waiting, "taken", now).await? {
        return Ok(None);
    }
    let id = old.as_ref().map_or(held.id, |old| old.id);
    let visit = visit_store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let word = if old.is_some() { VisitNotice::Moved } else { VisitNotice::Booked };
    notices::take_back(w, app, town, held.resident_id, held.id).await?;
    // What they did themselves does not wake them.
    let before = old.as_ref().filter(|_| who.is_other()).map(|old| old.starts_at);
    notices::tell(w, app, catalogue, &visit, Said { before, done_in: who.session(), ..word.into() }).await?;
    who.note(w, app, if old.is_some() { Act::VisitMoved } else { Act::VisitBooked }, &visit).await?;
    if let Some(old) = &old {
        visit_moved(w, app, town, catalogue, &visit).await?;
        freed(w, app, catalogue, old.location_id, old.starts_at).await?;
    }
    Ok(Some(visit))
}

/// Ends holds that lapsed, and takes back what was said of those that were offered.
pub async fn lapse(w: &mut Write, app: &App, limit: i64) -> sqlx::Result<u64> {
    let towns: &Municipalities = app.part();
    let lapsed = visit_store::lapse_all(w, app.clock.now(), limit).await?;
    let (count, mut of) = (lapsed.len() as u64, BTreeMap::<MunicipalityId, Vec<Lapsed>>::new());
    for hold in lapsed {
        of.entry(hold.municipality_id).or_default().push(hold);
    }
    for (town, holds) in of {
        // Of a town that is not served any more, nobody waits.
        if let Ok(town) = towns.get(town) {
            are_over(w, app, town, &holds).await?;
        }
    }
    Ok(count)
}

/// What is to be done with holds of a town that lapsed: what they held is free, and what was offered is not any more.
pub async fn are_over(w: &mut Write, app: &App, town: &Municipality, holds: &[Lapsed]) -> sqlx::Result<()> {
    let places: BTreeSet<_> = holds.iter().map(|hold| hold.location_id).collect();
    for location in places {
        placing::note_freed(w, app, town.id, location).await?;
    }
    for hold in holds.iter().filter(|hold| hold.waiting_id.is_some()) {
        notices::take_back(w, app, town, hold.resident_id, hold.id).await?;
    }
    Ok(())
}
