//! What decides a sign-in, with time as a value.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest as _, Sha256};

use crate::platform::{access::Level, text::takes_no_room};

/// Whether the app that trades the code is the one that began the sign-in: S256 of RFC 7636, section 4.6.
pub fn verifier_matches(challenge: &str, verifier: &str) -> bool {
    // RFC 7636, 4.1: 43 to 128 characters.
    (43..=128).contains(&verifier.len()) && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

/// The app's one-time code of a sign-in, the first, or one that takes its place. It is made of what the browser brings back from the
/// provider, so that nobody else gets it again, and of the app's own challenge, which no address ever held: who reads the provider's
/// code in a history or a proxy's log cannot tell the app's from it.
pub fn app_code(challenge: &str, state: &str, code: &str, nth: usize) -> String {
    let text = format!("app code {nth} {} {challenge} {} {state} {code}", challenge.len(), state.len());
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// What a provider sent the browser back with (RFC 6749, 4.1.2; RFC 9207).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Back {
    /// What the sign-in began with; empty where it is not there, or more than once.
    pub state: String,
    /// The provider's code.
    pub code: Option<String>,
    /// Who sends it, by those that say so.
    pub issuer: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// What came more than once. No parameter may (RFC 6749, 3.1): nobody knows which one is meant.
    pub twice: Option<&'static str>,
}

impl Back {
    /// Reads the query of an address. What is empty is not there (RFC 6749, 3.1); what we do not know is passed over.
    pub fn read(query: &str) -> Self {
        let mut back = Self::default();
        let mut state = None;
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let (name, field) = match name.as_ref() {
                "state" => ("state", &mut state),
                "code" => ("code", &mut back.code),
                "iss" => ("iss", &mut back.issuer),
                "error" => ("error", &mut back.error),
                _ => continue,
            };
            if field.is_some() {
                back.twice = Some(name);
            } else {
                *field = Some(value.into_owned());
            }
        }
        for field in [&mut back.code, &mut back.issuer, &mut back.error] {
            field.take_if(|value| value.is_empty());
        }
        back.state = state.filter(|_| back.twice != Some("state")).unwrap_or_default();
        back
    }

    /// Whether it says nothing: somebody went to the address by hand.
    pub fn says_nothing(&self) -> bool {
        self.code.is_none() && self.error.is_none() && self.twice.is_none()
    }
}

/// A text of a provider that is no person's, as the log may hold it: one line of what can be seen, so long at most.
pub fn one_line(text: &str, most: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let seen = |c: &char| !takes_no_room(*c) && !('\u{202a}'..='\u{2069}').contains(c);
    let words = words.map(|word| word.chars().filter(seen).collect());
    words.collect::<Vec<String>>().join(" ").chars().take(most).collect()
}

/// How high a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Its level.
    pub level: Level,
    /// Where a passkey raised it: the level that the provider had proved, and until when the passkey's lasts.
    pub by_passkey: Option<(Level, DateTime<Utc>)>,
}

impl Raised {
    /// As it is stored. What nobody knows is low.
    pub fn read(level: &str, from: Option<&str>, until: Option<DateTime<Utc>>) -> Self {
        let known = |level: &str| Level::parse(level).unwrap_or(Level::Low);
        Self { level: known(level), by_passkey: from.map(|from| (known(from), until.unwrap_or(DateTime::UNIX_EPOCH))) }
    }

    /// The level that the provider proved.
    pub fn proved(self) -> Level {
        self.by_passkey.map_or(self.level, |(from, _)| from)
    }

    /// The level at an instant: what a passkey gave ends, and leaves what the provider proved.
    pub fn level_at(self, now: DateTime<Utc>) -> Level {
        match self.by_passkey {
            Some((from, until)) if until <= now => from,
            _ => self.level,
        }
    }

    /// Raised by a passkey that gives `level` until then. It takes nothing away: not from what the provider proved, and not from what
    /// another passkey gave that goes on for as long and higher.
    pub fn with_passkey(self, level: Level, until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let proved = self.proved();
        let is_more = level > self.level_at(now);
        let is_longer = level == self.level && self.by_passkey.is_some_and(|(_, now_until)| until > now_until);
        if level > proved && (is_more || is_longer) { Self { level, by_passkey: Some((proved, until)) } } else { self }
    }
}

/// Whether a text is a path of an app. What begins with two slashes is the address of another host, and browsers take a backslash for a slash
/// (WHATWG URL, 4.4).
pub fn is_app_path(text: &str) -> bool {
    text.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

/// What a refresh token is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Give new tokens.
    Rotate,
    /// It was spent a moment ago: give new tokens beside the others.
    Again,
    /// It was spent, and what was given for it never used: give new tokens in its place.
    Lost,
    /// It was spent before: end the family.
    Reused,
    /// Too old, or its session has ended.
    Lapsed,
}

/// How long a token that was spent may come again beside its successor: an app and its notification extension wake at once and
/// share one token. RFC 9700, 4.14.2, leaves it to the server how it tells that from theft.
const AT_ONCE: Duration = Duration::seconds(60);

/// How a refresh token was spent.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it was not used itself, but another took its place.
    pub superseded: bool,
    /// Whether a token that was given since was used.
    pub successor_used: bool,
}

/// Judges a refresh token at `now`. One that comes again is a lost answer as long as nobody used what was given for it: a phone's
/// system ends an app before it has kept its new token. If it was a thief who came again, the owner's token is superseded, and
/// tells of it at its next use.
pub fn refresh(
    spent: Option<Spent>,
    ended_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Refresh {
    if ended_at.is_some() || expires_at <= now {
        return Refresh::Lapsed;
    }
    match spent {
        None => Refresh::Rotate,
        Some(spent) if spent.superseded => Refresh::Reused,
        Some(spent) if now - spent.at <= AT_ONCE => Refresh::Again,
        Some(spent) if !spent.successor_used => Refresh::Lost,
        Some(_) => Refresh::Reused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_the_rfc_matches_its_challenge() {
        let (challenge, verifier) =
            ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert!(verifier_matches(challenge, verifier));
        assert!(!verifier_matches(challenge, &verifier.replace('d', "e")));
        assert!(!verifier_matches(challenge, ""));
    }

    #[test]
    fn a_path_of_an_app_names_no_other_host() {
        for path in ["/", "/inbox", "/inbox?unread=1", "/a//b", "/documents/1/visits#top"] {
            assert!(is_app_path(path), "{path}");
        }
        for other in ["", "inbox", "//evil.example", "/\\evil.example", "///", "https://evil.example/"] {
            assert!(!is_app_path(other), "{other}");
        }
    }

    #[test]
    fn a_browser_brings_each_thing_once() {
        let back = Back::read("code=a%20b&state=s&iss=https%3A%2F%2Fop%2F&x=1&x=2&error=&error_description");
        assert_eq!(
            (back.state.as_str(), back.code.as_deref(), back.issuer.as_deref()),
            ("s", Some("a b"), Some("https://op/"))
        );
        assert!(back.error.is_none() && back.twice.is_none() && !back.says_nothing());
        for (query, twice, state) in [
            ("code=a&code=a&state=s", "code", "s"),
            ("state=s&state=s&code=a", "state", ""),
            ("state=&state=s&code=a", "state", ""),
            ("iss=&state=s&iss=b", "iss", "s"),
            ("error=a&state=s&error=b", "error", "s"),
        ] {
            let back = Back::read(query);
            assert_eq!((back.twice, back.state.as_str(), back.says_nothing()), (Some(twice), state, false), "{query}");
        }
        for query in ["", "state=s", "state=s&code=", "%00=%ff&&=&"] {
            assert!(Back::read(query).says_nothing(), "{query}");
        }
    }

    #[test]
    fn the_log_gets_one_line_of_what_can_be_seen() {
        for (said, kept) in [
            ("https://op.example/tenants/123456789012/", "https://op.example/tenants/123456789012/"),
            ("https://op\r\n.example\u{1b}[31m\u{0}", "https://op .example [31m"),
            ("\u{202e}abc\u{200b}d", "abcd"),
            ("\n\t ", ""),
        ] {
            assert_eq!(one_line(said, 200), kept);
        }
        assert_eq!(one_line(&"é".repeat(300), 200).chars().count(), 200);
    }

    #[test]
    fn what_a_passkey_gives_ends_and_takes_nothing_away() {
        let at = |days| DateTime::UNIX_EPOCH + Duration::days(days);
        let plain = |level| Raised { level, by_passkey: None };
        let raised = plain(Level::Low).with_passkey(Level::High, at(10), at(1));
        assert_eq!(raised, Raised { level: Level::High, by_passkey: Some((Level::Low, at(10))) });
        assert_eq!(
            (raised.proved(), raised.level_at(at(9)), raised.level_at(at(10))),
            (Level::Low, Level::High, Level::Low)
        );
        // What the provider proved has no end, and nothing is lower for it.
        for same in [Level::Low, Level::Substantial, Level::High] {
            assert_eq!(plain(Level::High).with_passkey(same, at(10), at(1)), plain(Level::High));
        }
        // A second passkey that gives less leaves the first; when the first is over, it counts.
        assert_eq!(raised.with_passkey(Level::Substantial, at(20), at(1)), raised);
        let later = raised.with_passkey(Level::Substantial, at(20), at(11));
        assert_eq!(later, Raised { level: Level::Substantial, by_passkey: Some((Level::Low, at(20))) });
        // The same again lasts as long as the longer of both.
        assert_eq!(raised.with_passkey(Level::High, at(12), at(1)).by_passkey, Some((Level::Low, at(12))));
        assert_eq!(raised.with_passkey(Level::High, at(8), at(1)), raised);
        assert_eq!(Raised::read("high", Some("low"), Some(at(10))), raised);
        assert_eq!(Raised::read("high", Some("low"), None).level_at(at(1)), Level::Low);
        assert_eq!(Raised::read("?", None, None), plain(Level::Low));
    }

    #[test]
    fn each_code_of_the_app_is_of_one_sign_in_one_code_and_one_time() {
        let all = [
            ("a", "s", "c", 0),
            ("b", "s", "c", 0),
            ("a", "s", "c", 1),
            ("a", "s", "d", 0),
            ("a", "t", "c", 0),
            ("a", "s c", "", 0),
            ("a s", "", "c", 0),
            ("a", "s", "c ", 0),
        ];
        let codes: std::collections::HashSet<_> = all.iter().map(|(a, s, c, n)| app_code(a, s, c, *n)).collect();
        assert_eq!(codes.len(), all.len());
        assert_eq!(app_code("a", "s", "c", 0), app_code("a", "s", "c", 0));
    }

    #[test]
    fn a_spent_token_is_reuse_only_while_its_session_lives() {
        let t = |s| DateTime::from_timestamp(s, 0).unwrap();
        let spent = |at, superseded, successor_used| Some(Spent { at: t(at), superseded, successor_used });
        assert_eq!(refresh(None, None, t(1_000), t(5)), Refresh::Rotate);
        assert_eq!(refresh(spent(1, false, true), None, t(1_000), t(61)), Refresh::Again);
        assert_eq!(refresh(spent(1, false, true), None, t(1_000), t(62)), Refresh::Reused);
        assert_eq!(refresh(spent(1, false, false), None, t(1_000), t(900)), Refresh::Lost);
        assert_eq!(refresh(spent(1, true, false), None, t(1_000), t(2)), Refresh::Reused);
        assert_eq!(refresh(spent(1, false, false), Some(t(2)), t(1_000), t(5)), Refresh::Lapsed);
        assert_eq!(refresh(None, None, t(10), t(10)), Refresh::Lapsed);
    }
}
