//! The catalogue: what can be booked, where, at which desks, and when these are open. Staff who plan edit it whole, a
//! service or a location at a time.

pub mod counter_routes;
pub mod history;
pub(super) mod known;
pub mod preview;
pub mod preview_routes;
pub mod routes;
pub(super) mod rules;
pub mod staff_routes;
pub(super) mod store;
mod strands;
pub mod texts;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    appointments::{
        model::{CannotPlan, CatalogueFull, LocationId, ServiceId},
        placing,
    },
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::MunicipalityId,
        problem::{Refusal as _, Refused},
    },
    staff::Staff,
};

pub use super::model::{Desk, Location, LocationKind, Needs, Service, Texts};
use history::Planned;
pub use known::{Catalogue, Catalogues};
use rules::{MOST, desk_elsewhere, serves_what_is_planned, would_strand};
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
    // One that is there already is sent again, and takes no place.
    let is_new = service.version == 0 && before.is_none();
    if is_new && store::count_services(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(CatalogueFull::refused().into());
    }
    if !store::put_service(&mut w, who.town.id, &service, now).await? {
        let saved = Service { version: service.version.saturating_add(1), ..service };
        let of = (Planned::Service, saved.id.0);
        history::is_saved(&mut w, who, of, (saved.version, &as_plan(&saved))).await?;
        return Ok(saved);
    }
    let kept = before.as_ref().map(|s| (s.version, as_plan(s)));
    if !strand {
        would_strand(&strands::of_service(&mut w, &who.town, (before.as_ref(), &service), now).await?)?;
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
    serves_what_is_planned(&location, &services)?;
    // One that is there already is sent again, and takes no place.
    let is_new = location.version == 0 && before.is_none();
    if is_new && store::count_locations(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(CatalogueFull::refused().into());
    }
    // Before anything else is said of it: whoever has an old plan is told so. What follows may undo it.
    match store::put_location(&mut w, who.town.id, &location, now).await? {
        store::Put::Done => {}
        store::Put::Stale => {
            let saved = Location { version: location.version.saturating_add(1), ..location };
            let of = (Planned::Location, saved.id.0);
            history::is_saved(&mut w, who, of, (saved.version, &as_plan(&saved))).await?;
            return Ok(saved);
        }
        store::Put::DeskElsewhere(n) => return Err(desk_elsewhere(n).into()),
    }
    placing::note_freed(&mut w, app, who.town.id, location.id).await?;
    let kept = before.as_ref().map(|l| (l.version, as_plan(l)));
    strands::kind_stays(&mut w, &who.town, (before.as_ref(), &location), now).await?;
    if !strand {
        let change = (before.as_ref(), &location);
        would_strand(&strands::of_location(&mut w, &who.town, &services, change, now).await?)?;
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
