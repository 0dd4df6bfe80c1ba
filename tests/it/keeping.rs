//! What is kept of whom, and for how long: who died, left or was retired from the register is erased, wherever they stand; and
//! what SECURITY.md says of a column is what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use thuisloket::platform::ids::ResidentId;
use thuisloket_mobile_contract::phone::Phone;
use uuid::Uuid;

use crate::{
    announcements::{draft, sent, staff},
    appointments::{PLACE, SERVICE, book, service},
    calls,
    contacts::confirmed,
    deeds, mandates,
    passkeys::planted,
    queue::{check_in, hall, here, serve, tickets},
    stands::run,
    world::{Paper, Somebody, World, many, paper, people_csv, somebody},
};

journeys! {
    // So that nothing else forgets what this erases.
    with "[retention]\nsessions_days = 3000\ndeliveries_days = 3000\nmessages_days = 3000";
    nothing_of_who_left_is_left_anywhere,
}

mod usual {
    use super::*;

    journeys! {
        who_is_back_in_time_keeps_everything_and_the_time_begins_anew,
        who_is_back_while_they_are_erased_keeps_everything,
        who_is_retired_by_a_snapshot_is_erased_as_well,
        what_was_erased_does_not_come_in_again_with_the_next_file,
        who_has_a_visit_is_kept_with_it,
        one_person_who_cannot_be_erased_stops_no_other,
        a_town_that_is_served_no_more_forgets_as_well,
        a_colleague_who_is_none_any_more_is_erased,
        a_look_at_the_agenda_is_told_once_and_for_what_it_is,
        every_column_that_names_or_points_at_somebody_has_a_rule,
    }
}

/// What becomes of a column that names or points at somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Erased `retention.left_days` after they left.
    Left,
    /// Erased with the person.
    Person,
    /// Forgotten by itself after a time, whoever it is of: which.
    Time(&'static str),
    /// Of a member of staff, not of a citizen: why it is kept.
    Staff(&'static str),
    /// Of nobody: what it is.
    Nobody(&'static str),
}

const SIGN_IN: Rule = Rule::Time("a day after a sign-in is over");
const VISITS: Rule = Rule::Time("retention.visits_days");
const NUMBERS: Rule = Rule::Time("until it is over, or the session of the phone is; a day at most");
const AUDIT: Rule = Rule::Time("retention.audit_days: ids only, the citizen's names are not in it");
const ONCE: Rule = Rule::Time("a day; sealed under a key that only the caller has");
const FILE: Rule = Rule::Time("until it is imported or cancelled; retention.uploads_days");
const ASIDE: Rule = Rule::Time("a day after it was done, or its row is gone");
const SENT: Rule = Rule::Time("retention.messages_days after it was over");
const MEMBER: Rule =
    Rule::Staff("retention.audit_days after they last signed in; as long as a role is withdrawn from them");
const BY: Rule = Rule::Staff("whose work it is");
const TOWN: Rule = Rule::Nobody("of the town");

/// Each column that names or points at somebody, or could, and what erases it.
const RULES: &[(&str, &[&str], Rule)] = &[
    ("resident", RESIDENT, Rule::Person),
    ("parent_link", &["child_hash", "parent_hash"], Rule::Left),
    ("account", &["resident_id", "language"], Rule::Person),
    ("login", &["issuer", "subject", "resident_id"], Rule::Person),
    (
        "announcement_recipient",
        &["resident_id", "message_id", "street_key", "house_first", "house_number", "box"],
        Rule::Person,
    ),
    ("document", &["resident_id", "kind", "number_end", "fingerprint", "row_key", "letter_sent_on"], Rule::Left),
    ("reminder", &["document_id", "recipient_id", "message_id", "reason"], Rule::Left),
    ("message", MESSAGE, Rule::Left),
    (
        "unreached",
        &["resident_id", "dedupe_key", "language", "title", "body", "reason", "deep_link", "of_child"],
        Rule::Left,
    ),
    ("reach", &["resident_id", "source_id", "about", "language", "postcode", "outcome", "broadcast_id"], Rule::Left),
    ("reach_step", &["reach_id", "reason"], Rule::Left),
    ("call", &["reach_id", "resident_id", "closed_note"], Rule::Left),
    ("call", &["taken_by", "taken_by_id", "closed_by", "closed_by_id"], BY),
    ("call_try", &["reach_id"], Rule::Left),
    ("call_try", &["by_name", "by_id"], BY),
    ("push_delivery", &["message_id", "device_id", "resident_id", "request_id", "title", "language"], Rule::Left),
    ("device", &["installation_id", "resident_id", "session_id", "target_kind", "target", "state_reason"], Rule::Left),
    ("device", &["live_start_token"], Rule::Left),
    ("live_activity", &["ticket_id", "device_id", "resident_id", "token", "token_at", "number"], NUMBERS),
    ("push_preference", &["resident_id"], Rule::Left),
    ("push_mute", &["resident_id"], Rule::Left),
    ("badge", &["resident_id"], Rule::Left),
    ("topic_unfollowed", &["resident_id"], Rule::Left),
    ("waiting", &["resident_id", "persons", "appointment_id", "companions", "contact", "document_ids"], Rule::Left),
    ("people_list_member", &["resident_id"], Rule::Left),
    ("trial", &["resident_id", "code_hash"], Rule::Left),
    ("session", &["resident_id", "device_name", "installation_id", "end_reason"], Rule::Left),
    ("session", &["raised_from"], Rule::Nobody("a level")),
    ("refresh_token", &["token_hash", "session_id"], Rule::Left),
    (
        "letter",
        &[
            "resident_id",
            "reach_id",
            "batch_id",
            "reference",
            "sort_key",
            "language",
            "name",
            "street",
            "house_number",
            "box",
            "postcode",
            "town",
            "address_hash",
            "subject",
            "body",
            "returned_by",
        ],
        Rule::Left,
    ),
    ("letter_address", &["resident_id", "address_hash", "letter_id", "noted_by"], Rule::Left),
    ("letter_batch", &["number", "numbered", "made_by", "printed_by", "printed_before_by", "posted_by"], SENT),
    // The PDF of a part is gone with the first of whom it has a letter.
    ("letter_part", &["batch_id", "sha256"], SENT),
    ("letter_piece", &["batch_id", "number", "bytes"], SENT),
    ("proof", &["resident_id"], Rule::Left),
    ("passkey", &["resident_id", "credential_id", "public_key", "name"], Rule::Left),
    ("passkey_challenge", &["session_id", "challenge_hash"], Rule::Left),
    (
        "contact_settings",
        &["resident_id", "email", "email_confirmed_at", "email_dropped_at", "email_dropped_why"],
        Rule::Left,
    ),
    ("contact_settings", &["open_email", "announcements_by_email", "language"], Rule::Left),
    (
        "email_code",
        &["resident_id", "email", "code_hash"],
        Rule::Time("an hour after the code was good; with what they had"),
    ),
    ("mail_delivery", &["resident_id", "reach_id", "address", "language", "subject", "body"], Rule::Left),
    ("mail_delivery", &["unanswered"], Rule::Nobody("a count")),
    ("mail_channel", &["holder_id"], TOWN),
    (
        "mandate",
        &["grantor_id", "holder_id", "proof", "made_by", "made_by_id", "confirmed_by", "confirmed_by_id"],
        Rule::Left,
    ),
    (
        "deed",
        &["grantor_id", "proposer_id", "answerer_id", "mandate_id", "hold_id", "visit_id", "sequence"],
        Rule::Left,
    ),
    ("mandate_code", &["resident_id", "code_hash"], Rule::Left),
    ("mandate_look", &["holder_id", "grantor_id"], Rule::Left),
    ("parent_block", &["child_id", "parent_id", "reason", "blocked_by", "blocked_by_id"], Rule::Person),
    (
        "appointment",
        &[
            "resident_id",
            "visitor",
            "visitor_phone",
            "visitor_email",
            "visitor_birth_date",
            "visitor_version",
            "persons",
            "companions",
            "contact",
            "waiting_id",
            "made_by",
            "held_until",
            "subjects",
        ],
        VISITS,
    ),
    ("appointment_document", &["resident_id", "document_id", "appointment_id"], VISITS),
    ("desk_tick", &["appointment_id"], VISITS),
    ("to_ring", &["appointment_id", "rung_by", "rung_by_id"], VISITS),
    ("displaced", &["appointment_id", "closure_id"], Rule::Time("until its closing is over")),
    ("ticket", &["number", "appointment_id", "appointment_sequence", "resident_id", "name", "persons"], VISITS),
    ("sign_in", SIGN_INS, SIGN_IN),
    (
        "audit_entry",
        &[
            "actor_kind",
            "actor_id",
            "actor_name",
            "subject_id",
            "resident_id",
            "reason",
            "request_id",
            "part_of_id",
            "subject_name",
            "desk",
            "holder_id",
        ],
        AUDIT,
    ),
    ("kept_answer", &["key_hash", "request_hash", "answer"], ONCE),
    ("import_seen", &["row_key"], Rule::Time("with its import; a week after it began, where that was killed")),
    ("upload", &["subject", "sent_by"], FILE),
    ("upload_part", &["number", "bytes"], FILE),
    ("set_aside", &["item", "reason"], ASIDE),
    (
        "announcement",
        &[
            "texts",
            "link",
            "audience",
            "author_id",
            "author",
            "approver",
            "stopped_by",
            "cursor_id",
            "search_key",
            "title_on_lock_screen",
            "reach",
        ],
        SENT,
    ),
    ("announcement", &["by_phone"], Rule::Nobody("a count")),
    ("announcement_image", &["bytes"], SENT),
    ("people_list", &["name", "made_by"], SENT),
    ("trial", &["staff_id"], MEMBER),
    ("staff_member", &["issuer", "subject", "name"], MEMBER),
    ("staff_role", &["member_id"], MEMBER),
    ("staff_session", &["token_hash", "member_id", "browser"], Rule::Time("retention.sessions_days")),
    ("staff_sign_in", STAFF_SIGN_INS, SIGN_IN),
    ("machine_key", &["name", "key_hash", "made_by"], BY),
    ("saved_audience", &["name", "audience", "saved_by", "saved_by_id"], BY),
    (
        "announcement_template",
        &["name", "name_key", "texts", "link", "audience", "title_on_lock_screen", "reach", "saved_by", "saved_by_id"],
        BY,
    ),
    ("location_closure", &["reasons", "made_by"], BY),
    (
        "answer",
        &["line"],
        Rule::Nobody("an answer has an id of its own; nothing leads from it to a visit or to who gave it"),
    ),
    ("location", &["names", "address", "accessibility", "latitude", "longitude", "readdressed"], TOWN),
    ("location_hours", &["number"], TOWN),
    ("location_exception", &["number"], TOWN),
    ("desk", &["name"], TOWN),
    ("plan_version", &["plan_id", "plan", "member_id", "saved_by"], Rule::Time("400 days after it was saved")),
    ("desk_clerk", &["member_id", "name"], Rule::Time("two days after they signed on")),
    ("desk_absence", &["number"], TOWN),
    ("service", &["names", "explanations", "bring", "minutes_a_person_more", "most_persons", "document_kinds"], TOWN),
    ("next_free", &["persons"], TOWN),
    ("ticket_number", &["last"], TOWN),
    ("municipality", &["key"], TOWN),
    ("number_key", &["fingerprint"], TOWN),
    ("import_run", &["subject"], TOWN),
    ("channel", &["reason", "holder_id", "held_until"], TOWN),
];
const RESIDENT: &[&str] = &[
    "number_hash",
    "key_version",
    "family_name",
    "given_names",
    "birth_date",
    "language",
    "street",
    "house_number",
    "box",
    "postcode",
    "town",
    "latitude",
    "longitude",
    "country",
    "register_key",
    "hidden",
    "household",
    "fingerprint",
    "street_key",
    "house_first",
    "house_last",
];
const MESSAGE: &[&str] =
    &["resident_id", "dedupe_key", "title", "body", "deep_link", "action_label", "action_link", "of_child"];
const SIGN_INS: &[&str] = &[
    "state_hash",
    "nonce",
    "provider_verifier",
    "app_challenge",
    "device_name",
    "installation_id",
    "language",
    "resident_id",
    "code_hash",
    "traded_session_id",
    "raises_session_id",
];
const STAFF_SIGN_INS: &[&str] = &[
    "state_hash",
    "nonce",
    "provider_verifier",
    "browser_hash",
    "challenge",
    "member_id",
    "code_hash",
    "traded_session_id",
];

/// Words in the name of a column that could name or point at somebody.
const WORDS: &[&str] = &[
    "account",
    "action",
    "actor",
    "address",
    "answer",
    "approver",
    "author",
    "birth",
    "body",
    "born",
    "box",
    "browser",
    "challenge",
    "child",
    "code_hash",
    "companion",
    "contact",
    "device",
    "document",
    "fingerprint",
    "given",
    "hash",
    "holder",
    "house",
    "household",
    "installation",
    "issuer",
    "item",
    "key",
    "language",
    "latitude",
    "line",
    "link",
    "longitude",
    "mail",
    "member",
    "message",
    "name",
    "nonce",
    "number",
    "parent",
    "person",
    "phone",
    "postcode",
    "reason",
    "recipient",
    "resident",
    "session",
    "staff",
    "street",
    "subject",
    "target",
    "text",
    "title",
    "token",
    "town",
    "verifier",
    "visitor",
];
/// Ids of what is no person's.
const IDS: &[&str] = &[
    "municipality_id",
    "location_id",
    "service_id",
    "desk_id",
    "channel_id",
    "announcement_id",
    "list_id",
    "image_id",
    "corrects_id",
    "run_id",
    "upload_id",
    "rotated_to_id",
    "holder_id",
];

/// Each table with its columns and their types.
async fn schema(world: &World) -> BTreeMap<String, Vec<(String, String)>> {
    let rows: Vec<(String, String, String)> = if world.database.starts_with("sqlite") {
        read(
            world,
            "select m.name, c.name, c.type from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like '\\_%' escape '\\' and m.name not like 'sqlite%'",
        )
        .await
    } else {
        read(
            world,
            "select cast(table_name as text), cast(column_name as text), cast(data_type as text)
             from information_schema.columns where table_schema = 'public' and table_name not like '\\_%'",
        )
        .await
    };
    let mut all: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (table, column, kind) in rows {
        all.entry(table).or_default().push((column, kind.to_lowercase()));
    }
    all
}

async fn read(world: &World, sql: &'static str) -> Vec<(String, String, String)> {
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_as(sql).fetch_all(c).await).unwrap()
}

async fn every_column_that_names_or_points_at_somebody_has_a_rule(world: World) {
    let schema = schema(&world).await;
    assert!(schema.len() > 40);
    let ruled = |table: &str, column: &str| {
        RULES.iter().filter(|(t, columns, _)| *t == table && columns.contains(&column)).count()
    };
    let mut faults = Vec::new();
    for (table, columns) in &schema {
        for (column, kind) in columns {
            let points = column.ends_with("_id") && !IDS.contains(&column.as_str());
            let holds = kind.contains("json") || kind.contains("byte") || kind.contains("blob");
            let names = column.ends_with("_by") && !column.starts_with("came")
                || WORDS.iter().any(|word| column.contains(word)) && !IDS.contains(&column.as_str());
            match ruled(table, column) {
                0 if points || holds || names => faults.push(format!("{table}.{column} has no rule")),
                0 | 1 => (),
                _ => faults.push(format!("{table}.{column} has two rules")),
            }
        }
    }
    for (table, columns, _) in RULES {
        for column in *columns {
            let there = schema.get(*table).is_some_and(|known| known.iter().any(|(c, _)| c == column));
            if !there {
                faults.push(format!("{table}.{column} is not there"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every row of every table as text, in which ids stand as they are in this engine.
async fn rows(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, columns) in schema(world).await {
        let sqlite = world.database.starts_with("sqlite");
        let sql = if sqlite {
            let quoted: Vec<_> = columns.iter().map(|(c, _)| format!("quote(\"{c}\")")).collect();
            format!("select {} from \"{table}\"", quoted.join(" || ' ' || "))
        } else {
            format!("select cast(row_to_json(t) as text) from \"{table}\" t")
        };
        let mut r = world.instance.app.db.read().await.unwrap();
        let rows: Vec<String> =
            thuisloket::with_conn!(r, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(c).await).unwrap();
        all.insert(table, rows.into_iter().map(|row| row.to_lowercase()).collect());
    }
    all
}

/// The tables in which any of these words stands.
async fn tables_with(world: &World, words: &BTreeSet<String>) -> BTreeSet<String> {
    let found = |rows: &[String]| rows.iter().any(|row| words.iter().any(|word| row.contains(word)));
    rows(world).await.into_iter().filter(|(_, rows)| found(rows)).map(|(table, _)| table).collect()
}

/// As an id is written in either engine.
fn ways(id: Uuid) -> [String; 2] {
    [id.to_string(), id.simple().to_string()]
}

async fn id_of(world: &World, given: &str) -> ResidentId {
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from resident where given_names = $1").bind(given)
        .fetch_one(c).await)
    .unwrap()
}

/// The ids of what is somebody's, and what else leads to them.
async fn theirs(world: &World, who: &Somebody) -> BTreeSet<String> {
    let id = id_of(world, &who.given).await;
    let mut all = BTreeSet::from([who.given.to_lowercase(), who.family.to_lowercase(), who.number.clone()]);
    all.extend(ways(id.0));
    let mut r = world.instance.app.db.read().await.unwrap();
    for sql in [
        "select id from document where resident_id = $1",
        "select id from message where resident_id = $1",
        "select id from reach where resident_id = $1",
        "select id from session where resident_id = $1",
        "select id from device where resident_id = $1",
        "select installation_id from device where resident_id = $1",
        "select id from waiting where resident_id = $1",
        "select id from appointment where resident_id = $1",
        "select id from ticket where resident_id = $1",
    ] {
        let ids: Vec<Uuid> =
            thuisloket::with_conn!(r, c => sqlx::query_scalar(sql).bind(id).fetch_all(c).await).unwrap();
        assert!(!ids.is_empty(), "{sql}");
        all.extend(ids.into_iter().flat_map(ways));
    }
    for sql in [
        "select number_hash from resident where id = $1",
        "select subject from login where resident_id = $1",
        "select target from device where resident_id = $1",
        "select row_key from document where resident_id = $1",
    ] {
        let texts: Vec<String> =
            thuisloket::with_conn!(r, c => sqlx::query_scalar(sql).bind(id).fetch_all(c).await).unwrap();
        assert!(!texts.is_empty(), "{sql}");
        all.extend(texts.into_iter().map(|text| text.to_lowercase()));
    }
    all
}

fn tables(rule: impl Fn(Rule) -> bool) -> BTreeSet<String> {
    RULES.iter().filter(|(.., r)| rule(*r)).map(|(table, ..)| (*table).to_owned()).collect()
}

fn access(phone: &Phone) -> String {
    phone.tokens.clone().unwrap().access
}

async fn ok(world: &World, method: &str, path: &str, token: &str, body: &Value) -> Value {
    let (status, answer) = if body.is_null() {
        world.raw(method, path, Some(token), None).await
    } else {
        world.json(method, path, Some(token), body).await
    };
    assert_eq!(status, 200, "{method} {path}: {answer}");
    answer
}

fn card(of: &Somebody) -> Paper {
    paper(of, "eid", "2017-03-31", "2027-03-31")
}

/// What there is of mandates: one, a code for another, a look at a child's documents, and a parent who is blocked.
async fn who_may_do_what(world: &World, family: [&Somebody; 3], (token, clerk): (&str, &str)) {
    let mut ids = Vec::new();
    for one in family {
        ids.push(id_of(world, &one.given).await);
    }
    let [parent, who, child] = ids[..] else { panic!("three") };
    mandates::planted(world, who.0).await;
    deeds::planted(world, who.0).await;
    ok(world, "POST", "/v1/mandates/code", token, &Value::Null).await;
    let (status, seen) = mandates::acting(world, ("GET", "/v1/documents"), token, child.0, None).await;
    assert_eq!(status, 200, "{seen}");
    let block = json!({ "why": "court", "reason": "request" });
    ok(world, "PUT", &format!("/staff/v1/residents/{who}/parents/{parent}/block"), clerk, &block).await;
}

/// Somebody who uses everything that there is, with a parent and a child.
async fn somebody_who_uses_it_all(world: &World) -> [Somebody; 3] {
    let mut parent = somebody("Godelieve", "1950-02-02");
    "Vandersteen".clone_into(&mut parent.family);
    let mut who = somebody("Zefyrien", "1985-05-05").child_of(&[&parent]);
    "Quaghebeur".clone_into(&mut who.family);
    let child = somebody("Kobe", "2019-04-04").child_of(&[&who]);
    world.people(&[&parent, &who, &child]).await;
    hall(world, 1).await;
    let clerk = world.staff("Karel", &["Loket:0207509031"]).await;
    // Before they have the app, they are told nothing of a visit that staff book and cancel.
    let sought = json!({ "national_number": who.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &sought).await;
    let wish = json!({
        "resident_id": found[0]["id"], "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-01T10:20:00Z",
        "persons": 1, "reason": "telephone",
    });
    let visit = ok(world, "POST", "/staff/v1/appointments", &clerk, &wish).await;
    let path = format!("/staff/v1/appointments/{}?reason=telephone", visit["id"].as_str().unwrap());
    ok(world, "DELETE", &path, &clerk, &Value::Null).await;
    let call = calls::planted(world, "deinze", found[0]["id"].as_str().unwrap()).await;
    ok(world, "POST", &format!("/staff/v1/calls/{call}/tries"), &clerk, &json!({ "result": "no_answer" })).await;
    let mut phone = world.phone(&who, true).await;
    let token = access(&phone);

    let chosen = json!({ "language": "nl", "quiet_from": 1260, "quiet_until": 480, "muted": ["queue"] });
    ok(world, "PUT", "/v1/preferences", &token, &chosen).await;
    ok(world, "PUT", "/v1/topics", &token, &json!({ "topics": ["waste"] })).await;
    planted(world, &phone, "Sleutel van Zefyrien").await;
    confirmed(world, &token, "zefyrien@quaghebeur.example").await;
    crate::letters::planted(world, &id_of(world, &who.given).await.to_string()).await;
    who_may_do_what(world, [&parent, &who, &child], (&token, &clerk)).await;
    world.papers(&[card(&who), paper(&child, "kids_id", "2024-03-31", "2027-03-31")]).await;
    sent(world, 1, &draft("Water")).await;

    let (writer, _) = staff(world).await;
    let list = format!("/staff/v1/people-lists/{}?name=Markt", Uuid::from_u128(5));
    let file = ("application/octet-stream", who.number.clone().into_bytes());
    assert_eq!(world.raw("PUT", &list, Some(&writer), Some(file)).await.0, 200);
    let code = ok(world, "POST", "/staff/v1/me/trial-phone", &writer, &Value::Null).await["code"].clone();
    ok(world, "PUT", "/v1/trial", &token, &json!({ "code": code })).await;

    let (status, visit) = book(world, &token, "2027-03-01T10:00:00Z", false).await;
    assert_eq!(status, 200, "{visit}");
    ok(world, "GET", &format!("/staff/v1/agenda?location_id={PLACE}&day=2027-03-01"), &clerk, &Value::Null).await;
    check_in(world, &token, &visit, here()).await;
    serve(world, &clerk, 1, 3).await;
    let ticket = tickets(world, &token).await[0]["id"].as_str().unwrap().to_owned();
    let said = json!({ "score": 5, "line": "Vriendelijk." });
    ok(world, "POST", &format!("/v1/tickets/{ticket}/answer"), &token, &said).await;
    let wish = json!({ "service_id": SERVICE, "weekdays": [7], "until_on": "2027-03-20" });
    ok(world, "POST", "/v1/waiting", &token, &wish).await;
    world.days(1).await;
    phone.receive_all().await;
    // A step of each message that goes on.
    let step = "insert into reach_step (municipality_id, reach_id, step, state, at)
                select municipality_id, id, 'letter', 'skipped', created_at from reach where true on conflict do nothing";
    run(world, step, step).await;
    [parent, who, child]
}

async fn nothing_of_who_left_is_left_anywhere(world: World) {
    let [parent, who, child] = somebody_who_uses_it_all(&world).await;
    let words = theirs(&world, &who).await;
    let before = tables_with(&world, &words).await;
    for table in tables(|rule| matches!(rule, Rule::Left | Rule::Person)) {
        assert!(before.contains(&table), "nothing of theirs is in {table}, so nothing shows that it is erased");
    }
    world.at("2027-03-05 10:00");
    let gone = who.clone().state("departed", "2027-03-05");
    world.people(&[&gone]).await;
    world.instance.housekeeping().await.unwrap();

    // Eighty-nine days later all is there but for what has a time of its own.
    world.at("2027-06-02 10:00");
    world.instance.housekeeping().await.unwrap();
    let kept = tables_with(&world, &words).await;
    for table in tables(|rule| matches!(rule, Rule::Left | Rule::Person)) {
        assert!(kept.contains(&table), "{table} was erased too early");
    }

    // Ninety days: what they had is gone, and who they are is there.
    world.at("2027-06-03 10:00");
    world.instance.housekeeping().await.unwrap();
    let left = tables_with(&world, &words).await;
    let may: BTreeSet<String> = tables(|rule| rule == Rule::Person)
        .into_iter()
        .chain(["appointment", "appointment_document", "desk_tick", "ticket", "audit_entry"].map(String::from))
        .collect();
    assert_eq!(left, may);
    // What others have of them is theirs: the child's document, the parent in the register.
    assert_eq!(world.figure("select count(*) from document").await, 1);
    assert_eq!(world.figure("select count(*) from resident").await, 3);
    let lines = world.texts("select reason from audit_entry where act = 'people_erased'").await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    for told in ["documents 1", "links 2", "messages ", "devices 1", "sessions ", "settings ", "reminders ", "pushes "]
    {
        assert!(lines[0].contains(told), "{told}: {lines:?}");
    }
    // Imported again, nothing of it is back; and nothing is erased a second time.
    world.people(&[&parent, &gone, &child]).await;
    world.papers(&[card(&who)]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(tables_with(&world, &words).await, may);
    assert_eq!(world.texts("select reason from audit_entry where act = 'people_erased'").await.len(), 1);

    // Four hundred days: the visit, and then the person.
    world.at("2028-04-07 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from resident").await, 3);
    world.at("2028-04-08 10:00");
    world.instance.housekeeping().await.unwrap();
    let left = tables_with(&world, &words).await;
    assert_eq!(left, BTreeSet::from(["audit_entry".to_owned()]), "ids that lead nowhere, until the trail forgets them");
    let names = BTreeSet::from([who.given.to_lowercase(), who.family.to_lowercase()]);
    assert_eq!(tables_with(&world, &names).await, BTreeSet::new());
    assert_eq!(world.figure("select count(*) from resident").await, 2);
    if let Some(file) = world.database.strip_prefix("sqlite:") {
        // Nor in what the file holds of rows that are gone, once its log is written back.
        run(&world, "pragma wal_checkpoint(truncate)", "").await;
        let bytes = std::fs::read(file).unwrap();
        for name in [&who.given, &who.family] {
            assert!(!bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name} stands in the file");
        }
    }
    // The next file is of nobody we kept.
    let outcome = world.people(&[&gone]).await;
    assert_eq!((outcome.added, outcome.wrong, outcome.unchanged), (0, 0, 1));
    // An administrator reads how much it was.
    let auditor = world.staff("Ria", &["Toezicht:0207509031"]).await;
    let (status, trail) = world.get("/staff/v1/audit", &auditor).await;
    assert_eq!(status, 200, "{trail}");
    let told: Vec<&Value> =
        trail["entries"].as_array().unwrap().iter().filter(|e| e["act"] == "people_erased").collect();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["actor_name"], told[0].get("resident_id")), (&json!("Thuisloket"), None));
    assert!(
        told[0]["reason"].as_str().unwrap().contains("accounts 1, announcements told 1, blocks 1, logins 1, people 1"),
        "{told:?}"
    );

    world.at("2029-07-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(tables_with(&world, &words).await, BTreeSet::new());
}

async fn people_of(world: &World, given: &'static str) -> i64 {
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_scalar("select count(*) from resident where given_names = $1").bind(given)
        .fetch_one(c).await)
    .unwrap()
}

async fn documents(world: &World) -> i64 {
    world.figure("select count(*) from document").await
}

async fn who_is_back_in_time_keeps_everything_and_the_time_begins_anew(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"));
    world.people(&[&anna, &luc]).await;
    world.papers(&[card(&anna)]).await;
    // Who will leave is here until then.
    world.people(&[&anna.clone().state("departed", "2027-04-01")]).await;
    world.at("2027-03-31 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from resident where left_at is not null").await, 0);
    world.at("2027-06-29 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(
        (documents(&world).await, world.figure("select count(*) from resident where left_at is not null").await),
        (1, 1)
    );
    // Back on the last day, and gone again a while later.
    world.people(&[&anna.clone().state("active", "")]).await;
    world.at("2027-08-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(
        (documents(&world).await, world.figure("select count(*) from resident where left_at is not null").await),
        (1, 0)
    );
    world.people(&[&anna.clone().state("departed", "2027-08-01")]).await;
    world.at("2027-10-29 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(documents(&world).await, 1);
    // A row that changes in what does not matter does not begin the time anew; another day does.
    let mut other = anna.clone().state("departed", "2027-08-01");
    other.language = "fr".to_owned();
    world.people(&[&other]).await;
    world.at("2027-10-30 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!((documents(&world).await, people_of(&world, "Anna").await), (0, 1));
    world.people(&[&anna.clone().state("deceased", "2027-10-01")]).await;
    world.at("2028-10-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(people_of(&world, "Anna").await, 1);
    world.at("2028-11-04 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!((people_of(&world, "Anna").await, people_of(&world, "Luc").await), (0, 1));
    // Who moves in again is new.
    assert_eq!(world.people(&[&anna]).await.added, 1);
    world.papers(&[card(&anna)]).await;
    assert_eq!(documents(&world).await, 1);
}

/// The register says that somebody is back in the moment in which they are to be erased: who was looked up before is looked at
/// again.
async fn who_is_back_while_they_are_erased_keeps_everything(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[card(&anna)]).await;
    world.people(&[&anna.clone().state("departed", "2027-03-01")]).await;
    world.instance.housekeeping().await.unwrap();
    for (at, left) in [("2027-07-01 10:00", 1), ("2029-07-01 10:00", 1)] {
        world.at(at);
        let app = world.instance.app.clone();
        let mut w = app.db.write().await.unwrap();
        let back = "update resident set state = 'active', left_at = null, emptied_at = null";
        thuisloket::with_conn!(w, c => sqlx::query(back).execute(c).await.map(|_| ())).unwrap();
        let keeps = tokio::spawn(async move { thuisloket::keeping::work::step(&app).await });
        // Time enough to look, and to wait for who writes: in whichever order, nothing may be erased.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        w.commit().await.unwrap();
        keeps.await.unwrap().unwrap();
        assert_eq!((documents(&world).await, people_of(&world, "Anna").await), (left, 1));
        run(
            &world,
            "update resident set state = 'departed', left_at = '2027-03-01T00:00:00+00:00', emptied_at = '2029-06-30T00:00:00+00:00'",
            "update resident set state = 'departed', left_at = '2027-03-01T00:00:00Z', emptied_at = '2029-06-30T00:00:00Z'",
        )
        .await;
    }
    thuisloket::keeping::work::step(&world.instance.app).await.unwrap();
    assert_eq!((documents(&world).await, people_of(&world, "Anna").await), (0, 0));
}

async fn who_is_retired_by_a_snapshot_is_erased_as_well(world: World) {
    let people = many(60);
    let csv = |n: usize| people_csv(&people[..n].iter().collect::<Vec<_>>());
    world.residents_file("deinze", csv(60), true).await.unwrap();
    world.papers(&[card(&people[58]), card(&people[59])]).await;
    assert_eq!(world.residents_file("deinze", csv(58), true).await.unwrap().retired, 2);
    world.instance.housekeeping().await.unwrap();
    // One of them was forgotten by mistake.
    world.at("2027-05-01 10:00");
    assert_eq!(world.residents_file("deinze", csv(59), true).await.unwrap().changed, 1);
    world.at("2027-06-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(documents(&world).await, 1);
    assert_eq!(world.figure("select count(*) from resident").await, 60);
    world.at("2028-06-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from resident").await, 59);
    assert_eq!(documents(&world).await, 1);
}

/// A register that tells of everybody who ever left tells of nobody anew.
async fn what_was_erased_does_not_come_in_again_with_the_next_file(world: World) {
    let (anna, luc, old) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01"), somebody("Gust", "1930-01-01"));
    let child = somebody("Emma", "2019-01-01").child_of(&[&anna]);
    let file = [
        &anna.clone().state("departed", "2027-03-01"),
        &luc.clone().state("deceased", "00/00/2027"),
        &old.clone().state("departed", "2015-03-01"),
        &child,
    ];
    world.people(&[&anna, &luc, &child]).await;
    world.papers(&[card(&anna)]).await;
    let links = "select count(*) from parent_link where ended_at is null";
    assert_eq!(world.figure(links).await, 1);
    for (at, people, linked) in [("2027-03-01 12:00", 3, 1), ("2027-06-01 10:00", 3, 0), ("2028-04-20 10:00", 1, 0)] {
        world.at(at);
        for _ in 0..2 {
            world.people(&file).await;
            world.instance.housekeeping().await.unwrap();
            assert_eq!(world.figure("select count(*) from resident").await, people, "{at}");
        }
        assert!(linked == 1 || people_of(&world, "Gust").await == 0);
        if people == 3 {
            world.papers(&[card(&anna)]).await;
            assert_eq!((documents(&world).await, world.figure(links).await), (linked, linked), "{at}");
        }
    }
    // Who is in the file again as somebody who lives here is here again.
    world.people(&[&anna, &child]).await;
    assert_eq!((world.figure("select count(*) from resident").await, world.figure(links).await), (2, 1));
}

/// What their heirs booked is kept as long as any visit, and the person with it.
async fn who_has_a_visit_is_kept_with_it(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let (_, clerk) = hall(&world, 1).await;
    let phone = world.phone(&anna, true).await;
    let (status, visit) = book(&world, &access(&phone), "2027-03-15T09:00:00Z", false).await;
    assert_eq!(status, 200, "{visit}");
    world.people(&[&anna.clone().state("deceased", "2027-03-01")]).await;
    // Of 1 March four hundred days are over on 4 April, of 15 March on the eighteenth.
    for (at, people) in [("2028-04-06 10:00", 1), ("2028-04-17 09:00", 1), ("2028-04-18 13:00", 0)] {
        world.at(at);
        world.instance.housekeeping().await.unwrap();
        let found = (people_of(&world, "Anna").await, world.figure("select count(*) from appointment").await);
        assert_eq!(found, (people, people), "{at}");
    }
    drop(clerk);
}

async fn one_person_who_cannot_be_erased_stops_no_other(world: World) {
    let people: Vec<_> = (1..=30)
        .map(|n| somebody(&format!("Iemand{n}"), &format!("1980-01-{n:02}")).state("departed", "2027-02-20"))
        .collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let papers: Vec<_> = people.iter().map(card).collect();
    world.papers(&papers).await;
    run(
        &world,
        "create trigger poison before delete on document
            when old.resident_id = (select id from resident where given_names = 'Iemand5')
            begin select raise(abort, 'one bad row'); end",
        "create function poison() returns trigger language plpgsql as $$ begin
            if old.resident_id = (select id from resident where given_names = 'Iemand5') then
                raise exception 'one bad row'; end if; return old; end $$;
         create trigger poison before delete on document for each row execute function poison()",
    )
    .await;
    world.instance.housekeeping().await.unwrap();
    world.at("2027-06-01 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(documents(&world).await, 1);
    assert_eq!(world.texts("select worker from set_aside").await, ["keeping"]);
    run(&world, "drop trigger poison", "drop trigger poison on document").await;
    world.at("2027-06-01 11:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(documents(&world).await, 0);
}

/// Taken out of the configuration, a town's data are not kept for ever.
async fn a_town_that_is_served_no_more_forgets_as_well(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    hall(&world, 1).await;
    let phone = world.phone(&anna, true).await;
    assert_eq!(book(&world, &access(&phone), "2027-03-15T09:00:00Z", false).await.0, 200);
    world.people(&[&anna.clone().state("departed", "2027-03-01")]).await;
    let mut config = (*world.instance.app.config).clone();
    config.municipalities.remove("deinze");
    let without = thuisloket::app::Server::open(config, world.clock.clone(), thuisloket::platform::ids::Ids::seeded(3))
        .await
        .unwrap();
    world.at("2028-06-01 10:00");
    // Noted when it is gone, and emptied and erased when its time has come.
    without.housekeeping().await.unwrap();
    world.at("2029-10-01 10:00");
    without.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from appointment").await, 0);
    assert_eq!(world.figure("select count(*) from resident").await, 0);
    assert_eq!(world.figure("select count(*) from account").await, 0);
}

async fn a_look_at_the_agenda_is_told_once_and_for_what_it_is(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1960-01-01").speaks("fr"));
    world.people(&[&anna, &luc]).await;
    let (planner, clerk) = hall(&world, 1).await;
    let mut service = service();
    (service["version"], service["most_open"]) = (json!(1), json!(5));
    ok(&world, "PUT", &format!("/staff/v1/services/{SERVICE}"), &planner, &service).await;
    let (mut hers, mut his) = (world.phone(&anna, true).await, world.phone(&luc, false).await);
    for (phone, at) in [
        (&hers, "2027-03-02T08:00:00Z"),
        (&hers, "2027-03-02T10:00:00Z"),
        (&hers, "2027-03-03T10:00:00Z"),
        (&his, "2027-03-02T09:00:00Z"),
    ] {
        let (status, visit) = book(&world, &access(phone), at, false).await;
        assert_eq!(status, 200, "{visit}");
    }
    let look = async |who: &str, day: &str| {
        let path = format!("/staff/v1/agenda?location_id={PLACE}&day={day}");
        let shown = ok(&world, "GET", &path, who, &Value::Null).await;
        shown.as_array().unwrap().len()
    };
    // The page loads itself again, and two tabs at once.
    for _ in 0..3 {
        assert_eq!(look(&clerk, "2027-03-02").await, 3);
        let (a, b) = tokio::join!(look(&clerk, "2027-03-02"), look(&clerk, "2027-03-02"));
        assert_eq!((a, b), (3, 3));
        world.clock.advance(chrono::Duration::minutes(2));
    }
    let told = async |phone: &mut Phone| {
        phone.refresh().await.unwrap();
        let all = phone.audit().await.unwrap();
        all.into_iter().map(|e| (e.what, e.why.unwrap_or_default())).collect::<Vec<_>>()
    };
    let why = "Voor de lijst met de afspraken van een dag.";
    let line = ("Een medewerker van Deinze bekeek je afspraak.".to_owned(), why.to_owned());
    assert_eq!(told(&mut hers).await, std::slice::from_ref(&line));
    assert_eq!(told(&mut his).await[0].1, "Pour la liste des rendez-vous d’une journée.");
    // Another day's visit, another colleague, and the same list on the next day, are other looks.
    look(&clerk, "2027-03-03").await;
    assert_eq!(told(&mut hers).await.len(), 2);
    world.clock.advance(chrono::Duration::minutes(1));
    let colleague = world.staff("Els", &["Loket:0207509031"]).await;
    look(&colleague, "2027-03-02").await;
    look(&colleague, "2027-03-02").await;
    assert_eq!((told(&mut hers).await.len(), told(&mut his).await.len()), (3, 2));
    world.at("2027-03-02 08:00");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    look(&clerk, "2027-03-02").await;
    look(&clerk, "2027-03-02").await;
    assert_eq!((told(&mut hers).await.len(), told(&mut his).await.len()), (4, 3));
    // An agenda on which only visitors are, who are in no register, is a look as well: one a day.
    let visit = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-04T09:00:00Z", "persons": 1,
        "visitor": "mevrouw Zonnebloem", "reason": "telephone",
    });
    world.clock.advance(chrono::Duration::minutes(1));
    ok(&world, "POST", "/staff/v1/appointments", &clerk, &visit).await;
    let third = world.staff("Jan", &["Loket:0207509031"]).await;
    look(&third, "2027-03-04").await;
    look(&third, "2027-03-04").await;
    // Whoever watches over the staff has a line for each look, with where and of how many.
    let auditor = world.staff("Ria", &["Toezicht:0207509031"]).await;
    let (_, looks) = world.get("/staff/v1/audit?act=visit_read", &auditor).await;
    let line = |e: &Value| (e["subject_kind"].clone(), e["people"].clone());
    let lines: Vec<_> = looks["entries"].as_array().unwrap().iter().map(line).collect();
    assert_eq!(lines, [1, 2, 2, 1, 2].map(|people| (json!("location"), json!(people))), "{looks}");
    // And which visit it was, in the trail of the one whose it is.
    assert_eq!(
        world.figure("select count(*) from audit_entry where reason = 'agenda' and subject_id is null").await,
        0
    );
}

/// Two years after they last signed in; but a role that was taken from somebody is not theirs again because time went by.
async fn a_colleague_who_is_none_any_more_is_erased(world: World) {
    let boss = world.staff("Bea Baas", &["Beheer:0207509031"]).await;
    world.staff("Rik Redacteur", &["Redactie:0207509031"]).await;
    world.staff("Els Peeters", &["Loket:0207509031"]).await;
    let (_, members) = world.get("/staff/v1/members", &boss).await;
    let els = members.as_array().unwrap().iter().find(|m| m["name"] == "Els Peeters").unwrap()["id"].clone();
    let role = format!("/staff/v1/members/{}/roles/counter", els.as_str().unwrap());
    assert_eq!(world.raw("DELETE", &role, Some(&boss), None).await.0, 200);
    world.at("2028-06-01 10:00");
    world.staff("Bea Baas", &["Beheer:0207509031"]).await;
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from staff_member").await, 3);
    world.at("2029-03-02 10:00");
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.texts("select name from staff_member order by name").await, ["Bea Baas", "Els Peeters"]);
}
