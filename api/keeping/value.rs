//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::work;
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room =
    // When visits are forgotten, which hold whose they are.
    Room { erasing: &[Step { name: "keeping", run: |app| work::step(app).boxed() }], ..Room::named("keeping") };

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
