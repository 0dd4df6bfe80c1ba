//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::routes;
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room::named("profile");

/// What citizens may call here.
pub type CitizenApi = routes::ProfileApi;
/// What staff and machines may call here.
pub type StaffApi = ();
