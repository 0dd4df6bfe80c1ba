//! The waiting list: "earlier than mine, these days, at these locations". What is freed is held for the first who fits, who
//! is told, and after a while for the next. An offer is a hold like any other, of which it is known whose wait it ends.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    AppointmentId, Catalogue, Catalogues, DeskId, LocationId, ServiceId, VisitState, WaitingId,
    booking::{self, Booker, Placed},
    catalogue::{Location, LocationKind, Service},
    notices::{self, Said, Wait, Word},
    placing,
    rules::{self, Span},
    search::{Free, check_persons},
    store::{self, Lapsed, Visit, waiting as sql},
};
use crate::{
    identity::{self, Citizen},
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::Write,
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure},
    },
    residents::{self, State},
};

/// Entries that a citizen may have at a time.
const MOST_ENTRIES: i64 = 5;
/// Those who wait in a town that one look at what was freed goes through.
const MAX_IN_LINE: i64 = 2_000;
/// Offers made in one transaction.
const MAX_OFFERS: usize = 10;
/// Offers that one may leave unanswered; after them the wait is over. (A town's waiting list once sent somebody 136.)
const MOST_UNANSWERED: usize = 3;
/// Offers that one may let go within a day before others come first.
const MOST_DECLINED: usize = 3;
/// Locations looked at in one go.
const MAX_LOCATIONS: i64 = 10;
/// Entries ended in one go.
const MAX_OVER: i64 = 200;

/// What somebody waits for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// For what.
    pub service: ServiceId,
    /// How many come.
    pub persons: i64,
    /// The visit that an earlier one would take the place of; none where they have none.
    pub replaces: Option<AppointmentId>,
    /// Where; everywhere if it is empty.
    pub locations: Vec<LocationId>,
    /// On which weekdays, Monday 1 to Sunday 7; on all if it is empty.
    pub weekdays: Vec<u32>,
    /// From which day on.
    pub from_on: NaiveDate,
    /// Up to which.
    pub until_on: NaiveDate,
    /// Who comes along, by name, where there is no visit.
    pub companions: Vec<String>,
    /// Where to come to or whom to ring, where that is needed.
    pub contact: String,
}

impl Wanted {
    /// Whether a place on a day is what they want.
    pub(super) fn fits(&self, location: LocationId, day: NaiveDate) -> bool {
        self.at(location)
            && (self.weekdays.is_empty() || self.weekdays.contains(&rules::weekday(day)))
            && (self.from_on..=self.until_on).contains(&day)
    }

    fn at(&self, location: LocationId) -> bool {
        self.locations.is_empty() || self.locations.contains(&location)
    }
}

/// An entry of the waiting list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: WaitingId,
    /// Whose it is.
    pub resident: ResidentId,
    /// What they wait for.
    pub wanted: Wanted,
    /// How it ended, if it did.
    pub ended: Option<String>,
}

/// An entry with what is held for it at the moment.
pub struct Shown {
    /// The entry.
    pub entry: Entry,
    /// What is offered: a hold, to be confirmed or let go.
    pub offer: Option<AppointmentId>,
}

/// What is asked for by who joins.
#[derive(Clone)]
pub struct Joining {
    /// The visit to be earlier; none where there is none.
    pub replaces: Option<AppointmentId>,
    /// For what, where there is no visit.
    pub service: Option<ServiceId>,
    /// How many come, where there is no visit.
    pub persons: i64,
    /// Where; everywhere if it is empty.
    pub locations: Vec<LocationId>,
    /// On which weekdays.
    pub weekdays: Vec<u32>,
    /// From which day on; from today if it is not said.
    pub from_on: Option<NaiveDate>,
    /// Up to which; as far as the service goes, or up to the visit, if it is not said.
    pub until_on: Option<NaiveDate>,
    /// Who comes along, by name, where there is no visit.
    pub companions: Vec<String>,
    /// Where to come to or whom to ring, where that is needed.
    pub contact: String,
}

/// Joins the waiting list. What is free already and fits is offered at once. Who waits for the same already keeps their place in the
/// line, and waits for what they say now.
///
/// # Errors
/// `body_invalid`, `not_found`, `visit_begun`, `waiting_limit`.
pub async fn join(
    app: &App,
    catalogues: &Catalogues,
    who: &Citizen,
    joining: Joining,
    idempotency: &Idempotency,
) -> Result<Shown, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<WaitingId>(&mut w, now).await? {
        return shown(&mut w, town, id).await;
    }
    let catalogue = catalogues.of(&mut w, town).await?;
    let visit = match joining.replaces {
        Some(id) => {
            let found = store::get_own(&mut w, town.id, id, who.subject.0).await?;
            let visit = found.ok_or_else(|| Failure::new(Code::NotFound))?;
            booking::movable(&visit, now)?;
            Some(visit)
        }
        None => None,
    };
    let service = visit.as_ref().map(|v| v.service_id).or(joining.service).ok_or_else(|| {
        Failure::field(Code::BodyInvalid, "service_id", "is needed where appointment_id is not given")
    })?;
    let service = catalogue.service(service)?;
    let persons = visit.as_ref().map_or(joining.persons, |v| v.persons);
    if visit.is_none() {
        check_persons(service, persons)?;
        booking::named(persons, &joining.companions)?;
    }
    for id in &joining.locations {
        catalogue.location(*id)?;
    }
    let contact = joining.contact.trim().to_owned();
    if contact.is_empty()
        && visit.as_ref().is_none_or(|v| v.contact.is_empty())
        && only_rung(&catalogue, &joining.locations)
    {
        return Err(Failure::field(Code::BodyInvalid, "contact", "must say the number to ring"));
    }
    let today = now.with_timezone(&town.zone).date_naive();
    let last = today + Duration::days(service.horizon_days);
    let from_on = joining.from_on.unwrap_or(today).max(today);
    let until_on = joining.until_on.unwrap_or(last).min(last);
    let until_on =
        visit.as_ref().map_or(until_on, |v| until_on.min(v.starts_at.with_timezone(&town.zone).date_naive()));
    if from_on > until_on {
        return Err(Failure::field(Code::BodyInvalid, "until_on", "leaves no day to wait for"));
    }
    let wanted = Wanted {
        service: service.id,
        persons,
        replaces: joining.replaces,
        locations: joining.locations,
        weekdays: joining.weekdays,
        from_on,
        until_on,
        companions: joining.companions,
        contact,
    };
    // Theirs are counted one after the other.
    placing::person(&mut w, town, who.subject.0).await?;
    let all = sql::of_resident(&mut w, town.id, who.subject.0, MOST_ENTRIES).await?;
    let same = |e: &&Entry| {
        e.wanted.replaces == wanted.replaces && (wanted.replaces.is_some() || e.wanted.service == wanted.service)
    };
    if let Some(entry) = all.iter().find(same) {
        sql::want(&mut w, town.id, entry.id, &wanted, now).await?;
        // What is offered, and is not what they want any more, is let go; nobody counts that as an offer that they declined.
        for (id, location, at) in sql::open_offers(&mut w, town.id, entry.id).await? {
            let day = at.with_timezone(&town.zone).date_naive();
            let fits = entry.wanted.persons == wanted.persons && wanted.fits(location, day);
            if !fits && let Some(hold) = store::locked(&mut w, town.id, id).await? {
                withdraw_hold(&mut w, app, town, &hold).await?;
            }
        }
        if sql::open_offers(&mut w, town.id, entry.id).await?.is_empty() {
            let entry = Entry { wanted, ..entry.clone() };
            offer_at_once(&mut w, app, town, &catalogue, entry).await?;
        }
        idempotency.store_response(&mut w, &entry.id, now).await?;
        let answer = shown(&mut w, town, entry.id).await?;
        w.commit().await?;
        return Ok(answer);
    }
    let id = WaitingId(app.ids.uuid(now));
    if !sql::join(&mut w, town.id, id, who.subject.0, &wanted, MOST_ENTRIES, now).await? {
        return Err(Failure::new(Code::WaitingLimit));
    }
    let entry = Entry { id, resident: who.subject.0, wanted, ended: None };
    offer_at_once(&mut w, app, town, &catalogue, entry).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    let answer = shown(&mut w, town, id).await?;
    w.commit().await?;
    Ok(answer)
}

/// Whether all of these locations, or all there are, ring whoever has a visit.
fn only_rung(catalogue: &Catalogue, wanted: &[LocationId]) -> bool {
    let all = || catalogue.locations.values().filter(|l| l.active && (wanted.is_empty() || wanted.contains(&l.id)));
    all().next().is_some() && all().all(|l| l.kind == LocationKind::Telephone)
}

async fn shown(w: &mut Write, town: &Municipality, id: WaitingId) -> Result<Shown, Failure> {
    let entry = sql::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let offer = sql::open_offers(w, town.id, id).await?.first().map(|(id, ..)| *id);
    Ok(Shown { entry, offer })
}

/// What the citizen waits for, the first first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Shown>, Failure> {
    let mut r = app.db.read().await?;
    let entries = sql::of_resident(&mut r, who.town.id, who.subject.0, MOST_ENTRIES).await?;
    let ids: Vec<_> = entries.iter().map(|e| e.id).collect();
    let offers: HashMap<_, _> = sql::offered(&mut r, who.town.id, &ids)
        .await?
        .into_iter()
        .filter(|(_, _, _, _, state, _)| *state == VisitState::Held)
        .map(|(entry, visit, ..)| (entry, visit))
        .collect();
    Ok(entries.into_iter().map(|entry| Shown { offer: offers.get(&entry.id).copied(), entry }).collect())
}

/// Leaves the waiting list; what was held for it goes to the next.
///
/// # Errors
/// `not_found`.
pub async fn leave(
    app: &App,
    catalogues: &Catalogues,
    who: &Citizen,
    id: WaitingId,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            // As everybody who writes what is theirs: first who they are.
            placing::person(w, &who.town, who.subject.0).await?;
            let did = sql::leave(w, who.town.id, id, who.subject.0, now).await?;
            if !deleted(w, did, who.subject.0.0, id.0, now).await? {
                return Ok(());
            }
            let catalogue = catalogues.of(w, &who.town).await?;
            let_go(w, app, &who.town, &catalogue, id).await?;
            Ok(())
        })
        .await
}

/// Lets go what is held for an entry that waits no more.
async fn let_go(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    id: WaitingId,
) -> Result<(), Failure> {
    for offer in sql::open_offers(w, town.id, id).await? {
        end_offer(w, app, town, catalogue, offer).await?;
    }
    Ok(())
}

/// Ends a hold at a place that is none any more, if it is one still.
pub(super) async fn withdraw_if_held(app: &App, town: &Municipality, id: AppointmentId) -> Result<(), Failure> {
    let mut w = app.db.write().await?;
    if let Some(hold) = placing::seized(&mut w, town, id).await?.filter(|v| v.state == VisitState::Held) {
        withdraw_hold(&mut w, app, town, &hold).await?;
        w.commit_preparation().await?;
    }
    Ok(())
}

/// Ends a hold that is locked, at a place that is none any more; whoever waits is offered something else.
pub(super) async fn withdraw_hold(w: &mut Write, app: &App, town: &Municipality, hold: &Visit) -> Result<(), Failure> {
    if sql::withdraw(w, town.id, hold.id, app.clock.now()).await? {
        // Whoever waited for it waits for another: the worker looks.
        placing::note_freed(w, app, town.id, hold.location_id).await?;
        store::free(w, town.id, hold.id).await?;
        booking::take_back(w, app, town, hold.resident_id, hold.id).await?;
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
    if !sql::end_hold(w, town.id, hold, app.clock.now()).await? {
        // Taken or let go meanwhile.
        return Ok(());
    }
    store::free(w, town.id, hold).await?;
    if let Some(offered) = store::get(w, town.id, hold).await? {
        booking::take_back(w, app, town, offered.resident_id, offered.id).await?;
    }
    freed(w, app, town, catalogue, location, at).await
}

/// A visit is off: nothing earlier is wanted in its place.
pub(super) async fn visit_is_off(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    for entry in sql::for_visit(w, town.id, resident, visit.id).await? {
        sql::end(w, town.id, entry.id, "visit_gone", app.clock.now()).await?;
        let_go(w, app, town, catalogue, entry.id).await?;
    }
    Ok(())
}

/// A visit is at another time: what is offered in its place and is not earlier any more is let go.
pub(super) async fn visit_moved(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    for entry in sql::for_visit(w, town.id, resident, visit.id).await? {
        for (hold, location, at) in sql::open_offers(w, town.id, entry.id).await? {
            if at >= visit.starts_at {
                end_offer(w, app, town, catalogue, (hold, location, at)).await?;
            }
        }
    }
    Ok(())
}

/// Something was freed at a location: those who wait come first, in the transaction that frees it. Nobody is waited for on their
/// behalf: where somebody else is about to take or to offer the same, the worker looks a moment later.
pub(super) async fn freed(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    location: LocationId,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    placing::note_freed(w, app, town.id, location).await?;
    let line = sql::in_line(w, town.id, MAX_IN_LINE).await?;
    if line.is_empty() {
        return Ok(());
    }
    let day = at.with_timezone(&town.zone).date_naive();
    w.begin_aside().await?;
    let offered = offer(w, app, town, catalogue, line, Some(location), Some(day)).await;
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
async fn offer_at_once(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    entry: Entry,
) -> Result<(), Failure> {
    let places: Vec<LocationId> = catalogue.locations.keys().copied().filter(|id| entry.wanted.at(*id)).collect();
    w.begin_aside().await?;
    let offered = offer(w, app, town, catalogue, vec![entry], None, None).await;
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

/// Holds for those who wait, the first first, the earliest start that is free and fits; at one location and on one day, where
/// that is said. Gives how many offers were made.
async fn offer(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    line: Vec<Entry>,
    only_at: Option<LocationId>,
    only_on: Option<NaiveDate>,
) -> Result<usize, Failure> {
    let now = app.clock.now();
    let today = now.with_timezone(&town.zone).date_naive();
    let line: Vec<Entry> = line
        .into_iter()
        .filter(|e| only_at.is_none_or(|place| e.wanted.at(place)))
        .filter(|e| only_on.is_none_or(|day| (e.wanted.from_on..=e.wanted.until_on).contains(&day)))
        .collect();
    let days = line.iter().map(|e| (e.wanted.from_on, e.wanted.until_on));
    let Some(days) = days.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))) else { return Ok(0) };
    let days = only_on.map_or((days.0.max(today), days.1), |day| (day, day));
    let mut theirs: HashMap<ResidentId, Vec<(AppointmentId, Span)>> = HashMap::new();
    let mut residents: Vec<_> = line.iter().map(|e| e.resident).collect();
    residents.sort_unstable();
    residents.dedup();
    for (resident, id, from, until) in sql::visits_of(w, town.id, &residents).await? {
        theirs.entry(resident).or_default().push((id, Span { from, until }));
    }
    let (mut busy, mut before) = (HashSet::new(), HashSet::new());
    let mut unanswered: HashMap<WaitingId, usize> = HashMap::new();
    let ids: Vec<_> = line.iter().map(|e| e.id).collect();
    let mut let_go: HashMap<WaitingId, usize> = HashMap::new();
    for (entry, _, place, at, state, made) in sql::offered(w, town.id, &ids).await? {
        if made > now - Duration::hours(24) && state == VisitState::Cancelled {
            *let_go.entry(entry).or_default() += 1;
        }
        if state == VisitState::Held {
            busy.insert(entry);
        }
        if state == VisitState::Lapsed {
            *unanswered.entry(entry).or_default() += 1;
        }
        before.insert((entry, place, at));
    }
    // Who has died or moved away is offered nothing.
    let here: HashMap<_, _> = residents::people(w, town, &residents)
        .await?
        .into_iter()
        .filter(|p| p.state == State::Active)
        .map(|p| (p.id, p.language))
        .collect();
    let accounts = identity::with_account(w, town.id, &residents).await?.into_iter();
    let readers: HashMap<_, _> =
        accounts.filter_map(|(id, chosen)| Some((id, town.language_for(chosen.or(*here.get(&id)?))))).collect();
    let mut free = Free::new(town, days, now);
    let mut made = 0;
    // Who lets go what is offered is offered something else, and not without end.
    busy.extend(let_go.into_iter().filter(|(_, n)| *n >= MOST_DECLINED).map(|(entry, _)| entry));
    for entry in line.iter().filter(|e| !busy.contains(&e.id)) {
        let Some(language) = readers.get(&entry.resident) else { continue };
        let Ok(service) = catalogue.service(entry.wanted.service) else { continue };
        if unanswered.get(&entry.id).is_some_and(|n| *n >= MOST_UNANSWERED) {
            sql::end(w, town.id, entry.id, "unanswered", now).await?;
            booking::tell_of_wait(w, app, town, entry.resident, entry.id.0, service, Wait::Unanswered).await?;
            continue;
        }
        let visits = theirs.get(&entry.resident).map(Vec::as_slice).unwrap_or_default();
        let own = entry.wanted.replaces.and_then(|id| visits.iter().find(|(v, _)| *v == id)).map(|(_, span)| *span);
        if entry.wanted.replaces.is_some() && own.is_none() {
            continue;
        }
        let own_visit = match entry.wanted.replaces {
            Some(id) => store::get(w, town.id, id).await?,
            None => None,
        };
        // It has begun: nothing takes its place any more.
        if own_visit.as_ref().is_some_and(|visit| booking::movable(visit, now).is_err()) {
            continue;
        }
        let mut best: Option<(DateTime<Utc>, &Location, String)> = None;
        let places = catalogue.locations.values().filter(|l| l.active && only_at.is_none_or(|id| id == l.id));
        for location in places.filter(|l| entry.wanted.at(l.id)) {
            let long = Duration::minutes(service.need(entry.wanted.persons, location).minutes);
            // Nobody is offered what cannot be theirs.
            // What is needed there is known, as for any visit; or it is nothing for them.
            let kind = own_visit.as_ref().and_then(|v| catalogue.locations.get(&v.location_id)).map(|l| l.kind);
            let known = kind.zip(own_visit.as_ref().map(|v| v.contact.as_str()));
            let said = entry.wanted.contact.as_str();
            let contact = match placing::contact(w, town, Some(entry.resident), location, said, known).await {
                Ok(contact) => contact,
                Err(failure) if failure.is(Code::BodyInvalid) => continue,
                Err(failure) => return Err(failure),
            };
            let could_be_theirs = |at: &DateTime<Utc>| {
                let day = at.with_timezone(&town.zone).date_naive();
                entry.wanted.fits(location.id, day)
                    && own.is_none_or(|own| *at < own.from)
                    && !before.contains(&(entry.id, location.id, *at))
                    && rules::offer_until(town.zone, now, app.config.appointments.offer_minutes, *at).is_some()
                    && !visits.iter().any(|(id, other)| {
                        Some(*id) != entry.wanted.replaces && *at < other.until && other.from < *at + long
                    })
            };
            let starts = free.starts(w, location, service, entry.wanted.persons).await?;
            if let Some(at) = starts.iter().find(|at| could_be_theirs(at))
                && best.as_ref().is_none_or(|(known, ..)| at < known)
            {
                best = Some((*at, location, contact));
            }
        }
        let Some((at, location, contact)) = best else { continue };
        let companions = own_visit.as_ref().map_or(entry.wanted.companions.as_slice(), |v| v.companions.0.as_slice());
        let holding = Holding { moves: own.is_some(), companions, contact: &contact };
        for desk in free.desks(location, service, entry.wanted.persons, at) {
            let Some(visit) = hold(w, app, town, entry, &holding, service, location, desk, at).await? else {
                continue;
            };
            free.claim(location.id, desk, Span { from: at, until: visit.claimed_until });
            let held = visit.visit;
            let until = notices::moment(*language, town, held.held_until.unwrap_or(at));
            let more = [("until", until)];
            let said = Said { word: Word::Offered, before: None, more: &more, done_in: None };
            booking::tell(w, app, town, catalogue, &held, said).await?;
            made += 1;
            break;
        }
        if made >= MAX_OFFERS {
            break;
        }
    }
    Ok(made)
}

/// What an offer needs to know of whom it is for.
struct Holding<'a> {
    /// It takes the place of a visit.
    moves: bool,
    companions: &'a [String],
    contact: &'a str,
}

struct Held {
    visit: Visit,
    claimed_until: DateTime<Utc>,
}

/// Holds a start for an entry; none where somebody took the desk meanwhile, or they have as many visits as they may.
#[expect(clippy::too_many_arguments, reason = "one try of the loop above")]
async fn hold(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    entry: &Entry,
    holding: &Holding<'_>,
    service: &Service,
    location: &Location,
    desk: DeskId,
    at: DateTime<Utc>,
) -> Result<Option<Held>, Failure> {
    let now = app.clock.now();
    // Changed in this moment, or not after all: it is looked at again.
    if !placing::keep_plan_at_once(w, service.id, location.id).await? {
        return Err(Failure::contended());
    }
    let need = service.need(entry.wanted.persons, location);
    let visit = Span { from: at, until: at + Duration::minutes(need.minutes) };
    let claimed_until = visit.until + Duration::minutes(need.buffer);
    let id = AppointmentId(app.ids.uuid(now));
    let reference = booking::fresh_reference(app);
    let new = store::New {
        id,
        reference: &reference,
        service: service.id,
        location: location.id,
        planned: (service.version, location.version),
        desk,
        resident: Some(entry.resident),
        most_open: if holding.moves { i64::MAX } else { service.most_open },
        visitor: "",
        persons: entry.wanted.persons,
        visit,
        claimed_until,
        held_until: rules::offer_until(town.zone, now, app.config.appointments.offer_minutes, at),
        made_by: "waiting_list",
        reminder: None,
        companions: holding.companions,
        contact: holding.contact,
        waiting: Some(entry.id),
    };
    let Some((made, claim)) = store::add(w, town.id, &new, now).await? else { return Ok(None) };
    if !store::claim(w, town.id, id, claim).await? {
        sql::undo(w, town.id, id).await?;
        return Ok(None);
    }
    Ok(Some(Held { visit: made, claimed_until }))
}

/// Takes what was offered, a hold that is locked: the visit moves there and keeps its reference; who had none has one now. None
/// where it is not to be had any more, or would be later than what they have; the transaction must then be dropped.
///
/// # Errors
/// `appointment_limit`, `visit_overlaps`.
pub(super) async fn accept(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    held: &Visit,
    waiting: WaitingId,
) -> Result<Option<Visit>, Failure> {
    let (town, now) = (who.town(), app.clock.now());
    let entry = sql::get(w, town.id, waiting).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let old = match entry.wanted.replaces {
        Some(id) => store::locked(w, town.id, id).await?,
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
    for (other, ..) in sql::open_offers(w, town.id, waiting).await? {
        if other != held.id
            && let Some(other) = store::locked(w, town.id, other).await?
        {
            withdraw_hold(w, app, town, &other).await?;
        }
    }
    let (service, location) = (catalogue.service(held.service_id)?, catalogue.location(held.location_id)?);
    let between = Span { from: held.starts_at, until: held.ends_at };
    let old = old.filter(|old| booking::movable(old, now).is_ok());
    let but = old.as_ref().map_or(held.id, |old| old.id);
    placing::not_elsewhere(w, town, Some(entry.resident), between, but, now).await?;
    let taken = match &old {
        // Meanwhile theirs is as early: they are better off as they are.
        Some(old) if old.starts_at <= held.starts_at => false,
        Some(old) => {
            // The hold makes room for the visit in the same transaction: nobody comes between.
            store::free(w, town.id, held.id).await?;
            // As long as it was promised, whatever the service takes by now.
            let need = held.need(service.need(held.persons, location));
            let contact = &held.contact;
            let to = Placed { starts_at: held.starts_at, location: location.id, desk: held.desk_id, need, contact };
            sql::end_hold(w, town.id, held.id, now).await? && booking::put(w, town, old, &to, now).await?
        }
        // The visit that was to be earlier is off: so is the wait for it.
        None if entry.wanted.replaces.is_some() => false,
        None => {
            placing::within_limit(w, town, Some(entry.resident), service, held.id, now).await?;
            booking::give(w, town, held, now).await?
        }
    };
    if !taken || !sql::end(w, town.id, waiting, "taken", now).await? {
        return Ok(None);
    }
    let id = old.as_ref().map_or(held.id, |old| old.id);
    let visit = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let word = if old.is_some() { Word::Moved } else { Word::Booked };
    booking::take_back(w, app, town, held.resident_id, held.id).await?;
    booking::tell(w, app, town, catalogue, &visit, Said { done_in: who.session(), ..word.into() }).await?;
    if let Some(old) = &old {
        visit_moved(w, app, town, catalogue, &visit).await?;
        freed(w, app, town, catalogue, old.location_id, old.starts_at).await?;
    }
    Ok(Some(visit))
}

/// Offers what was freed in other ways: holds that lapsed, plans that changed. And ends entries that are over.
///
/// # Errors
/// The database.
pub(super) async fn serve(app: &App, towns: &Municipalities, catalogues: &Catalogues) -> anyhow::Result<Progress> {
    careful(app, "waiting list", MAX_LOCATIONS, |limit, seen| serve_some(app, towns, catalogues, limit, seen)).await
}

async fn serve_some(
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    limit: i64,
    seen: Seen,
) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let mut done = 0;
    // Each in a transaction of its own: who holds one location waits for no other.
    for (town, location) in sql::unserved(&mut app.db.read().await?, limit, now).await? {
        seen.note(town, location.0);
        let mut w = app.db.write().await?;
        w.hurry().await?;
        let served = serve_one(&mut w, app, towns, catalogues, town, location).await;
        match served {
            Ok(true) => w.commit().await?,
            Ok(false) => continue,
            // Somebody is about to take or to offer the same: it is looked at again, after a rest.
            Err(failure) if failure.is(Code::Overloaded) => continue,
            Err(failure) => return Err(failure.into()),
        }
        done += 1;
        let mut w = app.db.write().await?;
        sql::count_freed(&mut w, town, location).await?;
        w.commit().await?;
    }
    if done > 0 {
        return Ok(Progress::from(done));
    }
    // The zone's day is at most one behind that of the server's clock.
    let yesterday = now.date_naive().pred_opt().unwrap_or(now.date_naive());
    let over = sql::over(&mut app.db.read().await?, yesterday, limit.min(MAX_OVER), now).await?;
    for (id, entry, resident, service, without_visit) in over {
        done += 1;
        seen.note(id, entry.0);
        let mut w = app.db.write().await?;
        if !sql::end(&mut w, id, entry, "past", now).await? {
            continue;
        }
        if let Ok(town) = towns.get(id) {
            let catalogue = catalogues.of(&mut w, town).await?;
            if without_visit && let Some(service) = catalogue.services.get(&service) {
                booking::tell_of_wait(&mut w, app, town, resident, entry.0, service, Wait::InVain).await?;
            }
        }
        w.commit().await?;
    }
    Ok(Progress::from(done))
}

/// Offers what was freed at a location; false where another process does it.
async fn serve_one(
    w: &mut Write,
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    town: MunicipalityId,
    location: LocationId,
) -> Result<bool, Failure> {
    if !sql::served(w, town, location).await? {
        return Ok(false);
    }
    if let Ok(town) = towns.get(town) {
        let catalogue = catalogues.of(w, town).await?;
        let line = sql::in_line(w, town.id, MAX_IN_LINE).await?;
        if offer(w, app, town, &catalogue, line, Some(location), None).await? >= MAX_OFFERS {
            // There may be more to offer.
            placing::note_freed(w, app, town.id, location).await?;
        }
    }
    Ok(true)
}

/// Ends holds that lapsed, and takes back what was said of those that were offered.
pub(super) async fn lapse(w: &mut Write, app: &App, towns: &Municipalities, limit: i64) -> sqlx::Result<u64> {
    let lapsed = store::lapse_all(w, app.clock.now(), limit).await?;
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
pub(super) async fn are_over(w: &mut Write, app: &App, town: &Municipality, holds: &[Lapsed]) -> sqlx::Result<()> {
    let places: BTreeSet<_> = holds.iter().map(|hold| hold.location_id).collect();
    for location in places {
        placing::note_freed(w, app, town.id, location).await?;
    }
    for hold in holds.iter().filter(|hold| hold.waiting_id.is_some()) {
        booking::take_back(w, app, town, hold.resident_id, hold.id).await?;
    }
    Ok(())
}
