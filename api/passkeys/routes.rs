//! `/v1/passkeys`, and the step up with one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    Adding, Answered, Asking, Seen, Signed,
    model::{CannotAdd, CannotAsk, CannotBegin, CannotStepUp, PasskeyId, SignInTooOld},
};
use crate::{
    identity::{access::Session, routes::TokensOut},
    platform::{
        App,
        access::Level,
        http::Body,
        idempotency::IdempotencyKey,
        problem::{Code, Failure, Refused},
        values::Timestamp,
    },
};

/// A passkey of the citizen.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PasskeyOut {
    /// The id of the passkey, which `PUT` and `DELETE /v1/passkeys/{passkey_id}` take.
    id: PasskeyId,
    /// What the citizen calls it.
    name: String,
    /// What its authenticator calls it (`credential.id`), in base64url.
    credential_id: String,
    /// When it was added, an instant in UTC.
    created_at: Timestamp,
    /// When the citizen last stepped up with it; absent where they never did.
    last_used_at: Option<Timestamp>,
    /// Whether the system may copy it to other devices of the citizen. One that is copied gives `substantial` at most.
    synced: bool,
    /// The level that it gives now; absent where it gives none until the citizen was at the identity provider again.
    level: Option<Level>,
    /// Until when it gives that level, an instant in UTC: the identity provider must be seen again by then. Absent where `level` is.
    level_until: Option<Timestamp>,
}

impl From<Seen> for PasskeyOut {
    fn from(Seen { passkey, gives }: Seen) -> Self {
        Self {
            id: passkey.id,
            name: passkey.name,
            credential_id: passkey.credential_id,
            created_at: passkey.created_at.into(),
            last_used_at: passkey.last_used_at.map(Timestamp::from),
            synced: passkey.synced,
            level: gives.map(|(level, _)| level),
            level_until: gives.map(|(_, until)| until.into()),
        }
    }
}

/// The citizen's passkeys.
#[derive(Object)]
pub struct PasskeysOut {
    /// Whether this installation takes passkeys. Where it does not, those that there are can be removed, and nothing else.
    available: bool,
    /// Those that there are, the first added first.
    passkeys: Vec<PasskeyOut>,
}

/// What to ask the phone for a new passkey.
#[derive(Object)]
pub struct PasskeyCreation {
    /// The challenge, in base64url: 32 bytes. It is good once, in this session.
    challenge: String,
    /// Until when it is good, an instant in UTC.
    expires_at: Timestamp,
    /// The relying party: the domain for which the app has `webcredentials`.
    rp_id: String,
    /// The user handle, in base64url: 32 bytes that say nothing about the citizen.
    user_id: String,
    /// The name under which the phone keeps it: the municipality's.
    user_name: String,
    /// The ids of the citizen's passkeys, in base64url: a phone that has one of them needs no other.
    exclude_credential_ids: Vec<String>,
    /// All of it as one JSON text (`PublicKeyCredentialCreationOptionsJSON`), as Android's Credential Manager and browsers take it.
    request_json: String,
}

impl From<Adding> for PasskeyCreation {
    fn from(adding: Adding) -> Self {
        Self {
            challenge: adding.challenge,
            expires_at: adding.expires_at.into(),
            rp_id: adding.rp_id,
            user_id: adding.user_id,
            user_name: adding.name,
            exclude_credential_ids: adding.known,
            request_json: adding.request,
        }
    }
}

/// A passkey that the phone made.
#[derive(Object, Deserialize)]
pub struct PasskeyNew {
    /// What the citizen calls it, such as "Pixel 9 of Anna".
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
    /// `response.clientDataJSON` of the answer, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 8000, pattern = "^[A-Za-z0-9_-]+$"))]
    client_data_json: String,
    /// `response.attestationObject` of the answer, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 8000, pattern = "^[A-Za-z0-9_-]+$"))]
    attestation_object: String,
}

/// A passkey that was added.
#[derive(Object)]
pub struct PasskeyAdded {
    /// The id of the passkey.
    id: PasskeyId,
}

/// What a passkey is called.
#[derive(Object, Deserialize)]
pub struct PasskeyName {
    /// What the citizen calls it, such as "Pixel 9 of Anna".
    #[oai(validator(min_length = 1, max_length = 100))]
    name: String,
}

/// What a citizen would step up to with a passkey.
#[derive(Object, Deserialize)]
pub struct PasskeyWish {
    /// The level that was asked: `required_level` of the refusal.
    level: Level,
}

/// What to ask the phone to sign.
#[derive(Object)]
pub struct PasskeyRequest {
    /// The challenge, in base64url: 32 bytes. It is good once, in this session.
    challenge: String,
    /// Until when it is good, an instant in UTC.
    expires_at: Timestamp,
    /// The relying party: the domain for which the app has `webcredentials`.
    rp_id: String,
    /// The ids of the passkeys that give the level, in base64url; never none.
    allow_credential_ids: Vec<String>,
    /// All of it as one JSON text (`PublicKeyCredentialRequestOptionsJSON`), as Android's Credential Manager and browsers take it.
    request_json: String,
}

impl From<Asking> for PasskeyRequest {
    fn from(asking: Asking) -> Self {
        Self {
            challenge: asking.challenge,
            expires_at: asking.expires_at.into(),
            rp_id: asking.rp_id,
            allow_credential_ids: asking.allowed,
            request_json: asking.request,
        }
    }
}

/// What the phone signed with a passkey.
#[derive(Object, Deserialize)]
pub struct PasskeySigned {
    /// `id` of the answer: which passkey it was, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 1400, pattern = "^[A-Za-z0-9_-]+$"))]
    credential_id: String,
    /// `response.clientDataJSON` of the answer, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 8000, pattern = "^[A-Za-z0-9_-]+$"))]
    client_data_json: String,
    /// `response.authenticatorData` of the answer, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 8000, pattern = "^[A-Za-z0-9_-]+$"))]
    authenticator_data: String,
    /// `response.signature` of the answer, in base64url without padding.
    #[oai(validator(min_length = 1, max_length = 8000, pattern = "^[A-Za-z0-9_-]+$"))]
    signature: String,
    /// `response.userHandle` of the answer, in base64url without padding; left out where there is none.
    #[oai(validator(min_length = 1, max_length = 100, pattern = "^[A-Za-z0-9_-]+$"))]
    user_handle: Option<String>,
}

/// The bytes behind a text in base64url.
fn bytes(field: &str, text: &str) -> Result<Vec<u8>, Failure> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Failure::field(Code::BodyInvalid, field, "is not base64url"))
}

/// Operations on passkeys.
#[derive(Default)]
pub struct PasskeysApi;

#[OpenApi(prefix_path = "/v1")]
impl PasskeysApi {
    /// List my passkeys
    ///
    /// And whether this installation takes any.
    #[oai(path = "/passkeys", method = "get", operation_id = "list_passkeys")]
    async fn list(&self, app: Data<&App>, who: Session) -> Result<Json<PasskeysOut>, Failure> {
        let (available, all) = super::list(&app, &who.0).await?;
        Ok(Json(PasskeysOut { available, passkeys: all.into_iter().map(PasskeyOut::from).collect() }))
    }

    /// Begin to add a passkey
    ///
    /// For a citizen who signed in or stepped up at the identity provider in the last minutes, at the level for what is private. Gives what
    /// to ask the phone: `ASAuthorizationPlatformPublicKeyCredentialProvider` on iOS, Credential Manager on Android.
    #[oai(path = "/passkeys/challenge", method = "post", operation_id = "start_passkey")]
    async fn begin(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<PasskeyCreation>, Refused<CannotBegin>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(super::begin(&app, &who.0, &idempotency).await?.into()))
    }

    /// Add a passkey
    ///
    /// With what the phone answered. The citizen is told so in their inbox.
    #[oai(path = "/passkeys", method = "post", operation_id = "add_passkey")]
    async fn add(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<PasskeyNew>,
    ) -> Result<Json<PasskeyAdded>, Refused<CannotAdd>> {
        let PasskeyNew { name, client_data_json, attestation_object } = body.0;
        let answer = Answered {
            name,
            client_data: bytes("client_data_json", &client_data_json)?,
            attestation: bytes("attestation_object", &attestation_object)?,
        };
        let id = super::add(&app, &who.0, &answer, &key.by(who.0.session)).await?;
        Ok(Json(PasskeyAdded { id }))
    }

    /// Name a passkey
    ///
    /// As the citizen sees it in their list. What it opens does not change.
    #[oai(path = "/passkeys/:passkey_id", method = "put", operation_id = "rename_passkey")]
    async fn rename(
        &self,
        app: Data<&App>,
        who: Session,
        passkey_id: Path<PasskeyId>,
        body: Body<PasskeyName>,
    ) -> Result<(), Failure> {
        super::rename(&app, &who.0, passkey_id.0, &body.0.name).await
    }

    /// Remove a passkey
    ///
    /// For a citizen who signed in or stepped up at the identity provider in the last minutes. They are told so in their inbox. The phone
    /// keeps its half until the citizen removes it there.
    #[oai(path = "/passkeys/:passkey_id", method = "delete", operation_id = "remove_passkey")]
    async fn remove(
        &self,
        app: Data<&App>,
        who: Session,
        passkey_id: Path<PasskeyId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<SignInTooOld>> {
        let idempotency = key.by(who.0.session);
        super::remove(&app, &who.0, passkey_id.0, &idempotency).await
    }

    /// Begin to step up with a passkey
    ///
    /// What answers `level_too_low` asks for this, or for `start_step_up`: where no passkey gives the level, this is refused with
    /// `passkey_none`. Gives what to ask the phone.
    #[oai(path = "/sessions/current/passkey-challenge", method = "post", operation_id = "start_passkey_step_up")]
    async fn begin_step_up(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<PasskeyWish>,
    ) -> Result<Json<PasskeyRequest>, Refused<CannotAsk>> {
        let idempotency = key.by(who.0.session);
        Ok(Json(super::begin_step_up(&app, &who.0, body.0.level, &idempotency).await?.into()))
    }

    /// Step up with a passkey
    ///
    /// With what the phone signed. The same session goes on, with new tokens, at the level that the passkey gives, until `level_until` of
    /// the passkey.
    #[oai(path = "/sessions/current/passkey", method = "post", operation_id = "step_up_with_passkey")]
    async fn step_up(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<PasskeySigned>,
    ) -> Result<Json<TokensOut>, Refused<CannotStepUp>> {
        let body = body.0;
        let answer = Signed {
            client_data: bytes("client_data_json", &body.client_data_json)?,
            authenticator_data: bytes("authenticator_data", &body.authenticator_data)?,
            signature: bytes("signature", &body.signature)?,
            user_handle: body.user_handle.as_deref().map(|handle| bytes("user_handle", handle)).transpose()?,
            credential_id: body.credential_id,
        };
        Ok(Json(super::step_up(&app, &who.0, &answer, &key.by(who.0.session)).await?.into()))
    }
}
