//! What app makers are told of the pushes (mobile-contract/push) is what the server sends.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use serde_json::{Value, json};
use thuisloket::push::{Category, contract, payload};
use thuisloket_mobile_contract::provider_stubs::ProviderStubs;

use crate::tenant_isolation::contracts;

const FOLDER: &str = "mobile-contract/push";
const FORMS: [&str; 6] = ["apns-show", "apns-clear", "apns-live", "fcm-show", "fcm-clear", "fcm-live"];

/// The committed schemas, by their forms.
static SCHEMAS: LazyLock<BTreeMap<&str, jsonschema::Validator>> = LazyLock::new(|| {
    let all = committed();
    FORMS
        .into_iter()
        .map(|form| (form, jsonschema::validator_for(&all[&format!("{form}.schema.json")]).unwrap()))
        .collect()
});

/// What a payload has that its schema does not know, or lacks.
fn faults(form: &str, payload: &Value) -> Vec<String> {
    SCHEMAS[form].iter_errors(payload).map(|e| e.to_string()).collect()
}

/// Every payload that the stand-ins for Apple and Google took is one that an app was told of. Each journey ends with it.
pub fn all_fit(stubs: &ProviderStubs) {
    let apple = stubs.apns.taken().into_iter().map(|push| {
        // What iOS shows without the app says its type to Apple alone.
        let live = push.headers["apns-push-type"] == "liveactivity";
        ("apns", if live { json!("live") } else { push.payload["type"].clone() }, push.payload)
    });
    let google = stubs.fcm.taken().into_iter().map(|m| ("fcm", m["android"]["data"]["type"].clone(), m));
    for (provider, kind, payload) in apple.chain(google) {
        let form = format!("{provider}-{}", kind.as_str().unwrap_or_default());
        assert!(FORMS.contains(&form.as_str()), "{payload} has no schema");
        let (faults, bytes) = (faults(&form, &payload), payload.to_string().len());
        assert!(faults.is_empty(), "{form}: {payload}: {faults:?}");
        assert!(bytes <= payload::MAX_PAYLOAD, "{form}: {payload}: {bytes} bytes");
    }
}

/// The JSON of the committed folder, by the names of its files.
fn committed() -> BTreeMap<String, Value> {
    let all = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)).unwrap();
    let all = all.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json"));
    all.map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        let value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path.file_name().unwrap().to_string_lossy().into_owned(), value)
    })
    .collect()
}

/// The examples of a form (`apns-show`), by what stands behind it in their names.
fn examples(form: &str) -> BTreeMap<String, Value> {
    let files = committed().into_iter().filter(|(name, _)| !name.ends_with(".schema.json"));
    files.filter_map(|(name, value)| Some((name.strip_prefix(form)?.strip_prefix('.')?.to_owned(), value))).collect()
}

/// Set BLESS=1 to write it; `cargo run -- openapi` writes the same.
#[test]
fn what_app_makers_are_told_of_the_pushes_is_what_the_server_sends() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = contract::files().unwrap();
    let bless = std::env::var_os("BLESS").is_some();
    for (path, text) in &files {
        if bless {
            std::fs::write(root.join(path), text).unwrap();
        }
        let committed = std::fs::read_to_string(root.join(path)).unwrap_or_default();
        assert!(committed == *text, "{path} is not what the server writes; run: cargo run -- openapi");
    }
    let there: BTreeSet<String> = std::fs::read_dir(root.join(FOLDER))
        .unwrap()
        .map(|entry| format!("{FOLDER}/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    assert_eq!(there, files.into_iter().map(|(path, _)| path).collect(), "the server writes all of {FOLDER}");
}

#[test]
fn each_example_of_a_push_fits_the_schema_of_its_form_and_of_no_other() {
    for form in FORMS {
        let examples = examples(form);
        assert!(!examples.is_empty(), "{form} has no example");
        for (name, example) in examples {
            for other in FORMS {
                let faults = faults(other, &example);
                assert_eq!(faults.is_empty(), other == form, "{form}.{name} and the schema of {other}: {faults:?}");
            }
            // Nothing passes that an app was not told of.
            for way in ["", "/aps", "/aps/content-state", "/aps/attributes", "/android", "/android/data"] {
                let mut more = example.clone();
                if let Some(Value::Object(fields)) = more.pointer_mut(way) {
                    fields.insert("name".to_owned(), "Anna".into());
                    assert!(!SCHEMAS[form].is_valid(&more), "{form}.{name}: {way}");
                }
            }
        }
    }
}

/// What only an emergency or an announcement may have fits the schema of no other kind.
#[test]
fn a_title_a_siren_and_a_channel_fit_no_other_kind_of_news() {
    for (form, way) in [("apns-show", "/aps/category"), ("fcm-show", "/android/data/category")] {
        let warning = &examples(form)["emergency.json"];
        for (category, fits) in [("emergency", true), ("documents", false), ("announcements", false)] {
            let mut other = warning.clone();
            *other.pointer_mut(way).unwrap() = json!(category);
            assert_eq!(SCHEMAS[form].is_valid(&other), fits, "{form}: {category}");
        }
        let titled = &examples(form)["announcements-titled.json"];
        for (category, fits) in [("announcements", true), ("queue", false), ("emergency", false)] {
            let mut other = titled.clone();
            *other.pointer_mut(way).unwrap() = json!(category);
            assert_eq!(SCHEMAS[form].is_valid(&other), fits, "{form}: {category}");
        }
    }
}

#[test]
fn each_kind_of_news_has_an_example_and_each_key_its_texts() {
    let kinds: BTreeSet<&str> = Category::ALL.iter().map(|category| category.as_str()).collect();
    let files = committed();
    let dutch = &files["strings.nl.json"];
    for (form, category, key, said) in [
        ("apns-show", "/aps/category", "/text_key", ["/aps/alert/body", "/aps/alert"]),
        ("fcm-show", "/android/data/category", "/android/data/text_key", ["/android/notification/body"; 2]),
    ] {
        let examples = examples(form);
        let at = |example: &Value, way: &str| example.pointer(way).and_then(Value::as_str).map(str::to_owned);
        let shown: BTreeSet<String> = examples.values().filter_map(|example| at(example, category)).collect();
        assert_eq!(shown, kinds.iter().map(|kind| (*kind).to_owned()).collect(), "{form}");
        for (name, example) in &examples {
            let named = dutch[at(example, key).unwrap()].as_str().unwrap();
            // A push that is data only says nothing.
            let told = said.iter().find_map(|way| at(example, way));
            assert!(told.is_none_or(|told| told == named), "{form}.{name} does not say {named}");
        }
    }
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    for kind in kinds {
        assert!(dutch[format!("push_category_{kind}")].is_string(), "{kind} has no name");
    }
    for (name, strings) in files.iter().filter(|(name, _)| name.starts_with("strings.")) {
        assert_eq!(keys(strings), keys(dutch), "{name}");
        // Android's compiler of resources takes no other names.
        assert!(keys(strings).iter().all(|key| key.bytes().all(|b| b == b'_' || b.is_ascii_lowercase())), "{name}");
    }
}

/// A push cannot outgrow its bound by a title: the schema says how long one is, and no announcement's is longer.
#[test]
fn a_title_of_a_push_is_as_long_as_one_of_an_announcement() {
    let [_, staff] = contracts();
    let longest = &staff["components"]["schemas"]["SaidIn"]["properties"]["title"]["maxLength"];
    assert_eq!(longest.as_u64(), Some(payload::LONGEST_TITLE as u64));
}
