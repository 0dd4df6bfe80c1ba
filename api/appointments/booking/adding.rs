//! Adding to a visit: the other child comes along, and the visit takes their time as well.

use chrono::{DateTime, Duration, Utc};

use super::{
    look::{TRIES, kept, take_lapsed},
    reading::get,
    rules, store,
    subjects::{named_documents, of_family},
};
use crate::{
    appointments::{
        catalogue::{
            known::Catalogue,
            rules::{check_persons, desks_of, midnight, stands, table},
        },
        model::{
            AppointmentId, Booker, CannotAdd, DeskId, Location, Need, Service, SlotTaken, Span, Subject, TooLateToAdd,
            Visit,
        },
        notices::{Said, VisitNotice, tell},
        placing::{self, Placed},
        rules as times,
        search::with_near,
        waiting::offers,
    },
    audit::Act,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        idempotency::Idempotency,
        ids::DocumentId,
        problem::{Code, Failure, Refusal as _, Refused},
    },
};

/// What one try found.
enum Try {
    /// They are added, or were there already.
    Done(Box<Visit>),
    /// A desk that was free is not, or what lapsed is still in the way: this much is needed of this desk.
    Again(DeskId, Need),
    /// No desk has the time; it would take so much.
    NoRoom(Need),
}

/// Adds documents of the family to a booked visit. It stays where it is and keeps its reference, and takes as much longer as those who
/// come with it; at another desk, where its own has not the time.
///
/// # Errors
/// `not_found`, `visit_begun`, `not_booked`, `too_late_to_add`, `slot_taken` where no desk has the time, `visit_overlaps`;
/// `body_invalid` for a document that the service is not for, or more people than may come together.
pub async fn add_documents(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    documents: &[DocumentId],
    idempotency: &Idempotency,
) -> Result<Visit, Refused<CannotAdd>> {
    let old = get(app, who, id).await?;
    let mut needed = None;
    for attempt in 0..=TRIES {
        match try_to_add(app, who, id, documents, attempt, idempotency).await {
            Ok(Try::Done(visit)) => return Ok(*visit),
            Ok(Try::Again(desk, need)) => {
                needed = Some(need);
                take_lapsed(app, who.town(), desk, old.starts_at, need).await?;
            }
            Ok(Try::NoRoom(need)) => {
                needed = Some(need);
                break;
            }
            Err(refused) => return kept(app, who, idempotency).await?.ok_or(refused),
        }
    }
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, who.town()).await?;
    let (service, location) = (catalogue.service(old.service_id)?, catalogue.location(old.location_id)?);
    let need = needed.unwrap_or_else(|| service.need(old.persons, location));
    let refused = SlotTaken::refused().into();
    Err(with_near(refused, app, (who, Some(&old)), (service, location), (old.starts_at, need)).await)
}

/// Until when a visit can be added to: from then on those who come may have checked in, and be called at any moment.
pub fn latest_to_add(app: &App, visit: &Visit) -> DateTime<Utc> {
    visit.starts_at - times::NOTICE.max(Duration::minutes(app.config.appointments.check_in_minutes))
}

/// The desks that have the time for a longer visit at its start, its own first: whoever prepared it expects it there.
async fn with_time(
    r: &mut Read,
    town: &Municipality,
    (service, location): (&Service, &Location),
    (visit, need): (&Visit, Need),
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<DeskId>> {
    if !stands(town, service, location, visit) {
        return Ok(Vec::new());
    }
    let day = visit.starts_at.with_timezone(&town.zone).date_naive();
    let between = Span { from: midnight(town, day), until: midnight(town, day.succ_opt().unwrap_or(day)) };
    let mut claims = store::claims(r, town.id, location.id, between, now).await?;
    claims.retain(|(desk, from, _)| (*desk, *from) != (visit.desk_id, visit.starts_at));
    let open = times::open_on(&table(town, location), day);
    let mut desks = times::desks_for(&open, &desks_of(location, service.id, &claims), need, visit.starts_at);
    desks.sort_by_key(|desk| *desk != visit.desk_id);
    Ok(desks)
}

async fn try_to_add(
    app: &App,
    who: &Booker,
    id: AppointmentId,
    documents: &[DocumentId],
    attempt: usize,
    idempotency: &Idempotency,
) -> Result<Try, Refused<CannotAdd>> {
    let (town, now) = (who.town(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(Try::Done(Box::new(placing::replayed(&mut w, who, id).await?)));
    }
    who.again(&mut w, app).await?;
    let old = placing::seized_by(&mut w, town, who, id).await?;
    placing::movable(&old, now)?;
    placing::keep_plan(&mut w, old.service_id, old.location_id).await?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    let (service, location) = (catalogue.service(old.service_id)?, catalogue.location(old.location_id)?);
    let Some(owner) = old.resident_id else { return Err(Failure::new(Code::NotFound).into()) };
    let (names, family) = of_family(&mut w, app, town, owner).await?;
    let known = store::documents_of(&mut w, town.id, id).await?;
    // Who acts for somebody adds nothing for that person's children.
    let alone = matches!(who, Booker::Citizen(citizen) if citizen.acting.is_some());
    let theirs: Vec<_> = family.iter().filter(|c| !alone || c.holder == owner).cloned().collect();
    let more: Vec<_> =
        named_documents(&theirs, service, documents)?.into_iter().filter(|d| !known.contains(&d.document)).collect();
    if more.is_empty() {
        // A double tap: they are there.
        who.note_look(&mut w, app, &old).await?;
        w.commit().await?;
        return Ok(Try::Done(Box::new(old)));
    }
    if now >= latest_to_add(app, &old) {
        return Err(TooLateToAdd::refused().into());
    }
    let before = if old.subjects.is_empty() {
        let name = names.get(&owner).cloned().unwrap_or_default();
        let owner = Subject { resident: Some(owner), name, document: None, kind: None };
        let there: Vec<_> = family.iter().filter(|c| known.contains(&c.document)).collect();
        rules::subjects(&owner, old.persons, &old.companions, &there)
    } else {
        old.subjects.0.clone()
    };
    let subjects = rules::added(before, &more);
    // Those who come may not all be named.
    let persons = old.persons.max(rules::people(&subjects));
    let is_longer = persons > old.persons;
    if is_longer {
        check_persons(service, persons, Code::BodyInvalid)?;
    }
    let companions = rules::names_of_others(&subjects, owner);
    // As long as it was promised, and what the others take.
    let longer = service.need(persons, location).minutes - service.need(old.persons, location).minutes;
    let promised = old.need(service.need(old.persons, location));
    let need = Need { minutes: promised.minutes + longer, ..promised };
    let desks = if !is_longer {
        vec![old.desk_id]
    } else {
        with_time(&mut w, town, (service, location), (&old, need), now).await?
    };
    // Each is tried twice: the second time, what lapsed there is out of the way.
    let Some(desk) = desks.get(attempt / 2 % desks.len().max(1)).copied() else { return Ok(Try::NoRoom(need)) };
    let between = Span { from: old.starts_at, until: old.starts_at + Duration::minutes(need.minutes) };
    placing::not_elsewhere(&mut w, town, (Some(owner), &subjects), between, (old.id, now)).await?;
    let to = Placed { starts_at: old.starts_at, location: location.id, desk, need, contact: &old.contact };
    if !placing::put(&mut w, town, &old, &to, now).await?
        || !store::set_party(&mut w, (town.id, id), persons, (&companions, &subjects)).await?
    {
        return Ok(Try::Again(desk, need));
    }
    let grown = store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let said = Said { word: VisitNotice::Joined, before: None, more: &[], done_in: who.session() };
    tell(&mut w, app, &catalogue, &grown, said).await?;
    if is_longer {
        offers::visit_grew(&mut w, app, town, &grown).await?;
    }
    if desk != old.desk_id {
        offers::freed(&mut w, app, &catalogue, old.location_id, old.starts_at).await?;
    }
    who.note(&mut w, app, Act::VisitMoved, &grown).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    w.commit().await?;
    Ok(Try::Done(Box::new(grown)))
}
