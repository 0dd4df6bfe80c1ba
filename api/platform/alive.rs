//! What a process found to hold in the database, and forgets once it has ended there.

use std::{
    hash::Hash,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Duration, Utc};
use quick_cache::sync::Cache;

/// How often a process that answers requests looks what has ended. What ended in this process is refused at once; in another one that shares
/// the database, after this long, and five times as long where the database is slow.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

/// How far back it looks each time: for transactions that took long to commit, and processes whose clocks differ. What is older when it is
/// seen, nobody finds.
const LOOK_BACK: Duration = Duration::seconds(60);

/// What ended that is looked at in one go; where there is more, all is looked up anew.
const MAX_ENDED: i64 = 5_000;

/// How much is remembered as alive.
const MAX_ALIVE: usize = 50_000;

/// What was found alive and has not ended since: so that each costs a look when it is first met, and all of them together one a second.
/// Cheap to clone.
pub struct Alive<K, V>(Arc<Inner<K, V>>);

/// How many had ended here before something was read. What is found to hold is kept only where none has ended since.
#[derive(Clone, Copy)]
pub struct Before(u64);

struct Inner<K, V> {
    alive: Cache<K, V>,
    /// What time it was when somebody last looked; held by whoever looks.
    looked: tokio::sync::Mutex<Option<DateTime<Utc>>>,
    /// When that look began, and how many had ended here by then; none before the first.
    seen: RwLock<Option<(tokio::time::Instant, u64)>>,
    /// How many ended in this process.
    ended: AtomicU64,
}

impl<K, V> Clone for Alive<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Eq + Hash, V: Clone> Default for Alive<K, V> {
    fn default() -> Self {
        Self(Arc::new(Inner {
            alive: Cache::new(MAX_ALIVE),
            looked: tokio::sync::Mutex::default(),
            seen: RwLock::default(),
            ended: AtomicU64::new(0),
        }))
    }
}

impl<K: Eq + Hash, V: Clone> Alive<K, V> {
    /// What was found of one that has not ended; none where it must be looked up. [`Alive::look`] comes before.
    pub fn known(&self, key: &K) -> Option<V> {
        self.0.alive.get(key)
    }

    /// Before it is read whether one holds.
    pub fn before(&self) -> Before {
        Before(self.0.ended.load(Ordering::SeqCst))
    }

    /// Keeps what was read to hold.
    pub fn found(&self, key: K, value: V, before: Before) {
        // Whoever looks forgets under the other side of this lock: either before, and then something has ended since it was read, or after.
        // Ended in another process, the next look back finds it.
        let _nobody_forgets = self.0.seen.read().unwrap_or_else(PoisonError::into_inner);
        if self.0.ended.load(Ordering::SeqCst) == before.0 {
            self.0.alive.insert(key, value);
        }
    }

    /// Something has ended here: the next request looks what.
    pub fn ended(&self) {
        self.0.ended.fetch_add(1, Ordering::SeqCst);
    }

    /// Forgets what ended, if it is time to look. `ended_since` reads up to so many that ended after an instant.
    ///
    /// # Errors
    /// What `ended_since` says.
    pub async fn look<E>(
        &self,
        now: DateTime<Utc>,
        ended_since: impl AsyncFnOnce(DateTime<Utc>, i64) -> Result<Vec<K>, E>,
    ) -> Result<(), E> {
        let mut looked = match self.due() {
            Due::No => return Ok(()),
            // Whoever looks already looks for all.
            Due::Again => match self.0.looked.try_lock() {
                Ok(looked) => looked,
                Err(_) => return Ok(()),
            },
            // Nobody is answered by what was known before, while somebody looks.
            Due::Ended => self.0.looked.lock().await,
        };
        if self.due() == Due::No {
            // Somebody else looked while this one waited.
            return Ok(());
        }
        // What ends from here on makes another look due.
        let began = Some((tokio::time::Instant::now(), self.0.ended.load(Ordering::SeqCst)));
        // Should the clock have been set back, from the earlier of both.
        let since = looked.map_or(now, |at| at.min(now)) - LOOK_BACK;
        let ended = ended_since(since, MAX_ENDED).await?;
        *looked = Some(now);
        let mut seen = self.0.seen.write().unwrap_or_else(PoisonError::into_inner);
        if ended.len() < MAX_ENDED as usize {
            for key in ended {
                self.0.alive.remove(&key);
            }
        } else {
            self.0.alive.clear();
        }
        *seen = began;
        Ok(())
    }

    fn due(&self) -> Due {
        match *self.0.seen.read().unwrap_or_else(PoisonError::into_inner) {
            Some((_, ended)) if ended != self.0.ended.load(Ordering::SeqCst) => Due::Ended,
            None => Due::Ended,
            // Whoever looks takes too long: an answer from what is known would be too old.
            Some((at, _)) if at.elapsed() >= LOOK_EVERY * 5 => Due::Ended,
            Some((at, _)) if at.elapsed() >= LOOK_EVERY => Due::Again,
            Some(_) => Due::No,
        }
    }
}

/// Whether it is time to look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// Not yet.
    No,
    /// Some time went by: something may have ended in another process.
    Again,
    /// Something ended in this process.
    Ended,
}
