//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::{home, links, problems, security_text};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room {
    pages: |route| {
        route
            .at("/", poem::get(home))
            .at("/news", poem::get(home))
            .at(crate::platform::problem::PAGE, poem::get(problems))
            .at("/.well-known/security.txt", poem::get(security_text))
            .at("/.well-known/apple-app-site-association", poem::get(links::apple))
            .at("/.well-known/assetlinks.json", poem::get(links::google))
    },
    ..Room::named("front")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
