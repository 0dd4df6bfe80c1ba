//! How somebody wants to be told: by push, by e-mail, by letter, in which order; and the e-mail address that they confirmed.
//!
//! Words: *contact settings* are what holds for one resident, with the app or without; who chose nothing has what holds for everybody. An
//! address is theirs once a code that was sent to it came back, whoever typed it: the citizen, or staff for who is at the counter. One
//! that does not exist is *dropped*: nothing is sent to it any more, and they see that. The code is sent by `mail`, which comes after.

mod model;
pub mod routes;
pub mod rules;
pub mod staff_routes;
mod store;
pub mod value;
pub mod work;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    audit::{self, Act, Entry, Reason},
    identity::Citizen,
    platform::{
        App,
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId, hashed},
        problem::{Code, Failure},
    },
    residents,
    staff::Staff,
};

pub use model::{Choice, Dropped, Gone, Known, Pending, Settings, Typed, Way};

/// How each of these wants to be told: an entry for each that was asked.
///
/// # Errors
/// The database.
pub async fn settings(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<HashMap<ResidentId, Settings>> {
    let kept = store::of(r, town, residents).await?;
    let mut all: HashMap<_, _> = residents.iter().map(|id| (*id, Settings::default())).collect();
    all.extend(kept.into_iter().map(|row| (row.resident_id, row.settings())));
    Ok(all)
}

/// All that is known of how somebody is told.
///
/// # Errors
/// The database.
pub async fn known(r: &mut Read, of: InTown<ResidentId>, now: DateTime<Utc>) -> sqlx::Result<Known> {
    let pending = store::code(r, of).await?.filter(|code| rules::is_good(code.tries, code.expires_at, now));
    let pending = pending.map(|code| Pending { email: code.email, until: code.expires_at, bounced: code.bounced });
    let Some(row) = store::get(r, of).await? else { return Ok(Known { pending, ..Known::default() }) };
    let settings = row.settings();
    let gone = row.email.zip(row.email_dropped_at).zip(row.email_dropped_why);
    let gone = gone.map(|((email, at), why)| Gone { email, at, why });
    Ok(Known { settings, confirmed_at: row.email_confirmed_at.filter(|_| gone.is_none()), gone, pending })
}

/// How the citizen is told.
///
/// # Errors
/// The database.
pub async fn get(app: &App, who: &Citizen) -> Result<Known, Failure> {
    let mut r = app.db.read().await?;
    Ok(known(&mut r, (who.town.id, who.actor.0), app.clock.now()).await?)
}

/// Keeps what the citizen chooses; the address is not touched.
///
/// # Errors
/// `body_invalid` for a way that is named twice.
pub async fn choose(app: &App, who: &Citizen, choice: &Choice) -> Result<(), Failure> {
    once(&choice.steps)?;
    let mut w = app.db.write().await?;
    store::choose(&mut w, (who.town.id, who.actor.0), choice, app.clock.now()).await?;
    w.commit().await?;
    Ok(())
}

/// Removes the citizen's address, and what waits for a code. Said twice, it is the same.
///
/// # Errors
/// The database.
pub async fn remove_email(app: &App, who: &Citizen) -> Result<(), Failure> {
    let of = (who.town.id, who.actor.0);
    let mut w = app.db.write().await?;
    // As each who gives a code and takes one.
    residents::lock(&mut w, &who.town, who.actor.0).await?;
    let removed = store::remove_email(&mut w, of, app.clock.now()).await?;
    store::use_up_code(&mut w, of).await?;
    w.commit().await?;
    if removed {
        tracing::info!(municipality = who.town.key, "a citizen removed their e-mail address");
    }
    Ok(())
}

/// How somebody is told, for staff. They can read that it was looked at, and why.
///
/// # Errors
/// `not_found`.
pub async fn get_of(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<Known, Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let known = known(&mut w, (who.town.id, id), app.clock.now()).await?;
    audit::look(&mut w, app, who, Act::ContactSettingsRead, (id, reason)).await?;
    w.commit().await?;
    Ok(known)
}

/// Keeps what somebody chooses who told staff so, with the app or without. They can read that it was done, and why.
///
/// # Errors
/// `not_found`; `body_invalid` for a way that is named twice.
pub async fn choose_for(
    app: &App,
    who: &Staff,
    (id, reason): (ResidentId, Reason),
    choice: &Choice,
) -> Result<(), Failure> {
    once(&choice.steps)?;
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    store::choose(&mut w, (who.town.id, id), choice, app.clock.now()).await?;
    audit::record(&mut w, app, who, &[Entry::about(Act::ContactSettingsChanged, id, reason)]).await?;
    w.commit().await?;
    Ok(())
}

/// Each way once: the order says which comes first.
fn once(steps: &[Way]) -> Result<(), Failure> {
    let twice = steps.iter().enumerate().any(|(n, way)| steps[..n].contains(way));
    if twice { Err(Failure::field(Code::BodyInvalid, "steps", "names a way twice")) } else { Ok(()) }
}

/// Refuses who does not live in the town of who asks.
///
/// # Errors
/// `not_found`.
pub async fn is_there(r: &mut Read, who: &Staff, id: ResidentId) -> Result<(), Failure> {
    if residents::people(r, &who.town, &[id]).await?.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// What is kept of a code: it says nothing without the address and whose it is.
fn code_hash((town, resident): InTown<ResidentId>, email: &str, code: &str) -> String {
    hashed(&format!("e-mail code\n{town}\n{resident}\n{email}\n{code}"))
}

/// Gives a resident a code for an address, in place of the one before; false where they had too many in an hour. Whoever calls it has
/// locked the resident.
///
/// # Errors
/// The database.
pub async fn give_code(
    w: &mut Write,
    of: InTown<ResidentId>,
    (email, code): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let before = store::code(w, of).await?.map(|code| (code.sent, code.sent_since));
    let Some(sent) = rules::one_more(before, now) else { return Ok(false) };
    store::give_code(w, of, (email, &code_hash(of, email, code)), now + rules::GOOD_FOR, sent).await?;
    Ok(true)
}

/// Confirms an address by its code, and counts a wrong try. Whoever calls it has locked the resident, and commits whatever came of it.
///
/// # Errors
/// The database.
pub async fn confirm(w: &mut Write, of: InTown<ResidentId>, code: &str, now: DateTime<Utc>) -> sqlx::Result<Typed> {
    let Some(kept) = store::code(w, of).await?.filter(|kept| rules::is_good(kept.tries, kept.expires_at, now)) else {
        return Ok(Typed::Over);
    };
    if code_hash(of, &kept.email, code) != kept.code_hash {
        // Nobody else can have taken it: the resident is locked.
        let left = if store::tried(w, of).await? { rules::TRIES - kept.tries - 1 } else { 0 };
        return Ok(if left > 0 { Typed::Wrong(left) } else { Typed::Over });
    }
    store::set_email(w, of, &kept.email, now).await?;
    store::use_up_code(w, of).await?;
    Ok(Typed::Right(kept.email))
}

/// Sends nothing to an address any more, where it is still theirs; whether it was.
///
/// # Errors
/// The database.
pub async fn drop_email(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    address: &str,
    (why, now): (Dropped, DateTime<Utc>),
) -> sqlx::Result<bool> {
    store::drop_email(w, (town, resident), address, why, now).await
}

/// Notes that a code cannot arrive at an address; whether it waited there.
///
/// # Errors
/// The database.
pub async fn code_bounced(w: &mut Write, of: InTown<ResidentId>, address: &str) -> sqlx::Result<bool> {
    store::code_bounced(w, of, address).await
}

/// Ends announcements by e-mail; whether there were any.
///
/// # Errors
/// The database.
pub async fn end_announcements(w: &mut Write, of: InTown<ResidentId>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    store::no_announcements(w, of, now).await
}

/// Erases how somebody wanted to be told.
///
/// # Errors
/// The database.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    store::erase(w, (town, resident)).await
}
