//! SQL of the audit trail. Rows are added and, past their keeping, forgotten; a guard refuses an update.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Actor, Entry, EntryId};
use crate::{
    on,
    platform::{
        db::{MAX_BINDS, Read, Write},
        ids::{MunicipalityId, ResidentId, first_uuid_at},
        page::Cursor,
    },
    statements,
};

statements! {
    OF_RESIDENT = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id
        from audit_entry where municipality_id = $1 and resident_id = $2 and (at, id) < ($3, $4)
        order by at desc, id desc limit $5";
    OF_TOWN = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id
        from audit_entry where municipality_id = $1 and (at, id) < ($2, $3)
        order by at desc, id desc limit $4";
    LOOKED = "
        select resident_id, subject_id from audit_entry
        where municipality_id = $1 and actor_id = $2 and at >= $3 and act = $4 and reason = $5 and resident_id is not null
            and subject_id is not null";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from audit_entry where municipality_id = $1 and id < $2 and at < $3
             order by id limit 1) first";
    FORGET = "
        delete from audit_entry where municipality_id = $1 and id in
            (select id from audit_entry where municipality_id = $1 and id < $2 and at < $3 order by id limit $4)";
}

/// An entry, as it is stored.
#[derive(sqlx::FromRow)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// `staff` or `machine`.
    pub actor_kind: String,
    /// Which.
    pub actor_id: Uuid,
    /// Their name then.
    pub actor_name: String,
    /// What was done.
    pub act: String,
    /// To what.
    pub subject_id: Option<Uuid>,
    /// To whose data.
    pub resident_id: Option<ResidentId>,
    /// Why.
    pub reason: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
}

/// Adds entries of one act, in as few statements as hold them.
pub async fn add(
    w: &mut Write,
    actor: &Actor,
    entries: &[(EntryId, &Entry)],
    request: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    const COLUMNS: usize = 11;
    for part in entries.chunks(MAX_BINDS / COLUMNS) {
        on!(w, c => {
            let mut q = sqlx::QueryBuilder::new(
                "insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_name, act, subject_id,
                     resident_id, reason, request_id) ",
            );
            q.push_values(part, |mut b, (id, entry)| {
                b.push_bind(actor.town).push_bind(*id).push_bind(now).push_bind(actor.kind).push_bind(actor.id)
                    .push_bind(&actor.name).push_bind(entry.act.as_str()).push_bind(entry.subject)
                    .push_bind(entry.resident).push_bind(entry.reason.as_ref().map(super::Why::as_str)).push_bind(request);
            });
            q.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    after: Option<Cursor>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    let after = after.unwrap_or(Cursor::BEGINNING);
    on!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(after.at).bind(after.id).bind(limit)
        .fetch_all(c).await)
}

pub async fn of_town(
    r: &mut Read,
    town: MunicipalityId,
    after: Option<Cursor>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    let after = after.unwrap_or(Cursor::BEGINNING);
    on!(r, c => sqlx::query_as(OF_TOWN).bind(town).bind(after.at).bind(after.id).bind(limit).fetch_all(c).await)
}

/// Whom somebody looked at in one way since an instant, and what of theirs.
pub async fn looked(
    r: &mut Read,
    town: MunicipalityId,
    actor: Uuid,
    (act, reason): (&str, &str),
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<(ResidentId, Uuid)>> {
    on!(r, c => sqlx::query_as(LOOKED).bind(town).bind(actor).bind(since).bind(act).bind(reason).fetch_all(c).await)
}

/// Whether there is anything to forget.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = on!(r, c => sqlx::query_scalar(ANYTHING_OLD).bind(town).bind(first_uuid_at(before)).bind(before)
        .fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets what came before an instant: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    on!(w, c => sqlx::query(FORGET).bind(town).bind(first_uuid_at(before)).bind(before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}
