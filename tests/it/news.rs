//! What readers have of announcements: a citizen in the app, and anybody on the town's page and in its feeds.

use serde_json::{Value, json};

use crate::{
    announcements::{act, draft, put, sent, staff},
    world::{World, people_csv, somebody},
    writing::{image, png},
};

journeys! {
    what_is_public_is_on_the_page_and_in_the_feeds_and_nothing_else,
    a_citizen_reads_what_concerned_them_and_what_is_public_for_where_they_live,
    what_is_corrected_is_one_event_in_a_calendar,
    each_has_a_page_of_its_own_that_stays_when_it_is_over,
    the_archive_goes_back_page_by_page_and_finds_a_word,
    only_streets_that_the_news_names_itself_are_suggested,
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
    assert!(page.find("Werken</a></h2>").unwrap() < page.find("Feest &amp;").unwrap(), "the newest first");
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
        assert_eq!([page.contains("Feest &amp;"), page.contains("Werken</a></h2>")], shown, "{query}");
    }
    let (_, _, page) = read(&world, "/news/deinze?language=fr&street=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.contains("Annonces\u{a0}: Deinze") && !page.contains("<script"), "{page}");
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
        "https://deinze.example/feest?a=1&b=2",
        &format!("URL:{}/news/deinze/{feast}?language=nl", world.server),
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
    assert!(page.contains("Er zijn geen berichten om te tonen.") || page.contains("Morgen pas"), "{page}");
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

async fn each_has_a_page_of_its_own_that_stays_when_it_is_over(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let (writer, approver) = staff(&world).await;
    let mut feast = dated("Feest & <markt>", "Kouter");
    feast["texts"][0]["image_text"] = json!("Een kraam met lampions.");
    let id = put(&world, &writer, 1, &feast).await;
    assert_eq!(image(&world, &writer, &id, 1, png(320, 40)).await.0, 200);
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    let own = format!("/news/deinze/{id}");
    assert_eq!(read(&world, &own).await.0, 404, "not out yet");
    assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
    let private = sent(&world, 2, &draft("Alleen in de app")).await;
    world.drain().await;
    assert_eq!(read(&world, &format!("/news/deinze/{private}")).await.0, 404);
    assert_eq!(read(&world, &format!("/news/gavere/{id}")).await.0, 404, "another town's");
    for odd in ["x", "00000000-0000-0000-0000-000000000000", "01935c3e-0000-7000-8000-00000000ffff"] {
        assert_eq!(read(&world, &format!("/news/deinze/{odd}")).await.0, 404, "{odd}");
    }

    let (status, _, page) = read(&world, &own).await;
    assert_eq!(status, 200);
    let address = format!("{}/news/deinze/{id}?language=nl", world.server);
    for part in [
        "<h1>Feest &amp; &lt;markt&gt;</h1>",
        "<title>Feest &amp; &lt;markt&gt;</title>",
        "alt=\"Een kraam met lampions.\"",
        "6 maart 2027, 14:00–17:30",
        &format!("<link rel=\"canonical\" href=\"{address}\">"),
        "mailto:?subject=Feest%20%26%20%3Cmarkt%3E&amp;body=http",
        "Alle berichten van Deinze",
        "mailto:burgerzaken@deinze.example",
        "tel:090000000",
        "@media print",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("gold tot") && !page.contains("<script"), "{page}");
    // The list and the feed lead there; an entry keeps its name.
    let (_, _, list) = read(&world, "/news/deinze").await;
    assert!(list.contains(&format!("<h2><a href=\"{own}?language=nl\">Feest")), "{list}");
    let (_, _, feed) = read(&world, "/news/deinze/feed.atom?language=nl").await;
    let feed: atom_syndication::Feed = feed.parse().unwrap();
    let entry = &feed.entries()[0];
    assert_eq!(entry.links()[0].href, address);
    assert_eq!(entry.id, format!("{}/news/deinze#{id}-nl", world.server));
    let shown = entry.content().unwrap().value().unwrap();
    assert!(shown.contains(&format!("<img src=\"{}/news/deinze/images/{id}", world.server)), "{shown}");

    // Over, and half a year later: who kept the link still reads it.
    for day in ["2027-04-10 10:00", "2027-10-10 10:00"] {
        world.at(day);
        let (status, _, page) = read(&world, &own).await;
        assert_eq!(status, 200, "{day}");
        assert!(page.contains("Dit bericht gold tot 20 maart 2027."), "{day}: {page}");
    }
    let (writer, _) = staff(&world).await;
    act(&world, &writer, &id, "withdraw", "").await;
    world.drain().await;
    let (status, _, page) = read(&world, &own).await;
    assert_eq!(status, 200);
    assert!(page.contains("Ingetrokken: dit geldt niet meer.") && page.contains("class=\"gone\""), "{page}");
    assert!(!page.contains("gold tot"), "{page}");
}

mod dutch {
    use super::*;

    journeys! {
        with "deinze.languages = [\"nl\"]";
        a_language_that_the_town_does_not_speak_otherwise_is_read_all_the_same,
    }
}

async fn a_language_that_the_town_does_not_speak_otherwise_is_read_all_the_same(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let mut water = draft("Water");
    water["is_public"] = json!(true);
    water["texts"] = json!([
        { "language": "nl", "title": "Water", "text": "Donderdag." },
        { "language": "fr", "title": "Eau", "text": "Jeudi." },
    ]);
    let id = sent(&world, 1, &water).await;
    world.drain().await;
    // Deinze speaks Dutch, and so does its page, which says that there is another language.
    let (_, _, list) = read(&world, "/news/deinze").await;
    let french = format!("<a href=\"/news/deinze/{id}?language=fr\" lang=\"fr\" hreflang=\"fr\">Français</a>");
    assert!(list.contains(">Water</a></h2>") && list.contains(&french), "{list}");
    let (_, _, page) = read(&world, &format!("/news/deinze/{id}?language=fr")).await;
    assert!(page.contains("<html lang=\"fr\">") && page.contains("<h1>Eau</h1>") && page.contains("Jeudi."), "{page}");
    assert!(page.contains(&format!("href=\"/news/deinze/{id}?language=nl\"")), "{page}");
    let (_, _, page) = read(&world, &format!("/news/deinze/{id}?language=de")).await;
    assert!(page.contains("<h1>Water</h1>"), "{page}");
}

/// What the link to the next page leads to.
fn next(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("rel=\"next\" href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

async fn the_archive_goes_back_page_by_page_and_finds_a_word(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let (writer, approver) = staff(&world).await;
    for n in 0..45 {
        let mut draft = draft(&format!("Bericht nummer {n}."));
        draft["is_public"] = json!(n % 9 != 8);
        draft["topic"] = json!(if n == 3 { "culture" } else { "works" });
        let text = if n == 1 { "De **Zonnebloemstraat** is dicht." } else { "Donderdag." };
        draft["texts"][0]["text"] = json!(text);
        let id = put(&world, &writer, 1 + n, &draft).await;
        act(&world, &writer, &id, "submit", "&everyone=true").await;
        assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
        world.drain().await;
    }
    let titles = |page: &str| -> Vec<u32> {
        page.split("Bericht nummer ").skip(1).map(|rest| rest.split('.').next().unwrap().parse().unwrap()).collect()
    };
    let public: Vec<u32> = (0..45).rev().filter(|n| n % 9 != 8).collect();
    for begin in ["/news/deinze?language=nl", "/news/deinze/archive?language=nl"] {
        let (mut path, mut met) = (Some(begin.to_owned()), Vec::new());
        while let Some(at) = path {
            let (status, _, page) = read(&world, &at).await;
            assert_eq!(status, 200, "{at}");
            assert!(titles(&page).len() <= 20, "{at}");
            met.extend(titles(&page));
            path = next(&page);
        }
        assert_eq!(met, public, "{begin}: each once, the newest first");
    }
    // A word of the title or of the text, in whatever case; all of several.
    for (words, found) in [
        ("ZONNEBLOEM", vec![1]),
        ("z%C3%B3nneblo%C3%ABm", vec![1]),
        ("nummer%20dicht", vec![1]),
        ("nummer%2012", vec![12]),
        ("xyz", vec![]),
    ] {
        let (_, _, page) = read(&world, &format!("/news/deinze/archive?words={words}")).await;
        assert_eq!(titles(&page), found, "{words}");
    }
    let (_, _, page) = read(&world, "/news/deinze/archive?topic=culture").await;
    assert_eq!((titles(&page), next(&page)), (vec![3], None));
    let (_, _, odd) = read(&world, "/news/deinze/archive?words=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!odd.contains("<script"), "{odd}");
    assert_eq!(read(&world, "/news/deinze/archive?before=x").await.0, 400);
    // What is long ago is in the archive, and not among the news.
    world.at("2027-10-10 10:00");
    let (_, _, page) = read(&world, "/news/deinze").await;
    assert!(titles(&page).is_empty() && page.contains("href=\"/news/deinze/archive?"), "{page}");
    let (_, _, page) = read(&world, "/news/deinze/archive").await;
    assert_eq!(titles(&page).len(), 20, "{page}");
}

async fn only_streets_that_the_news_names_itself_are_suggested(world: World) {
    // What the register knows of streets stays there.
    let lives = [("Anna", "Kouter"), ("Luc", "Tolpoortstraat"), ("Els", "Brielstraat")];
    for (n, (name, street)) in lives.into_iter().enumerate() {
        let somebody = somebody(name, &format!("19{}0-05-05", 6 + n));
        let there = people_csv(&[&somebody]).replace("Kouter", street);
        world.residents_file("deinze", there, false).await.unwrap();
    }
    sent(&world, 1, &dated("Feest", "Tolpoortstraat")).await;
    sent(&world, 2, &dated("Markt", "TOLPOORTSTRAAT ")).await;
    let mut private = dated("Alleen in de app", "Brielstraat");
    private["is_public"] = json!(false);
    sent(&world, 3, &private).await;
    world.drain().await;
    let (_, _, page) = read(&world, "/news/deinze").await;
    let list = page.split_once("<datalist id=\"streets\">").unwrap().1.split_once("</datalist>").unwrap().0;
    assert_eq!(list.matches("<option").count(), 1, "{list}");
    assert!(list.to_lowercase().contains("tolpoortstraat"), "{list}");
}
