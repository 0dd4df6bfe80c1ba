//! A hall of twenty desks where three hundred wait: p99 of "call next" and of the page that every desk looks at, against the bare
//! statements of the same.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::json;
use thuisloket::{
    appointments::DeskId,
    municipalities::Municipality,
    platform::{App, access::Role, db::Write, idempotency::Idempotency},
    queue::{desk, hall},
    staff::{MemberId, Staff, StaffSessionId},
    with_conn,
};
use uuid::Uuid;

const DESKS: u128 = 20;
const WAITING: u128 = 300;
const CALLS: u128 = 400;
const LOOKS: usize = 400;
/// What is thrown away: connections open, plans are made.
const WARM: usize = 40;

/// All that a page needs of those who wait, are called or are served: the columns of a ticket that it shows or calculates with.
const OPEN: &str = "
    select id, number, service_id, appointment_id, resident_id, name, persons, came_by, state, due_at, arrived_at, desk_id, called_at,
        calls, started_at, parked_at
    from ticket
    where municipality_id = $1 and location_id = $2 and day = $3 and state in ('waiting', 'called', 'serving')
    order by arrived_at, id";

/// A service, and when somebody was served: from then, until then.
type Took = (Uuid, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// What is read of them.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    number: String,
    service_id: Uuid,
    appointment_id: Option<Uuid>,
    resident_id: Option<Uuid>,
    name: String,
    persons: i64,
    came_by: String,
    state: String,
    due_at: Option<DateTime<Utc>>,
    arrived_at: DateTime<Utc>,
    desk_id: Option<DeskId>,
    called_at: Option<DateTime<Utc>>,
    calls: i64,
    started_at: Option<DateTime<Utc>>,
    parked_at: Option<DateTime<Utc>>,
}

/// So many who took a number, from one on, each a second after the one before.
async fn arrive(
    w: &mut Write,
    town: &Municipality,
    numbers: std::ops::Range<u128>,
    (now, day): (DateTime<Utc>, NaiveDate),
) {
    for n in numbers {
        let at = now - Duration::hours(2) + Duration::seconds(i64::try_from(n).unwrap());
        with_conn!(w, c => sqlx::query("insert into ticket (municipality_id, id, location_id, day, number, service_id, name, persons, came_by, state, arrived_at, calls, asked) values ($1, $2, $3, $4, $5, $6, '', 1, 'kiosk', 'waiting', $7, 0, false)")
            .bind(town.id).bind(Uuid::from_u128(0x9_0000 + n)).bind(common::LOCATION).bind(day).bind(format!("A{n:03}"))
            .bind(common::SERVICE).bind(at).execute(c).await.map(|_| ())).unwrap();
    }
}

/// Whoever is in front of a desk is done, and somebody else comes in.
async fn over(app: &App, town: &Municipality, called: u128, when: (DateTime<Utc>, NaiveDate)) {
    let mut w = app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query("update ticket set state = 'done', ended_at = $2 where municipality_id = $1 and state = 'called'")
        .bind(town.id).bind(when.0).execute(c).await.map(|_| ()))
    .unwrap();
    arrive(&mut w, town, WAITING + called..WAITING + called + 1, when).await;
    w.commit().await.unwrap();
}

/// The statements of a call, and nothing else.
async fn bare_call(app: &App, town: &Municipality, desk: DeskId, (now, day): (DateTime<Utc>, NaiveDate)) {
    let mut w = app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query("update ticket_number set last = last where municipality_id = $1 and location_id = $2 and day = $3")
        .bind(town.id).bind(common::LOCATION).bind(day).execute(c).await.map(|_| ()))
    .unwrap();
    let here: Vec<(Uuid,)> = with_conn!(w, c => sqlx::query_as("select id from ticket where municipality_id = $1 and desk_id = $2 and state in ('called', 'serving')")
        .bind(town.id).bind(desk).fetch_all(c).await)
    .unwrap();
    assert!(here.is_empty());
    let rows: Vec<Row> = with_conn!(w, c => sqlx::query_as(OPEN)
        .bind(town.id).bind(common::LOCATION).bind(day).fetch_all(c).await)
    .unwrap();
    let next = rows[0].id;
    with_conn!(w, c => sqlx::query("update ticket set state = 'called', desk_id = $3, called_at = $4, calls = calls + 1 where municipality_id = $1 and id = $2 and state = 'waiting'")
        .bind(town.id).bind(next).bind(desk).bind(now).execute(c).await.map(|_| ()))
    .unwrap();
    with_conn!(w, c => sqlx::query("insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_name, act, subject_id) values ($1, $2, $3, 'staff', $4, 'Lies', 'visitor_called', $5)")
        .bind(town.id).bind(app.ids.uuid(now)).bind(now).bind(Uuid::from_u128(1)).bind(next).execute(c).await.map(|_| ()))
    .unwrap();
    w.commit().await.unwrap();
}

/// The statements of a desk's page, and nothing else: who waits, how long it took those who were served, who sits where, and whether
/// the hall is stopped.
async fn bare_page(app: &App, town: &Municipality, day: NaiveDate) -> Vec<Row> {
    let mut r = app.db.read().await.unwrap();
    let rows: Vec<Row> = with_conn!(r, c => sqlx::query_as(OPEN)
        .bind(town.id).bind(common::LOCATION).bind(day).fetch_all(c).await)
    .unwrap();
    let _: Vec<Took> = with_conn!(r, c => sqlx::query_as(
        "select service_id, started_at, ended_at from ticket
         where municipality_id = $1 and location_id = $2 and day = $3 and state in ('done', 'sent_on') order by ended_at desc limit 500")
        .bind(town.id).bind(common::LOCATION).bind(day).fetch_all(c).await)
    .unwrap();
    let _: Vec<(DeskId, String)> = with_conn!(r, c => sqlx::query_as(
        "select desk_id, name from desk_clerk where municipality_id = $1 and location_id = $2")
        .bind(town.id).bind(common::LOCATION).fetch_all(c).await)
    .unwrap();
    let _: Option<DateTime<Utc>> = with_conn!(r, c => sqlx::query_scalar(
        "select stopped_at from hall_stop where municipality_id = $1 and location_id = $2")
        .bind(town.id).bind(common::LOCATION).fetch_optional(c).await)
    .unwrap();
    rows
}

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
        let when = (now, now.with_timezone(&town.zone).date_naive());
        let mut w = app.db.write().await.unwrap();
        common::town_hall(&mut w, town.id, DESKS, 365, now).await;
        arrive(&mut w, &town, 0..WAITING, when).await;
        with_conn!(w, c => sqlx::query("insert into ticket_number (municipality_id, location_id, day, last) values ($1, $2, $3, 300)")
            .bind(town.id).bind(common::LOCATION).bind(when.1).execute(c).await.map(|_| ()))
        .unwrap();
        w.commit().await.unwrap();
        let who = Staff {
            id: MemberId(Uuid::from_u128(1)),
            session: StaffSessionId(Uuid::from_u128(2)),
            name: "Lies".to_owned(),
            town: town.clone(),
            roles: BTreeSet::from([Role::Counter]),
        };
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for n in 0..CALLS {
            let desk = common::desk(n % DESKS);
            let began = Instant::now();
            let called = desk::next(app, &who, desk, &Idempotency::NONE).await.map_err(|_| ()).unwrap();
            ours.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert!(called.is_some());
            over(app, &town, 2 * n, when).await;
            let began = Instant::now();
            bare_call(app, &town, desk, when).await;
            bare.push(began.elapsed().as_secs_f64() * 1_000.0);
            over(app, &town, 2 * n + 1, when).await;
        }
        let (mut pages, mut rows) = (Vec::new(), Vec::new());
        for _ in 0..LOOKS {
            let began = Instant::now();
            let seen = hall::read(app, &who, common::LOCATION).await.map_err(|_| ()).unwrap();
            pages.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert_eq!((seen.waiting.len() as u128, seen.desks.len() as u128), (WAITING, DESKS));
            let began = Instant::now();
            let found = bare_page(app, &town, when.1).await;
            rows.push(began.elapsed().as_secs_f64() * 1_000.0);
            assert_eq!(found.len() as u128, WAITING);
        }
        let round = |x: f64| (x * 1_000.0).round() / 1_000.0;
        let (ours, bare, pages, rows) = (p99(ours), p99(bare), p99(pages), p99(rows));
        println!(
            "{}",
            json!({
                "bench": "desk", "database": name, "call_ratio": round(ours / bare), "page_ratio": round(pages / rows),
                "call_p99_milliseconds": round(ours), "bare_call_p99_milliseconds": round(bare),
                "page_p99_milliseconds": round(pages), "bare_page_p99_milliseconds": round(rows),
                "waiting": WAITING as u64, "desks": DESKS as u64, "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
