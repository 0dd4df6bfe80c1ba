//! The call display: a page for a screen that everyone sees, and its events. It needs no sign-in: what it shows (`scene`)
//! everyone may know.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::{Stream, stream};
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{
        Data, Html, Path,
        sse::{Event, SSE},
    },
};
use serde::Serialize;
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::{
    model::Place as Shown,
    scene::{LastServed, Scene, scene},
    screen_page,
};
use crate::{
    appointments::{Catalogue, LocationId, catalogue::Location},
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        ids::{InTown, MunicipalityId},
        limits::{Place, Places},
        openapi::page_policy,
        problem::{Code, Failure},
        time::Clock,
    },
};

/// Screens that one process serves. They cost a connection each, and nothing else: what a location's screens show is looked up
/// once for all of them.
const MAX_SCREENS: usize = 2_000;
/// Screens of one address: a hall has a few, and several halls of a town may share an address.
const MAX_OF_ONE: usize = 20;
/// How long a screen's connection lasts before the browser makes another: one that nobody looks at any more ends.
const LASTS: Duration = Duration::from_secs(60 * 60);
/// How often a screen looks by itself, for what another process called.
const LOOK: Duration = Duration::from_secs(2);
/// How often a screen of which nothing changes is told that it is right.
const ALIVE: Duration = Duration::from_secs(15);
/// The screens that this process serves. Cheap to clone.
#[derive(Clone)]
pub struct Screens(Arc<Inner>);

struct Inner {
    halls: Mutex<HashMap<InTown<LocationId>, Hall>>,
    places: Places,
    closing: CancellationToken,
    /// What was read of locations for those who ask without a screen, and when; none where something changed there since.
    known: Mutex<HashMap<InTown<LocationId>, Known>>,
}

/// What was read of a location, and when; at no time where something changed there since.
type Known = (Option<DateTime<Utc>>, Arc<Shown>);

/// A location whose screens are served: one look for all of them.
struct Hall {
    bell: Arc<Notify>,
    seen: watch::Receiver<Seen>,
}

/// What was last seen at a location, and when.
#[derive(Clone, Default)]
struct Seen(Option<(Arc<Scene>, Instant)>);

impl Default for Screens {
    fn default() -> Self {
        let places = Places::new(MAX_SCREENS, MAX_OF_ONE);
        let known = Mutex::default();
        Self(Arc::new(Inner { halls: Mutex::default(), places, closing: CancellationToken::new(), known }))
    }
}

impl Screens {
    /// Something changed at a location: its screens look at once.
    pub fn ring(&self, location: LocationId) {
        // An id is its town's own; another town's hall with the same one looks once more than it need.
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter_mut().filter(|((_, known), _)| *known == location).for_each(|(_, (read_at, _))| *read_at = None);
        drop(known);
        let halls = self.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, hall) in halls.iter().filter(|((_, known), _)| *known == location) {
            hall.bell.notify_one();
        }
    }

    /// What was read of a location last, and when; at no time where something changed there since.
    pub(super) fn last(&self, location: InTown<LocationId>) -> Option<Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner).get(&location).cloned()
    }

    /// Keeps what was read of a location.
    pub(super) fn keep(&self, town: MunicipalityId, place: &Arc<Shown>, now: DateTime<Utc>) {
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((town, place.location.id), (Some(now), place.clone()));
    }

    /// Lets all screens go: the server stops, and another will have them.
    pub fn close(&self) {
        self.0.closing.cancel();
    }

    /// What a location's screens show, from now on. Whoever comes first begins the look, which ends with the last of them.
    fn watch(&self, look: Look) -> watch::Receiver<Seen> {
        let mut halls = self.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hall) = halls.get(&(look.town.id, look.location)).filter(|hall| hall.seen.has_changed().is_ok()) {
            return hall.seen.clone();
        }
        let (sender, seen) = watch::channel(Seen::default());
        let bell = Arc::new(Notify::new());
        halls.retain(|_, hall| hall.seen.has_changed().is_ok());
        halls.insert((look.town.id, look.location), Hall { bell: bell.clone(), seen: seen.clone() });
        tokio::spawn(look.go_on(sender, bell, self.clone()));
        seen
    }
}

/// One look at a location, for all of its screens.
struct Look {
    app: App,
    town: Arc<Municipality>,
    location: LocationId,
}

impl Look {
    async fn go_on(self, sender: watch::Sender<Seen>, bell: Arc<Notify>, screens: Screens) {
        let mut served = LastServed::default();
        loop {
            match scene(&self.app, &self.town, self.location, &mut served).await {
                Ok(scene) => {
                    sender.send_if_modified(|seen| {
                        let differs = seen.0.as_ref().is_none_or(|(last, _)| **last != scene);
                        seen.0 = Some((Arc::new(scene), Instant::now()));
                        differs
                    });
                }
                // The screens show what they showed, and it is looked again. While it fails they hear nothing, and say so.
                Err(error) => tracing::warn!(%error, "the screens of a location cannot be told what happens"),
            }
            tokio::select! {
                () = screens.0.closing.cancelled() => return,
                () = bell.notified() => served.forget(),
                () = tokio::time::sleep(LOOK) => {}
            }
            // The hall itself holds one receiver. Under the lock, so that nobody comes while the look ends.
            let mut halls = screens.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
            if sender.receiver_count() <= 1 {
                halls.remove(&(self.town.id, self.location));
                return;
            }
        }
    }
}

/// The town and location that a screen is of.
pub(super) async fn place(
    app: &App,
    key: &str,
    location: LocationId,
) -> Result<(Arc<Municipality>, Location), Failure> {
    let towns: &Municipalities = app.part();
    let town = towns.by_key(key).map_err(|_| Failure::new(Code::NotFound))?.clone();
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, &town).await?;
    // One that takes no visits any more too: its screens hang there still, and say that it is closed.
    let location = catalogue.locations.get(&location).cloned().ok_or_else(|| Failure::new(Code::NotFound))?;
    Ok((town, location))
}

/// The page of a location's screen.
#[handler]
pub async fn page(app: Data<&App>, Path((key, location)): Path<(String, uuid::Uuid)>) -> Result<Response, Failure> {
    let (town, location) = place(&app, &key, LocationId(location)).await?;
    let html = screen_page::html(&town, &location);
    let policy = page_policy(&html);
    Ok(Html(html).with_header("content-security-policy", policy).into_response())
}

/// What happens at a location, as server-sent events: what its screen shows, whenever that changes.
#[handler]
pub async fn events(
    request: &Request,
    app: Data<&App>,
    Path((key, location)): Path<(String, uuid::Uuid)>,
) -> Result<Response, Failure> {
    let screens: &Screens = app.part();
    let location = LocationId(location);
    let (town, _) = place(&app, &key, location).await?;
    let caller = app.limits.caller(request);
    let seat = screens.0.places.take(caller).ok_or_else(|| Failure::new(Code::Overloaded))?;
    let look = Look { app: app.clone(), town, location };
    let watching = Watching {
        seen: screens.watch(look),
        clock: app.clock.clone(),
        closing: screens.0.closing.clone(),
        until: Instant::now() + LASTS,
        first: true,
        _seat: seat,
    };
    Ok(SSE::new(watching.scenes()).into_response())
}

/// One screen that is served.
struct Watching {
    seen: watch::Receiver<Seen>,
    clock: Clock,
    closing: CancellationToken,
    until: Instant,
    first: bool,
    _seat: Place,
}

/// What a screen is told, with the time that the town's clocks show: its own may be wrong.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(with = "chrono::serde::ts_milliseconds")]
    now: DateTime<Utc>,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum What<'a> {
    /// What is shown from now on.
    Scene(&'a Scene),
    /// What is shown is right.
    Alive {
        #[serde(rename = "page")]
        by: &'a str,
    },
}

impl Watching {
    fn scenes(self) -> impl Stream<Item = Event> {
        stream::unfold(self, |mut watching| async move {
            let event = watching.next().await?;
            Some((event, watching))
        })
    }

    /// What is shown now, and then whatever is shown next; none when the server stops, or it lasted long enough. Where nothing
    /// changes, an event says that it was looked: a page hears no comment of a stream, nor that a network swallows all.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let mut alive = false;
            if !std::mem::take(&mut self.first) {
                tokio::select! {
                    () = self.closing.cancelled() => return None,
                    () = tokio::time::sleep_until(self.until) => return None,
                    changed = self.seen.changed() => changed.ok()?,
                    () = tokio::time::sleep(ALIVE) => alive = true,
                }
            }
            // What changed at this very moment is told next, and not taken for told.
            let seen = if alive { self.seen.borrow().clone() } else { self.seen.borrow_and_update().clone() };
            let Seen(Some((scene, at))) = seen else { continue };
            if alive && at.elapsed() >= ALIVE {
                // Nobody could look: nothing is right of which nobody knows.
                continue;
            }
            let what = if alive { What::Alive { by: &scene.page } } else { What::Scene(&scene) };
            let told = serde_json::to_string(&Told { now: self.clock.now(), what }).ok()?;
            return Some(Event::message(told).event_type(if alive { "alive" } else { "message" }));
        }
    }
}
