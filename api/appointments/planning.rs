//! `/staff/v1/services`, `/staff/v1/locations`, `/staff/v1/agenda` and `/staff/v1/appointments`: staff who plan, and staff
//! who book for somebody.

use chrono::{DateTime, NaiveDate, Utc};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    AppointmentId, Catalogues, ClosureId, DeskId, LocationId, ServiceId,
    agenda::{self, Seen},
    booking::{self, Booker, Wish},
    catalogue::{self, Desk, Location, MOST_ROWS, Needs, Service, Texts},
    closing::{self, Closure},
    rules::{Exception, Hours, Span},
    search::Start,
};
use crate::{
    audit::Reason,
    platform::{
        App,
        http::Body,
        ids::ResidentId,
        language::Language,
        once::Repeat,
        openapi::Problems,
        problem::{Code, Failure},
    },
    staff::access::{As, Counter, Plan},
};

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[
    ("put_service", &[Code::EditedMeanwhile, Code::CatalogueFull]),
    ("close_location", &[Code::CatalogueFull]),
    ("put_location", &[Code::EditedMeanwhile, Code::CatalogueFull, Code::WouldStrand]),
    ("book_for_resident", &[Code::SlotTaken, Code::SlotNotOffered, Code::AppointmentLimit]),
    ("move_for_resident", &[Code::SlotTaken, Code::SlotNotOffered, Code::VisitBegun]),
    ("cancel_for_resident", &[Code::VisitBegun]),
];

/// A text in a language.
#[derive(Clone, Object, Deserialize)]
pub struct TextIn {
    /// The language.
    language: Language,
    /// The text.
    #[oai(validator(max_length = 2000))]
    text: String,
}

fn texts_in(all: Vec<TextIn>) -> Texts {
    all.into_iter().map(|t| (t.language, t.text)).collect()
}

fn texts_out(all: &Texts) -> Vec<TextIn> {
    all.iter().map(|(language, text)| TextIn { language: *language, text: text.clone() }).collect()
}

fn example_texts(nl: &str) -> Vec<TextIn> {
    vec![TextIn { language: Language::Nl, text: nl.to_owned() }]
}

/// What can be booked, as staff plan it.
#[derive(Clone, Object, Deserialize)]
#[oai(example)]
pub struct ServicePlan {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// Its name.
    #[oai(validator(min_items = 1, max_items = 4))]
    names: Vec<TextIn>,
    /// What it is for, in plain words.
    #[oai(validator(max_items = 4))]
    explanations: Vec<TextIn>,
    /// What to bring.
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

impl poem_openapi::types::Example for ServicePlan {
    fn example() -> Self {
        Self {
            version: 0,
            names: example_texts("Kids-ID aanvragen"),
            explanations: example_texts("Een identiteitskaart voor een kind jonger dan 12."),
            bring: example_texts("Je kind en een recente pasfoto."),
            minutes: 15,
            minutes_a_person_more: 10,
            buffer_minutes: 5,
            step_minutes: 15,
            most_persons: 4,
            least_notice_minutes: 120,
            horizon_days: 60,
            most_open: 2,
            document_kinds: vec!["kids_id".to_owned()],
            needs: Needs::Both,
            collecting: false,
            active: true,
        }
    }
}

/// A service with its id.
#[derive(Object)]
pub struct ServicePlanOut {
    /// Its id.
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
    /// Minutes after midnight.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    closes: i64,
    /// The first day on which they count.
    valid_from: NaiveDate,
    /// The last; absent where they go on.
    valid_until: Option<NaiveDate>,
}

/// A day that is unlike its weekday: closed where it has no hours.
#[derive(Clone, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct ExceptionPlan {
    /// The day.
    day: NaiveDate,
    /// Minutes after midnight.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    opens: Option<i64>,
    /// Minutes after midnight.
    #[oai(validator(minimum(value = "0"), maximum(value = "1440")))]
    closes: Option<i64>,
}

/// When nobody is at a desk.
#[derive(Clone, Object, Deserialize)]
pub struct AbsencePlan {
    /// From this instant.
    from: DateTime<Utc>,
    /// Up to this one.
    until: DateTime<Utc>,
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
#[oai(example, skip_serializing_if_is_none)]
pub struct LocationPlan {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// `town_hall`, `home`, `telephone` or `video`.
    #[oai(validator(pattern = "^(town_hall|home|telephone|video)$"))]
    kind: String,
    /// Its name.
    #[oai(validator(min_items = 1, max_items = 4))]
    names: Vec<TextIn>,
    /// Its address.
    #[oai(validator(max_length = 300))]
    address: String,
    /// How it can be entered.
    #[oai(validator(max_items = 4))]
    accessibility: Vec<TextIn>,
    /// WGS84.
    #[oai(validator(minimum(value = "-90"), maximum(value = "90")))]
    latitude: Option<f64>,
    /// WGS84.
    #[oai(validator(minimum(value = "-180"), maximum(value = "180")))]
    longitude: Option<f64>,
    /// Minutes on the road after each visit, where the desk travels; a multiple of five.
    #[oai(default)]
    #[serde(default)]
    travel_minutes: i64,
    /// Opening hours.
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

impl poem_openapi::types::Example for LocationPlan {
    fn example() -> Self {
        let day = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap_or_default();
        Self {
            version: 0,
            kind: "town_hall".to_owned(),
            names: example_texts("Stadhuis"),
            address: "Markt 1, 9800 Deinze".to_owned(),
            accessibility: example_texts("Ingang zonder drempel links van de trap."),
            latitude: Some(50.9817),
            longitude: Some(3.5306),
            travel_minutes: 0,
            hours: vec![HoursPlan { weekday: 1, opens: 540, closes: 720, valid_from: day, valid_until: None }],
            exceptions: vec![ExceptionPlan { day, opens: None, closes: None }],
            desks: vec![DeskPlan {
                id: DeskId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0003)),
                name: "Loket 1".to_owned(),
                services: vec![ServiceId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001))],
                absences: vec![],
                active: true,
            }],
            active: true,
        }
    }
}

/// A location with its id.
#[derive(Object)]
pub struct LocationPlanOut {
    /// Its id.
    id: LocationId,
    /// As it is planned.
    plan: LocationPlan,
}

fn location_plan_out(l: &Location) -> LocationPlanOut {
    LocationPlanOut {
        id: l.id,
        plan: LocationPlan {
            version: l.version,
            kind: l.kind.clone(),
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
                    valid_from: h.valid_from,
                    valid_until: h.valid_until,
                })
                .collect(),
            exceptions: l
                .exceptions
                .iter()
                .map(|e| ExceptionPlan { day: e.day, opens: e.hours.map(|h| h.0), closes: e.hours.map(|h| h.1) })
                .collect(),
            desks: l
                .desks
                .iter()
                .map(|d| DeskPlan {
                    id: d.id,
                    name: d.name.clone(),
                    services: d.services.iter().copied().collect(),
                    absences: d.absences.iter().map(|a| AbsencePlan { from: a.from, until: a.until }).collect(),
                    active: d.active,
                })
                .collect(),
            active: l.active,
        },
    }
}

/// What is booked for somebody.
#[derive(Object, Deserialize)]
#[oai(example, skip_serializing_if_is_none)]
pub struct StaffAppointmentWish {
    /// For whom; absent for a visitor who is not in the register.
    resident_id: Option<ResidentId>,
    /// What to call the visitor, where that is nobody of the register.
    #[oai(validator(max_length = 100))]
    visitor: Option<String>,
    /// For what.
    service_id: ServiceId,
    /// Where.
    location_id: LocationId,
    /// When.
    starts_at: DateTime<Utc>,
    /// How many come together.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: i64,
    /// The names of the others, as far as they are known.
    #[oai(default, validator(max_items = 19, max_length = 100))]
    #[serde(default)]
    companions: Vec<String>,
    /// Where to come to, or whom to ring, where it is not at a town hall.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
    /// Why; the citizen can read it.
    reason: Reason,
}

impl poem_openapi::types::Example for StaffAppointmentWish {
    fn example() -> Self {
        Self {
            resident_id: None,
            visitor: Some("mevrouw Zonnebloem".to_owned()),
            service_id: ServiceId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001)),
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            starts_at: DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default(),
            persons: 1,
            companions: vec![],
            contact: None,
            reason: Reason::Telephone,
        }
    }
}

/// Another time or place for somebody's visit.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct StaffAppointmentMove {
    /// Where.
    location_id: LocationId,
    /// When.
    starts_at: DateTime<Utc>,
    /// Why; the citizen can read it.
    reason: Reason,
}

impl poem_openapi::types::Example for StaffAppointmentMove {
    fn example() -> Self {
        Self {
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            starts_at: DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default(),
            reason: Reason::Telephone,
        }
    }
}

/// A visit as staff see it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitOut {
    /// Its id.
    id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// `held`, `booked`, `cancelled` or `lapsed`.
    state: String,
    /// When it begins.
    starts_at: DateTime<Utc>,
    /// When it ends.
    ends_at: DateTime<Utc>,
    /// For what.
    service_id: ServiceId,
    /// Where.
    location_id: LocationId,
    /// At which desk.
    desk_id: DeskId,
    /// Whose it is; absent for a visitor who is not in the register.
    resident_id: Option<ResidentId>,
    /// What to call them.
    name: String,
    /// How many come together.
    persons: i64,
    /// `citizen`, or the name of the member of staff who booked it.
    made_by: String,
    /// The names of the others who come, as far as they are known.
    companions: Vec<String>,
    /// Where to come to, or whom to ring; absent at a town hall.
    contact: Option<String>,
}

fn visit_out(Seen { visit: v, name }: Seen) -> VisitOut {
    VisitOut {
        id: v.id,
        reference: v.reference,
        state: v.state,
        starts_at: v.starts_at,
        ends_at: v.ends_at,
        service_id: v.service_id,
        location_id: v.location_id,
        desk_id: v.desk_id,
        name,
        resident_id: v.resident_id,
        persons: v.persons,
        made_by: v.made_by,
        companions: v.companions.0,
        contact: Some(v.contact).filter(|c| !c.is_empty()),
    }
}

/// A sudden closing of a location.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct ClosureWish {
    /// Which location.
    location_id: LocationId,
    /// From this instant.
    from: DateTime<Utc>,
    /// Up to this one; 31 days later at most.
    until: DateTime<Utc>,
    /// Why, as everyone who is booked is told.
    #[oai(validator(min_items = 1, max_items = 4))]
    reasons: Vec<TextIn>,
}

impl poem_openapi::types::Example for ClosureWish {
    fn example() -> Self {
        Self {
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            from: DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default(),
            until: DateTime::from_timestamp(1_804_010_400, 0).unwrap_or_default(),
            reasons: example_texts("Er is een waterleiding gesprongen."),
        }
    }
}

/// A closing of a location, and what became of the visits.
#[derive(Object)]
pub struct ClosureOut {
    /// Its id.
    id: ClosureId,
    /// Which location.
    location_id: LocationId,
    /// From this instant.
    from: DateTime<Utc>,
    /// Up to this one.
    until: DateTime<Utc>,
    /// Why.
    reasons: Vec<TextIn>,
    /// Visits that got another time so far.
    moved: i64,
    /// Visits for which there was none.
    cancelled: i64,
    /// Who closed.
    made_by: String,
}

impl From<Closure> for ClosureOut {
    fn from(c: Closure) -> Self {
        Self {
            id: c.id,
            location_id: c.location,
            from: c.from,
            until: c.until,
            reasons: texts_out(&c.reasons),
            moved: c.moved,
            cancelled: c.cancelled,
            made_by: c.made_by,
        }
    }
}

/// Whose visits are looked for.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct VisitSearch {
    /// A name, or the beginning of one; with a space, the beginnings of several.
    #[oai(validator(min_length = 2, max_length = 100))]
    name: String,
    /// From which day on; today if it is not said.
    from: Option<NaiveDate>,
    /// Up to and with which day, within 31 days; two weeks later if it is not said.
    until: Option<NaiveDate>,
    /// Why; each citizen who is found can read it.
    reason: Reason,
}

impl poem_openapi::types::Example for VisitSearch {
    fn example() -> Self {
        Self { name: "Zonnebloem".to_owned(), from: None, until: None, reason: Reason::Telephone }
    }
}

/// Operations of staff who plan, and of the counter.
pub struct PlanningApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl PlanningApi {
    /// List the services
    ///
    /// As they are planned. Needs the role `plan`.
    #[oai(path = "/services", method = "get", operation_id = "list_service_plans")]
    async fn services(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<ServicePlanOut>>, Failure> {
        let mut r = app.db.read().await?;
        Ok(Json(catalogue::services(&mut r, &who.0.town).await?.iter().map(service_plan_out).collect()))
    }

    /// Plan a service
    ///
    /// Makes it, with an id of the planner's (a UUID), or changes the version that was read. Needs the role `plan`.
    #[oai(path = "/services/:service_id", method = "put", operation_id = "put_service")]
    async fn put_service(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        service_id: Path<ServiceId>,
        body: Body<ServicePlan>,
    ) -> Result<Json<ServicePlanOut>, Failure> {
        let p = body.0;
        let plain = |kind: &String| {
            !kind.is_empty()
                && kind.len() <= 40
                && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
        };
        if !p.document_kinds.iter().all(plain) {
            return Err(Failure::field(Code::BodyInvalid, "document_kinds", "is not a list of kinds of document"));
        }
        let service = Service {
            id: service_id.0,
            names: texts_in(p.names),
            explanations: texts_in(p.explanations),
            bring: texts_in(p.bring),
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
        };
        Ok(Json(service_plan_out(&catalogue::put_service(&app, &who.0, service).await?)))
    }

    /// List the locations
    ///
    /// With their hours and desks, as they are planned. Needs the role `plan`.
    #[oai(path = "/locations", method = "get", operation_id = "list_location_plans")]
    async fn locations(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<LocationPlanOut>>, Failure> {
        let mut r = app.db.read().await?;
        Ok(Json(catalogue::locations(&mut r, &who.0.town).await?.iter().map(location_plan_out).collect()))
    }

    /// Plan a location
    ///
    /// With its hours, exceptions and desks, whole. Booked appointments that could not take place any more are named
    /// (`would_strand`), and nothing changes, unless `strand` says that it shall. Needs the role `plan`.
    #[oai(path = "/locations/:location_id", method = "put", operation_id = "put_location")]
    async fn put_location(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        /// True to change it though booked appointments are left without a place.
        strand: Query<Option<bool>>,
        body: Body<LocationPlan>,
    ) -> Result<Json<LocationPlanOut>, Failure> {
        let p = body.0;
        if p.desks.iter().map(|d| d.absences.len()).sum::<usize>() > MOST_ROWS {
            return Err(Failure::field(Code::BodyInvalid, "desks", format!("have more than {MOST_ROWS} absences")));
        }
        let mut exceptions = Vec::with_capacity(p.exceptions.len());
        for (i, e) in p.exceptions.into_iter().enumerate() {
            if e.opens.is_some() != e.closes.is_some() {
                let field = format!("exceptions[{i}]");
                return Err(Failure::field(Code::BodyInvalid, &field, "has one of opens and closes without the other"));
            }
            exceptions.push(Exception { day: e.day, hours: e.opens.zip(e.closes) });
        }
        let location = Location {
            id: location_id.0,
            kind: p.kind,
            names: texts_in(p.names),
            address: p.address,
            accessibility: texts_in(p.accessibility),
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
                    valid_from: h.valid_from,
                    valid_until: h.valid_until,
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
                    absences: d.absences.into_iter().map(|a| Span { from: a.from, until: a.until }).collect(),
                    active: d.active,
                })
                .collect(),
            active: p.active,
            version: p.version,
            freed: 0,
        };
        let strand = strand.0.unwrap_or(false);
        Ok(Json(location_plan_out(&catalogue::put_location(&app, &who.0, location, strand).await?)))
    }

    /// Close a location for a sudden reason
    ///
    /// Each visit then gets the first time that is free, of which its citizen is told, with others to choose from; where
    /// there is none, that it is off. The list of closures shows how far that is. Needs the role `plan`.
    #[oai(path = "/closures", method = "post", operation_id = "close_location")]
    async fn close(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        body: Body<ClosureWish>,
    ) -> Result<Json<ClosureOut>, Failure> {
        let ClosureWish { location_id, from, until, reasons } = body.0;
        let between = Span { from, until };
        Ok(Json(closing::close(&app, &who.0, location_id, between, texts_in(reasons)).await?.into()))
    }

    /// List closures
    ///
    /// Those that are not over, the next first. Needs the role `plan`.
    #[oai(path = "/closures", method = "get", operation_id = "list_closures")]
    async fn closures(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<ClosureOut>>, Failure> {
        Ok(Json(closing::list(&app, &who.0).await?.into_iter().map(ClosureOut::from).collect()))
    }

    /// Open a location again
    ///
    /// Before the closure is over. Visits that got another time keep it. Needs the role `plan`.
    #[oai(path = "/closures/:closure_id", method = "delete", operation_id = "reopen_location")]
    async fn reopen(&self, app: Data<&App>, who: As<Plan>, closure_id: Path<ClosureId>) -> Result<(), Failure> {
        closing::reopen(&app, &who.0, closure_id.0).await
    }

    /// Read the agenda of a day
    ///
    /// Every visit at a location, the earliest first. Each citizen can read that they were looked at. Needs the role
    /// `counter`.
    #[oai(path = "/agenda", method = "get", operation_id = "get_agenda")]
    async fn agenda(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// Where.
        location_id: Query<LocationId>,
        /// On which day of the town's calendar.
        day: Query<NaiveDate>,
    ) -> Result<Json<Vec<VisitOut>>, Failure> {
        let seen = agenda::of_day(&app, &who.0, location_id.0, day.0).await?;
        Ok(Json(seen.into_iter().map(visit_out).collect()))
    }

    /// Find visits by name
    ///
    /// Of a citizen of the register or of a visitor who is not in it. Each citizen who is found can read that they were
    /// looked at. Needs the role `counter`.
    #[oai(path = "/appointments/search", method = "post", operation_id = "search_appointments")]
    async fn search(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Counter>,
        body: Body<VisitSearch>,
    ) -> Result<Json<Vec<VisitOut>>, Failure> {
        let b = body.0;
        let from = b.from.unwrap_or_else(|| app.clock.now().with_timezone(&who.0.town.zone).date_naive());
        let until = b.until.unwrap_or(from + chrono::Duration::days(14));
        let seen = agenda::named(&app, &catalogues, &who.0, &b.name, (from, until), b.reason).await?;
        Ok(Json(seen.into_iter().map(visit_out).collect()))
    }

    /// Find a visit by its reference
    ///
    /// As it was heard: whatever its case, with or without its dash. The citizen can read that it was looked at. Needs the
    /// role `counter`.
    #[oai(path = "/appointments/:reference", method = "get", operation_id = "find_appointment")]
    async fn find(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        reference: Path<String>,
        /// Why.
        reason: Query<Reason>,
    ) -> Result<Json<VisitOut>, Failure> {
        Ok(Json(visit_out(agenda::find(&app, &who.0, &reference, reason.0).await?)))
    }

    /// Book a visit for somebody
    ///
    /// At the counter or on the telephone; also for who is not in the register. The citizen is told in the app, if they
    /// have it. Needs the role `counter`.
    #[oai(path = "/appointments", method = "post", operation_id = "book_for_resident")]
    async fn book(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Counter>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
        body: Body<StaffAppointmentWish>,
    ) -> Result<Json<VisitOut>, Failure> {
        let b = body.0;
        let visitor = b.visitor.unwrap_or_default().trim().to_owned();
        if b.resident_id.is_none() && visitor.is_empty() {
            return Err(Failure::field(Code::BodyInvalid, "visitor", "is needed where resident_id is not given"));
        }
        let once = repeat.by(who.0.session);
        let wish = Wish {
            service: b.service_id,
            location: b.location_id,
            starts_at: b.starts_at,
            persons: b.persons,
            hold: false,
            companions: b.companions,
            contact: b.contact.unwrap_or_default(),
        };
        let staff = who.0.clone();
        let booker = Booker::Staff { staff, resident: b.resident_id, visitor, reason: b.reason };
        let visit = booking::book(&app, &catalogues, &booker, wish, &once).await?;
        Ok(Json(visit_out(agenda::one(&app, &who.0, visit, b.reason).await?)))
    }

    /// Move somebody's visit
    ///
    /// The citizen is told in the app, if they have it. Needs the role `counter`.
    #[oai(path = "/appointments/:appointment_id/move", method = "post", operation_id = "move_for_resident")]
    async fn move_to(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
        body: Body<StaffAppointmentMove>,
    ) -> Result<Json<VisitOut>, Failure> {
        let StaffAppointmentMove { location_id, starts_at, reason } = body.0;
        let once = repeat.by(who.0.session);
        let booker = Booker::Staff { staff: who.0.clone(), resident: None, visitor: String::new(), reason };
        let to = Start { starts_at, location: location_id };
        let visit = booking::move_to(&app, &catalogues, &booker, appointment_id.0, to, &once).await?;
        Ok(Json(visit_out(agenda::one(&app, &who.0, visit, reason).await?)))
    }

    /// Cancel somebody's visit
    ///
    /// The citizen is told in the app, if they have it. Needs the role `counter`.
    #[oai(path = "/appointments/:appointment_id", method = "delete", operation_id = "cancel_for_resident")]
    async fn cancel(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// Why.
        reason: Query<Reason>,
        /// The same for each try of one request: it is done once, and answered the same for a day.
        #[oai(name = "Idempotency-Key")]
        repeat: Repeat,
    ) -> Result<(), Failure> {
        let once = repeat.by(who.0.session);
        let reason = reason.0;
        let booker = Booker::Staff { staff: who.0.clone(), resident: None, visitor: String::new(), reason };
        booking::cancel(&app, &catalogues, &booker, appointment_id.0, &once).await
    }
}
