//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{channels, delivery, routes, store, waiting};
use crate::platform::room::{Room, Step, Waiting, Worker};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["badge", "channel", "device", "live_activity", "push_delivery", "push_mute", "push_preference"],
    reads: &["session"],
    statements: store::STATEMENTS,
    listed: store::LISTS,
    codes: super::model::CODES,
    open: Some(|o| {
        async move {
            o.add(channels::Channels::open(&o.app).await?);
            Ok(())
        }
        .boxed()
    }),
    workers: |app, stop| {
        let worker = |channel: &std::sync::Arc<channels::Channel>| {
            let (channel, stop) = (channel.clone(), stop.clone());
            Worker::new(app, "push", move |app| {
                let (channel, stop) = (channel.clone(), stop.clone());
                async move { delivery::step(&app, &channel, &stop).await }
            })
        };
        app.part::<channels::Channels>().all().map(worker).collect()
    },
    housekeeping: &[Step { name: "push", run: |app| delivery::housekeeping(app).boxed() }],
    waiting: &[
        Waiting { name: "urgent pushes", count: |r, now| waiting(r, 0, now).boxed() },
        Waiting { name: "pushes", count: |r, now| waiting(r, 1, now).boxed() },
    ],
    ..Room::named("push")
};

/// What citizens may call here.
pub type CitizenApi = routes::PushApi;
/// What staff and machines may call here.
pub type StaffApi = ();
