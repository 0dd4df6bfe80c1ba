//! Apps live on phones that nobody updates: no change breaks one that was made for a released contract (openapi/released).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::breaks::{Break, breaks, problem_breaks, push_breaks};

/// All that an app is made from.
#[derive(Clone)]
struct Contract {
    document: Value,
    problems: Value,
    pushes: BTreeMap<String, Value>,
}

impl Contract {
    fn read(document: &Path, problems: &Path, pushes: &Path) -> Self {
        let schemas = entries(pushes).into_iter().filter(|path| path.to_string_lossy().ends_with(".schema.json"));
        let named = schemas.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(&path)));
        Self { document: read(document), problems: read(problems), pushes: named.collect() }
    }

    /// As it is now. Other tests hold these files to what the server writes and sends.
    fn now() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let ours = root.join("mobile-contract");
        Self::read(&root.join("openapi/citizen.json"), &ours.join("problem-codes.json"), &ours.join("push"))
    }

    fn kept(folder: &Path) -> Self {
        Self::read(&folder.join("citizen.json"), &folder.join("problem-codes.json"), &folder.join("push"))
    }

    fn version(&self) -> &str {
        self.document["info"]["version"].as_str().unwrap()
    }

    /// What an app that was made for this contract does not find in another, a sentence each.
    fn broken_by(&self, new: &Contract) -> Vec<String> {
        let mut found = breaks(&self.document, &new.document);
        found.extend(problem_breaks(&self.problems, &new.problems));
        for (name, schema) in &self.pushes {
            match new.pushes.get(name) {
                Some(now) => found.extend(push_breaks(name, schema, now)),
                None => found.push(Break { place: format!("the push {name}"), what: "it is gone".to_owned() }),
            }
        }
        found.iter().map(|one| one.told(self.version())).collect()
    }

    fn operation(&mut self, id: &str) -> &mut Value {
        let paths = self.document["paths"].as_object_mut().unwrap();
        let mut all = paths.values_mut().flat_map(|item| item.as_object_mut().unwrap().values_mut());
        all.find(|operation| operation["operationId"] == id).unwrap_or_else(|| panic!("{id} is not in the contract"))
    }

    fn schema(&mut self, name: &str) -> &mut Value {
        at(&mut self.document, &format!("/components/schemas/{name}"))
    }

    fn field(&mut self, of: &str, name: &str) -> &mut Value {
        at(self.schema(of), &format!("/properties/{name}"))
    }

    fn problem(&mut self, code: &str) -> &mut Value {
        self.problems.as_array_mut().unwrap().iter_mut().find(|problem| problem["code"] == code).unwrap()
    }

    fn push(&mut self, name: &str, way: &str) -> &mut Value {
        at(self.pushes.get_mut(&format!("{name}.schema.json")).unwrap(), way)
    }
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut all: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn at<'a>(value: &'a mut Value, way: &str) -> &'a mut Value {
    value.pointer_mut(way).unwrap_or_else(|| panic!("{way} is not in the contract"))
}

fn add(list: &mut Value, value: Value) {
    list.as_array_mut().unwrap().push(value);
}

fn take_out(list: &mut Value, value: &str) {
    let list = list.as_array_mut().unwrap();
    let before = list.len();
    list.retain(|one| one != value);
    assert_eq!(list.len() + 1, before, "{value} was not there");
}

fn remove(object: &mut Value, key: &str) -> Value {
    object.as_object_mut().unwrap().remove(key).unwrap_or_else(|| panic!("{key} was not there"))
}

#[test]
fn nothing_breaks_an_app_that_was_made_for_a_released_contract() {
    let now = Contract::now();
    let released = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/released"));
    let mut looked_at = 0;
    let mut broken = Vec::new();
    for folder in released.into_iter().filter(|path| path.is_dir()) {
        let then = Contract::kept(&folder);
        assert_eq!(folder.file_name().unwrap().to_string_lossy(), then.version(), "a folder has its version's name");
        assert!(!then.pushes.is_empty(), "{}: the pushes are missing", folder.display());
        looked_at += 1;
        broken.extend(then.broken_by(&now));
    }
    assert!(looked_at > 0, "openapi/released holds no version");
    assert!(
        broken.is_empty(),
        "{}\nmobile-contract/README.md says what may change and what to do instead.",
        broken.join("\n")
    );
}

/// What was released is what it was then: it is written by `openapi/released/keep`, and by nobody's hand.
#[test]
fn a_released_contract_is_never_edited() {
    use sha2::Digest as _;
    for folder in entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/released")) {
        if !folder.is_dir() {
            continue;
        }
        let held = std::fs::read_to_string(folder.join("checksums.txt")).expect("openapi/released/keep writes them");
        let held: BTreeMap<_, _> =
            held.lines().filter_map(|line| line.split_once("  ")).map(|(sum, name)| (name, sum)).collect();
        let mut there = entries(&folder);
        there.extend(entries(&folder.join("push")));
        let files: Vec<_> = there.iter().filter(|path| path.is_file() && !path.ends_with("checksums.txt")).collect();
        assert_eq!(files.len(), held.len(), "{}", folder.display());
        for file in files {
            let name = file.strip_prefix(&folder).unwrap().to_string_lossy();
            let sum: String =
                sha2::Sha256::digest(std::fs::read(file).unwrap()).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(held.get(&*name), Some(&sum.as_str()), "{} was edited", file.display());
        }
    }
}

/// Makes a change and sees it refused: the one sentence or more name the version, and one of them has all of `words`.
fn refused(words: &[&str], change: impl FnOnce(&mut Contract)) {
    let old = Contract::now();
    let mut new = old.clone();
    change(&mut new);
    let told = old.broken_by(&new);
    let version = format!("an app made for version {} breaks at ", old.version());
    assert!(told.iter().all(|sentence| sentence.starts_with(&version)), "{told:#?}");
    let named = told.iter().any(|sentence| words.iter().all(|word| sentence.contains(word)));
    assert!(named, "no sentence has {words:?}: {told:#?}");
}

fn passes(what: &str, change: impl FnOnce(&mut Contract)) {
    let old = Contract::now();
    let mut new = old.clone();
    change(&mut new);
    let changed = old.document != new.document || old.problems != new.problems || old.pushes != new.pushes;
    assert!(changed, "{what}: nothing was changed");
    let told = old.broken_by(&new);
    assert!(told.is_empty(), "{what}: {told:#?}");
}

#[test]
fn an_operation_that_is_gone_moved_or_called_otherwise_is_refused() {
    let once = "book_appointment (POST /v1/appointments)";
    refused(&[once, "it is gone"], |c| {
        remove(at(&mut c.document, "/paths/~1v1~1appointments"), "post");
    });
    refused(&["count_unread (GET /v1/inbox/unread-count)", "it moved to GET /v1/inbox/unread"], |c| {
        let item = remove(&mut c.document["paths"], "/v1/inbox/unread-count");
        c.document["paths"]["/v1/inbox/unread"] = item;
    });
    refused(&["mark_read (PUT", "it moved to POST"], |c| {
        let item = at(&mut c.document, "/paths/~1v1~1inbox~1{message_id}~1read");
        item["post"] = remove(item, "put");
    });
    refused(&["get_profile (GET /v1/me)", "its id is \"get_me\" now"], |c| {
        c.operation("get_profile")["operationId"] = json!("get_me");
    });
}

#[test]
fn another_server_is_refused() {
    refused(&["the servers", "is not there any more"], |c| c.document["servers"][0]["url"] = json!("/api"));
    refused(&["the servers", "another one is the first"], |c| {
        c.document["servers"].as_array_mut().unwrap().insert(0, json!({ "url": "https://other.example" }));
    });
    passes("one server more", |c| add(&mut c.document["servers"], json!({ "url": "https://other.example" })));
}

#[test]
fn asking_more_of_a_request_is_refused() {
    refused(&["book_appointment", "AppointmentWish.contact", "must send it now"], |c| {
        add(&mut c.schema("AppointmentWish")["required"], json!("contact"));
    });
    refused(&["register_device", "DeviceIn.maker", "must send it now"], |c| {
        c.schema("DeviceIn")["properties"]["maker"] = json!({ "type": "string" });
        add(&mut c.schema("DeviceIn")["required"], json!("maker"));
    });
    refused(&["list_messages", "parameter town (query)", "must send it"], |c| {
        let town = json!({ "name": "town", "in": "query", "required": true, "schema": { "type": "string" } });
        add(&mut c.operation("list_messages")["parameters"], town);
    });
    refused(&["book_appointment", "parameter Idempotency-Key (header)", "must send it now"], |c| {
        let parameters = c.operation("book_appointment")["parameters"].as_array_mut().unwrap();
        parameters.iter_mut().find(|p| p["name"] == "Idempotency-Key").unwrap()["required"] = json!(true);
    });
    refused(&["list_messages", "parameters", "in this order"], |c| {
        let town = json!({ "name": "town", "in": "query", "schema": { "type": "string" } });
        c.operation("list_messages")["parameters"].as_array_mut().unwrap().insert(0, town);
    });
    refused(&["list_messages", "parameter cursor (query)", "not read any more"], |c| {
        c.operation("list_messages")["parameters"].as_array_mut().unwrap().retain(|p| p["name"] != "cursor");
    });
    refused(&["confirm_appointment", "body", "must send it now"], |c| {
        let body = c.operation("book_appointment")["requestBody"].clone();
        c.operation("confirm_appointment")["requestBody"] = body;
    });
    refused(&["register_device", "Preview", "\"full\" is not taken any more"], |c| {
        take_out(&mut c.schema("Preview")["enum"], "full");
    });
    refused(&["AppointmentWish.contact", "maxLength", "was 200 and is 100"], |c| {
        c.field("AppointmentWish", "contact")["maxLength"] = json!(100);
    });
    refused(&["answer_visit", "AnswerIn.score", "minimum"], |c| {
        c.field("AnswerIn", "score")["minimum"] = json!(2);
    });
    refused(&["AppointmentWish.contact", "pattern"], |c| {
        c.field("AppointmentWish", "contact")["pattern"] = json!("^[a-z]+$");
    });
    refused(&["AppointmentWish.companions", "maxItems"], |c| {
        c.field("AppointmentWish", "companions")["maxItems"] = json!(5);
    });
    refused(&["AnswerIn.score", "type", "\"integer\" and is \"string\""], |c| {
        c.field("AnswerIn", "score")["type"] = json!("string");
    });
    refused(&["AppointmentWish.companions", "left out it means something else"], |c| {
        c.field("AppointmentWish", "companions")["default"] = json!(["somebody"]);
    });
    refused(&["start_sign_in", "it asks", "session"], |c| {
        c.operation("start_sign_in")["security"] = json!([{ "session": [] }]);
    });
}

#[test]
fn answering_less_or_otherwise_is_refused() {
    refused(&["answer 200, AppointmentOut.ends_at", "not there any more"], |c| {
        remove(&mut c.schema("AppointmentOut")["properties"], "ends_at");
        take_out(&mut c.schema("AppointmentOut")["required"], "ends_at");
    });
    refused(&["answer 200, AppointmentOut.starts_at", "may be absent now"], |c| {
        take_out(&mut c.schema("AppointmentOut")["required"], "starts_at");
    });
    refused(&["answer 200, AppointmentOut.starts_at", "may be null now"], |c| {
        c.field("AppointmentOut", "starts_at")["nullable"] = json!(true);
    });
    // Beside a reference to a type that was seen elsewhere.
    refused(&["AppointmentOut.location", "may be null now"], |c| {
        c.field("AppointmentOut", "location")["nullable"] = json!(true);
    });
    refused(&["AppointmentOut.persons", "type"], |c| {
        c.field("AppointmentOut", "persons")["type"] = json!("string");
    });
    refused(&["AppointmentOut.starts_at", "format", "\"date-time\" and is \"date\""], |c| {
        c.field("AppointmentOut", "starts_at")["format"] = json!("date");
    });
    refused(&["answer 200, PreferencesBody.muted", "maxItems", "was 20 and is 40"], |c| {
        c.field("PreferencesBody", "muted")["maxItems"] = json!(40);
    });
    refused(&["book_appointment", "answer 200", "it is gone"], |c| {
        let answers = &mut c.operation("book_appointment")["responses"];
        answers["201"] = remove(answers, "200");
    });
    refused(&["book_appointment", "answer 202", "it is new"], |c| {
        let answers = &mut c.operation("book_appointment")["responses"];
        answers["202"] = answers["200"].clone();
    });
    refused(&["get_profile", "answer 200", "application/json is gone"], |c| {
        let content = &mut c.operation("get_profile")["responses"]["200"]["content"];
        content["application/xml"] = remove(content, "application/json");
    });
    refused(&["get_appointment_calendar", "header CONTENT-DISPOSITION"], |c| {
        remove(&mut c.operation("get_appointment_calendar")["responses"]["200"]["headers"], "CONTENT-DISPOSITION");
    });
    let renamed = |c: &mut Contract| {
        let text = c.document.to_string();
        let text = text.replace("#/components/schemas/AppointmentOut\"", "#/components/schemas/VisitOut\"");
        c.document = serde_json::from_str(&text).unwrap();
        let types = at(&mut c.document, "/components/schemas");
        types["VisitOut"] = remove(types, "AppointmentOut");
    };
    refused(&["the type AppointmentOut", "another name"], renamed);
    refused(&["list_appointments", "its type was AppointmentOut and is VisitOut"], renamed);
}

#[test]
fn a_problem_code_that_is_gone_or_means_something_else_is_refused() {
    refused(&["the problem code slot_taken", "it is gone"], |c| {
        c.problems.as_array_mut().unwrap().retain(|problem| problem["code"] != "slot_taken");
    });
    refused(&["the problem code slot_taken", "`status`"], |c| {
        c.problem("slot_taken")["status"] = json!(410);
    });
}

#[test]
fn a_push_that_an_app_does_not_know_is_refused() {
    refused(&["the push fcm-show.schema.json", "it is gone"], |c| {
        c.pushes.remove("fcm-show.schema.json").unwrap();
    });
    refused(&["the push apns-show.schema.json", "payload.message_id", "not there any more"], |c| {
        remove(c.push("apns-show", "/properties"), "message_id");
    });
    refused(&["payload.aps.sound", "may be absent now"], |c| {
        take_out(&mut c.push("apns-show", "/properties/aps")["required"], "sound");
    });
    refused(&["payload.aps.badge", "type"], |c| {
        c.push("apns-show", "/properties/aps/properties/badge")["type"] = json!("string");
    });
    refused(&["payload.aps.category", "\"elections\" is new"], |c| {
        add(c.push("apns-show", "/properties/aps/properties/category/enum"), json!("elections"));
    });
    refused(&["payload.type", "\"shown\" is new"], |c| {
        *c.push("apns-show", "/properties/type") = json!({ "const": "shown" });
    });
    // A sound has to be in the app's bundle.
    refused(&["payload.aps.sound", "\"chime.caf\" is new"], |c| {
        *c.push("apns-show", "/properties/aps/properties/sound/oneOf/1") = json!({ "const": "chime.caf" });
    });
    refused(&["payload.aps.sound", "the form", "chime.caf", "is new"], |c| {
        add(c.push("apns-show", "/properties/aps/properties/sound/oneOf"), json!({ "const": "chime.caf" }));
    });
    refused(&["payload.aps", "allOf"], |c| {
        c.push("apns-show", "/properties/aps/allOf").as_array_mut().unwrap().pop();
    });
}

/// To the comparison it is one new value and one that comes no more, and each by itself would pass.
#[test]
fn a_value_of_an_answer_that_is_renamed_is_refused() {
    refused(&["Standing", "does not come any more, and another does: it was renamed"], |c| {
        *c.schema("Standing")["enum"].as_array_mut().unwrap().last_mut().unwrap() = json!("renamed");
    });
}

#[test]
fn a_push_that_may_be_larger_than_before_is_refused() {
    refused(&["payload.aps.alert.title", "maxLength", "was 120 and is 200"], |c| {
        c.push("apns-show", "/properties/aps/properties/alert/oneOf/1/properties/title")["maxLength"] = json!(200);
    });
    let bounded = json!({ "type": "object", "x-most-bytes": 2048 });
    let mut larger = bounded.clone();
    larger["x-most-bytes"] = json!(4096);
    let told: Vec<_> = push_breaks("apns-show", &bounded, &larger).iter().map(|one| one.told("1.0.0")).collect();
    let sentence =
        "an app made for version 1.0.0 breaks at the push apns-show, payload: its `x-most-bytes` was 2048 and is 4096";
    assert_eq!(told, [sentence]);
    assert!(push_breaks("apns-show", &larger, &bounded).is_empty());
}

#[test]
fn what_is_only_added_passes() {
    passes("nothing is asked for any more where a session was", |c| {
        remove(c.operation("get_profile"), "security");
    });
    passes("a new operation", |c| {
        let mut operation = c.operation("get_profile").clone();
        operation["operationId"] = json!("get_something");
        c.document["paths"]["/v1/something"] = json!({ "get": operation });
    });
    passes("a new type", |c| {
        c.document["components"]["schemas"]["SomethingOut"] = json!({ "type": "object" });
    });
    passes("a new field that a request may have", |c| {
        c.schema("DeviceIn")["properties"]["maker"] = json!({ "type": "string" });
    });
    passes("a new parameter that a request may have", |c| {
        let town = json!({ "name": "town", "in": "query", "required": false, "schema": { "type": "string" } });
        add(&mut c.operation("list_messages")["parameters"], town);
    });
    passes("a field that need not be sent any more", |c| {
        take_out(&mut c.schema("DeviceIn")["required"], "app_version");
    });
    passes("a new field of an answer", |c| {
        c.schema("AppointmentOut")["properties"]["colour"] = json!({ "type": "string" });
        add(&mut c.schema("AppointmentOut")["required"], json!("colour"));
    });
    // Only where apps must take what they do not know: a list that was closed for them could never grow, and towns get new kinds of
    // documents and of news.
    passes("a new value of an answer", |c| {
        add(&mut c.schema("Standing")["enum"], json!("lost"));
    });
    passes("a new value of a request", |c| {
        add(&mut c.schema("Preview")["enum"], json!("half"));
    });
    passes("a new value of what is sent and answered", |c| {
        add(&mut c.schema("Language")["enum"], json!("es"));
    });
    passes("wider bounds of a request", |c| {
        c.field("AppointmentWish", "contact")["maxLength"] = json!(400);
        c.field("AnswerIn", "score")["minimum"] = json!(0);
        remove(c.field("TrialCode", "code"), "pattern");
    });
    passes("another description", |c| {
        c.operation("get_profile")["description"] = json!("Other words.");
        c.schema("AppointmentOut")["description"] = json!("Other words.");
        c.field("AppointmentOut", "starts_at")["description"] = json!("Other words.");
    });
    passes("another refusal of an operation", |c| {
        add(&mut c.operation("get_profile")["x-problem-codes"], json!("slot_taken"));
    });
    passes("a refusal that an operation does not give any more", |c| {
        take_out(&mut c.operation("book_appointment")["x-problem-codes"], "slot_taken");
    });
    passes("a new problem code", |c| {
        add(&mut c.problems, json!({ "code": "town_closed", "status": 503, "title": "The town is closed." }));
    });
    passes("a problem in other words", |c| {
        c.problem("slot_taken")["title"] = json!("Other words.");
    });
    passes("a new push", |c| {
        c.pushes.insert("apns-other.schema.json".to_owned(), json!({ "type": "object" }));
    });
    passes("a new field of a push", |c| {
        c.push("apns-show", "/properties/aps/properties")["thread-id"] = json!({ "type": "string" });
    });
    passes("a value of an answer that does not come any more", |c| {
        c.schema("Standing")["enum"].as_array_mut().unwrap().pop().unwrap();
    });
    passes("a value that does not come any more", |c| {
        take_out(c.push("apns-show", "/properties/aps/properties/category/enum"), "account");
    });
}

/// The comparison gets everywhere: whatever is taken out is missed by name.
#[test]
fn each_operation_and_each_field_is_looked_at() {
    let old = Contract::now();
    let mut without = old.clone();
    without.document["paths"] = json!({});
    let told = old.broken_by(&without);
    let paths = old.document["paths"].as_object().unwrap();
    let ids: Vec<&str> = paths
        .values()
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    assert!(ids.len() > 50);
    for id in ids {
        assert!(told.iter().any(|sentence| sentence.contains(&format!(" at {id} ("))), "{id}");
    }

    let mut other = old.clone();
    let mut fields = BTreeSet::new();
    for (name, schema) in at(&mut other.document, "/components/schemas").as_object_mut().unwrap() {
        for (field, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            if property["type"].is_string() {
                property["type"] = json!("something else");
                fields.insert(format!("{name}.{field}"));
            }
        }
    }
    assert!(fields.len() > 200);
    let told = old.broken_by(&other);
    for field in fields {
        assert!(told.iter().any(|sentence| sentence.contains(&format!(", {field}: its `type` was "))), "{field}");
    }
}
