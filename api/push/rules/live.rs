//! When a number that a phone shows is worth a push. iOS counts what must be shown at once and drops what is too much (Apple, "Starting
//! and updating Live Activities with ActivityKit push notifications"), so that only a call and the end go so.

use chrono::{DateTime, Duration, Utc};

use crate::push::model::LiveState;

/// A place in the line is told no sooner than this after the one before.
const BREATH: Duration = Duration::seconds(30);
/// So many before somebody, or fewer, and each one who goes is told.
const NEAR: i64 = 5;
/// A change of the wait that is told, in minutes.
const MINUTES: i64 = 3;
/// What is still so is said again after this, before the phone shows it as old.
const AGAIN: Duration = Duration::minutes(8);
/// A phone shows what it was told as old after this.
pub const STALE: Duration = Duration::minutes(10);
/// For how long what is over stands on a lock screen.
pub const DISMISSED: Duration = Duration::minutes(5);
/// iOS ends an activity by itself after this: nothing about it is worth being sent later.
pub const LONGEST: Duration = Duration::hours(8);

/// How soon a state is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// At once.
    Now,
    /// When it suits the phone.
    Soon,
}

/// What was told last of a number, or is about to be.
#[derive(Clone, Debug)]
pub struct Told {
    /// How it stood.
    pub state: LiveState,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it has not left yet: whatever takes its place costs no push more.
    pub waits: bool,
}

/// How soon a phone is told that a number stands so, where it was last told something else; none where it is not told.
pub fn worth(last: Option<&Told>, state: &LiveState, now: DateTime<Utc>) -> Option<Haste> {
    let is_called = state.desk.is_some();
    let Some(Told { state: before, at, waits }) = last else {
        return Some(if is_called || state.is_over { Haste::Now } else { Haste::Soon });
    };
    if state.desk != before.desk || state.is_over != before.is_over || state.ahead.is_some() != before.ahead.is_some() {
        return Some(Haste::Now);
    }
    let since = now - *at;
    if state == before {
        let may_go_stale = !is_called && !state.is_over;
        return (may_go_stale && since >= AGAIN).then_some(Haste::Soon);
    }
    if *waits || since >= AGAIN {
        return Some(Haste::Soon);
    }
    let is_near = state.ahead != before.ahead && state.ahead.is_some_and(|ahead| ahead <= NEAR);
    let moved = match (before.minutes, state.minutes) {
        (Some(before), Some(minutes)) => (before - minutes).abs() >= MINUTES,
        (before, minutes) => before.is_some() != minutes.is_some(),
    };
    (since >= BREATH && (is_near || moved)).then_some(Haste::Soon)
}

/// The instant of a state, in whole seconds as a phone is told it: always after the one before, as iOS leaves what is older.
pub fn as_of(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    last.map_or(now, |last| now.max(last + Duration::seconds(1)))
}

/// When a state is sent that was written at `now`. What waits for a provider that asked to wait goes on waiting, but a call and the end.
pub fn due_at(haste: Haste, waits_until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    match haste {
        Haste::Now => now,
        Haste::Soon => waits_until.map_or(now, |until| until.max(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn waiting(ahead: i64, minutes: i64) -> LiveState {
        LiveState { ahead: Some(ahead), minutes: Some(minutes), ..LiveState::default() }
    }

    fn called(desk: &str) -> LiveState {
        LiveState { desk: Some(desk.to_owned()), ..LiveState::default() }
    }

    fn told(state: LiveState) -> Told {
        Told { state, at: at(0), waits: false }
    }

    fn over() -> LiveState {
        LiveState { is_over: true, ..LiveState::default() }
    }

    #[test]
    fn a_call_and_the_end_are_told_at_once_and_a_place_in_the_line_is_not() {
        let line = told(waiting(12, 40));
        for (state, seconds, expected) in [
            (called("Loket 1"), 0, Some(Haste::Now)),
            (over(), 1, Some(Haste::Now)),
            // Aside: nobody is before them, and nobody knows how long.
            (LiveState::default(), 1, Some(Haste::Now)),
            (waiting(11, 38), 600, Some(Haste::Soon)),
            // Too far away, and too little.
            (waiting(11, 38), 60, None),
            (waiting(11, 37), 60, Some(Haste::Soon)),
            (waiting(12, 43), 60, Some(Haste::Soon)),
            // Five before them or fewer; but not twice within half a minute.
            (waiting(5, 39), 30, Some(Haste::Soon)),
            (waiting(5, 39), 29, None),
            (waiting(6, 39), 30, None),
            // Nobody is there any more who serves it.
            (LiveState { minutes: None, ..waiting(12, 0) }, 30, Some(Haste::Soon)),
            (LiveState { minutes: None, ..waiting(12, 0) }, 29, None),
        ] {
            assert_eq!(worth(Some(&line), &state, at(seconds)), expected, "{state:?} after {seconds}");
        }
        // To another desk; and of a call that stands nothing more is told.
        let call = told(called("Loket 1"));
        assert_eq!(worth(Some(&call), &called("Loket 2"), at(1)), Some(Haste::Now));
        assert_eq!(worth(Some(&call), &called("Loket 1"), at(100_000)), None);
        assert_eq!(worth(Some(&told(over())), &over(), at(100_000)), None);
    }

    #[test]
    fn what_is_still_so_is_said_again_before_it_is_old() {
        let line = told(waiting(12, 40));
        assert_eq!(worth(Some(&line), &waiting(12, 40), at(AGAIN.num_seconds() - 1)), None);
        assert_eq!(worth(Some(&line), &waiting(12, 40), at(AGAIN.num_seconds())), Some(Haste::Soon));
        assert!(AGAIN < STALE);
    }

    #[test]
    fn what_takes_the_place_of_what_has_not_left_costs_nothing() {
        let waits = Told { waits: true, ..told(waiting(12, 40)) };
        assert_eq!(worth(Some(&waits), &waiting(11, 40), at(1)), Some(Haste::Soon));
        assert_eq!(worth(Some(&waits), &waiting(12, 40), at(1)), None);
    }

    #[test]
    fn whoever_was_told_nothing_is_told_how_it_stands() {
        assert_eq!(worth(None, &waiting(40, 90), at(0)), Some(Haste::Soon));
        assert_eq!(worth(None, &called("Loket 1"), at(0)), Some(Haste::Now));
        assert_eq!(worth(None, &over(), at(0)), Some(Haste::Now));
    }

    #[test]
    fn a_provider_that_asked_to_wait_waits_only_for_a_call_or_the_end() {
        assert_eq!(due_at(Haste::Soon, Some(at(60)), at(0)), at(60));
        assert_eq!(due_at(Haste::Soon, Some(at(-60)), at(0)), at(0));
        assert_eq!(due_at(Haste::Soon, None, at(0)), at(0));
        assert_eq!(due_at(Haste::Now, Some(at(60)), at(0)), at(0));
    }

    proptest! {
        /// However a line moves, a phone is told no more often than every half minute, but of a call or the end.
        #[test]
        fn a_line_that_moves_all_the_time_is_told_every_half_minute_at_most(
            moves in proptest::collection::vec((0i64..40, 0i64..200, 0i64..60), 1..200),
        ) {
            let mut last = told(waiting(40, 200));
            let mut now = at(0);
            for (ahead, minutes, seconds) in moves {
                now += Duration::seconds(seconds);
                if let Some(haste) = worth(Some(&last), &waiting(ahead, minutes), now) {
                    prop_assert_eq!(haste, Haste::Soon);
                    prop_assert!(now - last.at >= BREATH);
                    last = Told { state: waiting(ahead, minutes), at: now, waits: false };
                }
            }
        }

        #[test]
        fn the_instant_of_a_state_is_after_the_one_before_whatever_the_clock_does(
            clock in proptest::collection::vec(-100_000i64..100_000, 1..50),
        ) {
            let mut last = None;
            for seconds in clock {
                let next = as_of(last, at(seconds));
                prop_assert!(last.is_none_or(|last: DateTime<Utc>| next.timestamp() > last.timestamp()));
                last = Some(next);
            }
        }
    }
}
