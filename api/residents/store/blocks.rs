//! SQL of parents whom staff blocked: the register names them, and they are not to act for a child.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    residents::model::{BlockReason, BlockedParent},
    statements, with_conn,
};

statements! {
    BLOCK = "
        insert into parent_block (municipality_id, child_id, parent_id, reason, until_on, blocked_at, blocked_by, blocked_by_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (municipality_id, child_id, parent_id) do update
            set reason = excluded.reason, until_on = excluded.until_on, blocked_at = excluded.blocked_at,
                blocked_by = excluded.blocked_by, blocked_by_id = excluded.blocked_by_id";
    UNBLOCK = "delete from parent_block where municipality_id = $1 and child_id = $2 and parent_id = $3";
    BLOCKS_OF_CHILD = "
        select child_id, parent_id, reason, until_on, blocked_at, blocked_by from parent_block
        where municipality_id = $1 and child_id = $2 order by parent_id";
    BLOCKS_OF_PARENT = "
        select child_id, parent_id, reason, until_on, blocked_at, blocked_by from parent_block
        where municipality_id = $1 and parent_id = $2 order by child_id";
    LAPSED = "
        select municipality_id, child_id, parent_id, until_on from parent_block
        where until_on is not null and until_on < $1 and (until_on, child_id, parent_id) > ($3, $4, $5)
        order by until_on, child_id, parent_id limit $2";
    /// Only while its day is past: it may have been blocked for longer since.
    END_LAPSED = "
        delete from parent_block
        where municipality_id = $1 and child_id = $2 and parent_id = $3 and until_on is not null and until_on < $4";
    ERASE_BLOCKS_OF_CHILD = "delete from parent_block where municipality_id = $1 and child_id = $2";
    ERASE_BLOCKS_OF_PARENT = "delete from parent_block where municipality_id = $1 and parent_id = $2";
}

/// A child, and a parent of it.
pub type Link = (ResidentId, ResidentId);

/// Blocks a parent, or blocks them for another time or reason.
pub async fn block(
    w: &mut Write,
    town: MunicipalityId,
    (child, parent): Link,
    (reason, until_on, by): (BlockReason, Option<NaiveDate>, (&str, Uuid)),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(BLOCK)
        .bind(town).bind(child).bind(parent).bind(reason.as_str()).bind(until_on).bind(now).bind(by.0).bind(by.1)
        .execute(c).await.map(|_| ()))
}

/// Ends that; false where they were not blocked.
pub async fn unblock(w: &mut Write, town: MunicipalityId, (child, parent): Link) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(UNBLOCK).bind(town).bind(child).bind(parent)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Who is blocked as a parent of somebody, and for which children somebody is blocked.
pub async fn blocks(r: &mut Read, town: MunicipalityId, id: ResidentId) -> sqlx::Result<Vec<BlockedParent>> {
    let mut all: Vec<BlockedParent> = Vec::new();
    for sql in [BLOCKS_OF_CHILD, BLOCKS_OF_PARENT] {
        let mut some: Vec<BlockedParent> =
            with_conn!(r, c => sqlx::query_as(sql).bind(town).bind(id).fetch_all(c).await)?;
        all.append(&mut some);
    }
    Ok(all)
}

/// Blocks whose last day is before a day, wherever, behind one of them.
pub async fn lapsed_blocks(
    r: &mut Read,
    before: NaiveDate,
    (day, (child, parent)): (NaiveDate, Link),
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, ResidentId, ResidentId, NaiveDate)>> {
    with_conn!(r, c => sqlx::query_as(LAPSED).bind(before).bind(limit).bind(day).bind(child).bind(parent)
        .fetch_all(c).await)
}

/// Ends one of them; false where it is not past.
pub async fn end_lapsed(
    w: &mut Write,
    town: MunicipalityId,
    (child, parent): Link,
    before: NaiveDate,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END_LAPSED).bind(town).bind(child).bind(parent).bind(before)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Erases all of somebody's.
pub async fn erase_blocks(w: &mut Write, town: MunicipalityId, id: ResidentId) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_BLOCKS_OF_CHILD, ERASE_BLOCKS_OF_PARENT] {
        gone += with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
