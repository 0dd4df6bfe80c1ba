//! What became of what was promised in the year, and whether all of it is accounted for.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use thuisloket::{announcements::HowFar, platform::ids::ResidentId, with_conn};
use uuid::Uuid;

use crate::{
    BEGINS, GOOGLE_IS_DOWN, Year, at, common, year_life,
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
    (
        "an announcement that goes on, and of which nobody knows where it ended for somebody",
        "select count(*) from announcement_recipient p
         join announcement a on a.municipality_id = p.municipality_id and a.id = p.announcement_id
         where (a.reach = 'paper' and p.how <> 'held_back' or a.reach = 'mail' and p.message_id is not null)
             and not exists (select 1 from reach h where h.municipality_id = p.municipality_id and h.broadcast_id = p.announcement_id
                 and h.resident_id = p.resident_id)",
    ),
    (
        "an announcement that goes on for somebody whom it did not concern",
        "select count(*) from reach h where h.broadcast_id is not null
             and not exists (select 1 from announcement_recipient p where p.municipality_id = h.municipality_id
                 and p.announcement_id = h.broadcast_id and p.resident_id = h.resident_id)",
    ),
    (
        "an announcement that goes on twice for somebody",
        "select count(*) from (select 1 as n from reach where broadcast_id is not null
             group by municipality_id, broadcast_id, resident_id having count(*) > 1) t",
    ),
    (
        "a letter of an announcement that was to be none",
        "select count(*) from letter l join reach h on h.municipality_id = l.municipality_id and h.id = l.reach_id
         where h.plan = 'announcement_mail'",
    ),
    (
        "a call about an announcement",
        "select count(*) from call c join reach h on h.municipality_id = c.municipality_id and h.id = c.reach_id
         where h.broadcast_id is not null",
    ),
    ("work that was set aside", "select count(*) from set_aside"),
];

/// Where each followed message of an announcement ended.
const FOLLOWED: &str = "select coalesce(outcome, case when waits_for is null then 'under way' else 'under way: ' || waits_for end) as name,
        count(*) as n
    from reach where broadcast_id = $1
    group by coalesce(outcome, case when waits_for is null then 'under way' else 'under way: ' || waits_for end) order by 1";

/// By which ways who died or left may have been told, and when. A letter counts from when it was laid in its batch, where it may lie for a day.
const TOLD: &[(&str, &str)] = &[
    (
        "push",
        "select resident_id, settled_at as at from push_delivery
         where purpose = 'show' and outcome = 'delivered' and settled_at is not null",
    ),
    ("e-mail", "select resident_id, sent_at as at from mail_delivery where sent_at is not null"),
    ("letter", "select resident_id, created_at as at from letter where state <> 'taken_out'"),
    (
        "telephone",
        "select c.resident_id, t.at from call_try t join call c on c.municipality_id = t.municipality_id and c.reach_id = t.reach_id",
    ),
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
    table("Announcements, to each whom they concern", &told);
    let announced = announcements(year, &mut faults).await;
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
        "\nRead in the app: {}; visits booked: {}, moved: {}, days closed: {}; said no: {}, of them by the link in an e-mail: {}",
        year.read,
        year.visits,
        year.moved,
        year.closings,
        year.said_no.len(),
        year.unsubscribed
    );
    println!(
        "Died or left: {}; got the app: {}; addresses that came back: {}; mandates ended at the counter: {}",
        year.gone.len(),
        year.installed,
        year.came_back.len(),
        year.ended.len()
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
        (
            "an announcement that is worth nothing any more and is under way",
            "select count(*) from reach where broadcast_id is not null and state = 'open' and worth_until < $1",
            Duration::days(1),
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
    gone(year, &mut faults).await;
    addresses(year, &mut faults);
    mandates(year, &mut faults).await;

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
            "of_announcements": announced, "read": ended(&["read"]), "settled": ended(&["settled"]), "not_reached": ended(&["not_reached"]),
            "wrong": faults.len(), "seconds": seconds.round(), "peak_rss_mib": common::peak_mib(),
        })
    );
    faults.len()
}

fn sum_of(rows: &[(String, i64)]) -> i64 {
    rows.iter().map(|(_, n)| n).sum()
}

/// Each announcement was for all whom it concerns, and each message of it that goes on ended somewhere. How many go on.
async fn announcements(year: &Year, faults: &mut Vec<String>) -> i64 {
    const CONCERNED: &str = "select count(*) from announcement_recipient where announcement_id = $1";
    let mut all = 0;
    for (nth, told) in (1..).zip(&year.announced) {
        let mut r = year.place.instance.app.db.read().await.unwrap();
        let concerned: i64 =
            with_conn!(r, c => sqlx::query_scalar(CONCERNED).bind(told.id).fetch_one(c).await).unwrap();
        if concerned != told.people {
            faults.push(format!("announcement {nth} was for {}, and {concerned} are accounted for", told.people));
        }
        let ended: Vec<(String, i64)> =
            with_conn!(r, c => sqlx::query_as(FOLLOWED).bind(told.id).fetch_all(c).await).unwrap();
        drop(r);
        let reach = told.reach.as_str();
        if told.reach != HowFar::App {
            table(&format!("Announcement {nth} ({reach}), for {concerned}: where each that goes on ended"), &ended);
        }
        let sum = sum_of(&ended);
        let is_right = match told.reach {
            HowFar::App => sum == 0,
            HowFar::Mail => sum > 0 && sum <= concerned,
            HowFar::Paper => sum == concerned,
        };
        if !is_right {
            faults.push(format!("announcement {nth} ({reach}) was for {concerned}, and goes on for {sum}"));
        }
        all += sum;
    }
    let followed = figure(year, "select count(*) from reach where broadcast_id is not null").await;
    if followed != all {
        faults.push(format!("{followed} messages of announcements go on, and {all} are accounted for"));
    }
    all
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
        (
            "no announcement went by e-mail",
            "select count(*) from reach where plan = 'announcement_mail' and outcome = 'mailed'",
        ),
        (
            "no announcement went on paper",
            "select count(*) from reach where plan = 'announcement_paper' and outcome = 'posted'",
        ),
        (
            "no announcement on paper was e-mailed first",
            "select count(*) from mail_delivery d join reach h on h.municipality_id = d.municipality_id and h.id = d.reach_id
             where h.plan = 'announcement_paper' and d.state = 'sent'",
        ),
        (
            "no phone of Google's showed anything",
            "select count(*) from push_delivery p join channel c on c.id = p.channel_id
             where c.provider = 'fcm' and p.outcome = 'delivered'",
        ),
        (
            "nobody died or left who had been promised something",
            "select count(*) from reach where outcome = 'not_here'",
        ),
        (
            "no address was dropped after a complaint",
            "select count(*) from contact_settings where email_dropped_why = 'complained'",
        ),
        ("no mandate was ended at the counter", "select count(*) from mandate where ended_why = 'staff'"),
        ("no mandate ended with one of the two", "select count(*) from mandate where ended_why = 'gone'"),
    ] {
        proves(year, faults, (what, figure(year, sql).await));
    }
    // What was queued while Google took nothing, and went when it did again.
    let late = "select count(*) from push_delivery p join channel c on c.id = p.channel_id
         where c.provider = 'fcm' and p.outcome = 'delivered' and p.created_at < $1 and p.settled_at >= $1";
    let mended = at(year.town.zone, BEGINS + Duration::days(GOOGLE_IS_DOWN.end), 0);
    proves(year, faults, ("no push waited for Google", before(year, late, mended).await));
    let wished = year.said_no.iter().filter(|no| year.news.contains_key(&no.email)).count();
    for (what, n) in [
        ("nobody who had announcements by e-mail said no to them", wished),
        ("no e-mail came back later", year.came_back.len()),
        ("nobody got the app midway", usize::try_from(year.installed).unwrap()),
    ] {
        proves(year, faults, (what, i64::try_from(n).unwrap()));
    }
}

/// What must have happened in a town that is not small.
fn proves(year: &Year, faults: &mut Vec<String>, (none, n): (&str, i64)) {
    match n {
        0 if year.people < PROVES => println!("The town is too small for it: {none}"),
        0 => faults.push(none.to_owned()),
        _ => {}
    }
}

/// Nobody gets the same letter twice: what says the same again, at the next stage of a document, comes weeks later. Of mandates the text says
/// whose it was, and somebody may have several.
async fn letters(year: &Year, faults: &mut Vec<String>) {
    let mut r = year.place.instance.app.db.read().await.unwrap();
    let all: Vec<(Uuid, String, DateTime<Utc>)> = with_conn!(r, c => sqlx::query_as(
        "select l.resident_id, l.subject || case when h.plan = 'mandate' then ' ' || l.body else '' end as said, l.created_at
         from letter l join reach h on h.municipality_id = l.municipality_id and h.id = l.reach_id
         where l.state in ('posted', 'returned') order by l.resident_id, l.created_at, l.id")
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
    for push in year.place.stubs.fcm.taken() {
        let (token, data) = (&push["token"], &push["android"]["data"]);
        if data["type"] == "show" {
            let [token, message] =
                [token, &data["message_id"]].map(|text| text.as_str().unwrap_or_default().to_owned());
            *shown.entry((token, message)).or_default() += 1;
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
        // By what the relay took, and what that says itself.
        let ways = [("e-mail", no.mail, &year.mailed), ("announcements by e-mail", no.news, &year.news)];
        for (way, _, taken) in ways.into_iter().filter(|(_, refused, _)| *refused) {
            let mails = taken.get(&no.email).map_or(0, |all| all.iter().filter(|at| **at > no.at).count());
            *told.entry(way).or_default() += i64::try_from(mails).unwrap();
        }
    }
    for (way, n) in told.into_iter().filter(|(_, n)| *n > 0) {
        faults.push(format!("{n} times somebody was told by {way} after they had said no to it"));
    }
    let refused = |what: fn(&crate::No) -> bool| year.said_no.iter().filter(|no| what(no)).count();
    let said: Value = json!({
        "push": refused(|no| no.push), "mail": refused(|no| no.mail), "letter": refused(|no| no.letter), "news": refused(|no| no.news),
    });
    println!("Who said no to which way: {said}");
    if year.said_no.is_empty() {
        faults.push("nobody said no to anything".to_owned());
    }
}

/// Who died or left is told nothing from that day on.
async fn gone(year: &Year, faults: &mut Vec<String>) {
    for (way, sql) in TOLD {
        let mut r = year.place.instance.app.db.read().await.unwrap();
        let all: Vec<(ResidentId, DateTime<Utc>)> =
            with_conn!(r, c => sqlx::query_as(*sql).fetch_all(c).await).unwrap();
        let was_gone =
            |resident: &ResidentId, at: DateTime<Utc>| year.gone.get(resident).is_some_and(|gone| at >= gone.at);
        let after = all.iter().filter(|(resident, at)| was_gone(resident, *at)).count();
        if after > 0 {
            faults.push(format!("{after} times somebody was told by {way} who had died or left"));
        }
    }
    // By what the relay took.
    let since = |gone: &year_life::Gone| (year_town::email(gone.n), gone.at);
    let after = year.gone.values().map(since).filter(|(email, since)| is_mailed(year, email, *since)).count();
    if after > 0 {
        faults.push(format!("the relay took e-mails to {after} who had died or left"));
    }
}

/// Whether the relay took an e-mail for an address at an instant or later. Who is gone, and what came back, is noted before anything goes out.
fn is_mailed(year: &Year, email: &str, since: DateTime<Utc>) -> bool {
    year.mailed.get(email).is_some_and(|all| all.iter().any(|at| *at >= since))
}

/// No e-mail goes to an address of which one came back, and no announcement to who never wished them so.
fn addresses(year: &Year, faults: &mut Vec<String>) {
    let after = year.came_back.iter().filter(|(email, since)| is_mailed(year, email, *since)).count();
    if after > 0 {
        faults.push(format!("{after} addresses got an e-mail after one had come back"));
    }
    let wished = (0..year.people).filter(|n| year_life::wants_news(*n)).map(year_town::email);
    let wished: HashSet<String> = wished.collect();
    let unasked = year.news.keys().filter(|address| !wished.contains(*address)).count();
    if unasked > 0 {
        faults.push(format!("{unasked} got announcements by e-mail who never wished that"));
    }
}

/// Nobody is told of somebody for whom they act no more.
async fn mandates(year: &Year, faults: &mut Vec<String>) {
    const BESIDE: &str = "select count(*) from message
         where municipality_id = $1 and resident_id = $2 and kind = 'for_other' and dedupe_key like $3 and created_at > $4";
    let mut told: i64 = 0;
    for ended in &year.ended {
        // As `inbox::holders` writes it.
        let key = format!("for {} %", ended.grantor);
        let mut r = year.place.instance.app.db.read().await.unwrap();
        let n: i64 = with_conn!(r, c => sqlx::query_scalar(BESIDE).bind(year.town.id).bind(ended.holder).bind(&key).bind(ended.at)
            .fetch_one(c).await)
        .unwrap();
        told += n;
    }
    if told > 0 {
        faults.push(format!("{told} times somebody was told of a person for whom they acted no more"));
    }
}
