//! Thuisloket, the counter at home: the backend of a municipality's app.
//!
//! The rooms, in their order, are listed here and nowhere else. A room imports only rooms above it in this list; a guard in the tests
//! refuses anything else. ARCHITECTURE.md walks through them.

pub mod config;
pub mod platform;

pub mod municipalities;

pub mod residents;

pub mod identity;

pub mod staff;

pub mod audit;

pub mod administration;

pub mod mandates;

pub mod contacts;

pub mod push;

pub mod mail;

pub mod inbox;

pub mod letters;

pub mod calls;

pub mod passkeys;

pub mod acting;

pub mod profile;

pub mod appointments;

pub mod queue;

pub mod documents;

pub mod announcements;

pub mod counter;

pub mod uploads;

pub mod keeping;

pub mod console;

pub mod front;

pub mod jobs;

pub mod app;
pub mod backup;
pub mod checks;
pub mod command;

/// Joins what each room serves: tuples in tuples, as those of the library end at sixteen.
macro_rules! joined {
    ($api:ident;) => { () };
    ($api:ident; $room:ident $($rest:ident)*) => { ($room::value::$api, joined!($api; $($rest)*)) };
}

macro_rules! rooms {
    ($($room:ident)*) => {
        /// Every room, in their order.
        pub static ROOMS: &[&platform::room::Room] = &[$(&$room::value::ROOM),*];
        /// What citizens may call.
        pub type CitizenApi = joined!(CitizenApi; $($room)*);
        /// What staff and machines may call.
        pub type StaffApi = joined!(StaffApi; $($room)*);
    };
}

// As above; a guard in the tests holds the two against each other. (The formatter does not find a module that a macro declares.)
rooms! {
    platform municipalities residents identity staff audit administration mandates contacts push mail inbox letters calls passkeys acting
    profile appointments queue documents announcements counter uploads keeping console front
}
