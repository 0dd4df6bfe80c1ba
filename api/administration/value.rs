//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::{STATEMENTS, routes};
use crate::platform::room::{Names, Room};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["machine_key"],
    statements: &[STATEMENTS],
    codes: super::model::CODES,
    names: &[Names::plain("key", "select id, name from machine_key where municipality_id = ? and id in (?*)").kept()],
    ..Room::named("administration")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = routes::AdministrationApi;
