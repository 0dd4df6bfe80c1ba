//! What a closing must be.

use chrono::{DateTime, Duration, Utc};

use crate::{
    appointments::model::{Span, Texts},
    municipalities::Municipality,
    platform::{
        language::Language,
        problem::{Code, Failure},
    },
};

/// The longest that one closure lasts: what is longer is planned.
const LONGEST: Duration = Duration::days(31);

pub fn check_span(between: Span, now: DateTime<Utc>) -> Result<(), Failure> {
    let wrong = |why: &str| Err(Failure::field(Code::BodyInvalid, "until", why));
    if between.until <= now.max(between.from) {
        return wrong("must lie after from, and ahead");
    }
    if between.until - between.from > LONGEST || between.from > now + Duration::days(400) {
        return wrong("closes for longer than 31 days, or too far ahead: plan it as exceptions");
    }
    Ok(())
}

pub fn check_reasons(town: &Municipality, reasons: &Texts) -> Result<(), Failure> {
    let is_said = |(language, text): (&Language, &String)| town.languages.contains(language) && !text.trim().is_empty();
    if !reasons.iter().any(is_said) {
        return Err(Failure::field(
            Code::BodyInvalid,
            "reasons",
            "must have one at least in a language of the municipality",
        ));
    }
    Ok(())
}
