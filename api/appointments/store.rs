//! SQL of the catalogue and of appointments.

pub mod proof;
pub mod waiting;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    AppointmentId, DeskId, LocationId, ServiceId, VisitState, WaitingId,
    catalogue::{Desk, Location, LocationKind, Needs, Service, Texts},
    rules::{self, Exception, Hours, LONGEST_CLAIM, Need, Span},
};
use crate::{
    changing, locked, on,
    platform::{
        db::{Locked, Read, Write},
        ids::{MunicipalityId, ResidentId, first_uuid_at},
        page::Cursor,
    },
    select_in, statements,
};

statements! {
    WAITING = "
        select count(*), min(at) from
            (select next_reminder_at as at from appointment where next_reminder_at <= $1
             order by next_reminder_at limit 10000) due";
    SERVICES = "
        select id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes, step_minutes, most_persons,
            least_notice_minutes, horizon_days, most_open, document_kinds, needs, collecting, active, version
        from service where municipality_id = $1 order by id";
    COUNT_SERVICES = "select count(*) from service where municipality_id = $1";
    ADD_SERVICE = "
        insert into service (municipality_id, id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes,
            step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, active, version,
            updated_at, needs, collecting)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 + 1, $17, $18, $19)
        on conflict (municipality_id, id) do nothing";
    SET_SERVICE = "
        update service set names = $3, explanations = $4, bring = $5, minutes = $6, minutes_a_person_more = $7,
            buffer_minutes = $8, step_minutes = $9, most_persons = $10, least_notice_minutes = $11, horizon_days = $12,
            most_open = $13, document_kinds = $14, active = $15, version = version + 1, updated_at = $17, needs = $18,
            collecting = $19
        where municipality_id = $1 and id = $2 and version = $16";
    LOCATIONS = "
        select id, kind, names, address, accessibility, latitude, longitude, travel_minutes, active, version
        from location where municipality_id = $1 order by id";
    LOCATION_IDS = "select id from location where municipality_id = $1 order by id";
    COUNT_LOCATIONS = "select count(*) from location where municipality_id = $1";
    ADD_LOCATION = "
        insert into location (municipality_id, id, kind, names, address, accessibility, latitude, longitude, active, freed,
            version, updated_at, travel_minutes)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10 + 1, $11, $12)
        on conflict (municipality_id, id) do nothing";
    SET_LOCATION = "
        update location set kind = $3, names = $4, address = $5, accessibility = $6, latitude = $7, longitude = $8,
            active = $9, version = version + 1, updated_at = $11, travel_minutes = $12,
            readdressed = case when address <> $5 then version + 1 else readdressed end
        where municipality_id = $1 and id = $2 and version = $10";
    HOURS = "
        select location_id, weekday, opens, closes, valid_from, valid_until
        from location_hours where municipality_id = $1 order by location_id, number";
    FORGET_HOURS = "delete from location_hours where municipality_id = $1 and location_id = $2";
    ADD_HOURS = "
        insert into location_hours (municipality_id, location_id, number, weekday, opens, closes, valid_from, valid_until)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    EXCEPTIONS = "
        select location_id, day, opens, closes from location_exception
        where municipality_id = $1 order by location_id, number";
    FORGET_EXCEPTIONS = "delete from location_exception where municipality_id = $1 and location_id = $2";
    ADD_EXCEPTION = "
        insert into location_exception (municipality_id, location_id, number, day, opens, closes)
        values ($1, $2, $3, $4, $5, $6)";
    CLOSURES = "
        select location_id, from_at, until_at from location_closure where municipality_id = $1 order by from_at, id";
    DESKS = "select id, location_id, name, active from desk where municipality_id = $1 order by id";
    RETIRE_DESKS = "update desk set active = false where municipality_id = $1 and location_id = $2";
    PUT_DESK = "
        insert into desk (municipality_id, id, location_id, name, active) values ($1, $2, $3, $4, $5)
        on conflict (municipality_id, id) do update set name = excluded.name, active = excluded.active
        where desk.location_id = excluded.location_id";
    DESK_SERVICES = "select desk_id, service_id from desk_service where municipality_id = $1 order by desk_id, service_id";
    FORGET_DESK_SERVICES = "delete from desk_service where municipality_id = $1 and desk_id = $2";
    ADD_DESK_SERVICE = "
        insert into desk_service (municipality_id, desk_id, service_id)
        select $1, $2, id from service where municipality_id = $1 and id = $3";
    ABSENCES = "
        select desk_id, from_at, until_at from desk_absence where municipality_id = $1 order by desk_id, number";
    FORGET_ABSENCES = "delete from desk_absence where municipality_id = $1 and desk_id = $2";
    ADD_ABSENCE = "
        insert into desk_absence (municipality_id, desk_id, number, from_at, until_at) values ($1, $2, $3, $4, $5)";
    FREED = "insert into location_freed (municipality_id, id, location_id, served) values ($1, $2, $3, false)";
    CLAIMS = "
        select desk_id, starts_at, claimed_until from appointment
        where municipality_id = $1 and location_id = $2 and state in ('held', 'booked') and starts_at < $4
            and starts_at > $6 and claimed_until > $3 and (state = 'booked' or held_until > $5)
        order by starts_at";
    VISITS_FROM = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.location_id = $2 and a.state in ('held', 'booked') and a.state = 'booked'
            and a.starts_at >= $3
        order by a.starts_at, a.id";
    AGENDA = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.location_id = $2 and a.state in ('held', 'booked') and a.state = 'booked'
            and a.starts_at >= $3 and a.starts_at < $4
        order by a.starts_at, a.id limit $5";
    GET = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a where a.municipality_id = $1 and a.id = $2";
    GET_OWN = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a where a.municipality_id = $1 and a.id = $2 and a.resident_id = $3";
    BY_REFERENCE = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a where a.municipality_id = $1 and a.reference = $2";
    OF_RESIDENT = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and a.state in ('held', 'booked') and a.ends_at > $3
            and (a.state = 'booked' or a.held_until > $4)
        order by a.starts_at, a.id limit $5";
    PAST = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and (a.starts_at, a.id) < ($3, $4)
            and ((a.state = 'booked' and a.ends_at <= $5) or (a.state = 'cancelled' and a.held_until is null))
        order by a.starts_at desc, a.id desc limit $6";
    COUNT_OPEN = "
        select count(*) from appointment
        where municipality_id = $1 and resident_id = $2 and service_id = $3 and ends_at > $4 and waiting_id is null
            and id <> $5 and (state = 'booked' or (state = 'held' and held_until > $4))";
    PLANNED = "
        select s.version, l.version from service s cross join location l
        where s.municipality_id = $1 and s.id = $2 and l.municipality_id = $1 and l.id = $3";
    ELSEWHERE = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and a.starts_at < $4 and a.starts_at > $7 and a.ends_at > $3
            and a.id <> $5 and a.waiting_id is null and (a.state = 'booked' or (a.state = 'held' and a.held_until > $6))
        order by a.starts_at, a.id limit 1";
    SAME = "
        select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
            a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
            a.companions, a.contact, a.waiting_id, a.begun_at
        from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and a.starts_at = $3 and a.service_id = $4
            and a.location_id = $5 and a.persons = $6 and a.waiting_id is null
            and (a.state = 'booked' or (a.state = 'held' and a.held_until > $7))
        limit 1";
    ADD = "
        insert into appointment (municipality_id, id, reference, service_id, location_id, desk_id, resident_id, visitor,
            persons, state, starts_at, ends_at, claimed_until, held_until, extended, sequence, made_by, created_at, updated_at,
            next_reminder, next_reminder_at, companions, contact, waiting_id, told_version)
        select $1, $2, $3, s.id, l.id, $6, $7, $8, $9, $10, $11, $12, $13, $14, false, 0, $15, $16, $16, $17, $18, $20, $21, $22, l.version
        from service s cross join location l
        where s.municipality_id = $1 and s.id = $4 and s.version = $24 and l.municipality_id = $1 and l.id = $5
        and l.version = $25 and (
            select count(*) from appointment
            where municipality_id = $1 and resident_id = $7 and service_id = $4 and ends_at > $16 and waiting_id is null
                and (state = 'booked' or (state = 'held' and held_until > $16))
        ) < $19 and (cast($22 as uuid) is not null or not exists (
            select 1 from appointment
            where municipality_id = $1 and resident_id = $7 and starts_at < $12 and starts_at > $23 and ends_at > $11
                and waiting_id is null and (state = 'booked' or (state = 'held' and held_until > $16))
        ))
        on conflict do nothing
        returning id, reference, service_id, location_id, desk_id, resident_id, visitor, persons, state, starts_at, ends_at,
            claimed_until, held_until, extended, sequence, made_by, created_at, updated_at, companions, contact, waiting_id, begun_at";
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
        update appointment set sequence = sequence + $3, told_version = $4, updated_at = $5
        where municipality_id = $1 and id = $2 and coalesce(told_version, 0) < $4";
    ALL_TOLD = "
        update location set readdressed = null where municipality_id = $1 and id = $2 and readdressed = $3";
    BEGIN_VISIT = "
        update appointment set begun_at = coalesce(begun_at, $4)
        where municipality_id = $1 and id = $2 and state = 'booked' and (cast($3 as bigint) is null or sequence = $3)";
    NOT_BEGUN = "update appointment set begun_at = null where municipality_id = $1 and id = $2 and begun_at >= $3";
    REVIVE = "
        update appointment set state = 'held', updated_at = $3
        where municipality_id = $1 and id = $2 and state = 'lapsed'
        returning desk_id, starts_at, claimed_until";
    SET_DETAILS = "
        update appointment set companions = $3, contact = $4, updated_at = $5
        where municipality_id = $1 and id = $2 and state = 'held'";
    CANCEL = "
        update appointment set state = 'cancelled', sequence = sequence + 1, next_reminder = null, next_reminder_at = null,
            updated_at = $3
        where municipality_id = $1 and id = $2 and state in ('held', 'booked')";
    MOVE = "
        update appointment set location_id = $3, desk_id = $4, starts_at = $5, ends_at = $6, claimed_until = $7,
            sequence = sequence + 1, next_reminder = $8, next_reminder_at = $9, updated_at = $10, contact = $11,
            told_version = (select l.version from location l where l.municipality_id = $1 and l.id = $3)
        where municipality_id = $1 and id = $2 and state = 'booked'";
    SET_REMINDER = "
        update appointment set next_reminder = $3, next_reminder_at = $4 where municipality_id = $1 and id = $2";
    USUAL_LOCATION = "
        select location_id from appointment where municipality_id = $1 and resident_id = $2 and state = 'booked'
        order by starts_at desc limit 1";
    NEXT_FREE = "
        select freed, starts_at, looked_until from next_free
        where municipality_id = $1 and location_id = $2 and service_id = $3 and persons = $4";
    KEEP_NEXT_FREE = "
        insert into next_free (municipality_id, location_id, service_id, persons, freed, starts_at, looked_until)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (municipality_id, location_id, service_id, persons) do update
        set freed = excluded.freed, starts_at = excluded.starts_at, looked_until = excluded.looked_until";
    CHANGED_SINCE = "
        select municipality_id, id from location where updated_at > $1
        union
        select l.municipality_id, l.id from service s join location l on l.municipality_id = s.municipality_id
        where s.updated_at > $1
        order by 1, 2";
    FREED_COUNT = "
        select l.freed + (select count(*) from location_freed f
            where f.municipality_id = l.municipality_id and f.location_id = l.id)
        from location l where l.municipality_id = $1 and l.id = $2";
    CATALOGUE_VERSION = "
        select cast(coalesce(sum(version), 0) as bigint) from
            (select version from service where municipality_id = $1
             union all select version from location where municipality_id = $1) all_versions";
    ANYTHING_DUE = "
        select count(*) from
            (select 1 as due from
                (select 1 as one from appointment where state = 'held' and held_until <= $1 order by held_until limit 1) held
             union all select 1 from
                (select 1 as one from appointment where next_reminder_at <= $1 order by next_reminder_at limit 1) reminded
             union all select 1 from location_freed where served = false
             union all select 1 from waiting where ended is null and until_on < $2 limit 1) first_due";
    FORGET_TICKS = "
        delete from desk_tick where municipality_id = $1 and appointment_id in
            (select id from appointment where municipality_id = $1 and id < $2 and ends_at < $3 order by id limit $4)";
    FORGET_VISITS = "
        delete from appointment where municipality_id = $1 and id in
            (select id from appointment where municipality_id = $1 and id < $2 and ends_at < $3 order by id limit $4)";
    FORGET_WAITING = "
        delete from waiting where municipality_id = $1 and id in
            (select id from waiting where municipality_id = $1 and id < $2 and ended is not null order by id limit $3)";
    ERASE_WAITING = "delete from waiting where municipality_id = $1 and resident_id = $2";
    HAS_VISITS = "
        select count(*) from
            (select 1 as one from appointment where municipality_id = $1 and resident_id = $2 limit 1) first";
}

/// Visits whose next reminder is due, the earliest first.
const DUE: Locked = locked!(
    "select municipality_id, id, next_reminder from appointment where next_reminder_at <= $1
         and not exists (select 1 from set_aside s where s.worker = 'visit reminders' and s.item = appointment.id and s.again_at > $1)
     order by next_reminder_at limit $2",
    ""
);

/// Gives whoever asks for a person's visits their turn, and the language that they chose.
const ONE_AT_A_TIME: Locked =
    changing!("select resident_id from account where municipality_id = $1 and resident_id = $2");

const LOCKED: Locked = changing!(
    "select a.id, a.reference, a.service_id, a.location_id, a.desk_id, a.resident_id, a.visitor, a.persons, a.state,
         a.starts_at, a.ends_at, a.claimed_until, a.held_until, a.extended, a.sequence, a.made_by, a.created_at, a.updated_at,
         a.companions, a.contact, a.waiting_id, a.begun_at
     from appointment a where a.municipality_id = $1 and a.id = $2"
);

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

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[
    ("DUE", &DUE),
    ("ONE_AT_A_TIME", &ONE_AT_A_TIME),
    ("LOCKED", &LOCKED),
    ("LAPSE", &LAPSE),
    ("LAPSE_ALL", &LAPSE_ALL),
];

#[derive(sqlx::FromRow)]
struct ServiceRow {
    id: ServiceId,
    names: Json<Texts>,
    explanations: Json<Texts>,
    bring: Json<Texts>,
    minutes: i64,
    minutes_a_person_more: i64,
    buffer_minutes: i64,
    step_minutes: i64,
    most_persons: i64,
    least_notice_minutes: i64,
    horizon_days: i64,
    most_open: i64,
    document_kinds: String,
    needs: Needs,
    collecting: bool,
    active: bool,
    version: i64,
}

impl From<ServiceRow> for Service {
    fn from(s: ServiceRow) -> Self {
        Self {
            id: s.id,
            names: s.names.0,
            explanations: s.explanations.0,
            bring: s.bring.0,
            minutes: s.minutes,
            minutes_a_person_more: s.minutes_a_person_more,
            buffer_minutes: s.buffer_minutes,
            step_minutes: s.step_minutes,
            most_persons: s.most_persons,
            least_notice_minutes: s.least_notice_minutes,
            horizon_days: s.horizon_days,
            most_open: s.most_open,
            document_kinds: s.document_kinds.split_whitespace().map(str::to_owned).collect(),
            needs: s.needs,
            collecting: s.collecting,
            active: s.active,
            version: s.version,
        }
    }
}

#[derive(sqlx::FromRow)]
struct LocationRow {
    id: LocationId,
    kind: LocationKind,
    names: Json<Texts>,
    address: String,
    accessibility: Json<Texts>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    travel_minutes: i64,
    active: bool,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct HoursRow {
    location_id: LocationId,
    weekday: i64,
    opens: i64,
    closes: i64,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
}

/// An appointment, as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Visit {
    /// Its id.
    pub id: AppointmentId,
    /// What a person says aloud.
    pub reference: String,
    /// For what.
    pub service_id: ServiceId,
    /// Where.
    pub location_id: LocationId,
    /// At which desk.
    pub desk_id: DeskId,
    /// Whose it is; none for a visitor who is not in the register.
    pub resident_id: Option<ResidentId>,
    /// What the desk calls, where it is nobody of the register.
    pub visitor: String,
    /// How many come.
    pub persons: i64,
    /// How it stands.
    pub state: VisitState,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Until when its desk serves nobody else: what is tidied up after it, and the way back.
    pub claimed_until: DateTime<Utc>,
    /// Until when it is held.
    pub held_until: Option<DateTime<Utc>>,
    /// Whether the hold was extended.
    pub extended: bool,
    /// How often it changed.
    pub sequence: i64,
    /// `citizen`, or the name of a member of staff.
    pub made_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Who comes along, by name.
    pub companions: Json<Vec<String>>,
    /// Where to go, or whom to ring, where it is not at a town hall.
    pub contact: String,
    /// The entry of the waiting list that this hold is offered to.
    pub waiting_id: Option<WaitingId>,
    /// When a desk called who came for it.
    pub begun_at: Option<DateTime<Utc>>,
}

/// Grows at each change of what can be booked, and so tells whether what is remembered of it is still right.
pub async fn catalogue_version(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(CATALOGUE_VERSION).bind(town).fetch_one(c).await)
}

pub async fn services(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<Service>> {
    let rows: Vec<ServiceRow> = on!(r, c => sqlx::query_as(SERVICES).bind(town).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Service::from).collect())
}

pub async fn count_services(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(COUNT_SERVICES).bind(town).fetch_one(c).await)
}

pub async fn count_locations(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(COUNT_LOCATIONS).bind(town).fetch_one(c).await)
}

/// Adds a service of version 0, or changes one of the version that it says; false where somebody was first.
pub async fn put_service(w: &mut Write, town: MunicipalityId, s: &Service, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let sql = if s.version == 0 { ADD_SERVICE } else { SET_SERVICE };
    on!(w, c => sqlx::query(sql)
        .bind(town).bind(s.id).bind(Json(&s.names)).bind(Json(&s.explanations)).bind(Json(&s.bring)).bind(s.minutes)
        .bind(s.minutes_a_person_more).bind(s.buffer_minutes).bind(s.step_minutes).bind(s.most_persons)
        .bind(s.least_notice_minutes).bind(s.horizon_days).bind(s.most_open).bind(s.document_kinds.join(" "))
        .bind(s.active).bind(s.version).bind(now).bind(s.needs).bind(s.collecting)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn location_ids(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<LocationId>> {
    on!(r, c => sqlx::query_scalar(LOCATION_IDS).bind(town).fetch_all(c).await)
}

/// Locations, whole; one of them, or all.
pub async fn locations(r: &mut Read, town: MunicipalityId, only: Option<LocationId>) -> sqlx::Result<Vec<Location>> {
    let rows: Vec<LocationRow> = on!(r, c => sqlx::query_as(LOCATIONS).bind(town).fetch_all(c).await)?;
    let mut all: BTreeMap<LocationId, Location> = rows
        .into_iter()
        .filter(|l| only.is_none_or(|id| id == l.id))
        .map(|l| {
            let location = Location {
                id: l.id,
                kind: l.kind,
                names: l.names.0,
                address: l.address,
                accessibility: l.accessibility.0,
                latitude: l.latitude,
                longitude: l.longitude,
                travel_minutes: l.travel_minutes,
                hours: Vec::new(),
                exceptions: Vec::new(),
                closures: Vec::new(),
                desks: Vec::new(),
                active: l.active,
                version: l.version,
            };
            (l.id, location)
        })
        .collect();
    let hours: Vec<HoursRow> = on!(r, c => sqlx::query_as(HOURS).bind(town).fetch_all(c).await)?;
    for h in hours {
        if let Some(location) = all.get_mut(&h.location_id) {
            let HoursRow { weekday, opens, closes, valid_from, valid_until, .. } = h;
            location.hours.push(Hours { weekday, opens, closes, valid_from, valid_until });
        }
    }
    let exceptions: Vec<(LocationId, NaiveDate, Option<i64>, Option<i64>)> =
        on!(r, c => sqlx::query_as(EXCEPTIONS).bind(town).fetch_all(c).await)?;
    for (id, day, opens, closes) in exceptions {
        if let Some(location) = all.get_mut(&id) {
            location.exceptions.push(Exception { day, hours: opens.zip(closes) });
        }
    }
    let closures: Vec<(LocationId, DateTime<Utc>, DateTime<Utc>)> =
        on!(r, c => sqlx::query_as(CLOSURES).bind(town).fetch_all(c).await)?;
    for (id, from, until) in closures {
        if let Some(location) = all.get_mut(&id) {
            location.closures.push(Span { from, until });
        }
    }
    let desks: Vec<(DeskId, LocationId, String, bool)> =
        on!(r, c => sqlx::query_as(DESKS).bind(town).fetch_all(c).await)?;
    let mut services: BTreeMap<DeskId, Vec<ServiceId>> = BTreeMap::new();
    let pairs: Vec<(DeskId, ServiceId)> = on!(r, c => sqlx::query_as(DESK_SERVICES).bind(town).fetch_all(c).await)?;
    for (desk, service) in pairs {
        services.entry(desk).or_default().push(service);
    }
    let mut absences: BTreeMap<DeskId, Vec<Span>> = BTreeMap::new();
    let rows: Vec<(DeskId, DateTime<Utc>, DateTime<Utc>)> =
        on!(r, c => sqlx::query_as(ABSENCES).bind(town).fetch_all(c).await)?;
    for (desk, from, until) in rows {
        absences.entry(desk).or_default().push(Span { from, until });
    }
    for (id, location, name, active) in desks {
        if let Some(location) = all.get_mut(&location) {
            location.desks.push(Desk {
                id,
                name,
                services: services.remove(&id).unwrap_or_default().into_iter().collect(),
                absences: absences.remove(&id).unwrap_or_default(),
                active,
            });
        }
    }
    Ok(all.into_values().collect())
}

/// What became of a plan.
pub enum Put {
    /// It is as planned.
    Done,
    /// Somebody changed it since it was read.
    Stale,
    /// The desk of this number in the plan is another location's.
    DeskElsewhere(usize),
}

/// Adds or changes a location with all that is of it. What is not [`Put::Done`] must not be committed.
pub async fn put_location(w: &mut Write, town: MunicipalityId, l: &Location, now: DateTime<Utc>) -> sqlx::Result<Put> {
    let sql = if l.version == 0 { ADD_LOCATION } else { SET_LOCATION };
    let done = on!(w, c => sqlx::query(sql)
        .bind(town).bind(l.id).bind(l.kind).bind(Json(&l.names)).bind(&l.address).bind(Json(&l.accessibility))
        .bind(l.latitude).bind(l.longitude).bind(l.active).bind(l.version).bind(now).bind(l.travel_minutes)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if !done {
        return Ok(Put::Stale);
    }
    for sql in [FORGET_HOURS, FORGET_EXCEPTIONS, RETIRE_DESKS] {
        on!(w, c => sqlx::query(sql).bind(town).bind(l.id).execute(c).await.map(|_| ()))?;
    }
    for (n, h) in (0i64..).zip(&l.hours) {
        on!(w, c => sqlx::query(ADD_HOURS).bind(town).bind(l.id).bind(n).bind(h.weekday).bind(h.opens).bind(h.closes)
            .bind(h.valid_from).bind(h.valid_until).execute(c).await.map(|_| ()))?;
    }
    for (n, e) in (0i64..).zip(&l.exceptions) {
        let (opens, closes) = e.hours.unzip();
        on!(w, c => sqlx::query(ADD_EXCEPTION).bind(town).bind(l.id).bind(n).bind(e.day).bind(opens).bind(closes)
            .execute(c).await.map(|_| ()))?;
    }
    for (n, desk) in l.desks.iter().enumerate() {
        let put = on!(w, c => sqlx::query(PUT_DESK).bind(town).bind(desk.id).bind(l.id).bind(&desk.name).bind(desk.active)
            .execute(c).await.map(|d| d.rows_affected()))?;
        if put != 1 {
            return Ok(Put::DeskElsewhere(n));
        }
        for sql in [FORGET_DESK_SERVICES, FORGET_ABSENCES] {
            on!(w, c => sqlx::query(sql).bind(town).bind(desk.id).execute(c).await.map(|_| ()))?;
        }
        for service in &desk.services {
            on!(w, c => sqlx::query(ADD_DESK_SERVICE).bind(town).bind(desk.id).bind(*service)
                .execute(c).await.map(|_| ()))?;
        }
        for (n, a) in (0i64..).zip(&desk.absences) {
            on!(w, c => sqlx::query(ADD_ABSENCE).bind(town).bind(desk.id).bind(n).bind(a.from).bind(a.until)
                .execute(c).await.map(|_| ()))?;
        }
    }
    Ok(Put::Done)
}

/// The locations whose plan, or the plan of a service of their town, changed since.
pub async fn changed_since(r: &mut Read, since: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    on!(r, c => sqlx::query_as(CHANGED_SINCE).bind(since).fetch_all(c).await)
}

/// Something could have made an earlier start free at a location; `id` is new. Whoever notes it waits for nobody.
pub async fn freed(w: &mut Write, town: MunicipalityId, location: LocationId, id: Uuid) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FREED).bind(town).bind(id).bind(location).execute(c).await.map(|_| ()))
}

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
    on!(r, c => sqlx::query_as(CLAIMS).bind(town).bind(location).bind(between.from).bind(between.until).bind(now).bind(after)
        .fetch_all(c).await)
}

pub async fn visits_from(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    from: DateTime<Utc>,
) -> sqlx::Result<Vec<Visit>> {
    on!(r, c => sqlx::query_as(VISITS_FROM).bind(town).bind(location).bind(from).fetch_all(c).await)
}

pub async fn agenda(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    between: Span,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    on!(r, c => sqlx::query_as(AGENDA).bind(town).bind(location).bind(between.from).bind(between.until).bind(limit)
        .fetch_all(c).await)
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    on!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// A visit as nobody else can change it until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Visit>> {
    let sql = LOCKED.on(w);
    on!(w, c => sqlx::query_as(sql).bind(town).bind(id).fetch_optional(c).await)
}

/// A visit that is this citizen's. Another's is not read, so that nothing tells that it is there.
pub async fn get_own(
    r: &mut Read,
    town: MunicipalityId,
    id: AppointmentId,
    resident: ResidentId,
) -> sqlx::Result<Option<Visit>> {
    on!(r, c => sqlx::query_as(GET_OWN).bind(town).bind(id).bind(resident).fetch_optional(c).await)
}

pub async fn by_reference(r: &mut Read, town: MunicipalityId, reference: &str) -> sqlx::Result<Option<Visit>> {
    on!(r, c => sqlx::query_as(BY_REFERENCE).bind(town).bind(reference).fetch_optional(c).await)
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    on!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(now).bind(now).bind(limit).fetch_all(c).await)
}

/// Lets one booking of a citizen go on at a time, so that their number can be counted; whether they have the app. Who has none is not
/// held by this.
pub async fn one_at_a_time(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let sql = ONE_AT_A_TIME.on(w);
    on!(w, c => sqlx::query(sql).bind(town).bind(resident).fetch_optional(c).await.map(|row| row.is_some()))
}

/// What was booked and is over or off, the latest first.
pub async fn past(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    after: Cursor,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Visit>> {
    on!(r, c => sqlx::query_as(PAST).bind(town).bind(resident).bind(after.at).bind(after.id).bind(now).bind(limit)
        .fetch_all(c).await)
}

pub async fn count_open(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    service: ServiceId,
    but: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(COUNT_OPEN).bind(town).bind(resident).bind(service).bind(now).bind(but)
        .fetch_one(c).await)
}

/// Where somebody is at a time, but for one visit; what is only offered to them is no place where they are.
pub async fn elsewhere(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    between: Span,
    but: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Visit>> {
    // What the index is read from: all that was before could not reach in.
    let after = between.from - LONGEST_CLAIM;
    on!(r, c => sqlx::query_as(ELSEWHERE).bind(town).bind(resident).bind(between.from).bind(between.until).bind(but)
        .bind(now).bind(after).fetch_optional(c).await)
}

/// The visit that somebody has at a start for the same.
#[expect(clippy::too_many_arguments, reason = "what makes it the same")]
pub async fn same(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    at: DateTime<Utc>,
    service: ServiceId,
    location: LocationId,
    persons: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Visit>> {
    on!(r, c => sqlx::query_as(SAME).bind(town).bind(resident).bind(at).bind(service).bind(location).bind(persons).bind(now)
        .fetch_optional(c).await)
}

/// The versions of a service and a location as they are now.
pub async fn planned(
    r: &mut Read,
    town: MunicipalityId,
    service: ServiceId,
    location: LocationId,
) -> sqlx::Result<Option<(i64, i64)>> {
    on!(r, c => sqlx::query_as(PLANNED).bind(town).bind(service).bind(location).fetch_optional(c).await)
}

impl Visit {
    /// What it asks of its desk by its row, where its service asks for so much now.
    pub fn need(&self, now: Need) -> Need {
        Need {
            minutes: (self.ends_at - self.starts_at).num_minutes(),
            buffer: (self.claimed_until - self.ends_at).num_minutes(),
            ..now
        }
    }
}

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
    pub contact: &'a str,
    pub waiting: Option<WaitingId>,
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
    let made: Option<Visit> = on!(w, c => sqlx::query_as(ADD)
        .bind(town).bind(new.id).bind(new.reference).bind(new.service).bind(new.location).bind(new.desk)
        .bind(new.resident).bind(new.visitor).bind(new.persons).bind(state).bind(new.visit.from).bind(new.visit.until)
        .bind(new.claimed_until).bind(new.held_until).bind(new.made_by).bind(now).bind(reminder).bind(at)
        .bind(new.most_open).bind(Json(new.companions)).bind(new.contact).bind(new.waiting)
        .bind(new.visit.from - LONGEST_CLAIM).bind(new.planned.0).bind(new.planned.1).fetch_optional(c).await)?;
    let claim = Claim { desk_id: new.desk, starts_at: new.visit.from, claimed_until: new.claimed_until };
    Ok(made.map(|visit| (visit, claim)))
}

/// Claims the ticks of a desk that an appointment has by its row; false where one is another's: what was claimed must then be freed
/// again, or the transaction dropped.
pub async fn claim(w: &mut Write, town: MunicipalityId, appointment: AppointmentId, of: Claim) -> sqlx::Result<bool> {
    let ticks: Vec<_> = rules::ticks(of.starts_at, (of.claimed_until - of.starts_at).num_minutes(), 0).collect();
    let claimed = on!(w, c => {
        let mut q = sqlx::QueryBuilder::new("insert into desk_tick (municipality_id, desk_id, tick, appointment_id) ");
        // In order: two who claim overlapping ticks wait for each other at the first they share, and never in a ring.
        q.push_values(&ticks, |mut b, tick| {
            b.push_bind(town).push_bind(of.desk_id).push_bind(*tick).push_bind(appointment);
        });
        q.push(" on conflict (municipality_id, desk_id, tick) do nothing");
        q.build().execute(c).await.map(|d| d.rows_affected())
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
    let n: i64 = on!(r, c => sqlx::query_scalar(TAKEN).bind(town).bind(desk).bind(*first).bind(*last).bind(but)
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
    let lapsed: Vec<Lapsed> = on!(w, c => sqlx::query_as(sql).bind(town).bind(desk).bind(between.from)
        .bind(between.until).bind(now).fetch_all(c).await)?;
    for hold in &lapsed {
        free(w, town, hold.id).await?;
    }
    let freed = on!(w, c => sqlx::query(FREE_LAPSED).bind(town).bind(desk).bind(between.from).bind(between.until)
        .execute(c).await.map(|d| d.rows_affected() > 0))?;
    let any = freed || !lapsed.is_empty();
    Ok((lapsed, any))
}

/// Frees all ticks of an appointment.
pub async fn free(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(FREE).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn confirm(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    reminder: NextReminder,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (reminder, at) = reminder.unzip();
    on!(w, c => sqlx::query(CONFIRM).bind(town).bind(id).bind(now).bind(reminder).bind(at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn extend(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(EXTEND).bind(town).bind(id).bind(until).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Who comes along, and where to or by what number, of what is only held.
pub async fn set_details(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    companions: &[String],
    contact: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(SET_DETAILS).bind(town).bind(id).bind(Json(companions)).bind(contact).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes that a desk called who came for a visit; false where it is not the one any more that they checked in for.
pub async fn begin_visit(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    sequence: Option<i64>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(BEGIN_VISIT).bind(town).bind(id).bind(sequence).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Locations that got another address of which not all were told, and the version of the plan that gave it.
pub async fn readdressed(r: &mut Read, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, LocationId, i64)>> {
    on!(r, c => sqlx::query_as(READDRESSED).bind(limit).fetch_all(c).await)
}

/// Those who are booked there and were not told of its address as it is since this version; but for who is set aside for longer than
/// until `aside`.
pub async fn not_told(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    version: i64,
    now: DateTime<Utc>,
    aside: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<AppointmentId>> {
    on!(r, c => sqlx::query_scalar(NOT_TOLD).bind(town).bind(location).bind(now).bind(version).bind(aside).bind(limit)
        .fetch_all(c).await)
}

/// Notes that a visit's citizen is told of its address as it is since this version, and adds `changes` to what calendars compare;
/// false where they were told.
pub async fn tell_address(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    changes: i64,
    version: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(TELL_ADDRESS).bind(town).bind(id).bind(changes).bind(version).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes that all were told of the address that a location has since this version.
pub async fn all_told(w: &mut Write, town: MunicipalityId, location: LocationId, version: i64) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(ALL_TOLD).bind(town).bind(location).bind(version).execute(c).await.map(|_| ()))
}

/// Takes back that a visit has begun, as far as that was noted since.
pub async fn not_begun(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(NOT_BEGUN).bind(town).bind(id).bind(since).execute(c).await.map(|_| ()))
}

/// Holds again what lapsed: the time that it had; none where it did not lapse.
pub async fn revive(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Claim>> {
    on!(w, c => sqlx::query_as(REVIVE).bind(town).bind(id).bind(now).fetch_optional(c).await)
}

pub async fn cancel(w: &mut Write, town: MunicipalityId, id: AppointmentId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    on!(w, c => sqlx::query(CANCEL).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Gives a booked visit another place, of which the time is claimed then; none where it is not booked any more.
#[expect(clippy::too_many_arguments, reason = "the columns of a row")]
pub async fn set_place(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    location: LocationId,
    desk: DeskId,
    visit: Span,
    claimed_until: DateTime<Utc>,
    reminder: NextReminder,
    contact: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Claim>> {
    let (reminder, at) = reminder.unzip();
    let set = on!(w, c => sqlx::query(MOVE).bind(town).bind(id).bind(location).bind(desk).bind(visit.from).bind(visit.until)
        .bind(claimed_until).bind(reminder).bind(at).bind(now).bind(contact).execute(c).await
        .map(|d| d.rows_affected() == 1))?;
    Ok(set.then_some(Claim { desk_id: desk, starts_at: visit.from, claimed_until }))
}

pub async fn due(
    w: &mut Write,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, AppointmentId, String)>> {
    let sql = DUE.on(w);
    on!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)
}

pub async fn set_reminder(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    reminder: NextReminder,
) -> sqlx::Result<()> {
    let (reminder, at) = reminder.unzip();
    on!(w, c => sqlx::query(SET_REMINDER).bind(town).bind(id).bind(reminder).bind(at).execute(c).await.map(|_| ()))
}

/// Where a resident was or will be last.
pub async fn usual_location(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
) -> sqlx::Result<Option<LocationId>> {
    on!(r, c => sqlx::query_scalar(USUAL_LOCATION).bind(town).bind(resident).fetch_optional(c).await)
}

pub async fn freed_count(r: &mut Read, town: MunicipalityId, location: LocationId) -> sqlx::Result<i64> {
    on!(r, c => sqlx::query_scalar(FREED_COUNT).bind(town).bind(location).fetch_one(c).await)
}

/// What an earlier search found: while what was freed stands so, when the first start is, if any before it stopped looking.
pub type Found = (i64, Option<DateTime<Utc>>, DateTime<Utc>);

pub async fn next_free(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    service: ServiceId,
    persons: i64,
) -> sqlx::Result<Option<Found>> {
    on!(r, c => sqlx::query_as(NEXT_FREE).bind(town).bind(location).bind(service).bind(persons).fetch_optional(c).await)
}

pub async fn keep_next_free(
    w: &mut Write,
    town: MunicipalityId,
    location: LocationId,
    service: ServiceId,
    persons: i64,
    found: Found,
) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(KEEP_NEXT_FREE).bind(town).bind(location).bind(service).bind(persons)
        .bind(found.0).bind(found.1).bind(found.2).execute(c).await.map(|_| ()))
}

pub async fn anything_due(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let yesterday = now.date_naive().pred_opt().unwrap_or(now.date_naive());
    let n: i64 = on!(r, c => sqlx::query_scalar(ANYTHING_DUE).bind(now).bind(yesterday).fetch_one(c).await)?;
    Ok(n > 0)
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
    let lapsed: Vec<Lapsed> = on!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)?;
    for hold in &lapsed {
        free(w, hold.municipality_id, hold.id).await?;
    }
    Ok(lapsed)
}

/// Forgets what was made, and was over, before an instant: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let id = first_uuid_at(before);
    on!(w, c => sqlx::query(FORGET_TICKS).bind(town).bind(id).bind(before).bind(limit).execute(c).await.map(|_| ()))?;
    let visits = on!(w, c => sqlx::query(FORGET_VISITS).bind(town).bind(id).bind(before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?;
    let waiting = on!(w, c => sqlx::query(FORGET_WAITING).bind(town).bind(id).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(visits + waiting)
}

/// The visits that these have booked from now on, with the kinds of document they are for; the earliest first.
pub async fn visits_for_kinds(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(ResidentId, String, DateTime<Utc>)>> {
    const SELECT: &str = "
        select a.resident_id, s.document_kinds, a.starts_at
        from appointment a join service s on s.municipality_id = a.municipality_id and s.id = a.service_id
        where a.state = 'booked' and a.municipality_id = ";
    let mut rows: Vec<(ResidentId, String, DateTime<Utc>)> =
        select_in!(r, SELECT, town, " and a.resident_id in (", residents);
    rows.retain(|(.., at)| *at >= now);
    rows.sort_unstable_by_key(|(.., at)| *at);
    Ok(rows)
}

/// How many wait to be done, up to ten thousand, and since when the first does.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    on!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}

/// Erases somebody's entries of the waiting list.
pub async fn erase_waiting(w: &mut Write, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(ERASE_WAITING).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

/// Whether a visit of somebody is still kept.
pub async fn has_visits(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let n: i64 = on!(r, c => sqlx::query_scalar(HAS_VISITS).bind(town).bind(resident).fetch_one(c).await)?;
    Ok(n > 0)
}
