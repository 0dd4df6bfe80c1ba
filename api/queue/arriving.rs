//! Somebody comes, with an appointment or without: they get a ticket, and one only.

use chrono::{DateTime, Duration, Utc};

use super::{
    day::MAX_WAITING,
    model::{Came, CheckInClosed, Ended, QueueFull, Ticket, TicketId, TicketState},
    notices, rules, store,
};
use crate::{
    appointments::{AppointmentId, LocationId, ServiceId, Visit, VisitBegun, VisitState, booking},
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        db::Write,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
        time::local_day,
    },
    push::live::{self, NewLive},
};

/// Takes back what was said of turns that ended without a word: a call of yesterday stands on no lock screen.
pub(super) async fn hush(w: &mut Write, app: &App, town: &Municipality, ended: &[Ended]) -> sqlx::Result<()> {
    for (ticket, resident) in ended {
        if let Some(resident) = resident {
            inbox::take_back_under(w, app, town, *resident, &notices::about(*ticket)).await?;
        }
    }
    Ok(())
}

/// Whether one may check in for a visit now: on its day, from a while before.
pub(super) fn may_check_in(app: &App, town: &Municipality, visit: &Visit) -> bool {
    let now = app.clock.now();
    let opens = visit.starts_at - Duration::minutes(app.config.appointments.check_in_minutes);
    visit.state == VisitState::Booked
        && now >= opens
        && local_day(town.zone, visit.starts_at) == local_day(town.zone, now)
}

/// A ticket, and whether it was given just now: who comes again has theirs.
pub(super) type Given = (Ticket, bool);

/// Checks somebody in for their visit.
///
/// # Errors
/// `check_in_closed`, `visit_begun` where they were served, `queue_full`.
pub(super) async fn receive<R>(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    visit: &Visit,
    by: Came,
) -> Result<Given, Refused<R>>
where
    Refused<R>: From<Refused<CheckInClosed>> + From<Refused<VisitBegun>> + From<Refused<QueueFull>>,
{
    if !may_check_in(app, town, visit) {
        return Err(CheckInClosed::refused().into());
    }
    Ok(arrive(w, app, town, visit, by).await?.ok_or_else(VisitBegun::refused)?)
}

/// Gives an appointment its ticket, which may be checked in for; none where they were served already.
pub(super) async fn arrive(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    visit: &Visit,
    by: Came,
) -> Result<Option<Given>, Refused<QueueFull>> {
    let (now, day) = (app.clock.now(), local_day(town.zone, app.clock.now()));
    // Whose it is by now: a visitor may have made it theirs in the app a moment ago.
    let Some(as_it_is) = booking::seize(w, town, visit.id).await? else {
        return Err(Failure::new(Code::NotFound).into());
    };
    // They are at a desk: from a phone nobody ends that.
    if let Some(known) = store::at_a_desk(w, town.id, visit.id, day).await? {
        return Ok(Some((known, false)));
    }
    // Of a day before, or of the visit where it was before it moved.
    let stale = store::end_stale(w, town.id, visit.id, (day, visit.sequence), now).await?;
    hush(w, app, town, &stale).await?;
    if let Some(known) = store::of_appointment(w, town.id, visit.id, day, visit.sequence).await? {
        match known.state {
            TicketState::Waiting | TicketState::Called | TicketState::Serving => return Ok(Some((known, false))),
            TicketState::Done => return Ok(None),
            // They were called and not there, or went away: they are here now.
            TicketState::Missed | TicketState::SentOn | TicketState::Left => {}
        }
    }
    let new = Arriving {
        location: visit.location_id,
        service: visit.service_id,
        appointment: Some((visit.id, Some(visit.sequence))),
        resident: as_it_is.resident_id,
        name: &as_it_is.visitor,
        persons: visit.persons,
        due_at: Some(visit.starts_at),
        by,
    };
    booking::not_turned_away(w, town, (visit.id, Some(visit.sequence))).await?;
    match add(w, app, town, &new, None).await? {
        Some(ticket) => Ok(Some((ticket, true))),
        // Another request of theirs was first.
        None => {
            let known = store::of_appointment(w, town.id, visit.id, day, visit.sequence).await?;
            Ok(Some((known.ok_or_else(|| Failure::internal("a ticket that is not"))?, false)))
        }
    }
}

pub(super) struct Arriving<'a> {
    pub(super) location: LocationId,
    pub(super) service: ServiceId,
    /// Which, and how often it has changed.
    pub(super) appointment: Option<(AppointmentId, Option<i64>)>,
    pub(super) resident: Option<ResidentId>,
    pub(super) name: &'a str,
    pub(super) persons: i64,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) by: Came,
}

/// Adds a ticket with the day's next number, or with the one they have; none where they wait already.
pub(super) async fn add(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    a: &Arriving<'_>,
    number: Option<&str>,
) -> Result<Option<Ticket>, Refused<QueueFull>> {
    let now = app.clock.now();
    let day = local_day(town.zone, now);
    if store::count_waiting(w, town.id, a.location, day).await? >= MAX_WAITING {
        return Err(QueueFull::refused());
    }
    let number = match number {
        Some(known) => known.to_owned(),
        None => rules::number(a.appointment.is_some(), store::count_up(w, town.id, a.location, day).await?),
    };
    let id = TicketId(app.ids.uuid(now));
    let new = store::New {
        id,
        location: a.location,
        day,
        number: &number,
        service: a.service,
        appointment: a.appointment.map(|(id, _)| id),
        sequence: a.appointment.and_then(|(_, sequence)| sequence),
        resident: a.resident,
        name: a.name,
        persons: a.persons,
        by: a.by,
        due_at: a.due_at,
    };
    if !store::add(w, town.id, &new, now).await? {
        return Ok(None);
    }
    if let Some(resident) = a.resident {
        let shown = NewLive { ticket: id.0, location: a.location.0, number: &number };
        live::begin(w, app, town.id, resident, &shown).await?;
    }
    Ok(store::get(w, town.id, id).await?)
}

/// What somebody without an appointment comes for.
pub struct Walk {
    /// Where.
    pub location: LocationId,
    /// For what.
    pub service: ServiceId,
    /// How many came.
    pub persons: i64,
}

pub(super) async fn number_for(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (walk, by): (&Walk, Came),
    (resident, name): (Option<ResidentId>, &str),
) -> Result<Given, Refused<QueueFull>> {
    let now = app.clock.now();
    let day = local_day(town.zone, now);
    let old = store::close_old(w, town.id, walk.location, day, now).await?;
    hush(w, app, town, &old).await?;
    if let Some(resident) = resident
        && let Some(known) = store::waits_already(w, town.id, resident, (walk.location, walk.service), day).await?
    {
        return Ok((known, false));
    }
    let (location, service, persons) = (walk.location, walk.service, walk.persons);
    let new = Arriving { location, service, appointment: None, resident, name, persons, due_at: None, by };
    if let Some(ticket) = add(w, app, town, &new, None).await? {
        return Ok((ticket, true));
    }
    let resident = resident.ok_or_else(|| Failure::internal("a number that was not given"))?;
    let known = store::waits_already(w, town.id, resident, (location, service), day).await?;
    Ok((known.ok_or_else(|| Failure::internal("a ticket that is not"))?, false))
}
