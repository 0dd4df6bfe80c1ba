//! Somebody of the register.

use chrono::NaiveDate;

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
}

/// A parent's link with a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParentOf {
    /// The child.
    pub child: ResidentId,
    /// The parent.
    pub parent: ResidentId,
    /// Whether the register still says so.
    pub current: bool,
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
