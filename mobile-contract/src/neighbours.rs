//! All stand-ins together, with the keys of an invented app, and the piece of configuration that points a server at
//! them.

use std::path::Path;

use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::json;

use crate::{Now, apns, fcm, oidc};

/// The invented app's bundle id.
pub const TOPIC: &str = "example.thuisloket.app";
/// The invented team.
pub const TEAM: &str = "TEAM123456";
/// The invented key's id.
pub const KEY: &str = "KEY1234567";
/// The invented Firebase project.
pub const PROJECT: &str = "thuisloket-example";

/// The stand-ins.
#[derive(Clone)]
pub struct Neighbours {
    /// Apple's.
    pub apns: apns::Apns,
    /// Google's.
    pub fcm: fcm::Fcm,
    /// The identity provider.
    pub oidc: oidc::Oidc,
    /// The public half of the APNs key.
    pub apns_public_pem: String,
    apns_private_pem: String,
    service_account: String,
}

impl Neighbours {
    /// Starts them all on free ports of loopback.
    ///
    /// # Errors
    /// No port, no key.
    pub async fn start(now: Now) -> Result<Self, oidc::Error> {
        let ec = KeyPair::generate()?;
        let rsa = KeyPair::generate_for(&PKCS_RSA_SHA256)?;
        let apns_public_pem = ec.public_key_pem();
        let apns = apns::Apns::start(
            apns::Account {
                team_id: TEAM.to_owned(),
                key_id: KEY.to_owned(),
                public_pem: apns_public_pem.clone(),
                topic: TOPIC.to_owned(),
            },
            now.clone(),
        )
        .await?;
        let client_email = format!("push@{PROJECT}.iam.gserviceaccount.com");
        let fcm = fcm::Fcm::start(
            fcm::Account {
                project_id: PROJECT.to_owned(),
                client_email: client_email.clone(),
                public_pem: rsa.public_key_pem(),
            },
            now.clone(),
        )
        .await?;
        let service_account = json!({
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "1",
            "private_key": rsa.serialize_pem(),
            "client_email": client_email,
            "token_uri": format!("https://{}/token", fcm.address),
        });
        let oidc = oidc::Oidc::start(now).await?;
        Ok(Self {
            apns,
            fcm,
            oidc,
            apns_public_pem,
            apns_private_pem: ec.serialize_pem(),
            service_account: service_account.to_string(),
        })
    }

    /// The TOML that names them: provider `town`, app `shared`. Writes the keys and authorities into `folder`.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn configuration(&self, folder: &Path) -> std::io::Result<String> {
        let put = |name: &str, text: &str| -> std::io::Result<String> {
            let path = folder.join(name);
            std::fs::write(&path, text)?;
            Ok(path.display().to_string())
        };
        let apns_ca = put("apns-ca.pem", &self.apns.ca_pem)?;
        let fcm_ca = put("fcm-ca.pem", &self.fcm.ca_pem)?;
        let key = put("apns.p8", &self.apns_private_pem)?;
        let account = put("firebase.json", &self.service_account)?;
        let (issuer, id, secret) = (self.oidc.issuer(), oidc::CLIENT_ID, oidc::CLIENT_SECRET);
        let (apns, fcm) = (self.apns.address, self.fcm.address);
        Ok(format!(
            r#"
[identity_providers.town]
issuer = "{issuer}"
client_id = "{id}"
client_secret = "{secret}"
scopes = ["profile", "rrn"]

[apps.shared.apns]
team_id = "{TEAM}"
key_id = "{KEY}"
key = {{ file = "{key}" }}
topic = "{TOPIC}"
production_url = "https://{apns}"
sandbox_url = "https://{apns}"
ca_file = "{apns_ca}"

[apps.shared.fcm]
service_account = {{ file = "{account}" }}
url = "https://{fcm}"
ca_file = "{fcm_ca}"
"#
        ))
    }
}
