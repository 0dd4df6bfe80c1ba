//! How a message is written and taken back, with what follows from it: the rows for phones, the number on the icon, and how it goes on.

use super::{
    model::{self, MessageId, Notice, Reader},
    reach::{self, Outcome},
    store,
};
use crate::{
    municipalities::Municipality,
    platform::{App, db::Write, ids::ResidentId},
    push,
};

/// Tells somebody alone: in their inbox, or as what is kept for who has no app, and begins to follow it.
///
/// # Errors
/// The database.
pub(super) async fn tell(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, reader): (ResidentId, &Reader),
    notice: &Notice,
) -> sqlx::Result<model::Outcome> {
    let Some(why) = reader.unreached else {
        let to = (resident, reader.takes_push(notice.category));
        let Some(written) = deliver(w, app, town, to, notice).await? else { return Ok(model::Outcome::NothingNew) };
        if let Some(prefix) = &notice.worth.makes_up_for {
            withdraw_kept(w, app, town, (resident, prefix.as_str()), Outcome::Replaced).await?;
        }
        let source = (reach::Source::Message, written.0);
        reach::begin(w, app, town, (resident, reader, source), notice).await?;
        return Ok(model::Outcome::Written(written));
    };
    let now = app.clock.now();
    if let Some(prefix) = &notice.worth.replaces {
        forget_kept(w, app, town, resident, prefix).await?;
    }
    let id = app.ids.uuid(now);
    if !store::unreached(w, (town.id, id), (resident, why), (reader.language, notice), now).await? {
        return Ok(model::Outcome::NothingNew);
    }
    reach::begin(w, app, town, (resident, reader, (reach::Source::Unreached, id)), notice).await?;
    Ok(model::Outcome::Unreached(why))
}

/// Writes a message to a resident who has the app, and its rows for their phones where these are to show it. None if the same was said before.
///
/// # Errors
/// The database.
pub(super) async fn deliver(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, is_shown): (ResidentId, bool),
    notice: &Notice,
) -> sqlx::Result<Option<MessageId>> {
    let now = app.clock.now();
    let id = MessageId(app.ids.uuid(now));
    if !store::add(w, town.id, (id, resident), notice, now).await? {
        return Ok(None);
    }
    if let Some(prefix) = &notice.worth.replaces {
        forget_kept(w, app, town, resident, prefix).await?;
        let old = store::unread_under(w, town.id, resident, prefix, id).await?;
        take_back(w, app, town, &old, Outcome::Replaced).await?;
    }
    // One more: what it counts on from is right, as each reading and archiving counts anew.
    push::count_up(w, town, resident).await?;
    if !is_shown {
        return Ok(Some(id));
    }
    let open = notice.open_in.map(|language| push::Open { title: &notice.title, language });
    let worth = (notice.worth.until, notice.worth.by);
    let recipient = push::Recipient { resident, message: id.0, open, except: notice.worth.done_in };
    push::queue(w, app, town, (&recipient, notice.category), worth).await?;
    Ok(Some(id))
}

/// Takes messages back: they stay readable, as what was withdrawn, leave the lock screens, and are followed no more.
///
/// # Errors
/// The database.
pub(super) async fn take_back(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    messages: &[MessageId],
    outcome: Outcome,
) -> sqlx::Result<()> {
    let now = app.clock.now();
    store::withdraw(w, town.id, messages, now).await?;
    reach::end(w, town.id, messages, outcome, now).await?;
    let ids: Vec<_> = messages.iter().map(|m| m.0).collect();
    push::take_back(w, app, town, &ids).await
}

/// Withdraws these of what was kept for people without the app, and follows them no more.
///
/// # Errors
/// The database.
pub(super) async fn withdraw_these(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    kept: &[uuid::Uuid],
) -> sqlx::Result<()> {
    let now = app.clock.now();
    store::withdraw_kept(w, town.id, kept, now).await?;
    let sources: Vec<MessageId> = kept.iter().copied().map(MessageId).collect();
    reach::end(w, town.id, &sources, Outcome::Settled, now).await
}

/// Forgets what was kept for somebody without the app under keys that begin so, as it is old news.
///
/// # Errors
/// The database.
pub(super) async fn forget_kept(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
    prefix: &str,
) -> sqlx::Result<()> {
    if store::forget_unreached(w, town.id, resident, prefix).await? > 0 {
        reach::end_gone(w, town.id, resident, Outcome::Replaced, app.clock.now()).await?;
    }
    Ok(())
}

/// Withdraws what was kept for somebody without the app under keys that begin so; it stays on record, as a message does.
///
/// # Errors
/// The database.
pub(super) async fn withdraw_kept(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, prefix): (ResidentId, &str),
    outcome: Outcome,
) -> sqlx::Result<()> {
    let now = app.clock.now();
    if store::withdraw_unreached(w, town.id, resident, prefix, now).await? > 0 {
        reach::end_gone(w, town.id, resident, outcome, now).await?;
    }
    Ok(())
}
