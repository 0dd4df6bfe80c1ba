//! SQL of push.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Category, ChannelId, DeviceId, Open};
use crate::{
    identity::SessionId,
    on,
    platform::{
        db::{MAX_BINDS, Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    select_in, statements,
};

statements! {
    WAITING = "
        select count(*), min(created_at) from
            (select d.created_at from channel c cross join push_delivery d
             where d.channel_id = c.id and d.state = 'ready' and d.lane = $2 and d.not_before <= $1 limit 10000) due";
    ENSURE_CHANNEL = "
        insert into channel (id, app, provider, environment, state, pauses, changed_at)
        values ($1, $2, $3, $4, 'open', 0, $5) on conflict (app, provider, environment) do nothing";
    CHANNEL = "
        select state, pauses, pause_kind, reason, told_at from channel where id = $1";
    DUE = "
        select c.state, c.paused_until, c.pause_kind, c.changed_at, exists
            (select 1 from push_delivery where channel_id = $1 and lane = 0 and state = 'ready' and not_before <= $2)
            or exists
            (select 1 from push_delivery where channel_id = $1 and lane = 1 and state = 'ready' and not_before <= $2)
            as waits, exists
            (select 1 from push_delivery p where p.channel_id = $1 and p.lane = 0 and p.state = 'ready'
                and p.not_before <= $2 and p.not_before > c.changed_at and p.created_at > c.changed_at) as urgent
        from channel c where c.id = $1";
    ACQUIRE_LEASE = "
        update channel set holder_id = $2, held_until = $4
        where id = $1 and (holder_id is null or holder_id = $2 or held_until <= $3)";
    EXTEND_LEASE = "update channel set held_until = $3 where id = $1 and holder_id = $2";
    RELEASE_LEASE = "update channel set holder_id = null, held_until = null where id = $1 and holder_id = $2";
    FIND_CHANNEL = "select id from channel where app = $1 and provider = $2 and environment = $3";
    SET_CHANNEL = "
        update channel set state = $2, reason = $3, paused_until = $4, pauses = $5, pause_kind = $6, told_at = $7,
            changed_at = $8
        where id = $1";
    PROBE_CHANNEL = "
        update channel set state = 'probing', paused_until = $3, changed_at = $2
        where id = $1 and state in ('paused', 'probing') and paused_until = $4";

    DEVICE_OF_INSTALLATION = "
        select id, municipality_id, resident_id from device where installation_id = $1";
    FORGET_TARGET = "delete from device where channel_id = $1 and target = $2 and installation_id <> $3";
    FORGET_INSTALLATION = "delete from device where installation_id = $1";
    COUNT_DEVICES = "
        select count(*) from device where municipality_id = $1 and resident_id = $2 and installation_id <> $3";
    REGISTER = "
        insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform,
            target_kind, target, locale, app_version, preview, state, registered_at, seen_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'active', $13, $13)
        on conflict (installation_id) do update set session_id = excluded.session_id,
            channel_id = excluded.channel_id, platform = excluded.platform, target_kind = excluded.target_kind,
            target = excluded.target, locale = excluded.locale, app_version = excluded.app_version,
            preview = excluded.preview, state = 'active', state_reason = null,
            registered_at = excluded.registered_at, seen_at = excluded.seen_at";
    LIST_DEVICES = "
        select installation_id, platform, locale, app_version, preview, state, registered_at from device
        where municipality_id = $1 and resident_id = $2 order by registered_at desc, id limit $3";
    REMOVE_DEVICE = "delete from device where municipality_id = $1 and resident_id = $2 and installation_id = $3";
    FORGET_SILENT = "
        delete from device where (municipality_id, id) in
            (select municipality_id, id from device where seen_at < $1 limit $2)
            and seen_at < $1";
    FORGET_SIGNED_OUT = "
        delete from device where (municipality_id, id) in
            (select d.municipality_id, d.id from session s
             cross join device d
             where s.ended_at > $1 and d.municipality_id = s.municipality_id and d.session_id = s.id limit $2)
            and exists
            (select 1 from session e
             where e.municipality_id = device.municipality_id and e.id = device.session_id and e.ended_at > $1)";

    QUIET = "select quiet_from, quiet_until from push_preference where municipality_id = $1 and resident_id = $2";
    MUTED = "select category from push_mute where municipality_id = $1 and resident_id = $2 order by category";
    SET_QUIET = "
        insert into push_preference (municipality_id, resident_id, quiet_from, quiet_until) values ($1, $2, $3, $4)
        on conflict (municipality_id, resident_id) do update
        set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until";
    UNMUTE = "delete from push_mute where municipality_id = $1 and resident_id = $2";
    MUTE = "
        insert into push_mute (municipality_id, resident_id, category) values ($1, $2, $3)
        on conflict (municipality_id, resident_id, category) do nothing";
    COUNT_UP = "
        insert into badge (municipality_id, resident_id, unread) values ($1, $2, 1)
        on conflict (municipality_id, resident_id) do update set unread = badge.unread + 1";
    SET_BADGE = "
        insert into badge (municipality_id, resident_id, unread) values ($1, $2, $3)
        on conflict (municipality_id, resident_id) do update set unread = excluded.unread";

    QUEUE = "
        insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category,
            lane, state, attempts, not_before, expires_at, request_id, created_at, title,
            language)
        select d.municipality_id, $3, d.id, 'show', d.resident_id, d.channel_id, $4, $9, 'ready', 0, $5, $6, $7, $8,
            cast($10 as text), cast($11 as text)
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
            p.not_before, p.expires_at, d.target_kind, d.locale, d.preview, d.registered_at, coalesce(b.unread, 0) as unread,
            case when s.id is not null then d.target end as target
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
    ANY_DEVICE_OLD = "
        select count(*) from
            (select 1 as old from (select 1 as one from device where seen_at < $1 order by seen_at limit 1) silent
             union all select 1 from
                (select 1 as one from session s cross join device d
                 where s.ended_at > $2 and d.municipality_id = s.municipality_id and d.session_id = s.id
                 order by s.ended_at limit 1) out) first";
    PURGE = "
        delete from push_delivery where (municipality_id, message_id, device_id, purpose) in
            (select municipality_id, message_id, device_id, purpose from push_delivery
             where municipality_id = $1 and message_id < $2 and state = 'settled' order by message_id limit $3)";
    ERASE_DEVICES = "delete from device where municipality_id = $1 and resident_id = $2";
    ERASE_QUIET = "delete from push_preference where municipality_id = $1 and resident_id = $2";
    ERASE_BADGE = "delete from badge where municipality_id = $1 and resident_id = $2";
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

/// A channel as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Channel {
    pub state: String,
    pub pauses: i64,
    pub pause_kind: Option<String>,
    pub reason: Option<String>,
    /// Since when whoever runs the server knows.
    pub told_at: Option<DateTime<Utc>>,
}

impl Channel {
    /// Paused as it was, and due for a probe.
    pub fn paused(&self, now: DateTime<Utc>) -> NewState<'_> {
        NewState {
            state: "paused",
            kind: self.pause_kind.as_deref(),
            reason: self.reason.as_deref(),
            until: Some(now),
            pauses: self.pauses,
            told_at: self.told_at,
        }
    }
}

/// What waits on a channel.
#[derive(sqlx::FromRow)]
pub struct Due {
    pub state: String,
    pub paused_until: Option<DateTime<Utc>>,
    pub pause_kind: Option<String>,
    pub changed_at: DateTime<Utc>,
    /// Whether a row is due.
    pub waits: bool,
    /// Whether one that cannot wait came since the channel was last tried.
    pub urgent: bool,
}

/// A device as its citizen sees it.
#[derive(sqlx::FromRow)]
pub struct DeviceRow {
    pub installation_id: Uuid,
    pub platform: String,
    pub locale: String,
    pub app_version: String,
    pub preview: String,
    pub state: String,
    pub registered_at: DateTime<Utc>,
}

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

pub async fn ensure_channel(
    w: &mut Write,
    id: ChannelId,
    app: &str,
    provider: &str,
    environment: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(ENSURE_CHANNEL).bind(id).bind(app).bind(provider).bind(environment).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn channel(r: &mut Read, id: ChannelId) -> sqlx::Result<Channel> {
    on!(r, c => sqlx::query_as(CHANNEL).bind(id).fetch_one(c).await)
}

pub async fn due(r: &mut Read, id: ChannelId, now: DateTime<Utc>) -> sqlx::Result<Due> {
    on!(r, c => sqlx::query_as(DUE).bind(id).bind(now).fetch_one(c).await)
}

pub async fn find_channel(
    r: &mut Read,
    app: &str,
    provider: &str,
    environment: &str,
) -> sqlx::Result<Option<ChannelId>> {
    on!(r, c => sqlx::query_scalar(FIND_CHANNEL).bind(app).bind(provider).bind(environment).fetch_optional(c).await)
}

/// What a channel becomes.
pub struct NewState<'a> {
    pub state: &'static str,
    pub kind: Option<&'a str>,
    pub reason: Option<&'a str>,
    pub until: Option<DateTime<Utc>>,
    pub pauses: i64,
    pub told_at: Option<DateTime<Utc>>,
}

impl NewState<'_> {
    /// All is well.
    pub const OPEN: Self = Self { state: "open", kind: None, reason: None, until: None, pauses: 0, told_at: None };
}

pub async fn set_channel(w: &mut Write, id: ChannelId, new: &NewState<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(SET_CHANNEL).bind(id).bind(new.state).bind(new.reason).bind(new.until).bind(new.pauses)
        .bind(new.kind).bind(new.told_at).bind(now).execute(c).await.map(|_| ()))
}

/// Takes the one probe that a channel is due which was paused until `paused_until`; another worker that asks gets none
/// before `lapses_at`.
pub async fn probe_channel(
    w: &mut Write,
    id: ChannelId,
    now: DateTime<Utc>,
    lapses_at: DateTime<Utc>,
    paused_until: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(PROBE_CHANNEL).bind(id).bind(now).bind(lapses_at).bind(paused_until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn device_of_installation(
    r: &mut Read,
    installation: Uuid,
) -> sqlx::Result<Option<(DeviceId, MunicipalityId, ResidentId)>> {
    on!(r, c => sqlx::query_as(DEVICE_OF_INSTALLATION).bind(installation).fetch_optional(c).await)
}

pub async fn forget_target(w: &mut Write, channel: ChannelId, target: &str, installation: Uuid) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FORGET_TARGET).bind(channel).bind(target).bind(installation).execute(c).await.map(|_| ()))
}

pub async fn forget_installation(w: &mut Write, installation: Uuid) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FORGET_INSTALLATION).bind(installation).execute(c).await.map(|_| ()))
}

pub async fn count_devices(r: &mut Read, town: MunicipalityId, resident: ResidentId, but: Uuid) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(COUNT_DEVICES).bind(town).bind(resident).bind(but).fetch_one(c).await)
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
pub async fn register(
    w: &mut Write,
    town: MunicipalityId,
    id: DeviceId,
    installation: Uuid,
    resident: ResidentId,
    session: SessionId,
    channel: ChannelId,
    platform: &str,
    target_kind: &str,
    target: &str,
    locale: &str,
    app_version: &str,
    preview: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(REGISTER)
        .bind(town).bind(id).bind(installation).bind(resident).bind(session).bind(channel).bind(platform)
        .bind(target_kind).bind(target).bind(locale).bind(app_version).bind(preview).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn devices(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<DeviceRow>> {
    on!(r, c => sqlx::query_as(LIST_DEVICES).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}

pub async fn remove_device(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    installation: Uuid,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(REMOVE_DEVICE).bind(town).bind(resident).bind(installation)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Whether a device was silent since an instant, or its session ended since another.
pub async fn any_device_old(r: &mut Read, silent_since: DateTime<Utc>, out_since: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = on!(r, c => sqlx::query_scalar(ANY_DEVICE_OLD).bind(silent_since).bind(out_since).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn forget_devices(
    w: &mut Write,
    silent_since: DateTime<Utc>,
    out_since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<u64> {
    let silent = on!(w, c => sqlx::query(FORGET_SILENT).bind(silent_since).bind(limit).execute(c).await.map(|d| d.rows_affected()))?;
    let out = on!(w, c => sqlx::query(FORGET_SIGNED_OUT).bind(out_since).bind(limit).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(silent + out)
}

pub async fn quiet(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Option<(i64, i64)>> {
    on!(r, c => sqlx::query_as(QUIET).bind(town).bind(resident).fetch_optional(c).await)
}

pub async fn muted(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<Vec<String>> {
    on!(r, c => sqlx::query_scalar(MUTED).bind(town).bind(resident).fetch_all(c).await)
}

pub async fn set_quiet(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    from: i64,
    until: i64,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(SET_QUIET).bind(town).bind(resident).bind(from).bind(until).execute(c).await.map(|_| ()))
}

pub async fn set_muted(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    categories: &[Category],
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(UNMUTE).bind(town).bind(resident).execute(c).await.map(|_| ()))?;
    for category in categories {
        on!(w, c => sqlx::query(MUTE).bind(town).bind(resident).bind(category.as_str()).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

pub async fn count_up(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(COUNT_UP).bind(town).bind(resident).execute(c).await.map(|_| ()))
}

pub async fn set_badge(w: &mut Write, town: MunicipalityId, resident: ResidentId, unread: i64) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(SET_BADGE).bind(town).bind(resident).bind(unread).execute(c).await.map(|_| ()))
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
/// Queues a push for each phone of a resident but the one of a session.
pub async fn queue(
    w: &mut Write,
    town: MunicipalityId,
    (resident, except): (ResidentId, SessionId),
    message: Uuid,
    (category, open): (Category, Option<Open<'_>>),
    lane: i64,
    now: DateTime<Utc>,
    not_before: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    request_id: &str,
) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(QUEUE)
        .bind(town).bind(resident).bind(message).bind(category.as_str()).bind(not_before).bind(expires_at)
        .bind(request_id).bind(now).bind(lane).bind(open.map(|o| o.title))
        .bind(open.map(|o| o.language.code())).bind(except).execute(c).await.map(|d| d.rows_affected()))
}

/// The quiet hours of those of these who chose some.
pub async fn quiet_of(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, i64, i64)>> {
    const SELECT: &str = "select resident_id, quiet_from, quiet_until from push_preference where municipality_id = ";
    let rows: Vec<(ResidentId, i64, i64)> = select_in!(r, SELECT, town, " and resident_id in (", residents);
    Ok(rows)
}

/// Who of these want no disturbance by a kind.
pub async fn muted_by(
    r: &mut Read,
    town: MunicipalityId,
    category: Category,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<ResidentId>> {
    const SELECT: &str = "select resident_id, category from push_mute where municipality_id = ";
    let rows: Vec<(ResidentId, String)> = select_in!(r, SELECT, town, " and resident_id in (", residents);
    Ok(rows.into_iter().filter(|(_, kind)| kind == category.as_str()).map(|(id, _)| id).collect())
}

/// Queues rows for each device of these, not before and not after an instant.
#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
pub async fn queue_many(
    w: &mut Write,
    town: MunicipalityId,
    rows: &[(ResidentId, Uuid)],
    (not_before, expires_at): (DateTime<Utc>, DateTime<Utc>),
    (category, open): (Category, Option<Open<'_>>),
    lane: i64,
    now: DateTime<Utc>,
    request_id: &str,
) -> sqlx::Result<()> {
    const OTHERS: usize = 12;
    for part in rows.chunks((MAX_BINDS - OTHERS) / 2) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new("with told (resident_id, message_id) as (");
            q.push_values(part, |mut b, (resident, message)| {
                b.push_bind(*resident).push_bind(*message);
            });
            q.push(
                ") insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id,
                 category, title, language, lane, state, attempts, not_before, expires_at, request_id, created_at)
                 select d.municipality_id, t.message_id, d.id, 'show', d.resident_id, d.channel_id, ",
            );
            q.push_bind(category.as_str()).push(", cast(").push_bind(open.map(|o| o.title.to_owned()));
            q.push(" as text), cast(").push_bind(open.map(|o| o.language.code())).push(" as text), ");
            q.push_bind(lane).push(", 'ready', 0, ").push_bind(not_before);
            q.push(", ").push_bind(expires_at).push(", ").push_bind(request_id).push(", ").push_bind(now).push(
                " from told t join device d on d.resident_id = t.resident_id and d.state = 'active'
                  join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
                  where d.municipality_id = ",
            );
            q.push_bind(town).push(" on conflict (municipality_id, message_id, device_id, purpose) do nothing");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn count_up_many(w: &mut Write, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<()> {
    for part in residents.chunks(MAX_BINDS - 1) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new("with told (resident_id) as (");
            q.push_values(part, |mut b, resident| {
                b.push_bind(*resident);
            });
            q.push(") insert into badge (municipality_id, resident_id, unread) select ").push_bind(town).push(
                ", t.resident_id, 1 from told t where true
                 on conflict (municipality_id, resident_id) do update set unread = badge.unread + 1",
            );
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Takes messages back: what has not left is settled, and what was shown is to be cleared.
pub async fn take_back(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[Uuid],
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    request_id: &str,
) -> sqlx::Result<()> {
    for part in messages.chunks(MAX_BINDS / 2) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "update push_delivery set state = 'settled', outcome = 'withdrawn', settled_at = ",
            );
            q.push_bind(now);
            // Found by their messages: said so that PostgreSQL does not go through all that is ready instead.
            q.push(" where purpose = 'show' and state || '' = 'ready' and municipality_id = ").push_bind(town);
            q.push(" and message_id in (");
            let mut list = q.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            q.push(")");
            q.build().execute(c).await.map(|_| ())
        })?;
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id,
                 category, lane, state, attempts, not_before, expires_at, request_id, created_at)
                 select p.municipality_id, p.message_id, p.device_id, 'clear', p.resident_id, d.channel_id, p.category,
                    p.lane, 'ready', 0, ",
            );
            q.push_bind(now).push(", ").push_bind(expires_at).push(", ").push_bind(request_id).push(", ").push_bind(now);
            q.push(
                " from push_delivery p join device d on d.municipality_id = p.municipality_id and d.id = p.device_id
                  where p.purpose = 'show' and p.outcome = 'delivered' and p.municipality_id = ",
            );
            q.push_bind(town).push(" and p.message_id in (");
            let mut list = q.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            q.push(") on conflict (municipality_id, message_id, device_id, purpose) do nothing");
            q.build().execute(c).await.map(|_| ())
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
    on!(r, c => sqlx::query_as(REACH).bind(town).bind(resident).bind(category.as_str()).fetch_one(c).await)
}

pub async fn withdraw(w: &mut Write, town: MunicipalityId, message: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(WITHDRAW).bind(town).bind(message).bind(now).execute(c).await.map(|_| ()))
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
pub async fn queue_clear(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    message: Uuid,
    reader: SessionId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    request_id: &str,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(QUEUE_CLEAR)
        .bind(town).bind(resident).bind(message).bind(reader).bind(now).bind(expires_at).bind(request_id)
        .execute(c).await.map(|_| ()))
}

/// Makes `holder` the one that sends on a channel until then; false while another is.
pub async fn acquire_lease(
    w: &mut Write,
    id: ChannelId,
    holder: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(ACQUIRE_LEASE).bind(id).bind(holder).bind(now).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Holds a channel longer; false where another took it.
pub async fn extend_lease(w: &mut Write, id: ChannelId, holder: Uuid, until: DateTime<Utc>) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(EXTEND_LEASE).bind(id).bind(holder).bind(until).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets a channel go.
pub async fn release_lease(w: &mut Write, id: ChannelId, holder: Uuid) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(RELEASE_LEASE).bind(id).bind(holder).execute(c).await.map(|_| ()))
}

/// Up to `limit` rows of a lane that are due, behind a position.
pub async fn load(
    r: &mut Read,
    channel: ChannelId,
    lane: i64,
    now: DateTime<Utc>,
    behind: Position,
    limit: i64,
) -> sqlx::Result<Vec<Ready>> {
    on!(r, c => sqlx::query_as(LOAD).bind(channel).bind(lane).bind(now).bind(behind.0).bind(behind.1).bind(behind.2)
        .bind(limit).fetch_all(c).await)
}

/// Settles rows as delivered, each found by its key: said plainly, `state = 'ready'` would lead PostgreSQL to read all that is
/// ready, where it was told last that there is little. One that was withdrawn while it was on its way was shown all the same: it is told so, and
/// a row is queued to clear it.
pub async fn settle_delivered(w: &mut Write, keys: &[Key], now: DateTime<Utc>) -> sqlx::Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let settled = on!(w, c => {
        let mut q = sqlx::QueryBuilder::new("update push_delivery set state = 'settled', outcome = 'delivered', settled_at = ");
        q.push_bind(now).push(", attempts = attempts + 1 from (");
        q.push_values(keys, |mut b, (town, message, device, purpose)| {
            b.push_bind(*town).push_bind(*message).push_bind(*device).push_bind(purpose.as_str());
        });
        q.push(") as v where municipality_id = v.column1 and message_id = v.column2 and device_id = v.column3
             and purpose = v.column4 and state || '' = 'ready'");
        q.build().execute(c).await.map(|d| d.rows_affected())
    })?;
    if settled == keys.len() as u64 {
        return Ok(());
    }
    on!(w, c => {
        let mut q = sqlx::QueryBuilder::new(
            "insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id,
                 category, lane, state, attempts, not_before, expires_at, request_id, created_at)
             select municipality_id, message_id, device_id, 'clear', resident_id, channel_id, category, 1, 'ready', 0, ",
        );
        q.push_bind(now).push(", expires_at, request_id, ").push_bind(now)
            .push(" from push_delivery where outcome = 'read_elsewhere' and purpose = 'show' and (municipality_id, message_id, device_id) in (");
        q.push_values(keys, |mut b, (town, message, device, _)| {
            b.push_bind(*town).push_bind(*message).push_bind(*device);
        });
        q.push(") on conflict (municipality_id, message_id, device_id, purpose) do nothing");
        q.build().execute(c).await.map(|_| ())
    })?;
    on!(w, c => {
        let mut q = sqlx::QueryBuilder::new("update push_delivery set outcome = 'delivered', settled_at = ");
        q.push_bind(now).push(" where state = 'settled' and (municipality_id, message_id, device_id, purpose) in (");
        q.push_values(keys, |mut b, (town, message, device, purpose)| {
            b.push_bind(*town).push_bind(*message).push_bind(*device).push_bind(purpose.as_str());
        });
        q.push(")");
        q.build().execute(c).await.map(|_| ())
    })
}

/// Settles rows each as it says, but those that were withdrawn meanwhile.
pub async fn settle_undelivered(w: &mut Write, undelivered: &[Undelivered], now: DateTime<Utc>) -> sqlx::Result<()> {
    const COLUMNS: usize = 9;
    for part in undelivered.chunks(MAX_BINDS / COLUMNS - 1) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "update push_delivery set state = v.column5, outcome = v.column6, code = v.column7,
                 not_before = v.column8, attempts = attempts + v.column9, settled_at = case when v.column5 = 'settled' then ",
            );
            q.push_bind(now).push(" end from (");
            q.push_values(part, |mut b, s| {
                let (town, message, device, purpose) = &s.key;
                b.push_bind(*town).push_bind(*message).push_bind(*device).push_bind(purpose.as_str())
                    .push_bind(s.state).push_bind(s.outcome).push_bind(&s.code).push_bind(s.not_before).push_bind(s.counts);
            });
            q.push(") as v where municipality_id = v.column1 and message_id = v.column2 and device_id = v.column3
                 and purpose = v.column4 and state || '' = 'ready'");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Forgets dead devices, but those that registered again since `claimed_at`.
pub async fn forget_dead(
    w: &mut Write,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    to_devices(w, "delete from device", devices, claimed_at).await
}

/// Sets suspicious devices aside until they register again.
pub async fn quarantine(
    w: &mut Write,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    const SET: &str = "update device set state = 'quarantined', state_reason = 'the provider does not know its token'";
    to_devices(w, SET, devices, claimed_at).await
}

async fn to_devices(
    w: &mut Write,
    what: &str,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in devices.chunks(MAX_BINDS / 2 - 1) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new(what);
            q.push(" where registered_at <= ").push_bind(claimed_at).push(" and (municipality_id, id) in (");
            q.push_values(part, |mut b, (town, id)| {
                b.push_bind(*town).push_bind(*id);
            });
            q.push(")");
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Rows of a channel that are too old to show.
pub async fn expired(r: &mut Read, channel: ChannelId, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Key>> {
    on!(r, c => sqlx::query_as(EXPIRED).bind(channel).bind(now).bind(limit).fetch_all(c).await)
}

/// Settles them, where they still wait.
pub async fn expire(w: &mut Write, keys: &[Key], now: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut done = 0;
    for (town, message, device, purpose) in keys {
        done += on!(w, c => sqlx::query(EXPIRE).bind(*town).bind(*message).bind(*device).bind(purpose).bind(now)
            .execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(done)
}

/// Whether there is anything to purge.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: Uuid) -> sqlx::Result<bool> {
    let n: i64 = on!(r, c => sqlx::query_scalar(ANYTHING_OLD).bind(town).bind(before).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets settled rows of messages whose ids are below `before`: ids sort by time.
pub async fn purge(w: &mut Write, town: MunicipalityId, before: Uuid, limit: i64) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(PURGE).bind(town).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// How many rows of a lane wait to be sent, up to ten thousand, and since when the first of them does.
pub async fn waiting(r: &mut Read, lane: i64, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    on!(r, c => sqlx::query_as(WAITING).bind(now).bind(lane).fetch_one(c).await)
}

/// Erases somebody's phones.
pub async fn erase_devices(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(ERASE_DEVICES).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Erases what they chose, and the number on their app's icon.
pub async fn erase_settings(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_QUIET, UNMUTE, ERASE_BADGE] {
        gone += on!(w, c => sqlx::query(sql).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}

/// Erases what became of a message's pushes.
pub async fn erase_deliveries(w: &mut Write, town: MunicipalityId, message: Uuid) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(ERASE_DELIVERIES).bind(town).bind(message).execute(c).await.map(|d| d.rows_affected()))
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
