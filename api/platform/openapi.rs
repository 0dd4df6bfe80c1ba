//! The published contracts: what poem-openapi writes, made fit for people and generators.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::problem::Code;

/// Which problem codes each operation can give, beyond those that any can: by `operationId`.
pub type Problems = &'static [(&'static str, &'static [Code])];

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
    Code::Internal,
];
/// Codes of an operation with a body.
const WITH_BODY: &[Code] = &[Code::BodyInvalid];
/// Codes of an operation that asks who is calling, by how that is told.
const WITH_SCHEME: &[(&str, &[Code])] = &[
    ("session", &[Code::TokenMissing, Code::TokenInvalid, Code::TokenExpired, Code::SessionEnded, Code::LevelTooLow]),
    (
        "staff_token",
        &[
            Code::TokenMissing,
            Code::TokenInvalid,
            Code::SessionEnded,
            Code::RoleMissing,
            Code::MunicipalityNotChosen,
            Code::CrossSite,
        ],
    ),
    ("machine_key", &[Code::TokenMissing, Code::KeyInvalid, Code::ScopeMissing]),
];

/// What a page to read a contract may do: run the scripts that stand in it, by their hashes, and call this server.
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

/// An example of each answer, by the name of its schema. A test holds them against the schemas.
const EXAMPLES: &str = include_str!("../../openapi/examples.json");

/// The document as published: media types that generators know, every problem code an operation can give, an example of
/// each body and answer.
///
/// # Errors
/// A document that is not JSON, which poem-openapi does not write.
pub fn published(written: &str, problems: &[Problems]) -> anyhow::Result<String> {
    let text = written.replace("application/json; charset=utf-8", "application/json");
    let mut document: Value = serde_json::from_str(&text)?;
    let by_operation: BTreeMap<&str, &[Code]> = problems.iter().flat_map(|p| p.iter().copied()).collect();
    for item in document["paths"].as_object_mut().into_iter().flat_map(|p| p.values_mut()) {
        for operation in item.as_object_mut().into_iter().flat_map(|i| i.values_mut()) {
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            let mut codes: Vec<Code> = ANYWHERE.to_vec();
            codes.extend(by_operation.get(id.as_str()).copied().unwrap_or_default());
            if operation.get("requestBody").is_some() {
                codes.extend(WITH_BODY);
            }
            let parameters = operation.get("parameters").and_then(Value::as_array);
            if parameters.is_some_and(|p| p.iter().any(|p| p["name"] == super::once::HEADER)) {
                codes.push(Code::IdempotencyKeyReused);
            }
            for scheme in operation.get("security").and_then(Value::as_array).into_iter().flatten() {
                for (name, wanted) in WITH_SCHEME {
                    if scheme.get(name).is_some() {
                        codes.extend(*wanted);
                    }
                }
            }
            codes.sort_unstable_by_key(|c| (c.status().as_u16(), c.as_str()));
            codes.dedup();
            operation["x-problem-codes"] = codes.iter().map(|c| c.as_str()).collect();
            for (range, wanted) in [("4XX", 4), ("5XX", 5)] {
                let list: Vec<_> = codes
                    .iter()
                    .filter(|c| c.status().as_u16() / 100 == wanted)
                    .map(|c| format!("`{}`", c.as_str()))
                    .collect();
                if let Some(response) = operation["responses"].get_mut(range) {
                    response["description"] = format!("A problem, with one of the codes {}.", list.join(", ")).into();
                }
            }
        }
    }
    let examples: BTreeMap<String, Value> = serde_json::from_str(EXAMPLES)?;
    for (name, schema) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        if let Some(example) = examples.get(name) {
            schema["example"] = example.clone();
        }
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
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
        let all: Vec<_> = self.0.iter().filter(|(t, _)| fits(t)).map(|(_, methods)| methods.as_str()).collect();
        if all.is_empty() { "GET, HEAD".to_owned() } else { all.join(", ") }
    }
}

/// The list of problem codes, as the mobile contract publishes it.
pub fn problem_codes() -> String {
    let list: Vec<Value> = Code::ALL
        .iter()
        .map(|c| json!({ "code": c.as_str(), "status": c.status().as_u16(), "title": c.title() }))
        .collect();
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}
