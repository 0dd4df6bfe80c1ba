//! Announcements: staff tell exactly the people it concerns.
//!
//! Words: an *audience* is whom an announcement concerns; a member of staff *writes* it, another *approves* it, and it goes out
//! at once or at its time; it can be *called off* before, and *withdrawn* during and after. Who moves into the audience later
//! does not get it; a *correction* goes to those who got the first.
//!
//! It goes out in chunks, each in one transaction with the place up to which it came: killed anywhere, it goes on from there,
//! nobody is missed, and nobody gets it twice.

pub mod audience;
mod contents;
mod council;
pub mod coverage;
pub mod coverage_routes;
mod draft;
mod feeds;
pub mod figures;
pub mod figures_routes;
mod follow;
mod how_far;
mod image;
pub mod lists;
pub mod lists_routes;
mod lock_screen;
pub mod markdown;
mod model;
pub mod news;
pub mod pages;
pub mod preview;
pub mod routes;
pub mod rules;
pub mod staff_routes;
mod staff_values;
mod store;
pub mod templates;
pub mod templates_routes;
pub mod trial;
pub mod value;
pub mod work;
mod writing;

use crate::{
    identity::Citizen,
    inbox,
    platform::{
        App,
        db::Shared,
        problem::{Code, Failure},
    },
    residents,
    staff::Staff,
};

pub use draft::{Draft, SaidIn, Settled};
use model::WEEK;
pub use model::{
    Announcement, AnnouncementId, Counted, HowFar, Importance, Reached, Said, Sending, Texts, WEEKLY_CAP, Wanted,
};
pub use rules::TOPICS;
pub(crate) use store::{
    ALL as STATEMENTS, CLAIMING, empty, erase_recipient,
    figures::ALL as FIGURES_STATEMENTS,
    lists::{ALL as LISTS_STATEMENTS, LISTED as LISTS_LISTED},
    people::LISTED as PEOPLE_LISTED,
    templates::ALL as TEMPLATES_STATEMENTS,
    trial::{ALL as TRIAL_STATEMENTS, forget_of as forget_trials},
    waiting,
};
pub use store::{
    Chunk,
    audience::compile,
    figures::{Line, by_instants},
    people::{concerning, counting, next, previewing, recipients, written_to},
    saving,
};
pub use writing::{approve, cancel, delete_image, discard, get, image, save, set_image, submit, withdraw};

/// Announcements that a list shows.
const MAX_SHOWN: i64 = 200;

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
    Ok(store::list(&mut r, town, (wanted.state, &wanted.words), place, MAX_SHOWN).await?)
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

/// Follows these topics, and no others. What is under way of another disturbs no more: no push that waits, no e-mail and no letter.
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
    // What is being told at this moment is waited for, and is found; what is told after knows of it.
    Shared::of(who.town.id.0).change(&mut w).await?;
    store::set_unfollowed(&mut w, who.town.id, who.actor.0, &not).await?;
    let told = store::told_unfollowed(&mut w, who.town.id, who.actor.0, app.clock.now()).await?;
    inbox::silence(&mut w, app, &who.town, &told).await?;
    w.commit().await?;
    Ok(())
}
