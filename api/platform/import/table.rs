//! The rows of a table, one after the other.

use anyhow::Context as _;
use csv_core::ReadRecordResult;
use encoding_rs::{Encoding, WINDOWS_1252};

use super::{
    letters::{Letters, MAX_ROW, decoded, runaway},
    model::Column,
    source::Source,
};
use crate::platform::text;

/// The most fields of a row.
const MAX_FIELDS: usize = 1_024;

/// Names of columns that are not known, shown at most.
pub(super) const MAX_SHOWN: usize = 10;

/// The longest name of a column that is believed to be one.
const MAX_NAME: usize = 40;

/// Digits of a cell by which a row is one of data, and no header: a year has four.
const DIGITS_OF_DATA: usize = 5;

/// Whether a text can be a column's name.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '_' | '-');
    !text.is_empty() && text.chars().count() <= MAX_NAME && text.chars().all(fits)
}

/// A table that is read row by row.
pub(super) struct Table {
    pub(super) letters: Letters,
    csv: csv_core::Reader,
    pub(super) delimiter: u8,
    pub(super) header_line: Vec<u8>,
    pub(super) encoding: &'static Encoding,
    pub(super) names: Vec<String>,
    /// Columns that are not known, by their place.
    pub(super) unknown: Vec<(usize, String)>,
    pub(super) places: Vec<Option<usize>>,
    row: Vec<u8>,
    ends: Vec<usize>,
    pub(super) fields: usize,
    pub(super) line: u64,
}

impl Table {
    pub(super) fn open(
        source: &Source,
        encoding: &'static Encoding,
        columns: &'static [Column],
    ) -> anyhow::Result<Self> {
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
    pub(super) fn next(&mut self) -> anyhow::Result<bool> {
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
    pub(super) fn decode(&mut self) {
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

    pub(super) fn field(&self, i: usize) -> &[u8] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.row[from..self.ends[i]]
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.row[..self.fields.checked_sub(1).map_or(0, |last| self.ends[last])]
    }

    /// Whether this row is the header again, as where two files were joined.
    pub(super) fn is_header(&self) -> bool {
        self.fields == self.names.len()
            && (0..self.fields).all(|i| std::str::from_utf8(self.field(i)).is_ok_and(|f| name(f) == self.names[i]))
    }
}

/// A column's name as it is compared.
pub(super) fn name(text: &str) -> String {
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
