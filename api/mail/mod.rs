//! E-mail: what is sent to an address that a resident confirmed, and what became of it.
//!
//! Words: a *mail* is a row that waits, is sent, or did not arrive; the *relay* is the server that takes it. Whoever promises a mail writes
//! its row in the transaction of its cause, and hears of one that did not arrive ([`failures`]). One process at a time sends, holding the
//! relay by a row that lapses; a mail that is sent twice has the same Message-ID. A relay that is out of order is paused as a whole and
//! touches no mail; an address that it does not know is dropped, and its owner sees that (`contacts`). What was said is erased from the
//! row when it is sent.

pub mod bounces;
pub mod codes;
mod message;
mod model;
mod pages;
pub mod routes;
pub mod rules;
pub mod staff_routes;
mod store;
pub mod transport;
mod unsubscribing;
pub mod value;
pub mod work;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::{
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
        language::{Language, say},
    },
};

use model::Kind;
pub use model::{Begun, Failed, Mail, State, Why};
pub(crate) use store::waiting;
use transport::Transport;

/// The way to the relay, as this process has it. Cheap to clone.
#[derive(Clone)]
pub struct Post(Arc<Way>);

struct Way {
    transport: Option<Transport>,
    /// Who this process is when it sends.
    holder: Uuid,
    /// Keeps this process from sending twice at once.
    sending: tokio::sync::Mutex<()>,
}

impl Post {
    /// Prepares the way.
    ///
    /// # Errors
    /// A secret or an authority that cannot be read; the database.
    pub async fn open(app: &App) -> anyhow::Result<Self> {
        let transport = Transport::open(&app.config.mail, &app.config.server.public_url)?;
        let now = app.clock.now();
        let mut w = app.db.write().await?;
        store::ensure_channel(&mut w, now).await?;
        w.commit().await?;
        Ok(Self(Arc::new(Way { transport, holder: app.process, sending: tokio::sync::Mutex::default() })))
    }
}

/// Whether there is a relay that takes e-mail: one for all towns, or none.
pub fn is_on(app: &App) -> bool {
    app.part::<Post>().0.transport.is_some()
}

/// Queues a mail, in the caller's transaction. The address is asked again before it is sent: it must be the resident's still.
///
/// # Errors
/// The database.
pub async fn queue(w: &mut Write, app: &App, town: &Municipality, mail: &Mail<'_>) -> sqlx::Result<Uuid> {
    put(w, app, town, (mail, Kind::Message)).await
}

async fn put(w: &mut Write, app: &App, town: &Municipality, (mail, kind): (&Mail<'_>, Kind)) -> sqlx::Result<Uuid> {
    let now = app.clock.now();
    let id = app.ids.uuid(now);
    let longest = now + Duration::hours(app.config.mail.tries_hours);
    let new = store::New {
        id,
        resident: mail.resident,
        kind,
        reach: mail.reach,
        address: mail.address,
        language: mail.language.code(),
        subject: mail.subject,
        body: mail.text,
        may_unsubscribe: mail.may_unsubscribe,
        expires_at: mail.until.map_or(longest, |until| longest.min(until)),
    };
    store::queue(w, town.id, &new, now).await?;
    Ok(id)
}

/// Cancels what was not sent yet of these; how many that were.
///
/// # Errors
/// The database.
pub async fn cancel(w: &mut Write, town: MunicipalityId, reaches: &[Uuid]) -> sqlx::Result<u64> {
    store::cancel(w, town, reaches).await
}

/// Mails of a step that did not arrive, and that nobody was told of yet: who asks is told.
///
/// # Errors
/// The database.
pub async fn failures(w: &mut Write, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<Failed>> {
    let mut all = Vec::new();
    for (town, id, reach, why, at) in store::untold(w, limit).await? {
        store::told(w, (town, id), now).await?;
        all.push(Failed { town, id, reach, why: why.unwrap_or(Why::Refused), at });
    }
    Ok(all)
}

/// Whether there is such a mail: a look that nobody waits for.
///
/// # Errors
/// The database.
pub async fn any_failure(r: &mut Read) -> sqlx::Result<bool> {
    store::any_untold(r).await
}

/// Subject and text of a mail that tells something: what was written where its reader wants that, and else that there is something to read,
/// and nothing of it.
pub fn worded(town: &Municipality, language: Language, (title, body): (&str, &str), is_open: bool) -> (String, String) {
    if is_open {
        return (title.to_owned(), body.to_owned());
    }
    let known = [("municipality", town.name(language)), ("phone", town.contact.phone.as_str())];
    (say(language, "mail-neutral-subject", &known[..1]), say(language, "mail-neutral-body", &known))
}

/// Erases the mails to somebody.
///
/// # Errors
/// The database.
pub(crate) async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    store::erase(w, (town, resident)).await
}
