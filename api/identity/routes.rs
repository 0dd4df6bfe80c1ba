//! `/v1/sign-in`, `/v1/sessions` and the browser's way back from the provider.

use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Redirect},
};
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Begun, Identity, Return, Tokens, Wish,
    access::Session,
    model::{CannotRefresh, CannotSignIn, CannotStepUp, CannotTrade, SessionId},
    pages,
    rules::Back,
};
use crate::platform::{
    App,
    access::Level,
    http::Body,
    idempotency::IdempotencyKey,
    language::Language,
    problem::{Code, Failure, Refused},
    values::Timestamp,
};

/// The paths that take a secret from anyone, or begin something for anyone, by POST.
pub const ANYONE: &[&str] = &["/v1/sign-in", "/v1/sessions", "/v1/sessions/refresh"];

/// What an app says to start a sign-in.
#[derive(Object, Deserialize)]
pub struct SignInStart {
    /// The municipality's key, from `list_municipalities`.
    #[oai(validator(min_length = 1, max_length = 100))]
    municipality: String,
    /// The app's own PKCE challenge: BASE64URL(SHA-256(verifier)), RFC 7636.
    #[oai(validator(min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]+$"))]
    code_challenge: String,
    /// What the citizen sees in the list of sessions, such as "Pixel 9 of Anna".
    #[oai(validator(min_length = 1, max_length = 100))]
    device_name: String,
    /// The installation of the app: a UUID it made at its first start and keeps. Sign-ins of others on this phone end.
    installation_id: Option<Uuid>,
    /// The language of the app.
    language: Language,
    /// One of the municipality's `providers`; left out, the usual one.
    #[oai(validator(min_length = 1, max_length = 100))]
    provider: Option<String>,
    /// Where the app wants to be afterwards: a path of its own, which comes back on its link beside the code. It begins with one `/`, and
    /// not with two, nor with `/` and a backslash: those name another host.
    #[oai(validator(max_length = 300, pattern = "^/"))]
    go_on: Option<String>,
}

/// What an app says to sign the same citizen in at a higher level.
#[derive(Object, Deserialize)]
pub struct StepUp {
    /// The level that was asked: `required_level` of the refusal.
    level: Level,
    /// A PKCE challenge of the app's own, as for a sign-in.
    #[oai(validator(min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]+$"))]
    code_challenge: String,
    /// The language of the app.
    language: Language,
    /// Where the app was: a path of its own, as for a sign-in, which comes back on its link beside the code.
    #[oai(validator(max_length = 300, pattern = "^/"))]
    go_on: Option<String>,
}

/// A sign-in that has begun.
#[derive(Object)]
pub struct SignInBegun {
    /// Open this in the system browser (RFC 8252). It comes back on the app's link `…/sign-in` with `code`, or with
    /// `error` when the citizen could not be signed in: `stopped` (by the citizen, or it took too long), `not_in_register`,
    /// `level_too_low`, `another_person`, `provider_unavailable` (try later), `provider_misconfigured` (the town must mend it). The
    /// citizen has read why, in their language. Take one that you do not know for `provider_unavailable`.
    authorization_url: String,
    /// Until when this sign-in can be finished, an instant in UTC; start another after that.
    expires_at: Timestamp,
}

impl From<Begun> for SignInBegun {
    fn from(begun: Begun) -> Self {
        Self { authorization_url: begun.url.to_string(), expires_at: begun.expires_at.into() }
    }
}

/// A one-time code and what proves that it is yours.
#[derive(Object, Deserialize)]
pub struct CodeTrade {
    /// The code from the app's link.
    #[oai(validator(min_length = 1, max_length = 200))]
    code: String,
    /// The verifier of the challenge the sign-in began with.
    #[oai(validator(min_length = 43, max_length = 128))]
    code_verifier: String,
}

/// A refresh token.
#[derive(Object, Deserialize)]
pub struct RefreshTrade {
    /// The refresh token of the last answer that came. Where the answer to it was lost, it may come again: see `refresh_session`.
    #[oai(validator(min_length = 1, max_length = 200))]
    refresh_token: String,
}

/// A session's tokens. Keep the refresh token in the keychain.
#[derive(Object)]
pub struct TokensOut {
    /// The id of the session, as the list of sessions shows it.
    session_id: SessionId,
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// When the access token lapses, by the server's clock. A phone's may be wrong: refresh where `token_expired` says so, at the latest.
    access_expires_at: Timestamp,
    /// Trade it for new tokens, once. Where that answer was lost, it may come again, within a minute, and later until a refresh token that was
    /// given for it has been traded itself; after that it ends the session. Whether an access token was used does not count.
    refresh_token: String,
    /// How sure the provider was of the citizen. What asks for more answers `level_too_low`.
    level: Level,
}

impl From<Tokens> for TokensOut {
    fn from(t: Tokens) -> Self {
        Self {
            session_id: t.session,
            access_token: t.access,
            access_expires_at: t.access_expires_at.into(),
            refresh_token: t.refresh,
            level: t.level,
        }
    }
}

/// A session of the citizen.
#[derive(Object)]
pub struct SessionOut {
    /// The id of the session, which `DELETE /v1/sessions/{session_id}` takes.
    id: SessionId,
    /// What the citizen called the device.
    device_name: String,
    /// When the session began, an instant in UTC.
    created_at: Timestamp,
    /// When it was last refreshed; a session in use is refreshed every few minutes.
    last_used_at: Timestamp,
    /// Whether it is the one that asks.
    current: bool,
}

/// Operations of sign-in and sessions.
#[derive(Default)]
pub struct IdentityApi;

#[OpenApi(prefix_path = "/v1")]
impl IdentityApi {
    /// Start a sign-in
    ///
    /// Gives the address to open in the system browser.
    #[oai(path = "/sign-in", method = "post", operation_id = "start_sign_in")]
    async fn start(
        &self,
        identity: Data<&Identity>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<SignInStart>,
    ) -> Result<Json<SignInBegun>, Refused<CannotSignIn>> {
        let b = body.0;
        let wish = Wish {
            municipality: b.municipality,
            challenge: b.code_challenge,
            device_name: b.device_name,
            installation: b.installation_id,
            language: b.language,
            provider: b.provider,
            go_on: b.go_on,
        };
        Ok(Json(identity.start(wish, &key.by_anyone()).await?.into()))
    }

    /// Step up: sign in at a higher level
    ///
    /// What answers `level_too_low` asks for this. The same citizen signs in again at a provider that is surer of them;
    /// trade the code as usual, and the same session goes on, with new tokens. Gives the address to open in the system
    /// browser.
    #[oai(path = "/sessions/current/step-up", method = "post", operation_id = "start_step_up")]
    async fn step_up(
        &self,
        identity: Data<&Identity>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StepUp>,
    ) -> Result<Json<SignInBegun>, Refused<CannotStepUp>> {
        let StepUp { level, code_challenge, language, go_on } = body.0;
        let wish = Wish {
            municipality: who.0.town.key.clone(),
            challenge: code_challenge,
            device_name: String::new(),
            installation: None,
            language,
            provider: None,
            go_on,
        };
        let idempotency = key.by(who.0.session);
        Ok(Json(identity.step_up(&who.0, level, wish, &idempotency).await?.into()))
    }

    /// Trade the one-time code for a session
    ///
    /// The code came back on the app's link; it is good once and for two minutes. A wrong verifier uses it up, and a code that comes again
    /// ends the session: send an `Idempotency-Key`, so that the same request again is the same.
    #[oai(path = "/sessions", method = "post", operation_id = "trade_code")]
    async fn trade(
        &self,
        identity: Data<&Identity>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<CodeTrade>,
    ) -> Result<Json<TokensOut>, Refused<CannotTrade>> {
        Ok(Json(identity.trade(&body.0.code, &body.0.code_verifier, &key.by_anyone()).await?.into()))
    }

    /// Refresh the session
    ///
    /// Gives a new access token and a new refresh token. An answer can be lost: the old refresh token may come again within a minute, and later
    /// until a refresh token that was given for it has been traded itself; whether an access token was used does not count. After that it ends
    /// the session: somebody else may have it. Keep what was given last: once one of several that were given for the same token is traded, or the
    /// old one comes again after the minute, the others end the session.
    #[oai(path = "/sessions/refresh", method = "post", operation_id = "refresh_session")]
    async fn refresh(
        &self,
        identity: Data<&Identity>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<RefreshTrade>,
    ) -> Result<Json<TokensOut>, Refused<CannotRefresh>> {
        Ok(Json(identity.refresh(&body.0.refresh_token, &key.by_anyone()).await?.into()))
    }

    /// List my sessions
    ///
    /// The last used first.
    #[oai(path = "/sessions", method = "get", operation_id = "list_sessions")]
    async fn list(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<SessionOut>>, Failure> {
        let rows = super::sessions(&app, &who.0).await?;
        let out = rows.into_iter().map(|s| SessionOut {
            current: s.id == who.0.session,
            id: s.id,
            device_name: s.device_name,
            created_at: s.created_at.into(),
            last_used_at: s.last_used_at.into(),
        });
        Ok(Json(out.collect()))
    }

    /// End one of my sessions
    ///
    /// Its device gets no more pushes. To sign out, end the session whose `current` is true.
    #[oai(path = "/sessions/:session_id", method = "delete", operation_id = "end_session")]
    async fn end(
        &self,
        identity: Data<&Identity>,
        who: Session,
        session_id: Path<SessionId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        super::end_session(&identity, &who.0, session_id.0, &idempotency).await
    }

    /// End all my sessions
    ///
    /// This one included.
    #[oai(path = "/sessions", method = "delete", operation_id = "end_all_sessions")]
    async fn end_all(&self, identity: Data<&Identity>, who: Session) -> Result<(), Failure> {
        super::end_all_sessions(&identity, &who.0).await
    }
}

/// Where the provider sends the browser back to.
#[handler]
pub async fn callback(request: &Request, identity: Data<&Identity>) -> Result<Response, Failure> {
    let error = |why| identity.app_link(&[("error", why)]).to_string();
    let back = Back::read(request.uri().query().unwrap_or_default());
    let theirs = Language::accepted(request.header("accept-language").unwrap_or_default());
    Ok(match identity.callback(back, theirs).await? {
        Return::Code(link) => Redirect::see_other(link).into_response(),
        Return::Unknown(town, language) => pages::unknown(&town, language, &error("not_in_register")),
        Return::TooWeak(town, language) => pages::too_weak(&town, language, &error("level_too_low")),
        Return::Another(town, language) => pages::another(&town, language, &error("another_person")),
        Return::Stopped(language) => pages::stopped(language, &error("stopped")),
        Return::Failed(town, language) => pages::failed(&town, language, &error("provider_unavailable")),
        Return::SetUp(town, language) => pages::set_up(&town, language, &error("provider_misconfigured")),
        Return::UnderWay(language) => pages::under_way(language, &error("stopped")),
        Return::Done(language) => pages::done(language, identity.app_link(&[]).as_str()),
    })
}

/// The public signing keys (RFC 7517).
#[handler]
pub fn jwks(identity: Data<&Identity>) -> Response {
    poem::web::Json(identity.keys.jwks()).into_response()
}

/// The public halves of our keys at a provider, for it to fetch (itsme).
#[handler]
pub fn client_jwks(identity: Data<&Identity>, name: poem::web::Path<String>) -> Result<Response, Failure> {
    let keys = identity.providers.client_jwks(&name).ok_or_else(|| Failure::new(Code::NotFound))?;
    Ok(poem::web::Json(keys).into_response())
}
