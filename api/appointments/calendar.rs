//! A visit as calendars take it (RFC 5545): the same event whatever becomes of it, so that a moved one moves and a cancelled
//! one goes.

use icalendar::{Alarm, Component as _, Event, EventLike as _, EventStatus, Property, Trigger};

use super::{
    Visit,
    catalogue::{Location, Service},
    letters::text,
    placing::{NOTICE, wants_contact},
};
use crate::{municipalities::Municipality, platform::ical, platform::language::Language};

/// The file of one visit.
pub fn file(language: Language, town: &Municipality, service: &Service, location: &Location, visit: &Visit) -> String {
    let (method, status) = match visit.state.as_str() {
        "booked" => ("PUBLISH", EventStatus::Confirmed),
        "held" => ("PUBLISH", EventStatus::Tentative),
        _ => ("CANCEL", EventStatus::Cancelled),
    };
    let name = text(&service.names, language, town);
    let bring = text(&service.bring, language, town);
    let companions = visit.companions.join(", ");
    let lines = [visit.reference.as_str(), companions.as_str(), bring].map(str::trim);
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    // Where one goes to, or is rung.
    let place = if wants_contact(&location.kind) { &visit.contact } else { &location.address };
    let mut event = Event::new();
    event
        // Not the server's address, which may change while the event stands in people's calendars.
        .uid(&format!("{}@{}.thuisloket", visit.id, town.key))
        .sequence(u32::try_from(visit.sequence).unwrap_or(u32::MAX))
        .timestamp(visit.updated_at)
        .starts(visit.starts_at)
        .ends(visit.ends_at)
        .summary(&ical::text(&format!("{name} · {}", town.name(language))))
        .description(&ical::text(&lines.join("\n")))
        .location(&ical::text(place))
        .status(status)
        .append_property(Property::new("TRANSP", "OPAQUE"))
        .append_property(ical::organizer(town.name(language), &town.contact.email));
    if let Some((latitude, longitude)) = location.latitude.zip(location.longitude) {
        event.append_property(Property::new("GEO", format!("{latitude};{longitude}")));
    }
    if visit.state == "booked" {
        event.alarm(Alarm::display(&ical::text(name), Trigger::before_start(NOTICE)));
    }
    ical::calendar(method).push(event.done()).done().to_string()
}
