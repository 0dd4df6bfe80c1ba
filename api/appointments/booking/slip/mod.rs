//! A visit on paper, for who has no phone at hand: what it is for, when, where, what to bring, whom to ring, and the code that a kiosk
//! reads. It names nobody: it lies on a printer.

pub mod page;
pub mod pdf;

use qrcode::{Color, QrCode};

use crate::{
    appointments::{
        model::{Location, Service, Visit},
        notices::{hour, text},
    },
    municipalities::Municipality,
    platform::{
        language::{Language, date, say},
        problem::Failure,
    },
};

/// What stands on it, in one language.
pub struct Slip {
    /// The language.
    pub language: Language,
    /// The town.
    pub town: String,
    /// Its heading.
    pub title: String,
    /// What the reference is called.
    pub reference_label: String,
    /// What the citizen says at the desk.
    pub reference: String,
    /// What to do with it.
    pub say: String,
    /// Each with what it is called.
    pub lines: Vec<(String, String)>,
    /// Whom to ring.
    pub change: String,
    /// How the visit can be added to the app later, where it is a visitor's.
    pub claim: Option<String>,
    /// The code that a kiosk reads; none where nobody comes to one.
    pub code: Option<Code>,
}

/// A QR code: which of its squares are dark, row by row.
pub struct Code {
    /// How many squares it is wide.
    pub width: usize,
    /// Whether each is dark.
    pub dark: Vec<bool>,
}

impl Code {
    fn of(text: &str) -> Result<Self, Failure> {
        let code = QrCode::new(text).map_err(Failure::internal)?;
        Ok(Self {
            width: code.width(),
            dark: code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect(),
        })
    }

    /// The dark squares, each by its column and row.
    pub fn squares(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let dark = self.dark.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(|(n, _)| (n % self.width, n / self.width))
    }
}

impl Slip {
    /// The slip of a visit.
    ///
    /// # Errors
    /// A reference that no code can hold.
    pub fn of(
        language: Language,
        town: &Municipality,
        (service, location): (&Service, &Location),
        visit: &Visit,
        bring: &[String],
    ) -> Result<Self, Failure> {
        let label = |key: &str| say(language, key, &[]);
        let comes = location.is_hall();
        let local = visit.starts_at.with_timezone(&town.zone);
        let weekday = local.format("%a").to_string().to_lowercase();
        let weekday = say(language, "weekday", &[("weekday", &weekday)]);
        let when =
            format!("{weekday} {}, {}", date(language, local.date_naive()), hour(language, town, visit.starts_at));
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
        Ok(Self {
            language,
            town: town.name(language).to_owned(),
            title: label("slip-title"),
            reference_label: label("slip-reference"),
            reference: visit.reference.clone(),
            say: label(if comes { "slip-say" } else { "slip-stay" }),
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
}
