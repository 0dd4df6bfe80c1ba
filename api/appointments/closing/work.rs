//! What closings do unasked: they find another time for the visits that they hit.

use super::{
    place::Place,
    store::{self, Displaced},
};
use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::known::Catalogue,
        model::{AppointmentId, ClosureId, Span, VisitState},
        placing,
        waiting::offers,
    },
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        problem::Failure,
        retry::again,
    },
};

/// Visits that one look gives another time.
const CHUNK: i64 = 20;

/// Holds that one look ends.
const MAX_HOLDS: i64 = 1_000;

/// Gives visits that a closure hits another time. A booking that was under way when it closed is found as well: a closure is
/// looked at until it is over.
///
/// # Errors
/// The database.
pub async fn settle(app: &App) -> anyhow::Result<Progress> {
    careful(app, "closures", CHUNK, |limit, seen| settle_some(app, limit, seen)).await
}

async fn settle_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let (stricken, held, over) = {
        let mut r = app.db.read().await?;
        let held = store::held(&mut r, now, MAX_HOLDS).await?;
        (store::stricken(&mut r, now, limit).await?, held, store::any_over(&mut r, now).await?)
    };
    if !stricken.is_empty() || !held.is_empty() {
        // What lapsed is nobody's any more, and may be the only place there is.
        let mut w = app.db.write().await?;
        offers::lapse(&mut w, app, MAX_HOLDS).await?;
        w.commit().await?;
    }
    // What is held there is no place any more. An offer to who waits does not count as one that they let pass.
    for (town, hold) in &held {
        if let Ok(town) = towns.get(*town) {
            again(|| offers::withdraw_if_held(app, town, *hold)).await?;
        }
    }
    for (town, closure, visit) in &stricken {
        seen.note(*town, visit.0);
        let Ok(town) = towns.get(*town) else {
            // Taken out of the configuration: nobody is left to tell.
            let mut w = app.db.write().await?;
            store::give_up(&mut w, *town, *closure).await?;
            w.commit().await?;
            continue;
        };
        again(|| settle_one(app, town, *closure, *visit)).await?;
    }
    if over {
        let mut w = app.db.write().await?;
        store::settle(&mut w, now).await?;
        w.commit().await?;
    }
    Ok(Progress::from(stricken.len()))
}

/// What a closing does to one visit, in a transaction of its own: the visit, the plan and the closure are as they are then, whatever
/// list it stood on, and of several processes one acts.
async fn settle_one(app: &App, town: &Municipality, closure: ClosureId, visit: AppointmentId) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let Some(visit) = placing::seized(&mut w, town, visit).await? else { return Ok(()) };
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    placing::planned(&mut w, town, &catalogue, visit.service_id, visit.location_id).await?;
    let Some(closure) = store::closure(&mut w, town.id, closure).await? else { return Ok(()) };
    let closed = Span { from: closure.from, until: closure.until };
    let hit = visit.location_id == closure.location && placing::hit(&visit, closed, now);
    if visit.state != VisitState::Booked || !hit {
        return Ok(());
    }
    // Where its citizen had it: an earlier closing may have moved it here.
    let first = store::displaced_of(&mut w, town.id, visit.id, visit.sequence).await?;
    // A part of it may lie outside of what is closed.
    placing::note_freed(&mut w, app, town.id, visit.location_id).await?;
    let moved = Place::new(town, &catalogue, now).give(&mut w, app, &closure.reasons, &visit).await?;
    let sequence = visit_store::get(&mut w, town.id, visit.id).await?.map_or(visit.sequence, |v| v.sequence);
    store::still_displaced(&mut w, (town.id, visit.id), (visit.sequence, sequence), !moved).await?;
    let was = Displaced {
        appointment_id: visit.id,
        location_id: first.as_ref().map_or(visit.location_id, |f| f.location_id),
        desk_id: first.as_ref().map_or(visit.desk_id, |f| f.desk_id),
        starts_at: first.as_ref().map_or(visit.starts_at, |f| f.starts_at),
        ends_at: first.as_ref().map_or(Some(visit.ends_at), |f| f.ends_at),
        claimed_until: first.as_ref().map_or(Some(visit.claimed_until), |f| f.claimed_until),
        sequence,
        cancelled: !moved,
    };
    store::displace(&mut w, town.id, closure.id, &was).await?;
    store::count_moved(&mut w, town.id, closure.id, i64::from(moved), i64::from(!moved)).await?;
    w.commit().await?;
    Ok(())
}
