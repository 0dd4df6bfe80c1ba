//! What to do about each verdict of a provider, and when a citizen may be disturbed. Time comes in as a value.
//!
//! Sources: Apple, "Handling notification responses from APNs" and "Establishing a token-based connection to APNs";
//! Google, "FCM error codes" (ErrorCode) and "Best practices when sending FCM messages at scale".

use chrono::{DateTime, Duration, Utc};

use crate::words;

mod answers;
pub mod live;
mod quiet;
mod verdict;

pub use answers::{Answers, Judgement, Sign, sign};
pub use quiet::{DEFAULT_QUIET, Quiet, after_quiet_hours, waits_until};
pub use verdict::Verdict;

/// The shortest wait after a network fault.
const NETWORK_FLOOR: Duration = Duration::seconds(1);
/// Apple asks for 15 minutes after a 500 or 503.
pub const APNS_FLOOR: Duration = Duration::minutes(15);
/// Google asks for 10 seconds at least after a 500 or 503.
pub const FCM_FLOOR: Duration = Duration::seconds(10);
/// Google asks for 60 seconds after a 429 without Retry-After.
pub const PACE_FLOOR: Duration = Duration::seconds(60);
/// A row backs off no longer than this, unless the provider asked for more.
const LONGEST_WAIT: Duration = Duration::minutes(60);
/// What cannot wait is tried again no later than this after a fault of the network or the provider, if its rules allow it.
const LONGEST_URGENT_WAIT: Duration = Duration::minutes(1);
/// A row that is refused while others may pass is set aside for so long.
const ASIDE: Duration = Duration::minutes(10);
/// Refused so often while others passed, it is the token.
const REFUSALS: i64 = 3;
/// Apple takes a new provider token every 20 minutes at most.
pub const TOKEN_PACE: Duration = Duration::minutes(20);

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Done, with this outcome.
    Settled(&'static str),
    /// Tried again then.
    Retry(DateTime<Utc>),
    /// Was tried, and is not to blame: it goes behind the others, so that the next probe is another one.
    Behind(DateTime<Utc>),
    /// Given back as if it had not been tried.
    Released,
}

/// What becomes of a row after `verdict`, tried for the `attempt`th time. `jitter` lies between 0 and 1.
pub fn after(
    verdict: &Verdict,
    attempt: i64,
    urgent: bool,
    (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
    jitter: f64,
) -> Fate {
    let (floor, asked) = match verdict {
        Verdict::Delivered => return Fate::Settled("delivered"),
        Verdict::TokenDead { .. } => return Fate::Settled("token_dead"),
        Verdict::TokenSuspect => return Fate::Settled("token_suspect"),
        Verdict::RequestDead | Verdict::Unsendable => return Fate::Settled("failed"),
        Verdict::Credentials { .. } | Verdict::TokenPace | Verdict::Unreachable { .. } => return Fate::Released,
        Verdict::Unanswered => return behind(now, expires_at),
        Verdict::Refused => (ASIDE, Some(ASIDE)),
        Verdict::DevicePace { wait } | Verdict::ProjectPace { wait } => (PACE_FLOOR, *wait),
        Verdict::Unavailable { floor, wait } => (*floor, *wait),
        Verdict::Unknown => (NETWORK_FLOOR, None),
    };
    let provider = matches!(verdict, Verdict::Unknown | Verdict::Unavailable { .. });
    let longest = if urgent && provider { LONGEST_URGENT_WAIT } else { LONGEST_WAIT };
    let at = now + wait(floor, asked, longest, attempt, jitter);
    if at >= expires_at { Fate::Settled("expired") } else { Fate::Retry(at) }
}

/// What becomes of a row where the channel is at fault: it waits for the channel, and not by itself.
pub fn behind(now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Fate {
    let at = now + NETWORK_FLOOR;
    if at >= expires_at { Fate::Settled("expired") } else { Fate::Behind(at) }
}

/// Whether a row that was refused for the `attempt`th time, while others pass, is refused for its token.
pub fn is_the_token(attempt: i64) -> bool {
    attempt >= REFUSALS
}

/// What was asked for, else the floor doubled at each attempt; and up to as much again by chance, so that a crowd does
/// not come back at once. Where less is asked for than the floor, and it does not help, it grows up to the floor.
fn wait(floor: Duration, asked: Option<Duration>, longest: Duration, attempt: i64, jitter: f64) -> Duration {
    let base = asked.map_or_else(
        || doubled(floor, attempt).min(longest.max(floor)),
        |asked| asked.max(doubled(NETWORK_FLOOR, attempt).min(floor)),
    );
    let spread = base.num_milliseconds().min(floor.num_milliseconds().max(1_000)) as f64 * jitter.clamp(0.0, 1.0);
    base + Duration::milliseconds(spread as i64)
}

fn doubled(floor: Duration, attempt: i64) -> Duration {
    floor * 2i32.pow(u32::try_from(attempt.clamp(1, 12) - 1).unwrap_or_default())
}

/// Whether a device that registered at `registered_at` goes, when the provider says its token died at `since`. Without
/// an instant, the moment of sending stands in for it.
pub fn token_is_gone(registered_at: DateTime<Utc>, since: Option<DateTime<Utc>>, sent_at: DateTime<Utc>) -> bool {
    registered_at <= since.unwrap_or(sent_at)
}

words! {
    /// Why a channel is paused.
    Why {
        /// There is no way to the provider, or it says nothing.
        Unreachable = "unreachable",
        /// It is out of order, and did not say for how long.
        Unavailable = "unavailable",
        /// It said when to come back.
        Asked = "asked",
        /// It does not let us in.
        Refused = "refused",
        /// So many tokens are refused that the fault must be ours.
        Doubted = "doubted",
    }
}

impl Why {
    /// How long after the last try what cannot wait may ask, before the time is over: with one row. Where the provider said
    /// when, later, as it may mean what it says; but no header of a provider's silences an emergency for a day.
    pub fn urgent_probe(self) -> Duration {
        if self == Self::Asked { Duration::seconds(60) } else { Duration::seconds(10) }
    }
}

/// How long a channel is paused for the `pauses`th time in a row. Without a way to the provider: 1, 2, 4, 8, then 15 seconds, so
/// that what waits goes within seconds of its coming back; up to a quarter more by chance. Refused: 1, 2, 5, then 10
/// minutes. Told to wait: as was asked, and where that does not help no less than 1, 2, 4 … up to 60 seconds. Out of order: the floor of its rules, doubled up to a minute.
pub fn pause(why: Why, pauses: i64, least: Duration, jitter: f64) -> Duration {
    let minutes = match pauses {
        ..=1 => 1,
        2 => 2,
        3 => 5,
        _ => 10,
    };
    let base = match why {
        Why::Unreachable => doubled(NETWORK_FLOOR, pauses).min(Duration::seconds(15)),
        Why::Refused | Why::Doubted => Duration::minutes(minutes),
        Why::Asked => return least.max(doubled(NETWORK_FLOOR, pauses).min(Duration::minutes(1))),
        Why::Unavailable => return doubled(least.max(NETWORK_FLOOR), pauses).min(least.max(Duration::minutes(1))),
    };
    let spread = base.num_milliseconds() as f64 / 4.0 * jitter.clamp(0.0, 1.0);
    (base + Duration::milliseconds(if why == Why::Unreachable { spread as i64 } else { 0 })).max(least)
}

/// Whether the operator is told of a pause: not of one that a second try may end.
pub fn is_worth_telling(pauses: i64, wait: Duration) -> bool {
    pauses >= 3 || wait >= Duration::minutes(1)
}

/// A pause that would end later than any that is made was written by a clock that was wrong.
pub fn is_beyond_belief(until: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    until - now > super::retry_after::LONGEST_ASKED + Duration::minutes(1)
}

/// How many messages a project may be sent in the next `elapsed` part of its stream: a tenth of the rate at first, all
/// of it after a minute (Google asks to ramp up over 60 seconds).
pub fn ramp(per_minute: u32, since_start: Duration) -> f64 {
    let grown = (since_start.num_milliseconds() as f64 / 60_000.0).clamp(0.1, 1.0);
    f64::from(per_minute) / 60.0 * grown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn verdicts() -> impl Strategy<Value = Verdict> {
        let wait = || proptest::option::of((1i64..86_400).prop_map(Duration::seconds));
        prop_oneof![
            wait().prop_map(|wait| Verdict::DevicePace { wait }),
            wait().prop_map(|wait| Verdict::ProjectPace { wait }),
            wait().prop_map(|wait| Verdict::Unavailable { floor: FCM_FLOOR, wait }),
            wait().prop_map(|wait| Verdict::Unavailable { floor: APNS_FLOOR, wait }),
            Just(Verdict::Refused),
            Just(Verdict::Unanswered),
            Just(Verdict::Unknown),
        ]
    }

    proptest! {
        #[test]
        fn a_retry_moves_forward_and_ends_before_the_message_does(
            verdict in verdicts(), attempt in 1i64..1_000, life in 1i64..1_000_000, jitter in 0.0f64..1.0,
        ) {
            match after(&verdict, attempt, jitter > 0.5, (at(0), at(life)), jitter) {
                Fate::Retry(t) | Fate::Behind(t) => prop_assert!(t > at(0) && t < at(life)),
                fate => prop_assert_eq!(fate, Fate::Settled("expired")),
            }
        }

        #[test]
        fn retry_after_is_obeyed_to_the_second(asked in 0i64..86_400, attempt in 1i64..50, jitter in 0.0f64..1.0) {
            let verdict = Verdict::ProjectPace { wait: Some(Duration::seconds(asked)) };
            let Fate::Retry(t) = after(&verdict, attempt, false, (at(0), at(1_000_000)), jitter) else { panic!() };
            prop_assert!(t >= at(asked) && t <= at(asked * 2 + 120));
        }
    }

    #[test]
    fn apples_fifteen_minutes_and_googles_minute_are_kept() {
        let waited = |verdict: Verdict| match after(&verdict, 1, true, (at(0), at(1_000_000)), 0.0) {
            Fate::Retry(t) => (t - at(0)).num_seconds(),
            _ => -1,
        };
        assert_eq!(waited(Verdict::Unavailable { floor: APNS_FLOOR, wait: None }), 900);
        assert_eq!(waited(Verdict::Unavailable { floor: FCM_FLOOR, wait: None }), 10);
        assert_eq!(waited(Verdict::ProjectPace { wait: None }), 60);
    }

    #[test]
    fn a_phone_that_registered_after_its_token_died_stays() {
        assert!(token_is_gone(at(10), Some(at(10)), at(99)));
        assert!(!token_is_gone(at(11), Some(at(10)), at(99)));
        assert!(token_is_gone(at(11), None, at(99)));
        assert!(!token_is_gone(at(100), None, at(99)));
    }

    #[test]
    fn an_urgent_row_never_waits_long_for_the_network() {
        let waited = |urgent| match after(&Verdict::Unknown, 12, urgent, (at(0), at(1_000_000)), 0.0) {
            Fate::Retry(t) => (t - at(0)).num_seconds(),
            _ => -1,
        };
        assert_eq!((waited(true), waited(false)), (60, 2_048));
    }

    /// Answers of as many citizens as asked, each with a phone of their own.
    fn answers(works: u32, suspect: u32, dead: u32) -> Vec<(u32, Sign)> {
        let signs = [(works, Sign::Works), (suspect, Sign::Suspect), (dead, Sign::Dead)];
        signs
            .into_iter()
            .flat_map(|(n, sign)| std::iter::repeat_n(sign, n as usize))
            .zip(0..)
            .map(|(s, c)| (c, s))
            .collect()
    }

    #[test]
    fn a_few_bad_tokens_are_believed_and_a_crowd_of_them_is_not() {
        let doubt = |works, suspect, dead| Answers::default().add(&answers(works, suspect, dead), false).doubt;
        assert!(!doubt(0, 1, 0));
        assert!(!doubt(81, 19, 0));
        assert!(doubt(40, 60, 0));
        assert!(!doubt(50, 0, 50));
        assert!(doubt(49, 0, 51));
        assert!(doubt(0, 3, 0));
    }

    #[test]
    fn a_citizen_with_many_made_up_tokens_counts_once() {
        for sign in [Sign::Suspect, Sign::Dead, Sign::Refused, Sign::Pace, Sign::Trouble] {
            let mut channel = Answers::default();
            for _ in 0..100 {
                let judged = channel.add(&[(7, sign); 20], false);
                assert_eq!(judged, Judgement::default(), "{sign:?}");
            }
            // And with one friend; two more citizens who say the same are a crowd.
            assert_eq!(channel.add(&[(8, sign)], false), Judgement::default(), "{sign:?}");
            assert_eq!(channel.add(&[(9, sign)], false) == Judgement::default(), sign == Sign::Dead, "{sign:?}");
        }
    }

    #[test]
    fn what_one_phone_gets_through_speaks_for_the_channel() {
        for sign in [Sign::Refused, Sign::Pace, Sign::Trouble] {
            let mut channel = Answers::default();
            let crowd: Vec<_> = (0..40).map(|c| (c, sign)).chain([(99, Sign::Works)]).collect();
            assert_eq!(channel.add(&crowd, false), Judgement { others_pass: true, ..Judgement::default() }, "{sign:?}");
            assert!(channel.add(&crowd[..2], false).others_pass);
            assert_ne!(channel.add(&crowd[..3], false), Judgement { others_pass: true, ..Judgement::default() });
        }
    }

    /// It was judged with its own batch: what comes later speaks for itself.
    #[test]
    fn a_withheld_token_hides_no_other_fault() {
        for sign in [Sign::Refused, Sign::Pace, Sign::Trouble] {
            let mut channel = Answers::default();
            channel.add(&[(1, Sign::Suspect)], false);
            assert!(channel.is_early());
            assert_eq!(channel.add(&[(2, sign), (3, sign)], true), Judgement::default(), "{sign:?}");
            assert_ne!(channel.add(&[(4, sign)], true), Judgement::default(), "{sign:?}");
        }
        let mut channel = Answers::default();
        channel.add(&answers(0, 2, 0), false);
        assert!(channel.add(&[(9, Sign::Suspect)], true).doubt);
    }

    proptest! {
        #[test]
        fn a_pause_ends_and_is_at_least_what_was_asked(pauses in 0i64..1_000, asked in 0i64..86_400, jitter in 0.0f64..1.0) {
            for why in Why::ALL.iter().copied() {
                let least = Duration::seconds(asked);
                let paused = pause(why, pauses, least, jitter);
                prop_assert!(paused >= least.max(NETWORK_FLOOR) && !is_beyond_belief(at(0) + paused, at(0)));
            }
            prop_assert!(pause(Why::Unreachable, pauses, Duration::zero(), jitter) < Duration::seconds(19));
        }
    }
}
