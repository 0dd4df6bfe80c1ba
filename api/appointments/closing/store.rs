//! SQL of sudden closures.

/// Reads closures, whole.
macro_rules! closures {
    ($rest:literal) => {
        concat!(
            "select id, location_id, from_at, until_at, reasons, moved, cancelled, settled, made_by,
                coalesce(acts_at, created_at) as acts_at
             from location_closure ",
            $rest
        )
    };
}

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    appointments::{
        model::{AppointmentId, Closure, ClosureId, DeskId, LocationId, Span, Texts},
        rules::LONGEST_CLAIM,
    },
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId},
    },
    statements, with_conn,
};

/// A closure that acts: of which town, which, where, from when, until when.
type Acting = (MunicipalityId, ClosureId, LocationId, DateTime<Utc>, DateTime<Utc>);

/// Closures that one look goes through.
const MOST_ACTING: i64 = 1_000;

statements! {
    CLOSE = "
        insert into location_closure (municipality_id, id, location_id, from_at, until_at, reasons, settled, moved, cancelled,
            made_by, created_at, acts_at)
        values ($1, $2, $3, $4, $5, $6, false, 0, 0, $7, $8, $9)";
    SAME_CLOSURE = closures!("where municipality_id = $1 and location_id = $2 and from_at = $3 and until_at = $4");
    BUMP = "
        update location set version = version + 1, updated_at = $3
        where municipality_id = $1 and id = $2 and active";
    CLOSURES = closures!("where municipality_id = $1 and until_at > $2 order by from_at, id limit $3");
    COUNT_CLOSURES = "select count(*) from location_closure where municipality_id = $1 and location_id = $2 and until_at > $3";
    REOPEN = "
        delete from location_closure where municipality_id = $1 and id = $2 and until_at > $3 returning location_id";
    ACTING = "
        select municipality_id, id, location_id, from_at, until_at from location_closure
        where settled = false and coalesce(acts_at, created_at) <= $1 order by created_at limit $2";
    STRICKEN = "
        select id from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'booked'
            and starts_at > $3 and starts_at < $4 and ends_at > $5 and begun_at is null
            and not exists (select 1 from set_aside s
                where s.worker = 'closures' and s.item = appointment.id and s.again_at > $6)
        order by starts_at, id limit $7";
    /// Whose number it ended while they waited: the time of their visit is past. Who was turned away before it is not its affair.
    STRICKEN_WAITING = "
        select id from appointment
        where municipality_id = $1 and location_id = $2 and state = 'booked' and turned_away = true and begun_at is null
            and starts_at <= $3 and starts_at < $4 and turned_away_at >= $6
            and not exists (select 1 from set_aside s
                where s.worker = 'closures' and s.item = appointment.id and s.again_at > $3)
        order by starts_at, id limit $5";
    HOLDS = "
        select id from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'held'
            and starts_at > $3 and starts_at < $4 and ends_at > $5
        order by starts_at, id limit $6";
    NOW_CLOSED = "
        select municipality_id, location_id from location_closure
        where settled = false and coalesce(acts_at, created_at) <= $1 and from_at <= $1 and until_at > $1 order by 1, 2";
    SETTLE = "update location_closure set settled = true where settled = false and until_at <= $1";
    DISPLACE = "
        insert into displaced (municipality_id, closure_id, appointment_id, location_id, desk_id, starts_at, ends_at,
            claimed_until, sequence, cancelled)
        values ($1, $2, $3, $4, $5, $6, $9, $10, $7, $8)
        on conflict (municipality_id, closure_id, appointment_id) do update
            set location_id = excluded.location_id, desk_id = excluded.desk_id, starts_at = excluded.starts_at,
                ends_at = excluded.ends_at, claimed_until = excluded.claimed_until, sequence = excluded.sequence, cancelled = excluded.cancelled";
    DISPLACED = "
        select appointment_id, location_id, desk_id, starts_at, ends_at, claimed_until, sequence, cancelled from displaced
        where municipality_id = $1 and closure_id = $2 order by appointment_id";
    DISPLACED_OF = "
        select appointment_id, location_id, desk_id, starts_at, ends_at, claimed_until, sequence, cancelled from displaced
        where municipality_id = $1 and appointment_id = $2 and sequence = $3";
    STILL_DISPLACED = "
        update displaced set sequence = $4, cancelled = $5
        where municipality_id = $1 and appointment_id = $2 and sequence = $3";
    FORGET_DISPLACED_OF = "delete from displaced where municipality_id = $1 and appointment_id = $2";
    FORGET_DISPLACED = "delete from displaced where municipality_id = $1 and closure_id = $2";
    ANY_OVER = "select count(*) from location_closure where settled = false and until_at <= $1";
    FORGET_OVER = "
        delete from displaced where (municipality_id, closure_id) in
            (select municipality_id, id from location_closure where settled = false and until_at <= $1)";
    BOOK_AGAIN = "
        update appointment set state = 'booked', updated_at = $3
        where municipality_id = $1 and id = $2 and state not in ('held', 'booked', 'lapsed')";
    GIVE_UP = "update location_closure set settled = true where municipality_id = $1 and id = $2";
    COUNT_MOVED = "
        update location_closure set moved = moved + $3, cancelled = cancelled + $4 where municipality_id = $1 and id = $2";
    CLOSURE = closures!("where municipality_id = $1 and id = $2");
}

#[derive(sqlx::FromRow)]
struct ClosureRow {
    id: ClosureId,
    location_id: LocationId,
    from_at: DateTime<Utc>,
    until_at: DateTime<Utc>,
    reasons: Json<Texts>,
    moved: i64,
    cancelled: i64,
    settled: bool,
    made_by: String,
    acts_at: DateTime<Utc>,
}

/// Where a visit was that a closing moved or cancelled.
#[derive(Clone, sqlx::FromRow)]
pub struct Displaced {
    pub appointment_id: AppointmentId,
    pub location_id: LocationId,
    pub desk_id: DeskId,
    pub starts_at: DateTime<Utc>,
    /// None where a server before this one moved it.
    pub ends_at: Option<DateTime<Utc>>,
    pub claimed_until: Option<DateTime<Utc>>,
    /// Of the visit, as the closing left it.
    pub sequence: i64,
    pub cancelled: bool,
}

impl From<ClosureRow> for Closure {
    fn from(c: ClosureRow) -> Self {
        Self {
            id: c.id,
            location: c.location_id,
            from: c.from_at,
            until: c.until_at,
            reasons: c.reasons.0,
            moved: c.moved,
            cancelled: c.cancelled,
            settled: c.settled,
            made_by: c.made_by,
            acts_at: c.acts_at,
        }
    }
}

/// Closes a location; false where there is none that takes visits.
pub async fn close(w: &mut Write, town: MunicipalityId, closure: &Closure, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let known = with_conn!(w, c => sqlx::query(BUMP).bind(town).bind(closure.location).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if known {
        with_conn!(w, c => sqlx::query(CLOSE).bind(town).bind(closure.id).bind(closure.location).bind(closure.from)
            .bind(closure.until).bind(Json(&closure.reasons)).bind(&closure.made_by).bind(now)
            .bind(closure.acts_at).execute(c).await.map(|_| ()))?;
    }
    Ok(known)
}

/// Opens a location again, and says which; none where it was not closed so, or the closure is over.
pub async fn reopen(
    w: &mut Write,
    town: MunicipalityId,
    id: ClosureId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<LocationId>> {
    with_conn!(w, c => sqlx::query(FORGET_DISPLACED).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    let location: Option<LocationId> =
        with_conn!(w, c => sqlx::query_scalar(REOPEN).bind(town).bind(id).bind(now).fetch_optional(c).await)?;
    if let Some(location) = location {
        with_conn!(w, c => sqlx::query(BUMP).bind(town).bind(location).bind(now).execute(c).await.map(|_| ()))?;
    }
    Ok(location)
}

pub async fn closures(
    r: &mut Read,
    town: MunicipalityId,
    after: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Closure>> {
    let rows: Vec<ClosureRow> =
        with_conn!(r, c => sqlx::query_as(CLOSURES).bind(town).bind(after).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Closure::from).collect())
}

pub async fn count_closures(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    after: DateTime<Utc>,
) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_CLOSURES).bind(town).bind(location).bind(after).fetch_one(c).await)
}

pub async fn closure(r: &mut Read, town: MunicipalityId, id: ClosureId) -> sqlx::Result<Option<Closure>> {
    let row: Option<ClosureRow> =
        with_conn!(r, c => sqlx::query_as(CLOSURE).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Closure::from))
}

/// Booked visits to come that a closure hits, and those for which somebody waited when it began, by town and closure.
pub async fn stricken(
    r: &mut Read,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, ClosureId, AppointmentId)>> {
    let acting: Vec<Acting> =
        with_conn!(r, c => sqlx::query_as(ACTING).bind(now).bind(MOST_ACTING).fetch_all(c).await)?;
    let mut all = Vec::new();
    for (town, closure, location, from, until) in acting {
        let left = limit - all.len() as i64;
        if left <= 0 {
            break;
        }
        let after = now.max(from - LONGEST_CLAIM);
        let hit: Vec<AppointmentId> = with_conn!(r, c => sqlx::query_scalar(STRICKEN).bind(town).bind(location).bind(after)
            .bind(until).bind(from).bind(now).bind(left).fetch_all(c).await)?;
        let left = left - hit.len() as i64;
        all.extend(hit.into_iter().map(|visit| (town, closure, visit)));
        if from <= now && left > 0 {
            let waiting: Vec<AppointmentId> = with_conn!(r, c => sqlx::query_scalar(STRICKEN_WAITING).bind(town)
                .bind(location).bind(now).bind(until).bind(left).bind(from).fetch_all(c).await)?;
            all.extend(waiting.into_iter().map(|visit| (town, closure, visit)));
        }
    }
    Ok(all)
}

/// Whether a closure is over and was not noted as that yet.
pub async fn any_over(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANY_OVER).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

/// The closing of a location for exactly this time, if there is one.
pub async fn same_closure(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
) -> sqlx::Result<Option<Closure>> {
    let row: Option<ClosureRow> = with_conn!(r, c => sqlx::query_as(SAME_CLOSURE).bind(town).bind(location).bind(between.from)
        .bind(between.until).fetch_optional(c).await)?;
    Ok(row.map(Closure::from))
}

/// What is held where a closure acts, by town.
pub async fn held(r: &mut Read, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, AppointmentId)>> {
    let acting: Vec<Acting> =
        with_conn!(r, c => sqlx::query_as(ACTING).bind(now).bind(MOST_ACTING).fetch_all(c).await)?;
    let mut all = Vec::new();
    for (town, _, location, from, until) in acting {
        let after = now.max(from - LONGEST_CLAIM);
        let held: Vec<AppointmentId> = with_conn!(r, c => sqlx::query_scalar(HOLDS).bind(town).bind(location).bind(after)
            .bind(until).bind(from).bind(limit).fetch_all(c).await)?;
        all.extend(held.into_iter().map(|hold| (town, hold)));
    }
    Ok(all)
}

/// Where it is closed for a sudden reason at an instant.
pub async fn now_closed(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    with_conn!(r, c => sqlx::query_as(NOW_CLOSED).bind(now).fetch_all(c).await)
}

/// Notes where a visit was before a closing moved or cancelled it.
pub async fn displace(w: &mut Write, town: MunicipalityId, closure: ClosureId, was: &Displaced) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(DISPLACE).bind(town).bind(closure).bind(was.appointment_id).bind(was.location_id)
        .bind(was.desk_id).bind(was.starts_at).bind(was.sequence).bind(was.cancelled).bind(was.ends_at)
        .bind(was.claimed_until).execute(c).await.map(|_| ()))
}

/// Where a visit was before the first closing that displaced it, as long as its citizen has not chosen since.
pub async fn displaced_of(
    r: &mut Read,
    town: MunicipalityId,
    visit: AppointmentId,
    sequence: i64,
) -> sqlx::Result<Option<Displaced>> {
    with_conn!(r, c => sqlx::query_as(DISPLACED_OF).bind(town).bind(visit).bind(sequence).fetch_optional(c).await)
}

/// The house moved it once more: nobody has chosen.
pub async fn still_displaced(
    w: &mut Write,
    (town, visit): InTown<AppointmentId>,
    (before, after): (i64, i64),
    cancelled: bool,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(STILL_DISPLACED).bind(town).bind(visit).bind(before).bind(after).bind(cancelled)
        .execute(c).await.map(|_| ()))
}

/// Its citizen has chosen, or it is where it was.
pub async fn forget_displaced(w: &mut Write, town: MunicipalityId, visit: AppointmentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_DISPLACED_OF).bind(town).bind(visit).execute(c).await.map(|_| ()))
}

pub async fn displaced(r: &mut Read, town: MunicipalityId, closure: ClosureId) -> sqlx::Result<Vec<Displaced>> {
    with_conn!(r, c => sqlx::query_as(DISPLACED).bind(town).bind(closure).fetch_all(c).await)
}

/// Makes a visit that a closing cancelled a booked one; false where it is not cancelled any more. Its state is asked for by what it
/// is not, so that no database reads all that a town cancelled for it.
pub async fn book_again(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(BOOK_AGAIN).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Closures that are over need no look any more, and where the visits were is forgotten.
pub async fn settle(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_OVER).bind(now).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(SETTLE).bind(now).execute(c).await.map(|_| ()))
}

pub async fn give_up(w: &mut Write, town: MunicipalityId, id: ClosureId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_UP).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn count_moved(
    w: &mut Write,
    town: MunicipalityId,
    id: ClosureId,
    moved: i64,
    cancelled: i64,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(COUNT_MOVED).bind(town).bind(id).bind(moved).bind(cancelled).execute(c).await.map(|_| ()))
}
