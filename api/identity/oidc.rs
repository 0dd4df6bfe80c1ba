//! The identity provider's side of a sign-in: one adapter, by configuration, over the `openidconnect` crate.
//!
//! What differs between providers and that crate does not do stands here: tokens encrypted to our key are decrypted as
//! they come in, before the crate checks their signatures; assertions signed with our key stand in for a secret (RFC
//! 7523); and what a provider says of its certainty is mapped to a level.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::{DateTime, Utc};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash},
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthenticationContextClass, AuthenticationFlow, AuthorizationCode,
    ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    IssuerUrl, LoginHint, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse as _, UserInfoClaims, UserInfoResponseType,
    core::{CoreClient, CoreGenderClaim, CoreProviderMetadata, CoreResponseType},
};
use serde_json::Value;

use super::jwe::DecryptionKey;
use crate::{
    config::{ClientAuth, Config, IdentityProvider, Userinfo},
    platform::access::Level,
};

/// How long the provider's discovery document and keys are trusted without a look.
const METADATA_LIFE: Duration = Duration::from_secs(600);
/// How long the provider may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// How long an assertion of ours is good for, in seconds.
const ASSERTION_LIFE: i64 = 60;
/// What says that a client proves itself by an assertion (RFC 7523, 2.2).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The providers of this installation, by name. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<HashMap<String, Provider>>);

struct Provider {
    settings: IdentityProvider,
    secret: String,
    assertion: Option<(EncodingKey, Header)>,
    decryption: Option<Arc<DecryptionKey>>,
    public: JwkSet,
    citizens: RedirectUrl,
    staff: RedirectUrl,
    http: reqwest::Client,
    metadata: Mutex<Option<(tokio::time::Instant, Arc<CoreProviderMetadata>)>>,
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
    /// The provider cannot be reached or answers nonsense.
    #[error("the identity provider is unavailable: {0:#}")]
    Unavailable(anyhow::Error),
    /// The provider's answer cannot be believed.
    #[error("the identity provider's answer was refused: {0:#}")]
    Refused(anyhow::Error),
    /// The provider is believed, and does not claim what is required.
    #[error("the claim {0:?} is not what is required")]
    Unentitled(String),
    /// The provider never reaches this level.
    #[error("the identity provider reaches no level {}", .0.as_str())]
    TooWeak(Level),
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Everything(HashMap<String, Value>);
impl AdditionalClaims for Everything {}

#[derive(Debug, thiserror::Error)]
enum HttpError {
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    #[error(transparent)]
    Form(#[from] http::Error),
    #[error("the answer is larger than {MAX_ANSWER} bytes")]
    TooLarge,
    #[error("{0:#}")]
    Encrypted(anyhow::Error),
}

impl Providers {
    /// Prepares the providers of the configuration; asks none of them anything yet.
    ///
    /// # Errors
    /// A secret or a CA file that cannot be read.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let citizens = RedirectUrl::from_url(config.server.public_url.join("sign-in/callback")?);
        let staff = RedirectUrl::from_url(config.server.public_url.join("staff/sign-in/callback")?);
        let mut all = HashMap::new();
        for (name, settings) in &config.identity_providers {
            let mut http = reqwest::Client::builder()
                .timeout(TIMEOUT)
                // Following a redirect would let the provider make us call others (openidconnect's own advice).
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
                Some(Arc::new(key))
            };
            all.insert(
                name.clone(),
                Provider {
                    settings: settings.clone(),
                    secret: settings.client_secret.reveal()?,
                    assertion,
                    decryption,
                    public,
                    citizens: citizens.clone(),
                    staff: staff.clone(),
                    http: http.build()?,
                    metadata: Mutex::default(),
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
        provider.client(true, Whom::Citizens).await?;
        let document =
            format!("{}/.well-known/openid-configuration", provider.settings.issuer.as_str().trim_end_matches('/'));
        let answer = provider.http.get(document).send().await.map_err(|e| SignInError::Unavailable(e.into()))?;
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
        let client = provider.client(false, whom).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge)
            .add_extra_param("ui_locales", language);
        let settings = &provider.settings;
        for scope in &settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        // Only those that are enough: a provider may choose among what it is asked.
        for acr in settings.acr_values.iter().filter(|acr| level_of(settings, acr) >= level) {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if !settings.login_hint.is_empty() {
            let hint = serde_json::to_vec(&settings.login_hint).unwrap_or_default();
            request = request.set_login_hint(LoginHint::new(STANDARD.encode(hint)));
        }
        let (url, state, nonce) = request.url();
        Ok(Start { url, state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() })
    }

    /// Trades the provider's code for who it is, checking signature, issuer, audience, times and nonce.
    ///
    /// # Errors
    /// A provider that does not answer, or whose answer cannot be believed.
    pub async fn finish(
        &self,
        name: &str,
        whom: Whom,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, SignInError> {
        let provider = self.get(name)?;
        let mut client = provider.client(false, whom).await?;
        let http = provider.caller();
        let mut trade = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| SignInError::Unavailable(e.into()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        if provider.settings.client_auth == ClientAuth::PrivateKeyJwt {
            let endpoint = client.token_uri().map(|t| t.as_str().to_owned()).unwrap_or_default();
            let assertion = provider.assert(&endpoint, now).map_err(SignInError::Unavailable)?;
            trade = trade
                .add_extra_param("client_assertion_type", ASSERTION_TYPE)
                .add_extra_param("client_assertion", assertion);
        }
        let answer = trade.request_async(&http).await.map_err(|e| match e {
            openidconnect::RequestTokenError::ServerResponse(r) => {
                SignInError::Refused(anyhow::anyhow!("token endpoint: {}", r.error().as_ref()))
            }
            openidconnect::RequestTokenError::Request(e) => SignInError::Unavailable(e.into()),
            other => SignInError::Refused(anyhow::anyhow!("{other}")),
        })?;
        let token = answer.id_token().context("no ID token").map_err(SignInError::Refused)?;
        let nonce = Nonce::new(nonce.to_owned());
        let check = |client: &Client| {
            let verifier = client.id_token_verifier().set_time_fn(move || now);
            let claims = token.claims(&verifier, &nonce)?;
            if let Some(expected) = claims.access_token_hash() {
                let alg = token.signing_alg()?;
                let key = token.signing_key(&verifier)?;
                let actual = AccessTokenHash::from_token(answer.access_token(), alg, key)?;
                anyhow::ensure!(actual == *expected, "the access token is not the ID token's");
            }
            anyhow::Ok((claims.issuer().to_string(), claims.subject().clone()))
        };
        let (issuer, subject) = match check(&client) {
            Ok(found) => found,
            // The provider may have new keys: look once more before refusing.
            Err(_) => {
                client = provider.client(true, whom).await?;
                check(&client).map_err(SignInError::Refused)?
            }
        };
        // Verified above; read again for the claims that only this provider knows.
        let mut claims = payload(&token.to_string()).map_err(SignInError::Refused)?;
        if let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject.clone())) {
            let request = match provider.settings.userinfo {
                Userinfo::Json => request,
                Userinfo::Jwt => request.require_signed_response(true).set_response_type(UserInfoResponseType::Jwt),
            };
            let userinfo: UserInfoClaims<Everything, CoreGenderClaim> = request
                .request_async(&http)
                .await
                .map_err(|e| SignInError::Refused(anyhow::anyhow!("userinfo: {e}")))?;
            let told = serde_json::to_value(&userinfo).unwrap_or_default();
            for (key, value) in told.as_object().into_iter().flatten() {
                claims.entry(key.clone()).or_insert_with(|| value.clone());
            }
            for (key, value) in &userinfo.additional_claims().0 {
                claims.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        let settings = &provider.settings;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        for (name, wanted) in &settings.required_claims {
            if text(name).as_ref() != Some(wanted) {
                return Err(SignInError::Unentitled(name.clone()));
            }
        }
        let names = [text(&settings.claims.given_name), text(&settings.claims.family_name)];
        Ok(SignedIn {
            issuer,
            subject: subject.to_string(),
            national_number: text(&settings.claims.national_number),
            language: text(&settings.claims.language),
            name: names.iter().flatten().map(|n| n.trim()).filter(|n| !n.is_empty()).collect::<Vec<_>>().join(" "),
            level: text(&settings.claims.level).map_or(Level::Low, |acr| level_of(settings, &acr)),
            roles: match claims.get(&settings.claims.roles) {
                Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                // ACM/IDM sends a single one without the array.
                Some(Value::String(one)) => vec![one.clone()],
                _ => Vec::new(),
            },
        })
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

    fn caller(
        &self,
    ) -> impl Fn(HttpRequest) -> futures_util::future::BoxFuture<'static, Result<HttpResponse, HttpError>> {
        let (http, decryption) = (self.http.clone(), self.decryption.clone());
        move |request| {
            let (http, decryption) = (http.clone(), decryption.clone());
            Box::pin(async move {
                let mut answer = http.execute(request.try_into()?).await?;
                let mut out = http::Response::builder().status(answer.status());
                for (name, value) in answer.headers() {
                    out = out.header(name, value);
                }
                let mut body = Vec::new();
                while let Some(chunk) = answer.chunk().await? {
                    body.extend_from_slice(&chunk);
                    if body.len() > MAX_ANSWER {
                        return Err(HttpError::TooLarge);
                    }
                }
                if let Some(key) = &decryption {
                    body = decrypted(body, key).map_err(HttpError::Encrypted)?;
                }
                Ok(out.body(body)?)
            })
        }
    }

    async fn client(&self, fresh: bool, whom: Whom) -> Result<Client, SignInError> {
        let known = self.metadata.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let metadata = match known {
            Some((at, metadata)) if !fresh && at.elapsed() < METADATA_LIFE => metadata,
            _ => {
                let issuer = IssuerUrl::from_url(self.settings.issuer.clone());
                // A URL always ends its host with a slash; issuers are compared to the letter, most without.
                let issuer = match self.settings.issuer.path() {
                    "/" => IssuerUrl::new(issuer.trim_end_matches('/').to_owned()).unwrap_or(issuer),
                    _ => issuer,
                };
                let metadata = CoreProviderMetadata::discover_async(issuer, &self.caller())
                    .await
                    .map_err(|e| SignInError::Unavailable(anyhow::anyhow!("discovery: {e}")))?;
                let metadata = Arc::new(metadata);
                *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) =
                    Some((tokio::time::Instant::now(), metadata.clone()));
                metadata
            }
        };
        let (auth, secret) = match self.settings.client_auth {
            ClientAuth::SecretBasic => (AuthType::BasicAuth, Some(self.secret.clone())),
            ClientAuth::SecretPost => (AuthType::RequestBody, Some(self.secret.clone())),
            ClientAuth::PrivateKeyJwt => (AuthType::RequestBody, None),
        };
        let redirect = match whom {
            Whom::Citizens => &self.citizens,
            Whom::Staff => &self.staff,
        };
        Ok(CoreClient::from_provider_metadata(
            (*metadata).clone(),
            ClientId::new(self.settings.client_id.clone()),
            secret.map(ClientSecret::new),
        )
        .set_redirect_uri(redirect.clone())
        .set_auth_type(auth))
    }
}

/// An answer of the provider with what was encrypted to us in the clear: userinfo that is a JWE as a whole, or a token
/// answer whose ID token is one. Anything else stays as it is.
fn decrypted(body: Vec<u8>, key: &DecryptionKey) -> anyhow::Result<Vec<u8>> {
    let is_jwe = |text: &str| text.split('.').count() == 5 && !text.contains(['{', ' ']);
    if let Ok(text) = std::str::from_utf8(&body)
        && is_jwe(text)
    {
        return Ok(key.open(text)?.into_bytes());
    }
    let Ok(Value::Object(mut answer)) = serde_json::from_slice(&body) else { return Ok(body) };
    let Some(token) = answer.get("id_token").and_then(Value::as_str).filter(|t| is_jwe(t)) else { return Ok(body) };
    let token = key.open(token)?;
    answer.insert("id_token".to_owned(), token.into());
    Ok(serde_json::to_vec(&answer)?)
}

/// The claims of a token whose signature was checked.
fn payload(token: &str) -> anyhow::Result<serde_json::Map<String, Value>> {
    let part = token.split('.').nth(1).context("not a JWT")?;
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
}
