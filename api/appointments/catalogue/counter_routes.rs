//! `/staff/v1/services/{id}/starts`: when somebody who is at the counter or on the telephone can come.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    known::Catalogue,
    routes::{PlaceOut, ServiceOut, StartOut, StartsOut, place_out, service_out, start_out},
};
use crate::{
    appointments::{
        model::{AppointmentId, LocationId, ServiceId},
        search::{self, Search},
    },
    audit::Reason,
    platform::{App, ids::ResidentId, problem::Failure, values::Day},
    staff::access::{As, Counter},
};

/// What a town offers, as the counter books it.
#[derive(Object)]
pub struct CounterOfferOut {
    /// What can be booked.
    services: Vec<ServiceOut>,
    /// The locations where services can be booked.
    locations: Vec<PlaceOut>,
    /// Where each service is done: at a location where no desk does it, it is never free.
    served: Vec<ServiceAtOut>,
}

/// Where a service is done.
#[derive(Object)]
pub struct ServiceAtOut {
    /// The id of the service, which bookings name as `service_id`.
    service_id: ServiceId,
    /// The ids of the locations with a desk that does it; empty where none has.
    location_ids: Vec<LocationId>,
}

/// What the counter can book for somebody, and when.
#[derive(Default)]
pub struct CounterCatalogueApi;

#[expect(clippy::too_many_arguments, reason = "the parameters of an operation")]
#[OpenApi(prefix_path = "/staff/v1")]
impl CounterCatalogueApi {
    /// List what can be booked for somebody
    ///
    /// Services and locations that take visits, in the town's first language.
    #[oai(path = "/offer", method = "get", operation_id = "list_offer")]
    async fn offer(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<CounterOfferOut>, Failure> {
        let town = &who.0.town;
        let catalogue = Catalogue::of(&app, &mut app.db.read().await?, town).await?;
        let language = town.language_for(None);
        let services: Vec<_> = catalogue.services.values().filter(|s| s.active).collect();
        let locations: Vec<_> = catalogue.locations.values().filter(|l| l.active).collect();
        let served = |service: ServiceId| ServiceAtOut {
            service_id: service,
            location_ids: locations
                .iter()
                .filter(|l| l.desks.iter().any(|d| d.active && d.services.contains(&service)))
                .map(|l| l.id)
                .collect(),
        };
        Ok(Json(CounterOfferOut {
            served: services.iter().map(|s| served(s.id)).collect(),
            services: services.iter().map(|s| service_out(s, language, town)).collect(),
            locations: locations.iter().map(|l| place_out(l, language, town)).collect(),
        }))
    }

    /// List free starts for somebody
    ///
    /// As for who books in the app, and those that are too soon for them: somebody who is there, or on the telephone, needs no notice.
    /// Where there may be more, `x-next-from` says from which day to ask on.
    #[oai(path = "/services/:service_id/starts", method = "get", operation_id = "list_free_starts_for_somebody")]
    async fn starts(
        &self,
        app: Data<&App>,
        who: As<Counter>,
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
        /// Who is to come: no start at which they are at another visit.
        resident_id: Query<Option<ResidentId>>,
        /// The visit that is to be moved: none at which somebody of it is at another visit.
        appointment_id: Query<Option<AppointmentId>>,
        /// Why, where it is said who comes or which visit is moved, as it tells when they are elsewhere; the citizen can read it.
        reason: Query<Option<Reason>>,
    ) -> Result<StartsOut, Failure> {
        let search = Search {
            service: service_id.0,
            location: location_id.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
            persons: persons.0.unwrap_or(1),
        };
        let whom = search::whom_for_staff(&app, &who.0, (resident_id.0, appointment_id.0), reason.0).await?;
        let found = search::search_for_staff(&app, &who.0.town, search, &whom).await?;
        Ok(StartsOut::of(found, &who.0.town))
    }

    /// Ask for the next free start for somebody
    ///
    /// At each location that has one, the earliest first; no notice is needed.
    #[oai(path = "/services/:service_id/next", method = "get", operation_id = "list_next_free_for_somebody")]
    async fn next(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        service_id: Path<ServiceId>,
        /// How many come together, up to the service's `most_persons`; one if it is not said.
        #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
        persons: Query<Option<i64>>,
        /// Who is to come: no start at which they are at another visit.
        resident_id: Query<Option<ResidentId>>,
        /// The visit that is to be moved: none at which somebody of it is at another visit.
        appointment_id: Query<Option<AppointmentId>>,
        /// Why, where it is said who comes or which visit is moved, as it tells when they are elsewhere; the citizen can read it.
        reason: Query<Option<Reason>>,
    ) -> Result<Json<Vec<StartOut>>, Failure> {
        let whom = search::whom_for_staff(&app, &who.0, (resident_id.0, appointment_id.0), reason.0).await?;
        let persons = persons.0.unwrap_or(1);
        let found = search::next_free_for_staff(&app, &who.0.town, service_id.0, persons, &whom).await?;
        Ok(Json(found.into_iter().map(|s| start_out(s, &who.0.town)).collect()))
    }
}
