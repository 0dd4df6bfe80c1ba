//! SQL of the inbox.

use chrono::{DateTime, Utc};

use super::model::{Broadcast, MessageId, Notice, Unreached};
use crate::{
    identity::Citizen,
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId, first_uuid_at},
        language::Language,
        page::Cursor,
    },
    statements, with_conn,
};

/// Reads messages, whole.
macro_rules! messages {
    ($($rest:tt)*) => {
        concat!(
            "select id, kind, title, body, deep_link, action_label, action_link, created_at, read_at, archived_at, withdrawn_at,
                changed_at
             from message ",
            $($rest)*
        )
    };
}

/// The kinds of message that are news of somebody's account: who else acts for them, and where they signed in. Who acts for them does not
/// read these, which may be what somebody is afraid of.
macro_rules! of_the_account {
    () => {
        "('session_ended', 'passkey_added', 'passkey_removed', 'mandate', 'for_other')"
    };
}
/// The same, for who writes messages.
pub const OF_THE_ACCOUNT: &str = of_the_account!();

/// Of what was kept for somebody without the app: what who acts for them may read.
macro_rules! kept_for_another {
    () => {
        "reason = 'no_app' and category <> 'account' and kind <> 'for_other' and not of_child"
    };
}

/// Where the app goes from what a server before this one kept, which kept no link.
macro_rules! no_link {
    () => {
        "/inbox"
    };
}

/// Reads what was kept for somebody without the app, whole. It has no reader of its own: who acts for them reads it.
macro_rules! kept {
    ($rest:literal) => {
        concat!(
            "select id, kind, title, body, deep_link, created_at, withdrawn_at
             from unreached where municipality_id = $1 and resident_id = $2 and ",
            kept_for_another!(),
            " ",
            $rest
        )
    };
}

listed! {
    ADD_MANY = "
        with told (resident_id, id, said) as (values (?uuid, ?uuid, ?bigint)*),
        wording (n, title, body, label) as (values (?bigint, ?text, ?text, ?text)*)
        insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, action_label,
            action_link, created_at)
        select ?, t.id, t.resident_id, ?, ?, v.title, v.body, ?, v.label, ?, ?
        from told t left join wording v on v.n = t.said where true
        on conflict (municipality_id, resident_id, dedupe_key) do nothing returning resident_id, id";
    WITHDRAW_MANY = "
        update message set withdrawn_at = ?, changed_at = ? where withdrawn_at is null and municipality_id = ? and id in (?*)";
    KEEP_MANY = "
        with told (resident_id, id, said) as (values (?uuid, ?uuid, ?bigint)*),
        wording (n, language, title, body) as (values (?bigint, ?text, ?text, ?text)*)
        insert into unreached (municipality_id, id, resident_id, reason, kind, category, dedupe_key, language, title, body,
            worth_until, created_at, deep_link)
        select ?, t.id, t.resident_id, ?, ?, ?, ?, v.language, v.title, v.body, ?, ?, ?
        from told t join wording v on v.n = t.said where true
        on conflict (municipality_id, resident_id, dedupe_key) do nothing returning resident_id, id";
    STANDING = "
        with said (resident_id, dedupe_key) as (values (?uuid, ?text)*)
        select s.resident_id, s.dedupe_key from said s
        where exists
            (select 1 from message m
             where m.municipality_id = ? and m.resident_id = s.resident_id and m.dedupe_key = s.dedupe_key and m.withdrawn_at is null)
        or exists
            (select 1 from unreached u
             where u.municipality_id = ? and u.resident_id = s.resident_id and u.dedupe_key = s.dedupe_key and u.withdrawn_at is null)";
    WITHDRAW_KEPT_MANY = "
        update unreached set withdrawn_at = ? where withdrawn_at is null and municipality_id = ? and id in (?*)";
}
statements! {
    ADD = "
        insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, action_label,
            action_link, created_at, of_child)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (municipality_id, resident_id, dedupe_key) do nothing";
    UNREAD_UNDER = "
        select id from message
        where municipality_id = $1 and resident_id = $2 and read_at is null and archived_at is null and withdrawn_at is null
            and substr(dedupe_key, 1, length($3)) = $3 and id <> $4
        limit 100";
    UNREAD = concat!("
        select count(*) from message
        where municipality_id = $1 and resident_id = $2 and read_at is null and archived_at is null
            and (not $3 or not of_child and kind not in ", of_the_account!(), ")");
    PAGE = messages!("where municipality_id = $1 and resident_id = $2 and archived_at is null
            and (created_at, id) < ($3, $4) and (not $6 or not of_child and kind not in ", of_the_account!(), ")
        order by created_at desc, id desc limit $5");
    /// The same with what was kept, for who acts for somebody: one look in place of two. Each of the two in its order.
    PAGE_FOR_ANOTHER = concat!("select * from (", messages!("where municipality_id = $1 and resident_id = $2 and archived_at is null
                and (created_at, id) < ($3, $4) and (not $6 or not of_child and kind not in "), of_the_account!(), ")
            order by created_at desc, id desc limit $5) told
        union all
        select * from (
            select id, kind, title, body, coalesce(deep_link, '", no_link!(), "') as deep_link, cast(null as text) as action_label,
                cast(null as text) as action_link, created_at, cast(null as timestamptz) as read_at,
                cast(null as timestamptz) as archived_at, withdrawn_at, withdrawn_at as changed_at
            from unreached where municipality_id = $1 and resident_id = $2 and ", kept_for_another!(), "
                and (created_at, id) < ($3, $4)
            order by created_at desc, id desc limit $5) kept");
    ARCHIVE_PAGE = messages!("where municipality_id = $1 and resident_id = $2 and archived_at is not null
            and (created_at, id) < ($3, $4) and (not $6 or not of_child and kind not in ", of_the_account!(), ")
        order by created_at desc, id desc limit $5");
    WRITTEN_AFTER = messages!("where municipality_id = $1 and resident_id = $2 and (created_at, id) > ($3, $4)
            and (not $6 or not of_child and kind not in ", of_the_account!(), ")
        order by created_at, id limit $5");
    CHANGED_AFTER = messages!("where municipality_id = $1 and resident_id = $2 and changed_at is not null and (changed_at, id) > ($3, $4)
            and (not $6 or not of_child and kind not in ", of_the_account!(), ")
        order by changed_at, id limit $5");
    GET = messages!("where municipality_id = $1 and resident_id = $2 and id = $3 and (not $4 or not of_child and kind not in ", of_the_account!(), ")");
    SET_READ = "update message set read_at = $4, changed_at = $5 where municipality_id = $1 and resident_id = $2 and id = $3";
    SET_ARCHIVED = "update message set archived_at = $4, changed_at = $5 where municipality_id = $1 and resident_id = $2 and id = $3";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from message where municipality_id = $1 and id < $2 and created_at < $3
             order by id limit 1) first";
    ANYTHING_UNREACHED_OLD = "
        select count(*) from
            (select 1 as old from unreached where municipality_id = $1 and id < $2 and created_at < $3
             order by id limit 1) first";
    FORGET = "
        delete from message where municipality_id = $1 and id in
            (select id from message where municipality_id = $1 and id < $2 and created_at < $3 order by id limit $4)";
    UNREACHED = "
        insert into unreached (municipality_id, id, resident_id, reason, kind, category, dedupe_key, language, title, body,
            worth_until, created_at, deep_link, of_child)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (municipality_id, resident_id, dedupe_key) do nothing";
    WITHDRAW_UNREACHED_UNDER = "
        update unreached set withdrawn_at = $4
        where municipality_id = $1 and resident_id = $2 and substr(dedupe_key, 1, length($3)) = $3 and withdrawn_at is null";
    FORGET_UNREACHED_UNDER = "
        delete from unreached
        where municipality_id = $1 and resident_id = $2 and substr(dedupe_key, 1, length($3)) = $3";
    FORGET_UNREACHED = "
        delete from unreached where municipality_id = $1 and id in
            (select id from unreached where municipality_id = $1 and id < $2 and created_at < $3 order by id limit $4)";
    NOT_TOLD = "
        select id, kind, title, reason, created_at, withdrawn_at from unreached
        where municipality_id = $1 and resident_id = $2 order by created_at desc, id desc limit $3";
    KEPT_AFTER = kept!("and (created_at, id) > ($3, $4) order by created_at, id limit $5");
    KEPT_WITHDRAWN_AFTER = kept!("and withdrawn_at is not null and (withdrawn_at, id) > ($3, $4)
        order by withdrawn_at, id limit $5");
    GET_KEPT = kept!("and id = $3");
    COUNT_KEPT = concat!("
        select count(*) from unreached
        where municipality_id = $1 and resident_id = $2 and withdrawn_at is null and ", kept_for_another!());
    ALL_OF = "select id from message where municipality_id = $1 and resident_id = $2";
    ERASE = "delete from message where municipality_id = $1 and resident_id = $2";
}

/// Whose messages are read, and whether somebody else reads them, who acts for them.
#[derive(Clone, Copy)]
pub struct Inbox {
    /// In which town.
    pub town: MunicipalityId,
    /// Whose.
    pub resident: ResidentId,
    /// Not the news of their account, nor what is about people for whom they act.
    pub by_another: bool,
}

impl Inbox {
    /// All that somebody was told.
    pub fn whole(town: MunicipalityId, resident: ResidentId) -> Self {
        Self { town, resident, by_another: false }
    }

    /// What whoever asks reads. Who acts for somebody also reads what was kept for them while they have no app: it has no other reader.
    pub fn read_by(who: &Citizen) -> Self {
        Self { town: who.town.id, resident: who.subject.0, by_another: who.acting.is_some() }
    }
}

/// A message as its reader sees it.
#[derive(Clone, sqlx::FromRow)]
pub struct Message {
    pub id: MessageId,
    pub kind: String,
    pub title: String,
    pub body: String,
    pub deep_link: String,
    pub action_label: Option<String>,
    pub action_link: Option<String>,
    pub created_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub changed_at: Option<DateTime<Utc>>,
}

/// What was kept for somebody without the app, as who acts for them reads it.
#[derive(sqlx::FromRow)]
struct Kept {
    id: MessageId,
    kind: String,
    title: String,
    body: String,
    deep_link: Option<String>,
    created_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
}

impl From<Kept> for Message {
    fn from(k: Kept) -> Self {
        Self {
            id: k.id,
            kind: k.kind,
            title: k.title,
            body: k.body,
            deep_link: k.deep_link.unwrap_or_else(|| no_link!().to_owned()),
            action_label: None,
            action_link: None,
            created_at: k.created_at,
            read_at: None,
            archived_at: None,
            withdrawn_at: k.withdrawn_at,
            // Nothing else of it ever changes.
            changed_at: k.withdrawn_at,
        }
    }
}

/// Which part of what was kept is read.
#[derive(Clone, Copy)]
pub enum KeptPart {
    /// What was written after a place, the oldest first.
    After,
    /// What was withdrawn after a place, the longest ago first.
    WithdrawnAfter,
}

/// What was kept for somebody without the app, up to so many.
pub async fn kept(r: &mut Read, of: Inbox, part: KeptPart, from: Cursor, limit: i64) -> sqlx::Result<Vec<Message>> {
    let sql = match part {
        KeptPart::After => KEPT_AFTER,
        KeptPart::WithdrawnAfter => KEPT_WITHDRAWN_AFTER,
    };
    let rows: Vec<Kept> = with_conn!(r, c => sqlx::query_as(sql).bind(of.town).bind(of.resident).bind(from.at).bind(from.id)
        .bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Message::from).collect())
}

/// One of them.
pub async fn get_kept(r: &mut Read, of: Inbox, id: MessageId) -> sqlx::Result<Option<Message>> {
    let row: Option<Kept> =
        with_conn!(r, c => sqlx::query_as(GET_KEPT).bind(of.town).bind(of.resident).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Message::from))
}

/// How many of them hold.
pub async fn count_kept(r: &mut Read, of: Inbox) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_KEPT).bind(of.town).bind(of.resident).fetch_one(c).await)
}

pub async fn add(
    w: &mut Write,
    town: MunicipalityId,
    (id, resident): (MessageId, ResidentId),
    notice: &Notice,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (label, link) = notice.action.as_ref().map(|(l, a)| (l.as_str(), a.as_str())).unzip();
    with_conn!(w, c => sqlx::query(ADD)
        .bind(town).bind(id).bind(resident).bind(notice.kind).bind(&notice.dedupe_key).bind(&notice.title)
        .bind(&notice.body).bind(&notice.deep_link).bind(label).bind(link).bind(now)
        .bind(notice.worth.of_child).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Keeps what a resident was to be told, and why there was no way to them; false where the same was kept before.
pub async fn unreached(
    w: &mut Write,
    (town, id): InTown<uuid::Uuid>,
    (resident, why): (ResidentId, Unreached),
    (language, notice): (Language, &Notice),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(UNREACHED)
        .bind(town).bind(id).bind(resident).bind(why).bind(notice.kind).bind(notice.category.as_str())
        .bind(&notice.dedupe_key).bind(language.code()).bind(&notice.title).bind(&notice.body)
        .bind(notice.worth.until).bind(now).bind(&notice.deep_link).bind(notice.worth.of_child)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Forgets what a resident was not told under keys that begin so, as it is old news; how many that were.
pub async fn forget_unreached(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    prefix: &str,
) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_UNREACHED_UNDER)
        .bind(town).bind(resident).bind(prefix)
        .execute(c).await.map(|d| d.rows_affected()))
}

/// Withdraws what a resident was not told under keys that begin so; how many that were. It stays on record, as a message does.
pub async fn withdraw_unreached(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    prefix: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(WITHDRAW_UNREACHED_UNDER)
        .bind(town).bind(resident).bind(prefix).bind(now).execute(c).await.map(|d| d.rows_affected()))
}

/// Keeps for many what they are to be told as soon as they have the app; gives those for whom the same was not kept before.
pub async fn keep_many(
    w: &mut Write,
    town: MunicipalityId,
    (broadcast, worth_until): (&Broadcast, DateTime<Utc>),
    rows: &[(ResidentId, uuid::Uuid, i64)],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(ResidentId, uuid::Uuid)>> {
    let Broadcast { kind, category, dedupe_key, wordings, deep_link, .. } = broadcast;
    let mut kept = Vec::with_capacity(rows.len());
    for part in rows.chunks(KEEP_MANY.at_most()) {
        let sql = KEEP_MANY.on_lists(w, &[part.len(), wordings.len()]);
        kept.append(&mut with_conn!(w, c => {
            let mut q = sqlx::query_as(sql);
            for (resident, id, said) in part {
                q = q.bind(*resident).bind(*id).bind(*said);
            }
            for (n, wording) in (0i64..).zip(wordings) {
                q = q.bind(n).bind(wording.language.code()).bind(&wording.title).bind(&wording.body);
            }
            q.bind(town).bind(Unreached::NoApp).bind(kind).bind(category.as_str()).bind(dedupe_key).bind(worth_until).bind(now)
                .bind(deep_link).fetch_all(c).await
        })?);
    }
    Ok(kept)
}

/// Withdraws these of what was kept; they stay on record, as a message does.
pub async fn withdraw_kept(
    w: &mut Write,
    town: MunicipalityId,
    kept: &[uuid::Uuid],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in kept.chunks(WITHDRAW_KEPT_MANY.at_most()) {
        let sql = WITHDRAW_KEPT_MANY.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Adds a message for each of many; gives those that were not said before. What is the same for all is one parameter.
pub async fn add_many(
    w: &mut Write,
    town: MunicipalityId,
    broadcast: &Broadcast,
    rows: &[(ResidentId, MessageId, i64)],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(ResidentId, MessageId)>> {
    let Broadcast { kind, dedupe_key, wordings, deep_link, link, .. } = broadcast;
    let mut written = Vec::with_capacity(rows.len());
    for part in rows.chunks(ADD_MANY.at_most()) {
        let sql = ADD_MANY.on_lists(w, &[part.len(), wordings.len()]);
        written.append(&mut with_conn!(w, c => {
            let mut q = sqlx::query_as(sql);
            for (resident, id, said) in part {
                q = q.bind(*resident).bind(*id).bind(*said);
            }
            for (n, wording) in (0i64..).zip(wordings) {
                let label = link.as_ref().map(|_| wording.action.as_str());
                q = q.bind(n).bind(&wording.title).bind(&wording.body).bind(label);
            }
            q.bind(town).bind(kind).bind(dedupe_key).bind(deep_link).bind(link).bind(now).fetch_all(c).await
        })?);
    }
    Ok(written)
}

pub async fn withdraw(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[MessageId],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in messages.chunks(WITHDRAW_MANY.at_most()) {
        let sql = WITHDRAW_MANY.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Messages that were not read and whose key begins so, but for one.
pub async fn unread_under(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    prefix: &str,
    but: MessageId,
) -> sqlx::Result<Vec<MessageId>> {
    with_conn!(r, c => sqlx::query_scalar(UNREAD_UNDER).bind(town).bind(resident).bind(prefix).bind(but).fetch_all(c).await)
}

pub async fn unread(r: &mut Read, of: Inbox) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(UNREAD).bind(of.town).bind(of.resident).bind(of.by_another).fetch_one(c).await)
}

pub async fn page(
    r: &mut Read,
    of: Inbox,
    archived: bool,
    after: Option<Cursor>,
    limit: i64,
) -> sqlx::Result<Vec<Message>> {
    let after = after.unwrap_or(Cursor::BEGINNING);
    let sql = match (archived, of.by_another) {
        (true, _) => ARCHIVE_PAGE,
        (false, true) => PAGE_FOR_ANOTHER,
        (false, false) => PAGE,
    };
    let mut rows: Vec<Message> = with_conn!(r, c => sqlx::query_as(sql).bind(of.town).bind(of.resident).bind(after.at).bind(after.id)
        .bind(limit).bind(of.by_another).fetch_all(c).await)?;
    if of.by_another {
        // SQLite would copy both to put them in one order.
        rows.sort_by_key(|m| std::cmp::Reverse((m.created_at, m.id.0)));
    }
    Ok(rows)
}

/// What was written to somebody after a place, the oldest first.
pub async fn written_after(r: &mut Read, of: Inbox, after: Cursor, limit: i64) -> sqlx::Result<Vec<Message>> {
    with_conn!(r, c => sqlx::query_as(WRITTEN_AFTER).bind(of.town).bind(of.resident).bind(after.at).bind(after.id).bind(limit)
        .bind(of.by_another).fetch_all(c).await)
}

/// What changed of it after a place, the longest unchanged first.
pub async fn changed_after(r: &mut Read, of: Inbox, after: Cursor, limit: i64) -> sqlx::Result<Vec<Message>> {
    with_conn!(r, c => sqlx::query_as(CHANGED_AFTER).bind(of.town).bind(of.resident).bind(after.at).bind(after.id).bind(limit)
        .bind(of.by_another).fetch_all(c).await)
}

pub async fn get(r: &mut Read, of: Inbox, id: MessageId) -> sqlx::Result<Option<Message>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(of.town).bind(of.resident).bind(id).bind(of.by_another).fetch_optional(c).await)
}

pub async fn set_read(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    id: MessageId,
    (at, now): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SET_READ).bind(town).bind(resident).bind(id).bind(at).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn set_archived(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    id: MessageId,
    (at, now): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SET_ARCHIVED).bind(town).bind(resident).bind(id).bind(at).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Whether there is anything to forget.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    for sql in [ANYTHING_OLD, ANYTHING_UNREACHED_OLD] {
        let n: i64 = with_conn!(r, c => sqlx::query_scalar(sql).bind(town).bind(first_uuid_at(before)).bind(before)
            .fetch_one(c).await)?;
        if n > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Forgets what was said before an instant: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let mut forgotten = 0;
    for sql in [FORGET, FORGET_UNREACHED] {
        forgotten += with_conn!(w, c => sqlx::query(sql).bind(town).bind(first_uuid_at(before)).bind(before).bind(limit)
            .execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(forgotten)
}

/// Of what some people were told, or were to be told, under a key each: what was not taken back.
pub async fn standing(
    r: &mut Read,
    town: MunicipalityId,
    said: &[(ResidentId, String)],
) -> sqlx::Result<Vec<(ResidentId, String)>> {
    let mut all = Vec::new();
    for part in said.chunks(STANDING.at_most()) {
        let sql = STANDING.on(r, part.len());
        all.append(&mut with_conn!(r, c => {
            let mut q = sqlx::query_as(sql);
            for (resident, key) in part {
                q = q.bind(*resident).bind(key);
            }
            q.bind(town).bind(town).fetch_all(c).await
        })?);
    }
    Ok(all)
}

/// Every message of somebody.
pub async fn all_of(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<MessageId>> {
    with_conn!(r, c => sqlx::query_scalar(ALL_OF).bind(town).bind(resident).fetch_all(c).await)
}

/// Erases them.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// What a resident was to be told, and why there was no way to them.
#[derive(sqlx::FromRow)]
pub struct NotTold {
    pub id: uuid::Uuid,
    pub kind: String,
    pub title: String,
    pub reason: Unreached,
    pub created_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

pub async fn not_told(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<NotTold>> {
    with_conn!(r, c => sqlx::query_as(NOT_TOLD).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}
