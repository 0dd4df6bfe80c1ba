//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{routes, staff_routes, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    // Once who is gone is known to be.
    housekeeping: &[Step { name: "mandates", run: |app| work::step(app).boxed() }],
    ..Room::named("acting")
};

/// What citizens may call here.
pub type CitizenApi = routes::MandatesApi;
/// What staff and machines may call here.
pub type StaffApi = staff_routes::MandatesApi;
