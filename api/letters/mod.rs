//! Letters on paper: for whom no app and no e-mail reaches, what they were to be told is printed by the town and handed to the post.
//!
//! A *letter* is what one person is told on paper, once; a *batch* is what is printed in one go, in the order of a postman, with a list of what is in
//! it. Letters are asked for by `inbox::reach`, and are taken from there when a batch is made: whoever was told in another way since gets none.
//! A batch is *ready*, *printed*, *posted*; from then on each of its letters is known to be on its way, and is noted by its *reference* when it comes
//! back. An address that is hidden for somebody's safety is not kept at all, and gets into no batch.

mod due;
mod letter_routes;
mod letter_store;
mod looks;
mod making;
mod model;
pub mod page;
mod routes;
mod rules;
mod single;
mod store;
pub mod value;
mod work;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::Stream;

use crate::{
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        idempotency::Idempotency,
        ids::ResidentId,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    residents,
    staff::Staff,
};

use looks::Letterheads;
pub use looks::{Letterhead, letterhead, proof};
pub use model::{Batch, BatchId, BatchState, Letter, LetterId, LetterState, Part};
use model::{
    BatchNotPrinted, BatchNotReady, BatchPosted, BatchPrinted, CannotFetch, CannotHandOver, CannotMake, CannotPrint,
    CannotUndo, LettersChanged, LettersNotSent, LettersOff, PdfWithheld,
};
pub(crate) use single::erase;

/// Batches that a list shows.
const MOST_BATCHES: i64 = 100;
/// Letters read at a time for a manifest.
const CHUNK: i64 = 2_000;

/// The references of letters that were made for these, by what each was made for.
///
/// # Errors
/// The database.
pub async fn references(
    r: &mut Read,
    town: &Municipality,
    reaches: &[uuid::Uuid],
) -> sqlx::Result<HashMap<uuid::Uuid, String>> {
    Ok(letter_store::references(r, town.id, reaches).await?.into_iter().collect())
}

/// A batch as staff see it: with its parts.
pub struct Shown {
    /// As it is kept.
    pub batch: Batch,
    /// Its parts, in their order.
    pub parts: Vec<Part>,
}

impl Shown {
    /// Letters on paper of it, as far as they are drawn.
    pub fn drawn(&self) -> i64 {
        self.parts.iter().filter(|part| !part.stale).map(|part| part.letters).sum()
    }

    /// How many of these go abroad.
    pub fn abroad(&self) -> i64 {
        self.parts.iter().filter(|part| !part.stale).map(|part| part.abroad).sum()
    }

    /// Which version of its PDFs is to be had.
    pub fn version(&self) -> i64 {
        version(&self.parts)
    }

    /// Their sheets.
    pub fn pages(&self) -> i64 {
        self.parts.iter().map(|part| part.pages).sum()
    }
}

/// What is another as soon as one of the parts is.
fn version(parts: &[Part]) -> i64 {
    parts.iter().map(|part| part.version).sum()
}

fn not_found() -> Failure {
    Failure::new(Code::NotFound)
}

/// The newest batches of the town, and whether it sends letters.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<(bool, Vec<Shown>), Failure> {
    let mut r = app.db.read().await?;
    let mut all = Vec::new();
    for batch in store::newest(&mut r, who.town.id, MOST_BATCHES).await? {
        let parts = store::parts(&mut r, who.town.id, batch.id).await?;
        all.push(Shown { batch, parts });
    }
    Ok((app.part::<Letterheads>().of(who.town.id).is_some(), all))
}

/// Has a batch made of all letters that are due. None: no letter is. Of who has no address to which one can go it is said so, also then.
///
/// # Errors
/// `letters_off`.
pub async fn make(app: &App, who: &Staff, idempotency: &Idempotency) -> Result<Option<BatchId>, Refused<CannotMake>> {
    if app.part::<Letterheads>().of(who.town.id).is_none() {
        return Err(LettersOff::refused().into());
    }
    idempotency
        .act(app, async |w, _| {
            let made = work::begin(w, app, &who.town, Some(who.name.as_str())).await?;
            if let Some(id) = made {
                audit::record(w, app, who, &[Entry::on(Act::LettersMade, id.0)]).await?;
            }
            Ok::<_, Refused<CannotMake>>(made)
        })
        .await
}

/// One batch: how far it is.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Staff, id: BatchId) -> Result<Shown, Failure> {
    let mut r = app.db.read().await?;
    let batch = store::get(&mut r, who.town.id, id).await?.ok_or_else(not_found)?;
    let parts = store::parts(&mut r, who.town.id, id).await?;
    Ok(Shown { batch, parts })
}

/// The PDF of a part, piece by piece; what it is called and how long it is. Everybody in it reads in their trail that their letter was.
///
/// # Errors
/// `not_found`, where there is no such part or no letter is left in it; `batch_not_ready`; `pdf_withheld`, where it was printed and is given out no more.
pub async fn pdf(
    app: &App,
    who: &Staff,
    id: BatchId,
    part: i64,
) -> Result<(String, impl Stream<Item = std::io::Result<Bytes>> + Send + use<>), Refused<CannotFetch>> {
    let mut w = app.db.write().await?;
    // Nobody prints, posts or takes out meanwhile: what is noted of whom is what is in the file.
    let batch = store::locked(&mut w, who.town.id, id).await?.ok_or_else(not_found)?;
    let found = store::parts(&mut w, who.town.id, id).await?.into_iter().find(|one| one.part == part);
    let found = found.ok_or_else(not_found)?;
    // Of what is on paper nothing is drawn, unless that is taken back.
    let withheld = || match batch.state {
        BatchState::Making | BatchState::Ready => Refused::from(BatchNotReady::refused()),
        BatchState::Printed | BatchState::Posted => PdfWithheld::refused().into(),
    };
    if found.stale {
        return Err(withheld());
    }
    if found.size == 0 {
        return Err(not_found().into());
    }
    let mut letters = letter_store::of_part(&mut w, (who.town.id, id), part).await?;
    // Also what was taken out once it was on paper: it is in the PDF still.
    letters.retain(|letter| letter.pages.is_some());
    let spoilt = match batch.state {
        BatchState::Making | BatchState::Ready => {
            letters.iter().any(|letter| letter.state == LetterState::TakenOut)
                || !making::not_sent(&mut w, app, &who.town, &letters).await?.is_empty()
        }
        // What is on paper is on paper; of an address that is hidden since, nothing is given out once more.
        BatchState::Printed | BatchState::Posted => {
            !making::hidden_since(&mut w, &who.town, &letters).await?.is_empty()
        }
    };
    if spoilt {
        // It is drawn anew without, as what was taken out of paper that was thrown away since; of a batch that was printed, once that was taken back.
        store::spoil(&mut w, (who.town.id, id), part).await?;
        w.commit().await?;
        return Err(withheld());
    }
    single::note_looks(&mut w, app, who, id, &letters.iter().collect::<Vec<_>>()).await?;
    w.commit().await?;
    let name = format!("brieven-{}-{part}.pdf", batch.number);
    Ok((name, pieces(app.clone(), who.town.clone(), id, found)))
}

/// The pieces of a PDF, each read when the one before was taken. Where the part changes meanwhile it breaks off: half of a file, or of two, is
/// printed by nobody.
fn pieces(
    app: App,
    town: Arc<Municipality>,
    id: BatchId,
    part: Part,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold((0, 0), move |(at, had): (i64, i64)| {
        let (app, town, part) = (app.clone(), town.clone(), part.clone());
        async move {
            if had >= part.size {
                return Ok::<_, std::io::Error>(None);
            }
            let found = async {
                let mut r = app.db.read().await?;
                store::piece(&mut r, (town.id, id), &part, at).await
            };
            let found = found.await.map_err(std::io::Error::other)?;
            let (number, bytes) = found.ok_or_else(|| std::io::Error::other("the part is drawn anew"))?;
            let had = had + i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            Ok(Some((Bytes::from(bytes), (number + 1, had))))
        }
    })
}

/// What lies in a batch: for the printer, without names.
pub struct Manifest {
    /// The number of the batch.
    pub number: i64,
    /// Its letters, in its order.
    pub letters: Vec<Letter>,
    /// What the population register itself calls whom they are to; none where the town does not keep that.
    pub register_keys: Option<BTreeMap<ResidentId, String>>,
}

/// What lies in a batch. Where it leads to who somebody is, by what the register calls them, each of them reads in their trail that it was had.
///
/// # Errors
/// `not_found`, `batch_not_ready`.
pub async fn manifest(app: &App, who: &Staff, id: BatchId) -> Result<Manifest, Refused<BatchNotReady>> {
    let mut w = app.db.write().await?;
    let batch = store::get(&mut w, who.town.id, id).await?.ok_or_else(not_found)?;
    if batch.state == BatchState::Making {
        return Err(BatchNotReady::refused());
    }
    let mut all: Vec<Letter> = Vec::new();
    loop {
        let after = all.last().and_then(|letter| letter.sequence).unwrap_or_default();
        let some = letter_store::in_order(&mut w, (who.town.id, id), after, CHUNK).await?;
        if some.is_empty() {
            break;
        }
        // What it says is not in the list.
        all.extend(some.into_iter().map(|letter| Letter { subject: String::new(), body: String::new(), ..letter }));
    }
    all.retain(|letter| letter.state != LetterState::TakenOut);
    // Not even a postcode of who nobody may find since.
    let hidden: HashSet<LetterId> = making::hidden_since(&mut w, &who.town, &all).await?.into_iter().collect();
    for letter in all.iter_mut().filter(|letter| hidden.contains(&letter.id)) {
        letter.forget_address();
    }
    let register_keys = if who.town.keeps_register_keys() {
        let people: Vec<ResidentId> = all.iter().map(|letter| letter.resident_id).collect();
        single::note_looks(&mut w, app, who, id, &all.iter().collect::<Vec<_>>()).await?;
        Some(residents::register_keys(&mut w, &who.town, &people).await?)
    } else {
        audit::record(&mut w, app, who, &[Entry::on(Act::LettersRead, id.0)]).await?;
        None
    };
    w.commit().await?;
    Ok(Manifest { number: batch.number, letters: all, register_keys })
}

/// Has each part of a batch that is to be printed drawn anew in which a letter lies that is not sent any more, and says whether there is one: whoever printed
/// it throws that paper away. The look holds nobody up.
async fn spoil_what_is_not_sent(app: &App, who: &Staff, id: BatchId) -> Result<bool, Failure> {
    let of = (who.town.id, id);
    let is_ready = |batch: Option<Batch>| batch.is_some_and(|batch| batch.state == BatchState::Ready);
    let mut r = app.db.read().await?;
    if !is_ready(store::get(&mut r, who.town.id, id).await?) {
        return Ok(false);
    }
    let spoilt: BTreeSet<i64> =
        making::not_sent_in(&mut r, app, &who.town, id).await?.iter().filter_map(|letter| letter.part).collect();
    drop(r);
    if spoilt.is_empty() {
        return Ok(false);
    }
    let mut w = app.db.write().await?;
    // Unless a colleague printed it meanwhile; what is being drawn anew already is drawn once.
    if is_ready(store::locked(&mut w, who.town.id, id).await?) {
        for part in store::parts(&mut w, who.town.id, id).await? {
            if spoilt.contains(&part.part) && !part.stale {
                store::spoil(&mut w, of, part.part).await?;
            }
        }
        w.commit().await?;
    }
    Ok(true)
}

/// Notes that a batch was printed; `again` says that it is meant where it was before, and `version` what was printed, where that is known: who
/// fetched the PDF before a colleague took a letter out has that letter on paper.
///
/// # Errors
/// `not_found`, `batch_not_ready`, `batch_printed` with by whom and when, `batch_posted`, `letters_changed`.
pub async fn mark_printed(
    app: &App,
    who: &Staff,
    id: BatchId,
    (again, version): (bool, Option<i64>),
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotPrint>> {
    if spoil_what_is_not_sent(app, who, id).await? {
        return Err(LettersChanged::refused().into());
    }
    idempotency
        .act(app, async |w, now| {
            let batch = store::locked(w, who.town.id, id).await?.ok_or_else(not_found)?;
            match batch.state {
                BatchState::Making => return Err(BatchNotReady::refused().into()),
                BatchState::Posted => return Err(BatchPosted::refused().into()),
                BatchState::Printed if !again => {
                    let mut refused = BatchPrinted::refused();
                    refused.problem_mut().edited_by = batch.printed_by;
                    refused.problem_mut().edited_at = batch.printed_at.map(Into::into);
                    return Err(refused.into());
                }
                BatchState::Ready | BatchState::Printed => {}
            }
            let parts = store::parts(w, who.town.id, id).await?;
            if version.is_some_and(|version| version != self::version(&parts)) {
                return Err(LettersChanged::refused().into());
            }
            let times = batch.printed_times + 1;
            let by = (Some((who.name.as_str(), now)), batch.printed_by.as_deref().zip(batch.printed_at));
            store::printed(w, (who.town.id, id), (BatchState::Printed, times), by).await?;
            audit::record(w, app, who, &[Entry::on(Act::LettersPrinted, id.0)]).await?;
            Ok(())
        })
        .await
}

/// Takes back that a batch was printed, the last time: the paper was thrown away.
///
/// # Errors
/// `not_found`, `batch_not_printed`, `batch_posted`.
pub async fn unmark_printed(
    app: &App,
    who: &Staff,
    id: BatchId,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotUndo>> {
    idempotency
        .act(app, async |w, _| {
            let batch = store::locked(w, who.town.id, id).await?.ok_or_else(not_found)?;
            printed(&batch)?;
            let left = batch.printed_times - 1;
            if left == 0 {
                store::spoil_taken_out(w, who.town.id, id).await?;
            }
            let (state, by) = match left {
                // What was erased of it or taken out meanwhile is drawn anew without.
                0 if store::any_stale(w, who.town.id, id).await? => (BatchState::Making, None),
                0 => (BatchState::Ready, None),
                _ => (BatchState::Printed, batch.printed_before_by.as_deref().zip(batch.printed_before_at)),
            };
            store::printed(w, (who.town.id, id), (state, left), (by, None)).await?;
            audit::record(w, app, who, &[Entry::on(Act::PrintingUndone, id.0)]).await?;
            Ok::<_, Refused<CannotUndo>>(())
        })
        .await
}

/// Whether letters lie among the paper of a batch that are not sent any more: they are taken out by hand. The look holds nobody up.
async fn has_not_sent(app: &App, who: &Staff, id: BatchId) -> Result<bool, Failure> {
    let mut r = app.db.read().await?;
    let is_printed = store::get(&mut r, who.town.id, id).await?.is_some_and(|b| b.state == BatchState::Printed);
    Ok(is_printed && !making::not_sent_in(&mut r, app, &who.town, id).await?.is_empty())
}

/// Notes that a batch was handed to the post; `anyway` says that letters went with it that are not sent any more. Its letters know it within seconds.
///
/// # Errors
/// `not_found`, `batch_not_ready`, `batch_not_printed`, `batch_posted`, `letters_not_sent`.
pub async fn mark_posted(
    app: &App,
    who: &Staff,
    id: BatchId,
    anyway: bool,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotHandOver>> {
    if !anyway && has_not_sent(app, who, id).await? {
        return Err(LettersNotSent::refused().into());
    }
    idempotency
        .act(app, async |w, now| {
            let batch = store::locked(w, who.town.id, id).await?.ok_or_else(not_found)?;
            printed(&batch)?;
            store::posted(w, (who.town.id, id), &who.name, now).await?;
            audit::record(w, app, who, &[Entry::on(Act::LettersPosted, id.0)]).await?;
            Ok::<_, Refused<CannotHandOver>>(())
        })
        .await
}

/// Whether a batch is one that was printed, and was not posted.
fn printed(batch: &Batch) -> Result<(), Refused<CannotUndo>> {
    match batch.state {
        BatchState::Making => Err(BatchNotReady::refused().into()),
        BatchState::Ready => Err(BatchNotPrinted::refused().into()),
        BatchState::Printed => Ok(()),
        BatchState::Posted => Err(BatchPosted::refused().into()),
    }
}
