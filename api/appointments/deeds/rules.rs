//! How long a deed waits: a decision, without a database.

use chrono::{DateTime, Duration, Utc};

/// How long the other has to say yes or no.
const LONGEST: Duration = Duration::hours(48);
/// How long before the start it is settled, where there is as much time: who comes must know.
const BEFORE: Duration = Duration::hours(2);

/// Proposals of helpers that wait for one person's yes at a time: they count towards nothing else that she may have.
pub const MOST_PROPOSED: i64 = 5;

/// Until when something waits that is asked now and begins at a start. It is never past the start, nor past the end of the mandate by which it
/// waits. What is offered to who waits is offered for as long as it was: others wait for it.
pub fn waits_until(
    now: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    (mandate_ends, offered_until): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> DateTime<Utc> {
    let settled = starts_at - BEFORE;
    let latest = if settled > now { settled } else { starts_at };
    let until = offered_until.unwrap_or_else(|| latest.min(now + LONGEST));
    mandate_ends.map_or(until, |ends| ends.min(until))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_ends_in_time_and_never_before_it_is_asked(
            now in 0i64..4_000_000_000, ahead in 1i64..10_000_000, lasts in proptest::option::of(1i64..400_000),
        ) {
            let now = DateTime::from_timestamp(now, 0).unwrap();
            let starts_at = now + Duration::seconds(ahead);
            let ends = lasts.map(|lasts| now + Duration::seconds(lasts));
            let until = waits_until(now, starts_at, (ends, None));
            prop_assert!(until > now);
            prop_assert!(until <= starts_at);
            prop_assert!(until <= now + LONGEST);
            prop_assert!(ends.is_none_or(|ends| until <= ends));
        }
    }

    #[test]
    fn what_is_offered_waits_as_long_as_that_and_no_longer_than_the_mandate() {
        let at = |hours| DateTime::UNIX_EPOCH + Duration::hours(hours);
        assert_eq!(waits_until(at(0), at(100), (None, Some(at(1)))), at(1));
        assert_eq!(waits_until(at(0), at(100), (Some(at(2)), Some(at(3)))), at(2));
        assert_eq!(waits_until(at(0), at(100), (Some(at(60)), None)), at(48));
    }
}
