//! `/staff/v1/services/{id}/starts`: when somebody who is at the counter or on the telephone can come.

use poem::web::Data;
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    known::Catalogue,
    routes::{OfferOut, StartOut, StartsOut, place_out, service_out, start_out},
};
use crate::{
    appointments::{
        model::{LocationId, ServiceId},
        search::{self, Search},
    },
    platform::{App, problem::Failure, values::Day},
    staff::access::{As, Counter},
};

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
    async fn offer(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<OfferOut>, Failure> {
        let town = &who.0.town;
        let catalogue = Catalogue::of(&app, &mut app.db.read().await?, town).await?;
        let language = town.language_for(None);
        let services = catalogue.services.values().filter(|s| s.active);
        let locations = catalogue.locations.values().filter(|l| l.active);
        Ok(Json(OfferOut {
            services: services.map(|s| service_out(s, language, town)).collect(),
            locations: locations.map(|l| place_out(l, language, town)).collect(),
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
    ) -> Result<StartsOut, Failure> {
        let search = Search {
            service: service_id.0,
            location: location_id.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
            persons: persons.0.unwrap_or(1),
        };
        let found = search::search_for_staff(&app, &who.0.town, search).await?;
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
    ) -> Result<Json<Vec<StartOut>>, Failure> {
        let found = search::next_free_for_staff(&app, &who.0.town, service_id.0, persons.0.unwrap_or(1)).await?;
        Ok(Json(found.into_iter().map(|s| start_out(s, &who.0.town)).collect()))
    }
}
