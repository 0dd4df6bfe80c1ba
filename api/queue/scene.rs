//! What a screen shows: which number goes to which desk, who waits and for how long, and at night when it opens again. It
//! knows numbers, and no names.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chrono::{DateTime, Duration as Span, NaiveDate, Utc};
use serde::Serialize;

use super::{
    clerks,
    day::{Day, MAX_SERVED, MAX_WAITING, order},
    model::{Served, Ticket, TicketState},
    rules, screen_page,
    store::{self, List},
};
use crate::{
    appointments::{
        Catalogue, LocationId,
        catalogue::{Location, is_open, open_from},
        notices::hour,
    },
    municipalities::Municipality,
    platform::{
        App,
        language::{Language, date, say},
        time::local_day,
    },
};

/// Numbers with a desk that a screen is told: as many as have room on one that stands. It shows what it has room for.
const SHOWN: i64 = 10;
/// Numbers that wait that it shows: a line of them, as it is read from afar.
const NEXT: usize = 8;
/// Days ahead in which it is looked when a hall opens again: the longest that one is closed, and some.
const AHEAD: usize = 31;
/// Days whose hours a closed hall shows: today and the six that follow. Within them, a weekday says which day is meant.
const WEEK: usize = 7;
/// Who was served today is a long list: it is read anew when something happened here, and else after so long.
const SERVED_FOR: Duration = Duration::from_secs(30);
/// A wait is told in steps of so many minutes: a number that changes each minute promises more than anybody knows.
const STEP_MINUTES: i64 = 5;

/// A text in each language in which the town speaks to everybody, by its code.
type Said = Vec<(&'static str, String)>;

/// What a screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Scene {
    /// Which page shows it: a screen that has another takes this one.
    pub page: String,
    calls: Vec<Call>,
    waiting: usize,
    /// The first of those who wait, in the order in which they are called.
    next: Vec<String>,
    /// How long somebody waits who takes a number now; nothing where nobody waits, or nobody is there to serve them.
    wait: Said,
    /// Whether staff stopped it for a moment: nobody is called, and everybody keeps their place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stopped: bool,
    /// When it opens again; nothing while it is open, or serves the last.
    closed: Said,
    /// While that is shown: when it is open on the next days; nothing where it is open on none of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hours: Vec<OpenOn>,
}

/// When it is open on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct OpenOn {
    day: NaiveDate,
    open: Vec<String>,
}

/// A number and its desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Call {
    number: String,
    desk: String,
    /// Counted up when it is called again, so that it is said again.
    calls: i64,
    /// Whether they are called and not there yet.
    open: bool,
    /// What is said, in each of those languages.
    said: Said,
}

/// Those who were served today, as they were last read.
#[derive(Default)]
pub(super) struct LastServed(Option<(NaiveDate, tokio::time::Instant, Arc<[Served]>)>);

impl LastServed {
    /// Something happened: they are read anew.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    fn known(&self, day: NaiveDate) -> Option<Arc<[Served]>> {
        let (of, read_at, tickets) = self.0.as_ref()?;
        (*of == day && read_at.elapsed() < SERVED_FOR).then(|| tickets.clone())
    }
}

fn each(town: &Municipality, said: impl Fn(Language) -> String) -> Said {
    town.public_languages().iter().map(|l| (l.code(), said(*l))).collect()
}

/// What the screens of a location show now.
pub(super) async fn scene(
    app: &App,
    town: &Municipality,
    location: LocationId,
    served: &mut LastServed,
) -> sqlx::Result<Scene> {
    let now = app.clock.now();
    let today = local_day(town.zone, now);
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let Some(place) = catalogue.locations.get(&location) else { return Ok(Scene::default()) };
    let shut = shut(town, place, now);
    let over = shut.as_ref().is_some_and(|s| s.is_over(today, town.zone, now));
    let mut called = store::of_day(&mut r, town.id, (location, today), List::Called, SHOWN).await?;
    let mut open = store::of_day(&mut r, town.id, (location, today), List::Open, MAX_WAITING).await?;
    if over {
        // A desk that did not end its last visit, and who went home without a word, do not stand there all night.
        called.retain(|t| t.called_at.is_some_and(|at| now - at < rules::WINDS_UP));
        open.clear();
    }
    let stopped_at = clerks::stopped_at(&mut r, app, town, location).await?;
    if stopped_at.is_some() {
        called.clear();
    }
    let order = order(app);
    let mut waiting: Vec<&Ticket> = open.iter().filter(|t| t.waits()).collect();
    waiting.sort_by_key(|t| t.place(order));
    let next = waiting.iter().take(NEXT).map(|t| t.number.clone()).collect();
    let (waiting, closing) = (waiting.len(), shut.as_ref().is_some_and(|s| s.winds_up(now)));
    let quiet = called.is_empty() && !(closing && waiting > 0);
    let mut wait = Said::new();
    if waiting > 0 && shut.is_none() {
        let served = match served.known(today) {
            Some(known) => known,
            None => {
                let read: Arc<[Served]> = store::served(&mut r, town.id, (location, today), MAX_SERVED).await?.into();
                served.0 = Some((today, tokio::time::Instant::now(), read.clone()));
                read
            }
        };
        let manned = clerks::manned(&mut r, app, town, location).await?;
        let day = Day { open, served, stopped_at, manned };
        // For what most wait for: the one desk of a rare service would speak for all.
        let mut services: BTreeMap<_, usize> = BTreeMap::new();
        day.open.iter().filter(|t| t.waits()).for_each(|t| *services.entry(t.service_id).or_default() += 1);
        let most = services.into_iter().max_by_key(|(_, count)| *count);
        let minutes = most.and_then(|(service, _)| day.newcomer(app, &catalogue, location, service).1);
        if let Some(minutes) = minutes.filter(|m| *m > 0) {
            let minutes = ((minutes + STEP_MINUTES - 1) / STEP_MINUTES * STEP_MINUTES).to_string();
            wait = each(town, |l| say(l, "screen-wait", &[("minutes", &minutes)]));
        }
    }
    let shut = shut.filter(|_| quiet);
    Ok(Scene {
        page: screen_page::version(town, place),
        calls: called.into_iter().map(|t| call(town, place, t)).collect(),
        waiting,
        stopped: stopped_at.is_some(),
        next,
        wait,
        hours: shut.as_ref().map(|_| week(town, place, now)).unwrap_or_default(),
        closed: shut.map(|shut| closed(town, &shut, now)).unwrap_or_default(),
    })
}

fn call(town: &Municipality, place: &Location, t: Ticket) -> Call {
    let desk = place.desks.iter().find(|d| Some(d.id) == t.desk_id).map_or_else(String::new, |d| d.name.clone());
    let said = each(town, |l| say(l, "screen-said", &[("number", &t.number), ("desk", &desk)]));
    Call { open: t.state == TicketState::Called, calls: t.calls, said, number: t.number, desk }
}

/// How a hall stands that is not open; none while it is.
fn shut(town: &Municipality, place: &Location, now: DateTime<Utc>) -> Option<rules::Shut> {
    if is_open(town, place, now) {
        return None;
    }
    // One that takes no visits any more opens on no day.
    let open = if place.active { open_from(town, place, now, AHEAD) } else { Vec::new() };
    let open: Vec<_> = open.iter().map(|s| (s.from, s.until)).collect();
    Some(rules::shut(&open, now))
}

/// That it is closed, and when it opens again.
fn closed(town: &Municipality, shut: &rules::Shut, now: DateTime<Utc>) -> Said {
    each(town, |l| {
        let closed = say(l, "screen-closed", &[]);
        let Some(opens) = shut.opens else { return closed };
        let (day, hour) = (local_day(town.zone, opens), hour(l, town, opens));
        let again = if day == local_day(town.zone, now) {
            say(l, "screen-opens-today", &[("hour", &hour)])
        } else {
            let weekday = opens.with_timezone(&town.zone).format("%a").to_string().to_lowercase();
            let weekday = say(l, "weekday", &[("weekday", &weekday)]);
            if opens - now < Span::days(6) {
                say(l, "screen-opens-weekday", &[("weekday", &weekday), ("hour", &hour)])
            } else {
                say(l, "screen-opens-on", &[("weekday", &weekday), ("date", &date(l, day)), ("hour", &hour)])
            }
        };
        format!("{closed} {again}")
    })
}

/// When it is open on the next days, by the town's clocks.
fn week(town: &Municipality, place: &Location, now: DateTime<Utc>) -> Vec<OpenOn> {
    let open = if place.active { open_from(town, place, now, WEEK) } else { Vec::new() };
    if open.is_empty() {
        return Vec::new();
    }
    // As it stands on a door: "9–12", "13:30–16".
    let wall = |at: DateTime<Utc>| at.with_timezone(&town.zone).format("%-H:%M").to_string().replace(":00", "");
    let today = local_day(town.zone, now);
    let days = today.iter_days().take(WEEK).map(|day| {
        let open = open.iter().filter(|s| local_day(town.zone, s.from) == day);
        OpenOn { day, open: open.map(|s| format!("{}–{}", wall(s.from), wall(s.until))).collect() }
    });
    days.collect()
}
