//! `thuisloket check`: proves from the tables what this house promises of visits. It reads all of them, page by page, and writes
//! nothing.

pub(super) mod store;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Duration, Utc};

use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::known::Catalogue,
        closing,
        model::{AppointmentId, DeskId, VisitState},
        rules::TICK_MINUTES,
    },
    municipalities::Municipality,
    platform::{App, ids::ResidentId},
};
use store::Claimed;

/// How long a hold that is over may wait for the worker.
const SWEPT: Duration = Duration::minutes(10);

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// From when until when somebody is where.
type Stay = (DateTime<Utc>, DateTime<Utc>, AppointmentId);

/// What was found in one town.
#[derive(Debug, Default)]
pub struct Proof {
    /// Visits that were looked at.
    pub visits: u64,
    /// What must not be, each named by its id or reference.
    pub faults: Vec<String>,
    /// Booked visits that cannot take place as they are, by reference: the plan or the configuration changed under them.
    pub stranded: Vec<String>,
}

/// Looks through the visits of a town: each held or booked one has exactly the ticks of its time at its desk, no other has any, nobody
/// is at two places at once, and what cannot take place is on the list of those. What seems wrong is looked at again while nobody can
/// change it: the server may be at work meanwhile.
///
/// # Errors
/// The database.
pub async fn prove(app: &App, town: &Municipality) -> anyhow::Result<Proof> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let mut proof = Proof::default();
    let mut theirs: HashMap<ResidentId, Vec<Stay>> = HashMap::new();
    let mut suspects = BTreeSet::new();
    let mut after = AppointmentId(uuid::Uuid::nil());
    loop {
        let page = store::claimed(&mut r, town.id, after, PAGE).await?;
        let ids: Vec<AppointmentId> = page.iter().map(|v| v.id).collect();
        let mut ticks: HashMap<AppointmentId, Vec<(DeskId, DateTime<Utc>)>> = HashMap::new();
        for (visit, desk, tick) in store::ticks_of(&mut r, town.id, &ids).await? {
            ticks.entry(visit).or_default().push((desk, tick));
        }
        for visit in &page {
            proof.visits += 1;
            if ticks.remove(&visit.id).unwrap_or_default() != should_have(visit) || odd(visit, now).is_some() {
                suspects.insert(visit.id);
            }
            // What is offered is no place where somebody is, nor what they held until a moment ago.
            let lasts = visit.held_until.is_none_or(|until| until > now) && visit.ends_at > now;
            if let Some(resident) = visit.resident_id.filter(|_| visit.waiting_id.is_none() && lasts) {
                theirs.entry(resident).or_default().push((visit.starts_at, visit.ends_at, visit.id));
            }
        }
        let Some(last) = page.last() else { break };
        after = last.id;
    }
    // No tick is before it.
    let mut seen = (DeskId(uuid::Uuid::nil()), DateTime::UNIX_EPOCH);
    loop {
        let page = store::ticks(&mut r, town.id, seen, PAGE).await?;
        suspects.extend(page.iter().filter(|t| !t.3.claims()).map(|t| t.2));
        let Some(last) = page.last() else { break };
        seen = (last.0, last.1);
    }
    for id in suspects {
        proof.faults.extend(wrong(app, town, id).await?);
    }
    for visits in theirs.values_mut() {
        visits.sort_unstable();
        for pair in visits.windows(2).filter(|pair| pair[1].0 < pair[0].1) {
            let again = store::overlap(&mut r, town.id, pair[0].2, pair[1].2, now).await?;
            proof.faults.extend(again.then(|| format!("one person is at {} and at {} at once", pair[0].2, pair[1].2)));
        }
    }
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let stranded = closing::stranded(&mut r, &catalogue, town, now).await?;
    proof.stranded = stranded.into_iter().map(|v| v.reference).collect();
    Ok(proof)
}

/// What a visit must not be, whatever ticks it has.
fn odd(visit: &Claimed, now: DateTime<Utc>) -> Option<&'static str> {
    if visit.ends_at <= visit.starts_at || visit.claimed_until < visit.ends_at {
        return Some("its time at the desk ends before it does");
    }
    let over = visit.state == VisitState::Held && visit.held_until.is_none_or(|until| until < now - SWEPT);
    over.then_some("it is held though its time is over, and no worker frees it")
}

/// The ticks that a visit should have, in order.
fn should_have(visit: &Claimed) -> Vec<(DeskId, DateTime<Utc>)> {
    let count = (visit.claimed_until - visit.starts_at).num_minutes() / TICK_MINUTES;
    let claims = visit.state.claims();
    let ticks = (0..count).map(|n| (visit.desk_id, visit.starts_at + Duration::minutes(n * TICK_MINUTES)));
    ticks.filter(|_| claims).collect()
}

/// What is wrong with the ticks of one visit, while nobody can change it.
async fn wrong(app: &App, town: &Municipality, id: AppointmentId) -> anyhow::Result<Option<String>> {
    let mut w = app.db.write().await?;
    visit_store::locked(&mut w, town.id, id).await?;
    let Some(visit) = store::one(&mut w, town.id, id).await? else { return Ok(None) };
    let ticks = store::ticks_of(&mut w, town.id, &[id]).await?;
    let odd = odd(&visit, app.clock.now());
    // Nothing is written.
    drop(w);
    let (has, should): (Vec<_>, _) =
        (ticks.into_iter().map(|(_, desk, tick)| (desk, tick)).collect(), should_have(&visit));
    let told = |all: &[(DeskId, DateTime<Utc>)]| {
        let span = all.first().zip(all.last());
        span.map_or("none".to_owned(), |(a, b)| format!("{} from {} to {}", all.len(), a.1, b.1))
    };
    if let Some(odd) = odd {
        return Ok(Some(format!("{id} is {} at {}: {odd}", visit.state, visit.starts_at)));
    }
    Ok((has != should).then(|| {
        format!(
            "{id} is {} at {}: it has the ticks {}, and should have {}",
            visit.state,
            visit.starts_at,
            told(&has),
            told(&should)
        )
    }))
}
