//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{model, routes, store, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["call", "call_try"],
    statements: &[store::ALL],
    listed: &[store::LISTED],
    codes: model::CODES,
    housekeeping: &[Step { name: "calls", run: |app| work::step(app).boxed() }],
    ..Room::named("calls")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = routes::CallsApi;
