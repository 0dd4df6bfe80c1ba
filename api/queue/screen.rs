//! The call display: a page for a screen that everyone sees, and its events. It shows which number goes to which desk, and
//! knows nothing else; so it needs no sign-in.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{Stream, stream};
use poem::{
    IntoResponse as _, Response, handler,
    web::{
        Data, Html, Path,
        sse::{Event, SSE},
    },
};
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::store::{self, List};
use crate::{
    appointments::{Catalogues, LocationId, catalogue::Location, letters::text},
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        language::{Language, say},
        openapi::page_policy,
        problem::{Code, Failure},
        time::local_day,
    },
};

/// Screens that one process serves.
const MAX_SCREENS: usize = 500;
/// Numbers that a screen shows.
const SHOWN: i64 = 6;
/// How often a screen looks by itself, for what another process called.
const LOOK: Duration = Duration::from_secs(2);
/// How often a quiet connection is kept open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// The page.
const PAGE: &str = include_str!("screen.html");

/// The screens that this process serves. Cheap to clone.
#[derive(Clone)]
pub struct Screens(Arc<Inner>);

struct Inner {
    bells: Mutex<HashMap<LocationId, watch::Sender<()>>>,
    places: Arc<Semaphore>,
    closing: CancellationToken,
}

impl Default for Screens {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(MAX_SCREENS));
        Self(Arc::new(Inner { bells: Mutex::default(), places, closing: CancellationToken::new() }))
    }
}

impl Screens {
    /// Something changed at a location: its screens look at once.
    pub fn ring(&self, location: LocationId) {
        let bells = self.0.bells.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(&location) {
            bell.send_replace(());
        }
    }

    /// Lets all screens go: the server stops, and another will have them.
    pub fn close(&self) {
        self.0.closing.cancel();
    }

    fn listen(&self, location: LocationId) -> watch::Receiver<()> {
        let mut bells = self.0.bells.lock().unwrap_or_else(PoisonError::into_inner);
        // Bells that nobody hears are taken down, so that there are never more than screens.
        bells.retain(|_, bell| bell.receiver_count() > 0);
        bells.entry(location).or_insert_with(|| watch::Sender::new(())).subscribe()
    }
}

/// What a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Scene {
    calls: Vec<Call>,
    waiting: i64,
}

/// A number and its desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Call {
    number: String,
    desk: String,
    /// Counted up when it is called again, so that it is said again.
    calls: i64,
    /// Whether they are called and not there yet.
    open: bool,
    /// What is said, in each language of the town.
    said: Vec<(&'static str, String)>,
}

async fn scene(app: &App, catalogues: &Catalogues, town: &Municipality, location: LocationId) -> sqlx::Result<Scene> {
    let today = local_day(town.zone, app.clock.now());
    let mut r = app.db.read().await?;
    let catalogue = catalogues.of(&mut r, town).await?;
    let called = store::of_day(&mut r, town.id, location, today, List::Called, SHOWN).await?;
    let waiting = store::count_waiting(&mut r, town.id, location, today).await?;
    let desks = catalogue.locations.get(&location).map(|l| l.desks.as_slice()).unwrap_or_default();
    let calls = called.into_iter().map(|t| {
        let desk = desks.iter().find(|d| Some(d.id) == t.desk_id).map_or_else(String::new, |d| d.name.clone());
        let args = [("number", t.number.as_str()), ("desk", desk.as_str())];
        let said = town.languages.iter().map(|l| (l.code(), say(*l, "screen-said", &args))).collect();
        Call { open: t.state == "called", calls: t.calls, said, number: t.number, desk }
    });
    Ok(Scene { calls: calls.collect(), waiting })
}

/// The town and location that a screen is of.
async fn place(
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    key: &str,
    location: LocationId,
) -> Result<(Arc<Municipality>, Location), Failure> {
    let town = towns.by_key(key).map_err(|_| Failure::new(Code::NotFound))?.clone();
    let catalogue = catalogues.of(&mut app.db.read().await?, &town).await?;
    let location = catalogue.location(location)?.clone();
    Ok((town, location))
}

/// The page of a location's screen.
#[handler]
pub async fn page(
    app: Data<&App>,
    towns: Data<&Municipalities>,
    catalogues: Data<&Catalogues>,
    Path((key, location)): Path<(String, uuid::Uuid)>,
) -> Result<Response, Failure> {
    let (town, location) = place(&app, &towns, &catalogues, &key, LocationId(location)).await?;
    let language = town.languages.first().copied().unwrap_or(Language::Nl);
    let mut html = PAGE.replace("{lang}", language.code());
    for (name, value) in [
        ("{place}", text(&location.names, language, &town).to_owned()),
        ("{town}", town.name(language).to_owned()),
        ("{now}", say(language, "screen-now", &[])),
        ("{nobody}", say(language, "screen-nobody", &[])),
        ("{waiting}", say(language, "screen-waiting", &[])),
        ("{lost}", say(language, "screen-lost", &[])),
        ("{sound}", say(language, "screen-sound", &[])),
    ] {
        html = html.replace(name, &escaped(&value));
    }
    let policy = page_policy(&html);
    Ok(Html(html).with_header("content-security-policy", policy).into_response())
}

/// What happens at a location, as server-sent events: what its screen shows, whenever that changes.
#[handler]
pub async fn events(
    app: Data<&App>,
    towns: Data<&Municipalities>,
    catalogues: Data<&Catalogues>,
    screens: Data<&Screens>,
    Path((key, location)): Path<(String, uuid::Uuid)>,
) -> Result<Response, Failure> {
    let location = LocationId(location);
    let (town, _) = place(&app, &towns, &catalogues, &key, location).await?;
    let Screens(inner) = screens.0;
    let seat = inner.places.clone().try_acquire_owned().map_err(|_| Failure::new(Code::Overloaded))?;
    let watching = Watching {
        app: app.clone(),
        catalogues: catalogues.clone(),
        town,
        location,
        bell: screens.listen(location),
        closing: inner.closing.clone(),
        last: None,
        _seat: seat,
    };
    Ok(SSE::new(watching.scenes()).keep_alive(KEEP_ALIVE).into_response())
}

/// One screen that is served.
struct Watching {
    app: App,
    catalogues: Catalogues,
    town: Arc<Municipality>,
    location: LocationId,
    bell: watch::Receiver<()>,
    closing: CancellationToken,
    last: Option<Scene>,
    _seat: OwnedSemaphorePermit,
}

impl Watching {
    fn scenes(self) -> impl Stream<Item = Event> {
        stream::unfold(self, |mut watching| async move {
            let event = watching.next().await?;
            Some((event, watching))
        })
    }

    /// The next scene that differs from the last; none when the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            match scene(&self.app, &self.catalogues, &self.town, self.location).await {
                Ok(scene) if self.last.as_ref() != Some(&scene) => {
                    let text = serde_json::to_string(&scene).ok()?;
                    self.last = Some(scene);
                    return Some(Event::message(text));
                }
                Ok(_) => {}
                // The screen shows what it showed, and looks again.
                Err(error) => tracing::warn!(error = %error, "a screen cannot be told what happens"),
            }
            tokio::select! {
                () = self.closing.cancelled() => return None,
                _ = self.bell.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}
