//! `/v1/waiting`: the waiting list.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::Joining;
use crate::{
    appointments::{
        model::{AppointmentId, Booker, CannotWait, LocationId, ServiceId, WaitingId},
        waiting,
    },
    identity::access::Session,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::DocumentId,
        problem::{Failure, Refused},
        values::Day,
    },
};

/// What to wait for.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct WaitingWish {
    /// The visit that an earlier one would take the place of; absent where there is none.
    appointment_id: Option<AppointmentId>,
    /// For what, where there is no visit yet.
    service_id: Option<ServiceId>,
    /// How many come, where there is no visit yet; one if it is not said.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: Option<i64>,
    /// Where; everywhere if it is empty.
    #[oai(default, validator(max_items = 50))]
    #[serde(default)]
    location_ids: Vec<LocationId>,
    /// On which weekdays, Monday 1 to Sunday 7; on all if it is empty.
    #[oai(default, validator(max_items = 7, minimum(value = "1"), maximum(value = "7")))]
    #[serde(default)]
    weekdays: Vec<u32>,
    /// From which day on; today if it is not said.
    from_on: Option<Day>,
    /// Up to and with which day; as far as one may book, or up to the visit, if it is not said.
    until_on: Option<Day>,
    /// The names of the others, where there is no visit yet and more than one come, as for a booking.
    #[oai(default, validator(max_items = 19, max_length = 100))]
    #[serde(default)]
    companions: Vec<String>,
    /// The ids of the documents to come for, where there is no visit yet, as for a booking.
    #[oai(default, validator(max_items = 20))]
    #[serde(default)]
    document_ids: Vec<DocumentId>,
    /// Where to come to, or whom to ring, where that is needed.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

impl From<WaitingWish> for Joining {
    fn from(wish: WaitingWish) -> Self {
        Self {
            replaces: wish.appointment_id,
            service: wish.service_id,
            persons: wish.persons.unwrap_or(1),
            locations: wish.location_ids,
            weekdays: wish.weekdays,
            from_on: wish.from_on.map(Day::get),
            until_on: wish.until_on.map(Day::get),
            companions: wish.companions,
            documents: wish.document_ids,
            contact: wish.contact.unwrap_or_default(),
        }
    }
}

/// Something that is waited for.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct WaitingOut {
    /// The id of the entry of the waiting list, a UUID.
    id: WaitingId,
    /// The visit that an earlier one would take the place of.
    appointment_id: Option<AppointmentId>,
    /// The id of the service that is waited for.
    service_id: ServiceId,
    /// How many persons come together.
    persons: i64,
    /// Where; everywhere if it is empty.
    location_ids: Vec<LocationId>,
    /// On which weekdays; on all if it is empty.
    weekdays: Vec<u32>,
    /// From which day on.
    from_on: NaiveDate,
    /// Up to and with which day.
    until_on: NaiveDate,
    /// What is held for it at the moment: confirm that appointment, or let it go.
    offered_appointment_id: Option<AppointmentId>,
}

impl From<waiting::Shown> for WaitingOut {
    fn from(s: waiting::Shown) -> Self {
        let wanted = s.entry.wanted;
        Self {
            id: s.entry.id,
            appointment_id: wanted.replaces,
            service_id: wanted.service,
            persons: wanted.persons,
            location_ids: wanted.locations,
            weekdays: wanted.weekdays,
            from_on: wanted.from_on,
            until_on: wanted.until_on,
            offered_appointment_id: s.offer,
        }
    }
}

/// Operations on the waiting list.
#[derive(Default)]
pub struct WaitingApi;

#[OpenApi(prefix_path = "/v1")]
impl WaitingApi {
    /// Join the waiting list
    ///
    /// For an earlier time than a visit has, or for the first that comes free where there is none. What is freed is held for
    /// whoever waits longest and whom it fits; they are told, and find it among their visits, held, with `waiting_id`:
    /// confirm it, or let it go.
    #[oai(path = "/waiting", method = "post", operation_id = "join_waiting_list")]
    async fn join(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<WaitingWish>,
    ) -> Result<Json<WaitingOut>, Refused<CannotWait>> {
        let joining = Joining::from(body.0);
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        Ok(Json(waiting::join(&app, &booker, joining, &idempotency).await?.into()))
    }

    /// List what I wait for
    ///
    /// The first first, with what is held for me at the moment.
    #[oai(path = "/waiting", method = "get", operation_id = "list_waiting")]
    async fn waiting(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<WaitingOut>>, Failure> {
        Ok(Json(waiting::list(&app, &who.0).await?.into_iter().map(WaitingOut::from).collect()))
    }

    /// Leave the waiting list
    ///
    /// What was held goes to the next.
    #[oai(path = "/waiting/:waiting_id", method = "delete", operation_id = "leave_waiting_list")]
    async fn leave(
        &self,
        app: Data<&App>,
        who: Session,
        waiting_id: Path<WaitingId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        waiting::leave(&app, &booker, waiting_id.0, &idempotency).await
    }
}
