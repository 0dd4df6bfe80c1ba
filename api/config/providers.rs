//! Identity providers, by which citizens and staff sign in.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::secret::Secret;
use crate::platform::access::{Level, Role};

/// How the provider wants to be sure that it is us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// The secret in an Authorization header.
    #[default]
    SecretBasic,
    /// The secret in the form.
    SecretPost,
    /// No secret: an assertion signed with our key (RFC 7523).
    PrivateKeyJwt,
}

/// How a provider says more about somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Userinfo {
    /// As JSON; a signed JWT is taken too.
    #[default]
    Json,
    /// As a signed JWT, which may be encrypted to our key; anything else is refused.
    Jwt,
}

/// An OpenID Connect provider: itsme, CSAM (FAS), Flanders' ACM/IDM, or another.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProvider {
    /// The issuer, under which the discovery document is found, to the letter.
    pub issuer: Issuer,
    /// Our client id there.
    pub client_id: String,
    /// Our secret there; none with `private_key_jwt`.
    #[serde(default)]
    pub client_secret: Secret,
    /// How the provider is made sure that it is us.
    #[serde(default)]
    pub client_auth: ClientAuth,
    /// The private key (PEM, PKCS#8; RSA or P-256) that signs our assertions, with `private_key_jwt`.
    #[serde(default)]
    pub client_key: Secret,
    /// The private key (PEM, PKCS#8; RSA) that the provider encrypts to, if it encrypts what it says.
    #[serde(default)]
    pub decryption_key: Secret,
    /// How it says more about somebody at its userinfo endpoint.
    #[serde(default)]
    pub userinfo: Userinfo,
    /// Scopes to ask for; `openid` is always asked.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Authentication levels to ask for, in order of preference.
    #[serde(default)]
    pub acr_values: Vec<String>,
    /// How sure the provider is of somebody, by what it says in the claim `claims.level`. What is not here is low.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
    /// Sent as `login_hint`: base64 of this as JSON, as ACM/IDM asks.
    #[serde(default)]
    pub login_hint: BTreeMap<String, String>,
    /// What must be claimed, to the letter, or the sign-in is refused.
    #[serde(default)]
    pub required_claims: BTreeMap<String, String>,
    /// What each of the provider's roles may do here, for staff.
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<Role>>,
    /// Which claim says what.
    #[serde(default)]
    pub claims: Claims,
    /// A PEM file of the authority that signed the provider's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// An issuer, as its provider writes it. Issuers are compared to the letter (OpenID Connect Discovery, 4.3), so that a `/` at the
/// end counts: some have one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Issuer(String);

impl Issuer {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Issuer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fits = |url: Url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && text.trim() == text
        };
        match Url::parse(&text).is_ok_and(fits) {
            true => Ok(Self(text)),
            false => Err(format!("the issuer {text:?} must be an address (https://…) without query and fragment")),
        }
    }
}

impl From<Issuer> for String {
    fn from(issuer: Issuer) -> Self {
        issuer.0
    }
}

/// The names under which a provider tells things. Each is looked for in the ID token, then in userinfo.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// The national number.
    pub national_number: String,
    /// The language the citizen reads.
    pub language: String,
    /// Given names; of staff, for the audit trail.
    pub given_name: String,
    /// Family name; of staff, for the audit trail.
    pub family_name: String,
    /// How sure the provider is; see `levels`.
    pub level: String,
    /// Roles of staff, as an array of `Role:Organisation`; empty where nobody has any.
    pub roles: String,
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            national_number: "rrn".to_owned(),
            language: "locale".to_owned(),
            given_name: "given_name".to_owned(),
            family_name: "family_name".to_owned(),
            level: "acr".to_owned(),
            roles: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_stays_as_it_is_written() {
        for issuer in ["https://tenant.eu.auth0.com/", "https://op.example", "https://OP.example:443/a/"] {
            assert_eq!(Issuer::try_from(issuer.to_owned()).unwrap().as_str(), issuer);
        }
        for wrong in
            ["", "op.example", "mailto:a@b", "https://op.example/?x", "https://op.example/#x", " https://op.example"]
        {
            assert!(Issuer::try_from(wrong.to_owned()).is_err(), "{wrong:?}");
        }
    }
}
