//! SQL of what visits are for: the documents, and whose they are.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    appointments::model::{AppointmentId, Subject, Visit},
    listed,
    platform::{
        db::{Read, Write},
        ids::{DocumentId, MunicipalityId, ResidentId},
    },
    select_in, statements, with_conn,
};

listed! {
    FOR_DOCUMENTS = "
        select d.document_id, a.id, a.resident_id, a.starts_at
        from appointment_document d join appointment a on a.municipality_id = d.municipality_id and a.id = d.appointment_id
        where a.state = 'booked' and d.municipality_id = ? and d.document_id in (?*)";
    ADD_DOCUMENTS = "
        insert into appointment_document (municipality_id, document_id, appointment_id, resident_id) values (?, ?, ?, ?)*
        on conflict do nothing";
}
statements! {
    IS_SUBJECT = "
        select count(*) from
            (select 1 as one from appointment_document where municipality_id = $1 and resident_id = $2 limit 1) first_one";
    DOCUMENTS_OF = "select document_id from appointment_document where municipality_id = $1 and appointment_id = $2";
    TO_COME_FOR = "
        select a.id from appointment a
        where a.municipality_id = $1 and a.resident_id = $2 and a.starts_at > $4 and a.state in ('held', 'booked') and exists
            (select 1 from appointment_document d
             where d.municipality_id = a.municipality_id and d.appointment_id = a.id and d.resident_id = $3)
        order by a.starts_at, a.id";
    /// From the few who are blocked: SQLite takes a cross join in the order in which it is written.
    KEPT_FROM_BLOCKED = "
        select distinct b.parent_id, b.child_id
        from parent_block b cross join appointment a cross join appointment_document d
        where b.municipality_id = $1 and a.municipality_id = b.municipality_id and a.resident_id = b.parent_id
            and a.starts_at > $2 and a.state = 'booked' and d.municipality_id = a.municipality_id
            and d.appointment_id = a.id and d.resident_id = b.child_id
        order by b.parent_id, b.child_id limit $3";
    /// Parents whom the register names no more since an instant, and who wait, or have a visit for the child that begins after another; behind one of them.
    DROPPED = "
        select l.municipality_id, p.id, c.id, l.ended_at from parent_link l cross join resident p cross join resident c
        where l.ended_at is not null and l.ended_at >= $1 and (l.ended_at > $1 or p.id > $2 or (p.id = $2 and c.id > $3))
            and p.municipality_id = l.municipality_id and p.number_hash = l.parent_hash
            and c.municipality_id = l.municipality_id and c.number_hash = l.child_hash
            and (exists
                    (select 1 from appointment a cross join appointment_document d
                     where a.municipality_id = p.municipality_id and a.resident_id = p.id and a.starts_at > $4
                        and a.state in ('held', 'booked') and d.municipality_id = a.municipality_id and d.appointment_id = a.id
                        and d.resident_id = c.id)
                or exists
                    (select 1 from waiting x
                     where x.municipality_id = p.municipality_id and x.resident_id = p.id and x.ended is null and x.document_ids <> ''))
        order by l.ended_at, p.id, c.id limit $5";
    /// The same of who died or left since, and has a visit for somebody else. Who is only in no file any more may be back with the next.
    GONE_OWNERS = "
        select r.municipality_id, r.id, d.resident_id, r.updated_at
        from resident r cross join appointment a cross join appointment_document d
        where r.state <> 'active' and r.state in ('deceased', 'departed') and r.updated_at >= $1
            and (r.updated_at > $1 or r.id > $2 or (r.id = $2 and d.resident_id > $3))
            and a.municipality_id = r.municipality_id and a.resident_id = r.id and a.starts_at > $4
            and a.state in ('held', 'booked') and d.municipality_id = a.municipality_id and d.appointment_id = a.id
            and d.resident_id <> r.id
        order by r.updated_at, r.id, d.resident_id limit $5";
    /// Who died since an instant, for whom somebody else has a visit that begins after another; behind one of them. Who, and the visit.
    DEAD_SUBJECTS = "
        select r.municipality_id, r.id, a.id, r.updated_at
        from resident r cross join appointment_document d cross join appointment a
        where r.state <> 'active' and r.state = 'deceased' and r.updated_at >= $1
            and (r.updated_at > $1 or r.id > $2 or (r.id = $2 and a.id > $3))
            and d.municipality_id = r.municipality_id and d.resident_id = r.id and a.municipality_id = d.municipality_id
            and a.id = d.appointment_id and a.starts_at > $4 and a.state in ('held', 'booked') and a.resident_id <> r.id
        order by r.updated_at, r.id, a.id limit $5";
    /// Who died since an instant and has a visit that begins after another; behind one of them. Who, and the visit.
    DEAD_OWNERS = "
        select r.municipality_id, r.id, a.id, r.updated_at
        from resident r cross join appointment a
        where r.state <> 'active' and r.state = 'deceased' and r.updated_at >= $1
            and (r.updated_at > $1 or r.id > $2 or (r.id = $2 and a.id > $3))
            and a.municipality_id = r.municipality_id and a.resident_id = r.id and a.starts_at > $4
            and a.state in ('held', 'booked')
        order by r.updated_at, r.id, a.id limit $5";
    LEAVE_OUT = "
        update appointment set companions = $3, subjects = $4, persons = $5, updated_at = $6
        where municipality_id = $1 and id = $2 and state = 'booked'";
    DROP_DOCUMENTS_OF = "
        delete from appointment_document where municipality_id = $1 and appointment_id = $2 and resident_id = $3";
    GIVE_TO = "
        update appointment set resident_id = $4, companions = $5, subjects = $6, contact = $7, persons = 1, updated_at = $8
        where municipality_id = $1 and id = $2 and resident_id = $3 and state = 'booked'";
    DROP_DOCUMENTS_OF_OTHERS = "
        delete from appointment_document where municipality_id = $1 and appointment_id = $2 and resident_id <> $3";
    DROP_DOCUMENTS = "delete from appointment_document where municipality_id = $1 and appointment_id = $2";
}

/// A document for which a visit is booked: which visit, whose, and when it begins.
pub type BookedFor = (DocumentId, AppointmentId, Option<ResidentId>, DateTime<Utc>);

/// The visits from now on that are booked for these documents; the earliest first.
pub async fn booked_for(
    r: &mut Read,
    town: MunicipalityId,
    documents: &[DocumentId],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<BookedFor>> {
    let mut rows: Vec<BookedFor> = select_in!(r, FOR_DOCUMENTS, town, documents);
    rows.retain(|(.., at)| *at >= now);
    rows.sort_unstable_by_key(|(.., at)| *at);
    Ok(rows)
}

/// For which documents a visit is; also one that a server before this one booked.
pub async fn documents_of(r: &mut Read, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<Vec<DocumentId>> {
    with_conn!(r, c => sqlx::query_scalar(DOCUMENTS_OF).bind(town).bind(id).fetch_all(c).await)
}

/// Forgets for which documents a visit is.
pub async fn drop_documents(w: &mut Write, town: MunicipalityId, id: AppointmentId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(DROP_DOCUMENTS).bind(town).bind(id).execute(c).await.map(|_| ()))
}

/// Keeps for which documents a visit is, beside those that are kept.
pub async fn add_documents(
    w: &mut Write,
    town: MunicipalityId,
    id: AppointmentId,
    subjects: &[Subject],
) -> sqlx::Result<()> {
    let rows: Vec<_> = subjects.iter().filter_map(|s| s.document.zip(s.resident)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sql = ADD_DOCUMENTS.on(w, rows.len());
    with_conn!(w, c => {
        let mut q = sqlx::query(sql);
        for (document, resident) in &rows {
            q = q.bind(town).bind(*document).bind(id).bind(*resident);
        }
        q.execute(c).await.map(|_| ())
    })
}

/// Whether a visit that is still kept is for a document of somebody.
pub async fn is_subject(r: &mut Read, town: MunicipalityId, resident: ResidentId) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(IS_SUBJECT).bind(town).bind(resident).fetch_one(c).await)?;
    Ok(n > 0)
}

/// What a parent booked, or holds, for a child, and begins after an instant: their ids.
pub async fn to_come_for(
    r: &mut Read,
    town: MunicipalityId,
    (parent, child): (ResidentId, ResidentId),
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<AppointmentId>> {
    with_conn!(r, c => sqlx::query_scalar(TO_COME_FOR).bind(town).bind(parent).bind(child).bind(since).fetch_all(c).await)
}

/// Parents whom staff blocked, and who have a visit for the child still that begins after an instant; each with the child.
pub async fn kept_from_blocked(
    r: &mut Read,
    town: MunicipalityId,
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(ResidentId, ResidentId)>> {
    with_conn!(r, c => sqlx::query_as(KEPT_FROM_BLOCKED).bind(town).bind(since).bind(limit).fetch_all(c).await)
}

/// Two people, or somebody and a visit, of a town, and since when something is so of them.
pub type Since<T> = (MunicipalityId, ResidentId, T, DateTime<Utc>);

/// Parents whom the register names no more, behind one of them, with the child.
pub async fn dropped(
    r: &mut Read,
    (at, parent, child): (DateTime<Utc>, ResidentId, ResidentId),
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Since<ResidentId>>> {
    with_conn!(r, c => sqlx::query_as(DROPPED).bind(at).bind(parent).bind(child).bind(since).bind(limit).fetch_all(c).await)
}

/// Who died or left and has a visit for somebody else, behind one of them, with that person.
pub async fn gone_owners(
    r: &mut Read,
    (at, owner, other): (DateTime<Utc>, ResidentId, ResidentId),
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Since<ResidentId>>> {
    with_conn!(r, c => sqlx::query_as(GONE_OWNERS).bind(at).bind(owner).bind(other).bind(since).bind(limit).fetch_all(c).await)
}

/// Who died, behind one of them, with a visit that is for them: another's, or (`own`) in their own name.
pub async fn of_the_dead(
    r: &mut Read,
    own: bool,
    (at, dead, visit): (DateTime<Utc>, ResidentId, AppointmentId),
    since: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<Since<AppointmentId>>> {
    let sql = if own { DEAD_OWNERS } else { DEAD_SUBJECTS };
    with_conn!(r, c => sqlx::query_as(sql).bind(at).bind(dead).bind(visit).bind(since).bind(limit).fetch_all(c).await)
}

/// Leaves somebody out of a booked visit that is for others as well; false where it is off by now.
pub async fn leave_out(
    w: &mut Write,
    town: MunicipalityId,
    (id, who): (AppointmentId, ResidentId),
    (companions, subjects, persons): (&[String], &[Subject], i64),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let did = with_conn!(w, c => sqlx::query(LEAVE_OUT).bind(town).bind(id).bind(Json(companions)).bind(Json(subjects)).bind(persons)
        .bind(now).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if did {
        with_conn!(w, c => sqlx::query(DROP_DOCUMENTS_OF).bind(town).bind(id).bind(who).execute(c).await.map(|_| ()))?;
    }
    Ok(did)
}

/// Gives a booked visit to one of those whom it is for; false where it is another's, or off, by now. It is for them alone from then on, and nobody comes along by name.
pub async fn give_to(
    w: &mut Write,
    town: MunicipalityId,
    visit: &Visit,
    to: ResidentId,
    (subjects, contact): (&[Subject], &str),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let nobody: &[String] = &[];
    let did = with_conn!(w, c => sqlx::query(GIVE_TO).bind(town).bind(visit.id).bind(visit.resident_id).bind(to).bind(Json(nobody))
        .bind(Json(subjects)).bind(contact).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))?;
    if did {
        with_conn!(w, c => sqlx::query(DROP_DOCUMENTS_OF_OTHERS).bind(town).bind(visit.id).bind(to).execute(c).await.map(|_| ()))?;
    }
    Ok(did)
}
