//! The connections to a database, for reading and for writing.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64},
};

use sqlx::{PgPool, SqlitePool};

use crate::platform::metrics::Waited;

/// The database, of either kind. Cheap to clone.
#[derive(Clone)]
pub struct Db(pub(super) Pools, pub(super) Waited);

#[derive(Clone)]
pub(super) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool, analysed: Arc<AtomicI64> },
    Postgres { read: PgPool, write: PgPool, doubt: Doubt },
}

/// Set while the database was found to take no writes, as one does that was a primary and is none any more: each
/// connection is then asked before it is lent, and one that leads there is closed.
pub(super) type Doubt = Arc<AtomicBool>;
