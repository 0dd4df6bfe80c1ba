//! The foundation: what every room stands on and that knows no room.

pub mod access;
pub mod aside;
pub mod believed;
mod canonical;
pub mod db;
pub mod erased;
pub mod files;
pub mod health;
pub mod http;
pub mod ical;
pub mod idempotency;
pub mod ids;
pub mod import;
pub mod language;
pub mod limits;
pub mod log;
pub mod metrics;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod reasons;
pub mod retry;
pub mod room;
pub mod serve;
pub mod text;
pub mod time;
pub mod value;
pub mod values;
pub mod words;

use std::sync::Arc;

use crate::config::Config;

/// What a use case needs from the foundation. Cheap to clone; each process has one.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: db::Db,
    /// The clock.
    pub clock: time::Clock,
    /// New ids and secrets.
    pub ids: ids::Ids,
    /// Which process this is.
    pub process: uuid::Uuid,
    /// The configuration as read at start.
    pub config: Arc<Config>,
    /// The counters behind `/metrics`.
    pub metrics: Arc<metrics::Metrics>,
    /// How much one caller may ask.
    pub limits: Arc<limits::Limits>,
    /// Whether the database is well, as it was last found.
    pub health: Arc<health::Health>,
    /// Whether the machine's clock is believed, as it was last found.
    pub watch: Arc<believed::Watch>,
    /// Every room, in their order.
    pub rooms: &'static [&'static room::Room],
}

/// What a worker's step came to: whether to look again at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many pieces of work were done; there may be more.
    Worked(usize),
    /// Nothing is due.
    Idle,
}

impl From<usize> for Progress {
    fn from(done: usize) -> Self {
        if done == 0 { Self::Idle } else { Self::Worked(done) }
    }
}
