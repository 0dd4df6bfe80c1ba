//! What SQL runs on: a connection to read, a transaction to write, and what is locked in it.

use sqlx::{AssertSqlSafe, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};
use uuid::Uuid;

use super::super::transactions;

/// How long a transaction waits for a lock, beside what a session says: as usual; for all who rest on something; and where nobody is
/// to be waited for, which is too short for a ring of those who wait for each other to close.
const USUAL: &str = "set local lock_timeout = '3s'";
const PATIENT: &str = "set local lock_timeout = '15s'";
const HASTY: &str = "set local lock_timeout = '100ms'";

/// A connection that may read. Each statement sees what is committed when it starts; the connection refuses writes.
pub struct Read(pub(super) Held);

/// A transaction that may write, and read what it wrote. Dropped without [`Write::commit`], it rolls back.
pub struct Write {
    pub(super) read: Read,
    /// Whether it may be done again where it is done already.
    pub(super) is_repeatable: bool,
    pub(super) afterwards: Afterwards,
}

/// What is done once a transaction is committed, or may be.
#[derive(Default)]
pub(super) struct Afterwards {
    all: Vec<Box<dyn FnOnce() + Send>>,
    /// Whether the commit has begun: who is dropped from here on does not know what came of it.
    is_due: bool,
}

impl Drop for Afterwards {
    fn drop(&mut self) {
        if self.is_due {
            std::mem::take(&mut self.all).into_iter().for_each(|afterwards| afterwards());
        }
    }
}

pub(super) enum Held {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection inside, for [`with_conn!`](crate::with_conn).
pub enum Conn<'a> {
    /// SQLite's.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL's.
    Postgres(&'a mut PgConnection),
}

/// Which engine answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, one writer.
    Sqlite,
    /// A server that many processes share.
    Postgres,
}

/// A statement that claims rows: PostgreSQL must skip those that another worker has locked, SQLite has one writer
/// and no such words. (`UPDATE … WHERE id IN (SELECT … LIMIT n)` without them claimed rows twice.)
pub struct Locked {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl Read {
    /// Which engine is behind it.
    pub fn engine(&mut self) -> Engine {
        match self.conn() {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        }
    }

    /// The connection inside, for [`with_conn!`](crate::with_conn).
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

    /// Has something done once this transaction is committed, such as forgetting what it ended; also where nobody knows whether it was, or
    /// nobody waits for it any more; never where it is rolled back.
    pub fn afterwards(&mut self, afterwards: impl FnOnce() + Send + 'static) {
        self.afterwards.all.push(Box::new(afterwards));
    }

    /// Makes all that was written durable.
    ///
    /// # Errors
    /// The database refused, and nothing was written; or the connection broke, and nobody knows.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        self.afterwards.is_due = true;
        let done = match self.read.0 {
            Held::SqliteWrite(tx) => tx.commit().await,
            Held::PostgresWrite(tx) => tx.commit().await,
            Held::SqliteRead(_) | Held::PostgresRead(_) => Ok(()),
        };
        self.afterwards.is_due = done.as_ref().err().is_none_or(|error| !is_rolled_back(error));
        drop(self.afterwards);
        if !self.is_repeatable && done.as_ref().err().is_none_or(|error| !is_rolled_back(error)) {
            transactions::wrote();
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
        match handle.engine() {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// Whether a commit that failed has written nothing.
fn is_rolled_back(error: &sqlx::Error) -> bool {
    // What the database says itself of a commit is a refusal, but for a server that stops. With any other fault its word may be lost.
    let code = error.as_database_error().map(|e| e.code().unwrap_or_default());
    code.is_some_and(|code| !["08", "57"].iter().any(|class| code.len() == 5 && code.starts_with(class)))
}
