//! Who is calling: forged tokens, headers, limits, slow clients.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::world::{World, somebody};

journeys! {
    no_forged_token_lets_anyone_in,
    a_code_that_another_browser_brought_is_worth_nothing,
    every_answer_has_the_headers_it_should,
}

/// The key that signs, as whoever stole nothing cannot have it: the test reads it to make tokens that are wrong in one
/// thing only.
fn signing_key(world: &World) -> EncodingKey {
    let folder = world.folder.path().join("data").join("keys").join("signing");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    EncodingKey::from_rsa_pem(&std::fs::read(file).unwrap()).unwrap()
}

fn part(token: &str, n: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap()).unwrap()
}

async fn no_forged_token_lets_anyone_in(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let good = world.phone(&anna, true).await.tokens.unwrap().access;
    let (claims, key) = (part(&good, 1), signing_key(&world));
    let kid = part(&good, 0)["kid"].as_str().unwrap().to_owned();
    let signed = |header: Header, change: &dyn Fn(&mut Value)| {
        let mut claims = claims.clone();
        change(&mut claims);
        jsonwebtoken::encode(&header, &claims, &key).unwrap()
    };
    let header = |kid: &str| Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::PS256) };
    let with = |change: &dyn Fn(&mut Value)| signed(header(&kid), change);
    let now = world.now().timestamp();

    // Changed in nothing, it is good: so each below is refused for what it says it is refused for.
    assert_eq!(world.get("/v1/inbox", &with(&|_| ())).await.0, 200);

    let (_, jwks) = world.raw("GET", "/.well-known/jwks.json", None, None).await;
    let public = jwks["keys"][0].to_string();
    let coordinates =
        [&jwks["keys"][0]["n"], &jwks["keys"][0]["e"]].map(|c| URL_SAFE_NO_PAD.decode(c.as_str().unwrap()).unwrap());
    let symmetric = |secret: &[u8]| {
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap()
    };
    let unsigned = |algorithm: &str, signature: &str| {
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": kid }).to_string();
        format!("{}.{}.{signature}", URL_SAFE_NO_PAD.encode(header), good.split('.').nth(1).unwrap())
    };
    let strangers = {
        let pem = pem_of_another_key(&world);
        jsonwebtoken::encode(&header(&kid), &claims, &EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap()).unwrap()
    };
    let swapped = {
        let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
        let mut payload = claims.clone();
        payload["sub"] = json!("00000000-0000-7000-8000-000000000001");
        parts[1] = URL_SAFE_NO_PAD.encode(payload.to_string());
        parts.join(".")
    };
    for (what, token, code) in [
        ("expired", with(&|c| c["exp"] = json!(now - 1)), "token_expired"),
        ("expires this second", with(&|c| c["exp"] = json!(now)), "token_expired"),
        ("not yet valid", with(&|c| c["nbf"] = json!(now + 60)), "token_invalid"),
        ("another audience", with(&|c| c["aud"] = json!("another")), "token_invalid"),
        ("another issuer", with(&|c| c["iss"] = json!("https://evil.example")), "token_invalid"),
        ("no expiry", with(&|c| drop(c.as_object_mut().unwrap().remove("exp"))), "token_invalid"),
        ("no audience", with(&|c| drop(c.as_object_mut().unwrap().remove("aud"))), "token_invalid"),
        ("alg none", unsigned("none", ""), "token_invalid"),
        ("alg None with the old signature", unsigned("None", good.split('.').nth(2).unwrap()), "token_invalid"),
        ("HS256 with the public key as JSON", symmetric(public.as_bytes()), "token_invalid"),
        ("HS256 with the public numbers", symmetric(&coordinates.concat()), "token_invalid"),
        ("an unknown key", signed(header("nobody"), &|_| ()), "token_invalid"),
        (
            "another algorithm of the same key",
            signed(Header { kid: Some(kid.clone()), ..Header::new(Algorithm::RS256) }, &|_| ()),
            "token_invalid",
        ),
        (
            "a header of one's own",
            signed(Header { cty: Some("x".to_owned()), ..header(&kid) }, &|_| ()),
            "token_invalid",
        ),
        ("no key", signed(Header::new(Algorithm::PS256), &|_| ()), "token_invalid"),
        ("a key id that is a path", signed(header("../../etc/passwd"), &|_| ()), "token_invalid"),
        ("a stranger's signature", strangers, "token_invalid"),
        ("another's claims under our signature", swapped, "token_invalid"),
        ("cut", good[..good.len() - 1].to_owned(), "token_invalid"),
        ("without its signature", good[..good.rfind('.').unwrap()].to_owned(), "token_invalid"),
        ("huge", format!("{good}{}", "A".repeat(4_000)), "token_invalid"),
        (
            "another town's",
            with(&|c| c["mun"] = json!(world.instance.towns().by_key("gavere").unwrap().id)),
            "session_ended",
        ),
        (
            "a session that never was",
            with(&|c| c["sid"] = json!("00000000-0000-7000-8000-000000000001")),
            "session_ended",
        ),
    ] {
        let (status, problem) = world.get("/v1/inbox", &token).await;
        assert_eq!((status, problem["code"].as_str()), (401, Some(code)), "{what}");
    }
    assert_eq!(world.get("/v1/inbox", &good).await.0, 200);
}

fn pem_of_another_key(world: &World) -> String {
    let folder = world.folder.path().join("strange");
    let clock = world.clock.now();
    thuisloket::identity::keys::Keys::open(&folder, "https://x", chrono::Duration::minutes(1), &[], Some(clock))
        .unwrap();
    std::fs::read_to_string(std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()).unwrap()
}

/// Somebody starts a sign-in, and lures another into finishing it: the code lands in the other's app, which has no
/// verifier for it; and the one who has the verifier never sees the code.
async fn a_code_that_another_browser_brought_is_worth_nothing(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.may_sign_in(&anna);
    world.may_sign_in(&luc);
    let (hers, his) = (world.new_phone(true, "hers"), world.new_phone(true, "his"));
    let (lured, _) = hers.browse("deinze", &anna.number).await.unwrap();
    let (_, own) = his.browse("deinze", &luc.number).await.unwrap();
    let body = json!({ "code": lured, "code_verifier": own });
    assert_eq!(world.json("POST", "/v1/sessions", None, &body).await.1["code"], "verifier_invalid");
    // A callback with a state that nobody started: a page that says so, and no code.
    for state in ["x", "", &"a".repeat(5_000)] {
        let answer = reqwest::get(format!("{}/sign-in/callback?state={state}&code=x", world.server)).await.unwrap();
        assert!(!answer.text().await.unwrap().contains("code="), "{state:?}");
    }
    assert_eq!(world.figure("select count(*) from session").await, 0);
}

/// The list of the Mozilla and OWASP observatories, as far as it touches an API and its few pages.
async fn every_answer_has_the_headers_it_should(world: World) {
    for path in [
        "/v1/inbox",
        "/v1/municipalities",
        "/v1/nothing",
        "/.well-known/jwks.json",
        "/openapi/citizen.json",
        "/docs/citizen",
        "/docs/staff",
        "/healthz",
        "/sign-in/callback?state=x",
        "/.well-known/clients/itsme/jwks.json",
        "/staff",
        "/staff/sign-in?municipality=nowhere",
        "/staff/sign-in/callback?state=x",
        "/staff/v1/me",
    ] {
        let answer = reqwest::get(format!("{}{path}", world.server)).await.unwrap();
        let headers = answer.headers().clone();
        let has = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(has("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(has("x-frame-options"), "DENY", "{path}");
        assert_eq!(has("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(has("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(has("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(has("permissions-policy").contains("geolocation=()"), "{path}");
        let policy = has("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!has("cache-control").is_empty(), "{path}");
        for tells in ["server", "x-powered-by", "access-control-allow-origin"] {
            assert!(!headers.contains_key(tells), "{path} says {tells}");
        }
        // The world's address is http: a promise of https would be a lie there.
        assert!(!headers.contains_key("strict-transport-security"), "{path}");
    }
}

/// One caller who asks too much is told how long to wait, and nobody else notices.
#[tokio::test]
async fn who_asks_too_much_is_told_how_long_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("world.db").display());
    let more = "[limits]\nrequests_a_minute_by_address = 40\nsign_ins_a_minute_by_address = 12\nrequests_a_minute_by_session = 10\ntrusted_proxies = [\"127.0.0.0/8\"]";
    let world = World::with(database, folder, more).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let http = reqwest::Client::new();
    let ask = |from: &str, token: Option<&str>| {
        let mut request = http.get(format!("{}/v1/municipalities", world.server)).header("x-forwarded-for", from);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        async move {
            let answer = request.send().await.unwrap();
            let wait = answer.headers().get("retry-after").map(|v| v.to_str().unwrap().parse::<u64>().unwrap());
            (answer.status().as_u16(), wait)
        }
    };
    // By session, wherever it calls from.
    let mut told = Vec::new();
    for n in 0..14 {
        told.push(ask(&format!("203.0.113.{n}"), Some(&token)).await);
    }
    let refused: Vec<_> = told.iter().filter(|(status, _)| *status == 429).collect();
    assert!((3..=5).contains(&refused.len()), "{told:?}");
    assert!(refused.iter().all(|(_, wait)| wait.is_some_and(|s| (1..=7).contains(&s))), "{told:?}");
    // By address; the one beside it goes on.
    let mut told = Vec::new();
    for _ in 0..44 {
        told.push(ask("198.51.100.1", None).await.0);
    }
    let refused = told.iter().filter(|s| **s == 429).count();
    assert!((3..=4).contains(&refused), "{told:?}");
    assert_eq!(ask("198.51.100.2", None).await.0, 200);
    // Guessing refresh tokens is bounded more narrowly.
    let mut codes = Vec::new();
    for n in 0..14 {
        let body = json!({ "refresh_token": format!("{n:043}") });
        codes.push(world.json("POST", "/v1/sessions/refresh", None, &body).await.1["code"].clone());
    }
    assert_eq!(codes.last().unwrap(), "too_many_requests");
    // What tells the operator how the server is answers all the same.
    for _ in 0..50 {
        assert_eq!(reqwest::get(format!("{}/healthz", world.server)).await.unwrap().status().as_u16(), 200);
    }
}

/// A town's storm is its own, and so is a machine's.
#[tokio::test]
async fn one_town_that_asks_too_much_does_not_stop_another() {
    let more = "[limits]\nrequests_a_minute_by_address = 1000000\nsign_ins_a_minute_by_address = 1000000\nrequests_a_minute_by_town = 20\nrequests_a_minute_by_key = 5";
    let world = World::start_with(crate::world::Engine::Sqlite, more).await.unwrap();
    let (anna, els) = (somebody("Anna", "1985-05-05"), somebody("Els", "1970-07-07"));
    world.people(&[&anna]).await;
    world.residents_file("gavere", crate::world::people_csv(&[&els]), false).await.unwrap();
    let anna = world.phone(&anna, true).await.tokens.unwrap().access;
    world.may_sign_in(&els);
    let mut phone = world.new_phone(false, "x");
    phone.sign_in("gavere", &els.number).await.unwrap();
    let els = phone.tokens.clone().unwrap().access;
    let mut answers = Vec::new();
    for _ in 0..25 {
        answers.push(world.get("/v1/inbox", &anna).await);
    }
    let refused: Vec<_> = answers.iter().filter(|(status, _)| *status == 429).collect();
    assert!((4..=8).contains(&refused.len()), "{}", refused.len());
    assert!(
        refused.iter().all(|(_, p)| p["code"] == "too_many_requests" && p["retry_after_seconds"].as_u64() >= Some(1))
    );
    let answer = world.http.get(format!("{}/v1/inbox", world.server)).bearer_auth(&anna).send().await.unwrap();
    assert!(answer.headers().contains_key("retry-after"), "a header too");
    assert_eq!(world.get("/v1/inbox", &els).await.0, 200, "the other town notices nothing");
    let chief = world.staff("Baas", &["Beheer:0207500000"]).await;
    let (_, one) = world.key(&chief, &["import_residents"]).await;
    let (_, two) = world.key(&chief, &["import_residents"]).await;
    let mut refused = 0;
    for _ in 0..8 {
        refused += usize::from(world.get("/staff/v1/uploads", &one).await.0 == 429);
    }
    assert!((2..=3).contains(&refused), "{refused}");
    assert_eq!(world.get("/staff/v1/uploads", &two).await.0, 200);
}

/// Whoever connects and says nothing, or says it byte by byte, or does not read, is let go; phones are served all the same.
#[tokio::test]
async fn slow_clients_and_half_open_connections_are_let_go() {
    use std::time::{Duration, Instant};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
    };
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("world.db").display());
    let world = World::with(
        database,
        folder,
        "server.idle_connection_seconds = 1\nserver.max_connections = 60\nserver.request_timeout_seconds = 2\n",
    )
    .await;
    let address = world.server.strip_prefix("http://").unwrap().to_owned();
    let connect = || async { TcpStream::connect(&address).await.unwrap() };
    // Reads to the end: how it was let go, and after how long.
    let ended = |mut stream: TcpStream| async move {
        let (began, mut text) = (Instant::now(), Vec::new());
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text)).await;
        assert!(read.is_ok(), "it is still open");
        (began.elapsed(), String::from_utf8_lossy(&text).into_owned())
    };
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(connect().await);
    }
    let mut half_a_preface = connect().await;
    half_a_preface.write_all(b"PRI * HT").await.unwrap();
    let mut half_a_head = connect().await;
    half_a_head.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
    let (mut reader, mut drip) = connect().await.into_split();
    let dripping = tokio::spawn(async move {
        for byte in b"GET /healthz HTTP/1.1\r\nhost: a-very-long-name.example\r\n".iter().cycle() {
            if drip.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let mut half_a_body = connect().await;
    half_a_body
        .write_all(
            b"POST /v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
        )
        .await
        .unwrap();
    let mut deaf = connect().await;
    // Far more than any buffer holds.
    for _ in 0..60 {
        deaf.write_all(b"GET /openapi/staff.json HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    }
    // Meanwhile others are served.
    let answer = tokio::time::timeout(Duration::from_secs(5), reqwest::get(format!("{}/healthz", world.server))).await;
    assert_eq!(answer.unwrap().unwrap().status().as_u16(), 200);
    for stream in silent.into_iter().chain([half_a_preface]) {
        let (after, text) = ended(stream).await;
        assert!(after < Duration::from_secs(4) && text.is_empty(), "{after:?} {text}");
    }
    let (after, _) = ended(half_a_head).await;
    assert!(after < Duration::from_secs(4), "{after:?}");
    let mut text = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), reader.read_to_end(&mut text)).await.expect("the drip goes on").ok();
    dripping.abort();
    let (_, text) = ended(half_a_body).await;
    assert!(text.contains(" 408 ") && text.contains("request_timeout"), "{text}");
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut got = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), deaf.read_to_end(&mut got)).await;
    assert!(read.is_ok(), "who does not read is still waited for");
    let document = reqwest::get(format!("{}/openapi/staff.json", world.server)).await.unwrap().bytes().await.unwrap();
    assert!(got.len() < 60 * document.len(), "it was cut: {} of {}", got.len(), 60 * document.len());
    // A head that is too large, and one that is none.
    for (request, status, code) in [
        (
            format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-much: {}\r\n\r\n", "x".repeat(40_000)),
            " 431 ",
            "head_too_large",
        ),
        ("GEHT SO NICHT\r\n\r\n".to_owned(), " 400 ", "request_invalid"),
    ] {
        let mut stream = connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let (_, text) = ended(stream).await;
        assert!(text.contains(status), "{text}");
        // hyper refuses these by itself; they are said as all others are.
        let problem = text.contains("content-type: application/problem+json") && text.contains(code);
        assert!(problem && text.contains("x-request-id: ") && text.contains("x-frame-options: DENY"), "{text}");
    }
}
