//! What a change of a plan gives, before it is saved: the free starts of each day as they are and as they would be, by the search that
//! citizens ask, and the visits that it would leave without a place, by what refuses to save it. Nothing is written or locked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

use super::{
    history::{self, Planned},
    known::Catalogue,
    rules::{desk_elsewhere, midnight, open_from, serves_what_is_planned},
    strands,
};
use crate::{
    appointments::{
        model::{Location, LocationId, Service, ServiceId, Span, Visit},
        search::Free,
    },
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        problem::{Code, EditedMeanwhile, Failure, Refused},
        time::local_day,
    },
    staff::Staff,
};

/// Days that a preview looks at.
const DAYS: u64 = 14;

/// How far ahead the first of them may lie: as far as the longest horizon.
const AHEAD: Duration = Duration::days(400);

/// How many visits of one person could begin on a day.
pub struct Starts {
    /// For what.
    pub service: ServiceId,
    /// Where.
    pub location: LocationId,
    /// As it is planned now.
    pub now: i64,
    /// As it would be planned.
    pub then: i64,
}

/// A day, as it is and as it would be.
pub struct PreviewDay {
    /// Which.
    pub day: NaiveDate,
    /// When the location is open, now and then; none of a service, whose locations have their own hours.
    pub open: Option<(Vec<Span>, Vec<Span>)>,
    /// Free starts of each service and place that the change is about.
    pub starts: Vec<Starts>,
}

/// What a change gives.
pub struct Preview {
    /// The days, in order.
    pub days: Vec<PreviewDay>,
    /// The booked visits that could not take place any more, the earliest first.
    pub stranded: Vec<Visit>,
}

/// What a location would give if it were planned so.
///
/// # Errors
/// As `put_location` refuses it: `body_invalid`, and `edited_meanwhile` where it is not the plan any more that was read.
pub async fn of_location(
    app: &App,
    who: &Staff,
    after: Location,
    from: Option<NaiveDate>,
) -> Result<Preview, Refused<EditedMeanwhile>> {
    after.check()?;
    let (town, now) = (&who.town, app.clock.now());
    let days = shown(town, from, now)?;
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    serves_what_is_planned(&after, &catalogue.services)?;
    let before = catalogue.locations.get(&after.id);
    if after.version != before.map_or(0, |l| l.version) {
        return Err(history::edited(&mut r, who, (Planned::Location, after.id.0)).await);
    }
    let others = || catalogue.locations.values().filter(|l| l.id != after.id).flat_map(|l| &l.desks);
    if let Some(n) = after.desks.iter().position(|desk| others().any(|other| other.id == desk.id)) {
        return Err(desk_elsewhere(n).into());
    }
    // Its sudden closings are no part of the plan, and stay.
    let after = Location { closures: before.map(|l| l.closures.clone()).unwrap_or_default(), ..after };
    strands::kind_stays(&mut r, town, (before, &after), now).await?;
    let stranded = strands::of_location(&mut r, town, &catalogue.services, (before, &after), now).await?;
    let served: BTreeSet<ServiceId> =
        before.into_iter().chain([&after]).flat_map(|l| &l.desks).flat_map(|d| d.services.iter().copied()).collect();
    let mut counts = Counts::new(town, &days, now);
    for service in served.iter().filter_map(|id| catalogue.services.get(id)).filter(|s| s.active) {
        counts.add(&mut r, (before, Some(service)), (&after, service)).await?;
    }
    let open = |l: &Location, day| if l.active { open_from(town, l, midnight(town, day), 1) } else { Vec::new() };
    let open = |day| Some((before.map(|l| open(l, day)).unwrap_or_default(), open(&after, day)));
    Ok(Preview { days: counts.of_days(&days, open), stranded })
}

/// What a service would give if it were planned so.
///
/// # Errors
/// As `put_service` refuses it: `body_invalid`, and `edited_meanwhile` where it is not the plan any more that was read.
pub async fn of_service(
    app: &App,
    who: &Staff,
    after: Service,
    from: Option<NaiveDate>,
) -> Result<Preview, Refused<EditedMeanwhile>> {
    after.check()?;
    let (town, now) = (&who.town, app.clock.now());
    let days = shown(town, from, now)?;
    let mut r = app.db.read().await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let before = catalogue.services.get(&after.id);
    if after.version != before.map_or(0, |s| s.version) {
        return Err(history::edited(&mut r, who, (Planned::Service, after.id.0)).await);
    }
    let stranded = strands::of_service(&mut r, town, (before, &after), now).await?;
    let mut counts = Counts::new(town, &days, now);
    let serves = |l: &&Location| l.active && l.desks.iter().any(|d| d.active && d.services.contains(&after.id));
    for location in catalogue.locations.values().filter(serves) {
        counts.add(&mut r, (Some(location), before), (location, &after)).await?;
    }
    Ok(Preview { days: counts.of_days(&days, |_| None), stranded })
}

/// The days that are shown: from the one that is asked on, and none that is past.
fn shown(town: &Municipality, from: Option<NaiveDate>, now: DateTime<Utc>) -> Result<Vec<NaiveDate>, Failure> {
    let today = local_day(town.zone, now);
    let first = from.unwrap_or(today).max(today);
    if first > today + AHEAD {
        return Err(Failure::field(Code::BodyInvalid, "from", "lies further ahead than anything can be booked"));
    }
    let until = first.checked_add_days(Days::new(DAYS)).unwrap_or(first);
    Ok(first.iter_days().take_while(|day| *day < until).collect())
}

/// Free starts of a day, now and then.
type Counted = BTreeMap<NaiveDate, i64>;

/// Free starts, counted as they are and as they would be.
struct Counts<'a> {
    town: &'a Municipality,
    now: Free<'a>,
    then: Free<'a>,
    all: Vec<(ServiceId, LocationId, Counted, Counted)>,
}

impl<'a> Counts<'a> {
    fn new(town: &'a Municipality, days: &[NaiveDate], at: DateTime<Utc>) -> Self {
        let today = local_day(town.zone, at);
        let between = (*days.first().unwrap_or(&today), *days.last().unwrap_or(&today));
        Self { town, now: Free::new(town, between, at), then: Free::new(town, between, at), all: Vec::new() }
    }

    /// Counts those of a service at a location, each as it is, if it is planned at all, and as it would be.
    async fn add(
        &mut self,
        r: &mut Read,
        is: (Option<&Location>, Option<&Service>),
        would_be: (&Location, &Service),
    ) -> sqlx::Result<()> {
        let town = self.town;
        let now = match is {
            (Some(location), Some(service)) => by_day(r, town, &mut self.now, (location, service)).await?,
            _ => Counted::new(),
        };
        let then = by_day(r, town, &mut self.then, would_be).await?;
        self.all.push((would_be.1.id, would_be.0.id, now, then));
        // A plan may have many desks and services: whoever else is served meanwhile has their turn.
        tokio::task::yield_now().await;
        Ok(())
    }

    fn of_days(
        &self,
        days: &[NaiveDate],
        open: impl Fn(NaiveDate) -> Option<(Vec<Span>, Vec<Span>)>,
    ) -> Vec<PreviewDay> {
        let of = |counted: &Counted, day: &NaiveDate| counted.get(day).copied().unwrap_or_default();
        let starts = |day: &NaiveDate| {
            let counted = self.all.iter().map(|(service, location, now, then)| Starts {
                service: *service,
                location: *location,
                now: of(now, day),
                then: of(then, day),
            });
            counted.collect()
        };
        days.iter().map(|day| PreviewDay { day: *day, open: open(*day), starts: starts(day) }).collect()
    }
}

/// The free starts of each day; none of what cannot be booked.
async fn by_day(
    r: &mut Read,
    town: &Municipality,
    free: &mut Free<'_>,
    (location, service): (&Location, &Service),
) -> sqlx::Result<Counted> {
    let mut counted = Counted::new();
    if location.active && service.active {
        for start in free.starts(r, location, service, 1).await? {
            *counted.entry(local_day(town.zone, *start)).or_default() += 1;
        }
    }
    Ok(counted)
}
