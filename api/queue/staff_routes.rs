//! `/staff/v1/queue`, `/staff/v1/tickets` and `/staff/v1/desks`: the desks and the kiosks on the day.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    Step, Turn, Walk,
    desk::{self, Opinion, Received},
    model::{
        CannotCall, CannotGiveNumber, CannotReceive, CannotSendOn, Ticket, TicketElsewhere, TicketId, TicketState,
    },
};
use crate::{
    administration::access::Door,
    appointments::{AppointmentId, DeskId, LocationId, ServiceId, booking::staff_routes::StaffVisitSubjectOut},
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        problem::{Failure, Refused},
        values::{Day, Timestamp},
    },
    staff::access::{As, Counter, Either, Plan},
};

/// Who checks in, at which location.
#[derive(Object, Deserialize)]
pub struct CodeIn {
    /// Where the kiosk or the counter stands.
    location_id: LocationId,
    /// What the code holds that the phone shows, or the reference as it is said.
    #[oai(validator(min_length = 1, max_length = 200))]
    code: String,
}

/// What somebody without an appointment comes for.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct GiveNumber {
    /// The id of the location where the visitor stands.
    location_id: LocationId,
    /// The id of the service that the visitor comes for.
    service_id: ServiceId,
    /// How many came; one if it is not said.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: Option<i64>,
    /// Who it is, where staff know.
    resident_id: Option<ResidentId>,
    /// What to call them, where that is nobody of the register.
    #[oai(validator(max_length = 100))]
    name: Option<String>,
}

/// Another service.
#[derive(Object, Deserialize)]
pub struct SendOn {
    /// To which service, at the same location.
    service_id: ServiceId,
}

/// A turn in the queue: a number, and no name.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TurnOut {
    /// The id of the ticket, a UUID.
    id: TicketId,
    /// The number that is called, as the screen in the hall shows it; for example `A12`.
    number: String,
    /// `waiting`, `parked` (they wait aside, and are called by nobody who does not take them back), `called`, `serving`, `done`, `missed`,
    /// `sent_on` or `left`.
    state: String,
    /// The id of the service that they come for.
    service_id: ServiceId,
    /// Whether there is an appointment.
    appointment: bool,
    /// How many persons came together.
    persons: i64,
    /// When their appointment begins, an instant in UTC; without one, when they were sent on to this service. Absent for others.
    due_at: Option<Timestamp>,
    /// When they checked in or took a number, an instant in UTC.
    arrived_at: Timestamp,
    /// How many are called before.
    ahead: i64,
    /// How long it will be, in minutes, as today goes; absent while no desk that serves it is manned, and while the hall is stopped.
    wait_minutes: Option<i64>,
    /// The id of the desk that called them; absent while no desk has.
    desk_id: Option<DeskId>,
    /// When they were last called.
    called_at: Option<Timestamp>,
    /// How often they were called so far.
    calls: i64,
    /// Since when they wait aside, an instant in UTC; absent where they do not.
    parked_at: Option<Timestamp>,
}

/// How a ticket stands, in the words of staff.
pub(super) fn said(ticket: &Ticket) -> String {
    if ticket.parked_at.is_some() && ticket.state == TicketState::Waiting {
        return "parked".to_owned();
    }
    ticket.state.to_string()
}

impl From<Turn> for TurnOut {
    fn from(turn: Turn) -> Self {
        let t = turn.ticket;
        let due_at = t.due().map(Timestamp::from);
        Self {
            id: t.id,
            state: said(&t),
            number: t.number,
            service_id: t.service_id,
            appointment: t.appointment_id.is_some(),
            persons: t.persons,
            due_at,
            arrived_at: t.arrived_at.into(),
            ahead: turn.ahead,
            wait_minutes: turn.wait_minutes,
            desk_id: t.desk_id,
            called_at: t.called_at.map(Timestamp::from),
            calls: t.calls,
            parked_at: t.parked_at.map(Timestamp::from),
        }
    }
}

/// Whoever is in front of a desk.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ReceivedOut {
    /// The id of the ticket, a UUID.
    id: TicketId,
    /// The number that is called, as the screen in the hall shows it; for example `A12`.
    number: String,
    /// `waiting`, `parked`, `called`, `serving`, `done`, `missed` or `sent_on`.
    state: String,
    /// The id of the service that they come for.
    service_id: ServiceId,
    /// Their appointment, if they have one.
    appointment_id: Option<AppointmentId>,
    /// Who it is, where that is known.
    resident_id: Option<ResidentId>,
    /// What to call them; empty where nobody knows.
    name: String,
    /// How many persons came together.
    persons: i64,
    /// Whom their visit is for, and the document of each where it is for one; empty without a visit.
    subjects: Vec<StaffVisitSubjectOut>,
    /// The id of the desk that called them; absent while no desk has.
    desk_id: Option<DeskId>,
    /// How often they were called.
    calls: i64,
    /// When they were last called, an instant in UTC; absent where they were not.
    called_at: Option<Timestamp>,
    /// When they sat down, an instant in UTC; absent where they did not yet.
    started_at: Option<Timestamp>,
}

impl From<Received> for ReceivedOut {
    fn from(received: Received) -> Self {
        let t = received.ticket;
        Self {
            id: t.id,
            state: said(&t),
            number: t.number,
            service_id: t.service_id,
            appointment_id: t.appointment_id,
            resident_id: t.resident_id,
            name: received.name,
            subjects: received.subjects.into_iter().map(StaffVisitSubjectOut::from).collect(),
            persons: t.persons,
            desk_id: t.desk_id,
            calls: t.calls,
            called_at: t.called_at.map(Timestamp::from),
            started_at: t.started_at.map(Timestamp::from),
        }
    }
}

/// Whom a desk called.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct NextOut {
    /// Whoever is called; absent where nobody waits for this desk.
    called: Option<ReceivedOut>,
}

/// What visitors thought of a service at a location.
#[derive(Object)]
pub struct OpinionOut {
    /// The id of the location that was visited.
    location_id: LocationId,
    /// The id of the service that was judged.
    service_id: ServiceId,
    /// How many gave each score, from one to five.
    scores: Vec<i64>,
    /// What they wrote, in no order; a hundred at most.
    lines: Vec<String>,
}

impl From<Opinion> for OpinionOut {
    fn from(o: Opinion) -> Self {
        Self { location_id: o.location, service_id: o.service, scores: o.scores.to_vec(), lines: o.lines }
    }
}

/// Operations of desks and kiosks.
#[derive(Default)]
pub struct DesksApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl DesksApi {
    /// Check somebody in
    ///
    /// At a kiosk that reads the code on their phone, or with staff who hear the reference. Again, it gives the same
    /// number.
    #[oai(path = "/check-ins", method = "post", operation_id = "check_in_by_code")]
    async fn check_in(
        &self,
        app: Data<&App>,
        who: Door,
        body: Body<CodeIn>,
    ) -> Result<Json<TurnOut>, Refused<CannotReceive>> {
        let CodeIn { location_id, code } = body.0;
        Ok(Json(super::check_in_by_code(&app, &who.0, location_id, &code).await?.into()))
    }

    /// Give a number
    ///
    /// To somebody without an appointment, also without a phone, at a location that is open.
    #[oai(path = "/tickets", method = "post", operation_id = "give_number")]
    async fn give(
        &self,
        app: Data<&App>,
        who: Door,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<GiveNumber>,
    ) -> Result<Json<TurnOut>, Refused<CannotGiveNumber>> {
        let b = body.0;
        let walk = Walk { location: b.location_id, service: b.service_id, persons: b.persons.unwrap_or(1) };
        let idempotency = key.by(who.0.id());
        let name = b.name.unwrap_or_default();
        let (by, resident, name) = (&who.0, b.resident_id, name.trim());
        let turn = super::give_number(&app, by, &walk, (resident, name), &idempotency).await?;
        Ok(Json(turn.into()))
    }

    /// Read the queue of a location
    ///
    /// Of today: who is at a desk, and who waits, in the order in which they are called. Numbers, and no names.
    #[oai(path = "/queue", method = "get", operation_id = "get_queue")]
    async fn queue(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the location to look at.
        location_id: Query<LocationId>,
    ) -> Result<Json<Vec<TurnOut>>, Failure> {
        let turns = desk::queue(&app, &who.0, location_id.0).await?;
        Ok(Json(turns.into_iter().map(TurnOut::from).collect()))
    }

    /// Call the next to a desk
    ///
    /// Of those it can serve: in the order of their appointments; who has none stands some minutes behind the time of
    /// their arrival (`walk_in_minutes`). Whom the desk was serving is finished. The screen and the phone hear it at
    /// once; the citizen can read who called.
    #[oai(path = "/desks/:desk_id/next", method = "post", operation_id = "call_next")]
    async fn next(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        desk_id: Path<DeskId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<NextOut>, Refused<CannotCall>> {
        let idempotency = key.by(who.0.session);
        let called = desk::next(&app, &who.0, desk_id.0, &idempotency).await?;
        Ok(Json(NextOut { called: called.map(ReceivedOut::from) }))
    }

    /// Call again
    ///
    /// Somebody who was called and has not come.
    #[oai(path = "/tickets/:ticket_id/recall", method = "post", operation_id = "recall_ticket")]
    async fn recall(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<CannotCall>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desk::recall(&app, &who.0, ticket_id.0, &idempotency).await?.into()))
    }

    /// Start with somebody
    ///
    /// Who was called and is there.
    #[oai(path = "/tickets/:ticket_id/start", method = "post", operation_id = "start_ticket")]
    async fn start(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<TicketElsewhere>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desk::step(&app, &who.0, ticket_id.0, Step::Start, &idempotency).await?.into()))
    }

    /// Finish with somebody
    ///
    /// The desk is free again; the citizen is asked what they thought of it, in the app, if they have it.
    #[oai(path = "/tickets/:ticket_id/finish", method = "post", operation_id = "finish_ticket")]
    async fn finish(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<TicketElsewhere>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desk::step(&app, &who.0, ticket_id.0, Step::Finish, &idempotency).await?.into()))
    }

    /// Note that somebody was missed
    ///
    /// They were called and did not come. If they come all the same, a desk takes them back on the same day (`take_back_ticket`), or they
    /// check in again. Who was not called was not missed: then it is `ticket_elsewhere`, and `remove_ticket` is meant.
    #[oai(path = "/tickets/:ticket_id/miss", method = "post", operation_id = "miss_ticket")]
    async fn miss(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<TicketElsewhere>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desk::step(&app, &who.0, ticket_id.0, Step::Miss, &idempotency).await?.into()))
    }

    /// Note that somebody went away
    ///
    /// They wait no longer, and were not called: their number is nobody's. They are told, if they have the app, and
    /// take another if they are there all the same.
    #[oai(path = "/tickets/:ticket_id", method = "delete", operation_id = "remove_ticket")]
    async fn remove(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<TicketElsewhere>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desk::step(&app, &who.0, ticket_id.0, Step::Left, &idempotency).await?.into()))
    }

    /// Send somebody on
    ///
    /// To another service at the same location. They keep their number, and are called before who comes now.
    #[oai(path = "/tickets/:ticket_id/send-on", method = "post", operation_id = "send_on_ticket")]
    async fn send_on(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<SendOn>,
    ) -> Result<Json<ReceivedOut>, Refused<CannotSendOn>> {
        let idempotency = key.by(who.0.session);
        let service = body.0.service_id;
        Ok(Json(desk::send_on(&app, &who.0, ticket_id.0, service, &idempotency).await?.into()))
    }

    /// Read what visitors thought
    ///
    /// By location and service; of what fewer than ten judged, nothing.
    #[oai(path = "/opinions", method = "get", operation_id = "list_opinions")]
    async fn opinions(
        &self,
        app: Data<&App>,
        who: Either<Counter, Plan>,
        /// From which day on.
        from: Query<Day>,
        /// Up to and with which day; a year later at most.
        until: Query<Day>,
    ) -> Result<Json<Vec<OpinionOut>>, Failure> {
        let all = desk::opinions(&app, &who.0, (from.0.get(), until.0.get())).await?;
        Ok(Json(all.into_iter().map(OpinionOut::from).collect()))
    }
}
