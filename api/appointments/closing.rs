//! Closing a location for a sudden reason: a burst pipe, a strike, illness. Everyone who has a visit then gets another time
//! that is held for them as any booked visit is, is told at once, and is shown others; who cannot be given one is told that it
//! is off. Nothing depends on their reading it in time: their place is safe.

use chrono::{DateTime, Duration, Utc};

use super::{
    AppointmentId, Catalogue, Catalogues, ClosureId, LocationId,
    booking::tell,
    catalogue::{Location, Texts},
    letters::{self, Word, text},
    rules::{self, Span},
    search::Free,
    store::{self, Visit, waiting as sql},
    waiting,
};
use crate::{
    audit::{self, Act, Entry},
    identity,
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::Write,
        once::{Once, deleted},
        problem::{Code, Failure},
    },
    staff::Staff,
};

/// The longest that one closure lasts: what is longer is planned.
const LONGEST: Duration = Duration::days(31);
/// Closures to come that a location may have.
const MOST: i64 = 50;
/// Closures that a list shows.
const MAX_SHOWN: i64 = 500;
/// Visits that get another time in one transaction.
const CHUNK: i64 = 20;
/// Times offered beside the one that is given.
const OTHERS: usize = 2;

/// A closing of a location, and what became of the visits it hit.
#[derive(Clone, Debug)]
pub struct Closure {
    /// Its id.
    pub id: ClosureId,
    /// Which location.
    pub location: LocationId,
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Up to this one.
    pub until: DateTime<Utc>,
    /// Why, as everyone is told.
    pub reasons: Texts,
    /// Visits that got another time.
    pub moved: i64,
    /// Visits for which there was none.
    pub cancelled: i64,
    /// Whether it is over.
    pub settled: bool,
    /// Who closed.
    pub made_by: String,
}

/// Closes a location from an instant up to another. A worker finds another time for each visit, and tells.
///
/// # Errors
/// `body_invalid`, `not_found`, `catalogue_full` for more closures than are allowed.
pub async fn close(
    app: &App,
    who: &Staff,
    location: LocationId,
    between: Span,
    reasons: Texts,
    once: &Once,
) -> Result<Closure, Failure> {
    let now = app.clock.now();
    let wrong = |field: &str, why: &str| Err(Failure::field(Code::BodyInvalid, field, why));
    if between.until <= now.max(between.from) {
        return wrong("until", "must lie after from, and ahead");
    }
    if between.until - between.from > LONGEST || between.from > now + Duration::days(400) {
        return wrong("until", "closes for longer than 31 days, or too far ahead: plan it as exceptions");
    }
    if reasons.values().all(|t| t.trim().is_empty()) {
        return wrong("reasons", "must have one at least");
    }
    let closure = Closure {
        id: ClosureId(app.ids.uuid(now)),
        location,
        from: between.from,
        until: between.until,
        reasons,
        moved: 0,
        cancelled: 0,
        settled: false,
        made_by: who.name.clone(),
    };
    let mut w = app.db.write().await?;
    if let Some(id) = once.answered::<ClosureId>(&mut w, now).await? {
        return sql::closure(&mut w, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound));
    }
    if sql::count_closures(&mut w, who.town.id, location, now).await? >= MOST {
        return Err(Failure::new(Code::CatalogueFull));
    }
    if !sql::close(&mut w, who.town.id, &closure, now).await? {
        return Err(Failure::new(Code::NotFound));
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::LocationClosed, location.0)]).await?;
    once.keep(&mut w, &closure.id, now).await?;
    w.commit().await?;
    Ok(closure)
}

/// The closures that are not over, the next first, with what became of the visits so far.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Closure>, Failure> {
    let mut r = app.db.read().await?;
    Ok(sql::closures(&mut r, who.town.id, app.clock.now(), MAX_SHOWN).await?)
}

/// Opens a location again before the closure is over. Visits that got another time keep it.
///
/// # Errors
/// `not_found`.
pub async fn reopen(app: &App, who: &Staff, id: ClosureId, once: &Once) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if once.answered::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    let location = sql::reopen(&mut w, who.town.id, id, now).await?;
    deleted(&mut w, location.is_some(), who.town.id.0, id.0, now).await?;
    let Some(location) = location else { return Ok(()) };
    audit::record(&mut w, app, who, &[Entry::on(Act::LocationReopened, location.0)]).await?;
    once.keep(&mut w, &(), now).await?;
    w.commit().await?;
    Ok(())
}

/// Gives visits that a closure hits another time. A booking that was under way when it closed is found as well: a closure is
/// looked at until it is over.
///
/// # Errors
/// The database.
pub(super) async fn settle(app: &App, towns: &Municipalities, catalogues: &Catalogues) -> anyhow::Result<Progress> {
    careful(app, "closures", CHUNK, |limit, seen| settle_some(app, towns, catalogues, limit, seen)).await
}

async fn settle_some(
    app: &App,
    towns: &Municipalities,
    catalogues: &Catalogues,
    limit: i64,
    seen: Seen,
) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let w = &mut tx;
    let stricken = sql::stricken(w, now, limit).await?;
    stricken.iter().for_each(|(town, _, visit)| seen.note(*town, visit.0));
    let mut by_closure: Vec<(_, Vec<AppointmentId>)> = Vec::new();
    for (town, closure, visit) in &stricken {
        match by_closure.last_mut().filter(|(key, _)| *key == (*town, *closure)) {
            Some((_, visits)) => visits.push(*visit),
            None => by_closure.push(((*town, *closure), vec![*visit])),
        }
    }
    for ((town, closure), visits) in by_closure {
        let Some((town, closure)) = towns.get(town).ok().zip(sql::closure(w, town, closure).await?) else {
            // Taken out of the configuration: nobody is left to tell.
            sql::give_up(w, town, closure).await?;
            continue;
        };
        let catalogue = catalogues.of(w, town).await?;
        let (mut moved, mut cancelled) = (0, 0);
        let mut place = Place::new(town, &catalogue, now);
        for visit in visits {
            let Some(visit) = store::get(w, town.id, visit).await? else { continue };
            match place.give(w, app, &closure, &visit).await? {
                true => moved += 1,
                false => cancelled += 1,
            }
        }
        sql::count_moved(w, town.id, closure.id, moved, cancelled).await?;
    }
    sql::settle(w, now).await?;
    tx.commit().await?;
    Ok(Progress::from(stricken.len()))
}

/// Where there is another place for visits, in one town.
struct Place<'a> {
    town: &'a Municipality,
    catalogue: &'a Catalogue,
    free: Free<'a>,
    now: DateTime<Utc>,
}

impl<'a> Place<'a> {
    fn new(town: &'a Municipality, catalogue: &'a Catalogue, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&town.zone).date_naive();
        let horizon = catalogue.services.values().map(|s| s.horizon_days).max().unwrap_or_default();
        Self { town, catalogue, free: Free::new(town, (today, today + Duration::days(horizon)), now), now }
    }

    /// Moves a visit to the first free start, at its own location or else at another; false where there is none and it is
    /// cancelled. Whose it is is told, with other times.
    async fn give(&mut self, w: &mut Write, app: &App, closure: &Closure, visit: &Visit) -> Result<bool, Failure> {
        let (town, now) = (self.town, self.now);
        let reader = match visit.resident_id {
            Some(resident) => identity::reader(w, town, resident).await?,
            None => None,
        };
        let language = town.language_for(reader);
        let why = text(&closure.reasons, language, town).to_owned();
        let own = self.catalogue.locations.get(&visit.location_id);
        let others = self.catalogue.locations.values().filter(|l| {
            // Where one goes to is as it was: nobody who was to be visited at home is sent to the town hall.
            l.active && l.id != visit.location_id && own.is_some_and(|own| own.kind == l.kind)
        });
        if let Ok(service) = self.catalogue.service(visit.service_id) {
            let places: Vec<&Location> = own.into_iter().filter(|l| l.active).chain(others).collect();
            for location in places {
                let starts = self.free.starts(w, location, service, visit.persons).await?.to_vec();
                let need = service.need(visit.persons, location);
                for (n, at) in starts.iter().enumerate() {
                    let Some(desk) = self.take(w, visit, location, *at).await? else { continue };
                    let span = Span { from: *at, until: *at + Duration::minutes(need.minutes) };
                    let until = span.until + Duration::minutes(need.buffer);
                    let reminder = rules::reminders(town.zone, *at, now).into_iter().next();
                    store::set_place(w, town.id, visit.id, location.id, desk, span, until, reminder, now).await?;
                    self.free.claim(location.id, desk, Span { from: *at, until });
                    let moved = store::get(w, town.id, visit.id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
                    let others: Vec<_> = starts[n + 1..].iter().take(OTHERS).collect();
                    let others = others.into_iter().map(|at| letters::moment(language, town, *at)).collect::<Vec<_>>();
                    let more = [("reason", why), ("others", others.join(", "))];
                    tell(w, app, town, self.catalogue, &moved, Word::Displaced, &more).await?;
                    return Ok(true);
                }
            }
        }
        store::cancel(w, town.id, visit.id, now).await?;
        store::free(w, town.id, visit.id).await?;
        waiting::visit_is_off(w, app, town, self.catalogue, visit).await?;
        tell(w, app, town, self.catalogue, visit, Word::Closed, &[("reason", why)]).await?;
        Ok(false)
    }

    /// Claims a start for a visit in the place of its own; none where somebody was first.
    async fn take(
        &self,
        w: &mut Write,
        visit: &Visit,
        location: &Location,
        at: DateTime<Utc>,
    ) -> Result<Option<super::DeskId>, Failure> {
        let service = self.catalogue.service(visit.service_id)?;
        let need = service.need(visit.persons, location);
        let ticks: Vec<_> = rules::ticks(at, need.minutes, need.buffer).collect();
        for desk in self.free.desks(location, service, visit.persons, at) {
            // What a try claimed of a desk that was taken in part, and what it had, is let go.
            store::free(w, self.town.id, visit.id).await?;
            if store::claim(w, self.town.id, desk, visit.id, &ticks).await? {
                return Ok(Some(desk));
            }
        }
        Ok(None)
    }
}
