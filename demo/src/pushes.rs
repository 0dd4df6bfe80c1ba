//! What the sandbox shows of pushes: phones and rows of the outbox of the whole town. The server shows nobody that much; whoever builds an app
//! against an invented town sees all of it.

use chrono::{DateTime, Utc};
use thuisloket::{
    municipalities::Municipality,
    platform::{
        db::Read,
        ids::{ResidentId, first_uuid_at},
    },
    push::DeviceId,
    with_conn,
};
use uuid::Uuid;

const REGISTERED: &str = "
    select d.id, d.resident_id, d.platform, d.target, d.locale, d.app_version, d.preview, d.state, d.registered_at,
        (select count(*) from session s
         where s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null) as living_sessions
    from device d where d.municipality_id = $1 order by d.id desc limit $2";
const LATEST: &str = "
    select message_id, device_id, purpose, category, state, outcome, code, attempts, not_before, created_at, settled_at
    from push_delivery where municipality_id = $1 and message_id > $2
    order by message_id desc, device_id desc, purpose desc limit $3";

/// A phone that is registered.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Registered {
    /// The device.
    pub id: DeviceId,
    /// Whose phone it is.
    pub resident_id: ResidentId,
    /// `ios` or `android`.
    pub platform: String,
    /// Where its provider delivers.
    pub target: String,
    /// The language of the app.
    pub locale: String,
    /// The version of the app.
    pub app_version: String,
    /// `neutral` or `full`.
    pub preview: String,
    /// `active`, or `quarantined` where the provider does not know its target.
    pub state: String,
    /// When the app registered last.
    pub registered_at: DateTime<Utc>,
    /// 1 while its session goes on, 0 once that ended: then nothing is sent to it.
    pub living_sessions: i64,
}

/// A row of the outbox.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Queued {
    /// Of which message.
    pub message_id: Uuid,
    /// To which phone.
    pub device_id: DeviceId,
    /// `show` or `clear`.
    pub purpose: String,
    /// Kind of news.
    pub category: String,
    /// `ready` or `settled`.
    pub state: String,
    /// What became of it; none while it is ready, if it was not tried.
    pub outcome: Option<String>,
    /// What the provider said last; none where it said nothing.
    pub code: Option<String>,
    /// How often it was sent.
    pub attempts: i64,
    /// Not sent before.
    pub not_before: DateTime<Utc>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When it was settled; none while it is ready.
    pub settled_at: Option<DateTime<Utc>>,
}

/// The phones of a town, those that registered first last before the others, up to `limit`.
///
/// # Errors
/// The database.
pub async fn registered(r: &mut Read, town: &Municipality, limit: i64) -> sqlx::Result<Vec<Registered>> {
    with_conn!(r, c => sqlx::query_as(REGISTERED).bind(town.id).bind(limit).fetch_all(c).await)
}

/// The rows of the outbox of a town's messages since an instant, the newest message first, up to `limit`: what waits, and what became of
/// the rest.
///
/// # Errors
/// The database.
pub async fn outbox(r: &mut Read, town: &Municipality, since: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Queued>> {
    let since = first_uuid_at(since);
    with_conn!(r, c => sqlx::query_as(LATEST).bind(town.id).bind(since).bind(limit).fetch_all(c).await)
}
