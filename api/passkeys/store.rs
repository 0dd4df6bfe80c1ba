//! SQL of passkeys, and of what their authenticators are asked to sign.

use chrono::{DateTime, Utc};

use super::model::{PasskeyId, Purpose};
use crate::{
    changing,
    identity::SessionId,
    platform::{
        access::Level,
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    LIST_PASSKEYS = "
        select id, credential_id, public_key, algorithm, sign_count, name, level, synced, created_at, last_used_at from passkey
        where municipality_id = $1 and resident_id = $2 order by created_at, id limit $3";
    PASSKEY = "
        select id, credential_id, public_key, algorithm, sign_count, name, level, synced, created_at, last_used_at from passkey
        where municipality_id = $1 and resident_id = $2 and id = $3";
    PASSKEY_OF_CREDENTIAL = "
        select id from passkey where municipality_id = $1 and credential_id = $3 and resident_id = $2";
    ADD_PASSKEY = "
        insert into passkey (municipality_id, id, resident_id, credential_id, public_key, algorithm, sign_count, name, level,
            synced, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (municipality_id, credential_id) do nothing";
    RENAME_PASSKEY = "update passkey set name = $4 where municipality_id = $1 and resident_id = $2 and id = $3";
    USED_PASSKEY = "
        update passkey set sign_count = $4, last_used_at = $5 where municipality_id = $1 and resident_id = $2 and id = $3";
    REMOVE_PASSKEY = "delete from passkey where municipality_id = $1 and resident_id = $2 and id = $3";
    ERASE_PASSKEYS = "delete from passkey where municipality_id = $1 and resident_id = $2";
    /// One for each session and purpose: another takes its place.
    GIVE_CHALLENGE = "
        insert into passkey_challenge (municipality_id, session_id, purpose, challenge_hash, level, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (municipality_id, session_id, purpose) do update
            set challenge_hash = excluded.challenge_hash, level = excluded.level, expires_at = excluded.expires_at";
    /// Of two that bring the same one, one finds it: the other waits for that, and finds nothing.
    TAKE_CHALLENGE = "
        delete from passkey_challenge
        where municipality_id = $1 and session_id = $2 and purpose = $3 and challenge_hash = $4
        returning level, expires_at";
}

/// One use or removal of a passkey goes on at a time: what it counted is read as the one before left it.
const LOCK_PASSKEY: Locked =
    changing!("select 1 from passkey where municipality_id = $1 and resident_id = $2 and id = $3");

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("LOCK_PASSKEY", &LOCK_PASSKEY)];

/// A passkey.
#[derive(sqlx::FromRow)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What its authenticator calls it, in base64url.
    pub credential_id: String,
    /// Its public half, in base64url.
    pub public_key: String,
    /// How it signs.
    pub algorithm: i64,
    /// How often it signed, as its authenticator counted at the last use.
    pub sign_count: i64,
    /// What the citizen calls it.
    pub name: String,
    /// What the provider had proved when it was added.
    pub level: Level,
    /// Whether it may be copied to other devices.
    pub synced: bool,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A passkey that is to be added.
pub struct New<'a> {
    /// Its id.
    pub id: PasskeyId,
    /// What its authenticator calls it, in base64url.
    pub credential_id: &'a str,
    /// Its public half, in base64url.
    pub public_key: &'a str,
    /// How it signs.
    pub algorithm: i64,
    /// How often it signed.
    pub sign_count: u32,
    /// What the citizen calls it.
    pub name: &'a str,
    /// What the provider proved.
    pub level: Level,
    /// Whether it may be copied to other devices.
    pub synced: bool,
}

pub async fn list(r: &mut Read, town: MunicipalityId, resident: ResidentId, limit: i64) -> sqlx::Result<Vec<Passkey>> {
    with_conn!(r, c => sqlx::query_as(LIST_PASSKEYS).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}

/// A passkey of somebody, as nobody else can use or remove it until this transaction ends.
pub async fn locked(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    id: PasskeyId,
) -> sqlx::Result<Option<Passkey>> {
    let sql = LOCK_PASSKEY.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(resident).bind(id).fetch_optional(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query_as(PASSKEY).bind(town).bind(resident).bind(id).fetch_optional(c).await)
}

/// The same by what its authenticator calls it.
pub async fn locked_of_credential(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    credential: &str,
) -> sqlx::Result<Option<Passkey>> {
    let id: Option<PasskeyId> = with_conn!(w, c => sqlx::query_scalar(PASSKEY_OF_CREDENTIAL)
        .bind(town).bind(resident).bind(credential).fetch_optional(c).await)?;
    match id {
        Some(id) => locked(w, (town, resident), id).await,
        None => Ok(None),
    }
}

/// Adds a passkey; false where the town knows that credential already.
pub async fn add(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    new: &New<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ADD_PASSKEY)
        .bind(town).bind(new.id).bind(resident).bind(new.credential_id).bind(new.public_key).bind(new.algorithm)
        .bind(i64::from(new.sign_count)).bind(new.name).bind(new.level.as_str()).bind(new.synced).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Names it anew; false where there is none.
pub async fn rename(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    id: PasskeyId,
    name: &str,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(RENAME_PASSKEY).bind(town).bind(resident).bind(id).bind(name)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes that it was used, and what its authenticator counts; false where it is gone.
pub async fn used(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    id: PasskeyId,
    sign_count: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(USED_PASSKEY).bind(town).bind(resident).bind(id).bind(i64::from(sign_count)).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Removes it; false where there is none.
pub async fn remove(w: &mut Write, (town, resident): InTown<ResidentId>, id: PasskeyId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(REMOVE_PASSKEY).bind(town).bind(resident).bind(id)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Erases all of somebody's.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_PASSKEYS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Gives a session a challenge for one purpose, in place of the one before.
pub async fn give_challenge(
    w: &mut Write,
    (town, session): InTown<SessionId>,
    (purpose, level): (Purpose, Option<Level>),
    hash: &str,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_CHALLENGE)
        .bind(town).bind(session).bind(purpose.as_str()).bind(hash).bind(level.map(Level::as_str)).bind(until)
        .execute(c).await.map(|_| ()))
}

/// Uses a challenge up: the level that was asked with it, and until when it was good.
pub async fn take_challenge(
    w: &mut Write,
    (town, session): InTown<SessionId>,
    purpose: Purpose,
    hash: &str,
) -> sqlx::Result<Option<(Option<Level>, DateTime<Utc>)>> {
    with_conn!(w, c => sqlx::query_as(TAKE_CHALLENGE).bind(town).bind(session).bind(purpose.as_str()).bind(hash)
        .fetch_optional(c).await)
}
