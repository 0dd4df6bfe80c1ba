//! SQL of visitors who are not in the register: who they are, and whose their visits become.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    appointments::{
        booking::store::subjects::add_documents,
        model::{AppointmentId, Subject, Visit, Visitor},
    },
    changing,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    statements, with_conn,
};

statements! {
    VISITOR = "
        select visitor as name, visitor_phone as phone, visitor_email as email, visitor_birth_date as birth_date,
            visitor_version as version
        from appointment where municipality_id = $1 and id = $2 and resident_id is null";
    SET_VISITOR = "
        update appointment set visitor = $3, visitor_phone = $4, visitor_email = $5, visitor_birth_date = $6, subjects = $7,
            visitor_version = visitor_version + 1, updated_at = $8
        where municipality_id = $1 and id = $2 and resident_id is null and visitor_version = $9";
    KEEP_FACTS = "
        update appointment set visitor_phone = $3, visitor_email = $4, visitor_birth_date = $5
        where municipality_id = $1 and id = $2 and resident_id is null";
    CLAIM_VISIT = "
        update appointment set resident_id = $3, visitor = '', visitor_phone = '', visitor_email = '', visitor_birth_date = null,
            companions = $4, subjects = $5, updated_at = $6
        where municipality_id = $1 and id = $2 and resident_id is null and state = 'booked' and begun_at is null
            and starts_at > $6";
}

/// The visit of a visitor that is to come, as nobody else can change it until this transaction ends.
const CLAIMABLE: Locked = changing!(
    "select id, visitor as name, visitor_phone as phone, visitor_email as email, visitor_birth_date as birth_date
     from appointment
     where municipality_id = $1 and reference = $2 and resident_id is null and state = 'booked' and begun_at is null
         and starts_at > $3"
);

/// A visitor as they are kept, and how often that was corrected.
#[derive(sqlx::FromRow)]
pub struct Kept {
    #[sqlx(flatten)]
    pub visitor: Visitor,
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct Claimable {
    id: AppointmentId,
    #[sqlx(flatten)]
    visitor: Visitor,
}

/// Who comes to a visit of nobody of the register.
pub async fn visitor(r: &mut Read, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Option<Kept>> {
    with_conn!(r, c => sqlx::query_as(VISITOR).bind(town).bind(id).fetch_optional(c).await)
}

/// Keeps who comes to a visit, and whom it is for; false where that was changed since it was read, or somebody has the visit.
pub async fn set_visitor(
    w: &mut Write,
    (town, id): InTown<AppointmentId>,
    (visitor, subjects): (&Visitor, &[Subject]),
    (version, now): (i64, DateTime<Utc>),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(SET_VISITOR).bind(town).bind(id).bind(&visitor.name).bind(&visitor.phone).bind(&visitor.email)
        .bind(visitor.birth_date).bind(Json(subjects)).bind(now).bind(version)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Keeps how a visitor is reached, of a visit that this transaction added.
pub async fn keep_facts(w: &mut Write, (town, id): InTown<AppointmentId>, visitor: &Visitor) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(KEEP_FACTS).bind(town).bind(id).bind(&visitor.phone).bind(&visitor.email).bind(visitor.birth_date)
        .execute(c).await.map(|_| ()))
}

/// The visit with this reference that somebody may make theirs, and who it was booked for.
pub async fn claimable(
    w: &mut Write,
    town: MunicipalityId,
    reference: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(AppointmentId, Visitor)>> {
    let sql = CLAIMABLE.on(w);
    let row: Option<Claimable> =
        with_conn!(w, c => sqlx::query_as(sql).bind(town).bind(reference).bind(now).fetch_optional(c).await)?;
    Ok(row.map(|row| (row.id, row.visitor)))
}

/// Makes a visitor's visit a resident's; false where it is not to be had any more.
pub async fn claim_visit(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    visit: &Visit,
    (companions, subjects): (&[String], &[Subject]),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let did = with_conn!(w, c => sqlx::query(CLAIM_VISIT).bind(town).bind(visit.id).bind(resident).bind(Json(companions))
        .bind(Json(subjects)).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if did {
        add_documents(w, town, visit.id, subjects).await?;
    }
    Ok(did)
}

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("CLAIMABLE", &CLAIMABLE)];
