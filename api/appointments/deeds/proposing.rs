//! Asking for the other's yes, in the transaction that holds the start.

use super::{
    model::{Deed, DeedEnd, DeedId, DeedKind},
    rules, store, telling,
};
use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::known::Catalogue,
        model::{AppointmentId, Booker, CannotPropose, DeedWaits, NobodyToAnswer, Visit, VisitState},
        placing,
        waiting::offers,
    },
    mandates::Yes,
    platform::{
        App,
        db::Write,
        ids::InTown,
        problem::{Failure, Refusal as _, Refused},
    },
};

/// Holds on to what is held, and asks the other, for a visit that moves there or for a new one; the start, which is held for so long. None where it is held no more, or is no place any
/// more; the transaction must then be dropped.
///
/// # Errors
/// `deed_waits`; `nobody_to_answer` where the other has no app.
pub async fn hold_on(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (held, moves, yes): (&Visit, Option<&Visit>, &Yes),
) -> Result<Option<Visit>, Refused<CannotPropose>> {
    if !ask(w, app, who, catalogue, (held, moves, yes)).await? {
        return Ok(None);
    }
    Ok(visit_store::get(w, catalogue.town.id, held.id).await?)
}

/// The same for a visit that is to move to a start that was held a moment ago.
///
/// # Errors
/// `deed_waits` where something waits for that visit already; `nobody_to_answer` where the other has no app.
pub async fn hold_for(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (held, moves, yes): (&Visit, &Visit, &Yes),
) -> Result<bool, Refused<CannotPropose>> {
    ask(w, app, who, catalogue, (held, Some(moves), yes)).await
}

async fn ask(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (held, moves, yes): (&Visit, Option<&Visit>, &Yes),
) -> Result<bool, Refused<CannotPropose>> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    let Booker::Citizen(citizen) = who else { return Ok(false) };
    if held.state != VisitState::Held || held.starts_at <= now || !placing::possible(w, town, catalogue, held).await? {
        return Ok(false);
    }
    let is_helpers = citizen.actor.0 != citizen.subject.0;
    if is_helpers && store::proposed_to(w, (town.id, citizen.subject.0), now).await? >= rules::MOST_PROPOSED {
        return Err(DeedWaits::detail("as many proposals as may wait for that yes already").into());
    }
    let offered_until = held.waiting_id.and(held.held_until);
    let expires_at = rules::waits_until(now, held.starts_at, (yes.mandate_ends, offered_until));
    if expires_at <= now {
        // The mandate ended in this moment: it is looked at again.
        return Ok(false);
    }
    if !store::keep(w, (town.id, held.id), expires_at, now).await? {
        return Ok(false);
    }
    let deed = Deed {
        id: DeedId(app.ids.uuid(now)),
        kind: if moves.is_some() { DeedKind::Move } else { DeedKind::Book },
        mandate_id: yes.mandate,
        grantor_id: citizen.subject.0,
        proposer_id: citizen.actor.0,
        answerer_id: yes.answerer,
        hold_id: held.id,
        visit_id: moves.map(|visit| visit.id),
        sequence: moves.map(|visit| visit.sequence),
        asked_at: now,
        expires_at,
        ended_at: None,
        ended_why: None,
    };
    if !store::add(w, town.id, &deed).await? {
        return Err(DeedWaits::refused().into());
    }
    if !telling::asked(w, app, catalogue, (&deed, held), citizen.session).await? {
        // Nobody would answer, and the start would be kept from all others.
        return Err(NobodyToAnswer::refused().into());
    }
    Ok(true)
}

/// Refuses to ask for another time of a visit of which one is asked already.
///
/// # Errors
/// `deed_waits`.
pub async fn moves_not(w: &mut Write, (town, visit): InTown<AppointmentId>) -> Result<(), Refused<DeedWaits>> {
    if store::of_visit(w, (town, visit)).await?.is_some() { Err(DeedWaits::refused()) } else { Ok(()) }
}

/// Whether a start is held until somebody said yes; then whoever asked is told that it is, and nobody else books it.
///
/// # Errors
/// `deed_waits` for who did not ask.
pub async fn waits(
    w: &mut Write,
    who: &Booker,
    (town, hold): InTown<AppointmentId>,
) -> Result<bool, Refused<DeedWaits>> {
    let Some(deed) = store::of_hold(w, (town, hold)).await? else { return Ok(false) };
    match who {
        Booker::Citizen(citizen) if citizen.actor.0 == deed.proposer_id => Ok(true),
        _ => Err(DeedWaits::refused()),
    }
}

/// Ends what waits for another time of a visit that is off or elsewhere since, in the transaction that did it: the start is free, and both hear
/// of it. Whose visit it is must be locked.
///
/// # Errors
/// The database.
pub async fn moves_no_more(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    visit: AppointmentId,
) -> Result<(), Failure> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    let Some(deed) = store::of_visit(w, (town.id, visit)).await? else { return Ok(()) };
    let Some(held) = visit_store::locked(w, town.id, deed.hold_id).await? else { return Ok(()) };
    if deed.expires_at <= now || !store::end(w, town.id, deed.id, DeedEnd::Taken, now).await? {
        // Nobody answered in time: the worker ends it, and says so.
        return Ok(());
    }
    let done_in = who.session().map(|done| done.session);
    telling::ended(w, app, catalogue, (&deed, &held), (DeedEnd::Taken, done_in)).await?;
    if held.state == VisitState::Held {
        // Where it was offered, nobody declined it; whoever waits for it is offered it a moment later.
        offers::withdraw_hold(w, app, town, &held).await?;
    }
    Ok(())
}

/// Ends what waits for a start that is let go by whose visit it is, or by staff; who asked and the other hear of it.
///
/// # Errors
/// The database.
pub async fn let_go(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    hold: &Visit,
) -> Result<(), Failure> {
    let town = &*catalogue.town;
    let Some(deed) = store::of_hold(w, (town.id, hold.id)).await? else { return Ok(()) };
    let why = match who {
        Booker::Citizen(citizen) if citizen.actor.0 == deed.proposer_id => DeedEnd::Withdrawn,
        Booker::Citizen(citizen) if citizen.actor.0 == deed.answerer_id => DeedEnd::Refused,
        _ => DeedEnd::Taken,
    };
    if store::end(w, town.id, deed.id, why, app.clock.now()).await? {
        let done_in = who.session().map(|done| done.session);
        telling::ended(w, app, catalogue, (&deed, hold), (why, done_in)).await?;
    }
    Ok(())
}
