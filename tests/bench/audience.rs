//! Previews of audiences in a town of 300,000: a street, a drawn area, an age with a language; p99 against SQL written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "announced.rs"]
mod announced;
#[path = "common.rs"]
mod common;

use std::time::Instant;

use announced::{fill, run};
use chrono::NaiveDate;
use serde_json::{Value, json};
use thuisloket::{
    announcements::{HowFar, Importance, Sending, audience::Audience, preview},
    with_conn,
};

const PEOPLE: u32 = 300_000;
const ROUNDS: usize = 100;

/// Spreads the people over streets, the map, ages and languages.
const SPREAD: &str = "
    update resident set
        street = 'Straat ' || (cast(number_hash as bigint) % 1500),
        street_key = 'straat ' || (cast(number_hash as bigint) % 1500),
        latitude = 50.9 + (cast(number_hash as bigint) * 7919 % 100000) / 1000000.0,
        longitude = 3.5 + (cast(number_hash as bigint) * 104729 % 100000) / 1000000.0,
        language = case when cast(number_hash as bigint) % 11 = 0 then 'fr' else 'nl' end";

/// Who is told, and who has a phone that shows it, as somebody would ask who knows the tables.
const BY_HAND: &str = "
    select count(*), cast(coalesce(sum(case when exists (
            select 1 from device d join session s on s.municipality_id = d.municipality_id and s.id = d.session_id
            where d.municipality_id = r.municipality_id and d.resident_id = r.id and d.state = 'active'
                and s.ended_at is null) then 1 else 0 end), 0) as bigint)
    from resident r where r.municipality_id = $1 and r.state = 'active' and ";

fn corners() -> Vec<(f64, f64)> {
    // A district: twelve corners around a place, some two kilometres across.
    (0..12)
        .map(|n| {
            let at = f64::from(n) * std::f64::consts::TAU / 12.0;
            (50.95 + 0.009 * at.sin(), 3.55 + 0.014 * at.cos())
        })
        .collect()
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

fn p99(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() * 99 / 100]
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let instance = &place.instance;
        fill(&place, 0, PEOPLE).await;
        run(&place, SPREAD).await;
        // Born over ninety years.
        let mut w = instance.app.db.write().await.unwrap();
        for year in 0..90i64 {
            let born = NaiveDate::from_ymd_opt(1935 + i32::try_from(year).unwrap(), 6, 1).unwrap();
            with_conn!(w, c => sqlx::query("update resident set birth_date = $1 where cast(number_hash as bigint) % 90 = $2")
                .bind(born).bind(year).execute(c).await.map(|_| ()))
            .unwrap();
        }
        w.commit().await.unwrap();
        place.instance.app.db.filled(&["resident", "account", "session", "device", "announcement_recipient"]).await;
        let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let who = announced::member(&place);
        let area: Vec<Value> =
            corners().iter().map(|(lat, lon)| json!({ "latitude": lat, "longitude": lon })).collect();
        let ring: Vec<String> = {
            let c = corners();
            (0..c.len())
                .map(|i| {
                    let ((y1, x1), (y2, x2)) = (c[i], c[(i + 1) % c.len()]);
                    format!(
                        "case when (r.latitude < {y1}) <> (r.latitude < {y2}) and r.longitude < {x1} + (r.latitude - {y1}) * {} then 1 else 0 end",
                        (x2 - x1) / (y2 - y1)
                    )
                })
                .collect()
        };
        let box_ = "r.latitude between 50.941 and 50.959 and r.longitude between 3.536 and 3.564";
        let kinds = [
            (
                "street",
                json!([[{ "kind": "street", "street": "Straat 7", "side": "both" }]]),
                "r.street = 'Straat 7'".to_owned(),
            ),
            (
                "polygon",
                json!([[{ "kind": "polygon", "corners": area }]]),
                format!("{box_} and ({}) % 2 = 1", ring.join(" + ")),
            ),
            (
                "age and language",
                json!([[{ "kind": "age", "from": 65, "until": 70 }, { "kind": "language", "languages": ["fr"] }]]),
                "r.birth_date <= '1962-03-03' and r.birth_date > '1956-03-03'
                    and coalesce((select a.language from account a where a.municipality_id = r.municipality_id
                        and a.resident_id = r.id), nullif(r.language, ''), 'nl') = 'fr'"
                    .to_owned(),
            ),
        ];
        run(&place, "update account set language = null").await;
        let (mut worst, mut figures) = (0.0f64, serde_json::Map::new());
        for (kind, audience, hand) in kinds {
            let audience: Audience = serde_json::from_value(audience).unwrap();
            let hand = format!("{BY_HAND}{hand}");
            let sending = Sending {
                importance: Importance::Important,
                topic: None,
                over_cap: false,
                send_at: None,
                valid_until: None,
                reach: HowFar::App,
            };
            let (mut ours, mut theirs, mut people) = (Vec::new(), Vec::new(), 0);
            for n in 0..ROUNDS + 5 {
                let began = Instant::now();
                let found = preview::preview(&instance.app, &who, &audience, &sending).await.map_err(|_| ()).unwrap();
                let took = began.elapsed().as_secs_f64() * 1_000.0;
                let mut r = instance.app.db.read().await.unwrap();
                let began = Instant::now();
                let (all, by_phone): (i64, i64) =
                    with_conn!(r, c => sqlx::query_as(sqlx::AssertSqlSafe(hand.clone())).bind(town.id).fetch_one(c).await)
                        .unwrap();
                let bare = began.elapsed().as_secs_f64() * 1_000.0;
                assert_eq!((found.people, found.by_phone), (Some(all), Some(by_phone)), "{kind}");
                people = all;
                // The first few read what is read once.
                if n >= 5 {
                    ours.push(took);
                    theirs.push(bare);
                }
            }
            let (ours, theirs) = (p99(ours), p99(theirs));
            worst = worst.max(ours / theirs);
            figures.insert(
                kind.to_owned(),
                json!({ "people": people, "ratio": round(ours / theirs), "p99_ms": round(ours), "by_hand_p99_ms": round(theirs) }),
            );
        }
        let mut line = json!({ "bench": "audience", "database": name, "ratio": round(worst), "people": PEOPLE });
        line.as_object_mut().unwrap().extend(figures);
        println!("{line}");
    }
}
