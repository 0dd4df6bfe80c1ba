//! Telephone numbers and e-mail addresses as people write them, and the one form in which they are kept and compared.

/// Digits that a number has at the most (ITU-T E.164), and at the least one that reaches somebody from anywhere.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// What Belgium's numbers begin with, seen from abroad: a number without a country is one of these.
const BELGIUM: &str = "32";
/// An address that mail can be sent to (RFC 5321, 4.5.3.1), and the part of it before the `@`.
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// A telephone number in its form of E.164, such as `+32475123456`, however it was written; none where it is no number.
pub fn telephone(text: &str) -> Option<String> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '/' | '-' | '(' | ')')).collect();
    let abroad = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00"));
    let digits = match (abroad, plain.strip_prefix('0')) {
        // "+32 (0)475 …": the nought is said within the country only.
        (Some(rest), _) => match rest.strip_prefix("320") {
            Some(own) => format!("{BELGIUM}{own}"),
            None => rest.to_owned(),
        },
        (None, Some(own)) => format!("{BELGIUM}{own}"),
        (None, None) => return None,
    };
    let fits = digits.bytes().all(|b| b.is_ascii_digit()) && DIGITS.contains(&digits.len()) && !digits.starts_with('0');
    fits.then(|| format!("+{digits}"))
}

/// An e-mail address, its domain in small letters; none where mail cannot be sent to it.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | '"' | ',' | ';');
    let labels = |domain: &str| {
        let mut all = domain.split('.');
        domain.contains('.') && all.all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'))
    };
    let fits = !local.is_empty()
        && local.len() <= LONGEST_LOCAL
        && text.len() <= LONGEST
        && !text.chars().filter(|c| *c != '@').any(odd)
        && !local.contains('@')
        && !local.starts_with('.')
        && !local.ends_with('.')
        && labels(domain);
    fits.then(|| format!("{local}@{}", domain.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_number_however_it_is_written() {
        for written in ["0475 12 34 56", "0475/12.34.56", "+32 475 12 34 56", "0032475123456", "+32 (0)475-12-34-56"] {
            assert_eq!(telephone(written).as_deref(), Some("+32475123456"), "{written}");
        }
        assert_eq!(telephone("+31 20 123 4567").as_deref(), Some("+31201234567"));
        for odd in ["", "112", "475 12 34 56", "bel Jan", "+", "0475 12 34 56 78 90 12 34", "+0475123456"] {
            assert_eq!(telephone(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_number_that_was_read_reads_the_same() {
        for written in ["09 381 00 00", "+49 30 1234567", "0475123456"] {
            let once = telephone(written).unwrap();
            assert_eq!(telephone(&once).as_ref(), Some(&once));
        }
    }

    #[test]
    fn an_address_has_a_domain() {
        assert_eq!(email(" Jo.Peeters+x@Example.BE ").as_deref(), Some("Jo.Peeters+x@example.be"));
        for odd in
            ["", "jo", "jo@", "@x.be", "jo@x", "jo peeters@x.be", "jo@@x.be", "jo@x..be", "jo@-x.be", "Jo <jo@x.be>"]
        {
            assert_eq!(email(odd), None, "{odd}");
        }
    }
}
