//! What a town offers, as this process remembers it.

use std::{collections::BTreeMap, sync::Arc};

use quick_cache::sync::Cache;

use super::store;
use crate::{
    appointments::model::{Location, LocationId, Service, ServiceId},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::MunicipalityId,
        problem::{Code, Failure},
    },
};

/// Towns whose catalogue is remembered.
const MAX_CATALOGUES: usize = 1_000;

/// What a town offers, as it was at a version.
pub struct Catalogue {
    /// The town.
    pub town: Arc<Municipality>,
    pub(in crate::appointments) version: i64,
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

impl Catalogue {
    /// What the town offers now: read again only where something changed.
    ///
    /// # Errors
    /// The database.
    pub async fn of(app: &App, r: &mut Read, town: &Municipality) -> sqlx::Result<Arc<Self>> {
        let Catalogues(known) = app.part();
        let version = store::catalogue_version(r, town.id).await?;
        if let Some(known) = known.get(&town.id).filter(|c| c.version == version) {
            return Ok(known);
        }
        let found = Arc::new(Self::read(r, town).await?);
        known.insert(town.id, found.clone());
        Ok(found)
    }

    /// The same, read now and not remembered: for who has changed it in this transaction, which may come to nothing.
    ///
    /// # Errors
    /// The database.
    pub async fn read(r: &mut Read, town: &Municipality) -> sqlx::Result<Self> {
        let version = store::catalogue_version(r, town.id).await?;
        let services = store::services(r, town.id).await?.into_iter().map(|s| (s.id, s)).collect();
        let locations = store::locations(r, town.id, None).await?.into_iter().map(|l| (l.id, l)).collect();
        Ok(Self { town: Arc::new(town.clone()), version, services, locations })
    }

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
    pub fn searched(&self, only: Option<LocationId>) -> Result<Vec<&Location>, Failure> {
        match only {
            Some(id) => Ok(vec![self.location(id)?]),
            None => Ok(self.locations.values().filter(|l| l.active).collect()),
        }
    }
}
