//! What letters do by themselves: the batch of the day is begun, batches are made, what was posted is told, and what is old is forgotten.

use std::collections::BTreeSet;

use chrono::{Duration, Timelike as _};

use super::{
    due::{self, Cannot},
    letter_store,
    looks::Letterheads,
    making,
    model::{Batch, BatchId, BatchState, LetterState},
    store::{self, Over},
};
use crate::{
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful, guarded},
        db::Write,
        time::local_day,
    },
};

/// What the worker is called, where it sets a batch aside; the statements say it as well.
const WORKER: &str = "letters";
/// Letters that are told in one transaction that they were posted.
const SETTLE: i64 = 200;
/// Letters forgotten in one transaction.
const FORGET: i64 = 1_000;

/// Begins a batch with the first letters that are due. None: no letter is, and of who has no address to which one can go it was said so.
///
/// # Errors
/// The database.
pub async fn begin(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    made_by: Option<&str>,
) -> sqlx::Result<Option<BatchId>> {
    let now = app.clock.now();
    let id = BatchId(app.ids.uuid(now));
    store::add(w, (town.id, id), made_by, now).await?;
    loop {
        let gathered = making::gather(w, app, town, id).await?;
        if gathered.written > 0 {
            return Ok(Some(id));
        }
        if gathered.asked == 0 {
            store::delete(w, town.id, id).await?;
            return Ok(None);
        }
    }
}

/// Begins the batch of the day, in each town whose hour it is. What one town has at fault stops no other town's.
///
/// # Errors
/// The database: the first fault, once each town had its turn.
pub async fn daily(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let (mut begun, mut failed) = (0, None);
    for town in towns.all() {
        match guarded(daily_of(app, town)).await {
            Ok(has_begun) => begun += usize::from(has_begun),
            // The other towns go on.
            Err(error) => {
                failed.get_or_insert(error.context(format!("the batch of the day of {}", town.key)));
            }
        }
    }
    failed.map_or(Ok(begun.into()), Err)
}

/// Begins a town's batch of the day, where its hour is; whether there is one.
async fn daily_of(app: &App, town: &Municipality) -> anyhow::Result<bool> {
    let heads: &Letterheads = app.part();
    let now = app.clock.now();
    let Some(hour) = heads.of(town.id).and_then(|head| head.batch_hour) else { return Ok(false) };
    let day = local_day(town.zone, now);
    if now.with_timezone(&town.zone).hour() < hour || !town.closing.is_open(day) {
        return Ok(false);
    }
    // A look first: it is had once a day.
    if store::day(&mut app.db.read().await?, town.id).await?.is_some_and(|last| last >= day) {
        return Ok(false);
    }
    let mut w = app.db.write().await?;
    if !store::take_day(&mut w, town.id, day).await? {
        return Ok(false);
    }
    let begun = begin(&mut w, app, town, None).await?.is_some();
    w.commit().await?;
    Ok(begun)
}

/// Does the next step of a batch that is being made, or tells some letters that they were posted.
///
/// # Errors
/// The database. A batch that cannot be made is set aside.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    careful(app, WORKER, 1, |_, seen| some(app, seen)).await
}

async fn some(app: &App, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    let Some(batch) = store::to_do(&mut app.db.read().await?, app.clock.now()).await? else {
        return Ok(Progress::Idle);
    };
    seen.note(batch.municipality_id, batch.id.0);
    let Ok(town) = towns.get(batch.municipality_id) else {
        anyhow::bail!("the municipality is not served any more");
    };
    let done = match batch.state {
        BatchState::Posted => settle(app, town, &batch).await?,
        _ => making::go_on(app, town, batch.id).await?,
    };
    Ok(if done { Progress::Worked(1) } else { Progress::Idle })
}

/// Tells what asked for letters of a posted batch what became of them.
async fn settle(app: &App, town: &Municipality, batch: &Batch) -> anyhow::Result<bool> {
    let mut w = app.db.write().await?;
    let posted_at = batch.posted_at.unwrap_or_else(|| app.clock.now());
    let letters = letter_store::to_settle(&mut w, (town.id, batch.id), SETTLE).await?;
    for letter in &letters {
        if !letter_store::settle(&mut w, town.id, letter, posted_at).await? {
            // Another process did.
            continue;
        }
        if letter.state == LetterState::TakenOut {
            due::cannot(&mut w, app, town, letter.reach_id, Cannot::TakenOut).await?;
        } else {
            due::posted(&mut w, app, town, letter.reach_id).await?;
        }
    }
    if letters.is_empty() {
        store::over(&mut w, town.id, batch.id, Over::Settled).await?;
    }
    w.commit().await?;
    Ok(true)
}

/// Forgets batches past the keeping of messages.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - Duration::days(app.config.retention.messages_days);
    let Some((town, batch)) = store::old(&mut app.db.read().await?, before).await? else { return Ok(Progress::Idle) };
    let mut w = app.db.write().await?;
    if letter_store::forget(&mut w, (town, batch), FORGET).await? == 0 {
        store::delete(&mut w, town, batch).await?;
    }
    w.commit().await?;
    Ok(Progress::Worked(1))
}

/// Forgets where letters went to whom nobody may find any more, with the PDFs that they are in: the register says so at night, and nobody need ask
/// for a PDF.
///
/// # Errors
/// The database.
pub async fn forget_hidden(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let (mut forgotten, mut failed) = (0, None);
    for town in towns.all() {
        match guarded(forget_hidden_of(app, town)).await {
            Ok(letters) => forgotten += letters,
            // The other towns go on.
            Err(error) => {
                failed.get_or_insert(error.context(format!("letters of {} to hidden addresses", town.key)));
            }
        }
    }
    failed.map_or(Ok(forgotten.into()), Err)
}

/// The same of one town; how many letters.
async fn forget_hidden_of(app: &App, town: &Municipality) -> anyhow::Result<usize> {
    // A look first: there is hardly ever one.
    if letter_store::to_hidden(&mut app.db.read().await?, town.id, 1).await?.is_empty() {
        return Ok(0);
    }
    let mut w = app.db.write().await?;
    let letters = letter_store::to_hidden(&mut w, town.id, FORGET).await?;
    let mut parts = BTreeSet::new();
    for letter in &letters {
        // It is in the PDF, or may be in the one that is being drawn.
        let may_be_in = letter.pages.is_some() || letter.state != LetterState::TakenOut;
        parts.extend(letter.part.filter(|_| may_be_in).map(|part| (letter.batch_id, part)));
    }
    for (batch, part) in parts {
        store::spoil(&mut w, (town.id, batch), part).await?;
    }
    // The batches first, and then what lies in them, as who takes a letter out.
    for letter in &letters {
        letter_store::forget_place(&mut w, town.id, letter.id).await?;
    }
    w.commit().await?;
    Ok(letters.len())
}
