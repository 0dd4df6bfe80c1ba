//! `/v1/tickets`, and checking in: what a citizen's app may call on the day.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Turn, Walk, Whereabouts, live,
    model::{AlreadyCalled, CannotCheckIn, CannotTakeNumber, TicketId, TicketOver, TicketState},
};
use crate::{
    appointments::{AppointmentId, Catalogue, LocationId, ServiceId, notices::text},
    identity::{access::Session, language_of},
    municipalities::Municipality,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        problem::{Failure, Refused},
        values::Timestamp,
    },
};

/// Where the phone is. It is compared with where the location is, and not kept.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct Here {
    /// WGS84; needed where the location says where it is.
    #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
    latitude: Option<f64>,
    /// The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
    #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
    longitude: Option<f64>,
}

impl Here {
    fn place(&self) -> Whereabouts {
        self.latitude.zip(self.longitude)
    }
}

/// What somebody without an appointment comes for.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct NumberWish {
    /// The location where the citizen stands, an `id` of `locations` from `GET /v1/services`.
    location_id: LocationId,
    /// The service that the citizen comes for, an `id` from `GET /v1/services`.
    service_id: ServiceId,
    /// How many came; one if it is not said.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: Option<i64>,
    /// WGS84, of the phone; needed where the location says where it is. It is not kept.
    #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
    latitude: Option<f64>,
    /// The longitude of the phone, in degrees (WGS84); it goes with `latitude`.
    #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
    longitude: Option<f64>,
}

/// My turn in the queue.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TicketOut {
    /// The id of the ticket, a UUID.
    id: TicketId,
    /// What is called, and what the screen shows.
    number: String,
    /// `waiting`, `called`, `serving`, `done`, `missed` or `left`.
    state: String,
    /// My appointment, if I have one.
    appointment_id: Option<AppointmentId>,
    /// The id of the location where I wait.
    location_id: LocationId,
    /// Its name, in the citizen's language.
    location: String,
    /// The id of the service that I come for.
    service_id: ServiceId,
    /// Its name, in the citizen's language.
    service: String,
    /// When I checked in or took a number, an instant in UTC.
    arrived_at: Timestamp,
    /// When my appointment begins, an instant in UTC; without one, when I was sent on to this service. Absent where neither is so.
    due_at: Option<Timestamp>,
    /// Whether I wait aside, because the desk asked me to: nobody calls me until a desk takes me back, and `ahead` is 0.
    is_parked: bool,
    /// How many are called before me.
    ahead: i64,
    /// How long it will be, in minutes, as today goes; absent while no desk that serves it is manned, and while the hall is stopped.
    wait_minutes: Option<i64>,
    /// To which desk I am called.
    desk: Option<String>,
    /// When I was last called.
    called_at: Option<Timestamp>,
    /// Whether I may still say what I thought of it.
    may_answer: bool,
}

fn ticket_out(turn: Turn, catalogue: &Catalogue, language: Language, town: &Municipality) -> TicketOut {
    let t = turn.ticket;
    let due_at = t.due().map(Timestamp::from);
    let location = catalogue.locations.get(&t.location_id);
    let desk = location.and_then(|l| l.desks.iter().find(|d| Some(d.id) == t.desk_id)).map(|d| d.name.clone());
    TicketOut {
        id: t.id,
        number: t.number,
        appointment_id: t.appointment_id,
        location_id: t.location_id,
        location: location.map_or("", |l| text(&l.names, language, town)).to_owned(),
        service_id: t.service_id,
        service: catalogue.services.get(&t.service_id).map_or("", |s| text(&s.names, language, town)).to_owned(),
        arrived_at: t.arrived_at.into(),
        due_at,
        is_parked: t.parked_at.is_some() && t.state == TicketState::Waiting,
        ahead: turn.ahead,
        wait_minutes: turn.wait_minutes,
        desk,
        called_at: t.called_at.map(Timestamp::from),
        may_answer: t.state == TicketState::Done && !t.asked,
        state: t.state.to_string(),
    }
}

/// What I thought of it.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct AnswerIn {
    /// From one, badly, to five, well.
    #[oai(validator(minimum(value = "1"), maximum(value = "5")))]
    score: i64,
    /// A line, if I like.
    #[oai(validator(max_length = 500))]
    line: Option<String>,
}

/// By which iOS lets a Live Activity be updated.
#[derive(Object, Deserialize)]
pub struct LiveIn {
    /// The activity's push token (`pushTokenUpdates`), in hex. Say each new one that iOS gives.
    #[oai(validator(min_length = 1, max_length = 1000, pattern = "^([0-9A-Fa-f]{2})+$"))]
    token: String,
}

/// Operations of citizens on the day.
#[derive(Default)]
pub struct QueueApi;

async fn shown(app: &App, who: &Session, turns: Vec<Turn>) -> Result<Vec<TicketOut>, Failure> {
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, &who.0.town).await?;
    let language = language_of(&mut r, &who.0).await?;
    Ok(turns.into_iter().map(|t| ticket_out(t, &catalogue, language, &who.0.town)).collect())
}

async fn one(app: &App, who: &Session, turn: Turn) -> Result<Json<TicketOut>, Failure> {
    let shown = shown(app, who, vec![turn]).await?.pop();
    shown.map(Json).ok_or_else(|| Failure::internal("one turn became none"))
}

#[OpenApi(prefix_path = "/v1")]
impl QueueApi {
    /// Check in for a visit
    ///
    /// Near the location, from an hour before. Again, it gives the same number.
    #[oai(path = "/appointments/:appointment_id/check-in", method = "post", operation_id = "check_in")]
    async fn check_in(
        &self,
        app: Data<&App>,
        who: Session,
        appointment_id: Path<AppointmentId>,
        body: Body<Here>,
    ) -> Result<Json<TicketOut>, Refused<CannotCheckIn>> {
        let place = body.0.place();
        let turn = super::check_in(&app, &who.0, appointment_id.0, place).await?;
        Ok(one(&app, &who, turn).await?)
    }

    /// Take a number
    ///
    /// Without an appointment, near a location that is open. Who waits there for that service already gets the same number.
    #[oai(path = "/tickets", method = "post", operation_id = "take_number")]
    async fn take(
        &self,
        app: Data<&App>,
        who: Session,
        body: Body<NumberWish>,
    ) -> Result<Json<TicketOut>, Refused<CannotTakeNumber>> {
        let b = body.0;
        let walk = Walk { location: b.location_id, service: b.service_id, persons: b.persons.unwrap_or(1) };
        let place = b.latitude.zip(b.longitude);
        let turn = super::take_number(&app, &who.0, &walk, place).await?;
        Ok(one(&app, &who, turn).await?)
    }

    /// List my numbers of today
    ///
    /// The last first, with how many are before me and how long it will be.
    #[oai(path = "/tickets", method = "get", operation_id = "list_tickets")]
    async fn list(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<TicketOut>>, Failure> {
        let turns = super::mine(&app, &who.0).await?;
        Ok(Json(shown(&app, &who, turns).await?))
    }

    /// Leave the queue
    ///
    /// Before I am called: after that it is `already_called`, and the desk notes by itself that nobody came. An appointment stays booked.
    #[oai(path = "/tickets/:ticket_id", method = "delete", operation_id = "leave_queue")]
    async fn leave(
        &self,
        app: Data<&App>,
        who: Session,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<AlreadyCalled>> {
        let idempotency = key.by(who.0.session);
        super::leave(&app, &who.0, ticket_id.0, &idempotency).await
    }

    /// Show my number as it moves
    ///
    /// On an iPhone that is registered, by the token of a Live Activity of this number that began there. Its state is sent to that token
    /// until the number is over. Where it is refused (`ticket_over`), or there is none, the app ends the activity.
    #[oai(path = "/tickets/:ticket_id/live/:installation_id", method = "put", operation_id = "show_ticket_live")]
    async fn show_live(
        &self,
        app: Data<&App>,
        who: Session,
        ticket_id: Path<TicketId>,
        installation_id: Path<Uuid>,
        body: Body<LiveIn>,
    ) -> Result<(), Refused<TicketOver>> {
        live::hold(&app, &who.0, ticket_id.0, installation_id.0, &body.0.token).await
    }

    /// Say what I thought of it
    ///
    /// Once, after the visit. It is kept without my name.
    #[oai(path = "/tickets/:ticket_id/answer", method = "post", operation_id = "answer_visit")]
    async fn answer(
        &self,
        app: Data<&App>,
        who: Session,
        ticket_id: Path<TicketId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AnswerIn>,
    ) -> Result<(), Failure> {
        let AnswerIn { score, line } = body.0;
        let idempotency = key.by(who.0.session);
        super::answer(&app, &who.0, ticket_id.0, (score, line.unwrap_or_default().trim()), &idempotency).await
    }
}
