//! Providers that behave badly: what is lost (nothing), who waits for whom, how often we knock, and what is told of it.

use std::{sync::atomic::Ordering, time::Duration};

use serde_json::{Value, json};
use thuisloket_mobile_contract::{apns, fcm, phone::Phone};
use tokio_util::sync::CancellationToken;

use crate::{
    push::{crowd, crowd_with, outcomes, token},
    world::{Somebody, World, somebody},
};

journeys! { with "server.stop_seconds = 6";
    one_phone_of_another_kind_stops_nobody,
    a_citizen_with_many_made_up_tokens_stops_nobody,
    a_refusal_that_names_nobody_is_set_aside_and_then_believed,
    a_phone_that_is_first_in_line_and_never_answered_stops_nobody,
    a_row_that_cannot_be_sent_stops_nobody,
    a_provider_that_says_goodbye_at_once_is_not_hammered,
    a_provider_that_closes_before_tls_is_told_of_once_and_seen_in_the_figures,
    after_an_outage_an_emergency_goes_first_and_all_go_at_once,
    an_emergency_does_not_wait_for_a_pause,
    a_frozen_provider_holds_up_no_stopping,
    a_stream_that_is_reset_costs_no_connection,
    an_answer_with_a_large_head_is_an_answer,
    a_proxy_that_refuses_all_loses_nothing,
    a_provider_that_is_busy_is_left_alone_as_long_as_it_asks,
    a_provider_that_asks_for_no_wait_is_not_hammered,
    an_emergency_asks_though_the_provider_wants_a_day,
    too_fast_for_one_phone_or_for_the_project,
    googles_token_is_asked_for_once_however_odd_its_life,
    a_refused_service_account_is_asked_once_and_told_in_googles_words,
    a_token_endpoint_that_is_busy_is_left_alone_as_long_as_it_asks,
    a_token_withdrawn_early_is_fetched_anew,
}

async fn state(world: &World) -> Vec<String> {
    world.texts("select state || ' ' || coalesce(pause_kind, '') from channel where state <> 'open'").await
}

/// Lets time pass, with the work of each step done.
async fn pass(world: &World, steps: u32, seconds: i64) {
    for _ in 0..steps {
        world.clock.advance(chrono::Duration::seconds(seconds));
        world.drain().await;
    }
}

async fn change(world: &World, sql: &'static str, values: &[&str]) {
    let mut w = world.instance.app.db.write().await.unwrap();
    let done = thuisloket::with_conn!(w, c => {
        let mut query = sqlx::query(sql);
        for value in values {
            query = query.bind(value.to_string());
        }
        query.execute(c).await.map(|d| d.rows_affected())
    });
    assert!(done.unwrap() > 0);
    w.commit().await.unwrap();
}

/// A crowd whose pushes are queued and not sent yet, as Apple does not know our key for the moment; and who comes first.
async fn queued(world: &World, n: u32) -> (Vec<Phone>, String) {
    let apns = &world.stubs.apns;
    let phones = crowd(world, n, true).await;
    apns.set_key("KEY1234567", None);
    world.drain().await;
    assert_eq!(state(world).await, ["paused refused"]);
    apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    let first = "select d.target from push_delivery p join device d on d.municipality_id = p.municipality_id and d.id = p.device_id
                 where p.state = 'ready' order by p.not_before, p.message_id, p.device_id limit 1";
    let first = world.texts(first).await.remove(0);
    (phones, first)
}

async fn one_phone_of_another_kind_stops_nobody(world: World) {
    let phones = crowd(&world, 20, false).await;
    // What Google answers for the token of an iPhone or a browser in the same project.
    for phone in [&phones[0], &phones[7]] {
        world.stubs.fcm.script(&token(phone), fcm::Script::refuse(401, "THIRD_PARTY_AUTH_ERROR"));
    }
    world.drain().await;
    assert_eq!((world.stubs.fcm.count(), outcomes(&world, "token_suspect").await), (18, 2));
    assert_eq!(world.stubs.fcm.tokens_asked(), 1, "our access token is good");
    assert!(state(&world).await.is_empty());
    assert_eq!(world.figure("select count(*) from device where state = 'quarantined'").await, 2);
}

async fn a_citizen_with_many_made_up_tokens_stops_nobody(world: World) {
    let villain = somebody("Snood", "1955-05-05");
    world.people(&[&villain]).await;
    world.papers(&[crate::world::paper(&villain, "eid", "2017-06-01", "2027-06-01")]).await;
    let fcm = &world.stubs.fcm;
    let answers = [
        fcm::Script::refuse(401, "THIRD_PARTY_AUTH_ERROR"),
        fcm::Script::refuse(403, "SENDER_ID_MISMATCH"),
        fcm::Script::refuse(401, ""),
        fcm::Script::refuse(403, ""),
        fcm::Script::refuse(404, ""),
        fcm::Script::raw(407, "<html>Proxy</html>"),
        fcm::Script::refuse(429, "QUOTA_EXCEEDED"),
        fcm::Script::refuse(503, "UNAVAILABLE"),
    ];
    for script in answers.iter().chain(&answers) {
        let phone = world.phone(&villain, false).await;
        fcm.script(&token(&phone), script.clone());
    }
    crowd(&world, 6, false).await;
    world.drain().await;
    assert_eq!(fcm.count(), 6);
    assert!(state(&world).await.is_empty(), "{:?}", state(&world).await);
    // However long it goes on; and what is refused again and again while others pass is the token's.
    pass(&world, 40, 120).await;
    assert!(state(&world).await.is_empty(), "{:?}", state(&world).await);
    assert_eq!(outcomes(&world, "token_suspect").await, 12);
    assert_eq!(world.figure("select count(*) from device where state = 'quarantined'").await, 12);
    assert!(fcm.tokens_asked() < 10, "{}", fcm.tokens_asked());
}

async fn a_refusal_that_names_nobody_is_set_aside_and_then_believed(world: World) {
    let phones = crowd(&world, 9, false).await;
    let fcm = &world.stubs.fcm;
    // The project is not allowed any more, and says so to all: that is ours, though no word of it names us.
    fcm.script_all(Some(fcm::Script::refuse(403, "")));
    world.drain().await;
    assert_eq!(state(&world).await, ["paused refused"]);
    pass(&world, 3, 600).await;
    assert_eq!(outcomes(&world, "ready").await, 9);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 9);
    // Mended, but for one phone.
    fcm.script_all(None);
    fcm.script(&token(&phones[4]), fcm::Script::refuse(403, ""));
    pass(&world, 3, 600).await;
    assert_eq!((fcm.count(), outcomes(&world, "ready").await), (8, 1));
    assert!(state(&world).await.is_empty());
}

async fn a_phone_that_is_first_in_line_and_never_answered_stops_nobody(world: World) {
    let (_phones, first) = queued(&world, 8).await;
    world.stubs.apns.script(&first, apns::Script::Never);
    pass(&world, 1, 61).await;
    pass(&world, 3, 3).await;
    assert_eq!((outcomes(&world, "delivered").await, outcomes(&world, "ready").await), (7, 1));
}

async fn a_row_that_cannot_be_sent_stops_nobody(world: World) {
    const OTHER: &str = "update device set target = $1 where target = $2";
    let (_phones, first) = queued(&world, 5).await;
    // Neither target is taken from an app; yet a row may be older than a rule.
    change(&world, OTHER, &["zz zz", &first]).await;
    pass(&world, 2, 61).await;
    assert_eq!((outcomes(&world, "delivered").await, outcomes(&world, "failed").await), (4, 1));
    let phone = world.phone(&somebody("Iemand", "1960-01-01"), false).await;
    change(&world, OTHER, &["x".repeat(5_000).as_str(), &token(&phone)]).await;
    world.at("2027-05-03 10:00");
    world.drain().await;
    assert_eq!((outcomes(&world, "delivered").await, outcomes(&world, "failed").await), (8, 3));
    let why = world.texts("select code from push_delivery where outcome = 'failed' order by code").await;
    assert!(why[0].contains("larger than Google takes") && why[1].contains("uri"), "{why:?}");
    assert!(state(&world).await.is_empty());
}

async fn a_provider_that_says_goodbye_at_once_is_not_hammered(world: World) {
    let weather = &world.stubs.apns.weather;
    crowd(&world, 60, true).await;
    weather.goaway_at_once.store(true, Ordering::SeqCst);
    world.drain().await;
    assert_eq!(weather.connections.load(Ordering::SeqCst), 1, "one try for all who wait");
    assert_eq!(state(&world).await, ["paused unreachable"]);
    // A minute of it, looked at each second.
    pass(&world, 60, 1).await;
    let tries = weather.connections.load(Ordering::SeqCst);
    assert!((4..=10).contains(&tries), "{tries} in a minute");
    assert_eq!(world.figure("select max(attempts) from push_delivery").await, 0, "no row is to blame");
    weather.goaway_at_once.store(false, Ordering::SeqCst);
    pass(&world, 1, 20).await;
    assert_eq!(outcomes(&world, "delivered").await, 60);
    assert!(state(&world).await.is_empty());
}

async fn a_provider_that_closes_before_tls_is_told_of_once_and_seen_in_the_figures(world: World) {
    let weather = &world.stubs.apns.weather;
    let paused = |reason: &str| {
        let line = format!("push_channel_paused{{channel=\"shared/apns/production\",reason=\"{reason}\"}} ");
        let text = world.instance.app.metrics.text();
        let value = text.lines().find_map(|l| l.strip_prefix(&format!("thuisloket_{line}")).map(str::to_owned));
        value.unwrap_or_else(|| panic!("no {line} in {text}"))
    };
    world.drain().await;
    assert_eq!(paused("unreachable"), "0");
    crowd(&world, 4, true).await;
    weather.away.store(true, Ordering::SeqCst);
    world.drain().await;
    assert_eq!(
        world.figure("select count(*) from channel where told_at is not null").await,
        0,
        "a moment tells nobody"
    );
    pass(&world, 5, 20).await;
    assert_eq!((paused("unreachable").as_str(), paused("refused").as_str()), ("1", "0"));
    let told = "select count(*) from channel where told_at is not null and reason like 'no connection: %'";
    assert_eq!(world.figure(told).await, 1);
    let first = world.texts("select cast(told_at as text) from channel where told_at is not null").await;
    pass(&world, 5, 20).await;
    let later = world.texts("select cast(told_at as text) from channel where told_at is not null").await;
    assert_eq!(first, later, "told once");
    weather.away.store(false, Ordering::SeqCst);
    pass(&world, 1, 20).await;
    assert_eq!((paused("unreachable").as_str(), outcomes(&world, "delivered").await), ("0", 4));
    let text = world.instance.app.metrics.text();
    for outcome in ["made", "failed"] {
        assert!(
            text.contains(&format!(
                "push_connections_total{{channel=\"shared/apns/production\",outcome=\"{outcome}\"}}"
            )),
            "{text}"
        );
    }
}

async fn after_an_outage_an_emergency_goes_first_and_all_go_at_once(world: World) {
    let (phones, _) = queued(&world, 30).await;
    let weather = &world.stubs.apns.weather;
    weather.away.store(true, Ordering::SeqCst);
    let urgent = token(&phones[17]);
    change(
        &world,
        "update push_delivery set lane = 0 where device_id in (select id from device where target = $1)",
        &[&urgent],
    )
    .await;
    // An hour.
    pass(&world, 10, 360).await;
    assert_eq!((outcomes(&world, "ready").await, world.stubs.apns.count()), (30, 0));
    weather.away.store(false, Ordering::SeqCst);
    pass(&world, 1, 19).await;
    let taken = world.stubs.apns.taken();
    assert_eq!((taken.len(), &taken[0].token), (30, &urgent));
}

async fn an_emergency_does_not_wait_for_a_pause(world: World) {
    let (phones, _) = queued(&world, 10).await;
    // Mended at once; but the channel would be asked in a minute.
    pass(&world, 1, 11).await;
    assert_eq!(world.stubs.apns.count(), 0);
    let urgent = token(&phones[4]);
    let mut w = world.instance.app.db.write().await.unwrap();
    let now = world.now();
    let warn = "update push_delivery set lane = 0, created_at = $1, not_before = $1
                where device_id in (select id from device where target = $2)";
    thuisloket::with_conn!(w, c => sqlx::query(warn).bind(now).bind(&urgent).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    world.drain().await;
    let taken = world.stubs.apns.taken();
    assert_eq!((taken.len(), &taken[0].token), (10, &urgent));
}

async fn a_frozen_provider_holds_up_no_stopping(world: World) {
    crowd_with(&world, 12, &[true, false]).await;
    let (apns, fcm) = (&world.stubs.apns.weather, &world.stubs.fcm.weather);
    apns.frozen.store(true, Ordering::SeqCst);
    fcm.frozen.store(true, Ordering::SeqCst);
    let stop = CancellationToken::new();
    let (instance, told) = (world.instance.clone(), stop.clone());
    let working = tokio::spawn(async move { instance.work(told).await });
    while apns.connections.load(Ordering::SeqCst) == 0 || fcm.connections.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.cancel();
    // It waits for nothing that may take longer than server.stop_seconds; the bound is only so that a fault does not hang.
    tokio::time::timeout(Duration::from_secs(60), working).await.unwrap().unwrap();
    assert_eq!((apns.connections.load(Ordering::SeqCst), fcm.connections.load(Ordering::SeqCst)), (1, 1));
    assert_eq!(world.figure("select count(*) from channel where holder_id is not null").await, 0);
    assert_eq!(world.figure("select max(attempts) from push_delivery").await, 0);
    apns.frozen.store(false, Ordering::SeqCst);
    fcm.frozen.store(false, Ordering::SeqCst);
    pass(&world, 2, 30).await;
    assert_eq!(outcomes(&world, "delivered").await, 24);
}

async fn a_stream_that_is_reset_costs_no_connection(world: World) {
    crowd(&world, 40, true).await;
    let weather = &world.stubs.apns.weather;
    weather.reset_every.store(4, Ordering::SeqCst);
    world.drain().await;
    assert!(outcomes(&world, "delivered").await >= 30);
    pass(&world, 10, 60).await;
    assert_eq!((outcomes(&world, "delivered").await, weather.connections.load(Ordering::SeqCst)), (40, 1));
}

async fn an_answer_with_a_large_head_is_an_answer(world: World) {
    crowd(&world, 20, true).await;
    world.stubs.apns.weather.head.store(40_000, Ordering::SeqCst);
    world.drain().await;
    assert_eq!((outcomes(&world, "delivered").await, world.stubs.apns.count()), (20, 20));
    assert_eq!(world.stubs.apns.weather.connections.load(Ordering::SeqCst), 1);
}

async fn a_proxy_that_refuses_all_loses_nothing(world: World) {
    crowd(&world, 8, true).await;
    for status in [407, 403, 502] {
        let said = apns::Script::Raw(status, "<html>no</html>".to_owned());
        world.stubs.apns.script_all(Some(said));
        world.drain().await;
        assert_eq!(state(&world).await.len(), 1, "{status}");
        pass(&world, 2, 1_000).await;
        assert_eq!((outcomes(&world, "ready").await, world.stubs.apns.count()), (8, 0), "{status}");
    }
    world.stubs.apns.script_all(None);
    pass(&world, 2, 1_000).await;
    assert_eq!(outcomes(&world, "delivered").await, 8);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 8);
}

async fn a_provider_that_is_busy_is_left_alone_as_long_as_it_asks(world: World) {
    let phones = crowd(&world, 5, false).await;
    let fcm = &world.stubs.fcm;
    // All are told to come back in two hours; one of them by a date.
    let busy = || fcm::Script::refuse(503, "UNAVAILABLE");
    let date = (world.now() + chrono::Duration::hours(2)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    fcm.script(&token(&phones[0]), busy().after_date(&date));
    for phone in &phones[1..] {
        fcm.script(&token(phone), busy().after(7_200));
    }
    world.drain().await;
    let before = fcm.weather.requests.load(Ordering::SeqCst);
    pass(&world, 7, 1_000).await;
    assert_eq!(fcm.weather.requests.load(Ordering::SeqCst), before, "no word before the time");
    for phone in &phones {
        fcm.script(&token(phone), busy().once());
    }
    pass(&world, 1, 210).await;
    assert!(fcm.weather.requests.load(Ordering::SeqCst) > before);
    pass(&world, 10, 120).await;
    assert_eq!((fcm.count(), outcomes(&world, "delivered").await), (5, 5));
}

/// All phones are told that they are too fast, and to come back at once: one asks for all, less and less often.
async fn a_provider_that_asks_for_no_wait_is_not_hammered(world: World) {
    let phones = crowd(&world, 10, false).await;
    let fcm = &world.stubs.fcm;
    for phone in &phones {
        fcm.script(&token(phone), fcm::Script::refuse(429, "QUOTA_EXCEEDED").after(0));
    }
    pass(&world, 60, 2).await;
    let asked = fcm.weather.requests.load(Ordering::SeqCst);
    assert!(asked < 40, "{asked} requests for ten messages in two minutes");
    assert_eq!(state(&world).await, ["paused asked"]);
    for phone in &phones {
        fcm.script(&token(phone), fcm::Script::refuse(429, "QUOTA_EXCEEDED").after(0).once());
    }
    pass(&world, 12, 61).await;
    assert_eq!((fcm.count(), outcomes(&world, "delivered").await), (10, 10));
}

/// A header of a provider's does not silence an emergency for a day.
async fn an_emergency_asks_though_the_provider_wants_a_day(world: World) {
    let phones = crowd(&world, 5, false).await;
    let fcm = &world.stubs.fcm;
    for phone in &phones {
        fcm.script(&token(phone), fcm::Script::refuse(503, "UNAVAILABLE").after(99_999_999).once());
    }
    world.drain().await;
    assert_eq!(state(&world).await, ["paused asked"]);
    let before = fcm.weather.requests.load(Ordering::SeqCst);
    pass(&world, 3, 100).await;
    assert_eq!(fcm.weather.requests.load(Ordering::SeqCst), before, "what can wait does");
    let mut w = world.instance.app.db.write().await.unwrap();
    let now = world.now();
    let warn = "update push_delivery set lane = 0, created_at = $1, not_before = $1";
    thuisloket::with_conn!(w, c => sqlx::query(warn).bind(now).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    pass(&world, 3, 61).await;
    assert_eq!((fcm.count(), outcomes(&world, "delivered").await), (5, 5));
}

async fn too_fast_for_one_phone_or_for_the_project(world: World) {
    let phones = crowd(&world, 6, false).await;
    let fcm = &world.stubs.fcm;
    let mut slow = fcm::Script::refuse(429, "QUOTA_EXCEEDED").after(600).once();
    fcm.script(&token(&phones[2]), slow.clone());
    world.drain().await;
    assert_eq!(fcm.count(), 5);
    assert!(state(&world).await.is_empty(), "one phone hears too much");
    pass(&world, 1, 700).await;
    assert_eq!(fcm.count(), 6);
    // The project, and it says so: nobody sends until then.
    slow.message = "Quota exceeded for quota metric 'Send requests' of project".to_owned();
    let phones = crowd(&world, 3, false).await;
    fcm.script(&token(&phones[0]), slow);
    world.at("2027-05-03 10:00");
    world.drain().await;
    assert_eq!(state(&world).await, ["paused asked"]);
}

async fn googles_token_is_asked_for_once_however_odd_its_life(world: World) {
    crowd(&world, 20, false).await;
    let fcm = &world.stubs.fcm;
    let lives =
        [json!(0), json!(30), json!(59), json!(200), json!(86_400 * 30), Value::Null, json!("3599"), json!("soon")];
    for (n, told) in lives.into_iter().enumerate() {
        fcm.tokens_expire_in(told.clone());
        let process = world.another_process().await;
        process.drain().await.unwrap();
        assert_eq!((fcm.count(), fcm.tokens_asked()), (20 * (n as u64 + 1), n + 1), "{told}");
        change(&world, "update push_delivery set state = $1", &["ready"]).await;
    }
}

async fn a_refused_service_account_is_asked_once_and_told_in_googles_words(world: World) {
    crowd(&world, 60, false).await;
    let fcm = &world.stubs.fcm;
    let mut refusal = fcm::Script::refuse(400, "invalid_grant");
    refusal.message = "Invalid JWT Signature. access_token=ya29.a0Af of anna@example.be".to_owned();
    fcm.script_tokens(Some(refusal));
    world.drain().await;
    assert_eq!(fcm.tokens_asked(), 1, "once for all");
    assert_eq!(state(&world).await, ["paused refused"]);
    let reason = world.texts("select reason from channel where state = 'paused'").await;
    assert!(reason[0].contains("invalid_grant: Invalid JWT Signature"), "{reason:?}");
    assert!(!reason[0].contains("ya29") && !reason[0].contains("anna"), "{reason:?}");
    fcm.script_tokens(None);
    pass(&world, 1, 61).await;
    assert_eq!((fcm.count(), fcm.tokens_asked()), (60, 2));
}

async fn a_token_endpoint_that_is_busy_is_left_alone_as_long_as_it_asks(world: World) {
    crowd(&world, 40, false).await;
    let fcm = &world.stubs.fcm;
    for (n, status) in [429, 503].into_iter().enumerate() {
        fcm.script_tokens(Some(fcm::Script::refuse(status, "busy").after(7_200)));
        world.drain().await;
        assert_eq!((fcm.tokens_asked(), state(&world).await), (n + 1, vec!["paused asked".to_owned()]));
        pass(&world, 7, 1_000).await;
        assert_eq!(fcm.tokens_asked(), n + 1);
        assert_eq!(world.figure("select max(attempts) from push_delivery").await, 0);
        world.clock.advance(chrono::Duration::seconds(201));
    }
    fcm.script_tokens(None);
    world.drain().await;
    assert_eq!(fcm.count(), 40);
}

async fn a_token_withdrawn_early_is_fetched_anew(world: World) {
    let (anna, luc): (Somebody, Somebody) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[crate::world::paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.papers(&[crate::world::paper(&luc, "eid", "2017-06-02", "2027-06-02")]).await;
    let _phones = (world.phone(&anna, false).await, world.phone(&luc, false).await);
    let fcm = &world.stubs.fcm;
    world.at("2027-03-03 10:00");
    world.drain().await;
    assert!(fcm.count() >= 1);
    // Google forgets all tokens that it gave.
    fcm.refuse_account(None);
    change(&world, "update push_delivery set state = $1", &["ready"]).await;
    pass(&world, 1, 30).await;
    assert_eq!(outcomes(&world, "ready").await, 0);
    assert_eq!(fcm.tokens_asked(), 2);
}
