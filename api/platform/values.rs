//! Days and instants as they may come in: bounded once, where they enter, so that no calculation behind can overflow, both
//! databases can keep them, and an instant is one that the grid of a calendar knows.
//!
//! A body or a parameter takes these types and never chrono's own; a guard looks. What goes out may be chrono's.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Utc};
use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// The years that mean something here: whoever is alive was born in them, and no document or visit is later. (The oldest
/// person whose age was verified lived 122 years; PostgreSQL's and RFC 3339's own bounds are far outside.)
pub const YEARS: std::ops::RangeInclusive<i32> = 1880..=2199;

/// A day of the calendar, `2027-03-01`, within [`YEARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// An instant on a whole minute, within [`YEARS`]: RFC 3339 with an offset, without a fraction or a leap second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

/// When something happened or will, as it goes out: in UTC, with `Z`, as the instants that come in are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

/// What a clock on the wall shows, on a whole minute, `2027-03-01T10:00:00` without an offset, within [`YEARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallTime(NaiveDateTime);

/// Why a text is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not of that form.
    #[error("is not of the form {0}")]
    Form(&'static str),
    /// In a year that means nothing here.
    #[error("is not in the years {} to {}", YEARS.start(), YEARS.end())]
    Year,
    /// Between two minutes.
    #[error("is not a whole minute")]
    Minute,
}

fn whole_minute(time: impl chrono::Timelike) -> Result<(), Fault> {
    // chrono keeps a leap second as a second with more than a thousand million nanoseconds.
    if time.second() == 0 && time.nanosecond() == 0 { Ok(()) } else { Err(Fault::Minute) }
}

fn in_range(day: NaiveDate) -> Result<(), Fault> {
    if YEARS.contains(&day.year()) { Ok(()) } else { Err(Fault::Year) }
}

impl FromStr for Day {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        // chrono takes `+2027-3-1` as well.
        let day = text.parse::<NaiveDate>().map_err(|_| Fault::Form("2027-03-01"))?;
        in_range(day)?;
        if text.len() == 10 { Ok(Self(day)) } else { Err(Fault::Form("2027-03-01")) }
    }
}

impl FromStr for Instant {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let at = text.parse::<DateTime<Utc>>().map_err(|_| Fault::Form("2027-03-01T09:00:00Z"))?;
        in_range(at.date_naive())?;
        whole_minute(at.time())?;
        Ok(Self(at))
    }
}

impl FromStr for Timestamp {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let at = text.parse::<DateTime<Utc>>().map_err(|_| Fault::Form("2027-03-01T09:00:00Z"))?;
        in_range(at.date_naive())?;
        Ok(Self(at))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl FromStr for WallTime {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let at = text.parse::<NaiveDateTime>().map_err(|_| Fault::Form("2027-03-01T10:00:00"))?;
        in_range(at.date())?;
        whole_minute(at.time())?;
        Ok(Self(at))
    }
}

/// What the three have in common: a text in JSON, in a parameter, and in the contract.
macro_rules! value {
    ($name:ident, $inner:ty, $format:literal, $write:literal) => {
        impl $name {
            /// A value that this server kept: it passed when it came in.
            pub fn kept(value: $inner) -> Self {
                Self(value)
            }

            /// The value inside, for calculations.
            pub fn get(self) -> $inner {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.format($write))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                Cow::<str>::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl Type for $name {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                concat!("string_", $format).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", $format)))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::once(self))
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                match value.unwrap_or_default() {
                    Value::String(text) => text.parse().map_err(ParseError::custom),
                    other => Err(ParseError::expected_type(other)),
                }
            }
        }

        impl ParseFromParameter for $name {
            fn parse_from_parameter(text: &str) -> ParseResult<Self> {
                text.parse().map_err(ParseError::custom)
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                Some(Value::String(self.to_string()))
            }
        }
    };
}

value!(Day, NaiveDate, "naive-date", "%Y-%m-%d");
value!(Instant, DateTime<Utc>, "date-time", "%Y-%m-%dT%H:%M:%SZ");
value!(Timestamp, DateTime<Utc>, "date-time", "%Y-%m-%dT%H:%M:%S%.fZ");
value!(WallTime, NaiveDateTime, "naive-date-time", "%Y-%m-%dT%H:%M:%S");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_instant_is_a_whole_minute_of_a_year_that_means_something() {
        let read = |text: &str| text.parse::<Instant>().map(|i| i.to_string());
        for (text, kept) in [
            ("2027-03-01T09:00:00Z", "2027-03-01T09:00:00Z"),
            ("2027-03-01T10:00:00+01:00", "2027-03-01T09:00:00Z"),
            ("2027-03-01T09:00:00.000Z", "2027-03-01T09:00:00Z"),
            ("2027-03-01T09:00:00-00:00", "2027-03-01T09:00:00Z"),
        ] {
            assert_eq!(read(text), Ok(kept.to_owned()), "{text}");
        }
        for (text, fault) in [
            ("2027-03-01T09:00:00.5Z", Fault::Minute),
            ("2027-03-01T09:00:00.000000001Z", Fault::Minute),
            ("2027-03-01T09:00:01Z", Fault::Minute),
            ("2026-12-31T23:59:60Z", Fault::Minute),
            ("2027-03-01T10:00:00+00:00:30", Fault::Form("2027-03-01T09:00:00Z")),
            ("+262142-12-31T23:59:00Z", Fault::Year),
            ("-5000-01-01T00:00:00Z", Fault::Year),
            ("2200-01-01T00:00:00Z", Fault::Year),
            ("1879-12-31T23:59:00Z", Fault::Year),
            ("2027-03-01", Fault::Form("2027-03-01T09:00:00Z")),
            ("", Fault::Form("2027-03-01T09:00:00Z")),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
        assert_eq!("2027-03-01T10:00:30".parse::<WallTime>(), Err(Fault::Minute));
        assert_eq!("-4800-01-01T10:00:00".parse::<WallTime>(), Err(Fault::Year));
        assert_eq!("+20277-01-01".parse::<Day>(), Err(Fault::Year));
        assert_eq!("2027-3-1".parse::<Day>(), Err(Fault::Form("2027-03-01")));
        assert_eq!("2027-02-29".parse::<Day>(), Err(Fault::Form("2027-03-01")));
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_as_it_was(minutes in 0i64..120_000_000) {
            let at = DateTime::from_timestamp(minutes * 60, 0).unwrap();
            let text = Instant(at).to_string();
            prop_assert_eq!(text.parse::<Instant>(), Ok(Instant(at)));
        }

        #[test]
        fn no_text_upsets_the_reader(text in "[-+0-9T:.Z ]{0,40}|.{0,20}") {
            let _ = (text.parse::<Instant>(), text.parse::<WallTime>(), text.parse::<Day>());
        }
    }
}
