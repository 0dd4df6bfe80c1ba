//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{
    aside, db, health, idempotency,
    room::{self, Progress, Step},
};

/// The foundation, as the first of the rooms.
pub const ROOM: room::Room = room::Room {
    owns: &["kept_answer", "last_work", "process", "set_aside"],
    statements: &[idempotency::ALL, aside::ALL, db::ALL],
    housekeeping: &[
        Step { name: "repeated requests", run: |s| idempotency::step(&s.app).boxed() },
        Step {
            name: "processes",
            run: |s| {
                async move {
                    health::forget(&s.app.db, s.app.clock.now()).await.map(|()| Progress::Idle).map_err(Into::into)
                }
                .boxed()
            },
        },
        Step { name: "what was set aside", run: |s| aside::step(&s.app).boxed() },
        Step {
            name: "statistics",
            run: |s| {
                async move { s.app.db.keep_statistics(s.app.clock.now()).await.map(|()| Progress::Idle).map_err(Into::into) }
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
