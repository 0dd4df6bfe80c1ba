//! What staff write with: images, roles, audiences that are kept, lists of people, a test to oneself, and the figures afterwards.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    announcements::{act, draft, put, sent, staff},
    appointments::citizens,
    world::{Somebody, World, many, paper, people_csv, somebody},
};

journeys! {
    an_emergency_needs_a_role_of_its_own_and_a_second_person,
    an_image_is_written_anew_and_voids_an_approval,
    an_audience_is_kept_under_a_name_and_two_editors_do_not_overwrite_each_other,
    what_is_sent_again_while_it_is_being_saved_is_saved,
    of_two_of_one_name_each_is_told_of_the_other,
    audiences_that_are_kept_are_read_page_by_page,
    a_list_of_people_is_matched_and_its_file_is_not_kept,
    a_list_stays_as_it_is_while_something_waits_to_go_to_it,
    a_list_that_is_gone_is_nobody_and_no_opposite,
    a_list_and_its_deletion_meet_at_once,
    no_figure_tells_of_one_who_is_asked_for_by_a_list,
    who_moves_in_later_gets_it_where_that_was_meant,
    who_moves_in_after_an_event_is_not_told_of_it,
    a_test_goes_to_ones_own_phone_and_nobody_elses,
    figures_say_what_became_of_it_and_never_who,
    who_has_no_app_is_told_to_who_may_know_and_is_written_down,
}

mod facilities {
    use super::*;

    journeys! {
        with "deinze.nis_code = \"23098\"";
        a_town_with_facilities_gives_notices_in_dutch_and_french,
    }

    async fn a_town_with_facilities_gives_notices_in_dutch_and_french(world: World) {
        let french = somebody("Luc", "1960-01-01").speaks("fr");
        world.people(&[&french]).await;
        let mut phone = world.phone(&french, false).await;
        let (writer, approver) = staff(&world).await;
        let (_, me) = world.get("/staff/v1/me", &writer).await;
        assert_eq!(me["town"]["notice_languages"], json!(["nl", "fr"]));
        let mut notice = draft("Werken");
        notice["is_public"] = json!(true);
        let id = put(&world, &writer, 1, &notice).await;
        let (status, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
        assert_eq!((status, &problem["field"]), (400, &json!("texts.fr")));
        assert_eq!(problem["reason"], "notice_language", "{problem}");
        notice["version"] = json!(1);
        notice["texts"] = json!([
            { "language": "fr", "title": "Travaux", "text": "Jeudi." },
            { "language": "nl", "title": "Werken", "text": "Donderdag." },
        ]);
        let id = put(&world, &writer, 1, &notice).await;
        assert_eq!(act(&world, &writer, &id, "submit", "&everyone=true").await.0, 200);
        assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
        world.drain().await;
        assert_eq!(world.titles(&mut phone).await, ["Travaux"], "to him in his language");
        // On the page both, Dutch first, whoever reads it.
        let page =
            reqwest::get(format!("{}/news/deinze?language=fr", world.server)).await.unwrap().text().await.unwrap();
        let place = |lang: &str, title: &str| {
            let from = page.find(&format!("lang=\"{lang}\"><h2>")).unwrap();
            from + page[from..].find(&format!(">{title}</a></h2>")).unwrap()
        };
        assert!(place("nl", "Werken") < place("fr", "Travaux"), "{page}");
        // On its own page as well, the one that is asked for first.
        let own = format!("{}/news/deinze/{id}?language=fr", world.server);
        let page = reqwest::get(own).await.unwrap().text().await.unwrap();
        assert!(page.find("<h1>Travaux</h1>").unwrap() < page.find(">Werken</a></h2>").unwrap(), "{page}");
    }
}

async fn an_emergency_needs_a_role_of_its_own_and_a_second_person(world: World) {
    world.people(&many(12).iter().collect::<Vec<_>>()).await;
    let (alarm, approver) = staff(&world).await;
    let plain = world.staff("Wout", &["Redactie:0207509031"]).await;
    let mut warning = draft("Sluit ramen en deuren");
    warning["importance"] = json!("emergency");
    let path = format!("/staff/v1/announcements/{}", Uuid::from_u128(1));
    let (status, problem) = world.json("PUT", &path, Some(&plain), &warning).await;
    assert_eq!((status, &problem["code"]), (403, &json!("role_missing")));
    let id = put(&world, &alarm, 1, &warning).await;
    assert_eq!(act(&world, &alarm, &id, "submit", "&everyone=true").await.0, 200);
    assert_eq!(act(&world, &approver, &id, "approve", "").await.1["state"], "approved");
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, height).write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

pub(crate) async fn image(world: &World, token: &str, id: &str, version: i64, bytes: Vec<u8>) -> (u16, Value) {
    let path = format!("/staff/v1/announcements/{id}/image?version={version}");
    world.raw("PUT", &path, Some(token), Some(("application/octet-stream", bytes))).await
}

async fn an_image_is_written_anew_and_voids_an_approval(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let (writer, approver) = staff(&world).await;
    let id = put(&world, &writer, 1, &draft("Feest")).await;
    for (bytes, status, code) in [
        (vec![0; 5 << 20], 413, "body_too_large"),
        (b"<svg onload=alert(1)>".to_vec(), 400, "image_invalid"),
        (png(40, 40)[..60].to_vec(), 400, "image_invalid"),
        (Vec::new(), 400, "image_invalid"),
    ] {
        let (given, problem) = image(&world, &writer, &id, 1, bytes).await;
        assert_eq!((given, &problem["code"]), (status, &json!(code)));
    }
    assert_eq!(image(&world, &writer, &id, 9, png(40, 40)).await.1["code"], "edited_meanwhile");
    assert_eq!(act(&world, &writer, &id, "submit", "&everyone=true").await.0, 200);
    assert_eq!(act(&world, &approver, &id, "cancel", "").await.1["state"], "cancelled");
    assert_eq!(image(&world, &writer, &id, 1, png(40, 40)).await.1["code"], "announcement_state");

    let mut later = draft("Feest");
    later["send_at"] = json!("2027-03-05T17:00:00");
    let id = put(&world, &writer, 2, &later).await;
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!(act(&world, &approver, &id, "approve", "").await.1["state"], "approved");
    let (status, known) = image(&world, &writer, &id, 1, png(3_200, 40)).await;
    assert_eq!((status, &known["state"], known.get("approver")), (200, &json!("draft"), None), "the approval is void");
    // It says what it shows, or is not sent.
    let (_, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
    assert_eq!((&problem["field"], &problem["reason"]), (&json!("texts.nl.image_text"), &json!("missing")));
    later["version"] = json!(2);
    later["texts"][0]["image_text"] = json!("Een kraam met lampions.");
    let id = put(&world, &writer, 2, &later).await;
    act(&world, &writer, &id, "submit", "&everyone=true").await;
    act(&world, &approver, &id, "approve", "").await;
    let token = phone.tokens.clone().unwrap().access;
    let (status, _) = world.get(&format!("/v1/announcements/{id}/image"), &token).await;
    assert_eq!(status, 404, "not out yet");
    world.at("2027-03-05 17:01");
    world.drain().await;
    let token = {
        let mut phone = phone;
        phone.refresh().await.unwrap();
        phone.tokens.clone().unwrap().access
    };
    let fetched =
        world.http.get(format!("{}/v1/announcements/{id}/image", world.server)).bearer_auth(&token).send().await;
    let fetched = fetched.unwrap();
    assert_eq!(fetched.headers()["content-type"], "image/jpeg");
    let seen = image::load_from_memory(&fetched.bytes().await.unwrap()).unwrap();
    assert_eq!((seen.width(), seen.height()), (1_600, 20));
    let (_, read) = world.get(&format!("/v1/announcements/{id}"), &token).await;
    assert_eq!(read["image_text"], "Een kraam met lampions.");
    // It is not public: nobody reads it without being told.
    let page = format!("{}/news/deinze/images/{id}", world.server);
    assert_eq!(reqwest::get(page).await.unwrap().status(), 404);
}

async fn an_audience_is_kept_under_a_name_and_two_editors_do_not_overwrite_each_other(world: World) {
    let (writer, _) = staff(&world).await;
    let other = world.staff("Wout", &["Redactie:0207509031"]).await;
    let spot = |a: f64, b: f64| json!({ "latitude": a, "longitude": b });
    let corners = json!([spot(50.9, 3.5), spot(51.0, 3.5), spot(51.0, 3.6)]);
    let area = json!({ "version": 0, "name": " Kouter ", "audience": [[{ "kind": "polygon", "corners": corners, "name": "Kouter" }]] });
    let path = format!("/staff/v1/audiences/{}", Uuid::from_u128(5));
    let (status, kept) = world.json("PUT", &path, Some(&writer), &area).await;
    assert_eq!((status, &kept["name"], &kept["district"]), (200, &json!("Kouter"), &json!(true)), "{kept}");
    // Sent again, as the answer was lost; the same of another is not.
    assert_eq!(world.json("PUT", &path, Some(&writer), &area).await, (200, kept));
    assert_eq!(world.json("PUT", &path, Some(&other), &area).await.1["code"], "edited_meanwhile", "new, again");
    let mut edit = area.clone();
    edit["version"] = json!(1);
    edit["audience"] = json!([[{ "kind": "age", "from": 65, "until": 120 }]]);
    assert_eq!(world.json("PUT", &path, Some(&other), &edit).await.1["district"], false);
    assert_eq!(world.json("PUT", &path, Some(&writer), &edit).await.1["code"], "edited_meanwhile");
    let (_, all) = world.get("/staff/v1/audiences", &writer).await;
    assert_eq!((all["audiences"].as_array().unwrap().len(), &all["audiences"][0]["saved_by"]), (1, &json!("Wout")));
    assert_eq!(all.get("next_cursor"), None, "{all}");
    let knot = json!([spot(50.0, 3.0), spot(51.0, 4.0), spot(50.0, 4.0), spot(51.0, 3.0)]);
    edit["audience"] = json!([[{ "kind": "polygon", "corners": knot }]]);
    assert_eq!(world.json("PUT", &path, Some(&writer), &edit).await.1["field"], "audience[0][0].corners");
    edit["name"] = json!("");
    assert_eq!(world.json("PUT", &path, Some(&writer), &edit).await.0, 400);
    assert_eq!(world.raw("DELETE", &path, Some(&writer), None).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&writer), None).await.0, 200, "the same again");
    // And the same of a draft.
    let id = put(&world, &writer, 1, &draft("Eerst")).await;
    let mut second = draft("Van Wout");
    second["version"] = json!(1);
    put(&world, &other, 1, &second).await;
    let mut third = draft("Van Rik");
    third["version"] = json!(1);
    let path = format!("/staff/v1/announcements/{id}");
    assert_eq!(world.json("PUT", &path, Some(&writer), &third).await.1["code"], "edited_meanwhile");
    assert_eq!(world.get(&path, &writer).await.1["texts"][0]["title"], "Van Wout");
}

async fn what_is_sent_again_while_it_is_being_saved_is_saved(world: World) {
    let (writer, _) = staff(&world).await;
    let audience = json!({ "name": "Kinderen", "audience": [[{ "kind": "age", "from": 3, "until": 12 }]] });
    for (path, body) in [
        (format!("/staff/v1/audiences/{}", Uuid::from_u128(5)), &audience),
        (format!("/staff/v1/announcements/{}", Uuid::from_u128(6)), &draft("Wateronderbreking")),
    ] {
        for version in 0..2 {
            let mut body = body.clone();
            body["version"] = json!(version);
            let [one, other] = world.twice_at_once("PUT", &path, &writer, &body).await;
            assert_eq!((one.0, &one.1["version"]), (200, &json!(version + 1)), "{path}: {one:?}");
            assert_eq!(one, other, "{path}");
        }
    }
}

async fn of_two_of_one_name_each_is_told_of_the_other(world: World) {
    let writes = ["Redactie:0207509031"];
    let (one, other) = (world.staff("Jan Peeters", &writes).await, world.namesake("Jan Peeters", &writes).await);
    let audience = json!({ "name": "Kinderen", "audience": [[{ "kind": "age", "from": 3, "until": 12 }]] });
    let template = json!({
        "name": "Wegenwerken", "importance": "ordinary", "topic": "works", "audience": [], "texts": [], "is_public": true,
    });
    for (path, body) in [
        (format!("/staff/v1/audiences/{}", Uuid::from_u128(5)), audience),
        (format!("/staff/v1/announcement-templates/{}", Uuid::from_u128(6)), template),
        (format!("/staff/v1/announcements/{}", Uuid::from_u128(7)), draft("Wateronderbreking")),
    ] {
        for version in 0..2 {
            let mut body = body.clone();
            body["version"] = json!(version);
            let saved = world.json("PUT", &path, Some(&one), &body).await;
            assert_eq!((saved.0, &saved.1["version"]), (200, &json!(version + 1)), "{path}: {saved:?}");
            // The other Jan saves the same, and did not.
            assert_eq!(world.json("PUT", &path, Some(&other), &body).await.1["code"], "edited_meanwhile", "{path}");
            assert_eq!(world.json("PUT", &path, Some(&one), &body).await, saved, "{path}");
        }
    }
}

async fn audiences_that_are_kept_are_read_page_by_page(world: World) {
    let (writer, _) = staff(&world).await;
    // Several are called the same: the name alone tells no place in the list.
    let names = ["Élan", "Kouter", "Kouter", "Kouter", "Markt", "aan de Leie", "Zaffelare"];
    for (n, name) in names.iter().enumerate() {
        let path = format!("/staff/v1/audiences/{}", Uuid::from_u128(40 + n as u128));
        let body = json!({ "version": 0, "name": name, "audience": [[{ "kind": "everyone" }]] });
        assert_eq!(world.json("PUT", &path, Some(&writer), &body).await.0, 200);
    }
    let page = async |query: &str| world.get(&format!("/staff/v1/audiences{query}"), &writer).await;
    let ids = |page: &Value| -> Vec<String> {
        page["audiences"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect()
    };
    let (_, whole) = page("?limit=100").await;
    assert_eq!((ids(&whole).len(), whole.get("next_cursor")), (7, None), "{whole}");
    let (mut read, mut next) = (Vec::new(), String::new());
    for pages in 1.. {
        let (status, some) = page(&format!("?limit=2{next}")).await;
        assert_eq!(status, 200, "{some}");
        read.extend(ids(&some));
        let Some(cursor) = some["next_cursor"].as_str() else {
            assert_eq!(pages, 4, "{some}");
            break;
        };
        next = format!("&cursor={cursor}");
        // One that is kept meanwhile changes no place of those that are not read yet.
        let path = format!("/staff/v1/audiences/{}", Uuid::from_u128(20 + pages));
        let body = json!({ "version": 0, "name": "0", "audience": [[{ "kind": "everyone" }]] });
        assert_eq!(world.json("PUT", &path, Some(&writer), &body).await.0, 200);
    }
    assert_eq!(read, ids(&whole));
    for wrong in ["xyz", "aW5ib3ggMCAw"] {
        let (status, problem) = page(&format!("?cursor={wrong}")).await;
        assert_eq!((status, &problem["code"], &problem["field"]), (400, &json!("cursor_invalid"), &json!("cursor")));
    }
    assert_eq!(page("?limit=101").await.1["field"], "limit");
}

async fn a_list_of_people_is_matched_and_its_file_is_not_kept(world: World) {
    let people = many(30);
    world.residents_file("deinze", people_csv(&people.iter().collect::<Vec<_>>()), false).await.unwrap();
    let elsewhere = somebody("Els", "1970-07-07");
    world.residents_file("gavere", people_csv(&[&elsewhere]), false).await.unwrap();
    let (writer, approver) = staff(&world).await;
    let path = format!("/staff/v1/people-lists/{}?name=Markt", Uuid::from_u128(5));
    let send = async |text: String| {
        world.raw("PUT", &path, Some(&writer), Some(("application/octet-stream", text.into_bytes()))).await
    };
    for (bad, reason) in [("", "no_number"), ("naam\nx\n", "no_number"), ("PK\u{3}\u{4}", "not_text")] {
        let (_, problem) = send(bad.to_owned()).await;
        let told = [&problem["code"], &problem["field"], &problem["reason"]];
        assert_eq!(told, ["body_invalid", "file", reason], "{problem}");
    }
    // Whether somebody lives here is not to be found out so.
    let list = json!({ "audience": [[{ "kind": "list", "list_id": Uuid::from_u128(5) }]] });
    let mut answers = Vec::new();
    for one in [&elsewhere.number, &people[0].number] {
        let (status, made) = send(one.clone()).await;
        let (_, counted) = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &list).await;
        let (_, lists) = world.get("/staff/v1/people-lists", &writer).await;
        // Nor by what is refused where it is submitted: that nobody is on it, or nobody is missing.
        let mut submitted = Vec::new();
        for (n, not) in [(20, false), (21, true)] {
            let mut to = draft("Aan wie erop staat");
            (to["audience"], to["decision"]) = (list["audience"].clone(), json!("x"));
            (to["audience"][0][0]["not"], to["version"]) = (json!(not), json!(2 * answers.len()));
            let id = put(&world, &writer, n, &to).await;
            submitted.push(act(&world, &writer, &id, "submit", "").await.1["code"].clone());
            assert_eq!(
                world
                    .json("PUT", &format!("/staff/v1/announcements/{id}"), Some(&writer), &{
                        to["version"] = json!(2 * answers.len() + 1);
                        to
                    })
                    .await
                    .0,
                200
            );
        }
        answers.push((status, made, counted, lists, submitted));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].4[1], "concerns_everyone", "{answers:?}");
    let numbers: Vec<&str> = people.iter().take(12).map(|p| p.number.as_str()).collect();
    let file = format!("nummer;naam\r\n{}\r\n{}\r\n{}\r\nniemand", numbers.join("\r\n"), numbers[0], elsewhere.number);
    let (status, made) = send(file.clone()).await;
    assert_eq!(status, 200, "{made}");
    assert_eq!([&made["people"], &made["unknown"], &made["wrong"]], [&json!(12), &json!(1), &json!(1)]);
    assert_eq!(made["wrong_lines"], json!([16]));
    // Sent again, it is the same list.
    assert_eq!(send(file).await.1["people"], 12);
    assert_eq!(world.figure("select count(*) from people_list_member").await, 12);
    let mut to = draft("Aan de standhouders");
    to["audience"] = json!([[{ "kind": "list", "list_id": Uuid::from_u128(5) }]]);
    let (_, counted) =
        world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &json!({ "audience": to["audience"] })).await;
    assert_eq!(counted["people"], 12);
    to["decision"] = json!("x");
    let id = put(&world, &writer, 1, &to).await;
    act(&world, &writer, &id, "submit", "").await;
    assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
    world.drain().await;
    assert_eq!(world.figure("select count(*) from announcement_recipient").await, 12);
    // Nobody's number is anywhere.
    for table in ["people_list", "people_list_member", "announcement", "audit_entry"] {
        let sql: &'static str = match table {
            "people_list" => "select name || made_by from people_list",
            "people_list_member" => "select 'x' from people_list_member",
            "announcement" => "select cast(audience as text) || cast(texts as text) from announcement",
            _ => "select act || coalesce(reason, '') from audit_entry",
        };
        assert!(!world.texts(sql).await.iter().any(|l| l.contains(numbers[0])), "{table}");
    }
    // Another town does not have it, whatever it says.
    let they = world.staff("Zij", &["Redactie:0207500000"]).await;
    let (_, problem) =
        world.json("PUT", &format!("/staff/v1/announcements/{}", Uuid::from_u128(8)), Some(&they), &to).await;
    assert_eq!(problem["field"], "audience[0][0].list_id");
    assert_eq!(world.raw("DELETE", path.split('?').next().unwrap(), Some(&writer), None).await.0, 200);
    assert_eq!(world.figure("select count(*) from people_list_member").await, 0);
    // Those who were told are put right all the same: whom a correction is for is not its own.
    let mut better = to.clone();
    (better["corrects_id"], better["texts"][0]["title"]) = (json!(id), json!("Aan de standhouders, verbeterd"));
    sent(&world, 2, &better).await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from announcement_recipient").await, 24);
    // And one that was forgotten is so after a while, by itself.
    let (status, _) = send(numbers.join("\n")).await;
    assert_eq!(status, 200);
    world.at("2029-06-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from people_list").await, 0);
}

async fn change(world: &World, sql: &'static str) {
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
}

/// A list of some people, and its path.
async fn list_of(world: &World, writer: &str, id: u128, people: &[Somebody]) -> (Uuid, String) {
    let id = Uuid::from_u128(id);
    let path = format!("/staff/v1/people-lists/{id}");
    assert_eq!(put_list(world, writer, &path, people).await.0, 200);
    (id, path)
}

async fn put_list(world: &World, writer: &str, path: &str, people: &[Somebody]) -> (u16, Value) {
    let numbers = people.iter().map(|p| p.number.as_str()).collect::<Vec<_>>().join("\n");
    let body = ("application/octet-stream", numbers.into_bytes());
    world.raw("PUT", &format!("{path}?name=Markt"), Some(writer), Some(body)).await
}

async fn a_list_stays_as_it_is_while_something_waits_to_go_to_it(world: World) {
    let people = many(40);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    let (list, path) = list_of(&world, &writer, 5, &people[..12]).await;
    let refused = async |writer: &str| {
        for (status, problem) in
            [put_list(&world, writer, &path, &people).await, world.raw("DELETE", &path, Some(writer), None).await]
        {
            assert_eq!((status, &problem["code"]), (409, &json!("list_in_use")), "{problem}");
        }
    };
    let mut to = draft("Aan de standhouders");
    (to["audience"], to["decision"]) = (json!([[{ "kind": "list", "list_id": list }]]), json!("x"));
    let id = put(&world, &writer, 1, &to).await;
    // While it is being written, its list may change.
    assert_eq!(put_list(&world, &writer, &path, &people[..12]).await.0, 200);
    assert_eq!(act(&world, &writer, &id, "submit", "").await.0, 200);
    refused(&writer).await;
    // Nor does it go when its time has come.
    world.at("2029-06-01 10:00");
    let mut late = to.clone();
    (late["version"], late["valid_until"]) = (json!(1), json!("2029-07-01T00:00:00Z"));
    late["newcomers"] = json!(true);
    let (writer, approver) = staff(&world).await;
    let id = put(&world, &writer, 1, &late).await;
    assert_eq!(act(&world, &writer, &id, "submit", "").await.0, 200);
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select people from people_list").await, 12);
    assert_eq!(act(&world, &approver, &id, "approve", "").await.0, 200);
    refused(&writer).await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from announcement_recipient").await, 12);
    // Who comes onto it later is told as well, so it is still what was approved.
    refused(&writer).await;
    world.at("2029-07-01 10:00");
    let (writer, _) = staff(&world).await;
    assert_eq!(put_list(&world, &writer, &path, &people).await.0, 200);
    assert_eq!(world.raw("DELETE", &path, Some(&writer), None).await.0, 200);
}

async fn a_list_that_is_gone_is_nobody_and_no_opposite(world: World) {
    let people = many(40);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (writer, approver) = staff(&world).await;
    for not in [false, true] {
        let (list, _) = list_of(&world, &writer, 5, &people[..12]).await;
        let audience = json!([[{ "kind": "everyone" }, { "kind": "list", "list_id": list, "not": not }]]);
        let mut to = draft("Aan de standhouders");
        (to["audience"], to["decision"]) = (audience.clone(), json!("x"));
        let (first, second) = (put(&world, &writer, 1, &to).await, put(&world, &writer, 2, &to).await);
        assert_eq!(act(&world, &writer, &first, "submit", "").await.0, 200);
        // As a list was deleted under an announcement before that was refused.
        change(&world, "delete from people_list_member").await;
        change(&world, "delete from people_list").await;
        let counted = json!({ "audience": audience });
        let kept = json!({ "version": 0, "name": "Markt", "audience": audience });
        for (status, problem) in [
            act(&world, &approver, &first, "approve", "").await,
            act(&world, &writer, &second, "submit", "&everyone=true").await,
            world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &counted).await,
            world.json("PUT", "/staff/v1/audiences/01935c3e-0000-7000-8000-0000000aacc1", Some(&writer), &kept).await,
        ] {
            let told = (status, problem["field"].as_str(), problem["reason"].as_str());
            assert_eq!(told, (400, Some("audience[0][1].list_id"), Some("no_such_list")), "{problem}");
        }
        // One that had been approved already goes to nobody.
        change(&world, "update announcement set state = 'approved', send_at = updated_at where state = 'submitted'")
            .await;
        world.drain().await;
        assert_eq!(world.figure("select count(*) from announcement_recipient").await, 0);
        change(&world, "delete from announcement").await;
    }
}

async fn a_list_and_its_deletion_meet_at_once(world: World) {
    let people = many(40);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    // Another process, which knows nothing of the first but by the database.
    let other = world.another_process().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = tokio_util::sync::CancellationToken::new();
    let stopped = stop.clone();
    let served = tokio::spawn(async move { other.serve(listener, stopped).await.unwrap() });
    let http = reqwest::Client::new();
    let delete = async |path: &str| {
        let asked = http.delete(format!("http://{address}{path}")).bearer_auth(&writer).send();
        asked.await.unwrap().status().as_u16()
    };
    let (mut kept, mut gone) = (0, 0);
    for n in 0..8 {
        let (list, path) = list_of(&world, &writer, n + 50, &people[..12]).await;
        let mut to = draft("Aan de standhouders");
        (to["audience"], to["decision"]) = (json!([[{ "kind": "list", "list_id": list, "not": true }]]), json!("x"));
        let id = put(&world, &writer, n + 1, &to).await;
        let (submitted, deleted) = tokio::join!(act(&world, &writer, &id, "submit", ""), delete(&path));
        match (submitted.0, deleted) {
            (200, 409) => kept += 1,
            (400, 200) => gone += 1,
            _ => panic!("{submitted:?} {deleted:?}"),
        }
    }
    assert_eq!(kept + gone, 8);
    stop.cancel();
    served.await.unwrap();
}

/// Who sends to a list of one reads from no figure who that is: whether they live here, have the app, or read it.
async fn no_figure_tells_of_one_who_is_asked_for_by_a_list(world: World) {
    let people = many(30);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    for person in &people[..14] {
        world.phone(person, true).await;
    }
    sent(&world, 1, &draft("Aan allen")).await;
    world.drain().await;
    let (writer, _) = staff(&world).await;
    let month = async || {
        let (status, mut month) = world.get("/staff/v1/figures?month=2027-03-01", &writer).await;
        assert_eq!(status, 200, "{month}");
        month.as_object_mut().unwrap().remove("announcements");
        month
    };
    let before = month().await;
    assert_eq!([&before["notified"], &before["without_app"]], [&json!(14), &json!(16)], "{before}");
    let stranger = somebody("Els", "1970-07-07");
    let mut answers = Vec::new();
    for (n, one) in [&people[0], &people[20], &stranger].into_iter().enumerate() {
        let (list, _) = list_of(&world, &writer, 70 + n as u128, std::slice::from_ref(one)).await;
        let mut to = draft("Aan een");
        (to["audience"], to["decision"]) = (json!([[{ "kind": "list", "list_id": list }]]), json!("x"));
        let id = sent(&world, 10 + n as u128, &to).await;
        world.drain().await;
        let (_, announcement) = world.get(&format!("/staff/v1/announcements/{id}"), &writer).await;
        assert_eq!(announcement["state"], "sent");
        let (_, figures) = world.get(&format!("/staff/v1/announcements/{id}/figures"), &writer).await;
        let mut told: Vec<Value> =
            ["notified", "by_phone", "without_app", "held_back"].map(|name| announcement[name].clone()).to_vec();
        told.extend(
            ["notified", "by_phone", "without_app", "held_back", "delivered", "opened", "outcomes"]
                .map(|n| figures[n].clone()),
        );
        answers.push(told);
        assert_eq!(month().await, before, "{one:?}", one = one.number);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

async fn who_moves_in_later_gets_it_where_that_was_meant(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna]).await;
    let mut hers = world.phone(&anna, true).await;
    let mut welcome = draft("Welkom in je wijk");
    welcome["newcomers"] = json!(true);
    sent(&world, 1, &welcome).await;
    sent(&world, 2, &draft("Alleen nu")).await;
    world.drain().await;
    world.people(&[&anna, &luc]).await;
    let mut his = world.phone(&luc, false).await;
    world.instance.housekeeping().await.unwrap();
    world.drain().await;
    assert!(world.titles(&mut his).await.is_empty(), "it is looked once a day");
    world.days(2).await;
    world.instance.housekeeping().await.unwrap();
    world.drain().await;
    assert_eq!(world.titles(&mut his).await, ["Welkom in je wijk"]);
    world.days(2).await;
    world.instance.housekeeping().await.unwrap();
    world.drain().await;
    assert_eq!(world.titles(&mut hers).await.len(), 2, "once each");
    assert_eq!(world.figure("select told from announcement where newcomers").await, 2);
    // Withdrawn, it goes to nobody any more.
    let (writer, _) = staff(&world).await;
    let id = "01935c3e-0000-7000-8000-00000000a001";
    assert_eq!(act(&world, &writer, id, "withdraw", "").await.0, 200);
    world.drain().await;
    world.days(2).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select state from announcement where newcomers").await, ["withdrawn"]);
}

async fn who_moves_in_after_an_event_is_not_told_of_it(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna]).await;
    let mut market = draft("Rommelmarkt");
    (market["newcomers"], market["begins_at"], market["ends_at"]) =
        (json!(true), json!("2027-03-02T09:00:00"), json!("2027-03-02T17:00:00"));
    sent(&world, 1, &market).await;
    world.drain().await;
    world.people(&[&anna, &luc]).await;
    let mut his = world.phone(&luc, false).await;
    world.days(2).await;
    world.instance.housekeeping().await.unwrap();
    world.drain().await;
    assert!(world.titles(&mut his).await.is_empty());
    assert_eq!(world.texts("select state from announcement").await, ["sent"]);
}

async fn a_test_goes_to_ones_own_phone_and_nobody_elses(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let (mut hers, mut his) = (world.phone(&anna, true).await, world.phone(&luc, false).await);
    let (writer, _) = staff(&world).await;
    let id = put(&world, &writer, 1, &draft("Water")).await;
    let try_it = async || world.raw("POST", &format!("/staff/v1/announcements/{id}/try"), Some(&writer), None).await;
    assert_eq!(try_it().await.1["code"], "no_trial_phone");
    let token = hers.tokens.clone().unwrap().access;
    let link = async |code: &str| world.json("PUT", "/v1/trial", Some(&token), &json!({ "code": code })).await;
    assert_eq!(link("00000000").await.1["code"], "code_invalid");
    assert_eq!(link("x").await.0, 400);
    let code = async || {
        let (_, offered) = world.raw("POST", "/staff/v1/me/trial-phone", Some(&writer), None).await;
        offered["code"].as_str().unwrap().to_owned()
    };
    let first = code().await;
    let second = code().await;
    assert_eq!(link(&first).await.1["code"], "code_invalid", "another code ended it");
    assert_eq!(link(&second).await.0, 200);
    assert_eq!(link(&second).await.1["code"], "code_invalid", "good once");
    assert_eq!(try_it().await.0, 200);
    world.drain().await;
    assert_eq!(world.titles(&mut hers).await, ["[Test] Water"]);
    assert!(world.titles(&mut his).await.is_empty());
    assert_eq!(world.texts("select state from announcement").await, ["draft"]);
    let (status, _) = world.raw("DELETE", "/v1/trial", Some(&token), None).await;
    assert_eq!((status, &try_it().await.1["code"]), (200, &json!("no_trial_phone")));
    // A code is not good for long.
    let third = code().await;
    world.at("2027-03-01 10:30");
    let mut hers = hers;
    hers.refresh().await.unwrap();
    let token = hers.tokens.clone().unwrap().access;
    let (_, late) = world.json("PUT", "/v1/trial", Some(&token), &json!({ "code": third })).await;
    assert_eq!(late["code"], "code_invalid");
}

async fn figures_say_what_became_of_it_and_never_who(world: World) {
    let tokens = citizens(&world, 30).await;
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let mut hers = world.phone(&anna, true).await;
    let (writer, _) = staff(&world).await;
    let id = sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    hers.receive_all().await;
    for token in tokens.iter().take(12) {
        let (_, inbox) = world.get("/v1/inbox", token).await;
        let of = |m: &Value| m["kind"] == "announcement";
        let message = inbox["messages"].as_array().unwrap().iter().find(|m| of(m)).unwrap();
        let path = format!("/v1/inbox/{}/read", message["id"].as_str().unwrap());
        assert_eq!(world.raw("PUT", &path, Some(token), None).await.0, 200);
    }
    world.at("2027-03-01 10:40");
    let path = format!("/staff/v1/announcements/{id}/figures");
    let (status, figures) = world.get(&path, &writer).await;
    assert_eq!(status, 200, "{figures}");
    assert_eq!((figures.get("notified"), &figures["opened"]), (None, &json!(12)), "one of 32 was not told: {figures}");
    assert!(figures.get("delivered").is_none() && figures.get("by_phone").is_none(), "one phone tells who: {figures}");
    assert_eq!((figures["without_app"].as_i64(), figures["held_back"].as_i64()), (None, Some(0)), "{figures}");
    let points = figures["over_time"].as_array().unwrap();
    assert_eq!((points.len(), &points[0]["opened"], &points[23]["opened"]), (24, &json!(12), &json!(12)), "{figures}");
    let outcome = &figures["outcomes"][0];
    assert_eq!((outcome["outcome"].as_str(), outcome.get("phones")), (Some("delivered"), None), "{figures}");
    // The same as a table; whom it was for is nowhere in it.
    let table = world.http.get(format!("{}{path}/export", world.server)).bearer_auth(&writer).send().await.unwrap();
    assert_eq!(table.headers()["content-type"], "text/csv; charset=utf-8");
    let table = table.text().await.unwrap();
    assert!(table.contains("opened;;;12\n") && table.contains("by_phone;;;-\n"), "{table}");
    assert!(!table.contains("everyone") && !table.contains("Anna"), "{table}");
    // Over time by the minute, on the town's clocks, and each of them once.
    let minutes: Vec<_> =
        table.lines().filter_map(|l| l.strip_prefix("opened;by;")?.split_once(';')).map(|m| m.0).collect();
    assert!(minutes.iter().all(|m| chrono::NaiveDateTime::parse_from_str(m, "%Y-%m-%d %H:%M").is_ok()), "{table}");
    assert!(minutes.is_sorted_by(|a, b| a < b) && minutes.last() == Some(&"2027-03-01 10:40"), "{table}");
    let (_, month) = world.get("/staff/v1/figures?month=2027-03-15", &writer).await;
    assert_eq!(
        (&month["announcements"], month.get("notified"), &month["people"]),
        (&json!(1), None, &json!(32)),
        "{month}"
    );
    let of = |m: &&Value| m["kind"] == "announcement";
    let sent_of = month["messages"].as_array().unwrap().iter().find(of).unwrap();
    assert_eq!((sent_of.get("sent"), sent_of.get("opened")), (None, None), "how many were told, once more: {month}");
    let (_, before) = world.get("/staff/v1/figures?month=2027-02-01", &writer).await;
    assert_eq!((&before["announcements"], &before["notified"]), (&json!(0), &json!(0)));
    for bad in ["march", "2027-13-01", "999999-01-01"] {
        assert_eq!(world.get(&format!("/staff/v1/figures?month={bad}"), &writer).await.1["code"], "parameter_invalid");
    }
}

async fn who_has_no_app_is_told_to_who_may_know_and_is_written_down(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[paper(&luc, "eid", "2017-06-01", "2027-06-01")]).await;
    world.phone(&anna, true).await;
    let id = sent(&world, 1, &draft("Water")).await;
    world.drain().await;
    let (writer, _) = staff(&world).await;
    let path = format!("/staff/v1/announcements/{id}/unreached");
    assert_eq!(world.get(&path, &writer).await.1["code"], "role_missing");
    let clerk = world.staff("Els", &["Loket:0207509031"]).await;
    let (status, page) = world.get(&path, &clerk).await;
    assert_eq!((status, page["people"].as_array().unwrap().len(), page.get("next")), (200, 1, None), "{page}");
    assert_eq!((&page["people"][0]["given_names"], &page["people"][0]["street"]), (&json!("Luc"), &json!("Kouter")));
    let after = format!("{path}?after={}", page["people"][0]["resident_id"].as_str().unwrap());
    assert_eq!(world.get(&after, &clerk).await.1["people"], json!([]));
    // He gets the app, and reads that he was on it.
    let phone = world.phone(&luc, false).await;
    let told: Vec<String> = phone.audit().await.unwrap().into_iter().map(|a| a.what).collect();
    assert!(told.iter().any(|t| t.contains("niet in de app kon krijgen")), "{told:?}");
}
