//! Time to claim and write what is due: 1,000 due among 100,000 and among 1,000,000 documents.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use chrono::{Duration, NaiveDate};
use serde_json::json;
use thuisloket::{documents, platform::Progress, with_conn};
use uuid::Uuid;

const DUE: u32 = 1_000;

fn id(kind: u128, n: u32) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::from(n))
}

/// Documents from..to; the first thousand of all have a holder with the app and are due.
async fn fill(place: &common::Place, from: u32, to: u32) {
    let instance = &place.instance;
    let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    let now = instance.app.clock.now();
    let due = NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
    let later = NaiveDate::from_ymd_opt(2033, 6, 1).unwrap();
    let all: Vec<u32> = (from..to).collect();
    for part in all.chunks(1_000) {
        let mut w = instance.app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into document (municipality_id, id, resident_id, kind, number_end, expires_on, source, fingerprint, row_key, updated_at, next_due_at) ");
            q.push_values(part, |mut b, n| {
                let (expires, at) = if *n < DUE { (due, now) } else { (later, now + Duration::days(100 + i64::from(n % 1_000))) };
                b.push_bind(town).push_bind(id(1, *n)).push_bind(id(2, *n)).push_bind("eid").push_bind("1").push_bind(expires)
                    .push_bind("register").push_bind("x").push_bind(n.to_string()).push_bind(now).push_bind(at);
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
            with_conn!(w, c => {
                let mut q = sqlx::QueryBuilder::new("insert into account (municipality_id, resident_id, first_signed_in_at, greeted_at) ");
                q.push_values(part, |mut b, n| {
                    b.push_bind(town).push_bind(id(2, *n)).push_bind(now).push_bind(now);
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
    place.instance.app.db.filled(&["resident", "document", "account"]).await;
    for _ in 0..5 {
        run(place, "delete from reminder").await;
        run(place, "delete from message").await;
        run(place, "delete from badge").await;
        let due = place.instance.app.clock.now();
        let mut w = place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query("update document set next_due_at = $1 where expires_on = $2").bind(due).bind(NaiveDate::from_ymd_opt(2027, 6, 1).unwrap()).execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let began = Instant::now();
        while documents::work::step(&place.instance.app).await.unwrap() != Progress::Idle {}
        best = best.min(began.elapsed().as_secs_f64() * 1_000.0);
        let mut r = place.instance.app.db.read().await.unwrap();
        let told: i64 =
            with_conn!(r, c => sqlx::query_scalar("select count(*) from message").fetch_one(c).await).unwrap();
        assert_eq!(told, i64::from(DUE));
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
                "bench": "reminders", "database": name, "ratio": (many / few * 1000.0).round() / 1000.0,
                "milliseconds_among_1000000": many, "milliseconds_among_100000": few, "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
