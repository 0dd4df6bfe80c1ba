//! Deeds: what one of two books or moves, and what waits for the other's yes. A mandate to assist makes it so. The start is held meanwhile,
//! by a visit that is held as any other and lapses as any other: nobody else gets it, and nothing is lost where nobody answers.
//!
//! `proposing` is what a booking needs of it, `answering` what comes of it; the first stands before booking, the second after it.

pub mod answering;
pub mod model;
pub mod proposing;
pub mod routes;
mod rules;
pub(super) mod store;
mod telling;
pub(super) mod work;
