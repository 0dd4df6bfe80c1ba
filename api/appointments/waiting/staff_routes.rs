//! `/staff/v1/waiting`: staff put somebody who calls on the waiting list, and ring who has no app.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    Joining, ToRing,
    routes::{WaitingOut, WaitingWish},
};
use crate::{
    appointments::{
        booking::{
            self, agenda,
            staff_routes::{VisitOut, visit_out},
        },
        model::{AppointmentId, Booker, CannotConfirm, CannotWait, LocationId, ServiceId, Visitor, WaitingId},
        waiting,
    },
    audit::Reason,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        problem::{Failure, Refused},
        values::Timestamp,
    },
    staff::{
        Staff,
        access::{As, Counter},
    },
};

/// Who is put on the waiting list, for what, and why.
#[derive(Object, Deserialize)]
pub struct StaffWaitingWish {
    /// Who waits: somebody of the register.
    resident_id: ResidentId,
    /// What they wait for.
    wish: WaitingWish,
    /// Why; the citizen can read it.
    reason: Reason,
}

/// Somebody who waits and has no app, and what is free for them at the moment.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct WaitingToRingOut {
    /// The entry of the waiting list.
    waiting_id: WaitingId,
    /// Who waits. Whoever opens their page is written down with the reason.
    resident_id: ResidentId,
    /// The id of the service that is waited for.
    service_id: ServiceId,
    /// How many persons come together.
    persons: i64,
    /// The visit that an earlier one would take the place of; absent where there is none.
    appointment_id: Option<AppointmentId>,
    /// Up to and with which day they wait.
    until_on: NaiveDate,
    /// The earliest start that is free and fits, an instant in UTC. Nothing is held.
    starts_at: Timestamp,
    /// The id of the location of that start.
    location_id: LocationId,
}

impl From<ToRing> for WaitingToRingOut {
    fn from(ToRing { entry, at, location }: ToRing) -> Self {
        Self {
            waiting_id: entry.id,
            resident_id: entry.resident,
            service_id: entry.wanted.service,
            persons: entry.wanted.persons,
            appointment_id: entry.wanted.replaces,
            until_on: entry.wanted.until_on,
            starts_at: at.into(),
            location_id: location,
        }
    }
}

fn booker(staff: &Staff, resident: Option<ResidentId>, reason: Reason) -> Booker {
    Booker::Staff { staff: staff.clone(), resident, visitor: Visitor::default(), reason }
}

/// Operations of the counter on the waiting list.
#[derive(Default)]
pub struct CounterWaitingApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl CounterWaitingApi {
    /// Put somebody on the waiting list
    ///
    /// As they could in the app, by the same rules. Who has the app is told what comes free; who has not is listed by
    /// `list_waiting_to_ring` as soon as something is free, and nothing is held for them before a member of staff asks for it. The citizen
    /// can read that it was done, and why.
    #[oai(path = "/waiting", method = "post", operation_id = "join_waiting_list_for_resident")]
    async fn join(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StaffWaitingWish>,
    ) -> Result<Json<WaitingOut>, Refused<CannotWait>> {
        let StaffWaitingWish { resident_id, wish, reason } = body.0;
        let (booker, idempotency) = (booker(&who.0, Some(resident_id), reason), key.by(who.0.session));
        Ok(Json(waiting::join(&app, &booker, Joining::from(wish), &idempotency).await?.into()))
    }

    /// List who waits and is to be rung
    ///
    /// Those without the app for whom something is free at the moment, who waits longest first; fifty at most. It names nobody. Hold the
    /// start with `offer_to_resident` before you ring.
    #[oai(path = "/waiting", method = "get", operation_id = "list_waiting_to_ring")]
    async fn to_ring(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the location at which something is to be free; at any, if it is not said.
        location_id: Query<Option<LocationId>>,
    ) -> Result<Json<Vec<WaitingToRingOut>>, Failure> {
        let all = waiting::to_ring(&app, &who.0.town, location_id.0).await?;
        Ok(Json(all.into_iter().map(WaitingToRingOut::from).collect()))
    }

    /// Hold what is free for somebody who waits
    ///
    /// The earliest start that is free and fits, for as long as any offer; `offered_appointment_id` is what is held, and is absent where
    /// nothing is free; after three that were let go within a day others come first, as in the app. For who is at the counter or on the
    /// telephone. The citizen can read that it was done, and why.
    #[oai(path = "/waiting/:waiting_id/offer", method = "post", operation_id = "offer_to_resident")]
    async fn offer(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        waiting_id: Path<WaitingId>,
        /// Why; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<WaitingOut>, Failure> {
        let (booker, idempotency) = (booker(&who.0, None, reason.0), key.by(who.0.session));
        Ok(Json(waiting::offer_to(&app, &booker, waiting_id.0, &idempotency).await?.into()))
    }

    /// Accept an offer for somebody
    ///
    /// What the waiting list holds for them, or what they hold themselves, as they could in the app, by the same rules: an offer for an
    /// earlier time moves their visit. To decline it, cancel the appointment that is held. The citizen is told in the app, if they have it.
    #[oai(path = "/appointments/:appointment_id/accept", method = "post", operation_id = "accept_offer_for_resident")]
    async fn accept(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// Why; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<VisitOut>, Refused<CannotConfirm>> {
        let (booker, idempotency) = (booker(&who.0, None, reason.0), key.by(who.0.session));
        let visit = booking::confirm(&app, &booker, appointment_id.0, &idempotency).await?;
        Ok(Json(visit_out(agenda::shown(&app, &who.0, visit).await?)))
    }

    /// Take somebody off the waiting list
    ///
    /// What was held for it goes to the next. The citizen can read that it was done, and why.
    #[oai(path = "/waiting/:waiting_id", method = "delete", operation_id = "leave_waiting_list_for_resident")]
    async fn leave(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        waiting_id: Path<WaitingId>,
        /// Why; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let (booker, idempotency) = (booker(&who.0, None, reason.0), key.by(who.0.session));
        waiting::leave(&app, &booker, waiting_id.0, &idempotency).await
    }
}
