//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::{AT, entrance, file, page};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room {
    pages: |route| {
        route
            .at("/staff", poem::get(entrance))
            .at("/staff/console", poem::get(entrance))
            .at(AT, poem::get(page))
            .at("/staff/console/:file", poem::get(file))
    },
    ..Room::named("console")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
