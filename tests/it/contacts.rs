//! Contact settings: by which ways somebody is told, and the e-mail address that they confirm by a code.

use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Phone;

use crate::world::{World, somebody};

journeys! {
    who_chose_nothing_has_what_holds_for_everybody_and_may_choose,
    an_address_is_theirs_once_its_code_comes_back,
    a_code_is_good_for_five_tries_and_a_quarter_of_an_hour,
    a_code_is_one_persons_and_one_address,
    no_more_than_three_codes_go_out_in_an_hour,
    staff_choose_for_who_has_no_app_and_it_can_be_read,
    who_removes_their_address_has_none,
    what_somebody_chose_is_erased_with_what_they_had,
}

mod off {
    use super::*;

    journeys! { with "# no mail";
        without_a_relay_no_address_can_be_confirmed,
    }
}

/// The token of a phone.
pub fn access(phone: &Phone) -> String {
    phone.tokens.clone().unwrap().access
}

/// What a citizen's contact settings are.
pub async fn settings(world: &World, token: &str) -> Value {
    let (status, settings) = world.get("/v1/contact-settings", token).await;
    assert_eq!(status, 200, "{settings}");
    settings
}

/// Chooses contact settings, with some other than usual.
pub async fn choose(world: &World, token: &str, other: &Value) {
    let mut chosen = json!({
        "steps": ["push", "mail", "letter"], "never_digital": false, "open_email": false, "announcements_by_email": false,
        "large_print": false,
    });
    for (name, value) in other.as_object().unwrap() {
        chosen[name] = value.clone();
    }
    let (status, answer) = world.json("PUT", "/v1/contact-settings", Some(token), &chosen).await;
    assert_eq!(status, 200, "{answer}");
}

/// The code in the last e-mail to an address.
pub fn code_for(world: &World, email: &str) -> String {
    let mail = world.stubs.smtp.taken_for(email).pop().unwrap_or_else(|| panic!("nothing was sent to {email}"));
    let text = mail.plain();
    let digits = |word: &str| word.trim_matches('.').to_owned();
    let code =
        text.split_whitespace().map(digits).find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()));
    code.unwrap_or_else(|| panic!("{text}"))
}

/// Asks for a code at an address.
pub async fn started(world: &World, token: &str, email: &str) -> (u16, Value) {
    world.json("POST", "/v1/contact-settings/email", Some(token), &json!({ "email": email })).await
}

/// Brings a code back.
pub async fn typed(world: &World, token: &str, code: &str) -> (u16, Value) {
    world.json("POST", "/v1/contact-settings/email/confirm", Some(token), &json!({ "code": code })).await
}

/// Makes an address a citizen's, all the way.
pub async fn confirmed(world: &World, token: &str, email: &str) {
    let (status, begun) = started(world, token, email).await;
    assert_eq!(status, 200, "{begun}");
    world.drain().await;
    let (status, answer) = typed(world, token, &code_for(world, email)).await;
    assert_eq!(status, 200, "{answer}");
}

/// A code that is not this one.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn who_chose_nothing_has_what_holds_for_everybody_and_may_choose(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    let usual = json!({
        "steps": ["push", "mail", "letter"], "never_digital": false, "open_email": false, "announcements_by_email": false,
        "large_print": false, "read_aloud": false,
    });
    assert_eq!(settings(&world, &token).await, usual);
    choose(&world, &token, &json!({ "steps": ["letter", "push"], "large_print": true, "open_email": true })).await;
    let chosen = settings(&world, &token).await;
    assert_eq!(chosen["steps"], json!(["letter", "push"]));
    assert_eq!((&chosen["large_print"], &chosen["open_email"]), (&json!(true), &json!(true)));
    // The profile says the same.
    let (_, me) = world.get("/v1/me", &token).await;
    assert_eq!(me["contact"], chosen);
    // No way at all is a choice; the same way twice is a mistake.
    choose(&world, &token, &json!({ "steps": [], "never_digital": true })).await;
    assert_eq!(settings(&world, &token).await["steps"], json!([]));
    let mut twice = usual;
    twice["steps"] = json!(["mail", "mail"]);
    let (status, problem) = world.json("PUT", "/v1/contact-settings", Some(&token), &twice).await;
    assert_eq!((status, &problem["code"], &problem["field"]), (400, &json!("body_invalid"), &json!("steps")));
}

async fn an_address_is_theirs_once_its_code_comes_back(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    let (status, begun) = started(&world, &token, "Anna.Z@Voorbeeld.EXAMPLE").await;
    assert_eq!((status, &begun["email"]), (200, &json!("Anna.Z@voorbeeld.example")), "{begun}");
    // Until then nothing goes there but the code.
    let waits = settings(&world, &token).await;
    assert_eq!((&waits["pending_email"]["email"], waits.get("email")), (&begun["email"], None), "{waits}");
    world.drain().await;
    let mail = world.stubs.smtp.taken_for("Anna.Z@voorbeeld.example");
    assert_eq!(mail.len(), 1);
    let text = mail[0].plain();
    assert!(text.contains("Je code is ") && text.contains("Deinze"), "{text}");
    for name in ["Anna", "Zonnebloem", &anna.number] {
        assert!(!text.contains(name) && !mail[0].html().contains(name), "{name}: {text}");
    }
    assert_eq!(mail[0].header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert!(mail[0].header("List-Unsubscribe").is_none());
    let code = code_for(&world, "Anna.Z@voorbeeld.example");
    assert_eq!(typed(&world, &token, &code).await.0, 200);
    let known = settings(&world, &token).await;
    assert_eq!((&known["email"], known.get("pending_email")), (&begun["email"], None), "{known}");
    assert_eq!(known["email_confirmed_at"], "2027-03-01T09:00:00Z");
    // Used, it is over; and the row says nothing of the code any more.
    assert_eq!(typed(&world, &token, &code).await.1["code"], "email_code_over");
    assert_eq!(world.texts("select subject || body from mail_delivery").await, [String::new()]);
    // What is no address is not asked.
    for wrong in ["anna", "anna@localhost", "anna@[127.0.0.1]", "an na@x.example"] {
        let (status, problem) = started(&world, &token, wrong).await;
        assert_eq!((status, &problem["field"]), (400, &json!("email")), "{wrong}: {problem}");
    }
}

async fn a_code_is_good_for_five_tries_and_a_quarter_of_an_hour(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = access(&phone);
    started(&world, &token, "anna@x.example").await;
    world.drain().await;
    let right = code_for(&world, "anna@x.example");
    for left in [4, 3, 2, 1] {
        let (status, problem) = typed(&world, &token, &another(&right)).await;
        assert_eq!((status, &problem["code"]), (400, &json!("email_code_wrong")), "{problem}");
        assert!(problem["detail"].as_str().unwrap().starts_with(&left.to_string()), "{problem}");
    }
    assert_eq!(typed(&world, &token, &another(&right)).await.1["code"], "email_code_over");
    // The right one comes too late.
    assert_eq!(typed(&world, &token, &right).await.1["code"], "email_code_over");
    assert!(settings(&world, &token).await.get("email").is_none());

    started(&world, &token, "anna@x.example").await;
    world.drain().await;
    let right = code_for(&world, "anna@x.example");
    world.clock.advance(chrono::Duration::minutes(15));
    let token = phone_token(&mut phone).await;
    assert_eq!(typed(&world, &token, &right).await.1["code"], "email_code_over");
    assert!(settings(&world, &token).await.get("pending_email").is_none());
    // What confirms nothing any more is forgotten.
    world.clock.advance(chrono::Duration::hours(2));
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from email_code").await, 0);
}

/// A token of a phone that is good for some minutes.
async fn phone_token(phone: &mut Phone) -> String {
    phone.refresh().await.unwrap();
    access(phone)
}

async fn a_code_is_one_persons_and_one_address(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let (annas, lucs) = (access(&world.phone(&anna, true).await), access(&world.phone(&luc, false).await));
    // A couple may share one address, and each confirms it.
    for token in [&annas, &lucs] {
        assert_eq!(started(&world, token, "samen@x.example").await.0, 200);
        world.drain().await;
    }
    let sent = world.stubs.smtp.taken_for("samen@x.example");
    assert_eq!(sent.len(), 2);
    let lucs_code = code_for(&world, "samen@x.example");
    let (status, problem) = typed(&world, &annas, &lucs_code).await;
    assert_eq!((status, &problem["code"]), (400, &json!("email_code_wrong")), "{problem}");
    assert_eq!(typed(&world, &lucs, &lucs_code).await.0, 200);
    // The code of the address before is none of the one after.
    started(&world, &annas, "een@x.example").await;
    world.drain().await;
    let first = code_for(&world, "een@x.example");
    started(&world, &annas, "twee@x.example").await;
    assert_eq!(typed(&world, &annas, &first).await.1["code"], "email_code_wrong");
    assert!(settings(&world, &annas).await.get("email").is_none());
}

async fn no_more_than_three_codes_go_out_in_an_hour(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let token = access(&phone);
    for n in 0..3 {
        assert_eq!(started(&world, &token, &format!("iemand{n}@x.example")).await.0, 200);
    }
    let (status, problem) = started(&world, &token, "anna@x.example").await;
    assert_eq!((status, &problem["code"]), (409, &json!("email_code_limit")), "{problem}");
    world.drain().await;
    assert_eq!(world.stubs.smtp.taken().len(), 3);
    // Not for who removes their address, or confirms one, in between.
    assert_eq!(world.raw("DELETE", "/v1/contact-settings/email", Some(&token), None).await.0, 200);
    assert_eq!(started(&world, &token, "anna@x.example").await.1["code"], "email_code_limit");
    assert!(settings(&world, &token).await.get("pending_email").is_none());
    world.clock.advance(chrono::Duration::hours(1));
    let token = phone_token(&mut phone).await;
    confirmed(&world, &token, "een@x.example").await;
    for n in 0..2 {
        assert_eq!(started(&world, &token, &format!("iemand{n}@x.example")).await.0, 200);
    }
    assert_eq!(started(&world, &token, "anna@x.example").await.1["code"], "email_code_limit");
    world.clock.advance(chrono::Duration::hours(1));
    let token = phone_token(&mut phone).await;
    assert_eq!(started(&world, &token, "anna@x.example").await.0, 200);
}

async fn staff_choose_for_who_has_no_app_and_it_can_be_read(world: World) {
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let clerk = world.staff("Rik Maes", &["Loket:0207509031"]).await;
    let sought = json!({ "national_number": luc.number, "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &sought).await;
    let at = format!("/staff/v1/residents/{}/contact-settings", found[0]["id"].as_str().unwrap());
    let chosen = json!({
        "steps": ["mail", "letter"], "never_digital": false, "open_email": true, "announcements_by_email": true,
        "large_print": true,
    });
    let (status, answer) = world.json("PUT", &format!("{at}?reason=visit"), Some(&clerk), &chosen).await;
    assert_eq!(status, 200, "{answer}");
    // An address that staff type is theirs when they read the code out, and not before.
    let email = json!({ "email": "luc@x.example" });
    let (status, begun) = world.json("POST", &format!("{at}/email?reason=visit"), Some(&clerk), &email).await;
    assert_eq!(status, 200, "{begun}");
    let (_, waits) = world.get(&format!("{at}?reason=visit"), &clerk).await;
    assert_eq!((waits.get("email"), &waits["pending_email"]["email"]), (None, &json!("luc@x.example")));
    world.drain().await;
    let code = json!({ "code": code_for(&world, "luc@x.example") });
    let (status, answer) = world.json("POST", &format!("{at}/email/confirm?reason=visit"), Some(&clerk), &code).await;
    assert_eq!(status, 200, "{answer}");
    let (_, known) = world.get(&format!("{at}?reason=visit"), &clerk).await;
    assert_eq!((&known["email"], &known["large_print"]), (&json!("luc@x.example"), &json!(true)), "{known}");
    // When he has the app he finds it as it is, and reads who did it.
    let token = access(&world.phone(&luc, true).await);
    assert_eq!(settings(&world, &token).await["email"], "luc@x.example");
    let (_, trail) = world.get("/v1/audit", &token).await;
    let told: Vec<_> =
        trail["entries"].as_array().unwrap().iter().map(|e| e["what"].as_str().unwrap().to_owned()).collect();
    for what in [
        "paste je contactvoorkeuren aan",
        "stuurde een code",
        "bevestigde je e-mailadres",
        "bekeek je contactvoorkeuren",
    ] {
        assert!(told.iter().any(|told| told.contains(what)), "{what}: {told:?}");
    }
    // Who is nobody's here is not there.
    let nobody = "/staff/v1/residents/00000000-0000-0000-0000-000000000001/contact-settings?reason=visit";
    assert_eq!(world.json("PUT", nobody, Some(&clerk), &chosen).await.0, 404);
}

async fn who_removes_their_address_has_none(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    confirmed(&world, &token, "anna@x.example").await;
    started(&world, &token, "ander@x.example").await;
    for _ in 0..2 {
        assert_eq!(world.raw("DELETE", "/v1/contact-settings/email", Some(&token), None).await.0, 200);
    }
    let left = settings(&world, &token).await;
    assert_eq!((left.get("email"), left.get("pending_email")), (None, None), "{left}");
}

async fn what_somebody_chose_is_erased_with_what_they_had(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    confirmed(&world, &token, "anna@x.example").await;
    world.people(&[&anna.clone().state("departed", "2027-03-01")]).await;
    for (at, left) in [("2027-05-29 10:00", 1), ("2027-07-01 10:00", 0)] {
        world.at(at);
        world.instance.housekeeping().await.unwrap();
        assert_eq!(world.figure("select count(*) from contact_settings").await, left, "{at}");
    }
}

async fn without_a_relay_no_address_can_be_confirmed(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    let (status, problem) = started(&world, &token, "anna@x.example").await;
    assert_eq!((status, &problem["code"]), (409, &json!("mail_off")), "{problem}");
    assert_eq!(world.figure("select count(*) from mail_delivery").await, 0);
    // What else there is to choose can be chosen.
    choose(&world, &token, &json!({ "steps": ["letter"] })).await;
}
