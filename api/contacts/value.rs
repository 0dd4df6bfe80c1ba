//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{routes, staff_routes, store, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["contact_settings", "email_code"],
    statements: &[store::ALL],
    listed: &[store::LISTED],
    housekeeping: &[Step { name: "contacts", run: |app| work::step(app).boxed() }],
    ..Room::named("contacts")
};

/// What citizens may call here.
pub type CitizenApi = routes::ContactsApi;
/// What staff and machines may call here.
pub type StaffApi = staff_routes::ContactsStaffApi;
