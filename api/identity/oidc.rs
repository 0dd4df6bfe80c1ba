//! The identity provider's side of a sign-in: one adapter, by configuration, over the `openidconnect` crate.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthType, AuthenticationContextClass, AuthenticationFlow, AuthorizationCode,
    ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse as _, UserInfoClaims,
    core::{CoreClient, CoreGenderClaim, CoreProviderMetadata, CoreResponseType},
};
use serde_json::Value;

use crate::config::{ClientAuth, Config, IdentityProvider};

/// How long the provider's discovery document and keys are trusted without a look.
const METADATA_LIFE: Duration = Duration::from_secs(600);
/// How long the provider may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The providers of this installation, by name. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<HashMap<String, Provider>>);

struct Provider {
    settings: IdentityProvider,
    secret: String,
    redirect: RedirectUrl,
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
}

impl Providers {
    /// Prepares the providers of the configuration; asks none of them anything yet.
    ///
    /// # Errors
    /// A secret or a CA file that cannot be read.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let callback = config.server.public_url.join("sign-in/callback")?;
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
            all.insert(
                name.clone(),
                Provider {
                    settings: settings.clone(),
                    secret: settings.client_secret.reveal()?,
                    redirect: RedirectUrl::from_url(callback.clone()),
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

    /// Asks a provider for its discovery document and keys; tells what time it has there, if it says so.
    ///
    /// # Errors
    /// A provider that does not answer, or not as one.
    pub async fn look(&self, name: &str) -> Result<Option<DateTime<Utc>>, SignInError> {
        let provider = self.get(name)?;
        provider.client(true).await?;
        let document =
            format!("{}/.well-known/openid-configuration", provider.settings.issuer.as_str().trim_end_matches('/'));
        let answer = provider.http.get(document).send().await.map_err(|e| SignInError::Unavailable(e.into()))?;
        let date = answer.headers().get(http::header::DATE).and_then(|v| v.to_str().ok());
        Ok(date.and_then(|d| DateTime::parse_from_rfc2822(d).ok()).map(|d| d.to_utc()))
    }

    /// Begins a sign-in at the provider `name`.
    ///
    /// # Errors
    /// A provider that does not answer.
    pub async fn start(&self, name: &str, language: &str) -> Result<Start, SignInError> {
        let provider = self.get(name)?;
        let client = provider.client(false).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge)
            .add_extra_param("ui_locales", language);
        for scope in &provider.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        for acr in &provider.settings.acr_values {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
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
        code: &str,
        verifier: &str,
        nonce: &str,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, SignInError> {
        let provider = self.get(name)?;
        let mut client = provider.client(false).await?;
        let http = provider.caller();
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| SignInError::Unavailable(e.into()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&http)
            .await
            .map_err(|e| match e {
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
                client = provider.client(true).await?;
                check(&client).map_err(SignInError::Refused)?
            }
        };
        // Verified above; read again for the claims that only this provider knows.
        let mut claims = payload(&token.to_string()).map_err(SignInError::Refused)?;
        if let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject.clone())) {
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
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(SignedIn {
            issuer,
            subject: subject.to_string(),
            national_number: text(&provider.settings.claims.national_number),
            language: text(&provider.settings.claims.language),
        })
    }
}

impl Provider {
    fn caller(
        &self,
    ) -> impl Fn(HttpRequest) -> futures_util::future::BoxFuture<'static, Result<HttpResponse, HttpError>> {
        let http = self.http.clone();
        move |request| {
            let http = http.clone();
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
                Ok(out.body(body)?)
            })
        }
    }

    async fn client(&self, fresh: bool) -> Result<Client, SignInError> {
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
        let auth = match self.settings.client_auth {
            ClientAuth::SecretBasic => AuthType::BasicAuth,
            ClientAuth::SecretPost => AuthType::RequestBody,
        };
        Ok(CoreClient::from_provider_metadata(
            (*metadata).clone(),
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.secret.clone())),
        )
        .set_redirect_uri(self.redirect.clone())
        .set_auth_type(auth))
    }
}

/// The claims of a token whose signature was checked.
fn payload(token: &str) -> anyhow::Result<serde_json::Map<String, Value>> {
    let part = token.split('.').nth(1).context("not a JWT")?;
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?)
}
