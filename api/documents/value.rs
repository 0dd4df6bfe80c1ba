//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use std::future;

use futures_util::FutureExt as _;

use super::{CLAIMING, STATEMENTS, lead_time, routes, rules, waiting, work};
use crate::platform::room::{Room, Step, Waiting};

/// The room as a value.
pub const ROOM: Room = Room {
    about: "The citizen's documents, when each ends, and what can be done about it.",
    owns: &["document", "lead_time", "reminder"],
    reads: &["import_seen", "set_aside"],
    statements: &[STATEMENTS],
    claiming: &[CLAIMING],
    open: Some(|o| {
        o.add(lead_time::LeadTimes::default());
        let mut towns = o.app.config.municipalities.iter();
        let checked = towns.try_for_each(|(key, town)| rules::check(key, &town.reminders));
        future::ready(checked).boxed()
    }),
    work: &[
        Step { name: "welcome", run: |s| work::greet(&s.app, s.part()).boxed() },
        Step { name: "lead times", run: |s| lead_time::step(&s.app, s.part(), s.part(), s.part()).boxed() },
        Step { name: "reminders", run: |s| work::step(&s.app, s.part(), s.part()).boxed() },
    ],
    housekeeping: &[Step { name: "documents", run: |s| work::housekeeping(&s.app, s.part()).boxed() }],
    waiting: &[Waiting { name: "reminders", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("documents")
};

/// What citizens may call here.
pub type CitizenApi = routes::DocumentsApi;
/// What staff and machines may call here.
pub type StaffApi = ();
