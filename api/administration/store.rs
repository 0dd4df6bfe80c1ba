//! SQL of machines' keys.

use chrono::{DateTime, Utc};

use super::model::{KeyId, Made};
use crate::{
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, hashed},
    },
    staff::Staff,
    statements, with_conn,
};

statements! {
    LIST = "
        select id, name, scopes, made_at, made_by, expires_at, revoked_at, rotated_to_id, last_used_at
        from machine_key where municipality_id = $1 order by made_at desc, id desc limit $2";
    COUNT = "select count(*) from machine_key where municipality_id = $1";
    ADD = "
        insert into machine_key (municipality_id, id, name, scopes, key_hash, made_at, made_by, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIVING = "
        select id, name, scopes, made_at, made_by, expires_at, revoked_at, rotated_to_id, last_used_at
        from machine_key where municipality_id = $1 and id = $2 and revoked_at is null and expires_at > $3";
    BY_HASH = "
        select municipality_id, id, name, scopes, made_at, made_by, expires_at, revoked_at, rotated_to_id, last_used_at
        from machine_key where key_hash = $1 and revoked_at is null and expires_at > $2";
    ROTATED = "
        update machine_key set rotated_to_id = $3, expires_at = $4 where municipality_id = $1 and id = $2";
    REVOKE = "
        update machine_key set revoked_at = $3
        where municipality_id = $1 and id = $2 and revoked_at is null and expires_at > $3";
    USED = "update machine_key set last_used_at = $3 where municipality_id = $1 and id = $2";
}

/// A key as it is listed; the key itself is nowhere.
#[derive(sqlx::FromRow)]
pub struct KeyRow {
    /// Its id.
    pub id: KeyId,
    /// What it is called.
    pub name: String,
    /// What it is good for, apart by a space.
    pub scopes: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The key that takes its place.
    pub rotated_to_id: Option<KeyId>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Found {
    municipality_id: MunicipalityId,
    #[sqlx(flatten)]
    key: KeyRow,
}

pub async fn list(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<KeyRow>> {
    with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(limit).fetch_all(c).await)
}

pub async fn count(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT).bind(town).fetch_one(c).await)
}

pub async fn add(
    w: &mut Write,
    who: &Staff,
    made: &Made,
    (name, scopes): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let hash = hashed(&made.key);
    with_conn!(w, c => sqlx::query(ADD)
        .bind(who.town.id).bind(made.id).bind(name).bind(scopes).bind(hash).bind(now).bind(&who.name).bind(made.expires_at)
        .execute(c).await.map(|_| ()))
}

pub async fn living(r: &mut Read, town: MunicipalityId, id: KeyId, now: DateTime<Utc>) -> sqlx::Result<Option<KeyRow>> {
    with_conn!(r, c => sqlx::query_as(LIVING).bind(town).bind(id).bind(now).fetch_optional(c).await)
}

pub async fn by_hash(r: &mut Read, hash: &str, now: DateTime<Utc>) -> sqlx::Result<Option<(MunicipalityId, KeyRow)>> {
    let found: Option<Found> =
        with_conn!(r, c => sqlx::query_as(BY_HASH).bind(hash).bind(now).fetch_optional(c).await)?;
    Ok(found.map(|f| (f.municipality_id, f.key)))
}

pub async fn rotated(
    w: &mut Write,
    town: MunicipalityId,
    id: KeyId,
    to: KeyId,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ROTATED).bind(town).bind(id).bind(to).bind(until).execute(c).await.map(|_| ()))
}

pub async fn revoke(w: &mut Write, town: MunicipalityId, id: KeyId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(REVOKE).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn used(w: &mut Write, town: MunicipalityId, id: KeyId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(USED).bind(town).bind(id).bind(now).execute(c).await.map(|_| ()))
}
