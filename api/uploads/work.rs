//! Imports what was sent in, one upload at a time in each process.

use std::{
    io::{Read, Seek as _},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use bytes::{Buf as _, Bytes};
use futures_util::{StreamExt as _, pin_mut};
use tokio::{runtime::Handle, sync::mpsc};
use uuid::Uuid;

use super::{PIECE, UploadRow, abandoned_before, model::Subject, pieces, store};
use crate::{
    documents,
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        db::Write,
        import::{Outcome, Position, Report, Source, fault_of_database},
    },
    residents,
};

/// How long a worker that says nothing more is waited for.
const HOLD: Duration = Duration::from_secs(60);
/// How often a worker says that it is there, and how far.
const SAY: Duration = Duration::from_secs(2);
/// Pieces read ahead of the import.
const READ_AHEAD: usize = 2;
/// Uploads forgotten in one transaction; each may have thousands of parts.
const CHUNK: i64 = 1;

/// Imports the upload that waited longest, if there is one.
///
/// # Errors
/// The database. What is wrong with a file is told to its sender instead.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let holder = app.ids.uuid(now);
    let upload = {
        let mut w = app.db.write_relaxed().await?;
        let Some(upload) = store::next(&mut w, now).await? else { return Ok(Progress::Idle) };
        store::take(&mut w, &upload, holder, now + HOLD, now).await?;
        w.commit().await?;
        upload
    };
    let Ok(town) = towns.get(upload.municipality_id) else {
        fail(app, &upload, holder, "the municipality is not served any more", None).await?;
        return Ok(Progress::Worked(1));
    };
    let position = Arc::new(Mutex::new(Position { bytes: 0, of: 0, rows: 0, wrong: 0 }));
    let said = position.clone();
    let imported = import(app, town, &upload, move |p| *said.lock().unwrap_or_else(PoisonError::into_inner) = p);
    let outcome = tokio::select! {
        outcome = imported => outcome,
        // Beside the import and not between its steps: it may be waiting for the very connection that the import holds.
        lost = saying(app, &upload, holder, &position) => return lost.map(|()| Progress::Worked(1)),
    };
    let (outcome, report) = outcome?;
    match outcome {
        Ok(outcome) => finish(app, &upload, holder, &outcome, report).await?,
        // The database's trouble is not the sender's: another try, once the hold has lapsed.
        Err(error) if fault_of_database(&error).is_some() => return Err(error),
        Err(error) => fail(app, &upload, holder, &format!("{error:#}"), Some(report)).await?,
    }
    Ok(Progress::Worked(1))
}

async fn import(
    app: &App,
    town: &Arc<Municipality>,
    upload: &UploadRow,
    progress: impl FnMut(Position) + Send,
) -> anyhow::Result<(anyhow::Result<Outcome>, std::fs::File)> {
    let size = u64::try_from(upload.received).unwrap_or_default();
    let (app_of, town_of, id, runtime) = (app.clone(), town.clone(), upload.id, Handle::current());
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        let (send, receive) = mpsc::channel(READ_AHEAD);
        let file = pieces(app_of.clone(), town_of.clone(), id, store::FILE);
        // It ends where the file does, or where nobody takes more of it.
        runtime.spawn(async move {
            pin_mut!(file);
            while let Some(piece) = file.next().await {
                if send.send(piece).await.is_err() {
                    break;
                }
            }
        });
        Ok(Box::new(Pieces { receive, piece: Bytes::new() }))
    };
    let source = Source::new(open, size);
    let file = tempfile::tempfile().context("no room for the report")?;
    let report = Report::new(file.try_clone()?)?;
    let imported = match upload.subject {
        Subject::Residents => residents::import::import(app, town, (source, upload.snapshot), report, progress).await,
        Subject::Documents => documents::import::import(app, town, (source, upload.snapshot), report, progress).await,
    };
    Ok((imported, file))
}

/// What the import's thread reads: piece after piece, as they come.
struct Pieces {
    receive: mpsc::Receiver<std::io::Result<Bytes>>,
    piece: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.piece.is_empty() {
            match self.receive.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let n = self.piece.len().min(buffer.len());
        self.piece.copy_to_slice(&mut buffer[..n]);
        Ok(n)
    }
}

/// Says again and again that this worker is there, and how far; ends where another has the upload.
async fn saying(app: &App, upload: &UploadRow, holder: Uuid, position: &Mutex<Position>) -> anyhow::Result<()> {
    loop {
        tokio::time::sleep(SAY).await;
        let at = *position.lock().unwrap_or_else(PoisonError::into_inner);
        let now = app.clock.now();
        let mut w = app.db.write_relaxed().await?;
        let held = store::hold(&mut w, upload, (holder, now + HOLD), at, now).await?;
        w.commit().await?;
        if !held {
            tracing::warn!(upload = %upload.id, "another worker took this upload");
            return Ok(());
        }
    }
}

/// Keeps the report, in the place of what a worker that died had written of it.
async fn keep_report(w: &mut Write, upload: &UploadRow, mut report: std::fs::File) -> anyhow::Result<()> {
    let town = upload.municipality_id;
    report.rewind()?;
    store::forget_parts(w, town, upload.id, store::REPORT).await?;
    let mut at = 0;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        let n = report.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if n == 0 {
            return Ok(());
        }
        store::add_part(w, (town, upload.id), store::REPORT, at, &piece).await?;
        at += i64::try_from(n)?;
    }
}

async fn finish(
    app: &App,
    upload: &UploadRow,
    holder: Uuid,
    outcome: &Outcome,
    report: std::fs::File,
) -> anyhow::Result<()> {
    if outcome.nothing_right() {
        return fail(app, upload, holder, "no row of the file is right; the report says why", Some(report)).await;
    }
    let mut w = app.db.write().await?;
    keep_report(&mut w, upload, report).await?;
    if store::finish(&mut w, upload, holder, outcome, app.clock.now()).await? {
        store::forget_parts(&mut w, upload.municipality_id, upload.id, store::FILE).await?;
        w.commit().await?;
        tracing::info!(upload = %upload.id, rows = outcome.rows, wrong = outcome.wrong, "an upload was imported");
    }
    Ok(())
}

async fn fail(
    app: &App,
    upload: &UploadRow,
    holder: Uuid,
    why: &str,
    report: Option<std::fs::File>,
) -> anyhow::Result<()> {
    let mut w = app.db.write().await?;
    if let Some(report) = report {
        keep_report(&mut w, upload, report).await?;
    }
    if store::fail(&mut w, upload, holder, why, app.clock.now()).await? {
        store::forget_parts(&mut w, upload.municipality_id, upload.id, store::FILE).await?;
        w.commit().await?;
        tracing::warn!(upload = %upload.id, why, "an upload could not be imported");
    }
    Ok(())
}

/// Forgets uploads past their keeping, and those whose sender never came back.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let finished = now - chrono::Duration::days(app.config.retention.uploads_days);
    let mut w = app.db.write().await?;
    let gone = store::forget(&mut w, finished, abandoned_before(now), CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(gone).unwrap_or(usize::MAX)))
}
