//! Announcements: staff tell exactly the people it concerns.
//!
//! Words: an *audience* is whom an announcement concerns; a member of staff *writes* it, another *approves* it, and it goes out
//! at once or at its time; it can be *called off* before, and *withdrawn* during and after. Who moves into the audience later
//! does not get it; a *correction* goes to those who got the first.
//!
//! It goes out in chunks, each in one transaction with the place up to which it came: killed anywhere, it goes on from there,
//! nobody is missed, and nobody gets it twice.

pub mod audience;
pub mod figures;
pub mod figures_routes;
mod image;
pub mod lists;
pub mod lists_routes;
pub mod markdown;
pub mod news;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod staff_routes;
mod store;
pub mod trial;
pub mod work;

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    audit::{self, Act, Entry},
    id_type,
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        access::Role,
        ids::MunicipalityId,
        language::Language,
        once::Once,
        problem::{Code, Failure},
        time::local_day,
    },
    staff::Staff,
};
use audience::Audience;
use rules::{Move, State};

pub use store::Announcement;
pub(crate) use store::{
    ALL as STATEMENTS, CLAIMING, empty, erase_recipient,
    figures::ALL as FIGURES_STATEMENTS,
    lists::ALL as LISTS_STATEMENTS,
    trial::{ALL as TRIAL_STATEMENTS, forget_of as forget_trials},
    waiting,
};

/// Ordinary announcements that one citizen gets in a week, over all who write, unless the author says otherwise.
pub const WEEKLY_CAP: i64 = 3;
/// The week.
const WEEK: Duration = Duration::days(7);
/// The longest that an announcement is valid.
const LONGEST: Duration = Duration::days(400);
/// A number of people below this is not told: it would tell who they are.
pub const FEW: i64 = 10;
/// Announcements that a list shows.
const MAX_SHOWN: i64 = 200;
/// Topics that a citizen may follow or not.
pub const TOPICS: &[&str] = &["works", "waste", "traffic", "culture", "youth", "sport", "other"];

id_type! {
    /// An announcement.
    AnnouncementId;
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Importance {
    /// Topics, quiet hours and the weekly cap count.
    Ordinary,
    /// Quiet hours count.
    Important,
    /// Nothing holds it. It needs a second person, whatever the town has else.
    Emergency,
}

impl Importance {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Important => "important",
            Self::Emergency => "emergency",
        }
    }

    /// As it was stored.
    pub fn parse(text: &str) -> Self {
        [Self::Important, Self::Emergency].into_iter().find(|i| i.as_str() == text).unwrap_or(Self::Ordinary)
    }
}

/// What it says, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// One line.
    pub title: String,
    /// Text, in the subset of [`markdown`].
    pub text: String,
    /// What the image shows, for who does not see it; empty without one.
    #[serde(default)]
    pub image_text: String,
}

/// By language.
pub type Texts = BTreeMap<Language, Said>;

/// What a member of staff writes.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which.
    pub id: AnnouncementId,
    /// The version that was read; 0 for a new one.
    pub version: i64,
    /// How much it matters.
    pub importance: Importance,
    /// What it is about.
    pub topic: String,
    /// What it says.
    pub texts: Texts,
    /// Where to read more; empty for nowhere.
    pub link: String,
    /// Whom it concerns.
    pub audience: Audience,
    /// The decision of the town that the use of the register rests on.
    pub decision: String,
    /// Whether it goes to those as well who had as many this week as the cap allows.
    pub over_cap: bool,
    /// When it goes out, on the town's clocks; once it is approved, if it is not said.
    pub send_at: Option<NaiveDateTime>,
    /// Until when it is worth showing.
    pub valid_until: DateTime<Utc>,
    /// The announcement that it corrects: it goes to those who got that one.
    pub corrects: Option<AnnouncementId>,
    /// Whether it is on the town's web page and in its feeds, for anybody to read.
    pub is_public: bool,
    /// Whether it goes to those as well who move into the audience while it is valid.
    pub newcomers: bool,
    /// When what it announces begins and ends, on the town's clocks.
    pub happens: (Option<NaiveDateTime>, Option<NaiveDateTime>),
    /// Where it happens; empty for nowhere.
    pub place: String,
}

/// A draft's instants, read off the town's clocks.
struct Instants {
    send_at: Option<DateTime<Utc>>,
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

/// How many an audience reaches; none for a number that is too small to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// People.
    pub people: Option<i64>,
    /// Who has a phone that will show it.
    pub by_phone: Option<i64>,
    /// Who cannot be reached by phone.
    pub not_by_phone: Option<i64>,
    /// Who had as many ordinary ones this week as the cap allows.
    pub capped: Option<i64>,
}

/// A number of people, unless it is so small that it would tell who.
fn told(n: i64) -> Option<i64> {
    (n == 0 || n >= FEW).then_some(n)
}

/// An instant on the town's clocks; none in the hour that does not exist. Of the hour that is twice, the first.
fn on_the_clock(zone: Tz, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    at.and_local_timezone(zone).earliest().map(|t| t.with_timezone(&Utc))
}

/// How many an audience reaches now, and never who.
///
/// # Errors
/// `body_invalid`.
pub async fn preview(app: &App, who: &Staff, audience: &Audience) -> Result<Preview, Failure> {
    audience::check(audience)?;
    let mut r = app.db.read().await?;
    let now = app.clock.now();
    let counts = store::preview(&mut r, &who.town, audience, local_day(who.town.zone, now), now - WEEK).await?;
    // Of a list, that nobody is in it would tell as well.
    let people = told(counts.people).filter(|n| *n > 0 || !audience::tells_more(audience));
    let by_phone = told(counts.by_phone).filter(|_| people.is_some());
    // Where one of the two parts is too small to tell, so is what is left of the whole.
    let rest = told(counts.people - counts.by_phone).filter(|_| by_phone.is_some());
    Ok(Preview {
        people,
        by_phone: by_phone.filter(|_| rest.is_some()),
        not_by_phone: rest,
        capped: told(counts.capped).filter(|_| people.is_some()),
    })
}

/// Refuses an announcement that is not ready to be read: a draft may be half written, what is submitted may not.
fn complete(town: &Municipality, a: &Announcement) -> Result<(), Failure> {
    let wrong = |field: &str, why: &str| Err(Failure::field(Code::BodyInvalid, field, why));
    let said = |l: &Language| a.texts.get(l).is_some_and(Said::is_whole);
    if !a.texts.keys().any(said) {
        return wrong("texts", "must have one at least, with a title and a text");
    }
    if let Some(half) = a.texts.iter().find(|(_, t)| t.is_half()) {
        return wrong("texts", &format!("has only a title or only a text in {}", half.0.code()));
    }
    if let Some(missing) = town.notice_languages().iter().find(|l| !said(l)) {
        let why = "is needed: a town with language facilities gives general notices in Dutch and in French (Act on the \
                   use of languages in administrative matters of 18 July 1966, articles 11 and 24)";
        return wrong("texts", &format!("{} {why}", missing.code()));
    }
    if a.image_id.is_some() && a.texts.values().any(|t| t.is_whole() && t.image_text.trim().is_empty()) {
        return wrong("texts.image_text", "must say what the image shows, for who does not see it");
    }
    if a.corrects.is_none() && audience::uses_register(&a.audience) && a.decision.trim().is_empty() {
        return wrong("decision", "must name the decision that the use of the register rests on");
    }
    if a.is_public && audience::tells_more(&a.audience) {
        return Err(not_public());
    }
    Ok(())
}

fn not_public() -> Failure {
    let why = "cannot be, for an audience of documents or of a list: readers would learn of whom it is";
    Failure::field(Code::BodyInvalid, "is_public", why)
}

impl Said {
    fn is_whole(&self) -> bool {
        !self.title.trim().is_empty() && !self.text.trim().is_empty()
    }

    fn is_half(&self) -> bool {
        self.title.trim().is_empty() != self.text.trim().is_empty()
    }
}

/// Writes a draft, or writes it anew: what was submitted or approved is a draft again. It may be half written.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `announcement_state`, `not_found`; `role_missing` for an emergency of who may not write any.
pub async fn save(app: &App, who: &Staff, draft: Draft) -> Result<Announcement, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let wrong = |field: &str, why: &str| Err(Failure::field(Code::BodyInvalid, field, why));
    if draft.importance == Importance::Emergency && !who.roles.contains(&Role::Alert) {
        return Err(Failure::new(Code::RoleMissing));
    }
    audience::check(&draft.audience)?;
    for (language, said) in &draft.texts {
        if let Err(why) = markdown::check(&said.text) {
            return wrong(&format!("texts.{}.text", language.code()), why);
        }
    }
    if !TOPICS.contains(&draft.topic.as_str()) {
        return wrong("topic", &format!("is none of {}", TOPICS.join(", ")));
    }
    if !draft.link.is_empty() && !draft.link.starts_with("https://") {
        return wrong("link", "must begin with https://");
    }
    let send_at = match draft.send_at {
        Some(wall) => match on_the_clock(town.zone, wall) {
            Some(at) if at > now => Some(at),
            Some(_) => return wrong("send_at", "has passed"),
            None => return wrong("send_at", "lies in the hour that the clocks leave out"),
        },
        None => None,
    };
    if draft.valid_until <= send_at.unwrap_or(now) || draft.valid_until > now + LONGEST {
        return wrong("valid_until", "must lie after it is sent, within 400 days");
    }
    let wall = |at: Option<NaiveDateTime>, field: &str| match at.map(|at| on_the_clock(town.zone, at)) {
        Some(None) => Err(Failure::field(Code::BodyInvalid, field, "lies in the hour that the clocks leave out")),
        at => Ok(at.flatten()),
    };
    let (begins_at, ends_at) = (wall(draft.happens.0, "begins_at")?, wall(draft.happens.1, "ends_at")?);
    if ends_at.is_some_and(|end| begins_at.is_none_or(|begin| end <= begin)) {
        return wrong("ends_at", "must lie after begins_at");
    }
    let mut w = app.db.write().await?;
    for list in audience::lists(&draft.audience) {
        if !store::has_list(&mut w, town.id, list).await? {
            return wrong("audience", "names a list of people that is not there");
        }
    }
    if let Some(first) = draft.corrects {
        let first = store::get(&mut w, town.id, first).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
        if !matches!(first.state, State::Sending | State::Sent | State::Withdrawing | State::Withdrawn) {
            return Err(Failure::new(Code::AnnouncementState));
        }
    }
    if let Some(known) = store::locked(&mut w, town.id, draft.id).await? {
        if rules::after(known.state, Move::Edit).is_none() {
            return Err(Failure::new(Code::AnnouncementState));
        }
    } else if draft.version != 0 {
        return Err(Failure::new(Code::NotFound));
    }
    if !store::save(&mut w, town.id, who, &draft, &Instants { send_at, begins_at, ends_at }, now).await? {
        return Err(Failure::new(Code::EditedMeanwhile));
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::AnnouncementWritten, draft.id.0)]).await?;
    let saved = store::get(&mut w, town.id, draft.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    w.commit().await?;
    Ok(saved)
}

/// Takes a step with an announcement, of the version that was read.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`; `own_work` for who approves what they wrote; `concerns_nobody`, and
/// `concerns_everyone` unless that is meant.
pub async fn step(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    version: i64,
    step: Move,
    everyone: bool,
    once: &Once,
) -> Result<Announcement, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    if once.answered::<()>(&mut w, now).await?.is_some() {
        return store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound));
    }
    let known = store::locked(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if known.version != version {
        return Err(Failure::new(Code::EditedMeanwhile));
    }
    let next = rules::after(known.state, step).ok_or_else(|| Failure::new(Code::AnnouncementState))?;
    if matches!(step, Move::Submit | Move::Approve) {
        let at = known.send_at.unwrap_or(now);
        if known.valid_until <= now.max(at) || known.send_at.is_some_and(|at| at <= now) {
            return Err(Failure::field(Code::BodyInvalid, "send_at", "or valid_until has passed"));
        }
    }
    if step == Move::Submit {
        complete(town, &known)?;
        // Who gets a correction is who got the first.
        let first = match known.corrects.filter(|_| known.is_public) {
            Some(first) => store::get(&mut w, town.id, first).await?,
            None => None,
        };
        if first.is_some_and(|first| audience::tells_more(&first.audience)) {
            return Err(not_public());
        }
    }
    if step == Move::Submit && known.corrects.is_none() {
        let counts = store::preview(&mut w, town, &known.audience, local_day(town.zone, now), now - WEEK).await?;
        if counts.people == 0 {
            return Err(Failure::new(Code::ConcernsNobody));
        }
        // Everybody by mistake: a second question.
        if !everyone && counts.people == store::count_people(&mut w, town.id).await? {
            return Err(Failure::new(Code::ConcernsEveryone));
        }
    }
    let own = known.author_id == who.id.0;
    if step == Move::Approve && own && (!town.approve_own || known.importance == Importance::Emergency) {
        return Err(Failure::new(Code::OwnWork));
    }
    let approver = (step == Move::Approve).then_some(who.name.as_str());
    store::set_state(&mut w, town.id, id, next, approver, now).await?;
    let act = match step {
        Move::Edit | Move::Submit => Act::AnnouncementWritten,
        Move::Approve => Act::AnnouncementApproved,
        Move::Cancel => Act::AnnouncementCancelled,
        Move::Withdraw => Act::AnnouncementWithdrawn,
    };
    audit::record(&mut w, app, who, &[Entry::on(act, id.0)]).await?;
    once.keep(&mut w, &(), now).await?;
    let changed = store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    w.commit().await?;
    Ok(changed)
}

/// Gives an announcement its image, or takes it away: an edit like any other, of the version that was read.
///
/// # Errors
/// `image_invalid`, `not_found`, `edited_meanwhile`, `announcement_state`; `role_missing` as in [`save`].
pub async fn set_image(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    version: i64,
    file: Option<Vec<u8>>,
    once: &Once,
) -> Result<Announcement, Failure> {
    // Before the work, so that an id that names nothing costs none.
    if store::get(&mut app.db.read().await?, who.town.id, id).await?.is_none() {
        return Err(Failure::new(Code::NotFound));
    }
    let bytes = match file {
        // Decoding takes the processor for longer than others should wait.
        Some(file) => Some(image::prepared(file).await?),
        None => None,
    };
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    if once.answered::<()>(&mut w, now).await?.is_none() {
        let known = store::locked(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
        if rules::after(known.state, Move::Edit).is_none() {
            return Err(Failure::new(Code::AnnouncementState));
        }
        if known.importance == Importance::Emergency && !who.roles.contains(&Role::Alert) {
            return Err(Failure::new(Code::RoleMissing));
        }
        if bytes.is_none() && known.image_id.is_none() {
            // Taken away already.
            return Ok(known);
        }
        let image = bytes.is_some().then(|| app.ids.uuid(now));
        if !store::set_image(&mut w, (town.id, id), version, who, image, bytes.as_deref(), now).await? {
            return Err(Failure::new(Code::EditedMeanwhile));
        }
        audit::record(&mut w, app, who, &[Entry::on(Act::AnnouncementWritten, id.0)]).await?;
        once.keep(&mut w, &(), now).await?;
    }
    let saved = store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    w.commit().await?;
    Ok(saved)
}

/// The image of an announcement of the town.
///
/// # Errors
/// `not_found`.
pub async fn image(app: &App, who: &Staff, id: AnnouncementId) -> Result<Vec<u8>, Failure> {
    let mut r = app.db.read().await?;
    store::image(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// One announcement of the town.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Staff, id: AnnouncementId) -> Result<Announcement, Failure> {
    let mut r = app.db.read().await?;
    store::get(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// The town's announcements, the newest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Announcement>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::list(&mut r, who.town.id, MAX_SHOWN).await?)
}

/// The topics that a citizen does not follow.
///
/// # Errors
/// The database.
pub async fn unfollowed(app: &App, who: &Citizen) -> Result<Vec<String>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::unfollowed(&mut r, who.town.id, who.resident).await?)
}

/// Follows these topics, and no others.
///
/// # Errors
/// `body_invalid` for one that is none.
pub async fn follow(app: &App, who: &Citizen, topics: &[String]) -> Result<(), Failure> {
    if let Some(n) = topics.iter().position(|t| !TOPICS.contains(&t.as_str())) {
        let field = format!("topics[{n}]");
        return Err(Failure::field(Code::BodyInvalid, &field, format!("is none of {}", TOPICS.join(", "))));
    }
    let not: Vec<&str> = TOPICS.iter().copied().filter(|t| !topics.iter().any(|f| f == t)).collect();
    let mut w = app.db.write().await?;
    store::set_unfollowed(&mut w, who.town.id, who.resident, &not).await?;
    w.commit().await?;
    Ok(())
}

/// The town's id and the announcement's.
type Key = (MunicipalityId, AnnouncementId);

/// Whom a chunk goes to: the audience, or who got the first where it corrects one.
enum To<'a> {
    Audience(&'a Audience),
    Recipients(AnnouncementId),
}

fn recipients(announcement: &Announcement) -> To<'_> {
    announcement.corrects.map_or(To::Audience(&announcement.audience), To::Recipients)
}

/// In which language somebody reads it: their own, or the town's first that it has.
fn text_for(town: &Municipality, texts: &Texts, language: Language) -> Option<Language> {
    let order = std::iter::once(language).chain(town.languages.iter().copied()).chain(Language::ALL);
    order.into_iter().find(|l| texts.get(l).is_some_and(Said::is_whole))
}
