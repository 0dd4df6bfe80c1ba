//! One typed configuration: a TOML file, and environment variables over it.
//!
//! `config.default.toml` beside this folder documents every setting and is where its default stands; tests hold it against the types.
//! A variable is `THUISLOKET_` and the setting's path with two underscores between its parts: `THUISLOKET_DATABASE__URL`.
//!
//! `root` has the whole and `sections`, `providers`, `apps` and `towns` its parts; `read` makes one and has it checked by `checks`.

mod apps;
mod checks;
mod defaults;
mod mail;
mod providers;
mod read;
mod root;
mod secret;
mod sections;
mod towns;

pub use apps::{Apns, AppCredentials, Fcm, LeastVersion};
pub use checks::{
    LEAST_LEFT_DAYS, LEAST_OFFER_MINUTES, MAX_PUSH_BATCH, MOST_DAYS, MOST_PASSKEYS, MOST_PLAN_DAYS, PLANS,
};
pub use mail::{Mail, Privacy, Relay};
pub use providers::{Claims, ClientAuth, IdentityProvider, Issuer, Userinfo};
pub use read::DOCUMENTED;
pub use root::Config;
pub use secret::Secret;
pub use sections::{
    Appointments, Database, Docs, Import, Limits, Log, LogFormat, Machines, Map, Passkeys, Push, Retention, Server,
    Sessions, Staff, Workers,
};
pub use towns::{Contact, Letters, Municipality, NumberKey, ReachPlan, ReminderOverride, Window};
