//! What becomes of people in the year by itself: they die or leave, get the app, end a mandate, lose an address, want no more announcements by
//! e-mail. Who and when follows from somebody's number.

use std::fmt::Write as _;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::{Value, json};
use thuisloket::{
    platform::{
        ids::ResidentId,
        import::{Report, Source},
    },
    residents, with_conn,
};
use thuisloket_mobile_contract::{oidc, staff_client::StaffClient};
use uuid::Uuid;

use crate::{
    BEGINS, No, Year, at, common,
    year_town::{Trait, chance, email, number, token},
};

/// How many days apart the register says who is gone, and people get the app.
const MONTH: i64 = 30;
/// How many days apart mandates are ended at the counter, on a Tuesday.
const FOUR_WEEKS: i64 = 28;
/// How long before somebody leaves the register says so.
const KNOWN_BEFORE: Duration = Duration::days(10);
/// How long an e-mail takes to come back.
const COMES_BACK: Duration = Duration::days(1);

/// Somebody who died or left, and since when.
pub struct Gone {
    pub n: u64,
    pub at: DateTime<Utc>,
}

/// An e-mail that comes back: to whom it was, where it comes back to, and when.
pub struct Back {
    n: u64,
    to: String,
    at: DateTime<Utc>,
}

/// A mandate that was ended at the counter, and since when.
pub struct Ended {
    pub grantor: ResidentId,
    pub holder: ResidentId,
    pub at: DateTime<Utc>,
}

/// Whether somebody's phone is one of Google's: three of seven from the beginning, and half of those that come.
pub fn is_android(n: u64) -> bool {
    matches!(n % 10, 1 | 4 | 6 | 8)
}

/// Whether they want announcements by e-mail: a third of those who have an address.
pub fn wants_news(n: u64) -> bool {
    Trait::of(n).has_email && chance(n, 21) < 33
}

/// From when nobody reads their address any more, or takes it for theirs; none for nearly everybody.
fn breaks_on(n: u64) -> Option<NaiveDate> {
    let one = Trait::of(n);
    let after = i64::try_from(chance(n, 32) * 2).unwrap();
    (one.has_email && !one.bad_email && chance(n, 31) < 10).then(|| BEGINS + Duration::days(after))
}

/// In which month they get the app who had none; none for who does not.
fn installs_in(n: u64) -> Option<u64> {
    let one = Trait::of(n);
    (!one.has_app && !one.never_digital && chance(n, 41) < 12).then(|| chance(n, 42) % 12)
}

/// In which month the register says that they died (true) or will leave; none for who stays.
fn is_gone_in(n: u64) -> Option<(u64, bool)> {
    (chance(n, 51) < 3).then(|| (chance(n, 52) % 12, chance(n, 53) < 35))
}

/// In which four weeks the mandate for them is ended; none where it stands.
fn ends_in(n: u64) -> Option<u64> {
    (Trait::of(n).has_holder && chance(n, 61) < 8).then(|| chance(n, 62) % 13)
}

/// Whose address this is.
fn number_of(address: &str) -> Option<u64> {
    address.strip_prefix('p')?.split('@').next()?.parse().ok()
}

/// Which turn of something a day is that comes on the `nth` day of each; none on any other day.
fn turn(d: i64, every: i64, nth: i64) -> Option<u64> {
    (d % every == nth).then(|| u64::try_from(d / every).unwrap())
}

/// The way to a provider.
pub async fn channel(place: &common::Place, provider: &'static str) -> Uuid {
    let mut r = place.instance.app.db.read().await.unwrap();
    let sql = "select id from channel where provider = $1 and environment = 'production'";
    with_conn!(r, c => sqlx::query_scalar(sql).bind(provider).fetch_one(c).await).unwrap()
}

impl Year {
    pub fn resident(&self, n: u64) -> ResidentId {
        self.ids[usize::try_from(n).unwrap()]
    }

    /// Whether somebody died or left before.
    pub fn is_gone(&self, resident: ResidentId) -> bool {
        self.gone.get(&resident).is_some_and(|gone| gone.at <= self.now())
    }

    /// What people have from before beside what [`year_town`](crate::year_town) gave them: phones of Google's, and who wants announcements by
    /// e-mail.
    pub async fn equip(&self) {
        // Somebody's given name is P and their number: of the last digit `is_android` says the same.
        let phones = "update device set platform = 'android', target_kind = 'fcm_token', channel_id = $2
             where municipality_id = $1 and resident_id in
                 (select id from resident where municipality_id = $1
                      and (given_names like '%1' or given_names like '%4' or given_names like '%6'))";
        let wish = "update contact_settings set announcements_by_email = true
             where municipality_id = $1 and resident_id = $2 and email is not null";
        let town = self.town.id;
        let mut w = self.place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query(phones).bind(town).bind(self.fcm).execute(c).await.map(|_| ())).unwrap();
        for n in (0..self.people).filter(|n| wants_news(*n)) {
            let resident = self.resident(n);
            with_conn!(w, c => sqlx::query(wish).bind(town).bind(resident).execute(c).await.map(|_| ())).unwrap();
        }
        w.commit().await.unwrap();
    }

    /// What happens to people today. The house is kept behind it, as each minute otherwise: who is gone is signed out, and what ends with them
    /// ends.
    pub async fn live(&mut self, (d, day): (i64, NaiveDate)) {
        if let Some(month) = turn(d, MONTH, 17) {
            self.leave(month, day).await;
        }
        if let Some(month) = turn(d, MONTH, 11) {
            self.install(month).await;
        }
        if let Err(error) = self.place.instance.housekeeping().await {
            *self.refused.entry(format!("keeping house: {error:#}")).or_default() += 1;
        }
    }

    /// Some die or leave, as the register says: who died is gone today, who leaves in some days.
    async fn leave(&mut self, month: u64, day: NaiveDate) {
        let mut text =
            "national_number;family_name;given_names;birth_date;street;house_number;postcode;town;state;state_date\n"
                .to_owned();
        let mut told = 0;
        for n in 0..self.people {
            let Some((_, died)) = is_gone_in(n).filter(|(when, _)| *when == month) else { continue };
            let (state, on) = if died { ("deceased", day) } else { ("departed", day + KNOWN_BEFORE) };
            let (number, born) = number(n);
            let (street, house, postcode) = (n / 200 % 90, n % 200 + 1, 9800 + n % 3 * 10);
            writeln!(text, "{number};Peeters;P{n};{born};Straat {street};{house};{postcode};Deinze;{state};{on}")
                .unwrap();
            let since = if died { self.now() } else { at(self.town.zone, on, 0) };
            let resident = self.resident(n);
            self.gone.insert(resident, Gone { n, at: since });
            told += 1;
        }
        if told == 0 {
            return;
        }
        let file = self.place.folder.path().join("gone.csv");
        std::fs::write(&file, text).unwrap();
        let report = Report::create(&self.place.folder.path().join("report.csv")).unwrap();
        let source = (Source::file(&file).unwrap(), false);
        let came =
            residents::import::import(&self.place.instance.app, &self.town, source, report, |_| {}).await.unwrap();
        assert_eq!(
            (came.changed, came.added, came.wrong),
            (told, 0, 0),
            "each of them died or leaves: {:?}",
            came.notes
        );
    }

    /// Some get the app who had none; and each app says that it is there still.
    async fn install(&mut self, month: u64) {
        let (town, now) = (self.town.id, self.now());
        let until = now + Duration::days(600);
        let seen = "update device set seen_at = $2 where municipality_id = $1";
        let account =
            "insert into account (municipality_id, resident_id, language, first_signed_in_at) values ($1, $2, $3, $4)";
        let session =
            "insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at)
            values ($1, $2, $2, 'x', $3, $3, $4)";
        let device = "insert into device (municipality_id, id, installation_id, resident_id, session_id, channel_id, platform, target_kind,
                target, locale, app_version, preview, state, registered_at, seen_at)
            values ($1, $2, $2, $2, $2, $3, $4, $5, $6, $7, '1', 'neutral', 'active', $8, $8)";
        let mut w = self.place.instance.app.db.write().await.unwrap();
        with_conn!(w, c => sqlx::query(seen).bind(town).bind(now).execute(c).await.map(|_| ())).unwrap();
        for n in (0..self.people).filter(|n| installs_in(*n) == Some(month)) {
            let (resident, language) = (self.resident(n), Trait::of(n).language);
            if self.is_gone(resident) {
                continue;
            }
            let (channel, platform, kind) =
                if is_android(n) { (self.fcm, "android", "fcm_token") } else { (self.apns, "ios", "apns_token") };
            with_conn!(w, c => sqlx::query(account).bind(town).bind(resident).bind(language).bind(now)
                .execute(c).await.map(|_| ()))
            .unwrap();
            with_conn!(w, c => sqlx::query(session).bind(town).bind(resident).bind(now).bind(until)
                .execute(c).await.map(|_| ()))
            .unwrap();
            with_conn!(w, c => sqlx::query(device).bind(town).bind(resident).bind(channel).bind(platform).bind(kind)
                .bind(token(n)).bind(language).bind(now).execute(c).await.map(|_| ()))
            .unwrap();
            self.installed += 1;
        }
        w.commit().await.unwrap();
    }

    /// Some mandates are ended at the counter.
    pub async fn end_mandates(&mut self, desk: &StaffClient, d: i64) {
        let Some(turn) = turn(d, FOUR_WEEKS, 22) else { return };
        let sql =
            "select id, holder_id from mandate where municipality_id = $1 and grantor_id = $2 and ended_at is null";
        for n in (0..self.people).filter(|n| ends_in(*n) == Some(turn)) {
            let grantor = self.resident(n);
            let mut r = self.place.instance.app.db.read().await.unwrap();
            let found: Option<(Uuid, ResidentId)> =
                with_conn!(r, c => sqlx::query_as(sql).bind(self.town.id).bind(grantor).fetch_optional(c).await)
                    .unwrap();
            drop(r);
            // It ended by itself where one of the two is gone.
            let Some((mandate, holder)) = found else { continue };
            let url = format!("{}/staff/v1/mandates/{mandate}?reason=telephone", self.server);
            let came = said(self.http.delete(url).bearer_auth(&desk.token)).await;
            if self.kept("a mandate is ended", came).is_some() {
                let at = self.now();
                self.ended.push(Ended { grantor, holder, at });
            }
        }
    }

    /// What becomes of an e-mail that the relay took: it comes back later, where nobody reads that address any more. With where a click ends
    /// announcements by e-mail, if it is of one and they want no more of them.
    pub fn arrives(&mut self, to: &str, returns_to: &str, unsubscribe: Option<&str>) -> Option<(u64, String)> {
        let (now, n) = (self.now(), number_of(to)?);
        let today = now.with_timezone(&self.town.zone).date_naive();
        if breaks_on(n).is_some_and(|day| day <= today) {
            self.coming_back.push(Back { n, to: returns_to.to_owned(), at: now + COMES_BACK });
            return None;
        }
        let link = unsubscribe?.trim_matches(['<', '>']).to_owned();
        (chance(n, 22) < 20).then_some((n, link))
    }

    /// Some want no more announcements by e-mail, and follow the link in one.
    pub async fn unsubscribe(&mut self, clicks: Vec<(u64, String)>) {
        for (n, link) in clicks {
            let click = self.http.post(link).header("content-type", "application/x-www-form-urlencoded");
            let came = said(click.body("List-Unsubscribe=One-Click")).await;
            if self.kept("somebody unsubscribes", came).is_some() {
                let (resident, at) = (self.resident(n), self.now());
                let no = No { resident, email: email(n), at, push: false, mail: false, letter: false, news: true };
                self.said_no.push(no);
                self.unsubscribed += 1;
            }
        }
    }

    /// Whoever reads the mailbox says what came back: the whole report, its status alone, or that somebody complains.
    pub async fn note_bounces(&mut self) {
        let now = self.now();
        let (due, later): (Vec<Back>, Vec<Back>) =
            std::mem::take(&mut self.coming_back).into_iter().partition(|back| back.at <= now);
        self.coming_back = later;
        for Back { n, to, .. } in due {
            let report = match n % 3 {
                0 => json!({ "text": format!("Feedback-Type: abuse\r\nOriginal-Mail-From: <{to}>\r\n") }),
                1 => json!({ "text": format!(
                    "From: MAILER-DAEMON@relay.example\r\nTo: <{to}>\r\n\r\nFinal-Recipient: rfc822; {}\r\nAction: failed\r\nStatus: 5.1.1\r\n",
                    email(n)
                ) }),
                _ => json!({ "recipient": to, "status": "5.1.1" }),
            };
            let url = format!("{}/staff/v1/mail/bounces", self.server);
            let came = said(self.http.post(url).bearer_auth(&self.bounce_key).json(&report)).await;
            if self.kept("an e-mail comes back", came).is_some_and(|answer| answer["noted"] == true) {
                self.came_back.push((email(n), now));
            }
        }
    }
}

/// What the server says to a request; null where that is no JSON.
async fn said(request: reqwest::RequestBuilder) -> Result<Value, oidc::Error> {
    let answer = request.send().await?.error_for_status()?.bytes().await?;
    Ok(serde_json::from_slice(&answer).unwrap_or_default())
}
