//! The day itself: checking in, numbers, desks that call, and the screen that everyone sees.

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, desk, place, put, service},
    world::{World, somebody},
};

journeys! {
    from_checking_in_to_called_and_asked,
    an_appointment_goes_before_who_just_came_and_nobody_waits_for_ever,
    two_desks_never_call_the_same,
    a_kiosk_reads_a_code_and_gives_numbers,
    the_wait_is_calculated_from_what_really_happened,
    who_is_sent_on_missed_or_gone,
    who_was_never_called_reads_nothing_else,
    what_a_day_left_open_does_not_stand_in_the_way_of_the_next,
    a_call_of_yesterday_stands_on_no_lock_screen,
    who_has_an_appointment_and_takes_a_number_has_one_turn,
    the_screen_hears_it_at_once_and_knows_no_names,
    what_visitors_thought_is_told_of_ten_at_least,
    the_house_forgets_visits_past_their_keeping,
    who_waits_where_nobody_calls_any_more_is_told,
    nobody_waits_in_a_hall_for_a_call,
}

/// Where the town hall stands, and a phone at its door.
const DOOR: (f64, f64) = (50.9817, 3.5306);
pub(crate) const OTHER: &str = "01935c3e-0000-7000-8000-00000000aaab";

pub(crate) fn here() -> Value {
    json!({ "latitude": 50.9819, "longitude": 3.5309 })
}

/// A town hall with so many desks, at a place that is known; the last desk serves another service as well.
pub(crate) async fn hall(world: &World, desks: u128) -> (String, String) {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
    let mut other = service();
    other["names"] = json!([{ "language": "nl", "text": "Rijbewijs" }]);
    put(world, &planner, &format!("/staff/v1/services/{OTHER}"), &other).await;
    let mut plan = place(desks);
    (plan["latitude"], plan["longitude"]) = (json!(DOOR.0), json!(DOOR.1));
    plan["desks"][usize::try_from(desks).unwrap() - 1]["services"] = json!([SERVICE, OTHER]);
    put(world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    (planner, world.staff("Rik", &["Loket:0207509031"]).await)
}

pub(crate) async fn check_in(world: &World, token: &str, visit: &Value, body: Value) -> (u16, Value) {
    world
        .json("POST", &format!("/v1/appointments/{}/check-in", visit["id"].as_str().unwrap()), Some(token), &body)
        .await
}

pub(crate) async fn next(world: &World, clerk: &str, n: u128) -> (u16, Value) {
    world.raw("POST", &format!("/staff/v1/desks/{}/next", desk(n)), Some(clerk), None).await
}

pub(crate) async fn step(world: &World, clerk: &str, ticket: &Value, what: &str) -> (u16, Value) {
    let path = format!("/staff/v1/tickets/{}/{what}", ticket["id"].as_str().unwrap());
    world.raw("POST", &path, Some(clerk), None).await
}

/// Somebody signs on at a desk: from then on it is known how long one waits for it.
pub(crate) async fn mans(world: &World, clerk: &str, n: u128) {
    let path = format!("/staff/v1/desks/{}/clerk", desk(n));
    let (status, answer) = world.json("PUT", &path, Some(clerk), &json!({ "take_over": false })).await;
    assert_eq!(status, 200, "{answer}");
}

/// Calls the next, who sits down and is helped for so many minutes.
pub(crate) async fn serve(world: &World, clerk: &str, n: u128, minutes: i64) -> String {
    let (status, answer) = next(world, clerk, n).await;
    assert_eq!(status, 200, "{answer}");
    let called = &answer["called"];
    assert_eq!(step(world, clerk, called, "start").await.0, 200);
    world.clock.advance(chrono::Duration::minutes(minutes));
    assert_eq!(step(world, clerk, called, "finish").await.0, 200);
    called["number"].as_str().unwrap().to_owned()
}

/// A number for somebody without a phone.
pub(crate) async fn number(world: &World, clerk: &str, service: &str) -> Value {
    let wish = json!({ "location_id": PLACE, "service_id": service });
    let (status, ticket) = world.json("POST", "/staff/v1/tickets", Some(clerk), &wish).await;
    assert_eq!(status, 200, "{ticket}");
    ticket
}

pub(crate) async fn tickets(world: &World, token: &str) -> Value {
    let (status, mine) = world.get("/v1/tickets", token).await;
    assert_eq!(status, 200, "{mine}");
    mine
}

async fn anna(world: &World) -> (Phone, String) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    (phone, token)
}

async fn from_checking_in_to_called_and_asked(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (mut phone, token) = anna(&world).await;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    let tomorrow = book(&world, &token, "2027-03-02T08:00:00Z", false).await.1;
    for (at, body, code) in [
        (&visit, json!({ "latitude": 50.99, "longitude": 3.53 }), "not_there"),
        (&visit, json!({}), "body_invalid"),
        (&visit, json!({ "latitude": 91.0, "longitude": 3.53 }), "body_invalid"),
        (&tomorrow, here(), "check_in_closed"),
    ] {
        assert_eq!(check_in(&world, &token, at, body.clone()).await.1["code"], code, "{body}");
    }
    let (status, ticket) = check_in(&world, &token, &visit, here()).await;
    assert_eq!((status, &ticket["number"], &ticket["state"]), (200, &json!("A1"), &json!("waiting")), "{ticket}");
    // Again, also on two phones at once: the same number.
    let again = futures_util::future::join_all((0..4).map(|_| check_in(&world, &token, &visit, here()))).await;
    assert!(again.iter().all(|(status, t)| *status == 200 && t["id"] == ticket["id"]), "{again:?}");
    assert_eq!(world.figure("select count(*) from ticket").await, 1);
    // Nothing tells where she was.
    world.drain().await;
    phone.receive_all().await;
    let (lights, before) = (phone.lock_screen.len(), phone.inbox().await.unwrap().len());

    let (_, queue) = world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await;
    assert_eq!((&queue[0]["number"], queue[0].get("name")), (&json!("A1"), None), "numbers and no names: {queue}");
    // A lost answer and a retry call one.
    let path = format!("{}/staff/v1/desks/{}/next", world.server, desk(1));
    let mut called = Value::Null;
    for _ in 0..2 {
        let request = world.http.post(&path).bearer_auth(&clerk).header("idempotency-key", "volgende-om-tien");
        called = request.send().await.unwrap().json::<Value>().await.unwrap()["called"].clone();
        assert_eq!((&called["number"], &called["name"]), (&json!("A1"), &json!("Anna Zonnebloem")), "{called}");
    }
    assert_eq!(next(&world, &clerk, 1).await.1["code"], "desk_busy");
    world.drain().await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), lights + 1);
    assert_eq!(phone.lock_screen.last().unwrap().text, "Kijk nu in de app van je gemeente.");
    let inbox = phone.inbox().await.unwrap();
    assert_eq!(inbox.len(), before + 1);
    let told = inbox.iter().find(|m| m.title == "A1: je bent aan de beurt").expect("she is told");
    assert_eq!(told.body, "Ga nu naar Loket 1 in Stadhuis, voor Identiteitskaart.");
    let mine = tickets(&world, &token).await;
    assert_eq!((&mine[0]["state"], &mine[0]["desk"]), (&json!("called"), &json!("Loket 1")));
    // Again; she comes; it is done.
    assert_eq!(step(&world, &clerk, &called, "recall").await.1["calls"], 2);
    assert_eq!(step(&world, &clerk, &called, "start").await.1["state"], "serving");
    for wrong in ["start", "recall", "miss"] {
        assert_eq!(step(&world, &clerk, &called, wrong).await.1["code"], "ticket_elsewhere", "{wrong}");
    }
    world.clock.advance(chrono::Duration::minutes(7));
    assert_eq!(step(&world, &clerk, &called, "finish").await.1["state"], "done");
    assert_eq!(check_in(&world, &token, &visit, here()).await.1["code"], "visit_begun", "it is over");
    assert_eq!(next(&world, &clerk, 1).await.1, json!({}), "nobody waits");
    // One question, once, and nobody's name with it.
    assert_eq!(tickets(&world, &token).await[0]["may_answer"], true);
    assert_eq!(phone.inbox().await.unwrap()[0].title, "Hoe ging het?");
    let path = format!("/v1/tickets/{}/answer", ticket["id"].as_str().unwrap());
    for (body, status) in [
        (json!({ "score": 6 }), 400),
        (json!({ "score": 5, "line": "x".repeat(501) }), 400),
        (json!({ "score": 5, "line": "Vlot geholpen." }), 200),
        (json!({ "score": 1 }), 404),
    ] {
        assert_eq!(world.json("POST", &path, Some(&token), &body).await.0, status, "{body}");
    }
    assert_eq!(world.texts("select line from answer").await, ["Vlot geholpen."]);
    let (_, told) = world.get("/staff/v1/opinions?from=2027-03-01&until=2027-03-01", &clerk).await;
    assert_eq!(told, json!([]), "one answer is somebody's");
    // She can read who called her, and who looked.
    let (_, audit) = world.get("/v1/audit", &token).await;
    for word in ["riep je naar een loket", "hielp je aan een loket"] {
        assert!(audit.to_string().contains(word), "{word}: {audit}");
    }
}

async fn an_appointment_goes_before_who_just_came_and_nobody_waits_for_ever(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let tokens = citizens(&world, 3).await;
    let mut visits = Vec::new();
    // At 11:00, 11:20 and 11:40; it is ten.
    for (token, at) in tokens.iter().zip(["10:00", "10:20", "10:40"]) {
        let (status, visit) = book(&world, token, &format!("2027-03-01T{at}:00Z"), false).await;
        assert_eq!(status, 200, "{visit}");
        visits.push(visit);
    }
    world.at("2027-03-01 10:50");
    let early = number(&world, &clerk, SERVICE).await;
    world.at("2027-03-01 10:58");
    let numbers: Vec<Value> = futures_util::future::join_all(
        tokens.iter().zip(&visits).take(2).map(|(token, visit)| check_in(&world, token, visit, here())),
    )
    .await
    .into_iter()
    .map(|(_, t)| t["number"].clone())
    .collect();
    let late = number(&world, &clerk, SERVICE).await;
    // The first of eleven, then who came at ten to eleven, who stands at five past; then who came at two to, at thirteen
    // past; then the one of twenty past.
    let (_, queue) = world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await;
    let order: Vec<_> = queue.as_array().unwrap().iter().map(|t| t["number"].clone()).collect();
    assert_eq!(order, [numbers[0].clone(), early["number"].clone(), late["number"].clone(), numbers[1].clone()]);
    let ahead: Vec<_> = queue.as_array().unwrap().iter().map(|t| t["ahead"].as_i64().unwrap()).collect();
    assert_eq!(ahead, [0, 1, 2, 3]);
    let first = serve(&world, &clerk, 1, 5).await;
    assert_eq!(json!(first), numbers[0]);
    // Who comes a quarter too late for theirs stands where somebody without one would.
    world.at("2027-03-01 11:55");
    let (_, late_one) = check_in(&world, &tokens[2], &visits[2], here()).await;
    let after = number(&world, &clerk, SERVICE).await;
    let (_, queue) = world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await;
    let order: Vec<_> = queue.as_array().unwrap().iter().skip(3).map(|t| t["number"].clone()).collect();
    assert_eq!(order, [late_one["number"].clone(), after["number"].clone()]);
    // Cancelled by its citizen: not called.
    world.at("2027-03-01 11:15");
    let path = format!("/v1/appointments/{}", visits[1]["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[1]), None).await.0, 200);
    let (_, queue) = world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await;
    assert!(!queue.to_string().contains(numbers[1].as_str().unwrap()), "{queue}");
}

async fn two_desks_never_call_the_same(world: World) {
    let (_, clerk) = hall(&world, 4).await;
    for _ in 0..30 {
        number(&world, &clerk, SERVICE).await;
    }
    let mut seen = Vec::new();
    for _ in 0..7 {
        // Each desk twice at once: one of the two is told that the desk has somebody.
        let all = (0..8u128).map(|n| next(&world, &clerk, n % 4 + 1));
        let answers = futures_util::future::join_all(all).await;
        let called: Vec<&Value> = answers.iter().filter(|(s, _)| *s == 200).map(|(_, a)| &a["called"]).collect();
        assert_eq!(called.len(), 4, "{answers:?}");
        assert!(answers.iter().all(|(s, a)| *s == 200 || a["code"] == "desk_busy"), "{answers:?}");
        for ticket in called {
            seen.push(ticket["number"].as_str().unwrap().to_owned());
            assert_eq!(step(&world, &clerk, ticket, "start").await.0, 200);
        }
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!((once.len(), seen.len()), (28, 28), "nobody was called twice");
    // The next finishes whom the desk was serving.
    assert_eq!(world.figure("select count(*) from ticket where state = 'done'").await, 24);
}

async fn a_kiosk_reads_a_code_and_gives_numbers(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (_, token) = anna(&world).await;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    let chief = world.staff("Bea", &["Beheer:0207509031"]).await;
    let (_, kiosk) = world.key(&chief, &["check_in"]).await;
    let (_, machine) = world.key(&chief, &["import_residents"]).await;
    let arrive = |key: String, code: String, location: &str| {
        let body = json!({ "location_id": location, "code": code });
        let world = &world;
        async move { world.json("POST", "/staff/v1/check-ins", Some(&key), &body).await }
    };
    let qr = visit["qr"].as_str().unwrap().to_owned();
    for (key, code, status, problem) in [
        (&machine, qr.clone(), 403, "scope_missing"),
        (&kiosk, qr.replace("deinze", "gavere"), 404, "not_found"),
        (&kiosk, "iets anders".to_owned(), 404, "not_found"),
        (&kiosk, String::new(), 400, "body_invalid"),
    ] {
        let (is, answer) = arrive(key.clone(), code.clone(), PLACE).await;
        assert_eq!((is, &answer["code"]), (status, &json!(problem)), "{code}: {answer}");
    }
    let (status, ticket) = arrive(kiosk.clone(), qr.clone(), PLACE).await;
    assert_eq!((status, &ticket["number"], ticket.get("name")), (200, &json!("A1"), None), "{ticket}");
    // Said at the counter, with the app, and at the kiosk again: one turn.
    let said = visit["reference"].as_str().unwrap().replace('-', " ").to_lowercase();
    assert_eq!(arrive(clerk.clone(), said, PLACE).await.1["id"], ticket["id"]);
    assert_eq!(check_in(&world, &token, &visit, here()).await.1["id"], ticket["id"]);
    let received = "select actor_kind from audit_entry where act = 'visitor_received'";
    assert_eq!(world.texts(received).await, ["machine"], "she was received once, and by whom");
    // Numbers for who has no phone; the kiosk knows nobody.
    let wish = json!({ "location_id": PLACE, "service_id": SERVICE });
    let (status, given) = world.json("POST", "/staff/v1/tickets", Some(&kiosk), &wish).await;
    assert_eq!((status, &given["number"], &given["ahead"]), (200, &json!("B2"), &json!(0)), "{given}");
    let mut named = wish.clone();
    named["name"] = json!("mevrouw Zonnebloem");
    let mut known = wish.clone();
    known["resident_id"] = json!(PLACE);
    for (body, field) in [(&named, "name"), (&known, "resident_id")] {
        let (status, refused) = world.json("POST", "/staff/v1/tickets", Some(&kiosk), body).await;
        assert_eq!((status, &refused["field"]), (400, &json!(field)), "{refused}");
    }
    let mut long = wish.clone();
    long["name"] = json!("x".repeat(101));
    for who in [&kiosk, &clerk] {
        assert_eq!(world.json("POST", "/staff/v1/tickets", Some(who), &long).await.1["field"], "name");
    }
    assert_eq!(world.json("POST", "/staff/v1/tickets", Some(&clerk), &named).await.1["number"], "B3");
    // By the app, without an appointment: one number, however often it is asked.
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(OTHER));
    let all =
        futures_util::future::join_all((0..4).map(|_| world.json("POST", "/v1/tickets", Some(&token), &mine))).await;
    assert!(all.iter().all(|(status, t)| *status == 200 && t["id"] == all[0].1["id"]), "{all:?}");
    for (field, value, code) in [
        ("latitude", json!(51.5), "not_there"),
        ("persons", json!(9), "body_invalid"),
        ("service_id", json!(PLACE), "not_found"),
        ("location_id", json!(SERVICE), "not_found"),
    ] {
        let mut wrong = mine.clone();
        wrong[field] = value;
        assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &wrong).await.1["code"], code, "{field}");
    }
    world.at("2027-03-01 12:30");
    let (status, problem) = world.json("POST", "/staff/v1/tickets", Some(&kiosk), &wish).await;
    assert_eq!((status, &problem["code"]), (409, &json!("location_closed")), "{problem}");
}

async fn the_wait_is_calculated_from_what_really_happened(world: World) {
    let (_, clerk) = hall(&world, 2).await;
    let token = citizens(&world, 1).await.remove(0);
    for _ in 0..6 {
        number(&world, &clerk, SERVICE).await;
    }
    // Nobody is at a desk yet: nobody knows how long it will be.
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (_, ticket) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    assert_eq!((&ticket["ahead"], ticket.get("wait_minutes")), (&json!(6), None), "{ticket}");
    // Nothing happened yet: fifteen minutes each, as planned, at the one desk of two that has a clerk.
    mans(&world, &clerk, 1).await;
    let now = tickets(&world, &token).await;
    assert_eq!((&now[0]["ahead"], &now[0]["wait_minutes"]), (&json!(6), &json!(90)), "{now}");
    // One desk works, and needs four minutes for each.
    for _ in 0..3 {
        serve(&world, &clerk, 1, 4).await;
    }
    let now = tickets(&world, &token).await;
    assert_eq!((&now[0]["ahead"], &now[0]["wait_minutes"]), (&json!(3), &json!(12)), "{now}");
    // The second begins: half of it.
    assert_eq!(next(&world, &clerk, 2).await.0, 200);
    let now = tickets(&world, &token).await;
    assert_eq!((&now[0]["ahead"], &now[0]["wait_minutes"]), (&json!(2), &json!(4)), "{now}");
}

async fn who_is_sent_on_missed_or_gone(world: World) {
    let (_, clerk) = hall(&world, 2).await;
    let (mut phone, token) = anna(&world).await;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    // Called and not there: told; and when she is there after all, in the queue again.
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    assert_eq!(step(&world, &clerk, &called, "miss").await.1["state"], "missed");
    world.clock.advance(chrono::Duration::minutes(1));
    let titles = world.titles(&mut phone).await;
    assert!(titles.contains(&"A1: we riepen je, maar zagen je niet".to_owned()), "{titles:?}");
    let token = phone.tokens.clone().unwrap().access;
    let (status, again) = check_in(&world, &token, &visit, here()).await;
    assert_eq!((status, &again["number"]), (200, &json!("A2")), "{again}");
    // Sent on: the same number, before who came meanwhile.
    let waits = number(&world, &clerk, OTHER).await;
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    step(&world, &clerk, &called, "start").await;
    let on = |service: &str| {
        let body = json!({ "service_id": service });
        let path = format!("/staff/v1/tickets/{}/send-on", called["id"].as_str().unwrap());
        let (world, clerk) = (&world, clerk.clone());
        async move { world.json("POST", &path, Some(&clerk), &body).await }
    };
    assert_eq!(on(PLACE).await.0, 404);
    let (status, sent) = on(OTHER).await;
    assert_eq!((status, &sent["number"], &sent["state"]), (200, &json!("A2"), &json!("waiting")), "{sent}");
    assert_eq!(on(OTHER).await.1["code"], "ticket_elsewhere", "twice");
    assert_eq!(next(&world, &clerk, 1).await.1, json!({}), "the first desk cannot serve it");
    assert_eq!(next(&world, &clerk, 2).await.1["called"]["number"], "A2");
    let titles = world.titles(&mut phone).await;
    assert!(titles.contains(&"A2: nog even wachten".to_owned()), "{titles:?}");
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(
        tickets(&world, &token).await.as_array().unwrap().len(),
        2,
        "the one that was sent on is not shown twice"
    );
    // Who goes away is not called.
    let others = citizens(&world, 1).await;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (_, ticket) = world.json("POST", "/v1/tickets", Some(&others[0]), &mine).await;
    let path = format!("/v1/tickets/{}", ticket["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&others[0]), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&others[0]), None).await.0, 200, "the same again");
    let called = next(&world, &clerk, 1).await.1;
    assert_eq!(called, json!({}), "the one who waits, waits for the other desk: {waits}");
    // Who was not called was not missed, and who is not there any more went away.
    assert_eq!(step(&world, &clerk, &waits, "miss").await.1["code"], "ticket_elsewhere");
    let path = format!("/staff/v1/tickets/{}", waits["id"].as_str().unwrap());
    let (status, gone) = world.json("DELETE", &path, Some(&clerk), &json!({})).await;
    assert_eq!((status, &gone["state"]), (200, &json!("left")), "{gone}");
}

/// Whoever waits and is taken off the list is told that, and nothing that did not happen.
async fn who_was_never_called_reads_nothing_else(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (mut phone, token) = anna(&world).await;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (_, ticket) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    let number = ticket["number"].as_str().unwrap().to_owned();
    assert_eq!(step(&world, &clerk, &ticket, "miss").await.0, 409);
    let path = format!("/staff/v1/tickets/{}", ticket["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&clerk), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&clerk), None).await.0, 200, "the same again");
    assert_eq!(world.titles(&mut phone).await[0], format!("{number}: je wacht niet meer"));
    let (_, audit) = world.get("/v1/audit", &token).await;
    let told: Vec<_> = audit["entries"].as_array().unwrap().iter().filter_map(|e| e["what"].as_str()).collect();
    assert_eq!(told, ["Een medewerker van Deinze noteerde dat je weg was voor je geroepen werd."]);
    // And whoever watches over the staff, of which number it was.
    let auditor = world.staff("Ria", &["Toezicht:0207509031"]).await;
    let (_, trail) = world.get("/staff/v1/audit?act=visitor_left", &auditor).await;
    let entry = &trail["entries"][0];
    assert_eq!((&entry["subject_kind"], &entry["subject_name"]), (&json!("ticket"), &json!(number)), "{trail}");
    // Called, she cannot have gone away without it.
    world.clock.advance(chrono::Duration::minutes(1));
    assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &mine).await.0, 200);
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    let path = format!("/staff/v1/tickets/{}", called["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&clerk), None).await.0, 409);
    // Nor does she take the call back from the phone: the desk waits, and another's number does not exist for anybody.
    let other = citizens(&world, 1).await.remove(0);
    let mine = format!("/v1/tickets/{}", called["id"].as_str().unwrap());
    let (status, refused) = world.raw("DELETE", &mine, Some(&token), None).await;
    assert_eq!((status, &refused["code"]), (409, &json!("already_called")), "{refused}");
    assert_eq!(world.raw("DELETE", &mine, Some(&other), None).await.0, 404);
    assert_eq!(tickets(&world, &token).await[0]["state"], "called");
    assert_eq!(step(&world, &clerk, &called, "miss").await.1["state"], "missed");
}

async fn what_a_day_left_open_does_not_stand_in_the_way_of_the_next(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let token = citizens(&world, 1).await.remove(0);
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    number(&world, &clerk, SERVICE).await;
    world.clock.advance(chrono::Duration::minutes(1));
    let (_, yesterday) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    assert_eq!(yesterday["number"], "B2");
    // The power fails with somebody called and somebody waiting; nobody tidies up.
    assert_eq!(next(&world, &clerk, 1).await.0, 200);
    world.at("2027-03-02 10:00");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let (status, today) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    assert_eq!((status, &today["number"]), (200, &json!("B1")), "a new day: {today}");
    let (status, called) = next(&world, &clerk, 1).await;
    assert_eq!((status, &called["called"]["id"]), (200, &today["id"]), "{called}");
    let states = world.texts("select number || ' ' || state from ticket order by day, number").await;
    assert_eq!(states, ["B1 missed", "B2 left", "B1 called"]);
}

async fn a_call_of_yesterday_stands_on_no_lock_screen(world: World) {
    let (_, clerk) = hall(&world, 2).await;
    let (mut phone, token) = anna(&world).await;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &mine).await.0, 200);
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    world.drain().await;
    phone.receive_all().await;
    let (lights, badge) = (phone.lock_screen.len(), phone.badge);
    assert_eq!(phone.lock_screen.last().unwrap().text, "Kijk nu in de app van je gemeente.");
    // She does not come, and nobody tidies up. Late in the evening it is still that day.
    world.at("2027-03-01 23:50");
    world.drain().await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), lights, "it may be seen all day");
    world.at("2027-03-02 00:10");
    world.drain().await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), lights - 1, "{:?}", phone.lock_screen);
    assert_eq!(world.texts("select number || ' ' || state from ticket").await, ["B1 missed"]);
    phone.refresh().await.unwrap();
    let told = phone.inbox().await.unwrap().into_iter().find(|m| m.title == "B1: je bent aan de beurt").unwrap();
    assert!(told.withdrawn_at.is_some(), "it can be read, as what was taken back");
    assert!(badge > 0 && told.read_at.is_none());
    // Who is sent on, and was called: what counts is where they are now.
    world.at("2027-03-02 10:00");
    phone.refresh().await.unwrap();
    let (clerk, token) = (world.staff("Rik", &["Loket:0207509031"]).await, phone.tokens.clone().unwrap().access);
    assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &mine).await.0, 200);
    let again = next(&world, &clerk, 1).await.1["called"].clone();
    assert_ne!(again["id"], called["id"]);
    world.drain().await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), lights);
    let path = format!("/staff/v1/tickets/{}/send-on", again["id"].as_str().unwrap());
    let (status, problem) = world.json("POST", &path, Some(&clerk), &json!({ "service_id": OTHER })).await;
    assert_eq!(status, 200, "{problem}");
    world.drain().await;
    phone.receive_all().await;
    let texts: Vec<_> = phone.lock_screen.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(texts.iter().filter(|t| **t == "Kijk nu in de app van je gemeente.").count(), 0, "{texts:?}");
    // What closes a day before another does takes its calls back too: the next number of the morning.
    world.at("2027-03-03 10:00");
    phone.refresh().await.unwrap();
    let (clerk, token) = (world.staff("Rik", &["Loket:0207509031"]).await, phone.tokens.clone().unwrap().access);
    assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &mine).await.0, 200);
    next(&world, &clerk, 1).await;
    world.drain().await;
    phone.receive_all().await;
    assert!(phone.lock_screen.iter().any(|n| n.text == "Kijk nu in de app van je gemeente."));
    world.at("2027-03-04 10:00");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    number(&world, &clerk, SERVICE).await;
    world.drain().await;
    phone.receive_all().await;
    assert!(
        phone.lock_screen.iter().all(|n| n.text != "Kijk nu in de app van je gemeente."),
        "{:?}",
        phone.lock_screen
    );
}

async fn who_has_an_appointment_and_takes_a_number_has_one_turn(world: World) {
    hall(&world, 1).await;
    let (_, token) = anna(&world).await;
    book(&world, &token, "2027-03-01T10:00:00Z", false).await;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    let (status, ticket) = world.json("POST", "/v1/tickets", Some(&token), &mine).await;
    assert_eq!((status, &ticket["number"]), (200, &json!("A1")), "she is checked in: {ticket}");
    assert_eq!(world.json("POST", "/v1/tickets", Some(&token), &mine).await.1["id"], ticket["id"]);
    assert_eq!(world.figure("select count(*) from ticket").await, 1);
}

/// The next event of a stream: its kind, and what it says.
pub(crate) async fn any_event(
    stream: &mut (impl futures_util::Stream<Item = reqwest::Result<bytes::Bytes>> + Unpin),
) -> Option<(String, Value)> {
    let mut text = String::new();
    while let Some(Ok(part)) = stream.next().await {
        text.push_str(std::str::from_utf8(&part).unwrap());
        if let Some((event, _)) = text.split_once("\n\n") {
            let line = |name: &str| event.lines().find_map(|l| l.strip_prefix(name)).map(str::to_owned);
            let kind = line("event: ").unwrap_or_else(|| "message".to_owned());
            return Some((kind, line("data: ").unwrap().parse().unwrap()));
        }
    }
    None
}

/// What a screen shows next.
pub(crate) async fn event(
    stream: &mut (impl futures_util::Stream<Item = reqwest::Result<bytes::Bytes>> + Unpin),
) -> Option<Value> {
    loop {
        match any_event(stream).await? {
            (kind, scene) if kind == "message" => return Some(scene),
            _ => {}
        }
    }
}

async fn the_screen_hears_it_at_once_and_knows_no_names(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (_, token) = anna(&world).await;
    let screen = format!("{}/screen/deinze/{PLACE}", world.server);
    let page = world.http.get(&screen).send().await.unwrap();
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'sha256-"));
    let html = page.text().await.unwrap();
    assert!(html.contains("Stadhuis") && html.contains("Aan de beurt") && !html.contains("{now}"), "{html}");
    for nothing in [
        "/screen/nergens/".to_owned() + PLACE,
        format!("/screen/deinze/{SERVICE}"),
        format!("/screen/gavere/{PLACE}"),
        "/screen/deinze/x".to_owned(),
    ] {
        for path in [nothing.clone(), format!("{nothing}/events")] {
            let answer = world.http.get(format!("{}{path}", world.server)).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{path}");
        }
    }
    let answer = world.http.get(format!("{screen}/events")).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut events = answer.bytes_stream();
    let empty = event(&mut events).await.unwrap();
    let page = empty["page"].as_str().unwrap();
    assert!(html.contains(&format!(r#"data-page="{page}""#)), "it is the page that was given: {page}");
    let (none, now) = (json!([]), world.now().timestamp_millis());
    let shown =
        json!({ "page": page, "now": now, "calls": none, "waiting": 0, "next": none, "wait": none, "closed": none });
    assert_eq!(empty, shown);
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    assert_eq!(event(&mut events).await.unwrap()["waiting"], 1);
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    let scene = event(&mut events).await.unwrap();
    let expected = json!([{ "number": "A1", "desk": "Loket 1", "calls": 1, "open": true, "said": [["nl", "Nummer A1, Loket 1."]] }]);
    assert_eq!((&scene["calls"], &scene["waiting"]), (&expected, &json!(0)), "no names");
    step(&world, &clerk, &called, "recall").await;
    assert_eq!(event(&mut events).await.unwrap()["calls"][0]["calls"], 2, "it is said again");
    step(&world, &clerk, &called, "start").await;
    assert_eq!(event(&mut events).await.unwrap()["calls"][0]["open"], false);
    // What another process does is seen as well.
    let other = world.another_process().await;
    let ticket = thuisloket::queue::TicketId(called["id"].as_str().unwrap().parse().unwrap());
    let mut w = other.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query("update ticket set state = 'done' where id = $1").bind(ticket).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    assert_eq!(event(&mut events).await.unwrap()["calls"], json!([]));
    // When the server stops, the screen is let go, and not waited for.
    world.instance.part::<thuisloket::queue::screen::Screens>().close();
    assert_eq!(event(&mut events).await, None);
}

async fn what_visitors_thought_is_told_of_ten_at_least(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let tokens = citizens(&world, 10).await;
    let mut mine = here();
    (mine["location_id"], mine["service_id"]) = (json!(PLACE), json!(SERVICE));
    for (n, token) in tokens.iter().enumerate() {
        assert_eq!(world.get("/staff/v1/opinions?from=2027-03-01&until=2027-03-02", &clerk).await.1, json!([]));
        let (_, ticket) = world.json("POST", "/v1/tickets", Some(token), &mine).await;
        let path = format!("/v1/tickets/{}/answer", ticket["id"].as_str().unwrap());
        let said = json!({ "score": 5 - n % 2, "line": if n == 0 { " Vriendelijk. " } else { "" } });
        assert_eq!(world.json("POST", &path, Some(token), &said).await.0, 404, "it is not over");
        serve(&world, &clerk, 1, 3).await;
        assert_eq!(world.json("POST", &path, Some(token), &said).await.0, 200);
    }
    let (_, told) = world.get("/staff/v1/opinions?from=2027-03-01&until=2027-03-02", &clerk).await;
    assert_eq!((&told[0]["scores"], &told[0]["lines"]), (&json!([0, 0, 0, 5, 5]), &json!(["Vriendelijk."])), "{told}");
    for query in ["from=2027-03-02&until=2027-03-01", "from=2020-03-01&until=2027-03-01"] {
        assert_eq!(world.get(&format!("/staff/v1/opinions?{query}"), &clerk).await.1["field"], "until");
    }
}

async fn the_house_forgets_visits_past_their_keeping(world: World) {
    let (_, clerk) = hall(&world, 1).await;
    let (_, token) = anna(&world).await;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    check_in(&world, &token, &visit, here()).await;
    serve(&world, &clerk, 1, 3).await;
    let wish = json!({ "service_id": SERVICE, "weekdays": [7], "until_on": "2027-03-20" });
    assert_eq!(world.json("POST", "/v1/waiting", Some(&token), &wish).await.0, 200);
    let left = || async {
        let mut all = Vec::new();
        for sql in [
            "select count(*) from appointment",
            "select count(*) from desk_tick",
            "select count(*) from ticket",
            "select count(*) from waiting",
        ] {
            all.push(world.figure(sql).await);
        }
        all
    };
    world.at("2027-05-01 10:00");
    world.drain().await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(left().await, [1, 4, 1, 1]);
    world.at("2028-05-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(left().await, [0, 0, 0, 0]);
}

async fn who_waits_where_nobody_calls_any_more_is_told(world: World) {
    let (planner, clerk) = hall(&world, 2).await;
    let tokens = citizens(&world, 3).await;
    world.at("2027-03-01 10:00");
    let walk = |service: &str| {
        let mut walk = here();
        (walk["location_id"], walk["service_id"]) = (json!(PLACE), json!(service));
        walk
    };
    for (token, service) in tokens.iter().zip([SERVICE, OTHER, OTHER]) {
        let (status, ticket) = world.json("POST", "/v1/tickets", Some(token), &walk(service)).await;
        assert_eq!(status, 200, "{ticket}");
    }
    // The desk that serves it is switched off; the other goes on.
    let path = format!("/staff/v1/locations/{PLACE}");
    let mut plan = place(2);
    plan["version"] = json!(1);
    (plan["latitude"], plan["longitude"]) = (json!(DOOR.0), json!(DOOR.1));
    plan["desks"][1] =
        json!({ "id": desk(2), "name": "Loket 2", "services": [OTHER], "absences": [], "active": false });
    put(&world, &planner, &path, &plan).await;
    world.drain().await;
    let mut states = Vec::new();
    for token in &tokens {
        states.push(tickets(&world, token).await[0]["state"].clone());
    }
    assert_eq!(states, ["waiting", "left", "left"]);
    let titles = |inbox: Value| inbox["messages"][0]["title"].as_str().unwrap().to_owned();
    assert_eq!(titles(world.get("/v1/inbox", &tokens[1]).await.1), "B2: geen loket meer voor Rijbewijs");
    let (status, problem) = world.json("POST", "/v1/tickets", Some(&tokens[1]), &walk(OTHER)).await;
    assert_eq!((status, &problem["code"]), (409, &json!("location_closed")));
    // Who was called before is served, and the location is switched off.
    (plan["version"], plan["active"]) = (json!(2), json!(false));
    put(&world, &planner, &path, &plan).await;
    world.drain().await;
    world.drain().await;
    assert_eq!(tickets(&world, &tokens[0]).await[0]["state"], "left");
    assert_eq!(titles(world.get("/v1/inbox", &tokens[0]).await.1), "B1: we sluiten");
    assert_eq!(world.figure("select count(*) from message where title like 'B%'").await, 3, "each once");
    assert!(next(&world, &clerk, 1).await.1["called"].is_null());
}

async fn nobody_waits_in_a_hall_for_a_call(world: World) {
    let (planner, clerk) = hall(&world, 1).await;
    let token = citizens(&world, 1).await.remove(0);
    let mut plan = place(1);
    (plan["version"], plan["kind"]) = (json!(1), json!("telephone"));
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let mut wish = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-01T10:00:00Z", "persons": 1, "hold": false });
    wish["contact"] = json!("0470 00 00 00");
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish).await;
    assert_eq!(status, 200, "{visit}");
    world.at("2027-03-01 10:50");
    assert_eq!(check_in(&world, &token, &visit, here()).await.1["code"], "location_closed");
    let code = json!({ "location_id": PLACE, "code": visit["reference"] });
    let (_, problem) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!(problem["code"], "location_closed", "{problem}");
}
