//! Numbers that people had before, and who is kept.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::row::{Row, Said, digest};
use crate::{
    municipalities::Municipality,
    platform::{App, time::local_day},
    residents::{model::State, rules::goes_on, store::There},
};

/// What a file says of numbers that changed, over all its rows.
#[derive(Default)]
pub(super) struct Formers {
    /// By a former number, the one that took its place; none where two say that they did.
    by: HashMap<u64, Option<u64>>,
    /// The numbers of those who have a row of their own, and live here by it.
    own: HashSet<u64>,
}

impl Formers {
    pub(super) fn add(&mut self, row: &Row) {
        let number = digest(&row.hash);
        if !row.said.as_ref().is_some_and(Said::is_gone) {
            self.own.insert(number);
        }
        if let Some(former) = row.former.first() {
            let by = self.by.entry(digest(former)).or_insert(Some(number));
            *by = by.filter(|other| *other == number);
        }
    }

    /// Whose number a row gives another, of those who are there; none where it does not.
    pub(super) fn takes<'a>(
        &self,
        row: &Row,
        said: &Said,
        there: &'a HashMap<String, There>,
    ) -> Result<Option<&'a There>, &'static str> {
        let Some(former) = row.former.first().map(digest) else { return Ok(None) };
        if self.by.get(&former).is_some_and(Option::is_none) {
            return Err("is named by two rows of this file");
        }
        if self.own.contains(&former) {
            return Err("is the number of somebody who has a row of their own in this file");
        }
        let Some(known) = row.former.iter().find_map(|hash| there.get(hash)) else { return Ok(None) };
        // Both are there: nobody knows which of two accounts, and of two lists of documents, is to stay.
        if std::iter::once(&row.hash).chain(&row.older).any(|own| there.contains_key(own)) {
            return if known.is_active() {
                Err("is the number of somebody who is here beside them: they stay two")
            } else {
                Ok(None)
            };
        }
        goes_on((said.birth_date, &said.family_name), (known.birth_date, &known.family_name))?;
        Ok(Some(known))
    }
}

/// Until when something is kept of who left, by the days of the configuration.
pub(super) struct Keeping {
    today: NaiveDate,
    /// Whether the town has a register to compare with.
    settled: bool,
    left: Duration,
    person: Duration,
}

impl Keeping {
    pub(super) fn of(app: &App, town: &Municipality, settled: bool) -> Self {
        let keep = &app.config.retention;
        Self {
            settled,
            today: local_day(town.zone, app.clock.now()),
            left: Duration::days(keep.left_days),
            person: Duration::days(keep.visits_days.max(keep.left_days)),
        }
    }

    /// Whether a row is of somebody who left so long ago that nothing is kept of them; or nobody knows when, and whom we never
    /// knew or know no more.
    pub(super) fn is_over(&self, said: &Said) -> bool {
        let unknown = said.unsure || matches!(said.state, Some((state, None)) if state != State::Active);
        self.is_past(said, self.person) || (unknown && self.settled)
    }

    /// Whether it is of somebody who left so long ago that nothing is kept of what they had.
    pub(super) fn is_emptied(&self, said: &Said) -> bool {
        self.is_past(said, self.left)
    }

    fn is_past(&self, said: &Said, kept: Duration) -> bool {
        matches!(said.state, Some((state, Some(on))) if state != State::Active && on + kept <= self.today)
    }

    /// Who left before this has nothing any more.
    pub(super) fn emptied_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.left
    }
}
