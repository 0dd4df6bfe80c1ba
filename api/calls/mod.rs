//! The call list: whom no e-mail and no letter led to, or who did not answer them, staff call. Who takes a call has it until the town's day ends, as
//! somebody may forget to give it back, fall ill or leave; each try is noted, and after
//! three on three days at three hours, or where trying again is no use, a colleague who is named decides what becomes of it.
//!
//! Whom to call is how a message goes on ([`reach`]); this room keeps who has it and what was tried.

mod model;
pub mod routes;
mod rules;
mod store;
pub mod value;
pub mod work;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Duration, NaiveTime, Timelike as _, Utc};
use uuid::Uuid;

use crate::{
    audit::{self, Act, Entry, Reason},
    inbox::reach::{self, CallDone, CallDue},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::ResidentId,
        page::Cursor,
        problem::{Code, CursorInvalid, Failure, Refusal as _, Refused},
        time::{instant, local_day},
    },
    residents::{self, State},
    staff::Staff,
};
use model::{CallNotTried, CallTaken, CannotClose, Try};
use rules::Tried;

pub use model::{Call, CallId, CallResult, CallRow, Decided};
pub use store::erase;

/// The name of the list, in its cursors.
const LIST: &str = "calls";
/// How long somebody is on the list of who was handed over: a colleague has done what they wrote by then.
const LATELY: Duration = Duration::days(90);
/// The name of the list of who was handed over, likewise.
const HANDED_OVER: &str = "handed_over";
/// Before the first of a list that begins with the oldest.
const START: Cursor = Cursor { at: DateTime::UNIX_EPOCH, id: Uuid::nil() };

/// What colleagues decided of these calls, by what they were about.
///
/// # Errors
/// The database.
pub async fn decided(r: &mut Read, town: &Municipality, reaches: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Decided>> {
    let all = store::decided(r, town.id, reaches).await?;
    Ok(all.into_iter().map(|one| (one.reach_id, one)).collect())
}

/// A page of the call list, those that wait longest first, and the cursor of the next. Each who is on it reads that they were looked at.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list(
    app: &App,
    who: &Staff,
    cursor: Option<&str>,
    limit: u32,
    reason: Reason,
) -> Result<(Vec<Call>, Option<String>), Refused<CursorInvalid>> {
    let after = cursor.map_or(Ok(START), |text| Cursor::read(LIST, text))?;
    let mut w = app.db.write().await?;
    let (due, next) = reach::calls(&mut w, app, &who.town, (after.at, after.id), limit).await?;
    let next = next.map(|(at, id)| Cursor { at, id }.write(LIST));
    let calls = shown(&mut w, &who.town, due, app.clock.now()).await?;
    let people: BTreeSet<ResidentId> = calls.iter().map(|call| call.due.resident).collect();
    for resident in people {
        audit::look(&mut w, app, who, Act::CallsRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok((calls, next))
}

/// A page of those whom no call led to and whom a colleague has had for ninety days at the most, the latest first, each with their name, and the cursor
/// of the next; without who died or left. Each of them reads that they were looked at.
///
/// # Errors
/// `cursor_invalid`.
pub async fn handed_over(
    app: &App,
    who: &Staff,
    cursor: Option<&str>,
    limit: u32,
    reason: Reason,
) -> Result<(Vec<(Decided, String)>, Option<String>), Refused<CursorInvalid>> {
    let after = cursor.map_or(Ok(Cursor::BEGINNING), |text| Cursor::read(HANDED_OVER, text))?;
    let mut w = app.db.write().await?;
    let since = app.clock.now() - LATELY;
    let mut all = store::handed_over(&mut w, who.town.id, (since, after), i64::from(limit) + 1).await?;
    let more = all.len() > limit as usize;
    all.truncate(limit as usize);
    let next = all.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.reach_id }.write(HANDED_OVER));
    let asked: BTreeSet<ResidentId> = all.iter().map(|one| one.resident_id).collect();
    let asked: Vec<ResidentId> = asked.into_iter().collect();
    let people = residents::people(&mut w, &who.town, &asked).await?;
    let people: BTreeSet<ResidentId> =
        people.into_iter().filter(|person| person.state == State::Active).map(|person| person.id).collect();
    // For who died or left nobody does anything any more.
    all.retain(|one| people.contains(&one.resident_id));
    let names = residents::names(&mut w, &who.town, &asked).await?;
    for resident in people {
        audit::look(&mut w, app, who, Act::CallsRead, (resident, reason)).await?;
    }
    w.commit().await?;
    let named = |one: Decided| {
        let name = names.get(&one.resident_id).cloned().unwrap_or_default();
        (one, name)
    };
    Ok((all.into_iter().map(named).collect(), next))
}

/// When the town's day began: what somebody took before is theirs no more.
fn today(town: &Municipality, now: DateTime<Utc>) -> DateTime<Utc> {
    instant(town.zone, local_day(town.zone, now), NaiveTime::MIN)
}

/// Calls as staff see them.
async fn shown(r: &mut Read, town: &Municipality, due: Vec<CallDue>, now: DateTime<Utc>) -> sqlx::Result<Vec<Call>> {
    let today = today(town, now);
    let ids: Vec<Uuid> = due.iter().map(|d| d.reach).collect();
    let residents: Vec<ResidentId> = due.iter().map(|d| d.resident).collect::<BTreeSet<_>>().into_iter().collect();
    let names = residents::names(r, town, &residents).await?;
    let mut rows: HashMap<Uuid, CallRow> =
        store::rows(r, town.id, &ids).await?.into_iter().map(|row| (row.reach_id, row)).collect();
    let mut tries: HashMap<Uuid, Vec<Try>> = HashMap::new();
    for one in store::tries(r, town.id, &ids).await? {
        tries.entry(one.reach_id).or_default().push(one);
    }
    let one = |due: CallDue| {
        let mut tries = tries.remove(&due.reach).unwrap_or_default();
        tries.sort_by_key(|t| t.at);
        Call {
            name: names.get(&due.resident).cloned().unwrap_or_default(),
            row: rows.remove(&due.reach).filter(|row| row.is_taken(today)),
            may_close: rules::may_close(&tried(town, &tries)),
            tries,
            due,
        }
    };
    Ok(due.into_iter().map(one).collect())
}

/// Tries as the town's calendar and clocks show them.
fn tried(town: &Municipality, tries: &[Try]) -> Vec<Tried> {
    let one = |t: &Try| {
        let local = t.at.with_timezone(&town.zone);
        Tried { on: local.date_naive(), hour: local.hour(), result: t.result }
    };
    tries.iter().map(one).collect()
}

/// A call that is still to be made, kept so that somebody can have it.
async fn kept(w: &mut Write, app: &App, who: &Staff, id: CallId, now: DateTime<Utc>) -> Result<CallDue, Failure> {
    // What would end it is read in this transaction: nobody is called who has just read it.
    let due = reach::call(w, app, &who.town, id.0).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    store::add(w, (who.town.id, id.0), due.resident, now).await?;
    Ok(due)
}

/// That a colleague has it, with who that is.
async fn taken(w: &mut Write, who: &Staff, id: CallId) -> sqlx::Result<Refused<CallTaken>> {
    let row = store::rows(w, who.town.id, &[id.0]).await?.pop();
    let mut refused = CallTaken::refused();
    if let Some(row) = row {
        refused.problem_mut().edited_by = row.taken_by;
        refused.problem_mut().edited_at = row.taken_at.map(Into::into);
    }
    Ok(refused)
}

fn entry(act: Act, resident: ResidentId) -> Entry {
    Entry { act, subject: None, resident: Some(resident), reason: None, desk: None }
}

/// Takes a call: it is this member of staff's until they give it back, or the day ends.
///
/// # Errors
/// `not_found` where it is not, or no more, to be made; `call_taken`.
pub async fn take(app: &App, who: &Staff, id: CallId, idempotency: &Idempotency) -> Result<(), Refused<CallTaken>> {
    idempotency
        .act(app, async |w, now| {
            let due = kept(w, app, who, id, now).await?;
            if !store::take(w, id.0, who, (today(&who.town, now), now)).await? {
                return Err(taken(w, who, id).await?);
            }
            audit::record(w, app, who, &[entry(Act::CallTaken, due.resident)]).await?;
            Ok(())
        })
        .await
}

/// Gives a call back: another may take it. What was given back before is the same.
///
/// # Errors
/// `not_found` where it is not, or no more, to be made; `call_taken`.
pub async fn give_back(
    app: &App,
    who: &Staff,
    id: CallId,
    idempotency: &Idempotency,
) -> Result<(), Refused<CallTaken>> {
    idempotency
        .act(app, async |w, now| {
            let due = kept(w, app, who, id, now).await?;
            if !store::give_back(w, id.0, who).await? {
                // A second tap: it is nobody's, as they wanted.
                let since = today(&who.town, now);
                let is_taken = store::rows(w, who.town.id, &[id.0]).await?.iter().any(|row| row.is_taken(since));
                return if is_taken { Err(taken(w, who, id).await?) } else { Ok(()) };
            }
            audit::record(w, app, who, &[entry(Act::CallGivenBack, due.resident)]).await?;
            Ok(())
        })
        .await
}

/// Notes a try. Who was reached is off the list.
///
/// # Errors
/// `not_found` where it is not, or no more, to be made; `call_taken`.
pub async fn note(
    app: &App,
    who: &Staff,
    id: CallId,
    result: CallResult,
    idempotency: &Idempotency,
) -> Result<(), Refused<CallTaken>> {
    idempotency
        .act(app, async |w, now| {
            let due = kept(w, app, who, id, now).await?;
            if !store::take(w, id.0, who, (today(&who.town, now), now)).await? {
                return Err(taken(w, who, id).await?);
            }
            store::add_try(w, (id.0, app.ids.uuid(now)), who, result, now).await?;
            if result == CallResult::Reached && !reach::call_done(w, app, &who.town, id.0, CallDone::Reached).await? {
                return Err(Failure::new(Code::NotFound).into());
            }
            audit::record(w, app, who, &[entry(Act::CallNoted, due.resident)]).await?;
            Ok(())
        })
        .await
}

/// Decides what becomes of a call that led to nobody: this member of staff has it now.
///
/// # Errors
/// `not_found` where it is not, or no more, to be made; `call_taken`; `call_not_tried`.
pub async fn close(
    app: &App,
    who: &Staff,
    id: CallId,
    note: &str,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotClose>> {
    idempotency
        .act(app, async |w, now| {
            let due = kept(w, app, who, id, now).await?;
            let resident = due.resident;
            if !store::take(w, id.0, who, (today(&who.town, now), now)).await? {
                return Err(taken(w, who, id).await?.into());
            }
            let tries = store::tries(w, who.town.id, &[id.0]).await?;
            let mut tries = tried(&who.town, &tries);
            tries.sort_by_key(|t| (t.on, t.hour));
            if !rules::may_close(&tries) {
                return Err(CallNotTried::refused().into());
            }
            let is_closed = store::close(w, id.0, who, note, now).await?;
            if !is_closed || !reach::call_done(w, app, &who.town, id.0, CallDone::HandedOver).await? {
                return Err(Failure::new(Code::NotFound).into());
            }
            audit::record(w, app, who, &[entry(Act::CallClosed, resident)]).await?;
            Ok(())
        })
        .await
}
