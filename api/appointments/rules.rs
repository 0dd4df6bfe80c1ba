//! When a visit can begin: a pure function over opening hours, closing days, absences and what is claimed.
//!
//! Instants are UTC, so that a visit is the same moment for everybody; hours are the town's wall clock. Starts are calculated
//! in steps of real time from the instant of opening, so that none falls into the hour that does not exist, and both of the
//! hour that happens twice are there.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

use super::model::{Exception, Hours, Need, Span};
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

/// For how long a visit from which somebody was turned away is listed with those to come: they may move it.
pub const TURNED_AWAY_LISTED: Duration = Duration::days(14);

/// Minutes of a day, and of the longest that a wall clock shows.
const DAY_MINUTES: i64 = 1_440;

/// The least time in which somebody can be told of something, and act: that of the last reminder.
pub(super) const NOTICE: chrono::Duration = chrono::Duration::hours(2);

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

/// Whether somebody who is elsewhere in these hours can be at a visit: it may begin as another ends.
pub fn can_come(elsewhere: &[Span], visit: &Span) -> bool {
    !elsewhere.iter().any(|other| other.overlaps(visit))
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
mod tests;
