//! The call list: whom no other way led to.

use serde_json::{Value, json};
use thuisloket::with_conn;
use uuid::Uuid;

use crate::world::{World, many, paper, somebody};

journeys! {
    with "deinze.reach.reminder.mail = -1\ndeinze.reach.reminder.call = 3";
    a_call_is_taken_tried_and_decided_by_a_colleague_with_a_name,
    who_is_reached_is_off_the_list_and_can_read_who_called,
    who_did_it_meanwhile_is_not_called,
    who_has_the_app_by_now_is_told_there_and_not_called,
    of_two_who_take_a_call_one_has_it,
    who_forgot_to_give_a_call_back_has_it_no_longer_than_the_day,
    the_list_is_read_a_page_at_a_time,
}

const CLERK: &[&str] = &["Loket:0207509031"];

async fn list(world: &World, clerk: &str, more: &str) -> Value {
    let (status, page) = world.get(&format!("/staff/v1/calls?reason=telephone{more}"), clerk).await;
    assert_eq!(status, 200, "{page}");
    page
}

async fn calls(world: &World, clerk: &str) -> Vec<Value> {
    list(world, clerk, "").await["calls"].as_array().unwrap().clone()
}

async fn ask(world: &World, clerk: &str, (method, what): (&str, &str), of: &Value, body: &Value) -> (u16, Value) {
    let path = format!("/staff/v1/calls/{}/{what}", of["id"].as_str().unwrap());
    if body.is_null() {
        return world.raw(method, &path, Some(clerk), None).await;
    }
    world.json(method, &path, Some(clerk), body).await
}

/// A call that is to be made to somebody, as if they had not been told something: for journeys that are about whose it is.
pub async fn planted(world: &World, town: &str, resident: &str) -> String {
    let (id, now) = (world.instance.app.ids.uuid(world.now()), world.now());
    let town = world.instance.towns().by_key(town).unwrap().id;
    let resident: Uuid = resident.parse().unwrap();
    let statements = [
        "insert into unreached (municipality_id, id, resident_id, reason, kind, category, dedupe_key, language, title, body,
             created_at)
         values ($1, $2, $3, 'no_app', 'document_reminder', 'documents', 'planted', 'nl', 'Je rijbewijs vervalt bijna',
             'Maak een afspraak bij Burgerzaken.', $4)",
        "insert into reach (municipality_id, id, resident_id, source, source_id, plan, about, language, postcode, no_push, state,
             step, waits_for, waits_since, next_at, created_at)
         values ($1, $2, $3, 'unreached', $2, 'reminder_late', '', 'nl', '9800', 'no_app', 'open', 'call', 'call', $4, $5, $4)",
        "insert into reach_step (municipality_id, reach_id, step, state, at)
         select municipality_id, id, 'call', 'due', $4 from reach where municipality_id = $1 and id = $2 and resident_id = $3",
    ];
    let mut w = world.instance.app.db.write().await.unwrap();
    for (n, sql) in statements.into_iter().enumerate() {
        with_conn!(w, c => {
            let q = sqlx::query(sql).bind(town).bind(id).bind(resident).bind(now);
            let q = if n == 1 { q.bind(now + chrono::Duration::days(1)) } else { q };
            q.execute(c).await.map(|d| assert_eq!(d.rows_affected(), 1))
        })
        .unwrap();
    }
    w.commit().await.unwrap();
    id.to_string()
}

/// Somebody without the app, told on Wednesday 3 March at ten of a card that ends.
async fn luc(world: &World) {
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    world.papers(&[paper(&luc, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(2).await;
}

async fn a_call_is_taken_tried_and_decided_by_a_colleague_with_a_name(world: World) {
    luc(&world).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    let all = calls(&world, &clerk).await;
    assert_eq!(all.len(), 1);
    let call = &all[0];
    assert!(call["name"].as_str().unwrap().starts_with("Luc"), "{call}");
    assert!(call["title"].as_str().unwrap().contains("Identiteitskaart"), "what to say: {call}");
    assert_eq!((&call["language"], &call["may_close"], call.get("taken_by")), (&json!("nl"), &json!(false), None));
    assert_eq!(ask(&world, &clerk, ("POST", "take"), call, &Value::Null).await.0, 200);
    assert_eq!(calls(&world, &clerk).await[0]["taken_by"], "Lies Peeters");
    // A colleague notes nothing on it, and hears who has it.
    let other = world.staff("Els Claes", CLERK).await;
    let no_answer = json!({ "result": "no_answer" });
    let (status, refused) = ask(&world, &other, ("POST", "tries"), call, &no_answer).await;
    assert_eq!((status, &refused["code"], &refused["edited_by"]), (409, &json!("call_taken"), &json!("Lies Peeters")));
    // Two tries in one instant are two.
    for _ in 0..2 {
        assert_eq!(ask(&world, &clerk, ("POST", "tries"), call, &no_answer).await.0, 200);
    }
    let note = json!({ "note": "Ik ga langs." });
    let (status, refused) = ask(&world, &clerk, ("POST", "close"), call, &note).await;
    assert_eq!((status, &refused["code"]), (409, &json!("call_not_tried")));
    assert_eq!(ask(&world, &clerk, ("DELETE", "take"), call, &Value::Null).await.0, 200);
    // Two more days, each at another hour, by whoever is there.
    for (at, last) in [("2027-03-04 14:00", false), ("2027-03-05 18:00", true)] {
        world.at(at);
        let clerk = world.staff("Els Claes", CLERK).await;
        let call = calls(&world, &clerk).await[0].clone();
        assert_eq!(ask(&world, &clerk, ("POST", "tries"), &call, &no_answer).await.0, 200);
        assert_eq!(calls(&world, &clerk).await[0]["may_close"], last);
    }
    let clerk = world.staff("Els Claes", CLERK).await;
    assert_eq!(ask(&world, &clerk, ("POST", "close"), call, &note).await.0, 200);
    assert_eq!(calls(&world, &clerk).await.len(), 0);
    assert_eq!(world.texts("select outcome from reach").await, ["handed_over"]);
    assert_eq!(world.texts("select closed_by || ': ' || closed_note from call").await, ["Els Claes: Ik ga langs."]);
    // Who has it now, and what they do, can be read: in the list of those, and beside what he was told.
    let (status, over) = world.get("/staff/v1/calls/handed-over?reason=telephone", &clerk).await;
    let one = &over["handed_over"][0];
    assert_eq!((status, &one["by"], &one["note"]), (200, &json!("Els Claes"), &json!("Ik ga langs.")), "{over}");
    let stranger = world.staff("Nele", &["Loket:0207500000"]).await;
    let (_, none) = world.get("/staff/v1/calls/handed-over?reason=telephone", &stranger).await;
    assert_eq!(none["handed_over"], json!([]));
    let told = format!("/staff/v1/residents/{}/messages?reason=telephone", one["resident_id"].as_str().unwrap());
    let (status, told) = world.get(&told, &clerk).await;
    let went = &told[0]["further"];
    assert_eq!(
        (status, &went["outcome"], &went["handed_to"]["name"]),
        (200, &json!("handed_over"), &json!("Els Claes"))
    );
    assert_eq!((&went["steps"][0]["step"], &went["steps"][0]["state"]), (&json!("call"), &json!("failed")), "{told}");
    // It is over: nobody does anything to it any more.
    assert_eq!(ask(&world, &clerk, ("POST", "tries"), call, &no_answer).await.0, 404);
    let acts = "select distinct act from audit_entry where act like 'call%' order by act";
    assert_eq!(world.texts(acts).await, ["call_closed", "call_given_back", "call_noted", "call_taken", "calls_read"]);
}

async fn who_is_reached_is_off_the_list_and_can_read_who_called(world: World) {
    luc(&world).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    let call = calls(&world, &clerk).await[0].clone();
    assert_eq!(ask(&world, &clerk, ("POST", "tries"), &call, &json!({ "result": "reached" })).await.0, 200);
    assert_eq!(calls(&world, &clerk).await.len(), 0);
    assert_eq!(world.texts("select outcome from reach").await, ["called"]);
    let mut phone = world.phone(&somebody("Luc", "1960-01-01"), true).await;
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let (status, trail) = world.get("/v1/audit", &token).await;
    assert_eq!(status, 200, "{trail}");
    assert!(trail.to_string().contains("noteerde dat je gebeld werd"), "{trail}");
    // Another town has nobody on its list, and who has no counter sees none.
    let stranger = world.staff("Nele", &["Loket:0207500000"]).await;
    assert_eq!(calls(&world, &stranger).await, Vec::<Value>::new());
    assert_eq!(ask(&world, &stranger, ("POST", "take"), &call, &Value::Null).await.0, 404);
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    assert_eq!(world.get("/staff/v1/calls?reason=telephone", &planner).await.0, 403);
}

async fn who_did_it_meanwhile_is_not_called(world: World) {
    luc(&world).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    let call = calls(&world, &clerk).await[0].clone();
    world.papers(&[paper(&somebody("Luc", "1960-01-01"), "eid", "2027-03-03", "2037-03-03")]).await;
    // Nobody looked since: the list asks again.
    assert_eq!(calls(&world, &clerk).await.len(), 0);
    assert_eq!(ask(&world, &clerk, ("POST", "take"), &call, &Value::Null).await.0, 404);
    world.days(1).await;
    assert_eq!(world.texts("select outcome from reach").await, ["settled"]);
}

async fn who_has_the_app_by_now_is_told_there_and_not_called(world: World) {
    luc(&world).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    assert_eq!(calls(&world, &clerk).await.len(), 1);
    let mut phone = world.phone(&somebody("Luc", "1960-01-01"), true).await;
    assert_eq!(calls(&world, &clerk).await.len(), 0, "before any worker looked");
    world.days(1).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    let outcomes = "select coalesce(outcome, state) from reach order by created_at, id";
    assert_eq!(world.texts(outcomes).await, ["replaced", "open"], "told anew, and followed for itself");
}

async fn of_two_who_take_a_call_one_has_it(world: World) {
    luc(&world).await;
    let (one, two) = (world.staff("Lies Peeters", CLERK).await, world.staff("Els Claes", CLERK).await);
    let call = calls(&world, &one).await[0].clone();
    let take = ("POST", "take");
    let (a, b) =
        tokio::join!(ask(&world, &one, take, &call, &Value::Null), ask(&world, &two, take, &call, &Value::Null),);
    let mut codes = [a.0, b.0];
    codes.sort_unstable();
    assert_eq!(codes, [200, 409]);
}

async fn who_forgot_to_give_a_call_back_has_it_no_longer_than_the_day(world: World) {
    luc(&world).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    let call = calls(&world, &clerk).await[0].clone();
    let no_answer = json!({ "result": "no_answer" });
    assert_eq!(ask(&world, &clerk, ("POST", "tries"), &call, &no_answer).await.0, 200);
    world.at("2027-03-03 23:30");
    let other = world.staff("Els Claes", CLERK).await;
    assert_eq!(ask(&world, &other, ("POST", "take"), &call, &Value::Null).await.1["code"], "call_taken");
    assert_eq!(calls(&world, &other).await[0]["taken_by"], "Lies Peeters");
    // The day after it is anybody's: in the list, to give back, and to take.
    world.at("2027-03-04 00:30");
    let (clerk, other) = (world.staff("Lies Peeters", CLERK).await, world.staff("Els Claes", CLERK).await);
    assert_eq!(calls(&world, &other).await[0].get("taken_by"), None);
    assert_eq!(ask(&world, &other, ("DELETE", "take"), &call, &Value::Null).await.0, 200);
    assert_eq!(ask(&world, &other, ("POST", "take"), &call, &Value::Null).await.0, 200);
    assert_eq!(calls(&world, &clerk).await[0]["taken_by"], "Els Claes");
    // Who had it hears who has it now.
    let (status, refused) = ask(&world, &clerk, ("POST", "tries"), &call, &no_answer).await;
    assert_eq!((status, &refused["edited_by"]), (409, &json!("Els Claes")));
    // Who takes her own anew has it for the day.
    world.at("2027-03-05 10:00");
    let (clerk, other) = (world.staff("Lies Peeters", CLERK).await, world.staff("Els Claes", CLERK).await);
    assert_eq!(ask(&world, &other, ("POST", "take"), &call, &Value::Null).await.0, 200);
    assert_eq!(ask(&world, &clerk, ("POST", "take"), &call, &Value::Null).await.1["code"], "call_taken");
}

async fn the_list_is_read_a_page_at_a_time(world: World) {
    let people = many(5);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect::<Vec<_>>()).await;
    world.days(2).await;
    let clerk = world.staff("Lies Peeters", CLERK).await;
    let (mut seen, mut more, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = list(&world, &clerk, &format!("&limit=2{more}")).await;
        seen.extend(page["calls"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()));
        pages += 1;
        match page.get("next_cursor") {
            Some(next) => more = format!("&cursor={}", next.as_str().unwrap()),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pages), (5, 3));
}
