//! What a change of a plan gives, seen before it is saved: what is shown is what comes of it, and whom it strands is who is named when
//! it is saved.

use std::collections::BTreeMap;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, book, citizens, desk, place, put, service, starts, town_hall},
    console::Seat,
    page::until,
    world::World,
};

journeys! {
    what_a_change_gives_is_what_comes_of_it,
    a_preview_and_a_save_name_the_same_visits_whatever_changes,
    a_preview_refuses_what_saving_refuses_and_writes_nothing,
    a_service_is_seen_before_it_is_saved_as_well,
    a_planner_sees_the_slots_and_the_visits_before_they_save,
    who_comes_too_late_for_a_start_is_shown_what_is_free_near_it,
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
    // The first has no visit, and so is offered all that is free.
    let tokens = citizens(&world, 7).await;
    let mut booked = 0;
    for (n, token) in tokens[1..].iter().enumerate() {
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

/// Somebody who plans and who is at the counter, and a tool with the same rights.
async fn els(world: &World) -> Option<(Seat, String)> {
    let roles = ["Loket:0207509031", "Planner:0207509031"];
    world.employ("Els Claes", &roles);
    let seat = Seat::at(&world.server, "Els Claes").await?;
    Some((seat, world.staff("Els Claes", &roles).await))
}

async fn book_for(world: &World, token: &str, starts_at: &str) -> String {
    let wish = json!({
        "visitor": "mevrouw Zonnebloem", "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1,
        "reason": "telephone",
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(token), &wish).await;
    assert_eq!(status, 200, "{booked}");
    booked["reference"].as_str().unwrap().to_owned()
}

/// Writes an hour into a field of the opening hours.
async fn hour(seat: &Seat, label: &str, text: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let write = "const e = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(text)]).await.unwrap();
}

async fn a_planner_sees_the_slots_and_the_visits_before_they_save(world: World) {
    let planner = town_hall(&world, 2).await;
    let Some((els, token)) = els(&world).await else { return };
    let reference = book_for(&world, &token, "2027-03-02T08:00:00Z").await;
    els.go(&world.server, &format!("/planning/locations/{PLACE}")).await;
    hour(&els, "dinsdag, open van 1", "10u").await;
    els.click("//button[. = 'Bekijk wat dit geeft']").await;
    let shown = "//section[@aria-labelledby = 'preview']";
    // Each Tuesday opens an hour later: of nine starts six are left, which is said in signs and in words.
    let tuesday = "[contains(., '09:00–12:00')][contains(., '10:00–12:00')][contains(., 'andere uren')]";
    els.find(&format!("{shown}//tr{tuesday}[td[contains(., '▼')][contains(., 'minder dan nu')][contains(., '6')]]"))
        .await;
    els.find(&format!("{shown}//p[starts-with(., 'Dagen die veranderen: 2.')]")).await;
    els.find(&format!("{shown}//p[starts-with(., '1 geboekte afspraak kan dan niet meer doorgaan')]")).await;
    els.find(&format!("{shown}//a[. = '{reference}']")).await;
    let focused = els.client.execute("return document.activeElement.id", vec![]).await.unwrap();
    assert_eq!(focused, "preview", "whoever asked is where it is told");
    els.client.execute("document.getElementById('preview').scrollIntoView()", vec![]).await.unwrap();
    els.keep("console-preview.png").await;
    els.client.execute("scrollTo(0, document.body.scrollHeight)", vec![]).await.unwrap();
    els.look("what a change gives").await;
    assert_eq!(planned(&world, &planner).await["version"], 1, "nothing was saved");
    // What is changed after that is not what is shown, until it is asked again.
    hour(&els, "dinsdag, open van 1", "8u").await;
    els.find(&format!("{shown}//p[starts-with(., 'Je wijzigde daarna nog iets')]")).await;
    els.click("//button[. = 'Opnieuw bekijken']").await;
    els.find(&format!("{shown}//tr[td[contains(., '▲')][contains(., 'meer dan nu')][contains(., '12')]]")).await;
    els.find(&format!("{shown}//p[. = 'Alle geboekte afspraken kunnen doorgaan.']")).await;
    els.click("//button[. = 'Twee weken later']").await;
    els.find(&format!("{shown}//th[contains(., '16 mrt')]")).await;
    els.client.set_window_size(390, 844).await.unwrap();
    els.client.execute("scrollTo(0, document.body.scrollHeight)", vec![]).await.unwrap();
    els.look("what a change gives, on a phone").await;
    els.client.set_window_size(1280, 900).await.unwrap();
    // Saved without having looked, it is asked by itself, and leads to whom it hits; what was typed is kept meanwhile.
    hour(&els, "dinsdag, open van 1", "10u").await;
    els.click("//button[. = 'Bewaren']").await;
    els.find("//dialog[contains(., 'kan 1 afspraak niet meer doorgaan')]").await;
    els.look("whom it strands").await;
    els.click(&format!("//dialog//a[. = '{reference}']")).await;
    els.find("//h1[. = 'Agenda']").await;
    els.find(&format!("//dialog//strong[. = '{reference}']")).await;
    els.look("the visit in the agenda").await;
    els.go(&world.server, &format!("/planning/locations/{PLACE}")).await;
    els.find("//*[contains(@class, 'notice')][contains(., 'nog niet bewaard was')]").await;
    // Who saved meanwhile is told by name.
    let mut theirs = planned(&world, &planner).await;
    theirs["address"] = json!("Markt 2, 9800 Deinze");
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &theirs).await;
    els.click("//button[. = 'Bekijk wat dit geeft']").await;
    els.find("//section[@aria-labelledby = 'meanwhile']//p[contains(., 'Piet')][contains(., '10:00')]").await;
    els.look("who saved meanwhile").await;
    els.client.close().await.unwrap();
}

/// Waits until the field of a label has the focus.
async fn focus_in(seat: &Seat, label: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let script = "return document.activeElement.id";
    until("the focus", async || seat.client.execute(script, vec![]).await.unwrap() == json!(id)).await;
}

async fn who_comes_too_late_for_a_start_is_shown_what_is_free_near_it(world: World) {
    town_hall(&world, 1).await;
    let Some((els, token)) = els(&world).await else { return };
    els.go(&world.server, "/counter/visitor").await;
    els.click("//label[contains(., 'Aan de telefoon')]").await;
    // A name that is too long is named at its field, which has the focus once one tries to book.
    els.write("Naam van de bezoeker", &"o".repeat(200)).await;
    els.find("//*[contains(@class, 'fault')][contains(., 'Deze naam is te lang')]").await;
    els.click("//button[. = 'Afspraak boeken']").await;
    focus_in(&els, "Naam van de bezoeker").await;
    els.field("Naam van de bezoeker").await.send_keys("\u{e009}a\u{e000}\u{e003}").await.unwrap();
    els.gone("//*[contains(@class, 'fault')][contains(., 'Deze naam is te lang')]").await;
    els.write("Naam van de bezoeker", "mevrouw Zonnebloem").await;
    els.choose("Waarvoor?", SERVICE).await;
    els.click("//*[contains(@class, 'days')]/button[2]").await;
    els.click("//*[contains(@class, 'times')]/button[1]").await;
    els.find("//h3[. = 'Zo wordt het']").await;
    // Somebody else is quicker.
    book_for(&world, &token, "2027-03-02T08:00:00Z").await;
    els.click("//button[. = 'Afspraak boeken']").await;
    els.find("//*[@role = 'group'][p[. = 'Dit is daar vlakbij nog vrij:']]//button[1]").await;
    els.look("what is free near it").await;
    els.click("//*[@role = 'group'][p[. = 'Dit is daar vlakbij nog vrij:']]//button[1]").await;
    els.click("//button[. = 'Afspraak boeken']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'geboekt')]").await;
    let (_, agenda) = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-02"), &token).await;
    let starts: Vec<_> = agenda.as_array().unwrap().iter().map(|v| v["starts_at"].clone()).collect();
    assert_eq!(starts, [json!("2027-03-02T08:00:00Z"), json!("2027-03-02T08:20:00Z")], "{agenda}");
    els.client.close().await.unwrap();
}
