//! Published apps, and their credentials for push.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{defaults, secret::Secret};

/// A published app's push credentials.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppCredentials {
    /// Apple's.
    pub apns: Option<Apns>,
    /// Google's.
    pub fcm: Option<Fcm>,
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
