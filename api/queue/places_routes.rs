//! `/v1/locations`: where the town receives people, when, and how long one waits there now.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    model::{Here, Place},
    places,
};
use crate::{
    appointments::{LocationId, ServiceId, catalogue::routes::OpenOut, notices::text},
    identity::{access::Session, language_of},
    municipalities::Municipality,
    platform::{App, language::Language, problem::Failure, values::Timestamp},
};

/// A day that is unlike its weekday.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct UnlikeOut {
    /// The day that is unlike its weekday, of the town's calendar.
    day: NaiveDate,
    /// When it opens that day, in minutes after midnight of the town's clock; absent where it stays closed.
    opens: Option<i64>,
    /// When it closes that day, in minutes after midnight of the town's clock; absent where it stays closed.
    closes: Option<i64>,
}

/// What is served at a location, and when.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ServedOut {
    /// The id of the service, as in `GET /v1/services`.
    id: ServiceId,
    /// Its name, in the citizen's language.
    name: String,
    /// When somebody is there who serves it, today and on the six days after, in order.
    opening: Vec<OpenOut>,
    /// How many wait now for the desks that serve it.
    waiting: i64,
    /// How many minutes one waits who takes a number now; absent while no desk that serves it is manned, and while
    /// it is closed or stopped.
    wait_minutes: Option<i64>,
}

/// How long those waited who were called today without an appointment.
#[derive(Object)]
pub struct WaitsOut {
    /// Minutes: half of them waited no longer.
    half: i64,
    /// Minutes: nine in ten of them waited no longer.
    nine_in_ten: i64,
}

/// A location: when it is open, and how long one waits.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LocationOut {
    /// The id of the location, a UUID.
    id: LocationId,
    /// `town_hall`, `home`, `telephone` or `video`.
    kind: String,
    /// Its name, in the citizen's language.
    name: String,
    /// The address, to show and to look up on a map; empty where one does not go there.
    address: String,
    /// How it can be entered, in the citizen's language.
    accessibility: String,
    /// The latitude of the location, in degrees (WGS84); absent where it is not known.
    latitude: Option<f64>,
    /// The longitude of the location, in degrees (WGS84); absent where it is not known.
    longitude: Option<f64>,
    /// The telephone number of the town.
    phone: String,
    /// Whether it is open now, and receives people.
    is_open: bool,
    /// Whether it would be open now, and is interrupted for a moment: nobody is called, and no numbers are given.
    is_stopped: bool,
    /// When it opens next; absent while it is open or interrupted, and where nobody knows.
    opens_at: Option<Timestamp>,
    /// When it is open, today and on the six days after, sudden closings taken out; in order.
    opening: Vec<OpenOut>,
    /// The times of the days of the next month that are unlike their weekday, in order: holidays and sudden closings too.
    exceptions: Vec<UnlikeOut>,
    /// When it is closed for a sudden reason, now or later.
    closures: Vec<OpenOut>,
    /// What is served there.
    services: Vec<ServedOut>,
    /// How many wait there now.
    waiting: i64,
    /// How long one waited today; absent while too few were called.
    waits: Option<WaitsOut>,
    /// The hours of today, from 0 to 23, in which one usually waits little; empty where that is not known, or one never waits long.
    quiet_hours: Vec<u32>,
}

fn location_out(place: &Place, language: Language, town: &Municipality, now: DateTime<Utc>) -> LocationOut {
    let l = &place.location;
    // Each time of a day that is unlike its weekday; of one that stays closed, none.
    let exceptions = places::unlike(town, l, now).into_iter().flat_map(|(day, open)| {
        let open = if open.is_empty() { vec![None] } else { open.into_iter().map(Some).collect() };
        open.into_iter().map(move |hours: Option<(i64, i64)>| UnlikeOut {
            day,
            opens: hours.map(|h| h.0),
            closes: hours.map(|h| h.1),
        })
    });
    let served = |here: &Here| ServedOut {
        id: here.service.id,
        name: text(&here.service.names, language, town).to_owned(),
        opening: OpenOut::all(&here.open),
        waiting: here.waiting,
        wait_minutes: here.wait_minutes,
    };
    LocationOut {
        id: l.id,
        kind: l.kind.to_string(),
        name: text(&l.names, language, town).to_owned(),
        // The link of a video visit is for who has one.
        address: if l.is_hall() { l.address.clone() } else { String::new() },
        accessibility: text(&l.accessibility, language, town).to_owned(),
        latitude: l.latitude,
        longitude: l.longitude,
        phone: town.contact.phone.clone(),
        is_open: place.is_open,
        is_stopped: place.is_stopped,
        opens_at: place.opens_at.map(Timestamp::from),
        opening: OpenOut::all(&place.open),
        exceptions: exceptions.collect(),
        closures: OpenOut::all(&l.closures),
        services: place.services.iter().map(served).collect(),
        waiting: place.waiting,
        waits: place.waits.map(|w| WaitsOut { half: w.half, nine_in_ten: w.nine_in_ten }),
        quiet_hours: place.quiet_hours.clone(),
    }
}

/// Operations on locations.
#[derive(Default)]
pub struct PlacesApi;

#[OpenApi(prefix_path = "/v1")]
impl PlacesApi {
    /// List the locations
    ///
    /// Where the town receives people: when it is open, what is served, and how long one waits now.
    #[oai(path = "/locations", method = "get", operation_id = "list_locations")]
    async fn all(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<LocationOut>>, Failure> {
        let language = language_of(&mut app.db.read().await?, &who.0).await?;
        let places = places::all(&app, &who.0.town).await?;
        let now = app.clock.now();
        Ok(Json(places.iter().map(|p| location_out(p, language, &who.0.town, now)).collect()))
    }

    /// Read a location
    ///
    /// When it is open, what is served, and how long one waits now.
    #[oai(path = "/locations/:location_id", method = "get", operation_id = "get_location")]
    async fn one(
        &self,
        app: Data<&App>,
        who: Session,
        location_id: Path<LocationId>,
    ) -> Result<Json<LocationOut>, Failure> {
        let language = language_of(&mut app.db.read().await?, &who.0).await?;
        let place: Arc<Place> = places::one(&app, &who.0.town, location_id.0).await?;
        let now = app.clock.now();
        Ok(Json(location_out(&place, language, &who.0.town, now)))
    }
}
