//! Whom and what a visit is for: each child and each document by itself, and the other child who comes along.

use serde_json::{Value, json};

use thuisloket_mobile_contract::phone::Phone;

use crate::{
    appointments::{PLACE, SERVICE, book, nobody_has_anothers_slot, place, put, service},
    world::{Somebody, World, paper, somebody},
};

journeys! {
    a_visit_for_one_child_is_none_for_the_other,
    the_other_parent_knows_the_day_and_nothing_else,
    the_other_child_comes_along,
    nobody_is_added_who_does_not_fit,
    what_a_service_says_to_bring_is_not_said_again_of_a_document,
    who_waits_is_offered_as_much_as_the_visit_takes,
    who_begins_to_wait_while_another_is_added_is_offered_enough,
    a_desk_that_an_addition_leaves_is_free_again,
    what_is_not_theirs_is_not_booked_for,
    whoever_works_there_sees_whom_a_visit_is_for,
    a_child_is_kept_while_a_visit_for_it_is,
    what_was_booked_before_is_for_the_only_document,
    whoever_rings_adds_the_other_child,
    a_child_is_at_one_place_at_a_time_whoever_books,
    who_waits_is_offered_no_start_at_which_the_child_is_elsewhere,
    whoever_is_shown_a_visit_stands_in_the_trail,
    parents_read_who_looked_at_their_child,
}

/// A town hall where children's cards are asked for: fifteen minutes for one, ten for each more, three at most.
async fn for_children(world: &World, desks: u128) -> String {
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = service();
    (plan["document_kinds"], plan["needs"], plan["bring"]) =
        (json!(["kids_id"]), json!("both"), json!([{ "language": "nl", "text": "een pasfoto" }]));
    put(world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    put(world, &planner, &format!("/staff/v1/locations/{PLACE}"), &place(desks)).await;
    planner
}

/// A mother, a father, and their children, with a card each that ends on 20 May.
struct Family {
    mother: String,
    father: String,
    phones: [Phone; 2],
    /// The ids of the cards, in the order of the children.
    cards: Vec<String>,
    children: Vec<Somebody>,
}

async fn family(world: &World, names: &[&str]) -> Family {
    let (anna, tom) = (somebody("Anna", "1985-05-05"), somebody("Tom", "1984-04-04"));
    let born = |n: usize| format!("2019-05-{:02}", n + 1);
    let children: Vec<_> =
        names.iter().enumerate().map(|(n, name)| somebody(name, &born(n)).child_of(&[&anna, &tom])).collect();
    let mut all = vec![&anna, &tom];
    all.extend(&children);
    world.people(&all).await;
    let (mother, father) = (world.phone(&anna, true).await, world.phone(&tom, false).await);
    let papers: Vec<_> = children.iter().map(|c| paper(c, "kids_id", "2024-05-20", "2027-05-20")).collect();
    world.papers(&papers).await;
    let token = |phone: &Phone| phone.tokens.clone().unwrap().access;
    let (_, known) = world.get("/v1/documents", &token(&mother)).await;
    let card = |name: &&str| {
        let of = known.as_array().unwrap().iter().find(|d| d["child"] == **name);
        of.unwrap_or_else(|| panic!("{known}"))["id"].as_str().unwrap().to_owned()
    };
    let cards = names.iter().map(card).collect();
    Family { mother: token(&mother), father: token(&father), phones: [mother, father], cards, children }
}

impl Family {
    /// Their phones go on after a while.
    async fn later(&mut self) {
        for phone in &mut self.phones {
            phone.refresh().await.unwrap();
        }
        [self.mother, self.father] = self.phones.each_ref().map(|phone| phone.tokens.clone().unwrap().access);
    }
}

const NINE: &str = "2027-03-03T08:00:00Z";

async fn for_cards(world: &World, token: &str, at: &str, persons: i64, cards: &[&String]) -> (u16, Value) {
    let wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": persons, "hold": false,
        "document_ids": cards,
    });
    world.json("POST", "/v1/appointments", Some(token), &wish).await
}

async fn add(world: &World, token: &str, visit: &Value, cards: &[&String]) -> (u16, Value) {
    let path = format!("/v1/appointments/{}/documents", visit["id"].as_str().unwrap());
    world.json("POST", &path, Some(token), &json!({ "document_ids": cards })).await
}

fn minutes(visit: &Value) -> i64 {
    let at = |key: &str| visit[key].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    (at("ends_at") - at("starts_at")).num_minutes()
}

fn names(visit: &Value) -> Vec<&str> {
    visit["subjects"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect()
}

async fn proposal(world: &World, token: &str, card: &str) -> Value {
    let (status, all) = world.get(&format!("/v1/documents/{card}/visits"), token).await;
    assert_eq!((status, all.as_array().map(Vec::len)), (200, Some(1)), "{all}");
    all[0].clone()
}

async fn a_visit_for_one_child_is_none_for_the_other(world: World) {
    for_children(&world, 1).await;
    let mut home = family(&world, &["Emma", "Noah"]).await;
    let [emma, noah] = &home.cards.clone()[..] else { panic!() };
    let (status, visit) = for_cards(&world, &home.mother, NINE, 1, &[emma]).await;
    assert_eq!((status, names(&visit)), (200, vec!["Emma"]), "{visit}");
    assert_eq!(
        visit["subjects"][0],
        json!({
            "name": "Emma", "is_me": false, "document_id": emma, "document": "Kids-ID",
            "bring": "Je kind, de huidige Kids-ID, een recente pasfoto van je kind en je eigen identiteitskaart.",
        })
    );
    let (_, known) = world.get(&format!("/v1/documents/{emma}"), &home.mother).await;
    assert_eq!(known["appointment_on"], "2027-03-03");
    let (_, known) = world.get(&format!("/v1/documents/{noah}"), &home.mother).await;
    assert_eq!(known.get("appointment_on"), None, "his is not booked");
    let booked = proposal(&world, &home.mother, emma).await;
    assert_eq!((&booked["appointment_id"], &booked["starts"]), (&visit["id"], &json!([])));
    let open = proposal(&world, &home.mother, noah).await;
    assert_eq!((open.get("appointment_id"), &open["addable_appointment_id"]), (None, &visit["id"]), "{open}");
    assert!(!open["starts"].as_array().unwrap().is_empty());
    // He is reminded of as ever; of hers, she is told what to bring.
    world.days(1).await;
    home.later().await;
    let (_, inbox) = world.get("/v1/inbox", &home.mother).await;
    let told = inbox["messages"].to_string();
    assert!(told.contains("Noah"), "{told}");
    let asks = inbox["messages"].as_array().unwrap().iter().any(|m| m.get("action").is_some());
    assert!(asks, "his can be booked: {told}");
}

async fn the_other_parent_knows_the_day_and_nothing_else(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma"]).await;
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    let path = format!("/v1/documents/{}", home.cards[0]);
    assert_eq!(world.get(&path, &home.father).await.1["appointment_on"], "2027-03-03");
    let his = proposal(&world, &home.father, &home.cards[0]).await;
    assert_eq!(
        (his.get("appointment_id"), &his["appointment_on"], &his["starts"]),
        (None, &json!("2027-03-03"), &json!([])),
        "{his}"
    );
    assert_eq!(world.get("/v1/appointments", &home.father).await.1, json!([]));
    assert_eq!(world.get(&format!("/v1/appointments/{}", visit["id"].as_str().unwrap()), &home.father).await.0, 404);
    assert_eq!(add(&world, &home.father, &visit, &[&home.cards[0]]).await.0, 404);
}

async fn the_other_child_comes_along(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma", "Noah", "Lou"]).await;
    let (emma, noah, lou) = (&home.cards[0], &home.cards[1], &home.cards[2]);
    let asked = proposal(&world, &home.mother, emma).await;
    assert_eq!(asked["also_document_ids"].as_array().unwrap().len(), 2, "{asked}");
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &[emma]).await;
    assert_eq!(minutes(&visit), 15);
    let (status, grown) = add(&world, &home.mother, &visit, &[noah]).await;
    assert_eq!((status, minutes(&grown), &grown["persons"]), (200, 25, &json!(2)), "{grown}");
    assert_eq!((&grown["reference"], &grown["starts_at"]), (&visit["reference"], &visit["starts_at"]));
    assert_eq!((names(&grown), &grown["companions"]), (vec!["Emma", "Noah"], &json!(["Emma", "Noah"])));
    let (status, again) = add(&world, &home.mother, &visit, &[noah]).await;
    assert_eq!((status, minutes(&again)), (200, 25), "a double tap adds nobody twice");
    // Both at once: each is there once, and the time is for three.
    let only = [lou];
    let both = futures_util::future::join_all((0..4).map(|_| add(&world, &home.mother, &visit, &only))).await;
    assert!(both.iter().all(|(status, v)| *status == 200 && minutes(v) == 35), "{both:?}");
    let kept = world.get(&format!("/v1/appointments/{}", visit["id"].as_str().unwrap()), &home.mother).await.1;
    assert_eq!((names(&kept), &kept["persons"]), (vec!["Emma", "Noah", "Lou"], &json!(3)));
    // What is said of it names each, and the calendar too.
    let (_, inbox) = world.get("/v1/inbox", &home.mother).await;
    let said = "Voor wie: Emma (Kids-ID), Noah (Kids-ID), Lou (Kids-ID)";
    let named = inbox["messages"].as_array().unwrap().iter().any(|m| m["body"].as_str().unwrap().contains(said));
    assert!(named, "{inbox}");
    let path = format!("/v1/appointments/{}/calendar", visit["id"].as_str().unwrap());
    let file = world.http.get(format!("{}{path}", world.server)).bearer_auth(&home.mother).send().await.unwrap();
    let file = file.text().await.unwrap().replace("\r\n ", "");
    assert!(file.contains("Voor wie: Emma (Kids-ID)") && file.contains("DTEND:20270303T083500Z"), "{file}");
    // What to bring is said for each of them.
    let each = "Voor Noah (Kids-ID): Je kind, de huidige Kids-ID";
    let bodies = inbox["messages"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap());
    assert!(bodies.clone().any(|body| body.contains("Breng mee: een pasfoto\nVoor Emma") && body.contains(each)));
    assert!(file.contains("Voor Lou (Kids-ID): Je kind"), "{file}");
    assert!(kept["subjects"][1]["bring"].as_str().unwrap().starts_with("Je kind"), "{kept}");
    nobody_has_anothers_slot(&world).await;
}

async fn nobody_is_added_who_does_not_fit(world: World) {
    for_children(&world, 1).await;
    let mut home = family(&world, &["Emma", "Noah", "Lou", "Fien"]).await;
    let known = home.cards.clone();
    let cards: Vec<&String> = known.iter().collect();
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &cards[..1]).await;
    let (status, problem) = add(&world, &home.mother, &visit, &cards[1..]).await;
    assert_eq!((status, &problem["field"]), (400, &json!("persons")), "three at most: {problem}");
    // Somebody else has the next start: there is no time for two, and it is told where there is.
    let other = somebody("Luc", "1960-01-01");
    world.people(&[&other]).await;
    let luc = world.phone(&other, true).await.tokens.unwrap().access;
    assert_eq!(book(&world, &luc, "2027-03-03T08:20:00Z", false).await.0, 200);
    let (status, problem) = add(&world, &home.mother, &visit, &cards[1..2]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("slot_taken")), "{problem}");
    assert!(!problem["free_near"].as_array().unwrap().is_empty());
    let kept = world.get(&format!("/v1/appointments/{}", visit["id"].as_str().unwrap()), &home.mother).await.1;
    assert_eq!((minutes(&kept), names(&kept)), (15, vec!["Emma"]), "nothing was written");
    // On the day itself, when they may have come already, it is said at the desk.
    let move_to = json!({ "location_id": PLACE, "starts_at": "2027-03-03T10:00:00Z" });
    let path = format!("/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &path, Some(&home.mother), &move_to).await.0, 200);
    world.at("2027-03-03 10:00");
    home.later().await;
    let (status, problem) = add(&world, &home.mother, &visit, &cards[1..2]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("too_late_to_add")), "{problem}");
    // Staff know it before they try.
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let path = format!("/staff/v1/appointments/{}?reason=visit", visit["reference"].as_str().unwrap());
    let (status, seen) = world.get(&path, &clerk).await;
    assert_eq!(status, 200, "{seen}");
    assert!(seen["add_until"].as_str().unwrap() <= "2027-03-03T09:00:00Z", "{seen}");
    nobody_has_anothers_slot(&world).await;
}

async fn what_a_service_says_to_bring_is_not_said_again_of_a_document(world: World) {
    let planner = for_children(&world, 1).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let (_, papers) = world.get("/v1/documents", &home.mother).await;
    let of_card = papers.as_array().unwrap().iter().find(|p| p["id"] == json!(home.cards[0])).unwrap();
    let said = of_card["bring"].as_str().unwrap().to_owned();
    let cards: Vec<&String> = home.cards.iter().collect();
    let (status, visit) = for_cards(&world, &home.mother, NINE, 2, &cards).await;
    assert_eq!(status, 200, "{visit}");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let slip = async || {
        let path =
            format!("{}/staff/v1/appointments/{}/slip?reason=visit", world.server, visit["id"].as_str().unwrap());
        world.http.get(path).bearer_auth(&clerk).send().await.unwrap().text().await.unwrap()
    };
    let kids_id = "Kids-ID: ";
    assert!(slip().await.contains(kids_id), "what the document wants is not what the service says");
    let mut plan = service();
    (plan["version"], plan["document_kinds"], plan["needs"], plan["bring"]) =
        (json!(1), json!(["kids_id"]), json!("both"), json!([{ "language": "nl", "text": said }]));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let html = slip().await;
    assert!(!html.contains(kids_id), "{html}");
}

async fn who_waits_is_offered_as_much_as_the_visit_takes(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let (_, visit) = for_cards(&world, &home.mother, "2027-03-10T08:00:00Z", 1, &[&home.cards[0]]).await;
    let wish = json!({ "appointment_id": visit["id"], "from_on": "2027-03-03", "until_on": "2027-03-03" });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&home.mother), &wish).await;
    assert_eq!(status, 200, "{entry}");
    let first = entry["offered_appointment_id"].as_str().unwrap().to_owned();
    assert_eq!(add(&world, &home.mother, &visit, &[&home.cards[1]]).await.0, 200);
    let confirm = async |offer: &str| {
        world.raw("POST", &format!("/v1/appointments/{offer}/confirm"), Some(&home.mother), None).await
    };
    let (status, problem) = confirm(&first).await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "it was for one: {problem}");
    world.drain().await;
    let (_, waits) = world.get("/v1/waiting", &home.mother).await;
    assert_eq!(waits[0]["persons"], 2);
    let next = waits[0]["offered_appointment_id"].as_str().expect("another, for two").to_owned();
    let (status, moved) = confirm(&next).await;
    assert_eq!((status, minutes(&moved), names(&moved)), (200, 25, vec!["Emma", "Noah"]), "{moved}");
    assert_eq!(moved["starts_at"], NINE, "the start that was offered before, longer");
    // Without a visit, the documents are waited for.
    let noah = json!({ "service_id": SERVICE, "persons": 1, "document_ids": [home.cards[1]], "from_on": "2027-03-04" });
    let (_, entry) = world.json("POST", "/v1/waiting", Some(&home.father), &noah).await;
    let offer = entry["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{entry}"));
    let (status, given) =
        world.raw("POST", &format!("/v1/appointments/{offer}/confirm"), Some(&home.father), None).await;
    assert_eq!((status, names(&given)), (200, vec!["Noah"]), "{given}");
    nobody_has_anothers_slot(&world).await;
}

async fn who_begins_to_wait_while_another_is_added_is_offered_enough(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let (_, visit) = for_cards(&world, &home.mother, "2027-03-10T08:00:00Z", 1, &[&home.cards[0]]).await;
    let wish = json!({ "appointment_id": visit["id"], "from_on": "2027-03-03", "until_on": "2027-03-03" });
    let noah = [&home.cards[1]];
    let ((joined, entry), (added, grown)) = futures_util::future::join(
        world.json("POST", "/v1/waiting", Some(&home.mother), &wish),
        add(&world, &home.mother, &visit, &noah),
    )
    .await;
    assert_eq!((joined, added), (200, 200), "{entry} {grown}");
    world.drain().await;
    let (_, waits) = world.get("/v1/waiting", &home.mother).await;
    let offer = waits[0]["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{waits}"));
    let (_, held) = world.get(&format!("/v1/appointments/{offer}"), &home.mother).await;
    assert_eq!((minutes(&held), &held["persons"], &waits[0]["persons"]), (25, &json!(2), &json!(2)), "{held}");
    nobody_has_anothers_slot(&world).await;
}

async fn a_desk_that_an_addition_leaves_is_free_again(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    let agenda = format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03");
    let desk = async |reference: &Value| {
        let (_, day) = world.get(&agenda, &clerk).await;
        day.as_array().unwrap().iter().find(|v| v["reference"] == *reference).unwrap()["desk_id"].clone()
    };
    let first = desk(&visit["reference"]).await;
    // Others come right behind, until one of them is at the same desk.
    let wish = json!({
        "visitor": "Jo", "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-03T08:20:00Z",
        "persons": 1, "reason": "telephone",
    });
    let (_, behind) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    if behind["desk_id"] != first {
        let (_, other) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
        assert_eq!(other["desk_id"], first, "{other}");
        let path = format!("/staff/v1/appointments/{}?reason=telephone", behind["id"].as_str().unwrap());
        assert_eq!(world.raw("DELETE", &path, Some(&clerk), None).await.0, 200);
        world.drain().await;
    }
    let freed = "select cast(sum(freed) + (select count(*) from location_freed) as text) from location";
    let before = world.texts(freed).await;
    let (status, grown) = add(&world, &home.mother, &visit, &[&home.cards[1]]).await;
    assert_eq!((status, minutes(&grown)), (200, 25), "{grown}");
    assert_ne!(desk(&visit["reference"]).await, first, "its own had not the time");
    assert_ne!(before, world.texts(freed).await, "whoever waits is looked at again");
    nobody_has_anothers_slot(&world).await;
}

async fn what_is_not_theirs_is_not_booked_for(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let other = somebody("Luc", "1960-01-01");
    world.people(&[&other]).await;
    world.papers(&[paper(&other, "eid", "2017-06-01", "2027-06-01")]).await;
    let luc = world.phone(&other, true).await.tokens.unwrap().access;
    let own = world.get("/v1/documents", &luc).await.1[0]["id"].as_str().unwrap().to_owned();
    let emma = &home.cards[0];
    assert_eq!(for_cards(&world, &luc, NINE, 1, &[emma]).await.0, 404, "another's child does not exist");
    let (status, problem) = for_cards(&world, &luc, NINE, 1, &[&own]).await;
    assert_eq!((status, &problem["field"]), (400, &json!("document_ids")), "{problem}");
    let (status, problem) = for_cards(&world, &home.mother, NINE, 1, &[emma, &home.cards[1]]).await;
    assert_eq!((status, &problem["field"]), (400, &json!("persons")), "{problem}");
    let (_, his) = for_cards(&world, &luc, NINE, 1, &[]).await;
    assert_eq!((names(&his), his["subjects"][0]["is_me"].clone()), (vec!["Luc"], json!(true)), "no document of his");
    let wait = json!({ "service_id": SERVICE, "persons": 1, "document_ids": [emma] });
    assert_eq!(world.json("POST", "/v1/waiting", Some(&luc), &wait).await.0, 404);
    assert_eq!(add(&world, &luc, &his, &[emma]).await.0, 404);
    assert_eq!(world.figure("select count(*) from appointment_document").await, 0);
}

async fn whoever_works_there_sees_whom_a_visit_is_for(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let cards: Vec<&String> = home.cards.iter().collect();
    let (status, visit) = for_cards(&world, &home.mother, NINE, 2, &cards).await;
    assert_eq!((status, &visit["companions"]), (200, &json!(["Emma", "Noah"])), "nobody had to be named: {visit}");
    let agenda = format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03");
    let (_, day) = world.get(&agenda, &clerk).await;
    let seen: Vec<_> = day[0]["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["name"].as_str().unwrap(), s["document_kind"].as_str().unwrap()))
        .collect();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|(name, kind)| name.contains(' ') && *kind == "kids_id"), "{seen:?}");
    // Who is looked for by the child's name is found, and each whose data were shown is written down.
    let search = json!({ "name": "noah", "reason": "telephone", "from": "2027-03-03" });
    let (_, found) = world.json("POST", "/staff/v1/appointments/search", Some(&clerk), &search).await;
    assert_eq!(found[0]["id"], visit["id"], "{found}");
    let looks = "select reason || ' ' || count(distinct resident_id) from audit_entry
        where resident_id is not null and act = 'visit_read' group by reason order by reason";
    assert_eq!(world.texts(looks).await, ["agenda 3", "telephone 3"], "the mother and both children");
    let wish = json!({
        "resident_id": day[0]["resident_id"], "service_id": SERVICE, "location_id": PLACE,
        "starts_at": "2027-03-04T08:00:00Z", "persons": 1, "document_ids": [cards[0]], "reason": "telephone",
    });
    let (status, made) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!((status, &made["subjects"][0]["document_id"]), (200, &json!(cards[0])), "{made}");
    let (_, own) = world.get("/v1/documents", &home.father).await;
    assert!(own.as_array().unwrap().iter().all(|d| d["appointment_on"] == "2027-03-03"), "{own}");
}

async fn a_child_is_kept_while_a_visit_for_it_is(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma"]).await;
    for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    assert_eq!(world.figure("select count(*) from appointment_document").await, 1);
    world.people(&[&home.children[0].clone().state("departed", "2027-03-01")]).await;
    let there = "select count(*) from resident where given_names = 'Emma'";
    // Four hundred days after she left; the visit was on the third, and is kept for two days more.
    world.at("2028-04-05 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!((world.figure(there).await, world.figure("select count(*) from appointment_document").await), (1, 1));
    world.at("2028-04-08 10:00");
    world.instance.housekeeping().await.unwrap();
    world.instance.housekeeping().await.unwrap();
    assert_eq!((world.figure(there).await, world.figure("select count(*) from appointment_document").await), (0, 0));
}

/// The statement of migration 0021 that looks for what visits were for that a server before it booked.
async fn look_back(world: &World) {
    let script = include_str!("../../migrations/0021_subjects.sql");
    let statement = &script[script.rfind("insert into").unwrap()..];
    let mut w = world.instance.app.db.write().await.unwrap();
    for sql in [
        "delete from appointment_document",
        "update appointment set subjects = '[]'",
        statement.trim_end_matches([';', '\n']),
    ] {
        thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    }
    w.commit().await.unwrap();
}

async fn what_was_booked_before_is_for_the_only_document(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma"]).await;
    let noor = somebody("Noor", "2010-02-02");
    world.people(&[&noor]).await;
    world.papers(&[paper(&noor, "kids_id", "2024-06-01", "2027-06-01")]).await;
    let own = world.phone(&noor, true).await.tokens.unwrap().access;
    assert_eq!(book(&world, &own, NINE, false).await.0, 200);
    assert_eq!(book(&world, &home.mother, NINE, false).await.0, 200);
    look_back(&world).await;
    let (_, known) = world.get("/v1/documents", &own).await;
    assert_eq!(known[0]["appointment_on"], "2027-03-03");
    // Of a parent it cannot be told for whom they come: the child's reminders go on.
    let (_, known) = world.get("/v1/documents", &home.mother).await;
    assert_eq!(known[0].get("appointment_on"), None);
    let (_, visits) = world.get("/v1/appointments", &home.mother).await;
    assert_eq!(visits[0]["subjects"], json!([]));
    // It can be said now.
    let (status, visit) = add(&world, &home.mother, &visits[0], &[&home.cards[0]]).await;
    assert_eq!((status, names(&visit), &visit["persons"]), (200, vec!["Anna", "Emma"], &json!(2)), "{visit}");
    assert_eq!(world.get("/v1/documents", &home.mother).await.1[0]["appointment_on"], "2027-03-03");
}

async fn whoever_rings_adds_the_other_child(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    let path = format!("/staff/v1/appointments/{}/documents", visit["id"].as_str().unwrap());
    let wish = json!({ "document_ids": [home.cards[1]], "reason": "telephone" });
    for _ in 0..2 {
        let (status, grown) = world.json("POST", &path, Some(&clerk), &wish).await;
        assert_eq!((status, minutes(&grown), names(&grown).len()), (200, 25, 2), "{grown}");
    }
    let (_, own) = world.get(&format!("/v1/appointments/{}", visit["id"].as_str().unwrap()), &home.mother).await;
    assert_eq!((names(&own), minutes(&own)), (vec!["Emma", "Noah"], 25));
    let (_, trail) = world.get("/v1/audit", &home.mother).await;
    assert!(trail.to_string().contains("Lies") || trail.to_string().contains("verplaatste"), "{trail}");
    // Somebody else's document is not theirs to add, and a visitor's are not known.
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let token = world.phone(&luc, true).await.tokens.unwrap().access;
    world.papers(&[paper(&luc, "kids_id", "2024-05-20", "2027-05-20")]).await;
    let (_, known) = world.get("/v1/documents", &token).await;
    let theirs = json!({ "document_ids": [known[0]["id"]], "reason": "telephone" });
    assert_eq!(world.json("POST", &path, Some(&clerk), &theirs).await.0, 404);
    let visitor = json!({
        "visitor": "Jo", "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-04T08:00:00Z", "persons": 1,
        "reason": "telephone",
    });
    let (_, visit) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &visitor).await;
    let path = format!("/staff/v1/appointments/{}/documents", visit["id"].as_str().unwrap());
    assert_eq!(world.json("POST", &path, Some(&clerk), &wish).await.0, 404);
    nobody_has_anothers_slot(&world).await;
}

async fn who_waits_is_offered_no_start_at_which_the_child_is_elsewhere(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma"]).await;
    // The father comes with her at the first start of the day, which the other desk has as well.
    let (status, his) = for_cards(&world, &home.father, NINE, 1, &[&home.cards[0]]).await;
    assert_eq!(status, 200, "{his}");
    let wish = json!({
        "service_id": SERVICE, "persons": 1, "document_ids": [home.cards[0]], "from_on": "2027-03-03", "until_on": "2027-03-03",
    });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&home.mother), &wish).await;
    assert_eq!(status, 200, "{entry}");
    let offer = entry["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{entry}"));
    let (status, given) =
        world.raw("POST", &format!("/v1/appointments/{offer}/confirm"), Some(&home.mother), None).await;
    assert_eq!((status, &given["starts_at"]), (200, &json!("2027-03-03T08:20:00Z")), "{given}");
}

async fn a_child_is_at_one_place_at_a_time_whoever_books(world: World) {
    for_children(&world, 4).await;
    let home = family(&world, &["Emma", "Noah"]).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let (status, hers) = for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    assert_eq!(status, 200, "{hers}");
    // The other parent is told that it cannot be, and not which visit it is.
    let (status, problem) = for_cards(&world, &home.father, NINE, 1, &[&home.cards[0]]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("visit_overlaps")), "{problem}");
    assert!(!problem.to_string().contains(hers["reference"].as_str().unwrap()), "{problem}");
    // Nor does staff book for the child itself, nor is the other child's visit made longer by it, nor moved there.
    let question = json!({ "national_number": home.children[0].number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let wish = json!({
        "resident_id": found[0]["id"], "service_id": SERVICE, "location_id": PLACE, "starts_at": NINE, "persons": 1,
        "reason": "telephone",
    });
    let (status, problem) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!((status, &problem["code"]), (409, &json!("visit_overlaps")), "{problem}");
    let (_, his) = for_cards(&world, &home.father, NINE, 1, &[&home.cards[1]]).await;
    let (status, problem) = add(&world, &home.father, &his, &[&home.cards[0]]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("visit_overlaps")), "{problem}");
    let (_, later) = for_cards(&world, &home.father, "2027-03-04T08:00:00Z", 1, &[&home.cards[0]]).await;
    // Nor is his time with her offered to the mother who would move hers: she herself could come then.
    let starts = async |query: &str| crate::appointments::starts(&world, &home.mother, query).await;
    let (day, then) = ("from=2027-03-04&until=2027-03-04", "2027-03-04T08:00:00Z".to_owned());
    assert!(starts(day).await.contains(&then));
    let moved = starts(&format!("{day}&appointment_id={}", hers["id"].as_str().unwrap())).await;
    assert!(!moved.is_empty() && !moved.contains(&then), "{moved:?}");
    let path = format!("/v1/appointments/{}/move", later["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": NINE });
    let (status, problem) = world.json("POST", &path, Some(&home.father), &to).await;
    assert_eq!((status, &problem["code"]), (409, &json!("visit_overlaps")), "{problem}");
    // Of two parents at once one has it.
    for day in ["05", "08", "09"] {
        let at = format!("2027-03-{day}T08:00:00Z");
        let only = [&home.cards[0]];
        let both = tokio::join!(
            for_cards(&world, &home.mother, &at, 1, &only),
            for_cards(&world, &home.father, &at, 1, &only),
        );
        let mut statuses = [both.0.0, both.1.0];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{both:?}");
        let made = if both.0.0 == 200 { (&both.0.1, &home.mother) } else { (&both.1.1, &home.father) };
        let path = format!("/v1/appointments/{}", made.0["id"].as_str().unwrap());
        assert_eq!(world.raw("DELETE", &path, Some(made.1), None).await.0, 200);
    }
    nobody_has_anothers_slot(&world).await;
}

async fn whoever_is_shown_a_visit_stands_in_the_trail(world: World) {
    for_children(&world, 2).await;
    let home = family(&world, &["Emma"]).await;
    let (_, visit) = for_cards(&world, &home.mother, NINE, 1, &[&home.cards[0]]).await;
    // A week tells no names; a move to where it is changes nothing, and shows whose it is.
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let (_, week) = world.get(&format!("/staff/v1/agenda/week?location_id={PLACE}&from=2027-03-01"), &clerk).await;
    let path = format!("/staff/v1/appointments/{}", week[0]["id"].as_str().unwrap());
    let trail = "select act || ' ' || reason from audit_entry where resident_id is not null order by 1";
    assert!(world.texts(trail).await.is_empty());
    let stays = json!({ "location_id": PLACE, "starts_at": week[0]["starts_at"], "reason": "letter" });
    let (status, shown) = world.json("POST", &format!("{path}/move"), Some(&clerk), &stays).await;
    assert_eq!((status, &shown["id"]), (200, &visit["id"]), "{shown}");
    assert_eq!(world.texts(trail).await, ["visit_read letter", "visit_read letter"], "the mother, and the child");
    // So does a document that is on it already, and a booking that is there.
    let other = world.staff("Rik", &["Loket:0207509031"]).await;
    let there = json!({ "document_ids": [home.cards[0]], "reason": "request" });
    assert_eq!(world.json("POST", &format!("{path}/documents"), Some(&other), &there).await.0, 200);
    let third = world.staff("Nel", &["Loket:0207509031"]).await;
    let again = json!({
        "resident_id": shown["resident_id"], "service_id": SERVICE, "location_id": PLACE, "starts_at": NINE, "persons": 1,
        "document_ids": [home.cards[0]], "reason": "telephone",
    });
    let (status, same) = world.json("POST", "/staff/v1/appointments", Some(&third), &again).await;
    assert_eq!((status, &same["id"]), (200, &visit["id"]), "{same}");
    let all = world.texts(trail).await;
    let of = |reason: &str| all.iter().filter(|line| **line == format!("visit_read {reason}")).count();
    assert_eq!((of("letter"), of("request"), of("telephone")), (2, 2, 2), "{all:?}");
}

async fn parents_read_who_looked_at_their_child(world: World) {
    for_children(&world, 1).await;
    let home = family(&world, &["Emma"]).await;
    let clerk = world.staff("Lies", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": home.children[0].number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let emma = found[0]["id"].as_str().unwrap();
    assert_eq!(world.get(&format!("/staff/v1/residents/{emma}/visits?reason=request"), &clerk).await.0, 200);
    for parent in [&home.mother, &home.father] {
        let (_, trail) = world.get("/v1/audit", parent).await;
        let told: Vec<_> = trail["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["child"].as_str().unwrap(), e["what"].as_str().unwrap(), e["why"].as_str().unwrap()))
            .collect();
        assert_eq!(told.len(), 2, "{trail}");
        let all = told.iter().all(|(child, what, _)| *child == "Emma" && what.contains("bekeek gegevens van Emma"));
        assert!(all && told[0].2 != told[1].2, "{told:?}");
    }
    // A page of the father's documents shows hers: his wife reads that too.
    let question = json!({ "family_name": "Zonnebloem", "birth_date": "1984-04-04", "reason": "letter" });
    let (_, tom) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let tom = tom[0]["id"].as_str().unwrap();
    let (_, papers) = world.get(&format!("/staff/v1/residents/{tom}/documents?reason=letter"), &clerk).await;
    assert_eq!(papers[0]["child"], "Emma", "{papers}");
    let (_, first) = world.get("/v1/audit?limit=2", &home.mother).await;
    assert_eq!(first["entries"][0]["child"], "Emma", "{first}");
    let (_, rest) =
        world.get(&format!("/v1/audit?limit=2&cursor={}", first["next_cursor"].as_str().unwrap()), &home.mother).await;
    assert_eq!((rest["entries"].as_array().unwrap().len(), rest.get("next_cursor")), (1, None), "{rest}");
    // Somebody else reads nothing of it.
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let token = world.phone(&luc, true).await.tokens.unwrap().access;
    assert_eq!(world.get("/v1/audit", &token).await.1["entries"], json!([]));
}
