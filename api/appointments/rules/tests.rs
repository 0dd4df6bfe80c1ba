//! What holds of the starts that are offered, whatever the hours.

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
    for (theirs, asked) in [("An Peeters", "eters"), ("An Peeters", "Jan"), ("An Peeters", ""), ("An Peeters", "'-")] {
        assert!(!is_named(theirs, asked), "{theirs} {asked}");
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn who_is_elsewhere_can_come_until_that_begins_and_as_it_ends() {
    let span = |from: &str, until: &str| Span {
        from: utc(&format!("2027-03-01T{from}:00Z")),
        until: utc(&format!("2027-03-01T{until}:00Z")),
    };
    let elsewhere = [span("09:00", "09:15"), span("10:00", "10:30")];
    for (from, until) in [("08:45", "09:00"), ("09:15", "10:00"), ("10:30", "10:45")] {
        assert!(can_come(&elsewhere, &span(from, until)), "{from}");
    }
    for (from, until) in
        [("08:50", "09:05"), ("09:10", "09:25"), ("09:15", "10:05"), ("10:10", "10:20"), ("08:00", "12:00")]
    {
        assert!(!can_come(&elsewhere, &span(from, until)), "{from}");
    }
    assert!(can_come(&[], &span("09:00", "09:15")));
}

fn every_day(opens: i64, closes: i64) -> Vec<Hours> {
    (1..=7).map(|weekday| Hours { weekday, opens, closes, valid_from: day("2020-01-01"), valid_until: None }).collect()
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
    hours.push(Hours { weekday: 1, opens: 13 * 60, closes: 16 * 60, valid_from: day("2027-03-08"), valid_until: None });
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
    (days, 1i64..9, 0i64..3, 1i64..7, -300i64..1500, prop::collection::vec((0i64..288, 0i64..288), 1..4)).prop_flat_map(
        move |(on, minutes, buffer, step, earliest, walls)| {
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
        },
    )
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
