//! SQL of visits: their columns, which stand here once, and what is read of them. What is claimed and freed, and what is due, stand
//! in files of their own.

/// The columns of a visit.
macro_rules! visit_columns {
    () => {
        "id, reference, service_id, location_id, desk_id, resident_id, visitor, persons, state, starts_at, ends_at,
            claimed_until, held_until, extended, sequence, made_by, created_at, updated_at, companions, contact, waiting_id, begun_at,
            turned_away, turned_away_at, subjects"
    };
}

/// Whether a visit that is held counts itself: neither a helper proposed it, and waits for a yes, nor does it hold another time of one that counts.
macro_rules! not_proposed {
    () => {
        "0 = (select count(*) from deed d where d.municipality_id = $1 and d.hold_id = a.id and d.ended_at is null
                and (d.kind = 'move' or d.proposer_id <> d.grantor_id))"
    };
}

/// Reads visits, whole.
macro_rules! visits {
    ($rest:literal) => {
        concat!("select ", visit_columns!(), " from appointment a ", $rest)
    };
}

// They know the columns that stand above.
pub mod due;
pub mod places;
pub mod subjects;
pub mod visitors;

use chrono::{DateTime, Utc};

use crate::{
    appointments::{
        model::{AppointmentId, DeskId, LocationId, ServiceId, Span, Visit},
        rules::{LONGEST_CLAIM, TURNED_AWAY_LISTED},
    },
    changing,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
        page::Cursor,
    },
    statements, with_conn,
};

pub use due::{
    all_told, anything_due, contacts_to_hide, due, forget, hide_contact, not_told, readdressed, set_reminder,
    tell_address, waiting,
};
pub use places::{
    Lapsed, New, Place, add, begin_visit, cancel, claim, confirm, extend, free, lapse_all, not_begun, not_turned_away,
    revive, set_details, set_party, set_place, take_lapsed, taken_by_another, turn_away,
};
pub use subjects::{
    booked_for, documents_of, dropped, give_to, gone_owners, kept_from_blocked, leave_out, of_the_dead, to_come_for,
};

statements! {
    CLAIMS = "
        select desk_id, starts_at, claimed_until from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and starts_at < $4
            and starts_at > $6 and claimed_until > $3 and (state = 'booked' or held_until > $5)
        order by starts_at";
    VISITS_FROM = visits!("where a.municipality_id = $1 and a.location_id = $2 and a.state in ('held', 'booked') and a.state = 'booked'
            and a.starts_at >= $3
        order by a.starts_at, a.id");
    ANY_TO_COME = "
        select count(*) from
            (select 1 as one from appointment
             where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and starts_at > $4
                and ends_at > $3
             order by starts_at limit 1) first_one";
    AGENDA = visits!("where a.municipality_id = $1 and a.location_id = $2 and a.state in ('held', 'booked') and a.state = 'booked'
            and a.starts_at >= $3 and a.starts_at < $4
        order by a.starts_at, a.id limit $5");
    /// Their time is past: no look ahead finds them.
    TURNED_AWAY = visits!("where a.municipality_id = $1 and a.location_id = $2 and a.state = 'booked' and a.turned_away = true
            and a.begun_at is null
        order by a.starts_at, a.id");
    TAKEN = "
        select id, starts_at, ends_at, service_id, desk_id from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and state = 'booked'
            and starts_at >= $3 and starts_at < $4
        order by starts_at, id limit $5";
    TO_RING = visits!("where a.municipality_id = $1 and a.id in
            (select t.appointment_id from to_ring t where t.municipality_id = $1 and t.done = false and t.worth_until > $2
             order by t.worth_until, t.appointment_id limit $3)");
    GET = visits!("where a.municipality_id = $1 and a.id = $2");
    GET_OWN = visits!("where a.municipality_id = $1 and a.id = $2 and a.resident_id = $3");
    BY_REFERENCE = visits!("where a.municipality_id = $1 and a.reference = $2");
    OF_RESIDENT = visits!("where a.municipality_id = $1 and a.resident_id = $2 and a.state in ('held', 'booked')
            and (a.ends_at > $3 or (a.turned_away = true and a.begun_at is null and a.ends_at > $6))
            and (a.state = 'booked' or a.held_until > $4)
        order by a.starts_at, a.id limit $5");
    COMING_FOR = visits!("where a.municipality_id = $1 and a.id in
                (select d.appointment_id from appointment_document d where d.municipality_id = $1 and d.resident_id = $2)
            and a.state = 'booked' and a.ends_at > $3
        order by a.starts_at, a.id limit $4");
    PAST = visits!("where a.municipality_id = $1 and a.resident_id = $2 and (a.starts_at, a.id) < ($3, $4)
            and ((a.state = 'booked' and a.ends_at <= $5 and not (a.turned_away = true and a.begun_at is null and a.ends_at > $7)) or (a.state = 'cancelled' and a.held_until is null))
        order by a.starts_at desc, a.id desc limit $6");
    COUNT_OPEN = concat!(
        "
        select count(*) from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and a.service_id = $3 and a.ends_at > $4 and a.waiting_id is null
            and a.id <> $5 and (a.state = 'booked' or (a.state = 'held' and a.held_until > $4 and ",
        not_proposed!(),
        "))"
    );
    ELSEWHERE = visits!("where a.municipality_id = $1 and a.resident_id = $2 and a.starts_at < $4 and a.starts_at > $7 and a.ends_at > $3
            and a.id <> $5 and a.waiting_id is null and (a.state = 'booked' or (a.state = 'held' and a.held_until > $6))
        order by a.starts_at, a.id limit 500");
    /// The same of visits that are for somebody, whosever they are.
    ELSEWHERE_FOR = visits!("where a.municipality_id = $1 and a.id in
                (select d.appointment_id from appointment_document d where d.municipality_id = $1 and d.resident_id = $2)
            and a.starts_at < $4 and a.starts_at > $7 and a.ends_at > $3
            and a.id <> $5 and a.waiting_id is null and (a.state = 'booked' or (a.state = 'held' and a.held_until > $6))
        order by a.starts_at, a.id limit 500");
    SAME = visits!("where a.municipality_id = $1 and a.resident_id = $2 and a.starts_at = $3 and a.service_id = $4
            and a.location_id = $5 and a.persons = $6 and a.waiting_id is null
            and (a.state = 'booked' or (a.state = 'held' and a.held_until > $7))
        limit 1");
    USUAL_LOCATION = "
        select location_id from appointment where municipality_id = $1 and resident_id = $2 and state = 'booked'
        order by starts_at desc limit 1";
    HAS_VISITS = "
        select count(*) from
            (select 1 as one from appointment where municipality_id = $1 and resident_id = $2 limit 1) first_own";
}

/// Gives whoever asks for a person's visits their turn, and the language that they chose.
const ONE_AT_A_TIME: Locked =
    changing!("select resident_id from account where municipality_id = $1 and resident_id = $2");

const LOCKED: Locked = changing!(visits!("where a.municipality_id = $1 and a.id = $2"));

/// What is claimed of a location's desks between two instants, in order; a hold that lapsed claims nothing.
pub async fn claims(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(DeskId, DateTime<Utc>, DateTime<Utc>)>> {
    // What the index is read from: all that was before could not reach in.
    let after = between.from - LONGEST_CLAIM;
    with_conn!(r, c => sqlx::query_as(CLAIMS).bind(town).bind(location).bind(between.from).bind(between.until).bind(now).bind(after)
        .fetch_all(c).await)
}

pub async fn visits_from(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    from: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(VISITS_FROM).bind(town).bind(location).bind(from).fetch_all(c).await)
}

/// Visits for which somebody waited whose number the house ended, and that have no other time yet.
pub async fn turned_away(r: &mut Read, town: MunicipalityId, location: LocationId) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(TURNED_AWAY).bind(town).bind(location).fetch_all(c).await)
}

/// Whether anybody has, or holds, a visit at a location that is not over.
pub async fn any_to_come(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANY_TO_COME).bind(town).bind(location).bind(now)
        .bind(now - LONGEST_CLAIM).fetch_one(c).await)?;
    Ok(n > 0)
}

pub async fn agenda(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(AGENDA).bind(town).bind(location).bind(between.from).bind(between.until).bind(limit)
        .fetch_all(c).await)
}

/// A start that is booked: what is taken, and nobody's name.
#[derive(sqlx::FromRow)]
pub struct Taken {
    /// The visit.
    pub id: AppointmentId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// For what.
    pub service_id: ServiceId,
    /// At which desk.
    pub desk_id: DeskId,
}

pub async fn taken(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
    limit: i64,
) -> sqlx::Result<Vec<Taken>> {
    with_conn!(r, c => sqlx::query_as(TAKEN).bind(town).bind(location).bind(between.from).bind(between.until).bind(limit)
        .fetch_all(c).await)
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// The visits of whom staff ring, in no order: of as many as are listed.
pub async fn to_ring(r: &mut Read, town: MunicipalityId, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(TO_RING).bind(town).bind(now).bind(limit).fetch_all(c).await)
}

/// A visit as nobody else can change it until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    let sql = LOCKED.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(town).bind(id).fetch_optional(c).await)
}

/// A visit that is this citizen's. Another's is not read, so that nothing tells that it is there.
pub async fn get_own(
    r: &mut Read,
    town: MunicipalityId,
    id: AppointmentId,
    resident: ResidentId,
) -> sqlx::Result<Option<Visit>> {
    with_conn!(r, c => sqlx::query_as(GET_OWN).bind(town).bind(id).bind(resident).fetch_optional(c).await)
}

pub async fn by_reference(r: &mut Read, town: MunicipalityId, reference: &str) -> sqlx::Result<Option<Visit>> {
    with_conn!(r, c => sqlx::query_as(BY_REFERENCE).bind(town).bind(reference).fetch_optional(c).await)
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(now).bind(now).bind(limit)
        .bind(now - TURNED_AWAY_LISTED).fetch_all(c).await)
}

/// The visits to come that are for a document of somebody, whoever booked them.
pub async fn coming_for(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(COMING_FOR).bind(town).bind(resident).bind(now).bind(limit).fetch_all(c).await)
}

/// Lets one booking of a citizen go on at a time, so that their number can be counted; whether they have the app. Who has none is not
/// held by this.
pub async fn one_at_a_time(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let sql = ONE_AT_A_TIME.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(resident).fetch_optional(c).await.map(|row| row.is_some()))
}

/// What was booked and is over or off, the latest first.
pub async fn past(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    after: Cursor,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    with_conn!(r, c => sqlx::query_as(PAST).bind(town).bind(resident).bind(after.at).bind(after.id).bind(now).bind(limit)
        .bind(now - TURNED_AWAY_LISTED).fetch_all(c).await)
}

pub async fn count_open(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    service: ServiceId,
    but: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_OPEN).bind(town).bind(resident).bind(service).bind(now).bind(but)
        .fetch_one(c).await)
}

/// Where somebody is at a time, but for one visit; what is only offered to them is no place where they are.
pub async fn elsewhere(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    between: Span,
    but: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    // What the index is read from: all that was before could not reach in.
    let after = between.from - LONGEST_CLAIM;
    with_conn!(r, c => sqlx::query_as(ELSEWHERE).bind(town).bind(resident).bind(between.from).bind(between.until).bind(but)
        .bind(now).bind(after).fetch_all(c).await)
}

/// The visits of another's that are for somebody, and lie between two instants.
pub async fn elsewhere_for(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    between: Span,
    but: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    let after = between.from - LONGEST_CLAIM;
    with_conn!(r, c => sqlx::query_as(ELSEWHERE_FOR).bind(town).bind(resident).bind(between.from).bind(between.until).bind(but)
        .bind(now).bind(after).fetch_all(c).await)
}

/// The visit that somebody has at a start for the same.
pub async fn same(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    at: DateTime<Utc>,
    (service, location): (ServiceId, LocationId),
    (persons, now): (i64, DateTime<Utc>),
) -> sqlx::Result<Option<Visit>> {
    with_conn!(r, c => sqlx::query_as(SAME).bind(town).bind(resident).bind(at).bind(service).bind(location).bind(persons).bind(now)
        .fetch_optional(c).await)
}

/// Where a resident was or will be last.
pub async fn usual_location(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
) -> sqlx::Result<Option<LocationId>> {
    with_conn!(r, c => sqlx::query_scalar(USUAL_LOCATION).bind(town).bind(resident).fetch_optional(c).await)
}

/// Whether a visit of somebody, or one that is for a document of theirs, is still kept.
pub async fn has_visits(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(HAS_VISITS).bind(town).bind(resident).fetch_one(c).await)?;
    Ok(n > 0 || subjects::is_subject(r, town, resident).await?)
}

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("ONE_AT_A_TIME", &ONE_AT_A_TIME), ("LOCKED", &LOCKED)];
