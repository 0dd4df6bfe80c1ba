//! What takes something away from an app that was made for a released contract: pure, from the contract then and now.
//!
//! What an app sends may be taken more widely than before, never more narrowly. What it is sent may keep more narrowly to what was
//! promised, never go beyond it. Two things may be new in an answer, since every app must take them (mobile-contract/README.md):
//! a field and a value of a list that it does not know. A push has no such leave for values: the system acts on them (a sound, a
//! channel, a category) before the app runs. Names that generated clients call by (operations, types) stay.
//!
//! What is not understood here and changes is a break: a keyword has to be thought of before it may change.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Something that an app relies on and does not find any more.
pub struct Break {
    /// The operation, the part of it and the field.
    pub place: String,
    /// What became of it.
    pub what: String,
}

impl Break {
    pub fn told(&self, version: &str) -> String {
        format!("an app made for version {version} breaks at {}: {}", self.place, self.what)
    }
}

/// What breaks between two OpenAPI documents.
pub fn breaks(old: &Value, new: &Value) -> Vec<Break> {
    let mut comparison = Comparison::of(old, new);
    for (path, method, was) in operations(old) {
        let id = was["operationId"].as_str().unwrap_or("what has no name");
        comparison.head = format!("{id} ({} {path})", method.to_uppercase());
        match new["paths"][path].get(method) {
            Some(is) => comparison.operation(path, was, is),
            None => {
                let elsewhere = operations(new).into_iter().find(|(_, _, is)| is["operationId"] == was["operationId"]);
                comparison.say(
                    "",
                    match elsewhere {
                        Some((path, method, _)) => format!("it moved to {} {path}", method.to_uppercase()),
                        None => "it is gone".to_owned(),
                    },
                );
            }
        }
    }
    let parts = |document: &Value, kind: &str| document["components"][kind].as_object().cloned().unwrap_or_default();
    let types = parts(new, "schemas");
    for name in parts(old, "schemas").keys().filter(|name| !types.contains_key(*name)) {
        comparison.head = format!("the type {name}");
        comparison.say("", "it is gone or has another name, and generated clients call it by this one");
    }
    let schemes = parts(new, "securitySchemes");
    for (name, was) in parts(old, "securitySchemes") {
        comparison.head = format!("the way to sign a request {name}");
        for key in ["type", "scheme", "in", "name"] {
            let is = schemes.get(&name).and_then(|scheme| scheme.get(key));
            if was.get(key) != is {
                comparison.say("", format!("its `{key}` was {} and is {}", said(was.get(key)), said(is)));
            }
        }
    }
    comparison.head = "the servers".to_owned();
    let servers = |document: &Value| document["servers"].as_array().cloned().unwrap_or_default();
    let (before, now) = (servers(old), servers(new));
    let addresses = |all: &[Value]| all.iter().map(|one| said(one.get("url"))).collect::<Vec<_>>();
    for gone in addresses(&before).iter().filter(|one| !addresses(&now).contains(one)) {
        comparison.say("", format!("{gone} is not there any more, and generated clients ask there"));
    }
    if addresses(&before).first() != addresses(&now).first() {
        comparison.say("", "another one is the first, which generated clients ask");
    }
    comparison.found
}

/// What breaks between two lists of problem codes: a code is gone, or means something else. Its words may change.
pub fn problem_breaks(old: &Value, new: &Value) -> Vec<Break> {
    let words = ["title", "description", "when", "detail"];
    let mut found = Vec::new();
    for was in old.as_array().into_iter().flatten() {
        let place = format!("the problem code {}", was["code"].as_str().unwrap_or("?"));
        let Some(is) = new.as_array().into_iter().flatten().find(|is| is["code"] == was["code"]) else {
            found.push(Break { place, what: "it is gone".to_owned() });
            continue;
        };
        for (key, value) in was.as_object().into_iter().flatten() {
            if !words.contains(&key.as_str()) && is.get(key) != Some(value) {
                let what = format!("its `{key}` was {} and is {}", said(Some(value)), said(is.get(key)));
                found.push(Break { place: place.clone(), what });
            }
        }
    }
    found
}

/// What breaks between two JSON Schemas of the push `name`.
pub fn push_breaks(name: &str, old: &Value, new: &Value) -> Vec<Break> {
    let mut comparison = Comparison::of(old, new);
    comparison.head = format!("the push {name}");
    comparison.schemas(Way::Pushed, "payload", old, new);
    comparison.found
}

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Answered,
    Pushed,
}

/// `x-most-bytes` is ours: JSON Schema bounds characters, and the providers count bytes.
const UPPER: &[&str] = &["maxLength", "maximum", "maxItems", "maxProperties", "x-most-bytes"];
const LOWER: &[&str] = &["minLength", "minimum", "minItems", "minProperties"];
/// What narrows by being there, and is not compared further.
const SAME: &[&str] = &["pattern", "multipleOf", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum"];
/// What has a rule of its own below.
const APART: &[&str] = &[
    "properties",
    "required",
    "additionalProperties",
    "items",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "nullable",
    "default",
];
/// What is for people.
const WORDS: &[&str] =
    &["description", "title", "example", "examples", "deprecated", "externalDocs", "$schema", "$id", "$comment"];
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options", "trace"];

static NULL: Value = Value::Null;

struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    /// Types that were compared, by which way and by both names: each is told about once, and a type may hold itself.
    seen: BTreeSet<(Way, String, String)>,
    /// What is being compared.
    head: String,
    found: Vec<Break>,
}

impl<'a> Comparison<'a> {
    fn of(old: &'a Value, new: &'a Value) -> Self {
        Self { old, new, seen: BTreeSet::new(), head: String::new(), found: Vec::new() }
    }

    fn say(&mut self, place: &str, what: impl Into<String>) {
        let place = if place.is_empty() { self.head.clone() } else { format!("{}, {place}", self.head) };
        self.found.push(Break { place, what: what.into() });
    }

    fn operation(&mut self, path: &str, was: &Value, is: &Value) {
        if was["operationId"] != is["operationId"] {
            self.say("", format!("generated clients call it so, and its id is {} now", is["operationId"]));
        }
        let asked = security(self.new, is);
        for before in security(self.old, was) {
            // Who came so before comes in still, if one of the ways asks for nothing more.
            if !asked.iter().any(|now| now.is_subset(&before)) {
                self.say("", format!("it asks {asked:?} of a caller now, and was content with {before:?}"));
            }
        }
        self.parameters(path, was, is);
        self.order_of_parameters(was, is);
        let (before, now) = (resolve(self.old, &was["requestBody"]), resolve(self.new, &is["requestBody"]));
        if now["required"] == true && before["required"] != true {
            self.say("body", "an app must send it now");
        }
        if before.is_object() && now.is_null() {
            self.say("body", "it is not read any more");
        } else {
            self.contents(Way::Sent, "body", &before["content"], &now["content"]);
        }
        let (before, now) = (&was["responses"], &is["responses"]);
        for (status, was) in before.as_object().into_iter().flatten() {
            match now.get(status) {
                Some(is) => self.answer(status, was, is),
                None => self.say(&format!("answer {status}"), "it is gone"),
            }
        }
        for (status, is) in now.as_object().into_iter().flatten().filter(|(status, _)| before.get(status).is_none()) {
            // An app tells refusals apart by the first digit and the code. What succeeds otherwise than before it does not know.
            if !status.starts_with(['4', '5']) {
                self.say(&format!("answer {status}"), "it is new, and an app takes it for a failure");
            } else if let Some(was) = before.get(format!("{}XX", &status[..1])).or(before.get("default")) {
                self.answer(status, was, is);
            }
        }
    }

    fn parameters(&mut self, path: &str, was: &Value, is: &Value) {
        let (before, now) = (parameters(self.old, path, was), parameters(self.new, path, is));
        for ((kind, name), was) in &before {
            let place = format!("parameter {name} ({kind})");
            let Some(is) = now.get(&(*kind, *name)) else {
                self.say(&place, "it is not read any more");
                continue;
            };
            if is["required"] == true && was["required"] != true {
                self.say(&place, "an app must send it now");
            }
            if was["style"] != is["style"] || was["explode"] != is["explode"] {
                self.say(&place, "a list is written otherwise");
            }
            self.schemas(Way::Sent, &place, &was["schema"], &is["schema"]);
            self.contents(Way::Sent, &place, &was["content"], &is["content"]);
        }
        for ((kind, name), _) in now.iter().filter(|(key, is)| is["required"] == true && !before.contains_key(*key)) {
            self.say(&format!("parameter {name} ({kind})"), "it is new, and an app must send it");
        }
    }

    /// Generated clients take parameters by their place: what is new stands after what there was.
    fn order_of_parameters(&mut self, was: &Value, is: &Value) {
        let names = |document: &Value, operation: &Value| -> Vec<String> {
            let all = operation["parameters"].as_array().into_iter().flatten();
            all.map(|one| resolve(document, one)["name"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let (before, now) = (names(self.old, was), names(self.new, is));
        // One that is gone is said by itself.
        if before.iter().all(|name| now.contains(name)) && !now.starts_with(&before) {
            self.say("parameters", format!("they were {before:?} in this order and are {now:?}"));
        }
    }

    fn answer(&mut self, status: &str, was: &Value, is: &Value) {
        let (was, is) = (resolve(self.old, was), resolve(self.new, is));
        let head = self.head.clone();
        self.head = format!("{head}, answer {status}");
        self.contents(Way::Answered, "body", &was["content"], &is["content"]);
        for (name, was) in was["headers"].as_object().into_iter().flatten() {
            let place = format!("header {name}");
            let mut headers = is["headers"].as_object().into_iter().flatten();
            let Some((_, is)) = headers.find(|(other, _)| other.eq_ignore_ascii_case(name)) else {
                self.say(&place, "it is not there any more");
                continue;
            };
            if was["required"] == true && is["required"] != true {
                self.say(&place, "it may be absent now");
            }
            self.schemas(Way::Answered, &place, &was["schema"], &is["schema"]);
        }
        self.head = head;
    }

    fn contents(&mut self, way: Way, place: &str, was: &Value, is: &Value) {
        for (media, was) in was.as_object().into_iter().flatten() {
            match (was.get("schema"), is.get(media).map(|is| is.get("schema"))) {
                (_, None) => self.say(place, format!("{media} is gone")),
                (Some(was), Some(Some(is))) => self.schemas(way, place, was, is),
                (None, Some(None)) => (),
                _ => self.say(place, format!("{media} has a schema, and had none, or the other way round")),
            }
        }
    }

    fn schemas(&mut self, way: Way, place: &str, old: &Value, new: &Value) {
        let Some(was) = name(old) else {
            self.compare(way, place, &flat(self.old, old, way), &flat(self.new, new, way));
            return;
        };
        let is = name(new);
        if is.is_some() {
            // What is said beside the reference is of this place, and not of the type.
            self.compare(way, place, &beside(old), &beside(new));
        }
        if !self.seen.insert((way, was.to_owned(), is.unwrap_or_default().to_owned())) {
            return;
        }
        if is != Some(was) {
            self.say(place, format!("its type was {was} and is {}", is.unwrap_or("one without a name")));
        }
        let now = if is.is_some() { target(self.new, new) } else { new };
        self.compare(way, was, &flat(self.old, target(self.old, old), way), &flat(self.new, now, way));
    }

    fn compare(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        self.keywords(way, place, old, new);
        self.values(way, place, old, new);
        self.fields(way, place, old, new);
        self.inner(way, place, old, new);
        self.forms(way, place, old, new);
    }

    fn keywords(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        // Whatever the one allows, the other must allow.
        let (narrow, wide) = if way == Way::Sent { (old, new) } else { (new, old) };
        let changed = |key: &str| format!("its `{key}` was {} and is {}", said(old.get(key)), said(new.get(key)));
        for &key in UPPER.iter().chain(LOWER) {
            let bound = |of: &Map<String, Value>| of.get(key).and_then(Value::as_f64);
            let Some(limit) = bound(wide) else { continue };
            let beyond = |own: f64| if UPPER.contains(&key) { own > limit } else { own < limit };
            if bound(narrow).is_none_or(beyond) {
                self.say(place, changed(key));
            }
        }
        for &key in SAME {
            if wide.get(key).is_some_and(|value| narrow.get(key) != Some(value)) {
                self.say(place, changed(key));
            }
        }
        let nullable = |of: &Map<String, Value>| of.get("nullable") == Some(&Value::Bool(true));
        if nullable(narrow) && !nullable(wide) {
            self.say(place, if way == Way::Sent { "it may not be null any more" } else { "it may be null now" });
        }
        if way == Way::Sent && old.contains_key("default") && old.get("default") != new.get("default") {
            self.say(place, format!("left out it means something else: {}", changed("default")));
        }
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let known = [UPPER, LOWER, SAME, APART, WORDS].iter().any(|list| list.contains(&key.as_str()));
            if !known && !key.starts_with("x-") && old.get(key).map(bare) != new.get(key).map(bare) {
                self.say(place, changed(key));
            }
        }
    }

    fn values(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        match (listed(old), listed(new)) {
            (None, None) => (),
            (Some(_), None) => self.say(place, "its values are not listed any more"),
            (None, Some(_)) => self.say(place, "its values were any and are those of a list now"),
            (Some(before), Some(now)) => match way {
                Way::Sent => {
                    for value in before.into_iter().filter(|value| !now.contains(value)) {
                        self.say(place, format!("the value {value} is not taken any more"));
                    }
                }
                // An app takes values it does not know. Where one comes that was not there and one comes no more, it was renamed.
                Way::Answered => {
                    if now.iter().any(|value| !before.contains(value)) {
                        for value in before.into_iter().filter(|value| !now.contains(value)) {
                            self.say(
                                place,
                                format!("the value {value} does not come any more, and another does: it was renamed"),
                            );
                        }
                    }
                }
                Way::Pushed => {
                    for value in now.into_iter().filter(|value| !before.contains(value)) {
                        self.say(place, format!("the value {value} is new, and the list was closed"));
                    }
                }
            },
        }
    }

    fn fields(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        let field = |of: &Map<String, Value>, name: &str| of.get("properties").and_then(|f| f.get(name)).cloned();
        for (name, was) in old.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let place = format!("{place}.{name}");
            match field(new, name) {
                Some(is) => self.schemas(way, &place, was, &is),
                None if way == Way::Sent => self.say(&place, "it is not read any more"),
                None => self.say(&place, "it is not there any more"),
            }
        }
        let (before, now) = (required(old), required(new));
        if way == Way::Sent {
            for name in now.difference(&before) {
                self.say(&format!("{place}.{name}"), "an app must send it now");
            }
        } else {
            for name in before.difference(&now) {
                // What is gone was said to be.
                if field(old, name).is_none() || field(new, name).is_some() {
                    self.say(&format!("{place}.{name}"), "it may be absent now");
                }
            }
        }
    }

    fn inner(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        for (key, mark) in [("items", "[]"), ("additionalProperties", ".*")] {
            let (was, is) = (old.get(key), new.get(key));
            let closed = |value: Option<&Value>| value == Some(&Value::Bool(false));
            match (was.filter(|was| was.is_object()), is.filter(|is| is.is_object())) {
                (Some(was), Some(is)) => self.schemas(way, &format!("{place}{mark}"), was, is),
                (None, None) if way == Way::Sent && closed(is) && !closed(was) => {
                    self.say(place, "fields that it does not know are refused now");
                }
                (None, None) => (),
                _ => self.say(place, format!("its `{key}` was {} and is {}", said(was), said(is))),
            }
        }
    }

    /// Of several forms, each that may come must be one that is known.
    fn forms(&mut self, way: Way, place: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        for key in ["oneOf", "anyOf"] {
            let list = |of: &Map<String, Value>| of.get(key).and_then(Value::as_array).cloned();
            let (before, now) = match (list(old), list(new)) {
                (Some(before), Some(now)) => (before, now),
                (None, None) => continue,
                (was, _) => {
                    let what = if was.is_some() { "it had several forms" } else { "it has several forms now" };
                    self.say(place, format!("{what} (`{key}`)"));
                    continue;
                }
            };
            let come = if way == Way::Sent { &before } else { &now };
            for (n, form) in come.iter().enumerate() {
                let known = if way == Way::Sent {
                    now.iter().any(|is| self.fits(way, form, is))
                } else {
                    before.iter().any(|was| self.fits(way, was, form))
                };
                if known {
                    continue;
                }
                // The one in the same place says best what is wrong.
                let told = self.found.len();
                if let (Some(was), Some(is)) = (before.get(n), now.get(n)) {
                    self.schemas(way, place, was, is);
                }
                if self.found.len() == told {
                    let what = if way == Way::Sent { "is not taken any more" } else { "is new" };
                    self.say(place, format!("the form {} {what}", said(Some(form))));
                }
            }
        }
    }

    fn fits(&self, way: Way, old: &Value, new: &Value) -> bool {
        let mut trial = Comparison { seen: self.seen.clone(), ..Comparison::of(self.old, self.new) };
        trial.schemas(way, "", old, new);
        trial.found.is_empty()
    }
}

fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let items = document["paths"].as_object().into_iter().flatten();
    items
        .flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Some((path.as_str(), *method, item.get(*method)?)))
        })
        .collect()
}

/// The ways in, each as all that it asks for; one that asks for nothing where none is named.
fn security(document: &Value, operation: &Value) -> Vec<BTreeSet<String>> {
    let listed = operation.get("security").or(document.get("security")).and_then(Value::as_array);
    let mut ways: Vec<BTreeSet<String>> = Vec::new();
    for way in listed.into_iter().flatten() {
        let mut asked = BTreeSet::new();
        for (scheme, scopes) in way.as_object().into_iter().flatten() {
            asked.insert(scheme.clone());
            let scopes = scopes.as_array().into_iter().flatten();
            asked.extend(scopes.map(|scope| format!("{scheme} {scope}")));
        }
        ways.push(asked);
    }
    if ways.is_empty() {
        ways.push(BTreeSet::new());
    }
    ways
}

/// The parameters of an operation and of its path, by where they stand and their names.
fn parameters<'a>(document: &'a Value, path: &str, operation: &'a Value) -> BTreeMap<(&'a str, &'a str), &'a Value> {
    let lists = [&document["paths"][path]["parameters"], &operation["parameters"]];
    let all = lists.into_iter().filter_map(Value::as_array).flatten().map(|one| resolve(document, one));
    all.map(|one| ((one["in"].as_str().unwrap_or_default(), one["name"].as_str().unwrap_or_default()), one)).collect()
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(way) => document.pointer(way.trim_start_matches('#')).unwrap_or(&NULL),
        None => value,
    }
}

/// The part of an `allOf` with one part: poem-openapi's way to describe a field whose type has a name.
fn only_part(schema: &Value) -> Option<&Value> {
    match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([part]) => Some(part),
        _ => None,
    }
}

/// The name of a schema's type, where it refers to one.
fn name(schema: &Value) -> Option<&str> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(way) => way.rsplit('/').next(),
        None => only_part(schema).and_then(name),
    }
}

/// What a schema with a name refers to.
fn target<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match only_part(schema) {
        Some(part) if schema.get("$ref").is_none() => target(document, part),
        _ => resolve(document, schema),
    }
}

/// What a schema with a name says beside the reference.
fn beside(schema: &Value) -> Map<String, Value> {
    let mut own = schema.as_object().cloned().unwrap_or_default();
    own.retain(|key, _| key != "$ref" && key != "allOf");
    own
}

/// A schema with its references followed and its parts put together.
fn flat(document: &Value, schema: &Value, way: Way) -> Map<String, Value> {
    let mut whole = Map::new();
    put_together(document, schema, way, &mut whole);
    whole
}

fn put_together(document: &Value, schema: &Value, way: Way, whole: &mut Map<String, Value>) {
    if schema.get("$ref").is_some() {
        put_together(document, resolve(document, schema), way, whole);
    }
    for (key, value) in schema.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("$ref", _) => (),
            // In the schemas of the pushes it holds conditions, which are compared as they are.
            ("allOf", Value::Array(parts)) if way != Way::Pushed => {
                for part in parts {
                    put_together(document, part, way, whole);
                }
            }
            ("properties", Value::Object(fields)) => {
                if let Value::Object(all) = whole.entry(key.clone()).or_insert_with(|| Value::Object(Map::new())) {
                    all.extend(fields.clone());
                }
            }
            ("required", Value::Array(names)) => {
                if let Value::Array(all) = whole.entry(key.clone()).or_insert_with(|| Value::Array(Vec::new())) {
                    all.extend(names.iter().cloned());
                }
            }
            _ => {
                whole.insert(key.clone(), value.clone());
            }
        }
    }
}

fn required(schema: &Map<String, Value>) -> BTreeSet<&str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn listed(schema: &Map<String, Value>) -> Option<Vec<&Value>> {
    match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(all)), _) => Some(all.iter().collect()),
        (_, Some(one)) => Some(vec![one]),
        _ => None,
    }
}

/// A value without what is for people. A field may have the name of a keyword.
fn bare(value: &Value) -> Value {
    match value {
        Value::Object(own) => {
            let kept = own.iter().filter(|(key, _)| !WORDS.contains(&key.as_str()));
            let inner = |key: &str, inner: &Value| match inner {
                Value::Object(fields) if key == "properties" => {
                    Value::Object(fields.iter().map(|(name, field)| (name.clone(), bare(field))).collect())
                }
                _ => bare(inner),
            };
            Value::Object(kept.map(|(key, value)| (key.clone(), inner(key, value))).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(bare).collect()),
        other => other.clone(),
    }
}

/// A value for a sentence.
fn said(value: Option<&Value>) -> String {
    match value {
        None => "absent".to_owned(),
        Some(value) => value.to_string().chars().take(80).collect(),
    }
}
