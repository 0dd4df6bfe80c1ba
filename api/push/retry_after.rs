//! Retry-After: how long a provider wants to be left alone.

use chrono::{DateTime, NaiveDateTime, Utc};
use http::HeaderMap;

/// The longest that Retry-After is believed: whoever asks for more is asked again after a day.
pub const LONGEST_ASKED: chrono::Duration = chrono::Duration::hours(24);

/// Retry-After, in seconds or as a date in each of HTTP's forms (RFC 9110, 10.2.3 and 5.6.7). A date is read by the
/// provider's own clock, where it tells that.
pub fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<chrono::Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok().and_then(chrono::Duration::try_seconds).unwrap_or(LONGEST_ASKED)
    } else {
        let told = headers.get(http::header::DATE).and_then(|d| http_date(d.to_str().ok()?));
        http_date(text)? - told.unwrap_or(now)
    };
    Some(wait.clamp(chrono::Duration::zero(), LONGEST_ASKED))
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())
        .map(|t| t.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_each_of_its_forms() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap(); // Fri, 15 Jan 2027 08:00:00 GMT
        let read = |after: &str, date: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", after.parse().unwrap());
            if !date.is_empty() {
                headers.insert("date", date.parse().unwrap());
            }
            retry_after(&headers, now).map(|d| d.num_seconds())
        };
        for (text, expected) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7200 ", Some(7_200)),
            ("172800", Some(86_400)),
            ("99999999999999999999", Some(86_400)),
            ("Fri, 15 Jan 2027 08:02:00 GMT", Some(120)),
            ("Friday, 15-Jan-27 08:02:00 GMT", Some(120)),
            ("Fri Jan 15 08:02:00 2027", Some(120)),
            ("Thu, 14 Jan 2027 08:00:00 GMT", Some(0)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read(text, ""), expected, "{text:?}");
        }
        // Our clock is an hour behind theirs.
        assert_eq!(read("Fri, 15 Jan 2027 09:02:00 GMT", "Fri, 15 Jan 2027 09:00:00 GMT"), Some(120));
    }
}
