//! A kiosk: what it shows of a hall, and the page that runs on it.

use poem::{
    IntoResponse as _, Response, handler,
    web::{Data, Html, Path},
};

use super::{day::Day, offered, screen::place};
use crate::{
    administration::Sender,
    appointments::{
        Catalogue, LocationId,
        catalogue::{Service, Texts, is_open},
        notices::text,
    },
    identity::pages::escaped,
    platform::{
        App,
        access::Scope,
        openapi::page_policy,
        problem::{Code, Failure},
    },
};

/// The page.
const PAGE: &str = include_str!("kiosk.html");

/// What a kiosk shows.
pub struct Shown {
    /// The name of its location.
    pub names: Texts,
    /// Whether it gives numbers now.
    pub is_open: bool,
    /// Whether it would be open now, and staff stopped it for a moment.
    pub is_stopped: bool,
    /// What one can come for, in its order, each with how many wait for it and how many minutes one waits.
    pub services: Vec<(Service, i64, Option<i64>)>,
}

/// What a kiosk of a location shows now.
///
/// # Errors
/// `not_found`, `scope_missing`.
pub async fn read(app: &App, by: &Sender, location: LocationId) -> Result<Shown, Failure> {
    by.may(Scope::CheckIn)?;
    let town = by.town();
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let place = catalogue.location(location)?;
    if !place.is_hall() {
        return Err(Failure::new(Code::NotFound));
    }
    let day = Day::read(&mut r, app, town, location).await?;
    let mut services: Vec<_> = catalogue.services.values().filter(|s| offered(place, s)).cloned().collect();
    let first = town.language_for(None);
    services.sort_by(|a, b| (a.names.get(&first), a.id).cmp(&(b.names.get(&first), b.id)));
    let services = services
        .into_iter()
        .map(|service| {
            let (waiting, minutes) = day.newcomer(app, &catalogue, location, service.id);
            (service, waiting, minutes)
        })
        .collect();
    let by_hours = is_open(town, place, app.clock.now());
    Ok(Shown {
        names: place.names.clone(),
        is_open: by_hours && day.stopped_at.is_none(),
        is_stopped: by_hours && day.stopped_at.is_some(),
        services,
    })
}

/// The page of a kiosk. It knows nothing until it is given a machine's key.
#[handler]
pub async fn page(app: Data<&App>, Path((key, location)): Path<(String, uuid::Uuid)>) -> Result<Response, Failure> {
    let (town, location) = place(&app, &key, LocationId(location)).await?;
    if !location.is_hall() {
        return Err(Failure::new(Code::NotFound));
    }
    let first = town.language_for(None);
    let title = format!("{} · {}", text(&location.names, first, &town), town.name(first));
    let html = PAGE
        .replace("{lang}", first.code())
        .replace("{title}", &escaped(&title))
        .replace("{municipality_id}", &escaped(&town.key))
        .replace("{location_id}", &location.id.to_string());
    let policy = page_policy(&html);
    Ok(Html(html).with_header("content-security-policy", policy).into_response())
}
