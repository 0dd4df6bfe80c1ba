//! When a call may be closed without the person. Pure.

use chrono::NaiveDate;

use super::model::CallResult;

/// Tries before a colleague decides, each on a day and at an hour of its own: who works by day is at home in the evening.
pub const TRIES: usize = 3;

/// A try, as the town's calendar and clocks show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The day.
    pub on: NaiveDate,
    /// The hour, from 0 to 23.
    pub hour: u32,
    /// What came of it.
    pub result: CallResult,
}

/// Whether a colleague may decide what becomes of a call: after three tries on three days at three hours, or where trying again is no use.
pub fn may_close(tries: &[Tried]) -> bool {
    let is_no_use = |t: &Tried| matches!(t.result, CallResult::WrongNumber | CallResult::ToldRelative);
    tries.iter().any(is_no_use) || has_apart(&[], tries)
}

/// Whether enough of these tries, with those that are chosen, have each a day and an hour of its own: whichever were made first.
fn has_apart(chosen: &[Tried], tries: &[Tried]) -> bool {
    let is_apart = |t: &Tried| chosen.iter().all(|c| c.on != t.on && c.hour != t.hour);
    chosen.len() >= TRIES
        || tries.iter().enumerate().filter(|(_, t)| is_apart(t)).any(|(at, t)| {
            let more = [chosen, &[*t]].concat();
            has_apart(&more, tries.get(at + 1..).unwrap_or_default())
        })
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn tried(day: u64, hour: u32) -> Tried {
        Tried { on: NaiveDate::MIN + Days::new(day), hour, result: CallResult::NoAnswer }
    }

    #[test]
    fn three_tries_on_three_days_at_three_hours_are_enough() {
        assert!(!may_close(&[]));
        assert!(!may_close(&[tried(1, 9), tried(1, 14), tried(1, 18)]), "all on one day");
        assert!(!may_close(&[tried(1, 9), tried(2, 9), tried(3, 9)]), "all at one hour");
        assert!(may_close(&[tried(1, 9), tried(2, 14), tried(3, 18)]));
        assert!(may_close(&[tried(1, 9), tried(1, 10), tried(2, 14), tried(3, 18)]));
        assert!(
            may_close(&[tried(1, 9), tried(1, 14), tried(2, 9), tried(3, 18)]),
            "the first is not one of the three"
        );
        assert!(may_close(&[Tried { result: CallResult::WrongNumber, ..tried(1, 9) }]));
    }

    proptest! {
        #[test]
        fn fewer_than_three_tries_without_an_answer_never_are(
            tries in prop::collection::vec((0u64..9, 0u32..24), 0..3),
        ) {
            let tries: Vec<_> = tries.into_iter().map(|(day, hour)| tried(day, hour)).collect();
            prop_assert!(!may_close(&tries));
        }

        #[test]
        fn another_try_never_takes_it_back(tries in prop::collection::vec((0u64..9, 0u32..24), 0..8), more in (0u64..9, 0u32..24)) {
            let mut all: Vec<_> = tries.into_iter().map(|(day, hour)| tried(day, hour)).collect();
            let before = may_close(&all);
            all.push(tried(more.0, more.1));
            prop_assert!(!before || may_close(&all));
        }
    }
}
