//! Every provider in its real shape: what ACM/IDM, FAS and itsme send, how sure they are, and each way of getting it wrong.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use thuisloket_mobile_contract::{
    client::types::Level,
    oidc::{Fault, Oidc, Part},
    phone::{Phone, PhoneError},
};

use crate::world::{Somebody, World, somebody};

// Documents want more than a sign-in does.
journeys! { with "deinze.private_level = \"high\"";
    the_same_citizen_by_three_providers_has_one_account,
    a_lie_is_refused_in_every_shape,
    a_provider_that_is_down_leaves_the_others_and_every_session_alone,
    what_a_provider_need_not_say_may_be_missing,
    who_is_not_known_surely_enough_is_told_what_to_do,
    stepping_up_goes_on_in_the_same_session,
    our_keys_at_a_provider_are_there_to_fetch,
}

const EID: &str = "urn:be:vlaanderen:authmech:eid";
const SMS: &str = "urn:be:vlaanderen:authmech:csamsms";

/// The three providers, each with the claims it has for somebody.
fn shapes<'a>(world: &'a World, who: &Somebody) -> [(&'static str, &'a Oidc, Value); 3] {
    let n = &who.number;
    [
        ("town", &world.stubs.oidc, json!({ "rrn": n, "given_name": who.given, "family_name": who.family })),
        (
            "fas",
            &world.stubs.fas,
            json!({ "egovNRN": n, "givenName": who.given, "surname": who.family, "prefLanguage": "fr" }),
        ),
        (
            "itsme",
            &world.stubs.itsme,
            json!({ "http://itsme.services/v2/claim/BENationalNumber": n, "name": who.given, "locale": "NL" }),
        ),
    ]
}

async fn sign_in_at(world: &World, provider: &str, subject: &str) -> (Phone, Result<(), PhoneError>) {
    let mut phone = world.new_phone(true, &format!("via {provider}"));
    phone.provider = Some(provider.to_owned());
    let done = phone.sign_in("deinze", subject).await;
    (phone, done)
}

fn page(outcome: Result<(), PhoneError>) -> String {
    match outcome {
        Err(PhoneError::Page(page)) => page,
        other => panic!("no page but {other:?}"),
    }
}

async fn the_same_citizen_by_three_providers_has_one_account(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phones = Vec::new();
    for (name, provider, claims) in shapes(&world, &anna) {
        provider.person(&format!("anna-at-{name}"), claims);
        let (phone, done) = sign_in_at(&world, name, &format!("anna-at-{name}")).await;
        done.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(phone.documents().await.unwrap().len(), 0, "{name} reached the level for documents");
        phones.push(phone);
    }
    assert_eq!(world.figure("select count(*) from account").await, 1);
    assert_eq!(world.figure("select count(*) from login").await, 3);
    let mine = world.get("/v1/sessions", &phones[0].tokens.clone().unwrap().access).await.1;
    assert_eq!(mine.as_array().unwrap().len(), 3);
    // The language that a provider tells is the one that is spoken.
    assert_eq!(world.texts("select language from account").await, ["nl"]);
    // Each is asked as it wants to be.
    let hint: Value = serde_json::from_slice(&STANDARD.decode(&world.stubs.oidc.hints()[0]).unwrap()).unwrap();
    assert_eq!(hint, json!({ "cap_hint": "BUR" }));
    assert!(world.stubs.itsme.hints().is_empty());
    // And the town says which there are.
    let (_, towns) = world.raw("GET", "/v1/municipalities", None, None).await;
    assert_eq!(towns[0]["providers"], json!(["town", "fas", "itsme"]));
    let unknown = json!({ "municipality": "deinze", "code_challenge": "x".repeat(43), "device_name": "x", "language": "nl", "provider": "staff" });
    assert_eq!(world.json("POST", "/v1/sign-in", None, &unknown).await.1["field"], "provider");
}

async fn a_lie_is_refused_in_every_shape(world: World) {
    use Fault::*;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let every = [Nonce, Audience, Issuer, Signature, Expired, Unsigned, UserinfoOfAnother];
    let signs = [UserinfoSignature, UserinfoPlain];
    let encrypts = [EncryptedToAnother, EncryptedChanged];
    let mut tried = 0;
    for (name, provider, claims) in shapes(&world, &anna) {
        provider.person("anna", claims);
        let own: &[Fault] = match name {
            "town" => &[],
            "fas" => &signs,
            _ => &[&signs[..], &encrypts[..]].concat(),
        };
        for fault in every.iter().chain(own) {
            provider.fault(Some(*fault));
            let shown = page(sign_in_at(&world, name, "anna").await.1);
            assert!(shown.contains("Aanmelden lukt nu niet"), "{name} {fault:?}: {shown}");
            tried += 1;
        }
        provider.fault(None);
        for lie in [json!({ "sub": "" }), json!({ "azp": "another" }), json!({ "aud": ["thuisloket", "another"] })] {
            provider.says(Part::IdToken, lie.clone());
            let shown = page(sign_in_at(&world, name, "anna").await.1);
            assert!(shown.contains("Aanmelden lukt nu niet"), "{name} {lie}: {shown}");
            tried += 1;
        }
        provider.says(Part::IdToken, json!({}));
        // Changed in nothing, it is let in; with new keys too.
        provider.rotate().unwrap();
        sign_in_at(&world, name, "anna").await.1.unwrap();
    }
    assert_eq!(tried, 3 * (7 + 3) + 2 + 4);
    assert_eq!(world.figure("select count(*) from session").await, 3);
}

async fn a_provider_that_is_down_leaves_the_others_and_every_session_alone(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    for (_, provider, claims) in shapes(&world, &anna) {
        provider.person("anna", claims);
    }
    let (mut phone, _) = sign_in_at(&world, "itsme", "anna").await;
    for provider in [&world.stubs.itsme, &world.stubs.fas] {
        provider.fault(Some(Fault::Down));
    }
    // One that was never reached: the app is told. One whose pages are down: the browser shows them.
    assert_eq!(sign_in_at(&world, "fas", "anna").await.1.unwrap_err().code(), "provider_unavailable");
    let shown = sign_in_at(&world, "itsme", "anna").await.1.unwrap_err().to_string();
    assert!(shown.contains("Onderhoud"), "{shown}");
    sign_in_at(&world, "town", "anna").await.1.unwrap();
    phone.refresh().await.unwrap();
    assert!(phone.inbox().await.is_ok());
}

async fn what_a_provider_need_not_say_may_be_missing(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    for (name, provider, claims) in shapes(&world, &anna) {
        // No names, no birth date, no language.
        let number = claims.as_object().unwrap().iter().find(|(_, v)| **v == anna.number).unwrap();
        provider.person("bare", json!({ number.0: number.1 }));
        sign_in_at(&world, name, "bare").await.1.unwrap_or_else(|e| panic!("{name}: {e}"));
        // Nor a national number (a foreign eIDAS sign-in): a login known before is believed, another is not.
        provider.person("bare", json!({}));
        sign_in_at(&world, name, "bare").await.1.unwrap_or_else(|e| panic!("{name} known before: {e}"));
        provider.person("stranger", json!({ "given_name": "Jean" }));
        let shown = page(sign_in_at(&world, name, "stranger").await.1);
        assert!(
            shown.contains("verstaan elkaar niet") && !shown.contains("We vinden je niet terug"),
            "{name}: {shown}"
        );
        // Somebody whom the register does not know is told so.
        provider.person("moved", json!({ number.0: somebody("Luc", "1960-01-01").number }));
        assert!(page(sign_in_at(&world, name, "moved").await.1).contains("We vinden je niet terug"), "{name}");
    }
    assert_eq!(world.figure("select count(*) from account").await, 1);
}

async fn who_is_not_known_surely_enough_is_told_what_to_do(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let oidc = &world.stubs.oidc;
    // A level that nobody mapped is low, and so is none at all.
    for (can, fault) in [(json!(["urn:be:vlaanderen:authmech:password"]), None), (json!([EID]), Some(Fault::NoLevel))] {
        oidc.person("anna", json!({ "rrn": anna.number, "can": can }));
        oidc.fault(fault);
        let shown = page(sign_in_at(&world, "town", "anna").await.1);
        assert!(shown.contains("sterkere manier") && shown.contains("error=level_too_low"), "{shown}");
    }
    oidc.fault(None);
    assert_eq!(world.figure("select count(*) from session").await, 0);
    // Enough to be let in, and not for documents, nor for where they live and whose parent they are.
    oidc.person("anna", json!({ "rrn": anna.number, "can": [SMS] }));
    let (phone, done) = sign_in_at(&world, "town", "anna").await;
    done.unwrap();
    let access = phone.tokens.clone().unwrap().access;
    assert_eq!(world.get("/v1/inbox", &access).await.0, 200);
    let (status, problem) = world.get("/v1/documents", &access).await;
    assert_eq!((status, &problem["code"], &problem["required_level"]), (403, &json!("level_too_low"), &json!("high")));
    let (status, me) = world.get("/v1/me", &access).await;
    assert_eq!((status, &me["given_names"], &me["private_level"]), (200, &json!("Anna"), &json!("high")), "{me}");
    assert_ne!(me["level"], "high");
    for private in ["birth_date", "address", "children"] {
        assert!(me.get(private).is_none(), "{private}: {me}");
    }
}

async fn stepping_up_goes_on_in_the_same_session(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    let oidc = &world.stubs.oidc;
    oidc.person("anna", json!({ "rrn": anna.number, "can": [SMS] }));
    oidc.person("luc", json!({ "rrn": luc.number }));
    let (mut phone, done) = sign_in_at(&world, "town", "anna").await;
    done.unwrap();
    phone.register().await.unwrap();
    let before = phone.tokens.clone().unwrap();
    // Still not sure enough: she is told so, and the session goes on as it was.
    let weak = phone.step_up(Level::High, "anna", "/documents").await;
    assert!(page(weak).contains("sterkere manier"));
    // Somebody else's eID raises nothing.
    let others = phone.step_up(Level::High, "luc", "/documents").await;
    assert!(page(others).contains("iemand anders"));
    assert_eq!(world.get("/v1/documents", &before.access).await.0, 403);
    // With her eID.
    oidc.person("anna", json!({ "rrn": anna.number, "can": [SMS, EID] }));
    phone.step_up(Level::High, "anna", "/documents?since=1").await.unwrap();
    assert_eq!(phone.went_on.as_deref(), Some("/documents?since=1"));
    let after = phone.tokens.clone().unwrap();
    assert_eq!(after.session, before.session);
    assert!(phone.documents().await.is_ok());
    let (_, me) = world.get("/v1/me", &after.access).await;
    assert_eq!((&me["level"], &me["birth_date"]), (&json!("high"), &json!("1985-05-05")), "{me}");
    assert_eq!(world.figure("select count(*) from session where ended_at is null").await, 1);
    assert_eq!(world.figure("select count(*) from device").await, 1, "and the same device");
    // Refreshed, it stays as sure; the tokens from before are worth no more than before.
    phone.refresh().await.unwrap();
    assert!(phone.documents().await.is_ok());
    assert_eq!(world.get("/v1/documents", &before.access).await.0, 403);
    let body = json!({ "refresh_token": before.refresh });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &body).await.1["code"], "refresh_reused");
    // A step that ends after its session did leads nowhere.
    let (mut phone, done) = sign_in_at(&world, "town", "anna").await;
    done.unwrap();
    let access = phone.tokens.clone().unwrap().access;
    world.raw("DELETE", "/v1/sessions", Some(&access), None).await;
    assert_eq!(phone.step_up(Level::High, "anna", "/").await.unwrap_err().code(), "session_ended");
}

async fn our_keys_at_a_provider_are_there_to_fetch(world: World) {
    let (status, set) = world.raw("GET", "/.well-known/clients/itsme/jwks.json", None, None).await;
    assert_eq!(status, 200);
    let uses: Vec<_> = set["keys"].as_array().unwrap().iter().map(|k| k["use"].as_str().unwrap()).collect();
    assert_eq!(uses, ["sig", "enc"]);
    assert_eq!(set["keys"][1]["alg"], "RSA-OAEP-256");
    assert!(set["keys"].as_array().unwrap().iter().all(|k| k["kid"].is_string() && k["kty"] == "RSA"));
    for private in ["\"d\"", "\"p\"", "\"q\"", "PRIVATE"] {
        assert!(!set.to_string().contains(private), "{set}");
    }
    for other in ["town", "nobody", "%00"] {
        let (status, _) = world.raw("GET", &format!("/.well-known/clients/{other}/jwks.json"), None, None).await;
        assert_eq!(status, 404, "{other}");
    }
}
