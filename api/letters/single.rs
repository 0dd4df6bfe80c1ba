//! One letter: who looks at it, takes it out of its batch or puts it back; and one that came back, with the address that is to be checked.

use std::collections::{BTreeSet, HashMap};

use super::{
    due, letter_store, making,
    model::{
        BatchId, BatchNotReady, BatchPosted, BatchState, CannotReturn, CannotTakeOut, Letter, LetterId,
        LetterNotPosted, LetterNotPrinted, LetterNotSent, LetterReturned, LetterState, OutReason, ReturnReason,
        ToCheck,
    },
    rules, store,
};
use crate::{
    audit::{self, Act, Entry},
    platform::{
        App,
        db::Write,
        erased::Erased,
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure, Refusal as _, Refused},
    },
    residents,
    staff::Staff,
};

/// Addresses that a list shows.
const MOST_ADDRESSES: i64 = 500;

/// A letter as staff see it.
pub struct Seen {
    /// As it is kept.
    pub letter: Letter,
    /// Why it is not sent any more, though it lies in its batch.
    pub not_to_send: Option<OutReason>,
    /// Whether it is still of use: whom it is for was told in no other way since.
    pub still_due: bool,
    /// Whether its part of the batch is being drawn.
    pub being_drawn: bool,
}

/// Somebody whose address is to be checked.
pub struct Unsure {
    /// As it is kept.
    pub noted: ToCheck,
    /// What staff call them.
    pub name: String,
}

fn act(act: Act, batch: BatchId, resident: ResidentId) -> Entry {
    Entry { act, subject: Some(batch.0), resident: Some(resident), reason: None, desk: None }
}

/// Writes down that letters of a batch were looked at: each of whom they are to can read that.
pub async fn note_looks(
    w: &mut Write,
    app: &App,
    who: &Staff,
    batch: BatchId,
    letters: &[&Letter],
) -> sqlx::Result<()> {
    let whole = Entry::on(Act::LettersRead, batch.0);
    let parts: Vec<_> = letters.iter().map(|letter| act(Act::LettersRead, batch, letter.resident_id)).collect();
    audit::record_list(w, app, who, (&whole, 0), &parts).await
}

/// A page of the letters of a batch, in its order, those behind `after`, or of those that are not sent any more; and behind which the next page begins.
///
/// # Errors
/// `not_found`.
pub async fn list(
    app: &App,
    who: &Staff,
    batch: BatchId,
    (after, limit): (i64, u32),
    not_to_send: bool,
) -> Result<(Vec<Seen>, Option<i64>), Failure> {
    let town = &who.town;
    // The look at all of them holds nobody up.
    let of_these = match not_to_send {
        true => Some(making::not_sent_in(&mut app.db.read().await?, app, town, batch).await?),
        false => None,
    };
    let mut w = app.db.write().await?;
    let found = store::get(&mut w, town.id, batch).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let mut letters = match of_these {
        Some(_) if found.state == BatchState::Posted => Vec::new(),
        Some(all) => {
            let behind = all.into_iter().filter(|one| one.sequence.is_some_and(|place| place > after));
            behind.take(limit as usize + 1).collect()
        }
        None => letter_store::in_order(&mut w, (town.id, batch), after, i64::from(limit) + 1).await?,
    };
    let more = letters.len() > limit as usize;
    letters.truncate(limit as usize);
    let next = letters.last().filter(|_| more).and_then(|letter| letter.sequence);
    note_looks(&mut w, app, who, batch, &letters.iter().collect::<Vec<_>>()).await?;
    let seen = seen(&mut w, app, who, letters).await?;
    w.commit().await?;
    Ok((seen, next))
}

async fn seen(w: &mut Write, app: &App, who: &Staff, letters: Vec<Letter>) -> sqlx::Result<Vec<Seen>> {
    let reaches: Vec<_> = letters.iter().map(|letter| letter.reach_id).collect();
    let open = due::still_due(w, app, &who.town, &reaches).await?;
    let people: Vec<_> = letters.iter().map(|letter| letter.resident_id).collect();
    let hidden = residents::hidden(w, &who.town, &people).await?;
    // A page is of one batch, and so is one letter.
    let (batch, parts) = match letters.first() {
        Some(letter) => {
            (store::get(w, who.town.id, letter.batch_id).await?, store::parts(w, who.town.id, letter.batch_id).await?)
        }
        None => (None, Vec::new()),
    };
    // Of a batch at the post nothing is taken out; its letters know it within seconds.
    let lies = |letter: &&Letter| letter.state == LetterState::Batched;
    let lying: Vec<Letter> = match batch {
        Some(batch) if batch.state != BatchState::Posted => letters.iter().filter(lies).cloned().collect(),
        _ => Vec::new(),
    };
    let not_sent: HashMap<LetterId, OutReason> =
        making::not_sent(w, app, &who.town, &lying).await?.into_iter().collect();
    let drawn_now: BTreeSet<i64> = parts.into_iter().filter(|part| part.stale).map(|part| part.part).collect();
    let all = letters.into_iter().map(|mut letter| {
        let still_due = open.contains(&letter.reach_id);
        // Also of an older letter nobody reads where somebody lives of whom that is hidden since.
        if hidden.contains(&letter.resident_id) {
            letter.forget_address();
        }
        let is_in = letter.state == LetterState::Batched;
        let being_drawn = is_in && letter.part.is_some_and(|part| drawn_now.contains(&part));
        Seen { not_to_send: not_sent.get(&letter.id).copied(), letter, still_due, being_drawn }
    });
    Ok(all.collect())
}

/// The letter with a reference, however it was typed or scanned; none where there is none.
///
/// # Errors
/// The database.
pub async fn find(app: &App, who: &Staff, reference: &str) -> Result<Option<Seen>, Failure> {
    let Some(reference) = rules::read_reference(reference) else { return Ok(None) };
    let mut w = app.db.write().await?;
    let Some(letter) = letter_store::by_reference(&mut w, who.town.id, &reference).await? else { return Ok(None) };
    audit::record(&mut w, app, who, &[act(Act::LettersRead, letter.batch_id, letter.resident_id)]).await?;
    let seen = seen(&mut w, app, who, vec![letter]).await?.pop();
    w.commit().await?;
    Ok(seen)
}

/// Takes a letter out of its batch, for a reason; without one, puts it back. Where the batch was not printed yet, its part is drawn anew.
///
/// # Errors
/// `not_found`, `batch_not_ready`, `batch_posted`; for one that is put back `letter_not_printed`, where the paper lies without it, and `letter_not_sent`.
pub async fn take_out(
    app: &App,
    who: &Staff,
    id: LetterId,
    why: Option<OutReason>,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotTakeOut>> {
    let town = who.town.id;
    idempotency
        .act(app, async |w, _| {
            let of = letter_store::get(w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?.batch_id;
            let batch = store::locked(w, town, of).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            // Whoever drew or printed meanwhile is done now.
            let found = letter_store::get(w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if batch.state == BatchState::Posted {
                return Err(BatchPosted::refused().into());
            }
            // While letters still come in and get their place, none is taken out.
            let part = found.part.filter(|_| batch.numbered).ok_or_else(BatchNotReady::refused)?;
            // Of what lies on paper without it nothing is drawn any more: it would count as posted, and nobody would have it.
            let is_out = found.state == LetterState::TakenOut && found.pages.is_none();
            if why.is_none() && is_out && batch.state == BatchState::Printed {
                return Err(LetterNotPrinted::refused().into());
            }
            if why.is_none()
                && found.state == LetterState::TakenOut
                && !making::not_sent(w, app, &who.town, std::slice::from_ref(&found)).await?.is_empty()
            {
                return Err(LetterNotSent::refused().into());
            }
            if letter_store::take_out(w, (town, id), why).await? {
                let done = if why.is_some() { Act::LetterTakenOut } else { Act::LetterPutBack };
                audit::record(w, app, who, &[act(done, batch.id, found.resident_id)]).await?;
                // What is on paper already is taken out by hand.
                if matches!(batch.state, BatchState::Making | BatchState::Ready) {
                    store::spoil(w, (town, batch.id), part).await?;
                }
            }
            Ok::<_, Refused<CannotTakeOut>>(())
        })
        .await
}

/// Notes that a letter came back: its address is to be checked, and what was said goes on with the next step. The same said again is the same.
///
/// # Errors
/// `not_found`, `letter_not_posted`, `letter_returned`.
pub async fn returned(
    app: &App,
    who: &Staff,
    (reference, why): (&str, ReturnReason),
    idempotency: &Idempotency,
) -> Result<LetterId, Refused<CannotReturn>> {
    let town = &who.town;
    let reference = rules::read_reference(reference);
    idempotency
        .act(app, async |w, now| {
            let found = match &reference {
                Some(reference) => letter_store::by_reference(w, town.id, reference).await?,
                None => None,
            };
            let letter = found.ok_or_else(|| Failure::new(Code::NotFound))?;
            if letter.state == LetterState::Returned && letter.returned_why == Some(why) {
                return Ok(letter.id);
            }
            if letter.state == LetterState::Returned {
                return Err(LetterReturned::refused().into());
            }
            if !letter_store::returned(w, (town.id, &letter), why, (who.name.as_str(), now)).await? {
                // A colleague scanned it at the same moment, or it was never posted.
                return match letter_store::get(w, town.id, letter.id).await? {
                    Some(now) if now.state == LetterState::Returned && now.returned_why == Some(why) => Ok(letter.id),
                    Some(now) if now.state == LetterState::Returned => Err(LetterReturned::refused().into()),
                    _ => Err(LetterNotPosted::refused().into()),
                };
            }
            due::returned(w, app, town, letter.reach_id).await?;
            audit::record(w, app, who, &[act(Act::LetterReturned, letter.batch_id, letter.resident_id)]).await?;
            Ok::<_, Refused<CannotReturn>>(letter.id)
        })
        .await
}

/// Whose address is to be checked, those first who wait longest: five hundred at most.
///
/// # Errors
/// The database.
pub async fn to_check(app: &App, who: &Staff) -> Result<Vec<Unsure>, Failure> {
    let mut w = app.db.write().await?;
    let all = letter_store::to_check(&mut w, who.town.id, MOST_ADDRESSES).await?;
    let ids: Vec<ResidentId> = all.iter().map(|one| one.resident_id).collect();
    let names = residents::names(&mut w, &who.town, &ids).await?;
    let entry = |resident| Entry { act: Act::AddressesRead, subject: None, resident, reason: None, desk: None };
    let parts: Vec<_> = ids.iter().map(|id| entry(Some(*id))).collect();
    if !parts.is_empty() {
        audit::record_list(&mut w, app, who, (&entry(None), 0), &parts).await?;
    }
    w.commit().await?;
    let name = |id: &ResidentId| names.get(id).cloned().unwrap_or_default();
    Ok(all.into_iter().map(|noted| Unsure { name: name(&noted.resident_id), noted }).collect())
}

/// An address was checked: it is off the list, and letters go there again.
///
/// # Errors
/// `not_found`.
pub async fn checked(app: &App, who: &Staff, id: ResidentId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            let did = letter_store::checked(w, who.town.id, id).await?;
            if deleted(w, did, who.town.id.0, id.0, now).await? {
                let entry =
                    Entry { act: Act::AddressChecked, subject: None, resident: Some(id), reason: None, desk: None };
                audit::record(w, app, who, &[entry]).await?;
            }
            Ok::<_, Failure>(())
        })
        .await
}

/// Erases somebody's letters, with the PDFs that they are in, and what is noted of their address.
///
/// # Errors
/// The database.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    // In one order, whoever else has parts of several batches drawn anew.
    let places: BTreeSet<(BatchId, i64)> = letter_store::places_of(w, town, resident).await?.into_iter().collect();
    for (batch, part) in places {
        store::spoil(w, (town, batch), part).await?;
    }
    erased.add("letters", letter_store::erase(w, town, resident).await?);
    erased.add("addresses to check", u64::from(letter_store::checked(w, town, resident).await?));
    Ok(())
}
