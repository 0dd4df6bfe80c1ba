//! What the operations that people wait for cost in towns of 10,000, 100,000 and 1,000,000, over HTTP, on databases as the product
//! leaves them. `GROWTH=10000,100000` measures other sizes, `GROWTH_ON=sqlite` one database.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;
#[path = "town.rs"]
mod town;

use std::time::Instant;

use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use thuisloket::{
    identity::SessionId,
    platform::{access::Level, ids::ResidentId, time::Clock},
};
use thuisloket_mobile_contract::staff_client::StaffClient;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use town::{BEFORE, FILL, Place, id, written};

const CHUNK: u32 = 50_000;
const TRIES: usize = 21;
/// The first few open connections, and read what is read once.
const WARM: usize = 4;
/// Whom it is measured for.
const CITIZEN: u128 = 4_242;

/// Three announcements went to everybody this week: who heard enough is calculated at each preview. One of five has no app.
const LATELY: &str = "
    insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at)
    select {town}, {id 2 + n % 3}, {id (n / 3) + 1}, {id n + 5000000},
        case when (n / 3) % 5 = 0 then 'without_app' else 'phone' end, {now} from {numbers} s";
const ANNOUNCED: &str = "
    insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision, over_cap,
        valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at, written_at)
    select {town}, {id n + 1}, 1, 'sent', 'ordinary', 'works', '{\"nl\": {\"title\": \"x\", \"text\": \"x\"}}', '', '[[{\"kind\": \"everyone\"}]]', '', false, {now},
        {id 1}, 'x', 0, 0, 0, 0, {now}, {now}, {now} from {numbers} s";

enum Raw {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Raw {
    async fn run(&mut self, sql: String) {
        let sql = sqlx::AssertSqlSafe(sql);
        match self {
            Self::Sqlite(c) => c.execute(sql).await.map(|_| ()),
            Self::Postgres(c) => c.execute(sql).await.map(|_| ()),
        }
        .unwrap();
    }
}

struct Tried {
    name: &'static str,
    method: reqwest::Method,
    path: String,
    body: Option<Value>,
    staff: bool,
    /// Whom it names is more in a larger town.
    grows: bool,
}

fn tried(place: &Place) -> Vec<Tried> {
    let ask = |name, staff, method: &str, path: String, body| Tried {
        name,
        method: method.parse().unwrap(),
        path,
        body,
        staff,
        grows: false,
    };
    let (service, location) = (place.service, place.location);
    let preview = |name, group: Value| {
        let body = json!({ "audience": [[group]] });
        ask(name, true, "POST", "/staff/v1/audiences/preview".to_owned(), Some(body))
    };
    let get = |name, path: &str| ask(name, false, "GET", path.to_owned(), None);
    let see = |name, path: String| ask(name, true, "GET", path, None);
    let somebody = id(CITIZEN);
    let phone = json!({
        "platform": "ios", "environment": "production", "target_kind": "apns_token", "target": "ab".repeat(32), "locale": "nl", "app_version": "1",
        "preview": "neutral",
    });
    let number = json!({ "location_id": location, "service_id": service, "name": "Gust" });
    let mut all = vec![
        get("my inbox", "/v1/inbox"),
        get("unread", "/v1/inbox/unread-count"),
        get("my documents", "/v1/documents"),
        get("my visits", "/v1/appointments"),
        get("my announcements", "/v1/announcements"),
        get("who looked at me", "/v1/audit"),
        get("next free", &format!("/v1/services/{service}/next")),
        get(
            "free starts",
            &format!("/v1/services/{service}/starts?location_id={location}&from=2027-03-08&until=2027-03-14"),
        ),
        ask(
            "register a phone",
            false,
            "PUT",
            "/v1/devices/01935c3e-0000-7000-8000-0000000fffff".to_owned(),
            Some(phone),
        ),
        ask(
            "find by number",
            true,
            "POST",
            "/staff/v1/residents/search".to_owned(),
            Some(json!({ "national_number": "85050500120", "reason": "visit" })),
        ),
        ask(
            "find by name",
            true,
            "POST",
            "/staff/v1/residents/search".to_owned(),
            Some(json!({ "family_name": "F42", "birth_date": "1981-08-13", "reason": "visit" })),
        ),
        see("a resident", format!("/staff/v1/residents/{somebody}?reason=visit")),
        ask(
            "visits by name",
            true,
            "POST",
            "/staff/v1/appointments/search".to_owned(),
            Some(json!({ "name": "F42", "reason": "visit", "from": "2027-03-08" })),
        ),
        see("agenda", format!("/staff/v1/agenda?location_id={location}&day=2027-03-08")),
        see("audit", "/staff/v1/audit".to_owned()),
        see("audit of one", format!("/staff/v1/audit?resident_id={somebody}")),
        see("queue", format!("/staff/v1/queue?location_id={location}")),
        ask("give a number", true, "POST", "/staff/v1/tickets".to_owned(), Some(number)),
        see("announcements", "/staff/v1/announcements".to_owned()),
        see("not reached, a page", format!("/staff/v1/announcements/{}/unreached", id(2))),
        preview("preview: a street", json!({ "kind": "street", "street": "Straat 7", "side": "both" })),
        preview(
            "preview: a circle",
            json!({ "kind": "circle", "centre": { "latitude": 50.95, "longitude": 3.5005 }, "meters": 100 }),
        ),
    ];
    for mut more in [
        preview("preview: an age", json!({ "kind": "age", "from": 65, "until": 70 })),
        preview("preview: everyone", json!({ "kind": "everyone" })),
        see("figures of a month", "/staff/v1/figures?month=2027-02-01".to_owned()),
    ] {
        more.grows = true;
        all.push(more);
    }
    all
}

async fn measured(name: &str, url: Option<String>, people: u32) -> Vec<(&'static str, bool, f64)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let clock = Clock::running_from("2027-03-03T09:00:00Z".parse().unwrap());
    let place = common::place_with(url.as_deref(), clock, &format!("[server]\npublic_url = {server:?}")).await;
    let instance = place.instance.clone();
    let town = instance.towns().by_key("deinze").map_err(|_| ()).unwrap().id;
    let here = Place { town: town.0, service: common::SERVICE.0, location: common::LOCATION.0 };
    let now = instance.app.clock.now();
    let mut w = instance.app.db.write().await.unwrap();
    common::town_hall(&mut w, town, 4, 60, now).await;
    let (resident, session) = (ResidentId(id(CITIZEN)), SessionId(Uuid::from_u128(2)));
    common::session(&mut w, town, session, resident, now).await;
    w.commit().await.unwrap();
    let sqlite = url.is_none();
    let mut raw = match &url {
        None => {
            let path = format!("sqlite:{}", place.folder.path().join("bench.db").display());
            let mut c = sqlx::SqliteConnection::connect(&path).await.unwrap();
            c.execute("pragma synchronous = off; pragma foreign_keys = off").await.unwrap();
            Raw::Sqlite(c)
        }
        Some(url) => {
            let mut c = sqlx::PgConnection::connect(url).await.unwrap();
            c.execute("set synchronous_commit = off").await.unwrap();
            Raw::Postgres(c)
        }
    };
    let at =
        if sqlite { format!("'{}'", now.format("%Y-%m-%dT%H:%M:%S+00:00")) } else { format!("'{now}'::timestamptz") };
    let began = Instant::now();
    for sql in &BEFORE[1..] {
        raw.run(written(sql, &here, 1, 1, sqlite)).await;
    }
    raw.run(written(&ANNOUNCED.replace("{now}", &at), &here, 1, 3, sqlite)).await;
    let mut from = 1;
    while from <= people {
        let until = (from + CHUNK - 1).min(people);
        raw.run("begin".to_owned()).await;
        for sql in FILL {
            raw.run(written(sql, &here, from, until, sqlite)).await;
        }
        raw.run(written(&LATELY.replace("{now}", &at), &here, from * 3, until * 3, sqlite)).await;
        raw.run("commit".to_owned()).await;
        from = until + 1;
    }
    let filled: Vec<&str> = FILL.iter().map(|sql| sql.split_whitespace().nth(2).unwrap()).collect();
    // As an import and a fan-out leave it.
    instance.app.db.filled(&filled).await;
    eprintln!("{name}: {people} people in {:.0} s", began.elapsed().as_secs_f64());

    let stop = CancellationToken::new();
    let (h, s) = (instance.clone(), stop.clone());
    tokio::spawn(async move { h.serve(listener, s).await.unwrap() });
    let roles: Vec<String> = ["Loket", "Planner", "Register", "Toezicht", "Redactie", "Goedkeuring", "Beheer"]
        .map(|r| format!("{r}:0207509031"))
        .to_vec();
    let claims =
        json!({ "vo_doelgroepcode": "LB", "given_name": "Alma", "family_name": "Alles", "thuisloket_rol_3d": roles });
    place.stubs.staff.person("Alma Alles", claims);
    let staff = StaffClient::sign_in(&server, "Alma Alles").await.unwrap().token;
    let life = chrono::Duration::hours(9);
    let citizen = instance
        .part::<thuisloket::identity::Identity>()
        .keys
        .sign((town.0, resident.0), (session.0, Level::High), now, life)
        .unwrap();
    let http = reqwest::Client::new();
    let mut all = Vec::new();
    for one in tried(&here) {
        let mut took = Vec::new();
        for n in 0..TRIES + WARM {
            let mut request = http.request(one.method.clone(), format!("{server}{}", one.path));
            request = request.bearer_auth(if one.staff { &staff } else { &citizen });
            if let Some(body) = &one.body {
                request = request.json(body);
            }
            let began = Instant::now();
            let answer = request.send().await.unwrap();
            let (status, text) = (answer.status(), answer.text().await.unwrap());
            assert!(status.is_success(), "{}: {status} {text}", one.name);
            if n >= WARM {
                took.push(began.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        took.sort_by(f64::total_cmp);
        all.push((one.name, one.grows, took[TRIES / 2]));
    }
    stop.cancel();
    instance.app.db.close().await;
    all
}

#[tokio::main]
async fn main() {
    let sizes: Vec<u32> = std::env::var("GROWTH")
        .unwrap_or_else(|_| "10000,100000,1000000".to_owned())
        .split(',')
        .map(|n| n.parse().unwrap())
        .collect();
    let only = std::env::var("GROWTH_ON").ok();
    let round = |x: f64| (x * 100.0).round() / 100.0;
    let postgres = common::Postgres::start();
    for name in ["sqlite", "postgres"].into_iter().filter(|n| only.as_ref().is_none_or(|o| o == n)) {
        let mut columns = Vec::new();
        for people in &sizes {
            let url =
                (name == "postgres").then(|| format!("{}/town{people}", postgres.url().trim_end_matches("/postgres")));
            if name == "postgres" {
                let mut c = sqlx::PgConnection::connect(&postgres.url()).await.unwrap();
                c.execute(sqlx::AssertSqlSafe(format!("create database town{people}"))).await.unwrap();
            }
            columns.push(measured(name, url, *people).await);
        }
        let (mut worst, mut figures) = (0.0f64, serde_json::Map::new());
        for (i, (operation, grows, first)) in columns[0].iter().enumerate() {
            let p50: Vec<f64> = columns.iter().map(|c| round(c[i].2)).collect();
            let ratio = columns.last().unwrap()[i].2 / first;
            if !grows {
                worst = worst.max(ratio);
            }
            figures.insert((*operation).to_owned(), json!({ "p50_ms": p50, "ratio": round(ratio) }));
        }
        println!(
            "{}",
            json!({ "bench": "growth", "database": name, "ratio": round(worst), "people": sizes, "operations": figures })
        );
    }
}
