//! What the queue does unasked: it tells who waits at a location that closes, and forgets tickets past their keeping. What visitors
//! thought of it stays: it is nobody's.

use chrono::Duration;

use super::{MAX_WAITING, desk::tell, letters::Word, screen::Screens, store};
use crate::{
    appointments::{Catalogues, closing},
    municipalities::Municipalities,
    platform::{App, Progress, aside::guarded, time::local_day},
};

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

/// Tells who waits where it closed for a sudden reason that they are not called.
///
/// # Errors
/// The database.
pub async fn shut(
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    screens: &Screens,
) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let closed = closing::now_closed(&mut app.db.read().await?, now).await?;
    let mut done = 0;
    for (id, location) in closed {
        let Ok(town) = towns.get(id) else { continue };
        let day = local_day(town.zone, now);
        if store::who_wait(&mut app.db.read().await?, id, location, day, 1).await?.is_empty() {
            continue;
        }
        let tickets = store::who_wait(&mut app.db.read().await?, id, location, day, MAX_WAITING).await?;
        let catalogue = catalogues.of(&mut app.db.read().await?, town).await?;
        for ticket in tickets {
            // Each by itself: one that cannot be told stops nobody else's.
            let one = async {
                let mut w = app.db.write().await?;
                if store::shut(&mut w, id, ticket.id, now).await? {
                    tell(&mut w, app, town, &catalogue, &ticket, Word::Closed).await?;
                }
                w.commit().await.map_err(anyhow::Error::from)
            };
            match guarded(one).await {
                Ok(()) => done += 1,
                Err(error) => {
                    tracing::warn!(ticket = %ticket.id, error = format!("{error:#}"), "a turn could not be ended");
                }
            }
        }
        screens.ring(location);
    }
    Ok(Progress::from(done))
}
