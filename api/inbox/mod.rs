//! What was said to a citizen: kept, readable in the app, and the one way to reach somebody.
//!
//! [`readers`] decides how a resident is reached, for what is told to one ([`notify`]) and to many ([`notify_many`]). Both write the message
//! and the outbox rows of the citizen's devices in the caller's transaction, or neither. What one resident without the app was to be told
//! is kept; who tells many keeps that of each. Reading on one device takes the notification off the others.
//!
//! What is told to one and is not read goes on by e-mail, letter and call, as far as its plan says ([`reach`]); what is told to many does as far as
//! whoever tells it asks for that.

mod beside;
mod changes;
mod holders;
mod model;
pub mod reach;
mod readers;
pub mod routes;
pub(crate) mod store;
pub mod value;
pub mod work;
mod writing;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    identity::Citizen,
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
    push::{self, Category},
};

pub use changes::{Changes, since};
pub use model::{
    Addressee, Broadcast, Follow, Localized, MessageId, Notice, Outcome, Plan, Reader, Unreached, Way, Worth,
};
use readers::reader;
pub use readers::{language_of, readers};
use store::Inbox;
pub(crate) use store::{ALL as STATEMENTS, LISTED};

/// Messages of one person that staff are shown.
const MOST_TOLD: i64 = 50;
/// The name of the list, in its cursors.
const LIST: &str = "inbox";
const ARCHIVE: &str = "archive";

/// Tells a resident something, in the caller's transaction: the one place that decides how a resident is reached. `write` writes it in the
/// language in which they are spoken to, or finds that there is nothing to say.
///
/// # Errors
/// The database.
pub async fn notify(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    write: impl FnOnce(Language) -> Option<Notice>,
) -> sqlx::Result<Outcome> {
    let reader = reader(w, town, resident).await?;
    match write(reader.language) {
        Some(notice) => notify_reader(w, app, town, (resident, &reader), &notice).await,
        None => Ok(Outcome::NothingNew),
    }
}

/// The same of somebody who was looked up with [`readers`].
///
/// # Errors
/// The database.
pub async fn notify_reader(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, reader): (ResidentId, &Reader),
    notice: &Notice,
) -> sqlx::Result<Outcome> {
    debug_assert!(
        notice.category != Category::Account || store::OF_THE_ACCOUNT.contains(&format!("'{}'", notice.kind)),
        "{} is of the account, and who acts for somebody would read it",
        notice.kind
    );
    let told = writing::tell(w, app, town, (resident, reader), notice).await?;
    if told != Outcome::NothingNew {
        holders::tell_holders(w, app, town, resident, notice).await?;
    }
    Ok(told)
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
    writing::withdraw_kept(w, app, town, (resident, prefix), reach::Outcome::Settled).await?;
    let old = store::unread_under(w, town.id, resident, prefix, MessageId(uuid::Uuid::nil())).await?;
    take_back(w, app, town, &old).await
}

/// Tells many residents something, in the caller's transaction, and says what became of it for each but those who were told the same
/// before. Of who has no app nothing is kept here, unless it goes on for them: who tells many keeps that.
///
/// # Errors
/// The database.
pub async fn notify_many(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    broadcast: &Broadcast,
) -> sqlx::Result<HashMap<ResidentId, Way>> {
    let now = app.clock.now();
    let with_app: Vec<_> = broadcast.to.iter().filter(|one| one.reader.has_app()).collect();
    let rows: Vec<_> =
        with_app.iter().map(|one| (one.resident, MessageId(app.ids.uuid(now)), one.wording as i64)).collect();
    let written = store::add_many(w, town.id, broadcast, &rows, now).await?;
    let residents: Vec<ResidentId> = written.iter().map(|(resident, _)| *resident).collect();
    push::count_up_many(w, town, &residents).await?;
    let said: HashMap<ResidentId, &Addressee> = with_app.into_iter().map(|one| (one.resident, one)).collect();
    let recipient = |(resident, message): &(ResidentId, MessageId)| {
        let one = said.get(resident).filter(|one| !one.is_silent && one.reader.takes_push(broadcast.category))?;
        let wording = broadcast.wordings.get(one.wording).filter(|_| broadcast.is_open);
        let open = wording.map(|wording| push::Open { title: &wording.title, language: wording.language });
        Some(push::Recipient { resident: *resident, message: message.0, open, except: None })
    };
    let rows: Vec<_> = written.iter().filter_map(recipient).collect();
    let shown = push::queue_many(w, app, town, &rows, (broadcast.category, broadcast.valid_until)).await?;
    let unreached = broadcast.to.iter().filter_map(|one| Some((one.resident, Way::Unreached(one.reader.unreached?))));
    let way = |(resident, message)| {
        (resident, if shown.contains(&resident) { Way::Phone(message) } else { Way::Inbox(message) })
    };
    let ways: HashMap<ResidentId, Way> = unreached.chain(written.into_iter().map(way)).collect();
    reach::begin_many(w, app, town, broadcast, &ways).await?;
    Ok(ways)
}

/// Takes back what some of those were told, or were to be told, whom a broadcast reached and who had no app then.
///
/// # Errors
/// The database.
pub async fn take_back_kept(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    broadcast: uuid::Uuid,
    residents: &[ResidentId],
) -> sqlx::Result<()> {
    let followed = reach::of_broadcast(w, town, broadcast, residents).await?;
    let of = |source: reach::Source| followed.iter().filter(move |(s, _)| *s == source).map(|(_, id)| *id);
    let kept: Vec<uuid::Uuid> = of(reach::Source::Unreached).collect();
    writing::withdraw_these(w, app, town, &kept).await?;
    // Who has the app since was told it there.
    let messages: Vec<MessageId> = of(reach::Source::Message).map(MessageId).collect();
    take_back(w, app, town, &messages).await
}

/// Takes messages back: they stay readable, as what was withdrawn, and leave the lock screens.
///
/// # Errors
/// The database.
pub async fn take_back(w: &mut Write, app: &App, town: &Municipality, messages: &[MessageId]) -> sqlx::Result<()> {
    writing::take_back(w, app, town, messages, reach::Outcome::Settled).await
}

/// Disturbs nobody any more by these messages, as they said that they want none of the kind. They stay in the inbox as they are.
///
/// # Errors
/// The database.
pub async fn silence(w: &mut Write, app: &App, town: &Municipality, messages: &[MessageId]) -> sqlx::Result<()> {
    let (ids, now) = (messages.iter().map(|message| message.0).collect::<Vec<_>>(), app.clock.now());
    // In the order in which whoever takes them back does it.
    reach::end(w, town.id, messages, reach::Outcome::Refused, now).await?;
    push::silence(w, town.id, &ids, now).await
}

/// Keeps the number on the icon right.
async fn count(w: &mut Write, town: &Municipality, resident: ResidentId) -> sqlx::Result<()> {
    let unread = store::unread(w, Inbox::whole(town.id, resident)).await?;
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
    let (of, most) = (Inbox::read_by(who), i64::from(limit) + 1);
    let mut rows = store::page(&mut r, of, archived, after, most).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|m| Cursor { at: m.created_at, id: m.id.0 }.write(name));
    Ok((rows, next))
}

/// What somebody was told, or was to be told, as staff see it: what it is called, and what became of it.
pub struct Told {
    /// What kind of message it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When a phone was told of it; none where no phone was, or not yet.
    pub shown_at: Option<DateTime<Utc>>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why there was no way to them; none where it lies in their inbox.
    pub unreached: Option<Unreached>,
    /// How it went on where it was not read; none where nobody follows it.
    pub further: Option<reach::Further>,
}

/// The latest that somebody was told, or was to be told, the newest first. Whoever shows it writes down that it was looked at.
///
/// # Errors
/// The database.
pub async fn told(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Vec<Told>> {
    let mut messages = store::page(r, Inbox::whole(town.id, resident), false, None, MOST_TOLD).await?;
    messages.extend(store::page(r, Inbox::whole(town.id, resident), true, None, MOST_TOLD).await?);
    let ids: Vec<_> = messages.iter().map(|m| m.id.0).collect();
    let shown: HashMap<_, _> = push::notified_at(r, town.id, &ids).await?.into_iter().collect();
    let kept = store::not_told(r, town.id, resident, MOST_TOLD).await?;
    let sources: Vec<_> = ids.into_iter().chain(kept.iter().map(|n| n.id)).collect();
    let mut further = reach::further(r, town, &sources).await?;
    let message = |m: store::Message| Told {
        shown_at: shown.get(&m.id.0).copied(),
        further: further.remove(&m.id.0),
        kind: m.kind,
        title: m.title,
        created_at: m.created_at,
        read_at: m.read_at,
        withdrawn_at: m.withdrawn_at,
        unreached: None,
    };
    let mut all: Vec<_> = messages.into_iter().map(message).collect();
    let not = |n: store::NotTold| Told {
        further: further.remove(&n.id),
        kind: n.kind,
        title: n.title,
        created_at: n.created_at,
        shown_at: None,
        read_at: None,
        withdrawn_at: n.withdrawn_at,
        unreached: Some(n.reason),
    };
    all.extend(kept.into_iter().map(not));
    all.sort_by_key(|t| std::cmp::Reverse(t.created_at));
    all.truncate(usize::try_from(MOST_TOLD).unwrap_or(usize::MAX));
    Ok(all)
}

/// How many messages the citizen has not read.
///
/// # Errors
/// The database.
pub async fn unread(app: &App, who: &Citizen) -> Result<i64, Failure> {
    let mut r = app.db.read().await?;
    let of = Inbox::read_by(who);
    let kept = if of.by_another { store::count_kept(&mut r, of).await? } else { 0 };
    Ok(store::unread(&mut r, of).await? + kept)
}

/// Erases what was said to somebody, how it went to their phones, these phones, and what they chose about being disturbed.
///
/// # Errors
/// The database.
pub async fn empty(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    for message in store::all_of(w, town, resident).await? {
        erased.add("pushes", push::erase_deliveries(w, town, message.0).await?);
    }
    reach::empty(w, town, resident, erased).await?;
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
    let of = Inbox::read_by(who);
    let found = match store::get(&mut r, of, id).await? {
        None if of.by_another => store::get_kept(&mut r, of, id).await?,
        found => found,
    };
    found.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Marks a message as read, which takes its notification off the citizen's other devices, or as unread.
///
/// # Errors
/// `not_found`.
pub async fn set_read(app: &App, who: &Citizen, id: MessageId, read: bool) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if !store::set_read(&mut w, who.town.id, who.subject.0, id, (read.then_some(now), now)).await? {
        return Err(Failure::new(Code::NotFound));
    }
    if read {
        reach::read(&mut w, who.town.id, id, now).await?;
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
    if !store::set_archived(&mut w, who.town.id, who.subject.0, id, (archived.then_some(now), now)).await? {
        return Err(Failure::new(Code::NotFound));
    }
    if archived {
        reach::read(&mut w, who.town.id, id, now).await?;
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
