//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use futures_util::FutureExt as _;

use super::{letter_routes, letter_store, looks::Letterheads, model, routes, store, work};
use crate::platform::room::{Names, Room, Step};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["letter", "letter_address", "letter_batch", "letter_day", "letter_part", "letter_piece"],
    reads: &["resident", "set_aside"],
    statements: &[store::ALL, letter_store::ALL],
    listed: &[letter_store::LISTED],
    claiming: &[store::CLAIMING],
    codes: model::CODES,
    names: &[Names::plain(
        "letter_batch",
        "select id, cast(number as text) as name from letter_batch where municipality_id = ? and id in (?*)",
    )],
    open: Some(|o| {
        async move {
            o.add(Letterheads::open(&o.app)?);
            Ok(())
        }
        .boxed()
    }),
    work: &[
        Step { name: "letters of the day", run: |app| work::daily(app).boxed() },
        Step { name: "letters", run: |app| work::step(app).boxed() },
    ],
    housekeeping: &[
        Step { name: "letters", run: |app| work::housekeeping(app).boxed() },
        Step { name: "letters to hidden addresses", run: |app| work::forget_hidden(app).boxed() },
    ],
    ..Room::named("letters")
};

/// What citizens may call here.
pub type CitizenApi = ();
/// What staff and machines may call here.
pub type StaffApi = (routes::BatchesApi, letter_routes::LettersApi);
