//! What a change of a plan gives, seen before it is saved: what is shown is what comes of it, and whom it strands is who is named when
//! it is saved.

use std::collections::BTreeMap;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, desk, place, put, service, starts, town_hall},
    world::World,
};

journeys! {
    what_a_change_gives_is_what_comes_of_it,
    a_preview_and_a_save_name_the_same_visits_whatever_changes,
    a_preview_refuses_what_saving_refuses_and_writes_nothing,
    a_service_is_seen_before_it_is_saved_as_well,
}

const OTHER: &str = "01935c3e-0000-7000-8000-00000000cccc";

async fn preview(world: &World, planner: &str, plan: &Value) -> Value {
    let path = format!("/staff/v1/locations/{PLACE}/preview");
    let (status, answer) = world.json("POST", &path, Some(planner), &json!({ "plan": plan })).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn planned(world: &World, planner: &str) -> Value {
    world.get("/staff/v1/locations", planner).await.1[0]["plan"].clone()
}

/// Free starts of each of the days of a preview, `now` or `then`.
fn counted(preview: &Value, which: &str) -> BTreeMap<String, i64> {
    let days = preview["days"].as_array().unwrap();
    let count = |day: &Value| day["starts"].as_array().unwrap().iter().map(|s| s[which].as_i64().unwrap()).sum();
    days.iter().map(|day| (day["day"].as_str().unwrap().to_owned(), count(day))).collect()
}

/// The same, as a citizen who searches is told.
async fn offered(world: &World, citizen: &str, days: impl Iterator<Item = String>) -> BTreeMap<String, i64> {
    let mut all: BTreeMap<String, i64> = days.map(|day| (day, 0)).collect();
    let (first, last) = (all.keys().next().unwrap().clone(), all.keys().last().unwrap().clone());
    for at in starts(world, citizen, &format!("from={first}&until={last}")).await {
        *all.get_mut(&at[..10]).unwrap() += 1;
    }
    all
}

async fn what_a_change_gives_is_what_comes_of_it(world: World) {
    let planner = town_hall(&world, 2).await;
    let tokens = citizens(&world, 3).await;
    for (token, at) in tokens.iter().zip(["2027-03-02T08:00:00Z", "2027-03-02T08:00:00Z", "2027-03-03T08:20:00Z"]) {
        assert_eq!(book(&world, token, at, false).await.0, 200);
    }
    // Wednesday is closed, Tuesday is open for an hour more, and the second desk is gone from Thursday on for a week.
    let mut plan = planned(&world, &planner).await;
    plan["exceptions"] = json!([{ "day": "2027-03-02", "opens": 540, "closes": 780 }, { "day": "2027-03-03" }]);
    plan["desks"][1]["absences"] = json!([{ "from": "2027-03-04T00:00:00Z", "until": "2027-03-11T00:00:00Z" }]);
    let seen = preview(&world, &planner, &plan).await;
    let days: Vec<String> = counted(&seen, "now").into_keys().collect();
    assert_eq!((days.len(), days[0].as_str(), days[13].as_str()), (14, "2027-03-01", "2027-03-14"));
    assert_eq!(counted(&seen, "now"), offered(&world, &tokens[0], days.iter().cloned()).await);
    let now = counted(&seen, "now");
    // Of nine starts of a day one is full, as both desks are taken.
    assert_eq!((now["2027-03-02"], now["2027-03-03"], now["2027-03-06"]), (8, 9, 0));
    assert_eq!(seen["days"][2]["open_then"], json!([]));
    let hours = json!([{ "from": "2027-03-03T08:00:00Z", "until": "2027-03-03T11:00:00Z" }]);
    assert_eq!(seen["days"][2]["open_now"], hours, "{seen}");
    let starts = &seen["days"][2]["starts"][0];
    assert_eq!((&starts["service_id"], &starts["location_id"]), (&json!(SERVICE), &json!(PLACE)));
    assert_eq!(
        (seen["stranded_count"].clone(), seen["stranded"][0]["starts_at"].clone()),
        (json!(1), json!("2027-03-03T08:20:00Z"))
    );
    // Saved, it is refused for the very same, and gives what was shown.
    let path = format!("/staff/v1/locations/{PLACE}");
    let (status, refused) = world.json("PUT", &path, Some(&planner), &plan).await;
    assert_eq!((status, &refused["stranded"]), (409, &seen["stranded"]), "{refused}");
    put(&world, &planner, &format!("{path}?strand=true"), &plan).await;
    let then = counted(&seen, "then");
    assert_eq!((then["2027-03-02"], then["2027-03-03"]), (11, 0));
    assert_eq!(then, offered(&world, &tokens[0], days.into_iter()).await);
    // What is on its list already is told no more; a sudden closing is no part of the plan, and stays.
    let close = json!({
        "location_id": PLACE, "from": "2027-03-05T07:00:00Z", "until": "2027-03-05T20:00:00Z",
        "reasons": [{ "language": "nl", "text": "Waterlek." }],
    });
    assert_eq!(world.json("POST", "/staff/v1/closures", Some(&planner), &close).await.0, 200);
    let plan = planned(&world, &planner).await;
    let again = preview(&world, &planner, &plan).await;
    assert_eq!((&again["stranded"], counted(&again, "now")), (&json!([]), counted(&again, "then")));
    assert_eq!((&again["days"][4]["open_then"], counted(&again, "then")["2027-03-05"]), (&json!([]), 0));
}

async fn a_preview_and_a_save_name_the_same_visits_whatever_changes(world: World) {
    let planner = town_hall(&world, 2).await;
    let tokens = citizens(&world, 6).await;
    let mut booked = 0;
    for (n, token) in tokens.iter().enumerate() {
        for day in [2 + n % 4, 8 + n % 5] {
            let at = format!("2027-03-{day:02}T0{}:{}0:00Z", 8 + n % 2, 2 * (n % 3));
            booked += i32::from(book(&world, token, &at, false).await.0 == 200);
        }
    }
    assert!(booked > 8, "{booked}");
    let path = format!("/staff/v1/locations/{PLACE}");
    let mut rng = StdRng::seed_from_u64(16);
    let (mut refused, mut saved) = (0, 0);
    for _ in 0..24 {
        let mut plan = planned(&world, &planner).await;
        match rng.random_range(0..5) {
            0 => plan["exceptions"] = json!([{ "day": format!("2027-03-{:02}", rng.random_range(2..14)) }]),
            1 => {
                let until = format!("2027-03-{:02}T09:00:00Z", rng.random_range(3..14));
                plan["desks"][0]["absences"] = json!([{ "from": "2027-03-02T08:30:00Z", "until": until }]);
            }
            2 => plan["desks"] = json!([plan["desks"][rng.random_range(0..2)]]),
            3 => {
                let hour = [8, 9, 10].choose(&mut rng).unwrap() * 60;
                let weekday = rng.random_range(0..5);
                plan["hours"][weekday]["opens"] = json!(hour);
            }
            _ => plan["active"] = json!(false),
        }
        let seen = preview(&world, &planner, &plan).await;
        let (status, answer) = world.json("PUT", &path, Some(&planner), &plan).await;
        match status {
            200 => {
                saved += 1;
                assert_eq!((&seen["stranded"], &seen["stranded_count"]), (&json!([]), &json!(0)), "{plan}");
                let days = counted(&seen, "then");
                assert_eq!(days, offered(&world, &tokens[0], days.keys().cloned()).await, "{plan}");
                let back = json!({ "version": answer["plan"]["version"] });
                let mut whole = place(2);
                whole.as_object_mut().unwrap().extend(back.as_object().unwrap().clone());
                put(&world, &planner, &path, &whole).await;
            }
            409 => {
                refused += 1;
                let named = (&answer["stranded"], &answer["stranded_count"]);
                assert_eq!((&seen["stranded"], &seen["stranded_count"]), named, "{plan}");
            }
            other => panic!("{other} {answer}"),
        }
    }
    assert!(refused > 3 && saved > 3, "{refused} were refused, {saved} saved");
}

async fn a_preview_refuses_what_saving_refuses_and_writes_nothing(world: World) {
    let planner = town_hall(&world, 1).await;
    let path = format!("/staff/v1/locations/{PLACE}");
    let asked = async |plan: &Value, more: Value| {
        let mut body = json!({ "plan": plan });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        world.json("POST", &format!("{path}/preview"), Some(&planner), &body).await
    };
    let written = "select (select count(*) from audit_entry) + (select count(*) from plan_version)
        + (select cast(sum(version) as bigint) from location)";
    let before = world.figure(written).await;
    let plan = planned(&world, &planner).await;
    let change = |pointer: &str, value: Value| {
        let mut plan = plan.clone();
        *plan.pointer_mut(pointer).unwrap() = value;
        plan
    };
    for (wrong, field) in [
        (change("/hours/0/closes", json!(540)), "hours[0]"),
        (change("/desks/0/services", json!([OTHER])), "desks[0].services"),
        (change("/exceptions", json!([{ "day": "2027-03-03", "opens": 540 }])), "exceptions[0]"),
        (change("/desks", json!([plan["desks"][0], plan["desks"][0]])), "desks[1].id"),
    ] {
        let (status, shown) = asked(&wrong, json!({})).await;
        let (_, saved) = world.json("PUT", &path, Some(&planner), &wrong).await;
        assert_eq!((status, &shown["field"]), (400, &saved["field"]), "{shown} {saved}");
        assert_eq!(shown["field"].as_str().map(|f| f.replace("plan.", "")).as_deref(), Some(field), "{shown}");
    }
    let (status, far) = asked(&plan, json!({ "from": "2028-06-01" })).await;
    assert_eq!((status, &far["field"]), (400, &json!("from")), "{far}");
    // Of days that are past, it is today.
    let (_, past) = asked(&plan, json!({ "from": "2027-01-01" })).await;
    assert_eq!(past["days"][0]["day"], "2027-03-01");
    let (_, later) = asked(&plan, json!({ "from": "2027-04-19" })).await;
    let free = counted(&later, "now");
    assert_eq!((free["2027-04-30"], free["2027-05-01"]), (9, 0), "the horizon is sixty days: {free:?}");
    // Another place with the same desk; a new one is seen as well, of which nothing is free now.
    let elsewhere = format!("/staff/v1/locations/{OTHER}/preview");
    let (_, problem) = world.json("POST", &elsewhere, Some(&planner), &json!({ "plan": place(1) })).await;
    assert_eq!((&problem["code"], &problem["field"]), (&json!("body_invalid"), &json!("desks[0].id")));
    let mut new = place(1);
    new["desks"][0]["id"] = json!(desk(7));
    let (_, fresh) = world.json("POST", &elsewhere, Some(&planner), &json!({ "plan": new })).await;
    let (now, then) = (counted(&fresh, "now"), counted(&fresh, "then"));
    assert_eq!((now["2027-03-02"], then["2027-03-02"], &fresh["days"][1]["open_now"]), (0, 9, &json!([])));
    assert_eq!(world.figure(written).await, before, "nothing was written");
    // Who has an old plan is told whose the new one is, at both doors in the same words.
    world.at("2027-03-01 11:15");
    let els = world.staff("Els Claes", &["Planner:0207509031"]).await;
    put(&world, &els, &path, &plan).await;
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let body = json!({ "plan": plan });
    let (status, shown) = world.json("POST", &format!("{path}/preview"), Some(&planner), &body).await;
    let (_, saved) = world.json("PUT", &path, Some(&planner), &plan).await;
    for problem in [&shown, &saved] {
        assert_eq!(
            (status, &problem["code"], &problem["edited_by"]),
            (409, &json!("edited_meanwhile"), &json!("Els Claes"))
        );
        assert_eq!(problem["edited_at"], "2027-03-01T10:15:00Z", "{problem}");
    }
}

async fn a_service_is_seen_before_it_is_saved_as_well(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let (_, booked) = book(&world, &tokens[0], "2027-03-02T08:00:00Z", false).await;
    let path = format!("/staff/v1/services/{SERVICE}");
    let asked = async |plan: &Value| {
        let body = json!({ "plan": plan });
        let (status, answer) = world.json("POST", &format!("{path}/preview"), Some(&planner), &body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    };
    let mut plan = service();
    plan["version"] = json!(1);
    plan["minutes"] = json!(40);
    let seen = asked(&plan).await;
    assert_eq!((&seen["days"][1].get("open_now"), &seen["stranded"]), (&None, &json!([])));
    let (now, then) = (counted(&seen, "now"), counted(&seen, "then"));
    assert_eq!((now["2027-03-02"], then["2027-03-02"], then["2027-03-03"]), (8, 7, 8));
    put(&world, &planner, &path, &plan).await;
    assert_eq!(then, offered(&world, &tokens[0], then.keys().cloned()).await);
    // Switched off, it strands who is booked, and offers nothing.
    plan["version"] = json!(2);
    plan["active"] = json!(false);
    let seen = asked(&plan).await;
    assert_eq!((&seen["stranded"][0]["reference"], &seen["stranded_count"]), (&booked["reference"], &json!(1)));
    assert!(counted(&seen, "then").values().all(|n| *n == 0));
    let (status, refused) = world.json("PUT", &path, Some(&planner), &plan).await;
    assert_eq!((status, &refused["stranded"]), (409, &seen["stranded"]), "{refused}");
}
