//! What becomes of the visits that a parent booked in their own name for a child, where staff block that parent: they are the child's. So each way to a
//! visit, to its number in the queue, and to what is told of it leads to the child and who acts for it, and none to who is blocked.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::Duration;

use super::{
    booking::{store, visitors::GiveTurns},
    catalogue::known::Catalogue,
    model::{Subject, Visit, VisitState},
    notices::{self, Said, VisitNotice},
    placing,
    waiting::offers,
};
use crate::{
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::guarded,
        db::Write,
        ids::ResidentId,
        problem::{Code, Failure},
    },
    residents,
};

/// How long after it began a visit is given still: of today's somebody may wait in the hall.
const TODAY: Duration = Duration::days(1);
/// Parents whose visits are looked for at a time.
const BLOCKED: i64 = 100;

/// Lets one request about a parent's visits go on at a time. Whoever books for a child takes them in this order: the parent, then the child.
///
/// # Errors
/// The database.
pub async fn hold(w: &mut Write, town: &Municipality, parent: ResidentId) -> sqlx::Result<()> {
    placing::person(w, town, parent).await
}

/// Gives the visits to come that a parent booked for a child to the child, in the transaction that blocks the parent, once it did; what is only held for it
/// is let go. It is for the child alone from then on: what it was for of the parent's, or of another child, is booked for no more, as the others who act
/// for that one are other people. So nothing of the parent's stays on it, not where they are met or rung either. Both must be locked, see [`hold`].
///
/// # Errors
/// The database.
pub async fn give(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (parent, child): (ResidentId, ResidentId),
) -> Result<(), Failure> {
    let now = app.clock.now();
    let ids = store::to_come_for(w, town.id, (parent, child), now - TODAY).await?;
    if ids.is_empty() {
        return Ok(());
    }
    let catalogue = Catalogue::of(app, w, town).await?;
    let give_turns: &GiveTurns = app.part();
    for id in ids {
        let Some(visit) = store::locked(w, town.id, id).await?.filter(|v| v.resident_id == Some(parent)) else {
            continue;
        };
        match visit.state {
            VisitState::Held => offers::withdraw_hold(w, app, town, &visit).await?,
            VisitState::Booked => {
                // The parent wants no other time of it any more.
                offers::visit_is_off(w, app, town, &catalogue, &visit).await?;
                let was_for = visit.subjects.0.clone();
                let contact = contact(w, app, &catalogue, (&visit, child)).await?;
                let subjects: Vec<Subject> =
                    visit.subjects.iter().filter(|s| s.resident == Some(child)).cloned().collect();
                if !store::give_to(w, town.id, &visit, child, (&subjects, &contact), now).await? {
                    continue;
                }
                give_turns.0(w, app, town, id, (Some(parent), child)).await?;
                notices::take_back(w, app, town, Some(parent), id).await?;
                let visit = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                // Another child is on no visit any more: who booked it for that one books anew.
                for other in was_for.iter().filter(|s| ![None, Some(parent), Some(child)].contains(&s.resident)) {
                    if let Some(other_child) = other.resident {
                        let to = (parent, other.name.as_str());
                        notices::tell_of_left_out(w, app, town, to, (id, other_child)).await?;
                    }
                }
                // Who acts for the child did not know of it. Of one that began, who is there knows.
                if visit.starts_at <= now {
                    continue;
                }
                notices::tell(w, app, &catalogue, &visit, Said::from(VisitNotice::Booked)).await?;
            }
            VisitState::Cancelled | VisitState::Lapsed => {}
        }
    }
    Ok(())
}

/// Where the child is met or rung, without what the parent said of themselves. Empty where only they knew: staff ask who acts for the child.
async fn contact(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    (visit, child): (&Visit, ResidentId),
) -> Result<String, Failure> {
    let Some(location) = catalogue.locations.get(&visit.location_id) else { return Ok(String::new()) };
    match placing::contact(w, app, &catalogue.town, Some(child), location, ("", None)).await {
        Err(failure) if failure.is(Code::BodyInvalid) => Ok(String::new()),
        known => known,
    }
}

/// The same of parents whom a server before this one blocked: once this process began.
///
/// # Errors
/// The database. What could not be given is tried again, and the others are given.
pub async fn give_what_is_left(app: &App) -> anyhow::Result<Progress> {
    let (towns, looked): (&Municipalities, &LookedForLeft) = (app.part(), app.part());
    if looked.0.load(Ordering::Relaxed) {
        return Ok(Progress::Idle);
    }
    let (mut given, mut failed) = (0, None);
    for town in towns.all() {
        let since = app.clock.now() - TODAY;
        let left = store::kept_from_blocked(&mut app.db.read().await?, town.id, since, BLOCKED).await?;
        for pair in left {
            match guarded(give_left(app, town, pair)).await {
                Ok(n) => given += n,
                Err(error) => {
                    failed.get_or_insert(error.context(format!("visits of a blocked parent of {}", town.key)));
                }
            }
        }
    }
    match failed {
        Some(error) => Err(error),
        None => {
            looked.0.store(given == 0, Ordering::Relaxed);
            Ok(Progress::from(given))
        }
    }
}

/// The same of one parent and child; how many.
async fn give_left(app: &App, town: &Municipality, (parent, child): (ResidentId, ResidentId)) -> anyhow::Result<usize> {
    let mut w = app.db.write().await?;
    hold(&mut w, town, parent).await?;
    residents::lock(&mut w, town, child).await?;
    // It may have ended since.
    if !residents::blocked_for(&mut w, town, parent).await?.contains(&child) {
        return Ok(0);
    }
    give(&mut w, app, town, (parent, child)).await?;
    w.commit().await?;
    Ok(1)
}

/// Whether this process has looked for what a server before it left, and found no more.
#[derive(Clone, Default)]
pub struct LookedForLeft(Arc<AtomicBool>);
