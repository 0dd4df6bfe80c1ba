//! What the queue does unasked: it tells who waits where nobody calls them any more, ends what a day left open, and forgets tickets past
//! their keeping. What visitors thought of it stays: it is nobody's.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Duration, DurationRound as _, NaiveDate, Utc};

use super::{
    arriving::hush, day::MAX_WAITING, desk::tell, hall_store, model::Ticket, notices::TurnNotice, offered,
    screen::Screens, store,
};
use crate::{
    appointments::{Catalogue, LocationId, booking, catalogue, closing},
    municipalities::{Municipalities, Municipality},
    platform::{App, Progress, aside::guarded, db::Read, ids::MunicipalityId, time::local_day},
};

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;
/// How long ago a plan may have changed that is looked at: the worker looks each second, and may have been down.
const LOOKED_BACK: Duration = Duration::minutes(10);

/// How long it is kept who was signed on at a desk: past the end of any day.
const SIGNED_ON_KEPT: Duration = Duration::hours(48);

/// Turns of days before that one step ends.
const MAX_OLD: i64 = 100;

/// In which half hour this process last looked for what days before left open in each town. Cheap to clone.
#[derive(Clone, Default)]
pub struct Evenings(Arc<Mutex<HashMap<MunicipalityId, DateTime<Utc>>>>);

impl Evenings {
    /// Whether it has not looked in this half hour; from now on it has. A day ends on a half hour in every zone.
    fn begin(&self, town: &Municipality, now: DateTime<Utc>) -> bool {
        let half = now.duration_trunc(Duration::minutes(30)).unwrap_or(now);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(town.id, half) != Some(half)
    }

    fn again(&self, town: &Municipality) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&town.id);
    }
}

/// Ends what days before left open, and takes the calls of those days off the lock screens: whom they were for is at home.
///
/// # Errors
/// The database.
pub async fn close_days(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let evenings: &Evenings = app.part();
    let now = app.clock.now();
    let (mut done, mut failed) = (0, None);
    for town in towns.all().filter(|town| evenings.begin(town, now)) {
        match close_days_of(app, town, now).await {
            // There may be more.
            Ok(ended) if ended > 0 => {
                evenings.again(town);
                done += ended;
            }
            Ok(_) => {}
            // The other towns go on.
            Err(error) => {
                evenings.again(town);
                failed.get_or_insert(error.context(format!("the evening of {}", town.key)));
            }
        }
    }
    failed.map_or(Ok(Progress::from(done)), Err)
}

async fn close_days_of(app: &App, town: &Municipality, now: DateTime<Utc>) -> anyhow::Result<usize> {
    let today = local_day(town.zone, now);
    let mut done = 0;
    for id in store::left_open(&mut app.db.read().await?, town.id, today, MAX_OLD).await? {
        // Each by itself: one that cannot be ended stops nobody else's.
        let one = async {
            let mut w = app.db.write().await?;
            let ended = store::end_old(&mut w, town.id, id, now).await?;
            hush(&mut w, app, town, ended.as_slice()).await?;
            w.commit().await.map_err(anyhow::Error::from)
        };
        match guarded(one).await {
            Ok(()) => done += 1,
            Err(error) => tracing::warn!(ticket = %id, error = format!("{error:#}"), "an old turn could not be ended"),
        }
    }
    Ok(done)
}

/// Forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = (app.clock.now() - Duration::days(app.config.retention.visits_days)).date_naive();
    let mut w = app.db.write().await?;
    let gone = store::forget(&mut w, before, CHUNK).await?
        + hall_store::forget(&mut w, app.clock.now() - SIGNED_ON_KEPT, CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}

/// Tells who waits that they are not called: where it closed for a sudden reason, where the location was switched off, or where no
/// desk serves any more what they came for.
///
/// # Errors
/// The database.
pub async fn shut(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let screens: &Screens = app.part();
    let now = app.clock.now();
    let closed = closing::now_closed(&mut app.db.read().await?, now).await?;
    let changed = catalogue::changed_since(&mut app.db.read().await?, now - LOOKED_BACK).await?;
    let closed = closed.into_iter().map(|hall| (hall, true));
    let mut done = 0;
    for ((id, location), all) in closed.chain(changed.into_iter().map(|hall| (hall, false))) {
        let Ok(town) = towns.get(id) else { continue };
        let day = local_day(town.zone, now);
        if store::who_wait(&mut app.db.read().await?, id, location, day, 1).await?.is_empty() {
            continue;
        }
        let tickets = store::who_wait(&mut app.db.read().await?, id, location, day, MAX_WAITING).await?;
        let catalogue = Catalogue::of(app, &mut app.db.read().await?, town).await?;
        let told = done;
        for ticket in tickets {
            let Some(word) = why(&catalogue, &ticket, all) else { continue };
            // Each by itself: one that cannot be told stops nobody else's.
            let one = async {
                let mut w = app.db.write().await?;
                // The visit first, as whoever calls next takes it.
                if let Some((visit, _)) = ticket.visit() {
                    booking::seize(&mut w, town, visit).await?;
                }
                if store::shut(&mut w, id, ticket.id, now).await? {
                    // Who was called once and waited aside had begun their visit: what closed moves it now, also where its time is past.
                    if let Some(visit) = ticket.visit() {
                        booking::not_begun(&mut w, town, visit, ticket.arrived_at).await?;
                        booking::turn_away(&mut w, town, visit, now).await?;
                    }
                    tell(&mut w, app, &catalogue, &ticket, word).await?;
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
        if done > told {
            screens.ring(location);
        }
    }
    Ok(Progress::from(done))
}

/// The visits for which somebody waits at a location on a day, aside as well, each with when they came.
///
/// # Errors
/// The database.
pub async fn visits_waited_for(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    day: NaiveDate,
) -> sqlx::Result<closing::Waited> {
    let waiting = store::who_wait(r, town, location, day, MAX_WAITING).await?;
    Ok(waiting.into_iter().filter_map(|ticket| Some((ticket.appointment_id?, ticket.arrived_at))).collect())
}

/// Why who has this ticket is called no more; none where they are.
fn why(catalogue: &Catalogue, ticket: &Ticket, closed: bool) -> Option<TurnNotice> {
    let known = catalogue.services.get(&ticket.service_id).zip(catalogue.locations.get(&ticket.location_id));
    match known {
        _ if closed => Some(TurnNotice::Closed),
        Some((_, location)) if !location.active => Some(TurnNotice::Closed),
        Some((service, location)) if !offered(location, service) => Some(TurnNotice::Unserved),
        _ => None,
    }
}
