//! Booking: holding, confirming, moving and cancelling a visit, by its citizen or by staff for somebody.

mod adding;
pub mod agenda;
mod calendar;
mod look;
mod moving;
mod reading;
pub(super) mod reference;
pub mod routes;
mod rules;
pub mod slip;
pub mod staff_routes;
pub(crate) mod store;
pub mod subjects;
pub mod visitor_routes;
pub mod visitors;
pub(super) mod work;

use chrono::{DateTime, Duration, Utc};

use crate::{
    appointments::{
        blocked,
        catalogue::known::Catalogue,
        closing::store as closing_store,
        deeds::proposing,
        model::{
            AppointmentId, CannotBook, CannotConfirm, CannotTake, DeskId, HasOthers, HoldLapsed, LocationId,
            NotExtendable, ServiceId, SlotTaken, Span, Visit, VisitBegun, VisitOverlaps, VisitState,
        },
        notices::{Said, VisitNotice, take_back, tell},
        placing,
        rules::reminders,
        search::{Start, with_near},
        waiting::offers,
    },
    audit::Act,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::DocumentId,
        problem::{Code, Failure, Refusal as _, Refused},
    },
};

pub use super::model::Booker;
pub use adding::{add_documents, latest_to_add};
use look::{Look, TRIES, bookable, kept, look, planned_anew, take_lapsed};
pub use moving::{Moving, move_to};
pub use reading::{BookedFor, By, Reminding, booked_for, get, list, of_resident, past, reminders_of};
use reference::fresh_reference;
use subjects::{Owner, Party, Told};

/// What is to be booked.
#[derive(Clone, Debug)]
pub struct Wish {
    /// For what.
    pub service: ServiceId,
    /// Where.
    pub location: LocationId,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// How many come.
    pub persons: i64,
    /// Only hold it.
    pub hold: bool,
    /// The names of the others who come; of all, where whoever books is not one of them.
    pub companions: Vec<String>,
    /// For which documents; empty where it is not said.
    pub documents: Vec<DocumentId>,
    /// Where to go, or whom to ring, where it is not at a town hall.
    pub contact: String,
}

/// Books a visit, or holds its start. The desk is chosen so that long visits still fit; who comes second is told what is
/// free near it.
///
/// # Errors
/// `not_found`, `body_invalid`, `slot_not_offered`, `slot_taken`, `appointment_limit`.
pub async fn book(
    app: &App,
    who: &Booker,
    mut wish: Wish,
    idempotency: &Idempotency,
) -> Result<Visit, Refused<CannotBook>> {
    let town = who.town().clone();
    let party = match party_of(app, who, &wish).await {
        Ok(party) => party,
        Err(failure) => return kept(app, who, idempotency).await?.ok_or(failure.into()),
    };
    wish.companions.clone_from(&party.companions);
    let start = Start { starts_at: wish.starts_at, location: wish.location };
    let said = wish.contact.clone();
    for _ in 0..=TRIES {
        let look = match look(app, who, (wish.service, wish.persons), start, None).await {
            Ok(look) => look,
            Err(failure) => {
                let before = kept(app, who, idempotency).await?;
                return match before {
                    Some(visit) => Ok(visit),
                    None => theirs_already(app, who, (&wish, &party), idempotency).await?.ok_or(failure.into()),
                };
            }
        };
        wish.contact = {
            let location = look.catalogue.location(wish.location)?;
            placing::contact(&mut app.db.read().await?, app, &town, who.resident(), location, (&said, None)).await?
        };
        for desk in look.desks.iter().copied() {
            if let Some(visit) = book_at(app, who, &look, (&wish, &party, desk), idempotency).await? {
                return Ok(visit);
            }
            // Somebody has it meanwhile, or a hold that lapsed is in the way.
            if take_lapsed(app, &town, desk, wish.starts_at, look.need).await?
                && let Some(visit) = book_at(app, who, &look, (&wish, &party, desk), idempotency).await?
            {
                return Ok(visit);
            }
        }
    }
    Err(SlotTaken::refused().into())
}

/// Whom a wish is for.
async fn party_of(app: &App, who: &Booker, wish: &Wish) -> Result<Party, Failure> {
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, who.town()).await?;
    let owner = match who {
        Booker::Citizen(citizen) if citizen.acting.is_some() => Owner::Represented(citizen.subject.0),
        Booker::Citizen(citizen) => Owner::Resident(citizen.subject.0),
        Booker::Staff { resident: Some(id), .. } => Owner::Resident(*id),
        Booker::Staff { visitor, .. } => Owner::Visitor(&visitor.name),
    };
    let unnamed = matches!(who, Booker::Staff { .. });
    let told = Told { persons: wish.persons, companions: &wish.companions, documents: &wish.documents, unnamed };
    subjects::party(&mut r, app, who.town(), owner, (catalogue.service(wish.service)?, told)).await
}

/// The visit that whoever books has at that start for the same already: somebody tapped twice, or an answer was lost and they
/// have no key. What they hold is booked, where they book now.
async fn theirs_already(
    app: &App,
    who: &Booker,
    (wish, party): (&Wish, &Party),
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Refused<CannotBook>> {
    let Some(resident) = who.resident() else { return Ok(None) };
    let (town, now) = (who.town().clone(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(Some(placing::replayed(&mut w, who, id).await?));
    }
    who.again(&mut w, app).await?;
    placing::person(&mut w, &town, resident).await?;
    let catalogue = Catalogue::of(app, &mut w, &town).await?;
    let Some(known) = theirs(&mut w, app, who, &catalogue, (wish, party)).await? else { return Ok(None) };
    idempotency.store_response(&mut w, &known.id, now).await?;
    w.commit().await?;
    Ok(Some(known))
}

/// The visit that they have at that start for the same, if any; booked, if it is only held and that is not what they wish. A hold at a
/// desk that closed is ended. They must be locked, see [`placing::person`].
async fn theirs(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (wish, party): (&Wish, &Party),
) -> Result<Option<Visit>, Refused<CannotTake>> {
    let Some(resident) = who.resident() else { return Ok(None) };
    let (town, now) = (who.town().id, app.clock.now());
    let (at, service, location) = (wish.starts_at, wish.service, wish.location);
    let known = store::same(w, (town, resident), at, (service, location), (wish.persons, now)).await?;
    let Some(known) = known else { return Ok(None) };
    if blocked::is_from_owner(w, who.town(), &known).await? {
        return Ok(None);
    }
    if known.state == VisitState::Booked {
        // For another child it is another visit, and at the same time.
        // Of one that a server before this one booked, it is not known for which document.
        let is_other = !known.subjects.is_empty() && known.documents() != party.documents();
        if known.companions.0 != wish.companions || is_other {
            return Err(VisitOverlaps::detail(format!("{} is then", known.reference)).into());
        }
        who.note_look(w, app, &known).await?;
        return Ok(Some(known));
    }
    if proposing::waits(w, who, (town, known.id)).await? {
        // Asked already: it is held until the other answers.
        return Ok(Some(known));
    }
    // What they say now counts.
    let contact = if wish.contact.is_empty() { &known.contact } else { &wish.contact };
    let who_comes = (wish.companions.as_slice(), party.subjects.as_slice());
    if !store::set_details(w, (town, known.id), who_comes, contact, now).await? {
        return Ok(None);
    }
    let held = store::locked(w, town, known.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if !placing::possible(w, who.town(), catalogue, &held).await? {
        // Its desk closed: another may have the visit.
        offers::withdraw_hold(w, app, who.town(), &held).await?;
        return Ok(None);
    }
    if wish.hold && matches!(who, Booker::Citizen(_)) {
        // It may be for others now.
        who.note(w, app, Act::VisitBooked, &held).await?;
    }
    if wish.hold {
        return Ok(Some(held));
    }
    if let Some(yes) = who.yes_needed(w, app).await? {
        let waits = proposing::hold_on(w, app, who, catalogue, (&held, None, &yes)).await?;
        return Ok(waits.ok_or_else(Failure::contended).map(Some)?);
    }
    // It is held and it is locked; what stands in its way now was not there at the look.
    Ok(book_held(w, app, who, catalogue, &held).await?.ok_or_else(Failure::contended).map(Some)?)
}

/// One try at one desk, in one transaction; none where the desk is somebody's.
async fn book_at(
    app: &App,
    who: &Booker,
    look: &Look,
    (wish, party, desk): (&Wish, &Party, DeskId),
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Refused<CannotBook>> {
    let (town, now) = (who.town(), app.clock.now());
    let (mut catalogue, mut need) = (look.catalogue.clone(), look.need);
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(Some(placing::replayed(&mut w, who, id).await?));
    }
    who.again(&mut w, app).await?;
    // What waits for the other's yes is held until then.
    let yes = if wish.hold { None } else { who.yes_needed(&mut w, app).await? };
    let holds = wish.hold || yes.is_some();
    if let Some(resident) = who.resident() {
        // Theirs are counted one after the other, so that two phones do not both find room.
        placing::person(&mut w, town, resident).await?;
    }
    if !placing::may_come_for(&mut w, town, who.resident(), &party.subjects, now).await? {
        return Err(Failure::contended().into());
    }
    let id = AppointmentId(app.ids.uuid(now));
    placing::keep_plan(&mut w, wish.service, wish.location).await?;
    let reminder = (!holds).then(|| reminders(town.zone, wish.starts_at, now).into_iter().next()).flatten();
    let (visitor, made_by) = match who {
        Booker::Citizen(_) => ("", "citizen"),
        Booker::Staff { staff, visitor, .. } => (visitor.name.as_str(), staff.name.as_str()),
    };
    let (mut made, mut is_overlap_checked) = (None, false);
    // One in three hundred million: a few tries are as good as any.
    for _ in 0..TRIES {
        let (service, location) = (catalogue.service(wish.service)?, catalogue.location(wish.location)?);
        let visit = Span { from: wish.starts_at, until: wish.starts_at + Duration::minutes(need.minutes) };
        let reference = fresh_reference(app);
        let new = store::New {
            id,
            reference: &reference,
            service: service.id,
            location: wish.location,
            planned: (service.version, location.version),
            desk,
            resident: who.resident(),
            most_open: service.most_open,
            visitor,
            persons: wish.persons,
            visit,
            claimed_until: visit.until + Duration::minutes(need.buffer),
            held_until: holds.then(|| placing::held_until(app)),
            made_by,
            reminder,
            companions: &wish.companions,
            subjects: &party.subjects,
            contact: &wish.contact,
            waiting: None,
            is_overlap_checked,
        };
        made = store::add(&mut w, town.id, &new, now).await?;
        if made.is_some() {
            break;
        }
        if !is_overlap_checked && blocked::keeps_any(&mut w, town, who.resident()).await? {
            // What is kept from them is no place where they are: the rule below knows that, the statement does not.
            is_overlap_checked = true;
            continue;
        }
        if !placing::is_as_planned(&mut w, town, &catalogue, wish.service, wish.location).await? {
            // It was changed since it was looked at, and is not any more.
            let (asked, to) =
                ((wish.service, wish.persons), Start { starts_at: wish.starts_at, location: wish.location });
            match planned_anew(&mut w, app, (who, look), asked, (to, desk)).await? {
                Some(anew) => (catalogue, need) = anew,
                None => return Ok(None),
            }
            continue;
        }
        if let Some(known) = theirs(&mut w, app, who, &catalogue, (wish, party)).await? {
            idempotency.store_response(&mut w, &known.id, now).await?;
            w.commit().await?;
            return Ok(Some(known));
        }
        placing::not_elsewhere(&mut w, town, (who.resident(), &party.subjects), visit, (id, now)).await?;
        placing::within_limit(&mut w, town, who.resident(), service, (id, now)).await?;
    }
    if let Some(visitor) = visitors::with_facts(who) {
        store::visitors::keep_facts(&mut w, (town.id, id), visitor).await?;
    }
    let (made, claim) = made.ok_or_else(|| Failure::internal("no reference was free"))?;
    // Their own are looked at as it is added; a child may be at another's visit.
    let between = Span { from: made.starts_at, until: made.ends_at };
    placing::not_elsewhere(&mut w, town, (who.resident(), &party.subjects), between, (id, now)).await?;
    if !store::claim(&mut w, town.id, id, claim).await? {
        return Ok(None);
    }
    let made = match &yes {
        Some(yes) => proposing::hold_on(&mut w, app, who, &catalogue, (&made, None, yes)).await?,
        None => Some(made),
    };
    // No place any more: it is looked for anew.
    let Some(made) = made else { return Ok(None) };
    if !holds {
        tell(&mut w, app, &catalogue, &made, Said { done_in: who.session(), ..VisitNotice::Booked.into() }).await?;
    }
    if yes.is_none() {
        who.note(&mut w, app, Act::VisitBooked, &made).await?;
    }
    idempotency.store_response(&mut w, &id, now).await?;
    w.commit().await?;
    Ok(Some(made))
}

/// Books what is held. A hold that lapsed is given if its start is still free. What waits for the other's yes is held for longer, and
/// booked when they say so.
///
/// # Errors
/// `not_found`, `hold_lapsed`, `appointment_limit`, `visit_overlaps`, `deed_waits`.
pub async fn confirm(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<Visit, Refused<CannotConfirm>> {
    get(app, who, id).await?;
    let (town, now) = (who.town().clone(), app.clock.now());
    let mut w = app.db.write().await?;
    // Under one key one kind of thing is kept, whichever way the first try went.
    if let Some(kept) = idempotency.replay::<Option<AppointmentId>>(&mut w, now).await? {
        // None: by a server before this one, of the same visit.
        return Ok(placing::replayed(&mut w, who, kept.unwrap_or(id)).await?);
    }
    who.again(&mut w, app).await?;
    let held = placing::seized_by(&mut w, &town, who, id).await?;
    if held.state == VisitState::Booked {
        // A double tap: it is booked.
        return Ok(held);
    }
    if held.state == VisitState::Held && proposing::waits(&mut w, who, (town.id, id)).await? {
        // A double tap: it waits.
        return Ok(held);
    }
    let catalogue = Catalogue::of(app, &mut w, &town).await?;
    let yes = who.yes_needed(&mut w, app).await?;
    let taken = match (held.waiting_id, &yes) {
        // What is taken already is answered as it is, below.
        _ if matches!(held.state, VisitState::Held | VisitState::Lapsed) && !bookable(who, &catalogue, &held, now) => {
            None
        }
        (waiting, Some(yes)) => {
            // What is offered in place of a visit moves it: whoever says yes reads that.
            let moves = match waiting {
                Some(waiting) => offers::moves(&mut w, &town, waiting).await?,
                None => None,
            };
            proposing::hold_on(&mut w, app, who, &catalogue, (&held, moves.as_ref(), yes)).await?
        }
        (Some(waiting), None) => offers::accept(&mut w, app, who, &catalogue, (&held, waiting)).await?,
        (None, None) => book_held(&mut w, app, who, &catalogue, &held).await?,
    };
    let Some(visit) = taken else {
        drop(w);
        // What is not to be had is not said to be held, and is kept from nobody else.
        offers::withdraw_if_held(app, &town, id).await?;
        let known = catalogue.services.get(&held.service_id).zip(catalogue.locations.get(&held.location_id));
        let refused = match known {
            Some((service, location)) => {
                let need = service.need(held.persons, location);
                let at = (held.starts_at, need);
                with_near(HoldLapsed::refused(), app, (who, Some(&held)), (service, location), at).await
            }
            None => HoldLapsed::refused(),
        };
        return Err(refused.into());
    };
    idempotency.store_response(&mut w, &visit.id, now).await?;
    w.commit().await?;
    Ok(visit)
}

/// Books a hold that is locked, if it lasts or its start is still free: everything that a booking must be, it must be. Where it
/// gives none the transaction must be dropped.
pub(super) async fn book_held(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    held: &Visit,
) -> Result<Option<Visit>, Refused<HasOthers>> {
    let (town, now) = (who.town(), app.clock.now());
    // Closed meanwhile, or a desk that lost the service: what was held is no place any more.
    if held.starts_at <= now || !placing::possible(w, town, catalogue, held).await? {
        return Ok(None);
    }
    let service = catalogue.service(held.service_id)?;
    placing::within_limit(w, town, held.resident_id, service, (held.id, now)).await?;
    let between = Span { from: held.starts_at, until: held.ends_at };
    placing::not_elsewhere(w, town, (held.resident_id, &held.subjects), between, (held.id, now)).await?;
    if !placing::give(w, town, held, now).await? {
        return Ok(None);
    }
    let visit = store::get(w, town.id, held.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    tell(w, app, catalogue, &visit, Said { done_in: who.session(), ..VisitNotice::Booked.into() }).await?;
    who.note(w, app, Act::VisitBooked, &visit).await?;
    Ok(Some(visit))
}

/// Holds it for as long again, once.
///
/// # Errors
/// `not_found`, `not_extendable`.
pub async fn extend(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<Visit, Refused<NotExtendable>> {
    get(app, who, id).await?;
    let town = who.town();
    idempotency
        .act(app, async |w, now| {
            who.again(w, app).await?;
            // Where it closed meanwhile, nothing is held any more.
            let held = placing::seized_by(w, town, who, id).await?;
            let catalogue = Catalogue::of(app, w, town).await?;
            if !placing::possible(w, town, &catalogue, &held).await? {
                return Err(NotExtendable::refused());
            }
            if !store::extend(w, town.id, id, placing::held_until(app), now).await? {
                return Err(NotExtendable::refused());
            }
            who.note(w, app, Act::VisitBooked, &held).await?;
            Ok(())
        })
        .await?;
    Ok(get(app, who, id).await?)
}

/// A visit as nobody else changes it until this transaction ends: of a visit and its ticket whoever needs both takes the visit first.
///
/// # Errors
/// The database.
pub async fn seize(w: &mut Write, town: &Municipality, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    placing::seized(w, town, id).await
}

/// Notes that a desk called who came for a visit: from then on it is neither moved nor cancelled. False where it is not the one any
/// more that they checked in for.
///
/// # Errors
/// The database.
pub async fn begin(
    w: &mut Write,
    town: &Municipality,
    id: AppointmentId,
    sequence: Option<i64>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    store::begin_visit(w, town.id, id, sequence, now).await
}

/// Notes that who was called was not there: the visit may be moved again, unless it had begun before the call, which was `since`, or is not
/// the one any more that they checked in for.
///
/// # Errors
/// The database.
pub async fn not_begun(
    w: &mut Write,
    town: &Municipality,
    visit: (AppointmentId, Option<i64>),
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::not_begun(w, town.id, visit, since).await
}

/// Notes that who waits for a visit is not called any more, as it closed or nobody serves it there now: it may be moved although its time
/// is past, by whose it is, by a closing and by staff. Of one that has moved since they checked in, nobody waits any more.
///
/// # Errors
/// The database.
pub async fn turn_away(
    w: &mut Write,
    town: &Municipality,
    visit: (AppointmentId, Option<i64>),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::turn_away(w, town.id, visit, now).await
}

/// Takes back that they were turned away: they wait again, as it opened after all, or were called and did not come.
///
/// # Errors
/// The database.
pub async fn not_turned_away(
    w: &mut Write,
    town: &Municipality,
    visit: (AppointmentId, Option<i64>),
) -> sqlx::Result<()> {
    store::not_turned_away(w, town.id, visit).await
}

/// Whether a visit is kept from whose it is, as they are no parent any more of somebody whom it is for: its number in the queue is, too.
///
/// # Errors
/// The database.
pub async fn is_kept_from_owner(r: &mut Read, town: &Municipality, id: AppointmentId) -> sqlx::Result<bool> {
    match store::get(r, town.id, id).await? {
        Some(visit) => blocked::is_from_owner(r, town, &visit).await,
        None => Ok(false),
    }
}

/// Cancels a visit, or lets a hold go; its start is free at once.
///
/// # Errors
/// `not_found`, `visit_begun`.
pub async fn cancel(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<(), Refused<VisitBegun>> {
    let town = who.town();
    get(app, who, id).await?;
    idempotency
        .act(app, async |w, now| {
            who.again(w, app).await?;
            let catalogue = Catalogue::of(app, w, town).await?;
            // As it is now: it may have moved a moment ago.
            let visit = placing::seized_by(w, town, who, id).await?;
            if visit.state == VisitState::Booked && placing::begun(&visit, now) {
                return Err(VisitBegun::refused());
            }
            if !store::cancel(w, town.id, id, now).await? {
                // Off already: a second tap, or a first one whose answer was lost. What a closing cancelled stays off, too.
                if visit.state != VisitState::Cancelled {
                    return Err(Failure::new(Code::NotFound).into());
                }
                closing_store::forget_displaced(w, town.id, id).await?;
                return Ok(());
            }
            store::free(w, town.id, id).await?;
            if visit.state == VisitState::Booked {
                let before = who.is_other().then_some(visit.starts_at);
                let said = Said { word: VisitNotice::Cancelled, before, more: &[], done_in: who.session() };
                tell(w, app, &catalogue, &visit, said).await?;
                offers::visit_is_off(w, app, town, &catalogue, &visit).await?;
                proposing::moves_no_more(w, app, who, &catalogue, id).await?;
            } else {
                proposing::let_go(w, app, who, &catalogue, &visit).await?;
                // What said that it is held for them does not hold any more.
                take_back(w, app, town, visit.resident_id, visit.id).await?;
            }
            offers::freed(w, app, &catalogue, visit.location_id, visit.starts_at).await?;
            let act = if visit.state == VisitState::Booked { Act::VisitCancelled } else { Act::HoldLetGo };
            who.note(w, app, act, &visit).await?;
            Ok(())
        })
        .await
}
