//! Booking: 2,000 phones for 200 slots over HTTP, some of which hold one and walk away; and how many bookings are committed
//! a second, against a bare transaction with the same inserts.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::{sync::Arc, time::Instant};

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use thuisloket::{
    appointments::{
        DeskId,
        booking::{self, Booker, Wish},
        search::{self, Search},
    },
    identity::{ActorId, Citizen, SessionId, SubjectId},
    municipalities::Municipality,
    platform::{access::Level, idempotency::Idempotency, ids::ResidentId},
    push::channels::Kind,
    with_conn,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const PHONES: u128 = 2_000;
const SLOTS: usize = 200;
const DESKS: u128 = 4;
/// Phones whose requests are under way at a time; the others wait in the network.
const UNDER_WAY: usize = 128;
const AT_ONCE: u128 = 8;
const BOOKINGS: u128 = 90;
const ROUNDS: u128 = 5;

async fn post(http: &reqwest::Client, url: &str, token: &str, body: Option<&Value>) -> (u16, Value) {
    loop {
        let request = http.post(url).bearer_auth(token).header("content-type", "application/json");
        let answer = match body {
            Some(body) => request.body(body.to_string()),
            None => request,
        };
        let answer = answer.send().await.unwrap();
        let status = answer.status().as_u16();
        // Too many at a time: the phone tries again, as it is told to.
        if status != 503 {
            return (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// What one phone does: holds and confirms, or books at once; one in ten walks away from what it holds.
async fn phone(http: &reqwest::Client, server: &str, token: &str, n: usize, at: DateTime<Utc>, first: bool) -> bool {
    let (hold, leaves) = (n.is_multiple_of(2), first && n.is_multiple_of(10));
    let wish = json!({
        "service_id": common::SERVICE.0, "location_id": common::LOCATION.0, "starts_at": at, "persons": 1, "hold": hold,
    });
    let (status, answer) = post(http, &format!("{server}/v1/appointments"), token, Some(&wish)).await;
    if status != 200 {
        assert_eq!((status, answer["code"].as_str()), (409, Some("slot_taken")), "{answer}");
        return false;
    }
    if hold && !leaves {
        let id = answer["id"].as_str().unwrap();
        let (status, answer) = post(http, &format!("{server}/v1/appointments/{id}/confirm"), token, None).await;
        assert_eq!(status, 200, "{answer}");
    }
    !leaves
}

async fn figure(place: &common::Place, sql: &'static str) -> i64 {
    let mut r = place.instance.app.db.read().await.unwrap();
    with_conn!(r, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

fn citizen(town: &Arc<Municipality>, n: u128) -> Citizen {
    Citizen {
        town: town.clone(),
        actor: ActorId(ResidentId(Uuid::from_u128(0x100_0000 + n))),
        subject: SubjectId(ResidentId(Uuid::from_u128(0x100_0000 + n))),
        session: SessionId(Uuid::from_u128(0x200_0000 + n)),
        level: Level::High,
        acting: None,
    }
}

/// Bookings a second of [`AT_ONCE`] citizens at a time, each for starts that no other is after.
async fn ours(place: &common::Place, town: &Arc<Municipality>, round: u128, starts: &[DateTime<Utc>]) -> f64 {
    let mut tasks = Vec::new();
    let began = Instant::now();
    for task in 0..AT_ONCE {
        let (app, town) = (place.instance.app.clone(), town.clone());
        let mine: Vec<_> = starts.iter().copied().skip(task as usize).step_by(AT_ONCE as usize).collect();
        tasks.push(tokio::spawn(async move {
            for n in 0..BOOKINGS {
                let who = Booker::Citizen(citizen(&town, PHONES + (round * AT_ONCE + task) * BOOKINGS + n));
                let starts_at = mine[n as usize % mine.len()];
                let wish = Wish {
                    service: common::SERVICE,
                    location: common::LOCATION,
                    starts_at,
                    persons: 1,
                    hold: false,
                    companions: Vec::new(),
                    documents: Vec::new(),
                    contact: String::new(),
                };
                booking::book(&app, &who, wish, &Idempotency::NONE).await.map_err(|_| ()).unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    (AT_ONCE * BOOKINGS) as f64 / began.elapsed().as_secs_f64()
}

/// The inserts of a booking, each booking's in a transaction of its own.
async fn bare(place: &common::Place, town: &Arc<Municipality>, round: u128, starts: &[DateTime<Utc>]) -> f64 {
    let channel = place
        .instance
        .part::<thuisloket::push::channels::Channels>()
        .all()
        .find(|c| matches!(c.kind, Kind::Fcm(_)))
        .unwrap()
        .id;
    let mut tasks = Vec::new();
    let began = Instant::now();
    for task in 0..AT_ONCE {
        let (app, town) = (place.instance.app.clone(), town.clone());
        let mine: Vec<_> = starts.iter().copied().skip(task as usize).step_by(AT_ONCE as usize).collect();
        tasks.push(tokio::spawn(async move {
            for n in 0..BOOKINGS {
                let id = 0x300_0000 + (round * AT_ONCE + task) * BOOKINGS + n;
                let (at, desk) = (mine[n as usize % mine.len()], DeskId(Uuid::from_u128(0xe000 + n / mine.len() as u128)));
                let now = app.clock.now();
                let mut w = app.db.write().await.unwrap();
                common::visits(&mut w, town.id, &[(id, desk, at)], now).await;
                with_conn!(w, c => sqlx::query("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) values ($1, $2, $2, 'appointment', 'x', 'Je afspraak op 3 maart 2027 om 09:20', $3, '/appointments', $4)")
                    .bind(town.id).bind(Uuid::from_u128(id)).bind("Breng je huidige kaart mee. ".repeat(8)).bind(now).execute(c).await.map(|_| ())).unwrap();
                with_conn!(w, c => sqlx::query("insert into badge (municipality_id, resident_id, unread) values ($1, $2, 1)")
                    .bind(town.id).bind(Uuid::from_u128(id)).execute(c).await.map(|_| ())).unwrap();
                with_conn!(w, c => sqlx::query("insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, lane, state, attempts, not_before, expires_at, request_id, created_at) values ($1, $2, $2, 'show', $2, $3, 'appointments', 1, 'ready', 0, $4, $4, 'x', $4)")
                    .bind(town.id).bind(Uuid::from_u128(id)).bind(channel).bind(now).execute(c).await.map(|_| ())).unwrap();
                w.commit().await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    (AT_ONCE * BOOKINGS) as f64 / began.elapsed().as_secs_f64()
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
        let channel = place
            .instance
            .part::<thuisloket::push::channels::Channels>()
            .all()
            .find(|c| matches!(c.kind, Kind::Fcm(_)))
            .unwrap()
            .id;
        let mut tokens = Vec::new();
        for n in 0..PHONES + AT_ONCE * BOOKINGS * ROUNDS {
            let who = citizen(&town, n);
            if n < PHONES {
                common::session(&mut w, town.id, who.session, who.actor.0, now).await;
                let keys = &place.instance.part::<thuisloket::identity::Identity>().keys;
                let life = Duration::hours(2);
                tokens.push(keys.sign((town.id.0, who.actor.0.0), (who.session.0, Level::High), now, life).unwrap());
            }
            with_conn!(w, c => sqlx::query("insert into account (municipality_id, resident_id, language, first_signed_in_at, greeted_at) values ($1, $2, 'nl', $3, $3)")
                .bind(town.id).bind(who.actor.0).bind(now).execute(c).await.map(|_| ())).unwrap();
            if n >= PHONES {
                common::session(&mut w, town.id, who.session, who.actor.0, now).await;
            }
            with_conn!(w, c => sqlx::query("insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target, locale, app_version, preview, state, registered_at, seen_at) values ($1, $2, $2, $3, $2, $4, 'android', 'fcm_token', $5, 'nl', '1', 'neutral', 'active', $6, $6)")
                .bind(town.id).bind(who.session).bind(who.actor.0).bind(channel).bind(n.to_string()).bind(now).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
        let free = |from: i64| {
            let from = now.date_naive() + Duration::days(from);
            let (from, until) = (Some(from), Some(from + Duration::days(13)));
            let wanted = Search { service: common::SERVICE, location: None, from, until, persons: 1 };
            let town = town.clone();
            async move {
                let found = search::search(app, &town, wanted, &search::Whom::default()).await.map_err(|_| ()).unwrap();
                found.starts.into_iter().map(|s| s.starts_at).collect::<Vec<_>>()
            }
        };
        let wanted = free(1).await[..SLOTS / DESKS as usize].to_vec();
        let stop = CancellationToken::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let (h, s) = (place.instance.clone(), stop.clone());
        tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let road = Arc::new(Semaphore::new(UNDER_WAY));
        let began = Instant::now();
        let mut refused = 0;
        for first in [true, false] {
            let mut tasks = Vec::new();
            for (n, token) in tokens.iter().cloned().enumerate() {
                let (http, server, road) = (http.clone(), server.clone(), road.clone());
                // Forty in a row are after the four desks of one start.
                let at = wanted[n * wanted.len() / tokens.len()];
                tasks.push(tokio::spawn(async move {
                    let _turn = road.acquire().await.unwrap();
                    phone(&http, &server, &token, n, at, first).await
                }));
            }
            for task in tasks {
                refused += usize::from(!task.await.unwrap());
            }
            // What is held and not confirmed lapses, and whoever comes next may have it.
            app.clock.advance(Duration::minutes(app.config.appointments.hold_minutes));
        }
        let contested = began.elapsed().as_secs_f64();
        stop.cancel();
        place.instance.drain().await.unwrap();
        let booked = figure(&place, "select count(*) from appointment where state = 'booked'").await;
        let held = figure(&place, "select count(*) from appointment where state = 'held'").await;
        let overlaps = figure(&place, "select count(*) from appointment a join appointment b on a.municipality_id = b.municipality_id and a.desk_id = b.desk_id and a.id < b.id where a.state in ('held', 'booked') and b.state in ('held', 'booked') and a.starts_at < b.claimed_until and b.starts_at < a.claimed_until").await;
        let ticks = figure(&place, "select count(*) from desk_tick").await;
        let slots = i64::try_from(SLOTS).unwrap();
        assert_eq!((booked, held, overlaps, ticks), (slots, 0, 0, slots * 4));
        // As the database would by itself, of what stays for longer than a bench.
        app.db.filled(&["appointment", "desk_tick"]).await;
        // Side by side: the figures are those of the median pair.
        let mut pairs = Vec::new();
        for round in 0..ROUNDS {
            let starts = free(40 + 14 * round as i64).await;
            let mine = ours(&place, &town, round, &starts).await;
            pairs.push((mine, bare(&place, &town, round, &starts).await));
        }
        pairs.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
        let (mine, plain) = pairs[pairs.len() / 2];
        println!(
            "{}",
            json!({
                "bench": "booking", "database": name, "ratio": (mine / plain * 1000.0).round() / 1000.0,
                "bookings_per_second": mine.round(), "bare_transactions_per_second": plain.round(),
                "phones": PHONES as u64, "booked": booked, "refused": refused, "overlaps": overlaps, "held": held,
                "contested_seconds": (contested * 100.0).round() / 100.0, "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
