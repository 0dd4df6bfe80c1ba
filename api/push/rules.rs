//! What to do about each verdict of a provider, and when a citizen may be disturbed. Time comes in as a value.
//!
//! Sources: Apple, "Handling notification responses from APNs" and "Establishing a token-based connection to APNs";
//! Google, "FCM error codes" (ErrorCode) and "Best practices when sending FCM messages at scale".

use chrono::{DateTime, Duration, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::platform::time::{instant, local_day};

/// What a provider's answer means for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The provider took it.
    Delivered,
    /// The token is dead, since this instant if the provider says it.
    TokenDead {
        /// Since when.
        since: Option<DateTime<Utc>>,
    },
    /// The token, or our own environment, topic or project, is wrong.
    TokenSuspect,
    /// The request itself is wrong: it will never pass.
    RequestDead,
    /// Our credentials are refused.
    Credentials,
    /// Our provider token changes too often: keep it, wait.
    TokenPace,
    /// This one device hears too much.
    DevicePace {
        /// How long the provider asks to wait.
        wait: Option<Duration>,
    },
    /// The whole project sends too fast.
    ProjectPace {
        /// How long the provider asks to wait.
        wait: Option<Duration>,
    },
    /// The provider is out of order.
    Unavailable {
        /// The shortest wait its rules ask for.
        floor: Duration,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// No answer came: it may have been taken or not.
    Unknown,
}

/// The shortest wait after a network fault.
const NETWORK_FLOOR: Duration = Duration::seconds(1);
/// Apple asks for 15 minutes after a 500 or 503.
pub const APNS_FLOOR: Duration = Duration::minutes(15);
/// Google asks for 10 seconds at least after a 500 or 503.
pub const FCM_FLOOR: Duration = Duration::seconds(10);
/// Google asks for 60 seconds after a 429 without Retry-After.
const PACE_FLOOR: Duration = Duration::seconds(60);
/// No wait is longer, whatever was asked.
const LONGEST_WAIT: Duration = Duration::minutes(60);
/// Apple takes a new provider token every 20 minutes at most.
pub const TOKEN_PACE: Duration = Duration::minutes(20);
/// Answers before a share of suspicious ones is believed.
const ENOUGH_ANSWERS: u32 = 50;
/// Suspicious answers in a row that are too many when there was no other answer at all.
const ALL_SUSPECT: u32 = 3;

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Done, with this outcome.
    Settled(&'static str),
    /// Tried again then.
    Retry(DateTime<Utc>),
    /// Given back as if it had not been tried.
    Released,
}

/// What becomes of a row after `verdict`, tried for the `attempt`th time. `jitter` lies between 0 and 1.
pub fn after(verdict: &Verdict, attempt: i64, now: DateTime<Utc>, expires_at: DateTime<Utc>, jitter: f64) -> Fate {
    let (floor, asked) = match verdict {
        Verdict::Delivered => return Fate::Settled("delivered"),
        Verdict::TokenDead { .. } => return Fate::Settled("token_dead"),
        Verdict::TokenSuspect => return Fate::Settled("token_suspect"),
        Verdict::RequestDead => return Fate::Settled("failed"),
        Verdict::Credentials | Verdict::TokenPace => return Fate::Released,
        Verdict::DevicePace { wait } | Verdict::ProjectPace { wait } => (PACE_FLOOR, *wait),
        Verdict::Unavailable { floor, wait } => (*floor, *wait),
        Verdict::Unknown => (NETWORK_FLOOR, None),
    };
    let at = now + wait(floor, asked, attempt, jitter);
    if at >= expires_at { Fate::Settled("expired") } else { Fate::Retry(at) }
}

/// What was asked for, else the floor doubled at each attempt; and up to as much again by chance, so that a crowd does
/// not come back at once.
fn wait(floor: Duration, asked: Option<Duration>, attempt: i64, jitter: f64) -> Duration {
    let doublings = u32::try_from(attempt.clamp(1, 12) - 1).unwrap_or_default();
    let backed_off = floor * 2i32.pow(doublings);
    let base = asked.unwrap_or(backed_off).min(LONGEST_WAIT);
    let spread = base.num_milliseconds().min(floor.num_milliseconds().max(1_000)) as f64 * jitter.clamp(0.0, 1.0);
    base + Duration::milliseconds(spread as i64)
}

/// Whether a device that registered at `registered_at` goes, when the provider says its token died at `since`. Without
/// an instant, the moment of sending stands in for it.
pub fn token_is_gone(registered_at: DateTime<Utc>, since: Option<DateTime<Utc>>, sent_at: DateTime<Utc>) -> bool {
    registered_at <= since.unwrap_or(sent_at)
}

/// Answers of a channel of late, to tell a few bad tokens from a setting of ours that is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// All that say something about a token.
    pub all: u32,
    /// Suspicious tokens among them.
    pub suspect: u32,
    /// Dead tokens among them.
    pub dead: u32,
}

/// What the share of bad answers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Believe them: the tokens are bad.
    Believe,
    /// That cannot be true of so many: the fault is ours.
    Doubt,
}

impl Answers {
    /// Adds later answers; the older ones fade.
    pub fn add(&mut self, later: Self) {
        const FADE_AT: u32 = 1_000;
        if self.all > FADE_AT {
            *self = Self { all: self.all / 2, suspect: self.suspect / 2, dead: self.dead / 2 };
        }
        self.all += later.all;
        self.suspect += later.suspect;
        self.dead += later.dead;
    }

    /// A fifth of suspicious tokens, or more than half of dead ones, is more than a town's phones can be.
    pub fn judge(self) -> Judgement {
        if self.all < ENOUGH_ANSWERS {
            let only_suspects = self.suspect >= ALL_SUSPECT && self.suspect == self.all;
            return if only_suspects { Judgement::Doubt } else { Judgement::Believe };
        }
        if self.suspect * 5 >= self.all || self.dead * 2 > self.all { Judgement::Doubt } else { Judgement::Believe }
    }
}

/// How long a channel is paused for the `pauses`th time in a row: 1, 2, 5, then 10 minutes.
pub fn pause(pauses: i64) -> Duration {
    Duration::minutes(match pauses {
        ..=1 => 1,
        2 => 2,
        3 => 5,
        _ => 10,
    })
}

/// A citizen's quiet hours, in minutes after midnight of the town's clock; from the first up to the second, over
/// midnight if the second is smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// From.
    pub from: u32,
    /// Until.
    pub until: u32,
}

/// Nobody's phone speaks at night unless they ask for it: 21:00 to 08:00.
pub const DEFAULT_QUIET: Quiet = Quiet { from: 21 * 60, until: 8 * 60 };

/// The first moment from `now` on that is not in the quiet hours.
pub fn after_quiet_hours(quiet: Quiet, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let local = now.with_timezone(&zone);
    let minute = local.hour() * 60 + local.minute();
    let (inside, over_midnight) = if quiet.from <= quiet.until {
        ((quiet.from..quiet.until).contains(&minute), false)
    } else {
        (minute >= quiet.from || minute < quiet.until, minute >= quiet.from)
    };
    if !inside {
        return now;
    }
    let day = local_day(zone, now);
    let day = if over_midnight { day.succ_opt().unwrap_or(day) } else { day };
    let time = NaiveTime::from_hms_opt(quiet.until / 60 % 24, quiet.until % 60, 0).unwrap_or_default();
    instant(zone, day, time).max(now)
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
        let wait = || proptest::option::of((0i64..100_000).prop_map(Duration::seconds));
        prop_oneof![
            wait().prop_map(|wait| Verdict::DevicePace { wait }),
            wait().prop_map(|wait| Verdict::ProjectPace { wait }),
            wait().prop_map(|wait| Verdict::Unavailable { floor: FCM_FLOOR, wait }),
            wait().prop_map(|wait| Verdict::Unavailable { floor: APNS_FLOOR, wait }),
            Just(Verdict::Unknown),
        ]
    }

    proptest! {
        #[test]
        fn a_retry_moves_forward_and_ends_before_the_message_does(
            verdict in verdicts(), attempt in 1i64..1_000, life in 1i64..1_000_000, jitter in 0.0f64..1.0,
        ) {
            match after(&verdict, attempt, at(0), at(life), jitter) {
                Fate::Retry(t) => prop_assert!(t > at(0) && t < at(life)),
                fate => prop_assert_eq!(fate, Fate::Settled("expired")),
            }
        }

        #[test]
        fn retry_after_is_obeyed_to_the_second(asked in 0i64..3_000, attempt in 1i64..50, jitter in 0.0f64..1.0) {
            let verdict = Verdict::ProjectPace { wait: Some(Duration::seconds(asked)) };
            let Fate::Retry(t) = after(&verdict, attempt, at(0), at(1_000_000), jitter) else { panic!() };
            prop_assert!(t >= at(asked) && t <= at(asked * 2 + 60));
        }

        #[test]
        fn nobody_is_disturbed_in_their_quiet_hours(from in 0u32..1440, until in 0u32..1440, minutes in 0i64..1_000_000) {
            let (zone, now) = (chrono_tz::Europe::Brussels, at(minutes * 60));
            let quiet = Quiet { from, until };
            let t = after_quiet_hours(quiet, zone, now);
            prop_assert!(t >= now && t - now <= Duration::hours(25));
            // In the night of the change an end that does not exist, or comes twice, may leave a quiet minute.
            let local = t.with_timezone(&zone);
            let minute = local.hour() * 60 + local.minute();
            let changes = matches!(minute, 0..=240);
            let inside = if from <= until { (from..until).contains(&minute) } else { minute >= from || minute < until };
            prop_assert!(!inside || changes, "{quiet:?} {local}");
        }
    }

    #[test]
    fn apples_fifteen_minutes_and_googles_minute_are_kept() {
        let waited = |verdict: Verdict| match after(&verdict, 1, at(0), at(1_000_000), 0.0) {
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
    fn a_few_bad_tokens_are_believed_and_a_crowd_of_them_is_not() {
        let judge = |all, suspect, dead| Answers { all, suspect, dead }.judge();
        assert_eq!(judge(1, 1, 0), Judgement::Believe);
        assert_eq!(judge(100, 19, 0), Judgement::Believe);
        assert_eq!(judge(100, 60, 0), Judgement::Doubt);
        assert_eq!(judge(100, 0, 50), Judgement::Believe);
        assert_eq!(judge(100, 0, 51), Judgement::Doubt);
        assert_eq!(judge(3, 3, 0), Judgement::Doubt);
    }

    #[test]
    fn quiet_hours_over_midnight_end_in_the_morning() {
        let zone = chrono_tz::Europe::Brussels;
        let late: DateTime<Utc> = "2027-01-10T22:30:00Z".parse().unwrap();
        assert_eq!(after_quiet_hours(DEFAULT_QUIET, zone, late).to_rfc3339(), "2027-01-11T07:00:00+00:00");
        let early: DateTime<Utc> = "2027-01-10T05:30:00Z".parse().unwrap();
        assert_eq!(after_quiet_hours(DEFAULT_QUIET, zone, early).to_rfc3339(), "2027-01-10T07:00:00+00:00");
        let noon: DateTime<Utc> = "2027-01-10T11:00:00Z".parse().unwrap();
        assert_eq!(after_quiet_hours(DEFAULT_QUIET, zone, noon), noon);
    }
}
