//! What every way into a visit passes, in the transaction that writes: booking, holding, confirming, moving, taking an offer,
//! staff, a closing. Whose it is comes first, then the visit, then the plan, then the ticks of a desk: taken in this order, no
//! two wait for each other in a ring. What was looked at before was only to choose well.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{
    blocked,
    booking::store as visit_store,
    catalogue::{known::Catalogue, rules::stands, store as plan_store},
    model::{
        AppointmentId, Booker, DeskId, Location, LocationId, LocationKind, Need, Service, ServiceId, Span, Subject,
        Visit, VisitState,
    },
    rules,
};
use crate::{
    appointments::model::{AppointmentLimit, Immovable, NotBooked, VisitBegun, VisitOverlaps},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Shared, Write},
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure, Refusal as _, Refused},
        time::local_day,
    },
    residents,
};

/// Lets one request about a person's visits go on at a time, so that they can be counted.
pub(super) async fn person(w: &mut Write, town: &Municipality, resident: ResidentId) -> sqlx::Result<()> {
    // Without the app, their row of the register stands for them.
    if !visit_store::one_at_a_time(w, town.id, resident).await? {
        residents::lock(w, town, resident).await?;
    }
    Ok(())
}

/// A visit as nobody else can change it until this transaction ends.
pub(super) async fn seized(w: &mut Write, town: &Municipality, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    let Some(known) = visit_store::get(w, town.id, id).await? else { return Ok(None) };
    if let Some(resident) = known.resident_id {
        person(w, town, resident).await?;
    }
    visit_store::locked(w, town.id, id).await
}

/// The same, for whoever would do something with it: a citizen with theirs alone.
///
/// # Errors
/// `not_found`.
pub(super) async fn seized_by(
    w: &mut Write,
    town: &Municipality,
    who: &Booker,
    id: AppointmentId,
) -> Result<Visit, Failure> {
    let visit = seized(w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    blocked::refuse_owner(w, town, who, &visit).await?;
    Ok(visit)
}

/// What the same request was answered before, as it is by now, and as far as it is still theirs to see.
///
/// # Errors
/// `not_found`.
pub(super) async fn replayed(r: &mut Read, who: &Booker, id: AppointmentId) -> Result<Visit, Failure> {
    let visit = visit_store::get(r, who.town().id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    blocked::refuse_owner(r, who.town(), who, &visit).await?;
    Ok(visit)
}

/// Keeps the plan of a service and a location as it was when this catalogue was read, until this transaction ends.
///
/// # Errors
/// `overloaded` where it was changed: look again.
pub(super) async fn planned(
    w: &mut Write,
    town: &Municipality,
    catalogue: &Catalogue,
    service: ServiceId,
    location: LocationId,
) -> Result<(), Failure> {
    keep_plan(w, service, location).await?;
    if is_as_planned(w, town, catalogue, service, location).await? { Ok(()) } else { Err(Failure::contended()) }
}

/// Keeps the plan of a service and a location as it is until this transaction ends, whatever it is: [`visit_store::add`] looks whether it
/// is the one that was looked at.
pub(super) async fn keep_plan(w: &mut Write, service: ServiceId, location: LocationId) -> sqlx::Result<()> {
    Shared::of(location.0).keep_both(Shared::of(service.0), w).await
}

/// The same where nobody is to be waited for: false where the plan changes just now.
pub(super) async fn keep_plan_at_once(w: &mut Write, service: ServiceId, location: LocationId) -> sqlx::Result<bool> {
    Shared::of(location.0).try_keep_both(Shared::of(service.0), w).await
}

/// Waits for those who write visits that rest on this plan of a location or a service, and lets no other begin.
///
/// # Errors
/// The database.
pub(super) async fn change_plan(w: &mut Write, id: uuid::Uuid) -> sqlx::Result<()> {
    Shared::of(id).change(w).await
}

/// Whether the plan is the one that was looked at.
pub(super) async fn is_as_planned(
    w: &mut Write,
    town: &Municipality,
    catalogue: &Catalogue,
    service: ServiceId,
    location: LocationId,
) -> sqlx::Result<bool> {
    let known = catalogue.services.get(&service).zip(catalogue.locations.get(&location));
    let found = plan_store::planned(w, town.id, service, location).await?;
    Ok(found.is_some() && found == known.map(|(s, l)| (s.version, l.version)))
}

/// Whether a visit can take place where and when it is, in the plan as it is until this transaction ends.
///
/// # Errors
/// As [`planned`].
pub(super) async fn possible(
    w: &mut Write,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
) -> Result<bool, Failure> {
    planned(w, town, catalogue, visit.service_id, visit.location_id).await?;
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
    Ok(known.is_some_and(|(service, location)| stands(town, service, location, visit)))
}

/// Refuses one visit more to who has as many for the service as they may. They must be locked, see [`person`].
///
/// # Errors
/// `appointment_limit`.
pub(super) async fn within_limit(
    w: &mut Write,
    town: &Municipality,
    resident: Option<ResidentId>,
    service: &Service,
    (but, now): (AppointmentId, DateTime<Utc>),
) -> Result<(), Refused<AppointmentLimit>> {
    let Some(resident) = resident else { return Ok(()) };
    if visit_store::count_open(w, (town.id, resident), service.id, but, now).await? >= service.most_open {
        return Err(AppointmentLimit::refused());
    }
    Ok(())
}

/// Whom a visit is for beside whose it is, locked until this transaction ends: nobody is blocked for them meanwhile, nor books for them.
pub(super) async fn others(
    w: &mut Write,
    town: &Municipality,
    owner: Option<ResidentId>,
    subjects: &[Subject],
) -> sqlx::Result<BTreeSet<ResidentId>> {
    let others: BTreeSet<_> = subjects.iter().filter_map(|s| s.resident).filter(|id| Some(*id) != owner).collect();
    for id in &others {
        residents::lock(w, town, *id).await?;
    }
    Ok(others)
}

/// Refuses a time at which somebody of a visit is somewhere else: whose it is, who must be locked (see [`person`]), and whom it is for, who
/// are locked here, since another parent may book for the same child.
///
/// # Errors
/// `visit_overlaps`.
pub(super) async fn not_elsewhere(
    w: &mut Write,
    town: &Municipality,
    (owner, subjects): (Option<ResidentId>, &[Subject]),
    between: Span,
    (but, now): (AppointmentId, DateTime<Utc>),
) -> Result<(), Refused<VisitOverlaps>> {
    let others = others(w, town, owner, subjects).await?;
    for resident in owner.into_iter().chain(others) {
        let theirs = visits_then(w, town, resident, between, (but, now)).await?;
        match theirs.into_iter().find(|other| !rules::can_come(&[span(other)], &between)) {
            // Another's visit is theirs to know of.
            Some(other) if other.resident_id != owner => return Err(VisitOverlaps::refused()),
            Some(other) => return Err(VisitOverlaps::detail(format!("{} is then", other.reference))),
            None => {}
        }
    }
    Ok(())
}

/// The visits at which somebody is at a time, but for one: theirs, and those that are for them. What is kept from them tells them nothing: who is
/// no parent any more does not come with the child.
async fn visits_then(
    r: &mut Read,
    town: &Municipality,
    resident: ResidentId,
    between: Span,
    (but, now): (AppointmentId, DateTime<Utc>),
) -> sqlx::Result<Vec<Visit>> {
    let of = (town.id, resident);
    let mut all = visit_store::elsewhere(r, of, between, but, now).await?;
    all.append(&mut visit_store::elsewhere_for(r, of, between, but, now).await?);
    blocked::open_to_owner(r, town, resident, all).await
}

fn span(visit: &Visit) -> Span {
    Span { from: visit.starts_at, until: visit.ends_at }
}

/// When any of these people is somewhere else, in some days: what [`not_elsewhere`] refuses to them is offered to them nowhere. The visit
/// that is to be moved is no other place.
pub(super) async fn elsewhere(
    r: &mut Read,
    town: &Municipality,
    (people, moved): (&BTreeSet<ResidentId>, Option<AppointmentId>),
    between: Span,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Span>> {
    let but = moved.unwrap_or(AppointmentId(uuid::Uuid::nil()));
    let mut all = Vec::new();
    for resident in people {
        all.extend(visits_then(r, town, *resident, between, (but, now)).await?.iter().map(span));
    }
    Ok(all)
}

/// Notes that something could have made an earlier start free at a location: those who wait are offered it, and what was found
/// before is looked for anew.
pub(super) async fn note_freed(
    w: &mut Write,
    app: &App,
    town: MunicipalityId,
    location: LocationId,
) -> sqlx::Result<()> {
    plan_store::freed(w, town, location, app.ids.uuid(app.clock.now())).await
}

/// Where to come to or whom to ring at a location: what is said, what was said for a visit of the same kind, or for a visit at home
/// where they live; of a video visit, what makes its link its own, which it keeps; nothing where one comes to the town hall.
///
/// # Errors
/// `body_invalid` where it is not known.
pub(super) async fn contact(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    resident: Option<ResidentId>,
    location: &Location,
    (said, before): (&str, Option<(LocationKind, &str)>),
) -> Result<String, Failure> {
    let before = before.filter(|(kind, _)| *kind == location.kind).map_or("", |(_, contact)| contact);
    if location.kind == LocationKind::Video {
        return Ok(if before.is_empty() { app.ids.secret() } else { before.to_owned() });
    }
    if !location.kind.wants_contact() {
        return Ok(String::new());
    }
    let said = said.trim();
    let mut known = if said.is_empty() { before.to_owned() } else { said.to_owned() };
    if known.is_empty()
        && location.kind == LocationKind::Home
        && let Some(resident) = resident
        && let Some(d) = residents::detail(r, town, resident).await?
    {
        known = format!("{} {} {}, {} {}", d.street, d.house_number, d.box_number, d.postcode, d.town);
        known = known.replace(" ,", ",").trim_matches([' ', ',']).to_owned();
    }
    if known.is_empty() {
        let what = if location.kind == LocationKind::Home { "the address to come to" } else { "the number to ring" };
        return Err(Failure::field(Code::BodyInvalid, "contact", format!("must say {what}")));
    }
    Ok(known)
}

/// Whether a visit can still be moved.
///
/// # Errors
/// `visit_begun`, `not_booked`.
pub(super) fn movable(visit: &Visit, now: DateTime<Utc>) -> Result<(), Refused<Immovable>> {
    if visit.state != VisitState::Booked {
        return Err(NotBooked::refused().into());
    }
    if begun(visit, now) {
        return Err(VisitBegun::refused().into());
    }
    Ok(())
}

/// Whether it is time, or a desk called who came for it before that. Who waited and was turned away by the house may have another time.
pub(super) fn begun(visit: &Visit, now: DateTime<Utc>) -> bool {
    visit.begun_at.is_some() || (visit.starts_at <= now && !visit.turned_away)
}

/// Whether a closing hits a visit of its location: it lies in those hours, or who waited for it was turned away.
pub(super) fn hit(visit: &Visit, closed: Span, now: DateTime<Utc>) -> bool {
    let within = visit.ends_at > closed.from || visit.turned_away_at.is_some_and(|at| at >= closed.from);
    !begun(visit, now) && visit.starts_at < closed.until && within
}

/// A place that a visit is to have.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Where.
    pub location: LocationId,
    /// At which desk.
    pub desk: DeskId,
    /// What it asks of that desk.
    pub need: Need,
    /// Where to come to, or whom to ring; see [`contact`].
    pub contact: &'a str,
}

/// Gives a visit that is locked another place, in the room of its own; false where somebody has it, or the visit is booked no more,
/// and the transaction must be dropped. The one way in which a visit changes its place.
pub(super) async fn put(
    w: &mut Write,
    town: &Municipality,
    old: &Visit,
    to: &Placed<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    visit_store::free(w, town.id, old.id).await?;
    let visit = Span { from: to.starts_at, until: to.starts_at + Duration::minutes(to.need.minutes) };
    let reminder = rules::reminders(town.zone, visit.from, now).into_iter().next();
    let until = visit.until + Duration::minutes(to.need.buffer);
    let place = visit_store::Place {
        location: to.location,
        desk: to.desk,
        visit,
        claimed_until: until,
        reminder,
        contact: to.contact,
    };
    let set = visit_store::set_place(w, (town.id, old.id), &place, now).await?;
    match set {
        Some(claim) => visit_store::claim(w, town.id, old.id, claim).await,
        None => Ok(false),
    }
}

/// Books a hold, if it lasts or its start is still free. Where it gives false the transaction must be dropped.
pub(super) async fn give(
    w: &mut Write,
    town: &Municipality,
    held: &Visit,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    if !may_come_for(w, town, held.resident_id, &held.subjects, now).await? {
        return Ok(false);
    }
    let reminder = rules::reminders(town.zone, held.starts_at, now).into_iter().next();
    if visit_store::confirm(w, town.id, held.id, reminder, now).await? {
        return Ok(true);
    }
    let Some(claim) = visit_store::revive(w, town.id, held.id, now).await? else { return Ok(false) };
    // It had lapsed and was swept: what is still there of its ticks is taken together with the rest, or nothing. It is as long as
    // it was: the service may be shorter or longer since.
    visit_store::free(w, town.id, held.id).await?;
    Ok(visit_store::claim(w, town.id, held.id, claim).await?
        && visit_store::confirm(w, town.id, held.id, reminder, now).await?)
}

/// Whether whose visit it is (`owner`) may come for those whom it is for: since it was looked at, or offered for hours, a parent may have
/// lost the authority over a child.
pub(super) async fn may_come_for(
    w: &mut Write,
    town: &Municipality,
    owner: Option<ResidentId>,
    subjects: &[Subject],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let Some(owner) = owner else { return Ok(true) };
    let others: Vec<_> = subjects.iter().filter_map(|s| s.resident).filter(|id| *id != owner).collect();
    if others.is_empty() {
        return Ok(true);
    }
    let family = residents::family(w, town, owner, local_day(town.zone, now)).await?;
    Ok(others.iter().all(|other| family.iter().any(|person| person.id == *other)))
}

/// Until when a hold lasts that is made now.
pub(super) fn held_until(app: &App) -> DateTime<Utc> {
    app.clock.now() + chrono::Duration::minutes(app.config.appointments.hold_minutes)
}
