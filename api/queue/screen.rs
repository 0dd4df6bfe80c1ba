//! The call display: a page for a screen that everyone sees, and its events. It shows which number goes to which desk, and
//! knows nothing else; so it needs no sign-in.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{Stream, stream};
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{
        Data, Html, Path,
        sse::{Event, SSE},
    },
};
use serde::Serialize;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::store::{self, List};
use crate::{
    appointments::{Catalogues, LocationId, catalogue::Location, letters::text},
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        language::{Language, say},
        limits::{Place, Places},
        openapi::page_policy,
        problem::{Code, Failure},
        time::local_day,
    },
};

/// Screens that one process serves. They cost a connection each, and nothing else: what a location's screens show is looked up
/// once for all of them.
const MAX_SCREENS: usize = 2_000;
/// Screens of one address: a hall has a few, and several halls of a town may share an address.
const MAX_OF_ONE: usize = 20;
/// How long a screen's connection lasts before the browser makes another: one that nobody looks at any more ends.
const LASTS: Duration = Duration::from_secs(60 * 60);
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
    halls: Mutex<HashMap<LocationId, Hall>>,
    places: Places,
    closing: CancellationToken,
}

/// A location whose screens are served: one look for all of them.
struct Hall {
    bell: Arc<Notify>,
    scene: watch::Receiver<Option<Arc<str>>>,
}

impl Default for Screens {
    fn default() -> Self {
        let places = Places::new(MAX_SCREENS, MAX_OF_ONE);
        Self(Arc::new(Inner { halls: Mutex::default(), places, closing: CancellationToken::new() }))
    }
}

impl Screens {
    /// Something changed at a location: its screens look at once.
    pub fn ring(&self, location: LocationId) {
        let halls = self.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hall) = halls.get(&location) {
            hall.bell.notify_one();
        }
    }

    /// Lets all screens go: the server stops, and another will have them.
    pub fn close(&self) {
        self.0.closing.cancel();
    }

    /// What a location's screens show, from now on. Whoever comes first begins the look, which ends with the last of them.
    fn watch(&self, look: Look) -> watch::Receiver<Option<Arc<str>>> {
        let mut halls = self.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hall) = halls.get(&look.location).filter(|hall| hall.scene.has_changed().is_ok()) {
            return hall.scene.clone();
        }
        let (sender, scene) = watch::channel(None);
        let bell = Arc::new(Notify::new());
        halls.retain(|_, hall| hall.scene.has_changed().is_ok());
        halls.insert(look.location, Hall { bell: bell.clone(), scene: scene.clone() });
        tokio::spawn(look.go_on(sender, bell, self.clone()));
        scene
    }
}

/// One look at a location, for all of its screens.
struct Look {
    app: App,
    catalogues: Catalogues,
    town: Arc<Municipality>,
    location: LocationId,
}

impl Look {
    async fn go_on(self, sender: watch::Sender<Option<Arc<str>>>, bell: Arc<Notify>, screens: Screens) {
        loop {
            match scene(&self.app, &self.catalogues, &self.town, self.location).await {
                Ok(scene) => {
                    let text: Option<Arc<str>> = serde_json::to_string(&scene).ok().map(Into::into);
                    sender.send_if_modified(|last| {
                        let differs = *last != text;
                        *last = text.clone();
                        differs
                    });
                }
                // The screens show what they showed, and it is looked again.
                Err(error) => tracing::warn!(%error, "the screens of a location cannot be told what happens"),
            }
            tokio::select! {
                () = screens.0.closing.cancelled() => return,
                () = bell.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            // The hall itself holds one receiver. Under the lock, so that nobody comes while the look ends.
            let mut halls = screens.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
            if sender.receiver_count() <= 1 {
                halls.remove(&self.location);
                return;
            }
        }
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
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    catalogues: Data<&Catalogues>,
    screens: Data<&Screens>,
    Path((key, location)): Path<(String, uuid::Uuid)>,
) -> Result<Response, Failure> {
    let location = LocationId(location);
    let (town, _) = place(&app, &towns, &catalogues, &key, location).await?;
    let caller = app.limits.caller(request);
    let seat = screens.0.0.places.take(caller).ok_or_else(|| Failure::new(Code::Overloaded))?;
    let look = Look { app: app.clone(), catalogues: catalogues.clone(), town, location };
    let watching = Watching {
        scene: screens.watch(look),
        closing: screens.0.0.closing.clone(),
        until: tokio::time::Instant::now() + LASTS,
        first: true,
        _seat: seat,
    };
    Ok(SSE::new(watching.scenes()).keep_alive(KEEP_ALIVE).into_response())
}

/// One screen that is served.
struct Watching {
    scene: watch::Receiver<Option<Arc<str>>>,
    closing: CancellationToken,
    until: tokio::time::Instant,
    first: bool,
    _seat: Place,
}

impl Watching {
    fn scenes(self) -> impl Stream<Item = Event> {
        stream::unfold(self, |mut watching| async move {
            let event = watching.next().await?;
            Some((event, watching))
        })
    }

    /// What is shown now, and then whatever is shown next; none when the server stops, or it lasted long enough.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if !std::mem::take(&mut self.first) {
                tokio::select! {
                    () = self.closing.cancelled() => return None,
                    () = tokio::time::sleep_until(self.until) => return None,
                    changed = self.scene.changed() => changed.ok()?,
                }
            }
            let now = self.scene.borrow_and_update().clone();
            if let Some(text) = now {
                return Some(Event::message(text.to_string()));
            }
        }
    }
}
