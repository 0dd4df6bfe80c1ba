//! Numbers that phones show as they move. Each call moves everybody behind it: so it is not the desk that calls who says how they stand, but a
//! worker that looks, as the screens do. The call itself is a push of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use uuid::Uuid;

use super::{
    day::{Day, MAX_WAITING},
    model::{Ticket, TicketId, TicketOver},
    notices, store,
};
use crate::{
    appointments::{AppointmentId, Catalogue, LocationId},
    identity::Citizen,
    inbox,
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::guarded,
        db::Write,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    push::live::{self, Followed, LiveState, NewLive},
};

/// Gives the tickets of a visit to whose it is now, from a visitor, or from whose it was: those that go on begin on the phones of the one, and end on the
/// phones of the other, of whom what was said of them is taken back.
///
/// # Errors
/// The database.
pub async fn give(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    appointment: AppointmentId,
    (from, to): (Option<ResidentId>, ResidentId),
) -> sqlx::Result<()> {
    for id in store::give(w, town.id, appointment, (from, to)).await? {
        if let Some(from) = from {
            live::hush(w, town.id, id.0, from).await?;
            inbox::take_back_under(w, app, town, from, &notices::about(id)).await?;
        }
        let Some(ticket) = store::get(w, town.id, id).await?.filter(|t| t.state.is_open()) else { continue };
        let new = NewLive { ticket: id.0, location: ticket.location_id.0, number: &ticket.number };
        live::begin(w, app, town.id, to, &new).await?;
    }
    Ok(())
}

/// A citizen's iPhone shows their ticket, and is updated by this token. Again, with the same, it changes nothing.
///
/// # Errors
/// `not_found`, `ticket_over`.
pub async fn hold(
    app: &App,
    who: &Citizen,
    id: TicketId,
    installation: Uuid,
    token: &str,
) -> Result<(), Refused<TicketOver>> {
    let mut w = app.db.write().await?;
    let ticket = store::get_own(&mut w, (who.town.id, id), who.subject.0).await?;
    let ticket = ticket.ok_or_else(|| Failure::new(Code::NotFound))?;
    if super::is_kept(&mut w, &who.town, &ticket).await? {
        return Err(Failure::new(Code::NotFound).into());
    }
    // One that ends at this moment is ended by the worker.
    if !ticket.state.is_open() {
        return Err(TicketOver::refused());
    }
    let new = NewLive { ticket: id.0, location: ticket.location_id.0, number: &ticket.number };
    if !live::hold(&mut w, app, who, installation, (&new, token)).await? {
        return Err(Failure::new(Code::NotFound).into());
    }
    w.commit().await?;
    Ok(())
}

/// Brings up to date what phones show.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let found = live::towns(&mut app.db.read().await?).await?;
    let (mut done, mut failed) = (0, None);
    for town in found.into_iter().filter_map(|id| towns.get(id).ok()) {
        // Each by itself: what one town broke stops no other.
        match guarded(of_town(app, town)).await {
            Ok(shown) => done += shown,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(Progress::from(done)), Err)
}

async fn of_town(app: &App, town: &Arc<Municipality>) -> anyhow::Result<usize> {
    let standing = standing(app, town).await?;
    let mut done = 0;
    for (row, state) in &standing {
        match guarded(live::show(app, town.id, row, state)).await {
            Ok(shown) => done += usize::from(shown),
            Err(error) => {
                tracing::warn!(ticket = %row.ticket_id, error = format!("{error:#}"), "a phone could not be told how its number stands");
            }
        }
    }
    Ok(done)
}

/// How each number of a town stands that a phone shows.
async fn standing(app: &App, town: &Arc<Municipality>) -> anyhow::Result<Vec<(Followed, LiveState)>> {
    let mut r = app.db.read().await?;
    let mut halls: BTreeMap<LocationId, Vec<Followed>> = BTreeMap::new();
    for row in live::followed(&mut r, town.id).await? {
        halls.entry(LocationId(row.location_id)).or_default().push(row);
    }
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let mut all = Vec::new();
    for (location, rows) in halls {
        let day = Day::read(&mut r, app, town, location).await?;
        let asked: BTreeSet<Uuid> = rows.iter().map(|row| row.ticket_id).collect();
        let open: Vec<Ticket> = day.open.iter().filter(|ticket| asked.contains(&ticket.id.0)).cloned().collect();
        let standings = day.standings(app, &catalogue, &open);
        let known: BTreeMap<Uuid, (Option<ResidentId>, LiveState)> = open
            .iter()
            .zip(standings)
            .map(|(ticket, how)| (ticket.id.0, (ticket.resident_id, state(&catalogue, ticket, how))))
            .collect();
        // Of a hall that is so full, not all were read.
        let is_full = i64::try_from(day.open.len()).unwrap_or(i64::MAX) >= MAX_WAITING;
        for row in rows {
            match known.get(&row.ticket_id) {
                Some((whose, state)) if *whose == Some(row.resident_id) => all.push((row, state.clone())),
                None if is_full => {}
                // It was served, missed or left, or its visit moved, or its day is over; or it is somebody else's by now.
                _ => all.push((row, LiveState { is_over: true, ..LiveState::default() })),
            }
        }
    }
    Ok(all)
}

fn state(catalogue: &Catalogue, ticket: &Ticket, (ahead, minutes): (i64, Option<i64>)) -> LiveState {
    if ticket.waits() {
        return LiveState { ahead: Some(ahead), minutes, ..LiveState::default() };
    }
    let desks = catalogue.locations.get(&ticket.location_id).into_iter().flat_map(|location| &location.desks);
    let desk = desks.filter(|desk| Some(desk.id) == ticket.desk_id).map(|desk| desk.name.clone()).next();
    LiveState { desk, ..LiveState::default() }
}
