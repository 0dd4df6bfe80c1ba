//! SQL of letters, and of addresses from which one came back.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{BatchId, Letter, LetterId, LetterState, OutReason, ReturnReason, ToCheck};
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
        language::Language,
    },
    select_in, statements, with_conn,
};

/// What is read of a letter.
macro_rules! letters {
    ($rest:literal) => {
        concat!(
            "select id, batch_id, reach_id, resident_id, reference, sequence, part, state, why, language, large_print, name, street,
                house_number, box, postcode, town, country, address_hash, subject, body, pages, posted_at, returned_at, returned_by,
                returned_why
             from letter ",
            $rest
        )
    };
}

listed! {
    TO_CHECK_OF = "
        select resident_id, address_hash, letter_id, why, noted_by, noted_at from letter_address
        where municipality_id = ? and resident_id in (?*)";
    REFERENCES = "select reach_id, reference from letter where municipality_id = ? and reach_id in (?*)";
    SET_PLACES = "
        with p (municipality_id, id, sequence, part) as (values (?uuid, ?uuid, ?bigint, ?bigint)*)
        update letter set sequence = p.sequence, part = p.part
        from p where letter.municipality_id = p.municipality_id and letter.id = p.id";
    SET_PAGES = "
        with p (municipality_id, id, pages) as (values (?uuid, ?uuid, ?bigint)*)
        update letter set pages = p.pages
        from p where letter.municipality_id = p.municipality_id and letter.id = p.id";
}

statements! {
    /// A reference that another has is no reason to lose a letter: the caller tries another.
    ADD_LETTER = "
        insert into letter (municipality_id, id, batch_id, reach_id, resident_id, reference, sort_key, state, language,
            large_print, name, street, house_number, box, postcode, town, address_hash, subject, body, created_at, settled, country)
        values ($1, $2, $3, $4, $5, $6, $7, 'batched', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, false, $20)
        on conflict (municipality_id, reference) do nothing";
    LETTER = letters!("where municipality_id = $1 and id = $2");
    LETTER_OF_REFERENCE = letters!("where municipality_id = $1 and reference = $2");
    TO_NUMBER = "
        select id from letter where municipality_id = $1 and batch_id = $2 and sequence is null order by sort_key, id limit $3";
    IN_ORDER = letters!(
        "where municipality_id = $1 and batch_id = $2 and sequence is not null and sequence > $3 order by sequence limit $4"
    );
    OF_PART = letters!("where municipality_id = $1 and batch_id = $2 and part = $3 order by sequence");
    TO_SETTLE = letters!("where municipality_id = $1 and batch_id = $2 and settled = false order by id limit $3");
    POST_LETTER = "
        update letter set state = 'posted', posted_at = $3, settled = true
        where municipality_id = $1 and id = $2 and state = 'batched' and settled = false";
    SETTLE_LETTER = "
        update letter set settled = true where municipality_id = $1 and id = $2 and state = 'taken_out' and settled = false";
    TAKE_OUT = "
        update letter set state = 'taken_out', why = $3 where municipality_id = $1 and id = $2 and state = 'batched'";
    PUT_BACK = "
        update letter set state = 'batched', why = null where municipality_id = $1 and id = $2 and state = 'taken_out'";
    RETURN_LETTER = "
        update letter set state = 'returned', returned_at = $3, returned_by = $4, returned_why = $5
        where municipality_id = $1 and id = $2 and state = 'posted'";
    NOTE_ADDRESS = "
        insert into letter_address (municipality_id, resident_id, address_hash, letter_id, why, noted_by, noted_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (municipality_id, resident_id) do update set address_hash = excluded.address_hash,
            letter_id = excluded.letter_id, why = excluded.why, noted_by = excluded.noted_by, noted_at = excluded.noted_at";
    ADDRESSES_TO_CHECK = "
        select resident_id, address_hash, letter_id, why, noted_by, noted_at from letter_address
        where municipality_id = $1 order by noted_at, resident_id limit $2";
    FORGET_ADDRESS = "delete from letter_address where municipality_id = $1 and resident_id = $2";
    PLACES_OF = "
        select batch_id, part from letter where municipality_id = $1 and resident_id = $2 and part is not null";
    ERASE_LETTERS = "delete from letter where municipality_id = $1 and resident_id = $2";
    /// From the few of whom it is hidden: SQLite takes a cross join in the order in which it is written.
    TO_HIDDEN = "
        select l.id, l.batch_id, l.part, l.state, l.pages from resident r cross join letter l
        where l.municipality_id = r.municipality_id and l.resident_id = r.id
            and r.municipality_id = $1 and r.hidden = true and l.address_hash <> '' limit $2";
    FORGET_PLACE = "
        update letter set street = '', house_number = '', box = '', postcode = '', town = '', country = '', sort_key = '',
            address_hash = ''
        where municipality_id = $1 and id = $2";
    NO_PAGES = "
        update letter set pages = null
        where municipality_id = $1 and batch_id = $2 and part = $3 and state = 'taken_out' and pages is not null";
    FORGET_LETTERS = "
        delete from letter where municipality_id = $1 and id in
            (select id from letter where municipality_id = $1 and batch_id = $2 limit $3)";
}

/// A letter that is to be added.
pub struct New<'a> {
    /// Its id.
    pub id: LetterId,
    /// In which batch.
    pub batch: BatchId,
    /// What asks for it.
    pub reach: Uuid,
    /// To whom.
    pub resident: ResidentId,
    /// By which it is known when it comes back.
    pub reference: &'a str,
    /// Where it lies among the others.
    pub sort_key: &'a str,
    /// Its language.
    pub language: Language,
    /// Whether it is in large print.
    pub large_print: bool,
    /// Where it goes.
    pub address: super::rules::Address<'a>,
    /// What stands for the address where two are compared.
    pub address_hash: &'a str,
    /// One line.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
}

/// Adds a letter; false where another has its reference.
pub async fn add(w: &mut Write, town: MunicipalityId, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let to = &new.address;
    with_conn!(w, c => sqlx::query(ADD_LETTER).bind(town).bind(new.id).bind(new.batch).bind(new.reach).bind(new.resident)
        .bind(new.reference).bind(new.sort_key).bind(new.language.code()).bind(new.large_print).bind(to.name)
        .bind(to.street).bind(to.house_number).bind(to.box_number).bind(to.postcode).bind(to.town).bind(new.address_hash)
        .bind(new.subject).bind(new.body).bind(now).bind(to.country).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: LetterId) -> sqlx::Result<Option<Letter>> {
    with_conn!(r, c => sqlx::query_as(LETTER).bind(town).bind(id).fetch_optional(c).await)
}

pub async fn by_reference(r: &mut Read, town: MunicipalityId, reference: &str) -> sqlx::Result<Option<Letter>> {
    with_conn!(r, c => sqlx::query_as(LETTER_OF_REFERENCE).bind(town).bind(reference).fetch_optional(c).await)
}

/// Letters of a batch that have no place yet, in the order of a postman.
pub async fn to_number(r: &mut Read, (town, batch): InTown<BatchId>, limit: i64) -> sqlx::Result<Vec<LetterId>> {
    with_conn!(r, c => sqlx::query_scalar(TO_NUMBER).bind(town).bind(batch).bind(limit).fetch_all(c).await)
}

/// Gives letters their place: the first after `after`, all in one part.
pub async fn place(
    w: &mut Write,
    town: MunicipalityId,
    letters: &[LetterId],
    (after, part): (i64, i64),
) -> sqlx::Result<()> {
    let placed: Vec<(i64, LetterId)> = (after + 1..).zip(letters.iter().copied()).collect();
    for some in placed.chunks(SET_PLACES.at_most()) {
        let sql = SET_PLACES.on(w, some.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for (sequence, id) in some {
                q = q.bind(town).bind(*id).bind(*sequence).bind(part);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Notes how many sheets letters take.
pub async fn set_pages(w: &mut Write, town: MunicipalityId, pages: &[(LetterId, i64)]) -> sqlx::Result<()> {
    for some in pages.chunks(SET_PAGES.at_most()) {
        let sql = SET_PAGES.on(w, some.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for (id, pages) in some {
                q = q.bind(town).bind(*id).bind(*pages);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Notes that what was taken out of a part is on no sheet of its PDF: a letter that has sheets is in it.
pub async fn no_pages(w: &mut Write, (town, batch): InTown<BatchId>, part: i64) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NO_PAGES).bind(town).bind(batch).bind(part).execute(c).await.map(|_| ()))
}

/// Letters of a batch that have their place, those behind `after`, in their order.
pub async fn in_order(
    r: &mut Read,
    (town, batch): InTown<BatchId>,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<Letter>> {
    with_conn!(r, c => sqlx::query_as(IN_ORDER).bind(town).bind(batch).bind(after).bind(limit).fetch_all(c).await)
}

/// The references of the letters of these.
pub async fn references(r: &mut Read, town: MunicipalityId, reaches: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    Ok(select_in!(r, REFERENCES, town, reaches))
}

/// The letters of a part, in their order.
pub async fn of_part(r: &mut Read, (town, batch): InTown<BatchId>, part: i64) -> sqlx::Result<Vec<Letter>> {
    with_conn!(r, c => sqlx::query_as(OF_PART).bind(town).bind(batch).bind(part).fetch_all(c).await)
}

/// Letters of a batch that do not know yet that it was posted.
pub async fn to_settle(r: &mut Read, (town, batch): InTown<BatchId>, limit: i64) -> sqlx::Result<Vec<Letter>> {
    with_conn!(r, c => sqlx::query_as(TO_SETTLE).bind(town).bind(batch).bind(limit).fetch_all(c).await)
}

/// Settles a letter of a batch that was posted at an instant: one that lay in it was, one that was taken out was not. False where somebody
/// else did.
pub async fn settle(
    w: &mut Write,
    town: MunicipalityId,
    letter: &Letter,
    posted_at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    if letter.state == LetterState::TakenOut {
        return with_conn!(w, c => sqlx::query(SETTLE_LETTER).bind(town).bind(letter.id)
            .execute(c).await.map(|d| d.rows_affected() == 1));
    }
    with_conn!(w, c => sqlx::query(POST_LETTER).bind(town).bind(letter.id).bind(posted_at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes a letter out of its batch, or, without a reason, puts it back; false where it was so before.
pub async fn take_out(w: &mut Write, (town, id): InTown<LetterId>, why: Option<OutReason>) -> sqlx::Result<bool> {
    let done = match why {
        Some(why) => with_conn!(w, c => sqlx::query(TAKE_OUT).bind(town).bind(id).bind(why)
            .execute(c).await.map(|d| d.rows_affected()))?,
        None => with_conn!(w, c => sqlx::query(PUT_BACK).bind(town).bind(id)
            .execute(c).await.map(|d| d.rows_affected()))?,
    };
    Ok(done == 1)
}

/// Notes that a letter came back, and that its address is to be checked; false where it was not posted, or came back before.
pub async fn returned(
    w: &mut Write,
    (town, letter): (MunicipalityId, &Letter),
    why: ReturnReason,
    (by, now): (&str, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let done = with_conn!(w, c => sqlx::query(RETURN_LETTER).bind(town).bind(letter.id).bind(now).bind(by).bind(why)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if done {
        with_conn!(w, c => sqlx::query(NOTE_ADDRESS).bind(town).bind(letter.resident_id).bind(&letter.address_hash)
            .bind(letter.id).bind(why).bind(by).bind(now).execute(c).await.map(|_| ()))?;
    }
    Ok(done)
}

/// Addresses that are to be checked, those first that wait longest.
pub async fn to_check(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<ToCheck>> {
    with_conn!(r, c => sqlx::query_as(ADDRESSES_TO_CHECK).bind(town).bind(limit).fetch_all(c).await)
}

/// The addresses of these that are to be checked.
pub async fn to_check_of(r: &mut Read, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<Vec<ToCheck>> {
    Ok(select_in!(r, TO_CHECK_OF, town, residents))
}

/// An address was checked, or the register has another; false where it was not to be.
pub async fn checked(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(FORGET_ADDRESS).bind(town).bind(resident)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// In which parts of which batches letters to somebody are.
pub async fn places_of(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<(BatchId, i64)>> {
    with_conn!(r, c => sqlx::query_as(PLACES_OF).bind(town).bind(resident).fetch_all(c).await)
}

/// A letter to an address that nobody may know since.
#[derive(sqlx::FromRow)]
pub struct ToHidden {
    pub id: LetterId,
    pub batch_id: BatchId,
    pub part: Option<i64>,
    pub state: LetterState,
    pub pages: Option<i64>,
}

/// Letters of which is kept where they went, and to whom nobody may know that any more.
pub async fn to_hidden(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<ToHidden>> {
    with_conn!(r, c => sqlx::query_as(TO_HIDDEN).bind(town).bind(limit).fetch_all(c).await)
}

/// Forgets where a letter went.
pub async fn forget_place(w: &mut Write, town: MunicipalityId, id: LetterId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_PLACE).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Erases the letters to somebody.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_LETTERS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Forgets some letters of a batch.
pub async fn forget(w: &mut Write, (town, batch): InTown<BatchId>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_LETTERS).bind(town).bind(batch).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}
