//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{
    aside, db, health, idempotency,
    room::{self, Progress, Step},
};

/// The foundation, as the first of the rooms.
pub const ROOM: room::Room = room::Room {
    owns: &["kept_answer", "last_work", "process", "set_aside"],
    codes: super::problem::CODES,
    statements: &[idempotency::ALL, aside::ALL, db::ALL],
    housekeeping: &[
        Step { name: "repeated requests", run: |app| idempotency::step(app).boxed() },
        Step {
            name: "processes",
            run: |app| {
                async move {
                    health::forget(&app.db, app.clock.now()).await.map(|()| Progress::Idle).map_err(Into::into)
                }
                .boxed()
            },
        },
        Step { name: "what was set aside", run: |app| aside::step(app).boxed() },
        Step {
            name: "statistics",
            run: |app| {
                async move { app.db.keep_statistics(app.clock.now()).await.map(|()| Progress::Idle).map_err(Into::into) }
                    .boxed()
            },
        },
    ],
    ..room::Room::named("platform")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
