//! `/v1/services`: what can be booked, and when.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{known::Catalogue, rules::open_from};
use crate::{
    appointments::{
        model::{AppointmentId, Location, LocationId, Needs, Service, ServiceId, Span},
        notices::text,
        search::{self, Search, Start},
    },
    identity::{Citizen, access::Session, language_of},
    mandates::access::{ForCitizen, Seek, Visits},
    municipalities::Municipality,
    platform::{
        App,
        language::Language,
        problem::Failure,
        values::{Day, Timestamp},
    },
};

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
    /// The address, to show and to look up on a map. Of a `video` visit, its own link, which is nobody else's; where no visit is, empty.
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

impl OpenOut {
    /// Each of several.
    pub(crate) fn all(spans: &[Span]) -> Vec<Self> {
        spans.iter().map(|s| Self { from: s.from.into(), until: s.until.into() }).collect()
    }
}

/// A location, without a visit.
pub(crate) fn place_out(l: &Location, language: Language, town: &Municipality) -> PlaceOut {
    place_of_visit(l, "", language, town)
}

/// The location of a visit with this contact.
pub(crate) fn place_of_visit(l: &Location, contact: &str, language: Language, town: &Municipality) -> PlaceOut {
    PlaceOut {
        opening: None,
        id: l.id,
        kind: l.kind.to_string(),
        name: text(&l.names, language, town).to_owned(),
        address: l.address_of(contact),
        accessibility: text(&l.accessibility, language, town).to_owned(),
        latitude: l.latitude,
        longitude: l.longitude,
    }
}

/// What a town offers.
#[derive(Object)]
pub struct OfferOut {
    /// What can be booked.
    pub(super) services: Vec<ServiceOut>,
    /// The locations where services can be booked.
    pub(super) locations: Vec<PlaceOut>,
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

impl StartsOut {
    /// What a search found.
    pub(super) fn of(found: search::Found, town: &Municipality) -> Self {
        let starts = found.starts.into_iter().map(|start| start_out(start, town)).collect();
        Self::Ok(Json(starts), found.next_from.map(|day| day.to_string()))
    }
}

/// What an operation about a citizen's visit reads first.
pub async fn around(app: &App, who: &Citizen) -> Result<(std::sync::Arc<Catalogue>, Language), Failure> {
    let mut r = app.db.read().await?;
    Ok((Catalogue::of(app, &mut r, &who.town).await?, language_of(&mut r, who).await?))
}

/// What a citizen can book, and when.
#[derive(Default)]
pub struct CatalogueApi;

#[expect(clippy::too_many_arguments, reason = "the parameters of an operation")]
#[OpenApi(prefix_path = "/v1")]
impl CatalogueApi {
    /// List what can be booked
    ///
    /// Services and locations, in the citizen's language.
    #[oai(path = "/services", method = "get", operation_id = "list_services")]
    async fn services(&self, app: Data<&App>, who: Session) -> Result<Json<OfferOut>, Failure> {
        let (catalogue, language) = around(&app, &who.0).await?;
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
                    let opening = OpenOut::all(&open_from(town, l, app.clock.now(), OPEN_DAYS));
                    PlaceOut { opening: Some(opening), ..place_out(l, language, town) }
                })
                .collect(),
        }))
    }

    /// List free starts
    ///
    /// The earliest first, within the days that are asked and the service's horizon: of whole days, some five hundred, of two
    /// months at most. Where there may be more, `x-next-from` says from which day to ask on. None at which the citizen is at another visit.
    #[oai(path = "/services/:service_id/starts", method = "get", operation_id = "list_free_starts")]
    async fn starts(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Seek, Visits>,
        service_id: Path<ServiceId>,
        /// At this location only.
        location_id: Query<Option<LocationId>>,
        /// From this day on; today if it is not said.
        from: Query<Option<Day>>,
        /// Up to and with this day.
        until: Query<Option<Day>>,
        /// How many come together, up to the service's `most_persons`; one if it is not said.
        #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
        persons: Query<Option<i64>>,
        /// The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well.
        appointment_id: Query<Option<AppointmentId>>,
    ) -> Result<StartsOut, Failure> {
        let search = Search {
            service: service_id.0,
            location: location_id.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
            persons: persons.0.unwrap_or(1),
        };
        let whom = search::whom(&app, &who.0, appointment_id.0).await?;
        let found = search::search(&app, &who.0.town, search, &whom).await?;
        Ok(StartsOut::of(found, &who.0.town))
    }

    /// Ask for the next free start
    ///
    /// At each location that has one, the earliest first. None at which the citizen is at another visit.
    #[oai(path = "/services/:service_id/next", method = "get", operation_id = "list_next_free")]
    async fn next(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Seek, Visits>,
        service_id: Path<ServiceId>,
        /// How many come together, up to the service's `most_persons`; one if it is not said.
        #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
        persons: Query<Option<i64>>,
        /// The visit of the citizen's that is to be moved: it keeps them from no start, and whom it is for must be free as well.
        appointment_id: Query<Option<AppointmentId>>,
    ) -> Result<Json<Vec<StartOut>>, Failure> {
        let whom = search::whom(&app, &who.0, appointment_id.0).await?;
        let found = search::next_free(&app, &who.0.town, service_id.0, persons.0.unwrap_or(1), &whom).await?;
        Ok(Json(found.into_iter().map(|s| start_out(s, &who.0.town)).collect()))
    }
}
