//! What stands in the window, in which order letters lie, and by what one is known when it comes back. Pure.

use crate::{
    platform::language::Language,
    residents::{countries, rules::street_key},
};

/// The most characters of a line that bpost reads.
pub const LINE: usize = 40;
/// Letters of a reference: no vowels, so that no word comes of them, and none that is read as another.
const ALPHABET: [char; 16] = ['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'T', 'V', 'W', 'X'];
/// How many there are in a reference: four thousand million.
const LENGTH: usize = 8;

/// What stands for the postcode of what goes abroad, where letters are put in order: behind each of Belgium.
const ABROAD: &str = "zzzz";
/// Where the postcode stands behind the town.
const TOWN_FIRST: [&str; 4] = ["CA", "GB", "IE", "US"];

/// What a box is called in an address, by the first language of the town that writes it.
fn box_word(language: Language) -> &'static str {
    if language == Language::Fr { "bte" } else { "bus" }
}

/// Where a letter goes.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    /// To whom.
    pub name: &'a str,
    /// The street.
    pub street: &'a str,
    /// The house number.
    pub house_number: &'a str,
    /// The box; empty where there is none.
    pub box_number: &'a str,
    /// The postcode: four digits, but abroad.
    pub postcode: &'a str,
    /// The town.
    pub town: &'a str,
    /// The country, as [`countries`] keeps it; empty for Belgium.
    pub country: &'a str,
}

impl Address<'_> {
    /// Whether it goes abroad.
    pub fn is_abroad(&self) -> bool {
        !self.country.is_empty()
    }

    /// Whether a letter can go there: within Belgium, to a house; abroad to a street, in which a register may write the number, and some
    /// countries have no postcodes.
    pub fn is_whole(&self) -> bool {
        let filled = [self.name, self.street, self.town].iter().all(|text| !text.trim().is_empty());
        let is_here = !self.house_number.trim().is_empty()
            && self.postcode.len() == 4
            && self.postcode.bytes().all(|b| b.is_ascii_digit());
        filled && (self.is_abroad() || is_here)
    }

    /// The lines of the address, five at most: name, street with number and box, postcode and town; abroad the country as well, in capitals,
    /// in the language of the town that sends it. A line that is too long goes on in the next.
    pub fn lines(&self, language: Language) -> Vec<String> {
        if self.is_abroad() {
            return self.lines_abroad(language);
        }
        let box_word = box_word(language);
        let mut street = format!("{} {}", self.street.trim(), self.house_number.trim());
        if !self.box_number.trim().is_empty() {
            street = format!("{street} {box_word} {}", self.box_number.trim());
        }
        let town = format!("{} {}", self.postcode, self.town.trim());
        let mut lines = named(self.name, 2);
        lines.extend(wrapped(&street, 2));
        lines.extend(wrapped(&town, 1));
        lines
    }

    /// The same abroad, where the country takes a line: a street that needs two leaves the name one.
    fn lines_abroad(&self, language: Language) -> Vec<String> {
        // What a box is called there nobody here knows.
        let street = [self.street, self.house_number, self.box_number].join(" ");
        let town = if TOWN_FIRST.contains(&self.country) {
            [self.town, self.postcode].join(" ")
        } else {
            [self.postcode, self.town].join(" ")
        };
        let street = wrapped(&street, 2);
        let mut lines = named(self.name, 3 - street.len().min(2));
        lines.extend(street);
        lines.extend(wrapped(&town, 1));
        lines.extend(wrapped(&countries::named(self.country, language), 1));
        lines
    }

    /// What two addresses have in common that are one: what stands on the envelope but for the name.
    pub fn place(&self) -> String {
        let place = format!(
            "{}\n{}\n{}\n{}",
            street_key(self.street),
            self.house_number.trim().to_lowercase(),
            self.box_number.trim().to_lowercase(),
            self.postcode
        );
        if self.is_abroad() { format!("{place}\n{}\n{}", street_key(self.town), self.country) } else { place }
    }

    /// The order in which a postman walks: postcode, street, number, box. Of small letters and digits alone, each part of one length: so
    /// both databases put it in one order. What goes abroad lies behind, a country at a time.
    pub fn sort_key(&self) -> String {
        let street = if self.is_abroad() {
            [self.country, self.postcode, self.street].map(street_key).concat()
        } else {
            street_key(self.street)
        };
        let street: String = street.chars().filter(|c| is_plain(*c)).take(40).collect();
        let postcode = if self.is_abroad() { ABROAD } else { self.postcode };
        format!("{postcode:0<4.4}{street:0<40}{}{}", counted(self.house_number), counted(self.box_number))
    }
}

/// A name in so many lines at most. Where it is too long its first word gives way to its letter, so that the family name is read.
fn named(name: &str, most: usize) -> Vec<String> {
    let lines = wrapped(name, most + 1);
    let split = name.trim().split_once(char::is_whitespace);
    match split.zip(name.trim().chars().next()) {
        Some(((_, rest), initial)) if lines.len() > most => wrapped(&format!("{initial}. {rest}"), most),
        _ => wrapped(name, most),
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// A number with what stands behind it, so that 9 comes before 10, and 10 before 10A.
fn counted(text: &str) -> String {
    let text: String = text.to_lowercase().chars().filter(|c| is_plain(*c)).collect();
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(6).collect();
    let rest: String = text.chars().skip(digits.len()).take(6).collect();
    format!("{digits:0>6}{rest:0<6}")
}

/// A text in lines of [`LINE`] characters at most, `most` lines at most: broken at blanks, and within a word only where that is longer. What
/// is left over is cut off: a machine reads no more.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut rest: Vec<char> = word.chars().collect();
        while !rest.is_empty() {
            let taken = rest.len().min(LINE);
            let piece: String = rest.drain(..taken).collect();
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + taken <= LINE => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines.truncate(most);
    lines
}

/// A reference, of so much chance.
pub fn reference(chance: [u8; LENGTH]) -> String {
    chance.iter().map(|byte| ALPHABET[usize::from(byte % 16)]).collect()
}

/// A reference as somebody typed or scanned it: in capitals, without blanks and hyphens. None where it can be none.
pub fn read_reference(text: &str) -> Option<String> {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    (text.len() == LENGTH && text.chars().all(|c| ALPHABET.contains(&c))).then_some(text)
}

/// A colour as `#005a9c`: red, green, blue.
pub fn colour(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    Some((part(0)?, part(2)?, part(4)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MARKT: Address<'_> = Address {
        name: "Anna Peeters",
        street: "Markt",
        house_number: "9",
        box_number: "",
        postcode: "9800",
        town: "Deinze",
        country: "",
    };
    const LILLE: Address<'_> = Address {
        name: "Jean Petit",
        street: "Rue de Béthune",
        house_number: "7",
        box_number: "",
        postcode: "59000",
        town: "Lille",
        country: "FR",
    };

    #[test]
    fn an_address_abroad_ends_with_the_country_in_capitals() {
        assert_eq!(LILLE.lines(Language::Nl), ["Jean Petit", "Rue de Béthune 7", "59000 Lille", "FRANKRIJK"]);
        assert_eq!(LILLE.lines(Language::Fr).last().map(String::as_str), Some("FRANCE"));
        let london = Address { town: "London", postcode: "SW1A 1AA", country: "GB", ..LILLE };
        assert_eq!(london.lines(Language::Nl)[2..], ["London SW1A 1AA", "VERENIGD KONINKRIJK"]);
        let written_out = Address { country: "Suriname", postcode: "", house_number: "", ..LILLE };
        assert_eq!(written_out.lines(Language::Nl)[1..], ["Rue de Béthune", "Lille", "SURINAME"]);
        assert!(LILLE.is_whole() && written_out.is_whole());
        for broken in [Address { street: " ", ..LILLE }, Address { town: "", ..LILLE }, Address { name: "", ..LILLE }] {
            assert!(!broken.is_whole(), "{broken:?}");
        }
        // The same street and number of two towns is two places, and so is that of two countries.
        assert_ne!(LILLE.place(), Address { town: "Roubaix", ..LILLE }.place());
        assert_ne!(LILLE.place(), Address { country: "CH", ..LILLE }.place());
        // Five lines are what the window has: the country is never the one that is cut off.
        let long = Address {
            name: "Wilhelmina-Alexandra van den Oudenbosch-Van Nieuwenhuyze",
            street: "Avenue du Maréchal de Lattre de Tassigny prolongée",
            ..LILLE
        };
        let lines = long.lines(Language::Nl);
        assert_eq!((lines.len(), lines.last().map(String::as_str)), (5, Some("FRANKRIJK")), "{lines:?}");
    }

    #[test]
    fn an_address_is_written_as_the_post_reads_it() {
        assert_eq!(MARKT.lines(Language::Nl), ["Anna Peeters", "Markt 9", "9800 Deinze"]);
        assert_eq!(Address { box_number: "12", ..MARKT }.lines(Language::Nl)[1], "Markt 9 bus 12");
        assert_eq!(Address { box_number: "12", ..MARKT }.lines(Language::Fr)[1], "Markt 9 bte 12");
        // Forty-one characters do not stand in one line.
        let long = Address { name: "Jan van den Broeck-De Clercq van Oudenbos", ..MARKT };
        assert_eq!(long.name.chars().count(), 41);
        assert_eq!(long.lines(Language::Nl)[..2], ["Jan van den Broeck-De Clercq van", "Oudenbos"]);
        // Of three lines of a name two are set: the family name is one of them.
        let given = "Wilhelmina".repeat(5) + " Van den Oudenbosch-De Clercq van Nieuwenhuyze";
        let lines = Address { name: &given, ..MARKT }.lines(Language::Nl);
        assert_eq!(lines[..2], ["W. Van den Oudenbosch-De Clercq van", "Nieuwenhuyze"]);
        for broken in [
            Address { street: "", ..MARKT },
            Address { house_number: " ", ..MARKT },
            Address { postcode: "", ..MARKT },
            Address { postcode: "59000", ..MARKT },
            Address { town: "", ..MARKT },
        ] {
            assert!(!broken.is_whole(), "{broken:?}");
        }
        assert!(MARKT.is_whole());
    }

    #[test]
    fn letters_lie_as_a_postman_walks() {
        let walk = [
            MARKT,
            Address { house_number: "10", ..MARKT },
            Address { house_number: "10", box_number: "2", ..MARKT },
            Address { house_number: "10", box_number: "11", ..MARKT },
            Address { house_number: "10A", ..MARKT },
            Address { street: "Márktstraat", house_number: "1", ..MARKT },
            Address { street: "Tolpoort", house_number: "1", ..MARKT },
            Address { street: "Aard", postcode: "9810", ..MARKT },
            Address { postcode: "9992", ..MARKT },
            Address { country: "CH", postcode: "1000", ..LILLE },
            LILLE,
            Address { postcode: "75001", ..LILLE },
        ];
        let keys: Vec<String> = walk.iter().map(Address::sort_key).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(keys.iter().all(|key| key.len() == keys[0].len()));
    }

    #[test]
    fn a_colour_is_read() {
        assert_eq!(colour("#005a9C"), Some((0, 0x5a, 0x9c)));
        for wrong in ["005a9c", "#005a9", "#00é9c", "#00zz9c"] {
            assert_eq!(colour(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_a_machine_reads(name in ".{1,200}", street in ".{0,120}", box_number in ".{0,20}") {
            for country in ["", "FR", "Suriname"] {
                let address = Address { name: &name, street: &street, box_number: &box_number, country, ..MARKT };
                let lines = address.lines(Language::Nl);
                prop_assert!(lines.len() <= 5);
                prop_assert!(lines.iter().all(|line| line.chars().count() <= LINE && !line.is_empty()));
            }
        }

        #[test]
        fn a_reference_is_read_however_it_is_typed(chance in any::<[u8; 8]>()) {
            let reference = reference(chance);
            let typed = format!(" {}-{} ", &reference[..4].to_lowercase(), &reference[4..]);
            prop_assert_eq!(read_reference(&typed), Some(reference));
        }

        #[test]
        fn what_is_no_reference_is_none(text in "[A-Za-z0-9 -]{0,12}") {
            if let Some(read) = read_reference(&text) {
                prop_assert!(read.len() == 8 && read.chars().all(|c| ALPHABET.contains(&c)));
            }
        }

        #[test]
        fn every_sort_key_is_of_one_length(street in ".{0,80}", house in ".{0,12}", postcode in "[0-9]{0,4}") {
            for country in ["", "FR", "Suriname"] {
                let address = Address { street: &street, house_number: &house, postcode: &postcode, country, ..MARKT };
                let key = address.sort_key();
                prop_assert_eq!(key.len(), 4 + 40 + 12 + 12);
                prop_assert!(key.chars().all(is_plain));
            }
        }
    }
}
