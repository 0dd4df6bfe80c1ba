//! SQL of what visitors thought of it: what was answered, and nothing that says who.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::TicketId;
use crate::{
    appointments::{LocationId, ServiceId},
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    ASKED = "
        update ticket set asked = true
        where municipality_id = $1 and id = $2 and resident_id = $3 and state = 'done' and not asked";
    ANSWER = "
        insert into answer (municipality_id, id, day, location_id, service_id, score, line)
        values ($1, $2, $3, $4, $5, $6, $7)";
    ANSWERS = "
        select location_id, service_id, score, line from answer
        where municipality_id = $1 and day >= $2 and day <= $3 order by location_id, service_id, id limit $4";
}

/// Notes that the question was answered, which is done once.
pub async fn asked(w: &mut Write, town: MunicipalityId, id: TicketId, resident: ResidentId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ASKED).bind(town).bind(id).bind(resident).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn answer(
    w: &mut Write,
    (town, id): InTown<Uuid>,
    day: NaiveDate,
    (location, service): (LocationId, ServiceId),
    (score, line): (i64, &str),
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ANSWER).bind(town).bind(id).bind(day).bind(location).bind(service).bind(score).bind(line)
        .execute(c).await.map(|_| ()))
}

pub async fn answers(
    r: &mut Read,
    town: MunicipalityId,
    (first, last): (NaiveDate, NaiveDate),
    limit: i64,
) -> sqlx::Result<Vec<(LocationId, ServiceId, i64, String)>> {
    with_conn!(r, c => sqlx::query_as(ANSWERS).bind(town).bind(first).bind(last).bind(limit).fetch_all(c).await)
}
