//! Nothing reads the whole town: every fixed statement is explained on both databases, with the statistics that the product
//! keeps and without any, and refused where it reads a table that grows with the town from end to end, or all of a town's
//! rows in it.

use serde_json::Value;
use sqlx::{Connection as _, Executor as _, Row as _};
use thuisloket::{
    app::{claiming, statements},
    platform::db::{Db, Open},
};

/// Tables that grow with the town, or with the years.
const LARGE: &[&str] = &[
    "resident",
    "parent_link",
    "account",
    "login",
    "session",
    "refresh_token",
    "sign_in",
    "kept_answer",
    "document",
    "reminder",
    "message",
    "badge",
    "device",
    "push_delivery",
    "push_mute",
    "push_preference",
    "appointment",
    "desk_tick",
    "waiting",
    "ticket",
    "answer",
    "audit_entry",
    "announcement_recipient",
    "topic_unfollowed",
    "people_list_member",
    "import_seen",
];

/// Indexes of a few rows, however large the town: who has not been greeted, who is to be told, what is held for minutes.
const FEW: &[&str] = &[
    "account_newcomers",
    "session_to_tell",
    "appointment_holds",
    "appointment_held",
    "resident_not_compared",
    "resident_coming",
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
    ("COUNT_UNSEEN", "resident", "a snapshot is held against the whole register"),
    ("COUNT_UNSEEN", "document", "a snapshot is held against the whole register"),
    ("COUNT_UNSEEN", "import_seen", "a snapshot is held against the whole register"),
    ("RETIRE_UNSEEN", "resident", "a snapshot is held against the whole register"),
    ("RETIRE_UNSEEN", "document", "a snapshot is held against the whole register"),
    ("RETIRE_UNSEEN", "import_seen", "a snapshot is held against the whole register"),
    ("FORGET_SEEN", "import_seen", "what an import saw is forgotten with it"),
    ("KEY_VERSIONS", "resident", "for whoever rotates a town's key, by a command"),
    ("ANYBODY", "resident", "the first is enough"),
    ("OUTCOMES", "announcement_recipient", "all whom one announcement concerned, which may be everybody"),
    ("OUTCOMES", "push_delivery", "all whom one announcement concerned, which may be everybody"),
    ("UNREACHED", "announcement_recipient", "all whom one announcement concerned, which may be everybody"),
    ("IN_LINE", "waiting", "in the order of its index, up to a limit"),
];

/// Statements of housekeeping that take so many rows at a time, where a look found that there are any. PostgreSQL may read
/// the table beside them, once for a whole chunk; the looks themselves may not.
const CHUNKS: &[&str] = &[
    "END_GONE",
    "FORGET",
    "FORGET_RECIPIENTS",
    "FORGET_SESSIONS",
    "FORGET_SIGNED_OUT",
    "FORGET_SILENT",
    "FORGET_TICKS",
    "FORGET_VISITS",
    "PURGE",
];

/// A town of some people, with what they have: `{n}` counts them.
const FILL: &[&str] = &[
    "insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names, birth_date, language, street,
        house_number, box, postcode, town, household, state, fingerprint, updated_at)
     select {town}, {id n}, 'h' || n, 1, 'F', 'G', {born}, 'nl', 'Straat ' || (n % 300), '1', '', '9800', 'Deinze',
        'hh' || (n / 3), case when n % 20 = 0 then 'departed' else 'active' end, 'f' || n, {at} from {numbers} s",
    "insert into parent_link (municipality_id, child_hash, parent_hash)
     select {town}, 'h' || n, 'h' || (n + 1) from {numbers} s where n % 5 = 0",
    "insert into account (municipality_id, resident_id, first_signed_in_at, greeted_at)
     select {town}, {id n}, {at}, {at} from {numbers} s where n % 2 = 0",
    "insert into login (municipality_id, issuer, subject, resident_id, created_at)
     select {town}, 'i', 's' || n, {id n}, {at} from {numbers} s where n % 2 = 0",
    "insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at, ended_at)
     select {town}, {id n}, {id n}, 'x', {at}, {at}, {at}, case when n % 20 = 0 then {at} end from {numbers} s where n % 2 = 0",
    "insert into refresh_token (token_hash, municipality_id, session_id, created_at)
     select 't' || n, {town}, {id n}, {at} from {numbers} s where n % 2 = 0",
    "insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target,
        locale, app_version, preview, state, registered_at, seen_at)
     select {town}, {id n}, {id n}, {id n}, {id n}, {id 1}, 'ios', 'apns_token', 'd' || n, 'nl', '1', 'neutral', 'active', {at},
        {at} from {numbers} s where n % 2 = 0",
    "insert into badge (municipality_id, resident_id, unread) select {town}, {id n}, 1 from {numbers} s where n % 2 = 0",
    "insert into document (municipality_id, id, resident_id, kind, number_end, expires_on, source, fingerprint, row_key,
        updated_at, next_due_at)
     select {town}, {id n}, {id n}, 'eid', '12', {born}, 'x', 'f', 'r' || n, {at}, {at} from {numbers} s",
    "insert into message (municipality_id, id, resident_id, kind, dedupe_key, title, body, deep_link, created_at)
     select {town}, {id n}, {id n}, 'announcement', 'k', 't', 'b', '/', {at} from {numbers} s",
    "insert into push_delivery (municipality_id, message_id, device_id, purpose, resident_id, channel_id, category, lane, state,
        attempts, not_before, expires_at, created_at)
     select {town}, {id n}, {id n}, 'show', {id n}, {id 1}, 'announcements', 1, 'settled', 1, {at}, {at}, {at}
     from {numbers} s where n % 2 = 0",
    "insert into appointment (municipality_id, id, reference, service_id, location_id, desk_id, resident_id, visitor, persons,
        state, starts_at, ends_at, claimed_until, extended, sequence, made_by, created_at, updated_at)
     select {town}, {id n}, 'r' || n, {id 1}, {id n % 3}, {id n % 20}, {id n}, '', 1,
        case when n % 4 = 0 then 'lapsed' else 'booked' end, {at}, {at}, {at}, false, 0, 'citizen', {at}, {at}
     from {numbers} s where n % 2 = 0",
    "insert into desk_tick (municipality_id, desk_id, tick, appointment_id)
     select {town}, {id n % 20}, {at}, {id n} from {numbers} s where n % 2 = 0",
    "insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_name, act, resident_id)
     select {town}, {id n}, {at}, 'staff', {id 1}, 'x', 'x', {id n} from {numbers} s",
    "insert into announcement_recipient (municipality_id, announcement_id, resident_id, message_id, how, at)
     select {town}, {id 1}, {id n}, {id n}, 'phone', {at} from {numbers} s",
];

/// What stands before them.
const BEFORE: &[&str] = &[
    "insert into municipality (id, key, created_at) select {town}, 'deinze', {at} from {numbers} s",
    "insert into channel (id, app, provider, environment, state, pauses, changed_at)
     select {id 1}, 'x', 'apns', 'production', 'open', 0, {at} from {numbers} s",
    "insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision, over_cap,
        valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at)
     select {town}, {id 1}, 1, 'sent', 'ordinary', 'x', '{}', '', '{}', '', false, {at}, {id 1}, 'x', 0, 0, 0, 0, {at}, {at}
     from {numbers} s",
];

/// A statement of [`FILL`] for the people of these numbers, as an engine writes it.
fn written(sql: &str, from: u32, until: u32, sqlite: bool) -> String {
    let mut sql = if sqlite {
        sql.replace(
            "{numbers}",
            &format!(
                "(with recursive s(n) as (select {from} union all select n + 1 from s where n < {until}) select n from s)"
            ),
        )
        .replace("{at}", "strftime('%Y-%m-%dT%H:%M:%S+00:00', 1767225600 + n * 300, 'unixepoch')")
        .replace("{born}", "date(n % 25000 * 86400, 'unixepoch')")
    } else {
        sql.replace("{numbers}", &format!("(select generate_series({from}, {until}) as n)"))
            .replace("{at}", "to_timestamp(1767225600 + n * 300)")
            .replace("{born}", "(date '1970-01-01' + n % 25000)")
    };
    sql = sql.replace("{town}", "{id 1}");
    while let Some((before, rest)) = sql.split_once("{id ") {
        let (number, after) = rest.split_once('}').unwrap();
        let id = if sqlite {
            format!("unhex(printf('01935c3e0000700080%014x', {number}))")
        } else {
            format!("('01935c3e0000700080' || lpad(to_hex({number}), 14, '0'))::uuid")
        };
        sql = format!("{before}{id}{after}");
    }
    sql
}

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
    let mut faults = Vec::new();
    let mut last = 0;
    // SQLite plans by what it was told, never by what is there: first without statistics, as each town begins.
    for people in [0, 10_000, 100_000] {
        if people > 0 {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            c.execute("pragma synchronous = off; begin").await.unwrap();
            let before = if last == 0 { BEFORE } else { &[] };
            for sql in before {
                c.execute(sqlx::AssertSqlSafe(written(sql, 1, 1, true))).await.unwrap();
            }
            for sql in FILL {
                c.execute(sqlx::AssertSqlSafe(written(sql, last + 1, people, true))).await.unwrap();
            }
            c.execute("commit").await.unwrap();
            last = people;
            db.filled(&["resident"]).await;
        }
        let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let texts = statements().into_iter().chain(claiming().into_iter().map(|(name, locked)| (name, locked.sqlite)));
        for (name, sql) in texts {
            let explain = format!("explain query plan {sql}");
            let rows = c.fetch_all(sqlx::AssertSqlSafe(explain)).await.unwrap_or_else(|e| panic!("{name}: {e}"));
            let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
            faults.extend(faults_on_sqlite(name, sql, &plan).into_iter().map(|f| format!("told of {people}: {f}")));
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
        c.execute(sqlx::AssertSqlSafe(written(sql, 1, 1, false))).await.unwrap();
    }
    let filled: Vec<&str> = FILL.iter().map(|sql| sql.split_whitespace().nth(2).unwrap()).collect();
    // What it was told when the town was small, and then when it is large.
    for (from, until, told) in [(1, 10_000, 10_000), (10_001, 100_000, 10_000), (0, 0, 100_000)] {
        if until > 0 {
            for sql in FILL {
                c.execute(sqlx::AssertSqlSafe(written(sql, from, until, false))).await.unwrap();
            }
        }
        if from != 10_001 {
            db.filled(&filled).await;
        }
        if from == 1 {
            continue;
        }
        let texts =
            statements().into_iter().chain(claiming().into_iter().map(|(name, locked)| (name, locked.postgres)));
        for (n, (name, sql)) in texts.enumerate() {
            c.execute(sqlx::AssertSqlSafe(format!("prepare p{told}_{n} as {sql}")))
                .await
                .unwrap_or_else(|e| panic!("{name}: {e}"));
            let nulls = vec!["null"; parameters(sql)].join(", ");
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
