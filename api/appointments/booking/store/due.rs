//! SQL of what is due by itself: reminders, another address, what is past its keeping.

use chrono::{DateTime, Utc};

use crate::{
    appointments::{
        booking::store::places::NextReminder,
        model::{AppointmentId, LocationId},
    },
    locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, first_uuid_at},
    },
    statements, with_conn,
};

statements! {
    WAITING = "
        select count(*), min(at) from
            (select next_reminder_at as at from appointment where next_reminder_at <= $1
             order by next_reminder_at limit 10000) due";
    READDRESSED = "
        select municipality_id, id, readdressed from location where readdressed is not null order by readdressed limit $1";
    NOT_TOLD = "
        select id from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'booked'
            and starts_at > $3 and begun_at is null and coalesce(told_version, 0) < $4
            and not exists (select 1 from set_aside s
                where s.worker = 'addresses' and s.item = appointment.id and s.again_at > $5)
        order by starts_at, id limit $6";
    TELL_ADDRESS = "
        update appointment set sequence = sequence + $3, told_version = $4, updated_at = $5, contact = $6
        where municipality_id = $1 and id = $2 and coalesce(told_version, 0) < $4";
    ALL_TOLD = "
        update location set readdressed = null where municipality_id = $1 and id = $2 and readdressed = $3";
    SET_REMINDER = "
        update appointment set next_reminder = $3, next_reminder_at = $4 where municipality_id = $1 and id = $2";
    ANYTHING_DUE = "
        select count(*) from
            (select 1 as due from
                (select 1 as one from appointment where state = 'held' and held_until <= $1 order by held_until limit 1) held
             union all select 1 from
                (select 1 as one from appointment where next_reminder_at <= $1 order by next_reminder_at limit 1) reminded
             union all select 1 from location_freed where served = false limit 1) first_due";
    /// From the few whose address is hidden: where they were visited, or rung, while that is of no use any more.
    CONTACTS_TO_HIDE = "
        select a.id from resident r cross join appointment a
        where a.municipality_id = r.municipality_id and a.resident_id = r.id
            and r.municipality_id = $1 and r.hidden = true and (a.ends_at < $2 or a.state = 'cancelled') and a.contact <> ''
        limit $3";
    HIDE_CONTACT = "
        update appointment set contact = ''
        where municipality_id = $1 and id = $2 and (ends_at < $3 or state = 'cancelled')";
    FORGET_TICKS = "
        delete from desk_tick where municipality_id = $1 and appointment_id in
            (select id from appointment where municipality_id = $1 and id < $2 and ends_at < $3 order by id limit $4)";
    FORGET_VISITS = "
        delete from appointment where municipality_id = $1 and id in
            (select id from appointment where municipality_id = $1 and id < $2 and ends_at < $3 order by id limit $4)";
}

/// Visits whose next reminder is due, the earliest first.
const DUE: Locked = locked!(
    "select municipality_id, id, next_reminder from appointment where next_reminder_at <= $1
         and not exists (select 1 from set_aside s where s.worker = 'visit reminders' and s.item = appointment.id and s.again_at > $1)
     order by next_reminder_at limit $2",
    ""
);

/// Locations that got another address of which not all were told, and the version of the plan that gave it.
pub async fn readdressed(r: &mut Read, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, LocationId, i64)>> {
    with_conn!(r, c => sqlx::query_as(READDRESSED).bind(limit).fetch_all(c).await)
}

/// Those who are booked there and were not told of its address as it is since this version; but for who is set aside for longer than
/// until `aside`.
pub async fn not_told(
    r: &mut Read,
    town: MunicipalityId,
    (location, version): (LocationId, i64),
    (now, aside): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> sqlx::Result<Vec<AppointmentId>> {
    with_conn!(r, c => sqlx::query_scalar(NOT_TOLD).bind(town).bind(location).bind(now).bind(version).bind(aside).bind(limit)
        .fetch_all(c).await)
}

/// Notes that a visit's citizen is told of its address as it is since this version, and adds `changes` to what calendars compare;
/// false where they were told.
pub async fn tell_address(
    w: &mut Write,
    (town, id): InTown<AppointmentId>,
    (changes, version): (i64, i64),
    contact: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TELL_ADDRESS).bind(town).bind(id).bind(changes).bind(version).bind(now).bind(contact)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes that all were told of the address that a location has since this version.
pub async fn all_told(w: &mut Write, town: MunicipalityId, location: LocationId, version: i64) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ALL_TOLD).bind(town).bind(location).bind(version).execute(c).await.map(|_| ()))
}

pub async fn due(
    w: &mut Write,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, AppointmentId, String)>> {
    let sql = DUE.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)
}

pub async fn set_reminder(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    reminder: NextReminder,
) -> sqlx::Result<()> {
    let (reminder, at) = reminder.unzip();
    with_conn!(w, c => sqlx::query(SET_REMINDER).bind(town).bind(id).bind(reminder).bind(at).execute(c).await.map(|_| ()))
}

pub async fn anything_due(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_DUE).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets what was made, and was over, before an instant: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let id = first_uuid_at(before);
    with_conn!(w, c => sqlx::query(FORGET_TICKS).bind(town).bind(id).bind(before).bind(limit).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(FORGET_VISITS).bind(town).bind(id).bind(before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}

/// Visits that were over before an instant, or are off, of people whose address is hidden, and of which it is kept where or how they were met.
pub async fn contacts_to_hide(
    r: &mut Read,
    town: MunicipalityId,
    before: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<AppointmentId>> {
    with_conn!(r, c => sqlx::query_scalar(CONTACTS_TO_HIDE).bind(town).bind(before).bind(limit).fetch_all(c).await)
}

/// Forgets that of one.
pub async fn hide_contact(w: &mut Write, (town, id): InTown<AppointmentId>, before: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(HIDE_CONTACT).bind(town).bind(id).bind(before).execute(c).await.map(|_| ()))
}

/// How many wait to be done, up to ten thousand, and since when the first does.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("DUE", &DUE)];
