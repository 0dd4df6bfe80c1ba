//! Every door: what comes in is canonical and bounded where it enters, at each operation of both contracts and on both
//! databases alike; and whatever HTTP asks of an answer is there. The operations are taken from the contracts, so that a new
//! one is tried as well.

use std::{net::SocketAddr, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use uuid::Uuid;

use crate::{
    appointments::citizens,
    tenant_isolation::{self, Call, EVERY_ROLE, NOBODYS},
    world::{World, somebody},
};

journeys! {
    no_text_that_nobody_can_read_gets_in_at_any_door,
    no_day_or_instant_out_of_this_world_gets_in_at_any_door,
    no_number_out_of_this_world_gets_in_at_any_door,
    nothing_is_said_twice_at_any_door,
    what_may_be_left_out_may_be_null_at_any_door,
    what_was_typed_another_way_is_the_same,
    a_panic_is_a_problem_with_a_number,
    what_was_written_is_never_written_again,
    a_refusal_leaves_the_connection_to_the_next_request,
    an_answer_says_what_http_asks_for,
    a_person_gets_a_page_and_a_program_a_problem,
    phones_learn_which_app_opens_our_links,
    who_has_the_answer_already_is_told_so,
    who_only_looks_changes_nothing,
}

/// A complete body of a schema, every optional field in it.
fn sample(contract: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return sample(contract, &contract["components"]["schemas"][name.rsplit('/').next().unwrap()]);
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[key].as_array().and_then(|all| all.first()) {
            return sample(contract, first);
        }
    }
    match schema["type"].as_str() {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            fields.map(|(name, of)| (name.clone(), sample(contract, of))).collect::<serde_json::Map<_, _>>().into()
        }
        Some("array") => json!([sample(contract, &schema["items"])]),
        Some("integer") => schema["minimum"].as_i64().unwrap_or(1).into(),
        Some("number") => json!(1.0),
        Some("boolean") => json!(false),
        _ => match (schema["format"].as_str(), schema["enum"].as_array().and_then(|e| e.first())) {
            (_, Some(one)) => one.clone(),
            (Some("uuid"), _) => json!(NOBODYS),
            (Some("date-time"), _) => json!("2027-03-03T08:00:00Z"),
            (Some("date"), _) => json!("2027-03-03"),
            (Some("date-time-local"), _) => json!("2027-03-03T08:00:00"),
            _ => json!("x"),
        },
    }
}

/// The paths of all texts in a body, as a problem names them.
fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
    those(value, path, &|v| v.is_string(), out);
}

/// The paths of all values of a kind in a body.
fn those(value: &Value, path: &str, wanted: &dyn Fn(&Value) -> bool, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, v)| those(v, &format!("{path}[{n}]"), wanted, out));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, v)| {
            those(v, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, wanted, out);
        }),
        leaf if wanted(leaf) => out.push(path.to_owned()),
        _ => {}
    }
}

/// The fields of a [`sample`] that may be left out: of which object, and their names.
fn may_be_left_out(contract: &Value, schema: &Value, at: &str, out: &mut Vec<(String, String)>) {
    if let Some(name) = schema["$ref"].as_str() {
        return may_be_left_out(
            contract,
            &contract["components"]["schemas"][name.rsplit('/').next().unwrap()],
            at,
            out,
        );
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[key].as_array().and_then(|all| all.first()) {
            return may_be_left_out(contract, first, at, out);
        }
    }
    let needed = schema["required"].as_array();
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        if !needed.is_some_and(|all| all.iter().any(|one| one == name)) {
            out.push((at.to_owned(), name.clone()));
        }
        may_be_left_out(contract, of, &format!("{at}/{name}"), out);
    }
    if schema["type"] == "array" {
        may_be_left_out(contract, &schema["items"], &format!("{at}/0"), out);
    }
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/"))
}

/// An operation with the body that its schema describes, and one that it takes.
struct Door<'a> {
    call: Call<'a>,
    whole: Value,
    fits: Value,
    token: Option<String>,
}

async fn tokens(world: &World) -> [String; 2] {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let citizen = world.phone(&anna, true).await.tokens.unwrap().access;
    let roles: Vec<String> = EVERY_ROLE.iter().map(|r| format!("{r}:0207509031")).collect();
    let staff = world.staff("Alma Alles", &roles.iter().map(String::as_str).collect::<Vec<_>>()).await;
    [citizen, staff]
}

/// Whether an operation asks who is calling.
fn asks(operation: &Value) -> bool {
    operation["security"].as_array().is_some_and(|schemes| !schemes.is_empty())
}

fn doors<'a>(contract: &'a Value, token: &str) -> Vec<Door<'a>> {
    let mut all = Vec::new();
    for call in tenant_isolation::operations(contract) {
        let operation = &contract["paths"][call.path][call.method.to_lowercase()];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            continue;
        }
        let whole = sample(contract, schema);
        let name = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()).unwrap_or_default();
        let example = &contract["components"]["schemas"][name]["example"];
        let fits = if example.is_null() { call.body.clone().unwrap_or(whole.clone()) } else { example.clone() };
        let token = asks(operation).then(|| token.to_owned());
        all.push(Door { call, whole, fits, token });
    }
    all
}

impl Door<'_> {
    async fn send(&self, world: &World, body: &Value) -> (u16, Value) {
        let filled: Vec<_> = self.call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
        let path = format!("{}{}", filled.join("/"), self.call.query);
        world.json(&self.call.method, &path, self.token.as_deref(), body).await
    }
}

async fn no_text_that_nobody_can_read_gets_in_at_any_door(world: World) {
    let tokens = tokens(&world).await;
    let contracts = tenant_isolation::contracts();
    let mut tried = 0;
    for (contract, token) in contracts.iter().zip(&tokens) {
        for door in doors(contract, token) {
            let mut paths = Vec::new();
            leaves(&door.whole, "", &mut paths);
            for path in paths {
                for bad in [
                    "a\0b",
                    "a\u{7}b",
                    "a\u{b}b",
                    "a\u{1b}[0m",
                    "a\u{202e}b",
                    "\u{2067}a",
                    "a\u{fffe}",
                    "\u{200b}",
                    "00000000-0000-0000-0000-000000000000",
                    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                ] {
                    let mut body = door.whole.clone();
                    *body.pointer_mut(&pointer(&path)).unwrap() = json!(bad);
                    let (status, problem) = door.send(&world, &body).await;
                    assert_eq!(
                        (status, problem["code"].as_str(), problem["field"].as_str()),
                        (400, Some("body_invalid"), Some(path.as_str())),
                        "{} {bad:?}: {problem}",
                        door.call.name
                    );
                    tried += 1;
                }
                // One line is one line; a text may have more.
                if !path.ends_with("text") || path.starts_with("names") {
                    for bad in ["a\rb", "a\nb", "a\u{2028}b", "a\tb"] {
                        let mut body = door.whole.clone();
                        *body.pointer_mut(&pointer(&path)).unwrap() = json!(bad);
                        let (status, problem) = door.send(&world, &body).await;
                        assert_eq!((status, problem["field"].as_str()), (400, Some(path.as_str())), "{problem}");
                    }
                }
            }
        }
        // Parameters: what is in a path names nothing, what is in a query is told.
        for call in tenant_isolation::operations(contract) {
            let operation = &contract["paths"][call.path][call.method.to_lowercase()];
            let token = asks(operation).then_some(token.as_str());
            for bad in ["00000000-0000-0000-0000-000000000000", "a%00b", "a%0Db", "%E2%80%AEx", "%FF%FE"] {
                if call.path.contains('{') {
                    let filled: Vec<_> =
                        call.path.split('/').map(|p| if p.starts_with('{') { bad } else { p }).collect();
                    let answer = world.raw(&call.method, &filled.join("/"), token, None).await;
                    assert_eq!((answer.0, answer.1["code"].as_str()), (404, Some("not_found")), "{} {bad}", call.name);
                    tried += 1;
                }
                for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query")
                {
                    let name = parameter["name"].as_str().unwrap();
                    let filled: Vec<_> =
                        call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
                    let path = format!("{}?{name}={bad}", filled.join("/"));
                    let (status, problem) = world.raw(&call.method, &path, token, None).await;
                    assert_eq!(
                        (status, problem["field"].as_str()),
                        (400, Some(name)),
                        "{} {path}: {problem}",
                        call.name
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_500, "{tried}");
}

async fn no_day_or_instant_out_of_this_world_gets_in_at_any_door(world: World) {
    let tokens = tokens(&world).await;
    let contracts = tenant_isolation::contracts();
    let mut tried = 0;
    let days = [
        "+262142-12-31",
        "-5000-01-01",
        "0000-01-01",
        "1879-12-31",
        "2200-01-01",
        "2027-02-29",
        "2027-3-1",
        "99999-01-01",
    ];
    let times = [
        "+262142-12-31T23:59:00",
        "-262143-01-01T00:00:00",
        "-5000-01-01T00:00:00",
        "2200-01-01T00:00:00",
        "2027-03-03T08:00:00.5",
        "2027-03-03T08:00:00.000000001",
        "2027-03-03T08:00:01",
        "2026-12-31T23:59:60",
        "2027-03-03T24:00:00",
    ];
    for (contract, token) in contracts.iter().zip(&tokens) {
        for door in doors(contract, token) {
            let mut paths = Vec::new();
            leaves(&door.whole, "", &mut paths);
            for path in paths {
                let was = door.whole.pointer(&pointer(&path)).unwrap().as_str().unwrap();
                let bad: Vec<String> = match was {
                    "2027-03-03" => days.map(str::to_owned).to_vec(),
                    "2027-03-03T08:00:00" => times.map(str::to_owned).to_vec(),
                    "2027-03-03T08:00:00Z" => times.map(|t| format!("{t}Z")).to_vec(),
                    _ => continue,
                };
                for bad in bad {
                    let mut body = door.fits.clone();
                    let whole = door.whole.as_object().unwrap();
                    let top = path.split(['.', '[']).next().unwrap();
                    // A part that the example lacks comes from the schema.
                    if body.pointer(&pointer(&path)).is_none() {
                        body[top] = whole[top].clone();
                    }
                    *body.pointer_mut(&pointer(&path)).unwrap() = json!(bad);
                    let (status, problem) = door.send(&world, &body).await;
                    assert_eq!(
                        (status, problem["code"].as_str()),
                        (400, Some("body_invalid")),
                        "{} {path} {bad}: {problem}",
                        door.call.name
                    );
                    let field = problem["field"].as_str().unwrap_or_default();
                    assert!(path.starts_with(field) && !field.is_empty(), "{} {path} {bad}: {problem}", door.call.name);
                    tried += 1;
                }
            }
        }
        for call in tenant_isolation::operations(contract) {
            let operation = &contract["paths"][call.path][call.method.to_lowercase()];
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["schema"]["format"] != "date" {
                    continue;
                }
                let name = parameter["name"].as_str().unwrap();
                // The others as they should be.
                let others: Vec<_> = call
                    .query
                    .trim_start_matches('?')
                    .split('&')
                    .filter(|p| !p.starts_with(&format!("{name}=")))
                    .collect();
                for bad in days {
                    let filled: Vec<_> =
                        call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
                    let path = format!("{}?{}&{name}={}", filled.join("/"), others.join("&"), bad.replace('+', "%2B"));
                    let (status, problem) = world.get(&path, token).await;
                    assert_eq!(
                        (status, problem["code"].as_str(), problem["field"].as_str()),
                        (400, Some("parameter_invalid"), Some(name)),
                        "{path}: {problem}"
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "{tried}");
    // A cursor that was made by hand, of a year that no database knows.
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    for micros in [i64::MAX, 8_210_000_000_000_000_000, -62_200_000_000_000_000] {
        let cursor = URL_SAFE_NO_PAD.encode(format!("inbox {micros} {}", Uuid::from_u128(1).simple()));
        let (status, problem) = world.get(&format!("/v1/inbox?cursor={cursor}"), &tokens[0]).await;
        assert_eq!((status, problem["code"].as_str()), (400, Some("cursor_invalid")), "{problem}");
    }
}

/// A number that no database holds, or that overflows what is calculated with it: the caller's mistake, and never a fault of ours.
async fn no_number_out_of_this_world_gets_in_at_any_door(world: World) {
    let tokens = tokens(&world).await;
    let contracts = tenant_isolation::contracts();
    let mut tried = 0;
    for (contract, token) in contracts.iter().zip(&tokens) {
        for door in doors(contract, token) {
            let mut paths = Vec::new();
            those(&door.whole, "", &|v| v.is_number(), &mut paths);
            for path in paths {
                for bad in [
                    "9223372036854775807",
                    "-9223372036854775808",
                    "2147483648",
                    "-1",
                    "1e308",
                    "-1e308",
                    "18446744073709551615",
                ] {
                    let mut body = door.fits.clone();
                    let top = path.split(['.', '[']).next().unwrap();
                    // A part that the example lacks comes from the schema.
                    if body.pointer(&pointer(&path)).is_none() {
                        body[top] = door.whole[top].clone();
                    }
                    *body.pointer_mut(&pointer(&path)).unwrap() = serde_json::from_str(bad).unwrap();
                    let (status, problem) = door.send(&world, &body).await;
                    // A place may lie south of the equator.
                    let is_place = bad == "-1" && door.whole.pointer(&pointer(&path)).unwrap().is_f64();
                    let expected = if is_place { 200..500 } else { 400..500 };
                    assert!(expected.contains(&status), "{} {path} {bad}: {status} {problem}", door.call.name);
                    tried += 1;
                }
            }
        }
        for call in tenant_isolation::operations(contract) {
            let operation = &contract["paths"][call.path][call.method.to_lowercase()];
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["schema"]["type"] != "integer" || parameter["in"] != "query" {
                    continue;
                }
                let name = parameter["name"].as_str().unwrap();
                let others =
                    call.query.trim_start_matches('?').split('&').filter(|p| !p.starts_with(&format!("{name}=")));
                let others = others.collect::<Vec<_>>().join("&");
                for bad in
                    ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "-1", "1e3", "0x10", ""]
                {
                    let filled: Vec<_> =
                        call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
                    let path = format!("{}?{name}={bad}&{others}", filled.join("/"));
                    let (status, problem) = world.raw(&call.method, &path, Some(token), None).await;
                    assert!((400..500).contains(&status), "{} {path}: {status} {problem}", call.name);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Of two values under one name nobody knows which is meant; and what stands before this server may have looked at the other.
async fn nothing_is_said_twice_at_any_door(world: World) {
    let tokens = tokens(&world).await;
    let contracts = tenant_isolation::contracts();
    let mut tried = 0;
    for (contract, token) in contracts.iter().zip(&tokens) {
        for door in doors(contract, token) {
            let text = door.fits.to_string();
            let Some((name, value)) = door.fits.as_object().and_then(|fields| fields.iter().next()) else { continue };
            let filled: Vec<_> =
                door.call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
            let path = format!("{}{}", filled.join("/"), door.call.query);
            for twice in [
                format!("{{\"{name}\":{value},{}", &text[1..]),
                format!("{{\"x\":[{{\"y\":1,\"y\":2}}],{}", &text[1..]),
            ] {
                let body = Some(("application/json", twice.into_bytes()));
                let (status, problem) = world.raw(&door.call.method, &path, door.token.as_deref(), body).await;
                assert_eq!((status, problem["code"].as_str()), (400, Some("body_invalid")), "{path}: {problem}");
                assert!(problem["detail"].as_str().unwrap().contains("stands twice"), "{path}: {problem}");
                let field = problem["field"].as_str().unwrap();
                assert!(field == name || field == "y", "{path}: {problem}");
                tried += 1;
            }
        }
        for call in tenant_isolation::operations(contract) {
            let operation = &contract["paths"][call.path][call.method.to_lowercase()];
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            for parameter in parameters.filter(|p| p["in"] == "query") {
                let name = parameter["name"].as_str().unwrap();
                let filled: Vec<_> =
                    call.path.split('/').map(|p| if p.starts_with('{') { NOBODYS } else { p }).collect();
                let path = format!("{}?{name}=1&{name}=1", filled.join("/"));
                let (status, problem) = world.raw(&call.method, &path, Some(token), None).await;
                assert_eq!((status, problem["field"].as_str()), (400, Some(name)), "{path}: {problem}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
    // Nor is a header, or another encoding than JSON has.
    let device = json!({ "platform": "ios", "target_kind": "apns_token", "target": "ab12ab12", "locale": "nl", "app_version": "1", "preview": "neutral" });
    let put = |headers: &[(&'static str, &str)]| {
        let url = format!("{}/v1/devices/00000000-0000-7000-8000-0000000000f1", world.server);
        let start = world.http.put(url).body(device.to_string());
        let request = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
        async move { request.send().await.unwrap().status().as_u16() }
    };
    let (bearer, kind) = (format!("Bearer {}", tokens[0]), ("content-type", "application/json"));
    let theirs = ("authorization", bearer.as_str());
    assert_eq!(put(&[theirs, kind]).await, 200);
    assert_eq!(put(&[theirs, ("content-type", "application/json; charset=\"UTF-8\"")]).await, 200);
    assert_eq!(put(&[theirs, ("authorization", "Bearer x"), kind]).await, 400);
    assert_eq!(put(&[theirs, kind, ("content-type", "text/plain")]).await, 400);
    assert_eq!(put(&[theirs, ("idempotency-key", "key-0000001"), ("idempotency-key", "key-0000002"), kind]).await, 400);
    assert_eq!(put(&[theirs, ("content-type", "application/json; charset=utf-16")]).await, 415);
}

/// As the contracts say once, for all bodies: a field is refused for no null that is not refused without it.
async fn what_may_be_left_out_may_be_null_at_any_door(world: World) {
    let tokens = tokens(&world).await;
    let contracts = tenant_isolation::contracts();
    let mut tried = 0;
    for (contract, token) in contracts.iter().zip(&tokens) {
        assert!(contract["info"]["description"].as_str().unwrap().contains("may also be `null`"));
        for door in doors(contract, token) {
            let operation = &contract["paths"][door.call.path][door.call.method.to_lowercase()];
            let mut fields = Vec::new();
            may_be_left_out(
                contract,
                &operation["requestBody"]["content"]["application/json"]["schema"],
                "",
                &mut fields,
            );
            for (object, name) in fields {
                for whole in [&door.whole, &door.fits] {
                    let (mut without, mut null) = (whole.clone(), whole.clone());
                    let Some(fields) = without.pointer_mut(&object).and_then(Value::as_object_mut) else { continue };
                    fields.remove(&name);
                    null.pointer_mut(&object).unwrap()[&name] = Value::Null;
                    let refused = async |body: &Value| {
                        let (status, problem) = door.send(&world, body).await;
                        (status == 400).then(|| problem["field"].clone())
                    };
                    let (without, null) = (refused(&without).await, refused(&null).await);
                    assert_eq!(null, without, "{} {object}/{name}", door.call.name);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 80, "{tried}");
}

/// The same name, typed on another keyboard, is the same text; and a bound counts what is kept.
async fn what_was_typed_another_way_is_the_same(world: World) {
    let [_, staff] = tokens(&world).await;
    let mut names = Vec::new();
    for (n, typed) in
        ["Straße in Zoë", " Straße in Zoe\u{308}\u{a0}", "\u{feff}Straße in Zoë\r\n"].into_iter().enumerate()
    {
        let body = json!({ "version": 0, "name": typed, "audience": [[{ "kind": "everyone" }]] });
        let path =
            format!("/staff/v1/audiences/{}", Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_e000 + n as u128));
        let (status, saved) = world.json("PUT", &path, Some(&staff), &body).await;
        assert_eq!(status, 200, "{saved}");
        names.push(saved["name"].as_str().unwrap().to_owned());
    }
    assert!(names.iter().all(|n| n == "Straße in Zoë"), "{names:?}");
    // Eighty characters as they are kept, though more were sent; and blanks are no name.
    let put = async |name: String| {
        let body = json!({ "version": 0, "name": name, "audience": [[{ "kind": "everyone" }]] });
        world.json("PUT", "/staff/v1/audiences/01935c3e-0000-7000-8000-00000000e00f", Some(&staff), &body).await
    };
    assert_eq!(put("e\u{301}".repeat(81)).await.0, 400);
    assert_eq!(put(" \u{a0} ".to_owned()).await.1["field"], "name");
    assert_eq!(put("e\u{301}".repeat(80)).await.0, 200);
    // Lines end as lines end here.
    let draft = json!({
        "version": 0, "importance": "ordinary", "topic": "works", "audience": [[{ "kind": "everyone" }]],
        "texts": [{ "language": "nl", "title": "Water", "text": "een\r\n\r\ntwee\rdrie" }], "valid_until": "2027-03-20T00:00:00Z",
    });
    let path = "/staff/v1/announcements/01935c3e-0000-7000-8000-00000000a001";
    let (status, saved) = world.json("PUT", path, Some(&staff), &draft).await;
    assert_eq!((status, &saved["texts"][0]["text"]), (200, &json!("een\n\ntwee\ndrie")), "{saved}");
    // In a query as in a body.
    let (status, list) = world
        .raw(
            "PUT",
            "/staff/v1/people-lists/01935c3e-0000-7000-8000-00000000b001?name=%20Zoe%CC%88%20",
            Some(&staff),
            Some(("text/csv", b"national_number\n85050500140\n".to_vec())),
        )
        .await;
    assert!(status != 200 || list["name"] == "Zoë", "{list}");
}

/// Whatever panics all the same: the one who asked gets a problem with the request's number, and everybody else goes on.
async fn a_panic_is_a_problem_with_a_number(world: World) {
    use poem::{Endpoint as _, Request, endpoint};
    let door = thuisloket::platform::http::Door {
        bound: |_| thuisloket::platform::limits::Bound::Wide,
        allow: Box::new(|_| String::new()),
        page: |_, _| None,
        changes: |_| false,
        closes: |_| false,
    };
    let panics = endpoint::make(|request: Request| async move {
        let text = "é".to_owned();
        if request.uri().path() == "/panics" { Ok::<_, poem::Error>(text[1..].to_owned()) } else { Ok(text) }
    });
    let passage = thuisloket::platform::http::middleware(&world.instance.app, panics, door);
    let ask = async |path: &'static str| {
        let mut request = Request::builder().uri_str(path).finish();
        request.headers_mut().insert("host", "x".parse().unwrap());
        let response = passage.call(request).await.unwrap();
        let id = response.header("x-request-id").unwrap().to_owned();
        (response.status().as_u16(), response.into_body().into_string().await.unwrap(), id)
    };
    let (status, body, id) = ask("/panics").await;
    let problem: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (status, problem["code"].as_str(), problem["request_id"].as_str()),
        (500, Some("internal"), Some(id.as_str()))
    );
    assert!(!body.contains("char"), "{body}");
    // Places are given back.
    for _ in 0..2_000 {
        ask("/panics").await;
    }
    assert_eq!(ask("/well").await.0, 200);
    assert_eq!(world.instance.app.limits.answering.taken(), 0);
}

/// Where a transaction met another's, a request is done again; but never where it has written something for good.
async fn what_was_written_is_never_written_again(world: World) {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    };

    use poem::{Endpoint as _, Request, endpoint};
    use thuisloket::platform::problem::Failure;
    let door = thuisloket::platform::http::Door {
        bound: |_| thuisloket::platform::limits::Bound::Wide,
        allow: Box::new(|_| String::new()),
        page: |_, _| None,
        changes: |_| false,
        closes: |_| false,
    };
    let (app, tries) = (world.instance.app.clone(), Arc::new(AtomicU32::new(0)));
    let counted = tries.clone();
    let writes = endpoint::make(move |request: Request| {
        let (app, tries) = (app.clone(), counted.clone());
        async move {
            let nth = tries.fetch_add(1, SeqCst) + 1;
            let path = request.uri().path().to_owned();
            let relaxed = path == "/relaxed";
            let mut w =
                if relaxed { app.db.write_relaxed().await } else { app.db.write().await }.map_err(Failure::from)?;
            let row = "insert into kept_answer (key_hash, request_hash, answer, kept_at) values ($1, '', '', $2)";
            let key = format!("{path} {nth}");
            thuisloket::with_conn!(w, c => sqlx::query(row).bind(key).bind(app.clock.now()).execute(c).await.map(drop))
                .map_err(Failure::from)?;
            match path.as_str() {
                "/rolled-back" => {}
                "/preparation" => w.commit_preparation().await.map_err(Failure::from)?,
                _ => w.commit().await.map_err(Failure::from)?,
            }
            // What comes after it meets another's, twice.
            if nth < 3 { Err(poem::Error::from(Failure::contended())) } else { Ok("done") }
        }
    });
    let middleware = thuisloket::platform::http::middleware(&world.instance.app, writes, door);
    let all = [("/rolled-back", 200, 3), ("/relaxed", 200, 3), ("/preparation", 200, 3), ("/committed", 503, 1)];
    for (path, status, times) in all {
        tries.store(0, SeqCst);
        let mut request = Request::builder().method(poem::http::Method::POST).uri_str(path).finish();
        request.headers_mut().insert("host", "x".parse().unwrap());
        let response = middleware.call(request).await.unwrap();
        assert_eq!((response.status().as_u16(), tries.load(SeqCst)), (status, times), "{path}");
    }
    assert_eq!(world.figure("select count(*) from kept_answer where key_hash like '/committed%'").await, 1);
}

fn address(world: &World) -> SocketAddr {
    world.server.strip_prefix("http://").unwrap().parse().unwrap()
}

/// One answer of a connection: its head, and its body by `Content-Length`.
async fn read_answer(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        let n = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut byte)).await.unwrap().unwrap();
        assert_eq!(n, 1, "the connection ended: {}", String::from_utf8_lossy(&head));
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.split("content-length: ").nth(1).map_or(0, |l| l.split("\r\n").next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    (head, body)
}

/// A proxy keeps its connections: a refusal that comes before the body was read must not cost the next request its answer.
async fn a_refusal_leaves_the_connection_to_the_next_request(world: World) {
    let server = address(&world);
    for size in [10, 20_000, 60_000] {
        for (path, status) in [("/v1/appointments", "401"), ("/v1/nothing", "404"), ("/v1/municipalities", "405")] {
            let mut stream = TcpStream::connect(server).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {size}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
            stream.write_all(&vec![b'x'; size]).await.unwrap();
            let (head, _) = read_answer(&mut stream).await;
            assert!(head.contains(status) && !head.contains("connection: close"), "{head}");
            stream.write_all(b"GET /v1/municipalities HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            assert!(read_answer(&mut stream).await.0.starts_with("http/1.1 200"), "{path} {size}");
        }
    }
    // A proxy sends all of a body before it reads an answer, and takes a server that lets go meanwhile for one that is gone: what
    // is too large, and a part of an upload that nobody may send, is read on and answered, and the connection goes on.
    for (method, path, status) in
        [("POST", "/v1/sign-in".to_owned(), "413"), ("PATCH", format!("/staff/v1/uploads/{NOBODYS}"), "401")]
    {
        for chunked in [false, true] {
            let size = 5_000_000;
            let mut stream = TcpStream::connect(server).await.unwrap();
            let length =
                if chunked { "transfer-encoding: chunked".to_owned() } else { format!("content-length: {size}") };
            let head =
                format!("{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{length}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            if chunked {
                stream.write_all(format!("{size:x}\r\n").as_bytes()).await.unwrap();
            }
            stream.write_all(&vec![b'x'; size]).await.unwrap();
            if chunked {
                stream.write_all(b"\r\n0\r\n\r\n").await.unwrap();
            }
            let (head, _) = read_answer(&mut stream).await;
            assert!(head.contains(&format!(" {status} ")) && !head.contains("connection: close"), "{head}");
            stream.write_all(b"GET /v1/municipalities HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            assert!(read_answer(&mut stream).await.0.starts_with("http/1.1 200"), "{path}");
        }
        // Who asks before sending is told before they send, and what is far too large is not begun; the connection says that it ends.
        for length in ["content-length: 5000000\r\nexpect: 100-continue", "content-length: 9000000000000000000"] {
            if method == "PATCH" && !length.contains("expect") {
                continue;
            }
            let mut stream = TcpStream::connect(server).await.unwrap();
            let head =
                format!("{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{length}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            let (head, _) = read_answer(&mut stream).await;
            assert!(head.contains(&format!(" {status} ")) && head.contains("connection: close"), "{length}: {head}");
        }
    }
}

async fn an_answer_says_what_http_asks_for(world: World) {
    let server = address(&world);
    let tell = async |request: &'static str| {
        let mut stream = TcpStream::connect(server).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let (head, body) = read_answer(&mut stream).await;
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        (head, problem)
    };
    for request in
        ["GET /v1/municipalities HTTP/1.1\r\n\r\n", "GET /v1/municipalities HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n"]
    {
        let (head, problem) = tell(request).await;
        assert!(head.contains(" 400 ") && problem["code"] == "request_invalid", "{head} {problem}");
    }
    for host in ["a b", "127.0.0.1:80:1", "[::1", "%zz", "user@a", "", "a/b", "a:99999"] {
        let mut stream = TcpStream::connect(server).await.unwrap();
        stream.write_all(format!("GET /v1/municipalities HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        assert!(read_answer(&mut stream).await.0.contains(" 400 "), "{host}");
    }
    for host in ["a", "a:8080", "[::1]", "[::1]:80", "xn--a.example", "127.0.0.1"] {
        let mut stream = TcpStream::connect(server).await.unwrap();
        stream.write_all(format!("GET /v1/municipalities HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        assert!(read_answer(&mut stream).await.0.contains(" 200 "), "{host}");
    }
    let (head, problem) = tell("GET /v1/municipalities HTTP/1.1\r\nhost : x\r\nbad header\r\n\r\n").await;
    assert!(
        head.contains(" 400 ") && head.contains("connection: close") && problem["code"] == "request_invalid",
        "{head}"
    );
    assert!(head.contains("x-request-id") && head.contains("x-content-type-options: nosniff"), "{head}");
    for (method, path, allow) in [
        ("DELETE", "/v1/municipalities", "GET, HEAD"),
        ("PATCH", "/v1/sign-in", "POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("GET", &format!("/staff/v1/tickets/{NOBODYS}/start"), "POST"),
        ("POST", &format!("/v1/devices/{NOBODYS}"), "DELETE, PUT"),
        // A path with a name of its own takes nothing of what the path of an id beside it takes.
        ("DELETE", "/v1/appointments/claim", "POST"),
        ("PUT", "/v1/inbox/changes", "GET, HEAD"),
        ("GET", "/staff/v1/appointments/search", "POST"),
    ] {
        let answer =
            world.http.request(method.parse().unwrap(), format!("{}{path}", world.server)).send().await.unwrap();
        let allowed = answer.headers().get("allow").map(|a| a.to_str().unwrap().to_owned()).unwrap_or_default();
        assert_eq!((answer.status().as_u16(), allowed.as_str()), (405, allow), "{method} {path}");
    }
    // Who sent no token is asked for one; who sent one that is not good is told so (RFC 6750, 3.1).
    for (path, token, asks) in [
        ("/v1/inbox", None, "Bearer"),
        ("/v1/inbox", Some("nonsense"), "Bearer error=\"invalid_token\""),
        ("/staff/v1/me", Some("nonsense"), "Bearer error=\"invalid_token\""),
    ] {
        let mut request = world.http.get(format!("{}{path}", world.server));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 401);
        assert_eq!(answer.headers()["www-authenticate"], asks, "{path}");
    }
    // The name of a scheme knows no case, for whoever calls.
    let [citizen, staff] = tokens(&world).await;
    let (_, key) = world.key(&staff, &["import_residents"]).await;
    for (path, token) in [("/v1/inbox", &citizen), ("/staff/v1/me", &staff), ("/staff/v1/uploads", &key)] {
        for scheme in ["bearer", "BEARER", "Bearer"] {
            let answer =
                world.http.get(format!("{}{path}", world.server)).header("authorization", format!("{scheme} {token}"));
            assert_eq!(answer.send().await.unwrap().status().as_u16(), 200, "{scheme} {path}");
        }
    }
    // A body comes as it is.
    let answer = world
        .http
        .post(format!("{}/v1/sign-in", world.server))
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body("{}");
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 415);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "media_type_unsupported");
}

async fn a_person_gets_a_page_and_a_program_a_problem(world: World) {
    let go = async |path: &str, accept: &str, language: &str| {
        let request = world
            .http
            .get(format!("{}{path}", world.server))
            .header("accept", accept)
            .header("accept-language", language);
        let answer = request.send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), kind, answer.text().await.unwrap())
    };
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for path in ["/", "/news"] {
        let (status, kind, text) = go(path, browser, "nl-BE,nl;q=0.9").await;
        assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
        assert!(text.contains("/news/deinze") && text.contains("Berichten van Deinze"), "{text}");
        for way in ["/staff", "/docs/citizen", "/docs/staff"] {
            assert!(text.contains(&format!("href=\"{way}\"")), "{way}: {text}");
        }
    }
    for (path, title) in [("/docs/citizen", "Thuisloket for citizens"), ("/docs/staff", "Thuisloket for staff")] {
        let (_, _, page) = go(path, browser, "nl").await;
        let head = page.split_once("</head>").unwrap().0;
        for part in ["<!doctype html>\n<html lang=\"en\">", &format!("<title>{title}</title>"), "width=device-width"] {
            assert!(head.contains(part), "{part}: {head}");
        }
    }
    // The type of a problem is a page that says what it means.
    let (_, _, problem) = go("/v1/nothing", "*/*", "nl").await;
    let problem: Value = serde_json::from_str(&problem).unwrap();
    let kind = problem["type"].as_str().unwrap();
    assert_eq!(kind, "/problems#not_found");
    let (status, _, page) = go(kind, browser, "nl").await;
    assert_eq!(status, 200);
    for code in thuisloket::platform::openapi::all_codes(thuisloket::ROOMS) {
        assert!(page.contains(&format!("id=\"{}\"", code.code)), "{code:?}");
        // When it comes is a sentence, and what an app does about it is said on the page.
        assert!(code.when.ends_with(['.', ':']) && code.when.len() > 10, "{code:?}");
        assert!(page.contains(&format!("id=\"advice-{}\"", code.advice.as_str())), "{code:?}");
    }
    for path in [
        "/nothing",
        "/news/nowhere",
        "/screen/deinze/x",
        "/news/deinze?language=nl&language=fr",
        "/news/deinze?topic=%00",
    ] {
        let (status, kind, text) = go(path, browser, "fr").await;
        assert!((400..500).contains(&status) && kind == "text/html; charset=utf-8", "{path}: {status} {kind}");
        assert!(text.contains("lang=\"fr\"") && text.contains("page d’accueil"), "{text}");
        let (same, kind, _) = go(path, "*/*", "fr").await;
        assert_eq!((same, kind.as_str()), (status, "application/problem+json"), "{path}");
    }
    for path in ["/v1/nothing", "/staff/v1/nothing"] {
        assert_eq!(go(path, browser, "fr").await.1, "application/problem+json");
    }
    // Nobody is named until the operator says who.
    assert_eq!(go("/.well-known/security.txt", "*/*", "nl").await.0, 404);
    let more = "server.security_contact = \"mailto:veilig@deinze.example\"";
    let named = World::start_with(crate::world::Engine::Sqlite, more).await.unwrap();
    let text = reqwest::get(format!("{}/.well-known/security.txt", named.server)).await.unwrap().text().await.unwrap();
    assert!(text.starts_with("Contact: mailto:veilig@deinze.example\nExpires: 2027-"), "{text}");
}

/// Phones ask which app opens our links, when it is installed.
async fn phones_learn_which_app_opens_our_links(world: World) {
    let read = async |server: &str, file: &str| {
        let answer = world.http.get(format!("{server}/.well-known/{file}")).send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), kind, answer.json::<Value>().await.unwrap())
    };
    let (status, kind, apple) = read(&world.server, "apple-app-site-association").await;
    assert_eq!((status, kind.as_str()), (200, "application/json"), "{apple}");
    let details = &apple["applinks"]["details"][0];
    assert_eq!(details["components"], serde_json::json!([{ "/": "/thuisloket/*" }]), "{apple}");
    assert_eq!(details["appIDs"].as_array().unwrap().len(), 1, "{apple}");
    // Of Android nobody said which app it is.
    assert_eq!(read(&world.server, "assetlinks.json").await.0, 404);
    let print = vec!["AB"; 32].join(":");
    let more = format!("[apps.shared.android]\npackage = \"be.deinze.app\"\nfingerprints = [\"{print}\"]");
    let more = format!("{more}\n[apps.shared.least_ios]\nversion = \"2.1\"\nstore = \"https://apps.apple.com/x\"");
    let named = World::start_with(crate::world::Engine::Sqlite, &more).await.unwrap();
    // And which version is too old.
    let (_, towns) = named.raw("GET", "/v1/municipalities", None, None).await;
    assert_eq!(
        towns[0]["app"],
        serde_json::json!({ "ios": { "version": "2.1", "store": "https://apps.apple.com/x" } })
    );
    let (status, _, google) = read(&named.server, "assetlinks.json").await;
    let target = &google[0]["target"];
    assert_eq!((status, &target["package_name"]), (200, &"be.deinze.app".into()), "{google}");
    assert_eq!(target["sha256_cert_fingerprints"], serde_json::json!([print]));
}

/// Work that was planned: apps are told before, and when to come back; whoever watches over the server still sees that it is there.
#[tokio::test]
async fn an_app_learns_when_the_server_is_closed_for_work() {
    let more = "server.maintenance = [{ from = \"2027-03-06T21:00:00Z\", until = \"2027-03-06T22:00:00Z\" }, \
                { from = \"2027-03-06T22:00:00Z\", until = \"2027-03-06T23:00:00Z\" }, \
                { from = \"2027-06-06T21:00:00Z\", until = \"2027-06-06T23:00:00Z\" }]";
    let world = World::start_with(crate::world::Engine::Sqlite, more).await.unwrap();
    let planned = async || world.raw("GET", "/v1/municipalities", None, None).await.1[0].get("maintenance").cloned();
    // Two works, the second where the first ends: one time in which it is closed.
    let first = json!({ "from": "2027-03-06T21:00:00Z", "until": "2027-03-06T23:00:00Z" });
    world.at("2027-02-20 10:00");
    assert_eq!(planned().await, None, "two weeks before");
    world.at("2027-03-06 21:59");
    assert_eq!(planned().await, Some(first.clone()));
    let token = citizens(&world, 1).await.remove(0);
    assert_eq!(world.get("/v1/inbox", &token).await.0, 200);
    let clerk = world.staff("Els", &["Loket:0207509031"]).await;
    world.at("2027-03-06 22:30");
    assert_eq!(planned().await, Some(first));
    for (path, token) in [("/v1/inbox", &token), ("/v1/me", &token), ("/staff/v1/queue?location_id=x", &clerk)] {
        let answer = world.http.get(format!("{}{path}", world.server)).bearer_auth(token).send().await.unwrap();
        let wait: i64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((5_390..=5_410).contains(&wait), "until eleven in UTC: {wait}");
        assert_eq!(answer.status().as_u16(), 503);
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "maintenance", "{path}");
    }
    assert_eq!(world.raw("GET", "/healthz", None, None).await.0, 200);
    world.at("2027-03-07 00:01");
    assert_eq!(planned().await, None);
    assert_eq!(world.get("/v1/inbox", "nonsense").await.0, 401, "open again");
}

/// An app that keeps what it read asks whether anything changed.
async fn who_has_the_answer_already_is_told_so(world: World) {
    let tokens = citizens(&world, 2).await;
    let read = async |path: &str, token: &str, known: Option<&str>| {
        let mut request = world.http.get(format!("{}{path}", world.server)).bearer_auth(token);
        if let Some(known) = known {
            request = request.header("if-none-match", known);
        }
        let answer = request.send().await.unwrap();
        let header = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, tag, cached) = (answer.status().as_u16(), header("etag"), header("cache-control"));
        (status, tag.unwrap_or_default(), cached.unwrap(), answer.bytes().await.unwrap().len())
    };
    for path in ["/v1/me", "/v1/inbox", "/v1/preferences", "/v1/municipalities"] {
        let (status, tag, cached, length) = read(path, &tokens[0], None).await;
        assert_eq!((status, cached.as_str()), (200, "no-store"), "{path}");
        assert!(length > 0 && tag.len() > 30, "{path}: {tag}");
        for known in [tag.clone(), format!("W/{tag}, \"x\""), "*".to_owned()] {
            let same = (304, tag.clone(), "no-store".to_owned(), 0);
            assert_eq!(read(path, &tokens[0], Some(&known)).await, same, "{path}: {known}");
        }
        assert_eq!(read(path, &tokens[0], Some("\"x\"")).await, (200, tag, cached, length), "{path}");
    }
    // What changed is answered whole, and a tag says nothing to who may not read what it is of.
    let (_, before, ..) = read("/v1/preferences", &tokens[0], None).await;
    let (_, mut wish) = world.get("/v1/preferences", &tokens[0]).await;
    wish["language"] = "fr".into();
    assert_eq!(world.json("PUT", "/v1/preferences", Some(&tokens[0]), &wish).await.0, 200);
    let (status, after, _, length) = read("/v1/preferences", &tokens[0], Some(&before)).await;
    assert!(status == 200 && after != before && length > 0, "{status} {after}");
    assert_eq!(read("/v1/preferences", "nonsense", Some("*")).await.0, 401);
    let (status, hers, ..) = read("/v1/me", &tokens[1], Some(&read("/v1/me", &tokens[0], None).await.1)).await;
    assert!(status == 200 && !hers.is_empty());
}

/// A scanner of links asks with HEAD before a person goes there.
async fn who_only_looks_changes_nothing(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.may_sign_in(&anna);
    for path in
        ["/sign-in/callback?state=x&code=y", "/staff/sign-in?municipality=deinze", "/staff/sign-in/callback?state=x"]
    {
        let answer = world.http.head(format!("{}{path}", world.server)).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()), (405, "GET"), "{path}");
    }
    assert_eq!(world.figure("select count(*) from staff_sign_in").await, 0);
    // Elsewhere HEAD is GET without a body.
    for path in ["/", "/news/deinze", "/healthz", "/v1/municipalities"] {
        let answer = world.http.head(format!("{}{path}", world.server)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert!(answer.bytes().await.unwrap().is_empty());
    }
}
