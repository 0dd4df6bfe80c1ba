//! Announcements: staff tell exactly the people it concerns.
//!
//! Words: an *audience* is whom an announcement concerns; a member of staff *writes* it, another *approves* it, and it goes out
//! at once or at its time; it can be *called off* before, and *withdrawn* during and after. Who moves into the audience later
//! does not get it; a *correction* goes to those who got the first.
//!
//! It goes out in chunks, each in one transaction with the place up to which it came: killed anywhere, it goes on from there,
//! nobody is missed, and nobody gets it twice.

pub mod audience;
pub mod audience_sql;
mod feeds;
pub mod figures;
pub mod figures_routes;
mod image;
pub mod lists;
pub mod lists_routes;
pub mod markdown;
mod model;
pub mod news;
pub mod pages;
pub mod preview;
pub mod routes;
pub mod rules;
mod small;
pub mod staff_routes;
mod staff_values;
mod store;
pub mod trial;
pub mod work;
mod writing;

use std::future;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;
use futures_util::FutureExt as _;
use poem::http::Method;

use crate::{
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        language::Language,
        limits::Bound,
        problem::{Code, Failure},
        room::{AND_ID_IN, Names, Room, Step, Waiting},
    },
    residents,
    staff::Staff,
};
use rules::State;

use small::{FEW, part, parts, suppress_small};

pub use model::{Announcement, AnnouncementId, Counted, Draft, Importance, Reached, Said, Texts, Wanted};
use model::{Key, To};
pub(crate) use store::{
    ALL as STATEMENTS, CLAIMING, empty, erase_recipient,
    figures::ALL as FIGURES_STATEMENTS,
    lists::ALL as LISTS_STATEMENTS,
    trial::{ALL as TRIAL_STATEMENTS, forget_of as forget_trials},
    waiting,
};
pub use writing::{discard, get, image, save, set_image, step};

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
            .at("/news/:municipality/feed.atom", poem::get(feeds::feed))
            .at("/news/:municipality/calendar.ics", poem::get(feeds::calendar))
            .at("/news/:municipality/images/:announcement", poem::get(feeds::news_image))
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
/// Announcements that a list shows.
const MAX_SHOWN: i64 = 200;
/// The kind of message that an announcement is in an inbox.
const ANNOUNCEMENT: &str = "announcement";
/// Topics that a citizen may follow or not.
pub const TOPICS: &[&str] = &["works", "waste", "traffic", "culture", "youth", "sport", "other"];

/// An instant on the town's clocks; none in the hour that does not exist. Of the hour that is twice, the first.
fn on_the_clock(zone: Tz, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    at.and_local_timezone(zone).earliest().map(|t| t.with_timezone(&Utc))
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

/// What corrects an announcement: what went out, the latest first, and then the rest.
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
