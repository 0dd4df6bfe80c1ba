//! What comes from outside, made canonical where it enters: a JSON body, with each field once and the field at fault named, a path and a query.

use std::collections::HashSet;

use poem::{Error, Request, RequestBody, http::Uri};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    payload::{Json, Payload},
    registry::{MetaMediaType, MetaRequest, Registry},
    types::ParseFromJSON,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor},
};

use super::{
    faults::plain,
    problem::{Code, Failure},
    room::App,
    text::{Lines, canonical},
};

/// The most characters of a fault in the body that are told back.
pub(super) const MAX_DETAIL: usize = 300;

/// A JSON body. Like poem-openapi's `Json`, and it names the field at fault for every kind of fault.
pub struct Body<T>(pub T);

impl<'a, T: ParseFromJSON + DeserializeOwned + Send> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Json<T> as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: "application/json",
                schema: <Json<T> as Payload>::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let fits = |kind: &str| <Json<T> as Payload>::check_content_type(kind) && is_utf8(kind);
        if !request.content_type().is_some_and(fits) {
            return Err(Failure::new(Code::MediaTypeUnsupported).into());
        }
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        let bytes = body.take()?.into_bytes_limit(app.config.server.most_body_bytes()).await?;
        let NamedOnce(mut value) = serde_json::from_slice(&bytes).map_err(|e| {
            let text = e.to_string();
            invalid(said_twice(&text), &text)
        })?;
        canonical_json(&mut value, "", "").map_err(|(field, why)| invalid(Some(&field), &why))?;
        leave_out_nulls(&mut value);
        // Read once for the path of a wrong type, once for the schema's own bounds.
        serde_path_to_error::deserialize::<_, T>(value.clone()).map_err(|e| {
            let mut path = e.path().to_string();
            let inner = e.inner().to_string();
            if let Some(missing) = inner.strip_prefix("missing field `").and_then(|m| m.split('`').next()) {
                path = if path == "." { missing.to_owned() } else { format!("{path}.{missing}") };
            }
            invalid(Some(path.as_str()).filter(|p| *p != "."), &inner)
        })?;
        T::parse_from_json(Some(value.clone())).map(Body).map_err(|e| {
            let text = e.into_message();
            // poem-openapi says: field `name` verification failed. maxLength(…)
            let name = text.split("field `").nth(1).and_then(|t| t.split('`').next());
            let field = name.map(|name| path_at_fault::<T>(&value, name, &text));
            Error::from(invalid(field.as_deref(), &text))
        })
    }
}

/// The most fields of one name among which the one at fault is looked for: each takes another reading of the body.
const MOST_NAMED: usize = 100;

/// The path of the field at which a body is refused, of which poem-openapi tells the name alone. All fields of that name are spoiled, and
/// put back one after the other as reading meets them, until the refusal is the same again: it is the one that was put back last.
fn path_at_fault<T: ParseFromJSON>(value: &serde_json::Value, name: &str, refusal: &str) -> String {
    let mut named = Vec::new();
    fields_named(value, name, ("", ""), &mut named);
    if let [(path, _)] = &named[..] {
        return path.clone();
    }
    if named.len() > MOST_NAMED {
        return name.to_owned();
    }
    let spoiled = |n: usize| serde_json::json!({ "spoiled": n });
    let mut tried = value.clone();
    for (n, (_, pointer)) in named.iter().enumerate() {
        if let Some(field) = tried.pointer_mut(pointer) {
            *field = spoiled(n);
        }
    }
    let mut path = name;
    for _ in 0..=named.len() {
        let Err(error) = T::parse_from_json(Some(tried.clone())) else { break };
        let text = error.into_message();
        if text == refusal {
            return path.to_owned();
        }
        let met = named.iter().enumerate().find(|(n, _)| text.contains(&spoiled(*n).to_string()));
        let Some((_, (met, pointer))) = met else { break };
        if let Some((field, was)) = tried.pointer_mut(pointer).zip(value.pointer(pointer)) {
            *field = was.clone();
        }
        path = met;
    }
    name.to_owned()
}

/// Where a body has fields of a name: each by its path as it is told, and by its JSON pointer (RFC 6901).
fn fields_named(
    value: &serde_json::Value,
    wanted: &str,
    (path, pointer): (&str, &str),
    all: &mut Vec<(String, String)>,
) {
    match value {
        serde_json::Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                fields_named(value, wanted, (&format!("{path}[{n}]"), &format!("{pointer}/{n}")), all);
            }
        }
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                fields_named(value, wanted, (&path, &pointer), all);
                if name == wanted {
                    all.push((path, pointer));
                }
            }
        }
        _ => {}
    }
}

/// Leaves out of each object what is null. An app's library may write so what it has no value for, and each field takes that in the same
/// way: an `Option` as well as one with a default.
fn leave_out_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|_, inner| !inner.is_null());
            fields.values_mut().for_each(leave_out_nulls);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(leave_out_nulls),
        _ => (),
    }
}

/// Whether a media type names no other encoding than that of JSON (RFC 8259, 8.1).
fn is_utf8(media_type: &str) -> bool {
    media_type.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    })
}

/// A JSON value in which no object says a field twice: of two, nobody knows which is meant (RFC 8259, 4), and a proxy that looks
/// may take the other.
struct NamedOnce(serde_json::Value);

impl<'de> Deserialize<'de> for NamedOnce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OnceVisitor).map(Self)
    }
}

struct OnceVisitor;

/// The field that stands twice, as [`OnceVisitor`] says it.
fn said_twice(text: &str) -> Option<&str> {
    text.strip_prefix("the field `")?.split_once("` stands twice").map(|(field, _)| field)
}

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = serde_json::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(serde_json::Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(NamedOnce(value)) = list.next_element()? {
            all.push(value);
        }
        Ok(all.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut all = serde_json::Map::new();
        while let Some((name, NamedOnce(value))) = fields.next_entry::<String, NamedOnce>()? {
            if all.contains_key(&name) {
                return Err(A::Error::custom(format!("the field `{}` stands twice", short(&name))));
            }
            all.insert(name, value);
        }
        Ok(all.into())
    }
}

/// The field that may have several lines; any other text is one. By name, so that the same holds of every body.
const LONG: &str = "text";
/// A list of texts in several languages that are names all the same.
const NAMES: &str = "names";

/// Makes every text of a body canonical, and refuses what no text of a person holds and ids that name nothing. Where a value is
/// refused: its path, and why.
fn canonical_json(value: &mut serde_json::Value, path: &str, name: &str) -> Result<(), (String, String)> {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            let lines = if name == LONG && !path.starts_with(NAMES) { Lines::Many } else { Lines::One };
            *text = canonical(text, lines).map_err(|fault| (path.to_owned(), fault.to_string()))?;
            if names_nothing(text) {
                return Err((path.to_owned(), NIL.to_owned()));
            }
            Ok(())
        }
        Value::Array(list) => {
            list.iter_mut().enumerate().try_for_each(|(n, v)| canonical_json(v, &format!("{path}[{n}]"), name))
        }
        Value::Object(fields) => fields.iter_mut().try_for_each(|(name, v)| {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            canonical_json(v, &path, name)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// What is said of an id that is none.
pub(super) const NIL: &str = "is an id that names nothing (all zeros, or all ones)";

/// Whether a text is the nil or the max UUID (RFC 9562, 5.9 and 5.10), in any form: what a system gives that has no id to
/// give, to everybody the same.
pub(super) fn names_nothing(text: &str) -> bool {
    // The shortest form has 32 characters, the longest 45.
    (32..=45).contains(&text.len()) && uuid::Uuid::try_parse(text).is_ok_and(|id| id.is_nil() || id.is_max())
}

/// Makes the path and query of a request canonical: each value is one line of text without control characters, and no id that
/// names nothing.
pub(super) fn canonical_uri(request: &mut Request, foreign: fn(&str) -> bool) -> Result<(), Failure> {
    for segment in request.uri().path().split('/') {
        // A path that cannot be one names nothing.
        let fits = percent_encoding::percent_decode_str(segment)
            .decode_utf8()
            .is_ok_and(|text| canonical(&text, Lines::One).is_ok() && !names_nothing(&text));
        if !fits {
            return Err(Failure::new(Code::NotFound));
        }
    }
    let Some(query) = request.uri().query().filter(|_| !foreign(request.uri().path())) else { return Ok(()) };
    let (mut same, mut met) = (true, HashSet::new());
    let mut rewritten = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let wrong = |why: &str| Failure::field(Code::ParameterInvalid, &short(&name), why);
        if value.contains('\u{fffd}') {
            return Err(wrong("is not UTF-8"));
        }
        // No parameter is a list. Of two, a proxy that looks may take the other.
        if !met.insert(name.clone()) {
            return Err(wrong("stands twice"));
        }
        let text = canonical(&value, Lines::One).map_err(|fault| wrong(&fault.to_string()))?;
        if names_nothing(&text) {
            return Err(wrong(NIL));
        }
        same &= text == value;
        rewritten.append_pair(&name, &text);
    }
    if !same {
        let path = format!("{}?{}", request.uri().path(), rewritten.finish());
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(path.parse().map_err(Failure::internal)?);
        *request.uri_mut() = Uri::from_parts(parts).map_err(Failure::internal)?;
    }
    Ok(())
}

pub(super) fn invalid(field: Option<&str>, detail: &str) -> Failure {
    let detail = short(&plain(detail));
    match field {
        Some(field) => Failure::field(Code::BodyInvalid, field, detail),
        None => Failure::detail(Code::BodyInvalid, detail),
    }
}

pub(super) fn short(text: &str) -> String {
    text.chars().take(MAX_DETAIL).collect()
}
