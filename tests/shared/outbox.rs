//! Rows straight into the tables, for journeys and benches that need many.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Fills the outbox with `rows` deliveries that are due, half to Apple and half to Google, each to a device of its own.
pub async fn fill_outbox(
    w: &mut thuisloket::platform::db::Write,
    town: thuisloket::platform::ids::MunicipalityId,
    rows: u32,
    now: DateTime<Utc>,
) {
    use thuisloket::with_conn;
    let first = thuisloket::platform::ids::first_uuid_at(now).as_u128();
    let id = |kind: u128, n: u32| Uuid::from_u128(first | (kind << 48) | u128::from(n));
    for provider in ["apns", "fcm"] {
        let channel: Uuid =
            with_conn!(w, c => sqlx::query_scalar("select id from channel where provider = $1 and environment = 'production'")
            .bind(provider).fetch_one(c).await)
            .unwrap();
        let mine: Vec<u32> = (0..rows).filter(|n| (n % 2 == 0) == (provider == "apns")).collect();
        for part in mine.chunks(1_000) {
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at) ");
                q.push_values(part, |mut b, n| {
                    b.push_bind(town).push_bind(id(1, *n)).push_bind(id(2, *n)).push_bind("x").push_bind(now).push_bind(now).push_bind(now + chrono::Duration::days(9));
                });
                q.build().execute(c).await.map(|_| ())
            }).unwrap();
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target, locale, app_version, preview, state, registered_at, seen_at) ");
                q.push_values(part, |mut b, n| {
                    let (platform, kind, target) = if provider == "apns" { ("ios", "apns_token", format!("{n:064x}")) } else { ("android", "fcm_fid", format!("fid{n:019}")) };
                    b.push_bind(town).push_bind(id(3, *n)).push_bind(id(3, *n)).push_bind(id(2, *n)).push_bind(id(1, *n)).push_bind(channel)
                        .push_bind(platform).push_bind(kind).push_bind(target).push_bind("nl").push_bind("1").push_bind("neutral").push_bind("active").push_bind(now).push_bind(now);
                });
                q.build().execute(c).await.map(|_| ())
            }).unwrap();
            // Whoever runs this at night sends as by day.
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into push_preference (municipality_id, resident_id, quiet_from, quiet_until) ");
                q.push_values(part, |mut b, n| {
                    b.push_bind(town).push_bind(id(2, *n)).push_bind(0i64).push_bind(0i64);
                });
                q.build().execute(c).await.map(|_| ())
            }).unwrap();
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, lane, state, attempts, not_before, expires_at, created_at) ");
                q.push_values(part, |mut b, n| {
                    b.push_bind(town).push_bind(id(4, *n)).push_bind(id(3, *n)).push_bind("show").push_bind(id(2, *n)).push_bind(channel)
                        .push_bind("documents").push_bind(1i64).push_bind("ready").push_bind(0i64).push_bind(now).push_bind(now + chrono::Duration::days(3)).push_bind(now);
                });
                q.build().execute(c).await.map(|_| ())
            }).unwrap();
        }
    }
}
