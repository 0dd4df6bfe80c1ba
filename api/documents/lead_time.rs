//! How long before its end a document should first be spoken of, as the queue for a visit is today. Once a day for each town
//! and kind: where the first free start is so far away that the usual first reminder would come too late, those that end next
//! are called earlier; and a wave of documents that end together is spread over the days that have room for it. Nothing is
//! ever said later than the town's policy has it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{Days, NaiveDate};

use super::{
    calendar, policies,
    rules::{self, KINDS, WAVE_DAYS},
    store,
};
use crate::{
    appointments::{Catalogue, search},
    municipalities::{Municipalities, Municipality},
    platform::{App, Progress, aside::guarded, ids::MunicipalityId, time::local_day},
};

/// Documents of a kind that are called earlier on one day, at the most: a long queue is no reason to fill it at once.
const MOST_CALLED: i64 = 5_000;

/// On which day each town's lead times were last computed by this process. Cheap to clone.
#[derive(Clone, Default)]
pub struct LeadTimes(Arc<Mutex<HashMap<MunicipalityId, NaiveDate>>>);

impl LeadTimes {
    /// Whether this process has not computed today; from now on it has.
    fn begin(&self, town: &Municipality, today: NaiveDate) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(town.id, today) != Some(today)
    }

    fn again(&self, town: &Municipality) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&town.id);
    }
}

/// Computes what was not computed today.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let known: &LeadTimes = app.part();
    let (mut called, mut failed) = (0, None);
    for town in towns.all() {
        let today = local_day(town.zone, app.clock.now());
        if !known.begin(town, today) {
            continue;
        }
        match guarded(compute(app, town, today)).await {
            Ok(n) => called += n,
            // The other towns go on.
            Err(error) => {
                known.again(town);
                failed.get_or_insert(error.context(format!("the lead times of {}", town.key)));
            }
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    Ok(Progress::from(usize::try_from(called).unwrap_or_default()))
}

/// The lead times of one town; how many documents they call today.
async fn compute(app: &App, town: &Municipality, today: NaiveDate) -> anyhow::Result<i64> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, town).await?;
    let open: Vec<NaiveDate> = today
        .iter_days()
        .take(usize::try_from(WAVE_DAYS).unwrap_or_default())
        .filter(|d| town.closing.is_open(*d))
        .collect();
    let mut all = 0;
    for kind in KINDS {
        let Some((service, policy)) = catalogue.service_for(kind.key).zip(policies(town, kind.key)) else { continue };
        let Some(first) = policy.stages.first().copied().filter(|first| *first > 0) else { continue };
        let outlook = search::outlook(app, town, service.id, WAVE_DAYS).await?;
        let lead = rules::lead_days(kind.class, first, outlook.wait_days, service.horizon_days);
        let a_day = outlook.room / i64::try_from(open.len()).unwrap_or(i64::MAX).max(1);
        let day = |n: i64| today.checked_add_days(Days::new(n.unsigned_abs())).unwrap_or(today);

        let mut w = app.db.write().await?;
        if !store::keep_lead_time(&mut w, town.id, kind.key, today, (outlook.wait_days, lead, a_day)).await? {
            // Another process did.
            continue;
        }
        // Of each day on which the town writes to people, how many are spoken of.
        let mut due = vec![0; open.len()];
        let wave = store::wave(&mut w, town.id, kind.key, (day(first - 1), day(first + WAVE_DAYS))).await?;
        let mut late = 0;
        for (ends, count) in wave {
            let before = (ends - today).num_days();
            late += if (first + 1..=lead).contains(&before) { count } else { 0 };
            let usual = day(before - first);
            if let Some(n) = due.get_mut(open.partition_point(|day| *day < usual)) {
                *n += count;
            }
        }
        // Those that would be late at the usual day may lie further off than the wave that is looked at.
        let late = if lead > first + WAVE_DAYS { MOST_CALLED } else { late };
        let early = if open.first() == Some(&today) { rules::brought_forward(&due, a_day) } else { 0 };
        let until = day(if late > 0 { lead.max(first + WAVE_DAYS) } else { first + WAVE_DAYS });
        let at = rules::sending_moment(&calendar(town), policy.hour, app.clock.now());
        let count = late.max(early).min(MOST_CALLED);
        let called = store::call(&mut w, (town.id, kind.key), (day(first), until), (today, at), count).await?;
        store::note_called(&mut w, town.id, kind.key, called).await?;
        w.commit().await?;
        if called > 0 {
            tracing::info!(kind = kind.key, called, lead, "first reminders are called earlier by the queue");
        }
        all += called;
    }
    Ok(all)
}
