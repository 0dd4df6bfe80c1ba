//! Searching free starts: 60 days over 12 desks of which 80 % is booked, against the bare SELECT of the same rows; and the
//! next free start when four months are full, against when none is.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::{collections::HashSet, time::Instant};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::json;
use thuisloket::{
    appointments::{
        DeskId,
        search::{self, Search},
    },
    platform::{App, ids::MunicipalityId},
    with_conn,
};

const DESKS: u128 = 12;
const DAYS: i64 = 60;
const SEARCHES: usize = 400;
const FULL_DAYS: i64 = 120;

/// All starts of so many days from tomorrow, with the desk.
fn starts(today: NaiveDate, days: i64) -> Vec<(DeskId, DateTime<Utc>)> {
    let mut all = Vec::new();
    for day in today.iter_days().skip(1).take(usize::try_from(days).unwrap()) {
        // From eight in the world's time, which is nine in the town's or ten in summer: within its hours.
        for n in 0..21 {
            let at = day.and_hms_opt(8, 0, 0).unwrap().and_utc() + Duration::minutes(20 * n);
            all.extend((0..DESKS).map(|desk| (common::desk(desk), at)));
        }
    }
    all
}

/// Books in many transactions, as a town does: of a table that was empty when a transaction began, PostgreSQL looks up what a row points at
/// by reading all of it.
async fn fill(app: &App, town: MunicipalityId, all: &[(u128, DeskId, DateTime<Utc>)], now: DateTime<Utc>) {
    for part in all.chunks(500) {
        let mut w = app.db.write().await.unwrap();
        common::visits(&mut w, town, part, now).await;
        w.commit().await.unwrap();
    }
}

fn p99(mut took: Vec<f64>) -> f64 {
    took.sort_by(f64::total_cmp);
    took[took.len() * 99 / 100]
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let now = app.clock.now();
        let mut w = app.db.write().await.unwrap();
        common::town_hall(&mut w, town.id, DESKS, 365, now).await;
        let four_fifths = (0x1_0000u128..).zip(starts(now.date_naive(), DAYS)).filter(|(n, _)| n % 5 != 0);
        let four_fifths: Vec<_> = four_fifths.map(|(n, (desk, at))| (n, desk, at)).collect();
        w.commit().await.unwrap();
        fill(app, town.id, &four_fifths, now).await;
        let booked = four_fifths.len();
        let (from, until) = (now.date_naive(), now.date_naive() + Duration::days(DAYS));
        let wanted =
            Search { service: common::SERVICE, location: None, from: Some(from), until: Some(until), persons: 1 };
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        let end = until.succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
        for _ in 0..SEARCHES {
            let began = Instant::now();
            let found = search::search(app, &town, wanted, &search::Whom::default()).await.map_err(|_| ()).unwrap();
            ours.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert!(found.starts.len() > 100);
            let began = Instant::now();
            let mut r = app.db.read().await.unwrap();
            let rows: Vec<(DeskId, DateTime<Utc>, DateTime<Utc>)> = with_conn!(r, c => sqlx::query_as(
                "select desk_id, starts_at, claimed_until from appointment
                 where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and starts_at < $4
                     and claimed_until > $3 and (state = 'booked' or held_until > $5)
                 order by starts_at")
                .bind(town.id).bind(common::LOCATION).bind(now).bind(end).bind(now).fetch_all(c).await)
            .unwrap();
            bare.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert!(rows.len() > booked * 9 / 10);
        }
        let next = || async {
            let began = Instant::now();
            let found = search::next_free(app, &town, common::SERVICE, 1, &search::Whom::default())
                .await
                .map_err(|_| ())
                .unwrap();
            (began.elapsed().as_secs_f64() * 1_000.0, found[0].starts_at)
        };
        let often = || async {
            let mut took = Vec::new();
            for _ in 0..SEARCHES {
                took.push(next().await.0);
            }
            p99(took)
        };
        let free = often().await;
        // Four months without a free start; what was found before is old.
        let hours = |day: NaiveDate| {
            let zone = town.zone;
            (0..24).map(move |n| {
                let nine = day.and_hms_opt(9, 0, 0).unwrap() + Duration::minutes(20 * n);
                nine.and_local_timezone(zone).unwrap().to_utc()
            })
        };
        let days = now.date_naive().iter_days().take(usize::try_from(FULL_DAYS).unwrap());
        let slots = days.flat_map(hours).flat_map(|at| (0..DESKS).map(move |desk| (common::desk(desk), at)));
        let taken: HashSet<_> = four_fifths.iter().map(|(_, desk, at)| (*desk, *at)).collect();
        let all = (0x10_0000u128..).zip(slots.filter(|slot| !taken.contains(slot)));
        let all: Vec<_> = all.map(|(n, (desk, at))| (n, desk, at)).collect();
        fill(app, town.id, &all, now).await;
        let mut w = app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query("update location set freed = freed + 1").execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let (first, at) = next().await;
        assert!(at - now > Duration::days(FULL_DAYS - 5), "{at}");
        let full = often().await;
        let round = |x: f64| (x * 1_000.0).round() / 1_000.0;
        println!(
            "{}",
            json!({
                "bench": "slots", "database": name, "ratio": round(p99(ours.clone()) / p99(bare.clone())),
                "booked": booked, "search_p99_milliseconds": round(p99(ours)), "bare_p99_milliseconds": round(p99(bare)),
                "next_free_ratio": round(full / free), "next_free_full_p99_milliseconds": round(full),
                "next_free_p99_milliseconds": round(free), "next_free_full_first_milliseconds": round(first),
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
