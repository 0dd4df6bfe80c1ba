//! What comes of what waits: yes, no, taken back, or nothing. Whoever answers locks whose visit it is first, as does whoever ends the mandate,
//! so that of two answers at once one is the first, and the second finds what it made.

use super::{
    model::{Deed, DeedEnd, DeedId, DeedKind},
    store, telling,
};
use crate::{
    appointments::{
        blocked,
        booking::{self, store as visit_store},
        catalogue::known::Catalogue,
        model::{
            AppointmentLimit, Booker, CannotAcceptDeed, DeedOver, HoldLapsed, Span, Visit, VisitOverlaps, VisitState,
        },
        notices::{self, Said, VisitNotice},
        placing::{self, Placed},
        waiting::offers,
    },
    audit::Act,
    identity::{Acting, Citizen, SessionId, SubjectId},
    mandates,
    municipalities::Municipality,
    platform::{
        App,
        access::{MandateKind, MandateVerb},
        db::Write,
        idempotency::Idempotency,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    residents,
};

/// Deeds that are listed on each side.
const MOST_LISTED: i64 = 100;

/// A deed, with what it is about.
pub struct Shown {
    /// As it is stored.
    pub deed: Deed,
    /// The visit that holds the start.
    pub start: Visit,
    /// The visit that would move; none where one is to be booked.
    pub moves: Option<Visit>,
    /// What the other of the two is called.
    pub name: String,
}

/// What waits for the citizen's yes or no, and what they asked themselves.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Shown>, Failure> {
    let (town, me, now) = (&who.town, who.actor.0, app.clock.now());
    let mut r = app.db.read().await?;
    let all = store::waiting(&mut r, (town.id, me), now, MOST_LISTED).await?;
    let others: Vec<ResidentId> = all.iter().map(|deed| other(deed, me)).collect();
    let names = residents::names(&mut r, town, &others).await?;
    let mut shown = Vec::new();
    for deed in all {
        // What the mandate does not give any more is not shown: the worker ends it.
        let pair = (deed.holder(), deed.grantor_id);
        if !mandates::runs(&mut r, town, (deed.mandate_id, pair), now).await? {
            continue;
        }
        let Some(start) = visit_store::get(&mut r, town.id, deed.hold_id).await? else { continue };
        // Nor when and where a child comes, to who is blocked as its parent since, and to who acts for them.
        if blocked::is_from(&mut r, town, deed.grantor_id, &start).await? {
            continue;
        }
        let moves = match deed.visit_id {
            Some(id) => visit_store::get(&mut r, town.id, id).await?,
            None => None,
        };
        let name = names.get(&other(&deed, me)).cloned().unwrap_or_default();
        shown.push(Shown { deed, start, moves, name });
    }
    Ok(shown)
}

fn other(deed: &Deed, me: ResidentId) -> ResidentId {
    if deed.proposer_id == me { deed.answerer_id } else { deed.proposer_id }
}

/// Says yes: what waited is done in the same transaction, by the rules of this moment.
///
/// # Errors
/// `not_found`, `deed_over`; `hold_lapsed`, `appointment_limit`, `visit_overlaps` where it cannot be any more, and then it is over.
pub async fn accept(
    app: &App,
    who: &Citizen,
    id: DeedId,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotAcceptDeed>> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    if idempotency.replay::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    let deed = seized(&mut w, who, id).await?;
    if deed.answerer_id != who.actor.0 {
        // Who asked does not say yes to it.
        return Err(Failure::new(Code::NotFound).into());
    }
    if deed.ended_why == Some(DeedEnd::Accepted) {
        // A second tap: it is done.
        return Ok(());
    }
    let pair = (deed.holder(), deed.grantor_id);
    if deed.ended_at.is_some()
        || deed.expires_at <= now
        || !mandates::runs(&mut w, town, (deed.mandate_id, pair), now).await?
    {
        return Err(DeedOver::refused().into());
    }
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    let held = placing::seized(&mut w, town, deed.hold_id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let booker = Booker::Citizen(in_their_place(who, &deed));
    // An administrator of a court who came since has to co-sign, and the yes of whose visit it is does not do any more.
    let settles = deed.answerer_id != deed.grantor_id || mandates::settles(&mut w, town, pair, now).await?;
    let done: Result<Option<Visit>, Refused<CannotAcceptDeed>> = match (deed.kind, held.waiting_id) {
        _ if !settles || held.state != VisitState::Held || held.starts_at <= now => Ok(None),
        (DeedKind::Move, Some(_)) if !is_where_it_was(&mut w, town, &deed).await? => Ok(None),
        (_, Some(waiting)) => offers::accept(&mut w, app, &booker, &catalogue, (&held, waiting))
            .await
            .map_err(Refused::<CannotAcceptDeed>::from),
        (DeedKind::Book, None) => {
            booking::book_held(&mut w, app, &booker, &catalogue, &held).await.map_err(Refused::<CannotAcceptDeed>::from)
        }
        (DeedKind::Move, None) => moved(&mut w, app, &booker, &catalogue, (&deed, &held)).await,
    };
    let refused: Option<Refused<CannotAcceptDeed>> = match done {
        Ok(Some(_)) => None,
        Ok(None) => Some(HoldLapsed::refused().into()),
        Err(refused) if refused.is::<AppointmentLimit>() || refused.is::<VisitOverlaps>() => Some(refused),
        Err(refused) => return Err(refused),
    };
    if let Some(refused) = refused {
        drop(w);
        // It closed meanwhile, the visit is elsewhere, or they have another: nothing is kept for it any more, and both hear of it.
        over(app, town, id, DeedEnd::Taken).await?;
        return Err(refused);
    }
    if !store::end(&mut w, town.id, id, DeedEnd::Accepted, now).await? {
        return Err(DeedOver::refused().into());
    }
    telling::ended(&mut w, app, &catalogue, (&deed, &held), (DeedEnd::Accepted, Some(who.session))).await?;
    idempotency.store_response(&mut w, &(), now).await?;
    w.commit().await?;
    Ok(())
}

/// Whether nobody moved the visit since somebody said yes to moving it from there.
async fn is_where_it_was(w: &mut Write, town: &Municipality, deed: &Deed) -> sqlx::Result<bool> {
    let visit = visit_store::locked(w, town.id, deed.visit()).await?;
    Ok(visit.is_some_and(|visit| Some(visit.sequence) == deed.sequence))
}

/// Moves the visit to the start that is held for it; none where it cannot be any more.
async fn moved(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    (deed, held): (&Deed, &Visit),
) -> Result<Option<Visit>, Refused<CannotAcceptDeed>> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    let Some(old) = visit_store::locked(w, town.id, deed.visit()).await? else { return Ok(None) };
    // Whoever said yes said it to this: since then nobody moved it, and as many come.
    let is_same = Some(old.sequence) == deed.sequence && old.persons == held.persons;
    if !is_same || placing::movable(&old, now).is_err() || !placing::possible(w, town, catalogue, held).await? {
        return Ok(None);
    }
    let (service, location) = (catalogue.service(held.service_id)?, catalogue.location(held.location_id)?);
    // The hold makes room for the visit in the same transaction: nobody comes between.
    visit_store::free(w, town.id, held.id).await?;
    if !visit_store::cancel(w, town.id, held.id, now).await? {
        return Ok(None);
    }
    let between = Span { from: held.starts_at, until: held.ends_at };
    placing::not_elsewhere(w, town, (old.resident_id, &old.subjects), between, (old.id, now)).await?;
    // A block comes before or after this: the child is locked.
    if blocked::is_from(w, town, deed.grantor_id, &old).await? {
        return Ok(None);
    }
    // As long as it was promised, whatever the service takes by now.
    let need = held.need(service.need(held.persons, location));
    let contact = &held.contact;
    let to = Placed { starts_at: held.starts_at, location: location.id, desk: held.desk_id, need, contact };
    if !placing::put(w, town, &old, &to, now).await? {
        return Ok(None);
    }
    let visit = visit_store::get(w, town.id, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let said = Said { word: VisitNotice::Moved, before: None, more: &[], done_in: who.session() };
    notices::tell(w, app, catalogue, &visit, said).await?;
    offers::visit_moved(w, app, town, catalogue, &visit).await?;
    offers::freed(w, app, catalogue, old.location_id, old.starts_at).await?;
    who.note(w, app, Act::VisitMoved, &visit).await?;
    Ok(Some(visit))
}

/// Says no, or takes back what one asked oneself: the start is free at once.
///
/// # Errors
/// `not_found`, `deed_over`.
pub async fn refuse(app: &App, who: &Citizen, id: DeedId, idempotency: &Idempotency) -> Result<(), Refused<DeedOver>> {
    idempotency
        .act(app, async |w, now| {
            let deed = seized(w, who, id).await?;
            let why = if deed.proposer_id == who.actor.0 { DeedEnd::Withdrawn } else { DeedEnd::Refused };
            if deed.ended_why == Some(why) {
                // A second tap.
                return Ok(());
            }
            if deed.ended_at.is_some() || deed.expires_at <= now {
                return Err(DeedOver::refused());
            }
            if !end(w, app, &who.town, &deed, (why, Some(who.session))).await? {
                return Err(DeedOver::refused());
            }
            Ok(())
        })
        .await
}

/// A deed of the citizen's, on either side, as nobody else answers it or ends its mandate until this transaction ends.
///
/// # Errors
/// `not_found`.
async fn seized(w: &mut Write, who: &Citizen, id: DeedId) -> Result<Deed, Failure> {
    let missing = || Failure::new(Code::NotFound);
    let known = store::get_of(w, (who.town.id, id), who.actor.0).await?.ok_or_else(missing)?;
    residents::lock(w, &who.town, known.grantor_id).await?;
    store::get(w, who.town.id, id).await?.ok_or_else(missing)
}

/// Who says yes, as whose visit it is: themselves, or for whom they co-sign.
fn in_their_place(who: &Citizen, deed: &Deed) -> Citizen {
    if deed.grantor_id == who.actor.0 {
        return who.clone();
    }
    let (verb, kind) = (MandateVerb::Book, MandateKind::Visits);
    let acting = Acting { mandate: Some(deed.mandate_id), verb, kind, assists: true };
    Citizen { subject: SubjectId(deed.grantor_id), acting: Some(acting), ..who.clone() }
}

/// Ends what waits, by itself: the start is free, and both hear of it. False where it was answered in that moment.
///
/// # Errors
/// The database.
pub async fn over(app: &App, town: &Municipality, id: DeedId, why: DeedEnd) -> Result<bool, Failure> {
    let mut w = app.db.write().await?;
    let Some(known) = store::get(&mut w, town.id, id).await? else { return Ok(false) };
    residents::lock(&mut w, town, known.grantor_id).await?;
    let Some(deed) = store::get(&mut w, town.id, id).await? else { return Ok(false) };
    let ended = deed.ended_at.is_none() && end(&mut w, app, town, &deed, (why, None)).await?;
    w.commit_preparation().await?;
    Ok(ended)
}

/// Ends a deed that is locked, and lets its start go.
async fn end(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    deed: &Deed,
    (why, done_in): (DeedEnd, Option<SessionId>),
) -> Result<bool, Failure> {
    let now = app.clock.now();
    let catalogue = Catalogue::of(app, w, town).await?;
    let Some(held) = placing::seized(w, town, deed.hold_id).await? else {
        // Its visit is forgotten already: nobody need hear of it.
        return Ok(store::end(w, town.id, deed.id, why, now).await?);
    };
    if !store::end(w, town.id, deed.id, why, now).await? {
        return Ok(false);
    }
    telling::ended(w, app, &catalogue, (deed, &held), (why, done_in)).await?;
    if held.state == VisitState::Held && visit_store::cancel(w, town.id, held.id, now).await? {
        visit_store::free(w, town.id, held.id).await?;
        notices::take_back(w, app, town, held.resident_id, held.id).await?;
        offers::freed(w, app, &catalogue, held.location_id, held.starts_at).await?;
    }
    Ok(true)
}
