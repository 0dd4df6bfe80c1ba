//! Statements that are put together as they are asked for.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};
use uuid::Uuid;

use super::{Conn, Engine, Read};

/// A part of a [`Built`] statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// SQL of ours.
    Sql(&'static str),
    /// A parameter.
    Id(Uuid),
    /// A parameter.
    Text(String),
    /// A parameter.
    Float(f64),
    /// A parameter.
    Whole(i64),
    /// A parameter.
    Day(NaiveDate),
    /// A parameter.
    At(DateTime<Utc>),
}

/// A statement as its parts: SQL of ours, and parameters. Nothing that comes from outside becomes text of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Built(Vec<Part>);

impl Built {
    /// Adds SQL.
    pub fn sql(&mut self, sql: &'static str) -> &mut Self {
        self.0.push(Part::Sql(sql));
        self
    }

    /// Adds a parameter.
    pub fn bind(&mut self, value: impl Into<Part>) -> &mut Self {
        self.0.push(value.into());
        self
    }

    /// Adds what was put together before.
    pub fn add(&mut self, other: &Self) -> &mut Self {
        self.0.extend(other.0.iter().cloned());
        self
    }

    /// Its parts, for [`bind_all!`](crate::bind_all).
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The text for the engine behind `handle`.
    pub fn on(&self, handle: &mut Read) -> SqlStr {
        let engine = match handle.conn() {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        };
        AssertSqlSafe(self.text(engine)).into_sql_str()
    }

    /// The text for an engine.
    pub fn text(&self, engine: Engine) -> String {
        let (mut text, mut parameters) = (String::new(), 0);
        for part in &self.0 {
            match (part, engine) {
                (Part::Sql(sql), _) => text.push_str(sql),
                (_, Engine::Sqlite) => text.push('?'),
                (_, Engine::Postgres) => {
                    parameters += 1;
                    text.push_str(&format!("${parameters}"));
                }
            }
        }
        text
    }
}

macro_rules! parts {
    ($($kind:ident from $($t:ty),+;)*) => {
        $($(impl From<$t> for Part {
            fn from(value: $t) -> Self {
                Self::$kind(value.into())
            }
        })+)*
    };
}
parts! {
    Id from Uuid;
    Text from String, &str;
    Float from f64;
    Whole from i64;
    Day from NaiveDate;
    At from DateTime<Utc>;
}

/// Gives a query the parameters of a [`Built`](crate::platform::db::Built).
#[macro_export]
macro_rules! bind_all {
    ($query:expr, $built:expr) => {{
        let mut q = $query;
        for part in $built.parts() {
            q = match part {
                $crate::platform::db::Part::Sql(_) => q,
                $crate::platform::db::Part::Id(value) => q.bind(*value),
                $crate::platform::db::Part::Text(value) => q.bind(value),
                $crate::platform::db::Part::Float(value) => q.bind(*value),
                $crate::platform::db::Part::Whole(value) => q.bind(*value),
                $crate::platform::db::Part::Day(value) => q.bind(*value),
                $crate::platform::db::Part::At(value) => q.bind(*value),
            };
        }
        q
    }};
}
