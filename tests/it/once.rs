//! A request that comes again is done once: `Idempotency-Key`.

use serde_json::{Value, json};

use crate::world::{World, somebody};

journeys! {
    a_lost_answer_comes_again,
    a_key_with_another_request_is_refused,
    of_two_at_once_one_works_and_one_waits,
    the_same_key_of_somebody_else_is_another,
    an_answer_is_kept_for_a_day_and_sealed,
    what_was_refused_may_fare_better_the_second_time,
}

async fn send(
    world: &World,
    method: &str,
    path: &str,
    token: Option<&str>,
    key: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let mut request = world.http.request(method.parse().unwrap(), format!("{}{path}", world.server));
    request = request.header("idempotency-key", key);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default())
}

async fn a_lost_answer_comes_again(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    // On a train: the refresh is done, its answer never arrives, and the phone tries again.
    let body = json!({ "refresh_token": phone.tokens.clone().unwrap().refresh });
    let first = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await;
    world.clock.advance(chrono::Duration::minutes(3));
    let second = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await;
    assert_eq!((first.0, &first), (200, &second));
    // The session lives, and the tokens are good; without the key it would have ended.
    let access = second.1["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.get("/v1/inbox", &access).await.0, 200);
    let next = json!({ "refresh_token": second.1["refresh_token"] });
    assert_eq!(send(&world, "POST", "/v1/sessions/refresh", None, "train-0002", Some(&next)).await.0, 200);
    world.clock.advance(chrono::Duration::minutes(3));
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &body).await.1["code"], "refresh_reused");
    // Its key brings no tokens of a session that has ended.
    assert_eq!(
        send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await.1["code"],
        "refresh_invalid"
    );

    // A sign-in whose last answer was lost.
    let (code, verifier) = phone.browse("deinze", &anna.number).await.unwrap();
    let trade = json!({ "code": code, "code_verifier": verifier });
    let one = send(&world, "POST", "/v1/sessions", None, "trade-0001", Some(&trade)).await;
    let two = send(&world, "POST", "/v1/sessions", None, "trade-0001", Some(&trade)).await;
    assert_eq!((one.0, &one), (200, &two));
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, 1);
    // Something is removed, and is gone when it is removed again; the phone hears the same.
    phone.tokens = None;
    phone.trade(&code, &verifier).await.unwrap_err();
    let mut phone = world.phone(&anna, true).await;
    let tablet = world.phone(&anna, false).await;
    let access = phone.tokens.clone().unwrap().access;
    let device = format!("/v1/devices/{}", tablet.installation);
    let session = format!("/v1/sessions/{}", tablet.tokens.clone().unwrap().session);
    for path in [device, session] {
        for _ in 0..2 {
            assert_eq!(
                send(&world, "DELETE", &path, Some(&access), &format!("key {path}"), None).await.0,
                200,
                "{path}"
            );
        }
        assert_eq!(world.raw("DELETE", &path, Some(&access), None).await.0, 200, "without the key");
    }
    assert!(phone.refresh().await.is_ok());
    // The start of a sign-in gives the same page to go to.
    let start =
        json!({ "municipality": "deinze", "code_challenge": "x".repeat(43), "device_name": "x", "language": "nl" });
    let one = send(&world, "POST", "/v1/sign-in", None, "start-0001", Some(&start)).await;
    assert_eq!(one, send(&world, "POST", "/v1/sign-in", None, "start-0001", Some(&start)).await);
    // A machine's key, which is shown once, is shown again to whoever asked for it and lost it.
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let wish = json!({ "name": "x", "scopes": ["import_residents"], "days": 3 });
    let one = send(&world, "POST", "/staff/v1/keys", Some(&chief), "make-0001", Some(&wish)).await;
    assert_eq!(one, send(&world, "POST", "/staff/v1/keys", Some(&chief), "make-0001", Some(&wish)).await);
    assert_eq!(world.figure("select count(*) from machine_key").await, 1);
}

async fn a_key_with_another_request_is_refused(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let body = json!({ "refresh_token": phone.tokens.clone().unwrap().refresh });
    let first = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await.1;
    let other = json!({ "refresh_token": first["refresh_token"] });
    let (status, problem) = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&other)).await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_key_reused")));
    let trade = json!({ "code": "x", "code_verifier": "x".repeat(43) });
    assert_eq!(send(&world, "POST", "/v1/sessions", None, "train-0001", Some(&trade)).await.0, 422, "another path");
    // And nothing was spent by it.
    assert_eq!(send(&world, "POST", "/v1/sessions/refresh", None, "train-0002", Some(&other)).await.0, 200);
    for key in ["short", &"x".repeat(101), ""] {
        let (status, problem) = send(&world, "POST", "/v1/sessions/refresh", None, key, Some(&other)).await;
        assert_eq!((status, &problem["field"]), (400, &json!("Idempotency-Key")), "{key:?} {problem}");
    }
}

async fn of_two_at_once_one_works_and_one_waits(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut refresh = world.phone(&anna, true).await.tokens.unwrap().refresh;
    for round in 0..10 {
        let (key, body) = (format!("round-{round:04}"), json!({ "refresh_token": refresh }));
        let ask = || send(&world, "POST", "/v1/sessions/refresh", None, &key, Some(&body));
        let all = tokio::join!(ask(), ask(), ask(), ask());
        for answer in [&all.1, &all.2, &all.3] {
            assert_eq!((answer.0, answer), (200, &all.0));
        }
        refresh = all.0.1["refresh_token"].as_str().unwrap().to_owned();
    }
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, 1);
    assert_eq!(world.figure("select count(*) from refresh_token where spent_at is null").await, 1);
}

async fn the_same_key_of_somebody_else_is_another(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let mut ended = Vec::new();
    for who in [&anna, &luc] {
        let (phone, tablet) = (world.phone(who, true).await, world.phone(who, false).await);
        let access = phone.tokens.clone().unwrap().access;
        let path = format!("/v1/sessions/{}", tablet.tokens.clone().unwrap().session);
        ended.push(send(&world, "DELETE", &path, Some(&access), "the-same-key", None).await.0);
    }
    assert_eq!(ended, [200, 200]);
    assert_eq!(world.figure("select count(*) from session where ended_at is not null").await, 2);
}

async fn an_answer_is_kept_for_a_day_and_sealed(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let body = json!({ "refresh_token": phone.tokens.clone().unwrap().refresh });
    let first = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await.1;
    // Whoever reads the database finds neither key nor tokens.
    let all = world.texts("select key_hash || request_hash || answer from kept_answer").await.concat();
    for secret in [first["access_token"].as_str(), first["refresh_token"].as_str(), Some("train-0001")] {
        assert!(!all.contains(secret.unwrap()));
    }
    assert!(!all.contains("access_token") && all.len() > 300);
    world.at("2027-03-02 09:59");
    assert_eq!(send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await.1, first);
    // After a day it is a request like any other: the token was spent, and what was given for it used since.
    let next = json!({ "refresh_token": first["refresh_token"] });
    assert_eq!(send(&world, "POST", "/v1/sessions/refresh", None, "train-0002", Some(&next)).await.0, 200);
    world.at("2027-03-03 10:01");
    let late = send(&world, "POST", "/v1/sessions/refresh", None, "train-0001", Some(&body)).await;
    assert_eq!(late.1["code"], "refresh_reused");
    world.instance.housekeeping().await.unwrap();
    let old = "select count(*) from kept_answer where answer <> ''";
    assert_eq!(world.figure(old).await, 0);
}

async fn what_was_refused_may_fare_better_the_second_time(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.stubs.fas.fault(Some(thuisloket_mobile_contract::oidc::Fault::Down));
    let start = json!({ "municipality": "deinze", "code_challenge": "x".repeat(43), "device_name": "x", "language": "nl", "provider": "fas" });
    let down = send(&world, "POST", "/v1/sign-in", None, "start-0001", Some(&start)).await;
    assert_eq!((down.0, &down.1["code"]), (503, &json!("provider_unavailable")));
    world.stubs.fas.fault(None);
    assert_eq!(send(&world, "POST", "/v1/sign-in", None, "start-0001", Some(&start)).await.0, 200);
    // What is not there now may be there later.
    let access = world.phone(&anna, true).await.tokens.unwrap().access;
    let tablet = world.new_phone(false, "tablet");
    let path = format!("/v1/devices/{}", tablet.installation);
    assert_eq!(send(&world, "DELETE", &path, Some(&access), "remove-001", None).await.0, 404);
    let mut tablet = tablet;
    tablet.sign_in("deinze", &anna.number).await.unwrap();
    tablet.register().await.unwrap();
    assert_eq!(send(&world, "DELETE", &path, Some(&access), "remove-001", None).await.0, 200);
}
