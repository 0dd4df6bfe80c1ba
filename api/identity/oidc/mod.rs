//! The identity provider's side of a sign-in: one adapter, by configuration, over the crates `oauth2`, which asks for the tokens,
//! and `jsonwebtoken`, which checks their signatures.
//!
//! Of all that a provider says only what is used is read: of its discovery document, its keys, its answers ([`super::jws`]) and its
//! claims ([`super::claims`]). What differs between providers stands here: tokens encrypted to our key are decrypted as they come
//! in; assertions signed with our key stand in for a secret (RFC 7523); and what a provider says of its certainty is mapped to a
//! level.

mod failure;
mod provider;
mod tokens;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::AtomicU64},
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Duration, Utc};
use governor::{Quota, RateLimiter};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash},
};
use oauth2::{CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};

pub use failure::{SignInError, Whom};
use failure::{misfit, refused};
use provider::{NEW_KEYS_AT_ONCE, NEW_KEYS_EVERY, Provider, level_of};

use super::{
    claims::{Claims, Expected},
    jwe::DecryptionKey,
    line::{Line, TIMEOUT},
    rules::Back,
};
use crate::{
    config::Config,
    platform::{
        access::Level,
        text::{Lines, canonical},
    },
};

/// The most characters of a member's name; the provider's are as long as names are.
const MAX_NAME: usize = 200;

/// The providers of this installation, by name. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<HashMap<String, Provider>>);

/// Where to send the browser, and what must come back.
pub struct Start {
    /// The provider's page.
    pub url: url::Url,
    /// Comes back with the browser.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves to the provider that the trade is ours (RFC 7636).
    pub verifier: String,
}

/// Who came back.
pub struct SignedIn {
    /// Who says so.
    pub issuer: String,
    /// Their id there.
    pub subject: String,
    /// The national number, if it was told.
    pub national_number: Option<String>,
    /// The language tag, if it was told.
    pub language: Option<String>,
    /// Given name and family name, as far as they were told.
    pub name: String,
    /// How sure the provider is.
    pub level: Level,
    /// When they were last asked who they are, if the provider says so: with single sign-on that may be long ago.
    pub asked_at: Option<DateTime<Utc>>,
    /// Roles of staff, as the provider writes them.
    pub roles: Vec<String>,
}

impl Providers {
    /// Prepares the providers of the configuration; asks none of them anything yet.
    ///
    /// # Errors
    /// A secret or a CA file that cannot be read.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let citizens = RedirectUrl::from_url(config.server.public_url.join("sign-in/callback")?);
        let staff = RedirectUrl::from_url(config.server.public_url.join("staff/sign-in/callback")?);
        let new_keys = Quota::with_period(NEW_KEYS_EVERY).context("no time")?.allow_burst(NEW_KEYS_AT_ONCE);
        let mut all = HashMap::new();
        for (name, settings) in &config.identity_providers {
            let mut http = reqwest::Client::builder()
                .timeout(TIMEOUT)
                // Following a redirect would let the provider make us call others (the advice of the crate `oauth2`).
                .redirect(reqwest::redirect::Policy::none());
            if let Some(ca) = &settings.ca_file {
                let pem = std::fs::read(ca).with_context(|| format!("{} cannot be read", ca.display()))?;
                http = http.add_root_certificate(reqwest::Certificate::from_pem(&pem)?);
            }
            let mut public = JwkSet { keys: Vec::new() };
            let client_key = settings.client_key.reveal()?;
            let assertion = if client_key.is_empty() {
                None
            } else {
                let (key, jwk, header) =
                    signing(&client_key).with_context(|| format!("identity_providers.{name}.client_key"))?;
                public.keys.push(jwk);
                Some((key, header))
            };
            let pem = settings.decryption_key.reveal()?;
            let decryption = if pem.is_empty() {
                None
            } else {
                let at = || format!("identity_providers.{name}.decryption_key");
                let key = DecryptionKey::from_pem(&pem).with_context(at)?;
                let mut jwk = published(&EncodingKey::from_rsa_pem(pem.as_bytes())?, Algorithm::RS256)?;
                jwk.common.public_key_use = Some(PublicKeyUse::Encryption);
                jwk.common.key_algorithm = Some(KeyAlgorithm::RSA_OAEP_256);
                public.keys.push(jwk);
                Some(key)
            };
            all.insert(
                name.clone(),
                Provider {
                    settings: settings.clone(),
                    secret: settings.client_secret.reveal()?,
                    assertion,
                    line: Line::new(name, http.build()?, decryption, config.server.max_concurrent_requests),
                    public,
                    citizens: citizens.clone(),
                    staff: staff.clone(),
                    known: Mutex::default(),
                    looking: tokio::sync::Mutex::default(),
                    looks: AtomicU64::new(0),
                    again: RateLimiter::direct(new_keys),
                },
            );
        }
        Ok(Self(Arc::new(all)))
    }

    fn get(&self, name: &str) -> Result<&Provider, SignInError> {
        self.0.get(name).with_context(|| format!("no provider {name}")).map_err(SignInError::Unavailable)
    }

    /// The providers' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The public halves of our keys at a provider, which it fetches: what we sign with, and what it may encrypt to.
    pub fn client_jwks(&self, name: &str) -> Option<&JwkSet> {
        self.0.get(name).map(|p| &p.public).filter(|set| !set.keys.is_empty())
    }

    /// The first of these providers that reaches a level.
    pub fn reaching<'a>(&self, names: impl IntoIterator<Item = &'a String>, level: Level) -> Option<&'a str> {
        let reaches = |name: &&String| self.0.get(*name).is_some_and(|p| p.reaches(level));
        names.into_iter().find(reaches).map(String::as_str)
    }

    /// Asks a provider for its discovery document and keys; tells what time it has there, if it says so.
    ///
    /// # Errors
    /// A provider that does not answer, or not as one.
    pub async fn look(&self, name: &str) -> Result<Option<DateTime<Utc>>, SignInError> {
        let provider = self.get(name)?;
        provider.fetched().await?;
        let answer = provider
            .line
            .http()
            .get(provider.document())
            .send()
            .await
            .map_err(|e| SignInError::Unavailable(e.into()))?;
        let date = answer.headers().get(http::header::DATE).and_then(|v| v.to_str().ok());
        Ok(date.and_then(|d| DateTime::parse_from_rfc2822(d).ok()).map(|d| d.to_utc()))
    }

    /// Begins a sign-in at the provider `name`, at `level` or above; with `lately`, whoever was not asked within that time is asked now.
    ///
    /// # Errors
    /// A provider that does not answer, or that never reaches the level.
    pub async fn start(
        &self,
        name: &str,
        whom: Whom,
        language: &str,
        (level, lately): (Level, Option<Duration>),
    ) -> Result<Start, SignInError> {
        let provider = self.get(name)?;
        if !provider.reaches(level) {
            return Err(SignInError::TooWeak(level));
        }
        let known = match provider.fresh() {
            Some(known) => known,
            None => {
                let _place = provider.line.enter()?;
                provider.known().await?
            }
        };
        let client = provider.client(&known, whom);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random().into_secret();
        let settings = &provider.settings;
        let mut request = client
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge)
            .add_scope(Scope::new("openid".to_owned()))
            .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("nonce", &nonce)
            .add_extra_param("ui_locales", language);
        // Only those that are enough: a provider may choose among what it is asked.
        let enough = settings.acr_values.iter().filter(|acr| level_of(settings, acr) >= level);
        let enough = enough.map(String::as_str).collect::<Vec<_>>().join(" ");
        if !enough.is_empty() {
            request = request.add_extra_param("acr_values", enough);
        }
        if let Some(lately) = lately {
            request = request.add_extra_param("max_age", lately.num_seconds().to_string());
        }
        if !settings.login_hint.is_empty() {
            let hint = serde_json::to_vec(&settings.login_hint).unwrap_or_default();
            request = request.add_extra_param("login_hint", STANDARD.encode(hint));
        }
        let (url, state) = request.url();
        Ok(Start { url, state: state.into_secret(), nonce, verifier: verifier.into_secret() })
    }

    /// Trades what the provider sent the browser back with for who it is, checking signature, issuer, audience, times and nonce.
    ///
    /// # Errors
    /// A provider that says why not, does not answer, or whose answer cannot be believed.
    pub async fn finish(
        &self,
        name: &str,
        whom: Whom,
        back: &Back,
        (verifier, nonce): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<SignedIn, SignInError> {
        let provider = self.get(name)?;
        let settings = &provider.settings;
        let code = provider.code(back)?;
        let _place = provider.line.enter()?;
        let known = provider.known().await?;
        // Where several providers share one address, one could send the browser back with another's code (RFC 9207, 2.4).
        if known.tells_issuer && back.issuer.is_none() {
            return Err(refused("it sent the browser back without saying that it was it (`iss`)"));
        }
        let tokens = provider.trade(&known, whom, code, verifier, now).await?;
        let signed = provider.signed(&known, &tokens.id_token).await?;
        let at_hash = signed.half_hash(tokens.access_token.secret());
        let claims = Claims::from(signed.claims);
        let expected = Expected { issuer: settings.issuer.as_str(), client: &settings.client_id, nonce, now };
        claims.check_id_token(&expected).map_err(refused)?;
        if claims.text("at_hash").map_err(refused)?.is_some_and(|told| told != at_hash) {
            return Err(refused("the access token is not the ID token's"));
        }
        let subject = claims.subject().map_err(refused)?.to_owned();
        let asked_at = claims.asked_at(now);
        let claims = match &known.userinfo {
            Some(endpoint) => match provider.userinfo(&known, endpoint, &tokens.access_token).await {
                Ok(more) => {
                    // Core, 5.3.2: what is of somebody else is not used.
                    if more.subject().map_err(|odd| refused(anyhow::Error::new(odd).context("userinfo")))? != subject {
                        return Err(refused("userinfo is of another subject"));
                    }
                    claims.and(more)
                }
                // Nobody is kept out for what is known already: names and the language are only hints.
                Err(error @ SignInError::Unavailable(_)) if provider.has_said_enough(whom, &claims) => {
                    let of = whom.as_str();
                    tracing::warn!(%error, provider = name, of, "userinfo was passed over: the ID token says enough");
                    claims
                }
                Err(error) => return Err(error),
            },
            None => claims,
        };
        for (name, wanted) in &settings.required_claims {
            if claims.text(name).map_err(|odd| SignInError::SetUp(odd.into()))? != Some(wanted) {
                return Err(SignInError::Unentitled(name.clone()));
            }
        }
        let names = &settings.claims;
        let level = claims.text(&names.level).map_err(|odd| misfit("level", odd))?;
        // What the other door uses is not used at this one.
        let (number, roles) = match whom {
            Whom::Citizens => {
                let number = claims.text(&names.national_number).map_err(|odd| misfit("national_number", odd))?;
                (number.filter(|n| !n.trim().is_empty()), Vec::new())
            }
            Whom::Staff if names.roles.is_empty() => (None, Vec::new()),
            // ACM/IDM sends a single one without the list.
            Whom::Staff => (None, claims.texts(&names.roles).map_err(|odd| misfit("roles", odd))?),
        };
        let name = [&names.given_name, &names.family_name];
        let name = name.iter().filter_map(|n| canonical(claims.hint(n)?, Lines::One).ok()).filter(|n| !n.is_empty());
        let name = name.collect::<Vec<_>>().join(" ").chars().take(MAX_NAME).collect();
        Ok(SignedIn {
            issuer: settings.issuer.as_str().to_owned(),
            subject,
            national_number: number.map(str::to_owned),
            language: claims.hint(&names.language).map(str::to_owned),
            name,
            level: level.map_or(Level::Low, |acr| level_of(settings, acr)),
            asked_at,
            roles: roles.into_iter().map(str::to_owned).collect(),
        })
    }

    /// The claim in which a provider tells the national number, by the configuration.
    pub fn number_claim(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |p| &p.settings.claims.national_number)
    }
}

/// A public key as it is published: named by its thumbprint (RFC 7638).
pub(super) fn published(key: &EncodingKey, algorithm: Algorithm) -> anyhow::Result<Jwk> {
    let mut jwk = Jwk::from_encoding_key(key, algorithm)?;
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    jwk.common.key_id = Some(jwk.thumbprint(ThumbprintHash::SHA256)?);
    Ok(jwk)
}

/// The key that signs our assertions: RSA, or P-256.
fn signing(pem: &str) -> anyhow::Result<(EncodingKey, Jwk, Header)> {
    let (key, algorithm) = match EncodingKey::from_rsa_pem(pem.as_bytes()) {
        Ok(key) => (key, Algorithm::RS256),
        Err(_) => (
            EncodingKey::from_ec_pem(pem.as_bytes()).context("it is neither an RSA nor an EC key in PEM")?,
            Algorithm::ES256,
        ),
    };
    let jwk = published(&key, algorithm)?;
    let mut header = Header::new(algorithm);
    header.kid.clone_from(&jwk.common.key_id);
    Ok((key, jwk, header))
}
