//! SQL of deeds.

use chrono::{DateTime, Utc};

use super::model::{Deed, DeedEnd, DeedId};
use crate::{
    appointments::model::AppointmentId,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    /// One at a time for each start that is held, and for each visit.
    ADD = "
        insert into deed (municipality_id, id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence,
            asked_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict do nothing";
    GET = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and id = $2";
    /// Of who is one of the two between whom it is.
    GET_OF = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and id = $2 and $3 in (proposer_id, answerer_id)";
    /// What holds a start.
    OF_HOLD = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and hold_id = $2 and ended_at is null";
    /// What would move a visit.
    OF_VISIT = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and visit_id = $2 and ended_at is null";
    TO_ANSWER = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and answerer_id = $2 and ended_at is null and expires_at > $3
        order by expires_at, id limit $4";
    PROPOSED = "
        select id, kind, mandate_id, grantor_id, proposer_id, answerer_id, hold_id, visit_id, sequence, asked_at, expires_at,
            ended_at, ended_why
        from deed where municipality_id = $1 and proposer_id = $2 and ended_at is null and expires_at > $3
        order by expires_at, id limit $4";
    /// What helpers proposed to somebody, and waits for their yes.
    PROPOSED_TO = "
        select count(*) from deed
        where municipality_id = $1 and grantor_id = $2 and proposer_id <> $2 and ended_at is null and expires_at > $3";
    /// Holds on to a start until an instant; its hold is extended no more.
    KEEP = "
        update appointment set held_until = $3, extended = true, updated_at = $4
        where municipality_id = $1 and id = $2 and state = 'held' and held_until > $4";
    END = "
        update deed set ended_at = $3, ended_why = $4 where municipality_id = $1 and id = $2 and ended_at is null";
    ANYTHING_LATE = "
        select count(*) from (select 1 as late from deed where ended_at is null and expires_at <= $1 order by expires_at limit 1) first";
    /// Wherever.
    LATE = "
        select municipality_id, id from deed where ended_at is null and expires_at <= $1 order by expires_at, id limit $2";
    /// Of mandates that ended lately.
    OF_ENDED = "
        select d.municipality_id, d.id from mandate m cross join deed d
        where m.ended_at > $1 and d.municipality_id = m.municipality_id and d.mandate_id = m.id and d.ended_at is null
        order by m.ended_at, d.id limit $2";
    /// Of which the start is held no more, or the visit is another than it was; what is past its limit is late.
    OF_NOTHING = "
        select d.municipality_id, d.id from deed d
        where d.ended_at is null and d.expires_at > $1
            and (coalesce((select h.state from appointment h where h.municipality_id = d.municipality_id and h.id = d.hold_id),
                    'held') <> 'held'
                or (d.visit_id is not null and d.sequence <> coalesce((select v.sequence from appointment v
                    where v.municipality_id = d.municipality_id and v.id = d.visit_id and v.state = 'booked'), -1)))
        order by d.expires_at, d.id limit $2";
    FORGET = "
        delete from deed where (municipality_id, id) in
            (select municipality_id, id from deed where ended_at < $1 order by ended_at limit $2)
            and ended_at < $1";
    ERASE_AS_GRANTOR = "delete from deed where municipality_id = $1 and grantor_id = $2";
    ERASE_AS_PROPOSER = "delete from deed where municipality_id = $1 and proposer_id = $2";
    ERASE_AS_ANSWERER = "delete from deed where municipality_id = $1 and answerer_id = $2";
}

/// Writes one down; false where something waits for that start or that visit already.
pub async fn add(w: &mut Write, town: MunicipalityId, deed: &Deed) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ADD)
        .bind(town).bind(deed.id).bind(deed.kind.as_str()).bind(deed.mandate_id).bind(deed.grantor_id).bind(deed.proposer_id)
        .bind(deed.answerer_id).bind(deed.hold_id).bind(deed.visit_id).bind(deed.sequence).bind(deed.asked_at)
        .bind(deed.expires_at)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// One of them, as it is now.
pub async fn get(r: &mut Read, town: MunicipalityId, id: DeedId) -> sqlx::Result<Option<Deed>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// The same, of who is one of the two.
pub async fn get_of(r: &mut Read, (town, id): InTown<DeedId>, who: ResidentId) -> sqlx::Result<Option<Deed>> {
    with_conn!(r, c => sqlx::query_as(GET_OF).bind(town).bind(id).bind(who).fetch_optional(c).await)
}

/// What waits, and holds its start by this visit.
pub async fn of_hold(r: &mut Read, (town, hold): InTown<AppointmentId>) -> sqlx::Result<Option<Deed>> {
    with_conn!(r, c => sqlx::query_as(OF_HOLD).bind(town).bind(hold).fetch_optional(c).await)
}

/// What waits, and would move this visit.
pub async fn of_visit(r: &mut Read, (town, visit): InTown<AppointmentId>) -> sqlx::Result<Option<Deed>> {
    with_conn!(r, c => sqlx::query_as(OF_VISIT).bind(town).bind(visit).fetch_optional(c).await)
}

/// What waits for somebody's yes, and what they asked, those that end first first.
pub async fn waiting(
    r: &mut Read,
    (town, who): InTown<ResidentId>,
    now: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Deed>> {
    let mut all: Vec<Deed> =
        with_conn!(r, c => sqlx::query_as(TO_ANSWER).bind(town).bind(who).bind(now).bind(limit).fetch_all(c).await)?;
    let asked: Vec<Deed> =
        with_conn!(r, c => sqlx::query_as(PROPOSED).bind(town).bind(who).bind(now).bind(limit).fetch_all(c).await)?;
    all.extend(asked);
    Ok(all)
}

/// How much of what helpers proposed waits for somebody's yes. They must be locked, so that it stays so.
pub async fn proposed_to(r: &mut Read, (town, grantor): InTown<ResidentId>, now: DateTime<Utc>) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(PROPOSED_TO).bind(town).bind(grantor).bind(now).fetch_one(c).await)
}

/// Holds a start until an instant; false where it is held no more.
pub async fn keep(
    w: &mut Write,
    (town, hold): InTown<AppointmentId>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(KEEP).bind(town).bind(hold).bind(until).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends one; false where it has ended.
pub async fn end(
    w: &mut Write,
    town: MunicipalityId,
    id: DeedId,
    why: DeedEnd,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(END).bind(town).bind(id).bind(now).bind(why.as_str())
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Whether something waits that is past its limit.
pub async fn anything_late(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_LATE).bind(now).fetch_one(c).await)?;
    Ok(n > 0)
}

/// What waits and is past its limit.
pub async fn late(r: &mut Read, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, DeedId)>> {
    with_conn!(r, c => sqlx::query_as(LATE).bind(now).bind(limit).fetch_all(c).await)
}

/// What waits by a mandate that ended since.
pub async fn of_ended(r: &mut Read, since: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, DeedId)>> {
    with_conn!(r, c => sqlx::query_as(OF_ENDED).bind(since).bind(limit).fetch_all(c).await)
}

/// What waits, and can come to nothing any more, as its start is held no more or its visit is another than it was.
pub async fn of_nothing(r: &mut Read, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, DeedId)>> {
    with_conn!(r, c => sqlx::query_as(OF_NOTHING).bind(now).bind(limit).fetch_all(c).await)
}

/// Forgets what ended before an instant.
pub async fn forget(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// Erases all in which somebody is one of the two.
pub async fn erase_deeds(w: &mut Write, town: MunicipalityId, id: ResidentId) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_AS_GRANTOR, ERASE_AS_PROPOSER, ERASE_AS_ANSWERER] {
        gone += with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
