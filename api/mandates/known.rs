//! By which mandate somebody looked at somebody's things a moment ago: who acts for another asks for one thing after the other, and each would
//! cost a look of its own. Only for looks: whoever changes something is asked anew, in the transaction that does it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use quick_cache::sync::Cache;
use tokio::time::Instant;

use super::store::{self, Pair};
use crate::{
    identity::{Acting, MandateId},
    platform::{
        App,
        access::{MandateKind, MandateVerb},
        alive::{Alive, Before},
        ids::MunicipalityId,
        problem::Failure,
    },
};

/// For how long at most: should a look miss an end, as that of a transaction that took longer than it looks back, this bounds it.
const KNOWN_FOR: std::time::Duration = std::time::Duration::from_secs(60);

/// How many answers are remembered.
const MAX_KNOWN: usize = 50_000;

/// Who asks for what of whom.
pub type Asked = (MunicipalityId, Pair, MandateVerb, MandateKind);

/// What was found of late, for a minute. A mandate that ends is asked for no more: at once by the process that ended it, within a second by every
/// other, as a session that ends. Cheap to clone.
#[derive(Clone)]
pub struct KnownMandates {
    alive: Alive<MandateId, ()>,
    known: Arc<Cache<Asked, Found>>,
}

/// By which mandate, the day for which that is written down, and when it was read.
type Found = (MandateId, NaiveDate, Instant);

impl Default for KnownMandates {
    fn default() -> Self {
        Self { alive: Alive::default(), known: Arc::new(Cache::new(MAX_KNOWN)) }
    }
}

impl KnownMandates {
    /// By which mandate they may, where that was found today and it has not ended since.
    ///
    /// # Errors
    /// The database.
    pub async fn find(
        &self,
        app: &App,
        asked: Asked,
        (now, today): (DateTime<Utc>, NaiveDate),
    ) -> Result<Option<Acting>, Failure> {
        let ended_since = async |since, limit| store::ended_since(&mut app.db.read().await?, since, limit).await;
        self.alive.look(now, ended_since).await?;
        let Some((mandate, on, read)) = self.known.get(&asked) else { return Ok(None) };
        if on != today || read.elapsed() >= KNOWN_FOR || self.alive.known(&mandate).is_none() {
            return Ok(None);
        }
        let (_, _, verb, kind) = asked;
        Ok(Some(Acting { mandate: Some(mandate), verb, kind, assists: false }))
    }

    /// Before it is read what they may.
    pub fn before(&self) -> Before {
        self.alive.before()
    }

    /// Keeps by what they may, once it is written down that they looked. What a parent may follows from the register, and who assists may be
    /// given more at any moment: both are asked anew each time.
    pub fn found(&self, asked: Asked, acting: Acting, today: NaiveDate, before: Before) {
        if let Some(mandate) = acting.mandate.filter(|_| !acting.assists) {
            self.known.insert(asked, (mandate, today, Instant::now()));
            self.alive.found(mandate, (), before);
        }
    }

    /// A mandate has ended here: the next request looks which.
    pub fn ended(&self) {
        self.alive.ended();
    }
}
