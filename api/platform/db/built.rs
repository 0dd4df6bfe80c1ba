//! Statements that are put together as they are asked for.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr, types::Json};
use uuid::Uuid;

use super::handles::{Engine, Read};

/// A part of a [`Built`] statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// SQL of ours.
    Sql(&'static str),
    /// A parameter.
    Id(Option<Uuid>),
    /// A parameter.
    Text(Option<String>),
    /// A parameter.
    Float(Option<f64>),
    /// A parameter.
    Whole(Option<i64>),
    /// A parameter.
    Flag(Option<bool>),
    /// A parameter.
    Day(Option<NaiveDate>),
    /// A parameter.
    At(Option<DateTime<Utc>>),
    /// A parameter.
    Json(Json<Value>),
}

/// A column and what is written in it.
pub type Column = (&'static str, Part);

impl Part {
    /// A value of ours as JSON.
    ///
    /// # Errors
    /// A value that JSON cannot hold: it is not written as none.
    pub fn json(value: &impl Serialize) -> sqlx::Result<Self> {
        let value = serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self::Json(Json(value)))
    }
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

    /// Adds the names of columns.
    pub fn names(&mut self, columns: &[Column]) -> &mut Self {
        self.each(columns, |built, (name, _)| built.sql(name))
    }

    /// Adds the values of columns, as parameters.
    pub fn values(&mut self, columns: &[Column]) -> &mut Self {
        self.each(columns, |built, (_, value)| built.bind(value.clone()))
    }

    /// Adds the names of columns, each with its value.
    pub fn sets(&mut self, columns: &[Column]) -> &mut Self {
        self.each(columns, |built, (name, value)| built.sql(name).sql(" = ").bind(value.clone()))
    }

    fn each(&mut self, columns: &[Column], one: impl for<'a> Fn(&'a mut Self, &Column) -> &'a mut Self) -> &mut Self {
        for (n, column) in columns.iter().enumerate() {
            self.sql(if n == 0 { "" } else { ", " });
            one(self, column);
        }
        self
    }

    /// Its parts, for [`bind_all!`](crate::bind_all).
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The text for the engine behind `handle`.
    pub fn on(&self, handle: &mut Read) -> SqlStr {
        AssertSqlSafe(self.text(handle.engine())).into_sql_str()
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
    ($($kind:ident of $ty:ty;)*) => {
        $(
            impl From<$ty> for Part {
                fn from(value: $ty) -> Self {
                    Self::$kind(Some(value))
                }
            }
            impl From<Option<$ty>> for Part {
                fn from(value: Option<$ty>) -> Self {
                    Self::$kind(value)
                }
            }
        )*
    };
}
parts! {
    Id of Uuid;
    Text of String;
    Float of f64;
    Whole of i64;
    Flag of bool;
    Day of NaiveDate;
    At of DateTime<Utc>;
}
impl From<&str> for Part {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
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
                $crate::platform::db::Part::Flag(value) => q.bind(*value),
                $crate::platform::db::Part::Day(value) => q.bind(*value),
                $crate::platform::db::Part::At(value) => q.bind(*value),
                $crate::platform::db::Part::Json(value) => q.bind(value),
            };
        }
        q
    }};
}
