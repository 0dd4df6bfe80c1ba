//! What becomes of the visits that a parent booked in their own name for a child, where staff block that parent, or the register says that they are no
//! parent any more, or are gone: they are the child's. So each way to a visit, to its number in the queue, and to what is told of it leads to the child and
//! who acts for it, and none to who is no parent of it. And nobody has a visit for somebody who died.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Duration};
use uuid::Uuid;

use super::{
    booking::{store, visitors::GiveTurns},
    catalogue::known::Catalogue,
    model::{AppointmentId, Subject, Visit, VisitState},
    notices::{self, Said, VisitNotice},
    placing,
    waiting::{self, offers},
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
    residents::{self, State},
};

/// How long after it began a visit is given still: of today's somebody may wait in the hall.
const TODAY: Duration = Duration::days(1);
/// Parents whose visits are looked for at a time.
const PAGE: i64 = 100;
/// What the register said before that was followed long ago: this runs each minute, and the first time a process does, it begins at the beginning.
const LATELY: Duration = Duration::days(30);

/// Lets one request about a parent's visits go on at a time. Whoever books for a child takes them in this order: the parent, then the child.
///
/// # Errors
/// The database.
pub async fn hold(w: &mut Write, town: &Municipality, parent: ResidentId) -> sqlx::Result<()> {
    placing::person(w, town, parent).await
}

/// Gives the visits to come that a parent booked for a child to the child, in the transaction that blocks the parent, once it did, or as they are no
/// parent any more; what is only held for it is let go, and they wait no more for the child. It is for the child alone from then on: what it was for of the
/// parent's, or of another child, is booked for no more, as the others who act for that one are other people. So nothing of the parent's stays on it, not
/// where they are met or rung either. The parent is told, once for each. Both must be locked, see [`hold`]. How many were.
///
/// # Errors
/// The database.
pub async fn give(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (parent, child): (ResidentId, ResidentId),
) -> Result<usize, Failure> {
    let now = app.clock.now();
    let mut done = 0;
    let catalogue = Catalogue::of(app, w, town).await?;
    let lives_here = residents::people(w, town, &[parent]).await?.iter().any(|p| p.state == State::Active);
    for id in store::to_come_for(w, town.id, (parent, child), now - TODAY).await? {
        let Some(visit) = store::locked(w, town.id, id).await?.filter(|v| v.resident_id == Some(parent)) else {
            continue;
        };
        match visit.state {
            VisitState::Held => offers::withdraw_hold(w, app, town, &visit).await?,
            VisitState::Booked => give_one(w, app, &catalogue, &visit, (child, lives_here)).await?,
            VisitState::Cancelled | VisitState::Lapsed => continue,
        }
        done += 1;
    }
    Ok(done + waiting::leave_what_is_for(w, app, &catalogue, (parent, child)).await?)
}

/// Gives one that is booked, and locked.
async fn give_one(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    visit: &Visit,
    (child, lives_here): (ResidentId, bool),
) -> Result<(), Failure> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    let (id, Some(parent)) = (visit.id, visit.resident_id) else { return Ok(()) };
    // The parent wants no other time of it any more.
    offers::visit_is_off(w, app, town, catalogue, visit).await?;
    let contact = contact(w, app, catalogue, (visit, child)).await?;
    let (subjects, others): (Vec<Subject>, Vec<Subject>) =
        visit.subjects.iter().cloned().partition(|s| s.resident == Some(child));
    if !store::give_to(w, town.id, visit, child, (&subjects, &contact), now).await? {
        return Ok(());
    }
    let give_turns: &GiveTurns = app.part();
    give_turns.0(w, app, town, id, (Some(parent), child)).await?;
    notices::take_back(w, app, town, Some(parent), id).await?;
    if lives_here {
        // What it was for beside the child is on no visit any more: they book it anew.
        notices::tell_of_given(w, app, town, (parent, visit), others.iter().any(|s| s.document.is_some())).await?;
    }
    // Who acts for the child did not know of it. Of one that began, who is there knows.
    if visit.starts_at > now {
        let visit = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
        notices::tell(w, app, catalogue, &visit, Said::from(VisitNotice::Booked)).await?;
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
        let left = store::kept_from_blocked(&mut app.db.read().await?, town.id, since, PAGE).await?;
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
    // It may have ended since, or the register took it back; and for a child who is gone nobody acts.
    let people = residents::people(&mut w, town, &[parent, child]).await?;
    let state = |id| people.iter().find(|p| p.id == id).map(|p| p.state);
    let is_gone = matches!(state(parent), Some(State::Deceased | State::Departed));
    let is_apart = is_gone || residents::apart_from(&mut w, town, parent).await?.contains(&child);
    if !is_apart || state(child) != Some(State::Active) {
        return Ok(0);
    }
    let given = give(&mut w, app, town, (parent, child)).await?;
    if given > 0 {
        w.commit().await?;
    }
    Ok(given)
}

/// What the register says of parents and children since is so of visits as well: what somebody booked for a child whose parent they are no more, or who
/// died or left, is the child's; and no visit is for somebody who died.
///
/// # Errors
/// The database. What could not be done is tried again, and the others are.
pub async fn follow_register(app: &App) -> anyhow::Result<Progress> {
    let (towns, followed): (&Municipalities, &Followed) = (app.part(), app.part());
    let now = app.clock.now();
    let beginning = if followed.0.load(Ordering::Relaxed) { now - LATELY } else { DateTime::UNIX_EPOCH };
    let nobody = ResidentId(Uuid::nil());
    let (mut done, mut failed) = (0, None);
    let mut note = |town: &Municipality, outcome: anyhow::Result<usize>| match outcome {
        Ok(n) => done += n,
        Err(error) => {
            failed
                .get_or_insert(error.context(format!("visits of who is no parent any more, or gone, of {}", town.key)));
        }
    };
    for is_gone in [false, true] {
        let mut behind = (beginning, nobody, nobody);
        loop {
            let mut r = app.db.read().await?;
            let page = match is_gone {
                true => store::gone_owners(&mut r, behind, now - TODAY, PAGE).await?,
                false => store::dropped(&mut r, behind, now - TODAY, PAGE).await?,
            };
            drop(r);
            let is_last = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
            for (town, parent, child, at) in page {
                behind = (at, parent, child);
                if let Ok(town) = towns.get(town) {
                    note(town, guarded(give_left(app, town, (parent, child))).await);
                }
            }
            if is_last {
                break;
            }
        }
    }
    for own in [false, true] {
        let mut behind = (beginning, nobody, AppointmentId(Uuid::nil()));
        loop {
            let page = store::of_the_dead(&mut app.db.read().await?, own, behind, now, PAGE).await?;
            let is_last = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
            for (town, dead, visit, at) in page {
                behind = (at, dead, visit);
                if let Ok(town) = towns.get(town) {
                    note(town, guarded(leave_out(app, town, (dead, visit))).await);
                }
            }
            if is_last {
                break;
            }
        }
    }
    if failed.is_none() {
        followed.0.store(true, Ordering::Relaxed);
    }
    failed.map_or(Ok(Progress::from(done)), Err)
}

/// Leaves somebody who died out of a visit that is for them, whosever it is; where it is for nobody else it is off, and somebody else has the time. Who
/// booked it knows, and is not told.
async fn leave_out(app: &App, town: &Municipality, (dead, id): (ResidentId, AppointmentId)) -> anyhow::Result<usize> {
    let mut w = app.db.write().await?;
    let now = app.clock.now();
    let Some(owner) = store::get(&mut w, town.id, id).await?.and_then(|visit| visit.resident_id) else { return Ok(0) };
    hold(&mut w, town, owner).await?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    let Some(visit) = store::locked(&mut w, town.id, id).await?.filter(|v| v.starts_at > now) else { return Ok(0) };
    let has_died = residents::people(&mut w, town, &[dead]).await?.iter().any(|p| p.state == State::Deceased);
    if !has_died || visit.resident_id != Some(owner) {
        return Ok(0);
    }
    let (theirs, others): (Vec<Subject>, Vec<Subject>) =
        visit.subjects.iter().cloned().partition(|s| s.resident == Some(dead));
    let is_for_others = others.iter().any(|s| s.document.is_some());
    match visit.state {
        // Of a child for whom nobody acts who is here.
        VisitState::Booked if owner == dead && is_for_others => return Ok(0),
        VisitState::Held => offers::withdraw_hold(&mut w, app, town, &visit).await?,
        VisitState::Booked if is_for_others => {
            let is_theirs = |name: &String| theirs.iter().any(|s| &s.name == name);
            let companions: Vec<String> = visit.companions.iter().filter(|name| !is_theirs(name)).cloned().collect();
            let persons = (visit.persons - 1).max(1);
            let rest = (companions.as_slice(), others.as_slice(), persons);
            if !store::leave_out(&mut w, town.id, (id, dead), rest, now).await? {
                return Ok(0);
            }
        }
        VisitState::Booked => {
            if !store::cancel(&mut w, town.id, id, now).await? {
                return Ok(0);
            }
            store::free(&mut w, town.id, id).await?;
            notices::take_back(&mut w, app, town, Some(owner), id).await?;
            offers::visit_is_off(&mut w, app, town, &catalogue, &visit).await?;
            offers::freed(&mut w, app, &catalogue, visit.location_id, visit.starts_at).await?;
        }
        VisitState::Cancelled | VisitState::Lapsed => return Ok(0),
    }
    w.commit().await?;
    Ok(1)
}

/// Whether this process has looked for what a server before it left, and found no more.
#[derive(Clone, Default)]
pub struct LookedForLeft(Arc<AtomicBool>);

/// Whether this process has followed all that the register said before.
#[derive(Clone, Default)]
pub struct Followed(Arc<AtomicBool>);
