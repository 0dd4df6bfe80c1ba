//! Counter staff help a citizen who is there, or on the telephone: look them up, see their documents, sign them out of a
//! phone that was lost. Each look is written down with its reason, and the citizen can read that.

pub mod missed_routes;
pub mod routes;
pub mod value;

use std::collections::{BTreeSet, HashMap};

use chrono::{Duration, NaiveDate};
use uuid::Uuid;

use crate::{
    appointments::{agenda, waiting},
    audit::{self, Act, Entry, Reason},
    calls,
    documents::{self, Reminded, Shown, missed::Missed},
    identity::{self, Identity},
    inbox::{self, Notice, Plan, Worth},
    letters,
    platform::{
        App,
        db::Write,
        idempotency::Idempotency,
        ids::ResidentId,
        language::{Language, say},
        page::Cursor,
        problem::{Code, Failure},
    },
    push::{
        Category,
        preferences::{self, Choice},
    },
    queue::{self, Turn},
    residents::{self, Detail, rules::NationalNumber},
    staff::Staff,
};

/// The most people that one look-up shows.
const MAX_FOUND: usize = 20;

/// By what somebody is looked up.
pub enum Question {
    /// By their national number.
    Number(NationalNumber),
    /// By the beginning of their family name and their birth date.
    Name {
        /// How the family name begins.
        family_name: String,
        /// The birth date.
        born_on: NaiveDate,
    },
}

/// What the counter sees of somebody.
pub struct Seen {
    /// Who they are and where they live.
    pub detail: Detail,
    /// Whether they have the app.
    pub has_app: bool,
}

/// Looks somebody up. Each person that is shown can read that they were.
///
/// # Errors
/// The database.
pub async fn find(app: &App, who: &Staff, question: &Question, reason: Reason) -> Result<Vec<Seen>, Failure> {
    let mut w = app.db.write().await?;
    let mut found = match question {
        Question::Number(number) => match residents::by_national_number(&mut w, &who.town, number).await? {
            Some(person) => residents::detail(&mut w, &who.town, person.id).await?.into_iter().collect(),
            None => Vec::new(),
        },
        Question::Name { family_name, born_on } => residents::born_on(&mut w, &who.town, *born_on, family_name).await?,
    };
    found.truncate(MAX_FOUND);
    let entries: Vec<_> = found.iter().map(|d| Entry::about(Act::ResidentFound, d.person.id, reason)).collect();
    audit::record(&mut w, app, who, &entries).await?;
    let ids: Vec<_> = found.iter().map(|d| d.person.id).collect();
    let with_app = identity::with_account(&mut w, who.town.id, &ids).await?;
    w.commit().await?;
    let has_app = |id| with_app.iter().any(|(with, _)| *with == id);
    Ok(found.into_iter().map(|detail| Seen { has_app: has_app(detail.person.id), detail }).collect())
}

/// Shows one person.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<Seen, Failure> {
    let mut w = app.db.write().await?;
    let detail = residents::detail(&mut w, &who.town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let has_app = !identity::with_account(&mut w, who.town.id, &[id]).await?.is_empty();
    audit::look(&mut w, app, who, Act::ResidentRead, (id, reason)).await?;
    w.commit().await?;
    Ok(Seen { detail, has_app })
}

/// Shows somebody's documents, in the town's first language.
///
/// # Errors
/// `not_found`.
pub async fn documents(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<Vec<Shown>, Failure> {
    let mut w = app.db.write().await?;
    if residents::detail(&mut w, &who.town, id).await?.is_none() {
        return Err(Failure::new(Code::NotFound));
    }
    let language = who.town.language_for(None);
    let all = documents::of_resident(&mut w, &who.town, id, language, app.clock.now()).await?;
    // Each whose data it shows: a child's are its own, whoever's page they stand on.
    let shown: BTreeSet<_> = all.iter().map(|shown| shown.document.resident_id).chain([id]).collect();
    for resident in shown {
        audit::look(&mut w, app, who, Act::DocumentsRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok(all)
}

/// Shows which reminders somebody had, and which were held back and why: "why was she not told". The latest first.
///
/// # Errors
/// `not_found`.
pub async fn reminders(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<Vec<Reminded>, Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let all = documents::reminders_to(&mut w, &who.town, id).await?;
    let shown: BTreeSet<_> = all.iter().map(|reminded| reminded.row.resident_id).chain([id]).collect();
    for resident in shown {
        audit::look(&mut w, app, who, Act::RemindersRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok(all)
}

/// Shows somebody's visits: those to come, also the ones that somebody else booked for them, and those that were.
///
/// # Errors
/// `not_found`.
pub async fn visits(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<agenda::OfResident, Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let all = agenda::of_resident(&mut w, app, &who.town, id, app.clock.now()).await?;
    // Each whose data it shows: the other parent who booked, and whom a visit is for.
    let mut shown: BTreeSet<_> = all.coming.iter().chain(&all.past).flat_map(|seen| seen.visit.residents()).collect();
    shown.insert(id);
    for resident in shown {
        audit::look(&mut w, app, who, Act::VisitsRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok(all)
}

/// What somebody was told, or was to be told, and what became of it.
pub struct MessagesOf {
    /// The messages, the latest first.
    pub all: Vec<inbox::Told>,
    /// The letters that were made of them, by where a message is followed.
    pub letters: HashMap<Uuid, String>,
    /// The colleagues who have them now, likewise.
    pub decided: HashMap<Uuid, calls::Decided>,
}

/// Shows what somebody was told, or was to be told, and what became of it.
///
/// # Errors
/// `not_found`.
pub async fn messages(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<MessagesOf, Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let all = inbox::told(&mut w, &who.town, id).await?;
    let followed: Vec<Uuid> = all.iter().filter_map(|told| Some(told.further.as_ref()?.reach)).collect();
    let letters = letters::references(&mut w, &who.town, &followed).await?;
    let decided = calls::decided(&mut w, &who.town, &followed).await?;
    audit::look(&mut w, app, who, Act::MessagesRead, (id, reason)).await?;
    w.commit().await?;
    Ok(MessagesOf { all, letters, decided })
}

/// How somebody is reached: in which language, on how many phones, and when not.
pub struct Reached {
    /// The language in which they are spoken to.
    pub language: Language,
    /// What they chose about being disturbed.
    pub choice: Choice,
    /// Whether they have the app.
    pub has_app: bool,
}

/// Shows how somebody is reached.
///
/// # Errors
/// `not_found`.
pub async fn reached(app: &App, who: &Staff, id: ResidentId, reason: Reason) -> Result<Reached, Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let town = &who.town;
    let reached = Reached {
        language: inbox::language_of(&mut w, town, id).await?,
        choice: preferences::of(&mut w, town.id, id).await?,
        has_app: !identity::with_account(&mut w, town.id, &[id]).await?.is_empty(),
    };
    audit::look(&mut w, app, who, Act::PreferencesRead, (id, reason)).await?;
    w.commit().await?;
    Ok(reached)
}

/// Shows somebody's numbers of today, and what they wait for on the waiting list.
///
/// # Errors
/// `not_found`.
pub async fn turns(
    app: &App,
    who: &Staff,
    id: ResidentId,
    reason: Reason,
) -> Result<(Vec<Turn>, Vec<waiting::Shown>), Failure> {
    let mut w = app.db.write().await?;
    is_there(&mut w, who, id).await?;
    let turns = queue::of_today(&mut w, app, &who.town, id).await?;
    let waiting = waiting::of(&mut w, &who.town, id).await?;
    audit::look(&mut w, app, who, Act::VisitsRead, (id, reason)).await?;
    w.commit().await?;
    Ok((turns, waiting))
}

/// Shows the documents whose reminders nobody got for want of the app, as far back as `back`. Each whose data it shows can read that.
///
/// # Errors
/// The database.
pub async fn missed(
    app: &App,
    who: &Staff,
    back: Duration,
    (cursor, limit): (Cursor, u32),
    reason: Reason,
) -> Result<(Vec<Missed>, Option<Cursor>), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let (missed, next) = documents::missed::missed(&mut w, &who.town, (now - back, now), cursor, limit).await?;
    let shown: BTreeSet<_> = missed.iter().flat_map(Missed::residents).collect();
    let entries: Vec<_> = shown.into_iter().map(|id| Entry::about(Act::RemindersRead, id, reason)).collect();
    audit::record(&mut w, app, who, &entries).await?;
    w.commit().await?;
    Ok((missed, next))
}

async fn is_there(w: &mut Write, who: &Staff, id: ResidentId) -> Result<(), Failure> {
    if residents::people(w, &who.town, &[id]).await?.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    Ok(())
}

/// Signs somebody out on all devices, and tells them where they will read it.
///
/// # Errors
/// `not_found`.
pub async fn sign_out(
    app: &App,
    who: &Staff,
    id: ResidentId,
    reason: Reason,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let identity: &Identity = app.part();
    idempotency
        .act(app, async |w, now| {
            if residents::people(w, &who.town, &[id]).await?.is_empty() {
                return Err(Failure::new(Code::NotFound));
            }
            identity::end_all_of(w, &who.town, id, now).await?;
            // Who has no app had no session, and is told of none.
            if !identity::with_account(w, who.town.id, &[id]).await?.is_empty() {
                let notice = |language| Notice {
                    plan: Plan::None,
                    about: Vec::new(),
                    kind: "session_ended",
                    category: Category::Account,
                    dedupe_key: format!("signed out {}", now.timestamp_micros()),
                    title: say(language, "ended-by-staff-title", &[]),
                    body: say(language, "ended-by-staff-body", &[("municipality", who.town.name(language))]),
                    deep_link: "/sessions".to_owned(),
                    action: None,
                    worth: Worth::default(),
                    open_in: None,
                };
                inbox::notify(w, app, &who.town, id, |language| Some(notice(language))).await?;
            }
            audit::record(w, app, who, &[Entry::about(Act::SessionsEnded, id, reason)]).await?;
            Ok(())
        })
        .await?;
    identity.live.ended();
    Ok(())
}
