//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use super::{model, routes, store};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["passkey", "passkey_challenge"],
    statements: &[store::ALL],
    claiming: &[store::CLAIMING],
    codes: model::CODES,
    ..Room::named("passkeys")
};

/// What citizens may call here.
pub type CitizenApi = routes::PasskeysApi;
/// What staff and machines may call here.
pub type StaffApi = ();
