//! Apart: a walk over every operation of both contracts with what is another citizen's, another town's, or another kind of
//! caller's. It fails when an operation appears that it does not know how to try.

use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};

use serde_json::{Value, json};
use thuisloket_mobile_contract::{client::types, phone::Phone};
use tracing::{Event, Level, Metadata, Subscriber, field::Field};
use tracing_subscriber::{Layer, layer::Context, layer::SubscriberExt as _};
use uuid::Uuid;

use crate::{
    appointments::{place, service},
    calls,
    deeds::planted as planted_deed,
    mandates::planted as planted_mandate,
    passkeys::planted,
    world::{World, paper, papers_csv, people_csv, somebody},
};

journeys! {
    what_is_anothers_does_not_exist_for_a_citizen,
    what_is_another_towns_does_not_exist_for_staff_and_machines,
}

/// What Deinze offers, and when.
const SERVICE: &str = crate::appointments::SERVICE;
const PLACE: &str = crate::appointments::PLACE;
const START: &str = "2027-03-08T08:00:00Z";
const END: &str = "2027-03-09T08:00:00Z";
const AGENDA: &str = "?location_id=00000000-0000-7000-8000-000000000001&day=2027-03-08";
const WEEK: &str = "?location_id=00000000-0000-7000-8000-000000000001&from=2027-03-08";
const QUEUE: &str = "?location_id=00000000-0000-7000-8000-000000000001";
/// What Gavere offers.
const GAVERES_SERVICE: &str = "01935c3e-0000-7000-8000-0000000a6aaa";
const GAVERES_PLACE: &str = "01935c3e-0000-7000-8000-0000000a6bbb";

/// Gavere's desk.
const PLACES_DESK: &str = "01935c3e-0000-7000-8000-00000000d00a";

/// A visit that can be booked in Deinze.
fn wish(more: Value) -> Value {
    let mut wish = json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": START, "persons": 1 });
    wish.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    wish
}

/// Both towns open their town halls, each with ids of its own.
async fn town_halls(world: &World) {
    for (organisation, service_id, place_id) in
        [("0207509031", SERVICE, PLACE), ("0207500000", GAVERES_SERVICE, GAVERES_PLACE)]
    {
        let planner = world.staff("Wie plant", &[&format!("Planner:{organisation}")]).await;
        // Each with a desk of its own.
        let desk = if service_id == SERVICE { "d001" } else { "d00a" };
        let plan = place(1).to_string().replace(SERVICE, service_id).replace("d001", desk);
        for (path, plan) in
            [(format!("services/{service_id}"), service()), (format!("locations/{place_id}"), plan.parse().unwrap())]
        {
            let (status, answer) = world.json("PUT", &format!("/staff/v1/{path}"), Some(&planner), &plan).await;
            assert_eq!(status, 200, "{answer}");
        }
    }
}

/// An id that names nothing.
pub const NOBODYS: &str = "00000000-0000-7000-8000-000000000001";

thread_local! {
    /// What this thread logs, while it is recorded. The world's server runs on its journey's thread.
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What is logged, line by line, statements of the database included (on PostgreSQL; SQLite runs them on a thread of its
/// own): what differs there differs in what is done, and so in how long it takes.
pub struct Log;

/// Of this binary's log: for all threads, as a subscriber of one thread alone may miss what another thread met first.
static RECORDER: LazyLock<()> = LazyLock::new(|| {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Log)).unwrap();
});

impl<S: Subscriber> Layer<S> for Log {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let target = metadata.target();
        *metadata.level() <= Level::DEBUG
            && ["thuisloket", "sqlx::query", "sqlx::postgres::notice"].iter().any(|own| target.starts_with(own))
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(format!("{} {}", event.metadata().target(), event.metadata().level()));
        event.record(&mut line);
        LINES.with_borrow_mut(|lines| lines.push(line.0));
    }
}

impl Log {
    pub fn start() -> Self {
        LazyLock::force(&RECORDER);
        Self
    }

    pub fn take(&self) -> Vec<String> {
        LINES.take()
    }
}

struct Line(String);

impl tracing::field::Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // How long it took is not what was done.
        if !field.name().starts_with("elapsed") && field.name() != "milliseconds" {
            self.0.push_str(&format!(" {}={value:?}", field.name()));
        }
    }
}

/// Answer and log of one call, with its ids made the same.
async fn answer_and_log(
    world: &World,
    log: &Log,
    call: &Call<'_>,
    token: Option<&str>,
    id: &str,
) -> (u16, Value, Vec<String>) {
    let path = call.path.split('/').map(|p| if p.starts_with('{') { call.fill(p, id) } else { p.to_owned() });
    let path = path.collect::<Vec<_>>().join("/") + call.query;
    log.take();
    let mut request = world.http.request(call.method.parse().unwrap(), format!("{}{path}", world.server));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    for (name, value) in &call.headers {
        request = request.header(*name, *value);
    }
    request = match &call.body {
        Some(body) => request.header("content-type", "application/json").body(body.to_string()),
        None => request.header("content-type", "application/octet-stream"),
    };
    let answer = request.header("x-request-id", "walk").send().await.unwrap();
    let status = answer.status().as_u16();
    let body = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
    // Which sessions ended is looked up once a second by the clock on the wall, whoever asks and whatever for.
    // And a pool may open a connection at any time.
    let by_the_clock = |l: &String| {
        ["select id from session where ended_at > $1", "set lock_timeout", "set default_transaction_read_only"]
            .iter()
            .any(|own| l.contains(own))
    };
    let lines = log.take().into_iter().filter(|l| !by_the_clock(l)).map(|l| l.replace(id, "ID")).collect();
    (status, body, lines)
}

/// How an operation is called.
pub struct Call<'a> {
    pub name: &'a str,
    pub method: String,
    pub path: &'a str,
    pub query: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    pub body: Option<Value>,
}

impl Call<'_> {
    fn fill(&self, placeholder: &str, id: &str) -> String {
        // Of two, the other is no id.
        match placeholder {
            "{role}" => "counter".to_owned(),
            "{version}" => "1".to_owned(),
            _ => id.to_owned(),
        }
    }
}

/// The body that the contract shows of an operation, with this town's service, location and time in it.
fn example(contract: &Value, operation: &Value) -> Option<Value> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    let mut body = contract["components"]["schemas"][name]["example"].clone();
    assert!(body.is_object(), "{name} has no example");
    for (field, ours) in
        [("service_id", SERVICE), ("location_id", PLACE), ("starts_at", START), ("from", START), ("until", END)]
    {
        if body.get(field).is_some() {
            body[field] = ours.into();
        }
    }
    Some(body)
}

pub fn operations(contract: &Value) -> Vec<Call<'_>> {
    let mut all = Vec::new();
    for (path, item) in contract["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            let query = match name {
                "get_resident"
                | "list_resident_documents"
                | "list_resident_reminders"
                | "list_resident_visits"
                | "list_resident_messages"
                | "list_missed_reminders"
                | "list_calls"
                | "list_handed_over"
                | "list_resident_turns"
                | "get_resident_preferences"
                | "get_slip"
                | "get_visitor"
                | "offer_to_resident"
                | "accept_offer_for_resident"
                | "leave_waiting_list_for_resident"
                | "get_slip_pdf"
                | "list_resident_mandates"
                | "get_mandate_slip"
                | "get_mandate_slip_pdf"
                | "confirm_mandate"
                | "end_resident_mandate"
                | "unblock_parent"
                | "end_resident_sessions"
                | "get_contact_settings_of"
                | "set_contact_settings_of"
                | "start_email_of"
                | "confirm_email_of"
                | "find_appointment"
                | "cancel_for_resident" => "?reason=visit",
                "get_agenda" => AGENDA,
                "get_agenda_week" | "list_agenda_hours" => WEEK,
                "get_queue" => QUEUE,
                "submit_announcement"
                | "approve_announcement"
                | "cancel_announcement"
                | "discard_announcement"
                | "withdraw_announcement"
                | "put_announcement_image"
                | "delete_announcement_image" => "?version=1",
                "put_people_list" => "?name=x",
                "find_letter" => "?reference=BCDFGHJK",
                "get_month_figures" | "export_month_figures" => "?month=2027-03-01",
                "get_coverage" | "export_coverage" => "?month=2027-03-01&by=plan",
                "get_announcement_coverage" | "export_announcement_coverage" | "get_council_page" => {
                    "?month=2027-03-01"
                }
                "list_addresses" => "?south=50&west=3&north=52&east=5",
                "get_counter_figures" | "export_counter_figures" => "?from=2027-03-01&until=2027-03-08&by=hour",
                "list_opinions" => "?from=2027-03-01&until=2027-03-08",
                _ => "",
            };
            let headers = if name == "send_part" { vec![("upload-offset", "0")] } else { vec![] };
            let mut body = example(contract, operation);
            let more = match name {
                "choose_municipality" => json!({ "municipality": "gavere" }),
                "book_appointment" => json!({ "hold": false }),
                "book_for_resident" => json!({ "resident_id": NOBODYS, "visitor": null }),
                "join_waiting_list_for_resident" => {
                    json!({ "resident_id": NOBODYS, "wish": { "service_id": SERVICE } })
                }
                "give_number" => json!({ "resident_id": NOBODYS, "name": null }),
                // What was written before it is what is changed.
                "put_announcement" | "put_audience" | "put_announcement_template" => json!({ "version": 1 }),
                // Nobody of ours.
                "find_residents" => json!({ "family_name": "Z", "birth_date": "1970-07-07" }),
                // Each plan names what only it has.
                "preview_location" => {
                    let plan: Value = place(1).to_string().replace("d001", "d009").parse().unwrap();
                    json!({ "plan": plan, "from": null })
                }
                "preview_service" => json!({ "plan": service(), "from": null }),
                "put_service" => service(),
                "put_location" => place(1).to_string().replace("d001", "d009").parse().unwrap(),
                _ => Value::Null,
            };
            if let (Some(body), Value::Object(more)) = (&mut body, more) {
                body.as_object_mut().unwrap().extend(more);
                body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            }
            all.push(Call { name, method: method.to_uppercase(), path, query, headers, body });
        }
    }
    all
}

pub fn contracts() -> [Value; 2] {
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    [citizen, staff].map(|text| serde_json::from_str(&text).unwrap())
}

/// Calls an operation with ids of others: each answer, and each line of the log, is that of an id that names nothing.
async fn assert_same_as_missing(world: &World, log: &Log, call: &Call<'_>, token: &str, others: &[&String]) -> usize {
    // Once before: what the walk changed a moment ago is read anew once, whatever is asked.
    answer_and_log(world, log, call, Some(token), NOBODYS).await;
    let (status, mut nothing, logged) = answer_and_log(world, log, call, Some(token), NOBODYS).await;
    assert_eq!((status, nothing["code"].as_str()), (404, Some("not_found")), "{}: {nothing}", call.name);
    nothing.as_object_mut().unwrap().remove("request_id");
    assert!(!logged.is_empty(), "{}: the log is not seen", call.name);
    for id in others {
        let (status, mut same, same_log) = answer_and_log(world, log, call, Some(token), id).await;
        if let Some(problem) = same.as_object_mut() {
            problem.remove("request_id");
        }
        assert_eq!((status, &same), (404, &nothing), "{} tells that {id} exists", call.name);
        assert_eq!(same_log, logged, "the log of {} tells that {id} exists", call.name);
    }
    others.len() + 1
}

/// Calls an operation whose body names others' things: each is as if there were none.
async fn assert_body_same_as_missing(
    world: &World,
    log: &Log,
    call: &mut Call<'_>,
    token: &str,
    others: &[(&str, &str)],
) -> usize {
    for (field, id) in others {
        let own = call.body.clone();
        let mut answers = Vec::new();
        // Once more before: what the walk changed a moment ago is read anew once, whatever is asked.
        for id in [NOBODYS, NOBODYS, id] {
            call.body.as_mut().unwrap()[*field] = json!(id);
            let (status, mut problem, lines) = answer_and_log(world, log, call, Some(token), id).await;
            assert_eq!(
                (status, problem["code"].as_str()),
                (404, Some("not_found")),
                "{} {field}: {problem}",
                call.name
            );
            problem.as_object_mut().unwrap().remove("request_id");
            answers.push((problem, lines));
        }
        assert_eq!(answers[1], answers[2], "{} tells by {field} that {id} exists", call.name);
        call.body = own;
    }
    others.len() * 2
}

/// Whose session a phone has.
pub async fn resident_of(world: &World, phone: &Phone) -> Uuid {
    let session = phone.tokens.clone().unwrap().session;
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_scalar("select resident_id from session where id = $1").bind(session)
        .fetch_one(c).await)
    .unwrap()
}

/// What a phone's citizen has, by the part of the path that names its kind.
pub async fn fixtures(
    world: &World,
    phone: &mut Phone,
    service: &str,
    location: &str,
    minutes: i64,
) -> Vec<(&'static str, String)> {
    phone.refresh().await.unwrap();
    let starts_at = START.parse::<chrono::DateTime<chrono::Utc>>().unwrap() + chrono::Duration::minutes(minutes);
    let wish = wish(json!({ "service_id": service, "location_id": location, "starts_at": starts_at, "hold": true }));
    let token = phone.tokens.clone().unwrap().access;
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish).await;
    assert_eq!(status, 200, "{visit}");
    let number = json!({ "service_id": service, "location_id": location });
    let (status, ticket) = world.json("POST", "/v1/tickets", Some(&token), &number).await;
    assert_eq!(status, 200, "{ticket}");
    let wait = json!({ "service_id": service, "weekdays": [7] });
    let (status, entry) = world.json("POST", "/v1/waiting", Some(&token), &wait).await;
    assert_eq!(status, 200, "{entry}");
    vec![
        ("tickets", ticket["id"].as_str().unwrap().to_owned()),
        ("waiting", entry["id"].as_str().unwrap().to_owned()),
        ("appointments", visit["id"].as_str().unwrap().to_owned()),
        ("devices", phone.installation.to_string()),
        ("documents", phone.documents().await.unwrap()[0].id.to_string()),
        ("inbox", phone.inbox().await.unwrap()[0].id.to_string()),
        ("sessions", phone.tokens.clone().unwrap().session.to_string()),
        ("passkeys", planted(world, phone, "sleutel").await),
        ("mandates", planted_mandate(world, resident_of(world, phone).await).await),
        ("deeds", planted_deed(world, resident_of(world, phone).await).await),
    ]
}

/// An announcement that went out to who is neither young nor old: not to Anna.
pub async fn announced(world: &World, organisation: &str, n: u128) -> String {
    let staff = |name: &'static str, role: &'static str| {
        let role = format!("{role}:{organisation}");
        async move { world.staff(name, &[role.as_str()]).await }
    };
    let (writer, approver) = (staff("Rik", "Redactie").await, staff("Bea", "Goedkeuring").await);
    let path = format!("/staff/v1/announcements/01935c3e-0000-7000-8000-0000000a6c{n:02}");
    let written = json!({
        "version": 0, "importance": "important", "topic": "works", "decision": "x",
        "audience": [[{ "kind": "age", "from": 50, "until": 70 }]],
        "texts": [{ "language": "nl", "title": "Voor Luc en Els", "text": "x" }], "valid_until": "2027-03-20T00:00:00Z",
    });
    let (_, written) = world.json("PUT", &path, Some(&writer), &written).await;
    for (who, step) in [(&writer, "submit?version=1&everyone=true"), (&approver, "approve?version=1")] {
        let (status, answer) = world.raw("POST", &format!("{path}/{step}"), Some(who), None).await;
        assert_eq!(status, 200, "{answer}");
    }
    world.drain().await;
    written["id"].as_str().unwrap().to_owned()
}

/// A fingerprint of all that there is of people.
async fn database_fingerprint(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "select dedupe_key || coalesce(cast(read_at as text), '-') || coalesce(cast(archived_at as text), '-') from message order by 1",
        "select state || locale || preview from device order by 1",
        "select device_name || level || coalesce(end_reason, '-') from session order by 1",
        "select cast(quiet_from as text) from push_preference order by 1",
        "select role || coalesce(cast(withdrawn_at as text), '-') from staff_role order by 1",
        "select name || coalesce(cast(revoked_at as text), '-') || cast(expires_at as text) from machine_key order by 1",
        "select state || cast(received as text) from upload order by 1",
        "select kind || coalesce(cast(ended_at as text), '-') from staff_session order by 1",
        "select act || coalesce(reason, '-') from audit_entry order by 1",
        "select cast(names as text) || cast(version as text) from service order by 1",
        "select address || cast(version as text) from location order by 1",
        "select reference || state || cast(starts_at as text) || made_by from appointment order by 1",
        "select number || state || cast(arrived_at as text) || cast(asked as text) from ticket order by 1",
        "select coalesce(ended, '-') || weekdays || cast(from_on as text) from waiting order by 1",
        "select made_by || cast(from_at as text) from location_closure order by 1",
        "select cast(score as text) from answer order by 1",
        "select author || state || cast(version as text) from announcement order by 1",
        "select topic from topic_unfollowed order by 1",
        "select name || saved_by || cast(version as text) from saved_audience order by 1",
        "select name || saved_by || cast(version as text) from announcement_template order by 1",
        "select name || made_by || cast(people as text) from people_list order by 1",
        "select cast(count(*) as text) from people_list_member order by 1",
        "select coalesce(code_hash, '-') from trial order by 1",
        "select name || cast(sign_count as text) from passkey order by 1",
        "select purpose from passkey_challenge order by 1",
        "select steps || coalesce(email, '-') from contact_settings order by 1",
        "select email || cast(tries as text) from email_code order by 1",
        "select address || state from mail_delivery order by 1",
        "select state || coalesce(ended_why, '-') || verbs || kinds from mandate order by 1",
        "select reason from parent_block order by 1",
        "select kind || coalesce(ended_why, '-') from deed order by 1",
    ] {
        all.extend(world.texts(sql).await);
    }
    all
}

async fn what_is_anothers_does_not_exist_for_a_citizen(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"), somebody("Els", "1970-07-07"));
    world.people(&[&anna, &luc]).await;
    world.residents_file("gavere", people_csv(&[&els]), false).await.unwrap();
    let papers = [&anna, &luc].map(|p| paper(p, "eid", "2017-06-01", "2027-06-01"));
    world.papers(&papers).await;
    let theirs = papers_csv(&[paper(&els, "eid", "2017-06-01", "2027-06-01")]);
    world.documents_file("gavere", theirs, false).await.unwrap();
    let mut caller = world.phone(&anna, true).await;
    let mut neighbour = world.phone(&luc, true).await;
    world.may_sign_in(&els);
    let mut stranger = world.new_phone(false, "telefoon van Els");
    stranger.sign_in("gavere", &els.number).await.unwrap();
    stranger.register().await.unwrap();
    world.days(2).await;
    town_halls(&world).await;
    let mut others = [
        fixtures(&world, &mut neighbour, SERVICE, PLACE, 20).await,
        fixtures(&world, &mut stranger, GAVERES_SERVICE, GAVERES_PLACE, 0).await,
    ]
    .concat();
    others.push(("services", GAVERES_SERVICE.to_owned()));
    others.push(("locations", GAVERES_PLACE.to_owned()));
    for (organisation, n) in [("0207509031", 1), ("0207500000", 2)] {
        others.push(("announcements", announced(&world, organisation, n).await));
    }
    let own = fixtures(&world, &mut caller, SERVICE, PLACE, 40).await;
    let token = caller.tokens.clone().unwrap().access;
    // Staff looked at the neighbour: not hers to read.
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": luc.number, "reason": "visit" });
    world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;

    let before = database_fingerprint(&world).await;
    let log = Log::start();
    let [contract, _] = contracts();
    let (mut with_ids, mut lists, mut by_others) = (0, 0, 0);
    for mut call in operations(&contract) {
        let open = ["list_municipalities", "refresh_session", "start_sign_in", "trade_code"].contains(&call.name);
        if !open {
            // Nobody, and whoever is no citizen.
            for (who, code) in [(None, "token_missing"), (Some(clerk.as_str()), "token_invalid")] {
                let (status, problem, _) = answer_and_log(&world, &log, &call, who, NOBODYS).await;
                assert_eq!((status, problem["code"].as_str()), (401, Some(code)), "{}", call.name);
                by_others += 1;
            }
        }
        if call.path.contains('{') {
            let kind = call.path.split('/').nth(2).unwrap();
            let ids: Vec<_> = others.iter().filter(|(k, _)| *k == kind).map(|(_, id)| id).collect();
            // What is offered is offered to neighbours too.
            let expected = if ["services", "locations"].contains(&kind) { 1 } else { 2 };
            assert_eq!(ids.len(), expected, "{}: this walk has nothing of {kind:?} to try it with", call.name);
            // An installation names a phone, which whoever holds it may register; see the device journeys.
            if call.name != "register_device" {
                with_ids += assert_same_as_missing(&world, &log, &call, &token, &ids).await;
            }
        } else if call.method == "GET" {
            let (status, answer) = world.get(call.path, &token).await;
            let text = answer.to_string();
            assert_eq!(status, 200, "{}", call.name);
            for (kind, id) in &others {
                assert!(!text.contains(id.as_str()), "{} shows another's {kind}", call.name);
            }
            assert!(!text.contains("Luc") && !text.contains("Els"), "{}: {text}", call.name);
            lists += 1;
        } else if ["book_appointment", "take_number"].contains(&call.name) {
            let named = [("service_id", GAVERES_SERVICE), ("location_id", GAVERES_PLACE)];
            with_ids += assert_body_same_as_missing(&world, &log, &mut call, &token, &named).await;
        } else if call.name == "claim_visit" {
            // Another's visit, and another town's: as one that there is not.
            let visits = others.iter().filter(|(kind, _)| *kind == "appointments");
            let named: Vec<_> = visits.map(|(_, id)| ("reference", id.as_str())).collect();
            for (field, id) in named {
                call.body.as_mut().unwrap()[field] = json!(id);
                let (status, problem, _) = answer_and_log(&world, &log, &call, Some(&token), NOBODYS).await;
                assert_eq!((status, problem["code"].as_str()), (404, Some("nothing_to_claim")), "{problem}");
                with_ids += 1;
            }
        } else if call.name == "join_waiting_list" {
            let visits = others.iter().filter(|(kind, _)| *kind == "appointments");
            let named: Vec<_> = visits.map(|(_, id)| ("appointment_id", id.as_str())).collect();
            with_ids += assert_body_same_as_missing(&world, &log, &mut call, &token, &named).await;
            let named = [("service_id", GAVERES_SERVICE)];
            with_ids += assert_body_same_as_missing(&world, &log, &mut call, &token, &named).await;
        } else {
            // Whose it is follows from the token alone: `mun`, `sub` and `sid` are signed.
            let known = [
                "set_preferences",
                "set_contact_settings",
                "start_email",
                "confirm_email",
                "remove_email",
                "set_topics",
                "end_all_sessions",
                "trade_code",
                "refresh_session",
                "start_sign_in",
                "start_step_up",
                "start_passkey",
                "add_passkey",
                "start_passkey_step_up",
                "step_up_with_passkey",
                "link_trial",
                "unlink_trial",
                // Whose code it is nobody says; it is told from phone to phone.
                "create_mandate_code",
                "ask_mandate",
            ];
            assert!(known.contains(&call.name), "{}: say how this walk should try it", call.name);
        }
    }
    assert_eq!(database_fingerprint(&world).await, before, "nothing of anybody changed");
    println!("as a citizen: {with_ids} calls with ids, {lists} lists, {by_others} by others");
    assert_eq!((with_ids, lists, by_others), (118, 22, 154));
    // What is hers, deleted twice, is deleted: a passkey by who was at the provider a moment ago.
    caller.step_up(types::Level::High, &anna.number, "/").await.unwrap();
    let tablet = world.phone(&anna, false).await.tokens.unwrap().session.to_string();
    let own: Vec<_> =
        own.iter().filter(|(kind, _)| *kind != "sessions").map(|(kind, id)| (*kind, id.as_str())).collect();
    let own = [own, vec![("sessions", tablet.as_str())]].concat();
    assert_eq!(deleted_twice(&world, &contract, &token, &own, 2, &["end_all_sessions"]).await, 11);
    // And last, as it ends what the walk needs: all sessions, mine alone.
    assert_eq!(world.raw("DELETE", "/v1/sessions", Some(&token), None).await.0, 200);
    assert!(neighbour.inbox().await.is_ok() && stranger.inbox().await.is_ok());
}

/// Deletes, with each operation that does, what is the caller's: once, and again, as a client does whose first answer was lost.
/// The second changes nothing, and is answered the same. Gives how many were tried. `at` is where in a path its kind stands.
async fn deleted_twice(
    world: &World,
    contract: &Value,
    token: &str,
    own: &[(&str, &str)],
    at: usize,
    but: &[&str],
) -> usize {
    let log = Log::start();
    let mut tried = 0;
    for call in operations(contract).into_iter().filter(|c| c.method == "DELETE" && !but.contains(&c.name)) {
        let kind = call.path.split('/').nth(at).unwrap();
        let id = own.iter().find(|(k, _)| *k == kind).map_or(NOBODYS, |(_, id)| id);
        let first = answer_and_log(world, &log, &call, Some(token), id).await;
        assert_eq!(first.0, 200, "{} of {kind} {id}: {}", call.name, first.1);
        let after = database_fingerprint(world).await;
        let second = answer_and_log(world, &log, &call, Some(token), id).await;
        assert_eq!((second.0, &second.1), (first.0, &first.1), "{} again", call.name);
        // To sign a citizen out is an act each time, and told to them each time.
        if call.name != "end_resident_sessions" {
            assert_eq!(database_fingerprint(world).await, after, "{} again", call.name);
        }
        tried += 1;
    }
    tried
}

/// The words of the identity provider for each role, as the tests' configuration maps them.
const WORDS: [(&str, &str); 8] = [
    ("counter", "Loket"),
    ("administer", "Beheer"),
    ("plan", "Planner"),
    ("import", "Register"),
    ("audit", "Toezicht"),
    ("announce", "Redactie"),
    ("approve", "Goedkeuring"),
    ("alert", "Noodbericht"),
];

/// The roles that each operation of staff asks for, of which one is enough; none where a session is enough. They stand in the list that
/// people review, not in what the server says of itself: `contract::the_committed_list_of_access_…` holds the two together.
fn roles() -> BTreeMap<(&'static str, &'static str), Option<String>> {
    let of = |role: &str| WORDS.iter().find(|(ours, _)| role == *ours).unwrap_or_else(|| panic!("{role}")).1;
    let line = |line: &'static str| {
        let mut columns = line.split("  ");
        let operation = columns.next()?.split_once(' ')?;
        let staff = columns.next()?.split(", ").find_map(|who| who.strip_prefix("staff"))?.trim();
        Some((operation, (!staff.is_empty()).then(|| staff.split('|').map(of).collect::<Vec<_>>().join(" "))))
    };
    include_str!("../../openapi/access.txt").lines().filter_map(line).collect()
}

pub const EVERY_ROLE: [&str; 8] =
    ["Loket", "Beheer", "Planner", "Register", "Toezicht", "Redactie", "Goedkeuring", "Noodbericht"];

async fn what_is_another_towns_does_not_exist_for_staff_and_machines(world: World) {
    let (anna, els) = (somebody("Anna", "1985-05-05"), somebody("Els", "1970-07-07"));
    world.people(&[&anna]).await;
    world.residents_file("gavere", people_csv(&[&els]), false).await.unwrap();
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let citizen = world.phone(&anna, true).await.tokens.unwrap().access;
    let all = |but: &str, organisation: &str| -> Vec<String> {
        EVERY_ROLE.iter().filter(|r| !but.split(' ').any(|b| b == **r)).map(|r| format!("{r}:{organisation}")).collect()
    };
    let staff = |name: String, roles: Vec<String>| {
        let world = &world;
        async move { world.staff(&name, &roles.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    let me = staff("Wij".to_owned(), all("", "0207509031")).await;
    let they = staff("Zij".to_owned(), all("", "0207500000")).await;
    let (_, mine) = world.key(&me, &["import_residents", "import_documents"]).await;
    // What Gavere has.
    let (key, theirs) = world.key(&they, &["import_residents", "import_documents"]).await;
    let upload = json!({ "subject": "residents", "snapshot": false });
    let (_, upload) = world.json("POST", "/staff/v1/uploads", Some(&theirs), &upload).await;
    let question = json!({ "national_number": els.number, "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&they), &question).await;
    let (_, sessions) = world.get("/staff/v1/sessions", &they).await;
    let (_, members) = world.get("/staff/v1/members", &they).await;
    town_halls(&world).await;
    let visit = json!({ "service_id": GAVERES_SERVICE, "location_id": GAVERES_PLACE, "reason": "visit", "resident_id": found[0]["id"] });
    let (_, visit) = world.json("POST", "/staff/v1/appointments", Some(&they), &wish(visit)).await;
    let waits = json!({
        "resident_id": found[0]["id"], "reason": "visit",
        "wish": { "service_id": GAVERES_SERVICE, "from_on": "2027-03-13", "until_on": "2027-03-14" },
    });
    let (_, waits) = world.json("POST", "/staff/v1/waiting", Some(&they), &waits).await;
    let number = json!({ "service_id": GAVERES_SERVICE, "location_id": GAVERES_PLACE });
    let (_, ticket) = world.json("POST", "/staff/v1/tickets", Some(&they), &number).await;
    let closing = json!({ "location_id": GAVERES_PLACE, "from": "2027-04-08T08:00:00Z", "until": "2027-04-08T09:00:00Z", "reasons": [{ "language": "nl", "text": "Brand." }] });
    let (_, closure) = world.json("POST", "/staff/v1/closures", Some(&they), &closing).await;
    let written = json!({
        "version": 0, "importance": "important", "topic": "works", "audience": [[{ "kind": "everyone" }]],
        "texts": [{ "language": "nl", "title": "x", "text": "x" }], "valid_until": "2027-03-20T00:00:00Z",
    });
    let path = "/staff/v1/announcements/01935c3e-0000-7000-8000-0000000a6ccc";
    let (_, announcement) = world.json("PUT", path, Some(&they), &written).await;
    let kept = json!({ "version": 0, "name": "Van Zij", "audience": [[{ "kind": "everyone" }]] });
    let audience = "01935c3e-0000-7000-8000-0000000aacc1".to_owned();
    world.json("PUT", &format!("/staff/v1/audiences/{audience}"), Some(&they), &kept).await;
    let like = json!({
        "version": 0, "name": "Van Zij", "importance": "important", "topic": "works", "texts": [], "audience": [],
    });
    let template = "01935c3e-0000-7000-8000-0000000aacc3".to_owned();
    let (status, answer) =
        world.json("PUT", &format!("/staff/v1/announcement-templates/{template}"), Some(&they), &like).await;
    assert_eq!(status, 200, "{answer}");
    let people_list = "01935c3e-0000-7000-8000-0000000aacc2".to_owned();
    let list = format!("/staff/v1/people-lists/{people_list}?name=Zij");
    let made = world.http.put(format!("{}{list}", world.server)).bearer_auth(&they);
    let made = made.header("content-type", "application/octet-stream").body(els.number.clone()).send().await.unwrap();
    assert_eq!(made.status(), 200);
    let call = calls::planted(&world, "gavere", found[0]["id"].as_str().unwrap()).await;
    // As the walk finds it, whoever is called first.
    world.json("POST", "/staff/v1/appointments", Some(&me), &wish(json!({ "visitor": "x", "reason": "visit" }))).await;
    let id = |v: &Value| v["id"].as_str().unwrap().to_owned();
    let (batch, letter) = crate::letters::planted(&world, &id(&found[0])).await;
    let others = BTreeMap::from([
        ("letter-batches", batch),
        ("letters", letter),
        ("addresses-to-check", id(&found[0])),
        ("residents", id(&found[0])),
        ("uploads", id(&upload)),
        ("keys", key),
        ("sessions", id(&sessions[0])),
        ("members", id(&members[0])),
        ("appointments", id(&visit)),
        ("to-ring", id(&visit)),
        ("calls", call),
        ("services", GAVERES_SERVICE.to_owned()),
        ("locations", GAVERES_PLACE.to_owned()),
        ("halls", GAVERES_PLACE.to_owned()),
        ("tickets", id(&ticket)),
        ("waiting", id(&waits)),
        ("closures", id(&closure)),
        ("announcements", id(&announcement)),
        ("desks", PLACES_DESK.to_owned()),
        ("audiences", audience),
        ("announcement-templates", template),
        ("people-lists", people_list),
        ("mandates", planted_mandate(&world, id(&found[0]).parse().unwrap()).await),
    ]);

    let before = database_fingerprint(&world).await;
    let log = Log::start();
    let [_, contract] = contracts();
    let roles = roles();
    let (mut with_ids, mut lists, mut by_others) = (0, 0, 0);
    let mut calls = operations(&contract);
    // What is planned with another town's id becomes ours: what asks for it before that, and a service at the end.
    let asks_first =
        |path: &str| ["/versions", "/preview", "{location_id}/figures"].iter().any(|part| path.contains(part));
    calls.sort_by_key(|call| (!asks_first(call.path), call.name == "put_service"));
    for mut call in calls {
        if ["about", "start_staff_sign_in", "trade_staff_code"].contains(&call.name) {
            continue;
        }
        let role = roles[&(call.method.as_str(), call.path)].as_deref();
        let for_machines = role == Some("Register");
        // Nobody, a citizen, a machine where machines have no business.
        let strangers = [(None, "token_missing"), (Some(citizen.as_str()), "token_invalid")];
        // A kiosk receives visitors, with a key that is good for that; this one is good for other things.
        let at_door = ["check_in_by_code", "give_number", "get_kiosk", "note_mail_bounce"].contains(&call.name);
        if at_door {
            let (status, problem, _) = answer_and_log(&world, &log, &call, Some(&mine), NOBODYS).await;
            assert_eq!((status, problem["code"].as_str()), (403, Some("scope_missing")), "{}", call.name);
            by_others += 1;
        }
        let machine = (!for_machines && !at_door).then_some((Some(mine.as_str()), "token_invalid"));
        for (who, code) in strangers.into_iter().chain(machine) {
            let (status, problem, _) = answer_and_log(&world, &log, &call, who, NOBODYS).await;
            assert_eq!((status, problem["code"].as_str()), (401, Some(code)), "{}", call.name);
            by_others += 1;
        }
        // Whoever has every other role.
        if let Some(role) = role {
            let without = staff(format!("Zonder {role}"), all(role, "0207509031")).await;
            let (status, problem, _) = answer_and_log(&world, &log, &call, Some(&without), NOBODYS).await;
            assert_eq!((status, problem["code"].as_str()), (403, Some("role_missing")), "{}", call.name);
            by_others += 1;
        }
        let callers: Vec<&str> = if for_machines { vec![&me, &mine] } else { vec![&me] };
        for token in callers {
            if call.path.contains('{') {
                let kind = call.path.split('/').nth(3).unwrap();
                let other = others
                    .get(kind)
                    .unwrap_or_else(|| panic!("{}: this walk has nothing of {kind:?} to try it with", call.name));
                if call.name == "put_people_list" {
                    // Nobody of an empty file lives here, whatever is at that id.
                    let answers = [
                        answer_and_log(&world, &log, &call, Some(token), NOBODYS).await,
                        answer_and_log(&world, &log, &call, Some(token), other).await,
                    ];
                    for (status, problem, _) in &answers {
                        assert_eq!((*status, &problem["code"]), (400, &json!("body_invalid")), "{problem}");
                    }
                    with_ids += 2;
                    continue;
                }
                if ["preview_service", "preview_location"].contains(&call.name) {
                    // What would be planned anew: with Gavere's id as with one that names nothing.
                    let mut answers = Vec::new();
                    for id in [NOBODYS, NOBODYS, other] {
                        let (status, answer, lines) = answer_and_log(&world, &log, &call, Some(token), id).await;
                        assert_eq!((status, &answer["stranded"]), (200, &json!([])), "{answer}");
                        answers.push((answer.to_string().replace(id, NOBODYS), lines));
                    }
                    assert_eq!(answers[1], answers[2], "{} tells that {other} exists", call.name);
                    with_ids += 2;
                    continue;
                }
                if ["put_service", "put_location"].contains(&call.name) {
                    // A plan has its town's id and its own: with Gavere's it makes another, of ours.
                    let (status, answer, _) = answer_and_log(&world, &log, &call, Some(token), other).await;
                    assert_eq!((status, &answer["plan"]["version"]), (200, &json!(1)), "{answer}");
                    with_ids += 1;
                    continue;
                }
                with_ids += assert_same_as_missing(&world, &log, &call, token, &[other]).await;
            } else if call.method == "GET" {
                let gaveres = call.query.replace(NOBODYS, GAVERES_PLACE);
                let (status, answer) = world.get(&format!("{}{gaveres}", call.path), token).await;
                let text = answer.to_string();
                // A location that is another town's has no hours here; what is of nobody at it is a list of nothing.
                assert_eq!(status, if call.name == "list_agenda_hours" { 404 } else { 200 }, "{}", call.name);
                // What has the id of the other town's plan is what this walk made of it.
                for (kind, id) in others.iter().filter(|(kind, _)| !["services", "locations", "halls"].contains(kind)) {
                    assert!(!text.contains(id.as_str()), "{} shows another town's {kind}", call.name);
                }
                assert!(!text.contains("Zij") && !text.contains("gavere"), "{}: {text}", call.name);
                lists += 1;
            } else if call.name == "book_for_resident" {
                let named = [("resident_id", others["residents"].as_str())];
                with_ids += assert_body_same_as_missing(&world, &log, &mut call, token, &named).await;
                let body = call.body.as_mut().unwrap();
                body.as_object_mut().unwrap().remove("resident_id");
                body["visitor"] = json!("x");
                let named = [("service_id", GAVERES_SERVICE), ("location_id", GAVERES_PLACE)];
                with_ids += assert_body_same_as_missing(&world, &log, &mut call, token, &named).await;
            } else if ["close_location", "preview_closure", "check_in_by_code"].contains(&call.name) {
                let named = [("location_id", GAVERES_PLACE)];
                with_ids += assert_body_same_as_missing(&world, &log, &mut call, token, &named).await;
                if call.name == "check_in_by_code" {
                    call.body.as_mut().unwrap()["code"] = visit["reference"].clone();
                    let (status, problem, _) = answer_and_log(&world, &log, &call, Some(token), NOBODYS).await;
                    assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")), "{problem}");
                    with_ids += 1;
                }
            } else if call.name == "give_mandate" {
                let theirs = others["residents"].as_str();
                let named = [("grantor_id", theirs), ("holder_id", theirs)];
                with_ids += assert_body_same_as_missing(&world, &log, &mut call, token, &named).await;
            } else if ["give_number", "join_waiting_list_for_resident"].contains(&call.name) {
                let named = [("resident_id", others["residents"].as_str())];
                with_ids += assert_body_same_as_missing(&world, &log, &mut call, token, &named).await;
            } else {
                let (status, answer, _) = answer_and_log(&world, &log, &call, Some(token), NOBODYS).await;
                match call.name {
                    // Asked for by name, and not there.
                    "make_letter_batch" => assert_eq!((status, &answer["code"]), (409, &json!("letters_off"))),
                    "note_letter_returned" => assert_eq!((status, &answer["code"]), (404, &json!("not_found"))),
                    "find_residents" | "search_appointments" => assert_eq!((status, &answer), (200, &json!([]))),
                    "choose_municipality" => {
                        assert_eq!((status, &answer["code"]), (404, &json!("municipality_unknown")))
                    }
                    // Whose it is follows from who asks.
                    "make_key" | "start_upload" | "link_trial_phone" | "end_other_staff_sessions" => {
                        assert_eq!(status, 200, "{answer}")
                    }
                    // Of a mail that nobody sent.
                    "note_mail_bounce" => assert_eq!((status, &answer["noted"]), (200, &json!(false)), "{answer}"),
                    // Ours have their place, or none.
                    "move_stranded" => assert_eq!(status, 200, "{answer}"),
                    // Of ours, who are one: too few to tell.
                    "preview_audience" => assert_eq!((status, answer.get("people")), (200, None), "{answer}"),
                    other => panic!("{other}: say how this walk should try it"),
                }
            }
        }
    }
    // Of the other town nothing changed; of ours what the walk made, and what it looked at.
    let after = database_fingerprint(&world).await;
    assert!(before.iter().all(|line| after.contains(line)), "something that was there is not as it was");
    let made: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
    assert!(made.iter().all(|line| !others.values().any(|id| line.contains(id.as_str()))), "{made:?}");
    // What is theirs, deleted twice, is deleted.
    let second = world.staff("Zij", &all("", "0207500000").iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (_, sessions) = world.get("/staff/v1/sessions", &they).await;
    let session = sessions.as_array().unwrap().iter().find(|s| s["current"] == false).unwrap()["id"].as_str().unwrap();
    let mut own: Vec<_> = others.iter().map(|(kind, id)| (*kind, id.as_str())).collect();
    own.iter_mut().filter(|(kind, _)| *kind == "sessions").for_each(|(_, id)| *id = session);
    assert_eq!(world.get("/staff/v1/sessions", &second).await.0, 200);
    // A role of one's own cannot be withdrawn; of a colleague's it is tried in the journeys of staff. All others at once would leave
    // no session to end by itself.
    // A draft takes its image with it.
    // What was posted is not taken back. A parent who is blocked is named by two ids; the journeys of mandates end a block twice.
    let but = [
        "withdraw_role",
        "end_other_staff_sessions",
        "discard_announcement",
        "unmark_letter_batch_printed",
        "unblock_parent",
    ];
    let mut deleted = deleted_twice(&world, &contract, &they, &own, 3, &but).await;
    let others: Vec<&str> =
        operations(&contract).iter().map(|c| c.name).filter(|name| *name != "discard_announcement").collect();
    deleted += deleted_twice(&world, &contract, &they, &own, 3, &others).await;
    println!("as staff and machine: {with_ids} calls with ids, {lists} lists, {by_others} by others");
    assert_eq!((with_ids, lists, by_others, deleted), (243, 41, 652, 18));
}
