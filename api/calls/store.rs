//! SQL of the call list.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{CallResult, CallRow, Decided, Try};
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
        page::Cursor,
    },
    select_in,
    staff::Staff,
    statements, with_conn,
};

listed! {
    ROWS = "
        select municipality_id, reach_id, taken_by, taken_by_id, taken_at from call
        where municipality_id = ? and reach_id in (?*)";
    DECIDED = "
        select reach_id, resident_id, closed_by, closed_at, closed_note from call
        where municipality_id = ? and reach_id in (?*) and closed_at is not null";
    TRIES = "select reach_id, at, result, by_name from call_try where municipality_id = ? and reach_id in (?*)";
}
statements! {
    ADD = "
        insert into call (municipality_id, reach_id, resident_id, version, created_at) values ($1, $2, $3, 1, $4)
        on conflict (municipality_id, reach_id) do nothing";
    /// Who wrote last has it locked until the transaction ends: of two at once the second finds what the first did.
    TAKE = "
        update call set taken_by = $3, taken_by_id = $4,
            taken_at = case when taken_by_id = $4 and taken_at >= $6 then taken_at else $5 end, version = version + 1
        where municipality_id = $1 and reach_id = $2 and (taken_by_id is null or taken_by_id = $4 or taken_at < $6)";
    GIVE_BACK = "
        update call set taken_by = null, taken_by_id = null, taken_at = null, version = version + 1
        where municipality_id = $1 and reach_id = $2 and taken_by_id = $3";
    ADD_TRY = "
        insert into call_try (municipality_id, reach_id, id, at, result, by_name, by_id) values ($1, $2, $3, $4, $5, $6, $7)";
    CLOSE = "
        update call set closed_by = $3, closed_by_id = $4, closed_at = $5, closed_note = $6, version = version + 1
        where municipality_id = $1 and reach_id = $2 and closed_at is null";
    HANDED_OVER = "
        select reach_id, resident_id, closed_by, closed_at, closed_note from call
        where municipality_id = $1 and closed_at is not null and closed_at >= $5 and (closed_at, reach_id) < ($2, $3)
        order by closed_at desc, reach_id desc limit $4";
    ERASE = "delete from call where municipality_id = $1 and resident_id = $2";
    OLD = "
        select reach_id from call where municipality_id = $1 and created_at < $2 order by created_at limit $3";
    FORGET = "delete from call where municipality_id = $1 and reach_id = $2";
}

/// What is kept of these calls.
pub async fn rows(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<CallRow>> {
    Ok(select_in!(r, ROWS, town, ids))
}

/// What a colleague decided of these calls.
pub async fn decided(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<Decided>> {
    Ok(select_in!(r, DECIDED, town, ids))
}

/// What colleagues decided of calls, since an instant, the latest first, behind a place in that order.
pub async fn handed_over(
    r: &mut Read,
    town: MunicipalityId,
    (since, after): (DateTime<Utc>, Cursor),
    limit: i64,
) -> sqlx::Result<Vec<Decided>> {
    with_conn!(r, c => sqlx::query_as(HANDED_OVER).bind(town).bind(after.at).bind(after.id).bind(limit).bind(since)
        .fetch_all(c).await)
}

/// What was tried of these calls.
pub async fn tries(r: &mut Read, town: MunicipalityId, ids: &[Uuid]) -> sqlx::Result<Vec<Try>> {
    Ok(select_in!(r, TRIES, town, ids))
}

/// Keeps a call, where nothing was kept of it.
pub async fn add(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADD).bind(town).bind(id).bind(resident).bind(now).execute(c).await.map(drop))
}

/// Gives a call to a member of staff; false where a colleague has it since that instant or later.
pub async fn take(
    w: &mut Write,
    id: Uuid,
    who: &Staff,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TAKE).bind(who.town.id).bind(id).bind(&who.name).bind(who.id.0).bind(now).bind(since)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes a call from a member of staff; false where a colleague has it, or nothing is kept of it.
pub async fn give_back(w: &mut Write, id: Uuid, who: &Staff) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(GIVE_BACK).bind(who.town.id).bind(id).bind(who.id.0)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes a try of a call: two in one instant are two.
pub async fn add_try(
    w: &mut Write,
    (call, id): (Uuid, Uuid),
    who: &Staff,
    result: CallResult,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADD_TRY).bind(who.town.id).bind(call).bind(id).bind(now).bind(result).bind(&who.name).bind(who.id.0)
        .execute(c).await.map(drop))
}

/// Notes who decided, and what they do; false where somebody did.
pub async fn close(w: &mut Write, id: Uuid, who: &Staff, note: &str, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CLOSE).bind(who.town.id).bind(id).bind(&who.name).bind(who.id.0).bind(now).bind(note)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Erases the calls to somebody, with what was tried.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Calls that were kept before an instant, the oldest first.
pub async fn old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Uuid>> {
    with_conn!(r, c => sqlx::query_scalar(OLD).bind(town).bind(before).bind(limit).fetch_all(c).await)
}

/// Forgets a call, with what was tried.
pub async fn forget(w: &mut Write, (town, id): InTown<Uuid>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))
}
