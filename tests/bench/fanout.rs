//! An announcement to 100,000 and to 1,000,000 citizens, one phone each, until all rows are queued, against the bare
//! `INSERT … SELECT` of the same rows.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "announced.rs"]
mod announced;
#[path = "common.rs"]
mod common;

use std::time::Instant;

use announced::{approved, fill, run};
use chrono::Duration;
use serde_json::json;
use thuisloket::{
    announcements::{self, AnnouncementId},
    platform::Progress,
    with_conn,
};

async fn forget(place: &common::Place) {
    for sql in [
        "delete from push_delivery",
        "delete from badge",
        "delete from announcement_recipient",
        "delete from message",
        "delete from announcement",
    ] {
        run(place, sql).await;
    }
}

/// Seconds until all rows are queued, and what memory the process held at each tenth of the way.
async fn ours(place: &common::Place, people: i64) -> (f64, Vec<f64>) {
    forget(place).await;
    approved(place).await;
    let began = Instant::now();
    let (mut told, mut held) = (0, Vec::new());
    loop {
        match announcements::work::step(&place.instance.app).await.unwrap() {
            Progress::Idle => break,
            Progress::Worked(n) => told += n as i64,
        }
        if told * 10 / people > held.len() as i64 {
            held.push(common::rss_mib());
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let mut r = place.instance.app.db.read().await.unwrap();
    let queued: i64 =
        with_conn!(r, c => sqlx::query_scalar("select count(*) from push_delivery").fetch_one(c).await).unwrap();
    assert_eq!(queued, people);
    (seconds, held)
}

/// The same rows, each table's in one statement.
async fn bare(place: &common::Place) -> f64 {
    forget(place).await;
    let announcement = approved(place).await;
    let now = place.instance.app.clock.now();
    let until = now + Duration::days(2);
    let began = Instant::now();
    let mut w = place.instance.app.db.write().await.unwrap();
    let street = "r.street = 'Kouter' and r.state = 'active'";
    let message = format!(
        "insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) select r.municipality_id, r.id, r.id, 'announcement', 'announcement {announcement}', 'Geen water in de Kouter', 'Donderdag van 9 tot 12 uur is er geen water.', '/announcements/{announcement}', $1 from resident r where {street}"
    );
    let badge = format!(
        "insert into badge (municipality_id, resident_id, unread) select r.municipality_id, r.id, 1 from resident r where {street}"
    );
    let delivery = format!(
        "insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, lane, state, attempts, not_before, expires_at, request_id, created_at) select d.municipality_id, d.resident_id, d.id, 'show', d.resident_id, d.channel_id, 'announcements', 1, 'ready', 0, $1, $2, '', $1 from resident r join device d on d.municipality_id = r.municipality_id and d.resident_id = r.id join session s on s.municipality_id = d.municipality_id and s.id = d.session_id and s.ended_at is null where {street}"
    );
    let recipient = format!(
        "insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at) select r.municipality_id, $1, r.id, r.id, 'phone', $2 from resident r where {street}"
    );
    with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(message)).bind(now).execute(c).await.map(|_| ())).unwrap();
    with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(badge)).execute(c).await.map(|_| ())).unwrap();
    with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(delivery)).bind(now).bind(until).execute(c).await.map(|_| ()))
        .unwrap();
    with_conn!(w, c => sqlx::query(sqlx::AssertSqlSafe(recipient)).bind(announcement).bind(now).execute(c).await.map(|_| ()))
        .unwrap();
    w.commit().await.unwrap();
    began.elapsed().as_secs_f64()
}

/// Seconds until what became of it is calculated, as the console asks.
async fn figures(place: &common::Place) -> f64 {
    let who = announced::member(place);
    let began = Instant::now();
    let found = place
        .instance
        .part::<thuisloket::announcements::figures::Kept>()
        .of(&place.instance.app, &who, AnnouncementId(announced::id(9, 1)))
        .await;
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(found.map_err(|_| ()).unwrap().outcomes.len(), 1);
    seconds
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let mut found = Vec::new();
        for (from, to) in [(0, 100_000), (100_000, 1_000_000)] {
            fill(&place, from, to).await;
            place.instance.app.db.filled(&["resident", "account", "session", "device"]).await;
            // Few take so little time that one pair says little.
            // What the process holds before is of the rows made for the bench, and of the bare statements.
            let (mut pairs, mut grown, mut over_time) = (Vec::new(), 0.0f64, Vec::new());
            for _ in 0..if to == 100_000 { 5 } else { 1 } {
                let plain = bare(&place).await;
                common::forget_peak();
                let before = common::peak_mib();
                let (seconds, held) = ours(&place, i64::from(to)).await;
                pairs.push((seconds, plain));
                over_time = held;
                grown = grown.max(common::peak_mib() - before);
            }
            let peak = common::peak_mib();
            pairs.sort_by(|a, b| f64::total_cmp(&(a.0 / a.1), &(b.0 / b.1)));
            let (seconds, plain) = pairs[pairs.len() / 2];
            found.push((seconds, plain, ([peak, grown], over_time), figures(&place).await));
        }
        let [(few, few_bare, few_mib, _), (many, many_bare, many_mib, calculated)] = &found[..] else { unreachable!() };
        let (few, few_bare, many, many_bare, calculated) = (*few, *few_bare, *many, *many_bare, *calculated);
        println!(
            "{}",
            json!({
                "bench": "fanout", "database": name, "ratio": round(many / many_bare), "ratio_100000": round(few / few_bare),
                "seconds_100000": round(few), "seconds_1000000": round(many), "bare_seconds_100000": round(few_bare),
                "bare_seconds_1000000": round(many_bare), "a_citizen_against_100000": round(many / few / 10.0),
                "figures_seconds": round(calculated), "peak_rss_mib_100000": few_mib.0[0],
                "peak_rss_mib": many_mib.0[0], "grown_mib_100000": round(few_mib.0[1]), "grown_mib": round(many_mib.0[1]), "rss_mib_by_tenths": many_mib.1,
            })
        );
    }
}
