//! What the waiting list does unasked: it offers what was freed, and ends what is over.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    offers::{self, Heard, MAX_IN_LINE, MAX_OFFERS},
    store,
};
use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::known::Catalogue,
        model::{LocationId, WaitingId},
        notices::{self, Wait},
        placing,
    },
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::{Read, Write},
        ids::MunicipalityId,
        problem::{Code, Failure},
    },
};

/// Locations looked at in one go.
const MAX_LOCATIONS: i64 = 10;

/// Entries ended in one go.
const MAX_OVER: i64 = 200;

/// Offers what was freed in other ways: holds that lapsed, plans that changed. And ends entries that are over.
///
/// # Errors
/// The database.
pub async fn serve(app: &App) -> anyhow::Result<Progress> {
    careful(app, "waiting list", MAX_LOCATIONS, |limit, seen| serve_some(app, limit, seen)).await
}

async fn serve_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let mut done = 0;
    // Each in a transaction of its own: who holds one location waits for no other.
    for (town, location) in store::unserved(&mut app.db.read().await?, limit, now).await? {
        seen.note(town, location.0);
        let mut w = app.db.write().await?;
        w.hurry().await?;
        let served = serve_one(&mut w, app, town, location).await;
        match served {
            Ok(true) => w.commit().await?,
            Ok(false) => continue,
            // Somebody is about to take or to offer the same: it is looked at again, after a rest.
            Err(failure) if failure.is(Code::Overloaded) => continue,
            Err(failure) => return Err(failure.into()),
        }
        done += 1;
        let mut w = app.db.write().await?;
        store::count_freed(&mut w, town, location).await?;
        w.commit().await?;
    }
    if done > 0 {
        return Ok(Progress::from(done));
    }
    let (yesterday, tomorrow) = around(now);
    let over = store::over(&mut app.db.read().await?, (yesterday, tomorrow), limit.min(MAX_OVER), now).await?;
    for (id, entry, resident, service, without_visit) in over {
        done += 1;
        seen.note(id, entry.0);
        let mut w = app.db.write().await?;
        let town = towns.get(id).ok();
        if let Some(town) = town {
            placing::person(&mut w, town, resident).await?;
            if !is_over(&mut w, town, entry, (yesterday, now)).await? {
                continue;
            }
        }
        if !store::end(&mut w, id, entry, "past", now).await? {
            continue;
        }
        if let Some(town) = town {
            let catalogue = Catalogue::of(app, &mut w, town).await?;
            // Who was called before their time has an offer still, perhaps.
            offers::let_go(&mut w, app, town, &catalogue, entry).await?;
            if without_visit && let Some(service) = catalogue.services.get(&service) {
                notices::tell_of_wait(&mut w, app, town, (resident, entry.0), (service, Wait::InVain)).await?;
            }
        }
        w.commit().await?;
    }
    Ok(Progress::from(done))
}

/// Whether any entry is over: what the step looks at first.
///
/// # Errors
/// The database.
pub async fn anything_over(app: &App, now: DateTime<Utc>) -> sqlx::Result<bool> {
    Ok(!store::over(&mut app.db.read().await?, around(now), 1, now).await?.is_empty())
}

/// The days before and after that of the server's clock: a zone's day is at most one behind it, or one before.
fn around(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = now.date_naive();
    (today.pred_opt().unwrap_or(today), today.succ_opt().unwrap_or(today))
}

/// Whether an entry is over still, with its visit as it is now: the last day is past, or what was to be earlier has begun.
async fn is_over(
    r: &mut Read,
    town: &Municipality,
    id: WaitingId,
    (yesterday, now): (NaiveDate, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let Some(entry) = store::get(r, town.id, id).await? else { return Ok(false) };
    if entry.wanted.until_on < yesterday {
        return Ok(true);
    }
    let Some(visit) = entry.wanted.replaces else { return Ok(false) };
    Ok(visit_store::get(r, town.id, visit).await?.is_some_and(|visit| placing::begun(&visit, now)))
}

/// Offers what was freed at a location; false where another process does it.
async fn serve_one(w: &mut Write, app: &App, town: MunicipalityId, location: LocationId) -> Result<bool, Failure> {
    let towns: &Municipalities = app.part();
    if !store::served(w, town, location).await? {
        return Ok(false);
    }
    if let Ok(town) = towns.get(town) {
        let catalogue = Catalogue::of(app, w, town).await?;
        let line = store::in_line(w, town.id, MAX_IN_LINE).await?;
        if offers::offer(w, app, &catalogue, line, (Some(location), None), Heard::App).await? >= MAX_OFFERS {
            // There may be more to offer.
            placing::note_freed(w, app, town.id, location).await?;
        }
    }
    Ok(true)
}
