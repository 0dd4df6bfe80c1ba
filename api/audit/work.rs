//! Keeping house: entries past their keeping are forgotten.

use chrono::Duration;

use super::store;
use crate::{
    municipalities,
    platform::{App, Progress},
};

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;

/// Forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - Duration::days(app.config.retention.audit_days);
    let mut r = app.db.read().await?;
    let mut gone = 0;
    // Of a town that was taken out of the configuration as well.
    for town in municipalities::every(&mut r).await? {
        // A look first: where there is nothing to forget, nobody waits for it.
        if store::anything_old(&mut r, town, before).await? {
            let mut w = app.db.write().await?;
            gone += store::forget(&mut w, town, before, CHUNK).await?;
            w.commit().await?;
        }
    }
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
