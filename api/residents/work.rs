//! What becomes of residents by itself: a state whose day has come, since when somebody is gone, and addresses that an older
//! server wrote.

use chrono::NaiveTime;

use super::{
    rules::{house_numbers, street_key},
    store,
};
use crate::{
    config::LEAST_LEFT_DAYS,
    municipalities::{self, Municipalities},
    platform::{
        App, Progress,
        time::{instant, latest_day, local_day},
    },
};

/// Addresses made comparable in one transaction.
const CHUNK: i64 = 2_000;
/// People of whom it is noted in one transaction since when they are gone.
const NOTE: i64 = 500;
/// An import that did not come to its end within so long was killed: that of the largest town takes minutes.
const RUN_OVER: chrono::Duration = chrono::Duration::days(7);

/// Lets the states come whose day is there, of each town by its own calendar; notes since when who is gone is gone; forgets what
/// an import saw that was killed; and makes comparable what an older server wrote that still runs beside this one.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    make_comparable(app).await?;
    let mut came = come(app).await?;
    came += note_left(app).await?;
    forget_killed(app).await?;
    Ok(Progress::from(usize::try_from(came).unwrap_or(usize::MAX)))
}

/// Lets the states come whose day is there, of each town by its own calendar. How many came.
///
/// # Errors
/// The database.
pub async fn come(app: &App) -> anyhow::Result<u64> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let there = {
        let mut r = app.db.read().await?;
        store::coming(&mut r, latest_day(now)).await?
    };
    let mut came = 0;
    for id in there {
        // Of a town that is not served any more, nobody looks.
        let Ok(town) = towns.get(id) else { continue };
        let mut w = app.db.write().await?;
        came += store::comes(&mut w, id, local_day(town.zone, now), now).await?;
        w.commit().await?;
    }
    Ok(came)
}

/// Notes since when who is gone is gone: since the day that the register tells, at the beginning of it; where it tells none, since it
/// told that they are. From then on it is calculated how long what is theirs is kept. A day long past is moved up, so that nothing
/// is erased before the register has had a month to take a slip back (2017 for 2027).
async fn note_left(app: &App) -> anyhow::Result<u64> {
    let towns: &Municipalities = app.part();
    let rows = {
        let mut r = app.db.read().await?;
        store::to_note(&mut r, NOTE).await?
    };
    if rows.is_empty() {
        return Ok(0);
    }
    let mut noted = 0;
    let slip = chrono::Duration::days(app.config.retention.left_days - LEAST_LEFT_DAYS);
    let mut w = app.db.write().await?;
    for (town, id, on, told_at) in rows {
        let day = on.zip(towns.get(town).ok()).map(|(on, town)| instant(town.zone, on, NaiveTime::MIN));
        noted +=
            store::note_left(&mut w, town, id, day.map_or(told_at, |day| day.clamp(told_at - slip, told_at))).await?;
    }
    w.commit().await?;
    Ok(noted)
}

/// Forgets what imports saw that never came to their end.
async fn forget_killed(app: &App) -> anyhow::Result<()> {
    let before = app.clock.now() - RUN_OVER;
    let mut r = app.db.read().await?;
    for town in municipalities::every(&mut r).await? {
        if store::any_stale_run(&mut r, town, before).await? {
            let mut w = app.db.write().await?;
            store::forget_stale_runs(&mut w, town, before).await?;
            w.commit().await?;
        }
    }
    Ok(())
}

/// Makes the addresses comparable that were written before there was something to compare: all of them, before anybody asks.
///
/// # Errors
/// The database.
pub async fn make_comparable(app: &App) -> anyhow::Result<()> {
    loop {
        let rows = {
            let mut r = app.db.read().await?;
            store::without_key(&mut r, CHUNK).await?
        };
        if rows.is_empty() {
            return Ok(());
        }
        let keys: Vec<_> = rows
            .into_iter()
            .map(|(town, id, street, number)| store::Comparable {
                town,
                id,
                street_key: street_key(&street),
                houses: house_numbers(&number),
            })
            .collect();
        let mut w = app.db.write().await?;
        store::set_keys(&mut w, &keys).await?;
        w.commit().await?;
    }
}
