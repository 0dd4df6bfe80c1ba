//! What every use case is given ([`App`]), and a room as a value: what it owns, what it opens at the start, what it serves and what it does by itself. The composition root
//! goes through the list of rooms, and nobody keeps a second list of anything in them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::{FutureExt as _, future::BoxFuture};
use poem::{Request, Route, http::Extensions};
use tokio_util::sync::CancellationToken;

use super::{
    believed::Watch,
    db::{Db, Listed, Locked, Open, Read, Write},
    health::Health,
    ids::Ids,
    limits::{Bound, Limits},
    metrics::Metrics,
    problem::Named,
    time::Clock,
};
use crate::config::Config;

/// What a use case needs from the foundation. Cheap to clone; each process has one.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// New ids and secrets.
    pub ids: Ids,
    /// Which process this is.
    pub process: uuid::Uuid,
    /// The configuration as read at start.
    pub config: Arc<Config>,
    /// The counters behind `/metrics`.
    pub metrics: Arc<Metrics>,
    /// How much one caller may ask.
    pub limits: Arc<Limits>,
    /// Whether the database is well, as it was last found.
    pub health: Arc<Health>,
    /// Whether the machine's clock is believed, as it was last found.
    pub watch: Arc<Watch>,
    /// Every room, in their order.
    pub rooms: &'static [&'static Room],
    /// What the rooms opened.
    pub parts: Arc<Extensions>,
}

impl App {
    /// What a room opened under this type. An app that a room keeps from its opening knows the parts of the rooms before it.
    ///
    /// # Panics
    /// No room opens such a part.
    #[expect(clippy::panic, reason = "which rooms there are is known when this is compiled")]
    pub fn part<T: Clone + Send + Sync + 'static>(&self) -> &T {
        self.parts.get().unwrap_or_else(|| panic!("no room has opened {}", std::any::type_name::<T>()))
    }
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

/// The server: the foundation with what each room opened. One for each process; cheap to clone.
#[derive(Clone)]
pub struct Server {
    /// The foundation.
    pub app: App,
}

impl Server {
    /// What a room opened under this type.
    pub fn part<T: Clone + Send + Sync + 'static>(&self) -> &T {
        self.app.part()
    }
}

/// A server that is being opened, room by room: each finds what those before it opened.
pub struct Opening {
    /// The foundation.
    pub app: App,
    /// Whether what is absent may be made.
    pub open: Open,
}

impl Opening {
    /// Nothing is open but the foundation.
    pub fn new(app: App, open: Open) -> Self {
        Self { app, open }
    }

    /// Opens a part.
    pub fn add<T: Clone + Send + Sync + 'static>(&mut self, part: T) {
        Arc::make_mut(&mut self.app.parts).insert(part);
    }

    /// All is open.
    pub fn done(self) -> Server {
        Server { app: self.app }
    }
}

/// What a room does, and what comes of it.
pub type Doing<T> = for<'a> fn(&'a App) -> BoxFuture<'a, anyhow::Result<T>>;

/// What a room does again and again by itself.
pub struct Step {
    /// What it is called in the log and the metrics.
    pub name: &'static str,
    /// Does some of it.
    pub run: Doing<Progress>,
}

/// Something that runs by itself, again and again.
pub struct Worker {
    /// What it is called in the log and the metrics.
    pub name: &'static str,
    pub(super) app: App,
    pub(super) step: Box<dyn Fn() -> BoxFuture<'static, anyhow::Result<Progress>> + Send + Sync>,
}

impl Worker {
    /// One that does such a step.
    pub fn new<F>(app: &App, name: &'static str, step: impl Fn(App) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = anyhow::Result<Progress>> + Send + 'static,
    {
        let each = app.clone();
        Self { name, app: app.clone(), step: Box::new(move || step(each.clone()).boxed()) }
    }
}

/// How many wait, and since when the oldest does.
pub type Depth = (i64, Option<DateTime<Utc>>);
/// Counts what waits, at an instant.
pub type Count = for<'a> fn(&'a mut Read, DateTime<Utc>) -> BoxFuture<'a, sqlx::Result<Depth>>;
/// Opens a room's part.
pub type OpenPart = for<'a> fn(&'a mut Opening) -> BoxFuture<'a, anyhow::Result<()>>;

/// How much of something waits to be done, and since when the oldest of it does.
pub struct Waiting {
    /// What it is called in the metrics.
    pub name: &'static str,
    /// Counts it, at an instant.
    pub count: Count,
}

/// A member of staff of whom something was taken: a role, or the session that asks.
#[derive(Clone, Copy)]
pub struct Taken<'a> {
    /// The member.
    pub member: uuid::Uuid,
    /// Whether a session of theirs ended, and no role.
    pub session: bool,
    /// The colleague who took it, and their name; none where the member did it themselves, or their provider says so.
    pub by: Option<(uuid::Uuid, &'a str)>,
}

/// What a room ends in the transaction that takes something from a member of staff.
pub type EndOf = for<'a> fn(&'a mut Write, &'a App, Taken<'a>) -> BoxFuture<'a, sqlx::Result<()>>;

/// Lets each room end what a member of staff has no more by right, in the transaction that took it from them. Whoever calls it has locked
/// the member.
///
/// # Errors
/// The database.
pub async fn end_of(w: &mut Write, app: &App, taken: Taken<'_>) -> sqlx::Result<()> {
    for end in app.rooms.iter().filter_map(|room| room.end_of) {
        end(w, app, taken).await?;
    }
    Ok(())
}

/// How a room calls things that its town's audit trail is about.
pub struct Names {
    /// The kind of thing, a word of the audit trail.
    pub kind: &'static str,
    /// Reads the id and the name of some, by the town's id and theirs.
    pub select: Listed,
    /// Whether the name is texts by language, as JSON.
    pub in_languages: bool,
    /// Whether the trail keeps what it was called when something was done with it: staff name it, and name it anew. What tells of a
    /// person is not kept there.
    pub kept: bool,
}

impl Names {
    /// Names that are the same in each language.
    pub const fn plain(kind: &'static str, select: &'static str) -> Self {
        Self { kind, select: Listed(select), in_languages: false, kept: false }
    }

    /// Names by language, as JSON: each a text, or one with a title.
    pub const fn in_languages(kind: &'static str, select: &'static str) -> Self {
        Self { kind, select: Listed(select), in_languages: true, kept: false }
    }

    /// The same, and the trail keeps what it was called at the time.
    pub const fn kept(self) -> Self {
        Self { kept: true, ..self }
    }
}

/// A name of a statement, and the statement.
pub type Statement = (&'static str, &'static str);

/// A room. [`Room::named`] is one that has nothing.
pub struct Room {
    /// What it is called: its folder, or its file.
    pub name: &'static str,
    /// Its tables. Nobody else writes to them.
    pub owns: &'static [&'static str],
    /// Tables of others that its statements read.
    pub reads: &'static [&'static str],
    /// Its fixed statements.
    pub statements: &'static [&'static [Statement]],
    /// Those about a list: their text depends on how long it is.
    pub listed: &'static [&'static [(&'static str, Listed)]],
    /// Those that claim rows: their text is not the same on both engines.
    pub claiming: &'static [&'static [(&'static str, &'static Locked)]],
    /// The problem codes that it declares.
    pub codes: &'static [&'static Named],
    /// How it calls what the audit trail is about.
    pub names: &'static [Names],
    /// Opens its part, when the server starts.
    pub open: Option<OpenPart>,
    /// Adds its pages, and other answers that no contract has.
    pub pages: fn(Route) -> Route,
    /// How closely a request to it is bounded; none for how most are.
    pub bound: fn(&Request) -> Option<Bound>,
    /// Pages of it that change something when a browser goes there: they are gone to, and not looked at (`HEAD`).
    pub changes: &'static [&'static str],
    /// What it ends where something is taken from a member of staff.
    pub end_of: Option<EndOf>,
    /// What it does by itself, as soon as it is due.
    pub work: &'static [Step],
    /// Workers that are as many as the configuration says.
    pub workers: fn(&App, &CancellationToken) -> Vec<Worker>,
    /// What comes true each minute because its day has come, before any room keeps house: somebody leaves the town.
    pub by_calendar: &'static [Step],
    /// What it does by itself each minute, until nothing is left to do. Rooms have their turn from the last to the first: what rests on
    /// something is forgotten before that.
    pub housekeeping: &'static [Step],
    /// What it erases each minute, when all rooms had their turn.
    pub erasing: &'static [Step],
    /// What waits to be done.
    pub waiting: &'static [Waiting],
    /// Ends what has no end of its own, when the server is asked to stop.
    pub stop: fn(&App),
}

impl Room {
    /// A room that has nothing.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            owns: &[],
            reads: &[],
            statements: &[],
            listed: &[],
            claiming: &[],
            codes: &[],
            names: &[],
            open: None,
            pages: |route| route,
            bound: |_| None,
            changes: &[],
            end_of: None,
            work: &[],
            workers: |_, _| Vec::new(),
            by_calendar: &[],
            housekeeping: &[],
            erasing: &[],
            waiting: &[],
            stop: |_| (),
        }
    }
}

/// The names of some things of a kind, as the room that has them calls them.
pub fn names_of(rooms: &[&'static Room], kind: &str) -> Option<&'static Names> {
    rooms.iter().flat_map(|room| room.names).find(|names| names.kind == kind)
}
