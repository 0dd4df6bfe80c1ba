//! Counters for `/metrics`, in the OpenMetrics text format.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};

/// An outcome of push, by channel.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PushOutcome {
    /// `apns` or `fcm`.
    pub provider: &'static str,
    /// How the row was settled, or `retry`.
    pub outcome: &'static str,
}

/// Why a channel is paused.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PushPause {
    /// App, provider and environment.
    pub channel: String,
    /// `unreachable`, `unavailable`, `asked`, `refused` or `doubted`.
    pub reason: &'static str,
}

/// Connections of a channel.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PushConnection {
    /// App, provider and environment.
    pub channel: String,
    /// `made` or `failed`.
    pub outcome: &'static str,
}

/// What became of a sign-in.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct SignIn {
    /// The provider, as the configuration names it.
    pub provider: String,
    /// `citizens` or `staff`.
    pub of: &'static str,
    /// `signed_in`, or why not.
    pub outcome: &'static str,
}

/// Answers, by operation and status.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Answer {
    /// What was asked, as the contract names it; `other` for pages, and for what came to no operation.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
}

/// What was asked.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Operation {
    /// As the contract names it, or `other`.
    pub operation: &'static str,
}

/// Connections to the database.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Connections {
    /// `read` or `write`.
    pub pool: &'static str,
    /// `used` or `idle`.
    pub state: &'static str,
}

/// A pool of connections to the database.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Pool {
    /// `read` or `write`.
    pub pool: &'static str,
}

/// Seconds that something waited for a connection to the database, or on SQLite for its turn to write.
pub type Waited = Family<Pool, Counter<f64, AtomicU64>>;

/// A worker.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Worker {
    /// Its name.
    pub worker: &'static str,
}

/// Something that waits for a worker.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct QueueLabel {
    /// Its name.
    pub queue: &'static str,
}

/// A worker, as the table of what was set aside names it.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct AsideLabel {
    /// Its name.
    pub worker: String,
}

/// What this process counted.
pub struct Metrics {
    registry: Registry,
    /// Pushes, by provider and outcome.
    pub pushes: Family<PushOutcome, Counter>,
    /// 1 for each channel to a provider that is paused, by the reason.
    pub push_paused: Family<PushPause, Gauge>,
    /// Connections to the providers.
    pub push_connections: Family<PushConnection, Counter>,
    /// Sign-ins, by provider and what became of them.
    pub sign_ins: Family<SignIn, Counter>,
    /// HTTP answers, by operation and status.
    pub answers: Family<Answer, Counter>,
    /// Seconds an HTTP request took, by operation.
    pub request_seconds: Family<Operation, Histogram, fn() -> Histogram>,
    /// Connections closed at once, because their address has its share.
    pub connections_refused: Counter,
    /// Steps of workers that failed, by worker.
    pub worker_failures: Family<Worker, Counter>,
    /// When each worker's step last went well, in seconds since the epoch.
    pub worker_last_success: Family<Worker, Gauge>,
    /// 1, while the machine's clock is in doubt; else 0.
    pub clock_in_doubt: Gauge,
    /// Rows that wait in each queue, up to ten thousand.
    pub queue_depth: Family<QueueLabel, Gauge>,
    /// How long the oldest of them waits.
    pub queue_oldest_seconds: Family<QueueLabel, Gauge>,
    /// What each worker has set aside.
    pub set_aside: Family<AsideLabel, Gauge>,
    /// 1 while the database takes writes, 0 while it does not.
    pub database_writable: Gauge,
    /// Connections to the database, used and idle.
    pub database_connections: Family<Connections, Gauge>,
    /// Reminder stages told.
    pub reminders_told: Counter,
    /// Reminder stages held back.
    pub reminders_held_back: Counter,
}

/// Seconds between which the time that a request took is told.
fn request_seconds() -> Histogram {
    Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0])
}

impl Metrics {
    /// Nothing counted yet. `waited` is counted by the database.
    pub fn new(waited: Waited) -> Self {
        let mut registry = Registry::with_prefix("thuisloket");
        let pushes = Family::default();
        registry.register("pushes", "Pushes by provider and outcome", pushes.clone());
        let push_paused = Family::default();
        let help = "1 for a channel to a push provider that is paused, by reason; 0 while it is open";
        registry.register("push_channel_paused", help, push_paused.clone());
        let push_connections = Family::default();
        let help = "Connections to push providers, made or failed (not made, or ended before they gave an answer)";
        registry.register("push_connections", help, push_connections.clone());
        let sign_ins = Family::default();
        registry.register("sign_ins", "Sign-ins by provider, door and outcome", sign_ins.clone());
        let answers = Family::default();
        registry.register("http_answers", "HTTP answers by operation and status", answers.clone());
        let request_seconds = Family::new_with_constructor(request_seconds as fn() -> Histogram);
        let help = "Seconds an HTTP request took, by operation";
        registry.register("http_request_seconds", help, request_seconds.clone());
        let connections_refused = Counter::default();
        registry.register(
            "connections_refused",
            "Connections closed because of their address",
            connections_refused.clone(),
        );
        let worker_failures = Family::default();
        registry.register("worker_failures", "Steps of workers that failed, by worker", worker_failures.clone());
        let clock_in_doubt = Gauge::default();
        registry.register(
            "clock_in_doubt",
            "1, while the machine's clock is far from when the database was last worked on, and nothing is told or forgotten for it",
            clock_in_doubt.clone(),
        );
        let worker_last_success = Family::default();
        registry.register(
            "worker_last_success_seconds",
            "When each worker's step last went well, since the epoch",
            worker_last_success.clone(),
        );
        let queue_depth = Family::default();
        registry.register("queue_depth", "Rows that wait in each queue, up to 10000", queue_depth.clone());
        let queue_oldest_seconds = Family::default();
        registry.register("queue_oldest_seconds", "Age of the oldest row in each queue", queue_oldest_seconds.clone());
        let set_aside = Family::default();
        registry.register("set_aside", "Rows that a worker could not do and passes over", set_aside.clone());
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of this server", build);
        let database_writable = Gauge::default();
        registry.register("database_writable", "1 while the database takes writes", database_writable.clone());
        let database_connections = Family::default();
        let help = "Connections to the database, used and idle";
        registry.register("database_connections", help, database_connections.clone());
        let help = "Seconds that requests and workers waited for a connection to the database";
        registry.register("database_wait_seconds", help, waited);
        let reminders_told = Counter::default();
        registry.register("reminders_told", "Reminder stages told", reminders_told.clone());
        let reminders_held_back = Counter::default();
        registry.register("reminders_held_back", "Reminder stages held back", reminders_held_back.clone());
        Self {
            registry,
            pushes,
            push_paused,
            push_connections,
            sign_ins,
            answers,
            request_seconds,
            connections_refused,
            worker_failures,
            worker_last_success,
            clock_in_doubt,
            queue_depth,
            queue_oldest_seconds,
            set_aside,
            database_writable,
            database_connections,
            reminders_told,
            reminders_held_back,
        }
    }

    /// The text that a Prometheus server reads.
    pub fn text(&self) -> String {
        let mut out = String::new();
        if let Err(error) = text::encode(&mut out, &self.registry) {
            tracing::error!(%error, "metrics could not be written");
        }
        out
    }
}
