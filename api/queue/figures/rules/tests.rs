use chrono::NaiveTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::platform::{small::suppress_small, time::instant};

const ZONE: Tz = chrono_tz::Europe::Brussels;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    instant(ZONE, day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn service(n: u128) -> ServiceId {
    ServiceId(Uuid::from_u128(n))
}

fn desk(n: u128) -> DeskId {
    DeskId(Uuid::from_u128(n))
}

fn visit(n: u128, starts_at: DateTime<Utc>) -> Visited {
    Visited {
        id: AppointmentId(Uuid::from_u128(n)),
        service_id: service(1),
        desk_id: desk(1),
        state: VisitState::Booked,
        starts_at,
        ends_at: starts_at + Duration::minutes(15),
        claimed_until: starts_at + Duration::minutes(20),
        sequence: 2,
    }
}

fn turn(state: TicketState, arrived_at: DateTime<Utc>) -> Turned {
    Turned {
        day: local_day(ZONE, arrived_at),
        service_id: service(1),
        desk_id: Some(desk(1)),
        appointment_id: None,
        appointment_sequence: None,
        state,
        due_at: None,
        arrived_at,
        called_at: Some(arrived_at + Duration::seconds(241)),
        calls: 1,
        started_at: Some(arrived_at + Duration::minutes(6)),
        ended_at: Some(arrived_at + Duration::minutes(16)),
    }
}

fn count(counted: &Counted, figure: Figure) -> i64 {
    counted.total.counts[figure as usize]
}

#[test]
fn who_came_was_missed_or_is_yet_to_come_is_told_apart() {
    let (monday, tuesday) = (day(3, 1), day(3, 2));
    let of = |id: u128, sequence, state, at| Turned {
        appointment_id: Some(AppointmentId(Uuid::from_u128(id))),
        appointment_sequence: sequence,
        ..turn(state, at)
    };
    let visits = [
        visit(1, at(monday, 9, 0)),
        visit(2, at(monday, 9, 20)),
        visit(3, at(monday, 9, 40)),
        visit(4, at(monday, 10, 0)),
        visit(5, at(monday, 16, 0)),
        Visited { state: VisitState::Cancelled, ..visit(6, at(monday, 11, 0)) },
        visit(7, at(tuesday, 9, 0)),
    ];
    let turns = [
        of(1, Some(2), TicketState::Done, at(monday, 8, 55)),
        of(2, Some(2), TicketState::Missed, at(monday, 9, 10)),
        // They checked in for what it was before it was moved.
        of(3, Some(1), TicketState::Left, at(monday, 9, 30)),
        // Missed once, and there after all.
        of(4, Some(2), TicketState::Missed, at(monday, 9, 50)),
        of(4, Some(2), TicketState::Done, at(monday, 10, 20)),
    ];
    let mut counted = Counted::default();
    counted.add(By::Hour, (ZONE, at(monday, 12, 0)), &visits, &turns);
    let all = [Booked, ShownUp, Missed, Unknown, Cancelled].map(|figure| count(&counted, figure));
    assert_eq!(all, [6, 2, 2, 2, 1]);
    assert_eq!(counted.total.booked, Duration::minutes(120));
    // On a day on which nobody checked in, nobody knows who came.
    let mut later = Counted::default();
    later.add(By::Day, (ZONE, at(day(3, 5), 12, 0)), &visits, &turns);
    assert_eq!([Missed, Unknown].map(|figure| count(&later, figure)), [3, 1]);
}

#[test]
fn waits_and_times_at_a_desk_are_those_that_are_known() {
    let nine = at(day(3, 1), 9, 0);
    let id = Some(AppointmentId(Uuid::from_u128(1)));
    let turns = [
        turn(TicketState::Done, nine),
        Turned { calls: 2, ..turn(TicketState::Done, nine) },
        Turned { appointment_id: id, due_at: Some(nine + Duration::minutes(3)), ..turn(TicketState::Missed, nine) },
        Turned { due_at: Some(nine), ..turn(TicketState::Serving, nine) },
        // The night ended it.
        Turned { ended_at: Some(at(day(3, 2), 0, 30)), ..turn(TicketState::Done, nine) },
        Turned { called_at: None, calls: 0, started_at: None, ..turn(TicketState::Left, nine) },
    ];
    let mut counted = Counted::default();
    counted.add(By::Service, (ZONE, nine), &[], &turns);
    let total = &counted.total;
    assert_eq!((&total.waits, &total.visit_waits, &total.took), (&vec![5, 5], &vec![2], &vec![10, 10]));
    let all = [Numbers, Served, NotThere, Left, StillThere].map(|figure| count(&counted, figure));
    assert_eq!(all, [5, 3, 0, 1, 1]);
}

#[test]
fn what_is_planned_is_real_time_under_the_hours_of_the_wall() {
    let both = BTreeSet::from([service(1), service(2)]);
    let planned = |by, from, until| {
        let mut counted = Counted::default();
        counted.plan(by, ZONE, (desk(1), &both), &[Span { from, until }]);
        let groups: Vec<_> = counted.groups.into_iter().map(|(group, t)| (group, t.planned.num_minutes())).collect();
        (counted.total.planned.num_minutes(), groups)
    };
    // The night in which an hour happens twice, and the one in which it does not.
    let (autumn, spring) = (day(10, 31), day(3, 28));
    assert_eq!(
        planned(By::Hour, at(autumn, 1, 40), at(autumn, 3, 10)),
        (150, vec![(Group::Hour(1), 20), (Group::Hour(2), 120), (Group::Hour(3), 10)])
    );
    assert_eq!(
        planned(By::Hour, at(spring, 1, 40), at(spring, 4, 0)),
        (80, vec![(Group::Hour(1), 20), (Group::Hour(3), 60)])
    );
    let (nine, noon) = (at(day(3, 1), 9, 0), at(day(3, 1), 12, 0));
    assert_eq!(
        planned(By::Service, nine, noon),
        (180, vec![(Group::Service(service(1)), 180), (Group::Service(service(2)), 180)])
    );
    assert_eq!(planned(By::Weekday, nine, noon), (180, vec![(Group::Weekday(1), 180)]));
}

fn row(shown: i64, missed: i64, numbers: i64) -> Counts {
    let mut counts = Counts::default();
    for (figure, n) in
        [(Booked, shown + missed), (ShownUp, shown), (Missed, missed), (Numbers, numbers), (Served, numbers)]
    {
        counts[figure as usize] = n;
    }
    counts
}

fn sum(rows: &[Counts]) -> Counts {
    rows.iter().fold(Counts::default(), |all, row| std::array::from_fn(|n| all[n] + row[n]))
}

/// A number of a row, of which the last is the total.
type Cell = (usize, usize);

/// The lines of a table: each whole, with what makes it.
fn lines(rows: usize) -> Vec<(Cell, Vec<Cell>)> {
    let total = rows.saturating_sub(1);
    let down = (0..FIGURES).map(|figure| ((total, figure), (0..total).map(|row| (row, figure)).collect()));
    let across = (0..rows).flat_map(|row| {
        let cell = move |figure: &Figure| (row, *figure as usize);
        MADE_OF.iter().map(move |(whole, parts)| (cell(whole), parts.iter().map(cell).collect()))
    });
    down.chain(across).collect()
}

fn told_of(groups: &[Counts]) -> Vec<[Option<i64>; FIGURES]> {
    withhold(&[groups, &[sum(groups)]].concat())
}

#[test]
fn of_a_group_of_fewer_than_ten_nothing_is_told_nor_can_it_be_calculated() {
    let told = |rows: &[[Option<i64>; FIGURES]], figure: Figure| -> Vec<Option<i64>> {
        rows.iter().map(|row| row[figure as usize]).collect()
    };
    // The one that is small takes the next smallest with it.
    let shown = told_of(&[row(4, 0, 0), row(30, 0, 0), row(50, 0, 0)]);
    assert_eq!(told(&shown, Booked), [None, None, Some(50), Some(84)]);
    assert_eq!(told(&shown, Missed), [Some(0); 4]);
    // Two that are a few together are three.
    let shown = told_of(&[row(4, 0, 0), row(3, 0, 0), row(30, 0, 0), row(50, 0, 0)]);
    assert_eq!(told(&shown, Booked), [None, None, None, Some(50), Some(87)]);
    // Who was missed is not told by who came.
    let shown = told_of(&[row(30, 3, 0), row(40, 20, 0), row(50, 30, 0)]);
    assert_eq!(told(&shown, Missed), [None, None, Some(30), Some(53)]);
    assert_eq!(told(&shown, ShownUp), [None, None, Some(50), Some(120)]);
    assert_eq!(told(&shown, Booked), [Some(33), Some(60), Some(80), Some(173)]);
    // One group is the total.
    assert_eq!(told(&told_of(&[row(4, 0, 0)]), Booked), [None, None]);
    // Of what stands beside it, all is told.
    assert_eq!(told(&told_of(&[row(12, 0, 3)]), Numbers), [None; 2]);
    assert_eq!(told(&told_of(&[row(12, 0, 3)]), ShownUp), [Some(12); 2]);
    assert_eq!(told(&told_of(&[]), Booked), [Some(0)]);
}

proptest! {
    #[test]
    fn nobody_calculates_a_small_number(
        groups in prop::collection::vec((0i64..30, 0i64..30, 0i64..30), 0..6),
    ) {
        let groups: Vec<Counts> = groups.into_iter().map(|(a, b, c)| row(a, b, c)).collect();
        let rows = [groups.as_slice(), &[sum(&groups)]].concat();
        let shown = withhold(&rows);
        for (n, row) in rows.iter().enumerate() {
            for (m, number) in row.iter().enumerate() {
                prop_assert!(shown[n][m].is_none_or(|told| told == *number && suppress_small(told).is_some()));
            }
        }
        for (whole, parts) in lines(rows.len()) {
            let hidden: Vec<i64> =
                parts.iter().filter(|c| shown[c.0][c.1].is_none()).map(|c| rows[c.0][c.1]).collect();
            let is_told = shown[whole.0][whole.1].is_some();
            // Of a line nothing is held back, or two at least, which are no few together.
            prop_assert!(match hidden.len() {
                0 => is_told,
                1 => !is_told,
                // Of groups that are not told it may be known that nobody in them did it.
                _ => !is_told || hidden.iter().sum::<i64>() >= FEW || hidden.iter().all(|n| *n == 0),
            }, "{rows:?} {shown:?}");
        }
    }

    /// Whoever asks for the same days in other groups is told the same of all of them together.
    #[test]
    fn the_total_is_the_same_in_each_breakdown(
        turns in prop::collection::vec((0usize..3, 0usize..4, 0i64..12, 0i64..12, 0i64..12), 0..12),
    ) {
        let mut by = [vec![row(0, 0, 0); 3], vec![row(0, 0, 0); 4]];
        for (hour, desk, shown, missed, numbers) in turns {
            let one = row(shown, missed, numbers);
            by[0][hour] = sum(&[by[0][hour], one]);
            by[1][desk] = sum(&[by[1][desk], one]);
        }
        let told = by.map(|groups| told_of(&groups));
        prop_assert_eq!(told[0].last(), told[1].last());
    }
}
