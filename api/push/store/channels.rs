//! SQL of the channels to providers: how they stand, and which process sends on them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::push::model::ChannelId;
use crate::{
    platform::db::{Read, Write},
    statements, with_conn,
};

statements! {
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
            or exists (select 1 from live_activity where channel_id = $1 and due_at <= $2)
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
}

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

pub async fn ensure_channel(
    w: &mut Write,
    id: ChannelId,
    app: &str,
    (provider, environment): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ENSURE_CHANNEL).bind(id).bind(app).bind(provider).bind(environment).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn channel(r: &mut Read, id: ChannelId) -> sqlx::Result<Channel> {
    with_conn!(r, c => sqlx::query_as(CHANNEL).bind(id).fetch_one(c).await)
}

pub async fn due(r: &mut Read, id: ChannelId, now: DateTime<Utc>) -> sqlx::Result<Due> {
    with_conn!(r, c => sqlx::query_as(DUE).bind(id).bind(now).fetch_one(c).await)
}

pub async fn find_channel(
    r: &mut Read,
    app: &str,
    provider: &str,
    environment: &str,
) -> sqlx::Result<Option<ChannelId>> {
    with_conn!(r, c => sqlx::query_scalar(FIND_CHANNEL).bind(app).bind(provider).bind(environment).fetch_optional(c).await)
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
    with_conn!(w, c => sqlx::query(SET_CHANNEL).bind(id).bind(new.state).bind(new.reason).bind(new.until).bind(new.pauses)
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
    with_conn!(w, c => sqlx::query(PROBE_CHANNEL).bind(id).bind(now).bind(lapses_at).bind(paused_until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Makes `holder` the one that sends on a channel until then; false while another is.
pub async fn acquire_lease(
    w: &mut Write,
    id: ChannelId,
    holder: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ACQUIRE_LEASE).bind(id).bind(holder).bind(now).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Holds a channel longer; false where another took it.
pub async fn extend_lease(w: &mut Write, id: ChannelId, holder: Uuid, until: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(EXTEND_LEASE).bind(id).bind(holder).bind(until).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets a channel go.
pub async fn release_lease(w: &mut Write, id: ChannelId, holder: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(RELEASE_LEASE).bind(id).bind(holder).execute(c).await.map(|_| ()))
}
