//! SQL of staff: members, their roles, sign-ins and sessions.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{MemberId, StaffSessionId},
    rules::Client,
};
use crate::{
    platform::{
        access::Role,
        db::{Read, Write},
        ids::MunicipalityId,
    },
    statements, with_conn,
};

statements! {
    BEGIN = "
        insert into staff_sign_in (id, state_hash, provider, nonce, provider_verifier, browser_hash, challenge, redirect,
            expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_STATE = "
        select id, provider, nonce, provider_verifier, browser_hash, redirect, expires_at, member_id
        from staff_sign_in where state_hash = $1";
    /// As of citizens: a sign-in is brought back once.
    USE_UP = "
        update staff_sign_in set provider_verifier = '', nonce = '', expires_at = $2
        where id = $1 and provider_verifier <> ''";
    GIVE_UP = "update staff_sign_in set expires_at = $2 where id = $1 and member_id is null";
    SIGNED_IN = "
        update staff_sign_in set member_id = $2, code_hash = $3, code_expires_at = $4, expires_at = $5
        where id = $1 and member_id is null";
    BY_CODE = "
        select id, challenge, member_id, code_expires_at, traded_session_id from staff_sign_in where code_hash = $1";
    TRADE = "update staff_sign_in set traded_session_id = $2 where id = $1 and traded_session_id is null";
    KNOW = "
        insert into staff_member (id, issuer, subject, name, first_signed_in_at, last_signed_in_at)
        values ($1, $2, $3, $4, $5, $5)
        on conflict (issuer, subject) do update
        set name = excluded.name, last_signed_in_at = excluded.last_signed_in_at";
    BY_LOGIN = "select id from staff_member where issuer = $1 and subject = $2";
    LOCK = "update staff_member set name = name where id = $1";
    SILENT = "
        select id from staff_member
        where last_signed_in_at < $1 and not exists
            (select 1 from staff_role r where r.member_id = staff_member.id and r.withdrawn_at is not null)
        order by last_signed_in_at, id limit $2";
    IS_SILENT = "update staff_member set name = name where id = $1 and last_signed_in_at < $2";
    ROLES_OF = "select distinct municipality_id from staff_role where member_id = $1";
    ERASE_ROLES = "delete from staff_role where member_id = $1";
    ERASE_SESSIONS = "delete from staff_session where member_id = $1";
    ERASE_SIGN_INS = "delete from staff_sign_in where member_id = $1";
    ERASE_MEMBER = "delete from staff_member where id = $1";
    UNCLAIM = "update staff_role set claimed = false where member_id = $1 and claimed";
    CLAIM = "
        insert into staff_role (municipality_id, member_id, role, claimed) values ($1, $2, $3, true)
        on conflict (municipality_id, member_id, role) do update set claimed = true";
    WORKPLACES = "
        select distinct municipality_id from staff_role where member_id = $1 and claimed and withdrawn_at is null
        order by municipality_id limit 2";
    OPEN = "
        insert into staff_session (id, token_hash, member_id, municipality_id, kind, created_at, last_used_at, expires_at,
            browser, system)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)";
    CALLER = "
        select s.id, s.member_id, m.name, s.municipality_id, s.last_used_at, r.municipality_id as town, r.role
        from staff_session s
        join staff_member m on m.id = s.member_id
        left join staff_role r on r.member_id = s.member_id and r.claimed and r.withdrawn_at is null
        where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_used_at > $3";
    WAS = "select count(*) from (select 1 as one from staff_session where token_hash = $1 limit 1) first";
    STILL = "
        select count(*) from
            (select 1 as one from staff_session s join staff_role r on r.member_id = s.member_id
             where s.id = $1 and s.ended_at is null and r.municipality_id = $2 and r.role = $3 and r.claimed
                and r.withdrawn_at is null limit 1) first";
    TOUCH = "update staff_session set last_used_at = $2 where id = $1 and last_used_at < $2";
    CHOOSE = "update staff_session set municipality_id = $2 where id = $1";
    SESSIONS = "
        select id, kind, browser, system, created_at, last_used_at, expires_at from staff_session
        where member_id = $1 and ended_at is null and expires_at > $2 and last_used_at > $3
        order by last_used_at desc, id limit $4";
    END = "update staff_session set ended_at = $3 where member_id = $1 and id = $2 and ended_at is null";
    END_OTHERS = "update staff_session set ended_at = $3 where member_id = $1 and id <> $2 and ended_at is null";
    END_TRADED = "update staff_session set ended_at = $2 where id = $1 and ended_at is null";
    MEMBERS = "
        select m.id, m.name, m.last_signed_in_at, r.role, r.withdrawn_at
        from staff_role r join staff_member m on m.id = r.member_id
        where r.municipality_id = $1 and (r.claimed or r.withdrawn_at is not null)
        order by m.id, r.role limit $2";
    HAD = "select count(*) from staff_role where municipality_id = $1 and member_id = $2 and role = $3";
    WITHDRAW = "
        update staff_role set withdrawn_at = coalesce(withdrawn_at, $4)
        where municipality_id = $1 and member_id = $2 and role = $3";
    GIVE_BACK = "
        update staff_role set withdrawn_at = null
        where municipality_id = $1 and member_id = $2 and role = $3";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from (select 1 as one from staff_session where expires_at < $2 order by expires_at limit 1) over
             union all select 1 from
                (select 1 as one from staff_sign_in where expires_at < $1 order by expires_at limit 1) begun) first";
    FORGET_SIGN_INS = "
        delete from staff_sign_in where id in
            (select id from staff_sign_in where expires_at < $1 order by expires_at limit $2)";
    FORGET_SESSIONS = "
        delete from staff_session where id in
            (select id from staff_session where expires_at < $1 order by expires_at limit $2)
            and expires_at < $1";
}

pub struct NewSignIn<'a> {
    pub id: Uuid,
    pub state_hash: String,
    pub provider: &'a str,
    pub nonce: &'a str,
    pub provider_verifier: &'a str,
    pub browser_hash: Option<String>,
    pub challenge: Option<&'a str>,
    pub redirect: Option<&'a str>,
    pub expires_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
pub struct Waiting {
    pub id: Uuid,
    pub provider: String,
    pub nonce: String,
    pub provider_verifier: String,
    pub browser_hash: Option<String>,
    pub redirect: Option<String>,
    pub expires_at: DateTime<Utc>,
    pub member_id: Option<MemberId>,
}

#[derive(sqlx::FromRow)]
pub struct Coded {
    pub id: Uuid,
    pub challenge: Option<String>,
    pub member_id: Option<MemberId>,
    pub code_expires_at: Option<DateTime<Utc>>,
    pub traded_session_id: Option<StaffSessionId>,
}

/// A session and one role of its member; a row a role.
#[derive(sqlx::FromRow)]
pub struct CallerRow {
    pub id: StaffSessionId,
    pub member_id: MemberId,
    pub name: String,
    pub municipality_id: Option<MunicipalityId>,
    pub last_used_at: DateTime<Utc>,
    pub town: Option<MunicipalityId>,
    pub role: Option<String>,
}

/// A session as its member sees it.
#[derive(sqlx::FromRow)]
pub struct SessionRow {
    /// Its id.
    pub id: StaffSessionId,
    /// `browser` or `tool`.
    pub kind: String,
    /// Which browser.
    pub browser: Option<String>,
    /// On which system.
    pub system: Option<String>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// A member and one role in a town; a row a role.
#[derive(sqlx::FromRow)]
pub struct MemberRow {
    /// The member.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// When they last signed in.
    pub last_signed_in_at: DateTime<Utc>,
    /// The role.
    pub role: String,
    /// When it was taken from them.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

pub async fn begin(w: &mut Write, new: &NewSignIn<'_>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(BEGIN)
        .bind(new.id).bind(&new.state_hash).bind(new.provider).bind(new.nonce).bind(new.provider_verifier)
        .bind(&new.browser_hash).bind(new.challenge).bind(new.redirect).bind(new.expires_at)
        .execute(c).await.map(|_| ()))
}

pub async fn by_state(r: &mut Read, state_hash: &str) -> sqlx::Result<Option<Waiting>> {
    with_conn!(r, c => sqlx::query_as(BY_STATE).bind(state_hash).fetch_optional(c).await)
}

pub async fn signed_in(
    w: &mut Write,
    waiting: Uuid,
    member: MemberId,
    code: Option<(String, DateTime<Utc>)>,
    known_until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (hash, until) = code.unzip();
    with_conn!(w, c => sqlx::query(SIGNED_IN).bind(waiting).bind(member).bind(hash).bind(until).bind(known_until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn by_code(r: &mut Read, code_hash: &str) -> sqlx::Result<Option<Coded>> {
    with_conn!(r, c => sqlx::query_as(BY_CODE).bind(code_hash).fetch_optional(c).await)
}

pub async fn trade(w: &mut Write, coded: Uuid, session: StaffSessionId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TRADE).bind(coded).bind(session).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Knows a member by their login: `fresh` if they are new.
pub async fn know(
    w: &mut Write,
    fresh: MemberId,
    (issuer, subject): (&str, &str),
    name: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<MemberId> {
    with_conn!(w, c => sqlx::query(KNOW).bind(fresh).bind(issuer).bind(subject).bind(name).bind(now)
        .execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query_scalar(BY_LOGIN).bind(issuer).bind(subject).fetch_one(c).await)
}

/// Sets what the provider claims now; what a town withdrew stays withdrawn.
pub async fn claim(w: &mut Write, member: MemberId, grants: &super::rules::Grants) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(UNCLAIM).bind(member).execute(c).await.map(|_| ()))?;
    for (town, roles) in grants {
        for role in roles {
            with_conn!(w, c => sqlx::query(CLAIM).bind(*town).bind(member).bind(role.as_str()).execute(c).await.map(|_| ()))?;
        }
    }
    Ok(())
}

/// The towns in which a member may do anything: the first two, which tells none, one and more apart.
pub async fn workplaces(r: &mut Read, member: MemberId) -> sqlx::Result<Vec<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(WORKPLACES).bind(member).fetch_all(c).await)
}

pub struct NewSession {
    pub id: StaffSessionId,
    pub token_hash: String,
    pub member: MemberId,
    pub town: Option<MunicipalityId>,
    /// None for a tool.
    pub client: Option<Client>,
    pub until: DateTime<Utc>,
}

pub async fn open(w: &mut Write, new: &NewSession, now: DateTime<Utc>) -> sqlx::Result<()> {
    let kind = if new.client.is_some() { "browser" } else { "tool" };
    let (browser, system) = new.client.map(|c| (c.browser, c.system)).unzip();
    with_conn!(w, c => sqlx::query(OPEN)
        .bind(new.id).bind(&new.token_hash).bind(new.member).bind(new.town).bind(kind).bind(now).bind(new.until)
        .bind(browser).bind(system)
        .execute(c).await.map(|_| ()))
}

pub async fn caller(
    r: &mut Read,
    token_hash: &str,
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
) -> sqlx::Result<Vec<CallerRow>> {
    with_conn!(r, c => sqlx::query_as(CALLER).bind(token_hash).bind(now).bind(used_since).fetch_all(c).await)
}

/// Whether a session is kept that had this token, over or not.
pub async fn was(r: &mut Read, token_hash: &str) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(WAS).bind(token_hash).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Whether a session lives, and its member has a role in a town.
pub async fn still(r: &mut Read, session: StaffSessionId, (town, role): (MunicipalityId, Role)) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(STILL).bind(session).bind(town).bind(role.as_str())
        .fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn touch(w: &mut Write, id: StaffSessionId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TOUCH).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn choose(w: &mut Write, id: StaffSessionId, town: MunicipalityId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(CHOOSE).bind(id).bind(town).execute(c).await.map(|_| ()))
}

pub async fn sessions(
    r: &mut Read,
    member: MemberId,
    now: DateTime<Utc>,
    used_since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<SessionRow>> {
    with_conn!(r, c => sqlx::query_as(SESSIONS).bind(member).bind(now).bind(used_since).bind(limit).fetch_all(c).await)
}

pub async fn end(w: &mut Write, member: MemberId, id: StaffSessionId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END).bind(member).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn end_others(w: &mut Write, member: MemberId, but: StaffSessionId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(END_OTHERS).bind(member).bind(but).bind(now).execute(c).await.map(|_| ()))
}

pub async fn end_traded(w: &mut Write, id: StaffSessionId, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(END_TRADED).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn members(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<MemberRow>> {
    with_conn!(r, c => sqlx::query_as(MEMBERS).bind(town).bind(limit).fetch_all(c).await)
}

/// Whether a member ever had a role.
pub async fn had(r: &mut Read, town: MunicipalityId, member: MemberId, role: Role) -> sqlx::Result<bool> {
    let n: i64 =
        with_conn!(r, c => sqlx::query_scalar(HAD).bind(town).bind(member).bind(role.as_str()).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Takes a role away, or gives it back; false where the member never had it.
pub async fn set_withdrawn(
    w: &mut Write,
    town: MunicipalityId,
    member: MemberId,
    role: Role,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    let role = role.as_str();
    let done = match at {
        Some(at) => with_conn!(w, c => sqlx::query(WITHDRAW).bind(town).bind(member).bind(role).bind(at)
            .execute(c).await.map(|d| d.rows_affected())),
        None => with_conn!(w, c => sqlx::query(GIVE_BACK).bind(town).bind(member).bind(role)
            .execute(c).await.map(|d| d.rows_affected())),
    };
    Ok(done? == 1)
}

pub async fn anything_old(r: &mut Read, sign_ins: DateTime<Utc>, sessions: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query_scalar::<_, i64>(ANYTHING_OLD).bind(sign_ins).bind(sessions).fetch_one(c).await)
        .map(|some| some > 0)
}

pub async fn use_up(w: &mut Write, id: Uuid, until: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(USE_UP).bind(id).bind(until).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn give_up(w: &mut Write, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_UP).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn forget(w: &mut Write, sign_ins: DateTime<Utc>, sessions: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let gone = with_conn!(w, c => sqlx::query(FORGET_SIGN_INS).bind(sign_ins).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?;
    let ended = with_conn!(w, c => sqlx::query(FORGET_SESSIONS).bind(sessions).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(gone + ended)
}

/// Lets nobody else do the same for this member until the transaction ends.
pub async fn lock(w: &mut Write, member: MemberId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(LOCK).bind(member).execute(c).await.map(|_| ()))
}

/// Members who have not signed in since an instant. Not of whom a role was withdrawn: that has to stand when they come back.
pub async fn silent(r: &mut Read, since: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<MemberId>> {
    with_conn!(r, c => sqlx::query_scalar(SILENT).bind(since).bind(limit).fetch_all(c).await)
}

/// Erases a member, and gives the towns where they had a role; none where they signed in meanwhile.
pub async fn erase(w: &mut Write, id: MemberId, since: DateTime<Utc>) -> sqlx::Result<Option<Vec<MunicipalityId>>> {
    let still =
        with_conn!(w, c => sqlx::query(IS_SILENT).bind(id).bind(since).execute(c).await.map(|d| d.rows_affected()))?;
    if still == 0 {
        return Ok(None);
    }
    let towns = with_conn!(w, c => sqlx::query_scalar(ROLES_OF).bind(id).fetch_all(c).await)?;
    for sql in [ERASE_SESSIONS, ERASE_SIGN_INS, ERASE_ROLES, ERASE_MEMBER] {
        with_conn!(w, c => sqlx::query(sql).bind(id).execute(c).await.map(|_| ()))?;
    }
    Ok(Some(towns))
}
