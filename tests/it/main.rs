//! The tests: journeys through the running server, and guards.

mod guards;
