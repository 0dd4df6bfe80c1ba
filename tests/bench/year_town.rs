//! The town of the year: who lives there, what they have, and what each of them is like. All of it follows from somebody's number.

use std::{collections::HashMap, fmt::Write as _};

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use thuisloket::{
    documents,
    municipalities::Municipality,
    platform::{
        ids::ResidentId,
        import::{Report, Source},
    },
    residents, with_conn,
};
use uuid::Uuid;

use crate::common;

/// Rows written in one statement.
const CHUNK: usize = 500;

/// What somebody is like.
#[derive(Clone, Copy, Debug)]
pub struct Trait {
    /// Seven of ten.
    pub has_app: bool,
    /// A confirmed address; nearly half.
    pub has_email: bool,
    /// One that does not exist any more.
    pub bad_email: bool,
    /// One of twenty: no app, no e-mail, and nothing digital wanted.
    pub never_digital: bool,
    /// One of fifty: the address is hidden for their safety.
    pub hidden: bool,
    /// Twelve of a hundred: somebody with the app acts for them.
    pub has_holder: bool,
    /// In which language they are spoken to.
    pub language: &'static str,
}

impl Trait {
    /// Of the resident with this number.
    pub fn of(n: u64) -> Self {
        let never_digital = n % 20 == 9;
        let has_email = !never_digital && n % 100 < 45;
        Self {
            has_app: n % 10 < 7,
            has_email,
            bad_email: has_email && (10..13).contains(&(n % 100)),
            never_digital,
            hidden: n % 50 == 3,
            has_holder: n % 25 < 3,
            language: match n % 20 {
                0..=2 => "fr",
                3 => "de",
                4 | 5 => "en",
                _ => "nl",
            },
        }
    }
}

/// A number below a hundred that follows from two others, and looks like chance (SplitMix64).
pub fn chance(a: u64, b: u64) -> u64 {
    let mut x = a.wrapping_add(b.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x ^ (x >> 31)) % 100
}

/// A national number that passes the check, and the birth date in it.
pub fn number(n: u64) -> (String, String) {
    let (y, m, d, serial) = (40 + n % 60, n / 60 % 12 + 1, n / 720 % 28 + 1, n / 20_160 + 1);
    let base = y * 10_000_000 + m * 100_000 + d * 1_000 + serial;
    (format!("{base:09}{:02}", 97 - base % 97), format!("19{y:02}-{m:02}-{d:02}"))
}

/// Their address, if they have one.
pub fn email(n: u64) -> String {
    format!("p{n}@mail.example")
}

/// The token of their phone.
pub fn token(n: u64) -> String {
    format!("{n:064x}")
}

/// The last day of their identity card.
pub fn expires_on(n: u64, begins: NaiveDate) -> NaiveDate {
    begins + Duration::days(i64::try_from(n * 7_919 % 1_500).unwrap() - 10)
}

/// The day on which they renew it; none for who does not.
pub fn renews_on(n: u64, begins: NaiveDate) -> Option<NaiveDate> {
    let before = i64::try_from(chance(n, 2)).unwrap() - 15;
    (chance(n, 3) < 60).then(|| expires_on(n, begins) - Duration::days(before)).filter(|day| *day > begins)
}

/// Who acts for somebody.
fn holder_of(n: u64) -> u64 {
    let first = n - n % 10;
    if first == n { n + 1 } else { first }
}

/// Imports the register, and writes what citizens have from before. The ids of the residents, by number.
pub async fn fill(place: &common::Place, town: &Municipality, people: u64, begins: NaiveDate) -> Vec<ResidentId> {
    let mut residents =
        "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;household;address_hidden\n"
            .to_owned();
    let mut papers = "national_number;kind;number_end;issued_on;expires_on\n".to_owned();
    for n in 0..people {
        let (one, (number, born)) = (Trait::of(n), number(n));
        let (street, house, postcode) = (n / 200 % 90, n % 200 + 1, 9800 + n % 3 * 10);
        let hidden = if one.hidden { "ja" } else { "" };
        writeln!(
            residents,
            "{number};Peeters;P{n};{born};{};Straat {street};{house};{postcode};Deinze;h{};{hidden}",
            one.language,
            n / 3
        )
        .unwrap();
        let expires = expires_on(n, begins);
        writeln!(papers, "{number};eid;42;{};{expires}", expires - Days::new(3_650)).unwrap();
    }
    let app = &place.instance.app;
    let file = |name: &str, text: &str| {
        let path = place.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        (Source::file(&path).unwrap(), false)
    };
    let report = || Report::create(&place.folder.path().join("report.csv")).unwrap();
    let came = residents::import::import(app, town, file("residents.csv", &residents), report(), |_| {}).await.unwrap();
    assert_eq!(came.added, people, "each of them was imported");
    let came = documents::import::import(app, town, file("documents.csv", &papers), report(), |_| {}).await.unwrap();
    assert_eq!(came.added, people, "each has a card");

    let mut r = app.db.read().await.unwrap();
    let all: Vec<(String, ResidentId)> = with_conn!(r, c => sqlx::query_as(
        "select given_names, id from resident where municipality_id = $1").bind(town.id).fetch_all(c).await)
    .unwrap();
    let channel: Uuid = with_conn!(r, c => sqlx::query_scalar(
        "select id from channel where provider = 'apns' and environment = 'production'").fetch_one(c).await)
    .unwrap();
    drop(r);
    let known: HashMap<String, ResidentId> = all.into_iter().collect();
    let ids: Vec<ResidentId> = (0..people).map(|n| known[&format!("P{n}")]).collect();
    phones(place, town, &ids, channel).await;
    contacts(place, town, &ids).await;
    mandates(place, town, &ids, begins).await;
    app.db.filled(&["resident", "document", "account", "session", "device", "contact_settings", "mandate"]).await;
    ids
}

/// Those of a town whom something is so of, with their ids, by the chunk.
fn those(ids: &[ResidentId], is: impl Fn(Trait) -> bool) -> Vec<Vec<(u64, ResidentId)>> {
    let all: Vec<(u64, ResidentId)> = (0..).zip(ids.iter().copied()).filter(|(n, _)| is(Trait::of(*n))).collect();
    all.chunks(CHUNK).map(<[_]>::to_vec).collect()
}

/// The app on a phone of theirs. Session and device have the id of whose they are.
async fn phones(place: &common::Place, town: &Municipality, ids: &[ResidentId], channel: Uuid) {
    let now: DateTime<Utc> = place.instance.app.clock.now();
    let (town, until) = (town.id, now + Duration::days(600));
    for part in those(ids, |one| one.has_app) {
        let mut w = place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into account (municipality_id, resident_id, language, first_signed_in_at, greeted_at) ");
            q.push_values(&part, |mut b, (n, id)| {
                b.push_bind(town).push_bind(*id).push_bind(Trait::of(*n).language).push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at) ");
            q.push_values(&part, |mut b, (_, id)| {
                b.push_bind(town).push_bind(id.0).push_bind(*id).push_bind("x").push_bind(now).push_bind(now).push_bind(until);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind, target, locale, app_version, preview, state, registered_at, seen_at) ");
            q.push_values(&part, |mut b, (n, id)| {
                b.push_bind(town).push_bind(id.0).push_bind(id.0).push_bind(*id).push_bind(id.0).push_bind(channel).push_bind("ios")
                    .push_bind("apns_token").push_bind(token(*n)).push_bind(Trait::of(*n).language).push_bind("1").push_bind("neutral")
                    .push_bind("active").push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        w.commit().await.unwrap();
    }
}

/// What they chose, and the address that they confirmed.
async fn contacts(place: &common::Place, town: &Municipality, ids: &[ResidentId]) {
    let (now, town) = (place.instance.app.clock.now(), town.id);
    for part in those(ids, |one| one.has_email || one.never_digital) {
        let mut w = place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into contact_settings (municipality_id, resident_id, steps, never_digital, email, email_confirmed_at, open_email, announcements_by_email, large_print, changed_at) ");
            q.push_values(&part, |mut b, (n, id)| {
                let one = Trait::of(*n);
                b.push_bind(town).push_bind(*id).push_bind("push,mail,letter").push_bind(one.never_digital)
                    .push_bind(one.has_email.then(|| email(*n))).push_bind(one.has_email.then_some(now)).push_bind(false).push_bind(false)
                    .push_bind(n % 40 == 1).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        w.commit().await.unwrap();
    }
}

/// Who acts for whom, as if it had been given at the counter.
async fn mandates(place: &common::Place, town: &Municipality, ids: &[ResidentId], begins: NaiveDate) {
    let (app, town) = (&place.instance.app, town.id);
    let (now, until) = (app.clock.now(), begins + Days::new(500));
    let is_there = |n: u64| holder_of(n) < ids.len() as u64;
    for part in those(ids, |one| one.has_holder) {
        let part: Vec<_> = part.into_iter().filter(|(n, _)| is_there(*n)).collect();
        if part.is_empty() {
            continue;
        }
        let mut w = app.db.write().await.unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into mandate (municipality_id, id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, asked_at, accepted_at) ");
            q.push_values(&part, |mut b, (n, id)| {
                b.push_bind(town).push_bind(app.ids.uuid(now)).push_bind(*id).push_bind(ids[usize::try_from(holder_of(*n)).unwrap()])
                    .push_bind("given").push_bind("represent").push_bind("see,be_told,book").push_bind("documents,visits,messages")
                    .push_bind(begins).push_bind(until).push_bind("active").push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        }).unwrap();
        w.commit().await.unwrap();
    }
}
