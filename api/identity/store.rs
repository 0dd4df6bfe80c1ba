//! SQL of sign-ins, sessions and accounts.

mod sign_ins;
mod standing;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{CompromisedSession, SessionId};
use crate::{
    changing, listed, locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    select_in, statements, with_conn,
};

pub use sign_ins::{
    Coded, NewSignIn, Waiting, begin, by_code, by_state, forget_sign_ins, give_another_code, give_code, give_up, trade,
    use_up,
};
pub use standing::{erase_proofs, know_proof, lower, proofs, raise_by_passkey, standing};

/// Every fixed statement of the room.
pub(crate) const STATEMENTS: &[&[(&str, &str)]] = &[ALL, sign_ins::ALL, standing::ALL];

listed! {
    ACCOUNTS_OF = "
        select a.resident_id, a.language from account a join resident r
            on r.municipality_id = a.municipality_id and r.id = a.resident_id and r.state = 'active'
        where a.municipality_id = ? and a.resident_id in (?*)";
    FIRST_SIGN_INS_OF = "
        select a.resident_id, a.first_signed_in_at from account a join resident r
            on r.municipality_id = a.municipality_id and r.id = a.resident_id and r.state = 'active'
        where a.municipality_id = ? and a.resident_id in (?*)";
}
statements! {
    SIGNING_KEYS = "select id from signing_key order by id";
    NOTE_SIGNING_KEY = "insert into signing_key (id, noted_at) values ($1, $2) on conflict (id) do nothing";
    NOTE_FIRST_SIGNING_KEY = "
        insert into signing_key (id, noted_at, is_first) values ($1, $2, true) on conflict do nothing";
    FORGET_SIGNING_KEYS = "delete from signing_key";
    ANYBODY_NEW = "select count(*) from (select 1 as new from account where greeted_at is null limit 1) first";
    ANYBODY_TO_TELL = "
        select count(*) from
            (select 1 as some from session
             where told_at is null and end_reason in ('refresh_reused', 'code_replayed') limit 1) first";
    KNOW_LOGIN = "
        insert into login (municipality_id, issuer, subject, resident_id, created_at) values ($1, $2, $3, $4, $5)
        on conflict (municipality_id, issuer, subject) do update set resident_id = excluded.resident_id";
    BY_LOGIN = "select resident_id from login where municipality_id = $1 and issuer = $2 and subject = $3";
    OPEN_ACCOUNT = "
        insert into account (municipality_id, resident_id, language, first_signed_in_at) values ($1, $2, $3, $4)
        on conflict (municipality_id, resident_id) do nothing";
    ACCOUNT_LANGUAGE = "select language from account where municipality_id = $1 and resident_id = $2";
    SET_LANGUAGE = "update account set language = $3 where municipality_id = $1 and resident_id = $2";
    GREET = "update account set greeted_at = $3 where municipality_id = $1 and resident_id = $2";
    OPEN_SESSION = "
        insert into session (municipality_id, id, resident_id, device_name, installation_id, created_at, last_used_at,
            expires_at, level, proved_at)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)";
    RAISE = "
        update session set level = $4, last_used_at = $5, expires_at = $6, proved_at = $7, raised_from = null, raised_until = null
        where municipality_id = $1 and id = $2 and resident_id = $3 and ended_at is null and expires_at > $5";
    SPEND_ALL = "
        update refresh_token set spent_at = $3, superseded = true
        where municipality_id = $1 and session_id = $2 and spent_at is null";
    LIVE = "
        select count(*) from session
        where municipality_id = $1 and id = $2 and resident_id = $3 and ended_at is null and expires_at > $4";
    ENDED_SINCE = "select id from session where ended_at > $1 limit $2";
    END_ON_INSTALLATION = "
        update session set ended_at = $2, end_reason = $3 where installation_id = $1 and ended_at is null";
    WHOSE = "select resident_id from session where municipality_id = $1 and id = $2";
    LIST_SESSIONS = "
        select id, device_name, created_at, last_used_at from session
        where municipality_id = $1 and resident_id = $2 and ended_at is null and expires_at > $3
        order by last_used_at desc, id limit $4";
    END_SESSION = "
        update session set ended_at = $4, end_reason = $5
        where municipality_id = $1 and resident_id = $2 and id = $3 and ended_at is null";
    END_ALL = "
        update session set ended_at = $3, end_reason = $4
        where municipality_id = $1 and resident_id = $2 and ended_at is null";
    END_GONE = "
        update session set ended_at = $1, end_reason = 'not_resident' where (municipality_id, id) in
            (select s.municipality_id, s.id
             from resident r cross join session s
             where r.state <> 'active' and r.updated_at > $2 and s.municipality_id = r.municipality_id
                 and s.resident_id = r.id and s.ended_at is null limit $3)
            and ended_at is null";
    ANYBODY_GONE = "
        select count(*) from
            (select 1 as gone from resident r cross join session s
             where r.state <> 'active' and r.updated_at > $1 and s.municipality_id = r.municipality_id
                 and s.resident_id = r.id and s.ended_at is null order by r.updated_at limit 1) first";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from (select 1 as one from session where expires_at < $2 order by expires_at limit 1) lapsed
             union all select 1 from (select 1 as one from session where ended_at < $2 order by ended_at limit 1) ended
             union all select 1 from
                (select 1 as one from sign_in where expires_at < $1 order by expires_at limit 1) begun) first";
    END_FAMILY = "
        update session set ended_at = $3, end_reason = $4 where municipality_id = $1 and id = $2 and ended_at is null";
    GIVE_REFRESH = "
        insert into refresh_token (token_hash, municipality_id, session_id, created_at) values ($1, $2, $3, $4)";
    BY_REFRESH = "
        select t.municipality_id, t.session_id, t.spent_at, t.superseded, s.resident_id, s.ended_at, s.expires_at, s.level,
            s.raised_from, s.raised_until, t.spent_at is not null and exists
                (select 1 from refresh_token n
                 where n.municipality_id = t.municipality_id and n.session_id = t.session_id and n.token_hash <> t.token_hash
                     and n.created_at >= t.spent_at and n.spent_at is not null and not n.superseded) as successor_used
        from refresh_token t join session s on s.municipality_id = t.municipality_id and s.id = t.session_id
        where t.token_hash = $1";
    SPEND_REFRESH = "update refresh_token set spent_at = $2, superseded = false where token_hash = $1";
    SUPERSEDE = "
        update refresh_token set spent_at = $3, superseded = true
        where municipality_id = $1 and session_id = $2 and spent_at is null and token_hash <> $4";
    TOUCH_SESSION = "
        update session set last_used_at = $3, expires_at = $4 where municipality_id = $1 and id = $2";
    TOLD = "update session set told_at = $3 where municipality_id = $1 and id = $2";
    FORGET_SESSIONS = "
        delete from session where (municipality_id, id) in
            (select municipality_id, id from session where expires_at < $1 or ended_at < $1 limit $2)
            and (expires_at < $1 or ended_at < $1)";
    ERASE_SESSIONS = "delete from session where municipality_id = $1 and resident_id = $2";
    ERASE_LOGINS = "delete from login where municipality_id = $1 and resident_id = $2";
    ERASE_ACCOUNT = "delete from account where municipality_id = $1 and resident_id = $2";
}

/// Sessions that ended because a secret of theirs came back, and whose citizens were not told, the oldest first.
const TO_TELL: Locked = locked!(
    "select municipality_id, id, resident_id, device_name from session
     where told_at is null and end_reason in ('refresh_reused', 'code_replayed')
         and not exists (select 1 from set_aside s where s.worker = 'warnings' and s.item = session.id and s.again_at > $2)
     order by ended_at limit $1",
    ""
);

/// Accounts that nobody greeted yet, the oldest first.
const NEWCOMERS: Locked = locked!(
    "select municipality_id, resident_id from account where greeted_at is null
         and not exists (select 1 from set_aside s where s.worker = 'welcome' and s.item = account.resident_id and s.again_at > $2)
     order by first_signed_in_at limit $1",
    ""
);

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[
    ("TO_TELL", &TO_TELL),
    ("NEWCOMERS", &NEWCOMERS),
    ("LOCK_REFRESH", &LOCK_REFRESH),
    ("LOCK_SESSION", &standing::LOCK_SESSION),
];

/// One request that brings a token goes on at a time; SQLite has one writer anyway.
const LOCK_REFRESH: Locked = changing!("select 1 from refresh_token where token_hash = $1");

#[derive(sqlx::FromRow)]
pub struct Refreshing {
    pub municipality_id: MunicipalityId,
    pub session_id: SessionId,
    pub spent_at: Option<DateTime<Utc>>,
    pub superseded: bool,
    pub successor_used: bool,
    pub resident_id: ResidentId,
    pub ended_at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    pub level: String,
    pub raised_from: Option<String>,
    pub raised_until: Option<DateTime<Utc>>,
}

/// A session as its citizen sees it.
#[derive(sqlx::FromRow)]
pub struct SessionRow {
    pub id: SessionId,
    pub device_name: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
}

pub async fn know_login(
    w: &mut Write,
    town: MunicipalityId,
    (issuer, subject): (&str, &str),
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(KNOW_LOGIN).bind(town).bind(issuer).bind(subject).bind(resident).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn by_login(
    r: &mut Read,
    town: MunicipalityId,
    issuer: &str,
    subject: &str,
) -> sqlx::Result<Option<ResidentId>> {
    with_conn!(r, c => sqlx::query_scalar(BY_LOGIN).bind(town).bind(issuer).bind(subject).fetch_optional(c).await)
}

pub async fn open_account(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    language: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(OPEN_ACCOUNT).bind(town).bind(resident).bind(language).bind(now).execute(c).await.map(|_| ()))
}

pub async fn account_language(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
) -> sqlx::Result<Option<String>> {
    let found: Option<Option<String>> =
        with_conn!(r, c => sqlx::query_scalar(ACCOUNT_LANGUAGE).bind(town).bind(resident).fetch_optional(c).await)?;
    Ok(found.flatten())
}

pub async fn set_language(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    language: &str,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SET_LANGUAGE).bind(town).bind(resident).bind(language).execute(c).await.map(|_| ()))
}

/// Who of these has an account, with the language they chose.
pub async fn accounts(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, Option<String>)>> {
    Ok(select_in!(r, ACCOUNTS_OF, town, residents))
}

/// Who of these has an account, with when they first signed in.
pub async fn first_sign_ins(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, DateTime<Utc>)>> {
    Ok(select_in!(r, FIRST_SIGN_INS_OF, town, residents))
}

pub async fn to_tell(w: &mut Write, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<CompromisedSession>> {
    let sql = TO_TELL.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(limit).bind(now).fetch_all(c).await)
}

pub async fn told(w: &mut Write, town: MunicipalityId, id: SessionId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TOLD).bind(town).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn newcomers(
    w: &mut Write,
    limit: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(MunicipalityId, ResidentId)>> {
    let sql = NEWCOMERS.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(limit).bind(now).fetch_all(c).await)
}

pub async fn anybody_new(r: &mut Read) -> sqlx::Result<bool> {
    let new: i64 = with_conn!(r, c => sqlx::query_scalar(ANYBODY_NEW).fetch_one(c).await)?;
    Ok(new > 0)
}

pub async fn anybody_to_tell(r: &mut Read) -> sqlx::Result<bool> {
    let some: i64 = with_conn!(r, c => sqlx::query_scalar(ANYBODY_TO_TELL).fetch_one(c).await)?;
    Ok(some > 0)
}

pub async fn greet(w: &mut Write, town: MunicipalityId, resident: ResidentId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GREET).bind(town).bind(resident).bind(now).execute(c).await.map(|_| ()))
}

pub async fn open_session(
    w: &mut Write,
    coded: &Coded,
    (id, resident): (SessionId, ResidentId),
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(OPEN_SESSION)
        .bind(coded.municipality_id).bind(id).bind(resident).bind(&coded.device_name).bind(coded.installation_id)
        .bind(now).bind(until).bind(&coded.level).bind(coded.asked_at)
        .execute(c).await.map(|_| ()))
}

/// Notes that a session's citizen proved more about themselves; false if the session ended.
pub async fn raise(
    w: &mut Write,
    coded: &Coded,
    (id, resident): (SessionId, ResidentId),
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(RAISE)
        .bind(coded.municipality_id).bind(id).bind(resident).bind(&coded.level).bind(now).bind(until).bind(coded.asked_at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Spends every refresh token of a session.
pub async fn spend_all(w: &mut Write, town: MunicipalityId, id: SessionId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SPEND_ALL).bind(town).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn live(
    r: &mut Read,
    town: MunicipalityId,
    id: SessionId,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let n: i64 =
        with_conn!(r, c => sqlx::query_scalar(LIVE).bind(town).bind(id).bind(resident).bind(now).fetch_one(c).await)?;
    Ok(n == 1)
}

pub async fn ended_since(r: &mut Read, since: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<SessionId>> {
    with_conn!(r, c => sqlx::query_scalar(ENDED_SINCE).bind(since).bind(limit).fetch_all(c).await)
}

/// Ends the sessions of an installation; whether there was any.
pub async fn end_on_installation(
    w: &mut Write,
    installation: Uuid,
    now: DateTime<Utc>,
    why: &str,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END_ON_INSTALLATION).bind(installation).bind(now).bind(why)
        .execute(c).await.map(|d| d.rows_affected() > 0))
}

/// Whose session it is.
pub async fn whose(r: &mut Read, town: MunicipalityId, session: SessionId) -> sqlx::Result<Option<ResidentId>> {
    with_conn!(r, c => sqlx::query_scalar(WHOSE).bind(town).bind(session).fetch_optional(c).await)
}

pub async fn sessions(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<SessionRow>> {
    with_conn!(r, c => sqlx::query_as(LIST_SESSIONS).bind(town).bind(resident).bind(now).bind(limit).fetch_all(c).await)
}

pub async fn end_session(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    id: SessionId,
    now: DateTime<Utc>,
    why: &str,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END_SESSION).bind(town).bind(resident).bind(id).bind(now).bind(why)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn end_all(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    now: DateTime<Utc>,
    why: &str,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(END_ALL).bind(town).bind(resident).bind(now).bind(why).execute(c).await.map(|_| ()))
}

/// Whether somebody is signed in of whom the register said since an instant that they are no longer here.
pub async fn anybody_gone(r: &mut Read, since: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYBODY_GONE).bind(since).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Ends some of their sessions.
pub async fn end_gone(w: &mut Write, since: DateTime<Utc>, limit: i64, now: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(END_GONE).bind(now).bind(since).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// Whether a sign-in or a session is past its keeping.
pub async fn anything_old(r: &mut Read, sign_ins: DateTime<Utc>, sessions: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_OLD).bind(sign_ins).bind(sessions).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn end_family(
    w: &mut Write,
    town: MunicipalityId,
    id: SessionId,
    now: DateTime<Utc>,
    why: &str,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(END_FAMILY).bind(town).bind(id).bind(now).bind(why).execute(c).await.map(|_| ()))
}

pub async fn give_refresh(
    w: &mut Write,
    hash: &str,
    town: MunicipalityId,
    session: SessionId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_REFRESH).bind(hash).bind(town).bind(session).bind(now).execute(c).await.map(|_| ()))
}

/// A refresh token as no other request can spend it until this transaction ends: of two that bring it at once, the second
/// finds it spent.
pub async fn by_refresh(w: &mut Write, hash: &str) -> sqlx::Result<Option<Refreshing>> {
    let sql = LOCK_REFRESH.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(hash).fetch_optional(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query_as(BY_REFRESH).bind(hash).fetch_optional(c).await)
}

/// Spends a token, now if it was before too, and supersedes those beside it.
pub async fn spend_refresh(
    w: &mut Write,
    town: MunicipalityId,
    session: SessionId,
    hash: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SPEND_REFRESH).bind(hash).bind(now).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(SUPERSEDE).bind(town).bind(session).bind(now).bind(hash).execute(c).await.map(|_| ()))
}

pub async fn touch(
    w: &mut Write,
    town: MunicipalityId,
    id: SessionId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TOUCH_SESSION).bind(town).bind(id).bind(now).bind(until).execute(c).await.map(|_| ()))
}

pub async fn forget_sessions(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_SESSIONS).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// The ids of the keys that this installation has signed with.
pub async fn signing_keys(r: &mut Read) -> sqlx::Result<Vec<String>> {
    with_conn!(r, c => sqlx::query_scalar(SIGNING_KEYS).fetch_all(c).await)
}

/// Notes which keys this installation signs with; in place of those before, where they are lost. False, where another process
/// noted the first ones meanwhile: then nothing may be kept of this.
pub async fn note_signing_keys(w: &mut Write, ids: &[String], lost: bool, now: DateTime<Utc>) -> sqlx::Result<bool> {
    if lost {
        with_conn!(w, c => sqlx::query(FORGET_SIGNING_KEYS).execute(c).await.map(|_| ()))?;
    }
    let mut known = signing_keys(w).await?;
    if let (true, Some(first)) = (known.is_empty(), ids.first()) {
        with_conn!(w, c => sqlx::query(NOTE_FIRST_SIGNING_KEY).bind(first).bind(now).execute(c).await.map(|_| ()))?;
        // Whoever came second waited for the first, and reads what that one wrote.
        known = signing_keys(w).await?;
    }
    if !known.iter().any(|id| ids.contains(id)) {
        return Ok(false);
    }
    for id in ids {
        with_conn!(w, c => sqlx::query(NOTE_SIGNING_KEY).bind(id).bind(now).execute(c).await.map(|_| ()))?;
    }
    Ok(true)
}

/// Erases somebody's sessions, with their tokens.
pub async fn erase_sessions(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_SESSIONS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Erases what they signed in with.
pub async fn erase_logins(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_LOGINS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Erases that they had the app.
pub async fn erase_account(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_ACCOUNT).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}
