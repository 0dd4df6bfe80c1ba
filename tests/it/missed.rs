//! Who was not reminded for want of the app: a list that the counter works off.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, place, put, service},
    world::{Somebody, World, many, paper, somebody},
};

journeys! {
    whoever_has_no_app_is_on_a_list_until_they_have_it,
    a_list_is_read_a_page_at_a_time,
    nobody_is_listed_of_whom_nobody_may_be_told_any_more,
}

mod with_letters {
    use super::*;

    journeys! {
        with "deinze.letters.enabled = true\ndeinze.reach.reminder.letter = 0";
        who_is_written_to_is_on_no_list,
    }
}

async fn who_is_written_to_is_on_no_list(world: World) {
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    world.papers(&[paper(&luc, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(2).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    assert_eq!(told(&list(&world, &clerk, "").await), [], "a letter is on its way");
    let letter = crate::reach::claimed(&world).await.pop().unwrap();
    let mut w = world.instance.app.db.write().await.unwrap();
    let (app, town) = (&world.instance.app, world.town());
    assert!(thuisloket::inbox::reach::letter_posted(&mut w, app, town, letter.reach).await.unwrap());
    w.commit().await.unwrap();
    assert_eq!(told(&list(&world, &clerk, "").await), [], "it was posted");
    let mut w = world.instance.app.db.write().await.unwrap();
    assert!(thuisloket::inbox::reach::letter_returned(&mut w, app, town, letter.reach).await.unwrap());
    w.commit().await.unwrap();
    world.drain().await;
    assert_eq!(
        told(&list(&world, &clerk, "").await),
        [("Luc".to_owned(), vec!["Luc".to_owned()])],
        "nobody reached him"
    );
}

async fn list(world: &World, clerk: &str, more: &str) -> Value {
    let (status, page) = world.get(&format!("/staff/v1/missed-reminders?reason=telephone{more}"), clerk).await;
    assert_eq!(status, 200, "{page}");
    page
}

/// Whose document each is, and who was to be told.
fn told(page: &Value) -> Vec<(String, Vec<String>)> {
    let name = |of: &Value| of["name"].as_str().unwrap().split(' ').next().unwrap().to_owned();
    let one = |m: &Value| (name(m), m["recipients"].as_array().unwrap().iter().map(name).collect());
    page["reminders"].as_array().unwrap().iter().map(one).collect()
}

async fn whoever_has_no_app_is_on_a_list_until_they_have_it(world: World) {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = service();
    plan["document_kinds"] = json!(["eid", "kids_id"]);
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &place(1)).await;
    let (anna, tom, luc) =
        (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"), somebody("Luc", "1960-01-01"));
    let emma = somebody("Emma", "2019-05-01").child_of(&[&anna, &tom]);
    world.people(&[&anna, &tom, &luc, &emma]).await;
    world.phone(&tom, true).await;
    world
        .papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20"), paper(&luc, "eid", "2017-05-20", "2027-05-20")])
        .await;
    world.days(30).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let mut seen = told(&list(&world, &clerk, "").await);
    seen.sort();
    // The father has it and was told; the mother was not. Each document once, whatever its stages.
    let owned = |holder: &str, of: &str| (holder.to_owned(), vec![of.to_owned()]);
    assert_eq!(seen, [owned("Emma", "Anna"), owned("Luc", "Luc")]);
    // Each whose data were shown can read it.
    let looks = "select reason || ' ' || count(distinct resident_id) from audit_entry
        where act = 'reminders_read' group by reason";
    assert_eq!(world.texts(looks).await, ["telephone 3"]);
    // Booked by telephone: whoever rings next sees it.
    let question = json!({ "national_number": luc.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let at = (world.now() + chrono::Duration::days(7)).format("%Y-%m-%d");
    let open = format!("/staff/v1/services/{SERVICE}/starts?location_id={PLACE}&from={at}");
    let (status, starts) = world.get(&open, &clerk).await;
    assert_eq!(status, 200, "{starts}");
    let start = starts[0]["starts_at"].as_str().unwrap_or_else(|| panic!("{starts}"));
    let wish = json!({
        "resident_id": found[0]["id"], "service_id": SERVICE, "location_id": PLACE, "starts_at": start, "persons": 1,
        "reason": "telephone",
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{booked}");
    let page = list(&world, &clerk, "").await;
    let of = |name: &str| {
        let all = page["reminders"].as_array().unwrap();
        all.iter().find(|m| m["name"].as_str().unwrap().starts_with(name)).unwrap().clone()
    };
    assert_eq!(of("Luc")["appointment_on"].as_str(), Some(&start[..10]), "{page}");
    assert!(of("Emma").get("appointment_on").is_none(), "{page}");
    // With the app she is told, and is on it no more. A card that was renewed is nothing to ring about.
    world.phone(&anna, false).await;
    world.papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20")]).await;
    world.days(1).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    assert_eq!(told(&list(&world, &clerk, "").await), [owned("Luc", "Luc")]);
    // Another town has nobody on its list; who has no counter sees none.
    let stranger = world.staff("Nele", &["Loket:0207500000"]).await;
    assert_eq!(told(&list(&world, &stranger, "").await), []);
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    assert_eq!(world.get("/staff/v1/missed-reminders?reason=telephone", &planner).await.0, 403);
}

async fn a_list_is_read_a_page_at_a_time(world: World) {
    let people = many(7);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-05-20", "2027-05-20")).collect::<Vec<_>>()).await;
    world.days(30).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let (mut seen, mut more, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = list(&world, &clerk, &format!("&limit=3{more}")).await;
        let of = |m: &Value| m["document_id"].as_str().unwrap().to_owned();
        seen.extend(page["reminders"].as_array().unwrap().iter().map(of));
        pages += 1;
        match page.get("next_cursor") {
            Some(next) => more = format!("&cursor={}", next.as_str().unwrap()),
            None => break,
        }
    }
    seen.sort();
    assert_eq!((seen.len(), pages), (7, 3), "{seen:?}");
    seen.dedup();
    assert_eq!(seen.len(), 7, "each once");
    let (status, problem) = world.get("/staff/v1/missed-reminders?reason=letter&cursor=x", &clerk).await;
    assert_eq!((status, &problem["code"]), (400, &json!("cursor_invalid")));
}

/// What was missed is months old by the time that it is looked at.
async fn nobody_is_listed_of_whom_nobody_may_be_told_any_more(world: World) {
    let (anna, tom) = (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"));
    let (luc, els) = (somebody("Luc", "1960-01-01"), somebody("Els", "1961-01-01"));
    let emma = somebody("Emma", "2019-05-01").child_of(&[&anna, &tom]);
    let lou = somebody("Lou", "2020-05-01").child_of(&[&anna]);
    let lotte = somebody("Lotte", "2009-03-05").child_of(&[&anna, &tom]);
    world.people(&[&anna, &tom, &luc, &els, &emma, &lou, &lotte]).await;
    let kids = |child, ends: &str| paper(child, "kids_id", "2024-05-20", ends);
    let own = |who| paper(who, "eid", "2017-05-20", "2027-05-20");
    world.papers(&[kids(&emma, "2027-05-20"), kids(&lou, "2027-05-20"), own(&lotte), own(&luc), own(&els)]).await;
    world.days(2).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let seen = async |clerk: &str| {
        let mut seen = told(&list(&world, clerk, "").await);
        seen.iter_mut().for_each(|(_, of)| of.sort());
        seen.sort();
        seen
    };
    let of = |holder: &str, to: &[&str]| (holder.to_owned(), to.iter().map(|&t| t.to_owned()).collect::<Vec<_>>());
    assert_eq!(
        seen(&clerk).await,
        [
            of("Els", &["Els"]),
            of("Emma", &["Anna", "Tom"]),
            of("Lotte", &["Anna", "Tom"]),
            of("Lou", &["Anna"]),
            of("Luc", &["Luc"])
        ]
    );
    // Luc died, Els left, and so did a parent; a child died, and one is of age by now.
    let gone = |one: &Somebody, state: &str| one.clone().state(state, "2027-03-03");
    let (tom, lou) = (gone(&tom, "departed"), gone(&lou, "deceased"));
    world.people(&[&gone(&luc, "deceased"), &gone(&els, "departed"), &tom, &lou]).await;
    world.at("2027-03-05 10:00");
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    assert_eq!(seen(&clerk).await, [of("Emma", &["Anna"]), of("Lotte", &["Lotte"])]);
}
