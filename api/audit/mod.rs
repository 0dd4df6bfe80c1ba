//! Who did what to whose data, and why.
//!
//! Each act of staff, and of a machine, that reads or changes a person's data writes an *entry*, in the transaction of
//! the act where it changes something. Entries are added and, past their keeping, forgotten; none is ever changed. The
//! citizen reads those about them in plain words (GDPR, article 15).
//!
//! A list of many people that was opened is one entry for whoever watches over the staff, and beside it a *part* for each of
//! them, which only they see, and whoever asks for the trail of that one person.

pub mod routes;
mod store;
pub mod work;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures_util::FutureExt as _;
use poem_openapi::types::ToJSON as _;
use serde::{
    Deserialize, Serialize,
    de::{IntoDeserializer as _, value::StrDeserializer},
};
use uuid::Uuid;

use crate::{
    id_type, identity,
    identity::Citizen,
    platform::{
        App,
        db::{Read, Write},
        erased::Erased,
        http::request_id,
        ids::{MunicipalityId, ResidentId},
        language::{Language, say},
        page::Cursor,
        problem::Failure,
        room::{Names, Room, Step, names_of},
        time::instant,
    },
    staff::Staff,
};

pub(crate) use store::ALL as STATEMENTS;
pub use store::{ActorRow, EntryRow};

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Who did what, and who looked at the data of whom.",
    owns: &["audit_entry"],
    statements: &[STATEMENTS],
    problems: [&[routes::PROBLEMS], &[routes::PROBLEMS]],
    housekeeping: &[Step { name: "audit", run: |s| work::step(&s.app).boxed() }],
    ..Room::named("audit")
};
/// What citizens may call here.
pub type CitizenApi = routes::MyAuditApi;
/// What staff and machines may call here.
pub type StaffApi = routes::AuditApi;

/// The names of the lists, in their cursors: one word each.
const MINE: &str = "audit";
const TOWNS: &str = "town_audit";
/// Entries of an export, the newest: a spreadsheet takes no more with ease. Days ask for others.
const MOST_EXPORTED: i64 = 10_000;
/// Members and machines who are given to choose from.
const MOST_ACTORS: i64 = 1_000;
/// Letters of a person's id that tell one apart from another, without saying who it is. They are random in each of our ids.
const REFERENCE: usize = 8;

id_type! {
    /// An entry of the audit trail.
    EntryId;
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Act {
    /// Somebody was looked up.
    ResidentFound,
    /// Somebody's name, address and birth date were read.
    ResidentRead,
    /// Somebody's documents were read.
    DocumentsRead,
    /// Somebody was signed out on all devices.
    SessionsEnded,
    /// A key of a machine was made.
    KeyMade,
    /// A key of a machine was replaced.
    KeyRotated,
    /// A key of a machine was revoked.
    KeyRevoked,
    /// A role was taken from a colleague.
    RoleWithdrawn,
    /// A role was given back to a colleague.
    RoleGivenBack,
    /// The register was sent in.
    RegisterSent,
    /// An upload was cancelled.
    UploadCancelled,
    /// The report of wrong rows was read.
    ReportRead,
    /// The audit trail was read.
    AuditRead,
    /// What can be booked was changed.
    CatalogueChanged,
    /// A location was closed for a sudden reason.
    LocationClosed,
    /// It was opened again.
    LocationReopened,
    /// Somebody's visit was booked for them.
    VisitBooked,
    /// Somebody's visit was moved.
    VisitMoved,
    /// Somebody's visit was cancelled.
    VisitCancelled,
    /// Somebody's visit was read.
    VisitRead,
    /// An announcement was written, or submitted.
    AnnouncementWritten,
    /// A colleague was asked to approve an announcement.
    AnnouncementSubmitted,
    /// An announcement was approved.
    AnnouncementApproved,
    /// An announcement was called off.
    AnnouncementCancelled,
    /// An announcement was withdrawn.
    AnnouncementWithdrawn,
    /// A draft of an announcement was thrown away.
    AnnouncementDiscarded,
    /// An audience was kept under a name, or forgotten.
    AudienceKept,
    /// A list of people was made from a file, or forgotten.
    PeopleListMade,
    /// Whom an announcement could not reach in the app was read.
    UnreachedRead,
    /// Somebody was received, and got a number.
    VisitorReceived,
    /// Somebody was called to a desk.
    VisitorCalled,
    /// Somebody was served at a desk.
    VisitorServed,
    /// Somebody was called and did not come.
    VisitorMissed,
    /// Somebody with a number went away before they were called.
    VisitorLeft,
    /// Somebody was sent on to another service.
    VisitorSentOn,
    /// What was kept of people who died, left or were retired from the register was erased.
    PeopleErased,
}

impl Act {
    /// As it is stored.
    fn as_str(self) -> &'static str {
        match self {
            Self::ResidentFound => "resident_found",
            Self::ResidentRead => "resident_read",
            Self::DocumentsRead => "documents_read",
            Self::SessionsEnded => "sessions_ended",
            Self::KeyMade => "key_made",
            Self::KeyRotated => "key_rotated",
            Self::KeyRevoked => "key_revoked",
            Self::RoleWithdrawn => "role_withdrawn",
            Self::RoleGivenBack => "role_given_back",
            Self::RegisterSent => "register_sent",
            Self::UploadCancelled => "upload_cancelled",
            Self::ReportRead => "report_read",
            Self::AuditRead => "audit_read",
            Self::CatalogueChanged => "catalogue_changed",
            Self::LocationClosed => "location_closed",
            Self::LocationReopened => "location_reopened",
            Self::VisitBooked => "visit_booked",
            Self::VisitMoved => "visit_moved",
            Self::VisitCancelled => "visit_cancelled",
            Self::VisitRead => "visit_read",
            Self::AnnouncementWritten => "announcement_written",
            Self::AnnouncementSubmitted => "announcement_submitted",
            Self::AnnouncementApproved => "announcement_approved",
            Self::AnnouncementCancelled => "announcement_cancelled",
            Self::AnnouncementWithdrawn => "announcement_withdrawn",
            Self::AnnouncementDiscarded => "announcement_discarded",
            Self::AudienceKept => "audience_kept",
            Self::PeopleListMade => "people_list_made",
            Self::UnreachedRead => "unreached_read",
            Self::VisitorReceived => "visitor_received",
            Self::VisitorCalled => "visitor_called",
            Self::VisitorServed => "visitor_served",
            Self::VisitorMissed => "visitor_missed",
            Self::VisitorLeft => "visitor_left",
            Self::VisitorSentOn => "visitor_sent_on",
            Self::PeopleErased => "people_erased",
        }
    }
}

/// Why a person's data are looked at. One of a list, so that it can be told to the citizen in their language, and so that
/// nobody writes there what belongs elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Reason {
    /// They are at the counter.
    Visit,
    /// They are on the telephone.
    Telephone,
    /// They wrote.
    Letter,
    /// To handle a request of theirs.
    Request,
    /// To put a mistake right.
    Correction,
}

impl Reason {
    fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Telephone => "telephone",
            Self::Letter => "letter",
            Self::Request => "request",
            Self::Correction => "correction",
        }
    }
}

/// What stands in an entry as its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// What whoever did it said.
    Said(Reason),
    /// The list of a day's visits was looked at: nobody asked for it, and all who are on it were seen.
    Agenda,
    /// How much was erased.
    Erased(String),
}

impl From<Reason> for Why {
    fn from(reason: Reason) -> Self {
        Self::Said(reason)
    }
}

impl Why {
    const AGENDA: &str = "agenda";

    /// As it is stored.
    fn as_str(&self) -> &str {
        match self {
            Self::Said(reason) => reason.as_str(),
            Self::Agenda => Self::AGENDA,
            Self::Erased(counts) => counts,
        }
    }
}

/// Who did it.
pub struct Actor {
    /// The town they acted for.
    pub town: MunicipalityId,
    /// `staff` or `machine`.
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
    /// Their name, written out: it outlives the account.
    pub name: String,
    /// The town's first language: what things are called in it is kept.
    pub language: Language,
}

impl From<&Staff> for Actor {
    fn from(staff: &Staff) -> Self {
        Self {
            town: staff.town.id,
            kind: "staff",
            id: staff.id.0,
            name: staff.name.clone(),
            language: staff.town.language_for(None),
        }
    }
}

/// What is written down.
pub struct Entry {
    /// What was done.
    pub act: Act,
    /// To what: a key, an upload, a colleague.
    pub subject: Option<Uuid>,
    /// To whose data.
    pub resident: Option<ResidentId>,
    /// Why.
    pub reason: Option<Why>,
}

impl Entry {
    /// An act on something that is no person's.
    pub fn on(act: Act, subject: Uuid) -> Self {
        Self { act, subject: Some(subject), resident: None, reason: None }
    }

    /// An act on a person's data.
    pub fn about(act: Act, resident: ResidentId, reason: Reason) -> Self {
        Self { act, subject: None, resident: Some(resident), reason: Some(Why::Said(reason)) }
    }

    /// Somebody was on the list of whom an announcement could not reach in the app. That they were on it is the reason.
    pub fn unreached(announcement: Uuid, resident: ResidentId) -> Self {
        Self { act: Act::UnreachedRead, subject: Some(announcement), resident: Some(resident), reason: None }
    }

    /// The agenda of a location was looked at.
    pub fn agenda(location: Uuid) -> Self {
        Self { act: Act::VisitRead, subject: Some(location), resident: None, reason: Some(Why::Agenda) }
    }

    /// A visit of somebody was seen in the agenda.
    pub fn in_agenda(visit: Uuid, resident: ResidentId) -> Self {
        Self { act: Act::VisitRead, subject: Some(visit), resident: Some(resident), reason: Some(Why::Agenda) }
    }

    /// So much was erased; of whom is what nobody knows any more.
    pub fn erased(counts: &Erased) -> Self {
        Self { act: Act::PeopleErased, subject: None, resident: None, reason: Some(Why::Erased(counts.to_string())) }
    }
}

/// Writes entries down, in the caller's transaction.
///
/// # Errors
/// The database.
pub async fn record(w: &mut Write, app: &App, actor: impl Into<Actor>, entries: &[Entry]) -> sqlx::Result<()> {
    let (actor, now) = (actor.into(), app.clock.now());
    let request = request_id();
    let entries: Vec<_> = entries.iter().map(|entry| store::New::of(EntryId(app.ids.uuid(now)), entry)).collect();
    let names = names_now(w, app, &actor, &entries).await?;
    store::add(w, &actor, &entries, &names, &request, now).await
}

/// What the subjects of entries are called as these are written, where the trail keeps that: what was approved is told by the title that
/// it had.
async fn names_now(
    r: &mut Read,
    app: &App,
    actor: &Actor,
    entries: &[store::New<'_>],
) -> sqlx::Result<HashMap<Uuid, String>> {
    let mut wanted: HashMap<SubjectKind, HashSet<Uuid>> = HashMap::new();
    for store::New { entry, .. } in entries {
        for kind in entry.act.subjects() {
            wanted.entry(*kind).or_default().extend(entry.subject);
        }
    }
    let mut known = HashMap::new();
    for (kind, ids) in wanted {
        let Some(how) = kind.names(app).filter(|how| how.kept) else { continue };
        let ids: Vec<_> = ids.into_iter().collect();
        for (id, name) in store::names(r, actor.town, how, &ids).await? {
            known.extend(store::said(&name, actor.language.code()).map(|name| (id, name)));
        }
    }
    Ok(known)
}

/// Writes down, in the caller's transaction, that a list of people was seen: one entry that says of how many, and a part of it for
/// each of them.
///
/// # Errors
/// The database.
pub async fn record_list(
    w: &mut Write,
    app: &App,
    actor: impl Into<Actor>,
    whole: &Entry,
    parts: &[Entry],
) -> sqlx::Result<()> {
    let (actor, now) = (actor.into(), app.clock.now());
    let request = request_id();
    let whole = store::New {
        people: Some(i64::try_from(parts.len()).unwrap_or(i64::MAX)),
        ..store::New::of(EntryId(app.ids.uuid(now)), whole)
    };
    let id = whole.id;
    let parts =
        parts.iter().map(|part| store::New { part_of: Some(id), ..store::New::of(EntryId(app.ids.uuid(now)), part) });
    let all: Vec<_> = std::iter::once(whole).chain(parts).collect();
    let names = names_now(w, app, &actor, &all).await?;
    store::add(w, &actor, &all, &names, &request, now).await
}

/// The visits that a member of staff saw in agendas since an instant, and whose they are.
///
/// # Errors
/// The database.
pub async fn seen_in_agenda(
    r: &mut Read,
    who: &Staff,
    since: DateTime<Utc>,
) -> sqlx::Result<HashSet<(ResidentId, Uuid)>> {
    Ok(store::looked(r, who.town.id, who.id.0, (Act::VisitRead.as_str(), Why::AGENDA), since)
        .await?
        .into_iter()
        .collect())
}

/// Whether a member of staff did something with a subject since an instant, by the trail.
///
/// # Errors
/// The database.
pub async fn did(r: &mut Read, who: &Staff, act: Act, subject: Uuid, since: DateTime<Utc>) -> sqlx::Result<bool> {
    store::did(r, who.town.id, (who.id.0, act.as_str(), subject), since).await
}

/// An entry as its citizen reads it.
pub struct Told {
    /// The entry.
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// What, in words.
    pub what: String,
    /// Why, in words.
    pub why: Option<String>,
}

/// What was done with the citizen's data, newest first, and the cursor of the next page.
///
/// # Errors
/// `cursor_invalid`.
pub async fn of_citizen(
    app: &App,
    who: &Citizen,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Told>, Option<String>), Failure> {
    let after = cursor.map(|c| Cursor::read(MINE, c)).transpose()?;
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let rows = store::of_resident(&mut r, who.town.id, who.subject.0, after, i64::from(limit) + 1).await?;
    let (rows, next) = paged(rows, MINE, limit);
    let town = [("municipality", who.town.name(language))];
    let told = rows.into_iter().map(|row| Told {
        id: row.id,
        at: row.at,
        what: say(language, &format!("audit-{}", row.act.replace('_', "-")), &town),
        why: row.reason.map(|reason| say(language, &format!("audit-reason-{reason}"), &[])),
    });
    Ok((told.collect(), next))
}

/// What kind of thing an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum SubjectKind {
    /// An announcement, by its title.
    Announcement,
    /// A location, by its name.
    Location,
    /// A service, by its name.
    Service,
    /// A visit, by its service.
    Visit,
    /// A turn in the queue, by its number.
    Ticket,
    /// A key of a machine, by its name.
    Key,
    /// A member of staff, by their name.
    Member,
    /// A file of the register, by what it holds: `residents` or `documents`.
    Upload,
    /// An audience that is kept, by its name.
    Audience,
    /// A list of people, by its name.
    PeopleList,
    /// A person of the register, whose name the trail does not tell.
    Person,
}

impl SubjectKind {
    /// How the room that has such things calls them. It comes after this one, and says so in its value.
    fn names(self, app: &App) -> Option<&'static Names> {
        let word = self.to_json()?;
        names_of(app.rooms, word.as_str()?)
    }
}

impl Act {
    /// As it was stored; none for a newer server's.
    fn parse(text: &str) -> Option<Self> {
        let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
        Self::deserialize(text).ok()
    }

    /// What its subject can be; of a plan, a service or a location.
    fn subjects(self) -> &'static [SubjectKind] {
        use SubjectKind::{
            Announcement, Audience, Key, Location, Member, PeopleList, Person, Service, Ticket, Upload, Visit,
        };
        match self {
            Self::AnnouncementWritten
            | Self::AnnouncementSubmitted
            | Self::AnnouncementApproved
            | Self::AnnouncementCancelled
            | Self::AnnouncementWithdrawn
            | Self::AnnouncementDiscarded
            | Self::UnreachedRead => &[Announcement],
            Self::LocationClosed | Self::LocationReopened => &[Location],
            Self::CatalogueChanged => &[Service, Location],
            Self::VisitRead => &[Visit, Location],
            Self::VisitBooked | Self::VisitMoved | Self::VisitCancelled => &[Visit],
            Self::VisitorReceived
            | Self::VisitorCalled
            | Self::VisitorServed
            | Self::VisitorMissed
            | Self::VisitorLeft
            | Self::VisitorSentOn => &[Ticket],
            Self::KeyMade | Self::KeyRotated | Self::KeyRevoked => &[Key],
            Self::RoleWithdrawn | Self::RoleGivenBack => &[Member],
            Self::RegisterSent | Self::UploadCancelled | Self::ReportRead => &[Upload],
            Self::AudienceKept => &[Audience],
            Self::PeopleListMade => &[PeopleList],
            Self::AuditRead => &[Person],
            Self::ResidentFound
            | Self::ResidentRead
            | Self::DocumentsRead
            | Self::SessionsEnded
            | Self::PeopleErased => &[],
        }
    }
}

/// What the subject of an entry can be.
fn subjects(row: &EntryRow) -> &'static [SubjectKind] {
    Act::parse(&row.act).map_or(&[], Act::subjects)
}

/// An entry as whoever watches over the staff reads it.
pub struct Seen {
    /// As it is stored.
    pub row: EntryRow,
    /// What kind of thing it is about, where that is still there or never had a name.
    pub kind: Option<SubjectKind>,
    /// What that is called, in the town's first language.
    pub name: Option<String>,
}

impl Seen {
    /// What tells the person apart from others whom the trail has, without saying who it is.
    pub fn person(&self) -> Option<String> {
        let subject = self.row.subject_id.filter(|_| self.kind == Some(SubjectKind::Person));
        let id = self.row.resident_id.map(|r| r.0).or(subject)?.simple().to_string();
        Some(id[id.len() - REFERENCE..].to_owned())
    }
}

/// Which entries are wanted.
#[derive(Default)]
pub struct Wanted {
    /// About this person's data.
    pub resident: Option<ResidentId>,
    /// By this member or machine.
    pub actor: Option<Uuid>,
    /// This act.
    pub act: Option<Act>,
    /// From the first instant of this day, on the town's clocks.
    pub from: Option<NaiveDate>,
    /// To the last of this one.
    pub until: Option<NaiveDate>,
}

/// What was done in the town, newest first: by anybody or by one, or with one person's data. Looking is itself written down.
///
/// # Errors
/// `cursor_invalid`.
pub async fn of_town(
    app: &App,
    who: &Staff,
    wanted: &Wanted,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Seen>, Option<String>), Failure> {
    let after = cursor.map(|c| Cursor::read(TOWNS, c)).transpose()?;
    let (rows, next) = paged(read(app, who, wanted, after, i64::from(limit) + 1).await?, TOWNS, limit);
    Ok((named(app, who, rows).await?, next))
}

/// The same for a spreadsheet, without pages: the newest ten thousand.
///
/// # Errors
/// The database.
pub async fn export(app: &App, who: &Staff, wanted: &Wanted) -> Result<Vec<Seen>, Failure> {
    let rows = read(app, who, wanted, None, MOST_EXPORTED).await?;
    named(app, who, rows).await
}

/// Reads entries, and writes down that they were read.
async fn read(
    app: &App,
    who: &Staff,
    wanted: &Wanted,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<EntryRow>, Failure> {
    let midnight = |day: NaiveDate| instant(who.town.zone, day, NaiveTime::MIN);
    let from = wanted.from.map_or(DateTime::UNIX_EPOCH, midnight);
    let after = after.unwrap_or(Cursor::BEGINNING);
    // Behind the last instant of the day: before the first of the next.
    let after = match wanted.until.and_then(|day| day.succ_opt()).map(midnight) {
        Some(end) if end <= after.at => Cursor { at: end, id: Uuid::nil() },
        _ => after,
    };
    let mut w = app.db.write().await?;
    let (town, act) = (who.town.id, wanted.act.map(Act::as_str));
    let span = store::Span { from, after, limit };
    let rows = match wanted.resident {
        Some(resident) => store::of_resident_by(&mut w, town, resident, (wanted.actor, act), span).await?,
        None => store::of_town(&mut w, town, (wanted.actor, act), span).await?,
    };
    let entry = Entry { act: Act::AuditRead, subject: wanted.resident.map(|r| r.0), resident: None, reason: None };
    record(&mut w, app, who, &[entry]).await?;
    w.commit().await?;
    Ok(rows)
}

/// Looks up what the things are called that entries are about.
async fn named(app: &App, who: &Staff, rows: Vec<EntryRow>) -> Result<Vec<Seen>, Failure> {
    let mut wanted: HashMap<SubjectKind, Vec<Uuid>> = HashMap::new();
    for row in &rows {
        for kind in subjects(row) {
            wanted.entry(*kind).or_default().extend(row.subject_id);
        }
    }
    let language = who.town.language_for(None);
    let mut names = HashMap::new();
    let mut r = app.db.read().await?;
    for (kind, mut ids) in wanted {
        ids.sort_unstable();
        ids.dedup();
        let Some(how) = kind.names(app) else { continue };
        for (id, name) in store::names(&mut r, who.town.id, how, &ids).await? {
            names.insert((kind, id), store::said(&name, language.code()));
        }
    }
    let seen = rows.into_iter().map(|row| {
        let known = row.subject_id.and_then(|id| {
            let kinds = subjects(&row).iter();
            kinds
                .copied()
                .find(|kind| *kind == SubjectKind::Person || names.contains_key(&(*kind, id)))
                .map(|k| (k, id))
        });
        // What is gone, and was called something then, is of the kind that such an act is of.
        let of_act = || subjects(&row).first().copied().zip(row.subject_id).filter(|_| row.subject_name.is_some());
        let known = known.or_else(of_act);
        let now = || known.and_then(|key| names.get(&key).cloned()).flatten();
        let name = row.subject_name.clone().or_else(now);
        Seen { row, kind: known.map(|(kind, _)| kind), name }
    });
    Ok(seen.collect())
}

/// Who acted in the town, as far as the trail goes back: members and machines, each by the name they last had.
///
/// # Errors
/// The database.
pub async fn actors(app: &App, who: &Staff) -> Result<Vec<ActorRow>, Failure> {
    let mut r = app.db.read().await?;
    let mut all = store::actors(&mut r, who.town.id, MOST_ACTORS).await?;
    all.sort_by_cached_key(|a| (a.name.to_lowercase(), a.id));
    Ok(all)
}

/// One more row than asked tells whether there is a next page.
fn paged(mut rows: Vec<EntryRow>, list: &str, limit: u32) -> (Vec<EntryRow>, Option<String>) {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|e| Cursor { at: e.at, id: e.id.0 }.write(list));
    (rows, next)
}
