//! The day itself: who is there, who is called next, and how long the rest will wait.
//!
//! Words: a *ticket* is somebody's turn in the queue of a location on a day, and has the *number* that is called. Who has an
//! appointment *checks in* and so gets one; who has none *takes a number*. A desk *calls* the next, *starts*, *finishes*,
//! notes that they were *missed*, or *sends them on* to another service. A *screen* shows which number goes to which desk,
//! and nothing else.
//!
//! Two desks never call the same person, and a desk never has two: both are keys of the table, not looks before a write.

pub mod desk;
pub mod notices;
pub mod routes;
pub mod rules;
mod scene;
pub mod screen;
pub mod staff_routes;
mod store;
pub mod work;

use std::future;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use futures_util::FutureExt as _;

use crate::{
    administration::Sender,
    appointments::{
        self, AppointmentId, Catalogue, Catalogues, DeskId, LocationId, ServiceId, Visit, VisitState,
        agenda::read_code,
        booking::{self, Booker},
        catalogue::{Location, Service, is_open},
    },
    audit::{self, Act, Entry},
    id_type,
    identity::Citizen,
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        access::Scope,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::ResidentId,
        problem::{Code, Failure},
        room::{self, AND_ID_IN, Names, Room},
        time::local_day,
    },
    residents, words,
};
use rules::Order;
use screen::Screens;
use store::List;

pub use store::Step;
pub(crate) use store::{ALL as STATEMENTS, has_turns};

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Checking in, numbers, and the queue at a location on a day.",
    owns: &["answer", "ticket", "ticket_number"],
    // Whether the visit of a ticket is still the one that it was checked in for.
    reads: &["appointment"],
    statements: &[STATEMENTS],
    problems: [&[routes::PROBLEMS], &[staff_routes::PROBLEMS]],
    names: &[Names::plain("ticket", "select id, number from ticket where municipality_id = ", AND_ID_IN)],
    open: Some(|o| {
        o.add(screen::Screens::default());
        o.add(work::Evenings::default());
        future::ready(Ok(())).boxed()
    }),
    pages: |route| {
        route
            .at("/screen/:municipality/:location", poem::get(screen::page))
            .at("/screen/:municipality/:location/events", poem::get(screen::events))
    },
    work: &[
        room::Step { name: "queue", run: |s| work::shut(&s.app, s.part(), s.part(), s.part()).boxed() },
        room::Step { name: "ends of days", run: |s| work::close_days(&s.app, s.part(), s.part()).boxed() },
    ],
    housekeeping: &[room::Step { name: "queue", run: |s| work::step(&s.app).boxed() }],
    // A screen's connection has no end of its own.
    stop: |s| s.part::<screen::Screens>().close(),
    ..Room::named("queue")
};
/// What citizens may call here.
pub type CitizenApi = routes::QueueApi;
/// What staff and machines may call here.
pub type StaffApi = staff_routes::DesksApi;

/// Those who wait at a location, at the most.
const MAX_WAITING: i64 = 1_000;
/// Those served today from which it is reckoned how long it takes.
const MAX_SERVED: i64 = 500;
/// A desk that had somebody within this time works.
const WORKS: Duration = Duration::minutes(30);
/// Tickets of a day that a citizen is shown.
const MAX_SHOWN: i64 = 20;

id_type! {
    /// Somebody's turn in the queue of a day.
    TicketId;
}

words! {
    /// How somebody came.
    Came {
        /// With the app, near the location.
        App = "app",
        /// At a kiosk.
        Kiosk = "kiosk",
        /// To a member of staff.
        Staff = "staff",
    }

    /// How a turn stands.
    TicketState {
        /// They wait.
        Waiting = "waiting",
        /// They are called to a desk.
        Called = "called",
        /// They are at the desk.
        Serving = "serving",
        /// It is over.
        Done = "done",
        /// They were called, and nobody came.
        Missed = "missed",
        /// They were sent on, and wait under another ticket.
        SentOn = "sent_on",
        /// They went away, or the day ended.
        Left = "left",
    }
}

/// A ticket, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Where.
    pub location_id: LocationId,
    /// On which day of the town's calendar.
    pub day: NaiveDate,
    /// What is called.
    pub number: String,
    /// For what.
    pub service_id: ServiceId,
    /// Their appointment, if they have one.
    pub appointment_id: Option<AppointmentId>,
    /// How often that had changed when they came: one that moved since is not what they came for.
    pub appointment_sequence: Option<i64>,
    /// Whose it is; none where nobody knows.
    pub resident_id: Option<ResidentId>,
    /// What to call them, where that is nobody of the register.
    pub name: String,
    /// How many came.
    pub persons: i64,
    /// How they came.
    pub came_by: Came,
    /// How it stands.
    pub state: TicketState,
    /// When they are due, if they are.
    pub due_at: Option<DateTime<Utc>>,
    /// When they came.
    pub arrived_at: DateTime<Utc>,
    /// At which desk.
    pub desk_id: Option<DeskId>,
    /// When they were last called.
    pub called_at: Option<DateTime<Utc>>,
    /// How often.
    pub calls: i64,
    /// When they sat down.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether they answered what they thought of it.
    pub asked: bool,
}

/// A ticket with how its turn stands.
pub struct Turn {
    /// The ticket.
    pub ticket: Ticket,
    /// How many are called before, of those who wait for the same desks.
    pub ahead: i64,
    /// How long it will be, in minutes; none while nobody is there to serve it.
    pub wait_minutes: Option<i64>,
}

fn order(app: &App) -> Order {
    let a = &app.config.appointments;
    Order { walk_in: Duration::minutes(a.walk_in_minutes), late: Duration::minutes(a.late_minutes) }
}

/// Where somebody says to be.
pub type Whereabouts = Option<(f64, f64)>;

/// Refuses a phone that is not near a location whose place is known. Where it is is not kept.
fn near(app: &App, location: &Location, at: Whereabouts) -> Result<(), Failure> {
    let Some(there) = location.latitude.zip(location.longitude) else { return Ok(()) };
    let here = at.ok_or_else(|| Failure::field(Code::BodyInvalid, "latitude", "is needed, with longitude, there"))?;
    if rules::meters(here, there) > app.config.appointments.check_in_meters {
        return Err(Failure::new(Code::NotThere));
    }
    Ok(())
}

/// Refuses who comes where nobody calls them: it is closed for a sudden reason, or it is no place where one waits, as a telephone.
fn receives(app: &App, location: &Location) -> Result<(), Failure> {
    let now = app.clock.now();
    if !location.is_hall() || location.closures.iter().any(|s| s.has(now)) {
        return Err(Failure::new(Code::LocationClosed));
    }
    Ok(())
}

/// A citizen checks in for a visit with the app, near the location. Again, it gives the same ticket.
///
/// # Errors
/// `not_found`, `body_invalid`, `check_in_closed`, `not_there`, `queue_full`.
pub async fn check_in(
    app: &App,
    catalogues: &Catalogues,
    screens: &Screens,
    who: &Citizen,
    visit: AppointmentId,
    at: Whereabouts,
) -> Result<Turn, Failure> {
    let visit = booking::get(app, &Booker::Citizen(who.clone()), visit).await?;
    let catalogue = catalogues.of(&mut app.db.read().await?, &who.town).await?;
    let location = catalogue.location(visit.location_id)?;
    near(app, location, at)?;
    receives(app, location)?;
    let mut w = app.db.write().await?;
    let ticket = arrive(&mut w, app, &who.town, &visit, Came::App).await?;
    w.commit().await?;
    screens.ring(ticket.location_id);
    turn(&mut app.db.read().await?, app, &who.town, &catalogue, ticket).await
}

/// Somebody checks in at a kiosk or with staff, by the code on their phone or the reference that they say.
///
/// # Errors
/// `not_found`, `check_in_closed`, `queue_full`, `scope_missing`.
pub async fn check_in_by_code(
    app: &App,
    catalogues: &Catalogues,
    screens: &Screens,
    by: &Sender,
    location: LocationId,
    code: &str,
) -> Result<Turn, Failure> {
    by.may(Scope::CheckIn)?;
    let town = by.town();
    let mut w = app.db.write().await?;
    let catalogue = catalogues.of(&mut w, town).await?;
    receives(app, catalogue.location(location)?)?;
    let reference = read_code(town, code).ok_or_else(|| Failure::new(Code::NotFound))?;
    let visit = appointments::agenda::by_reference(&mut w, town, &reference).await?;
    // One who is at the wrong place is not told that a visit of that reference exists elsewhere; staff look it up.
    let visit = visit.filter(|v| v.location_id == location).ok_or_else(|| Failure::new(Code::NotFound))?;
    let ticket = arrive(&mut w, app, town, &visit, came(by)).await?;
    note(&mut w, app, by, Act::VisitorReceived, &ticket).await?;
    w.commit().await?;
    screens.ring(location);
    turn(&mut app.db.read().await?, app, town, &catalogue, ticket).await
}

fn came(by: &Sender) -> Came {
    match by {
        Sender::Machine(_) => Came::Kiosk,
        Sender::Staff(_) => Came::Staff,
    }
}

/// Notes what was done with a citizen's turn. The act says why: who was called and did not come was at no counter.
async fn note(w: &mut Write, app: &App, by: &Sender, act: Act, ticket: &Ticket) -> sqlx::Result<()> {
    let entry = Entry { act, subject: Some(ticket.id.0), resident: ticket.resident_id, reason: None };
    audit::record(w, app, by, &[entry]).await
}

/// A turn that ended, and whose it was.
type Ended = (TicketId, Option<ResidentId>);

/// Takes back what was said of turns that ended without a word: a call of yesterday stands on no lock screen.
async fn hush(w: &mut Write, app: &App, town: &Municipality, ended: &[Ended]) -> sqlx::Result<()> {
    for (ticket, resident) in ended {
        if let Some(resident) = resident {
            inbox::take_back_under(w, app, town, *resident, &notices::about(*ticket)).await?;
        }
    }
    Ok(())
}

/// Whether one may check in for a visit now: on its day, from a while before.
fn may_check_in(app: &App, town: &Municipality, visit: &Visit) -> bool {
    let now = app.clock.now();
    let opens = visit.starts_at - Duration::minutes(app.config.appointments.check_in_minutes);
    visit.state == VisitState::Booked
        && now >= opens
        && local_day(town.zone, visit.starts_at) == local_day(town.zone, now)
}

/// Gives an appointment its ticket.
async fn arrive(w: &mut Write, app: &App, town: &Municipality, visit: &Visit, by: Came) -> Result<Ticket, Failure> {
    if !may_check_in(app, town, visit) {
        return Err(Failure::new(Code::CheckInClosed));
    }
    let (now, day) = (app.clock.now(), local_day(town.zone, app.clock.now()));
    // They are at a desk: from a phone nobody ends that.
    if let Some(known) = store::at_a_desk(w, town.id, visit.id, day).await? {
        return Ok(known);
    }
    // Of a day before, or of the visit where it was before it moved.
    let stale = store::end_stale(w, town.id, visit.id, day, visit.sequence, now).await?;
    hush(w, app, town, &stale).await?;
    if let Some(known) = store::of_appointment(w, town.id, visit.id, day, visit.sequence).await? {
        match known.state {
            TicketState::Waiting | TicketState::Called | TicketState::Serving => return Ok(known),
            TicketState::Done => return Err(Failure::new(Code::VisitBegun)),
            // They were called and not there, or went away: they are here now.
            TicketState::Missed | TicketState::SentOn | TicketState::Left => {}
        }
    }
    let new = Arriving {
        location: visit.location_id,
        service: visit.service_id,
        appointment: Some((visit.id, Some(visit.sequence))),
        resident: visit.resident_id,
        name: &visit.visitor,
        persons: visit.persons,
        due_at: Some(visit.starts_at),
        by,
    };
    match add(w, app, town, &new, None).await? {
        Some(ticket) => Ok(ticket),
        // Another request of theirs was first.
        None => {
            let known = store::of_appointment(w, town.id, visit.id, day, visit.sequence).await?;
            known.ok_or_else(|| Failure::internal("a ticket that is not"))
        }
    }
}

struct Arriving<'a> {
    location: LocationId,
    service: ServiceId,
    /// Which, and how often it has changed.
    appointment: Option<(AppointmentId, Option<i64>)>,
    resident: Option<ResidentId>,
    name: &'a str,
    persons: i64,
    due_at: Option<DateTime<Utc>>,
    by: Came,
}

/// Adds a ticket with the day's next number, or with the one they have; none where they wait already.
async fn add(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    a: &Arriving<'_>,
    number: Option<&str>,
) -> Result<Option<Ticket>, Failure> {
    let now = app.clock.now();
    let day = local_day(town.zone, now);
    if store::count_waiting(w, town.id, a.location, day).await? >= MAX_WAITING {
        return Err(Failure::new(Code::QueueFull));
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

/// Refuses what is not served there now.
fn served(app: &App, town: &Municipality, catalogue: &Catalogue, walk: &Walk) -> Result<(), Failure> {
    let (location, service) = (catalogue.location(walk.location)?, catalogue.service(walk.service)?);
    if !(1..=service.most_persons).contains(&walk.persons) {
        let most = service.most_persons;
        return Err(Failure::field(Code::BodyInvalid, "persons", format!("must lie between 1 and {most}")));
    }
    if !offered(location, service) || !is_open(town, location, app.clock.now()) {
        return Err(Failure::new(Code::LocationClosed));
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
/// `not_found`, `body_invalid`, `location_closed`, `not_there`, `queue_full`.
pub async fn take_number(
    app: &App,
    catalogues: &Catalogues,
    screens: &Screens,
    who: &Citizen,
    walk: &Walk,
    at: Whereabouts,
) -> Result<Turn, Failure> {
    let town = &who.town;
    let mut w = app.db.write().await?;
    let catalogue = catalogues.of(&mut w, town).await?;
    near(app, catalogue.location(walk.location)?, at)?;
    receives(app, catalogue.location(walk.location)?)?;
    // Who has an appointment for it now checks in: one turn, in its place.
    let visits = booking::of_resident(&mut w, app, town, who.subject.0).await?;
    let due = visits
        .iter()
        .find(|v| v.service_id == walk.service && v.location_id == walk.location && may_check_in(app, town, v));
    let arrived = match due {
        Some(visit) => match arrive(&mut w, app, town, visit, Came::App).await {
            // It is done, earlier than it was booked: whatever they come for now is something else.
            Err(failure) if failure.is(Code::VisitBegun) => None,
            arrived => Some(arrived?),
        },
        None => None,
    };
    let ticket = match arrived {
        Some(ticket) => ticket,
        None => {
            served(app, town, &catalogue, walk)?;
            number_for(&mut w, app, town, walk, Some(who.subject.0), "", Came::App).await?
        }
    };
    w.commit().await?;
    screens.ring(walk.location);
    turn(&mut app.db.read().await?, app, town, &catalogue, ticket).await
}

async fn number_for(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    walk: &Walk,
    resident: Option<ResidentId>,
    name: &str,
    by: Came,
) -> Result<Ticket, Failure> {
    let now = app.clock.now();
    let day = local_day(town.zone, now);
    let old = store::close_old(w, town.id, walk.location, day, now).await?;
    hush(w, app, town, &old).await?;
    if let Some(resident) = resident
        && let Some(known) = store::waits_already(w, town.id, resident, walk.location, walk.service, day).await?
    {
        return Ok(known);
    }
    let (location, service, persons) = (walk.location, walk.service, walk.persons);
    let new = Arriving { location, service, appointment: None, resident, name, persons, due_at: None, by };
    if let Some(ticket) = add(w, app, town, &new, None).await? {
        return Ok(ticket);
    }
    let resident = resident.ok_or_else(|| Failure::internal("a number that was not given"))?;
    let known = store::waits_already(w, town.id, resident, location, service, day).await?;
    known.ok_or_else(|| Failure::internal("a ticket that is not"))
}

/// A number for whoever comes to a kiosk, or to staff: also without a phone.
///
/// # Errors
/// `not_found`, `body_invalid`, `location_closed`, `queue_full`, `scope_missing`.
#[expect(clippy::too_many_arguments, reason = "what a number is given for")]
pub async fn give_number(
    app: &App,
    catalogues: &Catalogues,
    screens: &Screens,
    by: &Sender,
    walk: &Walk,
    resident: Option<ResidentId>,
    name: &str,
    idempotency: &Idempotency,
) -> Result<Turn, Failure> {
    by.may(Scope::CheckIn)?;
    let town = by.town();
    if matches!(by, Sender::Machine(_)) && (resident.is_some() || !name.is_empty()) {
        return Err(Failure::field(Code::BodyInvalid, "resident_id", "and name are for staff: a kiosk knows nobody"));
    }
    let id = idempotency
        .act(app, async |w, _| {
            let catalogue = catalogues.of(w, town).await?;
            served(app, town, &catalogue, walk)?;
            if let Some(id) = resident
                && residents::people(w, town, &[id]).await?.is_empty()
            {
                return Err(Failure::new(Code::NotFound));
            }
            let ticket = number_for(w, app, town, walk, resident, name, came(by)).await?;
            note(w, app, by, Act::VisitorReceived, &ticket).await?;
            Ok(ticket.id)
        })
        .await?;
    screens.ring(walk.location);
    let mut r = app.db.read().await?;
    let catalogue = catalogues.of(&mut r, town).await?;
    let ticket = store::get(&mut r, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    turn(&mut r, app, town, &catalogue, ticket).await
}

/// The citizen's turns of today, the last first.
///
/// # Errors
/// The database.
pub async fn mine(app: &App, catalogues: &Catalogues, who: &Citizen) -> Result<Vec<Turn>, Failure> {
    let town = &who.town;
    let mut r = app.db.read().await?;
    let catalogue = catalogues.of(&mut r, town).await?;
    let today = local_day(town.zone, app.clock.now());
    let mut turns = Vec::new();
    for ticket in store::of_resident(&mut r, town.id, who.subject.0, today, MAX_SHOWN).await? {
        turns.push(turn(&mut r, app, town, &catalogue, ticket).await?);
    }
    Ok(turns)
}

/// A citizen goes away before they were called.
///
/// # Errors
/// `not_found`.
pub async fn leave(
    app: &App,
    screens: &Screens,
    who: &Citizen,
    id: TicketId,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if idempotency.replay::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    let did = store::leave(&mut w, who.town.id, id, who.subject.0, now).await?;
    if !deleted(&mut w, did, who.subject.0.0, id.0, now).await? {
        return Ok(());
    }
    let ticket = store::get(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
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
    score: i64,
    line: &str,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, _| {
            let theirs = store::asked(w, who.town.id, id, who.subject.0).await?;
            let ticket = if theirs { store::get(w, who.town.id, id).await? } else { None };
            let ticket = ticket.ok_or_else(|| Failure::new(Code::NotFound))?;
            // Its id tells the day and no hour: nobody finds by its order who it was.
            let id = uuid::Uuid::from_u128(app.ids.with(rand::Rng::random));
            let (day, location, service) = (ticket.day, ticket.location_id, ticket.service_id);
            store::answer(w, who.town.id, id, day, location, service, score, line).await?;
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

/// A location's day so far.
struct Day {
    open: Vec<Ticket>,
    ended: Arc<[Ticket]>,
}

impl Ticket {
    /// Its place in the queue; of two who came at the same moment, the one with the smaller number is first.
    fn place(&self, order: Order) -> (DateTime<Utc>, DateTime<Utc>, i64) {
        (rules::place(self.due_at, self.arrived_at, order), self.arrived_at, rules::count(&self.number))
    }
}

impl Day {
    async fn read(r: &mut Read, app: &App, town: &Municipality, location: LocationId) -> sqlx::Result<Self> {
        let today = local_day(town.zone, app.clock.now());
        Ok(Self {
            open: store::of_day(r, town.id, location, today, List::Open, MAX_WAITING).await?,
            ended: store::of_day(r, town.id, location, today, List::Ended, MAX_SERVED).await?.into(),
        })
    }

    /// How long a service takes today.
    fn usual(&self, catalogue: &Catalogue, service: ServiceId) -> Duration {
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
    fn wait_now(&self, app: &App, catalogue: &Catalogue, service: ServiceId) -> Option<i64> {
        let like = self.open.iter().find(|t| t.service_id == service)?.clone();
        let number = rules::number(false, i64::MAX);
        let last = Ticket { due_at: None, arrived_at: app.clock.now(), number, ..like };
        self.standing(app, catalogue, &last).1
    }

    /// How many are before a ticket, of those who wait for the same desks, and how many minutes it will wait,
    /// unless nobody is there to serve it.
    fn standing(&self, app: &App, catalogue: &Catalogue, ticket: &Ticket) -> (i64, Option<i64>) {
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
