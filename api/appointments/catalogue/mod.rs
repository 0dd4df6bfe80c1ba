//! The catalogue: what can be booked, where, at which desks, and when these are open. Staff who plan edit it whole, a
//! service or a location at a time.

pub mod counter_routes;
pub mod history;
pub(super) mod known;
pub mod routes;
pub(super) mod rules;
pub mod staff_routes;
pub(super) mod store;
pub mod texts;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    appointments::{
        booking::store as visit_store,
        model::{CannotPlan, CatalogueFull, LocationId, ServiceId, Visit},
        placing,
    },
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::MunicipalityId,
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
    },
    staff::Staff,
};

pub use super::model::{Desk, Location, LocationKind, Needs, Service, Texts};
use history::Planned;
pub use known::{Catalogue, Catalogues};
use rules::{MOST, stands, would_strand};
pub use rules::{days, is_open, midnight, open_from, without};

/// The town's services, in no order.
///
/// # Errors
/// The database.
pub async fn services(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<Service>> {
    store::services(r, town.id).await
}

/// The town's locations, whole.
///
/// # Errors
/// The database.
pub async fn locations(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<Location>> {
    store::locations(r, town.id, None).await
}

/// Makes or changes a service. `version` must be the one that was read; 0 for a new one. `as_plan` writes it as it is kept.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `catalogue_full`; `would_strand`, which names the appointments.
pub async fn put_service(
    app: &App,
    who: &Staff,
    service: Service,
    strand: bool,
    as_plan: fn(&Service) -> Value,
) -> Result<Service, Refused<CannotPlan>> {
    service.check()?;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    // Who books it at this moment is waited for, and is found.
    placing::change_plan(&mut w, service.id.0).await?;
    let before = store::services(&mut w, who.town.id).await?.into_iter().find(|s| s.id == service.id);
    if service.version == 0 && store::count_services(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(CatalogueFull::refused().into());
    }
    if !store::put_service(&mut w, who.town.id, &service, now).await? {
        return Err(EditedMeanwhile::refused().into());
    }
    let kept = before.as_ref().map(|s| (s.version, as_plan(s)));
    if !strand && !service.active && before.is_some_and(|s| s.active) {
        let mut lost = Vec::new();
        for location in store::locations(&mut w, who.town.id, None).await? {
            let visits = visit_store::visits_from(&mut w, who.town.id, location.id, now).await?;
            lost.extend(visits.into_iter().filter(|v| v.service_id == service.id));
        }
        would_strand(lost)?;
    }
    // Shorter visits and less notice make earlier starts free, everywhere.
    for location in store::location_ids(&mut w, who.town.id).await? {
        placing::note_freed(&mut w, app, who.town.id, location).await?;
    }
    let service = Service { version: service.version + 1, ..service };
    let saved = (service.version, as_plan(&service));
    history::keep(&mut w, app, who, (Planned::Service, service.id.0), (saved, kept)).await?;
    audit::record(&mut w, app, who, &[Entry::on(Act::CatalogueChanged, service.id.0)]).await?;
    w.commit().await?;
    Ok(service)
}

/// Makes or changes a location with its hours and desks. Appointments that could not take place any more are told, and
/// nothing is changed, unless `strand` says that it shall be all the same. `as_plan` writes it as it is kept.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `catalogue_full`; `would_strand`, which names the appointments.
pub async fn put_location(
    app: &App,
    who: &Staff,
    location: Location,
    strand: bool,
    as_plan: fn(&Location) -> Value,
) -> Result<Location, Refused<CannotPlan>> {
    location.check()?;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    // Who books there at this moment is waited for, and is found; who comes after finds the new plan.
    placing::change_plan(&mut w, location.id.0).await?;
    let before = store::locations(&mut w, who.town.id, Some(location.id)).await?.pop();
    let services: BTreeMap<ServiceId, Service> =
        store::services(&mut w, who.town.id).await?.into_iter().map(|s| (s.id, s)).collect();
    for (i, desk) in location.desks.iter().enumerate() {
        if desk.services.iter().any(|id| !services.contains_key(id)) {
            let field = format!("desks[{i}].services");
            return Err(Failure::field(Code::BodyInvalid, &field, "names a service that is not planned").into());
        }
    }
    if location.version == 0 && store::count_locations(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(CatalogueFull::refused().into());
    }
    // Before anything else is said of it: whoever has an old plan is told so. What follows may undo it.
    match store::put_location(&mut w, who.town.id, &location, now).await? {
        store::Put::Done => {}
        store::Put::Stale => return Err(EditedMeanwhile::refused().into()),
        store::Put::DeskElsewhere(n) => {
            return Err(
                Failure::field(Code::BodyInvalid, &format!("desks[{n}].id"), "is a desk of another location").into()
            );
        }
    }
    placing::note_freed(&mut w, app, who.town.id, location.id).await?;
    let kept = before.as_ref().map(|l| (l.version, as_plan(l)));
    if let Some(before) = before.filter(|_| !strand) {
        // What could not take place before is on its list already, and what a closing hits is moved by it.
        let (before, after) = (Location { closures: Vec::new(), ..before }, &location);
        let visits = visit_store::visits_from(&mut w, who.town.id, location.id, now).await?;
        let newly = |v: &Visit| {
            let service = services.get(&v.service_id);
            service.is_some_and(|s| stands(&who.town, s, &before, v) && !stands(&who.town, s, after, v))
        };
        would_strand(visits.into_iter().filter(newly).collect())?;
    }
    let location = Location { version: location.version + 1, ..location };
    let saved = (location.version, as_plan(&location));
    history::keep(&mut w, app, who, (Planned::Location, location.id.0), (saved, kept)).await?;
    audit::record(&mut w, app, who, &[Entry::on(Act::CatalogueChanged, location.id.0)]).await?;
    w.commit().await?;
    Ok(location)
}

/// The locations whose plan, or the plan of a service of their town, changed since.
///
/// # Errors
/// The database.
pub async fn changed_since(r: &mut Read, since: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    store::changed_since(r, since).await
}
