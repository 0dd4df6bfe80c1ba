//! The national number (rijksregisternummer, INSZ): its form, its check, its keyed hash. Ages. And what of an address is
//! compared: a street's name and the numbers of a house, however a register writes them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{
    municipalities::Municipality,
    platform::{
        import::without_fraction,
        language::Language,
        text::{folded, takes_no_room},
        time::latest_day,
    },
};

/// The widest range of one building, in numbers: what is wider is a number with a box behind it ("12-201").
const WIDEST_BUILDING: i64 = 60;

/// A national number that passed its check. Held only as long as it takes to hash it; never printed.
pub struct NationalNumber(String);

/// The keyed hash of a national number: what is kept and compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NumberHash(pub String);

impl NationalNumber {
    /// Reads eleven digits `YYMMDD SSS CC`, with or without the usual dots, dashes and spaces of any kind, and whatever a
    /// spreadsheet or a web page hid between them. `CC` is 97 less the
    /// remainder of the first nine digits by 97, with a `2` before them for births from 2000: both are tried and the
    /// century is not inferred (IBZ, "Informatie Type IT000"). Months of bis numbers (+20, +40), unknown months and
    /// days (00) are as good as any.
    ///
    /// # Errors
    /// What is wrong, without the digits.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits: String = text.chars().filter(|c| !stands_between(*c)).collect();
        if digits.contains(['e', 'E', ',']) && digits.starts_with(|c: char| c.is_ascii_digit()) {
            return Err("was made a rounded number by a spreadsheet: keep the column as text");
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err("is not a national number of eleven digits");
        }
        if (6..11).contains(&digits.len()) {
            return Err(
                "has fewer than eleven digits: a spreadsheet drops noughts in front, so keep the column as text",
            );
        }
        if digits.len() != 11 {
            return Err("is not a national number of eleven digits");
        }
        let (base, check) = digits.split_at(9);
        let base: u64 = base.parse().map_err(|_| "is not a national number")?;
        let check: u64 = check.parse().map_err(|_| "is not a national number")?;
        if [base, 2_000_000_000 + base].into_iter().any(|n| 97 - n % 97 == check) {
            Ok(Self(digits))
        } else {
            Err("is a national number whose check digits are wrong")
        }
    }

    /// HMAC-SHA-256 under a key of the town (RFC 2104). A plain hash of so few numbers could be reversed by trying.
    pub fn hash(&self, key: &[u8]) -> NumberHash {
        // HMAC takes keys of any length.
        let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(self.0.as_bytes()).finalize());
        NumberHash(mac.map(|m| URL_SAFE_NO_PAD.encode(m.into_bytes())).unwrap_or_default())
    }
}

/// How a birth date stands to the one that a national number begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Born {
    /// They are one, as far as the number says.
    Same,
    /// Day and month are the other way round: a program read the one for the other.
    Swapped,
    /// Another day: the number may be older than what was put right.
    Other,
}

impl NationalNumber {
    /// Holds a birth date against the number. The century is not in it; of a bis number the month is twenty or forty more; what
    /// is written as noughts is not known.
    pub fn born(&self, birth: NaiveDate) -> Born {
        let part = |at: usize| self.0.get(at..at + 2).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
        let (year, month, day) = (part(0), part(2), part(4));
        let month = match month {
            41.. => month - 40,
            21.. => month - 20,
            _ => month,
        };
        let same = |number: u32, known: u32| number == 0 || number == known;
        if u32::try_from(birth.year().rem_euclid(100)) != Ok(year) {
            Born::Other
        } else if same(month, birth.month()) && same(day, birth.day()) {
            Born::Same
        } else if (month, day) == (birth.day(), birth.month()) {
            Born::Swapped
        } else {
            Born::Other
        }
    }
}

/// Whether somebody whom a register gives another number can be the one who had the former: by the birth date where both are
/// known, by the family name where one is not.
///
/// # Errors
/// What speaks against it.
pub fn goes_on(
    (born, family): (Option<NaiveDate>, &str),
    (former_born, former_family): (Option<NaiveDate>, &str),
) -> Result<(), &'static str> {
    match (born, former_born) {
        (Some(born), Some(former)) if born == former => Ok(()),
        (Some(_), Some(_)) => Err("is the number of somebody with another birth date"),
        // A name is compared as a street's is.
        _ if street_key(family) == street_key(former_family) => Ok(()),
        _ => Err("is the number of somebody with another family name"),
    }
}

/// A postcode of Belgium in its one form, four digits (bpost: 1000 to 9992), however it is written; empty where it is.
///
/// # Errors
/// What is none.
pub fn postcode(text: &str) -> Result<&str, &'static str> {
    let written = text.trim();
    let text = written.strip_prefix(['B', 'b']).unwrap_or(written).trim_start();
    let text = without_fraction(text.strip_prefix('-').unwrap_or(text).trim_start());
    let digits = text.trim_start_matches('0');
    if written.is_empty() {
        Ok(written)
    } else if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err("is no postcode of four digits, 1000 to 9999")
    }
}

/// The degrees between which Belgium lies, with some room around it (49.50 to 51.51 north, 2.54 to 6.41 east). A box and no border: an area
/// along the border has corners on the other side of it.
const NORTH: std::ops::RangeInclusive<f64> = 49.4..=51.6;
const EAST: std::ops::RangeInclusive<f64> = 2.4..=6.5;

/// Whether a place can be somebody's home here.
///
/// # Errors
/// What is wrong with it.
pub fn in_belgium(latitude: f64, longitude: f64) -> Result<(), &'static str> {
    if NORTH.contains(&latitude) && EAST.contains(&longitude) {
        Ok(())
    } else if NORTH.contains(&longitude) && EAST.contains(&latitude) {
        Err("lies outside Belgium: are latitude and longitude swapped?")
    } else {
        Err("lies outside Belgium (latitude 49.4 to 51.6, longitude 2.4 to 6.5)")
    }
}

/// What stands between the digits of a number, or is hidden there, and says nothing.
fn stands_between(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | '=' | '"' | '\'' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || c.is_whitespace()
        || takes_no_room(c)
}

/// A language as registers write it: a code of one, two or three letters, or its name in one of the country's languages.
pub fn spoken(text: &str) -> Option<Language> {
    match text.to_lowercase().as_str() {
        "n" | "nld" | "dut" | "nederlands" | "néerlandais" | "neerlandais" | "niederländisch" | "dutch" => {
            Some(Language::Nl)
        }
        "f" | "fra" | "fre" | "frans" | "français" | "francais" | "französisch" | "french" => Some(Language::Fr),
        "d" | "deu" | "ger" | "duits" | "allemand" | "deutsch" | "german" => Some(Language::De),
        "e" | "eng" | "engels" | "anglais" | "englisch" | "english" => Some(Language::En),
        other => Language::parse(other),
    }
}

/// A street's name as it is compared: without case, accents, and the many kinds of apostrophe, hyphen and blank.
pub fn street_key(street: &str) -> String {
    let mut key = String::with_capacity(street.len());
    for c in folded(street).chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}' => key.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => key.push('-'),
            c if c.is_whitespace() => {
                if !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c => key.push(c),
        }
    }
    key.trim().to_owned()
}

/// The first and the last house number of an address, however it is written: noughts in front say nothing, the first number
/// counts, what is behind a slash, a letter or a word is a box ("12/3", "12 bus 3", "20/A"), and a range ("24-26") is a
/// building with more than one. None where there is no number.
pub fn house_numbers(text: &str) -> Option<(i64, i64)> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let (first, mut rest) = leading_number(&text[from..])?;
    let mut last = first;
    while let Some((next, behind)) = joined_number(rest) {
        if next <= last || next - first > WIDEST_BUILDING {
            break;
        }
        (last, rest) = (next, behind);
    }
    (first > 0).then_some((first, last))
}

fn leading_number(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let digits = digits.trim_start_matches('0');
    if digits.len() > 6 {
        return None;
    }
    Some((if digits.is_empty() { 0 } else { digits.parse().ok()? }, rest))
}

/// The number that a range goes on to, past the letter of the one before: "A-14", " - 14 bus 2", " t/m 14", "+14".
fn joined_number(rest: &str) -> Option<(i64, &str)> {
    let rest = rest.trim_start();
    let letter = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).filter(|r| !r.starts_with(char::is_alphanumeric));
    let rest = letter.filter(|r| !r.starts_with('/')).unwrap_or(rest).trim_start();
    let signs = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}', '+', '&'];
    let behind = rest.strip_prefix(signs).or_else(|| {
        let words = ["t/m", "tot", "en", "et", "à"];
        words.into_iter().find_map(|word| rest.strip_prefix(word))
    })?;
    let behind = behind.trim_start();
    if behind.starts_with(|c: char| c.is_ascii_digit()) { leading_number(behind) } else { None }
}

/// The number's hashes under every key of the town, the newest first.
pub fn hashes(town: &Municipality, number: &NationalNumber) -> Vec<NumberHash> {
    town.number_keys.iter().rev().map(|(_, key)| number.hash(&key.0)).collect()
}

/// The day someone turns `years`. Born on 29 February, that is 1 March in a year without one (Old Civil Code art. 488
/// speaks of full years; the day after the 28th completes it).
pub fn birthday(birth: NaiveDate, years: i32) -> NaiveDate {
    let year = birth.year() + years;
    birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(birth)
}

/// Whether someone has turned `years` by `day`.
pub fn is_of_age(birth: NaiveDate, years: i32, day: NaiveDate) -> bool {
    birthday(birth, years) <= day
}

/// Whether someone is a minor on `day`. Without a birth date nobody is taken for a child.
pub fn is_minor(birth: Option<NaiveDate>, day: NaiveDate) -> bool {
    birth.is_some_and(|b| !is_of_age(b, 18, day))
}

/// Whether a link with a parent that ended at an instant did so before the child was of age by any calendar, and not because it was. Of whom no birth
/// date is known, it is taken for that.
pub fn was_dropped(born: Option<NaiveDate>, ended: Option<DateTime<Utc>>) -> bool {
    ended.is_some_and(|at| born.is_none_or(|born| !is_of_age(born, 18, latest_day(at))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_vectors_of_the_field_pass() {
        for number in [
            "85073003328",
            "17073003384",
            "75000099991",
            "08050099909",
            "98472899765",
            "01490700185",
            "90261599941",
            "48030199997",
            "14123199930",
            "00010199974",
            "85.07.30-033.28",
            "85 07 30 033 28",
        ] {
            assert!(NationalNumber::parse(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn a_birth_date_is_held_against_the_number() {
        let day = |text: &str| text.parse().unwrap();
        for (number, birth, born) in [
            ("85050599901", "1985-05-05", Born::Same),
            ("85073003328", "1985-07-30", Born::Same),
            ("85073003328", "1985-07-31", Born::Other),
            ("85073003328", "1958-07-30", Born::Other),
            ("17073003384", "2017-07-30", Born::Same),
            ("14123199930", "2014-12-31", Born::Same),
            // Nobody knows the day, or the month.
            ("75000099991", "1975-03-08", Born::Same),
            // Bis numbers: the month and twenty or forty.
            ("98472899765", "1998-07-28", Born::Same),
            ("90261599941", "1990-06-15", Born::Same),
            ("48030199997", "1948-03-01", Born::Same),
            ("48030199997", "1948-01-03", Born::Swapped),
        ] {
            assert_eq!(NationalNumber(number.to_owned()).born(day(birth)), born, "{number} {birth}");
        }
    }

    #[test]
    fn another_number_is_taken_over_by_the_same_person_only() {
        let day = |text: &str| text.parse().ok();
        let anna = (day("1985-05-05"), "D’Hondt");
        for same in [(day("1985-05-05"), "Peeters"), (None, "d'hondt"), (None, " D\u{2019}HONDT ")] {
            assert_eq!(goes_on(same, anna), Ok(()));
            assert_eq!(goes_on(anna, same), Ok(()));
        }
        for (other, why) in [((day("1985-05-06"), "D’Hondt"), "birth date"), ((None, "Peeters"), "family name")] {
            assert!(goes_on(other, anna).is_err_and(|e| e.contains(why)));
            assert!(goes_on(anna, other).is_err_and(|e| e.contains(why)));
        }
    }

    #[test]
    fn a_postcode_is_four_digits_however_it_is_written() {
        for text in
            ["9800", " 9800\u{a0}", "B-9800", "b9800", "B 9800", "B - 9800", "09800", "009800", "9800.0", "9800,0"]
        {
            assert_eq!(postcode(text), Ok("9800"), "{text}");
        }
        assert_eq!(postcode(" "), Ok(""));
        for text in ["980", "0999", "98000", "75001", "9800 Deinze", "D-50667", "1012 AB", "x", "B", "98,00", "9.800"] {
            assert!(postcode(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_home_lies_in_belgium() {
        assert_eq!(in_belgium(50.98, 3.53), Ok(()));
        assert_eq!(in_belgium(51.5, 2.55), Ok(()));
        assert!(in_belgium(3.53, 50.98).is_err_and(|e| e.contains("swapped?")));
        for (latitude, longitude) in
            [(0.0, 0.0), (48.85, 2.35), (52.37, 4.9), (50.98, -3.53), (50.98, 50.98), (5.098, 3.53)]
        {
            assert!(in_belgium(latitude, longitude).is_err_and(|e| !e.contains("swapped?")), "{latitude} {longitude}");
        }
    }

    proptest! {
        #[test]
        fn a_digit_mistyped_is_noticed(base in 0u64..1_000_000_000, after_2000: bool, at in 0usize..9, other in 1u8..10) {
            let n = if after_2000 { 2_000_000_000 + base } else { base };
            let number = format!("{base:09}{:02}", 97 - n % 97);
            prop_assert!(NationalNumber::parse(&number).is_ok());
            let mut wrong = number.clone().into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + other) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            // The check finds each mistyped digit within a century; it may turn into a valid one of the other.
            let base: u64 = wrong[..9].parse().unwrap();
            let check: u64 = wrong[9..].parse().unwrap();
            let valid = 97 - base % 97 == check || 97 - (2_000_000_000 + base) % 97 == check;
            prop_assert_eq!(NationalNumber::parse(&wrong).is_ok(), valid);
            let same_century = if after_2000 { 2_000_000_000 + base } else { base };
            prop_assert_ne!(97 - same_century % 97, check);
        }

        #[test]
        fn no_text_upsets_the_reader(text in ".{0,30}") {
            let _ = NationalNumber::parse(&text);
        }
    }

    #[test]
    fn the_hash_depends_on_the_key_and_not_on_the_dots() {
        let plain = NationalNumber::parse("85073003328").unwrap();
        let dotted = NationalNumber::parse("85.07.30-033.28").unwrap();
        assert_eq!(plain.hash(b"one"), dotted.hash(b"one"));
        assert_ne!(plain.hash(b"one"), plain.hash(b"two"));
        assert_eq!(plain.hash(b"one").0.len(), 43);
    }

    #[test]
    fn a_number_is_read_whatever_was_hidden_in_it() {
        for number in [
            "85.07.30\u{2011}033.28",
            "\u{200e}85073003328",
            "\u{202d}85073003328\u{202c}",
            "\u{feff}85\u{a0}07\u{a0}30\u{202f}033\u{a0}28",
            "85/07/30\u{2013}033/28",
            "=\"85073003328\"",
            "'85073003328",
            "8507\u{ad}3003328\u{200b}",
        ] {
            assert!(NationalNumber::parse(number).is_ok(), "{number:?}");
        }
        for (number, says) in
            [("8050099909", "drops noughts"), ("8,5073E+10", "rounded"), ("85073003328.0", "eleven"), ("-", "eleven")]
        {
            let why = NationalNumber::parse(number).err().unwrap();
            assert!(why.contains(says), "{number}: {why}");
        }
    }

    #[test]
    fn every_spelling_of_a_house_has_its_numbers() {
        for (text, numbers) in [
            ("12", (12, 12)),
            ("12A", (12, 12)),
            ("12 bis", (12, 12)),
            ("12/3", (12, 12)),
            ("18/4", (18, 18)),
            ("20/A", (20, 20)),
            ("0012", (12, 12)),
            ("12-14", (12, 14)),
            ("24-26", (24, 26)),
            ("24 \u{2013} 26", (24, 26)),
            ("15-23 A02", (15, 23)),
            ("12A-14B", (12, 14)),
            ("12 a - 14 bus 3", (12, 14)),
            ("12-14-16", (12, 16)),
            ("12+14", (12, 14)),
            ("12 t/m 16", (12, 16)),
            ("12_1", (12, 12)),
            ("12.3", (12, 12)),
            ("12,3", (12, 12)),
            ("12 b 2", (12, 12)),
            ("12b14", (12, 12)),
            ("12 bus 3", (12, 12)),
            ("12 bte 14", (12, 12)),
            ("12-3", (12, 12)),
            ("12-201", (12, 12)),
            ("12-A", (12, 12)),
            ("n° 12", (12, 12)),
            ("nr. 12", (12, 12)),
            ("Nr 0012-0014", (12, 14)),
            (" 12", (12, 12)),
            ("12\u{a0}A", (12, 12)),
        ] {
            assert_eq!(house_numbers(text), Some(numbers), "{text}");
        }
        for text in ["", "zn", "z/n", "0", "000", "-", "Kasteel", "123456789"] {
            assert_eq!(house_numbers(text), None, "{text}");
        }
    }

    #[test]
    fn a_street_is_one_street_whoever_writes_it() {
        for (one, other) in [
            ("Kérkstraat", "KERKSTRAAT"),
            ("Ke\u{301}rkstraat", "kérkstraat"),
            ("Rue de l’Église", "rue de l'eglise"),
            ("Sint\u{2011}Jansstraat", "sint-jansstraat"),
            ("Grote  Markt", " grote\u{a0}markt "),
            ("Hauptstraße", "hauptstrasse"),
            ("Rue du Bœuf", "RUE DU BOEUF"),
        ] {
            assert_eq!(street_key(one), street_key(other), "{one}");
        }
        assert_ne!(street_key("Kerkstraat"), street_key("Kerkestraat"));
    }

    proptest! {
        #[test]
        fn no_address_upsets_the_reader(text in "\\PC{0,30}|[0-9A-C /+-]{0,12}") {
            if let Some((first, last)) = house_numbers(&text) {
                prop_assert!(0 < first && first <= last && last <= first + WIDEST_BUILDING);
            }
            let key = street_key(&text);
            prop_assert_eq!(street_key(&key), key.clone());
        }
    }

    #[test]
    fn a_language_is_read_as_registers_write_it() {
        for (text, language) in [
            ("N", Language::Nl),
            ("NL", Language::Nl),
            ("Nederlands", Language::Nl),
            ("nl-BE", Language::Nl),
            ("F", Language::Fr),
            ("Français", Language::Fr),
            ("D", Language::De),
            ("Duits", Language::De),
            ("eng", Language::En),
        ] {
            assert_eq!(spoken(text), Some(language), "{text}");
        }
        assert_eq!(spoken("x").or(spoken("9")).or(spoken("Turks")), None);
    }

    #[test]
    fn a_link_that_ends_with_childhood_was_not_dropped() {
        let born: Option<NaiveDate> = Some("2009-03-04".parse().unwrap());
        let ended = |at: &str| Some(at.parse::<DateTime<Utc>>().unwrap());
        assert!(!was_dropped(born, None));
        assert!(was_dropped(born, ended("2027-03-03T09:00:00Z")));
        // By some calendar it is the birthday by then.
        assert!(!was_dropped(born, ended("2027-03-03T10:00:00Z")));
        assert!(!was_dropped(born, ended("2030-01-01T00:00:00Z")));
        assert!(was_dropped(None, ended("2030-01-01T00:00:00Z")));
    }

    #[test]
    fn born_on_29_february_one_comes_of_age_on_1_march() {
        let born = NaiveDate::from_ymd_opt(2008, 2, 29).unwrap();
        assert_eq!(birthday(born, 18), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap());
        assert!(is_minor(Some(born), NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()));
        assert!(!is_minor(Some(born), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()));
    }
}
