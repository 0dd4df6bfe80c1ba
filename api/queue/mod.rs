//! The day itself: who is there, who is called next, and how long the rest will wait.
//!
//! Words: a *ticket* is somebody's turn in the queue of a location on a day, and has the *number* that is called. Who has an
//! appointment *checks in* and so gets one; who has none *takes a number*. A desk *calls* the next, *starts*, *finishes*,
//! notes that they were *missed*, *sends them on* to another service, or *parks* them aside and *takes them back*. A member of staff
//! *signs on* at a desk; a hall is *stopped* where nobody is called for a moment. A *screen* shows which number goes to which desk,
//! and nothing else.
//!
//! Two desks never call the same person, and a desk never has two: both are keys of the table, not looks before a write.

mod answer_store;
mod arriving;
mod clerks;
mod day;
pub mod desk;
pub mod figures;
pub mod hall;
pub mod hall_routes;
mod hall_store;
mod kiosk;
mod live;
mod model;
pub mod notices;
pub mod places;
mod places_page;
pub mod places_routes;
pub mod routes;
pub mod rules;
mod scene;
pub mod screen;
mod screen_page;
pub mod staff_routes;
mod store;
pub mod value;
pub mod work;

use std::sync::Arc;

use crate::{
    administration::Sender,
    appointments::{
        self, AppointmentId, Catalogue, LocationId,
        agenda::read_code,
        booking::{self, Booker},
        catalogue::{Location, Service, is_open},
    },
    audit::{self, Act, Entry},
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        access::Scope,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
        time::local_day,
    },
    residents,
};

pub(crate) use answer_store::ALL as ANSWER_STATEMENTS;
pub use arriving::Walk;
use arriving::{arrive, may_check_in, number_for, receive};
use day::Day;
pub(crate) use figures::STATEMENTS as FIGURES_STATEMENTS;
pub(crate) use hall_store::ALL as HALL_STATEMENTS;
use model::{
    AlreadyCalled, CannotCheckIn, CannotGiveNumber, CannotReceive, CannotTakeNumber, HallStopped, LocationClosed,
    NotThere,
};
pub use model::{Came, Ticket, TicketId, TicketState, Turn};
use screen::Screens;
pub use store::Step;
pub(crate) use store::{ALL as STATEMENTS, LISTED, has_turns};

/// Tickets of a day that a citizen is shown.
const MAX_SHOWN: i64 = 20;

/// Where somebody says to be.
pub type Whereabouts = Option<(f64, f64)>;

/// Refuses a phone that is not near a location whose place is known. Where it is is not kept.
fn near(app: &App, location: &Location, at: Whereabouts) -> Result<(), Refused<NotThere>> {
    let Some(there) = location.latitude.zip(location.longitude) else { return Ok(()) };
    let here = at.ok_or_else(|| Failure::field(Code::BodyInvalid, "latitude", "is needed, with longitude, there"))?;
    if rules::meters(here, there) > app.config.appointments.check_in_meters {
        return Err(NotThere::refused());
    }
    Ok(())
}

/// Refuses who comes where nobody calls them: it is closed for a sudden reason, or it is no place where one waits, as a telephone.
fn receives(app: &App, location: &Location) -> Result<(), Refused<LocationClosed>> {
    let now = app.clock.now();
    if !location.is_hall() || location.closures.iter().any(|s| s.has(now)) {
        return Err(LocationClosed::refused());
    }
    Ok(())
}

/// A citizen checks in for a visit with the app, near the location. Again, it gives the same ticket.
///
/// # Errors
/// `not_found`, `body_invalid`, `check_in_closed`, `not_there`, `queue_full`.
pub async fn check_in(
    app: &App,
    who: &Citizen,
    visit: AppointmentId,
    at: Whereabouts,
) -> Result<Turn, Refused<CannotCheckIn>> {
    let screens: &Screens = app.part();
    let visit = booking::get(app, &Booker::Citizen(who.clone()), visit).await?;
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, &who.town).await?;
    let location = catalogue.location(visit.location_id)?;
    near(app, location, at)?;
    receives(app, location)?;
    let mut w = app.db.write().await?;
    let (ticket, _) = receive::<CannotCheckIn>(&mut w, app, &who.town, &visit, Came::App).await?;
    w.commit().await?;
    screens.ring(ticket.location_id);
    Ok(turn(&mut app.db.read().await?, app, &who.town, &catalogue, ticket).await?)
}

/// Somebody checks in at a kiosk or with staff, by the code on their phone or the reference that they say.
///
/// # Errors
/// `not_found`, `check_in_closed`, `queue_full`, `scope_missing`.
pub async fn check_in_by_code(
    app: &App,
    by: &Sender,
    location: LocationId,
    code: &str,
) -> Result<Turn, Refused<CannotReceive>> {
    let screens: &Screens = app.part();
    by.may(Scope::CheckIn)?;
    let town = by.town();
    let mut w = app.db.write().await?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    receives(app, catalogue.location(location)?)?;
    let reference = read_code(town, code).ok_or_else(|| Failure::new(Code::NotFound))?;
    let visit = appointments::agenda::by_reference(&mut w, town, &reference).await?;
    // One who is at the wrong place is not told that a visit of that reference exists elsewhere; staff look it up.
    let visit = visit.filter(|v| v.location_id == location).ok_or_else(|| Failure::new(Code::NotFound))?;
    let (ticket, is_new) = receive::<CannotReceive>(&mut w, app, town, &visit, came(by)).await?;
    // A code that is read again receives nobody again.
    if is_new {
        note(&mut w, app, by, Act::VisitorReceived, &ticket).await?;
    }
    w.commit().await?;
    screens.ring(location);
    Ok(turn(&mut app.db.read().await?, app, town, &catalogue, ticket).await?)
}

fn came(by: &Sender) -> Came {
    match by {
        Sender::Machine(_) => Came::Kiosk,
        Sender::Staff(_) => Came::Staff,
    }
}

/// Notes what was done with a citizen's turn. The act says why: who was called and did not come was at no counter.
async fn note(w: &mut Write, app: &App, by: &Sender, act: Act, ticket: &Ticket) -> sqlx::Result<()> {
    let entry = Entry { act, subject: Some(ticket.id.0), resident: ticket.resident_id, reason: None, desk: None };
    audit::record(w, app, by, &[entry]).await
}

/// Refuses what is not served there now.
fn served(app: &App, town: &Municipality, catalogue: &Catalogue, walk: &Walk) -> Result<(), Refused<LocationClosed>> {
    let (location, service) = (catalogue.location(walk.location)?, catalogue.service(walk.service)?);
    if !(1..=service.most_persons).contains(&walk.persons) {
        let most = service.most_persons;
        return Err(Failure::field(Code::BodyInvalid, "persons", format!("must lie between 1 and {most}")).into());
    }
    if !offered(location, service) || !is_open(town, location, app.clock.now()) {
        return Err(LocationClosed::refused());
    }
    Ok(())
}

/// Whether a desk of a location calls who waits for a service. Nobody waits in a hall for a call, or at home for a visit.
fn offered(location: &Location, service: &Service) -> bool {
    let desk = location.desks.iter().any(|d| d.active && d.services.contains(&service.id));
    location.is_hall() && location.active && service.active && desk
}

/// A citizen without an appointment takes a number with the app, near the location. Again, it is the same one.
///
/// # Errors
/// `not_found`, `body_invalid`, `location_closed`, `hall_stopped`, `not_there`, `queue_full`.
pub async fn take_number(
    app: &App,
    who: &Citizen,
    walk: &Walk,
    at: Whereabouts,
) -> Result<Turn, Refused<CannotTakeNumber>> {
    let screens: &Screens = app.part();
    let town = &who.town;
    let mut w = app.db.write().await?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    near(app, catalogue.location(walk.location)?, at)?;
    receives(app, catalogue.location(walk.location)?)?;
    // Who has an appointment for it now checks in: one turn, in its place.
    let visits = booking::of_resident(&mut w, app, town, who.subject.0).await?;
    let due = visits
        .iter()
        .find(|v| v.service_id == walk.service && v.location_id == walk.location && may_check_in(app, town, v));
    let arrived = match due {
        // None too where it is done, earlier than it was booked: whatever they come for now is something else.
        Some(visit) => arrive(&mut w, app, town, visit, Came::App).await?,
        None => None,
    };
    let (ticket, _) = match arrived {
        Some(given) => given,
        None => {
            served(app, town, &catalogue, walk)?;
            if clerks::is_stopped(&mut w, app, town, walk.location).await? {
                return Err(HallStopped::refused().into());
            }
            number_for(&mut w, app, town, (walk, Came::App), (Some(who.subject.0), "")).await?
        }
    };
    w.commit().await?;
    screens.ring(walk.location);
    Ok(turn(&mut app.db.read().await?, app, town, &catalogue, ticket).await?)
}

/// A number for whoever comes to a kiosk, or to staff: also without a phone.
///
/// # Errors
/// `not_found`, `body_invalid`, `location_closed`, `hall_stopped`, `queue_full`, `scope_missing`.
pub async fn give_number(
    app: &App,
    by: &Sender,
    walk: &Walk,
    (resident, name): (Option<ResidentId>, &str),
    idempotency: &Idempotency,
) -> Result<Turn, Refused<CannotGiveNumber>> {
    let screens: &Screens = app.part();
    by.may(Scope::CheckIn)?;
    let town = by.town();
    let said = [("resident_id", resident.is_some()), ("name", !name.is_empty())];
    if matches!(by, Sender::Machine(_))
        && let Some((field, _)) = said.into_iter().find(|(_, is_said)| *is_said)
    {
        return Err(Failure::field(Code::BodyInvalid, field, "is for staff to say: a kiosk knows nobody").into());
    }
    let id = idempotency
        .act(app, async |w, _| {
            let catalogue = Catalogue::of(app, w, town).await?;
            served(app, town, &catalogue, walk)?;
            if clerks::is_stopped(w, app, town, walk.location).await? {
                return Err(HallStopped::refused().into());
            }
            if let Some(id) = resident
                && residents::people(w, town, &[id]).await?.is_empty()
            {
                return Err(Failure::new(Code::NotFound).into());
            }
            let (ticket, is_new) = number_for(w, app, town, (walk, came(by)), (resident, name)).await?;
            if is_new {
                note(w, app, by, Act::VisitorReceived, &ticket).await?;
            }
            Ok::<_, Refused<CannotGiveNumber>>(ticket.id)
        })
        .await?;
    screens.ring(walk.location);
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let ticket = store::get(&mut r, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    Ok(turn(&mut r, app, town, &catalogue, ticket).await?)
}

/// The citizen's turns of today, the last first.
///
/// # Errors
/// The database.
pub async fn mine(app: &App, who: &Citizen) -> Result<Vec<Turn>, Failure> {
    let mut r = app.db.read().await?;
    let mut theirs = Vec::new();
    for turn in of_today(&mut r, app, &who.town, who.subject.0).await? {
        if !is_kept(&mut r, &who.town, &turn.ticket).await? {
            theirs.push(turn);
        }
    }
    Ok(theirs)
}

/// Whether a number is kept from whose it is, as its visit is: it becomes the child's within a minute.
async fn is_kept(r: &mut Read, town: &Municipality, ticket: &Ticket) -> sqlx::Result<bool> {
    match ticket.appointment_id {
        Some(visit) => booking::is_kept_from_owner(r, town, visit).await,
        None => Ok(false),
    }
}

/// Somebody's turns of today, the last first.
///
/// # Errors
/// The database.
pub async fn of_today(
    r: &mut Read,
    app: &App,
    town: &Arc<Municipality>,
    resident: ResidentId,
) -> Result<Vec<Turn>, Failure> {
    let catalogue = Catalogue::of(app, r, town).await?;
    let today = local_day(town.zone, app.clock.now());
    let mut turns = Vec::new();
    for ticket in store::of_resident(r, town.id, resident, today, MAX_SHOWN).await? {
        turns.push(turn(r, app, town, &catalogue, ticket).await?);
    }
    Ok(turns)
}

/// A citizen goes away before they were called.
///
/// # Errors
/// `not_found`, `already_called`.
pub async fn leave(
    app: &App,
    who: &Citizen,
    id: TicketId,
    idempotency: &Idempotency,
) -> Result<(), Refused<AlreadyCalled>> {
    let screens: &Screens = app.part();
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if idempotency.replay::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    if let Some(ticket) = store::get_own(&mut w, (who.town.id, id), who.subject.0).await?
        && is_kept(&mut w, &who.town, &ticket).await?
    {
        return Err(Failure::new(Code::NotFound).into());
    }
    let did = store::leave(&mut w, who.town.id, id, who.subject.0, now).await?;
    if !did
        && let Some(ticket) = store::get_own(&mut w, (who.town.id, id), who.subject.0).await?
        && matches!(ticket.state, TicketState::Called | TicketState::Serving)
    {
        return Err(AlreadyCalled::refused());
    }
    if !deleted(&mut w, did, who.subject.0.0, id.0, now).await? {
        return Ok(());
    }
    let ticket = store::get(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // Who was called once and waited aside had begun their visit.
    if let Some(visit) = ticket.visit() {
        booking::not_begun(&mut w, &who.town, visit, ticket.arrived_at).await?;
    }
    idempotency.store_response(&mut w, &(), now).await?;
    w.commit().await?;
    screens.ring(ticket.location_id);
    Ok(())
}

/// What a visitor thought of it: a score from one to five, and a line. It is kept without a name, and once.
///
/// # Errors
/// `not_found` for a visit that is not theirs, not over, or answered before.
pub async fn answer(
    app: &App,
    who: &Citizen,
    id: TicketId,
    (score, line): (i64, &str),
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, _| {
            let theirs = answer_store::asked(w, who.town.id, id, who.subject.0).await?;
            let ticket = if theirs { store::get(w, who.town.id, id).await? } else { None };
            let ticket = ticket.ok_or_else(|| Failure::new(Code::NotFound))?;
            // Its id tells the day and no hour: nobody finds by its order who it was.
            let id = uuid::Uuid::from_u128(app.ids.with(rand::Rng::random));
            let (day, location, service) = (ticket.day, ticket.location_id, ticket.service_id);
            answer_store::answer(w, (who.town.id, id), day, (location, service), (score, line)).await?;
            Ok(())
        })
        .await
}

/// How a ticket's turn stands: from what really happened today.
async fn turn(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    ticket: Ticket,
) -> Result<Turn, Failure> {
    if ticket.state != TicketState::Waiting {
        return Ok(Turn { ticket, ahead: 0, wait_minutes: Some(0) });
    }
    let day = Day::read(r, app, town, ticket.location_id).await?;
    let (ahead, wait_minutes) = day.standing(app, catalogue, &ticket);
    Ok(Turn { ticket, ahead, wait_minutes })
}
