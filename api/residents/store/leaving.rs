//! SQL of who died, left or was retired: when that was noted, and what is erased of them.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    residents::model::State,
    select_in, statements, with_conn,
};

listed! {
    /// By the number alone: with more said, a planner may read everybody who ever left.
    GONE = "select number_hash, state, left_at from resident where municipality_id = ? and number_hash in (?*)";
}
statements! {
    TO_NOTE = "
        select municipality_id, id, state_on, updated_at from resident
        where state <> 'active' and left_at is null order by id limit $1";
    NOTE_LEFT = "
        update resident set left_at = $3, emptied_at = null
        where municipality_id = $1 and id = $2 and state <> 'active' and left_at is null";
    /// Whose rows are to be erased, of those who are gone since before an instant.
    TO_EMPTY = "
        select municipality_id, id, left_at as at from resident
        where left_at is not null and emptied_at is null and left_at <= $1 and (left_at, id) > ($2, $3)
            and not exists (select 1 from set_aside s
                where s.worker = 'keeping' and s.item = resident.id and s.again_at > $4)
        order by left_at, id limit $5";
    /// The same of those whose rows were erased so long ago: something may have been written of them since, such as a message to
    /// whoever still had a visit.
    TO_EMPTY_AGAIN = "
        select municipality_id, id, emptied_at as at from resident
        where emptied_at is not null and emptied_at <= $1 and (emptied_at, id) > ($2, $3)
            and not exists (select 1 from set_aside s
                where s.worker = 'keeping' and s.item = resident.id and s.again_at > $4)
        order by emptied_at, id limit $5";
    /// Who is to be erased.
    TO_ERASE = "
        select municipality_id, id, left_at as at from resident
        where emptied_at is not null and left_at <= $1 and (left_at, id) > ($2, $3)
            and not exists (select 1 from set_aside s
                where s.worker = 'keeping' and s.item = resident.id and s.again_at > $4)
        order by left_at, id limit $5";
    EMPTY = "
        update resident set emptied_at = $4
        where municipality_id = $1 and id = $2 and state <> 'active' and left_at <= $3
        returning number_hash";
    ERASE = "
        delete from resident where municipality_id = $1 and id = $2 and state <> 'active' and left_at <= $3
        returning number_hash";
    ERASE_LINKS_TO_PARENTS = "delete from parent_link where municipality_id = $1 and child_hash = $2";
    ERASE_LINKS_TO_CHILDREN = "delete from parent_link where municipality_id = $1 and parent_hash = $2";
}

/// Of these hashes, those of whoever is gone since before an instant.
pub async fn gone(
    r: &mut Read,
    town: MunicipalityId,
    hashes: &[&str],
    before: DateTime<Utc>,
) -> sqlx::Result<HashSet<String>> {
    let rows: Vec<(String, String, Option<DateTime<Utc>>)> = select_in!(r, GONE, town, hashes);
    let long_gone =
        |state: &str, at: Option<DateTime<Utc>>| state != State::Active.as_str() && at.is_some_and(|at| at <= before);
    Ok(rows.into_iter().filter(|(_, state, at)| long_gone(state, *at)).map(|(hash, ..)| hash).collect())
}

/// Of whom it was not noted yet since when they are gone: where, who, what the register says of it, and when it said so.
pub async fn to_note(
    r: &mut Read,
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, ResidentId, Option<NaiveDate>, DateTime<Utc>)>> {
    with_conn!(r, c => sqlx::query_as(TO_NOTE).bind(limit).fetch_all(c).await)
}

/// Notes since when somebody is gone; nothing where they are back.
pub async fn note_left(w: &mut Write, town: MunicipalityId, id: ResidentId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(NOTE_LEFT).bind(town).bind(id).bind(at).execute(c).await.map(|d| d.rows_affected()))
}

/// What is erased of who is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What they had.
    Empty,
    /// What came since.
    EmptyAgain,
    /// They themselves.
    Erase,
}

/// Somebody whose time has come.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Due {
    pub municipality_id: MunicipalityId,
    pub id: ResidentId,
    pub at: DateTime<Utc>,
}

/// Whose time has come, in the order of the index, after the last that was looked at.
pub async fn to_erase(
    r: &mut Read,
    step: Step,
    (before, after): (DateTime<Utc>, Option<(DateTime<Utc>, ResidentId)>),
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Due>> {
    let (at, id) = after.unwrap_or((DateTime::UNIX_EPOCH - chrono::Duration::days(100_000), ResidentId(Uuid::nil())));
    let sql = match step {
        Step::Empty => TO_EMPTY,
        Step::EmptyAgain => TO_EMPTY_AGAIN,
        Step::Erase => TO_ERASE,
    };
    with_conn!(r, c => sqlx::query_as(sql).bind(before).bind(at).bind(id).bind(now).bind(limit).fetch_all(c).await)
}

/// Takes somebody's rows in hand, whose number's hash it gives; none where they are back.
pub async fn empty(
    w: &mut Write,
    town: MunicipalityId,
    id: ResidentId,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<String>> {
    with_conn!(w, c => sqlx::query_scalar(EMPTY).bind(town).bind(id).bind(before).bind(now).fetch_optional(c).await)
}

/// Erases somebody, whose number's hash it gives; none where they are back.
pub async fn erase(
    w: &mut Write,
    town: MunicipalityId,
    id: ResidentId,
    before: DateTime<Utc>,
) -> sqlx::Result<Option<String>> {
    with_conn!(w, c => sqlx::query_scalar(ERASE).bind(town).bind(id).bind(before).fetch_optional(c).await)
}

/// Erases who somebody's parents and children are.
pub async fn erase_links(w: &mut Write, town: MunicipalityId, hash: &str) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_LINKS_TO_PARENTS, ERASE_LINKS_TO_CHILDREN] {
        gone += with_conn!(w, c => sqlx::query(sql).bind(town).bind(hash).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
