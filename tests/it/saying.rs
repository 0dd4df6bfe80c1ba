//! What announcements say, to whom, and what is told of it: an emergency says what to do, numbers tell of nobody, texts arrive as
//! they were written.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    announcements::{act, draft, put, sent, staff},
    world::{World, many, somebody},
};

journeys! {
    an_emergency_says_what_to_do_on_the_lock_screen,
    a_title_is_on_no_lock_screen_but_of_what_anybody_may_read,
    by_phone_is_calculated_as_it_will_go_out,
    no_number_tells_of_a_few_by_what_is_left,
    all_but_a_few_tell_nothing_of_the_few,
    not_is_true_of_whom_nothing_is_known,
    what_is_written_is_what_is_read,
    what_is_wrong_is_said_of_its_field_in_a_stable_word,
    announcements_are_found_again_and_drafts_thrown_away,
    streets_and_addresses_are_those_of_the_register,
}

async fn preview(world: &World, token: &str, body: Value) -> Value {
    let (status, answer) = world.json("POST", "/staff/v1/audiences/preview", Some(token), &body).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// A gas leak: whoever cannot unlock a phone reads what to do, and the preview shows what the phones will.
async fn an_emergency_says_what_to_do_on_the_lock_screen(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01").speaks("fr"));
    world.people(&[&anna, &luc]).await;
    let mut phones = [world.new_phone(true, "hers"), world.new_phone(false, "his")];
    // He wants the app to fetch what it shows; of this it need not.
    phones[1].full_preview = true;
    for (phone, person) in phones.iter_mut().zip([&anna, &luc]) {
        world.may_sign_in(person);
        phone.sign_in("deinze", &person.number).await.unwrap();
        phone.register().await.unwrap();
    }
    let (writer, _) = staff(&world).await;
    let mut warning = draft("Gaslek: blijf binnen, sluit ramen en deuren");
    warning["importance"] = json!("emergency");
    warning["is_public"] = json!(true);
    warning["texts"].as_array_mut().unwrap().push(json!({
        "language": "fr", "title": "Fuite de gaz : restez chez vous", "text": "Fermez portes et fenêtres."
    }));
    let id = sent(&world, 1, &warning).await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    let shown = |n: usize| {
        let s = &known["shown"][n];
        format!("{}. {}", s["lock_screen_title"].as_str().unwrap(), s["lock_screen"].as_str().unwrap())
    };
    world.drain().await;
    for (n, phone) in phones.iter_mut().enumerate() {
        phone.receive_all().await;
        assert_eq!(phone.lock_screen[0].text, shown(n), "the preview is what the phone shows");
    }
    assert!(shown(0).starts_with("Gaslek: blijf binnen") && shown(1).starts_with("Fuite de gaz"), "{known}");
    let apple = &world.stubs.apns.taken()[0].payload["aps"];
    assert_eq!(
        (&apple["alert"]["title"], &apple["interruption-level"], &apple["sound"]),
        (&json!("Gaslek: blijf binnen, sluit ramen en deuren"), &json!("time-sensitive"), &json!("emergency.caf"))
    );
    let google = &world.stubs.fcm.taken()[0]["android"];
    assert_eq!(google["notification"]["channel_id"], "emergency");
}

async fn a_title_is_on_no_lock_screen_but_of_what_anybody_may_read(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let (writer, _) = staff(&world).await;
    let emergency = |more: Value| {
        let mut d = draft("Naam van een zieke");
        d["importance"] = json!("emergency");
        d["decision"] = json!("burgemeester, 1 maart 2027");
        d.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        d
    };
    let everyone = json!([[{ "kind": "everyone" }]]);
    let old = json!([[{ "kind": "age", "from": 0, "until": 120 }]]);
    let mut said = Vec::new();
    for (n, more) in [
        // Not public; of people of an age; public, and the author does not want it there.
        json!({ "audience": everyone }),
        json!({ "audience": old, "is_public": true }),
        json!({ "audience": everyone, "is_public": true, "title_on_lock_screen": false }),
        json!({ "audience": everyone, "is_public": true }),
        json!({ "audience": everyone, "is_public": true, "importance": "ordinary" }),
        json!({ "audience": everyone, "is_public": true, "importance": "ordinary", "title_on_lock_screen": true }),
    ]
    .into_iter()
    .enumerate()
    {
        let id = sent(&world, n as u128 + 1, &emergency(more)).await;
        world.drain().await;
        phone.receive_all().await;
        said.push(phone.lock_screen.last().unwrap().text.clone());
        let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
        let s = &known["shown"][0];
        let parts = [s["lock_screen_title"].as_str(), s["lock_screen"].as_str()];
        assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>().join(". "), *said.last().unwrap(), "{known}");
        world.clock.advance(chrono::Duration::minutes(1));
    }
    let (now, news) = ("Kijk nu in de app van je gemeente.", "Je hebt een nieuw bericht van je gemeente.");
    assert_eq!(
        said,
        [
            now.to_owned(),
            now.to_owned(),
            now.to_owned(),
            format!("Naam van een zieke. {now}"),
            news.to_owned(),
            format!("Naam van een zieke. {news}")
        ]
    );
    // Who asks for it where it may not be is told, and a correction is as open as what it corrects.
    for (n, more) in [
        json!({ "audience": everyone, "title_on_lock_screen": true }),
        json!({ "audience": old, "is_public": true, "title_on_lock_screen": true }),
        json!({ "audience": everyone, "is_public": true, "title_on_lock_screen": true, "corrects_id": Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_a000 + 2) }),
    ]
    .into_iter()
    .enumerate()
    {
        let id = put(&world, &writer, n as u128 + 20, &emergency(more)).await;
        let (status, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
        let told = (status, problem["field"].as_str(), problem["reason"].as_str());
        assert_eq!(told, (400, Some("title_on_lock_screen"), Some("not_open")), "{problem}");
    }
}

/// Who does not follow the topic, had enough this week or sleeps until it is over is not "by phone", before as after.
async fn by_phone_is_calculated_as_it_will_go_out(world: World) {
    let people = many(60);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    for (n, person) in people[..48].iter().enumerate() {
        let phone = world.phone(person, true).await;
        let token = phone.tokens.clone().unwrap().access;
        if n < 12 {
            assert_eq!(world.json("PUT", "/v1/topics", Some(&token), &json!({ "topics": ["sport"] })).await.0, 200);
        } else if n < 24 {
            // Who sleeps the whole day.
            let quiet = json!({ "language": "nl", "quiet_from": 0, "quiet_until": 1439, "muted": [] });
            assert_eq!(world.json("PUT", "/v1/preferences", Some(&token), &quiet).await.0, 200);
        }
    }
    let (writer, _) = staff(&world).await;
    let mut n = 0;
    for (importance, topic, until, over_cap) in [
        ("ordinary", "works", "2027-03-20T00:00:00Z", false),
        ("ordinary", "sport", "2027-03-20T00:00:00Z", false),
        ("important", "works", "2027-03-20T00:00:00Z", false),
        ("important", "works", "2027-03-01T16:00:00Z", false),
        ("ordinary", "works", "2027-03-01T16:00:00Z", false),
        ("emergency", "works", "2027-03-01T16:00:00Z", false),
        // The third of the week for all.
        ("ordinary", "sport", "2027-03-20T00:00:00Z", false),
        ("ordinary", "sport", "2027-03-20T00:00:00Z", false),
        ("ordinary", "sport", "2027-03-20T00:00:00Z", true),
    ] {
        n += 1;
        let how = json!({ "audience": [[{ "kind": "everyone" }]], "importance": importance, "topic": topic,
            "valid_until": until, "over_cap": over_cap });
        let before = preview(&world, &writer, how).await;
        let mut d = draft(&format!("Bericht {n}"));
        (d["importance"], d["topic"], d["valid_until"], d["over_cap"]) =
            (json!(importance), json!(topic), json!(until), json!(over_cap));
        let id = sent(&world, n, &d).await;
        world.drain().await;
        let (_, after) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
        assert_eq!(before["by_phone"], after["by_phone"], "{n} {importance} {topic}: {before} {after}");
        let truly = world.figure("select by_phone from announcement order by created_at desc limit 1").await;
        assert_eq!(before["by_phone"].as_i64().unwrap_or(truly), truly);
        if (importance, until) == ("important", "2027-03-01T16:00:00Z") {
            assert_eq!(before["asleep"], 12, "the author is warned: {before}");
        }
        world.clock.advance(chrono::Duration::minutes(1));
    }
    // Who had enough this week has not when it goes out next week.
    let mut how = json!({ "audience": [[{ "kind": "everyone" }]], "importance": "ordinary", "topic": "sport" });
    let today = preview(&world, &writer, how.clone()).await;
    assert!(today["capped"].as_i64().is_some_and(|n| n >= 36), "{today}");
    how["send_at"] = json!("2027-03-10T12:00:00");
    let then = preview(&world, &writer, how).await;
    assert_eq!(then["capped"], 0, "{then}");
}

/// A street of 275 of whom three have the app: no figure says three, and none says 272.
async fn no_number_tells_of_a_few_by_what_is_left(world: World) {
    let people = many(275);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    for person in &people[..3] {
        world.phone(person, true).await;
    }
    let (writer, _) = staff(&world).await;
    let before = preview(&world, &writer, json!({ "audience": [[{ "kind": "everyone" }]] })).await;
    assert_eq!(before, json!({ "people": 275, "capped": 0, "asleep": 0 }));
    let id = sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    let path = format!("/staff/v1/announcements/{id}");
    let (_, known) = world.get(&path, &writer).await;
    let (_, figures) = world.get(&format!("{path}/figures"), &writer).await;
    let (_, month) = world.get("/staff/v1/figures?month=2027-03-15", &writer).await;
    for told in [&known, &figures, &month] {
        let kept: Vec<_> = ["notified", "by_phone", "without_app", "delivered", "opened"]
            .into_iter()
            .filter(|f| told.get(*f).is_some_and(|n| n != &json!(0)))
            .collect();
        assert!(kept.is_empty(), "{kept:?}: {told}");
    }
    assert_eq!(month.get("with_app"), None, "{month}");
    let row = month["messages"].as_array().unwrap().iter().find(|k| k["kind"] == "announcement").unwrap();
    assert_eq!((row.get("sent"), row.get("opened")), (None, None), "{month}");
    let table =
        world.http.get(format!("{}{path}/figures/export", world.server)).bearer_auth(&writer).send().await.unwrap();
    let table = table.text().await.unwrap();
    assert!(!table.contains("272") && table.contains("without_app;;;-"), "{table}");
    // Another month's sum would tell the first's: of two, one of which is hidden, nothing is said.
    for person in &people[3..100] {
        world.phone(person, false).await;
    }
    world.clock.advance(chrono::Duration::minutes(1));
    let id = sent(&world, 2, &draft("Stroom")).await;
    world.drain().await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    assert_eq!((&known["notified"], &known["without_app"]), (&json!(100), &json!(175)), "{known}");
    let (_, month) = world.get("/staff/v1/figures?month=2027-03-15", &writer).await;
    assert!(month.get("notified").is_none() && month.get("without_app").is_none(), "{month}");
    assert_eq!(month["with_app"], 100);
}

/// Two who have a phone in one street are told by nobody: not by that street, nor by all but that street, as anybody may ask for the whole
/// town and take one from the other. Nor is who lives alone in a house told by all but that house.
async fn all_but_a_few_tell_nothing_of_the_few(world: World) {
    let mut csv =
        "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town\n".to_owned();
    let people = many(60);
    for (n, person) in people.iter().enumerate() {
        let street = if n < 20 { "Markt" } else { "Dorp" };
        csv += &format!("{};Peeters;Jan{n};1980-01-01;nl;{street};{n};9800;Deinze\n", person.number);
    }
    world.residents_file("deinze", csv, false).await.unwrap();
    for person in &people[18..38] {
        world.phone(person, false).await;
    }
    let (writer, _) = staff(&world).await;
    let asked = async |condition: Value| preview(&world, &writer, json!({ "audience": [[condition]] })).await;
    let all = asked(json!({ "kind": "everyone" })).await;
    assert_eq!((&all["people"], &all["by_phone"]), (&json!(60), &json!(20)), "{all}");
    let here = asked(json!({ "kind": "street", "street": "Markt", "side": "both" })).await;
    assert_eq!((here.get("people"), here.get("by_phone")), (Some(&json!(20)), None), "{here}");
    let markt = json!({ "kind": "street", "street": "Markt", "side": "both", "not": true });
    let rest = asked(markt.clone()).await;
    assert_eq!((rest.get("people"), rest.get("by_phone"), rest.get("not_by_phone")), (Some(&json!(40)), None, None));
    // Whatever stands beside it, in its group or in another.
    let grown = json!({ "kind": "age", "from": 18, "until": 99 });
    let child = json!({ "kind": "age", "from": 0, "until": 5 });
    for audience in [json!([[grown, markt]]), json!([[child], [markt]])] {
        let rest = preview(&world, &writer, json!({ "audience": audience })).await;
        assert_eq!((rest.get("people"), rest.get("by_phone")), (Some(&json!(40)), None), "{rest}");
    }
    let one = json!({ "kind": "street", "street": "Dorp", "from": 30, "until": 30, "side": "both", "not": true });
    assert_eq!(asked(one).await.get("people"), None);
    // Where enough are left, all is told.
    let half = json!({ "kind": "street", "street": "Dorp", "from": 20, "until": 29, "side": "both", "not": true });
    let half = asked(half).await;
    assert_eq!((&half["people"], &half["by_phone"]), (&json!(50), &json!(10)), "{half}");
}

/// Who has no coordinates is in no circle, and so is among those outside; who has no birth date is no child.
async fn not_is_true_of_whom_nothing_is_known(world: World) {
    let mut csv = "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;latitude;longitude\n".to_owned();
    for (n, person) in many(30).iter().enumerate() {
        let place = if n % 2 == 0 { "50.98;3.53" } else { ";" };
        let born = if n < 12 { "" } else { "1980-01-01" };
        csv += &format!("{};Peeters;Jan{n};{born};nl;Dorp;{n};9800;Deinze;{place}\n", person.number);
    }
    let taken = world.residents_file("deinze", csv, false).await;
    assert!(taken.is_ok(), "{taken:?}");
    let (writer, _) = staff(&world).await;
    let count =
        async |audience: Value| preview(&world, &writer, json!({ "audience": audience })).await["people"].clone();
    let circle =
        json!({ "kind": "circle", "centre": { "latitude": 50.0, "longitude": 4.0 }, "meters": 100.0, "not": true });
    let corners = json!([{ "latitude": 50.0, "longitude": 4.0 }, { "latitude": 50.1, "longitude": 4.0 },
        { "latitude": 50.1, "longitude": 4.1 }]);
    let area = json!({ "kind": "polygon", "corners": corners, "not": true });
    let street = json!({ "kind": "street", "street": "Dorp", "side": "both" });
    let numbers = json!({ "kind": "street", "street": "Dorp", "from": 90, "until": 99, "side": "both", "not": true });
    let young = json!({ "kind": "age", "from": 0, "until": 17, "not": true });
    let family = json!({ "kind": "children", "from": 0, "until": 17, "not": true });
    for not in [circle, area, numbers, young, family] {
        assert_eq!(count(json!([[street.clone(), not.clone()]])).await, 30, "{not}");
    }
    // An area whose first corner is said again at the end is the same area.
    let mut closed = json!([{ "latitude": 50.9, "longitude": 3.5 }, { "latitude": 51.0, "longitude": 3.5 },
        { "latitude": 51.0, "longitude": 3.6 }, { "latitude": 50.9, "longitude": 3.6 }]);
    let open = count(json!([[{ "kind": "polygon", "corners": closed.clone() }]])).await;
    let first = closed[0].clone();
    closed.as_array_mut().unwrap().push(first);
    assert_eq!((open, count(json!([[{ "kind": "polygon", "corners": closed }]])).await), (json!(15), json!(15)));
}

async fn what_is_written_is_what_is_read(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let (writer, _) = staff(&world).await;
    let path = format!("/staff/v1/announcements/{}", Uuid::from_u128(1));
    for vanishing in ["[Opgelet]: afgelast!", "[1]: https://deinze.be", "Morgen.\n\n[UPDATE]: geannuleerd"] {
        let mut d = draft("Kermis");
        d["texts"][0]["text"] = json!(vanishing);
        let (status, problem) = world.json("PUT", &path, Some(&writer), &d).await;
        let told = (status, problem["field"].as_str(), problem["reason"].as_str());
        assert_eq!(told, (400, Some("texts.nl.text"), Some("vanishes")), "{vanishing}: {problem}");
    }
    let mut twice = draft("Kermis");
    let same = twice["texts"][0].clone();
    twice["texts"].as_array_mut().unwrap().push(same);
    let (_, problem) = world.json("PUT", &path, Some(&writer), &twice).await;
    assert_eq!((&problem["field"], &problem["reason"]), (&json!("texts[1].language"), &json!("twice")));
    // Lines stay lines, and an address as Outlook writes it is a link.
    let mut d = draft("Kermis");
    d["texts"][0]["text"] = json!("Markt 1\n9800 Deinze\n\nMail <info@deinze.be>.");
    let id = sent(&world, 2, &d).await;
    world.drain().await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
    let html = known["shown"][0]["html"].as_str().unwrap();
    assert!(html.contains("Markt 1<br />") && html.contains("href=\"mailto:info@deinze.be\""), "{html}");
    phone.receive_all().await;
    assert_eq!(phone.inbox().await.unwrap()[0].body, "Markt 1\n9800 Deinze\n\nMail info@deinze.be.");
}

/// A page says it in words of its own: each fault of a field is a word that does not change.
async fn what_is_wrong_is_said_of_its_field_in_a_stable_word(world: World) {
    world.people(&many(12).iter().collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    let path = format!("/staff/v1/announcements/{}", Uuid::from_u128(1));
    let street = |more: Value| {
        let mut c = json!({ "kind": "street", "street": "Dorp", "side": "both" });
        c.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([[c]])
    };
    let corners = |all: &[(f64, f64)]| {
        json!(all.iter().map(|(a, o)| json!({ "latitude": a, "longitude": o })).collect::<Vec<_>>())
    };
    let bow = corners(&[(50.0, 3.0), (50.1, 3.1), (50.1, 3.0), (50.0, 3.1)]);
    for (more, field, reason) in [
        (json!({ "link": "http://deinze.be" }), "link", "link"),
        (json!({ "topic": "koken" }), "topic", "unknown"),
        (json!({ "send_at": "2027-02-01T10:00:00" }), "send_at", "passed"),
        (json!({ "send_at": "2027-03-28T02:30:00", "valid_until": "2027-04-20T00:00:00Z" }), "send_at", "no_such_hour"),
        (json!({ "valid_until": "2027-02-01T10:00:00Z" }), "valid_until", "order"),
        (json!({ "valid_until": "2029-02-01T10:00:00Z" }), "valid_until", "range"),
        (json!({ "begins_at": "2027-03-28T02:30:00" }), "begins_at", "no_such_hour"),
        (json!({ "begins_at": "2027-03-05T10:00:00", "ends_at": "2027-03-05T09:00:00" }), "ends_at", "order"),
        // A year or a month too early: nobody can come any more when they read it.
        (json!({ "begins_at": "2026-03-05T10:00:00" }), "begins_at", "passed"),
        (
            json!({ "send_at": "2027-03-10T09:00:00", "begins_at": "2027-03-05T10:00:00", "ends_at": "2027-03-10T09:00:00" }),
            "ends_at",
            "passed",
        ),
        (json!({ "texts": [{ "language": "nl", "title": "A", "text": "<b>nu</b>" }] }), "texts.nl.text", "html"),
        (json!({ "texts": [{ "language": "nl", "title": "A", "text": "[x](http://x.be)" }] }), "texts.nl.text", "link"),
        (json!({ "texts": [{ "language": "nl", "title": "A", "text": "# Kop" }] }), "texts.nl.text", "other"),
        (json!({ "audience": [[]] }), "audience[0]", "conditions"),
        (json!({ "audience": street(json!({ "until": 5 })) }), "audience[0][0].from", "missing"),
        (json!({ "audience": street(json!({ "from": 9, "until": 5 })) }), "audience[0][0].until", "order"),
        (json!({ "audience": [[{ "kind": "polygon", "corners": bow }]] }), "audience[0][0].corners", "crosses"),
        (
            json!({ "audience": [[{ "kind": "polygon", "corners": [bow[0], bow[0], bow[1], bow[2]] }]] }),
            "audience[0][0].corners",
            "twice",
        ),
        (
            json!({ "audience": [[{ "kind": "circle", "centre": { "latitude": -50.0, "longitude": 3.0 }, "meters": 500 }]] }),
            "audience[0][0].centre",
            "outside",
        ),
        (json!({ "audience": [[{ "kind": "age", "from": 9, "until": 5 }]] }), "audience[0][0].until", "order"),
        (json!({ "audience": [[{ "kind": "topic", "topic": "koken" }]] }), "audience[0][0].topic", "unknown"),
        (
            json!({ "audience": [[{ "kind": "document", "kinds": ["eid", "bibkaart"], "from": "2027-08-01", "until": "2027-10-01" }]] }),
            "audience[0][0].kinds",
            "unknown",
        ),
        (
            json!({ "audience": [[{ "kind": "list", "list_id": Uuid::from_u128(9) }]] }),
            "audience[0][0].list_id",
            "no_such_list",
        ),
    ] {
        let mut d = draft("Water");
        d.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (status, problem) = world.json("PUT", &path, Some(&writer), &d).await;
        let told = (status, problem["field"].as_str(), problem["reason"].as_str());
        assert_eq!(told, (400, Some(field), Some(reason)), "{more}: {problem}");
    }
    for (n, (more, field, reason)) in [
        (json!({ "texts": [{ "language": "nl", "title": "A", "text": "" }] }), "texts", "missing"),
        (
            json!({ "texts": [{ "language": "nl", "title": "A", "text": "B" }, { "language": "fr", "title": "", "text": "B" }] }),
            "texts.fr.title",
            "missing",
        ),
        (json!({ "texts": [] }), "texts", "missing"),
        (json!({ "audience": [] }), "audience", "missing"),
        (json!({ "audience": street(json!({})) }), "decision", "missing"),
        (
            json!({ "audience": [[{ "kind": "document", "kinds": ["eid"], "from": "2027-08-01", "until": "2027-10-01" }]],
                "is_public": true, "decision": "x" }),
            "is_public",
            "tells_more",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let mut d = draft("Water");
        d.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let id = put(&world, &writer, n as u128 + 10, &d).await;
        let (status, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
        let told = (status, problem["field"].as_str(), problem["reason"].as_str());
        assert_eq!(told, (400, Some(field), Some(reason)), "{more}: {problem}");
    }
}

async fn announcements_are_found_again_and_drafts_thrown_away(world: World) {
    world.people(&many(12).iter().collect::<Vec<_>>()).await;
    let (writer, approver) = staff(&world).await;
    for n in 0..230u128 {
        let title = if n == 3 { "ÉÉN 100%_zeker! Kermis".to_owned() } else { format!("Bericht {n}") };
        put(&world, &writer, n, &draft(&title)).await;
        world.clock.advance(chrono::Duration::seconds(1));
    }
    let list = async |query: &str| {
        let (status, all) = world.get(&format!("/staff/v1/announcements?{query}"), &approver).await;
        assert_eq!(status, 200, "{all}");
        all.as_array().unwrap().clone()
    };
    let newest = list("").await;
    assert_eq!((newest.len(), &newest[0]["texts"][0]["title"]), (200, &json!("Bericht 229")));
    let older = list(&format!("before={}", newest[199]["id"].as_str().unwrap())).await;
    assert_eq!((older.len(), &older[0]["texts"][0]["title"]), (30, &json!("Bericht 29")));
    for (words, found) in
        [("kermis", 1), ("één 100%25_zeker!", 1), ("100%25zeker", 0), ("rik", 200), ("bericht 22", 11), ("a_b", 0)]
    {
        assert_eq!(list(&format!("search={words}")).await.len(), found, "{words}");
    }
    let id = newest[0]["id"].as_str().unwrap().to_owned();
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!((list("state=submitted").await.len(), list("state=sent").await.len()), (1, 0));
    // What waits for a colleague is called off; a draft is gone, once, by who may write, in the version that was read.
    let path = |id: &str, version: i64| format!("/staff/v1/announcements/{id}?version={version}");
    let discard = async |token: &str, id: &str, version: i64| {
        let (status, answer) = world.raw("DELETE", &path(id, version), Some(token), None).await;
        (status, answer["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(discard(&writer, &id, 1).await, (409, "announcement_state".to_owned()));
    let id = newest[1]["id"].as_str().unwrap();
    assert_eq!(discard(&approver, id, 1).await, (403, "role_missing".to_owned()));
    assert_eq!(discard(&writer, id, 7).await, (409, "edited_meanwhile".to_owned()));
    assert_eq!(discard(&writer, id, 1).await.0, 200);
    assert_eq!(discard(&writer, id, 1).await.0, 200, "the same again");
    assert_eq!(discard(&writer, &Uuid::from_u128(99).to_string(), 1).await, (404, "not_found".to_owned()));
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'announcement_discarded'").await, 1);
}

async fn streets_and_addresses_are_those_of_the_register(world: World) {
    let mut csv = "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;latitude;longitude\n".to_owned();
    for (n, person) in many(40).iter().enumerate() {
        let street = ["Markt", "kouter", "Élise-laan", "MARKT"][n % 4];
        let at = 50.9 + (n % 5) as f64 / 100.0;
        csv += &format!("{};Peeters;Jan{n};1980-01-01;nl;{street};{n};9800;Deinze;{at};3.53\n", person.number);
    }
    world.residents_file("deinze", csv, false).await.unwrap();
    let (writer, _) = staff(&world).await;
    let (_, streets) = world.get("/staff/v1/streets", &writer).await;
    let streets: Vec<_> = streets.as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_lowercase()).collect();
    assert_eq!(streets, ["élise-laan", "kouter", "markt"]);
    let (_, places) = world.get("/staff/v1/addresses?south=50.9&west=3.5&north=50.925&east=3.6", &writer).await;
    assert_eq!(places.as_array().unwrap().len(), 3, "each place once: {places}");
    assert_eq!(world.get("/staff/v1/addresses?south=51&west=3.5&north=50&east=3.6", &writer).await.0, 400);
    assert_eq!(world.get("/staff/v1/addresses?south=151&west=3.5&north=50&east=3.6", &writer).await.0, 400);
}
