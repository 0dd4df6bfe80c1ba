//! Keeping house: sign-ins and sessions of staff that are over are forgotten.

use chrono::Duration;

use super::store;
use crate::platform::{App, Progress};

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;

/// Forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let sessions = now - Duration::days(app.config.retention.sessions_days);
    // A look first: where there is nothing to do, nobody waits for it.
    let mut r = app.db.read().await?;
    if !store::anything_old(&mut r, now, sessions).await? {
        return Ok(Progress::Idle);
    }
    drop(r);
    let mut w = app.db.write().await?;
    let gone = store::forget(&mut w, now, sessions, CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
