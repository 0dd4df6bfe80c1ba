//! Appointments: a citizen books a visit, moves it, cancels it, and is reminded what to bring.
//!
//! Words: a *service* is what is done, a *location* where, a *desk* by whom; a *start* is an instant at which a visit for a
//! service may begin. A start is *held* while the citizen decides, for a few minutes, and then *booked*. A hold that is over
//! has *lapsed*: its start is anybody's.
//!
//! A slot is never given twice: five minutes of a desk are a *tick*, and a claimed tick is a primary key. Whatever happens
//! between two looks, whoever comes second finds the key taken, on either database. Everything that is looked at before is
//! only to choose well.

pub mod agenda;
pub mod booking;
pub mod calendar;
pub mod catalogue;
pub mod closing;
pub mod notices;
mod placing;
pub mod planning;
pub mod proof;
pub mod routes;
pub mod rules;
pub mod search;
pub mod staff_routes;
mod store;
pub mod waiting;
pub mod work;

use std::future;
use std::{collections::BTreeMap, sync::Arc};

use quick_cache::sync::Cache;

use futures_util::FutureExt as _;

use crate::{
    id_type,
    municipalities::Municipality,
    platform::{
        db::Read,
        ids::MunicipalityId,
        problem::{Code, Failure},
        room::{AND_ID_IN, Names, Room, Step, Waiting},
    },
    words,
};

use catalogue::{Location, Service};
pub use store::Visit;
pub(crate) use store::{
    ALL as STATEMENTS, CLAIMING, erase_waiting, has_visits, proof::ALL as PROOF_STATEMENTS,
    waiting as reminders_waiting, waiting::ALL as WAITING_STATEMENTS,
};

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Visits to the town hall: services, locations, free starts, bookings, the waiting list and closures.",
    owns: &[
        "appointment",
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
        "service",
        "waiting",
    ],
    // Whoever books is one at a time: their account is locked.
    reads: &["account", "set_aside"],
    statements: &[STATEMENTS, WAITING_STATEMENTS, PROOF_STATEMENTS],
    claiming: &[CLAIMING],
    problems: [&[routes::PROBLEMS], &[planning::PROBLEMS, staff_routes::PROBLEMS]],
    names: &[
        Names::in_languages("location", "select id, names from location where municipality_id = ", AND_ID_IN).kept(),
        Names::in_languages("service", "select id, names from service where municipality_id = ", AND_ID_IN).kept(),
        Names::in_languages(
            "visit",
            "select x.id, s.names from appointment x
             join service s on s.municipality_id = x.municipality_id and s.id = x.service_id where x.municipality_id = ",
            " and x.id in (",
        ),
    ],
    open: Some(|o| {
        o.add(Catalogues::default());
        future::ready(Ok(())).boxed()
    }),
    work: &[Step { name: "visits", run: |s| work::step(&s.app, s.part(), s.part()).boxed() }],
    housekeeping: &[Step { name: "visits", run: |s| work::housekeeping(&s.app).boxed() }],
    waiting: &[Waiting { name: "visit reminders", count: |r, now| reminders_waiting(r, now).boxed() }],
    ..Room::named("appointments")
};
/// What citizens may call here.
pub type CitizenApi = routes::AppointmentsApi;
/// What staff and machines may call here.
pub type StaffApi = (planning::PlanningApi, staff_routes::VisitsApi);

/// Towns whose catalogue is remembered.
const MAX_CATALOGUES: usize = 1_000;

id_type! {
    /// Something that can be booked.
    ServiceId;
    /// Where a visit takes place.
    LocationId;
    /// By whom.
    DeskId;
    /// A visit.
    AppointmentId;
    /// An entry of the waiting list.
    WaitingId;
    /// A location's closing for a sudden reason.
    ClosureId;
}

words! {
    /// How a visit stands.
    VisitState {
        /// A start is kept for a while, until it is confirmed.
        Held = "held",
        /// It takes place.
        Booked = "booked",
        /// It does not.
        Cancelled = "cancelled",
        /// It was held, and nobody confirmed it.
        Lapsed = "lapsed",
    }
}

impl VisitState {
    /// Whether it has time of a desk.
    pub fn claims(self) -> bool {
        matches!(self, Self::Held | Self::Booked)
    }
}

/// What a town offers, as it was at a version.
pub struct Catalogue {
    version: i64,
    /// Its services.
    pub services: BTreeMap<ServiceId, Service>,
    /// Its locations.
    pub locations: BTreeMap<LocationId, Location>,
}

/// The catalogues that this process remembers. Cheap to clone.
#[derive(Clone)]
pub struct Catalogues(Arc<Cache<MunicipalityId, Arc<Catalogue>>>);

impl Default for Catalogues {
    fn default() -> Self {
        Self(Arc::new(Cache::new(MAX_CATALOGUES)))
    }
}

impl Catalogues {
    /// What the town offers now: read again only where something changed.
    ///
    /// # Errors
    /// The database.
    pub async fn of(&self, r: &mut Read, town: &Municipality) -> sqlx::Result<Arc<Catalogue>> {
        let version = store::catalogue_version(r, town.id).await?;
        if let Some(known) = self.0.get(&town.id).filter(|c| c.version == version) {
            return Ok(known);
        }
        let found = Arc::new(Self::read(r, town).await?);
        self.0.insert(town.id, found.clone());
        Ok(found)
    }

    /// The same, read now and not remembered: for who has changed it in this transaction, which may come to nothing.
    async fn read(r: &mut Read, town: &Municipality) -> sqlx::Result<Catalogue> {
        let version = store::catalogue_version(r, town.id).await?;
        let services = store::services(r, town.id).await?.into_iter().map(|s| (s.id, s)).collect();
        let locations = store::locations(r, town.id, None).await?.into_iter().map(|l| (l.id, l)).collect();
        Ok(Catalogue { version, services, locations })
    }
}

impl Catalogue {
    /// A service that can be booked.
    ///
    /// # Errors
    /// `not_found`.
    pub fn service(&self, id: ServiceId) -> Result<&Service, Failure> {
        self.services.get(&id).filter(|s| s.active).ok_or_else(|| Failure::new(Code::NotFound))
    }

    /// A location that takes visits.
    ///
    /// # Errors
    /// `not_found`.
    pub fn location(&self, id: LocationId) -> Result<&Location, Failure> {
        self.locations.get(&id).filter(|l| l.active).ok_or_else(|| Failure::new(Code::NotFound))
    }

    /// The service that serves a kind of document and can be booked somewhere; the first planned, of several.
    pub fn service_for(&self, kind: &str) -> Option<&Service> {
        let served = |s: &&Service| {
            s.active
                && s.document_kinds.iter().any(|k| k == kind)
                && self
                    .locations
                    .values()
                    .any(|l| l.active && l.desks.iter().any(|d| d.active && d.services.contains(&s.id)))
        };
        self.services.values().find(served)
    }

    /// The locations that a search looks at: the one that is named, or all.
    ///
    /// # Errors
    /// `not_found`.
    fn searched(&self, only: Option<LocationId>) -> Result<Vec<&Location>, Failure> {
        match only {
            Some(id) => Ok(vec![self.location(id)?]),
            None => Ok(self.locations.values().filter(|l| l.active).collect()),
        }
    }
}
