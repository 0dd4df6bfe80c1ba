//! The two published contracts hold what an app maker's tools ask of them. All of it is read from the documents themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::tenant_isolation::contracts;

/// Every operation of a contract, with its method and path.
fn operations(contract: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = contract["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(m, o)| (m.as_str(), path.as_str(), o)))
}

/// Everything in a document, with the way to it.
fn all<'a>(value: &'a Value, way: &str, found: &mut Vec<(String, &'a Value)>) {
    found.push((way.to_owned(), value));
    match value {
        Value::Object(object) => object.iter().for_each(|(name, inner)| all(inner, &format!("{way}/{name}"), found)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| all(inner, &format!("{way}/{n}"), found)),
        _ => (),
    }
}

#[test]
fn both_contracts_are_valid_by_the_schema_of_openapi_3_0() {
    let schema: Value = serde_json::from_str(include_str!("../data/openapi/schema-3.0.json")).unwrap();
    let valid = jsonschema::draft4::new(&schema).unwrap();
    for contract in contracts() {
        let faults: Vec<_> = valid.iter_errors(&contract).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        // The schema is asked something: a field that it does not know is refused.
        let mut wrong = contract.clone();
        wrong["info"]["summary"] = json!("x");
        assert!(!valid.is_valid(&wrong));
    }
}

#[test]
fn schemas_are_written_as_generators_read_them() {
    // The registry of formats, as far as it is used here (https://spec.openapis.org/registry/format/).
    let known = ["binary", "date", "date-time", "date-time-local", "double", "int32", "int64", "uuid"];
    for contract in contracts() {
        let mut everything = Vec::new();
        all(&contract, "", &mut everything);
        let schemas = everything
            .into_iter()
            .filter(|(way, _)| !way.contains("/example/") && !way.contains("/properties/format/"));
        for (way, schema) in schemas {
            if let Some(format) = schema["format"].as_str() {
                assert!(known.contains(&format), "{way}: no generator knows the format {format}");
            }
            if schema.get("$ref").is_some() {
                assert_eq!(schema.as_object().unwrap().len(), 1, "{way}: what stands beside a reference is not read");
            }
            if let Some(parts) = schema["allOf"].as_array() {
                // A described reference. Of more parts, generators make parents without a name.
                assert!(parts.len() == 1 && parts[0]["$ref"].is_string(), "{way}: {parts:?}");
            }
        }
    }
}

/// A generator invents a name for what has none, and another one once something before it changes.
#[test]
fn what_has_fields_or_values_of_its_own_has_a_name() {
    for contract in contracts() {
        let mut everything = Vec::new();
        all(&contract, "", &mut everything);
        let schemas =
            everything.into_iter().filter(|(way, _)| !way.contains("/example") && !way.ends_with("/properties"));
        let mut seen = 0;
        for (way, schema) in schemas {
            // The word that tells an alternative is one value, and the alternative has a name.
            let values = schema["enum"].as_array().is_some_and(|values| values.len() > 1);
            if values || schema["properties"].is_object() || schema["oneOf"].is_array() {
                seen += 1;
                let named = way.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'));
                assert!(named, "{way} has no name");
            }
        }
        assert!(seen > 50, "{seen}");
    }
}

/// Generated clients refuse a value that they do not know, unless they are told otherwise: whoever reads an answer has to be told.
#[test]
fn an_enum_that_is_answered_says_that_it_may_grow() {
    for contract in contracts() {
        let grows = |name: &str| {
            let about = contract["components"]["schemas"][name]["description"].as_str().unwrap();
            about.ends_with("More values may come. Whoever does not know one takes it as none of these.")
        };
        assert!(grows("Language") && grows("Standing"));
    }
    let [citizen, _] = contracts();
    let asked = citizen["components"]["schemas"]["TargetKind"]["description"].as_str().unwrap();
    assert!(!asked.contains("may come"), "it is only ever sent: {asked}");
}

#[test]
fn no_two_paths_are_the_same_template() {
    for contract in contracts() {
        let mut templates = BTreeSet::new();
        for path in contract["paths"].as_object().unwrap().keys() {
            let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
            assert!(templates.insert(parts.collect::<Vec<_>>().join("/")), "{path}");
        }
        assert!(templates.len() > 30);
    }
}

#[test]
fn every_operation_has_an_id_and_one_tag_and_every_answer_is_described() {
    for contract in contracts() {
        let tags: BTreeMap<&str, &str> = contract["tags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tag| (tag["name"].as_str().unwrap(), tag["description"].as_str().unwrap()))
            .collect();
        let (mut ids, mut used) = (BTreeSet::new(), BTreeSet::new());
        for (method, path, operation) in operations(&contract) {
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}: two have this id");
            let tag = operation["tags"].as_array().unwrap();
            assert_eq!(tag.len(), 1, "{method} {path}");
            used.insert(tag[0].as_str().unwrap());
            for (status, answer) in operation["responses"].as_object().unwrap() {
                let words = answer["description"].as_str().unwrap().split_whitespace().count();
                assert!(words >= 2, "{method} {path} {status}: {answer}");
                let problem = json!({ "$ref": "#/components/schemas/Problem" });
                let typed = answer["content"]["application/problem+json"]["schema"] == problem;
                assert_eq!(typed, status != "200", "{method} {path} {status}");
            }
            assert!(["4XX", "5XX"].iter().all(|range| operation["responses"][range].is_object()), "{method} {path}");
        }
        assert_eq!(used, tags.keys().copied().collect());
        // Whoever reads the contract knows no rooms: an operation is found by what one does with it.
        let is_room = |tag: &str| thuisloket::ROOMS.iter().any(|room| room.name == tag);
        assert!(!tags.keys().any(|tag| is_room(tag)), "{tags:?}");
        assert!(tags.values().all(|about| about.split_whitespace().count() > 2), "{tags:?}");
    }
}

#[test]
fn the_idempotency_key_is_bounded_as_the_server_bounds_it() {
    let mut seen = 0;
    for contract in contracts() {
        for (_, _, operation) in operations(&contract) {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            for key in parameters.filter(|p| p["name"] == "Idempotency-Key") {
                seen += 1;
                let bounds = json!({ "type": "string", "minLength": 8, "maxLength": 100, "pattern": "^[\\t -~]*$" });
                assert_eq!((&key["schema"], &key["required"]), (&bounds, &json!(false)));
            }
        }
    }
    assert!(seen > 40);
}

/// Roles, scopes and levels follow from the parameter by which a handler asks who is calling. The contract says them in three ways, which
/// agree: to programs, in a sentence, and by the problem of who lacks them.
#[test]
fn what_an_operation_asks_of_its_caller_is_said_alike_everywhere() {
    let ways = [("x-roles", "role_missing", "role"), ("x-scopes", "scope_missing", "scope")];
    let [citizen, staff] = contracts();
    let mut seen = 0;
    for (_, path, operation) in operations(&citizen).chain(operations(&staff)) {
        for scheme in operation["security"].as_array().into_iter().flatten() {
            // Schemes that are not OAuth's take no scopes in OpenAPI 3.0.
            assert!(scheme.as_object().unwrap().values().all(|scopes| *scopes == json!([])), "{path}");
        }
        for (extension, problem, word) in ways {
            let codes = operation["x-problem-codes"].as_array().unwrap();
            assert_eq!(operation.get(extension).is_some(), codes.contains(&json!(problem)), "{path}");
            let Some(words) = operation.get(extension) else { continue };
            seen += 1;
            let words: Vec<_> =
                words.as_array().unwrap().iter().map(|w| format!("`{}`", w.as_str().unwrap())).collect();
            let sentence = format!("the {word} {}", words.join(" or "));
            assert_eq!(operation["description"].as_str().unwrap().matches(&sentence).count(), 1, "{path}: {sentence}");
        }
    }
    assert!(seen > 70, "{seen}");
}

#[test]
fn the_committed_list_of_access_is_what_the_server_lets_in() {
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    let access = thuisloket::platform::openapi::access(&[&citizen, &staff]).unwrap();
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/access.txt")).unwrap();
    assert!(committed == access, "openapi/access.txt is not what the server lets in; run: cargo run -- openapi");
    assert_eq!(access.lines().count(), contracts().iter().map(|c| operations(c).count()).sum::<usize>() + 1);
}

/// An app maker reads these beside a name and a type. Three words say no more than those do.
#[test]
fn every_field_parameter_and_header_is_described_in_more_than_three_words() {
    let mut short = Vec::new();
    let mut seen = 0;
    let mut look = |name: String, described: &Value| {
        seen += 1;
        let text = described["description"].as_str().unwrap_or_default();
        if text.split_whitespace().count() <= 3 {
            short.push(format!("{name}: {text:?}"));
        }
    };
    for contract in contracts() {
        let mut everything = Vec::new();
        all(&contract, "", &mut everything);
        for (way, schema) in everything.into_iter().filter(|(way, _)| !way.contains("/example")) {
            for (field, described) in schema["properties"].as_object().into_iter().flatten() {
                look(format!("{way}.{field}"), described);
            }
        }
        for (method, path, operation) in operations(&contract) {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                look(format!("{method} {path} {}", parameter["name"]), parameter);
            }
            for answer in operation["responses"].as_object().unwrap().values() {
                for (header, described) in answer["headers"].as_object().into_iter().flatten() {
                    look(format!("{method} {path} {header}"), described);
                }
            }
        }
    }
    assert!(short.is_empty(), "{short:#?}");
    assert!(seen > 850, "{seen}");
}
