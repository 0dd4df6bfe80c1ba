//! Visitors who are not in the register: who they are, and the visit that one of them adds to the app later.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, citizens, town_hall},
    world::{World, somebody},
};

journeys! {
    a_visitor_is_known_and_put_right,
    a_visitor_adds_the_visit_to_the_app_by_two_facts_once,
    what_does_not_agree_is_refused_alike_whatever_it_is,
    who_waits_and_adds_the_visit_has_the_number_in_the_app,
    of_two_who_claim_at_once_one_has_the_visit,
    nobody_tries_references_without_end,
    who_a_visitor_was_goes_with_the_visit,
}

const AT: &str = "2027-03-03T09:00:00Z";

fn wish(more: &Value) -> Value {
    let mut body = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": AT, "persons": 1, "reason": "telephone",
        "visitor": "Jo Nieuw", "visitor_phone": "0475 12 34 56", "visitor_email": "Jo@Example.BE",
        "visitor_birth_date": "1990-04-01",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

async fn booked(world: &World, clerk: &str, more: Value) -> Value {
    let (status, visit) = world.json("POST", "/staff/v1/appointments", Some(clerk), &wish(&more)).await;
    assert_eq!(status, 200, "{visit}");
    visit
}

fn path(visit: &Value) -> String {
    format!("/staff/v1/appointments/{}/visitor", visit["id"].as_str().unwrap())
}

async fn read(world: &World, clerk: &str, visit: &Value) -> (u16, Value) {
    world.get(&format!("{}?reason=telephone", path(visit)), clerk).await
}

async fn claim(world: &World, token: &str, body: Value) -> (u16, Value) {
    world.json("POST", "/v1/appointments/claim", Some(token), &body).await
}

/// What makes this visit theirs who know it.
fn known(visit: &Value) -> Value {
    json!({ "reference": visit["reference"], "birth_date": "1990-04-01" })
}

async fn a_visitor_is_known_and_put_right(world: World) {
    town_hall(&world, 1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let writer = world.staff("Rik", &["Redactie:0207509031"]).await;
    let theirs = world.staff("Zij", &["Loket:0207500000"]).await;
    for (more, field) in [
        (json!({ "visitor_phone": "bel Jan" }), "visitor_phone"),
        (json!({ "visitor_email": "jo@nergens" }), "visitor_email"),
        (json!({ "visitor_birth_date": "2027-03-02" }), "visitor_birth_date"),
        (json!({ "visitor": "  " }), "visitor"),
    ] {
        let (status, refused) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish(&more)).await;
        assert_eq!(
            (status, &refused["code"], &refused["field"]),
            (400, &json!("body_invalid"), &json!(field)),
            "{refused}"
        );
    }
    let visit = booked(&world, &clerk, json!({})).await;
    let who = json!({
        "name": "Jo Nieuw", "phone": "+32475123456", "email": "Jo@example.be", "birth_date": "1990-04-01", "version": 0,
    });
    for _ in 0..2 {
        assert_eq!(read(&world, &clerk, &visit).await, (200, who.clone()));
    }
    assert_eq!(
        world.figure("select count(*) from audit_entry where act = 'visit_read' and resident_id is null").await,
        1,
        "once a day"
    );
    assert_eq!(read(&world, &writer, &visit).await.1["code"], "role_missing");
    assert_eq!(read(&world, &theirs, &visit).await.1["code"], "not_found");
    // Neither the agenda nor the slip tell how to reach them.
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03"), &clerk).await;
    assert_eq!(agenda[0]["name"], "Jo Nieuw");
    let slip = format!("{}/staff/v1/appointments/{}/slip?reason=visit", world.server, visit["id"].as_str().unwrap());
    let slip = world.http.get(slip).bearer_auth(&clerk).send().await.unwrap().text().await.unwrap();
    assert!(slip.contains("Heb je later de app?"), "{slip}");
    for text in [agenda.to_string(), slip] {
        assert!(!text.contains("475") && !text.contains("example.be") && !text.contains("1990"), "{text}");
    }
    // Put right, by one at a time; pressed twice it is the same.
    let right = json!({ "version": 0, "name": "Jo Nieuwe", "phone": "09 381 00 00", "reason": "correction" });
    let now = json!({ "name": "Jo Nieuwe", "phone": "+3293810000", "version": 1 });
    for _ in 0..2 {
        assert_eq!(world.json("PUT", &path(&visit), Some(&clerk), &right).await, (200, now.clone()));
    }
    let late = json!({ "version": 0, "name": "Jo", "reason": "correction" });
    assert_eq!(world.json("PUT", &path(&visit), Some(&clerk), &late).await.1["code"], "edited_meanwhile");
    assert_eq!(world.json("PUT", &path(&visit), Some(&theirs), &late).await.1["code"], "not_found");
    assert_eq!(world.json("PUT", &path(&visit), Some(&writer), &late).await.1["code"], "role_missing");
    let empty = json!({ "version": 1, "name": " ", "reason": "correction" });
    assert_eq!(world.json("PUT", &path(&visit), Some(&clerk), &empty).await.1["field"], "name");
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'visitor_edited'").await, 1);
    let found = format!("/staff/v1/appointments/{}?reason=visit", visit["reference"].as_str().unwrap());
    let (_, found) = world.get(&found, &clerk).await;
    assert_eq!(
        (&found["name"], &found["subjects"]),
        (&json!("Jo Nieuwe"), &json!([{ "name": "Jo Nieuwe" }])),
        "{found}"
    );
    // Of somebody of the register there is no visitor.
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let who = json!({ "family_name": "Z", "birth_date": "1985-05-05", "reason": "telephone" });
    let (_, all) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &who).await;
    let hers =
        booked(&world, &clerk, json!({ "resident_id": all[0]["id"], "starts_at": "2027-03-03T10:00:00Z" })).await;
    assert_eq!(read(&world, &clerk, &hers).await.1["code"], "not_found");
    assert_eq!(
        world.texts("select visitor_phone || visitor_email from appointment where resident_id is not null").await,
        [""]
    );
}

async fn a_visitor_adds_the_visit_to_the_app_by_two_facts_once(world: World) {
    town_hall(&world, 2).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let visit = booked(&world, &clerk, json!({})).await;
    let by_phone =
        booked(&world, &clerk, json!({ "visitor_birth_date": null, "starts_at": "2027-03-04T09:00:00Z" })).await;
    // They are in the register a while later, and have the app.
    let jo = somebody("Jo", "1990-04-01");
    world.people(&[&jo]).await;
    let mut phone = world.phone(&jo, true).await;
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/appointments", &token).await.1, json!([]), "nothing is told by itself");
    let typed = visit["reference"].as_str().unwrap().to_lowercase().replace('-', " ");
    let (status, mine) = claim(&world, &token, json!({ "reference": typed, "birth_date": "1990-04-01" })).await;
    assert_eq!((status, &mine["id"], &mine["reference"]), (200, &visit["id"], &visit["reference"]), "{mine}");
    assert_eq!((&mine["state"], &mine["starts_at"]), (&json!("booked"), &json!(AT)));
    assert_eq!(mine["subjects"][0]["is_me"], true, "{mine}");
    assert_eq!(mine["subjects"].as_array().unwrap().len(), 1, "{mine}");
    assert!(!mine["reminders"].as_array().unwrap().is_empty(), "{mine}");
    // Tapped twice it is theirs, whatever they say the second time: they see it.
    assert_eq!(claim(&world, &token, known(&visit)).await.1["id"], visit["id"]);
    // The code of the slip does as well, and the number where no birth date was given.
    let code = format!("thuisloket:deinze:{}", by_phone["reference"].as_str().unwrap());
    let (status, second) = claim(&world, &token, json!({ "reference": code, "phone": "+32 475 12.34.56" })).await;
    assert_eq!((status, &second["id"]), (200, &by_phone["id"]), "{second}");
    // As any visit of theirs: reminded of, told in the inbox, and staff see whose it is. What was kept of the visitor is gone.
    let (_, all) = world.get("/v1/appointments", &token).await;
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(read(&world, &clerk, &visit).await.1["code"], "not_found");
    let late = json!({ "version": 0, "name": "Jo", "reason": "correction" });
    assert_eq!(world.json("PUT", &path(&visit), Some(&clerk), &late).await.1["code"], "not_found");
    let left = "select visitor || visitor_phone || visitor_email from appointment where visitor_birth_date is null";
    assert_eq!(world.texts(left).await, ["", ""]);
    let (_, trail) = world.get("/v1/audit", &token).await;
    assert!(trail.to_string().contains("Je voegde in de app een afspraak toe"), "{trail}");
    world.at("2027-03-02 17:00");
    world.days(1).await;
    let titles = world.titles(&mut phone).await;
    assert!(titles.iter().any(|t| t.contains("3 maart 2027")), "{titles:?}");
}

async fn what_does_not_agree_is_refused_alike_whatever_it_is(world: World) {
    town_hall(&world, 2).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let born = booked(&world, &clerk, json!({})).await;
    let nothing = json!({ "visitor_phone": null, "visitor_email": null, "visitor_birth_date": null });
    let of_nobody = json!({ "starts_at": "2027-03-04T09:00:00Z" });
    let mut of_nobody_known = nothing.as_object().unwrap().clone();
    of_nobody_known.extend(of_nobody.as_object().unwrap().clone());
    let unknown = booked(&world, &clerk, Value::Object(of_nobody_known)).await;
    let off = booked(&world, &clerk, json!({ "starts_at": "2027-03-05T09:00:00Z" })).await;
    let cancel = format!("/staff/v1/appointments/{}?reason=telephone", off["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &cancel, Some(&clerk), None).await.0, 200);
    let over = booked(&world, &clerk, json!({ "starts_at": "2027-03-01T10:40:00Z" })).await;
    let tokens = citizens(&world, 3).await;
    assert_eq!(claim(&world, &tokens[2], known(&born)).await.0, 200);
    let free = booked(&world, &clerk, json!({ "starts_at": "2027-03-08T09:00:00Z" })).await;
    world.at("2027-03-01 12:30");
    // As a token lasts ten minutes.
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let reference = free["reference"].as_str().unwrap();
    let mut answers = Vec::new();
    for body in [
        json!({ "reference": "AAA-AAA", "birth_date": "1990-04-01" }),
        json!({ "reference": reference, "birth_date": "1990-04-02" }),
        json!({ "reference": reference, "phone": "0475 12 34 56" }),
        json!({ "reference": reference, "birth_date": "1990-04-02", "phone": "0475 12 34 56" }),
        json!({ "reference": format!("thuisloket:gavere:{reference}"), "birth_date": "1990-04-01" }),
        json!({ "reference": unknown["reference"], "birth_date": "1990-04-01", "phone": "0475123456" }),
        known(&born),
        known(&off),
        known(&over),
    ] {
        let (status, mut problem) = claim(&world, &token, body).await;
        problem.as_object_mut().unwrap().remove("request_id");
        answers.push((status, problem));
    }
    assert_eq!((answers[0].0, &answers[0].1["code"]), (404, &json!("nothing_to_claim")), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(claim(&world, &token, json!({ "reference": reference })).await.1["code"], "body_invalid");
    assert_eq!(world.figure("select count(*) from appointment where resident_id is not null").await, 1);
}

async fn who_waits_and_adds_the_visit_has_the_number_in_the_app(world: World) {
    town_hall(&world, 2).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let visit = booked(&world, &clerk, json!({})).await;
    let others = booked(&world, &clerk, json!({ "visitor": "An Ander", "visitor_birth_date": "1970-01-01" })).await;
    let jo = somebody("Jo", "1990-04-01");
    world.people(&[&jo]).await;
    world.at("2027-03-03 09:20");
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let mut numbers = Vec::new();
    for visit in [&visit, &others] {
        let code = json!({ "location_id": PLACE, "code": visit["reference"] });
        let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
        assert_eq!(status, 200, "{ticket}");
        numbers.push(ticket["number"].clone());
    }
    let mut phone = world.phone(&jo, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let mine = async || crate::queue::tickets(&world, &token).await;
    assert_eq!(mine().await, json!([]), "a number that knows nobody");
    // What does not agree gives no number either.
    let wrong = json!({ "reference": others["reference"], "birth_date": "1990-04-01" });
    assert_eq!(claim(&world, &token, wrong).await.0, 404);
    assert_eq!(mine().await, json!([]));
    assert_eq!(claim(&world, &token, known(&visit)).await.0, 200);
    let now = mine().await;
    assert_eq!(now.as_array().unwrap().len(), 1, "{now}");
    assert_eq!(
        (&now[0]["number"], &now[0]["state"], &now[0]["appointment_id"]),
        (&numbers[0], &json!("waiting"), &visit["id"]),
        "{now}"
    );
    assert_eq!(world.texts("select name from ticket where resident_id is not null").await, [""]);
    // And the phone hears the call.
    let called = crate::queue::next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!((&called["number"], &called["name"]), (&numbers[0], &json!("Jo Zonnebloem")), "{called}");
    let number = numbers[0].as_str().unwrap();
    assert!(world.titles(&mut phone).await.contains(&format!("{number}: je bent aan de beurt")));
}

async fn of_two_who_claim_at_once_one_has_the_visit(world: World) {
    town_hall(&world, 1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let visit = booked(&world, &clerk, json!({})).await;
    let tokens = citizens(&world, 4).await;
    let all = tokens.iter().map(|token| claim(&world, token, known(&visit)));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|(status, a)| *status == 200 || a["code"] == "nothing_to_claim"), "{answers:?}");
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'visit_claimed'").await, 1);
}

async fn nobody_tries_references_without_end(world: World) {
    town_hall(&world, 1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let visit = booked(&world, &clerk, json!({})).await;
    let tokens = citizens(&world, 2).await;
    for n in 0..10 {
        let guess = json!({ "reference": format!("AAA-AA{}", n % 8 + 2), "birth_date": "1990-04-01" });
        assert_eq!(claim(&world, &tokens[0], guess).await.0, 404);
    }
    let (status, refused) = claim(&world, &tokens[0], known(&visit)).await;
    assert_eq!((status, &refused["code"]), (429, &json!("too_many_requests")), "{refused}");
    assert_eq!(claim(&world, &tokens[1], known(&visit)).await.0, 200, "the others have their own tries");
}

async fn who_a_visitor_was_goes_with_the_visit(world: World) {
    town_hall(&world, 1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    booked(&world, &clerk, json!({})).await;
    let known = "select count(*) from appointment where visitor_phone <> '' and visitor_birth_date is not null";
    world.clock.advance(chrono::Duration::days(390));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure(known).await, 1, "as long as the visit");
    world.clock.advance(chrono::Duration::days(20));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from appointment").await, 0);
}
