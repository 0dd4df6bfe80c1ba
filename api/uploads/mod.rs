//! The register comes in over HTTP, from a machine with a key or from staff who import: the same rules as the command.
//!
//! An *upload* is begun, gets its bytes in as many *parts* as its sender likes, each at the offset that was reached, and is
//! *completed* by saying how long the whole is, so that a file that was cut off is never imported. A sender that lost its
//! way asks where the upload is and goes on there. The bytes wait in the database, where any process finds them; a worker
//! reads them from there into the import, and keeps the report of wrong rows to be fetched.

mod model;
pub mod routes;
mod store;
pub mod value;
pub mod work;

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt as _};

use crate::{
    administration::Sender,
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        idempotency::Idempotency,
        problem::{Code, Failure, Refusal as _, Refused},
    },
};

use model::{CannotAppend, UploadClosed, UploadLimit, UploadNotFinished, UploadOffset};
pub use model::{Subject, UploadId, UploadState};
pub use store::UploadRow;
pub(crate) use store::{ALL as STATEMENTS, CLAIMING, waiting};

/// Bytes written in one transaction, and so the most that is held in memory of a part.
const PIECE: usize = 1 << 20;
/// Uploads shown in a list.
const MAX_SHOWN: i64 = 100;
/// Uploads of a town that may be open at a time.
const MAX_OPEN: i64 = 10;

/// Begins an upload.
///
/// # Errors
/// `scope_missing`, `upload_limit`.
pub async fn begin(
    app: &App,
    who: &Sender,
    subject: Subject,
    snapshot: bool,
    idempotency: &Idempotency,
) -> Result<UploadRow, Refused<UploadLimit>> {
    who.may(subject.scope())?;
    let id = idempotency
        .act(app, async |w, now| {
            if store::count_open(w, who.town().id).await? >= MAX_OPEN {
                return Err(UploadLimit::refused());
            }
            let id = UploadId(app.ids.uuid(now));
            store::begin(w, (who.town().id, id), (subject, snapshot), who.name(), now).await?;
            Ok(id)
        })
        .await?;
    Ok(get(app, who, id).await?)
}

/// One upload of the town.
///
/// # Errors
/// `not_found`, `scope_missing`.
pub async fn get(app: &App, who: &Sender, id: UploadId) -> Result<UploadRow, Failure> {
    let mut r = app.db.read().await?;
    let row = store::get(&mut r, who.town().id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    who.may(row.subject.scope())?;
    Ok(row)
}

/// The town's uploads, the newest first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Sender) -> Result<Vec<UploadRow>, Failure> {
    let mut r = app.db.read().await?;
    let mut rows = store::list(&mut r, who.town().id, MAX_SHOWN).await?;
    rows.retain(|row| who.may(row.subject.scope()).is_ok());
    Ok(rows)
}

fn elsewhere(offset: i64) -> Refused<UploadOffset> {
    let mut refused = UploadOffset::refused();
    refused.problem_mut().offset = Some(offset);
    refused
}

/// Takes the bytes of a part as they come, and keeps them piece by piece: what came before a connection broke stays.
/// Gives the offset that is reached.
///
/// # Errors
/// `not_found`, `scope_missing`, `upload_offset`, `upload_closed`, `body_too_large`.
pub async fn append(
    app: &App,
    who: &Sender,
    id: UploadId,
    offset: i64,
    mut bytes: impl Stream<Item = std::io::Result<Bytes>> + Unpin,
) -> Result<i64, Refused<CannotAppend>> {
    let upload = get(app, who, id).await?;
    if upload.state != UploadState::Receiving {
        return Err(UploadClosed::refused().into());
    }
    if upload.received != offset {
        return Err(elsewhere(upload.received).into());
    }
    let most = i64::try_from(app.config.import.upload_bytes).unwrap_or(i64::MAX);
    let (mut at, mut piece) = (offset, BytesMut::with_capacity(PIECE));
    let mut waiting = VecDeque::new();
    let mut more = true;
    while more {
        match bytes.next().await {
            Some(Ok(chunk)) => waiting.push_back(chunk),
            // Cut off, or at its end: either way, what came is kept.
            Some(Err(_)) | None => more = false,
        }
        while let Some(mut chunk) = waiting.pop_front() {
            let room = PIECE - piece.len();
            piece.extend_from_slice(&chunk.split_to(room.min(chunk.len())));
            if !chunk.is_empty() {
                waiting.push_front(chunk);
            }
            if piece.len() == PIECE {
                at = keep(app, who, id, at, (&piece.split(), most)).await?;
            }
        }
    }
    if !piece.is_empty() {
        at = keep(app, who, id, at, (&piece, most)).await?;
    }
    Ok(at)
}

async fn keep(
    app: &App,
    who: &Sender,
    id: UploadId,
    at: i64,
    (piece, most): (&[u8], i64),
) -> Result<i64, Refused<UploadOffset>> {
    let reached = at + i64::try_from(piece.len()).unwrap_or(i64::MAX);
    if reached > most {
        return Err(Failure::detail(Code::BodyTooLarge, format!("an upload takes {most} bytes")).into());
    }
    let town = who.town().id;
    // Lost with the power, the sender is told an earlier offset and sends it again.
    let mut w = app.db.write_relaxed().await?;
    if !store::advance(&mut w, (town, id), at, reached, app.clock.now()).await? {
        let now = store::get(&mut w, town, id).await?;
        return Err(now.map_or_else(|| Failure::new(Code::NotFound).into(), |u| elsewhere(u.received)));
    }
    store::add_part(&mut w, (town, id), store::FILE, at, piece).await?;
    w.commit().await?;
    Ok(reached)
}

/// Says that all bytes are there; the import begins as soon as a worker is free.
///
/// # Errors
/// `not_found`, `scope_missing`, `upload_closed`; `upload_offset` where it is not as long as its sender says.
pub async fn complete(
    app: &App,
    who: &Sender,
    id: UploadId,
    size: i64,
    idempotency: &Idempotency,
) -> Result<UploadRow, Refused<CannotAppend>> {
    let upload = get(app, who, id).await?;
    let town = who.town().id;
    idempotency
        .act(app, async |w, now| {
            if upload.state != UploadState::Receiving {
                return Err(UploadClosed::refused().into());
            }
            if size == 0 || !store::complete(w, town, id, size, now).await? {
                let reached = store::get(w, town, id).await?.map_or(0, |u| u.received);
                return Err(elsewhere(reached).into());
            }
            audit::record(w, app, who, &[Entry::on(Act::RegisterSent, id.0)]).await?;
            Ok::<_, Refused<CannotAppend>>(())
        })
        .await?;
    Ok(get(app, who, id).await?)
}

/// Cancels an upload whose import has not begun.
///
/// # Errors
/// `not_found`, `scope_missing`, `upload_closed`.
pub async fn cancel(
    app: &App,
    who: &Sender,
    id: UploadId,
    idempotency: &Idempotency,
) -> Result<(), Refused<UploadClosed>> {
    get(app, who, id).await?;
    let town = who.town().id;
    idempotency
        .act(app, async |w, now| {
            if !store::cancel(w, town, id, now).await? {
                let cancelled = store::get(w, town, id).await?.is_some_and(|u| u.state == UploadState::Cancelled);
                return if cancelled { Ok(()) } else { Err(UploadClosed::refused()) };
            }
            store::forget_parts(w, town, id, store::FILE).await?;
            audit::record(w, app, who, &[Entry::on(Act::UploadCancelled, id.0)]).await?;
            Ok(())
        })
        .await
}

/// The report of wrong rows, piece by piece.
///
/// # Errors
/// `not_found`, `scope_missing`, `upload_not_finished`.
pub async fn report(
    app: &App,
    who: &Sender,
    id: UploadId,
) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>, Refused<UploadNotFinished>> {
    let upload = get(app, who, id).await?;
    if upload.finished_at.is_none() {
        return Err(UploadNotFinished::refused());
    }
    let mut w = app.db.write().await?;
    audit::record(&mut w, app, who, &[Entry::on(Act::ReportRead, id.0)]).await?;
    w.commit().await?;
    Ok(pieces(app.clone(), who.town().clone(), id, store::REPORT))
}

/// The pieces of an upload, each read when the one before was taken.
fn pieces(
    app: App,
    town: std::sync::Arc<Municipality>,
    id: UploadId,
    kind: &'static str,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold(0, move |at: i64| {
        let (app, town) = (app.clone(), town.clone());
        async move {
            let found = async {
                let mut r = app.db.read().await?;
                store::part(&mut r, town.id, id, kind, at).await
            };
            let found = found.await.map_err(std::io::Error::other)?;
            Ok(found.map(|(number, bytes)| (Bytes::from(bytes), number + 1)))
        }
    })
}

/// Up to when an upload that gets no bytes is waited for.
fn abandoned_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now - chrono::Duration::days(7)
}
