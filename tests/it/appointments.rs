//! Appointments: from a free start to a visit that is expected, and whatever may come between.

use std::collections::BTreeMap;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use thuisloket::{
    identity::SessionId,
    platform::{access::Level, ids::ResidentId},
};
use uuid::Uuid;

use crate::world::{Somebody, World, many, paper, people_csv, somebody};

journeys! {
    a_citizen_holds_confirms_and_is_reminded,
    a_booked_visit_changes_the_reminder_from_book_to_bring,
    of_two_hundred_phones_one_gets_the_slot,
    a_hold_that_lapsed_is_given_if_its_start_is_free,
    a_move_keeps_the_reference_and_never_loses_the_old_slot,
    what_is_cancelled_is_free_at_once,
    a_double_tap_and_a_lost_answer_book_once,
    the_limit_of_a_citizen_holds_on_two_phones_at_once,
    what_is_not_offered_is_refused_with_what_is_free_near_it,
    the_next_free_start_is_found_and_found_again_when_something_is_freed,
    no_start_is_offered_to_who_is_at_another_visit_then,
    a_family_comes_together_and_the_last_start_still_fits,
    staff_plan_and_are_told_what_a_change_would_strand,
    the_last_of_a_full_catalogue_can_be_sent_again,
    staff_book_move_and_cancel_for_somebody,
    a_deadlock_is_tried_again_and_never_shown,
    what_one_does_oneself_disturbs_ones_other_phones_only,
    who_has_no_app_is_told_nothing_and_what_it_was_is_kept,
    whatever_happens_no_desk_serves_two,
}

pub const SERVICE: &str = "01935c3e-0000-7000-8000-00000000aaaa";
pub const PLACE: &str = "01935c3e-0000-7000-8000-00000000bbbb";

pub fn desk(n: u128) -> String {
    Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_d000 + n).to_string()
}

/// A plan of a service.
pub fn service() -> Value {
    json!({
        "version": 0, "names": [{ "language": "nl", "text": "Identiteitskaart" }], "explanations": [],
        "bring": [{ "language": "nl", "text": "Je huidige kaart." }], "minutes": 15, "minutes_a_person_more": 10,
        "buffer_minutes": 5, "step_minutes": 20, "most_persons": 3, "least_notice_minutes": 60, "horizon_days": 60,
        "most_open": 2, "document_kinds": ["eid"], "needs": "citizen", "collecting": false, "active": true,
    })
}

/// A plan of a town hall with so many desks.
pub fn place(desks: u128) -> Value {
    let hours: Vec<Value> = (1..=5)
        .map(|weekday| json!({ "weekday": weekday, "opens": 540, "closes": 720, "valid_from": "2027-01-01" }))
        .collect();
    let desks: Vec<Value> = (1..=desks)
        .map(|n| json!({ "id": desk(n), "name": format!("Loket {n}"), "services": [SERVICE], "absences": [], "active": true }))
        .collect();
    json!({
        "version": 0, "kind": "town_hall", "names": [{ "language": "nl", "text": "Stadhuis" }],
        "address": "Markt 1, 9800 Deinze", "accessibility": [{ "language": "nl", "text": "Geen drempel." }],
        "hours": hours, "exceptions": [], "desks": desks, "active": true,
    })
}

pub async fn put(world: &World, planner: &str, path: &str, body: &Value) -> Value {
    let (status, answer) = world.json("PUT", path, Some(planner), body).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// A town hall with so many desks, open on weekdays from nine to twelve; gives the planner's token.
pub async fn town_hall(world: &World, desks: u128) -> String {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
    put(world, &planner, &format!("/staff/v1/locations/{PLACE}"), &place(desks)).await;
    planner
}

/// Citizens who have signed in, by their tokens: as sign-in leaves them, without going through it each time.
pub async fn citizens(world: &World, count: u64) -> Vec<String> {
    let people = many(count);
    world.residents_file("deinze", people_csv(&people.iter().collect::<Vec<_>>()), false).await.unwrap();
    let mut r = world.instance.app.db.read().await.unwrap();
    let ids: Vec<ResidentId> = thuisloket::with_conn!(r, c => sqlx::query_scalar(
        "select id from resident where family_name = 'Zonnebloem' and given_names = 'Iemand' order by id").fetch_all(c).await).unwrap();
    drop(r);
    let (town, now) = (world.town().id, world.now());
    let mut w = world.instance.app.db.write().await.unwrap();
    let mut tokens = Vec::new();
    for (n, resident) in ids.into_iter().take(count as usize).enumerate() {
        let session = SessionId(Uuid::from_u128(0x1_0000_0000 + n as u128));
        let until = now + chrono::Duration::days(90);
        for sql in [
            "insert into account (municipality_id, resident_id, language, first_signed_in_at, greeted_at) values ($1, $2, 'nl', $4, $4)
             on conflict (municipality_id, resident_id) do nothing",
            "insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at, level)
             values ($1, $3, $2, 'x', $4, $4, $5, 'high') on conflict (municipality_id, id) do nothing",
        ] {
            // Each statement takes the parameters it names.
            let sql = if sql.contains("account") { sql.replace("$4", "$3") } else { sql.to_owned() };
            let account = sql.contains("account");
            thuisloket::with_conn!(w, c => {
                let q = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(town).bind(resident);
                let q = if account { q.bind(now) } else { q.bind(session).bind(now).bind(until) };
                q.execute(c).await.map(|_| ())
            })
            .unwrap();
        }
        let keys = &world.instance.part::<thuisloket::identity::Identity>().keys;
        let life = chrono::Duration::days(2);
        tokens.push(keys.sign((town.0, resident.0), (session.0, Level::High), now, life).unwrap());
    }
    w.commit().await.unwrap();
    tokens
}

fn wish(starts_at: &str, hold: bool) -> Value {
    json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1, "hold": hold })
}

pub async fn book(world: &World, token: &str, starts_at: &str, hold: bool) -> (u16, Value) {
    world.json("POST", "/v1/appointments", Some(token), &wish(starts_at, hold)).await
}

pub async fn starts(world: &World, token: &str, query: &str) -> Vec<String> {
    let (status, found) = world.get(&format!("/v1/services/{SERVICE}/starts?{query}"), token).await;
    assert_eq!(status, 200, "{found}");
    found.as_array().unwrap().iter().map(|s| s["starts_at"].as_str().unwrap().to_owned()).collect()
}

/// Each tick is one appointment's, by the key of its table; and no two visits of a desk overlap, by theirs.
pub async fn nobody_has_anothers_slot(world: &World) {
    let overlaps = "select count(*) from appointment a join appointment b
        on a.municipality_id = b.municipality_id and a.desk_id = b.desk_id and a.id < b.id
        where a.state in ('held', 'booked') and b.state in ('held', 'booked')
            and a.starts_at < b.claimed_until and b.starts_at < a.claimed_until";
    assert_eq!(world.figure(overlaps).await, 0, "a desk serves two");
    // What `thuisloket check` proves: the ticks are exactly those of what is held and booked, and nobody is at two places.
    let instance = &world.instance;
    let proof = thuisloket::appointments::proof::prove(&instance.app, world.town()).await.unwrap();
    assert!(proof.faults.is_empty(), "{:?}", proof.faults);
}

async fn a_citizen_holds_confirms_and_is_reminded(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let (_, offer) = world.get("/v1/services", &token).await;
    assert_eq!(
        (&offer["services"][0]["name"], &offer["locations"][0]["name"]),
        (&json!("Identiteitskaart"), &json!("Stadhuis"))
    );
    // It is ten: an hour's notice, twenty minutes apart, until the last that still fits before noon.
    let today = starts(&world, &token, "until=2027-03-01").await;
    assert_eq!(today, ["2027-03-01T10:00:00Z", "2027-03-01T10:20:00Z", "2027-03-01T10:40:00Z"]);
    let (status, held) = book(&world, &token, "2027-03-03T08:20:00Z", true).await;
    assert_eq!((status, &held["state"], &held["extendable"]), (200, &json!("held"), &json!(true)), "{held}");
    let id = held["id"].as_str().unwrap();
    assert_eq!(held["day"], "2027-03-03");
    // Nobody else sees it free; and it lasts, once extended, for as long again.
    assert!(
        !starts(&world, &token, "from=2027-03-03&until=2027-03-03").await.contains(&"2027-03-03T08:20:00Z".to_owned())
    );
    world.clock.advance(chrono::Duration::minutes(4));
    let path = format!("/v1/appointments/{id}");
    assert_eq!(world.raw("POST", &format!("{path}/extend"), Some(&token), None).await.0, 200);
    assert_eq!(world.raw("POST", &format!("{path}/extend"), Some(&token), None).await.1["code"], "not_extendable");
    world.clock.advance(chrono::Duration::minutes(4));
    let (status, booked) = world.raw("POST", &format!("{path}/confirm"), Some(&token), None).await;
    assert_eq!((status, &booked["state"], booked.get("held_until")), (200, &json!("booked"), None), "{booked}");
    let reference = booked["reference"].as_str().unwrap();
    assert_eq!(booked["qr"], format!("thuisloket:deinze:{reference}"));
    // She is told, with what to bring; the lock screen learns nothing.
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Je afspraak op 3 maart 2027 om 9.20 uur"]);
    let body = phone.inbox().await.unwrap()[0].body.clone();
    assert!(body.contains(reference) && body.contains("Je huidige kaart.") && body.contains("Geen drempel."), "{body}");
    phone.receive_all().await;
    assert!(!phone.lock_screen.iter().any(|n| n.text.contains("afspraak")));
    // The day before at five, and two hours before; then nothing more.
    for (at, title) in [
        ("2027-03-02 16:59", None),
        ("2027-03-02 17:00", Some("Herinnering: 3 maart 2027 om 9.20 uur, Identiteitskaart")),
        ("2027-03-03 07:19", None),
        ("2027-03-03 07:20", Some("Herinnering: 3 maart 2027 om 9.20 uur, Identiteitskaart")),
        ("2027-03-03 12:00", None),
    ] {
        let before = phone.inbox().await.map_or(0, |m| m.len());
        world.at(at);
        world.drain().await;
        let titles = world.titles(&mut phone).await;
        let new = titles.len() - if before == 0 { titles.len() - usize::from(title.is_some()) } else { before };
        assert_eq!(new, usize::from(title.is_some()), "{at} {titles:?}");
        if let Some(title) = title {
            assert_eq!(titles[0], title, "{at}");
        }
    }
    // A calendar takes it.
    let token = phone.tokens.clone().unwrap().access;
    let file = world.http.get(format!("{}{path}/calendar", world.server)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(file.headers()["content-disposition"], format!("attachment; filename=\"{reference}.ics\""));
    let file = file.text().await.unwrap();
    let unfolded = file.replace("\r\n ", "");
    let alarms: Vec<_> = unfolded.lines().filter(|line| line.starts_with("TRIGGER")).collect();
    assert_eq!(alarms.len(), 2, "the day before, and two hours before: {alarms:?}");
    assert!(alarms[0].ends_with(":-PT86400S") && alarms[1].ends_with(":-PT7200S"), "{alarms:?}");
    for line in [
        // Whoever opens it at the desk reads what to say, and where the desk is.
        &format!("DESCRIPTION:Zeg aan het loket: {reference}"),
        "LOCATION:Stadhuis\\, ",
        "BEGIN:VEVENT",
        "DTSTART:20270303T082000Z",
        "SEQUENCE:0",
        "METHOD:PUBLISH",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "PRODID:-//Thuisloket//Thuisloket//NL",
        "mailto:burgerzaken@deinze.example",
        &format!("UID:{id}@deinze.thuisloket"),
    ] {
        assert!(file.replace("\r\n ", "").contains(line), "{line}: {file}");
    }
}

async fn a_booked_visit_changes_the_reminder_from_book_to_bring(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(book(&world, &token, "2027-03-10T08:00:00Z", false).await.0, 200);
    world.days(3).await;
    let titles = world.titles(&mut phone).await;
    assert_eq!(titles, ["Identiteitskaart: je afspraak op 10 maart 2027", "Je afspraak op 10 maart 2027 om 9.00 uur"]);
    // Cancelled, the next one asks again.
    let token = phone.tokens.clone().unwrap().access;
    let (_, mine) = world.get("/v1/appointments", &token).await;
    let path = format!("/v1/appointments/{}", mine[0]["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&token), None).await.0, 200);
    world.at("2027-05-02 10:00");
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await[0], "Identiteitskaart vervalt op 1 juni 2027");
}

async fn of_two_hundred_phones_one_gets_the_slot(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 200).await;
    let all = tokens.iter().map(|token| book(&world, token, "2027-03-03T08:00:00Z", false));
    let answers = futures_util::future::join_all(all).await;
    let won = answers.iter().filter(|(status, _)| *status == 200).count();
    assert_eq!(won, 1);
    for (status, problem) in answers.iter().filter(|(status, _)| *status != 200) {
        assert_eq!((*status, &problem["code"]), (409, &json!("slot_taken")), "{problem}");
        let near: Vec<_> = problem["free_near"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
        assert_eq!(near.len(), 3);
        assert_eq!(near[0], "2027-03-03T08:20:00Z", "the nearest first");
    }
    nobody_has_anothers_slot(&world).await;
    assert_eq!(world.figure("select count(*) from message where kind = 'appointment'").await, 1);
    // All of them for all of a morning: as many as there are starts.
    let morning = starts(&world, &tokens[0], "from=2027-03-04&until=2027-03-04").await;
    assert_eq!(morning.len(), 9);
    let all = tokens.iter().enumerate().map(|(n, token)| book(&world, token, &morning[n % 9], n % 2 == 0));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 9);
    nobody_has_anothers_slot(&world).await;
}

async fn a_hold_that_lapsed_is_given_if_its_start_is_free(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 3).await;
    let at = "2027-03-03T08:00:00Z";
    let hold = |n: usize| {
        let (world, token) = (&world, tokens[n].clone());
        async move { book(world, &token, at, true).await.1["id"].as_str().unwrap().to_owned() }
    };
    let confirm = |n: usize, id: String| {
        let (world, token) = (&world, tokens[n].clone());
        async move { world.raw("POST", &format!("/v1/appointments/{id}/confirm"), Some(&token), None).await }
    };
    // Nobody came between: given, before the worker swept it and after.
    for sweep in [false, true] {
        let id = hold(0).await;
        world.clock.advance(chrono::Duration::minutes(6));
        if sweep {
            world.drain().await;
            assert_eq!(world.figure("select count(*) from desk_tick").await, 0, "swept");
        }
        let (status, booked) = confirm(0, id.clone()).await;
        assert_eq!((status, &booked["state"]), (200, &json!("booked")), "{booked}");
        // A double tap.
        assert_eq!(confirm(0, id.clone()).await.0, 200);
        nobody_has_anothers_slot(&world).await;
        assert_eq!(world.raw("DELETE", &format!("/v1/appointments/{id}"), Some(&tokens[0]), None).await.0, 200);
    }
    // Somebody came between, whether it was swept or not: theirs.
    let id = hold(0).await;
    world.clock.advance(chrono::Duration::minutes(6));
    assert_eq!(book(&world, &tokens[1], at, false).await.0, 200);
    let (status, problem) = confirm(0, id).await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
    assert_eq!(problem["free_near"][0], "2027-03-03T08:20:00Z");
    nobody_has_anothers_slot(&world).await;
    // Another's hold is nobody's to confirm.
    let other = book(&world, &tokens[2], "2027-03-03T08:40:00Z", true).await.1["id"].as_str().unwrap().to_owned();
    assert_eq!(confirm(0, other.clone()).await.0, 404);
    // Let go, it is free at once.
    assert_eq!(world.raw("DELETE", &format!("/v1/appointments/{other}"), Some(&tokens[2]), None).await.0, 200);
    assert_eq!(confirm(2, other).await.1["code"], "hold_lapsed");
    assert_eq!(book(&world, &tokens[0], "2027-03-03T08:40:00Z", false).await.0, 200);
    // The visit's own time is past: not given any more.
    let late = book(&world, &tokens[2], "2027-03-03T09:00:00Z", true).await.1["id"].as_str().unwrap().to_owned();
    world.at("2027-03-03 10:01");
    let again = citizens(&world, 3).await;
    let (status, problem) = world.raw("POST", &format!("/v1/appointments/{late}/confirm"), Some(&again[2]), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
}

async fn a_move_keeps_the_reference_and_never_loses_the_old_slot(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let (_, mine) = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await;
    let (_, theirs) = book(&world, &tokens[1], "2027-03-03T09:00:00Z", false).await;
    let id = mine["id"].as_str().unwrap();
    let go = |starts_at: &str| {
        let body = json!({ "location_id": PLACE, "starts_at": starts_at });
        let (world, token) = (&world, tokens[0].clone());
        async move { world.json("POST", &format!("/v1/appointments/{id}/move"), Some(&token), &body).await }
    };
    // To what is taken: refused, and the old one stands.
    let (status, problem) = go("2027-03-03T09:00:00Z").await;
    assert_eq!((status, &problem["code"]), (409, &json!("slot_taken")));
    assert!(problem["free_near"].as_array().unwrap().len() == 3);
    // To the one it has: nothing happens.
    let (status, same) = go("2027-03-03T08:00:00Z").await;
    assert_eq!((status, &same["starts_at"]), (200, &mine["starts_at"]));
    assert_eq!(world.figure("select cast(sum(sequence) as bigint) from appointment").await, 0);
    // To another: the same reference, the old one free at once.
    let (status, moved) = go("2027-03-05T08:20:00Z").await;
    assert_eq!((status, &moved["reference"]), (200, &mine["reference"]), "{moved}");
    assert!(
        starts(&world, &tokens[1], "from=2027-03-03&until=2027-03-03")
            .await
            .contains(&"2027-03-03T08:00:00Z".to_owned())
    );
    nobody_has_anothers_slot(&world).await;
    let file = world
        .http
        .get(format!("{}/v1/appointments/{id}/calendar", world.server))
        .bearer_auth(&tokens[0])
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(file.contains("SEQUENCE:1") && file.contains("DTSTART:20270305T082000Z"), "{file}");
    // Two swap places at once: neither loses what they have.
    let their = theirs["id"].as_str().unwrap();
    let swap = json!({ "location_id": PLACE, "starts_at": "2027-03-05T08:20:00Z" });
    let path = format!("/v1/appointments/{their}/move");
    let (one, two) = tokio::join!(go("2027-03-03T09:00:00Z"), world.json("POST", &path, Some(&tokens[1]), &swap));
    assert!([one.0, two.0].iter().all(|s| [200, 409].contains(s)));
    assert_eq!(world.figure("select count(*) from appointment where state = 'booked'").await, 2);
    nobody_has_anothers_slot(&world).await;
    // Somebody else's cannot be moved.
    assert_eq!(world.json("POST", &path, Some(&tokens[0]), &swap).await.0, 404);
    let said = world.texts("select title from message where kind = 'appointment' order by title").await;
    assert!(said.iter().any(|t| t.starts_with("Je afspraak is verplaatst naar 5 maart 2027")), "{said:?}");
}

async fn what_is_cancelled_is_free_at_once(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    let (_, mine) = book(&world, &tokens[0], "2027-03-02T08:00:00Z", false).await;
    let path = format!("/v1/appointments/{}", mine["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[1]), None).await.0, 404);
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[0]), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[0]), None).await.0, 200, "the same again");
    assert_eq!(book(&world, &tokens[1], "2027-03-02T08:00:00Z", false).await.0, 200);
    let (_, mine) = world.get(&path, &tokens[0]).await;
    assert_eq!(mine["state"], "cancelled");
    assert_eq!(world.get("/v1/appointments", &tokens[0]).await.1, json!([]));
    // Cancelled, no reminder comes; and what has begun is not cancelled any more.
    world.at("2027-03-02 08:55");
    world.drain().await;
    let reminded = "select count(*) from message where title like 'Herinnering%'";
    assert_eq!(world.figure(reminded).await, 1, "the other's, made up for");
    assert_eq!(
        world.texts("select title from message where title like 'Herinnering%'").await,
        ["Herinnering: 2 maart 2027 om 9.00 uur, Identiteitskaart"]
    );
    world.at("2027-03-02 09:01");
    let (_, theirs) = world.get("/v1/appointments", &tokens[1]).await;
    let path = format!("/v1/appointments/{}", theirs[0]["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[1]), None).await.1["code"], "visit_begun");
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-05T08:00:00Z" });
    assert_eq!(world.json("POST", &format!("{path}/move"), Some(&tokens[1]), &to).await.1["code"], "visit_begun");
}

async fn a_double_tap_and_a_lost_answer_book_once(world: World) {
    town_hall(&world, 2).await;
    let tokens = citizens(&world, 1).await;
    let ask = || {
        let request = world.http.post(format!("{}/v1/appointments", world.server)).bearer_auth(&tokens[0]);
        let body = wish("2027-03-03T08:00:00Z", false).to_string();
        let request =
            request.header("idempotency-key", "tap-00001").header("content-type", "application/json").body(body);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    assert_eq!((&a["id"], &b["id"]), (&b["id"], &c["id"]), "{a} {b} {c}");
    assert_eq!(ask().await["reference"], a["reference"]);
    assert_eq!(world.figure("select count(*) from appointment").await, 1);
    assert_eq!(world.figure("select count(*) from message where kind = 'appointment'").await, 1);
    // Long after, when the start is past, the same request still has the same answer.
    world.at("2027-03-01 21:00");
    assert_eq!(ask().await["reference"], a["reference"]);
    // So has a move, though the visit was cancelled since.
    let path = format!("/v1/appointments/{}", a["id"].as_str().unwrap());
    let go = || {
        let request = world.http.post(format!("{}{path}/move", world.server)).bearer_auth(&tokens[0]);
        let body = json!({ "location_id": PLACE, "starts_at": "2027-03-03T08:40:00Z" }).to_string();
        let request =
            request.header("idempotency-key", "move-0001").header("content-type", "application/json").body(body);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    assert_eq!(go().await["reference"], a["reference"]);
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[0]), None).await.0, 200);
    assert_eq!(go().await["reference"], a["reference"]);
    assert_eq!(world.figure("select count(*) from message where kind = 'appointment'").await, 3);
}

async fn the_limit_of_a_citizen_holds_on_two_phones_at_once(world: World) {
    town_hall(&world, 3).await;
    let tokens = citizens(&world, 1).await;
    let times = [
        "2027-03-03T08:00:00Z",
        "2027-03-03T08:20:00Z",
        "2027-03-03T08:40:00Z",
        "2027-03-03T09:00:00Z",
        "2027-03-04T08:00:00Z",
        "2027-03-04T08:20:00Z",
    ];
    let all = times.iter().map(|at| book(&world, &tokens[0], at, false));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 2);
    assert!(answers.iter().filter(|(s, _)| *s != 200).all(|(_, p)| p["code"] == "appointment_limit"));
    nobody_has_anothers_slot(&world).await;
    // And at the counter, for somebody without the app, at several desks at once.
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": luc.number, "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let wishes: Vec<Value> = times
        .iter()
        .map(|at| {
            json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": 1, "resident_id": found[0]["id"], "reason": "visit" })
        })
        .collect();
    let all = wishes.iter().map(|wish| world.json("POST", "/staff/v1/appointments", Some(&clerk), wish));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 2, "{answers:?}");
    assert!(answers.iter().filter(|(s, _)| *s != 200).all(|(_, p)| p["code"] == "appointment_limit"));
    nobody_has_anothers_slot(&world).await;
}

async fn what_is_not_offered_is_refused_with_what_is_free_near_it(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let token = &tokens[0];
    for (at, why) in [
        ("2027-02-26T08:00:00Z", "past"),
        ("2027-03-01T09:20:00Z", "within the notice"),
        ("2027-03-03T07:40:00Z", "before opening"),
        ("2027-03-03T11:00:00Z", "at closing"),
        ("2027-03-03T08:05:00Z", "not on the grid"),
        ("2027-03-06T08:00:00Z", "a Saturday"),
        ("2027-03-29T07:00:00Z", "Easter Monday"),
        ("2027-05-03T07:00:00Z", "beyond the horizon"),
        ("2027-03-28T01:30:00Z", "a Sunday, beside the hour that does not exist"),
    ] {
        let (status, problem) = book(&world, token, at, false).await;
        assert_eq!((status, &problem["code"]), (409, &json!("slot_not_offered")), "{why}: {problem}");
    }
    let near = book(&world, token, "2027-03-03T08:05:00Z", false).await.1["free_near"].clone();
    assert_eq!(near[0], "2027-03-03T08:00:00Z");
    for (body, field) in [
        (
            json!({ "service_id": "x", "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z", "persons": 1, "hold": false }),
            "service_id",
        ),
        (
            json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "soon", "persons": 1, "hold": false }),
            "starts_at",
        ),
        (
            json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z", "persons": 0, "hold": false }),
            "persons",
        ),
        (
            json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z", "persons": 4, "hold": false, "companions": ["a", "b", "c"] }),
            "persons",
        ),
        (
            json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z", "persons": 1 }),
            "hold",
        ),
    ] {
        let (status, problem) = world.json("POST", "/v1/appointments", Some(token), &body).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    // What is not there, and another town's.
    let gavere = world.staff("Zij", &["Planner:0207500000"]).await;
    let theirs = "01935c3e-0000-7000-8000-00000000cccc";
    put(&world, &gavere, &format!("/staff/v1/services/{theirs}"), &service()).await;
    for id in ["00000000-0000-7000-8000-000000000001", theirs] {
        let body = json!({ "service_id": id, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z", "persons": 1, "hold": false });
        assert_eq!(world.json("POST", "/v1/appointments", Some(token), &body).await.0, 404, "{id}");
        assert_eq!(world.get(&format!("/v1/services/{id}/starts"), token).await.0, 404);
    }
    // Between the search and the booking the desk loses the service, and the location closes.
    let mut lost = place(1);
    lost["version"] = json!(1);
    lost["desks"][0]["services"] = json!([]);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &lost).await;
    assert_eq!(book(&world, token, "2027-03-03T08:00:00Z", false).await.1["code"], "slot_not_offered");
    lost["version"] = json!(2);
    lost["active"] = json!(false);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &lost).await;
    assert_eq!(book(&world, token, "2027-03-03T08:00:00Z", false).await.0, 404);
    assert_eq!(world.figure("select count(*) from appointment").await, 0);
}

async fn the_next_free_start_is_found_and_found_again_when_something_is_freed(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 40).await;
    let next =
        || async { world.get(&format!("/v1/services/{SERVICE}/next"), &tokens[0]).await.1[0]["starts_at"].clone() };
    assert_eq!(next().await, "2027-03-01T10:00:00Z");
    // Three days are full.
    let mut first = None;
    for (n, at) in starts(&world, &tokens[0], "until=2027-03-03").await.iter().enumerate() {
        let (status, booked) = book(&world, &tokens[1 + n], at, false).await;
        assert_eq!(status, 200, "{booked}");
        first.get_or_insert((n + 1, booked));
    }
    assert_eq!(next().await, "2027-03-04T08:00:00Z");
    assert_eq!(next().await, "2027-03-04T08:00:00Z", "as it was found");
    // Freed by a cancellation, by a hold that lapsed, by planning: found at once.
    let (n, booked) = first.unwrap();
    let path = format!("/v1/appointments/{}", booked["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&tokens[n]), None).await.0, 200);
    assert_eq!(next().await, "2027-03-01T10:00:00Z");
    assert_eq!(book(&world, &tokens[30], "2027-03-01T10:00:00Z", true).await.0, 200);
    assert_eq!(next().await, "2027-03-04T08:00:00Z");
    world.clock.advance(chrono::Duration::minutes(5));
    world.drain().await;
    // It is five past ten, and an hour's notice is asked.
    assert_eq!(next().await, "2027-03-04T08:00:00Z");
    let mut more = place(2);
    more["version"] = json!(1);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &more).await;
    assert_eq!(next().await, "2027-03-01T10:20:00Z", "a second desk");
}

async fn no_start_is_offered_to_who_is_at_another_visit_then(world: World) {
    town_hall(&world, 2).await;
    let tokens = citizens(&world, 2).await;
    let (hers, his) = (tokens[0].as_str(), tokens[1].as_str());
    let next = async |token: &str, more: &str| {
        let (status, found) = world.get(&format!("/v1/services/{SERVICE}/next?{more}"), token).await;
        assert_eq!(status, 200, "{found}");
        found[0]["starts_at"].clone()
    };
    let [ten, twenty, forty] = ["2027-03-01T10:00:00Z", "2027-03-01T10:20:00Z", "2027-03-01T10:40:00Z"];
    assert_eq!(next(hers, "").await, ten);
    let (status, visit) = book(&world, hers, ten, false).await;
    assert_eq!(status, 200, "{visit}");
    // The other desk has it: it is everybody's but hers.
    assert_eq!(starts(&world, his, "until=2027-03-01").await, [ten, twenty, forty]);
    assert_eq!(starts(&world, hers, "until=2027-03-01").await, [twenty, forty]);
    assert_eq!((next(his, "").await, next(hers, "").await), (json!(ten), json!(twenty)));
    // Her visit does not keep her from where it could be moved to.
    let moved = format!("appointment_id={}", visit["id"].as_str().unwrap());
    assert_eq!(starts(&world, hers, &format!("until=2027-03-01&{moved}")).await, [ten, twenty, forty]);
    assert_eq!(next(hers, &moved).await, ten);
    // What is near a start that is not offered is something for her.
    let (_, problem) = book(&world, hers, "2027-03-01T10:05:00Z", false).await;
    assert_eq!(problem["free_near"], json!([twenty, forty, "2027-03-02T08:00:00Z"]), "{problem}");
    // Another's visit is not theirs to move.
    for what in ["starts", "next"] {
        let path = format!("/v1/services/{SERVICE}/{what}?{moved}");
        assert_eq!(world.get(&path, his).await.0, 404, "{what}");
    }
    // Three take thirty-five minutes: from ten they would still be there when she is elsewhere, and from twenty past as well.
    let path = format!("/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": twenty });
    assert_eq!(world.json("POST", &path, Some(hers), &to).await.0, 200);
    assert_eq!(starts(&world, his, "until=2027-03-01&persons=3").await, [ten, twenty]);
    assert_eq!(starts(&world, hers, "until=2027-03-01&persons=3").await, Vec::<String>::new());
    assert_eq!(starts(&world, hers, "until=2027-03-01").await, [ten, forty]);
    assert_eq!(next(hers, "persons=3").await, "2027-03-02T08:00:00Z", "the next day");
    assert_eq!(next(his, "persons=3").await, ten, "what was found for her is kept for nobody else");
}

async fn a_family_comes_together_and_the_last_start_still_fits(world: World) {
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 2).await;
    // Fifteen minutes, and ten for each more: thirty-five for three.
    let three = starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03&persons=3").await;
    assert_eq!(three.last().unwrap(), "2027-03-03T10:20:00Z");
    let mut body = wish("2027-03-03T10:20:00Z", false);
    body["persons"] = json!(3);
    body["companions"] = json!(["Emma", "Noah"]);
    let (status, booked) = world.json("POST", "/v1/appointments", Some(&tokens[0]), &body).await;
    assert_eq!((status, &booked["ends_at"]), (200, &json!("2027-03-03T10:55:00Z")), "{booked}");
    // Its buffer reaches to noon: nothing more fits that morning, and before it what ends in time.
    let one = starts(&world, &tokens[1], "from=2027-03-03&until=2027-03-03").await;
    assert_eq!(one.last().unwrap(), "2027-03-03T10:00:00Z");
    let (_, problem) = world.get(&format!("/v1/services/{SERVICE}/starts?persons=4"), &tokens[0]).await;
    assert_eq!(problem["field"], "persons");
}

async fn staff_plan_and_are_told_what_a_change_would_strand(world: World) {
    let planner = town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let (_, booked) = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await;
    let path = format!("/staff/v1/locations/{PLACE}");
    let mut closed = place(1);
    closed["version"] = json!(1);
    closed["exceptions"] = json!([{ "day": "2027-03-03" }]);
    let (status, problem) = world.json("PUT", &path, Some(&planner), &closed).await;
    assert_eq!((status, &problem["code"]), (409, &json!("would_strand")));
    let stranded = json!([{
        "appointment_id": booked["id"], "reference": booked["reference"], "starts_at": booked["starts_at"],
        "service_id": SERVICE, "location_id": PLACE, "desk_id": desk(1),
    }]);
    assert_eq!((&problem["stranded"], &problem["stranded_count"]), (&stranded, &json!(1)), "{problem}");
    // Nothing changed; asked for all the same, it does.
    assert!(!starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await.is_empty());
    put(&world, &planner, &format!("{path}?strand=true"), &closed).await;
    assert!(starts(&world, &tokens[0], "from=2027-03-03&until=2027-03-03").await.is_empty());
    // Two planners: the second is told to read it again.
    let mut theirs = closed.clone();
    theirs["exceptions"] = json!([{ "day": "2027-03-04" }]);
    let (_, met) = world.json("PUT", &path, Some(&planner), &theirs).await;
    assert_eq!((&met["code"], &met["edited_by"]), (&json!("edited_meanwhile"), &json!("Piet")), "{met}");
    assert_eq!(met["edited_at"], "2027-03-01T09:00:00Z", "{met}");
    let mut longer = service();
    longer["minutes"] = json!(25);
    let again = world.json("PUT", &format!("/staff/v1/services/{SERVICE}"), Some(&planner), &longer).await;
    assert_eq!(again.1["code"], "edited_meanwhile");
    let (_, plans) = world.get("/staff/v1/locations", &planner).await;
    assert_eq!(
        (&plans[0]["plan"]["version"], &plans[0]["plan"]["exceptions"][0]["day"]),
        (&json!(2), &json!("2027-03-03"))
    );
    // What cannot be.
    let change = |pointer: &str, value: Value| {
        let mut plan = place(1);
        plan["version"] = json!(2);
        *plan.pointer_mut(pointer).unwrap() = value;
        plan
    };
    for (plan, field) in [
        (change("/hours/0/closes", json!(540)), "hours[0]"),
        (change("/hours/0/opens", json!(541)), "hours[0]"),
        (change("/names", json!([])), "names"),
        (change("/kind", json!("moon")), "kind"),
        (change("/exceptions", json!([{ "day": "2027-03-03", "opens": 540 }])), "exceptions[0]"),
        (
            change("/desks/0/absences", json!([{ "from": "2027-03-03T08:00:00Z", "until": "2027-03-03T08:00:00Z" }])),
            "desks[0].absences",
        ),
        (change("/desks", json!([place(1)["desks"][0], place(1)["desks"][0]])), "desks[1].id"),
    ] {
        let (status, problem) = world.json("PUT", &path, Some(&planner), &plan).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    for (field, value) in [
        ("minutes", json!(7)),
        ("minutes", json!(0)),
        ("step_minutes", json!(0)),
        ("most_open", json!(0)),
        ("horizon_days", json!(9999)),
        ("document_kinds", json!(["a b"])),
    ] {
        let mut plan = service();
        plan["version"] = json!(1);
        plan[field] = value;
        let (status, problem) =
            world.json("PUT", &format!("/staff/v1/services/{SERVICE}"), Some(&planner), &plan).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    // A desk stands in one place.
    let elsewhere = format!("/staff/v1/locations/{SERVICE}");
    let (_, problem) = world.json("PUT", &elsewhere, Some(&planner), &place(1)).await;
    assert_eq!((&problem["code"], &problem["field"]), (&json!("body_invalid"), &json!("desks[0].id")));
    // A desk of one town is nobody's elsewhere.
    let gavere = world.staff("Zij", &["Planner:0207500000"]).await;
    put(&world, &gavere, &format!("/staff/v1/services/{SERVICE}"), &service()).await;
    put(&world, &gavere, &path, &place(1)).await;
    assert_eq!(world.get("/staff/v1/locations", &planner).await.1[0]["plan"]["version"], 2);
}

async fn the_last_of_a_full_catalogue_can_be_sent_again(world: World) {
    let planner = town_hall(&world, 1).await;
    // All but one of what a town may plan: 200 of each.
    let mut w = world.instance.app.db.write().await.unwrap();
    for n in 0..198u128 {
        let id = Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0001_0000 + n);
        for sql in [
            "insert into service (municipality_id, id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes,
                 step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, active, version, updated_at)
             select municipality_id, $1, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes,
                 step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, active, version, updated_at
             from service where id = $2",
            "insert into location (municipality_id, id, kind, names, address, accessibility, active, freed, version, updated_at)
             select municipality_id, $1, kind, names, address, accessibility, active, freed, version, updated_at
             from location where id = $2",
        ] {
            let like: Uuid = if sql.contains("into service") { SERVICE } else { PLACE }.parse().unwrap();
            thuisloket::with_conn!(w, c => sqlx::query(sql).bind(id).bind(like).execute(c).await.map(|_| ())).unwrap();
        }
    }
    w.commit().await.unwrap();
    let mut elsewhere = place(0);
    elsewhere["names"] = json!([{ "language": "nl", "text": "Wijkhuis" }]);
    for (kind, plan) in [("services", service()), ("locations", elsewhere)] {
        let path = |n: u128| format!("/staff/v1/{kind}/{}", Uuid::from_u128(n));
        let first = put(&world, &planner, &path(7), &plan).await;
        // Sent again, as the answer was lost.
        assert_eq!(put(&world, &planner, &path(7), &plan).await, first, "{kind}");
        // It is full for any other; and one that is there is changed all the same.
        assert_eq!(world.json("PUT", &path(8), Some(&planner), &plan).await.1["code"], "catalogue_full", "{kind}");
        let mut changed = plan.clone();
        changed["version"] = json!(1);
        put(&world, &planner, &path(7), &changed).await;
    }
}

async fn staff_book_move_and_cancel_for_somebody(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let els = world.staff("Els Peeters", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": anna.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
    // Somebody who stands there needs no notice.
    let mut wish = json!({
        "resident_id": found[0]["id"], "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-01T09:20:00Z",
        "persons": 1, "reason": "telephone",
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(&els), &wish).await;
    assert_eq!(
        (status, &booked["name"], &booked["made_by"]),
        (200, &json!("Anna Zonnebloem"), &json!("Els Peeters")),
        "{booked}"
    );
    // A visitor who is in no register.
    wish["starts_at"] = json!("2027-03-01T09:40:00Z");
    wish.as_object_mut().unwrap().remove("resident_id");
    assert_eq!(world.json("POST", "/staff/v1/appointments", Some(&els), &wish).await.1["field"], "visitor");
    wish["visitor"] = json!("monsieur Dupont");
    let (_, visitor) = world.json("POST", "/staff/v1/appointments", Some(&els), &wish).await;
    assert_eq!(visitor["name"], "monsieur Dupont");
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-01"), &els).await;
    let names: Vec<_> = agenda.as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Anna Zonnebloem", "monsieur Dupont"]);
    // As it was heard on the telephone.
    let heard = booked["reference"].as_str().unwrap().to_lowercase().replace('-', "");
    let (status, same) = world.get(&format!("/staff/v1/appointments/{heard}?reason=telephone"), &els).await;
    assert_eq!((status, &same["id"]), (200, &booked["id"]));
    assert_eq!(world.get("/staff/v1/appointments/AAA-AAA?reason=telephone", &els).await.0, 404);
    let path = format!("/staff/v1/appointments/{}", booked["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-02T08:00:00Z", "reason": "telephone" });
    assert_eq!(world.json("POST", &format!("{path}/move"), Some(&els), &to).await.0, 200);
    assert_eq!(world.raw("DELETE", &format!("{path}?reason=telephone"), Some(&els), None).await.0, 200);
    world.drain().await;
    let mut titles = world.titles(&mut phone).await;
    titles.sort();
    assert_eq!(
        titles,
        [
            "Geannuleerd: je afspraak van 2 maart 2027 om 9.00 uur",
            "Je afspraak is verplaatst naar 2 maart 2027 om 9.00 uur",
            "Je afspraak op 1 maart 2027 om 10.20 uur",
        ]
    );
    // And she can read who did.
    let token = phone.tokens.clone().unwrap().access;
    let (_, mine) = world.get("/v1/audit", &token).await;
    let told = mine.to_string();
    for word in
        ["boekte een afspraak voor je", "verplaatste je afspraak", "annuleerde je afspraak", "bekeek je afspraak"]
    {
        assert!(told.contains(word), "{word}: {told}");
    }
    nobody_has_anothers_slot(&world).await;
}

/// PostgreSQL ends one of two transactions that wait for each other; SQLite has one writer. Whatever is asked is done again, also by
/// operations that no author thought of it with.
async fn a_deadlock_is_tried_again_and_never_shown(world: World) {
    if !world.database.starts_with("postgres") {
        return;
    }
    town_hall(&world, 1).await;
    let tokens = citizens(&world, 1).await;
    let token = Some(tokens[0].as_str());
    let (_, mine) = book(&world, &tokens[0], "2027-03-03T08:00:00Z", false).await;
    let choice = json!({ "language": "nl", "quiet_from": 1260, "quiet_until": 480, "muted": [] });
    assert_eq!(world.json("PUT", "/v1/preferences", token, &choice).await.0, 200);
    let (_, inbox) = world.get("/v1/inbox", &tokens[0]).await;
    let read = format!("/v1/inbox/{}/read", inbox["messages"][0]["id"].as_str().unwrap());
    let other = world.another_process().await;
    let path = format!("/v1/appointments/{}", mine["id"].as_str().unwrap());
    // Somebody has what the request changes last, and in a moment wants what it changed first.
    let meetings = [
        ("PUT", read.as_str(), None, "update badge set resident_id = resident_id", "update message set title = title"),
        (
            "PUT",
            "/v1/preferences",
            Some(&choice),
            "update push_preference set quiet_from = quiet_from",
            "update account set language = language",
        ),
        ("DELETE", &path, None, "update desk_tick set tick = tick", "update appointment set updated_at = updated_at"),
    ];
    for (met, (method, path, body, first, second)) in (1..).zip(meetings) {
        let mut w = other.app.db.write().await.unwrap();
        thuisloket::with_conn!(w, c => sqlx::query(first).execute(c).await.map(|_| ())).unwrap();
        let ask = async {
            match body {
                Some(body) => world.json(method, path, token, body).await,
                None => world.raw(method, path, token, None).await,
            }
        };
        let meet = async {
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            thuisloket::with_conn!(w, c => sqlx::query(second).execute(c).await.map(|_| ())).unwrap();
            w.commit().await.unwrap();
        };
        let ((status, answer), ()) = tokio::join!(ask, meet);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
        for _ in 0..50 {
            if world.figure(deadlocks).await == met {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(world.figure(deadlocks).await, met, "{method} {path}: they did meet");
    }
    assert_eq!(world.figure("select count(*) from message where read_at is not null").await, 1);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    assert_eq!(world.figure("select count(*) from message where dedupe_key like '%cancelled'").await, 1);
}

/// Many things at random, at once: and then the tables prove that nothing was given twice, that every confirmed visit
/// stands, and that every promised message was written once.
async fn whatever_happens_no_desk_serves_two(world: World) {
    let planner = town_hall(&world, 3).await;
    let tokens = citizens(&world, 24).await;
    let mut rng = StdRng::seed_from_u64(7);
    let mut version = 1;
    let mut times = Vec::new();
    for day in ["2027-03-03", "2027-03-04"] {
        times.extend(starts(&world, &tokens[0], &format!("from={day}&until={day}")).await);
    }
    let mut done: BTreeMap<String, usize> = BTreeMap::new();
    let mut asleep = false;
    for _round in 0..12 {
        let mut all = Vec::new();
        for token in &tokens {
            let (_, mine) = world.get("/v1/appointments", token).await;
            let mine: Vec<String> =
                mine.as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap().to_owned()).collect();
            let at = times.choose(&mut rng).unwrap().clone();
            let (choice, one) = (rng.random_range(0..7), mine.choose(&mut rng).cloned());
            let world = &world;
            all.push(async move {
                let on = |id: String, what: &str| format!("/v1/appointments/{id}{what}");
                let answer = match (choice, one) {
                    (0, Some(id)) => world.raw("DELETE", &on(id, ""), Some(token), None).await,
                    (1 | 2, Some(id)) => world.raw("POST", &on(id, "/confirm"), Some(token), None).await,
                    (3, Some(id)) => {
                        let to = json!({ "location_id": PLACE, "starts_at": at });
                        world.json("POST", &on(id, "/move"), Some(token), &to).await
                    }
                    (4, _) => book(world, token, &at, true).await,
                    _ => book(world, token, &at, false).await,
                };
                let code = answer.1["code"].as_str().unwrap_or("done").to_owned();
                (answer.0, code)
            });
        }
        for (status, code) in futures_util::future::join_all(all).await {
            assert!(status < 500, "{status} {code}");
            *done.entry(code).or_default() += 1;
        }
        nobody_has_anothers_slot(&world).await;
        // Holds lapse, are swept or not yet; the town hall closes and opens again.
        world.clock.advance(chrono::Duration::minutes(rng.random_range(1..8)));
        asleep = !asleep && rng.random();
        if !asleep {
            world.drain().await;
        }
        let mut plan = place(3);
        plan["version"] = json!(version);
        plan["desks"][2]["active"] = json!(rng.random::<bool>());
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}?strand=true"), &plan).await;
        version += 1;
    }
    assert!(done["done"] > 50 && done.contains_key("slot_taken"), "{done:?}");
    // Each change was said once, and none that did not happen.
    let twice = "select count(*) from (select 1 as one from message where kind = 'appointment'
        group by resident_id, dedupe_key having count(*) > 1) twice";
    assert_eq!(world.figure(twice).await, 0);
    let unsaid = "select count(*) from appointment a where a.state = 'booked' and not exists
        (select 1 from message m where m.municipality_id = a.municipality_id and m.resident_id = a.resident_id
            and m.deep_link like '/appointments/%' and m.kind = 'appointment')";
    assert_eq!(world.figure(unsaid).await, 0);
    world.clock.advance(chrono::Duration::minutes(10));
    world.drain().await;
    assert_eq!(
        world.figure("select count(*) from appointment where state = 'held'").await,
        0,
        "nothing is held for ever"
    );
    let kept = "select count(*) from desk_tick t join appointment a
        on a.municipality_id = t.municipality_id and a.id = t.appointment_id where a.state <> 'booked'";
    assert_eq!(world.figure(kept).await, 0);
}

async fn what_one_does_oneself_disturbs_ones_other_phones_only(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let (mut hand, mut bag) = (world.phone(&anna, true).await, world.phone(&anna, false).await);
    let mut shown = async |world: &World| {
        world.drain().await;
        hand.receive_all().await;
        bag.receive_all().await;
        let counts = (hand.lock_screen.len(), bag.lock_screen.len());
        (hand.lock_screen, bag.lock_screen) = (Vec::new(), Vec::new());
        (counts, hand.tokens.clone().unwrap().access)
    };
    let (_, token) = shown(&world).await;
    let (_, visit) = book(&world, &token, "2027-03-03T08:00:00Z", false).await;
    let id = visit["id"].as_str().unwrap();
    assert_eq!(shown(&world).await.0, (0, 1), "booked");
    // It is in the inbox all the same.
    let (_, inbox) = world.get("/v1/inbox", &token).await;
    assert!(inbox.to_string().contains("Je afspraak op 3 maart 2027"), "{inbox}");
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-03T10:00:00Z" });
    assert_eq!(world.json("POST", &format!("/v1/appointments/{id}/move"), Some(&token), &to).await.0, 200);
    assert_eq!(shown(&world).await.0, (0, 1), "moved");
    // What staff do with it is news on both; and what one cancels oneself, again on the other only.
    let els = world.staff("Els", &["Loket:0207509031"]).await;
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-03T09:00:00Z", "reason": "telephone" });
    assert_eq!(world.json("POST", &format!("/staff/v1/appointments/{id}/move"), Some(&els), &to).await.0, 200);
    assert_eq!(shown(&world).await.0, (1, 1), "moved by staff");
    assert_eq!(world.raw("DELETE", &format!("/v1/appointments/{id}"), Some(&token), None).await.0, 200);
    assert_eq!(shown(&world).await.0, (0, 1), "cancelled");
}

async fn who_has_no_app_is_told_nothing_and_what_it_was_is_kept(world: World) {
    const KEPT: &str =
        "select reason || ' ' || language || ' ' || kind || ' ' || category || ': ' || title from unreached";
    town_hall(&world, 1).await;
    let gone = somebody("Odile", "1940-04-04").state("deceased", "2027-02-27");
    let marie = somebody("Marie", "1985-05-05").speaks("fr");
    world.people(&[&marie, &gone]).await;
    let els = world.staff("Els Peeters", &["Loket:0207509031"]).await;
    let id_of = async |of: &Somebody| {
        let question = json!({ "national_number": of.number, "reason": "telephone" });
        let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
        found[0]["id"].clone()
    };
    let wish = |resident: &Value, starts_at: &str| {
        json!({
            "resident_id": resident, "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1,
            "reason": "telephone",
        })
    };
    let resident = id_of(&marie).await;
    let first = wish(&resident, "2027-03-01T09:20:00Z");
    let (_, visit) = world.json("POST", "/staff/v1/appointments", Some(&els), &first).await;
    let path = format!("/staff/v1/appointments/{}", visit["id"].as_str().unwrap());
    // In the language of the register, once, and not in an inbox that nobody opens.
    let booked = "no_app fr appointment appointments: Votre rendez-vous le 1er mars 2027 à 10 h 20";
    assert_eq!(world.texts(KEPT).await, [booked]);
    assert_eq!(world.figure("select count(*) from message").await, 0);
    // What changed since takes its place, as with what is read.
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-02T08:00:00Z", "reason": "telephone" });
    assert_eq!(world.json("POST", &format!("{path}/move"), Some(&els), &to).await.0, 200);
    let moved = world.texts(KEPT).await;
    assert!(moved.len() == 1 && moved[0].contains("2 mars 2027"), "{moved:?}");
    // Of who has died it says so.
    let theirs = wish(&id_of(&gone).await, "2027-03-01T09:40:00Z");
    assert_eq!(world.json("POST", "/staff/v1/appointments", Some(&els), &theirs).await.0, 200);
    let kept = world.texts(KEPT).await;
    assert!(kept.iter().any(|line| line.starts_with("not_here nl appointment")), "{kept:?}");
    // With the app, the next is told.
    let mut phone = world.phone(&marie, true).await;
    assert_eq!(world.raw("DELETE", &format!("{path}?reason=telephone"), Some(&els), None).await.0, 200);
    world.drain().await;
    let titles = world.titles(&mut phone).await;
    assert!(titles.len() == 1 && titles[0].contains("2 mars 2027"), "{titles:?}");
    let kept = world.texts(KEPT).await;
    assert!(kept.len() == 1 && kept[0].starts_with("not_here"), "what she was not told before is old news: {kept:?}");
    // Whoever has the app and moves away reads nothing any more: that is no message that arrived.
    let before = world.figure("select count(*) from message").await;
    let next = wish(&resident, "2027-03-04T08:00:00Z");
    let (_, visit) = world.json("POST", "/staff/v1/appointments", Some(&els), &next).await;
    assert_eq!(world.figure("select count(*) from message").await, before + 1);
    let marie = somebody("Marie", "1985-05-05").speaks("fr").state("departed", "2027-02-27");
    world.people(&[&marie, &gone]).await;
    let path = format!("/staff/v1/appointments/{}", visit["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &format!("{path}?reason=telephone"), Some(&els), None).await.0, 200);
    assert_eq!(world.figure("select count(*) from message").await, before + 1);
    let not_here = "select title from unreached where reason = 'not_here' and title like '%4 mars%'";
    assert_eq!(world.texts(not_here).await.len(), 1);
    // It is forgotten when a message would be.
    world.at("2031-03-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from unreached").await, 0);
}
