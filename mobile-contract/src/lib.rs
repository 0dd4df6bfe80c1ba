//! What a phone may rely on, in code: a client generated from the published contract, a simulated phone that speaks to
//! the server through it alone, and stand-ins that speak the providers' protocols on loopback.
//!
//! The stand-ins are as strict as the providers' documents are; what they refuse, Apple or Google would refuse.

pub mod apns;
#[allow(
    missing_docs,
    unused_imports,
    irrefutable_let_patterns,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "generated"
)]
#[rustfmt::skip]
pub mod client;
pub mod fcm;
pub mod oidc;
pub mod phone;
pub mod provider_stubs;
pub mod server;
pub mod smtp;
pub mod staff_client;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use url::{Origin, Url};

/// The time as the stand-ins see it: that of the server they stand beside.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What the server calls itself in the address of a sign-in that it began: where the provider sends the browser back to.
fn says_it_is(begun: &Url) -> Option<Origin> {
    let (_, back) = begun.query_pairs().find(|(name, _)| name == "redirect_uri")?;
    Url::parse(&back).ok().map(|back| back.origin())
}

/// Where `at` is asked for from here: what the server says is `itself`, at `server`. They differ where phones know it by another name than this
/// machine does (an emulator calls this machine 10.0.2.2).
fn reached(at: &Url, itself: Option<&Origin>, server: &str) -> Url {
    let Some(mut there) = Url::parse(server).ok().filter(|_| itself == Some(&at.origin())) else { return at.clone() };
    there.set_path(at.path());
    there.set_query(at.query());
    there
}
