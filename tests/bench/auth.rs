//! "My inbox" with a token that this process sees for the first time, made by another process that shares the signing
//! keys, against the same read with a token that is trusted already, in the same run. Its session is one that this
//! process has met before, as a phone's is from its second token on; beside it stands what it costs to meet a session.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use chrono::{DateTime, Utc};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use serde_json::json;
use thuisloket::{
    identity::{SessionId, keys::Keys},
    platform::{access::Level, ids::ResidentId},
    with_conn,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CONNECTIONS: usize = 16;
/// Sessions that this process has met, and requests in a round.
const SESSIONS: usize = 4_500;
/// Citizens, each with nine sessions and forty messages.
const CITIZENS: usize = 1_000;
/// Pairs of loads, side by side; the median of their ratios is told.
const ROUNDS: usize = 9;

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
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
        let citizen = |n: usize| ResidentId(Uuid::from_u128(1 + (n % CITIZENS) as u128));
        let now = app.clock.now();
        let mut w = app.db.write().await.unwrap();
        // As another process would, which this one knows nothing of: its own knows the tokens it made.
        let folder = place.folder.path().join("keys").join("signing");
        let issuer = app.config.server.public_url.as_str().trim_end_matches('/');
        let elsewhere = Keys::open(&folder, issuer, chrono::Duration::minutes(10), &[], Some(now)).unwrap();
        let life = chrono::Duration::hours(2);
        let token_of = |n: usize, at: DateTime<Utc>| {
            let (session, resident) = (Uuid::from_u128(n as u128), citizen(n));
            format!("Bearer {}", elsewhere.sign((town.0, resident.0), (session, Level::High), at, life).unwrap())
        };
        let (mut met, mut tokens, mut unmet) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..2 * SESSIONS {
            common::session(&mut w, town, SessionId(Uuid::from_u128(n as u128)), citizen(n), now).await;
            if n < SESSIONS {
                met.push(token_of(n, now));
            } else {
                unmet.push(token_of(n, now));
            }
        }
        for round in 1..=ROUNDS {
            let before = now - chrono::Duration::seconds(i64::try_from(round).unwrap());
            tokens.extend((0..SESSIONS).map(|n| token_of(n, before)));
        }
        for n in 0..40 * CITIZENS {
            let at = now - chrono::Duration::minutes(i64::try_from(n).unwrap());
            let resident = citizen(n);
            with_conn!(w, c => sqlx::query("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) values ($1, $2, $3, 'document_reminder', $4, 'Identiteitskaart vervalt op 1 juni 2027', $5, '/documents', $6)")
                .bind(town).bind(Uuid::from_u128(n as u128)).bind(resident).bind(n.to_string()).bind("Maak een afspraak bij Burgerzaken. ".repeat(8)).bind(at).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
        app.db.filled(&["resident", "session", "refresh_token", "message"]).await;
        let stop = CancellationToken::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = listener.local_addr().unwrap();
        let (h, s) = (place.instance.clone(), stop.clone());
        tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
        // The same sessions, so the same inboxes: what differs is whether the token was seen before.
        load(served, &met).await;
        load(served, &met).await;
        let mut rounds = Vec::new();
        for (unseen, unmet) in tokens.chunks(SESSIONS).zip(unmet.chunks(SESSIONS / ROUNDS)) {
            let first = load(served, unseen).await;
            let again = load(served, &met).await;
            rounds.push((first / again, first, again, load(served, unmet).await));
        }
        rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (ratio, first, again, strange) = rounds[ROUNDS / 2];
        stop.cancel();
        let round = |x: f64| (x * 10_000.0).round() / 10_000.0;
        println!(
            "{}",
            json!({
                "bench": "auth", "database": name, "ratio": (ratio * 1000.0).round() / 1000.0,
                "first_seen_milliseconds": round(first), "trusted_milliseconds": round(again),
                "session_never_met_milliseconds": round(strange),
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
