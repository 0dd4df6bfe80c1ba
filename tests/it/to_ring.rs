//! Whom staff ring: who has no app, and whose visit was moved or called off without them.

use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;
use uuid::Uuid;

use crate::{
    appointments::{PLACE, SERVICE, citizens, place, put, service, town_hall},
    console::Seat,
    world::{World, people_csv, somebody},
};

journeys! {
    who_has_no_app_is_rung_when_their_visit_changes,
    nobody_rings_who_died_or_left_since,
    two_clerks_who_ring_see_one_truth,
    who_never_heard_of_a_closing_is_not_rung_when_it_is_taken_back,
    who_was_told_hears_that_it_is_as_it_was,
    who_waited_when_it_closed_gets_another_time,
    a_visit_that_moved_is_not_what_they_were_turned_away_from,
    who_was_turned_away_may_have_another_time_and_no_later_closing_takes_it,
    who_was_turned_away_for_good_hears_it_on_the_phone,
    a_clerk_works_the_list_off,
}

const CLERK: &[&str] = &["Loket:0207509031"];

/// A visit on the telephone, for a visitor or for somebody of the register.
async fn book(world: &World, clerk: &str, whose: Value, starts_at: &str) -> Value {
    let mut wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1, "reason": "telephone",
    });
    wish.as_object_mut().unwrap().extend(whose.as_object().unwrap().clone());
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(clerk), &wish).await;
    assert_eq!(status, 200, "{booked}");
    booked
}

async fn close(world: &World, planner: &str, from: &str, until: &str) -> String {
    let close = json!({
        "location_id": PLACE, "from": from, "until": until, "reasons": [{ "language": "nl", "text": "Waterlek." }],
    });
    let (status, closed) = world.json("POST", "/staff/v1/closures", Some(planner), &close).await;
    assert_eq!(status, 200, "{closed}");
    world.clock.advance(chrono::Duration::minutes(5));
    world.drain().await;
    closed["id"].as_str().unwrap().to_owned()
}

async fn list(world: &World, clerk: &str) -> Vec<Value> {
    let (status, all) = world.get("/staff/v1/to-ring", clerk).await;
    assert_eq!(status, 200, "{all}");
    all.as_array().unwrap().clone()
}

async fn mark(world: &World, clerk: &str, of: &Value, rung: Value) -> (u16, Value) {
    let path = format!("/staff/v1/to-ring/{}", of["appointment_id"].as_str().unwrap());
    let mut body = json!({ "version": of["tried"]["version"] });
    if !rung.is_null() {
        body["rung"] = rung;
    }
    world.json("PUT", &path, Some(clerk), &body).await
}

/// The day on which nobody comes: a closing of all of it.
const TUESDAY: (&str, &str) = ("2027-03-02T06:00:00Z", "2027-03-02T20:00:00Z");

async fn who_has_no_app_is_rung_when_their_visit_changes(world: World) {
    let planner = town_hall(&world, 1).await;
    let with_app = citizens(&world, 1).await;
    let anna = somebody("Anna", "1950-05-05");
    world.residents_file("deinze", people_csv(&[&anna]), false).await.unwrap();
    let clerk = world.staff("Els Claes", CLERK).await;
    let question = json!({ "national_number": anna.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let theirs = book(&world, &clerk, json!({ "resident_id": found[0]["id"] }), "2027-03-02T08:00:00Z").await;
    let visitors = book(
        &world,
        &clerk,
        json!({ "visitor": "mevrouw Zonnebloem", "visitor_phone": "0475 12 34 56" }),
        "2027-03-02T08:20:00Z",
    )
    .await;
    let wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-02T08:40:00Z", "persons": 1, "hold": false,
    });
    assert_eq!(world.json("POST", "/v1/appointments", Some(&with_app[0]), &wish).await.0, 200);
    assert_eq!(list(&world, &clerk).await, Vec::<Value>::new(), "nobody changed anything yet");
    close(&world, &planner, TUESDAY.0, TUESDAY.1).await;

    // Who has the app reads it there.
    let all = list(&world, &clerk).await;
    assert_eq!(all.len(), 2, "{all:?}");
    let (anna_row, visitor) = (&all[0], &all[1]);
    assert_eq!((&anna_row["appointment_id"], &visitor["appointment_id"]), (&theirs["id"], &visitors["id"]));
    assert_eq!((&anna_row["became"], &anna_row["state"]), (&json!("displaced"), &json!("booked")));
    assert_eq!(
        (&anna_row["known_at"], &anna_row["starts_at"]),
        (&json!("2027-03-02T08:00:00Z"), &json!("2027-03-03T08:00:00Z"))
    );
    assert_eq!((&visitor["name"], visitor.get("resident_id")), (&json!("mevrouw Zonnebloem"), None));
    assert!(anna_row["name"].as_str().unwrap().starts_with("Anna"), "{anna_row}");
    // At the number that the visitor left; of her the town has none.
    assert_eq!((&visitor["telephone"], anna_row.get("telephone")), (&json!("+32475123456"), None));
    // She can read that she was looked at, once for a day.
    list(&world, &clerk).await;
    let looks =
        "select count(*) from audit_entry where act = 'visit_read' and reason = 'agenda' and resident_id is not null";
    assert_eq!(world.figure(looks).await, 1);
    let numbers =
        "select count(*) from audit_entry where act = 'visit_read' and reason = 'visit' and resident_id is null";
    assert_eq!(world.figure(numbers).await, 1, "a look at the visitor's number, once for a day");

    // Tried and not reached she stays, with who tried; reached she is off the list, and on it again where that was a slip.
    let (status, tried) = mark(&world, &clerk, anna_row, json!("not_reached")).await;
    assert_eq!((status, &tried["rung_by"]), (200, &json!("Els Claes")), "{tried}");
    let again = list(&world, &clerk).await;
    assert_eq!((again.len(), &again[0]["tried"]), (2, &tried));
    let (_, reached) = mark(&world, &clerk, &again[0], json!("reached")).await;
    assert_eq!(list(&world, &clerk).await.len(), 1);
    let of = json!({ "appointment_id": theirs["id"], "tried": reached });
    assert_eq!(mark(&world, &clerk, &of, Value::Null).await.0, 200);
    let back = list(&world, &clerk).await;
    assert_eq!((back.len(), back[0]["tried"].get("rung")), (2, None), "{back:?}");
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'visit_rung'").await, 3);

    // Who moved theirs at the counter since was spoken with.
    let moved = json!({ "starts_at": "2027-03-04T09:00:00Z", "location_id": PLACE, "reason": "telephone" });
    let path = format!("/staff/v1/appointments/{}/move", theirs["id"].as_str().unwrap());
    let (status, answer) = world.json("POST", &path, Some(&clerk), &moved).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(list(&world, &clerk).await.len(), 1);
    // What nobody noted cannot be marked, and one who plans only rings nobody.
    let nobody = json!({ "appointment_id": Uuid::from_u128(7).to_string(), "tried": { "version": 1 } });
    assert_eq!(mark(&world, &clerk, &nobody, json!("reached")).await.1["code"], "not_found");
    assert_eq!(world.get("/staff/v1/to-ring", &planner).await.1["code"], "role_missing");
    // Over: nobody is rung about a time that is past.
    world.at("2027-03-09 10:00");
    let clerk = world.staff("Els Claes", CLERK).await;
    assert_eq!(list(&world, &clerk).await, Vec::<Value>::new());
}

async fn two_clerks_who_ring_see_one_truth(world: World) {
    let planner = town_hall(&world, 1).await;
    let els = world.staff("Els Claes", CLERK).await;
    let rik = world.staff("Rik Maes", CLERK).await;
    book(
        &world,
        &els,
        json!({ "visitor": "mevrouw Zonnebloem", "visitor_phone": "0475 12 34 56" }),
        "2027-03-02T08:20:00Z",
    )
    .await;
    close(&world, &planner, TUESDAY.0, TUESDAY.1).await;
    let all = list(&world, &els).await;
    // At once: one of them is told of the other.
    let (one, other) =
        tokio::join!(mark(&world, &els, &all[0], json!("reached")), mark(&world, &rik, &all[0], json!("left_word")));
    let mut both = [(one, "Els Claes"), (other, "Rik Maes")];
    both.sort_by_key(|((status, _), _)| *status);
    let [((200, done), first), ((409, refused), _)] = &both else { panic!("{both:?}") };
    assert_eq!((&refused["code"], &refused["edited_by"]), (&json!("edited_meanwhile"), &json!(first)), "{refused}");
    assert_eq!(refused["edited_at"], done["rung_at"]);
    // Pressed twice, or sent again as the answer was lost, it is the same.
    let how = done["rung"].clone();
    let who = if *first == "Els Claes" { &els } else { &rik };
    assert_eq!(mark(&world, who, &all[0], how.clone()).await, (200, done.clone()));
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'visit_rung'").await, 1);
    // Who has the same name is somebody else, who rang as well; so is who takes a mark back that was taken back.
    let namesake = world.namesake(first, CLERK).await;
    assert_eq!(mark(&world, &namesake, &all[0], how).await.1["code"], "edited_meanwhile");
    let marked = json!({ "appointment_id": all[0]["appointment_id"], "tried": done });
    let (status, back) = mark(&world, who, &marked, Value::Null).await;
    assert_eq!((status, back.get("rung")), (200, None), "{back}");
    assert_eq!(mark(&world, who, &marked, Value::Null).await, (200, back));
    assert_eq!(mark(&world, &namesake, &marked, Value::Null).await.1["code"], "edited_meanwhile");
}

async fn who_never_heard_of_a_closing_is_not_rung_when_it_is_taken_back(world: World) {
    let planner = town_hall(&world, 1).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let token = |of: &Value| of["id"].as_str().unwrap().to_owned();
    let heard = book(&world, &clerk, json!({ "visitor": "meneer Maes" }), "2027-03-03T08:00:00Z").await;
    book(&world, &clerk, json!({ "visitor": "mevrouw Zonnebloem" }), "2027-03-03T08:20:00Z").await;
    let closure = close(&world, &planner, "2027-03-03T06:00:00Z", "2027-03-03T20:00:00Z").await;
    let all = list(&world, &clerk).await;
    assert_eq!((all.len(), &all[0]["appointment_id"]), (2, &json!(token(&heard))));
    mark(&world, &clerk, &all[0], json!("reached")).await;
    let path = format!("/staff/v1/closures/{closure}");
    assert_eq!(world.raw("DELETE", &path, Some(&planner), None).await.0, 200);
    world.drain().await;
    // Who heard of it hears that it is not so; the other comes as they always meant to.
    let all = list(&world, &clerk).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((&all[0]["appointment_id"], &all[0]["became"]), (&json!(token(&heard)), &json!("restored")));
    assert_eq!((&all[0]["starts_at"], all[0]["tried"].get("rung")), (&json!("2027-03-03T08:00:00Z"), None));
    // Another address is told as well.
    let mut plan = place(1);
    plan["version"] = world.get("/staff/v1/locations", &planner).await.1[0]["plan"]["version"].clone();
    plan["address"] = json!("Markt 2, 9800 Deinze");
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    world.drain().await;
    let all = list(&world, &clerk).await;
    assert_eq!(all.iter().map(|t| t["became"].clone()).collect::<Vec<_>>(), ["readdressed", "readdressed"], "{all:?}");
    // What is left of who is forgotten is nothing.
    assert_eq!(world.figure("select count(*) from to_ring").await, 2);
}

/// A word that was left stays known, whatever is marked and taken back after it; one that was never left does not.
async fn who_was_told_hears_that_it_is_as_it_was(world: World) {
    let planner = town_hall(&world, 1).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let told = book(&world, &clerk, json!({ "visitor": "meneer Maes" }), "2027-03-03T08:00:00Z").await;
    book(&world, &clerk, json!({ "visitor": "mevrouw Zonnebloem" }), "2027-03-03T08:20:00Z").await;
    let closure = close(&world, &planner, "2027-03-03T06:00:00Z", "2027-03-03T20:00:00Z").await;
    let moved = list(&world, &clerk).await;
    let press = async |row: usize, rung: Value| {
        let all = list(&world, &clerk).await;
        let of = all.iter().find(|t| t["appointment_id"] == moved[row]["appointment_id"]).unwrap();
        let (status, tried) = mark(&world, &clerk, of, rung).await;
        assert_eq!(status, 200, "{tried}");
        tried
    };
    assert_eq!(press(0, json!("left_word")).await["was_told"], true);
    let reached = press(0, json!("reached")).await;
    let of = json!({ "appointment_id": told["id"], "tried": reached });
    let (_, back) = mark(&world, &clerk, &of, Value::Null).await;
    assert_eq!((back.get("rung"), &back["was_told"]), (None, &json!(true)));
    // A slip: the other was told nothing.
    press(1, json!("left_word")).await;
    assert_eq!(press(1, Value::Null).await["was_told"], false);

    let path = format!("/staff/v1/closures/{closure}");
    assert_eq!(world.raw("DELETE", &path, Some(&planner), None).await.0, 200);
    world.drain().await;
    let all = list(&world, &clerk).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((&all[0]["appointment_id"], &all[0]["became"]), (&told["id"], &json!("restored")));
    assert_eq!((&all[0]["starts_at"], &all[0]["tried"]["was_told"]), (&told["starts_at"], &json!(true)));
}

/// The time of their visit is past, and nobody called them: it is given another, and who has no app is rung.
async fn who_waited_when_it_closed_gets_another_time(world: World) {
    town_hall(&world, 2).await;
    let citizen = citizens(&world, 1).await.remove(0);
    let clerk = world.staff("Els Claes", CLERK).await;
    let visitors = book(&world, &clerk, json!({ "visitor": "mevrouw Zonnebloem" }), "2027-03-02T08:00:00Z").await;
    let (status, mine) = crate::appointments::book(&world, &citizen, "2027-03-02T08:00:00Z", false).await;
    assert_eq!(status, 200, "{mine}");
    world.at("2027-03-02 08:50");
    let clerk = world.staff("Els Claes", CLERK).await;
    let come = async |visit: &Value| {
        let code = json!({ "location_id": PLACE, "code": visit["reference"] });
        world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await
    };
    for visit in [&visitors, &mine] {
        let (status, ticket) = come(visit).await;
        assert_eq!(status, 200, "{ticket}");
    }
    world.at("2027-03-02 09:01");
    let (planner, clerk) = (world.staff("Piet", &["Planner:0207509031"]).await, world.staff("Els Claes", CLERK).await);
    // The preview names them, and what they would get; a closing of later, when they will have been helped, names nobody.
    let preview = async |from: &str| {
        let wish = json!({ "location_id": PLACE, "from": from, "until": "2027-03-02T11:00:00Z" });
        let (status, told) = world.json("POST", "/staff/v1/closures/preview", Some(&planner), &wish).await;
        assert_eq!(status, 200, "{told}");
        told
    };
    assert_eq!(preview("2027-03-02T09:30:00Z").await["visits"], json!([]));
    let told = preview("2027-03-02T08:02:00Z").await;
    assert_eq!((&told["moved"], &told["cancelled"]), (&json!(2), &json!(0)), "{told}");
    assert_eq!(told["without_app"], 1, "the visitor is rung: {told}");
    let would: Vec<_> =
        told["visits"].as_array().unwrap().iter().map(|v| (&v["appointment_id"], &v["would_start_at"])).collect();
    assert!(would.iter().any(|(id, _)| **id == mine["id"]), "{told}");
    let visitors_then = would.iter().find(|(id, _)| **id == visitors["id"]).unwrap().1;
    close(&world, &planner, "2027-03-02T08:02:00Z", "2027-03-02T11:00:00Z").await;
    world.drain().await;
    let all = list(&world, &clerk).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(&all[0]["starts_at"], visitors_then, "as the preview said");
    assert_eq!((&all[0]["appointment_id"], &all[0]["became"]), (&visitors["id"], &json!("displaced")));
    let (known, starts) = (&all[0]["known_at"], all[0]["starts_at"].as_str().unwrap());
    assert_eq!(known, &json!("2027-03-02T08:00:00Z"));
    assert!(starts > "2027-03-02T11:00:00Z", "{all:?}");
    assert_eq!(world.figure("select count(*) from ticket where state = 'left'").await, 2);
    assert_eq!(
        world
            .figure("select count(*) from message where title like '%verplaatst%' or title like '%nieuwe tijd%'")
            .await,
        1,
        "who has the app reads it there"
    );
    assert_eq!(world.figure("select count(*) from appointment where turned_away").await, 0);
    assert_eq!(world.get("/staff/v1/stranded", &planner).await.1, json!([]));

    // Where a location is switched off, nobody closed it with a reason: staff have those who waited on their list.
    world.at("2027-03-03 08:55");
    let clerk = world.staff("Els Claes", CLERK).await;
    let today = world.get(&format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-03"), &clerk).await.1;
    let visit =
        today.as_array().unwrap().iter().find(|v| v["id"] == visitors["id"]).unwrap_or_else(|| panic!("{today}"));
    let code = json!({ "location_id": PLACE, "code": visit["reference"] });
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!(status, 200, "{ticket}");
    world.at("2027-03-03 09:30");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = place(2);
    plan["version"] = world.get("/staff/v1/locations", &planner).await.1[0]["plan"]["version"].clone();
    plan["active"] = json!(false);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}?strand=true"), &plan).await;
    world.drain().await;
    let (_, stranded) = world.get("/staff/v1/stranded", &planner).await;
    let ids: Vec<_> = stranded.as_array().unwrap().iter().map(|v| v["appointment_id"].clone()).collect();
    assert!(ids.contains(&visitors["id"]), "{stranded}");
    // It opens again: who is given in once more waits, and is on no list.
    plan["version"] = world.get("/staff/v1/locations", &planner).await.1[0]["plan"]["version"].clone();
    plan["active"] = json!(true);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!((status, &ticket["state"]), (200, &json!("waiting")), "{ticket}");
    assert_eq!(world.get("/staff/v1/stranded", &planner).await.1, json!([]));
}

async fn nobody_rings_who_died_or_left_since(world: World) {
    let planner = town_hall(&world, 1).await;
    let people = [somebody("Anna", "1985-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01")];
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    for (one, at) in people.iter().zip(["08:00", "08:20", "08:40"]) {
        let question = json!({ "national_number": one.number, "reason": "telephone" });
        let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
        book(&world, &clerk, json!({ "resident_id": found[0]["id"] }), &format!("2027-03-02T{at}:00Z")).await;
    }
    close(&world, &planner, TUESDAY.0, TUESDAY.1).await;
    assert_eq!(list(&world, &clerk).await.len(), 3);
    let [anna, luc, els] = people;
    world.people(&[&luc.state("deceased", "2027-02-28"), &els.state("departed", "2027-02-28")]).await;
    let left = list(&world, &clerk).await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0]["name"].as_str().unwrap().starts_with(&anna.given), "{left:?}");
}

/// A citizen who waits for the visit that they booked for the Tuesday at nine.
async fn waits(world: &World) -> (Phone, Value) {
    town_hall(world, 1).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let (status, visit) = crate::appointments::book(world, &token, "2027-03-02T08:00:00Z", false).await;
    assert_eq!(status, 200, "{visit}");
    world.at("2027-03-02 08:50");
    let code = json!({ "location_id": PLACE, "code": visit["reference"] });
    let clerk = world.staff("Els Claes", CLERK).await;
    let (status, ticket) = world.json("POST", "/staff/v1/check-ins", Some(&clerk), &code).await;
    assert_eq!((status, &ticket["state"]), (200, &json!("waiting")), "{ticket}");
    (phone, visit)
}

async fn again(phone: &mut Phone) -> String {
    phone.refresh().await.unwrap();
    phone.tokens.clone().unwrap().access
}

async fn a_visit_that_moved_is_not_what_they_were_turned_away_from(world: World) {
    let (mut phone, visit) = waits(&world).await;
    let path = format!("/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-03T08:00:00Z" });
    let (status, moved) = world.json("POST", &path, Some(&again(&mut phone).await), &to).await;
    assert_eq!(status, 200, "{moved}");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    close(&world, &planner, "2027-03-02T07:52:00Z", "2027-03-02T11:00:00Z").await;
    assert_eq!(world.figure("select count(*) from ticket where state = 'left'").await, 1);
    assert_eq!(world.figure("select count(*) from appointment where turned_away").await, 0);
    // It begins, and who does not come has not been turned away.
    world.at("2027-03-03 09:30");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    assert_eq!(world.get("/staff/v1/stranded", &planner).await.1, json!([]));
    let later = json!({ "location_id": PLACE, "starts_at": "2027-03-04T08:00:00Z" });
    let (status, problem) = world.json("POST", &path, Some(&again(&mut phone).await), &later).await;
    assert_eq!((status, &problem["code"]), (409, &json!("visit_begun")), "{problem}");
}

async fn who_was_turned_away_may_have_another_time_and_no_later_closing_takes_it(world: World) {
    let (mut phone, visit) = waits(&world).await;
    world.at("2027-03-02 09:30");
    let active = async |is_active: bool| {
        let planner = world.staff("Piet", &["Planner:0207509031"]).await;
        let mut plan = place(1);
        plan["version"] = world.get("/staff/v1/locations", &planner).await.1[0]["plan"]["version"].clone();
        plan["active"] = json!(is_active);
        put(&world, &planner, &format!("/staff/v1/locations/{PLACE}?strand=true"), &plan).await;
        planner
    };
    active(false).await;
    world.drain().await;
    let token = again(&mut phone).await;
    let (_, mine) = world.get("/v1/appointments", &token).await;
    assert_eq!((&mine[0]["id"], &mine[0]["turned_away"]), (&visit["id"], &json!(true)), "{mine}");
    assert_eq!(world.get("/v1/past-appointments", &token).await.1["appointments"], json!([]));
    // It opens again; two days later it closes for an hour, which does not concern who was turned away before.
    active(true).await;
    world.at("2027-03-04 09:30");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    close(&world, &planner, "2027-03-04T09:00:00Z", "2027-03-04T10:00:00Z").await;
    world.at("2027-03-04 10:30");
    world.drain().await;
    let token = again(&mut phone).await;
    let (_, mine) = world.get("/v1/appointments", &token).await;
    assert_eq!((&mine[0]["starts_at"], &mine[0]["turned_away"]), (&visit["starts_at"], &json!(true)), "{mine}");
    // For two weeks it stands with those to come; it may be moved after that as well.
    world.at("2027-03-17 09:30");
    let token = again(&mut phone).await;
    assert_eq!(world.get("/v1/appointments", &token).await.1, json!([]));
    let (_, past) = world.get("/v1/past-appointments", &token).await;
    assert_eq!(past["appointments"][0]["id"], visit["id"], "{past}");
    let path = format!("/v1/appointments/{}/move", visit["id"].as_str().unwrap());
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-18T08:00:00Z" });
    let (status, moved) = world.json("POST", &path, Some(&token), &to).await;
    assert_eq!((status, &moved["turned_away"]), (200, &json!(false)), "{moved}");
}

async fn who_was_turned_away_for_good_hears_it_on_the_phone(world: World) {
    let (_phone, visit) = waits(&world).await;
    world.at("2027-03-02 09:01");
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    // Nothing is free as far as anybody books.
    let mut soon = service();
    soon["version"] = world.get("/staff/v1/services", &planner).await.1[0]["plan"]["version"].clone();
    soon["horizon_days"] = json!(14);
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &soon).await;
    close(&world, &planner, "2027-03-02T08:02:00Z", "2027-03-30T20:00:00Z").await;
    world.drain().await;
    assert_eq!(world.texts("select state from appointment").await, ["cancelled"], "{visit}");
    let shown = "select count(*) from push_delivery p join message m on m.municipality_id = p.municipality_id and m.id = p.message_id
        where p.purpose = 'show' and m.dedupe_key like '%closed'";
    assert_eq!(world.figure(shown).await, 1, "it is told where they see it");
}

async fn a_clerk_works_the_list_off(world: World) {
    let planner = town_hall(&world, 1).await;
    let clerk = world.staff("Rik Maes", CLERK).await;
    book(
        &world,
        &clerk,
        json!({ "visitor": "mevrouw Zonnebloem", "visitor_phone": "0475 12 34 56" }),
        "2027-03-02T08:20:00Z",
    )
    .await;
    book(&world, &clerk, json!({ "visitor": "meneer Maes" }), "2027-03-02T08:40:00Z").await;
    close(&world, &planner, TUESDAY.0, TUESDAY.1).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    els.click("//nav//a[. = 'Te verwittigen']").await;
    let row = |name: &str| format!("//section[@aria-labelledby = 'ring']//li[contains(., '{name}')]");
    els.find(&format!("{}[contains(., 'verplaatst')][contains(., '09:20')][contains(., '09:00')]", row("Zonnebloem")))
        .await;
    els.look("whom to ring").await;
    els.keep("console-to-ring.png").await;
    els.click(&format!("{}//button[starts-with(., 'Niet bereikt')]", row("Zonnebloem"))).await;
    els.find(&format!("{}[contains(., 'Els Claes')]", row("Zonnebloem"))).await;
    els.click(&format!("{}//button[starts-with(., 'Bereikt')]", row("Zonnebloem"))).await;
    els.gone(&row("Zonnebloem")).await;
    els.find("//*[contains(@class, 'notice')][contains(., 'mevrouw Zonnebloem')]").await;
    els.look("one was reached").await;
    els.click("//*[contains(@class, 'notice')]//button[. = 'Ongedaan maken']").await;
    els.find(&row("Zonnebloem")).await;
    // A colleague was quicker: it says who.
    let theirs = list(&world, &clerk).await.into_iter().find(|t| t["name"] == "meneer Maes").unwrap();
    assert_eq!(mark(&world, &clerk, &theirs, json!("left_word")).await.0, 200);
    els.click(&format!("{}//button[starts-with(., 'Bereikt')]", row("meneer Maes"))).await;
    els.find("//*[contains(@class, 'notice')][contains(., 'Rik Maes')]").await;
    els.find(&format!("{}[contains(., 'Bericht gelaten')][contains(., 'Rik Maes')]", row("meneer Maes"))).await;
    els.client.set_window_size(390, 844).await.unwrap();
    els.look("whom to ring, on a phone").await;
    els.client.close().await.unwrap();
}
