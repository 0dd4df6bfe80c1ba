//! Announcements: exactly the people it concerns, with a second pair of eyes, and taken back if need be.

use std::fmt::Write as _;

use chrono::{Datelike as _, Months, NaiveDate};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use thuisloket_mobile_contract::apns::Script;
use uuid::Uuid;

use crate::{
    appointments::citizens,
    world::{World, day, many, paper, people_csv, somebody},
};

journeys! {
    an_audience_is_counted_as_a_person_would,
    an_audience_is_read_from_an_index,
    an_audience_that_makes_no_sense_is_refused,
    a_colleague_approves_it_arrives_and_is_withdrawn,
    what_was_approved_is_what_goes_out,
    it_goes_out_at_its_time_on_the_towns_clocks,
    importance_says_what_holds_it,
    by_phone_means_a_phone_that_shows_it,
    what_warns_of_danger_waits_for_no_morning_where_a_provider_was_down,
    a_correction_goes_to_those_who_got_the_first,
    what_was_taken_back_or_put_right_uses_up_nobodys_week,
    what_is_saved_while_it_is_typed_is_one_line_of_the_trail,
    killed_anywhere_it_goes_on_and_nobody_gets_it_twice,
    the_house_forgets_announcements_past_their_keeping,
}

mod alone {
    use super::*;

    journeys! {
        with "deinze.approve_own = true";
        in_a_town_with_few_hands_one_may_do_both_but_never_an_emergency,
    }

    async fn in_a_town_with_few_hands_one_may_do_both_but_never_an_emergency(world: World) {
        world.people(&many(12).iter().collect::<Vec<_>>()).await;
        let both =
            world.staff("Bea", &["Redactie:0207509031", "Noodbericht:0207509031", "Goedkeuring:0207509031"]).await;
        for (n, importance) in ["important", "emergency"].into_iter().enumerate() {
            let mut draft = draft("Water");
            draft["importance"] = json!(importance);
            let id = put(&world, &both, n as u128 + 1, &draft).await;
            act(&world, &both, &id, "submit", "&everyone=true").await;
            let (status, answer) = act(&world, &both, &id, "approve", "").await;
            if importance == "emergency" {
                assert_eq!((status, &answer["code"]), (409, &json!("own_work")), "{answer}");
            } else {
                assert_eq!((status, &answer["state"]), (200, &json!("approved")), "{answer}");
            }
        }
    }
}

/// An important announcement to everyone.
pub(crate) fn draft(title: &str) -> Value {
    json!({
        "version": 0, "importance": "important", "topic": "works", "audience": [[{ "kind": "everyone" }]],
        "texts": [{ "language": "nl", "title": title, "text": "Donderdag van 9 tot 12 uur." }],
        "valid_until": "2027-03-20T00:00:00Z",
    })
}

pub(crate) async fn put(world: &World, token: &str, n: u128, draft: &Value) -> String {
    let id = Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_a000 + n).to_string();
    let (status, answer) = world.json("PUT", &format!("/staff/v1/announcements/{id}"), Some(token), draft).await;
    assert_eq!(status, 200, "{answer}");
    id
}

/// Takes a step with the version that there is.
pub(crate) async fn act(world: &World, token: &str, id: &str, step: &str, more: &str) -> (u16, Value) {
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), token).await;
    let path = format!("/staff/v1/announcements/{id}/{step}?version={}{more}", known["version"]);
    world.raw("POST", &path, Some(token), None).await
}

pub(crate) async fn staff(world: &World) -> (String, String) {
    let writes = ["Redactie:0207509031", "Noodbericht:0207509031"];
    (world.staff("Rik", &writes).await, world.staff("Bea", &["Goedkeuring:0207509031"]).await)
}

/// Written by one, approved by the other.
pub(crate) async fn sent(world: &World, n: u128, draft: &Value) -> String {
    let (writer, approver) = staff(world).await;
    let id = put(world, &writer, n, draft).await;
    let (status, answer) = act(world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!(status, 200, "{answer}");
    let (status, answer) = act(world, &approver, &id, "approve", "").await;
    assert_eq!(status, 200, "{answer}");
    id
}

#[derive(Clone)]
struct Resident {
    born: NaiveDate,
    street: &'static str,
    number: String,
    postcode: &'static str,
    latitude: f64,
    longitude: f64,
    language: &'static str,
    household: usize,
}

/// Ray casting as in every textbook.
fn inside(corners: &[(f64, f64)], (lat, lon): (f64, f64)) -> bool {
    let n = corners.len();
    (0..n).fold(false, |inside, i| {
        let ((y1, x1), (y2, x2)) = (corners[i], corners[(i + 1) % n]);
        let crosses = (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1;
        inside ^ crosses
    })
}

async fn an_audience_is_counted_as_a_person_would(world: World) {
    let mut rng = StdRng::seed_from_u64(5);
    let mut csv = "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;latitude;longitude;household\n".to_owned();
    let people: Vec<Resident> = (0..600)
        .map(|n| Resident {
            born: day("1935-01-01") + chrono::Days::new(n * 55),
            street: ["Kouter", "Markt", "Kouterstraat"].choose(&mut rng).unwrap(),
            number: format!("{}{}", rng.random_range(1..40), ["", "", "A", " bus 2", "/1"].choose(&mut rng).unwrap()),
            postcode: ["9800", "9850"].choose(&mut rng).unwrap(),
            latitude: 50.98 + rng.random_range(-0.02..0.02),
            longitude: 3.53 + rng.random_range(-0.03..0.03),
            language: ["nl", "fr", ""].choose(&mut rng).unwrap(),
            household: n as usize / 3,
        })
        .collect();
    for r in &people {
        let number = thuisloket_demo::town::national_number(r.born);
        writeln!(
            csv,
            "{number};Zonnebloem;Iemand;{};{};{};{};{};Deinze;{};{};h{}",
            r.born, r.language, r.street, r.number, r.postcode, r.latitude, r.longitude, r.household
        )
        .unwrap();
    }
    let outcome = world.residents_file("deinze", csv, false).await.unwrap();
    assert_eq!((outcome.added, outcome.wrong), (600, 0));
    let (writer, _) = staff(&world).await;
    let today = day("2027-03-01");
    let age = |r: &Resident| {
        let had = today >= r.born.checked_add_months(Months::new((today.year() - r.born.year()) as u32 * 12)).unwrap();
        today.year() - r.born.year() - i32::from(!had)
    };
    // "12A", "12 bus 2" and "12/1" are twelve.
    let digits = |r: &Resident| r.number.chars().take_while(char::is_ascii_digit).collect::<String>();
    let corners = [(50.97, 3.51), (50.995, 3.52), (50.985, 3.55), (50.975, 3.545), (50.981, 3.53)];
    let spots: Vec<Value> = corners.iter().map(|(a, b)| json!({ "latitude": a, "longitude": b })).collect();
    let meters = |r: &Resident| thuisloket::queue::rules::meters((r.latitude, r.longitude), (50.98, 3.53));
    type Is<'a> = Box<dyn Fn(&Resident) -> bool + 'a>;
    let conditions: Vec<(Value, Is<'_>)> = vec![
        (json!({ "kind": "everyone" }), Box::new(|_| true)),
        (json!({ "kind": "street", "street": "Kouter", "side": "both" }), Box::new(|r| r.street == "Kouter")),
        (
            json!({ "kind": "street", "street": "Markt", "from": 5, "until": 31, "side": "odd" }),
            Box::new(|r| {
                let n = digits(r).parse::<i64>();
                r.street == "Markt" && n.is_ok_and(|n| (5..=31).contains(&n) && n % 2 == 1)
            }),
        ),
        (json!({ "kind": "postcode", "postcodes": ["9850"] }), Box::new(|r| r.postcode == "9850")),
        (
            json!({ "kind": "circle", "centre": { "latitude": 50.98, "longitude": 3.53 }, "meters": 1200 }),
            Box::new(|r| meters(r) <= 1200.0),
        ),
        (json!({ "kind": "polygon", "corners": spots }), Box::new(|r| inside(&corners, (r.latitude, r.longitude)))),
        (json!({ "kind": "age", "from": 30, "until": 49 }), Box::new(|r| (30..=49).contains(&age(r)))),
        (json!({ "kind": "language", "languages": ["fr"] }), Box::new(|r| r.language == "fr")),
        (json!({ "kind": "language", "languages": ["nl"] }), Box::new(|r| r.language != "fr")),
        (
            json!({ "kind": "children", "from": 3, "until": 12 }),
            Box::new(|r| people.iter().any(|c| c.household == r.household && (3..=12).contains(&age(c)))),
        ),
    ];
    let ask = |audience: Value| {
        let (world, writer) = (&world, writer.clone());
        async move {
            let (status, answer) = world
                .json("POST", "/staff/v1/audiences/preview", Some(&writer), &json!({ "audience": audience }))
                .await;
            assert_eq!(status, 200, "{answer}");
            answer
        }
    };
    // That nobody is in it is told of those only of whom it says no more than where they live.
    let says_where =
        |c: &Value| ["everyone", "street", "postcode", "circle", "polygon"].contains(&c["kind"].as_str().unwrap());
    let expect = |n: usize, is_open: bool| if n >= 10 || (n == 0 && is_open) { json!(n) } else { Value::Null };
    for (condition, is) in &conditions {
        let n = people.iter().filter(|r| is(r)).count();
        assert_eq!(ask(json!([[condition]])).await["people"], expect(n, says_where(condition)), "{condition}");
        let mut not = condition.clone();
        not["not"] = json!(true);
        assert_eq!(ask(json!([[not]])).await["people"], expect(600 - n, says_where(condition)), "not {condition}");
    }
    for _ in 0..25 {
        let pick = |rng: &mut StdRng| (rng.random_range(0..conditions.len()), rng.random::<bool>());
        let groups: Vec<Vec<(usize, bool)>> = (0..rng.random_range(1..4))
            .map(|_| (0..rng.random_range(1..4)).map(|_| pick(&mut rng)).collect())
            .collect();
        let audience: Vec<Vec<Value>> = groups
            .iter()
            .map(|g| {
                g.iter()
                    .map(|(i, not)| {
                        let mut c = conditions[*i].0.clone();
                        c["not"] = json!(not);
                        c
                    })
                    .collect()
            })
            .collect();
        let is = |r: &Resident| groups.iter().any(|g| g.iter().all(|(i, not)| conditions[*i].1(r) != *not));
        let n = people.iter().filter(|r| is(r)).count();
        let is_open = audience.iter().flatten().all(says_where);
        assert_eq!(ask(json!(audience)).await["people"], expect(n, is_open), "{}", json!(audience));
    }
}

/// Neither engine reads the whole town for a street, a postcode or an area.
async fn an_audience_is_read_from_an_index(world: World) {
    use thuisloket::{
        announcements::{audience::Audience, compile, counting},
        platform::{db::Built, language::Language},
    };
    let people = many(3_000);
    world.residents_file("deinze", people_csv(&people.iter().collect::<Vec<_>>()), false).await.unwrap();
    let spot = |a: f64, b: f64| json!({ "latitude": a, "longitude": b });
    for (condition, index) in [
        (json!({ "kind": "street", "street": "Markt", "from": 1, "until": 9, "side": "odd" }), "resident_by_street"),
        (json!({ "kind": "postcode", "postcodes": ["9850"] }), "resident_by_postcode"),
        (json!({ "kind": "circle", "centre": spot(50.98, 3.53), "meters": 500 }), "resident_by_place"),
        (
            json!({ "kind": "polygon", "corners": [spot(50.9, 3.5), spot(50.91, 3.5), spot(50.9, 3.51)] }),
            "resident_by_place",
        ),
    ] {
        let audience: Audience = serde_json::from_value(json!([[condition]])).unwrap();
        let audience = compile(&audience, day("2027-03-01"), Language::Nl);
        let postgres = world.database.starts_with("postgres");
        let mut explain = Built::default();
        explain.sql(if postgres { "explain " } else { "explain query plan " });
        explain.add(&counting(world.town().id, &audience));
        let mut w = world.instance.app.db.write().await.unwrap();
        if postgres {
            thuisloket::with_conn!(w, c => sqlx::query("analyze resident").execute(c).await.map(|_| ())).unwrap();
        }
        let sql = explain.on(&mut w);
        let lines: Vec<String> = thuisloket::with_conn!(w, c => {
            let q = thuisloket::bind_all!(sqlx::query(sql), explain);
            let rows = q.fetch_all(c).await.unwrap();
            let column = if postgres { 0 } else { 3 };
            rows.iter().map(|row| sqlx::Row::get::<String, _>(row, column)).collect()
        });
        assert!(lines.iter().any(|l| l.contains(index)), "{condition}: {lines:?}");
    }
}

async fn an_audience_that_makes_no_sense_is_refused(world: World) {
    let (writer, _) = staff(&world).await;
    let spot = |a: f64, b: f64| json!({ "latitude": a, "longitude": b });
    for (audience, field) in [
        (json!([]), "audience"),
        (json!([[]]), "audience[0]"),
        (json!([[{ "kind": "everyone" }], []]), "audience[1]"),
        (json!([[{ "kind": "street", "street": "Markt", "until": 9, "side": "both" }]]), "audience[0][0].from"),
        (
            json!([[{ "kind": "street", "street": "Markt", "from": 9, "until": 3, "side": "both" }]]),
            "audience[0][0].until",
        ),
        (
            json!([[{ "kind": "street", "street": "Markt", "from": 1, "until": 9000, "side": "odd" }]]),
            "audience[0][0].until",
        ),
        (json!([[{ "kind": "age", "from": 9, "until": 3 }]]), "audience[0][0].until"),
        (
            json!([[{ "kind": "polygon", "corners": [spot(50.0, 3.0), spot(51.0, 4.0), spot(50.0, 4.0), spot(51.0, 3.0)] }]]),
            "audience[0][0].corners",
        ),
        (json!([[{ "kind": "circle", "centre": spot(50.0, 3.0), "meters": 0 }]]), ""),
        // A sign too many, and the two the other way round.
        (json!([[{ "kind": "circle", "centre": spot(-50.0, 3.0), "meters": 500 }]]), "audience[0][0].centre"),
        (
            json!([[{ "kind": "polygon", "corners": [spot(50.0, 3.0), spot(50.1, 3.0), spot(3.0, 50.1)] }]]),
            "audience[0][0].corners",
        ),
        (json!([[{ "kind": "polygon", "corners": [spot(50.0, 3.0)] }]]), ""),
        (
            json!([[{ "kind": "everyone" }], [{ "kind": "polygon", "corners": [spot(51.0, 3.5), spot(51.1, 3.6), spot(51.2, 3.7)] }]]),
            "audience[1][0].corners",
        ),
        (json!([[{ "kind": "shoe_size", "from": 43 }]]), ""),
        (json!("everyone"), "audience"),
    ] {
        let body = json!({ "audience": audience });
        let (status, problem) = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &body).await;
        assert_eq!((status, &problem["code"]), (400, &json!("body_invalid")), "{audience} {problem}");
        assert!(problem["field"].as_str().unwrap_or_default().starts_with(field), "{audience} {problem}");
    }
    // And a draft that makes none.
    let id = Uuid::from_u128(7);
    let path = format!("/staff/v1/announcements/{id}");
    for (field, value, at) in [
        ("topic", json!("gossip"), "topic"),
        ("link", json!("javascript:alert(1)"), "link"),
        ("send_at", json!("2027-02-01T10:00:00"), "send_at"),
        ("send_at", json!("2027-03-28T02:30:00"), "send_at"),
        ("valid_until", json!("2027-02-01T10:00:00Z"), "valid_until"),
        ("valid_until", json!("2037-02-01T10:00:00Z"), "valid_until"),
        (
            "texts",
            json!([{ "language": "nl", "title": "x", "text": "Zie <script>alert(1)</script>" }]),
            "texts.nl.text",
        ),
        ("texts", json!([{ "language": "nl", "title": "x", "text": "[x](javascript:alert(1))" }]), "texts.nl.text"),
        ("begins_at", json!("2027-03-28T02:30:00"), "begins_at"),
        ("ends_at", json!("2027-03-28T04:30:00"), "ends_at"),
        ("audience", json!([[{ "kind": "list", "list_id": id }]]), "audience"),
        ("texts", json!([{ "language": "nl", "title": "x".repeat(121), "text": "x" }]), "title"),
    ] {
        let mut wrong = draft("Water");
        wrong[field] = value.clone();
        let (status, problem) = world.json("PUT", &path, Some(&writer), &wrong).await;
        assert_eq!(status, 400, "{field} {value} {problem}");
        assert!(problem["field"].as_str().unwrap().contains(at), "{field} {value} {problem}");
    }
    // What may be half written may not be submitted so.
    let mut half = draft("Water");
    half["audience"] = json!([[{ "kind": "street", "street": "Kouter", "side": "both" }]]);
    half["is_public"] = json!(true);
    for (n, (field, value, at)) in [
        ("texts", json!([{ "language": "nl", "title": " ", "text": "x" }]), "texts"),
        (
            "texts",
            json!([{ "language": "nl", "title": "x", "text": "x" }, { "language": "fr", "title": "x", "text": "" }]),
            "texts.fr.text",
        ),
        ("topic", json!("works"), "decision"),
        (
            "audience",
            json!([[{ "kind": "document", "kinds": ["eid"], "from": "2027-03-01", "until": "2027-04-01" }]]),
            "is_public",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        half["decision"] = json!(if at == "is_public" { "x" } else { "" });
        let mut wrong = half.clone();
        wrong[field] = value;
        let id = put(&world, &writer, 20 + n as u128, &wrong).await;
        let (status, problem) = act(&world, &writer, &id, "submit", "").await;
        assert_eq!((status, &problem["field"]), (400, &json!(at)), "{problem}");
    }
    // Nobody; and everybody only where that is meant.
    let id = put(&world, &writer, 1, &draft("Water")).await;
    assert_eq!(act(&world, &writer, &id, "submit", "").await.1["code"], "concerns_nobody");
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    assert_eq!(act(&world, &writer, &id, "submit", "").await.1["code"], "concerns_everyone");
    assert_eq!(act(&world, &writer, &id, "submit", "&everyone=true").await.0, 200);
}

async fn a_colleague_approves_it_arrives_and_is_withdrawn(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01").speaks("fr"), somebody("Els", "1970-07-07"));
    world.people(&[&anna, &luc, &els]).await;
    let mut phones = [world.phone(&anna, true).await, world.phone(&luc, false).await];
    let (writer, approver) = staff(&world).await;
    let mut water = draft("Geen water in de Kouter");
    water["texts"] = json!([
        { "language": "nl", "title": "Geen water in de Kouter", "text": "Donderdag **geen water**. 5 < 7" },
        { "language": "fr", "title": "Pas d’eau au Kouter", "text": "Jeudi." },
    ]);
    water["link"] = json!("https://deinze.example/kouter");
    let id = put(&world, &writer, 1, &water).await;
    assert_eq!(act(&world, &writer, &id, "submit", "&everyone=true").await.1["state"], "submitted");
    for (token, step, code) in [
        (&writer, "approve", "role_missing"),
        (&approver, "submit", "role_missing"),
        (&writer, "submit", "announcement_state"),
        (&writer, "withdraw", "announcement_state"),
    ] {
        assert_eq!(act(&world, token, &id, step, "").await.1["code"], code, "{step}");
    }
    assert_eq!(act(&world, &approver, &id, "approve", "").await.1["state"], "approved");
    world.drain().await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    assert!(known.get("notified").is_none(), "of three people no number is told");
    let figures = [
        world.figure("select told from announcement").await,
        world.figure("select by_phone from announcement").await,
        world.figure("select without_app from announcement").await,
        world.figure("select held_back from announcement").await,
    ];
    assert_eq!(
        (&known["state"], figures, &known["approver"]),
        (&json!("sent"), [2, 2, 1, 0], &json!("Bea")),
        "{known}"
    );
    assert_eq!(world.titles(&mut phones[0]).await, ["Geen water in de Kouter"]);
    assert_eq!(world.titles(&mut phones[1]).await, ["Pas d’eau au Kouter"], "in his language");
    for (phone, label) in phones.iter_mut().zip(["Lees meer", "En savoir plus"]) {
        let action = phone.inbox().await.unwrap()[0].action.clone().unwrap();
        assert_eq!((action.label.as_str(), action.link.as_str()), (label, "https://deinze.example/kouter"));
        phone.receive_all().await;
        assert_eq!((phone.lock_screen.len(), phone.badge), (1, 1));
        assert!(!phone.lock_screen[0].text.contains("ater"), "no lock screen learns what it is about");
    }
    // Taken back: off the lock screens, and marked in the inbox. One who had read it keeps it so.
    let (_, before) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    world.clock.set(world.now() + chrono::Duration::minutes(7));
    assert_eq!(act(&world, &writer, &id, "withdraw", "").await.1["state"], "withdrawing");
    world.drain().await;
    for phone in &mut phones {
        phone.receive_all().await;
        assert_eq!(phone.lock_screen.len(), 0, "cleared");
        let token = phone.tokens.clone().unwrap().access;
        let (_, inbox) = world.get("/v1/inbox", &token).await;
        assert!(inbox["messages"][0]["withdrawn_at"].is_string(), "{inbox}");
    }
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    assert_eq!(known["state"], "withdrawn");
    // Nobody wrote it then: who did what, and when, stays apart.
    assert_eq!((&known["written_at"], &known["author"]), (&before["written_at"], &before["author"]));
    assert_ne!(known["updated_at"], before["updated_at"]);
    assert_eq!((before.get("stopped_by"), &known["stopped_by"]), (None, &before["author"]));
    assert_eq!(act(&world, &approver, &id, "approve", "").await.1["code"], "announcement_state");
    let acts = world.texts("select act from audit_entry where act like 'announcement_%' order by act").await;
    assert_eq!(
        acts,
        ["announcement_approved", "announcement_submitted", "announcement_withdrawn", "announcement_written"]
    );
}

async fn what_was_approved_is_what_goes_out(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let (writer, approver) = staff(&world).await;
    let mut later = draft("Eerst");
    later["send_at"] = json!("2027-03-03T17:00:00");
    let id = put(&world, &writer, 1, &later).await;
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    // She approves the version that she read; it was changed meanwhile.
    later["version"] = json!(1);
    later["texts"][0]["title"] = json!("Daarna");
    put(&world, &writer, 1, &later).await;
    let path = format!("/staff/v1/announcements/{id}/approve?version=1");
    assert_eq!(world.raw("POST", &path, Some(&approver), None).await.1["code"], "edited_meanwhile");
    // Two editors at once do not overwrite each other.
    let path = format!("/staff/v1/announcements/{id}");
    let mut other = later.clone();
    other["texts"][0]["title"] = json!("Nog anders");
    assert_eq!(world.json("PUT", &path, Some(&writer), &other).await.1["code"], "edited_meanwhile");
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
    // Edited after its approval: a draft again, and its time passes it by.
    later["version"] = json!(2);
    put(&world, &writer, 1, &later).await;
    let (_, known) = world.get(&path, &writer).await;
    assert_eq!((&known["state"], known.get("approver")), (&json!("draft"), None));
    world.at("2027-03-03 17:05");
    world.drain().await;
    assert_eq!(world.figure("select count(*) from announcement_recipient").await, 0);
    let writer = world.staff("Rik", &["Redactie:0207509031"]).await;
    let (_, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!(problem["field"], "send_at", "its time has passed: {problem}");
    assert_eq!(act(&world, &writer, &id, "cancel", "").await.1["state"], "cancelled");
    assert_eq!(world.json("PUT", &path, Some(&writer), &later).await.1["code"], "body_invalid");
}

async fn it_goes_out_at_its_time_on_the_towns_clocks(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let mut later = draft("Markt verplaatst");
    // After the clocks have changed: five in the afternoon is an hour earlier in UTC.
    later["send_at"] = json!("2027-03-29T17:00:00");
    later["valid_until"] = json!("2027-04-20T00:00:00Z");
    sent(&world, 1, &later).await;
    world.at("2027-03-29 16:59");
    world.drain().await;
    assert!(world.titles(&mut phone).await.is_empty());
    world.at("2027-03-29 17:00");
    assert_eq!(world.now().to_rfc3339(), "2027-03-29T15:00:00+00:00");
    // Who moves here now does not get it.
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Markt verplaatst"]);
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let mut late = world.phone(&luc, true).await;
    world.drain().await;
    assert!(world.titles(&mut late).await.is_empty());
    // What is not worth showing any more is not sent.
    let mut over = draft("Vandaag");
    over["send_at"] = json!("2027-03-30T10:00:00");
    over["valid_until"] = json!("2027-03-30T10:00:00Z");
    sent(&world, 2, &over).await;
    world.at("2027-03-30 13:00");
    world.drain().await;
    assert!(world.titles(&mut late).await.is_empty());
}

async fn importance_says_what_holds_it(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let follow = json!({ "topics": ["waste"] });
    assert_eq!(world.json("PUT", "/v1/topics", Some(&token), &follow).await.0, 200);
    let (_, topics) = world.get("/v1/topics", &token).await;
    let of = |t: &str| topics.as_array().unwrap().iter().find(|x| x["topic"] == t).unwrap()["follows"].clone();
    assert_eq!((of("waste"), of("works")), (json!(true), json!(false)));
    let (_, problem) = world.json("PUT", "/v1/topics", Some(&token), &json!({ "topics": ["waste", "x"] })).await;
    assert_eq!(problem["field"], "topics[1]");
    let tell = |n: u128, importance: &str, topic: &str| {
        let mut draft = draft(&format!("{importance} {topic} {n}"));
        (draft["importance"], draft["topic"]) = (json!(importance), json!(topic));
        let world = &world;
        async move {
            sent(world, n, &draft).await;
            world.drain().await;
        }
    };
    // A topic she does not follow lies in the inbox; what is important comes all the same.
    tell(1, "ordinary", "works").await;
    phone.receive_all().await;
    assert_eq!((phone.lock_screen.len(), phone.inbox().await.unwrap().len()), (0, 1));
    tell(2, "important", "works").await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), 1);
    // At night it waits for the morning; what warns of danger does not, even where all is muted.
    world.at("2027-03-01 22:00");
    phone.refresh().await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    tell(3, "important", "works").await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), 1);
    let mut mute = json!({ "language": "nl", "quiet_from": 1260, "quiet_until": 480, "muted": ["emergency"] });
    let (status, problem) = world.json("PUT", "/v1/preferences", Some(&token), &mute).await;
    assert_eq!((status, &problem["field"]), (400, &json!("muted")), "{problem}");
    mute["muted"] = json!(["announcements"]);
    assert_eq!(world.json("PUT", "/v1/preferences", Some(&token), &mute).await.0, 200);
    tell(4, "emergency", "other").await;
    phone.receive_all().await;
    assert_eq!(phone.lock_screen.len(), 2, "a warning");
    // Three ordinary ones in a week are enough, over all who write: the fourth is held back, or sent by choice.
    world.at("2027-03-02 10:00");
    for n in 5..=7 {
        tell(n, "ordinary", "waste").await;
    }
    let audience = json!({ "audience": [[{ "kind": "everyone" }]] });
    let (writer, _) = staff(&world).await;
    let (_, preview) = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &audience).await;
    assert_eq!(preview.get("capped"), None, "one person: too few to tell: {preview}");
    let held = world.figure("select count(*) from announcement_recipient where how = 'held_back'").await;
    assert_eq!(held, 1, "the first of the week counts: 1, 5 and 6, and 7 is held back");
    world.clock.advance(chrono::Duration::minutes(1));
    let mut more = draft("Toch");
    (more["importance"], more["topic"], more["over_cap"]) = (json!("ordinary"), json!("waste"), json!(true));
    sent(&world, 8, &more).await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await[0], "Toch");
}

/// Who muted it, signed out, removed the phone, or sleeps until it is over has it in the inbox, and no figure says otherwise.
async fn by_phone_means_a_phone_that_shows_it(world: World) {
    let people = many(50);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let mut phones = Vec::new();
    for person in &people[..48] {
        phones.push(world.phone(person, true).await);
    }
    let (writer, _) = staff(&world).await;
    let everyone = json!({ "audience": [[{ "kind": "everyone" }]] });
    let preview = async || {
        let answer = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &everyone).await.1;
        (answer["people"].clone(), answer["by_phone"].clone())
    };
    assert_eq!(preview().await, (json!(50), Value::Null), "without the two others it would tell of them");
    for (n, phone) in phones.iter_mut().take(12).enumerate() {
        let token = phone.tokens.clone().unwrap().access;
        match n {
            0 => phone.sign_out().await.unwrap(),
            1 => {
                let path = format!("/v1/devices/{}", phone.installation);
                assert_eq!(world.raw("DELETE", &path, Some(&token), None).await.0, 200);
            }
            _ => {
                let mute =
                    json!({ "language": "nl", "quiet_from": 1260, "quiet_until": 480, "muted": ["announcements"] });
                assert_eq!(world.json("PUT", "/v1/preferences", Some(&token), &mute).await.0, 200);
            }
        }
    }
    assert_eq!(preview().await, (json!(50), json!(36)));
    let mut counted = Vec::new();
    for (n, at, importance, until) in [
        (1, "2027-03-01 11:00", "important", "2027-03-20T00:00:00Z"),
        // Over at seven, while the phones keep still until eight.
        (2, "2027-03-01 21:05", "important", "2027-03-02T06:00:00Z"),
        (3, "2027-03-01 21:10", "emergency", "2027-03-02T06:00:00Z"),
    ] {
        world.at(at);
        let mut draft = draft("Water");
        (draft["importance"], draft["valid_until"], draft["topic"]) = (json!(importance), json!(until), json!("other"));
        sent(&world, n, &draft).await;
        world.drain().await;
        let taken = world.stubs.apns.count();
        counted.push((world.figure("select cast(sum(by_phone) as bigint) from announcement").await, taken));
    }
    assert_eq!(counted, [(36, 36), (36, 36), (82, 82)]);
    assert_eq!(world.figure("select cast(sum(told) as bigint) from announcement").await, 3 * 48);
    assert_eq!(world.figure("select count(*) from announcement_recipient where how = 'phone'").await, 82);
}

async fn what_warns_of_danger_waits_for_no_morning_where_a_provider_was_down(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let _phone = world.phone(&anna, true).await;
    world.drain().await;
    world.at("2027-03-01 19:00");
    let before = world.stubs.apns.count();
    world.stubs.apns.script_all(Some(Script::Refuse(503, "Shutdown".to_owned(), None)));
    for (n, importance) in [(1, "important"), (2, "emergency")] {
        let mut draft = draft("Water");
        (draft["importance"], draft["topic"]) = (json!(importance), json!("other"));
        sent(&world, n, &draft).await;
    }
    world.drain().await;
    world.stubs.apns.script_all(None);
    world.at("2027-03-01 23:00");
    world.drain().await;
    assert_eq!(world.stubs.apns.count() - before, 1, "the warning alone");
    world.at("2027-03-02 08:00");
    world.drain().await;
    assert_eq!(world.stubs.apns.count() - before, 2);
}

async fn a_correction_goes_to_those_who_got_the_first(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    let odile = somebody("Odile", "1940-04-04");
    world.people(&[&anna, &luc, &odile]).await;
    world
        .papers(&[paper(&anna, "eid", "2017-06-01", "2027-09-01"), paper(&odile, "eid", "2017-06-02", "2027-09-02")])
        .await;
    let mut phones = [world.phone(&anna, true).await, world.phone(&luc, true).await];
    let mut first = draft("Kaart");
    first["audience"] =
        json!([[{ "kind": "document", "kinds": ["eid"], "from": "2027-08-01", "until": "2027-10-01" }]]);
    first["decision"] = json!("gemeenteraad 25 januari 2027");
    let id = sent(&world, 1, &first).await;
    let mut correction = draft("Kaart, verbeterd");
    correction["corrects_id"] = json!(id);
    let (writer, _) = staff(&world).await;
    let path = format!("/staff/v1/announcements/{}", Uuid::from_u128(9));
    assert_eq!(
        world.json("PUT", &path, Some(&writer), &correction).await.1["code"],
        "announcement_state",
        "not out yet"
    );
    world.drain().await;
    // She moves to another street, and her card is renewed: she got the first, so she gets what corrects it.
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-09-01").with("stopped_on", "2027-03-01")]).await;
    sent(&world, 2, &correction).await;
    world.drain().await;
    assert_eq!(world.titles(&mut phones[0]).await.len(), 2);
    assert!(world.titles(&mut phones[1]).await.is_empty(), "it never concerned him");
    // The counter told her, who has no app, of the first: it tells her what is right.
    let clerk = world.staff("Els", &["Loket:0207509031"]).await;
    let (_, brief) = world.get("/staff/v1/sent-announcements", &clerk).await;
    let corrected = brief[0]["id"].as_str().unwrap();
    let (_, list) = world.get(&format!("/staff/v1/announcements/{corrected}/unreached"), &clerk).await;
    let told: Vec<_> = list["people"].as_array().unwrap().iter().map(|p| &p["given_names"]).collect();
    assert_eq!(told, ["Odile"], "{list}");
    // It leaves its trace at what it corrects: for whoever reads that, and for the counter, which tells those who have no app.
    let mut half = draft("Nog beter");
    half["corrects_id"] = json!(id);
    world.clock.advance(chrono::Duration::minutes(1));
    put(&world, &writer, 3, &half).await;
    let (status, all) = world.get(&format!("/staff/v1/announcements/{id}/corrections"), &writer).await;
    let told: Vec<_> =
        all.as_array().unwrap().iter().map(|c| (c["texts"][0]["title"].as_str(), c["state"].as_str())).collect();
    assert_eq!(
        (status, told),
        (200, vec![(Some("Kaart, verbeterd"), Some("sent")), (Some("Nog beter"), Some("draft"))]),
        "what went out is not lost among what is being written"
    );
    // In the order in which they went out, whenever they were begun; and what is put right by what corrects its correction is
    // put right, though that was withdrawn.
    let mut last = draft("Kaart, nog eens");
    last["corrects_id"] = all[0]["id"].clone();
    world.clock.advance(chrono::Duration::minutes(1));
    let last = sent(&world, 4, &last).await;
    world.drain().await;
    half["version"] = json!(1);
    let (status, all) = world.get(&format!("/staff/v1/announcements/{id}/corrections"), &writer).await;
    assert_eq!((status, all[1]["texts"][0]["title"].as_str()), (200, Some("Nog beter")));
    world.clock.advance(chrono::Duration::minutes(1));
    sent(&world, 5, &{
        let mut third = draft("Later begonnen, eerder uit");
        third["corrects_id"] = json!(id);
        third
    })
    .await;
    world.drain().await;
    world.clock.advance(chrono::Duration::minutes(1));
    sent(&world, 3, &half).await;
    world.drain().await;
    let (_, all) = world.get(&format!("/staff/v1/announcements/{id}/corrections"), &writer).await;
    let told: Vec<_> = all.as_array().unwrap().iter().map(|c| c["texts"][0]["title"].as_str().unwrap()).collect();
    assert_eq!(told, ["Nog beter", "Later begonnen, eerder uit", "Kaart, verbeterd"], "{all}");
    let (_, none) = world.get(&format!("/staff/v1/announcements/{}/corrections", Uuid::from_u128(9)), &writer).await;
    assert_eq!(none["code"], "not_found");
    assert_eq!(act(&world, &writer, &id, "withdraw", "").await.0, 200);
    let (_, brief) = world.get("/staff/v1/sent-announcements", &clerk).await;
    let told: Vec<_> =
        brief.as_array().unwrap().iter().map(|a| (&a["title"], &a["is_withdrawn"], &a["is_corrected"])).collect();
    assert_eq!(
        &told[3..],
        [(&json!("Kaart, verbeterd"), &json!(false), &json!(true)), (&json!("Kaart"), &json!(true), &json!(true))]
    );
    // What corrected it wrongly and was withdrawn corrects nothing.
    for gone in all.as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()) {
        assert_eq!(act(&world, &writer, gone, "withdraw", "").await.0, 200);
        let (_, brief) = world.get("/staff/v1/sent-announcements", &clerk).await;
        assert_eq!((&brief[4]["title"], &brief[4]["is_corrected"]), (&json!("Kaart"), &json!(true)), "{brief}");
    }
    assert_eq!(act(&world, &writer, &last, "withdraw", "").await.0, 200);
    let (_, brief) = world.get("/staff/v1/sent-announcements", &clerk).await;
    assert_eq!((&brief[4]["title"], &brief[4]["is_corrected"]), (&json!("Kaart"), &json!(false)), "{brief}");
}

/// Three ordinary announcements a week are enough for anybody; what was taken back, and what only puts another right, is none of them, and
/// whoever read what was wrong reads what is right.
async fn what_was_taken_back_or_put_right_uses_up_nobodys_week(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let (writer, _) = staff(&world).await;
    let tell = async |n: u128, corrects: Option<&str>| {
        world.clock.advance(chrono::Duration::minutes(1));
        let mut text = draft(&format!("Bericht {n}"));
        (text["importance"], text["corrects_id"]) = (json!("ordinary"), json!(corrects));
        let id = sent(&world, n, &text).await;
        world.drain().await;
        id
    };
    tell(1, None).await;
    let taken_back = tell(2, None).await;
    let wrong = tell(3, None).await;
    assert_eq!(act(&world, &writer, &taken_back, "withdraw", "").await.0, 200);
    world.drain().await;
    // Of the two that are left one is put right, which is no third.
    tell(4, Some(&wrong)).await;
    tell(5, None).await;
    tell(6, None).await;
    let had = || async {
        world.texts("select a.search_key from announcement_recipient x join announcement a on a.municipality_id = x.municipality_id and a.id = x.announcement_id where x.how = 'held_back' order by 1").await
    };
    assert_eq!(had().await, ["bericht 6\n\nrik"], "1, 3 and 5 are the week");
    // Nor does the week hold back what puts right.
    tell(7, Some(&wrong)).await;
    assert_eq!(had().await.len(), 1);
    assert_eq!(world.titles(&mut phone).await[0], "Bericht 7");
}

/// A draft saves itself every few seconds; the trail says that it was written, when and by whom, once in half an hour.
async fn what_is_saved_while_it_is_typed_is_one_line_of_the_trail(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let (writer, approver) = staff(&world).await;
    let colleague = world.staff("Ria", &["Redactie:0207509031"]).await;
    let mut text = draft("Kermis");
    let mut save = async |token: &str, change: &dyn Fn(&mut Value)| {
        change(&mut text);
        let id = put(&world, token, 1, &text).await;
        text["version"] = json!(text["version"].as_i64().unwrap() + 1);
        id
    };
    let lines = || world.figure("select count(*) from audit_entry where act = 'announcement_written'");
    for word in ["Zon", "Zonda", "Zondag."] {
        save(&writer, &|text| text["texts"][0]["text"] = json!(word)).await;
        world.clock.advance(chrono::Duration::seconds(3));
    }
    assert_eq!(lines().await, 1);
    for title in ["Kermis op", "Kermis op zon", "Kermis op zondag"] {
        save(&writer, &|text| text["texts"][0]["title"] = json!(title)).await;
    }
    assert_eq!(lines().await, 1, "a title is typed as well");
    save(&colleague, &|text| text["texts"][0]["text"] = json!("Zondag om 9 uur.")).await;
    assert_eq!(lines().await, 2, "somebody else wrote");
    save(&writer, &|text| text["texts"][0]["text"] = json!("Zondag.")).await;
    assert_eq!(lines().await, 3, "after a colleague");
    // However often it is saved, half an hour later it is said again.
    for minute in 1..=4 {
        world.clock.advance(chrono::Duration::minutes(10));
        save(&writer, &|text| text["texts"][0]["text"] = json!(format!("Zondag om {minute} uur."))).await;
    }
    assert_eq!(lines().await, 4, "it goes on");
    // What waited for an approval, or had it, is written anew: that is a line whenever it is.
    let id = save(&colleague, &|_| ()).await;
    assert_eq!(lines().await, 5);
    assert_eq!(act(&world, &colleague, &id, "submit", "&everyone=true").await.0, 200);
    assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
    save(&colleague, &|text| text["texts"][0]["text"] = json!("Zondag om 11 uur.")).await;
    assert_eq!(lines().await, 6);
}

async fn the_house_forgets_announcements_past_their_keeping(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    put(&world, &world.staff("Rik", &["Redactie:0207509031"]).await, 2, &draft("Nooit verstuurd")).await;
    let left = || async {
        let recipients = world.figure("select count(*) from announcement_recipient").await;
        (world.figure("select count(*) from announcement").await, recipients)
    };
    world.at("2029-02-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(left().await, (2, 1));
    world.at("2029-04-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(left().await, (0, 0));
}

async fn killed_anywhere_it_goes_on_and_nobody_gets_it_twice(world: World) {
    let people = many(5_000);
    world.residents_file("deinze", people_csv(&people.iter().collect::<Vec<_>>()), false).await.unwrap();
    citizens(&world, 40).await;
    let id = sent(&world, 1, &draft("Aan allen")).await;
    // Two processes at once, one of which is stopped after its first chunk; then another goes on.
    let other = world.another_process().await;
    let (a, b) = tokio::join!(
        thuisloket::announcements::work::step(&world.instance.app),
        thuisloket::announcements::work::step(&other.app),
    );
    a.unwrap();
    b.unwrap();
    let half = world.figure("select count(*) from announcement_recipient").await;
    assert!((2_000..5_000).contains(&half), "{half}");
    // In the middle a warning overtakes.
    let mut warning = draft("Gevaar");
    warning["importance"] = json!("emergency");
    sent(&world, 2, &warning).await;
    thuisloket::announcements::work::step(&other.app).await.unwrap();
    assert!(world.figure("select count(*) from announcement_recipient").await >= half + 2_000);
    let first =
        "select count(*) from announcement_recipient x join announcement a on a.municipality_id = x.municipality_id
        and a.id = x.announcement_id where a.importance = 'important'";
    assert_eq!(world.figure(first).await, half, "the warning goes first");
    drop(other);
    world.drain().await;
    assert_eq!(world.figure(first).await, 5_000);
    let twice = "select count(*) from (select 1 as one from message where kind = 'announcement'
        group by resident_id, dedupe_key having count(*) > 1) twice";
    assert_eq!(world.figure(twice).await, 0);
    assert_eq!(
        world.figure("select count(*) from message where kind = 'announcement'").await,
        80,
        "forty have the app"
    );
    let (writer, _) = staff(&world).await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    assert_eq!((&known["notified"], &known["without_app"]), (&json!(40), &json!(4_960)), "{known}");
}
