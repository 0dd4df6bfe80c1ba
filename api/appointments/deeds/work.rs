//! What becomes of deeds by themselves: nobody answered in time, the mandate ended, or the start or the visit is none any more. None of it is what
//! stops a yes, which reads all of it again.

use chrono::Duration;

use super::{
    answering::over,
    model::{DeedEnd, DeedId},
    store,
};
use crate::{
    municipalities::Municipalities,
    platform::{App, Progress, aside::patient, ids::MunicipalityId},
};

/// Deeds ended in one turn.
const CHUNK: i64 = 200;
/// Mandates that ended before that have no deed any more: none waits for so long.
const ENDED_LATELY: Duration = Duration::days(3);

/// Ends what is past its limit, and tells both.
///
/// # Errors
/// The database.
pub async fn lapse(app: &App) -> anyhow::Result<Progress> {
    let late = store::late(&mut app.db.read().await?, app.clock.now(), CHUNK).await?;
    end(app, late, DeedEnd::Late).await
}

/// Ends what waits by a mandate that is over, and tells both.
///
/// # Errors
/// The database.
pub async fn end_with_mandates(app: &App) -> anyhow::Result<Progress> {
    let since = app.clock.now() - ENDED_LATELY;
    let ended = store::of_ended(&mut app.db.read().await?, since, CHUNK).await?;
    end(app, ended, DeedEnd::Mandate).await
}

/// Ends what waits for nothing any more, and tells both: its start is held no more, or the visit was moved, cancelled or added to meanwhile.
///
/// # Errors
/// The database.
pub async fn end_of_nothing(app: &App) -> anyhow::Result<Progress> {
    let over = store::of_nothing(&mut app.db.read().await?, app.clock.now(), CHUNK).await?;
    end(app, over, DeedEnd::Taken).await
}

async fn end(app: &App, deeds: Vec<(MunicipalityId, DeedId)>, why: DeedEnd) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let (mut done, mut failed) = (0, None);
    for (town, id) in deeds {
        let Ok(town) = towns.get(town) else {
            // Of a town that is not served any more, nobody waits, and nobody is told; it must not stand before those of others.
            let mut w = app.db.write().await?;
            done += usize::from(store::end(&mut w, town, id, why, app.clock.now()).await?);
            w.commit().await?;
            continue;
        };
        match patient(|| async { Ok(over(app, town, id, why).await?) }).await {
            Ok(ended) => done += usize::from(ended),
            // The others end all the same.
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        Some(error) if done == 0 => Err(error),
        _ => Ok(done.into()),
    }
}
