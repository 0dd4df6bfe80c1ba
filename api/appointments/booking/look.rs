//! A look at a start, before it is booked and in the transaction that books it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::store;
use crate::{
    appointments::{
        catalogue::{
            known::Catalogue,
            rules::{check_persons, days, desks_of, earliest, midnight, table},
        },
        model::{
            AppointmentId, Booker, DeskId, Location, Need, NotFree, Service, ServiceId, SlotNotOffered, SlotTaken,
            Span, Visit,
        },
        placing, rules,
        search::{Start, with_near},
        waiting::offers,
    },
    municipalities::Municipality,
    platform::{
        App,
        db::Write,
        idempotency::Idempotency,
        problem::{Code, Failure, Refusal as _, Refused},
    },
};

/// Tries of a booking that met another: once a desk, and a few for what only a retry mends.
pub const TRIES: usize = 4;

/// What a look at a start found: the desks that could take the visit, the best first; one at least.
pub struct Look {
    pub catalogue: Arc<Catalogue>,
    pub need: Need,
    pub desks: Vec<DeskId>,
}

/// Looks whether a start is offered and free; for a visit that moves, its own slot is. Only to choose well: the ticks decide.
///
/// # Errors
/// `not_found`, `body_invalid`; `slot_not_offered` and `slot_taken`, with what is free near it.
pub async fn look(
    app: &App,
    who: &Booker,
    (service, persons): (ServiceId, i64),
    start: Start,
    moved: Option<&Visit>,
) -> Result<Look, Refused<NotFree>> {
    let (town, now, at) = (who.town(), app.clock.now(), start.starts_at);
    let day = at.with_timezone(&town.zone).date_naive();
    let (catalogue, mut claims) = {
        let mut r = app.db.read().await?;
        let between = Span { from: midnight(town, day), until: midnight(town, day.succ_opt().unwrap_or(day)) };
        (Catalogue::of(app, &mut r, town).await?, store::claims(&mut r, town.id, start.location, between, now).await?)
    };
    let (service, location) = (catalogue.service(service)?, catalogue.location(start.location)?);
    // Who comes was settled when it was booked.
    if moved.is_none() {
        check_persons(service, persons, Code::BodyInvalid)?;
    }
    let need = service.need(persons, location);
    if let Some(old) = moved {
        claims.retain(|(desk, from, _)| (*desk, *from) != (old.desk_id, old.starts_at));
    }
    let is_offered = !offered(who, (service, location), need, at, now).is_empty();
    let open = rules::open_on(&table(town, location), day);
    let desks = rules::desks_for(&open, &desks_of(location, service.id, &claims), need, at);
    if !is_offered || desks.is_empty() {
        let refused: Refused<NotFree> =
            if is_offered { SlotTaken::refused().into() } else { SlotNotOffered::refused().into() };
        return Err(with_near(refused, app, (who, moved), (service, location), (at, need)).await);
    }
    Ok(Look { catalogue, need, desks })
}

/// The desks at which a start is offered to whoever books now, free or not: none where that is too soon, too far ahead or not one of
/// the starts that there are.
fn offered(
    who: &Booker,
    (service, location): (&Service, &Location),
    need: Need,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<DeskId> {
    let town = who.town();
    let day = at.with_timezone(&town.zone).date_naive();
    let in_time = at >= earliest(service, matches!(who, Booker::Staff { .. }), now)
        && days(town, service, Some(day), Some(day), now).next().is_some();
    if !in_time {
        return Vec::new();
    }
    let open = rules::open_on(&table(town, location), day);
    rules::desks_for(&open, &desks_of(location, service.id, &[]), need, at)
}

/// The plan as it is now, which this transaction keeps already, and what a visit asks of a desk by it; none where it offers that start
/// there no more.
pub async fn planned_anew(
    w: &mut Write,
    app: &App,
    (who, look): (&Booker, &Look),
    (service, persons): (ServiceId, i64),
    (to, desk): (Start, DeskId),
) -> Result<Option<(Arc<Catalogue>, Need)>, Failure> {
    let now = app.clock.now();
    let catalogue = Catalogue::of(app, w, who.town()).await?;
    let (service, location) = (catalogue.service(service)?, catalogue.location(to.location)?);
    if look.catalogue.location(to.location)?.kind != location.kind {
        // It is come to in another way, for which other things are asked.
        return Err(Failure::contended());
    }
    let need = service.need(persons, location);
    let is_offered =
        persons <= service.most_persons && offered(who, (service, location), need, to.starts_at, now).contains(&desk);
    Ok(is_offered.then(|| (catalogue.clone(), need)))
}

/// Whether a hold may be booked: for as long as it lasts, what was promised stands; afterwards it is as for whoever books now.
pub fn bookable(who: &Booker, catalogue: &Catalogue, held: &Visit, now: DateTime<Utc>) -> bool {
    if held.held_until.is_some_and(|until| until > now) {
        return true;
    }
    let known = catalogue.services.get(&held.service_id).zip(catalogue.locations.get(&held.location_id));
    known.is_some_and(|(service, location)| {
        let need = held.need(service.need(held.persons, location));
        held.persons <= service.most_persons
            && offered(who, (service, location), need, held.starts_at, now).contains(&held.desk_id)
    })
}

/// What the same request was answered before: it comes before what it would be answered now.
pub async fn kept(app: &App, who: &Booker, idempotency: &Idempotency) -> Result<Option<Visit>, Failure> {
    let mut w = app.db.write().await?;
    match idempotency.replay::<AppointmentId>(&mut w, app.clock.now()).await? {
        Some(id) => Ok(Some(placing::replayed(&mut w, who, id).await?)),
        None => Ok(None),
    }
}

/// Frees what lapsed holds claim of a desk there; whether there was any.
pub async fn take_lapsed(
    app: &App,
    town: &Municipality,
    desk: DeskId,
    start: DateTime<Utc>,
    need: Need,
) -> Result<bool, Failure> {
    let between = Span { from: start, until: start + Duration::minutes(need.minutes + need.buffer) };
    let mut w = app.db.write().await?;
    let (lapsed, any) = store::take_lapsed(&mut w, town.id, desk, between, app.clock.now()).await?;
    // Whoever takes it may leave a part of it, or all.
    offers::are_over(&mut w, app, town, &lapsed).await?;
    w.commit_preparation().await?;
    Ok(any)
}
