//! A hall as staff see it: who is signed on at which desk, who waits, who waits aside, and whether it is stopped.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{
    clerks::{self, today},
    day::Day,
    desk::{Received, known, location_of, received},
    hall_store::{self, Clerk},
    model::{DeskTaken, Ticket, Turn},
    screen::Screens,
    store::{self, List},
};
use crate::{
    appointments::{Catalogue, DeskId, LocationId, catalogue::Desk},
    audit::{self, Act, Actor, Entry, Reason},
    municipalities::Municipalities,
    platform::{
        App,
        access::Role,
        db::Write,
        idempotency::Idempotency,
        problem::{Code, Failure, Refusal as _, Refused},
        room::Taken,
        time::local_day,
    },
    staff::{self, MemberId, Staff},
};

/// Arrivals of a day that are shown: as many visits as an agenda shows.
const MOST_ARRIVALS: i64 = 6_000;
/// Those of a day who were missed and are shown.
const MOST_MISSED: i64 = 100;

/// A desk, who is signed on there, and whom it called.
pub struct AtDesk {
    /// The desk.
    pub desk: Desk,
    /// Its location.
    pub location: LocationId,
    /// Who is signed on there; none where nobody is.
    pub clerk: Option<Clerk>,
    /// Whoever it called; none where nobody is in front of it.
    pub ticket: Option<Ticket>,
}

/// All that a desk's page shows of a hall: numbers, and no names of citizens.
pub struct Hall {
    /// Where.
    pub location: LocationId,
    /// Since when nobody is called there; none where they are.
    pub stopped_at: Option<DateTime<Utc>>,
    /// Its desks that take visits, and those that do not any more and have somebody.
    pub desks: Vec<AtDesk>,
    /// Those who wait, in the order in which they are called.
    pub waiting: Vec<Turn>,
    /// Those who wait aside, the first first.
    pub parked: Vec<Turn>,
    /// Those who were called today and did not come, nor came again since, the last first.
    pub missed: Vec<Turn>,
}

/// A hall as it is now.
///
/// # Errors
/// `not_found`.
pub async fn read(app: &App, who: &Staff, location: LocationId) -> Result<Hall, Failure> {
    let town = &who.town;
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    // One that takes no visits any more too: whoever waits there is seen.
    let place = catalogue.locations.get(&location).ok_or_else(|| Failure::new(Code::NotFound))?;
    let today = today(app, town);
    let day = Day::read(&mut r, app, town, location).await?;
    let clerks = hall_store::clerks(&mut r, town.id, location, today).await?;
    let missed = hall_store::missed(&mut r, town.id, (location, local_day(town.zone, today.now)), MOST_MISSED).await?;
    drop(r);
    let mut desks: Vec<_> = place
        .desks
        .iter()
        .map(|desk| AtDesk {
            clerk: clerks.iter().find(|c| c.desk_id == desk.id).cloned(),
            ticket: day.open.iter().find(|t| t.desk_id == Some(desk.id)).cloned(),
            location,
            desk: desk.clone(),
        })
        .filter(|at| at.desk.active || at.ticket.is_some())
        .collect();
    desks.sort_by(|a, b| (&a.desk.name, a.desk.id).cmp(&(&b.desk.name, b.desk.id)));
    let (parked, waiting) = day.turns(app, &catalogue).into_iter().partition(|t: &Turn| t.ticket.parked_at.is_some());
    let missed = missed.into_iter().map(|ticket| Turn { ticket, ahead: 0, wait_minutes: None }).collect();
    Ok(Hall { location, stopped_at: day.stopped_at, desks, waiting, parked, missed })
}

/// Who came today for an appointment at a location, whatever became of it, the first first: numbers, and no names. Who has several tickets
/// of the day, because they were sent on or came again, has the last of them.
///
/// # Errors
/// `not_found`.
pub async fn arrivals(app: &App, who: &Staff, location: LocationId) -> Result<Vec<Ticket>, Failure> {
    let town = &who.town;
    let mut r = app.db.read().await?;
    if !Catalogue::of(app, &mut r, town).await?.locations.contains_key(&location) {
        return Err(Failure::new(Code::NotFound));
    }
    let day = local_day(town.zone, app.clock.now());
    let mut came: Vec<Ticket> = Vec::new();
    let mut places = HashMap::new();
    for ticket in store::of_day(&mut r, town.id, (location, day), List::OfVisits, MOST_ARRIVALS).await? {
        let place = *places.entry(ticket.appointment_id).or_insert(came.len());
        match came.get_mut(place) {
            Some(before) => *before = ticket,
            None => came.push(ticket),
        }
    }
    Ok(came)
}

/// A desk as it is now; with whoever it called, for the member of staff who is signed on there.
///
/// # Errors
/// `not_found`.
pub async fn desk(app: &App, who: &Staff, desk: DeskId) -> Result<(AtDesk, Option<Received>), Failure> {
    let town = &who.town;
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let (location, desk) = known(&catalogue, desk)?;
    let clerk = hall_store::clerk_at(&mut r, town.id, desk.id, today(app, town)).await?;
    let ticket = store::at_desk(&mut r, town.id, desk.id).await?;
    let mine = clerk.as_ref().is_some_and(|clerk| clerk.member_id == who.id);
    let current = match &ticket {
        Some(ticket) if mine => Some(received(&mut r, town, ticket.id).await?),
        _ => None,
    };
    drop(r);
    if let Some(current) = &current {
        // Another clerk may have called them: each whose data are shown can read that this one sees them.
        let shown = current.residents();
        if !audit::looked(app, who, Act::VisitRead, &shown, Reason::Visit).await? {
            let mut w = app.db.write().await?;
            for resident in shown {
                audit::look(&mut w, app, who, Act::VisitRead, (resident, Reason::Visit)).await?;
            }
            w.commit().await?;
        }
    }
    Ok((AtDesk { desk: desk.clone(), location, clerk, ticket }, current))
}

/// Signs on at a desk, and off from any other. With `relieve` also where a colleague is signed on, who is signed off.
///
/// # Errors
/// `not_found`, `desk_taken`.
pub async fn sign_on(app: &App, who: &Staff, desk: DeskId, relieve: bool) -> Result<(), Refused<DeskTaken>> {
    let town = &who.town;
    Idempotency::NONE
        .act(app, async |w, _| {
            let catalogue = Catalogue::of(app, w, town).await?;
            let location = location_of(&catalogue, desk)?;
            let (_, at) = known(&catalogue, desk)?;
            // Who calls to it at this moment is waited for.
            clerks::lock(w, app, town, location).await?;
            // Of two sign-ons of theirs at once, the later is the one that counts.
            staff::lock(w, who.id).await?;
            staff::still(w, who, Role::Counter).await?;
            hall_store::sign_off_elsewhere(w, town.id, who.id, desk).await?;
            let today = today(app, town);
            let before =
                hall_store::clerk_at(w, town.id, desk, today).await?.filter(|c| relieve && c.member_id != who.id);
            let by = (today, relieve);
            if !hall_store::sign_on(w, town.id, (location, desk), (who.id, &who.name), by).await? {
                return Err(DeskTaken::refused());
            }
            if let Some(relieved) = before {
                let entry = Entry::at_desk(Act::ColleagueRelieved, relieved.member_id.0, &at.name);
                audit::record(w, app, who, &[entry]).await?;
            }
            Ok(())
        })
        .await
}

/// Signs off from a desk. Who is not signed on there is signed off already.
///
/// # Errors
/// `not_found`.
pub async fn sign_off(app: &App, who: &Staff, desk: DeskId, idempotency: &Idempotency) -> Result<(), Failure> {
    let town = &who.town;
    idempotency
        .act(app, async |w, _| {
            if !hall_store::sign_off(w, town.id, desk, who.id).await? {
                let catalogue = Catalogue::of(app, w, town).await?;
                known(&catalogue, desk)?;
            }
            Ok(())
        })
        .await
}

/// Frees the desks at which a member of staff may not work any more, or where they are signed in nowhere, in the transaction that took that
/// from them.
///
/// # Errors
/// The database.
pub(super) async fn end_of(w: &mut Write, app: &App, taken: Taken<'_>) -> sqlx::Result<()> {
    let towns: &Municipalities = app.part();
    let freed = hall_store::sign_off_all(w, MemberId(taken.member), (taken.session, app.clock.now())).await?;
    for (town, desk, name, since) in freed {
        // A sign-on of a day before counted for nothing, and a town that is in no configuration has no day.
        let Some(town) = towns.get(town).ok().filter(|town| since >= today(app, town).began) else { continue };
        let at = hall_store::name_of(w, town.id, desk).await?.unwrap_or_default();
        let (id, name) = taken.by.map_or((taken.member, name), |(id, name)| (id, name.to_owned()));
        let actor = Actor { town: town.id, kind: "staff", id, name, language: town.language_for(None) };
        audit::record(w, app, actor, &[Entry::at_desk(Act::DeskFreed, taken.member, &at)]).await?;
    }
    Ok(())
}

/// Lets nobody be called at a location until somebody resumes it, or the day ends: an emergency in the hall. Everybody keeps their
/// place; the screen says it.
///
/// # Errors
/// `not_found`.
pub async fn stop(app: &App, who: &Staff, location: LocationId) -> Result<(), Failure> {
    change(app, who, location, true, &Idempotency::NONE).await
}

/// Lets them be called again.
///
/// # Errors
/// `not_found`.
pub async fn resume(app: &App, who: &Staff, location: LocationId, idempotency: &Idempotency) -> Result<(), Failure> {
    change(app, who, location, false, idempotency).await
}

/// Stops a hall or resumes it, notes that where it changes anything, and shows the hall.
async fn change(
    app: &App,
    who: &Staff,
    location: LocationId,
    stops: bool,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let screens: &Screens = app.part();
    let town = &who.town;
    idempotency
        .act(app, async |w, _| {
            Catalogue::of(app, w, town).await?.location(location)?;
            // Whoever calls at this moment is waited for: once it is stopped, nobody is called.
            clerks::lock(w, app, town, location).await?;
            let (changed, act) = if stops {
                (hall_store::stop(w, town.id, location, today(app, town)).await?, Act::HallStopped)
            } else {
                (hall_store::resume(w, town.id, location, today(app, town)).await?, Act::HallResumed)
            };
            if changed {
                audit::record(w, app, who, &[Entry::on(act, location.0)]).await?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    screens.ring(location);
    Ok(())
}
