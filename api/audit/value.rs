//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{LISTED, STATEMENTS, routes, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["audit_entry"],
    statements: &[STATEMENTS],
    listed: &[LISTED],
    housekeeping: &[Step { name: "audit", run: |app| work::step(app).boxed() }],
    ..Room::named("audit")
};

/// What citizens may call here.
pub type CitizenApi = routes::MyAuditApi;
/// What staff and machines may call here.
pub type StaffApi = routes::AuditApi;
