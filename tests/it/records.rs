//! What is kept and read afterwards: who did what, who has no app, a month in numbers, sessions, the register that came in. By the
//! API on both databases, and by hand in a browser.

use fantoccini::Locator;
use reqwest::Method;
use serde_json::{Value, json};
use thuisloket_demo::town::national_number;

use crate::{
    announcements::{act, draft, put, sent, staff},
    appointments::{PLACE, SERVICE, town_hall},
    console::{Seat, demo},
    page::{css, until},
    world::{Browser, World, people_csv, somebody},
};

journeys! {
    a_list_that_was_opened_is_one_line_for_the_auditor_and_one_in_each_persons_trail,
    the_trail_is_asked_by_member_act_and_day_page_by_page,
    the_trail_says_what_each_entry_is_about,
    the_trail_calls_things_as_they_were_called_then,
    who_has_no_app_is_listed_as_a_postman_walks,
    whoever_has_the_counter_alone_finds_the_list_of_who_has_no_app,
    a_page_that_was_left_open_keeps_no_session_alive,
    ones_sessions_are_known_by_their_browser_and_end_all_at_once,
    a_month_can_be_taken_along_as_a_table,
}

const AUDITOR: &[&str] = &["Toezicht:0207509031"];
const CLERK: &[&str] = &["Loket:0207509031"];

/// A file that is offered, as text, without the mark that spreadsheets want.
async fn file(world: &World, path: &str, who: &str) -> String {
    let answer = world.http.get(format!("{}{path}", world.server)).bearer_auth(who).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"text/csv; charset=utf-8".parse().unwrap())
    );
    let text = answer.text().await.unwrap();
    text.trim_start_matches('\u{feff}').to_owned()
}

async fn trail(world: &World, who: &str, query: &str) -> Vec<Value> {
    let (status, page) = world.get(&format!("/staff/v1/audit?limit=100&{query}"), who).await;
    assert_eq!(status, 200, "{page}");
    page["entries"].as_array().unwrap().clone()
}

async fn a_list_that_was_opened_is_one_line_for_the_auditor_and_one_in_each_persons_trail(world: World) {
    let (anna, luc, bart) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"), somebody("Bart", "1984-04-04"));
    world.people(&[&anna, &luc, &bart]).await;
    world.phone(&anna, true).await;
    let id = sent(&world, 1, &draft("Geen water")).await;
    world.drain().await;
    let clerk = world.staff("Els", CLERK).await;
    let (_, page) = world.get(&format!("/staff/v1/announcements/{id}/unreached"), &clerk).await;
    assert_eq!(page["people"].as_array().unwrap().len(), 2, "{page}");
    let lucs = page["people"].as_array().unwrap().iter().find(|p| p["given_names"] == "Luc").unwrap();
    let lucs = lucs["resident_id"].as_str().unwrap();
    world.clock.advance(chrono::Duration::seconds(1));
    file(&world, &format!("/staff/v1/announcements/{id}/unreached/export"), &clerk).await;
    // A line for each time, with how many and which announcement.
    let auditor = world.staff("Wim", AUDITOR).await;
    let lines = trail(&world, &auditor, "act=unreached_read").await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    for line in &lines {
        assert_eq!((&line["people"], &line["actor_name"]), (&json!(2), &json!("Els")), "{line}");
        assert_eq!(
            (&line["subject_kind"], &line["subject_name"], &line["subject_id"]),
            (&json!("announcement"), &json!("Geen water"), &json!(id)),
            "{line}"
        );
        assert_eq!((line.get("resident_id"), line.get("person")), (None, None), "{line}");
    }
    // Who asks for one person's trail sees that they were on it, and not their name.
    let his = trail(&world, &auditor, &format!("resident_id={lucs}")).await;
    assert_eq!(
        (his.len(), &his[0]["act"], &his[0]["subject_name"]),
        (2, &json!("unreached_read"), &json!("Geen water"))
    );
    assert_eq!(his[0]["person"], lucs.replace('-', "")[24..].to_owned(), "{}", his[0]);
    assert!(!json!(his).to_string().contains("Luc"), "{his:?}");
    let of_act = trail(&world, &auditor, &format!("resident_id={lucs}&act=visit_read")).await;
    assert!(of_act.is_empty(), "{of_act:?}");
    // He reads it himself: twice, and for no reason that he gave.
    let phone = world.phone(&luc, false).await;
    let told = phone.audit().await.unwrap();
    let of_list: Vec<_> = told.iter().filter(|e| e.what.contains("niet in de app kon krijgen")).collect();
    assert_eq!(of_list.len(), 2, "{told:?}");
    assert!(of_list.iter().all(|e| e.why.is_none()), "he wrote no letter: {told:?}");
}

async fn the_trail_is_asked_by_member_act_and_day_page_by_page(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let look = async |who: &str| {
        let question = json!({ "national_number": anna.number, "reason": "telephone" });
        let (status, found) = world.json("POST", "/staff/v1/residents/search", Some(who), &question).await;
        assert_eq!(status, 200, "{found}");
        world.clock.advance(chrono::Duration::seconds(1));
        found[0]["id"].as_str().unwrap().to_owned()
    };
    let read = async |who: &str, id: &str| {
        assert_eq!(world.get(&format!("/staff/v1/residents/{id}?reason=visit"), who).await.0, 200);
        world.clock.advance(chrono::Duration::seconds(1));
    };
    // On either side of midnight on the town's clocks, which is eleven o'clock in London.
    world.at("2027-03-01 23:50");
    let (els, rik) = (world.staff("Els", CLERK).await, world.staff("Rik", CLERK).await);
    let id = look(&els).await;
    read(&els, &id).await;
    look(&rik).await;
    world.at("2027-03-02 00:10");
    look(&els).await;
    world.at("2027-03-03 09:00");
    let auditor = world.staff("Wim", AUDITOR).await;
    let (_, actors) = world.get("/staff/v1/audit/actors", &auditor).await;
    let name = |a: &Value| a["name"].as_str().unwrap().to_owned();
    assert_eq!(actors.as_array().unwrap().iter().map(name).collect::<Vec<_>>(), ["Els", "Rik"], "{actors}");
    let (of_els, of_rik) = (actors[0]["id"].as_str().unwrap(), actors[1]["id"].as_str().unwrap());
    for (query, expected) in [
        (format!("actor_id={of_els}"), vec!["Els resident_found", "Els resident_read", "Els resident_found"]),
        (format!("actor_id={of_rik}"), vec!["Rik resident_found"]),
        ("act=resident_read".to_owned(), vec!["Els resident_read"]),
        (format!("actor_id={of_els}&act=resident_found"), vec!["Els resident_found", "Els resident_found"]),
        (format!("actor_id={of_rik}&act=resident_read"), vec![]),
        ("act=resident_found&from=2027-03-02".to_owned(), vec!["Els resident_found"]),
        ("act=resident_found&until=2027-03-01".to_owned(), vec!["Rik resident_found", "Els resident_found"]),
        ("from=2027-03-02&until=2027-03-02".to_owned(), vec!["Els resident_found"]),
        ("from=2027-02-01&until=2027-02-28".to_owned(), vec![]),
        (format!("resident_id={id}&actor_id={of_rik}"), vec!["Rik resident_found"]),
        (format!("resident_id={id}&from=2027-03-02&until=2027-03-02"), vec!["Els resident_found"]),
    ] {
        let found = trail(&world, &auditor, &query).await;
        let lines: Vec<_> = found
            .iter()
            .map(|e| format!("{} {}", e["actor_name"].as_str().unwrap(), e["act"].as_str().unwrap()))
            .collect();
        assert_eq!(lines, expected, "{query}");
        // The same to take along.
        let table = file(&world, &format!("/staff/v1/audit/export?{query}"), &auditor).await;
        let mut rows = table.lines();
        assert_eq!(
            rows.next().unwrap(),
            "at;actor_kind;actor;act;subject_kind;subject;person;people;reason;request_id;desk",
            "{query}"
        );
        let rows: Vec<_> = rows.map(|r| r.split(';').map(str::to_owned).collect::<Vec<_>>()).collect();
        assert_eq!(rows.iter().map(|r| format!("{} {}", r[2], r[3])).collect::<Vec<_>>(), expected, "{table}");
    }
    // Page by page, each once.
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/staff/v1/audit?limit=1&until=2027-03-02&actor_id={of_els}{cursor}");
        let (status, page) = world.get(&path, &auditor).await;
        assert_eq!(status, 200, "{page}");
        seen.extend(page["entries"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (3, 3), "{seen:?}");
    for (query, field) in [("from=march", "from"), ("act=gossip", "act"), ("actor_id=x", "actor_id")] {
        let (status, problem) = world.get(&format!("/staff/v1/audit?{query}"), &auditor).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    // Whoever may not read it may not take it along either, nor learn who acts.
    for path in ["/staff/v1/audit/export", "/staff/v1/audit/actors"] {
        let clerk = world.staff("Els", CLERK).await;
        assert_eq!(world.get(path, &clerk).await.1["code"], "role_missing");
    }
}

/// What was approved is told by the title that it had, whatever it is called since, and what was thrown away by its own.
async fn the_trail_calls_things_as_they_were_called_then(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05"), &somebody("Jan", "1985-05-06")]).await;
    let (writer, approver) = staff(&world).await;
    let id = put(&world, &writer, 1, &draft("Eerste")).await;
    for (who, step) in [(&writer, "submit"), (&approver, "approve")] {
        let (status, now) = act(&world, who, &id, step, "&everyone=true").await;
        assert_eq!(status, 200, "{now}");
    }
    let path = format!("/staff/v1/announcements/{id}");
    let version = world.get(&path, &writer).await.1["version"].clone();
    let mut again = draft("Tweede");
    again["version"] = version;
    put(&world, &writer, 1, &again).await;
    let version = world.get(&path, &writer).await.1["version"].clone();
    let (status, gone) = world.raw("DELETE", &format!("{path}?version={version}"), Some(&writer), None).await;
    assert_eq!(status, 200, "{gone}");
    let auditor = world.staff("Wim", AUDITOR).await;
    let all = trail(&world, &auditor, "").await;
    let told: Vec<_> = all
        .iter()
        .filter(|e| e["act"].as_str().unwrap().starts_with("announcement"))
        .map(|e| (e["act"].as_str().unwrap(), e["subject_kind"].as_str().unwrap(), e["subject_name"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("announcement_written", "announcement", "Eerste"),
            ("announcement_submitted", "announcement", "Eerste"),
            ("announcement_approved", "announcement", "Eerste"),
            ("announcement_written", "announcement", "Tweede"),
            ("announcement_discarded", "announcement", "Tweede"),
        ]
    );
}

async fn the_trail_says_what_each_entry_is_about(world: World) {
    let planner = town_hall(&world, 1).await;
    let closing = json!({
        "location_id": PLACE, "from": "2027-03-08T08:00:00Z", "until": "2027-03-08T09:00:00Z",
        "reasons": [{ "language": "nl", "text": "Brand." }],
    });
    assert_eq!(world.json("POST", "/staff/v1/closures", Some(&planner), &closing).await.0, 200);
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    world.key(&chief, &["import_residents"]).await;
    let (_, members) = world.get("/staff/v1/members", &chief).await;
    let piet = members.as_array().unwrap().iter().find(|m| m["name"] == "Piet").unwrap()["id"].as_str().unwrap();
    assert_eq!(world.raw("DELETE", &format!("/staff/v1/members/{piet}/roles/plan"), Some(&chief), None).await.0, 200);
    let (writer, _) = staff(&world).await;
    put(&world, &writer, 1, &draft("=Feest")).await;
    let kept = json!({ "version": 0, "name": "Markt", "audience": [[{ "kind": "everyone" }]] });
    let audience = "/staff/v1/audiences/01935c3e-0000-7000-8000-0000000aacc1";
    assert_eq!(world.json("PUT", audience, Some(&writer), &kept).await.0, 200);
    let like = json!({ "version": 0, "name": "Werken", "importance": "ordinary", "topic": "works", "texts": [], "audience": [] });
    let template = "/staff/v1/announcement-templates/01935c3e-0000-7000-8000-0000000aacc3";
    assert_eq!(world.json("PUT", template, Some(&writer), &like).await.0, 200);
    assert_eq!(world.raw("DELETE", template, Some(&writer), None).await.0, 200);
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    // What was deleted is deleted by its name.
    let number = || Some(("application/octet-stream", anna.number.clone().into_bytes()));
    let list = "/staff/v1/people-lists/01935c3e-0000-7000-8000-0000000aacc2";
    for (name, after) in [("Standhouders", None), ("Standhouders 2027", Some(list))] {
        assert_eq!(
            world.raw("PUT", &format!("{list}?name={}", name.replace(' ', "%20")), Some(&writer), number()).await.0,
            200
        );
        if let Some(path) = after {
            assert_eq!(world.raw("DELETE", path, Some(&writer), None).await.0, 200);
        }
    }
    assert_eq!(world.raw("DELETE", audience, Some(&writer), None).await.0, 200);
    let clerk = world.staff("Els", CLERK).await;
    let question = json!({ "national_number": anna.number, "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let number = json!({ "service_id": SERVICE, "location_id": PLACE, "resident_id": found[0]["id"] });
    let (status, ticket) = world.json("POST", "/staff/v1/tickets", Some(&clerk), &number).await;
    assert_eq!(status, 200, "{ticket}");
    let auditor = world.staff("Wim", AUDITOR).await;
    let all = trail(&world, &auditor, "").await;
    let (_, service) = world.get("/staff/v1/audit?act=catalogue_changed", &auditor).await;
    for (act, kind, name) in [
        ("location_closed", "location", "Stadhuis"),
        ("key_made", "key", "nachtelijke uitvoer"),
        ("role_withdrawn", "member", "Piet"),
        ("announcement_written", "announcement", "=Feest"),
        ("audience_kept", "audience", "Markt"),
        ("audience_deleted", "audience", "Markt"),
        ("template_kept", "template", "Werken"),
        ("template_deleted", "template", "Werken"),
        ("people_list_made", "people_list", "Standhouders"),
        ("people_list_replaced", "people_list", "Standhouders 2027"),
        ("people_list_deleted", "people_list", "Standhouders 2027"),
        ("visitor_received", "ticket", ticket["number"].as_str().unwrap()),
    ] {
        let entry = all.iter().find(|e| e["act"] == act).unwrap_or_else(|| panic!("{act}: {all:?}"));
        assert_eq!((&entry["subject_kind"], &entry["subject_name"]), (&json!(kind), &json!(name)), "{entry}");
    }
    let mut kinds: Vec<_> =
        service["entries"].as_array().unwrap().iter().map(|e| e["subject_kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["location", "service"], "{service}");
    // Whose trail was read is a person like the others: the same eight letters, and no name.
    let id = found[0]["id"].as_str().unwrap();
    trail(&world, &auditor, &format!("resident_id={id}")).await;
    let read = trail(&world, &auditor, "act=audit_read").await;
    let read = read.iter().find(|e| e["subject_id"] == id).unwrap();
    let looked = all.iter().find(|e| e["act"] == "resident_found").unwrap();
    assert_eq!((&read["subject_kind"], &read["person"]), (&json!("person"), &looked["person"]), "{read}");
    assert!(!json!(all).to_string().contains("Zonnebloem"), "{all:?}");
    // A title that a spreadsheet would run is a text.
    let table = file(&world, "/staff/v1/audit/export?act=announcement_written", &auditor).await;
    assert!(table.contains(";announcement;'=Feest;"), "{table}");
}

async fn who_has_no_app_is_listed_as_a_postman_walks(world: World) {
    let mut csv =
        "national_number;family_name;given_names;birth_date;street;house_number;box;postcode;town\n".to_owned();
    for (n, (street, number, more, family)) in [
        ("Markt", "1", "", "Wouters"),
        ("Kouter", "10", "", "Claes"),
        ("Kouter", "2", "B", "Dubois"),
        ("École", "3", "", "Élise"),
        ("Kouter", "2", "A", "Zeger"),
        ("Kouter", "10A", "", "Aerts"),
    ]
    .into_iter()
    .enumerate()
    {
        let born = format!("1970-01-{:02}", n + 1);
        csv += &format!(
            "{};{family};Jo;{born};{street};{number};{more};9800;Deinze\n",
            national_number(born.parse().unwrap())
        );
    }
    world.residents_file("deinze", csv.clone(), false).await.unwrap();
    let id = sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    let clerk = world.staff("Els", CLERK).await;
    let path = format!("/staff/v1/announcements/{id}/unreached");
    let (_, page) = world.get(&path, &clerk).await;
    let walked = ["École 3 ", "Kouter 2 A", "Kouter 2 B", "Kouter 10 ", "Kouter 10A ", "Markt 1 "];
    let door = |p: &Value| [&p["street"], &p["house_number"], &p["box_number"]].map(|v| v.as_str().unwrap()).join(" ");
    let people = page["people"].as_array().unwrap();
    assert_eq!(people.iter().map(door).collect::<Vec<_>>(), walked, "{page}");
    // On from one of them.
    let after = people[3]["resident_id"].as_str().unwrap();
    let (_, rest) = world.get(&format!("{path}?after={after}"), &clerk).await;
    assert_eq!(rest["people"].as_array().unwrap().iter().map(door).collect::<Vec<_>>(), walked[4..], "{rest}");
    // Behind somebody who is not on it nobody is left out in silence.
    let (status, problem) = world.get(&format!("{path}?after={id}"), &clerk).await;
    assert_eq!((status, &problem["field"]), (400, &json!("after")), "{problem}");
    // The whole list for letters, in the same order, with its accents.
    let raw = world.http.get(format!("{}{path}/export", world.server)).bearer_auth(&clerk).send().await.unwrap();
    assert!(raw.bytes().await.unwrap().starts_with("\u{feff}given_names".as_bytes()), "a letter takes it for UTF-8");
    let table = file(&world, &format!("{path}/export"), &clerk).await;
    let mut rows = table.lines();
    assert_eq!(rows.next(), Some("given_names;family_name;street;house_number;box;postcode;town;country"));
    assert_eq!(rows.next(), Some("Jo;Élise;École;3;;9800;Deinze;"));
    let doors: Vec<_> = table.lines().skip(1).map(|r| r.split(';').collect::<Vec<_>>()[2..5].join(" ")).collect();
    assert_eq!(doors, walked, "{table}");
    // Who left the town meanwhile is passed over, and the list goes on behind their door all the same.
    let gone = csv.lines().find(|line| line.contains("Kouter;2;B")).unwrap();
    let header =
        "national_number;family_name;given_names;birth_date;street;house_number;box;postcode;town;state;state_date";
    world.residents_file("deinze", format!("{header}\n{gone};departed;2027-02-27\n"), false).await.unwrap();
    let (_, now) = world.get(&path, &clerk).await;
    let doors: Vec<_> = now["people"].as_array().unwrap().iter().map(door).collect();
    assert_eq!(doors, ["École 3 ", "Kouter 2 A", "Kouter 10 ", "Kouter 10A ", "Markt 1 "], "{now}");
    let (status, rest) =
        world.get(&format!("{path}?after={}", people[2]["resident_id"].as_str().unwrap()), &clerk).await;
    let doors: Vec<_> = rest["people"].as_array().unwrap().iter().map(door).collect();
    assert_eq!((status, doors), (200, walked[3..].iter().map(|d| (*d).to_owned()).collect()), "{rest}");
    let (writer, _) = staff(&world).await;
    assert_eq!(world.get(&format!("{path}/export"), &writer).await.1["code"], "role_missing");
    // Whose address is hidden since has no place among the neighbours.
    let born = "1970-01-02";
    let number = national_number(born.parse().unwrap());
    let hidden = format!(
        "national_number;family_name;given_names;birth_date;street;house_number;box;postcode;town;address_hidden\n\
         {number};Claes;Jo;{born};Kouter;10;;9800;Deinze;1\n"
    );
    world.residents_file("deinze", hidden, false).await.unwrap();
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from announcement_recipient where street_key <> ''").await, 5);
    let clerk = world.staff("Els", CLERK).await;
    let (_, page) = world.get(&path, &clerk).await;
    let on_it = |page: &Value, name: &str| page["people"].as_array().unwrap().iter().any(|p| p["family_name"] == name);
    assert!(!on_it(&page, "Claes"), "not by name alone either, on a list of those of one street: {page}");
    // Nor is who wants no letters.
    let next = &page["people"][0];
    let settings = json!({
        "steps": ["push"], "never_digital": false, "open_email": false, "announcements_by_email": false, "large_print": false,
    });
    let of = next["resident_id"].as_str().unwrap();
    let chosen = format!("/staff/v1/residents/{of}/contact-settings?reason=request");
    assert_eq!(world.json("PUT", &chosen, Some(&clerk), &settings).await.0, 200);
    let (_, rest) = world.get(&path, &clerk).await;
    assert_eq!(rest["people"].as_array().unwrap().len() + 1, page["people"].as_array().unwrap().len(), "{rest}");
    assert!(!rest.to_string().contains(of), "{rest}");
    assert!(!file(&world, &format!("{path}/export"), &clerk).await.contains("Claes"));
}

async fn whoever_has_the_counter_alone_finds_the_list_of_who_has_no_app(world: World) {
    world.people(&[&somebody("Luc", "1960-01-01")]).await;
    let id = sent(&world, 1, &draft("Geen water")).await;
    world.drain().await;
    let (writer, _) = staff(&world).await;
    put(&world, &writer, 2, &draft("Nog geheim")).await;
    let clerk = world.staff("Els", CLERK).await;
    assert_eq!(world.get("/staff/v1/announcements", &clerk).await.1["code"], "role_missing");
    let (status, brief) = world.get("/staff/v1/sent-announcements", &clerk).await;
    assert_eq!((status, brief.as_array().unwrap().len()), (200, 1), "{brief}");
    // No more of it than what leads there.
    let keys: Vec<_> = brief[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["id", "is_corrected", "is_withdrawn", "started_at", "title"], "{brief}");
    assert_eq!((&brief[0]["title"], &brief[0]["id"]), (&json!("Geen water"), &json!(id)));
    let (_, page) = world.get(&format!("/staff/v1/announcements/{id}/unreached"), &clerk).await;
    assert_eq!(page["people"][0]["given_names"], "Luc", "{page}");
    assert_eq!(world.get("/staff/v1/sent-announcements", &writer).await.1["code"], "role_missing");
}

async fn a_page_that_was_left_open_keeps_no_session_alive(world: World) {
    let look = async |who: &str, alone: bool| {
        let mut request = world.http.get(format!("{}/staff/v1/me", world.server)).bearer_auth(who);
        if alone {
            request = request.header("x-unattended", "1");
        }
        request.send().await.unwrap().status().as_u16()
    };
    let (els, bea) = (world.staff("Els", CLERK).await, world.staff("Bea", AUDITOR).await);
    // Els went home and left her page open; Bea works on.
    for _ in 0..5 {
        world.clock.advance(chrono::Duration::minutes(11));
        assert_eq!((look(&els, true).await, look(&bea, false).await), (200, 200), "{}", world.now());
    }
    world.clock.advance(chrono::Duration::minutes(6));
    assert_eq!((look(&els, true).await, look(&bea, false).await), (401, 200));
    // While somebody works beside it, the page looks as it likes.
    let els = world.staff("Els", CLERK).await;
    for _ in 0..4 {
        world.clock.advance(chrono::Duration::minutes(40));
        assert_eq!((look(&els, true).await, look(&els, false).await), (200, 200), "{}", world.now());
    }
}

async fn ones_sessions_are_known_by_their_browser_and_end_all_at_once(world: World) {
    world.employ("Els", CLERK);
    let signed_in = async |says: &str| {
        let mut browser = Browser::default();
        let says = [("user-agent", says)];
        let mut at: reqwest::Url = format!("{}/staff/sign-in", world.server).parse().unwrap();
        for _ in 0..6 {
            let answer = browser.send(Method::GET, at.clone(), &says, None).await;
            let Some(next) = answer.headers().get("location") else { break };
            let next = next.to_str().unwrap();
            let next = if at.path() == "/staff/sign-in" { format!("{next}&as=Els") } else { next.to_owned() };
            at = at.join(&next).unwrap();
        }
        browser
    };
    let at = |path: &str| -> reqwest::Url { format!("{}/staff/v1/{path}", world.server).parse().unwrap() };
    let mut here = signed_in("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0").await;
    let mut there = signed_in(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    )
    .await;
    let tool = world.staff("Els", CLERK).await;
    let sessions: Value = here.send(Method::GET, at("sessions"), &[], None).await.json().await.unwrap();
    let mut known: Vec<_> = sessions
        .as_array()
        .unwrap()
        .iter()
        .map(|s| [&s["kind"], &s["browser"], &s["system"]].map(|v| v.as_str().unwrap_or("-").to_owned()).join(" "))
        .collect();
    known.sort();
    assert_eq!(known, ["browser firefox windows", "browser safari macos", "tool - -"], "{sessions}");
    // Nothing more of what a browser says is kept.
    let kept = world.texts("select coalesce(browser, '') || coalesce(system, '') from staff_session").await;
    assert!(kept.iter().all(|k| k.len() < 20 && !k.contains("Mozilla")), "{kept:?}");
    let ours = [("sec-fetch-site", "same-origin")];
    let ended = here.send(Method::DELETE, at("sessions"), &ours, None).await;
    assert_eq!(ended.status(), 200);
    let status = async |browser: &mut Browser| browser.send(Method::GET, at("me"), &[], None).await.status().as_u16();
    assert_eq!((status(&mut here).await, status(&mut there).await), (200, 401));
    assert_eq!(world.get("/staff/v1/me", &tool).await.1["code"], "session_ended");
}

async fn a_month_can_be_taken_along_as_a_table(world: World) {
    world.people(&crate::world::many(12).iter().collect::<Vec<_>>()).await;
    sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    let (writer, _) = staff(&world).await;
    let table = file(&world, "/staff/v1/figures/export?month=2027-03-15", &writer).await;
    let rows: Vec<_> = table.lines().collect();
    assert_eq!(rows[0], "month;figure;detail;number");
    for row in ["2027-03;people_today;;12", "2027-03;announcements;;1"] {
        assert!(rows.contains(&row), "{row}: {table}");
    }
    // The same numbers as on the page; what is not told leaves its place empty.
    let (_, month) = world.get("/staff/v1/figures?month=2027-03-15", &writer).await;
    for figure in ["with_app", "notified", "by_phone", "without_app"] {
        let shown = month[figure].as_i64().map(|n| n.to_string()).unwrap_or_default();
        // Who lives here and who has the app is known of today only.
        let called = if figure == "with_app" { "with_app_today" } else { figure };
        let row = format!("2027-03;{called};;{shown}");
        assert!(rows.contains(&row.as_str()), "{row}: {table}");
    }
    let (status, problem) = world.get("/staff/v1/figures/export?month=march", &writer).await;
    assert_eq!((status, &problem["code"]), (400, &json!("parameter_invalid")));
}

/// Writes an announcement to everybody and has it approved.
async fn tell(rik: &Seat, bea: &Seat, server: &str, title: &str) {
    rik.go(server, "/").await;
    rik.click("//button[. = 'Nieuw bericht']").await;
    rik.write("Titel", title).await;
    rik.write("Tekst", "Lees dit goed.").await;
    rik.choose("Soort", "everyone").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.click("//dialog//button[. = 'Ja, naar iedereen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    bea.go(server, "/").await;
    bea.click(&format!("//a[. = '{title}']")).await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    bea.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
}

async fn script(seat: &Seat, text: &str) -> Value {
    seat.client.execute(text, vec![]).await.unwrap()
}

async fn count(seat: &Seat, xpath: &str) -> usize {
    seat.client.find_all(Locator::XPath(xpath)).await.unwrap().len()
}

/// Whoever has the counter and nothing else opens the list; the auditor finds it as one line, and what she looks for.
#[tokio::test(flavor = "multi_thread")]
async fn the_counter_opens_a_list_and_the_auditor_finds_it() {
    let (_folder, _, server, stop) = demo(60).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };
    let Some(els) = Seat::at(&server, "Els Claes").await else { return };
    tell(&rik, &bea, &server, "Geen water in het centrum").await;
    // What a page asks by itself is marked, and what somebody asks is not.
    script(
        &rik,
        "const before = window.fetch; window.asked = [];
         window.fetch = (request, ...more) => {
             window.asked.push(`${new URL(request.url).pathname} ${request.headers.get('X-Unattended') ?? 'attended'}`);
             return before(request, ...more);
         };",
    )
    .await;
    rik.click("//nav//a[. = 'Doelgroepen']").await;
    rik.find("//h1[. = 'Doelgroepen']").await;
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.click("//a[. = 'Geen water in het centrum']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    let asked = script(&rik, "return window.asked").await;
    let asked: Vec<_> = asked.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    // The page from which he came may have asked once more by itself.
    let there = asked.iter().position(|a| *a == "/staff/v1/audiences attended").unwrap_or_else(|| panic!("{asked:?}"));
    let of_page: Vec<_> = asked[there..].iter().filter(|a| a.contains("/staff/v1/announcements/")).collect();
    assert!(of_page.iter().filter(|a| a.ends_with(" 1")).count() > 1, "{asked:?}");
    assert!(of_page[0].ends_with(" attended"), "{asked:?}");

    // Three phones are too few to show: that is said, and no line is drawn for it.
    rik.find("//p[. = 'Aangekomen bij Apple of Google: te weinig om te tonen.']").await;

    // The first page that her roles open is hers.
    els.go(&server, "/sessions").await;
    els.go(&server, "/").await;
    els.find("//h1[. = 'Inwoners']").await;
    els.click("//nav//a[. = 'Wie geen app heeft']").await;
    els.find("//h1[. = 'Wie geen app heeft']").await;
    els.look("what was sent").await;
    els.click("//main//a[. = 'Geen water in het centrum']").await;
    els.click("//button[. = 'Lijst openen']").await;
    els.find("//section[@aria-labelledby = 'unreached']//td").await;
    let focused = script(&els, "return document.activeElement.getAttribute('role')").await;
    assert_eq!(focused, json!("region"), "whoever uses the keyboard is at the list");
    let mut doors = Vec::new();
    for cell in els.client.find_all(Locator::XPath("//tbody/tr/td[1]")).await.unwrap() {
        doors.push(cell.text().await.unwrap());
    }
    let street = |door: &String| {
        door.split([',', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).next().unwrap().to_lowercase()
    };
    assert!(doors.len() > 20 && doors.is_sorted_by_key(street), "{doors:?}");
    els.look("who has no app").await;
    let people = doors.len();
    let offered = els.find("//a[. = 'Adressen voor brieven (CSV)']").await.attr("href").await.unwrap().unwrap();
    assert!(offered.ends_with("/unreached/export"), "{offered}");
    // On paper there is the list, and no menu.
    let printed = "const all = [...document.styleSheets].flatMap((s) => [...s.cssRules]);
        const rules = all.filter((r) => r.media?.mediaText === 'print').flatMap((r) => [...r.cssRules]);
        const gone = (e) => rules.some((r) => r.style.display === 'none' && e.matches(r.selectorText));
        return [gone(document.querySelector('header')), gone(document.querySelector('td')), gone(document.querySelector('h1'))]";
    assert_eq!(script(&els, printed).await, json!([true, false, false]));

    bea.click("//nav//a[. = 'Logboek']").await;
    let line = "//tr[td[3][. = 'lijst geopend van wie geen app heeft']]";
    let found = bea.find(line).await.text().await.unwrap();
    assert!(found.contains("Els Claes") && found.contains(&format!("{people} mensen")), "{found}");
    assert_eq!(count(&bea, line).await, 1);
    // It leads to the announcement.
    bea.find(&format!("{line}//a[. = 'Geen water in het centrum']")).await;
    bea.look("the trail").await;
    bea.choose("Handeling", "announcement_approved").await;
    bea.click("//button[. = 'Tonen']").await;
    bea.find("//tbody/tr/td[3][. = 'bericht goedgekeurd']").await;
    bea.find("//tbody[count(tr) = 1]").await;
    let export = bea.find("//a[. = 'Exporteren (CSV)']").await.attr("href").await.unwrap().unwrap();
    assert_eq!(export, "/staff/v1/audit/export?act=announcement_approved");
    // Nobody did so before there was anything.
    let until = bea.field("Tot en met").await;
    until.send_keys("02012027").await.unwrap();
    bea.click("//button[. = 'Tonen']").await;
    bea.find("//p[contains(., 'Niets gevonden')]").await;
    bea.look("nothing found").await;
    // In a narrow window, too.
    bea.client.set_window_size(390, 844).await.unwrap();
    bea.go(&server, "/sessions").await;
    bea.go(&server, "/audit").await;
    bea.find("//tbody/tr").await;
    bea.look("the trail on a phone").await;
    for seat in [rik, bea, els] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}

/// The chart speaks its reader's language and the town's hours, and says where there is too little to show.
#[tokio::test(flavor = "multi_thread")]
async fn the_chart_speaks_dutch_and_says_where_there_is_too_little() {
    let (_folder, _, server, stop) = demo(600).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };
    script(
        &bea,
        "window.drawn = []; const before = CanvasRenderingContext2D.prototype.fillText;
         CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
             window.drawn.push(String(text));
             return before.call(this, text, ...more);
         };",
    )
    .await;
    // Not by an address of its own, so that what is drawn goes on being heard.
    rik.click("//button[. = 'Nieuw bericht']").await;
    rik.write("Titel", "Feest op de Markt").await;
    rik.write("Tekst", "Lees dit goed.").await;
    rik.choose("Soort", "everyone").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.click("//dialog//button[. = 'Ja, naar iedereen']").await;
    bea.click("//a[. = 'Feest op de Markt']").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    bea.find("//*[@class = 'chart']//canvas").await;
    let legend = bea.client.find(css(".u-legend")).await.unwrap().text().await.unwrap();
    assert!(legend.contains("Tijdstip") && !legend.contains("Time"), "{legend}");
    // It is drawn again once it knows how much room it has.
    let hour = |t: &&str| t.len() == 5 && t.as_bytes()[2] == b':';
    let all = async || script(&bea, "return [...new Set(window.drawn)]").await;
    let hours = async || all().await.as_array().unwrap().iter().filter_map(Value::as_str).filter(hour).count();
    until("two hours under the chart", async || hours().await > 1).await;
    let drawn = all().await;
    let drawn: Vec<_> = drawn.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for text in &drawn {
        assert!(!text.starts_with(':') && !text.contains("am") && !text.contains('/'), "{drawn:?}");
    }
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}

/// A snapshot is asked about before it is sent, and why a file or a row was refused is said in Dutch, without numbers that are none.
#[tokio::test(flavor = "multi_thread")]
async fn the_register_says_in_dutch_what_is_wrong_and_asks_before_a_snapshot() {
    let (folder, _, server, stop) = demo(200).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let anna = somebody("Bertha", "1931-05-05");
    let snapshot = folder.path().join("alles.csv");
    std::fs::write(&snapshot, people_csv(&[&anna])).unwrap();
    rik.click("//nav//a[. = 'Register']").await;
    rik.field("Bestand").await.send_keys(snapshot.to_str().unwrap()).await.unwrap();
    rik.click("//label[starts-with(., 'Het bestand bevat alles')]").await;
    rik.click("//button[. = 'Insturen']").await;
    rik.find("//dialog[contains(., 'Bevat alles.csv alle inwoners?')]").await;
    rik.look("the question before a snapshot").await;
    rik.click("//dialog//button[. = 'Terug']").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(count(&rik, "//section[@aria-labelledby = 'imports']//li").await, 0, "nothing was sent");
    rik.click("//button[. = 'Insturen']").await;
    rik.click("//dialog//button[. = 'Ja, het bevat alles']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'mislukt']").await;
    let why = rik.find("//p[@class = 'fault']").await.text().await.unwrap();
    assert!(why.starts_with("Dit bestand zou ") && why.contains("inwoners laten verdwijnen"), "{why}");
    rik.find("//p[. = 'Er is niets uit dit bestand overgenomen.']").await;
    assert_eq!(count(&rik, "//dt[. = 'Rijen']").await, 0, "no noughts that say nothing");
    // What the server said is there for whoever asks, and marked as English.
    let english = rik.find("//details/p[@lang = 'en']").await.html(true).await.unwrap();
    assert!(english.contains("would retire"), "{english}");
    // A workbook that was called a table.
    let workbook = folder.path().join("register.csv");
    std::fs::write(&workbook, b"PK\x03\x04 and so on").unwrap();
    rik.client.refresh().await.unwrap();
    rik.field("Bestand").await.send_keys(workbook.to_str().unwrap()).await.unwrap();
    rik.click("//button[. = 'Insturen']").await;
    rik.find("//p[@class = 'fault'][contains(., 'Excel') and contains(., 'Bewaar het als CSV')]").await;
    // Wrong rows: each in Dutch.
    let wrong = folder.path().join("fout.csv");
    let rows = people_csv(&[&anna]);
    let row = rows.lines().nth(1).unwrap();
    let more = [row.replace(&anna.number, "123"), row.replace("1931-05-05", "1931-02-30"), row.replace(";nl;", ";xx;")];
    std::fs::write(&wrong, format!("{rows}{}\n", more.join("\n"))).unwrap();
    rik.client.refresh().await.unwrap();
    rik.field("Bestand").await.send_keys(wrong.to_str().unwrap()).await.unwrap();
    rik.click("//button[. = 'Insturen']").await;
    rik.find("//li[1][.//*[contains(@class, 'badge')][. = 'ingelezen']]").await;
    rik.click("//li[1]//button[. = 'Verslag van foute rijen']").await;
    let report = rik.find("//caption/..").await.text().await.unwrap();
    for said in
        ["is geen rijksregisternummer van elf cijfers", "is geen datum die bestaat", "is geen taal die we spreken"]
    {
        assert!(report.contains(said), "{said}: {report}");
    }
    assert!(!report.contains("is not") && !report.contains("taken"), "{report}");
    rik.look("the report").await;
    rik.click("//button[. = 'English']").await;
    rik.find("//p[@class = 'fault'][contains(., 'Save it as CSV')]").await;
    rik.client.close().await.unwrap();
    stop.cancel();
}

/// Sessions have a name, the others end at once; an address that leads nowhere says so and leads on; a month begins when the town's does.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_have_a_name_and_no_address_is_a_dead_end() {
    let (_folder, _, server, stop) = demo(60).await;
    let Some(here) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(there) = Seat::at(&server, "Rik Maes").await else { return };
    here.click("//nav//a[. = 'Mijn sessies']").await;
    here.find("//li/strong[. = 'Chrome op Linux']").await;
    assert_eq!(count(&here, "//li/strong[. = 'Chrome op Linux']").await, 2);
    here.look("sessions").await;
    here.click("//button[. = 'Alle andere beëindigen']").await;
    here.click("//dialog//button[. = 'Alle andere beëindigen']").await;
    here.find("//*[@role = 'status'][contains(., 'andere sessies zijn beëindigd')]").await;
    here.find("//ul[count(li) = 1]//*[. = 'deze sessie']").await;
    there.client.refresh().await.unwrap();
    there.find("//a[contains(., 'Deinze')]").await;
    // Nowhere.
    here.go(&server, "/nergens").await;
    here.find("//h1[. = 'Deze pagina bestaat niet']").await;
    here.look("nowhere").await;
    here.click("//main//a[. = 'Naar het begin']").await;
    here.find("//h1[. = 'Berichten']").await;
    // An announcement that is not there: to try again brings none.
    here.go(&server, "/announcements/01935c3e-0000-7000-8000-00000000dead").await;
    here.find("//h1[. = 'Dit bestaat niet (meer).']").await;
    assert_eq!(count(&here, "//button[. = 'Probeer opnieuw']").await, 0);
    here.click("//main//a[. = 'Naar de berichten']").await;
    here.find("//h1[. = 'Berichten']").await;
    // Half past midnight on the first of April in town, which is still March in London.
    let set = "const real = Date.now.bind(Date); const off = arguments[0]; Date.now = () => real() + off;";
    let now: Value = script(&here, "return fetch('/staff/v1/me').then((r) => r.json())").await;
    let now: chrono::DateTime<chrono::Utc> = now["town"]["now"].as_str().unwrap().parse().unwrap();
    let wanted: chrono::DateTime<chrono::Utc> = "2027-03-31T22:30:00Z".parse().unwrap();
    here.client.execute(set, vec![json!((wanted - now).num_milliseconds())]).await.unwrap();
    here.click("//nav//a[. = 'Cijfers']").await;
    here.find("//h1[. = 'Cijfers']").await;
    assert_eq!(here.field("Maand").await.prop("value").await.unwrap().unwrap(), "2027-04");
    let export = here.find("//a[. = 'Exporteren (CSV)']").await.attr("href").await.unwrap().unwrap();
    assert_eq!(export, "/staff/v1/figures/export?month=2027-04-01");
    here.find("//button[. = 'Afdrukken']").await;
    here.look("a month").await;
    for seat in [here, there] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}
