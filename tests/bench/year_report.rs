//! What became of what was promised in the year, and whether all of it is accounted for.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use thuisloket::with_conn;
use uuid::Uuid;

use crate::{
    Year, common,
    year_town::{self, Trait},
};

/// Answers of the relay that are lost, at each of two times.
pub const CUT: usize = 2;
/// How long something may be under way: a letter waits for two weeks, a call for sixty days, and each is believed after weeks.
const UNDER_WAY: Duration = Duration::days(120);
/// How long a push or an e-mail may wait.
const ON_ITS_WAY: Duration = Duration::days(10);
/// How soon after each other two letters of one subject are the same letter.
const SAME_LETTER: Duration = Duration::days(5);
/// From how many residents on each channel fails for somebody.
const PROVES: u64 = 5_000;

/// What must be none in the end, and how that is counted.
const NEVER: &[(&str, &str)] = &[
    (
        "a message without an end that nobody looks at again",
        "select count(*) from reach where (state = 'done') <> (outcome is not null) or (state = 'open') <> (next_at is not null)",
    ),
    (
        "a message that went out twice by e-mail",
        "select count(*) from (select reach_id from mail_delivery where reach_id is not null group by reach_id having count(*) > 1) t",
    ),
    (
        "a message told twice on the telephone",
        "select count(*) from (select reach_id from call_try where result = 'reached' group by municipality_id, reach_id
             having count(*) > 1) t",
    ),
    (
        "a letter to an address that is hidden",
        "select count(*) from letter l join resident r on r.municipality_id = l.municipality_id and r.id = l.resident_id
         where r.hidden = true",
    ),
    (
        "an e-mail to who wants nothing digital",
        "select count(*) from mail_delivery d
         join contact_settings s on s.municipality_id = d.municipality_id and s.resident_id = d.resident_id
         where s.never_digital = true and d.sent_at > s.changed_at",
    ),
    ("work that was set aside", "select count(*) from set_aside"),
];

async fn figure(year: &Year, sql: &'static str) -> i64 {
    let mut r = year.place.instance.app.db.read().await.unwrap();
    with_conn!(r, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

/// The same of what is older than an instant.
async fn before(year: &Year, sql: &'static str, at: DateTime<Utc>) -> i64 {
    let mut r = year.place.instance.app.db.read().await.unwrap();
    with_conn!(r, c => sqlx::query_scalar(sql).bind(at).fetch_one(c).await).unwrap()
}

/// Numbers by name.
async fn counted(year: &Year, sql: &'static str) -> Vec<(String, i64)> {
    let mut r = year.place.instance.app.db.read().await.unwrap();
    with_conn!(r, c => sqlx::query_as(sql).fetch_all(c).await).unwrap()
}

fn table(title: &str, rows: &[(String, i64)]) -> i64 {
    let sum: i64 = rows.iter().map(|(_, n)| n).sum();
    println!("\n{title}: {sum}");
    for (name, n) in rows {
        println!("  {n:>9}  {name}");
    }
    sum
}

/// Prints what became of everything, and counts what is wrong.
pub async fn tell(year: &Year, database: &str, seconds: f64) -> usize {
    let now = year.now();
    let mut faults: Vec<String> = Vec::new();
    println!("\n== A year on {database}: {} residents, {seconds:.0} s ==", year.people);

    // Each row is a message that was promised: it has one name, and together they are all.
    let followed = counted(
        year,
        "select coalesce(outcome, case when waits_for is null then 'under way' else 'under way: ' || waits_for end) as name, count(*) as n
         from reach group by coalesce(outcome, case when waits_for is null then 'under way' else 'under way: ' || waits_for end) order by 1",
    )
    .await;
    let sum = table("Messages that ask for something, and where each ended", &followed);
    let all = figure(year, "select count(*) from reach").await;
    if sum != all || all == 0 {
        faults.push(format!("{all} messages were promised, and {sum} are accounted for"));
    }
    table("By plan", &counted(year, "select plan, count(*) as n from reach group by plan order by 1").await);
    table(
        "Steps after inbox and push",
        &counted(
            year,
            "select step || ' ' || state || coalesce(' ' || reason, '') as name, count(*) as n from reach_step
             group by step || ' ' || state || coalesce(' ' || reason, '') order by 1",
        )
        .await,
    );
    let told = counted(year, "select how, count(*) as n from announcement_recipient group by how order by 1").await;
    let sum = table("Announcements, to each who lives here", &told);
    let expected = i64::try_from(year.people).unwrap() * i64::from(year.announcements);
    if sum != expected {
        faults.push(format!("announcements were for {expected}, and {sum} are accounted for"));
    }
    table(
        "Pushes",
        &counted(
            year,
            "select purpose || ' ' || coalesce(outcome, state) as name, count(*) as n from push_delivery
             group by purpose || ' ' || coalesce(outcome, state) order by 1",
        )
        .await,
    );
    table(
        "E-mails",
        &counted(
            year,
            "select state || coalesce(' ' || why, '') as name, count(*) as n from mail_delivery
             group by state || coalesce(' ' || why, '') order by 1",
        )
        .await,
    );
    table("Letters", &counted(year, "select state, count(*) as n from letter group by state order by 1").await);
    table("Calls", &counted(year, "select result, count(*) as n from call_try group by result order by 1").await);
    println!(
        "\nRead in the app: {}; visits booked: {}, moved: {}, days closed: {}; said no: {}",
        year.read,
        year.visits,
        year.moved,
        year.closings,
        year.said_no.len()
    );
    if !year.refused.is_empty() {
        println!("Refused, as may be:");
        for (what, n) in &year.refused {
            println!("  {n:>9}  {what}");
        }
    }

    for (what, sql) in NEVER {
        let n = figure(year, sql).await;
        if n > 0 {
            faults.push(format!("{what}: {n}"));
        }
    }
    let waiting = [
        (
            "a message under way for too long",
            "select count(*) from reach where state = 'open' and created_at < $1",
            UNDER_WAY,
        ),
        (
            "a push that waits for too long",
            "select count(*) from push_delivery where state <> 'settled' and created_at < $1",
            ON_ITS_WAY,
        ),
        (
            "an e-mail that waits for too long",
            "select count(*) from mail_delivery where state = 'queued' and created_at < $1",
            ON_ITS_WAY,
        ),
    ];
    for (what, sql, longest) in waiting {
        let n = before(year, sql, now - longest).await;
        if n > 0 {
            faults.push(format!("{what}: {n}"));
        }
    }
    what_happened(year, &mut faults).await;
    letters(year, &mut faults).await;
    mails(year, &mut faults).await;
    pushes(year, &mut faults);
    refusals(year, &mut faults).await;

    for fault in &faults {
        println!("WRONG: {fault}");
    }
    let ended = |names: &[&str]| {
        followed.iter().filter(|(name, _)| names.contains(&name.as_str())).map(|(_, n)| n).sum::<i64>()
    };
    println!(
        "{}",
        json!({
            "bench": "year", "database": database, "residents": year.people, "promised": all, "accounted_for": all == sum_of(&followed),
            "read": ended(&["read"]), "settled": ended(&["settled"]), "not_reached": ended(&["not_reached"]), "wrong": faults.len(),
            "seconds": seconds.round(), "peak_rss_mib": common::peak_mib(),
        })
    );
    faults.len()
}

fn sum_of(rows: &[(String, i64)]) -> i64 {
    rows.iter().map(|(_, n)| n).sum()
}

/// A year in which nothing happened would prove nothing.
async fn what_happened(year: &Year, faults: &mut Vec<String>) {
    for (what, sql) in [
        ("no e-mail was sent", "select count(*) from mail_delivery where state = 'sent'"),
        ("no e-mail bounced", "select count(*) from mail_delivery where state = 'bounced'"),
        ("no e-mail was late for good", "select count(*) from mail_delivery where state = 'expired'"),
        ("no letter was posted", "select count(*) from letter where state = 'posted'"),
        ("no letter came back", "select count(*) from letter where state = 'returned'"),
        ("nobody was called", "select count(*) from call_try where result = 'reached'"),
        ("nobody did not answer", "select count(*) from call_try where result = 'no_answer'"),
        ("nothing was read", "select count(*) from reach where outcome = 'read'"),
        ("nobody acts for another who was told", "select count(*) from message where kind = 'for_other'"),
        ("no visit was called off", "select count(*) from reach where plan = 'closing'"),
        ("no visit was moved", "select count(*) from reach where plan = 'visit_changed'"),
    ] {
        if figure(year, sql).await == 0 {
            if year.people < PROVES {
                println!("The town is too small for it: {what}");
            } else {
                faults.push(what.to_owned());
            }
        }
    }
}

/// Nobody gets the same letter twice: what says the same again, at the next stage of a document, comes weeks later.
async fn letters(year: &Year, faults: &mut Vec<String>) {
    let mut r = year.place.instance.app.db.read().await.unwrap();
    let all: Vec<(Uuid, String, DateTime<Utc>)> = with_conn!(r, c => sqlx::query_as(
        "select resident_id, subject, created_at from letter where state in ('posted', 'returned') order by resident_id, created_at, id")
        .fetch_all(c).await)
    .unwrap();
    drop(r);
    let mut last: HashMap<(Uuid, &str), DateTime<Utc>> = HashMap::new();
    let mut twice = Vec::new();
    for (resident, subject, at) in &all {
        let before = last.insert((*resident, subject.as_str()), *at);
        twice.extend(before.filter(|before| *at - *before < SAME_LETTER).map(|before| (subject, before, at)));
    }
    if !twice.is_empty() {
        faults.push(format!("{} letters said what another had said days before: {twice:?}", twice.len()));
    }
}

/// What the relay took is what we say was sent, each once; but for those whose answer was lost, which came once more and are the same.
async fn mails(year: &Year, faults: &mut Vec<String>) {
    let again: u64 = year.mails.values().map(|(_, n)| n - 1).sum();
    if again > 2 * CUT as u64 {
        faults.push(format!("the relay took {again} e-mails once more, and lost {} answers", 2 * CUT));
    }
    let mut r = year.place.instance.app.db.read().await.unwrap();
    let sent: Vec<(Uuid, String)> = with_conn!(r, c => sqlx::query_as(
        "select id, address from mail_delivery where state = 'sent'").fetch_all(c).await)
    .unwrap();
    drop(r);
    // The Message-ID begins with the id.
    let taken: HashMap<String, &String> = year
        .mails
        .iter()
        .filter_map(|(id, (to, _))| Some((id.trim_start_matches('<').split('@').next()?.to_owned(), to)))
        .collect();
    let lost = sent.iter().filter(|(id, to)| taken.get(&id.simple().to_string()) != Some(&to)).count();
    if lost > 0 {
        faults.push(format!("{lost} e-mails are said to be sent, and the relay took none of them"));
    }
    let bad = (0..year.people).filter(|n| Trait::of(*n).bad_email);
    let taken_for_nobody = bad.filter(|n| year.mailed.contains_key(&year_town::email(*n))).count();
    if taken_for_nobody > 0 {
        faults.push(format!("{taken_for_nobody} addresses that do not exist got an e-mail"));
    }
}

/// A provider takes a message for a phone once: it refused some, and left no answer out.
fn pushes(year: &Year, faults: &mut Vec<String>) {
    let mut shown: HashMap<(String, String), usize> = HashMap::new();
    for push in year.place.stubs.apns.taken() {
        if push.payload["type"] == "show" {
            let message = push.payload["message_id"].as_str().unwrap_or_default().to_owned();
            *shown.entry((push.token, message)).or_default() += 1;
        }
    }
    if shown.is_empty() {
        faults.push("no phone showed anything".to_owned());
    }
    let twice = shown.values().filter(|times| **times > 1).count();
    if twice > 0 {
        faults.push(format!("{twice} messages were pushed twice to a phone"));
    }
}

/// Nobody is told by a way after they said no to it.
async fn refusals(year: &Year, faults: &mut Vec<String>) {
    const PUSHED: &str =
        "select count(*) from push_delivery where resident_id = $1 and purpose = 'show' and created_at > $2";
    const WRITTEN: &str = "select count(*) from letter where resident_id = $1 and created_at > $2";
    let mut told: HashMap<&str, i64> = HashMap::new();
    for no in &year.said_no {
        let ways = [("push", no.push, PUSHED), ("letter", no.letter, WRITTEN)];
        for (way, _, sql) in ways.into_iter().filter(|(_, refused, _)| *refused) {
            let mut r = year.place.instance.app.db.read().await.unwrap();
            let n: i64 =
                with_conn!(r, c => sqlx::query_scalar(sql).bind(no.resident).bind(no.at).fetch_one(c).await).unwrap();
            *told.entry(way).or_default() += n;
        }
        let mails = year.mailed.get(&no.email).map_or(0, |all| all.iter().filter(|at| **at > no.at).count());
        if no.mail {
            *told.entry("e-mail").or_default() += i64::try_from(mails).unwrap();
        }
    }
    for (way, n) in told.into_iter().filter(|(_, n)| *n > 0) {
        faults.push(format!("{n} times somebody was told by {way} after they had said no to it"));
    }
    let refused = |what: fn(&crate::No) -> bool| year.said_no.iter().filter(|no| what(no)).count();
    let said: Value =
        json!({ "push": refused(|no| no.push), "mail": refused(|no| no.mail), "letter": refused(|no| no.letter) });
    println!("Who said no to which way: {said}");
    if year.said_no.is_empty() {
        faults.push("nobody said no to anything".to_owned());
    }
}
