//! 50,000 outbox rows to 50,000 devices, half APNs, half FCM, from queued to settled, against a bare HTTP/2 client
//! sending the same requests to the same stand-ins in the same run.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;
#[path = "../shared/outbox.rs"]
mod outbox;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use serde_json::json;
use thuisloket::{
    platform::time::Clock,
    push::{Outgoing, channels::Kind, fcm},
    with_conn,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const ROWS: u32 = 50_000;
const FEW: u32 = 5_000;
const IN_FLIGHT: usize = 500;
const ROUNDS: usize = 5;

/// Queues `rows` anew.
async fn fill(place: &common::Place, rows: u32) {
    let instance = &place.instance;
    let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    for table in ["delete from push_delivery", "delete from device", "delete from session"] {
        let mut w = instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query(table).execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
    }
    let mut w = instance.app.db.write().await.unwrap();
    outbox::fill_outbox(&mut w, town, rows, instance.app.clock.now()).await;
    w.commit().await.unwrap();
    if let thuisloket::platform::db::Engine::Postgres = instance.app.db.engine() {
        instance.app.db.filled(&["resident", "session", "device", "push_delivery"]).await;
    }
}

/// Waits until all are settled, and makes sure that each was delivered.
async fn settled(place: &common::Place, rows: u32, sent_before: u64) -> Instant {
    let instance = &place.instance;
    loop {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if place.stubs.apns.count() + place.stubs.fcm.count() - sent_before >= u64::from(rows) {
            let mut r = instance.app.db.read().await.unwrap();
            let left: i64 = with_conn!(r, c => sqlx::query_scalar("select count(*) from push_delivery where state <> 'settled'").fetch_one(c).await).unwrap();
            if left == 0 {
                break;
            }
        }
    }
    let now = Instant::now();
    let mut r = instance.app.db.read().await.unwrap();
    let sql = "select count(*) from push_delivery where outcome = 'delivered'";
    let delivered: i64 = with_conn!(r, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    assert_eq!(delivered, i64::from(rows));
    now
}

async fn ours(place: &common::Place) -> Duration {
    fill(place, ROWS).await;
    let before = place.stubs.apns.count() + place.stubs.fcm.count();
    let stop = CancellationToken::new();
    let began = Instant::now();
    let (h, s) = (place.instance.clone(), stop.clone());
    let working = tokio::spawn(async move { h.work(s).await });
    let took = settled(place, ROWS, before).await - began;
    stop.cancel();
    working.await.unwrap();
    took
}

fn worker(place: &common::Place) -> std::process::Child {
    // Two on one machine: each watches over a port of its own.
    let config = place.folder.path().join("worker.toml");
    let text = std::fs::read_to_string(&place.config).unwrap();
    std::fs::write(&config, format!("{text}\n[server]\nmonitor_listen = \"127.0.0.1:0\"\n")).unwrap();
    std::process::Command::new(env!("CARGO_BIN_EXE_thuisloket"))
        .args(["--config", config.to_str().unwrap(), "serve", "--only", "workers"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

fn end(mut worker: std::process::Child, signal: &str) {
    std::process::Command::new("kill").args([signal, &worker.id().to_string()]).status().unwrap();
    worker.wait().unwrap();
}

/// The peak memory of the program itself while it sends so many: a process of its own, without the stand-ins.
async fn memory(place: &common::Place, rows: u32) -> f64 {
    fill(place, rows).await;
    let before = place.stubs.apns.count() + place.stubs.fcm.count();
    let worker = worker(place);
    settled(place, rows, before).await;
    let peak = common::peak_mib_of(&worker.id().to_string());
    end(worker, "-TERM");
    peak
}

/// Two worker processes; the one that sends is killed without a word in the middle. Each row is delivered all the same;
/// returns how many were sent twice.
async fn killed(place: &common::Place) -> u64 {
    fill(place, ROWS).await;
    let sent = || place.stubs.apns.count() + place.stubs.fcm.count();
    let before = sent();
    let (mut one, mut two) = (Some(worker(place)), None);
    loop {
        tokio::time::sleep(Duration::from_millis(5)).await;
        if two.is_none() && sent() - before > 1_000 {
            two = Some(worker(place));
        }
        if sent() - before > 10_000 {
            end(one.take().unwrap(), "-KILL");
            break;
        }
    }
    let two = two.unwrap_or_else(|| worker(place));
    settled(place, ROWS, before).await;
    end(two, "-TERM");
    sent() - before - u64::from(ROWS)
}

type Sender = hyper::client::conn::http2::SendRequest<Full<Bytes>>;

async fn connect(address: std::net::SocketAddr, ca: &str) -> Sender {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
    tcp.set_nodelay(true).unwrap();
    let tls = tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(ServerName::try_from("127.0.0.1").unwrap(), tcp)
        .await
        .unwrap();
    let (sender, connection) =
        hyper::client::conn::http2::Builder::new(TokioExecutor::new()).handshake(TokioIo::new(tls)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn stream_all(sender: Sender, requests: impl Iterator<Item = http::Request<Bytes>>) {
    stream::iter(requests)
        .map(|request| {
            let mut sender = sender.clone();
            async move {
                let (parts, body) = request.into_parts();
                let answer = sender.send_request(http::Request::from_parts(parts, Full::new(body))).await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.into_body().collect().await.unwrap();
            }
        })
        .buffer_unordered(IN_FLIGHT)
        .collect::<()>()
        .await;
}

async fn bare(place: &common::Place) -> Duration {
    let now = place.instance.app.clock.now();
    let (mut apple, mut google) = (None, None);
    for channel in place.instance.part::<thuisloket::push::channels::Channels>().all() {
        match &channel.kind {
            Kind::Apns(_) if channel.name.ends_with("production") => apple = Some(channel.clone()),
            Kind::Fcm(_) => google = Some(channel.clone()),
            Kind::Apns(_) => {}
        }
    }
    let (apple, google) = (apple.unwrap(), google.unwrap());
    let (Kind::Apns(a), Kind::Fcm(g)) = (&apple.kind, &google.kind) else { unreachable!() };
    let token = g.token(now).await.unwrap();
    let push = |target: &str, message: Uuid, build: &dyn Fn(&thuisloket::push::Push<'_>) -> http::Request<Bytes>| {
        build(&thuisloket::push::Push {
            target,
            apns_id: message,
            message,
            purpose: "show",
            category: "documents",
            text: "Je hebt een nieuw bericht van je gemeente.",
            title: None,
            unread: 1,
            full_preview: false,
            expires_at: now + chrono::Duration::days(3),
        })
    };
    let to_apple = (0..ROWS / 2).map(|n| {
        push(&format!("{n:064x}"), Uuid::from_u128(u128::from(n) + 1), &|p| {
            a.request(&Outgoing::Message(p), now).unwrap()
        })
    });
    let to_google = (0..ROWS / 2).map(|n| {
        push(&format!("fid{n:019}"), Uuid::from_u128(u128::from(n) + 1), &|p: &thuisloket::push::Push<'_>| {
            let client: &fcm::FcmClient = g;
            client.request(&Outgoing::Message(p), "fcm_fid", &token, now).unwrap()
        })
    });
    let one = connect(place.stubs.apns.address, &place.stubs.apns.ca_pem).await;
    let two = connect(place.stubs.fcm.address, &place.stubs.fcm.ca_pem).await;
    let began = Instant::now();
    tokio::join!(stream_all(one, to_apple), stream_all(two, to_google));
    began.elapsed()
}

#[tokio::main]
async fn main() {
    let postgres = common::Postgres::start();
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let place = common::place_at(url.as_deref(), Clock::system()).await;
        place.stubs.apns.only_count();
        place.stubs.fcm.only_count();
        let (few, many) = (memory(&place, FEW).await, memory(&place, ROWS).await);
        // Side by side, for the machine has other things to do as well: the figures are those of the median pair.
        let mut pairs = Vec::new();
        for _ in 0..ROUNDS {
            let rate = |took: Duration| (f64::from(ROWS) / took.as_secs_f64()).round();
            pairs.push((rate(ours(&place).await), rate(bare(&place).await)));
        }
        pairs.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
        let (settled, sent) = pairs[ROUNDS / 2];
        let twice = killed(&place).await;
        println!(
            "{}",
            json!({
                "sent_twice_when_killed": twice,
                "bench": "push", "database": name, "ratio": (settled / sent * 1000.0).round() / 1000.0,
                "settled_per_second": settled, "bare_sent_per_second": sent,
                "peak_rss_mib": many, "peak_rss_mib_at_5000": few,
            })
        );
    }
}
