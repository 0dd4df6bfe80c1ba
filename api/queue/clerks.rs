//! Who may call to which desk now: the member of staff who is signed on there, and nobody where the hall is stopped.

use super::{
    hall_store::{self, Today},
    model::{DeskTaken, HallStopped},
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

/// Whether nobody is called at a location now, because staff stopped it.
pub(super) async fn is_stopped(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    location: LocationId,
) -> sqlx::Result<bool> {
    Ok(hall_store::stopped_at(r, town.id, location, today(app, town)).await?.is_some())
}

/// Refuses a call where the hall is stopped, or to a desk at which a colleague is signed on.
pub(super) async fn may_call<R>(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (location, desk): (LocationId, DeskId),
) -> Result<(), Refused<R>>
where
    Refused<R>: From<Refused<HallStopped>> + From<Refused<DeskTaken>>,
{
    let town = &who.town;
    if is_stopped(w, app, town, location).await? {
        return Err(HallStopped::refused().into());
    }
    let clerk = hall_store::clerk_at(w, town.id, desk, today(app, town)).await?;
    if clerk.is_some_and(|clerk| clerk.member_id != who.id) {
        return Err(DeskTaken::refused().into());
    }
    Ok(())
}
