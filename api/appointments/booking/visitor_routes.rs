//! `/staff/v1/appointments/{id}/visitor`: who comes, where that is nobody of the register.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    store::visitors::Kept,
    visitors::{self, Facts},
};
use crate::{
    appointments::model::AppointmentId,
    audit::Reason,
    platform::{
        App,
        http::Body,
        problem::{Code, EditedMeanwhile, Failure, Refused},
        values::Day,
    },
    staff::access::{As, Counter},
};

/// A visitor who is not in the register.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitorOut {
    /// What to call them.
    name: String,
    /// Their telephone number, as `+32475123456`; absent where it is not known.
    phone: Option<String>,
    /// Their e-mail address; absent where it is not known.
    email: Option<String>,
    /// Their birth date, by which they can make the visit theirs in the app; absent where it is not known.
    birth_date: Option<Day>,
    /// Send it with a correction; it is counted up at each.
    version: i64,
}

impl From<Kept> for VisitorOut {
    fn from(Kept { visitor, version }: Kept) -> Self {
        Self {
            name: visitor.name,
            phone: Some(visitor.phone).filter(|text| !text.is_empty()),
            email: Some(visitor.email).filter(|text| !text.is_empty()),
            birth_date: visitor.birth_date.map(Day::kept),
            version,
        }
    }
}

/// A visitor as they are to be kept, whole, and why that is put right.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitorEdit {
    /// The version that was read.
    version: i64,
    /// What to call them.
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
    /// Their telephone number; one of Belgium, where it names no country. Absent where it is not known.
    #[oai(validator(max_length = 40))]
    phone: Option<String>,
    /// Their e-mail address; absent where it is not known.
    #[oai(validator(max_length = 254))]
    email: Option<String>,
    /// Their birth date; absent where it is not known.
    birth_date: Option<Day>,
    /// Why it is put right.
    reason: Reason,
}

/// Operations of the counter on visitors who are not in the register.
#[derive(Default)]
pub struct VisitorsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl VisitorsApi {
    /// Read who a visitor is
    ///
    /// Of a visit of somebody who is not in the register: how they are reached. The trail says who looked.
    #[oai(path = "/appointments/:appointment_id/visitor", method = "get", operation_id = "get_visitor")]
    async fn get(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// Why the data are looked at.
        reason: Query<Reason>,
    ) -> Result<Json<VisitorOut>, Failure> {
        Ok(Json(visitors::get(&app, &who.0, appointment_id.0, reason.0).await?.into()))
    }

    /// Put right who a visitor is
    ///
    /// All of it is replaced. Once the visit is a citizen's own there is no visitor any more.
    #[oai(path = "/appointments/:appointment_id/visitor", method = "put", operation_id = "edit_visitor")]
    async fn edit(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        body: Body<VisitorEdit>,
    ) -> Result<Json<VisitorOut>, Refused<EditedMeanwhile>> {
        let VisitorEdit { version, name, phone, email, birth_date, reason } = body.0;
        if name.trim().is_empty() {
            return Err(Failure::field(Code::BodyInvalid, "name", "must say what to call them").into());
        }
        let facts = Facts {
            phone: phone.unwrap_or_default(),
            email: email.unwrap_or_default(),
            birth_date: birth_date.map(Day::get),
        };
        let visitor = visitors::read(&who.0.town, &name, &facts, "", app.clock.now())?;
        Ok(Json(visitors::edit(&app, &who.0, appointment_id.0, (&visitor, version), reason).await?.into()))
    }
}
