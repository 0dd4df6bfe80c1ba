//! The waiting list: "earlier than mine, these days, at these locations". What is freed is held for the first who fits, who
//! is told, and after a while for the next. An offer is a hold like any other, of which it is known whose wait it ends.

mod line;
pub(super) mod offers;
pub mod routes;
mod rules;
pub mod staff_routes;
pub(super) mod store;
pub(super) mod work;

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};

use crate::{
    appointments::{
        blocked,
        booking::{
            store as visit_store,
            subjects::{self, Owner, Told},
        },
        catalogue::{known::Catalogue, rules::check_persons},
        model::{AppointmentId, Booker, CannotWait, LocationId, ServiceId, VisitState, WaitingId, WaitingLimit},
        notices::{self, Wait},
        placing,
    },
    audit::Act,
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::{DocumentId, ResidentId},
        problem::{Code, Failure, Refusal as _, Refused},
    },
};

pub use super::model::{Entry, Wanted};
pub use line::ToRing;
use offers::Heard;
use rules::only_rung;

/// Entries that a citizen may have at a time.
const MOST_ENTRIES: i64 = 5;

/// Entries of people without the app that are listed to be rung.
const MOST_TO_RING: usize = 50;

/// An entry with what is held for it at the moment.
pub struct Shown {
    /// The entry.
    pub entry: Entry,
    /// What is offered: a hold, to be confirmed or let go.
    pub offer: Option<AppointmentId>,
}

/// What is asked for by who joins.
#[derive(Clone)]
pub struct Joining {
    /// The visit to be earlier; none where there is none.
    pub replaces: Option<AppointmentId>,
    /// For what, where there is no visit.
    pub service: Option<ServiceId>,
    /// How many come, where there is no visit.
    pub persons: i64,
    /// Where; everywhere if it is empty.
    pub locations: Vec<LocationId>,
    /// On which weekdays.
    pub weekdays: Vec<u32>,
    /// From which day on; from today if it is not said.
    pub from_on: Option<NaiveDate>,
    /// Up to which; as far as the service goes, or up to the visit, if it is not said.
    pub until_on: Option<NaiveDate>,
    /// Who comes along, by name, where there is no visit.
    pub companions: Vec<String>,
    /// For which documents, where there is no visit.
    pub documents: Vec<DocumentId>,
    /// Where to come to or whom to ring, where that is needed.
    pub contact: String,
}

/// Joins the waiting list. What is free already and fits is offered at once. Who waits for the same already keeps their place in the
/// line, and waits for what they say now.
///
/// # Errors
/// `body_invalid`, `not_found`, `visit_begun`, `waiting_limit`.
pub async fn join(
    app: &App,
    who: &Booker,
    joining: Joining,
    idempotency: &Idempotency,
) -> Result<Shown, Refused<CannotWait>> {
    let (town, now) = (who.town(), app.clock.now());
    let resident = who.resident().ok_or_else(|| Failure::new(Code::NotFound))?;
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<WaitingId>(&mut w, now).await? {
        return Ok(shown(&mut w, town, id).await?);
    }
    // Theirs are counted one after the other, and nobody is added to a visit meanwhile.
    placing::person(&mut w, town, resident).await?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    let visit = match joining.replaces {
        Some(id) => {
            let found = visit_store::get_own(&mut w, town.id, id, resident).await?;
            let visit = found.ok_or_else(|| Failure::new(Code::NotFound))?;
            blocked::refuse_owner(&mut w, town, who, &visit).await?;
            placing::movable(&visit, now)?;
            Some(visit)
        }
        None => None,
    };
    let service = visit.as_ref().map(|v| v.service_id).or(joining.service).ok_or_else(|| {
        Failure::field(Code::BodyInvalid, "service_id", "is needed where appointment_id is not given")
    })?;
    let service = catalogue.service(service)?;
    let persons = visit.as_ref().map_or(joining.persons, |v| v.persons);
    let companions = match &visit {
        None => {
            check_persons(service, persons, Code::BodyInvalid)?;
            let (companions, documents) = (joining.companions.as_slice(), joining.documents.as_slice());
            // Staff may not know all the names.
            let unnamed = matches!(who, Booker::Staff { .. });
            let told = Told { persons, companions, documents, unnamed };
            subjects::party(&mut w, app, town, Owner::Resident(resident), (service, told)).await?.companions
        }
        Some(_) => joining.companions,
    };
    for id in &joining.locations {
        catalogue.location(*id)?;
    }
    let contact = joining.contact.trim().to_owned();
    if contact.is_empty()
        && visit.as_ref().is_none_or(|v| v.contact.is_empty())
        && only_rung(&catalogue, &joining.locations)
    {
        return Err(Failure::field(Code::BodyInvalid, "contact", "must say the number to ring").into());
    }
    let today = now.with_timezone(&town.zone).date_naive();
    let last = today + Duration::days(service.horizon_days);
    let from_on = joining.from_on.unwrap_or(today).max(today);
    let until_on = joining.until_on.unwrap_or(last).min(last);
    let until_on =
        visit.as_ref().map_or(until_on, |v| until_on.min(v.starts_at.with_timezone(&town.zone).date_naive()));
    if from_on > until_on {
        return Err(Failure::field(Code::BodyInvalid, "until_on", "leaves no day to wait for").into());
    }
    let wanted = Wanted {
        service: service.id,
        persons,
        replaces: joining.replaces,
        locations: joining.locations,
        weekdays: joining.weekdays,
        from_on,
        until_on,
        companions,
        documents: joining.documents,
        contact,
    };
    let all = store::of_resident(&mut w, town.id, resident, MOST_ENTRIES).await?;
    let same = |e: &&Entry| {
        e.wanted.replaces == wanted.replaces && (wanted.replaces.is_some() || e.wanted.service == wanted.service)
    };
    if let Some(entry) = all.iter().find(same) {
        store::want(&mut w, town.id, entry.id, &wanted, now).await?;
        // What is offered, and is not what they want any more, is let go; nobody counts that as an offer that they declined.
        for (id, location, at) in store::open_offers(&mut w, town.id, entry.id).await? {
            let day = at.with_timezone(&town.zone).date_naive();
            let same = (entry.wanted.persons, &entry.wanted.documents) == (wanted.persons, &wanted.documents);
            let fits = same && wanted.fits(location, day);
            if !fits && let Some(hold) = visit_store::locked(&mut w, town.id, id).await? {
                offers::withdraw_hold(&mut w, app, town, &hold).await?;
            }
        }
        if store::open_offers(&mut w, town.id, entry.id).await?.is_empty() {
            let entry = Entry { wanted, ..entry.clone() };
            offers::offer_at_once(&mut w, app, town, &catalogue, entry).await?;
        }
        who.note_of(&mut w, app, Act::WaitingJoined, resident).await?;
        idempotency.store_response(&mut w, &entry.id, now).await?;
        let answer = shown(&mut w, town, entry.id).await?;
        w.commit().await?;
        return Ok(answer);
    }
    let id = WaitingId(app.ids.uuid(now));
    if !store::join(&mut w, (town.id, id), resident, &wanted, (MOST_ENTRIES, now)).await? {
        return Err(WaitingLimit::refused().into());
    }
    let entry = Entry { id, resident, wanted, ended: None };
    offers::offer_at_once(&mut w, app, town, &catalogue, entry).await?;
    who.note_of(&mut w, app, Act::WaitingJoined, resident).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    let answer = shown(&mut w, town, id).await?;
    w.commit().await?;
    Ok(answer)
}

async fn shown(w: &mut Write, town: &Municipality, id: WaitingId) -> Result<Shown, Failure> {
    let entry = store::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let offer = store::open_offers(w, town.id, id).await?.first().map(|(id, ..)| *id);
    Ok(Shown { entry, offer })
}

/// What the citizen waits for, the first first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Shown>, Failure> {
    Ok(of(&mut app.db.read().await?, &who.town, who.subject.0).await?)
}

/// What somebody waits for, the first first.
///
/// # Errors
/// The database.
pub async fn of(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Vec<Shown>> {
    let entries = store::of_resident(r, town.id, resident, MOST_ENTRIES).await?;
    let ids: Vec<_> = entries.iter().map(|e| e.id).collect();
    let offers: HashMap<_, _> = store::offered(r, town.id, &ids)
        .await?
        .into_iter()
        .filter(|(_, _, _, _, state, _)| *state == VisitState::Held)
        .map(|(entry, visit, ..)| (entry, visit))
        .collect();
    Ok(entries.into_iter().map(|entry| Shown { offer: offers.get(&entry.id).copied(), entry }).collect())
}

/// Leaves the waiting list; what was held for it goes to the next.
///
/// # Errors
/// `not_found`.
pub async fn leave(app: &App, who: &Booker, id: WaitingId, idempotency: &Idempotency) -> Result<(), Failure> {
    let town = who.town();
    idempotency
        .act(app, async |w, now| {
            let Some(resident) = whose(w, who, id).await? else { return Err(Failure::new(Code::NotFound)) };
            // As everybody who writes what is theirs: first who they are.
            placing::person(w, town, resident).await?;
            let did = store::leave(w, town.id, id, resident, now).await?;
            if !deleted(w, did, resident.0, id.0, now).await? {
                return Ok(());
            }
            let catalogue = Catalogue::of(app, w, town).await?;
            offers::let_go(w, app, town, &catalogue, id).await?;
            who.note_of(w, app, Act::WaitingLeft, resident).await.map_err(Failure::from)
        })
        .await
}

/// Ends what a parent waits for with a document of a child for whom they act no more; what was held for it goes to the next. They are told. They must be
/// locked. How many ended.
///
/// # Errors
/// The database.
pub async fn leave_what_is_for(
    w: &mut Write,
    app: &App,
    catalogue: &Catalogue,
    (parent, child): (ResidentId, ResidentId),
) -> Result<usize, Failure> {
    let (town, now) = (&*catalogue.town, app.clock.now());
    let mut ended = 0;
    // What is to be earlier ends with its visit.
    let mut entries = store::of_resident(w, town.id, parent, MOST_ENTRIES).await?;
    entries.retain(|entry| entry.wanted.replaces.is_none() && !entry.wanted.documents.is_empty());
    if entries.is_empty() {
        return Ok(0);
    }
    let (_, documents) = subjects::of_family(w, app, town, child).await?;
    for entry in entries {
        let is_for_the_child =
            documents.iter().any(|one| one.holder == child && entry.wanted.documents.contains(&one.document));
        if !is_for_the_child || !store::end(w, town.id, entry.id, "visit_gone", now).await? {
            continue;
        }
        offers::let_go(w, app, town, catalogue, entry.id).await?;
        if let Some(service) = catalogue.services.get(&entry.wanted.service) {
            notices::tell_of_wait(w, app, town, (parent, entry.id.0), (service, Wait::NotTheirs)).await?;
        }
        ended += 1;
    }
    Ok(ended)
}

/// Whose an entry is: a citizen's own, whatever it is; for staff, whoever waits.
async fn whose(r: &mut Read, who: &Booker, id: WaitingId) -> Result<Option<ResidentId>, Failure> {
    match who {
        Booker::Citizen(citizen) => Ok(Some(citizen.subject.0)),
        Booker::Staff { .. } => Ok(store::get(r, who.town().id, id).await?.map(|entry| entry.resident)),
    }
}

/// Those who wait, have no app, and for whom something is free at the moment: staff ring them, the first first.
///
/// # Errors
/// The database.
pub async fn to_ring(app: &App, town: &Municipality, location: Option<LocationId>) -> Result<Vec<ToRing>, Failure> {
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let line = store::in_line(&mut r, town.id, offers::MAX_IN_LINE).await?;
    line::to_ring(&mut r, app, &catalogue, line, (location, MOST_TO_RING)).await
}

/// Holds for somebody who waits the earliest start that is free and fits, as a member of staff asks who is about to tell them; what is held
/// already stays. Nothing where nothing is free.
///
/// # Errors
/// `not_found`.
pub async fn offer_to(app: &App, who: &Booker, id: WaitingId, idempotency: &Idempotency) -> Result<Shown, Failure> {
    let (town, now) = (who.town(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<WaitingId>(&mut w, now).await? {
        return shown(&mut w, town, id).await;
    }
    let gone = || Failure::new(Code::NotFound);
    let resident = whose(&mut w, who, id).await?.ok_or_else(gone)?;
    placing::person(&mut w, town, resident).await?;
    let entry = store::get(&mut w, town.id, id).await?.filter(|entry| entry.ended.is_none()).ok_or_else(gone)?;
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    offers::offer(&mut w, app, &catalogue, vec![entry], (None, None), Heard::Staff).await?;
    who.note_of(&mut w, app, Act::WaitingOffered, resident).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    let answer = shown(&mut w, town, id).await?;
    w.commit().await?;
    Ok(answer)
}
