//! Requests that nobody thought of: Schemathesis makes them from a contract, good ones, bad ones and chains of them, and a town in the
//! middle of its day answers (`openapi/tools/fuzz`, which says what is held against the answers).
//!
//! `FUZZ_SECONDS` says for how long, and then each contract is tried on each database; else it is one contract a database, for as long
//! as `./check` has. `FUZZ_SEED` chooses other requests: the same seed makes the same.

use std::{path::Path, process::Stdio, time::Duration};

use serde_json::json;
use tokio::process::Command;

use crate::{
    appointments::{PLACE, SERVICE, desk, town_hall},
    tenant_isolation::{EVERY_ROLE, announced, fixtures},
    world::{Somebody, World, paper, somebody},
};

journeys! {
    // Nobody is asked to wait here: it is one caller, who asks all the time.
    with "[limits]
requests_a_minute_by_address = 100000000
sign_ins_a_minute_by_address = 100000000
requests_a_minute_by_session = 100000000
requests_a_minute_by_key = 100000000
requests_a_minute_by_town = 100000000
sign_ins_a_minute_by_town = 100000000
";
    whatever_an_app_asks_the_answer_is_one_of_the_contract,
    whatever_staff_ask_the_answer_is_one_of_the_contract,
}

/// Seconds of requests where nobody says how many.
const SECONDS: u64 = 40;
/// Callers who are signed out on the way, as whoever calls for the whole run must not be.
const SPARES: usize = 6;

/// Who calls, who is signed out, and what there is, by the names of the fields that take it.
struct Callers {
    token: String,
    spares: Vec<String>,
    known: Vec<(&'static str, String)>,
}

/// Lets `openapi/tools/fuzz` try a contract on a town.
async fn fuzz(world: &World, contract: &str, callers: &Callers) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("openapi/tools/.python-fuzz/.installed").exists() {
        eprintln!("SKIPPED with Schemathesis: it is not installed; ./check installs it where there is a Python");
        return;
    }
    let said = |name: &str| std::env::var(name).ok();
    let seconds: u64 = said("FUZZ_SECONDS").map_or(SECONDS, |text| text.parse().unwrap());
    let known: Vec<_> = callers.known.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let run = Command::new(root.join("openapi/tools/fuzz"))
        .args([contract, &world.server, &seconds.to_string(), &said("FUZZ_SEED").unwrap_or("1".to_owned())])
        .env("FUZZ_TOKEN", &callers.token)
        .env("FUZZ_SPARES", callers.spares.join(","))
        .env("FUZZ_KNOWN", known.join(","))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    // What it found it makes small, for which it takes its time.
    let patience = Duration::from_secs(seconds + 300);
    let output = tokio::time::timeout(patience, run).await.expect("it never ends").expect("it does not start");
    let (said, faults) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{faults}");
    // Whatever came in, the work that follows from it goes on.
    world.drain().await;
}

/// Whether a contract waits for a longer run, as another has the time of `./check` on this database.
fn waits(world: &World, usual: bool) -> bool {
    let waits = !usual && std::env::var_os("FUZZ_SECONDS").is_none();
    if waits {
        eprintln!("LEFT OUT on {}: FUZZ_SECONDS runs it", world.database.split(':').next().unwrap_or_default());
    }
    waits
}

fn on_sqlite(world: &World) -> bool {
    world.database.starts_with("sqlite:")
}

/// A town in the middle of its day: Anna has a document, messages, a visit, a number, and waits for another visit; the town announced
/// something. Gives the others who live there, Anna's token, and what there is.
async fn a_day(world: &World) -> (Vec<Somebody>, String, Vec<(&'static str, String)>) {
    let anna = somebody("Anna", "1965-05-05");
    let others: Vec<_> = (0..SPARES).map(|n| somebody("Iemand", &format!("1970-01-{:02}", n + 1))).collect();
    world.people(&[&anna]).await;
    world.people(&others.iter().collect::<Vec<_>>()).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(2).await;
    town_hall(world, 3).await;
    let announcement = announced(world, "0207509031", 1).await;
    let mut known = vec![
        ("service_id", SERVICE.to_owned()),
        ("location_id", PLACE.to_owned()),
        ("desk_id", desk(1)),
        ("announcement_id", announcement),
        ("starts_at", "2027-03-08T09:00:00Z".to_owned()),
        ("day", "2027-03-03".to_owned()),
        ("reason", "visit".to_owned()),
    ];
    for (kind, id) in fixtures(world, &mut phone, SERVICE, PLACE, 20).await {
        let name = match kind {
            "tickets" => "ticket_id",
            "waiting" => "waiting_id",
            "appointments" => "appointment_id",
            "devices" => "installation_id",
            "documents" => "document_id",
            "inbox" => "message_id",
            _ => continue,
        };
        known.push((name, id));
    }
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": anna.number, "reason": "visit" });
    let (status, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    assert_eq!(status, 200, "{found}");
    known.push(("resident_id", found[0]["id"].as_str().unwrap().to_owned()));
    (others, phone.tokens.unwrap().access, known)
}

async fn whatever_an_app_asks_the_answer_is_one_of_the_contract(world: World) {
    if waits(&world, on_sqlite(&world)) {
        return;
    }
    let (others, token, known) = a_day(&world).await;
    let mut spares = Vec::new();
    for (n, other) in others.iter().enumerate() {
        spares.push(world.phone(other, n % 2 == 0).await.tokens.unwrap().access);
    }
    fuzz(&world, "citizen", &Callers { token, spares, known }).await;
}

async fn whatever_staff_ask_the_answer_is_one_of_the_contract(world: World) {
    if waits(&world, !on_sqlite(&world)) {
        return;
    }
    let (_, _, known) = a_day(&world).await;
    let roles: Vec<_> = EVERY_ROLE.iter().map(|role| format!("{role}:0207509031")).collect();
    let roles: Vec<_> = roles.iter().map(String::as_str).collect();
    let token = world.staff("Alma Alles", &roles).await;
    let mut spares = Vec::new();
    for n in 0..SPARES {
        spares.push(world.staff(&format!("Reserve {n}"), &roles).await);
    }
    fuzz(&world, "staff", &Callers { token, spares, known }).await;
}
