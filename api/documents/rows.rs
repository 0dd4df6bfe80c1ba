//! A row of a file of documents: whose it is, and what it says.

use chrono::NaiveDate;

use super::{rules, store::Stored};
use crate::{
    municipalities::KeyBytes,
    platform::import::{Fields, Parsed, Wrong, without_fraction},
    residents::rules::NationalNumber,
};

/// The most of a document's number that is kept: enough to tell two apart, not to use one.
const MAX_NUMBER_END: usize = 4;

/// Somebody's row: whose, of which kind if that can be read, and what it says.
pub(super) struct Row {
    /// The holder's number, hashed under each key of the town, the newest first.
    pub(super) holder: Vec<String>,
    pub(super) kind: Option<String>,
    /// None where a field is wrong that must be right.
    pub(super) said: Option<Said>,
}

/// What a row says. Of the last five, none is silence: the file has no such column, or the field cannot be read.
#[derive(Hash)]
pub(super) struct Said {
    pub(super) kind: String,
    pub(super) number_end: String,
    pub(super) issued_on: Option<NaiveDate>,
    pub(super) expires_on: Option<NaiveDate>,
    pub(super) ready_on: Option<Option<NaiveDate>>,
    pub(super) collected_on: Option<Option<NaiveDate>>,
    pub(super) appointment_on: Option<Option<NaiveDate>>,
    pub(super) letter_sent_on: Option<Option<NaiveDate>>,
    pub(super) stopped_on: Option<Option<NaiveDate>>,
}

impl Said {
    /// Whether a document that goes on would be over by this, now or on a day to come, and sooner than is known: stopped, or
    /// collected.
    pub(super) fn ends(&self, stored: &Stored) -> bool {
        let ends = |said: Option<Option<NaiveDate>>, known: Option<NaiveDate>| {
            said.flatten().is_some_and(|on| known.is_none_or(|known| on < known))
        };
        stored.is_in_force() && (ends(self.stopped_on, stored.stops_on) || ends(self.collected_on, stored.collected_on))
    }

    /// Whether a document that goes on would end on another day by this.
    pub(super) fn moves(&self, stored: &Stored) -> bool {
        stored.is_in_force() && stored.expires_on.is_some() && stored.expires_on != self.expires_on
    }

    /// Whether it is stopped on a day to come.
    pub(super) fn is_to_come(&self, today: NaiveDate) -> bool {
        self.stopped_on.flatten().is_some_and(|day| day > today)
    }
}

pub(super) fn parse(fields: &Fields<'_>, keys: &[KeyBytes]) -> Parsed<Row> {
    let number = match NationalNumber::parse(fields.raw(0)) {
        Ok(number) => number,
        Err(why) => {
            let why = if fields.raw(0).trim().is_empty() { "is empty" } else { why };
            return Parsed { row: None, wrong: vec![fields.misfit().unwrap_or_else(|| fields.wrong(0, why))] };
        }
    };
    let holder = keys.iter().map(|key| number.hash(&key.0).0).collect();
    let mut wrong = Vec::new();
    let (kind, said) = match fields.misfit() {
        Some(misfit) => (None, Err(misfit)),
        None => (kind(fields).ok(), said(fields, &mut wrong)),
    };
    let said = said.map_err(|fault| wrong = vec![fault]).ok();
    if said.is_some() {
        for fault in &mut wrong {
            fault.reason += ", the rest of the row was taken";
        }
    }
    Parsed { row: Some(Row { holder, kind, said }), wrong }
}

fn kind(fields: &Fields<'_>) -> Result<String, Wrong> {
    let kind = fields.filled(1)?.to_lowercase();
    if rules::kind_of(&kind).is_none() {
        let all: Vec<_> = rules::KINDS.iter().map(|k| k.key).collect();
        return Err(fields.wrong(1, format!("is none of {}", all.join(", "))));
    }
    Ok(kind)
}

/// What a row says; what is wrong with fields that it may have goes to `wrong`.
fn said(fields: &Fields<'_>, wrong: &mut Vec<Wrong>) -> Result<Said, Wrong> {
    let kind = kind(fields)?;
    let number_end = without_fraction(&fields.text(2)?).to_owned();
    if number_end.chars().count() > MAX_NUMBER_END {
        return Err(fields.wrong(2, format!("is longer than the {MAX_NUMBER_END} last characters")));
    }
    let date = |at: usize| -> Result<Option<NaiveDate>, Wrong> {
        let day = fields.date(at)?;
        if day.is_some_and(|d| !rules::is_plausible(d)) {
            return Err(fields.wrong(at, "lies outside the years 1950 to 2150"));
        }
        Ok(day)
    };
    let (issued_on, expires_on) = (date(3)?, date(4)?);
    if issued_on.zip(expires_on).is_some_and(|(issued, expires)| expires < issued) {
        return Err(fields.wrong(4, "lies before the day of issue"));
    }
    let mut heard = |at: usize| match date(at) {
        Ok(day) => fields.has(at).then_some(day),
        Err(fault) => {
            wrong.push(fault);
            None
        }
    };
    Ok(Said {
        kind,
        number_end,
        issued_on,
        expires_on,
        ready_on: heard(5),
        collected_on: heard(6),
        appointment_on: heard(7),
        letter_sent_on: heard(8),
        stopped_on: heard(9),
    })
}
