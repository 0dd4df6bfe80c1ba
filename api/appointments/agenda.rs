//! Agenda: staff look at visits, and whose they are. Each citizen can read that they were looked at.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    LocationId,
    booking::read_reference,
    rules::Span,
    search::midnight,
    store::{self, Visit},
};
use crate::{
    audit::{self, Act, Entry, Reason},
    platform::{
        App,
        problem::{Code, Failure},
    },
    residents,
    staff::Staff,
};

/// Appointments of a day that an agenda shows: sixty desks, each full.
const MAX_AGENDA: i64 = 6_000;

/// A visit, and what to call whoever comes.
pub struct Seen {
    /// The visit.
    pub visit: Visit,
    /// Their name, as the register or the desk has it.
    pub name: String,
}

/// The visits of a day at a location, the earliest first.
///
/// # Errors
/// The database.
pub async fn of_day(app: &App, who: &Staff, location: LocationId, day: NaiveDate) -> Result<Vec<Seen>, Failure> {
    let town = &who.town;
    let between = Span { from: midnight(town, day), until: midnight(town, day.succ_opt().unwrap_or(day)) };
    let visits = {
        let mut r = app.db.read().await?;
        store::agenda(&mut r, town.id, location, between, MAX_AGENDA).await?
    };
    seen(app, who, visits, Reason::Request).await
}

/// The visit with this reference, as it was heard.
///
/// # Errors
/// `not_found`.
pub async fn find(app: &App, who: &Staff, reference: &str, reason: Reason) -> Result<Seen, Failure> {
    let found = {
        let mut r = app.db.read().await?;
        store::by_reference(&mut r, who.town.id, &read_reference(reference)).await?
    };
    one(app, who, found.ok_or_else(|| Failure::new(Code::NotFound))?, reason).await
}

/// One visit, with the name of whose it is.
///
/// # Errors
/// The database.
pub async fn one(app: &App, who: &Staff, visit: Visit, reason: Reason) -> Result<Seen, Failure> {
    seen(app, who, vec![visit], reason).await?.pop().ok_or_else(|| Failure::new(Code::NotFound))
}

async fn seen(app: &App, who: &Staff, visits: Vec<Visit>, reason: Reason) -> Result<Vec<Seen>, Failure> {
    let mut ids: Vec<_> = visits.iter().filter_map(|v| v.resident_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut w = app.db.write().await?;
    let names: BTreeMap<_, _> = residents::people(&mut w, &who.town, &ids)
        .await?
        .into_iter()
        .map(|p| (p.id, format!("{} {}", p.call_name(), p.family_name)))
        .collect();
    let entries: Vec<_> = ids.iter().map(|id| Entry::about(Act::VisitRead, *id, reason)).collect();
    audit::record(&mut w, app, who, &entries).await?;
    w.commit().await?;
    let called = |v: &Visit| v.resident_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| v.visitor.clone());
    Ok(visits.into_iter().map(|visit| Seen { name: called(&visit), visit }).collect())
}
