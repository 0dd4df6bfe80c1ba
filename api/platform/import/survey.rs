//! The survey: how a file is written.

use anyhow::Context as _;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use tokio::sync::oneshot;

use super::{
    letters::marked,
    model::Column,
    source::Source,
    table::{MAX_SHOWN, Table, is_name},
};

/// How a file is written, as its survey found.
#[derive(Clone)]
pub struct Survey {
    pub(super) encoding: &'static Encoding,
    pub(super) columns: &'static [Column],
    pub(super) places: Vec<Option<usize>>,
    /// Its rows, without the header.
    pub rows: u64,
    /// Whether its last row has no line end and fewer fields than the header.
    pub cut_off: bool,
    /// What its sender should know.
    pub notes: Vec<String>,
}

impl Survey {
    /// Whether the file has this column.
    pub fn has(&self, at: usize) -> bool {
        self.places[at].is_some()
    }

    /// The columns that it could have and has not.
    pub fn absent(&self) -> Vec<&'static str> {
        self.columns.iter().zip(&self.places).filter(|(_, at)| at.is_none()).map(|(c, _)| c.name).collect()
    }
}

/// Reads a file once to find how it is written.
///
/// # Errors
/// A file that is empty, whose header lacks a column or has one twice, a row that is too long, a quote that is not closed on
/// its line.
pub async fn survey(source: &Source, columns: &'static [Column]) -> anyhow::Result<Survey> {
    let (told, tells) = oneshot::channel();
    let source = source.clone();
    std::thread::Builder::new().name("survey".to_owned()).spawn(move || {
        drop(told.send(survey_all(&source, columns)));
    })?;
    tells.await.context("the reader ended")?
}

fn survey_all(source: &Source, columns: &'static [Column]) -> anyhow::Result<Survey> {
    let marked = marked(&mut (source.open)()?)?;
    let mut table = Table::open(source, marked.unwrap_or(UTF_8), columns)?;
    let (mut rows, mut plain, mut letters, mut broken) = (0, 0_u64, 0_u64, 0_u64);
    let mut cut_off = false;
    while table.next()? {
        rows += u64::from(!table.is_header());
        cut_off = table.is_short(columns);
        match std::str::from_utf8(table.bytes()) {
            Ok(text) if text.is_ascii() => plain += 1,
            Ok(_) => letters += 1,
            Err(_) => broken += 1,
        }
    }
    cut_off &= table.letters.unended;
    // A file in Windows-1252 hardly ever looks like UTF-8 by chance; one row that was pasted in must not spoil the others.
    let encoding = match marked {
        Some(encoding) => encoding,
        None if broken > letters || std::str::from_utf8(&table.header_line).is_err() => WINDOWS_1252,
        None => UTF_8,
    };
    let mut notes = Vec::new();
    if encoding != UTF_8 {
        notes.push(format!("the file is read as {}, which it seems to be: UTF-8 is sure", encoding.name()));
    }
    if encoding == WINDOWS_1252 && letters > 0 {
        notes.push(format!("rows that are UTF-8 in between, and were read as that: {letters}"));
    }
    if !table.unknown.is_empty() {
        let shown: Vec<_> = table.unknown.iter().take(MAX_SHOWN).map(|(at, name)| shown(*at, name)).collect();
        notes.push(format!("the columns {} are not known, and were not read", shown.join(", ")));
    }
    tracing::debug!(rows, plain, letters, broken, encoding = encoding.name(), "a file was surveyed");
    Ok(Survey { encoding, columns, places: table.places, rows, cut_off, notes })
}

/// A column's name as it may be shown, or its number: what stands in its place may be somebody's.
fn shown(at: usize, name: &str) -> String {
    if is_name(name) { format!("{name:?}") } else { format!("number {}", at + 1) }
}
