//! SQL of how sure one may be of whoever holds a session: what the provider proved, and what a passkey gave.

use chrono::{DateTime, Utc};

use crate::{
    changing,
    identity::{model::SessionId, rules::Raised},
    platform::{
        access::Level,
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    /// What the provider proved stays what it was: `proved_at` does not change.
    RAISE_BY_PASSKEY = "
        update session set level = $4, last_used_at = $5, expires_at = $6, raised_from = $7, raised_until = $8
        where municipality_id = $1 and id = $2 and resident_id = $3 and ended_at is null and expires_at > $5";
    LOWER = "
        update session set level = raised_from, raised_from = null, raised_until = null
        where municipality_id = $1 and resident_id = $2 and raised_from is not null";
    STANDING = "
        select device_name, level, raised_from, raised_until, proved_at from session
        where municipality_id = $1 and id = $2 and resident_id = $3 and ended_at is null and expires_at > $4";
    KNOW_PROOF = "
        insert into proof (municipality_id, resident_id, level, proved_at) values ($1, $2, $3, $4)
        on conflict (municipality_id, resident_id, level) do update set proved_at = excluded.proved_at";
    PROOFS = "select level, proved_at from proof where municipality_id = $1 and resident_id = $2 order by level";
    ERASE_PROOFS = "delete from proof where municipality_id = $1 and resident_id = $2";
}

/// One step up of a session goes on at a time: the second reads what the first made of it.
pub(super) const LOCK_SESSION: Locked = changing!("select 1 from session where municipality_id = $1 and id = $2");

/// How sure one may be of whoever holds a session, and since when.
#[derive(sqlx::FromRow)]
pub struct StandingRow {
    pub device_name: String,
    pub level: String,
    pub raised_from: Option<String>,
    pub raised_until: Option<DateTime<Utc>>,
    pub proved_at: Option<DateTime<Utc>>,
}

/// Notes that a passkey raised a session to what `raised` says; false if the session ended.
pub async fn raise_by_passkey(
    w: &mut Write,
    (town, id): InTown<SessionId>,
    resident: ResidentId,
    raised: &Raised,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(RAISE_BY_PASSKEY)
        .bind(town).bind(id).bind(resident).bind(raised.level.as_str()).bind(now).bind(until)
        .bind(raised.by_passkey.map(|(from, _)| from.as_str())).bind(raised.by_passkey.map(|(_, until)| until))
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes back what passkeys gave the sessions of a citizen.
pub async fn lower(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(LOWER).bind(town).bind(resident).execute(c).await.map(|_| ()))
}

/// How a session that lives stands, as no other step up can change it until this transaction ends.
pub async fn standing(
    w: &mut Write,
    (town, id): InTown<SessionId>,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<StandingRow>> {
    let sql = LOCK_SESSION.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).fetch_optional(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query_as(STANDING).bind(town).bind(id).bind(resident).bind(now).fetch_optional(c).await)
}

/// Notes that the provider proved now who a citizen is, at a level.
pub async fn know_proof(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    level: Level,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(KNOW_PROOF).bind(town).bind(resident).bind(level.as_str()).bind(now)
        .execute(c).await.map(|_| ()))
}

/// When the provider last proved who a citizen is, at each level at which it ever did.
pub async fn proofs(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
) -> sqlx::Result<Vec<(String, DateTime<Utc>)>> {
    with_conn!(r, c => sqlx::query_as(PROOFS).bind(town).bind(resident).fetch_all(c).await)
}

/// Erases when their provider proved who they are.
pub async fn erase_proofs(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_PROOFS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}
