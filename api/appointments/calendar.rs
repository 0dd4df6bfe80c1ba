//! A visit as calendars take it (RFC 5545): the same event whatever becomes of it, so that a moved one moves and a cancelled
//! one goes.

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

use super::{
    Visit,
    catalogue::{Location, Service},
    letters::text,
};
use crate::{municipalities::Municipality, platform::language::Language};

/// The file of one visit.
pub fn file(
    language: Language,
    town: &Municipality,
    service: &Service,
    location: &Location,
    visit: &Visit,
    host: &str,
) -> String {
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", visit.id))
        .sequence(u32::try_from(visit.sequence).unwrap_or(u32::MAX))
        .timestamp(visit.updated_at)
        .starts(visit.starts_at)
        .ends(visit.ends_at)
        .summary(&format!("{} · {}", text(&service.names, language, town), town.name(language)))
        .description(&format!("{}\n{}", visit.reference, text(&service.bring, language, town)))
        .location(&location.address)
        .status(if visit.state == "cancelled" { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some((latitude, longitude)) = location.latitude.zip(location.longitude) {
        event.append_property(Property::new("GEO", format!("{latitude};{longitude}")));
    }
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", if visit.state == "cancelled" { "CANCEL" } else { "PUBLISH" }));
    calendar.push(event.done()).done().to_string()
}
