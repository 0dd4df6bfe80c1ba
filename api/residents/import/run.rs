//! How an import goes on: its steps, its size, and what is left of an earlier one.

use std::time::Instant;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    config,
    municipalities::Municipality,
    platform::{
        App,
        db::{Engine, Write},
        ids::MunicipalityId,
        import::{Batch, Forecast, Outcome, Report, Source, Survey, Wrong, refusal},
    },
    residents::store,
};

/// Wrong rows kept to be told where a file is refused before any row is taken.
const MOST_OF_REFUSED: usize = 1_000;

/// Rows in one transaction beside a running server on SQLite: it has one writer, and the others wait for its end.
const GENTLE_BATCH: usize = 200;

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
    let Forecast { snapshot, active, missing, gone, .. } = looked.forecast;
    if snapshot && active > 0 {
        notes.push(format!("counted before it was taken: {missing} of {active} are not in the file"));
    }
    if gone > 0 {
        notes.push(format!(
            "counted before it was taken: {gone} of {active} are over by what it says, now or on a day to come"
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
    pub(crate) forecast: Forecast,
    pub(super) wrong: Vec<Wrong>,
}

impl Looked {
    pub(crate) fn add<T>(&mut self, batch: &Batch<T>) {
        self.forecast.unreadable += batch.unreadable;
        self.forecast.read += batch.rows.len() as u64;
        let room = MOST_OF_REFUSED.saturating_sub(self.wrong.len());
        self.wrong.extend(batch.wrong.iter().take(room).cloned());
    }

    /// Whether what a snapshot does not hold is gone: not while a row may be anybody's.
    pub(crate) fn may_retire(&self) -> bool {
        self.forecast.unreadable == 0 || self.forecast.missing == 0
    }

    /// Refuses the file, if it must be: then the run is as if it had not been, and the report says what is wrong with the rows.
    pub(crate) async fn judge(&self, app: &App, run: &Run, report: &mut Report, what: &str) -> anyhow::Result<()> {
        let Some(why) = refusal(&self.forecast, &app.config.import, what) else { return Ok(()) };
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
    pub(super) town: MunicipalityId,
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
