//! Keeping house: codes that confirm nothing any more are forgotten.

use super::{rules, store};
use crate::platform::{App, Progress};

/// Forgets codes whose time is over, once they count for no hour any more.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - rules::HOUR;
    // A look first: where there is nothing to forget nobody waits for it.
    if !store::any_code_old(&mut app.db.read().await?, before).await? {
        return Ok(Progress::Idle);
    }
    let mut w = app.db.write().await?;
    let gone = store::forget_codes(&mut w, before).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
