//! What readers have of announcements: a citizen in the app, and anybody on the town's page and in its feeds.

use serde_json::{Value, json};

use crate::{
    announcements::{act, draft, sent, staff},
    world::{World, people_csv, somebody},
};

journeys! {
    what_is_public_is_on_the_page_and_in_the_feeds_and_nothing_else,
    a_citizen_reads_what_concerned_them_and_what_is_public_for_where_they_live,
    what_is_corrected_is_one_event_in_a_calendar,
}

async fn read(world: &World, path: &str) -> (u16, String, String) {
    let answer = reqwest::get(format!("{}{path}", world.server)).await.unwrap();
    let status = answer.status().as_u16();
    let kind = answer.headers().get("content-type").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
    (status, kind, answer.text().await.unwrap())
}

/// In another street, with a date of its own.
fn dated(title: &str, street: &str) -> Value {
    let mut dated = draft(title);
    dated["is_public"] = json!(true);
    dated["decision"] = json!("x");
    dated["audience"] = json!([[{ "kind": "street", "street": street, "side": "both" }]]);
    dated["topic"] = json!("culture");
    dated["begins_at"] = json!("2027-03-06T14:00:00");
    dated["ends_at"] = json!("2027-03-06T17:30:00");
    dated["place"] = json!("Kouter; bij de <fontein>");
    dated["link"] = json!("https://deinze.example/feest?a=1&b=2");
    dated["texts"] = json!([{ "language": "nl", "title": title, "text": "Kom **allen**.\n\n- taart\n- *muziek*" }]);
    dated
}

async fn what_is_public_is_on_the_page_and_in_the_feeds_and_nothing_else(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let feast = sent(&world, 1, &dated("Feest & <markt>", "Kouter")).await;
    let mut works = draft("Werken");
    works["is_public"] = json!(true);
    sent(&world, 2, &works).await;
    sent(&world, 3, &draft("Alleen in de app")).await;
    // Approved, and not out yet.
    let mut later = draft("Morgen pas");
    later["is_public"] = json!(true);
    later["send_at"] = json!("2027-03-02T10:00:00");
    sent(&world, 4, &later).await;
    world.drain().await;

    let (status, kind, page) = read(&world, "/news/deinze").await;
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    for part in [
        "Berichten van Deinze",
        "Feest &amp; &lt;markt&gt;",
        "<strong>allen</strong>",
        "<li>taart</li>",
        "6 maart 2027, 14:00–17:30",
        "bij de &lt;fontein&gt;",
        "https://deinze.example/feest?a=1&amp;b=2",
        "Werken",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in ["Alleen in de app", "Morgen pas", "<script", "street", "decision"] {
        assert!(!page.contains(&format!(">{part}")), "{part}: {page}");
    }
    assert!(page.find("Werken</h2>").unwrap() < page.find("Feest &amp;").unwrap(), "the newest first");
    // What somebody wants to see.
    for (query, shown) in [
        ("?topic=culture", [true, false]),
        ("?topic=works", [false, true]),
        ("?street=kouter", [true, true]),
        ("?street=Markt", [false, true]),
        ("?postcode=9800", [true, true]),
        ("?topic=&street=&postcode=", [true, true]),
    ] {
        let (_, _, page) = read(&world, &format!("/news/deinze{query}")).await;
        assert_eq!([page.contains("Feest &amp;"), page.contains("Werken</h2>")], shown, "{query}");
    }
    let (_, _, page) = read(&world, "/news/deinze?language=fr&street=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.contains("Annonces : Deinze") && !page.contains("<script"), "{page}");
    for path in ["/news/nowhere", "/news/nowhere/feed.atom", "/news/deinze/images/x"] {
        assert_eq!(read(&world, path).await.0, 404, "{path}");
    }

    let (_, kind, feed) = read(&world, "/news/deinze/feed.atom?language=nl").await;
    assert_eq!(kind, "application/atom+xml; charset=utf-8");
    let parsed: atom_syndication::Feed = feed.parse().unwrap();
    assert_eq!(parsed.entries().len(), 2);
    let entry = parsed.entries().iter().find(|e| e.title().as_str().starts_with("Feest")).unwrap();
    assert_eq!(entry.title().as_str(), "Feest & <markt>");
    assert!(entry.content().unwrap().value().unwrap().contains("<strong>allen</strong>"));
    let (_, kind, calendar) = read(&world, "/news/deinze/calendar.ics").await;
    assert_eq!(kind, "text/calendar; charset=utf-8");
    // Lines are folded (RFC 5545, 3.1).
    let calendar = calendar.replace("\r\n ", "");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "what has no date is in no calendar: {calendar}");
    for line in [
        "SUMMARY:Feest & <markt>",
        "LOCATION:Kouter\\; bij de <fontein>",
        "DTSTART:20270306T130000Z",
        "DTEND:20270306T163000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "mailto:burgerzaken@deinze.example",
    ] {
        assert!(calendar.contains(line), "{line}: {calendar}");
    }
    let number = |calendar: &str| -> i64 {
        let line = calendar.lines().find_map(|l| l.strip_prefix("SEQUENCE:")).unwrap();
        line.trim().parse().unwrap()
    };
    let before = number(&calendar);
    world.clock.advance(chrono::Duration::minutes(1));

    // Taken back, it stays readable as what it is, and leaves calendars.
    let (writer, _) = staff(&world).await;
    act(&world, &writer, &feast, "withdraw", "").await;
    world.drain().await;
    let (_, _, page) = read(&world, "/news/deinze").await;
    assert!(page.contains("Ingetrokken: dit geldt niet meer."), "{page}");
    let (_, _, feed) = read(&world, "/news/deinze/feed.atom?language=nl").await;
    assert!(feed.contains("Ingetrokken"), "{feed}");
    let (_, _, calendar) = read(&world, "/news/deinze/calendar.ics").await;
    assert!(calendar.contains("STATUS:CANCELLED") && number(&calendar) > before, "{calendar}");
    // Half a year later it is gone from here.
    world.at("2027-09-10 10:00");
    let (_, _, page) = read(&world, "/news/deinze").await;
    assert!(page.contains("Er zijn nu geen berichten.") || page.contains("Morgen pas"), "{page}");
    assert!(!page.contains("Feest"), "{page}");
}

async fn what_is_corrected_is_one_event_in_a_calendar(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let calendar = async || read(&world, "/news/deinze/calendar.ics").await.2.replace("\r\n ", "");
    let number = |calendar: &str| -> i64 {
        calendar.lines().find_map(|l| l.strip_prefix("SEQUENCE:")).unwrap().trim().parse().unwrap()
    };
    let first = sent(&world, 1, &dated("Feest", "Kouter")).await;
    world.drain().await;
    let mut sequence = number(&calendar().await);
    let uid = format!("UID:{first}@deinze.thuisloket");
    // Later; then on no day that is known; then on one again.
    let (mut last, mut correction) = (first.clone(), dated("Feest, later", "Kouter"));
    for (n, (day, state)) in
        [(Some("2027-03-07T14:00:00"), "CONFIRMED"), (None, "CANCELLED"), (Some("2027-03-08T14:00:00"), "CONFIRMED")]
            .into_iter()
            .enumerate()
    {
        world.clock.advance(chrono::Duration::minutes(1));
        correction["corrects_id"] = json!(last);
        (correction["begins_at"], correction["ends_at"]) = (json!(day), Value::Null);
        last = sent(&world, 2 + n as u128, &correction).await;
        world.drain().await;
        let shown = calendar().await;
        assert_eq!(shown.matches("BEGIN:VEVENT").count(), 1, "{shown}");
        assert!(shown.contains(&uid) && shown.contains(&format!("STATUS:{state}")), "{day:?}: {shown}");
        assert!(number(&shown) > sequence, "{shown}");
        sequence = number(&shown);
    }
}

async fn a_citizen_reads_what_concerned_them_and_what_is_public_for_where_they_live(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01").speaks("fr"));
    let els = somebody("Els", "1970-07-07");
    let there = people_csv(&[&els]).replace("Kouter", "Markt");
    world.people(&[&anna]).await;
    world.residents_file("deinze", there, false).await.unwrap();
    let mut old = draft("Voor haar tijd");
    old["is_public"] = json!(true);
    sent(&world, 1, &old).await;
    sent(&world, 2, &dated("In een andere straat", "Markt")).await;
    world.drain().await;
    // They move in later: what is public and was for where they live they find; what was for others they do not.
    world.people(&[&anna, &luc]).await;
    let his = world.phone(&luc, false).await;
    let mut both = draft("Water");
    both["texts"] = json!([
        { "language": "nl", "title": "Water", "text": "Donderdag." },
        { "language": "fr", "title": "Eau", "text": "Jeudi **de 9 à 12**." },
    ]);
    let id = sent(&world, 3, &both).await;
    world.drain().await;
    let token = his.tokens.clone().unwrap().access;
    let (status, all) = world.get("/v1/announcements", &token).await;
    assert_eq!(status, 200, "{all}");
    let titles: Vec<_> = all.as_array().unwrap().iter().map(|a| a["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Eau", "Voor haar tijd"]);
    assert_eq!((&all[0]["text"], &all[0]["language"]), (&json!("Jeudi **de 9 à 12**."), &json!("fr")));
    let (_, one) = world.get(&format!("/v1/announcements/{id}"), &token).await;
    assert_eq!((&one["title"], &one["withdrawn"]), (&json!("Eau"), &json!(false)));
    // Its message leads there, and says it in plain words.
    let inbox = his.inbox().await.unwrap();
    let message = inbox.iter().find(|m| m.kind == "announcement").unwrap();
    assert_eq!(
        (message.deep_link.as_str(), message.body.as_str()),
        (format!("/announcements/{id}").as_str(), "Jeudi de 9 à 12.")
    );
    let (writer, _) = staff(&world).await;
    act(&world, &writer, &id, "withdraw", "").await;
    world.drain().await;
    assert_eq!(world.get(&format!("/v1/announcements/{id}"), &token).await.1["withdrawn"], true);
}
