//! What a closing must be.

use chrono::{DateTime, Duration, Utc};

use crate::{
    appointments::model::{Span, Texts},
    platform::problem::{Code, Failure},
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

pub fn check_reasons(reasons: &Texts) -> Result<(), Failure> {
    if reasons.values().all(|t| t.trim().is_empty()) {
        return Err(Failure::field(Code::BodyInvalid, "reasons", "must have one at least"));
    }
    Ok(())
}
