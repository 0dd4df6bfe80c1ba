//! A year of a town of twenty thousand, in which every channel fails for a while: where each message that was promised ended. It ends with 1
//! where one is not accounted for, somebody was told twice by one way, or was told by a way after they said no to it.
//!
//! `YEAR_RESIDENTS` makes a smaller town. The register is imported as a town does; staff print, post, call and choose by the operations of the
//! console. Only what citizens have from before, or get by themselves (the app, an address, a mandate), and announcements are written as rows.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code, reason = "a bench may")]

#[path = "common.rs"]
mod common;
#[path = "year_life.rs"]
mod year_life;
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
    announcements::HowFar,
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
use thuisloket_mobile_contract::{apns, fcm, oidc, staff_client::StaffClient};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use year_life::{Back, Ended, Gone};
use year_town::{Trait, chance};

/// A Monday.
const BEGINS: NaiveDate = match NaiveDate::from_ymd_opt(2027, 1, 4) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
const DAYS: i64 = 365;
/// Days that everything is kept, so that it is all there to be counted in the end.
const KEPT: i64 = 500;
/// The hours at which it is looked what is due, and people do something.
const HOURS: [u32; 3] = [9, 13, 18];
const CLERK: &str = "Els Claes";
/// Who makes the key for whoever reads what came back of e-mail.
const CHIEF: &str = "Bea Maes";
/// Calls that the counter makes a day.
const CALLS: usize = 40;
/// Who says no to something, each week.
const REFUSE_A_WEEK: u64 = 12;
/// Visits that are booked for one day.
const VISITS: u64 = 40;
const UNREACHABLE: &str = "550 5.1.1 no such user";
/// From when Google takes nothing, and from when it does again: it is told to everybody meanwhile.
const GOOGLE_IS_DOWN: std::ops::Range<i64> = 208..211;
/// On which days something is announced, how far it goes, and in which postcode; empty for the whole town.
const ANNOUNCED: &[(i64, HowFar, &str)] = &[
    (30, HowFar::App, ""),
    // The relay is away when it is the turn of those who have the app.
    (98, HowFar::Mail, "9800"),
    (120, HowFar::Paper, "9810"),
    (210, HowFar::App, ""),
    (255, HowFar::Mail, "9810"),
    (300, HowFar::Paper, "9800"),
];

/// By which ways somebody wants to be told no more, and since when.
pub struct No {
    pub resident: ResidentId,
    pub email: String,
    pub at: DateTime<Utc>,
    pub push: bool,
    pub mail: bool,
    pub letter: bool,
    /// Announcements by e-mail.
    pub news: bool,
}

/// What was announced: to how many who live here, and how far it goes.
pub struct Announced {
    pub id: Uuid,
    pub reach: HowFar,
    pub people: i64,
}

/// A town in its year.
pub struct Year {
    pub place: common::Place,
    pub town: Arc<Municipality>,
    pub people: u64,
    /// By number, from 0.
    pub ids: Vec<ResidentId>,
    server: String,
    http: reqwest::Client,
    /// Of whoever reads what came back of e-mail.
    bounce_key: String,
    /// The ways to Apple and to Google.
    apns: Uuid,
    fcm: Uuid,
    /// E-mails that the relay took: to whom and how often, by Message-ID.
    pub mails: HashMap<String, (String, u64)>,
    /// When it took one, by address.
    pub mailed: HashMap<String, Vec<DateTime<Utc>>>,
    /// The same of announcements, by what the e-mail itself says.
    pub news: HashMap<String, Vec<DateTime<Utc>>>,
    coming_back: Vec<Back>,
    /// Addresses of which an e-mail came back, and when that was said.
    pub came_back: Vec<(String, DateTime<Utc>)>,
    pub said_no: Vec<No>,
    pub gone: HashMap<ResidentId, Gone>,
    /// Mandates that were ended at the counter.
    pub ended: Vec<Ended>,
    returned: HashSet<Uuid>,
    taken_out: HashSet<String>,
    /// Visits that the town will move to the day after, with when they are.
    to_move: Vec<(String, DateTime<Utc>)>,
    /// What the server refused that staff or the clock asked for, and how often.
    pub refused: BTreeMap<String, u64>,
    pub visits: u64,
    pub moved: u64,
    pub closings: u64,
    pub announced: Vec<Announced>,
    pub read: u64,
    pub installed: u64,
    pub unsubscribed: u64,
}

impl Year {
    async fn begin(url: Option<&str>, people: u64, stop: &CancellationToken) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let clock = Clock::fixed(at(chrono_tz::Europe::Brussels, BEGINS, 8));
        let more = format!(
            "[server]\npublic_url = \"{server}\"\n[municipalities.deinze.letters]\nenabled = true\nsender = [\"Stad Deinze\"]\nbatch_hour = 9\n\
             [municipalities.deinze.reach.reminder]\nletter = 10\n\
             [retention]\ndeliveries_days = {KEPT}\nsessions_days = {KEPT}\nvisits_days = {KEPT}\nleft_days = {KEPT}\n{{mail}}"
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
        let claims = json!({
            "vo_doelgroepcode": "LB", "given_name": "Bea", "family_name": "Maes", "thuisloket_rol_3d": ["Beheer:0207509031"],
        });
        place.stubs.staff.person(CHIEF, claims);
        let chief = StaffClient::sign_in(&server, CHIEF).await.unwrap();
        let wish = json!({ "name": "postbus", "scopes": ["note_bounces"], "days": 400 });
        let bounce_key = chief.ask("keys", &wish).await.unwrap()["key"].as_str().unwrap().to_owned();
        let (apns, fcm) = (year_life::channel(&place, "apns").await, year_life::channel(&place, "fcm").await);
        let ids = year_town::fill(&place, &town, people, BEGINS).await;
        let mut w = place.instance.app.db.write().await.unwrap();
        common::town_hall(&mut w, town.id, 10, 60, place.instance.app.clock.now()).await;
        w.commit().await.unwrap();
        for n in (0..people).filter(|n| Trait::of(*n).bad_email) {
            place.stubs.smtp.refuse(&year_town::email(n), Some(UNREACHABLE));
        }
        let year = Self {
            place,
            town,
            people,
            ids,
            server,
            http: reqwest::Client::new(),
            bounce_key,
            apns,
            fcm,
            mails: HashMap::new(),
            mailed: HashMap::new(),
            news: HashMap::new(),
            coming_back: Vec::new(),
            came_back: Vec::new(),
            said_no: Vec::new(),
            gone: HashMap::new(),
            ended: Vec::new(),
            returned: HashSet::new(),
            taken_out: HashSet::new(),
            to_move: Vec::new(),
            refused: BTreeMap::new(),
            visits: 0,
            moved: 0,
            closings: 0,
            announced: Vec::new(),
            read: 0,
            installed: 0,
            unsubscribed: 0,
        };
        year.equip().await;
        year
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
        let (apple, google) = (&self.place.stubs.apns, &self.place.stubs.fcm);
        let down = (180..183).contains(&d);
        apple.script_all(down.then(|| apns::Script::Refuse(503, "ServiceUnavailable".to_owned(), None)));
        google.script_all(GOOGLE_IS_DOWN.contains(&d).then(|| fcm::Script::refuse(503, "UNAVAILABLE")));
        if d == 20 {
            let since = Some(self.now().timestamp_millis());
            for n in (0..self.people).filter(|n| Trait::of(*n).has_app && n % 97 == 0) {
                let token = year_town::token(n);
                if year_life::is_android(n) {
                    google.script(&token, fcm::Script::refuse(404, "UNREGISTERED").once());
                } else {
                    apple.script(&token, apns::Script::RefuseOnce(410, "Unregistered".to_owned(), since));
                }
            }
        }
    }

    /// Everything that is due now, what the relay took, and what came of that.
    async fn work(&mut self) {
        if let Err(error) = self.place.instance.drain().await {
            *self.refused.entry(format!("a worker: {error:#}")).or_default() += 1;
        }
        let (now, taken) = (self.now(), self.place.stubs.smtp.taken());
        self.place.stubs.smtp.forget();
        let mut clicks = Vec::new();
        for mail in taken {
            let id = mail.header("Message-ID").unwrap_or_default();
            self.mails.entry(id).or_insert_with(|| (mail.to.clone(), 0)).1 += 1;
            let link = mail.header("List-Unsubscribe");
            if link.is_some() {
                self.news.entry(mail.to.clone()).or_default().push(now);
            }
            clicks.extend(self.arrives(&mail.to, &mail.from, link.as_deref()));
            self.mailed.entry(mail.to).or_default().push(now);
        }
        self.unsubscribe(clicks).await;
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
            // Some never open the app, and who is gone has none.
            if self.is_gone(resident)
                || chance(low(resident.0), 1) < 15
                || chance(low(message), u64::from(now.ordinal())) >= 20
            {
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
        let renews = |n: &u64| year_town::renews_on(*n, BEGINS) == Some(day) && !self.is_gone(self.resident(*n));
        for n in (0..self.people).filter(renews) {
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
            let resident = self.resident(n);
            let has_said = self.said_no.iter().any(|no| no.resident == resident);
            if has_said || Trait::of(n).never_digital || self.is_gone(resident) {
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
                news: true,
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
                    "resident_id": self.resident(n),
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

    /// Everybody is told something, or who lives in one postcode.
    async fn announce(&mut self, reach: HowFar, postcode: &'static str) {
        let (id, now) = (Uuid::from_u128((9 << 64) | (self.announced.len() as u128 + 1)), self.now());
        let count = "select count(*) from resident where municipality_id = $1 and state = 'active' and ($2 = '' or postcode = $2)";
        let sql = "insert into announcement (municipality_id, id, version, state, importance, topic, texts, link, audience, decision,
                over_cap, send_at, valid_until, author_id, author, told, by_phone, without_app, held_back, created_at, updated_at, written_at,
                reach)
            values ($1, $2, 1, 'approved', 'important', 'works', $3, '', $4, 'x', false, $5, $6, $2, 'x', 0, 0, 0, 0, $5, $5, $5, $7)";
        let texts = json!({ "nl": { "title": "Geen water", "text": "Donderdag van 9 tot 12 uur is er geen water." } });
        let audience = match postcode {
            "" => json!([[{ "kind": "everyone" }]]),
            one => json!([[{ "kind": "postcode", "postcodes": [one] }]]),
        };
        // What goes on must be worth something until a letter is there.
        let until = now + Duration::days(if reach == HowFar::App { 2 } else { 21 });
        let mut w = self.place.instance.app.db.write().await.unwrap();
        let people: i64 =
            with_conn!(w, c => sqlx::query_scalar(count).bind(self.town.id).bind(postcode).fetch_one(c).await).unwrap();
        with_conn!(w, c => sqlx::query(sql).bind(self.town.id).bind(id).bind(&texts).bind(&audience).bind(now).bind(until)
            .bind(reach.as_str()).execute(c).await.map(|_| ()))
        .unwrap();
        w.commit().await.unwrap();
        self.announced.push(Announced { id, reach, people });
    }

    async fn day(&mut self, d: i64) {
        let day = BEGINS + Duration::days(d);
        let works = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.weather(d);
        self.renew(day).await;
        for (nth, hour) in (0_i64..).zip(HOURS) {
            self.place.instance.app.clock.set(at(self.town.zone, day, hour) + Duration::minutes(5));
            if nth == 0 {
                self.live((d, day)).await;
                self.note_bounces().await;
                for &(_, reach, postcode) in ANNOUNCED.iter().filter(|(on, ..)| *on == d) {
                    self.announce(reach, postcode).await;
                }
            }
            self.work().await;
            let is_called = nth == d % 3;
            if works && (nth == 0 || is_called) {
                // A session of staff ends over night, and after an hour or so without use.
                let desk = StaffClient::sign_in(&self.server, CLERK).await.unwrap();
                if nth == 0 {
                    self.post(&desk).await;
                    self.plan_visits(&desk, (d, day)).await;
                    self.end_mandates(&desk, d).await;
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
