//! What appointments do unasked: remind of a visit, end holds that lapsed and what nobody said yes to in time, offer what was freed to those
//! who wait, tell of another address, and find another time for visits that a sudden closing hits.

use super::{
    booking::{self, store as visit_store},
    catalogue, closing, deeds,
    waiting::{self, offers, store as waiting_store},
};
use crate::{
    municipalities::{self},
    platform::{
        App, Progress,
        aside::{careful, patient},
        ids::MunicipalityId,
    },
};

/// Visits reminded of in one transaction.
const REMIND: i64 = 100;

/// Holds ended in one transaction.
const LAPSE: i64 = 500;

/// Visits forgotten in one transaction.
const FORGET: i64 = 500;

/// How long after a visit it is kept where somebody was met whose address is hidden.
const MET: chrono::Duration = chrono::Duration::days(1);

/// Forgets visits and entries of the waiting list past their keeping.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    // Housekeeping comes each minute: until then nobody says yes by a mandate that is over.
    let ended = [deeds::work::end_with_mandates(app).await, deeds::work::end_of_nothing(app).await];
    let before = app.clock.now() - chrono::Duration::days(app.config.retention.visits_days);
    let mut gone = 0;
    // Of a town that was taken out of the configuration as well.
    let towns = municipalities::every(&mut app.db.read().await?).await?;
    for town in towns {
        let mut w = app.db.write().await?;
        gone += visit_store::forget(&mut w, town, before, FORGET).await?;
        gone += waiting_store::forget(&mut w, town, before, FORGET).await?;
        w.commit().await?;
        gone += hide_contacts(app, town).await?;
    }
    let mut w = app.db.write().await?;
    gone += catalogue::history::forget(&mut w, app.clock.now(), FORGET).await?;
    gone += deeds::store::forget(&mut w, before, FORGET).await?;
    w.commit().await?;
    let mut done = Progress::Idle;
    for step in ended {
        if let worked @ Progress::Worked(_) = step? {
            done = worked;
        }
    }
    match (done, gone) {
        (worked @ Progress::Worked(_), 0) => Ok(worked),
        _ => Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX))),
    }
}

/// Forgets where those were met whose address the register hides, once their visit is over.
async fn hide_contacts(app: &App, town: MunicipalityId) -> sqlx::Result<u64> {
    let before = app.clock.now() - MET;
    // A look first: there is hardly ever one.
    let visits = visit_store::contacts_to_hide(&mut app.db.read().await?, town, before, FORGET).await?;
    if visits.is_empty() {
        return Ok(0);
    }
    let mut w = app.db.write().await?;
    for id in &visits {
        visit_store::hide_contact(&mut w, (town, *id), before).await?;
    }
    w.commit().await?;
    Ok(visits.len() as u64)
}

/// Reminds of what is near, and frees what lapsed.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    // They read first by themselves.
    let settled = closing::work::settle(app).await;
    let told = careful(app, "addresses", REMIND, |limit, seen| booking::work::tell_addresses(app, limit, seen)).await;
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    let is_due = visit_store::anything_due(&mut app.db.read().await?, now).await?;
    let is_late = deeds::store::anything_late(&mut app.db.read().await?, now).await?;
    if !is_due && !is_late && !waiting::work::anything_over(app, now).await? {
        let told = told?;
        return settled.map(|settled| if matches!(settled, Progress::Idle) { told } else { settled });
    }
    // Each by itself: what one of them cannot do holds up none of the others.
    let steps = [
        // Before their holds lapse, so that both hear why.
        deeds::work::lapse(app).await,
        patient(|| lapse(app)).await,
        settled,
        told,
        waiting::work::serve(app).await,
        careful(app, "visit reminders", REMIND, |limit, seen| booking::work::remind(app, limit, seen)).await,
    ];
    let mut done = Progress::Idle;
    for step in steps {
        if let worked @ Progress::Worked(_) = step? {
            done = worked;
        }
    }
    Ok(done)
}

async fn lapse(app: &App) -> anyhow::Result<Progress> {
    let mut w = app.db.write().await?;
    let lapsed = offers::lapse(&mut w, app, LAPSE).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(lapsed).unwrap_or(usize::MAX)))
}
