//! Reading visits, and the reminders that they will have.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::store;
use crate::{
    appointments::{
        blocked,
        catalogue::{known::Catalogue, rules::stands},
        model::{AppointmentId, Booker, Visit, VisitState},
        notices::VisitNotice,
        rules,
    },
    identity::Citizen,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::{DocumentId, ResidentId},
        page::Cursor,
        problem::{Code, CursorInvalid, Failure, Refused},
    },
    push::{self, Category},
    words,
};

/// Appointments that a citizen's list shows.
const MAX_SHOWN: i64 = 100;

/// What the cursors of the list of past visits say.
const PAST: &str = "past";

/// The least time before a visit at which a reminder is of use.
const TO_SET_OUT: Duration = Duration::hours(1);

/// One visit that the caller may see: a citizen their own, but for whom staff have blocked them as a parent; staff all of their town.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Booker, id: AppointmentId) -> Result<Visit, Failure> {
    let mut r = app.db.read().await?;
    let found = match who {
        Booker::Citizen(who) => store::get_own(&mut r, who.town.id, id, who.subject.0).await?,
        Booker::Staff { staff, .. } => store::get(&mut r, staff.town.id, id).await?,
    };
    if let (Some(visit), Booker::Citizen(who)) = (&found, who)
        && blocked::is_from_owner(&mut r, &who.town, visit).await?
    {
        return Err(Failure::new(Code::NotFound));
    }
    found.ok_or_else(|| Failure::new(Code::NotFound))
}

words! {
    /// How a reminder comes.
    By {
        /// A phone of theirs shows it.
        Push = "push",
        /// It lies ready in the app.
        Inbox = "inbox",
    }
}

/// A reminder that will be sent: when, and how.
pub type Reminding = (DateTime<Utc>, By);

/// The reminders of each of these visits of a citizen, as they would be sent now.
///
/// # Errors
/// The database.
pub async fn reminders_of(app: &App, who: &Citizen, visits: &[Visit]) -> sqlx::Result<Vec<Vec<Reminding>>> {
    let (town, now) = (&who.town, app.clock.now());
    let mut r = app.db.read().await?;
    let reach = push::reach(&mut r, town, who.subject.0, Category::Appointments).await?;
    let catalogue = Catalogue::of(app, &mut r, town).await?;
    let one = |visit: &Visit| {
        let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
        let stands = known.is_some_and(|(service, location)| stands(town, service, location, visit));
        let due = rules::reminders(town.zone, visit.starts_at, now);
        due.into_iter()
            .filter(|_| visit.state == VisitState::Booked && stands)
            .filter_map(|(which, at)| match reach.phone {
                false => Some((at, By::Inbox)),
                true => in_time(which, reach.shown_at(at), visit).then(|| (reach.shown_at(at), By::Push)),
            })
            .collect()
    };
    Ok(visits.iter().map(one).collect())
}

/// Whether a reminder that is shown after quiet hours still comes in time: that of the eve before the other would, and the other
/// while one can still set out; or not at all, as the eve's was there.
fn in_time(which: &str, shown: DateTime<Utc>, visit: &Visit) -> bool {
    let least = if which == "day_before" { rules::NOTICE } else { TO_SET_OUT };
    shown <= visit.starts_at - least
}

/// Whether a reminder that is due now is sent, see [`reminders_of`].
///
/// # Errors
/// The database.
pub async fn reminded(
    r: &mut Read,
    town: &Municipality,
    visit: &Visit,
    word: VisitNotice,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let Some(resident) = visit.resident_id else { return Ok(false) };
    let reach = push::reach(r, town, resident, Category::Appointments).await?;
    let which = if word == VisitNotice::Eve { "day_before" } else { "hours_before" };
    Ok(!reach.phone || in_time(which, reach.shown_at(now), visit) || reach.shown_at(now) == now)
}

/// The citizen's visits that are held or booked and not over, the next first.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<Vec<Visit>, Failure> {
    Ok(of_resident(&mut app.db.read().await?, app, &who.town, who.subject.0).await?)
}

/// A page of the citizen's visits that are over or off, the latest first, and the cursor of the next.
///
/// # Errors
/// `cursor_invalid`.
pub async fn past(
    app: &App,
    who: &Citizen,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Visit>, Option<String>), Refused<CursorInvalid>> {
    let after = cursor.map_or(Ok(Cursor::BEGINNING), |c| Cursor::read(PAST, c))?;
    let mut r = app.db.read().await?;
    // One more than asked tells whether there is a next page.
    let more = i64::from(limit) + 1;
    let mut rows = store::past(&mut r, (who.town.id, who.subject.0), after, app.clock.now(), more).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|v| Cursor { at: v.starts_at, id: v.id.0 }.write(PAST));
    Ok((blocked::open_to_owner(&mut r, &who.town, who.subject.0, rows).await?, next))
}

/// The visits of a resident that are held or booked and not over, the next first.
///
/// # Errors
/// The database.
pub async fn of_resident(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    resident: ResidentId,
) -> sqlx::Result<Vec<Visit>> {
    let visits = store::of_resident(r, town.id, resident, app.clock.now(), MAX_SHOWN).await?;
    blocked::open_to_owner(r, town, resident, visits).await
}

/// The visit that is booked for a document.
#[derive(Clone, Copy, Debug)]
pub struct BookedFor {
    /// Which visit.
    pub visit: AppointmentId,
    /// Whose it is; none for a visitor who is not in the register.
    pub resident: Option<ResidentId>,
    /// The day on which it is, of the town's calendar.
    pub day: NaiveDate,
}

/// The next visit that is booked for each of these documents, whoever booked it.
///
/// # Errors
/// The database.
pub async fn booked_for(
    r: &mut Read,
    town: &Municipality,
    documents: &[DocumentId],
    now: DateTime<Utc>,
) -> sqlx::Result<HashMap<DocumentId, BookedFor>> {
    let mut all = HashMap::new();
    for (document, visit, resident, at) in store::booked_for(r, town.id, documents, now).await? {
        let day = at.with_timezone(&town.zone).date_naive();
        all.entry(document).or_insert(BookedFor { visit, resident, day });
    }
    Ok(all)
}
