//! The foundation: what every room stands on and that knows no room.

pub mod access;
pub mod aside;
pub mod believed;
mod canonical;
pub mod db;
pub mod erased;
pub mod files;
pub mod health;
pub mod http;
pub mod ical;
pub mod idempotency;
pub mod ids;
pub mod import;
mod interned;
pub mod language;
pub mod limits;
pub mod log;
pub mod metrics;
pub mod named;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod reach;
pub mod reasons;
pub mod retry;
pub mod room;
pub mod serve;
pub mod small;
pub mod text;
pub mod time;
pub mod transactions;
pub mod value;
pub mod values;
pub mod words;
pub mod worker;

pub use room::{App, Progress};
