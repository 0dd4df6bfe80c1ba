//! The composition root: joins configuration, database, clock, ids, keys, providers and channels; serves the routes and
//! runs the workers. What decides anything lives in the rooms.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use poem::{
    Endpoint, EndpointExt as _, IntoResponse as _, Request, Response, Route, get, handler,
    http::{Method, StatusCode},
    middleware::CookieJarManager,
    web::Data,
};
use poem_openapi::{ContactObject, LicenseObject, Object, OpenApi, OpenApiService, ServerObject, payload::Json};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    CitizenApi, ROOMS, StaffApi,
    config::Config,
    front, jobs,
    municipalities::Municipalities,
    platform::{
        self, App, Progress,
        aside::guarded,
        db::{Db, Open},
        health::Health,
        http::{Door, middleware},
        ids::Ids,
        limits::{Bound, Limits},
        metrics::{AsideLabel, Connections, Metrics, QueueLabel, Worker as WorkerLabel},
        openapi::{Methods, published},
        problem::Failure,
        room::{Opening, Room, Waiting, Worker},
        time::Clock,
        worker::believed,
    },
};

pub use crate::platform::room::Server;

/// How often the house is kept.
const HOUSEKEEPING: Duration = Duration::from_secs(60);
/// How long a worker rests after a fault; after each further one twice as long.
const AFTER_A_FAULT: Duration = Duration::from_secs(5);
/// The longest such rest: what was out of order is then found mended within it.
const AFTER_MANY_FAULTS: Duration = Duration::from_secs(60);
/// Steps after which a drain is taken for one that never ends.
const MAX_DRAIN: usize = 100_000;

impl Server {
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
    /// As [`Server::open`]; a database that is absent.
    pub async fn open_existing(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        Self::open_as(config, clock, ids, Open::Existing).await
    }

    async fn open_as(config: Config, clock: Clock, ids: Ids, open: Open) -> anyhow::Result<Self> {
        let app = build_app(config, clock, ids, open).await?;
        app.db.migrate().await.context("the database could not be brought up to date")?;
        let mut opening = Opening::new(app, open);
        for open in ROOMS.iter().filter_map(|room| room.open) {
            open(&mut opening).await?;
        }
        Ok(opening.done())
    }

    /// The municipalities.
    pub fn towns(&self) -> &Municipalities {
        self.part()
    }

    /// Every path of the server.
    ///
    /// # Errors
    /// A contract that cannot be written.
    pub fn routes(&self) -> anyhow::Result<impl Endpoint<Output = Response> + use<>> {
        let (citizen, staff) = (citizen_api(), staff_api());
        let (citizen_json, staff_json) = documents()?;
        let route = ROOMS
            .iter()
            .fold(Route::new(), |route, room| (room.pages)(route))
            .at("/healthz", get(healthz))
            .at("/readyz", get(readyz))
            .at("/metrics", get(metrics));
        let route = front::docs::routes(route, &self.app.config, &citizen_json, &staff_json)?;
        let app = self.app.clone();
        let route = route
            .nest_no_strip("/staff/v1", staff)
            .nest_no_strip("/v1", citizen)
            .before(move |mut request: Request| {
                request.extensions_mut().extend((*app.parts).clone());
                std::future::ready(Ok(request))
            })
            .with(CookieJarManager::new());
        let methods = Methods::of(&[&citizen_json, &staff_json])?;
        let door = Door {
            bound,
            allow: Box::new(move |path| if changes(path) { "GET".to_owned() } else { methods.of_path(path) }),
            page: front::problem_page,
            changes,
            closes,
        };
        Ok(middleware(&self.app, route, door))
    }

    /// Serves HTTP until `stop`, then finishes what is under way.
    ///
    /// # Errors
    /// A contract that cannot be written.
    pub async fn serve(&self, listener: TcpListener, stop: CancellationToken) -> anyhow::Result<()> {
        self.serve_routes(listener, self.routes()?, stop).await;
        Ok(())
    }

    /// The same for a program that puts something before [`Server::routes`].
    pub async fn serve_routes<E>(&self, listener: TcpListener, routes: E, stop: CancellationToken)
    where
        E: Endpoint<Output = Response> + 'static,
    {
        let (app, stopping) = (self.app.clone(), stop.clone());
        tokio::spawn(async move {
            stopping.cancelled().await;
            ROOMS.iter().for_each(|room| (room.stop)(&app));
        });
        platform::serve::serve(listener, routes, &self.app, stop).await;
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
            closes: |_| false,
        };
        platform::serve::serve(listener, middleware(&self.app, route, door), &self.app, stop).await;
    }

    /// Runs every worker until `stop`; each finishes its turn, so that no channel is left held.
    pub async fn work(&self, stop: CancellationToken) {
        let tracker = TaskTracker::new();
        for worker in self.workers(&stop) {
            tracker.spawn(repeat(self.app.clone(), stop.clone(), worker));
        }
        let server = self.clone();
        tracker.spawn(async move {
            while stop.run_until_cancelled(tokio::time::sleep(HOUSEKEEPING)).await.is_some() {
                if let Err(error) = server.housekeeping().await {
                    tracing::error!(error = format!("{error:#}"), "housekeeping failed in part");
                }
            }
        });
        tracker.close();
        tracker.wait().await;
    }

    /// Every worker. Each runs by itself: what one cannot do holds up no other.
    fn workers(&self, stop: &CancellationToken) -> Vec<Worker> {
        let of_room = |room: &&'static Room| {
            let fixed = room
                .work
                .iter()
                .map(|step| Worker::new(&self.app, step.name, move |app| async move { (step.run)(&app).await }));
            fixed.chain((room.workers)(&self.app, stop)).collect::<Vec<_>>()
        };
        ROOMS.iter().flat_map(of_room).collect()
    }

    /// Keeps the house once: each room by itself, so that what one cannot forget keeps no other from forgetting.
    ///
    /// # Errors
    /// The first failure, when all have had their turn.
    pub async fn housekeeping(&self) -> anyhow::Result<()> {
        // What was forgotten by a wrong clock does not come back.
        if !believed(&self.app).await? {
            return Ok(());
        }
        let mut failed = Ok(());
        let come = ROOMS.iter().flat_map(|room| room.by_calendar);
        let kept = ROOMS.iter().rev().flat_map(|room| room.housekeeping);
        for step in come.chain(kept).chain(ROOMS.iter().flat_map(|room| room.erasing)) {
            let kept = async {
                while guarded((step.run)(&self.app)).await? != Progress::Idle {}
                Ok::<_, anyhow::Error>(())
            };
            failed = failed.and(kept.await.with_context(|| step.name));
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
                match worker.turn().await {
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

/// Runs a worker's step again and again: at once while there is work, after a rest when there is none, and after a longer one
/// each time it fails in a row.
async fn repeat(app: App, stop: CancellationToken, worker: Worker) {
    let rest = Duration::from_millis(app.config.workers.idle_milliseconds);
    let label = WorkerLabel { worker: worker.name };
    let mut failures = 0;
    while !stop.is_cancelled() {
        let outcome = worker.turn().await;
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

/// The foundation: configuration, database, clock, ids.
///
/// # Errors
/// A database that cannot be opened.
pub async fn build_app(config: Config, clock: Clock, ids: Ids, open: Open) -> anyhow::Result<App> {
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
        rooms: ROOMS,
        parts: Arc::default(),
    })
}

/// Where a contract's operations are, and whom to ask about them: each municipality has a server of its own.
const WHERE: &str = "The server that this document is read from.";
const WHOM: &str = "The municipality whose app it is";

fn citizen_api() -> OpenApiService<CitizenApi, ()> {
    OpenApiService::new(CitizenApi::default(), "Thuisloket for citizens", env!("CARGO_PKG_VERSION"))
        .description(
            "What a municipality's app may call. Every error is `application/problem+json` with a stable `code`; see \
             `x-problem-codes` of each operation. Times are UTC, dates are the town's. An app ignores fields and enum values that it does not know. What \
             may be left out of a body may also be `null`, which says the same.",
        )
        .server(ServerObject::new("/").description(WHERE))
        .contact(ContactObject::new().name(WHOM))
        .license(LicenseObject::new("EUPL-1.2").url("https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"))
}

fn staff_api() -> OpenApiService<(AboutApi, StaffApi), ()> {
    OpenApiService::new((AboutApi, StaffApi::default()), "Thuisloket for staff", env!("CARGO_PKG_VERSION"))
        .description(
            "What staff and machines may call. Every error is `application/problem+json` with a stable `code`; see \
             `x-problem-codes` of each operation. `x-roles` are the roles of which one is enough; `x-scopes` the same of a \
             machine's key. A browser signs in at `/staff/sign-in` and is known by a cookie; a tool sends the token of its session, a \
             machine its key, as `Authorization: Bearer …`. All that is read and changed is of the municipality that the \
             caller acts for. What may be left out of a body may also be `null`, which says the same.",
        )
        .server(ServerObject::new("/").description(WHERE))
        .contact(ContactObject::new().name(WHOM))
        .license(LicenseObject::new("EUPL-1.2").url("https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12"))
}

/// The two contracts as published: for citizens, for staff.
///
/// # Errors
/// A document that is not JSON.
pub fn documents() -> anyhow::Result<(String, String)> {
    let citizen = published(&citizen_api().spec(), ROOMS, jobs::CITIZEN)?;
    Ok((citizen, published(&staff_api().spec(), ROOMS, jobs::STAFF)?))
}

/// What this server is.
#[derive(Object)]
struct AboutOut {
    /// The name of the server software: `thuisloket`.
    name: String,
    /// The version of the server software, such as `1.4.0`.
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

/// How closely a request is bounded.
fn bound(request: &Request) -> Bound {
    match request.uri().path() {
        "/healthz" | "/readyz" | "/metrics" => Bound::Free,
        // Whatever else the request carries: nobody is known yet where these are asked.
        path => ROOMS.iter().find_map(|room| (room.bound)(request)).unwrap_or_else(|| {
            let writes = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
            if writes && path.starts_with("/staff/v1/") { Bound::Long } else { Bound::Wide }
        }),
    }
}

/// Whether nobody is answered on a path while planned work goes on: the API is closed, but for what tells apps until when.
fn closes(path: &str) -> bool {
    ["/v1/", "/staff/v1/"].iter().any(|api| path.starts_with(api)) && path != "/v1/municipalities"
}

/// Whether a page changes something when a browser goes there: it is gone to, and not looked at (`HEAD`).
fn changes(path: &str) -> bool {
    ROOMS.iter().any(|room| room.changes.contains(&path))
}

#[handler]
fn healthz() -> &'static str {
    "ok"
}

#[handler]
async fn readyz(app: Data<&App>) -> Response {
    let found = app.health.look(&app.db, app.process, app.clock.now()).await;
    app.metrics.database_writable.set(i64::from(found.is_ok()));
    match found {
        Ok(()) => "ready".into_response(),
        Err(why) => why.with_status(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}

/// Reads from the database what no process counts by itself: how much waits, and for how long.
async fn measure(app: &App) -> sqlx::Result<()> {
    let (now, mut r) = (app.clock.now(), app.db.read().await?);
    for Waiting { name: queue, count } in ROOMS.iter().flat_map(|room| room.waiting) {
        let ((depth, oldest), label) = (count(&mut r, now).await?, QueueLabel { queue });
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
    app.metrics.database_writable.set(i64::from(app.health.look(&app.db, app.process, app.clock.now()).await.is_ok()));
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
