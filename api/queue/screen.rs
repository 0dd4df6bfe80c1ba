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
use sha2::{Digest as _, Sha256};
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::scene::{Scene, Served, scene};
use crate::{
    appointments::{Catalogues, LocationId, catalogue::Location, notices::text},
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        language::{Language, say},
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
/// How long a screen hears nothing until it warns whoever looks at it, and asks anew: two of those words may be lost.
const SILENT: Duration = Duration::from_secs(40);
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
    seen: watch::Receiver<Seen>,
}

/// What was last seen at a location, and when.
#[derive(Clone, Default)]
struct Seen(Option<(Arc<Scene>, Instant)>);

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
    fn watch(&self, look: Look) -> watch::Receiver<Seen> {
        let mut halls = self.0.halls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hall) = halls.get(&look.location).filter(|hall| hall.seen.has_changed().is_ok()) {
            return hall.seen.clone();
        }
        let (sender, seen) = watch::channel(Seen::default());
        let bell = Arc::new(Notify::new());
        halls.retain(|_, hall| hall.seen.has_changed().is_ok());
        halls.insert(look.location, Hall { bell: bell.clone(), seen: seen.clone() });
        tokio::spawn(look.go_on(sender, bell, self.clone()));
        seen
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
    async fn go_on(self, sender: watch::Sender<Seen>, bell: Arc<Notify>, screens: Screens) {
        let mut served = Served::default();
        loop {
            match scene(&self.app, &self.catalogues, &self.town, self.location, &mut served).await {
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
                halls.remove(&self.location);
                return;
            }
        }
    }
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
    // One that takes no visits any more too: its screens hang there still, and say that it is closed.
    let location = catalogue.locations.get(&location).cloned().ok_or_else(|| Failure::new(Code::NotFound))?;
    Ok((town, location))
}

/// A text in each of the town's languages, each marked as such; what is the same in two stands there once.
fn in_each(town: &Municipality, said: impl Fn(Language) -> String) -> String {
    let mut all: Vec<(Language, String)> = Vec::new();
    for language in town.languages.iter().copied() {
        let text = said(language);
        if all.iter().all(|(_, known)| *known != text) {
            all.push((language, text));
        }
    }
    let spans = all.iter().map(|(l, text)| format!(r#"<span lang="{}">{}</span>"#, l.code(), escaped(text)));
    spans.collect::<Vec<_>>().join(r#"<span aria-hidden="true"> · </span>"#)
}

/// What stands in the page of a location, by where it stands.
pub(super) fn labels(town: &Municipality, place: &Location) -> Vec<(&'static str, String)> {
    let first = town.languages.first().copied().unwrap_or(Language::Nl);
    let voices = town.languages.iter().map(|l| {
        let (said, voiceless) = (say(*l, "screen-sound-said", &[]), say(*l, "screen-voiceless", &[]));
        let (said, voiceless) = (escaped(&said), escaped(&voiceless));
        format!(r#"<span lang="{}" data-said="{said}" hidden>{voiceless}</span>"#, l.code())
    });
    let mut all = vec![
        ("{lang}", first.code().to_owned()),
        ("{title}", escaped(&format!("{} · {}", text(&place.names, first, town), town.name(first)))),
        ("{place}", in_each(town, |l| text(&place.names, l, town).to_owned())),
        ("{zone}", escaped(town.zone.name())),
        ("{silent}", SILENT.as_secs().to_string()),
        ("{voices}", voices.collect()),
    ];
    let texts = ["now", "nobody", "waiting", "next", "lost", "sound", "sound-test"];
    let names = ["{now}", "{nobody}", "{waiting}", "{next}", "{lost}", "{sound}", "{test}"];
    let key = |name: &str| format!("screen-{name}");
    all.extend(names.into_iter().zip(texts.map(|name| in_each(town, |l| say(l, &key(name), &[])))));
    all
}

/// Which page it is with these labels: another one after an upgrade, or when the location is called otherwise.
pub(super) fn version(labels: &[(&'static str, String)]) -> String {
    let mut digest = Sha256::new_with_prefix(PAGE);
    for (name, value) in labels {
        digest.update(name);
        digest.update(value);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
    let labels = labels(&town, &location);
    let mut html = PAGE.replace("{page}", &version(&labels));
    for (name, value) in labels {
        html = html.replace(name, &value);
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
        seen: screens.watch(look),
        clock: app.clock.clone(),
        closing: screens.0.0.closing.clone(),
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
