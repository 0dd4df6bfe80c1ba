//! Citizens with phones, and an announcement for them: what benches of announcements begin with.

use std::collections::BTreeSet;

use chrono::Duration;
use serde_json::json;
use thuisloket::{
    platform::access::Role,
    staff::{MemberId, Staff, StaffSessionId},
    with_conn,
};
use uuid::Uuid;

use crate::common;

pub fn id(kind: u128, n: u32) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::from(n))
}

pub async fn run(place: &common::Place, sql: &'static str) {
    let mut w = place.instance.app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
}

/// Citizens from..to, each with the app on a phone.
pub async fn fill(place: &common::Place, from: u32, to: u32) {
    let instance = &place.instance;
    let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    let now = instance.app.clock.now();
    let until = now + Duration::days(90);
    let mut r = instance.app.db.read().await.unwrap();
    let channel: Uuid =
        with_conn!(r, c => sqlx::query_scalar("select id from channel where provider = 'apns' and environment = 'production'")
        .fetch_one(c).await)
        .unwrap();
    drop(r);
    let all: Vec<u32> = (from..to).collect();
    for part in all.chunks(2_000) {
        let mut w = instance.app.db.write_relaxed().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, language, street, house_number, box, postcode, town, household, state, fingerprint, street_key, house_first, house_last, updated_at) ");
            q.push_values(part, |mut b, n| {
                b.push_bind(town).push_bind(id(2, *n)).push_bind(n.to_string());
                for text in ["1", "'x'", "'x'", "'nl'", "'Kouter'", "'1'", "''", "'9800'", "'Deinze'", "''", "'active'", "''", "'kouter'", "1", "1"] {
                    b.push(text);
                }
                b.push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into account (municipality_id, resident_id, language, first_signed_in_at, greeted_at) ");
            q.push_values(part, |mut b, n| {
                b.push_bind(town).push_bind(id(2, *n)).push("'nl'").push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at) ");
            q.push_values(part, |mut b, n| {
                b.push_bind(town).push_bind(id(1, *n)).push_bind(id(2, *n)).push("'x'").push_bind(now).push_bind(now).push_bind(until);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target, locale, app_version, preview, state, registered_at, seen_at) ");
            q.push_values(part, |mut b, n| {
                b.push_bind(town).push_bind(id(3, *n)).push_bind(id(3, *n)).push_bind(id(2, *n)).push_bind(id(1, *n)).push_bind(channel)
                    .push("'ios'").push("'apns_token'").push_bind(format!("{n:064x}")).push("'nl'").push("'1'").push("'neutral'").push("'active'").push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        w.commit().await.unwrap();
    }
}

/// An announcement that is approved, and due.
pub async fn approved(place: &common::Place) -> Uuid {
    let instance = &place.instance;
    let (town, now) = (instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id, instance.app.clock.now());
    let sql = "insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision, over_cap, send_at, valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at, written_at)
        values ($1, $2, 1, 'approved', 'important', 'works', $3, '', $4, 'x', false, $5, $6, $2, 'x', 0, 0, 0, 0, $5, $5, $5)";
    let texts =
        json!({ "nl": { "title": "Geen water in de Kouter", "text": "Donderdag van 9 tot 12 uur is er geen water." } });
    let audience = json!([[{ "kind": "street", "street": "Kouter", "side": "both" }]]);
    let until = now + Duration::days(2);
    let mut w = instance.app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id(9, 1)).bind(&texts).bind(&audience).bind(now).bind(until).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    id(9, 1)
}

/// Somebody who writes announcements.
pub fn member(place: &common::Place) -> Staff {
    Staff {
        id: MemberId(Uuid::from_u128(1)),
        session: StaffSessionId(Uuid::from_u128(1)),
        name: "x".to_owned(),
        town: place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone(),
        roles: BTreeSet::from([Role::Announce]),
    }
}
