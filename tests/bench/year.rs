//! A year of a town of twenty thousand, in which every channel fails for a while: where each message that was promised ended. It ends with 1
//! where one is not accounted for, somebody was told twice by one way, or was told by a way after they said no to it.
//!
//! `YEAR_RESIDENTS` makes a smaller town. The register is imported as a town does; staff print, post, call and choose by the operations of the
//! console. Only what citizens have from before (the app, an address, a mandate) is written as rows.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;
#[path = "year_report.rs"]
mod year_report;
#[path = "year_town.rs"]
mod year_town;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use serde_json::{Value, json};
use thuisloket::{
    documents,
    identity::{ActorId, Citizen, SessionId, SubjectId},
    inbox::{self, MessageId},
    municipalities::Municipality,
    platform::{
        access::Level,
        ids::ResidentId,
        import::{Report, Source},
        time::{Clock, instant},
    },
    with_conn,
};
use thuisloket_mobile_contract::{apns::Script, oidc, staff_client::StaffClient};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use year_town::{Trait, chance};

/// A Monday.
const BEGINS: NaiveDate = match NaiveDate::from_ymd_opt(2027, 1, 4) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
const DAYS: i64 = 365;
/// The hours at which it is looked what is due, and people do something.
const HOURS: [u32; 3] = [9, 13, 18];
const CLERK: &str = "Els Claes";
/// Calls that the counter makes a day.
const CALLS: usize = 40;
/// Who says no to something, each week.
const REFUSE_A_WEEK: u64 = 12;
/// Visits that are booked for one day.
const VISITS: u64 = 40;
const UNREACHABLE: &str = "550 5.1.1 no such user";

/// By which ways somebody wants to be told no more, and since when.
pub struct No {
    pub resident: ResidentId,
    pub email: String,
    pub at: DateTime<Utc>,
    pub push: bool,
    pub mail: bool,
    pub letter: bool,
}

/// A town in its year.
pub struct Year {
    pub place: common::Place,
    pub town: Arc<Municipality>,
    pub people: u64,
    /// By number, from 0.
    pub ids: Vec<ResidentId>,
    server: String,
    /// E-mails that the relay took: to whom and how often, by Message-ID.
    pub mails: HashMap<String, (String, u64)>,
    /// When it took one, by address.
    pub mailed: HashMap<String, Vec<DateTime<Utc>>>,
    pub said_no: Vec<No>,
    returned: HashSet<Uuid>,
    taken_out: HashSet<String>,
    /// Visits that the town will move to the day after, with when they are.
    to_move: Vec<(String, DateTime<Utc>)>,
    /// What the server refused that staff or the clock asked for, and how often.
    pub refused: BTreeMap<String, u64>,
    pub visits: u64,
    pub moved: u64,
    pub closings: u64,
    pub announcements: u32,
    pub read: u64,
}

impl Year {
    async fn begin(url: Option<&str>, people: u64, stop: &CancellationToken) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let clock = Clock::fixed(at(chrono_tz::Europe::Brussels, BEGINS, 8));
        let more = format!(
            "[server]\npublic_url = \"{server}\"\n[municipalities.deinze.letters]\nenabled = true\nsender = [\"Stad Deinze\"]\nbatch_hour = 9\n\
             [municipalities.deinze.reach.reminder]\nletter = 10\n{{mail}}"
        );
        let place = common::place_with(url, clock, &more).await;
        let town = place.instance.towns().by_key("deinze").map_err(|_| ()).unwrap().clone();
        let (served, stopped) = (place.instance.clone(), stop.clone());
        tokio::spawn(async move { served.serve(listener, stopped).await.unwrap() });
        let claims = json!({
            "vo_doelgroepcode": "LB", "given_name": "Els", "family_name": "Claes",
            "thuisloket_rol_3d": ["Loket:0207509031", "Planner:0207509031"],
        });
        place.stubs.staff.person(CLERK, claims);
        let ids = year_town::fill(&place, &town, people, BEGINS).await;
        let mut w = place.instance.app.db.write().await.unwrap();
        common::town_hall(&mut w, town.id, 10, 60, place.instance.app.clock.now()).await;
        w.commit().await.unwrap();
        for n in (0..people).filter(|n| Trait::of(*n).bad_email) {
            place.stubs.smtp.refuse(&year_town::email(n), Some(UNREACHABLE));
        }
        Self {
            place,
            town,
            people,
            ids,
            server,
            mails: HashMap::new(),
            mailed: HashMap::new(),
            said_no: Vec::new(),
            returned: HashSet::new(),
            taken_out: HashSet::new(),
            to_move: Vec::new(),
            refused: BTreeMap::new(),
            visits: 0,
            moved: 0,
            closings: 0,
            announcements: 0,
            read: 0,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.place.instance.app.clock.now()
    }

    /// What came of something that is allowed to be refused: a call of which somebody took care meanwhile, say.
    fn kept(&mut self, what: &str, came: Result<Value, oidc::Error>) -> Option<Value> {
        match came {
            Ok(value) => Some(value),
            Err(error) => {
                let why = error.to_string();
                // Without the address, which has an id in it.
                let why = why.split(" for url").next().unwrap_or_default();
                *self.refused.entry(format!("{what}: {why}")).or_default() += 1;
                None
            }
        }
    }

    /// What fails today.
    fn weather(&self, d: i64) {
        let relay = &self.place.stubs.smtp.faults;
        relay.greylist.store((40..70).contains(&d), Ordering::SeqCst);
        relay.away.store((100..104).contains(&d), Ordering::SeqCst);
        *relay.everybody.lock().unwrap() = (130..132).contains(&d).then(|| "451 4.3.0 not now".to_owned());
        *relay.content.lock().unwrap() = (150..152).contains(&d).then(|| "554 5.7.1 not this".to_owned());
        if d == 60 || d == 200 {
            relay.cut_after_data.store(year_report::CUT, Ordering::SeqCst);
        }
        let apns = &self.place.stubs.apns;
        let down = (180..183).contains(&d);
        apns.script_all(down.then(|| Script::Refuse(503, "ServiceUnavailable".to_owned(), None)));
        if d == 20 {
            let since = Some(self.now().timestamp_millis());
            for n in (0..self.people).filter(|n| Trait::of(*n).has_app && n % 97 == 0) {
                apns.script(&year_town::token(n), Script::RefuseOnce(410, "Unregistered".to_owned(), since));
            }
        }
    }

    /// Everything that is due now, and what the relay took.
    async fn work(&mut self) {
        if let Err(error) = self.place.instance.drain().await {
            *self.refused.entry(format!("a worker: {error:#}")).or_default() += 1;
        }
        let now = self.now();
        let relay = &self.place.stubs.smtp;
        for mail in relay.taken() {
            let id = mail.header("Message-ID").unwrap_or_default();
            self.mails.entry(id).or_insert_with(|| (mail.to.clone(), 0)).1 += 1;
            self.mailed.entry(mail.to).or_default().push(now);
        }
        relay.forget();
    }

    /// A fifth of what lies unread is read each day, for five days.
    async fn reads(&mut self) {
        let (app, now) = (&self.place.instance.app, self.now());
        let sql = "select id, resident_id from message
                   where municipality_id = $1 and kind <> 'announcement' and read_at is null and created_at >= $2 order by id";
        let mut r = app.db.read().await.unwrap();
        let unread: Vec<(Uuid, ResidentId)> = with_conn!(r, c => sqlx::query_as(sql)
            .bind(self.town.id).bind(now - Duration::days(5)).fetch_all(c).await)
        .unwrap();
        drop(r);
        for (message, resident) in unread {
            // Some never open the app.
            if chance(low(resident.0), 1) < 15 || chance(low(message), u64::from(now.ordinal())) >= 20 {
                continue;
            }
            let who = Citizen {
                town: self.town.clone(),
                actor: ActorId(resident),
                subject: SubjectId(resident),
                session: SessionId(resident.0),
                level: Level::High,
                acting: None,
            };
            if inbox::set_read(app, &who, MessageId(message), true).await.is_ok() {
                self.read += 1;
            }
        }
    }

    /// Who renews their card today, as the export of the night says.
    async fn renew(&self, day: NaiveDate) {
        let mut text = "national_number;kind;number_end;issued_on;expires_on\n".to_owned();
        let mut any = false;
        for n in (0..self.people).filter(|n| year_town::renews_on(*n, BEGINS) == Some(day)) {
            let (number, _) = year_town::number(n);
            text += &format!("{number};eid;43;{day};{}\n", day + Duration::days(3_650));
            any = true;
        }
        if any {
            let file = self.place.folder.path().join("renewed.csv");
            std::fs::write(&file, text).unwrap();
            let report = Report::create(&self.place.folder.path().join("report.csv")).unwrap();
            let source = (Source::file(&file).unwrap(), false);
            documents::import::import(&self.place.instance.app, &self.town, source, report, |_| {}).await.unwrap();
        }
    }

    /// Some say how they want to be told no more.
    async fn refuse(&mut self, desk: &StaffClient, week: u64) {
        for nth in 0..REFUSE_A_WEEK {
            let n = (week * 997 + nth * 7_919) % self.people;
            let resident = self.ids[usize::try_from(n).unwrap()];
            if self.said_no.iter().any(|no| no.resident == resident) || Trait::of(n).never_digital {
                continue;
            }
            let (steps, never) = match nth % 4 {
                0 => (json!(["push", "mail", "letter"]), true),
                1 => (json!(["push"]), false),
                2 => (json!([]), false),
                _ => (json!(["mail", "letter"]), false),
            };
            let said = |way: &str| steps.as_array().is_some_and(|all| all.contains(&json!(way)));
            let no = No {
                resident,
                email: year_town::email(n),
                at: self.now(),
                push: never || !said("push"),
                mail: never || !said("mail"),
                letter: !said("letter"),
            };
            let chosen = json!({
                "steps": steps, "never_digital": never, "open_email": false, "announcements_by_email": false, "large_print": false,
            });
            let path = format!("residents/{}/contact-settings?reason=telephone", resident.0);
            let came = desk.plan(&path, &chosen).await.map(|()| Value::Null);
            if self.kept("somebody says no", came).is_some() {
                self.said_no.push(no);
            }
        }
    }

    /// Batches are printed and handed to the post; some letters are taken out, and some come back after two weeks.
    async fn post(&mut self, desk: &StaffClient) {
        let Some(known) = self.kept("batches", desk.read("letter-batches").await) else { return };
        for batch in known["batches"].as_array().unwrap().iter().filter(|b| b["state"] == "ready") {
            let id = batch["id"].as_str().unwrap().to_owned();
            let number = batch["number"].as_i64().unwrap();
            // Of which nothing goes out any more has no PDF.
            if number % 10 == 1 && batch["drawn"] != 0 {
                let pdf = desk.file(&format!("letter-batches/{id}/pdf")).await.unwrap();
                assert!(pdf.starts_with(b"%PDF"), "batch {number} is no PDF");
            }
            if number % 7 == 3 && self.taken_out.insert(id.clone()) {
                let page = self.kept("letters", desk.read(&format!("letter-batches/{id}/letters")).await);
                let first = page.as_ref().and_then(|page| page["letters"][0]["id"].as_str());
                if let Some(letter) = first {
                    let out = desk.ask(&format!("letters/{letter}/take-out"), &json!({ "why": "wrong_text" })).await;
                    self.kept("a letter is taken out", out);
                    // Its part is drawn anew: it is printed the next day.
                    continue;
                }
            }
            let printed = desk.ask(&format!("letter-batches/{id}/printed"), &json!({ "again": false })).await;
            if self.kept("printing", printed).is_some() {
                let posted = desk.ask(&format!("letter-batches/{id}/posted"), &Value::Null).await;
                self.kept("posting", posted);
            }
        }
        let sql = "select id, reference from letter where municipality_id = $1 and state = 'posted' and posted_at < $2";
        let mut r = self.place.instance.app.db.read().await.unwrap();
        let posted: Vec<(Uuid, String)> = with_conn!(r, c => sqlx::query_as(sql)
            .bind(self.town.id).bind(self.now() - Duration::days(14)).fetch_all(c).await)
        .unwrap();
        drop(r);
        for (letter, reference) in posted {
            if self.returned.insert(letter) && chance(low(letter), 7) < 6 {
                let back = json!({ "reference": reference, "why": if chance(low(letter), 8) < 50 { "moved" } else { "unknown" } });
                let came = desk.ask("letters/returned", &back).await;
                self.kept("a letter comes back", came);
            }
        }
    }

    /// The counter calls, and not all answer.
    async fn call(&mut self, desk: &StaffClient, d: i64) {
        let list = desk.read(&format!("calls?reason=telephone&limit={CALLS}")).await;
        let Some(page) = self.kept("the call list", list) else { return };
        for call in page["calls"].as_array().unwrap() {
            let id: Uuid = call["id"].as_str().unwrap().parse().unwrap();
            if call["may_close"] == true {
                let came = desk.ask(&format!("calls/{id}/close"), &json!({ "note": "We gaan langs." })).await;
                self.kept("a call is closed", came);
                continue;
            }
            let result = match chance(low(id), u64::try_from(d).unwrap()) {
                0..40 => "reached",
                40..45 => "wrong_number",
                45..50 => "told_relative",
                _ => "no_answer",
            };
            let came = desk.ask(&format!("calls/{id}/tries"), &json!({ "result": result })).await;
            self.kept("a call", came);
        }
    }

    /// Visits are booked for a day two weeks ahead; a week later the town moves some, and every other time it closes that day.
    async fn plan_visits(&mut self, desk: &StaffClient, (d, day): (i64, NaiveDate)) {
        let (round, of_round) = (d / 28, d % 28);
        let visit_day = |from: NaiveDate, ahead: i64| from + Duration::days(ahead);
        if of_round == 1 {
            for nth in 0..VISITS.min(self.people / 10) {
                let n = (u64::try_from(round).unwrap() * 4_111 + nth * 31) % self.people;
                let minutes = 9 * 60 + 20 * u32::try_from(nth % 20).unwrap();
                let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
                let starts_at = instant(self.town.zone, visit_day(day, 16), time);
                let wish = json!({
                    "service_id": common::SERVICE, "location_id": common::LOCATION, "persons": 1, "reason": "telephone",
                    "starts_at": starts_at,
                    "resident_id": self.ids[usize::try_from(n).unwrap()],
                });
                let came = desk.ask("appointments", &wish).await;
                let Some(visit) = self.kept("a visit is booked", came) else { continue };
                self.visits += 1;
                if nth % 4 == 0 {
                    self.to_move.push((visit["id"].as_str().unwrap().to_owned(), starts_at));
                }
            }
        }
        if of_round == 8 {
            for (visit, starts_at) in std::mem::take(&mut self.to_move) {
                let to = json!({ "location_id": common::LOCATION, "starts_at": starts_at + Duration::days(1), "reason": "telephone" });
                let came = desk.ask(&format!("appointments/{visit}/move"), &to).await;
                let moved = self.kept("a visit is moved", came).is_some();
                self.moved += u64::from(moved);
            }
        }
        if of_round == 15 && round % 2 == 0 {
            let closed = visit_day(day, 2);
            let close = json!({
                "location_id": common::LOCATION, "from": at(self.town.zone, closed, 7), "until": at(self.town.zone, closed, 20),
                "reasons": [{ "language": "nl", "text": "Waterlek." }],
            });
            let came = desk.ask("closures", &close).await;
            let closed = self.kept("a closing", came).is_some();
            self.closings += u64::from(closed);
        }
    }

    /// Everybody is told something.
    async fn announce(&mut self) {
        self.announcements += 1;
        let (id, now) = (Uuid::from_u128((9 << 64) | u128::from(self.announcements)), self.now());
        let sql = "insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision,
                over_cap, send_at, valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at, written_at)
            values ($1, $2, 1, 'approved', 'important', 'works', $3, '', $4, 'x', false, $5, $6, $2, 'x', 0, 0, 0, 0, $5, $5, $5)";
        let texts = json!({ "nl": { "title": "Geen water", "text": "Donderdag van 9 tot 12 uur is er geen water." } });
        let (audience, until) = (json!([[{ "kind": "everyone" }]]), now + Duration::days(2));
        let mut w = self.place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query(sql).bind(self.town.id).bind(id).bind(&texts).bind(&audience).bind(now).bind(until)
            .execute(c).await.map(|_| ()))
        .unwrap();
        w.commit().await.unwrap();
    }

    async fn day(&mut self, d: i64) {
        let day = BEGINS + Duration::days(d);
        let works = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.weather(d);
        self.renew(day).await;
        for (nth, hour) in (0_i64..).zip(HOURS) {
            self.place.instance.app.clock.set(at(self.town.zone, day, hour) + Duration::minutes(5));
            if nth == 0 && [30, 120, 210, 300].contains(&d) {
                self.announce().await;
            }
            self.work().await;
            let is_called = nth == d % 3;
            if works && (nth == 0 || is_called) {
                // A session of staff ends over night, and after an hour or so without use.
                let desk = StaffClient::sign_in(&self.server, CLERK).await.unwrap();
                if nth == 0 {
                    self.post(&desk).await;
                    self.plan_visits(&desk, (d, day)).await;
                    if day.weekday() == Weekday::Wed {
                        self.refuse(&desk, u64::try_from(d / 7).unwrap()).await;
                    }
                }
                if is_called {
                    self.call(&desk, d).await;
                }
            }
            if nth == 0 {
                self.reads().await;
            }
        }
    }
}

/// An hour of a day on the town's clocks.
fn at(zone: chrono_tz::Tz, day: NaiveDate, hour: u32) -> DateTime<Utc> {
    instant(zone, day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap())
}

/// What of an id is by chance.
fn low(id: Uuid) -> u64 {
    id.as_u64_pair().1
}

#[tokio::main]
async fn main() {
    let people = std::env::var("YEAR_RESIDENTS").ok().map_or(20_000, |n| n.parse().unwrap());
    let postgres = common::Postgres::start();
    let mut wrong = 0;
    for (name, url) in [("sqlite", None), ("postgres", Some(postgres.url()))] {
        let (began, stop) = (Instant::now(), CancellationToken::new());
        let mut year = Year::begin(url.as_deref(), people, &stop).await;
        for d in 0..DAYS {
            year.day(d).await;
            if d % 30 == 29 {
                eprintln!("{name}: {} days in {:.0} s", d + 1, began.elapsed().as_secs_f64());
            }
        }
        wrong += year_report::tell(&year, name, began.elapsed().as_secs_f64()).await;
        stop.cancel();
    }
    drop(postgres);
    if wrong > 0 {
        std::process::exit(1);
    }
}
