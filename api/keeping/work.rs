//! Keeping house: whose time has come is emptied, and erased. In small transactions, with rests between them; of each a line is
//! left in the log and in the audit trail, with numbers and no names.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use chrono::{DateTime, Duration, Utc};

use super::{empty, erase, is_held};
use crate::{
    announcements,
    audit::{self, Actor, Entry},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::Write,
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
    residents::store::{self, Step},
    staff,
};

/// What the worker is called, where it sets somebody aside.
const WORKER: &str = "keeping";
/// People in one transaction: each has some hundred rows at the most, and SQLite's other writers wait for its end.
const PEOPLE: i64 = 25;

/// How far a step came: those before it are done, or held by a visit.
type At = Mutex<Option<(DateTime<Utc>, ResidentId)>>;

/// Empties and erases all whose time has come; and members of staff who are none any more.
///
/// # Errors
/// The database. Whoever cannot be erased alone is set aside, and tried again later.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let (keep, now) = (&app.config.retention, app.clock.now());
    let left = now - Duration::days(keep.left_days);
    // The person is kept as long as a visit may be that they had on the day they left.
    let visits = now - Duration::days(keep.visits_days.max(keep.left_days));
    let mut erased = false;
    for (step, before) in [(Step::Empty, left), (Step::EmptyAgain, left), (Step::Erase, visits)] {
        let at = At::default();
        loop {
            let began = Instant::now();
            if careful(app, WORKER, PEOPLE, |limit, seen| some(app, (step, before), &at, limit, seen)).await?
                == Progress::Idle
            {
                break;
            }
            erased = true;
            // As long again, so that others come to write.
            tokio::time::sleep(began.elapsed()).await;
        }
    }
    while members(app, now - Duration::days(keep.audit_days)).await? != Progress::Idle {
        erased = true;
    }
    if erased {
        app.db.empty_log().await?;
    }
    Ok(Progress::Idle)
}

/// Erases members of staff who have not signed in for as long as the audit trail says what they did: it then says nothing of them any
/// more, and the line about it stands in the log alone.
async fn members(app: &App, since: DateTime<Utc>) -> anyhow::Result<Progress> {
    // A look first: where there is nobody to erase, nobody waits for it.
    let silent = staff::silent(&mut app.db.read().await?, since, PEOPLE).await?;
    if silent.is_empty() {
        return Ok(Progress::Idle);
    }
    let mut erased: BTreeMap<MunicipalityId, Erased> = BTreeMap::new();
    let mut w = app.db.write().await?;
    for id in &silent {
        for town in staff::erase(&mut w, *id, since).await?.into_iter().flatten() {
            let of_town = erased.entry(town).or_default();
            of_town.add("trial phones", announcements::forget_trials(&mut w, town, *id).await?);
            of_town.add("members of staff", 1);
        }
    }
    w.commit().await?;
    tell(&erased);
    Ok(Progress::Worked(silent.len()))
}

/// Leaves an entry in the audit trail of each town, in the transaction that erased.
async fn write_down(w: &mut Write, app: &App, erased: &BTreeMap<MunicipalityId, Erased>) -> sqlx::Result<()> {
    for (town, erased) in erased {
        let actor = Actor {
            town: *town,
            kind: "machine",
            id: app.process,
            name: "Thuisloket".to_owned(),
            language: Language::Nl,
        };
        audit::record(w, app, actor, &[Entry::erased(erased)]).await?;
    }
    Ok(())
}

/// Leaves a line in the log.
fn tell(erased: &BTreeMap<MunicipalityId, Erased>) {
    for (town, erased) in erased {
        tracing::info!(municipality = %town, %erased, "erased: its time is over");
    }
}

async fn some(
    app: &App,
    (step, before): (Step, DateTime<Utc>),
    at: &At,
    limit: i64,
    seen: Seen,
) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let after = *at.lock().unwrap_or_else(PoisonError::into_inner);
    // A look first: where there is nobody to erase, nobody waits for it.
    let due = store::to_erase(&mut app.db.read().await?, step, (before, after), now, limit).await?;
    let Some(last) = due.last() else { return Ok(Progress::Idle) };
    due.iter().for_each(|d| seen.note(d.municipality_id, d.id.0));
    let mut erased: BTreeMap<MunicipalityId, Erased> = BTreeMap::new();
    let mut w = app.db.write().await?;
    for store::Due { municipality_id: town, id, .. } in &due {
        let of_town = erased.entry(*town).or_default();
        // Whoever came back since they were looked up keeps everything.
        match step {
            Step::Empty | Step::EmptyAgain => {
                if let Some(hash) = store::empty(&mut w, *town, *id, before, now).await? {
                    empty(&mut w, *town, *id, &hash, of_town).await?;
                }
            }
            Step::Erase => {
                if !is_held(&mut w, *town, *id).await?
                    && let Some(hash) = store::erase(&mut w, *town, *id, before).await?
                {
                    erase(&mut w, *town, *id, &hash, of_town).await?;
                }
            }
        }
    }
    erased.retain(|_, erased| !erased.is_empty());
    write_down(&mut w, app, &erased).await?;
    w.commit().await?;
    tell(&erased);
    *at.lock().unwrap_or_else(PoisonError::into_inner) = Some((last.at, last.id));
    Ok(Progress::Worked(due.len()))
}
