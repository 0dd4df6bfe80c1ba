//! SQL of halls: who is signed on at which desk, where nobody is called, and who comes back to a desk.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    model::{Ticket, TicketId},
    store::tickets,
};
use crate::{
    appointments::{DeskId, LocationId},
    platform::{
        access::Role,
        db::{Read, Write},
        ids::MunicipalityId,
    },
    staff::MemberId,
    statements, with_conn,
};

statements! {
    CLERKS = "
        select desk_id, member_id, name, since from desk_clerk
        where municipality_id = $1 and location_id = $2 and since >= $3";
    CLERK_AT = "
        select desk_id, member_id, name, since from desk_clerk
        where municipality_id = $1 and desk_id = $2 and since >= $3";
    SIGN_ON = "
        insert into desk_clerk (municipality_id, desk_id, location_id, member_id, name, since)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (municipality_id, desk_id) do update
        set member_id = excluded.member_id, name = excluded.name, location_id = excluded.location_id,
            since = case when desk_clerk.member_id = excluded.member_id and desk_clerk.since >= $7
                then desk_clerk.since else excluded.since end
        where desk_clerk.member_id = excluded.member_id or desk_clerk.since < $7 or $8";
    SIGN_OFF = "delete from desk_clerk where municipality_id = $1 and desk_id = $2 and member_id = $3";
    SIGN_OFF_ELSEWHERE = "
        delete from desk_clerk where municipality_id = $1 and member_id = $2 and desk_id <> $3";
    /// Only of a session that ended is it asked whether another lives: who signs in again after a break is where they were.
    SIGN_OFF_ALL = "
        delete from desk_clerk where member_id = $1
            and (not exists (select 1 from staff_role r
                    where r.municipality_id = desk_clerk.municipality_id and r.member_id = $1 and r.role = $2 and r.claimed
                        and r.withdrawn_at is null)
                or $3 and not exists (select 1 from staff_session s
                    where s.member_id = $1 and s.ended_at is null and s.expires_at > $4))
        returning municipality_id, desk_id, name, since";
    NAME_OF = "select name from desk where municipality_id = $1 and id = $2";
    STOP = "
        insert into hall_stop (municipality_id, location_id, stopped_at) values ($1, $2, $3)
        on conflict (municipality_id, location_id) do update
        set stopped_at = excluded.stopped_at where hall_stop.stopped_at < $4";
    RESUME = "delete from hall_stop where municipality_id = $1 and location_id = $2 and stopped_at >= $3";
    STOPPED_AT = "
        select stopped_at from hall_stop where municipality_id = $1 and location_id = $2 and stopped_at >= $3";
    /// Who was called on a day and did not come, the last first: nobody who came again since, and of no visit that is another by now.
    MISSED = tickets!(
        "where t.municipality_id = $1 and t.location_id = $2 and t.day = $3 and t.state = 'missed'
            and not exists (select 1 from ticket o
                where o.municipality_id = $1 and o.appointment_id = t.appointment_id and o.arrived_at > t.arrived_at)
            and not exists (select 1 from ticket o
                where o.municipality_id = $1 and o.resident_id = t.resident_id and o.day = $3 and o.appointment_id is null
                    and o.location_id = t.location_id and o.service_id = t.service_id and o.arrived_at > t.arrived_at)
            and (t.appointment_id is null or t.appointment_sequence is null or exists (select 1 from appointment a
                where a.municipality_id = t.municipality_id and a.id = t.appointment_id and a.state = 'booked'
                    and a.sequence = t.appointment_sequence))
         order by t.ended_at desc, t.id limit $4");
    /// Who was missed and has another turn for the same by now comes with that one.
    TAKE_BACK = "
        update ticket set state = 'called', desk_id = $3, called_at = $4, calls = calls + 1, parked_at = null, started_at = null,
            ended_at = null
        where municipality_id = $1 and id = $2 and day = $5 and (state = 'waiting' and parked_at is not null or state = 'missed')
            and not exists
            (select 1 from ticket d where d.municipality_id = $1 and d.desk_id = $3 and d.state in ('called', 'serving'))
            and not exists
            (select 1 from ticket o
             where o.municipality_id = $1 and o.resident_id = ticket.resident_id and o.state in ('called', 'serving'))
            and not exists
            (select 1 from ticket o
             where o.municipality_id = $1 and o.appointment_id = ticket.appointment_id and o.id <> ticket.id
                and (o.arrived_at > ticket.arrived_at or o.state in ('waiting', 'called', 'serving')))
            and (appointment_id is not null or not exists
            (select 1 from ticket o
             where o.municipality_id = $1 and o.resident_id = ticket.resident_id and o.day = $5 and o.appointment_id is null
                and o.location_id = ticket.location_id and o.service_id = ticket.service_id and o.id <> ticket.id
                and (o.arrived_at > ticket.arrived_at or o.state in ('waiting', 'called', 'serving'))))";
    FORGET_CLERKS = "
        delete from desk_clerk where (municipality_id, desk_id) in
            (select municipality_id, desk_id from desk_clerk where since < $1 limit $2)";
    FORGET_STOPS = "
        delete from hall_stop where (municipality_id, location_id) in
            (select municipality_id, location_id from hall_stop where stopped_at < $1 limit $2)";
}

/// Who is signed on at a desk.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Clerk {
    /// At which.
    pub desk_id: DeskId,
    /// Which member of staff.
    pub member_id: MemberId,
    /// What they are called.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A town's day: what was before it counts for nothing any more.
#[derive(Clone, Copy)]
pub struct Today {
    pub began: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

pub async fn clerks(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    today: Today,
) -> sqlx::Result<Vec<Clerk>> {
    with_conn!(r, c => sqlx::query_as(CLERKS).bind(town).bind(location).bind(today.began).fetch_all(c).await)
}

pub async fn clerk_at(r: &mut Read, town: MunicipalityId, desk: DeskId, today: Today) -> sqlx::Result<Option<Clerk>> {
    with_conn!(r, c => sqlx::query_as(CLERK_AT).bind(town).bind(desk).bind(today.began).fetch_optional(c).await)
}

/// Signs a member of staff on; false where a colleague is signed on there, unless they are relieved.
pub async fn sign_on(
    w: &mut Write,
    town: MunicipalityId,
    (location, desk): (LocationId, DeskId),
    (member, name): (MemberId, &str),
    (today, relieve): (Today, bool),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SIGN_ON).bind(town).bind(desk).bind(location).bind(member).bind(name).bind(today.now)
        .bind(today.began).bind(relieve).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Signs a member of staff off from a desk; false where they are not signed on there.
pub async fn sign_off(w: &mut Write, town: MunicipalityId, desk: DeskId, member: MemberId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SIGN_OFF).bind(town).bind(desk).bind(member)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Signs a member of staff off from all other desks.
pub async fn sign_off_elsewhere(
    w: &mut Write,
    town: MunicipalityId,
    member: MemberId,
    desk: DeskId,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SIGN_OFF_ELSEWHERE).bind(town).bind(member).bind(desk).execute(c).await.map(|_| ()))
}

/// A desk at which somebody was signed on: of which town, which, what they are called, and since when.
pub type Freed = (MunicipalityId, DeskId, String, DateTime<Utc>);

/// Signs a member of staff off from the desks at which they may not work any more; with `session` from all, where they are signed in
/// nowhere.
pub async fn sign_off_all(
    w: &mut Write,
    member: MemberId,
    (session, now): (bool, DateTime<Utc>),
) -> sqlx::Result<Vec<Freed>> {
    with_conn!(w, c => sqlx::query_as(SIGN_OFF_ALL).bind(member).bind(Role::Counter.as_str()).bind(session).bind(now)
        .fetch_all(c).await)
}

/// What a desk is called.
pub async fn name_of(r: &mut Read, town: MunicipalityId, desk: DeskId) -> sqlx::Result<Option<String>> {
    with_conn!(r, c => sqlx::query_scalar(NAME_OF).bind(town).bind(desk).fetch_optional(c).await)
}

/// Lets nobody be called at a location; false where that is so already.
pub async fn stop(w: &mut Write, town: MunicipalityId, location: LocationId, today: Today) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(STOP).bind(town).bind(location).bind(today.now).bind(today.began)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets them be called again; false where they are.
pub async fn resume(w: &mut Write, town: MunicipalityId, location: LocationId, today: Today) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(RESUME).bind(town).bind(location).bind(today.began).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Since when nobody is called there; none where they are.
pub async fn stopped_at(
    r: &mut Read,
    town: MunicipalityId,
    location: LocationId,
    today: Today,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    with_conn!(r, c => sqlx::query_scalar(STOPPED_AT).bind(town).bind(location).bind(today.began).fetch_optional(c).await)
}

/// Who was called at a location on a day and did not come, the last first.
pub async fn missed(
    r: &mut Read,
    town: MunicipalityId,
    (location, day): (LocationId, NaiveDate),
    limit: i64,
) -> sqlx::Result<Vec<Ticket>> {
    with_conn!(r, c => sqlx::query_as(MISSED).bind(town).bind(location).bind(day).bind(limit).fetch_all(c).await)
}

/// Calls somebody to a desk who waits aside today, or was missed; false where they do not any more, or the desk has somebody.
pub async fn take_back(
    w: &mut Write,
    town: MunicipalityId,
    id: TicketId,
    desk: DeskId,
    (today, now): (NaiveDate, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TAKE_BACK).bind(town).bind(id).bind(desk).bind(now).bind(today)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Forgets who was signed on and what was stopped before an instant.
pub async fn forget(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [FORGET_CLERKS, FORGET_STOPS] {
        gone +=
            with_conn!(w, c => sqlx::query(sql).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
