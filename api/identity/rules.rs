//! What decides a sign-in, with time as a value.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest as _, Sha256};

/// Whether the app that trades the code is the one that began the sign-in: S256 of RFC 7636, section 4.6.
pub fn verifier_matches(challenge: &str, verifier: &str) -> bool {
    // RFC 7636, 4.1: 43 to 128 characters.
    (43..=128).contains(&verifier.len()) && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
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
