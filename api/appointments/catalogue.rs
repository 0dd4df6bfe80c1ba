//! The catalogue: what can be booked, where, at which desks, and when these are open. Staff who plan edit it whole, a
//! service or a location at a time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    DeskId, LocationId, ServiceId, placing,
    rules::{self, Exception, Hours, Need, Span, TICK_MINUTES},
    store,
};
use crate::{
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::MunicipalityId,
        language::Language,
        problem::{Code, Failure},
    },
    staff::Staff,
    words,
};

/// A text in each language it has.
pub type Texts = BTreeMap<Language, String>;

/// Services, locations, and desks of a location, that a town may have.
pub const MOST: usize = 200;
/// Minutes on the road after a visit, at the most.
const MOST_TRAVEL: i64 = 120;
/// Rows of hours, exceptions or absences that one location or desk may have.
pub const MOST_ROWS: usize = 1_000;

words! {
    /// Who must be there, where a document is a child's.
    Needs {
        /// Whoever it is for, in person.
        Citizen = "citizen",
        /// A parent; the child need not come.
        Parent = "parent",
        /// A parent and the child.
        Both = "both",
    }

    /// What kind of place a visit is at.
    LocationKind {
        /// One goes there, and waits until one is called.
        TownHall = "town_hall",
        /// The desk travels to the citizen.
        Home = "home",
        /// The desk rings the citizen.
        Telephone = "telephone",
        /// A call with pictures.
        Video = "video",
    }
}

impl LocationKind {
    /// Whether one must be told where to come to, or whom to ring.
    pub fn wants_contact(self) -> bool {
        matches!(self, Self::Home | Self::Telephone)
    }
}

/// What can be booked.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Its name.
    pub names: Texts,
    /// What it is for, in plain words.
    pub explanations: Texts,
    /// What to bring.
    pub bring: Texts,
    /// Minutes of a visit of one person.
    pub minutes: i64,
    /// Minutes for each person more.
    pub minutes_a_person_more: i64,
    /// Minutes the desk needs afterwards.
    pub buffer_minutes: i64,
    /// Minutes between the starts that are offered.
    pub step_minutes: i64,
    /// The most persons at a visit.
    pub most_persons: i64,
    /// How long before, at the least.
    pub least_notice_minutes: i64,
    /// How many days ahead, at the most.
    pub horizon_days: i64,
    /// The most open appointments that a citizen may have for it.
    pub most_open: i64,
    /// The kinds of document it serves.
    pub document_kinds: Vec<String>,
    /// Who must be there.
    pub needs: Needs,
    /// Whether collecting what was asked for takes a visit of its own; else one comes by.
    pub collecting: bool,
    /// Whether it can be booked.
    pub active: bool,
    /// Counted up at each change, so that two planners do not overwrite each other.
    pub version: i64,
}

impl Service {
    /// What a visit of so many persons asks of a desk of a location.
    pub fn need(&self, persons: i64, location: &Location) -> Need {
        Need {
            minutes: rules::minutes_for(self.minutes, self.minutes_a_person_more, persons),
            buffer: self.buffer_minutes + location.travel_minutes,
            step: self.step_minutes,
        }
    }

    fn check(&self) -> Result<(), Failure> {
        let wrong = |field: &str, why: &str| Err(Failure::field(Code::BodyInvalid, field, why));
        if self.names.values().all(|t| t.trim().is_empty()) {
            return wrong("names", "must have one at least");
        }
        for (field, minutes, least, most) in [
            ("minutes", self.minutes, TICK_MINUTES, 480),
            ("minutes_a_person_more", self.minutes_a_person_more, 0, 120),
            ("buffer_minutes", self.buffer_minutes, 0, 120),
            ("step_minutes", self.step_minutes, TICK_MINUTES, 480),
        ] {
            if !(least..=most).contains(&minutes) || minutes % TICK_MINUTES != 0 {
                return wrong(field, &format!("must be a multiple of {TICK_MINUTES} between {least} and {most}"));
            }
        }
        for (field, number, least, most) in [
            ("most_persons", self.most_persons, 1, 20),
            ("least_notice_minutes", self.least_notice_minutes, 0, 60 * 24 * 60),
            ("horizon_days", self.horizon_days, 1, 400),
            ("most_open", self.most_open, 1, 20),
        ] {
            if !(least..=most).contains(&number) {
                return wrong(field, &format!("must lie between {least} and {most}"));
            }
        }
        if self.least_notice_minutes >= self.horizon_days * 24 * 60 {
            return wrong("least_notice_minutes", "leaves no day within horizon_days that could be booked");
        }
        Ok(())
    }
}

/// A desk of a location.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// Which.
    pub id: DeskId,
    /// What it is called, as over the desk.
    pub name: String,
    /// What it can serve.
    pub services: BTreeSet<ServiceId>,
    /// When nobody is there.
    pub absences: Vec<Span>,
    /// Whether it takes visits.
    pub active: bool,
}

/// Where visits take place.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Which.
    pub id: LocationId,
    /// What kind of place it is.
    pub kind: LocationKind,
    /// Its name.
    pub names: Texts,
    /// Its address.
    pub address: String,
    /// How it can be entered.
    pub accessibility: Texts,
    /// WGS84.
    pub latitude: Option<f64>,
    /// WGS84.
    pub longitude: Option<f64>,
    /// Minutes on the road after each visit, of a desk that travels.
    pub travel_minutes: i64,
    /// Opening hours.
    pub hours: Vec<Hours>,
    /// Days that are unlike their weekday.
    pub exceptions: Vec<Exception>,
    /// When it is closed for a sudden reason.
    pub closures: Vec<Span>,
    /// Its desks.
    pub desks: Vec<Desk>,
    /// Whether it takes visits.
    pub active: bool,
    /// Counted up at each change.
    pub version: i64,
}

impl Location {
    /// Whether one goes there, and waits until one is called: not a telephone, a video call or one's home.
    pub fn is_hall(&self) -> bool {
        self.kind == LocationKind::TownHall
    }

    fn check(&self) -> Result<(), Failure> {
        let wrong = |field: String, why: &str| Err(Failure::field(Code::BodyInvalid, &field, why));
        if self.names.values().all(|t| t.trim().is_empty()) {
            return wrong("names".to_owned(), "must have one at least");
        }
        if !(0..=MOST_TRAVEL).contains(&self.travel_minutes) || self.travel_minutes % TICK_MINUTES != 0 {
            return wrong(
                "travel_minutes".to_owned(),
                &format!("must be a multiple of {TICK_MINUTES} between 0 and {MOST_TRAVEL}"),
            );
        }
        for (i, h) in self.hours.iter().enumerate() {
            if h.opens >= h.closes || h.opens % TICK_MINUTES != 0 || h.closes % TICK_MINUTES != 0 {
                return wrong(format!("hours[{i}]"), "must open before it closes, on five minutes");
            }
            if h.valid_until.is_some_and(|until| until < h.valid_from) {
                return wrong(format!("hours[{i}].valid_until"), "lies before valid_from");
            }
        }
        for (i, e) in self.exceptions.iter().enumerate() {
            if e.hours.is_some_and(|(a, b)| a >= b || a % TICK_MINUTES != 0 || b % TICK_MINUTES != 0) {
                return wrong(format!("exceptions[{i}]"), "must open before it closes, on five minutes");
            }
        }
        for (i, e) in self.exceptions.iter().enumerate() {
            if e.hours.is_none() && self.exceptions.iter().any(|other| other.day == e.day && other.hours.is_some()) {
                return wrong(format!("exceptions[{i}]"), "closes a day that another exception opens");
            }
        }
        if self.latitude.is_some() != self.longitude.is_some() {
            let missing = if self.latitude.is_some() { "longitude" } else { "latitude" };
            return wrong(missing.to_owned(), "is needed where the other is given");
        }
        let mut seen = BTreeSet::new();
        for (i, desk) in self.desks.iter().enumerate() {
            if !seen.insert(desk.id) {
                return wrong(format!("desks[{i}].id"), "is that of another desk too");
            }
            if desk.absences.iter().any(|a| a.from >= a.until) {
                return wrong(format!("desks[{i}].absences"), "must end after they begin");
            }
        }
        Ok(())
    }
}

/// Whether an appointment could still take place as it is, in what is planned now.
pub(super) fn stands(town: &Municipality, service: &Service, location: &Location, visit: &store::Visit) -> bool {
    let Some(desk) = location.desks.iter().find(|d| d.id == visit.desk_id) else { return false };
    let day = visit.starts_at.with_timezone(&town.zone).date_naive();
    let open = rules::open_on(&super::search::table(town, location), day);
    service.active
        && location.active
        && desk.active
        && (!visit.contact.is_empty() || !location.kind.wants_contact())
        && desk.services.contains(&visit.service_id)
        && open.iter().any(|s| s.from <= visit.starts_at && visit.ends_at <= s.until)
        && !desk.absences.iter().chain(&location.closures).any(|a| a.from < visit.ends_at && visit.starts_at < a.until)
}

/// Whether a location is open at an instant.
pub fn is_open(town: &Municipality, location: &Location, at: DateTime<Utc>) -> bool {
    let open = rules::open_on(&super::search::table(town, location), at.with_timezone(&town.zone).date_naive());
    location.active && open.iter().any(|s| s.has(at)) && !location.closures.iter().any(|s| s.has(at))
}

/// When a location is open on so many days from today on, in order; what closes for a sudden reason is taken out.
pub fn open_from(town: &Municipality, location: &Location, now: DateTime<Utc>, days: usize) -> Vec<Span> {
    let today = now.with_timezone(&town.zone).date_naive();
    let table = super::search::table(town, location);
    let mut open: Vec<Span> = today.iter_days().take(days).flat_map(|day| rules::open_on(&table, day)).collect();
    for closed in &location.closures {
        let cut = |s: Span| {
            [
                Span { from: s.from, until: s.until.min(closed.from) },
                Span { from: s.from.max(closed.until), until: s.until },
            ]
        };
        open = open.into_iter().flat_map(cut).filter(|s| s.from < s.until).collect();
    }
    open.dedup();
    open
}

/// The town's services, in no order.
///
/// # Errors
/// The database.
pub async fn services(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<Service>> {
    store::services(r, town.id).await
}

/// The town's locations, whole.
///
/// # Errors
/// The database.
pub async fn locations(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<Location>> {
    store::locations(r, town.id, None).await
}

/// Makes or changes a service. `version` must be the one that was read; 0 for a new one.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `catalogue_full`; `would_strand`, which names the appointments.
pub async fn put_service(app: &App, who: &Staff, service: Service, strand: bool) -> Result<Service, Failure> {
    service.check()?;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    // Who books it at this moment is waited for, and is found.
    placing::change_plan(&mut w, service.id.0).await?;
    let before = store::services(&mut w, who.town.id).await?.into_iter().find(|s| s.id == service.id);
    if service.version == 0 && store::count_services(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(Failure::new(Code::CatalogueFull));
    }
    if !store::put_service(&mut w, who.town.id, &service, now).await? {
        return Err(Failure::new(Code::EditedMeanwhile));
    }
    if !strand && !service.active && before.is_some_and(|s| s.active) {
        let mut lost = Vec::new();
        for location in store::locations(&mut w, who.town.id, None).await? {
            let visits = store::visits_from(&mut w, who.town.id, location.id, now).await?;
            lost.extend(visits.into_iter().filter(|v| v.service_id == service.id));
        }
        would_strand(lost)?;
    }
    // Shorter visits and less notice make earlier starts free, everywhere.
    for location in store::location_ids(&mut w, who.town.id).await? {
        placing::note_freed(&mut w, app, who.town.id, location).await?;
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::CatalogueChanged, service.id.0)]).await?;
    w.commit().await?;
    Ok(Service { version: service.version + 1, ..service })
}

/// Makes or changes a location with its hours and desks. Appointments that could not take place any more are told, and
/// nothing is changed, unless `strand` says that it shall be all the same.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `catalogue_full`; `would_strand`, which names the appointments.
pub async fn put_location(app: &App, who: &Staff, location: Location, strand: bool) -> Result<Location, Failure> {
    location.check()?;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    // Who books there at this moment is waited for, and is found; who comes after finds the new plan.
    placing::change_plan(&mut w, location.id.0).await?;
    let before = store::locations(&mut w, who.town.id, Some(location.id)).await?.pop();
    let services: BTreeMap<ServiceId, Service> =
        store::services(&mut w, who.town.id).await?.into_iter().map(|s| (s.id, s)).collect();
    for (i, desk) in location.desks.iter().enumerate() {
        if desk.services.iter().any(|id| !services.contains_key(id)) {
            let field = format!("desks[{i}].services");
            return Err(Failure::field(Code::BodyInvalid, &field, "names a service that is not planned"));
        }
    }
    if location.version == 0 && store::count_locations(&mut w, who.town.id).await? >= MOST as i64 {
        return Err(Failure::new(Code::CatalogueFull));
    }
    // Before anything else is said of it: whoever has an old plan is told so. What follows may undo it.
    match store::put_location(&mut w, who.town.id, &location, now).await? {
        store::Put::Done => {}
        store::Put::Stale => return Err(Failure::new(Code::EditedMeanwhile)),
        store::Put::DeskElsewhere(n) => {
            return Err(Failure::field(Code::BodyInvalid, &format!("desks[{n}].id"), "is a desk of another location"));
        }
    }
    placing::note_freed(&mut w, app, who.town.id, location.id).await?;
    if let Some(before) = before.filter(|_| !strand) {
        // What could not take place before is on its list already, and what a closing hits is moved by it.
        let (before, after) = (Location { closures: Vec::new(), ..before }, &location);
        let visits = store::visits_from(&mut w, who.town.id, location.id, now).await?;
        let newly = |v: &store::Visit| {
            let service = services.get(&v.service_id);
            service.is_some_and(|s| stands(&who.town, s, &before, v) && !stands(&who.town, s, after, v))
        };
        would_strand(visits.into_iter().filter(newly).collect())?;
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::CatalogueChanged, location.id.0)]).await?;
    w.commit().await?;
    Ok(Location { version: location.version + 1, ..location })
}

/// The locations whose plan, or the plan of a service of their town, changed since.
///
/// # Errors
/// The database.
pub async fn changed_since(r: &mut Read, since: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    store::changed_since(r, since).await
}

/// Refuses a change that leaves booked appointments without a place, and names them.
fn would_strand(mut lost: Vec<store::Visit>) -> Result<(), Failure> {
    if lost.is_empty() {
        return Ok(());
    }
    lost.sort_unstable_by_key(|v| (v.starts_at, v.id));
    let shown = lost.iter().take(50).map(|v| v.reference.as_str()).collect::<Vec<_>>().join(", ");
    let detail = format!("{} booked appointments could not take place: {shown}", lost.len());
    let mut failure = Failure::detail(Code::WouldStrand, detail);
    failure.problem_mut().stranded = Some(lost.into_iter().take(MOST_ROWS).map(|v| v.id.0).collect());
    Err(failure)
}

/// The days that a search may look at, from today or `from` on: within the service's horizon.
pub fn days(
    town: &Municipality,
    service: &Service,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> impl Iterator<Item = NaiveDate> + use<> {
    let today = now.with_timezone(&town.zone).date_naive();
    let last = today + chrono::Duration::days(service.horizon_days);
    let first = from.unwrap_or(today).max(today);
    let last = until.unwrap_or(last).min(last);
    first.iter_days().take_while(move |day| *day <= last)
}
