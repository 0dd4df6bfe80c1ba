//! SQL of what visits are for: the documents, and whose they are.

use chrono::{DateTime, Utc};

use crate::{
    appointments::model::{AppointmentId, Subject},
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
