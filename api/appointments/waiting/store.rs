//! SQL of the waiting list.

/// Reads entries, whole.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "select id, resident_id, service_id, persons, appointment_id, location_ids, weekdays, from_on, until_on, ended,
                companions, contact, document_ids
             from waiting ",
            $rest
        )
    };
}

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    appointments::{
        booking::store as visit_store,
        model::{AppointmentId, Entry, LocationId, ServiceId, VisitState, WaitingId, Wanted},
    },
    listed,
    platform::{
        db::{Read, Write},
        ids::{DocumentId, InTown, MunicipalityId, ResidentId, first_uuid_at},
    },
    select_in, statements, with_conn,
};

/// What was offered: to which entry, as which hold, where and when, in what state that is, and when it was made.
pub type Offered = (WaitingId, AppointmentId, LocationId, DateTime<Utc>, VisitState, DateTime<Utc>);

listed! {
    OFFERED = "
        select waiting_id, id, location_id, starts_at, state, created_at from appointment
        where waiting_id is not null and made_by <> 'withdrawn' and municipality_id = ? and waiting_id in (?*)";
    VISITS_OF = "
        select resident_id, id, starts_at, ends_at from appointment
        where state in ('held', 'booked') and municipality_id = ? and resident_id in (?*)";
}
statements! {
    JOIN = "
        insert into waiting (municipality_id, id, resident_id, service_id, persons, appointment_id, location_ids, weekdays,
            from_on, until_on, created_at, updated_at, companions, contact, document_ids)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $13, $14, $15
        where (select count(*) from waiting where municipality_id = $1 and resident_id = $3 and ended is null) < $12";
    GET = entries!("where municipality_id = $1 and id = $2");
    OF_RESIDENT = entries!("where municipality_id = $1 and resident_id = $2 and ended is null order by created_at, id limit $3");
    IN_LINE = entries!("where municipality_id = $1 and ended is null order by created_at, id limit $2");
    WANT = "
        update waiting set persons = $3, location_ids = $4, weekdays = $5, from_on = $6, until_on = $7, updated_at = $8,
            companions = $9, contact = $10, document_ids = $11
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
    FOR_VISIT = entries!("where municipality_id = $1 and resident_id = $2 and appointment_id = $3 and ended is null");
    /// Of those whose last day is not past, only those who wait for something earlier than a visit which has begun.
    OVER = "
        select municipality_id, id, resident_id, service_id, appointment_id is null
        from waiting where ended is null and until_on <= $4
            and (until_on < $1 or 0 <
                (select count(*) from appointment a
                 where a.municipality_id = waiting.municipality_id and a.id = waiting.appointment_id
                    and (a.begun_at is not null or (a.starts_at <= $3 and a.turned_away = false))))
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
    FORGET_WAITING = "
        delete from waiting where municipality_id = $1 and id in
            (select id from waiting where municipality_id = $1 and id < $2 and ended is not null order by id limit $3)";
    ERASE_WAITING = "delete from waiting where municipality_id = $1 and resident_id = $2";
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
    document_ids: String,
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
                documents: row.document_ids.split(' ').filter_map(|id| id.parse().ok().map(DocumentId)).collect(),
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
    (town, id): InTown<WaitingId>,
    resident: ResidentId,
    wanted: &Wanted,
    (most, now): (i64, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(JOIN)
        .bind(town).bind(id).bind(resident).bind(wanted.service).bind(wanted.persons).bind(wanted.replaces)
        .bind(words(&wanted.locations)).bind(words(&wanted.weekdays)).bind(wanted.from_on).bind(wanted.until_on).bind(now)
        .bind(most).bind(Json(&wanted.companions)).bind(&wanted.contact).bind(words(&wanted.documents))
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
    with_conn!(w, c => sqlx::query(WANT).bind(town).bind(id).bind(wanted.persons).bind(words(&wanted.locations))
        .bind(words(&wanted.weekdays)).bind(wanted.from_on).bind(wanted.until_on).bind(now)
        .bind(Json(&wanted.companions)).bind(&wanted.contact).bind(words(&wanted.documents)).execute(c).await.map(|_| ()))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: WaitingId) -> sqlx::Result<Option<Entry>> {
    let row: Option<Row> = with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Entry::from))
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    limit: i64,
) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> =
        with_conn!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Those who wait, the first first.
pub async fn in_line(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<Row> = with_conn!(r, c => sqlx::query_as(IN_LINE).bind(town).bind(limit).fetch_all(c).await)?;
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
        with_conn!(r, c => sqlx::query_as(FOR_VISIT).bind(town).bind(resident).bind(visit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

pub async fn end(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    how: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END).bind(town).bind(id).bind(how).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends an entry of this resident's; false where there is none that waits.
pub async fn leave(
    w: &mut Write,
    town: MunicipalityId,
    id: WaitingId,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LEAVE).bind(town).bind(id).bind(resident).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Entries that are over: town, entry, whose, for what, and whether they have no visit.
pub type Over = (MunicipalityId, WaitingId, ResidentId, ServiceId, bool);

/// Entries whose last day lies before a day, or lies on another at the latest and whose visit has begun.
pub async fn over(
    r: &mut Read,
    (before, latest): (NaiveDate, NaiveDate),
    limit: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Over>> {
    with_conn!(r, c => sqlx::query_as(OVER).bind(before).bind(limit).bind(now).bind(latest).fetch_all(c).await)
}

/// The holds that are offered to an entry.
pub async fn open_offers(
    r: &mut Read,
    town: MunicipalityId,
    id: WaitingId,
) -> sqlx::Result<Vec<(AppointmentId, LocationId, DateTime<Utc>)>> {
    with_conn!(r, c => sqlx::query_as(OPEN_OFFERS).bind(town).bind(id).fetch_all(c).await)
}

/// Lets an entry wait again that ended with a visit which is not off after all.
pub async fn wait_again(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    visit: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(WAIT_AGAIN).bind(town).bind(resident).bind(visit).bind(now).execute(c).await.map(|_| ()))
}

/// Everything that was ever offered to these entries.
pub async fn offered(r: &mut Read, town: MunicipalityId, entries: &[WaitingId]) -> sqlx::Result<Vec<Offered>> {
    Ok(select_in!(r, OFFERED, town, entries))
}

/// The visits that these have held or booked: whose, which, from when, until when.
pub async fn visits_of(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, AppointmentId, DateTime<Utc>, DateTime<Utc>)>> {
    Ok(select_in!(r, VISITS_OF, town, residents))
}

/// Ends a hold, lapsed or not; false where it is none any more.
pub async fn end_hold(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END_HOLD).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends a hold that the house takes back: it counts as nothing that somebody let pass. False where it is none any more.
pub async fn withdraw(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(WITHDRAW).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes back an appointment that this transaction added.
pub async fn undo(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<()> {
    visit_store::free(w, town, id).await?;
    with_conn!(w, c => sqlx::query(UNDO).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Locations where something was freed since those who wait were last looked at.
pub async fn unserved(r: &mut Read, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    with_conn!(r, c => sqlx::query_as(UNSERVED).bind(limit).bind(now).fetch_all(c).await)
}

/// Notes that what was freed of a location is offered; false where another process does it.
pub async fn served(w: &mut Write, town: MunicipalityId, location: LocationId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SERVED).bind(town).bind(location).execute(c).await.map(|d| d.rows_affected() > 0))
}

/// Counts what was freed and offered; its rows go.
pub async fn count_freed(w: &mut Write, town: MunicipalityId, location: LocationId) -> sqlx::Result<()> {
    let gone = with_conn!(w, c => sqlx::query(FORGET_FREED).bind(town).bind(location).execute(c).await
        .map(|d| i64::try_from(d.rows_affected()).unwrap_or(i64::MAX)))?;
    with_conn!(w, c => sqlx::query(COUNT_FREED).bind(town).bind(location).bind(gone).execute(c).await.map(|_| ()))
}

/// Erases somebody's entries of the waiting list.
pub async fn erase_waiting(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(ERASE_WAITING).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Forgets entries that were made before an instant and have ended: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_WAITING).bind(town).bind(first_uuid_at(before)).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}
