//! The sandbox of whoever builds an app: citizens in known situations, each push sent to a phone, the clock, and networks that break.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use fantoccini::Locator;
use serde_json::{Value, json};
use thuisloket_demo::{Begin, Demo, Setup};
use thuisloket_mobile_contract::{
    client::types,
    phone::{Kind, Phone, PhoneError},
};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::page::{PATIENCE, browser, css, look, until};

/// A town to build against, with its page.
struct Sandbox {
    page: String,
    server: String,
    http: reqwest::Client,
    // Stopped before its folder goes.
    _stop: DropGuard,
    _folder: tempfile::TempDir,
}

impl Sandbox {
    async fn open(setup: Setup) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stop = CancellationToken::new();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let demo = Demo::start_on(listener, folder.path(), &setup, &stop).await.unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let page = format!("http://{}", listener.local_addr().unwrap());
        let stopped = stop.clone();
        tokio::spawn(async move { demo.serve(listener, stopped).await });
        Self { page, server, http: reqwest::Client::new(), _stop: stop.drop_guard(), _folder: folder }
    }

    async fn small() -> Self {
        Self::open(Setup { residents: 100, ..Setup::default() }).await
    }

    async fn state(&self) -> Value {
        let answer = self.http.get(format!("{}/sandbox/state", self.page)).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }

    /// Presses something; the status, and what is said.
    async fn post(&self, path: &str) -> (u16, String) {
        let answer = self.http.post(format!("{}{path}", self.page)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn press(&self, path: &str) {
        let (status, said) = self.post(path).await;
        assert_eq!(status, 204, "{path}: {said}");
    }

    fn phone(&self, kind: Kind, language: types::Language) -> Phone {
        let mut phone = Phone::new(&self.server, kind, "An app under development", language);
        phone.provider = Some("town".to_owned());
        phone
    }

    /// Somebody's phone, signed in and registered; and its id on the page.
    async fn signed_in(&self, key: &str, kind: Kind) -> (Phone, String) {
        let target = match &kind {
            Kind::Ios { token } => token.clone(),
            Kind::Android { fid } => fid.clone(),
        };
        let mut phone = self.phone(kind, types::Language::Nl);
        phone.sign_in("deinze", key).await.unwrap_or_else(|error| panic!("{key}: {error}"));
        phone.register().await.unwrap();
        let state = self.state().await;
        let shown = |device: &&Value| device["token"].as_str().unwrap().ends_with(&target[target.len() - 6..]);
        let device = state["devices"].as_array().unwrap().iter().find(shown).unwrap_or_else(|| panic!("{state}"));
        assert!(!device["token"].as_str().unwrap().contains(&target), "no whole token is shown");
        (phone, device["id"].as_str().unwrap().to_owned())
    }

    /// The rows of the outbox for a phone, the newest message first.
    async fn rows(&self, device: &str) -> Vec<Value> {
        let rows = self.state().await["outbox"].as_array().unwrap().clone();
        rows.into_iter().filter(|row| row["device"] == device).collect()
    }

    /// What a provider was given of a message, of those that it took last.
    async fn taken(&self, provider: &str, message: &str, purpose: &str) -> Value {
        let all = self.state().await["taken"][provider].as_array().unwrap().clone();
        let payloads = all.into_iter().map(|taken| taken["payload"].clone());
        let is = |payload: &Value| {
            let data = if provider == "apns" { payload } else { &payload["android"]["data"] };
            data["message_id"] == message && data["type"] == purpose
        };
        payloads.clone().find(is).unwrap_or_else(|| panic!("{message}: {:?}", payloads.collect::<Vec<_>>()))
    }

    /// Waits until the newest message was delivered to a phone, and says which.
    async fn delivered(&self, device: &str, purpose: &str) -> Value {
        let is = |row: &Value| row["purpose"] == purpose && row["outcome"] == "delivered";
        until("it is delivered", async || self.rows(device).await.iter().any(is)).await;
        self.rows(device).await.into_iter().find(is).unwrap()["message"].clone()
    }
}

fn ios(digit: char) -> Kind {
    Kind::Ios { token: digit.to_string().repeat(58) + "beefed" }
}

fn android(letter: char) -> Kind {
    Kind::Android { fid: letter.to_string().repeat(16) + "beefed" }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_known_citizen_signs_in_and_is_in_their_situation() {
    let town = Sandbox::small().await;
    let state = town.state().await;
    let keys: Vec<_> = state["citizens"].as_array().unwrap().iter().map(|c| c["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["anna", "nora", "xander", "tine", "chloe", "victor", "ella", "walter", "katrien"]);
    for (nth, key) in keys.into_iter().enumerate() {
        let mut phone =
            town.phone(ios(char::from_digit(u32::try_from(nth).unwrap(), 10).unwrap()), types::Language::Nl);
        let signed_in = phone.sign_in("deinze", key).await;
        if key == "victor" {
            let Err(PhoneError::Page(page)) = signed_in else { panic!("who moved away is signed in") };
            assert!(page.contains("error=not_in_register"), "{page}");
            continue;
        }
        signed_in.unwrap_or_else(|error| panic!("{key}: {error}"));
        let seen = phone.look().await.unwrap();
        let states: Vec<_> = seen.documents.iter().map(|d| d.state.to_string()).collect();
        match key {
            "anna" => {
                assert!(seen.documents.iter().any(|d| d.child.as_deref() == Some("Emma")), "{:?}", seen.documents)
            }
            "nora" => {
                assert_eq!(states, ["valid"]);
                assert!(seen.inbox.is_empty() && seen.visits.is_empty() && seen.tickets.is_empty(), "{seen:?}");
            }
            "xander" => assert_eq!(states, ["expired"]),
            "tine" => {
                let phones: Vec<_> = seen.sessions.iter().map(|s| s.device_name.as_str()).collect();
                assert!(["iPhone van Tine", "Pixel van Tine"].iter().all(|name| phones.contains(name)), "{phones:?}");
            }
            "chloe" => {
                phone.register().await.unwrap();
                let state = town.state().await;
                let hers = state["devices"].as_array().unwrap().iter().find(|d| d["owner"] == "Chloé Lefèvre").unwrap();
                town.press(&format!("/sandbox/push/{}/documents", hers["id"].as_str().unwrap())).await;
                let message = phone.inbox().await.unwrap().remove(0);
                assert_eq!(message.title, "Votre carte d’identité expire bientôt");
                // It leads where a reminder leads: to the document, and to its visits.
                assert!(message.deep_link.starts_with("/documents/"), "{}", message.deep_link);
                assert_eq!(message.action.unwrap().link, format!("{}/visits", message.deep_link));
            }
            "ella" => assert!(seen.inbox.iter().any(|m| m.kind == "session_ended"), "{:?}", seen.inbox),
            "walter" => {
                assert_eq!(seen.tickets.iter().map(|t| t.state.to_string()).collect::<Vec<_>>(), ["waiting"]);
            }
            "katrien" => {
                let held = phone.read("/v1/mandates?side=held", None).await.unwrap();
                let mandate = &held["mandates"][0];
                assert_eq!(
                    (&mandate["name"], &mandate["state"]),
                    (&json!("Godelieve Mertens"), &json!("active")),
                    "{held}"
                );
                let mother = mandate["resident_id"].as_str().unwrap().parse().unwrap();
                let papers = phone.read("/v1/documents", Some(mother)).await.unwrap();
                assert_eq!((papers.as_array().unwrap().len(), &papers[0]["kind"]), (1, &json!("eid")), "{papers}");
                assert!(phone.read("/v1/inbox", Some(mother)).await.unwrap()["messages"].is_array());
                // For a neighbour she does nothing.
                let refused = phone.read("/v1/documents", Some(uuid::Uuid::from_u128(1))).await;
                assert_eq!(refused.unwrap_err().code(), "mandate_missing");
            }
            _ => panic!("{key} is in no situation that is looked at"),
        }
    }
    // Somebody gets a number on another day too, while the town hall is open.
    let (phone, device) = town.signed_in("nora", ios('f')).await;
    let state = town.state().await;
    let hers = state["devices"].as_array().unwrap().iter().find(|d| d["id"] == device).unwrap();
    town.press(&format!("/sandbox/number/{}", hers["resident"].as_str().unwrap())).await;
    assert_eq!(phone.tickets().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_push_of_the_contract_arrives_at_the_phone_that_was_chosen() {
    let town = Sandbox::small().await;
    for (key, provider, kind) in [("nora", "apns", ios('a')), ("ella", "fcm", android('b'))] {
        let (mut phone, device) = town.signed_in(key, kind).await;
        let (status, said) = town.post(&format!("/sandbox/push/{device}/clear")).await;
        assert!(status == 409 && said.contains("nothing that could be cleared"), "{status} {said}");
        let pushes = town.state().await["pushes"].as_array().unwrap().clone();
        let kinds: Vec<_> = pushes.iter().map(|push| push["key"].as_str().unwrap()).collect();
        let mut categories = Vec::new();
        for what in &kinds {
            let before = town.rows(&device).await.len();
            town.press(&format!("/sandbox/push/{device}/{what}")).await;
            until("it is in the outbox", async || town.rows(&device).await.len() > before).await;
            until("it is delivered", async || town.rows(&device).await[0]["outcome"] == "delivered").await;
            let row = town.rows(&device).await[0].clone();
            assert_eq!(row["category"], what.trim_end_matches("-open"), "{row}");
            categories.push(row["category"].clone());
            let message = row["message"].as_str().unwrap();
            let taken = town.taken(provider, message, "show").await;
            let title = "sluit ramen en deuren";
            assert_eq!(taken.to_string().contains(title), *what == "emergency-open", "{what}: {taken}");
            // The app reads what it was told of.
            let id = message.parse().unwrap();
            assert!(!phone.open(id).await.unwrap().title.is_empty());
        }
        for category in ["documents", "appointments", "queue", "account", "announcements", "emergency"] {
            assert!(categories.contains(&json!(category)), "no push of {category}");
        }
        town.press(&format!("/sandbox/push/{device}/clear")).await;
        let cleared = town.delivered(&device, "clear").await;
        town.taken(provider, cleared.as_str().unwrap(), "clear").await;
        let (status, said) = town.post(&format!("/sandbox/push/{device}/nothing")).await;
        assert!(status == 404 && said.contains("emergency-open") && said.contains("clear"), "{status} {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_goes_forward_and_what_is_broken_is_seen_and_mended() {
    let town = Sandbox::small().await;
    let now = async || town.state().await["instant"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    let begun = now().await;
    for (path, minutes) in [("minutes=30", 30), ("hours=2", 120), ("days=1&minutes=1", 1_441)] {
        let before = now().await;
        town.press(&format!("/clock?{path}")).await;
        let passed = now().await - before;
        let wanted = chrono::Duration::minutes(minutes);
        assert!(passed >= wanted && passed < wanted + chrono::Duration::minutes(5), "{path}: {passed}");
    }
    // Or until an instant; one that is over changes nothing.
    let later = now().await + chrono::Duration::minutes(90);
    for (until, least) in [(later, later), (begun, later)] {
        town.press(&format!("/clock?until={}", until.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))).await;
        let passed = now().await - least;
        let near = chrono::Duration::seconds(-1)..chrono::Duration::minutes(5);
        assert!(near.contains(&passed), "{until}: {passed}");
    }
    for path in ["minutes=-30", "weeks=1", "days=100000", "hours=x", "until=tomorrow", "until=2999-01-01T00:00:00Z"] {
        let (status, said) = town.post(&format!("/clock?{path}")).await;
        assert_eq!(status, 400, "{path}: {said}");
    }
    assert!(now().await > begun);

    // An hour later the access token is no longer good, and the refresh token is.
    let (mut phone, device) = town.signed_in("nora", ios('c')).await;
    let owner = town.state().await["devices"].as_array().unwrap().iter().find(|d| d["id"] == device).unwrap().clone();
    town.press("/clock?hours=1").await;
    assert_eq!(phone.inbox().await.unwrap_err().code(), "token_expired");
    phone.refresh().await.unwrap();

    // Each way in which a provider fails: nothing is delivered, and once it is mended what waited goes out.
    for how in ["busy", "reset"] {
        town.press(&format!("/sandbox/provider/apns/{how}")).await;
        assert_eq!(town.state().await["providers"]["apns"], how);
        let before = town.rows(&device).await.len();
        town.press(&format!("/sandbox/push/{device}/emergency")).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let rows = town.rows(&device).await;
        assert_eq!(rows.len(), before + 1);
        assert_eq!(rows[0]["state"], "ready", "{how}: {rows:?}");
        town.press("/sandbox/provider/apns/mended").await;
        // The more often it was tried, the longer it waits.
        let tried_again = async || {
            town.press("/clock?minutes=20").await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            town.rows(&device).await[0]["outcome"] == "delivered"
        };
        until("it is delivered", tried_again).await;
    }
    for path in ["provider/apns/odd", "provider/nobody/busy", "api/odd"] {
        let (status, said) = town.post(&format!("/sandbox/{path}")).await;
        assert!(status == 404 && said.contains(", "), "{path}: {status} {said}");
    }

    // The server, for apps: for so many requests, or until it is mended. The console and the demo's own phones are not cut off.
    phone.refresh().await.unwrap();
    town.press("/sandbox/api/busy?next=2").await;
    for _ in 0..2 {
        let error = phone.inbox().await.unwrap_err().to_string();
        assert!(error.contains("503"), "{error}");
    }
    phone.inbox().await.unwrap();
    town.press("/sandbox/api/busy").await;
    for _ in 0..3 {
        phone.inbox().await.unwrap_err();
    }
    let demo = reqwest::get(format!("{}/state", town.page)).await.unwrap();
    assert_eq!(demo.status(), 200);
    assert_eq!(reqwest::get(format!("{}/staff", town.server)).await.unwrap().status(), 200);
    town.press("/sandbox/api/mended").await;
    phone.inbox().await.unwrap();
    // What is broken off was done.
    let mut chosen = phone.preferences().await.unwrap();
    (chosen.quiet_from, chosen.quiet_until) = (60, 120);
    town.press("/sandbox/api/cut?next=1").await;
    phone.choose(&chosen).await.unwrap_err();
    assert_eq!(phone.preferences().await.unwrap().quiet_until, 120);
    town.press("/sandbox/api/slow?next=1").await;
    tokio::time::timeout(Duration::from_secs(2), phone.inbox()).await.unwrap_err();
    phone.inbox().await.unwrap();
    assert_eq!(town.post("/sandbox/api/busy?next=0").await.0, 400);

    // A lost phone is signed out by staff, and hears nothing more.
    town.press(&format!("/sandbox/sign-out/{}", owner["resident"].as_str().unwrap())).await;
    until("she is signed out", async || matches!(phone.inbox().await, Err(PhoneError::Problem { status: 401, .. })))
        .await;
    let (_, said) = town.post(&format!("/sandbox/push/{device}/queue")).await;
    assert!(said.contains("signed out") || said.contains("no such phone"), "{said}");
    // A provider that says that the app is gone: the phone is forgotten.
    for kind in [ios('d'), android('d')] {
        let (_phone, device) = town.signed_in("tine", kind).await;
        town.press(&format!("/sandbox/token/{device}")).await;
        town.press(&format!("/sandbox/push/{device}/queue")).await;
        until("it is forgotten", async || {
            !town.state().await["devices"].as_array().unwrap().iter().any(|d| d["id"] == device)
        })
        .await;
    }
}

/// An emulator knows this machine by another name, and the app has links of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_town_is_reached_by_another_name_and_begins_on_another_day() {
    let setup = Setup {
        residents: 60,
        begin: Begin::On(NaiveDate::from_ymd_opt(2026, 11, 3).unwrap()),
        public_url: Some("http://10.0.2.2:8091/".to_owned()),
        app_link: Some("https://myapp.example/town".to_owned()),
    };
    let town = Sandbox::open(setup).await;
    let state = town.state().await;
    assert_eq!(
        (&state["server"], &state["app_link"]),
        (&json!("http://10.0.2.2:8091"), &json!("https://myapp.example/town"))
    );
    assert!(state["instant"].as_str().unwrap().starts_with("2026-11-03T08:"), "{}", state["instant"]);
    let body = json!({
        "municipality": "deinze", "provider": "town", "code_challenge": "a".repeat(43), "device_name": "x", "language": "nl",
    });
    let begun = town.http.post(format!("{}/v1/sign-in", town.server)).json(&body).send().await.unwrap();
    let begun: Value = begun.error_for_status().unwrap().json().await.unwrap();
    let page = begun["authorization_url"].as_str().unwrap();
    assert!(page.starts_with("http://10.0.2.2:8091/sandbox/sign-in/town?"), "{page}");
    // What the emulator's browser shows there, and the way that its links lead.
    let html = reqwest::get(page.replace("http://10.0.2.2:8091", &town.server)).await.unwrap().text().await.unwrap();
    assert!(html.contains("Nora Vermeulen: nothing to do") && html.contains("href=\"?"), "{html}");
    // The stand-in for a phone goes the whole way.
    let mut phone = town.phone(ios('e'), types::Language::Nl);
    phone.sign_in("deinze", "walter").await.unwrap();
    assert_eq!(phone.tickets().await.unwrap().len(), 1, "the town hall is open on the day on which this town begins");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_is_used_in_a_browser() {
    let Some((_driver, client)) = browser().await else { return };
    let town = Sandbox::small().await;
    let (_phone, device) = town.signed_in("nora", ios('9')).await;
    let soon = || client.wait().at_most(PATIENCE);
    let press = async |path: &str| {
        soon().for_element(css("header [data-do]:not([aria-disabled])")).await.unwrap();
        let button = format!("[data-do='{path}']");
        soon().for_element(css(&button)).await.unwrap_or_else(|e| panic!("{path}: {e}")).click().await.unwrap();
        soon().for_element(css("header [data-do]:not([aria-disabled])")).await.unwrap();
        let fault = client.find(css("#fault")).await.unwrap().text().await.unwrap();
        assert_eq!(fault, "", "{path}");
    };
    client.goto(&format!("{}/sandbox", town.page)).await.unwrap();
    // The newest phone is chosen, which is the app's own.
    let newest = soon().for_element(css("#device option:first-child")).await.unwrap();
    assert!(newest.text().await.unwrap().contains("Nora Vermeulen, iPhone"));
    for what in ["documents", "emergency-open"] {
        press(&format!("/sandbox/push/{device}/{what}")).await;
    }
    let row = "//*[@id = 'outbox']/li[contains(., 'delivered show, emergency, to Nora Vermeulen')]";
    soon().for_element(Locator::XPath(row)).await.unwrap();
    soon().for_element(Locator::XPath("//*[@id = 'taken']//pre[contains(., 'sluit ramen en deuren')]")).await.unwrap();
    press("/clock?minutes=10").await;
    press("/sandbox/api/busy?next=1").await;
    let pressed = soon().for_element(css("[aria-pressed=true][data-do^='/sandbox/api/busy']")).await.unwrap();
    assert_eq!(pressed.text().await.unwrap(), "answers 503");
    press("/sandbox/provider/fcm/busy").await;
    press("/sandbox/provider/fcm/mended").await;
    press("/sandbox/api/mended").await;
    look(&client, "the sandbox").await;
    client.set_window_size(390, 900).await.unwrap();
    look(&client, "the sandbox on a phone").await;
    press(&format!("/sandbox/push/{device}/clear")).await;
    // What cannot be done is said: the last phone of the list has shown nothing.
    let last = client.find_all(css("#device option")).await.unwrap().len() - 1;
    client.find(css("#device")).await.unwrap().select_by_index(last).await.unwrap();
    let clear = format!("[data-do$='/clear']:not([data-do*='{device}'])");
    soon().for_element(css(&clear)).await.unwrap().click().await.unwrap();
    soon().for_element(Locator::XPath("//*[@id = 'fault'][contains(., 'send something first')]")).await.unwrap();
    client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_phone_is_told_by_letter_and_by_e_mail_and_the_page_shows_both() {
    let town = Sandbox::small().await;
    let shown = async || -> Value {
        let answer = town.http.get(format!("{}/paper/state", town.page)).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    };
    let first = shown().await;
    assert_eq!(first["mandates"][0]["grantor"], "Godelieve", "{first}");
    // The code that Jozef read out.
    let to_jozef = |state: &Value| {
        let all = state["mails"].as_array().unwrap().iter();
        all.filter(|mail| mail["to"] == "jozef.haesaert@post.example").count()
    };
    assert_eq!(to_jozef(&first), 1, "{first}");
    for _ in 0..4 {
        town.press("/days/1").await;
    }
    let has_letters = async || shown().await["batches"].as_array().unwrap().iter().any(|b| b["state"] == "ready");
    until("a batch of letters is there", has_letters).await;
    until("the e-mail is there", async || to_jozef(&shown().await) == 2).await;
    let state = shown().await;
    let batch = state["batches"].as_array().unwrap().iter().find(|b| b["state"] == "ready").unwrap();
    let pdf = format!("{}/paper/letters/{}/1", town.page, batch["id"].as_str().unwrap());
    let answer = town.http.get(pdf).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert!(answer.bytes().await.unwrap().starts_with(b"%PDF"));
    assert!(state["coverage"]["followed"].as_i64().unwrap() >= 2, "{state}");
}
