//! `/staff/v1/locations/{location_id}/preview` and `/staff/v1/services/{service_id}/preview`: what a change gives before it is saved.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    preview::{self, Preview, PreviewDay, Starts},
    routes::OpenOut,
    rules::told,
    staff_routes::{LocationPlan, ServicePlan, location_in, service_in},
};
use crate::{
    appointments::model::{LocationId, ServiceId},
    platform::{
        App,
        http::Body,
        problem::{EditedMeanwhile, Refused, StrandedVisit},
        values::Day,
    },
    staff::access::{As, Plan},
};

/// A change of a location that is thought of.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct LocationPreview {
    /// As it would be planned, whole, with the version that was read; 0 for a new one.
    plan: LocationPlan,
    /// The first of the fourteen days that are looked at; today where it is absent or past.
    from: Option<Day>,
}

/// A change of a service that is thought of.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct ServicePreview {
    /// As it would be planned, with the version that was read; 0 for a new one.
    plan: ServicePlan,
    /// The first of the fourteen days that are looked at; today where it is absent or past.
    from: Option<Day>,
}

/// How many visits of one person could begin on a day for a service at a location, as a citizen who books is offered.
#[derive(Object)]
pub struct PreviewStartsOut {
    /// The id of the service.
    service_id: ServiceId,
    /// The id of the location.
    location_id: LocationId,
    /// Free starts as it is planned now.
    now: i64,
    /// Free starts as it would be planned.
    then: i64,
}

impl From<&Starts> for PreviewStartsOut {
    fn from(s: &Starts) -> Self {
        Self { service_id: s.service, location_id: s.location, now: s.now, then: s.then }
    }
}

/// A day, as it is planned and as it would be.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PreviewDayOut {
    /// The day, such as `2027-03-01`.
    day: Day,
    /// When the location is open now, sudden closings taken out; absent in the preview of a service.
    open_now: Option<Vec<OpenOut>>,
    /// When it would be open; absent in the preview of a service.
    open_then: Option<Vec<OpenOut>>,
    /// Free starts of each service that the location has or would have, or of the service at each location that has it.
    starts: Vec<PreviewStartsOut>,
}

impl From<PreviewDay> for PreviewDayOut {
    fn from(d: PreviewDay) -> Self {
        let (now, then) = d.open.unzip();
        Self {
            day: Day::kept(d.day),
            open_now: now.as_deref().map(OpenOut::all),
            open_then: then.as_deref().map(OpenOut::all),
            starts: d.starts.iter().map(PreviewStartsOut::from).collect(),
        }
    }
}

/// What a change of a plan gives.
#[derive(Object)]
pub struct PlanPreviewOut {
    /// Fourteen days, in order.
    days: Vec<PreviewDayOut>,
    /// The booked visits that could not take place any more, the earliest first; a thousand at most.
    stranded: Vec<StrandedVisit>,
    /// How many there are, also those that `stranded` does not name.
    stranded_count: i64,
}

impl From<Preview> for PlanPreviewOut {
    fn from(p: Preview) -> Self {
        Self {
            stranded_count: p.stranded.len() as i64,
            stranded: told(&p.stranded),
            days: p.days.into_iter().map(PreviewDayOut::from).collect(),
        }
    }
}

/// Operations on changes of a plan that are not saved yet.
#[derive(Default)]
pub struct PlanPreviewApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl PlanPreviewApi {
    /// See what a change of a location gives
    ///
    /// How many free starts each service has on each of fourteen days, now and after the change, with the visits that are booked; and
    /// those of them that `put_location` would refuse to strand. What it refuses besides is refused here as well. Nothing is written.
    #[oai(path = "/locations/:location_id/preview", method = "post", operation_id = "preview_location")]
    async fn location(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        body: Body<LocationPreview>,
    ) -> Result<Json<PlanPreviewOut>, Refused<EditedMeanwhile>> {
        let LocationPreview { plan, from } = body.0;
        let location = location_in(location_id.0, plan)?;
        Ok(Json(preview::of_location(&app, &who.0, location, from.map(Day::get)).await?.into()))
    }

    /// See what a change of a service gives
    ///
    /// How many free starts it has at each location on each of fourteen days, now and after the change, with the visits that are booked;
    /// and those of them that `put_service` would refuse to strand. What it refuses besides is refused here as well. Nothing is written.
    #[oai(path = "/services/:service_id/preview", method = "post", operation_id = "preview_service")]
    async fn service(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        service_id: Path<ServiceId>,
        body: Body<ServicePreview>,
    ) -> Result<Json<PlanPreviewOut>, Refused<EditedMeanwhile>> {
        let ServicePreview { plan, from } = body.0;
        let service = service_in(service_id.0, plan)?;
        Ok(Json(preview::of_service(&app, &who.0, service, from.map(Day::get)).await?.into()))
    }
}
