//! What a plan must be, and what it says of a day, a desk and a visit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use crate::{
    appointments::{
        model::{DayHours, DeskId, Location, LocationKind, Need, Service, ServiceId, Span, Visit, WouldStrand},
        rules::{self, Desk, TICK_MINUTES},
    },
    municipalities::Municipality,
    platform::{
        problem::{Code, Failure, Refusal as _, Refused, StrandedVisit},
        time::instant,
    },
};

/// Services, locations, and desks of a location, that a town may have.
pub const MOST: usize = 200;

/// What stands in the link of a location for video visits where each visit has its own.
const EACH_VISIT: &str = "{visit}";

/// Letters of a link: it is shown, and printed.
const LONGEST_LINK: usize = 200;

/// Minutes on the road after a visit, at the most.
const MOST_TRAVEL: i64 = 120;

/// Rows of hours, exceptions or absences that one location or desk may have.
pub const MOST_ROWS: usize = 1_000;

impl Service {
    /// What a visit of so many persons asks of a desk of a location.
    pub fn need(&self, persons: i64, location: &Location) -> Need {
        Need {
            minutes: rules::minutes_for(self.minutes, self.minutes_a_person_more, persons),
            buffer: self.buffer_minutes + location.travel_minutes,
            step: self.step_minutes,
        }
    }

    pub(super) fn check(&self) -> Result<(), Failure> {
        let wrong = |field: &str, why: &str| Err(Failure::field(Code::BodyInvalid, field, why));
        if self.names.values().all(|t| t.trim().is_empty()) {
            return wrong("names", "must have one at least");
        }
        for (field, minutes, least, most) in [
            ("minutes", self.minutes, TICK_MINUTES, 480),
            ("minutes_a_person_more", self.minutes_a_person_more, 0, 120),
            ("buffer_minutes", self.buffer_minutes, 0, 120),
            ("step_minutes", self.step_minutes, TICK_MINUTES, 480),
        ] {
            if !(least..=most).contains(&minutes) || minutes % TICK_MINUTES != 0 {
                return wrong(field, &format!("must be a multiple of {TICK_MINUTES} between {least} and {most}"));
            }
        }
        for (field, number, least, most) in [
            ("most_persons", self.most_persons, 1, 20),
            ("least_notice_minutes", self.least_notice_minutes, 0, 60 * 24 * 60),
            ("horizon_days", self.horizon_days, 1, 400),
            ("most_open", self.most_open, 1, 20),
        ] {
            if !(least..=most).contains(&number) {
                return wrong(field, &format!("must lie between {least} and {most}"));
            }
        }
        if self.least_notice_minutes >= self.horizon_days * 24 * 60 {
            return wrong("least_notice_minutes", "leaves no day within horizon_days that could be booked");
        }
        Ok(())
    }
}

impl Location {
    /// Whether one goes there, and waits until one is called: not a telephone, a video call or one's home.
    pub fn is_hall(&self) -> bool {
        self.kind == LocationKind::TownHall
    }

    /// Where a visit with this contact takes place: the link of its own of a video visit, the address of any other; empty where there
    /// is none.
    pub fn address_of(&self, contact: &str) -> String {
        match self.kind {
            LocationKind::Video if self.address.contains(EACH_VISIT) && contact.is_empty() => String::new(),
            LocationKind::Video => self.address.replace(EACH_VISIT, contact),
            _ => self.address.clone(),
        }
    }

    pub(super) fn check(&self) -> Result<(), Failure> {
        let wrong = |field: String, why: &str| Err(Failure::field(Code::BodyInvalid, &field, why));
        if self.names.values().all(|t| t.trim().is_empty()) {
            return wrong("names".to_owned(), "must have one at least");
        }
        if self.kind == LocationKind::Video && !is_link_of_each(&self.address) {
            let why =
                format!("must be an https link that has {EACH_VISIT} once after its host: each visit has its own");
            return wrong("address".to_owned(), &why);
        }
        if !(0..=MOST_TRAVEL).contains(&self.travel_minutes) || self.travel_minutes % TICK_MINUTES != 0 {
            return wrong(
                "travel_minutes".to_owned(),
                &format!("must be a multiple of {TICK_MINUTES} between 0 and {MOST_TRAVEL}"),
            );
        }
        for (i, h) in self.hours.iter().enumerate() {
            if h.opens >= h.closes || h.opens % TICK_MINUTES != 0 || h.closes % TICK_MINUTES != 0 {
                return wrong(format!("hours[{i}]"), "must open before it closes, on five minutes");
            }
            if h.valid_until.is_some_and(|until| until < h.valid_from) {
                return wrong(format!("hours[{i}].valid_until"), "lies before valid_from");
            }
        }
        for (i, e) in self.exceptions.iter().enumerate() {
            if e.hours.is_some_and(|(a, b)| a >= b || a % TICK_MINUTES != 0 || b % TICK_MINUTES != 0) {
                return wrong(format!("exceptions[{i}]"), "must open before it closes, on five minutes");
            }
        }
        for (i, e) in self.exceptions.iter().enumerate() {
            if e.hours.is_none() && self.exceptions.iter().any(|other| other.day == e.day && other.hours.is_some()) {
                return wrong(format!("exceptions[{i}]"), "closes a day that another exception opens");
            }
        }
        if self.latitude.is_some() != self.longitude.is_some() {
            let missing = if self.latitude.is_some() { "longitude" } else { "latitude" };
            return wrong(missing.to_owned(), "is needed where the other is given");
        }
        let mut seen = BTreeSet::new();
        for (i, desk) in self.desks.iter().enumerate() {
            if !seen.insert(desk.id) {
                return wrong(format!("desks[{i}].id"), "is that of another desk too");
            }
            if desk.absences.iter().any(|a| a.from >= a.until) {
                return wrong(format!("desks[{i}].absences"), "must end after they begin");
            }
        }
        Ok(())
    }
}

/// Whether a link is another for each visit, and one that a phone opens.
fn is_link_of_each(link: &str) -> bool {
    let Some((before, after)) = link.split_once(EACH_VISIT) else { return false };
    let parsed = |of: &str| url::Url::parse(&format!("{before}{of}{after}")).ok();
    let (Some(one), Some(other)) = (parsed("a"), parsed("b")) else { return false };
    one.scheme() == "https"
        && one.host_str() == other.host_str()
        && one.username().is_empty()
        && other.username().is_empty()
        && one.password().is_none()
        && one.port() == other.port()
        && !after.contains(EACH_VISIT)
        && link.len() <= LONGEST_LINK
        && link.chars().all(|c| c.is_ascii_graphic())
}

pub fn table<'a>(town: &'a Municipality, location: &'a Location) -> rules::Timetable<'a> {
    rules::Timetable {
        zone: town.zone,
        hours: &location.hours,
        exceptions: &location.exceptions,
        closing: &town.closing,
    }
}

/// When a day of the town's calendar begins.
pub fn midnight(town: &Municipality, day: NaiveDate) -> DateTime<Utc> {
    instant(town.zone, day, NaiveTime::MIN)
}

/// A location as a search sees it: its desks that serve the service, with what keeps them.
pub fn desks_of(
    location: &Location,
    service: ServiceId,
    claims: &[(DeskId, DateTime<Utc>, DateTime<Utc>)],
) -> Vec<Desk<DeskId>> {
    let mut desks: Vec<Desk<DeskId>> = location
        .desks
        .iter()
        .filter(|d| d.active && d.services.contains(&service))
        .map(|d| Desk {
            id: d.id,
            services: d.services.len() as i64,
            // A location that is closed for a while has nobody at any desk: its grid of starts stays as it is.
            absences: d.absences.iter().chain(&location.closures).copied().collect(),
            claims: Vec::new(),
        })
        .collect();
    // In order of their starts, as the store gives them.
    for (desk, from, until) in claims {
        if let Some(desk) = desks.iter_mut().find(|d| d.id == *desk) {
            desk.claims.push(Span { from: *from, until: *until });
        }
    }
    desks
}

/// The earliest start that may be booked now.
pub fn earliest(service: &Service, by_staff: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    // Somebody who stands at the counter needs no notice.
    if by_staff { now } else { now + Duration::minutes(service.least_notice_minutes) }
}

/// The days that a search may look at, from today or `from` on: within the service's horizon.
pub fn days(
    town: &Municipality,
    service: &Service,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> impl Iterator<Item = NaiveDate> + use<> {
    let today = now.with_timezone(&town.zone).date_naive();
    let last = today + chrono::Duration::days(service.horizon_days);
    let first = from.unwrap_or(today).max(today);
    let last = until.unwrap_or(last).min(last);
    first.iter_days().take_while(move |day| *day <= last)
}

/// Refuses so many persons, with the code of where they were said: in a body, or as a parameter.
pub fn check_persons(service: &Service, persons: i64, code: Code) -> Result<(), Failure> {
    if !(1..=service.most_persons).contains(&persons) {
        return Err(Failure::field(code, "persons", format!("must lie between 1 and {}", service.most_persons)));
    }
    Ok(())
}

/// Refuses a visit of several of whom not all are named: all but whoever books, or all, where they are none of them, as a parent with
/// two children.
pub fn named(persons: i64, companions: &[String]) -> Result<(), Failure> {
    let others = usize::try_from(persons - 1).unwrap_or_default();
    let enough = (others..=others + 1).contains(&companions.len());
    if !enough || companions.iter().any(|name| name.trim().is_empty()) {
        return Err(Failure::field(Code::BodyInvalid, "companions", format!("must name the {others} who come along")));
    }
    Ok(())
}

/// Whether an appointment could still take place as it is, in what is planned now.
pub fn stands(town: &Municipality, service: &Service, location: &Location, visit: &Visit) -> bool {
    let Some(desk) = location.desks.iter().find(|d| d.id == visit.desk_id) else { return false };
    let day = visit.starts_at.with_timezone(&town.zone).date_naive();
    let open = rules::open_on(&table(town, location), day);
    service.active
        && location.active
        && desk.active
        && (!visit.contact.is_empty() || !location.kind.wants_contact())
        && desk.services.contains(&visit.service_id)
        && open.iter().any(|s| s.from <= visit.starts_at && visit.ends_at <= s.until)
        && !desk.absences.iter().chain(&location.closures).any(|a| a.from < visit.ends_at && visit.starts_at < a.until)
}

/// Whether a location is open at an instant.
pub fn is_open(town: &Municipality, location: &Location, at: DateTime<Utc>) -> bool {
    let open = rules::open_on(&table(town, location), at.with_timezone(&town.zone).date_naive());
    location.active && open.iter().any(|s| s.has(at)) && !location.closures.iter().any(|s| s.has(at))
}

/// When a location is open on so many days from today on, in order; what closes for a sudden reason is taken out.
pub fn open_from(town: &Municipality, location: &Location, now: DateTime<Utc>, days: usize) -> Vec<Span> {
    let today = now.with_timezone(&town.zone).date_naive();
    let table = table(town, location);
    let mut open: Vec<Span> = today.iter_days().take(days).flat_map(|day| rules::open_on(&table, day)).collect();
    open.dedup();
    without(open, &location.closures)
}

/// When a location is open on a day and when each of its desks that take visits is there, in order; what closes for a sudden reason is
/// taken out. A desk that serves nothing takes no visits, whenever it is staffed.
pub fn hours_on(
    town: &Municipality,
    (location, services): (&Location, &BTreeMap<ServiceId, Service>),
    day: NaiveDate,
) -> DayHours {
    if !location.active {
        return DayHours::default();
    }
    let open = without(rules::open_on(&table(town, location), day), &location.closures);
    let mut desks: Vec<_> = location.desks.iter().filter(|d| d.active).collect();
    desks.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let serves = |id: &ServiceId| services.get(id).is_some_and(|service| service.active);
    let desks = desks
        .into_iter()
        .map(|d| {
            let there = if d.services.iter().any(serves) { without(open.clone(), &d.absences) } else { Vec::new() };
            (d.id, there)
        })
        .collect();
    DayHours { open, desks }
}

/// What is left of some time, where it is not closed or away, in order.
pub fn without(open: Vec<Span>, closed: &[Span]) -> Vec<Span> {
    closed.iter().fold(open, |left, closed| {
        let cut = |s: Span| {
            [
                Span { from: s.from, until: s.until.min(closed.from) },
                Span { from: s.from.max(closed.until), until: s.until },
            ]
        };
        left.into_iter().flat_map(cut).filter(|s| s.from < s.until).collect()
    })
}

/// Visits that a change leaves without a place, as they are told: the earliest first, and as many as are named.
pub fn told(lost: &[Visit]) -> Vec<StrandedVisit> {
    let tell = |v: &Visit| StrandedVisit {
        appointment_id: v.id.0,
        reference: v.reference.clone(),
        starts_at: v.starts_at.into(),
        service_id: v.service_id.0,
        location_id: v.location_id.0,
        desk_id: v.desk_id.0,
    };
    lost.iter().take(MOST_ROWS).map(tell).collect()
}

/// Refuses a change that leaves booked appointments without a place, and names them; they are in the order in which they are told.
pub fn would_strand(lost: &[Visit]) -> Result<(), Refused<WouldStrand>> {
    if lost.is_empty() {
        return Ok(());
    }
    let mut failure = WouldStrand::detail(format!("{} booked appointments could not take place", lost.len()));
    let problem = failure.problem_mut();
    problem.stranded = Some(told(lost));
    problem.stranded_count = Some(lost.len() as i64);
    Err(failure)
}

/// Refuses a desk that serves what is not planned.
pub fn serves_what_is_planned(location: &Location, services: &BTreeMap<ServiceId, Service>) -> Result<(), Failure> {
    for (i, desk) in location.desks.iter().enumerate() {
        if desk.services.iter().any(|id| !services.contains_key(id)) {
            let field = format!("desks[{i}].services");
            return Err(Failure::field(Code::BodyInvalid, &field, "names a service that is not planned"));
        }
    }
    Ok(())
}

/// The desk of this number in a plan stands in another place.
pub fn desk_elsewhere(n: usize) -> Failure {
    Failure::field(Code::BodyInvalid, &format!("desks[{n}].id"), "is a desk of another location")
}
