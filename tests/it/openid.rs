//! OpenID providers that behave badly, at the citizens' door and at the staff's: what they must say, what they may say in any
//! shape, and what a person is told when it goes wrong.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use reqwest::{Method, Url};
use serde_json::{Value, json};
use thuisloket::{app::Server, config::Issuer, platform::ids::Ids};
use thuisloket_mobile_contract::{
    oidc::{Fault, Oidc, Part, THE_CODE, THE_STATE},
    phone::PhoneError,
};
use tokio_util::sync::CancellationToken;

use crate::{
    tenant_isolation::Log,
    world::{Browser, Engine, Somebody, World, somebody},
};

journeys! {
    whoever_a_provider_cannot_name_is_nobody,
    what_nobody_uses_may_have_any_shape,
    a_claim_that_is_needed_and_odd_is_no_fault_of_the_citizen,
    who_sends_the_browser_back_says_who_it_is,
    a_providers_trouble_is_told_as_its_own,
    a_sign_in_is_brought_back_once,
    a_sign_in_that_is_over_is_forgotten,
    a_provider_may_name_its_keys_as_it_likes,
    new_keys_are_asked_for_once_for_all,
    an_issuer_may_end_with_a_slash,
    a_provider_that_never_answers_stops_no_other_towns_sign_in,
    nobodys_words_reach_the_log,
    a_provider_whose_userinfo_is_away_keeps_out_nobody_whom_it_named,
}

const ROLE: &str = "Loket:0207509031";
const FAILED: &str = "Aanmelden lukt nu niet";
const SET_UP: &str = "verstaan elkaar niet";
const STOPPED: &str = "Je bent niet aangemeld";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Door {
    Citizen,
    Staff,
}

const DOORS: [Door; 2] = [Door::Citizen, Door::Staff];

impl Door {
    fn provider(self, world: &World) -> &Oidc {
        match self {
            Self::Citizen => &world.stubs.oidc,
            Self::Staff => &world.stubs.staff,
        }
    }
}

fn anna() -> Somebody {
    somebody("Anna", "1985-05-05")
}

/// A world in which Anna may sign in as a citizen, and Els as staff.
async fn peopled(world: &World) {
    world.people(&[&anna()]).await;
    world.may_sign_in(&anna());
    world.employ("Els", &[ROLE]);
}

/// What a person sees who signs in at a door: `in`, or a page.
async fn at(world: &World, door: Door) -> String {
    match door {
        Door::Citizen => citizen(world, "town", &anna().number).await,
        Door::Staff => {
            let mut browser = Browser::default();
            let start = start_of_staff(world, &mut browser).await;
            match browser.go(start.as_str()).await {
                _ if browser.cookies.contains_key("__Host-staff") => "in".to_owned(),
                Ok((_, page)) => page,
                Err(url) => panic!("sent to {url}"),
            }
        }
    }
}

async fn citizen(world: &World, provider: &str, subject: &str) -> String {
    let mut phone = world.new_phone(true, "telefoon");
    phone.provider = Some(provider.to_owned());
    match phone.sign_in("deinze", subject).await {
        Ok(()) => "in".to_owned(),
        Err(PhoneError::Page(page)) => page,
        Err(other) => other.to_string(),
    }
}

/// The provider's page, for a browser of staff.
async fn start_of_staff(world: &World, browser: &mut Browser) -> Url {
    let begin = format!("{}/staff/sign-in?municipality=deinze", world.server).parse().unwrap();
    let answer = browser.send(Method::GET, begin, &[], None).await;
    let mut at: Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    at.query_pairs_mut().append_pair("as", "Els");
    at
}

/// Where the provider sends a browser back to, at a door; and the browser.
async fn sent_back(world: &World, door: Door) -> (Browser, Url) {
    let mut browser = Browser::default();
    let at = match door {
        Door::Citizen => {
            let start = json!({
                "municipality": "deinze", "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "device_name": "x", "language": "nl",
            });
            let (status, begun) = world.json("POST", "/v1/sign-in", None, &start).await;
            assert_eq!(status, 200, "{begun}");
            let mut at: Url = begun["authorization_url"].as_str().unwrap().parse().unwrap();
            at.query_pairs_mut().append_pair("as", &anna().number);
            at
        }
        Door::Staff => start_of_staff(world, &mut browser).await,
    };
    let answer = browser.send(Method::GET, at, &[], None).await;
    let back = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    (browser, back)
}

/// What a browser gets: where it is sent, or the page.
async fn got(browser: &mut Browser, url: &Url) -> (u16, String) {
    let answer = browser.send(Method::GET, url.clone(), &[("accept", "text/html")], None).await;
    let status = answer.status().as_u16();
    match answer.headers().get("location") {
        Some(to) => (status, to.to_str().unwrap().to_owned()),
        None => (status, answer.text().await.unwrap()),
    }
}

fn param(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(k, _)| k == name).unwrap().1.into_owned()
}

/// Takes connections, and never answers; counts them.
async fn frozen() -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (address, asked) = (format!("http://{}", listener.local_addr().unwrap()), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            held.push(stream);
        }
    });
    (address, asked)
}

async fn metrics(world: &World) -> String {
    reqwest::get(format!("{}/metrics", world.server)).await.unwrap().text().await.unwrap()
}

/// Two people whose provider names neither would be one; a token for another client is no sign-in here.
async fn whoever_a_provider_cannot_name_is_nobody(world: World) {
    peopled(&world).await;
    let now = world.now().timestamp();
    for door in DOORS {
        let provider = door.provider(&world);
        for lie in [
            json!({ "sub": "" }),
            json!({ "sub": "  " }),
            json!({ "sub": "\u{200b}" }),
            json!({ "sub": "x".repeat(256) }),
            json!({ "sub": "a\u{0}b" }),
            json!({ "sub": 7 }),
            json!({ "sub": null }),
            json!({ "sub": ["a"] }),
            json!({ "azp": "another-client" }),
            json!({ "azp": 7 }),
            json!({ "aud": ["thuisloket", "another-client"] }),
            json!({ "aud": ["thuisloket", "another-client"], "azp": "another-client" }),
            json!({ "aud": ["another-client"], "azp": "thuisloket" }),
            json!({ "aud": [] }),
            json!({ "aud": null }),
            json!({ "iss": null }),
            json!({ "iss": format!("{}/", provider.issuer()) }),
            json!({ "exp": null }),
            json!({ "exp": (now + 300).to_string() }),
            json!({ "exp": now - 31 }),
            json!({ "iat": now + 120 }),
            json!({ "nbf": now + 120 }),
            json!({ "nonce": null }),
            json!({ "nonce": ["x"] }),
            json!({ "at_hash": "x" }),
        ] {
            provider.says(Part::IdToken, lie.clone());
            let shown = at(&world, door).await;
            assert!(shown.contains(FAILED) && !shown.contains(SET_UP), "{door:?} {lie}: {shown}");
        }
        provider.says(Part::IdToken, json!({}));
        for lie in [json!({ "sub": "" }), json!({ "sub": null }), json!({ "sub": "another" }), json!({ "sub": 7 })] {
            provider.says(Part::Userinfo, lie.clone());
            let shown = at(&world, door).await;
            assert!(shown.contains(FAILED), "{door:?} userinfo {lie}: {shown}");
        }
        provider.says(Part::Userinfo, json!({}));
    }
    for table in ["select count(*) from account", "select count(*) from login", "select count(*) from staff_member"] {
        assert_eq!(world.figure(table).await, 0, "{table}");
    }
    // Given to us among others, it is ours; and clocks differ by some seconds.
    for door in DOORS {
        for truth in [
            json!({ "aud": ["another-client", "thuisloket"], "azp": "thuisloket" }),
            json!({ "aud": ["thuisloket"] }),
            json!({ "exp": now - 20 }),
            json!({ "iat": now + 20, "nbf": now + 20 }),
            json!({ "exp": now as f64 + 60.5 }),
        ] {
            door.provider(&world).says(Part::IdToken, truth.clone());
            assert_eq!(at(&world, door).await, "in", "{door:?} {truth}");
        }
    }
}

async fn what_nobody_uses_may_have_any_shape(world: World) {
    let anna = anna();
    world.people(&[&anna]).await;
    world.employ("Els", &[ROLE]);
    let (n, more) = (&anna.number, &world.stubs);
    more.oidc.person("anna", json!({ "rrn": n }));
    more.fas.person("anna", json!({ "egovNRN": n }));
    more.itsme.person("anna", json!({ "http://itsme.services/v2/claim/BENationalNumber": n }));
    let odd = json!({
        "email": 7, "email_verified": "true", "updated_at": "2027-01-01T10:00:00Z", "address": "Kouter 1",
        "phone_number": { "home": "x" }, "phone_number_verified": "yes", "birthdate": 7, "locale": ["x"],
        "prefLanguage": {}, "picture": ["no address"], "profile": 1, "website": false, "zoneinfo": {}, "gender": [],
        "name": { "nl": "Anna" }, "name#nl": 3, "given_name#nl": "Anna", "nickname": [], "preferred_username": 1,
        "given_name": ["Anna"], "givenName": 7, "family_name": "Zonne\u{0}bloem", "surname": "x".repeat(3_000),
        "auth_time": "x", "amr": "pwd", "c_hash": 5, "s_hash": [], "sid": {}, "_claim_names": "x", "_claim_sources": [],
    });
    for provider in [&more.oidc, &more.fas, &more.itsme, &more.staff] {
        provider.says(Part::IdToken, odd.clone());
        provider.says(Part::Userinfo, odd.clone());
        provider.says(
            Part::Discovery,
            json!({
                "scopes_supported": "openid", "claims_supported": 7, "response_types_supported": "code",
                "response_modes_supported": {}, "grant_types_supported": "authorization_code",
                "subject_types_supported": 1, "id_token_signing_alg_values_supported": "RS256",
                "acr_values_supported": {}, "display_values_supported": "page", "op_policy_uri": "", "op_tos_uri": 1,
                "registration_endpoint": "", "end_session_endpoint": ["x"], "ui_locales_supported": "nl",
                "request_parameter_supported": "false", "authorization_response_iss_parameter_supported": "false",
                "token_endpoint_auth_methods_supported": null, "mtls_endpoint_aliases": [],
            }),
        );
        let token =
            json!({ "expires_in": "3600", "scope": ["openid"], "token_type": "bearer", "refresh_token": 7, "x": {} });
        provider.says(Part::Token, token);
        provider.publishes(|keys| {
            keys[0]["x5c"] = "no list".into();
            keys[0]["x5u"] = 7.into();
            keys[0]["exp"] = "soon".into();
            let strange = [json!(7), json!({ "kty": "AKP", "alg": "ML-DSA-44" }), json!({ "kty": 3 }), json!({})];
            keys.splice(0..0, strange);
        });
    }
    for provider in ["town", "fas", "itsme"] {
        assert_eq!(citizen(&world, provider, "anna").await, "in", "{provider}");
    }
    assert_eq!(at(&world, Door::Staff).await, "in");
    assert_eq!(world.texts("select name from staff_member").await, [""]);
    assert_eq!(world.texts("select language from account").await, ["nl"], "an odd language is none");
}

async fn a_claim_that_is_needed_and_odd_is_no_fault_of_the_citizen(world: World) {
    peopled(&world).await;
    let (anna, oidc) = (anna(), &world.stubs.oidc);
    let mut tried = 0;
    for number in [
        json!(85_050_500_191_u64),
        json!([anna.number]),
        json!({ "value": anna.number }),
        json!(true),
        json!(null),
        json!(""),
        json!("anna"),
        json!("85.05.05-000.00"),
    ] {
        oidc.person("odd", json!({ "rrn": number }));
        let shown = citizen(&world, "town", "odd").await;
        let told = shown.contains(FAILED) && shown.contains(SET_UP) && shown.contains("error=provider_misconfigured");
        assert!(told && !shown.contains("niet terug") && shown.contains("09 000 00 00"), "{number}: {shown}");
        tried += 1;
    }
    // How sure a provider is, in a shape that no mapping fits.
    for level in [json!(3), json!(["urn:be:vlaanderen:authmech:eid"])] {
        oidc.says(Part::IdToken, json!({ "acr": level }));
        assert!(at(&world, Door::Citizen).await.contains(SET_UP), "{level}");
        tried += 1;
    }
    oidc.says(Part::IdToken, json!({}));
    let staff = &world.stubs.staff;
    for claims in [
        json!({ "vo_doelgroepcode": ["LB"], "thuisloket_rol_3d": [ROLE] }),
        json!({ "vo_doelgroepcode": "LB", "thuisloket_rol_3d": { "roles": [ROLE] } }),
        json!({ "vo_doelgroepcode": "LB", "thuisloket_rol_3d": [7] }),
        json!({ "vo_doelgroepcode": "LB", "thuisloket_rol_3d": true }),
    ] {
        staff.person("Els", claims.clone());
        assert!(at(&world, Door::Staff).await.contains(SET_UP), "{claims}");
    }
    // Staff need no national number, and citizens no roles.
    staff.person("Els", json!({ "vo_doelgroepcode": "LB", "thuisloket_rol_3d": ROLE, "rrn": 7 }));
    assert_eq!(at(&world, Door::Staff).await, "in");
    assert_eq!(world.figure("select count(*) from account").await, 0);
    assert_eq!(at(&world, Door::Citizen).await, "in");
    let counted = metrics(&world).await;
    for line in [
        format!(
            r#"thuisloket_sign_ins_total{{provider="town",of="citizens",outcome="provider_misconfigured"}} {tried}"#
        ),
        r#"thuisloket_sign_ins_total{provider="town",of="citizens",outcome="signed_in"} 1"#.to_owned(),
        r#"thuisloket_sign_ins_total{provider="staff",of="staff",outcome="provider_misconfigured"} 4"#.to_owned(),
    ] {
        assert!(counted.contains(&line), "{line}\n{counted}");
    }
}

/// Several providers share one address to which browsers come back: one could bring another's code.
async fn who_sends_the_browser_back_says_who_it_is(world: World) {
    peopled(&world).await;
    for door in DOORS {
        let provider = door.provider(&world);
        let ours = provider.issuer();
        provider.says(Part::Discovery, json!({ "authorization_response_iss_parameter_supported": true }));
        let (code, state) = (("code", THE_CODE), ("state", THE_STATE));
        let slash = format!("{ours}/");
        for lie in [
            vec![code, state],
            vec![code, state, ("iss", "")],
            vec![code, state, ("iss", "https://evil.example")],
            vec![code, state, ("iss", &slash)],
            vec![code, state, ("iss", &ours), ("iss", &ours)],
            vec![code, state, ("iss", &ours), ("iss", "https://evil.example")],
            vec![code, code, state, ("iss", &ours)],
            vec![code, ("code", "x"), state, ("iss", &ours)],
            vec![code, state, ("iss", &ours), ("error", "access_denied")],
            vec![state, ("error", "server_error"), ("error", "access_denied"), ("iss", &ours)],
            vec![state, ("error", "access_denied"), ("iss", "https://evil.example")],
        ] {
            provider.sends_back(Some(&lie));
            let shown = at(&world, door).await;
            assert!(shown.contains(FAILED) && !shown.contains("body_invalid"), "{door:?} {lie:?}: {shown}");
        }
        // Nobody knows which sign-in this is.
        for lie in [vec![code, state, state, ("iss", ours.as_str())], vec![code, ("state", "x"), state], vec![code]] {
            provider.sends_back(Some(&lie));
            let shown = at(&world, door).await;
            assert!(shown.contains(STOPPED), "{door:?} {lie:?}: {shown}");
        }
        assert_eq!(provider.asked("/token"), 0, "no code went anywhere");
        // What we do not know is passed over, twice too.
        let good = [code, state, ("iss", &ours), ("session_state", "a"), ("session_state", "b"), ("x", "\n")];
        provider.sends_back(Some(&good));
        assert_eq!(at(&world, door).await, "in", "{door:?}");
    }
    // A page, whatever a client says that it takes.
    for path in ["/sign-in/callback?code=a&code=b&state=x", "/staff/sign-in/callback?state=x&state=y"] {
        let answer = world.http.get(format!("{}{path}", world.server)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert!(answer.text().await.unwrap().contains("<!doctype html>"), "{path}");
    }
    let twice = format!("{}/news/deinze?language=nl&language=fr", world.server);
    let page = world.http.get(&twice).header("accept", "text/html").send().await.unwrap();
    assert!(page.text().await.unwrap().contains("<!doctype html>"));
    let problem: Value = world.http.get(&twice).send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["code"], "parameter_invalid");
}

async fn a_providers_trouble_is_told_as_its_own(world: World) {
    peopled(&world).await;
    let lines = "AADB2C90091: The user has cancelled.\r\nCorrelation ID: x\r\n";
    for door in DOORS {
        let provider = door.provider(&world);
        let kept = |text: &'static str, error: &'static str| if door == Door::Citizen { error } else { text };
        for (error, text, to_app) in [
            ("access_denied", STOPPED, "error=stopped"),
            ("temporarily_unavailable", FAILED, "error=provider_unavailable"),
            ("server_error", FAILED, "error=provider_unavailable"),
            ("invalid_scope", SET_UP, "error=provider_misconfigured"),
            ("unauthorized_client", SET_UP, "error=provider_misconfigured"),
            ("invalid_request", SET_UP, "error=provider_misconfigured"),
            ("login_required", SET_UP, "error=provider_misconfigured"),
            ("interaction_required", SET_UP, "error=provider_misconfigured"),
            // Which no provider says, and anybody can send.
            ("\u{1b}[31m\u{0}", FAILED, "error=provider_unavailable"),
        ] {
            provider.sends_back(Some(&[("error", error), ("error_description", lines), ("state", THE_STATE)]));
            let shown = at(&world, door).await;
            assert!(shown.contains(text) && shown.contains(kept(text, to_app)), "{door:?} {error}: {shown}");
            assert!(!shown.contains("AADB2C"), "a person needs none of it");
        }
        provider.sends_back(None);
        for (status, answer, text) in [
            (400, json!({ "error": "invalid_grant" }), FAILED),
            (401, json!({ "error": "invalid_client", "error_description": 7 }), SET_UP),
            (400, json!({ "error": "unauthorized_client" }), SET_UP),
            (400, json!({ "error": "server_error" }), FAILED),
            (503, json!("down"), FAILED),
            (429, json!({}), FAILED),
            (400, json!(["?"]), FAILED),
            (200, json!([]), FAILED),
            (200, json!({ "access_token": "x" }), FAILED),
            (200, json!({ "access_token": "x", "id_token": 7 }), FAILED),
            (200, json!({ "access_token": "x", "id_token": "a.b.c" }), FAILED),
            (200, json!({ "access_token": 7, "id_token": "a.b.c" }), FAILED),
        ] {
            provider.answers_at_token(Some((status, answer.clone())));
            let shown = at(&world, door).await;
            assert!(shown.contains(text), "{door:?} {status} {answer}: {shown}");
        }
        provider.answers_at_token(None);
        assert_eq!(at(&world, door).await, "in");
    }
}

/// A browser that comes twice, a link that is tapped twice, somebody with made-up codes: the provider is asked once.
async fn a_sign_in_is_brought_back_once(world: World) {
    peopled(&world).await;
    for door in DOORS {
        let provider = door.provider(&world);
        // Made-up codes.
        let (mut browser, mut back) = sent_back(&world, door).await;
        let state = back.query_pairs().find(|(k, _)| k == "state").unwrap().1.into_owned();
        back.query_pairs_mut().clear().append_pair("state", &state).append_pair("code", "made-up");
        let (_, shown) = got(&mut browser, &back).await;
        assert!(shown.contains(FAILED), "{shown}");
        for _ in 0..3 {
            let (_, shown) = got(&mut browser, &back).await;
            assert!(shown.contains(STOPPED), "{shown}");
        }
        assert_eq!(provider.asked("/token"), 1, "{door:?}");
        // At once.
        let (mut one, back) = sent_back(&world, door).await;
        let mut two = Browser { cookies: one.cookies.clone() };
        let (a, b) = tokio::join!(got(&mut one, &back), got(&mut two, &back));
        assert_eq!(provider.asked("/token"), 2, "{door:?}");
        let human = |(status, shown): &(u16, String)| *status == 303 || shown.contains("Even geduld");
        assert!((a.0 == 303 || b.0 == 303) && human(&a) && human(&b), "{door:?} {a:?} {b:?}");
        // And again: the answer was lost, or somebody went back.
        match door {
            Door::Citizen => {
                // Who knows the state alone gets nothing, and takes nothing from the app.
                for made_up in [Some("made-up"), None] {
                    let mut lie = back.clone();
                    lie.query_pairs_mut().clear().append_pair("state", &param(&back, "state"));
                    lie.query_pairs_mut().append_pair(made_up.map_or("error", |_| "code"), made_up.unwrap_or("x"));
                    let (_, shown) = got(&mut two, &lie).await;
                    assert!(shown.contains("Je bent al aangemeld") && !shown.contains("code="), "{shown}");
                }
                let (_, link) = got(&mut one, &back).await;
                let link: Url = link.parse().unwrap();
                let code = link.query_pairs().find(|(k, _)| k == "code").unwrap().1.into_owned();
                let trade = json!({ "code": code, "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" });
                let (status, tokens) = world.json("POST", "/v1/sessions", None, &trade).await;
                assert_eq!(status, 200, "{tokens}");
                let (_, shown) = got(&mut one, &back).await;
                assert!(shown.contains("Je bent al aangemeld") && !shown.contains("code="), "{shown}");
                let access = tokens["access_token"].as_str().unwrap();
                assert_eq!(world.get("/v1/inbox", access).await.0, 200, "and the session lives");
            }
            Door::Staff => {
                assert_eq!(got(&mut one, &back).await, (303, "/staff".to_owned()));
                assert_eq!(got(&mut Browser::default(), &back).await, (303, "/staff".to_owned()));
                assert_eq!(world.figure("select count(*) from staff_session").await, 1);
            }
        }
        assert_eq!(provider.asked("/token"), 2, "{door:?}");
    }
    // Of what the provider was asked with nothing stays.
    for table in ["sign_in", "staff_sign_in"] {
        let secrets = match table {
            "sign_in" => world.texts("select nonce || provider_verifier from sign_in").await,
            _ => world.texts("select nonce || provider_verifier from staff_sign_in").await,
        };
        assert!(!secrets.is_empty() && secrets.iter().all(String::is_empty), "{table}: {secrets:?}");
    }
}

async fn a_sign_in_that_is_over_is_forgotten(world: World) {
    peopled(&world).await;
    for door in DOORS {
        assert_eq!(at(&world, door).await, "in");
        for _ in 0..5 {
            sent_back(&world, door).await;
        }
    }
    let left = async || {
        let citizens = world.figure("select count(*) from sign_in").await;
        (citizens, world.figure("select count(*) from staff_sign_in").await)
    };
    assert_eq!(left().await, (6, 6));
    world.clock.advance(chrono::Duration::minutes(16));
    world.instance.housekeeping().await.unwrap();
    // Those that gave a code are known for a day, should it come back.
    assert_eq!(left().await, (1, 1));
    world.clock.advance(chrono::Duration::days(1));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(left().await, (0, 0));
}

/// Ids of keys are optional, and need not be unique (RFC 7517, 4.5).
async fn a_provider_may_name_its_keys_as_it_likes(world: World) {
    let anna = anna();
    world.people(&[&anna]).await;
    let (town, fas, itsme) = (&world.stubs.oidc, &world.stubs.fas, &world.stubs.itsme);
    town.person("anna", json!({ "rrn": anna.number }));
    fas.person("anna", json!({ "egovNRN": anna.number }));
    itsme.person("anna", json!({ "http://itsme.services/v2/claim/BENationalNumber": anna.number }));
    fas.rotate().unwrap();
    let mut others = Value::Null;
    fas.publishes(|keys| others = keys[0].clone());
    itsme.rotate().unwrap();
    // None has an id, and another's stands first.
    town.publishes(|keys| {
        keys.insert(0, others.clone());
        keys.iter_mut().for_each(|key| drop(key.as_object_mut().unwrap().remove("kid")));
    });
    // Two of one id.
    let mut towns = Value::Null;
    town.publishes(|keys| towns = keys[1].clone());
    fas.publishes(|keys| {
        towns["kid"] = keys[0]["kid"].clone();
        keys.insert(0, towns);
    });
    // One to encrypt with, of the same id; the one that signs does not say what for.
    itsme.publishes(|keys| {
        let (mut sealing, signing) = (keys[0].clone(), &mut keys[0]);
        signing.as_object_mut().unwrap().retain(|name, _| !["use", "alg"].contains(&name.as_str()));
        (sealing["use"], sealing["alg"], sealing["n"]) = (json!("enc"), json!("RSA-OAEP"), others["n"].clone());
        keys.insert(0, sealing);
    });
    for provider in ["town", "fas", "itsme"] {
        assert_eq!(citizen(&world, provider, "anna").await, "in", "{provider}");
    }
    assert!(town.asked("/jwks") == 1 && fas.asked("/jwks") == 1 && itsme.asked("/jwks") == 1);
}

async fn new_keys_are_asked_for_once_for_all(world: World) {
    peopled(&world).await;
    let oidc = &world.stubs.oidc;
    assert_eq!(at(&world, Door::Citizen).await, "in");
    oidc.rotate().unwrap();
    let before = oidc.asked("/jwks");
    let all = futures_util::future::join_all((0..12).map(|_| at(&world, Door::Citizen))).await;
    assert!(all.iter().all(|shown| shown == "in"), "{all:?}");
    assert_eq!(oidc.asked("/jwks"), before + 1);
    // Whatever its tokens are signed with, it is not asked at each.
    oidc.fault(Some(Fault::Signature));
    for _ in 0..30 {
        assert!(at(&world, Door::Citizen).await.contains(FAILED));
    }
    assert!(oidc.asked("/jwks") < before + 20, "{}", oidc.asked("/jwks"));
    oidc.fault(None);
    assert_eq!(at(&world, Door::Citizen).await, "in");
}

/// Auth0's do: `https://tenant.eu.auth0.com/`.
async fn an_issuer_may_end_with_a_slash(mut world: World) {
    peopled(&world).await;
    for door in DOORS {
        let provider = door.provider(&world);
        provider.calls_itself(&format!("{}/", provider.issuer()));
    }
    // As long as the configuration has none, it is another issuer.
    let look =
        world.instance.part::<thuisloket::identity::Identity>().providers.look("town").await.unwrap_err().to_string();
    assert!(look.contains("its issuer is"), "{look}");
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let mut config = (*world.instance.app.config).clone();
    let server = format!("http://{}", listener.local_addr().unwrap());
    config.server.public_url = server.parse().unwrap();
    for name in ["town", "staff"] {
        let settings = config.identity_providers.get_mut(name).unwrap();
        settings.issuer = Issuer::try_from(format!("{}/", settings.issuer.as_str())).unwrap();
    }
    let instance = Server::open(config, world.clock.clone(), Ids::seeded(3)).await.unwrap();
    let (served, stop) = (instance, CancellationToken::new());
    let stopped = stop.clone();
    tokio::spawn(async move { served.serve(listener, stopped).await.unwrap() });
    world.server = server;
    for door in DOORS {
        assert_eq!(at(&world, door).await, "in", "{door:?}");
        let (lax, exact) = (door.provider(&world), door.provider(&world).issuer());
        lax.says(Part::IdToken, json!({ "iss": exact }));
        assert!(at(&world, door).await.contains(FAILED), "without it is another issuer");
    }
    stop.cancel();
}

/// It holds few of the server's places, is asked once for all, and is left alone once it is known to be silent.
async fn a_provider_that_never_answers_stops_no_other_towns_sign_in(mut world: World) {
    let (issuer, asked) = frozen().await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let mut config = (*world.instance.app.config).clone();
    world.server = format!("http://{}", listener.local_addr().unwrap());
    config.server.public_url = world.server.parse().unwrap();
    config.server.max_concurrent_requests = 64;
    config.identity_providers.get_mut("fas").unwrap().issuer = Issuer::try_from(issuer).unwrap();
    let served = Server::open(config, world.clock.clone(), Ids::seeded(3)).await.unwrap();
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move { served.serve(listener, stopped).await.unwrap() });
    let start = async |town: &str, provider: &str| {
        let wish = json!({
            "municipality": town, "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "device_name": "x", "language": "nl", "provider": provider,
        });
        world.json("POST", "/v1/sign-in", None, &wish).await
    };
    let log = Log::start();
    log.take();
    let mut begun: FuturesUnordered<_> = (0..60).map(|_| start("deinze", "fas")).collect();
    for _ in 0..52 {
        let (status, answer) = begun.next().await.unwrap();
        assert_eq!((status, &answer["code"]), (503, &json!("provider_unavailable")), "{answer}");
    }
    // Eight wait, and the others' sign-ins go on.
    for _ in 0..5 {
        assert_eq!(start("gavere", "town").await.0, 200);
        let answer = world.http.get(format!("{}/v1/municipalities", world.server)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
    }
    assert_eq!((begun.len(), asked.load(Ordering::SeqCst)), (8, 1), "asked once for all who wait");
    while let Some((status, answer)) = begun.next().await {
        assert_eq!((status, &answer["code"]), (503, &json!("provider_unavailable")), "{answer}");
    }
    // Known to be silent, it is not asked.
    for _ in 0..5 {
        assert_eq!(start("deinze", "fas").await.1["code"], "provider_unavailable");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let lines = log.take();
    let warned: Vec<_> = lines.iter().filter(|l| l.contains(" WARN ") && l.contains("provider")).collect();
    assert!(warned.iter().filter(|l| l.contains("does not answer")).count() == 1, "{warned:?}");
    assert!(warned.len() <= 3, "once for all: {warned:?}");
    stop.cancel();
}

/// Whoever signs in is often named in what a provider says went wrong; and anybody can send a browser here with any words.
async fn nobodys_words_reach_the_log(world: World) {
    peopled(&world).await;
    let log = Log::start();
    let words = "Anna Zonderling, born 5 May 1985, access_token=ya29.a0Af eyJhbGciOiJSUzI1NiJ9.e30.x";
    for door in DOORS {
        let provider = door.provider(&world);
        log.take();
        for error in ["invalid_scope", "access_denied", "server_error", words, "anna_zonderling"] {
            provider.sends_back(Some(&[("error", error), ("error_description", words), ("state", THE_STATE)]));
            at(&world, door).await;
        }
        provider.sends_back(None);
        let mut lines = log.take();
        lines.retain(|line| line.starts_with("thuisloket"));
        assert!(lines.iter().any(|line| line.contains("invalid_scope")), "{door:?} {lines:?}");
        let strange: Vec<_> = lines.iter().filter(|line| line.contains("not registered")).collect();
        assert!(strange.len() == 2 && strange.iter().all(|line| !line.contains("ERROR")), "{strange:?}");
        for (status, answer, told) in [
            (400, json!({ "error": "invalid_client", "error_description": words }), "invalid_client"),
            (400, json!({ "error": words }), "not registered"),
            (400, json!({ "error_description": words }), "400 Bad Request, and `error` is absent"),
            (200, json!({ "access_token": words }), "200 OK, and `id_token` is absent"),
            (200, json!({ "access_token": words, "id_token": [words] }), "`id_token` is a list"),
            (200, json!(words), "200 OK, and what it says is no JSON object"),
            (302, json!({ "x": words }), "302 Found, and a token endpoint does not redirect"),
        ] {
            provider.answers_at_token(Some((status, answer)));
            at(&world, door).await;
            let mut new = log.take();
            new.retain(|line| line.starts_with("thuisloket"));
            assert!(new.iter().any(|line| line.contains(told)), "{door:?} {told}: {new:?}");
            lines.extend(new);
        }
        provider.answers_at_token(None);
        for word in ["onderling", "1985", "ya29", "eyJ"] {
            assert!(!lines.iter().any(|line| line.contains(word)), "{door:?} {word}: {lines:?}");
        }
    }
}

/// What decides a sign-in stands in the ID token; userinfo adds names and a language.
async fn a_provider_whose_userinfo_is_away_keeps_out_nobody_whom_it_named(world: World) {
    peopled(&world).await;
    for door in DOORS {
        let provider = door.provider(&world);
        let nowhere = format!("{}/nowhere", provider.issuer());
        provider.says(Part::Discovery, json!({ "userinfo_endpoint": nowhere }));
        provider.says(Part::IdToken, json!({ "acr": "urn:be:vlaanderen:authmech:eid" }));
        assert_eq!(at(&world, door).await, "in", "{door:?}");
        assert_eq!(provider.asked("/nowhere"), 1, "{door:?}");
        // Who is named in userinfo only is not known without it.
        provider.claims_in_userinfo(true);
        assert!(at(&world, door).await.contains(FAILED), "{door:?}");
    }
}

/// A browser is shown that it takes a while, and asks again by itself; a person never reads JSON.
#[tokio::test]
async fn a_sign_in_that_takes_longer_than_a_request_may_keeps_its_page() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::start_with(engine, "server.request_timeout_seconds = 2").await else { continue };
        peopled(&world).await;
        let (silent, _) = frozen().await;
        for door in DOORS {
            door.provider(&world).says(Part::Discovery, json!({ "token_endpoint": format!("{silent}/token") }));
            let (mut browser, back) = sent_back(&world, door).await;
            for _ in 0..2 {
                let answer = browser.send(Method::GET, back.clone(), &[("accept", "text/html")], None).await;
                assert!(answer.headers().contains_key("refresh"), "{door:?} {}", answer.status());
                assert!(answer.text().await.unwrap().contains("Even geduld"), "{door:?}");
            }
        }
    }
}

/// Starts are stored until they are over, and anyone may start: each town has its share, and its staff theirs.
#[tokio::test]
async fn one_towns_sign_ins_leave_the_others_theirs() {
    let more = "[limits]\nrequests_a_minute_by_address = 1000000\nsign_ins_a_minute_by_address = 1000000\nsign_ins_a_minute_by_town = 5";
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::start_with(engine, more).await else { continue };
        peopled(&world).await;
        let start = async |town: &str| {
            let wish = json!({
                "municipality": town, "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "device_name": "x", "language": "nl",
            });
            world.json("POST", "/v1/sign-in", None, &wish).await
        };
        let mut refused = 0;
        for _ in 0..12 {
            let (status, answer) = start("deinze").await;
            refused += usize::from(status == 429 && answer["code"] == "too_many_requests");
        }
        assert!((5..=7).contains(&refused), "{refused}");
        assert_eq!(start("gavere").await.0, 200, "the other town notices nothing");
        assert_eq!(at(&world, Door::Staff).await, "in", "nor does its own staff");
        let kept = world.figure("select count(*) from sign_in").await;
        assert!(kept <= 8, "{kept}");
    }
}
