//! Keeping house: whoever died or left is signed out, so that nobody else uses their app; sign-ins and sessions that are
//! over are forgotten.

use chrono::Duration;

use super::{Identity, store};
use crate::platform::Progress;

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;

/// Ends the sessions of whoever is no longer here, and forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(identity: &Identity) -> anyhow::Result<Progress> {
    let app = &identity.app;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let gone = store::end_gone(&mut w, now).await?;
    // A day longer than they live, so that a code that comes back late is still known to be one.
    let forgotten = store::forget_sign_ins(&mut w, now - Duration::days(1)).await?;
    let keep = Duration::days(app.config.retention.sessions_days);
    let ended = store::forget_sessions(&mut w, now - keep, CHUNK).await?;
    w.commit().await?;
    if gone > 0 {
        identity.live.ended();
    }
    Ok(Progress::from(usize::try_from(forgotten + ended).unwrap_or(usize::MAX)))
}
