//! SQL of push.

mod channels;
mod devices;
mod live;
mod settings;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Category, ChannelId, DeviceId, Open};
use crate::{
    identity::SessionId,
    listed,
    platform::{
        db::{Listed, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

pub use channels::{
    Due, NewState, acquire_lease, channel, due, ensure_channel, extend_lease, find_channel, probe_channel,
    release_lease, set_channel,
};
pub use devices::{
    DeviceRow, NewDevice, any_device_old, count_devices, device_of_installation, devices, erase_devices, forget_dead,
    forget_devices, forget_installation, forget_target, quarantine, register, remove_device,
};
pub use live::{
    Followed, LiveKey, LiveReady, LiveTried, NewLive, any_live_old, begin_live, end_live, followed, forget_live,
    forget_live_old, forget_start, hold_live, hush_live, live_towns, load_live, note_started, settle_live, show_live,
};
pub use settings::{erase_settings, muted, muted_by, quiet, quiet_of, set_muted, set_quiet};

/// Every statement of the room about a list.
pub(crate) const LISTS: &[&[(&str, Listed)]] = &[LISTED, devices::LISTED, live::LISTED, settings::LISTED];
/// Every fixed statement of the room.
pub(crate) const STATEMENTS: &[&[(&str, &str)]] = &[ALL, channels::ALL, devices::ALL, live::ALL, settings::ALL];

listed! {
    /// From those who are told: SQLite takes a cross join in the order in which it is written, and not each device of the town.
    QUEUE_MANY = "
        with told (resident_id, message_id) as (values (?uuid, ?uuid)*)
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, title,
            language, lane, state, attempts, not_before, expires_at, request_id, created_at)
        select d.municipality_id, t.message_id, d.id, 'show', d.resident_id, d.channel_id, ?, ?, ?, ?, 'ready', 0, ?, ?, ?, ?
        from told t cross join device d cross join session s
        where d.municipality_id = ? and d.resident_id = t.resident_id and d.state = 'active'
            and s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        on conflict (municipality_id, message_id, device_id, purpose) do nothing returning resident_id";
    COUNT_UP_MANY = "
        with told (resident_id) as (values (?uuid)*)
        insert into badge (municipality_id, resident_id, unread) select ?, t.resident_id, 1 from told t where true
        on conflict (municipality_id, resident_id) do update set unread = badge.unread + 1";
    /// Found by their messages: said so that PostgreSQL does not go through all that is ready instead.
    SETTLE_WAITING = "
        update push_delivery set state = 'settled', outcome = ?, settled_at = ?
        where purpose = 'show' and state || '' = 'ready' and municipality_id = ? and message_id in (?*)";
    CLEAR_TAKEN_BACK = "
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id,
            category, lane, state, attempts, not_before, expires_at, request_id, created_at)
        select p.municipality_id, p.message_id, p.device_id, 'clear', p.resident_id, d.channel_id, p.category,
            p.lane, 'ready', 0, ?, ?, ?, ?
        from push_delivery p join device d on d.municipality_id = p.municipality_id and d.id = p.device_id
        where p.purpose = 'show' and p.outcome = 'delivered' and p.municipality_id = ? and p.message_id in (?*)
        on conflict (municipality_id, message_id, device_id, purpose) do nothing";
    SETTLE_DELIVERED = "
        update push_delivery set state = 'settled', outcome = 'delivered', settled_at = ?, attempts = attempts + 1
        from (values (?uuid, ?uuid, ?uuid, ?text)*) as v
        where municipality_id = v.column1 and message_id = v.column2 and device_id = v.column3 and purpose = v.column4
            and state || '' = 'ready'";
    CLEAR_READ_ELSEWHERE = "
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id,
            category, lane, state, attempts, not_before, expires_at, request_id, created_at)
        select municipality_id, message_id, device_id, 'clear', resident_id, channel_id, category, 1, 'ready', 0, ?,
            expires_at, request_id, ?
        from push_delivery
        where outcome = 'read_elsewhere' and purpose = 'show'
            and (municipality_id, message_id, device_id) in (values (?uuid, ?uuid, ?uuid)*)
        on conflict (municipality_id, message_id, device_id, purpose) do nothing";
    NOTE_DELIVERED = "
        update push_delivery set outcome = 'delivered', settled_at = ?
        where state = 'settled'
            and (municipality_id, message_id, device_id, purpose) in (values (?uuid, ?uuid, ?uuid, ?text)*)";
    NOTIFIED_AT = "
        select message_id, min(settled_at) from push_delivery
        where purpose = 'show' and outcome = 'delivered' and municipality_id = ? and message_id in (?*)
        group by message_id";
    SETTLE_UNDELIVERED = "
        update push_delivery set state = v.column5, outcome = v.column6, code = v.column7, not_before = v.column8,
            attempts = attempts + v.column9, settled_at = case when v.column5 = 'settled' then ?timestamptz end
        from (values (?uuid, ?uuid, ?uuid, ?text, ?text, ?text, ?text, ?timestamptz, ?bigint)*) as v
        where municipality_id = v.column1 and message_id = v.column2 and device_id = v.column3 and purpose = v.column4
            and state || '' = 'ready'";
}
statements! {
    WAITING = "
        select count(*), min(created_at) from
            (select d.created_at from channel c cross join push_delivery d
             where d.channel_id = c.id and d.state = 'ready' and d.lane = $2 and d.not_before <= $1 limit 10000) due";

    COUNT_UP = "
        insert into badge (municipality_id, resident_id, unread) values ($1, $2, 1)
        on conflict (municipality_id, resident_id) do update set unread = badge.unread + 1";
    SET_BADGE = "
        insert into badge (municipality_id, resident_id, unread) values ($1, $2, $3)
        on conflict (municipality_id, resident_id) do update set unread = excluded.unread";

    QUEUE = "
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category,
            lane, state, attempts, not_before, expires_at, request_id, created_at, title,
            language, useful_until)
        select d.municipality_id, $3, d.id, 'show', d.resident_id, d.channel_id, $4, $9, 'ready', 0, $5, $6, $7, $8,
            cast($10 as text), cast($11 as text), $13
        from device d
        join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        where d.municipality_id = $1 and d.resident_id = $2 and d.state = 'active' and d.session_id <> $12
        on conflict (municipality_id, message_id, device_id, purpose) do nothing";
    REACH = "
        select p.quiet_from, p.quiet_until,
            exists (select 1 from push_mute m
                where m.municipality_id = $1 and m.resident_id = $2 and m.category = $3) as muted,
            exists (select 1 from device d
                join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
                where d.municipality_id = $1 and d.resident_id = $2 and d.state = 'active') as reachable
        from (select 1 as one) always
        left join push_preference p on p.municipality_id = $1 and p.resident_id = $2";
    WITHDRAW = "
        update push_delivery set state = 'settled', outcome = 'read_elsewhere', settled_at = $3
        where municipality_id = $1 and message_id = $2 and purpose = 'show' and state = 'ready'";
    QUEUE_CLEAR = "
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category,
            lane, state, attempts, not_before, expires_at, request_id, created_at)
        select p.municipality_id, p.message_id, p.device_id, 'clear', p.resident_id, d.channel_id, p.category, 1,
            'ready', 0, $5, $6, $7, $5
        from push_delivery p
        join device d on d.municipality_id = p.municipality_id and d.id = p.device_id
        where p.municipality_id = $1 and p.resident_id = $2 and p.message_id = $3 and p.purpose = 'show'
            and p.outcome = 'delivered' and d.session_id <> $4
        on conflict (municipality_id, message_id, device_id, purpose) do nothing";

    LOAD = "
        select p.municipality_id, p.message_id, p.device_id, p.purpose, p.resident_id, p.category, p.title, p.language, p.lane, p.attempts,
            p.not_before, p.expires_at, p.useful_until, d.target_kind, d.locale, d.preview, d.registered_at,
            coalesce(b.unread, 0) as unread, case when s.id is not null then d.target end as target
        from push_delivery p
        left join device d on d.municipality_id = p.municipality_id and d.id = p.device_id
            and d.resident_id = p.resident_id and d.state = 'active'
        left join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        left join badge b on b.municipality_id = p.municipality_id and b.resident_id = p.resident_id
        where p.channel_id = $1 and p.lane = $2 and p.state = 'ready' and p.not_before <= $3
            and (p.not_before, p.message_id, p.device_id) > ($4, $5, $6)
        order by p.not_before, p.message_id, p.device_id limit $7";
    EXPIRED = "
        select municipality_id, message_id, device_id, purpose from push_delivery
        where channel_id = $1 and state = 'ready' and expires_at <= $2 limit $3";
    EXPIRE = "
        update push_delivery set state = 'settled', outcome = 'expired', settled_at = $5
        where municipality_id = $1 and message_id = $2 and device_id = $3 and purpose = $4 and state = 'ready'
            and expires_at <= $5";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from push_delivery
             where municipality_id = $1 and message_id < $2 and state = 'settled'
             order by message_id limit 1) first";
    PURGE = "
        delete from push_delivery where (municipality_id, message_id, device_id, purpose) in
            (select municipality_id, message_id, device_id, purpose from push_delivery
             where municipality_id = $1 and message_id < $2 and state = 'settled' order by message_id limit $3)";
    ERASE_DELIVERIES = "delete from push_delivery where municipality_id = $1 and message_id = $2";
}

/// A phone of a row `r` of `resident` that is sent something.
pub const PHONE: &str = "select 1 from device v
    join session s on s.municipality_id = v.municipality_id and s.id = v.session_id and s.ended_at is null
    where v.municipality_id = r.municipality_id and v.resident_id = r.id and v.state = 'active'";
/// Quiet hours, to be joined; goes on with the town.
pub const PREFERENCES: &str = "push_preference p on p.municipality_id = ";
/// What a row `r` of `resident` muted; goes on with the kind.
pub const MUTES: &str =
    "select 1 from push_mute m where m.municipality_id = r.municipality_id and m.resident_id = r.id";

/// A row that is due, with all it takes to send it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Ready {
    pub municipality_id: MunicipalityId,
    pub message_id: Uuid,
    pub device_id: DeviceId,
    pub purpose: String,
    pub resident_id: ResidentId,
    pub category: String,
    /// What it says beside the neutral sentence.
    pub title: Option<String>,
    /// In which language it says that; none for the phone's.
    pub language: Option<String>,
    pub lane: i64,
    pub attempts: i64,
    pub not_before: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// None where the phone is no longer this citizen's.
    pub target: Option<String>,
    pub target_kind: Option<String>,
    pub locale: Option<String>,
    pub preview: Option<String>,
    pub registered_at: Option<DateTime<Utc>>,
    pub unread: i64,
    /// Whether they want no phone to show it, as they say by now.
    #[sqlx(skip)]
    pub is_refused: bool,
    /// Until when it is to be shown at the latest; none where it is as good later.
    pub useful_until: Option<DateTime<Utc>>,
    /// The end of their quiet hours, where it would be shown in them.
    #[sqlx(skip)]
    pub waits_until: Option<DateTime<Utc>>,
}

/// The key of a row.
pub type Key = (MunicipalityId, Uuid, DeviceId, String);

/// A position in the order in which a lane is sent.
pub type Position = (DateTime<Utc>, Uuid, DeviceId);

/// What becomes of a row that was not simply delivered.
pub struct Undelivered {
    pub key: Key,
    /// `settled` or `ready`.
    pub state: &'static str,
    pub outcome: Option<&'static str>,
    pub code: String,
    pub not_before: DateTime<Utc>,
    /// Whether it counts as an attempt of this row: 1 or 0.
    pub counts: i64,
}

pub async fn count_up(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(COUNT_UP).bind(town).bind(resident).execute(c).await.map(|_| ()))
}

pub async fn set_badge(w: &mut Write, town: MunicipalityId, resident: ResidentId, unread: i64) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SET_BADGE).bind(town).bind(resident).bind(unread).execute(c).await.map(|_| ()))
}

/// How a push goes out: what it is of, what it says, and when a phone may show it.
pub struct Sending<'a> {
    pub category: Category,
    pub open: Option<Open<'a>>,
    /// 0 for what goes before all else, 1 for the rest.
    pub lane: i64,
    pub not_before: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// See [`Ready::useful_until`].
    pub useful_until: Option<DateTime<Utc>>,
    /// The request that it comes from, for the log; empty where none did.
    pub request_id: &'a str,
}

/// Queues a push for each phone of a resident but the one of a session.
pub async fn queue(
    w: &mut Write,
    (town, message): InTown<Uuid>,
    (resident, except): (ResidentId, SessionId),
    sending: &Sending<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let Sending { category, open, lane, not_before, expires_at, useful_until, request_id } = *sending;
    with_conn!(w, c => sqlx::query(QUEUE)
        .bind(town).bind(resident).bind(message).bind(category.as_str()).bind(not_before).bind(expires_at)
        .bind(request_id).bind(now).bind(lane).bind(open.map(|o| o.title))
        .bind(open.map(|o| o.language.code())).bind(except).bind(useful_until).execute(c).await.map(|d| d.rows_affected()))
}

/// Queues rows for each device of these, not before and not after an instant; gives whose devices they are.
pub async fn queue_many(
    w: &mut Write,
    town: MunicipalityId,
    rows: &[(ResidentId, Uuid)],
    sending: &Sending<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<ResidentId>> {
    let mut queued = Vec::new();
    let Sending { category, open, lane, not_before, expires_at, request_id, .. } = *sending;
    for part in rows.chunks(QUEUE_MANY.at_most()) {
        let sql = QUEUE_MANY.on(w, part.len());
        queued.append(&mut with_conn!(w, c => {
            let mut q = sqlx::query_scalar(sql);
            for (resident, message) in part {
                q = q.bind(*resident).bind(*message);
            }
            q.bind(category.as_str()).bind(open.map(|o| o.title)).bind(open.map(|o| o.language.code())).bind(lane)
                .bind(not_before).bind(expires_at).bind(request_id).bind(now).bind(town).fetch_all(c).await
        })?);
    }
    Ok(queued)
}

pub async fn count_up_many(w: &mut Write, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<()> {
    for part in residents.chunks(COUNT_UP_MANY.at_most()) {
        let sql = COUNT_UP_MANY.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for resident in part {
                q = q.bind(*resident);
            }
            q.bind(town).execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Settles what of these messages has not left, with what becomes of it.
pub async fn settle_waiting(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[Uuid],
    (outcome, now): (&str, DateTime<Utc>),
) -> sqlx::Result<()> {
    for part in messages.chunks(SETTLE_WAITING.at_most()) {
        let sql = SETTLE_WAITING.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(outcome).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Takes messages back: what has not left is settled, and what was shown is to be cleared.
pub async fn take_back(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[Uuid],
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
    request_id: &str,
) -> sqlx::Result<()> {
    settle_waiting(w, town, messages, ("withdrawn", now)).await?;
    for part in messages.chunks(CLEAR_TAKEN_BACK.at_most()) {
        let sql = CLEAR_TAKEN_BACK.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now).bind(expires_at).bind(request_id).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// How news of a kind would reach somebody now.
#[derive(sqlx::FromRow)]
pub struct Reach {
    pub quiet_from: Option<i64>,
    pub quiet_until: Option<i64>,
    /// They want no disturbance by this kind.
    pub muted: bool,
    /// A phone of theirs would be sent something.
    pub reachable: bool,
}

pub async fn reach(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    category: Category,
) -> sqlx::Result<Reach> {
    with_conn!(r, c => sqlx::query_as(REACH).bind(town).bind(resident).bind(category.as_str()).fetch_one(c).await)
}

pub async fn withdraw(w: &mut Write, town: MunicipalityId, message: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(WITHDRAW).bind(town).bind(message).bind(now).execute(c).await.map(|_| ()))
}

pub async fn queue_clear(
    w: &mut Write,
    (town, message): InTown<Uuid>,
    (resident, reader): (ResidentId, SessionId),
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
    request_id: &str,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(QUEUE_CLEAR)
        .bind(town).bind(resident).bind(message).bind(reader).bind(now).bind(expires_at).bind(request_id)
        .execute(c).await.map(|_| ()))
}

/// Up to `limit` rows of a lane that are due, behind a position.
pub async fn load(
    r: &mut Read,
    (channel, lane): (ChannelId, i64),
    now: DateTime<Utc>,
    behind: Position,
    limit: i64,
) -> sqlx::Result<Vec<Ready>> {
    with_conn!(r, c => sqlx::query_as(LOAD).bind(channel).bind(lane).bind(now).bind(behind.0).bind(behind.1).bind(behind.2)
        .bind(limit).fetch_all(c).await)
}

/// Settles rows as delivered, each found by its key: said plainly, `state = 'ready'` would lead PostgreSQL to read all that is
/// ready, where it was told last that there is little. One that was withdrawn while it was on its way was shown all the same: it is told so, and
/// a row is queued to clear it.
pub async fn settle_delivered(w: &mut Write, keys: &[Key], now: DateTime<Utc>) -> sqlx::Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let sql = SETTLE_DELIVERED.on(w, keys.len());
    let settled = with_conn!(w, c => {
        let mut q = sqlx::query(sql).bind(now);
        for (town, message, device, purpose) in keys {
            q = q.bind(*town).bind(*message).bind(*device).bind(purpose.as_str());
        }
        q.execute(c).await.map(|d| d.rows_affected())
    })?;
    if settled == keys.len() as u64 {
        return Ok(());
    }
    let sql = CLEAR_READ_ELSEWHERE.on(w, keys.len());
    with_conn!(w, c => {
        let mut q = sqlx::query(sql).bind(now).bind(now);
        for (town, message, device, _) in keys {
            q = q.bind(*town).bind(*message).bind(*device);
        }
        q.execute(c).await.map(|_| ())
    })?;
    let sql = NOTE_DELIVERED.on(w, keys.len());
    with_conn!(w, c => {
        let mut q = sqlx::query(sql).bind(now);
        for (town, message, device, purpose) in keys {
            q = q.bind(*town).bind(*message).bind(*device).bind(purpose.as_str());
        }
        q.execute(c).await.map(|_| ())
    })
}

/// Settles rows each as it says, but those that were withdrawn meanwhile.
pub async fn settle_undelivered(w: &mut Write, undelivered: &[Undelivered], now: DateTime<Utc>) -> sqlx::Result<()> {
    for part in undelivered.chunks(SETTLE_UNDELIVERED.at_most()) {
        let sql = SETTLE_UNDELIVERED.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now);
            for s in part {
                let (town, message, device, purpose) = &s.key;
                q = q.bind(*town).bind(*message).bind(*device).bind(purpose.as_str()).bind(s.state).bind(s.outcome)
                    .bind(&s.code).bind(s.not_before).bind(s.counts);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Rows of a channel that are too old to show.
pub async fn expired(r: &mut Read, channel: ChannelId, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Key>> {
    with_conn!(r, c => sqlx::query_as(EXPIRED).bind(channel).bind(now).bind(limit).fetch_all(c).await)
}

/// Settles them, where they still wait.
pub async fn expire(w: &mut Write, keys: &[Key], now: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut done = 0;
    for (town, message, device, purpose) in keys {
        done += with_conn!(w, c => sqlx::query(EXPIRE).bind(*town).bind(*message).bind(*device).bind(purpose).bind(now)
            .execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(done)
}

/// Whether there is anything to purge.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: Uuid) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_OLD).bind(town).bind(before).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets settled rows of messages whose ids are below `before`: ids sort by time.
pub async fn purge(w: &mut Write, town: MunicipalityId, before: Uuid, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(PURGE).bind(town).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// How many rows of a lane wait to be sent, up to ten thousand, and since when the first of them does.
pub async fn waiting(r: &mut Read, lane: i64, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).bind(lane).fetch_one(c).await)
}

/// Erases what became of a message's pushes.
pub async fn erase_deliveries(w: &mut Write, town: MunicipalityId, message: Uuid) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_DELIVERIES).bind(town).bind(message).execute(c).await.map(|d| d.rows_affected()))
}

/// When the push of each of these messages was taken by the provider of a phone; those are left out that no phone was told of.
pub async fn notified_at(
    r: &mut Read,
    town: MunicipalityId,
    messages: &[Uuid],
) -> sqlx::Result<Vec<(Uuid, DateTime<Utc>)>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let sql = NOTIFIED_AT.on(r, messages.len());
    with_conn!(r, c => {
        let mut q = sqlx::query_as(sql).bind(town);
        for id in messages {
            q = q.bind(*id);
        }
        q.fetch_all(c).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::MAX_PUSH_BATCH, platform::db::Db};

    #[tokio::test]
    async fn the_largest_batch_that_may_be_configured_can_be_settled() {
        let folder = tempfile::tempdir().unwrap();
        let db =
            Db::open(&format!("sqlite:{}", folder.path().join("x.db").display()), 1, crate::platform::db::Open::Make)
                .await
                .unwrap();
        db.migrate().await.unwrap();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let key =
            |n: u32| (MunicipalityId(Uuid::nil()), Uuid::from_u128(n.into()), DeviceId(Uuid::nil()), "show".to_owned());
        let keys: Vec<Key> = (0..MAX_PUSH_BATCH).map(key).collect();
        let undelivered = |key| Undelivered {
            key,
            state: "ready",
            outcome: None,
            code: "503".to_owned(),
            not_before: now,
            counts: 1,
        };
        let undelivered: Vec<Undelivered> = keys.iter().cloned().map(undelivered).collect();
        let mut w = db.write().await.unwrap();
        settle_delivered(&mut w, &keys, now).await.unwrap();
        settle_undelivered(&mut w, &undelivered, now).await.unwrap();
    }
}
