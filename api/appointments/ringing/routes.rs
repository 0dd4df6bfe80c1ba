//! `/staff/v1/to-ring`: whom staff ring.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{Ringing, ToRing};
use crate::{
    appointments::{
        model::{AppointmentId, Became, LocationId, Rung, ServiceId, VisitState},
        ringing,
    },
    platform::{
        App,
        http::Body,
        ids::ResidentId,
        problem::{EditedMeanwhile, Failure, Refused},
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// What came of ringing somebody.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RungOut {
    /// Counted up at each mark; `mark_rung` takes it.
    version: i64,
    /// What came of it; absent where nobody rang yet, or it was taken back.
    rung: Option<Rung>,
    /// The name of the member of staff who rang.
    rung_by: Option<String>,
    /// When they did, an instant in UTC.
    rung_at: Option<Timestamp>,
    /// Whether they were told of a change of this visit before, whatever was marked since: by a word that was left, or on the telephone.
    was_told: bool,
}

impl From<Ringing> for RungOut {
    fn from(r: Ringing) -> Self {
        Self {
            version: r.version,
            rung: r.rung,
            rung_by: r.rung_by,
            rung_at: r.rung_at.map(Timestamp::from),
            was_told: r.told > 0,
        }
    }
}

/// Somebody who must be rung, as their visit changed and no app tells them.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ToRingOut {
    /// The id of the visit, a UUID.
    appointment_id: AppointmentId,
    /// What they say at the desk.
    reference: String,
    /// What to call them.
    name: String,
    /// The id of the resident; absent for a visitor who is not in the register.
    resident_id: Option<ResidentId>,
    /// The number at which they are called: that of a visit by telephone, or the one that a visitor left. Absent where the town has none.
    telephone: Option<String>,
    /// The id of the booked service.
    service_id: ServiceId,
    /// The id of the location where the visit is, or was to be.
    location_id: LocationId,
    /// When the visit begins, or was to begin where it is off; an instant in UTC.
    starts_at: Timestamp,
    /// How it stands: `booked` or `cancelled`.
    state: VisitState,
    /// What became of it.
    became: Became,
    /// When it was to be, as far as they know; absent where that did not change.
    known_at: Option<Timestamp>,
    /// Since when they are to be rung.
    noted_at: Timestamp,
    /// What came of ringing them so far, and by whom.
    tried: RungOut,
}

fn to_ring_out(t: ToRing) -> ToRingOut {
    let visit = t.seen.visit;
    ToRingOut {
        appointment_id: visit.id,
        reference: visit.reference,
        name: t.seen.name,
        resident_id: visit.resident_id,
        telephone: t.telephone,
        service_id: visit.service_id,
        location_id: visit.location_id,
        starts_at: visit.starts_at.into(),
        state: visit.state,
        became: t.ringing.became,
        known_at: t.ringing.known_at.map(Timestamp::from),
        noted_at: t.ringing.noted_at.into(),
        tried: t.ringing.into(),
    }
}

/// What came of ringing somebody.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct RungIn {
    /// The version that was read.
    version: i64,
    /// What came of it: who was reached is off the list; absent to take back what was marked.
    rung: Option<Rung>,
}

/// Operations on whom staff ring.
#[derive(Default)]
pub struct RingingApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl RingingApi {
    /// List whom to ring
    ///
    /// Whose visit was moved or called off by a closing or a change of the plan, or has another address, and who has no app that tells them:
    /// residents and visitors, those first whose time is soonest; five hundred at most. Who was reached, and whose visit changed since, is
    /// not among them. Each resident can read that they were looked at; a look at a visitor's number is in the trail.
    #[oai(path = "/to-ring", method = "get", operation_id = "list_to_ring")]
    async fn list(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<Vec<ToRingOut>>, Failure> {
        Ok(Json(ringing::list(&app, &who.0).await?.into_iter().map(to_ring_out).collect()))
    }

    /// Mark that somebody was rung
    ///
    /// What came of it. Who was reached is off the list, and on it again where that is taken back. Where a colleague marked it since, it is
    /// refused with who that was (`edited_by`).
    #[oai(path = "/to-ring/:appointment_id", method = "put", operation_id = "mark_rung")]
    async fn mark(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        body: Body<RungIn>,
    ) -> Result<Json<RungOut>, Refused<EditedMeanwhile>> {
        let RungIn { version, rung } = body.0;
        Ok(Json(ringing::mark(&app, &who.0, appointment_id.0, (version, rung)).await?.into()))
    }
}
