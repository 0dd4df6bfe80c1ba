//! Countries in which somebody of a register may live: read however a register writes them, and named as the post wants it. Pure.

use super::rules::street_key;
use crate::platform::language::{Language, say};

/// Those whose names are known here, by their codes (ISO 3166-1); another country is written out by the register.
const KNOWN: [(&str, &str); 33] = [
    ("AT", "country-at"),
    ("BG", "country-bg"),
    ("CA", "country-ca"),
    ("CH", "country-ch"),
    ("CY", "country-cy"),
    ("CZ", "country-cz"),
    ("DE", "country-de"),
    ("DK", "country-dk"),
    ("EE", "country-ee"),
    ("ES", "country-es"),
    ("FI", "country-fi"),
    ("FR", "country-fr"),
    ("GB", "country-gb"),
    ("GR", "country-gr"),
    ("HR", "country-hr"),
    ("HU", "country-hu"),
    ("IE", "country-ie"),
    ("IT", "country-it"),
    ("LT", "country-lt"),
    ("LU", "country-lu"),
    ("LV", "country-lv"),
    ("MA", "country-ma"),
    ("MT", "country-mt"),
    ("NL", "country-nl"),
    ("NO", "country-no"),
    ("PL", "country-pl"),
    ("PT", "country-pt"),
    ("RO", "country-ro"),
    ("SE", "country-se"),
    ("SI", "country-si"),
    ("SK", "country-sk"),
    ("TR", "country-tr"),
    ("US", "country-us"),
];

/// How a register may write that an address is here, as it is compared.
const HERE: [&str; 9] = ["", "b", "be", "bel", "belgie", "belgique", "belgien", "belgium", "150"];

/// The most characters of a country's name: a line of an address.
const LONGEST_NAME: usize = 40;
/// The most characters of a postcode abroad: ten in the longest that are known.
const LONGEST_POSTCODE: usize = 12;

/// A country as it is kept: empty for Belgium, the code of one that is known here, else its name.
///
/// # Errors
/// What is no country.
pub fn read(text: &str) -> Result<String, &'static str> {
    let compared = street_key(text);
    if HERE.contains(&compared.as_str()) {
        return Ok(String::new());
    }
    let named = |(code, key): &&(&str, &str)| {
        compared == code.to_lowercase() || Language::ALL.into_iter().any(|l| street_key(&say(l, key, &[])) == compared)
    };
    if let Some((code, _)) = KNOWN.iter().find(named) {
        return Ok((*code).to_owned());
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 4 {
        return Err("is a code that is not known here: write the name of the country");
    }
    if text.chars().count() > LONGEST_NAME || text.contains(|c: char| c.is_ascii_digit()) {
        return Err("is no name of a country, of 40 characters at most and without digits");
    }
    Ok(text.to_owned())
}

/// The name of a country that is kept so, in capitals: how the post wants it on the last line. Empty for Belgium.
pub fn named(country: &str, language: Language) -> String {
    let known = KNOWN.iter().find(|(code, _)| *code == country);
    known.map_or_else(|| country.to_owned(), |(_, key)| say(language, key, &[])).to_uppercase()
}

/// A postcode abroad, as the register writes it. Some countries have none.
///
/// # Errors
/// What can be none.
pub fn postcode(text: &str) -> Result<&str, &'static str> {
    let text = text.trim();
    let fits =
        text.len() <= LONGEST_POSTCODE && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
    if fits { Ok(text) } else { Err("is no postcode: 12 letters, digits, blanks and hyphens at most") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_however_a_register_writes_it() {
        for here in ["", "BE", "België", "BELGIQUE", "belgium", "B"] {
            assert_eq!(read(here), Ok(String::new()), "{here}");
        }
        for (written, kept) in [
            ("fr", "FR"),
            ("FRANKRIJK", "FR"),
            ("Frankreich", "FR"),
            ("pays-bas", "NL"),
            ("Türkei", "TR"),
            ("Suriname", "Suriname"),
        ] {
            assert_eq!(read(written).as_deref(), Ok(kept), "{written}");
        }
        for wrong in ["XQ", "111", "USSR 1922", "-"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(named("FR", Language::Nl), "FRANKRIJK");
        assert_eq!(named("CZ", Language::Fr), "TCHÉQUIE");
        assert_eq!(named("Suriname", Language::Nl), "SURINAME");
        assert_eq!(named("", Language::Nl), "");
    }

    #[test]
    fn each_country_has_a_name_in_each_language_that_leads_back_to_it() {
        for (code, key) in KNOWN {
            for language in Language::ALL {
                assert_eq!(read(&say(language, key, &[])).as_deref(), Ok(code), "{key} {language:?}");
            }
        }
    }

    #[test]
    fn a_postcode_abroad_is_of_letters_and_digits() {
        for right in ["59000", "1012 AB", "SW1A 1AA", "", "L-1234"] {
            assert_eq!(postcode(right), Ok(right));
        }
        for wrong in ["59000 LILLE CEDEX 9", "590;00", "5900é"] {
            assert!(postcode(wrong).is_err(), "{wrong}");
        }
    }
}
