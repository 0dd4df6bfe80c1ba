//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use anyhow::Context as _;
use futures_util::FutureExt as _;

use super::{CLAIMING, store, work};
use crate::platform::room::{Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["import_run", "import_seen", "parent_block", "parent_link", "resident"],
    reads: &["set_aside"],
    statements: store::STATEMENTS,
    listed: store::LISTS,
    claiming: &[CLAIMING],
    open: Some(|o| {
        async move { work::make_comparable(&o.app).await.context("addresses could not be made comparable") }.boxed()
    }),
    // Before whoever is gone is signed out.
    by_calendar: &[Step { name: "register", run: |app| work::step(app).boxed() }],
    ..Room::named("residents")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
