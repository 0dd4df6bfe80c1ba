//! What fits whom who waits.

use chrono::NaiveDate;

use crate::appointments::{
    catalogue::known::Catalogue,
    model::{LocationId, LocationKind, Wanted},
    rules,
};

impl Wanted {
    /// Whether a place on a day is what they want.
    pub fn fits(&self, location: LocationId, day: NaiveDate) -> bool {
        self.at(location)
            && (self.weekdays.is_empty() || self.weekdays.contains(&rules::weekday(day)))
            && (self.from_on..=self.until_on).contains(&day)
    }

    /// Whether a location is one that they want.
    pub fn at(&self, location: LocationId) -> bool {
        self.locations.is_empty() || self.locations.contains(&location)
    }
}

/// Whether all of these locations, or all there are, ring whoever has a visit.
pub fn only_rung(catalogue: &Catalogue, wanted: &[LocationId]) -> bool {
    let all = || catalogue.locations.values().filter(|l| l.active && (wanted.is_empty() || wanted.contains(&l.id)));
    all().next().is_some() && all().all(|l| l.kind == LocationKind::Telephone)
}
