//! The waiting list, sudden closures, and who comes along.

use serde_json::{Value, json};

use crate::{
    appointments::{
        PLACE, SERVICE, book, citizens, desk, nobody_has_anothers_slot, place, put, service, starts, town_hall,
    },
    world::{World, somebody},
};

journeys! {
    what_is_cancelled_goes_to_who_waits_first,
    an_offer_that_nobody_answers_goes_to_the_next,
    nobody_is_offered_what_cannot_be_theirs,
    who_waits_without_a_visit_gets_one_or_is_told,
    a_sudden_closing_gives_everyone_another_time,
    a_closing_without_another_time_says_so,
    what_is_held_in_a_closed_hour_is_not_given,
    a_whole_day_closes_and_everyone_has_another_place,
    three_offers_that_nobody_answers_are_enough,
    a_wait_for_something_earlier_goes_with_the_visit,
    who_has_moved_or_died_is_offered_and_reminded_of_nothing,
    the_counter_finds_a_visit_by_name,
    who_comes_along_is_named_and_where_to_go_is_known,
    the_answer_lists_the_reminders_that_will_be_sent,
}

/// A town hall with one desk, where one visit a day begins: at nine.
async fn one_a_day(world: &World) -> String {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
    let mut plan = place(1);
    for hours in plan["hours"].as_array_mut().unwrap() {
        hours["closes"] = json!(560);
    }
    put(world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    planner
}

const WEDNESDAY: &str = "2027-03-03T08:00:00Z";

async fn join(world: &World, token: &str, wish: Value) -> (u16, Value) {
    world.json("POST", "/v1/waiting", Some(token), &wish).await
}

/// Earlier than this visit, on Wednesday.
fn earlier(visit: &Value) -> Value {
    json!({ "appointment_id": visit["id"], "from_on": "2027-03-03", "until_on": "2027-03-03" })
}

async fn booked(world: &World, token: &str, at: &str) -> Value {
    let (status, visit) = book(world, token, at, false).await;
    assert_eq!(status, 200, "{visit}");
    visit
}

async fn act(world: &World, token: &str, method: &str, visit: &Value, what: &str) -> (u16, Value) {
    let path = format!("/v1/appointments/{}{what}", visit["id"].as_str().unwrap());
    world.raw(method, &path, Some(token), None).await
}

/// What is held for somebody who waits.
async fn offer(world: &World, token: &str) -> Option<Value> {
    let (_, mine) = world.get("/v1/appointments", token).await;
    mine.as_array().unwrap().iter().find(|v| v["state"] == "held" && v.get("waiting_id").is_some()).cloned()
}

async fn what_is_cancelled_goes_to_who_waits_first(world: World) {
    one_a_day(&world).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let b = phone.tokens.clone().unwrap().access;
    let tokens = citizens(&world, 3).await;
    let (a, c, d) = (&tokens[0], &tokens[1], &tokens[2]);
    let first = booked(&world, a, WEDNESDAY).await;
    let second = booked(&world, &b, "2027-03-10T08:00:00Z").await;
    let third = booked(&world, c, "2027-03-11T08:00:00Z").await;
    let (status, entry) = join(&world, &b, earlier(&second)).await;
    assert_eq!((status, entry.get("offered_appointment_id")), (200, None), "{entry}");
    let wide = json!({ "appointment_id": third["id"], "from_on": "2027-03-03" });
    world.clock.advance(chrono::Duration::minutes(1));
    // The days before are free but for Wednesday; Thursday is offered at once, as it is earlier.
    let (_, entry) = join(&world, c, wide).await;
    assert!(entry["offered_appointment_id"].is_string(), "{entry}");
    let at_once = offer(&world, c).await.unwrap();
    assert_eq!(at_once["starts_at"], "2027-03-04T08:00:00Z");
    assert_eq!(act(&world, c, "DELETE", &at_once, "").await.0, 200);

    world.drain().await;
    phone.receive_all().await;
    world.clock.advance(chrono::Duration::minutes(1));
    let (lights, messages) = (phone.lock_screen.len(), phone.inbox().await.unwrap().len());
    assert_eq!(act(&world, a, "DELETE", &first, "").await.0, 200);
    // Hers in the same moment, and nobody's else.
    let held = offer(&world, &b).await.expect("an offer");
    assert_eq!((&held["starts_at"], &held["extendable"]), (&json!(WEDNESDAY), &json!(false)));
    assert!(starts(&world, d, "from=2027-03-03&until=2027-03-03").await.is_empty());
    assert_eq!(book(&world, d, WEDNESDAY, false).await.1["code"], "slot_taken");
    world.drain().await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), lights + 1, "one light");
    let told = phone.inbox().await.unwrap();
    assert_eq!(told.len(), messages + 1);
    assert_eq!(told[0].title, "Er kwam een plaats vrij: 3 maart 2027 om 9.00 uur");
    assert!(told[0].body.contains("vast tot 1 maart 2027 om 11.02 uur"), "{}", told[0].body);
    // Taken: the visit is there, with its reference; a double tap changes nothing.
    for _ in 0..2 {
        let (status, moved) = act(&world, &b, "POST", &held, "/confirm").await;
        assert_eq!((status, &moved["id"], &moved["reference"]), (200, &second["id"], &second["reference"]), "{moved}");
        assert_eq!(moved["starts_at"], WEDNESDAY);
    }
    assert_eq!(world.get("/v1/waiting", &b).await.1, json!([]));
    // What she left goes to the next who fits, the same moment.
    let next = offer(&world, c).await.expect("an offer");
    assert_eq!(next["starts_at"], "2027-03-05T08:00:00Z", "the earliest that is free and was not declined");
    world.drain().await;
    nobody_has_anothers_slot(&world).await;
    // Declined, it is everybody's; and is not offered again.
    assert_eq!(act(&world, c, "DELETE", &next, "").await.0, 200);
    world.drain().await;
    assert_ne!(offer(&world, c).await.unwrap()["starts_at"], next["starts_at"]);
    booked(&world, d, "2027-03-05T08:00:00Z").await;
    // Leaving the list lets go what is held.
    let (_, waits) = world.get("/v1/waiting", c).await;
    let path = format!("/v1/waiting/{}", waits[0]["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(c), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(c), None).await.0, 200, "the same again");
    assert!(offer(&world, c).await.is_none());
    world.drain().await;
    nobody_has_anothers_slot(&world).await;
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
}

async fn an_offer_that_nobody_answers_goes_to_the_next(world: World) {
    one_a_day(&world).await;
    let tokens = citizens(&world, 3).await;
    let first = booked(&world, &tokens[0], WEDNESDAY).await;
    let mut visits = Vec::new();
    for (n, token) in tokens[1..].iter().enumerate() {
        let visit = booked(&world, token, &format!("2027-03-1{n}T08:00:00Z")).await;
        assert_eq!(join(&world, token, earlier(&visit)).await.0, 200);
        visits.push(visit);
        world.clock.advance(chrono::Duration::minutes(1));
    }
    // At night it is held until somebody can have seen it.
    world.at("2027-03-01 22:00");
    assert_eq!(act(&world, &tokens[0], "DELETE", &first, "").await.0, 200);
    let held = offer(&world, &tokens[1]).await.unwrap();
    assert_eq!(held["held_until"], "2027-03-02T08:00:00Z");
    assert!(offer(&world, &tokens[2]).await.is_none(), "one at a time");
    world.at("2027-03-02 08:59");
    world.drain().await;
    assert!(offer(&world, &tokens[1]).await.is_some());
    world.at("2027-03-02 09:01");
    world.drain().await;
    assert!(offer(&world, &tokens[1]).await.is_none());
    let next = offer(&world, &tokens[2]).await.unwrap();
    let (status, problem) = act(&world, &tokens[1], "POST", &held, "/confirm").await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
    let (status, moved) = act(&world, &tokens[2], "POST", &next, "/confirm").await;
    assert_eq!((status, &moved["reference"]), (200, &visits[1]["reference"]));
    // Who did not answer still has their visit, and still waits.
    assert_eq!(act(&world, &tokens[1], "GET", &visits[0], "").await.1["state"], "booked");
    assert_eq!(world.get("/v1/waiting", &tokens[1]).await.1.as_array().unwrap().len(), 1);
    // A visit that is cancelled needs no earlier time.
    assert_eq!(act(&world, &tokens[1], "DELETE", &visits[0], "").await.0, 200);
    assert_eq!(world.get("/v1/waiting", &tokens[1]).await.1, json!([]));
    world.drain().await;
    nobody_has_anothers_slot(&world).await;
}

async fn nobody_is_offered_what_cannot_be_theirs(world: World) {
    let planner = one_a_day(&world).await;
    let tokens = citizens(&world, 4).await;
    let first = booked(&world, &tokens[0], WEDNESDAY).await;
    // She has a visit for something else at that hour, elsewhere.
    let other = SERVICE.replace("aaaa", "aaab");
    put(&world, &planner, &format!("/staff/v1/services/{other}"), &service()).await;
    let elsewhere = PLACE.replace("bbbb", "bbbc");
    let plan = place(1).to_string().replace(SERVICE, &other).replace(&desk(1), &desk(7));
    put(&world, &planner, &format!("/staff/v1/locations/{elsewhere}"), &plan.parse().unwrap()).await;
    let body =
        json!({ "service_id": other, "location_id": elsewhere, "starts_at": WEDNESDAY, "persons": 1, "hold": false });
    assert_eq!(world.json("POST", "/v1/appointments", Some(&tokens[1]), &body).await.0, 200);
    let busy = booked(&world, &tokens[1], "2027-03-10T08:00:00Z").await;
    assert_eq!(join(&world, &tokens[1], earlier(&busy)).await.0, 200);
    // He cannot on Wednesdays, and the third has as many visits as he may.
    let monday = json!({ "service_id": SERVICE, "weekdays": [1], "from_on": "2027-03-03", "until_on": "2027-03-05" });
    assert_eq!(join(&world, &tokens[2], monday).await.0, 200);
    for at in ["2027-03-15T08:00:00Z", "2027-03-16T08:00:00Z"] {
        booked(&world, &tokens[3], at).await;
    }
    let more = json!({ "service_id": SERVICE, "from_on": "2027-03-03", "until_on": "2027-03-03" });
    assert_eq!(join(&world, &tokens[3], more).await.0, 200);
    assert_eq!(act(&world, &tokens[0], "DELETE", &first, "").await.0, 200);
    world.drain().await;
    for token in &tokens[1..] {
        assert!(offer(&world, token).await.is_none());
    }
    assert_eq!(starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await, [WEDNESDAY], "it is everybody's");
    // What makes no sense is refused, and names the field.
    for (wish, code, field) in [
        (json!({}), "body_invalid", "service_id"),
        (json!({ "service_id": SERVICE, "persons": 4 }), "body_invalid", "persons"),
        (json!({ "service_id": SERVICE, "weekdays": [8] }), "body_invalid", "weekdays"),
        (json!({ "service_id": SERVICE, "until_on": "2027-02-01" }), "body_invalid", "until_on"),
        (json!({ "service_id": other.replace("aaab", "ffff") }), "not_found", ""),
        (json!({ "service_id": SERVICE, "location_ids": [SERVICE] }), "not_found", ""),
        (json!({ "appointment_id": first["id"] }), "not_found", ""),
    ] {
        let (_, problem) = join(&world, &tokens[1], wish.clone()).await;
        assert_eq!(problem["code"], code, "{wish} {problem}");
        assert!(problem["field"].as_str().unwrap_or_default().starts_with(field), "{wish} {problem}");
    }
    let (_, problem) = join(&world, &tokens[0], json!({ "appointment_id": first["id"] })).await;
    assert_eq!(problem["code"], "not_booked", "it is off");
    // There is a bound, also on two phones at once.
    let wish = json!({ "service_id": SERVICE, "weekdays": [1], "from_on": "2027-03-03", "until_on": "2027-03-05" });
    let all = (0..8).map(|_| join(&world, &tokens[0], wish.clone()));
    let answers = futures_util::future::join_all(all).await;
    assert!(answers.iter().all(|(status, a)| *status == 200 && a["id"] == answers[0].1["id"]), "{answers:?}");
    assert_eq!(
        world.get("/v1/waiting", &tokens[0]).await.1.as_array().unwrap().len(),
        1,
        "for the same, one waits once"
    );
    for n in 1..=8 {
        put(
            &world,
            &planner,
            &format!("/staff/v1/services/{}", SERVICE.replace("aaaa", &format!("ccc{n}"))),
            &service(),
        )
        .await;
    }
    let wish = |n| json!({ "service_id": SERVICE.replace("aaaa", &format!("ccc{n}")), "from_on": "2027-03-03", "until_on": "2027-03-05" });
    let all = (1..=8).map(|n| join(&world, &tokens[0], wish(n)));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 4, "five with the one before");
    assert!(answers.iter().all(|(status, a)| *status == 200 || a["code"] == "waiting_limit"));
}

async fn who_waits_without_a_visit_gets_one_or_is_told(world: World) {
    one_a_day(&world).await;
    let anna = somebody("Anna", "1985-05-05").speaks("fr");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, false).await;
    let token = phone.tokens.clone().unwrap().access;
    let tokens = citizens(&world, 2).await;
    let first = booked(&world, &tokens[0], WEDNESDAY).await;
    let wednesday = json!({ "service_id": SERVICE, "from_on": "2027-03-03", "until_on": "2027-03-03" });
    // Asked again with the same key, it is one entry.
    let key = [("idempotency-key", "warten-auf-mittwoch")];
    for _ in 0..2 {
        let request = world.http.post(format!("{}/v1/waiting", world.server)).bearer_auth(&token).json(&wednesday);
        assert_eq!(request.header(key[0].0, key[0].1).send().await.unwrap().status(), 200);
    }
    assert_eq!(world.get("/v1/waiting", &token).await.1.as_array().unwrap().len(), 1);
    assert_eq!(act(&world, &tokens[0], "DELETE", &first, "").await.0, 200);
    let held = offer(&world, &token).await.unwrap();
    // In the language that the register knows, where none was chosen: the moments in it as well.
    let told = phone.inbox().await.unwrap().into_iter().find(|m| m.title.starts_with("Une place")).unwrap();
    assert!(told.body.contains("jusqu’au 1er mars 2027 à 11 h 00"), "{}", told.body);
    let (status, visit) = act(&world, &token, "POST", &held, "/confirm").await;
    assert_eq!((status, &visit["state"], &visit["id"]), (200, &json!("booked"), &held["id"]));
    assert_eq!(visit.get("waiting_id"), None);
    nobody_has_anothers_slot(&world).await;
    // A day on which nothing comes free: told when it is over.
    booked(&world, &tokens[1], "2027-03-04T08:00:00Z").await;
    let thursday = json!({ "service_id": SERVICE, "from_on": "2027-03-04", "until_on": "2027-03-04" });
    assert_eq!(join(&world, &token, thursday).await.0, 200);
    world.days(5).await;
    let titles = world.titles(&mut phone).await;
    assert_eq!(titles[0], "Identiteitskaart\u{a0}: vous n’êtes plus sur la liste d’attente", "{titles:?}");
    assert_eq!(world.get("/v1/waiting", &phone.tokens.clone().unwrap().access).await.1, json!([]));
}

async fn a_sudden_closing_gives_everyone_another_time(world: World) {
    let planner = town_hall(&world, 1).await;
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let tokens = citizens(&world, 2).await;
    let hers = booked(&world, &token, WEDNESDAY).await;
    let late = booked(&world, &tokens[0], "2027-03-03T10:00:00Z").await;
    let stands = booked(&world, &tokens[1], "2027-03-04T08:00:00Z").await;
    let walk = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:40:00Z", "persons": 1, "visitor": "Jef", "reason": "telephone" });
    let (_, jef) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &walk).await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-03T07:00:00Z", "until": "2027-03-03T09:30:00Z",
        "reasons": [{ "language": "nl", "text": "Er is een waterleiding gesprongen." }],
    });
    world.drain().await;
    world.clock.advance(chrono::Duration::minutes(1));
    let (status, closure) = world.json("POST", "/staff/v1/closures", Some(&planner), &close).await;
    assert_eq!((status, &closure["moved"]), (200, &json!(0)), "{closure}");
    // Nothing is offered there any more, at once; what was under way is found by the worker.
    assert_eq!(
        starts(&world, &token, "from=2027-03-03&until=2027-03-03").await,
        ["2027-03-03T09:40:00Z", "2027-03-03T10:20:00Z", "2027-03-03T10:40:00Z"]
    );
    world.drain().await;
    let (_, now) = act(&world, &token, "GET", &hers, "").await;
    assert_eq!((&now["state"], &now["reference"]), (&json!("booked"), &hers["reference"]));
    assert_eq!(now["starts_at"], "2027-03-03T09:40:00Z", "the first that is free and not earlier than hers");
    let told = phone.inbox().await.unwrap();
    assert_eq!(told[0].title, "Je afspraak is verplaatst naar 3 maart 2027 om 10.40 uur");
    for words in [
        "waterleiding",
        "was ook nog vrij: 3 maart 2027 om 11.20 uur, 3 maart 2027 om 11.40 uur",
        "Je referentie blijft",
    ] {
        assert!(told[0].body.contains(words), "{words}: {}", told[0].body);
    }
    for visit in [&late, &stands] {
        let token = if visit["id"] == late["id"] { &tokens[0] } else { &tokens[1] };
        assert_eq!(act(&world, token, "GET", visit, "").await.1["starts_at"], visit["starts_at"]);
    }
    let path = format!("/staff/v1/appointments/{}?reason=telephone", jef["reference"].as_str().unwrap());
    assert_eq!(world.get(&path, &clerk).await.1["starts_at"], "2027-03-03T10:20:00Z");
    let (_, closures) = world.get("/staff/v1/closures", &planner).await;
    assert_eq!((&closures[0]["moved"], &closures[0]["cancelled"]), (&json!(2), &json!(0)));
    nobody_has_anothers_slot(&world).await;
    // It moves on with her if it does not suit her.
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-04T09:00:00Z" });
    let path = format!("/v1/appointments/{}/move", hers["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &path, Some(&token), &to).await.0, 200);
    // A planner who had the old plan is told so; and it can be opened again.
    let mut plan = place(1);
    plan["version"] = json!(1);
    let (_, problem) = world.json("PUT", &format!("/staff/v1/locations/{PLACE}"), Some(&planner), &plan).await;
    assert_eq!(problem["code"], "edited_meanwhile");
    let path = format!("/staff/v1/closures/{}", closure["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&planner), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&planner), None).await.0, 200, "the same again");
    assert!(starts(&world, &token, "from=2027-03-03&until=2027-03-03").await.contains(&WEDNESDAY.to_owned()));
    for (field, value, at) in [
        ("until", json!("2027-03-03T06:00:00Z"), "until"),
        ("until", json!("2027-06-03T06:00:00Z"), "until"),
        ("reasons", json!([]), "reasons"),
        ("reasons", json!([{ "language": "nl", "text": " " }]), "reasons"),
        ("from", json!("2030-03-03T06:00:00Z"), "until"),
    ] {
        let mut wrong = close.clone();
        wrong[field] = value;
        let (status, problem) = world.json("POST", "/staff/v1/closures", Some(&planner), &wrong).await;
        assert_eq!((status, &problem["field"]), (400, &json!(at)), "{problem}");
    }
    let audit = world.texts("select act from audit_entry where act like 'location_%' order by act").await;
    assert_eq!(audit, ["location_closed", "location_reopened"]);
}

async fn a_closing_without_another_time_says_so(world: World) {
    let planner = one_a_day(&world).await;
    let mut plan = service();
    plan["version"] = json!(1);
    plan["horizon_days"] = json!(2);
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let others = citizens(&world, 1).await;
    let hers = booked(&world, &token, WEDNESDAY).await;
    booked(&world, &others[0], "2027-03-02T08:00:00Z").await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-03T07:00:00Z", "until": "2027-03-31T19:00:00Z",
        "reasons": [{ "language": "nl", "text": "Er wordt gestaakt." }],
    });
    world.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(world.json("POST", "/staff/v1/closures", Some(&planner), &close).await.0, 200);
    world.drain().await;
    assert_eq!(act(&world, &token, "GET", &hers, "").await.1["state"], "cancelled");
    let told = phone.inbox().await.unwrap();
    assert_eq!(told[0].title, "Je afspraak van 3 maart 2027 om 9.00 uur gaat niet door");
    assert!(told[0].body.contains("Er wordt gestaakt.") && told[0].body.contains("wachtlijst"), "{}", told[0].body);
    nobody_has_anothers_slot(&world).await;
    // No reminder of it comes.
    world.days(3).await;
    let titles = world.titles(&mut phone).await;
    assert!(!titles.iter().any(|t| t.starts_with("Morgen") || t.starts_with("Vandaag")), "{titles:?}");
}

async fn what_is_held_in_a_closed_hour_is_not_given(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let (_, held) = book(&world, &tokens[0], WEDNESDAY, true).await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-03T07:00:00Z", "until": "2027-03-03T09:30:00Z",
        "reasons": [{ "language": "nl", "text": "Brand." }],
    });
    assert_eq!(world.json("POST", "/staff/v1/closures", Some(&planner), &close).await.0, 200);
    let (status, problem) = act(&world, &tokens[0], "POST", &held, "/confirm").await;
    assert_eq!(
        (status, &problem["code"], &problem["free_near"][0]),
        (409, &json!("hold_lapsed"), &json!("2027-03-03T09:40:00Z"))
    );
    // A booking whose transaction ended after the closing is found all the same.
    let sql = "update appointment set state = 'booked', held_until = null";
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    world.drain().await;
    assert_eq!(act(&world, &tokens[0], "GET", &held, "").await.1["starts_at"], "2027-03-03T09:40:00Z");
    nobody_has_anothers_slot(&world).await;
}

async fn a_whole_day_closes_and_everyone_has_another_place(world: World) {
    let planner = town_hall(&world, 3).await;
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let tokens = citizens(&world, 1).await;
    // Each of three desks nine times: more than one transaction moves.
    for n in 0..27 {
        let at = starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await.remove(0);
        let wish = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": 1, "visitor": format!("nr. {n}"), "reason": "telephone" });
        assert_eq!(world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await.0, 200);
    }
    let close = json!({
        "location_id": PLACE, "from": "2027-03-02T23:00:00Z", "until": "2027-03-03T23:00:00Z",
        "reasons": [{ "language": "nl", "text": "Er is geen stroom." }],
    });
    assert_eq!(world.json("POST", "/staff/v1/closures", Some(&planner), &close).await.0, 200);
    world.drain().await;
    let (_, closures) = world.get("/staff/v1/closures", &planner).await;
    assert_eq!((&closures[0]["moved"], &closures[0]["cancelled"]), (&json!(27), &json!(0)));
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03"), &clerk).await;
    assert_eq!(agenda, json!([]));
    assert_eq!(world.figure("select count(*) from appointment where state = 'booked'").await, 27);
    nobody_has_anothers_slot(&world).await;
}

async fn a_wait_for_something_earlier_goes_with_the_visit(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let waits = async |token: &str| world.get("/v1/waiting", token).await.1.as_array().unwrap().len();
    let mut visits = Vec::new();
    // The first two of the day: nothing earlier is free.
    for (token, at) in tokens.iter().zip([WEDNESDAY, "2027-03-03T08:20:00Z"]) {
        let visit = booked(&world, token, at).await;
        let (status, entry) = join(&world, token, earlier(&visit)).await;
        assert_eq!((status, entry.get("offered_appointment_id")), (200, None), "{entry}");
        visits.push(visit);
    }
    world.at("2027-03-03 08:55");
    world.drain().await;
    let tokens = citizens(&world, 2).await;
    assert_eq!((waits(&tokens[0]).await, waits(&tokens[1]).await), (1, 1), "both are still to come");
    // It is time for the first: nothing earlier is to be had any more.
    world.at("2027-03-03 09:01");
    world.drain().await;
    assert_eq!((waits(&tokens[0]).await, waits(&tokens[1]).await), (0, 1));
    // The second is called before their time.
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let code = json!({ "location_id": PLACE, "code": visits[1]["reference"] });
    assert_eq!(world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await.0, 200);
    let called = crate::queue::next(&world, &clerk, 1).await.1["called"].clone();
    assert!(called.is_object(), "{called}");
    world.drain().await;
    assert_eq!(waits(&tokens[1]).await, 0);
    let ended = "select ended from waiting where ended is not null order by updated_at";
    assert_eq!(world.texts(ended).await, ["past", "past"]);
}

async fn three_offers_that_nobody_answers_are_enough(world: World) {
    one_a_day(&world).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let visit = booked(&world, &token, "2027-04-01T07:00:00Z").await;
    assert_eq!(join(&world, &token, json!({ "appointment_id": visit["id"] })).await.0, 200);
    for _ in 0..12 {
        world.clock.advance(chrono::Duration::minutes(90));
        world.drain().await;
    }
    let titles = world.titles(&mut phone).await;
    let offers = titles.iter().filter(|t| t.starts_with("Er kwam een plaats vrij")).count();
    assert_eq!(offers, 3, "{titles:?}");
    assert_eq!(titles[0], "Identiteitskaart: je staat niet meer op de wachtlijst");
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/waiting", &token).await.1, json!([]));
    assert_eq!(act(&world, &token, "GET", &visit, "").await.1["state"], "booked", "what she had stays");
}

async fn who_has_moved_or_died_is_offered_and_reminded_of_nothing(world: World) {
    one_a_day(&world).await;
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let phones = [world.phone(&anna, true).await, world.phone(&luc, true).await];
    let tokens: Vec<String> = phones.iter().map(|p| p.tokens.clone().unwrap().access).collect();
    let others = citizens(&world, 1).await;
    let first = booked(&world, &others[0], WEDNESDAY).await;
    booked(&world, &tokens[1], "2027-03-02T08:00:00Z").await;
    let wish = json!({ "service_id": SERVICE, "from_on": "2027-03-03", "until_on": "2027-03-03" });
    for token in &tokens {
        assert_eq!(join(&world, token, wish.clone()).await.0, 200);
    }
    world.people(&[&anna.state("departed", "2027-02-28"), &luc.state("deceased", "2027-02-28")]).await;
    world.drain().await;
    let before = world.figure("select count(*) from message").await;
    assert_eq!(act(&world, &others[0], "DELETE", &first, "").await.0, 200);
    assert_eq!(starts(&world, &others[0], "from=2027-03-03&until=2027-03-03").await, [WEDNESDAY], "it is everybody's");
    // His visit of tomorrow is reminded of to nobody: one message tells that the other's was cancelled.
    world.at("2027-03-01 17:05");
    world.drain().await;
    assert_eq!(world.figure("select count(*) from message").await, before + 1);
}

async fn the_counter_finds_a_visit_by_name(world: World) {
    town_hall(&world, 2).await;
    let anna = somebody("Anne-Marie", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    booked(&world, &token, WEDNESDAY).await;
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let walk = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": WEDNESDAY, "persons": 1, "visitor": "mevrouw D'Hondt", "reason": "telephone" });
    assert_eq!(world.json("POST", "/staff/v1/appointments", Some(&clerk), &walk).await.0, 200);
    for (name, expected) in [
        ("zonnebl", vec!["Anne-Marie Zonnebloem"]),
        ("Marie ZONNE", vec!["Anne-Marie Zonnebloem"]),
        ("hondt", vec!["mevrouw D'Hondt"]),
        ("zz", vec![]),
        ("--", vec![]),
    ] {
        let question = json!({ "name": name, "reason": "telephone" });
        let (status, found) = world.json("POST", "/staff/v1/appointments/search", Some(&clerk), &question).await;
        assert_eq!(status, 200, "{found}");
        let names: Vec<_> = found.as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{name}");
    }
    for (question, field) in [
        (json!({ "name": "z", "reason": "visit" }), "name"),
        (json!({ "name": "zz", "reason": "visit", "from": "2027-03-01", "until": "2027-04-15" }), "until"),
    ] {
        let (status, problem) = world.json("POST", "/staff/v1/appointments/search", Some(&clerk), &question).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    // She can read that she was looked at: twice, once for each time she was found.
    let looks = "select count(*) from audit_entry where act = 'visit_read' and resident_id is not null";
    assert_eq!(world.figure(looks).await, 2);
}

async fn who_comes_along_is_named_and_where_to_go_is_known(world: World) {
    let planner = town_hall(&world, 2).await;
    let mut plan = service();
    (plan["version"], plan["needs"]) = (json!(1), json!("both"));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let at_home = PLACE.replace("bbbb", "bbbd");
    let mut plan: Value = place(1).to_string().replace(&desk(1), &desk(8)).parse().unwrap();
    (plan["kind"], plan["travel_minutes"]) = (json!("home"), json!(25));
    put(&world, &planner, &format!("/staff/v1/locations/{at_home}"), &plan).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let wish = |persons: i64, companions: Value, location: &str| json!({ "service_id": SERVICE, "location_id": location, "starts_at": WEDNESDAY, "persons": persons, "hold": false, "companions": companions });
    for wrong in [wish(2, json!([]), PLACE), wish(1, json!(["Emma", "Noah"]), PLACE), wish(2, json!([" "]), PLACE)] {
        let (status, problem) = world.json("POST", "/v1/appointments", Some(&token), &wrong).await;
        assert_eq!((status, &problem["field"]), (400, &json!("companions")), "{problem}");
    }
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish(2, json!(["Emma"]), PLACE)).await;
    assert_eq!((status, &visit["companions"], visit.get("contact")), (200, &json!(["Emma"]), None), "{visit}");
    let body = phone.inbox().await.unwrap()[0].body.clone();
    assert!(body.contains("Opgegeven namen: Emma") && body.contains("Een ouder en het kind komen samen."), "{body}");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03"), &clerk).await;
    assert_eq!(agenda[0]["companions"], json!(["Emma"]));
    // Nobody is at two places at once.
    let there = wish(1, json!([]), &at_home);
    assert_eq!(world.json("POST", "/v1/appointments", Some(&token), &there).await.1["code"], "visit_overlaps");
    act(&world, &token, "DELETE", &visit, "").await;
    // At home: where she lives, as the register has it; and the road keeps the desk.
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish(1, json!([]), &at_home)).await;
    assert_eq!(status, 200, "{visit}");
    assert!(visit["contact"].as_str().unwrap().contains("Deinze"), "{visit}");
    let query = format!("from=2027-03-03&until=2027-03-03&location_id={at_home}");
    assert_eq!(starts(&world, &token, &query).await[0], "2027-03-03T09:00:00Z", "fifteen, five after, and the road");
    // By telephone a number is needed. Nobody may be booked there while it becomes that.
    plan["version"] = json!(1);
    plan["kind"] = json!("telephone");
    let path = format!("/staff/v1/locations/{at_home}?strand=true");
    let (status, refused) = world.json("PUT", &path, Some(&planner), &plan).await;
    assert_eq!((status, &refused["field"]), (400, &json!("kind")), "{refused}");
    act(&world, &token, "DELETE", &visit, "").await;
    put(&world, &planner, &format!("/staff/v1/locations/{at_home}?strand=true"), &plan).await;
    let mut call = wish(1, json!([]), &at_home);
    call["starts_at"] = json!("2027-03-04T08:00:00Z");
    let others = citizens(&world, 1).await;
    let (_, problem) = world.json("POST", "/v1/appointments", Some(&others[0]), &call).await;
    assert_eq!(problem["field"], "contact", "{problem}");
    call["contact"] = json!("0470 12 34 56");
    let (_, visit) = world.json("POST", "/v1/appointments", Some(&others[0]), &call).await;
    assert_eq!(visit["contact"], "0470 12 34 56");
}

async fn the_answer_lists_the_reminders_that_will_be_sent(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let visit = booked(&world, &token, WEDNESDAY).await;
    let at = |by: &str, second: &str| json!([{ "at": "2027-03-02T16:00:00Z", "by": by }, { "at": second, "by": by }]);
    // Two hours before nine is seven: the phone keeps still until eight.
    assert_eq!(visit["reminders"], at("push", "2027-03-03T07:00:00Z"), "{visit}");
    let reminders = || async { act(&world, &token, "GET", &visit, "").await.1["reminders"].clone() };
    let muted = json!({ "language": "nl", "quiet_from": 1320, "quiet_until": 360, "muted": [] });
    let (status, answer) = world.json("PUT", "/v1/preferences", Some(&token), &muted).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(reminders().await, at("push", "2027-03-03T06:00:00Z"));
    let path = format!("/v1/devices/{}", phone.installation);
    assert_eq!(world.raw("DELETE", &path, Some(&token), None).await.0, 200);
    assert_eq!(reminders().await, at("inbox", "2027-03-03T06:00:00Z"));
    // A hold is reminded of by nothing.
    assert_eq!(book(&world, &token, "2027-03-04T08:00:00Z", true).await.1["reminders"], json!([]));
}
