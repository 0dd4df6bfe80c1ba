//! What decides about passkeys, with time as a value.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::webauthn::Algorithm;
use crate::{
    config::Passkeys,
    platform::{
        access::Level,
        ids::{MunicipalityId, ResidentId},
    },
};

/// The highest level that a passkey gives which may be copied to other devices: at `high` a means of identification is protected against
/// duplication (Implementing Regulation (EU) 2015/1502, annex, 2.2.1).
const MOST_OF_COPIES: Level = Level::Substantial;

/// What a passkey gives at `now`, and until when: no more than it was added at, than the installation lets it, and than the citizen's
/// provider proved lately. None where that is nothing.
pub fn gives(
    (level, synced): (Level, bool),
    proofs: &[(Level, DateTime<Utc>)],
    terms: &Passkeys,
    now: DateTime<Utc>,
) -> Option<(Level, DateTime<Utc>)> {
    let copies = if synced { MOST_OF_COPIES } else { Level::High };
    let most = level.min(terms.most_level).min(copies);
    [Level::High, Level::Substantial, Level::Low].into_iter().filter(|level| *level <= most).find_map(|level| {
        let proved_at = proofs.iter().filter(|(proved, _)| *proved >= level).map(|(_, at)| *at).max()?;
        let until = proved_at + Duration::days(terms.provider_days);
        (until > now).then_some((level, until))
    })
}

/// Whether the provider was asked lately enough for passkeys to be added and removed.
pub fn is_fresh(proved_at: Option<DateTime<Utc>>, terms: &Passkeys, now: DateTime<Utc>) -> bool {
    proved_at.is_some_and(|at| now - at <= Duration::minutes(terms.fresh_minutes))
}

/// Whether there is another authenticator with the same key, by what both count (WebAuthn Level 2, 7.2, 21). One that does not count says
/// 0 each time.
pub fn is_copied(known: i64, told: u32) -> bool {
    (known != 0 || told != 0) && i64::from(told) <= known
}

/// Which service a passkey is for: the host of the apps' links, whose files say which apps are ours.
pub fn rp_id(app_link: &Url) -> &str {
    app_link.host_str().unwrap_or_default()
}

/// From where an answer may come: on iOS from the host of the apps' links; on Android from an app that is signed with one of these
/// certificates, by their SHA-256 fingerprints.
pub fn origins(app_link: &Url, fingerprints: &[String]) -> Vec<String> {
    let bytes = |print: &String| -> Option<Vec<u8>> {
        print.split(':').map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
    };
    let android = fingerprints.iter().filter_map(bytes);
    let android = android.map(|bytes| format!("android:apk-key-hash:{}", URL_SAFE_NO_PAD.encode(bytes)));
    std::iter::once(app_link.origin().ascii_serialization()).chain(android).collect()
}

/// Of whom a passkey is, as its authenticator keeps it: the same for all passkeys of one citizen, and nothing of theirs (14.6.1).
pub fn user_handle(town: MunicipalityId, resident: ResidentId) -> [u8; 32] {
    Sha256::digest(format!("passkeys of {town} {resident}")).into()
}

fn credentials(ids: &[String]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "type": "public-key", "id": id })).collect()
}

/// What an authenticator is asked for a new passkey.
pub struct Creation<'a> {
    /// The challenge.
    pub challenge: &'a str,
    /// Which service it is for.
    pub rp_id: &'a str,
    /// What the citizen sees that it is for: the town.
    pub name: &'a str,
    /// Of whom it is, in base64url.
    pub user_id: &'a str,
    /// The ids of those that there are.
    pub known: &'a [String],
    /// How long it may take, in milliseconds.
    pub timeout: i64,
}

impl Creation<'_> {
    /// As `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, 5.1.7), which Android and browsers take. The name is the town's: a
    /// manager of passkeys that copies it learns nobody's.
    pub fn json(&self) -> Value {
        let algorithms = Algorithm::ALL.map(|algorithm| json!({ "type": "public-key", "alg": algorithm.id() }));
        json!({
            "rp": { "id": self.rp_id, "name": self.name },
            "user": { "id": self.user_id, "name": self.name, "displayName": self.name },
            "challenge": self.challenge,
            "pubKeyCredParams": algorithms,
            "timeout": self.timeout,
            "excludeCredentials": credentials(self.known),
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "none",
        })
    }
}

/// What an authenticator is asked to sign, as `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, 5.1.8).
pub fn request(challenge: &str, rp_id: &str, allowed: &[String], timeout: i64) -> Value {
    json!({
        "challenge": challenge,
        "rpId": rp_id,
        "allowCredentials": credentials(allowed),
        "userVerification": "required",
        "timeout": timeout,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn terms(most_level: Level) -> Passkeys {
        Passkeys {
            enabled: true,
            most_level,
            provider_days: 90,
            fresh_minutes: 15,
            challenge_seconds: 300,
            passkeys_per_citizen: 5,
        }
    }

    fn at(days: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(days)
    }

    fn level() -> impl Strategy<Value = Level> {
        prop::sample::select(Level::ALL)
    }

    proptest! {
        #[test]
        fn a_passkey_never_gives_more_than_each_of_what_it_rests_on(
            added in level(), synced in any::<bool>(), most in level(),
            proofs in prop::collection::vec((level(), 0..400_i64), 0..4), now in 0..500_i64,
        ) {
            let proofs: Vec<_> = proofs.into_iter().map(|(level, day)| (level, at(day))).collect();
            let terms = terms(most);
            match gives((added, synced), &proofs, &terms, at(now)) {
                Some((level, until)) => {
                    prop_assert!(level <= added && level <= most && (!synced || level < Level::High));
                    prop_assert!(until > at(now));
                    prop_assert!(proofs.iter().any(|(proved, day)| *proved >= level && *day + Duration::days(90) == until));
                }
                // Nothing was proved lately.
                None => prop_assert!(proofs.iter().all(|(_, day)| *day + Duration::days(90) <= at(now))),
            }
        }
    }

    #[test]
    fn what_a_passkey_gives_ends_when_the_provider_was_not_seen_for_too_long() {
        let (high, low) = ((Level::High, at(0)), (Level::Low, at(80)));
        let of = |now| gives((Level::High, false), &[high, low], &terms(Level::High), at(now));
        assert_eq!(of(1), Some((Level::High, at(90))));
        // The level that was proved later is all that is left.
        assert_eq!(of(90), Some((Level::Low, at(170))));
        assert_eq!(of(170), None);
        // It says less where less is asked of it; it does not last longer for what was proved at less.
        let usual = gives((Level::High, false), &[high, low], &terms(Level::Substantial), at(1));
        assert_eq!(usual, Some((Level::Substantial, at(90))));
        let copied = gives((Level::High, true), &[high], &terms(Level::High), at(1));
        assert_eq!(copied, Some((Level::Substantial, at(90))));
        assert_eq!(gives((Level::High, false), &[], &terms(Level::High), at(1)), None);
    }

    #[test]
    fn who_asked_the_provider_a_moment_ago_is_known_freshly() {
        let now = at(1);
        let ago = |minutes| is_fresh(Some(now - Duration::minutes(minutes)), &terms(Level::High), now);
        assert!(ago(0) && ago(15) && !ago(16));
        assert!(!is_fresh(None, &terms(Level::High), now));
    }

    #[test]
    fn a_count_that_does_not_grow_is_of_a_copy() {
        for (known, told, copied) in
            [(0, 0, false), (0, 1, false), (1, 2, false), (1, 1, true), (2, 1, true), (1, 0, true)]
        {
            assert_eq!(is_copied(known, told), copied, "{known} {told}");
        }
        assert!(!is_copied(i64::from(u32::MAX) - 1, u32::MAX));
    }

    #[test]
    fn an_app_is_known_by_its_certificate_and_a_page_by_its_host() {
        let link: Url = "https://app.example:8443/thuisloket".parse().unwrap();
        let prints = [["00"; 32].join(":"), ["Ff"; 32].join(":")];
        assert_eq!(
            origins(&link, &prints),
            [
                "https://app.example:8443".to_owned(),
                format!("android:apk-key-hash:{}", "A".repeat(43)),
                format!("android:apk-key-hash:{}8", "_".repeat(42)),
            ]
        );
        assert_eq!(rp_id(&link), "app.example");
    }

    #[test]
    fn a_handle_is_one_citizens_and_says_nothing() {
        let (town, other) = (MunicipalityId(Uuid::from_u128(1)), MunicipalityId(Uuid::from_u128(2)));
        let (anna, luc) = (ResidentId(Uuid::from_u128(1)), ResidentId(Uuid::from_u128(2)));
        assert_eq!(user_handle(town, anna), user_handle(town, anna));
        assert!(
            user_handle(town, anna) != user_handle(town, luc) && user_handle(town, anna) != user_handle(other, anna)
        );
        let creation = Creation {
            challenge: "c",
            rp_id: "app.example",
            name: "Deinze",
            user_id: "u",
            known: &["k".to_owned()],
            timeout: 1,
        };
        let json = creation.json();
        assert_eq!(json["user"], json!({ "id": "u", "name": "Deinze", "displayName": "Deinze" }));
        assert_eq!(json["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(json["excludeCredentials"], json!([{ "type": "public-key", "id": "k" }]));
        assert_eq!(request("c", "app.example", &[], 1)["userVerification"], "required");
    }
}
