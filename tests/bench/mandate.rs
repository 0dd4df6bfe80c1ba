//! Time of "my inbox" for somebody else, by a mandate, to that of one's own.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Empty};
use hyper_util::rt::TokioIo;
use serde_json::json;
use thuisloket::{
    identity::SessionId,
    platform::{access::Level, ids::ResidentId},
    with_conn,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CONNECTIONS: usize = 16;
const SECONDS: u64 = 4;
const ROUNDS: usize = 3;

/// Requests a second for "my inbox", or for somebody else's.
async fn load(address: std::net::SocketAddr, token: &str, whom: Option<Uuid>) -> f64 {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let token = format!("Bearer {token}");
        tasks.push(tokio::spawn(async move {
            let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
            tcp.set_nodelay(true).unwrap();
            let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await.unwrap();
            tokio::spawn(connection);
            let mut answered = 0usize;
            while Instant::now() < until {
                let mut request = http::Request::get("/v1/inbox").header("host", "x").header("authorization", &token);
                if let Some(whom) = whom {
                    request = request.header("acting-for", whom.to_string());
                }
                let request = request.body(Empty::<bytes::Bytes>::new()).unwrap();
                let answer = sender.send_request(request).await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.into_body().collect().await.unwrap();
                answered += 1;
            }
            answered
        }));
    }
    let mut all = 0;
    for task in tasks {
        all += task.await.unwrap();
    }
    all as f64 / SECONDS as f64
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
        let [holder, grantor] = [1u128, 2].map(|n| ResidentId(Uuid::from_u128(n)));
        let session = SessionId(Uuid::from_u128(2));
        let now = app.clock.now();
        let mut w = app.db.write().await.unwrap();
        common::session(&mut w, town, session, holder, now).await;
        for n in 0..200u128 {
            // Forty messages of each of five citizens.
            let whose = ResidentId(Uuid::from_u128(1 + n % 5));
            let at = now - chrono::Duration::minutes(i64::try_from(n).unwrap());
            with_conn!(w, c => sqlx::query("insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at) values ($1, $2, $3, 'document_reminder', $4, 'Identiteitskaart vervalt op 1 juni 2027', $5, '/documents', $6)")
                .bind(town).bind(Uuid::from_u128(n)).bind(whose).bind(n.to_string()).bind("Maak een afspraak bij Burgerzaken. ".repeat(8)).bind(at).execute(c).await.map(|_| ())).unwrap();
        }
        // Whoever the session stands for may be in the register already.
        for one in [holder, grantor] {
            with_conn!(w, c => sqlx::query("insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, language, street, house_number, box, postcode, town, household, state, fingerprint, updated_at) values ($1, $2, $3, 1, 'Zonnebloem', 'Iemand', 'nl', '', '', '', '9800', 'Deinze', '', 'active', '', $4) on conflict (municipality_id, id) do nothing")
                .bind(town).bind(one).bind(one.to_string()).bind(now).execute(c).await.map(|_| ())).unwrap();
        }
        let first = now.date_naive() - chrono::Days::new(10);
        with_conn!(w, c => sqlx::query("insert into mandate (municipality_id, id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, asked_at) values ($1, $2, $3, $4, 'given', 'represent', 'see,be_told,book', 'documents,visits,messages', $5, $6, 'active', $7)")
            .bind(town).bind(Uuid::from_u128(3)).bind(grantor).bind(holder).bind(first).bind(first + chrono::Days::new(400)).bind(now)
            .execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let token = place
            .instance
            .part::<thuisloket::identity::Identity>()
            .keys
            .sign((town.0, holder.0), (session.0, Level::High), now, chrono::Duration::hours(2))
            .unwrap();
        let stop = CancellationToken::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = listener.local_addr().unwrap();
        let (h, s) = (place.instance.clone(), stop.clone());
        tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
        let (mut own, mut others) = (0.0f64, 0.0f64);
        // Side by side, the best of each.
        for _ in 0..ROUNDS {
            own = own.max(load(served, &token, None).await);
            others = others.max(load(served, &token, Some(grantor.0)).await);
        }
        stop.cancel();
        println!(
            "{}",
            json!({
                "bench": "mandate", "database": name, "ratio": (own / others * 1000.0).round() / 1000.0,
                "own_requests_per_second": own.round(), "others_requests_per_second": others.round(),
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
