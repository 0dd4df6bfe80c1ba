//! What was said to a citizen: kept, readable in the app, and the one way to reach somebody.
//!
//! [`tell`] decides how a resident is reached, and what is kept of who is not. [`deliver`] writes the message and the outbox rows of
//! the citizen's devices in the caller's transaction: both or neither. Reading on one device takes the notification off the others.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    identity::{self, Citizen},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
        language::Language,
        page::Cursor,
        problem::{Code, CursorInvalid, Failure, Refused},
    },
    push,
    residents::{self, State},
};

mod model;
pub mod routes;
pub(crate) mod store;
pub mod value;
pub mod work;

pub use model::{Broadcast, Delivered, Localized, MessageId, Notice, Outcome, Unreached, Worth};
pub(crate) use store::ALL as STATEMENTS;

/// The name of the list, in its cursors.
const LIST: &str = "inbox";
const ARCHIVE: &str = "archive";

/// Tells a resident something, in the caller's transaction: the one place that decides how a resident is reached. `write` writes it in the
/// language in which they are spoken to, or finds that there is nothing to say.
///
/// # Errors
/// The database.
pub async fn tell(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    write: impl FnOnce(Language) -> Option<Notice>,
) -> sqlx::Result<Outcome> {
    let account = identity::with_account(w, town.id, &[resident]).await?.pop();
    let language = identity::spoken_to(w, town, resident, account.and_then(|(_, chosen)| chosen)).await?;
    let Some(notice) = write(language) else { return Ok(Outcome::NothingNew) };
    if account.is_some() {
        let written = deliver(w, app, town, resident, &notice).await?;
        return Ok(written.map_or(Outcome::NothingNew, Outcome::Written));
    }
    let person = residents::people(w, town, &[resident]).await?.pop();
    let here = person.is_some_and(|p| p.state == State::Active);
    let why = if here { Unreached::NoApp } else { Unreached::NotHere };
    let now = app.clock.now();
    if let Some(prefix) = &notice.worth.replaces {
        store::forget_unreached(w, town.id, resident, prefix).await?;
    }
    store::unreached(w, (town.id, app.ids.uuid(now)), (resident, why), (language, &notice), now).await?;
    Ok(Outcome::Unreached(why))
}

/// The language in which a resident is spoken to: what they chose in the app, else what the register knows, else the town's first.
///
/// # Errors
/// The database.
pub async fn language_of(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Language> {
    let account = identity::with_account(r, town.id, &[resident]).await?.pop();
    identity::spoken_to(r, town, resident, account.and_then(|(_, chosen)| chosen)).await
}

/// Says something to a resident who has the app, in the caller's transaction. None if the same was said before.
///
/// # Errors
/// The database.
pub async fn deliver(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    notice: &Notice,
) -> sqlx::Result<Option<MessageId>> {
    let now = app.clock.now();
    let id = MessageId(app.ids.uuid(now));
    if !store::add(w, town.id, (id, resident), notice, now).await? {
        return Ok(None);
    }
    if let Some(prefix) = &notice.worth.replaces {
        store::forget_unreached(w, town.id, resident, prefix).await?;
        let old = store::unread_under(w, town.id, resident, prefix, id).await?;
        take_back(w, app, town, &old).await?;
    }
    // One more: what it counts on from is right, as each reading and archiving counts anew.
    push::count_up(w, town, resident).await?;
    let open = notice.open_in.map(|language| push::Open { title: &notice.title, language });
    let worth = (notice.worth.until, notice.worth.by);
    let recipient = push::Recipient { resident, message: id.0, open, except: notice.worth.done_in };
    push::notify(w, app, town, (&recipient, notice.category), worth).await?;
    Ok(Some(id))
}

/// Takes back what was said under keys that begin so, as far as it was not read.
///
/// # Errors
/// The database.
pub async fn take_back_under(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    prefix: &str,
) -> sqlx::Result<()> {
    store::withdraw_unreached(w, town.id, resident, prefix, app.clock.now()).await?;
    let old = store::unread_under(w, town.id, resident, prefix, MessageId(uuid::Uuid::nil())).await?;
    take_back(w, app, town, &old).await
}

/// Says something to many residents, in the caller's transaction; who was told the same before is left out.
///
/// # Errors
/// The database.
pub async fn deliver_many(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    broadcast: &Broadcast,
) -> sqlx::Result<Delivered> {
    let written = deliver_silently(w, app, town, broadcast).await?;
    let said: HashMap<ResidentId, usize> = broadcast.to.iter().copied().collect();
    let open = |resident: &ResidentId| {
        let wording = said.get(resident).filter(|_| broadcast.is_open).and_then(|n| broadcast.wordings.get(*n))?;
        Some(push::Open { title: &wording.title, language: wording.language })
    };
    let rows: Vec<_> = written
        .iter()
        .map(|(resident, message)| push::Recipient {
            resident: *resident,
            message: message.0,
            open: open(resident),
            except: None,
        })
        .collect();
    let disturbed = push::notify_many(w, app, town, &rows, (broadcast.category, broadcast.valid_until)).await?;
    Ok(Delivered { written, disturbed })
}

/// The same to who shall not be disturbed: it lies ready in the app.
///
/// # Errors
/// The database.
pub async fn deliver_silently(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    broadcast: &Broadcast,
) -> sqlx::Result<Vec<(ResidentId, MessageId)>> {
    let now = app.clock.now();
    let ids: Vec<MessageId> = broadcast.to.iter().map(|_| MessageId(app.ids.uuid(now))).collect();
    let written = store::add_many(w, town.id, broadcast, &ids, now).await?;
    let residents: Vec<ResidentId> = written.iter().map(|(resident, _)| *resident).collect();
    push::count_up_many(w, town, &residents).await?;
    Ok(written)
}

/// Takes messages back: they stay readable, as what was withdrawn, and leave the lock screens.
///
/// # Errors
/// The database.
pub async fn take_back(w: &mut Write, app: &App, town: &Municipality, messages: &[MessageId]) -> sqlx::Result<()> {
    store::withdraw(w, town.id, messages, app.clock.now()).await?;
    let ids: Vec<_> = messages.iter().map(|m| m.0).collect();
    push::take_back(w, app, town, &ids).await
}

/// Keeps the number on the icon right.
async fn count(w: &mut Write, town: &Municipality, resident: ResidentId) -> sqlx::Result<()> {
    let unread = store::unread(w, town.id, resident).await?;
    push::set_badge(w, town, resident, unread).await
}

/// A page of the citizen's inbox, newest first, and the cursor of the next.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list(
    app: &App,
    who: &Citizen,
    archived: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<store::Message>, Option<String>), Refused<CursorInvalid>> {
    let name = if archived { ARCHIVE } else { LIST };
    let after = cursor.map(|c| Cursor::read(name, c)).transpose()?;
    let mut r = app.db.read().await?;
    // One more than asked tells whether there is a next page.
    let mut rows = store::page(&mut r, (who.town.id, who.subject.0), archived, after, i64::from(limit) + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|m| Cursor { at: m.created_at, id: m.id.0 }.write(name));
    Ok((rows, next))
}

/// How many messages the citizen has not read.
///
/// # Errors
/// The database.
pub async fn unread(app: &App, who: &Citizen) -> Result<i64, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::unread(&mut r, who.town.id, who.subject.0).await?)
}

/// Erases what was said to somebody, how it went to their phones, these phones, and what they chose about being disturbed.
///
/// # Errors
/// The database.
pub async fn empty(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    for message in store::all_of(w, town, resident).await? {
        erased.add("pushes", push::erase_deliveries(w, town, message.0).await?);
    }
    erased.add("messages", store::erase(w, town, resident).await?);
    erased.add("messages", store::forget_unreached(w, town, resident, "").await?);
    erased.add("devices", push::erase_devices(w, town, resident).await?);
    erased.add("settings", push::erase_settings(w, town, resident).await?);
    Ok(())
}

/// One message of the citizen.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Citizen, id: MessageId) -> Result<store::Message, Failure> {
    let mut r = app.db.read().await?;
    store::get(&mut r, who.town.id, who.subject.0, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Marks a message as read, which takes its notification off the citizen's other devices, or as unread.
///
/// # Errors
/// `not_found`.
pub async fn set_read(app: &App, who: &Citizen, id: MessageId, read: bool) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if !store::set_read(&mut w, who.town.id, who.subject.0, id, read.then_some(now)).await? {
        return Err(Failure::new(Code::NotFound));
    }
    settle(&mut w, app, who, id, read).await?;
    w.commit().await?;
    Ok(())
}

/// Puts a message in the archive, or takes it out again.
///
/// # Errors
/// `not_found`.
pub async fn set_archived(app: &App, who: &Citizen, id: MessageId, archived: bool) -> Result<(), Failure> {
    let now: DateTime<Utc> = app.clock.now();
    let mut w = app.db.write().await?;
    if !store::set_archived(&mut w, who.town.id, who.subject.0, id, archived.then_some(now)).await? {
        return Err(Failure::new(Code::NotFound));
    }
    settle(&mut w, app, who, id, archived).await?;
    w.commit().await?;
    Ok(())
}

async fn settle(w: &mut Write, app: &App, who: &Citizen, id: MessageId, away: bool) -> sqlx::Result<()> {
    count(w, &who.town, who.subject.0).await?;
    if away {
        push::clear(w, app, &who.town, (who.subject.0, who.session), id.0).await?;
    }
    Ok(())
}
