//! When a visit can begin: a pure function over opening hours, closing days, absences and what is claimed.
//!
//! Instants are UTC, so that a visit is the same moment for everybody; hours are the town's wall clock. Starts are reckoned
//! in steps of real time from the instant of opening, so that none falls into the hour that does not exist, and both of the
//! hour that happens twice are there.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::{
    config::LEAST_OFFER_MINUTES,
    platform::{
        text::folded,
        time::{ClosingDays, instant},
    },
};

/// Everything begins and ends on a tick; a desk's tick is claimed once. Five minutes is the grid that the booking systems of
/// towns offer.
pub const TICK_MINUTES: i64 = 5;
/// The longest that a visit claims of its desk: it lies in one day's opening, of 25 hours at the most, and its buffer and
/// the road have two hours each at the most.
pub const LONGEST_CLAIM: Duration = Duration::hours(29);
/// Minutes of a day, and of the longest that a wall clock shows.
const DAY_MINUTES: i64 = 1_440;

/// From an instant up to another, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant that is not of it.
    pub until: DateTime<Utc>,
}

impl Span {
    /// Whether an instant is of it.
    pub fn has(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// Opening hours on a weekday, from a day on and up to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The weekday, Monday 1 to Sunday 7 (ISO 8601).
    pub weekday: i64,
    /// Minutes after midnight of the wall clock.
    pub opens: i64,
    /// Minutes after midnight; not of it.
    pub closes: i64,
    /// The first day on which they count.
    pub valid_from: NaiveDate,
    /// The last; none where they go on.
    pub valid_until: Option<NaiveDate>,
}

/// A day that is unlike its weekday: closed, or open at other hours, though it were a holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The day.
    pub day: NaiveDate,
    /// When it opens and closes that day, in minutes; none: it does not.
    pub hours: Option<(i64, i64)>,
}

/// When a location is open.
pub struct Timetable<'a> {
    /// The zone of its clocks.
    pub zone: Tz,
    /// Its hours.
    pub hours: &'a [Hours],
    /// Its exceptions.
    pub exceptions: &'a [Exception],
    /// The town's closing days.
    pub closing: &'a ClosingDays,
}

/// What a visit asks of a desk.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Minutes that the visit takes, for as many persons as come.
    pub minutes: i64,
    /// Minutes that the desk needs afterwards.
    pub buffer: i64,
    /// Minutes between the starts that are offered.
    pub step: i64,
}

/// A desk, with what keeps it from taking a visit.
#[derive(Clone, Debug, Default)]
pub struct Desk<I> {
    /// Which.
    pub id: I,
    /// How many services it can serve: of two that are free, the one that can do less is taken.
    pub services: i64,
    /// When nobody is there.
    pub absences: Vec<Span>,
    /// When it has somebody, buffers included, in order.
    pub claims: Vec<Span>,
}

/// When a location is open on a day, in order.
pub fn open_on(table: &Timetable<'_>, day: NaiveDate) -> Vec<Span> {
    let exceptions: Vec<_> = table.exceptions.iter().filter(|e| e.day == day).collect();
    let wall: Vec<(i64, i64)> = if exceptions.is_empty() {
        if !table.closing.is_open(day) {
            return Vec::new();
        }
        let weekday = i64::from(day.weekday().number_from_monday());
        let counts =
            |h: &&Hours| h.weekday == weekday && h.valid_from <= day && h.valid_until.is_none_or(|until| day <= until);
        table.hours.iter().filter(counts).map(|h| (h.opens, h.closes)).collect()
    } else {
        exceptions.iter().filter_map(|e| e.hours).collect()
    };
    let at = |minutes: i64| {
        if minutes >= DAY_MINUTES {
            return instant(table.zone, day.succ_opt().unwrap_or(day), NaiveTime::MIN);
        }
        let seconds = u32::try_from(minutes * 60).unwrap_or_default();
        instant(table.zone, day, NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN))
    };
    let mut spans: Vec<Span> = wall
        .into_iter()
        .map(|(opens, closes)| Span { from: at(opens), until: at(closes) })
        .filter(|span| span.from < span.until)
        .collect();
    spans.sort_unstable();
    // Hours that touch or overlap are one.
    spans.dedup_by(|later, earlier| {
        let joined = later.from <= earlier.until;
        if joined {
            earlier.until = earlier.until.max(later.until);
        }
        joined
    });
    spans
}

/// Whether a desk can take a visit that begins at `start` within `open`.
fn fits<I>(desk: &Desk<I>, open: &Span, start: DateTime<Utc>, need: Need) -> bool {
    let visit = Span { from: start, until: start + Duration::minutes(need.minutes) };
    let claim = Span { from: start, until: visit.until + Duration::minutes(need.buffer) };
    let first = desk.claims.partition_point(|c| c.until <= claim.from);
    // The last start must still fit: the visit ends before closing; the buffer may go past it.
    visit.until <= open.until
        && desk.claims.get(first).is_none_or(|c| c.from >= claim.until)
        && !desk.absences.iter().any(|a| a.overlaps(&visit))
}

/// The starts that are free on one of the desks, in order, within `open` and from `earliest` on; each once.
pub fn starts<I>(open: &[Span], desks: &[Desk<I>], need: Need, earliest: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut free = Vec::new();
    for span in open {
        let mut start = span.from;
        while start + Duration::minutes(need.minutes) <= span.until {
            if start >= earliest && desks.iter().any(|desk| fits(desk, span, start, need)) {
                free.push(start);
            }
            start += Duration::minutes(need.step);
        }
    }
    free
}

/// The desks that can take a visit at `start`, the best first: the one whose gap it fills most tightly, so that long visits
/// still fit elsewhere, and of those the one that can do least else. Empty where it is not offered at all.
pub fn desks_for<I: Copy + Ord>(open: &[Span], desks: &[Desk<I>], need: Need, start: DateTime<Utc>) -> Vec<I> {
    let on_grid = |span: &&Span| {
        let step = Duration::minutes(need.step);
        let steps = (start - span.from).num_seconds() / step.num_seconds().max(1);
        // To the nanosecond: a fraction of a second later is another start, which is not offered.
        span.from <= start && start < span.until && start - span.from == Duration::seconds(steps * step.num_seconds())
    };
    let Some(span) = open.iter().find(on_grid) else { return Vec::new() };
    let end = start + Duration::minutes(need.minutes + need.buffer);
    let mut able: Vec<_> = desks
        .iter()
        .filter(|desk| fits(desk, span, start, need))
        .map(|desk| {
            let next = desk.claims.partition_point(|c| c.until <= start);
            let before = next.checked_sub(1).map_or(span.from, |i| desk.claims[i].until.max(span.from));
            let after = desk.claims.get(next).map_or(span.until, |c| c.from.min(span.until)).max(end);
            ((start - before) + (after - end), desk.services, desk.id)
        })
        .collect();
    able.sort_unstable();
    able.into_iter().map(|(_, _, id)| id).collect()
}

/// How many visits the desks can still take within `open`, one after the other.
pub fn room<I>(open: &[Span], desks: &[Desk<I>], need: Need) -> i64 {
    let takes = on_grid(need.minutes + need.buffer);
    // The next start that is offered, at the end of a visit or after it.
    let apart = (takes + need.step - 1) / need.step * need.step;
    let mut count = 0;
    for (desk, span) in desks.iter().flat_map(|desk| open.iter().map(move |span| (desk, span))) {
        let mut start = span.from;
        while start + Duration::minutes(need.minutes) <= span.until {
            let fits = fits(desk, span, start, need);
            count += i64::from(fits);
            start += Duration::minutes(if fits { apart } else { need.step });
        }
    }
    count
}

/// A few starts to choose from at a glance: the first, and then each time the first of another half of a day.
pub fn glance(zone: Tz, starts: &[DateTime<Utc>], few: usize) -> Vec<DateTime<Utc>> {
    let half = |at: &DateTime<Utc>| {
        let local = at.with_timezone(&zone);
        (local.date_naive(), local.hour() >= 12)
    };
    let mut chosen: Vec<DateTime<Utc>> = Vec::with_capacity(few);
    for start in starts {
        if chosen.len() < few && chosen.last().is_none_or(|last| half(last) != half(start)) {
            chosen.push(*start);
        }
    }
    // Where all are of one half, the next ones.
    for start in starts {
        if chosen.len() < few && !chosen.contains(start) {
            chosen.push(*start);
        }
    }
    chosen.sort_unstable();
    chosen
}

/// The ticks that a visit claims on its desk, buffer included.
pub fn ticks(start: DateTime<Utc>, minutes: i64, buffer: i64) -> impl Iterator<Item = DateTime<Utc>> {
    (0..on_grid(minutes + buffer) / TICK_MINUTES).map(move |n| start + Duration::minutes(n * TICK_MINUTES))
}

/// Minutes of a visit of so many persons, on the grid.
pub fn minutes_for(minutes: i64, a_person_more: i64, persons: i64) -> i64 {
    on_grid(minutes + a_person_more * (persons - 1).max(0))
}

/// So many minutes, or the first multiple of a tick above.
fn on_grid(minutes: i64) -> i64 {
    (minutes + TICK_MINUTES - 1) / TICK_MINUTES * TICK_MINUTES
}

/// When reminders of a visit go out: the day before at five, and two hours before; those that are past already do not.
pub fn reminders(zone: Tz, starts_at: DateTime<Utc>, after: DateTime<Utc>) -> Vec<(&'static str, DateTime<Utc>)> {
    let day = starts_at.with_timezone(&zone).date_naive();
    let eve = day.pred_opt().unwrap_or(day);
    let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or(NaiveTime::MIN);
    [("day_before", instant(zone, eve, five)), ("hours_before", starts_at - Duration::hours(2))]
        .into_iter()
        .filter(|(_, at)| *at > after)
        .collect()
}

/// A name as it is compared: small letters without their accents, and its parts, apart at spaces, hyphens and apostrophes.
fn parts(name: &str) -> Vec<String> {
    folded(name).split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether somebody's name is one that was asked for: each part of that begins a part of theirs. Written together, as
/// "vandenbroeck" or "obrien", it begins some of their parts one after the other.
pub fn is_named(theirs: &str, asked: &str) -> bool {
    let (has, wanted) = (parts(theirs), parts(asked));
    let begins = |w: &String| (0..has.len()).any(|n| has[n..].concat().starts_with(w.as_str()));
    !wanted.is_empty() && (wanted.iter().all(begins) || begins(&wanted.concat()))
}

/// The weekday of a day, Monday 1 to Sunday 7 (ISO 8601).
pub fn weekday(day: NaiveDate) -> u32 {
    day.weekday().number_from_monday()
}

/// Nobody is expected to answer an offer from this hour on …
const OFFER_EVENING: u32 = 21;
/// … until this one.
const OFFER_MORNING: u32 = 8;
/// A hold that lasts less is no offer.
const OFFER_LEAST: Duration = Duration::minutes(LEAST_OFFER_MINUTES);

/// Until when a start that was freed is held for who waits: so many minutes, of which those at night do not count, and never
/// past the start itself. None where too little is left to answer.
pub fn offer_until(zone: Tz, now: DateTime<Utc>, minutes: i64, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let local = now.with_timezone(&zone);
    let morning = |day| instant(zone, day, NaiveTime::from_hms_opt(OFFER_MORNING, 0, 0).unwrap_or(NaiveTime::MIN));
    let today = local.date_naive();
    let from = match local.hour() {
        OFFER_EVENING.. => morning(today.succ_opt().unwrap_or(today)),
        ..OFFER_MORNING => morning(today),
        _ => now,
    };
    let until = (from + Duration::minutes(minutes)).min(start);
    (until >= from + OFFER_LEAST).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONE: Tz = chrono_tz::Europe::Brussels;

    #[test]
    fn a_name_is_found_as_people_type_it() {
        for (theirs, asked) in [
            ("Zoë Müller", "muller"),
            ("Zoë Müller", "MULLER zoe"),
            ("Zoë Müller", "Mu\u{308}ller"),
            ("Björn Straßer", "strasser"),
            ("Łukasz Nowak", "lukasz"),
            ("Linh Nguyễn", "nguyen"),
            ("An D’Hondt", "dhondt"),
            ("An D’Hondt", "D'Hondt"),
            ("An D'Hondt", "hondt"),
            ("Sean O’Brien", "obrien"),
            ("Jan Van den Broeck", "vandenbroeck"),
            ("Jan Vandenbroeck", "van den broeck"),
            ("Marie-Claire Peeters", "peet marie"),
        ] {
            assert!(is_named(theirs, asked), "{theirs} {asked}");
        }
        for (theirs, asked) in
            [("An Peeters", "eters"), ("An Peeters", "Jan"), ("An Peeters", ""), ("An Peeters", "'-")]
        {
            assert!(!is_named(theirs, asked), "{theirs} {asked}");
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn every_day(opens: i64, closes: i64) -> Vec<Hours> {
        (1..=7)
            .map(|weekday| Hours { weekday, opens, closes, valid_from: day("2020-01-01"), valid_until: None })
            .collect()
    }

    fn table<'a>(hours: &'a [Hours], exceptions: &'a [Exception], closing: &'a ClosingDays) -> Timetable<'a> {
        Timetable { zone: ZONE, hours, exceptions, closing }
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_opens_as_its_weekday_its_holiday_or_its_exception_says() {
        let closing = ClosingDays { weekdays: vec![chrono::Weekday::Sun], ..ClosingDays::default() };
        let mut hours = every_day(9 * 60, 12 * 60);
        hours.push(Hours {
            weekday: 1,
            opens: 13 * 60,
            closes: 16 * 60,
            valid_from: day("2027-03-08"),
            valid_until: None,
        });
        hours.push(Hours {
            weekday: 1,
            opens: 12 * 60,
            closes: 13 * 60,
            valid_from: day("2027-03-15"),
            valid_until: Some(day("2027-03-15")),
        });
        let exceptions = [
            Exception { day: day("2027-03-02"), hours: None },
            Exception { day: day("2027-03-28"), hours: Some((600, 660)) },
        ];
        let open = |d: &str| {
            let spans = open_on(&table(&hours, &exceptions, &closing), day(d));
            spans.iter().map(|s| format!("{}-{}", s.from.format("%H:%M"), s.until.format("%H:%M"))).collect::<Vec<_>>()
        };
        assert_eq!(open("2027-03-01"), ["08:00-11:00"]);
        assert_eq!(open("2027-03-02"), Vec::<String>::new(), "closed that day");
        assert_eq!(open("2027-03-07"), Vec::<String>::new(), "a Sunday");
        assert_eq!(open("2027-03-08"), ["08:00-11:00", "12:00-15:00"], "from then on in the afternoon too");
        assert_eq!(open("2027-03-15"), ["08:00-15:00"], "hours that touch are one");
        assert_eq!(open("2027-03-29"), Vec::<String>::new(), "Easter Monday");
        assert_eq!(open("2027-03-28"), ["08:00-09:00"], "open though it is a Sunday, in summer time");
    }

    #[test]
    fn the_hour_that_does_not_exist_has_no_start_and_the_one_that_happens_twice_has_both() {
        let (hours, closing) = (every_day(60, 240), ClosingDays::default());
        let need = Need { minutes: 30, buffer: 0, step: 30 };
        let on = |d: &str| {
            let open = open_on(&table(&hours, &[], &closing), day(d));
            starts(&open, &[Desk::<u8>::default()], need, utc("2020-01-01T00:00:00Z"))
        };
        let wall = |t: &DateTime<Utc>| t.with_timezone(&ZONE).format("%H:%M").to_string();
        assert_eq!(on("2027-03-28").iter().map(wall).collect::<Vec<_>>(), ["01:00", "01:30", "03:00", "03:30"]);
        let autumn = on("2026-10-25");
        assert_eq!(
            autumn.iter().map(wall).collect::<Vec<_>>(),
            ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]
        );
        assert!(autumn.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn a_visit_goes_where_it_leaves_the_least_gap() {
        let open = [Span { from: utc("2027-03-01T08:00:00Z"), until: utc("2027-03-01T11:00:00Z") }];
        let claim = |a: &str, b: &str| Span { from: utc(a), until: utc(b) };
        let desks = [
            Desk { id: 1, services: 1, ..Desk::default() },
            Desk {
                id: 2,
                services: 9,
                claims: vec![claim("2027-03-01T08:15:00Z", "2027-03-01T09:00:00Z")],
                ..Desk::default()
            },
            Desk { id: 3, services: 2, ..Desk::default() },
        ];
        let need = Need { minutes: 15, buffer: 0, step: 15 };
        assert_eq!(desks_for(&open, &desks, need, utc("2027-03-01T08:00:00Z")), [2, 1, 3]);
        assert_eq!(desks_for(&open, &desks, need, utc("2027-03-01T08:15:00Z")), [1, 3]);
        assert_eq!(desks_for(&open, &desks, need, utc("2027-03-01T08:20:00Z")), Vec::<i32>::new(), "not on the grid");
        assert_eq!(desks_for(&open, &desks, need, utc("2027-03-01T11:00:00Z")), Vec::<i32>::new(), "after closing");
    }

    #[test]
    fn a_glance_shows_different_halves_of_days() {
        let at = |text: &str| utc(&format!("2027-03-{text}:00Z"));
        let starts = [at("01T08:00"), at("01T08:20"), at("01T12:00"), at("01T12:20"), at("02T08:00")];
        assert_eq!(glance(ZONE, &starts, 3), [starts[0], starts[2], starts[4]]);
        assert_eq!(glance(ZONE, &starts[..2], 3), starts[..2]);
        assert_eq!(glance(ZONE, &[starts[0], starts[1], starts[4]], 3), [starts[0], starts[1], starts[4]]);
        assert!(glance(ZONE, &[], 3).is_empty());
    }

    #[test]
    fn the_room_of_a_morning_is_what_its_desks_can_take() {
        let open = [Span { from: utc("2027-03-01T08:00:00Z"), until: utc("2027-03-01T11:00:00Z") }];
        let claims = vec![Span { from: utc("2027-03-01T08:15:00Z"), until: utc("2027-03-01T09:00:00Z") }];
        let desks = [Desk { id: 1, claims, ..Desk::default() }, Desk { id: 2, ..Desk::default() }];
        let need = Need { minutes: 15, buffer: 5, step: 20 };
        assert_eq!(room(&open, &desks[1..], need), 9);
        assert_eq!(room(&open, &desks, need), 9 + 6);
        assert_eq!(room(&open, &desks, Need { minutes: 240, ..need }), 0);
    }

    #[test]
    fn an_offer_is_held_while_people_are_awake_and_not_past_its_start() {
        let until = |now: &str, start: &str| offer_until(ZONE, utc(now), 60, utc(start)).map(|at| at.to_string());
        let of = |text: &str| Some(utc(text).to_string());
        assert_eq!(until("2027-03-01T10:00:00Z", "2027-03-03T09:00:00Z"), of("2027-03-01T11:00:00Z"));
        assert_eq!(until("2027-03-01T21:30:00Z", "2027-03-03T09:00:00Z"), of("2027-03-02T08:00:00Z"), "in the morning");
        assert_eq!(until("2027-03-02T03:00:00Z", "2027-03-03T09:00:00Z"), of("2027-03-02T08:00:00Z"));
        assert_eq!(until("2027-03-02T08:30:00Z", "2027-03-02T09:00:00Z"), of("2027-03-02T09:00:00Z"));
        assert_eq!(until("2027-03-02T08:55:00Z", "2027-03-02T09:00:00Z"), None, "too late to answer");
    }

    #[test]
    fn what_is_past_is_not_reminded_of() {
        let at = utc("2027-03-10T09:00:00Z");
        let of = |after: &str| reminders(ZONE, at, utc(after)).into_iter().map(|(k, _)| k).collect::<Vec<_>>();
        assert_eq!(of("2027-03-01T09:00:00Z"), ["day_before", "hours_before"]);
        assert_eq!(of("2027-03-09T16:30:00Z"), ["hours_before"]);
        assert_eq!(of("2027-03-10T08:00:00Z"), Vec::<&str>::new());
        assert_eq!(reminders(ZONE, at, utc("2027-03-01T09:00:00Z"))[0].1, utc("2027-03-09T16:00:00Z"));
    }

    #[derive(Clone, Debug)]
    struct Case {
        hours: Vec<Hours>,
        on: NaiveDate,
        desks: Vec<Desk<u8>>,
        need: Need,
        earliest: i64,
    }

    fn cases() -> impl Strategy<Value = Case> {
        let span = |base: DateTime<Utc>| {
            (0i64..288, 1i64..24).prop_map(move |(from, long)| Span {
                from: base + Duration::minutes(from * 5),
                until: base + Duration::minutes((from + long) * 5),
            })
        };
        // The days on which the clocks change among them.
        let days = prop::sample::select(vec!["2027-03-28", "2026-10-25", "2027-03-01", "2027-06-15"]);
        (days, 1i64..9, 0i64..3, 1i64..7, -300i64..1500, prop::collection::vec((0i64..288, 0i64..288), 1..4))
            .prop_flat_map(move |(on, minutes, buffer, step, earliest, walls)| {
                let on = day(on);
                let base = instant(ZONE, on, NaiveTime::MIN);
                let hours: Vec<Hours> = walls
                    .iter()
                    .map(|(a, b)| Hours {
                        weekday: i64::from(on.weekday().number_from_monday()),
                        opens: a * 5,
                        closes: b * 5,
                        valid_from: day("2020-01-01"),
                        valid_until: None,
                    })
                    .collect();
                let desk = (prop::collection::vec(span(base), 0..3), prop::collection::vec(span(base), 0..8));
                prop::collection::vec(desk, 1..4).prop_map(move |made| Case {
                    hours: hours.clone(),
                    on,
                    desks: made
                        .into_iter()
                        .zip(0u8..)
                        .map(|((absences, mut claims), id)| {
                            claims.sort_unstable();
                            // A desk has one visitor at a time.
                            let mut apart: Vec<Span> = Vec::new();
                            for claim in claims {
                                if apart.last().is_none_or(|last| last.until <= claim.from) {
                                    apart.push(claim);
                                }
                            }
                            Desk { id, services: 1, absences, claims: apart }
                        })
                        .collect(),
                    need: Need { minutes: minutes * 5, buffer: buffer * 5, step: step * 5 },
                    earliest,
                })
            })
    }

    proptest! {
        #[test]
        fn every_start_that_is_offered_can_be_taken_and_breaks_nothing(case in cases()) {
            let closing = ClosingDays::default();
            let open = open_on(&table(&case.hours, &[], &closing), case.on);
            let base = instant(ZONE, case.on, NaiveTime::MIN);
            let earliest = base + Duration::minutes(case.earliest);
            let free = starts(&open, &case.desks, case.need, earliest);
            prop_assert!(free.windows(2).all(|w| w[0] < w[1]), "in order, each once");
            for start in &free {
                let end = *start + Duration::minutes(case.need.minutes);
                prop_assert!(*start >= earliest, "notice is kept");
                prop_assert!(open.iter().any(|s| s.from <= *start && end <= s.until), "within opening hours");
                // A wall clock shows it.
                let wall = start.with_timezone(&ZONE);
                prop_assert_eq!(wall.with_timezone(&Utc), *start);
                let able = desks_for(&open, &case.desks, case.need, *start);
                prop_assert!(!able.is_empty(), "what is offered can be taken");
                for id in able {
                    let desk = &case.desks[usize::from(id)];
                    let visit = Span { from: *start, until: end };
                    let claim = Span { from: *start, until: end + Duration::minutes(case.need.buffer) };
                    prop_assert!(!desk.claims.iter().any(|c| c.overlaps(&claim)), "nobody else is there");
                    prop_assert!(!desk.absences.iter().any(|a| a.overlaps(&visit)), "somebody is there");
                    // And ticks say the same: none that it claims is another's.
                    for tick in ticks(*start, case.need.minutes, case.need.buffer) {
                        prop_assert!(!desk.claims.iter().any(|c| c.from <= tick && tick < c.until));
                    }
                }
            }
            // Nothing that could be taken is kept back.
            for span in &open {
                let mut at = span.from;
                while at < span.until {
                    let able = desks_for(&open, &case.desks, case.need, at);
                    prop_assert_eq!(!able.is_empty() && at >= earliest, free.contains(&at));
                    at += Duration::minutes(TICK_MINUTES);
                }
            }
        }
    }
}
