//! SQL of the proof: all visits and ticks of a town, page by page.

use chrono::{DateTime, Utc};

use crate::{
    appointments::model::{AppointmentId, DeskId, VisitState, WaitingId},
    listed,
    platform::{
        db::Read,
        ids::{MunicipalityId, ResidentId},
    },
    select_in, statements, with_conn,
};

listed! {
    TICKS_OF = "select appointment_id, desk_id, tick from desk_tick where municipality_id = ? and appointment_id in (?*)";
}
statements! {
    CLAIMED = "
        select id, state, desk_id, resident_id, waiting_id, starts_at, ends_at, claimed_until, held_until from appointment
        where municipality_id = $1 and id > $2 and state in ('held', 'booked') order by id limit $3";
    ONE = "
        select id, state, desk_id, resident_id, waiting_id, starts_at, ends_at, claimed_until, held_until from appointment
        where municipality_id = $1 and id = $2";
    OVERLAP = "
        select count(*) from appointment a
        join appointment b on b.municipality_id = a.municipality_id and b.resident_id = a.resident_id and b.id = $3
        where a.municipality_id = $1 and a.id = $2 and (a.state = 'booked' or (a.state = 'held' and a.held_until > $4))
            and (b.state = 'booked' or (b.state = 'held' and b.held_until > $4))
            and a.starts_at < b.ends_at and b.starts_at < a.ends_at";
    TICKS = "
        select t.desk_id, t.tick, t.appointment_id, a.state from desk_tick t
        join appointment a on a.municipality_id = t.municipality_id and a.id = t.appointment_id
        where t.municipality_id = $1 and (t.desk_id, t.tick) > ($2, $3) order by t.desk_id, t.tick limit $4";
}

/// A visit that claims time of a desk.
#[derive(sqlx::FromRow)]
pub struct Claimed {
    pub id: AppointmentId,
    pub state: VisitState,
    pub desk_id: DeskId,
    pub resident_id: Option<ResidentId>,
    pub waiting_id: Option<WaitingId>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub claimed_until: DateTime<Utc>,
    pub held_until: Option<DateTime<Utc>>,
}

pub async fn claimed(
    r: &mut Read,
    town: MunicipalityId,
    after: AppointmentId,
    limit: i64,
) -> sqlx::Result<Vec<Claimed>> {
    with_conn!(r, c => sqlx::query_as(CLAIMED).bind(town).bind(after).bind(limit).fetch_all(c).await)
}

/// One visit, whatever its state.
pub async fn one(r: &mut Read, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Claimed>> {
    with_conn!(r, c => sqlx::query_as(ONE).bind(town).bind(id).fetch_optional(c).await)
}

/// Whether two visits are one person's at the same time.
pub async fn overlap(
    r: &mut Read,
    town: MunicipalityId,
    a: AppointmentId,
    b: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let n: i64 =
        with_conn!(r, c => sqlx::query_scalar(OVERLAP).bind(town).bind(a).bind(b).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

/// The ticks of these, in order.
pub async fn ticks_of(
    r: &mut Read,
    town: MunicipalityId,
    visits: &[AppointmentId],
) -> sqlx::Result<Vec<(AppointmentId, DeskId, DateTime<Utc>)>> {
    let mut rows: Vec<(AppointmentId, DeskId, DateTime<Utc>)> = select_in!(r, TICKS_OF, town, visits);
    rows.sort_unstable();
    Ok(rows)
}

/// A tick, whose it is, and in what state that is.
pub type Tick = (DeskId, DateTime<Utc>, AppointmentId, VisitState);

pub async fn ticks(
    r: &mut Read,
    town: MunicipalityId,
    (desk, tick): (DeskId, DateTime<Utc>),
    limit: i64,
) -> sqlx::Result<Vec<Tick>> {
    with_conn!(r, c => sqlx::query_as(TICKS).bind(town).bind(desk).bind(tick).bind(limit).fetch_all(c).await)
}
