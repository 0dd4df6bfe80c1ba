//! Staff: sign-in in a browser and with a tool, roles, and what is written down about what they do.

use reqwest::Method;
use serde_json::{Value, json};
use thuisloket_mobile_contract::{
    oidc::Fault,
    staff_client::{Code, StaffClient},
};

use crate::world::{Browser, World, paper, people_csv, somebody};

journeys! {
    staff_sign_in_with_a_browser_and_sign_out,
    a_sign_in_that_another_browser_began_is_refused,
    a_link_to_a_town_that_is_not_here_says_so,
    a_page_of_another_site_changes_nothing,
    a_tool_signs_in_and_its_code_is_good_once,
    roles_count_where_they_were_given,
    a_role_taken_away_is_gone_at_the_next_request,
    a_session_of_staff_has_its_end,
    whoever_looks_at_a_citizen_is_written_down_and_she_reads_it,
    the_counter_signs_a_lost_phone_out,
    bad_questions_at_the_counter_are_told_what_is_wrong,
}

const DEINZE: &str = "Loket:0207509031";

fn at(world: &World, path: &str) -> reqwest::Url {
    format!("{}{path}", world.server).parse().unwrap()
}

/// A browser in which a member of staff has signed in, as a person would: the start, the provider's page, and back.
async fn signed_in(world: &World, name: &str) -> (Browser, u16, String) {
    let mut browser = Browser::default();
    let start = browser.send(Method::GET, at(world, "/staff/sign-in"), &[], None).await;
    let provider = start.headers()["location"].to_str().unwrap().to_owned();
    let (status, page) = browser.go(&format!("{provider}&as={name}")).await.unwrap();
    (browser, status, page)
}

async fn staff_sign_in_with_a_browser_and_sign_out(world: World) {
    let mut browser = Browser::default();
    let (_, page) = browser.go(&format!("{}/staff", world.server)).await.unwrap();
    assert!(page.contains("Aanmelden voor Deinze") && page.contains("/staff/sign-in?municipality=deinze"), "{page}");
    world.employ("Els <b>Peeters</b>", &[DEINZE]);
    let start = browser.send(Method::GET, at(&world, "/staff/sign-in"), &[], None).await;
    let set = start.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["__Host-staff-sign-in=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=900"] {
        assert!(set.contains(part), "{part}: {set}");
    }
    let provider = start.headers()["location"].to_str().unwrap().to_owned();
    let (status, page) = browser.go(&format!("{provider}&as=Els <b>Peeters</b>")).await.unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("/staff/console/console.js"), "{page}");
    assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), ["__Host-staff"], "the first cookie is gone");
    assert!(world.stubs.staff.hints()[0].starts_with("eyJjYXBfaGludCI6IkxCIn0"), "an employee is asked for");
    // The API knows the cookie.
    let me: Value = browser.send(Method::GET, at(&world, "/staff/v1/me"), &[], None).await.json().await.unwrap();
    assert_eq!((&me["municipality"], &me["workplaces"][0]["roles"]), (&json!("deinze"), &json!(["counter"])));
    assert_eq!(me["name"], "Els <b>Peeters</b>");
    // Nobody else can read the secret in the database.
    let secret = browser.cookies["__Host-staff"].clone();
    assert!(!world.texts("select token_hash from staff_session").await.contains(&secret));
    // Signed out, the cookie is worth nothing any more, wherever it was copied to.
    let origin = [("origin", world.server.as_str())];
    let copied = browser.cookies.clone();
    let sessions: Value =
        browser.send(Method::GET, at(&world, "/staff/v1/sessions"), &[], None).await.json().await.unwrap();
    let mine = format!("/staff/v1/sessions/{}", sessions[0]["id"].as_str().unwrap());
    let out = browser.send(Method::DELETE, at(&world, &mine), &origin, None).await;
    assert_eq!(out.status().as_u16(), 200);
    let (_, page) = browser.go(&format!("{}/staff", world.server)).await.unwrap();
    assert!(page.contains("Aanmelden voor Deinze") && browser.cookies.is_empty(), "{page}");
    browser.cookies = copied;
    let ended = browser.send(Method::GET, at(&world, "/staff/v1/me"), &[], None).await;
    assert_eq!(ended.status().as_u16(), 401);
    assert_eq!(ended.json::<Value>().await.unwrap()["code"], "session_ended");
}

async fn a_sign_in_that_another_browser_began_is_refused(world: World) {
    world.employ("Els", &[DEINZE]);
    let (mut evil, mut els) = (Browser::default(), Browser::default());
    let start = evil.send(Method::GET, at(&world, "/staff/sign-in"), &[], None).await;
    let provider = start.headers()["location"].to_str().unwrap().to_owned();
    // Lured to the other's page, she signs in there: her browser did not begin this.
    let (_, page) = els.go(&format!("{provider}&as=Els")).await.unwrap();
    assert!(page.contains("je begon in een andere browser"), "{page}");
    assert!(els.cookies.is_empty());
    // Nor does another start of her own help.
    els.send(Method::GET, at(&world, "/staff/sign-in"), &[], None).await;
    let start = evil.send(Method::GET, at(&world, "/staff/sign-in"), &[], None).await;
    let provider = start.headers()["location"].to_str().unwrap().to_owned();
    els.go(&format!("{provider}&as=Els")).await.unwrap();
    assert!(!els.cookies.contains_key("__Host-staff"));
    assert_eq!(world.figure("select count(*) from staff_session").await, 0);
    // A state that nobody began, one that is over, and a provider that lies.
    for path in ["/staff/sign-in/callback?state=x&code=y", "/staff/sign-in/callback"] {
        let (_, page) = els.go(&format!("{}{path}", world.server)).await.unwrap();
        assert!(page.contains("Je bent niet aangemeld"), "{page}");
    }
    for fault in [Fault::Nonce, Fault::Signature, Fault::Audience, Fault::Unsigned, Fault::Expired] {
        world.stubs.staff.fault(Some(fault));
        let (_, _, page) = signed_in(&world, "Els").await;
        assert!(page.contains("Aanmelden lukt nu niet"), "{fault:?}: {page}");
    }
    world.stubs.staff.fault(Some(Fault::Down));
    let (_, status, _) = signed_in(&world, "Els").await;
    assert_eq!(status, 503, "the provider's own page");
    assert_eq!(world.figure("select count(*) from staff_session").await, 0);
}

async fn a_link_to_a_town_that_is_not_here_says_so(world: World) {
    let go = async |path: &str, language: &str| {
        let request =
            world.http.get(at(&world, path)).header("accept", "text/html").header("accept-language", language);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, page) = go("/staff/sign-in?municipality=nope", "nl").await;
    assert_eq!(status, 404);
    assert!(page.contains("Die gemeente vinden we hier niet") && page.contains("href=\"/staff\""), "{page}");
    let (_, page) = go("/staff/sign-in?municipality=nope", "fr-BE").await;
    assert!(page.contains("lang=\"fr\"") && page.contains("Nous ne trouvons pas cette commune ici"), "{page}");
    // A provider that is down is another matter.
    world.stubs.staff.fault(Some(Fault::Down));
    let (_, page) = go("/staff/sign-in?municipality=deinze", "nl").await;
    assert!(page.contains("Aanmelden lukt nu niet"), "{page}");
}

async fn a_page_of_another_site_changes_nothing(world: World) {
    world.employ("Els", &[DEINZE, "Loket:0207500000"]);
    let (mut els, _, _) = signed_in(&world, "Els").await;
    let choose = at(&world, "/staff/v1/me/municipality");
    for headers in [
        vec![],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("sec-fetch-site", "cross-site"), ("origin", world.server.as_str())],
        vec![("sec-fetch-site", "same-site")],
    ] {
        let answer = els.send(Method::PUT, choose.clone(), &headers, Some(r#"{"municipality":"deinze"}"#)).await;
        assert_eq!(answer.status().as_u16(), 403, "{headers:?}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "cross_site");
        let api =
            els.send(Method::DELETE, at(&world, "/staff/v1/keys/00000000-0000-7000-8000-000000000001"), &headers, None);
        assert_eq!(api.await.status().as_u16(), 403);
        let out = els.send(
            Method::DELETE,
            at(&world, "/staff/v1/sessions/00000000-0000-7000-8000-000000000001"),
            &headers,
            None,
        );
        assert_eq!(out.await.status().as_u16(), 403, "nor signs her out");
    }
    // Some reads are noted in a citizen's audit trail: a link on another page must not cause that in a colleague's name.
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("none", 200), ("same-origin", 200)] {
        let answer = els.send(Method::GET, at(&world, "/staff/v1/me"), &[("sec-fetch-site", site)], None).await;
        assert_eq!(answer.status().as_u16(), status, "{site}");
    }
    for headers in [
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
    ] {
        let answer = els.send(Method::GET, at(&world, "/staff/v1/me"), &headers, None).await;
        assert_eq!(answer.status().as_u16(), 403, "{headers:?}");
    }
    // The page itself may be gone to from the town's own intranet.
    let page = els.send(Method::GET, at(&world, "/staff"), &[("sec-fetch-site", "cross-site")], None).await;
    assert_eq!(page.headers()["location"], "/staff/console/");
    for headers in [vec![("origin", world.server.as_str())], vec![("sec-fetch-site", "same-origin")]] {
        let answer = els.send(Method::PUT, choose.clone(), &headers, Some(r#"{"municipality":"gavere"}"#)).await;
        assert_eq!(answer.status().as_u16(), 200);
    }
    let me: Value = els.send(Method::GET, at(&world, "/staff/v1/me"), &[], None).await.json().await.unwrap();
    assert_eq!(me["municipality"], "gavere");
    // A town she does not work for, or that is none.
    for key in ["zulte", "x'or'1"] {
        let origin = [("origin", world.server.as_str())];
        let answer =
            els.send(Method::PUT, choose.clone(), &origin, Some(&json!({ "municipality": key }).to_string())).await;
        assert_eq!(answer.status().as_u16(), 404);
    }
}

async fn a_tool_signs_in_and_its_code_is_good_once(world: World) {
    world.employ("Els", &[DEINZE]);
    let trade = |code: &str, verifier: &str| json!({ "code": code, "code_verifier": verifier });
    let Code { code, verifier } = StaffClient::code(&world.server, "Els").await.unwrap().unwrap();
    let wrong = world.json("POST", "/staff/v1/sessions", None, &trade(&code, &"x".repeat(43))).await;
    assert_eq!(wrong.1["code"], "verifier_invalid");
    assert_eq!(
        world.json("POST", "/staff/v1/sessions", None, &trade(&code, &verifier)).await.1["code"],
        "code_invalid"
    );
    let Code { code, verifier } = StaffClient::code(&world.server, "Els").await.unwrap().unwrap();
    let (status, session) = world.json("POST", "/staff/v1/sessions", None, &trade(&code, &verifier)).await;
    assert_eq!(status, 200);
    let token = session["token"].as_str().unwrap();
    let (_, me) = world.get("/staff/v1/me", token).await;
    assert_eq!((&me["name"], &me["municipality"]), (&json!("Els"), &json!("deinze")));
    // A code that comes back ends the session it gave.
    assert_eq!(
        world.json("POST", "/staff/v1/sessions", None, &trade(&code, &verifier)).await.1["code"],
        "code_invalid"
    );
    assert_eq!(world.get("/staff/v1/me", token).await.1["code"], "session_ended");
    // What never was the token of a session has not ended: a random text, one that is cut, a key, of others.
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &["check_in"]).await;
    for strange in ["nonsense", &token[1..], &key] {
        let (status, problem) = world.get("/staff/v1/me", strange).await;
        assert_eq!((status, &problem["code"]), (401, &json!("token_invalid")), "{problem}");
    }
    // Too late.
    let Code { code, verifier } = StaffClient::code(&world.server, "Els").await.unwrap().unwrap();
    world.at("2027-03-01 10:03");
    assert_eq!(
        world.json("POST", "/staff/v1/sessions", None, &trade(&code, &verifier)).await.1["code"],
        "code_invalid"
    );
    // The code goes to this machine and nowhere else.
    for address in
        ["https://evil.example/", "http://localhost:1/", "javascript:alert(1)", "http://127.0.0.1@evil.example/"]
    {
        let body = json!({ "code_challenge": "x".repeat(43), "redirect_uri": address });
        let (status, problem) = world.json("POST", "/staff/v1/sign-in", None, &body).await;
        assert_eq!((status, &problem["field"]), (400, &json!("redirect_uri")), "{address}");
    }
    // Neither a citizen's token nor a key is a session of staff, nor the other way round.
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let citizens = world.phone(&anna, true).await.tokens.unwrap().access;
    let token = world.staff("Els", &[DEINZE, "Beheer:0207509031"]).await;
    let (_, key) = world.key(&token, &["import_residents"]).await;
    for stranger in [citizens.as_str(), key.as_str(), "x", "", "Bearer"] {
        let (status, problem) = world.get("/staff/v1/me", stranger).await;
        assert_eq!(status, 401, "{problem}");
    }
    for stranger in [token.as_str(), key.as_str()] {
        assert_eq!(world.get("/v1/inbox", stranger).await.1["code"], "token_invalid");
    }
}

async fn roles_count_where_they_were_given(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let els = somebody("Els", "1970-07-07");
    world.residents_file("gavere", people_csv(&[&els]), false).await.unwrap();
    // Nobody without a role, nor with one that is not mapped, nor in a town that is not served.
    for roles in [&[][..], &["Koning:0207509031"], &["Loket:9999999999"], &["Loket"]] {
        world.employ("Niemand", roles);
        let (browser, _, page) = signed_in(&world, "Niemand").await;
        assert!(page.contains("Je hebt hier geen rol") && browser.cookies.len() <= 1, "{roles:?} {page}");
    }
    // Nor somebody whom the provider knows as a citizen only.
    world.stubs.staff.person("Burger", json!({ "vo_doelgroepcode": "BUR", "thuisloket_rol_3d": [DEINZE] }));
    let (_, _, page) = signed_in(&world, "Burger").await;
    assert!(page.contains("Je hebt hier geen rol"), "{page}");
    assert_eq!(world.figure("select count(*) from staff_session").await, 0);

    let question = json!({ "national_number": anna.number, "reason": "visit" });
    let find = |token: String, question: Value| {
        let world = &world;
        async move { world.json("POST", "/staff/v1/residents/search", Some(&token), &question).await }
    };
    // One town: she acts for it from the start. Another role than the operation's: refused.
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let (status, problem) = find(planner, question.clone()).await;
    assert_eq!((status, &problem["code"]), (403, &json!("role_missing")));
    // Two towns: she says for which, and sees the one and never the other.
    let both = world.staff("Els", &[DEINZE, "Loket:0207500000", "Toezicht:0207500000"]).await;
    assert_eq!(find(both.clone(), question.clone()).await.1["code"], "municipality_not_chosen");
    let choose = json!({ "municipality": "deinze" });
    assert_eq!(world.json("PUT", "/staff/v1/me/municipality", Some(&both), &choose).await.0, 200);
    assert_eq!(find(both.clone(), question.clone()).await.1[0]["given_names"], "Anna");
    let theirs = json!({ "national_number": els.number, "reason": "visit" });
    assert_eq!(find(both.clone(), theirs.clone()).await, (200, json!([])));
    assert_eq!(world.get("/staff/v1/audit", &both).await.1["code"], "role_missing", "that role is of the other town");
    world.json("PUT", "/staff/v1/me/municipality", Some(&both), &json!({ "municipality": "gavere" })).await;
    assert_eq!(find(both.clone(), theirs).await.1[0]["given_names"], "Els");
    assert_eq!(find(both.clone(), question).await, (200, json!([])));
    assert_eq!(world.get("/staff/v1/audit", &both).await.0, 200);
    let nowhere = json!({ "municipality": "zulte" });
    assert_eq!(
        world.json("PUT", "/staff/v1/me/municipality", Some(&both), &nowhere).await.1["code"],
        "municipality_unknown"
    );
}

async fn a_role_taken_away_is_gone_at_the_next_request(world: World) {
    let els = world.staff("Els", &[DEINZE]).await;
    let chief = world.staff("Chef", &["Beheer:0207509031"]).await;
    let question = json!({ "family_name": "Z", "birth_date": "1985-05-05", "reason": "visit" });
    let find = || world.json("POST", "/staff/v1/residents/search", Some(&els), &question);
    assert_eq!(find().await.0, 200);
    // By the town's administrator.
    let (_, members) = world.get("/staff/v1/members", &chief).await;
    let id = |name: &str| {
        let all = members.as_array().unwrap();
        all.iter().find(|m| m["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let role = format!("/staff/v1/members/{}/roles/counter", id("Els"));
    assert_eq!(world.raw("DELETE", &role, Some(&chief), None).await.0, 200);
    assert_eq!(find().await.1["code"], "municipality_not_chosen", "no role is left anywhere");
    assert_eq!(world.raw("DELETE", &role, Some(&chief), None).await.0, 200, "the same again");
    // Signing in again does not bring it back; giving it back does.
    assert!(!world.lets_in("Els", &[DEINZE]).await, "no role, no session");
    assert_eq!(world.raw("PUT", &role, Some(&chief), None).await.0, 200);
    assert_eq!(find().await.0, 200);
    // By the provider, at the next sign-in, on this session too.
    world.staff("Els", &["Planner:0207509031"]).await;
    assert_eq!(find().await.1["code"], "role_missing");
    // Nobody takes their own, a role that never was, or one of somebody elsewhere.
    let own = format!("/staff/v1/members/{}/roles/administer", id("Chef"));
    assert_eq!(world.raw("DELETE", &own, Some(&chief), None).await.1["code"], "own_role");
    for path in [
        format!("/staff/v1/members/{}/roles/audit", id("Els")),
        "/staff/v1/members/00000000-0000-7000-8000-000000000001/roles/counter".to_owned(),
        format!("/staff/v1/members/{}/roles/king", id("Els")),
    ] {
        assert_eq!(world.raw("DELETE", &path, Some(&chief), None).await.0, 404, "{path}");
    }
    let acts = world.texts("select act from audit_entry where act like 'role%' order by act desc").await;
    assert_eq!(acts, ["role_withdrawn", "role_withdrawn", "role_given_back"]);
}

async fn a_session_of_staff_has_its_end(world: World) {
    let els = world.staff("Els", &[DEINZE]).await;
    // Used now and then, it goes on, but not for longer than a working day.
    for _ in 0..11 {
        world.clock.advance(chrono::Duration::minutes(54));
        assert_eq!(world.get("/staff/v1/me", &els).await.0, 200, "{}", world.now());
    }
    world.at("2027-03-01 20:00");
    assert_eq!(world.get("/staff/v1/me", &els).await.1["code"], "session_ended");
    // Left alone for an hour, it is over.
    let els = world.staff("Els", &[DEINZE]).await;
    world.at("2027-03-01 21:16");
    assert_eq!(world.get("/staff/v1/me", &els).await.1["code"], "session_ended");
    // One ends another.
    let (one, two) = (world.staff("Els", &[DEINZE]).await, world.staff("Els", &[DEINZE]).await);
    let (_, sessions) = world.get("/staff/v1/sessions", &one).await;
    let other = sessions.as_array().unwrap().iter().find(|s| s["current"] == false).unwrap();
    let path = format!("/staff/v1/sessions/{}", other["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&one), None).await.0, 200);
    assert_eq!(world.get("/staff/v1/me", &two).await.1["code"], "session_ended");
    // Forgotten in the end.
    world.at("2027-05-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from staff_session").await, 0);
    assert_eq!(world.figure("select count(*) from staff_sign_in").await, 0);
}

async fn whoever_looks_at_a_citizen_is_written_down_and_she_reads_it(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01").speaks("fr"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let els = world.staff("Els Peeters", &[DEINZE]).await;
    let question = json!({ "family_name": "zonne", "birth_date": "1985-05-05", "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
    let id = found[0]["id"].as_str().unwrap().to_owned();
    assert_eq!((&found[0]["family_name"], &found[0]["has_app"]), (&json!("Zonnebloem"), &json!(false)));
    let later = || world.clock.advance(chrono::Duration::seconds(1));
    later();
    let (status, documents) = world.get(&format!("/staff/v1/residents/{id}/documents?reason=visit"), &els).await;
    later();
    assert_eq!((status, &documents[0]["kind"]), (200, &json!("eid")));
    assert_eq!(world.get(&format!("/staff/v1/residents/{id}?reason=correction"), &els).await.0, 200);
    // Without a reason, or with one of one's own: nothing is shown.
    for query in ["", "?reason=curious", "?reason="] {
        let (status, problem) = world.get(&format!("/staff/v1/residents/{id}{query}"), &els).await;
        assert_eq!((status, &problem["field"]), (400, &json!("reason")), "{query}");
    }
    // What she reads, in her language, without the name of whoever it was.
    let mut phone = world.phone(&anna, true).await;
    let access = phone.tokens.clone().unwrap().access;
    let (_, mine) = world.get("/v1/audit", &access).await;
    let told: Vec<_> = mine["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| format!("{} {}", e["what"].as_str().unwrap(), e["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            "Een medewerker van Deinze bekeek je gegevens. Om een fout recht te zetten.",
            "Een medewerker van Deinze bekeek je documenten. Je was aan het loket.",
            "Een medewerker van Deinze zocht je op. Je belde.",
        ]
    );
    assert!(!mine.to_string().contains("Peeters"));
    // Page by page.
    let (_, first) = world.get("/v1/audit?limit=2", &access).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let (_, second) = world.get(&format!("/v1/audit?limit=2&cursor={cursor}"), &access).await;
    assert_eq!((second["entries"].as_array().unwrap().len(), second.get("next_cursor")), (1, None));
    assert_eq!(world.get("/v1/audit?cursor=x", &access).await.1["code"], "cursor_invalid");
    // Nobody else reads hers.
    let other = world.phone(&luc, true).await.tokens.unwrap().access;
    assert_eq!(world.get("/v1/audit", &other).await.1["entries"], json!([]));
    // Whoever watches sees who it was, and is written down too.
    later();
    let watcher = world.staff("Wim", &["Toezicht:0207509031"]).await;
    let (_, all) = world.get(&format!("/staff/v1/audit?resident_id={id}"), &watcher).await;
    let entries = all["entries"].as_array().unwrap();
    assert!(entries.iter().all(|e| e["actor_name"] == "Els Peeters" && e["request_id"].is_string()));
    later();
    let (_, all) = world.get("/staff/v1/audit", &watcher).await;
    assert_eq!((all["entries"].as_array().unwrap().len(), &all["entries"][0]["act"]), (4, &json!("audit_read")));
    // In Dutch or French, and gone when its keeping is past.
    world
        .json(
            "PUT",
            "/v1/preferences",
            Some(&access),
            &json!({ "language": "fr", "quiet_from": 0, "quiet_until": 0, "muted": [] }),
        )
        .await;
    let (_, mine) = world.get("/v1/audit", &access).await;
    assert_eq!(mine["entries"][2]["why"], "Vous avez téléphoné.");
    world.at("2029-03-02 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from audit_entry").await, 0);
    phone.tokens = None;
}

async fn the_counter_signs_a_lost_phone_out(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let lost = world.phone(&anna, true).await.tokens.unwrap().access;
    let els = world.staff("Els", &[DEINZE]).await;
    let question = json!({ "national_number": anna.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
    assert_eq!(found[0]["has_app"], true);
    world.clock.advance(chrono::Duration::seconds(1));
    let path = format!("/staff/v1/residents/{}/sessions?reason=telephone", found[0]["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &path, Some(&els), None).await.0, 200);
    assert_eq!(world.get("/v1/inbox", &lost).await.1["code"], "session_ended");
    world.drain().await;
    assert_eq!(world.stubs.apns.count(), 0, "the lost phone hears nothing more");
    // On the next phone she reads what happened.
    let next = world.phone(&anna, false).await;
    let titles: Vec<_> = next.inbox().await.unwrap().into_iter().map(|m| m.title).collect();
    assert_eq!(titles, ["Je bent afgemeld op al je toestellen"]);
    let (_, mine) = world.get("/v1/audit", &next.tokens.clone().unwrap().access).await;
    assert_eq!(mine["entries"][0]["what"], "Een medewerker van Deinze meldde je af op al je toestellen.");
}

async fn bad_questions_at_the_counter_are_told_what_is_wrong(world: World) {
    let els = world.staff("Els", &[DEINZE]).await;
    for (question, field) in [
        (json!({ "reason": "visit" }), "national_number"),
        (json!({ "national_number": "85050500000", "reason": "visit" }), "national_number"),
        (json!({ "national_number": "1".repeat(31), "reason": "visit" }), "national_number"),
        (json!({ "family_name": "Z", "reason": "visit" }), "birth_date"),
        (json!({ "birth_date": "1985-05-05", "reason": "visit" }), "family_name"),
        (json!({ "family_name": "Z", "birth_date": "1985-02-30", "reason": "visit" }), "birth_date"),
        (json!({ "family_name": "", "birth_date": "1985-05-05", "reason": "visit" }), "family_name"),
        (json!({ "family_name": "Z", "birth_date": "1985-05-05" }), "reason"),
        (json!({ "family_name": "Z", "birth_date": "1985-05-05", "reason": "because" }), "reason"),
    ] {
        let (status, problem) = world.json("POST", "/staff/v1/residents/search", Some(&els), &question).await;
        assert_eq!((status, &problem["field"]), (400, &json!(field)), "{question}: {problem}");
        assert!(!problem.to_string().contains("85050500000"), "the number does not come back");
    }
    assert_eq!(world.figure("select count(*) from audit_entry").await, 0);
}
