//! Bad input gets its problem code and changes nothing.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{World, somebody};

journeys! {
    every_bad_body_has_its_code_and_names_the_field,
    a_long_body_holds_its_place_until_it_is_answered,
    a_text_of_a_list_that_is_too_long_is_named_by_its_place,
    what_is_not_yours_does_not_exist,
    a_caller_without_a_good_token_is_told_why,
}

fn start() -> Value {
    json!({ "municipality": "deinze", "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "device_name": "x", "language": "nl" })
}

fn changed(field: &str, value: Value) -> Value {
    let mut body = start();
    body[field] = value;
    body
}

async fn every_bad_body_has_its_code_and_names_the_field(world: World) {
    let mut missing = start();
    missing.as_object_mut().unwrap().remove("language");
    for (body, field) in [
        (changed("municipality", json!(5)), "municipality"),
        (changed("municipality", json!("")), "municipality"),
        (changed("device_name", json!("x".repeat(101))), "device_name"),
        (changed("device_name", json!(["x"])), "device_name"),
        (changed("code_challenge", json!("short")), "code_challenge"),
        (changed("language", json!("la")), "language"),
        (changed("installation_id", json!("not-a-uuid")), "installation_id"),
        // The address of another host, as a browser reads it.
        (changed("go_on", json!("//evil.example")), "go_on"),
        (changed("go_on", json!("/\\evil.example/inbox")), "go_on"),
        (changed("go_on", json!("inbox")), "go_on"),
        (missing, "language"),
    ] {
        let (status, problem) = world.json("POST", "/v1/sign-in", None, &body).await;
        assert_eq!(
            (status, &problem["code"], &problem["field"]),
            (400, &json!("body_invalid"), &json!(field)),
            "{body} gave {problem}"
        );
    }
    let post = |kind: &'static str, bytes: Vec<u8>| {
        let world = &world;
        async move {
            let (status, problem) = world.raw("POST", "/v1/sign-in", None, Some((kind, bytes))).await;
            (status, problem["code"].as_str().unwrap_or_default().to_owned())
        }
    };
    let expect = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(post("application/json", b"{\"municipality\":".to_vec()).await, expect(400, "body_invalid"));
    assert_eq!(post("application/json", b"".to_vec()).await, expect(400, "body_invalid"));
    assert_eq!(post("application/json", b"[]".to_vec()).await, expect(400, "body_invalid"));
    assert_eq!(post("application/json", b"{\"municipality\":\"\xff\"}".to_vec()).await, expect(400, "body_invalid"));
    assert_eq!(post("text/plain", start().to_string().into_bytes()).await, expect(415, "media_type_unsupported"));
    assert_eq!(post("application/json", vec![b' '; 70_000]).await, expect(413, "body_too_large"));
    // Of staff who write in each language, each letter as JSON may write it, more is taken; and not for ever.
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let long =
        |letters: usize| format!(r#"{{"reasons":[{{"language":"nl","text":"{}"}}]}}"#, "\\u00e9".repeat(letters));
    for (letters, status, code) in [(20_000, 400, "body_invalid"), (100_000, 413, "body_too_large")] {
        let body = Some(("application/json", long(letters).into_bytes()));
        let (is, problem) = world.raw("POST", "/staff/v1/stranded", Some(&planner), body).await;
        assert_eq!((is, &problem["code"]), (status, &json!(code)), "{problem}");
    }
    let (status, problem) = world.json("POST", "/v1/sign-in", None, &changed("municipality", json!("atlantis"))).await;
    assert_eq!((status, &problem["code"]), (404, &json!("municipality_unknown")));
    assert_eq!(world.raw("GET", "/v1/nothing", None, None).await.1["code"], "not_found");
    assert_eq!(world.raw("PATCH", "/v1/sign-in", None, None).await.1["code"], "method_not_allowed");
    assert_eq!(world.figure("select count(*) from sign_in").await, 0);
}

async fn a_long_body_holds_its_place_until_it_is_answered(world: World) {
    let writer = world.staff("Rik", &["Redactie:0207509031"]).await;
    let audience =
        json!({ "version": 0, "name": "Kinderen", "audience": [[{ "kind": "age", "from": 3, "until": 12 }]] });
    let long = format!("{audience}{}", " ".repeat(100_000)).into_bytes();
    let path = format!("/staff/v1/audiences/{}", Uuid::from_u128(5));
    let places = &world.instance.app.limits.reading_long;
    // What it writes waits for another transaction.
    let mut w = world.instance.app.db.write().await.unwrap();
    if world.database.starts_with("postgres") {
        let hold = "lock table saved_audience in share mode";
        thuisloket::with_conn!(w, c => sqlx::query(hold).execute(c).await.map(|_| ())).unwrap();
    }
    let look = async {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        let taken = places.taken();
        w.commit().await.unwrap();
        taken
    };
    let save = world.raw("PUT", &path, Some(&writer), Some(("application/json", long.clone())));
    let ((status, saved), taken) = tokio::join!(save, look);
    assert_eq!((status, taken, places.taken()), (200, 1, 0), "{saved}");
    // What only reads takes none.
    let list = world.http.get(format!("{}/staff/v1/audiences", world.server)).bearer_auth(&writer);
    let answer = list.header("content-type", "application/json").body(long).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 413);
}

async fn a_text_of_a_list_that_is_too_long_is_named_by_its_place(world: World) {
    let (planner, _) = crate::queue::hall(&world, 1).await;
    let writer = world.staff("An", &["Redactie:0207509031"]).await;
    let said = |language: &str, title: usize, text: usize| {
        let (title, text) = ("x".repeat(title), "y".repeat(text));
        json!({ "language": language, "title": title, "text": text })
    };
    let text = |language: &str, length: usize| json!({ "language": language, "text": "x".repeat(length) });
    let draft = |texts: Value| {
        let mut body = json!({ "version": 0, "importance": "ordinary", "topic": "works", "audience": [] });
        (body["valid_until"], body["texts"]) = (json!("2027-03-20T10:00:00Z"), texts);
        body
    };
    let template = |texts: Value| {
        let mut body = draft(texts);
        body["name"] = json!("Wegenwerken");
        body
    };
    let closing = |reasons: Value| {
        let mut body = json!({ "from": "2027-03-02T08:00:00Z", "until": "2027-03-02T11:00:00Z" });
        (body["location_id"], body["reasons"]) = (json!(crate::appointments::PLACE), reasons);
        body
    };
    let mut service = crate::appointments::service();
    service["version"] = json!(1);
    service["names"] = json!([text("nl", 10), text("fr", 2001), text("en", 2001)]);
    let wrong = json!({ "language": "fr", "title": 5, "text": "x" });
    let (announcement, kind) = (Uuid::from_u128(50), Uuid::from_u128(51));
    let announcement = format!("/staff/v1/announcements/{announcement}");
    let kind = format!("/staff/v1/announcement-templates/{kind}");
    let service_path = format!("/staff/v1/services/{}", crate::appointments::SERVICE);
    for (method, path, who, body, field) in [
        ("PUT", announcement.as_str(), &writer, draft(json!([said("nl", 5, 5), said("fr", 5, 5001)])), "texts[1].text"),
        (
            "PUT",
            announcement.as_str(),
            &writer,
            draft(json!([said("nl", 121, 5), said("fr", 121, 5)])),
            "texts[0].title",
        ),
        ("PUT", kind.as_str(), &writer, template(json!([said("nl", 5, 5), said("fr", 121, 5)])), "texts[1].title"),
        // What is no text at all, of what an announcement and a template both say.
        ("PUT", announcement.as_str(), &writer, draft(json!([said("nl", 5, 5), wrong])), "texts[1].title"),
        ("PUT", kind.as_str(), &writer, template(json!([wrong])), "texts[0].title"),
        ("PUT", service_path.as_str(), &planner, service, "names[1].text"),
        ("POST", "/staff/v1/closures", &planner, closing(json!([text("nl", 9), text("fr", 2001)])), "reasons[1].text"),
        ("POST", "/staff/v1/stranded", &planner, json!({ "reasons": [text("nl", 2001)] }), "reasons[0].text"),
    ] {
        let (status, problem) = world.json(method, path, Some(who), &body).await;
        let told = (status, problem["code"].as_str(), problem["field"].as_str());
        assert_eq!(told, (400, Some("body_invalid"), Some(field)), "{path}: {problem}");
    }
}

async fn what_is_not_yours_does_not_exist(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let (mine, theirs) = (world.phone(&anna, true).await, world.phone(&luc, false).await);
    let token = mine.tokens.clone().unwrap().access;
    let other = theirs.tokens.clone().unwrap().session;
    let nobody = Uuid::from_u128(7);
    for (method, path) in [
        ("GET", format!("/v1/documents/{nobody}")),
        ("GET", format!("/v1/inbox/{nobody}")),
        ("GET", format!("/v1/inbox/{nobody}/why")),
        ("PUT", format!("/v1/inbox/{nobody}/read")),
        ("DELETE", format!("/v1/inbox/{nobody}/archive")),
        ("DELETE", format!("/v1/sessions/{other}")),
        ("DELETE", format!("/v1/devices/{}", theirs.installation)),
        ("GET", "/v1/inbox/not-an-id".to_owned()),
    ] {
        let (status, problem) = world.raw(method, &path, Some(&token), None).await;
        assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")), "{method} {path}");
    }
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("cursor=xyz", "cursor"),
        ("archived=maybe", "archived"),
    ] {
        let (status, problem) = world.get(&format!("/v1/inbox?{query}"), &token).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{query}: {problem}");
    }
    let device = json!({ "platform": "ios", "target_kind": "apns_token", "target": "ab12", "locale": "nl", "app_version": "1", "preview": "neutral" });
    for (field, value, named) in [
        ("target", json!("not hex!"), "target"),
        ("target", json!("xyz"), "target"),
        ("target_kind", json!("fcm_fid"), "target_kind"),
        ("preview", json!("everything"), "preview"),
    ] {
        let mut body = device.clone();
        body[field] = value;
        let (status, problem) = world.json("PUT", &format!("/v1/devices/{nobody}"), Some(&token), &body).await;
        assert_eq!((status, &problem["field"]), (400, &json!(named)), "{problem}");
    }
    assert_eq!(world.figure("select count(*) from device").await, 2);
}

async fn a_caller_without_a_good_token_is_told_why(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let good = phone.tokens.clone().unwrap().access;
    let cut = &good[..good.len() - 3];
    let huge = "x".repeat(5_000);
    for (token, code) in [
        (None, "token_missing"),
        (Some("nonsense"), "token_invalid"),
        (Some(cut), "token_invalid"),
        (Some(huge.as_str()), "token_invalid"),
    ] {
        let (status, problem) = world.raw("GET", "/v1/inbox", token, None).await;
        assert_eq!((status, problem["code"].as_str()), (401, Some(code)));
    }
    assert_eq!(world.get("/v1/inbox", &good).await.0, 200);
}
