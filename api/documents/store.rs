//! SQL of documents and reminders.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    inbox::MessageId,
    listed, locked,
    platform::{
        db::{Locked, Read, Write},
        erased::Erased,
        ids::{DocumentId, InTown, MunicipalityId, ResidentId},
        page::Cursor,
    },
    residents::store::{RETIRED_AT_A_TIME, not_held},
    select_in, statements, with_conn,
};

listed! {
    STORED = "
        select id, resident_id, kind, number_end, issued_on, expires_on, ready_on, collected_on, appointment_on,
            letter_sent_on, stopped_on, stops_on, retired_at, row_key
        from document where source = 'register' and municipality_id = ? and resident_id in (?*)";
    IN_FORCE = "
        select municipality_id, id, resident_id, kind, number_end, issued_on, expires_on, ready_on,
            collected_on, appointment_on, letter_sent_on, stopped_on, retired_at, source, updated_at, called_on
        from document
        where retired_at is null and stopped_on is null and municipality_id = ? and resident_id in (?*)";
    BY_IDS = "
        select municipality_id, id, resident_id, kind, number_end, issued_on, expires_on, ready_on,
            collected_on, appointment_on, letter_sent_on, stopped_on, retired_at, source, updated_at, called_on
        from document
        where retired_at is null and stopped_on is null and municipality_id = ? and id in (?*)";
    IN_FORCE_OF = "
        select id, resident_id, kind, expires_on from document
        where retired_at is null and stopped_on is null and municipality_id = ? and resident_id in (?*)";
    MISSED_BY = "
        select document_id, recipient_id from reminder
        where municipality_id = ? and document_id in (?*) and reason = 'no_account'";
    DECIDED = "
        select document_id, series, stage, anchor_on, recipient_id, reason from reminder
        where municipality_id = ? and document_id in (?*)";
    UPSERT = "
        insert into document (municipality_id, id, resident_id, kind, number_end, issued_on, expires_on, ready_on,
            collected_on, appointment_on, letter_sent_on, stopped_on, stops_on, source, fingerprint, row_key, updated_at,
            next_due_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)*
        on conflict (municipality_id, row_key) do update set
            expires_on = excluded.expires_on, ready_on = excluded.ready_on,
            collected_on = excluded.collected_on, appointment_on = excluded.appointment_on,
            letter_sent_on = excluded.letter_sent_on, stopped_on = excluded.stopped_on, stops_on = excluded.stops_on,
            retired_at = null, fingerprint = excluded.fingerprint, updated_at = excluded.updated_at,
            called_on = case when document.expires_on = excluded.expires_on then document.called_on end,
            next_due_at = excluded.next_due_at
        where document.fingerprint <> excluded.fingerprint";
    FORGET_TOLD = "delete from reminder where municipality_id = ? and message_id = ? and document_id in (?*)";
    LOOK_AT = "
        update document set next_due_at = ?
        where retired_at is null and stopped_on is null and municipality_id = ? and id in (?*)";
    RETIRE = "
        update document set fingerprint = '', retired_at = ?, updated_at = ?
        where retired_at is null and municipality_id = ? and id in (?*)";
}
statements! {
    WAITING = "
        select count(*), min(at) from
            (select next_due_at as at from document where next_due_at <= $1 order by next_due_at limit 10000) due";
    ANYTHING_DUE = "select count(*) from (select 1 as due from document where next_due_at <= $1
             order by next_due_at limit 1) first_due";
    OF_RESIDENT = "
        select municipality_id, id, resident_id, kind, number_end, issued_on, expires_on, ready_on, collected_on,
            appointment_on, letter_sent_on, stopped_on, retired_at, source, updated_at, called_on
        from document where municipality_id = $1 and resident_id = $2 and retired_at is null and stopped_on is null
            and (stops_on is null or stops_on > $3)
        order by id";
    COUNT = "select count(*) from document where municipality_id = $1 and retired_at is null";
    SET_NEXT = "update document set next_due_at = $3 where municipality_id = $1 and id = $2";
    STOPPING = "
        select distinct municipality_id from document where stops_on is not null and stops_on <= $1";
    STOPS = "
        update document set stopped_on = stops_on, stops_on = null, next_due_at = null, updated_at = $3
        where municipality_id = $1 and stops_on is not null and stops_on <= $2";
    LOOK_AGAIN = "
        update document set next_due_at = $3
        where municipality_id = $1 and resident_id = $2 and retired_at is null and stopped_on is null";
    PUT_RIGHT = "
        update document set row_key = $3, issued_on = $4, number_end = $5, fingerprint = ''
        where municipality_id = $1 and id = $2";
    /// So many documents in force, in the order of their ids, and whether a snapshot held them. Each key is looked up on its
    /// own, as a subquery that no planner makes a join of: without statistics it may choose one that is quadratic. How many
    /// they are is said in the text: of a number that it does not know it expects a tenth of the table, and sorts the whole.
    HELD = "
        select w.id, (select 1 from import_seen s
            where s.municipality_id = $1 and s.run_id = $2 and s.row_key = w.row_key) is not null as held
        from (select id, row_key from document where municipality_id = $1 and retired_at is null and id > $3
            order by id limit 500) w
        order by w.id";
    RECORD = "
        insert into reminder (municipality_id, document_id, series, stage, anchor_on, recipient_id, state, reason,
            message_id, due_on, decided_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (municipality_id, document_id, series, anchor_on, stage, recipient_id) do update
        set state = excluded.state, reason = excluded.reason, message_id = excluded.message_id,
            decided_at = excluded.decided_at
        where reminder.reason = 'no_account'";
    WAVE = "
        select expires_on, count(*) from document
        where municipality_id = $1 and kind = $2 and expires_on > $3 and expires_on <= $4 and retired_at is null
            and stopped_on is null and called_on is null
        group by expires_on";
    CALL = "
        update document set called_on = $5, next_due_at = $6 where municipality_id = $1 and id in
            (select id from document
             where municipality_id = $1 and kind = $2 and expires_on > $3 and expires_on <= $4 and retired_at is null
                 and stopped_on is null and called_on is null
             order by expires_on, id limit $7)
            and retired_at is null and stopped_on is null and called_on is null";
    KEEP_LEAD_TIME = "
        insert into lead_time (municipality_id, kind, reckoned_on, wait_days, lead_days, a_day, called)
        values ($1, $2, $3, $4, $5, $6, 0)
        on conflict (municipality_id, kind) do update
        set reckoned_on = excluded.reckoned_on, wait_days = excluded.wait_days, lead_days = excluded.lead_days,
            a_day = excluded.a_day, called = 0
        where lead_time.reckoned_on < excluded.reckoned_on";
    NOTE_CALLED = "
        update lead_time set called = $3 where municipality_id = $1 and kind = $2";
    BY_MESSAGE = "
        select r.document_id, r.series, r.stage, r.anchor_on, r.due_on, d.kind, d.updated_at
        from reminder r
        join document d on d.municipality_id = r.municipality_id and d.id = r.document_id
        where r.municipality_id = $1 and r.recipient_id = $2 and r.message_id = $3
        order by r.due_on, r.document_id";
    REMINDERS_TO = "
        select r.document_id, d.kind, d.resident_id, r.stage, r.anchor_on, r.due_on, r.decided_at, r.message_id, r.reason
        from reminder r
        join document d on d.municipality_id = r.municipality_id and d.id = r.document_id
        where r.municipality_id = $1 and r.recipient_id = $2
        order by r.decided_at desc, r.document_id, r.stage limit $3";
    /// Of each document the latest that was missed, whoever was to be told.
    MISSED = "
        select r.document_id, d.kind, d.resident_id, r.stage, r.anchor_on, r.due_on, r.decided_at
        from reminder r
        join document d on d.municipality_id = r.municipality_id and d.id = r.document_id and d.retired_at is null
            and d.stopped_on is null
        where r.municipality_id = $1 and r.reason = 'no_account' and r.decided_at >= $2 and r.decided_at <= $3
            and (r.decided_at, r.document_id) < ($3, $4) and not exists
            (select 1 from reminder l
             where l.municipality_id = r.municipality_id and l.document_id = r.document_id and l.reason = 'no_account'
                 and (l.decided_at, -l.stage, l.series, l.anchor_on, l.recipient_id)
                     > (r.decided_at, -r.stage, r.series, r.anchor_on, r.recipient_id))
        order by r.decided_at desc, r.document_id desc limit $5";
    EVERY_OF = "select id from document where municipality_id = $1 and resident_id = $2";
    ERASE_REMINDERS = "delete from reminder where municipality_id = $1 and document_id = $2";
    ERASE_REMINDERS_TO = "delete from reminder where municipality_id = $1 and recipient_id = $2";
    ERASE = "delete from document where municipality_id = $1 and resident_id = $2";
}

/// What is due, the earliest first. Another worker takes other documents.
const DUE: Locked = locked!(
    "select municipality_id, id, resident_id, kind, number_end, issued_on, expires_on, ready_on, collected_on,
         appointment_on, letter_sent_on, stopped_on, retired_at, source, updated_at, called_on
     from document where next_due_at <= $1
         and not exists (select 1 from set_aside s where s.worker = 'reminders' and s.item = document.id and s.again_at > $1)
     order by next_due_at, id limit $2",
    ""
);

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("DUE", &DUE)];
/// What the worker that reminds is called, where it sets something aside.
pub const REMIND: &str = "reminders";

/// A document as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Document {
    pub municipality_id: MunicipalityId,
    pub id: DocumentId,
    pub resident_id: ResidentId,
    pub kind: String,
    pub number_end: String,
    pub issued_on: Option<NaiveDate>,
    pub expires_on: Option<NaiveDate>,
    pub ready_on: Option<NaiveDate>,
    pub collected_on: Option<NaiveDate>,
    pub appointment_on: Option<NaiveDate>,
    pub letter_sent_on: Option<NaiveDate>,
    pub stopped_on: Option<NaiveDate>,
    pub retired_at: Option<DateTime<Utc>>,
    pub source: String,
    pub updated_at: DateTime<Utc>,
    pub called_on: Option<NaiveDate>,
}

/// A document as the register told it before, for what a file puts right or does not say.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub id: DocumentId,
    pub resident_id: ResidentId,
    pub kind: String,
    pub number_end: String,
    pub issued_on: Option<NaiveDate>,
    pub expires_on: Option<NaiveDate>,
    pub ready_on: Option<NaiveDate>,
    pub collected_on: Option<NaiveDate>,
    pub appointment_on: Option<NaiveDate>,
    pub letter_sent_on: Option<NaiveDate>,
    pub stopped_on: Option<NaiveDate>,
    /// A day to come on which it is stopped.
    pub stops_on: Option<NaiveDate>,
    pub retired_at: Option<DateTime<Utc>>,
    pub row_key: String,
}

impl Stored {
    /// Whether it is neither stopped nor gone from the register.
    pub const fn is_in_force(&self) -> bool {
        self.retired_at.is_none() && self.stopped_on.is_none()
    }
}

/// A row of the register, ready to be stored.
pub struct NewDocument {
    pub resident: ResidentId,
    pub kind: String,
    pub number_end: String,
    pub issued_on: Option<NaiveDate>,
    pub expires_on: Option<NaiveDate>,
    pub ready_on: Option<NaiveDate>,
    pub collected_on: Option<NaiveDate>,
    pub appointment_on: Option<NaiveDate>,
    pub letter_sent_on: Option<NaiveDate>,
    pub stopped_on: Option<NaiveDate>,
    /// A day to come on which it is stopped.
    pub stops_on: Option<NaiveDate>,
    pub row_key: String,
    pub fingerprint: String,
    pub next_due_at: Option<DateTime<Utc>>,
}

/// What became of a stage for somebody.
pub struct Record<'a> {
    pub document: DocumentId,
    pub series: &'a str,
    pub stage: i64,
    pub anchor: NaiveDate,
    pub recipient: ResidentId,
    pub due_on: NaiveDate,
    /// None where it was told.
    pub held_back: Option<&'a str>,
    pub message: Option<MessageId>,
}

/// What became of a stage for somebody, as it is read.
#[derive(sqlx::FromRow)]
pub struct ReminderRow {
    pub document_id: DocumentId,
    pub kind: String,
    /// Whose document it is.
    pub resident_id: ResidentId,
    /// Days before the day of which it speaks.
    pub stage: i64,
    pub anchor_on: NaiveDate,
    pub due_on: NaiveDate,
    /// When it was told or held back.
    pub decided_at: DateTime<Utc>,
    /// The message that told it.
    pub message_id: Option<MessageId>,
    /// Why it was held back; none where it was told.
    pub reason: Option<String>,
}

/// What became of the reminders to somebody, the latest first.
pub async fn reminders_to(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    limit: i64,
) -> sqlx::Result<Vec<ReminderRow>> {
    with_conn!(r, c => sqlx::query_as(REMINDERS_TO).bind(town).bind(resident).bind(limit).fetch_all(c).await)
}

/// A document of whose end somebody was not told for want of the app, with the latest stage that was missed.
#[derive(sqlx::FromRow)]
pub struct MissedRow {
    /// Which.
    pub document_id: DocumentId,
    /// Its kind.
    pub kind: String,
    /// Whose document it is.
    pub resident_id: ResidentId,
    /// Days before the day of which it speaks.
    pub stage: i64,
    /// That day.
    pub anchor_on: NaiveDate,
    /// The day on which it was to come.
    pub due_on: NaiveDate,
    /// When it was held back.
    pub decided_at: DateTime<Utc>,
}

/// The documents of whose end somebody was not told for want of the app since an instant, the latest first.
pub async fn missed(
    r: &mut Read,
    town: MunicipalityId,
    since: DateTime<Utc>,
    cursor: Cursor,
    limit: i64,
) -> sqlx::Result<Vec<MissedRow>> {
    with_conn!(r, c => sqlx::query_as(MISSED).bind(town).bind(since).bind(cursor.at).bind(cursor.id).bind(limit)
        .fetch_all(c).await)
}

/// Who was not told of these documents for want of the app.
pub async fn missed_by(
    r: &mut Read,
    town: MunicipalityId,
    documents: &[DocumentId],
) -> sqlx::Result<Vec<(DocumentId, ResidentId)>> {
    Ok(select_in!(r, MISSED_BY, town, documents))
}

/// The documents in force of these people: which, whose, of what kind and good until when.
pub async fn in_force_of(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(DocumentId, ResidentId, String, Option<NaiveDate>)>> {
    Ok(select_in!(r, IN_FORCE_OF, town, residents))
}

/// A stage that was decided before.
#[derive(sqlx::FromRow)]
pub struct Decided {
    pub document_id: DocumentId,
    pub series: String,
    pub stage: i64,
    pub anchor_on: NaiveDate,
    pub recipient_id: ResidentId,
    pub reason: Option<String>,
}

/// A stage behind a message.
#[derive(sqlx::FromRow)]
pub struct Behind {
    pub document_id: DocumentId,
    pub series: String,
    pub stage: i64,
    pub anchor_on: NaiveDate,
    pub due_on: NaiveDate,
    pub kind: String,
    pub updated_at: DateTime<Utc>,
}

/// What somebody has today.
pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    today: NaiveDate,
) -> sqlx::Result<Vec<Document>> {
    with_conn!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(today).fetch_all(c).await)
}

pub async fn count(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT).bind(town).fetch_one(c).await)
}

pub async fn due(w: &mut Write, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Document>> {
    let sql = DUE.on(w);
    with_conn!(w, c => sqlx::query_as(sql).bind(now).bind(limit).fetch_all(c).await)
}

/// Whether any document is due.
pub async fn anything_due(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let due: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_DUE).bind(now).fetch_one(c).await)?;
    Ok(due > 0)
}

/// All that the register ever told of these residents' documents, the oldest first.
pub async fn stored(r: &mut Read, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<Vec<Stored>> {
    let mut all: Vec<Stored> = select_in!(r, STORED, town, residents);
    all.sort_unstable_by_key(|d| d.id);
    Ok(all)
}

/// The towns of which a document is stopped by this day.
pub async fn stopping(r: &mut Read, day: NaiveDate) -> sqlx::Result<Vec<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(STOPPING).bind(day).fetch_all(c).await)
}

/// Stops the documents whose day is there: nobody is reminded of them any more.
pub async fn stops(w: &mut Write, town: MunicipalityId, day: NaiveDate, now: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(STOPS).bind(town).bind(day).bind(now).execute(c).await.map(|d| d.rows_affected()))
}

/// Puts right what a document is known by; what else is said of it is written behind this.
pub async fn put_right(
    w: &mut Write,
    (town, id): InTown<DocumentId>,
    row_key: &str,
    issued_on: Option<NaiveDate>,
    number_end: &str,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(PUT_RIGHT).bind(town).bind(id).bind(row_key).bind(issued_on).bind(number_end)
        .execute(c).await.map(|_| ()))
}

/// The other documents of these residents that are in force, for what has been renewed.
pub async fn in_force(r: &mut Read, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<Vec<Document>> {
    Ok(select_in!(r, IN_FORCE, town, residents))
}

/// Those of these documents that are in force.
pub async fn by_ids(r: &mut Read, town: MunicipalityId, ids: &[DocumentId]) -> sqlx::Result<Vec<Document>> {
    Ok(select_in!(r, BY_IDS, town, ids))
}

/// What was decided about these documents before.
pub async fn decided(r: &mut Read, town: MunicipalityId, documents: &[DocumentId]) -> sqlx::Result<Vec<Decided>> {
    Ok(select_in!(r, DECIDED, town, documents))
}

pub async fn set_next(
    w: &mut Write,
    town: MunicipalityId,
    id: DocumentId,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(SET_NEXT).bind(town).bind(id).bind(at).execute(c).await.map(|_| ()))
}

/// Forgets that somebody was told of these documents in a message.
pub async fn forget_told(
    w: &mut Write,
    town: MunicipalityId,
    message: MessageId,
    documents: &[DocumentId],
) -> sqlx::Result<()> {
    for part in documents.chunks(FORGET_TOLD.at_most()) {
        let sql = FORGET_TOLD.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(town).bind(message);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Has the worker look at these documents.
pub async fn look_at(
    w: &mut Write,
    town: MunicipalityId,
    documents: &[DocumentId],
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in documents.chunks(LOOK_AT.at_most()) {
        let sql = LOOK_AT.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(at).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn look_again(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(LOOK_AGAIN).bind(town).bind(resident).bind(at).execute(c).await.map(|_| ()))
}

pub async fn record(w: &mut Write, town: MunicipalityId, rec: &Record<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    let state = if rec.held_back.is_some() { "held_back" } else { "told" };
    with_conn!(w, c => sqlx::query(RECORD)
        .bind(town).bind(rec.document).bind(rec.series).bind(rec.stage).bind(rec.anchor).bind(rec.recipient)
        .bind(state).bind(rec.held_back).bind(rec.message).bind(rec.due_on).bind(now)
        .execute(c).await.map(|_| ()))
}

pub async fn by_message(
    r: &mut Read,
    town: MunicipalityId,
    recipient: ResidentId,
    message: MessageId,
) -> sqlx::Result<Vec<Behind>> {
    with_conn!(r, c => sqlx::query_as(BY_MESSAGE).bind(town).bind(recipient).bind(message).fetch_all(c).await)
}

/// How many documents of a kind end on each of some days, of those that were not called earlier.
pub async fn wave(
    r: &mut Read,
    town: MunicipalityId,
    kind: &str,
    (after, until): (NaiveDate, NaiveDate),
) -> sqlx::Result<Vec<(NaiveDate, i64)>> {
    with_conn!(r, c => sqlx::query_as(WAVE).bind(town).bind(kind).bind(after).bind(until).fetch_all(c).await)
}

/// Has the first reminder of so many documents come today, of those that end on these days: the first to end first.
pub async fn call(
    w: &mut Write,
    (town, kind): InTown<&str>,
    (after, until): (NaiveDate, NaiveDate),
    (today, at): (NaiveDate, DateTime<Utc>),
    count: i64,
) -> sqlx::Result<i64> {
    let called = with_conn!(w, c => sqlx::query(CALL).bind(town).bind(kind).bind(after).bind(until).bind(today).bind(at).bind(count)
        .execute(c).await.map(|d| d.rows_affected()))?;
    Ok(i64::try_from(called).unwrap_or(i64::MAX))
}

/// Notes how long the queue for a kind is today; false where somebody did.
pub async fn keep_lead_time(
    w: &mut Write,
    town: MunicipalityId,
    kind: &str,
    today: NaiveDate,
    (wait_days, lead_days, a_day): (Option<i64>, i64, i64),
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(KEEP_LEAD_TIME).bind(town).bind(kind).bind(today).bind(wait_days).bind(lead_days).bind(a_day)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn note_called(w: &mut Write, town: MunicipalityId, kind: &str, called: i64) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(NOTE_CALLED).bind(town).bind(kind).bind(called).execute(c).await.map(|_| ()))
}

/// Writes rows of the register; those that say what is known already are left alone. Returns how many were new or
/// different.
pub async fn upsert(
    w: &mut Write,
    town: MunicipalityId,
    rows: &[NewDocument],
    ids: &[DocumentId],
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let mut affected = 0;
    let both: Vec<_> = rows.iter().zip(ids).collect();
    for part in both.chunks(UPSERT.at_most()) {
        let sql = UPSERT.on(w, part.len());
        affected += with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for (row, id) in part {
                q = q.bind(town).bind(**id).bind(row.resident).bind(&row.kind).bind(&row.number_end).bind(row.issued_on)
                    .bind(row.expires_on).bind(row.ready_on).bind(row.collected_on).bind(row.appointment_on)
                    .bind(row.letter_sent_on).bind(row.stopped_on).bind(row.stops_on).bind("register")
                    .bind(&row.fingerprint).bind(&row.row_key).bind(now).bind(row.next_due_at);
            }
            q.execute(c).await.map(|d| d.rows_affected())
        })?;
    }
    Ok(affected)
}

/// The documents in force that a snapshot did not hold.
pub async fn unseen(r: &mut Read, town: MunicipalityId, run: Uuid) -> sqlx::Result<Vec<DocumentId>> {
    Ok(not_held(r, HELD, town, run).await?.into_iter().map(DocumentId).collect())
}

/// Retires these documents, if they are still in force.
pub async fn retire(w: &mut Write, town: MunicipalityId, ids: &[DocumentId], now: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut retired = 0;
    for part in ids.chunks(RETIRED_AT_A_TIME) {
        let sql = RETIRE.on(w, part.len());
        retired += with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|d| d.rows_affected())
        })?;
    }
    Ok(retired)
}

/// How many wait to be done, up to ten thousand, and since when the first does.
pub async fn waiting(r: &mut Read, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    with_conn!(r, c => sqlx::query_as(WAITING).bind(now).fetch_one(c).await)
}

/// Erases somebody's documents, what was told of them to anybody, and what was told to them of others'.
pub async fn erase(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    let documents: Vec<DocumentId> =
        with_conn!(w, c => sqlx::query_scalar(EVERY_OF).bind(town).bind(resident).fetch_all(c).await)?;
    for document in documents {
        let gone = with_conn!(w, c => sqlx::query(ERASE_REMINDERS).bind(town).bind(document).execute(c).await
            .map(|d| d.rows_affected()))?;
        erased.add("reminders", gone);
    }
    for (kind, sql) in [("reminders", ERASE_REMINDERS_TO), ("documents", ERASE)] {
        let gone =
            with_conn!(w, c => sqlx::query(sql).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))?;
        erased.add(kind, gone);
    }
    Ok(())
}
