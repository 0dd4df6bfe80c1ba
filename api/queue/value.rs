//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use std::future;

use futures_util::FutureExt as _;

use super::{
    ANSWER_STATEMENTS, FIGURES_STATEMENTS, HALL_STATEMENTS, LISTED, STATEMENTS, figures, hall, hall_routes, kiosk,
    live, places_page, places_routes, routes, screen, staff_routes, work,
};
use crate::{
    appointments::{booking::visitors::GiveTurns, closing::WhoWaits},
    platform::room::{self, Names, Room},
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &["answer", "desk_clerk", "hall_stop", "ticket", "ticket_number"],
    // Whether the visit of a ticket is still the one that it was checked in for; and what visits there were, for figures.
    // And who may still work at a desk, and what that is called.
    reads: &["appointment", "desk", "staff_role", "staff_session"],
    statements: &[STATEMENTS, ANSWER_STATEMENTS, HALL_STATEMENTS, FIGURES_STATEMENTS],
    listed: &[LISTED],
    codes: super::model::CODES,
    names: &[Names::plain("ticket", "select id, number from ticket where municipality_id = ? and id in (?*)")],
    open: Some(|o| {
        o.add(screen::Screens::default());
        o.add(work::Evenings::default());
        o.add(GiveTurns(|w, app, town, visit, whose| live::give(w, app, town, visit, whose).boxed()));
        o.add(WhoWaits(|r, town, location, day| work::visits_waited_for(r, town, location, day).boxed()));
        future::ready(Ok(())).boxed()
    }),
    pages: |route| {
        route
            .at("/screen/:municipality/:location", poem::get(screen::page))
            .at("/screen/:municipality/:location/events", poem::get(screen::events))
            .at("/kiosk/:municipality/:location", poem::get(kiosk::page))
            .at("/locations/:municipality", poem::get(places_page::page))
            .at("/locations/:municipality/data.json", poem::get(places_page::data))
    },
    end_of: Some(|w, app, taken| hall::end_of(w, app, taken).boxed()),
    work: &[
        room::Step { name: "queue", run: |app| work::shut(app).boxed() },
        room::Step { name: "numbers on phones", run: |app| live::step(app).boxed() },
        room::Step { name: "ends of days", run: |app| work::close_days(app).boxed() },
    ],
    housekeeping: &[room::Step { name: "queue", run: |app| work::step(app).boxed() }],
    // A screen's connection has no end of its own.
    stop: |app| app.part::<screen::Screens>().close(),
    ..Room::named("queue")
};

/// What citizens may call here.
pub type CitizenApi = (routes::QueueApi, places_routes::PlacesApi);
/// What staff and machines may call here.
pub type StaffApi = (staff_routes::DesksApi, hall_routes::HallsApi, figures::routes::CounterFiguresApi);
