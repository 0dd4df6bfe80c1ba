//! p99 of "my inbox" while an announcement goes out to 1,000,000 citizens, against the same when nothing goes out.
//!
//! Each citizen has a message from before, as in a town that uses it for a while: of a table that was empty a minute ago PostgreSQL
//! believes that it still is, and reads all of it, until it is analysed.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "announced.rs"]
mod announced;
#[path = "common.rs"]
mod common;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use announced::{approved, fill, id, run};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use serde_json::json;
use thuisloket::{
    announcements,
    platform::{Progress, access::Level},
    with_conn,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const PEOPLE: u32 = 1_000_000;
/// Phones that ask, and how often each: a town in which four hundred open their app each second.
const PHONES: u32 = 8;
const EVERY: Duration = Duration::from_millis(20);
const BEFORE: &str = "
    insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at)
    select municipality_id, id, id, 'document_reminder', 'before', 'Identiteitskaart vervalt op 1 juni 2027',
        'Maak een afspraak bij Burgerzaken.', '/documents', updated_at
    from resident";
const IDLE: Duration = Duration::from_secs(10);

/// How long each asking took, in milliseconds, until it is over.
async fn ask(address: std::net::SocketAddr, tokens: &[String], over: Arc<AtomicBool>) -> Vec<f64> {
    let mut tasks = Vec::new();
    for token in tokens {
        let (token, over) = (format!("Bearer {token}"), over.clone());
        tasks.push(tokio::spawn(async move {
            let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
            tcp.set_nodelay(true).unwrap();
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await.unwrap();
            tokio::spawn(connection);
            let (mut took, mut tick) = (Vec::new(), tokio::time::interval(EVERY));
            while !over.load(Ordering::Relaxed) {
                tick.tick().await;
                let request = http::Request::get("/v1/inbox")
                    .header("host", "x")
                    .header("authorization", &token)
                    .body(Empty::<bytes::Bytes>::new())
                    .unwrap();
                let began = Instant::now();
                let answer = sender.send_request(request).await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.into_body().collect().await.unwrap();
                took.push(began.elapsed().as_secs_f64() * 1_000.0);
            }
            took
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all.sort_by(f64::total_cmp);
    all
}

fn p99(all: &[f64]) -> f64 {
    all[all.len() * 99 / 100]
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let instance = place.instance.clone();
        fill(&place, 0, PEOPLE).await;
        run(&place, BEFORE).await;
        place.instance.app.db.filled(&["resident", "account", "session", "device"]).await;
        let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
        let (now, life) = (instance.app.clock.now(), chrono::Duration::days(1));
        let tokens: Vec<String> = (0..PHONES)
            .map(|n| {
                instance
                    .part::<thuisloket::identity::Identity>()
                    .keys
                    .sign((town.0, id(2, n)), (id(1, n), Level::High), now, life)
                    .unwrap()
            })
            .collect();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let (serving, stopped) = (instance.clone(), stop.clone());
        tokio::spawn(async move { serving.serve(listener, stopped).await });

        // The first time each is asked something is read that is not read again.
        for seconds in [Duration::from_secs(1), IDLE] {
            let over = Arc::new(AtomicBool::new(false));
            let asking = tokio::spawn({
                let (tokens, over) = (tokens.clone(), over.clone());
                async move { ask(address, &tokens, over).await }
            });
            tokio::time::sleep(seconds).await;
            over.store(true, Ordering::Relaxed);
            let idle = asking.await.unwrap();
            if seconds != IDLE {
                continue;
            }
            approved(&place).await;
            let over = Arc::new(AtomicBool::new(false));
            let asking = tokio::spawn({
                let (tokens, over) = (tokens.clone(), over.clone());
                async move { ask(address, &tokens, over).await }
            });
            let began = Instant::now();
            let worker = tokio::spawn({
                let instance = instance.clone();
                async move { while announcements::work::step(&instance.app).await.unwrap() != Progress::Idle {} }
            });
            worker.await.unwrap();
            let seconds = began.elapsed().as_secs_f64();
            over.store(true, Ordering::Relaxed);
            let busy = asking.await.unwrap();
            let mut r = instance.app.db.read().await.unwrap();
            let queued: i64 =
                with_conn!(r, c => sqlx::query_scalar("select count(*) from push_delivery").fetch_one(c).await)
                    .unwrap();
            assert_eq!(queued, i64::from(PEOPLE));
            println!(
                "{}",
                json!({
                    "bench": "quiet", "database": name, "ratio": round(p99(&busy) / p99(&idle)),
                    "p99_ms": round(p99(&busy)), "idle_p99_ms": round(p99(&idle)), "p50_ms": round(busy[busy.len() / 2]),
                    "idle_p50_ms": round(idle[idle.len() / 2]), "asked": busy.len(), "fan_out_seconds": round(seconds),
                })
            );
        }
        stop.cancel();
    }
}
