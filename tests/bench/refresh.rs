//! Refreshing sessions, many at once, against a bare transaction with the same statements in the same run.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;

use std::time::Instant;

use serde_json::json;
use thuisloket::{
    identity::SessionId,
    platform::ids::{ResidentId, hashed},
    with_conn,
};
use uuid::Uuid;

const AT_ONCE: usize = 8;
const ROTATIONS: usize = 300;
const ROUNDS: usize = 5;

async fn ours(place: &common::Place, tokens: Vec<String>) -> Vec<String> {
    let mut tasks = Vec::new();
    for mut token in tokens {
        let identity = place.instance.part::<thuisloket::identity::Identity>().clone();
        tasks.push(tokio::spawn(async move {
            for _ in 0..ROTATIONS {
                token = identity
                    .refresh(&token, &thuisloket::platform::idempotency::Idempotency::NONE)
                    .await
                    .map_err(|_| ())
                    .unwrap()
                    .refresh;
            }
            token
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

async fn bare(place: &common::Place, tokens: Vec<String>) -> Vec<String> {
    let mut tasks = Vec::new();
    for mut token in tokens {
        let app = place.instance.app.clone();
        tasks.push(tokio::spawn(async move {
            for _ in 0..ROTATIONS {
                let now = app.clock.now();
                let (old, new) = (hashed(&token), app.ids.secret());
                let mut w = app.db.write().await.unwrap();
                let (town, session): (Uuid, Uuid) = with_conn!(w, c => sqlx::query_as(
                    "select t.municipality_id, t.session_id from refresh_token t
                     join session s on s.municipality_id = t.municipality_id and s.id = t.session_id where t.token_hash = $1")
                    .bind(&old).fetch_one(c).await).unwrap();
                with_conn!(w, c => sqlx::query("update refresh_token set spent_at = $2 where token_hash = $1 and spent_at is null")
                    .bind(&old).bind(now).execute(c).await.map(|_| ())).unwrap();
                with_conn!(w, c => sqlx::query("update session set last_used_at = $3, expires_at = $4 where municipality_id = $1 and id = $2")
                    .bind(town).bind(session).bind(now).bind(now + chrono::Duration::days(90)).execute(c).await.map(|_| ())).unwrap();
                with_conn!(w, c => sqlx::query("insert into refresh_token (token_hash, municipality_id, session_id, created_at) values ($1, $2, $3, $4)")
                    .bind(hashed(&new)).bind(town).bind(session).bind(now).execute(c).await.map(|_| ())).unwrap();
                w.commit().await.unwrap();
                token = new;
            }
            token
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    all
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place(url.as_deref()).await;
        let app = &place.instance.app;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
        let now = app.clock.now();
        let mut tokens = Vec::new();
        let mut w = app.db.write().await.unwrap();
        for n in 0..AT_ONCE {
            let (session, resident) = (SessionId(Uuid::from_u128(n as u128)), ResidentId(Uuid::from_u128(n as u128)));
            let token = app.ids.secret();
            common::session(&mut w, town, session, resident, now).await;
            with_conn!(w, c => sqlx::query("insert into refresh_token (token_hash, municipality_id, session_id, created_at) values ($1, $2, $3, $4)")
                .bind(hashed(&token)).bind(town).bind(session).bind(now).execute(c).await.map(|_| ())).unwrap();
            tokens.push(token);
        }
        w.commit().await.unwrap();
        // Side by side: the figures are those of the median pair.
        let mut pairs = Vec::new();
        for _ in 0..ROUNDS {
            let rate = |began: Instant| ((AT_ONCE * ROTATIONS) as f64 / began.elapsed().as_secs_f64()).round();
            let began = Instant::now();
            tokens = ours(&place, tokens).await;
            let mine = rate(began);
            let began = Instant::now();
            tokens = bare(&place, tokens).await;
            pairs.push((mine, rate(began)));
        }
        pairs.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
        let (mine, plain) = pairs[ROUNDS / 2];
        println!(
            "{}",
            json!({
                "bench": "refresh", "database": name, "ratio": (mine / plain * 1000.0).round() / 1000.0,
                "rotations_per_second": mine, "bare_transactions_per_second": plain,
                "peak_rss_mib": common::peak_mib(),
            })
        );
    }
}
