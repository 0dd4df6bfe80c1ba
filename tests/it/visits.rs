//! From a reminder to a visit: what it offers, and when it comes as the queue stands.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, desk, place, put, service, town_hall},
    world::{World, many, paper, people_csv, somebody},
};

journeys! {
    a_reminder_offers_what_is_free_and_one_tap_books,
    a_family_comes_together,
    what_lies_ready_is_collected_as_the_town_has_it,
    what_cannot_be_asked_for_yet_is_booked_for_later,
}

/// A town that speaks of a card sixty days before, and no earlier.
mod crowded {
    use super::*;

    journeys! {
        with "deinze.reminders = { eid = { stages = [60, 7] } }";
        a_crowded_queue_calls_earlier_and_says_so,
        a_wave_is_spread_over_the_days_that_have_room,
    }

    async fn a_crowded_queue_calls_earlier_and_says_so(world: World) {
        // Closed until the middle of April: fifty days to the first free start.
        let planner = world.staff("Piet", &["Planner:0207509031"]).await;
        put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
        let mut plan = place(1);
        for hours in plan["hours"].as_array_mut().unwrap() {
            hours["valid_from"] = json!("2027-04-20");
        }
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
        let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
        world.people(&[&anna, &luc]).await;
        let mut phones = [world.phone(&anna, true).await, world.phone(&luc, false).await];
        // Three weeks to be made and two of margin on top: eighty-five days. The second ends later than that.
        world
            .papers(&[paper(&anna, "eid", "2017-05-24", "2027-05-24"), paper(&luc, "eid", "2017-06-20", "2027-06-20")])
            .await;
        world.days(1).await;
        assert_eq!(world.titles(&mut phones[0]).await, ["Identiteitskaart vervalt op 24 mei 2027"]);
        assert_eq!(world.titles(&mut phones[1]).await, Vec::<String>::new());
        let message = phones[0].inbox().await.unwrap()[0].id;
        let why = phones[0].why(message).await.unwrap();
        assert!(why.rules[0].contains("83 dagen") && why.rules[0].contains("druk"), "{:?}", why.rules);
        // It is told once: its usual day says nothing more.
        world.at("2027-03-24 08:00");
        world.days(3).await;
        assert_eq!(world.titles(&mut phones[0]).await.len(), 1);
        world.at("2027-05-15 08:00");
        world.days(3).await;
        assert_eq!(world.titles(&mut phones[0]).await.len(), 2, "seven days before, as ever");
        // The other was told on its usual day: the queue had grown short by then.
        let told = world.texts("select cast(due_on as text) from reminder where stage = 60 order by due_on").await;
        assert_eq!(told, ["2027-03-02", "2027-04-21"]);
    }

    async fn a_wave_is_spread_over_the_days_that_have_room(world: World) {
        town_hall(&world, 1).await;
        let people = many(60);
        world.residents_file("deinze", people_csv(&people.iter().collect::<Vec<_>>()), false).await.unwrap();
        citizens(&world, 60).await;
        // Sixty cards that end on Sunday 16 May, of which would be spoken on 17 March; a morning has room for nine.
        let papers: Vec<_> = people.iter().map(|p| paper(p, "eid", "2017-05-16", "2027-05-16")).collect();
        world.papers(&papers).await;
        let mut told = BTreeMap::new();
        for _ in 0..20 {
            let before = world.figure("select count(*) from reminder").await;
            world.days(1).await;
            let day = world.now().date_naive().to_string();
            let n = world.figure("select count(*) from reminder").await - before;
            if n > 0 {
                told.insert(day, n);
            }
        }
        let days: Vec<_> = told.iter().map(|(day, n)| (day.as_str(), *n)).collect();
        assert_eq!(told.values().sum::<i64>(), 60, "{days:?}");
        assert!(told.values().all(|n| *n <= 9), "{days:?}");
        assert!(days.len() >= 6 && days.last().unwrap().0 <= "2027-03-17", "none later than usual: {days:?}");
        assert_eq!(world.figure("select count(*) from (select 1 as one from reminder where state = 'told' group by recipient_id having count(*) > 1) twice").await, 0);
    }
}

async fn proposals(world: &World, token: &str, path: &str) -> Value {
    let (status, all) = world.get(path, token).await;
    assert_eq!(status, 200, "{all}");
    all
}

/// One tap: what is proposed, with the first of its starts.
async fn tap(world: &World, token: &str, proposal: &Value) -> (u16, Value) {
    let start = &proposal["starts"][0];
    let wish = json!({
        "service_id": proposal["service"]["id"], "location_id": start["location_id"], "starts_at": start["starts_at"],
        "persons": proposal["persons"], "companions": proposal["companions"], "hold": false,
    });
    world.json("POST", "/v1/appointments", Some(token), &wish).await
}

async fn a_reminder_offers_what_is_free_and_one_tap_books(world: World) {
    let planner = town_hall(&world, 1).await;
    // A second location, which opens earlier each day; she was at the first.
    let elsewhere = PLACE.replace("bbbb", "bbba");
    let mut plan: Value = place(1).to_string().replace(&desk(1), &desk(7)).parse().unwrap();
    plan["names"] = json!([{ "language": "nl", "text": "Bijhuis" }]);
    for hours in plan["hours"].as_array_mut().unwrap() {
        (hours["opens"], hours["closes"]) = (json!(480), json!(960));
    }
    put(&world, &planner, &format!("/staff/v1/locations/{elsewhere}"), &plan).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(2).await;
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let message = phone.inbox().await.unwrap()[0].clone();
    let document = phone.documents().await.unwrap()[0].id;
    assert_eq!(message.action.unwrap().link, format!("/documents/{document}/visits"), "it is booked in the app");
    // Nothing is usual yet: the earliest; then another half of the day, and another.
    let path = format!("/v1/inbox/{}/visits", message.id);
    let offered = proposals(&world, &token, &path).await;
    assert_eq!(offered.as_array().unwrap().len(), 1);
    let starts: Vec<_> =
        offered[0]["starts"].as_array().unwrap().iter().map(|s| s["starts_at"].as_str().unwrap()).collect();
    assert_eq!(starts, ["2027-03-03T10:00:00Z", "2027-03-03T11:00:00Z", "2027-03-04T07:00:00Z"]);
    assert_eq!((&offered[0]["location"]["name"], &offered[0]["persons"]), (&json!("Bijhuis"), &json!(1)));
    // She was at the other: that is where she comes.
    assert_eq!(world.get(&format!("/v1/documents/{document}"), &token).await.1.get("appointment_on"), None);
    let (_, old) = book(&world, &token, "2027-03-03T10:20:00Z", false).await;
    assert_eq!(world.get(&format!("/v1/documents/{document}"), &token).await.1["appointment_on"], "2027-03-03");
    let offered = proposals(&world, &token, &path).await;
    assert_eq!((&offered[0]["appointment_id"], &offered[0]["starts"]), (&old["id"], &json!([])), "it is booked");
    world.at("2027-03-03 12:00");
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let offered = proposals(&world, &token, &format!("/v1/documents/{document}/visits")).await;
    assert_eq!(offered[0]["location"]["name"], "Stadhuis");
    let (status, visit) = tap(&world, &token, &offered[0]).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
    assert_eq!(proposals(&world, &token, &path).await[0]["appointment_id"], visit["id"]);
}

async fn a_family_comes_together(world: World) {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = service();
    (plan["document_kinds"], plan["needs"]) = (json!(["kids_id"]), json!("both"));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &place(1)).await;
    let anna = somebody("Anna", "1985-05-05");
    let (emma, noah) =
        (somebody("Emma", "2019-05-05").child_of(&[&anna]), somebody("Noah", "2021-05-05").child_of(&[&anna]));
    world.people(&[&anna, &emma, &noah]).await;
    let mut phone = world.phone(&anna, true).await;
    world.papers(&[&emma, &noah].map(|c| paper(c, "kids_id", "2024-06-01", "2027-06-01"))).await;
    world.days(2).await;
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let message = phone.inbox().await.unwrap()[0].clone();
    assert_eq!(message.title, "2 documenten vragen je aandacht");
    let offered = proposals(&world, &token, &format!("/v1/inbox/{}/visits", message.id)).await;
    assert_eq!((offered.as_array().unwrap().len(), &offered[0]["persons"]), (1, &json!(2)), "{offered}");
    let mut names: Vec<_> = offered[0]["companions"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Emma", "Noah"]);
    let (status, visit) = tap(&world, &token, &offered[0]).await;
    assert_eq!((status, visit["companions"].as_array().unwrap().len()), (200, 2), "{visit}");
    let long = |v: &Value| v.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!((long(&visit["ends_at"]) - long(&visit["starts_at"])).num_minutes(), 25, "one longer visit");
}

async fn what_lies_ready_is_collected_as_the_town_has_it(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    world.papers(&[paper(&anna, "eid", "2027-02-01", "2037-02-01").with("ready_on", "2027-02-26")]).await;
    world.days(1).await;
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let document = phone.documents().await.unwrap()[0].id;
    let path = format!("/v1/documents/{document}/visits");
    let offered = proposals(&world, &token, &path).await;
    assert_eq!((&offered[0]["needed"], &offered[0]["starts"]), (&json!(false), &json!([])), "come by");
    let mut plan = service();
    (plan["version"], plan["collecting"]) = (json!(1), json!(true));
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let offered = proposals(&world, &token, &path).await;
    assert_eq!((&offered[0]["needed"], offered[0]["starts"].as_array().unwrap().len()), (&json!(true), 3));
}

async fn what_cannot_be_asked_for_yet_is_booked_for_later(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    // From ninety days before 10 July: 11 April, a Sunday.
    world
        .papers(&[
            paper(&anna, "eid", "2017-07-10", "2027-07-10"),
            paper(&anna, "passport", "2020-06-01", "2027-06-01"),
        ])
        .await;
    for document in phone.documents().await.unwrap() {
        let offered = proposals(&world, &token, &format!("/v1/documents/{}/visits", document.id)).await;
        if document.kind == "eid" {
            assert_eq!(offered[0]["starts"][0]["starts_at"], "2027-04-12T07:00:00Z", "{offered}");
        } else {
            assert_eq!(offered, json!([]), "the town serves it otherwise");
        }
    }
}
