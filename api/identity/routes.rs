//! `/v1/sign-in`, `/v1/sessions` and the browser's way back from the provider.

use chrono::{DateTime, Utc};
use poem::{
    IntoResponse as _, Response, handler,
    web::{Data, Query, Redirect},
};
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;
use uuid::Uuid;

use super::{Identity, Return, SessionId, Tokens, Wish, access::Session, pages};
use crate::platform::{
    App,
    http::Body,
    language::Language,
    openapi::Problems,
    problem::{Code, Failure},
};

/// The paths that take a secret from anyone, or begin something for anyone, by POST.
pub const ANYONE: &[&str] = &["/v1/sign-in", "/v1/sessions", "/v1/sessions/refresh"];

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[
    ("start_sign_in", &[Code::MunicipalityUnknown, Code::ProviderUnavailable]),
    ("trade_code", &[Code::CodeInvalid, Code::VerifierInvalid]),
    ("refresh_session", &[Code::RefreshInvalid, Code::RefreshReused]),
];

/// What an app says to start a sign-in.
#[derive(Object, Deserialize)]
#[oai(example)]
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
}

impl poem_openapi::types::Example for SignInStart {
    fn example() -> Self {
        Self {
            municipality: "deinze".to_owned(),
            code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            device_name: "Pixel 9 of Anna".to_owned(),
            installation_id: Some(Uuid::from_u128(0x0193_5c3e_0000_7000_8000_0000_0000_0001)),
            language: Language::Nl,
        }
    }
}

/// A sign-in that has begun.
#[derive(Object)]
pub struct SignInBegun {
    /// Open this in the system browser (RFC 8252). It comes back on the app's link `…/sign-in` with `code`, or with
    /// `error` when the citizen could not be signed in.
    authorization_url: String,
    /// Until when.
    expires_at: DateTime<Utc>,
}

/// A one-time code and what proves that it is yours.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct CodeTrade {
    /// The code from the app's link.
    #[oai(validator(min_length = 1, max_length = 200))]
    code: String,
    /// The verifier of the challenge the sign-in began with.
    #[oai(validator(min_length = 43, max_length = 128))]
    code_verifier: String,
}

impl poem_openapi::types::Example for CodeTrade {
    fn example() -> Self {
        Self {
            code: "dGhpcy1pcy1hbi1leGFtcGxlLW9mLWEtY29kZS0uLi4".to_owned(),
            code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
        }
    }
}

/// A refresh token.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct RefreshTrade {
    /// The refresh token of the last answer. It is good once.
    #[oai(validator(min_length = 1, max_length = 200))]
    refresh_token: String,
}

impl poem_openapi::types::Example for RefreshTrade {
    fn example() -> Self {
        Self { refresh_token: "cmVmcmVzaC10b2tlbi1vZi10aGUtbGFzdC1hbnN3ZXI".to_owned() }
    }
}

/// A session's tokens. Keep the refresh token in the keychain.
#[derive(Object)]
pub struct TokensOut {
    /// The session.
    session_id: SessionId,
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// When the access token lapses; refresh before.
    access_expires_at: DateTime<Utc>,
    /// Trade it for new tokens. It is good once; used twice, the session ends.
    refresh_token: String,
}

impl From<Tokens> for TokensOut {
    fn from(t: Tokens) -> Self {
        Self {
            session_id: t.session,
            access_token: t.access,
            access_expires_at: t.access_expires_at,
            refresh_token: t.refresh,
        }
    }
}

/// A session of the citizen.
#[derive(Object)]
pub struct SessionOut {
    /// Its id.
    id: SessionId,
    /// What the citizen called the device.
    device_name: String,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last refreshed; a session in use is refreshed every few minutes.
    last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
}

/// Operations of sign-in and sessions.
pub struct IdentityApi;

#[OpenApi(prefix_path = "/v1")]
impl IdentityApi {
    /// Start a sign-in
    ///
    /// Gives the address to open in the system browser.
    #[oai(path = "/sign-in", method = "post", operation_id = "start_sign_in")]
    async fn start(&self, identity: Data<&Identity>, body: Body<SignInStart>) -> Result<Json<SignInBegun>, Failure> {
        let SignInStart { municipality, code_challenge, device_name, installation_id, language } = body.0;
        let wish =
            Wish { municipality, challenge: code_challenge, device_name, installation: installation_id, language };
        let begun = identity.start(wish).await?;
        Ok(Json(SignInBegun { authorization_url: begun.url.to_string(), expires_at: begun.expires_at }))
    }

    /// Trade the one-time code for a session
    ///
    /// The code came back on the app's link; it is good once and for two minutes.
    #[oai(path = "/sessions", method = "post", operation_id = "trade_code")]
    async fn trade(&self, identity: Data<&Identity>, body: Body<CodeTrade>) -> Result<Json<TokensOut>, Failure> {
        Ok(Json(identity.trade(&body.0.code, &body.0.code_verifier).await?.into()))
    }

    /// Refresh the session
    ///
    /// Gives a new access token and a new refresh token. A refresh token that is used twice ends the session: somebody
    /// else may hold it.
    #[oai(path = "/sessions/refresh", method = "post", operation_id = "refresh_session")]
    async fn refresh(&self, identity: Data<&Identity>, body: Body<RefreshTrade>) -> Result<Json<TokensOut>, Failure> {
        Ok(Json(identity.refresh(&body.0.refresh_token).await?.into()))
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
            created_at: s.created_at,
            last_used_at: s.last_used_at,
        });
        Ok(Json(out.collect()))
    }

    /// End one of my sessions
    ///
    /// Its device gets no more pushes. To sign out, end the session whose `current` is true.
    #[oai(path = "/sessions/:session_id", method = "delete", operation_id = "end_session")]
    async fn end(&self, identity: Data<&Identity>, who: Session, session_id: Path<SessionId>) -> Result<(), Failure> {
        super::end_session(&identity, &who.0, session_id.0).await
    }

    /// End all my sessions
    ///
    /// This one included.
    #[oai(path = "/sessions", method = "delete", operation_id = "end_all_sessions")]
    async fn end_all(&self, identity: Data<&Identity>, who: Session) -> Result<(), Failure> {
        super::end_all_sessions(&identity, &who.0).await
    }
}

#[derive(Deserialize)]
struct Callback {
    #[serde(default)]
    state: String,
    code: Option<String>,
}

/// Where the provider sends the browser back to.
#[handler]
pub async fn callback(identity: Data<&Identity>, Query(query): Query<Callback>) -> Result<Response, Failure> {
    let error = |why| identity.app_link(&[("error", why)]).to_string();
    Ok(match identity.callback(&query.state, query.code.as_deref()).await? {
        Return::Code(link) => Redirect::see_other(link).into_response(),
        Return::Unknown(town, language) => pages::unknown(&town, language, &error("not_in_register")),
        Return::Stopped(_, language) => pages::stopped(language, &error("stopped")),
        Return::Failed(town, language) => pages::failed(&town, language, &error("provider_unavailable")),
    })
}

/// The public signing keys (RFC 7517).
#[handler]
pub fn jwks(identity: Data<&Identity>) -> Response {
    poem::web::Json(identity.keys.jwks()).into_response()
}
