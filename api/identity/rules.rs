//! What decides a sign-in, with time as a value.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
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
    /// It was spent before: end the family.
    Reused,
    /// Too old, or its session has ended.
    Lapsed,
}

/// Judges a refresh token at `now`.
pub fn refresh(
    spent_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Refresh {
    if ended_at.is_some() || expires_at <= now {
        Refresh::Lapsed
    } else if spent_at.is_some() {
        Refresh::Reused
    } else {
        Refresh::Rotate
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
        assert_eq!(refresh(None, None, t(10), t(5)), Refresh::Rotate);
        assert_eq!(refresh(Some(t(1)), None, t(10), t(5)), Refresh::Reused);
        assert_eq!(refresh(Some(t(1)), Some(t(2)), t(10), t(5)), Refresh::Lapsed);
        assert_eq!(refresh(None, None, t(10), t(10)), Refresh::Lapsed);
    }
}
