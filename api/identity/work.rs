//! Keeping house: whoever died or left is signed out, so that nobody else uses their app; sign-ins and sessions that are
//! over are forgotten.

use chrono::Duration;

use super::{Identity, store};
use crate::platform::Progress;

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;
/// Whom the register took away before that was signed out long ago: this runs each minute, and nobody gone signs in.
const GONE_LATELY: Duration = Duration::days(30);

/// Ends the sessions of whoever is no longer here, and forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(identity: &Identity) -> anyhow::Result<Progress> {
    let app = &identity.app;
    let now = app.clock.now();
    let since = now - GONE_LATELY;
    let keep = now - Duration::days(app.config.retention.sessions_days);
    // A look first: where there is nothing to do, nobody waits for it.
    let mut r = app.db.read().await?;
    if !store::anybody_gone(&mut r, since).await? && !store::anything_old(&mut r, now, keep).await? {
        return Ok(Progress::Idle);
    }
    drop(r);
    let mut w = app.db.write().await?;
    let gone = store::end_gone(&mut w, since, CHUNK, now).await?;
    let forgotten = store::forget_sign_ins(&mut w, now, CHUNK).await?;
    let ended = store::forget_sessions(&mut w, keep, CHUNK).await?;
    w.commit().await?;
    if gone > 0 {
        identity.live.ended();
    }
    Ok(Progress::from(usize::try_from(gone + forgotten + ended).unwrap_or(usize::MAX)))
}
