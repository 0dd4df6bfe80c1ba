//! The day of a location so far: who is before whom, and how long one waits.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Duration, Utc};

use super::{
    clerks,
    model::{Served, Ticket, TicketState, Turn},
    rules::{self, Order},
    store::{self, List},
};
use crate::{
    appointments::{Catalogue, DeskId, LocationId, ServiceId, catalogue::Location},
    municipalities::Municipality,
    platform::{App, db::Read, time::local_day},
};

/// Those who wait at a location, at the most.
pub(super) const MAX_WAITING: i64 = 1_000;
/// Those served today from which it is calculated how long it takes.
pub(super) const MAX_SERVED: i64 = 500;
/// A desk that had somebody within this time works.
const WORKS: Duration = Duration::minutes(30);

pub(super) fn order(app: &App) -> Order {
    let a = &app.config.appointments;
    Order { walk_in: Duration::minutes(a.walk_in_minutes), late: Duration::minutes(a.late_minutes) }
}

/// A location's day so far.
pub(super) struct Day {
    pub(super) open: Vec<Ticket>,
    pub(super) served: Arc<[Served]>,
    /// Since when nobody is called, so that nobody knows how long one waits; none where they are.
    pub(super) stopped_at: Option<DateTime<Utc>>,
    /// The desks at which somebody is signed on.
    pub(super) manned: BTreeSet<DeskId>,
}

impl Ticket {
    /// Its place in the queue; of two who came at the same moment, the one with the smaller number is first.
    pub(super) fn place(&self, order: Order) -> Place {
        (rules::place(self.due_at, self.arrived_at, order), self.arrived_at, rules::count(&self.number))
    }
}

impl Day {
    pub(super) async fn read(r: &mut Read, app: &App, town: &Municipality, location: LocationId) -> sqlx::Result<Self> {
        let today = local_day(town.zone, app.clock.now());
        Ok(Self {
            open: store::of_day(r, town.id, (location, today), List::Open, MAX_WAITING).await?,
            served: store::served(r, town.id, (location, today), MAX_SERVED).await?.into(),
            stopped_at: clerks::stopped_at(r, app, town, location).await?,
            manned: clerks::manned(r, app, town, location).await?,
        })
    }

    /// How long a service takes today.
    pub(super) fn usual(&self, catalogue: &Catalogue, service: ServiceId) -> Duration {
        let took: Vec<Duration> = self
            .served
            .iter()
            .filter(|t| t.service_id == service)
            .filter_map(|t| Some(t.ended_at? - t.started_at?))
            .collect();
        let planned = catalogue.services.get(&service).map_or(Duration::zero(), |s| Duration::minutes(s.minutes));
        rules::usual(&took, planned)
    }

    /// How many are before somebody who takes a number now, and how many minutes they wait.
    pub(super) fn newcomer(
        &self,
        app: &App,
        catalogue: &Catalogue,
        location: LocationId,
        service: ServiceId,
    ) -> (i64, Option<i64>) {
        let Some(location) = catalogue.locations.get(&location) else { return (0, None) };
        let (now, order) = (app.clock.now(), order(app));
        let line = self.line(app, catalogue, location, service, &self.waiting(order));
        line.behind((rules::place(None, now, order), now, i64::MAX))
    }

    /// Those who wait to be called, the first first.
    fn waiting(&self, order: Order) -> Vec<&Ticket> {
        let mut waiting: Vec<&Ticket> = self.open.iter().filter(|t| t.waits()).collect();
        waiting.sort_by_cached_key(|t| t.place(order));
        waiting
    }

    /// All who wait, in the order in which they are called, each with how it stands.
    pub(super) fn turns(&self, app: &App, catalogue: &Catalogue) -> Vec<Turn> {
        let order = order(app);
        let mut waiting: Vec<_> = self.open.iter().filter(|t| t.state == TicketState::Waiting).cloned().collect();
        waiting.sort_by_cached_key(|t| (t.parked_at, t.place(order)));
        let standings = self.standings(app, catalogue, &waiting);
        let turn = |(ticket, (ahead, wait_minutes))| Turn { ticket, ahead, wait_minutes };
        waiting.into_iter().zip(standings).map(turn).collect()
    }

    /// How many are before a ticket, of those who wait for the same desks, and how many minutes it will wait,
    /// unless nobody is there to serve it.
    pub(super) fn standing(&self, app: &App, catalogue: &Catalogue, ticket: &Ticket) -> (i64, Option<i64>) {
        self.standings(app, catalogue, std::slice::from_ref(ticket)).pop().unwrap_or_default()
    }

    /// The same of several tickets of this day. Who waits aside is behind nobody, and nobody knows how long.
    pub(super) fn standings(&self, app: &App, catalogue: &Catalogue, tickets: &[Ticket]) -> Vec<(i64, Option<i64>)> {
        let order = order(app);
        let waiting = self.waiting(order);
        // Those who come for the same thing stand in the same line.
        let mut lines: BTreeMap<ServiceId, Line> = BTreeMap::new();
        let standing = |ticket: &Ticket| {
            if ticket.parked_at.is_some() {
                return (0, None);
            }
            let Some(location) = catalogue.locations.get(&ticket.location_id) else { return (0, None) };
            let for_it = lines
                .entry(ticket.service_id)
                .or_insert_with(|| self.line(app, catalogue, location, ticket.service_id, &waiting));
            for_it.behind(ticket.place(order))
        };
        tickets.iter().map(standing).collect()
    }

    /// The line in which one waits for a service.
    fn line(
        &self,
        app: &App,
        catalogue: &Catalogue,
        location: &Location,
        service: ServiceId,
        waiting: &[&Ticket],
    ) -> Line {
        let (now, order) = (app.clock.now(), order(app));
        let able =
            |service: ServiceId| location.desks.iter().filter(move |d| d.active && d.services.contains(&service));
        let mut shared: BTreeMap<ServiceId, bool> = BTreeMap::new();
        let mut shares = |other: ServiceId| {
            *shared.entry(other).or_insert_with(|| able(other).any(|d| d.services.contains(&service)))
        };
        let line: Vec<&Ticket> = waiting.iter().copied().filter(|t| shares(t.service_id)).collect();
        // A desk works that has a clerk, or has or had a visitor. Where none does, nobody knows how long one waits: that a desk is planned
        // calls nobody.
        let worked = |id: DeskId| self.served.iter().any(|t| t.desk_id == Some(id) && t.ended_at > Some(now - WORKS));
        let at = |id: DeskId| self.open.iter().find(|t| t.desk_id == Some(id));
        let works = |id: DeskId| self.manned.contains(&id) || at(id).is_some() || worked(id);
        let desks: Vec<_> = able(service).filter(|d| works(d.id)).collect();
        let places = line.iter().map(|t| t.place(order)).collect();
        if desks.is_empty() || !location.active || self.stopped_at.is_some() {
            return Line { places, minutes: Vec::new() };
        }
        let mut known: BTreeMap<ServiceId, Duration> = BTreeMap::new();
        let mut usual = |service: ServiceId| *known.entry(service).or_insert_with(|| self.usual(catalogue, service));
        let free_in = desks
            .iter()
            .map(|d| match at(d.id) {
                Some(t) => {
                    let since = now - t.started_at.or(t.called_at).unwrap_or(now);
                    (usual(t.service_id) - since).max(Duration::zero())
                }
                None => Duration::zero(),
            })
            .collect();
        let takes: Vec<Duration> = line.iter().map(|t| usual(t.service_id)).collect();
        // Up to the next minute: nobody is told less than it will be.
        let minutes = rules::waits(free_in, &takes).into_iter().map(|wait| (wait.num_seconds() + 59) / 60).collect();
        Line { places, minutes }
    }
}

/// A place in the queue: its instant, that of arriving, and the count in the number.
type Place = (DateTime<Utc>, DateTime<Utc>, i64);

/// Those who wait for the desks that serve something.
struct Line {
    /// Their places, the first first.
    places: Vec<Place>,
    /// How many minutes one waits behind none of them, behind one, and so on; empty where nobody is there to serve them.
    minutes: Vec<i64>,
}

impl Line {
    /// How many of them are before a place, and how many minutes one waits there.
    fn behind(&self, place: Place) -> (i64, Option<i64>) {
        let ahead = self.places.partition_point(|other| *other < place);
        (i64::try_from(ahead).unwrap_or(i64::MAX), self.minutes.get(ahead).copied())
    }
}
