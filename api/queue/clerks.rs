//! Who may call to which desk now: the member of staff who is signed on there, and nobody where the hall is stopped.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{
    hall_store::{self, Today},
    model::{CannotCall, DeskTaken, HallStopped},
    store,
};
use crate::{
    appointments::{DeskId, LocationId, catalogue::midnight},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        problem::{Refusal as _, Refused},
        time::local_day,
    },
    staff::Staff,
};

/// The town's day, and what time it is.
pub(super) fn today(app: &App, town: &Municipality) -> Today {
    let now = app.clock.now();
    Today { began: midnight(town, local_day(town.zone, now)), now }
}

/// Waits for whoever calls at a location, stops it or signs on there at this moment.
pub(super) async fn lock(w: &mut Write, app: &App, town: &Municipality, location: LocationId) -> sqlx::Result<()> {
    store::lock_day(w, town.id, location, local_day(town.zone, app.clock.now())).await
}

/// Since when nobody is called at a location, because staff stopped it; none where they are.
pub(super) async fn stopped_at(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    location: LocationId,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    hall_store::stopped_at(r, town.id, location, today(app, town)).await
}

/// The desks of a location at which somebody is signed on.
pub(super) async fn manned(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    location: LocationId,
) -> sqlx::Result<BTreeSet<DeskId>> {
    let clerks = hall_store::clerks(r, town.id, location, today(app, town)).await?;
    Ok(clerks.into_iter().map(|clerk| clerk.desk_id).collect())
}

/// Whether nobody is called there.
pub(super) async fn is_stopped(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    location: LocationId,
) -> sqlx::Result<bool> {
    Ok(stopped_at(r, app, town, location).await?.is_some())
}

/// Lets one desk of a location call at a time, nobody stop it and nobody sign on there meanwhile; refuses a call where the hall is
/// stopped, or to a desk at which a colleague is signed on. Whatever calls somebody begins with this.
pub(super) async fn may_call(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (location, desk): (LocationId, DeskId),
) -> Result<(), Refused<CannotCall>> {
    let town = &who.town;
    lock(w, app, town, location).await?;
    if is_stopped(w, app, town, location).await? {
        return Err(HallStopped::refused().into());
    }
    let clerk = hall_store::clerk_at(w, town.id, desk, today(app, town)).await?;
    if clerk.is_some_and(|clerk| clerk.member_id != who.id) {
        return Err(DeskTaken::refused().into());
    }
    Ok(())
}
