//! Who calls: the types that other rooms know.

use std::sync::Arc;

use crate::{
    codes, id_type,
    municipalities::{Municipality, MunicipalityUnknown},
    platform::{
        access::{Level, MandateKind, MandateVerb},
        ids::{MunicipalityId, ResidentId},
        problem::{Code, Failure},
    },
    refusals,
};

id_type! {
    /// A session of a citizen on a device.
    SessionId;
    /// What somebody was given to do for somebody else.
    MandateId;
}

/// Who signed in, and so acts: sessions, devices, language and preferences are theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorId(pub ResidentId);

/// Whose data a request is about: documents, visits, turns, messages and the trail of who looked at them. It is the actor, or somebody
/// for whom the actor has a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectId(pub ResidentId);

/// By what somebody acts for somebody else, as it was found when they called. Whoever writes reads it again (`mandates::again`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acting {
    /// The mandate; none for a parent, who acts by what the register says.
    pub mandate: Option<MandateId>,
    /// What they do.
    pub verb: MandateVerb,
    /// With what.
    pub kind: MandateKind,
    /// Whether the mandate is one to assist: what they book or move waits for the subject's yes.
    pub assists: bool,
}

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
    /// By what they act for the subject; none where that is themselves.
    pub acting: Option<Acting>,
}

impl Citizen {
    /// Refuses a session whose level is too low.
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

codes! {
    /// The one-time code is wrong, used, or too old.
    CodeInvalid = "code_invalid" 400 Tell "The one-time code is unknown, used or too old; ask for another.";
    /// The verifier does not belong to the challenge the sign-in began with.
    VerifierInvalid = "verifier_invalid" 400 Tell "The code verifier does not match the sign-in's challenge; begin the sign-in again.";
    /// The refresh token is unknown or too old.
    RefreshInvalid = "refresh_invalid" 401 SignIn "The refresh token is unknown or too old; sign in again.";
    /// The refresh token was used before: the whole session ends.
    RefreshReused = "refresh_reused" 401 SignIn "The refresh token was used before; the session has been ended.";
    /// None of the town's providers reaches that level.
    LevelOutOfReach = "level_out_of_reach" 409 Tell "None of the municipality's identity providers reaches that level.";
    /// The identity provider does not answer.
    ProviderUnavailable = "provider_unavailable" 503 Repeat "The identity provider does not answer; try again later.";
}

refusals! {
    /// A sign-in that does not begin.
    pub CannotSignIn = MunicipalityUnknown, ProviderUnavailable;
    /// A step up that does not begin.
    pub CannotStepUp = LevelOutOfReach, ProviderUnavailable;
    /// A one-time code that is traded for no session.
    pub CannotTrade = CodeInvalid, VerifierInvalid;
    /// A refresh token that is traded for no tokens.
    pub CannotRefresh = RefreshInvalid, RefreshReused;
}
