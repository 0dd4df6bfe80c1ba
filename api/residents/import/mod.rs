//! `thuisloket import residents FILE`: the register's residents, as often as it likes.
//!
//! Importing twice changes nothing; a row that changed updates; killed halfway, it can be run again from the start.
//! With a snapshot, whoever is no longer in it is retired.
//!
//! A row whose number can be read is of somebody who is in the register, whatever else is wrong with it. A fault in a column
//! that a file must have costs the row; in one that it may have, that field only: what was known of it stands.

mod formers;
mod row;
mod run;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    municipalities::{KeyBytes, Municipality},
    platform::{
        App,
        ids::ResidentId,
        import::{self, Fields, Outcome, Position, Report, Source, Wrong},
        time::local_day,
    },
    residents::{rules::is_minor, store},
};
use formers::{Formers, Keeping};
use row::{FORMER, Row, complete, digest, parse};

pub use row::COLUMNS;
pub(crate) use run::{Looked, Run, Steps, notes};

/// Reads a table into the town's register. `progress` hears after each batch how far it is.
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
    let key_version = town.number_keys.last().map_or(0, |(version, _)| *version);
    let of = source.bytes;
    let survey = import::survey(&source, COLUMNS).await?;
    anyhow::ensure!(!(snapshot && survey.cut_off), import::CUT_OFF);
    let today = local_day(town.zone, app.clock.now());
    let keeps_keys = town.keeps_register_keys();
    let reader = Arc::new(move |fields: &Fields<'_>| parse(fields, &keys, keeps_keys, today));
    let steps = Steps::of(app, &source);

    let mut w = app.db.write().await?;
    let run = Run::begin(&mut w, app, town, "residents").await?;
    let before = store::count(&mut w, town.id).await?;
    let active = store::count_active(&mut w, town.id).await?;
    let settled = before > 0 && store::was_imported(&mut w, town.id).await?;
    let hidden = store::hidden(&mut w, town.id).await?;
    let any_abroad = store::any_abroad(&mut w, town.id).await?;
    if !keeps_keys {
        store::forget_register_keys(&mut w, town.id).await?;
    }
    w.commit().await?;

    let keeping = Keeping::of(app, town, settled);
    let mut looked = Looked::default();
    looked.forecast.snapshot = snapshot;
    looked.forecast.active = u64::try_from(active).unwrap_or_default();
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
                    looked.forecast.strangers += u64::from(!known && settled);
                    continue;
                };
                let taken = formers.takes(row, said, &there).ok().flatten();
                looked.forecast.renumbered += u64::from(taken.is_some());
                match own.or(taken) {
                    Some(known) => {
                        gone.extend(said.ends(known).then_some(known.id));
                    }
                    // Whoever was erased is no stranger.
                    None => looked.forecast.strangers += u64::from(settled && !keeping.is_over(said)),
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
        looked.forecast.gone = gone.len() as u64;
        if snapshot {
            app.db.filled(&["import_seen"]).await;
            let mut r = app.db.read().await?;
            looked.forecast.missing = store::unseen(&mut r, town.id, run.id).await?.len() as u64;
        }
        looked.judge(app, &run, report, "residents").await?;
    }

    let mut outcome = Outcome { unreadable: looked.forecast.unreadable, ..Outcome::default() };
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
            .filter(|(.., said)| before > 0 && !said.is_whole(any_abroad))
            .map(|(_, _, row, _)| row.hash.as_str())
            .collect();
        let known = if silent.is_empty() { HashMap::new() } else { store::known(&mut w, town.id, &silent).await? };
        let mut children = Vec::new();
        let mut whole = Vec::with_capacity(rows.len());
        for (_, _, row, said) in rows {
            let was_hidden = hashes(&row).any(|hash| hidden.contains(hash));
            let Row { hash, .. } = row;
            let relink = !keeping.is_emptied(&said)
                && said.parents.as_ref().is_some_and(|p| !p.is_empty() || is_minor(said.birth_date, today));
            children.extend(relink.then_some(whole.len()));
            let known = known.get(&hash);
            whole.push(complete((hash, was_hidden), said, known, today));
        }
        affected += store::upsert(&mut w, town.id, key_version, (&whole, &ids), now).await?;
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
