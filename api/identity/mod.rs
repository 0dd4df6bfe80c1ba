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
//! `level_too_low`; the app then *steps up*: the same person signs in again, more surely, and the same session goes on.

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
pub mod work;

use futures_util::FutureExt as _;
use poem::http::Method;

use crate::platform::{
    limits::Bound,
    room::{Room, Step},
};

pub use keys::note_signing_keys;
pub use live::LiveSessions;
pub use model::{ActorId, Citizen, CompromisedSession, SessionId, SubjectId};
pub use part::{Identity, awaited};
pub use sessions::{
    anybody_compromised, anybody_new, choose_language, compromised, end_all_of, end_all_sessions, end_session, greet,
    language_of, newcomers, sessions, spoken_to, told, with_account,
};
pub use sign_in::{Begun, KNOWN, Return, UNDER_WAY, Wish};
pub(crate) use store::{CLAIMING, erase_account, erase_logins, erase_sessions};
pub use tokens::Tokens;

/// Where a citizen's browser comes back from the identity provider.
const CALLBACK: &str = "/sign-in/callback";

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Signing citizens in, and their sessions.",
    owns: &["account", "login", "refresh_token", "session", "sign_in", "signing_key"],
    reads: &["resident", "set_aside"],
    statements: store::STATEMENTS,
    claiming: &[CLAIMING],
    problems: [&[routes::PROBLEMS], &[]],
    open: Some(|o| {
        async move {
            let keys = keys::signing_keys(&o.app, o.open).await?;
            let (app, towns, providers) = (o.app.clone(), o.part()?, oidc::Providers::new(&o.app.config)?);
            o.add(Identity { app, towns, keys, providers, live: LiveSessions::default() });
            Ok(())
        }
        .boxed()
    }),
    pages: |route| {
        route
            .at(CALLBACK, poem::get(routes::callback))
            .at("/.well-known/jwks.json", poem::get(routes::jwks))
            .at("/.well-known/clients/:provider/jwks.json", poem::get(routes::client_jwks))
    },
    // Nobody is known yet where these are asked, whatever else the request carries; and the page asks the identity provider.
    bound: |request| {
        let path = request.uri().path();
        let narrow = path == CALLBACK || *request.method() == Method::POST && routes::ANYONE.contains(&path);
        narrow.then_some(Bound::Narrow)
    },
    changes: &[CALLBACK],
    housekeeping: &[Step { name: "sessions", run: |s| work::step(s.part()).boxed() }],
    ..Room::named("identity")
};

/// What the worker that warns of compromised sessions is called, where it sets something aside.
pub const WARN: &str = "warnings";

/// What the worker that looks again for newcomers is called.
pub const GREET: &str = "welcome";

/// What citizens may call here.
pub type CitizenApi = routes::IdentityApi;

/// What staff and machines may call here.
pub type StaffApi = ();
