//! SQL of the waiting list and of sudden closures.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    appointments::{
        AppointmentId, ClosureId, DeskId, LocationId, ServiceId, VisitState, WaitingId,
        catalogue::Texts,
        closing::Closure,
        rules::{LONGEST_CLAIM, Span},
        waiting::{Entry, Wanted},
    },
    on,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    select_in, statements,
};

/// What was offered: to which entry, as which hold, where and when, in what state that is, and when it was made.
pub type Offered = (WaitingId, AppointmentId, LocationId, DateTime<Utc>, VisitState, DateTime<Utc>);
/// A closure that acts: of which town, which, where, from when, until when.
type Acting = (MunicipalityId, ClosureId, LocationId, DateTime<Utc>, DateTime<Utc>);

/// Closures that one look goes through.
const MOST_ACTING: i64 = 1_000;

statements! {
    JOIN = "
        insert into waiting (municipality_id, id, resident_id, service_id, persons, appointment_id, location_ids, weekdays,
            from_on, until_on, created_at, updated_at, companions, contact)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $13, $14
        where (select count(*) from waiting where municipality_id = $1 and resident_id = $3 and ended is null) < $12";
    GET = "
        select id, resident_id, service_id, persons, appointment_id, location_ids, weekdays, from_on, until_on, ended,
            companions, contact
        from waiting where municipality_id = $1 and id = $2";
    OF_RESIDENT = "
        select id, resident_id, service_id, persons, appointment_id, location_ids, weekdays, from_on, until_on, ended,
            companions, contact
        from waiting where municipality_id = $1 and resident_id = $2 and ended is null order by created_at, id limit $3";
    IN_LINE = "
        select id, resident_id, service_id, persons, appointment_id, location_ids, weekdays, from_on, until_on, ended,
            companions, contact
        from waiting where municipality_id = $1 and ended is null order by created_at, id limit $2";
    WANT = "
        update waiting set persons = $3, location_ids = $4, weekdays = $5, from_on = $6, until_on = $7, updated_at = $8,
            companions = $9, contact = $10
        where municipality_id = $1 and id = $2 and ended is null";
    END = "
        update waiting set ended = $3, updated_at = $4 where municipality_id = $1 and id = $2 and ended is null";
    LEAVE = "
        update waiting set ended = 'left', updated_at = $4
        where municipality_id = $1 and id = $2 and resident_id = $3 and ended is null";
    WAIT_AGAIN = "
        update waiting set ended = null, updated_at = $4
        where municipality_id = $1 and id in
            (select id from waiting
             where municipality_id = $1 and resident_id = $2 and appointment_id = $3 and ended = 'visit_gone'
             order by id desc limit 1)
            and not exists
            (select 1 from waiting o
             where o.municipality_id = $1 and o.resident_id = $2 and o.appointment_id = $3 and o.ended is null)";
    FOR_VISIT = "
        select id, resident_id, service_id, persons, appointment_id, location_ids, weekdays, from_on, until_on, ended,
            companions, contact
        from waiting where municipality_id = $1 and resident_id = $2 and appointment_id = $3 and ended is null";
    OVER = "
        select municipality_id, id, resident_id, service_id, appointment_id is null
        from waiting where ended is null and until_on < $1
            and not exists (select 1 from set_aside s where s.worker = 'waiting list' and s.item = waiting.id and s.again_at > $3)
        order by until_on limit $2";
    OPEN_OFFERS = "
        select id, location_id, starts_at from appointment
        where municipality_id = $1 and waiting_id = $2 and state = 'held'";
    END_HOLD = "
        update appointment set state = 'cancelled', sequence = sequence + 1, updated_at = $3
        where municipality_id = $1 and id = $2 and state in ('held', 'lapsed')";
    WITHDRAW = "
        update appointment set state = 'cancelled', sequence = sequence + 1, updated_at = $3, made_by = 'withdrawn'
        where municipality_id = $1 and id = $2 and state = 'held'";
    UNDO = "delete from appointment where municipality_id = $1 and id = $2";
    UNSERVED = "
        select distinct f.municipality_id, f.location_id from location_freed f where f.served = false
            and not exists
            (select 1 from set_aside s where s.worker = 'waiting list' and s.item = f.location_id and s.again_at > $2)
        limit $1";
    SERVED = "
        update location_freed set served = true where municipality_id = $1 and location_id = $2 and served = false";
    FORGET_FREED = "delete from location_freed where municipality_id = $1 and location_id = $2 and served = true";
    COUNT_FREED = "update location set freed = freed + $3 where municipality_id = $1 and id = $2";

    CLOSE = "
        insert into location_closure (municipality_id, id, location_id, from_at, until_at, reasons, settled, moved, cancelled,
            made_by, created_at, acts_at)
        values ($1, $2, $3, $4, $5, $6, false, 0, 0, $7, $8, $9)";
    SAME_CLOSURE = "
        select id, location_id, from_at, until_at, reasons, moved, cancelled, settled, made_by,
            coalesce(acts_at, created_at) as acts_at
        from location_closure where municipality_id = $1 and location_id = $2 and from_at = $3 and until_at = $4";
    BUMP = "
        update location set version = version + 1, updated_at = $3
        where municipality_id = $1 and id = $2 and active";
    CLOSURES = "
        select id, location_id, from_at, until_at, reasons, moved, cancelled, settled, made_by,
            coalesce(acts_at, created_at) as acts_at
        from location_closure where municipality_id = $1 and until_at > $2 order by from_at, id limit $3";
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
        where municipality_id = $1 and id = $2 and state = 'cancelled'";
    GIVE_UP = "update location_closure set settled = true where municipality_id = $1 and id = $2";
    COUNT_MOVED = "
        update location_closure set moved = moved + $3, cancelled = cancelled + $4 where municipality_id = $1 and id = $2";
    CLOSURE = "
        select id, location_id, from_at, until_at, reasons, moved, cancelled, settled, made_by,
            coalesce(acts_at, created_at) as acts_at
        from location_closure where municipality_id = $1 and id = $2";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: WaitingId,
    resident_id: ResidentId,
    service_id: ServiceId,
    persons: i64,
    appointment_id: Option<AppointmentId>,
    location_ids: String,
    weekdays: String,
    from_on: NaiveDate,
    until_on: NaiveDate,
    ended: Option<String>,
    companions: Json<Vec<String>>,
    contact: String,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            resident: row.resident_id,
            wanted: Wanted {
                service: row.service_id,
                persons: row.persons,
                replaces: row.appointment_id,
                locations: row.location_ids.split(' ').filter_map(|id| id.parse().ok().map(LocationId)).collect(),
                weekdays: row.weekdays.split(' ').filter_map(|d| d.parse().ok()).collect(),
                from_on: row.from_on,
                until_on: row.until_on,
                companions: row.companions.0,
                contact: row.contact,
            },
            ended: row.ended,
        }
    }
}

fn words<T: std::fmt::Display>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

/// Adds an entry; false where the resident has as many as they may.
pub async fn join(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    resident: ResidentId,
    wanted: &Wanted,
    most: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(JOIN)
        .bind(town).bind(id).bind(resident).bind(wanted.service).bind(wanted.persons).bind(wanted.replaces)
        .bind(words(&wanted.locations)).bind(words(&wanted.weekdays)).bind(wanted.from_on).bind(wanted.until_on).bind(now)
        .bind(most).bind(Json(&wanted.companions)).bind(&wanted.contact)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Changes what an entry waits for; its place in the line stays.
pub async fn want(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(WANT).bind(town).bind(id).bind(wanted.persons).bind(words(&wanted.locations))
        .bind(words(&wanted.weekdays)).bind(wanted.from_on).bind(wanted.until_on).bind(now)
        .bind(Json(&wanted.companions)).bind(&wanted.contact).execute(c).await.map(|_| ()))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: WaitingId) -> sqlx::Result<Option<Entry>> {
    let row: Option<Row> = on!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Entry::from))
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> =
        on!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Those who wait, the first first.
pub async fn in_line(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> = on!(r, c => sqlx::query_as(IN_LINE).bind(town).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The entries that wait for something earlier than this visit.
pub async fn for_visit(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    visit: AppointmentId,
) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> =
        on!(r, c => sqlx::query_as(FOR_VISIT).bind(town).bind(resident).bind(visit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

pub async fn end(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    how: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(END).bind(town).bind(id).bind(how).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends an entry of this resident's; false where there is none that waits.
pub async fn leave(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(LEAVE).bind(town).bind(id).bind(resident).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Entries whose last day is past: town, entry, whose, for what, and whether they have no visit.
pub type Over = (MunicipalityId, WaitingId, ResidentId, ServiceId, bool);

pub async fn over(r: &mut Read, today: NaiveDate, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<Over>> {
    on!(r, c => sqlx::query_as(OVER).bind(today).bind(limit).bind(now).fetch_all(c).await)
}

/// The holds that are offered to an entry.
pub async fn open_offers(
    r: &mut Read,
    town: MunicipalityId,
    id: WaitingId,
) -> sqlx::Result<Vec<(AppointmentId, LocationId, DateTime<Utc>)>> {
    on!(r, c => sqlx::query_as(OPEN_OFFERS).bind(town).bind(id).fetch_all(c).await)
}

/// Lets an entry wait again that ended with a visit which is not off after all.
pub async fn wait_again(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    visit: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(WAIT_AGAIN).bind(town).bind(resident).bind(visit).bind(now).execute(c).await.map(|_| ()))
}

/// Everything that was ever offered to these entries.
pub async fn offered(r: &mut Read, town: MunicipalityId, entries: &[WaitingId]) -> sqlx::Result<Vec<Offered>> {
    const SELECT: &str = "
        select waiting_id, id, location_id, starts_at, state, created_at from appointment
        where waiting_id is not null and made_by <> 'withdrawn' and municipality_id = ";
    let rows: Vec<Offered> = select_in!(r, SELECT, town, " and waiting_id in (", entries);
    Ok(rows)
}

/// The visits that these have held or booked: whose, which, from when, until when.
pub async fn visits_of(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, AppointmentId, DateTime<Utc>, DateTime<Utc>)>> {
    const SELECT: &str = "
        select resident_id, id, starts_at, ends_at from appointment
        where state in ('held', 'booked') and municipality_id = ";
    let rows: Vec<(ResidentId, AppointmentId, DateTime<Utc>, DateTime<Utc>)> =
        select_in!(r, SELECT, town, " and resident_id in (", residents);
    Ok(rows)
}

/// Ends a hold, lapsed or not; false where it is none any more.
pub async fn end_hold(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(END_HOLD).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends a hold that the house takes back: it counts as nothing that somebody let pass. False where it is none any more.
pub async fn withdraw(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(WITHDRAW).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes back an appointment that this transaction added.
pub async fn undo(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<()> {
    super::free(w, town, id).await?;
    on!(w, c => sqlx::query(UNDO).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Locations where something was freed since those who wait were last looked at.
pub async fn unserved(r: &mut Read, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    on!(r, c => sqlx::query_as(UNSERVED).bind(limit).bind(now).fetch_all(c).await)
}

/// Notes that what was freed of a location is offered; false where another process does it.
pub async fn served(w: &mut Write, town: MunicipalityId, location: LocationId) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(SERVED).bind(town).bind(location).execute(c).await.map(|d| d.rows_affected() > 0))
}

/// Counts what was freed and offered; its rows go.
pub async fn count_freed(w: &mut Write, town: MunicipalityId, location: LocationId) -> sqlx::Result<()> {
    let gone = on!(w, c => sqlx::query(FORGET_FREED).bind(town).bind(location).execute(c).await
        .map(|d| i64::try_from(d.rows_affected()).unwrap_or(i64::MAX)))?;
    on!(w, c => sqlx::query(COUNT_FREED).bind(town).bind(location).bind(gone).execute(c).await.map(|_| ()))
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
    let known = on!(w, c => sqlx::query(BUMP).bind(town).bind(closure.location).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if known {
        on!(w, c => sqlx::query(CLOSE).bind(town).bind(closure.id).bind(closure.location).bind(closure.from)
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
    on!(w, c => sqlx::query(FORGET_DISPLACED).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    let location: Option<LocationId> =
        on!(w, c => sqlx::query_scalar(REOPEN).bind(town).bind(id).bind(now).fetch_optional(c).await)?;
    if let Some(location) = location {
        on!(w, c => sqlx::query(BUMP).bind(town).bind(location).bind(now).execute(c).await.map(|_| ()))?;
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
        on!(r, c => sqlx::query_as(CLOSURES).bind(town).bind(after).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Closure::from).collect())
}

pub async fn count_closures(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    after: DateTime<Utc>,
) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(COUNT_CLOSURES).bind(town).bind(location).bind(after).fetch_one(c).await)
}

pub async fn closure(r: &mut Read, town: MunicipalityId, id: ClosureId) -> sqlx::Result<Option<Closure>> {
    let row: Option<ClosureRow> = on!(r, c => sqlx::query_as(CLOSURE).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Closure::from))
}

/// Booked visits to come that a closure hits, by town and closure.
pub async fn stricken(
    r: &mut Read,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, ClosureId, AppointmentId)>> {
    let acting: Vec<Acting> = on!(r, c => sqlx::query_as(ACTING).bind(now).bind(MOST_ACTING).fetch_all(c).await)?;
    let mut all = Vec::new();
    for (town, closure, location, from, until) in acting {
        let left = limit - all.len() as i64;
        if left <= 0 {
            break;
        }
        let after = now.max(from - LONGEST_CLAIM);
        let hit: Vec<AppointmentId> = on!(r, c => sqlx::query_scalar(STRICKEN).bind(town).bind(location).bind(after)
            .bind(until).bind(from).bind(now).bind(left).fetch_all(c).await)?;
        all.extend(hit.into_iter().map(|visit| (town, closure, visit)));
    }
    Ok(all)
}

/// Whether a closure is over and was not noted as that yet.
pub async fn any_over(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = on!(r, c => sqlx::query_scalar(ANY_OVER).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

/// The closing of a location for exactly this time, if there is one.
pub async fn same_closure(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
) -> sqlx::Result<Option<Closure>> {
    let row: Option<ClosureRow> = on!(r, c => sqlx::query_as(SAME_CLOSURE).bind(town).bind(location).bind(between.from)
        .bind(between.until).fetch_optional(c).await)?;
    Ok(row.map(Closure::from))
}

/// What is held where a closure acts, by town.
pub async fn held(r: &mut Read, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, AppointmentId)>> {
    let acting: Vec<Acting> = on!(r, c => sqlx::query_as(ACTING).bind(now).bind(MOST_ACTING).fetch_all(c).await)?;
    let mut all = Vec::new();
    for (town, _, location, from, until) in acting {
        let after = now.max(from - LONGEST_CLAIM);
        let held: Vec<AppointmentId> = on!(r, c => sqlx::query_scalar(HOLDS).bind(town).bind(location).bind(after)
            .bind(until).bind(from).bind(limit).fetch_all(c).await)?;
        all.extend(held.into_iter().map(|hold| (town, hold)));
    }
    Ok(all)
}

/// Where it is closed for a sudden reason at an instant.
pub async fn now_closed(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    on!(r, c => sqlx::query_as(NOW_CLOSED).bind(now).fetch_all(c).await)
}

/// Notes where a visit was before a closing moved or cancelled it.
pub async fn displace(w: &mut Write, town: MunicipalityId, closure: ClosureId, was: &Displaced) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(DISPLACE).bind(town).bind(closure).bind(was.appointment_id).bind(was.location_id)
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
    on!(r, c => sqlx::query_as(DISPLACED_OF).bind(town).bind(visit).bind(sequence).fetch_optional(c).await)
}

/// The house moved it once more: nobody has chosen.
pub async fn still_displaced(
    w: &mut Write,
    town: MunicipalityId,
    visit: AppointmentId,
    before: i64,
    after: i64,
    cancelled: bool,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(STILL_DISPLACED).bind(town).bind(visit).bind(before).bind(after).bind(cancelled)
        .execute(c).await.map(|_| ()))
}

/// Its citizen has chosen, or it is where it was.
pub async fn forget_displaced(w: &mut Write, town: MunicipalityId, visit: AppointmentId) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FORGET_DISPLACED_OF).bind(town).bind(visit).execute(c).await.map(|_| ()))
}

pub async fn displaced(r: &mut Read, town: MunicipalityId, closure: ClosureId) -> sqlx::Result<Vec<Displaced>> {
    on!(r, c => sqlx::query_as(DISPLACED).bind(town).bind(closure).fetch_all(c).await)
}

/// Makes a visit that a closing cancelled a booked one; false where it is not cancelled any more.
pub async fn book_again(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(BOOK_AGAIN).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Closures that are over need no look any more, and where the visits were is forgotten.
pub async fn settle(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FORGET_OVER).bind(now).execute(c).await.map(|_| ()))?;
    on!(w, c => sqlx::query(SETTLE).bind(now).execute(c).await.map(|_| ()))
}

pub async fn give_up(w: &mut Write, town: MunicipalityId, id: ClosureId) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(GIVE_UP).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn count_moved(
    w: &mut Write,
    town: MunicipalityId,
    id: ClosureId,
    moved: i64,
    cancelled: i64,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(COUNT_MOVED).bind(town).bind(id).bind(moved).bind(cancelled).execute(c).await.map(|_| ()))
}
