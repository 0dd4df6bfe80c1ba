//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{Municipalities, STATEMENTS, routes};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room {
    codes: super::CODES,
    owns: &["municipality", "municipality_nis", "number_key"],
    // Whether a key that is not there any more is still needed.
    reads: &["resident"],
    statements: &[STATEMENTS],
    open: Some(|o| {
        async move {
            o.add(Municipalities::load(&o.app).await?);
            Ok(())
        }
        .boxed()
    }),
    ..Room::named("municipalities")
};

/// What citizens may call here.
pub type CitizenApi = routes::MunicipalitiesApi;
/// What staff and machines may call here.
pub type StaffApi = ();
