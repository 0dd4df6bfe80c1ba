//! Sign-in and sessions, through the whole flow.

use serde_json::json;
use thuisloket_mobile_contract::{oidc::Fault, phone::PhoneError};

use crate::world::{World, somebody};

journeys! {
    a_citizen_signs_in_sees_her_sessions_and_ends_them,
    who_is_not_in_the_register_gets_a_plain_explanation,
    a_refresh_token_used_twice_ends_the_session,
    an_answer_of_refresh_that_was_lost_ends_no_session,
    whoever_asks_at_once_with_an_ended_session_is_refused,
    whoever_brings_one_token_at_once_goes_on,
    a_one_time_code_is_good_once_and_with_its_verifier_only,
    a_provider_that_lies_or_is_down_lets_nobody_in,
    a_provider_that_rotates_its_keys_is_followed,
    claims_may_stand_in_userinfo,
    signing_keys_rotate_without_signing_anyone_out,
    nothing_of_one_town_is_visible_in_another,
}

async fn a_citizen_signs_in_sees_her_sessions_and_ends_them(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let mut tablet = world.phone(&anna, false).await;
    let (p, t) = (phone.tokens.clone().unwrap(), tablet.tokens.clone().unwrap());
    let (status, sessions) = world.get("/v1/sessions", &p.access).await;
    assert_eq!((status, sessions.as_array().unwrap().len()), (200, 2));
    let mine: Vec<_> = sessions.as_array().unwrap().iter().filter(|s| s["current"] == true).collect();
    assert_eq!((mine.len(), &mine[0]["device_name"]), (1, &json!("telefoon van Anna")));
    assert_eq!(world.raw("DELETE", &format!("/v1/sessions/{}", t.session), Some(&p.access), None).await.0, 200);
    // Ended is ended, at once, for both tokens.
    assert_eq!(world.get("/v1/sessions", &t.access).await.1["code"], "session_ended");
    assert_eq!(tablet.refresh().await.unwrap_err().code(), "refresh_invalid");
    assert_eq!(world.raw("DELETE", "/v1/sessions", Some(&p.access), None).await.0, 200);
    assert_eq!(world.get("/v1/sessions", &p.access).await.1["code"], "session_ended");
    phone.sign_in("deinze", &anna.number).await.unwrap();
    world.at("2027-03-01 10:11");
    let expired = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/sessions", &expired).await.1["code"], "token_expired");
}

async fn who_is_not_in_the_register_gets_a_plain_explanation(world: World) {
    let (anna, gone) = (somebody("Anna", "1985-05-05"), somebody("Gert", "1984-04-04").state("departed", "2027-01-01"));
    world.people(&[&gone]).await;
    for who in [&anna, &gone] {
        world.may_sign_in(who);
        let mut phone = world.new_phone(true, "telefoon");
        let Err(PhoneError::Page(page)) = phone.sign_in("deinze", &who.number).await else { panic!("no page") };
        assert!(page.contains("We vinden je niet terug in Deinze") && page.contains("09 000 00 00"), "{page}");
        assert!(page.contains("error=not_in_register") && !page.contains(&who.number));
    }
    assert_eq!(world.figure("select count(*) from account").await, 0);
    let mut phone = world.new_phone(true, "telefoon");
    let Err(PhoneError::Page(page)) = phone.sign_in("deinze", "stop").await else { panic!("no page") };
    assert!(page.contains("Je bent niet aangemeld"), "{page}");
}

/// The first who asks looks which sessions ended; who asks meanwhile is not answered by what was known before.
async fn whoever_asks_at_once_with_an_ended_session_is_refused(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    for _ in 0..5 {
        let (phone, tablet) = (world.phone(&anna, true).await, world.phone(&anna, false).await);
        let (mine, other) = (phone.tokens.unwrap(), tablet.tokens.unwrap());
        assert_eq!(world.get("/v1/me", &other.access).await.0, 200, "known to this process");
        let path = format!("/v1/sessions/{}", other.session);
        assert_eq!(world.raw("DELETE", &path, Some(&mine.access), None).await.0, 200);
        let answers = futures_util::future::join_all((0..24).map(|_| world.get("/v1/me", &other.access))).await;
        let let_in = answers.iter().filter(|(status, _)| *status != 401).count();
        assert_eq!(let_in, 0, "of {} answers", answers.len());
    }
}

async fn a_refresh_token_used_twice_ends_the_session(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let old = phone.tokens.clone().unwrap().refresh;
    phone.refresh().await.unwrap();
    world.clock.advance(chrono::Duration::minutes(9));
    phone.refresh().await.unwrap();
    let body = json!({ "refresh_token": old });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &body).await.1["code"], "refresh_reused");
    let access = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/inbox", &access).await.1["code"], "session_ended");
    assert_eq!(phone.refresh().await.unwrap_err().code(), "refresh_invalid");
    // The citizen is told, on the phone that is still signed in, and once.
    let mut tablet = world.phone(&anna, false).await;
    world.drain().await;
    world.drain().await;
    let inbox = tablet.inbox().await.unwrap();
    assert_eq!((inbox.len(), inbox[0].title.as_str()), (1, "Je bent afgemeld op telefoon van Anna"));
    assert!(inbox[0].body.contains("reservekopie") && inbox[0].deep_link == "/sessions", "{}", inbox[0].body);
    assert_eq!((tablet.receive_all().await, world.stubs.apns.count()), (1, 0));
    assert!(!tablet.lock_screen[0].text.contains("afgemeld"), "the lock screen learns nothing");
    // An app and its notification extension at once, each by itself: both go on, and the session lives.
    let phone = world.phone(&anna, true).await;
    let body = json!({ "refresh_token": phone.tokens.clone().unwrap().refresh });
    let (a, b) = tokio::join!(
        world.json("POST", "/v1/sessions/refresh", None, &body),
        world.json("POST", "/v1/sessions/refresh", None, &body)
    );
    assert_eq!((a.0, b.0), (200, 200), "{} {}", a.1, b.1);
    let sessions = world.figure("select count(*) from session where ended_at is null").await;
    world.clock.advance(chrono::Duration::minutes(9));
    let kept = json!({ "refresh_token": b.1["refresh_token"] });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &kept).await.0, 200);
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, sessions);
    // Whoever kept the other one beside it is a second holder: of that the citizen is told.
    world.clock.advance(chrono::Duration::minutes(9));
    let other = json!({ "refresh_token": a.1["refresh_token"] });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &other).await.1["code"], "refresh_reused");
}

/// Of an app and its notification extension, each keeps another answer now and then, whichever came first.
async fn whoever_brings_one_token_at_once_goes_on(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let mut token = phone.tokens.clone().unwrap().refresh;
    for round in 0..24 {
        let body = json!({ "refresh_token": token });
        if round % 3 == 2 {
            // A whole answer is lost first: an hour later both come with the old one.
            assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &body).await.0, 200);
            world.clock.advance(chrono::Duration::hours(1));
        }
        let ask = || world.json("POST", "/v1/sessions/refresh", None, &body);
        let (a, b, c) = tokio::join!(ask(), ask(), ask());
        assert_eq!((a.0, b.0, c.0), (200, 200, 200), "round {round}: {} {} {}", a.1, b.1, c.1);
        world.clock.advance(chrono::Duration::minutes(9));
        token = [a, b, c][round % 3].1["refresh_token"].as_str().unwrap().to_owned();
    }
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, 1);
}

/// A phone's system ends the app before it has kept its new token: hours later it comes with the old one, without a key.
async fn an_answer_of_refresh_that_was_lost_ends_no_session(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let body = json!({ "refresh_token": phone.tokens.clone().unwrap().refresh });
    let (_, lost) = world.json("POST", "/v1/sessions/refresh", None, &body).await;
    world.clock.advance(chrono::Duration::hours(9));
    let (status, again) = world.json("POST", "/v1/sessions/refresh", None, &body).await;
    assert_eq!(status, 200, "{again}");
    assert_eq!(world.get("/v1/inbox", again["access_token"].as_str().unwrap()).await.0, 200);
    // And a second time, before the app has kept anything: the answer before was never used either.
    world.clock.advance(chrono::Duration::hours(9));
    let (status, third) = world.json("POST", "/v1/sessions/refresh", None, &body).await;
    assert_eq!(status, 200, "{third}");
    // What was lost was somebody's after all: two hold the session, and it ends.
    world.clock.advance(chrono::Duration::minutes(5));
    let found = json!({ "refresh_token": lost["refresh_token"] });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &found).await.1["code"], "refresh_reused");
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, 0);
}

async fn a_one_time_code_is_good_once_and_with_its_verifier_only(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.may_sign_in(&anna);
    let phone = world.new_phone(true, "telefoon");
    let trade = |code: &str, verifier: &str| json!({ "code": code, "code_verifier": verifier });
    let (code, verifier) = phone.browse("deinze", &anna.number).await.unwrap();
    let wrong = world.json("POST", "/v1/sessions", None, &trade(&code, &"x".repeat(43))).await;
    assert_eq!(wrong.1["code"], "verifier_invalid");
    assert_eq!(world.json("POST", "/v1/sessions", None, &trade(&code, &verifier)).await.1["code"], "code_invalid");
    // A code that comes back ends the session it gave.
    let (code, verifier) = phone.browse("deinze", &anna.number).await.unwrap();
    let (status, tokens) = world.json("POST", "/v1/sessions", None, &trade(&code, &verifier)).await;
    assert_eq!(status, 200);
    assert_eq!(world.json("POST", "/v1/sessions", None, &trade(&code, &verifier)).await.1["code"], "code_invalid");
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(world.get("/v1/inbox", access).await.1["code"], "session_ended");
    // Too late.
    let (code, verifier) = phone.browse("deinze", &anna.number).await.unwrap();
    world.at("2027-03-01 10:03");
    assert_eq!(world.json("POST", "/v1/sessions", None, &trade(&code, &verifier)).await.1["code"], "code_invalid");
}

async fn a_provider_that_lies_or_is_down_lets_nobody_in(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut kept = world.phone(&anna, true).await;
    for fault in [Fault::Nonce, Fault::Audience, Fault::Issuer, Fault::Signature, Fault::Expired] {
        world.stubs.oidc.fault(Some(fault));
        let Err(PhoneError::Page(page)) = world.new_phone(true, "x").sign_in("deinze", &anna.number).await else {
            panic!("{fault:?} was let in")
        };
        assert!(page.contains("Aanmelden lukt nu niet"), "{page}");
    }
    world.stubs.oidc.fault(Some(Fault::Down));
    assert!(world.new_phone(true, "x").sign_in("deinze", &anna.number).await.is_err());
    kept.refresh().await.unwrap();
    assert!(kept.inbox().await.is_ok(), "existing sessions are left alone");
    assert_eq!(world.figure("select count(*) from session").await, 1);
}

async fn a_provider_that_rotates_its_keys_is_followed(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.phone(&anna, true).await;
    world.stubs.oidc.rotate().unwrap();
    world.phone(&anna, true).await;
}

async fn claims_may_stand_in_userinfo(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.stubs.oidc.claims_in_userinfo(true);
    world.phone(&anna, true).await;
}

async fn signing_keys_rotate_without_signing_anyone_out(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    world.instance.part::<thuisloket::identity::Identity>().keys.rotate(world.now()).unwrap();
    assert!(phone.inbox().await.is_ok());
    let (_, jwks) = world.raw("GET", "/.well-known/jwks.json", None, None).await;
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 2);
    assert!(jwks["keys"][0].get("d").is_none(), "the private half stays here");
}

async fn nothing_of_one_town_is_visible_in_another(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let text = crate::world::people_csv(&[&anna]);
    world.residents_file("deinze", &text, false).await.unwrap();
    world.residents_file("gavere", &text, false).await.unwrap();
    let papers = crate::world::papers_csv(&[crate::world::paper(&anna, "eid", "2017-06-01", "2027-06-01")]);
    world.documents_file("deinze", &papers, false).await.unwrap();
    let here = world.phone(&anna, true).await;
    let mut there = world.new_phone(true, "telefoon");
    there.sign_in("gavere", &anna.number).await.unwrap();
    there.register().await.unwrap();
    let (mine, theirs) = (here.documents().await.unwrap(), there.documents().await.unwrap());
    assert_eq!((mine.len(), theirs.len()), (1, 0));
    let token = there.tokens.clone().unwrap().access;
    assert_eq!(world.get(&format!("/v1/documents/{}", mine[0].id), &token).await.0, 404);
    let session = here.tokens.clone().unwrap().session;
    assert_eq!(world.raw("DELETE", &format!("/v1/sessions/{session}"), Some(&token), None).await.0, 404);
    assert_eq!(world.raw("DELETE", &format!("/v1/devices/{}", here.installation), Some(&token), None).await.0, 404);
    world.days(3).await;
    assert_eq!(world.figure("select count(*) from message").await, 1);
    let mut here = here;
    here.refresh().await.unwrap();
    there.refresh().await.unwrap();
    let (message, token) = (here.inbox().await.unwrap()[0].id, there.tokens.clone().unwrap().access);
    assert_eq!(world.get(&format!("/v1/inbox/{message}"), &token).await.0, 404);
    assert_eq!(world.raw("PUT", &format!("/v1/inbox/{message}/read"), Some(&token), None).await.0, 404);
}
