//! `/staff/v1/services` and `/staff/v1/locations`: what is planned.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{ParseFromJSON, ToJSON},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    history::{self, Planned, Version},
    rules::MOST_ROWS,
    texts::{TextIn, texts_in, texts_out},
};
use crate::{
    appointments::{
        catalogue,
        model::{
            CannotPlan, Desk, DeskId, Exception, Hours, Location, LocationId, LocationKind, Needs, Service, ServiceId,
            Span,
        },
    },
    platform::{
        App,
        http::Body,
        problem::{Code, Failure, Refused},
        values::{Day, Instant, Timestamp},
    },
    staff::access::{As, Plan},
};

/// What can be booked, as staff plan it.
#[derive(Clone, Object, Deserialize)]
pub struct ServicePlan {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// The name of the service, once in each language.
    #[oai(validator(min_items = 1, max_items = 4))]
    names: Vec<TextIn>,
    /// What it is for, in plain words.
    #[oai(validator(max_items = 4))]
    explanations: Vec<TextIn>,
    /// What citizens bring to the visit, once in each language.
    #[oai(validator(max_items = 4))]
    bring: Vec<TextIn>,
    /// Minutes of a visit of one person, a multiple of five.
    minutes: i64,
    /// Minutes for each person more, a multiple of five.
    minutes_a_person_more: i64,
    /// Minutes that the desk needs afterwards, a multiple of five.
    buffer_minutes: i64,
    /// Minutes between the starts that are offered, a multiple of five.
    step_minutes: i64,
    /// The most persons who may come together.
    most_persons: i64,
    /// Minutes before a start at which it can be booked at the latest.
    least_notice_minutes: i64,
    /// How many days ahead it can be booked.
    horizon_days: i64,
    /// The most open appointments that a citizen may have for it.
    most_open: i64,
    /// The kinds of document it serves.
    #[oai(validator(max_items = 30))]
    document_kinds: Vec<String>,
    /// Who must be there, where a document is a child's.
    needs: Needs,
    /// Whether collecting what was asked for takes a visit of its own.
    collecting: bool,
    /// Whether it can be booked.
    active: bool,
}

/// A service with its id.
#[derive(Object)]
pub struct ServicePlanOut {
    /// The id of the service, a UUID.
    id: ServiceId,
    /// As it is planned.
    plan: ServicePlan,
}

fn service_plan_out(s: &Service) -> ServicePlanOut {
    ServicePlanOut {
        id: s.id,
        plan: ServicePlan {
            version: s.version,
            names: texts_out(&s.names),
            explanations: texts_out(&s.explanations),
            bring: texts_out(&s.bring),
            minutes: s.minutes,
            minutes_a_person_more: s.minutes_a_person_more,
            buffer_minutes: s.buffer_minutes,
            step_minutes: s.step_minutes,
            most_persons: s.most_persons,
            least_notice_minutes: s.least_notice_minutes,
            horizon_days: s.horizon_days,
            most_open: s.most_open,
            document_kinds: s.document_kinds.clone(),
            needs: s.needs,
            collecting: s.collecting,
            active: s.active,
        },
    }
}

/// Opening hours on a weekday.
#[derive(Clone, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct HoursPlan {
    /// Monday 1 to Sunday 7.
    #[oai(validator(minimum(value = "1"), maximum(value = "7")))]
    weekday: i64,
    /// Minutes after midnight of the town's clock.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    opens: i64,
    /// When it closes, in minutes after midnight of the town's clock: `720` is noon.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    closes: i64,
    /// The first day on which they count.
    valid_from: Day,
    /// The last; absent where they go on.
    valid_until: Option<Day>,
}

/// A day that is unlike its weekday: closed where it has no hours.
#[derive(Clone, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct ExceptionPlan {
    /// The day that is unlike its weekday, such as `2027-12-24`.
    day: Day,
    /// When it opens that day, in minutes after midnight of the town's clock; absent where it stays closed.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    opens: Option<i64>,
    /// When it closes that day, in minutes after midnight of the town's clock; absent where it stays closed.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    closes: Option<i64>,
}

/// When nobody is at a desk.
#[derive(Clone, Object, Deserialize)]
pub struct AbsencePlan {
    /// The instant from which nobody is at the desk.
    from: Instant,
    /// Up to this one.
    until: Instant,
}

/// A desk.
#[derive(Clone, Object, Deserialize)]
pub struct DeskPlan {
    /// Its id, which the planner makes (a UUID) and keeps.
    id: DeskId,
    /// What it is called, as over the desk.
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
    /// What it can serve.
    #[oai(validator(max_items = 200))]
    services: Vec<ServiceId>,
    /// When nobody is there.
    #[oai(validator(max_items = 1000))]
    absences: Vec<AbsencePlan>,
    /// Whether it takes visits.
    active: bool,
}

/// Where visits take place, as staff plan it.
#[derive(Clone, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct LocationPlan {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// `town_hall`, `home`, `telephone` or `video`.
    #[oai(validator(pattern = "^(town_hall|home|telephone|video)$"))]
    kind: String,
    /// The name of the location, once in each language.
    #[oai(validator(min_items = 1, max_items = 4))]
    names: Vec<TextIn>,
    /// Its address; for `video`, an https link with `{visit}` where what makes it one visit's own comes: each visit has its own.
    #[oai(validator(max_length = 300))]
    address: String,
    /// How it can be entered.
    #[oai(validator(max_items = 4))]
    accessibility: Vec<TextIn>,
    /// The latitude of the location, in degrees (WGS84); without it no phone is asked to be near.
    #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
    latitude: Option<f64>,
    /// The longitude of the location, in degrees (WGS84); it goes with `latitude`.
    #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
    longitude: Option<f64>,
    /// Minutes on the road after each visit, where the desk travels; a multiple of five.
    #[oai(default)]
    #[serde(default)]
    travel_minutes: i64,
    /// The opening hours of an ordinary week.
    #[oai(validator(max_items = 1000))]
    hours: Vec<HoursPlan>,
    /// Days that are unlike their weekday. Legal holidays and the town's own closing days are known.
    #[oai(validator(max_items = 1000))]
    exceptions: Vec<ExceptionPlan>,
    /// Its desks; one that is left out takes no visits any more.
    #[oai(validator(max_items = 200))]
    desks: Vec<DeskPlan>,
    /// Whether it takes visits.
    active: bool,
}

/// A location with its id.
#[derive(Object)]
pub struct LocationPlanOut {
    /// The id of the location, a UUID.
    id: LocationId,
    /// As it is planned.
    plan: LocationPlan,
}

fn location_plan_out(l: &Location) -> LocationPlanOut {
    LocationPlanOut {
        id: l.id,
        plan: LocationPlan {
            version: l.version,
            kind: l.kind.to_string(),
            names: texts_out(&l.names),
            address: l.address.clone(),
            accessibility: texts_out(&l.accessibility),
            latitude: l.latitude,
            longitude: l.longitude,
            travel_minutes: l.travel_minutes,
            hours: l
                .hours
                .iter()
                .map(|h| HoursPlan {
                    weekday: h.weekday,
                    opens: h.opens,
                    closes: h.closes,
                    valid_from: Day::kept(h.valid_from),
                    valid_until: h.valid_until.map(Day::kept),
                })
                .collect(),
            exceptions: l
                .exceptions
                .iter()
                .map(|e| ExceptionPlan {
                    day: Day::kept(e.day),
                    opens: e.hours.map(|h| h.0),
                    closes: e.hours.map(|h| h.1),
                })
                .collect(),
            desks: l
                .desks
                .iter()
                .map(|d| DeskPlan {
                    id: d.id,
                    name: d.name.clone(),
                    services: d.services.iter().copied().collect(),
                    absences: d
                        .absences
                        .iter()
                        .map(|a| AbsencePlan { from: Instant::kept(a.from), until: Instant::kept(a.until) })
                        .collect(),
                    active: d.active,
                })
                .collect(),
            active: l.active,
        },
    }
}

/// A plan of a service, as it came.
pub(super) fn service_in(id: ServiceId, p: ServicePlan) -> Result<Service, Failure> {
    let plain = |kind: &String| {
        !kind.is_empty()
            && kind.len() <= 40
            && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
    };
    if !p.document_kinds.iter().all(plain) {
        return Err(Failure::field(Code::BodyInvalid, "document_kinds", "is not a list of kinds of document"));
    }
    Ok(Service {
        id,
        names: texts_in("names", p.names)?,
        explanations: texts_in("explanations", p.explanations)?,
        bring: texts_in("bring", p.bring)?,
        minutes: p.minutes,
        minutes_a_person_more: p.minutes_a_person_more,
        buffer_minutes: p.buffer_minutes,
        step_minutes: p.step_minutes,
        most_persons: p.most_persons,
        least_notice_minutes: p.least_notice_minutes,
        horizon_days: p.horizon_days,
        most_open: p.most_open,
        document_kinds: p.document_kinds,
        needs: p.needs,
        collecting: p.collecting,
        active: p.active,
        version: p.version,
    })
}

/// A plan of a location, as it came: its sudden closings are no part of it.
pub(super) fn location_in(id: LocationId, p: LocationPlan) -> Result<Location, Failure> {
    if p.desks.iter().map(|d| d.absences.len()).sum::<usize>() > MOST_ROWS {
        return Err(Failure::field(Code::BodyInvalid, "desks", format!("have more than {MOST_ROWS} absences")));
    }
    let mut exceptions = Vec::with_capacity(p.exceptions.len());
    for (i, e) in p.exceptions.into_iter().enumerate() {
        if e.opens.is_some() != e.closes.is_some() {
            let field = format!("exceptions[{i}]");
            return Err(Failure::field(Code::BodyInvalid, &field, "has one of opens and closes without the other"));
        }
        exceptions.push(Exception { day: e.day.get(), hours: e.opens.zip(e.closes) });
    }
    Ok(Location {
        id,
        kind: LocationKind::parse(&p.kind)
            .ok_or_else(|| Failure::field(Code::BodyInvalid, "kind", "is no kind of location"))?,
        names: texts_in("names", p.names)?,
        address: p.address,
        accessibility: texts_in("accessibility", p.accessibility)?,
        latitude: p.latitude,
        longitude: p.longitude,
        travel_minutes: p.travel_minutes,
        hours: p
            .hours
            .into_iter()
            .map(|h| Hours {
                weekday: h.weekday,
                opens: h.opens,
                closes: h.closes,
                valid_from: h.valid_from.get(),
                valid_until: h.valid_until.map(Day::get),
            })
            .collect(),
        exceptions,
        closures: Vec::new(),
        desks: p
            .desks
            .into_iter()
            .map(|d| Desk {
                id: d.id,
                name: d.name,
                services: d.services.into_iter().collect(),
                absences: d.absences.into_iter().map(|a| Span { from: a.from.get(), until: a.until.get() }).collect(),
                active: d.active,
            })
            .collect(),
        active: p.active,
        version: p.version,
    })
}

/// A plan as it is kept.
fn kept(plan: &impl ToJSON) -> Value {
    plan.to_json().unwrap_or_default()
}

/// A plan that was kept, as the contract has it.
fn read<T: ParseFromJSON>(plan: Value) -> Result<T, Failure> {
    T::parse_from_json(Some(plan))
        .map_err(|why| Failure::internal(format!("a plan that was kept: {}", why.into_message())))
}

/// A plan that was saved.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PlanVersionOut {
    /// Counted up at each save; `get_service_version` and `get_location_version` take it.
    version: i64,
    /// The name of the member of staff who saved it; absent of one that was saved before this was kept.
    saved_by: Option<String>,
    /// When it was saved, an instant in UTC; of one without a name, when the next was saved.
    saved_at: Timestamp,
}

fn version_out(v: Version) -> PlanVersionOut {
    PlanVersionOut {
        version: v.version,
        saved_by: Some(v.saved_by).filter(|name| !name.is_empty()),
        saved_at: v.saved_at.into(),
    }
}

/// Operations of staff who plan.
#[derive(Default)]
pub struct PlanningApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl PlanningApi {
    /// List the services
    ///
    /// As they are planned.
    #[oai(path = "/services", method = "get", operation_id = "list_service_plans")]
    async fn services(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<ServicePlanOut>>, Failure> {
        let mut r = app.db.read().await?;
        Ok(Json(catalogue::services(&mut r, &who.0.town).await?.iter().map(service_plan_out).collect()))
    }

    /// Plan a service
    ///
    /// Makes it, with an id of the planner's (a UUID), or changes the version that was read. Switched off while
    /// appointments for it are booked, these are named (`would_strand`), and nothing changes, unless `strand` says that
    /// it shall.
    #[oai(path = "/services/:service_id", method = "put", operation_id = "put_service")]
    async fn put_service(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        service_id: Path<ServiceId>,
        /// True to switch it off though booked appointments cannot take place then.
        strand: Query<Option<bool>>,
        body: Body<ServicePlan>,
    ) -> Result<Json<ServicePlanOut>, Refused<CannotPlan>> {
        let service = service_in(service_id.0, body.0)?;
        let strand = strand.0.unwrap_or(false);
        let put = catalogue::put_service(&app, &who.0, service, strand, |s| kept(&service_plan_out(s).plan)).await?;
        Ok(Json(service_plan_out(&put)))
    }

    /// List the versions of a service
    ///
    /// Who saved its plan and when, the latest first: of more than a year. An older one is saved again to take a change back.
    #[oai(path = "/services/:service_id/versions", method = "get", operation_id = "list_service_versions")]
    async fn service_versions(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        service_id: Path<ServiceId>,
    ) -> Result<Json<Vec<PlanVersionOut>>, Failure> {
        let all = history::versions(&app, &who.0, (Planned::Service, service_id.0.0)).await?;
        Ok(Json(all.into_iter().map(version_out).collect()))
    }

    /// Read a version of a service
    ///
    /// The plan as it was saved then.
    #[oai(path = "/services/:service_id/versions/:version", method = "get", operation_id = "get_service_version")]
    async fn service_version(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        service_id: Path<ServiceId>,
        /// Which version, as `list_service_versions` names it.
        version: Path<i64>,
    ) -> Result<Json<ServicePlan>, Failure> {
        Ok(Json(read(history::plan(&app, &who.0, (Planned::Service, service_id.0.0), version.0).await?)?))
    }

    /// List the versions of a location
    ///
    /// Who saved its plan and when, the latest first: of more than a year. An older one is saved again to take a change back.
    #[oai(path = "/locations/:location_id/versions", method = "get", operation_id = "list_location_versions")]
    async fn location_versions(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
    ) -> Result<Json<Vec<PlanVersionOut>>, Failure> {
        let all = history::versions(&app, &who.0, (Planned::Location, location_id.0.0)).await?;
        Ok(Json(all.into_iter().map(version_out).collect()))
    }

    /// Read a version of a location
    ///
    /// The plan as it was saved then.
    #[oai(path = "/locations/:location_id/versions/:version", method = "get", operation_id = "get_location_version")]
    async fn location_version(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        /// Which version, as `list_location_versions` names it.
        version: Path<i64>,
    ) -> Result<Json<LocationPlan>, Failure> {
        Ok(Json(read(history::plan(&app, &who.0, (Planned::Location, location_id.0.0), version.0).await?)?))
    }

    /// List the locations
    ///
    /// With their hours and desks, as they are planned.
    #[oai(path = "/locations", method = "get", operation_id = "list_location_plans")]
    async fn locations(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<LocationPlanOut>>, Failure> {
        let mut r = app.db.read().await?;
        Ok(Json(catalogue::locations(&mut r, &who.0.town).await?.iter().map(location_plan_out).collect()))
    }

    /// Plan a location
    ///
    /// With its hours, exceptions and desks, whole. Booked appointments that could not take place any more are named
    /// (`would_strand`), and nothing changes, unless `strand` says that it shall. Whoever is booked there is told of
    /// another address.
    #[oai(path = "/locations/:location_id", method = "put", operation_id = "put_location")]
    async fn put_location(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        /// True to change it though booked appointments are left without a place.
        strand: Query<Option<bool>>,
        body: Body<LocationPlan>,
    ) -> Result<Json<LocationPlanOut>, Refused<CannotPlan>> {
        let location = location_in(location_id.0, body.0)?;
        let strand = strand.0.unwrap_or(false);
        let put = catalogue::put_location(&app, &who.0, location, strand, |l| kept(&location_plan_out(l).plan)).await?;
        Ok(Json(location_plan_out(&put)))
    }
}
