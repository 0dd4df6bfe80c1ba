//! The national number (rijksregisternummer, INSZ): its form, its check, its keyed hash. And ages.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{Datelike, NaiveDate};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::municipalities::Municipality;

/// A national number that passed its check. Held only as long as it takes to hash it; never printed.
pub struct NationalNumber(String);

/// The keyed hash of a national number: what is kept and compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NumberHash(pub String);

impl NationalNumber {
    /// Reads eleven digits `YYMMDD SSS CC`, with or without the usual dots, dashes and spaces. `CC` is 97 less the
    /// remainder of the first nine digits by 97, with a `2` before them for births from 2000: both are tried and the
    /// century is not inferred (IBZ, "Informatie Type IT000"). Months of bis numbers (+20, +40), unknown months and
    /// days (00) are as good as any.
    ///
    /// # Errors
    /// What is wrong, without the digits.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits: String = text.chars().filter(|c| !matches!(c, '.' | '-' | ' ')).collect();
        if digits.len() != 11 || !digits.bytes().all(|b| b.is_ascii_digit()) {
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
    fn born_on_29_february_one_comes_of_age_on_1_march() {
        let born = NaiveDate::from_ymd_opt(2008, 2, 29).unwrap();
        assert_eq!(birthday(born, 18), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap());
        assert!(is_minor(Some(born), NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()));
        assert!(!is_minor(Some(born), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()));
    }
}
