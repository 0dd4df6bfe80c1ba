//! Keeping house: tickets past their keeping are forgotten. What visitors thought of it stays: it is nobody's.

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
    let before = (app.clock.now() - Duration::days(app.config.retention.visits_days)).date_naive();
    let mut w = app.db.write().await?;
    let gone = store::forget(&mut w, before, CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
