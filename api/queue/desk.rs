//! What a desk does: call the next, again, start, finish, note who was missed, send on. And what staff see of the queue.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Step, answer_store,
    arriving::{Arriving, add, hush},
    clerks,
    day::{Day, MAX_WAITING, order},
    hall_store,
    model::{CannotCall, CannotSendOn, DeskBusy, LocationClosed, Ticket, TicketElsewhere, TicketId, TicketState, Turn},
    note, notices, offered,
    screen::Screens,
    store::{self, List},
};
use crate::{
    administration::Sender,
    appointments::{Catalogue, DeskId, LocationId, ServiceId, agenda, booking, catalogue::Desk, model::Subject},
    audit::{self, Act, Reason},
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
        small::FEW,
        time::local_day,
    },
    push::live::{self, NewLive},
    residents,
    staff::Staff,
};

/// Answers read for one question.
const MAX_ANSWERS: i64 = 50_000;
/// Lines shown of each service.
const MAX_LINES: usize = 100;
/// Days of answers that one question takes.
const MAX_DAYS: i64 = 366;

/// Whoever is called or served, with what to call them.
pub struct Received {
    /// The ticket.
    pub ticket: Ticket,
    /// Their name, as the register or the desk has it.
    pub name: String,
    /// Whom their visit is for, where they have one.
    pub subjects: Vec<Subject>,
}

impl Received {
    /// Whose data it shows, each once.
    pub(super) fn residents(&self) -> Vec<ResidentId> {
        let all = self.subjects.iter().filter_map(|s| s.resident).chain(self.ticket.resident_id);
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// A desk and its location, whether it takes visits or not.
pub(super) fn known(catalogue: &Catalogue, id: DeskId) -> Result<(LocationId, &Desk), Failure> {
    let mut all = catalogue.locations.values().flat_map(|l| l.desks.iter().map(move |d| (l.id, d)));
    all.find(|(_, d)| d.id == id).ok_or_else(|| Failure::new(Code::NotFound))
}

/// The location of a desk that takes visits.
pub(super) fn location_of(catalogue: &Catalogue, desk: DeskId) -> Result<LocationId, Failure> {
    let (location, desk) = known(catalogue, desk)?;
    if desk.active { Ok(location) } else { Err(Failure::new(Code::NotFound)) }
}

/// Calls the next to a desk, of those it can serve. Whom it was serving is finished. None where nobody waits for it.
///
/// # Errors
/// `not_found`, `desk_busy` where somebody was called to it who has not come, `desk_taken`, `hall_stopped`.
pub async fn next(
    app: &App,
    who: &Staff,
    desk: DeskId,
    idempotency: &Idempotency,
) -> Result<Option<Received>, Refused<CannotCall>> {
    let screens: &Screens = app.part();
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<Option<TicketId>>(&mut w, now).await? {
        let Some(id) = id else { return Ok(None) };
        return Ok(Some(received(&mut w, town, id).await?));
    }
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    let location = location_of(&catalogue, desk)?;
    let today = local_day(town.zone, now);
    clerks::may_call(&mut w, app, who, (location, desk)).await?;
    let old = store::close_old(&mut w, town.id, location, today, now).await?;
    hush(&mut w, app, town, &old).await?;
    if let Some(current) = store::at_desk(&mut w, town.id, desk).await? {
        if current.state != TicketState::Serving {
            return Err(DeskBusy::refused().into());
        }
        finish(&mut w, app, &catalogue, who, &current).await?;
    }
    let serves = &catalogue.locations[&location].desks.iter().find(|d| d.id == desk).map(|d| d.services.clone());
    let mut waiting: Vec<Ticket> = store::of_day(&mut w, town.id, (location, today), List::Open, MAX_WAITING)
        .await?
        .into_iter()
        .filter(|t| t.waits() && serves.as_ref().is_some_and(|s| s.contains(&t.service_id)))
        .collect();
    let order = order(app);
    waiting.sort_by_key(|t| t.place(order));
    let mut called = None;
    for ticket in waiting {
        // Another desk, here or elsewhere, calls the same person a moment later, and finds them called.
        if let Some(resident) = ticket.resident_id {
            residents::lock(&mut w, town, resident).await?;
            let old = store::end_old_of(&mut w, town.id, resident, today, now).await?;
            hush(&mut w, app, town, &old).await?;
        }
        // A visit that is moved or cancelled at this moment is not the one that they came for; one that is called is moved no more.
        if let Some(visit) = ticket.appointment_id
            && !booking::begin(&mut w, town, visit, ticket.appointment_sequence, now).await?
        {
            continue;
        }
        // One who goes away at this moment is not called.
        if store::call(&mut w, town.id, ticket.id, desk, now).await? {
            called = Some(ticket.id);
            break;
        }
        if let Some(visit) = ticket.visit() {
            booking::not_begun(&mut w, town, visit, now).await?;
        }
    }
    let answer = match called {
        Some(id) => Some(called_out(&mut w, app, &catalogue, who, id).await?),
        None => None,
    };
    idempotency.store_response(&mut w, &called, now).await?;
    w.commit().await?;
    screens.ring(location);
    Ok(answer)
}

/// A step with somebody who was called, or who went away before; [`recall`] calls them again.
///
/// # Errors
/// `not_found`, `ticket_elsewhere` where they are not in a state for it.
pub async fn step(
    app: &App,
    who: &Staff,
    id: TicketId,
    step: Step,
    idempotency: &Idempotency,
) -> Result<Received, Refused<TicketElsewhere>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let ticket = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if step == Step::Left && ticket.state == TicketState::Left {
                // Noted already, or they went themselves: whoever did not note it and is shown it looks.
                if !audit::did(w, who, Act::VisitorLeft, id.0, ticket.arrived_at).await? {
                    for resident in received(w, town, id).await?.residents() {
                        audit::look(w, app, who, Act::VisitRead, (resident, Reason::Visit)).await?;
                    }
                }
                return Ok(id);
            }
            let catalogue = Catalogue::of(app, w, town).await?;
            if step == Step::Finish {
                finish(w, app, &catalogue, who, &ticket).await?;
            } else {
                let visit = ticket.visit().filter(|_| matches!(step, Step::Miss | Step::Left));
                if let Some((visit, _)) = visit {
                    booking::seize(w, town, visit).await?;
                }
                if !store::step(w, town.id, id, step, now).await? {
                    return Err(TicketElsewhere::refused());
                }
                if let Some(visit) = visit {
                    // From when they arrived: who was sent on with this visit has a ticket that is newer than its beginning.
                    booking::not_begun(w, town, visit, ticket.arrived_at).await?;
                    booking::not_turned_away(w, town, visit).await?;
                }
                let (act, word) = match step {
                    Step::Miss => (Act::VisitorMissed, Some(notices::TurnNotice::Missed)),
                    Step::Left => (Act::VisitorLeft, Some(notices::TurnNotice::Left)),
                    Step::Park => (Act::VisitorParked, None),
                    _ => (Act::VisitorServed, None),
                };
                note(w, app, &Sender::Staff(who.clone()), act, &ticket).await?;
                if step == Step::Park {
                    // What called them stands on no lock screen meanwhile.
                    hush(w, app, town, &[(ticket.id, ticket.resident_id)]).await?;
                }
                if let Some(word) = word {
                    let now = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                    tell(w, app, &catalogue, &now, word).await?;
                }
            }
            seen(w, app, who, id).await?;
            Ok(id)
        })
        .await?;
    Ok(shown(app, town, id).await?)
}

/// Calls somebody again who was called and has not come.
///
/// # Errors
/// `not_found`, `ticket_elsewhere` where they are not called, `desk_taken`, `hall_stopped`.
pub async fn recall(
    app: &App,
    who: &Staff,
    id: TicketId,
    idempotency: &Idempotency,
) -> Result<Received, Refused<CannotCall>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let ticket = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let catalogue = Catalogue::of(app, w, town).await?;
            if let Some(desk) = ticket.desk_id {
                clerks::may_call(w, app, who, (ticket.location_id, desk)).await?;
            }
            if !store::recall(w, town.id, id, now).await? {
                return Err(TicketElsewhere::refused().into());
            }
            called_out(w, app, &catalogue, who, id).await?;
            Ok::<_, Refused<CannotCall>>(id)
        })
        .await?;
    Ok(shown(app, town, id).await?)
}

/// Calls somebody to a desk who waits aside, or who was called today and did not come: they are there after all.
///
/// # Errors
/// `not_found`, `ticket_elsewhere` where neither is so any more or their visit is another by now, `desk_busy` where the desk has somebody,
/// `desk_taken`, `hall_stopped`.
pub async fn take_back(
    app: &App,
    who: &Staff,
    id: TicketId,
    desk: DeskId,
    idempotency: &Idempotency,
) -> Result<Received, Refused<CannotCall>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let ticket = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let catalogue = Catalogue::of(app, w, town).await?;
            let location = location_of(&catalogue, desk)?;
            clerks::may_call(w, app, who, (location, desk)).await?;
            if location != ticket.location_id {
                return Err(TicketElsewhere::refused().into());
            }
            if store::at_desk(w, town.id, desk).await?.is_some() {
                return Err(DeskBusy::refused().into());
            }
            // Another desk, here or elsewhere, that calls them at this moment finds them called.
            let today = local_day(town.zone, now);
            if let Some(resident) = ticket.resident_id {
                residents::lock(w, town, resident).await?;
                let old = store::end_old_of(w, town.id, resident, today, now).await?;
                hush(w, app, town, &old).await?;
            }
            let was_missed = ticket.state == TicketState::Missed;
            // Who was missed had not begun their visit. One that was moved or cancelled since is not the one that they came for.
            if was_missed
                && let Some((visit, sequence)) = ticket.visit()
                && !booking::begin(w, town, visit, sequence, now).await?
            {
                return Err(TicketElsewhere::refused().into());
            }
            if !hall_store::take_back(w, town.id, id, desk, (today, now)).await? {
                return Err(TicketElsewhere::refused().into());
            }
            if was_missed && let Some(resident) = ticket.resident_id {
                let shown = NewLive { ticket: id.0, location: ticket.location_id.0, number: &ticket.number };
                live::begin(w, app, town.id, resident, &shown).await?;
            }
            called_out(w, app, &catalogue, who, id).await?;
            Ok::<_, Refused<CannotCall>>(id)
        })
        .await?;
    Ok(shown(app, town, id).await?)
}

async fn finish(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    who: &Staff,
    ticket: &Ticket,
) -> Result<(), Refused<TicketElsewhere>> {
    let town = &*catalogue.town;
    if !store::step(w, town.id, ticket.id, Step::Finish, app.clock.now()).await? {
        return Err(TicketElsewhere::refused());
    }
    note(w, app, &Sender::Staff(who.clone()), Act::VisitorServed, ticket).await?;
    Ok(tell(w, app, catalogue, ticket, notices::TurnNotice::Done).await?)
}

/// Sends somebody on to another service at the same location. They keep their number, and are called before who comes now.
///
/// # Errors
/// `not_found`, `ticket_elsewhere`, `location_closed` where it is not served there.
pub async fn send_on(
    app: &App,
    who: &Staff,
    id: TicketId,
    service: ServiceId,
    idempotency: &Idempotency,
) -> Result<Received, Refused<CannotSendOn>> {
    let town = &who.town;
    let id = idempotency
        .act(app, async |w, now| {
            let ticket = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let catalogue = Catalogue::of(app, w, town).await?;
            if !offered(catalogue.location(ticket.location_id)?, catalogue.service(service)?) {
                return Err(LocationClosed::refused().into());
            }
            if !store::step(w, town.id, id, Step::SendOn, now).await? {
                return Err(TicketElsewhere::refused().into());
            }
            let new = Arriving {
                location: ticket.location_id,
                service,
                appointment: ticket.appointment_id.map(|id| (id, ticket.appointment_sequence)),
                resident: ticket.resident_id,
                name: &ticket.name,
                persons: ticket.persons,
                due_at: Some(now),
                by: ticket.came_by,
            };
            let next = match add(w, app, town, &new, Some(&ticket.number)).await? {
                Some(next) => next,
                // They wait for that already, with a number of their own: with it they come next.
                None => match ticket.resident_id {
                    Some(resident) => {
                        let day = local_day(town.zone, now);
                        let known =
                            store::waits_already(w, town.id, resident, (ticket.location_id, service), day).await?;
                        let known = known.ok_or_else(TicketElsewhere::refused)?;
                        if !store::hasten(w, town.id, known.id, now).await? {
                            return Err(TicketElsewhere::refused().into());
                        }
                        store::get(w, town.id, known.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?
                    }
                    None => return Err(TicketElsewhere::refused().into()),
                },
            };
            note(w, app, &Sender::Staff(who.clone()), Act::VisitorSentOn, &next).await?;
            // The turn with which they were called is over; what is said now is of the next.
            hush(w, app, town, &[(ticket.id, ticket.resident_id)]).await?;
            tell(w, app, &catalogue, &next, notices::TurnNotice::SentOn).await?;
            seen(w, app, who, next.id).await?;
            Ok::<_, Refused<CannotSendOn>>(next.id)
        })
        .await?;
    Ok(shown(app, town, id).await?)
}

/// Tells a resident about their turn; a visitor who is not in the register is called by the screen of the hall.
pub(super) async fn tell(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    ticket: &Ticket,
    word: notices::TurnNotice,
) -> Result<(), Failure> {
    let town = &*catalogue.town;
    let Some(resident) = ticket.resident_id else { return Ok(()) };
    inbox::notify(w, app, town, resident, |language| notices::notice(language, town, catalogue, ticket, word)).await?;
    Ok(())
}

/// Shows the hall what changed, and staff the ticket as it is now.
async fn shown(app: &App, town: &Municipality, id: TicketId) -> Result<Received, Failure> {
    let screens: &Screens = app.part();
    let received = received(&mut app.db.read().await?, town, id).await?;
    screens.ring(received.ticket.location_id);
    Ok(received)
}

/// The end of each way in which a desk calls: it is written down, and told.
async fn called_out(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    who: &Staff,
    id: TicketId,
) -> Result<Received, Failure> {
    let received = seen(w, app, who, id).await?;
    note(w, app, &Sender::Staff(who.clone()), Act::VisitorCalled, &received.ticket).await?;
    tell(w, app, catalogue, &received.ticket, notices::TurnNotice::Called).await?;
    Ok(received)
}

/// A ticket as a desk is shown it, with a line for each whom the visit is for and is not whose it is: of whose it is, the act itself
/// is one.
async fn seen(w: &mut Write, app: &App, who: &Staff, id: TicketId) -> Result<Received, Failure> {
    let received = received(w, &who.town, id).await?;
    for resident in received.residents() {
        if Some(resident) != received.ticket.resident_id {
            audit::look(w, app, who, Act::VisitRead, (resident, Reason::Visit)).await?;
        }
    }
    Ok(received)
}

/// A ticket as a desk is shown it. Whoever shows it writes down that it was seen.
pub(super) async fn received(r: &mut Read, town: &Municipality, id: TicketId) -> Result<Received, Failure> {
    let ticket = store::get(r, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let name = match ticket.resident_id {
        Some(resident) => residents::names(r, town, &[resident]).await?.remove(&resident),
        None => None,
    };
    let subjects = match ticket.appointment_id {
        Some(visit) => agenda::subjects_of(r, town, visit).await?,
        None => Vec::new(),
    };
    Ok(Received { name: name.unwrap_or_else(|| ticket.name.clone()), subjects, ticket })
}

/// The queue of a location today, in the order in which it is called: numbers, and no names.
///
/// # Errors
/// `not_found`.
pub async fn queue(app: &App, who: &Staff, location: LocationId) -> Result<Vec<Turn>, Failure> {
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, &who.town).await?;
    // One that takes no visits any more too: whoever waits there is seen.
    if !catalogue.locations.contains_key(&location) {
        return Err(Failure::new(Code::NotFound));
    }
    let day = Day::read(&mut r, app, &who.town, location).await?;
    let order = order(app);
    let mut at_desks: Vec<_> = day.open.iter().filter(|t| t.state != TicketState::Waiting).cloned().collect();
    at_desks.sort_by_key(|t| t.place(order));
    let at_desks = at_desks.into_iter().map(|ticket| Turn { ticket, ahead: 0, wait_minutes: Some(0) });
    Ok(at_desks.chain(day.turns(app, &catalogue)).collect())
}

/// What visitors thought of a service at a location.
pub struct Opinion {
    /// Where.
    pub location: LocationId,
    /// Of what.
    pub service: ServiceId,
    /// How many gave each score, from one to five.
    pub scores: [i64; 5],
    /// What they wrote, in no order.
    pub lines: Vec<String>,
}

/// What visitors thought, of some days; of a service that fewer than ten judged, nothing.
///
/// # Errors
/// `parameter_invalid` for more days than a year has.
pub async fn opinions(app: &App, who: &Staff, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<Opinion>, Failure> {
    if first > last || (last - first).num_days() >= MAX_DAYS {
        return Err(Failure::field(
            Code::ParameterInvalid,
            "until",
            format!("must lie within {MAX_DAYS} days of from"),
        ));
    }
    let mut r = app.db.read().await?;
    let mut all: BTreeMap<(LocationId, ServiceId), Vec<(i64, String)>> = BTreeMap::new();
    for (location, service, score, line) in
        answer_store::answers(&mut r, who.town.id, (first, last), MAX_ANSWERS).await?
    {
        all.entry((location, service)).or_default().push((score, line));
    }
    Ok(all
        .into_iter()
        .filter(|(_, answers)| answers.len() as i64 >= FEW)
        .map(|((location, service), answers)| {
            let count = |n| answers.iter().filter(|(score, _)| *score == n).count() as i64;
            let scores = [1, 2, 3, 4, 5].map(count);
            let lines = answers.into_iter().map(|(_, line)| line).filter(|l| !l.is_empty()).take(MAX_LINES).collect();
            Opinion { location, service, scores, lines }
        })
        .collect())
}
