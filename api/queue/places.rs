//! Where the town receives people: when it is open, for what, and how long one waits there now. It is everybody's to know, with or without
//! the app, and holds numbers and nobody's name.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Days, Duration, NaiveDate, Timelike as _, Utc};

use super::{
    day::Day,
    model::{Here, Place, Waits},
    offered, rules,
    screen::Screens,
    store,
};
use crate::{
    appointments::{
        Catalogue, LocationId,
        catalogue::{Location, Service, is_open, open_from},
        model::{Hours, Span},
    },
    municipalities::Municipality,
    platform::{
        App,
        problem::{Code, Failure},
        time::local_day,
    },
};

/// Days of opening hours that are told.
const OPEN_DAYS: usize = 7;
/// Days in which it is looked when a location opens again, and that are unlike their weekday.
const AHEAD: usize = 31;
/// How many weeks back it is looked when a location is usually quiet.
const WEEKS: u64 = 8;
/// Turns of those days that are read.
const MAX_PAST: i64 = 10_000;
/// How long what was read of a location is shown to whoever asks, where nothing happened there.
const FRESH: Duration = Duration::seconds(15);
/// Waits of today from which it is told how long one waited: of fewer, one long wait would speak for all.
const ENOUGH: usize = 5;

/// The locations of a town that take visits.
///
/// # Errors
/// The database.
pub async fn all(app: &App, town: &Arc<Municipality>) -> Result<Vec<Arc<Place>>, Failure> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, town).await?;
    let mut found: Vec<&Location> = catalogue.locations.values().filter(|l| l.active).collect();
    let first = town.language_for(None);
    found.sort_by(|a, b| (a.names.get(&first), a.id).cmp(&(b.names.get(&first), b.id)));
    let mut places = Vec::with_capacity(found.len());
    for location in found {
        places.push(known(app, town, &catalogue, location).await?);
    }
    Ok(places)
}

/// One of them.
///
/// # Errors
/// `not_found`.
pub async fn one(app: &App, town: &Arc<Municipality>, id: LocationId) -> Result<Arc<Place>, Failure> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, town).await?;
    let location = catalogue.locations.get(&id).filter(|l| l.active).ok_or_else(|| Failure::new(Code::NotFound))?;
    known(app, town, &catalogue, location).await
}

/// What is known of a location, read once for all who ask within some seconds.
async fn known(
    app: &App,
    town: &Arc<Municipality>,
    catalogue: &Catalogue,
    location: &Location,
) -> Result<Arc<Place>, Failure> {
    let screens: &Screens = app.part();
    let now = app.clock.now();
    let last = screens.last((town.id, location.id)).filter(|(_, place)| place.location == *location);
    if let Some((Some(read_at), place)) = &last
        && (now - *read_at).abs() < FRESH
    {
        return Ok(place.clone());
    }
    let place = Arc::new(read(app, catalogue, location, (now, last.map(|(_, place)| place))).await?);
    screens.keep(town.id, &place, now);
    Ok(place)
}

/// Reads a location. What past days tell is read once a day: `last` has it.
async fn read(
    app: &App,
    catalogue: &Catalogue,
    location: &Location,
    (now, last): (DateTime<Utc>, Option<Arc<Place>>),
) -> Result<Place, Failure> {
    let town = &*catalogue.town;
    let today = local_day(town.zone, now);
    let open = open_from(town, location, now, OPEN_DAYS);
    let mut r = app.db.read().await?;
    let day = if location.is_hall() { Some(Day::read(&mut r, app, town, location.id).await?) } else { None };
    let is_stopped = day.as_ref().is_some_and(|day| day.stopped_at.is_some());
    let by_hours = is_open(town, location, now);
    let is_open = by_hours && !is_stopped;
    // A stop ends when somebody says so: nobody knows when.
    let opens_at = match by_hours {
        true => None,
        false => open_from(town, location, now, AHEAD).into_iter().map(|s| s.from).find(|from| *from > now),
    };
    let quiet_hours = match (&day, last.filter(|last| last.day == today)) {
        (Some(_), Some(last)) => last.quiet_hours.clone(),
        (Some(_), None) => {
            let days: Vec<NaiveDate> =
                (1..=WEEKS).filter_map(|weeks| today.checked_sub_days(Days::new(7 * weeks))).collect();
            let past = store::waits_of(&mut r, town.id, location.id, &days, MAX_PAST).await?;
            let waits: Vec<_> = past
                .into_iter()
                .map(|(day, arrived, called)| (day, arrived.with_timezone(&town.zone).hour(), called - arrived))
                .collect();
            rules::quiet_hours(&waits, &hours_of(town, &open, today))
        }
        (None, _) => Vec::new(),
    };
    drop(r);
    let desks = |service: &Service| location.desks.iter().any(|d| d.active && d.services.contains(&service.id));
    let mut services: Vec<Here> = catalogue
        .services
        .values()
        .filter(|s| s.active && desks(s))
        .map(|service| {
            let standing = day.as_ref().filter(|_| offered(location, service));
            let (waiting, minutes) =
                standing.map_or((0, None), |day| day.newcomer(app, catalogue, location.id, service.id));
            Here {
                open: served_at(location, service, &open),
                waiting,
                wait_minutes: minutes.filter(|_| is_open),
                service: service.clone(),
            }
        })
        .collect();
    let first = town.language_for(None);
    services
        .sort_by(|a, b| (a.service.names.get(&first), a.service.id).cmp(&(b.service.names.get(&first), b.service.id)));
    let waiting = day.as_ref().map_or(0, |d| d.open.iter().filter(|t| t.waits()).count());
    Ok(Place {
        day: today,
        location: location.clone(),
        is_open,
        is_stopped: by_hours && is_stopped,
        opens_at,
        services,
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
        waits: day.as_ref().and_then(waited),
        quiet_hours,
        open,
    })
}

/// The hours of a day in which it is open, wholly or in part.
fn hours_of(town: &Municipality, open: &[Span], day: NaiveDate) -> Vec<u32> {
    let of_day = |at: &DateTime<Utc>| local_day(town.zone, *at) == day;
    let mut hours: Vec<u32> = open
        .iter()
        .flat_map(|s| {
            std::iter::successors(Some(s.from), |at| Some(*at + Duration::minutes(15))).take_while(|at| *at < s.until)
        })
        .filter(of_day)
        .map(|at| at.with_timezone(&town.zone).hour())
        .collect();
    hours.dedup();
    hours
}

/// A day that is unlike its weekday, with when it is open, in minutes after midnight; at no time where it stays closed.
pub type Unlike = (NaiveDate, Vec<(i64, i64)>);

/// The next days that are unlike their weekday: exceptions, holidays, the town's closing days, sudden closures.
pub fn unlike(town: &Municipality, location: &Location, now: DateTime<Utc>) -> Vec<Unlike> {
    let today = local_day(town.zone, now);
    let open = open_from(town, location, now, AHEAD);
    let minutes = |at: DateTime<Utc>, day: NaiveDate| {
        let local = at.with_timezone(&town.zone);
        if local.date_naive() > day { 24 * 60 } else { i64::from(local.hour() * 60 + local.minute()) }
    };
    let of = |day: NaiveDate| -> Vec<(i64, i64)> {
        let spans = open.iter().filter(|s| local_day(town.zone, s.from) == day);
        spans.map(|s| (minutes(s.from, day), minutes(s.until, day))).collect()
    };
    let usual = |day: NaiveDate| -> Vec<(i64, i64)> {
        let weekday = i64::from(day.weekday().number_from_monday());
        let counts =
            |h: &&Hours| h.weekday == weekday && h.valid_from <= day && h.valid_until.is_none_or(|until| day <= until);
        let mut hours: Vec<_> = location.hours.iter().filter(counts).map(|h| (h.opens, h.closes)).collect();
        hours.sort_unstable();
        hours
    };
    today.iter_days().take(AHEAD).map(|day| (day, of(day))).filter(|(day, open)| *open != usual(*day)).collect()
}

/// When a desk that serves something is there, of when the location is open.
fn served_at(location: &Location, service: &Service, open: &[Span]) -> Vec<Span> {
    let desks: Vec<_> = location.desks.iter().filter(|d| d.active && d.services.contains(&service.id)).collect();
    let mut served: Vec<Span> = Vec::new();
    for span in open {
        // It changes only where an absence begins or ends.
        let mut edges: Vec<DateTime<Utc>> = desks
            .iter()
            .flat_map(|d| d.absences.iter().flat_map(|a| [a.from, a.until]))
            .filter(|at| span.from < *at && *at < span.until)
            .chain([span.from, span.until])
            .collect();
        edges.sort_unstable();
        edges.dedup();
        for (from, until) in edges.iter().copied().zip(edges.iter().copied().skip(1)) {
            if !desks.iter().any(|d| !d.absences.iter().any(|a| a.has(from))) {
                continue;
            }
            match served.last_mut().filter(|last| last.until == from) {
                Some(last) => last.until = until,
                None => served.push(Span { from, until }),
            }
        }
    }
    served
}

/// How long those waited who were called today without an appointment.
fn waited(day: &Day) -> Option<Waits> {
    // Of who was called again, the first call is not kept.
    let wait = |(called_at, arrived_at, due_at, calls): (Option<DateTime<Utc>>, DateTime<Utc>, Option<_>, _)| {
        Some(called_at.filter(|_| due_at.is_none() && calls == 1)? - arrived_at)
    };
    let open = day.open.iter().filter(|t| !t.waits()).map(|t| (t.called_at, t.arrived_at, t.due_at, t.calls));
    let served = day.served.iter().map(|t| (t.called_at, t.arrived_at, t.due_at, t.calls));
    let all = open.chain(served).filter_map(wait);
    Waits::of(all.map(rules::whole_minutes).collect(), ENOUGH)
}
