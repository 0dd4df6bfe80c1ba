//! Machines: keys, and the register that comes in over HTTP.

use serde_json::{Value, json};

use crate::world::{World, many, paper, papers_csv, people_csv, somebody};

journeys! {
    a_key_is_shown_once_rotated_with_overlap_and_revoked,
    a_key_is_good_for_its_scopes_in_its_town,
    the_nightly_export_comes_in_part_by_part,
    a_sender_that_lost_its_way_goes_on_where_the_upload_is,
    a_file_that_was_cut_off_is_never_imported,
    wrong_files_say_why_and_leave_everything_as_it_was,
    why_a_file_or_a_row_was_not_taken_has_a_code,
    staff_send_the_register_in_too,
    an_upload_whose_worker_died_is_imported_by_another,
    uploads_have_their_bounds_and_their_end,
}

const BOTH: [&str; 2] = ["import_residents", "import_documents"];

async fn part(world: &World, key: &str, id: &str, offset: i64, bytes: &[u8]) -> (u16, Value) {
    let answer = world
        .http
        .patch(format!("{}/staff/v1/uploads/{id}", world.server))
        .bearer_auth(key)
        .header("upload-offset", offset)
        .header("content-type", "application/octet-stream")
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn begin(world: &World, key: &str, subject: &str, snapshot: bool) -> String {
    let body = json!({ "subject": subject, "snapshot": snapshot });
    let (status, upload) = world.json("POST", "/staff/v1/uploads", Some(key), &body).await;
    assert_eq!(status, 200, "{upload}");
    upload["id"].as_str().unwrap().to_owned()
}

/// Sends a whole file in and imports it; gives what it came to.
async fn send(world: &World, key: &str, subject: &str, snapshot: bool, text: &str) -> Value {
    let id = begin(world, key, subject, snapshot).await;
    let mut at = 0;
    for piece in text.as_bytes().chunks(100_000) {
        let (status, reached) = part(world, key, &id, at, piece).await;
        assert_eq!(status, 200, "{reached}");
        at = reached["offset"].as_i64().unwrap();
    }
    let done = json!({ "size": text.len() });
    let path = format!("/staff/v1/uploads/{id}");
    let (status, upload) = world.json("POST", &format!("{path}/complete"), Some(key), &done).await;
    assert_eq!((status, &upload["state"]), (200, &json!("waiting")), "{upload}");
    world.drain().await;
    world.get(&path, key).await.1
}

async fn report(world: &World, key: &str, upload: &Value) -> String {
    let url = format!("{}/staff/v1/uploads/{}/report", world.server, upload["id"].as_str().unwrap());
    let answer = world.http.get(url).bearer_auth(key).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    answer.text().await.unwrap()
}

async fn a_key_is_shown_once_rotated_with_overlap_and_revoked(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (id, key) = world.key(&chief, &BOTH).await;
    assert!(key.starts_with("thuisloket_") && key.len() > 50);
    assert!(!world.texts("select key_hash from machine_key").await[0].contains(&key[11..]));
    let (_, listed) = world.get("/staff/v1/keys", &chief).await;
    assert!(!listed.to_string().contains(&key[11..]), "{listed}");
    assert_eq!((&listed[0]["made_by"], listed[0].get("last_used_at")), (&json!("Chef"), None));
    let works = |key: String| {
        let world = &world;
        async move {
            let (status, answer) = world.get("/staff/v1/uploads", &key).await;
            if status == 200 { "good".to_owned() } else { answer["code"].as_str().unwrap().to_owned() }
        }
    };
    assert_eq!(works(key.clone()).await, "good");
    let (_, listed) = world.get("/staff/v1/keys", &chief).await;
    let used: chrono::DateTime<chrono::Utc> = listed[0]["last_used_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(used, world.now());
    // Rotated: both are good for a while, then the new one only; and an old one gives no third.
    let rotate = format!("/staff/v1/keys/{id}/rotate");
    let (status, new) = world.raw("POST", &rotate, Some(&chief), None).await;
    assert_eq!(status, 200, "{new}");
    let new_key = new["key"].as_str().unwrap().to_owned();
    assert_eq!((works(key.clone()).await, works(new_key.clone()).await), ("good".into(), "good".into()));
    assert_eq!(world.raw("POST", &rotate, Some(&chief), None).await.0, 404);
    world.at("2027-03-04 10:01");
    assert_eq!((works(key.clone()).await, works(new_key.clone()).await), ("key_invalid".into(), "good".into()));
    // Revoked, at once, and with it the last way in.
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let path = format!("/staff/v1/keys/{}", new["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&chief), None).await.0, 200);
    assert_eq!(works(new_key).await, "key_invalid");
    assert_eq!(world.raw("DELETE", &path, Some(&chief), None).await.0, 200, "the same again");
    // Past its end.
    let (_, key) = world.key(&chief, &BOTH).await;
    world.at("2027-04-03 11:00");
    assert_eq!(works(key.clone()).await, "good");
    world.at("2027-04-03 11:02");
    assert_eq!(works(key).await, "key_invalid");
    for (wish, field) in [
        (json!({ "name": "", "scopes": BOTH, "days": 3 }), "name"),
        (json!({ "name": "x", "scopes": [], "days": 3 }), "scopes"),
        (json!({ "name": "x", "scopes": ["everything"], "days": 3 }), "scopes[0]"),
        (json!({ "name": "x", "scopes": BOTH, "days": 0 }), "days"),
        (json!({ "name": "x", "scopes": BOTH, "days": 401 }), "days"),
    ] {
        let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
        let (status, problem) = world.json("POST", "/staff/v1/keys", Some(&chief), &wish).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{problem}");
    }
    let acts = world.texts("select act from audit_entry order by act").await;
    assert_eq!(acts, ["key_made", "key_made", "key_revoked", "key_rotated"]);
}

async fn a_key_is_good_for_its_scopes_in_its_town(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let other = world.staff("Baas", &["Beheer:0207500000"]).await;
    let (id, papers) = world.key(&chief, &BOTH[1..]).await;
    let (_, theirs) = world.key(&other, &BOTH).await;
    let body = json!({ "subject": "residents", "snapshot": false });
    let (status, problem) = world.json("POST", "/staff/v1/uploads", Some(&papers), &body).await;
    assert_eq!((status, &problem["code"]), (403, &json!("scope_missing")));
    let (_, all) = world.key(&chief, &BOTH).await;
    let upload = begin(&world, &all, "residents", false).await;
    let path = format!("/staff/v1/uploads/{upload}");
    assert_eq!(world.get(&path, &papers).await.1["code"], "scope_missing");
    assert_eq!(world.get("/staff/v1/uploads", &papers).await.1, json!([]));
    // Another town's: not there.
    for method in ["GET", "DELETE"] {
        assert_eq!(world.raw(method, &path, Some(&theirs), None).await.0, 404);
    }
    assert_eq!(part(&world, &theirs, &upload, 0, b"x").await.0, 404);
    assert_eq!(world.raw("DELETE", &format!("/staff/v1/keys/{id}"), Some(&other), None).await.0, 404);
    // A key opens nothing that is for people.
    for path in ["/staff/v1/me", "/staff/v1/keys", "/staff/v1/audit", "/v1/inbox"] {
        assert_eq!(world.get(path, &all).await.0, 401, "{path}");
    }
}

async fn the_nightly_export_comes_in_part_by_part(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let people = many(2_000);
    let csv = people_csv(&people.iter().collect::<Vec<_>>()) + "wrong;row\n";
    let done = send(&world, &key, "residents", true, &csv).await;
    assert_eq!(done["state"], "imported", "{done}");
    let figures = ["rows", "added", "changed", "unchanged", "wrong", "retired"].map(|f| done[f].as_i64().unwrap());
    assert_eq!(figures, [2_001, 2_000, 0, 0, 1, 0]);
    assert_eq!(done["bytes_read"], json!(csv.len()));
    let found = report(&world, &key, &done).await;
    assert!(found.starts_with("line;column;reason;code\n2002;;the row has 2 fields"), "{found}");
    // The same again changes nothing; documents by the same way; and phones hear of it.
    let again = send(&world, &key, "residents", true, &csv).await;
    assert_eq!((&again["unchanged"], &again["added"]), (&json!(2_000), &json!(0)));
    let anna = &people[1_000];
    let phone = world.phone(anna, true).await;
    let papers =
        send(&world, &key, "documents", false, &papers_csv(&[paper(anna, "eid", "2017-03-02", "2027-03-05")])).await;
    assert_eq!((&papers["added"], &papers["failure"]), (&json!(1), &Value::Null), "{papers}");
    world.days(2).await;
    assert_eq!(phone.documents().await.unwrap_err().code(), "token_expired");
    assert_eq!(world.figure("select count(*) from message where kind = 'document_reminder'").await, 1);
    // What came in is forgotten, what it came to is kept; and it is written down who sent it.
    assert_eq!(world.figure("select count(*) from upload_part where kind = 'file'").await, 0);
    let (_, listed) = world.get("/staff/v1/uploads", &key).await;
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let sent = world.texts("select actor_kind || ' ' || actor_name || ' ' || act from audit_entry where actor_kind = 'machine' order by at, id").await;
    assert_eq!(sent.iter().filter(|s| s.ends_with("register_sent")).count(), 3, "{sent:?}");
    assert!(sent.contains(&"machine nachtelijke uitvoer report_read".to_owned()));
}

async fn a_sender_that_lost_its_way_goes_on_where_the_upload_is(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    // As many as were born on a day of their own until now.
    let people = many(35_000);
    let csv = people_csv(&people.iter().collect::<Vec<_>>()).replace("Zonnebloem", "Van Zonnebloemenveld-Akkermans");
    assert!(csv.len() > 3 << 20, "more than three pieces: {}", csv.len());
    // Begun twice under one key, it is one.
    let body = json!({ "subject": "residents", "snapshot": false }).to_string();
    let start = || {
        let request = world.http.post(format!("{}/staff/v1/uploads", world.server)).bearer_auth(&key);
        request
            .header("idempotency-key", "night-2027-03-01")
            .header("content-type", "application/json")
            .body(body.clone())
    };
    let first: Value = start().send().await.unwrap().json().await.unwrap();
    let second: Value = start().send().await.unwrap().json().await.unwrap();
    assert_eq!(first["id"], second["id"]);
    let id = first["id"].as_str().unwrap();
    // The connection breaks in the middle of a part: what came is kept.
    let bytes = csv.clone().into_bytes();
    let (some, rest) = bytes.split_at(2_500_000);
    let broken = futures_util::stream::iter(
        some.chunks(64 * 1024)
            .map(|c| Ok::<_, std::io::Error>(bytes::Bytes::copy_from_slice(c)))
            .chain([Err(std::io::Error::other("cut"))])
            .collect::<Vec<_>>(),
    );
    let url = format!("{}/staff/v1/uploads/{id}", world.server);
    let request = world.http.patch(&url).bearer_auth(&key).header("upload-offset", 0);
    let request = request.header("content-type", "application/octet-stream").body(reqwest::Body::wrap_stream(broken));
    assert!(request.send().await.is_err());
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    let (mut reached, mut before) = (0, -1);
    // Until it stands still.
    while reached < 2 << 20 || reached != before {
        assert!(std::time::Instant::now() < until, "{reached}");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        before = reached;
        reached = world.get(&format!("/staff/v1/uploads/{id}"), &key).await.1["offset"].as_i64().unwrap();
    }
    // From the wrong place: refused, and told where it is.
    for wrong in [0, reached + 1, i64::MAX] {
        let (status, problem) = part(&world, &key, id, wrong, b"x").await;
        assert_eq!((status, &problem["code"], &problem["offset"]), (409, &json!("upload_offset"), &json!(reached)));
    }
    // Two go on at once: one does, the other is told.
    let on = &bytes[usize::try_from(reached).unwrap()..];
    let (a, b) = tokio::join!(part(&world, &key, id, reached, on), part(&world, &key, id, reached, on));
    let mut statuses = [a.0, b.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{a:?} {b:?}");
    assert!(!rest.is_empty());
    let done = json!({ "size": bytes.len() });
    let complete = format!("/staff/v1/uploads/{id}/complete");
    assert_eq!(world.json("POST", &complete, Some(&key), &done).await.0, 200);
    world.drain().await;
    let (_, done) = world.get(&format!("/staff/v1/uploads/{id}"), &key).await;
    assert_eq!((&done["added"], &done["wrong"], &done["state"]), (&json!(35_000), &json!(0), &json!("imported")));
}

async fn a_file_that_was_cut_off_is_never_imported(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let csv = people_csv(&[&somebody("Anna", "1985-05-05")]);
    let id = begin(&world, &key, "residents", true).await;
    part(&world, &key, &id, 0, &csv.as_bytes()[..csv.len() - 20]).await;
    let complete = format!("/staff/v1/uploads/{id}/complete");
    let (status, problem) = world.json("POST", &complete, Some(&key), &json!({ "size": csv.len() })).await;
    assert_eq!((status, &problem["offset"]), (409, &json!(csv.len() - 20)));
    world.drain().await;
    assert_eq!(world.figure("select count(*) from resident").await, 0);
    // The rest follows, and only then.
    part(&world, &key, &id, i64::try_from(csv.len()).unwrap() - 20, &csv.as_bytes()[csv.len() - 20..]).await;
    assert_eq!(world.json("POST", &complete, Some(&key), &json!({ "size": csv.len() })).await.0, 200);
    assert_eq!(part(&world, &key, &id, 0, b"x").await.1["code"], "upload_closed");
    assert_eq!(
        world.json("POST", &complete, Some(&key), &json!({ "size": csv.len() })).await.1["code"],
        "upload_closed"
    );
    world.drain().await;
    assert_eq!(world.figure("select count(*) from resident").await, 1);
    // Nothing at all is no file.
    let id = begin(&world, &key, "residents", true).await;
    let complete = format!("/staff/v1/uploads/{id}/complete");
    assert_eq!(world.json("POST", &complete, Some(&key), &json!({ "size": 0 })).await.1["field"], "size");
    let report = format!("/staff/v1/uploads/{id}/report");
    assert_eq!(world.get(&report, &key).await.1["code"], "upload_not_finished");
    assert_eq!(world.raw("DELETE", &format!("/staff/v1/uploads/{id}"), Some(&key), None).await.0, 200);
    assert_eq!(
        world.raw("DELETE", &format!("/staff/v1/uploads/{id}"), Some(&key), None).await.0,
        200,
        "the same again"
    );
    assert_eq!(world.json("POST", &complete, Some(&key), &json!({ "size": 1 })).await.1["code"], "upload_closed");
}

async fn wrong_files_say_why_and_leave_everything_as_it_was(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let people = many(100);
    send(&world, &key, "residents", true, &people_csv(&people.iter().collect::<Vec<_>>())).await;
    for (text, why) in [
        ("name;age\nAnna;41\n", "a column \"name\" that is not known"),
        ("national_number;family_name\n", "lacks the columns given_names"),
        ("\u{0}\u{1}\u{2}\u{ff}", "not known"),
        ("\n", "the file is empty"),
    ] {
        let done = send(&world, &key, "residents", true, text).await;
        assert_eq!(done["state"], "failed", "{done}");
        assert!(done["failure"].as_str().unwrap().contains(why), "{done}");
    }
    // Half a town is missing from a snapshot: refused, by the same rule as the command's.
    let half = people_csv(&people.iter().take(50).collect::<Vec<_>>());
    let done = send(&world, &key, "residents", true, &half).await;
    assert!(done["failure"].as_str().unwrap().contains("would retire 50 of 100"), "{done}");
    assert_eq!(world.figure("select count(*) from resident where state = 'active'").await, 100);
    let body = json!({ "subject": "cats", "snapshot": true });
    assert_eq!(world.json("POST", "/staff/v1/uploads", Some(&key), &body).await.1["field"], "subject");
    let id = begin(&world, &key, "residents", false).await;
    for (header, field) in [("-1", "Upload-Offset"), ("x", "Upload-Offset"), ("", "Upload-Offset")] {
        let request = world.http.patch(format!("{}/staff/v1/uploads/{id}", world.server)).bearer_auth(&key);
        let request = request.header("upload-offset", header).header("content-type", "application/octet-stream");
        let problem: Value = request.body("x").send().await.unwrap().json().await.unwrap();
        assert_eq!((&problem["code"], &problem["field"]), (&json!("parameter_invalid"), &json!(field)), "{header:?}");
    }
    // Whatever a client calls the bytes, they are bytes.
    let request = world.http.patch(format!("{}/staff/v1/uploads/{id}", world.server)).bearer_auth(&key);
    let request = request.header("upload-offset", 0).header("content-type", "text/csv").body("x");
    assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
}

async fn staff_send_the_register_in_too(world: World) {
    let clerk = world.staff("Rik", &["Register:0207509031"]).await;
    let done = send(&world, &clerk, "residents", false, &people_csv(&[&somebody("Anna", "1985-05-05")])).await;
    assert_eq!((&done["added"], &done["sent_by"]), (&json!(1), &json!("Rik")));
    assert_eq!(report(&world, &clerk, &done).await, "line;column;reason;code\n");
    let other = world.staff("Els", &["Loket:0207509031"]).await;
    assert_eq!(world.get("/staff/v1/uploads", &other).await.1["code"], "role_missing");
}

async fn an_upload_whose_worker_died_is_imported_by_another(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let csv = people_csv(&[&somebody("Anna", "1985-05-05")]);
    let id = begin(&world, &key, "residents", false).await;
    part(&world, &key, &id, 0, csv.as_bytes()).await;
    let done = json!({ "size": csv.len() });
    world.json("POST", &format!("/staff/v1/uploads/{id}/complete"), Some(&key), &done).await;
    // As a worker leaves it that was killed.
    let mut w = world.instance.app.db.write().await.unwrap();
    let sql = "update upload set state = 'importing', holder_id = id, held_until = $1";
    let until = world.now() + chrono::Duration::seconds(60);
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(until).execute(c).await.map(|_| ())).unwrap();
    w.commit().await.unwrap();
    world.drain().await;
    let path = format!("/staff/v1/uploads/{id}");
    assert_eq!(world.get(&path, &key).await.1["state"], "importing", "it may still be at it");
    world.clock.advance(chrono::Duration::seconds(61));
    world.drain().await;
    let (_, done) = world.get(&path, &key).await;
    assert_eq!((&done["state"], &done["added"]), (&json!("imported"), &json!(1)));
}

async fn uploads_have_their_bounds_and_their_end(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    for _ in 0..10 {
        begin(&world, &key, "residents", false).await;
    }
    let body = json!({ "subject": "residents", "snapshot": false });
    let (status, problem) = world.json("POST", "/staff/v1/uploads", Some(&key), &body).await;
    assert_eq!((status, &problem["code"]), (409, &json!("upload_limit")));
    let (_, listed) = world.get("/staff/v1/uploads", &key).await;
    let id = listed[0]["id"].as_str().unwrap();
    part(&world, &key, id, 0, &vec![b'x'; 3 << 20]).await;
    assert_eq!(world.figure("select count(*) from upload_part").await, 3);
    world.at("2027-03-09 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from upload").await, 0, "nobody came back for a week");
    assert_eq!(world.figure("select count(*) from upload_part").await, 0);
}

/// More than is allowed is refused while it comes in, and not kept.
#[tokio::test]
async fn an_upload_over_its_bound_is_refused() {
    let more = "[import]\nupload_bytes = 2000000";
    let Some(world) = World::start_with(crate::world::Engine::Sqlite, more).await else { return };
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let id = begin(&world, &key, "residents", false).await;
    let (status, problem) = part(&world, &key, &id, 0, &vec![b'x'; 3_000_000]).await;
    assert_eq!((status, &problem["code"]), (413, &json!("body_too_large")));
    assert_eq!(world.figure("select max(received) from upload").await, 1 << 20);
}

/// A page that speaks Dutch says it in Dutch: by the code, and of how many.
async fn why_a_file_or_a_row_was_not_taken_has_a_code(world: World) {
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &BOTH).await;
    let people = many(100);
    let whole = people_csv(&people.iter().collect::<Vec<_>>());
    let done = send(&world, &key, "residents", true, &whole).await;
    assert_eq!(
        (&done["state"], done.get("failure_code"), done.get("failure_numbers")),
        (&json!("imported"), None, None)
    );
    let half = people_csv(&people.iter().take(50).collect::<Vec<_>>());
    for (text, code, numbers) in [
        (half.as_str(), "would_retire", json!([50, 100])),
        ("name;age\nAnna;41\n", "columns_missing", json!([])),
        ("\n", "file_empty", json!([])),
        ("PK\u{3}\u{4} as a workbook begins", "no_text", json!([])),
        (&whole[..whole.len() - 20], "cut_off", json!([])),
    ] {
        let done = send(&world, &key, "residents", true, text).await;
        assert_eq!((&done["failure_code"], &done["failure_numbers"]), (&json!(code), &numbers), "{done}");
        assert!(done["failure"].is_string(), "the words stay: {done}");
    }
    let (header, row) =
        people_csv(&[&people[0]]).trim_end().split_once('\n').map(|(h, r)| (h.to_owned(), r.to_owned())).unwrap();
    let number = people[0].number.as_str();
    let wrong = [row.replace(number, "85050599901"), row.replace(number, ""), row.replace(";nl;", ";xx;")].join("\n");
    let done = send(&world, &key, "residents", false, &format!("{header}\n{wrong}\n{row}\n")).await;
    let told = report(&world, &key, &done).await;
    let codes: Vec<_> = told.lines().skip(1).take(3).map(|l| l.rsplit(';').next().unwrap()).collect();
    assert_eq!(codes, ["number_check", "empty", "language_unknown"], "{told}");
}
