//! Requests a second and p99 of "my inbox" with sign-in checked, against a bare poem handler that runs the same SELECT.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use poem::{
    EndpointExt as _, Route, Server, get, handler,
    listener::TcpAcceptor,
    web::{Data, Json},
};
use serde_json::json;
use thuisloket::{
    identity::SessionId,
    platform::{App, access::Level, ids::ResidentId},
    with_conn,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CONNECTIONS: usize = 16;
const SECONDS: u64 = 4;
const ROUNDS: usize = 3;

#[derive(Clone, Copy)]
struct Who {
    town: Uuid,
    resident: Uuid,
}

#[derive(sqlx::FromRow, serde::Serialize)]
struct Row {
    id: Uuid,
    kind: String,
    title: String,
    body: String,
    deep_link: String,
    action_label: Option<String>,
    action_link: Option<String>,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
}

#[handler]
async fn bare(app: Data<&App>, who: Data<&Who>) -> Json<Vec<Row>> {
    let sql = "
        select id, kind, title, body, deep_link, action_label, action_link, created_at, read_at, archived_at
        from message
        where municipality_id = $1 and resident_id = $2 and archived_at is null
            and (created_at, id) < ($3, $4)
        order by created_at desc, id desc limit $5";
    let end = DateTime::<Utc>::from_timestamp(253_402_300_799, 0).unwrap();
    let mut r = app.db.read().await.unwrap();
    Json(with_conn!(r, c => sqlx::query_as(sql).bind(who.town).bind(who.resident).bind(end).bind(Uuid::max()).bind(21i64).fetch_all(c).await).unwrap())
}

async fn load(address: std::net::SocketAddr, path: &'static str, token: &str) -> (f64, f64) {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let token = format!("Bearer {token}");
        tasks.push(tokio::spawn(async move {
            let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
            tcp.set_nodelay(true).unwrap();
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await.unwrap();
            tokio::spawn(connection);
            let mut took = Vec::new();
            while Instant::now() < until {
                let request = http::Request::get(path)
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
    (all.len() as f64 / SECONDS as f64, all[all.len() * 99 / 100])
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
        let (resident, session) = (ResidentId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let now = app.clock.now();
        let mut w = app.db.write().await.unwrap();
        common::session(&mut w, town, session, resident, now).await;
        for n in 0..200u128 {
            // Forty messages of this citizen among those of four others.
            let whose = ResidentId(Uuid::from_u128(1 + n % 5));
            let at = now - chrono::Duration::minutes(i64::try_from(n).unwrap());
            with_conn!(w, c => sqlx::query("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) values ($1, $2, $3, 'document_reminder', $4, 'Identiteitskaart vervalt op 1 juni 2027', $5, '/documents', $6)")
                .bind(town).bind(Uuid::from_u128(n)).bind(whose).bind(n.to_string()).bind("Maak een afspraak bij Burgerzaken. ".repeat(8)).bind(at).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
        let token = place
            .instance
            .part::<thuisloket::identity::Identity>()
            .keys
            .sign((town.0, resident.0), (session.0, Level::High), now, chrono::Duration::hours(2))
            .unwrap();
        let stop = CancellationToken::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = listener.local_addr().unwrap();
        let (h, s) = (place.instance.clone(), stop.clone());
        tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let plain = listener.local_addr().unwrap();
        let route =
            Route::new().at("/bare", get(bare)).data(app.clone()).data(Who { town: town.0, resident: resident.0 });
        tokio::spawn(
            async move { Server::new_with_acceptor(TcpAcceptor::from_tokio(listener).unwrap()).run(route).await },
        );
        let (mut ours, mut theirs) = ((0.0f64, f64::MAX), (0.0f64, f64::MAX));
        // Side by side, the best of each.
        for _ in 0..ROUNDS {
            let a = load(served, "/v1/inbox", &token).await;
            let b = load(plain, "/bare", &token).await;
            ours = (ours.0.max(a.0), ours.1.min(a.1));
            theirs = (theirs.0.max(b.0), theirs.1.min(b.1));
        }
        stop.cancel();
        let round = |x: f64| (x * 100.0).round() / 100.0;
        println!(
            "{}",
            json!({
                "bench": "read", "database": name, "ratio": (ours.0 / theirs.0 * 1000.0).round() / 1000.0,
                "inbox_requests_per_second": ours.0.round(), "bare_requests_per_second": theirs.0.round(),
                "inbox_p99_milliseconds": round(ours.1), "bare_p99_milliseconds": round(theirs.1),
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
