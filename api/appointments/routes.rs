//! `/v1/services` and `/v1/appointments`: what a citizen's app may call.

use chrono::{DateTime, NaiveDate};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Json, PlainText},
};
use serde::Deserialize;

use super::{
    AppointmentId, Catalogue, Catalogues, LocationId, ServiceId, Visit, VisitState, WaitingId,
    booking::{self, Booker, Moving, Reminding, Wish},
    calendar,
    catalogue::{Location, Needs, Service, open_from},
    notices::text,
    search::{self, Search, Start},
    waiting::{self, Joining},
};
use crate::{
    identity::{Citizen, access::Session, language_of},
    municipalities::Municipality,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        openapi::Problems,
        page,
        problem::{Code, Failure},
        values::{Day, Instant, Timestamp},
    },
};

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[
    ("book_appointment", &[Code::SlotTaken, Code::SlotNotOffered, Code::AppointmentLimit, Code::VisitOverlaps]),
    ("confirm_appointment", &[Code::HoldLapsed, Code::AppointmentLimit, Code::VisitOverlaps]),
    ("extend_hold", &[Code::NotExtendable]),
    (
        "move_appointment",
        &[
            Code::SlotTaken,
            Code::SlotNotOffered,
            Code::VisitBegun,
            Code::NotBooked,
            Code::VisitOverlaps,
            Code::EditedMeanwhile,
        ],
    ),
    ("cancel_appointment", &[Code::VisitBegun]),
    ("join_waiting_list", &[Code::WaitingLimit, Code::VisitBegun, Code::NotBooked]),
    ("list_free_starts", &[Code::BodyInvalid]),
    ("list_next_free", &[Code::BodyInvalid]),
    ("list_past_appointments", &[Code::CursorInvalid]),
];

/// Something that can be booked.
#[derive(Object)]
pub struct ServiceOut {
    /// The id of the service, which bookings name as `service_id`.
    id: ServiceId,
    /// Its name, in the citizen's language.
    name: String,
    /// What it is for.
    explanation: String,
    /// What the citizen brings to the visit, in their language.
    bring: String,
    /// Minutes of a visit of one person.
    minutes: i64,
    /// Minutes for each person more.
    minutes_a_person_more: i64,
    /// The most persons who may come together.
    most_persons: i64,
    /// Minutes before a start at which it can be booked at the latest.
    least_notice_minutes: i64,
    /// How many days ahead it can be booked.
    horizon_days: i64,
    /// The most open appointments that a citizen may have for it.
    most_open: i64,
    /// The kinds of document it serves.
    document_kinds: Vec<String>,
    /// Who must be there, where a document is a child's.
    needs: Needs,
    /// Whether collecting what was asked for takes a visit of its own; else one comes by.
    collecting: bool,
}

pub(crate) fn service_out(s: &Service, language: Language, town: &Municipality) -> ServiceOut {
    ServiceOut {
        id: s.id,
        name: text(&s.names, language, town).to_owned(),
        explanation: text(&s.explanations, language, town).to_owned(),
        bring: text(&s.bring, language, town).to_owned(),
        minutes: s.minutes,
        minutes_a_person_more: s.minutes_a_person_more,
        most_persons: s.most_persons,
        least_notice_minutes: s.least_notice_minutes,
        horizon_days: s.horizon_days,
        most_open: s.most_open,
        document_kinds: s.document_kinds.clone(),
        needs: s.needs,
        collecting: s.collecting,
    }
}

/// Days of opening hours that an app is told.
const OPEN_DAYS: usize = 7;

/// Where visits take place.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PlaceOut {
    /// The id of the location, which bookings and starts name as `location_id`.
    id: LocationId,
    /// `town_hall`, `home`, `telephone` or `video`.
    kind: String,
    /// Its name, in the citizen's language.
    name: String,
    /// The address, to show and to look up on a map; of a `video` visit, the link.
    address: String,
    /// How it can be entered.
    accessibility: String,
    /// The latitude of the location, in degrees (WGS84); absent where it is not known.
    latitude: Option<f64>,
    /// The longitude of the location, in degrees (WGS84); absent where it is not known.
    longitude: Option<f64>,
    /// When it is open, today and on the six days after, sudden closings taken out; in order. Absent beside a visit.
    opening: Option<Vec<OpenOut>>,
}

/// A time at which a location is open.
#[derive(Object)]
pub struct OpenOut {
    /// The instant from which it is open, in UTC.
    from: Timestamp,
    /// Up to this one.
    until: Timestamp,
}

pub(crate) fn place_out(l: &Location, language: Language, town: &Municipality) -> PlaceOut {
    PlaceOut {
        opening: None,
        id: l.id,
        kind: l.kind.to_string(),
        name: text(&l.names, language, town).to_owned(),
        address: l.address.clone(),
        accessibility: text(&l.accessibility, language, town).to_owned(),
        latitude: l.latitude,
        longitude: l.longitude,
    }
}

/// What a town offers.
#[derive(Object)]
pub struct OfferOut {
    /// What can be booked.
    services: Vec<ServiceOut>,
    /// The locations where services can be booked.
    locations: Vec<PlaceOut>,
}

/// A start that is free.
#[derive(Object)]
pub struct StartOut {
    /// When a visit can begin, an instant in UTC; send it as it is when you book.
    starts_at: Timestamp,
    /// The day that the town's calendar shows then.
    day: NaiveDate,
    /// The location of this start; send it along when you book.
    location_id: LocationId,
}

pub(crate) fn start_out(start: Start, town: &Municipality) -> StartOut {
    StartOut {
        starts_at: start.starts_at.into(),
        day: start.starts_at.with_timezone(&town.zone).date_naive(),
        location_id: start.location,
    }
}

/// Free starts.
#[derive(ApiResponse)]
pub enum StartsOut {
    /// The earliest first.
    #[oai(status = 200)]
    Ok(
        Json<Vec<StartOut>>,
        /// The day from which to ask on; absent where these are all.
        #[oai(header = "x-next-from")]
        Option<String>,
    ),
}

/// What is to be booked.
#[derive(Object, Deserialize)]
#[oai(example, skip_serializing_if_is_none)]
pub struct AppointmentWish {
    /// The service to book, an `id` from `GET /v1/services`.
    service_id: ServiceId,
    /// The location of the start, as `location_id` of that start says.
    location_id: LocationId,
    /// When: one of the free starts.
    starts_at: Instant,
    /// How many come together.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: i64,
    /// True to hold it for a few minutes while the citizen decides; then confirm it.
    hold: bool,
    /// The names of the others, where more than one come; of all, where it is for none of them that the citizen comes.
    #[oai(default, validator(max_items = 19, max_length = 100))]
    #[serde(default)]
    companions: Vec<String>,
    /// Where to come to, for a visit at home (where the citizen lives, if it is not said); whom to ring, for a telephone
    /// call.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

impl poem_openapi::types::Example for AppointmentWish {
    fn example() -> Self {
        Self {
            service_id: ServiceId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001)),
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            starts_at: Instant::kept(DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default()),
            persons: 2,
            hold: true,
            companions: vec!["Emma".to_owned()],
            contact: None,
        }
    }
}

/// Another time or place for a visit.
#[derive(Object, Deserialize)]
#[oai(example, skip_serializing_if_is_none)]
pub struct AppointmentMove {
    /// The location of the new start, as `location_id` of that start says.
    location_id: LocationId,
    /// When: one of the free starts.
    starts_at: Instant,
    /// Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

impl poem_openapi::types::Example for AppointmentMove {
    fn example() -> Self {
        Self {
            location_id: LocationId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0002)),
            starts_at: Instant::kept(DateTime::from_timestamp(1_803_981_600, 0).unwrap_or_default()),
            contact: None,
        }
    }
}

/// A reminder of a visit that will be sent.
#[derive(Object)]
pub struct ReminderOut {
    /// When the reminder will be sent, an instant in UTC.
    at: Timestamp,
    /// `push` where a phone of the citizen's will show it, `inbox` where it only lies ready in the app.
    by: String,
}

/// A visit.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AppointmentOut {
    /// The id of the visit, which `/v1/appointments/{appointment_id}` takes.
    id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// What a code to be scanned holds.
    qr: String,
    /// `held`, `booked`, `cancelled` or `lapsed`.
    state: String,
    /// When the visit begins, an instant in UTC; show it in the town's time zone.
    starts_at: Timestamp,
    /// When the visit ends, an instant in UTC.
    ends_at: Timestamp,
    /// The day that the town's calendar shows then.
    day: NaiveDate,
    /// How many come together.
    persons: i64,
    /// Until when it is held.
    held_until: Option<Timestamp>,
    /// Whether it may be held for as long again.
    extendable: bool,
    /// The names of the others who come.
    companions: Vec<String>,
    /// Where to come to, or whom to ring; absent at a town hall.
    contact: Option<String>,
    /// The entry of the waiting list that this hold is offered to: confirmed, it takes the place of the visit that was to be
    /// earlier, which keeps its reference.
    waiting_id: Option<WaitingId>,
    /// The reminders that will be sent, as things stand now: a phone that is added or removed, or news that is muted,
    /// changes it.
    reminders: Vec<ReminderOut>,
    /// The booked service, with its texts in the citizen's language.
    service: ServiceOut,
    /// The location of the visit, with its texts in the citizen's language.
    location: PlaceOut,
}

/// A page of visits that are over or off.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PastPage {
    /// The visits of this page, the latest first.
    appointments: Vec<AppointmentOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

pub(super) fn appointment_out(
    v: Visit,
    reminders: &[Reminding],
    catalogue: &Catalogue,
    language: Language,
    town: &Municipality,
) -> Result<AppointmentOut, Failure> {
    let known = catalogue.services.get(&v.service_id).zip(catalogue.locations.get(&v.location_id));
    let (service, location) = known.ok_or_else(|| Failure::internal("a visit for what is not in the catalogue"))?;
    Ok(AppointmentOut {
        id: v.id,
        qr: format!("thuisloket:{}:{}", town.key, v.reference),
        reference: v.reference,
        day: v.starts_at.with_timezone(&town.zone).date_naive(),
        starts_at: v.starts_at.into(),
        ends_at: v.ends_at.into(),
        persons: v.persons,
        held_until: v.held_until.filter(|_| v.state == VisitState::Held).map(Timestamp::from),
        extendable: v.state == VisitState::Held && !v.extended && v.waiting_id.is_none(),
        companions: v.companions.0,
        contact: Some(v.contact).filter(|c| !c.is_empty()),
        waiting_id: v.waiting_id,
        reminders: reminders
            .iter()
            .map(|(at, by)| ReminderOut { at: (*at).into(), by: by.as_str().to_owned() })
            .collect(),
        state: v.state.to_string(),
        service: service_out(service, language, town),
        location: place_out(location, language, town),
    })
}

/// A visit for a calendar.
#[derive(ApiResponse)]
pub enum CalendarOut {
    /// iCalendar (RFC 5545). The same event whatever becomes of the visit.
    #[oai(status = 200, content_type = "text/calendar; charset=utf-8")]
    Ok(
        PlainText<String>,
        /// What to call the file.
        #[oai(header = "content-disposition")]
        String,
    ),
}

/// What an operation about a citizen's visit reads first.
async fn around(
    app: &App,
    catalogues: &Catalogues,
    who: &Citizen,
) -> Result<(std::sync::Arc<Catalogue>, Language), Failure> {
    let mut r = app.db.read().await?;
    Ok((catalogues.of(&mut r, &who.town).await?, language_of(&mut r, who).await?))
}

async fn shown(
    app: &App,
    catalogues: &Catalogues,
    who: &Citizen,
    visit: Visit,
) -> Result<Json<AppointmentOut>, Failure> {
    let (catalogue, language) = around(app, catalogues, who).await?;
    let reminders =
        booking::reminders_of(app, catalogues, who, std::slice::from_ref(&visit)).await?.pop().unwrap_or_default();
    Ok(Json(appointment_out(visit, &reminders, &catalogue, language, &who.town)?))
}

/// What to wait for.
#[derive(Object, Deserialize)]
#[oai(example, skip_serializing_if_is_none)]
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
    /// Where to come to, or whom to ring, where that is needed.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

impl poem_openapi::types::Example for WaitingWish {
    fn example() -> Self {
        Self {
            appointment_id: None,
            service_id: Some(ServiceId(uuid::Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001))),
            persons: Some(1),
            location_ids: vec![],
            weekdays: vec![1, 3],
            from_on: NaiveDate::from_ymd_opt(2027, 3, 1).map(Day::kept),
            until_on: NaiveDate::from_ymd_opt(2027, 4, 1).map(Day::kept),
            companions: vec![],
            contact: None,
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

/// Operations on appointments.
#[derive(Default)]
pub struct AppointmentsApi;

#[expect(clippy::too_many_arguments, reason = "the parameters of an operation")]
#[OpenApi(prefix_path = "/v1")]
impl AppointmentsApi {
    /// List what can be booked
    ///
    /// Services and locations, in the citizen's language.
    #[oai(path = "/services", method = "get", operation_id = "list_services")]
    async fn services(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
    ) -> Result<Json<OfferOut>, Failure> {
        let (catalogue, language) = around(&app, &catalogues, &who.0).await?;
        let town = &who.0.town;
        Ok(Json(OfferOut {
            services: catalogue
                .services
                .values()
                .filter(|s| s.active)
                .map(|s| service_out(s, language, town))
                .collect(),
            locations: catalogue
                .locations
                .values()
                .filter(|l| l.active)
                .map(|l| {
                    let open = open_from(town, l, app.clock.now(), OPEN_DAYS);
                    let opening =
                        open.into_iter().map(|s| OpenOut { from: s.from.into(), until: s.until.into() }).collect();
                    PlaceOut { opening: Some(opening), ..place_out(l, language, town) }
                })
                .collect(),
        }))
    }

    /// List free starts
    ///
    /// The earliest first, within the days that are asked and the service's horizon: of whole days, some five hundred, of two
    /// months at most. Where there may be more, `x-next-from` says from which day to ask on.
    #[oai(path = "/services/:service_id/starts", method = "get", operation_id = "list_free_starts")]
    async fn starts(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        service_id: Path<ServiceId>,
        /// At this location only.
        location_id: Query<Option<LocationId>>,
        /// From this day on; today if it is not said.
        from: Query<Option<Day>>,
        /// Up to and with this day.
        until: Query<Option<Day>>,
        /// How many come together; one if it is not said.
        persons: Query<Option<i64>>,
    ) -> Result<StartsOut, Failure> {
        let search = Search {
            service: service_id.0,
            location: location_id.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
            persons: persons.0.unwrap_or(1),
        };
        let found = search::search(&app, &catalogues, &who.0.town, search).await?;
        let starts = found.starts.into_iter().map(|s| start_out(s, &who.0.town)).collect();
        Ok(StartsOut::Ok(Json(starts), found.next_from.map(|day| day.to_string())))
    }

    /// Ask for the next free start
    ///
    /// At each location that has one, the earliest first.
    #[oai(path = "/services/:service_id/next", method = "get", operation_id = "list_next_free")]
    async fn next(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        service_id: Path<ServiceId>,
        /// How many come together; one if it is not said.
        persons: Query<Option<i64>>,
    ) -> Result<Json<Vec<StartOut>>, Failure> {
        let found = search::next_free(&app, &catalogues, &who.0.town, service_id.0, persons.0.unwrap_or(1)).await?;
        Ok(Json(found.into_iter().map(|s| start_out(s, &who.0.town)).collect()))
    }

    /// Book a visit, or hold its start
    ///
    /// A start is one person's: who comes second is told `slot_taken`, and what is free near it.
    #[oai(path = "/appointments", method = "post", operation_id = "book_appointment")]
    async fn book(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AppointmentWish>,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let AppointmentWish { service_id, location_id, starts_at, persons, hold, companions, contact } = body.0;
        let wish = Wish {
            service: service_id,
            location: location_id,
            starts_at: starts_at.get(),
            persons,
            hold,
            companions,
            contact: contact.unwrap_or_default(),
        };
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::book(&app, &catalogues, &booker, wish, &idempotency).await?;
        shown(&app, &catalogues, &who.0, visit).await
    }

    /// List my visits
    ///
    /// Those that are held or booked and not over, the next first.
    #[oai(path = "/appointments", method = "get", operation_id = "list_appointments")]
    async fn list(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
    ) -> Result<Json<Vec<AppointmentOut>>, Failure> {
        let rows = booking::list(&app, &who.0).await?;
        let (catalogue, language) = around(&app, &catalogues, &who.0).await?;
        let reminders = booking::reminders_of(&app, &catalogues, &who.0, &rows).await?;
        rows.into_iter()
            .zip(reminders)
            .map(|(v, reminders)| appointment_out(v, &reminders, &catalogue, language, &who.0.town))
            .collect::<Result<_, _>>()
            .map(Json)
    }

    /// List my past visits
    ///
    /// Those that are over, and those that were booked and are off, whoever cancelled them: the latest first. They are kept for
    /// a while only.
    #[oai(path = "/past-appointments", method = "get", operation_id = "list_past_appointments")]
    async fn past(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Visits on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<PastPage>, Failure> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (rows, next_cursor) = booking::past(&app, &who.0, cursor.0.as_deref(), limit).await?;
        let (catalogue, language) = around(&app, &catalogues, &who.0).await?;
        let one = |v| appointment_out(v, &[], &catalogue, language, &who.0.town);
        Ok(Json(PastPage { appointments: rows.into_iter().map(one).collect::<Result<_, _>>()?, next_cursor }))
    }

    /// Read one of my visits
    ///
    /// Whatever became of it.
    #[oai(path = "/appointments/:appointment_id", method = "get", operation_id = "get_appointment")]
    async fn get(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let visit = booking::get(&app, &Booker::Citizen(who.0.clone()), appointment_id.0).await?;
        shown(&app, &catalogues, &who.0, visit).await
    }

    /// Put a visit in my calendar
    ///
    /// As iCalendar. Fetched again, it moves or cancels the same event.
    #[oai(path = "/appointments/:appointment_id/calendar", method = "get", operation_id = "get_appointment_calendar")]
    async fn calendar(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
    ) -> Result<CalendarOut, Failure> {
        let visit = booking::get(&app, &Booker::Citizen(who.0.clone()), appointment_id.0).await?;
        let (catalogue, language) = around(&app, &catalogues, &who.0).await?;
        let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
        let (service, location) = known.ok_or_else(|| Failure::new(Code::NotFound))?;
        let name = format!("attachment; filename=\"{}.ics\"", visit.reference);
        Ok(CalendarOut::Ok(PlainText(calendar::file(language, &who.0.town, service, location, &visit)), name))
    }

    /// Confirm what is held
    ///
    /// A hold that lapsed is given if its start is still free.
    #[oai(path = "/appointments/:appointment_id/confirm", method = "post", operation_id = "confirm_appointment")]
    async fn confirm(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::confirm(&app, &catalogues, &booker, appointment_id.0, &idempotency).await?;
        shown(&app, &catalogues, &who.0, visit).await
    }

    /// Hold it for as long again
    ///
    /// Once, while it lasts.
    #[oai(path = "/appointments/:appointment_id/extend", method = "post", operation_id = "extend_hold")]
    async fn extend(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::extend(&app, &catalogues, &booker, appointment_id.0, &idempotency).await?;
        shown(&app, &catalogues, &who.0, visit).await
    }

    /// Move a visit
    ///
    /// It keeps its reference, and its old slot until it has the new one.
    #[oai(path = "/appointments/:appointment_id/move", method = "post", operation_id = "move_appointment")]
    async fn move_to(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AppointmentMove>,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let AppointmentMove { location_id, starts_at, contact } = body.0;
        let to = Start { starts_at: starts_at.get(), location: location_id };
        let moving = Moving { to, contact: contact.unwrap_or_default() };
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::move_to(&app, &catalogues, &booker, appointment_id.0, &moving, &idempotency).await?;
        shown(&app, &catalogues, &who.0, visit).await
    }

    /// Cancel a visit
    ///
    /// Its start is free at once.
    #[oai(path = "/appointments/:appointment_id", method = "delete", operation_id = "cancel_appointment")]
    async fn cancel(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        booking::cancel(&app, &catalogues, &booker, appointment_id.0, &idempotency).await
    }

    /// Join the waiting list
    ///
    /// For an earlier time than a visit has, or for the first that comes free where there is none. What is freed is held for
    /// whoever waits longest and whom it fits; they are told, and find it among their visits, held, with `waiting_id`:
    /// confirm it, or let it go.
    #[oai(path = "/waiting", method = "post", operation_id = "join_waiting_list")]
    async fn join(
        &self,
        app: Data<&App>,
        catalogues: Data<&Catalogues>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<WaitingWish>,
    ) -> Result<Json<WaitingOut>, Failure> {
        let b = body.0;
        let joining = Joining {
            replaces: b.appointment_id,
            service: b.service_id,
            persons: b.persons.unwrap_or(1),
            locations: b.location_ids,
            weekdays: b.weekdays,
            from_on: b.from_on.map(Day::get),
            until_on: b.until_on.map(Day::get),
            companions: b.companions,
            contact: b.contact.unwrap_or_default(),
        };
        let idempotency = key.by(who.0.session);
        Ok(Json(waiting::join(&app, &catalogues, &who.0, joining, &idempotency).await?.into()))
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
        catalogues: Data<&Catalogues>,
        who: Session,
        waiting_id: Path<WaitingId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        waiting::leave(&app, &catalogues, &who.0, waiting_id.0, &idempotency).await
    }
}
