//! Who is calling, and what they may see: forged tokens, and a walk over every operation with what is somebody else's.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;

use crate::world::{World, paper, papers_csv, people_csv, somebody};

journeys! {
    no_forged_token_lets_anyone_in,
    a_code_that_another_browser_brought_is_worth_nothing,
    what_is_anothers_does_not_exist_in_any_operation,
    every_answer_has_the_headers_it_should,
}

/// The key that signs, as whoever stole nothing cannot have it: the test reads it to make tokens that are wrong in one
/// thing only.
fn signing_key(world: &World) -> EncodingKey {
    let folder = world.folder.path().join("data").join("keys").join("signing");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    EncodingKey::from_ec_pem(&std::fs::read(file).unwrap()).unwrap()
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
    let header = |kid: &str| Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
    let with = |change: &dyn Fn(&mut Value)| signed(header(&kid), change);
    let now = world.now().timestamp();

    // Changed in nothing, it is good: so each below is refused for what it says it is refused for.
    assert_eq!(world.get("/v1/inbox", &with(&|_| ())).await.0, 200);

    let (_, jwks) = world.raw("GET", "/.well-known/jwks.json", None, None).await;
    let public = jwks["keys"][0].to_string();
    let coordinates =
        [&jwks["keys"][0]["x"], &jwks["keys"][0]["y"]].map(|c| URL_SAFE_NO_PAD.decode(c.as_str().unwrap()).unwrap());
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
        jsonwebtoken::encode(&header(&kid), &claims, &EncodingKey::from_ec_pem(pem.as_bytes()).unwrap()).unwrap()
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
        ("HS256 with the public point", symmetric(&coordinates.concat()), "token_invalid"),
        ("an unknown key", signed(header("nobody"), &|_| ()), "token_invalid"),
        ("no key", signed(Header::new(Algorithm::ES256), &|_| ()), "token_invalid"),
        ("a key id that is a path", signed(header("../../etc/passwd"), &|_| ()), "token_invalid"),
        ("a stranger's signature", strangers, "token_invalid"),
        ("another's claims under our signature", swapped, "token_invalid"),
        ("cut", good[..good.len() - 1].to_owned(), "token_invalid"),
        ("without its signature", good[..good.rfind('.').unwrap()].to_owned(), "token_invalid"),
        ("huge", format!("{good}{}", "A".repeat(4_000)), "token_invalid"),
        (
            "another town's",
            with(&|c| c["mun"] = json!(world.house.towns.by_key("gavere").unwrap().id)),
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
    thuisloket::identity::keys::Keys::open(&folder, "https://x", chrono::Duration::minutes(1), clock).unwrap();
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

/// What a phone's citizen has, by the part of the path that names its kind.
async fn things(phone: &mut Phone) -> Vec<(&'static str, String)> {
    phone.refresh().await.unwrap();
    vec![
        ("devices", phone.installation.to_string()),
        ("documents", phone.documents().await.unwrap()[0].id.to_string()),
        ("inbox", phone.inbox().await.unwrap()[0].id.to_string()),
        ("sessions", phone.tokens.clone().unwrap().session.to_string()),
    ]
}

/// A fingerprint of all that citizens have.
async fn everything(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "select dedupe_key || coalesce(cast(read_at as text), '-') || coalesce(cast(archived_at as text), '-') from message order by 1",
        "select state || locale || preview from device order by 1",
        "select device_name || coalesce(end_reason, '-') from session order by 1",
        "select cast(quiet_from as text) from push_preference order by 1",
    ] {
        all.extend(world.texts(sql).await);
    }
    all
}

/// Reads the contract and calls every operation, as a citizen, with ids of another citizen and of another town. It fails
/// when an operation appears that it does not know how to try.
async fn what_is_anothers_does_not_exist_in_any_operation(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"), somebody("Els", "1970-07-07"));
    world.people(&[&anna, &luc]).await;
    world.residents_file("gavere", people_csv(&[&els]), false).await.unwrap();
    let papers = [&anna, &luc].map(|p| paper(p, "eid", "2017-06-01", "2027-06-01"));
    world.papers(&papers).await;
    let theirs = papers_csv(&[paper(&els, "eid", "2017-06-01", "2027-06-01")]);
    world.documents_file("gavere", theirs, false).await.unwrap();
    let mut caller = world.phone(&anna, true).await;
    let mut neighbour = world.phone(&luc, true).await;
    world.may_sign_in(&els);
    let mut stranger = world.new_phone(false, "telefoon van Els");
    stranger.sign_in("gavere", &els.number).await.unwrap();
    stranger.register().await.unwrap();
    world.days(2).await;
    let others = [things(&mut neighbour).await, things(&mut stranger).await].concat();
    things(&mut caller).await;
    let token = caller.tokens.clone().unwrap().access;
    let nobodys = "00000000-0000-7000-8000-000000000001";

    let before = everything(&world).await;
    let contract: Value = serde_json::from_str(&thuisloket::app::documents().unwrap().0).unwrap();
    let (mut with_ids, mut without) = (0, 0);
    for (path, item) in contract["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let (method, name) = (method.to_uppercase(), operation["operationId"].as_str().unwrap());
            if path.contains('{') {
                let kind = path.split('/').nth(2).unwrap();
                let mine: Vec<_> = others.iter().filter(|(k, _)| *k == kind).collect();
                assert_eq!(mine.len(), 2, "{name}: this walk has nothing of {kind:?} to try it with");
                // An installation names a phone, which whoever holds it may register; see the device journeys.
                if name == "register_device" {
                    continue;
                }
                let answer = |id: &str| {
                    let path =
                        path.split('/').map(|p| if p.starts_with('{') { id } else { p }).collect::<Vec<_>>().join("/");
                    let (world, method, token) = (&world, method.clone(), token.clone());
                    async move { world.raw(&method, &path, Some(&token), None).await }
                };
                let (status, mut nothing) = answer(nobodys).await;
                assert_eq!((status, nothing["code"].as_str()), (404, Some("not_found")), "{name}");
                for (_, id) in mine {
                    let (status, mut same) = answer(id).await;
                    for problem in [&mut same, &mut nothing] {
                        problem.as_object_mut().unwrap().remove("request_id");
                    }
                    assert_eq!((status, &same), (404, &nothing), "{name} tells that {id} exists");
                    with_ids += 1;
                }
            } else if method == "GET" {
                let (status, answer) = world.get(path, &token).await;
                let text = answer.to_string();
                assert_eq!(status, 200, "{name}");
                for (kind, id) in &others {
                    assert!(!text.contains(id.as_str()), "{name} shows another's {kind}");
                }
                assert!(!text.contains("Luc") && !text.contains("Els"), "{name}: {text}");
                without += 1;
            } else {
                // Whose it is follows from the token alone: `mun`, `sub` and `sid` are signed.
                let known = ["set_preferences", "end_all_sessions", "trade_code", "refresh_session", "start_sign_in"];
                assert!(known.contains(&name), "{name}: say how this walk should try it");
            }
        }
    }
    assert_eq!(everything(&world).await, before, "nothing of anybody changed");
    assert_eq!((with_ids, without), (18, 7));
    // And last, as it ends what the walk needs: all sessions, mine alone.
    assert_eq!(world.raw("DELETE", "/v1/sessions", Some(&token), None).await.0, 200);
    assert!(neighbour.inbox().await.is_ok() && stranger.inbox().await.is_ok());
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
