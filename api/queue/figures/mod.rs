//! What became of the counter in some days: what was planned, what was booked, who came, and how long one waited. Numbers, and nobody's
//! name; and no number that would tell of a few who they are.

mod model;
pub mod routes;
mod rules;
mod store;

use std::collections::BTreeSet;

use chrono::{Days, Duration, NaiveDate};

use crate::{
    appointments::{
        Catalogue, LocationId, ServiceId,
        catalogue::{midnight, open_from, without},
        model::Span,
    },
    platform::{
        App,
        problem::{Code, Failure},
        time::local_day,
    },
    staff::Staff,
};

pub use model::By;
use rules::Counted;
pub use rules::{Figure, Group, Told};
pub(crate) use store::ALL as STATEMENTS;

/// Days that one question takes: a quarter.
const MAX_DAYS: i64 = 92;
/// Days that are read at a time.
const CHUNK: u64 = 7;

/// What is told of some days at a location.
pub struct Figures {
    /// The first day of which visits and turns are kept; of days before nothing is known any more.
    pub kept_from: NaiveDate,
    /// All together.
    pub total: Told,
    /// By what was asked for, in order.
    pub groups: Vec<(Group, Told)>,
}

/// What became of a counter from a day up to and with another.
///
/// # Errors
/// `not_found`; `parameter_invalid` for more days than a quarter has.
pub async fn read(
    app: &App,
    who: &Staff,
    location: LocationId,
    (first, last): (NaiveDate, NaiveDate),
    by: By,
) -> Result<Figures, Failure> {
    let days = (last - first).num_days() + 1;
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(Failure::field(
            Code::ParameterInvalid,
            "until",
            format!("must lie within {MAX_DAYS} days of from"),
        ));
    }
    let (town, now) = (&who.town, app.clock.now());
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    // One that takes no visits any more too: it did.
    let location = catalogue.locations.get(&location).ok_or_else(|| Failure::new(Code::NotFound))?;
    let mut counted = Counted::default();
    let open = open_from(town, location, midnight(town, first), days.unsigned_abs() as usize);
    let is_offered = |id: &ServiceId| catalogue.services.get(id).is_some_and(|s| s.active);
    for desk in location.desks.iter().filter(|d| d.active) {
        let services: BTreeSet<_> = desk.services.iter().copied().filter(is_offered).collect();
        // A desk that serves nothing is planned for nothing.
        if services.is_empty() {
            continue;
        }
        counted.plan(by, town.zone, (desk.id, &services), &without(open.clone(), &desk.absences));
    }
    let mut from = first;
    while from <= last {
        // Day by day as a town's clock counts them; a week at a time, so that no answer of the database grows with the question.
        let next = from.checked_add_days(Days::new(CHUNK)).unwrap_or(NaiveDate::MAX).min(last + Duration::days(1));
        let between = Span { from: midnight(town, from), until: midnight(town, next) };
        let visits = store::visits(&mut r, (town.id, location.id), between).await?;
        let turns = store::turns(&mut r, (town.id, location.id), (from, next - Duration::days(1))).await?;
        counted.add(by, (town.zone, now), &visits, &turns);
        from = next;
    }
    drop(r);
    let (total, groups) = rules::told(counted);
    let kept_from = local_day(town.zone, now - Duration::days(app.config.retention.visits_days));
    Ok(Figures { kept_from, total, groups })
}
