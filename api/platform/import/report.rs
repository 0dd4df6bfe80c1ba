//! The report of what was wrong.

use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context as _;

use super::{
    model::{Outcome, Wrong},
    source::fault_of_database,
};
use crate::platform::reasons;

/// The most wrong rows that are written to the report; the rest are counted.
pub const MAX_REPORTED: u64 = 100_000;

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
