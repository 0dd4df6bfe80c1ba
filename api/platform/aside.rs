//! Work that cannot be done is set aside: a worker takes what is due by the batch, and one row that cannot be read, written or
//! spoken of must hold up no other, of the same town or of another. It is kept with its reason, tried again after a while, and
//! shown to who runs the server.

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{
    db::Read,
    ids::MunicipalityId,
    problem::{Code, Failure},
    room::{App, Progress},
    transactions::is_transient,
};
use crate::{statements, with_conn};

/// How long after the first failure it is tried again; then twice as long each time.
const FIRST_WAIT: Duration = Duration::minutes(1);
/// The longest wait: what was mended meanwhile is done within it.
const LONGEST_WAIT: Duration = Duration::hours(6);
/// A row that was not set aside again for so long was done, or is due no more.
const FORGOTTEN: Duration = Duration::hours(24);
/// Tries of a step that met another transaction.
const ATTEMPTS: u32 = 3;
/// The least time between two of them.
const BREATH: std::time::Duration = std::time::Duration::from_millis(20);
/// Characters of a reason that are kept.
const MAX_REASON: usize = 300;

statements! {
    TRIES = "select tries from set_aside where worker = $1 and item = $2";
    PUT = "
        insert into set_aside (worker, item, municipality_id, reason, tries, since, again_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (worker, item) do update
            set reason = excluded.reason, tries = excluded.tries, again_at = excluded.again_at";
    LIST = "
        select worker, item, municipality_id, reason, tries, since, again_at from set_aside
        order by since limit $1";
    COUNT = "select worker, count(*) from set_aside group by worker order by worker";
    FORGET = "delete from set_aside where again_at < $1";
}

/// What was set aside.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Aside {
    /// Which worker could not do it.
    pub worker: String,
    /// The id of the row that it is about.
    pub item: Uuid,
    /// Whose it is.
    pub municipality_id: MunicipalityId,
    /// Why it could not be done, the last time.
    pub reason: String,
    /// How often it was tried.
    pub tries: i64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it is tried again.
    pub again_at: DateTime<Utc>,
}

/// The rows that a step took, noted before it works on them, so that it is known which of them it failed on.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<(MunicipalityId, Uuid)>>>);

impl Seen {
    /// Notes a row that was taken.
    pub fn note(&self, town: MunicipalityId, item: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((town, item));
    }

    fn take(&self) -> Vec<(MunicipalityId, Uuid)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Does a step of `batch` rows; where that fails, and not for want of a database, the same rows one by one, each in its own
/// transaction, and sets aside those that fail alone. `act` is given how many rows to take at the most, takes none that is
/// set aside, and notes those that it takes.
///
/// # Errors
/// The database; or a failure that is no row's.
pub async fn careful<F: Future<Output = anyhow::Result<Progress>>>(
    app: &App,
    worker: &'static str,
    batch: i64,
    act: impl Fn(i64, Seen) -> F,
) -> anyhow::Result<Progress> {
    let seen = Seen::default();
    let first = patient(|| {
        // Of a try before, nothing was written.
        drop(seen.take());
        act(batch, seen.clone())
    });
    let error = match first.await {
        Ok(progress) => return Ok(progress),
        Err(error) => error,
    };
    let taken = seen.take();
    if passes(&error) || taken.is_empty() {
        return Err(error);
    }
    let count = taken.len();
    for _ in 0..count {
        match guarded(act(1, seen.clone())).await {
            Ok(Progress::Idle) => break,
            Ok(Progress::Worked(_)) => drop(seen.take()),
            Err(error) => {
                let one = seen.take();
                let Some((town, item)) = one.first().filter(|_| !passes(&error)) else { return Err(error) };
                put(app, worker, *town, *item, &error).await?;
            }
        }
    }
    Ok(Progress::Worked(count))
}

/// A step that met another transaction (a deadlock, a serialization failure) is done again at once: nothing of it was written.
///
/// # Errors
/// The step's own, where it did not go after some tries.
pub async fn patient<T, F: Future<Output = anyhow::Result<T>>>(step: impl Fn() -> F) -> anyhow::Result<T> {
    for n in 1..ATTEMPTS {
        match guarded(step()).await {
            Err(error) if passes(&error) => tokio::time::sleep(BREATH * rand::random_range(1..=n)).await,
            done => return done,
        }
    }
    guarded(step()).await
}

/// A step whose panic is an error like any other. Where it panicked stands in the log.
pub async fn guarded<T>(step: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    AssertUnwindSafe(step).catch_unwind().await.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked")))
}

/// Whether a failure is the database's state, which passes, and no row's.
fn passes(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref().is_some_and(is_transient)
            || cause.downcast_ref::<Failure>().is_some_and(|f| f.is(Code::Overloaded))
    })
}

async fn put(
    app: &App,
    worker: &'static str,
    town: MunicipalityId,
    item: Uuid,
    error: &anyhow::Error,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    let reason: String = format!("{error:#}").chars().take(MAX_REASON).collect();
    let mut w = app.db.write().await?;
    let before: Option<i64> =
        with_conn!(w, c => sqlx::query_scalar(TRIES).bind(worker).bind(item).fetch_optional(c).await)?;
    let tries = before.unwrap_or_default() + 1;
    let wait = FIRST_WAIT * 2_i32.pow(u32::try_from(tries - 1).unwrap_or_default().min(10));
    let again_at = now + wait.min(LONGEST_WAIT);
    with_conn!(w, c => sqlx::query(PUT).bind(worker).bind(item).bind(town).bind(&reason).bind(tries).bind(now).bind(again_at)
        .execute(c).await.map(|_| ()))?;
    w.commit().await?;
    tracing::error!(worker, municipality = %town, item = %item, reason, tries, %again_at, "set aside: it cannot be done");
    Ok(())
}

/// What is set aside, the oldest first.
///
/// # Errors
/// The database.
pub async fn list(r: &mut Read, limit: i64) -> sqlx::Result<Vec<Aside>> {
    with_conn!(r, c => sqlx::query_as(LIST).bind(limit).fetch_all(c).await)
}

/// How much each worker has set aside.
///
/// # Errors
/// The database.
pub async fn count(r: &mut Read) -> sqlx::Result<Vec<(String, i64)>> {
    with_conn!(r, c => sqlx::query_as(COUNT).fetch_all(c).await)
}

/// Forgets what was done in the end.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let mut w = app.db.write().await?;
    with_conn!(w, c => sqlx::query(FORGET).bind(app.clock.now() - FORGOTTEN).execute(c).await.map(|_| ()))?;
    w.commit().await?;
    Ok(Progress::Idle)
}
