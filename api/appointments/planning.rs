//! `/staff/v1/services`, `/staff/v1/locations` and `/staff/v1/closures`: staff who plan.

use chrono::{DateTime, NaiveDate};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    AppointmentId, Catalogues, ClosureId, DeskId, LocationId, ServiceId,
    catalogue::{self, Desk, Location, LocationKind, MOST_ROWS, Needs, Service, Texts},
    closing::{self, Closure, Hit, Rescued},
    rules::{Exception, Hours, Span},
};
use crate::{
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        openapi::Problems,
        problem::{Code, Failure},
        values::{Day, Instant, Timestamp},
    },
    staff::access::{As, Plan},
};

/// Visits that a preview, or a list of stranded ones, names.
const MAX_PREVIEWED: usize = 1_000;

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[
    ("put_service", &[Code::EditedMeanwhile, Code::CatalogueFull, Code::WouldStrand]),
    ("close_location", &[Code::CatalogueFull]),
    ("put_location", &[Code::EditedMeanwhile, Code::CatalogueFull, Code::WouldStrand]),
];

/// A text in a language.
#[derive(Clone, Object, Deserialize)]
pub struct TextIn {
    /// The language in which the text is written.
    language: Language,
    /// The text in that language, as citizens read it.
    #[oai(validator(max_length = 2000))]
    text: String,
}

fn texts_in(field: &str, all: Vec<TextIn>) -> Result<Texts, Failure> {
    let count = all.len();
    let texts: Texts = all.into_iter().map(|t| (t.language, t.text)).collect();
    if texts.len() < count {
        return Err(Failure::field(Code::BodyInvalid, field, "has two texts in one language"));
    }
    Ok(texts)
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
#[oai(example, skip_serializing_if_is_none)]
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
    /// Its address; for `video`, the link.
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

impl poem_openapi::types::Example for LocationPlan {
    fn example() -> Self {
        let day = Day::kept(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap_or_default());
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

/// A sudden closing of a location.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct ClosureWish {
    /// The id of the location to close.
    location_id: LocationId,
    /// The instant from which the location is closed.
    from: Instant,
    /// Up to this one; 31 days later at most.
    until: Instant,
    /// Why, as everyone who is booked is told.
    #[oai(validator(min_items = 1, max_items = 4))]
    reasons: Vec<TextIn>,
}

impl poem_openapi::types::Example for ClosureWish {
    fn example() -> Self {
        Self {
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            from: Instant::kept(DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default()),
            until: Instant::kept(DateTime::from_timestamp(1_804_010_400, 0).unwrap_or_default()),
            reasons: example_texts("Er is een waterleiding gesprongen."),
        }
    }
}

/// A closing of a location, and what became of the visits.
#[derive(Object)]
pub struct ClosureOut {
    /// The id of the closing, a UUID.
    id: ClosureId,
    /// The id of the location that is closed.
    location_id: LocationId,
    /// The instant from which the location is closed, in UTC.
    from: Timestamp,
    /// Up to this one.
    until: Timestamp,
    /// Why it is closed, once in each language; citizens read it.
    reasons: Vec<TextIn>,
    /// Visits that got another time so far.
    moved: i64,
    /// Visits for which there was none.
    cancelled: i64,
    /// Until then it can be undone and nobody hears of it; then visits are moved.
    acts_at: Timestamp,
    /// The name of the member of staff who closed it.
    made_by: String,
}

/// A closing that is thought of.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct ClosurePreview {
    /// The id of the location that would be closed.
    location_id: LocationId,
    /// The instant from which the location would be closed.
    from: Instant,
    /// Up to this one; 31 days later at most.
    until: Instant,
}

impl poem_openapi::types::Example for ClosurePreview {
    fn example() -> Self {
        let ClosureWish { location_id, from, until, .. } = ClosureWish::example();
        Self { location_id, from, until }
    }
}

/// A visit that a closing would hit, or that cannot take place.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HitOut {
    /// The id of the visit, a UUID.
    appointment_id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// The id of the booked service.
    service_id: ServiceId,
    /// The id of the location where the visit is booked now.
    location_id: LocationId,
    /// When the visit is booked now, an instant in UTC.
    starts_at: Timestamp,
    /// When it would be; absent where no other time is known.
    would_start_at: Option<Timestamp>,
    /// Where it would be then.
    would_be_at: Option<LocationId>,
}

impl From<Hit> for HitOut {
    fn from(h: Hit) -> Self {
        Self {
            appointment_id: h.visit.id,
            reference: h.visit.reference,
            service_id: h.visit.service_id,
            location_id: h.visit.location_id,
            starts_at: h.visit.starts_at.into(),
            would_start_at: h.would_be.map(|s| s.starts_at.into()),
            would_be_at: h.would_be.map(|s| s.location),
        }
    }
}

/// What a closing would do.
#[derive(Object)]
pub struct ClosurePreviewOut {
    /// Visits that would get another time.
    moved: i64,
    /// Visits for which there is none.
    cancelled: i64,
    /// Which, the earliest first; a thousand at most.
    visits: Vec<HitOut>,
}

/// Why visits that cannot take place are moved.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct StrandedWish {
    /// Why, as everyone is told.
    #[oai(validator(min_items = 1, max_items = 4))]
    reasons: Vec<TextIn>,
}

impl poem_openapi::types::Example for StrandedWish {
    fn example() -> Self {
        Self { reasons: example_texts("We zijn die dag gesloten.") }
    }
}

/// What became of visits that could not take place.
#[derive(Object)]
pub struct MovedOut {
    /// Visits that got another time.
    moved: i64,
    /// Visits for which there was none.
    cancelled: i64,
    /// Visits that are still to be done: ask again.
    left: i64,
}

impl From<Closure> for ClosureOut {
    fn from(c: Closure) -> Self {
        Self {
            id: c.id,
            location_id: c.location,
            from: c.from.into(),
            until: c.until.into(),
            reasons: texts_out(&c.reasons),
            moved: c.moved,
            cancelled: c.cancelled,
            acts_at: c.acts_at.into(),
            made_by: c.made_by,
        }
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
        };
        let strand = strand.0.unwrap_or(false);
        let put = catalogue::put_service(&app, &who.0, service, strand).await?;
        Ok(Json(service_plan_out(&put)))
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
            exceptions.push(Exception { day: e.day.get(), hours: e.opens.zip(e.closes) });
        }
        let location = Location {
            id: location_id.0,
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
                    absences: d
                        .absences
                        .into_iter()
                        .map(|a| Span { from: a.from.get(), until: a.until.get() })
                        .collect(),
                    active: d.active,
                })
                .collect(),
            active: p.active,
            version: p.version,
        };
        let strand = strand.0.unwrap_or(false);
        let put = catalogue::put_location(&app, &who.0, location, strand).await?;
        Ok(Json(location_plan_out(&put)))
    }

    /// Close a location for a sudden reason
    ///
    /// Each visit then gets the first time that is free and not earlier than its own, of which its citizen is told,
    /// with others to choose from; where there is none, that it is off. The list of closures shows how far that is. The
    /// same closing again is the same one.
    #[oai(path = "/closures", method = "post", operation_id = "close_location")]
    async fn close(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        #[oai(name = "Idempotency-Key")] repeat: IdempotencyKey,
        body: Body<ClosureWish>,
    ) -> Result<Json<ClosureOut>, Failure> {
        let idempotency = repeat.by(who.0.session);
        let ClosureWish { location_id, from, until, reasons } = body.0;
        let between = Span { from: from.get(), until: until.get() };
        let reasons = texts_in("reasons", reasons)?;
        let closed = closing::close(&app, &who.0, location_id, between, reasons, &idempotency).await?;
        Ok(Json(closed.into()))
    }

    /// See what a closing would do
    ///
    /// Each visit that it would hit, and where it would be then; nothing is written.
    #[oai(path = "/closures/preview", method = "post", operation_id = "preview_closure")]
    async fn preview(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Plan>,
        body: Body<ClosurePreview>,
    ) -> Result<Json<ClosurePreviewOut>, Failure> {
        let ClosurePreview { location_id, from, until } = body.0;
        let between = Span { from: from.get(), until: until.get() };
        let hits = closing::preview(&app, &catalogues, &who.0, location_id, between).await?;
        Ok(Json(ClosurePreviewOut {
            moved: hits.iter().filter(|h| h.would_be.is_some()).count() as i64,
            cancelled: hits.iter().filter(|h| h.would_be.is_none()).count() as i64,
            visits: hits.into_iter().take(MAX_PREVIEWED).map(HitOut::from).collect(),
        }))
    }

    /// List visits that cannot take place
    ///
    /// Booked visits at a time or place at which nobody could receive them any more, whatever changed: hours, a closing
    /// day, a desk, a service. Their citizens are not reminded of them. The earliest first.
    #[oai(path = "/stranded", method = "get", operation_id = "list_stranded")]
    async fn stranded(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Plan>,
    ) -> Result<Json<Vec<HitOut>>, Failure> {
        let mut r = app.db.read().await?;
        let catalogue = catalogues.of(&mut r, &who.0.town).await?;
        let found = closing::stranded(&mut r, &catalogue, &who.0.town, app.clock.now()).await?;
        Ok(Json(
            found.into_iter().take(MAX_PREVIEWED).map(|visit| HitOut::from(Hit { visit, would_be: None })).collect(),
        ))
    }

    /// Move visits that cannot take place
    ///
    /// Each gets the first time that is free and not earlier than its own; where there is none it is off. Whose it is
    /// is told, with the reason. Two hundred at a time.
    #[oai(path = "/stranded", method = "post", operation_id = "move_stranded")]
    async fn move_stranded(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: As<Plan>,
        body: Body<StrandedWish>,
    ) -> Result<Json<MovedOut>, Failure> {
        let reasons = texts_in("reasons", body.0.reasons)?;
        let Rescued { moved, cancelled, left } = closing::rescue(&app, &catalogues, &who.0, reasons).await?;
        Ok(Json(MovedOut { moved, cancelled, left }))
    }

    /// List closures
    ///
    /// Those that are not over, the next first.
    #[oai(path = "/closures", method = "get", operation_id = "list_closures")]
    async fn closures(&self, app: Data<&App>, who: As<Plan>) -> Result<Json<Vec<ClosureOut>>, Failure> {
        Ok(Json(closing::list(&app, &who.0).await?.into_iter().map(ClosureOut::from).collect()))
    }

    /// Open a location again
    ///
    /// Before the closure is over. Visits that it moved or cancelled are where they were, and their citizens are told,
    /// unless these changed them meanwhile.
    #[oai(path = "/closures/:closure_id", method = "delete", operation_id = "reopen_location")]
    async fn reopen(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        closure_id: Path<ClosureId>,
        #[oai(name = "Idempotency-Key")] repeat: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = repeat.by(who.0.session);
        closing::reopen(&app, &who.0, closure_id.0, &idempotency).await
    }
}
