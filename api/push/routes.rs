//! `/v1/devices` and `/v1/preferences`.

use poem::web::Data;
use poem_openapi::{Enum, Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    devices::{self, Platform, Registration, Target},
    model::{CannotRegister, Category},
    preferences::{self, Choice},
    rules::Quiet,
};
use crate::{
    identity::{access::Session, choose_language, language_of},
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        language::Language,
        problem::{Code, Failure, Refused},
        values::Timestamp,
    },
};

/// The kind of target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// An APNs device token, in hex.
    ApnsToken,
    /// An FCM registration token (deprecated by Google).
    FcmToken,
    /// A Firebase installation id.
    FcmFid,
}

/// For which of Apple's environments the app was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// From the App Store or TestFlight.
    Production,
    /// From Xcode.
    Sandbox,
}

/// What a lock screen may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Preview {
    /// "You have a new message from your municipality."
    Neutral,
    /// What it is about: the app fetches it with its own session. No provider learns it.
    Full,
}

/// An installation of the app.
#[derive(Object, Deserialize)]
pub struct DeviceIn {
    /// The kind of phone.
    platform: Platform,
    /// The kind of target.
    target_kind: TargetKind,
    /// The token or id that the provider gave the app.
    #[oai(validator(min_length = 1, max_length = 1000, pattern = "^[A-Za-z0-9:_.=/+-]+$"))]
    target: String,
    /// Apple's environment; production where it is left out.
    environment: Option<Environment>,
    /// The language of the app.
    locale: Language,
    /// The version of the app.
    #[oai(validator(max_length = 50))]
    app_version: String,
    /// What a lock screen may show.
    preview: Preview,
    /// iOS: the token by which a Live Activity of `TicketAttributes` may be started (`pushToStartTokenUpdates`, iOS 17.2), in hex. With it, each
    /// number that the citizen is given begins on this phone by a push, and the app begins none itself.
    #[oai(validator(min_length = 1, max_length = 1000, pattern = "^([0-9A-Fa-f]{2})+$"))]
    live_start_token: Option<String>,
    /// Android: whether the app keeps a notification for a number and shows in it how the number stands. With it, each number that the
    /// citizen is given is sent to this phone as data of the type `live`. No, where it is left out.
    shows_live: Option<bool>,
}

/// A device of the citizen.
#[derive(Object)]
pub struct DeviceOut {
    /// The id of the app's installation, which the app made when it registered.
    installation_id: Uuid,
    /// The kind of phone: `ios` or `android`.
    platform: String,
    /// The language of its app.
    locale: String,
    /// The version of its app.
    app_version: String,
    /// What its lock screen shows: `neutral` (a message has come) or `full` (what it is about).
    preview: String,
    /// `active`, or `quarantined` when its provider does not know its token: register again.
    state: String,
    /// When it last registered.
    registered_at: Timestamp,
}

/// What the citizen chose about being disturbed.
#[derive(Object, Deserialize)]
pub struct PreferencesBody {
    /// The language of messages.
    language: Language,
    /// Minutes after midnight of the town's clock from which the phone keeps still.
    #[oai(validator(maximum(value = "1439")))]
    quiet_from: u32,
    /// Until then; the same as `quiet_from` for no quiet hours.
    #[oai(validator(maximum(value = "1439")))]
    quiet_until: u32,
    /// Kinds of news that do not disturb, whatever their importance; they are in the inbox all the same.
    #[oai(validator(max_items = 20))]
    muted: Vec<Category>,
}

impl PreferencesBody {
    /// What a citizen chose, with the language in which they are spoken to.
    pub fn of(language: Language, choice: Choice) -> Self {
        Self { language, quiet_from: choice.quiet.from, quiet_until: choice.quiet.until, muted: choice.muted }
    }
}

/// Operations on devices and preferences.
#[derive(Default)]
pub struct PushApi;

#[OpenApi(prefix_path = "/v1")]
impl PushApi {
    /// Register this installation for pushes
    ///
    /// At each start, when the token changes, and once a month. The same again changes nothing. A phone that another
    /// citizen used before is theirs no longer.
    #[oai(path = "/devices/:installation_id", method = "put", operation_id = "register_device")]
    async fn register(
        &self,
        app: Data<&App>,
        who: Session,
        installation_id: Path<Uuid>,
        body: Body<DeviceIn>,
    ) -> Result<(), Refused<CannotRegister>> {
        let DeviceIn {
            platform,
            target_kind,
            target,
            environment,
            locale,
            app_version,
            preview,
            live_start_token,
            shows_live,
        } = body.0;
        let shows_live = shows_live.unwrap_or(false);
        for (field, is_there, of) in [
            ("live_start_token", live_start_token.is_some(), Platform::Ios),
            ("shows_live", shows_live, Platform::Android),
        ] {
            if is_there && platform != of {
                return Err(Failure::field(Code::BodyInvalid, field, "not one of this platform's").into());
            }
        }
        let target = match (platform, target_kind) {
            (Platform::Ios, TargetKind::ApnsToken) => {
                if target.is_empty() || !target.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(Failure::field(Code::BodyInvalid, "target", "an APNs token is written in hex").into());
                }
                Target::Apns { token: target, sandbox: environment == Some(Environment::Sandbox) }
            }
            (Platform::Android, TargetKind::FcmToken) => Target::FcmToken(target),
            (Platform::Android, TargetKind::FcmFid) => Target::FcmInstallation(target),
            _ => return Err(Failure::field(Code::BodyInvalid, "target_kind", "not one of this platform's").into()),
        };
        let full_preview = preview == Preview::Full;
        let new = Registration { platform, target, locale, app_version, full_preview, live_start_token, shows_live };
        devices::register(&app, &who.0, installation_id.0, &new).await
    }

    /// List my devices
    ///
    /// The last registered first.
    #[oai(path = "/devices", method = "get", operation_id = "list_devices")]
    async fn list(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<DeviceOut>>, Failure> {
        let rows = devices::list(&app, &who.0).await?;
        let out = rows.into_iter().map(|d| DeviceOut {
            installation_id: d.installation_id,
            platform: d.platform,
            locale: d.locale,
            app_version: d.app_version,
            preview: d.preview,
            state: d.state,
            registered_at: d.registered_at.into(),
        });
        Ok(Json(out.collect()))
    }

    /// Remove one of my devices
    ///
    /// It gets no more pushes; its session goes on.
    #[oai(path = "/devices/:installation_id", method = "delete", operation_id = "remove_device")]
    async fn remove(
        &self,
        app: Data<&App>,
        who: Session,
        installation_id: Path<Uuid>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        devices::remove(&app, &who.0, installation_id.0, &idempotency).await
    }

    /// Read my preferences
    ///
    /// Language, quiet hours and what does not disturb me.
    #[oai(path = "/preferences", method = "get", operation_id = "get_preferences")]
    async fn preferences(&self, app: Data<&App>, who: Session) -> Result<Json<PreferencesBody>, Failure> {
        let mut r = app.db.read().await?;
        let choice = preferences::of(&mut r, who.0.town.id, who.0.actor.0).await?;
        let language = language_of(&mut r, &who.0).await?;
        Ok(Json(PreferencesBody::of(language, choice)))
    }

    /// Choose my preferences
    ///
    /// Counts at once, also for what waits to be shown: of a kind that is muted nothing more is shown, and what comes due in quiet hours waits for
    /// their end.
    #[oai(path = "/preferences", method = "put", operation_id = "set_preferences")]
    async fn choose(&self, app: Data<&App>, who: Session, body: Body<PreferencesBody>) -> Result<(), Failure> {
        let PreferencesBody { language, quiet_from, quiet_until, muted } = body.0;
        if muted.contains(&Category::Emergency) {
            return Err(Failure::field(Code::BodyInvalid, "muted", "what warns of danger cannot be muted"));
        }
        let mut w = app.db.write().await?;
        choose_language(&mut w, &who.0, language).await?;
        let choice = Choice { quiet: Quiet { from: quiet_from, until: quiet_until }, muted };
        preferences::choose(&mut w, &who.0, &choice).await?;
        w.commit().await?;
        Ok(())
    }
}
