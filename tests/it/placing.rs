//! Each way in which a visit gets its place, keeps it or loses it: the rules hold at all of them, also when many go through at once.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{
    appointments::{
        PLACE, SERVICE, book, citizens, desk, nobody_has_anothers_slot, place, put, service, starts, town_hall,
    },
    queue::{check_in, hall, here, tickets},
    world::{World, somebody},
};

journeys! {
    a_rule_holds_at_every_door,
    where_to_go_is_known_whichever_way_one_comes_there,
    a_plan_meets_the_bookings_that_are_under_way,
    two_phones_at_once_leave_nothing_behind,
    one_closing_is_one_however_often_it_is_pressed,
    a_closing_respects_whose_visit_it_is,
    a_closing_by_mistake_is_undone_whole,
    who_cannot_be_received_is_on_a_list_and_not_reminded,
    a_ticket_is_of_a_day_and_of_a_visit_as_it_was,
    somebody_is_at_one_desk_at_a_time,
    one_waits_once_and_moves_only_forward,
    a_word_is_worth_something_until_its_time,
    an_app_knows_what_it_may_offer,
    what_is_held_at_a_desk_that_closed_is_booked_at_another,
    what_was_is_read_afterwards,
    what_is_confirmed_at_its_last_moment_is_theirs,
    of_two_offers_one_is_taken_and_none_is_said_to_stand,
    who_is_called_is_neither_moved_nor_cancelled,
    what_a_closing_gives_back_is_heard_of_in_time,
    who_waited_waits_again_when_the_closing_is_undone,
    what_a_key_made_is_answered_though_it_was_undone,
    who_is_booked_is_told_of_another_address,
    what_is_offered_is_what_they_want,
    a_hold_that_lapsed_is_as_long_as_it_was,
    a_hold_that_lapsed_is_booked_as_by_whoever_comes_now,
    what_was_offered_is_as_long_as_it_was_offered,
    those_who_act_at_once_wait_for_each_other_in_no_ring,
    each_video_visit_has_a_link_of_its_own,
}

const OTHER: &str = "01935c3e-0000-7000-8000-00000000aaab";
const AWAY: &str = "01935c3e-0000-7000-8000-00000000bbbd";

async fn post(world: &World, token: &str, path: &str, body: Value) -> (u16, Value) {
    world.json("POST", path, Some(token), &body).await
}

fn id(visit: &Value) -> &str {
    visit["id"].as_str().unwrap()
}

async fn moved(world: &World, token: &str, visit: &Value, place: &str, at: &str) -> (u16, Value) {
    let to = json!({ "location_id": place, "starts_at": at });
    post(world, token, &format!("/v1/appointments/{}/move", id(visit)), to).await
}

async fn confirmed(world: &World, token: &str, visit: &Value) -> (u16, Value) {
    world.raw("POST", &format!("/v1/appointments/{}/confirm", id(visit)), Some(token), None).await
}

async fn now(world: &World, token: &str, visit: &Value) -> Value {
    world.get(&format!("/v1/appointments/{}", id(visit)), token).await.1
}

/// The titles of what is in somebody's inbox and was not taken back.
async fn stands(world: &World, token: &str) -> Vec<String> {
    let (_, inbox) = world.get("/v1/inbox", token).await;
    let stands = inbox["messages"].as_array().unwrap().iter().filter(|m| m.get("withdrawn_at").is_none());
    stands.map(|m| m["title"].as_str().unwrap().to_owned()).collect()
}

fn closing(from: &str, until: &str) -> Value {
    json!({ "location_id": PLACE, "from": from, "until": until, "reasons": [{ "language": "nl", "text": "Brand." }] })
}

/// A second service, at the same desks.
async fn two_services(world: &World, planner: &str, desks: u128) {
    put(world, planner, &format!("/staff/v1/services/{OTHER}"), &service()).await;
    let mut plan = place(desks);
    plan["version"] = json!(1);
    for desk in plan["desks"].as_array_mut().unwrap() {
        desk["services"] = json!([SERVICE, OTHER]);
    }
    put(world, planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
}

async fn a_rule_holds_at_every_door(world: World) {
    let planner = town_hall(&world, 4).await;
    two_services(&world, &planner, 4).await;
    let tokens = citizens(&world, 2).await;
    // Holds that lapse are no way past the limit of two.
    let mut held = Vec::new();
    for day in 3..6 {
        for at in ["08:00", "08:20"] {
            let (status, hold) = book(&world, &tokens[0], &format!("2027-03-0{day}T{at}:00Z"), true).await;
            assert_eq!(status, 200, "{hold}");
            held.push(hold);
        }
        world.clock.advance(chrono::Duration::minutes(6));
    }
    let mut codes = Vec::new();
    for hold in &held {
        codes.push(confirmed(&world, &tokens[0], hold).await.1["code"].clone());
    }
    assert_eq!(codes.iter().filter(|c| c.is_null()).count(), 2, "{codes:?}");
    assert!(codes[2..].iter().all(|c| c == "appointment_limit"), "{codes:?}");
    // At one time one is at one place: booking, holding, confirming, moving.
    let wish = |at: &str, service: &str, hold: bool| json!({ "service_id": service, "location_id": PLACE, "starts_at": at, "persons": 1, "hold": hold });
    let visit = post(&world, &tokens[1], "/v1/appointments", wish("2027-03-03T09:00:00Z", SERVICE, false)).await.1;
    for hold in [true, false] {
        let (_, problem) =
            post(&world, &tokens[1], "/v1/appointments", wish("2027-03-03T09:00:00Z", OTHER, hold)).await;
        assert_eq!(problem["code"], "visit_overlaps");
        assert!(problem["detail"].as_str().unwrap().contains(visit["reference"].as_str().unwrap()));
    }
    let other = post(&world, &tokens[1], "/v1/appointments", wish("2027-03-04T09:00:00Z", OTHER, true)).await.1;
    assert_eq!(moved(&world, &tokens[1], &visit, PLACE, "2027-03-04T09:00:00Z").await.1["code"], "visit_overlaps");
    world.clock.advance(chrono::Duration::minutes(6));
    world.drain().await;
    assert_eq!(moved(&world, &tokens[1], &visit, PLACE, "2027-03-04T09:00:00Z").await.0, 200, "the hold is over");
    assert_eq!(confirmed(&world, &tokens[1], &other).await.1["code"], "visit_overlaps");
    // A double tap without a key is one visit, at several desks too; and what one holds and then books is booked.
    let twice = join_all((0..6).map(|_| book(&world, &tokens[1], "2027-03-05T09:00:00Z", false))).await;
    assert!(twice.iter().all(|(status, v)| *status == 200 && v["id"] == twice[0].1["id"]), "{twice:?}");
    assert_eq!(moved(&world, &tokens[1], &other, PLACE, "2027-03-08T09:00:00Z").await.1["code"], "not_booked");
    // For another child it is another visit, and the parent is there already.
    let mut child = wish("2027-03-05T09:00:00Z", SERVICE, false);
    child["companions"] = json!(["Noah"]);
    assert_eq!(post(&world, &tokens[1], "/v1/appointments", child).await.1["code"], "visit_overlaps");
    nobody_has_anothers_slot(&world).await;
}

/// A location of another kind, with a desk of its own.
async fn another(world: &World, planner: &str, kind: &str) {
    let mut plan: Value = place(1).to_string().replace(&desk(1), &desk(8)).parse().unwrap();
    plan["kind"] = json!(kind);
    put(world, planner, &format!("/staff/v1/locations/{AWAY}"), &plan).await;
}

async fn where_to_go_is_known_whichever_way_one_comes_there(world: World) {
    let planner = town_hall(&world, 1).await;
    another(&world, &planner, "telephone").await;
    let tokens = citizens(&world, 2).await;
    let visit = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await.1;
    let (status, problem) = moved(&world, &tokens[0], &visit, AWAY, "2027-03-03T09:00:00Z").await;
    assert_eq!((status, &problem["field"]), (400, &json!("contact")), "{problem}");
    let path = format!("/v1/appointments/{}/move", id(&visit));
    let to = json!({ "location_id": AWAY, "starts_at": "2027-03-03T09:00:00Z", "contact": "0470 00 00 00" });
    assert_eq!(post(&world, &tokens[0], &path, to).await.1["contact"], "0470 00 00 00");
    // It is known from then on, and worth nothing at the town hall.
    let there = moved(&world, &tokens[0], &visit, AWAY, "2027-03-03T09:20:00Z").await.1;
    assert_eq!(there["contact"], "0470 00 00 00");
    let (_, back) = moved(&world, &tokens[0], &visit, PLACE, "2027-03-03T08:00:00Z").await;
    assert_eq!((&back["location"]["id"], back.get("contact")), (&json!(PLACE), None));
    // Who waits for it says it as well, and who comes along.
    let wish = |persons: i64, more: Value| {
        let mut wish = json!({ "service_id": SERVICE, "persons": persons, "location_ids": [AWAY], "from_on": "2027-03-04", "until_on": "2027-03-04" });
        wish.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        wish
    };
    for (wrong, field) in [(wish(1, json!({})), "contact"), (wish(3, json!({ "contact": "0470" })), "companions")] {
        let (status, problem) = post(&world, &tokens[1], "/v1/waiting", wrong).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    let good = wish(2, json!({ "contact": "0470 11 11 11", "companions": ["Emma"] }));
    let (status, entry) = post(&world, &tokens[1], "/v1/waiting", good).await;
    assert_eq!(status, 200, "{entry}");
    let offered = json!({ "id": entry["offered_appointment_id"] });
    let (status, taken) = confirmed(&world, &tokens[1], &offered).await;
    assert_eq!(
        (status, &taken["contact"], &taken["companions"]),
        (200, &json!("0470 11 11 11"), &json!(["Emma"])),
        "{taken}"
    );
}

async fn a_plan_meets_the_bookings_that_are_under_way(world: World) {
    let planner = town_hall(&world, 6).await;
    let tokens = citizens(&world, 18).await;
    let mut version = 1;
    for day in ["2027-03-08", "2027-03-09", "2027-03-10", "2027-03-11"] {
        let mut plan = place(6);
        plan["version"] = json!(version);
        plan["exceptions"] = json!([{ "day": day }]);
        let path = format!("/staff/v1/locations/{PLACE}");
        let asked = tokens.iter().enumerate().map(|(n, token)| {
            let at = format!("{day}T{}:00Z", ["08:00", "08:20", "08:40"][n % 3]);
            let world = &world;
            async move {
                let (status, visit) = book(world, token, &at, n % 2 == 0).await;
                if status == 200 && visit["state"] == "held" {
                    return confirmed(world, token, &visit).await;
                }
                (status, visit)
            }
        });
        let (answers, (status, problem)) =
            tokio::join!(join_all(asked), world.json("PUT", &path, Some(&planner), &plan));
        let on_it = answers.iter().filter(|(status, _)| *status == 200).count();
        match status {
            200 => {
                version += 1;
                assert_eq!(on_it, 0, "booked on a day that is closed");
            }
            409 => assert_eq!(problem["code"], "would_strand", "{problem}"),
            other => panic!("{other} {problem}"),
        }
        for (token, (status, visit)) in tokens.iter().zip(&answers) {
            if *status == 200 {
                world.raw("DELETE", &format!("/v1/appointments/{}", id(visit)), Some(token), None).await;
            } else {
                let known = ["slot_not_offered", "slot_taken", "hold_lapsed"];
                assert!(known.contains(&visit["code"].as_str().unwrap()), "{visit}");
            }
        }
    }
    nobody_has_anothers_slot(&world).await;
}

async fn two_phones_at_once_leave_nothing_behind(world: World) {
    let planner = town_hall(&world, 3).await;
    let tokens = citizens(&world, 12).await;
    let morning = starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await;
    let later = starts(&world, &tokens[0], "from=2027-03-04&until=2027-03-05").await;
    let mut visits = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let (status, visit) = book(&world, token, &morning[n / 3], false).await;
        assert_eq!(status, 200, "{visit}");
        visits.push(visit);
    }
    // Each from two phones, to two times; and half of them are cancelled from a third.
    let both = tokens.iter().zip(&visits).enumerate().map(|(n, (token, visit))| {
        let (world, later) = (&world, &later);
        async move {
            tokio::join!(
                moved(world, token, visit, PLACE, &later[n % later.len()]),
                moved(world, token, visit, PLACE, &later[(n + 5) % later.len()]),
            )
        }
    });
    for (a, b) in join_all(both).await {
        assert!(a.0 == 200 || b.0 == 200, "{a:?} {b:?}");
        for (status, answer) in [a, b] {
            assert!(
                status == 200 || ["edited_meanwhile", "slot_taken"].contains(&answer["code"].as_str().unwrap()),
                "{answer}"
            );
        }
    }
    nobody_has_anothers_slot(&world).await;
    // A closing meets those who cancel and move in the same moment.
    let close = closing("2027-03-04T07:00:00Z", "2027-03-05T12:00:00Z");
    assert_eq!(post(&world, &planner, "/staff/v1/closures", close).await.0, 200);
    let acts = tokens.iter().zip(&visits).enumerate().map(|(n, (token, visit))| {
        let world = &world;
        async move {
            match n % 3 {
                0 => world.raw("DELETE", &format!("/v1/appointments/{}", id(visit)), Some(token), None).await,
                1 => moved(world, token, visit, PLACE, "2027-03-08T10:00:00Z").await,
                _ => (200, Value::Null),
            }
        }
    });
    tokio::join!(world.drain(), world.drain(), world.drain(), join_all(acts));
    world.drain().await;
    nobody_has_anothers_slot(&world).await;
    for (n, (token, visit)) in tokens.iter().zip(&visits).enumerate() {
        let visit = now(&world, token, visit).await;
        let at = visit["starts_at"].as_str().unwrap();
        let closed = ("2027-03-04T07:00:00Z".."2027-03-05T12:00:00Z").contains(&at);
        assert!(visit["state"] == "cancelled" || !closed, "{visit}");
        assert_eq!(visit["state"] == "cancelled", n % 3 == 0, "{visit}");
        // Who cancelled was not told afterwards that it moved.
        let stands = stands(&world, token).await;
        assert!(n % 3 != 0 || stands.iter().all(|title| title.contains("Geannuleerd")), "{stands:?}");
        assert_eq!(stands.len(), 1, "the final word: {stands:?}");
    }
}

async fn one_closing_is_one_however_often_it_is_pressed(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 4).await;
    let morning = starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await;
    let mut visits = Vec::new();
    for (token, at) in tokens.iter().zip(&morning) {
        visits.push(book(&world, token, at, false).await.1);
    }
    let close = closing("2027-03-03T07:00:00Z", "2027-03-03T11:30:00Z");
    let preview = json!({ "location_id": PLACE, "from": close["from"], "until": close["until"] });
    let (status, told) = post(&world, &planner, "/staff/v1/closures/preview", preview).await;
    assert_eq!((status, &told["moved"], &told["cancelled"]), (200, &json!(4), &json!(0)), "{told}");
    assert_eq!(told["without_app"], 0, "each has the app: {told}");
    assert_eq!(now(&world, &tokens[0], &visits[0]).await["starts_at"], json!(morning[0]), "a look moves nobody");
    let pressed = join_all((0..5).map(|_| post(&world, &planner, "/staff/v1/closures", close.clone()))).await;
    assert!(pressed.iter().all(|(status, c)| *status == 200 && c["id"] == pressed[0].1["id"]), "{pressed:?}");
    // With other reasons neither is lost in silence.
    let mut otherwise = close.clone();
    otherwise["reasons"][0]["text"] = json!("Het dak lekt");
    let colleague = world.staff("Tom Maes", &["Planner:0207509031"]).await;
    let (status, refused) = post(&world, &colleague, "/staff/v1/closures", otherwise).await;
    assert_eq!((status, &refused["code"]), (409, &json!("closed_differently")), "{refused}");
    assert!(refused["edited_by"].is_string(), "{refused}");
    // Another, over a part of the same; and four who do the work.
    let longer = closing("2027-03-03T07:30:00Z", "2027-03-03T12:00:00Z");
    assert_eq!(post(&world, &planner, "/staff/v1/closures", longer).await.0, 200);
    tokio::join!(world.drain(), world.drain(), world.drain(), world.drain());
    world.drain().await;
    let (_, closures) = world.get("/staff/v1/closures", &planner).await;
    let sum = |what: &str| closures.as_array().unwrap().iter().map(|c| c[what].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("moved"), sum("cancelled")), (4, 0), "{closures}");
    let wanted: Vec<_> =
        told["visits"].as_array().unwrap().iter().map(|v| v["would_start_at"].as_str().unwrap().to_owned()).collect();
    for ((token, visit), wanted) in tokens.iter().zip(&visits).zip(wanted) {
        assert_eq!(now(&world, token, visit).await["starts_at"], json!(wanted), "as the preview said");
        let (_, inbox) = world.get("/v1/inbox", token).await;
        let told: Vec<_> = inbox["messages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|m| m["title"].as_str().unwrap().contains("verplaatst"))
            .collect();
        assert_eq!(told.len(), 1, "{inbox}");
    }
    nobody_has_anothers_slot(&world).await;
}

async fn a_closing_respects_whose_visit_it_is(world: World) {
    let planner = town_hall(&world, 2).await;
    two_services(&world, &planner, 2).await;
    let tokens = citizens(&world, 4).await;
    let wish = |at: &str, service: &str| json!({ "service_id": service, "location_id": PLACE, "starts_at": at, "persons": 1, "hold": false });
    // Ten days ahead, two visits of one person on a morning.
    let one = post(&world, &tokens[0], "/v1/appointments", wish("2027-03-11T09:00:00Z", SERVICE)).await.1;
    let two = post(&world, &tokens[0], "/v1/appointments", wish("2027-03-11T09:20:00Z", OTHER)).await.1;
    // Somebody waits for an earlier one, and says so; somebody is offered a start of that day.
    let waits = book(&world, &tokens[1], "2027-03-11T10:00:00Z", false).await.1;
    let other_day =
        json!({ "appointment_id": id(&waits), "weekdays": [2], "from_on": "2027-03-02", "until_on": "2027-03-10" });
    let (status, entry) = post(&world, &tokens[1], "/v1/waiting", other_day).await;
    assert_eq!(status, 200, "{entry}");
    world
        .raw(
            "DELETE",
            &format!("/v1/appointments/{}", entry["offered_appointment_id"].as_str().unwrap()),
            Some(&tokens[1]),
            None,
        )
        .await;
    // Who would come earlier on one weekend only does not come earlier on another day.
    let weekend = book(&world, &tokens[3], "2027-03-11T10:20:00Z", false).await.1;
    let only = json!({ "appointment_id": id(&weekend), "from_on": "2027-03-06", "until_on": "2027-03-07" });
    assert_eq!(post(&world, &tokens[3], "/v1/waiting", only).await.0, 200);
    let that_day = json!({ "service_id": SERVICE, "from_on": "2027-03-11", "until_on": "2027-03-12" });
    let (_, offered) = post(&world, &tokens[2], "/v1/waiting", that_day).await;
    let hold = json!({ "id": offered["offered_appointment_id"] });
    assert_eq!(
        post(&world, &planner, "/staff/v1/closures", closing("2027-03-11T07:00:00Z", "2027-03-11T12:00:00Z")).await.0,
        200
    );
    world.drain().await;
    let (one, two) = (now(&world, &tokens[0], &one).await, now(&world, &tokens[0], &two).await);
    let at = |v: &Value| v["starts_at"].as_str().unwrap().to_owned();
    assert!(*at(&one) >= *"2027-03-12" && *at(&two) >= *"2027-03-12", "not earlier: {} {}", at(&one), at(&two));
    assert_ne!(at(&one), at(&two), "not both at one moment");
    let earlier = at(&now(&world, &tokens[1], &waits).await);
    assert!(
        ["2027-03-02", "2027-03-09"].contains(&&earlier[..10]),
        "who asked for earlier on a Tuesday has it: {earlier}"
    );
    let later = at(&now(&world, &tokens[3], &weekend).await);
    assert!(*later >= *"2027-03-12", "{later}");
    // What was offered is offered no more, and another is, at once.
    assert_eq!(confirmed(&world, &tokens[2], &hold).await.1["code"], "hold_lapsed");
    world.drain().await;
    let (_, waiting) = world.get("/v1/waiting", &tokens[2]).await;
    let anew = json!({ "id": waiting[0]["offered_appointment_id"] });
    assert!(*at(&now(&world, &tokens[2], &anew).await) >= *"2027-03-12", "{waiting}");
    nobody_has_anothers_slot(&world).await;
}

async fn a_closing_by_mistake_is_undone_whole(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 4).await;
    let morning = starts(&world, &tokens[0], "from=2027-03-11&until=2027-03-11").await;
    let mut visits = Vec::new();
    for (token, at) in tokens.iter().zip(&morning) {
        visits.push(book(&world, token, at, false).await.1);
    }
    let close = closing("2027-03-11T07:00:00Z", "2027-03-11T12:00:00Z");
    let (_, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
    world.drain().await;
    assert_ne!(now(&world, &tokens[0], &visits[0]).await["starts_at"], json!(morning[0]));
    // One chose another time since: theirs stays as they chose.
    let (status, chosen) = moved(&world, &tokens[3], &visits[3], PLACE, "2027-03-16T09:00:00Z").await;
    assert_eq!(status, 200, "{chosen}");
    // It takes longer from now on: what was booked before has the time that it had.
    let mut longer = service();
    (longer["version"], longer["minutes"]) = (json!(1), json!(45));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &longer).await;
    let path = format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap());
    let twice = join_all((0..2).map(|_| world.raw("DELETE", &path, Some(&planner), None))).await;
    assert!(twice.iter().all(|(status, _)| *status == 200), "{twice:?}");
    for n in 0..3 {
        let back = now(&world, &tokens[n], &visits[n]).await;
        assert_eq!((&back["state"], &back["starts_at"]), (&json!("booked"), &json!(morning[n])));
        // What was said between is taken back.
        let stands = stands(&world, &tokens[n]).await;
        assert!(stands.len() == 1 && stands[0].contains("weer op 11 maart"), "{stands:?}");
    }
    assert_eq!(now(&world, &tokens[3], &visits[3]).await["starts_at"], "2027-03-16T09:00:00Z");
    nobody_has_anothers_slot(&world).await;
    // Two that overlap, or of which the second hits where the first moved to: undone in any order, all is as it was.
    for (round, second) in
        [("2027-03-11T08:20:00Z", "2027-03-11T12:00:00Z"), ("2027-03-12T07:00:00Z", "2027-03-12T12:00:00Z")]
            .into_iter()
            .flat_map(|second| [(0, second), (1, second)])
    {
        let mut both = Vec::new();
        for (from, until) in [("2027-03-11T07:00:00Z", "2027-03-11T12:00:00Z"), second] {
            both.push(post(&world, &planner, "/staff/v1/closures", closing(from, until)).await.1["id"].clone());
            world.drain().await;
        }
        for n in [round, 1 - round] {
            let path = format!("/staff/v1/closures/{}", both[n].as_str().unwrap());
            assert_eq!(world.raw("DELETE", &path, Some(&planner), None).await.0, 200);
        }
        for n in 0..3 {
            let back = now(&world, &tokens[n], &visits[n]).await;
            assert_eq!(
                (&back["state"], &back["starts_at"]),
                (&json!("booked"), &json!(morning[n])),
                "{round} {second:?}"
            );
        }
    }
    // What a closing cancelled and its citizen cancels as well stays off.
    let close = closing("2027-03-11T07:00:00Z", "2027-03-11T12:00:00Z");
    let (_, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
    world.drain().await;
    world.raw("DELETE", &format!("/v1/appointments/{}", id(&visits[0])), Some(&tokens[0]), None).await;
    world.raw("DELETE", &format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap()), Some(&planner), None).await;
    assert_eq!(now(&world, &tokens[0], &visits[0]).await["state"], "cancelled");
    nobody_has_anothers_slot(&world).await;
}

async fn who_cannot_be_received_is_on_a_list_and_not_reminded(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let visit = book(&world, &tokens[0], "2027-03-03T09:00:00Z", false).await.1;
    let stays = book(&world, &tokens[1], "2027-03-04T09:00:00Z", false).await.1;
    let mut plan = place(1);
    plan["version"] = json!(1);
    plan["exceptions"] = json!([{ "day": "2027-03-03" }]);
    let path = format!("/staff/v1/locations/{PLACE}");
    assert_eq!(world.json("PUT", &path, Some(&planner), &plan).await.1["code"], "would_strand");
    put(&world, &planner, &format!("{path}?strand=true"), &plan).await;
    // What is on the list already stands in nobody's way.
    plan["version"] = json!(2);
    plan["address"] = json!("Markt 2, 9800 Deinze");
    put(&world, &planner, &path, &plan).await;
    let (_, list) = world.get("/staff/v1/stranded", &planner).await;
    assert_eq!((list.as_array().unwrap().len(), &list[0]["reference"]), (1, &visit["reference"]), "{list}");
    world.at("2027-03-02 17:30");
    world.drain().await;
    assert_eq!(world.figure("select count(*) from message where title like 'Herinnering%'").await, 0);
    assert_eq!(world.get(&format!("/v1/appointments/{}", id(&visit)), &tokens[0]).await.1["reminders"], json!([]));
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    // A service that is switched off, too.
    let mut off = service();
    (off["version"], off["active"]) = (json!(1), json!(false));
    let service_path = format!("/staff/v1/services/{SERVICE}");
    let (_, problem) = world.json("PUT", &service_path, Some(&planner), &off).await;
    let named = problem["stranded"].as_array().unwrap().iter().any(|v| v["reference"] == stays["reference"]);
    assert!(named, "{problem}");
    let why = json!({ "reasons": [{ "language": "nl", "text": "We zijn die dag gesloten." }] });
    let (status, done) = post(&world, &planner, "/staff/v1/stranded", why).await;
    assert_eq!((status, &done), (200, &json!({ "moved": 1, "cancelled": 0, "left": 0 })));
    assert_eq!(now(&world, &tokens[0], &visit).await["starts_at"], "2027-03-04T08:00:00Z");
    assert_eq!(world.get("/staff/v1/stranded", &planner).await.1, json!([]));
    assert_eq!(world.figure("select count(*) from message where title like 'Je afspraak is verplaatst%'").await, 1);
    // Whose service is off has no other time: it is off, and said so, once.
    put(&world, &planner, &format!("{service_path}?strand=true"), &off).await;
    let why = json!({ "reasons": [{ "language": "nl", "text": "We doen dit niet meer." }] });
    let (_, done) = post(&world, &planner, "/staff/v1/stranded", why).await;
    assert_eq!(done, json!({ "moved": 0, "cancelled": 2, "left": 0 }));
    assert_eq!(world.get("/staff/v1/stranded", &planner).await.1, json!([]));
    // What cannot be planned is refused, and names the field.
    plan["version"] = json!(3);
    for (field, value, at) in [
        ("latitude", json!(50.9), "longitude"),
        ("names", json!([{ "language": "nl", "text": "a" }, { "language": "nl", "text": "b" }]), "names"),
        (
            "exceptions",
            json!([{ "day": "2027-04-01" }, { "day": "2027-04-01", "opens": 540, "closes": 600 }]),
            "exceptions[0]",
        ),
    ] {
        let mut wrong = plan.clone();
        wrong[field] = value;
        assert_eq!(world.json("PUT", &path, Some(&planner), &wrong).await.1["field"], at);
    }
    let mut wrong = plan.clone();
    wrong["desks"][0]["services"] = json!([OTHER]);
    assert_eq!(world.json("PUT", &path, Some(&planner), &wrong).await.1["field"], "desks[0].services");
}

async fn a_ticket_is_of_a_day_and_of_a_visit_as_it_was(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let visit = book(&world, &tokens[0], "2027-03-01T10:00:00Z", false).await.1;
    let other = book(&world, &tokens[1], "2027-03-01T10:20:00Z", false).await.1;
    world.at("2027-03-01 10:40");
    for (token, visit) in [(&tokens[0], &visit), (&tokens[1], &other)] {
        assert_eq!(check_in(&world, token, visit, here()).await.0, 200);
    }
    assert_eq!(moved(&world, &tokens[0], &visit, PLACE, "2027-03-02T08:00:00Z").await.0, 200);
    world.raw("DELETE", &format!("/v1/appointments/{}", id(&other)), Some(&tokens[1]), None).await;
    // Neither is called, and neither sees a turn.
    let (_, called) = world.raw("POST", &format!("/staff/v1/desks/{}/next", desk(1)), Some(&clerk), None).await;
    assert!(called.get("called").is_none_or(Value::is_null), "{called}");
    for token in &tokens {
        assert_eq!(tickets(&world, token).await, json!([]));
    }
    world.at("2027-03-02 08:50");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let (status, ticket) = check_in(&world, &tokens[0], &visit, here()).await;
    assert_eq!((status, &ticket["state"]), (200, &json!("waiting")), "{ticket}");
    let (_, queue) = world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await;
    assert_eq!((queue.as_array().unwrap().len(), &queue[0]["id"]), (1, &ticket["id"]), "{queue}");
    // Served early, it is over: it is not moved to another day, on which nobody would be called.
    let (_, called) = world.raw("POST", &format!("/staff/v1/desks/{}/next", desk(1)), Some(&clerk), None).await;
    assert_eq!(called["called"]["id"], ticket["id"]);
    for step in ["start", "finish"] {
        let path = format!("/staff/v1/tickets/{}/{step}", ticket["id"].as_str().unwrap());
        assert_eq!(world.raw("POST", &path, Some(&clerk), None).await.0, 200);
    }
    assert_eq!(moved(&world, &tokens[0], &visit, PLACE, "2027-03-03T08:00:00Z").await.1["code"], "visit_begun");
}

async fn somebody_is_at_one_desk_at_a_time(world: World) {
    let (planner, clerk) = hall(&world, 2).await;
    let tokens = citizens(&world, 1).await;
    let mut plan = place(2);
    (plan["version"], plan["latitude"], plan["longitude"]) = (json!(1), json!(50.9817), json!(3.5306));
    for desk in plan["desks"].as_array_mut().unwrap() {
        desk["services"] = json!([SERVICE, OTHER]);
    }
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    for service in [SERVICE, OTHER] {
        let mut walk = json!({ "location_id": PLACE, "service_id": service });
        walk.as_object_mut().unwrap().extend(here().as_object().unwrap().clone());
        assert_eq!(post(&world, &tokens[0], "/v1/tickets", walk).await.0, 200);
    }
    let desks = [desk(1), desk(2)];
    let pressed = join_all(desks.iter().map(|desk| {
        let (world, clerk) = (&world, &clerk);
        async move { world.raw("POST", &format!("/staff/v1/desks/{desk}/next"), Some(clerk), None).await }
    }))
    .await;
    let called: Vec<_> = pressed.iter().filter(|(_, a)| a.get("called").is_some_and(|c| !c.is_null())).collect();
    assert_eq!(called.len(), 1, "{pressed:?}");
    // Sent on to what they wait for with another number, they come next with that.
    let path = format!("/staff/v1/tickets/{}/send-on", called[0].1["called"]["id"].as_str().unwrap());
    let (waits, for_it) = {
        let mine = tickets(&world, &tokens[0]).await;
        let waits = mine.as_array().unwrap().iter().find(|t| t["state"] == "waiting").unwrap().clone();
        (waits["id"].clone(), waits["service_id"].clone())
    };
    let (status, next) = post(&world, &clerk, &path, json!({ "service_id": for_it })).await;
    assert_eq!((status, &next["id"]), (200, &waits), "{next}");
    // A hall that closes while one waits says so, and the wait is over.
    let close = closing("2027-03-01T09:00:00Z", "2027-03-01T12:00:00Z");
    assert_eq!(post(&world, &planner, "/staff/v1/closures", close).await.0, 200);
    world.drain().await;
    let (_, inbox) = world.get("/v1/inbox", &tokens[0]).await;
    let says = |m: &Value| m["title"].as_str().unwrap().ends_with("we sluiten");
    assert!(inbox["messages"].as_array().unwrap().iter().any(says), "{inbox}");
    assert!(tickets(&world, &tokens[0]).await.as_array().unwrap().iter().all(|t| t["state"] != "waiting"));
}

async fn one_waits_once_and_moves_only_forward(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let visit = book(&world, &tokens[0], "2027-03-16T10:00:00Z", false).await.1;
    let wish = json!({ "appointment_id": id(&visit), "from_on": "2027-03-15" });
    let all = join_all((0..5).map(|_| post(&world, &tokens[0], "/v1/waiting", wish.clone()))).await;
    assert!(all.iter().all(|(status, a)| *status == 200 && a["id"] == all[0].1["id"]), "{all:?}");
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 1, "one offer");
    let offered = json!({ "id": all[0].1["offered_appointment_id"] });
    // Moved earlier by hand, the old offer would be a step back.
    assert_eq!(moved(&world, &tokens[0], &visit, PLACE, "2027-03-10T08:00:00Z").await.0, 200);
    assert_eq!(confirmed(&world, &tokens[0], &offered).await.1["code"], "hold_lapsed");
    assert_eq!(now(&world, &tokens[0], &visit).await["starts_at"], "2027-03-10T08:00:00Z");
    nobody_has_anothers_slot(&world).await;
}

/// When the pushes about visits go out, and until when.
async fn pushes(world: &World) -> Vec<(String, String)> {
    let mut r = world.instance.app.db.read().await.unwrap();
    let rows: Vec<(chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)> = thuisloket::with_conn!(r, c => sqlx::query_as(
        "select not_before, expires_at from push_delivery where purpose = 'show' and category = 'appointments' and state = 'ready'
         order by not_before").fetch_all(c).await)
    .unwrap();
    let told = |at: chrono::DateTime<chrono::Utc>| at.format("%d %H:%M").to_string();
    rows.into_iter().map(|(a, b)| (told(a), told(b))).collect()
}

async fn a_word_is_worth_something_until_its_time(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let _second = world.phone(&anna, false).await;
    // At nine in the evening the default quiet hours begin; what is said then about a visit at nine is worth nothing after it.
    world.at("2027-03-02 21:30");
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let visit = book(&world, &token, "2027-03-03T08:00:00Z", false).await.1;
    assert_eq!(visit["state"], "booked", "{visit}");
    // The phone in her hand shows it already: her other one is told, when she is up.
    assert_eq!(pushes(&world).await, [("03 07:00".to_owned(), "03 08:00".to_owned())]);
    // A pipe bursts at five in the morning: who is expected at nine hears it at once, and nothing else.
    world.at("2027-03-03 05:05");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let close = closing("2027-03-03T05:00:00Z", "2027-03-03T12:00:00Z");
    assert_eq!(post(&world, &planner, "/staff/v1/closures", close).await.0, 200);
    thuisloket::appointments::work::step(&world.instance.app).await.unwrap();
    let ready = pushes(&world).await;
    assert!(ready.len() == 2 && ready.iter().all(|r| r.0 == "03 04:05"), "{ready:?}");
}

async fn an_app_knows_what_it_may_offer(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let (_, offer) = world.get("/v1/services", &tokens[0]).await;
    let known = &offer["services"][0];
    assert_eq!(
        (&known["minutes_a_person_more"], &known["least_notice_minutes"], &known["most_open"]),
        (&json!(10), &json!(60), &json!(2))
    );
    let open = &offer["locations"][0]["opening"];
    assert_eq!((open.as_array().unwrap().len(), &open[0]["from"]), (5, &json!("2027-03-01T08:00:00Z")), "{open}");
    // Every five minutes, there are more than one answer holds: it ends with a whole day, and says where to go on.
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut often = service();
    (often["version"], often["step_minutes"], often["minutes"]) = (json!(1), json!(5), json!(5));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &often).await;
    let (mut all, mut from) = (Vec::new(), "2027-03-02".to_owned());
    for _ in 0..6 {
        let url = format!("{}/v1/services/{SERVICE}/starts?from={from}&until=2027-04-20", world.server);
        let answer = world.http.get(url).bearer_auth(&tokens[0]).send().await.unwrap();
        let next = answer.headers().get("x-next-from").map(|v| v.to_str().unwrap().to_owned());
        let found: Vec<Value> = answer.json().await.unwrap();
        all.extend(found.iter().map(|s| s["starts_at"].as_str().unwrap().to_owned()));
        match next {
            Some(next) => from = next,
            None => break,
        }
    }
    let count = all.len();
    all.dedup();
    assert_eq!((all.len(), count), (35 * 36, 35 * 36), "35 days of 36 starts, none twice");
}

async fn what_is_held_at_a_desk_that_closed_is_booked_at_another(world: World) {
    let planner = town_hall(&world, 2).await;
    let token = citizens(&world, 1).await.remove(0);
    let at = "2027-03-03T08:00:00Z";
    for (version, hold) in [(1, true), (2, false)] {
        let (status, held) = book(&world, &token, at, true).await;
        assert_eq!(status, 200, "{held}");
        let at_the_first =
            "select count(*) from desk_tick where desk_id in (select id from desk where name = 'Loket 1')";
        let theirs = if world.figure(at_the_first).await > 0 { 1 } else { 2 };
        let mut plan = place(2);
        plan["version"] = json!(version);
        plan["desks"][theirs - 1]["active"] = json!(false);
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}?strand=true"), &plan).await;
        // They tap again, on the screen that they still see.
        let (status, visit) = book(&world, &token, at, hold).await;
        assert_eq!(status, 200, "{visit}");
        assert_ne!(visit["id"], held["id"], "another desk");
        assert_eq!(confirmed(&world, &token, &held).await.1["code"], "hold_lapsed");
        nobody_has_anothers_slot(&world).await;
        world.drain().await;
    }
    nobody_has_anothers_slot(&world).await;
    assert_eq!(world.figure("select count(*) from appointment where state = 'booked'").await, 1);
    assert_eq!(world.figure("select count(distinct appointment_id) from desk_tick").await, 1);
}

async fn what_was_is_read_afterwards(world: World) {
    town_hall(&world, 2).await;
    let tokens = citizens(&world, 2).await;
    let mut visits = Vec::new();
    let hold = book(&world, &tokens[0], "2027-03-04T08:00:00Z", true).await.1;
    world.raw("DELETE", &format!("/v1/appointments/{}", id(&hold)), Some(&tokens[0]), None).await;
    for at in ["2027-03-02T08:00:00Z", "2027-03-03T08:00:00Z"] {
        let (status, visit) = book(&world, &tokens[0], at, false).await;
        assert_eq!(status, 200, "{visit}");
        visits.push(visit);
    }
    // One is off; what was only held never was a visit; one is over.
    world.raw("DELETE", &format!("/v1/appointments/{}", id(&visits[1])), Some(&tokens[0]), None).await;
    world.at("2027-03-02 10:00");
    let past = async |query: &str, token: &str| world.get(&format!("/v1/past-appointments{query}"), token).await;
    let (status, all) = past("", &tokens[0]).await;
    let seen: Vec<_> =
        all["appointments"].as_array().unwrap().iter().map(|v| (id(v), v["state"].as_str().unwrap())).collect();
    assert_eq!((status, seen), (200, vec![(id(&visits[1]), "cancelled"), (id(&visits[0]), "booked")]), "{all}");
    assert!(all.get("next_cursor").is_none());
    let (_, first) = past("?limit=1", &tokens[0]).await;
    let (_, second) = past(&format!("?limit=1&cursor={}", first["next_cursor"].as_str().unwrap()), &tokens[0]).await;
    assert_eq!((id(&second["appointments"][0]), second.get("next_cursor")), (id(&visits[0]), None));
    assert_eq!(past("", &tokens[1]).await.1["appointments"], json!([]), "nobody's but theirs");
    assert_eq!(past("?cursor=x", &tokens[0]).await.1["code"], "cursor_invalid");
}

async fn what_is_confirmed_at_its_last_moment_is_theirs(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let hold = book(&world, &tokens[0], "2027-03-03T08:00:00Z", true).await.1;
    let hold_id: uuid::Uuid = id(&hold).parse().unwrap();
    // The confirmation is written, and not committed; the worker has found the hold over, and waits for it.
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(
        "update appointment set state = 'booked', held_until = null where id = $1").bind(hold_id).execute(c).await.map(|_| ()))
    .unwrap();
    world.clock.advance(chrono::Duration::minutes(6));
    let instance = world.instance.clone();
    let sweep = tokio::spawn(async move { thuisloket::appointments::work::step(&instance.app).await.map(|_| ()) });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    w.commit().await.unwrap();
    sweep.await.unwrap().unwrap();
    assert_eq!(now(&world, &tokens[0], &hold).await["state"], "booked");
    assert_eq!(world.figure("select count(*) from desk_tick").await, 4, "and its time at the desk");
    nobody_has_anothers_slot(&world).await;
}

async fn of_two_offers_one_is_taken_and_none_is_said_to_stand(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 10).await;
    let day = starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await;
    let mut visits = Vec::new();
    for (token, at) in tokens[1..].iter().zip(&day) {
        visits.push(book(&world, token, at, false).await.1);
    }
    assert_eq!(day.len(), visits.len(), "the day is full");
    let wish = json!({ "service_id": SERVICE, "persons": 1, "from_on": "2027-03-03", "until_on": "2027-03-03" });
    let (status, entry) = post(&world, &tokens[0], "/v1/waiting", wish).await;
    assert_eq!((status, entry.get("offered_appointment_id")), (200, None), "{entry}");
    let offered = async || {
        let (_, waiting) = world.get("/v1/waiting", &tokens[0]).await;
        json!({ "id": waiting[0]["offered_appointment_id"] })
    };
    let cancel = async |n: usize| {
        world.raw("DELETE", &format!("/v1/appointments/{}", id(&visits[n])), Some(&tokens[n + 1]), None).await;
    };
    cancel(0).await;
    let first = offered().await;
    let stood = stands(&world, &tokens[0]).await;
    // It lapses, and what said that it is held says so no more; another place is freed, and offered.
    world.clock.advance(chrono::Duration::minutes(61));
    world.drain().await;
    assert_eq!(stands(&world, &tokens[0]).await.len(), stood.len() - 1, "{stood:?}");
    cancel(1).await;
    let second = offered().await;
    assert_ne!(first, second);
    let (status, taken) = confirmed(&world, &tokens[0], &first).await;
    assert_eq!((status, &taken["state"], &taken["starts_at"]), (200, &json!("booked"), &json!(day[0])), "{taken}");
    assert_eq!(confirmed(&world, &tokens[0], &second).await.1["code"], "hold_lapsed");
    world.drain().await;
    let stood = stands(&world, &tokens[0]).await;
    assert!(stood.len() == 1 && stood[0].starts_with("Je afspraak op 3 maart"), "{stood:?}");
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
    // What is let go is not said to be held either.
    let wish = json!({ "service_id": SERVICE, "persons": 1, "from_on": "2027-03-04", "until_on": "2027-03-04" });
    let (_, entry) = post(&world, &tokens[1], "/v1/waiting", wish).await;
    let before = stands(&world, &tokens[1]).await.len();
    let path = format!("/v1/appointments/{}", entry["offered_appointment_id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[1]), None).await.0, 200);
    world.raw("DELETE", &format!("/v1/waiting/{}", id(&entry)), Some(&tokens[1]), None).await;
    assert_eq!(stands(&world, &tokens[1]).await.len(), before - 1);
    nobody_has_anothers_slot(&world).await;
}

async fn who_is_called_is_neither_moved_nor_cancelled(world: World) {
    let (planner, clerk) = hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let visit = book(&world, &tokens[0], "2027-03-01T10:00:00Z", false).await.1;
    world.at("2027-03-01 10:20");
    assert_eq!(check_in(&world, &tokens[0], &visit, here()).await.0, 200);
    let (_, called) = world.raw("POST", &format!("/staff/v1/desks/{}/next", desk(1)), Some(&clerk), None).await;
    let ticket = called["called"]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/appointments/{}", id(&visit));
    let refused = async || {
        assert_eq!(moved(&world, &tokens[0], &visit, PLACE, "2027-03-02T08:00:00Z").await.1["code"], "visit_begun");
        assert_eq!(world.raw("DELETE", &path, Some(&tokens[0]), None).await.1["code"], "visit_begun");
        let (_, problem) = world.raw("DELETE", &format!("/staff{path}?reason=telephone"), Some(&clerk), None).await;
        assert_eq!(problem["code"], "visit_begun", "{problem}");
    };
    refused().await;
    // A closing of that hour neither counts nor moves them.
    let close = closing("2027-03-01T09:45:00Z", "2027-03-01T11:00:00Z");
    let mut wish = close.clone();
    wish.as_object_mut().unwrap().remove("reasons");
    assert_eq!(post(&world, &planner, "/staff/v1/closures/preview", wish).await.1["visits"], json!([]));
    let (_, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
    world.drain().await;
    assert_eq!(now(&world, &tokens[0], &visit).await["starts_at"], "2027-03-01T10:00:00Z");
    world.raw("DELETE", &format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap()), Some(&planner), None).await;
    let step =
        async |what: &str| world.raw("POST", &format!("/staff/v1/tickets/{ticket}/{what}"), Some(&clerk), None).await;
    assert_eq!(step("start").await.0, 200);
    refused().await;
    assert_eq!(step("finish").await.0, 200);
    refused().await;
    // Who was called and was not there comes another time.
    let later = book(&world, &tokens[0], "2027-03-01T10:40:00Z", false).await.1;
    world.at("2027-03-01 10:50");
    assert_eq!(check_in(&world, &tokens[0], &later, here()).await.0, 200);
    let (_, called) = world.raw("POST", &format!("/staff/v1/desks/{}/next", desk(1)), Some(&clerk), None).await;
    let missed = format!("/staff/v1/tickets/{}/miss", called["called"]["id"].as_str().unwrap());
    assert_eq!(world.raw("POST", &missed, Some(&clerk), None).await.0, 200);
    assert_eq!(moved(&world, &tokens[0], &later, PLACE, "2027-03-02T08:00:00Z").await.0, 200);
}

async fn what_a_closing_gives_back_is_heard_of_in_time(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let mut visits = Vec::new();
    for (token, at) in tokens.iter().zip(["2027-03-03T09:20:00Z", "2027-03-03T10:40:00Z"]) {
        visits.push(book(&world, token, at, false).await.1);
    }
    let close = closing("2027-03-03T07:00:00Z", "2027-03-03T12:00:00Z");
    let (_, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
    world.drain().await;
    let told = now(&world, &tokens[0], &visits[0]).await;
    world.at("2027-03-03 09:00");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    world.raw("DELETE", &format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap()), Some(&planner), None).await;
    let tokens = citizens(&world, 2).await;
    assert_eq!(
        now(&world, &tokens[0], &visits[0]).await["starts_at"],
        told["starts_at"],
        "in eighty minutes: too late"
    );
    assert_eq!(now(&world, &tokens[1], &visits[1]).await["starts_at"], "2027-03-03T10:40:00Z");
    // Who hears of a closing and of its end within minutes is where they were to be.
    world.at("2027-03-03 10:50");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let close = closing("2027-03-03T10:00:00Z", "2027-03-03T12:00:00Z");
    let (_, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
    world.drain().await;
    assert_ne!(now(&world, &tokens[1], &visits[1]).await["starts_at"], "2027-03-03T10:40:00Z");
    world.raw("DELETE", &format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap()), Some(&planner), None).await;
    assert_eq!(now(&world, &tokens[1], &visits[1]).await["starts_at"], "2027-03-03T10:40:00Z");
}

async fn who_waited_waits_again_when_the_closing_is_undone(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let visit = book(&world, &tokens[0], "2027-03-16T10:00:00Z", false).await.1;
    let wish =
        json!({ "appointment_id": id(&visit), "from_on": "2027-03-16", "until_on": "2027-03-16", "weekdays": [5] });
    let (status, entry) = post(&world, &tokens[0], "/v1/waiting", wish).await;
    assert_eq!(status, 200, "{entry}");
    // So long that there is no other place.
    let mut ids = Vec::new();
    for (from, until) in [
        ("2027-03-01T07:00:00Z", "2027-03-31T20:00:00Z"),
        ("2027-03-31T20:00:00Z", "2027-04-30T20:00:00Z"),
        ("2027-04-30T20:00:00Z", "2027-05-30T20:00:00Z"),
    ] {
        let (status, closure) = post(&world, &planner, "/staff/v1/closures", closing(from, until)).await;
        assert_eq!(status, 200, "{closure}");
        ids.push(closure["id"].as_str().unwrap().to_owned());
    }
    world.drain().await;
    assert_eq!(now(&world, &tokens[0], &visit).await["state"], "cancelled");
    assert_eq!(world.get("/v1/waiting", &tokens[0]).await.1, json!([]));
    for closure in ids {
        world.raw("DELETE", &format!("/staff/v1/closures/{closure}"), Some(&planner), None).await;
    }
    assert_eq!(now(&world, &tokens[0], &visit).await["state"], "booked");
    assert_eq!(world.get("/v1/waiting", &tokens[0]).await.1[0]["id"], entry["id"]);
}

async fn what_a_key_made_is_answered_though_it_was_undone(world: World) {
    let planner = town_hall(&world, 1).await;
    let close = closing("2027-03-11T07:00:00Z", "2027-03-11T12:00:00Z");
    let url = format!("{}/staff/v1/closures", world.server);
    let ask = async || {
        let request = world.http.post(&url).bearer_auth(&planner).header("idempotency-key", "closing-0001");
        let answer = request.header("content-type", "application/json").body(close.to_string()).send().await.unwrap();
        (answer.status().as_u16(), serde_json::from_slice::<Value>(&answer.bytes().await.unwrap()).unwrap())
    };
    let (status, first) = ask().await;
    assert_eq!(status, 200, "{first}");
    world.raw("DELETE", &format!("/staff/v1/closures/{}", id(&first)), Some(&planner), None).await;
    assert_eq!(ask().await, (200, first));
    assert_eq!(world.figure("select count(*) from location_closure").await, 0, "and nothing is closed");
}

async fn who_is_booked_is_told_of_another_address(world: World) {
    let planner = town_hall(&world, 2).await;
    let tokens = citizens(&world, 2).await;
    let visit = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await.1;
    let held = book(&world, &tokens[1], "2027-03-03T08:00:00Z", true).await.1;
    let sequence = "select cast(sum(sequence) as bigint) from appointment";
    let mut plan = place(2);
    for (version, address, told) in
        [(1, "Markt 1, 9800 Deinze", 1), (2, "Elders 99, 9800 Deinze", 2), (3, "Brielstraat 2, 9800 Deinze", 2)]
    {
        (plan["version"], plan["address"]) = (json!(version), json!(address));
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
        world.clock.advance(chrono::Duration::seconds(1));
        for _ in 0..2 {
            world.drain().await;
        }
        let stands = stands(&world, &tokens[0]).await;
        assert_eq!(stands.len(), 1, "the last word stands: {stands:?}");
        assert_eq!(stands[0].starts_with("Ander adres voor je afspraak op 3 maart"), told == 2, "{stands:?}");
        let (_, inbox) = world.get("/v1/inbox", &tokens[0]).await;
        let body = inbox["messages"][0]["body"].as_str().unwrap();
        assert!(told == 1 || body.contains(address), "{body}");
    }
    assert_eq!(world.figure(sequence).await, 2, "a calendar takes each as a change");
    assert_eq!(now(&world, &tokens[0], &visit).await["starts_at"], "2027-03-03T08:00:00Z");
    // Who only holds a start is told where it is when they book it.
    assert!(stands(&world, &tokens[1]).await.is_empty());
    assert_eq!(confirmed(&world, &tokens[1], &held).await.0, 200);
    world.drain().await;
    assert_eq!(stands(&world, &tokens[1]).await.len(), 1);
    // On the day itself as well, as often as it changes: the last is where they must be.
    world.at("2027-03-03 07:00");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let last = "select body from message where withdrawn_at is null and title like 'Ander adres%'";
    for (version, address) in [(4, "Verkeerdestraat 99, 9800 Deinze"), (5, "Markt 3, 9800 Deinze")] {
        (plan["version"], plan["address"]) = (json!(version), json!(address));
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
        world.clock.advance(chrono::Duration::seconds(1));
        world.drain().await;
        let bodies = world.texts(last).await;
        assert!(!bodies.is_empty() && bodies.iter().all(|body| body.contains(address)), "{bodies:?}");
    }
}

async fn what_is_offered_is_what_they_want(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let wish = |day: &str| json!({ "service_id": SERVICE, "persons": 1, "from_on": day, "until_on": day });
    let (_, entry) = post(&world, &tokens[0], "/v1/waiting", wish("2027-03-03")).await;
    let first = json!({ "id": entry["offered_appointment_id"] });
    assert_eq!(now(&world, &tokens[0], &first).await["day"], "2027-03-03");
    // The same again changes nothing; another day does.
    let (_, same) = post(&world, &tokens[0], "/v1/waiting", wish("2027-03-03")).await;
    assert_eq!(same["offered_appointment_id"], first["id"]);
    let (_, other) = post(&world, &tokens[0], "/v1/waiting", wish("2027-03-05")).await;
    assert_eq!(other["id"], entry["id"]);
    let second = json!({ "id": other["offered_appointment_id"] });
    assert_eq!(now(&world, &tokens[0], &second).await["day"], "2027-03-05");
    assert_eq!(confirmed(&world, &tokens[0], &first).await.1["code"], "hold_lapsed");
    assert_eq!(stands(&world, &tokens[0]).await.len(), 1, "one offer is said to stand");
    assert_eq!(confirmed(&world, &tokens[0], &second).await.0, 200);
}

async fn a_hold_that_lapsed_is_as_long_as_it_was(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let mut version = 1;
    let mut plan = async |field: &str, value: i64| {
        let mut plan = service();
        (plan["version"], plan["buffer_minutes"], plan["minutes_a_person_more"]) = (json!(version), json!(0), json!(0));
        plan[field] = json!(value);
        put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
        version += 1;
    };
    let wish = |at: &str, hold: bool| json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": 3, "companions": ["Lou", "Noa"], "hold": hold });
    let changes = [
        ("minutes", 60, 15),
        ("minutes", 15, 60),
        ("minutes_a_person_more", 15, 0),
        ("minutes_a_person_more", 0, 15),
        ("buffer_minutes", 30, 0),
        ("buffer_minutes", 0, 30),
    ];
    for (n, (field, before, after)) in changes.into_iter().enumerate() {
        for taken in [true, false] {
            let day =
                ["03", "04", "05", "08", "09", "10", "11", "12", "15", "16", "17", "18"][n * 2 + usize::from(taken)];
            plan(field, before).await;
            let (status, held) =
                post(&world, &tokens[0], "/v1/appointments", wish(&format!("2027-03-{day}T08:00:00Z"), true)).await;
            assert_eq!(status, 200, "{held}");
            world.clock.advance(chrono::Duration::minutes(6));
            world.drain().await;
            plan(field, after).await;
            let next = format!("2027-03-{day}T08:20:00Z");
            let other = if taken {
                let (status, other) = book(&world, &tokens[1], &next, false).await;
                assert_eq!(status, 200, "{other}");
                Some(other)
            } else {
                None
            };
            let (status, visit) = confirmed(&world, &tokens[0], &held).await;
            nobody_has_anothers_slot(&world).await;
            // It is as they were told, or it is theirs no more.
            let reached = before >= 20 || (field, before) == ("minutes_a_person_more", 15);
            if taken && reached {
                assert_eq!(visit["code"], "hold_lapsed", "{field} {before} {after}");
            } else {
                assert_eq!((status, &visit["ends_at"]), (200, &held["ends_at"]), "{field} {before} {after}: {visit}");
            }
            for visit in [Some(held), other].into_iter().flatten() {
                for token in &tokens {
                    world.raw("DELETE", &format!("/v1/appointments/{}", id(&visit)), Some(token), None).await;
                }
            }
        }
    }
}

async fn a_hold_that_lapsed_is_booked_as_by_whoever_comes_now(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let at = "2027-03-08T08:20:00Z";
    let wish = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": 3, "companions": ["Lou", "Noa"], "hold": true });
    let mut plan = service();
    for (n, (field, value)) in
        [("least_notice_minutes", 20_000), ("horizon_days", 2), ("most_persons", 1), ("step_minutes", 45)]
            .into_iter()
            .enumerate()
    {
        let (status, held) = post(&world, &tokens[0], "/v1/appointments", wish.clone()).await;
        assert_eq!(status, 200, "{held}");
        let (_, lasting) = post(&world, &tokens[0], "/v1/appointments", {
            let mut other = wish.clone();
            other["starts_at"] = json!("2027-03-09T08:20:00Z");
            other
        })
        .await;
        (plan["version"], plan[field]) = (json!(2 * n + 1), json!(value));
        put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
        // What is promised still stands; what is over is not to be had by another way than for anybody else.
        let (status, visit) = confirmed(&world, &tokens[0], &lasting).await;
        assert_eq!(status, 200, "{field}: {visit}");
        world.clock.advance(chrono::Duration::minutes(6));
        let (status, problem) = confirmed(&world, &tokens[0], &held).await;
        assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{field}");
        assert_ne!(now(&world, &tokens[0], &held).await["state"], "held", "{field}");
        world.raw("DELETE", &format!("/v1/appointments/{}", id(&lasting)), Some(&tokens[0]), None).await;
        plan = service();
        plan["version"] = json!(2 * n + 2);
        put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    }
    // Nor is it too late for them where it would be for others.
    let (status, held) = book(&world, &tokens[1], "2027-03-01T10:40:00Z", true).await;
    assert_eq!(status, 200, "{held}");
    world.at("2027-03-01 10:45");
    assert_eq!(confirmed(&world, &tokens[1], &held).await.1["code"], "hold_lapsed", "an hour's notice");
    nobody_has_anothers_slot(&world).await;
}

async fn what_was_offered_is_as_long_as_it_was_offered(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let hers = book(&world, &tokens[0], "2027-03-08T09:00:00Z", false).await.1;
    let wish = json!({ "appointment_id": id(&hers), "from_on": "2027-03-05", "until_on": "2027-03-05" });
    let (_, entry) = post(&world, &tokens[0], "/v1/waiting", wish).await;
    let offer = json!({ "id": entry["offered_appointment_id"] });
    let offered = now(&world, &tokens[0], &offer).await;
    // It takes longer since, and somebody has the time behind it.
    let mut longer = service();
    (longer["version"], longer["minutes"]) = (json!(1), json!(45));
    let next = book(&world, &tokens[1], "2027-03-05T08:20:00Z", false).await.1;
    assert_eq!(next["state"], "booked", "{next}");
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &longer).await;
    let (status, taken) = confirmed(&world, &tokens[0], &offer).await;
    assert_eq!(
        (status, &taken["starts_at"], &taken["ends_at"]),
        (200, &offered["starts_at"], &offered["ends_at"]),
        "{taken}"
    );
    nobody_has_anothers_slot(&world).await;
}

/// Whoever takes a row that another has waits for it, and the other must not wait for one that they have: PostgreSQL would find out
/// after a second, and somebody would have to begin again.
async fn those_who_act_at_once_wait_for_each_other_in_no_ring(world: World) {
    let planner = town_hall(&world, 6).await;
    another(&world, &planner, "town_hall").await;
    let tokens = citizens(&world, 12).await;
    let mut visits = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let at = format!("2027-03-{:02}T08:{}0:00Z", 3 + n / 6, ["0", "2", "4"][n % 3]);
        let (status, visit) = book(&world, token, &at, false).await;
        assert_eq!(status, 200, "{visit}");
        // Half of them would rather come earlier, wherever that is.
        if n % 2 == 0 {
            let wish = json!({ "appointment_id": id(&visit) });
            assert_eq!(post(&world, token, "/v1/waiting", wish).await.0, 200);
        }
        visits.push(visit);
    }
    let moving = join_all(tokens.iter().zip(&visits).enumerate().map(async |(n, (token, visit))| {
        for round in 0..12 {
            let (place, day) = if (n + round) % 2 == 0 { (PLACE, 8) } else { (AWAY, 9) };
            let at =
                format!("2027-03-{:02}T{:02}:{}0:00Z", day + round % 4, 8 + n % 3, ["0", "2", "4"][(n + round) % 3]);
            let (status, answer) = moved(&world, token, visit, place, &at).await;
            assert!(status < 500, "{answer}");
        }
    }));
    let closes = join_all((0..2).map(async |clerk| {
        for round in 0..8 {
            let day = 8 + (round + clerk) % 5;
            let close = closing(&format!("2027-03-{day:02}T08:00:00Z"), &format!("2027-03-{day:02}T09:00:00Z"));
            let (status, closure) = post(&world, &planner, "/staff/v1/closures", close).await;
            assert!(status < 500, "{closure}");
            world.clock.advance(chrono::Duration::seconds(10));
            world.drain().await;
            if let Some(closure) = closure["id"].as_str() {
                let path = format!("/staff/v1/closures/{closure}");
                let (status, answer) = world.raw("DELETE", &path, Some(&planner), None).await;
                assert!(status < 500, "{answer}");
            }
        }
    }));
    let plans = async {
        for minutes in [10, 15, 20, 10, 15, 20] {
            let (_, services) = world.get("/staff/v1/services", &planner).await;
            let mut plan = services[0]["plan"].clone();
            plan["minutes"] = json!(minutes);
            let (status, answer) =
                world.json("PUT", &format!("/staff/v1/services/{SERVICE}"), Some(&planner), &plan).await;
            assert!(status < 500, "{answer}");
        }
    };
    tokio::join!(moving, closes, plans);
    nobody_has_anothers_slot(&world).await;
    if world.instance.app.db.engine() == thuisloket::platform::db::Engine::Postgres {
        // Each connection tells what it met when a second has passed since it last did.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        join_all(tokens.iter().map(|token| world.get("/v1/appointments", token))).await;
        let met = "select deadlocks from pg_stat_database where datname = current_database()";
        assert_eq!(world.figure(met).await, 0, "two waited for each other");
    }
}

/// Between a server and PostgreSQL: the first commit of whoever added a visit gets through, and its answer does not.
async fn loses_one_answer(to: String) -> (u16, Arc<AtomicBool>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (port, lost) = (listener.local_addr().unwrap().port(), Arc::new(AtomicBool::new(false)));
    let told = lost.clone();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (server, lost) = (TcpStream::connect(&to).await.unwrap(), lost.clone());
            tokio::spawn(async move {
                let ((mut asks, mut hears), (mut answers, mut serves)) = (client.into_split(), server.into_split());
                let cut = Arc::new(AtomicBool::new(false));
                let is_cut = cut.clone();
                let back = tokio::spawn(async move {
                    let mut part = vec![0; 65_536];
                    while let Ok(n @ 1..) = answers.read(&mut part).await {
                        // It was committed: the server has said so.
                        if is_cut.load(SeqCst) || hears.write_all(&part[..n]).await.is_err() {
                            break;
                        }
                    }
                });
                let (mut part, mut adds) = (vec![0; 65_536], false);
                while let Ok(n @ 1..) = asks.read(&mut part).await {
                    let has = |words: &[u8]| part[..n].windows(words.len()).any(|w| w == words);
                    adds |= has(b"insert into appointment (");
                    if adds && has(b"COMMIT") && !lost.swap(true, SeqCst) {
                        cut.store(true, SeqCst);
                    }
                    if serves.write_all(&part[..n]).await.is_err() || cut.load(SeqCst) {
                        break;
                    }
                }
                drop(back.await);
            });
        }
    });
    (port, told)
}

/// A visitor who is in no register has no visit that would be found again: what nobody knows of is not done a second time.
#[tokio::test(flavor = "multi_thread")]
async fn a_booking_whose_commit_nobody_knows_of_is_not_made_again() {
    let Some(url) = crate::world::fresh_postgres().await else { return };
    let (before, after) = url.rsplit_once('@').unwrap();
    let (address, name) = after.split_once('/').unwrap();
    let (port, lost) = loses_one_answer(address.to_owned()).await;
    let url = format!("{before}@127.0.0.1:{port}/{name}");
    let world = World::with(url, tempfile::tempdir().unwrap(), "").await;
    town_hall(&world, 3).await;
    let els = world.staff("Els", &["Loket:0207509031"]).await;
    let wish = json!({
        "visitor": "monsieur Dupont", "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z",
        "persons": 1, "reason": "visit",
    });
    let (status, answer) = world.json("POST", "/staff/v1/appointments", Some(&els), &wish).await;
    assert!(lost.load(SeqCst), "its answer was lost");
    assert_eq!((status, &answer["code"]), (503, &json!("overloaded")), "{answer}");
    assert_eq!(world.figure("select count(*) from appointment").await, 1, "one desk, and no second");
}

async fn each_video_visit_has_a_link_of_its_own(world: World) {
    let planner = town_hall(&world, 1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let tokens = citizens(&world, 2).await;
    let path = format!("/staff/v1/locations/{AWAY}");
    let mut plan: Value = place(1).to_string().replace(&desk(1), &desk(8)).parse().unwrap();
    plan["kind"] = json!("video");
    // One that all would share, one that is no link, and one whose host would be another for each.
    for wrong in [
        "https://video.deinze.example/loket",
        "http://video.deinze.example/{visit}",
        "{visit}",
        "Markt 1",
        "https://{visit}.example/loket",
        "https://video.deinze.example/{visit}/{visit}",
        "https://{visit}@x.example/",
    ] {
        plan["address"] = json!(wrong);
        let (status, problem) = world.json("PUT", &path, Some(&planner), &plan).await;
        assert_eq!((status, &problem["field"]), (400, &json!("address")), "{wrong}: {problem}");
    }
    plan["address"] = json!("https://video.deinze.example/loket-{visit}?x=1");
    put(&world, &planner, &path, &plan).await;
    // Who only looks where one can go is told no link.
    let (_, places) = world.get("/v1/locations", &tokens[0]).await;
    let of = places.as_array().unwrap().iter().find(|l| l["id"] == AWAY).unwrap();
    assert_eq!(of["address"], "", "{places}");
    let wish = |at: &str| json!({ "service_id": SERVICE, "location_id": AWAY, "starts_at": at, "persons": 1, "hold": false, "contact": "x" });
    let one = post(&world, &tokens[0], "/v1/appointments", wish("2027-03-03T09:00:00Z")).await.1;
    let other = post(&world, &tokens[1], "/v1/appointments", wish("2027-03-03T09:20:00Z")).await.1;
    let link = |visit: &Value| visit["location"]["address"].as_str().unwrap().to_owned();
    let begins = |link: &str, with: &str| link.starts_with(with) && link.len() > with.len() + 40;
    assert!(begins(&link(&one), "https://video.deinze.example/loket-") && link(&one).ends_with("?x=1"), "{one}");
    assert!(link(&one) != link(&other) && one.get("contact").is_none(), "{one} {other}");
    // Whoever receives them finds the same, and so do the message, the calendar and the slip.
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={AWAY}&day=2027-03-03"), &clerk).await;
    assert_eq!([&agenda[0]["contact"], &agenda[1]["contact"]], [&json!(link(&one)), &json!(link(&other))]);
    let (_, inbox) = world.get("/v1/inbox", &tokens[0]).await;
    assert!(inbox["messages"][0]["body"].as_str().unwrap().contains(&link(&one)), "{inbox}");
    let text = async |path: String, token: &str| {
        let answer = world.http.get(format!("{}{path}", world.server)).bearer_auth(token).send().await.unwrap();
        answer.text().await.unwrap().replace("\r\n ", "")
    };
    let file = text(format!("/v1/appointments/{}/calendar", id(&one)), &tokens[0]).await;
    assert!(file.contains(&link(&one)), "{file}");
    let slip = text(format!("/staff/v1/appointments/{}/slip?reason=telephone", id(&one)), &clerk).await;
    assert!(slip.contains(&link(&one)), "{slip}");
    // Moved there it keeps its link; elsewhere it has none, and what made it is told to nobody.
    let later = moved(&world, &tokens[0], &one, AWAY, "2027-03-03T10:00:00Z").await.1;
    assert_eq!(link(&later), link(&one));
    let there = moved(&world, &tokens[0], &one, PLACE, "2027-03-03T10:00:00Z").await.1;
    assert_eq!((link(&there), there.get("contact")), ("Markt 1, 9800 Deinze".to_owned(), None), "{there}");
    let back = moved(&world, &tokens[0], &one, AWAY, "2027-03-03T10:00:00Z").await.1;
    assert!(begins(&link(&back), "https://video.deinze.example/loket-"), "{back}");
    // The town's calls are made elsewhere from now on: each is told the new link of theirs.
    (plan["version"], plan["address"]) = (json!(1), json!("https://call.example/{visit}"));
    put(&world, &planner, &path, &plan).await;
    world.clock.advance(chrono::Duration::seconds(1));
    world.drain().await;
    let told = now(&world, &tokens[1], &other).await;
    assert!(begins(&link(&told), "https://call.example/"), "{told}");
    let (_, inbox) = world.get("/v1/inbox", &tokens[1]).await;
    let body = inbox["messages"][0]["body"].as_str().unwrap();
    assert!(body.contains(&link(&told)), "{inbox}");
    // What is a link must not become a number to ring.
    (plan["version"], plan["kind"]) = (json!(2), json!("telephone"));
    for strand in ["", "?strand=true"] {
        let (status, problem) = world.json("PUT", &format!("{path}{strand}"), Some(&planner), &plan).await;
        assert_eq!((status, &problem["field"]), (400, &json!("kind")), "{problem}");
    }
    nobody_has_anothers_slot(&world).await;
}
