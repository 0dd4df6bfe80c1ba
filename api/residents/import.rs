//! `thuisloket import residents FILE`: the register's residents, as often as it likes.
//!
//! Importing twice changes nothing; a row that changed updates; killed halfway, it can be run again from the start.
//! With a snapshot, whoever is no longer in it is retired.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    State,
    rules::{NationalNumber, is_minor},
    store::{self, NewResident},
};
use crate::{
    municipalities::{KeyBytes, Municipality},
    platform::{
        App,
        db::Write,
        ids::{MunicipalityId, ResidentId},
        import::{self, Column, Fields, Outcome, Position, Report, Source, Wrong},
        language::Language,
        time::local_day,
    },
};

/// The columns of a file of residents, in any order.
pub const COLUMNS: &[Column] = &[
    Column { name: "national_number", required: true },
    Column { name: "family_name", required: true },
    Column { name: "given_names", required: true },
    Column { name: "birth_date", required: true },
    Column { name: "language", required: false },
    Column { name: "street", required: true },
    Column { name: "house_number", required: true },
    Column { name: "box", required: false },
    Column { name: "postcode", required: true },
    Column { name: "town", required: true },
    Column { name: "latitude", required: false },
    Column { name: "longitude", required: false },
    Column { name: "household", required: false },
    Column { name: "parents", required: false },
    Column { name: "state", required: false },
    Column { name: "state_date", required: false },
    Column { name: "former_number", required: false },
];

/// The most parents with authority that a child may have (two; foster parents and guardians beside them).
const MAX_PARENTS: usize = 4;

/// Reads a table into the town's register. `progress` hears after each batch how far it is.
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
    let keys: Vec<KeyBytes> = town.number_keys.iter().rev().map(|(_, key)| key.clone()).collect();
    let key_version = town.number_keys.last().map_or(0, |(version, _)| *version);
    let of = source.bytes;
    let mut batches =
        import::read(source, COLUMNS, app.config.import.batch, move |fields| parse(fields, &keys)).await?;

    let mut w = app.db.write().await?;
    let run = Run::begin(&mut w, app, town, "residents").await?;
    let before = store::count(&mut w, town.id).await?;
    w.commit().await?;

    let mut outcome = Outcome::default();
    let mut affected = 0;
    // Eight bytes a row, to tell a number that stands twice in a file: 5 MiB for the largest town of Flanders.
    let mut known = HashSet::new();
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        outcome.rows += (batch.rows.len() + batch.wrong.len()) as u64;
        let mut rows = Vec::with_capacity(batch.rows.len());
        for (line, row) in batch.rows {
            let mut hasher = DefaultHasher::new();
            row.number_hash.hash(&mut hasher);
            if known.insert(hasher.finish()) {
                rows.push(row);
            } else {
                let reason = "stands in this file before; the first counts".to_owned();
                batch.wrong.push(Wrong { line, column: COLUMNS[0].name.to_owned(), reason });
            }
        }
        outcome.wrong += batch.wrong.len() as u64;
        report.add(&batch.wrong)?;

        let now = app.clock.now();
        let today = local_day(town.zone, now);
        let ids: Vec<_> = rows.iter().map(|_| ResidentId(app.ids.uuid(now))).collect();
        let mut w = app.db.write().await?;
        run.goes_on(&mut w).await?;
        let pairs: Vec<_> =
            rows.iter().flat_map(|r| r.older_hashes.iter().map(|old| (old.as_str(), r.number_hash.as_str()))).collect();
        store::rehash(&mut w, town.id, &pairs).await?;
        affected += store::upsert(&mut w, town.id, key_version, &rows, &ids, now).await?;
        let children: Vec<_> = rows.iter().filter(|r| !r.parents.is_empty() || is_minor(r.birth_date, today)).collect();
        store::link_parents(&mut w, town.id, &children, now).await?;
        if snapshot {
            let keys: Vec<_> = rows.iter().map(|r| r.number_hash.as_str()).collect();
            run.saw(&mut w, &keys).await?;
        }
        w.commit().await?;
        progress(Position { bytes: batch.bytes, of, rows: outcome.rows, wrong: outcome.wrong });
    }
    report.finish()?;

    let mut w = app.db.write().await?;
    run.finish(&mut w, app.clock.now()).await?;
    outcome.added = u64::try_from(store::count(&mut w, town.id).await? - before).unwrap_or_default();
    outcome.changed = affected.saturating_sub(outcome.added);
    outcome.unchanged = outcome.rows.saturating_sub(outcome.wrong + affected);
    if snapshot {
        let missing = store::count_unseen(&mut w, town.id, run.id).await?;
        let active = store::count_active(&mut w, town.id).await?;
        import_guard(app, missing, active, "residents")?;
        let now = app.clock.now();
        outcome.retired = store::retire_unseen(&mut w, town.id, run.id, local_day(town.zone, now), now).await?;
    }
    run.forget(&mut w).await?;
    w.commit().await?;
    Ok(outcome)
}

/// One run of an import. A town has one of each subject at a time: a later one takes the place of an earlier, whether
/// that was killed or is still under way, so that neither retires by what the other saw.
pub(crate) struct Run {
    town: MunicipalityId,
    pub(crate) id: Uuid,
    subject: &'static str,
}

impl Run {
    pub(crate) async fn begin(
        w: &mut Write,
        app: &App,
        town: &Municipality,
        subject: &'static str,
    ) -> anyhow::Result<Self> {
        let now = app.clock.now();
        let run = Self { town: town.id, id: app.ids.uuid(now), subject };
        store::start_run(w, run.town, run.id, subject, now).await?;
        Ok(run)
    }

    /// # Errors
    /// A later run took this one's place.
    pub(crate) async fn goes_on(&self, w: &mut Write) -> anyhow::Result<()> {
        anyhow::ensure!(store::runs(w, self.town, self.id).await?, self.replaced());
        Ok(())
    }

    /// Notes the keys that a batch of a snapshot held.
    pub(crate) async fn saw(&self, w: &mut Write, keys: &[&str]) -> sqlx::Result<()> {
        store::seen(w, self.town, self.id, keys).await
    }

    /// Before anything is retired: from here on no other run can take this one's place until the caller commits.
    ///
    /// # Errors
    /// A later run took this one's place.
    pub(crate) async fn finish(&self, w: &mut Write, now: DateTime<Utc>) -> anyhow::Result<()> {
        anyhow::ensure!(store::finish_run(w, self.town, self.id, now).await?, self.replaced());
        Ok(())
    }

    /// Forgets what it saw.
    pub(crate) async fn forget(&self, w: &mut Write) -> sqlx::Result<()> {
        store::forget_seen(w, self.town).await
    }

    fn replaced(&self) -> String {
        format!(
            "a later import of {} of this town began, so this one stops; the rows it took stand, and it retired nothing",
            self.subject
        )
    }
}

/// Refuses a snapshot that would retire more of the town than is likely: half a file must not empty it.
///
/// # Errors
/// More than the configured share.
pub(crate) fn import_guard(app: &App, missing: i64, active: i64, what: &str) -> anyhow::Result<()> {
    let most = app.config.import.snapshot_retires_at_most;
    anyhow::ensure!(
        missing as f64 <= most * active as f64,
        "this snapshot would retire {missing} of {active} {what}, more than the share of {most} that \
         import.snapshot_retires_at_most allows; the rows it holds were taken, and nothing was retired"
    );
    Ok(())
}

fn parse(fields: &Fields<'_>, keys: &[KeyBytes]) -> Result<NewResident, Wrong> {
    let number = NationalNumber::parse(fields.filled(0)?).map_err(|why| fields.wrong(0, why))?;
    let mut hashes = keys.iter().map(|key| number.hash(&key.0).0);
    let number_hash = hashes.next().unwrap_or_default();
    let mut older_hashes: Vec<String> = hashes.collect();
    // A bis number that became a real one, or a number that was put right: the same person goes on.
    let former = fields.text(16)?;
    if !former.is_empty() {
        let former = NationalNumber::parse(former).map_err(|why| fields.wrong(16, why))?;
        older_hashes.extend(keys.iter().map(|key| former.hash(&key.0).0).filter(|hash| *hash != number_hash));
    }
    let language = fields.text(4)?;
    if !language.is_empty() && Language::parse(language).is_none() {
        return Err(fields.wrong(4, "is none of nl, fr, de, en"));
    }
    let newest = keys.first().map(|k| k.0.as_slice()).unwrap_or_default();
    let parents = fields
        .text(13)?
        .split([' ', '|'])
        .filter(|p| !p.is_empty())
        .map(|p| NationalNumber::parse(p).map(|n| n.hash(newest).0))
        .collect::<Result<HashSet<_>, _>>()
        .map_err(|_| fields.wrong(13, "holds something that is not a national number"))?;
    if parents.len() > MAX_PARENTS {
        return Err(fields.wrong(13, format!("names more than {MAX_PARENTS} parents")));
    }
    if parents.contains(&number_hash) {
        return Err(fields.wrong(13, "names someone as their own parent"));
    }
    let mut parents: Vec<_> = parents.into_iter().collect();
    parents.sort_unstable();
    let state = match fields.text(14)? {
        "" => State::Active,
        text => State::parse(text)
            .filter(|s| *s != State::Retired)
            .ok_or_else(|| fields.wrong(14, "is none of active, deceased, departed"))?,
    };
    let state_on = fields.date(15)?;
    if state != State::Active && state_on.is_none() {
        return Err(fields.wrong(15, "is empty, while the state says deceased or departed"));
    }
    let birth_date = birth_date(fields, 3)?;
    let mut row = NewResident {
        number_hash,
        older_hashes,
        family_name: fields.filled(1)?.to_owned(),
        // Some people have one name only.
        given_names: fields.text(2)?.to_owned(),
        birth_date,
        language: language.to_lowercase(),
        street: fields.text(5)?.to_owned(),
        house_number: fields.text(6)?.to_owned(),
        box_number: fields.text(7)?.to_owned(),
        postcode: fields.text(8)?.to_owned(),
        town: fields.text(9)?.to_owned(),
        latitude: fields.number(10, -90.0, 90.0)?,
        longitude: fields.number(11, -180.0, 180.0)?,
        household: fields.text(12)?.to_owned(),
        parents,
        state,
        state_on,
        fingerprint: String::new(),
    };
    row.fingerprint = fingerprint(&row);
    Ok(row)
}

/// The first year of birth that is believed.
const EARLIEST_BIRTH: i32 = 1880;

fn birth_date(fields: &Fields<'_>, at: usize) -> Result<Option<NaiveDate>, Wrong> {
    let date = fields.date(at)?;
    if date.is_some_and(|d| d.year() < EARLIEST_BIRTH) {
        return Err(fields.wrong(at, format!("lies before {EARLIEST_BIRTH}")));
    }
    Ok(date)
}

/// What tells whether a row says anything new.
fn fingerprint(row: &NewResident) -> String {
    let mut hasher = Sha256::new();
    let numbers =
        format!("{:?}{:?}{:?}{:?}{}", row.birth_date, row.latitude, row.longitude, row.state_on, row.state.as_str());
    for text in [
        &row.family_name,
        &row.given_names,
        &row.language,
        &row.street,
        &row.house_number,
        &row.box_number,
        &row.postcode,
        &row.town,
        &row.household,
        &numbers,
    ] {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    for parent in &row.parents {
        hasher.update(parent.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(&hasher.finalize()[..16])
}
