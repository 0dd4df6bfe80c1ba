//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{LISTED, STATEMENTS, routes, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["message", "unreached"],
    statements: &[STATEMENTS],
    listed: &[LISTED],
    work: &[Step { name: "warnings", run: |app| work::warn(app).boxed() }],
    housekeeping: &[Step { name: "inbox", run: |app| work::step(app).boxed() }],
    ..Room::named("inbox")
};

/// What citizens may call here.
pub type CitizenApi = routes::InboxApi;
/// What staff and machines may call here.
pub type StaffApi = ();
