//! Reading a table that a town's register exported: CSV with a header row, as registers and spreadsheets write it.
//!
//! A file is read twice or three times. The *survey* finds how it is written, and refuses what cannot be read to its end,
//! before anything of it is taken. The *look* reckons what it would do, where something could be lost. Then it is taken. Each
//! time it is read on a thread of its own, a batch ahead of the database, so memory holds three batches at most, however
//! long the file or one of its rows.
//!
//! Silence is no fact: a column that is not there says nothing, and a row or a field that cannot be read is not one that is
//! not there. Wrong rows are told with line, column and reason, and don't stop the right ones.

use std::{
    borrow::Cow,
    fs::File,
    io::{Read, Seek as _, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context as _;
use chrono::{Datelike as _, Months, NaiveDate};
use csv_core::ReadRecordResult;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use tokio::sync::{mpsc, oneshot};

use super::{
    db::is_transient,
    reasons,
    text::{self, Lines, canonical},
};
use crate::config;

/// The longest text a field may hold, in characters. The longest name known to registers has 200.
pub const MAX_FIELD: usize = 300;
/// The longest row, in bytes: what one faulty quote can make of a file must not fill the memory.
const MAX_ROW: usize = 64 * 1024;
/// The most fields of a row.
const MAX_FIELDS: usize = 1_024;
/// Bytes read at a time.
const PIECE: usize = 64 * 1024;
/// Batches read ahead of the database.
const READ_AHEAD: usize = 2;
/// The most wrong rows that are written to the report; the rest are counted.
pub const MAX_REPORTED: u64 = 100_000;
/// How a refusal ends.
const LEFT_ALONE: &str = "nothing of this file was taken";
/// Lines below the last row that may be a total or a note, and no people.
const MAX_FOOTER: u64 = 3;
/// Names of columns that are not known, shown at most.
const MAX_SHOWN: usize = 10;
/// As many strangers as a small file may bring, whatever their share: some days' births and arrivals.
const FEW_STRANGERS: u64 = 20;
/// The share of its register that a town sees arrive in a month or two; more at once is another town, or a first import.
const STRANGERS_OF_TOWN: f64 = 0.01;
/// As many as may leave by what a file says, however small the town: a household that moves.
const FEW_GONE: u64 = 5;
/// The longest name of a column that is believed to be one.
const MAX_NAME: usize = 40;
/// Digits of a cell by which a row is one of data, and no header: a year has four.
const DIGITS_OF_DATA: usize = 5;
/// Why a file of another kind is refused.
pub const NO_TEXT: &str = "The file is no text (it looks like a workbook or an archive): save it as CSV, in UTF-8";
/// Why half a file is refused, where it says that it is whole.
pub const CUT_OFF: &str = "the file ends in the middle of a row: was it cut off? nothing of this file was taken";

/// A column of a table.
pub struct Column {
    /// Its name in the header row.
    pub name: &'static str,
    /// Whether the header must have it.
    pub required: bool,
}

/// Why a row, or a field of it, was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line on which the row begins; the file's first line is 1.
    pub line: u64,
    /// The column at fault, or empty for the row as a whole.
    pub column: String,
    /// What is wrong, without the value: it may be personal.
    pub reason: String,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows read, without the header.
    pub rows: u64,
    /// Rows that were new.
    pub added: u64,
    /// Rows that differed from what was known.
    pub changed: u64,
    /// Rows that were known as they are.
    pub unchanged: u64,
    /// Rows that were wrong: not taken, or not the whole of them.
    pub wrong: u64,
    /// Wrong rows of which nobody knows whose they are.
    pub unreadable: u64,
    /// What a snapshot no longer held, and was retired.
    pub retired: u64,
    /// What whoever sent the file should know: how it was read, what it is silent about, what was left alone and why.
    pub notes: Vec<String>,
}

impl Outcome {
    /// Says so, where more rows are wrong than `import.wrong_rows_at_most` allows.
    pub fn too_wrong(&self, bounds: &config::Import) -> Option<String> {
        let most = bounds.wrong_rows_at_most;
        too_many_wrong(self.wrong, self.rows, bounds).then(|| {
            format!(
                "{} of {} rows are wrong, more than the share of {most} that import.wrong_rows_at_most allows: the right \
                 ones were taken",
                self.wrong, self.rows
            )
        })
    }

    /// Whether there were rows, and none of them was any good.
    pub fn nothing_right(&self) -> bool {
        self.wrong > 0 && self.added + self.changed + self.unchanged == 0
    }
}

/// Whether so many of so many rows are more than `import.wrong_rows_at_most`.
pub fn too_many_wrong(wrong: u64, rows: u64, bounds: &config::Import) -> bool {
    wrong as f64 > bounds.wrong_rows_at_most * rows as f64
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

/// What a file would do to a town, reckoned before it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// Whether the file says that it holds everything.
    pub snapshot: bool,
    /// What was active before.
    pub active: u64,
    /// How much of that the file does not hold.
    pub missing: u64,
    /// How much of that is over by what the file says of it, now or on a day to come.
    pub gone: u64,
    /// How many documents would end on another day than is known, or have another of their kind beside them.
    pub moved: u64,
    /// Rows whose own nobody knows.
    pub unreadable: u64,
    /// Rows that say of whom they are.
    pub read: u64,
    /// Of these, those of somebody whom the town did not know; none counted where it has no register yet.
    pub strangers: u64,
    /// Of these, those that give somebody another number.
    pub renumbered: u64,
}

/// Why a file is refused as a whole, if it is: half a file must not empty a town, nor another town's fill it. Nothing of it
/// was written yet. What cannot be read may be anybody's, so it counts as if it were missing.
pub fn refusal(of: &Reckoned, bounds: &config::Import, what: &str) -> Option<String> {
    let Reckoned { snapshot, active, gone, moved, unreadable, read, strangers, renumbered, .. } = *of;
    let most = bounds.snapshot_retires_at_most;
    if snapshot && active > 0 && read == 0 {
        return Some(format!(
            "this snapshot holds no row that can be read, and the town has {active} {what}; {LEFT_ALONE}"
        ));
    }
    // What a file is silent about is missing only where it says that it is whole.
    let (file, missing) = if snapshot { ("snapshot", of.missing) } else { ("file", 0) };
    let bound = most * active as f64;
    let leaving = missing + gone;
    if missing as f64 > bound || (leaving as f64 > bound && leaving > FEW_GONE) {
        let how = match gone {
            0 => String::new(),
            _ => {
                format!(" ({missing} are not in it, {gone} are over by what it says of them, now or on a day to come)")
            }
        };
        return Some(format!(
            "this {file} would retire {leaving} of {active} {what}{how}, more than the share of {most} that \
             import.snapshot_retires_at_most allows ({unreadable} rows cannot be read); {LEFT_ALONE}"
        ));
    }
    if moved as f64 > bound && moved > FEW_GONE {
        return Some(format!(
            "this {file} would let {moved} of {active} {what} end on another day, or stand beside another of their kind, more than \
             the share of {most} that import.snapshot_retires_at_most allows: are its dates right? {LEFT_ALONE}"
        ));
    }
    if snapshot && active > 0 && unreadable as f64 > bound {
        return Some(format!(
            "{unreadable} rows of this snapshot cannot be read, and any of the {active} {what} may be among them: more than \
             the share of {most} that import.snapshot_retires_at_most allows; {LEFT_ALONE}"
        ));
    }
    let few = FEW_STRANGERS.max((active as f64 * STRANGERS_OF_TOWN) as u64);
    let share = bounds.strangers_at_most;
    let too_many = |count: u64| count > few && count as f64 > share * read as f64;
    if too_many(strangers) {
        return Some(format!(
            "{strangers} of the {read} {what} in this file are not known here, more than the share of {share} that \
             import.strangers_at_most allows: is it another town's? {LEFT_ALONE}"
        ));
    }
    if too_many(strangers + renumbered) {
        return Some(format!(
            "{renumbered} of the {read} {what} in this file get another number, and {strangers} are not known here: more than \
             the share of {share} that import.strangers_at_most allows; {LEFT_ALONE}"
        ));
    }
    None
}

/// What a row says: of whom, and what.
pub struct Parsed<T> {
    /// None where nobody knows whose row it is.
    pub row: Option<T>,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
}

/// A row of which it is known whose it is.
pub struct Row<T> {
    /// The line on which it begins.
    pub line: u64,
    /// Whether something of it was wrong.
    pub faulty: bool,
    /// What it says.
    pub says: T,
}

/// Rows of a file, parsed, with what was wrong with them.
pub struct Batch<T> {
    /// Those of which it is known whose they are.
    pub rows: Vec<Row<T>>,
    /// What was wrong.
    pub wrong: Vec<Wrong>,
    /// Rows read.
    pub read: u64,
    /// Rows with something wrong.
    pub faulty: u64,
    /// Rows that could be anybody's.
    pub unreadable: u64,
    /// Bytes read up to here.
    pub bytes: u64,
}

impl<T> Batch<T> {
    fn of(size: usize) -> Self {
        Self { rows: Vec::with_capacity(size), wrong: Vec::new(), read: 0, faulty: 0, unreadable: 0, bytes: 0 }
    }

    /// Says that a row is wrong as well.
    pub fn fault(&mut self, already: bool, wrong: Wrong) {
        self.faulty += u64::from(!already);
        self.wrong.push(wrong);
    }
}

type Opened = std::io::Result<Box<dyn Read + Send>>;

/// Where a table comes from: a file, or what was sent in. It can be read from its start as often as needed.
#[derive(Clone)]
pub struct Source {
    open: Arc<dyn Fn() -> Opened + Send + Sync>,
    /// Its bytes, for who wants to know how far it is.
    pub bytes: u64,
    /// Whether others may write to the same database meanwhile, from other processes.
    pub gently: bool,
}

impl Source {
    /// A table that `open` reads from its start; `bytes` says how long it is.
    pub fn new(open: impl Fn() -> Opened + Send + Sync + 'static, bytes: u64) -> Self {
        Self { open: Arc::new(open), bytes, gently: false }
    }

    /// A file. It stays the one that was opened, whatever takes its name meanwhile.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn file(path: &Path) -> anyhow::Result<Self> {
        // Looked at before it is opened: to open a pipe is to wait for whoever writes to it.
        let name = path.display();
        let found = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
        anyhow::ensure!(!found.is_dir(), "{name} is a folder, and no file");
        anyhow::ensure!(
            found.is_file(),
            "{name} is a pipe or a device, and can be read only once: write it to a file first"
        );
        let file = File::open(path).map_err(|e| unreadable(path, &e))?;
        let bytes = found.len();
        let open = move || -> Opened {
            // One reader at a time: a clone shares its place with the others.
            let mut again = file.try_clone()?;
            again.rewind()?;
            Ok(Box::new(again))
        };
        Ok(Self::new(open, bytes))
    }

    /// The same, for a process that writes beside a running server.
    #[must_use]
    pub fn gently(self) -> Self {
        Self { gently: true, ..self }
    }
}

/// Why a file cannot be read, in words.
fn unreadable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    let name = path.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::anyhow!("there is no file {name}"),
        std::io::ErrorKind::PermissionDenied => anyhow::anyhow!("{name} may not be read by this user"),
        _ => anyhow::anyhow!("{name} cannot be read: {error}"),
    }
}

/// Whether two paths lead to one file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if let (Ok(one), Ok(other)) = (std::fs::metadata(one), std::fs::metadata(other)) {
            return (one.dev(), one.ino()) == (other.dev(), other.ino());
        }
    }
    let whole = |path: &Path| path.canonicalize().ok();
    whole(one).is_some() && whole(one) == whole(other)
}

/// The database's fault behind an error, if it is one: it says nothing about the file.
pub fn fault_of_database(error: &anyhow::Error) -> Option<&sqlx::Error> {
    error.chain().find_map(|cause| {
        // A piece of an upload comes out of the database by way of a reader.
        let within = || cause.downcast_ref::<std::io::Error>()?.get_ref()?.downcast_ref();
        cause.downcast_ref().or_else(within)
    })
}

/// The same in words, for whoever sent the file; the detail is for the log.
pub fn words_of(fault: &sqlx::Error) -> &'static str {
    if is_transient(fault) {
        "the database did not answer in time; run the file again"
    } else {
        "the database refused what was to be written; the log says why"
    }
}

/// How a file is written, as its survey found.
#[derive(Clone)]
pub struct Survey {
    encoding: &'static Encoding,
    columns: &'static [Column],
    places: Vec<Option<usize>>,
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

/// Whether a text can be a column's name.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '_' | '-');
    !text.is_empty() && text.chars().count() <= MAX_NAME && text.chars().all(fits)
}

/// Whether a file is known by its first bytes to be no text: ZIP (as XLSX and ODS are), an old workbook, gzip, bzip2, xz,
/// Zstandard, 7z, PDF, or UTF-32, which no register writes and nothing here reads.
fn is_no_text(start: &[u8]) -> bool {
    const KINDS: [&[u8]; 11] = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        &[0xd0, 0xcf, 0x11, 0xe0],
        &[0x1f, 0x8b],
        b"BZh",
        &[0xfd, b'7', b'z', b'X'],
        &[0x28, 0xb5, 0x2f, 0xfd],
        &[b'7', b'z', 0xbc, 0xaf],
        b"%PDF",
        &[0xff, 0xfe, 0, 0],
        &[0, 0, 0xfe, 0xff],
    ];
    KINDS.iter().any(|kind| start.starts_with(kind)) || matches!(start, [_, 0, 0, 0, ..] | [0, 0, 0, _, ..])
}

/// The encoding that a byte-order mark names, or that shows in the noughts between the letters of UTF-16.
///
/// # Errors
/// A file of which the first bytes say that it is no text.
fn marked(input: &mut impl Read) -> anyhow::Result<Option<&'static Encoding>> {
    let mut start = Vec::new();
    input.take(4).read_to_end(&mut start)?;
    anyhow::ensure!(!is_no_text(&start), NO_TEXT);
    Ok(match start.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => Some(UTF_8),
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [a, 0, ..] if a.is_ascii_graphic() => Some(UTF_16LE),
        [0, b, ..] if b.is_ascii_graphic() => Some(UTF_16BE),
        _ => None,
    })
}

/// A small file as text, whatever wrote it; its lines end with `\n`. None where it is no text.
pub fn whole_text(bytes: &[u8]) -> Option<String> {
    let encoding =
        marked(&mut &bytes[..]).ok()?.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let text = if encoding == WINDOWS_1252 {
        let lines: Vec<_> = bytes.split_inclusive(|b| *b == b'\n').map(|line| decoded(line, encoding)).collect();
        lines.concat()
    } else {
        let (text, _, broken) = encoding.decode(bytes);
        if broken {
            return None;
        }
        text.into_owned()
    };
    (!text.contains('\0')).then(|| text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

/// A file as UTF-8 whose lines end with `\n`, the last one too.
struct Letters {
    input: Box<dyn Read + Send>,
    decoder: Option<encoding_rs::Decoder>,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    after_cr: bool,
    ended: bool,
    /// Whether the last line had no end of its own.
    unended: bool,
    last: u8,
    read: u64,
}

impl Letters {
    fn new(input: Box<dyn Read + Send>, encoding: &'static Encoding) -> Self {
        // Rows of Windows-1252 are decoded one by one.
        let whole = encoding != UTF_8 && encoding != WINDOWS_1252;
        let decoder = whole.then(|| encoding.new_decoder_with_bom_removal());
        let (raw, out) = (vec![0; PIECE], Vec::with_capacity(PIECE));
        Self { input, decoder, raw, out, at: 0, after_cr: false, ended: false, unended: false, last: b'\n', read: 0 }
    }

    /// What is there and was not used, after reading on if that is nothing; nothing at the end.
    fn fill(&mut self) -> std::io::Result<&[u8]> {
        while self.at == self.out.len() && !self.ended {
            let n = match self.input.read(&mut self.raw) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            self.read += n as u64;
            self.ended = n == 0;
            self.at = 0;
            self.out.clear();
            let decoded;
            let bytes = match &mut self.decoder {
                None => &self.raw[..n],
                Some(decoder) => {
                    let room = decoder.max_utf8_buffer_length(n).unwrap_or(4 * PIECE);
                    let mut text = String::with_capacity(room);
                    let _ = decoder.decode_to_string(&self.raw[..n], &mut text, n == 0);
                    decoded = text;
                    decoded.as_bytes()
                }
            };
            for &byte in bytes {
                match byte {
                    b'\n' if self.after_cr => {}
                    b'\r' => self.out.push(b'\n'),
                    byte => self.out.push(byte),
                }
                self.after_cr = byte == b'\r';
            }
            if let Some(last) = self.out.last() {
                self.last = *last;
            }
            if self.ended && self.last != b'\n' {
                self.unended = true;
                self.out.push(b'\n');
            }
        }
        Ok(&self.out[self.at..])
    }

    /// The next line without its end; none at the end of the file.
    fn line(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let there = self.fill()?;
            if there.is_empty() {
                return Ok((!line.is_empty()).then_some(line));
            }
            let end = there.iter().position(|b| *b == b'\n');
            let taken = end.unwrap_or(there.len());
            line.extend_from_slice(&there[..taken]);
            self.at += taken + usize::from(end.is_some());
            anyhow::ensure!(line.len() <= MAX_ROW, "the header row is longer than {MAX_ROW} bytes");
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

/// A table that is read row by row.
struct Table {
    letters: Letters,
    csv: csv_core::Reader,
    delimiter: u8,
    header_line: Vec<u8>,
    encoding: &'static Encoding,
    names: Vec<String>,
    /// Columns that are not known, by their place.
    unknown: Vec<(usize, String)>,
    places: Vec<Option<usize>>,
    row: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    line: u64,
}

impl Table {
    fn open(source: &Source, encoding: &'static Encoding, columns: &'static [Column]) -> anyhow::Result<Self> {
        let mut letters = Letters::new((source.open)()?, encoding);
        let (mut lines, mut told) = (0, None);
        let (header_line, delimiter, names) = loop {
            let line = letters.line()?.context("the file is empty")?;
            lines += 1;
            let text = decoded(&line, encoding);
            let text = text.trim_matches(|c: char| c.is_whitespace() || text::takes_no_room(c));
            // What a spreadsheet writes before the header, for its own use.
            if let Some(sep) = text.trim_matches('"').strip_prefix("sep=").filter(|rest| rest.len() <= 1) {
                told = sep.bytes().next();
                continue;
            }
            if !text.is_empty() {
                let (delimiter, names) = names(text, told, columns);
                break (line, delimiter, names);
            }
        };
        let mut places = vec![None; columns.len()];
        let (mut unknown, mut twice) = (Vec::new(), Vec::new());
        for (i, name) in names.iter().enumerate() {
            match columns.iter().position(|c| c.name == *name) {
                None => unknown.push((i, name.clone())),
                Some(at) if places[at].is_some() => twice.push(name.clone()),
                Some(at) => places[at] = Some(i),
            }
        }
        anyhow::ensure!(twice.is_empty(), "the header has the column {:?} twice", twice.join(", "));
        let missing: Vec<_> =
            columns.iter().zip(&places).filter(|(c, at)| c.required && at.is_none()).map(|(c, _)| c.name).collect();
        if !missing.is_empty() {
            // A file whose first line is one of its rows has people's own in the place of names: then none is shown.
            let digits = |name: &String| name.chars().filter(char::is_ascii_digit).count();
            let none_known = unknown.len() == names.len();
            let data = names.iter().any(|n| digits(n) >= DIGITS_OF_DATA)
                || (none_known && unknown.iter().any(|(_, name)| !name.is_empty() && !is_name(name)));
            let mut why = format!("the header lacks the columns {}", missing.join(", "));
            if data {
                why += ", and what it has instead is not known";
            }
            for (at, name) in unknown.iter().take(MAX_SHOWN) {
                why += &if is_name(name) && !data {
                    format!("; it has a column {name:?} that is not known")
                } else {
                    format!(
                        "; column {} has no name that is known: is the first line, with the names, missing?",
                        at + 1
                    )
                };
                if data {
                    break;
                }
            }
            anyhow::bail!(why);
        }
        let mut csv =
            csv_core::ReaderBuilder::new().delimiter(delimiter).terminator(csv_core::Terminator::Any(b'\n')).build();
        csv.set_line(lines + 1);
        Ok(Self {
            letters,
            csv,
            delimiter,
            header_line,
            encoding,
            names,
            unknown,
            places,
            row: vec![0; MAX_ROW],
            ends: vec![0; MAX_FIELDS],
            fields: 0,
            line: 0,
        })
    }

    /// Reads the next row that is not blank; false at the end of the file.
    fn next(&mut self) -> anyhow::Result<bool> {
        loop {
            let (mut at, mut fields, mut ended) = (0, 0, false);
            loop {
                let input = self.letters.fill()?;
                ended |= input.is_empty();
                let (result, nin, nout, nend) =
                    self.csv.read_record(input, &mut self.row[at..], &mut self.ends[fields..]);
                self.letters.at += nin;
                at += nout;
                fields += nend;
                match result {
                    ReadRecordResult::InputEmpty => {}
                    ReadRecordResult::End => return Ok(false),
                    ReadRecordResult::Record => break,
                    ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                        let within = self.row[..at].iter().filter(|b| **b == b'\n').count() as u64;
                        let line = self.csv.line().saturating_sub(within);
                        anyhow::ensure!(within == 0, runaway(line));
                        anyhow::bail!(
                            "line {line}: the row is longer than {MAX_ROW} bytes or has more than {MAX_FIELDS} fields"
                        );
                    }
                }
            }
            self.fields = fields;
            let within = self.row[..at].iter().filter(|b| **b == b'\n').count() as u64;
            self.line = self.csv.line().saturating_sub(within + u64::from(!ended));
            let blank = |field: &[u8]| field.iter().all(u8::is_ascii_whitespace);
            if (0..fields).all(|i| blank(self.field(i))) {
                continue;
            }
            // A delimiter may stand behind each row.
            while self.fields > self.names.len() && blank(self.field(self.fields - 1)) {
                self.fields -= 1;
            }
            if within > 0 {
                // A line end stands in quotes only. With a delimiter beside it, the quotes hold what are rows of others.
                let holds = |i: usize| self.field(i).contains(&b'\n') && self.field(i).contains(&self.delimiter);
                let fits = self.fields == self.names.len() && !ended;
                anyhow::ensure!(fits && !(0..self.fields).any(holds), runaway(self.line));
            }
            self.decode();
            return Ok(true);
        }
    }

    /// Decodes a row that is not UTF-8, in a file that is Windows-1252: a row that was pasted in from elsewhere may be.
    fn decode(&mut self) {
        if self.encoding != WINDOWS_1252 || std::str::from_utf8(self.bytes()).is_ok() {
            return;
        }
        let mut row = Vec::with_capacity(MAX_ROW);
        let mut ends = Vec::with_capacity(self.fields);
        for i in 0..self.fields {
            row.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(self.field(i)).0.as_bytes());
            ends.push(row.len());
        }
        row.resize(row.len().max(MAX_ROW), 0);
        self.row = row;
        self.ends[..ends.len()].copy_from_slice(&ends);
    }

    /// Whether this row has fewer fields than the header, and is no total or note below the table.
    fn is_short(&self, columns: &'static [Column]) -> bool {
        let fields = Fields { table: self, columns };
        let cell = fields.raw(0).trim();
        self.fields < self.names.len() && (cell.is_empty() || cell.bytes().any(|b| b.is_ascii_digit()))
    }

    fn field(&self, i: usize) -> &[u8] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.row[from..self.ends[i]]
    }

    fn bytes(&self) -> &[u8] {
        &self.row[..self.fields.checked_sub(1).map_or(0, |last| self.ends[last])]
    }

    /// Whether this row is the header again, as where two files were joined.
    fn is_header(&self) -> bool {
        self.fields == self.names.len()
            && (0..self.fields).all(|i| std::str::from_utf8(self.field(i)).is_ok_and(|f| name(f) == self.names[i]))
    }
}

/// A line of text; in a file that is Windows-1252, UTF-8 where it is that.
fn decoded<'a>(line: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    match std::str::from_utf8(line) {
        Err(_) if encoding == WINDOWS_1252 => WINDOWS_1252.decode_without_bom_handling(line).0,
        _ => String::from_utf8_lossy(line),
    }
}

fn runaway(line: u64) -> String {
    format!("line {line}: a quote opens and is not closed on its line, so that the rows behind it cannot be told apart")
}

/// A column's name as it is compared.
fn name(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !text::takes_no_room(*c)).collect();
    visible.trim().trim_matches('"').trim().to_lowercase()
}

/// The names of a header, and what parts them: what a line before it said, or what finds the most columns that are known.
fn names(header: &str, told: Option<u8>, columns: &[Column]) -> (u8, Vec<String>) {
    let split = |by: u8| -> Vec<String> {
        let mut all: Vec<_> = header.split(char::from(by)).map(name).collect();
        while all.len() > 1 && all.last().is_some_and(String::is_empty) {
            all.pop();
        }
        all
    };
    let known = |by: u8| split(by).iter().filter(|n| columns.iter().any(|c| c.name == **n)).count();
    let mut best = told.unwrap_or(b';');
    for other in *b";,\t|" {
        if known(other) > known(best) {
            best = other;
        }
    }
    (best, split(best))
}

/// A row's fields by column.
pub struct Fields<'a> {
    table: &'a Table,
    columns: &'static [Column],
}

/// A day as a register writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The field is empty.
    None,
    /// A day.
    On(NaiveDate),
    /// The day or the month is not known, written as noughts; from the first to the last that it can be.
    Within(NaiveDate, NaiveDate),
}

impl Fields<'_> {
    /// Whether the file has column `at`.
    pub fn has(&self, at: usize) -> bool {
        self.table.places[at].is_some()
    }

    /// What the file says in column `at`, as it stands; empty where there is none or it is not UTF-8.
    pub fn raw(&self, at: usize) -> &str {
        let place = self.table.places[at].filter(|i| *i < self.table.fields);
        place.and_then(|i| std::str::from_utf8(self.table.field(i)).ok()).unwrap_or_default()
    }

    /// The text in column `at` in its canonical form; empty where it is empty, is a lone dash, or the file has no such column.
    ///
    /// # Errors
    /// What [`canonical`] refuses, broken letters, what a spreadsheet would take for a formula, or more than [`MAX_FIELD`]
    /// characters.
    pub fn text(&self, at: usize) -> Result<Cow<'_, str>, Wrong> {
        let Some(i) = self.table.places[at].filter(|i| *i < self.table.fields) else { return Ok(Cow::Borrowed("")) };
        let text = std::str::from_utf8(self.table.field(i)).map_err(|_| self.wrong(at, "is not UTF-8"))?;
        // As people make a spreadsheet leave a number alone: ="0012".
        let text = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        let text = if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
            Cow::Borrowed(text.trim())
        } else {
            let text = canonical(text, Lines::One).map_err(|fault| self.wrong(at, fault.to_string()))?;
            if text.contains('\u{fffd}') {
                return Err(self.wrong(at, "holds a letter that was lost on the way"));
            }
            // Every blank and every hyphen of a name is one kind.
            Cow::Owned(text.replace(char::is_whitespace, " ").replace(['\u{2010}', '\u{2011}'], "-"))
        };
        if is_dash(&text) {
            return Ok(Cow::Borrowed(""));
        }
        // What a spreadsheet would run when staff open an export of ours (OWASP, "CSV Injection").
        if text.starts_with(['=', '@', '+']) || (text.starts_with('-') && text.parse::<f64>().is_err()) {
            return Err(self.wrong(at, "begins like a spreadsheet formula"));
        }
        if text.len() > MAX_FIELD && text.chars().count() > MAX_FIELD {
            return Err(self.wrong(at, format!("is longer than {MAX_FIELD} characters")));
        }
        Ok(text)
    }

    /// The same, not empty.
    ///
    /// # Errors
    /// As [`Fields::text`], or an empty field.
    pub fn filled(&self, at: usize) -> Result<Cow<'_, str>, Wrong> {
        let text = self.text(at)?;
        if text.is_empty() { Err(self.wrong(at, "is empty")) } else { Ok(text) }
    }

    /// A day, which a register may know in part.
    ///
    /// # Errors
    /// A text that is no date, or a day that does not exist.
    pub fn day(&self, at: usize) -> Result<Day, Wrong> {
        let text = self.text(at)?;
        if text.is_empty() {
            return Ok(Day::None);
        }
        day(&text).map_err(|why| self.wrong(at, why))
    }

    /// A date; none where the field is empty.
    ///
    /// # Errors
    /// A text that is no date, a day that does not exist or is not known.
    pub fn date(&self, at: usize) -> Result<Option<NaiveDate>, Wrong> {
        match self.day(at)? {
            Day::None => Ok(None),
            Day::On(day) => Ok(Some(day)),
            Day::Within(..) => Err(self.wrong(at, "has no day or no month")),
        }
    }

    /// A number between `low` and `high`, with a point or a comma; none where the field is empty.
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
        Wrong { line: self.table.line, column: self.columns[at].name.to_owned(), reason: reason.into() }
    }

    /// What is wrong with a row that has more or fewer fields than the header: then nobody knows which is which.
    pub fn misfit(&self) -> Option<Wrong> {
        let (has, header) = (self.table.fields, self.table.names.len());
        let reason = format!("the row has {has} fields, the header {header}");
        (has != header).then(|| Wrong { line: self.table.line, column: String::new(), reason })
    }

    /// Whether this may be a total or a note below the table: it stands where a number should, and has no digit.
    fn may_be_footer(&self) -> bool {
        let cell = self.raw(0).trim();
        !cell.bytes().any(|b| b.is_ascii_digit()) && (!cell.is_empty() || self.misfit().is_some())
    }
}

/// A number as text, without the `.0` that a spreadsheet adds.
pub fn without_fraction(text: &str) -> &str {
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"));
    whole.filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit())).unwrap_or(text)
}

/// Whether a text is a dash, which people write for nothing.
fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '\u{2012}'..='\u{2015}' | '\u{2212}'))
}

/// Reads a date as registers and spreadsheets write it. A day or a month that is not known is written as noughts; a year
/// stands first or last and has four digits.
///
/// # Errors
/// What is wrong, without the value.
pub fn day(text: &str) -> Result<Day, &'static str> {
    const NONE: &str = "is not a date that exists (YYYY-MM-DD or DD/MM/YYYY)";
    // The midnight that a database adds.
    let text = match text.split_once(['T', ' ']) {
        Some((day, time)) if !time.bytes().any(|b| (b'1'..=b'9').contains(&b)) => day,
        _ => text,
    };
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = match text.len() {
        8 if digits => vec![&text[..4], &text[4..6], &text[6..]],
        4..=6 if digits => {
            return Err("is a spreadsheet's own number of a day, not a date: have it written as YYYY-MM-DD");
        }
        _ => text.split(['-', '/', '.']).collect(),
    };
    let [a, b, c] = parts.as_slice() else { return Err(NONE) };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let number = |text: &str, most: usize| -> Result<u32, &'static str> {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if fits { text.parse().map_err(|_| NONE) } else { Err(NONE) }
    };
    if year.len() != 4 {
        return Err(NONE);
    }
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let on = |month: u32, day: u32| {
        i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(y, month, day)).ok_or(NONE)
    };
    if month > 12 || day > 31 {
        return Err(NONE);
    }
    Ok(match (year, month, day) {
        (0, ..) => Day::Within(NaiveDate::MIN, NaiveDate::MAX),
        (_, 0, _) => Day::Within(on(1, 1)?, on(12, 31)?),
        (_, _, 0) => {
            let first = on(month, 1)?;
            let last = first.checked_add_months(Months::new(1)).and_then(|d| d.pred_opt()).unwrap_or(first);
            Day::Within(first, last.with_year(first.year()).unwrap_or(last))
        }
        _ => Day::On(on(month, day)?),
    })
}

/// Reads a surveyed table in batches of `size` rows.
///
/// # Errors
/// A file that is not there any more.
pub async fn read<T: Send + 'static>(
    source: &Source,
    survey: &Survey,
    size: usize,
    parse: impl Fn(&Fields<'_>) -> Parsed<T> + Send + 'static,
) -> anyhow::Result<mpsc::Receiver<anyhow::Result<Batch<T>>>> {
    let (send, receive) = mpsc::channel(READ_AHEAD);
    let (source, survey) = (source.clone(), survey.clone());
    std::thread::Builder::new().name("import".to_owned()).spawn(move || {
        if let Err(error) = pump(&source, &survey, size, &parse, &send) {
            drop(send.blocking_send(Err(error)));
        }
    })?;
    Ok(receive)
}

fn pump<T>(
    source: &Source,
    survey: &Survey,
    size: usize,
    parse: &impl Fn(&Fields<'_>) -> Parsed<T>,
    send: &mpsc::Sender<anyhow::Result<Batch<T>>>,
) -> anyhow::Result<()> {
    let mut table = Table::open(source, survey.encoding, survey.columns)?;
    let mut batch = Batch::of(size);
    let (mut rows, mut footer) = (0, 0);
    loop {
        let more = table.next()?;
        if more && table.is_header() {
            batch.faulty += 1;
            let reason = "is the header again: were two files joined?".to_owned();
            batch.wrong.push(Wrong { line: table.line, column: String::new(), reason });
        } else if more {
            rows += 1;
            batch.read += 1;
            let fields = Fields { table: &table, columns: survey.columns };
            let Parsed { row, mut wrong } = parse(&fields);
            let faulty = !wrong.is_empty();
            batch.faulty += u64::from(faulty);
            batch.wrong.append(&mut wrong);
            match row {
                None if fields.may_be_footer() => footer += 1,
                None => batch.unreadable += 1 + std::mem::take(&mut footer),
                Some(says) => {
                    batch.unreadable += std::mem::take(&mut footer);
                    batch.rows.push(Row { line: table.line, faulty, says });
                }
            }
        }
        if !more {
            anyhow::ensure!(rows == survey.rows, "the file changed while it was read");
            if footer > MAX_FOOTER {
                batch.unreadable += footer;
            }
        }
        if !more || batch.rows.len() + batch.wrong.len() >= size {
            batch.bytes = table.letters.read - (table.letters.out.len() - table.letters.at) as u64;
            if table.letters.decoder.is_some() {
                batch.bytes = table.letters.read;
            }
            let next = Batch::of(size);
            if send.blocking_send(Ok(std::mem::replace(&mut batch, next))).is_err() || !more {
                return Ok(());
            }
        }
    }
}

/// Where wrong rows are reported: CSV, `line;column;reason;code`. What concerns the file as a whole stands at its end, without a
/// line. The code is the same for the same reason, in whatever words.
pub struct Report {
    writer: csv::Writer<Box<dyn Write + Send>>,
    written: u64,
    listed: Arc<AtomicU64>,
}

impl Report {
    /// A report that is written anywhere.
    ///
    /// # Errors
    /// A full disk.
    pub fn new(output: impl Write + Send + 'static) -> anyhow::Result<Self> {
        let output: Box<dyn Write + Send> = Box::new(output);
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(output);
        writer.write_record(["line", "column", "reason", "code"])?;
        Ok(Self { writer, written: 0, listed: Arc::default() })
    }

    /// A file, made over an earlier one.
    ///
    /// # Errors
    /// A file that cannot be made.
    pub fn create(path: &Path) -> anyhow::Result<Self> {
        Self::new(File::create(path).with_context(|| format!("the report {} cannot be written", path.display()))?)
    }

    /// How many wrong rows it has, for who hands it over.
    pub fn listed(&self) -> Arc<AtomicU64> {
        self.listed.clone()
    }

    /// Adds wrong rows, up to [`MAX_REPORTED`].
    ///
    /// # Errors
    /// A full disk.
    pub fn add(&mut self, wrong: &[Wrong]) -> anyhow::Result<()> {
        for w in wrong {
            if self.written < MAX_REPORTED {
                self.writer.write_record([
                    w.line.to_string().as_str(),
                    &w.column,
                    &w.reason,
                    reasons::code(&w.reason),
                ])?;
            }
            self.written += 1;
        }
        self.listed.store(self.written, Ordering::Relaxed);
        Ok(())
    }

    /// Puts the report where it goes, with what concerns the file as a whole: its notes, or why it was refused.
    ///
    /// # Errors
    /// A full disk, and the error that it is given.
    pub fn finish(self, done: anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
        match &done {
            Ok(outcome) => self.close(&outcome.notes)?,
            // The database's trouble is none of the file's.
            Err(error) if fault_of_database(error).is_some() => self.close(&[])?,
            Err(error) => self.close(&[format!("{error:#}")])?,
        }
        done
    }

    fn close(mut self, notes: &[String]) -> anyhow::Result<()> {
        if self.written > MAX_REPORTED {
            let rest = format!("{} more wrong rows are not listed", self.written - MAX_REPORTED);
            self.writer.write_record(["", "", &rest, reasons::code(&rest)])?;
        }
        for note in notes {
            self.writer.write_record(["", "", note, reasons::code(note)])?;
        }
        self.writer.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] =
        &[Column { name: "national_number", required: true }, Column { name: "family_name", required: true }];

    /// A file of ten gigabytes in which a quote was left open at its start; it counts what is read of it.
    struct Endless(Arc<AtomicU64>);

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let at = self.0.load(Ordering::Relaxed);
            let head = b"national_number;family_name\n1;\"Peeters\n";
            let from = usize::try_from(at).unwrap_or(usize::MAX);
            let n = match head.get(from..) {
                Some(rest) if !rest.is_empty() => {
                    let n = rest.len().min(buffer.len());
                    buffer[..n].copy_from_slice(&rest[..n]);
                    n
                }
                _ if at > 10 << 30 => 0,
                _ => {
                    buffer.iter_mut().zip(b"2;Jansen\n".iter().cycle()).for_each(|(to, b)| *to = *b);
                    buffer.len() / 9 * 9
                }
            };
            self.0.fetch_add(n as u64, Ordering::Relaxed);
            Ok(n)
        }
    }

    #[tokio::test]
    async fn a_quote_that_is_left_open_is_found_long_before_it_fills_the_memory() {
        let read = Arc::new(AtomicU64::new(0));
        let counted = read.clone();
        let open = move || -> Opened {
            counted.store(0, Ordering::Relaxed);
            Ok(Box::new(Endless(counted.clone())))
        };
        let why = survey(&Source::new(open, 10 << 30), COLUMNS).await.err().unwrap().to_string();
        assert!(why.contains("line 2: a quote opens"), "{why}");
        assert!(read.load(Ordering::Relaxed) < 4 * MAX_ROW as u64, "{} bytes were read", read.load(Ordering::Relaxed));
    }

    #[test]
    fn a_file_is_judged_by_what_was_there_before_it() {
        let bounds = config::Config::default().import;
        let night =
            Reckoned { snapshot: true, active: 1_000, missing: 50, read: 960, strangers: 10, ..Reckoned::default() };
        assert_eq!(refusal(&night, &bounds, "residents"), None);
        for (wrong, says) in [
            (Reckoned { missing: 51, ..night }, "would retire 51 of 1000 residents"),
            (Reckoned { unreadable: 51, ..night }, "51 rows of this snapshot cannot be read"),
            (Reckoned { read: 0, missing: 0, ..night }, "no row that can be read"),
            (Reckoned { strangers: 481, ..night }, "another town's"),
            (Reckoned { renumbered: 471, ..night }, "471 of the 960 residents in this file get another number"),
            (Reckoned { gone: 1, ..night }, "would retire 51 of 1000 residents (50 are not in it, 1 are over"),
            (Reckoned { missing: 0, gone: 51, ..night }, "would retire 51 of 1000 residents"),
            (Reckoned { snapshot: false, missing: 900, gone: 51, ..night }, "this file would retire 51 of 1000"),
            (Reckoned { snapshot: false, active: 20, missing: 0, gone: 6, ..night }, "would retire 6 of 20"),
            (Reckoned { snapshot: false, missing: 0, read: 30, strangers: 21, active: 50, ..night }, "another town's"),
        ] {
            let why = refusal(&wrong, &bounds, "residents").unwrap();
            assert!(why.contains(says) && why.contains("nothing of this file was taken"), "{why}");
        }
        for right in [
            // Two deaths in a village, and a household that moves.
            Reckoned { active: 20, missing: 0, gone: 2, strangers: 0, ..night },
            Reckoned { active: 20, missing: 1, gone: 4, strangers: 0, ..night },
            Reckoned { missing: 25, gone: 25, ..night },
            // Who is told of only now and then is not missing.
            Reckoned { snapshot: false, missing: 1_000, read: 5, strangers: 5, ..night },
            Reckoned { snapshot: false, missing: 1_000, read: 20, strangers: 20, active: 50, ..night },
            // The newcomers of a city.
            Reckoned { snapshot: false, active: 270_000, read: 2_000, strangers: 2_000, missing: 0, ..night },
            // The first file of all.
            Reckoned { active: 0, missing: 0, read: 0, strangers: 0, unreadable: 3, ..night },
        ] {
            assert_eq!(refusal(&right, &bounds, "residents"), None, "{right:?}");
        }
    }
}
