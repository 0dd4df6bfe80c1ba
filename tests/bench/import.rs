//! Rows a second for 1,000,000 residents, against the bare multi-row insert of the same rows in the same run.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::{io::Write as _, path::Path, time::Instant};

use chrono::NaiveDate;
use serde_json::json;
use thuisloket::platform::import::{Report, Source};
use thuisloket::{residents, with_conn};
use uuid::Uuid;

const ROWS: u64 = 1_000_000;
const BATCH: usize = 1_000;

/// A million national numbers that pass the check: the serial counts up, which no bench needs to be unissued.
fn write(path: &Path) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;latitude;longitude;household").unwrap();
    for n in 0..ROWS {
        let (day, serial) = (n / 997, n % 997 + 1);
        let (y, m, d) = (40 + day / 336 % 60, day / 28 % 12 + 1, day % 28 + 1);
        let base = y * 10_000_000 + m * 100_000 + d * 1_000 + serial;
        writeln!(out, "{base:09}{:02};Peeters;Anna Maria;19{y:02}-{m:02}-{d:02};nl;Tolpoortstraat;{};9800;Deinze;50.98{:03};3.53{:03};{}", 97 - base % 97, n % 200, n % 1000, n % 1000, n / 3).unwrap();
    }
}

async fn bare(place: &common::Place, path: &Path) -> f64 {
    let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    let now = place.instance.app.clock.now();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
    let began = Instant::now();
    let mut rows: Vec<csv::StringRecord> = Vec::with_capacity(BATCH);
    let mut records = reader.records();
    loop {
        rows.clear();
        rows.extend(records.by_ref().take(BATCH).map(Result::unwrap));
        if rows.is_empty() {
            break;
        }
        let mut w = place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, birth_date, language, street, house_number, box, postcode, town, latitude, longitude, household, state, state_on, fingerprint, updated_at) ");
            q.push_values(&rows, |mut b, r| {
                b.push_bind(town).push_bind(place.instance.app.ids.uuid(now)).push_bind(&r[0]).push_bind(1i64).push_bind(&r[1]).push_bind(&r[2])
                    .push_bind(r[3].parse::<NaiveDate>().unwrap()).push_bind(&r[4]).push_bind(&r[5]).push_bind(&r[6]).push_bind("").push_bind(&r[7])
                    .push_bind(&r[8]).push_bind(r[9].parse::<f64>().unwrap()).push_bind(r[10].parse::<f64>().unwrap()).push_bind(&r[11])
                    .push_bind("active").push_bind(None::<NaiveDate>).push_bind("0123456789012345678901").push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        w.commit().await.unwrap();
    }
    began.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("residents.csv");
    write(&file);
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        common::forget_peak();
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let began = Instant::now();
        let report = folder.path().join("report.csv");
        let outcome = residents::import::import(
            &place.instance.app,
            &town,
            (Source::file(&file).unwrap(), false),
            Report::create(&report).unwrap(),
            |_| {},
        )
        .await
        .unwrap();
        let ours = began.elapsed().as_secs_f64();
        assert_eq!((outcome.added, outcome.wrong), (ROWS, 0));
        let peak = common::peak_mib();
        let mut w = place.instance.app.db.write().await.unwrap();
        let again = Uuid::nil();
        with_conn!(w, c => sqlx::query("delete from resident where id <> $1").bind(again).execute(c).await.map(|_| ()))
            .unwrap();
        w.commit().await.unwrap();
        // The bare side gets a fresh database as well.
        drop(place);
        let other = match &url {
            None => common::place(None).await,
            Some(url) => {
                let pool = sqlx::PgPool::connect(url).await.unwrap();
                sqlx::query("create database bare").execute(&pool).await.unwrap();
                let (server, _) = url.rsplit_once('/').unwrap();
                common::place(Some(&format!("{server}/bare"))).await
            }
        };
        let bare = bare(&other, &file).await;
        let rate = |seconds: f64| (ROWS as f64 / seconds).round();
        println!(
            "{}",
            json!({
                "bench": "import", "database": name, "ratio": (bare / ours * 1000.0).round() / 1000.0,
                "imported_rows_per_second": rate(ours), "bare_rows_per_second": rate(bare), "peak_rss_mib": peak,
            })
        );
    }
}
