//! `thuisloket import documents FILE`: the register's documents, by the same rules as its residents.
//!
//! A document is the same one in the next file by its holder, its kind, its day of issue and the end of its number. Where one of
//! these was put right, or written another way, it goes on being the one that was told of, and no second stands beside it.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hasher as _},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};

use super::{
    DocumentId, policies,
    rows::{Row, Said, parse},
    rules::{self, Facts},
    store::{self, NewDocument, Stored},
};
use crate::{
    municipalities::{KeyBytes, Municipality},
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        import::{self, Column, Fields, Outcome, Position, Report, Source, Wrong},
        time::local_day,
    },
    residents::{
        self,
        import::{Looked, Run, Steps, notes},
    },
};

/// The columns of a file of documents, in any order.
pub const COLUMNS: &[Column] = &[
    Column { name: "national_number", required: true },
    Column { name: "kind", required: true },
    Column { name: "number_end", required: true },
    Column { name: "issued_on", required: true },
    Column { name: "expires_on", required: true },
    Column { name: "ready_on", required: false },
    Column { name: "collected_on", required: false },
    Column { name: "appointment_on", required: false },
    Column { name: "letter_sent_on", required: false },
    Column { name: "stopped_on", required: false },
];

/// Days between two days of issue that may be one, put right: a new document so soon has another number.
const PUT_RIGHT_DAYS: i64 = 31;

/// What is known about a batch: who its holders are, and what they have.
struct Around {
    holders: HashMap<String, ResidentId>,
    /// Of whom nothing is kept any more of what they had.
    emptied: HashSet<ResidentId>,
    documents: HashMap<ResidentId, Vec<Stored>>,
}

impl Around {
    async fn read(
        r: &mut Read,
        town: &Municipality,
        rows: &[import::Row<Row>],
        emptied_before: DateTime<Utc>,
    ) -> sqlx::Result<Self> {
        let hashes: Vec<&str> = rows.iter().flat_map(|r| r.says.holder.iter().map(String::as_str)).collect();
        let holders = residents::store::ids_by_hash(r, town.id, &hashes).await?;
        let mut ids: Vec<_> = holders.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut documents: HashMap<_, Vec<_>> = HashMap::new();
        for document in store::stored(r, town.id, &ids).await? {
            documents.entry(document.resident_id).or_default().push(document);
        }
        let gone = residents::store::gone(r, town.id, &hashes, emptied_before).await?;
        let emptied = gone.iter().filter_map(|hash| holders.get(hash)).copied().collect();
        Ok(Self { holders, emptied, documents })
    }

    fn holder(&self, row: &Row) -> Option<ResidentId> {
        row.holder.iter().find_map(|hash| self.holders.get(hash)).copied()
    }

    fn of(&self, holder: ResidentId) -> &[Stored] {
        self.documents.get(&holder).map(Vec::as_slice).unwrap_or_default()
    }

    /// The document that each of these rows is, of those that are known: by its key; where none has that, one that is the same
    /// but for what was put right; and at last, where the file has one of these days and so have we, that one. None is two rows'.
    fn which(&self, rows: &[(ResidentId, &Said, String)], alone: &Alone) -> Vec<Option<&Stored>> {
        let mut used = HashSet::new();
        let mut found: Vec<Option<&Stored>> = rows
            .iter()
            .map(|(holder, _, key)| self.of(*holder).iter().find(|d| d.row_key == *key))
            .inspect(|d| used.extend(d.map(|d| d.id)))
            .collect();
        for ((holder, said, _), found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let fits = |d: &&Stored| {
                !used.contains(&d.id) && d.kind == said.kind && is_same(&Marks::from(*d), &Marks::from(*said))
            };
            // What is in force before what was retired.
            *found = self.of(*holder).iter().filter(fits).min_by_key(|d| d.retired_at.is_some());
            used.extend(found.map(|d| d.id));
        }
        for ((holder, said, _), found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            if !alone.is(*holder, said) {
                continue;
            }
            let mut all = self.of(*holder).iter().filter(|d| {
                let days = (d.issued_on, d.expires_on) == (said.issued_on, said.expires_on);
                d.kind == said.kind && days && d.is_in_force() && !used.contains(&d.id)
            });
            *found = all.next().filter(|_| all.next().is_none());
            used.extend(found.map(|d| d.id));
        }
        found
    }
}

/// Which rows of a file are the only one of their holder, kind and days.
#[derive(Default)]
struct Alone(HashMap<u64, Option<u64>>);

impl Alone {
    fn add(&mut self, holder: ResidentId, said: &Said, key: &str) {
        let key = digest_of(&key);
        let one = self.0.entry(Self::days(holder, said)).or_insert(Some(key));
        *one = one.filter(|other| *other == key);
    }

    /// Whether the file has this one and no other; where it does not say when it was issued, nobody knows.
    fn is(&self, holder: ResidentId, said: &Said) -> bool {
        said.issued_on.is_some() && self.0.get(&Self::days(holder, said)).is_some_and(Option::is_some)
    }

    fn days(holder: ResidentId, said: &Said) -> u64 {
        digest_of(&(holder, &said.kind, said.issued_on, said.expires_on))
    }
}

fn digest_of(of: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Reads a table into the town's documents. `progress` hears after each batch how far it is.
///
/// # Errors
/// A file that cannot be read to its end, or is refused: then nothing of it was taken. The database.
pub async fn import(
    app: &App,
    town: &Municipality,
    (source, snapshot): (Source, bool),
    mut report: Report,
    progress: impl FnMut(Position),
) -> anyhow::Result<Outcome> {
    let done = take(app, town, (source, snapshot), &mut report, progress).await;
    report.finish(done)
}

async fn take(
    app: &App,
    town: &Municipality,
    (source, snapshot): (Source, bool),
    report: &mut Report,
    mut progress: impl FnMut(Position),
) -> anyhow::Result<Outcome> {
    let keys: Vec<KeyBytes> = town.number_keys.iter().rev().map(|(_, key)| key.clone()).collect();
    let emptied_before = app.clock.now() - Duration::days(app.config.retention.left_days);
    let of = source.bytes;
    let survey = import::survey(&source, COLUMNS).await?;
    anyhow::ensure!(!(snapshot && survey.cut_off), import::CUT_OFF);
    let reader = Arc::new(move |fields: &Fields<'_>| parse(fields, &keys));
    let steps = Steps::of(app, &source);

    let mut w = app.db.write().await?;
    let run = Run::begin(&mut w, app, town, "documents").await?;
    let before = store::count(&mut w, town.id).await?;
    w.commit().await?;

    let mut looked = Looked::default();
    looked.forecast.snapshot = snapshot;
    looked.forecast.active = u64::try_from(before).unwrap_or_default();
    let mut alone = Alone::default();
    let look = snapshot || before > 0;
    if look {
        let parse = reader.clone();
        let (mut over, mut moved) = (HashSet::new(), HashSet::new());
        let mut batches = import::read(&source, &survey, steps.rows, move |fields| parse(fields)).await?;
        while let Some(batch) = batches.recv().await {
            let batch = batch?;
            looked.add(&batch);
            let mut r = app.db.read().await?;
            let around = Around::read(&mut r, town, &batch.rows, emptied_before).await?;
            drop(r);
            let mut seen: Vec<String> = Vec::with_capacity(batch.rows.len());
            let mut rows = Vec::with_capacity(batch.rows.len());
            for row in batch.rows.iter().map(|r| &r.says) {
                let Some(holder) = around.holder(row) else { continue };
                match &row.said {
                    Some(said) => {
                        let key = row_key(holder, said);
                        alone.add(holder, said, &key);
                        rows.push((holder, said, key));
                    }
                    // It is one of the holder's; nobody knows which.
                    None => {
                        let may_be = |d: &&Stored| row.kind.as_ref().is_none_or(|kind| *kind == d.kind);
                        seen.extend(around.of(holder).iter().filter(may_be).map(|d| d.row_key.clone()));
                    }
                }
            }
            let which = around.which(&rows, &alone);
            for ((_, said, _), stored) in rows.iter().zip(&which) {
                over.extend(stored.filter(|stored| said.ends(stored)).map(|stored| stored.id));
                moved.extend(stored.filter(|stored| said.moves(stored)).map(|stored| stored.id));
            }
            // Or beside which another of the same kind would stand: a renewal, or the same one with other days.
            let met: HashSet<DocumentId> = which.iter().flatten().map(|stored| stored.id).collect();
            for ((holder, said, _), _) in rows.iter().zip(&which).filter(|(_, stored)| stored.is_none()) {
                let there = around.of(*holder).iter();
                moved.extend(
                    there.filter(|d| d.kind == said.kind && d.is_in_force() && !met.contains(&d.id)).map(|d| d.id),
                );
            }
            seen.extend(which.into_iter().flatten().map(|d| d.row_key.clone()));
            seen.extend(rows.into_iter().map(|(.., key)| key));
            if snapshot {
                let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
                let pace = steps.begin();
                let mut w = app.db.write().await?;
                run.goes_on(&mut w).await?;
                run.saw(&mut w, &seen).await?;
                w.commit().await?;
                pace.rest().await;
            }
        }
        looked.forecast.gone = over.len() as u64;
        looked.forecast.moved = moved.len() as u64;
        if snapshot {
            app.db.filled(&["import_seen"]).await;
            let mut r = app.db.read().await?;
            looked.forecast.missing = store::unseen(&mut r, town.id, run.id).await?.len() as u64;
        }
        looked.judge(app, &run, report, "documents").await?;
    }

    let mut outcome = Outcome { unreadable: looked.forecast.unreadable, ..Outcome::default() };
    let (mut taken, mut affected, mut doubles, mut long_gone, mut to_come) = (0, 0, 0, 0, 0);
    let mut met = HashMap::new();
    let mut batches = import::read(&source, &survey, steps.rows, move |fields| reader(fields)).await?;
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        outcome.rows += batch.read;
        if !look {
            outcome.unreadable += batch.unreadable;
        }
        let now = app.clock.now();
        let today = local_day(town.zone, now);
        let pace = steps.begin();
        let mut w = app.db.write().await?;
        run.goes_on(&mut w).await?;
        let around = Around::read(&mut w, town, &batch.rows, emptied_before).await?;
        let mut ids: Vec<_> = around.holders.values().copied().collect();
        ids.sort_unstable();
        let births: HashMap<ResidentId, Option<NaiveDate>> =
            residents::people(&mut w, town, &ids).await?.into_iter().map(|p| (p.id, p.birth_date)).collect();

        let read = std::mem::take(&mut batch.rows);
        let mut rows = Vec::with_capacity(read.len());
        for import::Row { line, faulty, says } in &read {
            let wrong =
                |reason: &str| Wrong { line: *line, column: COLUMNS[0].name.to_owned(), reason: reason.to_owned() };
            let Some(said) = &says.said else { continue };
            let Some(holder) = around.holder(says) else {
                batch.fault(*faulty, wrong("is of nobody in the register of residents"));
                continue;
            };
            // What was erased does not come in again, each night, to be erased the next.
            if around.emptied.contains(&holder) {
                long_gone += u64::from(!faulty);
                continue;
            }
            let key = row_key(holder, said);
            let says = digest_of(said);
            match *met.entry(digest_of(&key)).or_insert((*line, says)) {
                (first, _) if first == *line => rows.push((holder, said, key)),
                (_, same) if same == says => doubles += u64::from(!faulty),
                _ => batch
                    .fault(*faulty, wrong("has this document in this file before, with other days: the first counts")),
            }
        }
        outcome.wrong += batch.faulty;
        report.add(&batch.wrong)?;
        let which = around.which(&rows, &alone);
        let mut new = Vec::with_capacity(rows.len());
        for ((holder, said, key), stored) in rows.into_iter().zip(which) {
            if let Some(stored) = stored.filter(|stored| stored.row_key != key) {
                store::put_right(&mut w, (town.id, stored.id), &key, said.issued_on, &said.number_end).await?;
            }
            to_come += u64::from(said.is_to_come(today));
            let mut row = complete(holder, said, key, stored, today);
            let born_on = births.get(&holder).copied().flatten();
            let stages = rules::schedule(&facts(&row, born_on, today), &super::calendar(town), |s| policies(town, s));
            row.next_due_at = rules::first_look(&stages, now, today).filter(|_| row.stopped_on.is_none());
            new.push(row);
        }
        let ids: Vec<_> = new.iter().map(|_| DocumentId(app.ids.uuid(now))).collect();
        affected += store::upsert(&mut w, town.id, &new, &ids, now).await?;
        w.commit().await?;
        taken += new.len() as u64;
        progress(Position { bytes: batch.bytes, of, rows: outcome.rows, wrong: outcome.wrong });
        pace.rest().await;
    }

    // Before what reads the whole town: a town that was empty until now is planned for as if it were still.
    app.db.filled(&["document", "import_seen"]).await;
    let mut w = app.db.write().await?;
    run.finish(&mut w, app.clock.now()).await?;
    let after = store::count(&mut w, town.id).await?;
    outcome.added = u64::try_from(after - before).unwrap_or_default();
    outcome.changed = affected.saturating_sub(outcome.added);
    outcome.unchanged = (taken + doubles + long_gone).saturating_sub(affected);
    if snapshot && looked.may_retire() {
        let missing = store::unseen(&mut w, town.id, run.id).await?;
        outcome.retired = store::retire(&mut w, town.id, &missing, app.clock.now()).await?;
    }
    run.forget(&mut w).await?;
    w.commit().await?;
    outcome.notes = notes(&survey, &app.config.import, before > 0, &looked, &outcome);
    if long_gone > 0 {
        outcome
            .notes
            .push(format!("are of who left so long ago that they are kept no more, and were not taken: {long_gone}"));
    }
    if to_come > 0 {
        outcome.notes.push(format!("are stopped on a day to come, and go on until then: {to_come}"));
    }
    Ok(outcome)
}

fn facts(new: &NewDocument, born_on: Option<NaiveDate>, today: NaiveDate) -> Facts {
    Facts {
        kind: new.kind.clone(),
        issued_on: new.issued_on,
        expires_on: new.expires_on,
        ready_on: new.ready_on.filter(|_| new.collected_on.is_none_or(|day| day > today)),
        collected_on: new.collected_on,
        born_on,
        called_on: None,
    }
}

/// What is to be stored: what the row says, and what is known where it is silent.
fn complete(holder: ResidentId, said: &Said, row_key: String, known: Option<&Stored>, today: NaiveDate) -> NewDocument {
    let day = |said: Option<Option<NaiveDate>>, known: Option<NaiveDate>| said.unwrap_or(known);
    let stopped = day(said.stopped_on, known.and_then(|k| k.stopped_on.or(k.stops_on)));
    let mut new = NewDocument {
        resident: holder,
        kind: said.kind.clone(),
        number_end: said.number_end.clone(),
        issued_on: said.issued_on,
        expires_on: said.expires_on,
        ready_on: day(said.ready_on, known.and_then(|k| k.ready_on)),
        collected_on: day(said.collected_on, known.and_then(|k| k.collected_on)),
        appointment_on: day(said.appointment_on, known.and_then(|k| k.appointment_on)),
        letter_sent_on: day(said.letter_sent_on, known.and_then(|k| k.letter_sent_on)),
        // What is stopped on a day to come goes on until then.
        stopped_on: stopped.filter(|day| *day <= today),
        stops_on: stopped.filter(|day| *day > today),
        row_key,
        fingerprint: String::new(),
        next_due_at: None,
    };
    new.fingerprint = digest(&format!(
        // As older servers have it: a stop is the same before its day and after.
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        new.expires_on, new.ready_on, new.collected_on, new.appointment_on, new.letter_sent_on, stopped
    ));
    new
}

/// What tells one document of somebody and of a kind from another.
struct Marks {
    number_end: String,
    issued_on: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
}

impl From<&Stored> for Marks {
    fn from(d: &Stored) -> Self {
        Self { number_end: bare(&d.number_end), issued_on: d.issued_on, expires_on: d.expires_on }
    }
}

impl From<&Said> for Marks {
    fn from(d: &Said) -> Self {
        Self { number_end: bare(&d.number_end), issued_on: d.issued_on, expires_on: d.expires_on }
    }
}

/// The end of a number without what a spreadsheet takes away or a clerk writes between: noughts in front, marks, case.
fn bare(number_end: &str) -> String {
    let letters: String = number_end.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.trim_start_matches('0').to_uppercase()
}

/// Whether two descriptions are of one document, of which something was put right or written another way.
fn is_same(one: &Marks, other: &Marks) -> bool {
    let issued = one.issued_on == other.issued_on;
    let expires = one.expires_on == other.expires_on;
    if one.number_end == other.number_end {
        let near = one.issued_on.zip(other.issued_on).is_some_and(|(a, b)| (a - b).num_days().abs() <= PUT_RIGHT_DAYS);
        return issued || (expires && one.expires_on.is_some()) || (near && !one.number_end.is_empty());
    }
    // More or fewer of the last characters, or none.
    let (a, b) = (&one.number_end, &other.number_end);
    issued && expires && one.issued_on.is_some() && (a.ends_with(b.as_str()) || b.ends_with(a.as_str()))
}

/// What makes a document the same one in the next file: holder, kind, day of issue and the end of its number.
fn row_key(holder: ResidentId, said: &Said) -> String {
    digest(&format!("{} {} {:?} {}", holder, said.kind, said.issued_on, said.number_end))
}

fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(number_end: &str, issued: &str, expires: &str) -> Marks {
        Marks { number_end: bare(number_end), issued_on: issued.parse().ok(), expires_on: expires.parse().ok() }
    }

    #[test]
    fn a_document_that_was_put_right_is_the_same_one() {
        let card = marks("0423", "2017-06-01", "2027-06-01");
        for same in [
            marks("423", "2017-06-01", "2027-06-01"),
            marks("04-23", "2017-06-01", "2027-06-01"),
            marks("23", "2017-06-01", "2027-06-01"),
            marks("", "2017-06-01", "2027-06-01"),
            marks("0423", "2017-06-02", "2027-06-01"),
            marks("423", "2017-06-02", "2027-06-02"),
            marks("0423", "2017-06-01", "2027-07-01"),
            marks("0423", "", "2027-06-01"),
        ] {
            assert!(is_same(&card, &same), "{} {:?} {:?}", same.number_end, same.issued_on, same.expires_on);
        }
        for other in [
            marks("0424", "2017-06-01", "2027-06-01"),
            marks("0423", "2027-05-20", "2037-05-20"),
            marks("", "2027-05-20", "2037-05-20"),
            marks("", "2017-06-01", "2027-07-01"),
        ] {
            assert!(!is_same(&card, &other), "{} {:?} {:?}", other.number_end, other.issued_on, other.expires_on);
        }
    }
}
