//! SQL of numbers that phones show as they move.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::push::{
    model::{ChannelId, DeviceId, LiveState},
    store::devices::to_devices,
};
use crate::{
    identity::SessionId,
    listed,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

listed! {
    /// Of a state that was replaced while it was sent, nothing is settled: the one in its place is due.
    SETTLE_LIVE = "
        update live_activity set due_at = v.column5, attempts = v.column6, code = v.column7, told = v.column8
        from (values (?uuid, ?uuid, ?uuid, ?bigint, ?timestamptz, ?bigint, ?text, ?boolean)*) as v
        where municipality_id = v.column1 and ticket_id = v.column2 and device_id = v.column3 and version = v.column4";
    /// Whatever its state became: a phone is asked to start an activity once.
    NOTE_STARTED = "
        update live_activity set started_at = ?
        where started_at is null and (municipality_id, ticket_id, device_id) in (values (?uuid, ?uuid, ?uuid)*)";
    END_LIVE = "
        delete from live_activity
        where (municipality_id, ticket_id, device_id, version) in (values (?uuid, ?uuid, ?uuid, ?bigint)*)";
    FORGET_START = "
        update device set live_start_token = null
        where registered_at <= ? and (municipality_id, id) in (values (?uuid, ?uuid)*)";
}
statements! {
    /// For each phone of theirs that shows numbers, unless they muted being called.
    BEGIN_LIVE = "
        insert into live_activity (municipality_id, ticket_id, device_id, resident_id, channel_id, location_id, number, ended,
            as_of, told, version, urgent, attempts, created_at)
        select d.municipality_id, $3, d.id, d.resident_id, d.channel_id, $4, $5, false, $6, false, 0, false, 0, $6
        from device d
        join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        where d.municipality_id = $1 and d.resident_id = $2 and d.state = 'active'
            and (d.shows_live or d.live_start_token is not null) and not exists
            (select 1 from push_mute m where m.municipality_id = $1 and m.resident_id = $2 and m.category = 'queue')
        on conflict (municipality_id, ticket_id, device_id) do nothing";
    /// A token that is new has been told nothing yet, and what is on its way to the old one settles nothing of it.
    HOLD_LIVE = "
        insert into live_activity (municipality_id, ticket_id, device_id, resident_id, channel_id, location_id, number, ended,
            as_of, told, version, urgent, attempts, created_at, token, token_at)
        select d.municipality_id, $5, d.id, d.resident_id, d.channel_id, $6, $7, false, $8, false, 0, false, 0, $8, $9, $8
        from device d
        where d.municipality_id = $1 and d.resident_id = $2 and d.session_id = $3 and d.installation_id = $4
            and d.platform = 'ios'
        on conflict (municipality_id, ticket_id, device_id) do update set channel_id = excluded.channel_id,
            version = live_activity.version + case when live_activity.token = excluded.token then 0 else 1 end,
            told = case when live_activity.token = excluded.token then live_activity.told else false end,
            due_at = case when live_activity.token = excluded.token then live_activity.due_at end,
            token = excluded.token, token_at = excluded.token_at";
    /// Those that have any: few, and one question a second for all of them.
    LIVE_TOWNS = "select distinct municipality_id from live_activity";
    FOLLOWED = "
        select l.ticket_id, l.device_id, l.resident_id, l.location_id, l.ahead, l.minutes, l.desk_called, l.ended, l.as_of, l.told, l.version,
            l.due_at, s.id is not null as lives,
            (d.target_kind <> 'apns_token' or l.token is not null) as held,
            (l.started_at is null and d.live_start_token is not null) as startable
        from live_activity l
        left join device d on d.municipality_id = l.municipality_id and d.id = l.device_id and d.resident_id = l.resident_id
            and d.state = 'active'
        left join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        where l.municipality_id = $1 and (l.ticket_id, l.device_id) > ($2, $3)
        order by l.ticket_id, l.device_id limit $4";
    /// Whoever read the state before this one writes the next: of two processes, one.
    SHOW_LIVE = "
        update live_activity set ahead = $5, minutes = $6, desk_called = $7, ended = $8, urgent = $9, as_of = $10, due_at = $11,
            attempts = case when $9 then 0 else attempts end, told = true, version = version + 1
        where municipality_id = $1 and ticket_id = $2 and device_id = $3 and version = $4";
    /// What was to be said of it is not said any more.
    HUSH_LIVE = "
        update live_activity set due_at = null, version = version + 1
        where municipality_id = $1 and ticket_id = $2 and resident_id = $3";
    FORGET_LIVE = "
        delete from live_activity where municipality_id = $1 and ticket_id = $2 and device_id = $3 and version = $4";
    LOAD_LIVE = "
        select l.municipality_id, l.ticket_id, l.device_id, l.resident_id, l.number, l.ahead, l.minutes, l.desk_called, l.ended,
            l.as_of, l.version, l.due_at, l.urgent, l.attempts, l.token is not null as held, s.id is not null as lives,
            coalesce(l.token_at, d.registered_at) as known_at, d.target_kind, d.locale,
            case when s.id is null then null when d.target_kind <> 'apns_token' then d.target
                when l.token is not null then l.token
                when l.started_at is null and not l.ended then d.live_start_token end as target
        from live_activity l
        left join device d on d.municipality_id = l.municipality_id and d.id = l.device_id and d.resident_id = l.resident_id
            and d.state = 'active'
        left join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null
        where l.channel_id = $1 and l.due_at <= $2 and (l.due_at, l.ticket_id, l.device_id) > ($3, $4, $5)
        order by l.due_at, l.ticket_id, l.device_id limit $6";
    ANY_LIVE_OLD = "
        select count(*) from (select 1 as old from live_activity where created_at < $1 order by created_at limit 1) first";
    FORGET_LIVE_OLD = "
        delete from live_activity where (municipality_id, ticket_id, device_id) in
            (select municipality_id, ticket_id, device_id from live_activity where created_at < $1 order by created_at limit $2)";
}

/// A row, in a town.
pub type LiveKey = (MunicipalityId, Uuid, DeviceId);

/// A number that a phone shows, as the queue reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Followed {
    pub ticket_id: Uuid,
    pub device_id: DeviceId,
    pub resident_id: ResidentId,
    pub location_id: Uuid,
    ahead: Option<i64>,
    minutes: Option<i64>,
    desk_called: Option<String>,
    ended: bool,
    pub as_of: DateTime<Utc>,
    pub told: bool,
    pub version: i64,
    pub due_at: Option<DateTime<Utc>>,
    /// Whether the phone is still this citizen's, and its session goes on.
    pub lives: bool,
    /// Whether something can be shown there now; none where it is not known which phone it is.
    pub held: Option<bool>,
    /// Whether the phone can be asked to start it.
    pub startable: bool,
}

impl Followed {
    pub fn state(&self) -> LiveState {
        let (ahead, minutes, desk) = (self.ahead, self.minutes, self.desk_called.clone());
        LiveState { ahead, minutes, desk, is_over: self.ended }
    }
}

/// A state that is due, with all it takes to send it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LiveReady {
    pub municipality_id: MunicipalityId,
    pub ticket_id: Uuid,
    pub device_id: DeviceId,
    pub resident_id: ResidentId,
    pub number: String,
    ahead: Option<i64>,
    minutes: Option<i64>,
    desk_called: Option<String>,
    pub ended: bool,
    pub as_of: DateTime<Utc>,
    pub version: i64,
    pub due_at: DateTime<Utc>,
    pub urgent: bool,
    pub attempts: i64,
    /// Whether iOS gave a token for it.
    pub held: bool,
    /// Whether the phone is still this citizen's, and its session goes on.
    pub lives: bool,
    /// Since when we know where it goes.
    pub known_at: Option<DateTime<Utc>>,
    pub target_kind: Option<String>,
    pub locale: Option<String>,
    /// None where nothing can be sent now.
    pub target: Option<String>,
}

impl LiveReady {
    pub fn key(&self) -> LiveKey {
        (self.municipality_id, self.ticket_id, self.device_id)
    }

    pub fn state(&self) -> LiveState {
        let (ahead, minutes, desk) = (self.ahead, self.minutes, self.desk_called.clone());
        LiveState { ahead, minutes, desk, is_over: self.ended }
    }
}

/// What becomes of a state that was tried.
pub struct LiveTried {
    pub key: LiveKey,
    pub version: i64,
    /// When it is tried again; none where there is nothing more to say.
    pub due_at: Option<DateTime<Utc>>,
    pub attempts: i64,
    pub code: String,
    /// False where it was too old to be sent: it is written anew.
    pub told: bool,
}

/// A ticket that a phone is to show.
pub struct NewLive<'a> {
    pub ticket: Uuid,
    pub location: Uuid,
    pub number: &'a str,
}

pub async fn begin_live(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    new: &NewLive<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(BEGIN_LIVE).bind(town).bind(resident).bind(new.ticket).bind(new.location)
        .bind(new.number).bind(now).execute(c).await.map(|_| ()))
}

/// Keeps the token of an activity; false where the installation is not registered by that session, or no iPhone.
pub async fn hold_live(
    w: &mut Write,
    town: MunicipalityId,
    (resident, session, installation): (ResidentId, SessionId, Uuid),
    new: &NewLive<'_>,
    (token, now): (&str, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(HOLD_LIVE).bind(town).bind(resident).bind(session).bind(installation).bind(new.ticket)
        .bind(new.location).bind(new.number).bind(now).bind(token).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn live_towns(r: &mut Read) -> sqlx::Result<Vec<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(LIVE_TOWNS).fetch_all(c).await)
}

/// Up to `limit` of a town, behind one.
pub async fn followed(
    r: &mut Read,
    town: MunicipalityId,
    behind: (Uuid, DeviceId),
    limit: i64,
) -> sqlx::Result<Vec<Followed>> {
    with_conn!(r, c => sqlx::query_as(FOLLOWED).bind(town).bind(behind.0).bind(behind.1).bind(limit).fetch_all(c).await)
}

/// Writes the next state; false where another process was first.
pub async fn show_live(
    w: &mut Write,
    town: MunicipalityId,
    row: &Followed,
    state: &LiveState,
    (urgent, as_of, due_at): (bool, DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let LiveState { ahead, minutes, desk, is_over } = state;
    with_conn!(w, c => sqlx::query(SHOW_LIVE).bind(town).bind(row.ticket_id).bind(row.device_id).bind(row.version)
        .bind(*ahead).bind(*minutes).bind(desk.as_deref()).bind(*is_over).bind(urgent).bind(as_of).bind(due_at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Forgets one as it was read; false where it changed.
pub async fn forget_live(w: &mut Write, town: MunicipalityId, row: &Followed) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(FORGET_LIVE).bind(town).bind(row.ticket_id).bind(row.device_id).bind(row.version)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Up to `limit` states of a channel that were due at `until`, behind a position.
pub async fn load_live(
    r: &mut Read,
    channel: ChannelId,
    until: DateTime<Utc>,
    behind: (DateTime<Utc>, Uuid, DeviceId),
    limit: i64,
) -> sqlx::Result<Vec<LiveReady>> {
    with_conn!(r, c => sqlx::query_as(LOAD_LIVE).bind(channel).bind(until).bind(behind.0).bind(behind.1).bind(behind.2)
        .bind(limit).fetch_all(c).await)
}

pub async fn settle_live(w: &mut Write, tried: &[LiveTried]) -> sqlx::Result<()> {
    for part in tried.chunks(SETTLE_LIVE.at_most()) {
        let sql = SETTLE_LIVE.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for LiveTried { key: (town, ticket, device), version, due_at, attempts, code, told } in part {
                q = q.bind(*town).bind(*ticket).bind(*device).bind(*version).bind(*due_at).bind(*attempts).bind(code)
                    .bind(*told);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn note_started(w: &mut Write, keys: &[LiveKey], now: DateTime<Utc>) -> sqlx::Result<()> {
    for part in keys.chunks(NOTE_STARTED.at_most()) {
        let sql = NOTE_STARTED.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now);
            for (town, ticket, device) in part {
                q = q.bind(*town).bind(*ticket).bind(*device);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Forgets those that are over, each as it was sent.
pub async fn end_live(w: &mut Write, rows: &[(LiveKey, i64)]) -> sqlx::Result<()> {
    for part in rows.chunks(END_LIVE.at_most()) {
        let sql = END_LIVE.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for ((town, ticket, device), version) in part {
                q = q.bind(*town).bind(*ticket).bind(*device).bind(*version);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Forgets that an activity may be started on phones, but on those that registered again since `claimed_at`.
pub async fn forget_start(
    w: &mut Write,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    to_devices(w, FORGET_START, devices, claimed_at).await
}

pub async fn any_live_old(r: &mut Read, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANY_LIVE_OLD).bind(before).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn forget_live_old(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_LIVE_OLD).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// Sends the phones of somebody nothing of what was to be said of a number.
pub async fn hush_live(w: &mut Write, town: MunicipalityId, ticket: Uuid, resident: ResidentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(HUSH_LIVE).bind(town).bind(ticket).bind(resident).execute(c).await.map(|_| ()))
}
