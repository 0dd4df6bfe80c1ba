//! Agenda: staff look at visits, and whose they are. Each citizen can read that they were looked at.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    adding::latest_to_add,
    reference::read_reference,
    slip,
    store::{self, Taken},
};
use crate::{
    appointments::{
        catalogue::{
            known::Catalogue,
            rules::{hours_on, midnight},
        },
        model::{AppointmentId, DayHours, LocationId, LocationKind, Span, Subject, Visit, VisitState},
        notices, rules,
    },
    audit::{self, Act, Entry, Reason},
    inbox,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        page::Cursor,
        problem::{Code, Failure},
        slip::Slip,
        time::local_day,
    },
    residents,
    staff::{self, Staff},
};

/// Appointments of a day that an agenda shows: sixty desks, each full.
const MAX_AGENDA: i64 = 6_000;

/// Appointments of a week that its overview shows.
const MAX_WEEK: i64 = 7 * MAX_AGENDA;

/// Days that a search by name looks through.
const MAX_DAYS: i64 = 31;

/// Visits that it gives.
const MAX_FOUND: usize = 50;

/// Visits of one person that are shown, to come and past.
const MAX_OF_RESIDENT: i64 = 50;

/// A visit, and what to call whoever comes.
pub struct Seen {
    /// The visit.
    pub visit: Visit,
    /// Their name, as the register or the desk has it.
    pub name: String,
    /// Whom it is for, each by the name that the register or the desk has.
    pub subjects: Vec<Subject>,
    /// Where to come to, or whom to ring; of a video visit, its link.
    pub contact: String,
    /// Until when documents can be added to it; none where none can.
    pub add_until: Option<DateTime<Utc>>,
}

/// The visits of a day at a location, the earliest first.
///
/// # Errors
/// The database.
pub async fn of_day(app: &App, who: &Staff, location: LocationId, day: NaiveDate) -> Result<Vec<Seen>, Failure> {
    let town = &who.town;
    let between = Span { from: midnight(town, day), until: midnight(town, day.succ_opt().unwrap_or(day)) };
    let mut r = app.db.read().await?;
    let visits = store::agenda(&mut r, town.id, location, between, MAX_AGENDA).await?;
    let new = is_new(&mut r, app, who, (location, &visits)).await?;
    let day = called(&mut r, app, town, visits).await?;
    drop(r);
    if new {
        let visits: Vec<_> = day.iter().map(|seen| seen.visit.clone()).collect();
        write_looks(app, who, location, &visits).await?;
    }
    Ok(day)
}

/// The visits of seven days at a location from a day on, the earliest first: what is taken, and nobody's name.
///
/// # Errors
/// The database.
pub async fn of_week(app: &App, who: &Staff, location: LocationId, first: NaiveDate) -> Result<Vec<Taken>, Failure> {
    let town = &who.town;
    let until = first.checked_add_days(Days::new(7)).unwrap_or(first);
    let between = Span { from: midnight(town, first), until: midnight(town, until) };
    let mut r = app.db.read().await?;
    Ok(store::taken(&mut r, town.id, location, between, MAX_WEEK).await?)
}

/// When a location is open and its desks are there, on the seven days from a day on, as it is planned now.
///
/// # Errors
/// `not_found`.
pub async fn hours(
    app: &App,
    who: &Staff,
    location: LocationId,
    first: NaiveDate,
) -> Result<Vec<(NaiveDate, DayHours)>, Failure> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, &who.town).await?;
    let location = catalogue.locations.get(&location).ok_or_else(|| Failure::new(Code::NotFound))?;
    let of = |day| hours_on(&who.town, (location, &catalogue.services), day);
    Ok(first.iter_days().take(7).map(|day| (day, of(day))).collect())
}

/// Writes down, for each citizen of an agenda, that they were seen in it: once for each look, however often the page is loaded
/// again. A look is one member of staff's, of a day of the town's calendar: with what was on the list already it is the same. For
/// whoever watches over the staff a look is one entry, also where only visitors are on it who are in no register.
///
/// # Errors
/// The database.
pub async fn note_looks(app: &App, who: &Staff, location: LocationId, visits: &[Visit]) -> Result<(), Failure> {
    // A look first: the same again writes nothing, and waits for nobody.
    if !is_new(&mut app.db.read().await?, app, who, (location, visits)).await? {
        return Ok(());
    }
    write_looks(app, who, location, visits).await
}

/// Whom this member of staff saw in an agenda today, each with the visit by which it was noted.
async fn seen_today(r: &mut Read, app: &App, who: &Staff) -> sqlx::Result<HashSet<(ResidentId, Uuid)>> {
    audit::seen_in_agenda(r, who, today(app, who)).await
}

/// Since when a look is today's.
fn today(app: &App, who: &Staff) -> DateTime<Utc> {
    midnight(&who.town, local_day(who.town.zone, app.clock.now()))
}

/// How many visits are of visitors who are in no register.
fn of_visitors(visits: &[Visit]) -> usize {
    visits.iter().filter(|visit| visit.resident_id.is_none()).count()
}

/// Whether these visits are a look that is not noted yet. Of visitors nobody reads the trail: one look at their list a day is noted.
async fn is_new(
    r: &mut Read,
    app: &App,
    who: &Staff,
    (location, visits): (LocationId, &[Visit]),
) -> sqlx::Result<bool> {
    if !unseen(visits, &seen_today(r, app, who).await?).is_empty() {
        return Ok(true);
    }
    Ok(of_visitors(visits) > 0 && !audit::did(r, who, Act::VisitRead, location.0, today(app, who)).await?)
}

/// What is to be noted of these visits, where so much is noted already.
fn unseen(visits: &[Visit], seen: &HashSet<(ResidentId, Uuid)>) -> Vec<Entry> {
    let mut shown: BTreeMap<ResidentId, Vec<AppointmentId>> = BTreeMap::new();
    for visit in visits {
        for resident in visit.residents() {
            shown.entry(resident).or_default().push(visit.id);
        }
    }
    shown
        .iter()
        .filter(|(resident, visits)| !visits.iter().any(|visit| seen.contains(&(**resident, visit.0))))
        .filter_map(|(resident, visits)| Some(Entry::in_agenda(visits.first()?.0, *resident)))
        .collect()
}

async fn write_looks(app: &App, who: &Staff, location: LocationId, visits: &[Visit]) -> Result<(), Failure> {
    let mut w = app.db.write().await?;
    // Of two loads at once one writes, and the other finds it written.
    staff::lock(&mut w, who.id).await?;
    if is_new(&mut w, app, who, (location, visits)).await? {
        let entries = unseen(visits, &seen_today(&mut w, app, who).await?);
        let whole = (&Entry::agenda(location.0), of_visitors(visits));
        audit::record_list(&mut w, app, who, whole, &entries).await?;
    }
    w.commit().await?;
    Ok(())
}

/// The reference in what a code holds or somebody says; none where the code is another town's.
pub fn read_code(town: &Municipality, code: &str) -> Option<String> {
    match code.trim().strip_prefix("thuisloket:") {
        Some(rest) => rest.split_once(':').filter(|(key, _)| *key == town.key).map(|(_, text)| read_reference(text)),
        None => Some(read_reference(code)),
    }
}

/// The visit with this reference.
///
/// # Errors
/// The database.
pub async fn by_reference(r: &mut Read, town: &Municipality, reference: &str) -> sqlx::Result<Option<Visit>> {
    store::by_reference(r, town.id, reference).await
}

/// The visit with this reference, as it was heard.
///
/// # Errors
/// `not_found`.
pub async fn find(app: &App, who: &Staff, reference: &str, reason: Reason) -> Result<Seen, Failure> {
    let found = {
        let mut r = app.db.read().await?;
        match read_code(&who.town, reference) {
            Some(reference) => by_reference(&mut r, &who.town, &reference).await?,
            None => None,
        }
    };
    let found = found.ok_or_else(|| Failure::new(Code::NotFound))?;
    seen(app, who, vec![found], reason).await?.pop().ok_or_else(|| Failure::new(Code::NotFound))
}

/// The visits of some days that somebody of this name has or that are for them, the earliest first: each part of the name must begin a part of
/// theirs, whatever the case of its letters, its accents and its apostrophes, and whether a prefix is written apart.
///
/// # Errors
/// `body_invalid` for more days than are looked through.
pub async fn named(
    app: &App,
    who: &Staff,
    name: &str,
    (first, last): (NaiveDate, NaiveDate),
    reason: Reason,
) -> Result<Vec<Seen>, Failure> {
    if first > last || (last - first).num_days() >= MAX_DAYS {
        return Err(Failure::field(Code::BodyInvalid, "until", format!("must lie within {MAX_DAYS} days after from")));
    }
    let town = &who.town;
    let between = Span { from: midnight(town, first), until: midnight(town, last.succ_opt().unwrap_or(last)) };
    let is_they = |known: &str| rules::is_named(known, name);
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let mut visits = Vec::new();
    for location in catalogue.locations.keys() {
        visits.extend(store::agenda(&mut r, town.id, *location, between, MAX_AGENDA).await?);
    }
    let they: BTreeSet<_> = residents::people(&mut r, town, &whose(&visits))
        .await?
        .into_iter()
        .filter(|p| is_they(&format!("{} {}", p.given_names, p.family_name)))
        .map(|p| p.id)
        .collect();
    drop(r);
    // Of who is not in the register, only the name is known.
    let by_name = |v: &Visit| {
        let named = v.subjects.iter().filter(|s| s.resident.is_none()).map(|s| s.name.as_str());
        std::iter::once(v.visitor.as_str()).chain(named).filter(|known| !known.is_empty()).any(is_they)
    };
    visits.retain(|v| !they.is_disjoint(&v.residents()) || by_name(v));
    visits.sort_by_key(|v| (v.starts_at, v.id));
    visits.truncate(MAX_FOUND);
    seen(app, who, visits, reason).await
}

/// The slip of a visit that stands, in the language of whose it is.
///
/// # Errors
/// `not_found`, also for a visit that is off or over.
pub async fn slip(app: &App, who: &Staff, id: AppointmentId, reason: Reason) -> Result<Slip, Failure> {
    let town = &who.town;
    let mut w = app.db.write().await?;
    let visit = store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if visit.state != VisitState::Booked || visit.ends_at < app.clock.now() {
        return Err(Failure::new(Code::NotFound));
    }
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    // Of what is not planned any more too: the visit stands.
    let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
    let (service, location) = known.ok_or_else(|| Failure::new(Code::NotFound))?;
    let language = match visit.resident_id {
        Some(resident) => inbox::language_of(&mut w, town, resident).await?,
        None => town.language_for(None),
    };
    // Nobody's name stands on it.
    let bring = notices::bring(app, language, town, service, (&visit, false));
    let slip = slip::of_visit(language, town, (service, location), &visit, &bring)?;
    if let Some(resident) = visit.resident_id {
        audit::look(&mut w, app, who, Act::VisitRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok(slip)
}

/// A visit that a member of staff booked or moved, with the name of whose it is. What they did is written down already: that
/// they see what came of it is no second look.
///
/// # Errors
/// The database.
pub async fn shown(app: &App, who: &Staff, visit: Visit) -> Result<Seen, Failure> {
    let mut r = app.db.read().await?;
    called(&mut r, app, &who.town, vec![visit]).await?.pop().ok_or_else(|| Failure::new(Code::NotFound))
}

/// Whom a visit is for, each by the name that the register or the desk has.
///
/// # Errors
/// The database.
pub async fn subjects_of(r: &mut Read, town: &Municipality, id: AppointmentId) -> sqlx::Result<Vec<Subject>> {
    let Some(visit) = store::get(r, town.id, id).await? else { return Ok(Vec::new()) };
    let names = residents::names(r, town, &whose(std::slice::from_ref(&visit))).await?;
    Ok(visit.subjects.iter().map(|subject| called_subject(subject, &names)).collect())
}

/// Somebody's visits, as staff see them.
pub struct OfResident {
    /// Those that are not over, the next first; also those that others booked for them.
    pub coming: Vec<Seen>,
    /// Those that are over or off, the latest first.
    pub past: Vec<Seen>,
}

/// Somebody's visits. Whoever shows them writes down that they were looked at.
///
/// # Errors
/// The database.
pub async fn of_resident(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<OfResident> {
    let mut coming = store::of_resident(r, town.id, resident, now, MAX_OF_RESIDENT).await?;
    for visit in store::coming_for(r, (town.id, resident), now, MAX_OF_RESIDENT).await? {
        if !coming.iter().any(|known| known.id == visit.id) {
            coming.push(visit);
        }
    }
    coming.sort_by_key(|v| (v.starts_at, v.id));
    let past = store::past(r, (town.id, resident), Cursor::BEGINNING, now, MAX_OF_RESIDENT).await?;
    Ok(OfResident { coming: called(r, app, town, coming).await?, past: called(r, app, town, past).await? })
}

async fn seen(app: &App, who: &Staff, visits: Vec<Visit>, reason: Reason) -> Result<Vec<Seen>, Failure> {
    let mut w = app.db.write().await?;
    let mut entries: Vec<_> = whose(&visits).into_iter().map(|id| Entry::about(Act::VisitRead, id, reason)).collect();
    // A visitor who is not in the register is looked at as well, and the trail knows by which visit.
    entries.extend(visits.iter().filter(|v| v.resident_id.is_none()).map(|v| Entry {
        act: Act::VisitRead,
        subject: Some(v.id.0),
        resident: None,
        reason: Some(reason.into()),
        desk: None,
    }));
    audit::record(&mut w, app, who, &entries).await?;
    let seen = called(&mut w, app, &who.town, visits).await?;
    w.commit().await?;
    Ok(seen)
}

/// Whose data these visits show, each once.
fn whose(visits: &[Visit]) -> Vec<ResidentId> {
    visits.iter().flat_map(Visit::residents).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whom a visit is for, by the name that the register has, where it has them.
fn called_subject(subject: &Subject, names: &BTreeMap<ResidentId, String>) -> Subject {
    let known = subject.resident.and_then(|id| names.get(&id).cloned());
    Subject { name: known.unwrap_or_else(|| subject.name.clone()), ..subject.clone() }
}

/// Visits with what to call whoever comes, and where, in their order. Whoever shows them writes down that they were looked at.
///
/// # Errors
/// The database.
pub async fn called(r: &mut Read, app: &App, town: &Municipality, visits: Vec<Visit>) -> sqlx::Result<Vec<Seen>> {
    let catalogue = Catalogue::of(app, r, town).await?;
    let names = residents::names(r, town, &whose(&visits)).await?;
    let name = |v: &Visit| v.resident_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| v.visitor.clone());
    let contact = |visit: &Visit| match catalogue.locations.get(&visit.location_id) {
        Some(location) if location.kind == LocationKind::Video => location.address_of(&visit.contact),
        Some(location) if !location.kind.wants_contact() => String::new(),
        _ => visit.contact.clone(),
    };
    let takes_papers = |visit: &Visit| {
        let service = catalogue.services.get(&visit.service_id);
        let is_theirs = visit.state == VisitState::Booked && visit.resident_id.is_some();
        is_theirs && service.is_some_and(|service| !service.document_kinds.is_empty())
    };
    let seen = |visit: Visit| Seen {
        add_until: takes_papers(&visit).then(|| latest_to_add(app, &visit)),
        name: name(&visit),
        subjects: visit.subjects.iter().map(|subject| called_subject(subject, &names)).collect(),
        contact: contact(&visit),
        visit,
    };
    Ok(visits.into_iter().map(seen).collect())
}
