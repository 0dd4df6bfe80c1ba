//! What is counted of a counter, and what of it is told: pure.
//!
//! No number of people below ten is told, as it would tell who they are, and none from which such a number could be calculated. Figures
//! stand in lines: what the groups have makes the total, and a figure is made of others, as visits are of those who came, were missed,
//! and of whom nothing is known. Where one number of a line is not told, the rest of the line would tell it: so another is not told
//! either, the smallest there is.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Datelike as _, Duration, DurationRound as _, NaiveDate, Timelike as _, Utc};
use chrono_tz::Tz;

use super::model::{By, Turned, Visited};
use crate::{
    appointments::{AppointmentId, DeskId, ServiceId, VisitState, model::Span},
    platform::{
        small::{FEW, table},
        time::local_day,
    },
    queue::{
        model::{TicketState, Waits},
        rules::whole_minutes,
    },
};

/// Numbers of people, or of visits and turns of theirs. Each is a number of a [`Counts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Visits that are booked.
    Booked,
    /// Of these, who came.
    ShownUp,
    /// Of these, who did not come.
    Missed,
    /// Of these, who is yet to come, or of whom nobody knows, as nobody checked in that day.
    Unknown,
    /// Visits that were cancelled.
    Cancelled,
    /// Numbers that were taken without a visit; who is sent on has one more.
    Numbers,
    /// Of these, those that were served.
    Served,
    /// Of these, those that were called to whom nobody came.
    NotThere,
    /// Of these, those that went before they were called.
    Left,
    /// Of these, those that are still there.
    StillThere,
}

use Figure::{Booked, Cancelled, Left, Missed, NotThere, Numbers, Served, ShownUp, StillThere, Unknown};

/// How many figures there are.
const FIGURES: usize = StillThere as usize + 1;

/// A number for each [`Figure`].
pub type Counts = [i64; FIGURES];

/// Those that make another. Visits and numbers share nothing: who came for a visit is not counted among the turns once more, from which it
/// could be calculated. Cancelled visits are made of nothing else.
const MADE_OF: [(Figure, &[Figure]); 3] = [
    (Booked, &[ShownUp, Missed, Unknown]),
    (Cancelled, &[Cancelled]),
    (Numbers, &[Served, NotThere, Left, StillThere]),
];

/// What figures are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A service.
    Service(ServiceId),
    /// A desk; none: turns that no desk called.
    Desk(Option<DeskId>),
    /// An hour of the town's clock.
    Hour(u32),
    /// A day of the week, Monday 1 to Sunday 7 (ISO 8601).
    Weekday(u32),
    /// A day.
    Day(NaiveDate),
}

/// The group of what happened at an instant.
fn at_an_instant(by: By, zone: Tz, at: DateTime<Utc>, service: ServiceId, desk: Option<DeskId>) -> Group {
    let local = at.with_timezone(&zone);
    match by {
        By::Service => Group::Service(service),
        By::Desk => Group::Desk(desk),
        By::Hour => Group::Hour(local.hour()),
        By::Weekday => Group::Weekday(local.weekday().number_from_monday()),
        By::Day => Group::Day(local.date_naive()),
    }
}

/// What was counted of a group.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// For how long its desks are planned.
    pub planned: Duration,
    /// For how long they are booked.
    pub booked: Duration,
    /// The figures.
    pub counts: Counts,
    /// How many minutes each waited who was called and had no visit.
    pub waits: Vec<i64>,
    /// How many minutes each with a visit waited past its time.
    pub visit_waits: Vec<i64>,
    /// How many minutes each was at a desk.
    pub took: Vec<i64>,
}

impl Tally {
    fn add(&mut self, figure: Figure) {
        self.counts[figure as usize] += 1;
    }
}

/// What was counted of some days at a location.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Each group.
    pub groups: BTreeMap<Group, Tally>,
    /// All of them together. Of what is planned, a desk that serves two services counts once here.
    pub total: Tally,
}

impl Counted {
    fn note(&mut self, group: Group, change: impl Fn(&mut Tally)) {
        change(self.groups.entry(group).or_default());
        change(&mut self.total);
    }

    /// Adds for how long a desk is planned, which serves some services.
    pub fn plan(&mut self, by: By, zone: Tz, (desk, services): (DeskId, &BTreeSet<ServiceId>), open: &[Span]) {
        for span in open {
            self.total.planned += span.until - span.from;
            let mut from = span.from;
            // A quarter at a time: in each zone an hour, and a day, begins at one.
            while from < span.until {
                let quarter = from.duration_trunc(Duration::minutes(15)).unwrap_or(from) + Duration::minutes(15);
                let until = quarter.min(span.until);
                let mut plan = |group| self.groups.entry(group).or_default().planned += until - from;
                match by {
                    By::Service => services.iter().for_each(|service| plan(Group::Service(*service))),
                    By::Desk => plan(Group::Desk(Some(desk))),
                    By::Hour => plan(Group::Hour(from.with_timezone(&zone).hour())),
                    By::Weekday => plan(Group::Weekday(from.with_timezone(&zone).weekday().number_from_monday())),
                    By::Day => plan(Group::Day(local_day(zone, from))),
                }
                from = until;
            }
        }
    }

    /// Adds the visits and the turns of the same days.
    pub fn add(&mut self, by: By, (zone, now): (Tz, DateTime<Utc>), visits: &[Visited], turns: &[Turned]) {
        let days: HashSet<NaiveDate> = turns.iter().map(|t| t.day).collect();
        let came: HashSet<(AppointmentId, Option<i64>)> = turns
            .iter()
            .filter(|t| t.state != TicketState::Missed)
            .filter_map(|t| Some((t.appointment_id?, t.appointment_sequence)))
            .collect();
        for visit in visits {
            let group = at_an_instant(by, zone, visit.starts_at, visit.service_id, Some(visit.desk_id));
            if visit.state == VisitState::Cancelled {
                self.note(group, |tally| tally.add(Cancelled));
                continue;
            }
            let shown_up =
                [None, Some(visit.sequence)].into_iter().any(|sequence| came.contains(&(visit.id, sequence)));
            let is_known = visit.ends_at <= now && days.contains(&local_day(zone, visit.starts_at));
            let became = match (shown_up, is_known) {
                (true, _) => ShownUp,
                (false, true) => Missed,
                (false, false) => Unknown,
            };
            self.note(group, |tally| {
                tally.add(Booked);
                tally.add(became);
                tally.booked += visit.claimed_until - visit.starts_at;
            });
        }
        for turn in turns {
            let group = at_an_instant(by, zone, turn.arrived_at, turn.service_id, turn.desk_id);
            self.note(group, |tally| count_turn(tally, zone, turn));
        }
    }
}

fn count_turn(tally: &mut Tally, zone: Tz, turn: &Turned) {
    let has_visit = turn.appointment_id.is_some();
    if !has_visit {
        tally.add(Numbers);
        tally.add(match turn.state {
            TicketState::Done | TicketState::SentOn => Served,
            TicketState::Missed => NotThere,
            TicketState::Left => Left,
            TicketState::Waiting | TicketState::Called | TicketState::Serving => StillThere,
        });
    }
    // Of who was called again, the first call is not kept.
    if let Some(called) = turn.called_at.filter(|_| turn.calls == 1) {
        match turn.due_at {
            None => tally.waits.push(whole_minutes(called - turn.arrived_at)),
            // Nobody waits before their time.
            Some(due) if has_visit => tally.visit_waits.push(whole_minutes(called - due.max(turn.arrived_at))),
            // Sent on: they waited before.
            Some(_) => {}
        }
    }
    let is_over = matches!(turn.state, TicketState::Done | TicketState::SentOn);
    let times = turn.started_at.zip(turn.ended_at);
    // What a desk forgot to end, the night ended.
    if let Some((from, until)) = times.filter(|(_, until)| is_over && local_day(zone, *until) == turn.day) {
        tally.took.push(whole_minutes(until - from));
    }
}

/// What is told of a group.
#[derive(Clone, Debug)]
pub struct Told {
    /// Minutes for which its desks are planned.
    pub planned_minutes: i64,
    /// Minutes for which they are booked; none where it is not told how many visits are.
    pub booked_minutes: Option<i64>,
    counts: [Option<i64>; FIGURES],
    /// How long those without a visit waited; none of fewer than ten.
    pub waits: Option<Waits>,
    /// How long those with a visit waited past its time; none of fewer than ten.
    pub visit_waits: Option<Waits>,
    /// How long one was at a desk; none of fewer than ten.
    pub took: Option<Waits>,
}

impl Told {
    /// A figure; none where it is not told.
    pub fn count(&self, figure: Figure) -> Option<i64> {
        self.counts[figure as usize]
    }
}

/// What may be told of what was counted: the total, and each group.
pub fn told(counted: Counted) -> (Told, Vec<(Group, Told)>) {
    let rows: Vec<Counts> = counted.groups.values().map(|tally| tally.counts).chain([counted.total.counts]).collect();
    let mut shown = withhold(&rows).into_iter();
    let mut tell = |tally: Tally| {
        let counts = shown.next().unwrap_or([None; FIGURES]);
        let enough = FEW.unsigned_abs() as usize;
        Told {
            planned_minutes: tally.planned.num_minutes(),
            booked_minutes: counts[Booked as usize].map(|_| tally.booked.num_minutes()),
            counts,
            waits: Waits::of(tally.waits, enough),
            visit_waits: Waits::of(tally.visit_waits, enough),
            took: Waits::of(tally.took, enough),
        }
    };
    let groups = counted.groups.into_iter().map(|(group, tally)| (group, tell(tally))).collect();
    (tell(counted.total), groups)
}

/// The numbers of the groups and, as the last row, of the total, without those that are too small to tell and those from which such a one
/// could be calculated; also from what is told of the same days in other groups, of which the total is the same.
pub fn withhold(rows: &[Counts]) -> Vec<[Option<i64>; FIGURES]> {
    let Some((total, groups)) = rows.split_last() else { return Vec::new() };
    let mut shown = vec![[None; FIGURES]; rows.len()];
    for (whole, parts) in MADE_OF {
        let of = |row: &Counts| parts.iter().map(|figure| row[*figure as usize]).collect::<Vec<i64>>();
        let counts: Vec<Vec<i64>> = groups.iter().map(of).collect();
        let told = table(&counts);
        let sums = told.rows.into_iter().chain([told.whole]);
        for ((row, line), sum) in rows.iter().zip(&mut shown).zip(sums) {
            line[whole as usize] = sum.or_else(|| (row[whole as usize] == 0).then_some(0));
        }
        let lines = told.cells.into_iter().chain([told.columns]);
        for ((row, line), numbers) in rows.iter().zip(&mut shown).zip(lines) {
            for (place, figure) in parts.iter().enumerate() {
                // Of a group in which nobody is, and of what nobody did, that is no secret.
                let is_nobody = row[whole as usize] == 0 || total[*figure as usize] == 0;
                let number = numbers.get(place).copied().flatten();
                line[*figure as usize] = number.or_else(|| is_nobody.then_some(0));
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests;
