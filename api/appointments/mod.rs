//! Appointments: a citizen books a visit, moves it, cancels it, and is reminded what to bring.
//!
//! Words: a *service* is what is done, a *location* where, a *desk* by whom; a *start* is an instant at which a visit for a
//! service may begin. A start is *held* while the citizen decides, for a few minutes, and then *booked*. A hold that is over
//! has *lapsed*: its start is anybody's.
//!
//! A slot is never given twice: five minutes of a desk are a *tick*, and a claimed tick is a primary key. Whatever happens
//! between two looks, whoever comes second finds the key taken, on either database. Everything that is looked at before is
//! only to choose well.
//!
//! Six folders, with the same doors each: `catalogue`, `booking`, `waiting`, `closing`, `ringing` and `deeds`. What several of them rest on
//! stands beside them. `model` has the types and imports nothing of the room; a store imports the types and the rules, a use case the
//! stores, a route the use cases.

mod blocked;
pub mod booking;
pub mod catalogue;
pub mod closing;
pub mod deeds;
pub mod model;
pub mod notices;
mod placing;
pub mod proof;
pub mod ringing;
pub mod rules;
pub mod search;
mod to_child;
pub mod value;
pub mod waiting;
pub mod work;

pub use booking::agenda;
pub(crate) use booking::store::has_visits;
pub use catalogue::{Catalogue, Catalogues};
pub(crate) use deeds::store::erase_deeds;
pub use model::{AppointmentId, ClosureId, DeskId, LocationId, ServiceId, Visit, VisitBegun, VisitState, WaitingId};
pub(crate) use waiting::store::erase_waiting;
