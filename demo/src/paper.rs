//! What leaves the town by no push: letters, e-mails, and who acts for whom; and what became of a month's messages in numbers.
//!
//! Everything comes about as in a town: Els confirms an address and gives a mandate through the operations of the counter, and each
//! PDF is the server's own.

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, Utc};
use poem::{
    IntoResponse as _, Response, Route, get, handler,
    web::{Data, Html, Json, Path},
};
use serde_json::{Value, json};
use thuisloket::{
    inbox::reach::{
        Outcome,
        coverage::{self, CoverageBy},
    },
    platform::time::instant,
    with_conn,
};
use thuisloket_mobile_contract::{
    client::types,
    phone::{Kind, Phone},
    smtp::Received,
    staff_client::StaffClient,
};
use uuid::Uuid;

use super::{CLERK, Demo, WRITER, at_the_counter, fault, installation, text, town};

/// Batches, mandates and e-mails that the page shows, the newest first.
const SHOWN: i64 = 20;
/// Days that may pass before there is a letter.
const PATIENCE: u32 = 14;
/// How often it is looked whether something is done that is under way, and how long between.
const LOOKS: usize = 200;
const BETWEEN: Duration = Duration::from_millis(50);

const BATCHES: &str = "
    select id, number, state, letters, parts from letter_batch where municipality_id = $1 order by number desc limit $2";
const LETTER_TO: &str = "
    select l.batch_id, l.part, b.state from letter l
    join letter_batch b on b.municipality_id = l.municipality_id and b.id = l.batch_id
    join resident r on r.municipality_id = l.municipality_id and r.id = l.resident_id
    where l.municipality_id = $1 and r.given_names = $2 and r.family_name = $3";
const MANDATES: &str = "
    select g.given_names as grantor, h.given_names as holder, m.until_on from mandate m
    join resident g on g.municipality_id = m.municipality_id and g.id = m.grantor_id
    join resident h on h.municipality_id = m.municipality_id and h.id = m.holder_id
    where m.municipality_id = $1 and m.state = 'active' order by m.asked_at desc, m.id limit $2";
const FOLLOWED: &str = "select count(*) from reach where municipality_id = $1 and created_at >= $2 and created_at < $3";

#[derive(sqlx::FromRow)]
struct Batch {
    id: Uuid,
    number: i64,
    state: String,
    letters: i64,
    parts: i64,
}

/// Where somebody's letter is.
#[derive(sqlx::FromRow)]
struct Letter {
    batch_id: Uuid,
    part: Option<i64>,
    state: String,
}

#[derive(sqlx::FromRow)]
struct Acting {
    grantor: String,
    holder: String,
    until_on: Option<NaiveDate>,
}

/// The page, and what it shows.
pub fn routes(route: Route) -> Route {
    route
        .at("/paper", get(page))
        .at("/paper/state", get(state_page))
        .at("/paper/letters/:batch/:part", get(letters_page))
}

/// The code in an e-mail: six digits.
fn code(mail: &Received) -> Option<String> {
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    mail.plain().split_whitespace().map(|word| word.trim_matches('.')).find(is_code).map(str::to_owned)
}

/// The sum of the parts of a row that are told, and whether all of them are.
fn parts(row: &Value) -> (i64, bool) {
    let told = |name: &str| row[name].as_i64();
    let names: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.as_str()).chain(["under_way"]).collect();
    (names.iter().filter_map(|name| told(name)).sum(), names.iter().all(|name| told(name).is_some()))
}

/// Whether the numbers of a month add up: what is told is the whole, or leaves room for what is too small to be told.
fn adds_up(month: &Value) -> bool {
    let rows = month["rows"].as_array().map_or(&[][..], Vec::as_slice);
    let fits = |(sum, is_whole): (i64, bool), all: i64| if is_whole { sum == all } else { sum < all };
    let is_whole = rows.iter().all(|row| row["all"].is_i64());
    let sum: i64 = rows.iter().filter_map(|row| row["all"].as_i64()).sum();
    month["all"].as_i64().is_none_or(|all| fits((sum, is_whole), all))
        && rows.iter().all(|row| row["all"].as_i64().is_none_or(|all| fits(parts(row), all)))
}

impl Demo {
    /// What the counter does for who has no phone: an address is confirmed with the code that was sent there, and a daughter may act for her
    /// mother. Whatever a town that was kept has already is left as it is.
    pub(super) async fn without_a_phone(&self, desk: &StaffClient, cast: &town::Cast) -> anyhow::Result<()> {
        for (elder, one) in town::ELDERS.iter().zip(&cast.elders) {
            let Some(email) = elder.email else { continue };
            let id = desk.find(&one.number, "visit").await.map_err(at_the_counter)?;
            let settings = format!("residents/{id}/contact-settings");
            let known = desk.read(&format!("{settings}?reason=visit")).await.map_err(at_the_counter)?;
            if known["email"].is_string() {
                continue;
            }
            let begin = json!({ "email": email });
            desk.ask(&format!("{settings}/email?reason=visit"), &begin).await.map_err(at_the_counter)?;
            let code = self.code_for(email).await?;
            let confirm = format!("{settings}/email/confirm?reason=visit");
            desk.ask(&confirm, &json!({ "code": code })).await.map_err(at_the_counter)?;
            self.say(format!(
                "{} has no app; {CLERK} sends a code to his e-mail address, he reads it out, and it is his.",
                one.given
            ));
        }
        let daughter = town::KNOWN.iter().zip(&cast.known).find(|(who, _)| who.key == town::ACTING);
        let (Some(mother), Some((_, daughter))) = (cast.elders.first(), daughter) else { return Ok(()) };
        let grantor = desk.find(&mother.number, "visit").await.map_err(at_the_counter)?;
        let known = desk.read(&format!("residents/{grantor}/mandates?reason=visit")).await.map_err(at_the_counter)?;
        if known["given"].as_array().is_some_and(|given| !given.is_empty()) {
            return Ok(());
        }
        let holder = desk.find(&daughter.number, "visit").await.map_err(at_the_counter)?;
        let today = self.today();
        let give = json!({
            "grantor_id": grantor, "holder_id": holder, "basis": "given", "mode": "represent",
            "verbs": ["see", "be_told", "book"], "kinds": ["documents", "visits", "messages"],
            "from_on": today, "until_on": today.checked_add_days(Days::new(365)), "both_present": true, "reason": "visit",
        });
        desk.ask("mandates", &give).await.map_err(at_the_counter)?;
        self.say(format!(
            "{} has no phone. She comes to the counter with her daughter {}; {CLERK} sees both their cards and gives {1} a mandate \
             for a year.",
            mother.given, daughter.given
        ));
        Ok(())
    }

    /// The code that was sent to an address.
    async fn code_for(&self, email: &str) -> anyhow::Result<String> {
        for _ in 0..LOOKS {
            self.instance.drain().await?;
            if let Some(code) = self.stubs.smtp.taken_for(email).last().and_then(code) {
                return Ok(code);
            }
            tokio::time::sleep(BETWEEN).await;
        }
        anyhow::bail!("no code came to {email}")
    }

    /// What becomes of those without a phone, and of all that was told, without a person.
    ///
    /// # Errors
    /// Whatever does not work, did not arrive, or does not add up.
    pub(super) async fn on_paper(&self) -> anyhow::Result<()> {
        let godelieve = town::ELDERS.first().context("nobody is without a phone")?;
        let (batch, part) = self.letter_to(godelieve).await?;
        let els = StaffClient::sign_in(&self.own, CLERK).await.map_err(at_the_counter)?;
        let pdf = els.file(&format!("letter-batches/{batch}/pdf?part={part}")).await.map_err(at_the_counter)?;
        anyhow::ensure!(pdf.starts_with(b"%PDF"), "the letters are no PDF");
        let known = els.read(&format!("letter-batches/{batch}")).await.map_err(at_the_counter)?;
        self.say(format!(
            "{}, {} years old and without a phone, gets a letter: it is in batch {} with {} others, a PDF of {} kB.",
            godelieve.given,
            godelieve.age(),
            known["number"],
            known["letters"].as_i64().unwrap_or(1) - 1,
            pdf.len() / 1_024
        ));
        for elder in town::ELDERS {
            let Some(email) = elder.email else { continue };
            let told = self.stubs.smtp.taken_for(email);
            // The first was the code.
            let mail = told.get(1).with_context(|| format!("{} was sent no e-mail", elder.given))?;
            let subject = mail.header("Subject").unwrap_or_default();
            anyhow::ensure!(!mail.plain().contains("2027"), "an e-mail tells what it is about");
            self.say(format!("{} gets an e-mail, which says no more than a lock screen: “{subject}”", elder.given));
        }
        self.acts().await?;
        let month = self.today();
        let rik = StaffClient::sign_in(&self.own, WRITER).await.map_err(at_the_counter)?;
        let told = rik.read(&format!("coverage?month={month}&by=plan")).await.map_err(at_the_counter)?;
        let all = self.followed(month).await?;
        anyhow::ensure!(
            told["all"].as_i64().is_none_or(|told| told == all),
            "{all} were told, and not {}",
            told["all"]
        );
        anyhow::ensure!(adds_up(&told), "the month does not add up: {told}");
        self.say(format!("What became of the {all} messages of this month that ask for something adds up to {all}."));
        Ok(())
    }

    /// Lets days pass until somebody's letter is in a batch that can be printed: which, and in which part.
    async fn letter_to(&self, who: &town::Elder) -> anyhow::Result<(Uuid, i64)> {
        for _ in 0..PATIENCE {
            for _ in 0..LOOKS {
                let mut r = self.instance.app.db.read().await?;
                let found: Option<Letter> = with_conn!(r, c => sqlx::query_as(LETTER_TO)
                    .bind(self.town.id).bind(who.given).bind(who.family).fetch_optional(c).await)?;
                drop(r);
                match found {
                    None => break,
                    Some(Letter { batch_id, part: Some(part), state: how }) if how != "making" => {
                        return Ok((batch_id, part));
                    }
                    Some(_) => {
                        self.instance.drain().await?;
                        tokio::time::sleep(BETWEEN).await;
                    }
                }
            }
            self.next_day().await?;
        }
        anyhow::bail!("{} was written no letter", who.given)
    }

    /// The daughter reads what is her mother's.
    async fn acts(&self) -> anyhow::Result<()> {
        let name = "Telefoon van Katrien";
        let kind = Kind::Android { fid: "dKatrien0Story0mJh1yq8".to_owned() };
        let mut phone = Phone::new(&self.own, kind, name, types::Language::Nl);
        phone.provider = Some("town".to_owned());
        phone.installation = installation(name);
        phone.sign_in("deinze", town::ACTING).await?;
        let held = phone.read("/v1/mandates?side=held", None).await?;
        let mandate = &held["mandates"][0];
        let mother: Uuid = text(mandate, "resident_id").parse().context("Katrien acts for nobody")?;
        let documents = phone.read("/v1/documents", Some(mother)).await?;
        let inbox = phone.read("/v1/inbox", Some(mother)).await?;
        let (documents, messages) = (documents.as_array(), inbox["messages"].as_array());
        let card = documents.and_then(|all| all.first()).context("she sees no document of her mother's")?;
        anyhow::ensure!(text(card, "kind") == "eid", "that is no identity card: {card}");
        anyhow::ensure!(messages.is_some(), "she does not see her mother's messages");
        self.say(format!(
            "Katrien acts for {}: she sees an identity card that expires on {}. It stands in her mother's trail.",
            text(mandate, "name"),
            text(card, "expires_on")
        ));
        Ok(())
    }

    /// How many messages of a month are followed.
    async fn followed(&self, day: NaiveDate) -> anyhow::Result<i64> {
        let first = day.with_day(1).context("no month")?;
        let next = first.checked_add_months(Months::new(1)).context("no month")?;
        let at = |day| -> DateTime<Utc> { instant(self.town.zone, day, NaiveTime::MIN) };
        let mut r = self.instance.app.db.read().await?;
        let all: i64 = with_conn!(r, c => sqlx::query_scalar(FOLLOWED)
            .bind(self.town.id).bind(at(first)).bind(at(next)).fetch_one(c).await)?;
        Ok(all)
    }

    /// All that the page shows.
    async fn paper(&self) -> anyhow::Result<Value> {
        let app = &self.instance.app;
        let mut r = app.db.read().await?;
        let batches: Vec<Batch> =
            with_conn!(r, c => sqlx::query_as(BATCHES).bind(self.town.id).bind(SHOWN).fetch_all(c).await)?;
        let mandates: Vec<Acting> =
            with_conn!(r, c => sqlx::query_as(MANDATES).bind(self.town.id).bind(SHOWN).fetch_all(c).await)?;
        drop(r);
        let batches = batches.iter().map(
            |b| json!({ "id": b.id, "number": b.number, "state": b.state, "letters": b.letters, "parts": b.parts }),
        );
        let mandates =
            mandates.iter().map(|m| json!({ "grantor": m.grantor, "holder": m.holder, "until_on": m.until_on }));
        let taken = self.stubs.smtp.taken();
        let mails = taken
            .iter()
            .rev()
            .take(usize::try_from(SHOWN).unwrap_or_default())
            .map(|m| json!({ "to": m.to, "subject": m.header("Subject").unwrap_or_default(), "text": m.plain() }));
        let month = coverage::of_month(app, &self.town, self.today(), CoverageBy::Plan).await?;
        let rows: Vec<Value> = month
            .rows
            .iter()
            .map(|row| {
                let ended =
                    Outcome::ALL.iter().zip(&row.ended).map(|(outcome, n)| (outcome.as_str().to_owned(), json!(n)));
                let mut cells: serde_json::Map<String, Value> = ended.collect();
                cells.insert("under_way".to_owned(), json!(row.under_way));
                let (sum, is_whole) = parts(&Value::Object(cells.clone()));
                json!({ "name": row.name, "all": row.all, "cells": cells, "sum": sum, "is_whole": is_whole })
            })
            .collect();
        Ok(json!({
            "day": self.today(),
            "batches": batches.collect::<Vec<_>>(),
            "mails": mails.collect::<Vec<_>>(),
            "mandates": mandates.collect::<Vec<_>>(),
            "coverage": { "from": month.from, "all": month.all, "followed": self.followed(month.from).await?, "rows": rows },
        }))
    }
}

#[handler]
fn page() -> Response {
    Html(include_str!("paper.html"))
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
        )
        .into_response()
}

#[handler]
async fn state_page(demo: Data<&Demo>) -> Response {
    match demo.paper().await {
        Ok(value) => Json(value).into_response(),
        Err(error) => fault(&error),
    }
}

/// The letters of a part of a batch, as Els gets them at the counter.
#[handler]
async fn letters_page(demo: Data<&Demo>, Path((batch, part)): Path<(Uuid, u32)>) -> Response {
    let pdf = async {
        let els = StaffClient::sign_in(&demo.own, CLERK).await.map_err(at_the_counter)?;
        els.file(&format!("letter-batches/{batch}/pdf?part={part}")).await.map_err(at_the_counter)
    };
    match pdf.await {
        Ok(pdf) => pdf.with_content_type("application/pdf").into_response(),
        Err(error) => fault(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(all: Option<i64>, told: &[(&str, i64)]) -> Value {
        let mut row = json!({ "name": "reminder", "all": all });
        for outcome in Outcome::ALL {
            row[outcome.as_str()] = json!(0);
        }
        row["under_way"] = json!(0);
        for (name, n) in told {
            row[*name] = json!(n);
        }
        row
    }

    #[test]
    fn a_month_adds_up_where_its_parts_are_the_whole_or_leave_room_for_what_is_not_told() {
        let whole = row(Some(30), &[("read", 20), ("under_way", 10)]);
        assert!(adds_up(&json!({ "all": 30, "rows": [whole] })));
        assert!(!adds_up(&json!({ "all": 31, "rows": [whole] })));
        let wrong = row(Some(30), &[("read", 20), ("under_way", 11)]);
        assert!(!adds_up(&json!({ "all": 30, "rows": [wrong] })));
        let mut few = row(Some(30), &[("read", 20)]);
        (few["posted"], few["mailed"]) = (Value::Null, Value::Null);
        assert!(adds_up(&json!({ "all": 30, "rows": [few] })));
        few["read"] = json!(30);
        assert!(!adds_up(&json!({ "all": 30, "rows": [few] })), "nothing is left for what is not told");
        assert!(adds_up(&json!({ "rows": [row(None, &[])] })), "too few for any number");
    }
}
