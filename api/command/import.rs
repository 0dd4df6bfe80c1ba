//! `thuisloket import`: what the town's register exported, from a file.

use std::{
    io::IsTerminal as _,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use anyhow::Context as _;

use super::{
    arguments::Import,
    output::{err, out},
};
use crate::{
    app::Server,
    documents,
    platform::import::{Outcome, Position, Report, Source, fault_of_database, same_file, words_of},
    residents,
};

pub(super) async fn import(server: Server, what: Import) -> anyhow::Result<()> {
    let (Import::Residents(args) | Import::Documents(args)) = &what;
    let town = match &args.municipality {
        Some(key) => {
            server.towns().by_key(key).map_err(|_| anyhow::anyhow!("no municipality {key:?} is configured"))?
        }
        None => {
            let mut all = server.towns().all();
            let first = all.next().context("no municipality is configured")?;
            anyhow::ensure!(
                all.next().is_none(),
                "several municipalities are configured: say which with --municipality"
            );
            first
        }
    };
    let report = args.report.clone().unwrap_or_else(|| {
        let mut name = args.file.clone().into_os_string();
        name.push(".report.csv");
        name.into()
    });
    let show = progress();
    let source = Source::file(&args.file)?.gently();
    anyhow::ensure!(
        !same_file(&args.file, &report),
        "the report would be written over {}: name another file with --report",
        args.file.display()
    );
    let report_to = Report::create(&report)?;
    let counted = report_to.listed();
    let outcome = match &what {
        Import::Residents(_) => {
            residents::import::import(&server.app, town, (source, args.snapshot), report_to, show).await
        }
        Import::Documents(_) => {
            documents::import::import(&server.app, town, (source, args.snapshot), report_to, show).await
        }
    };
    server.app.db.close().await;
    let listed = || format!("the wrong rows are listed in {}", report.display());
    let outcome = outcome.map_err(|error| match fault_of_database(&error) {
        Some(fault) => {
            tracing::error!(error = format!("{error:#}"), "the database failed while a file was imported");
            anyhow::Error::msg(words_of(fault))
        }
        None => error,
    });
    let outcome = outcome.with_context(|| {
        let file = args.file.display();
        match counted.load(Ordering::Relaxed) {
            0 => format!("{file} was not imported"),
            _ => format!("{file} was not imported; {}", listed()),
        }
    })?;
    let Outcome { rows, added, changed, unchanged, wrong, retired, .. } = outcome;
    out(format_args!(
        "{rows} rows: {added} new, {changed} changed, {unchanged} as known, {wrong} wrong; {retired} retired"
    ))?;
    for note in &outcome.notes {
        out(note)?;
    }
    if wrong > 0 {
        out(listed())?;
    }
    anyhow::ensure!(outcome.too_wrong(&server.app.config.import).is_none(), "too many rows are wrong");
    Ok(())
}

/// A bar in a terminal, a line every few seconds elsewhere.
fn progress() -> Box<dyn FnMut(Position)> {
    if std::io::stderr().is_terminal() {
        let bar = indicatif::ProgressBar::new(0);
        let style = "{bar:40} {percent:>3} %  {msg}  {elapsed} ({eta} to go)";
        if let Ok(style) = indicatif::ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        return Box::new(move |p| {
            bar.set_length(p.of);
            bar.set_position(p.bytes);
            bar.set_message(format!("{} rows, {} wrong", p.rows, p.wrong));
            if p.bytes >= p.of {
                bar.finish();
            }
        });
    }
    let mut last = Instant::now();
    Box::new(move |p| {
        if last.elapsed() > Duration::from_secs(5) {
            last = Instant::now();
            err(format_args!("{} rows, {} wrong, {} %", p.rows, p.wrong, p.bytes * 100 / p.of.max(1)));
        }
    })
}
