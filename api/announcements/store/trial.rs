//! SQL of the phones that announcements are tried on.

use chrono::{DateTime, Utc};

use crate::{
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    staff::MemberId,
    statements, with_conn,
};

statements! {
    OFFER = "
        insert into trial (municipality_id, staff_id, code_hash, code_until) values ($1, $2, $3, $4)
        on conflict (municipality_id, staff_id) do update
            set resident_id = null, code_hash = excluded.code_hash, code_until = excluded.code_until";
    TAKE = "
        update trial set resident_id = $2, code_hash = null, code_until = null
        where municipality_id = $1 and code_hash = $3 and code_until > $4";
    UNLINK = "delete from trial where municipality_id = $1 and resident_id = $2";
    FORGET_OF = "delete from trial where municipality_id = $1 and staff_id = $2";
    OF = "select resident_id from trial where municipality_id = $1 and staff_id = $2 and resident_id is not null";
}

pub async fn offer(
    w: &mut Write,
    town: MunicipalityId,
    staff: MemberId,
    code_hash: &str,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(OFFER).bind(town).bind(staff.0).bind(code_hash).bind(until).execute(c).await.map(|_| ()))
}

/// Whether somebody was told that code, and it is still good.
pub async fn take(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    code_hash: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TAKE).bind(town).bind(resident).bind(code_hash).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Nobody tries announcements on this resident's phones any more; how many did.
pub async fn unlink(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(UNLINK).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Forgets whose phones a member of staff tried announcements on.
pub async fn forget_of(w: &mut Write, town: MunicipalityId, staff: MemberId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_OF).bind(town).bind(staff.0).execute(c).await.map(|d| d.rows_affected()))
}

pub async fn of(r: &mut Read, town: MunicipalityId, staff: MemberId) -> sqlx::Result<Option<ResidentId>> {
    with_conn!(r, c => sqlx::query_scalar(OF).bind(town).bind(staff.0).fetch_optional(c).await)
}
