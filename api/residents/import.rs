//! `thuisloket import residents FILE`: the register's residents, as often as it likes.
//!
//! Importing twice changes nothing; a row that changed updates; killed halfway, it can be run again from the start.
//! With a snapshot, whoever is no longer in it is retired.
//!
//! A row whose number can be read is of somebody who is in the register, whatever else is wrong with it. A fault in a column
//! that a file must have costs the row; in one that it may have, that field only: what was known of it stands.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hasher as _},
    sync::Arc,
    time::Instant,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    State,
    rules::{Born, NationalNumber, goes_on, in_belgium, is_minor, postcode, spoken},
    store::{self, Known, NewResident, There},
};
use crate::{
    config,
    municipalities::{KeyBytes, Municipality},
    platform::{
        App,
        db::{Engine, Write},
        ids::{MunicipalityId, ResidentId},
        import::{
            self, Batch, Column, Day, Fields, Outcome, Parsed, Position, Reckoned, Report, Source, Survey, Wrong,
            refusal, without_fraction,
        },
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
/// Where the column of the number before stands.
const FORMER: usize = 16;
/// Wrong rows kept to be told where a file is refused before any row is taken.
const MOST_OF_REFUSED: usize = 1_000;
/// Rows in one transaction beside a running server on SQLite: it has one writer, and the others wait for its end.
const GENTLE_BATCH: usize = 200;

/// Somebody's row: whose, and what it says.
struct Row {
    /// The number's hash under the newest key of the town.
    hash: String,
    /// Under the older ones.
    older: Vec<String>,
    /// The hashes of the number before, under each key, the newest first.
    former: Vec<String>,
    /// Whether the birth date is another than the number begins with.
    odd: bool,
    /// None where a field is wrong that must be right.
    said: Option<Said>,
}

/// What a row says. None is silence: the file has no such column, or the field cannot be read.
#[derive(Hash)]
struct Said {
    family_name: String,
    given_names: String,
    birth_date: Option<NaiveDate>,
    street: String,
    house_number: String,
    town: String,
    postcode: Option<String>,
    language: Option<String>,
    box_number: Option<String>,
    place: Option<Option<Place>>,
    household: Option<String>,
    parents: Option<Vec<String>>,
    state: Option<(State, Option<NaiveDate>)>,
    /// Whether the day of the state is only the last that it can be.
    unsure: bool,
}

impl Said {
    fn is_whole(&self) -> bool {
        !self.unsure
            && self.postcode.is_some()
            && self.language.is_some()
            && self.box_number.is_some()
            && self.place.is_some()
            && self.household.is_some()
            && self.parents.is_some()
            && self.state.is_some()
    }

    /// Whether it says that somebody is gone, or will be.
    fn is_gone(&self) -> bool {
        self.state.is_some_and(|(state, _)| state != State::Active)
    }

    /// Whether somebody who lives here would stop doing so by this, or would sooner than is known.
    fn ends(&self, there: &There) -> bool {
        let on = self.state.and_then(|(_, on)| on);
        let sooner = there.coming_on.is_none_or(|coming| on.is_none_or(|on| on < coming));
        self.is_gone() && there.is_active() && sooner
    }
}

/// Eight bytes that stand for a text or what a row says, where a file's own are held against each other.
fn digest(of: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// What a file says of numbers that changed, over all its rows.
#[derive(Default)]
struct Formers {
    /// By a former number, the one that took its place; none where two say that they did.
    by: HashMap<u64, Option<u64>>,
    /// The numbers of those who have a row of their own, and live here by it.
    own: HashSet<u64>,
}

impl Formers {
    fn add(&mut self, row: &Row) {
        let number = digest(&row.hash);
        if !row.said.as_ref().is_some_and(Said::is_gone) {
            self.own.insert(number);
        }
        if let Some(former) = row.former.first() {
            let by = self.by.entry(digest(former)).or_insert(Some(number));
            *by = by.filter(|other| *other == number);
        }
    }

    /// Whose number a row gives another, of those who are there; none where it does not.
    fn takes<'a>(
        &self,
        row: &Row,
        said: &Said,
        there: &'a HashMap<String, There>,
    ) -> Result<Option<&'a There>, &'static str> {
        let Some(former) = row.former.first().map(digest) else { return Ok(None) };
        if self.by.get(&former).is_some_and(Option::is_none) {
            return Err("is named by two rows of this file");
        }
        if self.own.contains(&former) {
            return Err("is the number of somebody who has a row of their own in this file");
        }
        let Some(known) = row.former.iter().find_map(|hash| there.get(hash)) else { return Ok(None) };
        // Both are there: nobody knows which of two accounts, and of two lists of documents, is to stay.
        if std::iter::once(&row.hash).chain(&row.older).any(|own| there.contains_key(own)) {
            return if known.is_active() {
                Err("is the number of somebody who is here beside them: they stay two")
            } else {
                Ok(None)
            };
        }
        goes_on((said.birth_date, &said.family_name), (known.birth_date, &known.family_name))?;
        Ok(Some(known))
    }
}

/// Until when something is kept of who left, by the days of the configuration.
struct Keeping {
    today: NaiveDate,
    /// Whether the town has a register to compare with.
    settled: bool,
    left: Duration,
    person: Duration,
}

impl Keeping {
    fn of(app: &App, town: &Municipality, settled: bool) -> Self {
        let keep = &app.config.retention;
        Self {
            settled,
            today: local_day(town.zone, app.clock.now()),
            left: Duration::days(keep.left_days),
            person: Duration::days(keep.visits_days.max(keep.left_days)),
        }
    }

    /// Whether a row is of somebody who left so long ago that nothing is kept of them; or nobody knows when, and whom we never
    /// knew or know no more.
    fn is_over(&self, said: &Said) -> bool {
        let unknown = said.unsure || matches!(said.state, Some((state, None)) if state != State::Active);
        self.is_past(said, self.person) || (unknown && self.settled)
    }

    /// Whether it is of somebody who left so long ago that nothing is kept of what they had.
    fn is_emptied(&self, said: &Said) -> bool {
        self.is_past(said, self.left)
    }

    fn is_past(&self, said: &Said, kept: Duration) -> bool {
        matches!(said.state, Some((state, Some(on))) if state != State::Active && on + kept <= self.today)
    }

    /// Who left before this has nothing any more.
    fn emptied_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.left
    }
}

/// A place on the map, in degrees.
#[derive(Clone, Copy, PartialEq)]
struct Place(f64, f64);

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.to_bits(), self.1.to_bits()).hash(state);
    }
}

/// Reads a table into the town's register. `progress` hears after each batch how far it is.
///
/// # Errors
/// A file that cannot be read to its end, or is refused: then nothing of it was taken. The database.
pub async fn import(
    app: &App,
    town: &Municipality,
    source: Source,
    mut report: Report,
    snapshot: bool,
    progress: impl FnMut(Position),
) -> anyhow::Result<Outcome> {
    let done = take(app, town, source, &mut report, snapshot, progress).await;
    report.finish(done)
}

async fn take(
    app: &App,
    town: &Municipality,
    source: Source,
    report: &mut Report,
    snapshot: bool,
    mut progress: impl FnMut(Position),
) -> anyhow::Result<Outcome> {
    let keys: Vec<KeyBytes> = town.number_keys.iter().rev().map(|(_, key)| key.clone()).collect();
    let key_version = town.number_keys.last().map_or(0, |(version, _)| *version);
    let of = source.bytes;
    let survey = import::survey(&source, COLUMNS).await?;
    anyhow::ensure!(!(snapshot && survey.cut_off), import::CUT_OFF);
    let today = local_day(town.zone, app.clock.now());
    let reader = Arc::new(move |fields: &Fields<'_>| parse(fields, &keys, today));
    let steps = Steps::of(app, &source);

    let mut w = app.db.write().await?;
    let run = Run::begin(&mut w, app, town, "residents").await?;
    let before = store::count(&mut w, town.id).await?;
    let active = store::count_active(&mut w, town.id).await?;
    let settled = before > 0 && store::was_imported(&mut w, town.id).await?;
    w.commit().await?;

    let keeping = Keeping::of(app, town, settled);
    let mut looked = Looked::default();
    looked.reckoned.snapshot = snapshot;
    looked.reckoned.active = u64::try_from(active).unwrap_or_default();
    let mut formers = Formers::default();
    let look = snapshot || before > 0 || survey.has(FORMER);
    if look {
        let parse = reader.clone();
        let mut gone = HashSet::new();
        let mut batches = import::read(&source, &survey, steps.rows, move |fields| parse(fields)).await?;
        while let Some(batch) = batches.recv().await {
            let batch = batch?;
            looked.add(&batch);
            let mut r = app.db.read().await?;
            let all: Vec<&str> = batch.rows.iter().flat_map(|r| hashes(&r.says)).collect();
            let there = store::there(&mut r, town.id, &all).await?;
            drop(r);
            let mut seen = Vec::with_capacity(batch.rows.len());
            for row in batch.rows.iter().map(|r| &r.says) {
                seen.push(row.hash.as_str());
                if survey.has(FORMER) {
                    formers.add(row);
                }
                let own = std::iter::once(&row.hash).chain(&row.older).find_map(|hash| there.get(hash));
                if !there.contains_key(&row.hash) {
                    // Whose number a row names is seen, even if it turns out not to be theirs to take.
                    seen.extend(hashes(row).skip(1).filter(|old| there.contains_key(*old)));
                }
                let Some(said) = &row.said else {
                    let known = own.is_some() || row.former.iter().any(|hash| there.contains_key(hash));
                    looked.reckoned.strangers += u64::from(!known && settled);
                    continue;
                };
                let taken = formers.takes(row, said, &there).ok().flatten();
                looked.reckoned.renumbered += u64::from(taken.is_some());
                match own.or(taken) {
                    Some(known) => {
                        gone.extend(said.ends(known).then_some(known.id));
                    }
                    // Whoever was erased is no stranger.
                    None => looked.reckoned.strangers += u64::from(settled && !keeping.is_over(said)),
                }
            }
            if snapshot {
                let pace = steps.begin();
                let mut w = app.db.write().await?;
                run.goes_on(&mut w).await?;
                run.saw(&mut w, &seen).await?;
                w.commit().await?;
                pace.rest().await;
            }
        }
        looked.reckoned.gone = gone.len() as u64;
        if snapshot {
            app.db.filled(&["import_seen"]).await;
            let mut r = app.db.read().await?;
            looked.reckoned.missing = store::unseen(&mut r, town.id, run.id).await?.len() as u64;
        }
        looked.judge(app, &run, report, "residents").await?;
    }

    let mut outcome = Outcome { unreadable: looked.reckoned.unreadable, ..Outcome::default() };
    let (mut taken, mut affected, mut doubles, mut long_gone) = (0, 0, 0, 0);
    let (mut odd, mut renumbered) = (0, 0);
    // Sixteen bytes a row, to tell a number that stands twice in a file: 9 MiB for the largest town of Flanders.
    let mut met = HashMap::new();
    let mut batches = import::read(&source, &survey, steps.rows, move |fields| reader(fields)).await?;
    while let Some(batch) = batches.recv().await {
        let mut batch = batch?;
        outcome.rows += batch.read;
        let mut rows = Vec::with_capacity(batch.rows.len());
        for import::Row { line, faulty, mut says } in std::mem::take(&mut batch.rows) {
            let Some(said) = says.said.take() else { continue };
            let digest_of = digest(&said);
            match *met.entry(digest(&says.hash)).or_insert((line, digest_of)) {
                (first, _) if first == line => {
                    odd += u64::from(says.odd);
                    rows.push((line, faulty, says, said));
                }
                (_, same) if same == digest_of => doubles += u64::from(!faulty),
                _ => {
                    let reason = "stands in this file before, and says something else: the first counts".to_owned();
                    batch.fault(faulty, Wrong { line, column: COLUMNS[0].name.to_owned(), reason });
                }
            }
        }
        if !look {
            outcome.unreadable += batch.unreadable;
        }

        let now = app.clock.now();
        let today = local_day(town.zone, now);
        let ids: Vec<_> = rows.iter().map(|_| ResidentId(app.ids.uuid(now))).collect();
        let pace = steps.begin();
        let mut w = app.db.write().await?;
        run.goes_on(&mut w).await?;
        let named: Vec<&str> = rows
            .iter()
            .filter(|(_, _, row, _)| !row.former.is_empty())
            .flat_map(|(_, _, row, _)| hashes(row))
            .collect();
        let there = if named.is_empty() { HashMap::new() } else { store::there(&mut w, town.id, &named).await? };
        for (line, faulty, row, said) in &mut rows {
            match formers.takes(row, said, &there) {
                Ok(None) => row.former.clear(),
                Ok(Some(_)) => renumbered += 1,
                Err(why) => {
                    let reason = format!("{why}, the rest of the row was taken");
                    batch.fault(*faulty, Wrong { line: *line, column: COLUMNS[FORMER].name.to_owned(), reason });
                    row.former.clear();
                }
            }
        }
        outcome.wrong += batch.faulty;
        report.add(&batch.wrong)?;
        let pairs: Vec<_> =
            rows.iter().flat_map(|(_, _, row, _)| hashes(row).skip(1).map(|old| (old, row.hash.as_str()))).collect();
        store::rehash(&mut w, town.id, key_version, &pairs).await?;
        // Whoever left so long ago that they are erased does not come in again, each night, to be erased the next.
        let over: Vec<&str> =
            rows.iter().filter(|(.., said)| keeping.is_over(said)).map(|(_, _, row, _)| row.hash.as_str()).collect();
        if !over.is_empty() {
            let there = store::ids_by_hash(&mut w, town.id, &over).await?;
            let before = rows.len();
            rows.retain(|(_, _, row, said)| !keeping.is_over(said) || there.contains_key(&row.hash));
            long_gone += (before - rows.len()) as u64;
        }
        let silent: Vec<&str> = rows
            .iter()
            .filter(|(.., said)| before > 0 && !said.is_whole())
            .map(|(_, _, row, _)| row.hash.as_str())
            .collect();
        let known = if silent.is_empty() { HashMap::new() } else { store::known(&mut w, town.id, &silent).await? };
        let mut children = Vec::new();
        let mut whole = Vec::with_capacity(rows.len());
        for (_, _, Row { hash, .. }, said) in rows {
            let relink = !keeping.is_emptied(&said)
                && said.parents.as_ref().is_some_and(|p| !p.is_empty() || is_minor(said.birth_date, today));
            children.extend(relink.then_some(whole.len()));
            let known = known.get(&hash);
            whole.push(complete(hash, said, known, today));
        }
        affected += store::upsert(&mut w, town.id, key_version, &whole, &ids, now).await?;
        let children: Vec<_> = children.into_iter().filter_map(|at| whole.get(at)).collect();
        let parents: Vec<&str> = children.iter().flat_map(|c| c.parents.iter().map(String::as_str)).collect();
        let gone = store::gone(&mut w, town.id, &parents, keeping.emptied_before(now)).await?;
        store::link_parents(&mut w, town.id, &children, &gone, now).await?;
        w.commit().await?;
        taken += whole.len() as u64;
        progress(Position { bytes: batch.bytes, of, rows: outcome.rows, wrong: outcome.wrong });
        pace.rest().await;
    }

    // Before what reads the whole town: a town that was empty until now is planned for as if it were still.
    app.db.filled(&["resident", "parent_link", "import_seen"]).await;
    let mut w = app.db.write().await?;
    run.finish(&mut w, app.clock.now()).await?;
    outcome.added = u64::try_from(store::count(&mut w, town.id).await? - before).unwrap_or_default();
    outcome.changed = affected.saturating_sub(outcome.added);
    outcome.unchanged = (taken + doubles + long_gone).saturating_sub(affected);
    if snapshot && looked.may_retire() {
        let now = app.clock.now();
        let missing = store::unseen(&mut w, town.id, run.id).await?;
        outcome.retired = store::retire(&mut w, town.id, &missing, local_day(town.zone, now), now).await?;
    }
    run.forget(&mut w).await?;
    w.commit().await?;
    outcome.notes = notes(&survey, &app.config.import, before > 0, &looked, &outcome);
    for (count, what) in [
        (long_gone, "left longer ago than anything is kept of them, and were not taken"),
        (renumbered, "got another number, and go on with what they had"),
        (odd, "have a birth date that is not the one in their number, which may be older than a correction"),
    ] {
        if count > 0 {
            outcome.notes.push(format!("{what}: {count}"));
        }
    }
    Ok(outcome)
}

/// Under what somebody may be known: the number's hash first, then the older ones, and those of the number before.
fn hashes(row: &Row) -> impl Iterator<Item = &str> {
    std::iter::once(&row.hash).chain(&row.older).chain(&row.former).map(String::as_str)
}

/// What the sender of a file should know of it, beside its wrong rows.
pub(crate) fn notes(
    survey: &Survey,
    bounds: &config::Import,
    known_before: bool,
    looked: &Looked,
    outcome: &Outcome,
) -> Vec<String> {
    let mut notes = survey.notes.clone();
    let absent = survey.absent();
    if known_before && !absent.is_empty() {
        notes.push(format!("the file has no column {}: what was known of that stands", absent.join(", ")));
    }
    if outcome.rows == 0 {
        notes.push("the file holds a header and no rows".to_owned());
    }
    if outcome.unreadable > 0 {
        notes.push(format!("rows of which nobody can read whose they are: {}", outcome.unreadable));
    }
    let Reckoned { snapshot, active, missing, gone, .. } = looked.reckoned;
    if snapshot && active > 0 {
        notes.push(format!("reckoned before it was taken: {missing} of {active} are not in the file"));
    }
    if gone > 0 {
        notes.push(format!(
            "reckoned before it was taken: {gone} of {active} are over by what it says, now or on a day to come"
        ));
    }
    if snapshot && !looked.may_retire() {
        notes.push(format!(
            "{missing} are not among the rows that can be read: as they may be among the others, none of them was retired"
        ));
    }
    notes.extend(outcome.too_wrong(bounds));
    notes
}

/// What a first look at a file found.
#[derive(Default)]
pub(crate) struct Looked {
    pub(crate) reckoned: Reckoned,
    wrong: Vec<Wrong>,
}

impl Looked {
    pub(crate) fn add<T>(&mut self, batch: &Batch<T>) {
        self.reckoned.unreadable += batch.unreadable;
        self.reckoned.read += batch.rows.len() as u64;
        let room = MOST_OF_REFUSED.saturating_sub(self.wrong.len());
        self.wrong.extend(batch.wrong.iter().take(room).cloned());
    }

    /// Whether what a snapshot does not hold is gone: not while a row may be anybody's.
    pub(crate) fn may_retire(&self) -> bool {
        self.reckoned.unreadable == 0 || self.reckoned.missing == 0
    }

    /// Refuses the file, if it must be: then the run is as if it had not been, and the report says what is wrong with the rows.
    pub(crate) async fn judge(&self, app: &App, run: &Run, report: &mut Report, what: &str) -> anyhow::Result<()> {
        let Some(why) = refusal(&self.reckoned, &app.config.import, what) else { return Ok(()) };
        report.add(&self.wrong)?;
        let mut w = app.db.write().await?;
        run.goes_on(&mut w).await?;
        run.abandon(&mut w).await?;
        w.commit().await?;
        anyhow::bail!(why)
    }
}

/// How an import goes: in steps of so many rows, and beside a running server on SQLite with a rest after each that is as long
/// as the step, as SQLite's writers wait for each other by looking again and again.
pub(crate) struct Steps {
    pub(crate) rows: usize,
    gently: bool,
}

impl Steps {
    pub(crate) fn of(app: &App, source: &Source) -> Self {
        let gently = source.gently && app.db.engine() == Engine::Sqlite;
        let rows = app.config.import.batch;
        Self { rows: if gently { rows.min(GENTLE_BATCH) } else { rows }, gently }
    }

    /// Begins a step.
    pub(crate) fn begin(&self) -> Step {
        Step(self.gently.then(Instant::now))
    }
}

/// A step under way.
pub(crate) struct Step(Option<Instant>);

impl Step {
    /// Leaves the database to others for a while.
    pub(crate) async fn rest(self) {
        if let Some(began) = self.0 {
            tokio::time::sleep(began.elapsed()).await;
        }
    }
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

    /// As if it had not been.
    pub(crate) async fn abandon(&self, w: &mut Write) -> sqlx::Result<()> {
        store::abandon_run(w, self.town, self.id).await
    }

    fn replaced(&self) -> String {
        format!(
            "a later import of {} of this town began, so this one stops; the rows it took stand, and it retired nothing",
            self.subject
        )
    }
}

/// What is to be stored: what the row says, and what is known where it is silent.
fn complete(number_hash: String, said: Said, known: Option<&Known>, today: NaiveDate) -> NewResident {
    let sure = !said.unsure;
    let place = said.place.unwrap_or_else(|| known.and_then(|k| Some(Place(k.latitude?, k.longitude?))));
    let (state, on) = said.state.unwrap_or(match known {
        // Whoever is in the file is here again.
        None | Some(Known { state: State::Retired, .. }) => (State::Active, None),
        Some(Known { coming: Some((state, on)), .. }) => (*state, Some(*on)),
        Some(Known { state, state_on, .. }) => (*state, *state_on),
    });
    // A day that is only the last that it can be puts nothing right of what is known.
    let on = match known {
        Some(known) if !sure && known.state == state => known.state_on,
        _ => on,
    };
    let coming = on.filter(|on| state != State::Active && *on > today).map(|on| (state, on));
    let parents = said.parents.or_else(|| known.map(|k| k.parents.clone())).unwrap_or_default();
    let text = |said: Option<String>, known: Option<&String>| said.or_else(|| known.cloned()).unwrap_or_default();
    let mut row = NewResident {
        number_hash,
        family_name: said.family_name,
        given_names: said.given_names,
        birth_date: said.birth_date,
        language: text(said.language, known.map(|k| &k.language)),
        street: said.street,
        house_number: said.house_number,
        box_number: text(said.box_number, known.map(|k| &k.box_number)),
        postcode: text(said.postcode, known.map(|k| &k.postcode)),
        town: said.town,
        latitude: place.map(|p| p.0),
        longitude: place.map(|p| p.1),
        household: text(said.household, known.map(|k| &k.household)),
        parents,
        state,
        state_on: on,
        coming,
        fingerprint: String::new(),
    };
    row.fingerprint = fingerprint(&row);
    if coming.is_some() {
        (row.state, row.state_on) = (State::Active, None);
    }
    row
}

fn parse(fields: &Fields<'_>, keys: &[KeyBytes], today: NaiveDate) -> Parsed<Row> {
    let number = match NationalNumber::parse(fields.raw(0)) {
        Ok(number) => number,
        Err(_) if fields.raw(0).trim().is_empty() => {
            return Parsed { row: None, wrong: vec![fields.misfit().unwrap_or_else(|| fields.wrong(0, "is empty"))] };
        }
        Err(why) => return Parsed { row: None, wrong: vec![fields.misfit().unwrap_or_else(|| fields.wrong(0, why))] },
    };
    let mut hashes = keys.iter().map(|key| number.hash(&key.0).0);
    let hash = hashes.next().unwrap_or_default();
    let older: Vec<String> = hashes.collect();
    let (mut wrong, mut former, mut odd) = (Vec::new(), Vec::new(), false);
    let said = match fields.misfit() {
        Some(misfit) => Err(misfit),
        None => {
            former = heard(fields, FORMER, &mut wrong, |f| former_number(f, keys, &hash)).unwrap_or_default();
            said(fields, keys, &hash, today, &mut wrong)
        }
    };
    let said = said.and_then(|said| match said.birth_date.map(|birth| number.born(birth)) {
        Some(Born::Swapped) => {
            Err(fields.wrong(3, "is not the one in the national number: day and month are the other way round"))
        }
        born => {
            odd = born == Some(Born::Other);
            Ok(said)
        }
    });
    let said = said.map_err(|fault| wrong = vec![fault]).ok();
    if said.is_some() {
        for fault in &mut wrong {
            fault.reason += ", the rest of the row was taken";
        }
    }
    Parsed { row: Some(Row { hash, older, former, odd, said }), wrong }
}

/// What a row says; what is wrong with fields that it may have goes to `wrong`.
fn said(
    fields: &Fields<'_>,
    keys: &[KeyBytes],
    number_hash: &str,
    today: NaiveDate,
    wrong: &mut Vec<Wrong>,
) -> Result<Said, Wrong> {
    let mut said = Said {
        family_name: fields.filled(1)?.into_owned(),
        // Some people have one name only.
        given_names: fields.text(2)?.into_owned(),
        birth_date: birth_date(fields, 3, today)?,
        street: fields.text(5)?.into_owned(),
        house_number: without_fraction(&fields.text(6)?).to_owned(),
        town: fields.text(9)?.into_owned(),
        // Required, but an odd one must not cost the row: it is of an address abroad, or a clerk's slip.
        postcode: heard(fields, 8, wrong, |f| match postcode(&f.text(8)?) {
            Ok(postcode) => Ok(postcode.to_owned()),
            Err(why) => Err(f.wrong(8, why)),
        }),
        language: heard(fields, 4, wrong, language),
        box_number: heard(fields, 7, wrong, |f| Ok(without_fraction(&f.text(7)?).to_owned())),
        place: heard(fields, 10, wrong, place).filter(|_| fields.has(11)),
        household: heard(fields, 12, wrong, |f| Ok(f.text(12)?.into_owned())),
        parents: heard(fields, 13, wrong, |f| parents(f, keys, number_hash)),
        state: None,
        unsure: false,
    };
    if let Some((state, on, unsure)) = heard(fields, 14, wrong, |f| state(f, today)).flatten() {
        (said.state, said.unsure) = (Some((state, on)), unsure);
    }
    Ok(said)
}

/// A bis number that became a real one, or a number that was put right: the same person goes on.
fn former_number(fields: &Fields<'_>, keys: &[KeyBytes], number_hash: &str) -> Result<Vec<String>, Wrong> {
    match fields.text(FORMER)?.as_ref() {
        "" => Ok(Vec::new()),
        text => {
            let former = NationalNumber::parse(text).map_err(|why| fields.wrong(FORMER, why))?;
            Ok(keys.iter().map(|key| former.hash(&key.0).0).filter(|hash| hash != number_hash).collect())
        }
    }
}

/// What a column says that a file may have; none where it has not, or where the field cannot be read.
fn heard<T>(
    fields: &Fields<'_>,
    at: usize,
    wrong: &mut Vec<Wrong>,
    read: impl FnOnce(&Fields<'_>) -> Result<T, Wrong>,
) -> Option<T> {
    if !fields.has(at) {
        return None;
    }
    read(fields).map_err(|fault| wrong.push(fault)).ok()
}

fn language(fields: &Fields<'_>) -> Result<String, Wrong> {
    match fields.text(4)?.as_ref() {
        "" => Ok(String::new()),
        text => spoken(text)
            .map(|l| l.code().to_owned())
            .ok_or_else(|| fields.wrong(4, "is none of nl, fr, de, en, which we speak")),
    }
}

fn place(fields: &Fields<'_>) -> Result<Option<Place>, Wrong> {
    let degrees = |at: usize, most: f64| {
        let of_lambert =
            |wrong: Wrong| Wrong { reason: format!("{}: degrees are asked for, WGS84", wrong.reason), ..wrong };
        fields.number(at, -most, most).map_err(of_lambert)
    };
    match (degrees(10, 90.0)?, degrees(11, 180.0)?) {
        (Some(latitude), Some(longitude)) => match in_belgium(latitude, longitude) {
            Ok(()) => Ok(Some(Place(latitude, longitude))),
            Err(why) => Err(fields.wrong(10, why)),
        },
        (None, None) => Ok(None),
        _ if !fields.has(11) => Ok(None),
        (Some(_), None) => Err(fields.wrong(11, "is empty, while there is a latitude")),
        (None, Some(_)) => Err(fields.wrong(10, "is empty, while there is a longitude")),
    }
}

fn parents(fields: &Fields<'_>, keys: &[KeyBytes], number_hash: &str) -> Result<Vec<String>, Wrong> {
    const NOBODY: [&str; 6] = ["geen", "aucun", "aucune", "néant", "keine", "none"];
    let text = fields.text(13)?;
    if NOBODY.contains(&text.to_lowercase().as_str()) {
        return Ok(Vec::new());
    }
    let newest = keys.first().map(|k| k.0.as_slice()).unwrap_or_default();
    let parents = text
        .split([' ', '|', ','])
        .filter(|p| !p.is_empty())
        .map(|p| NationalNumber::parse(p).map(|n| n.hash(newest).0))
        .collect::<Result<HashSet<_>, _>>()
        .map_err(|_| fields.wrong(13, "holds something that is not a national number"))?;
    if parents.len() > MAX_PARENTS {
        return Err(fields.wrong(13, format!("names more than {MAX_PARENTS} parents")));
    }
    if parents.contains(number_hash) {
        return Err(fields.wrong(13, "names someone as their own parent"));
    }
    let mut parents: Vec<_> = parents.into_iter().collect();
    parents.sort_unstable();
    Ok(parents)
}

/// The state, since when, and whether that is only the last day that it can be; none where the field is empty, as a register
/// writes it that does not know. Of a day that is not known, the last that it can be counts, so that nobody is gone too early;
/// where it has begun and is not over, they are gone, and nobody knows since when.
fn state(fields: &Fields<'_>, today: NaiveDate) -> Result<Option<(State, Option<NaiveDate>, bool)>, Wrong> {
    let state = match fields.text(14)?.as_ref() {
        "" => return Ok(None),
        text => State::parse(&text.to_lowercase())
            .filter(|s| *s != State::Retired)
            .ok_or_else(|| fields.wrong(14, "is none of active, deceased, departed"))?,
    };
    let (on, unsure) = match fields.day(15)? {
        Day::None if state != State::Active && fields.has(15) => {
            return Err(fields.wrong(15, "is empty, while the state says deceased or departed"));
        }
        Day::None if state != State::Active => {
            return Err(fields.wrong(14, "says deceased or departed, and the file has no column state_date"));
        }
        Day::None => (None, false),
        Day::On(day) if !STATE_YEARS.contains(&day.year()) => {
            return Err(fields.wrong(15, "lies outside the years 1900 to 2150"));
        }
        // Of a year that is not known at all, nothing is held against it.
        Day::Within(first, last) if first.year() == last.year() && !STATE_YEARS.contains(&last.year()) => {
            return Err(fields.wrong(15, "lies outside the years 1900 to 2150"));
        }
        Day::On(day) => (Some(day), false),
        Day::Within(first, last) if first > today => (Some(last), false),
        Day::Within(_, last) if last <= today => (Some(last), state != State::Active),
        Day::Within(..) => (None, false),
    };
    Ok(Some((state, on, unsure)))
}

/// The years in which somebody of a register may have died or moved.
const STATE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2150;

/// The first year of birth that is believed.
const EARLIEST_BIRTH: i32 = 1880;

/// The birth date; none where the register does not know the day.
fn birth_date(fields: &Fields<'_>, at: usize, today: NaiveDate) -> Result<Option<NaiveDate>, Wrong> {
    let (first, last, known) = match fields.day(at)? {
        Day::None => return Ok(None),
        Day::On(day) => (day, day, Some(day)),
        Day::Within(first, last) => (first, last, None),
    };
    if last.year() < EARLIEST_BIRTH {
        return Err(fields.wrong(at, format!("lies before {EARLIEST_BIRTH}")));
    }
    if first > today {
        return Err(fields.wrong(at, "lies in the future"));
    }
    Ok(known)
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
    // What is to come is written anew once it has.
    if row.coming.is_some() {
        hasher.update([1]);
    }
    URL_SAFE_NO_PAD.encode(&hasher.finalize()[..16])
}
