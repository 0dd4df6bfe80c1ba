//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;
use poem::http::Method;

use super::{CALLBACK, CLAIMING, Identity, LISTED, LiveSessions, keys, oidc, routes, store, work};
use crate::{
    municipalities::Municipalities,
    platform::{
        limits::Bound,
        room::{Room, Step},
    },
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["account", "login", "proof", "refresh_token", "session", "sign_in", "signing_key"],
    reads: &["resident", "set_aside"],
    statements: store::STATEMENTS,
    listed: &[LISTED],
    claiming: &[CLAIMING],
    codes: super::model::CODES,
    open: Some(|o| {
        async move {
            let keys = keys::signing_keys(&o.app, o.open).await?;
            let (app, towns, providers) =
                (o.app.clone(), o.app.part::<Municipalities>().clone(), oidc::Providers::new(&o.app.config)?);
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
    housekeeping: &[Step { name: "sessions", run: |app| work::step(app.part()).boxed() }],
    ..Room::named("identity")
};

/// What citizens may call here.
pub type CitizenApi = routes::IdentityApi;
/// What staff and machines may call here.
pub type StaffApi = ();
