//! Reading a table that a town's register exported: CSV, UTF-8 (a byte-order mark is fine), `;` or `,`, a header row.
//!
//! The file is read on a thread of its own, a batch ahead of the database, so memory holds three batches at most,
//! however long the file. Wrong rows are told with line, column and reason, and don't stop the right ones.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read, Write},
    path::Path,
};

use anyhow::Context as _;
use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use tokio::sync::{mpsc, oneshot};

/// The longest text a field may hold, in characters. The longest name known to registers has 200.
pub const MAX_FIELD: usize = 300;
/// The longest row, in bytes: what one faulty quote can make of a file must not fill the memory.
const MAX_ROW: usize = 64 * 1024;
/// Batches read ahead of the database.
const READ_AHEAD: usize = 2;
/// The most wrong rows that are written to the report; the rest are counted.
pub const MAX_REPORTED: u64 = 100_000;

/// A column of a table.
pub struct Column {
    /// Its name in the header row.
    pub name: &'static str,
    /// Whether the header must have it.
    pub required: bool,
}

/// Why a row was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line on which the row begins; the header is line 1.
    pub line: u64,
    /// The column at fault, or empty for the row as a whole.
    pub column: String,
    /// What is wrong, without the value: it may be personal.
    pub reason: String,
}

/// What an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows read, without the header.
    pub rows: u64,
    /// Rows that were new.
    pub added: u64,
    /// Rows that differed from what was known.
    pub changed: u64,
    /// Rows that were known as they are.
    pub unchanged: u64,
    /// Rows that were wrong.
    pub wrong: u64,
    /// What a snapshot no longer held, and was retired.
    pub retired: u64,
}

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in the file.
    pub of: u64,
    /// Rows read.
    pub rows: u64,
    /// Rows wrong so far.
    pub wrong: u64,
}

/// Rows of a file, parsed, with those that were wrong.
pub struct Batch<T> {
    /// The right ones, with their lines.
    pub rows: Vec<(u64, T)>,
    /// The wrong ones.
    pub wrong: Vec<Wrong>,
    /// Bytes read up to here.
    pub bytes: u64,
}

/// Where a table comes from: a file, or what was sent in.
pub struct Source {
    input: Box<dyn Read + Send>,
    /// Its bytes, for who wants to know how far it is.
    pub bytes: u64,
}

impl Source {
    /// A table that is read from anywhere; `bytes` says how long it is.
    pub fn new(input: impl Read + Send + 'static, bytes: u64) -> Self {
        Self { input: Box::new(input), bytes }
    }

    /// A file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn file(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let bytes = file.metadata()?.len();
        Ok(Self::new(file, bytes))
    }
}

/// A row's fields by column.
pub struct Fields<'a> {
    record: &'a ByteRecord,
    places: &'a [Option<usize>],
    columns: &'static [Column],
    line: u64,
}

impl Fields<'_> {
    /// The text in column `at`, trimmed; empty where the file has no such column.
    ///
    /// # Errors
    /// Broken UTF-8, control characters (a quoted line end among them), what a spreadsheet would take for a formula,
    /// or more than [`MAX_FIELD`] characters.
    pub fn text(&self, at: usize) -> Result<&str, Wrong> {
        let Some(bytes) = self.places[at].and_then(|i| self.record.get(i)) else { return Ok("") };
        let text = std::str::from_utf8(bytes).map_err(|_| self.wrong(at, "is not UTF-8"))?.trim();
        if text.chars().any(char::is_control) {
            return Err(self.wrong(at, "holds a line end or another control character"));
        }
        // What a spreadsheet would run when staff open an export of ours (OWASP, "CSV Injection").
        if text.starts_with(['=', '@', '+']) || (text.starts_with('-') && text.parse::<f64>().is_err()) {
            return Err(self.wrong(at, "begins like a spreadsheet formula"));
        }
        if text.chars().count() > MAX_FIELD {
            return Err(self.wrong(at, format!("is longer than {MAX_FIELD} characters")));
        }
        Ok(text)
    }

    /// The same, not empty.
    ///
    /// # Errors
    /// As [`Fields::text`], or an empty field.
    pub fn filled(&self, at: usize) -> Result<&str, Wrong> {
        let text = self.text(at)?;
        if text.is_empty() { Err(self.wrong(at, "is empty")) } else { Ok(text) }
    }

    /// A date, `YYYY-MM-DD` or `DD/MM/YYYY`; none where the field is empty.
    ///
    /// # Errors
    /// A text that is no date, or a day that does not exist.
    pub fn date(&self, at: usize) -> Result<Option<NaiveDate>, Wrong> {
        let text = self.text(at)?;
        if text.is_empty() {
            return Ok(None);
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
            .map(Some)
            .map_err(|_| self.wrong(at, "is not a date that exists (YYYY-MM-DD or DD/MM/YYYY)"))
    }

    /// A number between `low` and `high`; none where the field is empty.
    ///
    /// # Errors
    /// A text that is no such number.
    pub fn number(&self, at: usize, low: f64, high: f64) -> Result<Option<f64>, Wrong> {
        let text = self.text(at)?;
        if text.is_empty() {
            return Ok(None);
        }
        let value: Option<f64> = text.replace(',', ".").parse().ok();
        value
            .filter(|v| (low..=high).contains(v))
            .map(Some)
            .ok_or_else(|| self.wrong(at, format!("is not a number between {low} and {high}")))
    }

    /// Says that column `at` of this row is wrong.
    pub fn wrong(&self, at: usize, reason: impl Into<String>) -> Wrong {
        Wrong { line: self.line, column: self.columns[at].name.to_owned(), reason: reason.into() }
    }
}

/// Reads a table in batches of `size` rows. A wrong header is an error at once, before any row.
///
/// # Errors
/// A table that is empty, or whose header lacks a column or has one that is not known.
pub async fn read<T: Send + 'static>(
    source: Source,
    columns: &'static [Column],
    size: usize,
    parse: impl Fn(&Fields<'_>) -> Result<T, Wrong> + Send + 'static,
) -> anyhow::Result<mpsc::Receiver<anyhow::Result<Batch<T>>>> {
    let (send, receive) = mpsc::channel(READ_AHEAD);
    let (begun, begins) = oneshot::channel();
    std::thread::Builder::new().name("import".to_owned()).spawn(move || {
        let mut input = BufReader::with_capacity(1 << 16, source.input);
        let opened = header(&mut input).and_then(|h| Ok((h.len() as u64, places(&h, columns)?)));
        let (already, (delimiter, places)) = match opened {
            Ok(opened) => opened,
            Err(error) => return drop(begun.send(Err(error))),
        };
        if begun.send(Ok(())).is_err() {
            return;
        }
        let result = pump(input, already, delimiter, columns, &places, size, &parse, &send);
        if let Err(error) = result {
            drop(send.blocking_send(Err(error)));
        }
    })?;
    begins.await.context("the reader ended")??;
    Ok(receive)
}

/// The header line, with its line end.
fn header(input: &mut impl Read) -> anyhow::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while input.read(&mut byte)? == 1 {
        line.push(byte[0]);
        anyhow::ensure!(line.len() <= MAX_ROW, "the header row is longer than {MAX_ROW} bytes");
        if byte[0] == b'\n' {
            break;
        }
    }
    anyhow::ensure!(!line.is_empty(), "the file is empty");
    Ok(line)
}

fn places(header: &[u8], columns: &'static [Column]) -> anyhow::Result<(u8, Vec<Option<usize>>)> {
    let text = std::str::from_utf8(header).context("the header row is not UTF-8")?;
    let text = text.trim_start_matches('\u{feff}').trim_end();
    let delimiter = if text.contains(';') { ';' } else { ',' };
    let mut found = HashMap::new();
    for (i, name) in text.split(delimiter).enumerate() {
        let name = name.trim().trim_matches('"').to_lowercase();
        anyhow::ensure!(
            columns.iter().any(|c| c.name == name),
            "the header has a column {name:?} that is not known; the columns are {}",
            columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
        );
        anyhow::ensure!(found.insert(name.clone(), i).is_none(), "the header has the column {name:?} twice");
    }
    let missing: Vec<_> =
        columns.iter().filter(|c| c.required && !found.contains_key(c.name)).map(|c| c.name).collect();
    anyhow::ensure!(missing.is_empty(), "the header lacks the columns {}", missing.join(", "));
    Ok((delimiter as u8, columns.iter().map(|c| found.get(c.name).copied()).collect()))
}

#[expect(clippy::too_many_arguments, reason = "the loop of one thread, called once")]
fn pump<T>(
    input: impl Read,
    already: u64,
    delimiter: u8,
    columns: &'static [Column],
    places: &[Option<usize>],
    size: usize,
    parse: &impl Fn(&Fields<'_>) -> Result<T, Wrong>,
    send: &mpsc::Sender<anyhow::Result<Batch<T>>>,
) -> anyhow::Result<()> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(input);
    let width = places.iter().flatten().count();
    let mut record = ByteRecord::new();
    let mut batch = Batch { rows: Vec::with_capacity(size), wrong: Vec::new(), bytes: 0 };
    loop {
        let more = reader.read_byte_record(&mut record)?;
        if more {
            let line = record.position().map_or(0, csv::Position::line) + 1;
            let whole = |reason: String| Wrong { line, column: String::new(), reason };
            if record.as_slice().len() > MAX_ROW {
                batch.wrong.push(whole(format!("the row is longer than {MAX_ROW} bytes; a quote may be missing")));
            } else if record.len() != width {
                batch.wrong.push(whole(format!("the row has {} fields, the header {width}", record.len())));
            } else {
                match parse(&Fields { record: &record, places, columns, line }) {
                    Ok(row) => batch.rows.push((line, row)),
                    Err(wrong) => batch.wrong.push(wrong),
                }
            }
        }
        if !more || batch.rows.len() + batch.wrong.len() >= size {
            batch.bytes = already + reader.position().byte();
            let next = Batch { rows: Vec::with_capacity(size), wrong: Vec::new(), bytes: 0 };
            if send.blocking_send(Ok(std::mem::replace(&mut batch, next))).is_err() || !more {
                return Ok(());
            }
        }
    }
}

/// Where wrong rows are reported: CSV, `line;column;reason`.
pub struct Report {
    writer: csv::Writer<Box<dyn Write + Send>>,
    written: u64,
}

impl Report {
    /// A report that is written anywhere.
    ///
    /// # Errors
    /// A full disk.
    pub fn new(output: impl Write + Send + 'static) -> anyhow::Result<Self> {
        let output: Box<dyn Write + Send> = Box::new(output);
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(output);
        writer.write_record(["line", "column", "reason"])?;
        Ok(Self { writer, written: 0 })
    }

    /// A file, made over an earlier one.
    ///
    /// # Errors
    /// A file that cannot be made.
    pub fn create(path: &Path) -> anyhow::Result<Self> {
        Self::new(File::create(path).with_context(|| format!("the report {} cannot be written", path.display()))?)
    }

    /// Adds wrong rows, up to [`MAX_REPORTED`].
    ///
    /// # Errors
    /// A full disk.
    pub fn add(&mut self, wrong: &[Wrong]) -> anyhow::Result<()> {
        for w in wrong {
            if self.written < MAX_REPORTED {
                self.writer.write_record([w.line.to_string().as_str(), &w.column, &w.reason])?;
            }
            self.written += 1;
        }
        Ok(())
    }

    /// Puts the report where it goes.
    ///
    /// # Errors
    /// A full disk.
    pub fn finish(mut self) -> anyhow::Result<()> {
        if self.written > MAX_REPORTED {
            let rest = format!("{} more wrong rows are not listed", self.written - MAX_REPORTED);
            self.writer.write_record(["", "", &rest])?;
        }
        self.writer.flush()?;
        Ok(())
    }
}
