//! Nothing reads the whole town: every fixed statement is explained on both databases, with the statistics that the product
//! keeps and without any, and refused where it reads a table that grows with the town from end to end, or all of a town's
//! rows in it.

#[path = "../bench/town.rs"]
mod town;

use crate::statements::known;
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _, Row as _};
use thuisloket::platform::db::{Db, Engine, Open};

use crate::{
    appointments::{PLACE as TOWN_HALL, SERVICE, town_hall},
    tenant_isolation::Log,
    world::{World, fresh_postgres, many, paper, somebody},
};

use town::{BEFORE, FILL, Place, written};

/// One id for all of them is enough here.
const PLACE: Place = Place { town: ONE, service: ONE, location: ONE };
const ONE: uuid::Uuid = town::id(1);

/// Tables that grow with the town, or with the years.
const LARGE: &[&str] = &[
    "resident",
    "parent_link",
    "parent_block",
    "mandate",
    "mandate_look",
    "account",
    "login",
    "session",
    "refresh_token",
    "proof",
    "passkey",
    "passkey_challenge",
    "contact_settings",
    "email_code",
    "mail_delivery",
    "sign_in",
    "kept_answer",
    "document",
    "reminder",
    "message",
    "reach",
    "reach_step",
    "call",
    "call_try",
    "badge",
    "device",
    "push_delivery",
    "push_mute",
    "push_preference",
    "appointment",
    "appointment_document",
    "desk_tick",
    "waiting",
    "location_freed",
    "ticket",
    "answer",
    "audit_entry",
    "announcement_recipient",
    "topic_unfollowed",
    "people_list_member",
    "import_seen",
    "letter",
    "letter_address",
];

/// Indexes of a few rows, however large the town: who has not been greeted, what is stopped on a day to come, what was
/// freed a moment ago, who is to be told, what is held for minutes.
const FEW: &[&str] = &[
    "account_newcomers",
    "session_to_tell",
    "appointment_holds",
    "appointment_held",
    "resident_not_compared",
    "resident_coming",
    "resident_hidden",
    "resident_abroad",
    // Asked where a town keeps none: what it kept once is forgotten.
    "resident_known_as",
    "document_stops",
    "location_freed_unserved",
    "resident_to_note",
    // What waits at the relay, and what did not arrive and was not told.
    "mail_due",
    "mail_due_codes",
    "mail_ends",
    "mail_untold",
    // Who waits, is called or sits at a desk: what a day leaves open is ended with it.
    "ticket_open",
];

/// Statements that read all of a town because that is what they are for, and why that is right.
const WHOLE: &[(&str, &str, &str)] = &[
    ("COUNT_PEOPLE", "resident", "how many live here, from an index alone"),
    ("PEOPLE", "resident", "how many live here, from an index alone"),
    ("COUNT_ACTIVE", "resident", "how many live here, from an index alone, once an import"),
    ("COUNT", "resident", "once before and once after an import"),
    ("COUNT", "document", "once before and once after an import"),
    ("ACCOUNTS", "account", "how many have the app, from an index alone, once a month's figures"),
    ("ACCOUNTS", "resident", "how many have the app, from an index alone, once a month's figures"),
    ("FORGET_SEEN", "import_seen", "what an import saw is forgotten with it"),
    ("KEY_VERSIONS", "resident", "for whoever rotates a town's key, by a command"),
    ("ANYBODY", "resident", "the first is enough"),
    ("KEPT_FROM_BLOCKED", "parent_block", "the few parents of a town whom staff blocked, once a process begins"),
    ("UNDER_KEY", "resident", "once, when a key was taken out of the configuration"),
    ("OUTCOMES", "announcement_recipient", "all whom one announcement concerned, which may be everybody"),
    ("OUTCOMES", "push_delivery", "all whom one announcement concerned, which may be everybody"),
    ("COVERED", "announcement_recipient", "all whom one announcement concerned, which may be everybody"),
    ("COVERED", "message", "all whom one announcement concerned, which may be everybody"),
    ("COVERED", "reach", "all whom one announcement concerned, which may be everybody"),
    ("IN_LINE", "waiting", "in the order of its index, up to a limit"),
    ("ADDRESSES_TO_CHECK", "letter_address", "in the order of its index, up to a limit"),
];

/// The same of statements that are put together, by how they begin.
const BUILT_WHOLE: &[(&str, &str)] =
    &[("select cast(f.place as bigint) as place", "all whom one announcement concerned, which may be everybody")];

/// Statements of housekeeping that take so many rows at a time, where a look found that there are any. PostgreSQL may read
/// the table beside them, once for a whole chunk; the looks themselves may not.
const CHUNKS: &[&str] = &[
    "END_GONE",
    "FORGET",
    "FORGET_LETTERS",
    "FORGET_RECIPIENTS",
    "FORGET_SESSIONS",
    "FORGET_SIGNED_OUT",
    "FORGET_SILENT",
    "FORGET_TICKS",
    "FORGET_VISITS",
    "PURGE",
];

/// The table behind each name that a statement calls one by.
fn tables(sql: &str) -> Vec<(String, String)> {
    let words: Vec<String> =
        sql.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let mut all = Vec::new();
    for (i, word) in words.iter().enumerate() {
        if LARGE.contains(&word.as_str()) {
            all.push((word.clone(), word.clone()));
            if let Some(alias) = words.get(i + 1) {
                all.push((alias.clone(), word.clone()));
            }
        }
    }
    all
}

fn allowed(name: &str, table: &str) -> bool {
    WHOLE.iter().any(|(n, t, _)| *n == name && *t == table)
}

/// What of a plan of SQLite reads too much.
fn faults_on_sqlite(name: &str, sql: &str, plan: &[String]) -> Vec<String> {
    let names = tables(sql);
    let too_much = |line: &&String| {
        let mut words = line.split(' ');
        let (how, what) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let Some((_, table)) = names.iter().find(|(alias, _)| alias == what) else { return false };
        let whole = match how {
            "SCAN" => !FEW.iter().any(|index| line.ends_with(&format!(" INDEX {index}"))),
            "SEARCH" => {
                line.ends_with("(municipality_id=?)") && !FEW.iter().any(|i| line.contains(&format!(" INDEX {i} ")))
            }
            _ => false,
        };
        whole && !allowed(name, table)
    };
    plan.iter().filter(too_much).map(|line| format!("{name}: {line}")).collect()
}

/// The same of PostgreSQL, node by node.
fn faults_on_postgres(name: &str, node: &Value, found: &mut Vec<String>) {
    let text = |key: &str| node[key].as_str().unwrap_or_default();
    let (kind, condition) = (text("Node Type"), text("Index Cond"));
    // A bitmap's node names the index; the table stands in the one above.
    let index = text("Index Name");
    let table = LARGE
        .iter()
        .filter(|t| text("Relation Name") == **t || (kind == "Bitmap Index Scan" && index.starts_with(*t)))
        .max_by_key(|t| t.len());
    if let Some(table) = table {
        let one =
            !condition.contains(" AND ") && condition.contains("municipality_id =") && !condition.contains("ROW(");
        let whole = match kind {
            "Seq Scan" => true,
            "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => {
                (condition.is_empty() || one) && !FEW.contains(&index)
            }
            _ => false,
        };
        // A table of which the town here has nothing is read at no price.
        let empty = !FILL.iter().any(|sql| sql.split_whitespace().nth(2) == Some(*table));
        if whole && !empty && !CHUNKS.contains(&name) && !allowed(name, table) {
            found.push(format!("{name}: {kind} {table} {index} {condition}"));
        }
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        faults_on_postgres(name, child, found);
    }
}

/// The highest number of a parameter.
fn parameters(sql: &str) -> usize {
    sql.split('$')
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .max()
        .unwrap_or(0)
}

#[tokio::test]
async fn no_statement_reads_a_whole_town_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("x.db").display());
    let db = Db::open(&url, 1, Open::Make).await.unwrap();
    db.migrate().await.unwrap();
    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    // What is explained here is what runs, whatever is bound: `.cargo/config.toml`.
    let row = c.fetch_one("select sqlite_compileoption_used('ENABLE_QPSG')").await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 1, "SQLite plans anew by what is bound");
    c.close().await.unwrap();
    let mut faults = Vec::new();
    let mut last = 0;
    // SQLite plans by what it was told, never by what is there: first without statistics, as each town begins.
    for people in [0, 10_000, 100_000] {
        if people > 0 {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            c.execute("pragma synchronous = off; begin").await.unwrap();
            let before = if last == 0 { BEFORE } else { &[] };
            for sql in before {
                c.execute(sqlx::AssertSqlSafe(written(sql, &PLACE, 1, 1, true))).await.unwrap();
            }
            for sql in FILL {
                c.execute(sqlx::AssertSqlSafe(written(sql, &PLACE, last + 1, people, true))).await.unwrap();
            }
            c.execute("commit").await.unwrap();
            last = people;
            db.filled(&["resident"]).await;
        }
        let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
        for (name, sql) in known(Engine::Sqlite) {
            let explain = format!("explain query plan {sql}");
            let rows = c.fetch_all(sqlx::AssertSqlSafe(explain)).await.unwrap_or_else(|e| panic!("{name}: {e}"));
            let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
            faults.extend(faults_on_sqlite(name, &sql, &plan).into_iter().map(|f| format!("told of {people}: {f}")));
        }
    }
    db.close().await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn no_statement_reads_a_whole_town_on_postgres() {
    let Some(url) = crate::world::fresh_postgres().await else { return };
    let db = Db::open(&url, 1, Open::Make).await.unwrap();
    db.migrate().await.unwrap();
    let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
    // The plan that is kept for any values.
    c.execute("set plan_cache_mode = force_generic_plan; set synchronous_commit = off").await.unwrap();
    let mut faults = Vec::new();
    for sql in BEFORE {
        c.execute(sqlx::AssertSqlSafe(written(sql, &PLACE, 1, 1, false))).await.unwrap();
    }
    let filled: Vec<&str> = FILL.iter().map(|sql| sql.split_whitespace().nth(2).unwrap()).collect();
    // The server looks by itself as well, a minute later: of a town that is half filled that is what nobody meant.
    for table in &filled {
        let alone = format!("alter table {table} set (autovacuum_enabled = false)");
        c.execute(sqlx::AssertSqlSafe(alone)).await.unwrap();
    }
    // What it was told when the town was small, and then when it is large.
    for (from, until, told) in [(1, 10_000, 10_000), (10_001, 100_000, 10_000), (0, 0, 100_000)] {
        if until > 0 {
            for sql in FILL {
                c.execute(sqlx::AssertSqlSafe(written(sql, &PLACE, from, until, false))).await.unwrap();
            }
        }
        if from != 10_001 {
            db.filled(&filled).await;
        }
        if from == 1 {
            continue;
        }
        for (n, (name, sql)) in known(Engine::Postgres).into_iter().enumerate() {
            c.execute(sqlx::AssertSqlSafe(format!("prepare p{told}_{n} as {sql}")))
                .await
                .unwrap_or_else(|e| panic!("{name}: {e}"));
            let nulls = vec!["null"; parameters(&sql)].join(", ");
            let values = if nulls.is_empty() { String::new() } else { format!("({nulls})") };
            let explain = format!("explain (format json) execute p{told}_{n}{values}");
            let row = c.fetch_one(sqlx::AssertSqlSafe(explain)).await.unwrap_or_else(|e| panic!("{name}: {e}"));
            let plan: sqlx::types::Json<Value> = row.get(0);
            let mut found = Vec::new();
            faults_on_postgres(name, &plan.0[0]["Plan"], &mut found);
            faults.extend(found.into_iter().map(|f| format!("told of {told}: {f}")));
        }
    }
    db.close().await;
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Followed announcements of years are in the rows of a parent: of one announcement, theirs is found by the announcement.
#[tokio::test]
async fn what_parents_were_told_by_a_broadcast_is_found_by_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("x.db").display());
    let db = Db::open(&url, 1, Open::Make).await.unwrap();
    db.migrate().await.unwrap();
    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let told: Vec<_> = known(Engine::Sqlite).into_iter().filter(|(name, _)| *name == "TOLD_WITH_MANY").collect();
    assert!(!told.is_empty());
    for (_, sql) in told {
        let rows = c.fetch_all(sqlx::AssertSqlSafe(format!("explain query plan {sql}"))).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let by = "INDEX reach_by_broadcast (municipality_id=? AND broadcast_id=? AND resident_id=?)";
        assert!(plan.iter().any(|line| line.ends_with(by)), "{plan:#?}");
    }
    db.close().await;
}

/// What is put together as it is asked for (an audience, a chunk of rows) is explained by the database as it runs, in a town
/// of some size where all of that happens once.
#[tokio::test]
async fn what_is_put_together_reads_no_whole_town_either() {
    let Some(url) = fresh_postgres().await else { return };
    let name = url.rsplit('/').next().unwrap().to_owned();
    let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
    for (setting, value) in [
        ("session_preload_libraries", "auto_explain"),
        ("auto_explain.log_min_duration", "0"),
        ("auto_explain.log_level", "warning"),
        ("auto_explain.log_format", "json"),
    ] {
        c.execute(sqlx::AssertSqlSafe(format!("alter database {name} set {setting} = '{value}'"))).await.unwrap();
    }
    let world = World::with(url, tempfile::tempdir().unwrap(), "").await;
    let town = world.town().id;
    let here = Place { town: town.0, service: SERVICE.parse().unwrap(), location: TOWN_HALL.parse().unwrap() };
    for sql in &BEFORE[1..] {
        c.execute(sqlx::AssertSqlSafe(written(sql, &here, 1, 1, false))).await.unwrap();
    }
    for sql in FILL {
        c.execute(sqlx::AssertSqlSafe(written(sql, &here, 1, 100_000, false))).await.unwrap();
    }
    // They have nothing to hear, and nobody of them is to be erased; who comes now has.
    c.execute("update document set next_due_at = null").await.unwrap();
    c.execute("update resident set state = 'active', left_at = null, emptied_at = null where state <> 'active'")
        .await
        .unwrap();
    let filled: Vec<&str> = FILL.iter().map(|sql| sql.split_whitespace().nth(2).unwrap()).collect();
    world.instance.app.db.filled(&filled).await;

    let log = Log::start();
    let people = many(12);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let mut phones = Vec::new();
    for person in &people[..3] {
        phones.push(world.phone(person, true).await);
    }
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-03-31", "2027-03-31")).collect::<Vec<_>>()).await;
    let parent = somebody("Ouder", "1980-02-02");
    world.people(&[&parent]).await;
    town_hall(&world, 2).await;
    world.drain().await;
    let staff = world
        .staff(
            "Alma Alles",
            &crate::tenant_isolation::EVERY_ROLE.map(|r| format!("{r}:0207509031")).each_ref().map(String::as_str),
        )
        .await;
    let list = "01935c3e-0000-7000-8000-0000000aacc2";
    let numbers: String = people.iter().map(|p| format!("{}\n", p.number)).collect();
    let (status, answer) = world
        .raw(
            "PUT",
            &format!("/staff/v1/people-lists/{list}?name=x"),
            Some(&staff),
            Some(("application/octet-stream", numbers.into_bytes())),
        )
        .await;
    assert_eq!(status, 200, "{answer}");
    let area: Vec<Value> = [(50.95, 3.5), (50.951, 3.5), (50.951, 3.501), (50.95, 3.501)]
        .map(|(lat, lon)| json!({ "latitude": lat, "longitude": lon }))
        .to_vec();
    let few = [
        json!({ "kind": "street", "street": "Straat 7", "side": "odd" }),
        json!({ "kind": "circle", "centre": { "latitude": 50.95, "longitude": 3.5005 }, "meters": 100 }),
        json!({ "kind": "polygon", "corners": area }),
        json!({ "kind": "list", "list_id": list }),
    ];
    for condition in &few {
        for body in
            [json!([[condition]]), json!([[condition, { "kind": "age", "from": 18, "until": 70, "not": true }]])]
        {
            let preview = json!({ "audience": body });
            let (status, answer) = world.json("POST", "/staff/v1/audiences/preview", Some(&staff), &preview).await;
            assert_eq!(status, 200, "{condition}: {answer}");
        }
    }
    let approver = world.staff("Bea", &["Goedkeuring:0207509031"]).await;
    for (n, condition) in few.iter().enumerate() {
        let draft = json!({
            "version": 0, "importance": "important", "topic": "works", "decision": "gemeenteraad, punt 12", "audience": [[condition]],
            "texts": [{ "language": "nl", "title": "Water", "text": "Donderdag." }], "valid_until": "2027-03-20T00:00:00Z",
        });
        let path = format!("/staff/v1/announcements/01935c3e-0000-7000-8000-00000000b00{n}");
        assert_eq!(world.json("PUT", &path, Some(&staff), &draft).await.0, 200);
        for (who, step) in [(&staff, "submit?version=1&everyone=true"), (&approver, "approve?version=1")] {
            let (status, answer) = world.raw("POST", &format!("{path}/{step}"), Some(who), None).await;
            assert_eq!(status, 200, "{answer}");
        }
        world.drain().await;
        assert_eq!(world.get(&format!("{path}/figures"), &staff).await.0, 200);
        assert_eq!(world.raw("POST", &format!("{path}/withdraw?version=1"), Some(&staff), None).await.0, 200);
        world.drain().await;
    }
    let token = phones[0].tokens.clone().unwrap().access;
    for path in [
        "/v1/announcements",
        "/v1/inbox",
        "/v1/documents",
        "/v1/appointments",
        "/v1/audit",
        "/v1/devices",
        "/v1/tickets",
    ] {
        assert_eq!(world.get(path, &token).await.0, 200);
    }
    let wish = json!({ "service_id": SERVICE, "location_id": TOWN_HALL, "starts_at": "2027-03-03T08:00:00Z", "persons": 1, "hold": false });
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&token), &wish).await;
    assert_eq!(status, 200, "{visit}");
    world.instance.housekeeping().await.unwrap();

    let fixed: Vec<String> = known(Engine::Postgres).into_iter().map(|(_, sql)| sql).collect();
    // A database that another test begins meanwhile is brought up to date: a script is not put together, and runs once.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let scripts: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let (mut faults, mut explained) = (Vec::new(), 0);
    for line in log.take() {
        let Some((_, said)) = line.split_once(" message=\"duration: ") else { continue };
        let Ok(said) = serde_json::from_str::<String>(&format!("\"{said}")) else { panic!("cannot be read: {line}") };
        let plan: Value = serde_json::from_str(said.split_once("plan:").unwrap().1).unwrap();
        let sql = plan["Query Text"].as_str().unwrap();
        if fixed.iter().any(|known| known == sql) || scripts.iter().any(|script| script.trim() == sql.trim()) {
            continue;
        }
        explained += 1;
        let short = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = short.chars().take(150).collect::<String>();
        let mut found = Vec::new();
        faults_on_postgres(&short, &plan["Plan"], &mut found);
        faults.extend(found.into_iter().filter(|_| !BUILT_WHOLE.iter().any(|(begins, _)| short.starts_with(begins))));
    }
    faults.sort();
    faults.dedup();
    assert!(explained > 50, "{explained}");
    assert!(faults.is_empty(), "{faults:#?}");
}
