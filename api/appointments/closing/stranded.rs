//! Visits that cannot take place as they are booked, whatever made it so.

use chrono::{DateTime, Utc};

use super::{place::Place, rules::check_reasons};
use crate::{
    appointments::{
        booking::store as visit_store,
        catalogue::{known::Catalogue, rules::stands},
        model::{AppointmentId, Location, Texts, Visit},
        placing,
    },
    audit::{self, Act, Entry},
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        db::Read,
        problem::{Code, Failure},
        retry::again,
    },
    staff::Staff,
};

/// Visits that one request of staff gives another time.
const MAX_RESCUED: usize = 200;

/// Says in the log of which town visits cannot take place as they are booked: the configuration may have gained a closing day.
///
/// # Errors
/// The database.
pub async fn tell_stranded(app: &App) -> anyhow::Result<()> {
    let towns: &Municipalities = app.part();
    for town in towns.all() {
        let mut r = app.db.read().await?;
        let catalogue = Catalogue::of(app, &mut r, town).await?;
        let found = stranded(&mut r, &catalogue, town, app.clock.now()).await?;
        if let Some(first) = found.first() {
            tracing::warn!(
                town = town.key, visits = found.len(), first = %first.reference,
                "visits are booked that cannot take place; staff find them at GET /staff/v1/stranded"
            );
        }
    }
    Ok(())
}

/// Booked visits that cannot take place as they are, whatever made it so: the plan, the configuration, a desk or service that is
/// off; and those for which somebody waited whose number the house ended. The earliest first.
///
/// # Errors
/// The database.
pub async fn stranded(
    r: &mut Read,
    catalogue: &Catalogue,
    town: &Municipality,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    let mut all = Vec::new();
    for location in catalogue.locations.values() {
        // What a sudden closing hits, the closing moves.
        let location = &Location { closures: Vec::new(), ..location.clone() };
        let visits = visit_store::visits_from(r, town.id, location.id, now).await?;
        all.extend(visits.into_iter().filter(|v| {
            let service = catalogue.services.get(&v.service_id);
            v.begun_at.is_none() && service.is_none_or(|service| !stands(town, service, location, v))
        }));
        let waited = visit_store::turned_away(r, town.id, location.id).await?;
        all.extend(waited.into_iter().filter(|v| v.starts_at < now));
    }
    all.sort_by_key(|v| (v.starts_at, v.id));
    Ok(all)
}

/// What became of visits that could not take place.
pub struct Rescued {
    /// Visits that got another time.
    pub moved: i64,
    /// Visits for which there was none.
    pub cancelled: i64,
    /// Visits that are still to be done: ask again.
    pub left: i64,
}

/// Gives visits that cannot take place another time, as a closing does, the earliest first; some at a time.
///
/// # Errors
/// `body_invalid` without a reason.
pub async fn rescue(app: &App, who: &Staff, reasons: Texts) -> Result<Rescued, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    check_reasons(town, &reasons)?;
    let found = {
        let mut r = app.db.read().await?;
        let catalogue = Catalogue::of(app, &mut r, town).await?;
        stranded(&mut r, &catalogue, town, now).await?
    };
    let mut done = Rescued { moved: 0, cancelled: 0, left: (found.len().saturating_sub(MAX_RESCUED)) as i64 };
    for visit in found.iter().take(MAX_RESCUED) {
        match again(|| rescue_one(app, who, &reasons, visit.id)).await {
            Ok(Some(true)) => done.moved += 1,
            Ok(Some(false)) => done.cancelled += 1,
            Ok(None) => {}
            // What was done is told, and this one is for the next time.
            Err(failure) if failure.is(Code::Overloaded) => done.left += 1,
            Err(failure) => return Err(failure),
        }
    }
    Ok(done)
}

async fn rescue_one(app: &App, who: &Staff, reasons: &Texts, visit: AppointmentId) -> Result<Option<bool>, Failure> {
    let (town, now) = (&who.town, app.clock.now());
    let mut w = app.db.write().await?;
    let Some(visit) = placing::seized(&mut w, town, visit).await? else { return Ok(None) };
    let catalogue = Catalogue::of(app, &mut w, town).await?;
    if placing::movable(&visit, now).is_err() {
        return Ok(None);
    }
    let waited = visit.turned_away && visit.starts_at < now;
    if placing::possible(&mut w, town, &catalogue, &visit).await? && !waited {
        return Ok(None);
    }
    placing::note_freed(&mut w, app, town.id, visit.location_id).await?;
    let moved = Place::new(town, &catalogue, now).give(&mut w, app, reasons, &visit).await?;
    let act = if moved { Act::VisitMoved } else { Act::VisitCancelled };
    let entry = Entry { act, subject: Some(visit.id.0), resident: visit.resident_id, reason: None, desk: None };
    audit::record(&mut w, app, who, &[entry]).await?;
    w.commit().await?;
    Ok(Some(moved))
}
