//! The tests: journeys through the running server on both databases, and guards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]

#[macro_use]
mod world;

mod bad_input;
mod command;
mod guards;
mod inbox;
#[path = "../shared/outbox.rs"]
mod outbox;
mod page;
mod providers;
mod push;
mod register;
mod remind;
mod sign_in;
mod trust;
