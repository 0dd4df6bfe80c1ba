//! Passkeys: the types that other files of the room know, and what may be refused.

use crate::{codes, id_type, refusals};

id_type! {
    /// A passkey of a citizen.
    PasskeyId;
}

/// For what an authenticator is asked to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To add a passkey.
    Add,
    /// To step up.
    StepUp,
}

impl Purpose {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::StepUp => "step_up",
        }
    }
}

codes! {
    /// The installation takes no passkeys, or does not any more.
    PasskeysOff = "passkeys_off" 409 Tell "This installation takes no passkeys; step up at the identity provider.";
    /// The provider was asked too long ago who this is. `required_level` says at which level to ask again.
    SignInTooOld = "sign_in_too_old" 403 StepUp "The citizen was at the identity provider too long ago; step up there, whatever level the session has.";
    /// The citizen has as many passkeys as one may have.
    PasskeyLimit = "passkey_limit" 409 Tell "No more passkeys can be added; remove one first.";
    /// The authenticator has a passkey of the town already.
    PasskeyKnown = "passkey_known" 409 Tell "This passkey is known already.";
    /// None of the citizen's passkeys gives that level, or does any more.
    PasskeyNone = "passkey_none" 409 Tell "No passkey of the citizen gives that level now; step up at the identity provider.";
    /// The challenge is not one of this session, is used, or too old.
    ChallengeInvalid = "challenge_invalid" 400 Tell "The challenge is unknown in this session, used or too old; begin again.";
    /// What the authenticator answered does not prove what it should. `detail` says which check failed.
    PasskeyInvalid = "passkey_invalid" 400 Tell "The authenticator's answer was not accepted; `detail` says which check failed.";
    /// Two authenticators sign with the same key, by what they count: the passkey was removed.
    PasskeyCopied = "passkey_copied" 403 Tell "The passkey seems to have been copied and was removed; step up at the identity provider.";
}

refusals! {
    /// A passkey that is not begun.
    pub CannotBegin = PasskeysOff, SignInTooOld, PasskeyLimit;
    /// A passkey that is not added.
    pub CannotAdd = PasskeysOff, SignInTooOld, PasskeyLimit, ChallengeInvalid, PasskeyInvalid, PasskeyKnown;
    /// A step up that does not begin.
    pub CannotAsk = PasskeysOff, PasskeyNone;
    /// A step up that comes to nothing.
    pub CannotStepUp = PasskeysOff, PasskeyNone, ChallengeInvalid, PasskeyInvalid, PasskeyCopied;
}
