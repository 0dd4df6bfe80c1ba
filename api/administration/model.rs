//! A key of a machine, and the machine that calls with it.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{codes, id_type, municipalities::Municipality, platform::access::Scope};

id_type! {
    /// The key of a machine.
    KeyId;
}

/// A machine that calls with a good key.
#[derive(Clone)]
pub struct Machine {
    /// The key.
    pub key: KeyId,
    /// What it is called.
    pub name: String,
    /// The town: the only source of it.
    pub town: Arc<Municipality>,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
}

/// What a new key shall be.
pub struct Wish {
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub scopes: BTreeSet<Scope>,
    /// Days until its end.
    pub days: i64,
}

/// A key that was just made: the only time it is shown.
#[derive(Serialize, Deserialize)]
pub struct Made {
    /// Its id.
    pub id: KeyId,
    /// The key itself.
    pub key: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

codes! {
    /// The town has as many keys as are allowed.
    KeyLimit = "key_limit" 409 Tell "The municipality has as many keys as are allowed.";
    /// Nobody takes a role from themselves.
    OwnRole = "own_role" 409 Tell "You cannot take a role from yourself; ask another administrator.";
}
