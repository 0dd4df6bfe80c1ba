//! The hours at which somebody's phone keeps still.

use chrono::{DateTime, Duration, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::platform::time::{instant, local_day};

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

/// How long after quiet hours began what was on its way still comes: a server that has much to send is no reason to keep it for the night.
const ON_ITS_WAY: Duration = Duration::minutes(15);

/// Until when what is due waits, as it would come in the quiet hours: its provider was down, or they chose other hours since.
pub fn waits_until(quiet: Quiet, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let inside = |at| after_quiet_hours(quiet, zone, at) > at;
    (inside(now) && inside(now - ON_ITS_WAY)).then(|| after_quiet_hours(quiet, zone, now))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nobody_is_disturbed_in_their_quiet_hours(from in 0u32..1440, until in 0u32..1440, minutes in 0i64..1_000_000) {
            let (zone, now) = (chrono_tz::Europe::Brussels, DateTime::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap());
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

        #[test]
        fn what_waits_for_the_end_of_quiet_hours_waits_once(from in 0u32..1440, until in 0u32..1440, minutes in 0i64..1_000_000) {
            let (zone, now) = (chrono_tz::Europe::Brussels, DateTime::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap());
            let quiet = Quiet { from, until };
            if let Some(at) = waits_until(quiet, zone, now) {
                prop_assert!(at > now && after_quiet_hours(quiet, zone, now) == at);
                let changes = matches!(at.with_timezone(&zone).hour(), 0..=4);
                prop_assert!(waits_until(quiet, zone, at).is_none() || changes, "{quiet:?} {at}");
            }
        }
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

    #[test]
    fn what_is_on_its_way_as_quiet_hours_begin_still_comes() {
        let zone = chrono_tz::Europe::Brussels;
        let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
        let waits = |text: &str| waits_until(DEFAULT_QUIET, zone, at(text));
        assert_eq!(waits("2027-01-10T19:59:59Z"), None);
        assert_eq!(waits("2027-01-10T20:14:59Z"), None);
        assert_eq!(waits("2027-01-10T20:15:00Z"), Some(at("2027-01-11T07:00:00Z")));
        assert_eq!(waits("2027-01-11T06:59:59Z"), Some(at("2027-01-11T07:00:00Z")));
        assert_eq!(waits("2027-01-11T07:00:00Z"), None);
        assert_eq!(waits_until(Quiet { from: 0, until: 0 }, zone, at("2027-01-10T23:30:00Z")), None);
    }
}
