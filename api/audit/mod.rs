//! Who did what to whose data, and why.
//!
//! Each act of staff, and of a machine, that reads or changes a person's data writes an *entry*, in the transaction of
//! the act where it changes something. Entries are added and, past their keeping, forgotten; none is ever changed. The
//! citizen reads those about them in plain words (GDPR, article 15).
//!
//! A list of many people that was opened is one entry for whoever watches over the staff, and beside it a *part* for each of
//! them, which only they see, and whoever asks for the trail of that one person.

mod model;
pub mod routes;
mod store;
pub mod value;
pub mod work;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::{
    identity::{self, Citizen},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        http::request_id,
        ids::ResidentId,
        language::say,
        page::Cursor,
        problem::{CursorInvalid, Failure, Refused},
        time::{instant, local_day},
    },
    residents,
    staff::{self, Staff},
};

pub use model::{Act, Actor, Entry, EntryId, Reason, SubjectKind, Why};
pub(crate) use store::{ALL as STATEMENTS, LISTED};
pub use store::{ActorRow, EntryRow};

/// The names of the lists, in their cursors: one word each.
const MINE: &str = "audit";
const TOWNS: &str = "town_audit";
/// Entries of an export, the newest: a spreadsheet takes no more with ease. Days ask for others.
const MOST_EXPORTED: i64 = 10_000;
/// Members and machines who are given to choose from.
const MOST_ACTORS: i64 = 1_000;
/// Letters of a person's id that tell one apart from another, without saying who it is. They are random in each of our ids.
const REFERENCE: usize = 8;

/// Writes entries down, in the caller's transaction.
///
/// # Errors
/// The database.
pub async fn record(w: &mut Write, app: &App, actor: impl Into<Actor>, entries: &[Entry]) -> sqlx::Result<()> {
    let (actor, now) = (actor.into(), app.clock.now());
    let request = request_id();
    let entries: Vec<_> = entries.iter().map(|entry| store::New::of(EntryId(app.ids.uuid(now)), entry)).collect();
    let names = names_now(w, app, &actor, &entries).await?;
    store::add(w, &actor, &entries, &names, (&request, now)).await
}

/// Writes down, in the caller's transaction, what a resident did for somebody else in the app: by a mandate, or as a parent. Whose data it
/// was reads it under the name of who did it.
///
/// # Errors
/// The database.
pub async fn record_of_holder(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    holder: ResidentId,
    entries: &[Entry],
) -> sqlx::Result<()> {
    let (actor, now) = (Actor::app(app, town), app.clock.now());
    let request = request_id();
    let new = |entry| store::New { holder: Some(holder), ..store::New::of(EntryId(app.ids.uuid(now)), entry) };
    let entries: Vec<_> = entries.iter().map(new).collect();
    let names = names_now(w, app, &actor, &entries).await?;
    store::add(w, &actor, &entries, &names, (&request, now)).await
}

/// Writes down, in the caller's transaction, that a member of staff looked at a person's data: once a person, a screen (`act`), a reason
/// and a day of the town's calendar, however often the screen is loaded again.
///
/// # Errors
/// The database.
pub async fn look(
    w: &mut Write,
    app: &App,
    who: &Staff,
    act: Act,
    (resident, reason): (ResidentId, Reason),
) -> sqlx::Result<()> {
    let since = instant(who.town.zone, local_day(who.town.zone, app.clock.now()), NaiveTime::MIN);
    // Of two loads at once one writes, and the other finds it written.
    staff::lock(w, who.id).await?;
    let looked = (who.id.0, act.as_str(), reason.as_str());
    if store::looked_at(w, (who.town.id, resident), looked, since).await? {
        return Ok(());
    }
    record(w, app, who, &[Entry::about(act, resident, reason)]).await
}

/// Whether [`look`] would write nothing of any of these people: a screen that is read again and again asks this first, and waits for nobody.
///
/// # Errors
/// The database.
pub async fn looked(app: &App, who: &Staff, act: Act, residents: &[ResidentId], reason: Reason) -> sqlx::Result<bool> {
    let since = instant(who.town.zone, local_day(who.town.zone, app.clock.now()), NaiveTime::MIN);
    let mut r = app.db.read().await?;
    for resident in residents {
        let looked = (who.id.0, act.as_str(), reason.as_str());
        if !store::looked_at(&mut r, (who.town.id, *resident), looked, since).await? {
            return Ok(false);
        }
    }
    Ok(true)
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
/// each of them. Beside them, so many were on it who are in no register.
///
/// # Errors
/// The database.
pub async fn record_list(
    w: &mut Write,
    app: &App,
    actor: impl Into<Actor>,
    (whole, others): (&Entry, usize),
    parts: &[Entry],
) -> sqlx::Result<()> {
    let (actor, now) = (actor.into(), app.clock.now());
    let request = request_id();
    let whole = store::New {
        people: Some(i64::try_from(parts.len() + others).unwrap_or(i64::MAX)),
        ..store::New::of(EntryId(app.ids.uuid(now)), whole)
    };
    let id = whole.id;
    let parts =
        parts.iter().map(|part| store::New { part_of: Some(id), ..store::New::of(EntryId(app.ids.uuid(now)), part) });
    let all: Vec<_> = std::iter::once(whole).chain(parts).collect();
    let names = names_now(w, app, &actor, &all).await?;
    store::add(w, &actor, &all, &names, (&request, now)).await
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

/// To which of these subjects a member of staff did something since an instant, by the trail.
///
/// # Errors
/// The database.
pub async fn did_to(
    r: &mut Read,
    who: &Staff,
    act: Act,
    subjects: &[Uuid],
    since: DateTime<Utc>,
) -> sqlx::Result<HashSet<Uuid>> {
    Ok(store::did_to(r, who.town.id, (who.id.0, act.as_str(), subjects), since).await?.into_iter().collect())
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
    /// Whose data it was, by first name, where it was a child's.
    pub child: Option<String>,
}

/// What was done with the citizen's data and their minor children's, who have no trail of their own to read: newest first, and the cursor
/// of the next page.
///
/// # Errors
/// `cursor_invalid`.
pub async fn of_citizen(
    app: &App,
    who: &Citizen,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Told>, Option<String>), Refused<CursorInvalid>> {
    let after = cursor.map(|c| Cursor::read(MINE, c)).transpose()?;
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let today = local_day(who.town.zone, app.clock.now());
    let family = residents::family(&mut r, &who.town, who.subject.0, today).await?;
    let mut rows = Vec::new();
    for person in &family {
        rows.extend(store::of_resident(&mut r, who.town.id, person.id, after, i64::from(limit) + 1).await?);
    }
    rows.sort_unstable_by_key(|row| std::cmp::Reverse((row.at, row.id)));
    rows.truncate(limit as usize + 1);
    let (rows, next) = paged(rows, MINE, limit);
    let child = |row: &EntryRow| {
        let of = family.iter().find(|p| Some(p.id) == row.resident_id && p.id != who.subject.0);
        of.map(|p| p.call_name().to_owned())
    };
    let holders: Vec<_> = rows.iter().filter_map(|row| row.holder_id).collect::<HashSet<_>>().into_iter().collect();
    let names = residents::names(&mut r, &who.town, &holders).await?;
    let told = rows.into_iter().map(|row| {
        let child = child(&row);
        let town = who.town.name(language);
        // Who was erased since has no name any more.
        let nobody = || say(language, "audit-holder-unknown", &[]);
        let holder = row.holder_id.map(|id| names.get(&id).cloned().unwrap_or_else(nobody));
        let is_look = Act::parse(&row.act).is_some_and(Act::is_look);
        let what = match (&child, &holder) {
            (None, Some(holder)) => say(
                language,
                &format!("audit-holder-{}", row.act.replace('_', "-")),
                &[("municipality", town), ("holder", holder)],
            ),
            (Some(child), Some(holder)) => {
                let key = if is_look { "audit-holder-child-seen" } else { "audit-holder-child-used" };
                say(language, key, &[("holder", holder), ("child", child)])
            }
            // The sentences speak to whose data it was.
            (Some(child), None) => {
                let key = if is_look { "audit-child-seen" } else { "audit-child-used" };
                say(language, key, &[("municipality", town), ("child", child)])
            }
            (None, None) => say(language, &format!("audit-{}", row.act.replace('_', "-")), &[("municipality", town)]),
        };
        let why = row.reason.map(|reason| say(language, &format!("audit-reason-{reason}"), &[]));
        Told { id: row.id, at: row.at, what, why, child }
    });
    Ok((told.collect(), next))
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
) -> Result<(Vec<Seen>, Option<String>), Refused<CursorInvalid>> {
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
    let subject = wanted.resident.map(|r| r.0);
    let entry = Entry { act: Act::AuditRead, subject, resident: None, reason: None, desk: None };
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
