//! Somebody of the register.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    platform::{ids::ResidentId, language::Language},
    words,
};

words! {
    /// Whether someone is still here.
    State {
        /// Lives here.
        Active = "active",
        /// Has died.
        Deceased = "deceased",
        /// Has moved to another town or country.
        Departed = "departed",
        /// Was missing from the register's last snapshot.
        Retired = "retired",
    }
}

words! {
    /// Why a parent is not to act for a child, although the register names them.
    BlockReason {
        /// A court decided so.
        Court = "court",
        /// The child would not be safe.
        Safety = "safety",
        /// The register is mistaken.
        Mistake = "mistake",
    }
}

/// A parent whom staff blocked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BlockedParent {
    /// The child.
    pub child_id: ResidentId,
    /// The parent.
    pub parent_id: ResidentId,
    /// Why.
    pub reason: BlockReason,
    /// The last day of it; none for no end.
    pub until_on: Option<NaiveDate>,
    /// When it was written down.
    pub blocked_at: DateTime<Utc>,
    /// By which member of staff.
    pub blocked_by: String,
}

/// Who somebody is, as far as the rooms below need it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The resident.
    pub id: ResidentId,
    /// The hash of the national number.
    pub number_hash: String,
    /// All given names.
    pub given_names: String,
    /// The family name.
    pub family_name: String,
    /// The birth date, if the register knows it.
    pub birth_date: Option<NaiveDate>,
    /// The language the register knows, if we speak it.
    pub language: Option<Language>,
    /// Whether they are still here.
    pub state: State,
    /// Since when not.
    pub state_on: Option<NaiveDate>,
}

impl Person {
    /// The first given name, by which a parent knows which child is meant; the family name where there is none.
    pub fn call_name(&self) -> &str {
        first_name(&self.given_names).unwrap_or(&self.family_name)
    }
}

fn first_name(given_names: &str) -> Option<&str> {
    given_names.split([' ', ',']).find(|n| !n.is_empty())
}

/// What staff call somebody: the first given name and the family name, or the one of them that there is.
pub(super) fn full_name(given_names: &str, family_name: &str) -> String {
    match first_name(given_names) {
        Some(first) => format!("{first} {family_name}").trim_end().to_owned(),
        None => family_name.to_owned(),
    }
}

/// Who somebody is and where they live, as the counter needs it.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Who.
    pub person: Person,
    /// The street.
    pub street: String,
    /// The house number.
    pub house_number: String,
    /// The box.
    pub box_number: String,
    /// The postcode.
    pub postcode: String,
    /// The town, as the register writes it.
    pub town: String,
    /// The country, as [`super::countries::read`] writes it; empty for Belgium.
    pub country: String,
    /// Whether nobody may know where they live, for their safety: then nothing of the address is kept here.
    pub hidden: bool,
}

/// A parent's link with a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParentOf {
    /// The child.
    pub child: ResidentId,
    /// The parent.
    pub parent: ResidentId,
    /// Whether the register still says so, and staff have not blocked it.
    pub current: bool,
    /// Whether the register names that parent no more since the child was a minor, and the child is here: they are nobody to the child. Who only came of age
    /// has a parent still.
    pub dropped: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_one_name_is_called_by_it_once() {
        for (given, family, called) in
            [("Anna Maria", "Peeters", "Anna Peeters"), ("", "Sukarno", "Sukarno"), ("Sukarno", "", "Sukarno")]
        {
            assert_eq!(full_name(given, family), called);
        }
    }
}
