//! A visit as calendars take it (RFC 5545): the same event whatever becomes of it, so that a moved one moves and a cancelled
//! one goes.

use chrono::Duration;
use icalendar::{Alarm, Component as _, Event, EventLike as _, EventStatus, Property, Trigger};

use crate::{
    appointments::{
        model::{Location, Service, Visit, VisitState},
        notices::{party, text},
        rules::NOTICE,
    },
    municipalities::Municipality,
    platform::{
        ical,
        language::{Language, say},
    },
};

/// The file of one visit.
pub fn file(
    language: Language,
    town: &Municipality,
    (service, location): (&Service, &Location),
    visit: &Visit,
    bring: &[String],
) -> String {
    let (method, status) = match visit.state {
        VisitState::Booked => ("PUBLISH", EventStatus::Confirmed),
        VisitState::Held => ("PUBLISH", EventStatus::Tentative),
        VisitState::Cancelled | VisitState::Lapsed => ("CANCEL", EventStatus::Cancelled),
    };
    let name = text(&service.names, language, town);
    let line = |key: &str, text: &str| match text.trim() {
        "" => None,
        text => Some(say(language, key, &[("text", text)])),
    };
    // Where one goes to, or is rung. Who is visited or rung has no desk to say anything at.
    let (place, reference) = if location.kind.wants_contact() {
        (visit.contact.clone(), "calendar-reference")
    } else {
        let address = location.address_of(&visit.contact);
        let known = [text(&location.names, language, town), address.as_str()].map(str::trim);
        (known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "), "calendar-say")
    };
    let lines: Vec<String> = [
        line(reference, &visit.reference),
        party(language, visit),
        line("visit-bring", &bring.join("\n")),
        line("visit-access", text(&location.accessibility, language, town)),
    ]
    .into_iter()
    .flatten()
    .collect();
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
        .location(&ical::text(&place))
        .status(status)
        .append_property(Property::new("TRANSP", "OPAQUE"))
        .append_property(ical::organizer(town.name(language), &town.contact.email));
    if let Some((latitude, longitude)) = location.latitude.zip(location.longitude) {
        event.append_property(Property::new("GEO", format!("{latitude};{longitude}")));
    }
    if visit.state == VisitState::Booked {
        for before in [Duration::days(1), NOTICE] {
            event.alarm(Alarm::display(&ical::text(name), Trigger::before_start(before)));
        }
    }
    ical::calendar(method).push(event.done()).done().to_string()
}
