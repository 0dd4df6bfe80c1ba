//! The identity provider's side of a sign-in: one adapter, by configuration, over the crates `oauth2`, which asks for the tokens,
//! and `jsonwebtoken`, which checks their signatures.
//!
//! Of all that a provider says only what is used is read: of its discovery document, its keys, its answers ([`super::jws`]) and its
//! claims ([`super::claims`]). What differs between providers stands here: tokens encrypted to our key are decrypted as they come
//! in; assertions signed with our key stand in for a secret (RFC 7523); and what a provider says of its certainty is mapped to a
//! level.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use futures_util::{FutureExt as _, future::BoxFuture};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash},
};
use oauth2::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ErrorResponse, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    claims::{Claims, Expected, Odd, kind},
    jwe::DecryptionKey,
    jws::{Keys, Signed, Unsigned},
    line::{Busy, HttpError, Line, TIMEOUT},
    rules::{Back, one_line},
};
use crate::{
    config::{ClientAuth, Config, IdentityProvider, Userinfo},
    platform::{
        access::Level,
        text::{Lines, canonical},
    },
};

/// How long the provider's discovery document and keys are trusted without a look.
const METADATA_LIFE: Duration = Duration::from_secs(600);
/// Keys that sign may be new: so often at once a provider is asked again for them before its ten minutes are over, and from then on
/// once in so long. Whatever its tokens are signed with, it is not asked at each.
const NEW_KEYS_AT_ONCE: std::num::NonZeroU32 = std::num::NonZeroU32::new(5).unwrap();
/// See above.
const NEW_KEYS_EVERY: Duration = Duration::from_secs(10);
/// The most characters of an issuer that are written in the log.
const MAX_ISSUER: usize = 200;
/// The error codes that are registered (RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1; RFC 8707, 2; OpenID Connect Core, 3.1.2.6; OpenID
/// Connect Core Error Code unmet_authentication_requirements). Whatever else stands where one should may be anybody's words.
const ERRORS: &[&str] = &[
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "unsupported_response_type",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "invalid_client",
    "invalid_grant",
    "unsupported_grant_type",
    "invalid_token",
    "insufficient_scope",
    "invalid_target",
    "interaction_required",
    "login_required",
    "account_selection_required",
    "consent_required",
    "invalid_request_uri",
    "invalid_request_object",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
    "unmet_authentication_requirements",
];
/// The most characters of a member's name; the provider's are as long as names are.
const MAX_NAME: usize = 200;
/// How long an assertion of ours is good for, in seconds.
const ASSERTION_LIFE: i64 = 60;
/// What says that a client proves itself by an assertion (RFC 7523, 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

type Client = oauth2::Client<
    TokenError,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The providers of this installation, by name. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<HashMap<String, Provider>>);

struct Provider {
    settings: IdentityProvider,
    secret: String,
    assertion: Option<(EncodingKey, Header)>,
    line: Arc<Line>,
    public: JwkSet,
    citizens: RedirectUrl,
    staff: RedirectUrl,
    known: Mutex<Option<Arc<Known>>>,
    /// Held by whoever asks what it says of itself, so that all who wait share what came of it: if nothing did, why.
    looking: tokio::sync::Mutex<Option<String>>,
    /// How often somebody has looked.
    looks: AtomicU64,
    again: DefaultDirectRateLimiter,
}

/// What a provider says of itself, as far as it is used.
struct Known {
    at: tokio::time::Instant,
    authorize: AuthUrl,
    token: TokenUrl,
    userinfo: Option<url::Url>,
    /// Whether it says who it is when it sends the browser back (RFC 9207).
    tells_issuer: bool,
    keys: Keys,
}

/// An answer of the token endpoint, as far as it is used.
#[derive(Debug, Serialize, Deserialize)]
struct Tokens {
    access_token: AccessToken,
    id_token: String,
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }
    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }
    fn expires_in(&self) -> Option<Duration> {
        None
    }
    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }
    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// A refusal of the token endpoint, as far as it is used: what it says beside the code may name anybody.
#[derive(Debug, Serialize, Deserialize)]
struct TokenError {
    error: String,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(registered(&self.error))
    }
}

impl ErrorResponse for TokenError {}

/// An error code as the log may hold it.
fn registered(code: &str) -> &'static str {
    ERRORS.iter().find(|known| **known == code).copied().unwrap_or("an error that is not registered")
}

/// What is wrong with an answer of the token endpoint, without a value of it: each may be a token.
fn token_fault(status: http::StatusCode, body: &[u8]) -> Option<String> {
    if status.is_redirection() {
        return Some("a token endpoint does not redirect: see `token_endpoint` of its discovery document".to_owned());
    }
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Some("what it says is no JSON object".to_owned());
    };
    let needed: &[&str] = if status == http::StatusCode::OK { &["access_token", "id_token"] } else { &["error"] };
    needed.iter().find_map(|name| match answer.get(*name) {
        Some(Value::String(_)) => None,
        Some(other) => Some(format!("`{name}` {}", kind(other))),
        None => Some(format!("`{name}` is absent")),
    })
}

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

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Citizens, for an app.
    Citizens,
    /// Staff, for a browser or a tool.
    Staff,
}

impl Whom {
    /// As `/metrics` and the log call them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Citizens => "citizens",
            Self::Staff => "staff",
        }
    }
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
    /// Roles of staff, as the provider writes them.
    pub roles: Vec<String>,
}

/// Why nobody came back.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Whoever signs in stopped.
    #[error("it was stopped at the identity provider")]
    Stopped,
    /// The provider cannot be reached, has trouble of its own, or answers nonsense.
    #[error("the identity provider is unavailable: {0:#}")]
    Unavailable(anyhow::Error),
    /// The provider was not asked.
    #[error("the identity provider was not asked: {0}")]
    Busy(#[from] Busy),
    /// The provider's answer cannot be believed.
    #[error("the identity provider's answer was refused: {0:#}")]
    Refused(anyhow::Error),
    /// Provider and configuration do not fit: trying again does not help.
    #[error("the identity provider and its configuration do not fit: {0:#}")]
    SetUp(anyhow::Error),
    /// The provider is believed, and does not claim what is required.
    #[error("the claim {0:?} is not what is required")]
    Unentitled(String),
    /// The provider never reaches this level.
    #[error("the identity provider reaches no level {}", .0.as_str())]
    TooWeak(Level),
}

impl SignInError {
    /// What a provider says went wrong (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6).
    fn said(code: &str) -> Self {
        let said = || anyhow::anyhow!("it says {}", registered(code));
        match code {
            "access_denied" => Self::Stopped,
            "temporarily_unavailable" | "server_error" => Self::Unavailable(said()),
            // The code is none, or somebody else's, or too old.
            "invalid_grant" => Self::Refused(said()),
            _ => Self::SetUp(said()),
        }
    }

    /// The same, of what a browser brought: anybody can send one, so that what no provider says is no fault of the settings.
    fn brought(code: &str) -> Self {
        if ERRORS.contains(&code) {
            Self::said(code)
        } else {
            Self::Refused(anyhow::anyhow!("the browser came back with {}", registered(code)))
        }
    }

    /// What became of the sign-in, as `/metrics` calls it.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Unavailable(_) | Self::Busy(_) => "provider_unavailable",
            Self::Refused(_) => "refused",
            Self::SetUp(_) => "provider_misconfigured",
            Self::Unentitled(_) => "unentitled",
            Self::TooWeak(_) => "level_too_low",
        }
    }

    /// Writes in the log that a sign-in could not start. Of a provider that is silent the log has a line when it begins.
    pub fn log_start(&self, provider: &str, whom: Whom) {
        let of = whom.as_str();
        match self {
            Self::Busy(_) => tracing::debug!(error = %self, provider, of, "a sign-in could not start"),
            _ => tracing::warn!(error = %self, provider, of, "a sign-in could not start"),
        }
    }

    /// Writes it in the log, once for a sign-in.
    pub fn log(&self, provider: &str, whom: Whom) {
        let of = whom.as_str();
        match self {
            Self::Stopped => tracing::info!(provider, of, "a sign-in was stopped"),
            Self::Busy(_) => tracing::debug!(error = %self, provider, of, "a sign-in failed at the provider"),
            Self::SetUp(_) => {
                tracing::error!(error = %self, provider, of, "a sign-in failed: see the provider's settings")
            }
            _ => tracing::warn!(error = %self, provider, of, "a sign-in failed at the provider"),
        }
    }
}

/// A claim that shows that the configuration names the wrong one, or that the provider was not asked for it.
fn misfit(setting: &str, odd: Odd) -> SignInError {
    SignInError::SetUp(anyhow::Error::new(odd).context(format!("claims.{setting}")))
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

    /// Begins a sign-in at the provider `name`, at `level` or above.
    ///
    /// # Errors
    /// A provider that does not answer, or that never reaches the level.
    pub async fn start(&self, name: &str, whom: Whom, language: &str, level: Level) -> Result<Start, SignInError> {
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
        verifier: &str,
        nonce: &str,
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
            roles: roles.into_iter().map(str::to_owned).collect(),
        })
    }

    /// The claim in which a provider tells the national number, by the configuration.
    pub fn number_claim(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |p| &p.settings.claims.national_number)
    }
}

fn refused(why: impl Into<Why>) -> SignInError {
    SignInError::Refused(why.into().0)
}

/// Why an answer is refused.
struct Why(anyhow::Error);

impl From<&'static str> for Why {
    fn from(text: &'static str) -> Self {
        Self(anyhow::anyhow!(text))
    }
}
impl From<Odd> for Why {
    fn from(odd: Odd) -> Self {
        Self(odd.into())
    }
}
impl From<Unsigned> for Why {
    fn from(unsigned: Unsigned) -> Self {
        Self(unsigned.into())
    }
}
impl From<anyhow::Error> for Why {
    fn from(error: anyhow::Error) -> Self {
        Self(error)
    }
}

/// How sure a provider is that says this. What is not mapped is low.
fn level_of(settings: &IdentityProvider, acr: &str) -> Level {
    settings.levels.get(acr).copied().unwrap_or(Level::Low)
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

impl Provider {
    /// Whether it can be as sure as `level`.
    fn reaches(&self, level: Level) -> bool {
        level == Level::Low || self.settings.levels.values().any(|l| *l >= level)
    }

    /// Whether these claims of the ID token are all that decides a sign-in at this door.
    fn has_said_enough(&self, whom: Whom, claims: &Claims) -> bool {
        let names = &self.settings.claims;
        let decides = match whom {
            Whom::Citizens => &names.national_number,
            Whom::Staff => &names.roles,
        };
        let level = (!self.settings.levels.is_empty()).then_some(&names.level);
        let required = self.settings.required_claims.keys();
        required.chain(level).chain([decides]).all(|name| name.is_empty() || claims.has(name))
    }

    /// An assertion that it is us (RFC 7523, 3).
    fn assert(&self, audience: &str, now: DateTime<Utc>) -> anyhow::Result<String> {
        let (key, header) = self.assertion.as_ref().context("no client_key")?;
        let client = &self.settings.client_id;
        let claims = serde_json::json!({
            "iss": client, "sub": client, "aud": audience, "jti": CsrfToken::new_random().into_secret(),
            "iat": now.timestamp(), "exp": now.timestamp() + ASSERTION_LIFE,
        });
        Ok(jsonwebtoken::encode(header, &claims, key)?)
    }

    /// The code that the browser brought, if this provider can have sent it and says nothing else.
    fn code<'a>(&self, back: &'a Back) -> Result<&'a str, SignInError> {
        if let Some(name) = back.twice {
            return Err(SignInError::Refused(anyhow::anyhow!("it sent the browser back with `{name}` more than once")));
        }
        if back.issuer.as_ref().is_some_and(|issuer| issuer != self.settings.issuer.as_str()) {
            return Err(refused("the browser came back from another issuer"));
        }
        match (&back.code, &back.error) {
            (Some(code), None) => Ok(code),
            (None, Some(error)) => Err(SignInError::brought(error)),
            (Some(_), Some(_)) => Err(refused("it sent the browser back with a code and an error")),
            (None, None) => Err(refused("it sent the browser back with nothing")),
        }
    }

    /// What is found at an address of the provider.
    async fn get(&self, url: url::Url, bearer: Option<(&AccessToken, &str)>) -> Result<Vec<u8>, SignInError> {
        let mut request = self.line.http().get(url);
        if let Some((token, accept)) = bearer {
            request = request.bearer_auth(token.secret()).header(http::header::ACCEPT, accept);
        }
        let request = request.build().map_err(|e| SignInError::Unavailable(e.into()))?;
        match self.line.ask(request).await {
            Ok((http::StatusCode::OK, body)) => Ok(body),
            Ok((status, _)) => Err(SignInError::Unavailable(anyhow::anyhow!("it answers {status}"))),
            Err(e @ HttpError::Encrypted(_)) => Err(SignInError::Refused(e.into())),
            Err(e) => Err(SignInError::Unavailable(e.into())),
        }
    }

    /// Trades the provider's code for tokens.
    async fn trade(
        &self,
        known: &Known,
        whom: Whom,
        code: &str,
        verifier: &str,
        now: DateTime<Utc>,
    ) -> Result<Tokens, SignInError> {
        let client = self.client(known, whom);
        let mut trade = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        if self.settings.client_auth == ClientAuth::PrivateKeyJwt {
            let assertion = self.assert(known.token.as_str(), now).map_err(SignInError::SetUp)?;
            trade = trade
                .add_extra_param("client_assertion_type", ASSERTION_TYPE)
                .add_extra_param("client_assertion", assertion);
        }
        let line = self.line.clone();
        let send = move |request: HttpRequest| -> BoxFuture<'static, Result<HttpResponse, HttpError>> {
            let line = line.clone();
            Box::pin(async move {
                let (status, body) = line.ask(request.try_into()?).await?;
                match token_fault(status, &body) {
                    Some(fault) => Err(HttpError::Unfit(status, fault)),
                    None => Ok(http::Response::builder().status(status).body(body)?),
                }
            })
        };
        // Boxed, so that the whole sign-in can be a task of its own: the crate's future names lifetimes that the compiler cannot follow.
        let answer: BoxFuture<'_, Result<Tokens, RequestTokenError<HttpError, TokenError>>> =
            trade.request_async(&send).boxed();
        answer.await.map_err(|e| match e {
            RequestTokenError::ServerResponse(r) => SignInError::said(&r.error),
            RequestTokenError::Request(e @ (HttpError::Encrypted(_) | HttpError::Unfit(..))) => {
                SignInError::Refused(anyhow::Error::from(e).context("token endpoint"))
            }
            RequestTokenError::Request(e) => SignInError::Unavailable(e.into()),
            // What stands there is not told: it may be a token.
            RequestTokenError::Parse(..) => refused("its token answer cannot be read"),
            RequestTokenError::Other(e) => SignInError::Refused(anyhow::anyhow!("token endpoint: {e}")),
        })
    }

    /// What a token says that this provider signed. Where none of the keys that we know did, there may be newer ones.
    async fn signed(&self, known: &Arc<Known>, token: &str) -> Result<Signed, SignInError> {
        match known.keys.check(token) {
            Ok(signed) => Ok(signed),
            Err(Unsigned::NoKey) => match self.newer(known).await? {
                Some(newer) => newer.keys.check(token).map_err(refused),
                None => Err(refused(Unsigned::NoKey)),
            },
            Err(error) => Err(refused(error)),
        }
    }

    /// What the userinfo endpoint says of whoever an access token is of.
    async fn userinfo(
        &self,
        known: &Arc<Known>,
        endpoint: &url::Url,
        token: &AccessToken,
    ) -> Result<Claims, SignInError> {
        let wanted = match self.settings.userinfo {
            Userinfo::Json => "application/json",
            Userinfo::Jwt => "application/jwt",
        };
        let body = self.get(endpoint.clone(), Some((token, wanted))).await?;
        match self.settings.userinfo {
            Userinfo::Json => match serde_json::from_slice(&body) {
                Ok(Value::Object(all)) => Ok(all.into()),
                _ => Err(refused("userinfo is no JSON object; see `userinfo` of its settings")),
            },
            Userinfo::Jwt => {
                let token = std::str::from_utf8(&body).map_err(|_| refused("userinfo is no JWT"))?.trim();
                let claims = Claims::from(self.signed(known, token).await?.claims);
                claims.check_parties(self.settings.issuer.as_str(), &self.settings.client_id).map_err(refused)?;
                Ok(claims)
            }
        }
    }

    /// Where its discovery document is (OpenID Connect Discovery, 4.1).
    fn document(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.settings.issuer.as_str().trim_end_matches('/'))
    }

    fn held(&self) -> Option<Arc<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the provider says of itself, as far as it said it lately.
    fn fresh(&self) -> Option<Arc<Known>> {
        self.held().filter(|known| known.at.elapsed() < METADATA_LIFE)
    }

    /// The same; it is asked where that is too long ago, once for all who wait, and what went wrong is everybody's as well.
    async fn known(&self) -> Result<Arc<Known>, SignInError> {
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        let before = self.looks.load(Ordering::Relaxed);
        let mut looking = self.looking.lock().await;
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        self.line.up()?;
        if let Some(why) = looking.as_ref().filter(|_| self.looks.load(Ordering::Relaxed) != before) {
            return Err(SignInError::Unavailable(anyhow::anyhow!("{why}")));
        }
        self.looked(&mut looking).await
    }

    /// What it says since then, if somebody found out meanwhile, or it may be asked again.
    async fn newer(&self, than: &Arc<Known>) -> Result<Option<Arc<Known>>, SignInError> {
        let mut looking = self.looking.lock().await;
        if let Some(held) = self.held().filter(|held| !Arc::ptr_eq(held, than)) {
            return Ok(Some(held));
        }
        self.line.up()?;
        if self.again.check().is_err() {
            return Ok(None);
        }
        self.looked(&mut looking).await.map(Some)
    }

    /// Asks it, and notes what came of it.
    async fn looked(&self, why: &mut Option<String>) -> Result<Arc<Known>, SignInError> {
        let fetched = self.fetched().await;
        self.looks.fetch_add(1, Ordering::Relaxed);
        *why = match &fetched {
            Ok(_) => None,
            Err(SignInError::Unavailable(error) | SignInError::Refused(error)) => Some(format!("{error:#}")),
            Err(error) => Some(error.to_string()),
        };
        fetched
    }

    /// Asks it.
    async fn fetched(&self) -> Result<Arc<Known>, SignInError> {
        let unfit = |what: &str| SignInError::Unavailable(anyhow::anyhow!("its discovery document: {what}"));
        let address = self.document().parse().map_err(|_| unfit("it has no address"))?;
        let document: Value =
            serde_json::from_slice(&self.get(address, None).await?).map_err(|_| unfit("it is no JSON"))?;
        let text = |name: &str| match document.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
            None | Some(Value::Null | Value::String(_)) => Ok(None),
            Some(other) => Err(unfit(&format!("`{name}` {}", kind(other)))),
        };
        let url = |name: &str| {
            let Some(url) = text(name)? else { return Ok(None) };
            let fits = |url: &url::Url| matches!(url.scheme(), "http" | "https");
            url.parse().ok().filter(fits).map(Some).ok_or_else(|| unfit(&format!("`{name}` is no address")))
        };
        let needed = |name: &str| url(name)?.ok_or_else(|| unfit(&format!("`{name}` is absent")));
        // Discovery, 4.3: to the letter.
        let issuer = text("issuer")?.ok_or_else(|| unfit("`issuer` is absent"))?;
        if issuer != self.settings.issuer.as_str() {
            let ours = self.settings.issuer.as_str();
            return Err(unfit(&format!("its issuer is {:?}, and ours {ours:?}", one_line(&issuer, MAX_ISSUER))));
        }
        let keys: Value = serde_json::from_slice(&self.get(needed("jwks_uri")?, None).await?)
            .map_err(|_| unfit("its key set is no JSON"))?;
        let known = Arc::new(Known {
            at: tokio::time::Instant::now(),
            authorize: AuthUrl::from_url(needed("authorization_endpoint")?),
            token: TokenUrl::from_url(needed("token_endpoint")?),
            userinfo: url("userinfo_endpoint")?,
            tells_issuer: document.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
            keys: Keys::read(&keys).map_err(|e| unfit(&format!("{e:#}")))?,
        });
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }

    fn client(&self, known: &Known, whom: Whom) -> Client {
        let redirect = match whom {
            Whom::Citizens => &self.citizens,
            Whom::Staff => &self.staff,
        };
        let client = oauth2::Client::new(ClientId::new(self.settings.client_id.clone()))
            .set_auth_uri(known.authorize.clone())
            .set_token_uri(known.token.clone())
            .set_redirect_uri(redirect.clone());
        let secret = || ClientSecret::new(self.secret.clone());
        match self.settings.client_auth {
            ClientAuth::SecretBasic => client.set_client_secret(secret()).set_auth_type(AuthType::BasicAuth),
            ClientAuth::SecretPost => client.set_client_secret(secret()).set_auth_type(AuthType::RequestBody),
            ClientAuth::PrivateKeyJwt => client.set_auth_type(AuthType::RequestBody),
        }
    }
}
