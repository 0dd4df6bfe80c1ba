//! The fields of a row: texts, days and numbers.

use std::borrow::Cow;

use chrono::{Datelike as _, Months, NaiveDate};

use super::{
    model::{Column, MAX_FIELD, Wrong},
    table::Table,
};
use crate::platform::text::{Lines, canonical};

impl Table {
    /// Whether this row has fewer fields than the header, and is no total or note below the table.
    pub(super) fn is_short(&self, columns: &'static [Column]) -> bool {
        let fields = Fields { table: self, columns };
        let cell = fields.raw(0).trim();
        self.fields < self.names.len() && (cell.is_empty() || cell.bytes().any(|b| b.is_ascii_digit()))
    }
}

/// A row's fields by column.
pub struct Fields<'a> {
    pub(super) table: &'a Table,
    pub(super) columns: &'static [Column],
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
    pub(super) fn may_be_footer(&self) -> bool {
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
