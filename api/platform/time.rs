//! Time comes in as a value: one clock, one way to turn a town's wall time into an instant, and the days that
//! Belgium's town halls are shut by law.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveTime, SubsecRound, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// The clock of the process. Tests and the demo move it; nobody else reads the machine's.
#[derive(Clone)]
pub struct Clock {
    fixed: bool,
    /// Microseconds: since the epoch when fixed, else ahead of the machine's clock.
    micros: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self { fixed: false, micros: Arc::default() }
    }

    /// A clock that stands still at `at` until it is moved.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self { fixed: true, micros: Arc::new(AtomicI64::new(at.timestamp_micros())) }
    }

    /// A clock that runs on from `at`.
    pub fn running_from(at: DateTime<Utc>) -> Self {
        let clock = Self::system();
        clock.advance(at - clock.now());
        clock
    }

    /// Now, cut to the microsecond: PostgreSQL keeps no more, and what is read back must equal what was written.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        let micros = self.micros.load(Ordering::SeqCst);
        if self.fixed {
            DateTime::from_timestamp_micros(micros).unwrap_or_default()
        } else {
            (Utc::now() + Duration::microseconds(micros)).trunc_subsecs(6)
        }
    }

    /// Moves the clock, either way.
    pub fn advance(&self, by: Duration) {
        self.micros.fetch_add(by.num_microseconds().unwrap_or(i64::MAX / 4), Ordering::SeqCst);
    }

    /// Moves the clock to `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        self.advance(at - self.now());
    }
}

/// The instant at which the town's clocks show `day` and `time`. In the hour that summer time skips it is the first
/// instant after the gap; in the hour that happens twice, the first of the two.
pub fn instant(zone: Tz, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = day.and_time(time);
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => t.with_timezone(&Utc),
        LocalResult::None => {
            // No zone of the tz database skips more than a day.
            let later =
                (1..=48).find_map(|half| zone.from_local_datetime(&(wall + Duration::minutes(30 * half))).earliest());
            later.map_or_else(|| Utc.from_utc_datetime(&wall), |t| t.with_timezone(&Utc))
        }
    }
}

/// The day the town's calendar shows at `at`.
pub fn local_day(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The latest day that any calendar shows at `at`.
pub fn latest_day(at: DateTime<Utc>) -> NaiveDate {
    (at + chrono::Duration::hours(14)).date_naive()
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus, "Astronomical Algorithms", ch. 8).
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (n / 31) as u32, (n % 31 + 1) as u32).unwrap_or_default()
}

/// Whether `day` is one of Belgium's ten legal holidays (royal decree of 18 April 1974, art. 1).
pub fn is_legal_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1 | 5 | 11, 1) | (7, 21) | (8, 15) | (11, 11) | (12, 25));
    let since_easter = (day - easter(day.year())).num_days();
    fixed || matches!(since_easter, 1 | 39 | 50)
}

/// The days on which a town hall is shut.
#[derive(Clone, Debug, Default)]
pub struct ClosingDays {
    /// Weekdays on which it never opens.
    pub weekdays: Vec<Weekday>,
    /// The town's own days every year: (month, day).
    pub yearly: Vec<(u32, u32)>,
    /// The town's own days, once.
    pub once: Vec<NaiveDate>,
}

impl ClosingDays {
    /// Whether the town hall is open on `day`.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        !(self.weekdays.contains(&day.weekday())
            || is_legal_holiday(day)
            || self.yearly.contains(&(day.month(), day.day()))
            || self.once.contains(&day))
    }

    /// `day` itself if the town hall is open, else the next day that it is. Looks a year ahead at most.
    pub fn open_from(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().take(366).find(|d| self.is_open(*d)).unwrap_or(day)
    }

    /// `day` itself if the town hall is open, else the last day before on which it was. Looks a year back at most.
    pub fn open_until(&self, day: NaiveDate) -> NaiveDate {
        (0..366).filter_map(|n| day.checked_sub_days(chrono::Days::new(n))).find(|d| self.is_open(*d)).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (y, m, d) in [(2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2029, 4, 1), (2030, 4, 21)] {
            assert_eq!(easter(y), day(y, m, d));
        }
    }

    #[test]
    fn there_are_ten_legal_holidays_a_year() {
        for year in 2024..2060 {
            let first = day(year, 1, 1);
            let n = first.iter_days().take_while(|d| d.year() == year).filter(|d| is_legal_holiday(*d)).count();
            // In 2008 Ascension fell on 1 May; it does so next in 2160.
            assert_eq!(n, 10, "{year}");
        }
    }

    #[test]
    fn the_hour_that_does_not_exist_gives_the_first_instant_after_it() {
        let zone = chrono_tz::Europe::Brussels;
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let t = instant(zone, day(2027, 3, 28), half_past_two);
        assert_eq!(t.to_rfc3339(), "2027-03-28T01:00:00+00:00");
        let twice = instant(zone, day(2026, 10, 25), half_past_two);
        assert_eq!(twice.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn a_closed_day_moves_on_or_back_to_an_open_one() {
        let closed = ClosingDays {
            weekdays: vec![Weekday::Sat, Weekday::Sun],
            yearly: vec![(12, 26)],
            once: vec![day(2027, 1, 4)],
        };
        assert_eq!(closed.open_from(day(2026, 12, 25)), day(2026, 12, 28));
        assert_eq!(closed.open_until(day(2026, 12, 26)), day(2026, 12, 24));
        assert_eq!(closed.open_from(day(2027, 1, 1)), day(2027, 1, 5));
    }
}
