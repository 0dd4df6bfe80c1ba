//! Templates of announcements: kept under a name, changed, thrown away, and begun from in the console.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    announcements::{draft, put, staff},
    console::Seat,
    page::until,
    world::{World, many},
};

journeys! {
    a_template_is_kept_under_a_name_and_two_editors_do_not_overwrite_each_other,
    a_template_that_is_sent_again_while_it_is_being_saved_is_saved,
    of_two_templates_of_one_name_at_once_one_is_kept,
    no_two_templates_are_called_the_same,
    templates_that_were_called_the_same_are_told_apart,
    a_template_says_nothing_that_no_announcement_may_say,
    a_template_is_its_towns_and_of_who_writes_there,
    an_emergency_template_needs_the_role_of_an_emergency,
    what_becomes_an_emergency_meanwhile_is_not_thrown_away,
    a_list_that_a_template_names_may_go_and_is_missed_where_it_is_used,
    a_town_keeps_so_many_templates_and_no_more,
    an_announcement_begins_as_a_template_that_was_saved_from_another,
}

const ALL: &str = "/staff/v1/announcement-templates";

fn path(n: u128) -> String {
    format!("{ALL}/{}", Uuid::from_u128(n))
}

/// A template of roadworks, of which each announcement says the rest.
fn roadworks() -> Value {
    json!({
        "version": 0, "name": " Wegenwerken ", "importance": "ordinary", "topic": "works", "audience": [],
        "texts": [{ "language": "nl", "title": "Werken in …", "text": "" }],
        "link": "https://deinze.example/werken", "place": "Kouter", "is_public": true,
    })
}

async fn a_template_is_kept_under_a_name_and_two_editors_do_not_overwrite_each_other(world: World) {
    let (writer, _) = staff(&world).await;
    let other = world.staff("Wout", &["Redactie:0207509031"]).await;
    assert_eq!(world.get(ALL, &writer).await, (200, json!([])));
    let (status, kept) = world.json("PUT", &path(5), Some(&writer), &roadworks()).await;
    assert_eq!((status, &kept["name"], &kept["version"]), (200, &json!("Wegenwerken"), &json!(1)), "{kept}");
    // Half written as it is, and as it was sent.
    let texts = json!([{ "language": "nl", "title": "Werken in …", "text": "" }]);
    assert_eq!((&kept["texts"], &kept["audience"]), (&texts, &json!([])), "{kept}");
    assert_eq!(
        (&kept["place"], &kept["is_public"], &kept["newcomers"]),
        (&json!("Kouter"), &json!(true), &json!(false))
    );
    assert_eq!((&kept["link"], kept.get("title_on_lock_screen")), (&json!("https://deinze.example/werken"), None));
    assert_eq!(world.get(ALL, &other).await.1, json!([kept]), "whoever writes finds it");
    // Sent again, as the answer was lost; the same of another is not.
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &roadworks()).await, (200, kept.clone()));
    assert_eq!(world.json("PUT", &path(5), Some(&other), &roadworks()).await.1["code"], "edited_meanwhile");
    let mut another = roadworks();
    another["link"] = json!("https://deinze.example/elders");
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &another).await.1["code"], "edited_meanwhile");
    let mut edit = roadworks();
    edit["version"] = json!(1);
    edit["audience"] = json!([[{ "kind": "street", "street": "Kouter", "side": "both", "not": false }]]);
    edit.as_object_mut().unwrap().retain(|field, _| !["link", "place"].contains(&field.as_str()));
    edit["title_on_lock_screen"] = json!(false);
    let (status, edited) = world.json("PUT", &path(5), Some(&other), &edit).await;
    assert_eq!((status, &edited["version"], &edited["saved_by"]), (200, &json!(2), &json!("Wout")), "{edited}");
    assert_eq!((&edited["audience"], edited.get("link"), edited.get("place")), (&edit["audience"], None, None));
    assert_eq!(edited["title_on_lock_screen"], false);
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &edit).await.1["code"], "edited_meanwhile");
    // In the order of their names.
    let mut second = roadworks();
    second["name"] = json!("Markt");
    assert_eq!(world.json("PUT", &path(6), Some(&writer), &second).await.0, 200);
    let (_, all) = world.get(ALL, &writer).await;
    let names: Vec<_> = all.as_array().unwrap().iter().map(|t| &t["name"]).collect();
    assert_eq!(names, ["Markt", "Wegenwerken"]);
    assert_eq!(world.raw("DELETE", &path(5), Some(&writer), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path(5), Some(&writer), None).await.0, 200, "the same again");
    assert_eq!(world.raw("DELETE", &path(7), Some(&writer), None).await.0, 404);
    edit["version"] = json!(2);
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &edit).await.0, 404, "what is gone is not changed");
    assert_eq!(world.get(ALL, &writer).await.1.as_array().unwrap().len(), 1);
}

async fn a_template_that_is_sent_again_while_it_is_being_saved_is_saved(world: World) {
    let (writer, _) = staff(&world).await;
    for version in 0..2 {
        let mut template = roadworks();
        template["version"] = json!(version);
        let [one, other] = world.twice_at_once("PUT", &path(5), &writer, &template).await;
        assert_eq!((one.0, &one.1["version"]), (200, &json!(version + 1)), "{one:?}");
        assert_eq!(one, other, "new, or changed");
    }
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'template_kept'").await, 2);
}

/// A template of this name that is new, or of a version that was read.
fn called(name: &str, version: i64) -> Value {
    let mut template = roadworks();
    (template["name"], template["version"]) = (json!(name), json!(version));
    template
}

/// What is told of a name that another template has.
fn is_taken((status, problem): &(u16, Value)) -> bool {
    (*status, &problem["code"], &problem["field"], &problem["reason"])
        == (400, &json!("body_invalid"), &json!("name"), &json!("taken"))
}

async fn of_two_templates_of_one_name_at_once_one_is_kept(world: World) {
    let (writer, _) = staff(&world).await;
    let (one, other) = (path(5), path(6));
    let (small, large) = (called("Wegenwerken", 0), called(" WEGENWERKEN", 0));
    let answers = world.two_at_once("PUT", &writer, [(&one, &small), (&other, &large)]).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| is_taken(answer)).count(), 1, "{answers:?}");
    assert_eq!(world.figure("select count(*) from announcement_template").await, 1);
    // Who was told keeps it under another name; then both are given the same one.
    let (first, second) = if answers[0].0 == 200 { (one, other) } else { (other, one) };
    assert_eq!(world.json("PUT", &second, Some(&writer), &called("Markt", 0)).await.0, 200);
    let (small, large) = (called("Élan", 1), called("ÉLAN", 1));
    let answers = world.two_at_once("PUT", &writer, [(&first, &small), (&second, &large)]).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| is_taken(answer)).count(), 1, "{answers:?}");
    assert_eq!(world.figure("select count(*) from announcement_template where version = 2").await, 1);
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'template_kept'").await, 3);
}

async fn no_two_templates_are_called_the_same(world: World) {
    let (writer, _) = staff(&world).await;
    let put = async |n: u128, name: &str, version: i64| {
        world.json("PUT", &path(n), Some(&writer), &called(name, version)).await
    };
    assert_eq!(put(5, "École", 0).await.0, 200);
    assert_eq!(put(6, "Markt", 0).await.0, 200);
    for name in ["École", " école ", "ÉCOLE"] {
        let (new, changed) = (put(7, name, 0).await, put(6, name, 1).await);
        assert!(is_taken(&new) && is_taken(&changed), "{name} {new:?} {changed:?}");
    }
    assert_eq!(put(7, "Ecole", 0).await.0, 200, "another word");
    // It is its own, however it is written.
    assert_eq!(put(5, "école", 1).await.0, 200);
    // A name that nobody has any more can be given again.
    assert_eq!(put(5, "Les écoles", 2).await.0, 200);
    assert_eq!(put(6, "ÉCOLE", 1).await.0, 200);
    assert_eq!(world.raw("DELETE", &path(6), Some(&writer), None).await.0, 200);
    assert_eq!(put(7, "École", 1).await.0, 200);
    // Another town calls its own as it likes.
    let they = world.staff("Zij", &["Redactie:0207500000"]).await;
    assert_eq!(world.json("PUT", &path(8), Some(&they), &called("École", 0)).await.0, 200);
}

async fn templates_that_were_called_the_same_are_told_apart(world: World) {
    const SCRIPT: &str = include_str!("../../migrations/0051_templates_by_name.sql");
    const BEFORE: &str = "
        drop index announcement_template_by_name;
        alter table announcement_template drop column name_key;
        update announcement_template set name = 'École' where name = 'a';
        update announcement_template set name = 'école' where name = 'b';
        update announcement_template set name = 'ÉCOLE (2)' where name = 'c';
        update announcement_template set name = 'École' where name = 'd'";
    let (writer, _) = staff(&world).await;
    let put = async |n: u128, name: &str, version: i64| {
        world.json("PUT", &path(n), Some(&writer), &called(name, version)).await
    };
    for (n, name) in [(5, "a"), (6, "b"), (7, "c"), (8, "d"), (9, &*"x".repeat(80)), (10, "y")] {
        assert_eq!(put(n, name, 0).await.0, 200);
    }
    // As it stood before two were kept from being called the same.
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::raw_sql(BEFORE).execute(c).await.map(|_| ())).unwrap();
    let long = "update announcement_template set name = upper(x.name) from announcement_template x
        where announcement_template.name = 'y' and x.name like 'xxx%'";
    thuisloket::with_conn!(w, c => sqlx::raw_sql(long).execute(c).await.map(|_| ())).unwrap();
    thuisloket::with_conn!(w, c => sqlx::raw_sql(SCRIPT).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    let (_, all) = world.get(ALL, &writer).await;
    let name = |n: u128| {
        let id = Uuid::from_u128(n).to_string();
        all.as_array().unwrap().iter().find(|t| t["id"] == json!(id)).unwrap()["name"].as_str().unwrap().to_owned()
    };
    assert_eq!([name(5), name(6), name(7), name(8)], ["École", "école (2)", "ÉCOLE (2)", "École (3)"]);
    assert_eq!((name(9), name(10)), ("x".repeat(80), format!("{} (2)", "X".repeat(74))));
    // What is called as before is called so by one, and the others are saved as they are called now.
    assert!(is_taken(&put(11, "ÉCOLE", 0).await));
    for n in [5, 6, 8, 9, 10] {
        let saved = put(n, &name(n), 1).await;
        assert_eq!(saved.0, 200, "{saved:?}");
    }
    // Two that were still called the same are not, once the later is saved again.
    assert!(is_taken(&put(7, &name(7), 1).await));
    assert_eq!(put(7, "École (4)", 1).await.0, 200);
}

async fn a_template_says_nothing_that_no_announcement_may_say(world: World) {
    let (writer, _) = staff(&world).await;
    let text = |text: &str| json!([{ "language": "nl", "title": "x", "text": text }]);
    for (field, value, at) in [
        ("topic", json!("gossip"), "topic"),
        ("link", json!("javascript:alert(1)"), "link"),
        ("link", json!("http://deinze.example"), "link"),
        ("texts", text("Zie <script>alert(1)</script>"), "texts.nl.text"),
        ("texts", text("[x](javascript:alert(1))"), "texts.nl.text"),
        ("texts", json!([text("x")[0], text("y")[0]]), "texts[1].language"),
        ("texts", json!([{ "language": "nl", "title": "x".repeat(121), "text": "x" }]), "title"),
        ("audience", json!([[]]), "audience[0]"),
        ("audience", json!([[{ "kind": "age", "from": 65, "until": 18 }]]), "audience[0][0].until"),
        ("audience", json!([[{ "kind": "list", "list_id": Uuid::from_u128(9) }]]), "audience[0][0].list_id"),
        ("name", json!(" "), "name"),
        ("name", json!("x".repeat(81)), "name"),
    ] {
        let mut wrong = roadworks();
        wrong[field] = value.clone();
        let (status, problem) = world.json("PUT", &path(5), Some(&writer), &wrong).await;
        assert_eq!((status, &problem["code"]), (400, &json!("body_invalid")), "{field} {value} {problem}");
        assert!(problem["field"].as_str().unwrap().contains(at), "{field} {value} {problem}");
    }
    assert_eq!(world.get(ALL, &writer).await.1, json!([]));
}

async fn a_template_is_its_towns_and_of_who_writes_there(world: World) {
    let (writer, approver) = staff(&world).await;
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &roadworks()).await.0, 200);
    // Whoever approves, or helps at the counter, begins nothing.
    let clerk = world.staff("Ann", &["Loket:0207509031"]).await;
    for who in [&approver, &clerk] {
        for (status, problem) in [
            world.get(ALL, who).await,
            world.json("PUT", &path(6), Some(who), &roadworks()).await,
            world.raw("DELETE", &path(5), Some(who), None).await,
        ] {
            assert_eq!((status, &problem["code"]), (403, &json!("role_missing")), "{problem}");
        }
    }
    // Another town has its own, also under the same id.
    let they = world.staff("Zij", &["Redactie:0207500000"]).await;
    assert_eq!(world.get(ALL, &they).await.1, json!([]));
    assert_eq!(world.raw("DELETE", &path(5), Some(&they), None).await.0, 404);
    let mut theirs = roadworks();
    theirs["version"] = json!(1);
    assert_eq!(world.json("PUT", &path(5), Some(&they), &theirs).await.0, 404);
    (theirs["version"], theirs["name"]) = (json!(0), json!("Van Gavere"));
    assert_eq!(world.json("PUT", &path(5), Some(&they), &theirs).await.0, 200);
    let (_, ours) = world.get(ALL, &writer).await;
    assert_eq!((ours.as_array().unwrap().len(), &ours[0]["name"]), (1, &json!("Wegenwerken")));
}

async fn an_emergency_template_needs_the_role_of_an_emergency(world: World) {
    let (alarm, _) = staff(&world).await;
    let plain = world.staff("Wout", &["Redactie:0207509031"]).await;
    let mut warning = roadworks();
    warning["importance"] = json!("emergency");
    let (status, problem) = world.json("PUT", &path(5), Some(&plain), &warning).await;
    assert_eq!((status, &problem["code"]), (403, &json!("role_missing")));
    assert_eq!(world.json("PUT", &path(5), Some(&alarm), &warning).await.0, 200);
    // Nor is it changed into another emergency by who may not write one.
    warning["version"] = json!(1);
    assert_eq!(world.json("PUT", &path(5), Some(&plain), &warning).await.1["code"], "role_missing");
    // Nor into what is no emergency, nor thrown away.
    warning["importance"] = json!("ordinary");
    assert_eq!(world.json("PUT", &path(5), Some(&plain), &warning).await.1["code"], "role_missing");
    assert_eq!(world.raw("DELETE", &path(5), Some(&plain), None).await.1["code"], "role_missing");
    assert_eq!(world.get(ALL, &plain).await.1[0]["version"], 1);
    assert_eq!(world.raw("DELETE", &path(5), Some(&alarm), None).await.0, 200);
    // The same of an announcement.
    let announcement = format!("/staff/v1/announcements/{}", Uuid::from_u128(8));
    let mut alarming = draft("Gaslek");
    alarming["importance"] = json!("emergency");
    assert_eq!(world.json("PUT", &announcement, Some(&alarm), &alarming).await.0, 200);
    (alarming["importance"], alarming["version"]) = (json!("ordinary"), json!(1));
    assert_eq!(world.json("PUT", &announcement, Some(&plain), &alarming).await.1["code"], "role_missing");
    let discard = format!("{announcement}?version=1");
    assert_eq!(world.raw("DELETE", &discard, Some(&plain), None).await.1["code"], "role_missing");
    let (status, saved) = world.json("PUT", &announcement, Some(&alarm), &alarming).await;
    assert_eq!((status, &saved["version"]), (200, &json!(2)), "{saved}");
    // Sent again, as the answer was lost.
    assert_eq!(world.json("PUT", &announcement, Some(&alarm), &alarming).await, (200, saved));
}

async fn what_becomes_an_emergency_meanwhile_is_not_thrown_away(world: World) {
    let (alarm, _) = staff(&world).await;
    let plain = world.staff("Wout", &["Redactie:0207509031"]).await;
    assert_eq!(world.json("PUT", &path(5), Some(&alarm), &roadworks()).await.0, 200);
    let mut edit = roadworks();
    edit["version"] = json!(2);
    // It becomes an emergency, and that is not committed; who may write none looks at it meanwhile, to throw it away or to change what
    // it becomes.
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(
        "update announcement_template set importance = 'emergency', version = 2").execute(c).await.map(|_| ()))
    .unwrap();
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        w.commit().await.unwrap();
    };
    let at = path(5);
    let (deleted, changed, ()) =
        tokio::join!(world.raw("DELETE", &at, Some(&plain), None), world.json("PUT", &at, Some(&plain), &edit), commit);
    for (status, problem) in [deleted, changed] {
        assert_eq!((status, &problem["code"]), (403, &json!("role_missing")), "{problem}");
    }
    let (_, all) = world.get(ALL, &plain).await;
    assert_eq!((&all[0]["importance"], &all[0]["version"]), (&json!("emergency"), &json!(2)), "{all}");
}

async fn a_list_that_a_template_names_may_go_and_is_missed_where_it_is_used(world: World) {
    let people = many(12);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    let list = Uuid::from_u128(9);
    let numbers = people.iter().map(|p| p.number.as_str()).collect::<Vec<_>>().join("\n");
    let body = Some(("application/octet-stream", numbers.into_bytes()));
    let lists = format!("/staff/v1/people-lists/{list}");
    assert_eq!(world.raw("PUT", &format!("{lists}?name=Markt"), Some(&writer), body).await.0, 200);
    let mut market = roadworks();
    market["audience"] = json!([[{ "kind": "list", "list_id": list, "not": false }]]);
    assert_eq!(world.json("PUT", &path(5), Some(&writer), &market).await.0, 200);
    // Nothing is about to go to it.
    assert_eq!(world.raw("DELETE", &lists, Some(&writer), None).await.0, 200);
    let (_, all) = world.get(ALL, &writer).await;
    assert_eq!(all[0]["audience"], market["audience"], "it is kept as it was saved");
    let mut begun = draft("Markt");
    begun["audience"] = all[0]["audience"].clone();
    let announcement = format!("/staff/v1/announcements/{}", Uuid::from_u128(7));
    market["version"] = json!(1);
    for (path, body) in [(announcement, &begun), (path(5), &market)] {
        let (status, problem) = world.json("PUT", &path, Some(&writer), body).await;
        assert_eq!((status, &problem["reason"]), (400, &json!("no_such_list")), "{problem}");
    }
}

async fn a_town_keeps_so_many_templates_and_no_more(world: World) {
    let (writer, _) = staff(&world).await;
    for n in 0..100 {
        let kept = world.json("PUT", &path(1_000 + n), Some(&writer), &called(&format!("Werken {n}"), 0)).await;
        assert_eq!(kept.0, 200, "{kept:?}");
    }
    let (status, problem) = world.json("PUT", &path(5), Some(&writer), &roadworks()).await;
    assert_eq!((status, &problem["field"]), (400, &json!("name")), "{problem}");
    // One of these is changed all the same.
    let mut edit = roadworks();
    edit["version"] = json!(1);
    assert_eq!(world.json("PUT", &path(1_000), Some(&writer), &edit).await.0, 200);
    // A town that kept more while it could sees all of them, and can forget them.
    let mut w = world.instance.app.db.write().await.unwrap();
    for n in 2_000..2_020 {
        thuisloket::with_conn!(w, c => sqlx::query("
            insert into announcement_template (municipality_id, id, version, name, importance, topic, texts, link, place, is_public,
                newcomers, audience, saved_by, updated_at)
            select municipality_id, $1, version, name, importance, topic, texts, link, place, is_public, newcomers, audience, saved_by,
                updated_at
            from announcement_template where id = $2").bind(Uuid::from_u128(n)).bind(Uuid::from_u128(1_001))
            .execute(c).await.map(|_| ()))
        .unwrap();
    }
    w.commit().await.unwrap();
    assert_eq!(world.get(ALL, &writer).await.1.as_array().unwrap().len(), 120);
    for n in 2_000..2_020 {
        assert_eq!(world.raw("DELETE", &path(n), Some(&writer), None).await.0, 200);
    }
    assert_eq!(world.get(ALL, &writer).await.1.as_array().unwrap().len(), 100);
}

async fn an_announcement_begins_as_a_template_that_was_saved_from_another(world: World) {
    world.people(&many(24).iter().collect::<Vec<_>>()).await;
    let roles = ["Redactie:0207509031"];
    world.employ("Wout Maes", &roles);
    let token = world.staff("Wout Maes", &roles).await;
    let Some(wout) = Seat::at(&world.server, "Wout Maes").await else { return };
    let mut works = draft("Werken in de Kouter");
    (works["place"], works["decision"]) = (json!("Kouter"), json!("college 1 februari 2027"));
    (works["begins_at"], works["is_public"]) = (json!("2027-03-10T08:00:00"), json!(true));
    let first = put(&world, &token, 1, &works).await;
    // Nothing to begin from is no choice.
    wout.go(&world.server, "/").await;
    wout.find("//button[. = 'Nieuw bericht']").await;
    wout.gone("//button[. = 'Begin van een sjabloon']").await;
    // Kept below an announcement that is being written.
    wout.go(&world.server, &format!("/compose/{first}")).await;
    wout.click("//summary[. = 'Bewaar als sjabloon']").await;
    wout.write("Naam van het sjabloon", "Wegenwerken").await;
    wout.look("to save a template").await;
    wout.click("//button[. = 'Sjabloon bewaren']").await;
    wout.find("//*[contains(@class, 'notice')][. = 'Het sjabloon is bewaard.']").await;
    let (_, all) = world.get(ALL, &token).await;
    let (template, says) = (&all[0], &all[0]["texts"][0]);
    assert_eq!((&template["name"], &says["title"]), (&json!("Wegenwerken"), &json!("Werken in de Kouter")), "{all}");
    assert_eq!((&template["importance"], &template["place"]), (&json!("important"), &json!("Kouter")), "{all}");
    // The same name is the same template.
    wout.click("//button[. = 'Sjabloon vervangen']").await;
    until("it is replaced", async || world.get(ALL, &token).await.1[0]["version"] == 2).await;
    // Begun from: what it says is there, and nothing of the days.
    wout.go(&world.server, "/").await;
    wout.click("//button[. = 'Begin van een sjabloon']").await;
    wout.find("//h1[. = 'Sjablonen']").await;
    wout.look("templates").await;
    wout.click("//button[@aria-label = 'Bericht beginnen: Wegenwerken']").await;
    wout.find("//h1[. = 'Werken in de Kouter']").await;
    let begins = wout.field("Begint op").await.prop("value").await.unwrap().unwrap_or_default();
    assert_eq!(begins, "");
    wout.write("Titel", " en de Markt").await;
    wout.find("//*[@class = 'savestate'][starts-with(., 'Bewaard om')]").await;
    let (_, list) = world.get("/staff/v1/announcements", &token).await;
    let begun = list.as_array().unwrap().iter().find(|a| a["id"] != json!(first)).unwrap();
    assert_eq!(
        (&begun["texts"][0]["title"], &begun["state"]),
        (&json!("Werken in de Kouter en de Markt"), &json!("draft"))
    );
    assert_eq!((&begun["place"], &begun["audience"][0][0]["kind"]), (&json!("Kouter"), &json!("everyone")), "{begun}");
    assert_eq!((begun.get("decision"), begun.get("begins_at")), (None, None), "{begun}");
    // Called otherwise, and thrown away after a question.
    wout.go(&world.server, "/templates").await;
    wout.click("//button[@aria-label = 'Andere naam: Wegenwerken']").await;
    wout.write("Naam van het sjabloon", " in een straat").await;
    wout.look("to rename a template").await;
    wout.click("//form//button[. = 'Bewaren']").await;
    wout.find("//*[contains(@class, 'notice')][. = 'De naam is gewijzigd.']").await;
    wout.click("//button[@aria-label = 'Verwijderen: Wegenwerken in een straat']").await;
    wout.click("//dialog[@open]//button[. = 'Verwijderen']").await;
    wout.find("//p[starts-with(., 'Er is nog geen sjabloon.')]").await;
    assert_eq!(world.get(ALL, &token).await.1, json!([]));
    // What began as it keeps its own, also where the way to it names what is gone.
    let id = begun["id"].as_str().unwrap();
    wout.go(&world.server, &format!("/compose/{id}/from/{}", template["id"].as_str().unwrap())).await;
    wout.find("//h1[. = 'Werken in de Kouter en de Markt']").await;
    // A template that is none says so.
    wout.go(&world.server, &format!("/compose/{}/from/{}", Uuid::from_u128(8), Uuid::from_u128(9))).await;
    wout.find("//*[contains(@class, 'notice')][contains(., 'Dit bestaat niet (meer).')]").await;
    wout.client.close().await.unwrap();
}
