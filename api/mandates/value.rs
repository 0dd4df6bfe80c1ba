//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{KnownMandates, model, store};
use crate::platform::room::Room;

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["mandate", "mandate_code", "mandate_look", "of_age_told"],
    reads: &["resident"],
    statements: &[store::ALL],
    listed: &[store::LISTED],
    claiming: &[store::CLAIMING],
    codes: model::CODES,
    open: Some(|o| {
        o.add(KnownMandates::default());
        async { Ok(()) }.boxed()
    }),
    ..Room::named("mandates")
};

/// What citizens may call here: nothing. The room `acting` has the operations, as it tells people what becomes of mandates.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = ();
