//! The examples of the contract's answers are what the server answers on one day in a town, whose calls begin with the examples of bodies.
//!
//! Those are written by hand in `openapi/examples.json`; what comes back is recorded there (`BLESS=1`) and read as a difference.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::{Map, Value, json};
use thuisloket_mobile_contract::{
    client::types::Level,
    phone::{Phone, Tokens},
};

use crate::{
    calls,
    contacts::{code_for, confirmed},
    mandates::{acting, assisting},
    passkeys::{Authenticator, tokens_of},
    stands::run,
    tenant_isolation::{contracts, resident_of},
    world::{Engine, Somebody, World, answer_schema, paper, people_csv, somebody},
};

/// What no two runs have alike, or what nobody should copy from a document. By the name of its field.
const BY_HAND: &[(&str, &str)] = &[
    ("access_token", "eyJhbGciOiJFUzI1NiIs…"),
    ("authorization_url", "https://authenticatie.vlaanderen.be/op/v1/auth?response_type=code&client_id=…"),
    ("challenge", "h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI"),
    ("next_cursor", "aW5ib3ggMTgwNDA2NTYwMDAwMDAwMCAwMTkzNWMzZQ"),
    ("person", "7f3a91c2"),
    ("refresh_token", "cmVmcmVzaC10b2tlbi1vZi10aGUtbGFzdC1hbnN3ZXI"),
    ("request_json", "{\"challenge\":\"h0RxkBnkU4F9hJUBWmfeI9bFIgS-yLl7AWUpNW0pJsI\",\"timeout\":300000,…}"),
    ("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("user_id", "m4vQw0J9sYb2Lr7TzXkHc5nEfPdGi1oUa8BtSy6RqWM"),
];
/// The same of a whole answer.
const WHOLLY_BY_HAND: &[&str] = &["KeyMadeOut", "MandateCodeOut", "Problem", "StaffToken", "TrialCodeOut"];
/// How much of a list an example shows.
const SHOWN: usize = 3;
/// What ids of the examples that people write begin with.
const OURS: &str = "01935c3e-0000-7000-8000-";

/// Bodies whose examples this day does not send: what a browser or another phone would have to give first, and what other journeys send.
const NOT_SENT: &[&str] = &[
    "AppointmentMove",
    "Choice",
    "CodeIn",
    "CodeTrade",
    "DeviceIn",
    "LiveIn",
    "PreferencesBody",
    "RefreshTrade",
    "SendOn",
    "StaffAppointmentMove",
    "StaffCodeTrade",
    "StepUp",
    "TopicsBody",
    "TrialCode",
    "UploadEnd",
    "VisitSearch",
];

struct Day<'a> {
    world: &'a World,
    contracts: [Value; 2],
    sent: RefCell<BTreeSet<String>>,
    found: RefCell<BTreeMap<String, Value>>,
}

impl Day<'_> {
    /// The example of a body, with some of it said otherwise.
    fn example(&self, name: &str, more: Value) -> Value {
        self.sent.borrow_mut().insert(name.to_owned());
        let mut schemas = self.contracts.iter().map(|c| &c["components"]["schemas"][name]);
        let mut body = schemas.find(|s| !s.is_null()).unwrap()["example"].clone();
        if let Value::Object(more) = more {
            body.as_object_mut().unwrap().extend(more);
        }
        body
    }

    async fn ask(&self, method: &str, path: &str, token: &str, body: Option<Value>) -> Value {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send(method, path, token, body).await
    }

    async fn send(&self, method: &str, path: &str, token: &str, body: Option<(&str, Vec<u8>)>) -> Value {
        let (status, answer) = self.world.raw(method, path, Some(token).filter(|t| !t.is_empty()), body).await;
        assert!(status < 300, "{method} {path}: {answer}");
        if let Some((schema, contract)) = answer_schema(method, path, status) {
            self.record(schema, contract, &answer);
        }
        answer
    }

    async fn get(&self, path: &str, token: &str) -> Value {
        self.ask("GET", path, token, None).await
    }

    async fn post(&self, path: &str, token: &str, body: Value) -> Value {
        self.ask("POST", path, token, Some(body)).await
    }

    async fn put(&self, path: &str, token: &str, body: Value) -> Value {
        self.ask("PUT", path, token, Some(body)).await
    }

    /// Keeps an answer under the name of its schema, and each part under its own. Of several, the last of those that say most.
    fn record(&self, schema: &Value, contract: &Value, answer: &Value) {
        if let Some(name) = schema["$ref"].as_str().map(|r| r.rsplit('/').next().unwrap()) {
            if let Some(said) = answer.as_object() {
                let mut found = self.found.borrow_mut();
                let before = found.get(name).and_then(Value::as_object).map_or(0, Map::len);
                if said.len() >= before {
                    found.insert(name.to_owned(), answer.clone());
                }
            }
            return self.record(&contract["components"]["schemas"][name], contract, answer);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.record(part, contract, answer);
        }
        for (field, of) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(value) = answer.get(field) {
                self.record(of, contract, value);
            }
        }
        for item in answer.as_array().into_iter().flatten() {
            self.record(&schema["items"], contract, item);
        }
    }
}

/// An answer as an example: with ids that count up, one reference for every visit, and the beginning of what is long.
fn tidy(value: &mut Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("part") {
                // How long a PDF is changes with whatever draws it.
                fields.entry("size").and_modify(|size| *size = json!(30_833));
            }
            for (field, value) in fields {
                match BY_HAND.iter().find(|(name, _)| name == field) {
                    Some((_, text)) if value.is_string() => *value = json!(text),
                    _ => tidy(value, ids),
                }
            }
        }
        Value::Array(all) => {
            if !all.iter().any(Value::is_number) {
                all.truncate(SHOWN);
            }
            all.iter_mut().for_each(|value| tidy(value, ids));
        }
        Value::String(text) => {
            let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let mut now = String::new();
            // A word, and what stands between it and the next.
            for piece in text.split_inclusive(|c| !part(c)) {
                let end = piece.rfind(part).map_or(0, |last| last + 1);
                let (word, rest) = piece.split_at(end);
                now.push_str(&known_word(word, ids));
                now.push_str(rest);
            }
            *text = now;
        }
        _ => (),
    }
}

/// An id of this run or the reference of a visit or of a letter as every run has it; any other word as it is.
fn known_word(word: &str, ids: &mut Vec<String>) -> String {
    if word.len() == 36 && word.parse::<uuid::Uuid>().is_ok() && !word.starts_with(OURS) {
        let n = ids.iter().position(|id| id == word).unwrap_or_else(|| {
            ids.push(word.to_owned());
            ids.len() - 1
        });
        return format!("{OURS}{:012x}", 0x100 + n);
    }
    if word.len() == 8 && word.chars().all(|c| "BCDFGHJKMNPRTVWX".contains(c)) {
        return "BCDFGHJK".to_owned();
    }
    let capitals = |half: &str| half.len() == 3 && half.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    match word.split_once('-') {
        Some((first, second)) if capitals(first) && capitals(second) => "K7M-3QX".to_owned(),
        _ => word.to_owned(),
    }
}

/// The names of the bodies.
fn bodies() -> BTreeSet<String> {
    let contracts = contracts();
    let items = contracts.iter().flat_map(|contract| contract["paths"].as_object().unwrap().values());
    let schemas = items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str());
    schemas.map(|name| name.rsplit('/').next().unwrap().to_owned()).collect()
}

/// The names of the schemas that bodies are made of: people write those.
fn written() -> BTreeSet<String> {
    fn names(schema: &Value, contract: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                if let Some(name) = fields.get("$ref").and_then(Value::as_str).map(|r| r.rsplit('/').next().unwrap())
                    && found.insert(name.to_owned())
                {
                    names(&contract["components"]["schemas"][name], contract, found);
                }
                fields.iter().filter(|(name, _)| *name != "example").for_each(|(_, v)| names(v, contract, found));
            }
            Value::Array(all) => all.iter().for_each(|value| names(value, contract, found)),
            _ => (),
        }
    }
    let mut found = BTreeSet::new();
    for contract in contracts() {
        for operation in
            contract["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values())
        {
            names(&operation["requestBody"], &contract, &mut found);
        }
    }
    found
}

#[tokio::test]
async fn the_examples_of_answers_are_what_a_town_answers() {
    let more = "deinze.centre = [50.9817, 3.5306]\n\
                deinze.letters = { enabled = true, signature = [\"Dienst Burgerzaken\"] }\n\
                deinze.reach = { reminder = { mail = -1, letter = 1 } }\n\
                server.maintenance = [{ from = \"2027-03-13T21:00:00Z\", until = \"2027-03-13T23:00:00Z\" }]\n\
                [apps.shared.least_ios]\nversion = \"2.1.0\"\n\
                store = \"https://apps.apple.com/be/app/id1234567890\"\n\
                [passkeys]\nenabled = true";
    let world = World::start_with(Engine::Sqlite, more).await.unwrap();
    let day = Day { world: &world, contracts: contracts(), sent: RefCell::default(), found: RefCell::default() };
    a_day(&day).await;
    let sent = day.sent.take();
    let all: BTreeSet<String> = sent.iter().cloned().chain(NOT_SENT.iter().map(|name| (*name).to_owned())).collect();
    assert_eq!(all, bodies(), "a body is sent on this day, or its name stands with those that are not");
    assert_eq!(sent.len() + NOT_SENT.len(), all.len(), "what is sent stands with those that are not");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/examples.json");
    let kept: Map<String, Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let (written, mut found, mut ids) = (written(), day.found.into_inner(), Vec::new());
    let mut now = Map::new();
    for (name, example) in &kept {
        let by_hand = written.contains(name) || WHOLLY_BY_HAND.contains(&name.as_str());
        let mut recorded = found.remove(name).filter(|_| !by_hand);
        assert!(by_hand || recorded.is_some(), "{name} is answered to nobody on this day");
        if let Some(recorded) = &mut recorded {
            tidy(recorded, &mut ids);
        }
        now.insert(name.clone(), recorded.unwrap_or_else(|| example.clone()));
    }
    for (name, mut recorded) in found.into_iter().filter(|(name, _)| !written.contains(name)) {
        tidy(&mut recorded, &mut ids);
        now.insert(name, recorded);
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
        return;
    }
    for (name, example) in &now {
        assert_eq!(Some(example), kept.get(name), "the example of {name}: BLESS=1 writes it anew, then `openapi`");
    }
}

const SERVICE: &str = "/staff/v1/services/01935c3e-0000-7000-8000-000000000001";
const LOCATION: &str = "01935c3e-0000-7000-8000-000000000002";
const DESK: &str = "/staff/v1/desks/01935c3e-0000-7000-8000-000000000003";
const ANNOUNCEMENT: &str = "/staff/v1/announcements/01935c3e-0000-7000-8000-000000000008";

/// Who lives in this town: Anna and her daughter, and those around.
fn town() -> (Somebody, Somebody, Vec<Somebody>) {
    let anna = somebody("Anna Maria", "1985-05-05");
    let emma = somebody("Emma Louise", "2019-04-04").child_of(&[&anna]);
    let given = ["Luc", "Els", "Rita", "Jozef", "Mehmet", "Sofie", "Karel", "Fatima", "Jan"];
    let families =
        ["Maes", "Claes", "De Smet", "Willems", "Yilmaz", "Peeters", "Dubois", "Amrani", "Mertens", "Wouters"];
    let around = given.iter().cycle().zip(families.iter().cycle()).zip(0..28).map(|((given, family), n)| {
        let mut other = somebody(given, &format!("19{}-0{}-12", 40 + n, 1 + n % 9));
        (*family).clone_into(&mut other.family);
        other
    });
    (anna, emma, around.collect())
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// A token of a phone that is good for some minutes.
async fn fresh(phone: &mut Phone) -> String {
    phone.refresh().await.unwrap();
    phone.tokens.clone().unwrap().access
}

/// Somebody chose the app as the only way, and has none: another of them may have the same name.
async fn wants_no_letters(world: &World, who: &Somebody) {
    let now = world.now();
    let sql = "insert into contact_settings (municipality_id, resident_id, steps, never_digital, open_email, announcements_by_email,
                   large_print, changed_at)
               select municipality_id, id, 'push', false, false, false, false, $1 from resident where family_name = $2 and birth_date = $3";
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query(sql).bind(now).bind(&who.family).bind(who.born)
        .execute(c).await.map(|d| assert_eq!(d.rows_affected(), 1)))
    .unwrap();
    w.commit().await.unwrap();
}

/// A Wednesday on which a card's reminder comes, and the Monday of the visit.
async fn a_day(day: &Day<'_>) {
    let world = day.world;
    let (anna, emma, around) = town();
    let everybody: Vec<&Somebody> = [&anna, &emma].into_iter().chain(&around).collect();
    register(day, &people_csv(&everybody)).await;
    let cards = [
        paper(&anna, "eid", "2017-09-01", "2027-09-01"),
        paper(&emma, "kids_id", "2024-06-01", "2027-06-01"),
        // Of somebody who has no app.
        paper(&around[20], "eid", "2017-06-01", "2027-06-01"),
        // Of somebody who has none either, and wants no letter.
        paper(&around[21], "eid", "2017-06-02", "2027-06-01"),
    ];
    world.papers(&cards).await;
    wants_no_letters(world, &around[21]).await;
    let mut phones = Vec::new();
    for other in &around[..14] {
        phones.push(world.phone(other, false).await);
    }
    let mut phone = world.phone(&anna, false).await;
    world.days(2).await;
    announce(day, &everybody, &mut phone).await;
    let visit = plan_and_book(day, &fresh(&mut phone).await).await;
    counter(day, &visit).await;
    world.at("2027-03-08 09:50");
    world.drain().await;
    queue(day, &mut phone, &mut phones[1..12], &visit).await;
    close(day, &fresh(&mut phones[0]).await).await;
    world.at("2027-03-08 11:30");
    world.drain().await;
    office(day).await;
    let tokens = [fresh(&mut phone).await, fresh(&mut phones[12]).await, fresh(&mut phones[13]).await];
    mandates(day, &tokens).await;
    let pair = (resident_of(world, &phones[13]).await, resident_of(world, &phone).await);
    deeds(day, pair, (&tokens[2], &tokens[0])).await;
    fresh(&mut phone).await;
    passkey(day, &mut phone, &anna).await;
    citizen(day, &phone.tokens.unwrap()).await;
    letters(day).await;
}

/// Somebody asks to act for a neighbour, the counter notes that it is so the other way round, and Anna is blocked as a parent for a moment.
async fn mandates(day: &Day<'_>, [anna, giver, helper]: &[String; 3]) {
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    let code = day.ask("POST", "/v1/mandates/code", giver, None).await;
    let ask = day.example("MandateAsk", json!({ "code": code["code"] }));
    let asked = day.post("/v1/mandates", helper, ask).await;
    day.ask("POST", &format!("/v1/mandates/{}/accept", id(&asked)), giver, None).await;
    let held = day.get("/v1/mandates?side=held", helper).await;
    let given = day.get("/v1/mandates?side=given", giver).await;
    let other = |page: &Value| page["mandates"][0]["resident_id"].clone();
    let back = json!({ "grantor_id": other(&given), "holder_id": other(&held) });
    day.post("/staff/v1/mandates", &clerk, day.example("MandateGiving", back)).await;
    let child = day.get("/v1/mandates?side=held", anna).await["children"][0]["resident_id"].clone();
    let found = day.post("/staff/v1/residents/search", &clerk, day.example("LookUp", json!({}))).await;
    let parent = id(&found[0]);
    let block = format!("/staff/v1/residents/{}/parents/{parent}/block", child.as_str().unwrap());
    day.put(&block, &clerk, day.example("ParentBlocking", json!({}))).await;
    day.get(&format!("/staff/v1/residents/{parent}/mandates?reason=visit"), &clerk).await;
    day.ask("DELETE", &format!("{block}?reason=visit"), &clerk, None).await;
    let looked = format!("/staff/v1/residents/{}/mandates?reason=visit", other(&held).as_str().unwrap());
    day.get(&looked, &clerk).await;
}

/// Anna, who assists a neighbour, asks for a visit, which waits for the neighbour's yes; and takes it back.
async fn deeds(day: &Day<'_>, pair: (uuid::Uuid, uuid::Uuid), (neighbour, anna): (&str, &str)) {
    let world = day.world;
    assisting(world, pair, "care_proxy").await;
    let service = SERVICE.rsplit('/').next().unwrap();
    let (_, starts) = world.get(&format!("/v1/services/{service}/starts?persons=1&from=2027-03-15"), anna).await;
    let wish = json!({
        "service_id": service, "location_id": LOCATION, "starts_at": starts[0]["starts_at"], "persons": 1, "hold": false,
    });
    let (status, held) = acting(world, ("POST", "/v1/appointments"), anna, pair.0, Some(&wish)).await;
    assert_eq!(status, 200, "{held}");
    let waits = day.get("/v1/deeds", neighbour).await;
    day.ask("POST", &format!("/v1/deeds/{}/refuse", id(&waits[0])), anna, None).await;
}

/// Anna adds a passkey after her provider said who she is, and steps up with it.
async fn passkey(day: &Day<'_>, phone: &mut Phone, anna: &Somebody) {
    phone.step_up(Level::High, &anna.number, "/").await.unwrap();
    let token = phone.tokens.clone().unwrap().access;
    let mut authenticator = Authenticator::new("the day of the examples");
    let asked = day.ask("POST", "/v1/passkeys/challenge", &token, None).await;
    let added = day.post("/v1/passkeys", &token, day.example("PasskeyNew", authenticator.made(&asked))).await;
    let path = format!("/v1/passkeys/{}", id(&added));
    day.put(&path, &token, day.example("PasskeyName", json!({}))).await;
    let wish = day.example("PasskeyWish", json!({ "level": "substantial" }));
    let asked = day.post("/v1/sessions/current/passkey-challenge", &token, wish).await;
    let signed = day.example("PasskeySigned", authenticator.signed(&asked));
    let tokens = day.post("/v1/sessions/current/passkey", &token, signed).await;
    phone.tokens = Some(tokens_of(&tokens));
}

/// The register comes in by a machine.
async fn register(day: &Day<'_>, people: &str) {
    let world = day.world;
    let chief = world.staff("Els Peeters", &["Beheer:0207509031"]).await;
    let made = day.post("/staff/v1/keys", &chief, day.example("KeyWish", json!({}))).await;
    let key = made["key"].as_str().unwrap();
    let upload = day.post("/staff/v1/uploads", key, day.example("UploadStart", json!({}))).await;
    let path = format!("/staff/v1/uploads/{}", id(&upload));
    let request = world.http.patch(format!("{}{path}", world.server)).bearer_auth(key).header("upload-offset", 0);
    let part = request.header("content-type", "application/octet-stream").body(people.to_owned()).send().await.unwrap();
    let (schema, contract) = answer_schema("PATCH", &path, 200).unwrap();
    day.record(schema, contract, &part.json().await.unwrap());
    day.post(&format!("{path}/complete"), key, json!({ "size": people.len() })).await;
    world.drain().await;
    day.get(&path, key).await;
    day.get("/staff/v1/keys", &chief).await;
}

/// The town tells everybody something, and looks at what became of it.
async fn announce(day: &Day<'_>, people: &[&Somebody], phone: &mut Phone) {
    let world = day.world;
    let writer = world.staff("Rik Claes", &["Redactie:0207509031"]).await;
    let approver = world.staff("Bea Devos", &["Goedkeuring:0207509031"]).await;
    let clerk = world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    day.post("/staff/v1/audiences/preview", &writer, day.example("PreviewIn", json!({}))).await;
    let audience = "/staff/v1/audiences/01935c3e-0000-7000-8000-000000000009";
    day.put(audience, &writer, day.example("AudienceDraft", json!({}))).await;
    day.get("/staff/v1/audiences", &writer).await;
    let template = "/staff/v1/announcement-templates/01935c3e-0000-7000-8000-00000000000b";
    day.put(template, &writer, day.example("AnnouncementTemplateDraft", json!({}))).await;
    day.get("/staff/v1/announcement-templates", &writer).await;
    let numbers: String = people.iter().skip(2).take(20).map(|p| format!("{}\n", p.number)).collect();
    let list = "/staff/v1/people-lists/01935c3e-0000-7000-8000-00000000000a?name=Standhouders%20van%20de%20markt";
    let file = format!("{numbers}85.05.05-003.30\n");
    day.send("PUT", list, &writer, Some(("application/octet-stream", file.into_bytes()))).await;
    day.get("/staff/v1/people-lists", &writer).await;
    let draft = json!({ "valid_until": "2027-03-04T18:00:00Z", "is_public": true });
    day.put(ANNOUNCEMENT, &writer, day.example("AnnouncementDraft", draft)).await;
    day.ask("POST", &format!("{ANNOUNCEMENT}/submit?version=1&everyone=true"), &writer, None).await;
    day.ask("POST", &format!("{ANNOUNCEMENT}/approve?version=1"), &approver, None).await;
    world.drain().await;
    world.clock.advance(chrono::Duration::minutes(30));
    phone.refresh().await.unwrap();
    for message in phone.inbox().await.unwrap() {
        phone.open(message.id).await.unwrap();
    }
    day.get(ANNOUNCEMENT, &writer).await;
    day.get(&format!("{ANNOUNCEMENT}/figures"), &writer).await;
    day.get(&format!("{ANNOUNCEMENT}/unreached"), &clerk).await;
    day.get("/staff/v1/sent-announcements", &clerk).await;
    day.get("/staff/v1/figures?month=2027-03-01", &writer).await;
    day.get("/staff/v1/coverage?month=2027-03-01&by=plan", &writer).await;
    day.get("/staff/v1/coverage/announcements?month=2027-03-01", &writer).await;
}

/// A service and a place for it, and a visit of a citizen.
async fn plan_and_book(day: &Day<'_>, token: &str) -> Value {
    let planner = day.world.staff("Piet Verhelst", &["Planner:0207509031"]).await;
    day.put(SERVICE, &planner, day.example("ServicePlan", json!({}))).await;
    day.put(&format!("/staff/v1/locations/{LOCATION}"), &planner, day.example("LocationPlan", json!({}))).await;
    day.get(&format!("/staff/v1/locations/{LOCATION}/versions"), &planner).await;
    let card = day.get("/v1/documents", token).await[0].clone();
    day.get(&format!("/v1/documents/{}/visits", id(&card)), token).await;
    let offer = day.get("/v1/services", token).await;
    let service = id(&offer["services"][0]).to_owned();
    let starts = day.get(&format!("/v1/services/{service}/starts?persons=2&from=2027-03-08"), token).await;
    let at = json!({ "starts_at": starts[4]["starts_at"] });
    let held = day.post("/v1/appointments", token, day.example("AppointmentWish", at)).await;
    let visit = day.ask("POST", &format!("/v1/appointments/{}/confirm", id(&held)), token, None).await;
    let earlier = json!({ "appointment_id": visit["id"] });
    day.post("/v1/waiting", token, day.example("WaitingWish", earlier)).await;
    let more = day.example("AppointmentAddition", json!({ "document_ids": [card["id"]] }));
    day.post(&format!("/v1/appointments/{}/documents", id(&visit)), token, more).await;
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    let more = day.example("StaffAppointmentAddition", json!({ "document_ids": [card["id"]] }));
    day.post(&format!("/staff/v1/appointments/{}/documents", id(&visit)), &clerk, more).await;
    visit
}

/// What a clerk does for somebody who telephones.
async fn counter(day: &Day<'_>, visit: &Value) {
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    let found = day.post("/staff/v1/residents/search", &clerk, day.example("LookUp", json!({}))).await;
    day.get(&format!("/staff/v1/residents/{}/documents?reason=visit", id(&found[0])), &clerk).await;
    for what in ["visits", "reminders", "messages", "preferences", "turns"] {
        day.get(&format!("/staff/v1/residents/{}/{what}?reason=telephone", id(&found[0])), &clerk).await;
    }
    day.get(&format!("/staff/v1/appointments/{}?reason=telephone", visit["reference"].as_str().unwrap()), &clerk).await;
    day.get("/staff/v1/missed-reminders?reason=telephone", &clerk).await;
    let call = calls::planted(day.world, "deinze", id(&found[0])).await;
    day.ask("POST", &format!("/staff/v1/calls/{call}/take"), &clerk, None).await;
    day.post(&format!("/staff/v1/calls/{call}/tries"), &clerk, day.example("CallTryIn", json!({}))).await;
    day.get("/staff/v1/calls?reason=telephone", &clerk).await;
    day.post(&format!("/staff/v1/calls/{call}/close"), &clerk, day.example("CallCloseIn", json!({}))).await;
    day.get("/staff/v1/calls/handed-over?reason=telephone", &clerk).await;
    // Once more, with what became of it.
    day.get(&format!("/staff/v1/residents/{}/messages?reason=telephone", id(&found[0])), &clerk).await;
    let later = json!({ "starts_at": "2027-03-08T10:30:00Z" });
    let guest = day.post("/staff/v1/appointments", &clerk, day.example("StaffAppointmentWish", later)).await;
    let visitor = format!("/staff/v1/appointments/{}/visitor", id(&guest));
    day.put(&visitor, &clerk, day.example("VisitorEdit", json!({}))).await;
    day.get(&format!("{visitor}?reason=telephone"), &clerk).await;
    // Somebody without the app, for whom something is free.
    let other = json!({ "family_name": "Mertens", "birth_date": "1958-01-12" });
    let other = day.post("/staff/v1/residents/search", &clerk, day.example("LookUp", other)).await;
    let other = day.example("StaffWaitingWish", json!({ "resident_id": other[0]["id"] }));
    day.post("/staff/v1/waiting", &clerk, other).await;
    day.get("/staff/v1/waiting", &clerk).await;
    day.get(&format!("/staff/v1/agenda?location_id={LOCATION}&day=2027-03-08"), &clerk).await;
    day.get(&format!("/staff/v1/agenda/week?location_id={LOCATION}&from=2027-03-08"), &clerk).await;
    day.get(&format!("/staff/v1/agenda/hours?location_id={LOCATION}&from=2027-03-08"), &clerk).await;
}

/// The day of the visit: she checks in, others take a number, a desk calls them.
async fn queue(day: &Day<'_>, phone: &mut Phone, phones: &mut [Phone], visit: &Value) {
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    day.put(&format!("{DESK}/clerk"), &clerk, day.example("SignOn", json!({}))).await;
    let here = day.example("Here", json!({}));
    day.post(&format!("/v1/appointments/{}/check-in", id(visit)), &fresh(phone).await, here).await;
    serve(day, &clerk, true).await;
    for other in phones {
        let token = fresh(other).await;
        let ticket = day.post("/v1/tickets", &token, day.example("NumberWish", json!({}))).await;
        serve(day, &clerk, false).await;
        let answer = format!("/v1/tickets/{}/answer", id(&ticket));
        day.post(&answer, &token, day.example("AnswerIn", json!({}))).await;
    }
    day.post("/staff/v1/tickets", &clerk, day.example("GiveNumber", json!({}))).await;
    day.get(&format!("/staff/v1/queue?location_id={LOCATION}"), &clerk).await;
    let hall = format!("/staff/v1/halls/{LOCATION}");
    let next = day.ask("POST", &format!("{DESK}/next"), &clerk, None).await;
    let ticket = format!("/staff/v1/tickets/{}", id(&next["called"]));
    day.ask("POST", &format!("{ticket}/park"), &clerk, None).await;
    day.get(&hall, &clerk).await;
    day.post(&format!("{ticket}/take-back"), &clerk, day.example("TakeBack", json!({}))).await;
    day.get(DESK, &clerk).await;
    day.get(&format!("{hall}/kiosk"), &clerk).await;
    day.get(&format!("{hall}/arrivals"), &clerk).await;
    day.get("/v1/tickets", &fresh(phone).await).await;
    day.get("/staff/v1/opinions?from=2027-03-08&until=2027-03-08", &clerk).await;
    let planner = day.world.staff("Piet Verhelst", &["Planner:0207509031"]).await;
    let figures = format!("/staff/v1/locations/{LOCATION}/figures?from=2027-03-08&until=2027-03-08&by=hour");
    day.get(&figures, &planner).await;
}

async fn serve(day: &Day<'_>, clerk: &str, called_again: bool) {
    let next = day.ask("POST", &format!("{DESK}/next"), clerk, None).await;
    let ticket = format!("/staff/v1/tickets/{}", id(&next["called"]));
    if called_again {
        day.ask("POST", &format!("{ticket}/recall"), clerk, None).await;
    }
    day.ask("POST", &format!("{ticket}/start"), clerk, None).await;
    day.world.clock.advance(chrono::Duration::minutes(4));
    day.ask("POST", &format!("{ticket}/finish"), clerk, None).await;
    day.world.drain().await;
}

/// A location closes, and a plan leaves somebody without a place.
async fn close(day: &Day<'_>, token: &str) {
    let planner = day.world.staff("Piet Verhelst", &["Planner:0207509031"]).await;
    for at in ["2027-03-15T09:00:00Z", "2027-03-22T09:00:00Z"] {
        let wish = json!({ "starts_at": at, "companions": [], "persons": 1, "hold": false });
        day.post("/v1/appointments", token, day.example("AppointmentWish", wish)).await;
    }
    let clerk = day.world.staff("Els Peeters", &["Loket:0207509031"]).await;
    let visitor = json!({ "starts_at": "2027-03-15T09:30:00Z", "companions": [], "persons": 1 });
    day.post("/staff/v1/appointments", &clerk, day.example("StaffAppointmentWish", visitor)).await;
    let (from, until) = ("2027-03-15T07:00:00Z", "2027-03-15T12:00:00Z");
    let when = || json!({ "from": from, "until": until });
    day.post("/staff/v1/closures/preview", &planner, day.example("ClosurePreview", when())).await;
    day.post("/staff/v1/closures", &planner, day.example("ClosureWish", when())).await;
    day.world.drain().await;
    day.get("/staff/v1/closures", &planner).await;
    let rung = day.get("/staff/v1/to-ring", &clerk).await[0].clone();
    let path = format!("/staff/v1/to-ring/{}", rung["appointment_id"].as_str().unwrap());
    let of = json!({ "version": rung["tried"]["version"] });
    day.put(&path, &clerk, day.example("RungIn", of)).await;
    day.get("/staff/v1/to-ring", &clerk).await;
    let known = day.get("/staff/v1/locations", &planner).await[0]["plan"]["version"].clone();
    let more = json!({ "version": known, "exceptions": [{ "day": "2027-03-22" }] });
    let plan = day.example("LocationPlan", more);
    let service = day.get("/staff/v1/services", &planner).await[0]["plan"].clone();
    let preview = day.example("ServicePreview", json!({ "plan": service }));
    day.post(&format!("{SERVICE}/preview"), &planner, preview).await;
    let preview = day.example("LocationPreview", json!({ "plan": &plan }));
    day.post(&format!("/staff/v1/locations/{LOCATION}/preview"), &planner, preview).await;
    day.put(&format!("/staff/v1/locations/{LOCATION}?strand=true"), &planner, plan).await;
    day.get("/staff/v1/stranded", &planner).await;
    day.post("/staff/v1/stranded", &planner, day.example("StrandedWish", json!({}))).await;
}

/// What whoever watches over the rest sees.
async fn office(day: &Day<'_>) {
    let world = day.world;
    let chief = world.staff("Els Peeters", &["Beheer:0207509031", "Toezicht:0207509031"]).await;
    for path in ["about", "me", "sessions", "members", "audit", "audit/actors"] {
        day.get(&format!("/staff/v1/{path}"), &chief).await;
    }
    day.post("/staff/v1/sign-in", "", day.example("StaffSignInStart", json!({}))).await;
}

/// Anna confirms an address; another that was dropped before shows how that is told, and a mailbox reports what came back.
async fn email(day: &Day<'_>, token: &str) {
    let world = day.world;
    day.put("/v1/contact-settings", token, day.example("ContactSettingsIn", json!({}))).await;
    confirmed(world, token, "anna@voorbeeld.be").await;
    let dropped = "update contact_settings set email_dropped_at = email_confirmed_at, email_dropped_why = 'bounced'";
    run(world, dropped, dropped).await;
    let wish = day.example("EmailStart", json!({}));
    let address = wish["email"].as_str().unwrap().to_owned();
    day.post("/v1/contact-settings/email", token, wish).await;
    // How it stands while the code is on its way.
    day.get("/v1/contact-settings", token).await;
    world.drain().await;
    let code = json!({ "code": code_for(world, &address) });
    day.post("/v1/contact-settings/email/confirm", token, day.example("EmailCode", code)).await;
    let chief = world.staff("Els Peeters", &["Beheer:0207509031"]).await;
    day.post("/staff/v1/mail/bounces", &chief, day.example("MailBounce", json!({}))).await;
}

/// Who has no app is written to, and a letter comes back.
async fn letters(day: &Day<'_>) {
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    day.get("/staff/v1/offer", &clerk).await;
    let made = day.ask("POST", "/staff/v1/letter-batches", &clerk, None).await;
    day.world.drain().await;
    let batch = format!("/staff/v1/letter-batches/{}", id(&made));
    let letter = day.get(&format!("{batch}/letters?limit=1"), &clerk).await["letters"][0].clone();
    let one = format!("/staff/v1/letters/{}", id(&letter));
    day.post(&format!("{one}/take-out"), &clerk, day.example("LetterTakenOutIn", json!({}))).await;
    day.ask("POST", &format!("{one}/put-back"), &clerk, None).await;
    day.world.drain().await;
    day.post(&format!("{batch}/printed"), &clerk, day.example("LettersPrintedIn", json!({}))).await;
    day.ask("POST", &format!("{batch}/posted"), &clerk, None).await;
    day.world.drain().await;
    day.get(&batch, &clerk).await;
    let of = json!({ "reference": letter["reference"] });
    day.post("/staff/v1/letters/returned", &clerk, day.example("LetterReturnedIn", of)).await;
    let reference = letter["reference"].as_str().unwrap();
    day.get(&format!("/staff/v1/letters?reference={reference}"), &clerk).await;
    day.get("/staff/v1/addresses-to-check", &clerk).await;
    day.get("/staff/v1/letter-batches", &clerk).await;
}

/// What a citizen reads of themselves.
async fn citizen(day: &Day<'_>, tokens: &Tokens) {
    let token = &tokens.access;
    email(day, token).await;
    let clerk = day.world.staff("Ann Dhondt", &["Loket:0207509031"]).await;
    let later = json!({ "starts_at": "2027-04-05T09:30:00Z" });
    let guest = day.post("/staff/v1/appointments", &clerk, day.example("StaffAppointmentWish", later)).await;
    let claim = json!({ "reference": guest["reference"] });
    day.post("/v1/appointments/claim", token, day.example("VisitClaim", claim)).await;
    for path in [
        "announcements",
        "appointments",
        "audit?limit=3",
        "contact-settings",
        "devices",
        "me",
        "municipalities",
        "passkeys",
        "past-appointments",
        "sessions",
        "topics",
        "waiting",
        "locations",
        "inbox/unread-count",
        "inbox/changes",
        "inbox?limit=2",
    ] {
        day.get(&format!("/v1/{path}"), token).await;
    }
    let inbox = day.get("/v1/inbox", token).await;
    let card = inbox["messages"].as_array().unwrap().iter().find(|m| m["kind"] == "document_reminder").unwrap();
    for part in ["", "/visits", "/why"] {
        day.get(&format!("/v1/inbox/{}{part}", id(card)), token).await;
    }
    day.post("/v1/sign-in", "", day.example("SignInStart", json!({ "provider": "town" }))).await;
    day.post("/v1/sessions/refresh", "", json!({ "refresh_token": tokens.refresh })).await;
}
