//! One SQL for two databases.
//!
//! SQLite is the embedded default, PostgreSQL serves any number of processes. Each statement is written once and
//! sent to whichever engine is configured: [`Read`] and [`Write`] hold a connection, and [`with_conn!`](crate::with_conn) writes
//! the same body in an arm for each, so that both are fully typed.
//!
//! What differs between the engines stands in this folder: how a transaction begins, how a claim skips rows another worker
//! holds ([`Locked`]), and how the parameters of a list are written ([`Listed`]). How an error that a retry mends is recognised stands in [`transactions`](super::transactions).

mod built;
mod handles;
mod listed;
mod macros;
mod pools;
mod private;
mod schema;

use std::{
    path::Path,
    str::FromStr,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use uuid::Uuid;

use super::metrics::{Pool, Waited};

use crate::with_conn;
pub use built::{Built, Column, Part};
use handles::Held;
pub use handles::{Conn, Engine, Locked, Read, Shared, Write};
pub use listed::Listed;
pub use macros::MAX_BINDS;
pub use pools::Db;
use pools::{Doubt, Pools};
use private::only_ours;
pub use private::{private_file, private_folder};
pub use schema::Schema;

/// How long a SQLite writer waits for another process (an import beside a server) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a request waits for a free connection before it is answered 503.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a trial write may take before the database counts as one that takes no writes. Above [`SESSION`]'s
/// `lock_timeout`, below the ten seconds that a balancer usually gives a health check.
const TRIAL_TIMEOUT: Duration = Duration::from_secs(5);
/// What each PostgreSQL connection is told. The server's own defaults wait without end: one transaction whose client
/// lost its power keeps its row locks until TCP gives up (two hours), and whoever waits for them keeps a connection.
/// `lock_timeout` is well above the longest transaction of ours and well below a request's time (see [`PATIENT`] and [`HASTY`]); the rest ends what
/// a vanished process of ours left behind. What it notices and does not warn of (a table that is there already) is no news to
/// whoever runs a command. No statement of ours is worth being compiled to machine code: that took longer than to run it. Said by statements and not as startup options: PgBouncer refuses or drops those.
const SESSION: &str = "
    set lock_timeout = '3s';
    set statement_timeout = '30s';
    set idle_in_transaction_session_timeout = '60s';
    set tcp_keepalives_idle = 30;
    set tcp_keepalives_interval = 10;
    set tcp_keepalives_count = 3;
    set jit = off;
    set client_min_messages = 'warning'";
/// What a connection for reading is told beside.
const READ_ONLY: &str = "set default_transaction_read_only = on";
/// Tries of finding out whether two connections are given the same server process.
const POOLER_TRIES: usize = 5;

/// How SQLite keeps what its planner knows of the tables: of all of them (0x10000), with a bound on the rows that it
/// reads for that (0x10), and only of those that have none yet or grew tenfold (0x2). (sqlite.org/pragma.html#pragma_optimize)
const OPTIMIZE: &str = "pragma optimize(0x10012)";
/// How often it looks, as SQLite advises for connections that live long.
const OPTIMIZE_EVERY: chrono::Duration = chrono::Duration::days(1);

/// Asked of PostgreSQL only, of a connection for writing.
const TAKES_NO_WRITES: &str = "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'";
/// While the database is in doubt, a connection for reading that is older than this is not lent: what it leads to may be
/// a server that was a primary.
const READS_IN_DOUBT: Duration = Duration::from_secs(10);

crate::statements! {
    SEEN = "
        insert into process (id, seen_at) values ($1, $2)
        on conflict (id) do update set seen_at = excluded.seen_at";
    /// Those that are gone.
    FORGET_PROCESSES = "delete from process where seen_at < $1";
    WORKED_ON = "select worked_at from last_work";
    NOTE_WORK = "
        insert into last_work (id, worked_at) values (1, $1)
        on conflict (id) do update set worked_at = excluded.worked_at";
}

/// What opening a database may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Make it where it is absent: for a server, and for who brings it up to date.
    Make,
    /// Only one that is there: what works on a town's data must not begin another town.
    Existing,
    /// Only to look: nothing is written, no file is made.
    Look,
}

impl Db {
    /// Opens the database that `url` names: `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// A URL of another kind, a database that cannot be reached, or one that is absent and may not be made.
    pub async fn open(url: &str, connections: u32, open: Open) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::open_postgres(url, connections).await;
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            // Not the rest of it, where a password may stand.
            let scheme = url.split_once(':').map_or("a name without a scheme", |(scheme, _)| scheme);
            anyhow::bail!("the database must be named as sqlite:PATH or postgres://…, not as {scheme:?}");
        };
        let file = Path::new(path);
        if !file.exists() {
            anyhow::ensure!(
                open == Open::Make,
                "there is no database at {}: `serve` and `migrate` make one; is this the right configuration?",
                std::path::absolute(file)?.display()
            );
            private_folder(file.parent().unwrap_or(Path::new("")))?;
            match private_file(file) {
                Ok(_) => tracing::info!(path = %std::path::absolute(file)?.display(), "made a new database"),
                // Another process made it at this moment.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
            }
        } else if open != Open::Look {
            // Names, birth dates and documents stand in it in plain text. The log and the index beside it inherit this.
            only_ours(file)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            // A promised message must survive a power cut: FULL syncs the log at each commit; `begin` says which.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .statement_cache_capacity(200)
            // What is erased is overwritten, and not only given free: a name is in no page of the file any more.
            .pragma("secure_delete", "on")
            // After a long reader (a backup) the log shrinks again to what a checkpoint waits for.
            .pragma("journal_size_limit", "67108864")
            // 32 MiB: a checkpoint waits for the disk, and the writer with it.
            .pragma("wal_autocheckpoint", "8000");
        let options = match open {
            Open::Look => options.read_only(true),
            Open::Make | Open::Existing => options.journal_mode(SqliteJournalMode::Wal),
        };
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY_TIMEOUT)
            .test_before_acquire(false)
            // SQLite ends a transaction by itself when the disk is full or fails. The driver then believes for ever
            // that it is inside one, so this connection can begin no other: it is closed, and the next is a new one.
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options.clone().optimize_on_close(open != Open::Look, None))
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self(Pools::Sqlite { read, write, analysed: Arc::default() }, Waited::default()))
    }

    async fn open_postgres(url: &str, connections: u32) -> anyhow::Result<Self> {
        let options = PgConnectOptions::from_str(url)?.application_name("thuisloket");
        refuse_shared_sessions(&options).await?;
        let doubt = Doubt::default();
        let pool = |reads: bool| {
            let doubt = doubt.clone();
            PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                // A dead connection shows itself at the first statement; a ping at each loan would double the trips.
                .test_before_acquire(false)
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        connection.execute(SESSION).await?;
                        if reads {
                            connection.execute(READ_ONLY).await?;
                        }
                        Ok(())
                    })
                })
                .before_acquire(move |connection, lent| {
                    let doubt = doubt.clone();
                    Box::pin(async move {
                        if !doubt.load(Ordering::Relaxed) {
                            return Ok(true);
                        }
                        if reads {
                            return Ok(lent.age < READS_IN_DOUBT);
                        }
                        Ok(!sqlx::query_scalar::<_, bool>(TAKES_NO_WRITES).fetch_one(connection).await?)
                    })
                })
        };
        let write = pool(false).connect_with(options.clone()).await?;
        let read = pool(true).connect_lazy_with(options);
        Ok(Self(Pools::Postgres { read, write, doubt }, Waited::default()))
    }

    /// Notes that this process lives, which only a database that is well can do: a look alone would also go with a full
    /// disk, with a stuck lock or on a standby.
    ///
    /// # Errors
    /// Why it takes no writes.
    pub async fn try_to_write(&self, process: Uuid, now: DateTime<Utc>) -> anyhow::Result<()> {
        let trial = async {
            let mut w = self.write().await?;
            with_conn!(w, c => sqlx::query(SEEN).bind(process).bind(now).execute(c).await.map(|_| ()))?;
            w.commit().await
        };
        let tried = match tokio::time::timeout(TRIAL_TIMEOUT, trial).await {
            Ok(tried) => tried.map_err(anyhow::Error::from),
            Err(_) => Err(anyhow::anyhow!("a trial write took longer than {} seconds", TRIAL_TIMEOUT.as_secs())),
        };
        if let Pools::Postgres { doubt, .. } = &self.0 {
            doubt.store(tried.is_err(), Ordering::Relaxed);
        }
        tried
    }

    /// Forgets processes that were not seen since `before`.
    ///
    /// # Errors
    /// The database.
    pub async fn forget_processes(&self, before: DateTime<Utc>) -> sqlx::Result<()> {
        let mut w = self.write().await?;
        with_conn!(w, c => sqlx::query(FORGET_PROCESSES).bind(before).execute(c).await.map(|_| ()))?;
        w.commit().await
    }

    /// When this database was last worked on, by a clock that was believed. None: never.
    ///
    /// # Errors
    /// The database.
    pub async fn worked_on(&self) -> sqlx::Result<Option<DateTime<Utc>>> {
        let mut r = self.read().await?;
        with_conn!(r, c => sqlx::query_scalar(WORKED_ON).fetch_optional(c).await)
    }

    /// Notes that this database is worked on `now`, by a clock that is believed.
    ///
    /// # Errors
    /// The database.
    pub async fn note_work(&self, now: DateTime<Utc>) -> sqlx::Result<()> {
        let mut w = self.write_relaxed().await?;
        with_conn!(w, c => sqlx::query(NOTE_WORK).bind(now).execute(c).await.map(|_| ()))?;
        w.commit().await
    }

    /// Which database this is, without a password: for a person who wonders.
    pub fn name(url: &str) -> String {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return std::path::absolute(path).map_or(path.to_owned(), |p| p.display().to_string());
        }
        url::Url::parse(url).map_or_else(
            |_| "PostgreSQL".to_owned(),
            |u| format!("PostgreSQL {}{}", u.host_str().unwrap_or_default(), u.path()),
        )
    }

    /// A copy of the whole as it is at one moment, into a file of its own, while others go on writing. SQLite only.
    ///
    /// # Errors
    /// A file that is there already or cannot be made; PostgreSQL.
    pub async fn copy_into(&self, file: &Path) -> anyhow::Result<()> {
        let Pools::Sqlite { read, .. } = &self.0 else { anyhow::bail!("PostgreSQL has its own tools for that") };
        private_file(file)?;
        let path = file.to_str().context("the path is not UTF-8")?;
        // Without `query_only`, which refuses to write into another file as well.
        let mut c =
            SqliteConnection::connect_with(&read.connect_options().as_ref().clone().pragma("query_only", "off"))
                .await?;
        sqlx::query("vacuum into $1").bind(path).execute(&mut c).await?;
        c.close().await?;
        Ok(())
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// No connection became free in time.
    pub async fn read(&self) -> sqlx::Result<Read> {
        let began = Instant::now();
        let held = match &self.0 {
            Pools::Sqlite { read, .. } => read.acquire().await.map(Held::SqliteRead),
            Pools::Postgres { read, .. } => read.acquire().await.map(Held::PostgresRead),
        };
        self.waited("read", began);
        held.map(Read)
    }

    /// A transaction to write in. SQLite's begins IMMEDIATE: a plain BEGIN that reads first and writes later loses
    /// to another writer. Hold none over a call to the network.
    ///
    /// # Errors
    /// No connection became free in time.
    pub async fn write(&self) -> sqlx::Result<Write> {
        self.begin(true).await
    }

    /// The same for what may be lost with the power, because it would only be done again: what became of a push.
    /// It does not wait for the disk; whatever is written durably later makes it durable too.
    ///
    /// # Errors
    /// No connection became free in time.
    pub async fn write_relaxed(&self) -> sqlx::Result<Write> {
        self.begin(false).await
    }

    async fn begin(&self, durable: bool) -> sqlx::Result<Write> {
        // In one trip: while a transaction waits for the next, nobody else writes on SQLite.
        let (sqlite, postgres) = if durable {
            ("pragma synchronous = full; begin immediate", "begin")
        } else {
            ("pragma synchronous = normal; begin immediate", "begin; set local synchronous_commit to off")
        };
        // In a task of its own: a request that is given up while its transaction begins must not leave a connection
        // behind that is inside one and does not know it.
        let (pools, began) = (self.0.clone(), Instant::now());
        let begun = tokio::spawn(async move {
            Ok::<_, sqlx::Error>(match &pools {
                Pools::Sqlite { write, .. } => Held::SqliteWrite(write.begin_with(sqlite).await?),
                Pools::Postgres { write, .. } => Held::PostgresWrite(write.begin_with(postgres).await?),
            })
        });
        let begun = begun.await;
        self.waited("write", began);
        let read = Read(begun.map_err(|_| sqlx::Error::WorkerCrashed)??);
        Ok(Write { read, is_repeatable: !durable, afterwards: handles::Afterwards::default() })
    }

    fn waited(&self, pool: &'static str, since: Instant) {
        self.1.get_or_create(&Pool { pool }).inc_by(since.elapsed().as_secs_f64());
    }

    /// What is counted of waiting for a connection.
    pub fn waits(&self) -> Waited {
        self.1.clone()
    }

    /// Cuts off SQLite's log of writes, where what was erased still stands, if nobody reads from it: nobody is waited for.
    /// PostgreSQL has its own ways.
    ///
    /// # Errors
    /// The database.
    pub async fn empty_log(&self) -> sqlx::Result<()> {
        let Pools::Sqlite { write, .. } = &self.0 else { return Ok(()) };
        let hurry = format!(
            "pragma busy_timeout = 0; pragma wal_checkpoint(truncate); pragma busy_timeout = {}",
            BUSY_TIMEOUT.as_millis()
        );
        sqlx::raw_sql(AssertSqlSafe(hurry)).execute(write).await.map(|_| ())
    }

    /// How many connections there are to read and to write, each with how many of them are idle.
    pub fn connections(&self) -> [(&'static str, u32, usize); 2] {
        match &self.0 {
            Pools::Sqlite { read, write, .. } => {
                [("read", read.size(), read.num_idle()), ("write", write.size(), write.num_idle())]
            }
            Pools::Postgres { read, write, .. } => {
                [("read", read.size(), read.num_idle()), ("write", write.size(), write.num_idle())]
            }
        }
    }

    /// Tells the planner what these tables hold, now that an import or a fan-out filled them. PostgreSQL's autovacuum comes
    /// to it a minute later, SQLite never does: until then a statement may be planned for a table that was empty.
    ///
    /// Without it all goes on, more slowly; so a failure is told in the log only.
    pub async fn filled(&self, tables: &[&str]) {
        let done = match &self.0 {
            Pools::Sqlite { write, .. } => sqlx::query(OPTIMIZE).execute(write).await.map(|_| ()),
            Pools::Postgres { write, .. } => {
                // Not one that autovacuum is at already.
                let sql = format!("analyze (skip_locked) {}", tables.join(", "));
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(write).await.map(|_| ())
            }
        };
        if let Err(error) = done {
            tracing::warn!(error = error.to_string(), "the planner was not told what the tables hold");
        }
    }

    /// Keeps what SQLite's planner knows up to date, once a day; PostgreSQL does so by itself.
    ///
    /// # Errors
    /// The database.
    pub async fn keep_statistics(&self, now: DateTime<Utc>) -> sqlx::Result<()> {
        let Pools::Sqlite { write, analysed, .. } = &self.0 else { return Ok(()) };
        if now.timestamp() - analysed.load(Ordering::Relaxed) < OPTIMIZE_EVERY.num_seconds() {
            return Ok(());
        }
        sqlx::query(OPTIMIZE).execute(write).await?;
        analysed.store(now.timestamp(), Ordering::Relaxed);
        Ok(())
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

/// Refuses a pooler that lends a session to one transaction after the other (PgBouncer in transaction mode): what a
/// connection was told once (its bounds, that it only reads) and the statements it prepared would be another's.
///
/// Two connections that never are inside a transaction at once have two server processes; behind such a pooler they get
/// the same one, the last that was given back.
async fn refuse_shared_sessions(options: &PgConnectOptions) -> anyhow::Result<()> {
    async fn process(c: &mut PgConnection) -> sqlx::Result<i32> {
        use sqlx::Row as _;
        // Without a prepared statement, which such a pooler may refuse.
        sqlx::raw_sql("select pg_backend_pid()").fetch_one(c).await?.try_get(0)
    }
    const SAY: &str = "a connection pooler stands before PostgreSQL that shares sessions (PgBouncer in transaction or \
        statement mode). Use pool_mode = session, with ignore_startup_parameters = extra_float_digits, or connect to \
        PostgreSQL itself";
    let connect = async || {
        PgConnection::connect_with(options).await.map_err(|error| {
            let pooler = error.to_string().contains("unsupported startup parameter");
            let error = anyhow::Error::from(error);
            if pooler { error.context(SAY) } else { error }
        })
    };
    let (mut a, mut b) = (connect().await?, connect().await?);
    for _ in 0..POOLER_TRIES {
        let (first, second) = (process(&mut a).await.context(SAY)?, process(&mut b).await.context(SAY)?);
        anyhow::ensure!(first != second, SAY);
    }
    a.close().await.ok();
    b.close().await.ok();
    Ok(())
}
