//! The hall: who works at which desk, who waits aside, a stop, the kiosk, the slip of a visit, and what everybody may know of opening hours
//! and waits.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, desk},
    queue::{OTHER, check_in, hall, here, next, number, serve, step, tickets},
    world::{World, paper, somebody},
};

journeys! {
    a_desk_has_one_clerk,
    a_desk_is_free_once_its_clerk_may_not_work_there,
    who_waits_aside_keeps_their_number_and_is_called_by_who_takes_them_back,
    who_did_not_come_is_called_again_by_the_desk_that_finds_them,
    who_is_sent_on_is_due_when_their_visit_begins,
    nobody_is_called_where_it_is_stopped,
    a_kiosk_knows_what_one_can_come_for,
    opening_hours_and_the_real_wait_with_and_without_the_app,
    a_visit_on_paper_for_who_has_no_phone,
    the_counter_sees_what_somebody_was_told_and_how_they_are_reached,
    a_week_at_a_glance_looks_at_nobody,
    the_agenda_knows_when_each_desk_is_there_and_who_came,
    what_was_planned_before_is_kept_and_can_be_saved_again,
    whoever_takes_over_a_desk_is_written_down_as_seeing_who_is_there,
    a_call_again_passes_the_rules_of_a_call,
    who_was_called_waited_aside_and_is_called_for_the_same_hears_it_again,
    a_visit_of_who_waited_aside_and_went_can_be_moved,
    days_that_are_unlike_their_weekday_are_told,
    a_slip_tells_no_number_of_the_citizens,
    who_is_gone_already_is_shown_to_nobody_unseen,
}

async fn sign_on(world: &World, clerk: &str, n: u128, take_over: bool) -> (u16, Value) {
    let path = format!("/staff/v1/desks/{}/clerk", desk(n));
    world.json("PUT", &path, Some(clerk), &json!({ "take_over": take_over })).await
}

async fn hall_now(world: &World, clerk: &str) -> Value {
    let (status, hall) = world.get(&format!("/staff/v1/halls/{PLACE}"), clerk).await;
    assert_eq!(status, 200, "{hall}");
    hall
}

fn clerks(hall: &Value) -> Vec<Option<&str>> {
    hall["desks"].as_array().unwrap().iter().map(|d| d["clerk"]["name"].as_str()).collect()
}

async fn a_desk_has_one_clerk(world: World) {
    let (_, rik) = hall(&world, 2).await;
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    number(&world, &rik, SERVICE).await;
    assert_eq!(sign_on(&world, &rik, 1, false).await.0, 200);
    let (status, refused) = sign_on(&world, &lies, 1, false).await;
    assert_eq!((status, &refused["code"]), (409, &json!("desk_taken")), "{refused}");
    // Nobody else calls to it meanwhile; who is there does.
    assert_eq!(next(&world, &lies, 1).await.1["code"], "desk_taken");
    assert_eq!(next(&world, &rik, 1).await.1["called"]["number"], "B1");
    let (_, mine) = world.get(&format!("/staff/v1/desks/{}", desk(1)), &rik).await;
    assert_eq!((&mine["clerk"]["is_me"], &mine["current"]["number"]), (&json!(true), &json!("B1")), "{mine}");
    let (_, theirs) = world.get(&format!("/staff/v1/desks/{}", desk(1)), &lies).await;
    assert_eq!((&theirs["clerk"]["name"], theirs.get("current")), (&mine["clerk"]["name"], None), "{theirs}");
    assert_eq!(theirs["number"], "B1");
    // One who goes to another desk leaves the first; two at once at one desk: one of them has it.
    assert_eq!(sign_on(&world, &rik, 2, false).await.0, 200);
    let now = hall_now(&world, &lies).await;
    assert_eq!(clerks(&now).iter().map(Option::is_some).collect::<Vec<_>>(), [false, true], "{now}");
    let both = futures_util::future::join(sign_on(&world, &rik, 1, false), sign_on(&world, &lies, 1, false)).await;
    assert_eq!([both.0.0, both.1.0].iter().filter(|s| **s == 200).count(), 1, "{both:?}");
    // Whoever relieves a colleague signs them off, and that can be read; for who is there already it is nothing.
    assert_eq!(sign_on(&world, &rik, 1, true).await.0, 200);
    let relieved = "select count(*) from audit_entry where act = 'colleague_relieved'";
    let before = world.figure(relieved).await;
    for _ in 0..2 {
        assert_eq!(sign_on(&world, &lies, 1, true).await.0, 200);
        assert_eq!(world.figure(relieved).await, before + 1);
    }
    // Whoever watches over the staff reads at which desk, in the list and in the table.
    let auditor = world.staff("Ria", &["Toezicht:0207509031"]).await;
    let (_, trail) = world.get("/staff/v1/audit?act=colleague_relieved", &auditor).await;
    let line = &trail["entries"][0];
    assert_eq!((&line["subject_kind"], &line["desk"]), (&json!("member"), &json!("Loket 1")), "{trail}");
    let table = format!("{}/staff/v1/audit/export?act=colleague_relieved", world.server);
    let table = world.http.get(table).bearer_auth(&auditor).send().await.unwrap().text().await.unwrap();
    assert!(table.lines().next().unwrap().ends_with(";desk") && table.contains(";Loket 1"), "{table}");
    let now = hall_now(&world, &lies).await;
    assert_eq!(now["desks"][0]["clerk"]["is_me"], true, "{now}");
    let off = format!("/staff/v1/desks/{}/clerk", desk(1));
    assert_eq!(world.raw("DELETE", &off, Some(&lies), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &off, Some(&lies), None).await.0, 200, "again");
    assert_eq!(hall_now(&world, &lies).await["desks"][0].get("clerk"), None);
    // The next morning nobody is anywhere.
    assert_eq!(sign_on(&world, &rik, 1, false).await.0, 200);
    world.at("2027-03-02 09:00");
    let rik = world.staff("Rik", &["Loket:0207509031"]).await;
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    assert_eq!(clerks(&hall_now(&world, &rik).await), [None, None]);
    assert_eq!(sign_on(&world, &lies, 1, false).await.0, 200);
    let nowhere = format!("/staff/v1/desks/{}", desk(77));
    assert_eq!(world.get(&nowhere, &rik).await.0, 404);
}

async fn a_desk_is_free_once_its_clerk_may_not_work_there(world: World) {
    let (_, rik) = hall(&world, 1).await;
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, members) = world.get("/staff/v1/members", &chief).await;
    let riks = members.as_array().unwrap().iter().find(|m| m["name"] == "Rik").unwrap()["id"].as_str().unwrap();
    let role = format!("/staff/v1/members/{riks}/roles/counter");
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    let clerk = async || clerks(&hall_now(&world, &lies).await)[0].map(str::to_owned);
    let freed = async || {
        world
            .texts("select actor_name from audit_entry where act = 'desk_freed' and desk = 'Loket 1' order by id")
            .await
    };
    // A role that has nothing to do with desks is withdrawn, and nothing changes at the desk.
    world.staff("Rik", &["Loket:0207509031", "Planner:0207509031"]).await;
    assert_eq!(sign_on(&world, &rik, 1, false).await.0, 200);
    let plan = format!("/staff/v1/members/{riks}/roles/plan");
    assert_eq!(world.raw("DELETE", &plan, Some(&chief), None).await.0, 200);
    assert_eq!(clerk().await.as_deref(), Some("Rik"));
    // By the town's administrator.
    assert_eq!(world.raw("DELETE", &role, Some(&chief), None).await.0, 200);
    assert_eq!((clerk().await, freed().await), (None, vec!["Chef".to_owned()]));
    assert_eq!(sign_on(&world, &lies, 1, false).await.0, 200, "nobody is relieved");
    let off = format!("/staff/v1/desks/{}/clerk", desk(1));
    assert_eq!(world.raw("DELETE", &off, Some(&lies), None).await.0, 200);
    // By the provider, at the next sign-in.
    world.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(world.raw("PUT", &role, Some(&chief), None).await.0, 200);
    assert_eq!(sign_on(&world, &rik, 1, false).await.0, 200);
    world.staff("Rik", &["Redactie:0207509031"]).await;
    assert_eq!((clerk().await, freed().await), (None, vec!["Chef".to_owned(), "Rik".to_owned()]));
    // By themselves, once they are signed in nowhere: a second screen keeps them there.
    world.clock.advance(chrono::Duration::seconds(1));
    let jo = world.staff("Jo", &["Loket:0207509031"]).await;
    let other = world.staff("Jo", &["Loket:0207509031"]).await;
    assert_eq!(sign_on(&world, &jo, 1, false).await.0, 200);
    for (token, left) in [(&jo, Some("Jo")), (&other, None)] {
        let (_, sessions) = world.get("/staff/v1/sessions", token).await;
        let own = sessions.as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
        let path = format!("/staff/v1/sessions/{}", own["id"].as_str().unwrap());
        assert_eq!(world.raw("DELETE", &path, Some(token), None).await.0, 200);
        assert_eq!(clerk().await.as_deref(), left);
    }
    assert_eq!(freed().await.len(), 3);
    // Whoever signs on and is shut out at the same moment is at no desk, whichever is first.
    let mo = world.staff("Mo", &["Loket:0207509031"]).await;
    let (_, members) = world.get("/staff/v1/members", &chief).await;
    let mos = members.as_array().unwrap().iter().find(|m| m["name"] == "Mo").unwrap()["id"].as_str().unwrap();
    let role = format!("/staff/v1/members/{mos}/roles/counter");
    let out = async { world.raw("DELETE", &role, Some(&chief), None).await };
    let (out, _) = futures_util::future::join(out, sign_on(&world, &mo, 1, false)).await;
    assert_eq!((out.0, clerk().await), (200, None));
}

async fn who_waits_aside_keeps_their_number_and_is_called_by_who_takes_them_back(world: World) {
    let (_, clerk) = hall(&world, 2).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!(called["number"], "A1");
    assert_eq!(step(&world, &clerk, &called, "start").await.0, 200);
    let (status, parked) = step(&world, &clerk, &called, "park").await;
    assert_eq!((status, &parked["state"], parked.get("desk_id")), (200, &json!("parked"), None), "{parked}");
    assert_eq!(step(&world, &clerk, &called, "park").await.1["code"], "ticket_elsewhere", "twice");
    number(&world, &clerk, SERVICE).await;
    // The desk is free, and calls the other; nobody calls who waits aside.
    assert_eq!(next(&world, &clerk, 1).await.1["called"]["number"], "B2");
    assert_eq!(next(&world, &clerk, 2).await.1, json!({}));
    let now = hall_now(&world, &clerk).await;
    assert_eq!((now["waiting"].as_array().unwrap().len(), &now["parked"][0]["number"]), (0, &json!("A1")), "{now}");
    assert_eq!(tickets(&world, &token).await[0]["state"], "waiting");
    assert_eq!(check_in(&world, &token, &visit, here()).await.1["number"], "A1", "the same turn");
    // Taken back to a desk that has nobody: called as any other, on the phone too.
    let back = format!("/staff/v1/tickets/{}/take-back", called["id"].as_str().unwrap());
    let to = async |n| world.json("POST", &back, Some(&clerk), &json!({ "desk_id": desk(n) })).await;
    assert_eq!(to(1).await.1["code"], "desk_busy");
    let (status, again) = to(2).await;
    assert_eq!((status, &again["state"], &again["desk_id"]), (200, &json!("called"), &json!(desk(2))), "{again}");
    assert_eq!(to(2).await.1["code"], "desk_busy", "twice");
    world.drain().await;
    phone.receive_all().await;
    let inbox = phone.inbox().await.unwrap();
    let told: Vec<_> = inbox.iter().filter(|m| m.title == "A1: je bent aan de beurt").map(|m| &m.body).collect();
    assert!(told.iter().any(|body| body.contains("Loket 2")), "{told:?}");
    assert_eq!(step(&world, &clerk, &called, "start").await.0, 200);
    assert_eq!(step(&world, &clerk, &called, "finish").await.1["state"], "done");
    let (_, trail) = world.get("/v1/audit", &world.phone(&anna, true).await.tokens.unwrap().access).await;
    let acts: Vec<_> = trail["entries"].as_array().unwrap().iter().filter_map(|e| e["what"].as_str()).collect();
    assert!(acts.iter().any(|text| text.contains("wachten aan de kant")), "{acts:?}");
}

async fn who_did_not_come_is_called_again_by_the_desk_that_finds_them(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    let hers = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!((step(&world, &clerk, &hers, "miss").await.0, &hers["number"]), (200, &json!("A1")));
    world.clock.advance(chrono::Duration::minutes(1));
    number(&world, &clerk, SERVICE).await;
    let walk_in = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!((step(&world, &clerk, &walk_in, "miss").await.0, &walk_in["number"]), (200, &json!("B2")));
    let missed = async || -> Vec<String> {
        let now = hall_now(&world, &clerk).await;
        now["missed"].as_array().unwrap().iter().map(|t| t["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(missed().await, ["B2", "A1"], "the last first");
    let back = async |ticket: &Value| {
        let path = format!("/staff/v1/tickets/{}/take-back", ticket["id"].as_str().unwrap());
        world.json("POST", &path, Some(&clerk), &json!({ "desk_id": desk(1) })).await
    };
    // Noted by mistake: the desk that sees them calls the same number again, and once.
    let (status, again) = back(&walk_in).await;
    assert_eq!((status, &again["state"], &again["number"]), (200, &json!("called"), &json!("B2")), "{again}");
    assert_eq!(back(&hers).await.1["code"], "desk_busy");
    assert_eq!(missed().await, ["A1"]);
    assert_eq!(step(&world, &clerk, &walk_in, "start").await.0, 200);
    assert_eq!(step(&world, &clerk, &walk_in, "finish").await.1["state"], "done");
    assert_eq!(back(&walk_in).await.1["code"], "ticket_elsewhere", "who was helped comes back with another number");
    // An appointment has begun again: it can be moved no more.
    assert_eq!(back(&hers).await.1["state"], "called");
    assert_eq!(tickets(&world, &token).await[0]["state"], "called");
    let begun = "select count(*) from appointment where begun_at is not null";
    assert_eq!(world.figure(begun).await, 1);
    assert_eq!(step(&world, &clerk, &hers, "miss").await.0, 200);
    assert_eq!(world.figure(begun).await, 0);
    // Who checked in again meanwhile has a turn, and comes with that one.
    world.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(check_in(&world, &token, &visit, here()).await.1["number"], "A3");
    assert_eq!(missed().await, [""; 0]);
    assert_eq!(back(&hers).await.1["code"], "ticket_elsewhere");
    // Nor is anybody of yesterday called.
    number(&world, &clerk, SERVICE).await;
    step(&world, &clerk, &next(&world, &clerk, 1).await.1["called"], "miss").await;
    let last = next(&world, &clerk, 1).await.1["called"].clone();
    step(&world, &clerk, &last, "miss").await;
    assert_eq!(missed().await.len(), 2);
    world.at("2027-03-02 10:00");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    assert_eq!(hall_now(&world, &clerk).await["missed"], json!([]));
    let path = format!("/staff/v1/tickets/{}/take-back", last["id"].as_str().unwrap());
    let (status, refused) = world.json("POST", &path, Some(&clerk), &json!({ "desk_id": desk(1) })).await;
    assert_eq!((status, &refused["code"]), (409, &json!("ticket_elsewhere")), "{refused}");
}

async fn who_is_sent_on_is_due_when_their_visit_begins(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    let on = async |ticket: &Value| {
        let path = format!("/staff/v1/tickets/{}/send-on", ticket["id"].as_str().unwrap());
        world.json("POST", &path, Some(&clerk), &json!({ "service_id": OTHER })).await
    };
    let hers = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!(on(&hers).await.0, 200);
    let waiting = hall_now(&world, &clerk).await["waiting"][0].clone();
    assert_eq!((&waiting["number"], &waiting["due_at"]), (&json!("A1"), &visit["starts_at"]), "{waiting}");
    assert_eq!(tickets(&world, &token).await[0]["due_at"], visit["starts_at"]);
    // Who came without one was due when they were sent on.
    step(&world, &clerk, &next(&world, &clerk, 1).await.1["called"], "park").await;
    number(&world, &clerk, SERVICE).await;
    assert_eq!(on(&next(&world, &clerk, 1).await.1["called"]).await.0, 200);
    let waiting = hall_now(&world, &clerk).await["waiting"][0].clone();
    assert!(
        waiting["number"] == "B2" && waiting["due_at"].is_string() && waiting["due_at"] != visit["starts_at"],
        "{waiting}"
    );
}

async fn nobody_is_called_where_it_is_stopped(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    number(&world, &clerk, SERVICE).await;
    let stop = format!("/staff/v1/halls/{PLACE}/stop");
    for _ in 0..2 {
        assert_eq!(world.raw("PUT", &stop, Some(&clerk), None).await.0, 200);
    }
    let now = hall_now(&world, &clerk).await;
    assert!(
        now["stopped_at"].is_string() && now["waiting"][0].get("wait_minutes").is_none(),
        "who knows how long: {now}"
    );
    assert_eq!(next(&world, &clerk, 1).await.1["code"], "hall_stopped");
    let kiosk = format!("/staff/v1/halls/{PLACE}/kiosk");
    let shown = world.get(&kiosk, &clerk).await.1;
    assert_eq!((&shown["is_open"], &shown["is_stopped"]), (&json!(false), &json!(true)), "{shown}");
    assert_eq!(world.raw("DELETE", &stop, Some(&clerk), None).await.0, 200);
    assert_eq!(hall_now(&world, &clerk).await.get("stopped_at"), None);
    assert_eq!(next(&world, &clerk, 1).await.1["called"]["number"], "B1", "everybody kept their place");
    // A stop that nobody took back ends with the day.
    assert_eq!(world.raw("PUT", &stop, Some(&clerk), None).await.0, 200);
    world.at("2027-03-02 09:00");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    assert_eq!(hall_now(&world, &clerk).await.get("stopped_at"), None);
    let acts = world.texts("select act from audit_entry where act like 'hall%' order by act").await;
    assert_eq!(acts, ["hall_resumed", "hall_stopped", "hall_stopped"], "twice at once is one act");
}

async fn a_kiosk_knows_what_one_can_come_for(world: World) {
    let (planner, clerk) = hall(&world, 1).await;
    let admin = world.staff("An", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&admin, &["check_in"]).await;
    let (_, other) = world.key(&admin, &["import_residents"]).await;
    number(&world, &clerk, OTHER).await;
    let path = format!("/staff/v1/halls/{PLACE}/kiosk");
    let (status, shown) = world.get(&path, &key).await;
    assert_eq!((status, &shown["is_open"], &shown["languages"][0]), (200, &json!(true), &json!("nl")), "{shown}");
    assert_eq!(shown["services"][1]["names"][0]["text"], "Rijbewijs");
    let wait =
        |shown: &Value| (shown["services"][1]["waiting"].clone(), shown["services"][1].get("wait_minutes").cloned());
    assert_eq!(wait(&shown), (json!(1), None), "nobody is at a desk: nobody knows how long");
    assert_eq!(sign_on(&world, &clerk, 1, false).await.0, 200);
    assert_eq!(wait(&world.get(&path, &key).await.1), (json!(1), Some(json!(15))));
    assert_eq!(world.get(&path, &other).await.1["code"], "scope_missing");
    assert_eq!(world.get(&path, &planner).await.0, 403);
    world.at("2027-03-01 20:00");
    let shown = world.get(&path, &key).await.1;
    assert_eq!(
        (&shown["is_open"], &shown["is_stopped"]),
        (&json!(false), &json!(false)),
        "closed, and not stopped: {shown}"
    );
    let page = world.http.get(format!("{}/kiosk/deinze/{PLACE}", world.server)).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains(PLACE));
    let nowhere = world.http.get(format!("{}/kiosk/deinze/{SERVICE}", world.server)).send().await.unwrap();
    assert_eq!(nowhere.status(), 404);
}

async fn opening_hours_and_the_real_wait_with_and_without_the_app(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let of = async |token: &str| world.get(&format!("/v1/locations/{PLACE}"), token).await.1;
    let place = of(&token).await;
    assert_eq!((&place["is_open"], &place["waiting"], place.get("waits")), (&json!(true), &json!(0), None), "{place}");
    assert_eq!(place["services"].as_array().unwrap().len(), 2);
    // Before anybody is at a desk, that is no short wait.
    assert!(place["services"].as_array().unwrap().iter().all(|s| s.get("wait_minutes").is_none()), "{place}");
    for (language, said) in [
        ("nl", "Er is nog geen loket bezet"),
        ("fr", "Aucun guichet n’est encore occupé"),
        ("de", "Noch ist kein Schalter besetzt"),
        ("en", "No desk is staffed yet"),
    ] {
        let page =
            world.http.get(format!("{}/locations/deinze?language={language}", world.server)).send().await.unwrap();
        let html = page.text().await.unwrap();
        assert!(html.contains(said), "{html}");
    }
    for _ in 0..6 {
        number(&world, &clerk, SERVICE).await;
    }
    assert_eq!(of(&token).await["waiting"], 6, "at once, however often it is asked");
    for _ in 0..5 {
        serve(&world, &clerk, 1, 10).await;
    }
    // Fifty minutes later.
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let place = of(&token).await;
    assert_eq!(place["waiting"], 1, "{place}");
    assert_eq!(place["waits"], json!({ "half": 20, "nine_in_ten": 40 }), "{place}");
    let (_, all) = world.get("/v1/locations", &token).await;
    assert_eq!(all[0], place);
    // The same for who has no app, and as data.
    let page = async |path: &str| {
        let answer = world.http.get(format!("{}{path}", world.server)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, html) = page("/locations/deinze?language=nl").await;
    assert_eq!(status, 200, "{html}");
    for said in
        ["Nu open", "Er wacht nu 1 persoon.", "ongeveer 10 minuten", "niet langer dan 20 minuten", "Openingsuren"]
    {
        assert!(html.contains(said), "{said}: {html}");
    }
    let (status, data) = page("/locations/deinze/data.json").await;
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!((status, &data["@context"]), (200, &json!("https://schema.org")));
    assert_eq!(data["@graph"][0]["openingHoursSpecification"][0]["@type"], "OpeningHoursSpecification", "{data}");
    assert_eq!(page("/locations/nergens").await.0, 404);
    world.at("2027-03-01 23:00");
    let (_, html) = page("/locations/deinze?language=nl").await;
    assert!(html.contains("Nu gesloten. Open op 2 maart 2027"), "{html}");
}

async fn a_visit_on_paper_for_who_has_no_phone(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let wish = json!({
        "visitor": "Jo <b>zonder</b> app", "service_id": SERVICE, "location_id": PLACE,
        "starts_at": "2027-03-02T08:00:00Z", "persons": 1, "reason": "visit",
    });
    let (status, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{visit}");
    let path = format!("{}/staff/v1/appointments/{}/slip", world.server, visit["id"].as_str().unwrap());
    let get = async |path: String| world.http.get(path).bearer_auth(&clerk).send().await.unwrap();
    let page = get(format!("{path}?reason=visit")).await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    let html = page.text().await.unwrap();
    let reference = visit["reference"].as_str().unwrap();
    for said in [reference, "<svg", "dinsdag 2 maart 2027, 9.00 uur", "Identiteitskaart", "Stadhuis"] {
        assert!(html.contains(said), "{said}: {html}");
    }
    // It lies on a printer: it names nobody.
    assert!(!html.contains("zonder"), "{html}");
    let pdf = get(format!("{path}.pdf?reason=visit")).await;
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    let bytes = pdf.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.ends_with(b"%%EOF"), "{} bytes", bytes.len());
    let off = format!("/staff/v1/appointments/{}?reason=visit", visit["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &off, Some(&clerk), None).await.0, 200);
    assert_eq!(get(format!("{path}?reason=visit")).await.status(), 404, "it is off");
}

async fn the_counter_sees_what_somebody_was_told_and_how_they_are_reached(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.unwrap().access;
    book(&world, &token, "2027-03-02T08:00:00Z", false).await;
    let found = async |born: &str| {
        let who = json!({ "family_name": "Z", "birth_date": born, "reason": "telephone" });
        let (_, all) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &who).await;
        all[0]["id"].as_str().unwrap_or_else(|| panic!("{all}")).to_owned()
    };
    let (anna_id, luc_id) = (found("1985-05-05").await, found("1960-01-01").await);
    let of = async |id: &str, what: &str| {
        let (status, answer) = world.get(&format!("/staff/v1/residents/{id}/{what}?reason=telephone"), &clerk).await;
        assert_eq!(status, 200, "{what}: {answer}");
        answer
    };
    let wish = json!({
        "resident_id": luc_id, "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-02T09:00:00Z",
        "persons": 1, "reason": "telephone",
    });
    let (status, _) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200);
    world.drain().await;
    let told = of(&anna_id, "messages").await;
    let booked = told.as_array().unwrap().iter().find(|m| m["title"].as_str().unwrap().starts_with("Je afspraak op"));
    assert!(booked.is_some_and(|m| m.get("unreached").is_none()), "{told}");
    let told = of(&luc_id, "messages").await;
    assert_eq!((&told[0]["unreached"], told[0].get("shown_at")), (&json!("no_app"), None), "{told}");
    let reached = of(&anna_id, "preferences").await;
    assert_eq!((&reached["has_app"], &reached["preferences"]["language"]), (&json!(true), &json!("nl")), "{reached}");
    assert_eq!(of(&luc_id, "preferences").await["has_app"], false);
    let wish = json!({ "location_id": PLACE, "service_id": SERVICE, "resident_id": luc_id });
    assert_eq!(world.json("POST", "/staff/v1/tickets", Some(&clerk), &wish).await.0, 200);
    let waits = json!({ "service_id": SERVICE });
    assert_eq!(world.json("POST", "/v1/waiting", Some(&token), &waits).await.0, 200);
    assert_eq!(of(&luc_id, "turns").await["tickets"][0]["number"], "B1");
    assert_eq!(of(&anna_id, "turns").await["waiting"][0]["service_id"], SERVICE);
    // She can read each of these looks, once.
    of(&anna_id, "messages").await;
    let (_, trail) = world.get("/v1/audit", &token).await;
    let looks =
        trail["entries"].as_array().unwrap().iter().filter(|e| e["what"].as_str().unwrap().contains("berichten"));
    assert_eq!(looks.count(), 1, "{trail}");
}

async fn a_week_at_a_glance_looks_at_nobody(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    book(&world, &token, "2027-03-02T08:00:00Z", false).await;
    book(&world, &token, "2027-03-09T08:00:00Z", false).await;
    let path = format!("/staff/v1/agenda/week?location_id={PLACE}&from=2027-03-01");
    let before = world.figure("select count(*) from audit_entry").await;
    let (status, week) = world.get(&path, &clerk).await;
    assert_eq!((status, week.as_array().unwrap().len()), (200, 1), "{week}");
    assert_eq!((&week[0]["day"], &week[0]["desk_id"]), (&json!("2027-03-02"), &json!(desk(1))), "{week}");
    assert_eq!(week[0].get("name"), None);
    assert_eq!(world.figure("select count(*) from audit_entry").await, before);
}

async fn the_agenda_knows_when_each_desk_is_there_and_who_came(world: World) {
    let (planner, clerk) = hall(&world, 2).await;
    let path = format!("/staff/v1/locations/{PLACE}");
    let (_, all) = world.get("/staff/v1/locations", &planner).await;
    let mut plan = all[0]["plan"].clone();
    plan["hours"] = json!([{ "weekday": 2, "opens": 540, "closes": 720, "valid_from": "2027-01-01" }]);
    plan["desks"][1]["absences"] = json!([{ "from": "2027-03-02T09:00:00Z", "until": "2027-03-02T10:00:00Z" }]);
    assert_eq!(world.json("PUT", &path, Some(&planner), &plan).await.0, 200);
    let hours = async |from: &str| {
        let (status, hours) =
            world.get(&format!("/staff/v1/agenda/hours?location_id={PLACE}&from={from}"), &clerk).await;
        assert_eq!((status, hours.as_array().unwrap().len()), (200, 7), "{hours}");
        hours
    };
    let whole = json!({ "from": "2027-03-02T08:00:00Z", "until": "2027-03-02T11:00:00Z" });
    let week = hours("2027-03-01").await;
    assert_eq!((&week[0]["open"], &week[1]["open"]), (&json!([]), &json!([whole])), "{week}");
    let desks = json!([
        { "desk_id": desk(1), "there": [whole] },
        { "desk_id": desk(2), "there": [
            { "from": "2027-03-02T08:00:00Z", "until": "2027-03-02T09:00:00Z" },
            { "from": "2027-03-02T10:00:00Z", "until": "2027-03-02T11:00:00Z" },
        ] },
    ]);
    assert_eq!((&week[1]["day"], &week[1]["desks"]), (&json!("2027-03-02"), &desks), "{week}");
    // A desk that serves nothing, or nothing that is offered, takes no visits, and is not counted as open for any.
    let (_, all) = world.get("/staff/v1/locations", &planner).await;
    let was = all[0]["plan"].clone();
    let mut nothing = was.clone();
    nothing["desks"][1]["services"] = json!([]);
    let (status, saved) = world.json("PUT", &path, Some(&planner), &nothing).await;
    assert_eq!(status, 200, "{saved}");
    let of_desks = json!([{ "desk_id": desk(1), "there": [whole] }, { "desk_id": desk(2), "there": [] }]);
    assert_eq!(hours("2027-03-01").await[1]["desks"], of_desks);
    let figures = format!("/staff/v1/locations/{PLACE}/figures?from=2027-03-02&until=2027-03-02&by=desk");
    let (status, planned) = world.get(&figures, &planner).await;
    assert_eq!((status, planned["groups"].as_array().map(Vec::len)), (200, Some(1)), "{planned}");
    let mut again = was.clone();
    again["version"] = saved["plan"]["version"].clone();
    assert_eq!(world.json("PUT", &path, Some(&planner), &again).await.0, 200);
    // What closes it suddenly is no hour of it.
    let closure = json!({
        "location_id": PLACE, "from": "2027-03-02T10:00:00Z", "until": "2027-03-02T11:00:00Z",
        "reasons": [{ "language": "nl", "text": "Stroompanne" }],
    });
    let (status, made) = world.json("POST", "/staff/v1/closures", Some(&planner), &closure).await;
    assert_eq!(status, 200, "{made}");
    let left = json!([{ "from": "2027-03-02T08:00:00Z", "until": "2027-03-02T10:00:00Z" }]);
    assert_eq!(hours("2027-03-02").await[0]["open"], left);
    let nowhere = "/staff/v1/agenda/hours?location_id=01935c3e-0000-7000-8000-0000000dead0&from=2027-03-01";
    assert_eq!(world.get(nowhere, &clerk).await.0, 404);

    // Who comes is seen by the visit and the number, and by no name; who has no visit is not of the agenda.
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let (_, visit) = book(&world, &token, "2027-03-02T08:40:00Z", false).await;
    world.clock.set("2027-03-02T08:25:00Z".parse().unwrap());
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let came = async || world.get(&format!("/staff/v1/halls/{PLACE}/arrivals"), &clerk).await.1;
    assert_eq!(came().await, json!([]));
    number(&world, &clerk, SERVICE).await;
    assert_eq!(check_in(&world, &token, &visit, here()).await.0, 200);
    let before = world.figure("select count(*) from audit_entry").await;
    let there = |state: &str| json!([{ "appointment_id": visit["id"], "number": "A2", "state": state }]);
    assert_eq!(came().await, there("waiting"));
    assert_eq!(world.figure("select count(*) from audit_entry").await, before, "nobody was looked at");
    // Who has no appointment was there before it was time.
    let first = next(&world, &clerk, 1).await.1["called"].clone();
    for what in ["start", "finish"] {
        step(&world, &clerk, &first, what).await;
    }
    assert_eq!(came().await, there("waiting"));
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!(called["number"], "A2", "{called}");
    assert_eq!(came().await, there("called"));
    // Parked, sent on, or there again after nobody came: one visit, as it is now.
    step(&world, &clerk, &called, "park").await;
    assert_eq!(came().await, there("parked"));
    let back = format!("/staff/v1/tickets/{}/take-back", called["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &back, Some(&clerk), &json!({ "desk_id": desk(1) })).await.0, 200);
    world.clock.advance(chrono::Duration::minutes(1));
    let on = format!("/staff/v1/tickets/{}/send-on", called["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &on, Some(&clerk), &json!({ "service_id": OTHER })).await.0, 200);
    assert_eq!(came().await, there("waiting"));
    let called = next(&world, &clerk, 2).await.1["called"].clone();
    step(&world, &clerk, &called, "miss").await;
    assert_eq!(came().await, there("missed"));
    world.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(check_in(&world, &token, &visit, here()).await.0, 200);
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    let number = called["number"].as_str().unwrap();
    let again = |state: &str| json!([{ "appointment_id": visit["id"], "number": number, "state": state }]);
    assert_eq!(came().await, again("called"));
    step(&world, &clerk, &called, "start").await;
    step(&world, &clerk, &called, "finish").await;
    assert_eq!(came().await, again("done"));
    assert_eq!(world.get("/staff/v1/halls/01935c3e-0000-7000-8000-0000000dead0/arrivals", &clerk).await.0, 404);
}

async fn what_was_planned_before_is_kept_and_can_be_saved_again(world: World) {
    let (planner, clerk) = hall(&world, 2).await;
    let path = format!("/staff/v1/locations/{PLACE}");
    let (_, all) = world.get("/staff/v1/locations", &planner).await;
    let first = all[0]["plan"].clone();
    let mut changed = first.clone();
    changed["hours"] = json!([{ "weekday": 1, "opens": 600, "closes": 660, "valid_from": "2027-01-01" }]);
    let second = world.staff("Petra", &["Planner:0207509031"]).await;
    let (status, put) = world.json("PUT", &path, Some(&second), &changed).await;
    assert_eq!((status, &put["plan"]["version"]), (200, &json!(2)), "{put}");
    let (status, versions) = world.get(&format!("{path}/versions"), &planner).await;
    assert_eq!(status, 200, "{versions}");
    let of: Vec<_> =
        versions.as_array().unwrap().iter().map(|v| (v["version"].clone(), v["saved_by"].clone())).collect();
    assert_eq!(of.len(), 2, "{versions}");
    assert_eq!((&of[0].0, &of[1].0), (&json!(2), &json!(1)));
    assert!(of[0].1 != of[1].1 && of.iter().all(|(_, by)| by.is_string()), "{versions}");
    // Taken back: the older one is saved over what stands, as any change; pressed twice, it is the same.
    let (status, old) = world.get(&format!("{path}/versions/1"), &planner).await;
    assert_eq!((status, &old["hours"]), (200, &first["hours"]), "{old}");
    let mut again = old.clone();
    again["version"] = json!(2);
    let (status, saved) = world.json("PUT", &path, Some(&planner), &again).await;
    assert_eq!(status, 200, "{saved}");
    assert_eq!(world.json("PUT", &path, Some(&planner), &again).await, (200, saved));
    assert_eq!(world.json("PUT", &path, Some(&second), &again).await.1["code"], "edited_meanwhile");
    // A colleague of the same name is somebody else.
    let planners = ["Planner:0207509031"];
    let (jan, other) = (world.staff("Jan Maes", &planners).await, world.namesake("Jan Maes", &planners).await);
    let service = format!("/staff/v1/services/{OTHER}");
    let (_, services) = world.get("/staff/v1/services", &jan).await;
    let mine = services.as_array().unwrap().iter().find(|s| s["id"] == OTHER).unwrap()["plan"].clone();
    let saved = world.json("PUT", &service, Some(&jan), &mine).await;
    assert_eq!(saved.0, 200, "{saved:?}");
    assert_eq!(world.json("PUT", &service, Some(&other), &mine).await.1["code"], "edited_meanwhile");
    assert_eq!(world.json("PUT", &service, Some(&jan), &mine).await, saved);
    let (_, now) = world.get("/staff/v1/locations", &planner).await;
    assert_eq!((&now[0]["plan"]["hours"], &now[0]["plan"]["version"]), (&first["hours"], &json!(3)));
    assert_eq!(world.get(&format!("{path}/versions/9"), &planner).await.0, 404);
    assert_eq!(world.get(&format!("{path}/versions"), &clerk).await.0, 403);
    let (status, versions) = world.get(&format!("/staff/v1/services/{SERVICE}/versions"), &planner).await;
    assert_eq!((status, versions.as_array().unwrap().len()), (200, 1), "{versions}");
    let (status, plan) = world.get(&format!("/staff/v1/services/{SERVICE}/versions/1"), &planner).await;
    assert_eq!((status, &plan["minutes"]), (200, &json!(15)), "{plan}");
}

/// Emma's mother, whose visit is for Emma; and what tells the trail of each.
async fn a_mother_with_a_visit_for_her_child(world: &World, clerk: &str) -> (String, Value) {
    let anna = somebody("Anna", "1985-05-05");
    let emma = somebody("Emma", "2019-04-04").child_of(&[&anna]);
    world.people(&[&anna, &emma]).await;
    world.papers(&[paper(&emma, "eid", "2024-06-01", "2027-06-01")]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let (_, all) = world.get("/v1/documents", &token).await;
    let wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-01T10:00:00Z", "persons": 1, "hold": false,
        "document_ids": [all[0]["id"]],
    });
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish).await;
    assert_eq!(status, 200, "{visit}");
    world.at("2027-03-01 10:55");
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let checked = json!({ "location_id": PLACE, "code": visit["reference"] });
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(clerk), &checked).await;
    assert_eq!(status, 200, "{ticket}");
    (token, ticket)
}

/// Who is in the trail of the child, by the names of staff.
async fn who_saw_a_child(world: &World) -> Vec<String> {
    world
        .texts(
            "select e.actor_name from audit_entry e join resident p on p.id = e.resident_id
             where p.given_names = 'Emma' and e.act = 'visit_read' order by e.actor_name",
        )
        .await
}

async fn whoever_takes_over_a_desk_is_written_down_as_seeing_who_is_there(world: World) {
    let (_, rik) = hall(&world, 2).await;
    let (_, ticket) = a_mother_with_a_visit_for_her_child(&world, &rik).await;
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    let (status, called) = next(&world, &rik, 1).await;
    assert_eq!((status, &called["called"]["subjects"][0]["document_kind"]), (200, &json!("eid")), "{called}");
    let by_rik = who_saw_a_child(&world).await;
    assert_eq!(by_rik.len(), 1, "{by_rik:?}");
    assert_eq!(sign_on(&world, &lies, 1, true).await.0, 200);
    for _ in 0..2 {
        let (_, seen) = world.get(&format!("/staff/v1/desks/{}", desk(1)), &lies).await;
        assert_eq!(seen["current"]["id"], ticket["id"], "{seen}");
    }
    let saw = who_saw_a_child(&world).await;
    assert_eq!(saw.len(), 2, "one line for each who saw, however often: {saw:?}");
    assert!(saw.iter().any(|name| *name != by_rik[0]), "{saw:?}");
    // And whoever takes back whom a colleague let wait aside.
    assert_eq!(step(&world, &lies, &ticket, "park").await.0, 200);
    let third = world.staff("Mo", &["Loket:0207509031"]).await;
    let back = format!("/staff/v1/tickets/{}/take-back", ticket["id"].as_str().unwrap());
    let (status, again) = world.json("POST", &back, Some(&third), &json!({ "desk_id": desk(2) })).await;
    assert_eq!(status, 200, "{again}");
    assert_eq!(who_saw_a_child(&world).await.len(), 3);
}

async fn a_call_again_passes_the_rules_of_a_call(world: World) {
    let (_, rik) = hall(&world, 1).await;
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    number(&world, &rik, SERVICE).await;
    let called = next(&world, &rik, 1).await.1["called"].clone();
    assert_eq!(sign_on(&world, &rik, 1, false).await.0, 200);
    assert_eq!(step(&world, &lies, &called, "recall").await.1["code"], "desk_taken");
    let stop = format!("/staff/v1/halls/{PLACE}/stop");
    assert_eq!(world.raw("PUT", &stop, Some(&lies), None).await.0, 200);
    assert_eq!(step(&world, &rik, &called, "recall").await.1["code"], "hall_stopped");
    let wish = json!({ "location_id": PLACE, "service_id": SERVICE });
    let (status, refused) = world.json("POST", "/staff/v1/tickets", Some(&rik), &wish).await;
    assert_eq!((status, &refused["code"]), (409, &json!("hall_stopped")), "no number of what nobody calls");
    // In the app too: it is for the moment.
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (status, refused) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    assert_eq!((status, &refused["code"]), (409, &json!("hall_stopped")), "{refused}");
    assert!(refused["title"].as_str().unwrap().contains("For the moment"), "{refused}");
    assert_eq!(world.raw("DELETE", &stop, Some(&lies), None).await.0, 200);
    assert_eq!(step(&world, &rik, &called, "recall").await.1["calls"], 2);
    // A stop and a call at once: whichever is first, nobody is called once it is stopped.
    assert_eq!(step(&world, &rik, &called, "miss").await.0, 200);
    for _ in 0..4 {
        number(&world, &rik, SERVICE).await;
    }
    let stopping = async { world.raw("PUT", &stop, Some(&lies), None).await };
    let (stopped, _) = futures_util::future::join(stopping, next(&world, &rik, 1)).await;
    assert_eq!(stopped.0, 200);
    let called = world.figure("select count(*) from ticket where state = 'called'").await;
    assert_eq!(next(&world, &rik, 1).await.1["code"], "hall_stopped");
    assert_eq!(world.figure("select count(*) from ticket where state = 'called'").await, called);
}

async fn who_was_called_waited_aside_and_is_called_for_the_same_hears_it_again(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let take = async |service: &str| {
        let mut wish = json!({ "location_id": PLACE, "service_id": service });
        wish.as_object_mut().unwrap().extend(here().as_object().unwrap().clone());
        let (status, ticket) = world.json("POST", "/v1/tickets", Some(&token), &wish).await;
        assert_eq!(status, 200, "{ticket}");
        ticket
    };
    let first = take(OTHER).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!((&called["id"], &called["calls"]), (&first["id"], &json!(1)), "{called}");
    assert_eq!(step(&world, &clerk, &called, "park").await.0, 200);
    assert_eq!(tickets(&world, &token).await[0]["is_parked"], true);
    take(SERVICE).await;
    let second = next(&world, &clerk, 1).await.1["called"].clone();
    let on = format!("/staff/v1/tickets/{}/send-on", second["id"].as_str().unwrap());
    let (status, sent) = world.json("POST", &on, Some(&clerk), &json!({ "service_id": OTHER })).await;
    assert_eq!((status, &sent["id"]), (200, &first["id"]), "with the number that she has for it: {sent}");
    let again = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!((&again["id"], &again["calls"]), (&first["id"], &json!(2)), "{again}");
    world.drain().await;
    phone.receive_all().await;
    let inbox = phone.inbox().await.unwrap();
    let calls = inbox.iter().filter(|m| m.title == "B1: je bent aan de beurt");
    assert_eq!(calls.count(), 2, "she hears each call, also after one that was taken back");
}

async fn a_visit_of_who_waited_aside_and_went_can_be_moved(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (token, ticket) = a_mother_with_a_visit_for_her_child(&world, &clerk).await;
    assert_eq!(next(&world, &clerk, 1).await.0, 200);
    assert_eq!(step(&world, &clerk, &ticket, "park").await.0, 200);
    let path = format!("/v1/tickets/{}", ticket["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&token), None).await.0, 200);
    let (_, visits) = world.get("/v1/appointments", &token).await;
    let path = format!("/v1/appointments/{}/move", visits[0]["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-02T08:00:00Z" });
    let (status, moved) = world.json("POST", &path, Some(&token), &to).await;
    assert_eq!(status, 200, "{moved}");
}

async fn days_that_are_unlike_their_weekday_are_told(world: World) {
    let (planner, _) = hall(&world, 1).await;
    let (_, all) = world.get("/staff/v1/locations", &planner).await;
    let mut plan = all[0]["plan"].clone();
    plan["exceptions"] = json!([{ "day": "2027-03-06", "opens": 540, "closes": 600 }, { "day": "2027-03-08" }]);
    assert_eq!(world.json("PUT", &format!("/staff/v1/locations/{PLACE}"), Some(&planner), &plan).await.0, 200);
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let (_, place) = world.get(&format!("/v1/locations/{PLACE}"), &token).await;
    // Easter Monday is a holiday, of which no plan says anything.
    let unlike = json!([
        { "day": "2027-03-06", "opens": 540, "closes": 600 }, { "day": "2027-03-08" }, { "day": "2027-03-29" },
    ]);
    assert_eq!(place["exceptions"], unlike, "{place}");
    let answer = world.http.get(format!("{}/locations/deinze/data.json", world.server)).send().await.unwrap();
    assert_eq!(answer.headers().get_all("content-type").iter().count(), 1);
    let data: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let special = &data["@graph"][0]["specialOpeningHoursSpecification"];
    let easter = json!({
        "@type": "OpeningHoursSpecification", "validFrom": "2027-03-29", "validThrough": "2027-03-29",
        "opens": "00:00", "closes": "00:00",
    });
    assert_eq!((special.as_array().unwrap().len(), &special[2]), (3, &easter), "{special}");
    // A stop is no closing: nobody is told to come another day.
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    assert_eq!(world.raw("PUT", &format!("/staff/v1/halls/{PLACE}/stop"), Some(&clerk), None).await.0, 200);
    let (_, place) = world.get(&format!("/v1/locations/{PLACE}"), &token).await;
    let told = (&place["is_open"], &place["is_stopped"], place.get("opens_at"));
    assert_eq!(told, (&json!(false), &json!(true), None), "{place}");
}

async fn a_slip_tells_no_number_of_the_citizens(world: World) {
    let (planner, clerk) = hall(&world, 1).await;
    let mut plan = crate::appointments::place(1).to_string().replace(&desk(1), &desk(9)).parse::<Value>().unwrap();
    (plan["kind"], plan["names"]) = (json!("telephone"), json!([{ "language": "nl", "text": "Aan de telefoon" }]));
    let phone = "01935c3e-0000-7000-8000-00000000bbbc";
    let (status, put) = world.json("PUT", &format!("/staff/v1/locations/{phone}"), Some(&planner), &plan).await;
    assert_eq!(status, 200, "{put}");
    let wish = json!({
        "visitor": "Jo", "service_id": SERVICE, "location_id": phone, "starts_at": "2027-03-02T08:00:00Z", "persons": 1,
        "contact": "0470 12 34 56", "reason": "telephone",
    });
    let (status, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{visit}");
    let path =
        format!("{}/staff/v1/appointments/{}/slip?reason=telephone", world.server, visit["id"].as_str().unwrap());
    let html = world.http.get(path).bearer_auth(&clerk).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("Aan de telefoon") && !html.contains("0470"), "{html}");
    assert!(!html.contains("<svg"), "nobody comes to a kiosk: {html}");
}

async fn who_is_gone_already_is_shown_to_nobody_unseen(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    let (status, ticket) = check_in(&world, &token, &visit, here()).await;
    assert_eq!(status, 200, "{ticket}");
    let ticket = format!("/staff/v1/tickets/{}", ticket["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &ticket, Some(&clerk), None).await.0, 200);
    let lies = world.staff("Lies", &["Loket:0207509031"]).await;
    let looks = "select actor_name from audit_entry where act = 'visit_read'";
    assert!(world.texts(looks).await.is_empty());
    let (status, gone) = world.raw("DELETE", &ticket, Some(&lies), None).await;
    assert_eq!((status, &gone["state"]), (200, &json!("left")), "{gone}");
    assert_eq!(world.texts(looks).await, ["Lies"]);
}
