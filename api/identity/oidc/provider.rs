//! One provider: what it says of itself, and what it is asked.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use futures_util::{FutureExt as _, future::BoxFuture};
use governor::DefaultDirectRateLimiter;
use jsonwebtoken::{EncodingKey, Header, jwk::JwkSet};
use oauth2::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RequestTokenError, StandardRevocableToken, TokenUrl,
    basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use serde_json::Value;

use super::{
    super::{
        claims::{Claims, kind},
        jws::{Keys, Signed, Unsigned},
        line::{HttpError, Line},
        rules::{Back, one_line},
    },
    failure::{SignInError, Whom, refused},
    tokens::{TokenError, Tokens, token_fault},
};
use crate::{
    config::{ClientAuth, IdentityProvider, Userinfo},
    platform::access::Level,
};

/// How long the provider's discovery document and keys are trusted without a look.
pub(super) const METADATA_LIFE: Duration = Duration::from_secs(600);

/// Keys that sign may be new: so often at once a provider is asked again for them before its ten minutes are over, and from then on
/// once in so long. Whatever its tokens are signed with, it is not asked at each.
pub(super) const NEW_KEYS_AT_ONCE: std::num::NonZeroU32 = std::num::NonZeroU32::new(5).unwrap();

/// See above.
pub(super) const NEW_KEYS_EVERY: Duration = Duration::from_secs(10);

/// The most characters of an issuer that are written in the log.
pub(super) const MAX_ISSUER: usize = 200;

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

pub(super) struct Provider {
    pub(super) settings: IdentityProvider,
    pub(super) secret: String,
    pub(super) assertion: Option<(EncodingKey, Header)>,
    pub(super) line: Arc<Line>,
    pub(super) public: JwkSet,
    pub(super) citizens: RedirectUrl,
    pub(super) staff: RedirectUrl,
    pub(super) known: Mutex<Option<Arc<Known>>>,
    /// Held by whoever asks what it says of itself, so that all who wait share what came of it: if nothing did, why.
    pub(super) looking: tokio::sync::Mutex<Option<String>>,
    /// How often somebody has looked.
    pub(super) looks: AtomicU64,
    pub(super) again: DefaultDirectRateLimiter,
}

/// What a provider says of itself, as far as it is used.
pub(super) struct Known {
    pub(super) at: tokio::time::Instant,
    pub(super) authorize: AuthUrl,
    pub(super) token: TokenUrl,
    pub(super) userinfo: Option<url::Url>,
    /// Whether it says who it is when it sends the browser back (RFC 9207).
    pub(super) tells_issuer: bool,
    pub(super) keys: Keys,
}

/// How sure a provider is that says this. What is not mapped is low.
pub(super) fn level_of(settings: &IdentityProvider, acr: &str) -> Level {
    settings.levels.get(acr).copied().unwrap_or(Level::Low)
}

impl Provider {
    /// Whether it can be as sure as `level`.
    pub(super) fn reaches(&self, level: Level) -> bool {
        level == Level::Low || self.settings.levels.values().any(|l| *l >= level)
    }

    /// Whether these claims of the ID token are all that decides a sign-in at this door.
    pub(super) fn has_said_enough(&self, whom: Whom, claims: &Claims) -> bool {
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
    pub(super) fn assert(&self, audience: &str, now: DateTime<Utc>) -> anyhow::Result<String> {
        let (key, header) = self.assertion.as_ref().context("no client_key")?;
        let client = &self.settings.client_id;
        let claims = serde_json::json!({
            "iss": client, "sub": client, "aud": audience, "jti": CsrfToken::new_random().into_secret(),
            "iat": now.timestamp(), "exp": now.timestamp() + ASSERTION_LIFE,
        });
        Ok(jsonwebtoken::encode(header, &claims, key)?)
    }

    /// The code that the browser brought, if this provider can have sent it and says nothing else.
    pub(super) fn code<'a>(&self, back: &'a Back) -> Result<&'a str, SignInError> {
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
    pub(super) async fn get(
        &self,
        url: url::Url,
        bearer: Option<(&AccessToken, &str)>,
    ) -> Result<Vec<u8>, SignInError> {
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
    pub(super) async fn trade(
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
    pub(super) async fn signed(&self, known: &Arc<Known>, token: &str) -> Result<Signed, SignInError> {
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
    pub(super) async fn userinfo(
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
    pub(super) fn document(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.settings.issuer.as_str().trim_end_matches('/'))
    }

    pub(super) fn held(&self) -> Option<Arc<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the provider says of itself, as far as it said it lately.
    pub(super) fn fresh(&self) -> Option<Arc<Known>> {
        self.held().filter(|known| known.at.elapsed() < METADATA_LIFE)
    }

    /// The same; it is asked where that is too long ago, once for all who wait, and what went wrong is everybody's as well.
    pub(super) async fn known(&self) -> Result<Arc<Known>, SignInError> {
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
    pub(super) async fn newer(&self, than: &Arc<Known>) -> Result<Option<Arc<Known>>, SignInError> {
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
    pub(super) async fn looked(&self, why: &mut Option<String>) -> Result<Arc<Known>, SignInError> {
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
    pub(super) async fn fetched(&self) -> Result<Arc<Known>, SignInError> {
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

    pub(super) fn client(&self, known: &Known, whom: Whom) -> Client {
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
