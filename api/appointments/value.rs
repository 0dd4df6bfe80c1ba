//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use std::future;

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::{
    Catalogues, booking, booking::routes::CLAIM, catalogue, closing, deeds, proof, ringing, to_child, waiting, work,
};
use crate::{
    acting::model::ParentsVisits,
    platform::{
        limits::Bound,
        room::{Names, Room, Step, Waiting},
    },
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &[
        "appointment",
        "appointment_document",
        "deed",
        "desk",
        "desk_absence",
        "desk_service",
        "desk_tick",
        "displaced",
        "location",
        "location_closure",
        "location_exception",
        "location_freed",
        "location_hours",
        "next_free",
        "plan_version",
        "service",
        "to_ring",
        "waiting",
    ],
    // Whoever books is one at a time: their account is locked. What waits for a yes ends with its mandate.
    reads: &["account", "mandate", "parent_block", "parent_link", "resident", "set_aside"],
    statements: &[
        catalogue::store::ALL,
        catalogue::history::ALL,
        booking::store::ALL,
        booking::store::places::ALL,
        booking::store::due::ALL,
        booking::store::subjects::ALL,
        booking::store::visitors::ALL,
        waiting::store::ALL,
        closing::store::ALL,
        deeds::store::ALL,
        ringing::store::ALL,
        proof::store::ALL,
    ],
    listed: &[
        booking::store::subjects::LISTED,
        booking::store::places::LISTED,
        waiting::store::LISTED,
        proof::store::LISTED,
    ],
    claiming: &[
        booking::store::CLAIMING,
        booking::store::places::CLAIMING,
        booking::store::due::CLAIMING,
        booking::store::visitors::CLAIMING,
    ],
    // Who makes a visit theirs says what others could guess.
    bound: |request| (request.uri().path() == CLAIM).then_some(Bound::Narrow),
    codes: super::model::CODES,
    names: &[
        Names::in_languages("location", "select id, names from location where municipality_id = ? and id in (?*)")
            .kept(),
        Names::in_languages("service", "select id, names from service where municipality_id = ? and id in (?*)").kept(),
        Names::in_languages(
            "visit",
            "select x.id, s.names from appointment x
             join service s on s.municipality_id = x.municipality_id and s.id = x.service_id
             where x.municipality_id = ? and x.id in (?*)",
        ),
    ],
    open: Some(|o| {
        o.add(Catalogues::default());
        o.add(to_child::LookedForLeft::default());
        o.add(to_child::Followed::default());
        o.add(ParentsVisits {
            hold: |w, town, parent| to_child::hold(w, town, parent).boxed(),
            give: |w, app, town, pair| to_child::give(w, app, town, pair).map_ok(drop).boxed(),
        });
        future::ready(Ok(())).boxed()
    }),
    work: &[Step { name: "visits", run: |app| work::step(app).boxed() }],
    housekeeping: &[
        Step { name: "visits", run: |app| work::housekeeping(app).boxed() },
        Step { name: "visits of blocked parents", run: |app| to_child::give_what_is_left(app).boxed() },
        Step { name: "visits of who is no parent or gone", run: |app| to_child::follow_register(app).boxed() },
    ],
    waiting: &[Waiting { name: "visit reminders", count: |r, now| booking::store::waiting(r, now).boxed() }],
    ..Room::named("appointments")
};

/// What citizens may call here.
pub type CitizenApi = (
    catalogue::routes::CatalogueApi,
    booking::routes::AppointmentsApi,
    waiting::routes::WaitingApi,
    deeds::routes::DeedsApi,
);
/// What staff and machines may call here.
pub type StaffApi = (
    catalogue::staff_routes::PlanningApi,
    catalogue::preview_routes::PlanPreviewApi,
    catalogue::counter_routes::CounterCatalogueApi,
    closing::staff_routes::ClosuresApi,
    booking::staff_routes::VisitsApi,
    booking::visitor_routes::VisitorsApi,
    waiting::staff_routes::CounterWaitingApi,
    ringing::routes::RingingApi,
);
