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
pub mod staff_client;

use std::sync::Arc;

use chrono::{DateTime, Utc};

/// The time as the stand-ins see it: that of the server they stand beside.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;
