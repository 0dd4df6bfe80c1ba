//! Who is called next, and how long the rest will wait: pure.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::platform::time::local_day;

/// Visits of a day from which the time a service takes is calculated; of fewer, what was planned is believed.
const ENOUGH: usize = 3;
/// Metres of a degree of latitude, anywhere.
pub const METERS_A_DEGREE: f64 = 111_320.0;
/// How long after closing those are still served who are there.
pub const WINDS_UP: Duration = Duration::hours(1);

/// How those without an appointment stand to those with one.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// How far behind somebody without one stands.
    pub walk_in: Duration,
    /// How late for one somebody may be and keep their place.
    pub late: Duration,
}

/// The place of somebody in the queue: everyone is called in the order of one instant each. For an appointment it is its
/// own, however early they came; for somebody without one, or who came too late for theirs, that of their arrival and some
/// minutes. So whoever has an appointment is called in time, and nobody waits for ever.
pub fn place(due_at: Option<DateTime<Utc>>, arrived_at: DateTime<Utc>, order: Order) -> DateTime<Utc> {
    match due_at {
        Some(due) if arrived_at <= due + order.late => due,
        _ => arrived_at + order.walk_in,
    }
}

/// How long a service takes today: as long as it took on the average, once a few are done.
pub fn usual(took: &[Duration], planned: Duration) -> Duration {
    match i32::try_from(took.len()) {
        Ok(n) if took.len() >= ENOUGH => took.iter().sum::<Duration>() / n,
        _ => planned,
    }
}

/// How long those of a line will wait, and one more behind them: each goes, in their order, to the desk that is free first.
pub fn waits(mut free_in: Vec<Duration>, line: &[Duration]) -> Vec<Duration> {
    let mut waits = Vec::with_capacity(line.len() + 1);
    for takes in line.iter().map(Some).chain([None]) {
        let first = free_in.iter_mut().min();
        waits.push(first.as_deref().copied().unwrap_or_default().max(Duration::zero()));
        if let (Some(first), Some(takes)) = (first, takes) {
            *first += *takes;
        }
    }
    waits
}

/// Past days from which it is told when a place is quiet.
const DAYS_ENOUGH: usize = 5;
/// A wait that nobody minds.
const SHORT: Duration = Duration::minutes(5);

/// Of some hours those in which one usually waits little: half as long as over the whole day, or a few minutes. None where too few days are
/// known, or one never waits long: then every hour is as good. A wait is told by its day, the hour in which it began, and how long it was.
pub fn quiet_hours(waits: &[(NaiveDate, u32, Duration)], hours: &[u32]) -> Vec<u32> {
    let days: BTreeSet<NaiveDate> = waits.iter().map(|(day, ..)| *day).collect();
    let mean = |of: &dyn Fn(u32) -> bool| {
        let (count, sum) = waits
            .iter()
            .filter(|(_, hour, _)| of(*hour))
            .fold((0i32, Duration::zero()), |(count, sum), (.., wait)| (count + 1, sum + *wait));
        (count > 0).then(|| sum / count)
    };
    let Some(all) = mean(&|_| true).filter(|all| days.len() >= DAYS_ENOUGH && *all > SHORT) else { return Vec::new() };
    let quiet = |hour: &&u32| mean(&|h| h == **hour).is_none_or(|wait| wait <= SHORT.max(all / 2));
    hours.iter().filter(quiet).copied().collect()
}

/// So long in minutes, up to the next whole one: nobody is told less than it was.
pub fn whole_minutes(long: Duration) -> i64 {
    (long.num_seconds().max(0) + 59) / 60
}

/// The number that is called: a letter for whether there was an appointment, and the count of the day.
pub fn number(with_appointment: bool, count: i64) -> String {
    format!("{}{count}", if with_appointment { 'A' } else { 'B' })
}

/// The count in a number.
pub fn count(number: &str) -> i64 {
    number.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or_default()
}

/// How a hall stands that is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shut {
    /// When it opens next; none where nobody knows.
    pub opens: Option<DateTime<Utc>>,
    /// Since when it is closed; none where it was not open today yet.
    pub since: Option<DateTime<Utc>>,
}

impl Shut {
    /// Whether it closed a moment ago, and serves the last.
    pub fn winds_up(&self, now: DateTime<Utc>) -> bool {
        self.since.is_some_and(|since| now - since < WINDS_UP)
    }

    /// Whether its day is over, or was none: nobody is called any more, whatever a desk forgot to end. At noon it only rests.
    pub fn is_over(&self, today: NaiveDate, zone: Tz, now: DateTime<Utc>) -> bool {
        let again = self.opens.is_some_and(|opens| local_day(zone, opens) == today);
        !self.winds_up(now) && !again
    }
}

/// How a hall stands at an instant at which it is not open, by when it is open from the beginning of that day on.
pub fn shut(open: &[(DateTime<Utc>, DateTime<Utc>)], now: DateTime<Utc>) -> Shut {
    Shut {
        opens: open.iter().map(|(from, _)| *from).filter(|from| *from > now).min(),
        since: open.iter().map(|(_, until)| *until).filter(|until| *until <= now).max(),
    }
}

/// Metres between two places of a town, as the crow flies (WGS84; good to a thousandth over such distances).
pub fn meters((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let east = (lon2 - lon1) * ((lat1 + lat2) / 2.0).to_radians().cos();
    METERS_A_DEGREE * (lat2 - lat1).hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::time::instant;
    use chrono::NaiveTime;
    use proptest::prelude::*;

    const ORDER: Order = Order { walk_in: Duration::minutes(15), late: Duration::minutes(10) };

    fn wait(free_in: Vec<Duration>, ahead: &[Duration]) -> Duration {
        *waits(free_in, ahead).last().unwrap()
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap()
    }

    #[test]
    fn an_appointment_is_called_before_who_just_came_and_after_who_waits_long() {
        let appointment = place(Some(at(60)), at(20), ORDER);
        assert!(appointment < place(None, at(50), ORDER));
        assert!(appointment > place(None, at(40), ORDER));
        assert_eq!(place(Some(at(60)), at(70), ORDER), at(60), "a little late");
        assert_eq!(place(Some(at(60)), at(71), ORDER), at(86), "too late");
    }

    #[test]
    fn a_wait_is_what_those_ahead_take_over_the_desks() {
        let m = Duration::minutes;
        assert_eq!(wait(vec![m(4), m(9)], &[]), m(4));
        assert_eq!(wait(vec![m(4), m(9)], &[m(10)]), m(9));
        assert_eq!(wait(vec![m(4), m(9)], &[m(10), m(10)]), m(14));
        assert_eq!(wait(vec![m(-3)], &[]), m(0), "longer than usual already");
        assert_eq!(wait(vec![], &[m(10)]), m(0));
        assert_eq!(usual(&[m(10), m(20)], m(15)), m(15), "too few to tell");
        assert_eq!(usual(&[m(10), m(20), m(30)], m(15)), m(20));
    }

    #[test]
    fn a_hall_rests_at_noon_and_is_over_in_the_evening() {
        let zone = chrono_tz::Europe::Brussels;
        // A day from nine to twelve and from two to five, and the next morning.
        let nine =
            instant(zone, NaiveDate::from_ymd_opt(2027, 3, 1).unwrap(), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
        let h = |hours: i64| nine + Duration::hours(hours);
        let open = [(h(0), h(3)), (h(5), h(8)), (h(24), h(27))];
        let today = local_day(zone, nine);
        for (at, opens, since, winds_up, over) in [
            (h(-1), Some(h(0)), None, false, false),
            (h(3), Some(h(5)), Some(h(3)), true, false),
            (h(4), Some(h(5)), Some(h(3)), false, false),
            (h(8), Some(h(24)), Some(h(8)), true, false),
            (h(9), Some(h(24)), Some(h(8)), false, true),
        ] {
            let s = shut(&open, at);
            assert_eq!(
                (s, s.winds_up(at), s.is_over(today, zone, at)),
                (Shut { opens, since }, winds_up, over),
                "{at}"
            );
        }
        let never = shut(&[], nine);
        assert_eq!((never, never.is_over(today, zone, nine)), (Shut { opens: None, since: None }, true));
    }

    #[test]
    fn an_hour_is_quiet_that_usually_is() {
        let day = |n: u32| NaiveDate::from_ymd_opt(2027, 3, n).unwrap();
        let m = Duration::minutes;
        let of = |n: u32| [(day(n), 9, m(40)), (day(n), 10, m(20)), (day(n), 14, m(4))];
        let four: Vec<_> = (1..=4).flat_map(of).collect();
        assert!(quiet_hours(&four, &[9, 10, 14, 15]).is_empty(), "too few days");
        let five: Vec<_> = (1..=5).flat_map(of).collect();
        assert_eq!(quiet_hours(&five, &[9, 10, 14, 15]), [14, 15], "nobody came at three");
        assert!(quiet_hours(&five, &[9]).is_empty());
        let never: Vec<_> = (1..=9).map(|n| (day(n), 9, m(3))).collect();
        assert!(quiet_hours(&never, &[9, 10]).is_empty(), "one never waits");
    }

    #[test]
    fn metres_are_metres() {
        // Deinze's church and its station, 640 metres apart on the map.
        let apart = meters((50.9825, 3.5290), (50.9783, 3.5353));
        assert!((600.0..700.0).contains(&apart), "{apart}");
        assert_eq!(meters((51.0, 3.0), (51.0, 3.0)), 0.0);
    }

    proptest! {
        #[test]
        fn nobody_waits_for_ever(arrived in 0i64..600, others in prop::collection::vec((0i64..600, 0i64..600), 0..50)) {
            // Without an appointment, only those stand before them who are due within some minutes of their arrival.
            let mine = place(None, at(arrived), ORDER);
            for (due, came) in others {
                if place(Some(at(due)), at(came), ORDER) < mine {
                    prop_assert!(due <= arrived + 15 || came <= arrived);
                }
            }
        }

        #[test]
        fn one_more_ahead_never_shortens_a_wait(
            desks in prop::collection::vec(0i64..30, 1..6),
            ahead in prop::collection::vec(1i64..30, 0..20),
            more in 1i64..30,
        ) {
            let of = |all: &[i64]| all.iter().map(|m| Duration::minutes(*m)).collect::<Vec<_>>();
            let before = wait(of(&desks), &of(&ahead));
            let longer = [ahead.as_slice(), &[more]].concat();
            prop_assert!(wait(of(&desks), &of(&longer)) >= before);
        }
    }
}
