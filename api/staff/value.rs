//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;
use poem::http::Method;

use super::{CALLBACK, SIGN_IN, STATEMENTS, routes, work};
use crate::platform::{
    limits::Bound,
    room::{Names, Room, Step},
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["staff_member", "staff_role", "staff_session", "staff_sign_in"],
    statements: &[STATEMENTS],
    // A member is of no town: of this one, by a role in it.
    names: &[Names::plain(
        "member",
        "select x.id, x.name from staff_member x where exists
             (select 1 from staff_role s where s.member_id = x.id and s.municipality_id = ?) and x.id in (?*)",
    )],
    pages: |route| route.at(SIGN_IN, poem::get(routes::begin)).at(CALLBACK, poem::get(routes::callback)),
    bound: |request| {
        let path = request.uri().path();
        let narrow =
            [SIGN_IN, CALLBACK].contains(&path) || *request.method() == Method::POST && routes::ANYONE.contains(&path);
        narrow.then_some(Bound::Narrow)
    },
    changes: &[SIGN_IN, CALLBACK],
    housekeeping: &[Step { name: "staff", run: |app| work::step(app).boxed() }],
    ..Room::named("staff")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = routes::StaffApi;
