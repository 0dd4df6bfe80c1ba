//! A visit on paper, for who has no phone at hand: what it is for, when, where, what to bring, whom to ring, and the code that a kiosk
//! reads. It names nobody: it lies on a printer.

use crate::{
    appointments::{
        model::{Location, Service, Visit},
        notices::{hour, text},
    },
    municipalities::Municipality,
    platform::{
        language::{Language, date, say},
        problem::Failure,
        slip::{Code, Slip},
    },
};

/// The slip of a visit.
///
/// # Errors
/// A reference that no code can hold.
pub fn of_visit(
    language: Language,
    town: &Municipality,
    (service, location): (&Service, &Location),
    visit: &Visit,
    bring: &[String],
) -> Result<Slip, Failure> {
    let label = |key: &str| say(language, key, &[]);
    let comes = location.is_hall();
    let local = visit.starts_at.with_timezone(&town.zone);
    let weekday = local.format("%a").to_string().to_lowercase();
    let weekday = say(language, "weekday", &[("weekday", &weekday)]);
    let when = format!("{weekday} {}, {}", date(language, local.date_naive()), hour(language, town, visit.starts_at));
    // Never the citizen's own address or number: it lies on a printer.
    let address = if location.kind.wants_contact() { String::new() } else { location.address_of(&visit.contact) };
    let known = [text(&location.names, language, town), address.as_str()].map(str::trim);
    let place = known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut what = text(&service.names, language, town).to_owned();
    if visit.persons > 1 {
        let persons = say(language, "slip-persons", &[("persons", &visit.persons.to_string())]);
        what = format!("{what} ({persons})");
    }
    let lines = [
        ("slip-what", what),
        ("slip-when", when),
        ("slip-where", place),
        ("slip-bring", bring.join("\n")),
        ("slip-access", text(&location.accessibility, language, town).to_owned()),
    ];
    let contact = [("phone", town.contact.phone.as_str()), ("email", town.contact.email.as_str())];
    Ok(Slip {
        language,
        town: town.name(language).to_owned(),
        title: label("slip-title"),
        file: visit.reference.clone(),
        reference: Some((label("slip-reference"), visit.reference.clone())),
        say: Some(label(if comes { "slip-say" } else { "slip-stay" })),
        lines: lines
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(key, text)| (label(key), text))
            .collect(),
        change: say(language, "slip-change", &contact),
        claim: visit.resident_id.is_none().then(|| label("slip-claim")),
        code: comes.then(|| Code::of(&format!("thuisloket:{}:{}", town.key, visit.reference))).transpose()?,
    })
}
