//! SQL of the phones that a push goes to.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::push::model::{ChannelId, DeviceId};
use crate::{
    identity::SessionId,
    listed,
    platform::{
        db::{Listed, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

listed! {
    FORGET_DEAD = "
        delete from device where registered_at <= ? and (municipality_id, id) in (values (?uuid, ?uuid)*)";
    QUARANTINE = "
        update device set state = 'quarantined', state_reason = 'the provider does not know its token'
        where registered_at <= ? and (municipality_id, id) in (values (?uuid, ?uuid)*)";
}
statements! {
    DEVICE_OF_INSTALLATION = "
        select id, municipality_id, resident_id from device where installation_id = $1";
    FORGET_TARGET = "delete from device where channel_id = $1 and target = $2 and installation_id <> $3";
    FORGET_INSTALLATION = "delete from device where installation_id = $1";
    COUNT_DEVICES = "
        select count(*) from device where municipality_id = $1 and resident_id = $2 and installation_id <> $3";
    REGISTER = "
        insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform,
            target_kind, target, locale, app_version, preview, live_start_token, shows_live, state, registered_at, seen_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $14, $15, 'active', $13, $13)
        on conflict (installation_id) do update set session_id = excluded.session_id,
            channel_id = excluded.channel_id, platform = excluded.platform, target_kind = excluded.target_kind,
            target = excluded.target, locale = excluded.locale, app_version = excluded.app_version,
            preview = excluded.preview, live_start_token = excluded.live_start_token, shows_live = excluded.shows_live,
            state = 'active', state_reason = null,
            registered_at = excluded.registered_at, seen_at = excluded.seen_at";
    LIST_DEVICES = "
        select installation_id, platform, locale, app_version, preview, state, registered_at from device
        where municipality_id = $1 and resident_id = $2 order by registered_at desc, id limit $3";
    /// The newest first. Of one town, from an id on: without that it would be a look at the whole town.
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
    ANY_DEVICE_OLD = "
        select count(*) from
            (select 1 as old from (select 1 as one from device where seen_at < $1 order by seen_at limit 1) silent
             union all select 1 from
                (select 1 as one from session s cross join device d
                 where s.ended_at > $2 and d.municipality_id = s.municipality_id and d.session_id = s.id
                 order by s.ended_at limit 1) out) first";
    ERASE_DEVICES = "delete from device where municipality_id = $1 and resident_id = $2";
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

pub async fn device_of_installation(
    r: &mut Read,
    installation: Uuid,
) -> sqlx::Result<Option<(DeviceId, MunicipalityId, ResidentId)>> {
    with_conn!(r, c => sqlx::query_as(DEVICE_OF_INSTALLATION).bind(installation).fetch_optional(c).await)
}

pub async fn forget_target(w: &mut Write, channel: ChannelId, target: &str, installation: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_TARGET).bind(channel).bind(target).bind(installation).execute(c).await.map(|_| ()))
}

pub async fn forget_installation(w: &mut Write, installation: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_INSTALLATION).bind(installation).execute(c).await.map(|_| ()))
}

pub async fn count_devices(r: &mut Read, town: MunicipalityId, resident: ResidentId, but: Uuid) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_DEVICES).bind(town).bind(resident).bind(but).fetch_one(c).await)
}

/// An installation of the app that is registered for who signed in on it.
pub struct NewDevice<'a> {
    pub installation: Uuid,
    pub channel: ChannelId,
    pub platform: &'a str,
    pub target_kind: &'a str,
    pub target: &'a str,
    pub locale: &'a str,
    pub app_version: &'a str,
    pub preview: &'a str,
    /// By which iOS starts a Live Activity.
    pub live_start_token: Option<&'a str>,
    /// Whether an app on Android shows a number as it moves.
    pub shows_live: bool,
}

pub async fn register(
    w: &mut Write,
    (town, id): InTown<DeviceId>,
    (resident, session): (ResidentId, SessionId),
    new: &NewDevice<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let NewDevice { installation, channel, platform, target_kind, target, locale, app_version, preview, .. } = *new;
    with_conn!(w, c => sqlx::query(REGISTER)
        .bind(town).bind(id).bind(installation).bind(resident).bind(session).bind(channel).bind(platform)
        .bind(target_kind).bind(target).bind(locale).bind(app_version).bind(preview).bind(now)
        .bind(new.live_start_token).bind(new.shows_live)
        .execute(c).await.map(|_| ()))
}

pub async fn devices(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<DeviceRow>> {
    with_conn!(r, c => sqlx::query_as(LIST_DEVICES).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}

pub async fn remove_device(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    installation: Uuid,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(REMOVE_DEVICE).bind(town).bind(resident).bind(installation)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Whether a device was silent since an instant, or its session ended since another.
pub async fn any_device_old(r: &mut Read, silent_since: DateTime<Utc>, out_since: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 =
        with_conn!(r, c => sqlx::query_scalar(ANY_DEVICE_OLD).bind(silent_since).bind(out_since).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn forget_devices(
    w: &mut Write,
    silent_since: DateTime<Utc>,
    out_since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<u64> {
    let silent = with_conn!(w, c => sqlx::query(FORGET_SILENT).bind(silent_since).bind(limit).execute(c).await.map(|d| d.rows_affected()))?;
    let out = with_conn!(w, c => sqlx::query(FORGET_SIGNED_OUT).bind(out_since).bind(limit).execute(c).await.map(|d| d.rows_affected()))?;
    Ok(silent + out)
}

/// Forgets dead devices, but those that registered again since `claimed_at`.
pub async fn forget_dead(
    w: &mut Write,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    to_devices(w, FORGET_DEAD, devices, claimed_at).await
}

/// Sets suspicious devices aside until they register again.
pub async fn quarantine(
    w: &mut Write,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    to_devices(w, QUARANTINE, devices, claimed_at).await
}

pub(super) async fn to_devices(
    w: &mut Write,
    what: Listed,
    devices: &[(MunicipalityId, DeviceId)],
    claimed_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in devices.chunks(what.at_most()) {
        let sql = what.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(claimed_at);
            for (town, id) in part {
                q = q.bind(*town).bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Erases somebody's phones.
pub async fn erase_devices(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_DEVICES).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}
