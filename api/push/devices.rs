//! Devices: an installation of the app is bound to the citizen who last signed in on it.

use uuid::Uuid;

use super::{
    model::{CannotRegister, DeviceId, DeviceLimit, PushUnavailable},
    store,
};
use crate::{
    identity::Citizen,
    platform::{
        App,
        idempotency::{Idempotency, deleted},
        language::Language,
        problem::{Failure, Refusal as _, Refused},
    },
};

/// What an app says of itself.
pub struct Registration {
    /// `ios` or `android`.
    pub platform: Platform,
    /// Where the provider delivers.
    pub target: Target,
    /// The language of the app.
    pub locale: Language,
    /// The version of the app.
    pub app_version: String,
    /// Whether the app may fetch and show what a message says on the lock screen.
    pub full_preview: bool,
    /// By which iOS starts a Live Activity of a number, in hex.
    pub live_start_token: Option<String>,
    /// Whether an app on Android shows a number as it moves.
    pub shows_live: bool,
}

/// The kind of phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum, serde::Serialize, serde::Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Apple's.
    Ios,
    /// Google's.
    Android,
}

/// Where a provider delivers.
pub enum Target {
    /// An APNs device token, and its environment.
    Apns {
        /// In hex.
        token: String,
        /// Whether the app was built for the sandbox.
        sandbox: bool,
    },
    /// An FCM registration token.
    FcmToken(String),
    /// A Firebase installation id, which takes the token's place.
    FcmInstallation(String),
}

/// Registers an installation for the citizen, or refreshes it. A token that was another's moves here.
///
/// # Errors
/// `push_unavailable`, `device_limit`.
pub async fn register(
    app: &App,
    who: &Citizen,
    installation: Uuid,
    new: &Registration,
) -> Result<(), Refused<CannotRegister>> {
    let (provider, environment, kind, target) = match &new.target {
        Target::Apns { token, sandbox } => {
            ("apns", if *sandbox { "sandbox" } else { "production" }, "apns_token", token.to_lowercase())
        }
        Target::FcmToken(token) => ("fcm", "production", "fcm_token", token.clone()),
        Target::FcmInstallation(id) => ("fcm", "production", "fcm_fid", id.clone()),
    };
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let channel = store::find_channel(&mut w, &who.town.app, provider, environment)
        .await?
        .ok_or_else(PushUnavailable::refused)?;
    if store::count_devices(&mut w, who.town.id, who.actor.0, installation).await?
        >= app.config.push.devices_per_citizen
    {
        return Err(DeviceLimit::refused().into());
    }
    store::forget_target(&mut w, channel, &target, installation).await?;
    // Another citizen's binding goes, row and id: what was queued for them finds no device any more.
    if let Some((_, town, resident)) = store::device_of_installation(&mut w, installation).await?
        && (town, resident) != (who.town.id, who.actor.0)
    {
        store::forget_installation(&mut w, installation).await?;
    }
    let platform = match new.platform {
        Platform::Ios => "ios",
        Platform::Android => "android",
    };
    let preview = if new.full_preview { "full" } else { "neutral" };
    let live_start_token = new.live_start_token.as_deref().map(str::to_lowercase);
    let device = store::NewDevice {
        installation,
        channel,
        platform,
        target_kind: kind,
        target: &target,
        locale: new.locale.code(),
        app_version: &new.app_version,
        preview,
        live_start_token: live_start_token.as_deref(),
        shows_live: new.shows_live,
    };
    let id = DeviceId(app.ids.uuid(now));
    store::register(&mut w, (who.town.id, id), (who.actor.0, who.session), &device, now).await?;
    w.commit().await?;
    Ok(())
}

/// The citizen's devices, the last registered first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<store::DeviceRow>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::devices(&mut r, who.town.id, who.actor.0, app.config.push.devices_per_citizen).await?)
}

/// Removes one of the citizen's devices: it gets no more pushes.
///
/// # Errors
/// `not_found`.
pub async fn remove(app: &App, who: &Citizen, installation: Uuid, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            let did = store::remove_device(w, who.town.id, who.actor.0, installation).await?;
            deleted(w, did, who.actor.0.0, installation, now).await?;
            Ok(())
        })
        .await
}
