//! `/staff/v1/halls`, and who works at which desk: what the page of a desk and a kiosk need of a hall.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    Step, desk as desks,
    hall::{self, AtDesk},
    kiosk,
    model::{CannotCall, DeskTaken, Ticket, TicketElsewhere, TicketId},
    staff_routes::{ReceivedOut, TurnOut, said},
};
use crate::{
    administration::access::Door,
    appointments::{
        AppointmentId, DeskId, LocationId, ServiceId,
        catalogue::texts::{TextIn, texts_out},
    },
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        problem::{Failure, Refused},
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// Who is signed on at a desk.
#[derive(Object)]
pub struct ClerkOut {
    /// The name of the member of staff.
    name: String,
    /// Since when, an instant in UTC.
    since: Timestamp,
    /// Whether it is whoever asks.
    is_me: bool,
}

/// A desk of a hall.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HallDeskOut {
    /// The id of the desk, a UUID.
    id: DeskId,
    /// What it is called, as over the desk.
    name: String,
    /// The id of its location.
    location_id: LocationId,
    /// The ids of the services that it can serve.
    services: Vec<ServiceId>,
    /// Who is signed on there today; absent where nobody is.
    clerk: Option<ClerkOut>,
    /// The number that it called; absent where nobody is in front of it.
    number: Option<String>,
    /// How that turn stands: `called` or `serving`; it goes with `number`.
    state: Option<String>,
    /// Whoever is in front of it, for the member of staff who is signed on there, of `get_desk`; absent for others.
    current: Option<ReceivedOut>,
}

impl HallDeskOut {
    fn of(at: AtDesk, me: &crate::staff::Staff) -> Self {
        let clerk = at.clerk.map(|c| ClerkOut { is_me: c.member_id == me.id, name: c.name, since: c.since.into() });
        Self {
            id: at.desk.id,
            name: at.desk.name,
            location_id: at.location,
            services: at.desk.services.into_iter().collect(),
            clerk,
            number: at.ticket.as_ref().map(|t| t.number.clone()),
            state: at.ticket.map(|t| t.state.to_string()),
            current: None,
        }
    }
}

/// A hall as it is now: numbers, and no names of citizens.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HallOut {
    /// The id of the location, a UUID.
    location_id: LocationId,
    /// Since when nobody is called there, because a member of staff stopped it; absent while they are.
    stopped_at: Option<Timestamp>,
    /// Its desks, by name.
    desks: Vec<HallDeskOut>,
    /// Those who wait, in the order in which they are called.
    waiting: Vec<TurnOut>,
    /// Those who wait aside until a desk takes them back.
    parked: Vec<TurnOut>,
    /// Those who were called today and did not come, nor came again since, the last first; a hundred at most. A desk that finds them there
    /// after all takes them back.
    missed: Vec<TurnOut>,
}

/// How a visit of today goes on: its number, and nobody's name.
#[derive(Object)]
pub struct ArrivalOut {
    /// The id of the visit, a UUID.
    appointment_id: AppointmentId,
    /// The number that is called, as the screen in the hall shows it; for example `A12`.
    number: String,
    /// As `state` of a turn.
    state: String,
}

impl ArrivalOut {
    fn of(ticket: Ticket) -> Option<Self> {
        Some(Self { appointment_id: ticket.appointment_id?, state: said(&ticket), number: ticket.number })
    }
}

/// How one signs on.
#[derive(Object, Deserialize)]
pub struct SignOn {
    /// True to sign on where a colleague is signed on, who is signed off by it.
    take_over: bool,
}

/// To which desk somebody is taken back.
#[derive(Object, Deserialize)]
pub struct TakeBack {
    /// The id of the desk that calls them, of the location where they wait.
    desk_id: DeskId,
}

/// A service for which a kiosk gives numbers.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct KioskServiceOut {
    /// The id of the service, which `give_number` takes.
    id: ServiceId,
    /// Its name, once in each language in which it is written.
    names: Vec<TextIn>,
    /// How many wait for the desks that serve it.
    waiting: i64,
    /// How many minutes one waits who takes a number now; absent while no desk that serves it is manned, and while the hall is stopped.
    wait_minutes: Option<i64>,
}

/// What a kiosk shows: a location, and what one can come for.
#[derive(Object)]
pub struct KioskOut {
    /// The town, in its first language.
    municipality: String,
    /// The name of the location, once in each language in which it is written.
    location: Vec<TextIn>,
    /// The zone of the town's clocks, such as `Europe/Brussels`.
    time_zone: String,
    /// The languages of the town, its first first.
    languages: Vec<Language>,
    /// Whether it is open now, and calls: else it gives no numbers.
    is_open: bool,
    /// Whether it would be open now, and staff stopped it for a moment: nobody is called, it gives no numbers, and everybody keeps their
    /// place. Who has an appointment can check in.
    is_stopped: bool,
    /// What one can come for without an appointment.
    services: Vec<KioskServiceOut>,
}

/// Operations of a hall.
#[derive(Default)]
pub struct HallsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl HallsApi {
    /// Read a hall
    ///
    /// Who works at which desk, who is called where, who waits, who waits aside and who did not come. Numbers, and no names of citizens.
    #[oai(path = "/halls/:location_id", method = "get", operation_id = "get_hall")]
    async fn hall(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        location_id: Path<LocationId>,
    ) -> Result<Json<HallOut>, Failure> {
        let hall = hall::read(&app, &who.0, location_id.0).await?;
        Ok(Json(HallOut {
            location_id: hall.location,
            stopped_at: hall.stopped_at.map(Timestamp::from),
            desks: hall.desks.into_iter().map(|at| HallDeskOut::of(at, &who.0)).collect(),
            waiting: hall.waiting.into_iter().map(TurnOut::from).collect(),
            parked: hall.parked.into_iter().map(TurnOut::from).collect(),
            missed: hall.missed.into_iter().map(TurnOut::from).collect(),
        }))
    }

    /// List who arrived
    ///
    /// Today's numbers of those who came for an appointment, the first first: how the visits of the agenda go on, each visit once. Of who
    /// was sent on, or came again, it is the last turn. Numbers, and no names of citizens.
    #[oai(path = "/halls/:location_id/arrivals", method = "get", operation_id = "list_arrivals")]
    async fn arrivals(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        location_id: Path<LocationId>,
    ) -> Result<Json<Vec<ArrivalOut>>, Failure> {
        let came = hall::arrivals(&app, &who.0, location_id.0).await?;
        Ok(Json(came.into_iter().filter_map(ArrivalOut::of).collect()))
    }

    /// Stop calling in a hall
    ///
    /// An emergency: nobody is called until it is resumed, or the day ends. Everybody keeps their place, and the screen says it.
    #[oai(path = "/halls/:location_id/stop", method = "put", operation_id = "stop_hall")]
    async fn stop(&self, app: Data<&App>, who: As<Counter>, location_id: Path<LocationId>) -> Result<(), Failure> {
        hall::stop(&app, &who.0, location_id.0).await
    }

    /// Resume calling in a hall
    ///
    /// Everybody is called in the place that they kept.
    #[oai(path = "/halls/:location_id/stop", method = "delete", operation_id = "resume_hall")]
    async fn resume(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        location_id: Path<LocationId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        hall::resume(&app, &who.0, location_id.0, &key.by(who.0.session)).await
    }

    /// Read a desk
    ///
    /// Who is signed on there, and whom it called. Who it is, is shown to the member of staff who is signed on there.
    #[oai(path = "/desks/:desk_id", method = "get", operation_id = "get_desk")]
    async fn desk(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        desk_id: Path<DeskId>,
    ) -> Result<Json<HallDeskOut>, Failure> {
        let (at, current) = hall::desk(&app, &who.0, desk_id.0).await?;
        Ok(Json(HallDeskOut { current: current.map(ReceivedOut::from), ..HallDeskOut::of(at, &who.0) }))
    }

    /// Sign on at a desk
    ///
    /// And off from any other. While a colleague is signed on at a desk, nobody else calls to it. A sign-on ends with the day.
    #[oai(path = "/desks/:desk_id/clerk", method = "put", operation_id = "sign_on_to_desk")]
    async fn sign_on(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        desk_id: Path<DeskId>,
        body: Body<SignOn>,
    ) -> Result<(), Refused<DeskTaken>> {
        hall::sign_on(&app, &who.0, desk_id.0, body.0.take_over).await
    }

    /// Sign off from a desk
    ///
    /// Whoever it called stays there.
    #[oai(path = "/desks/:desk_id/clerk", method = "delete", operation_id = "sign_off_from_desk")]
    async fn sign_off(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        desk_id: Path<DeskId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        hall::sign_off(&app, &who.0, desk_id.0, &key.by(who.0.session)).await
    }

    /// Let somebody wait aside
    ///
    /// Who is at the desk, or was called to it: to fill in a form, say. They keep their number, nobody calls them, and the desk is free.
    #[oai(path = "/tickets/:ticket_id/park", method = "post", operation_id = "park_ticket")]
    async fn park(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<ReceivedOut>, Refused<TicketElsewhere>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desks::step(&app, &who.0, ticket_id.0, Step::Park, &idempotency).await?.into()))
    }

    /// Take somebody back
    ///
    /// Who waits aside, or was called today and did not come, is called to a desk that has nobody, before all others.
    #[oai(path = "/tickets/:ticket_id/take-back", method = "post", operation_id = "take_back_ticket")]
    async fn take_back(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<TakeBack>,
    ) -> Result<Json<ReceivedOut>, Refused<CannotCall>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(desks::take_back(&app, &who.0, ticket_id.0, body.0.desk_id, &idempotency).await?.into()))
    }

    /// Read what a kiosk shows
    ///
    /// What one can come for at a location without an appointment, and how long one waits.
    #[oai(path = "/halls/:location_id/kiosk", method = "get", operation_id = "get_kiosk")]
    async fn kiosk(
        &self,
        app: Data<&App>,
        who: Door,
        location_id: Path<LocationId>,
    ) -> Result<Json<KioskOut>, Failure> {
        let town = who.0.town();
        let shown = kiosk::read(&app, &who.0, location_id.0).await?;
        let service = |(service, waiting, wait_minutes): (crate::appointments::catalogue::Service, _, _)| {
            KioskServiceOut { id: service.id, names: texts_out(&service.names), waiting, wait_minutes }
        };
        Ok(Json(KioskOut {
            municipality: town.name(town.language_for(None)).to_owned(),
            location: texts_out(&shown.names),
            time_zone: town.zone.name().to_owned(),
            languages: town.languages.clone(),
            is_open: shown.is_open,
            is_stopped: shown.is_stopped,
            services: shown.services.into_iter().map(service).collect(),
        }))
    }
}
