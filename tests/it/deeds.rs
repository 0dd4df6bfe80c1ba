//! Deeds: with a mandate to assist, what one of two books or moves waits for the other's yes, and its start is held meanwhile.

use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;
use uuid::Uuid;

use crate::{
    appointments::{PLACE, SERVICE, put, service, town_hall},
    mandates::{FIRST, SECOND, acting, assisting, token, two, whats, wish},
    tenant_isolation::resident_of,
    world::{World, somebody},
};

journeys! {
    accepted_in_time_it_is_booked_and_the_trail_says_who_did_what,
    refused_or_taken_back_the_start_is_free_at_once,
    at_its_limit_the_start_is_free_and_both_are_told,
    with_its_mandate_it_ends_and_both_are_told,
    closed_meanwhile_a_yes_books_nothing,
    a_yes_that_would_be_a_visit_too_many_ends_it,
    a_yes_and_a_no_at_once_are_one_truth,
    a_visit_moves_when_the_other_says_so,
    under_a_courts_administrator_the_citizen_waits_for_the_yes,
    an_offer_of_an_earlier_time_is_a_move_to_who_says_yes,
    an_offer_that_waited_for_a_yes_is_declined_by_nobody,
    who_is_represented_books_alone_and_the_administrator_hears_of_it,
    nobody_is_asked_who_has_no_app,
    a_move_that_waits_ends_with_its_visit_and_with_its_start,
    what_a_helper_hears_names_neither_the_service_nor_the_moment,
    where_an_administrator_co_signs_a_yes_to_a_helper_does_not_do,
    what_a_town_has_that_is_served_no_more_keeps_nobody_waiting,
    a_slip_says_who_may_do_what_and_tells_no_address,
    it_waits_no_longer_than_its_mandate_lasts,
    what_a_helper_proposes_uses_up_nothing_of_hers,
    a_visit_that_is_to_move_counts_once,
}

/// A deed of somebody's as it stands in the table, with another who is nobody here; its id.
pub async fn planted(world: &World, grantor: Uuid) -> String {
    let [id, mandate, helper, hold] = std::array::from_fn(|_| Uuid::from_u128(rand::random()));
    let now = world.now();
    let until = now + chrono::Duration::days(1);
    let sql = "insert into deed (municipality_id, id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, asked_at, expires_at)
               select municipality_id, $1, 'book', $3, id, $4, id, $5, $6, $7 from resident where id = $2";
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(id).bind(grantor).bind(mandate).bind(helper).bind(hold).bind(now).bind(until)
        .execute(c).await.map(|_| ()))
    .unwrap();
    w.commit().await.unwrap();
    id.to_string()
}

/// A mother and a daughter who assists her, and a town hall with so many desks; the mother's id, the mandate and the planner.
async fn assisted(world: &World, desks: u128) -> (Phone, Phone, Uuid, String, String) {
    let planner = town_hall(world, desks).await;
    let (rosa, ines) = two(world).await;
    let mother = resident_of(world, &rosa).await;
    let mandate = assisting(world, (mother, resident_of(world, &ines).await), "given").await;
    (rosa, ines, mother, mandate, planner)
}

/// What waits, of somebody.
async fn waits(world: &World, who: &str) -> Value {
    let (status, deeds) = world.get("/v1/deeds", who).await;
    assert_eq!(status, 200, "{deeds}");
    deeds
}

async fn answer(world: &World, who: &str, deed: &str, how: &str) -> (u16, Value) {
    world.raw("POST", &format!("/v1/deeds/{deed}/{how}"), Some(who), None).await
}

/// The daughter asks for a visit: the visit that is held, and the deed.
async fn asked(world: &World, ines: &Phone, mother: Uuid, at: &str) -> (Value, String) {
    let (status, visit) =
        acting(world, ("POST", "/v1/appointments"), &token(ines), mother, Some(&wish(at, false))).await;
    assert_eq!((status, &visit["state"]), (200, &json!("held")), "{visit}");
    let deeds = waits(world, &token(ines)).await;
    let deed = deeds.as_array().unwrap().iter().find(|deed| deed["appointment_id"] == visit["id"]);
    let id = deed.unwrap_or_else(|| panic!("{deeds}"))["id"].as_str().unwrap().to_owned();
    (visit, id)
}

fn path(visit: &Value) -> String {
    format!("/v1/appointments/{}", visit["id"].as_str().unwrap())
}

async fn accepted_in_time_it_is_booked_and_the_trail_says_who_did_what(world: World) {
    let (mut rosa, mut ines, mother, ..) = assisted(&world, 1).await;
    let (visit, deed) = asked(&world, &ines, mother, FIRST).await;
    // It is held for two days, and nobody else gets it.
    assert_eq!(visit["held_until"], "2027-03-03T09:00:00Z", "{visit}");
    let tom = somebody("Tom", "1968-01-01");
    world.people(&[&tom]).await;
    let tom = world.phone(&tom, false).await;
    let (status, problem) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!((status, &problem["code"]), (409, &json!("slot_taken")), "{problem}");
    // Asked twice, it is asked once.
    let (status, same) =
        acting(&world, ("POST", "/v1/appointments"), &token(&ines), mother, Some(&wish(FIRST, false))).await;
    assert_eq!((status, &same["id"], &same["state"]), (200, &visit["id"], &json!("held")), "{same}");
    let confirm = format!("{}/confirm", path(&visit));
    let (status, same) = acting(&world, ("POST", &confirm), &token(&ines), mother, None).await;
    assert_eq!((status, &same["state"]), (200, &json!("held")), "who assists confirms nothing: {same}");
    assert_eq!(world.figure("select count(*) from deed").await, 1);
    // Who answers sees what, when and from whom; who asked sees that it waits.
    let seen = waits(&world, &token(&rosa)).await;
    let one = &seen[0];
    assert_eq!(
        (&one["id"], &one["kind"], &one["asked_by_me"], &one["name"], &one["starts_at"], &one["service"]),
        (
            &json!(deed),
            &json!("book"),
            &json!(false),
            &json!("Ines Zonnebloem"),
            &json!(FIRST),
            &json!("Identiteitskaart")
        ),
        "{seen}"
    );
    assert_eq!(waits(&world, &token(&ines)).await[0]["asked_by_me"], true);
    assert_eq!(world.titles(&mut rosa).await, ["Ines Zonnebloem wil een afspraak boeken"]);
    // Neither who asked nor anybody else says yes to it.
    assert_eq!(answer(&world, &token(&ines), &deed, "accept").await.0, 404);
    for how in ["accept", "refuse"] {
        assert_eq!(answer(&world, &token(&tom), &deed, how).await.0, 404, "{how}");
    }
    assert_eq!(waits(&world, &token(&tom)).await, json!([]));
    world.clock.advance(chrono::Duration::hours(47));
    rosa.refresh().await.unwrap();
    world.drain().await;
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!(status, 200, "{problem}");
    assert_eq!(answer(&world, &token(&rosa), &deed, "accept").await.0, 200, "a double tap");
    assert_eq!(answer(&world, &token(&rosa), &deed, "refuse").await.1["code"], "deed_over");
    let (_, visits) = world.get("/v1/appointments", &token(&rosa)).await;
    assert_eq!((&visits[0]["id"], &visits[0]["state"]), (&visit["id"], &json!("booked")), "{visits}");
    assert_eq!(waits(&world, &token(&rosa)).await, json!([]));
    assert!(world.titles(&mut ines).await.contains(&"Rosa Zonnebloem zei ja".to_owned()));
    let seen = whats(&world, &rosa).await;
    for told in [
        "Ines Zonnebloem stelde een afspraak of een ander moment voor.",
        "Je zei in de app ja op een voorgestelde afspraak of een ander moment.",
    ] {
        assert!(seen.iter().any(|what| what == told), "{told}: {seen:?}");
    }
}

async fn refused_or_taken_back_the_start_is_free_at_once(world: World) {
    let (mut rosa, mut ines, mother, ..) = assisted(&world, 1).await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    assert_eq!(answer(&world, &token(&rosa), &deed, "refuse").await.0, 200);
    assert_eq!(answer(&world, &token(&rosa), &deed, "refuse").await.0, 200, "a double tap");
    assert_eq!(answer(&world, &token(&rosa), &deed, "accept").await.1["code"], "deed_over");
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    assert!(world.titles(&mut ines).await.contains(&"Rosa Zonnebloem zei nee".to_owned()));
    // Taken back by who asked.
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    assert_eq!(answer(&world, &token(&ines), &deed, "refuse").await.0, 200);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    assert!(world.titles(&mut rosa).await.contains(&"Je antwoord is niet meer nodig".to_owned()));
    // Let go as any hold of hers, it is a no.
    let (visit, deed) = asked(&world, &ines, mother, SECOND).await;
    let (status, problem) = world.raw("POST", &format!("{}/confirm", path(&visit)), Some(&token(&rosa)), None).await;
    assert_eq!((status, &problem["code"]), (409, &json!("deed_waits")), "{problem}");
    assert_eq!(world.raw("DELETE", &path(&visit), Some(&token(&rosa)), None).await.0, 200);
    assert_eq!(answer(&world, &token(&rosa), &deed, "accept").await.1["code"], "deed_over");
    assert_eq!(
        world.texts("select ended_why from deed order by ended_at, ended_why").await.len(),
        3,
        "each has ended once"
    );
}

async fn at_its_limit_the_start_is_free_and_both_are_told(world: World) {
    let (mut rosa, mut ines, mother, ..) = assisted(&world, 1).await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    world.clock.advance(chrono::Duration::hours(48) + chrono::Duration::minutes(1));
    rosa.refresh().await.unwrap();
    // A yes that comes too late is none, also before the worker came.
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("deed_over")), "{problem}");
    world.drain().await;
    assert_eq!(world.texts("select ended_why from deed").await, ["late"]);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    for phone in [&mut rosa, &mut ines] {
        let titles = world.titles(phone).await;
        assert!(titles.contains(&"Niemand antwoordde op tijd".to_owned()), "{titles:?}");
    }
    // It is anybody's.
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &wish(FIRST, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
}

async fn with_its_mandate_it_ends_and_both_are_told(world: World) {
    let (mut rosa, mut ines, mother, mandate, _) = assisted(&world, 1).await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{mandate}"), Some(&token(&rosa)), None).await.0, 200);
    // From that moment on there is nothing to say yes to.
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("deed_over")), "{problem}");
    assert_eq!(waits(&world, &token(&rosa)).await, json!([]));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select ended_why from deed").await, ["mandate"]);
    assert_eq!(world.texts("select state from appointment").await, ["cancelled"]);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    for phone in [&mut rosa, &mut ines] {
        let titles = world.titles(phone).await;
        assert!(titles.contains(&"Een voorstel gaat niet door".to_owned()), "{titles:?}");
    }
}

async fn closed_meanwhile_a_yes_books_nothing(world: World) {
    let (mut rosa, mut ines, mother, _, planner) = assisted(&world, 1).await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-08T07:00:00Z", "until": "2027-03-08T12:00:00Z",
        "reasons": [{ "language": "nl", "text": "Brand." }],
    });
    let (status, closed) = world.json("POST", "/staff/v1/closures", Some(&planner), &close).await;
    assert_eq!(status, 200, "{closed}");
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
    assert_eq!(world.texts("select ended_why from deed").await, ["taken"]);
    assert_eq!(world.figure("select count(*) from appointment where state in ('held', 'booked')").await, 0);
    for phone in [&mut rosa, &mut ines] {
        let titles = world.titles(phone).await;
        assert!(titles.contains(&"Een voorstel gaat niet door".to_owned()), "{titles:?}");
    }
}

async fn a_yes_that_would_be_a_visit_too_many_ends_it(world: World) {
    let (rosa, ines, mother, _, planner) = assisted(&world, 1).await;
    let own = wish("2027-03-09T08:00:00Z", false);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &own).await;
    assert_eq!(status, 200, "{visit}");
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    // One at a time from now on.
    let mut plan = service();
    (plan["version"], plan["most_open"]) = (json!(1), json!(1));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("appointment_limit")), "{problem}");
    assert_eq!(world.texts("select ended_why from deed").await, ["taken"]);
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
}

async fn a_yes_and_a_no_at_once_are_one_truth(world: World) {
    let (rosa, ines, mother, ..) = assisted(&world, 1).await;
    let giver = token(&rosa);
    let (mut accepted, mut refused) = (0, 0);
    for n in 0..6 {
        let (visit, deed) = asked(&world, &ines, mother, FIRST).await;
        let (yes, no) = tokio::join!(answer(&world, &giver, &deed, "accept"), answer(&world, &giver, &deed, "refuse"),);
        let booked = world.figure("select count(*) from appointment where state = 'booked'").await;
        match (yes.0, no.0) {
            (200, 409) => accepted += 1,
            (409, 200) => refused += 1,
            other => panic!("{n}: {other:?} {} {}", yes.1, no.1),
        }
        assert_eq!(booked, i64::from(yes.0 == 200), "{n}");
        let ended = (
            world.figure("select count(*) from deed where ended_why = 'accepted'").await,
            world.figure("select count(*) from deed where ended_why = 'refused'").await,
        );
        assert_eq!(ended, (accepted, refused), "{n}");
        if booked == 1 {
            assert_eq!(world.raw("DELETE", &path(&visit), Some(&giver), None).await.0, 200);
        }
        assert_eq!(world.figure("select count(*) from desk_tick").await, 0, "{n}");
    }
    // Two phones that say yes at once: both hear that it is so, and it is booked once.
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    let (one, other) = tokio::join!(answer(&world, &giver, &deed, "accept"), answer(&world, &giver, &deed, "accept"),);
    assert_eq!((one.0, other.0), (200, 200), "{} {}", one.1, other.1);
    assert_eq!(world.figure("select count(*) from appointment where state = 'booked'").await, 1);
}

async fn a_visit_moves_when_the_other_says_so(world: World) {
    let (rosa, ines, mother, ..) = assisted(&world, 1).await;
    let giver = token(&rosa);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&giver), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    let move_it = format!("{}/move", path(&visit));
    let (status, stays) = acting(&world, ("POST", &move_it), &token(&ines), mother, Some(&to)).await;
    assert_eq!((status, &stays["starts_at"], &stays["state"]), (200, &json!(FIRST), &json!("booked")), "{stays}");
    let (status, problem) = acting(&world, ("POST", &move_it), &token(&ines), mother, Some(&to)).await;
    assert_eq!(status, 409, "one at a time for a visit: {problem}");
    let seen = waits(&world, &giver).await;
    assert_eq!(
        (&seen[0]["kind"], &seen[0]["appointment_id"], &seen[0]["starts_at"], &seen[0]["moves_from"]),
        (&json!("move"), &visit["id"], &json!(SECOND), &json!(FIRST)),
        "{seen}"
    );
    let deed = seen[0]["id"].as_str().unwrap();
    let (status, problem) = answer(&world, &giver, deed, "accept").await;
    assert_eq!(status, 200, "{problem}");
    let (_, visits) = world.get("/v1/appointments", &giver).await;
    assert_eq!(visits.as_array().unwrap().len(), 1, "{visits}");
    assert_eq!(
        (&visits[0]["id"], &visits[0]["starts_at"], &visits[0]["reference"]),
        (&visit["id"], &json!(SECOND), &visit["reference"]),
        "{visits}"
    );
    // Moved by herself meanwhile, it is another than was asked about.
    let back = json!({ "location_id": PLACE, "starts_at": FIRST });
    let (status, answered) = acting(&world, ("POST", &move_it), &token(&ines), mother, Some(&back)).await;
    assert_eq!(status, 200, "{answered}");
    let deed = waits(&world, &giver).await[0]["id"].as_str().unwrap().to_owned();
    let third = json!({ "location_id": PLACE, "starts_at": "2027-03-08T08:40:00Z" });
    let (status, moved) = world.json("POST", &move_it, Some(&giver), &third).await;
    assert_eq!(status, 200, "{moved}");
    assert_eq!(answer(&world, &giver, &deed, "accept").await.1["code"], "deed_over");
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0, "it is free at once");
    let (_, visits) = world.get("/v1/appointments", &giver).await;
    assert_eq!((visits.as_array().unwrap().len(), &visits[0]["starts_at"]), (1, &third["starts_at"]), "{visits}");
}

async fn under_a_courts_administrator_the_citizen_waits_for_the_yes(world: World) {
    town_hall(&world, 1).await;
    let (mut els, ines) = two(&world).await;
    let (under, guardian) = (resident_of(&world, &els).await, resident_of(&world, &ines).await);
    assisting(&world, (under, guardian), "court_person").await;
    // Seeing is free; what she books is held until the administrator co-signs.
    assert_eq!(world.get("/v1/appointments", &token(&els)).await.0, 200);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&els)), &wish(FIRST, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("held")), "{visit}");
    let deed = waits(&world, &token(&ines)).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer(&world, &token(&els), &deed, "accept").await.0, 404, "nobody co-signs for oneself");
    let (status, problem) = answer(&world, &token(&ines), &deed, "accept").await;
    assert_eq!(status, 200, "{problem}");
    let (_, visits) = world.get("/v1/appointments", &token(&els)).await;
    assert_eq!((&visits[0]["id"], &visits[0]["state"]), (&visit["id"], &json!("booked")), "{visits}");
    let seen = whats(&world, &els).await;
    for told in [
        "Je stelde in de app een afspraak of een ander moment voor.",
        "Ines Zonnebloem zei ja op je voorstel voor een afspraak of een ander moment.",
    ] {
        assert!(seen.iter().any(|what| what == told), "{told}: {seen:?}");
    }
    // That it is booked she hears once.
    let titles = world.titles(&mut els).await;
    assert!(!titles.contains(&"Ines Zonnebloem zei ja".to_owned()), "{titles:?}");
    // What she cancels is off at once.
    assert_eq!(world.raw("DELETE", &path(&visit), Some(&token(&els)), None).await.0, 200);
}

/// Somebody under a guardian, who was offered an earlier time and said yes to it, which waits for the guardian's; the visit, and what is held.
async fn offered_under_a_guardian(world: &World) -> (Phone, Phone, Value, String) {
    town_hall(world, 1).await;
    let (els, ines) = two(world).await;
    let (under, guardian) = (resident_of(world, &els).await, resident_of(world, &ines).await);
    let tom = somebody("Tom", "1968-01-01");
    world.people(&[&tom]).await;
    let tom = world.phone(&tom, false).await;
    let (status, first) = world.json("POST", "/v1/appointments", Some(&token(&tom)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{first}");
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&els)), &wish(SECOND, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
    assisting(world, (under, guardian), "court_person").await;
    let earlier = json!({ "appointment_id": visit["id"], "from_on": "2027-03-08", "until_on": "2027-03-08" });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&token(&els)), &earlier).await;
    assert_eq!(status, 200, "{entry}");
    assert_eq!(world.raw("DELETE", &path(&first), Some(&token(&tom)), None).await.0, 200);
    world.drain().await;
    let (_, waiting) = world.get("/v1/waiting", &token(&els)).await;
    let offered = waiting[0]["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{waiting}")).to_owned();
    let confirm = format!("/v1/appointments/{offered}/confirm");
    let (status, held) = world.raw("POST", &confirm, Some(&token(&els)), None).await;
    assert_eq!((status, &held["state"]), (200, &json!("held")), "{held}");
    (els, ines, visit, offered)
}

async fn who_is_represented_books_alone_and_the_administrator_hears_of_it(world: World) {
    town_hall(&world, 1).await;
    let (els, mut ines) = two(&world).await;
    let (under, guardian) = (resident_of(&world, &els).await, resident_of(&world, &ines).await);
    crate::mandates::by_court(&world, (under, guardian), "represent").await;
    // An appointment binds to nothing: what it is for, and needs the administrator, is looked at there.
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&els)), &wish(FIRST, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
    world.drain().await;
    assert_eq!(world.titles(&mut ines).await, ["Er is een bericht voor Rosa"]);
    let (status, gone) = acting(&world, ("DELETE", &path(&visit)), &token(&ines), under, None).await;
    assert_eq!(status, 200, "{gone}");
}

async fn an_offer_that_waited_for_a_yes_is_declined_by_nobody(world: World) {
    let (els, ines, visit, offered) = offered_under_a_guardian(&world).await;
    // Staff move the visit to later meanwhile: what waits is a move of what stands elsewhere now.
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let to = json!({ "location_id": PLACE, "starts_at": "2027-03-08T10:00:00Z", "reason": "request" });
    let (status, moved) = world.json("POST", &format!("/staff{}/move", path(&visit)), Some(&clerk), &to).await;
    assert_eq!(status, 200, "{moved}");
    assert_eq!(waits(&world, &token(&ines)).await, json!([]));
    // The earlier time is offered again: nobody said no to it.
    world.drain().await;
    let (_, waiting) = world.get("/v1/waiting", &token(&els)).await;
    let again = waiting[0]["offered_appointment_id"].as_str().unwrap_or_else(|| panic!("{waiting}"));
    assert_ne!(again, offered);
    let (_, held) = world.get(&format!("/v1/appointments/{again}"), &token(&els)).await;
    assert_eq!(held["starts_at"], FIRST, "{held}");
}

async fn an_offer_of_an_earlier_time_is_a_move_to_who_says_yes(world: World) {
    let (els, ines, visit, _) = offered_under_a_guardian(&world).await;
    let deed = waits(&world, &token(&ines)).await[0].clone();
    assert_eq!(
        (&deed["kind"], &deed["appointment_id"], &deed["starts_at"]),
        (&json!("move"), &visit["id"], &json!(FIRST)),
        "{deed}"
    );
    assert!(deed["moves_from"].to_string().contains(SECOND), "{deed}");
    let (status, problem) = answer(&world, &token(&ines), deed["id"].as_str().unwrap(), "accept").await;
    assert_eq!(status, 200, "{problem}");
    let (_, now) = world.get(&path(&visit), &token(&els)).await;
    assert_eq!((&now["state"], &now["starts_at"]), (&json!("booked"), &json!(FIRST)), "{now}");
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 0);
    assert_eq!(world.texts("select ended from waiting").await, ["taken"]);
}

async fn nobody_is_asked_who_has_no_app(world: World) {
    town_hall(&world, 1).await;
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    let ines = world.phone(&ines, false).await;
    let mut r = world.instance.app.db.read().await.unwrap();
    let mother: Uuid =
        thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from resident where given_names = 'Rosa'")
        .fetch_one(c).await)
        .unwrap();
    drop(r);
    assisting(&world, (mother, resident_of(&world, &ines).await), "given").await;
    let (status, problem) =
        acting(&world, ("POST", "/v1/appointments"), &token(&ines), mother, Some(&wish(FIRST, false))).await;
    assert_eq!((status, &problem["code"]), (409, &json!("nobody_to_answer")), "{problem}");
    assert_eq!(world.figure("select count(*) from appointment").await, 0);
}

async fn a_move_that_waits_ends_with_its_visit_and_with_its_start(world: World) {
    let (mut rosa, mut ines, mother, _, planner) = assisted(&world, 1).await;
    let ask = async |visit: &Value, ines: &Phone| {
        let to = json!({ "location_id": PLACE, "starts_at": SECOND });
        let move_it = format!("{}/move", path(visit));
        let (status, stays) = acting(&world, ("POST", &move_it), &token(ines), mother, Some(&to)).await;
        assert_eq!((status, &stays["state"]), (200, &json!("booked")), "{stays}");
        assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 1);
    };
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    ask(&visit, &ines).await;
    // Cancelled by herself, there is nothing to move: the start is free in the same moment.
    assert_eq!(world.raw("DELETE", &path(&visit), Some(&token(&rosa)), None).await.0, 200);
    assert_eq!(world.texts("select ended_why from deed").await, ["taken"]);
    assert_eq!(world.figure("select count(*) from desk_tick").await, 0);
    for phone in [&mut rosa, &mut ines] {
        let titles = world.titles(phone).await;
        assert!(titles.contains(&"Een voorstel gaat niet door".to_owned()), "{titles:?}");
    }
    // Where its start closes, it does not wait for its limit, and nobody is told that nobody answered.
    let elsewhere = wish("2027-03-09T08:00:00Z", false);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &elsewhere).await;
    assert_eq!(status, 200, "{visit}");
    ask(&visit, &ines).await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-08T07:00:00Z", "until": "2027-03-08T12:00:00Z",
        "reasons": [{ "language": "nl", "text": "Brand." }],
    });
    let (status, closed) = world.json("POST", "/staff/v1/closures", Some(&planner), &close).await;
    assert_eq!(status, 200, "{closed}");
    world.drain().await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select ended_why from deed").await, ["taken", "taken"]);
    assert_eq!(world.texts("select state from appointment where state in ('held', 'booked')").await, ["booked"]);
}

async fn what_a_helper_hears_names_neither_the_service_nor_the_moment(world: World) {
    let (rosa, ines, mother, ..) = assisted(&world, 1).await;
    let jan = somebody("Jan", "1965-06-06");
    world.people(&[&jan]).await;
    let mut jan = world.phone(&jan, false).await;
    let helper = resident_of(&world, &ines).await;
    // He reads her messages, and has nothing of what she does for her mother.
    assisting(&world, (helper, resident_of(&world, &jan).await), "given").await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!(status, 200, "{problem}");
    let (status, hers) = acting(&world, ("GET", "/v1/inbox"), &token(&jan), helper, None).await;
    assert_eq!(status, 200, "{hers}");
    let told = hers["messages"].as_array().unwrap().iter().find(|message| message["title"] == "Rosa Zonnebloem zei ja");
    let told = told.unwrap_or_else(|| panic!("{hers}")).to_string();
    assert!(!told.contains("dentiteitskaart") && !told.contains("8 maart"), "{told}");
    let titles = world.titles(&mut jan).await;
    assert!(!titles.iter().any(|title| title.contains("Ines")), "{titles:?}");
}

async fn where_an_administrator_co_signs_a_yes_to_a_helper_does_not_do(world: World) {
    let (rosa, ines, mother, ..) = assisted(&world, 1).await;
    let (_, deed) = asked(&world, &ines, mother, FIRST).await;
    // The order of the court holds since the question.
    let jan = somebody("Jan", "1965-06-06");
    world.people(&[&jan]).await;
    let jan = world.phone(&jan, false).await;
    assisting(&world, (mother, resident_of(&world, &jan).await), "court_person").await;
    let (status, problem) = answer(&world, &token(&rosa), &deed, "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("hold_lapsed")), "{problem}");
    assert_eq!(world.texts("select ended_why from deed").await, ["taken"]);
    assert_eq!(world.figure("select count(*) from appointment where state in ('held', 'booked')").await, 0);
    // Nor is she asked any more; what she books herself waits for him.
    let (status, problem) =
        acting(&world, ("POST", "/v1/appointments"), &token(&ines), mother, Some(&wish(FIRST, false))).await;
    assert_eq!((status, &problem["code"]), (403, &json!("mandate_missing")), "{problem}");
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &wish(FIRST, false)).await;
    assert_eq!((status, &visit["state"]), (200, &json!("held")), "{visit}");
    assert_eq!(waits(&world, &token(&jan)).await[0]["appointment_id"], visit["id"]);
}

async fn what_a_town_has_that_is_served_no_more_keeps_nobody_waiting(world: World) {
    let (_, ines, mother, ..) = assisted(&world, 1).await;
    asked(&world, &ines, mother, FIRST).await;
    let (mut w, now, town) =
        (world.instance.app.db.write().await.unwrap(), world.now(), Uuid::from_u128(rand::random()));
    let sql = "insert into municipality (id, key, created_at) values ($1, 'zulte', $2)";
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(town).bind(now).execute(c).await.map(|_| ())).unwrap();
    let sql = "insert into deed (municipality_id, id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, asked_at, expires_at)
               values ($1, $2, 'book', $3, $4, $5, $4, $6, $7, $8)";
    let until = now + chrono::Duration::hours(1);
    for _ in 0..201 {
        let [id, mandate, grantor, helper, hold] = [(); 5].map(|()| Uuid::from_u128(rand::random()));
        thuisloket::with_conn!(w, c => sqlx::query(sql)
            .bind(town).bind(id).bind(mandate).bind(grantor).bind(helper).bind(hold).bind(now).bind(until)
            .execute(c).await.map(|_| ()))
        .unwrap();
    }
    w.commit().await.unwrap();
    world.clock.advance(chrono::Duration::hours(48) + chrono::Duration::minutes(1));
    world.drain().await;
    assert_eq!(world.figure("select count(*) from deed where ended_at is null").await, 0);
}

async fn a_slip_says_who_may_do_what_and_tells_no_address(world: World) {
    let (_, _, mother, mandate, _) = assisted(&world, 1).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    let read = |what: String| {
        let (world, clerk) = (&world, &clerk);
        async move {
            let path = format!("{}/staff/v1/mandates/{what}", world.server);
            let answer = world.http.get(path).bearer_auth(clerk).send().await.unwrap();
            (answer.status().as_u16(), answer.bytes().await.unwrap())
        }
    };
    let (status, page) = read(format!("{mandate}/slip?reason=visit")).await;
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert_eq!(status, 200, "{page}");
    for part in
        ["Volmacht", "Rosa Zonnebloem", "Ines Zonnebloem", "Boeken en verplaatsen", "Afspraken", "31 december 2028"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in ["Kouter", "9800", "1944", "1970"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    let (status, file) = read(format!("{mandate}/slip.pdf?reason=visit&side=held")).await;
    assert!(status == 200 && file.starts_with(b"%PDF"), "{status}");
    // Of what is over, or nothing here, there is none.
    assert_eq!(read(format!("{}/slip?reason=visit", Uuid::from_u128(1))).await.0, 404);
    let end = format!("/staff/v1/mandates/{mandate}?reason=visit");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    for what in ["slip", "slip.pdf"] {
        assert_eq!(read(format!("{mandate}/{what}?reason=visit")).await.0, 404, "{what}");
    }
    // Nor of one of another town: nobody of Gavere finds it.
    let bert = somebody("Bert", "1969-09-09");
    world.people(&[&bert]).await;
    let holder = resident_of(&world, &world.phone(&bert, false).await).await;
    let again = assisting(&world, (mother, holder), "given").await;
    assert_eq!(read(format!("{again}/slip?reason=visit")).await.0, 200);
    let other = world.staff("Nele", &["Loket:0207500000"]).await;
    let path = format!("{}/staff/v1/mandates/{again}/slip?reason=visit", world.server);
    assert_eq!(world.http.get(path).bearer_auth(&other).send().await.unwrap().status(), 404);
    // Who acts has died: nobody is given it on paper any more, before a worker had its turn.
    world.people(&[&bert.state("deceased", "2027-03-01")]).await;
    assert_eq!(read(format!("{again}/slip?reason=visit")).await.0, 404);
}

async fn it_waits_no_longer_than_its_mandate_lasts(world: World) {
    let (rosa, ines, mother, mandate, _) = assisted(&world, 1).await;
    // Tomorrow is its last day.
    let (id, last) = (mandate.parse::<Uuid>().unwrap(), chrono::NaiveDate::from_ymd_opt(2027, 3, 2).unwrap());
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query("update mandate set until_on = $2 where id = $1").bind(id).bind(last)
        .execute(c).await.map(|_| ()))
    .unwrap();
    w.commit().await.unwrap();
    let (visit, _) = asked(&world, &ines, mother, FIRST).await;
    assert_eq!(visit["held_until"], "2027-03-02T23:00:00Z", "{visit}");
    let own = wish("2027-03-09T08:00:00Z", false);
    let (status, own) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &own).await;
    assert_eq!(status, 200, "{own}");
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    let (status, stays) =
        acting(&world, ("POST", &format!("{}/move", path(&own))), &token(&ines), mother, Some(&to)).await;
    assert_eq!(status, 200, "{stays}");
    let seen = waits(&world, &token(&rosa)).await;
    let until: Vec<&Value> = seen.as_array().unwrap().iter().map(|deed| &deed["waits_until"]).collect();
    assert_eq!(until, ["2027-03-02T23:00:00Z"; 2], "{seen}");
}

async fn what_a_helper_proposes_uses_up_nothing_of_hers(world: World) {
    let (rosa, ines, mother, _, planner) = assisted(&world, 1).await;
    let mut plan = service();
    (plan["version"], plan["most_open"]) = (json!(1), json!(1));
    put(&world, &planner, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    let mut deeds = Vec::new();
    for at in [FIRST, SECOND, "2027-03-08T08:40:00Z", "2027-03-08T09:00:00Z", "2027-03-08T09:20:00Z"] {
        deeds.push(asked(&world, &ines, mother, at).await.1);
    }
    // A few at a time: then she answers first.
    let more = wish("2027-03-08T09:40:00Z", false);
    let (status, problem) = acting(&world, ("POST", "/v1/appointments"), &token(&ines), mother, Some(&more)).await;
    assert_eq!((status, &problem["code"]), (409, &json!("deed_waits")), "{problem}");
    assert_eq!(world.figure("select count(*) from appointment where state = 'held'").await, 5);
    assert_eq!(answer(&world, &token(&rosa), &deeds[0], "refuse").await.0, 200);
    asked(&world, &ines, mother, "2027-03-08T09:40:00Z").await;
    // What she books herself has the room that it always had.
    let own = wish("2027-03-09T08:00:00Z", false);
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&rosa)), &own).await;
    assert_eq!((status, &visit["state"]), (200, &json!("booked")), "{visit}");
    // And a yes passes the rule of that moment.
    let (status, problem) = answer(&world, &token(&rosa), &deeds[1], "accept").await;
    assert_eq!((status, &problem["code"]), (409, &json!("appointment_limit")), "{problem}");
    assert_eq!(world.raw("DELETE", &path(&visit), Some(&token(&rosa)), None).await.0, 200);
    let (status, problem) = answer(&world, &token(&rosa), &deeds[2], "accept").await;
    assert_eq!(status, 200, "{problem}");
}

async fn a_visit_that_is_to_move_counts_once(world: World) {
    town_hall(&world, 1).await;
    let (els, ines) = two(&world).await;
    let (under, guardian) = (resident_of(&world, &els).await, resident_of(&world, &ines).await);
    assisting(&world, (under, guardian), "court_person").await;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&els)), &wish(FIRST, false)).await;
    assert_eq!(status, 200, "{visit}");
    let deed = waits(&world, &token(&ines)).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer(&world, &token(&ines), &deed, "accept").await.0, 200);
    let to = json!({ "location_id": PLACE, "starts_at": SECOND });
    let (status, stays) = world.json("POST", &format!("{}/move", path(&visit)), Some(&token(&els)), &to).await;
    assert_eq!((status, &stays["starts_at"]), (200, &json!(FIRST)), "{stays}");
    // She may have two, and this is the second; what she asks for herself counts as hers.
    let (second, third) = (wish("2027-03-09T08:00:00Z", false), wish("2027-03-10T08:00:00Z", false));
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token(&els)), &second).await;
    assert_eq!((status, &visit["state"]), (200, &json!("held")), "{visit}");
    let (status, problem) = world.json("POST", "/v1/appointments", Some(&token(&els)), &third).await;
    assert_eq!((status, &problem["code"]), (409, &json!("appointment_limit")), "{problem}");
}
