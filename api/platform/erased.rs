//! What was erased of people, by kind: how many rows, and never whose.

use std::{collections::BTreeMap, fmt};

/// Rows erased, by what they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased(BTreeMap<&'static str, u64>);

impl Erased {
    /// Counts rows of a kind.
    pub fn add(&mut self, kind: &'static str, rows: u64) {
        if rows > 0 {
            *self.0.entry(kind).or_default() += rows;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, other: &Self) {
        other.0.iter().for_each(|(kind, rows)| self.add(kind, *rows));
    }

    /// Whether nothing was erased.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// As it is written down: `documents 3, people 1`.
impl fmt::Display for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (kind, rows)) in self.0.iter().enumerate() {
            write!(f, "{}{kind} {rows}", if n > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}
