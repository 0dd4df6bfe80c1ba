//! SQL of the queue.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{Came, Ended, Served, Ticket, TicketId};
use crate::{
    appointments::{AppointmentId, DeskId, LocationId, ServiceId},
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

/// The columns of a ticket.
macro_rules! tickets {
    ($rest:literal) => {
        concat!(
            "select t.id, t.location_id, t.day, t.number, t.service_id, t.appointment_id, t.resident_id, t.name, t.persons,
                t.came_by, t.state, t.due_at, t.arrived_at, t.desk_id, t.called_at, t.calls, t.started_at, t.ended_at, t.asked,
                t.appointment_sequence, t.parked_at,
                (select v.starts_at from appointment v where v.municipality_id = t.municipality_id and v.id = t.appointment_id) as visit_at
             from ticket t ",
            $rest
        )
    };
}
pub(super) use tickets;

listed! {
    WAITS_OF = "
        select day, arrived_at, called_at from ticket
        where called_at is not null and calls = 1 and due_at is null and municipality_id = ? and location_id = ? and day in (?*)
        order by day desc, arrived_at limit ?";
}
statements! {
    COUNT_UP = "
        insert into ticket_number (municipality_id, location_id, day, last) values ($1, $2, $3, 1)
        on conflict (municipality_id, location_id, day) do update set last = ticket_number.last + 1
        returning last";
    LOCK_DAY = "
        update ticket_number set last = last where municipality_id = $1 and location_id = $2 and day = $3";
    CLOSE_OLD = "
        update ticket set state = case state when 'serving' then 'done' when 'called' then 'missed' else 'left' end,
            ended_at = $4
        where municipality_id = $1 and location_id = $2 and day < $3 and state in ('waiting', 'called', 'serving')
        returning id, resident_id";
    LEFT_OPEN = "
        select id from ticket
        where municipality_id = $1 and day < $2 and state in ('waiting', 'called', 'serving') order by location_id, id limit $3";
    END_OLD = "
        update ticket set state = case state when 'serving' then 'done' when 'called' then 'missed' else 'left' end,
            ended_at = $3
        where municipality_id = $1 and id = $2 and state in ('waiting', 'called', 'serving')
        returning id, resident_id";
    ADD = "
        insert into ticket (municipality_id, id, location_id, day, number, service_id, appointment_id, resident_id, name,
            persons, came_by, state, due_at, arrived_at, calls, asked, appointment_sequence)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, $13, 0, false, $14)
        on conflict do nothing";
    GET = tickets!("where t.municipality_id = $1 and t.id = $2");
    GET_OWN = tickets!("where t.municipality_id = $1 and t.id = $2 and t.resident_id = $3");
    OF_APPOINTMENT = tickets!(
        "where t.municipality_id = $1 and t.appointment_id = $2 and t.day = $3
            and (t.appointment_sequence is null or t.appointment_sequence = $4)
         order by t.arrived_at desc, t.id desc limit 1");
    AT_A_DESK = tickets!(
        "where t.municipality_id = $1 and t.appointment_id = $2 and t.day = $3 and t.state in ('called', 'serving') limit 1");
    END_STALE = "
        update ticket set state = case state when 'serving' then 'done' when 'called' then 'missed' else 'left' end,
            ended_at = $5
        where municipality_id = $1 and appointment_id = $2 and state in ('waiting', 'called', 'serving')
            and (day <> $3 or appointment_sequence <> $4)
        returning id, resident_id";
    END_OLD_OF = "
        update ticket set state = case state when 'serving' then 'done' when 'called' then 'missed' else 'left' end,
            ended_at = $4
        where municipality_id = $1 and resident_id = $2 and day < $3 and state in ('waiting', 'called', 'serving')
        returning id, resident_id";
    OVER = tickets!(
        "where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.state in ('waiting', 'called', 'serving')
            and t.state = 'waiting' limit $4");
    SHUT = "
        update ticket set state = 'left', ended_at = $3 where municipality_id = $1 and id = $2 and state = 'waiting'";
    HASTEN = "
        update ticket set due_at = $3, parked_at = null where municipality_id = $1 and id = $2 and state = 'waiting'";
    WAITS_ALREADY = tickets!(
        "where t.municipality_id = $1 and t.resident_id = $2 and t.location_id = $3 and t.service_id = $4
            and t.day = $5 and t.appointment_id is null and t.state in ('waiting', 'called', 'serving')");
    OF_RESIDENT = tickets!(
        "where t.municipality_id = $1 and t.resident_id = $2 and t.day = $3 and t.state <> 'sent_on'
            and (t.state not in ('waiting', 'called', 'serving') or (t.appointment_id is null or t.appointment_sequence is null or exists (select 1 from appointment a
                where a.municipality_id = t.municipality_id and a.id = t.appointment_id and a.state = 'booked'
                    and a.sequence = t.appointment_sequence)))
         order by t.arrived_at desc, t.id limit $4");
    OPEN = tickets!(
        "where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.state in ('waiting', 'called', 'serving')
            and (t.appointment_id is null or t.appointment_sequence is null or exists (select 1 from appointment a
                where a.municipality_id = t.municipality_id and a.id = t.appointment_id and a.state = 'booked'
                    and a.sequence = t.appointment_sequence))
         order by t.arrived_at, t.id limit $4");
    SERVED = "
        select service_id, desk_id, due_at, arrived_at, called_at, calls, started_at, ended_at from ticket
        where municipality_id = $1 and location_id = $2 and day = $3 and state in ('done', 'sent_on')
        order by ended_at desc limit $4";
    OF_VISITS = tickets!(
        "where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.appointment_id is not null
            and (t.state not in ('waiting', 'called', 'serving') or t.appointment_sequence is null or exists (select 1 from appointment a
                where a.municipality_id = t.municipality_id and a.id = t.appointment_id and a.state = 'booked'
                    and a.sequence = t.appointment_sequence))
         order by t.arrived_at, t.id limit $4");
    CALLED = tickets!(
        "where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.called_at is not null
            and t.state in ('called', 'serving')
         order by t.called_at desc, t.id limit $4");
    COUNT_WAITING = "
        select count(*) from ticket t
        where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.state = 'waiting'
            and (t.appointment_id is null or t.appointment_sequence is null or exists (select 1 from appointment a
                where a.municipality_id = t.municipality_id and a.id = t.appointment_id and a.state = 'booked'
                    and a.sequence = t.appointment_sequence))";
    AT_DESK = tickets!("where t.municipality_id = $1 and t.desk_id = $2 and t.state in ('called', 'serving')");
    CALL = "
        update ticket set state = 'called', desk_id = $3, called_at = $4, calls = calls + 1
        where municipality_id = $1 and id = $2 and state = 'waiting' and parked_at is null and not exists
            (select 1 from ticket d where d.municipality_id = $1 and d.desk_id = $3 and d.state in ('called', 'serving'))
            and not exists
            (select 1 from ticket o
             where o.municipality_id = $1 and o.resident_id = ticket.resident_id and o.state in ('called', 'serving'))
            and (appointment_id is null or appointment_sequence is null or exists
            (select 1 from appointment a
             where a.municipality_id = $1 and a.id = ticket.appointment_id and a.state = 'booked'
                 and a.sequence = ticket.appointment_sequence))";
    PARK = "
        update ticket set state = 'waiting', parked_at = $3, desk_id = null
        where municipality_id = $1 and id = $2 and state in ('called', 'serving')";
    RECALL = "
        update ticket set calls = calls + 1, called_at = $3
        where municipality_id = $1 and id = $2 and state = 'called'";
    START = "
        update ticket set state = 'serving', started_at = $3 where municipality_id = $1 and id = $2 and state = 'called'";
    FINISH = "
        update ticket set state = 'done', ended_at = $3, started_at = coalesce(started_at, called_at)
        where municipality_id = $1 and id = $2 and state in ('called', 'serving')";
    MISS = "
        update ticket set state = 'missed', ended_at = $3
        where municipality_id = $1 and id = $2 and state = 'called'";
    NOTE_LEFT = "
        update ticket set state = 'left', ended_at = $3
        where municipality_id = $1 and id = $2 and state = 'waiting'";
    SEND_ON = "
        update ticket set state = 'sent_on', ended_at = $3, started_at = coalesce(started_at, called_at)
        where municipality_id = $1 and id = $2 and state in ('called', 'serving')";
    LEAVE = "
        update ticket set state = 'left', ended_at = $4
        where municipality_id = $1 and id = $2 and resident_id = $3 and state = 'waiting'";
    /// From a visitor whose name was all that was known, or from whose it was.
    GIVE = "
        update ticket set resident_id = $3, name = ''
        where municipality_id = $1 and appointment_id = $2 and (resident_id is null or resident_id = $4)
        returning id";
    FORGET = "
        delete from ticket where (municipality_id, id) in (select municipality_id, id from ticket where day < $1 limit $2)";
    HAS_TURNS = "
        select count(*) from
            (select 1 as one from ticket where municipality_id = $1 and resident_id = $2 limit 1) first";
}

/// What a new ticket is made of.
pub struct New<'a> {
    pub id: TicketId,
    pub location: LocationId,
    pub day: NaiveDate,
    pub number: &'a str,
    pub service: ServiceId,
    pub appointment: Option<AppointmentId>,
    /// How often that had changed when they came.
    pub sequence: Option<i64>,
    pub resident: Option<ResidentId>,
    pub name: &'a str,
    pub persons: i64,
    pub by: Came,
    pub due_at: Option<DateTime<Utc>>,
}

pub async fn count_up(w: &mut Write, town: MunicipalityId, location: LocationId, day: NaiveDate) -> sqlx::Result<i64> {
    with_conn!(w, c => sqlx::query_scalar(COUNT_UP).bind(town).bind(location).bind(day).fetch_one(c).await)
}

/// Lets one desk of a location call at a time. Where nobody came yet there is nothing to lock, and nobody to call.
pub async fn lock_day(w: &mut Write, town: MunicipalityId, location: LocationId, day: NaiveDate) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(LOCK_DAY).bind(town).bind(location).bind(day).execute(c).await.map(|_| ()))
}

/// Ends what a day before left open: people who were still there when it closed, a desk that lost its power.
pub async fn close_old(
    w: &mut Write,
    town: MunicipalityId,
    location: LocationId,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Ended>> {
    with_conn!(w, c => sqlx::query_as(CLOSE_OLD).bind(town).bind(location).bind(today).bind(now).fetch_all(c).await)
}

/// Adds a ticket; false where whoever it is for waits already.
pub async fn add(w: &mut Write, town: MunicipalityId, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ADD)
        .bind(town).bind(new.id).bind(new.location).bind(new.day).bind(new.number).bind(new.service).bind(new.appointment)
        .bind(new.resident).bind(new.name).bind(new.persons).bind(new.by).bind(new.due_at).bind(now)
        .bind(new.sequence).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: TicketId) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// A ticket, where it is theirs.
pub async fn get_own(r: &mut Read, (town, id): InTown<TicketId>, resident: ResidentId) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(GET_OWN).bind(town).bind(id).bind(resident).fetch_optional(c).await)
}

/// The last ticket of an appointment as it is now, of this day.
pub async fn of_appointment(
    r: &mut Read,
    town: MunicipalityId,
    appointment: AppointmentId,
    day: NaiveDate,
    sequence: i64,
) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(OF_APPOINTMENT).bind(town).bind(appointment).bind(day).bind(sequence)
        .fetch_optional(c).await)
}

/// The ticket with which somebody is called to a desk, or sits at one, for an appointment, wherever that has moved to.
pub async fn at_a_desk(
    r: &mut Read,
    town: MunicipalityId,
    appointment: AppointmentId,
    day: NaiveDate,
) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(AT_A_DESK).bind(town).bind(appointment).bind(day).fetch_optional(c).await)
}

/// Ends open tickets of an appointment as it was before it moved, or of another day.
pub async fn end_stale(
    w: &mut Write,
    town: MunicipalityId,
    appointment: AppointmentId,
    (day, sequence): (NaiveDate, i64),
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Ended>> {
    with_conn!(w, c => sqlx::query_as(END_STALE).bind(town).bind(appointment).bind(day).bind(sequence).bind(now)
        .fetch_all(c).await)
}

/// Ends what days before left open of somebody, at any location.
pub async fn end_old_of(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Ended>> {
    with_conn!(w, c => sqlx::query_as(END_OLD_OF).bind(town).bind(resident).bind(today).bind(now).fetch_all(c).await)
}

/// Turns of days before that nobody ended, at any location.
pub async fn left_open(
    r: &mut Read,
    town: MunicipalityId,
    today: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<TicketId>> {
    with_conn!(r, c => sqlx::query_scalar(LEFT_OPEN).bind(town).bind(today).bind(limit).fetch_all(c).await)
}

/// Ends one of them; none where it was ended meanwhile.
pub async fn end_old(
    w: &mut Write,
    town: MunicipalityId,
    id: TicketId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Ended>> {
    with_conn!(w, c => sqlx::query_as(END_OLD).bind(town).bind(id).bind(now).fetch_optional(c).await)
}

/// Those who wait at a location on a day.
pub async fn who_wait(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    day: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<Ticket>> {
    with_conn!(r, c => sqlx::query_as(OVER).bind(town).bind(location).bind(day).bind(limit).fetch_all(c).await)
}

/// Ends the turn of who waits where it has closed; false where they wait no more.
pub async fn shut(w: &mut Write, town: MunicipalityId, id: TicketId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SHUT).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets who waits come next; false where they wait no more.
pub async fn hasten(w: &mut Write, town: MunicipalityId, id: TicketId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(HASTEN).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// The ticket with which somebody waits for a service there without an appointment.
pub async fn waits_already(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    (location, service): (LocationId, ServiceId),
    day: NaiveDate,
) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(WAITS_ALREADY).bind(town).bind(resident).bind(location).bind(service).bind(day)
        .fetch_optional(c).await)
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    day: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<Ticket>> {
    with_conn!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(day).bind(limit).fetch_all(c).await)
}

/// When those came and were called who had no appointment, on some days.
pub async fn waits_of(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    days: &[NaiveDate],
    limit: i64,
) -> sqlx::Result<Vec<(NaiveDate, DateTime<Utc>, DateTime<Utc>)>> {
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let sql = WAITS_OF.on(r, days.len());
    with_conn!(r, c => {
        let mut q = sqlx::query_as(sql).bind(town).bind(location);
        for day in days {
            q = q.bind(*day);
        }
        q.bind(limit).fetch_all(c).await
    })
}

/// Lists of a location's day.
#[derive(Clone, Copy)]
pub enum List {
    /// Who waits, is called, or sits at a desk.
    Open,
    /// Who is called or sits at a desk, the last called first.
    Called,
    /// Who came for an appointment, whatever became of it, the first first.
    OfVisits,
}

pub async fn of_day(
    r: &mut Read,
    town: MunicipalityId,
    (location, day): (LocationId, NaiveDate),
    list: List,
    limit: i64,
) -> sqlx::Result<Vec<Ticket>> {
    let sql = match list {
        List::Open => OPEN,
        List::Called => CALLED,
        List::OfVisits => OF_VISITS,
    };
    with_conn!(r, c => sqlx::query_as(sql).bind(town).bind(location).bind(day).bind(limit).fetch_all(c).await)
}

/// Those who were served on a day, the last first: of the first of a long day nothing is calculated any more.
pub async fn served(
    r: &mut Read,
    town: MunicipalityId,
    (location, day): (LocationId, NaiveDate),
    limit: i64,
) -> sqlx::Result<Vec<Served>> {
    with_conn!(r, c => sqlx::query_as(SERVED).bind(town).bind(location).bind(day).bind(limit).fetch_all(c).await)
}

pub async fn count_waiting(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    day: NaiveDate,
) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_WAITING).bind(town).bind(location).bind(day).fetch_one(c).await)
}

pub async fn at_desk(r: &mut Read, town: MunicipalityId, desk: DeskId) -> sqlx::Result<Option<Ticket>> {
    with_conn!(r, c => sqlx::query_as(AT_DESK).bind(town).bind(desk).fetch_optional(c).await)
}

/// Calls somebody to a desk; false where they wait no more, or the desk has somebody.
pub async fn call(
    w: &mut Write,
    town: MunicipalityId,
    id: TicketId,
    desk: DeskId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CALL).bind(town).bind(id).bind(desk).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Calls somebody again who was called; false where they are not any more.
pub async fn recall(w: &mut Write, town: MunicipalityId, id: TicketId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(RECALL).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// What staff do with a ticket in front of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// They are there.
    Start,
    /// They are done.
    Finish,
    /// They were called and did not come.
    Miss,
    /// They went away before they were called.
    Left,
    /// They go on to another service.
    SendOn,
    /// They wait aside, and keep their number.
    Park,
}

/// Takes a step; false where the ticket is not in a state for it.
pub async fn step(
    w: &mut Write,
    town: MunicipalityId,
    id: TicketId,
    step: Step,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let sql = match step {
        Step::Start => START,
        Step::Finish => FINISH,
        Step::Miss => MISS,
        Step::Left => NOTE_LEFT,
        Step::SendOn => SEND_ON,
        Step::Park => PARK,
    };
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn leave(
    w: &mut Write,
    town: MunicipalityId,
    id: TicketId,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LEAVE).bind(town).bind(id).bind(resident).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Gives the tickets of a visit, which knew nobody of the register, to whose it is now.
pub async fn give(
    w: &mut Write,
    town: MunicipalityId,
    appointment: AppointmentId,
    (from, to): (Option<ResidentId>, ResidentId),
) -> sqlx::Result<Vec<TicketId>> {
    with_conn!(w, c => sqlx::query_scalar(GIVE).bind(town).bind(appointment).bind(to).bind(from).fetch_all(c).await)
}

/// Forgets tickets of days before.
pub async fn forget(w: &mut Write, before: NaiveDate, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// Whether a turn of somebody is still kept.
pub async fn has_turns(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(HAS_TURNS).bind(town).bind(resident).fetch_one(c).await)?;
    Ok(n > 0)
}
