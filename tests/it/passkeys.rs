//! Passkeys: a second way to step up, which never goes beyond the first. The authenticator is software: it has a key, it counts, and what
//! it answers is encoded as those of phones encode it.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use minicbor::Encoder;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use thuisloket_mobile_contract::{
    client::types::Level,
    oidc::Part,
    phone::{Phone, Tokens},
};
use uuid::Uuid;

use crate::world::{Somebody, World, people_csv, somebody};

// Documents want more than a sign-in does, in both towns.
journeys! { with "deinze.private_level = \"high\"\ngavere.private_level = \"high\"\n[passkeys]\nenabled = true\nmost_level = \"high\"\n[apps.shared.android]\npackage = \"be.deinze.app\"\nfingerprints = [\"AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA\"]";
    a_passkey_steps_up_in_place_of_the_provider,
    what_a_phone_answers_must_be_about_what_it_was_asked,
    a_challenge_is_good_once_in_one_session_for_one_purpose_and_for_minutes,
    of_two_processes_that_bring_one_challenge_one_wins,
    what_is_another_persons_or_gone_opens_nothing,
    a_passkey_that_counts_back_is_removed_and_said,
    adding_and_removing_asks_for_the_provider_a_moment_ago,
    no_passkey_goes_above_what_the_provider_proved_lately,
    who_signs_out_everywhere_keeps_passkeys_that_open_nothing_alone,
}

mod usual {
    use super::*;

    journeys! { with "deinze.private_level = \"high\"\n[passkeys]\nenabled = true";
        a_passkey_gives_substantial_at_most_unless_the_installation_says_more,
    }
}

mod off {
    use super::*;

    journeys! {
        without_a_word_in_the_configuration_there_are_none,
    }
}

const EID: &str = "urn:be:vlaanderen:authmech:eid";
const SMS: &str = "urn:be:vlaanderen:authmech:csamsms";
/// From where answers come: the host of the app's links, and an app with the certificate of the configuration.
const IOS: &str = "https://app.example";
const ANDROID: &str = "android:apk-key-hash:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo";
const RP_ID: &str = "app.example";
/// Somebody was there, the authenticator knew them, a key comes along.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const SYNCED: u8 = 8;
const KEY: u8 = 64;

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An authenticator with one passkey. What it says can be changed, to lie.
pub struct Authenticator {
    keys: EcdsaKeyPair,
    id: Vec<u8>,
    handle: Option<String>,
    origin: &'static str,
    rp_id: &'static str,
    flags: u8,
    /// How often it signed; none for one that does not count.
    count: Option<u32>,
}

impl Authenticator {
    pub fn new(name: &str) -> Self {
        Self {
            keys: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            id: sha256(name.as_bytes())[..20].to_vec(),
            handle: None,
            origin: IOS,
            rp_id: RP_ID,
            flags: PRESENT | VERIFIED,
            count: Some(1),
        }
    }

    fn client(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8, behind: &[u8]) -> Vec<u8> {
        let count = self.count.unwrap_or_default().to_be_bytes();
        [sha256(self.rp_id.as_bytes()).as_slice(), &[flags], &count, behind].concat()
    }

    /// What it answers to who asks for a new passkey.
    pub fn made(&mut self, asked: &Value) -> Value {
        assert!(asked["exclude_credential_ids"].as_array().unwrap().iter().all(|id| *id != encoded(&self.id)));
        self.handle = Some(asked["user_id"].as_str().unwrap().to_owned());
        let public = self.keys.public_key().as_ref();
        let mut key = Encoder::new(Vec::<u8>::new());
        key.map(5).unwrap().i64(1).unwrap().i64(2).unwrap().i64(3).unwrap().i64(-7).unwrap();
        key.i64(-1).unwrap().i64(1).unwrap().i64(-2).unwrap().bytes(&public[1..33]).unwrap();
        key.i64(-3).unwrap().bytes(&public[33..]).unwrap();
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let behind = [[0; 16].as_slice(), &length, &self.id, &key.into_writer()].concat();
        let mut object = Encoder::new(Vec::<u8>::new());
        object.map(3).unwrap().str("fmt").unwrap().str("none").unwrap().str("attStmt").unwrap().map(0).unwrap();
        object.str("authData").unwrap().bytes(&self.data(self.flags | KEY, &behind)).unwrap();
        json!({
            "name": "Pixel 9 van Anna",
            "client_data_json": encoded(&self.client("webauthn.create", &asked["challenge"])),
            "attestation_object": encoded(&object.into_writer()),
        })
    }

    /// What it answers to who asks it to sign.
    pub fn signed(&mut self, asked: &Value) -> Value {
        self.count = self.count.map(|count| count + 1);
        self.signed_as("webauthn.get", asked)
    }

    fn signed_as(&self, kind: &str, asked: &Value) -> Value {
        let (client, data) = (self.client(kind, &asked["challenge"]), self.data(self.flags, &[]));
        let message = [data.as_slice(), sha256(&client).as_slice()].concat();
        let signature = self.keys.sign(&SystemRandom::new(), &message).unwrap();
        let mut answer = json!({
            "credential_id": encoded(&self.id),
            "client_data_json": encoded(&client),
            "authenticator_data": encoded(&data),
            "signature": encoded(signature.as_ref()),
        });
        if let Some(handle) = &self.handle {
            answer["user_handle"] = json!(handle);
        }
        answer
    }
}

fn token(phone: &Phone) -> String {
    phone.tokens.clone().unwrap().access
}

/// A phone on which somebody signed in, surely enough to be let in and for nothing that is private.
async fn signed_in(world: &World, town: &str, who: &Somebody, name: &str) -> Phone {
    world.stubs.oidc.person(&who.number, json!({ "rrn": who.number, "locale": "nl", "can": [SMS] }));
    let mut phone = world.new_phone(true, name);
    phone.sign_in(town, &who.number).await.unwrap();
    phone.register().await.unwrap();
    phone
}

/// The citizen goes to the provider with their eID.
async fn at_the_provider(world: &World, who: &Somebody, phone: &mut Phone) {
    world.stubs.oidc.person(&who.number, json!({ "rrn": who.number, "locale": "nl", "can": [SMS, EID] }));
    phone.step_up(Level::High, &who.number, "/").await.unwrap();
    world.stubs.oidc.person(&who.number, json!({ "rrn": who.number, "locale": "nl", "can": [SMS] }));
}

async fn begun(world: &World, token: &str) -> (u16, Value) {
    world.raw("POST", "/v1/passkeys/challenge", Some(token), None).await
}

async fn added(world: &World, token: &str, made: &Value) -> (u16, Value) {
    world.json("POST", "/v1/passkeys", Some(token), made).await
}

/// Adds a passkey, for who was at the provider.
async fn has(world: &World, phone: &Phone, authenticator: &mut Authenticator) -> String {
    let (status, asked) = begun(world, &token(phone)).await;
    assert_eq!(status, 200, "{asked}");
    let (status, done) = added(world, &token(phone), &authenticator.made(&asked)).await;
    assert_eq!(status, 200, "{done}");
    done["id"].as_str().unwrap().to_owned()
}

async fn asked(world: &World, token: &str, level: &str) -> (u16, Value) {
    world.json("POST", "/v1/sessions/current/passkey-challenge", Some(token), &json!({ "level": level })).await
}

async fn answered(world: &World, token: &str, signed: &Value) -> (u16, Value) {
    world.json("POST", "/v1/sessions/current/passkey", Some(token), signed).await
}

/// Steps up to `high` with a passkey.
async fn steps_up(world: &World, phone: &mut Phone, authenticator: &mut Authenticator) -> (u16, Value) {
    let (status, request) = asked(world, &token(phone), "high").await;
    if status != 200 {
        return (status, request);
    }
    let (status, tokens) = answered(world, &token(phone), &authenticator.signed(&request)).await;
    if status == 200 {
        phone.tokens = Some(tokens_of(&tokens));
    }
    (status, tokens)
}

/// The tokens of an answer.
pub fn tokens_of(answer: &Value) -> Tokens {
    let text = |field: &str| answer[field].as_str().unwrap().to_owned();
    Tokens {
        access: text("access_token"),
        refresh: text("refresh_token"),
        session: answer["session_id"].as_str().unwrap().parse().unwrap(),
    }
}

fn code((status, problem): &(u16, Value)) -> (u16, &str) {
    (*status, problem["code"].as_str().unwrap_or_default())
}

/// A passkey that somebody has, as if they had added it, and a challenge of their session: for journeys that are about whose these are.
pub async fn planted(world: &World, phone: &Phone, name: &str) -> String {
    let (id, session) = (Uuid::from_u128(rand::random()), phone.tokens.clone().unwrap().session);
    let sql = "insert into passkey (municipality_id, id, resident_id, credential_id, public_key, algorithm, sign_count, name, level,
                   synced, created_at)
               select municipality_id, $1, resident_id, $2, 'x', -7, 0, $3, 'high', false, created_at from session where id = $4";
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(id).bind(id.to_string()).bind(name).bind(session)
        .execute(c).await.map(|_| ()))
    .unwrap();
    let sql = "insert into passkey_challenge (municipality_id, session_id, purpose, challenge_hash, expires_at)
               select municipality_id, id, 'step_up', $2, created_at from session where id = $1";
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(session).bind(id.to_string()).execute(c).await.map(|_| ()))
        .unwrap();
    w.commit().await.unwrap();
    id.to_string()
}

async fn a_passkey_steps_up_in_place_of_the_provider(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon van Anna").await;
    let mut tablet = signed_in(&world, "deinze", &anna, "tablet van Anna").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let (status, asked) = begun(&world, &token(&phone)).await;
    assert_eq!(status, 200, "{asked}");
    // What Android takes says the same as the fields that iOS takes, and names nobody.
    let request: Value = serde_json::from_str(asked["request_json"].as_str().unwrap()).unwrap();
    assert_eq!((&request["challenge"], &request["rp"]["id"]), (&asked["challenge"], &json!(RP_ID)));
    assert_eq!((&request["user"]["id"], &request["user"]["name"]), (&asked["user_id"], &json!("Deinze")));
    assert_eq!(request["authenticatorSelection"]["userVerification"], "required");
    let mut authenticator = Authenticator::new("phone");
    let (status, done) = added(&world, &token(&phone), &authenticator.made(&asked)).await;
    assert_eq!(status, 200, "{done}");
    // She is told on her phones, which one did it, and no lock screen learns anything.
    world.drain().await;
    let said = tablet.inbox().await.unwrap().into_iter().find(|m| m.kind == "passkey_added").unwrap();
    assert_eq!((said.title.as_str(), said.deep_link.as_str()), ("Er is een toegangssleutel toegevoegd", "/passkeys"));
    assert!(said.body.contains("Pixel 9 van Anna") && said.body.contains("telefoon van Anna"), "{}", said.body);
    assert!(tablet.receive_all().await >= 1 && phone.receive_all().await >= 1);
    for shown in tablet.lock_screen.iter().chain(&phone.lock_screen) {
        assert!(!shown.text.contains("sleutel") && !shown.text.contains("Pixel"), "{}", shown.text);
    }
    // On the tablet, where she signed in at less, it opens what is private; by what the system of the phone carries over.
    let (status, problem) = world.get("/v1/documents", &token(&tablet)).await;
    assert_eq!((status, &problem["code"], &problem["required_level"]), (403, &json!("level_too_low"), &json!("high")));
    let before = tablet.tokens.clone().unwrap();
    let (status, tokens) = steps_up(&world, &mut tablet, &mut authenticator).await;
    assert_eq!((status, &tokens["level"]), (200, &json!("high")), "{tokens}");
    assert_eq!(tablet.tokens.clone().unwrap().session, before.session);
    assert!(tablet.documents().await.is_ok());
    // Refreshed, it stays as sure; the tokens from before are worth no more than before.
    tablet.refresh().await.unwrap();
    assert!(tablet.documents().await.is_ok());
    assert_eq!(world.get("/v1/documents", &before.access).await.0, 403);
    let (_, trail) = world.get("/v1/audit", &token(&tablet)).await;
    assert!(trail.to_string().contains("toegangssleutel toe"), "{trail}");
    // Her list.
    let (_, list) = world.get("/v1/passkeys", &token(&tablet)).await;
    let passkey = &list["passkeys"][0];
    assert_eq!(
        (&list["available"], &passkey["name"], &passkey["level"]),
        (&json!(true), &json!("Pixel 9 van Anna"), &json!("high"))
    );
    assert_eq!(
        (&passkey["synced"], &passkey["last_used_at"]),
        (&json!(false), &json!("2027-03-01T09:00:00Z")),
        "{list}"
    );
    // With Android, and one that does not count.
    let mut android = Authenticator { origin: ANDROID, count: None, ..Authenticator::new("android") };
    has(&world, &phone, &mut android).await;
    for _ in 0..2 {
        let mut other = signed_in(&world, "deinze", &anna, "ander toestel").await;
        assert_eq!(steps_up(&world, &mut other, &mut android).await.0, 200);
    }
    // The phones that ask are told that the app has passkeys for the host of its links.
    let (_, google) = world.raw("GET", "/.well-known/assetlinks.json", None, None).await;
    let both = json!(["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"]);
    assert_eq!(google[0]["relation"], both, "{google}");
    // A spent refresh token that comes back ends the session, as after a step up at the provider.
    let body = json!({ "refresh_token": before.refresh });
    assert_eq!(world.json("POST", "/v1/sessions/refresh", None, &body).await.1["code"], "refresh_reused");
}

async fn what_a_phone_answers_must_be_about_what_it_was_asked(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut good = Authenticator::new("phone");
    has(&world, &phone, &mut good).await;
    let tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    type Lie = fn(&mut Authenticator);
    let lies: [(&str, Lie); 5] = [
        ("origin", |a| a.origin = "https://app.example.evil"),
        ("origin", |a| a.origin = "android:apk-key-hash:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs"),
        ("rp id", |a| a.rp_id = "evil.example"),
        ("user verification", |a| a.flags = PRESENT),
        ("user presence", |a| a.flags = VERIFIED),
    ];
    for (check, lie) in lies {
        // A new passkey.
        let (_, request) = begun(&world, &token(&phone)).await;
        let mut other = Authenticator::new("other");
        lie(&mut other);
        let (status, problem) = added(&world, &token(&phone), &other.made(&request)).await;
        assert_eq!((status, &problem["code"], &problem["detail"]), (400, &json!("passkey_invalid"), &json!(check)));
        // And one that is hers.
        let (status, request) = asked(&world, &token(&tablet), "high").await;
        assert_eq!(status, 200, "{request}");
        let (origin, rp_id, flags) = (good.origin, good.rp_id, good.flags);
        lie(&mut good);
        let signed = good.signed(&request);
        (good.origin, good.rp_id, good.flags) = (origin, rp_id, flags);
        let (status, problem) = answered(&world, &token(&tablet), &signed).await;
        assert_eq!((status, &problem["code"], &problem["detail"]), (400, &json!("passkey_invalid"), &json!(check)));
        // Its challenge is used up, whatever came of it.
        let again = answered(&world, &token(&tablet), &good.signed(&request)).await;
        assert_eq!(code(&again), (400, "challenge_invalid"), "{check}");
    }
    let detail = async |change: &dyn Fn(&mut Value)| {
        let (_, request) = asked(&world, &token(&tablet), "high").await;
        let mut signed = good.signed_as("webauthn.get", &request);
        change(&mut signed);
        let (_, problem) = answered(&world, &token(&tablet), &signed).await;
        problem["detail"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(detail(&|s| s["signature"] = json!(encoded(&[0x30, 0]))).await, "signature");
    assert_eq!(detail(&|s| s["user_handle"] = json!(encoded(&[7; 32]))).await, "user handle");
    assert_eq!(detail(&|s| s["authenticator_data"] = json!(encoded(&[0; 36]))).await, "authenticator data");
    assert_eq!(detail(&|s| s["client_data_json"] = json!(encoded(b"{}"))).await, "client data");
    // An answer for a new passkey is none to step up with.
    let (_, request) = asked(&world, &token(&tablet), "high").await;
    let (_, problem) = answered(&world, &token(&tablet), &good.signed_as("webauthn.create", &request)).await;
    assert_eq!(problem["detail"], "type");
    assert_eq!(
        world.figure("select count(*) from session where level = 'high'").await,
        1,
        "the phone's, by the provider"
    );
    assert_eq!(world.figure("select count(*) from passkey").await, 1);
}

async fn a_challenge_is_good_once_in_one_session_for_one_purpose_and_for_minutes(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    has(&world, &phone, &mut authenticator).await;
    let (tablet, other) =
        (signed_in(&world, "deinze", &anna, "tablet").await, signed_in(&world, "deinze", &anna, "ander").await);
    let invalid = (400, "challenge_invalid");
    // Of another session of the same citizen; there it is still good.
    let (_, request) = asked(&world, &token(&tablet), "high").await;
    let signed = authenticator.signed(&request);
    assert_eq!(code(&answered(&world, &token(&other), &signed).await), invalid);
    let (status, tokens) = answered(&world, &token(&tablet), &signed).await;
    assert_eq!(status, 200, "{tokens}");
    // Once.
    assert_eq!(code(&answered(&world, &token(&tablet), &signed).await), invalid);
    // The last one that was asked for.
    let (_, first) = asked(&world, &token(&other), "high").await;
    let (_, second) = asked(&world, &token(&other), "high").await;
    assert_eq!(
        code(&answered(&world, &token(&other), &authenticator.signed(&first)).await),
        invalid,
        "another took its place"
    );
    // For what it was given.
    let (_, adding) = begun(&world, &token(&phone)).await;
    assert_eq!(code(&answered(&world, &token(&phone), &authenticator.signed(&adding)).await), invalid);
    let mut new = Authenticator::new("new");
    let made = new.made(&adding);
    assert_eq!(added(&world, &token(&phone), &made).await.0, 200);
    assert_eq!(code(&added(&world, &token(&phone), &made).await), invalid);
    // For five minutes.
    let (_, adding) = begun(&world, &token(&phone)).await;
    world.at("2027-03-01 10:05");
    assert_eq!(code(&answered(&world, &token(&other), &authenticator.signed(&second)).await), invalid);
    assert_eq!(code(&added(&world, &token(&phone), &Authenticator::new("late").made(&adding)).await), invalid);
    let (_, request) = asked(&world, &token(&other), "high").await;
    world.clock.advance(chrono::Duration::seconds(299));
    assert_eq!(answered(&world, &token(&other), &authenticator.signed(&request)).await.0, 200);
    // The database knows no challenge, and keeps none of a session that is gone.
    let (_, request) = asked(&world, &token(&other), "high").await;
    let kept = world.texts("select challenge_hash from passkey_challenge").await;
    assert!(!kept.is_empty() && kept.iter().all(|hash| hash != request["challenge"].as_str().unwrap()));
}

async fn of_two_processes_that_bring_one_challenge_one_wins(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    has(&world, &phone, &mut authenticator).await;
    let second = world.another_process().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let stop = tokio_util::sync::CancellationToken::new();
    let stopped = stop.clone();
    let served = tokio::spawn(async move { second.serve(listener, stopped).await.unwrap() });
    for round in 0..5 {
        let tablet = signed_in(&world, "deinze", &anna, "tablet").await;
        let (status, request) = asked(&world, &token(&tablet), "high").await;
        assert_eq!(status, 200, "{request}");
        let signed = authenticator.signed(&request);
        let bring = async |server: &str| {
            let url = format!("{server}/v1/sessions/current/passkey");
            let answer = world.http.post(url).bearer_auth(token(&tablet)).json(&signed).send().await.unwrap();
            (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
        };
        let (here, there) = tokio::join!(bring(&world.server), bring(&address));
        let mut codes = [code(&here), code(&there)];
        codes.sort_unstable();
        assert_eq!(codes, [(200, ""), (400, "challenge_invalid")], "{round}: {here:?} {there:?}");
    }
    stop.cancel();
    served.await.unwrap();
}

async fn what_is_another_persons_or_gone_opens_nothing(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"), somebody("Els", "1970-07-07"));
    world.people(&[&anna, &luc]).await;
    world.residents_file("gavere", people_csv(&[&els]), false).await.unwrap();
    let mut annas = Authenticator::new("Anna");
    let mut lucs = Authenticator::new("Luc");
    let mut elses = Authenticator::new("Els");
    let mut phones = Vec::new();
    for (town, who, authenticator) in
        [("deinze", &anna, &mut annas), ("deinze", &luc, &mut lucs), ("gavere", &els, &mut elses)]
    {
        let mut phone = signed_in(&world, town, who, "telefoon").await;
        at_the_provider(&world, who, &mut phone).await;
        let id = has(&world, &phone, authenticator).await;
        phones.push((phone, id));
    }
    // Signed with what is another's, for her challenge: as with one that nobody knows.
    let tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    let mut nobodys = Authenticator::new("nobody");
    for other in [&mut lucs, &mut elses, &mut nobodys] {
        let (_, request) = asked(&world, &token(&tablet), "high").await;
        let allowed = request["allow_credential_ids"].as_array().unwrap();
        assert_eq!(allowed, &[json!(encoded(&annas.id))], "hers alone");
        let (status, problem) = answered(&world, &token(&tablet), &other.signed(&request)).await;
        assert_eq!(
            (status, &problem["code"], &problem["detail"]),
            (400, &json!("passkey_invalid"), &json!("credential"))
        );
    }
    // A credential that Luc has is not added once more by Anna; one in another town may have the same id.
    let (_, request) = begun(&world, &token(&phones[0].0)).await;
    let made = Authenticator::new("Luc").made(&request);
    assert_eq!(code(&added(&world, &token(&phones[0].0), &made).await), (409, "passkey_known"));
    let (_, request) = begun(&world, &token(&phones[0].0)).await;
    assert_eq!(added(&world, &token(&phones[0].0), &Authenticator::new("Els").made(&request)).await.0, 200);
    // Removed, it opens nothing, also where it was asked for before.
    let (_, request) = asked(&world, &token(&tablet), "high").await;
    let path = format!("/v1/passkeys/{}", phones[0].1);
    assert_eq!(world.raw("DELETE", &path, Some(&token(&phones[0].0)), None).await.0, 200);
    let (status, problem) = answered(&world, &token(&tablet), &annas.signed(&request)).await;
    assert_eq!((status, &problem["detail"]), (400, &json!("credential")), "{problem}");
    let said = phones[0].0.inbox().await.unwrap();
    let said = said.iter().find(|m| m.kind == "passkey_removed").unwrap();
    assert_eq!(said.title, "Er is een toegangssleutel verwijderd");
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'passkey_removed'").await, 1);
}

async fn a_passkey_that_counts_back_is_removed_and_said(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon van Anna").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    has(&world, &phone, &mut authenticator).await;
    let mut tablet = signed_in(&world, "deinze", &anna, "tablet van Anna").await;
    assert_eq!(steps_up(&world, &mut tablet, &mut authenticator).await.0, 200);
    // Somebody has a copy, which counts from where it was copied.
    authenticator.count = Some(1);
    let mut other = signed_in(&world, "deinze", &anna, "onbekend toestel").await;
    assert_eq!(code(&steps_up(&world, &mut other, &mut authenticator).await), (403, "passkey_copied"));
    assert_eq!(world.get("/v1/documents", &token(&other)).await.0, 403);
    let (_, list) = world.get("/v1/passkeys", &token(&phone)).await;
    assert_eq!(list["passkeys"], json!([]));
    let said = phone.inbox().await.unwrap();
    let said = said.iter().find(|m| m.title == "Een toegangssleutel werkt niet meer").unwrap();
    assert!(said.body.contains("onbekend toestel"), "{}", said.body);
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'passkey_copied'").await, 1);
    assert_eq!(code(&steps_up(&world, &mut other, &mut authenticator).await), (409, "passkey_none"));
    // Nobody knows in whose hands it was: what it gave other sessions is taken back.
    tablet.refresh().await.unwrap();
    let (status, problem) = world.get("/v1/documents", &token(&tablet)).await;
    assert_eq!((status, &problem["code"]), (403, &json!("level_too_low")), "{problem}");
}

async fn adding_and_removing_asks_for_the_provider_a_moment_ago(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    let stale = |(status, problem): (u16, Value)| {
        assert_eq!(
            (status, &problem["code"], &problem["required_level"]),
            (403, &json!("sign_in_too_old"), &json!("high"))
        );
    };
    // Signed in a moment ago, at less than what is private asks for.
    stale(begun(&world, &token(&phone)).await);
    // The provider is to have asked within half the time, so that as much is left to add one.
    let wish = json!({ "level": "high", "code_challenge": "c".repeat(43), "language": "nl" });
    let (_, step) = world.json("POST", "/v1/sessions/current/step-up", Some(&token(&phone)), &wish).await;
    assert!(step["authorization_url"].as_str().unwrap().contains("max_age=450"), "{step}");
    // The provider answers by its single sign-on, from what somebody typed yesterday, or does not say when it asked: that is not now.
    for said in [json!(world.now().timestamp() - 86_400), json!(null)] {
        world.stubs.oidc.says(Part::IdToken, json!({ "auth_time": said }));
        at_the_provider(&world, &anna, &mut phone).await;
        stale(begun(&world, &token(&phone)).await);
    }
    world.stubs.oidc.says(Part::IdToken, json!({}));
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    let id = has(&world, &phone, &mut authenticator).await;
    let path = format!("/v1/passkeys/{id}");
    world.at("2027-03-01 10:16");
    phone.refresh().await.unwrap();
    assert!(phone.documents().await.is_ok(), "the session is as sure as before");
    stale(begun(&world, &token(&phone)).await);
    stale(world.raw("DELETE", &path, Some(&token(&phone)), None).await);
    // A step up with a passkey is none at the provider: no passkey adds another.
    let mut tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    assert_eq!(steps_up(&world, &mut tablet, &mut authenticator).await.0, 200);
    stale(begun(&world, &token(&tablet)).await);
    stale(world.raw("DELETE", &path, Some(&token(&tablet)), None).await);
    // Naming changes nothing of what it opens.
    assert_eq!(world.json("PUT", &path, Some(&token(&tablet)), &json!({ "name": "Oude telefoon" })).await.0, 200);
    let (_, list) = world.get("/v1/passkeys", &token(&phone)).await;
    assert_eq!(list["passkeys"][0]["name"], "Oude telefoon");
    // As many as one may have, also where two are added at once.
    at_the_provider(&world, &anna, &mut phone).await;
    for n in 0..3 {
        has(&world, &phone, &mut Authenticator::new(&format!("more {n}"))).await;
    }
    at_the_provider(&world, &anna, &mut tablet).await;
    let (one, two) = (begun(&world, &token(&phone)).await.1, begun(&world, &token(&tablet)).await.1);
    let (one, two) = (Authenticator::new("one").made(&one), Authenticator::new("two").made(&two));
    let (phones, tablets) = (token(&phone), token(&tablet));
    let (here, there) = tokio::join!(added(&world, &phones, &one), added(&world, &tablets, &two));
    let mut codes = [code(&here), code(&there)];
    codes.sort_unstable();
    assert_eq!(codes, [(200, ""), (409, "passkey_limit")], "{here:?} {there:?}");
    assert_eq!(code(&begun(&world, &phones).await), (409, "passkey_limit"));
    // Removed twice, as a phone does whose first answer was lost, it is removed; and then there is room.
    for _ in 0..2 {
        assert_eq!(world.raw("DELETE", &path, Some(&phones), None).await.0, 200);
    }
    assert_eq!(world.figure("select count(*) from audit_entry where act = 'passkey_removed'").await, 1);
    assert_eq!(begun(&world, &phones).await.0, 200);
    assert_eq!(world.json("PUT", &path, Some(&phones), &json!({ "name": "x" })).await.0, 404);
}

async fn no_passkey_goes_above_what_the_provider_proved_lately(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    has(&world, &phone, &mut authenticator).await;
    world.clock.advance(chrono::Duration::minutes(1));
    // One that may be copied to other devices gives less.
    let mut copied = Authenticator { flags: PRESENT | VERIFIED | SYNCED, ..Authenticator::new("copied") };
    has(&world, &phone, &mut copied).await;
    let tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    let (_, request) = asked(&world, &token(&tablet), "high").await;
    assert_eq!(request["allow_credential_ids"], json!([encoded(&authenticator.id)]));
    assert_eq!(code(&answered(&world, &token(&tablet), &copied.signed(&request)).await), (409, "passkey_none"));
    // 88 days later, and signed in at less since: the passkey still gives what was proved then, and not for longer than that.
    world.at("2027-05-28 10:00");
    let mut tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    let (status, tokens) = steps_up(&world, &mut tablet, &mut authenticator).await;
    assert_eq!((status, &tokens["level"]), (200, &json!("high")), "{tokens}");
    assert!(tablet.documents().await.is_ok());
    let (_, list) = world.get("/v1/passkeys", &token(&tablet)).await;
    assert!(list["passkeys"][0]["level_until"].as_str().unwrap().starts_with("2027-05-30"), "{list}");
    world.at("2027-05-30 12:00");
    tablet.refresh().await.unwrap();
    let (status, problem) = world.get("/v1/documents", &token(&tablet)).await;
    assert_eq!((status, &problem["code"]), (403, &json!("level_too_low")), "{problem}");
    assert_eq!(code(&steps_up(&world, &mut tablet, &mut authenticator).await), (409, "passkey_none"));
    let (_, list) = world.get("/v1/passkeys", &token(&tablet)).await;
    assert_eq!(list["passkeys"][0]["level"], "substantial", "what was proved since: {list}");
    // At the provider again, on whichever phone, it is as it was.
    at_the_provider(&world, &anna, &mut tablet).await;
    let mut other = signed_in(&world, "deinze", &anna, "ander").await;
    assert_eq!(steps_up(&world, &mut other, &mut authenticator).await.0, 200);
    // A passkey takes nothing from what the provider proved.
    let (_, request) = asked(&world, &token(&tablet), "substantial").await;
    let (status, tokens) = answered(&world, &token(&tablet), &copied.signed(&request)).await;
    assert_eq!((status, &tokens["level"]), (200, &json!("high")), "{tokens}");
}

async fn who_signs_out_everywhere_keeps_passkeys_that_open_nothing_alone(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    let mut authenticator = Authenticator::new("phone");
    has(&world, &phone, &mut authenticator).await;
    let mut tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    let (_, request) = asked(&world, &token(&tablet), "high").await;
    assert_eq!(world.raw("DELETE", "/v1/sessions", Some(&token(&phone)), None).await.0, 200);
    let signed = authenticator.signed(&request);
    assert_eq!(code(&answered(&world, &token(&tablet), &signed).await), (401, "session_ended"));
    // Whoever is signed in anew has theirs, and nothing that was asked before.
    tablet.sign_in("deinze", &anna.number).await.unwrap();
    assert_eq!(code(&answered(&world, &token(&tablet), &signed).await), (400, "challenge_invalid"));
    assert_eq!(steps_up(&world, &mut tablet, &mut authenticator).await.0, 200);
    // Who left is signed out, and so has nothing that a passkey could raise.
    let gone = anna.clone().state("departed", "2027-03-01");
    world.people(&[&gone]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(code(&asked(&world, &token(&tablet), "high").await), (401, "session_ended"));
}

async fn a_passkey_gives_substantial_at_most_unless_the_installation_says_more(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = signed_in(&world, "deinze", &anna, "telefoon").await;
    at_the_provider(&world, &anna, &mut phone).await;
    has(&world, &phone, &mut Authenticator::new("phone")).await;
    let tablet = signed_in(&world, "deinze", &anna, "tablet").await;
    assert_eq!(code(&asked(&world, &token(&tablet), "high").await), (409, "passkey_none"));
    let (status, _) = asked(&world, &token(&tablet), "substantial").await;
    assert_eq!(status, 200);
    let (_, list) = world.get("/v1/passkeys", &token(&tablet)).await;
    assert_eq!(list["passkeys"][0]["level"], "substantial");
    // The phones that ask are told that the app has passkeys for the host of its links.
    let (status, apple) = world.raw("GET", "/.well-known/apple-app-site-association", None, None).await;
    assert_eq!(
        (status, &apple["webcredentials"]["apps"]),
        (200, &apple["applinks"]["details"][0]["appIDs"]),
        "{apple}"
    );
}

async fn without_a_word_in_the_configuration_there_are_none(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let id = planted(&world, &phone, "van vroeger").await;
    let (_, list) = world.get("/v1/passkeys", &token(&phone)).await;
    assert_eq!((&list["available"], list["passkeys"][0].get("level")), (&json!(false), None), "{list}");
    let mut authenticator = Authenticator::new("phone");
    let anything = json!({ "challenge": "x", "user_id": encoded(&[1; 32]), "exclude_credential_ids": [] });
    for refused in [
        begun(&world, &token(&phone)).await,
        added(&world, &token(&phone), &authenticator.made(&anything)).await,
        asked(&world, &token(&phone), "low").await,
        answered(&world, &token(&phone), &authenticator.signed(&anything)).await,
    ] {
        assert_eq!(code(&refused), (409, "passkeys_off"));
    }
    // What there is from when there were can be taken away.
    let path = format!("/v1/passkeys/{id}");
    assert_eq!(world.raw("DELETE", &path, Some(&token(&phone)), None).await.0, 200);
    let (_, apple) = world.raw("GET", "/.well-known/apple-app-site-association", None, None).await;
    assert!(apple.get("webcredentials").is_none(), "{apple}");
}
