//! "My inbox" with a token that this process sees for the first time, each of another session, against the same read with
//! a token that is trusted already, in the same run.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use serde_json::json;
use thuisloket::{
    identity::SessionId,
    on,
    platform::{access::Level, ids::ResidentId},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CONNECTIONS: usize = 16;
const REQUESTS: usize = 8_000;
/// Citizens, each with two dozen sessions and forty messages.
const CITIZENS: usize = 1_000;
const ROUNDS: usize = 3;

/// Milliseconds a request, all connections busy.
async fn load(address: std::net::SocketAddr, tokens: &[String]) -> f64 {
    let began = Instant::now();
    let mut tasks = Vec::new();
    for mine in tokens.chunks(tokens.len().div_ceil(CONNECTIONS)) {
        let mine = mine.to_vec();
        tasks.push(tokio::spawn(async move {
            let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
            tcp.set_nodelay(true).unwrap();
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await.unwrap();
            tokio::spawn(connection);
            for token in mine {
                let request = http::Request::get("/v1/inbox")
                    .header("host", "x")
                    .header("authorization", token)
                    .body(Empty::<bytes::Bytes>::new())
                    .unwrap();
                let answer = sender.send_request(request).await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.into_body().collect().await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    began.elapsed().as_secs_f64() * 1_000.0 / tokens.len() as f64
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.house.app;
        let town = place.house.towns.by_key("deinze").map_err(|_| ()).unwrap().id;
        let citizen = |n: usize| ResidentId(Uuid::from_u128(1 + (n % CITIZENS) as u128));
        let now = app.clock.now();
        let mut w = app.db.write().await.unwrap();
        let mut tokens = Vec::new();
        for n in 0..REQUESTS * ROUNDS + 1 {
            let (session, resident) = (SessionId(Uuid::from_u128(n as u128)), citizen(n));
            common::session(&mut w, town, session, resident, now).await;
            let life = chrono::Duration::hours(2);
            let token = place.house.identity.keys.sign(town.0, resident.0, session.0, Level::High, now, life).unwrap();
            tokens.push(format!("Bearer {token}"));
        }
        for n in 0..40 * CITIZENS {
            let at = now - chrono::Duration::minutes(i64::try_from(n).unwrap());
            let resident = citizen(n);
            on!(w, c => sqlx::query("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) values ($1, $2, $3, 'document_reminder', $4, 'Identiteitskaart vervalt op 1 juni 2027', $5, '/documents', $6)")
                .bind(town).bind(Uuid::from_u128(n as u128)).bind(resident).bind(n.to_string()).bind("Maak een afspraak bij Burgerzaken. ".repeat(8)).bind(at).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
        let mut w = app.db.write().await.unwrap();
        on!(w, c => sqlx::query("analyze").execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let stop = CancellationToken::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = listener.local_addr().unwrap();
        let (h, s) = (place.house.clone(), stop.clone());
        tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
        let trusted = vec![tokens.pop().unwrap(); REQUESTS];
        load(served, &trusted).await;
        let (mut first, mut again) = (f64::MAX, f64::MAX);
        // Side by side, the best of each.
        for unseen in tokens.chunks(REQUESTS) {
            first = first.min(load(served, unseen).await);
            again = again.min(load(served, &trusted).await);
        }
        stop.cancel();
        let round = |x: f64| (x * 10_000.0).round() / 10_000.0;
        println!(
            "{}",
            json!({
                "bench": "auth", "database": name, "ratio": (first / again * 1000.0).round() / 1000.0,
                "first_seen_milliseconds": round(first), "trusted_milliseconds": round(again),
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
