//! The sessions that a process found alive.

use chrono::{DateTime, Utc};

use super::{model::SessionId, store};
use crate::platform::{
    App,
    alive::Alive,
    ids::{MunicipalityId, ResidentId},
    problem::Failure,
};

/// The sessions that were found alive and have not ended since. Cheap to clone.
#[derive(Clone, Default)]
pub struct LiveSessions(Alive<SessionId, Whose>);

/// A session, and of whom it must be: a token that says another town or another citizen is not known by it.
type Whose = (MunicipalityId, ResidentId, SessionId);

impl LiveSessions {
    /// Whether the session lives and is theirs.
    pub(super) async fn knows(&self, app: &App, whose: Whose, now: DateTime<Utc>) -> Result<bool, Failure> {
        let ended_since = async |since, limit| store::ended_since(&mut app.db.read().await?, since, limit).await;
        self.0.look(now, ended_since).await?;
        if self.0.known(&whose.2) == Some(whose) {
            return Ok(true);
        }
        let before = self.0.before();
        let lives = store::live(&mut app.db.read().await?, whose.0, whose.2, whose.1, now).await?;
        if lives {
            self.0.found(whose.2, whose, before);
        }
        Ok(lives)
    }

    /// Some session has ended here: the next request looks which.
    pub fn ended(&self) {
        self.0.ended();
    }
}
