//! An invented town: residents and documents as a register would export them. National numbers have serial 999, which
//! is never issued, so nobody real is among them.

use std::path::Path;

use chrono::{Datelike as _, Days, NaiveDate};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};

const FAMILIES: &[&str] = &[
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
    "De Smet",
    "Dubois",
    "Lambert",
    "Yilmaz",
    "El Amrani",
    "Van den Broeck",
    "D’Hondt",
    "Müller",
    "Nguyen",
    "Kowalski",
    "Vandevelde",
];
const GIVEN: &[&str] = &[
    "Emma", "Louise", "Noor", "Olivia", "Mila", "Lucas", "Arthur", "Noah", "Liam", "Adam", "Maria", "Jozef", "Rachida",
    "Ahmet", "Sofie", "Pieter", "Zoë", "Björn", "Inès", "Tuur", "Fatima", "Wout", "Hanne", "Stijn",
];
const STREETS: &[&str] = &[
    "Markt",
    "Kouter",
    "Tolpoortstraat",
    "Kortrijkstraat",
    "Gentpoortstraat",
    "Brielstraat",
    "Leernsesteenweg",
    "Volhardingslaan",
    "Ricardplein",
    "Emiel Clauslaan",
];

/// The town hall.
pub const PLACE: &str = "01935c3e-0000-7000-8000-0000000de300";
/// Its first desk.
pub const DESK: &str = "01935c3e-0000-7000-8000-0000000de401";

/// What one can come there for without an appointment.
pub const SERVICE: &str = "01935c3e-0000-7000-8000-0000000de202";

/// A citizen who is in a known situation, so that an app can be built against it.
pub struct Known {
    /// What one chooses on the page of the identity provider `town`.
    pub key: &'static str,
    /// First name.
    pub given: &'static str,
    /// Family name.
    pub family: &'static str,
    /// The situation, in a few words.
    pub situation: &'static str,
    /// What an app sees that signs in as them.
    pub expect: &'static str,
    /// The language in which the register and the provider say they are spoken to.
    pub language: &'static str,
    /// How old they are, in years.
    age: u64,
    /// In how many days their identity card expires.
    expires_in: i64,
    /// Whether they moved to another town.
    moved: bool,
}

/// What one chooses to sign in as the one who has two phones.
pub const TWO_PHONES: &str = "tine";
/// As the one who is spoken to in French.
pub const IN_FRENCH: &str = "chloe";
/// As the one whose session was ended.
pub const SIGNED_OUT: &str = "ella";
/// As the one who has a number in the queue.
pub const WAITING: &str = "walter";
/// As the one who acts for her mother.
pub const ACTING: &str = "katrien";

/// All of them but Anna, whose child's card expires: she is in the story.
pub const KNOWN: &[Known] = &[
    Known {
        key: "nora",
        given: "Nora",
        family: "Vermeulen",
        situation: "nothing to do",
        expect: "An identity card that is good for eight years, and nothing that waits for an answer.",
        language: "nl",
        age: 19,
        expires_in: 2_920,
        moved: false,
    },
    Known {
        key: "xander",
        given: "Xander",
        family: "Desmet",
        situation: "an expired document",
        expect: "An identity card that expired ten days before the town began: `list_documents` says `expired`.",
        language: "nl",
        age: 19,
        expires_in: -10,
        moved: false,
    },
    Known {
        key: TWO_PHONES,
        given: "Tine",
        family: "Coppens",
        situation: "two phones",
        expect: "An iPhone and an Android phone beside yours: a push goes to each, and what is read on one is cleared on the others.",
        language: "nl",
        age: 19,
        expires_in: 1_825,
        moved: false,
    },
    Known {
        key: IN_FRENCH,
        given: "Chloé",
        family: "Lefèvre",
        situation: "another language",
        expect: "The register and her provider say French: messages are in French until she chooses another language. The sentence of a push is in the language that your app registered.",
        language: "fr",
        age: 19,
        expires_in: 2_190,
        moved: false,
    },
    Known {
        key: "victor",
        given: "Victor",
        family: "Baert",
        situation: "moved away",
        expect: "The register says that he left: the sign-in ends on a page, and its button comes back with `error=not_in_register`.",
        language: "nl",
        age: 19,
        expires_in: 1_825,
        moved: true,
    },
    Known {
        key: SIGNED_OUT,
        given: "Ella",
        family: "Martens",
        situation: "a session that was ended",
        expect: "Staff signed her lost phone out: a message of the kind `session_ended`. End her sessions on this page to see what your app does.",
        language: "nl",
        age: 19,
        expires_in: 2_555,
        moved: false,
    },
    Known {
        key: WAITING,
        given: "Walter",
        family: "Pauwels",
        situation: "a number in the queue",
        expect: "`list_tickets` has a number that waits, if the town hall was open when the town began. On another day give him one on this page.",
        language: "nl",
        age: 19,
        expires_in: 1_460,
        moved: false,
    },
    Known {
        key: ACTING,
        given: "Katrien",
        family: "Wouters",
        situation: "a mandate for her mother",
        expect: "`list_mandates` has her mother Godelieve, who has no phone: with `Acting-For` and that id, `list_documents` and `list_messages` are Godelieve's.",
        language: "nl",
        age: 55,
        expires_in: 2_555,
        moved: false,
    },
];

/// Somebody old who has no phone.
pub struct Elder {
    /// First name.
    pub given: &'static str,
    /// Family name.
    pub family: &'static str,
    /// The e-mail address that they give at the counter; none where they have none.
    pub email: Option<&'static str>,
    /// How old they are, in years.
    age: u64,
}

impl Elder {
    /// How old they are, in years.
    pub fn age(&self) -> u64 {
        self.age
    }
}

/// Those without a phone, whose identity cards expire in three months: the first has no e-mail either, and gets a letter.
pub const ELDERS: &[Elder] = &[
    Elder { given: "Godelieve", family: "Mertens", email: None, age: 84 },
    Elder { given: "Jozef", family: "Haesaert", email: Some("jozef.haesaert@post.example"), age: 81 },
];

/// What the town offers and where, as its planner sends it: paths and bodies. Its hours hold from a day on.
pub fn plans(from: NaiveDate) -> Vec<(String, Value)> {
    let texts = |nl: &str| json!([{ "language": "nl", "text": nl }]);
    let services = [
        ("01", "Kids-ID aanvragen", "kids_id", "both", 15),
        ("02", "Identiteitskaart aanvragen", "eid", "citizen", 15),
        ("03", "Rijbewijs vernieuwen", "driving_licence", "citizen", 10),
    ];
    let id = |n: &str| format!("01935c3e-0000-7000-8000-0000000de2{n}");
    let mut all: Vec<(String, Value)> = services
        .iter()
        .map(|(n, name, kind, needs, minutes)| {
            let bring = match *needs {
                "both" => "Je kind, een recente pasfoto en je eigen identiteitskaart.",
                _ => "Je huidige kaart en een recente pasfoto.",
            };
            let plan = json!({
                "version": 0, "names": texts(name), "explanations": [], "bring": texts(bring), "minutes": minutes,
                "minutes_a_person_more": 10, "buffer_minutes": 5, "step_minutes": 20, "most_persons": 4,
                "least_notice_minutes": 60, "horizon_days": 60, "most_open": 2, "document_kinds": [kind],
                "needs": needs, "collecting": false, "active": true,
            });
            (format!("services/{}", id(n)), plan)
        })
        .collect();
    let hours = |weekday: i64, opens: i64, closes: i64| json!({ "weekday": weekday, "opens": opens, "closes": closes, "valid_from": from });
    let open: Vec<Value> = (1..=5).flat_map(|day| [hours(day, 540, 720), hours(day, 810, 990)]).collect();
    let desks: Vec<Value> = (1..=3)
        .map(|n| {
            let serves: Vec<String> = services.iter().map(|(n, ..)| id(n)).collect();
            json!({ "id": format!("{}{n}", &DESK[..35]), "name": format!("Loket {n}"), "services": serves, "absences": [], "active": true })
        })
        .collect();
    let place = json!({
        "version": 0, "kind": "town_hall", "names": texts("Stadhuis Deinze"), "address": "Brielstraat 2, 9800 Deinze",
        "accessibility": texts("Ingang zonder drempel; de lift is rechts."), "latitude": 50.9817, "longitude": 3.5306,
        "hours": open, "exceptions": [], "desks": desks, "active": true,
    });
    all.push((format!("locations/{PLACE}"), place));
    all
}

/// One invented resident.
pub struct Invented {
    /// The national number.
    pub number: String,
    /// First name.
    pub given: String,
    /// Family name.
    pub family: String,
}

/// Whom the story is about.
pub struct Cast {
    /// A mother with an iPhone; her daughter's Kids-ID expires in 92 days.
    pub anna: Invented,
    /// A neighbour with an Android phone; his identity card expires in 92 days.
    pub luc: Invented,
    /// Others in the middle of town who have the app.
    pub others: Vec<Invented>,
    /// Those of [`KNOWN`], in that order.
    pub known: Vec<Invented>,
    /// Those of [`ELDERS`], in that order.
    pub elders: Vec<Invented>,
}

/// How many of the others have the app, at the most.
const OTHERS: usize = 40;

/// In how many days the identity cards of the elders expire: they are told two days after the town began.
const ELDERS_EXPIRE_IN: i64 = 92;

/// Since when who moved away lives elsewhere.
const MOVED_DAYS_AGO: u64 = 30;

/// Whether somebody lives in the middle of town.
fn is_central((latitude, longitude): (f64, f64)) -> bool {
    (latitude - 50.9828).abs() < 0.007 && (longitude - 3.5308).abs() < 0.014
}

/// The national number of somebody born on `day`, with the serial that is never issued.
pub fn national_number(day: NaiveDate) -> String {
    let base: u64 =
        (day.year() as u64 % 100) * 10_000_000 + u64::from(day.month()) * 100_000 + u64::from(day.day()) * 1_000 + 999;
    let whole = if day.year() >= 2000 { 2_000_000_000 + base } else { base };
    format!("{base:09}{:02}", 97 - whole % 97)
}

/// Writes `residents.csv` and `documents.csv` of a town of `size` into `folder`, as of `today`.
///
/// # Errors
/// A folder that cannot be written.
pub fn write(folder: &Path, size: usize, today: NaiveDate) -> anyhow::Result<Cast> {
    let mut rng = StdRng::seed_from_u64(44_083);
    let mut residents = csv::WriterBuilder::new().delimiter(b';').from_path(folder.join("residents.csv"))?;
    residents.write_record([
        "national_number",
        "family_name",
        "given_names",
        "birth_date",
        "language",
        "street",
        "house_number",
        "box",
        "postcode",
        "town",
        "latitude",
        "longitude",
        "household",
        "parents",
        "state",
        "state_date",
    ])?;
    let mut documents = csv::WriterBuilder::new().delimiter(b';').from_path(folder.join("documents.csv"))?;
    documents.write_record(["national_number", "kind", "number_end", "issued_on", "expires_on"])?;

    // One birth date each: the serial being fixed, a date gives one number. Some are kept for who is known by name.
    let born_at = |age: u64, nth: u64| back(today, age * 365 + nth);
    let kept: Vec<NaiveDate> = (0..)
        .zip(KNOWN)
        .map(|(nth, one)| born_at(one.age, nth))
        .chain((0..).zip(ELDERS).map(|(nth, one)| born_at(one.age, nth)))
        .collect();
    let mut adult = back(today, 20 * 365);
    let mut child = back(today, 200);
    let mut household = 0;
    let mut n = 0;
    let (mut cast, mut others) = (Vec::new(), Vec::new());
    while n < size {
        household += 1;
        let family = if household == 1 { "Peeters" } else { FAMILIES.choose(&mut rng).copied().unwrap_or("Maes") };
        let street = STREETS.choose(&mut rng).copied().unwrap_or("Markt");
        let instance = rng.random_range(1..200).to_string();
        let at = (50.9840 + rng.random_range(-0.03..0.03), 3.5310 + rng.random_range(-0.04..0.04));
        // Who the story is about live in the middle of town.
        let at = match household {
            1 => (50.9835, 3.5290),
            2 => (50.9822, 3.5325),
            _ => at,
        };
        let (grown, small) = match household {
            1 => (2, 1),
            2 => (1, 0),
            _ => (rng.random_range(1..=2), if rng.random_bool(0.3) { rng.random_range(1..=3) } else { 0 }),
        };
        let mut parents = Vec::new();
        for i in 0..grown + small {
            let is_child = i >= grown;
            let born = if is_child { &mut child } else { &mut adult };
            *born = back(*born, 1);
            while kept.contains(born) {
                *born = back(*born, 1);
            }
            let number = national_number(*born);
            let given = match (household, i) {
                (1, 0) => "Anna",
                (1, 1) => "Bart",
                (1, 2) => "Emma",
                (2, 0) => "Luc",
                _ => GIVEN.choose(&mut rng).copied().unwrap_or("Noor"),
            };
            residents.write_record([
                number.as_str(),
                family,
                given,
                &born.to_string(),
                "nl",
                street,
                &instance,
                "",
                "9800",
                "Deinze",
                &format!("{:.5}", at.0),
                &format!("{:.5}", at.1),
                &household.to_string(),
                &if is_child { parents.join(" ") } else { String::new() },
                "active",
                "",
            ])?;
            let end = rng.random_range(0..10_000).to_string();
            let leads = matches!((household, i), (1, 2) | (2, 0));
            let expires = if leads { 92 } else { rng.random_range(-20..3_000) };
            let expires = today + chrono::Duration::days(expires);
            let (kind, years) = if is_child { ("kids_id", 3) } else { ("eid", 10) };
            documents.write_record([
                number.as_str(),
                kind,
                &end,
                &back(expires, years * 365).to_string(),
                &expires.to_string(),
            ])?;
            if !is_child && rng.random_bool(0.4) && !leads {
                let expires = today + chrono::Duration::days(rng.random_range(200..2_500));
                documents.write_record([
                    number.as_str(),
                    "passport",
                    &end,
                    &back(expires, 7 * 365).to_string(),
                    &expires.to_string(),
                ])?;
            }
            if !is_child {
                parents.push(number.clone());
            }
            let invented = Invented { number, given: given.to_owned(), family: family.to_owned() };
            if matches!((household, i), (1 | 2, 0)) {
                cast.push(invented);
            } else if household > 2 && i == 0 && others.len() < OTHERS && is_central(at) {
                others.push(invented);
            }
            n += 1;
        }
    }
    let mut known = Vec::new();
    // Each with a birth date that nobody above has, whatever the size of the town.
    for (nth, one) in (0..).zip(KNOWN) {
        let (born, expires) = (born_at(one.age, nth), today + chrono::Duration::days(one.expires_in));
        let number = national_number(born);
        let (state, since) =
            if one.moved { ("departed", back(today, MOVED_DAYS_AGO).to_string()) } else { ("active", String::new()) };
        residents.write_record([
            number.as_str(),
            one.family,
            one.given,
            &born.to_string(),
            one.language,
            "Kouter",
            &(nth + 201).to_string(),
            "",
            "9800",
            "Deinze",
            "50.99840",
            "3.55080",
            &(household + 1 + nth).to_string(),
            "",
            state,
            &since,
        ])?;
        let issued = back(expires, 10 * 365).to_string();
        documents.write_record([number.as_str(), "eid", "0000", &issued, &expires.to_string()])?;
        known.push(Invented { number, given: one.given.to_owned(), family: one.family.to_owned() });
    }
    let mut elders = Vec::new();
    for (nth, one) in (0..).zip(ELDERS) {
        let (born, expires) = (born_at(one.age, nth), today + chrono::Duration::days(ELDERS_EXPIRE_IN));
        let number = national_number(born);
        let apart = household + 1 + KNOWN.len() as u64 + nth;
        residents.write_record([
            number.as_str(),
            one.family,
            one.given,
            &born.to_string(),
            "nl",
            "Tolpoortstraat",
            &(nth + 301).to_string(),
            "",
            "9800",
            "Deinze",
            "50.98400",
            "3.53300",
            &apart.to_string(),
            "",
            "active",
            "",
        ])?;
        let issued = back(expires, 10 * 365).to_string();
        documents.write_record([number.as_str(), "eid", "0000", &issued, &expires.to_string()])?;
        elders.push(Invented { number, given: one.given.to_owned(), family: one.family.to_owned() });
    }
    residents.flush()?;
    documents.flush()?;
    let mut cast = cast.into_iter();
    match (cast.next(), cast.next()) {
        (Some(anna), Some(luc)) => Ok(Cast { anna, luc, others, known, elders }),
        _ => anyhow::bail!("a town of {size} is too small for the story"),
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thuisloket::residents::rules::NationalNumber;

    #[test]
    fn nobody_has_the_number_of_another_and_the_known_keep_theirs_in_a_town_of_any_size() {
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let mut known = Vec::new();
        for size in [300, 5_000] {
            let folder = tempfile::tempdir().unwrap();
            let cast = write(folder.path(), size, today).unwrap();
            let text = std::fs::read_to_string(folder.path().join("residents.csv")).unwrap();
            let numbers: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(';').next()).collect();
            let apart: std::collections::HashSet<_> = numbers.iter().collect();
            assert!(numbers.len() > size && apart.len() == numbers.len(), "{} of {}", apart.len(), numbers.len());
            known.push(cast.known.into_iter().map(|one| one.number).collect::<Vec<_>>());
        }
        assert_eq!((known[0].len(), &known[0]), (KNOWN.len(), &known[1]));
    }

    #[test]
    fn invented_numbers_pass_the_check_and_are_those_of_the_field() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(national_number(day(1948, 3, 1)), "48030199997");
        assert_eq!(national_number(day(2014, 12, 31)), "14123199930");
        assert!(NationalNumber::parse(&national_number(day(1999, 2, 3))).is_ok());
    }
}
