//! SQL of batches of letters.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{Batch, BatchId, BatchState, Part};
use crate::{
    changing,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId},
    },
    statements, with_conn,
};

/// What is read of a batch.
macro_rules! batches {
    ($rest:literal) => {
        concat!(
            "select municipality_id, id, number, made_at, made_by, state, gathered, numbered, letters, parts, printed_times, printed_by,
                printed_at, printed_before_by, printed_before_at, posted_by, posted_at
             from letter_batch ",
            $rest
        )
    };
}

statements! {
    /// Of two processes on one day one has the turn.
    TAKE_DAY = "
        insert into letter_day (municipality_id, day) values ($1, $2)
        on conflict (municipality_id) do update set day = excluded.day where letter_day.day < excluded.day";
    /// Batches of a town are begun one after the other: each is called by the next number.
    LOCK_TOWN = "
        insert into letter_day (municipality_id, day) values ($1, $2)
        on conflict (municipality_id) do update set day = letter_day.day";
    DAY = "select day from letter_day where municipality_id = $1";
    LAST_NUMBER = "select number from letter_batch where municipality_id = $1 order by number desc limit 1";
    ADD_BATCH = "
        insert into letter_batch (municipality_id, id, number, made_at, made_by, state, gathered, numbered, letters, parts,
            printed_times, settled)
        values ($1, $2, $3, $4, $5, 'making', false, false, 0, 0, 0, false)";
    DELETE_BATCH = "delete from letter_batch where municipality_id = $1 and id = $2";
    BATCH = batches!("where municipality_id = $1 and id = $2");
    BATCHES = batches!("where municipality_id = $1 order by number desc limit $2");
    MAKING = batches!(
        "where state = 'making' and not exists (select 1 from set_aside s
            where s.worker = 'letters' and s.item = letter_batch.id and s.again_at > $1)
         order by made_at, id limit 1"
    );
    SETTLING = batches!(
        "where state = 'posted' and settled = false and not exists (select 1 from set_aside s
            where s.worker = 'letters' and s.item = letter_batch.id and s.again_at > $1)
         order by posted_at, id limit 1"
    );
    GATHERED = "update letter_batch set gathered = true where municipality_id = $1 and id = $2";
    NUMBERED = "update letter_batch set numbered = true where municipality_id = $1 and id = $2";
    GROW = "update letter_batch set letters = $3, parts = $4 where municipality_id = $1 and id = $2";
    READY = "
        update letter_batch set state = 'ready'
        where municipality_id = $1 and id = $2 and state = 'making' and numbered = true";
    MAKE_AGAIN = "update letter_batch set state = 'making' where municipality_id = $1 and id = $2 and state = 'ready'";
    PRINTED = "
        update letter_batch set state = $3, printed_times = $4, printed_by = $5, printed_at = $6,
            printed_before_by = $7, printed_before_at = $8
        where municipality_id = $1 and id = $2";
    POSTED = "
        update letter_batch set state = 'posted', posted_by = $3, posted_at = $4
        where municipality_id = $1 and id = $2";
    SETTLED = "update letter_batch set settled = true where municipality_id = $1 and id = $2";
    PARTS = "
        select part, version, stale, letters, pages, size, sha256, abroad from letter_part
        where municipality_id = $1 and batch_id = $2 order by part";
    ADD_LETTER_PART = "
        insert into letter_part (municipality_id, batch_id, part, version, stale, letters, pages, size)
        values ($1, $2, $3, 1, true, $4, 0, 0)";
    /// A part that nobody draws now; who was killed while they drew one lets it go after a while. One that could not be drawn comes after those
    /// that nobody tried.
    STALE = "
        select part, version, stale, letters, pages, size, sha256, abroad from letter_part
        where municipality_id = $1 and batch_id = $2 and stale = true and (held_until is null or held_until < $3)
        order by case when held_until is null then 0 else 1 end, part limit 1";
    ANY_STALE = "
        select 1 from letter_part where municipality_id = $1 and batch_id = $2 and stale = true limit 1";
    HOLD = "
        update letter_part set held_until = $5
        where municipality_id = $1 and batch_id = $2 and part = $3 and stale = true and version = $6
            and (held_until is null or held_until < $4)";
    LET_GO = "
        update letter_part set held_until = $5
        where municipality_id = $1 and batch_id = $2 and part = $3 and version = $4 and stale = true";
    DRAWN = "
        update letter_part set stale = false, held_until = null, letters = $5, pages = $6, size = $7, sha256 = $8,
            abroad = $9
        where municipality_id = $1 and batch_id = $2 and part = $3 and version = $4";
    SPOIL = "
        update letter_part set stale = true, held_until = null, version = version + 1
        where municipality_id = $1 and batch_id = $2 and part = $3";
    /// Parts whose PDF still has a letter that was taken out of it.
    SPOIL_TAKEN_OUT = "
        update letter_part set stale = true, held_until = null, version = version + 1
        where municipality_id = $1 and batch_id = $2 and stale = false and exists
            (select 1 from letter l where l.municipality_id = $1 and l.batch_id = $2 and l.part = letter_part.part
                and l.state = 'taken_out' and l.pages is not null)";
    ADD_PIECE = "insert into letter_piece (municipality_id, batch_id, part, number, bytes) values ($1, $2, $3, $4, $5)";
    PIECE = "
        select number, bytes from letter_piece
        where municipality_id = $1 and batch_id = $2 and part = $3 and number >= $4 and exists
            (select 1 from letter_part p where p.municipality_id = $1 and p.batch_id = $2 and p.part = $3 and p.version = $5
                and p.stale = false)
        order by number limit 1";
    FORGET_PIECES = "delete from letter_piece where municipality_id = $1 and batch_id = $2 and part = $3";
    /// The oldest of which nothing need be kept any more.
    OLD_BATCH = "select municipality_id, id from letter_batch where made_at < $1 order by made_at, id limit 1";
}

/// What changes a batch waits for what changes it now.
const LOCK_BATCH: Locked = changing!("select 1 from letter_batch where municipality_id = $1 and id = $2");

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("LOCK_BATCH", &LOCK_BATCH)];

/// The last day on which a town's batch of the day was looked for.
pub async fn day(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Option<NaiveDate>> {
    with_conn!(r, c => sqlx::query_scalar(DAY).bind(town).fetch_optional(c).await)
}

/// Takes the turn of a day; false where it was had.
pub async fn take_day(w: &mut Write, town: MunicipalityId, day: NaiveDate) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TAKE_DAY).bind(town).bind(day).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Adds a batch, called by the next number.
pub async fn add(
    w: &mut Write,
    (town, id): InTown<BatchId>,
    made_by: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let never = DateTime::UNIX_EPOCH.date_naive();
    with_conn!(w, c => sqlx::query(LOCK_TOWN).bind(town).bind(never).execute(c).await.map(|_| ()))?;
    let last: Option<i64> = with_conn!(w, c => sqlx::query_scalar(LAST_NUMBER).bind(town).fetch_optional(c).await)?;
    let number = last.unwrap_or_default() + 1;
    with_conn!(w, c => sqlx::query(ADD_BATCH).bind(town).bind(id).bind(number).bind(now).bind(made_by)
        .execute(c).await.map(|_| ()))
}

/// Deletes a batch with all that is in it.
pub async fn delete(w: &mut Write, town: MunicipalityId, id: BatchId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(DELETE_BATCH).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: BatchId) -> sqlx::Result<Option<Batch>> {
    with_conn!(r, c => sqlx::query_as(BATCH).bind(town).bind(id).fetch_optional(c).await)
}

/// A batch that nobody else changes until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: BatchId) -> sqlx::Result<Option<Batch>> {
    let sql = LOCK_BATCH.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    get(w, town, id).await
}

/// The newest batches.
pub async fn newest(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<Batch>> {
    with_conn!(r, c => sqlx::query_as(BATCHES).bind(town).bind(limit).fetch_all(c).await)
}

/// The batch that waits longest to be made; else the one whose letters are to know that they were posted.
pub async fn to_do(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<Option<Batch>> {
    for sql in [MAKING, SETTLING] {
        let found: Option<Batch> = with_conn!(r, c => sqlx::query_as(sql).bind(now).fetch_optional(c).await)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// A step of a batch that is over.
#[derive(Clone, Copy)]
pub enum Over {
    /// All letters that were due are in it.
    Gathered,
    /// All of them have their place.
    Numbered,
    /// Each of its letters knows what became of it.
    Settled,
}

/// Notes that a step is over.
pub async fn over(w: &mut Write, town: MunicipalityId, id: BatchId, step: Over) -> sqlx::Result<()> {
    let sql = match step {
        Over::Gathered => GATHERED,
        Over::Numbered => NUMBERED,
        Over::Settled => SETTLED,
    };
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Adds a part of so many letters, after which the batch has so many in so many parts.
pub async fn grow(
    w: &mut Write,
    (town, id): InTown<BatchId>,
    of_part: i64,
    (letters, parts): (i64, i64),
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADD_LETTER_PART).bind(town).bind(id).bind(parts).bind(of_part)
        .execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(GROW).bind(town).bind(id).bind(letters).bind(parts).execute(c).await.map(|_| ()))
}

/// Says that a batch can be printed; false where it cannot, or could before.
pub async fn ready(w: &mut Write, town: MunicipalityId, id: BatchId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(READY).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Has a part drawn anew, in a batch that can be printed. It has the batch first, as whoever says that it is ready: none is ready meanwhile.
pub async fn spoil(w: &mut Write, (town, id): InTown<BatchId>, part: i64) -> sqlx::Result<()> {
    let lock = LOCK_BATCH.on(w);
    with_conn!(w, c => sqlx::query(lock).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(SPOIL).bind(town).bind(id).bind(part).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(FORGET_PIECES).bind(town).bind(id).bind(part).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(MAKE_AGAIN).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Has those parts drawn anew whose PDF has a letter that was taken out: one that was taken off the paper by hand.
pub async fn spoil_taken_out(w: &mut Write, town: MunicipalityId, id: BatchId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SPOIL_TAKEN_OUT).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Who did something, and when.
pub type ByWhom<'a> = (&'a str, DateTime<Utc>);

/// Notes how often a batch was printed, and by whom and when it last was.
pub async fn printed(
    w: &mut Write,
    (town, id): InTown<BatchId>,
    (state, times): (BatchState, i64),
    (by, before): (Option<ByWhom<'_>>, Option<ByWhom<'_>>),
) -> sqlx::Result<()> {
    let ((by, at), (before_by, before_at)) = (by.unzip(), before.unzip());
    with_conn!(w, c => sqlx::query(PRINTED).bind(town).bind(id).bind(state).bind(times).bind(by).bind(at)
        .bind(before_by).bind(before_at).execute(c).await.map(|_| ()))
}

/// Notes that a batch was handed to the post.
pub async fn posted(w: &mut Write, (town, id): InTown<BatchId>, by: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(POSTED).bind(town).bind(id).bind(by).bind(now).execute(c).await.map(|_| ()))
}

pub async fn parts(r: &mut Read, town: MunicipalityId, id: BatchId) -> sqlx::Result<Vec<Part>> {
    with_conn!(r, c => sqlx::query_as(PARTS).bind(town).bind(id).fetch_all(c).await)
}

/// A part that is to be drawn, and that nobody draws now.
pub async fn stale(r: &mut Read, (town, id): InTown<BatchId>, now: DateTime<Utc>) -> sqlx::Result<Option<Part>> {
    with_conn!(r, c => sqlx::query_as(STALE).bind(town).bind(id).bind(now).fetch_optional(c).await)
}

/// Whether a part is still to be drawn, also where somebody draws it now.
pub async fn any_stale(r: &mut Read, town: MunicipalityId, id: BatchId) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query(ANY_STALE).bind(town).bind(id).fetch_optional(c).await.map(|row| row.is_some()))
}

/// Holds a part while it is drawn; false where somebody else does, or did.
pub async fn hold(
    w: &mut Write,
    (town, id): InTown<BatchId>,
    part: &Part,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(HOLD).bind(town).bind(id).bind(part.part).bind(now).bind(until).bind(part.version)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets go of a part that could not be drawn: it is held until an instant that is past, by which it is known that it was tried.
pub async fn let_go(w: &mut Write, (town, id): InTown<BatchId>, part: &Part, past: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(LET_GO).bind(town).bind(id).bind(part.part).bind(part.version).bind(past)
        .execute(c).await.map(|_| ()))
}

/// Keeps what was drawn of a part; false where the part changed meanwhile: then nothing is.
pub async fn drawn<'a>(
    w: &mut Write,
    (town, id): InTown<BatchId>,
    part: &Part,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> sqlx::Result<bool> {
    let kept = with_conn!(w, c => sqlx::query(DRAWN).bind(town).bind(id).bind(part.part).bind(part.version)
        .bind(part.letters).bind(part.pages).bind(part.size).bind(&part.sha256).bind(part.abroad)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if !kept {
        return Ok(false);
    }
    with_conn!(w, c => sqlx::query(FORGET_PIECES).bind(town).bind(id).bind(part.part).execute(c).await.map(|_| ()))?;
    for (number, bytes) in (0_i64..).zip(pieces) {
        with_conn!(w, c => sqlx::query(ADD_PIECE).bind(town).bind(id).bind(part.part).bind(number).bind(bytes)
            .execute(c).await.map(|_| ()))?;
    }
    Ok(true)
}

/// The first piece of a part's PDF at `number` or behind it; none where that PDF is not to be had any more.
pub async fn piece(
    r: &mut Read,
    (town, id): InTown<BatchId>,
    part: &Part,
    number: i64,
) -> sqlx::Result<Option<(i64, Vec<u8>)>> {
    with_conn!(r, c => sqlx::query_as(PIECE).bind(town).bind(id).bind(part.part).bind(number).bind(part.version)
        .fetch_optional(c).await)
}

/// The oldest batch that was made before an instant.
pub async fn old(r: &mut Read, before: DateTime<Utc>) -> sqlx::Result<Option<(MunicipalityId, BatchId)>> {
    with_conn!(r, c => sqlx::query_as(OLD_BATCH).bind(before).fetch_optional(c).await)
}
