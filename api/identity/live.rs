//! The sessions that a process found alive.

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Duration, Utc};
use quick_cache::sync::Cache;

use super::{model::SessionId, store};
use crate::platform::{
    App,
    ids::{MunicipalityId, ResidentId},
    problem::Failure,
};

/// How often a process that answers requests looks which sessions have ended. Ended in this process, a session is refused
/// at once; ended in another one that shares the database, after this long at the latest.
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
    /// When that was, for how long ago; none where something ended here since.
    due: std::sync::RwLock<Option<tokio::time::Instant>>,
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self(Arc::new(Live {
            alive: Cache::new(MAX_ALIVE),
            looked: tokio::sync::Mutex::default(),
            due: std::sync::RwLock::default(),
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
        let mut r = app.db.read().await?;
        let lives = store::live(&mut r, whose.0, whose.2, whose.1, now).await?;
        if lives {
            // Should it end between the look and this line, the next look back finds it.
            self.0.alive.insert(whose.2, whose);
        }
        Ok(lives)
    }

    /// Forgets those that ended, if it is time to look.
    async fn look(&self, app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
        let due = |at: &Option<tokio::time::Instant>| at.is_none_or(|at| at.elapsed() >= LOOK_EVERY);
        if !due(&self.0.due.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let mut looked = self.0.looked.lock().await;
        if !due(&self.0.due.read().unwrap_or_else(PoisonError::into_inner)) {
            // Somebody else looked while this one waited.
            return Ok(());
        }
        let began = tokio::time::Instant::now();
        // What ends from here on makes another look due.
        *self.0.due.write().unwrap_or_else(PoisonError::into_inner) = Some(began);
        // Should the clock have been set back, from the earlier of both.
        let since = looked.map_or(now, |at| at.min(now)) - LOOK_BACK;
        let ended = async {
            let mut r = app.db.read().await?;
            store::ended_since(&mut r, since, MAX_ENDED).await
        };
        match ended.await {
            Ok(ended) if ended.len() < MAX_ENDED as usize => {
                for session in ended {
                    self.0.alive.remove(&session);
                }
            }
            Ok(_) => self.0.alive.clear(),
            Err(error) => {
                self.ended();
                return Err(error.into());
            }
        }
        *looked = Some(now);
        Ok(())
    }

    /// Some session has ended here: the next request looks which.
    pub fn ended(&self) {
        *self.0.due.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
