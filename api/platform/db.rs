//! One SQL for two databases.
//!
//! SQLite is the embedded default, PostgreSQL serves any number of processes. Each statement is written once and
//! sent to whichever engine is configured: [`Read`] and [`Write`] hold a connection, and [`on!`](crate::on) writes
//! the same body in an arm for each, so that both are fully typed.
//!
//! What differs between the engines stands in this file and nowhere else: how a transaction begins, how a claim
//! skips rows another worker holds ([`Locked`]), and how an error that a retry mends is recognised.

use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection,
    SqlitePool, Transaction,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use uuid::Uuid;

use super::{
    metrics::{Pool, Waited},
    retry,
};

/// The numbered scripts in `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

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
/// How long a transaction waits for a lock, beside what [`SESSION`] says: as usual; for all who rest on something; and where nobody
/// is to be waited for, which is too short for a ring of those who wait for each other to close.
const USUAL: &str = "set local lock_timeout = '3s'";
const PATIENT: &str = "set local lock_timeout = '15s'";
const HASTY: &str = "set local lock_timeout = '100ms'";
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

/// The database, of either kind. Cheap to clone.
#[derive(Clone)]
pub struct Db(Pools, Waited);

#[derive(Clone)]
enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool, analysed: Arc<AtomicI64> },
    Postgres { read: PgPool, write: PgPool, doubt: Doubt },
}

/// Set while the database was found to take no writes, as one does that was a primary and is none any more: each
/// connection is then asked before it is lent, and one that leads there is closed.
type Doubt = Arc<AtomicBool>;

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

/// What the schema is, beside the one that this server was built for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Scripts that the database still lacks.
    pub pending: usize,
    /// Scripts of a newer server. They only add, so that this one still runs (migrations/README.md).
    pub newer: usize,
    /// Scripts that were changed after they were applied.
    pub changed: usize,
    /// Scripts that were applied in part.
    pub broken: usize,
}

/// Which engine answers; for the few who show it to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, one writer.
    Sqlite,
    /// A server that many processes share.
    Postgres,
}

/// A connection that may read. Each statement sees what is committed when it starts; the connection refuses writes.
pub struct Read(Held);

/// A transaction that may write, and read what it wrote. Dropped without [`Write::commit`], it rolls back.
pub struct Write {
    read: Read,
    /// Whether it may be done again where it is done already.
    is_repeatable: bool,
}

enum Held {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection inside, for [`on!`](crate::on).
pub enum Conn<'a> {
    /// SQLite's.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL's.
    Postgres(&'a mut PgConnection),
}

/// Runs the same body on whichever engine holds the handle: `on!(r, c => sqlx::query(SQL).execute(c).await)`.
#[macro_export]
macro_rules! on {
    ($handle:expr, $c:ident => $body:expr) => {
        match $handle.conn() {
            $crate::platform::db::Conn::Sqlite($c) => $body,
            $crate::platform::db::Conn::Postgres($c) => $body,
        }
    };
}

/// Declares a store's statements as constants, and `ALL`, the list that a guard prepares on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// Every fixed statement of this store, by name.
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// Parameters in one statement: SQLite takes 32,766, PostgreSQL 65,535.
pub const MAX_BINDS: usize = 30_000;

/// Reads what a town holds about a list, however long, in statements of [`MAX_BINDS`] at most:
/// `select_in!(r, "select … where municipality_id = ", town, " and id in (", ids)`.
#[macro_export]
macro_rules! select_in {
    ($handle:expr, $select:expr, $town:expr, $among:expr, $list:expr) => {{
        let mut all = Vec::with_capacity($list.len());
        for part in $list.chunks($crate::platform::db::MAX_BINDS - 1) {
            all.append(&mut $crate::on!($handle, c => {
                let mut q = sqlx::QueryBuilder::new($select);
                q.push_bind($town).push($among);
                let mut list = q.separated(", ");
                for item in part {
                    list.push_bind(*item);
                }
                q.push(")");
                q.build_query_as().fetch_all(c).await
            })?);
        }
        all
    }};
}

/// A statement that claims rows: PostgreSQL must skip those that another worker has locked, SQLite has one writer
/// and no such words. (`UPDATE … WHERE id IN (SELECT … LIMIT n)` without them claimed rows twice.)
pub struct Locked {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

/// Builds a [`Locked`] of rows that are about to change, or that stand for something that is: of two who want to, the second
/// waits. Rows that point at them may be added meanwhile.
#[macro_export]
macro_rules! changing {
    ($sql:expr) => {
        $crate::platform::db::Locked { sqlite: $sql, postgres: concat!($sql, " for no key update") }
    };
}

/// Builds a [`Locked`] from the text before and after the place of the lock.
#[macro_export]
macro_rules! locked {
    ($before:literal, $after:literal) => {
        $crate::platform::db::Locked {
            sqlite: concat!($before, $after),
            postgres: concat!($before, " for update skip locked ", $after),
        }
    };
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
            on!(w, c => sqlx::query(SEEN).bind(process).bind(now).execute(c).await.map(|_| ()))?;
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
        on!(w, c => sqlx::query(FORGET_PROCESSES).bind(before).execute(c).await.map(|_| ()))?;
        w.commit().await
    }

    /// When this database was last worked on, by a clock that was believed. None: never.
    ///
    /// # Errors
    /// The database.
    pub async fn worked_on(&self) -> sqlx::Result<Option<DateTime<Utc>>> {
        let mut r = self.read().await?;
        on!(r, c => sqlx::query_scalar(WORKED_ON).fetch_optional(c).await)
    }

    /// Notes that this database is worked on `now`, by a clock that is believed.
    ///
    /// # Errors
    /// The database.
    pub async fn note_work(&self, now: DateTime<Utc>) -> sqlx::Result<()> {
        let mut w = self.write_relaxed().await?;
        on!(w, c => sqlx::query(NOTE_WORK).bind(now).execute(c).await.map(|_| ()))?;
        w.commit().await
    }

    /// Brings the schema up to date; repeating it changes nothing.
    ///
    /// # Errors
    /// A script that fails, or a database that a newer server has migrated.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        let mut scripts = Migrator { migrations: MIGRATIONS.migrations.clone(), ..Migrator::DEFAULT };
        // A newer server's scripts only add: one version back, this one still runs.
        scripts.set_ignore_missing(true);
        match &self.0 {
            Pools::Sqlite { write, .. } => {
                // sqlx locks a PostgreSQL while it migrates, and no SQLite: two processes would both make the first table.
                let path = write.connect_options().get_filename().with_extension("migrating");
                let lock = std::fs::File::options().create(true).truncate(false).write(true).open(&path)?;
                let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
                scripts.run(write).await?;
                lock.unlock()?;
            }
            Pools::Postgres { write, .. } => scripts.run(write).await?,
        }
        Ok(())
    }

    /// How the schema compares with the one that this server was built for.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn schema(&self) -> anyhow::Result<Schema> {
        let known: i64 = match &self.0 {
            Pools::Sqlite { read, .. } => {
                sqlx::query_scalar("select count(*) from sqlite_master where name = '_sqlx_migrations'")
                    .fetch_one(read)
                    .await?
            }
            Pools::Postgres { read, .. } => {
                sqlx::query_scalar(
                    "select count(*) from information_schema.tables where table_name = '_sqlx_migrations'",
                )
                .fetch_one(read)
                .await?
            }
        };
        if known == 0 {
            return Ok(Schema { pending: MIGRATIONS.iter().count(), ..Schema::default() });
        }
        let mut r = self.read().await?;
        let done: Vec<(i64, Vec<u8>, bool)> = on!(r, c =>
            sqlx::query_as("select version, checksum, success from _sqlx_migrations").fetch_all(c).await)?;
        let ours = |version: i64| MIGRATIONS.iter().find(|m| m.version == version);
        let applied = |version: i64| done.iter().any(|(v, ..)| *v == version);
        Ok(Schema {
            pending: MIGRATIONS.iter().filter(|m| !applied(m.version)).count(),
            newer: done.iter().filter(|(v, ..)| ours(*v).is_none()).count(),
            changed: done.iter().filter(|(v, sum, _)| ours(*v).is_some_and(|m| *m.checksum != **sum)).count(),
            broken: done.iter().filter(|(_, _, success)| !success).count(),
        })
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
        Ok(Write { read, is_repeatable: !durable })
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

/// Makes a folder, and those above it, that only this user may enter; one that is there stays as it is.
///
/// # Errors
/// A folder that cannot be made.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if path.as_os_str().is_empty() { Ok(()) } else { builder.create(path) }
}

/// Makes a file that only this user may read; fails where it exists.
///
/// # Errors
/// A file that is there, or cannot be made.
pub fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes from everybody else the right to read a file, and what SQLite keeps beside it.
fn only_ours(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    for end in ["", "-wal", "-shm"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let path = Path::new(&name);
        let Ok(found) = std::fs::metadata(path) else { continue };
        if found.permissions().mode() & 0o077 != 0 {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
            tracing::warn!(path = %path.display(), "others could read this file; now they cannot");
        }
    }
    Ok(())
}

impl Read {
    /// The connection inside, for [`on!`](crate::on).
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.0 {
            Held::SqliteRead(c) => Conn::Sqlite(c),
            Held::SqliteWrite(c) => Conn::Sqlite(c),
            Held::PostgresRead(c) => Conn::Postgres(c),
            Held::PostgresWrite(c) => Conn::Postgres(c),
        }
    }
}

impl Write {
    /// Makes durable what only prepares what was asked, such as the end of a hold that has lapsed: done again it changes nothing,
    /// so the request that did it may be answered anew.
    ///
    /// # Errors
    /// As [`Write::commit`].
    pub async fn commit_preparation(mut self) -> sqlx::Result<()> {
        self.is_repeatable = true;
        self.commit().await
    }

    /// Makes all that was written durable.
    ///
    /// # Errors
    /// The database refused, and nothing was written; or the connection broke, and nobody knows.
    pub async fn commit(self) -> sqlx::Result<()> {
        let done = match self.read.0 {
            Held::SqliteWrite(tx) => tx.commit().await,
            Held::PostgresWrite(tx) => tx.commit().await,
            Held::SqliteRead(_) | Held::PostgresRead(_) => Ok(()),
        };
        if !self.is_repeatable && done.as_ref().err().is_none_or(|error| !is_rolled_back(error)) {
            retry::wrote();
        }
        done
    }
}

impl std::ops::Deref for Write {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl std::ops::DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

/// Something that many rest on and few change, such as a plan. Until the transaction ends, who rests on it keeps out who changes it,
/// and the other way round, in the order in which they come: rows locked `for share` would let those who come later pass for ever
/// before who waits to change them. SQLite has one writer, and needs none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shared(i64);

impl Shared {
    /// Of a row's id. Two that happen to share a number wait for each other at times, and nothing else.
    pub fn of(id: Uuid) -> Self {
        let (high, low) = id.as_u64_pair();
        Self((high.rotate_left(32) ^ low).cast_signed())
    }

    /// Rests on both, in one trip.
    ///
    /// # Errors
    /// The database; somebody who changes one of them for longer than anybody waits.
    pub async fn keep_both(self, other: Self, w: &mut Write) -> sqlx::Result<()> {
        const KEEP: &str = "select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock_shared($2)";
        match w.conn() {
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(c) => sqlx::query(KEEP).bind(self.0).bind(other.0).execute(c).await.map(|_| ()),
        }
    }

    /// Rests on both, if nobody changes one of them or waits to; false where somebody does.
    ///
    /// # Errors
    /// The database.
    pub async fn try_keep_both(self, other: Self, w: &mut Write) -> sqlx::Result<bool> {
        const TRY: &str = "select pg_try_advisory_xact_lock_shared($1) and pg_try_advisory_xact_lock_shared($2)";
        match w.conn() {
            Conn::Sqlite(_) => Ok(true),
            Conn::Postgres(c) => sqlx::query_scalar(TRY).bind(self.0).bind(other.0).fetch_one(c).await,
        }
    }

    /// Is about to change it. Whoever changes a plan waits until all who rest on it are done, and for the others who change it.
    ///
    /// # Errors
    /// As [`Shared::keep_both`].
    pub async fn change(self, w: &mut Write) -> sqlx::Result<()> {
        w.say("", PATIENT).await?;
        if let Conn::Postgres(c) = w.conn() {
            sqlx::query("select pg_advisory_xact_lock($1)").bind(self.0).execute(c).await?;
        }
        w.say("", USUAL).await
    }
}

impl Write {
    /// From here on this transaction waits for nobody for longer than a moment, as what it takes now is out of the order in which
    /// everybody takes it. Where it would have to, it fails as one that met another does.
    ///
    /// # Errors
    /// The database.
    pub async fn hurry(&mut self) -> sqlx::Result<()> {
        self.say("", HASTY).await
    }

    /// It waits for others as usual again.
    ///
    /// # Errors
    /// The database.
    pub async fn take_time(&mut self) -> sqlx::Result<()> {
        self.say("", USUAL).await
    }

    /// Begins something on the side of what this transaction is for, that waits for nobody, and can be taken back alone.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_aside(&mut self) -> sqlx::Result<()> {
        self.say("savepoint aside; ", HASTY).await
    }

    /// Keeps what was done since [`Write::begin_aside`], or takes it back.
    ///
    /// # Errors
    /// The database.
    pub async fn end_aside(&mut self, keep: bool) -> sqlx::Result<()> {
        let end =
            if keep { "release savepoint aside; " } else { "rollback to savepoint aside; release savepoint aside; " };
        self.say(end, USUAL).await
    }

    /// Says this to either database, and that to PostgreSQL only: of SQLite's writers there is one at a time.
    async fn say(&mut self, both: &str, postgres: &str) -> sqlx::Result<()> {
        match self.conn() {
            Conn::Sqlite(_) if both.is_empty() => Ok(()),
            Conn::Sqlite(c) => sqlx::raw_sql(AssertSqlSafe(both.to_owned())).execute(c).await.map(|_| ()),
            Conn::Postgres(c) => sqlx::raw_sql(AssertSqlSafe(format!("{both}{postgres}"))).execute(c).await.map(|_| ()),
        }
    }
}

impl Locked {
    /// The text for the engine behind `handle`.
    pub fn on(&self, handle: &mut Read) -> &'static str {
        match handle.conn() {
            Conn::Sqlite(_) => self.sqlite,
            Conn::Postgres(_) => self.postgres,
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

/// Whether a commit that failed has written nothing.
fn is_rolled_back(error: &sqlx::Error) -> bool {
    // What the database says itself of a commit is a refusal, but for a server that stops. With any other fault its word may be lost.
    let code = error.as_database_error().map(|e| e.code().unwrap_or_default());
    code.is_some_and(|code| !["08", "57"].iter().any(|class| code.len() == 5 && code.starts_with(class)))
}

/// Whether the cause is the database's state and not what was asked, so that the same may go a moment later: it is busy, a
/// lock was not given in time, it is restarting, stopping, failing over or read-only, its disk is full, or the connection
/// broke. (PostgreSQL, appendix A; sqlite.org/rescode.html.)
pub fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(e) => {
            let code = e.code().unwrap_or_default();
            if e.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                // The primary code is the lowest byte: BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL.
                return code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6 | 7 | 8 | 10 | 13 | 14 | 15));
            }
            // Connection, transaction rollback, resources, lock timeout, operator intervention, system error; and
            // read-only, or a transaction that the server ended by itself.
            ["08", "40", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class))
                || matches!(code.as_ref(), "25006" | "25P02" | "25P03")
        }
        // What a server that starts, stops or is another one now makes of a connection.
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed
        | sqlx::Error::InvalidSavePointStatement => true,
        _ => false,
    }
}
