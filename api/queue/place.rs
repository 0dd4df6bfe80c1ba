//! A location as everybody may know it: numbers, and nobody's name.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    appointments::{
        LocationId,
        catalogue::{Location, Service},
        model::Span,
    },
    platform::ids::MunicipalityId,
};

/// A service at a location.
pub struct Here {
    /// The service.
    pub service: Service,
    /// When somebody is there who serves it, on the days that are told.
    pub open: Vec<Span>,
    /// How many wait for the desks that serve it.
    pub waiting: i64,
    /// How many minutes one waits who takes a number now; none while nobody is there to serve it.
    pub wait_minutes: Option<i64>,
}

/// How long those waited who were called today without an appointment, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Half of them waited no longer.
    pub half: i64,
    /// Nine in ten of them waited no longer.
    pub nine_in_ten: i64,
}

/// A location as everybody may know it.
pub struct Place {
    /// The location as it is planned.
    pub location: Location,
    /// When it is open on the days that are told; what closes for a sudden reason is taken out.
    pub open: Vec<Span>,
    /// Whether it is open now.
    pub is_open: bool,
    /// Whether it would be open now, and staff stopped it for a moment.
    pub is_stopped: bool,
    /// When it opens next, where its hours are not now; none where nobody knows.
    pub opens_at: Option<DateTime<Utc>>,
    /// What is served there.
    pub services: Vec<Here>,
    /// How many wait there.
    pub waiting: i64,
    /// How long one waited today; none while too few were called.
    pub waits: Option<Waits>,
    /// The hours of today in which one usually waits little.
    pub quiet_hours: Vec<u32>,
}

/// What is known of places, by their towns and locations.
pub(super) type Known = BTreeMap<(MunicipalityId, LocationId), (DateTime<Utc>, Arc<Place>)>;
