//! What decides about contact settings and codes, with time as a value.

use chrono::{DateTime, Duration, Utc};
use url::Host;

use super::model::Way;
use crate::platform::language::Language;

/// Wrong tries after which a code is good for nothing: one in 200,000 is guessed.
pub const TRIES: i64 = 5;
/// How long a code is good: a mail may take some minutes.
pub const GOOD_FOR: Duration = Duration::minutes(15);
/// Codes of one resident in an hour: whoever types another's address disturbs them no more than that.
pub const CODES_AN_HOUR: i64 = 3;
/// The hour of [`CODES_AN_HOUR`].
pub const HOUR: Duration = Duration::hours(1);
/// The longest address, in characters (RFC 3696, erratum 1690).
pub const LONGEST: usize = 254;
/// The longest part of it before the `@` (RFC 5321, 4.5.3.1.1).
const LONGEST_NAME: usize = 64;

/// The language in which somebody is spoken to: what they chose in the app, else what they said at the counter, else what the register says.
pub fn language(chosen: Option<Language>, said: Option<Language>, registered: Option<Language>) -> Option<Language> {
    chosen.or(said).or(registered)
}

/// The ways as they are stored.
pub fn written(steps: &[Way]) -> String {
    steps.iter().map(|way| way.as_str()).collect::<Vec<_>>().join(",")
}

/// The ways as they were stored; each once.
pub fn read(text: &str) -> Vec<Way> {
    let mut steps = Vec::new();
    for way in text.split(',').filter_map(Way::parse) {
        if !steps.contains(&way) {
            steps.push(way);
        }
    }
    steps
}

/// An address in the one form in which it is kept: the domain in ASCII and small letters. None for what is no address that mail can be
/// sent to without extensions (RFC 5321; a name before the `@` with other letters needs SMTPUTF8, which few relays have).
pub fn address(text: &str) -> Option<String> {
    let (name, domain) = text.trim().rsplit_once('@')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if name.is_empty() || name.len() > LONGEST_NAME || dots || !name.chars().all(fits) {
        return None;
    }
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let known = domain.contains('.') && domain.split('.').all(label);
    let whole = format!("{name}@{domain}");
    (known && whole.len() <= LONGEST).then_some(whole)
}

/// How many codes were sent in the hour that goes on, and since when that is, counted with one more; none where there are too many.
pub fn one_more(before: Option<(i64, DateTime<Utc>)>, now: DateTime<Utc>) -> Option<(i64, DateTime<Utc>)> {
    match before {
        Some((sent, since)) if now - since < HOUR => (sent < CODES_AN_HOUR).then_some((sent + 1, since)),
        _ => Some((1, now)),
    }
}

/// Whether a code may still be tried.
pub fn is_good(tries: i64, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    tries < TRIES && now < expires_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    proptest! {
        #[test]
        fn the_ways_are_read_as_they_were_written(steps in prop::sample::subsequence(Way::ALL.to_vec(), 0..=3).prop_shuffle()) {
            prop_assert_eq!(read(&written(&steps)), steps);
        }

        #[test]
        fn no_hour_has_more_codes_than_it_may(minutes in prop::collection::vec(0..40_i64, 1..40)) {
            let (mut now, mut before, mut sent) = (0, None, Vec::new());
            for step in minutes {
                now += step;
                if let Some(next) = one_more(before, at(now)) {
                    before = Some(next);
                    sent.push(now);
                }
            }
            // Two hours that touch may have both their codes in one hour by the clock.
            for first in &sent {
                let near = sent.iter().filter(|s| (*first..*first + 60).contains(s)).count();
                prop_assert!(near <= 2 * usize::try_from(CODES_AN_HOUR).unwrap_or_default());
            }
        }

        #[test]
        fn an_address_in_its_form_stays_as_it_is(text in "[a-z.+_-]{1,12}@[A-Za-z-]{1,8}\\.[A-Za-z]{2,4}") {
            if let Some(one) = address(&text) {
                let again = address(&one);
                prop_assert_eq!(again.as_deref(), Some(one.as_str()));
                prop_assert!(!one.contains(['\r', '\n', ' ', '<', '>', ',']));
            }
        }
    }

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        for (text, known) in [
            ("Anna.Peeters@Voorbeeld.BE", Some("Anna.Peeters@voorbeeld.be")),
            (" anna+gemeente@x.example ", Some("anna+gemeente@x.example")),
            ("anna@bücher.example", Some("anna@xn--bcher-kva.example")),
            ("anna", None),
            ("anna@", None),
            ("@x.example", None),
            ("anna@localhost", None),
            ("anna@[127.0.0.1]", None),
            ("anna@127.0.0.1", None),
            ("an na@x.example", None),
            ("anna@x.example\r\nRCPT TO:<luc@x.example>", None),
            ("anna@x.example,luc@x.example", None),
            ("\"anna\"@x.example", None),
            ("ånna@x.example", None),
            (".anna@x.example", None),
            ("anna..p@x.example", None),
        ] {
            assert_eq!(address(text).as_deref(), known, "{text}");
        }
        assert!(address(&format!("{}@x.example", "a".repeat(65))).is_none());
        assert!(address(&format!("a@{}.example", "b".repeat(64))).is_none());
    }

    #[test]
    fn a_code_ends_after_five_tries_or_a_quarter_of_an_hour() {
        let until = at(0) + GOOD_FOR;
        assert!(is_good(0, until, at(14)) && is_good(4, until, at(0)));
        assert!(!is_good(5, until, at(0)) && !is_good(0, until, at(15)));
    }
}
