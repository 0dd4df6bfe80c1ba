//! The program itself, as whoever runs it meets it.

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use thuisloket::platform::time::Clock;
use uuid::Uuid;

use crate::appointments::{PLACE, SERVICE, citizens, nobody_has_anothers_slot, starts, town_hall};
use crate::world::{Engine, World, configuration_text, many, paper, papers_csv, people_csv, somebody};

const PROGRAM: &str = env!("CARGO_BIN_EXE_thuisloket");

fn run(config: &Path, args: &[&str]) -> Output {
    Command::new(PROGRAM).arg("--config").arg(config).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A configuration file for the program, on a database and a free port of its own.
async fn config(world: &World, database: &str, more: &str) -> (std::path::PathBuf, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = format!("http://127.0.0.1:{port}");
    let text = configuration_text(
        database,
        &world.folder.path().join("data"),
        &server,
        &world.stubs,
        world.folder.path(),
        more,
    );
    let text = text
        .replace("[server]\n", &format!("[server]\nlisten = \"127.0.0.1:{port}\"\nmonitor_listen = \"127.0.0.1:0\"\n"));
    (world.file("thuisloket.toml", text), server)
}

async fn ready(server: &str) {
    let until = Instant::now() + Duration::from_secs(20);
    while reqwest::get(format!("{server}/readyz")).await.map(|a| a.status().as_u16()).unwrap_or(0) != 200 {
        assert!(Instant::now() < until, "the server did not become ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn start(config: &Path, args: &[&str]) -> Child {
    Command::new(PROGRAM).arg("--config").arg(config).arg("serve").args(args).stderr(Stdio::null()).spawn().unwrap()
}

fn stop(mut child: Child, signal: &str) -> Option<i32> {
    Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    child.wait().unwrap().code()
}

#[tokio::test]
async fn the_program_migrates_imports_serves_and_stops_in_order() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let database = format!("sqlite:{}", world.folder.path().join("program.db").display());
    let (config, server) = config(&world, &database, "").await;
    let checked = run(&config, &["migrate", "--check"]);
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    let migrated = run(&config, &["migrate"]);
    assert!(said(&migrated).contains("up to date"), "{}", said(&migrated));
    assert_eq!(run(&config, &["migrate", "--check"]).status.code(), Some(0));
    assert!(said(&run(&config, &["keys", "rotate"])).contains("made key"));

    let anna = somebody("Anna", "1985-05-05");
    let people = world.file("people.csv", people_csv(&[&anna]) + "wrong;row\n");
    let papers = world.file("papers.csv", papers_csv(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]));
    let which = run(&config, &["import", "residents", people.to_str().unwrap()]);
    assert!(said(&which).contains("--municipality"), "{}", said(&which));
    let done = run(&config, &["import", "residents", people.to_str().unwrap(), "-m", "deinze"]);
    assert!(said(&done).contains("2 rows: 1 new, 0 changed, 0 as known, 1 wrong"), "{}", said(&done));
    assert!(world.folder.path().join("people.csv.report.csv").exists());
    let done = run(&config, &["import", "documents", papers.to_str().unwrap(), "-m", "deinze"]);
    assert!(said(&done).contains("1 new"), "{}", said(&done));
    let wrong = run(&config, &["import", "documents", people.to_str().unwrap(), "-m", "deinze"]);
    assert!(!wrong.status.success() && said(&wrong).contains("not known"), "{}", said(&wrong));

    let child = start(&config, &[]);
    ready(&server).await;
    assert!(reqwest::get(format!("{server}/v1/municipalities")).await.unwrap().status().is_success());
    let metrics = reqwest::get(format!("{server}/metrics")).await.unwrap().text().await.unwrap();
    for line in [
        "thuisloket_http_answers_total{operation=\"list_municipalities\",status=\"200\"} 1",
        "thuisloket_http_request_seconds_count{operation=\"list_municipalities\"} 1",
        "thuisloket_database_connections{pool=\"write\",state=\"used\"} ",
        "thuisloket_database_wait_seconds_total{pool=\"read\"} ",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    let page = reqwest::get(format!("{server}/docs/citizen")).await.unwrap().text().await.unwrap();
    assert!(page.contains("start_sign_in") && page.contains(&format!("curl {server}/v1/municipalities")), "{page}");
    assert_eq!(stop(child, "-TERM"), Some(0));
    assert!(reqwest::get(&server).await.is_err());
}

#[tokio::test]
async fn a_sheet_to_try_envelopes_with_is_drawn() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let more =
        "deinze.letters = { enabled = true, window = \"left\", sender = [\"Stad Deinze\"], colour = \"#005a9c\" }";
    let (config, _) = config(&world, "sqlite::memory:", more).await;
    let out = world.folder.path().join("proof.pdf");
    let draw = ["letters", "proof", "--municipality", "deinze", "--out", out.to_str().unwrap()];
    let done = run(&config, &draw);
    assert!(done.status.success(), "{}", said(&done));
    assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-1.7"));
    let again = run(&config, &draw);
    assert!(!again.status.success() && said(&again).contains("cannot be written"), "{}", said(&again));
    let nobody = run(&config, &["letters", "proof", "--municipality", "elders", "--out", "x.pdf"]);
    assert!(!nobody.status.success() && said(&nobody).contains("no municipality"), "{}", said(&nobody));
}

/// Runs a command whose output nobody reads, not even its first line.
fn unread(folder: &Path, args: &[&str]) -> Output {
    let mut child = Command::new(PROGRAM)
        .current_dir(folder)
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

#[tokio::test]
async fn a_command_that_nobody_listens_to_ends_quietly_and_is_done() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["openapi", "mobile-contract/push"] {
        std::fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    let quiet = |args: &[&str]| {
        let output = unread(folder.path(), args);
        assert!(
            output.status.success() && !said(&output).contains("panicked"),
            "{args:?}: {} {}",
            output.status,
            said(&output)
        );
    };
    quiet(&["openapi"]);
    // All of it is written, also what it would have told of last.
    quiet(&["openapi", "--check"]);
    quiet(&["--help"]);
    let world = World::start(Engine::Sqlite).await.unwrap();
    let database = format!("sqlite:{}", world.folder.path().join("unread.db").display());
    let (file, _) = config(&world, &database, "").await;
    let file = file.to_str().unwrap();
    for args in [&["migrate"][..], &["migrate", "--check"], &["keys", "rotate"], &["keys", "list"], &["check"]] {
        quiet(&[&["--config", file][..], args].concat());
    }
}

#[test]
fn help_and_bad_settings_are_clear() {
    let help = said(&Command::new(PROGRAM).arg("--help").output().unwrap());
    // What `cargo run` starts knows each command of the product, and the demo besides; the product knows none.
    let whole = <thuisloket_demo::program::Program as clap::CommandFactory>::command().render_help().to_string();
    for word in
        ["serve", "migrate", "import", "openapi", "keys", "backup", "restore", "check", "letters", "THUISLOKET_"]
    {
        assert!(help.contains(word) && whole.contains(word), "{help} {whole}");
    }
    assert!(whole.contains("  demo  ") && !help.contains("demo"), "{help} {whole}");
    let demo = Command::new(PROGRAM).arg("demo").output().unwrap();
    assert_eq!(demo.status.code(), Some(2), "{}", said(&demo));
    let columns = said(&Command::new(PROGRAM).args(["import", "documents", "--help"]).output().unwrap());
    assert!(columns.contains("letter_sent_on") && columns.contains("--snapshot"), "{columns}");
    let bad = Command::new(PROGRAM).args(["migrate"]).env("THUISLOKET_PUSH__BATCH", "many").output().unwrap();
    assert!(!bad.status.success() && said(&bad).to_lowercase().contains("push.batch"), "{}", said(&bad));
    let none = Command::new(PROGRAM).args(["migrate", "--config", "/nowhere.toml"]).output().unwrap();
    assert!(said(&none).contains("does not exist"), "{}", said(&none));
    // In an empty folder: a setting is named as it is written, and an import says what is missing and makes nothing.
    let folder = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| {
        let output = Command::new(PROGRAM).current_dir(folder.path()).args(args).output().unwrap();
        assert!(!output.status.success(), "{args:?}");
        said(&output)
    };
    std::fs::write(folder.path().join("wrong.toml"), "[server]\nlissten = \"x\"\n").unwrap();
    let wrong = here(&["--config", "wrong.toml", "serve", "--check"]);
    assert!(wrong.contains("\"server.lissten\"") && !wrong.contains("default.server"), "{wrong}");
    let missing = here(&["import", "residents", "people.csv"]);
    assert!(missing.contains("there is no file people.csv"), "{missing}");
    std::fs::write(folder.path().join("people.csv"), "").unwrap();
    let missing = here(&["import", "residents", "people.csv"]);
    assert!(missing.contains("no municipality is configured") && missing.contains("--config"), "{missing}");
    let log = here(&["serve", "--check"]);
    assert!(!log.contains('\x1b'), "colours where nobody sees them: {log}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

/// Whoever runs the import every night learns from its exit code that something must be looked at.
#[tokio::test]
async fn an_import_that_went_wrong_says_so_to_whoever_runs_it_at_night() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let database = format!("sqlite:{}", world.folder.path().join("program.db").display());
    let (config, _) = config(&world, &database, "").await;
    run(&config, &["migrate"]);
    let people = many(40);
    let usual = people_csv(&people.iter().collect::<Vec<_>>());
    let import = |text: &str, more: &[&str]| {
        let file = world.file("people.csv", text);
        run(&config, &[&["import", "residents", file.to_str().unwrap(), "-m", "deinze"], more].concat())
    };
    let done = import(&usual, &["--snapshot"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    // A few wrong rows are a night like others; many are not, though the right ones are taken.
    for (wrong, code) in [(4, 0), (5, 1), (40, 1)] {
        let done = import(&usual.replacen(";nl;", ";klingon;", wrong), &["--snapshot"]);
        assert_eq!(done.status.code(), Some(code), "{}", said(&done));
        assert!(said(&done).contains(&format!("{wrong} wrong; 0 retired")), "{}", said(&done));
    }
    assert!(said(&import(&usual.replace(";nl;", ";klingon;"), &[])).contains("import.wrong_rows_at_most"));
    for (text, says) in [
        (usual.replacen(";Zonnebloem;", ";\"Zonnebloem;", 1), "line 2: a quote opens"),
        (usual.lines().take(20).collect::<Vec<_>>().join("\n"), "would retire 21 of 40"),
        (String::new(), "the file is empty"),
    ] {
        let done = import(&text, &["--snapshot"]);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done));
        assert!(said(&done).contains(says), "{}", said(&done));
    }
    let done = import(&usual, &["--snapshot"]);
    assert!(said(&done).contains("40 rows: 0 new, 0 changed, 40 as known, 0 wrong; 0 retired"), "{}", said(&done));
}

/// Two worker processes on one PostgreSQL; one is killed without a word in the middle. Every row is accounted for.
#[tokio::test]
async fn a_worker_killed_in_the_middle_loses_no_row() {
    let Some(world) = World::start(Engine::Postgres).await else { return };
    // The stand-ins' clock is the world's, the programs' the machine's.
    world.clock.set(Clock::system().now());
    let instance = &world.instance;
    let mut w = instance.app.db.write().await.unwrap();
    let rows = 4_000;
    let (town, now) = (world.town().id, world.now());
    crate::outbox::fill_outbox(&mut w, town, rows, now).await;
    w.commit().await.unwrap();
    let (config, _) = config(&world, &world.database, "[push.x]\n").await;
    let text = std::fs::read_to_string(&config)
        .unwrap()
        .replace("[push.x]\n", "")
        .replace("[push]\n", "[push]\nbatch = 100\nin_flight = 100\n");
    std::fs::write(&config, text).unwrap();
    let one = start(&config, &["--only", "workers"]);
    let sent = || world.stubs.apns.count() + world.stubs.fcm.count();
    let until = Instant::now() + Duration::from_secs(60);
    while sent() < 300 {
        assert!(Instant::now() < until, "nothing was sent");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let two = start(&config, &["--only", "workers"]);
    assert_eq!(stop(one, "-KILL"), None, "killed, not ended");
    let open = "select count(*) from push_delivery where state = 'ready'";
    assert!(world.figure(open).await > 0, "in the middle");
    // The dead one's hold on the channels lapses, and the other goes on.
    while world.figure(open).await > 0 {
        assert!(Instant::now() < until, "rows are left");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(stop(two, "-TERM"), Some(0));
    assert_eq!(world.figure("select count(*) from channel where holder_id is not null").await, 0, "let go");
    let delivered = world.figure("select count(*) from push_delivery where outcome = 'delivered'").await;
    assert_eq!(delivered, i64::from(rows));
    let ids: std::collections::HashSet<_> = world.stubs.apns.taken().iter().map(|p| p.apns_id).collect();
    assert_eq!(ids.len() * 2, rows as usize, "each row arrived");
    // On each of two channels: a batch in flight, one collected, two being settled.
    assert!(sent() <= u64::from(rows) + 2 * 4 * 100, "doubles are at most what was under way: {}", sent());
}

/// What a citizen was told of a visit, and so relies on.
#[derive(Default)]
struct Relied(std::collections::BTreeMap<String, String>);

impl Relied {
    /// Takes an answer; what was asked and not answered may have been done or not.
    fn hear(&mut self, asked: Option<&str>, answer: Option<&Value>) {
        if let Some(id) = asked {
            self.0.remove(id);
        }
        let Some(visit) = answer.filter(|v| v["state"] == "booked") else { return };
        let text = |name: &str| visit[name].as_str().unwrap().to_owned();
        self.0.insert(text("id"), text("starts_at"));
    }
}

/// What happens among the phones: how much was answered with a visit so far, and whether it is over.
#[derive(Default)]
struct Bustle {
    visits: AtomicUsize,
    over: AtomicBool,
}

/// One citizen who books, holds, confirms, moves, cancels and waits, as chance has it, until it is over.
async fn act(server: &str, token: &str, starts: &[String], seed: u64, bustle: &Bustle) -> Relied {
    let (mut rng, mut relied, mut mine) = (StdRng::seed_from_u64(seed), Relied::default(), Vec::<String>::new());
    let http = reqwest::Client::new();
    while !bustle.over.load(Ordering::Relaxed) {
        let at = starts.choose(&mut rng).unwrap();
        let one = mine.choose(&mut rng).cloned();
        let wish = |hold: bool| json!({ "service_id": SERVICE, "location_id": PLACE, "starts_at": at, "persons": 1, "hold": hold });
        let (method, path, body) = match (rng.random_range(0..10), &one) {
            (0, Some(id)) => ("DELETE", format!("/v1/appointments/{id}"), None),
            (1 | 2, Some(id)) => ("POST", format!("/v1/appointments/{id}/confirm"), None),
            (3, Some(id)) => {
                ("POST", format!("/v1/appointments/{id}/move"), Some(json!({ "location_id": PLACE, "starts_at": at })))
            }
            (4, Some(id)) => ("POST", "/v1/waiting".to_owned(), Some(json!({ "appointment_id": id }))),
            (5, _) => ("GET", "/v1/appointments".to_owned(), None),
            (n, _) => ("POST", "/v1/appointments".to_owned(), Some(wish(n == 6))),
        };
        let mut request = http.request(method.parse().unwrap(), format!("{server}{path}")).bearer_auth(token);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let asked = one.filter(|id| path.contains(id.as_str()));
        let answer = match request.send().await {
            Ok(answer) => {
                assert_ne!(answer.status().as_u16(), 500, "{method} {path}");
                let done = answer.status().is_success();
                answer.json::<Value>().await.ok().map(|answer| (done, answer))
            }
            // Nobody was there: nothing was asked.
            Err(error) if error.is_connect() => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
            Err(_) => None,
        };
        match &answer {
            // A list: what is offered to who waits is in it as well.
            Some((true, Value::Array(all))) => {
                mine = all.iter().map(|v| v["id"].as_str().unwrap().to_owned()).collect()
            }
            Some((true, visit)) => {
                bustle.visits.fetch_add(1, Ordering::Relaxed);
                relied.hear(asked.as_deref(), Some(visit));
            }
            // Refused: nothing was done.
            Some((false, _)) => {}
            None => {
                relied.hear(asked.as_deref(), None);
            }
        }
        if method == "DELETE" && answer.as_ref().is_none_or(|(done, _)| *done) {
            relied.hear(asked.as_deref(), None);
        }
    }
    relied
}

/// A server is killed without a word, again and again, while forty phones book, move, cancel and wait: then the tables prove
/// that no desk serves two, that whatever was confirmed stands, and that each booking was told once.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_among_bookings_gives_nothing_twice_and_loses_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::start(engine).await else { continue };
        world.clock.set(Clock::system().now());
        let planner = town_hall(&world, 3).await;
        let tokens = citizens(&world, 40).await;
        let times = starts(&world, &tokens[0], "").await;
        let times = &times[..times.len().min(60)];
        // The same keys and the same name as the world's server, so that its tokens are good at this one.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (folder, server) = (world.folder.path(), format!("http://127.0.0.1:{port}"));
        let more = "[limits]\nrequests_a_minute_by_address = 1000000\nrequests_a_minute_by_session = 1000000\nrequests_a_minute_by_town = 1000000\n";
        let text = configuration_text(&world.database, &folder.join("data"), &world.server, &world.stubs, folder, more);
        let text = text.replace(
            "[server]\n",
            &format!("[server]\nlisten = \"127.0.0.1:{port}\"\nmonitor_listen = \"127.0.0.1:0\"\n"),
        );
        let config = world.file("thuisloket.toml", text);
        let bustle = Bustle::default();
        let phones = tokens.iter().enumerate().map(|(n, token)| act(&server, token, times, n as u64, &bustle));
        let killing = async {
            for round in 0..4u64 {
                let child = start(&config, &[]);
                ready(&server).await;
                // However slow the machine is: it is killed among what goes on.
                let enough = bustle.visits.load(Ordering::Relaxed) + 40;
                let until = Instant::now() + Duration::from_secs(60);
                while bustle.visits.load(Ordering::Relaxed) < enough {
                    assert!(Instant::now() < until, "{engine:?}: too little happens");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                if round == 1 {
                    // Among all that, the first morning is closed.
                    let from: chrono::DateTime<chrono::Utc> = times[0].parse().unwrap();
                    let close = json!({
                        "location_id": PLACE, "from": from, "until": from + chrono::Duration::hours(1),
                        "reasons": [{ "language": "nl", "text": "Brand." }],
                    });
                    let (status, answer) = world.json("POST", "/staff/v1/closures", Some(&planner), &close).await;
                    assert_eq!(status, 200, "{answer}");
                }
                assert_eq!(stop(child, "-KILL"), None, "killed, not ended");
            }
            bustle.over.store(true, Ordering::Relaxed);
        };
        let (relied, ()) = tokio::join!(futures_util::future::join_all(phones), killing);
        nobody_has_anothers_slot(&world).await;
        // What was on its way is done, and holds lapse.
        world.clock.set(Clock::system().now() + chrono::Duration::hours(2));
        world.drain().await;
        nobody_has_anothers_slot(&world).await;
        // What is held now is what was offered, in their place, to those who wait.
        let held = "select count(*) from appointment where state = 'held' and waiting_id is null";
        assert_eq!(world.figure(held).await, 0);
        let kept = "select count(*) from desk_tick t join appointment a
            on a.municipality_id = t.municipality_id and a.id = t.appointment_id where a.state not in ('booked', 'held')";
        assert_eq!(world.figure(kept).await, 0);
        let mut r = world.instance.app.db.read().await.unwrap();
        let rows: Vec<(Uuid, String, i64)> = thuisloket::with_conn!(r, c => sqlx::query_as(
            "select id, state, sequence from appointment").fetch_all(c).await)
        .unwrap();
        let said: Vec<String> = world.texts("select dedupe_key from message where kind = 'appointment'").await;
        let mut stands = 0;
        for (id, start) in relied.iter().flat_map(|r| &r.0) {
            let (_, state, _) =
                rows.iter().find(|(row, ..)| row.to_string() == *id).expect("a visit that was told is gone");
            // The closing may have moved it, or found no other time for it: then it said so.
            let off = said.iter().any(|key| key.starts_with(&format!("visit {id} ")) && key.ends_with(" closed"));
            assert!(state == "booked" || off, "{id} at {start} was told as booked and is {state}");
            stands += 1;
        }
        for (id, state, sequence) in &rows {
            let booked = said.iter().filter(|key| **key == format!("visit {id} 0 booked")).count();
            assert!(booked <= 1, "{id} was told twice");
            if state == "booked" && *sequence == 0 {
                assert_eq!(booked, 1, "{id} is booked, and nobody was told");
            }
        }
        println!("{engine:?}: {} visits, {stands} relied on, {} messages", rows.len(), said.len());
        assert!(stands > 10 && rows.len() > 40, "too little happened: {} and {stands}", rows.len());
    }
}

/// Phones book, hold, confirm, move, cancel and wait, staff change the plan, close and open again, all at once and as chance has it, with
/// four processes on PostgreSQL and one on SQLite: then the tables prove that nothing was given twice or lost. `ACTS_SECONDS` lets it go
/// on for longer.
#[tokio::test(flavor = "multi_thread")]
async fn random_acts_on_several_processes_leave_what_can_be_proved() {
    let seconds = std::env::var("ACTS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(4);
    for (engine, processes) in [(Engine::Sqlite, 1), (Engine::Postgres, 4)] {
        let Some(world) = World::start(engine).await else { continue };
        world.clock.set(Clock::system().now());
        let planner = town_hall(&world, 3).await;
        let tokens = citizens(&world, 40).await;
        let times = starts(&world, &tokens[0], "").await;
        let times = &times[..times.len().min(60)];
        let (folder, data) = (world.folder.path(), world.folder.path().join("data"));
        let more = "[limits]\nrequests_a_minute_by_address = 1000000\nrequests_a_minute_by_session = 1000000\nrequests_a_minute_by_town = 1000000\n";
        let text = configuration_text(&world.database, &data, &world.server, &world.stubs, folder, more);
        let (mut servers, mut children) = (Vec::new(), Vec::new());
        for n in 0..processes {
            let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let own = format!("[server]\nlisten = \"127.0.0.1:{port}\"\nmonitor_listen = \"127.0.0.1:0\"\n");
            let config = world.file(&format!("process{n}.toml"), text.replace("[server]\n", &own));
            children.push(start(&config, &[]));
            servers.push(format!("http://127.0.0.1:{port}"));
        }
        for server in &servers {
            ready(server).await;
        }
        let bustle = Bustle::default();
        let phones = tokens
            .iter()
            .enumerate()
            .map(|(n, token)| act(&servers[n % servers.len()], token, times, n as u64, &bustle));
        let planning = async {
            let (mut rng, until) = (StdRng::seed_from_u64(7), Instant::now() + Duration::from_secs(seconds));
            let (mut closed, mut done, mut version) = (Vec::<String>::new(), 0, 1);
            while Instant::now() < until || done < 3 {
                tokio::time::sleep(Duration::from_millis(300)).await;
                done += 1;
                match rng.random_range(0..5) {
                    0 | 1 => {
                        let from: chrono::DateTime<chrono::Utc> = times.choose(&mut rng).unwrap().parse().unwrap();
                        let close = json!({
                            "location_id": PLACE, "from": from, "until": from + chrono::Duration::hours(1),
                            "reasons": [{ "language": "nl", "text": "Brand." }],
                        });
                        let press = || world.json("POST", "/staff/v1/closures", Some(&planner), &close);
                        let (one, two) = tokio::join!(press(), press());
                        assert!(one.0 != 200 || one.1["id"] == two.1["id"], "{one:?} {two:?}");
                        closed.extend(one.1["id"].as_str().map(str::to_owned));
                    }
                    2 => {
                        if let Some(id) = closed.pop() {
                            world.raw("DELETE", &format!("/staff/v1/closures/{id}"), Some(&planner), None).await;
                        }
                    }
                    3 => {
                        // Longer or shorter from now on: what is held stays as long as it is.
                        let (_, services) = world.get("/staff/v1/services", &planner).await;
                        let mut plan = services[0]["plan"].clone();
                        plan["minutes"] = json!(*[10, 15, 30].choose(&mut rng).unwrap());
                        let path = format!("/staff/v1/services/{SERVICE}");
                        let (status, answer) = world.json("PUT", &path, Some(&planner), &plan).await;
                        assert!([200, 409].contains(&status), "{answer}");
                    }
                    _ => {
                        let (_, plans) = world.get("/staff/v1/locations", &planner).await;
                        let mut plan = plans[0]["plan"].clone();
                        version = plan["version"].as_i64().unwrap_or(version);
                        let day = times.choose(&mut rng).unwrap()[..10].to_owned();
                        plan["exceptions"] = json!([{ "day": day, "opens": 540, "closes": 600 }]);
                        let strand = rng.random_bool(0.3);
                        let path = format!("/staff/v1/locations/{PLACE}?strand={strand}");
                        let (status, answer) = world.json("PUT", &path, Some(&planner), &plan).await;
                        assert!([200, 409].contains(&status), "{answer}");
                    }
                }
            }
            bustle.over.store(true, Ordering::Relaxed);
            (done, version)
        };
        let (_, (planned, _)) = tokio::join!(futures_util::future::join_all(phones), planning);
        // What was closed is settled by whoever comes first.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let config = world.file("check.toml", text.clone());
        let proof = run(&config, &["check"]);
        println!(
            "{engine:?}: {planned} acts of staff, {} of phones\n{}",
            bustle.visits.load(Ordering::Relaxed),
            said(&proof)
        );
        for child in children {
            stop(child, "-TERM");
        }
        assert_eq!(proof.status.code(), Some(0), "{}", said(&proof));
        nobody_has_anothers_slot(&world).await;
    }
}

/// So many residents who have the app, written past the register.
async fn crowd(world: &World, count: usize) {
    let (town, now) = (world.town().id, world.now());
    let ids: Vec<Uuid> = (0..count as u128).map(|n| Uuid::from_u128(0x2_0000_0000 + n)).collect();
    let mut w = world.instance.app.db.write().await.unwrap();
    for part in ids.chunks(1_000) {
        thuisloket::with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, language, street,
                 house_number, box, postcode, town, household, state, fingerprint, street_key, house_first, house_last, updated_at) ",
            );
            q.push_values(part, |mut b, id| {
                b.push_bind(town).push_bind(*id).push_bind(id.to_string());
                for text in ["1", "'Zonnebloem'", "'Iemand'", "'nl'", "'Kouter'", "'1'", "''", "'9800'", "'Deinze'", "''", "'active'", "''", "'kouter'", "1", "1"] {
                    b.push(text);
                }
                b.push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        })
        .unwrap();
        thuisloket::with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "insert into account (municipality_id, resident_id, language, first_signed_in_at, greeted_at) ",
            );
            q.push_values(part, |mut b, id| {
                b.push_bind(town).push_bind(*id).push("'nl'").push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        })
        .unwrap();
    }
    w.commit().await.unwrap();
}

/// A worker is killed without a word while an announcement goes out to a town, and started again: each citizen of the audience
/// has it once, and nobody else.
#[tokio::test]
async fn a_fan_out_killed_in_the_middle_reaches_each_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::start(engine).await else { continue };
        world.clock.set(Clock::system().now());
        crowd(&world, 100_000).await;
        let outsider = somebody("Anna", "1985-05-05");
        world.people(&[&outsider]).await;
        let mut w = world.instance.app.db.write().await.unwrap();
        let sql = "update resident set street = 'Markt', street_key = 'markt' where given_names = 'Anna'";
        thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let (writer, approver) =
            (world.staff("Rik", &["Redactie:0207509031"]).await, world.staff("Bea", &["Goedkeuring:0207509031"]).await);
        let path = "/staff/v1/announcements/01935c3e-0000-7000-8000-00000000a001";
        let draft = json!({
            "version": 0, "importance": "important", "topic": "works", "decision": "gemeenteraad, punt 12",
            "audience": [[{ "kind": "street", "street": "Kouter", "side": "both" }]],
            "texts": [{ "language": "nl", "title": "Water", "text": "Donderdag." }],
            "valid_until": (world.now() + chrono::Duration::days(2)).format("%Y-%m-%dT%H:%M:00Z").to_string(),
        });
        for (method, more, token, body) in [
            ("PUT", "", &writer, Some(&draft)),
            ("POST", "/submit?version=1", &writer, None),
            ("POST", "/approve?version=1", &approver, None),
        ] {
            let body = body.map(|b| ("application/json", b.to_string().into_bytes()));
            let (status, answer) = world.raw(method, &format!("{path}{more}"), Some(token), body).await;
            assert_eq!(status, 200, "{answer}");
        }
        let (config, _) = config(&world, &world.database, "").await;
        let until = Instant::now() + Duration::from_secs(240);
        let reached = "select count(*) from announcement_recipient";
        for stop_at in [8_000, 50_000] {
            let child = start(&config, &["--only", "workers"]);
            while world.figure(reached).await < stop_at {
                assert!(Instant::now() < until, "nothing went out");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            assert_eq!(stop(child, "-KILL"), None, "killed, not ended");
            let now = world.figure(reached).await;
            assert!(now < 100_000, "in the middle: {now}");
            assert_eq!(now % 2_000, 0, "whole chunks: {now}");
        }
        let child = start(&config, &["--only", "workers"]);
        while world.figure("select count(*) from announcement where state = 'sent'").await == 0 {
            assert!(Instant::now() < until, "it did not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(stop(child, "-TERM"), Some(0));
        for (what, sql) in [
            ("recipients", reached),
            ("messages", "select count(*) from message where kind = 'announcement'"),
            ("people with a message", "select count(distinct resident_id) from message where kind = 'announcement'"),
            (
                "those who live there",
                "select count(*) from resident r join message m on m.municipality_id = r.municipality_id and m.resident_id = r.id and m.kind = 'announcement' where r.street = 'Kouter'",
            ),
            ("the figure told", "select told from announcement"),
        ] {
            assert_eq!(world.figure(sql).await, 100_000, "{what}");
        }
    }
}

/// The import killed without a word in the middle, on either database: run again, it ends as if nothing had happened.
#[tokio::test]
async fn an_import_killed_in_the_middle_can_be_run_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::start(engine).await else { continue };
        let (config, _) = config(&world, &world.database, "").await;
        let people = many(3_000);
        let file = world.file("many.csv", people_csv(&people.iter().collect::<Vec<_>>()));
        let file = file.to_str().unwrap();
        let args = ["import", "residents", file, "-m", "deinze", "--snapshot"];
        let child = Command::new(PROGRAM)
            .arg("--config")
            .arg(&config)
            .args(args)
            .env("THUISLOKET_IMPORT__BATCH", "20")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        while world.figure("select count(*) from resident").await < 100 {
            assert!(Instant::now() < until, "nothing was imported");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        assert_eq!(stop(child, "-KILL"), None, "killed, not ended");
        // PostgreSQL may still be at the last that it was sent.
        let mut taken = 0;
        loop {
            let now = world.figure("select count(*) from resident").await;
            if now == std::mem::replace(&mut taken, now) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        assert!((100..3_000).contains(&taken), "in the middle: {taken}");
        assert!(world.figure("select count(*) from import_seen").await > 0);
        let again = said(&run(&config, &args));
        let rest = 3_000 - taken;
        assert!(again.contains(&format!("{rest} new, 0 changed, {taken} as known, 0 wrong; 0 retired")), "{again}");
        assert_eq!(world.figure("select count(*) from resident where state = 'active'").await, 3_000);
        assert_eq!(world.figure("select count(*) from import_seen").await, 0);
        assert_eq!(world.figure("select count(*) from import_run where finished_at is null").await, 0);
    }
}

/// What is wrong is told with what to do about it, and the rest is tried all the same.
#[tokio::test(flavor = "multi_thread")]
async fn serve_check_says_what_is_right_and_what_is_wrong() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    world.clock.set(Clock::system().now());
    let database = format!("sqlite:{}", world.folder.path().join("program.db").display());
    let (config, _) = config(&world, &database, "server.max_connections = 500").await;
    // As Apple does: no device has this token.
    let nobodys = thuisloket_mobile_contract::apns::Script::Refuse(400, "BadDeviceToken".to_owned(), None);
    world.stubs.apns.script(&"0".repeat(64), nobodys);
    let before = said(&run(&config, &["serve", "--check"]));
    assert!(before.contains("WRONG  database") && before.contains("`migrate` make one"), "{before}");
    assert!(!std::path::Path::new(database.strip_prefix("sqlite:").unwrap()).exists(), "a check makes nothing");
    run(&config, &["migrate"]);
    let right = run(&config, &["serve", "--check"]);
    let text = said(&right);
    assert_eq!(right.status.code(), Some(0), "{text}");
    let ways = ["push shared/apns/production", "push shared/apns/sandbox", "push shared/fcm/production"];
    let others = [
        "configuration",
        "database",
        "schema",
        "files",
        "open files",
        "signing keys",
        "number key of deinze",
        "set aside",
    ];
    for what in others.iter().chain(&["identity provider town", "clock"]).chain(&ways) {
        assert!(text.contains(&format!("right  {what}")), "{what}: {text}");
    }
    assert!(text.contains("2 municipalities, 4 identity providers, 1 app\n"), "{text}");
    assert_eq!(world.stubs.apns.count(), 0, "nobody was sent anything");
    // Apple no longer takes our key, and the provider is down.
    world.stubs.apns.set_key("KEY1234567", None);
    world.stubs.oidc.fault(Some(thuisloket_mobile_contract::oidc::Fault::Down));
    let wrong = run(&config, &["serve", "--check"]);
    let text = said(&wrong);
    assert_eq!(wrong.status.code(), Some(1), "{text}");
    assert!(text.contains("WRONG  push shared/apns/production") && text.contains("InvalidProviderToken"), "{text}");
    assert!(text.contains("WRONG  identity provider town") && text.contains("right  push shared/fcm"), "{text}");
    // With what `serve` does not begin, nothing else begins.
    let good = std::fs::read_to_string(&config).unwrap();
    for (before, wrong, named) in [
        ("[municipalities.deinze]", "[municipalities.deinze]\ntime_zone = \"Europe/Brussel\"", "Europe/Brussel"),
        ("closing_days = [", "closing_days = [\"02-30\", ", "02-30"),
        ("closing_days = [", "closing_days = [\"13-01\", ", "13-01"),
    ] {
        std::fs::write(&config, good.replace(before, wrong)).unwrap();
        for command in [["serve", "--check"].as_slice(), &["migrate"], &["check"]] {
            let refused = run(&config, command);
            let text = said(&refused);
            assert_eq!(refused.status.code(), Some(1), "{text}");
            assert!(text.contains("municipalities.deinze") && text.contains(named), "{text}");
        }
    }
}

/// Whoever runs the import at night is told in words what stands in its way, and loses no file by a slip of the hand.
#[tokio::test]
async fn whoever_runs_an_import_is_told_in_words_what_stands_in_its_way() {
    let world = World::start(Engine::Sqlite).await.unwrap();
    let database = format!("sqlite:{}", world.folder.path().join("program.db").display());
    let (config, _) = config(&world, &database, "").await;
    run(&config, &["migrate"]);
    let anna = somebody("Anna", "1985-05-05");
    let text = people_csv(&[&anna]);
    let file = world.file("people.csv", &text);
    let path = file.to_str().unwrap();
    let import = |args: &[&str]| run(&config, &[&["import", "residents", "-m", "deinze"], args].concat());
    let pipe = world.folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let link = world.folder.path().join("link.csv");
    std::fs::hard_link(&file, &link).unwrap();
    for (args, says) in [
        (vec![pipe.to_str().unwrap()], "is a pipe or a device"),
        (vec![world.folder.path().to_str().unwrap()], "is a folder"),
        (vec!["/nowhere/people.csv"], "there is no file /nowhere/people.csv"),
        (vec![path, "--report", path], "the report would be written over"),
        (vec![path, "--report", link.to_str().unwrap()], "the report would be written over"),
    ] {
        let done = import(&args);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done));
        assert!(said(&done).contains(says) && !said(&done).contains("os error"), "{}", said(&done));
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "the file is as it was");
    // Why it was refused stands in the report; where it lists no rows, nobody is sent there for them.
    let empty = world.file("empty.csv", "name;birth\n");
    let done = import(&[empty.to_str().unwrap()]);
    assert!(!said(&done).contains("wrong rows are listed"), "{}", said(&done));
    let report = std::fs::read_to_string(world.folder.path().join("empty.csv.report.csv")).unwrap();
    assert!(report.contains("the header lacks the columns"), "{report}");
}

/// What goes wrong in the database is no news for a clerk; and what PostgreSQL only notes is none for anybody.
#[tokio::test]
async fn a_database_that_does_not_answer_is_told_in_words() {
    let Some(world) = World::start(Engine::Postgres).await else { return };
    let (config, _) = config(&world, &world.database, "").await;
    let migrated = said(&run(&config, &["migrate"]));
    assert!(!migrated.contains("already exists"), "{migrated}");
    let file = world.file("people.csv", people_csv(&[&somebody("Anna", "1985-05-05")]));
    let args = ["import", "residents", file.to_str().unwrap(), "-m", "deinze", "--snapshot"];
    let mut other = sqlx::PgConnection::connect(&world.database).await.unwrap();
    other.execute("begin; lock table import_seen in access exclusive mode").await.unwrap();
    let done = run(&config, &args);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.contains("the database did not answer in time; run the file again"), "{told}");
    let last = told.lines().filter(|line| !line.contains("ERROR")).collect::<Vec<_>>().join("\n");
    assert!(!last.contains("55P03") && !last.contains("lock timeout"), "{last}");
    other.execute("rollback").await.unwrap();
    let done = run(&config, &args);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
}
