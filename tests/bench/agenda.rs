//! The agenda of twelve desks: a full week, and a full day with whose visits they are, against the bare SELECTs of the same rows.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use thuisloket::{
    appointments::{DeskId, agenda},
    municipalities::Municipality,
    platform::access::Role,
    staff::{MemberId, Staff, StaffSessionId},
    with_conn,
};
use uuid::Uuid;

const DESKS: u128 = 12;
const LOOKS: usize = 300;
/// What is thrown away: connections open, plans are made, and a first look at a day is written down.
const WARM: usize = 30;

/// A visit: its id, when it begins and ends, its service and its desk.
type Taken = (Uuid, DateTime<Utc>, DateTime<Utc>, Uuid, DeskId);

/// The same, with whose it is.
type Named = (Uuid, DateTime<Utc>, DateTime<Utc>, Uuid, DeskId, String, String);

fn p99(mut took: Vec<f64>) -> f64 {
    took.drain(..WARM);
    took.sort_by(f64::total_cmp);
    took[took.len() * 99 / 100]
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.instance.app;
        let town: Arc<Municipality> = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let now = app.clock.now();
        let monday = "2027-03-08".parse::<chrono::NaiveDate>().unwrap();
        let mut w = app.db.write().await.unwrap();
        common::town_hall(&mut w, town.id, DESKS, 365, now).await;
        // Three weeks of five full days, of which one is looked at.
        let slots = (-7..14i64).filter(|n| n.rem_euclid(7) < 5).flat_map(|n| {
            let day = monday + Duration::days(n);
            let nine = day.and_hms_opt(9, 0, 0).unwrap().and_local_timezone(town.zone).unwrap().to_utc();
            (0..24).flat_map(move |slot| {
                (0..DESKS).map(move |desk| (common::desk(desk), nine + Duration::minutes(20 * slot)))
            })
        });
        let all: Vec<_> = (0x10_0000u128..).zip(slots).map(|(id, (desk, at))| (id, desk, at)).collect();
        common::visits(&mut w, town.id, &all, now).await;
        for (id, ..) in &all {
            with_conn!(w, c => sqlx::query("insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, language, street, house_number, box, postcode, town, household, state, fingerprint, updated_at) values ($1, $2, $3, 1, 'Zonnebloem', 'Anna', 'nl', 'Markt', '1', '', '9800', 'Deinze', 'x', 'active', '', $4)")
                .bind(town.id).bind(Uuid::from_u128(*id)).bind(id.to_string()).bind(now).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
        // As an import of the register ends.
        app.db.filled(&["resident"]).await;
        let who = Staff {
            id: MemberId(Uuid::from_u128(1)),
            session: StaffSessionId(Uuid::from_u128(2)),
            name: "Lies".to_owned(),
            town: town.clone(),
            roles: BTreeSet::from([Role::Counter]),
        };
        let midnight = |n: i64| {
            let day = monday + Duration::days(n);
            day.and_hms_opt(0, 0, 0).unwrap().and_local_timezone(town.zone).unwrap().to_utc()
        };
        let (mut weeks, mut bare_weeks, mut days, mut bare_days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..LOOKS {
            let began = Instant::now();
            let taken = agenda::of_week(app, &who, common::LOCATION, monday).await.map_err(|_| ()).unwrap();
            weeks.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert_eq!(taken.len(), 5 * 24 * DESKS as usize);
            let began = Instant::now();
            let mut r = app.db.read().await.unwrap();
            let rows: Vec<Taken> = with_conn!(r, c => sqlx::query_as(
                "select id, starts_at, ends_at, service_id, desk_id from appointment
                 where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'booked'
                     and starts_at >= $3 and starts_at < $4 order by starts_at, id")
                .bind(town.id).bind(common::LOCATION).bind(midnight(0)).bind(midnight(7)).fetch_all(c).await)
            .unwrap();
            bare_weeks.push(began.elapsed().as_secs_f64() * 1_000.0);
            drop(r);
            assert_eq!(rows.len(), taken.len());
            let began = Instant::now();
            let seen = agenda::of_day(app, &who, common::LOCATION, monday).await.map_err(|_| ()).unwrap();
            days.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert_eq!((seen.len(), seen[0].name.as_str()), (24 * DESKS as usize, "Anna Zonnebloem"));
            let began = Instant::now();
            let mut r = app.db.read().await.unwrap();
            let rows: Vec<Named> = with_conn!(r, c => sqlx::query_as(
                "select a.id, a.starts_at, a.ends_at, a.service_id, a.desk_id, p.given_names, p.family_name from appointment a
                 join resident p on p.municipality_id = a.municipality_id and p.id = a.resident_id
                 where a.municipality_id = $1 and a.location_id = $2 and a.state in ('held', 'booked') and a.state = 'booked'
                     and a.starts_at >= $3 and a.starts_at < $4 order by a.starts_at, a.id")
                .bind(town.id).bind(common::LOCATION).bind(midnight(0)).bind(midnight(1)).fetch_all(c).await)
            .unwrap();
            // What was noted of earlier looks today, as each look is noted once.
            let noted: Vec<(Uuid, Uuid)> = with_conn!(r, c => sqlx::query_as(
                "select resident_id, subject_id from audit_entry
                 where municipality_id = $1 and actor_id = $2 and at >= $3 and act = 'visit_read' and reason = 'agenda'
                     and resident_id is not null and subject_id is not null")
                .bind(town.id).bind(who.id.0).bind(now - Duration::hours(24)).fetch_all(c).await)
            .unwrap();
            assert_eq!(noted.len(), seen.len());
            bare_days.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert_eq!(rows.len(), seen.len());
        }
        let round = |x: f64| (x * 1_000.0).round() / 1_000.0;
        let (weeks, bare_weeks, days, bare_days) = (p99(weeks), p99(bare_weeks), p99(days), p99(bare_days));
        println!(
            "{}",
            json!({
                "bench": "agenda", "database": name, "week_ratio": round(weeks / bare_weeks), "day_ratio": round(days / bare_days),
                "week_p99_milliseconds": round(weeks), "bare_week_p99_milliseconds": round(bare_weeks),
                "day_p99_milliseconds": round(days), "bare_day_p99_milliseconds": round(bare_days),
                "desks": DESKS as u64, "visits_of_the_week": 5 * 24 * DESKS as u64, "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
