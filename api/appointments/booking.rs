//! Booking: holding, confirming, moving and cancelling a visit, by its citizen or by staff for somebody.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rand::{Rng as _, rngs::StdRng};

use super::{
    AppointmentId, Catalogue, Catalogues, DeskId, LocationId, ServiceId, VisitState,
    catalogue::{self, Location, Service},
    notices::{self, Said, Word},
    placing,
    rules::{self, Need, Span},
    search::{Start, check_persons, desks_of, earliest, midnight, refused, table},
    store::{self, Visit, waiting as waiting_store},
    waiting,
};
use crate::{
    audit::{self, Act, Entry, Reason},
    identity::{Citizen, SessionId},
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::ResidentId,
        page::Cursor,
        problem::{Code, Failure},
    },
    push::{self, Category},
    residents,
    staff::Staff,
};

/// Appointments that a citizen's list shows.
const MAX_SHOWN: i64 = 100;
/// What the cursors of the list of past visits say.
const PAST: &str = "past";
/// Tries of a booking that met another: once a desk, and a few for what only a retry mends.
const TRIES: usize = 4;
/// The least time before a visit at which a reminder is of use.
const TO_SET_OUT: Duration = Duration::hours(1);
/// Letters and digits that nobody mistakes for another when they are said aloud.
const ALPHABET: &[u8] = b"23456789ACDEFGHJKMNPQRTVWXY";

/// Who books: a citizen for themselves, or staff for somebody.
#[derive(Clone)]
pub enum Booker {
    /// In the app.
    Citizen(Citizen),
    /// At the counter or on the telephone; for somebody of the register, or a visitor who is not.
    Staff {
        /// The member.
        staff: Staff,
        /// For whom.
        resident: Option<ResidentId>,
        /// What to call them, where that is nobody.
        visitor: String,
        /// Why they look.
        reason: Reason,
    },
}

impl Booker {
    pub(super) fn town(&self) -> &Arc<Municipality> {
        match self {
            Self::Citizen(who) => &who.town,
            Self::Staff { staff, .. } => &staff.town,
        }
    }

    fn resident(&self) -> Option<ResidentId> {
        match self {
            Self::Citizen(who) => Some(who.subject.0),
            Self::Staff { resident, .. } => *resident,
        }
    }

    /// The session of a citizen who acts for themselves: its phone is not told what it has just done.
    pub(super) fn session(&self) -> Option<SessionId> {
        match self {
            Self::Citizen(who) => Some(who.session),
            Self::Staff { .. } => None,
        }
    }

    /// Notes what staff did with somebody's visit.
    async fn note(&self, w: &mut Write, app: &App, act: Act, visit: &Visit) -> sqlx::Result<()> {
        let Self::Staff { staff, reason, .. } = self else { return Ok(()) };
        let entry =
            Entry { act, subject: Some(visit.id.0), resident: visit.resident_id, reason: Some((*reason).into()) };
        audit::record(w, app, staff, &[entry]).await
    }
}

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
    /// Where to go, or whom to ring, where it is not at a town hall.
    pub contact: String,
}

/// A reference that nobody has yet: one in three hundred million is taken.
pub(super) fn fresh_reference(app: &App) -> String {
    app.ids.with(reference)
}

/// A reference that a person can say aloud, such as `K7M-3QX`.
fn reference(rng: &mut StdRng) -> String {
    let mut text: String = (0..6).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect();
    text.insert(3, '-');
    text
}

/// As it was typed or heard: whatever its case, with or without its dash.
pub fn read_reference(text: &str) -> String {
    let mut plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if plain.len() == 6 {
        plain.insert(3, '-');
    }
    plain
}

/// Books a visit, or holds its start. The desk is chosen so that long visits still fit; who comes second is told what is
/// free near it.
///
/// # Errors
/// `not_found`, `body_invalid`, `slot_not_offered`, `slot_taken`, `appointment_limit`.
pub async fn book(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    mut wish: Wish,
    idempotency: &Idempotency,
) -> Result<Visit, Failure> {
    let town = who.town().clone();
    // Staff may not know all the names; who comes by themselves does.
    if !(matches!(who, Booker::Staff { .. }) && wish.companions.is_empty()) {
        named(wish.persons, &wish.companions)?;
    }
    if let Booker::Staff { resident: Some(id), .. } = who
        && residents::people(&mut app.db.read().await?, &town, &[*id]).await?.is_empty()
    {
        return Err(Failure::new(Code::NotFound));
    }
    let start = Start { starts_at: wish.starts_at, location: wish.location };
    let mut last = Failure::new(Code::SlotTaken);
    for _ in 0..=TRIES {
        let look = match look(app, catalogues, who, wish.service, wish.persons, start, None).await {
            Ok(look) => look,
            Err(failure) => {
                let before = kept(app, who, idempotency).await?;
                return match before {
                    Some(visit) => Ok(visit),
                    None => theirs_already(app, catalogues, who, &wish, idempotency).await?.ok_or(failure),
                };
            }
        };
        wish.contact = {
            let location = look.catalogue.location(wish.location)?;
            placing::contact(&mut app.db.read().await?, &town, who.resident(), location, &wish.contact, None).await?
        };
        for desk in look.desks.iter().copied() {
            match book_at(app, catalogues, who, &look, &wish, desk, idempotency).await {
                Ok(Some(visit)) => return Ok(visit),
                // Somebody has it meanwhile, or a hold that lapsed is in the way.
                Ok(None) => {
                    if take_lapsed(app, &town, desk, wish.starts_at, look.need).await?
                        && let Some(visit) = book_at(app, catalogues, who, &look, &wish, desk, idempotency).await?
                    {
                        return Ok(visit);
                    }
                    last = Failure::new(Code::SlotTaken);
                }
                // A deadlock or a serialization failure: nothing was done, and another try may do it.
                Err(failure) if failure.is(Code::Overloaded) => {
                    last = failure;
                    break;
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    Err(last)
}

/// Refuses a visit of several of whom not all are named: all but whoever books, or all, where they are none of them, as a parent with
/// two children.
pub(super) fn named(persons: i64, companions: &[String]) -> Result<(), Failure> {
    let others = usize::try_from(persons - 1).unwrap_or_default();
    let enough = (others..=others + 1).contains(&companions.len());
    if !enough || companions.iter().any(|name| name.trim().is_empty()) {
        return Err(Failure::field(Code::BodyInvalid, "companions", format!("must name the {others} who come along")));
    }
    Ok(())
}

/// The visit that whoever books has at that start for the same already: somebody tapped twice, or an answer was lost and they
/// have no key. What they hold is booked, where they book now.
async fn theirs_already(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    wish: &Wish,
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Failure> {
    let Some(resident) = who.resident() else { return Ok(None) };
    let (town, now) = (who.town().clone(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(store::get(&mut w, town.id, id).await?);
    }
    placing::person(&mut w, &town, resident).await?;
    let catalogue = catalogues.of(&mut w, &town).await?;
    let Some(known) = theirs(&mut w, app, who, &catalogue, wish).await? else { return Ok(None) };
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
    wish: &Wish,
) -> Result<Option<Visit>, Failure> {
    let Some(resident) = who.resident() else { return Ok(None) };
    let (town, now) = (who.town().id, app.clock.now());
    let (at, service, location) = (wish.starts_at, wish.service, wish.location);
    let known = store::same(w, town, resident, at, service, location, wish.persons, now).await?;
    let Some(known) = known else { return Ok(None) };
    if known.state == VisitState::Booked {
        // For another child it is another visit, and at the same time.
        if known.companions.0 != wish.companions {
            return Err(Failure::detail(Code::VisitOverlaps, format!("{} is then", known.reference)));
        }
        return Ok(Some(known));
    }
    // What they say now counts.
    let contact = if wish.contact.is_empty() { &known.contact } else { &wish.contact };
    if !store::set_details(w, town, known.id, &wish.companions, contact, now).await? {
        return Ok(None);
    }
    let held = store::locked(w, town, known.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if !placing::possible(w, who.town(), catalogue, &held).await? {
        // Its desk closed: another may have the visit.
        waiting::withdraw_hold(w, app, who.town(), &held).await?;
        return Ok(None);
    }
    if wish.hold {
        return Ok(Some(held));
    }
    // It is held and it is locked; what stands in its way now was not there at the look.
    book_held(w, app, who, catalogue, &held).await?.ok_or_else(Failure::contended).map(Some)
}

/// What a look at a start found: the desks that could take the visit, the best first; one at least.
struct Look {
    catalogue: Arc<Catalogue>,
    need: Need,
    desks: Vec<DeskId>,
}

/// Looks whether a start is offered and free; for a visit that moves, its own slot is. Only to choose well: the ticks decide.
///
/// # Errors
/// `not_found`, `body_invalid`; `slot_not_offered` and `slot_taken`, with what is free near it.
async fn look(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    service: ServiceId,
    persons: i64,
    start: Start,
    moved: Option<&Visit>,
) -> Result<Look, Failure> {
    let (town, now, at) = (who.town(), app.clock.now(), start.starts_at);
    let day = at.with_timezone(&town.zone).date_naive();
    let (catalogue, mut claims) = {
        let mut r = app.db.read().await?;
        let between = Span { from: midnight(town, day), until: midnight(town, day.succ_opt().unwrap_or(day)) };
        (catalogues.of(&mut r, town).await?, store::claims(&mut r, town.id, start.location, between, now).await?)
    };
    let (service, location) = (catalogue.service(service)?, catalogue.location(start.location)?);
    // Who comes was settled when it was booked.
    if moved.is_none() {
        check_persons(service, persons)?;
    }
    let need = service.need(persons, location);
    if let Some(old) = moved {
        claims.retain(|(desk, from, _)| (*desk, *from) != (old.desk_id, old.starts_at));
    }
    let is_offered = !offered(who, service, location, need, at, now).is_empty();
    let open = rules::open_on(&table(town, location), day);
    let desks = rules::desks_for(&open, &desks_of(location, service.id, &claims), need, at);
    if !is_offered || desks.is_empty() {
        let code = if is_offered { Code::SlotTaken } else { Code::SlotNotOffered };
        return Err(refused(app, town, code, service, location, at, need).await);
    }
    Ok(Look { catalogue, need, desks })
}

/// The desks at which a start is offered to whoever books now, free or not: none where that is too soon, too far ahead or not one of
/// the starts that there are.
fn offered(
    who: &Booker,
    service: &Service,
    location: &Location,
    need: Need,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<DeskId> {
    let town = who.town();
    let day = at.with_timezone(&town.zone).date_naive();
    let in_time = at >= earliest(service, matches!(who, Booker::Staff { .. }), now)
        && catalogue::days(town, service, Some(day), Some(day), now).next().is_some();
    if !in_time {
        return Vec::new();
    }
    let open = rules::open_on(&table(town, location), day);
    rules::desks_for(&open, &desks_of(location, service.id, &[]), need, at)
}

/// The plan as it is now, which this transaction keeps already, and what a visit asks of a desk by it; none where it offers that start
/// there no more.
async fn planned_anew(
    w: &mut Write,
    catalogues: &Catalogues,
    who: &Booker,
    look: &Look,
    (service, persons): (ServiceId, i64),
    (to, desk): (Start, DeskId),
    now: DateTime<Utc>,
) -> Result<Option<(Arc<Catalogue>, Need)>, Failure> {
    let catalogue = catalogues.of(w, who.town()).await?;
    let (service, location) = (catalogue.service(service)?, catalogue.location(to.location)?);
    if look.catalogue.location(to.location)?.kind != location.kind {
        // It is come to in another way, for which other things are asked.
        return Err(Failure::contended());
    }
    let need = service.need(persons, location);
    let is_offered =
        persons <= service.most_persons && offered(who, service, location, need, to.starts_at, now).contains(&desk);
    Ok(is_offered.then(|| (catalogue.clone(), need)))
}

/// Whether a hold may be booked: for as long as it lasts, what was promised stands; afterwards it is as for whoever books now.
fn bookable(who: &Booker, catalogue: &Catalogue, held: &Visit, now: DateTime<Utc>) -> bool {
    if held.held_until.is_some_and(|until| until > now) {
        return true;
    }
    let known = catalogue.services.get(&held.service_id).zip(catalogue.locations.get(&held.location_id));
    known.is_some_and(|(service, location)| {
        let need = held.need(service.need(held.persons, location));
        held.persons <= service.most_persons
            && offered(who, service, location, need, held.starts_at, now).contains(&held.desk_id)
    })
}

/// What the same request was answered before: it comes before what it would be answered now.
async fn kept(app: &App, who: &Booker, idempotency: &Idempotency) -> Result<Option<Visit>, Failure> {
    let mut w = app.db.write().await?;
    match idempotency.replay::<AppointmentId>(&mut w, app.clock.now()).await? {
        Some(id) => Ok(store::get(&mut w, who.town().id, id).await?),
        None => Ok(None),
    }
}

/// Frees what lapsed holds claim of a desk there; whether there was any.
async fn take_lapsed(
    app: &App,
    town: &Municipality,
    desk: DeskId,
    start: DateTime<Utc>,
    need: Need,
) -> Result<bool, Failure> {
    let between = Span { from: start, until: start + Duration::minutes(need.minutes + need.buffer) };
    let mut w = app.db.write().await?;
    let (lapsed, any) = store::take_lapsed(&mut w, town.id, desk, between, app.clock.now()).await?;
    // Whoever takes it may leave a part of it, or all.
    waiting::are_over(&mut w, app, town, &lapsed).await?;
    w.commit_preparation().await?;
    Ok(any)
}

/// One try at one desk, in one transaction; none where the desk is somebody's.
async fn book_at(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    look: &Look,
    wish: &Wish,
    desk: DeskId,
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Failure> {
    let (town, now) = (who.town(), app.clock.now());
    let (mut catalogue, mut need) = (look.catalogue.clone(), look.need);
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(store::get(&mut w, town.id, id).await?);
    }
    if let Some(resident) = who.resident() {
        // Theirs are counted one after the other, so that two phones do not both find room.
        placing::person(&mut w, town, resident).await?;
    }
    let id = AppointmentId(app.ids.uuid(now));
    placing::keep_plan(&mut w, wish.service, wish.location).await?;
    let reminder = (!wish.hold).then(|| rules::reminders(town.zone, wish.starts_at, now).into_iter().next()).flatten();
    let (visitor, made_by) = match who {
        Booker::Citizen(_) => ("", "citizen"),
        Booker::Staff { staff, visitor, .. } => (visitor.as_str(), staff.name.as_str()),
    };
    let mut made = None;
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
            held_until: wish.hold.then(|| placing::held_until(app)),
            made_by,
            reminder,
            companions: &wish.companions,
            contact: &wish.contact,
            waiting: None,
        };
        made = store::add(&mut w, town.id, &new, now).await?;
        if made.is_some() {
            break;
        }
        if !placing::is_as_planned(&mut w, town, &catalogue, wish.service, wish.location).await? {
            // It was changed since it was looked at, and is not any more.
            let (asked, to) =
                ((wish.service, wish.persons), Start { starts_at: wish.starts_at, location: wish.location });
            match planned_anew(&mut w, catalogues, who, look, asked, (to, desk), now).await? {
                Some(anew) => (catalogue, need) = anew,
                None => return Ok(None),
            }
            continue;
        }
        if let Some(known) = theirs(&mut w, app, who, &catalogue, wish).await? {
            idempotency.store_response(&mut w, &known.id, now).await?;
            w.commit().await?;
            return Ok(Some(known));
        }
        placing::not_elsewhere(&mut w, town, who.resident(), visit, id, now).await?;
        placing::within_limit(&mut w, town, who.resident(), service, id, now).await?;
    }
    let (made, claim) = made.ok_or_else(|| Failure::internal("no reference was free"))?;
    if !store::claim(&mut w, town.id, id, claim).await? {
        return Ok(None);
    }
    if !wish.hold {
        tell(&mut w, app, town, &catalogue, &made, Said { done_in: who.session(), ..Word::Booked.into() }).await?;
    }
    who.note(&mut w, app, Act::VisitBooked, &made).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    w.commit().await?;
    Ok(Some(made))
}

/// Tells the resident of a visit what became of it; a visitor who is not in the register is told at the counter.
pub(super) async fn tell(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    catalogue: &Catalogue,
    visit: &Visit,
    said: Said<'_>,
) -> Result<(), Failure> {
    let Some(resident) = visit.resident_id else { return Ok(()) };
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
    let notice = |language| {
        let (service, location) = known?;
        Some(notices::notice(language, town, service, location, visit, said))
    };
    inbox::tell(w, app, town, resident, notice).await?;
    Ok(())
}

/// Takes back what was said about a visit that is none any more, as far as it was not read.
pub(super) async fn take_back(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: Option<ResidentId>,
    visit: AppointmentId,
) -> sqlx::Result<()> {
    match resident {
        Some(resident) => inbox::take_back_under(w, app, town, resident, &notices::about(visit)).await,
        None => Ok(()),
    }
}

/// Tells a resident that they waited in vain, or let pass what was offered.
pub(super) async fn tell_of_wait(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    entry: uuid::Uuid,
    service: &Service,
    how: notices::Wait,
) -> Result<(), Failure> {
    let notice = |language| Some(notices::wait_over(language, town, service, entry, how));
    inbox::tell(w, app, town, resident, notice).await?;
    Ok(())
}

/// One visit that the caller may see: a citizen their own, staff all of their town.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Booker, id: AppointmentId) -> Result<Visit, Failure> {
    let mut r = app.db.read().await?;
    let found = match who {
        Booker::Citizen(who) => store::get_own(&mut r, who.town.id, id, who.subject.0).await?,
        Booker::Staff { staff, .. } => store::get(&mut r, staff.town.id, id).await?,
    };
    found.ok_or_else(|| Failure::new(Code::NotFound))
}

/// How a reminder comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A phone of theirs shows it.
    Push,
    /// It lies ready in the app.
    Inbox,
}

impl By {
    /// As it is told.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Inbox => "inbox",
        }
    }
}

/// A reminder that will be sent: when, and how.
pub type Reminding = (DateTime<Utc>, By);

/// The reminders of each of these visits of a citizen, as they would be sent now.
///
/// # Errors
/// The database.
pub async fn reminders_of(
    app: &App,
    catalogues: &Catalogues,
    who: &Citizen,
    visits: &[Visit],
) -> sqlx::Result<Vec<Vec<Reminding>>> {
    let (town, now) = (&who.town, app.clock.now());
    let mut r = app.db.read().await?;
    let reach = push::reach(&mut r, town, who.subject.0, Category::Appointments).await?;
    let catalogue = catalogues.of(&mut r, town).await?;
    let one = |visit: &Visit| {
        let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
        let stands = known.is_some_and(|(service, location)| catalogue::stands(town, service, location, visit));
        let due = rules::reminders(town.zone, visit.starts_at, now);
        due.into_iter()
            .filter(|_| visit.state == VisitState::Booked && stands)
            .filter_map(|(which, at)| match reach.phone {
                false => Some((at, By::Inbox)),
                true => in_time(which, reach.shown_at(at), visit).then(|| (reach.shown_at(at), By::Push)),
            })
            .collect()
    };
    Ok(visits.iter().map(one).collect())
}

/// Whether a reminder that is shown after quiet hours still comes in time: that of the eve before the other would, and the other
/// while one can still set out; or not at all, as the eve's was there.
fn in_time(which: &str, shown: DateTime<Utc>, visit: &Visit) -> bool {
    let least = if which == "day_before" { placing::NOTICE } else { TO_SET_OUT };
    shown <= visit.starts_at - least
}

/// Whether a reminder that is due now is sent, see [`reminders_of`].
///
/// # Errors
/// The database.
pub(super) async fn reminded(
    r: &mut Read,
    town: &Municipality,
    visit: &Visit,
    word: Word,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let Some(resident) = visit.resident_id else { return Ok(false) };
    let reach = push::reach(r, town, resident, Category::Appointments).await?;
    let which = if word == Word::Eve { "day_before" } else { "hours_before" };
    Ok(!reach.phone || in_time(which, reach.shown_at(now), visit) || reach.shown_at(now) == now)
}

/// The citizen's visits that are held or booked and not over, the next first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Visit>, Failure> {
    Ok(of_resident(&mut app.db.read().await?, app, &who.town, who.subject.0).await?)
}

/// A page of the citizen's visits that are over or off, the latest first, and the cursor of the next.
///
/// # Errors
/// `cursor_invalid`.
pub async fn past(
    app: &App,
    who: &Citizen,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Visit>, Option<String>), Failure> {
    let after = cursor.map_or(Ok(Cursor::BEGINNING), |c| Cursor::read(PAST, c))?;
    let mut r = app.db.read().await?;
    // One more than asked tells whether there is a next page.
    let more = i64::from(limit) + 1;
    let mut rows = store::past(&mut r, who.town.id, who.subject.0, after, app.clock.now(), more).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|v| Cursor { at: v.starts_at, id: v.id.0 }.write(PAST));
    Ok((rows, next))
}

/// The visits of a resident that are held or booked and not over, the next first.
///
/// # Errors
/// The database.
pub async fn of_resident(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
) -> sqlx::Result<Vec<Visit>> {
    store::of_resident(r, town.id, resident, app.clock.now(), MAX_SHOWN).await
}

/// Books what is held. A hold that lapsed is given if its start is still free.
///
/// # Errors
/// `not_found`, `hold_lapsed`, `appointment_limit`, `visit_overlaps`.
pub async fn confirm(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<Visit, Failure> {
    get(app, who, id).await?;
    let (town, now) = (who.town().clone(), app.clock.now());
    let mut w = app.db.write().await?;
    // Under one key one kind of thing is kept, whichever way the first try went.
    if let Some(kept) = idempotency.replay::<Option<AppointmentId>>(&mut w, now).await? {
        // None: by a server before this one, of the same visit.
        return store::get(&mut w, town.id, kept.unwrap_or(id)).await?.ok_or_else(|| Failure::new(Code::NotFound));
    }
    let held = placing::seized(&mut w, &town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if held.state == VisitState::Booked {
        // A double tap: it is booked.
        return Ok(held);
    }
    let catalogue = catalogues.of(&mut w, &town).await?;
    let taken = match held.waiting_id {
        // What is taken already is answered as it is, below.
        _ if matches!(held.state, VisitState::Held | VisitState::Lapsed) && !bookable(who, &catalogue, &held, now) => {
            None
        }
        Some(waiting) => waiting::accept(&mut w, app, who, &catalogue, &held, waiting).await?,
        None => book_held(&mut w, app, who, &catalogue, &held).await?,
    };
    let Some(visit) = taken else {
        drop(w);
        // What is not to be had is not said to be held, and is kept from nobody else.
        waiting::withdraw_if_held(app, &town, id).await?;
        let known = catalogue.services.get(&held.service_id).zip(catalogue.locations.get(&held.location_id));
        return Err(match known {
            Some((service, location)) => {
                let need = service.need(held.persons, location);
                refused(app, &town, Code::HoldLapsed, service, location, held.starts_at, need).await
            }
            None => Failure::new(Code::HoldLapsed),
        });
    };
    idempotency.store_response(&mut w, &visit.id, now).await?;
    w.commit().await?;
    Ok(visit)
}

/// Books a hold that is locked, if it lasts or its start is still free: everything that a booking must be, it must be. Where it
/// gives none the transaction must be dropped.
async fn book_held(
    w: &mut Write,
    app: &App,
    who: &Booker,
    catalogue: &Catalogue,
    held: &Visit,
) -> Result<Option<Visit>, Failure> {
    let (town, now) = (who.town(), app.clock.now());
    // Closed meanwhile, or a desk that lost the service: what was held is no place any more.
    if held.starts_at <= now || !placing::possible(w, town, catalogue, held).await? {
        return Ok(None);
    }
    let service = catalogue.service(held.service_id)?;
    placing::within_limit(w, town, held.resident_id, service, held.id, now).await?;
    let between = Span { from: held.starts_at, until: held.ends_at };
    placing::not_elsewhere(w, town, held.resident_id, between, held.id, now).await?;
    if !give(w, town, held, now).await? {
        return Ok(None);
    }
    let visit = store::get(w, town.id, held.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    tell(w, app, town, catalogue, &visit, Said { done_in: who.session(), ..Word::Booked.into() }).await?;
    who.note(w, app, Act::VisitBooked, &visit).await?;
    Ok(Some(visit))
}

/// Books a hold, if it lasts or its start is still free. Where it gives false the transaction must be dropped.
pub(super) async fn give(
    w: &mut Write,
    town: &Municipality,
    held: &Visit,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let reminder = rules::reminders(town.zone, held.starts_at, now).into_iter().next();
    if store::confirm(w, town.id, held.id, reminder, now).await? {
        return Ok(true);
    }
    let Some(claim) = store::revive(w, town.id, held.id, now).await? else { return Ok(false) };
    // It had lapsed and was swept: what is still there of its ticks is taken together with the rest, or nothing. It is as long as
    // it was: the service may be shorter or longer since.
    store::free(w, town.id, held.id).await?;
    Ok(store::claim(w, town.id, held.id, claim).await? && store::confirm(w, town.id, held.id, reminder, now).await?)
}

/// Holds it for as long again, once.
///
/// # Errors
/// `not_found`, `not_extendable`.
pub async fn extend(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<Visit, Failure> {
    get(app, who, id).await?;
    let town = who.town();
    idempotency
        .act(app, async |w, now| {
            // Where it closed meanwhile, nothing is held any more.
            let held = placing::seized(w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let catalogue = catalogues.of(w, town).await?;
            if !placing::possible(w, town, &catalogue, &held).await? {
                return Err(Failure::new(Code::NotExtendable));
            }
            if !store::extend(w, town.id, id, placing::held_until(app), now).await? {
                return Err(Failure::new(Code::NotExtendable));
            }
            Ok(())
        })
        .await?;
    get(app, who, id).await
}

/// Where a visit is to be.
#[derive(Clone, Debug)]
pub struct Moving {
    /// When and where.
    pub to: Start,
    /// Where to come to or whom to ring, where that is another kind of place; empty where it is not said.
    pub contact: String,
}

/// Whether a visit can still be moved.
///
/// # Errors
/// `visit_begun`, `not_booked`.
pub(super) fn movable(visit: &Visit, now: DateTime<Utc>) -> Result<(), Failure> {
    if visit.state != VisitState::Booked {
        return Err(Failure::new(Code::NotBooked));
    }
    if begun(visit, now) {
        return Err(Failure::new(Code::VisitBegun));
    }
    Ok(())
}

/// Whether it is time, or a desk called who came for it before that.
pub(super) fn begun(visit: &Visit, now: DateTime<Utc>) -> bool {
    visit.starts_at <= now || visit.begun_at.is_some()
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

/// Notes that who was called was not there: the visit may be moved again, unless it had begun before the call, which was `since`.
///
/// # Errors
/// The database.
pub async fn not_begun(
    w: &mut Write,
    town: &Municipality,
    id: AppointmentId,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::not_begun(w, town.id, id, since).await
}

/// Moves a booked visit. It keeps its reference, and its old slot until it has the new one.
///
/// # Errors
/// `not_found`, `visit_begun`, `not_booked`, `slot_not_offered`, `slot_taken`, `visit_overlaps`, `body_invalid` where it is not
/// known whom to ring or where to come to; `edited_meanwhile` where another phone, or staff, moved it in the same moment.
pub async fn move_to(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    id: AppointmentId,
    moving: &Moving,
    idempotency: &Idempotency,
) -> Result<Visit, Failure> {
    let (town, to) = (who.town().clone(), moving.to);
    let mut last = Failure::new(Code::SlotTaken);
    let old = get(app, who, id).await?;
    if (old.starts_at, old.location_id) == (to.starts_at, to.location) && old.state == VisitState::Booked {
        // It is there already.
        return Ok(old);
    }
    for _ in 0..=TRIES {
        let looked = match movable(&old, app.clock.now()) {
            Ok(()) => look(app, catalogues, who, old.service_id, old.persons, to, Some(&old)).await,
            Err(failure) => Err(failure),
        };
        let look = match looked {
            Ok(look) => look,
            Err(failure) => return kept(app, who, idempotency).await?.ok_or(failure),
        };
        let contact = {
            let kind = look.catalogue.locations.get(&old.location_id).map(|l| (l.kind, old.contact.as_str()));
            let location = look.catalogue.location(to.location)?;
            placing::contact(&mut app.db.read().await?, &town, old.resident_id, location, &moving.contact, kind).await?
        };
        for desk in look.desks.iter().copied() {
            let new =
                Placed { starts_at: to.starts_at, location: to.location, desk, need: look.need, contact: &contact };
            match move_at(app, catalogues, who, &look, &old, &new, idempotency).await {
                Ok(Some(visit)) => return Ok(visit),
                Ok(None) => {
                    if take_lapsed(app, &town, desk, to.starts_at, look.need).await?
                        && let Some(visit) = move_at(app, catalogues, who, &look, &old, &new, idempotency).await?
                    {
                        return Ok(visit);
                    }
                    last = Failure::new(Code::SlotTaken);
                }
                Err(failure) if failure.is(Code::Overloaded) => {
                    last = failure;
                    break;
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    Err(last)
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
    /// Where to come to, or whom to ring.
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
    store::free(w, town.id, old.id).await?;
    let visit = Span { from: to.starts_at, until: to.starts_at + Duration::minutes(to.need.minutes) };
    let reminder = rules::reminders(town.zone, visit.from, now).into_iter().next();
    let until = visit.until + Duration::minutes(to.need.buffer);
    let set =
        store::set_place(w, town.id, old.id, to.location, to.desk, visit, until, reminder, to.contact, now).await?;
    match set {
        Some(claim) => store::claim(w, town.id, old.id, claim).await,
        None => Ok(false),
    }
}

/// One try at one desk: the new ticks are claimed in the transaction that frees the old.
async fn move_at(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    look: &Look,
    old: &Visit,
    to: &Placed<'_>,
    idempotency: &Idempotency,
) -> Result<Option<Visit>, Failure> {
    let (town, now) = (who.town(), app.clock.now());
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay::<AppointmentId>(&mut w, now).await? {
        return Ok(store::get(&mut w, town.id, id).await?);
    }
    let seen = placing::seized(&mut w, town, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if (seen.starts_at, seen.location_id) == (to.starts_at, to.location) && seen.state == VisitState::Booked {
        // A double tap: it is there.
        return Ok(Some(seen));
    }
    movable(&seen, now)?;
    if seen.sequence != old.sequence {
        return Err(Failure::new(Code::EditedMeanwhile));
    }
    placing::keep_plan(&mut w, old.service_id, to.location).await?;
    let (mut catalogue, mut to) = (look.catalogue.clone(), *to);
    if !placing::is_as_planned(&mut w, town, &catalogue, old.service_id, to.location).await? {
        // It was changed since it was looked at, and is not any more.
        let (asked, start) = ((old.service_id, old.persons), Start { starts_at: to.starts_at, location: to.location });
        match planned_anew(&mut w, catalogues, who, look, asked, (start, to.desk), now).await? {
            Some(anew) => (catalogue, to.need) = anew,
            None => return Ok(None),
        }
    }
    let between = Span { from: to.starts_at, until: to.starts_at + Duration::minutes(to.need.minutes) };
    placing::not_elsewhere(&mut w, town, old.resident_id, between, old.id, now).await?;
    if !put(&mut w, town, old, &to, now).await? {
        return Ok(None);
    }
    let moved = store::get(&mut w, town.id, old.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // What they did themselves does not wake them.
    let before = matches!(who, Booker::Staff { .. }).then_some(old.starts_at);
    let said = Said { word: Word::Moved, before, more: &[], done_in: who.session() };
    tell(&mut w, app, town, &catalogue, &moved, said).await?;
    waiting::visit_moved(&mut w, app, town, &catalogue, &moved).await?;
    waiting::freed(&mut w, app, town, &catalogue, old.location_id, old.starts_at).await?;
    who.note(&mut w, app, Act::VisitMoved, &moved).await?;
    idempotency.store_response(&mut w, &old.id, now).await?;
    w.commit().await?;
    Ok(Some(moved))
}

/// Cancels a visit, or lets a hold go; its start is free at once.
///
/// # Errors
/// `not_found`, `visit_begun`.
pub async fn cancel(
    app: &App,
    catalogues: &Catalogues,
    who: &Booker,
    id: AppointmentId,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let town = who.town();
    get(app, who, id).await?;
    idempotency
        .act(app, async |w, now| {
            let catalogue = catalogues.of(w, town).await?;
            // As it is now: it may have moved a moment ago.
            let visit = placing::seized(w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if visit.state == VisitState::Booked && begun(&visit, now) {
                return Err(Failure::new(Code::VisitBegun));
            }
            if !store::cancel(w, town.id, id, now).await? {
                // Off already: a second tap, or a first one whose answer was lost. What a closing cancelled stays off, too.
                if visit.state != VisitState::Cancelled {
                    return Err(Failure::new(Code::NotFound));
                }
                waiting_store::forget_displaced(w, town.id, id).await?;
                return Ok(());
            }
            store::free(w, town.id, id).await?;
            if visit.state == VisitState::Booked {
                let before = matches!(who, Booker::Staff { .. }).then_some(visit.starts_at);
                let said = Said { word: Word::Cancelled, before, more: &[], done_in: who.session() };
                tell(w, app, town, &catalogue, &visit, said).await?;
                waiting::visit_is_off(w, app, town, &catalogue, &visit).await?;
            } else {
                // What said that it is held for them does not hold any more.
                take_back(w, app, town, visit.resident_id, visit.id).await?;
            }
            waiting::freed(w, app, town, &catalogue, visit.location_id, visit.starts_at).await?;
            who.note(w, app, Act::VisitCancelled, &visit).await?;
            Ok(())
        })
        .await
}

/// The day of somebody's next visit, by the kind of document it is for.
pub type Visits = HashMap<ResidentId, BTreeMap<String, NaiveDate>>;

/// The day of the next visit that each of these has booked, by the kind of document it is for.
///
/// # Errors
/// The database.
pub async fn visits_for(
    r: &mut Read,
    town: &Municipality,
    residents: &[ResidentId],
    now: DateTime<Utc>,
) -> sqlx::Result<Visits> {
    let mut all = Visits::new();
    for (resident, kinds, at) in store::visits_for_kinds(r, town.id, residents, now).await? {
        let day = at.with_timezone(&town.zone).date_naive();
        for kind in kinds.split_whitespace() {
            all.entry(resident).or_default().entry(kind.to_owned()).or_insert(day);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    #[test]
    fn a_reference_is_read_as_people_say_it() {
        let mut rng = StdRng::seed_from_u64(1);
        for _ in 0..100 {
            let reference = reference(&mut rng);
            assert_eq!(reference.len(), 7);
            assert_eq!(read_reference(&reference.to_lowercase().replace('-', " ")), reference);
        }
        assert_eq!(read_reference("zzz"), "ZZZ");
    }
}
