//! Somebody telephones, or stands at the counter: what is free for them, their visits, and why they were not told.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, town_hall},
    world::{World, paper, somebody},
};

journeys! {
    staff_see_what_is_free_for_who_telephones,
    staff_are_offered_no_start_at_which_somebody_is_elsewhere,
    why_was_she_not_told,
    a_look_is_written_once_a_day_and_reason,
}

async fn clerk(world: &World) -> String {
    world.staff("Lies", &["Loket:0207509031"]).await
}

/// Their ids, by their first names.
async fn found(world: &World, clerk: &str, born: &str) -> String {
    let who = json!({ "family_name": "Z", "birth_date": born, "reason": "telephone" });
    let (status, all) = world.json("POST", "/staff/v1/residents/search", Some(clerk), &who).await;
    assert_eq!(status, 200, "{all}");
    all[0]["id"].as_str().unwrap_or_else(|| panic!("{all}")).to_owned()
}

async fn staff_see_what_is_free_for_who_telephones(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.at("2027-03-03 09:30");
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let clerk = clerk(&world).await;
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let path = format!("/staff/v1/services/{SERVICE}/starts?from=2027-03-03&until=2027-03-03");
    let (status, free) = world.get(&path, &clerk).await;
    assert_eq!(status, 200, "{free}");
    // An hour's notice is asked of who books in the app: at 09:40 nobody else can, and the counter books it at once.
    assert_eq!(free[0]["starts_at"], "2027-03-03T08:40:00Z", "{free}");
    let (_, next) = world.get(&format!("/staff/v1/services/{SERVICE}/next"), &clerk).await;
    assert_eq!(next, json!([free[0]]));
    let wish = json!({
        "visitor": "Jo zonder app", "service_id": SERVICE, "location_id": PLACE, "starts_at": free[0]["starts_at"],
        "persons": 1, "reason": "telephone",
    });
    let (status, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!((status, &visit["subjects"]), (200, &json!([{ "name": "Jo zonder app" }])), "{visit}");
    let (_, free) = world.get(&path, &clerk).await;
    assert_eq!(free[0]["starts_at"], "2027-03-03T09:00:00Z", "{free}");
    let (_, offer) = world.get("/staff/v1/offer", &clerk).await;
    assert_eq!((&offer["services"][0]["id"], &offer["locations"][0]["id"]), (&json!(SERVICE), &json!(PLACE)));
    assert_eq!(offer["served"], json!([{ "service_id": SERVICE, "location_ids": [PLACE] }]), "{offer}");
    // Who plans and does not receive, and who is no member of staff, is refused.
    assert_eq!(world.get(&path, &planner).await.0, 403);
    assert_eq!(world.get(&path, &token).await.0, 401);
    let unknown = SERVICE.replace("aaaa", "abcd");
    assert_eq!(world.get(&format!("/staff/v1/services/{unknown}/next"), &clerk).await.0, 404);
}

async fn staff_are_offered_no_start_at_which_somebody_is_elsewhere(world: World) {
    town_hall(&world, 2).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let clerk = clerk(&world).await;
    let id = found(&world, &clerk, "1985-05-05").await;
    let of = async |what: &str, more: &str| {
        let (status, found) = world.get(&format!("/staff/v1/services/{SERVICE}/{what}?{more}"), &clerk).await;
        let starts = found.as_array().map(|all| all.iter().map(|s| s["starts_at"].clone()).collect());
        (status, starts.unwrap_or_else(|| vec![found.clone()]))
    };
    let (_, next) = of("next", "").await;
    let first = next[0].clone();
    let wish = json!({
        "resident_id": id, "service_id": SERVICE, "location_id": PLACE, "starts_at": first, "persons": 1,
        "reason": "telephone",
    });
    let (status, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{visit}");
    let looks = "select count(*) from audit_entry where act in ('visit_read', 'visits_read')";
    assert_eq!(world.figure(looks).await, 0);
    let today = "from=2027-03-01&until=2027-03-01";
    // Of nobody it tells nothing, and nothing is written; the other desk has that start.
    let (_, everybodys) = of("starts", today).await;
    assert!(everybodys[0] == first && everybodys.len() > 1, "{everybodys:?}");
    assert_eq!(world.figure(looks).await, 0);
    // Of her it does, and she reads why, once a day.
    let hers = format!("resident_id={id}&reason=telephone");
    let expected = everybodys[1..].to_vec();
    for _ in 0..2 {
        assert_eq!(of("starts", &format!("{today}&{hers}")).await, (200, expected.clone()));
    }
    assert_eq!(of("next", "").await.1, vec![first.clone()]);
    assert_eq!(of("next", &hers).await.1, expected[..1]);
    assert_eq!(world.figure(looks).await, 1);
    // Her visit does not keep her from where it could be moved to.
    let moved = format!("appointment_id={}&reason=telephone", visit["id"].as_str().unwrap());
    assert_eq!(of("starts", &format!("{today}&{moved}")).await, (200, everybodys));
    assert_eq!(of("next", &moved).await, (200, next));
    assert_eq!(world.figure(looks).await, 2);
    // Nobody is looked at without a reason, nor whom there is not.
    let (status, problem) = of("starts", &format!("{today}&resident_id={id}")).await;
    assert_eq!((status, &problem[0]["field"]), (400, &json!("reason")), "{problem:?}");
    let nobody = uuid::Uuid::from_u128(1);
    for whom in [format!("resident_id={nobody}"), format!("appointment_id={nobody}")] {
        assert_eq!(of("next", &format!("{whom}&reason=visit")).await.0, 404, "{whom}");
    }
}

async fn why_was_she_not_told(world: World) {
    town_hall(&world, 1).await;
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.phone(&anna, true).await;
    world.papers(&[&anna, &luc].map(|p| paper(p, "eid", "2017-05-24", "2027-05-24"))).await;
    world.days(2).await;
    let clerk = clerk(&world).await;
    let ids = [found(&world, &clerk, "1985-05-05").await, found(&world, &clerk, "1960-01-01").await];
    let of = async |id: &str| {
        let (status, all) = world.get(&format!("/staff/v1/residents/{id}/reminders?reason=telephone"), &clerk).await;
        assert_eq!(status, 200, "{all}");
        all[0].clone()
    };
    let told = of(&ids[0]).await;
    assert!(told["message_id"].is_string() && told.get("held_back").is_none(), "{told}");
    let held: Value = of(&ids[1]).await;
    assert_eq!((&held["held_back"], held.get("message_id")), (&json!("no_account"), None), "{held}");
    assert_eq!((&held["why"], &held["document"]), (&json!("Geen app op dat moment."), &json!("Identiteitskaart")));
    let nobody = "01935c3e-0000-7000-8000-00000000dead";
    for what in ["reminders", "visits"] {
        assert_eq!(world.get(&format!("/staff/v1/residents/{nobody}/{what}?reason=visit"), &clerk).await.0, 404);
    }
}

async fn a_look_is_written_once_a_day_and_reason(world: World) {
    town_hall(&world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let clerk = clerk(&world).await;
    let id = found(&world, &clerk, "1985-05-05").await;
    let book = json!({
        "resident_id": id, "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z",
        "persons": 1, "reason": "telephone",
    });
    let (_, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &book).await;
    let path = |what: &str, why: &str| format!("/staff/v1/residents/{id}{what}?reason={why}");
    let (_, all) = world.get(&path("/visits", "telephone"), &clerk).await;
    assert_eq!((&all["coming"][0]["id"], &all["past"]), (&visit["id"], &json!([])), "{all}");
    let reminders = path("/reminders", "visit");
    let loads = futures_util::future::join_all((0..4).map(|_| world.raw("GET", &reminders, Some(&clerk), None)));
    assert!(loads.await.iter().all(|(status, _)| *status == 200));
    for what in ["", "/documents", "/visits", "/reminders"] {
        for why in ["telephone", "visit"] {
            assert_eq!(world.get(&path(what, why), &clerk).await.0, 200);
        }
    }
    let acts = "select act || ' ' || reason || ' ' || count(*) from audit_entry
        where act in ('resident_read', 'documents_read', 'visits_read', 'reminders_read') group by act, reason order by act, reason";
    let each = |act: &str| ["telephone", "visit"].map(|why| format!("{act} {why} 1"));
    let expected: Vec<_> =
        ["documents_read", "reminders_read", "resident_read", "visits_read"].iter().flat_map(|a| each(a)).collect();
    assert_eq!(world.texts(acts).await, expected);
    // The next day it is another look.
    world.at("2027-03-02 10:00");
    let clerk = self::clerk(&world).await;
    assert_eq!(world.get(&path("", "visit"), &clerk).await.0, 200);
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'resident_read'").await, 3);
}
