//! SQL of municipalities.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    platform::{
        db::{Read, Write},
        ids::MunicipalityId,
    },
    statements, with_conn,
};

statements! {
    REGISTER = "insert into municipality (id, key, created_at) values ($1, $2, $3) on conflict (key) do nothing";
    FIND = "select id from municipality where key = $1";
    EVERY = "select id from municipality order by id";
    REGISTER_NIS = "
        insert into municipality_nis (municipality_id, nis_code, valid_from) values ($1, $2, $3)
        on conflict (municipality_id, nis_code) do nothing";
    NUMBER_KEYS = "select version, fingerprint from number_key where municipality_id = $1 order by version";
    NOTE_NUMBER_KEY = "
        insert into number_key (municipality_id, version, fingerprint, noted_at) values ($1, $2, $3, $4)
        on conflict (municipality_id, version) do nothing";
    FORGET_NUMBER_KEY = "delete from number_key where municipality_id = $1 and version = $2";
    // The one look at another room's rows: a key is made, and is done without, only where there is nobody whom that would make a
    // stranger.
    UNDER_KEY = "
        select count(*) from
            (select 1 as one from resident where municipality_id = $1 and state = 'active' and key_version = $2 limit 1) first";
    ANYBODY = "select count(*) from (select 1 as one from resident where municipality_id = $1 limit 1) first";
}

/// The id under `key`: `fresh` if it is new.
pub async fn register(
    w: &mut Write,
    key: &str,
    fresh: MunicipalityId,
    now: DateTime<Utc>,
) -> sqlx::Result<MunicipalityId> {
    with_conn!(w, c => sqlx::query(REGISTER).bind(fresh).bind(key).bind(now).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query_scalar(FIND).bind(key).fetch_one(c).await)
}

/// Notes the NIS code and the day from which it counts.
pub async fn register_nis(w: &mut Write, id: MunicipalityId, nis_code: &str, from: NaiveDate) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(REGISTER_NIS).bind(id).bind(nis_code).bind(from).execute(c).await.map(|_| ()))
}

/// The id under `key`, if there is one.
pub async fn find(r: &mut Read, key: &str) -> sqlx::Result<Option<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(FIND).bind(key).fetch_optional(c).await)
}

/// Every town that was ever here, also one that was taken out of the configuration.
pub async fn every(r: &mut Read) -> sqlx::Result<Vec<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(EVERY).fetch_all(c).await)
}

/// The keys for national numbers that the register was read with: version and fingerprint.
pub async fn number_keys(r: &mut Read, id: MunicipalityId) -> sqlx::Result<Vec<(i64, String)>> {
    with_conn!(r, c => sqlx::query_as(NUMBER_KEYS).bind(id).fetch_all(c).await)
}

/// Notes a key at its first use.
pub async fn note_number_key(
    w: &mut Write,
    id: MunicipalityId,
    version: i64,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NOTE_NUMBER_KEY).bind(id).bind(version).bind(fingerprint).bind(now)
        .execute(c).await.map(|_| ()))
}

/// Forgets a key under which nobody stands any more.
pub async fn forget_number_key(w: &mut Write, id: MunicipalityId, version: i64) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_NUMBER_KEY).bind(id).bind(version).execute(c).await.map(|_| ()))
}

/// Whether somebody who lives here stands under a key.
pub async fn under_key(r: &mut Read, id: MunicipalityId, version: i64) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(UNDER_KEY).bind(id).bind(version).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Whether the town has anybody in its register.
pub async fn anybody(r: &mut Read, id: MunicipalityId) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYBODY).bind(id).fetch_one(c).await)?;
    Ok(n > 0)
}
