//! `/staff/v1/uploads`.

use futures_util::TryStreamExt as _;
use poem::{Body as Bytes, web::Data};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Header, Path},
    payload::{Binary, Json},
};
use serde::Deserialize;

use super::{
    UploadRow,
    model::{CannotAppend, Subject, UploadClosed, UploadId, UploadLimit, UploadNotFinished},
};
use crate::{
    administration::access::Sending,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        import::too_many_wrong,
        problem::{Failure, Refused},
        reasons,
        values::Timestamp,
    },
};

/// What is sent in.
#[derive(Object, Deserialize)]
pub struct UploadStart {
    /// What the file holds; README.md lists the columns.
    subject: Subject,
    /// Whether it holds everything: what it does not hold is retired, unless that would be too many.
    snapshot: bool,
}

/// How long the whole is.
#[derive(Object, Deserialize)]
pub struct UploadEnd {
    /// In bytes. A file that was cut off is never imported.
    #[oai(validator(minimum(value = "1")))]
    size: i64,
}

/// A file on its way in, or what its import came to.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct UploadOut {
    /// The id of the upload, which the other operations on it take.
    id: UploadId,
    /// What the file holds: residents or documents.
    subject: Subject,
    /// Whether it holds everything.
    snapshot: bool,
    /// The name of the key or the member of staff who sent it.
    sent_by: String,
    /// `receiving`, `waiting`, `importing`, `imported`, `failed` or `cancelled`.
    state: String,
    /// How long it is, once that was said.
    size: Option<i64>,
    /// The bytes that are there: the next part begins here.
    offset: i64,
    /// The bytes that were imported so far.
    bytes_read: i64,
    /// The rows that were read so far, without the header.
    rows: i64,
    /// Rows that were new.
    added: i64,
    /// Rows that differed from what was known.
    changed: i64,
    /// Rows that were known as they are.
    unchanged: i64,
    /// Rows that were wrong; the report lists them.
    wrong: i64,
    /// Whether more rows are wrong than `import.wrong_rows_at_most` of the configuration allows, as where `import` exits with 1: the
    /// right ones were taken, and a person should look.
    too_many_wrong: bool,
    /// What a snapshot no longer held, and was retired.
    retired: i64,
    /// Why it was not imported, in English.
    failure: Option<String>,
    /// The same as a stable code, such as `would_retire`, `no_text` or `columns_missing`; `other` for what has none.
    failure_code: Option<String>,
    /// The whole numbers that it names, in its order: of `would_retire`, how many of how many.
    failure_numbers: Option<Vec<i64>>,
    /// When the upload was begun, an instant in UTC.
    created_at: Timestamp,
    /// When it last changed.
    updated_at: Timestamp,
    /// When it was over.
    finished_at: Option<Timestamp>,
}

impl UploadOut {
    fn of(u: UploadRow, app: &App) -> Self {
        let count = |rows: i64| u64::try_from(rows).unwrap_or_default();
        Self {
            too_many_wrong: too_many_wrong(count(u.wrong), count(u.row_count), &app.config.import),
            id: u.id,
            subject: u.subject,
            snapshot: u.snapshot,
            sent_by: u.sent_by,
            state: u.state.to_string(),
            size: u.size,
            offset: u.received,
            bytes_read: u.bytes_read,
            rows: u.row_count,
            added: u.added,
            changed: u.changed,
            unchanged: u.unchanged,
            wrong: u.wrong,
            retired: u.retired,
            failure_code: u.failure.as_deref().map(|why| reasons::code(why).to_owned()),
            failure_numbers: u.failure.as_deref().map(reasons::numbers),
            failure: u.failure,
            created_at: u.created_at.into(),
            updated_at: u.updated_at.into(),
            finished_at: u.finished_at.map(Timestamp::from),
        }
    }
}

/// How far an upload is.
#[derive(Object)]
pub struct OffsetOut {
    /// The bytes that are there: the next part begins here.
    offset: i64,
}

/// The report of wrong rows.
#[derive(ApiResponse)]
pub enum ReportOut {
    /// CSV: `line;column;reason;code`. The header is line 1; the code is stable, the reason is English.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Bytes>),
}

/// Operations of whoever sends the register in.
#[derive(Default)]
pub struct UploadsApi;

#[OpenApi(prefix_path = "/staff/v1/uploads")]
impl UploadsApi {
    /// Begin to send a file in
    ///
    /// Then send its parts, and complete it. A key needs the scope of its subject.
    #[oai(path = "/", method = "post", operation_id = "start_upload")]
    async fn start(
        &self,
        app: Data<&App>,
        who: Sending,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<UploadStart>,
    ) -> Result<Json<UploadOut>, Refused<UploadLimit>> {
        let UploadStart { subject, snapshot } = body.0;
        let idempotency = key.by(who.0.id());
        Ok(Json(UploadOut::of(super::begin(&app, &who.0, subject, snapshot, &idempotency).await?, &app)))
    }

    /// List what was sent in
    ///
    /// The newest first, as far as the caller may send the same.
    #[oai(path = "/", method = "get", operation_id = "list_uploads")]
    async fn list(&self, app: Data<&App>, who: Sending) -> Result<Json<Vec<UploadOut>>, Failure> {
        Ok(Json(super::list(&app, &who.0).await?.into_iter().map(|u| UploadOut::of(u, &app)).collect()))
    }

    /// Ask how far an upload is
    ///
    /// While it comes in: where to go on. While it is imported: how far that is. Afterwards: what it came to.
    #[oai(path = "/:upload_id", method = "get", operation_id = "get_upload")]
    async fn get(&self, app: Data<&App>, who: Sending, upload_id: Path<UploadId>) -> Result<Json<UploadOut>, Failure> {
        Ok(Json(UploadOut::of(super::get(&app, &who.0, upload_id.0).await?, &app)))
    }

    /// Send a part of a file
    ///
    /// Of any length. What came before a connection broke is kept: ask how far the upload is, and go on there.
    #[oai(path = "/:upload_id", method = "patch", operation_id = "send_part")]
    async fn send(
        &self,
        app: Data<&App>,
        who: Sending,
        upload_id: Path<UploadId>,
        /// Where this part begins: the `offset` that was reached.
        #[oai(name = "Upload-Offset", validator(minimum(value = "0")))]
        offset: Header<i64>,
        body: Binary<Bytes>,
    ) -> Result<Json<OffsetOut>, Refused<CannotAppend>> {
        let bytes = Box::pin(body.0.into_bytes_stream());
        Ok(Json(OffsetOut { offset: super::append(&app, &who.0, upload_id.0, offset.0, bytes).await? }))
    }

    /// Complete an upload
    ///
    /// Says how long the whole is; then the import begins. Ask how far it is, and fetch the report.
    #[oai(path = "/:upload_id/complete", method = "post", operation_id = "complete_upload")]
    async fn complete(
        &self,
        app: Data<&App>,
        who: Sending,
        upload_id: Path<UploadId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<UploadEnd>,
    ) -> Result<Json<UploadOut>, Refused<CannotAppend>> {
        let idempotency = key.by(who.0.id());
        Ok(Json(UploadOut::of(super::complete(&app, &who.0, upload_id.0, body.0.size, &idempotency).await?, &app)))
    }

    /// Cancel an upload
    ///
    /// As long as its import has not begun.
    #[oai(path = "/:upload_id", method = "delete", operation_id = "cancel_upload")]
    async fn cancel(
        &self,
        app: Data<&App>,
        who: Sending,
        upload_id: Path<UploadId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<UploadClosed>> {
        let idempotency = key.by(who.0.id());
        super::cancel(&app, &who.0, upload_id.0, &idempotency).await
    }

    /// Fetch the report of wrong rows
    ///
    /// With line, column and reason, never the value: it may be personal.
    #[oai(path = "/:upload_id/report", method = "get", operation_id = "get_upload_report")]
    async fn report(
        &self,
        app: Data<&App>,
        who: Sending,
        upload_id: Path<UploadId>,
    ) -> Result<ReportOut, Refused<UploadNotFinished>> {
        let pieces = super::report(&app, &who.0, upload_id.0).await?;
        Ok(ReportOut::Ok(Binary(Bytes::from_bytes_stream(pieces.map_err(std::io::Error::from)))))
    }
}
