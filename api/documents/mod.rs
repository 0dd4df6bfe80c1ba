//! Documents that expire, and telling their holders in time.
//!
//! What a citizen can do here: see their documents and their minor children's, with how each is renewed; ask of any
//! reminder why it came. What the town does unasked: each document knows when its next stage is due, a worker claims
//! what is due, decides, and writes message, outbox rows and record in one transaction. A stage is told once, or held
//! back with a reason; the table's key sees to it.

pub mod import;
pub mod lead_time;
pub mod missed;
pub mod notices;
pub mod routes;
mod rows;
pub mod rules;
mod settled;
pub(crate) mod store;
pub mod value;
pub mod visits;
pub mod work;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    appointments::{
        booking::{self, BookedFor},
        notices::document_name,
    },
    identity::{self, Citizen},
    inbox::{self, MessageId},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        language::{Language, date, say},
        problem::{Code, Failure},
        time::local_day,
    },
    residents,
};
use rules::{Calendar, Facts, Policy, Standing};
use store::Document;

pub use crate::platform::ids::DocumentId;
pub(crate) use store::{ALL as STATEMENTS, CLAIMING, LISTED, erase, waiting};

/// Reminders to one person that are shown.
const MAX_REMINDED: i64 = 100;

/// The most days by which closed days move a reminder.
const CLOSED_DAYS: i64 = 10;

/// The town's calendar.
pub fn calendar(town: &Municipality) -> Calendar<'_> {
    Calendar { zone: town.zone, closing: &town.closing }
}

/// The town's policy for a series.
pub fn policies(town: &Municipality, series: &str) -> Option<Policy> {
    rules::policy(series, town.reminders.get(series))
}

/// What the schedule needs of a stored document.
pub fn facts(document: &Document, born_on: Option<NaiveDate>, today: NaiveDate) -> Facts {
    Facts {
        kind: document.kind.clone(),
        issued_on: document.issued_on,
        expires_on: document.expires_on,
        ready_on: document.ready_on.filter(|_| document.collected_on.is_none_or(|day| day > today)),
        collected_on: document.collected_on,
        born_on,
        called_on: document.called_on,
    }
}

/// The day of the visit to come that is booked for a document, whoever booked it, or as the register says.
fn visit_on(document: &Document, booked: Option<&BookedFor>, today: NaiveDate) -> Option<NaiveDate> {
    booked.map(|b| b.day).or(document.appointment_on).filter(|day| *day >= today)
}

/// A document as its reader sees it.
pub struct Shown {
    /// As it is stored.
    pub document: Document,
    /// Whose it is, if it is a child's.
    pub child: Option<String>,
    /// The visit that is booked for it.
    pub booked: Option<BookedFor>,
    /// How it stands today.
    pub standing: Standing,
    /// The language of the texts.
    pub language: Language,
}

/// The citizen's documents and their minor children's, those that end first first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Shown>, Failure> {
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let mut all = of_resident(&mut r, &who.town, who.subject.0, language, app.clock.now()).await?;
    if who.acting.is_some() {
        // A mandate is for one person, and not for the children of theirs.
        all.retain(|shown| shown.document.resident_id == who.subject.0);
    }
    Ok(all)
}

/// A resident's documents and their minor children's, those that end first first.
///
/// # Errors
/// The database.
pub async fn of_resident(
    r: &mut Read,
    town: &Municipality,
    resident: ResidentId,
    language: Language,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Shown>> {
    let today = local_day(town.zone, now);
    let mut all = Vec::new();
    let family = residents::family(r, town, resident, today).await?;
    for person in family {
        let child = (person.id != resident).then(|| person.call_name().to_owned());
        for document in store::of_resident(r, town.id, person.id, today).await? {
            let policy = policies(town, &document.kind);
            let standing = rules::standing(document.expires_on, policy.as_ref(), today);
            // What will be collected lies ready until then.
            let collected_on = document.collected_on.filter(|day| *day <= today);
            let document = Document { collected_on, ..document };
            all.push(Shown { document, child: child.clone(), booked: None, standing, language });
        }
    }
    let ids: Vec<_> = all.iter().map(|shown| shown.document.id).collect();
    let booked = booking::booked_for(r, town, &ids, now).await?;
    for shown in &mut all {
        shown.booked = booked.get(&shown.document.id).copied();
        shown.document.appointment_on = visit_on(&shown.document, shown.booked.as_ref(), today);
    }
    all.sort_by_key(|s| (s.document.expires_on.is_none(), s.document.expires_on, s.document.id));
    Ok(all)
}

/// One document of the citizen or a minor child of theirs.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Citizen, id: DocumentId) -> Result<Shown, Failure> {
    list(app, who).await?.into_iter().find(|s| s.document.id == id).ok_or_else(|| Failure::new(Code::NotFound))
}

/// What became of one reminder for somebody.
pub struct Reminded {
    /// As it is stored.
    pub row: store::ReminderRow,
    /// Whose document it is, if it is a child's.
    pub child: Option<String>,
}

/// What became of the reminders to somebody, the latest first; [`MAX_REMINDED`] at most.
///
/// # Errors
/// The database.
pub async fn reminders_to(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Vec<Reminded>> {
    let rows = store::reminders_to(r, (town.id, resident), MAX_REMINDED).await?;
    let children: BTreeSet<_> = rows.iter().map(|row| row.resident_id).filter(|id| *id != resident).collect();
    let children: Vec<_> = children.into_iter().collect();
    let people = residents::people(r, town, &children).await?;
    let name = |id| people.iter().find(|p| p.id == id).map(|p| p.call_name().to_owned());
    let one = |row: store::ReminderRow| Reminded { child: name(row.resident_id), row };
    Ok(rows.into_iter().map(one).collect())
}

/// Why a reminder came: by which rule, from which datum of when, and how to stop it.
pub struct Why {
    /// One line for each document it speaks of.
    pub rules: Vec<String>,
    /// Where the datum comes from, and when it was last told.
    pub sources: Vec<String>,
    /// How to stop it.
    pub stop: String,
}

/// Refuses what a message says to who acts for its reader and does not read it: a parent's of a child.
///
/// # Errors
/// `not_found`.
async fn not_kept_from(app: &App, who: &Citizen, message: MessageId) -> Result<(), Failure> {
    if who.acting.is_some() {
        inbox::get(app, who, message).await?;
    }
    Ok(())
}

/// Why the citizen got this message.
///
/// # Errors
/// `not_found` for a message that is not theirs, or is no reminder.
pub async fn why(app: &App, who: &Citizen, message: MessageId) -> Result<Why, Failure> {
    not_kept_from(app, who, message).await?;
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let behind = store::by_message(&mut r, who.town.id, who.subject.0, message).await?;
    if behind.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    let (mut lines, mut sources) = (Vec::new(), Vec::new());
    for stage in &behind {
        let anchor = date(language, stage.anchor_on);
        let document = document_name(language, &stage.kind);
        // Called earlier by the queue, it says how long before it was; a closed day moves it by less.
        let before = (stage.anchor_on - stage.due_on).num_days();
        let called = stage.stage > 0 && before > stage.stage + CLOSED_DAYS;
        let days = if called { before } else { stage.stage.abs() }.to_string();
        let key = match (stage.series.as_str(), stage.stage) {
            (rules::READY, _) => "why-ready",
            (rules::CERTIFICATE, _) => "why-certificate",
            (rules::SIGNING, _) => "why-signing",
            (_, ..0) => "why-after",
            _ if called => "why-called",
            _ => "why-before",
        };
        lines.push(say(language, key, &[("document", &document), ("days", &days), ("date", &anchor)]));
        let told = date(language, local_day(who.town.zone, stage.updated_at));
        sources.push(say(language, "why-source", &[("municipality", who.town.name(language)), ("date", &told)]));
    }
    sources.dedup();
    let mut stop = say(language, "why-stop", &[]);
    // Only of what it is true of: a parent who waits for a letter that never comes misses the day.
    if behind.iter().all(|stage| rules::kind_of(&stage.kind).is_some_and(|kind| kind.letter)) {
        stop = format!("{stop} {}", say(language, "why-letter", &[]));
    }
    Ok(Why { rules: lines, sources, stop })
}
