//! Statements about as many rows as there are.

use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use super::{
    handles::{Engine, Read},
    macros::MAX_BINDS,
};

/// A statement whose text depends on how many rows it is about.
///
/// A parameter is `?`, in the order in which it is bound; a list of them is `?*` (`id in (?*)`), and rows of them are `(?, ?)*`
/// (`values (?, ?)*`). Where PostgreSQL cannot know its type, as in a `with … as (values …)`, the type stands behind it: `?uuid`.
#[derive(Clone, Copy, Debug)]
pub struct Listed(pub &'static str);

/// A text as it grows.
struct Text {
    sql: String,
    engine: Engine,
    parameters: usize,
}

impl Listed {
    /// The text for the engine behind `handle`, about so many rows.
    pub fn on(self, handle: &mut Read, rows: usize) -> SqlStr {
        self.on_lists(handle, &[rows])
    }

    /// The same where it has several lists, each with its own length.
    pub fn on_lists(self, handle: &mut Read, lengths: &[usize]) -> SqlStr {
        // SQLite takes a parameter that nobody gave for null, and says nothing.
        debug_assert_eq!(self.lists(), lengths.len(), "each list has its length: {}", self.0);
        AssertSqlSafe(self.text(handle.engine(), lengths)).into_sql_str()
    }

    /// How many rows it can be about, beside a few other parameters.
    pub fn at_most(self) -> usize {
        let in_rows =
            self.0.find(")*").and_then(|end| Some(self.0[self.0[..end].rfind('(')?..end].matches('?').count()));
        MAX_BINDS / in_rows.unwrap_or(1).max(1)
    }

    /// How many lists it has: a star behind a parameter or a row of them.
    fn lists(self) -> usize {
        let behind = |at: usize| {
            let before = self.0[..at].trim_end_matches(|c: char| c.is_ascii_lowercase());
            before.ends_with('?') || self.0[..at].ends_with(')')
        };
        self.0.match_indices('*').filter(|(at, _)| behind(*at)).count()
    }

    /// The text for an engine. A list without a length of its own has one row.
    pub fn text(self, engine: Engine, lengths: &[usize]) -> String {
        let mut lengths = lengths.iter().copied();
        let mut text = Text { sql: String::with_capacity(self.0.len()), engine, parameters: 0 };
        let mut rest = self.0;
        while let Some(at) = rest.find('?') {
            let (before, from) = rest.split_at(at);
            let rows =
                before.strip_suffix('(').zip(from.split_once(')')).filter(|(_, (_, after))| after.starts_with('*'));
            if let Some((before, (row, after))) = rows {
                text.sql.push_str(before);
                for n in 0..lengths.next().unwrap_or(1) {
                    text.sql.push_str(if n == 0 { "(" } else { ", (" });
                    text.row(row, n == 0);
                    text.sql.push(')');
                }
                rest = &after[1..];
                continue;
            }
            text.sql.push_str(before);
            let kind = kind(&from[1..]);
            let after = &from[1 + kind.len()..];
            let list = after.strip_prefix('*');
            let length = list.map_or(1, |_| lengths.next().unwrap_or(1));
            for n in 0..length {
                text.sql.push_str(if n == 0 { "" } else { ", " });
                text.parameter(kind, n == 0);
            }
            rest = list.unwrap_or(after);
        }
        text.sql.push_str(rest);
        text.sql
    }
}

impl Text {
    fn row(&mut self, row: &str, typed: bool) {
        let mut parts = row.split('?');
        self.sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let kind = kind(part);
            self.parameter(kind, typed);
            self.sql.push_str(&part[kind.len()..]);
        }
    }

    fn parameter(&mut self, kind: &str, typed: bool) {
        self.parameters += 1;
        match self.engine {
            Engine::Sqlite => self.sql.push('?'),
            Engine::Postgres => {
                self.sql.push_str(&format!("${}", self.parameters));
                // The first row gives the others their types.
                if typed && !kind.is_empty() {
                    self.sql.push_str("::");
                    self.sql.push_str(kind);
                }
            }
        }
    }
}

/// The type at the beginning of what stands behind a parameter.
fn kind(rest: &str) -> &str {
    &rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_as_many_parameters_as_there_are() {
        let listed = Listed("select id from t where town = ? and id in (?*) and n > ?");
        assert_eq!(listed.text(Engine::Sqlite, &[3]), "select id from t where town = ? and id in (?, ?, ?) and n > ?");
        assert_eq!(
            listed.text(Engine::Postgres, &[2]),
            "select id from t where town = $1 and id in ($2, $3) and n > $4"
        );
        assert_eq!((listed.at_most(), listed.lists()), (MAX_BINDS, 1));
    }

    #[test]
    fn rows_repeat_and_the_first_gives_the_types() {
        let listed =
            Listed("with a (x, y) as (values (?uuid, ?text)*), b (z) as (values (?bigint)*) select count(*), ?");
        assert_eq!(
            listed.text(Engine::Postgres, &[2, 1]),
            "with a (x, y) as (values ($1::uuid, $2::text), ($3, $4)), b (z) as (values ($5::bigint)) select count(*), $6"
        );
        assert_eq!(
            listed.text(Engine::Sqlite, &[1, 2]),
            "with a (x, y) as (values (?, ?)), b (z) as (values (?), (?)) select count(*), ?"
        );
        assert_eq!((listed.at_most(), listed.lists()), (MAX_BINDS / 2, 2));
    }
}
