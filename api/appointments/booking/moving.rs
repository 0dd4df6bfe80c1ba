//! Moving a visit.

use chrono::Duration;

use super::{
    look::{Look, TRIES, kept, look, planned_anew, take_lapsed},
    reading::get,
    reference::fresh_reference,
    store,
};
use crate::{
    appointments::{
        catalogue::known::Catalogue,
        deeds::proposing,
        model::{AppointmentId, Booker, CannotMove, SlotTaken, Span, Visit, VisitOverlaps, VisitState},
        notices::{Said, VisitNotice, tell},
        placing::{self, Placed},
        rules,
        search::Start,
        waiting::offers,
    },
    audit::Act,
    mandates::Yes,
    platform::{
        App,
        db::Write,
        idempotency::Idempotency,
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
    },
};

/// Where a visit is to be.
#[derive(Clone, Debug)]
pub struct Moving {
    /// When and where.
    pub to: Start,
    /// Where to come to or whom to ring, where that is another kind of place; empty where it is not said.
    pub contact: String,
}

/// Moves a booked visit. It keeps its reference, and its old slot until it has the new one.
///
/// # Errors
/// `not_found`, `visit_begun`, `not_booked`, `slot_not_offered`, `slot_taken`, `visit_overlaps`, `body_invalid` where it is not
/// known whom to ring or where to come to; `edited_meanwhile` where another phone, or staff, moved it in the same moment; `deed_waits` where
/// another time of it waits for the other's yes already.
pub async fn move_to(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    moving: &Moving,
    idempotency: &Idempotency,
) -> Result<Visit, Refused<CannotMove>> {
    let (town, to) = (who.town().clone(), moving.to);
    let old = get(app, who, id).await?;
    if (old.starts_at, old.location_id) == (to.starts_at, to.location) && old.state == VisitState::Booked {
        // It is there already.
        let mut w = app.db.write().await.map_err(Failure::from)?;
        who.note_look(&mut w, app, &old).await.map_err(Failure::from)?;
        w.commit().await.map_err(Failure::from)?;
        return Ok(old);
    }
    for _ in 0..=TRIES {
        let looked = match placing::movable(&old, app.clock.now()) {
            Ok(()) => {
                look(app, who, (old.service_id, old.persons), to, Some(&old)).await.map_err(Refused::<CannotMove>::from)
            }
            Err(refused) => Err(refused.into()),
        };
        let look = match looked {
            Ok(look) => look,
            Err(failure) => return kept(app, who, idempotency).await?.ok_or(failure),
        };
        let contact = {
            let kind = look.catalogue.locations.get(&old.location_id).map(|l| (l.kind, old.contact.as_str()));
            let location = look.catalogue.location(to.location)?;
            placing::contact(&mut app.db.read().await?, app, &town, old.resident_id, location, (&moving.contact, kind))
                .await?
        };
        for desk in look.desks.iter().copied() {
            let new =
                Placed { starts_at: to.starts_at, location: to.location, desk, need: look.need, contact: &contact };
            if let Some(visit) = move_at(app, who, (&look, &old), &new, idempotency).await? {
                return Ok(visit);
            }
            if take_lapsed(app, &town, desk, to.starts_at, look.need).await?
                && let Some(visit) = move_at(app, who, (&look, &old), &new, idempotency).await?
            {
                return Ok(visit);
            }
        }
    }
    Err(SlotTaken::refused().into())
}

/// One try at one desk: the new ticks are claimed in the transaction that frees the old.
async fn move_at(
    app: &App,
    who: &Booker,
    (look, old): (&Look, &Visit),
    to: &Placed<'_>,
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Refused<CannotMove>> {
    let (town, now) = (who.town(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(Some(placing::replayed(&mut w, who, id).await?));
    }
    who.again(&mut w, app).await?;
    let seen = placing::seized_by(&mut w, town, who, old.id).await?;
    if (seen.starts_at, seen.location_id) == (to.starts_at, to.location) && seen.state == VisitState::Booked {
        // A double tap: it is there.
        who.note_look(&mut w, app, &seen).await?;
        w.commit().await?;
        return Ok(Some(seen));
    }
    placing::movable(&seen, now)?;
    if seen.sequence != old.sequence {
        return Err(EditedMeanwhile::refused().into());
    }
    placing::keep_plan(&mut w, old.service_id, to.location).await?;
    let (mut catalogue, mut to) = (look.catalogue.clone(), *to);
    if !placing::is_as_planned(&mut w, town, &catalogue, old.service_id, to.location).await? {
        // It was changed since it was looked at, and is not any more.
        let (asked, start) = ((old.service_id, old.persons), Start { starts_at: to.starts_at, location: to.location });
        match planned_anew(&mut w, app, (who, look), asked, (start, to.desk)).await? {
            Some(anew) => (catalogue, to.need) = anew,
            None => return Ok(None),
        }
    }
    let between = Span { from: to.starts_at, until: to.starts_at + Duration::minutes(to.need.minutes) };
    placing::not_elsewhere(&mut w, town, (old.resident_id, &old.subjects), between, (old.id, now)).await?;
    if let Some(yes) = who.yes_needed(&mut w, app).await? {
        // It stays where it is until the other said yes; its new start is held meanwhile.
        if !ask_to_move(&mut w, app, who, (&catalogue, &seen), (&to, &yes)).await? {
            return Ok(None);
        }
        idempotency.store_response(&mut w, &old.id, now).await?;
        w.commit().await?;
        return Ok(Some(seen));
    }
    if !placing::put(&mut w, town, old, &to, now).await? {
        return Ok(None);
    }
    let moved = store::get(&mut w, town.id, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // What they did themselves does not wake them.
    let before = who.is_other().then_some(old.starts_at);
    let said = Said { word: VisitNotice::Moved, before, more: &[], done_in: who.session() };
    tell(&mut w, app, &catalogue, &moved, said).await?;
    offers::visit_moved(&mut w, app, town, &catalogue, &moved).await?;
    proposing::moves_no_more(&mut w, app, who, &catalogue, old.id).await?;
    offers::freed(&mut w, app, &catalogue, old.location_id, old.starts_at).await?;
    who.note(&mut w, app, Act::VisitMoved, &moved).await?;
    idempotency.store_response(&mut w, &old.id, now).await?;
    w.commit().await?;
    Ok(Some(moved))
}

/// Holds the new start of a visit, and asks the other for their yes; false where somebody has the desk. The transaction must then be dropped.
async fn ask_to_move(
    w: &mut Write,
    app: &App,
    who: &Booker,
    (catalogue, old): (&Catalogue, &Visit),
    (to, yes): (&Placed<'_>, &Yes),
) -> Result<bool, Refused<CannotMove>> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    proposing::moves_not(w, (town.id, old.id)).await?;
    let (service, location) = (catalogue.service(old.service_id)?, catalogue.location(to.location)?);
    let visit = Span { from: to.starts_at, until: to.starts_at + Duration::minutes(to.need.minutes) };
    // Where else they are was looked at; the visit itself stays where it is until then.
    if !rules::can_come(&[Span { from: old.starts_at, until: old.ends_at }], &visit) {
        return Err(VisitOverlaps::refused().into());
    }
    let id = AppointmentId(app.ids.uuid(now));
    let mut made = None;
    // One in three hundred million: a few tries are as good as any.
    for _ in 0..TRIES {
        let reference = fresh_reference(app);
        let new = store::New {
            id,
            reference: &reference,
            service: service.id,
            location: location.id,
            planned: (service.version, location.version),
            desk: to.desk,
            resident: old.resident_id,
            // It takes the place of one that counts already.
            most_open: i64::MAX,
            visitor: "",
            persons: old.persons,
            visit,
            claimed_until: visit.until + Duration::minutes(to.need.buffer),
            held_until: Some(placing::held_until(app)),
            made_by: "citizen",
            reminder: None,
            companions: &old.companions,
            subjects: &old.subjects,
            contact: to.contact,
            waiting: None,
            is_overlap_checked: true,
        };
        made = store::add(w, town.id, &new, now).await?;
        if made.is_some() {
            break;
        }
    }
    let (held, claim) = made.ok_or_else(|| Failure::internal("no reference was free"))?;
    if !store::claim(w, town.id, id, claim).await? {
        return Ok(false);
    }
    Ok(proposing::hold_for(w, app, who, catalogue, (&held, old, yes)).await?)
}
