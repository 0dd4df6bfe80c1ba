//! One SQL for two databases.
//!
//! SQLite is the embedded default, PostgreSQL serves any number of processes. Each statement is written once and
//! sent to whichever engine is configured: [`Read`] and [`Write`] hold a connection, and [`on!`](crate::on) writes
//! the same body in an arm for each, so that both are fully typed.
//!
//! What differs between the engines stands in this file and nowhere else: how a transaction begins, how a claim
//! skips rows another worker holds ([`Locked`]), and how an error that a retry mends is recognised.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// The numbered scripts in `migrations/`, compiled in.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a SQLite writer waits for another process (an import beside a server) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a request waits for a free connection before it is answered 503.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The database, of either kind. Cheap to clone.
#[derive(Clone)]
pub struct Db(Pools);

#[derive(Clone)]
enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres { read: PgPool, write: PgPool },
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
pub struct Write(Read);

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
/// `listed!(r, "select … where municipality_id = ", town, " and id in (", ids)`.
#[macro_export]
macro_rules! listed {
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
    /// Opens the database that `url` names: `sqlite:PATH` (made if absent) or `postgres://…`.
    ///
    /// # Errors
    /// A URL of another kind, or a database that cannot be reached.
    pub async fn open(url: &str, connections: u32) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?.application_name("thuisloket");
            let read_only = options.clone().options([("default_transaction_read_only", "on")]);
            // A dead connection shows itself at the first statement; a ping at each loan would double the trips.
            let pool = || {
                PgPoolOptions::new()
                    .max_connections(connections)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .test_before_acquire(false)
            };
            let write = pool().connect_with(options).await?;
            let read = pool().connect_lazy_with(read_only);
            return Ok(Self(Pools::Postgres { read, write }));
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            anyhow::bail!("the database must be named as sqlite:PATH or postgres://…, not {url:?}");
        };
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A promised message must survive a power cut: FULL syncs the log at each commit; `begin` says which.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .statement_cache_capacity(200)
            // 32 MiB: a checkpoint waits for the disk, and the writer with it.
            .pragma("wal_autocheckpoint", "8000");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY_TIMEOUT)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self(Pools::Sqlite { read, write }))
    }

    /// Brings the schema up to date; repeating it changes nothing.
    ///
    /// # Errors
    /// A script that fails, or a database that a newer server has migrated.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        match &self.0 {
            Pools::Sqlite { write, .. } => MIGRATIONS.run(write).await?,
            Pools::Postgres { write, .. } => MIGRATIONS.run(write).await?,
        }
        Ok(())
    }

    /// How many scripts the database still lacks.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn pending_migrations(&self) -> anyhow::Result<usize> {
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
            return Ok(MIGRATIONS.iter().count());
        }
        let mut r = self.read().await?;
        let done: i64 = on!(r, c => sqlx::query_scalar("select count(*) from _sqlx_migrations").fetch_one(c).await)?;
        Ok(MIGRATIONS.iter().count().saturating_sub(usize::try_from(done)?))
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
        Ok(Read(match &self.0 {
            Pools::Sqlite { read, .. } => Held::SqliteRead(read.acquire().await?),
            Pools::Postgres { read, .. } => Held::PostgresRead(read.acquire().await?),
        }))
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
    pub async fn write_again_if_lost(&self) -> sqlx::Result<Write> {
        self.begin(false).await
    }

    async fn begin(&self, durable: bool) -> sqlx::Result<Write> {
        // In one trip: while a transaction waits for the next, nobody else writes on SQLite.
        let (sqlite, postgres) = if durable {
            ("pragma synchronous = full; begin immediate", "begin")
        } else {
            ("pragma synchronous = normal; begin immediate", "begin; set local synchronous_commit to off")
        };
        Ok(Write(Read(match &self.0 {
            Pools::Sqlite { write, .. } => Held::SqliteWrite(write.begin_with(sqlite).await?),
            Pools::Postgres { write, .. } => Held::PostgresWrite(write.begin_with(postgres).await?),
        })))
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
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
    /// Makes all that was written durable.
    ///
    /// # Errors
    /// The database refused; nothing was written.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self.0.0 {
            Held::SqliteWrite(tx) => tx.commit().await,
            Held::PostgresWrite(tx) => tx.commit().await,
            Held::SqliteRead(_) | Held::PostgresRead(_) => Ok(()),
        }
    }
}

impl std::ops::Deref for Write {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.0
    }
}

impl std::ops::DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.0
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

/// Whether trying the whole transaction again can mend this: SQLite busy, PostgreSQL's serialization failure
/// (40001) or deadlock (40P01), or a connection that broke before the statement.
pub fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(e) => {
            matches!(e.code().as_deref(), Some("40001" | "40P01" | "57P01" | "5" | "517" | "261"))
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        _ => false,
    }
}
