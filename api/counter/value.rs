//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::{missed_routes, routes};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room::named("counter");

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = (routes::CounterApi, missed_routes::MissedApi);
