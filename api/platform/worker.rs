//! What runs by itself, again and again, while the clock is believed.

use super::{
    aside::guarded,
    room::{App, Progress, Worker},
};

/// Whether work may go by the clock: what tells, calls off or forgets something asks here first.
///
/// # Errors
/// The database.
pub async fn believed(app: &App) -> anyhow::Result<bool> {
    app.watch.believes(&app.clock, &app.db, &app.config.workers, &app.metrics).await
}

impl Worker {
    /// One step, if the clock that says what is due is believed.
    ///
    /// # Errors
    /// The step's own; one that panicked.
    pub async fn turn(&self) -> anyhow::Result<Progress> {
        if believed(&self.app).await? { guarded((self.step)()).await } else { Ok(Progress::Idle) }
    }
}
