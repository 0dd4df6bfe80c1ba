//! The sessions that a process found alive.

use std::sync::{
    Arc, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use quick_cache::sync::Cache;

use super::{model::SessionId, store};
use crate::platform::{
    App,
    ids::{MunicipalityId, ResidentId},
    problem::Failure,
};

/// How often a process that answers requests looks which sessions have ended. Ended in this process, a session is refused
/// at once; ended in another one that shares the database, after this long, and five times as long where the database is slow.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

/// How far back it looks each time: for transactions that took long to commit, and processes whose clocks differ.
const LOOK_BACK: Duration = Duration::seconds(60);

/// Ended sessions looked at in one go; where there are more, all are looked up anew.
const MAX_ENDED: i64 = 5_000;

/// Sessions remembered as alive.
const MAX_ALIVE: usize = 50_000;

/// The sessions that were found alive and have not ended since: so that a session costs a look when it is first met, and
/// all of them together one a second. Cheap to clone.
#[derive(Clone)]
pub struct LiveSessions(Arc<Live>);

/// A session, and of whom it must be: a token that says another town or another citizen is not known by it.
type Whose = (MunicipalityId, ResidentId, SessionId);

struct Live {
    alive: Cache<SessionId, Whose>,
    /// What time it was when somebody last looked; held by whoever looks.
    pub(super) looked: tokio::sync::Mutex<Option<DateTime<Utc>>>,
    /// When that look began, and how many had ended here by then; none before the first.
    seen: std::sync::RwLock<Option<(tokio::time::Instant, u64)>>,
    /// How many sessions ended in this process.
    ended: AtomicU64,
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self(Arc::new(Live {
            alive: Cache::new(MAX_ALIVE),
            looked: tokio::sync::Mutex::default(),
            seen: std::sync::RwLock::default(),
            ended: AtomicU64::new(0),
        }))
    }
}

impl LiveSessions {
    /// Whether the session lives and is theirs.
    pub(super) async fn knows(&self, app: &App, whose: Whose, now: DateTime<Utc>) -> Result<bool, Failure> {
        self.look(app, now).await?;
        if self.0.alive.get(&whose.2).is_some_and(|known| known == whose) {
            return Ok(true);
        }
        let before = self.0.ended.load(Ordering::SeqCst);
        let mut r = app.db.read().await?;
        let lives = store::live(&mut r, whose.0, whose.2, whose.1, now).await?;
        if lives {
            self.0.alive.insert(whose.2, whose);
            // It may have ended here since it was read, and whoever looked then did not find it among the alive. Ended in another
            // process, the next look back finds it.
            if self.0.ended.load(Ordering::SeqCst) != before {
                self.0.alive.remove(&whose.2);
            }
        }
        Ok(lives)
    }

    /// Forgets those that ended, if it is time to look.
    async fn look(&self, app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
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
        let ended = {
            let mut r = app.db.read().await?;
            store::ended_since(&mut r, since, MAX_ENDED).await?
        };
        if ended.len() < MAX_ENDED as usize {
            for session in ended {
                self.0.alive.remove(&session);
            }
        } else {
            self.0.alive.clear();
        }
        *looked = Some(now);
        *self.0.seen.write().unwrap_or_else(PoisonError::into_inner) = began;
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

    /// Some session has ended here: the next request looks which.
    pub fn ended(&self) {
        self.0.ended.fetch_add(1, Ordering::SeqCst);
    }
}

/// Whether it is time to look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// Not yet.
    No,
    /// Some time went by: a session may have ended in another process.
    Again,
    /// A session ended in this process.
    Ended,
}
