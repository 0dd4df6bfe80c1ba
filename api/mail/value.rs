//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{Post, model, pages, routes, staff_routes, store, waiting, work};
use crate::platform::room::{Room, Step, Waiting};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["mail_delivery", "mail_channel"],
    statements: &[store::ALL],
    listed: &[store::LISTED],
    claiming: &[store::CLAIMING],
    codes: model::CODES,
    open: Some(|o| {
        async move {
            o.add(Post::open(&o.app).await?);
            Ok(())
        }
        .boxed()
    }),
    pages: |route| route.at("/mail/unsubscribe/:token", poem::get(pages::show).post(pages::end)),
    work: &[Step { name: "mail", run: |app| work::step(app).boxed() }],
    housekeeping: &[Step { name: "mail", run: |app| work::housekeeping(app).boxed() }],
    waiting: &[Waiting { name: "e-mails", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("mail")
};

/// What citizens may call here.
pub type CitizenApi = routes::MailApi;
/// What staff and machines may call here.
pub type StaffApi = staff_routes::MailStaffApi;
