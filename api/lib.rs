//! Thuisloket, the counter at home: the backend of a municipality's app.
//!
//! The rooms, in their order. A room imports only rooms above it in this list; a guard in the tests refuses anything
//! else. ARCHITECTURE.md walks through them.

pub mod config;
pub mod platform;

pub mod municipalities;

pub mod residents;

pub mod identity;

pub mod staff;

pub mod audit;

pub mod administration;

pub mod push;

pub mod inbox;

pub mod appointments;

pub mod queue;

pub mod documents;

pub mod announcements;

pub mod counter;

pub mod uploads;

pub mod keeping;

pub mod console;

pub mod front;

pub mod app;
pub mod backup;
pub mod checks;
pub mod demo;
