//! SQL of the places that visits have: what is claimed of a desk, and what is freed.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    appointments::{
        booking::store::subjects::{add_documents, drop_documents},
        model::{AppointmentId, DeskId, LocationId, ServiceId, Span, Subject, Visit, WaitingId},
        rules::{self, LONGEST_CLAIM},
    },
    listed, locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

listed! {
    CLAIM = "
        insert into desk_tick (municipality_id, desk_id, tick, appointment_id) values (?, ?, ?, ?)*
        on conflict (municipality_id, desk_id, tick) do nothing";
}
statements! {
    ADD = concat!(
        "
        insert into appointment (municipality_id, id, reference, service_id, location_id, desk_id, resident_id, visitor,
            persons, state, starts_at, ends_at, claimed_until, held_until, extended, sequence, made_by, created_at, updated_at,
            next_reminder, next_reminder_at, companions, contact, waiting_id, told_version, subjects)
        select $1, $2, $3, s.id, l.id, $6, $7, $8, $9, $10, $11, $12, $13, $14, false, 0, $15, $16, $16, $17, $18, $20, $21, $22, l.version,
            $26
        from service s cross join location l
        where s.municipality_id = $1 and s.id = $4 and s.version = $24 and l.municipality_id = $1 and l.id = $5
        and l.version = $25 and (
            select count(*) from appointment a
            where a.municipality_id = $1 and a.resident_id = $7 and a.service_id = $4 and a.ends_at > $16 and a.waiting_id is null
                and (a.state = 'booked' or (a.state = 'held' and a.held_until > $16 and ",
        not_proposed!(),
        "))
        ) < $19 and (cast($22 as uuid) is not null or $27 or not exists (
            select 1 from appointment
            where municipality_id = $1 and resident_id = $7 and starts_at < $12 and starts_at > $23 and ends_at > $11
                and waiting_id is null and (state = 'booked' or (state = 'held' and held_until > $16))
        ))
        on conflict do nothing
        returning ",
        visit_columns!()
    );
    FREE_LAPSED = "
        delete from desk_tick where municipality_id = $1 and desk_id = $2 and tick >= $3 and tick < $4 and exists
            (select 1 from appointment a
             where a.municipality_id = $1 and a.id = desk_tick.appointment_id and a.state = 'lapsed')";
    TAKEN = "
        select count(*) from desk_tick
        where municipality_id = $1 and desk_id = $2 and tick >= $3 and tick <= $4 and appointment_id <> $5";
    FREE = "delete from desk_tick where municipality_id = $1 and appointment_id = $2";
    CONFIRM = "
        update appointment set state = 'booked', held_until = null, waiting_id = null, next_reminder = $4, next_reminder_at = $5, updated_at = $3,
            told_version = (select l.version from location l where l.municipality_id = $1 and l.id = appointment.location_id)
        where municipality_id = $1 and id = $2 and state = 'held'";
    EXTEND = "
        update appointment set held_until = $3, extended = true, updated_at = $4
        where municipality_id = $1 and id = $2 and state = 'held' and not extended and held_until > $4
            and waiting_id is null";
    BEGIN_VISIT = "
        update appointment set begun_at = coalesce(begun_at, $4)
        where municipality_id = $1 and id = $2 and state = 'booked' and (cast($3 as bigint) is null or sequence = $3)";
    NOT_BEGUN = "
        update appointment set begun_at = null
        where municipality_id = $1 and id = $2 and begun_at >= $3 and (cast($4 as bigint) is null or sequence = $4)";
    TURN_AWAY = "
        update appointment set turned_away = true, turned_away_at = $4
        where municipality_id = $1 and id = $2 and state = 'booked' and turned_away = false
            and (cast($3 as bigint) is null or sequence = $3)";
    NOT_TURNED_AWAY = "
        update appointment set turned_away = false, turned_away_at = null
        where municipality_id = $1 and id = $2 and turned_away = true and (cast($3 as bigint) is null or sequence = $3)";
    REVIVE = "
        update appointment set state = 'held', updated_at = $3
        where municipality_id = $1 and id = $2 and state = 'lapsed'
        returning desk_id, starts_at, claimed_until";
    SET_DETAILS = "
        update appointment set companions = $3, contact = $4, updated_at = $5, subjects = $6
        where municipality_id = $1 and id = $2 and state = 'held'";
    SET_PARTY = "
        update appointment set persons = $3, companions = $4, subjects = $5
        where municipality_id = $1 and id = $2 and state = 'booked'";
    CANCEL = "
        update appointment set state = 'cancelled', sequence = sequence + 1, next_reminder = null, next_reminder_at = null,
            updated_at = $3
        where municipality_id = $1 and id = $2 and state in ('held', 'booked')";
    MOVE = "
        update appointment set location_id = $3, desk_id = $4, starts_at = $5, ends_at = $6, claimed_until = $7,
            sequence = sequence + 1, next_reminder = $8, next_reminder_at = $9, updated_at = $10, contact = $11,
            turned_away = false, turned_away_at = null, told_version = (select l.version from location l where l.municipality_id = $1 and l.id = $3)
        where municipality_id = $1 and id = $2 and state = 'booked'";
}

/// Ends the holds of a desk between two instants that are over. One that is being confirmed is its citizen's: nobody waits for it.
const LAPSE: Locked = locked!(
    "update appointment set state = 'lapsed', updated_at = $5
     where municipality_id = $1 and state = 'held' and held_until <= $5 and id in
         (select id from appointment
          where municipality_id = $1 and desk_id = $2 and state = 'held' and held_until <= $5 and starts_at < $4
              and claimed_until > $3",
    ") returning municipality_id, location_id, id, resident_id, waiting_id"
);

/// The same, of all.
const LAPSE_ALL: Locked = locked!(
    "update appointment set state = 'lapsed', updated_at = $1
     where state = 'held' and held_until <= $1 and (municipality_id, id) in
         (select municipality_id, id from appointment where state = 'held' and held_until <= $1 limit $2",
    ") returning municipality_id, location_id, id, resident_id, waiting_id"
);

/// When the next reminder goes out, and which.
pub type NextReminder = Option<(&'static str, DateTime<Utc>)>;

pub struct New<'a> {
    pub id: AppointmentId,
    pub reference: &'a str,
    pub service: ServiceId,
    pub location: LocationId,
    /// The versions of the service and the location that were looked at.
    pub planned: (i64, i64),
    pub desk: DeskId,
    pub resident: Option<ResidentId>,
    pub most_open: i64,
    pub visitor: &'a str,
    pub persons: i64,
    pub visit: Span,
    pub claimed_until: DateTime<Utc>,
    pub held_until: Option<DateTime<Utc>>,
    pub made_by: &'a str,
    pub reminder: NextReminder,
    pub companions: &'a [String],
    pub subjects: &'a [Subject],
    pub contact: &'a str,
    pub waiting: Option<WaitingId>,
    /// Whether the caller refuses a time at which whose it is have another visit: then adding it does not.
    pub is_overlap_checked: bool,
}

/// The time of a desk that an appointment has by its row: what is claimed for it, and nothing else, whatever the plan says since.
#[derive(Clone, Copy, sqlx::FromRow)]
pub struct Claim {
    desk_id: DeskId,
    starts_at: DateTime<Utc>,
    claimed_until: DateTime<Utc>,
}

/// Adds an appointment; none where its reference is another's, the resident has as many for the service as they may, or is somewhere
/// else then, or the plan is not the one that was looked at. What is offered may lie beside what they have.
pub async fn add(
    w: &mut Write,
    town: MunicipalityId,
    new: &New<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(Visit, Claim)>> {
    let state = if new.held_until.is_some() { "held" } else { "booked" };
    let (reminder, at) = new.reminder.unzip();
    let made: Option<Visit> = with_conn!(w, c => sqlx::query_as(ADD)
        .bind(town).bind(new.id).bind(new.reference).bind(new.service).bind(new.location).bind(new.desk)
        .bind(new.resident).bind(new.visitor).bind(new.persons).bind(state).bind(new.visit.from).bind(new.visit.until)
        .bind(new.claimed_until).bind(new.held_until).bind(new.made_by).bind(now).bind(reminder).bind(at)
        .bind(new.most_open).bind(Json(new.companions)).bind(new.contact).bind(new.waiting)
        .bind(new.visit.from - LONGEST_CLAIM).bind(new.planned.0).bind(new.planned.1).bind(Json(new.subjects))
        .bind(new.is_overlap_checked).fetch_optional(c).await)?;
    if made.is_some() {
        add_documents(w, town, new.id, new.subjects).await?;
    }
    let claim = Claim { desk_id: new.desk, starts_at: new.visit.from, claimed_until: new.claimed_until };
    Ok(made.map(|visit| (visit, claim)))
}

/// Claims the ticks of a desk that an appointment has by its row; false where one is another's: what was claimed must then be freed
/// again, or the transaction dropped.
pub async fn claim(w: &mut Write, town: MunicipalityId, appointment: AppointmentId, of: Claim) -> sqlx::Result<bool> {
    let ticks: Vec<_> = rules::ticks(of.starts_at, (of.claimed_until - of.starts_at).num_minutes(), 0).collect();
    let sql = CLAIM.on(w, ticks.len());
    let claimed = with_conn!(w, c => {
        let mut q = sqlx::query(sql);
        // In order: two who claim overlapping ticks wait for each other at the first they share, and never in a ring.
        for tick in &ticks {
            q = q.bind(town).bind(of.desk_id).bind(*tick).bind(appointment);
        }
        q.execute(c).await.map(|d| d.rows_affected())
    })?;
    Ok(claimed == ticks.len() as u64)
}

/// Whether one of these ticks of a desk is another appointment's.
pub async fn taken_by_another(
    r: &mut Read,
    town: MunicipalityId,
    desk: DeskId,
    but: AppointmentId,
    ticks: &[DateTime<Utc>],
) -> sqlx::Result<bool> {
    let Some((first, last)) = ticks.first().zip(ticks.last()) else { return Ok(false) };
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(TAKEN).bind(town).bind(desk).bind(*first).bind(*last).bind(but)
        .fetch_one(c).await)?;
    Ok(n > 0)
}

/// Frees what holds claim of a desk that lapsed: those that lapsed now, and whether there was anything to free.
pub async fn take_lapsed(
    w: &mut Write,
    town: MunicipalityId,
    desk: DeskId,
    between: Span,
    now: DateTime<Utc>,
) -> sqlx::Result<(Vec<Lapsed>, bool)> {
    let sql = LAPSE.on(w);
    let lapsed: Vec<Lapsed> = with_conn!(w, c => sqlx::query_as(sql).bind(town).bind(desk).bind(between.from)
        .bind(between.until).bind(now).fetch_all(c).await)?;
    for hold in &lapsed {
        free(w, town, hold.id).await?;
    }
    let freed = with_conn!(w, c => sqlx::query(FREE_LAPSED).bind(town).bind(desk).bind(between.from).bind(between.until)
        .execute(c).await.map(|d| d.rows_affected() > 0))?;
    let any = freed || !lapsed.is_empty();
    Ok((lapsed, any))
}

/// Frees all ticks of an appointment.
pub async fn free(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FREE).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn confirm(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    reminder: NextReminder,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (reminder, at) = reminder.unzip();
    with_conn!(w, c => sqlx::query(CONFIRM).bind(town).bind(id).bind(now).bind(reminder).bind(at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn extend(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(EXTEND).bind(town).bind(id).bind(until).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Who comes along, for whom and what it is, and where to or by what number, of what is only held.
pub async fn set_details(
    w: &mut Write,
    (town, id): InTown<AppointmentId>,
    (companions, subjects): (&[String], &[Subject]),
    contact: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let set = with_conn!(w, c => sqlx::query(SET_DETAILS).bind(town).bind(id).bind(Json(companions)).bind(contact).bind(now)
        .bind(Json(subjects)).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if set {
        drop_documents(w, town, id).await?;
        add_documents(w, town, id, subjects).await?;
    }
    Ok(set)
}

/// How many come to a booked visit, who comes along, and for whom and what it is, all that it was for before among it.
pub async fn set_party(
    w: &mut Write,
    (town, id): InTown<AppointmentId>,
    persons: i64,
    (companions, subjects): (&[String], &[Subject]),
) -> sqlx::Result<bool> {
    let set = with_conn!(w, c => sqlx::query(SET_PARTY).bind(town).bind(id).bind(persons).bind(Json(companions))
        .bind(Json(subjects)).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if set {
        add_documents(w, town, id, subjects).await?;
    }
    Ok(set)
}

/// Notes that a desk called who came for a visit; false where it is not the one any more that they checked in for.
pub async fn begin_visit(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    sequence: Option<i64>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(BEGIN_VISIT).bind(town).bind(id).bind(sequence).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Takes back that a visit has begun, as far as that was noted since.
pub async fn not_begun(
    w: &mut Write,
    town: MunicipalityId,
    (id, sequence): (AppointmentId, Option<i64>),
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NOT_BEGUN).bind(town).bind(id).bind(since).bind(sequence).execute(c).await.map(|_| ()))
}

/// Notes that who waits for a visit is not called any more, where it is still the one that they wait for.
pub async fn turn_away(
    w: &mut Write,
    town: MunicipalityId,
    (id, sequence): (AppointmentId, Option<i64>),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TURN_AWAY).bind(town).bind(id).bind(sequence).bind(now).execute(c).await.map(|_| ()))
}

/// Takes back that they were turned away.
pub async fn not_turned_away(
    w: &mut Write,
    town: MunicipalityId,
    (id, sequence): (AppointmentId, Option<i64>),
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NOT_TURNED_AWAY).bind(town).bind(id).bind(sequence).execute(c).await.map(|_| ()))
}

/// Holds again what lapsed: the time that it had; none where it did not lapse.
pub async fn revive(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Claim>> {
    with_conn!(w, c => sqlx::query_as(REVIVE).bind(town).bind(id).bind(now).fetch_optional(c).await)
}

pub async fn cancel(w: &mut Write, town: MunicipalityId, id: AppointmentId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CANCEL).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Where and when a visit is to be.
pub struct Place<'a> {
    pub location: LocationId,
    pub desk: DeskId,
    pub visit: Span,
    /// Until when the desk is kept for it.
    pub claimed_until: DateTime<Utc>,
    pub reminder: NextReminder,
    pub contact: &'a str,
}

/// Gives a booked visit another place, of which the time is claimed then; none where it is not booked any more.
pub async fn set_place(
    w: &mut Write,
    (town, id): InTown<AppointmentId>,
    place: &Place<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Claim>> {
    let Place { location, desk, visit, claimed_until, contact, .. } = *place;
    let (reminder, at) = place.reminder.unzip();
    let set = with_conn!(w, c => sqlx::query(MOVE).bind(town).bind(id).bind(location).bind(desk).bind(visit.from).bind(visit.until)
        .bind(claimed_until).bind(reminder).bind(at).bind(now).bind(contact).execute(c).await
        .map(|d| d.rows_affected() == 1))?;
    Ok(set.then_some(Claim { desk_id: desk, starts_at: visit.from, claimed_until }))
}

/// A hold that lapsed.
#[derive(sqlx::FromRow)]
pub struct Lapsed {
    pub municipality_id: MunicipalityId,
    pub location_id: LocationId,
    pub id: AppointmentId,
    pub resident_id: Option<ResidentId>,
    pub waiting_id: Option<WaitingId>,
}

/// Ends holds that lapsed, and frees what they claimed.
pub async fn lapse_all(w: &mut Write, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Lapsed>> {
    let sql = LAPSE_ALL.on(w);
    let lapsed: Vec<Lapsed> = with_conn!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)?;
    for hold in &lapsed {
        free(w, hold.municipality_id, hold.id).await?;
    }
    Ok(lapsed)
}

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("LAPSE", &LAPSE), ("LAPSE_ALL", &LAPSE_ALL)];
