//! Numbers that phones show as they move: a Live Activity of iOS, an ongoing notification of Android. The queue says how a number stands;
//! what is worth a push is decided here, and the worker of the channel sends it. A state replaces the one before, and nothing is queued up.

use uuid::Uuid;

use super::{
    model::DeviceId,
    rules::live::{self, Haste, Told},
    store,
};
use crate::{
    identity::Citizen,
    platform::{
        App,
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
};

pub use super::model::LiveState;
pub(crate) use super::store::{Followed, NewLive};

/// Rows read at once.
const PAGE: i64 = 1_000;

/// Lets the phones of a resident show a ticket, in the transaction that gives it: those whose app said that it can. How it stands they are told
/// by the queue's worker.
///
/// # Errors
/// The database.
pub async fn begin(
    w: &mut Write,
    app: &App,
    town: MunicipalityId,
    resident: ResidentId,
    new: &NewLive<'_>,
) -> sqlx::Result<()> {
    store::begin_live(w, town, resident, new, app.clock.now()).await
}

/// Keeps the token by which an activity on a citizen's iPhone is updated. False where their session registered no such installation.
///
/// # Errors
/// The database.
pub async fn hold(
    w: &mut Write,
    app: &App,
    who: &Citizen,
    installation: Uuid,
    (new, token): (&NewLive<'_>, &str),
) -> sqlx::Result<bool> {
    let (now, token) = (app.clock.now(), token.to_lowercase());
    store::hold_live(w, who.town.id, (who.actor.0, who.session, installation), new, (token.as_str(), now)).await
}

/// The towns in which a phone shows a number.
///
/// # Errors
/// The database.
pub async fn towns(r: &mut Read) -> sqlx::Result<Vec<MunicipalityId>> {
    store::live_towns(r).await
}

/// All numbers of a town that phones show.
///
/// # Errors
/// The database.
pub async fn followed(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<Followed>> {
    let (mut all, mut behind) = (Vec::new(), (Uuid::nil(), DeviceId(Uuid::nil())));
    loop {
        let page = store::followed(r, town, behind, PAGE).await?;
        let is_last = i64::try_from(page.len()).unwrap_or(i64::MAX) < PAGE;
        if let Some(last) = page.last() {
            behind = (last.ticket_id, last.device_id);
        }
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

/// Tells the phones of somebody nothing more of how a number goes on, as it is not theirs by now. That it is over for them the queue says, which sees whose
/// it is.
///
/// # Errors
/// The database.
pub async fn hush(w: &mut Write, town: MunicipalityId, ticket: Uuid, resident: ResidentId) -> sqlx::Result<()> {
    store::hush_live(w, town, ticket, resident).await
}

/// Lets a phone show that a number stands so, where that is worth a push. Of processes that do so at once, one writes it. Says whether
/// something changed.
///
/// # Errors
/// The database.
pub async fn show(app: &App, town: MunicipalityId, row: &Followed, state: &LiveState) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let is_held = row.held == Some(true);
    // Whose phone it was has signed out; or it is over, and there is nothing by which it could be taken off.
    if !row.lives || (state.is_over && !is_held) {
        let mut w = app.db.write_relaxed().await?;
        let done = store::forget_live(&mut w, town, row).await?;
        w.commit().await?;
        return Ok(done);
    }
    // A phone that was asked to start it has not told yet by which token it is updated.
    if !is_held && !row.startable {
        return Ok(false);
    }
    let last = row.told.then(|| Told { state: row.state(), at: row.as_of, waits: row.due_at.is_some() });
    let Some(haste) = live::worth(last.as_ref(), state, now) else { return Ok(false) };
    let as_of = live::as_of((row.version > 0).then_some(row.as_of), now);
    let due_at = live::due_at(haste, row.due_at, now);
    let mut w = app.db.write_relaxed().await?;
    let done = store::show_live(&mut w, town, row, state, (haste == Haste::Now, as_of, due_at)).await?;
    w.commit().await?;
    Ok(done)
}
