//! Who did what to whose data, and why.
//!
//! Each act of staff, and of a machine, that reads or changes a person's data writes an *entry*, in the transaction of
//! the act where it changes something. Entries are added and, past their keeping, forgotten; none is ever changed. The
//! citizen reads those about them in plain words (GDPR, article 15).

pub mod routes;
mod store;
pub mod work;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
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
        language::say,
        page::Cursor,
        problem::Failure,
    },
    staff::Staff,
};

pub(crate) use store::ALL as STATEMENTS;
pub use store::EntryRow;

/// The names of the lists, in their cursors.
const MINE: &str = "audit";
const TOWNS: &str = "town audit";

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
}

impl From<&Staff> for Actor {
    fn from(staff: &Staff) -> Self {
        Self { town: staff.town.id, kind: "staff", id: staff.id.0, name: staff.name.clone() }
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
    let entries: Vec<_> = entries.iter().map(|entry| (EntryId(app.ids.uuid(now)), entry)).collect();
    store::add(w, &actor, &entries, &request, now).await
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
    let rows = store::of_resident(&mut r, who.town.id, who.resident, after, i64::from(limit) + 1).await?;
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

/// What was done in the town, by anybody, newest first, or with one person's data. Looking is itself written down.
///
/// # Errors
/// `cursor_invalid`.
pub async fn of_town(
    app: &App,
    who: &Staff,
    resident: Option<ResidentId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<EntryRow>, Option<String>), Failure> {
    let after = cursor.map(|c| Cursor::read(TOWNS, c)).transpose()?;
    let mut w = app.db.write().await?;
    let limit_and_one = i64::from(limit) + 1;
    let rows = match resident {
        Some(resident) => store::of_resident(&mut w, who.town.id, resident, after, limit_and_one).await?,
        None => store::of_town(&mut w, who.town.id, after, limit_and_one).await?,
    };
    let entry = Entry { act: Act::AuditRead, subject: resident.map(|r| r.0), resident: None, reason: None };
    record(&mut w, app, who, &[entry]).await?;
    w.commit().await?;
    Ok(paged(rows, TOWNS, limit))
}

/// One more row than asked tells whether there is a next page.
fn paged(mut rows: Vec<EntryRow>, list: &str, limit: u32) -> (Vec<EntryRow>, Option<String>) {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|e| Cursor { at: e.at, id: e.id.0 }.write(list));
    (rows, next)
}
