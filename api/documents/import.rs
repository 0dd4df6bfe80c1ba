//! `thuisloket import documents FILE`: the register's documents, by the same rules as its residents.

use std::collections::HashSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::{
    DocumentId, policies,
    rules::{self, Facts},
    store::{self, NewDocument},
};
use crate::{
    municipalities::Municipality,
    platform::{
        App,
        ids::ResidentId,
        import::{self, Column, Fields, Outcome, Position, Report, Source, Wrong},
        time::local_day,
    },
    residents::{
        self,
        import::{Run, import_guard},
        rules::NationalNumber,
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

/// The most of a document's number that is kept: enough to tell two apart, not to use one.
const MAX_NUMBER_END: usize = 4;

struct Row {
    holder: String,
    new: NewDocument,
}

/// Reads a table into the town's documents. `progress` hears after each batch how far it is.
///
/// # Errors
/// A header that is wrong, a snapshot that would retire too many, the database.
pub async fn import(
    app: &App,
    town: &Municipality,
    source: Source,
    mut report: Report,
    snapshot: bool,
    mut progress: impl FnMut(Position),
) -> anyhow::Result<Outcome> {
    let key = town.number_keys.last().map(|(_, key)| key.0.clone()).unwrap_or_default();
    let of = source.bytes;
    let mut batches = import::read(source, COLUMNS, app.config.import.batch, move |fields| parse(fields, &key)).await?;
    let mut w = app.db.write().await?;
    let run = Run::begin(&mut w, app, town, "documents").await?;
    let before = store::count(&mut w, town.id).await?;
    w.commit().await?;

    let mut outcome = Outcome::default();
    let mut affected = 0;
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        outcome.rows += (batch.rows.len() + batch.wrong.len()) as u64;
        let now = app.clock.now();
        let today = local_day(town.zone, now);
        let mut w = app.db.write().await?;
        run.goes_on(&mut w).await?;
        let hashes: Vec<&str> = batch.rows.iter().map(|(_, r)| r.holder.as_str()).collect();
        let holders = residents::store::ids_by_hash(&mut w, town.id, &hashes).await?;
        let mut ids: Vec<_> = holders.values().copied().collect();
        ids.sort_unstable();
        let births: std::collections::HashMap<ResidentId, Option<NaiveDate>> =
            residents::people(&mut w, town, &ids).await?.into_iter().map(|p| (p.id, p.birth_date)).collect();

        let mut rows: Vec<NewDocument> = Vec::with_capacity(batch.rows.len());
        let mut known = HashSet::new();
        for (line, row) in batch.rows {
            let wrong = |reason: &str| Wrong { line, column: COLUMNS[0].name.to_owned(), reason: reason.to_owned() };
            let Some(holder) = holders.get(&row.holder) else {
                batch.wrong.push(wrong("is of nobody in the register of residents"));
                continue;
            };
            let mut new = row.new;
            new.resident = *holder;
            new.row_key = row_key(&new);
            if !known.insert(new.row_key.clone()) {
                batch.wrong.push(wrong("has this document in this file before; the first counts"));
                continue;
            }
            let born_on = births.get(holder).copied().flatten();
            let stages = rules::schedule(&facts(&new, born_on), &super::calendar(town), |s| policies(town, s));
            new.next_due_at = rules::first_look(&stages, now, today).filter(|_| new.stopped_on.is_none());
            rows.push(new);
        }
        outcome.wrong += batch.wrong.len() as u64;
        report.add(&batch.wrong)?;
        let ids: Vec<_> = rows.iter().map(|_| DocumentId(app.ids.uuid(now))).collect();
        affected += store::upsert(&mut w, town.id, &rows, &ids, now).await?;
        if snapshot {
            let keys: Vec<_> = rows.iter().map(|r| r.row_key.as_str()).collect();
            run.saw(&mut w, &keys).await?;
        }
        w.commit().await?;
        progress(Position { bytes: batch.bytes, of, rows: outcome.rows, wrong: outcome.wrong });
    }
    report.finish()?;

    let mut w = app.db.write().await?;
    run.finish(&mut w, app.clock.now()).await?;
    let after = store::count(&mut w, town.id).await?;
    outcome.added = u64::try_from(after - before).unwrap_or_default();
    outcome.changed = affected.saturating_sub(outcome.added);
    outcome.unchanged = outcome.rows.saturating_sub(outcome.wrong + affected);
    if snapshot {
        let missing = store::count_unseen(&mut w, town.id, run.id).await?;
        import_guard(app, missing, after, "documents")?;
        outcome.retired = store::retire_unseen(&mut w, town.id, run.id, app.clock.now()).await?;
    }
    run.forget(&mut w).await?;
    w.commit().await?;
    Ok(outcome)
}

fn facts(new: &NewDocument, born_on: Option<NaiveDate>) -> Facts {
    Facts {
        kind: new.kind.clone(),
        issued_on: new.issued_on,
        expires_on: new.expires_on,
        ready_on: new.ready_on,
        collected_on: new.collected_on,
        born_on,
        called_on: None,
    }
}

fn parse(fields: &Fields<'_>, key: &[u8]) -> Result<Row, Wrong> {
    let number = NationalNumber::parse(fields.filled(0)?).map_err(|why| fields.wrong(0, why))?;
    let kind = fields.filled(1)?.to_lowercase();
    if rules::kind_of(&kind).is_none() {
        let all: Vec<_> = rules::KINDS.iter().map(|k| k.key).collect();
        return Err(fields.wrong(1, format!("is none of {}", all.join(", "))));
    }
    let number_end = fields.text(2)?;
    if number_end.chars().count() > MAX_NUMBER_END {
        return Err(fields.wrong(2, format!("is longer than the {MAX_NUMBER_END} last characters")));
    }
    let date = |at: usize| -> Result<Option<NaiveDate>, Wrong> {
        let day = fields.date(at)?;
        if day.is_some_and(|d| !rules::is_plausible(d)) {
            return Err(fields.wrong(at, "lies outside the years 1950 to 2150"));
        }
        Ok(day)
    };
    let (issued_on, expires_on) = (date(3)?, date(4)?);
    if issued_on.zip(expires_on).is_some_and(|(issued, expires)| expires < issued) {
        return Err(fields.wrong(4, "lies before the day of issue"));
    }
    let mut new = NewDocument {
        resident: ResidentId(uuid::Uuid::nil()),
        kind,
        number_end: number_end.to_owned(),
        issued_on,
        expires_on,
        ready_on: date(5)?,
        collected_on: date(6)?,
        appointment_on: date(7)?,
        letter_sent_on: date(8)?,
        stopped_on: date(9)?,
        row_key: String::new(),
        fingerprint: String::new(),
        next_due_at: None,
    };
    new.fingerprint = digest(&format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        new.expires_on, new.ready_on, new.collected_on, new.appointment_on, new.letter_sent_on, new.stopped_on
    ));
    Ok(Row { holder: number.hash(key).0, new })
}

/// What makes a document the same one in the next file: holder, kind, day of issue and the end of its number.
fn row_key(new: &NewDocument) -> String {
    digest(&format!("{} {} {:?} {}", new.resident, new.kind, new.issued_on, new.number_end))
}

fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}
