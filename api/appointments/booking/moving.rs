//! Moving a visit.

use chrono::Duration;

use super::{
    look::{Look, TRIES, kept, look, planned_anew, take_lapsed},
    reading::get,
    store,
};
use crate::{
    appointments::{
        model::{AppointmentId, Booker, CannotMove, SlotTaken, Span, Visit, VisitState},
        notices::{Said, VisitNotice, tell},
        placing::{self, Placed},
        search::Start,
        waiting::offers,
    },
    audit::Act,
    platform::{
        App,
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
/// known whom to ring or where to come to; `edited_meanwhile` where another phone, or staff, moved it in the same moment.
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
        return Ok(store::get(&mut w, town.id, id).await?);
    }
    let seen = placing::seized(&mut w, town, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
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
    if !placing::put(&mut w, town, old, &to, now).await? {
        return Ok(None);
    }
    let moved = store::get(&mut w, town.id, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // What they did themselves does not wake them.
    let before = matches!(who, Booker::Staff { .. }).then_some(old.starts_at);
    let said = Said { word: VisitNotice::Moved, before, more: &[], done_in: who.session() };
    tell(&mut w, app, &catalogue, &moved, said).await?;
    offers::visit_moved(&mut w, app, town, &catalogue, &moved).await?;
    offers::freed(&mut w, app, &catalogue, old.location_id, old.starts_at).await?;
    who.note(&mut w, app, Act::VisitMoved, &moved).await?;
    idempotency.store_response(&mut w, &old.id, now).await?;
    w.commit().await?;
    Ok(Some(moved))
}
