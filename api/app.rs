//! The composition root: joins configuration, database, clock, ids, keys, providers and roads; serves the routes and
//! runs the workers. What decides anything lives in the rooms.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use futures_util::{FutureExt as _, future::BoxFuture};
use poem::{
    Endpoint, EndpointExt as _, IntoResponse as _, Request, Response, Route, get, handler,
    http::{Method, StatusCode},
    middleware::CookieJarManager,
    web::{Data, Html},
};
use poem_openapi::{LicenseObject, Object, OpenApi, OpenApiService, payload::Json};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    administration, announcements, appointments, audit,
    config::Config,
    console, counter, documents, front, identity, inbox, keeping, municipalities,
    platform::{
        self, App, Progress,
        aside::guarded,
        believed::believed,
        db::{Db, Locked, Open},
        health::Health,
        http::{Door, passage},
        ids::Ids,
        limits::{Bound, Limits},
        metrics::{AsideLabel, Connections, Metrics, QueueLabel, Worker as WorkerLabel},
        openapi::{Methods, Problems, page_policy, published},
        problem::Failure,
        time::Clock,
    },
    push, queue, residents, staff, uploads,
};

/// How often the house is kept.
const HOUSEKEEPING: Duration = Duration::from_secs(60);
/// How long a worker rests after a fault; after each further one twice as long.
const AFTER_A_FAULT: Duration = Duration::from_secs(5);
/// The longest such rest: what was out of order is then found mended within it.
const AFTER_MANY_FAULTS: Duration = Duration::from_secs(60);
/// Steps after which a drain is taken for one that never ends.
const MAX_DRAIN: usize = 100_000;

/// What a citizen's app may call.
const CITIZEN_PROBLEMS: &[Problems] = &[
    identity::routes::PROBLEMS,
    audit::routes::PROBLEMS,
    push::routes::PROBLEMS,
    inbox::routes::PROBLEMS,
    appointments::routes::PROBLEMS,
    queue::routes::PROBLEMS,
    announcements::routes::PROBLEMS,
];
/// What staff and machines may call.
const STAFF_PROBLEMS: &[Problems] = &[
    staff::routes::PROBLEMS,
    audit::routes::PROBLEMS,
    administration::routes::PROBLEMS,
    appointments::planning::PROBLEMS,
    appointments::staff_routes::PROBLEMS,
    queue::staff_routes::PROBLEMS,
    announcements::staff_routes::PROBLEMS,
    announcements::lists_routes::PROBLEMS,
    announcements::figures_routes::PROBLEMS,
    uploads::routes::PROBLEMS,
];

/// Everything joined: one for each process.
#[derive(Clone)]
pub struct House {
    /// The ground floor.
    pub app: App,
    /// The municipalities.
    pub towns: municipalities::Municipalities,
    /// Sign-in and sessions.
    pub identity: identity::Identity,
    /// The roads to the providers.
    pub channels: push::channels::Channels,
    /// What the towns offer, as far as it was read.
    pub catalogues: appointments::Catalogues,
    /// On which day the lead times were last reckoned.
    pub leads: documents::lead::Leads,
    /// The call displays.
    pub screens: queue::screen::Screens,
    /// When it was last looked for what a day left open.
    pub evenings: queue::work::Evenings,
    /// The figures of announcements, as far as they were reckoned.
    pub figures: announcements::figures::Kept,
}

impl House {
    /// Opens the database, brings it up to date and joins everything.
    ///
    /// # Errors
    /// A setting, secret, key or database that does not work; the message says which.
    pub async fn open(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        Self::open_as(config, clock, ids, Open::Make).await
    }

    /// The same for what works on a town that is there, and must not begin another where the configuration is a wrong one.
    ///
    /// # Errors
    /// As [`House::open`]; a database that is absent.
    pub async fn open_existing(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        Self::open_as(config, clock, ids, Open::Existing).await
    }

    async fn open_as(config: Config, clock: Clock, ids: Ids, open: Open) -> anyhow::Result<Self> {
        let app = ground(config, clock, ids, open).await?;
        app.db.migrate().await.context("the database could not be brought up to date")?;
        let keys = signing_keys(&app, open).await?;
        let towns = municipalities::Municipalities::load(&app).await?;
        residents::work::make_comparable(&app).await.context("addresses could not be made comparable")?;
        let providers = identity::oidc::Providers::new(&app.config)?;
        let identity = identity::Identity {
            app: app.clone(),
            towns: towns.clone(),
            keys,
            providers,
            live: identity::LiveSessions::default(),
        };
        let channels = push::channels::Channels::open(&app).await?;
        let (catalogues, screens) = (appointments::Catalogues::default(), queue::screen::Screens::default());
        let leads = documents::lead::Leads::default();
        let (evenings, figures) = (queue::work::Evenings::default(), announcements::figures::Kept::default());
        Ok(Self { app, towns, identity, channels, catalogues, leads, screens, evenings, figures })
    }

    /// Every path of the server.
    ///
    /// # Errors
    /// A contract that cannot be written.
    pub fn routes(&self) -> anyhow::Result<impl Endpoint<Output = Response> + use<>> {
        let (citizen, staff) = (citizen_api(), staff_api());
        let (citizen_json, staff_json) = documents()?;
        let (citizen_methods, staff_methods) = (citizen_json.clone(), staff_json.clone());
        let pages = [
            (
                "/docs/citizen",
                "Thuisloket for citizens",
                citizen.swagger_ui_html().replace(&citizen.spec(), &citizen_json),
            ),
            ("/docs/staff", "Thuisloket for staff", staff.swagger_ui_html().replace(&staff.spec(), &staff_json)),
        ];
        let mut route = Route::new()
            .at("/", get(front::home))
            .at("/news", get(front::home))
            .at(platform::problem::PAGE, get(front::problems))
            .at("/.well-known/security.txt", get(front::security_text))
            .at("/sign-in/callback", get(identity::routes::callback))
            .at("/.well-known/jwks.json", get(identity::routes::jwks))
            .at("/.well-known/clients/:provider/jwks.json", get(identity::routes::client_jwks))
            .at("/staff", get(console::entrance))
            .at("/staff/console", get(console::entrance))
            .at(console::AT, get(console::page))
            .at("/staff/console/:file", get(console::file))
            .at("/staff/sign-in", get(staff::routes::begin))
            .at("/staff/sign-in/callback", get(staff::routes::callback))
            .at("/news/:municipality", get(announcements::pages::page))
            .at("/news/:municipality/archive", get(announcements::pages::archive))
            .at("/news/:municipality/:announcement", get(announcements::pages::one))
            .at("/news/:municipality/feed.atom", get(announcements::pages::feed))
            .at("/news/:municipality/calendar.ics", get(announcements::pages::calendar))
            .at("/news/:municipality/images/:announcement", get(announcements::pages::news_image))
            .at("/screen/:municipality/:location", get(queue::screen::page))
            .at("/screen/:municipality/:location/events", get(queue::screen::events))
            .at("/healthz", get(healthz))
            .at("/readyz", get(readyz))
            .at("/metrics", get(metrics))
            .at("/openapi/citizen.json", get(poem::endpoint::make_sync(move |_| json(&citizen_json))))
            .at("/openapi/staff.json", get(poem::endpoint::make_sync(move |_| json(&staff_json))));
        for (path, title, html) in pages {
            let html = named(&html, title);
            let policy = page_policy(&html);
            route = route.at(
                path,
                get(poem::endpoint::make_sync(move |_| {
                    Html(html.clone()).with_header("content-security-policy", policy.as_str())
                })),
            );
        }
        let route = route
            .nest_no_strip("/staff/v1", staff)
            .nest_no_strip("/v1", citizen)
            .data(self.towns.clone())
            .data(self.identity.clone())
            .data(self.catalogues.clone())
            .data(self.screens.clone())
            .data(self.figures.clone())
            .with(CookieJarManager::new());
        let methods = Methods::of(&[&citizen_methods, &staff_methods])?;
        let door = Door {
            bound,
            allow: Box::new(
                move |path| {
                    if SIGN_IN_PAGES.contains(&path) { "GET".to_owned() } else { methods.of_path(path) }
                },
            ),
            page: front::problem_page,
            changes: |path| SIGN_IN_PAGES.contains(&path),
        };
        Ok(passage(&self.app, route, door))
    }

    /// Serves HTTP until `stop`, then finishes what is under way.
    ///
    /// # Errors
    /// A contract that cannot be written.
    pub async fn serve(&self, listener: TcpListener, stop: CancellationToken) -> anyhow::Result<()> {
        let routes = self.routes()?;
        // A screen's connection has no end of its own.
        let (screens, stopping) = (self.screens.clone(), stop.clone());
        tokio::spawn(async move {
            stopping.cancelled().await;
            screens.close();
        });
        platform::serve::serve(listener, routes, &self.app, stop).await;
        Ok(())
    }

    /// What tells an operator how this process is, for one that serves nothing else.
    pub async fn serve_monitor(&self, listener: TcpListener, stop: CancellationToken) {
        let route = Route::new()
            .at("/healthz", get(healthz))
            .at("/readyz", get(readyz))
            .at("/metrics", get(metrics))
            .with(CookieJarManager::new());
        let door = Door {
            bound: |_| Bound::Free,
            allow: Box::new(|_| "GET, HEAD".to_owned()),
            page: |_, _| None,
            changes: |_| false,
        };
        platform::serve::serve(listener, passage(&self.app, route, door), &self.app, stop).await;
    }

    /// Runs every worker until `stop`; each finishes its turn, so that no channel is left held.
    pub async fn work(&self, stop: CancellationToken) {
        let tracker = TaskTracker::new();
        for worker in self.workers(&stop) {
            tracker.spawn(repeat(self.app.clone(), stop.clone(), worker));
        }
        let house = self.clone();
        tracker.spawn(async move {
            while stop.run_until_cancelled(tokio::time::sleep(HOUSEKEEPING)).await.is_some() {
                if let Err(error) = house.keep_house().await {
                    tracing::error!(error = format!("{error:#}"), "housekeeping failed in part");
                }
            }
        });
        tracker.close();
        tracker.wait().await;
    }

    /// Says in the log of which town visits cannot take place as they are booked: the configuration may have gained a closing day.
    ///
    /// # Errors
    /// The database.
    pub async fn tell_stranded(&self) -> anyhow::Result<()> {
        for town in self.towns.all() {
            let mut r = self.app.db.read().await?;
            let catalogue = self.catalogues.of(&mut r, town).await?;
            let found = appointments::closing::stranded(&mut r, &catalogue, town, self.app.clock.now()).await?;
            if let Some(first) = found.first() {
                tracing::warn!(
                    town = town.key, visits = found.len(), first = %first.reference,
                    "visits are booked that cannot take place; staff find them at GET /staff/v1/stranded"
                );
            }
        }
        Ok(())
    }

    /// Every worker. Each runs by itself: what one cannot do holds up no other.
    fn workers(&self, stop: &CancellationToken) -> Vec<Worker> {
        let worker = |name, step: fn(Self) -> Step| {
            let house = self.clone();
            Worker { name, step: Box::new(move || step(house.clone())) }
        };
        let mut all = vec![
            worker("warnings", |h| async move { inbox::work::warn(&h.app, &h.towns).await }.boxed()),
            worker("welcome", |h| async move { documents::work::greet(&h.app, &h.towns).await }.boxed()),
            worker("visits", |h| {
                async move { appointments::work::step(&h.app, &h.towns, &h.catalogues).await }.boxed()
            }),
            worker("queue", |h| {
                async move { queue::work::shut(&h.app, &h.towns, &h.catalogues, &h.screens).await }.boxed()
            }),
            worker("ends of days", |h| {
                async move { queue::work::close_days(&h.app, &h.towns, &h.evenings).await }.boxed()
            }),
            worker("lead times", |h| {
                async move { documents::lead::step(&h.app, &h.towns, &h.catalogues, &h.leads).await }.boxed()
            }),
            worker("reminders", |h| {
                async move { documents::work::step(&h.app, &h.towns, &h.catalogues).await }.boxed()
            }),
            worker("announcements", |h| async move { announcements::work::step(&h.app, &h.towns).await }.boxed()),
            worker("uploads", |h| async move { uploads::work::step(&h.app, &h.towns).await }.boxed()),
        ];
        for channel in self.channels.all() {
            let (app, channel, stop) = (self.app.clone(), channel.clone(), stop.clone());
            all.push(Worker {
                name: "push",
                step: Box::new(move || {
                    let (app, channel, stop) = (app.clone(), channel.clone(), stop.clone());
                    async move { push::delivery::step(&app, &channel, &stop).await }.boxed()
                }),
            });
        }
        all
    }

    /// Keeps the house once: each room by itself, so that what one cannot forget keeps no other from forgetting.
    ///
    /// # Errors
    /// The first failure, when all have had their turn.
    pub async fn keep_house(&self) -> anyhow::Result<()> {
        type Keep = for<'a> fn(&'a House) -> BoxFuture<'a, anyhow::Result<Progress>>;
        let rooms: [(&str, Keep); 16] = [
            ("push", |h| push::delivery::keep_house(&h.app, &h.channels).boxed()),
            ("register", |h| residents::work::step(&h.app, &h.towns).boxed()),
            ("documents", |h| documents::work::keep_house(&h.app, &h.towns).boxed()),
            ("sessions", |h| identity::work::step(&h.identity).boxed()),
            ("inbox", |h| inbox::work::step(&h.app).boxed()),
            ("repeated requests", |h| platform::once::step(&h.app).boxed()),
            ("staff", |h| staff::work::step(&h.app).boxed()),
            ("audit", |h| audit::work::step(&h.app).boxed()),
            ("announcements", |h| announcements::work::keep_house(&h.app).boxed()),
            ("queue", |h| queue::work::step(&h.app).boxed()),
            ("visits", |h| appointments::work::keep_house(&h.app).boxed()),
            ("uploads", |h| uploads::work::keep_house(&h.app).boxed()),
            // Behind visits, which hold whose they are.
            ("keeping", |h| keeping::work::step(&h.app).boxed()),
            ("processes", |h| platform::health::step(&h.app).boxed()),
            ("what was set aside", |h| platform::aside::step(&h.app).boxed()),
            ("statistics", |h| {
                async move { h.app.db.keep_statistics(h.app.clock.now()).await.map(|()| Progress::Idle).map_err(Into::into) }
                    .boxed()
            }),
        ];
        // What was forgotten by a wrong clock does not come back.
        if !believed(&self.app).await? {
            return Ok(());
        }
        let mut failed = Ok(());
        for (room, keep) in rooms {
            let kept = async {
                while guarded(keep(self)).await? != Progress::Idle {}
                Ok::<_, anyhow::Error>(())
            };
            failed = failed.and(kept.await.with_context(|| room));
        }
        failed
    }

    /// Does all work that is due now and returns when there is none: for tests and the demo, which never sleep. Where a
    /// worker fails, the others go on, and it has its turn again as long as one of them has something to do.
    ///
    /// # Errors
    /// The first step that failed, or work that never ends.
    pub async fn drain(&self) -> anyhow::Result<()> {
        let workers = self.workers(&CancellationToken::new());
        let mut failed = Ok(());
        for _ in 0..MAX_DRAIN {
            let mut idle = true;
            for worker in &workers {
                match worker.turn(&self.app).await {
                    Ok(progress) => idle &= progress == Progress::Idle,
                    Err(error) => failed = failed.and(Err(error.context(worker.name))),
                }
            }
            if idle {
                return failed;
            }
        }
        anyhow::bail!("there was still work after {MAX_DRAIN} steps")
    }
}

/// One step of a worker.
type Step = BoxFuture<'static, anyhow::Result<Progress>>;

/// Work that is done again and again.
struct Worker {
    /// What it is called in the log and the metrics.
    name: &'static str,
    step: Box<dyn Fn() -> Step + Send + Sync>,
}

impl Worker {
    /// One step, if the clock that says what is due is believed.
    async fn turn(&self, app: &App) -> anyhow::Result<Progress> {
        if believed(app).await? { guarded((self.step)()).await } else { Ok(Progress::Idle) }
    }
}

/// Runs a worker's step again and again: at once while there is work, after a rest when there is none, and after a longer one
/// each time it fails in a row.
async fn repeat(app: App, stop: CancellationToken, worker: Worker) {
    let rest = Duration::from_millis(app.config.workers.idle_milliseconds);
    let label = WorkerLabel { worker: worker.name };
    let mut failures = 0;
    while !stop.is_cancelled() {
        let outcome = worker.turn(&app).await;
        if outcome.is_ok() {
            if failures > 0 {
                tracing::info!(worker = worker.name, failures, "a worker goes on");
            }
            failures = 0;
            app.metrics.worker_last_success.get_or_create(&label).set(app.clock.now().timestamp());
        }
        let pause = match outcome {
            Ok(Progress::Worked(_)) => {
                tokio::task::yield_now().await;
                continue;
            }
            // Up to half as long again, so that processes do not look at the same moment.
            Ok(Progress::Idle) => rest.mul_f64(1.0 + app.ids.fraction() / 2.0),
            Err(error) => {
                let pause = (AFTER_A_FAULT * 2_u32.pow(failures.min(10))).min(AFTER_MANY_FAULTS);
                failures += 1;
                app.metrics.worker_failures.get_or_create(&label).inc();
                tracing::error!(
                    error = format!("{error:#}"),
                    worker = worker.name,
                    again_in_seconds = pause.as_secs(),
                    "a worker's step failed; it will be repeated"
                );
                pause.mul_f64(1.0 + app.ids.fraction() / 2.0)
            }
        };
        stop.run_until_cancelled(tokio::time::sleep(pause)).await;
    }
}

/// The ground floor: configuration, database, clock, ids.
///
/// # Errors
/// A database that cannot be opened.
pub async fn ground(config: Config, clock: Clock, ids: Ids, open: Open) -> anyhow::Result<App> {
    let db = Db::open(&config.database_url()?, config.database.connections, open)
        .await
        .context("the database cannot be opened")?;
    let limits = Limits::new(&config.limits, config.server.max_concurrent_requests);
    let process = ids.uuid(clock.now());
    let waits = db.waits();
    Ok(App {
        db,
        clock,
        process,
        ids,
        config: Arc::new(config),
        metrics: Arc::new(Metrics::new(waits)),
        limits: Arc::new(limits),
        health: Arc::new(Health::default()),
        watch: Arc::default(),
    })
}

/// The signing keys in the data folder, held against those that the database knows.
///
/// # Errors
/// A folder that cannot be read, keys that are lost or another installation's.
pub async fn signing_keys(app: &App, open: Open) -> anyhow::Result<identity::keys::Keys> {
    let known = identity::known_signing_keys(&mut app.db.read().await?).await?;
    let keys = open_keys(app, &known, open)?;
    if open == Open::Make {
        identity::note_signing_keys(app, &keys, false).await?;
    }
    Ok(keys)
}

/// Makes a new signing key where those of before are lost.
///
/// # Errors
/// A folder that cannot be written; keys that are not lost.
pub async fn replace_lost_keys(app: &App) -> anyhow::Result<identity::keys::Keys> {
    anyhow::ensure!(
        signing_keys(app, Open::Existing).await.is_err(),
        "the signing keys are not lost; `keys rotate` makes a new one beside them"
    );
    let keys = open_keys(app, &[], Open::Make)?;
    identity::note_signing_keys(app, &keys, true).await?;
    Ok(keys)
}

fn open_keys(app: &App, known: &[String], open: Open) -> anyhow::Result<identity::keys::Keys> {
    identity::keys::Keys::open(
        &app.config.data_folder.join("keys").join("signing"),
        app.config.server.public_url.as_str().trim_end_matches('/'),
        chrono::Duration::minutes(app.config.sessions.key_overlap_minutes),
        known,
        (open == Open::Make).then(|| app.clock.now()),
    )
    .context("the signing keys cannot be used")
}

type CitizenApi = (
    municipalities::routes::MunicipalitiesApi,
    identity::routes::IdentityApi,
    audit::routes::MyAuditApi,
    push::routes::PushApi,
    inbox::routes::InboxApi,
    appointments::routes::AppointmentsApi,
    queue::routes::QueueApi,
    documents::routes::DocumentsApi,
    announcements::routes::MyAnnouncementsApi,
);

fn citizen_api() -> OpenApiService<CitizenApi, ()> {
    let apis = (
        municipalities::routes::MunicipalitiesApi,
        identity::routes::IdentityApi,
        audit::routes::MyAuditApi,
        push::routes::PushApi,
        inbox::routes::InboxApi,
        appointments::routes::AppointmentsApi,
        queue::routes::QueueApi,
        documents::routes::DocumentsApi,
        announcements::routes::MyAnnouncementsApi,
    );
    OpenApiService::new(apis, "Thuisloket for citizens", env!("CARGO_PKG_VERSION"))
        .summary("What a municipality's app may call")
        .description(
            "Every error is `application/problem+json` with a stable `code`; see `x-problem-codes` of each operation. \
             Times are UTC, dates are the town's. An app ignores fields and enum values that it does not know.",
        )
        .license(LicenseObject::new("EUPL-1.2").url("https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"))
}

type StaffApi = (
    AboutApi,
    staff::routes::StaffApi,
    audit::routes::AuditApi,
    administration::routes::AdministrationApi,
    appointments::planning::PlanningApi,
    appointments::staff_routes::VisitsApi,
    queue::staff_routes::DesksApi,
    announcements::staff_routes::AnnouncementsApi,
    announcements::lists_routes::ListsApi,
    announcements::figures_routes::FiguresApi,
    counter::routes::CounterApi,
    uploads::routes::UploadsApi,
);

fn staff_api() -> OpenApiService<StaffApi, ()> {
    let apis = (
        AboutApi,
        staff::routes::StaffApi,
        audit::routes::AuditApi,
        administration::routes::AdministrationApi,
        appointments::planning::PlanningApi,
        appointments::staff_routes::VisitsApi,
        queue::staff_routes::DesksApi,
        announcements::staff_routes::AnnouncementsApi,
        announcements::lists_routes::ListsApi,
        announcements::figures_routes::FiguresApi,
        counter::routes::CounterApi,
        uploads::routes::UploadsApi,
    );
    OpenApiService::new(apis, "Thuisloket for staff", env!("CARGO_PKG_VERSION"))
        .summary("What staff and machines may call")
        .description(
            "Every error is `application/problem+json` with a stable `code`; see `x-problem-codes` of each operation. A \
             browser signs in at `/staff/sign-in` and is known by a cookie; a tool sends the token of its session, a \
             machine its key, as `Authorization: Bearer …`. All that is read and changed is of the municipality that the \
             caller acts for.",
        )
        .license(LicenseObject::new("EUPL-1.2").url("https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"))
}

/// The two contracts as published: for citizens, for staff.
///
/// # Errors
/// A document that is not JSON.
pub fn documents() -> anyhow::Result<(String, String)> {
    Ok((published(&citizen_api().spec(), CITIZEN_PROBLEMS)?, published(&staff_api().spec(), STAFF_PROBLEMS)?))
}

/// Every fixed statement of every store, for the guard that prepares them on both engines.
pub fn statements() -> Vec<(&'static str, &'static str)> {
    [
        platform::once::ALL,
        platform::aside::ALL,
        platform::db::ALL,
        municipalities::STATEMENTS,
        residents::STATEMENTS,
        identity::STATEMENTS,
        staff::STATEMENTS,
        audit::STATEMENTS,
        administration::STATEMENTS,
        push::STATEMENTS,
        inbox::STATEMENTS,
        appointments::STATEMENTS,
        appointments::WAITING_STATEMENTS,
        appointments::PROOF_STATEMENTS,
        queue::STATEMENTS,
        documents::STATEMENTS,
        announcements::STATEMENTS,
        announcements::FIGURES_STATEMENTS,
        announcements::LISTS_STATEMENTS,
        announcements::TRIAL_STATEMENTS,
        uploads::STATEMENTS,
    ]
    .concat()
}

/// Every statement that claims rows, for the same guard: its text is not the same on both engines.
pub fn claiming() -> Vec<(&'static str, &'static Locked)> {
    [
        residents::CLAIMING,
        identity::CLAIMING,
        appointments::CLAIMING,
        documents::CLAIMING,
        announcements::CLAIMING,
        uploads::CLAIMING,
    ]
    .concat()
}

/// What this server is.
#[derive(Object)]
struct AboutOut {
    /// Its name.
    name: String,
    /// Its version.
    version: String,
}

struct AboutApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AboutApi {
    /// Ask what this server is
    ///
    /// Its name and version. Needs no sign-in.
    #[oai(path = "/about", method = "get", operation_id = "about")]
    async fn about(&self) -> Result<Json<AboutOut>, Failure> {
        Ok(Json(AboutOut { name: "thuisloket".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }))
    }
}

/// The page that shows a contract, with what the library leaves out: a name, a language, and the width of a phone.
fn named(html: &str, title: &str) -> String {
    let viewport = r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#;
    html.trim_start().replacen(r#"<html charset="UTF-8">"#, "<!doctype html>\n<html lang=\"en\">", 1).replacen(
        "<title>Swagger UI</title>",
        &format!("{viewport}\n    <title>{title}</title>"),
        1,
    )
}

/// How closely a request is bounded.
fn bound(request: &Request) -> Bound {
    let (method, path) = (request.method(), request.uri().path());
    match path {
        "/healthz" | "/readyz" | "/metrics" => Bound::Free,
        // Whatever else the request carries: nobody is known yet where these are asked.
        _ if *method == Method::POST && identity::routes::ANYONE.contains(&path) => Bound::Narrow,
        _ if *method == Method::POST && staff::routes::ANYONE.contains(&path) => Bound::Narrow,
        // These ask the identity provider, or lead there.
        _ if SIGN_IN_PAGES.contains(&path) => Bound::Narrow,
        _ if *method == Method::PATCH && path.starts_with("/staff/v1/uploads/") => Bound::File,
        _ if *method == Method::PUT && path.starts_with("/staff/v1/announcements/") && path.ends_with("/image") => {
            Bound::File
        }
        _ if *method == Method::PUT && path.starts_with("/staff/v1/people-lists/") => Bound::File,
        _ => Bound::Wide,
    }
}

/// Pages that change something when a browser goes there: they are gone to, and not looked at (`HEAD`).
const SIGN_IN_PAGES: &[&str] = &["/sign-in/callback", "/staff/sign-in", "/staff/sign-in/callback"];

fn json(text: &str) -> Response {
    text.to_owned().with_content_type("application/json").into_response()
}

#[handler]
fn healthz() -> &'static str {
    "ok"
}

#[handler]
async fn readyz(app: Data<&App>) -> Response {
    let found = app.health.look(&app).await;
    app.metrics.database_writable.set(i64::from(found.is_ok()));
    match found {
        Ok(()) => "ready".into_response(),
        Err(why) => why.with_status(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}

/// Reads from the database what no process counts by itself: how much waits, and for how long.
async fn measure(app: &App) -> sqlx::Result<()> {
    let (now, mut r) = (app.clock.now(), app.db.read().await?);
    let queues = [
        ("reminders", documents::waiting(&mut r, now).await?),
        ("visit reminders", appointments::reminders_waiting(&mut r, now).await?),
        ("announcements", announcements::waiting(&mut r, now).await?),
        ("uploads", uploads::waiting(&mut r, now).await?),
        ("urgent pushes", push::waiting(&mut r, 0, now).await?),
        ("pushes", push::waiting(&mut r, 1, now).await?),
    ];
    for (queue, (depth, oldest)) in queues {
        let label = QueueLabel { queue };
        app.metrics.queue_depth.get_or_create(&label).set(depth);
        let age = oldest.map_or(0, |at| (now - at).num_seconds().max(0));
        app.metrics.queue_oldest_seconds.get_or_create(&label).set(age);
    }
    app.metrics.set_aside.clear();
    for (worker, count) in platform::aside::count(&mut r).await? {
        app.metrics.set_aside.get_or_create(&AsideLabel { worker }).set(count);
    }
    Ok(())
}

#[handler]
async fn metrics(app: Data<&App>) -> Response {
    app.metrics.database_writable.set(i64::from(app.health.look(&app).await.is_ok()));
    for (pool, all, idle) in app.db.connections() {
        let idle = i64::try_from(idle).unwrap_or(i64::MAX);
        for (state, count) in [("idle", idle), ("used", i64::from(all) - idle)] {
            app.metrics.database_connections.get_or_create(&Connections { pool, state }).set(count);
        }
    }
    if let Err(error) = measure(&app).await {
        tracing::warn!(%error, "what waits could not be counted");
    }
    app.metrics.text().with_content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").into_response()
}
