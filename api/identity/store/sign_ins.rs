//! SQL of signing in: from its beginning to the code that an app trades.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    identity::model::SessionId,
    platform::{
        access::Level,
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    BEGIN_SIGN_IN = "
        insert into sign_in (municipality_id, id, state_hash, nonce, provider_verifier, app_challenge, device_name,
            installation_id, language, expires_at, provider, least_level, go_on, raises_session_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    BY_STATE = "
        select municipality_id, id, nonce, provider_verifier, app_challenge, language, expires_at, code_hash, code_expires_at,
            provider, least_level, go_on, raises_session_id
        from sign_in where state_hash = $1";
    /// A sign-in is brought back once: what its provider would be asked with goes, and who comes second finds nothing.
    USE_UP = "
        update sign_in set provider_verifier = '', nonce = '', expires_at = $3
        where municipality_id = $1 and id = $2 and provider_verifier <> ''";
    GIVE_UP = "
        update sign_in set expires_at = $3 where municipality_id = $1 and id = $2 and code_hash is null";
    GIVE_CODE = "
        update sign_in set resident_id = $3, code_hash = $4, code_expires_at = $5, level = $6, expires_at = $7,
            asked_at = $8
        where municipality_id = $1 and id = $2 and code_hash is null";
    GIVE_ANOTHER_CODE = "
        update sign_in set code_hash = $4
        where municipality_id = $1 and id = $2 and code_hash = $3 and traded_session_id is null";
    BY_CODE = "
        select municipality_id, id, app_challenge, device_name, installation_id, resident_id, code_expires_at,
            traded_session_id, level, raises_session_id, asked_at
        from sign_in where code_hash = $1";
    TRADE = "
        update sign_in set traded_session_id = $3
        where municipality_id = $1 and id = $2 and traded_session_id is null";
    FORGET_SIGN_INS = "
        delete from sign_in where (municipality_id, id) in
            (select municipality_id, id from sign_in where expires_at < $1 order by expires_at limit $2)";
}

pub struct NewSignIn<'a> {
    pub municipality: MunicipalityId,
    pub id: Uuid,
    pub state_hash: String,
    pub nonce: &'a str,
    pub provider_verifier: &'a str,
    pub app_challenge: &'a str,
    pub device_name: &'a str,
    pub installation: Option<Uuid>,
    pub language: &'a str,
    pub expires_at: DateTime<Utc>,
    pub provider: &'a str,
    pub least_level: Level,
    pub go_on: Option<&'a str>,
    pub raises_session: Option<SessionId>,
}

#[derive(sqlx::FromRow)]
pub struct Waiting {
    pub municipality_id: MunicipalityId,
    pub id: Uuid,
    pub nonce: String,
    pub provider_verifier: String,
    pub app_challenge: String,
    pub language: String,
    pub expires_at: DateTime<Utc>,
    pub code_hash: Option<String>,
    pub code_expires_at: Option<DateTime<Utc>>,
    pub provider: String,
    pub least_level: String,
    pub go_on: Option<String>,
    pub raises_session_id: Option<SessionId>,
}

#[derive(sqlx::FromRow)]
pub struct Coded {
    pub municipality_id: MunicipalityId,
    pub id: Uuid,
    pub app_challenge: String,
    pub device_name: String,
    pub installation_id: Option<Uuid>,
    pub resident_id: Option<ResidentId>,
    pub code_expires_at: Option<DateTime<Utc>>,
    pub traded_session_id: Option<SessionId>,
    pub level: String,
    pub raises_session_id: Option<SessionId>,
    pub asked_at: Option<DateTime<Utc>>,
}

pub async fn begin(w: &mut Write, new: &NewSignIn<'_>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(BEGIN_SIGN_IN)
        .bind(new.municipality).bind(new.id).bind(&new.state_hash).bind(new.nonce).bind(new.provider_verifier)
        .bind(new.app_challenge).bind(new.device_name).bind(new.installation).bind(new.language).bind(new.expires_at)
        .bind(new.provider).bind(new.least_level.as_str()).bind(new.go_on).bind(new.raises_session)
        .execute(c).await.map(|_| ()))
}

pub async fn by_state(r: &mut Read, state_hash: &str) -> sqlx::Result<Option<Waiting>> {
    with_conn!(r, c => sqlx::query_as(BY_STATE).bind(state_hash).fetch_optional(c).await)
}

pub async fn give_code(
    w: &mut Write,
    waiting: &Waiting,
    (resident, level, asked_at): (ResidentId, Level, Option<DateTime<Utc>>),
    code_hash: &str,
    (until, known_until): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(GIVE_CODE)
        .bind(waiting.municipality_id).bind(waiting.id).bind(resident).bind(code_hash).bind(until)
        .bind(level.as_str()).bind(known_until).bind(asked_at).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn give_another_code(w: &mut Write, waiting: &Waiting, code_hash: &str) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(GIVE_ANOTHER_CODE)
        .bind(waiting.municipality_id).bind(waiting.id).bind(waiting.code_hash.as_deref()).bind(code_hash)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn use_up(w: &mut Write, waiting: &Waiting, until: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(USE_UP).bind(waiting.municipality_id).bind(waiting.id).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn give_up(w: &mut Write, waiting: &Waiting, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_UP).bind(waiting.municipality_id).bind(waiting.id).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn by_code(r: &mut Read, code_hash: &str) -> sqlx::Result<Option<Coded>> {
    with_conn!(r, c => sqlx::query_as(BY_CODE).bind(code_hash).fetch_optional(c).await)
}

pub async fn trade(w: &mut Write, coded: &Coded, session: SessionId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TRADE).bind(coded.municipality_id).bind(coded.id).bind(session)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn forget_sign_ins(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_SIGN_INS).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}
