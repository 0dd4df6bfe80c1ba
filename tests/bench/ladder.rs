//! Time to take the next step of what was not answered: 1,000 due among 100,000 and among 1,000,000 open messages.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use chrono::Duration;
use serde_json::json;
use thuisloket::{inbox::reach, platform::Progress, with_conn};
use uuid::Uuid;

const DUE: u32 = 1_000;

fn id(kind: u128, n: u32) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::from(n))
}

/// Open messages from..to; the first thousand of all have a reader who lives here, and are due: they are twenty days old, so that e-mail and
/// letter are skipped, and the reader is to be called.
async fn fill(place: &common::Place, from: u32, to: u32) {
    let instance = &place.instance;
    let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    let now = instance.app.clock.now();
    let written = now - Duration::days(20);
    let all: Vec<u32> = (from..to).collect();
    for part in all.chunks(1_000) {
        let mut w = instance.app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) ");
            q.push_values(part, |mut b, n| {
                b.push_bind(town).push_bind(id(1, *n)).push_bind(id(2, *n)).push_bind("document_reminder").push_bind("k").push_bind("t")
                    .push_bind("b").push_bind("/").push_bind(written);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into reach (municipality_id, id, resident_id, source, source_id, plan, about, language, postcode, state, next_at, created_at) ");
            q.push_values(part, |mut b, n| {
                let at = if *n < DUE { now } else { now + Duration::days(100 + i64::from(n % 1_000)) };
                b.push_bind(town).push_bind(id(3, *n)).push_bind(id(2, *n)).push_bind("message").push_bind(id(1, *n)).push_bind("reminder_late")
                    .push_bind("").push_bind("nl").push_bind("9800").push_bind("open").push_bind(at).push_bind(written);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        if part[0] < DUE {
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, language, street, house_number, box, postcode, town, household, state, fingerprint, updated_at) ");
                q.push_values(part, |mut b, n| {
                    b.push_bind(town).push_bind(id(2, *n)).push_bind(n.to_string()).push_bind(1i64).push_bind("x").push_bind("x").push_bind("nl")
                        .push_bind("").push_bind("").push_bind("").push_bind("").push_bind("").push_bind("").push_bind("active").push_bind("x").push_bind(now);
                });
                q.build().execute(c).await.map(|_| ())
            }).unwrap();
        }
        w.commit().await.unwrap();
    }
}

async fn run(place: &common::Place, sql: &'static str) {
    let mut w = place.instance.app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
}

/// The best of five, in milliseconds.
async fn measure(place: &common::Place) -> f64 {
    let mut best = f64::MAX;
    place.instance.app.db.filled(&["resident", "message", "reach"]).await;
    for _ in 0..5 {
        run(place, "delete from reach_step").await;
        let now = place.instance.app.clock.now();
        let mut w = place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query(
            "update reach set next_at = $1, step = null, waits_for = null, waits_since = null where next_at < $2",
        ).bind(now).bind(now + Duration::days(50)).execute(c).await.map(|d| assert_eq!(d.rows_affected(), u64::from(DUE)))).unwrap();
        w.commit().await.unwrap();
        let began = Instant::now();
        while reach::work::step(&place.instance.app).await.unwrap() != Progress::Idle {}
        best = best.min(began.elapsed().as_secs_f64() * 1_000.0);
        let mut r = place.instance.app.db.read().await.unwrap();
        let waiting: i64 = with_conn!(r, c =>
            sqlx::query_scalar("select count(*) from reach where waits_for = 'call'").fetch_one(c).await)
        .unwrap();
        assert_eq!(waiting, i64::from(DUE));
    }
    (best * 10.0).round() / 10.0
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        fill(&place, 0, 100_000).await;
        let few = measure(&place).await;
        fill(&place, 100_000, 1_000_000).await;
        let many = measure(&place).await;
        println!(
            "{}",
            json!({
                "bench": "ladder", "database": name, "ratio": (many / few * 1000.0).round() / 1000.0,
                "milliseconds_among_1000000": many, "milliseconds_among_100000": few, "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
