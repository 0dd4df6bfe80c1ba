//! Published apps, and their credentials for push.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{defaults, secret::Secret};

/// A published app: its push credentials, and what lets phones open its links in it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppCredentials {
    /// Apple's.
    pub apns: Option<Apns>,
    /// Google's.
    pub fcm: Option<Fcm>,
    /// How Android knows the app.
    pub android: Option<Android>,
    /// The oldest version for iOS that is still to be used; none where each is.
    pub least_ios: Option<LeastVersion>,
    /// The oldest version for Android that is still to be used; none where each is.
    pub least_android: Option<LeastVersion>,
}

/// The oldest version of an app that is still to be used, and where there is a newer one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeastVersion {
    /// The version: numbers with points between.
    pub version: String,
    /// The app's page in its store.
    pub store: Url,
}

impl LeastVersion {
    /// Whether a version can be written so, and its store is a page of the web.
    pub fn is_known(&self) -> bool {
        let number = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        self.store.scheme() == "https" && self.version.split('.').count() <= 4 && self.version.split('.').all(number)
    }
}

/// How Android knows an app, so that it opens the app's links in it (Digital Asset Links).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Android {
    /// The package's name.
    pub package: String,
    /// The SHA-256 fingerprints of the certificates that sign it, as the Play Console shows them: 32 pairs of hexadecimal digits.
    pub fingerprints: Vec<String>,
}

impl Android {
    /// Whether a package can be called so, and each fingerprint is one.
    pub fn is_known(&self) -> bool {
        let part = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let pair = |pair: &str| pair.len() == 2 && pair.chars().all(|c| c.is_ascii_hexdigit());
        let is_fingerprint = |text: &String| text.split(':').count() == 32 && text.split(':').all(pair);
        self.package.contains('.')
            && self.package.split('.').all(part)
            && !self.fingerprints.is_empty()
            && self.fingerprints.iter().all(is_fingerprint)
    }
}

/// Credentials at Apple Push Notification service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apns {
    /// The team, ten characters.
    pub team_id: String,
    /// The key, ten characters.
    pub key_id: String,
    /// The .p8 key.
    pub key: Secret,
    /// The app's bundle id.
    pub topic: String,
    /// Whether Apple lets the app sound through silence (the entitlement for critical alerts): emergencies do then.
    #[serde(default)]
    pub critical_alerts: bool,
    /// Where production pushes go.
    #[serde(default = "defaults::apns_production")]
    pub production_url: Url,
    /// Where sandbox pushes go.
    #[serde(default = "defaults::apns_sandbox")]
    pub sandbox_url: Url,
    /// A PEM file of the authority that signed the server's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// Credentials at Firebase Cloud Messaging.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fcm {
    /// The service account's JSON file, as Google gives it.
    pub service_account: Secret,
    /// Where messages go.
    #[serde(default = "defaults::fcm_url")]
    pub url: Url,
    /// A PEM file of the authority that signed the server's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}
