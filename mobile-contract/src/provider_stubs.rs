//! All stand-ins together, with the keys of an invented app, and the piece of configuration that points a server at
//! them.

use std::{path::Path, sync::LazyLock};

use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::json;

use crate::{Now, apns, fcm, oidc, smtp};

/// The invented app's bundle id.
pub const TOPIC: &str = "example.thuisloket.app";
/// The invented team.
pub const TEAM: &str = "TEAM123456";
/// The invented key's id.
pub const KEY: &str = "KEY1234567";
/// The invented Firebase project.
pub const PROJECT: &str = "thuisloket-example";

/// The two keys of a client at itsme: to sign, and to decrypt. Made once, as they take a while.
static CLIENT: LazyLock<Option<(KeyPair, KeyPair)>> = LazyLock::new(|| {
    let key = || KeyPair::generate_for(&PKCS_RSA_SHA256).ok();
    key().zip(key())
});

/// The key of the service account at Firebase. Made once for all, as it takes a while.
static SERVICE_ACCOUNT: LazyLock<Option<KeyPair>> = LazyLock::new(|| KeyPair::generate_for(&PKCS_RSA_SHA256).ok());

/// The stand-ins.
#[derive(Clone)]
pub struct ProviderStubs {
    /// Apple's.
    pub apns: apns::Apns,
    /// Google's.
    pub fcm: fcm::Fcm,
    /// The identity provider `town`, in the shape of ACM/IDM.
    pub oidc: oidc::Oidc,
    /// The identity provider `fas`, in the shape of CSAM's.
    pub fas: oidc::Oidc,
    /// The identity provider `itsme`.
    pub itsme: oidc::Oidc,
    /// The identity provider `staff`, in the shape of ACM/IDM.
    pub staff: oidc::Oidc,
    /// The relay of e-mail.
    pub smtp: smtp::Smtp,
    /// The public half of the APNs key.
    pub apns_public_pem: String,
    apns_private_pem: String,
    service_account: String,
}

impl ProviderStubs {
    /// Starts them all on free ports of loopback.
    ///
    /// # Errors
    /// No port, no key.
    pub async fn start(now: Now) -> Result<Self, oidc::Error> {
        let ec = KeyPair::generate()?;
        let rsa = SERVICE_ACCOUNT.as_ref().ok_or("no key")?;
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
        let (signing, decryption) = CLIENT.as_ref().ok_or("no key")?;
        let keys =
            oidc::ClientKeys { signing_pem: signing.public_key_pem(), encryption_pem: decryption.public_key_pem() };
        let oidc = oidc::Oidc::start(oidc::Shape::Acm, now.clone()).await?;
        let fas = oidc::Oidc::start(oidc::Shape::Fas, now.clone()).await?;
        let itsme = oidc::Oidc::start(oidc::Shape::Itsme(keys), now.clone()).await?;
        let staff = oidc::Oidc::start(oidc::Shape::Acm, now).await?;
        let smtp = smtp::Smtp::start().await?;
        Ok(Self {
            apns,
            fcm,
            oidc,
            fas,
            itsme,
            staff,
            smtp,
            apns_public_pem,
            apns_private_pem: ec.serialize_pem(),
            service_account: service_account.to_string(),
        })
    }

    /// The TOML that names the relay. Writes its authority into `folder`.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn mail_configuration(&self, folder: &Path) -> std::io::Result<String> {
        let ca = folder.join("relay-ca.pem");
        std::fs::write(&ca, &self.smtp.ca_pem)?;
        let (user, password) = (smtp::USER, smtp::PASSWORD);
        let (address, ca) = (self.smtp.address, ca.display());
        Ok(format!(
            r#"
[mail]
relay = "smtp+starttls://{address}"
user = "{user}"
password = "{password}"
ca_file = "{ca}"
from = "thuisloket@town.example"
bounces = "bounce@town.example"
timeout_seconds = 2
"#
        ))
    }

    /// The TOML that names them: providers `town`, `fas`, `itsme` and `staff`, app `shared`. Writes the keys and authorities into `folder`.
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
        let (signing, decryption) = CLIENT.as_ref().ok_or_else(|| std::io::Error::other("no key"))?;
        let signing = put("itsme-sign.pem", &signing.serialize_pem())?;
        let decryption = put("itsme-decrypt.pem", &decryption.serialize_pem())?;
        let (id, secret) = (oidc::CLIENT_ID, oidc::CLIENT_SECRET);
        let (town, fas, itsme, staff) =
            (self.oidc.issuer(), self.fas.issuer(), self.itsme.issuer(), self.staff.issuer());
        let (apns, fcm) = (self.apns.address, self.fcm.address);
        Ok(format!(
            r#"
[identity_providers.town]
issuer = "{town}"
client_id = "{id}"
client_secret = "{secret}"
scopes = ["profile", "rrn"]
acr_values = ["urn:be:vlaanderen:authmech:eid", "urn:be:vlaanderen:authmech:csamsms"]
levels = {{ "urn:be:vlaanderen:authmech:eid" = "high", "urn:be:vlaanderen:authmech:csamsms" = "substantial" }}
login_hint = {{ cap_hint = "BUR" }}

[identity_providers.fas]
issuer = "{fas}"
client_id = "{id}"
client_secret = "{secret}"
client_auth = "secret_post"
userinfo = "jwt"
scopes = ["profile", "egovnrn"]
acr_values = ["urn:be:fedict:iam:fas:citizen:Level500", "urn:be:fedict:iam:fas:citizen:Level400"]
levels = {{ "urn:be:fedict:iam:fas:citizen:Level500" = "high", "urn:be:fedict:iam:fas:citizen:Level400" = "substantial" }}
claims = {{ national_number = "egovNRN", given_name = "givenName", family_name = "surname", language = "prefLanguage" }}

[identity_providers.itsme]
issuer = "{itsme}"
client_id = "{id}"
client_auth = "private_key_jwt"
client_key = {{ file = "{signing}" }}
decryption_key = {{ file = "{decryption}" }}
userinfo = "jwt"
scopes = ["service:TOWN", "profile", "eid"]
acr_values = ["http://itsme.services/v2/claim/acr_advanced"]
levels = {{ "http://itsme.services/v2/claim/acr_advanced" = "high" }}
claims = {{ national_number = "http://itsme.services/v2/claim/BENationalNumber" }}

[identity_providers.staff]
issuer = "{staff}"
client_id = "{id}"
client_secret = "{secret}"
scopes = ["profile", "vo", "thuisloket"]
login_hint = {{ cap_hint = "LB" }}
required_claims = {{ vo_doelgroepcode = "LB" }}
claims = {{ roles = "thuisloket_rol_3d" }}
roles = {{ Loket = ["counter"], Beheer = ["administer"], Planner = ["plan"], Register = ["import"], Toezicht = ["audit"], Redactie = ["announce"], Goedkeuring = ["approve"], Noodbericht = ["alert"] }}

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
