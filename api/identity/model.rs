//! Who calls: the types that other rooms know.

use std::sync::Arc;

use crate::{
    id_type,
    municipalities::Municipality,
    platform::{
        access::Level,
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure},
    },
};

id_type! {
    /// A session of a citizen on a device.
    SessionId;
}

/// Who signed in, and so acts: sessions, devices, language and preferences are theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorId(pub ResidentId);

/// Whose data a request is about: documents, visits, turns, messages and the trail of who looked at them. It is the actor today; with a
/// mandate it will be somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectId(pub ResidentId);

/// The citizen who calls: what a handler gets, and the only source of the municipality.
#[derive(Clone, Debug)]
pub struct Citizen {
    /// The town, from the token.
    pub town: Arc<Municipality>,
    /// Who signed in.
    pub actor: ActorId,
    /// Whose data the request is about.
    pub subject: SubjectId,
    /// The session.
    pub session: SessionId,
    /// How sure the provider was of them.
    pub level: Level,
}

impl Citizen {
    /// Refuses who is not known surely enough.
    ///
    /// # Errors
    /// `level_too_low`, which names the level.
    pub fn at_least(&self, level: Level) -> Result<(), Failure> {
        if self.level >= level {
            return Ok(());
        }
        let mut failure = Failure::new(Code::LevelTooLow);
        failure.problem_mut().required_level = Some(level);
        Err(failure)
    }
}

/// A session that was ended because a secret of it came back: somebody may have a copy.
#[derive(sqlx::FromRow)]
pub struct CompromisedSession {
    /// The town.
    pub municipality_id: MunicipalityId,
    /// The session.
    pub id: SessionId,
    /// Whose it was.
    pub resident_id: ResidentId,
    /// What the citizen calls the device.
    pub device_name: String,
}
