//! What sign-in and tokens need.

use tokio::task::{JoinError, JoinHandle};

use super::{keys, live::LiveSessions, oidc};
use crate::{municipalities::Municipalities, platform::App};

/// What is left of a request's time for the answer, once nobody waits for the provider any longer.
const TO_ANSWER: std::time::Duration = std::time::Duration::from_secs(2);

/// What came of a sign-in that is being finished; none, where that takes longer than a request may: it goes on, and whoever comes
/// again finds what came of it.
pub async fn awaited<T>(app: &App, finishing: JoinHandle<T>) -> Option<Result<T, JoinError>> {
    let time = std::time::Duration::from_secs(app.config.server.request_timeout_seconds);
    tokio::time::timeout(time.saturating_sub(TO_ANSWER).max(time / 2), finishing).await.ok()
}

/// What sign-in and tokens need beside the foundation. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    /// The foundation.
    pub app: App,
    /// The municipalities served.
    pub towns: Municipalities,
    /// The signing keys.
    pub keys: keys::Keys,
    /// The identity providers.
    pub providers: oidc::Providers,
    /// The sessions found alive of late.
    pub live: LiveSessions,
}
