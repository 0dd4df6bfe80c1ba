//! The types of an import.

use crate::config;

/// The longest text a field may hold, in characters. The longest name known to registers has 200.
pub const MAX_FIELD: usize = 300;

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
    pub(super) fn of(size: usize) -> Self {
        Self { rows: Vec::with_capacity(size), wrong: Vec::new(), read: 0, faulty: 0, unreadable: 0, bytes: 0 }
    }

    /// Says that a row is wrong as well.
    pub fn fault(&mut self, already: bool, wrong: Wrong) {
        self.faulty += u64::from(!already);
        self.wrong.push(wrong);
    }
}
