//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use std::future;

use futures_util::FutureExt as _;

use super::{CLAIMING, LISTED, STATEMENTS, lead_time, notices, routes, rules, settled, store, waiting, work};
use crate::{
    appointments::model::{BringFor, DocumentsInForce},
    inbox::reach::{SettledDocuments, TellAgain},
    platform::room::{Room, Step, Waiting},
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["document", "lead_time", "reminder"],
    reads: &["import_seen", "set_aside"],
    statements: &[STATEMENTS],
    listed: &[LISTED],
    claiming: &[CLAIMING],
    open: Some(|o| {
        o.add(lead_time::LeadTimes::default());
        o.add(DocumentsInForce(|r, town, residents| store::in_force_of(r, town, residents).boxed()));
        o.add(BringFor(notices::bring));
        o.add(SettledDocuments(|r, town, asked, now| settled::settled(r, town, asked, now).boxed()));
        o.add(TellAgain(|w, town, message, documents, now| {
            settled::tell_again(w, town, message, documents, now).boxed()
        }));
        let mut towns = o.app.config.municipalities.iter();
        let checked = towns.try_for_each(|(key, town)| rules::check(key, &town.reminders));
        future::ready(checked).boxed()
    }),
    work: &[
        Step { name: "welcome", run: |app| work::greet(app).boxed() },
        Step { name: "lead times", run: |app| lead_time::step(app).boxed() },
        Step { name: "reminders", run: |app| work::step(app).boxed() },
    ],
    housekeeping: &[Step { name: "documents", run: |app| work::housekeeping(app).boxed() }],
    waiting: &[Waiting { name: "reminders", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("documents")
};

/// What citizens may call here.
pub type CitizenApi = routes::DocumentsApi;
/// What staff and machines may call here.
pub type StaffApi = ();
