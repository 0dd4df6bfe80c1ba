//! SQL of the figures of a counter: each statement reads a few days of one location.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{Turned, Visited};
use crate::{
    appointments::{LocationId, model::Span},
    platform::{
        db::Read,
        ids::{InTown, MunicipalityId},
    },
    statements, with_conn,
};

statements! {
    BOOKED = "
        select id, service_id, desk_id, state, starts_at, ends_at, claimed_until, sequence from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'booked'
            and starts_at >= $3 and starts_at < $4";
    /// A hold that was given back was no visit.
    CANCELLED = "
        select id, service_id, desk_id, state, starts_at, ends_at, claimed_until, sequence from appointment
        where municipality_id = $1 and location_id = $2 and state = 'cancelled' and held_until is null
            and starts_at >= $3 and starts_at < $4";
    TURNS = "
        select day, service_id, desk_id, appointment_id, appointment_sequence, state, due_at, arrived_at, called_at, calls,
            started_at, ended_at
        from ticket
        where municipality_id = $1 and location_id = $2 and day >= $3 and day <= $4";
}

/// The visits at a location that begin within some time: those that stand, and those that were cancelled.
pub async fn visits(r: &mut Read, (town, location): InTown<LocationId>, between: Span) -> sqlx::Result<Vec<Visited>> {
    let mut all = begun(r, BOOKED, (town, location), between).await?;
    all.append(&mut begun(r, CANCELLED, (town, location), between).await?);
    Ok(all)
}

async fn begun(
    r: &mut Read,
    sql: &'static str,
    (town, location): (MunicipalityId, LocationId),
    between: Span,
) -> sqlx::Result<Vec<Visited>> {
    let (from, until): (DateTime<Utc>, DateTime<Utc>) = (between.from, between.until);
    with_conn!(r, c => sqlx::query_as(sql).bind(town).bind(location).bind(from).bind(until).fetch_all(c).await)
}

/// The turns of some days at a location.
pub async fn turns(
    r: &mut Read,
    (town, location): InTown<LocationId>,
    (first, last): (NaiveDate, NaiveDate),
) -> sqlx::Result<Vec<Turned>> {
    with_conn!(r, c => sqlx::query_as(TURNS).bind(town).bind(location).bind(first).bind(last).fetch_all(c).await)
}
