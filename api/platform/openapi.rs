//! The published contracts: what poem-openapi writes, made fit for people and generators.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    access::{ABOUT_ACTING_FOR, ACTING_FOR},
    idempotency,
    interned::interned,
    problem::{Code, Named, REFUSES},
    room::Room,
};

/// Codes that any operation can give.
pub const ANYWHERE: &[Code] = &[
    Code::RequestInvalid,
    Code::ParameterInvalid,
    Code::NotFound,
    Code::MethodNotAllowed,
    Code::RequestTimeout,
    Code::HeadTooLarge,
    Code::BodyTooLarge,
    Code::MediaTypeUnsupported,
    Code::TooManyRequests,
    Code::Overloaded,
    Code::Maintenance,
    Code::Internal,
];
/// Codes of an operation with a body.
const WITH_BODY: &[Code] = &[Code::BodyInvalid];
/// Codes of an operation that asks who is calling, by how that is told.
const WITH_SCHEME: &[(&str, &[Code])] = &[
    ("session", &[Code::TokenMissing, Code::TokenInvalid, Code::TokenExpired, Code::SessionEnded, Code::LevelTooLow]),
    ("staff_token", &[Code::TokenMissing, Code::TokenInvalid, Code::SessionEnded, Code::CrossSite]),
    ("machine_key", &[Code::TokenMissing, Code::KeyInvalid]),
];
/// Codes of an operation that asks more of a caller, by the extension that says what.
const WITH_MORE: &[(&str, &[Code])] = &[
    ("x-roles", &[Code::RoleMissing, Code::MunicipalityNotChosen]),
    ("x-scopes", &[Code::ScopeMissing]),
    ("x-level", &[Code::LevelTooLow]),
];

/// A job that operations of a contract are for: their tag.
pub struct Job {
    /// What it is called.
    pub name: &'static str,
    /// What one does, in a sentence.
    pub about: &'static str,
    /// The ids of its operations.
    pub operations: &'static [&'static str],
}

/// The name of a security scheme that asks for more: a role, a scope, a level. An extractor can say names only, so the two stand in
/// one, and [`published`] takes them apart. There are as many of them as there are words, and each is made once.
pub fn asking(scheme: &'static str, word: &'static str) -> &'static str {
    interned(format!("{scheme}:{word}"))
}

/// Takes what an operation asks of its caller apart: schemes, which one may choose from, and roles, scopes and a level, which OpenAPI
/// 3.0 has no place for (its scopes are those of OAuth). Says the same in a sentence.
fn who_may_call(operation: &mut Value) {
    let mut schemes: Vec<String> = Vec::new();
    let mut more: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let asked = operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object);
    for name in asked.flat_map(Map::keys) {
        let (scheme, word) = name.split_once(':').map_or((name.as_str(), None), |(scheme, word)| (scheme, Some(word)));
        if !schemes.iter().any(|known| known == scheme) {
            schemes.push(scheme.to_owned());
        }
        let words = more
            .entry(match scheme {
                "machine_key" => "x-scopes",
                "session" => "x-level",
                _ => "x-roles",
            })
            .or_default();
        if let Some(word) = word.filter(|word| !words.iter().any(|known| known == word)) {
            words.push(word.to_owned());
        }
    }
    if schemes.is_empty() {
        // Said, so that nobody takes it for forgotten.
        operation["security"] = json!([]);
        return;
    }
    let either = |name: &str| {
        let words: Vec<_> = more.get(name).into_iter().flatten().map(|word| format!("`{word}`")).collect();
        (!words.is_empty()).then(|| words.join(" or "))
    };
    let key =
        either("x-scopes").map(|scopes| format!(", or a machine's key with the scope {scopes}")).unwrap_or_default();
    let needs = either("x-roles").map(|roles| format!("Needs the role {roles}{key}."));
    let level = either("x-level")
        .map(|_| "Needs a sign-in at the level that the municipality asks for private data.".to_owned());
    let said = operation["description"].as_str().map(str::to_owned);
    let all: Vec<_> = [said, needs.or(level)].into_iter().flatten().collect();
    operation["description"] = all.join("\n\n").into();
    operation["security"] = schemes.iter().map(|scheme| json!({ scheme: [] })).collect();
    for (name, words) in more.into_iter().filter(|(_, words)| !words.is_empty()) {
        operation[name] = if name == "x-level" { words.concat().into() } else { words.into() };
    }
}

/// Puts the parameters in their order, and describes each that describes itself no better: the key of a request, and ids in a path.
fn describe_parameters(operation: &mut Value) {
    let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    // Generated clients take parameters in the order of the document: this one came to operations that there were, and stands after theirs.
    // In Rust it stands before them, as who may do something is checked before what was sent.
    parameters.sort_by_key(|parameter| parameter["name"] == ACTING_FOR);
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        if name == idempotency::HEADER {
            parameter["description"] = idempotency::ABOUT.into();
        } else if name == ACTING_FOR {
            parameter["description"] = ABOUT_ACTING_FOR.into();
        } else if let Some(thing) =
            name.strip_suffix("_id").filter(|_| parameter["in"] == "path" && parameter.get("description").is_none())
        {
            parameter["description"] = format!("The id of the {}, a UUID.", thing.replace('_', " ")).into();
        }
    }
}

/// Describes an answer that says nothing by itself: by what it holds.
fn describe_answer(response: &mut Value, schemas: &Value) {
    if response["description"].as_str().is_some_and(|text| !text.is_empty()) {
        return;
    }
    let about = |schema: &Value| {
        schemas[referred(schema)?]["description"].as_str().and_then(|text| text.split("\n\n").next()).map(str::to_owned)
    };
    let schema = &response["content"]["application/json"]["schema"];
    let text = if schema.is_null() {
        "It is done; the answer has no body.".to_owned()
    } else if schema["type"] == "array" {
        about(&schema["items"])
            .map_or_else(|| "A list of texts.".to_owned(), |each| format!("A list. Each entry: {each}"))
    } else {
        about(schema).unwrap_or_else(|| "What was asked for.".to_owned())
    };
    response["description"] = text.into();
}

/// What is said of the values of an enum that a server answers with.
const GROWS: &str = "More values may come. Whoever does not know one takes it as none of these.";

/// The name of the schema that is referred to, where it is a reference.
fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().and_then(|path| path.rsplit('/').next())
}

/// Finds the names of the schemas that are referred to from here, and from there on.
fn reached(from: &Value, schemas: &Value, found: &mut BTreeSet<String>) {
    match from {
        Value::Object(fields) => {
            if let Some(name) = referred(from)
                && found.insert(name.to_owned())
            {
                reached(&schemas[name], schemas, found);
            }
            fields.iter().filter(|(name, _)| *name != "example").for_each(|(_, inner)| reached(inner, schemas, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| reached(inner, schemas, found)),
        _ => (),
    }
}

/// Writes each alternative as one schema. The library writes two: the word that tells it from the others, which has no name, and a
/// reference to the rest. What nothing refers to any more is left out.
fn make_alternatives_whole(document: &mut Value) {
    let all = document["components"]["schemas"].clone();
    for schema in document["components"]["schemas"].as_object_mut().into_iter().flat_map(|s| s.values_mut()) {
        let Some(parts) = schema["allOf"].as_array().filter(|parts| parts.len() > 1) else { continue };
        let parts: Vec<&Value> = parts.iter().map(|part| referred(part).map_or(part, |name| &all[name])).collect();
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for part in &parts {
            properties.extend(part["properties"].as_object().cloned().into_iter().flatten());
            required.extend(part["required"].as_array().into_iter().flatten().cloned());
        }
        let described = parts.iter().find_map(|part| part["description"].as_str());
        let about = described.or(schema["description"].as_str()).unwrap_or_default();
        *schema = json!({ "type": "object", "description": about, "properties": properties, "required": required });
    }
    let mut used = BTreeSet::new();
    reached(&document["paths"], &document["components"]["schemas"], &mut used);
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, _| used.contains(name));
    }
}

/// Says of each enum that a server answers with that it may grow, as apps are older than their server.
fn say_what_may_grow(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let items = document["paths"].as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    let mut answered = BTreeSet::new();
    for operation in items.flat_map(Map::values) {
        reached(&operation["responses"], &schemas, &mut answered);
    }
    for name in
        answered.iter().filter(|name| schemas[name.as_str()]["enum"].as_array().is_some_and(|all| all.len() > 1))
    {
        let about = schemas[name.as_str()]["description"].as_str().unwrap_or_default();
        document["components"]["schemas"][name.as_str()]["description"] = format!("{about}\n\n{GROWS}").into();
    }
}

/// Writes a whole number as generators know it: formats with a sign, bounds without a fraction.
fn tidy_integer(object: &mut Map<String, Value>) {
    if object.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let most = object.get("maximum").and_then(Value::as_f64);
    let format = match object.get("format").and_then(Value::as_str) {
        Some("uint16") => Some("int32"),
        Some("uint32") if most.is_some_and(|most| most <= f64::from(i32::MAX)) => Some("int32"),
        Some("uint32" | "uint64") => Some("int64"),
        _ => None,
    };
    if let Some(format) = format {
        object.insert("format".to_owned(), format.into());
        object.entry("minimum").or_insert_with(|| 0.into());
    }
    for bound in ["minimum", "maximum"] {
        if let Some(whole) = object.get(bound).and_then(Value::as_f64) {
            object.insert(bound.to_owned(), (whole as i64).into());
        }
    }
}

/// Writes schemas as OpenAPI 3.0 has them: formats by the names of its registry, and what is described beside a reference.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            // In an example, `format` would be somebody's field.
            object.iter_mut().filter(|(name, _)| *name != "example").for_each(|(_, inner)| tidy(inner));
            let format = match object.get("format").and_then(Value::as_str) {
                Some("naive-date") => Some("date"),
                Some("naive-date-time") => Some("date-time-local"),
                _ => None,
            };
            if let Some(format) = format {
                object.insert("format".to_owned(), format.into());
            }
            tidy_integer(object);
            // The library writes the word that tells one alternative from another, and says nothing of it.
            let only = object
                .get("enum")
                .and_then(Value::as_array)
                .and_then(|words| words.first().filter(|_| words.len() == 1));
            if let Some(word) = only.and_then(Value::as_str).filter(|_| !object.contains_key("description")) {
                let text = format!("Always `{word}`: the word says which of the alternatives this is.");
                object.insert("description".to_owned(), text.into());
            }
            let Some(all) = object.get("allOf").and_then(Value::as_array) else { return };
            if all.iter().filter(|part| part.get("$ref").is_some()).count() != 1
                || all.iter().any(|part| part.get("properties").is_some())
            {
                return;
            }
            let (reference, others): (Vec<_>, Vec<_>) =
                all.iter().cloned().partition(|part| part.get("$ref").is_some());
            for (name, inner) in others.into_iter().filter_map(|part| part.as_object().cloned()).flatten() {
                object.insert(name, inner);
            }
            object.insert("allOf".to_owned(), reference.into());
        }
        Value::Array(list) => list.iter_mut().for_each(tidy),
        _ => (),
    }
}

/// What a page with scripts of its own may do: run those that stand in it, by their hashes, and call this server.
pub fn page_policy(html: &str) -> String {
    let mut hashes = String::new();
    let mut rest = html;
    // As a browser reads it: a script goes on to the first end tag, whatever stands in it.
    while let Some((script, after)) = rest
        .split_once("<script")
        .and_then(|(_, tag)| tag.split_once('>'))
        .and_then(|(_, script)| script.split_once("</script"))
    {
        hashes.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))));
        rest = after;
    }
    format!(
        "default-src 'none'; script-src{hashes}; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// An example of each body and answer, by the name of its schema. A test holds them against the schemas.
const EXAMPLES: &str = include_str!("../../openapi/examples.json");

/// The document as published: media types and formats that generators know, who may call an operation, its job, every problem code it
/// can give, an example of each body and answer.
///
/// # Errors
/// A document that is not JSON, which poem-openapi does not write; an operation that belongs to no job, or to two; a job of an operation that
/// is not there.
pub fn published(written: &str, rooms: &[&Room], jobs: &[Job]) -> anyhow::Result<String> {
    let text = written.replace("application/json; charset=utf-8", "application/json");
    let mut document: Value = serde_json::from_str(&text)?;
    tidy(&mut document);
    make_alternatives_whole(&mut document);
    say_what_may_grow(&mut document);
    document["tags"] = jobs.iter().map(|job| json!({ "name": job.name, "description": job.about })).collect();
    let mut known = BTreeSet::new();
    let schemas = document["components"]["schemas"].clone();
    let all = all_codes(rooms);
    for item in document["paths"].as_object_mut().into_iter().flat_map(|p| p.values_mut()) {
        for operation in item.as_object_mut().into_iter().flat_map(|i| i.values_mut()) {
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            let of = jobs.iter().filter(|job| job.operations.contains(&id.as_str()));
            let of: Vec<&str> = of.map(|job| job.name).collect();
            anyhow::ensure!(of.len() == 1, "{id} belongs to one job (api/jobs.rs), and is in {of:?}");
            operation["tags"] = of.into();
            known.insert(id.clone());
            who_may_call(operation);
            describe_parameters(operation);
            let refuses = operation["responses"]["4XX"]["description"].as_str().and_then(|d| d.strip_prefix(REFUSES));
            let refuses: Vec<String> = refuses.into_iter().flat_map(|d| d.split(' ')).map(str::to_owned).collect();
            for response in operation["responses"].as_object_mut().into_iter().flat_map(|r| r.values_mut()) {
                describe_answer(response, &schemas);
            }
            let mut codes: Vec<Code> = ANYWHERE.to_vec();
            if operation.get("requestBody").is_some() {
                codes.extend(WITH_BODY);
            }
            let parameters = operation.get("parameters").and_then(Value::as_array);
            if parameters.is_some_and(|p| p.iter().any(|p| p["name"] == idempotency::HEADER)) {
                codes.push(Code::IdempotencyKeyReused);
            }
            for scheme in operation.get("security").and_then(Value::as_array).into_iter().flatten() {
                for (name, wanted) in WITH_SCHEME {
                    if scheme.get(name).is_some() {
                        codes.extend(*wanted);
                    }
                }
            }
            for (name, wanted) in WITH_MORE {
                if operation.get(*name).is_some() {
                    codes.extend(*wanted);
                }
            }
            if operation["security"].as_array().is_some_and(|s| s.iter().any(|s| s.get("session").is_some())) {
                let for_another = parameters.is_some_and(|p| p.iter().any(|p| p["name"] == ACTING_FOR));
                codes.push(if for_another { Code::MandateMissing } else { Code::ActingForRefused });
            }
            let mut codes: Vec<&Named> = codes.into_iter().map(Code::named).collect();
            for code in &refuses {
                let known = all.iter().filter(|named| named.code == code).collect::<Vec<_>>();
                let [known] = known[..] else {
                    anyhow::bail!("{code} of {id} is a code of one room, and {} have it", known.len())
                };
                codes.push(known);
            }
            codes.sort_unstable_by_key(|c| (c.status, c.code));
            codes.dedup();
            operation["x-problem-codes"] = codes.iter().map(|c| c.code).collect();
            for (range, wanted) in [("4XX", 4), ("5XX", 5)] {
                let list: Vec<_> =
                    codes.iter().filter(|c| c.status / 100 == wanted).map(|c| format!("`{}`", c.code)).collect();
                if let Some(response) = operation["responses"].get_mut(range) {
                    response["description"] = format!("A problem, with one of the codes {}.", list.join(", ")).into();
                }
            }
        }
    }
    let gone: Vec<_> = jobs.iter().flat_map(|job| job.operations).filter(|id| !known.contains(**id)).collect();
    anyhow::ensure!(gone.is_empty(), "api/jobs.rs names {gone:?}, which are no operations");
    let examples: BTreeMap<String, Value> = serde_json::from_str(EXAMPLES)?;
    for (name, schema) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        if let Some(example) = examples.get(name) {
            schema["example"] = example.clone();
        }
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// Who may call what, a line an operation, to be read as a whole and as a difference: method, path, who, with which roles or scopes
/// (one is enough), and whether it may be repeated with an `Idempotency-Key`.
///
/// # Errors
/// A document that is not JSON.
pub fn access(documents: &[&str]) -> anyhow::Result<String> {
    let mut text =
        "# METHOD path  who  roles or scopes, of which one is enough  may be repeated with an Idempotency-Key\n"
            .to_owned();
    for document in documents {
        let document: Value = serde_json::from_str(document)?;
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let words = |name: &str| {
                    operation[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>()
                };
                let schemes = operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object);
                let mut who: Vec<String> = Vec::new();
                for scheme in schemes.flat_map(Map::keys) {
                    let one = match scheme.as_str() {
                        "session" if operation.get("x-level").is_some() => "citizen at the private level".to_owned(),
                        "session" => "citizen".to_owned(),
                        "staff_token" | "staff_cookie" => {
                            format!("staff {}", words("x-roles").join("|")).trim_end().to_owned()
                        }
                        "machine_key" => format!("machine {}", words("x-scopes").join("|")),
                        other => other.to_owned(),
                    };
                    if !who.contains(&one) {
                        who.push(one);
                    }
                }
                let who = if who.is_empty() { "anyone".to_owned() } else { who.join(", ") };
                let parameters = operation["parameters"].as_array();
                let again = parameters.is_some_and(|p| p.iter().any(|p| p["name"] == idempotency::HEADER));
                let again = if again { "  repeatable" } else { "" };
                text.push_str(&format!("{} {path}  {who}{again}\n", method.to_uppercase()));
            }
        }
    }
    Ok(text)
}

/// Which methods each path of the contracts takes.
pub struct Methods(Vec<(Vec<String>, String)>);

impl Methods {
    /// Reads published documents.
    ///
    /// # Errors
    /// A document that is not JSON.
    pub fn of(documents: &[&str]) -> anyhow::Result<Self> {
        let mut all = Vec::new();
        for document in documents {
            let document: Value = serde_json::from_str(document)?;
            for (path, item) in document["paths"].as_object().into_iter().flatten() {
                let keys = item.as_object().into_iter().flat_map(|i| i.keys());
                // Whoever may read may look.
                let methods = keys.map(|m| if m == "get" { "GET, HEAD".to_owned() } else { m.to_uppercase() });
                all.push((path.split('/').map(str::to_owned).collect(), methods.collect::<Vec<_>>().join(", ")));
            }
        }
        Ok(Self(all))
    }

    /// What a path takes, as `Allow` lists it; a path of no contract is a page, to be read.
    pub fn of_path(&self, path: &str) -> String {
        let parts: Vec<_> = path.split('/').collect();
        let fits = |template: &[String]| {
            template.len() == parts.len() && template.iter().zip(&parts).all(|(t, p)| t.starts_with('{') || t == p)
        };
        // Of several templates that fit, the router answers for one alone: a word goes before a parameter, from the left.
        let words = |template: &[String]| template.iter().map(|t| !t.starts_with('{')).collect::<Vec<_>>();
        let answers = self.0.iter().filter(|(t, _)| fits(t)).max_by_key(|(t, _)| words(t));
        answers.map_or_else(|| "GET, HEAD".to_owned(), |(_, methods)| methods.clone())
    }
}

/// Every problem code: those of any operation, and those that rooms declare.
pub fn all_codes(rooms: &[&Room]) -> Vec<&'static Named> {
    let usual = Code::ALL.iter().map(|code| code.named());
    usual.chain(rooms.iter().flat_map(|room| room.codes.iter().copied())).collect()
}

/// The list of problem codes, as the mobile contract publishes it.
pub fn problem_codes(rooms: &[&Room]) -> String {
    let one = |c: &&Named| {
        json!({
            "code": c.code, "status": c.status, "title": c.title, "when": c.when, "advice": c.advice.as_str(),
            "may_repeat": c.advice.may_repeat(),
        })
    };
    let list: Vec<Value> = all_codes(rooms).iter().map(one).collect();
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}
