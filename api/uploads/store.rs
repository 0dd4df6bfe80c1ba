//! SQL of uploads.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Subject, UploadId, UploadState};
use crate::{
    locked,
    platform::{
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId},
        import::{Outcome, Position},
    },
    statements, with_conn,
};

/// The bytes that came in.
pub const FILE: &str = "file";
/// The report of wrong rows.
pub const REPORT: &str = "report";

statements! {
    WAITING = "
        select count(*), min(created_at) from
            (select created_at from upload where state in ('waiting', 'importing') and created_at <= $1 limit 10000) due";
    BEGIN = "
        insert into upload (municipality_id, id, subject, snapshot, sent_by, state, received, bytes_read, row_count, added,
            changed, unchanged, wrong, retired, created_at, updated_at)
        values ($1, $2, $3, $4, $5, 'receiving', 0, 0, 0, 0, 0, 0, 0, 0, $6, $6)";
    GET = "
        select municipality_id, id, subject, snapshot, sent_by, state, size, received, bytes_read, row_count, added, changed,
            unchanged, wrong, retired, failure, created_at, updated_at, finished_at
        from upload where municipality_id = $1 and id = $2";
    LIST = "
        select municipality_id, id, subject, snapshot, sent_by, state, size, received, bytes_read, row_count, added, changed,
            unchanged, wrong, retired, failure, created_at, updated_at, finished_at
        from upload where municipality_id = $1 order by created_at desc, id desc limit $2";
    COUNT_OPEN = "select count(*) from upload where municipality_id = $1 and state = 'receiving'";
    ADVANCE = "
        update upload set received = $4, updated_at = $5
        where municipality_id = $1 and id = $2 and received = $3 and state = 'receiving'";
    ADD_PART = "
        insert into upload_part (municipality_id, upload_id, kind, number, bytes) values ($1, $2, $3, $4, $5)";
    PART = "
        select number, bytes from upload_part
        where municipality_id = $1 and upload_id = $2 and kind = $3 and number >= $4 order by number limit 1";
    FORGET_PARTS = "delete from upload_part where municipality_id = $1 and upload_id = $2 and kind = $3";
    COMPLETE = "
        update upload set state = 'waiting', size = $3, updated_at = $4
        where municipality_id = $1 and id = $2 and received = $3 and state = 'receiving'";
    CANCEL = "
        update upload set state = 'cancelled', finished_at = $3, updated_at = $3
        where municipality_id = $1 and id = $2 and state in ('receiving', 'waiting')";
    TAKE = "
        update upload set state = 'importing', holder_id = $3, held_until = $4, updated_at = $5
        where municipality_id = $1 and id = $2";
    HOLD = "
        update upload set held_until = $4, bytes_read = $5, row_count = $6, wrong = $7, updated_at = $8
        where municipality_id = $1 and id = $2 and holder_id = $3 and state = 'importing'";
    FINISH = "
        update upload set state = 'imported', holder_id = null, held_until = null, bytes_read = received, row_count = $4,
            added = $5, changed = $6, unchanged = $7, wrong = $8, retired = $9, finished_at = $10, updated_at = $10
        where municipality_id = $1 and id = $2 and holder_id = $3 and state = 'importing'";
    FAIL = "
        update upload set state = 'failed', holder_id = null, held_until = null, failure = $4, finished_at = $5,
            updated_at = $5
        where municipality_id = $1 and id = $2 and holder_id = $3 and state = 'importing'";
    FORGET = "
        delete from upload where (municipality_id, id) in
            (select municipality_id, id from upload
             where (finished_at is not null and finished_at < $1) or (state = 'receiving' and updated_at < $2) limit $3)
            and ((finished_at is not null and finished_at < $1) or (state = 'receiving' and updated_at < $2))";
}

/// The upload that waited longest, or whose worker died; none while another of the same town and subject goes in.
const NEXT: Locked = locked!(
    "select municipality_id, id, subject, snapshot, sent_by, state, size, received, bytes_read, row_count, added, changed,
         unchanged, wrong, retired, failure, created_at, updated_at, finished_at
     from upload u
     where state in ('waiting', 'importing') and (state = 'waiting' or held_until < $1) and not exists
         (select 1 from upload o
          where o.municipality_id = u.municipality_id and o.subject = u.subject and o.id <> u.id
              and o.state = 'importing' and o.held_until >= $1)
     order by created_at limit 1",
    ""
);

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("NEXT", &NEXT)];

/// An upload, as it is stored.
#[derive(sqlx::FromRow)]
pub struct UploadRow {
    /// The town.
    pub municipality_id: MunicipalityId,
    /// Its id.
    pub id: UploadId,
    /// What it holds.
    pub subject: Subject,
    /// Whether it holds everything.
    pub snapshot: bool,
    /// Who sent it.
    pub sent_by: String,
    /// How it stands.
    pub state: UploadState,
    /// How long it is, once that was said.
    pub size: Option<i64>,
    /// The bytes that are there.
    pub received: i64,
    /// The bytes that were imported.
    pub bytes_read: i64,
    /// The rows that were read.
    pub row_count: i64,
    /// Rows that were new.
    pub added: i64,
    /// Rows that differed.
    pub changed: i64,
    /// Rows that were known.
    pub unchanged: i64,
    /// Rows that were wrong.
    pub wrong: i64,
    /// What a snapshot retired.
    pub retired: i64,
    /// Why it failed.
    pub failure: Option<String>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
}

pub async fn begin(
    w: &mut Write,
    (town, id): InTown<UploadId>,
    (subject, snapshot): (Subject, bool),
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(BEGIN).bind(town).bind(id).bind(subject).bind(snapshot).bind(by).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: UploadId) -> sqlx::Result<Option<UploadRow>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

pub async fn list(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<UploadRow>> {
    with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(limit).fetch_all(c).await)
}

pub async fn count_open(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_OPEN).bind(town).fetch_one(c).await)
}

/// Moves an upload on from `at` to `reached`; false if it was not there.
pub async fn advance(
    w: &mut Write,
    (town, id): InTown<UploadId>,
    at: i64,
    reached: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ADVANCE).bind(town).bind(id).bind(at).bind(reached).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn add_part(
    w: &mut Write,
    (town, id): InTown<UploadId>,
    kind: &str,
    number: i64,
    bytes: &[u8],
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ADD_PART).bind(town).bind(id).bind(kind).bind(number).bind(bytes)
        .execute(c).await.map(|_| ()))
}

/// The first part at `number` or behind it.
pub async fn part(
    r: &mut Read,
    town: MunicipalityId,
    id: UploadId,
    kind: &str,
    number: i64,
) -> sqlx::Result<Option<(i64, Vec<u8>)>> {
    with_conn!(r, c => sqlx::query_as(PART).bind(town).bind(id).bind(kind).bind(number).fetch_optional(c).await)
}

pub async fn forget_parts(w: &mut Write, town: MunicipalityId, id: UploadId, kind: &str) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_PARTS).bind(town).bind(id).bind(kind).execute(c).await.map(|_| ()))
}

pub async fn complete(
    w: &mut Write,
    town: MunicipalityId,
    id: UploadId,
    size: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(COMPLETE).bind(town).bind(id).bind(size).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn cancel(w: &mut Write, town: MunicipalityId, id: UploadId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CANCEL).bind(town).bind(id).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn next(w: &mut Write, now: DateTime<Utc>) -> sqlx::Result<Option<UploadRow>> {
    let sql = NEXT.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(now).fetch_optional(c).await)
}

pub async fn take(
    w: &mut Write,
    upload: &UploadRow,
    holder: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(TAKE).bind(upload.municipality_id).bind(upload.id).bind(holder).bind(until).bind(now)
        .execute(c).await.map(|_| ()))
}

/// Renews the hold and notes how far the import is; false if another has it.
pub async fn hold(
    w: &mut Write,
    upload: &UploadRow,
    (holder, until): (Uuid, DateTime<Utc>),
    at: Position,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    with_conn!(w, c => sqlx::query(HOLD).bind(upload.municipality_id).bind(upload.id).bind(holder).bind(until)
        .bind(number(at.bytes)).bind(number(at.rows)).bind(number(at.wrong)).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn finish(
    w: &mut Write,
    upload: &UploadRow,
    holder: Uuid,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    with_conn!(w, c => sqlx::query(FINISH).bind(upload.municipality_id).bind(upload.id).bind(holder)
        .bind(number(outcome.rows)).bind(number(outcome.added)).bind(number(outcome.changed))
        .bind(number(outcome.unchanged)).bind(number(outcome.wrong)).bind(number(outcome.retired))
        .bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn fail(
    w: &mut Write,
    upload: &UploadRow,
    holder: Uuid,
    why: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(FAIL).bind(upload.municipality_id).bind(upload.id).bind(holder).bind(why).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn forget(
    w: &mut Write,
    finished_before: DateTime<Utc>,
    abandoned_before: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(finished_before).bind(abandoned_before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}

/// How many wait to be done, up to ten thousand, and since when the first does.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}
