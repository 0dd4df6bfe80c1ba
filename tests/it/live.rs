//! A number that a phone shows as it moves: a Live Activity on an iPhone, a notification that stays on Android.

use serde_json::{Value, json};
use thuisloket::push::channels::{Channels, Kind as Apple};
use thuisloket_mobile_contract::{
    apns::{Push, Script},
    phone::{Kind, Phone},
};

use crate::{
    appointments::{PLACE, SERVICE},
    mandates::{FIRST, block, for_childrens_cards, id_of, in_the_hall, wish},
    push::token,
    queue::{OTHER, hall, here, mans, next, number, step},
    tenant_isolation::resident_of,
    world::{Somebody, World, paper, somebody},
};

journeys! {
    a_number_is_on_the_lock_screen_from_when_it_is_given_until_it_is_over,
    a_line_that_moves_is_told_every_half_minute_at_most,
    ten_changes_while_apple_is_down_are_one_push,
    what_is_still_so_is_said_again_before_it_is_old,
    whoever_signs_out_is_sent_nothing_more_of_it,
    a_number_of_another_is_shown_on_no_phone,
    a_number_that_becomes_the_childs_is_taken_off_the_parents_phone,
    a_dead_token_ends_its_activity_and_not_the_phone,
    many_who_wipe_it_away_do_not_stop_the_messages,
    who_waits_aside_is_shown_so_and_who_is_sent_on_is_shown_the_next,
    android_is_sent_data_and_keeps_a_notification_itself,
    two_processes_say_a_state_once,
    who_mutes_being_called_has_nothing_begun,
    the_stand_in_for_apple_takes_no_activity_that_is_wrong,
}

/// What iOS gives an app: to begin an activity, and to update the one that began.
const START: &str = "aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00";
const UPDATE: &str = "bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11bb11";

fn access(phone: &Phone) -> String {
    phone.tokens.clone().unwrap().access
}

/// Registers a phone again, as an app that shows numbers.
async fn register(world: &World, phone: &Phone, more: Value) -> (u16, Value) {
    let (platform, kind) = match phone.kind {
        Kind::Ios { .. } => ("ios", "apns_token"),
        Kind::Android { .. } => ("android", "fcm_fid"),
    };
    let mut body = json!({
        "platform": platform, "target_kind": kind, "target": token(phone), "locale": "nl", "app_version": "1.0.0",
        "preview": "neutral",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.json("PUT", &format!("/v1/devices/{}", phone.installation), Some(&access(phone)), &body).await
}

/// An iPhone of somebody on which activities may be begun.
async fn iphone(world: &World, who: &Somebody) -> Phone {
    let phone = world.phone(who, true).await;
    assert_eq!(register(world, &phone, json!({ "live_start_token": START.to_uppercase() })).await.0, 200);
    phone
}

async fn anna(world: &World) -> Somebody {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    anna
}

/// The citizen of a phone takes a number.
async fn take(world: &World, phone: &Phone) -> Value {
    let mut wish = here();
    (wish["location_id"], wish["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (status, ticket) = world.json("POST", "/v1/tickets", Some(&access(phone)), &wish).await;
    assert_eq!(status, 200, "{ticket}");
    ticket
}

/// The app tells by which token its activity is updated.
async fn hold(world: &World, phone: &Phone, ticket: &Value, token: &str) -> (u16, Value) {
    let path = format!("/v1/tickets/{}/live/{}", ticket["id"].as_str().unwrap(), phone.installation);
    world.json("PUT", &path, Some(&access(phone)), &json!({ "token": token })).await
}

/// The first of the line is called and helped.
async fn helped(world: &World, clerk: &str) {
    let (status, answer) = next(world, clerk, 1).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(step(world, clerk, &answer["called"], "finish").await.0, 200);
}

fn wait(world: &World, seconds: i64) {
    world.clock.advance(chrono::Duration::seconds(seconds));
}

/// What Apple was sent of numbers.
fn states(world: &World) -> Vec<Push> {
    world.stubs.apns.taken().into_iter().filter(|push| push.headers["apns-push-type"] == "liveactivity").collect()
}

/// How the last one says that the number stands, and with which priority.
fn last(world: &World) -> (Value, String) {
    let push = states(world).pop().unwrap();
    (push.payload["aps"]["content-state"].clone(), push.headers["apns-priority"].clone())
}

/// Anna has a number behind so many, and her iPhone shows it.
async fn waiting_behind(world: &World, others: usize) -> (Phone, Value, String) {
    let (_, clerk) = hall(world, 1).await;
    mans(world, &clerk, 1).await;
    let phone = iphone(world, &anna(world).await).await;
    world.drain().await;
    for _ in 0..others {
        number(world, &clerk, SERVICE).await;
    }
    let ticket = take(world, &phone).await;
    world.drain().await;
    assert_eq!(hold(world, &phone, &ticket, UPDATE).await.0, 200);
    world.drain().await;
    (phone, ticket, clerk)
}

async fn a_number_is_on_the_lock_screen_from_when_it_is_given_until_it_is_over(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    mans(&world, &clerk, 1).await;
    let phone = iphone(&world, &anna(&world).await).await;
    world.drain().await;
    for _ in 0..7 {
        number(&world, &clerk, SERVICE).await;
    }
    let ticket = take(&world, &phone).await;
    world.drain().await;
    // It began, by a push.
    let began = states(&world);
    let [start] = &began[..] else { panic!("it begins once: {began:?}") };
    let aps = &start.payload["aps"];
    assert_eq!((start.token.as_str(), &aps["event"], &aps["input-push-token"]), (START, &json!("start"), &json!(1)));
    assert_eq!(start.headers["apns-topic"], "example.thuisloket.app.push-type.liveactivity");
    assert_eq!(start.headers["apns-priority"], "10");
    assert_eq!(aps["attributes"], json!({ "ticket_id": ticket["id"] }));
    assert_eq!((&aps["content-state"]["number"], &aps["content-state"]["ahead"]), (&ticket["number"], &json!(7)));
    assert_eq!(aps["alert"]["title"], "Je volgnummer");
    let now = world.now().timestamp();
    assert!(aps["stale-date"].as_i64().unwrap() - now <= 601, "{aps}");
    // The app tells by which token it goes on; again, it changes nothing.
    for _ in 0..2 {
        assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.0, 200);
        world.drain().await;
    }
    assert_eq!(states(&world).len(), 2, "the start, and how it stands");
    for ahead in (0..7).rev() {
        wait(&world, 60);
        helped(&world, &clerk).await;
        world.drain().await;
        if ahead <= 5 {
            let (state, priority) = last(&world);
            assert_eq!((&state["ahead"], priority.as_str()), (&json!(ahead), "5"), "{state}");
        }
    }
    // She is called: that comes as a message too.
    wait(&world, 1);
    let (alerts, before) = (world.stubs.apns.count() - states(&world).len() as u64, states(&world).len());
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    world.drain().await;
    let (state, priority) = last(&world);
    assert_eq!((state, priority.as_str()), (json!({ "number": ticket["number"], "desk": "Loket 1" }), "10"));
    assert_eq!(states(&world).len(), before + 1);
    assert_eq!(world.stubs.apns.count() - states(&world).len() as u64, alerts + 1);
    wait(&world, 120);
    assert_eq!(step(&world, &clerk, &called, "finish").await.0, 200);
    world.drain().await;
    let all = states(&world);
    let end = &all.last().unwrap().payload["aps"];
    assert_eq!((&end["event"], &end["content-state"]), (&json!("end"), &json!({ "number": ticket["number"] })));
    assert_eq!(end["dismissal-date"].as_i64().unwrap() - end["timestamp"].as_i64().unwrap(), 300);
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
    // Each is later than the one before, and nobody learns who she is or what she came for.
    let times: Vec<_> = all.iter().map(|push| push.payload["aps"]["timestamp"].as_i64().unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
    for push in &all {
        let said = String::from_utf8_lossy(&push.raw).into_owned();
        for word in ["Anna", "Zonnebloem", "Identiteitskaart", "Stadhuis", SERVICE, PLACE] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.1["code"], "ticket_over");
}

async fn a_line_that_moves_is_told_every_half_minute_at_most(world: World) {
    let (_phone, _, clerk) = waiting_behind(&world, 5).await;
    let before = states(&world).len();
    wait(&world, 31);
    helped(&world, &clerk).await;
    world.drain().await;
    assert_eq!((states(&world).len(), last(&world).0["ahead"].clone()), (before + 1, json!(4)));
    helped(&world, &clerk).await;
    world.drain().await;
    wait(&world, 29);
    helped(&world, &clerk).await;
    world.drain().await;
    assert_eq!(states(&world).len(), before + 1, "too soon");
    wait(&world, 1);
    world.drain().await;
    let (state, priority) = last(&world);
    assert_eq!((states(&world).len(), priority.as_str()), (before + 2, "5"));
    assert_eq!(state["ahead"], 2, "two steps are one push");
}

async fn ten_changes_while_apple_is_down_are_one_push(world: World) {
    let (_phone, ticket, clerk) = waiting_behind(&world, 12).await;
    let before = states(&world).len();
    world.stubs.apns.script_all(Some(Script::Refuse(503, "ServiceUnavailable".to_owned(), None)));
    for _ in 0..10 {
        wait(&world, 31);
        helped(&world, &clerk).await;
        world.drain().await;
    }
    assert_eq!(states(&world).len(), before);
    assert!(world.figure("select version from live_activity").await > 10, "each was noted");
    world.stubs.apns.script_all(None);
    // As long as Apple asks, and as much again by chance.
    wait(&world, 31 * 60);
    world.drain().await;
    assert_eq!(states(&world).len(), before + 1);
    let (state, _) = last(&world);
    assert_eq!((&state["number"], &state["ahead"]), (&ticket["number"], &json!(2)));
    assert_eq!(world.figure("select count(*) from live_activity where due_at is not null").await, 0);
}

async fn what_is_still_so_is_said_again_before_it_is_old(world: World) {
    let (_phone, _, _) = waiting_behind(&world, 3).await;
    let before = states(&world).len();
    wait(&world, 7 * 60);
    world.drain().await;
    assert_eq!(states(&world).len(), before);
    wait(&world, 61);
    world.drain().await;
    let all = states(&world);
    assert_eq!((all.len(), last(&world).1.as_str()), (before + 1, "5"));
    let old = all[before - 1].payload["aps"]["stale-date"].as_i64().unwrap();
    assert!(world.now().timestamp() < old, "it was not old yet");
}

async fn whoever_signs_out_is_sent_nothing_more_of_it(world: World) {
    let (mut phone, _, clerk) = waiting_behind(&world, 3).await;
    let before = states(&world).len();
    phone.sign_out().await.unwrap();
    wait(&world, 60);
    helped(&world, &clerk).await;
    world.drain().await;
    assert_eq!(states(&world).len(), before);
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
}

async fn a_number_of_another_is_shown_on_no_phone(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    mans(&world, &clerk, 1).await;
    let people = [somebody("Anna", "1985-05-05"), somebody("Bert", "1986-06-06")];
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (phone, other) = (world.phone(&people[0], true).await, world.phone(&people[1], true).await);
    let tablet = world.phone(&people[0], false).await;
    let ticket = take(&world, &phone).await;
    // Another's number; and mine, on a phone of another, or of another session of mine.
    assert_eq!(hold(&world, &other, &ticket, UPDATE).await.1["code"], "not_found");
    for installation in [other.installation, tablet.installation] {
        let path = format!("/v1/tickets/{}/live/{installation}", ticket["id"].as_str().unwrap());
        let (_, answer) = world.json("PUT", &path, Some(&access(&phone)), &json!({ "token": UPDATE })).await;
        assert_eq!(answer["code"], "not_found");
    }
    // Android has no such token.
    assert_eq!(hold(&world, &tablet, &ticket, UPDATE).await.1["code"], "not_found");
    for wrong in ["", "bb1", "geen"] {
        assert_eq!(hold(&world, &phone, &ticket, wrong).await.1["code"], "body_invalid", "{wrong}");
    }
    for (phone, more) in [
        (&tablet, json!({ "live_start_token": START })),
        (&phone, json!({ "shows_live": true })),
        (&phone, json!({ "live_start_token": "geen hex" })),
    ] {
        assert_eq!(register(&world, phone, more.clone()).await.1["code"], "body_invalid", "{more}");
    }
    world.drain().await;
    assert_eq!((world.figure("select count(*) from live_activity").await, states(&world).len()), (0, 0));
    // Over is over.
    helped(&world, &clerk).await;
    assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.1["code"], "ticket_over");
}

/// He waits in the hall for a visit of his child, and is blocked there: his lock screen says that it is over, and nothing of how it goes on.
async fn a_number_that_becomes_the_childs_is_taken_off_the_parents_phone(world: World) {
    for_childrens_cards(&world, 2).await;
    let (anna, tom) = (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"));
    let emma = somebody("Emma", "2019-05-05").child_of(&[&anna, &tom]);
    world.people(&[&anna, &tom, &emma]).await;
    world.papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let mut phone = iphone(&world, &tom).await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&access(&phone)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    in_the_hall(&world, &visit, &mut phone).await;
    world.drain().await;
    let ticket = world.get("/v1/tickets", &access(&phone)).await.1[0].clone();
    assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.0, 200);
    world.drain().await;
    let before = states(&world);
    assert!(!before.is_empty(), "his phone shows it");
    block(&world, id_of(&world, "Emma").await, resident_of(&world, &phone).await).await;
    wait(&world, 1);
    world.drain().await;
    let all = states(&world);
    let end = &all.last().unwrap().payload["aps"];
    assert_eq!(
        (&end["event"], &end["content-state"]),
        (&json!("end"), &json!({ "number": ticket["number"] })),
        "{end}"
    );
    assert_eq!(all.len(), before.len() + 1);
    // How the number goes on is nothing to him.
    wait(&world, 60);
    world.drain().await;
    assert_eq!((states(&world).len(), world.figure("select count(*) from live_activity").await), (all.len(), 0));
}

async fn a_dead_token_ends_its_activity_and_not_the_phone(world: World) {
    let (mut phone, _, clerk) = waiting_behind(&world, 2).await;
    wait(&world, 60);
    let gone = Some(world.now().timestamp_millis());
    world.stubs.apns.script(UPDATE, Script::Refuse(410, "Unregistered".to_owned(), gone));
    helped(&world, &clerk).await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
    assert_eq!(
        world.figure("select count(*) from device where state = 'active' and live_start_token is not null").await,
        1
    );
    // It does not begin anew, and she is told that she is called all the same.
    let (before, told) = (states(&world).len(), world.stubs.apns.count());
    helped(&world, &clerk).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    world.drain().await;
    assert_eq!((states(&world).len(), world.stubs.apns.count()), (before, told + 1));
    // The token by which it begins dies alone as well.
    assert_eq!(step(&world, &clerk, &called, "finish").await.0, 200);
    world.drain().await;
    phone.refresh().await.unwrap();
    wait(&world, 1);
    world
        .stubs
        .apns
        .script(START, Script::Refuse(410, "Unregistered".to_owned(), Some(world.now().timestamp_millis())));
    take(&world, &phone).await;
    world.drain().await;
    assert_eq!(
        world.figure("select count(*) from device where state = 'active' and live_start_token is null").await,
        1
    );
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
}

/// Their tokens die with what they wiped away. Of as many phones it would be a fault of the channel.
async fn many_who_wipe_it_away_do_not_stop_the_messages(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    mans(&world, &clerk, 1).await;
    let people: Vec<Somebody> = (1..=6).map(|n| somebody("Iemand", &format!("1970-01-{n:02}"))).collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    number(&world, &clerk, SERVICE).await;
    for (n, who) in people.iter().enumerate() {
        let phone = world.phone(who, true).await;
        let ticket = take(&world, &phone).await;
        let token = format!("cc{n:062x}");
        assert_eq!(hold(&world, &phone, &ticket, &token).await.0, 200);
        world.stubs.apns.script(&token, Script::Refuse(400, "BadDeviceToken".to_owned(), None));
    }
    wait(&world, 1);
    world.drain().await;
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
    assert_eq!(world.figure("select count(*) from channel where state <> 'open'").await, 0);
    assert_eq!(world.figure("select count(*) from device where state = 'active'").await, 6);
}

async fn who_waits_aside_is_shown_so_and_who_is_sent_on_is_shown_the_next(world: World) {
    let (_phone, ticket, clerk) = waiting_behind(&world, 0).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    wait(&world, 1);
    world.drain().await;
    assert_eq!(last(&world).0["desk"], "Loket 1");
    assert_eq!(step(&world, &clerk, &called, "park").await.0, 200);
    wait(&world, 1);
    world.drain().await;
    assert_eq!(last(&world), (json!({ "number": ticket["number"] }), "10".to_owned()));
    let path = format!("/staff/v1/tickets/{}/take-back", ticket["id"].as_str().unwrap());
    let desk = json!({ "desk_id": crate::appointments::desk(1) });
    assert_eq!(world.json("POST", &path, Some(&clerk), &desk).await.0, 200);
    wait(&world, 1);
    world.drain().await;
    assert_eq!(last(&world).0["desk"], "Loket 1");
    let before = states(&world).len();
    let path = format!("/staff/v1/tickets/{}/send-on", ticket["id"].as_str().unwrap());
    let (status, answer) = world.json("POST", &path, Some(&clerk), &json!({ "service_id": OTHER })).await;
    assert_eq!(status, 200, "{answer}");
    wait(&world, 1);
    world.drain().await;
    let since: Vec<_> = states(&world)[before..]
        .iter()
        .map(|push| (push.token.clone(), push.payload["aps"]["event"].clone()))
        .collect();
    assert!(since.contains(&(UPDATE.to_owned(), json!("end"))), "{since:?}");
    assert!(since.contains(&(START.to_owned(), json!("start"))), "{since:?}");
    assert_eq!(since.len(), 2);
}

async fn android_is_sent_data_and_keeps_a_notification_itself(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    mans(&world, &clerk, 1).await;
    let anna = anna(&world).await;
    let phone = world.phone(&anna, false).await;
    assert_eq!(register(&world, &phone, json!({ "shows_live": true })).await.0, 200);
    number(&world, &clerk, SERVICE).await;
    let ticket = take(&world, &phone).await;
    world.drain().await;
    let sent = |n: usize| {
        let all: Vec<Value> = world.stubs.fcm.taken().into_iter().map(|m| m["android"].clone()).collect();
        let live: Vec<Value> = all.into_iter().filter(|android| android["data"]["type"] == "live").collect();
        assert_eq!(live.len(), n, "{live:?}");
        live[n - 1].clone()
    };
    let first = sent(1);
    assert_eq!((&first["priority"], first.get("notification")), (&json!("NORMAL"), None));
    assert_eq!(
        (&first["data"]["ticket_id"], &first["data"]["ahead"], &first["data"]["event"]),
        (&ticket["id"], &json!("1"), &json!("update"))
    );
    helped(&world, &clerk).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    wait(&world, 1);
    world.drain().await;
    let call = sent(2);
    assert_eq!(
        (&call["priority"], &call["data"]["desk"], call["data"].get("ahead")),
        (&json!("HIGH"), &json!("Loket 1"), None)
    );
    assert_eq!(step(&world, &clerk, &called, "finish").await.0, 200);
    wait(&world, 1);
    world.drain().await;
    assert_eq!((&sent(3)["data"]["event"], &sent(3)["priority"]), (&json!("end"), &json!("NORMAL")));
    assert_eq!(world.figure("select count(*) from live_activity").await, 0);
    // An app that does not say that it shows numbers is sent none.
    let mut phone = phone;
    phone.register().await.unwrap();
    phone.refresh().await.unwrap();
    take(&world, &phone).await;
    world.drain().await;
    sent(3);
}

async fn two_processes_say_a_state_once(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    mans(&world, &clerk, 1).await;
    let phone = iphone(&world, &anna(&world).await).await;
    world.drain().await;
    let another = world.another_process().await;
    for _ in 0..4 {
        number(&world, &clerk, SERVICE).await;
    }
    let ticket = take(&world, &phone).await;
    let both = async || {
        let (one, two) = tokio::join!(world.instance.drain(), another.drain());
        one.unwrap();
        two.unwrap();
        // What the one wrote while the other sent.
        world.drain().await;
    };
    both().await;
    assert_eq!(states(&world).len(), 1);
    assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.0, 200);
    both().await;
    assert_eq!(states(&world).len(), 2);
    for n in 1..=4 {
        wait(&world, 60);
        helped(&world, &clerk).await;
        both().await;
        assert_eq!(states(&world).len(), 2 + n);
    }
    let versions = world.figure("select version from live_activity").await;
    assert_eq!(versions, 7, "the start, the token, how it stood, and four steps");
}

async fn who_mutes_being_called_has_nothing_begun(world: World) {
    hall(&world, 1).await;
    let phone = iphone(&world, &anna(&world).await).await;
    let mut preferences = phone.preferences().await.unwrap();
    preferences.muted = vec![thuisloket_mobile_contract::client::types::Category::Queue];
    phone.choose(&preferences).await.unwrap();
    let ticket = take(&world, &phone).await;
    world.drain().await;
    assert_eq!(states(&world).len(), 0);
    // The app may begin one itself.
    assert_eq!(hold(&world, &phone, &ticket, UPDATE).await.0, 200);
    world.drain().await;
    assert_eq!(states(&world).len(), 1);
}

/// What these journeys rest on: what Apple or a phone would leave without a word does not count as sent.
async fn the_stand_in_for_apple_takes_no_activity_that_is_wrong(world: World) {
    let channels = world.instance.part::<Channels>();
    let channel = channels.all().find(|channel| matches!(channel.kind, Apple::Apns(_))).unwrap();
    let Apple::Apns(client) = &channel.kind else { panic!("it is Apple's") };
    let bearer = format!("bearer {}", client.token(world.now()).unwrap());
    let ask = async |topic: &str, kind: &str, (at, event): (i64, Value)| {
        let aps =
            json!({ "timestamp": at, "event": event, "content-state": { "number": "B1" }, "stale-date": at + 600 });
        let build = || -> anyhow::Result<http::Request<bytes::Bytes>> {
            let request = http::Request::post(format!("https://{}/3/device/{UPDATE}", world.stubs.apns.address));
            let request =
                request.header("authorization", &bearer).header("apns-topic", topic).header("apns-push-type", kind);
            Ok(request.header("apns-priority", "5").body(json!({ "aps": aps }).to_string().into())?)
        };
        channel.transport.send(build).await.unwrap().status().as_u16()
    };
    let (topic, live) = ("example.thuisloket.app.push-type.liveactivity", "liveactivity");
    assert_eq!(ask(topic, live, (100, json!("update"))).await, 200);
    for (topic, kind, state) in [
        ("example.thuisloket.app", live, (101, json!("update"))),
        (topic, "background", (101, json!("update"))),
        ("example.thuisloket.app", "background", (101, json!("update"))),
        (topic, live, (101, json!("begin"))),
        (topic, live, (99, json!("update"))),
        // A start says what begins.
        (topic, live, (101, json!("start"))),
    ] {
        assert_eq!(ask(topic, kind, state.clone()).await, 400, "{topic} {kind} {state:?}");
    }
    assert_eq!(ask(topic, live, (101, json!("update"))).await, 200);
    assert_eq!(world.stubs.apns.count(), 2);
}
