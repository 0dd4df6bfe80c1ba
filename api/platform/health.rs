//! Whether this server can do its work, as `/readyz` says: the schema is the one it was built for, and the database takes
//! writes. A look at the database would not tell: reads go on with a full disk, a stuck lock, or on a server that was a primary.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{sync::Mutex, time::Instant};
use uuid::Uuid;

use super::db::Db;

/// How long what was found holds. Whoever asks more often is told the same, as the trial is a write.
const FRESH: Duration = Duration::from_secs(2);

/// A process that was not seen for so long is gone.
const GONE: chrono::Duration = chrono::Duration::days(7);

/// What was last found, and when. Only one looks at a time; the others wait for what it finds.
#[derive(Default)]
pub struct Health {
    last: Mutex<Option<(Instant, Result<(), String>)>>,
    stopping: AtomicBool,
}

impl Health {
    /// From now on the server is not ready: it was told to stop.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server was told to stop.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Looks, where it was not just done.
    ///
    /// # Errors
    /// Why the server is not ready, in words for its operator that name nothing secret.
    pub async fn look(&self, db: &Db, process: Uuid, now: DateTime<Utc>) -> Result<(), String> {
        if self.is_stopping() {
            return Err("stopping".to_owned());
        }
        let mut last = self.last.lock().await;
        if let Some((at, found)) = &*last
            && at.elapsed() < FRESH
        {
            return found.clone();
        }
        let found = look(db, process, now).await;
        let was_well = last.as_ref().is_none_or(|(_, found)| found.is_ok());
        match &found {
            Err(why) if was_well => tracing::error!(why, "not ready"),
            Ok(()) if !was_well => tracing::info!("ready again"),
            _ => {}
        }
        *last = Some((Instant::now(), found.clone()));
        found
    }
}

/// Forgets processes that are gone.
///
/// # Errors
/// The database.
pub async fn forget(db: &Db, now: DateTime<Utc>) -> sqlx::Result<()> {
    db.forget_processes(now - GONE).await
}

async fn look(db: &Db, process: Uuid, now: DateTime<Utc>) -> Result<(), String> {
    match db.schema().await {
        Ok(schema) if schema.pending > 0 => return Err(format!("{} migrations are pending", schema.pending)),
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "the database does not answer");
            return Err("the database does not answer".to_owned());
        }
    }
    db.try_to_write(process, now).await.map_err(|error| {
        tracing::warn!(error = format!("{error:#}"), "the database takes no writes");
        "the database takes no writes".to_owned()
    })
}
