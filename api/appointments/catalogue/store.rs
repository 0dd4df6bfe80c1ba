//! SQL of the catalogue.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    appointments::model::{
        Desk, DeskId, Exception, Hours, Location, LocationId, LocationKind, Needs, Service, ServiceId, Span, Texts,
    },
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId},
    },
    statements, with_conn,
};

statements! {
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
    FREED_COUNT = "
        select l.freed + (select count(*) from location_freed f
            where f.municipality_id = l.municipality_id and f.location_id = l.id)
        from location l where l.municipality_id = $1 and l.id = $2";
    PLANNED = "
        select s.version, l.version from service s cross join location l
        where s.municipality_id = $1 and s.id = $2 and l.municipality_id = $1 and l.id = $3";
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
    CATALOGUE_VERSION = "
        select cast(coalesce(sum(version), 0) as bigint) from
            (select version from service where municipality_id = $1
             union all select version from location where municipality_id = $1) all_versions";
}

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

/// Grows at each change of what can be booked, and so tells whether what is remembered of it is still right.
pub async fn catalogue_version(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(CATALOGUE_VERSION).bind(town).fetch_one(c).await)
}

pub async fn services(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<Service>> {
    let rows: Vec<ServiceRow> = with_conn!(r, c => sqlx::query_as(SERVICES).bind(town).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Service::from).collect())
}

pub async fn count_services(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_SERVICES).bind(town).fetch_one(c).await)
}

pub async fn count_locations(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_LOCATIONS).bind(town).fetch_one(c).await)
}

/// Adds a service of version 0, or changes one of the version that it says; false where somebody was first.
pub async fn put_service(w: &mut Write, town: MunicipalityId, s: &Service, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let sql = if s.version == 0 { ADD_SERVICE } else { SET_SERVICE };
    with_conn!(w, c => sqlx::query(sql)
        .bind(town).bind(s.id).bind(Json(&s.names)).bind(Json(&s.explanations)).bind(Json(&s.bring)).bind(s.minutes)
        .bind(s.minutes_a_person_more).bind(s.buffer_minutes).bind(s.step_minutes).bind(s.most_persons)
        .bind(s.least_notice_minutes).bind(s.horizon_days).bind(s.most_open).bind(s.document_kinds.join(" "))
        .bind(s.active).bind(s.version).bind(now).bind(s.needs).bind(s.collecting)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn location_ids(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<LocationId>> {
    with_conn!(r, c => sqlx::query_scalar(LOCATION_IDS).bind(town).fetch_all(c).await)
}

/// Locations, whole; one of them, or all.
pub async fn locations(r: &mut Read, town: MunicipalityId, only: Option<LocationId>) -> sqlx::Result<Vec<Location>> {
    let rows: Vec<LocationRow> = with_conn!(r, c => sqlx::query_as(LOCATIONS).bind(town).fetch_all(c).await)?;
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
    let hours: Vec<HoursRow> = with_conn!(r, c => sqlx::query_as(HOURS).bind(town).fetch_all(c).await)?;
    for h in hours {
        if let Some(location) = all.get_mut(&h.location_id) {
            let HoursRow { weekday, opens, closes, valid_from, valid_until, .. } = h;
            location.hours.push(Hours { weekday, opens, closes, valid_from, valid_until });
        }
    }
    let exceptions: Vec<(LocationId, NaiveDate, Option<i64>, Option<i64>)> =
        with_conn!(r, c => sqlx::query_as(EXCEPTIONS).bind(town).fetch_all(c).await)?;
    for (id, day, opens, closes) in exceptions {
        if let Some(location) = all.get_mut(&id) {
            location.exceptions.push(Exception { day, hours: opens.zip(closes) });
        }
    }
    let closures: Vec<(LocationId, DateTime<Utc>, DateTime<Utc>)> =
        with_conn!(r, c => sqlx::query_as(CLOSURES).bind(town).fetch_all(c).await)?;
    for (id, from, until) in closures {
        if let Some(location) = all.get_mut(&id) {
            location.closures.push(Span { from, until });
        }
    }
    let desks: Vec<(DeskId, LocationId, String, bool)> =
        with_conn!(r, c => sqlx::query_as(DESKS).bind(town).fetch_all(c).await)?;
    let mut services: BTreeMap<DeskId, Vec<ServiceId>> = BTreeMap::new();
    let pairs: Vec<(DeskId, ServiceId)> =
        with_conn!(r, c => sqlx::query_as(DESK_SERVICES).bind(town).fetch_all(c).await)?;
    for (desk, service) in pairs {
        services.entry(desk).or_default().push(service);
    }
    let mut absences: BTreeMap<DeskId, Vec<Span>> = BTreeMap::new();
    let rows: Vec<(DeskId, DateTime<Utc>, DateTime<Utc>)> =
        with_conn!(r, c => sqlx::query_as(ABSENCES).bind(town).fetch_all(c).await)?;
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
    let done = with_conn!(w, c => sqlx::query(sql)
        .bind(town).bind(l.id).bind(l.kind).bind(Json(&l.names)).bind(&l.address).bind(Json(&l.accessibility))
        .bind(l.latitude).bind(l.longitude).bind(l.active).bind(l.version).bind(now).bind(l.travel_minutes)
        .execute(c).await.map(|d| d.rows_affected() == 1))?;
    if !done {
        return Ok(Put::Stale);
    }
    for sql in [FORGET_HOURS, FORGET_EXCEPTIONS, RETIRE_DESKS] {
        with_conn!(w, c => sqlx::query(sql).bind(town).bind(l.id).execute(c).await.map(|_| ()))?;
    }
    for (n, h) in (0i64..).zip(&l.hours) {
        with_conn!(w, c => sqlx::query(ADD_HOURS).bind(town).bind(l.id).bind(n).bind(h.weekday).bind(h.opens).bind(h.closes)
            .bind(h.valid_from).bind(h.valid_until).execute(c).await.map(|_| ()))?;
    }
    for (n, e) in (0i64..).zip(&l.exceptions) {
        let (opens, closes) = e.hours.unzip();
        with_conn!(w, c => sqlx::query(ADD_EXCEPTION).bind(town).bind(l.id).bind(n).bind(e.day).bind(opens).bind(closes)
            .execute(c).await.map(|_| ()))?;
    }
    for (n, desk) in l.desks.iter().enumerate() {
        let put = with_conn!(w, c => sqlx::query(PUT_DESK).bind(town).bind(desk.id).bind(l.id).bind(&desk.name).bind(desk.active)
            .execute(c).await.map(|d| d.rows_affected()))?;
        if put != 1 {
            return Ok(Put::DeskElsewhere(n));
        }
        for sql in [FORGET_DESK_SERVICES, FORGET_ABSENCES] {
            with_conn!(w, c => sqlx::query(sql).bind(town).bind(desk.id).execute(c).await.map(|_| ()))?;
        }
        for service in &desk.services {
            with_conn!(w, c => sqlx::query(ADD_DESK_SERVICE).bind(town).bind(desk.id).bind(*service)
                .execute(c).await.map(|_| ()))?;
        }
        for (n, a) in (0i64..).zip(&desk.absences) {
            with_conn!(w, c => sqlx::query(ADD_ABSENCE).bind(town).bind(desk.id).bind(n).bind(a.from).bind(a.until)
                .execute(c).await.map(|_| ()))?;
        }
    }
    Ok(Put::Done)
}

/// The locations whose plan, or the plan of a service of their town, changed since.
pub async fn changed_since(r: &mut Read, since: DateTime<Utc>) -> sqlx::Result<Vec<(MunicipalityId, LocationId)>> {
    with_conn!(r, c => sqlx::query_as(CHANGED_SINCE).bind(since).fetch_all(c).await)
}

/// The versions of a service and a location as they are now.
pub async fn planned(
    r: &mut Read,
    town: MunicipalityId,
    service: ServiceId,
    location: LocationId,
) -> sqlx::Result<Option<(i64, i64)>> {
    with_conn!(r, c => sqlx::query_as(PLANNED).bind(town).bind(service).bind(location).fetch_optional(c).await)
}

/// Something could have made an earlier start free at a location; `id` is new. Whoever notes it waits for nobody.
pub async fn freed(w: &mut Write, town: MunicipalityId, location: LocationId, id: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FREED).bind(town).bind(id).bind(location).execute(c).await.map(|_| ()))
}

pub async fn freed_count(r: &mut Read, town: MunicipalityId, location: LocationId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(FREED_COUNT).bind(town).bind(location).fetch_one(c).await)
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
    with_conn!(r, c => sqlx::query_as(NEXT_FREE).bind(town).bind(location).bind(service).bind(persons).fetch_optional(c).await)
}

pub async fn keep_next_free(
    w: &mut Write,
    (town, location): InTown<LocationId>,
    service: ServiceId,
    persons: i64,
    found: Found,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(KEEP_NEXT_FREE).bind(town).bind(location).bind(service).bind(persons)
        .bind(found.0).bind(found.1).bind(found.2).execute(c).await.map(|_| ()))
}
