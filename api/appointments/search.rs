//! Searching: the free starts of some days, the next one, and those near one that is taken.

use std::{
    collections::{
        BTreeMap, BTreeSet, HashMap,
        hash_map::Entry::{Occupied, Vacant},
    },
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    blocked,
    booking::store as visit_store,
    catalogue::{
        known::Catalogue,
        rules::{self as plan, check_persons, days, desks_of, earliest, midnight, table},
        store as plan_store,
    },
    model::{AppointmentId, Booker, DeskId, Location, LocationId, Need, Service, ServiceId, Span, Visit},
    placing, rules,
};
use crate::{
    audit::{self, Act, Reason},
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        problem::{Code, Failure, Refused},
        time::local_day,
        values::Timestamp,
    },
    residents,
    staff::Staff,
};

/// Starts that one search gives at the most.
const MAX_STARTS: usize = 500;

/// Days that one search looks at, at the most.
const MAX_DAYS: usize = 62;

/// Starts that are suggested.
const SUGGESTED: usize = 3;

/// Starts that are told with a refusal.
const NEAR: usize = 3;

/// Days looked at for them.
const NEAR_DAYS: usize = 14;

/// A start that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// Where.
    pub location: LocationId,
}

/// What is asked of a search.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// For what.
    pub service: ServiceId,
    /// Where; everywhere if it is not said.
    pub location: Option<LocationId>,
    /// From which day on.
    pub from: Option<NaiveDate>,
    /// Up to which.
    pub until: Option<NaiveDate>,
    /// How many come.
    pub persons: i64,
}

/// For whom a start is sought. None is found at which one of them is at another visit.
#[derive(Clone, Debug, Default)]
pub struct Whom {
    /// Who is to be there, as far as that is known.
    pub people: BTreeSet<ResidentId>,
    /// The visit that is to be moved: it keeps nobody.
    pub moved: Option<AppointmentId>,
}

impl Whom {
    /// Everybody of a visit that is to be moved, or is held.
    fn of_visit(visit: &Visit) -> Self {
        Self { people: visit.residents(), moved: Some(visit.id) }
    }

    /// Of a visit that is to be moved, or is held, those of whom somebody may be told when they are elsewhere. Without one, whom it is sought for.
    async fn told_to(r: &mut Read, app: &App, who: &Booker, visit: Option<&Visit>) -> sqlx::Result<Self> {
        Ok(match (who, visit) {
            (Booker::Citizen(citizen), Some(visit)) => {
                Self { people: known_to(r, app, citizen, &visit.residents()).await?, moved: Some(visit.id) }
            }
            (Booker::Staff { .. }, Some(visit)) => Self::of_visit(visit),
            (_, None) => Self { people: who.resident().into_iter().collect(), moved: None },
        })
    }

    /// When they are somewhere else.
    async fn elsewhere(
        &self,
        r: &mut Read,
        town: &Municipality,
        between: Span,
        now: DateTime<Utc>,
    ) -> sqlx::Result<Vec<Span>> {
        placing::elsewhere(r, town, (&self.people, self.moved), between, now).await
    }
}

/// Whom of these a citizen may know to be elsewhere: themselves, and their family as the register has it now. Who acts for somebody may know it of
/// that one, by a mandate that is not for their children.
async fn known_to(
    r: &mut Read,
    app: &App,
    who: &Citizen,
    people: &BTreeSet<ResidentId>,
) -> sqlx::Result<BTreeSet<ResidentId>> {
    let mut known = BTreeSet::from([who.subject.0]);
    if who.acting.is_none() {
        let today = local_day(who.town.zone, app.clock.now());
        let family = residents::family(r, &who.town, who.subject.0, today).await?;
        known.extend(family.iter().map(|person| person.id).filter(|id| people.contains(id)));
    }
    Ok(known)
}

/// A citizen, or whom they act for; with those of the visit of theirs that is to be moved of whom they may know it.
///
/// # Errors
/// `not_found` for a visit that is not theirs, or is kept from them.
pub async fn whom(app: &App, who: &Citizen, moved: Option<AppointmentId>) -> Result<Whom, Failure> {
    let mut whom = Whom { people: BTreeSet::from([who.subject.0]), moved: None };
    if let Some(id) = moved {
        let (mut r, missing) = (app.db.read().await?, || Failure::new(Code::NotFound));
        let visit = visit_store::get_own(&mut r, who.town.id, id, who.subject.0).await?.ok_or_else(missing)?;
        if blocked::is_from_owner(&mut r, &who.town, &visit).await? {
            return Err(missing());
        }
        whom = Whom { people: known_to(&mut r, app, who, &visit.residents()).await?, moved: Some(id) };
    }
    Ok(whom)
}

/// The same where staff ask, who say why: it tells them when somebody is elsewhere. Nobody, where they say nobody.
///
/// # Errors
/// `not_found`; `parameter_invalid` where they do not say why.
pub async fn whom_for_staff(
    app: &App,
    who: &Staff,
    (resident, moved): (Option<ResidentId>, Option<AppointmentId>),
    reason: Option<Reason>,
) -> Result<Whom, Failure> {
    let (town, missing) = (&who.town, || Failure::new(Code::NotFound));
    let mut whom = Whom::default();
    {
        let mut r = app.db.read().await?;
        if let Some(id) = moved {
            whom = Whom::of_visit(&visit_store::get(&mut r, town.id, id).await?.ok_or_else(missing)?);
        }
        if let Some(id) = resident {
            residents::detail(&mut r, town, id).await?.ok_or_else(missing)?;
            whom.people.insert(id);
        }
    }
    if whom.people.is_empty() {
        return Ok(whom);
    }
    let reason = reason.ok_or_else(|| Failure::field(Code::ParameterInvalid, "reason", "must say why"))?;
    let act = if moved.is_some() { Act::VisitRead } else { Act::VisitsRead };
    let people: Vec<_> = whom.people.iter().copied().collect();
    if !audit::looked(app, who, act, &people, reason).await? {
        let mut w = app.db.write().await?;
        for resident in people {
            audit::look(&mut w, app, who, act, (resident, reason)).await?;
        }
        w.commit_preparation().await?;
    }
    Ok(whom)
}

/// What is claimed of a location's desks, in order of their starts.
type Claims = Vec<(DeskId, DateTime<Utc>, DateTime<Utc>)>;

/// The free starts of some days, read once, and calculated again only where something of them was claimed.
pub(super) struct Free<'a> {
    town: &'a Municipality,
    days: (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
    /// Staff need give no notice.
    by_staff: bool,
    claims: HashMap<LocationId, Claims>,
    starts: HashMap<(LocationId, ServiceId, i64), Vec<DateTime<Utc>>>,
}

impl<'a> Free<'a> {
    /// Of the days from the first up to and with the last.
    pub fn new(town: &'a Municipality, days: (NaiveDate, NaiveDate), now: DateTime<Utc>) -> Self {
        Self { town, days, now, by_staff: false, claims: HashMap::new(), starts: HashMap::new() }
    }

    /// The starts at which this many may come for a service, in order, within its notice and horizon.
    ///
    /// # Errors
    /// The database.
    pub async fn starts(
        &mut self,
        r: &mut Read,
        location: &Location,
        service: &Service,
        persons: i64,
    ) -> sqlx::Result<&[DateTime<Utc>]> {
        let (town, (first, last)) = (self.town, self.days);
        let claims = match self.claims.entry(location.id) {
            Vacant(new) => {
                let between =
                    Span { from: midnight(town, first), until: midnight(town, last.succ_opt().unwrap_or(last)) };
                new.insert(visit_store::claims(r, town.id, location.id, between, self.now).await?)
            }
            Occupied(known) => known.into_mut(),
        };
        Ok(self.starts.entry((location.id, service.id, persons)).or_insert_with(|| {
            let open: Vec<Span> = days(town, service, Some(first), Some(last), self.now)
                .flat_map(|day| rules::open_on(&table(town, location), day))
                .collect();
            let desks = desks_of(location, service.id, claims);
            rules::starts(&open, &desks, service.need(persons, location), earliest(service, self.by_staff, self.now))
        }))
    }

    /// The desks that can take a visit then, the best first.
    pub fn desks(&self, location: &Location, service: &Service, persons: i64, at: DateTime<Utc>) -> Vec<DeskId> {
        let claims = self.claims.get(&location.id).map(Vec::as_slice).unwrap_or_default();
        let open = rules::open_on(&table(self.town, location), at.with_timezone(&self.town.zone).date_naive());
        rules::desks_for(&open, &desks_of(location, service.id, claims), service.need(persons, location), at)
    }

    /// Something was claimed.
    pub fn claim(&mut self, location: LocationId, desk: DeskId, claim: Span) {
        let claims = self.claims.entry(location).or_default();
        let at = claims.partition_point(|(_, from, _)| *from <= claim.from);
        claims.insert(at, (desk, claim.from, claim.until));
        self.starts.retain(|(place, ..), _| *place != location);
    }
}

/// What a search found.
pub struct Found {
    /// The free starts, the earliest first; of whole days.
    pub starts: Vec<Start>,
    /// The day from which to ask on, where there may be more.
    pub next_from: Option<NaiveDate>,
}

/// The free starts of a search, the earliest first: of as many whole days as come to [`MAX_STARTS`], and one day at least.
///
/// # Errors
/// `not_found` for a service or location that is not offered, `parameter_invalid` for too many persons.
pub async fn search(app: &App, town: &Municipality, wanted: Search, whom: &Whom) -> Result<Found, Failure> {
    search_as(app, town, wanted, (whom, false)).await
}

/// The same for somebody who is at the counter or on the telephone: no notice is needed.
///
/// # Errors
/// As [`search`].
pub async fn search_for_staff(app: &App, town: &Municipality, wanted: Search, whom: &Whom) -> Result<Found, Failure> {
    search_as(app, town, wanted, (whom, true)).await
}

async fn search_as(
    app: &App,
    town: &Municipality,
    wanted: Search,
    (whom, by_staff): (&Whom, bool),
) -> Result<Found, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let service = catalogue.service(wanted.service)?;
    check_persons(service, wanted.persons, Code::ParameterInvalid)?;
    let mut days: Vec<_> = days(town, service, wanted.from, wanted.until, now).take(MAX_DAYS + 1).collect();
    let mut next_from = if days.len() > MAX_DAYS { days.pop() } else { None };
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(Found { starts: Vec::new(), next_from });
    };
    let between = Span { from: midnight(town, *first), until: midnight(town, last.succ_opt().unwrap_or(*last)) };
    let elsewhere = whom.elsewhere(&mut r, town, between, now).await?;
    let mut free = Free { by_staff, ..Free::new(town, (*first, *last), now) };
    let mut found = Vec::new();
    for location in catalogue.searched(wanted.location)? {
        let need = service.need(wanted.persons, location);
        let starts = free.starts(&mut r, location, service, wanted.persons).await?;
        let theirs = starts.iter().filter(|at| rules::can_come(&elsewhere, &visit_at(**at, need)));
        found.extend(theirs.map(|at| Start { starts_at: *at, location: location.id }));
    }
    found.sort_unstable();
    let day = |start: &Start| start.starts_at.with_timezone(&town.zone).date_naive();
    if let Some(over) = found.get(MAX_STARTS) {
        // The day that does not fit is told as a whole the next time; one that is more than fits by itself, now.
        let cut = found.iter().map(day).find(|d| *d == day(over)).filter(|d| Some(*d) != found.first().map(day));
        let end = match cut {
            Some(cut) => found.partition_point(|s| day(s) < cut),
            None => found.partition_point(|s| day(s) <= day(over)),
        };
        next_from = found.get(end).map(day).or(next_from);
        found.truncate(end);
    }
    Ok(Found { starts: found, next_from })
}

/// A visit that begins then.
fn visit_at(start: DateTime<Utc>, need: Need) -> Span {
    Span { from: start, until: start + Duration::minutes(need.minutes) }
}

/// The first start that is free at a location from an instant on, of those that can be; and up to when all was looked at before it.
async fn first_from(
    r: &mut Read,
    town: &Municipality,
    (service, location): (&Service, &Location),
    need: Need,
    (from, now): (DateTime<Utc>, DateTime<Utc>),
    can_be: impl Fn(DateTime<Utc>) -> bool + Send,
) -> sqlx::Result<(Option<DateTime<Utc>>, DateTime<Utc>)> {
    let first = from.with_timezone(&town.zone).date_naive();
    let mut looked = from;
    for day in days(town, service, Some(first), None, now) {
        let open = rules::open_on(&table(town, location), day);
        looked = midnight(town, day.succ_opt().unwrap_or(day));
        let Some(between) = open.first().zip(open.last()).map(|(a, b)| Span { from: a.from, until: b.until }) else {
            continue;
        };
        let claims = visit_store::claims(r, town.id, location.id, between, now).await?;
        let desks = desks_of(location, service.id, &claims);
        let start = rules::starts(&open, &desks, need, from).into_iter().find(|at| can_be(*at));
        if start.is_some() {
            return Ok((start, looked));
        }
    }
    Ok((None, looked))
}

/// The next free start at each location, the earliest first; absent where there is none within the horizon.
///
/// What an earlier search found is where this one begins, as long as nothing was freed since: months that are full are not
/// read again. That is the same for everybody; who is elsewhere then has the next one.
///
/// # Errors
/// As [`search`].
pub async fn next_free(
    app: &App,
    town: &Municipality,
    service: ServiceId,
    persons: i64,
    whom: &Whom,
) -> Result<Vec<Start>, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let service = catalogue.service(service)?;
    check_persons(service, persons, Code::ParameterInvalid)?;
    let soonest = earliest(service, false, now);
    let horizon = days(town, service, None, None, now).last().and_then(|day| day.succ_opt());
    let between = Span { from: now, until: horizon.map_or(now, |day| midnight(town, day)) };
    let elsewhere = whom.elsewhere(&mut r, town, between, now).await?;
    let mut starts = Vec::new();
    for location in catalogue.locations.values().filter(|l| l.active) {
        let need = service.need(persons, location);
        // Read before what is claimed: whatever is freed later makes what is found here old.
        let freed = counted_from(town, plan_store::freed_count(&mut r, town.id, location.id).await?);
        let known = plan_store::next_free(&mut r, town.id, location.id, service.id, persons).await?;
        let known = known.filter(|(at, ..)| *at == freed);
        let from = known.map_or(soonest, |(_, start, looked)| start.unwrap_or(looked).max(soonest));
        let at = (service, location);
        let (found, looked) = first_from(&mut r, town, at, need, (from, now), |_| true).await?;
        if known.is_none_or(|(_, start, until)| start != found || until != looked) {
            let mut w = app.db.write_relaxed().await?;
            plan_store::keep_next_free(&mut w, (town.id, location.id), service.id, persons, (freed, found, looked))
                .await?;
            w.commit().await?;
        }
        let can_come = |start| rules::can_come(&elsewhere, &visit_at(start, need));
        let theirs = match found {
            Some(start) if !can_come(start) => first_from(&mut r, town, at, need, (start, now), can_come).await?.0,
            other => other,
        };
        starts.extend(theirs.map(|starts_at| Start { starts_at, location: location.id }));
    }
    starts.sort_unstable();
    Ok(starts)
}

/// The next free start at each location for somebody who is at the counter or on the telephone: also one that is too soon for who books
/// in the app.
///
/// # Errors
/// As [`search`].
pub async fn next_free_for_staff(
    app: &App,
    town: &Municipality,
    service: ServiceId,
    persons: i64,
    whom: &Whom,
) -> Result<Vec<Start>, Failure> {
    let now = app.clock.now();
    let mut first: BTreeMap<LocationId, Start> =
        next_free(app, town, service, persons, whom).await?.into_iter().map(|start| (start.location, start)).collect();
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, town).await?;
    let soonest = earliest(catalogue.service(service)?, false, now).with_timezone(&town.zone).date_naive();
    for location in catalogue.locations.values().filter(|l| l.active) {
        let wanted = Search { service, location: Some(location.id), from: None, until: Some(soonest), persons };
        if let Some(sooner) = search_for_staff(app, town, wanted, whom).await?.starts.first() {
            let start = first.entry(location.id).or_insert(*sooner);
            *start = (*start).min(*sooner);
        }
    }
    let mut all: Vec<_> = first.into_values().collect();
    all.sort_unstable();
    Ok(all)
}

/// What a first free start was calculated from: what was freed so far, and the town's zone and closing days, which the configuration may
/// change between two starts of the server.
fn counted_from(town: &Municipality, freed: i64) -> i64 {
    let mut hasher = DefaultHasher::new();
    (freed, town.zone.name(), &town.closing.weekdays, &town.closing.yearly, &town.closing.once).hash(&mut hasher);
    hasher.finish().cast_signed()
}

/// What is free for a service within some days.
pub struct Outlook {
    /// Days until the first free start; none where there is none within the horizon.
    pub wait_days: Option<i64>,
    /// Visits that could still be booked in those days.
    pub room: i64,
}

/// How long one waits for a service, and how much room there is in the next `days` days.
///
/// # Errors
/// As [`search`].
pub async fn outlook(app: &App, town: &Municipality, service: ServiceId, days: i64) -> Result<Outlook, Failure> {
    let now = app.clock.now();
    let today = now.with_timezone(&town.zone).date_naive();
    let first = next_free(app, town, service, 1, &Whom::default()).await?.into_iter().min();
    let wait_days = first.map(|s| (s.starts_at.with_timezone(&town.zone).date_naive() - today).num_days());
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let service = catalogue.service(service)?;
    let last = today + Duration::days(days);
    let mut room = 0;
    for location in catalogue.locations.values().filter(|l| l.active) {
        let between = Span { from: midnight(town, today), until: midnight(town, last) };
        let claims = visit_store::claims(&mut r, town.id, location.id, between, now).await?;
        let open: Vec<Span> = plan::days(town, service, None, Some(last.pred_opt().unwrap_or(last)), now)
            .flat_map(|day| rules::open_on(&table(town, location), day))
            .collect();
        room += rules::room(&open, &desks_of(location, service.id, &claims), service.need(1, location));
    }
    Ok(Outlook { wait_days, room })
}

/// A few free starts for a citizen, at the location where they usually come; elsewhere, where that does not serve it or has
/// none.
pub struct Suggestion {
    /// Where.
    pub location: LocationId,
    /// When, in order.
    pub starts: Vec<DateTime<Utc>>,
}

/// Suggests when and where to come for a service, from a day on. None where nothing is free.
///
/// # Errors
/// As [`search`].
pub async fn suggest(
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    wanted: Search,
    whom: &Whom,
) -> Result<Option<Suggestion>, Failure> {
    let usual = visit_store::usual_location(&mut app.db.read().await?, town.id, resident).await?;
    let found = search(app, town, Search { location: None, ..wanted }, whom).await?.starts;
    let Some(first) = found.first() else { return Ok(None) };
    let location = usual.filter(|id| found.iter().any(|s| s.location == *id)).unwrap_or(first.location);
    let starts: Vec<_> = found.into_iter().filter(|s| s.location == location).map(|s| s.starts_at).collect();
    Ok(Some(Suggestion { location, starts: rules::glance(town.zone, &starts, SUGGESTED) }))
}

/// A refusal, with the starts that are free near the one that was wanted; for a visit that is to be moved or is held, or for whom it is booked.
pub(super) async fn with_near<R>(
    mut refused: Refused<R>,
    app: &App,
    (who, visit): (&Booker, Option<&Visit>),
    (service, location): (&Service, &Location),
    (wanted, need): (DateTime<Utc>, Need),
) -> Refused<R> {
    let (town, now) = (who.town(), app.clock.now());
    let day = wanted.with_timezone(&town.zone).date_naive();
    let from = day - Duration::days(1);
    let days: Vec<_> = days(town, service, Some(from), None, now).take(NEAR_DAYS).collect();
    let between = days
        .first()
        .zip(days.last())
        .map(|(a, b)| Span { from: midnight(town, *a), until: midnight(town, b.succ_opt().unwrap_or(*b)) });
    if let Some(between) = between
        && let Ok(mut r) = app.db.read().await
        && let Ok(claims) = visit_store::claims(&mut r, town.id, location.id, between, now).await
        && let Ok(whom) = Whom::told_to(&mut r, app, who, visit).await
        && let Ok(elsewhere) = whom.elsewhere(&mut r, town, between, now).await
    {
        let desks = desks_of(location, service.id, &claims);
        let open: Vec<Span> = days.iter().flat_map(|day| rules::open_on(&table(town, location), *day)).collect();
        let mut near = rules::starts(&open, &desks, need, earliest(service, false, now));
        near.retain(|start| rules::can_come(&elsewhere, &visit_at(*start, need)));
        near.sort_by_key(|start| (*start - wanted).abs());
        near.truncate(NEAR);
        refused.problem_mut().free_near = Some(near.into_iter().map(Timestamp::from).collect());
    }
    refused
}
