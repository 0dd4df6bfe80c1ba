//! Reading a table that a town's register exported: CSV with a header row, as registers and spreadsheets write it.
//!
//! A file is read twice or three times. The *survey* finds how it is written, and refuses what cannot be read to its end,
//! before anything of it is taken. The *look* calculates what it would do, where something could be lost. Then it is taken. Each
//! time it is read on a thread of its own, a batch ahead of the database, so memory holds three batches at most, however
//! long the file or one of its rows.
//!
//! Silence is no fact: a column that is not there says nothing, and a row or a field that cannot be read is not one that is
//! not there. Wrong rows are told with line, column and reason, and don't stop the right ones.

mod fields;
mod letters;
mod model;
mod refusal;
mod report;
mod source;
mod survey;
mod table;

use tokio::sync::mpsc;

use table::Table;

pub use fields::{Day, Fields, day, without_fraction};
pub use letters::{NO_TEXT, whole_text};
pub use model::{Batch, Column, MAX_FIELD, Outcome, Parsed, Position, Row, Wrong, too_many_wrong};
pub use refusal::{Forecast, refusal};
pub use report::{MAX_REPORTED, Report};
pub use source::{Source, fault_of_database, same_file, words_of};
pub use survey::{Survey, survey};

/// Batches read ahead of the database.
const READ_AHEAD: usize = 2;

/// Lines below the last row that may be a total or a note, and no people.
const MAX_FOOTER: u64 = 3;

/// Why half a file is refused, where it says that it is whole.
pub const CUT_OFF: &str = "the file ends in the middle of a row: was it cut off? nothing of this file was taken";

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

#[cfg(test)]
mod tests;
