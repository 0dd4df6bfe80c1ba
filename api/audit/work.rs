//! Keeping house: entries past their keeping are forgotten.

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
    let before = app.clock.now() - Duration::days(app.config.retention.audit_days);
    let mut w = app.db.write().await?;
    let gone = store::forget(&mut w, before, CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
