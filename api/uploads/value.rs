//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;
use poem::http::Method;

use super::{CLAIMING, STATEMENTS, routes, waiting, work};
use crate::platform::{
    limits::Bound,
    room::{Names, Room, Step, Waiting},
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["upload", "upload_part"],
    statements: &[STATEMENTS],
    claiming: &[CLAIMING],
    codes: super::model::CODES,
    names: &[Names::plain("upload", "select id, subject from upload where municipality_id = ? and id in (?*)")],
    bound: |request| {
        let part = *request.method() == Method::PATCH && request.uri().path().starts_with("/staff/v1/uploads/");
        part.then_some(Bound::File)
    },
    work: &[Step { name: "uploads", run: |app| work::step(app).boxed() }],
    housekeeping: &[Step { name: "uploads", run: |app| work::housekeeping(app).boxed() }],
    waiting: &[Waiting { name: "uploads", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("uploads")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = routes::UploadsApi;
