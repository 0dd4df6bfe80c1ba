//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{LISTED, STATEMENTS, reach, routes, work};
use crate::platform::room::{Room, Step, Waiting};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["message", "reach", "reach_step", "unreached"],
    // Where somebody lives when they are told, for figures by district.
    reads: &["resident", "set_aside"],
    statements: &[STATEMENTS, reach::store::ALL],
    listed: &[LISTED, reach::store::LISTED],
    claiming: &[reach::store::CLAIMING],
    work: &[
        Step { name: "warnings", run: |app| work::warn(app).boxed() },
        Step { name: "reach", run: |app| reach::work::step(app).boxed() },
    ],
    housekeeping: &[Step { name: "inbox", run: |app| work::step(app).boxed() }],
    waiting: &[Waiting { name: "reach", count: |r, now| reach::store::waiting(r, now).boxed() }],
    ..Room::named("inbox")
};

/// What citizens may call here.
pub type CitizenApi = routes::InboxApi;
/// What staff and machines may call here.
pub type StaffApi = reach::routes::CoverageApi;
