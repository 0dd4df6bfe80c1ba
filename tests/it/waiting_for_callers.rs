//! The waiting list for who telephones: staff put them on it by the rules of the app, and ring who has no app.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, nobody_has_anothers_slot, place, put, service, starts},
    world::{World, somebody},
};

journeys! {
    staff_put_a_caller_on_the_waiting_list_and_take_them_off,
    who_has_no_app_is_rung_and_nothing_is_held_unseen,
    staff_accept_and_decline_what_somebody_with_the_app_is_offered,
    the_rules_of_the_waiting_list_hold_for_staff,
}

const WEDNESDAY: &str = "2027-03-03T08:00:00Z";

/// A town hall where one visit a day begins, at nine, and who receives there.
async fn one_a_day(world: &World) -> String {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
    let mut plan = place(1);
    for hours in plan["hours"].as_array_mut().unwrap() {
        hours["closes"] = json!(560);
    }
    put(world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    lies(world).await
}

/// The id of whom the counter finds.
async fn found(world: &World, clerk: &str, born: &str) -> String {
    let who = json!({ "family_name": "Z", "birth_date": born, "reason": "telephone" });
    let (_, all) = world.json("POST", "/staff/v1/residents/search", Some(clerk), &who).await;
    all[0]["id"].as_str().unwrap_or_else(|| panic!("{all}")).to_owned()
}

async fn join(world: &World, clerk: &str, resident: &str, wish: Value) -> (u16, Value) {
    let body = json!({ "resident_id": resident, "wish": wish, "reason": "telephone" });
    world.json("POST", "/staff/v1/waiting", Some(clerk), &body).await
}

fn wednesday() -> Value {
    json!({ "service_id": SERVICE, "from_on": "2027-03-03", "until_on": "2027-03-03" })
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap_or_else(|| panic!("{of}"))
}

async fn act(world: &World, clerk: &str, method: &str, path: &str) -> (u16, Value) {
    world.raw(method, &format!("/staff/v1/{path}?reason=telephone"), Some(clerk), None).await
}

async fn waits(world: &World, clerk: &str, resident: &str) -> Value {
    let (status, turns) = act(world, clerk, "GET", &format!("residents/{resident}/turns")).await;
    assert_eq!(status, 200, "{turns}");
    turns["waiting"].clone()
}

async fn staff_put_a_caller_on_the_waiting_list_and_take_them_off(world: World) {
    let clerk = one_a_day(&world).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let taken = citizens(&world, 1).await;
    assert_eq!(book(&world, &taken[0], WEDNESDAY, false).await.0, 200);
    let resident = found(&world, &clerk, "1985-05-05").await;
    // Pressed twice with one key, it is one entry and one line in the trail.
    let body = json!({ "resident_id": resident, "wish": wednesday(), "reason": "telephone" });
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = world.http.post(format!("{}/staff/v1/waiting", world.server)).bearer_auth(&clerk).json(&body);
        let answer = request.header("idempotency-key", "anna-wil-woensdag").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answers.push(answer.json::<Value>().await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(waits(&world, &clerk, &resident).await, json!([answers[0]]));
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'waiting_joined'").await, 1);
    // She has the app later, and sees it all.
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/waiting", &token).await.1, json!([answers[0]]));
    let path = format!("waiting/{}", id(&answers[0]));
    for _ in 0..2 {
        assert_eq!(act(&world, &clerk, "DELETE", &path).await.0, 200, "the same again");
    }
    assert_eq!(world.get("/v1/waiting", &token).await.1, json!([]));
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'waiting_left'").await, 1);
    let (_, trail) = world.get("/v1/audit", &token).await;
    let said = trail.to_string();
    assert!(said.contains("zette je op de wachtlijst") && said.contains("haalde je van de wachtlijst"), "{said}");
}

async fn lies(world: &World) -> String {
    world.staff("Lies", &["Loket:0207509031"]).await
}

async fn to_ring(world: &World, clerk: &str) -> Value {
    let (status, all) = world.get("/staff/v1/waiting", clerk).await;
    assert_eq!(status, 200, "{all}");
    all
}

async fn who_has_no_app_is_rung_and_nothing_is_held_unseen(world: World) {
    let clerk = one_a_day(&world).await;
    let bo = somebody("Bo", "1970-07-07");
    world.people(&[&bo]).await;
    let others = citizens(&world, 3).await;
    let (_, first) = book(&world, &others[0], WEDNESDAY, false).await;
    let resident = found(&world, &clerk, "1970-07-07").await;
    let (status, entry) = join(&world, &clerk, &resident, wednesday()).await;
    assert_eq!((status, entry.get("offered_appointment_id")), (200, None), "{entry}");
    assert_eq!(to_ring(&world, &clerk).await, json!([]), "nothing is free");
    // It comes free: nothing is held for who would not see it, and it is free for everybody.
    assert_eq!(world.raw("DELETE", &format!("/v1/appointments/{}", id(&first)), Some(&others[0]), None).await.0, 200);
    world.drain().await;
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
    assert_eq!(starts(&world, &others[1], "from=2027-03-03&until=2027-03-03").await, [WEDNESDAY]);
    let all = to_ring(&world, &clerk).await;
    assert_eq!((&all[0]["waiting_id"], &all[0]["starts_at"]), (&entry["id"], &json!(WEDNESDAY)), "{all}");
    assert_eq!((&all[0]["resident_id"], all[0].get("name")), (&json!(resident), None), "{all}");
    let elsewhere = format!("/staff/v1/waiting?location_id={}", PLACE.replace("bbbb", "bbbd"));
    assert_eq!(world.get(&elsewhere, &clerk).await.1, json!([]));
    // Rung, not reached, and rung again later: it is the same, and nobody counts it against her.
    let path = format!("waiting/{}/offer", id(&entry));
    for _ in 0..4 {
        // A session ends after an hour in which nobody asked for anything.
        let clerk = lies(&world).await;
        let (status, offered) = act(&world, &clerk, "POST", &path).await;
        assert!(status == 200 && offered["offered_appointment_id"].is_string(), "{offered}");
        assert_eq!(act(&world, &clerk, "POST", &path).await.1, offered, "what is held stays");
        assert_eq!(to_ring(&world, &clerk).await, json!([]), "somebody rings her");
        world.clock.advance(chrono::Duration::hours(2));
        world.drain().await;
        assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
        world.clock.advance(chrono::Duration::hours(1));
    }
    world.at("2027-03-02 09:00");
    let clerk = lies(&world).await;
    let (_, offered) = act(&world, &clerk, "POST", &path).await;
    let held = offered["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{offered}")).to_owned();
    // It stands on her page, with until when.
    let (_, visits) = act(&world, &clerk, "GET", &format!("residents/{resident}/visits")).await;
    let shown = &visits["coming"][0];
    assert_eq!((&shown["state"], &shown["waiting_id"]), (&json!("held"), &entry["id"]), "{visits}");
    assert!(shown["held_until"].is_string(), "{visits}");
    for _ in 0..2 {
        let (status, visit) = act(&world, &clerk, "POST", &format!("appointments/{held}/accept")).await;
        assert_eq!(
            (status, &visit["state"], &visit["starts_at"]),
            (200, &json!("booked"), &json!(WEDNESDAY)),
            "{visit}"
        );
    }
    assert_eq!(waits(&world, &clerk, &resident).await, json!([]));
    assert_eq!(to_ring(&world, &clerk).await, json!([]));
    assert_eq!(act(&world, &clerk, "POST", &path).await.0, 404, "she waits no more");
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'visit_booked'").await, 1);
    nobody_has_anothers_slot(&world).await;
}

async fn staff_accept_and_decline_what_somebody_with_the_app_is_offered(world: World) {
    let clerk = one_a_day(&world).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let resident = found(&world, &clerk, "1985-05-05").await;
    let (_, hers) = book(&world, &token, "2027-03-10T08:00:00Z", false).await;
    let wish = json!({ "appointment_id": hers["id"], "from_on": "2027-03-03", "until_on": "2027-03-05" });
    let (status, entry) = join(&world, &clerk, &resident, wish).await;
    assert_eq!(status, 200, "{entry}");
    // She has the app: what is free is offered at once, as if she had joined herself.
    let held = entry["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{entry}")).to_owned();
    assert_eq!(world.get("/staff/v1/waiting", &clerk).await.1, json!([]), "nobody need ring her");
    // On the telephone she says no to it, and yes to the next.
    assert_eq!(act(&world, &clerk, "DELETE", &format!("appointments/{held}")).await.0, 200);
    world.drain().await;
    let next = waits(&world, &clerk, &resident).await[0]["offered_appointment_id"].clone();
    assert!(next.is_string() && next != json!(held), "{next}");
    let (status, visit) = act(&world, &clerk, "POST", &format!("appointments/{}/accept", next.as_str().unwrap())).await;
    assert_eq!((status, &visit["id"], &visit["reference"]), (200, &hers["id"], &hers["reference"]), "{visit}");
    assert_eq!(visit["starts_at"], "2027-03-04T08:00:00Z");
    assert_eq!(world.get("/v1/waiting", &token).await.1, json!([]));
    let (_, trail) = world.get("/v1/audit", &token).await;
    let said = trail.to_string();
    assert!(said.contains("gaf een moment vrij") && said.contains("verplaatste je afspraak"), "{said}");
    // What ran out is not to be had, whoever asks.
    let wish = json!({ "appointment_id": hers["id"], "from_on": "2027-03-03", "until_on": "2027-03-03" });
    let (_, again) = join(&world, &clerk, &resident, wish).await;
    let gone = again["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{again}")).to_owned();
    world.at("2027-03-03 12:00");
    world.drain().await;
    let (status, late) = act(&world, &lies(&world).await, "POST", &format!("appointments/{gone}/accept")).await;
    assert_eq!((status, &late["code"]), (409, &json!("hold_lapsed")), "{late}");
    nobody_has_anothers_slot(&world).await;
}

async fn the_rules_of_the_waiting_list_hold_for_staff(world: World) {
    let clerk = one_a_day(&world).await;
    let writer = world.staff("Rik", &["Redactie:0207509031"]).await;
    let (anna, els) = (somebody("Anna", "1985-05-05"), somebody("Els", "1979-09-09"));
    world.people(&[&anna]).await;
    world.residents_file("gavere", crate::world::people_csv(&[&els]), true).await.unwrap();
    let theirs = world.staff("Zij", &["Loket:0207500000"]).await;
    let other = found(&world, &theirs, "1979-09-09").await;
    let resident = found(&world, &clerk, "1985-05-05").await;
    for (wish, code) in [
        (json!({}), "body_invalid"),
        (json!({ "service_id": SERVICE, "persons": 4 }), "body_invalid"),
        (json!({ "service_id": SERVICE, "until_on": "2027-02-01" }), "body_invalid"),
        (json!({ "service_id": SERVICE, "location_ids": [SERVICE] }), "not_found"),
        (json!({ "appointment_id": SERVICE }), "not_found"),
    ] {
        assert_eq!(join(&world, &clerk, &resident, wish.clone()).await.1["code"], code, "{wish}");
    }
    // Somebody of another town is nobody here.
    assert_eq!(join(&world, &clerk, &other, wednesday()).await.1["code"], "not_found");
    let (_, entry) = join(&world, &clerk, &resident, wednesday()).await;
    let path = format!("waiting/{}", id(&entry));
    for (who, code) in [(&writer, "role_missing"), (&theirs, "not_found")] {
        assert_eq!(act(&world, who, "DELETE", &path).await.1["code"], code);
        assert_eq!(act(&world, who, "POST", &format!("{path}/offer")).await.1["code"], code);
    }
    assert_eq!(join(&world, &writer, &resident, wednesday()).await.1["code"], "role_missing");
    assert_eq!(world.get("/staff/v1/waiting", &writer).await.1["code"], "role_missing");
    assert_eq!(world.get("/staff/v1/waiting", &theirs).await.1, json!([]));
    assert_eq!(waits(&world, &clerk, &resident).await.as_array().unwrap().len(), 1);
}
