//! The day of a location so far: who is before whom, and how long one waits.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{
    model::{Ticket, TicketState},
    rules::{self, Order},
    store::{self, List},
};
use crate::{
    appointments::{Catalogue, DeskId, LocationId, ServiceId},
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
    pub(super) ended: Arc<[Ticket]>,
}

impl Ticket {
    /// Its place in the queue; of two who came at the same moment, the one with the smaller number is first.
    pub(super) fn place(&self, order: Order) -> (DateTime<Utc>, DateTime<Utc>, i64) {
        (rules::place(self.due_at, self.arrived_at, order), self.arrived_at, rules::count(&self.number))
    }
}

impl Day {
    pub(super) async fn read(r: &mut Read, app: &App, town: &Municipality, location: LocationId) -> sqlx::Result<Self> {
        let today = local_day(town.zone, app.clock.now());
        Ok(Self {
            open: store::of_day(r, town.id, (location, today), List::Open, MAX_WAITING).await?,
            ended: store::of_day(r, town.id, (location, today), List::Ended, MAX_SERVED).await?.into(),
        })
    }

    /// How long a service takes today.
    pub(super) fn usual(&self, catalogue: &Catalogue, service: ServiceId) -> Duration {
        let took: Vec<Duration> = self
            .ended
            .iter()
            .filter(|t| t.service_id == service)
            .filter_map(|t| Some(t.ended_at? - t.started_at?))
            .collect();
        let planned = catalogue.services.get(&service).map_or(Duration::zero(), |s| Duration::minutes(s.minutes));
        rules::usual(&took, planned)
    }

    /// How many minutes somebody waits who takes a number now for a service that others wait for.
    pub(super) fn wait_now(&self, app: &App, catalogue: &Catalogue, service: ServiceId) -> Option<i64> {
        let like = self.open.iter().find(|t| t.service_id == service)?.clone();
        let number = rules::number(false, i64::MAX);
        let last = Ticket { due_at: None, arrived_at: app.clock.now(), number, ..like };
        self.standing(app, catalogue, &last).1
    }

    /// How many are before a ticket, of those who wait for the same desks, and how many minutes it will wait,
    /// unless nobody is there to serve it.
    pub(super) fn standing(&self, app: &App, catalogue: &Catalogue, ticket: &Ticket) -> (i64, Option<i64>) {
        let (now, order) = (app.clock.now(), order(app));
        let Some(location) = catalogue.locations.get(&ticket.location_id) else { return (0, None) };
        let able =
            |service: ServiceId| location.desks.iter().filter(move |d| d.active && d.services.contains(&service));
        let shares = |service: ServiceId| able(service).any(|d| d.services.contains(&ticket.service_id));
        let mut ahead: Vec<&Ticket> = self
            .open
            .iter()
            .filter(|t| t.state == TicketState::Waiting && t.place(order) < ticket.place(order) && shares(t.service_id))
            .collect();
        ahead.sort_by_key(|t| t.place(order));
        // A desk that has or had somebody works; where none does yet, those that are planned will.
        let worked = |id: DeskId| self.ended.iter().any(|t| t.desk_id == Some(id) && t.ended_at > Some(now - WORKS));
        let at = |id: DeskId| self.open.iter().find(|t| t.desk_id == Some(id));
        let mut desks: Vec<_> = able(ticket.service_id).filter(|d| at(d.id).is_some() || worked(d.id)).collect();
        if desks.is_empty() {
            desks = able(ticket.service_id).filter(|d| !d.absences.iter().any(|a| a.has(now))).collect();
        }
        let count = i64::try_from(ahead.len()).unwrap_or(i64::MAX);
        if desks.is_empty() || !location.active {
            return (count, None);
        }
        let free_in = desks
            .iter()
            .map(|d| match at(d.id) {
                Some(t) => {
                    let since = now - t.started_at.or(t.called_at).unwrap_or(now);
                    (self.usual(catalogue, t.service_id) - since).max(Duration::zero())
                }
                None => Duration::zero(),
            })
            .collect();
        let takes: Vec<Duration> = ahead.iter().map(|t| self.usual(catalogue, t.service_id)).collect();
        // Up to the next minute: nobody is told less than it will be.
        let wait = (rules::wait(free_in, &takes).num_seconds() + 59) / 60;
        (count, Some(wait))
    }
}
