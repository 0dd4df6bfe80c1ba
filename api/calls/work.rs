//! What the room does unasked: it forgets calls past their keeping, as the messages that they were about are.

use chrono::Duration;

use super::store;
use crate::{
    municipalities,
    platform::{App, Progress},
};

/// Calls forgotten in one transaction.
const CHUNK: i64 = 1_000;

/// Forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - Duration::days(app.config.retention.messages_days);
    let mut r = app.db.read().await?;
    let mut forgotten = 0;
    // Of a town that was taken out of the configuration as well.
    for town in municipalities::every(&mut r).await? {
        let old = store::old(&mut r, town, before, CHUNK).await?;
        if old.is_empty() {
            continue;
        }
        let mut w = app.db.write().await?;
        for id in old {
            forgotten += store::forget(&mut w, (town, id)).await?;
        }
        w.commit().await?;
    }
    Ok(Progress::from(usize::try_from(forgotten).unwrap_or(usize::MAX)))
}
