//! Push: every verdict, every way a road fails, and whose phone it is.

use std::{collections::HashSet, sync::atomic::Ordering, time::Duration};

use serde_json::{Value, json};
use thuisloket_mobile_contract::{apns::Script, fcm, phone::Phone};

use crate::world::{Somebody, World, paper, somebody};

journeys! {
    each_row_is_sent_once_with_a_stable_id,
    a_dead_token_goes_unless_it_registered_later,
    a_token_google_no_longer_knows_goes,
    a_token_apple_does_not_know_is_set_aside_until_it_registers_again,
    a_crowd_of_bad_tokens_pauses_the_channel_and_touches_no_device,
    the_first_bad_token_of_a_crowd_is_no_more_at_fault_than_the_last,
    a_bad_key_in_the_middle_costs_no_device_and_no_message,
    a_refused_service_account_costs_nothing_either,
    retry_after_is_obeyed_to_the_second,
    an_apple_that_is_down_is_asked_again_after_fifteen_minutes,
    a_goaway_loses_nothing,
    refused_and_cut_connections_lose_nothing,
    a_silent_peer_is_given_up_and_nothing_is_lost,
    a_cold_start_with_one_stream_loses_nothing,
    what_is_expired_is_not_sent_and_is_counted,
    who_wants_nothing_on_a_phone_meanwhile_is_shown_nothing,
    what_is_muted_while_a_push_waits_is_not_shown,
    what_could_not_be_sent_by_day_waits_for_the_end_of_quiet_hours,
    the_provider_token_is_kept_and_renewed_in_time,
    googles_token_is_fetched_once_however_many_send,
    a_worker_that_dies_loses_its_hold_not_the_row,
    a_worker_that_slept_too_long_settles_nothing,
    a_message_read_while_its_push_is_under_way_is_cleared,
    quiet_hours_and_muted_kinds_are_honoured,
    reading_on_one_device_clears_the_others_and_the_badge_is_right,
    what_was_queued_for_one_citizen_never_reaches_a_phone_now_anothers,
    a_token_that_comes_back_under_another_citizen_moves,
    signing_out_ends_pushes,
    nothing_from_the_register_leaves_for_a_provider,
    one_failing_device_does_not_hold_up_the_others,
    a_request_that_can_never_pass_fails_and_keeps_the_device,
    each_payload_fits_its_schema,
    a_phone_that_cannot_fetch_a_message_says_the_sentence_it_carries,
    two_processes_send_nothing_twice,
    what_is_urgent_overtakes,
    a_provider_that_is_silent_holds_up_no_request,
    a_clock_that_jumps_back_makes_a_new_provider_token,
    towns_with_apps_of_their_own_have_roads_of_their_own,
}

/// `n` citizens, each with a phone, whose card asks for a word on 3 March.
pub async fn crowd(world: &World, n: u32, ios: bool) -> Vec<Phone> {
    crowd_with(world, n, &[ios]).await
}

/// The same, each with these phones: Apple's where it says so.
pub async fn crowd_with(world: &World, n: u32, kinds: &[bool]) -> Vec<Phone> {
    let people: Vec<Somebody> = (0..n)
        .map(|i| somebody("Iemand", &format!("19{}-{:02}-{:02}", 60 + i / 280, 1 + i % 280 / 28, 1 + i % 28)))
        .collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect::<Vec<_>>()).await;
    let mut phones = Vec::new();
    for p in &people {
        for ios in kinds {
            phones.push(world.phone(p, *ios).await);
        }
    }
    world.drain().await;
    world.at("2027-03-03 10:00");
    phones
}

pub fn token(phone: &Phone) -> String {
    match &phone.kind {
        thuisloket_mobile_contract::phone::Kind::Ios { token } => token.clone(),
        thuisloket_mobile_contract::phone::Kind::Android { fid } => fid.clone(),
    }
}

pub async fn outcomes(world: &World, outcome: &str) -> usize {
    world.texts("select coalesce(outcome, state) from push_delivery").await.iter().filter(|o| *o == outcome).count()
}

async fn each_row_is_sent_once_with_a_stable_id(world: World) {
    crowd(&world, 20, true).await;
    world.drain().await;
    let taken = world.stubs.apns.taken();
    assert_eq!(taken.len(), 20);
    assert_eq!(taken.iter().map(|p| p.apns_id).collect::<HashSet<_>>().len(), 20);
    for p in &taken {
        assert_eq!(p.headers["apns-collapse-id"], p.payload["message_id"].as_str().unwrap());
        assert_eq!((p.headers["apns-priority"].as_str(), p.headers["apns-push-type"].as_str()), ("10", "alert"));
    }
    assert_eq!(outcomes(&world, "delivered").await, 20);
}

async fn a_dead_token_goes_unless_it_registered_later(world: World) {
    let phones = crowd(&world, 3, true).await;
    let registered = world.clock.now() - chrono::Duration::days(2);
    let ms = |t: chrono::DateTime<chrono::Utc>| Some(t.timestamp_millis());
    let apns = &world.stubs.apns;
    apns.script(
        &token(&phones[0]),
        Script::Refuse(410, "Unregistered".to_owned(), ms(registered + chrono::Duration::hours(1))),
    );
    apns.script(
        &token(&phones[1]),
        Script::Refuse(410, "ExpiredToken".to_owned(), ms(registered - chrono::Duration::hours(1))),
    );
    world.drain().await;
    assert_eq!(outcomes(&world, "token_dead").await, 2);
    assert_eq!(world.figure("select count(*) from device").await, 2, "only the one that died after it registered");
}

async fn a_token_google_no_longer_knows_goes(world: World) {
    let phones = crowd(&world, 3, false).await;
    world.stubs.fcm.script(&token(&phones[0]), fcm::Script::refuse(404, "UNREGISTERED"));
    world.drain().await;
    assert_eq!(world.figure("select count(*) from device").await, 2);
    assert_eq!(world.stubs.fcm.count(), 2);
}

async fn a_token_apple_does_not_know_is_set_aside_until_it_registers_again(world: World) {
    let phones = crowd(&world, 6, true).await;
    world.stubs.apns.script(&token(&phones[0]), Script::Refuse(400, "BadDeviceToken".to_owned(), None));
    world.drain().await;
    assert_eq!(world.texts("select state from device where state <> 'active'").await, ["quarantined"]);
    assert_eq!(outcomes(&world, "delivered").await, 5);
    let mut phone = phones.into_iter().next().unwrap();
    phone.refresh().await.unwrap();
    phone.register().await.unwrap();
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 6);
}

async fn a_crowd_of_bad_tokens_pauses_the_channel_and_touches_no_device(world: World) {
    let phones = crowd(&world, 60, true).await;
    for phone in &phones[..36] {
        world.stubs.apns.script(&token(phone), Script::Refuse(400, "BadDeviceToken".to_owned(), None));
    }
    world.drain().await;
    assert_eq!(world.texts("select state from channel where state <> 'open'").await, ["paused"]);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 60);
    assert_eq!(outcomes(&world, "ready").await, 36, "kept, to be sent when it is mended");
}

/// One refusal comes long before the other answers: by itself it says nothing of the channel, nor of the phone.
async fn the_first_bad_token_of_a_crowd_is_no_more_at_fault_than_the_last(world: World) {
    let phones = crowd(&world, 60, true).await;
    let (later, bad) = (std::time::Duration::from_millis(900), "BadDeviceToken".to_owned());
    world.stubs.apns.script(&token(&phones[0]), Script::Refuse(400, bad.clone(), None));
    for phone in &phones[1..36] {
        world.stubs.apns.script(&token(phone), Script::RefuseAfter(later, 400, bad.clone()));
    }
    for phone in &phones[36..] {
        world.stubs.apns.script(&token(phone), Script::Slow(later));
    }
    world.drain().await;
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 60);
    assert_eq!(outcomes(&world, "ready").await, 36, "kept, to be sent when it is mended");
    assert_eq!(world.texts("select state from channel where state <> 'open'").await, ["paused"]);
}

async fn a_bad_key_in_the_middle_costs_no_device_and_no_message(world: World) {
    crowd(&world, 30, true).await;
    world.stubs.apns.set_key("KEY1234567", None);
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 30);
    assert_eq!(outcomes(&world, "ready").await, 30);
    assert_eq!(world.figure("select max(attempts) from push_delivery").await, 0, "attempts are given back");
    let reason = world.texts("select reason from channel where state = 'paused'").await;
    assert!(reason[0].contains("InvalidProviderToken"), "{reason:?}");
    // Still broken at the first probe; mended before the second: it goes on by itself.
    world.clock.advance(chrono::Duration::minutes(2));
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0);
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.clock.advance(chrono::Duration::minutes(3));
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 30);
    assert_eq!(world.figure("select count(*) from channel where state <> 'open'").await, 0);
}

async fn a_refused_service_account_costs_nothing_either(world: World) {
    crowd(&world, 10, false).await;
    world.stubs.fcm.refuse_account(Some(401));
    world.drain().await;
    assert_eq!((world.stubs.fcm.count(), outcomes(&world, "ready").await), (0, 10));
    world.stubs.fcm.refuse_account(None);
    world.clock.advance(chrono::Duration::minutes(2));
    world.drain().await;
    assert_eq!(world.stubs.fcm.count(), 10);
}

async fn retry_after_is_obeyed_to_the_second(world: World) {
    let phones = crowd(&world, 2, false).await;
    world.stubs.fcm.script(&token(&phones[0]), fcm::Script::refuse(503, "UNAVAILABLE").after(120).once());
    world.drain().await;
    assert_eq!(world.stubs.fcm.count(), 1);
    world.clock.advance(chrono::Duration::seconds(119));
    world.drain().await;
    assert_eq!(world.stubs.fcm.count(), 1);
    // Up to ten seconds of jitter on top.
    world.clock.advance(chrono::Duration::seconds(12));
    world.drain().await;
    assert_eq!(world.stubs.fcm.count(), 2);
    assert_eq!(world.figure("select max(attempts) from push_delivery").await, 2);
}

async fn an_apple_that_is_down_is_asked_again_after_fifteen_minutes(world: World) {
    crowd(&world, 5, true).await;
    world.stubs.apns.script_all(Some(Script::Refuse(503, "Shutdown".to_owned(), None)));
    world.drain().await;
    world.stubs.apns.script_all(None);
    world.clock.advance(chrono::Duration::minutes(14));
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0);
    world.clock.advance(chrono::Duration::minutes(17));
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 5);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 5);
}

async fn a_goaway_loses_nothing(world: World) {
    crowd(&world, 60, true).await;
    // Four at a time, so that most are still waiting when the connection says that it has had enough.
    world.stubs.apns.weather.max_streams.store(4, Ordering::SeqCst);
    world.stubs.apns.weather.goaway_after.store(7, Ordering::SeqCst);
    world.drain().await;
    let taken = world.stubs.apns.taken();
    assert_eq!(taken.iter().map(|p| p.apns_id).collect::<HashSet<_>>().len(), 60);
    assert_eq!((taken.len(), outcomes(&world, "delivered").await), (60, 60));
    assert!(world.stubs.apns.weather.connections.load(Ordering::SeqCst) > 1);
}

async fn refused_and_cut_connections_lose_nothing(world: World) {
    crowd(&world, 20, true).await;
    world.stubs.apns.weather.cut.store(true, Ordering::SeqCst);
    world.drain().await;
    assert_eq!(outcomes(&world, "ready").await, 20);
    world.stubs.apns.weather.cut.store(false, Ordering::SeqCst);
    world.clock.advance(chrono::Duration::minutes(1));
    world.drain().await;
    assert_eq!(outcomes(&world, "delivered").await, 20);
}

async fn a_silent_peer_is_given_up_and_nothing_is_lost(world: World) {
    let phones = crowd(&world, 10, true).await;
    world.stubs.apns.weather.silent.store(true, Ordering::SeqCst);
    let instance = world.instance.clone();
    let draining = tokio::spawn(async move { instance.drain().await.unwrap() });
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.stubs.apns.weather.silent.store(false, Ordering::SeqCst);
    draining.await.unwrap();
    world.clock.advance(chrono::Duration::minutes(1));
    world.drain().await;
    assert_eq!(outcomes(&world, "delivered").await, 10);
    let mut seen = 0;
    for mut phone in phones {
        phone.receive_all().await;
        seen += phone.lock_screen.len();
    }
    assert_eq!(seen, 10, "a second copy replaces the first");
}

async fn a_cold_start_with_one_stream_loses_nothing(world: World) {
    crowd(&world, 30, true).await;
    world.stubs.apns.weather.max_streams.store(1, Ordering::SeqCst);
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 30);
    assert_eq!(world.stubs.apns.weather.most_in_flight.load(Ordering::SeqCst), 1);
}

async fn what_is_expired_is_not_sent_and_is_counted(world: World) {
    crowd(&world, 3, true).await;
    world.stubs.apns.set_key("KEY1234567", None);
    world.drain().await;
    world.clock.advance(chrono::Duration::hours(80));
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.instance.housekeeping().await.unwrap();
    world.drain().await;
    assert_eq!((world.stubs.apns.count(), outcomes(&world, "expired").await), (0, 3));
    assert_eq!(world.figure("select count(*) from message").await, 3, "the inbox keeps what the phone missed");
}

async fn who_wants_nothing_on_a_phone_meanwhile_is_shown_nothing(world: World) {
    let mut phones = crowd(&world, 3, true).await;
    world.stubs.apns.set_key("KEY1234567", None);
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0);
    phones[0].refresh().await.unwrap();
    let token = phones[0].tokens.clone().unwrap().access;
    crate::contacts::choose(&world, &token, &json!({ "never_digital": true })).await;
    world.clock.advance(chrono::Duration::hours(2));
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.drain().await;
    assert_eq!((world.stubs.apns.count(), outcomes(&world, "not_wanted").await), (2, 1));
}

async fn prefer(world: &World, phone: &mut Phone, choice: Value) {
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(world.json("PUT", "/v1/preferences", Some(&token), &choice).await.0, 200);
}

async fn what_is_muted_while_a_push_waits_is_not_shown(world: World) {
    let mut phones = crowd(&world, 3, true).await;
    world.stubs.apns.set_key("KEY1234567", None);
    world.drain().await;
    let choice = |muted: &str| json!({ "language": "nl", "quiet_from": 1260, "quiet_until": 480, "muted": [muted] });
    prefer(&world, &mut phones[0], choice("documents")).await;
    prefer(&world, &mut phones[1], choice("queue")).await;
    world.clock.advance(chrono::Duration::minutes(20));
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.drain().await;
    assert_eq!((world.stubs.apns.count(), outcomes(&world, "not_wanted").await), (2, 1));
}

/// Apple is down from the morning until two at night. It is tried with one row, which may be anybody's: no phone rings before eight.
async fn what_could_not_be_sent_by_day_waits_for_the_end_of_quiet_hours(world: World) {
    let mut phones = crowd(&world, 250, true).await;
    world.stubs.apns.script_all(Some(Script::Refuse(503, "Shutdown".to_owned(), None)));
    world.drain().await;
    prefer(&world, &mut phones[249], json!({ "language": "nl", "quiet_from": 0, "quiet_until": 0, "muted": [] })).await;
    let shown = || world.stubs.apns.count();
    let before = shown();
    world.at("2027-03-04 02:00");
    world.stubs.apns.script_all(None);
    world.drain().await;
    assert_eq!(shown() - before, 1, "only to who wants no quiet hours");
    assert_eq!(outcomes(&world, "delivered").await, 1);
    // It waits, and nothing was tried once more.
    let waits = "select count(*) from push_delivery where state = 'ready' and attempts <= 1";
    assert_eq!(world.figure(waits).await, 249);
    world.at("2027-03-04 07:59");
    world.drain().await;
    assert_eq!(shown() - before, 1);
    world.at("2027-03-04 08:00");
    world.drain().await;
    assert_eq!((shown() - before, outcomes(&world, "delivered").await), (250, 250));
}

async fn the_provider_token_is_kept_and_renewed_in_time(world: World) {
    let phones = crowd(&world, 4, true).await;
    for phone in &phones {
        // Held back, so that they are sent over half an hour.
        world.stubs.apns.script(&token(phone), Script::RefuseOnce(429, "TooManyRequests".to_owned(), None));
    }
    world.drain().await;
    assert_eq!(world.stubs.apns.provider_tokens(), 1);
    world.clock.advance(chrono::Duration::minutes(25));
    world.drain().await;
    assert_eq!((world.stubs.apns.count(), world.stubs.apns.provider_tokens()), (4, 1));
    // The next word, a month later: a new token, and none of the old ones is refused.
    world.at("2027-05-03 10:00");
    world.drain().await;
    assert_eq!((world.stubs.apns.count(), world.stubs.apns.provider_tokens()), (8, 2));
}

async fn googles_token_is_fetched_once_however_many_send(world: World) {
    crowd(&world, 60, false).await;
    world.drain().await;
    assert_eq!((world.stubs.fcm.count(), world.stubs.fcm.tokens_fetched()), (60, 1));
}

async fn a_worker_that_dies_loses_its_hold_not_the_row(world: World) {
    crowd(&world, 5, true).await;
    world.stubs.apns.script_all(Some(Script::Never));
    let instance = world.instance.clone();
    let worker = tokio::spawn(async move { instance.drain().await });
    // The rows are at the provider: now it dies.
    let apns = &world.stubs.apns;
    while apns.waiting() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    worker.abort();
    world.stubs.apns.script_all(None);
    let another = world.another_process().await;
    another.drain().await.unwrap();
    assert_eq!(apns.count(), 0, "the dead one still holds the channel");
    world.clock.advance(chrono::Duration::minutes(1));
    another.drain().await.unwrap();
    assert_eq!((apns.count(), outcomes(&world, "delivered").await), (5, 5));
    assert_eq!(world.figure("select count(*) from channel where holder_id is not null").await, 0);
}

/// A process that slept while another took its channel settles nothing of what is now the other's.
async fn a_worker_that_slept_too_long_settles_nothing(world: World) {
    crowd(&world, 5, true).await;
    world.stubs.apns.script_all(Some(Script::Never));
    let instance = world.instance.clone();
    let sleeper = tokio::spawn(async move { instance.drain().await });
    while world.stubs.apns.waiting() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.clock.advance(chrono::Duration::minutes(1));
    world.stubs.apns.script_all(None);
    world.another_process().await.drain().await.unwrap();
    assert_eq!(outcomes(&world, "delivered").await, 5);
    // Its own requests time out now, and it finds the rows settled and the channel let go.
    let error = format!("{:#}", sleeper.await.unwrap().unwrap_err());
    assert!(error.contains("another process took it over"), "{error}");
    assert_eq!(outcomes(&world, "delivered").await, 5);
    assert_eq!(world.figure("select max(attempts) from push_delivery").await, 1);
}

/// Read on the tablet while the push to the phone was under way: it was shown, and so it is cleared.
async fn a_message_read_while_its_push_is_under_way_is_cleared(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let (phone, mut tablet) = (world.phone(&anna, true).await, world.phone(&anna, false).await);
    let apns = &world.stubs.apns;
    apns.script_all(Some(Script::Slow(Duration::from_millis(800))));
    world.at("2027-03-03 10:00");
    tablet.refresh().await.unwrap();
    let instance = world.instance.clone();
    let worker = tokio::spawn(async move { instance.drain().await });
    while apns.waiting() == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let message = tablet.inbox().await.unwrap().remove(0).id;
    tablet.open(message).await.unwrap();
    worker.await.unwrap().unwrap();
    apns.script_all(None);
    world.drain().await;
    let told = "select outcome from push_delivery p join device d on d.id = p.device_id where platform = 'ios' and purpose = 'show'";
    assert_eq!(world.texts(told).await, ["delivered"], "what is told is that it was shown");
    let types: Vec<_> =
        apns.taken().into_iter().filter(|p| p.token == token(&phone)).map(|p| p.payload["type"].clone()).collect();
    assert_eq!(types, ["show", "clear"]);
}

async fn quiet_hours_and_muted_kinds_are_honoured(world: World) {
    let phones = crowd(&world, 2, true).await;
    let choose = |phone: &Phone, body: Value| {
        let token = phone.tokens.clone().unwrap().access;
        (token, body)
    };
    world.at("2027-03-01 10:05");
    let (t, b) = choose(&phones[0], json!({ "language": "fr", "quiet_from": 540, "quiet_until": 690, "muted": [] }));
    assert_eq!(world.json("PUT", "/v1/preferences", Some(&t), &b).await.0, 200);
    assert_eq!(world.get("/v1/preferences", &t).await.1, b);
    let (t, b) =
        choose(&phones[1], json!({ "language": "nl", "quiet_from": 0, "quiet_until": 0, "muted": ["documents"] }));
    assert_eq!(world.json("PUT", "/v1/preferences", Some(&t), &b).await.0, 200);
    world.at("2027-03-03 10:00");
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0);
    assert_eq!(world.figure("select count(*) from message").await, 2, "the inbox has both");
    assert!(
        world
            .texts("select title from message")
            .await
            .contains(&"Expire le 1er juin 2027\u{a0}: Carte d’identité".to_owned())
    );
    world.at("2027-03-03 11:30");
    world.drain().await;
    assert_eq!(world.stubs.apns.taken()[0].token, token(&phones[0]));
    assert_eq!(world.stubs.apns.count(), 1);
}

async fn reading_on_one_device_clears_the_others_and_the_badge_is_right(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world
        .papers(&[
            paper(&anna, "eid", "2017-06-01", "2027-06-01"),
            paper(&anna, "driving_licence", "2017-06-08", "2027-06-08"),
        ])
        .await;
    let (mut phone, mut tablet) = (world.phone(&anna, true).await, world.phone(&anna, false).await);
    world.days(15).await;
    for device in [&mut phone, &mut tablet] {
        device.refresh().await.unwrap();
        device.receive_all().await;
    }
    assert_eq!((phone.lock_screen.len(), phone.badge, tablet.badge), (tablet.lock_screen.len(), 2, 2));
    let first = phone.lock_screen[0].message;
    phone.open(first).await.unwrap();
    world.drain().await;
    assert_eq!((tablet.receive_all().await, phone.receive_all().await), (1, 0));
    assert_eq!((tablet.badge, tablet.lock_screen.len()), (1, 1));
    assert!(tablet.lock_screen.iter().all(|n| n.message != first));
}

async fn what_was_queued_for_one_citizen_never_reaches_a_phone_now_anothers(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.may_sign_in(&luc);
    world.stubs.apns.set_key("KEY1234567", None);
    world.days(2).await;
    assert_eq!(outcomes(&world, "ready").await, 1, "queued for Anna");
    // Luc signs in on her phone. Her sign-out never reached us, and he has not registered yet.
    phone.sign_in("deinze", &luc.number).await.unwrap();
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.clock.advance(chrono::Duration::hours(1));
    world.drain().await;
    phone.refresh().await.unwrap();
    phone.register().await.unwrap();
    world.drain().await;
    assert_eq!((phone.receive_all().await, world.stubs.apns.count()), (0, 0));
    assert_eq!(outcomes(&world, "unbound").await, 1);
    assert!(phone.inbox().await.unwrap().is_empty());
}

async fn a_token_that_comes_back_under_another_citizen_moves(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let hers = world.phone(&anna, true).await;
    world.may_sign_in(&luc);
    // The app was reinstalled: another installation, the same token.
    let mut his = world.new_phone(true, "telefoon");
    his.kind = hers.kind.clone();
    his.sign_in("deinze", &luc.number).await.unwrap();
    his.register().await.unwrap();
    assert_eq!(world.figure("select count(*) from device").await, 1);
    world.days(3).await;
    assert_eq!(world.stubs.apns.count(), 0);
}

async fn signing_out_ends_pushes(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    phone.sign_out().await.unwrap();
    world.days(3).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.stubs.apns.count(), 0);
    assert_eq!(world.figure("select count(*) from device").await, 0);
    assert_eq!(world.figure("select count(*) from message").await, 1);
}

async fn nothing_from_the_register_leaves_for_a_provider(world: World) {
    let anna = somebody("Annelien", "1985-05-05");
    let emma = somebody("Emmeline", "2019-09-09").child_of(&[&anna]);
    world.people(&[&anna, &emma]).await;
    world
        .papers(&[
            paper(&emma, "kids_id", "2024-06-01", "2027-06-01"),
            paper(&anna, "residence_a", "2026-04-20", "2027-04-20"),
        ])
        .await;
    world.may_sign_in(&anna);
    for (ios, full) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut phone = world.new_phone(ios, "telefoon van Annelien");
        phone.full_preview = full;
        phone.sign_in("deinze", &anna.number).await.unwrap();
        phone.register().await.unwrap();
    }
    world.days(60).await;
    let bytes = [world.stubs.apns.every_byte(), world.stubs.fcm.every_byte()].concat();
    assert!(bytes.len() >= 8, "{}", bytes.len());
    let told: Vec<String> = world.texts("select title || body from message").await;
    assert!(told.iter().any(|t| t.contains("Emmeline")) && told.iter().any(|t| t.contains("Verblijfskaart")));
    for packet in bytes {
        let text = without_ids(&String::from_utf8_lossy(&packet).to_lowercase());
        for secret in [
            "annelien",
            "emmeline",
            "zonnebloem",
            "kouter",
            "9800",
            "deinze",
            "1985",
            "2019-09",
            "2027-06",
            "2027-04",
            "juni",
            "april",
            "kids",
            "verblijf",
            "kaart",
            "residence",
            "eid",
            "vervalt",
            &anna.number,
            &emma.number,
        ] {
            let left = match secret.len() <= 4 {
                // Of itself: so few letters may well stand in a random token.
                true => text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == secret),
                false => text.contains(secret),
            };
            assert!(!left, "{secret} left for a provider: {text}");
        }
    }
}

/// A text without the random ids in it, of which a part may look like a postcode or a year.
fn without_ids(text: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        match text.get(at..at + 36).filter(|id| uuid::Uuid::try_parse(id).is_ok()) {
            Some(_) => at += 36,
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

async fn one_failing_device_does_not_hold_up_the_others(world: World) {
    let phones = crowd(&world, 10, true).await;
    // Not the one whose push is the first: on a new connection that one goes alone, and the others wait for its answer.
    let silent = token(&phones[7]);
    world.stubs.apns.script(&silent, Script::Never);
    world.drain().await;
    assert_eq!(outcomes(&world, "delivered").await, 9);
    world.stubs.apns.script(&silent, Script::Slow(Duration::from_millis(5)));
    world.clock.advance(chrono::Duration::minutes(1));
    world.drain().await;
    assert_eq!(outcomes(&world, "delivered").await, 10);
}

async fn a_request_that_can_never_pass_fails_and_keeps_the_device(world: World) {
    let phones = crowd(&world, 2, true).await;
    world.stubs.apns.script(&token(&phones[0]), Script::Refuse(413, "PayloadTooLarge".to_owned(), None));
    world.drain().await;
    assert_eq!((outcomes(&world, "failed").await, outcomes(&world, "delivered").await), (1, 1));
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 2);
    assert_eq!(world.texts("select code from push_delivery where outcome = 'failed'").await, ["413 PayloadTooLarge"]);
}

/// The world's end compares each payload with its schema (`pushes::all_fit`): here of both forms, on both systems, with each preview.
async fn each_payload_fits_its_schema(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.may_sign_in(&anna);
    let mut phones = Vec::new();
    for (ios, full) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut phone = world.new_phone(ios, "telefoon");
        phone.full_preview = full;
        phone.sign_in("deinze", &anna.number).await.unwrap();
        phone.register().await.unwrap();
        phones.push(phone);
    }
    world.days(2).await;
    let id = {
        phones[0].refresh().await.unwrap();
        phones[0].receive_all().await;
        phones[0].lock_screen[0].message
    };
    for phone in &mut phones[1..] {
        phone.refresh().await.unwrap();
        phone.receive_all().await;
        let full = if phone.full_preview {
            "Identiteitskaart vervalt op 1 juni 2027"
        } else {
            "Je hebt een nieuw bericht van je gemeente."
        };
        assert_eq!(phone.lock_screen[0].text, full);
    }
    phones[0].open(id).await.unwrap();
    world.drain().await;
    let kinds = world.stubs.apns.taken().into_iter().map(|push| push.payload["type"].clone());
    let kinds = kinds.chain(world.stubs.fcm.taken().into_iter().map(|m| m["android"]["data"]["type"].clone()));
    let (clears, shows): (Vec<_>, Vec<_>) = kinds.partition(|kind| kind == "clear");
    assert_eq!((shows.len(), clears.len()), (4, 3));
}

/// With full previews a push of Google's has no sentence: the app carries it, under the key that the push names.
async fn a_phone_that_cannot_fetch_a_message_says_the_sentence_it_carries(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.may_sign_in(&anna);
    let mut phones = Vec::new();
    for ios in [true, false] {
        let mut phone = world.new_phone(ios, "telefoon");
        phone.full_preview = true;
        phone.sign_in("deinze", &anna.number).await.unwrap();
        phone.register().await.unwrap();
        phones.push(phone);
    }
    world.days(2).await;
    for phone in &mut phones {
        // Its access token is too old by now, and it does not refresh.
        assert_eq!(phone.receive_all().await, 1);
        assert_eq!(phone.lock_screen[0].text, "Je hebt een nieuw bericht van je gemeente.", "{:?}", phone.kind);
    }
    let google = &world.stubs.fcm.taken()[0]["android"];
    assert!(google.get("notification").is_none(), "{google} has a sentence");
}

async fn two_processes_send_nothing_twice(world: World) {
    crowd(&world, 200, true).await;
    let another = world.another_process().await;
    world.instance.drain().await.unwrap();
    // Both at once, on rows that are all due.
    world.at("2027-05-03 10:00");
    let remind = world.instance.drain();
    let (one, two) = tokio::join!(remind, another.drain());
    one.unwrap();
    two.unwrap();
    world.drain().await;
    let ids: HashSet<_> = world.stubs.apns.taken().iter().map(|p| p.apns_id).collect();
    assert_eq!((ids.len(), world.stubs.apns.count()), (400, 400));
    assert_eq!(world.figure("select count(*) from push_delivery where attempts <> 1").await, 0);
}

async fn what_is_urgent_overtakes(world: World) {
    let phones = crowd(&world, 40, true).await;
    // Queued, and not sent yet: the key is refused.
    world.stubs.apns.set_key("KEY1234567", None);
    world.drain().await;
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query("update push_delivery set lane = 0 where device_id in (select id from device where target = $1)")
        .bind(token(&phones[39])).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    world.stubs.apns.set_key("KEY1234567", Some(&world.stubs.apns_public_pem));
    world.clock.advance(chrono::Duration::minutes(2));
    world.drain().await;
    let taken = world.stubs.apns.taken();
    assert_eq!((taken.len(), &taken[0].token), (40, &token(&phones[39])));
}

async fn a_provider_that_is_silent_holds_up_no_request(world: World) {
    let phones = crowd(&world, 3, true).await;
    world.stubs.apns.script_all(Some(Script::Never));
    let instance = world.instance.clone();
    let worker = tokio::spawn(async move { instance.drain().await });
    while world.stubs.apns.waiting() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Writes of a citizen go on while the requests hang: no transaction is open.
    let mut phone = phones.into_iter().next().unwrap();
    phone.refresh().await.unwrap();
    let message = phone.inbox().await.unwrap().remove(0).id;
    phone.open(message).await.unwrap();
    assert!(!worker.is_finished());
    worker.abort();
}

async fn a_clock_that_jumps_back_makes_a_new_provider_token(world: World) {
    crowd(&world, 2, true).await;
    world.drain().await;
    assert_eq!(world.stubs.apns.provider_tokens(), 1);
    // Set wrong, and then right again: a token from the future would be refused for days.
    world.clock.set(world.now() + chrono::Duration::days(62));
    world.drain().await;
    world.clock.set(world.now() - chrono::Duration::days(1));
    let mut w = world.instance.app.db.write().await.unwrap();
    let again = "update push_delivery set state = 'ready', not_before = $1, expires_at = $2";
    let (due, until) = (world.now(), world.now() + chrono::Duration::days(1));
    thuisloket::with_conn!(w, c => sqlx::query(again).bind(due).bind(until).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    world.drain().await;
    // Apple may find the new token early on the same connection: then it is kept, and the rows wait.
    world.clock.advance(chrono::Duration::minutes(25));
    world.drain().await;
    assert_eq!(world.figure("select count(*) from push_delivery where state = 'ready'").await, 0);
    assert_eq!(world.stubs.apns.provider_tokens(), 3);
}

async fn towns_with_apps_of_their_own_have_roads_of_their_own(world: World) {
    let mut config = (*world.instance.app.config).clone();
    config.apps.insert("gavere".to_owned(), config.apps["shared"].clone());
    config.municipalities.get_mut("gavere").unwrap().app = "gavere".to_owned();
    let ids = thuisloket::platform::ids::Ids::seeded(5);
    let instance = thuisloket::app::Server::open(config, world.clock.clone(), ids).await.unwrap();
    let mut names: Vec<_> =
        instance.part::<thuisloket::push::channels::Channels>().all().map(|c| c.name.clone()).collect();
    names.sort();
    let of = |app: &str| ["apns/production", "apns/sandbox", "fcm/production"].map(|way| format!("{app}/{way}"));
    assert_eq!(names, [of("gavere"), of("shared")].concat());
    assert_eq!(world.figure("select count(*) from channel where app = 'gavere'").await, 3);
}
