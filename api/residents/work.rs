//! What becomes of residents by itself: a state whose day has come, and addresses that an older server wrote.

use super::{
    rules::{house_numbers, street_key},
    store,
};
use crate::{
    municipalities::Municipalities,
    platform::{App, Progress, time::local_day},
};

/// Addresses made comparable in one transaction.
const CHUNK: i64 = 2_000;

/// Lets the states come whose day is there, of each town by its own calendar; and makes comparable what an older server wrote
/// that still runs beside this one.
///
/// # Errors
/// The database.
pub async fn step(app: &App, towns: &Municipalities) -> anyhow::Result<Progress> {
    make_comparable(app).await?;
    let now = app.clock.now();
    // The latest day that it is anywhere; each town's own is asked below.
    let latest = (now + chrono::Duration::hours(14)).date_naive();
    let there = {
        let mut r = app.db.read().await?;
        store::coming(&mut r, latest).await?
    };
    let mut came = 0;
    for id in there {
        // Of a town that is not served any more, nobody looks.
        let Ok(town) = towns.get(id) else { continue };
        let mut w = app.db.write().await?;
        came += store::comes(&mut w, id, local_day(town.zone, now), now).await?;
        w.commit().await?;
    }
    Ok(Progress::from(usize::try_from(came).unwrap_or(usize::MAX)))
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
