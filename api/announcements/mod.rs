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
pub mod preview;
pub mod routes;
pub mod rules;
mod small;
pub mod staff_routes;
mod store;
pub mod trial;
pub mod work;

use std::collections::BTreeMap;
use std::future;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;
use futures_util::FutureExt as _;
use poem::http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    audit::{self, Act, Entry},
    id_type,
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        access::Role,
        db::Read,
        idempotency::{Idempotency, deleted},
        ids::MunicipalityId,
        language::Language,
        limits::Bound,
        problem::{Code, Failure},
        room::{AND_ID_IN, Names, Room, Step, Waiting},
        time::local_day,
    },
    push::Category,
    residents,
    staff::Staff,
};
use audience::Audience;
use rules::{Move, State};

use small::{FEW, part, parts, suppress_small};

pub use store::Announcement;
use store::By;
pub(crate) use store::{
    ALL as STATEMENTS, CLAIMING, empty, erase_recipient,
    figures::ALL as FIGURES_STATEMENTS,
    lists::ALL as LISTS_STATEMENTS,
    trial::{ALL as TRIAL_STATEMENTS, forget_of as forget_trials},
    waiting,
};

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Announcements: what the town tells its residents, to whom, and what became of it.",
    owns: &[
        "announcement",
        "announcement_image",
        "announcement_recipient",
        "people_list",
        "people_list_member",
        "saved_audience",
        "topic_unfollowed",
        "trial",
    ],
    // Whom an announcement concerns, who has the app, and what became of what they were told.
    reads: &["account", "document", "message", "push_delivery", "resident", "set_aside"],
    statements: &[STATEMENTS, FIGURES_STATEMENTS, LISTS_STATEMENTS, TRIAL_STATEMENTS],
    claiming: &[CLAIMING],
    problems: [&[routes::PROBLEMS], &[staff_routes::PROBLEMS, lists_routes::PROBLEMS, figures_routes::PROBLEMS]],
    names: &[
        Names::in_languages("announcement", "select id, texts from announcement where municipality_id = ", AND_ID_IN)
            .kept(),
        Names::plain("audience", "select id, name from saved_audience where municipality_id = ", AND_ID_IN).kept(),
        Names::plain("people_list", "select id, name from people_list where municipality_id = ", AND_ID_IN).kept(),
    ],
    open: Some(|o| {
        o.add(figures::Kept::default());
        future::ready(Ok(())).boxed()
    }),
    pages: |route| {
        route
            .at("/news/:municipality", poem::get(pages::page))
            .at("/news/:municipality/archive", poem::get(pages::archive))
            .at("/news/:municipality/:announcement", poem::get(pages::one))
            .at("/news/:municipality/feed.atom", poem::get(pages::feed))
            .at("/news/:municipality/calendar.ics", poem::get(pages::calendar))
            .at("/news/:municipality/images/:announcement", poem::get(pages::news_image))
    },
    bound: |request| {
        let path = request.uri().path();
        let image = path.starts_with("/staff/v1/announcements/") && path.ends_with("/image");
        let file = *request.method() == Method::PUT && (image || path.starts_with("/staff/v1/people-lists/"));
        file.then_some(Bound::File)
    },
    work: &[Step { name: "announcements", run: |s| work::step(&s.app, s.part()).boxed() }],
    housekeeping: &[Step { name: "announcements", run: |s| work::housekeeping(&s.app).boxed() }],
    waiting: &[Waiting { name: "announcements", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("announcements")
};
/// What citizens may call here.
pub type CitizenApi = routes::MyAnnouncementsApi;
/// What staff and machines may call here.
pub type StaffApi = (staff_routes::AnnouncementsApi, lists_routes::ListsApi, figures_routes::FiguresApi);

/// Ordinary announcements that one citizen gets in a week, over all who write, unless the author says otherwise.
pub const WEEKLY_CAP: i64 = 3;
/// The week.
const WEEK: Duration = Duration::days(7);
/// A draft that is saved again within so long is still being written by the same person.
const SITTING: Duration = Duration::minutes(30);
/// The longest that an announcement is valid.
const LONGEST: Duration = Duration::days(400);
/// Announcements that a list shows.
const MAX_SHOWN: i64 = 200;
/// The kind of message that an announcement is in an inbox.
const ANNOUNCEMENT: &str = "announcement";
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

    /// As what kind of news a phone shows it.
    fn category(self) -> Category {
        match self {
            Self::Emergency => Category::Emergency,
            Self::Ordinary | Self::Important => Category::Announcements,
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
    /// Whether its title is on lock screens, as its author says; none where they do not.
    pub title_on_lock_screen: Option<bool>,
}

/// A draft's instants, read off the town's clocks.
struct Instants {
    send_at: Option<DateTime<Utc>>,
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

/// Whom announcements reached, and whom not: together these are all whom they concern, and how many that is the preview tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// People who were told.
    pub told: i64,
    /// Of these, who has a phone that shows it.
    pub by_phone: i64,
    /// Whom it concerns and who has no app.
    pub without_app: i64,
    /// Who had enough this week.
    pub held_back: i64,
}

/// The same, as far as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// People who were told.
    pub told: Option<i64>,
    /// Of these, who has a phone that shows it.
    pub by_phone: Option<i64>,
    /// Whom it concerns and who has no app.
    pub without_app: Option<i64>,
    /// Who had enough this week.
    pub held_back: Option<i64>,
}

impl Counted {
    fn cells(&self) -> [i64; 4] {
        [self.by_phone, self.told - self.by_phone, self.without_app, self.held_back]
    }

    /// As far as it may be told.
    fn reached(&self) -> Reached {
        let cells = parts(&self.cells());
        let shown = |n: usize| cells.get(n).copied().flatten();
        let both = match (shown(0), shown(1)) {
            (Some(_), Some(_)) => true,
            // What of them is hidden is hidden by the other of them.
            (None, None) => shown(2).is_some() && shown(3).is_some(),
            _ => false,
        };
        Reached {
            told: suppress_small(self.told).filter(|_| both),
            by_phone: shown(0),
            without_app: shown(2),
            held_back: shown(3),
        }
    }

    /// Of several together, as far as it may be told: a sum tells nothing of one whose numbers are not told, nor of a few.
    fn reached_by(all: &[Self]) -> Reached {
        let is_told = |c: &&Self| parts(&c.cells()).iter().all(Option::is_some);
        let hidden: Vec<&Self> = all.iter().filter(|c| !is_told(c)).collect();
        let small = |n: usize| suppress_small(hidden.iter().map(|c| c.cells()[n]).sum()).is_none();
        if hidden.len() == 1 || (0..4).any(small) {
            return Reached { told: None, by_phone: None, without_app: None, held_back: None };
        }
        let sum = |of: fn(&Self) -> i64| all.iter().map(of).sum();
        let sum = Self {
            told: sum(|c| c.told),
            by_phone: sum(|c| c.by_phone),
            without_app: sum(|c| c.without_app),
            held_back: sum(|c| c.held_back),
        };
        sum.reached()
    }
}

impl Announcement {
    /// Whom it reached so far, and whom not.
    pub fn counted(&self) -> Counted {
        let Self { told, by_phone, without_app, held_back, .. } = *self;
        Counted { told, by_phone, without_app, held_back }
    }
}

/// An instant on the town's clocks; none in the hour that does not exist. Of the hour that is twice, the first.
fn on_the_clock(zone: Tz, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    at.and_local_timezone(zone).earliest().map(|t| t.with_timezone(&Utc))
}

/// Refuses an announcement that is not ready to be read: a draft may be half written, what is submitted may not.
fn complete(town: &Municipality, a: &Announcement) -> Result<(), Failure> {
    let wrong = |field: &str, reason: &'static str, why: &str| Err(Failure::fault(field, reason, why));
    let said = |l: &Language| a.texts.get(l).is_some_and(Said::is_whole);
    if !a.texts.keys().any(said) {
        return wrong("texts", "missing", "must have one at least, with a title and a text");
    }
    if let Some(half) = a.texts.iter().find(|(_, t)| t.is_half()) {
        let (what, has) = if half.1.title.trim().is_empty() { ("title", "text") } else { ("text", "title") };
        let field = format!("texts.{}.{what}", half.0.code());
        return wrong(&field, "missing", &format!("is needed, as there is a {has}"));
    }
    if let Some(missing) = town.notice_languages().iter().find(|l| !said(l)) {
        let why = "is needed: a town with language facilities gives general notices in Dutch and in French (Act on the \
                   use of languages in administrative matters of 18 July 1966, articles 11 and 24)";
        return wrong(&format!("texts.{}", missing.code()), "notice_language", &format!("{} {why}", missing.code()));
    }
    if a.corrects.is_none() && a.audience.is_empty() {
        return wrong("audience", "missing", "must say whom it concerns");
    }
    let silent = a.texts.iter().find(|(_, t)| t.is_whole() && t.image_text.trim().is_empty());
    if let Some((language, _)) = silent.filter(|_| a.image_id.is_some()) {
        let field = format!("texts.{}.image_text", language.code());
        return wrong(&field, "missing", "must say what the image shows, for who does not see it");
    }
    if let Some((language, _)) = a.texts.iter().find(|(_, t)| t.is_whole() && markdown::to_plain(&t.text).is_empty()) {
        return wrong(&format!("texts.{}.text", language.code()), "vanishes", "has nothing that a reader would see");
    }
    if a.corrects.is_none() && audience::uses_register(&a.audience) && a.decision.trim().is_empty() {
        return wrong("decision", "missing", "must name the decision that the use of the register rests on");
    }
    if a.is_public && audience::tells_more(&a.audience) {
        return Err(not_public());
    }
    Ok(())
}

fn not_public() -> Failure {
    let why = "cannot be, for an audience of documents or of a list: readers would learn of whom it is";
    Failure::fault("is_public", "tells_more", why)
}

impl Said {
    fn is_whole(&self) -> bool {
        !self.title.trim().is_empty() && !self.text.trim().is_empty()
    }

    fn is_half(&self) -> bool {
        self.title.trim().is_empty() != self.text.trim().is_empty()
    }
}

/// Whether a draft was saved while its author is at it, as happens each few seconds: the audit trail says once that they wrote it, and
/// again where it is called something else.
fn goes_on(known: &Announcement, saved: &Announcement, now: DateTime<Utc>) -> bool {
    let titles = |a: &Announcement| a.texts.values().map(|t| t.title.clone()).collect::<Vec<_>>();
    known.state == State::Draft
        && known.author_id == saved.author_id
        && now - known.written_at < SITTING
        && titles(known) == titles(saved)
}

/// Writes a draft, or writes it anew: what was submitted or approved is a draft again. It may be half written.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `announcement_state`, `not_found`; `role_missing` for an emergency of who may not write any.
pub async fn save(app: &App, who: &Staff, draft: Draft) -> Result<Announcement, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let wrong = |field: &str, reason: &'static str, why: &str| Err(Failure::fault(field, reason, why));
    if draft.importance == Importance::Emergency && !who.roles.contains(&Role::Alert) {
        return Err(Failure::new(Code::RoleMissing));
    }
    // While it is being written, whom it is for may not be said yet.
    if !draft.audience.is_empty() {
        audience::check(&draft.audience)?;
    }
    for (language, said) in &draft.texts {
        if let Err(why) = markdown::check(&said.text) {
            return wrong(&format!("texts.{}.text", language.code()), why.reason(), why.why());
        }
    }
    if !TOPICS.contains(&draft.topic.as_str()) {
        return wrong("topic", "unknown", &format!("is none of {}", TOPICS.join(", ")));
    }
    let leads = draft.link.starts_with("https://") && markdown::leads(&draft.link);
    if !draft.link.is_empty() && !leads {
        return wrong("link", "link", "must begin with https:// and name a host");
    }
    let send_at = match draft.send_at {
        Some(wall) => match on_the_clock(town.zone, wall) {
            Some(at) if at > now => Some(at),
            Some(_) => return wrong("send_at", "passed", "has passed"),
            None => return wrong("send_at", "no_such_hour", "lies in the hour that the clocks leave out"),
        },
        None => None,
    };
    if draft.valid_until <= send_at.unwrap_or(now) {
        return wrong("valid_until", "order", "must lie after it is sent, within 400 days");
    }
    if draft.valid_until > now + LONGEST {
        return wrong("valid_until", "range", "must lie after it is sent, within 400 days");
    }
    let wall = |at: Option<NaiveDateTime>, field: &str| match at.map(|at| on_the_clock(town.zone, at)) {
        Some(None) => Err(Failure::fault(field, "no_such_hour", "lies in the hour that the clocks leave out")),
        at => Ok(at.flatten()),
    };
    let (begins_at, ends_at) = (wall(draft.happens.0, "begins_at")?, wall(draft.happens.1, "ends_at")?);
    if ends_at.is_some_and(|end| begins_at.is_none_or(|begin| end <= begin)) {
        return wrong("ends_at", "order", "must lie after begins_at");
    }
    // Nobody can come any more: a year or a month too early was meant otherwise. Without an end it may still be going on.
    let (field, over) = ends_at
        .map_or_else(|| ("begins_at", begins_at.map(|begin| begin + Duration::days(1))), |end| ("ends_at", Some(end)));
    if over.is_some_and(|over| over <= send_at.unwrap_or(now)) {
        return wrong(field, "passed", "is over before it is told");
    }
    let mut w = app.db.write().await?;
    for list in audience::lists(&draft.audience) {
        if !store::has_list(&mut w, town.id, list).await? {
            return wrong("audience", "no_such_list", "names a list of people that is not there");
        }
    }
    if let Some(first) = draft.corrects {
        let first = store::get(&mut w, town.id, first).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
        if !matches!(first.state, State::Sending | State::Sent | State::Withdrawing | State::Withdrawn) {
            return Err(Failure::new(Code::AnnouncementState));
        }
    }
    let known = store::locked(&mut w, town.id, draft.id).await?;
    match &known {
        Some(known) if rules::after(known.state, Move::Edit).is_none() => {
            return Err(Failure::new(Code::AnnouncementState));
        }
        None if draft.version != 0 => return Err(Failure::new(Code::NotFound)),
        _ => {}
    }
    if !store::save(&mut w, town.id, who, &draft, &Instants { send_at, begins_at, ends_at }, now).await? {
        return Err(Failure::new(Code::EditedMeanwhile));
    }
    let saved = store::get(&mut w, town.id, draft.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    if !known.is_some_and(|known| goes_on(&known, &saved, now)) {
        audit::record(&mut w, app, who, &[Entry::on(Act::AnnouncementWritten, draft.id.0)]).await?;
    }
    w.commit().await?;
    Ok(saved)
}

/// An announcement as it is stored.
async fn stored(app: &App, town: MunicipalityId, id: AnnouncementId) -> Result<Announcement, Failure> {
    store::get(&mut app.db.read().await?, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
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
    idempotency: &Idempotency,
) -> Result<Announcement, Failure> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::locked(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if known.version != version {
                return Err(Failure::new(Code::EditedMeanwhile));
            }
            let next = rules::after(known.state, step).ok_or_else(|| Failure::new(Code::AnnouncementState))?;
            if matches!(step, Move::Submit | Move::Approve) {
                let at = known.send_at.unwrap_or(now);
                if known.send_at.is_some_and(|at| at <= now) {
                    return Err(Failure::fault("send_at", "passed", "has passed"));
                }
                if known.valid_until <= now.max(at) {
                    return Err(Failure::fault("valid_until", "passed", "has passed"));
                }
            }
            if step == Move::Submit {
                complete(town, &known)?;
                // Who gets a correction is who got the first.
                let first = match known.corrects.filter(|_| known.is_public) {
                    Some(first) => store::get(w, town.id, first).await?,
                    None => None,
                };
                if first.is_some_and(|first| audience::tells_more(&first.audience)) {
                    return Err(not_public());
                }
                if known.title_on_lock_screen == Some(true) && !may_show_title(w, town, &known).await? {
                    let why =
                        "may be on a lock screen only of what is public, and for everybody or for who lives somewhere";
                    return Err(Failure::fault("title_on_lock_screen", "not_open", why));
                }
            }
            if step == Move::Submit && known.corrects.is_none() {
                let counts = store::count(w, town, &known.audience, local_day(town.zone, now)).await?;
                if counts == 0 {
                    return Err(Failure::new(Code::ConcernsNobody));
                }
                // Everybody by mistake: a second question.
                if !everyone && counts == store::count_people(w, town.id).await? {
                    return Err(Failure::new(Code::ConcernsEveryone));
                }
            }
            let own = known.author_id == who.id.0;
            if step == Move::Approve && own && (!town.approve_own || known.importance == Importance::Emergency) {
                return Err(Failure::new(Code::OwnWork));
            }
            let by = match step {
                Move::Approve => By::Approver(&who.name),
                Move::Cancel | Move::Withdraw => By::Stopper(&who.name),
                Move::Edit | Move::Submit => By::Itself,
            };
            store::set_state(w, town.id, id, next, by, now).await?;
            let act = match step {
                Move::Edit => Act::AnnouncementWritten,
                Move::Submit => Act::AnnouncementSubmitted,
                Move::Approve => Act::AnnouncementApproved,
                Move::Cancel => Act::AnnouncementCancelled,
                Move::Withdraw => Act::AnnouncementWithdrawn,
            };
            audit::record(w, app, who, &[Entry::on(act, id.0)]).await?;
            Ok(())
        })
        .await?;
    stored(app, town.id, id).await
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
    idempotency: &Idempotency,
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
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::locked(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if rules::after(known.state, Move::Edit).is_none() {
                return Err(Failure::new(Code::AnnouncementState));
            }
            if known.importance == Importance::Emergency && !who.roles.contains(&Role::Alert) {
                return Err(Failure::new(Code::RoleMissing));
            }
            if bytes.is_none() && known.image_id.is_none() {
                // Taken away already.
                return Ok(());
            }
            let image = bytes.is_some().then(|| app.ids.uuid(now));
            if !store::set_image(w, (town.id, id), (version, &known), who, image, bytes.as_deref(), now).await? {
                return Err(Failure::new(Code::EditedMeanwhile));
            }
            audit::record(w, app, who, &[Entry::on(Act::AnnouncementWritten, id.0)]).await?;
            Ok(())
        })
        .await?;
    stored(app, town.id, id).await
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

/// Throws a draft away that was never sent, of the version that was read.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state` for what is no draft any more.
pub async fn discard(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    version: i64,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    let town = who.town.id;
    idempotency
        .act(app, async |w, now| {
            let did = match store::locked(w, town, id).await? {
                Some(known) if known.version != version => return Err(Failure::new(Code::EditedMeanwhile)),
                Some(known) if known.state != State::Draft => return Err(Failure::new(Code::AnnouncementState)),
                Some(_) => {
                    // While it has its title.
                    audit::record(w, app, who, &[Entry::on(Act::AnnouncementDiscarded, id.0)]).await?;
                    store::discard(w, (town, id), version).await?
                }
                None => false,
            };
            deleted(w, did, town.0, id.0, now).await.map(drop)
        })
        .await
}

/// Which of the town's announcements.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Where they stand; none for anywhere.
    pub state: Option<State>,
    /// What their titles, their place or their author have in them; empty for anything.
    pub words: String,
    /// Those that were written before this one; none for the newest.
    pub before: Option<AnnouncementId>,
}

/// The town's announcements, the newest first.
///
/// # Errors
/// `not_found` where there is none to go on from.
pub async fn list(app: &App, who: &Staff, wanted: &Wanted) -> Result<Vec<Announcement>, Failure> {
    let (town, now) = (who.town.id, app.clock.now());
    let mut r = app.db.read().await?;
    let place = match wanted.before {
        Some(id) => {
            let known = store::get(&mut r, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            (known.created_at, id)
        }
        // The clock of another server may be a little ahead.
        None => (now + WEEK, AnnouncementId(uuid::Uuid::max())),
    };
    Ok(store::list(&mut r, town, wanted.state, &wanted.words, place, MAX_SHOWN).await?)
}

/// What corrects an announcement, the newest first, drafts as well.
///
/// # Errors
/// `not_found`.
pub async fn corrections(app: &App, who: &Staff, id: AnnouncementId) -> Result<Vec<Announcement>, Failure> {
    let town = who.town.id;
    let mut r = app.db.read().await?;
    store::get(&mut r, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    Ok(store::corrections(&mut r, (town, id), MAX_SHOWN).await?)
}

/// The streets of the town, as its register writes them.
///
/// # Errors
/// The database.
pub async fn streets(app: &App, who: &Staff) -> Result<Vec<String>, Failure> {
    Ok(residents::streets(&mut app.db.read().await?, who.town.id).await?)
}

/// Where people live within a box of degrees, and never who or how many.
///
/// # Errors
/// `parameter_invalid` for a box that has no inside.
pub async fn places(app: &App, who: &Staff, from: (f64, f64), until: (f64, f64)) -> Result<Vec<(f64, f64)>, Failure> {
    if !(from.0 < until.0 && from.1 < until.1) {
        return Err(Failure::field(Code::ParameterInvalid, "north", "must lie north of south, and east of west"));
    }
    Ok(residents::places(&mut app.db.read().await?, who.town.id, from, until).await?)
}

/// The topics that a citizen does not follow.
///
/// # Errors
/// The database.
pub async fn unfollowed(app: &App, who: &Citizen) -> Result<Vec<String>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::unfollowed(&mut r, who.town.id, who.actor.0).await?)
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
    store::set_unfollowed(&mut w, who.town.id, who.actor.0, &not).await?;
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

/// Whether the title of an announcement may be on a lock screen, and so pass Apple and Google: anybody may read it, and whom it
/// is for says of nobody more than where they live. A correction goes to those who got the first.
async fn may_show_title(r: &mut Read, town: &Municipality, a: &Announcement) -> sqlx::Result<bool> {
    let first = match a.corrects {
        Some(first) => store::get(r, town.id, first).await?,
        None => None,
    };
    Ok(a.is_public && audience::is_open(first.as_ref().map_or(&a.audience, |first| &first.audience)))
}

/// Whether its title is on lock screens: where its author wants that, and of what warns of danger where they do not say.
async fn shows_title(r: &mut Read, town: &Municipality, a: &Announcement) -> sqlx::Result<bool> {
    let wanted = a.title_on_lock_screen.unwrap_or(a.importance == Importance::Emergency);
    Ok(wanted && may_show_title(r, town, a).await?)
}

/// In which language somebody reads it: their own, or the town's first that it has.
fn text_for(town: &Municipality, texts: &Texts, language: Language) -> Option<Language> {
    let order = std::iter::once(language).chain(town.languages.iter().copied()).chain(Language::ALL);
    order.into_iter().find(|l| texts.get(l).is_some_and(Said::is_whole))
}
