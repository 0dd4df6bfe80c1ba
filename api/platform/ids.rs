//! Ids are types, and come from one place that tests can seed.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Declares an id as a type of its own, so that a message's cannot be handed over as a device's.
#[macro_export]
macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type, serde::Serialize,
            serde::Deserialize, poem_openapi::NewType,
        )]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id_type! {
    /// A municipality of this installation: ours for ever, where its NIS code changes with mergers.
    MunicipalityId;
    /// A resident in a municipality's register.
    ResidentId;
    /// A document of a resident.
    DocumentId;
}

/// A thing of a town: no statement finds one without being told whose it is.
pub type InTown<Id> = (MunicipalityId, Id);

/// Where new ids and secrets come from.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<StdRng>>);

impl Ids {
    /// Ids that nobody can guess.
    pub fn random() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_os_rng())))
    }

    /// The same ids in each run, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Chance for whoever makes something of it.
    pub fn with<T>(&self, f: impl FnOnce(&mut StdRng) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new id that sorts by time (UUID version 7, RFC 9562).
    pub fn uuid(&self, now: DateTime<Utc>) -> Uuid {
        let random: [u8; 10] = self.with(|rng| rng.random());
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// A secret of 256 bits, as 43 characters that any URL may carry.
    pub fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number from 0 up to 1, for jitter.
    pub fn fraction(&self) -> f64 {
        self.with(|rng| rng.random())
    }
}

/// The least id that [`Ids::uuid`] gives at `at` or later.
pub fn first_uuid_at(at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// How a secret is stored: its SHA-256, as text. Enough for secrets of 256 bits, which nobody can try out.
pub fn hashed(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}
