//! Pages of a list: newest first, or by name, with an opaque cursor that belongs to one list.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::platform::problem::{CursorInvalid, Refusal as _, Refused};

/// Rows on a page when the phone does not say.
pub const DEFAULT_LIMIT: u32 = 20;
/// The most rows on a page.
pub const MAX_LIMIT: u32 = 100;

/// The place in a list after which the next page begins: the time and id of the last row shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When the last row shown came.
    pub at: DateTime<Utc>,
    /// Its id, where several came at once.
    pub id: Uuid,
}

impl Cursor {
    /// Before the first row of any list that is newest first: the end of time.
    pub const BEGINNING: Self = Self {
        at: match DateTime::from_timestamp(253_402_300_799, 0) {
            Some(end) => end,
            None => DateTime::UNIX_EPOCH,
        },
        id: Uuid::max(),
    };

    /// The cursor as the phone sees it. `list` names the list it belongs to.
    pub fn write(&self, list: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{list} {} {}", self.at.timestamp_micros(), self.id.simple()))
    }

    /// Reads a cursor that [`Cursor::write`] wrote for the same list.
    ///
    /// # Errors
    /// `cursor_invalid`, for anything else.
    pub fn read(list: &str, text: &str) -> Result<Self, Refused<CursorInvalid>> {
        Self::parse(list, text).ok_or_else(|| CursorInvalid::field("cursor", "not a cursor of this list"))
    }

    fn parse(list: &str, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (name, rest) = std::str::from_utf8(&bytes).ok()?.split_once(' ')?;
        let (micros, id) = rest.split_once(' ')?;
        if name != list {
            return None;
        }
        // One that was made by hand may be of a year that no database knows.
        let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
        (DateTime::UNIX_EPOCH..=Self::BEGINNING.at).contains(&at).then_some(())?;
        Some(Self { at, id: id.parse().ok()? })
    }
}

/// The place in a list by name after which the next page begins: the name and the id of the last row shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCursor {
    /// The name of the last row shown.
    pub name: String,
    /// Its id, where several are called so.
    pub id: Uuid,
}

impl NameCursor {
    /// Before the first row of any list by name: nothing is called nothing.
    pub const BEGINNING: Self = Self { name: String::new(), id: Uuid::nil() };

    /// The cursor as a client sees it. `list` names the list it belongs to.
    pub fn write(&self, list: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{list} {} {}", self.id.simple(), self.name))
    }

    /// Reads a cursor that [`NameCursor::write`] wrote for the same list.
    ///
    /// # Errors
    /// `cursor_invalid`, for anything else.
    pub fn read(list: &str, text: &str) -> Result<Self, Refused<CursorInvalid>> {
        Self::parse(list, text).ok_or_else(|| CursorInvalid::field("cursor", "not a cursor of this list"))
    }

    fn parse(list: &str, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (of, rest) = std::str::from_utf8(&bytes).ok()?.split_once(' ')?;
        let (id, name) = rest.split_once(' ')?;
        // One that was made by hand may hold what no database takes in a text.
        if of != list || name.contains('\0') {
            return None;
        }
        Some(Self { name: name.to_owned(), id: id.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_reads_back_on_its_own_list_only(micros in 0i64..4_000_000_000_000_000, id: u128) {
            let cursor = Cursor { at: DateTime::from_timestamp_micros(micros).unwrap(), id: Uuid::from_u128(id) };
            let text = cursor.write("inbox");
            prop_assert_eq!(Cursor::parse("inbox", &text), Some(cursor));
            prop_assert_eq!(Cursor::parse("archive", &text), None);
        }

        #[test]
        fn a_cursor_by_name_reads_back_on_its_own_list_only(name in "[^\0]{1,80}", id: u128) {
            let cursor = NameCursor { name, id: Uuid::from_u128(id) };
            let text = cursor.write("audiences");
            prop_assert_eq!(NameCursor::parse("audiences", &text), Some(cursor));
            prop_assert_eq!(NameCursor::parse("templates", &text), None);
        }

        #[test]
        fn no_text_upsets_the_reader(text in ".{0,80}") {
            let _ = (Cursor::parse("inbox", &text), NameCursor::parse("audiences", &text));
        }
    }
}
