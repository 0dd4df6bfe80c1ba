//! What every calendar of ours begins with (RFC 5545, RFC 5546).

use icalendar::{Calendar, Property};

/// An empty calendar of ours; `method` says what its reader does with it (RFC 5546).
pub fn calendar(method: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Thuisloket//Thuisloket//NL"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)]
    {
        calendar.append_property(Property::new(name, value));
    }
    calendar
}

/// Who holds it: without one, readers do not act on what is published or cancelled (RFC 5546, 3.2.1 and 3.2.5).
pub fn organizer(name: &str, email: &str) -> Property {
    // A quotation mark ends a parameter, and cannot be escaped in one.
    let name: String = name.chars().filter(|c| *c != '"' && !c.is_control()).collect();
    let mut property = Property::new("ORGANIZER", format!("mailto:{email}"));
    property.add_parameter("CN", &format!("\"{name}\""));
    property.done()
}

/// A text as a calendar may hold it: its lines end in one way, and nothing in it ends a line for some readers and not for others.
pub fn text(raw: &str) -> String {
    let lines = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}
