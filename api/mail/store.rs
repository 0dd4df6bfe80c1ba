//! SQL of e-mail: what waits, what became of it, and the way to the relay.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Kind, State, Why};
use crate::{
    listed, locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    QUEUE_MAIL = "
        insert into mail_delivery (municipality_id, id, resident_id, kind, reach_id, address, language, subject, body,
            may_unsubscribe, state, tries, unanswered, next_at, expires_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', 0, 0, $12, $11, $12)";
    /// Whether anything is to be done, and may be.
    LOOK_MAIL = "
        select c.paused_until,
            exists (select 1 from mail_delivery where state = 'queued' and next_at <= $1) as due,
            exists (select 1 from mail_delivery where state = 'queued' and expires_at <= $1) as ends
        from mail_channel c where c.id = 1";
    /// Codes that are due: somebody sits and waits for one, however many reminders wait before it.
    DUE_CODES = "
        select municipality_id, id, resident_id, kind, address, language, subject, body, may_unsubscribe, tries, unanswered,
            expires_at
        from mail_delivery where state = 'queued' and kind = 'code' and next_at <= $1 and expires_at > $1
        order by next_at limit $2";
    DUE_MAIL = "
        select municipality_id, id, resident_id, kind, address, language, subject, body, may_unsubscribe, tries, unanswered,
            expires_at
        from mail_delivery where state = 'queued' and next_at <= $1 and expires_at > $1 order by next_at limit $2";
    WAITS_MAIL = "select count(*) from mail_delivery where municipality_id = $1 and id = $2 and state || '' = 'queued'";
    SENT_MAIL = "
        update mail_delivery
        set state = 'sent', sent_at = $3, settled_at = $3, tries = tries + 1, why = null, subject = '', body = ''
        where municipality_id = $1 and id = $2
            and (state || '' in ('queued', 'cancelled') or state || '' = 'expired' and told_at is null)";
    AGAIN_MAIL = "
        update mail_delivery set tries = tries + 1, unanswered = unanswered + $4, next_at = $3, why = $5
        where municipality_id = $1 and id = $2 and state || '' = 'queued'";
    ENDED_MAIL = "
        update mail_delivery set state = $3, why = $4, settled_at = $5, tries = tries + 1, subject = '', body = ''
        where municipality_id = $1 and id = $2 and state || '' = 'queued'";
    EXPIRE_MAIL = "
        update mail_delivery set state = 'expired', why = 'expired', settled_at = $1, subject = '', body = ''
        where state = 'queued' and expires_at <= $1";
    CAME_BACK_MAIL = "
        update mail_delivery set state = $3, why = $4, settled_at = $5, told_at = null
        where municipality_id = $1 and id = $2 and state || '' = 'sent'
        returning resident_id, kind, address";
    TOLD_MAIL = "update mail_delivery set told_at = $3 where municipality_id = $1 and id = $2";
    ANY_UNTOLD_MAIL = "
        select count(*) from
            (select 1 as untold from mail_delivery
             where reach_id is not null and told_at is null and state in ('bounced', 'failed', 'expired')
             order by settled_at limit 1) first";
    WAITING_MAIL = "
        select count(*), min(created_at) from
            (select created_at from mail_delivery where state = 'queued' and next_at <= $1 limit 10000) due";
    ERASE_MAIL = "delete from mail_delivery where municipality_id = $1 and resident_id = $2";
    ANY_MAIL_OLD = "
        select count(*) from
            (select 1 as old from mail_delivery where municipality_id = $1 and id < $2 order by id limit 1) first";
    PURGE = "
        delete from mail_delivery where municipality_id = $1 and id in
            (select id from mail_delivery where municipality_id = $1 and id < $2 order by id limit $3)";

    ENSURE_MAIL_CHANNEL = "
        insert into mail_channel (id, fails, refused, changed_at) values (1, 0, 0, $1) on conflict (id) do nothing";
    MAIL_CHANNEL = "select fails, refused from mail_channel where id = 1";
    HOLD_MAIL = "
        update mail_channel set holder_id = $1, held_until = $3
        where id = 1 and (holder_id is null or holder_id = $1 or held_until <= $2)";
    HOLD_MAIL_ON = "update mail_channel set held_until = $2 where id = 1 and holder_id = $1";
    RELEASE_MAIL = "update mail_channel set holder_id = null, held_until = null where id = 1 and holder_id = $1";
    PAUSE_MAIL = "
        update mail_channel set fails = fails + 1, paused_until = $1, why = $2, changed_at = $3 where id = 1";
    OPEN_MAIL = "
        update mail_channel set fails = 0, refused = 0, paused_until = null, why = null, changed_at = $1
        where id = 1 and (fails > 0 or refused > 0 or paused_until is not null)";
    REFUSED_MAIL = "update mail_channel set refused = refused + 1 where id = 1";
}

listed! {
    CANCEL_MAIL = "
        update mail_delivery set state = 'cancelled', subject = '', body = ''
        where municipality_id = ? and reach_id in (?*) and state || '' = 'queued'";
}

/// Of two that ask for what failed, each gets what the other does not have.
const UNTOLD_MAIL: Locked = locked!(
    "select municipality_id, id, reach_id, why, settled_at from mail_delivery
     where reach_id is not null and told_at is null and state in ('bounced', 'failed', 'expired')
     order by settled_at limit $1",
    ""
);

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("UNTOLD_MAIL", &UNTOLD_MAIL)];

/// An e-mail that is to wait.
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// Whom it is for.
    pub resident: ResidentId,
    /// What it is about.
    pub kind: Kind,
    /// What it is a step of.
    pub reach: Option<Uuid>,
    /// Where it goes.
    pub address: &'a str,
    /// In which language.
    pub language: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
    /// Whether it leads to where announcements are ended.
    pub may_unsubscribe: bool,
    /// It is not tried after that.
    pub expires_at: DateTime<Utc>,
}

/// An e-mail that is due.
#[derive(sqlx::FromRow)]
pub struct Ready {
    /// Whose.
    pub municipality_id: MunicipalityId,
    /// Which.
    pub id: Uuid,
    /// Whom it is for.
    pub resident_id: ResidentId,
    /// What it is about.
    pub kind: Kind,
    /// Where it goes.
    pub address: String,
    /// In which language.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// Whether it leads to where announcements are ended.
    pub may_unsubscribe: bool,
    /// How often it was tried.
    pub tries: i64,
    /// How often all of it was sent without an answer.
    pub unanswered: i64,
    /// It is not tried after that.
    pub expires_at: DateTime<Utc>,
}

/// What is to be done.
#[derive(sqlx::FromRow)]
pub struct Look {
    /// Until when nothing is sent.
    pub paused_until: Option<DateTime<Utc>>,
    /// Whether an e-mail is due.
    pub due: bool,
    /// Whether one's time is over.
    pub ends: bool,
}

/// The way to the relay as it stands.
#[derive(sqlx::FromRow)]
pub struct Channel {
    /// Faults in a row.
    pub fails: i64,
    /// Addresses in a row that there are not.
    pub refused: i64,
}

/// One that did not arrive, of a step that must know: whose, which, of what, why, since when.
pub type Untold = (MunicipalityId, Uuid, Uuid, Option<Why>, DateTime<Utc>);

pub async fn queue(w: &mut Write, town: MunicipalityId, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(QUEUE_MAIL)
        .bind(town).bind(new.id).bind(new.resident).bind(new.kind).bind(new.reach).bind(new.address).bind(new.language)
        .bind(new.subject).bind(new.body).bind(new.may_unsubscribe).bind(new.expires_at).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn cancel(w: &mut Write, town: MunicipalityId, reaches: &[Uuid]) -> sqlx::Result<u64> {
    let mut cancelled = 0;
    for part in reaches.chunks(CANCEL_MAIL.at_most()) {
        let sql = CANCEL_MAIL.on(w, part.len());
        cancelled += with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(town);
            for reach in part {
                q = q.bind(*reach);
            }
            q.execute(c).await.map(|d| d.rows_affected())
        })?;
    }
    Ok(cancelled)
}

pub async fn look(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<Look> {
    with_conn!(r, c => sqlx::query_as(LOOK_MAIL).bind(now).fetch_one(c).await)
}

/// What is due, codes first.
pub async fn due(r: &mut Read, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Ready>> {
    let mut all: Vec<Ready> = with_conn!(r, c => sqlx::query_as(DUE_CODES).bind(now).bind(limit).fetch_all(c).await)?;
    let rest: Vec<Ready> = with_conn!(r, c => sqlx::query_as(DUE_MAIL).bind(now).bind(limit).fetch_all(c).await)?;
    let codes: HashSet<Uuid> = all.iter().map(|code| code.id).collect();
    all.extend(rest.into_iter().filter(|mail| !codes.contains(&mail.id)));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

/// Whether it still waits: it may have been cancelled since it was read.
pub async fn waits(r: &mut Read, (town, id): InTown<Uuid>) -> sqlx::Result<bool> {
    let found: i64 = with_conn!(r, c => sqlx::query_scalar(WAITS_MAIL).bind(town).bind(id).fetch_one(c).await)?;
    Ok(found == 1)
}

/// Notes that the relay has it: also where it was cancelled, or its time ran out, while it was sent, as long as nobody went on without it.
pub async fn sent(w: &mut Write, (town, id): InTown<Uuid>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SENT_MAIL).bind(town).bind(id).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets it wait until then; `unanswered` is 1 where all of it was sent and no answer came.
pub async fn again(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    next_at: DateTime<Utc>,
    (unanswered, why): (i64, &str),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(AGAIN_MAIL).bind(town).bind(id).bind(next_at).bind(unanswered).bind(why)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn ended(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    (state, why): (State, Why),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ENDED_MAIL).bind(town).bind(id).bind(state).bind(why).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends all whose time is over.
pub async fn expire(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(EXPIRE_MAIL).bind(now).execute(c).await.map(|d| d.rows_affected()))
}

/// Notes that one came back which the relay had taken: whose it was, what it was about, and where it went; none for one that is not
/// known, or came back before.
pub async fn came_back(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    (state, why): (State, Why),
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(ResidentId, Kind, String)>> {
    with_conn!(w, c => sqlx::query_as(CAME_BACK_MAIL).bind(town).bind(id).bind(state).bind(why).bind(now)
        .fetch_optional(c).await)
}

pub async fn untold(w: &mut Write, limit: i64) -> sqlx::Result<Vec<Untold>> {
    let sql = UNTOLD_MAIL.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(limit).fetch_all(c).await)
}

pub async fn told(w: &mut Write, (town, id): InTown<Uuid>, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TOLD_MAIL).bind(town).bind(id).bind(now).execute(c).await.map(|_| ()))
}

pub async fn any_untold(r: &mut Read) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query_scalar::<_, i64>(ANY_UNTOLD_MAIL).fetch_one(c).await.map(|n| n > 0))
}

pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING_MAIL).bind(now).fetch_one(c).await)
}

pub async fn erase(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_MAIL).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

pub async fn any_old(r: &mut Read, town: MunicipalityId, before: Uuid) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query_scalar::<_, i64>(ANY_MAIL_OLD).bind(town).bind(before).fetch_one(c).await.map(|n| n > 0))
}

pub async fn purge(w: &mut Write, town: MunicipalityId, before: Uuid, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(PURGE).bind(town).bind(before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}

pub async fn ensure_channel(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ENSURE_MAIL_CHANNEL).bind(now).execute(c).await.map(|_| ()))
}

pub async fn channel(r: &mut Read) -> sqlx::Result<Channel> {
    with_conn!(r, c => sqlx::query_as(MAIL_CHANNEL).fetch_one(c).await)
}

/// Makes `holder` the one who sends until then; false while another does.
pub async fn hold(w: &mut Write, holder: Uuid, now: DateTime<Utc>, until: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(HOLD_MAIL).bind(holder).bind(now).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Holds it longer; false where another took it.
pub async fn hold_on(w: &mut Write, holder: Uuid, until: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(HOLD_MAIL_ON).bind(holder).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn release(w: &mut Write, holder: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(RELEASE_MAIL).bind(holder).execute(c).await.map(|_| ()))
}

pub async fn pause(w: &mut Write, until: DateTime<Utc>, why: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(PAUSE_MAIL).bind(until).bind(why).bind(now).execute(c).await.map(|_| ()))
}

/// Notes that the relay takes what is sent.
pub async fn open(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(OPEN_MAIL).bind(now).execute(c).await.map(|_| ()))
}

/// Counts another address in a row that there is not.
pub async fn refused(w: &mut Write) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(REFUSED_MAIL).execute(c).await.map(|_| ()))
}
