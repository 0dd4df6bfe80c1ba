//! Who is calling: sign-in at the town's identity provider, sessions, tokens.
//!
//! A citizen's app starts a *sign-in* with a challenge of its own, opens the system browser at the provider, gets a
//! *one-time code* back on its app link and trades it, with the verifier, for a *session*: a short-lived access token
//! and a refresh token that rotates at each use (RFC 8252, RFC 7636, RFC 9700). All refresh tokens of a session are
//! one family; a spent one that comes back ends it. An ended session is refused at once.
//!
//! Someone the register does not know gets a plain explanation in the browser, and no account.
//!
//! How sure the provider is of somebody is the *level* of the session. What asks for more is refused with
//! `level_too_low`; the app then *steps up*: the same person signs in again at a higher level, and the same session goes on. When a
//! provider last proved who somebody is, at which level, is a *proof*: the room `passkeys` gives no level without one.

pub mod access;
mod claims;
mod jwe;
mod jws;
pub mod keys;
mod line;
mod live;
mod model;
pub mod oidc;
pub mod pages;
mod part;
pub mod routes;
pub mod rules;
mod sessions;
mod sign_in;
pub(crate) mod store;
mod tokens;
pub mod value;
pub mod work;

pub use keys::note_signing_keys;
pub use live::LiveSessions;
pub use model::{
    Acting, ActorId, CannotSignIn, CannotTrade, Citizen, CodeInvalid, CompromisedSession, MandateId,
    ProviderUnavailable, SessionId, SubjectId, VerifierInvalid,
};
pub use part::{Identity, awaited};
pub use sessions::{
    Standing, anybody_compromised, anybody_new, choose_language, compromised, end_all_of, end_all_sessions,
    end_session, first_sign_ins, greet, language_of, lower, newcomers, proofs, sessions, standing, told, whose,
    with_account,
};
pub use sign_in::{Begun, KNOWN, Return, UNDER_WAY, Wish};
pub(crate) use store::{CLAIMING, LISTED, erase_account, erase_logins, erase_proofs, erase_sessions};
pub use tokens::Tokens;

/// Where a citizen's browser comes back from the identity provider.
const CALLBACK: &str = "/sign-in/callback";

/// What the worker that warns of compromised sessions is called, where it sets something aside.
pub const WARN: &str = "warnings";

/// What the worker that looks again for newcomers is called.
pub const GREET: &str = "welcome";
