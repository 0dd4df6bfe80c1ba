//! The tests: journeys through the running server on both databases, and guards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]

#[macro_use]
mod world;

mod announcements;
mod appointments;
mod bad_input;
mod breaks;
mod command;
mod console;
mod contract;
mod counter_figures;
mod counter_page;
mod desk;
mod doors;
mod editor;
mod examples;
mod files;
mod guards;
mod hall;
mod inbox;
mod keeping;
mod kotlin;
mod machines;
mod missed;
mod news;
mod once;
mod openid;
#[path = "../shared/outbox.rs"]
mod outbox;
mod page;
mod people;
mod placing;
mod plan_preview;
mod planner;
mod plans;
mod profile;
mod providers;
mod push;
mod queue;
mod records;
mod register;
mod released;
mod remind;
mod roads;
mod running;
mod saying;
mod screen;
mod sign_in;
mod staff;
mod stands;
mod statements;
mod story;
mod structure;
mod subjects;
mod telephone;
mod templates;
mod tenant_isolation;
mod to_ring;
mod trust;
mod typescript;
mod visitors;
mod visits;
mod waiting;
mod waiting_for_callers;
mod writing;
