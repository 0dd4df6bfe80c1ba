//! `/v1/audit` for the citizen, `/staff/v1/audit` for whoever watches over the town's staff.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json};
use uuid::Uuid;

use super::{EntryId, EntryRow, Told};
use crate::{
    identity::access::Private,
    platform::{
        App,
        ids::ResidentId,
        openapi::Problems,
        page,
        problem::{Code, Failure},
        values::Timestamp,
    },
    staff::access::{As, Audit},
};

/// The problems these operations can give beside the usual.
pub const PROBLEMS: Problems = &[("list_my_audit", &[Code::CursorInvalid]), ("list_audit", &[Code::CursorInvalid])];

/// What somebody did with the citizen's data.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MyAuditOut {
    /// Its id.
    id: EntryId,
    /// When.
    at: Timestamp,
    /// What was done and by whom, in the citizen's language.
    what: String,
    /// Why, in the citizen's language; absent where no reason is asked.
    why: Option<String>,
}

impl From<Told> for MyAuditOut {
    fn from(t: Told) -> Self {
        Self { id: t.id, at: t.at.into(), what: t.what, why: t.why }
    }
}

/// A page of the citizen's list.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MyAuditPage {
    /// Newest first.
    entries: Vec<MyAuditOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// An entry of the audit trail.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditOut {
    /// Its id.
    id: EntryId,
    /// When.
    at: Timestamp,
    /// `staff` or `machine`.
    actor_kind: String,
    /// The member or the key.
    actor_id: Uuid,
    /// Their name at the time.
    actor_name: String,
    /// What was done.
    act: String,
    /// To what: a key, an upload, a colleague, a person whose trail was read.
    subject_id: Option<Uuid>,
    /// To whose data.
    resident_id: Option<ResidentId>,
    /// Why: `visit`, `telephone`, `letter`, `request`, `correction` or `agenda`; of `people_erased` how much of what.
    reason: Option<String>,
    /// Leads to the log.
    request_id: Option<String>,
}

impl From<EntryRow> for AuditOut {
    fn from(e: EntryRow) -> Self {
        Self {
            id: e.id,
            at: e.at.into(),
            actor_kind: e.actor_kind,
            actor_id: e.actor_id,
            actor_name: e.actor_name,
            act: e.act,
            subject_id: e.subject_id,
            resident_id: e.resident_id,
            reason: e.reason,
            request_id: e.request_id,
        }
    }
}

/// A page of the audit trail.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditPage {
    /// Newest first.
    entries: Vec<AuditOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// The citizen's operation.
pub struct MyAuditApi;

#[OpenApi(prefix_path = "/v1")]
impl MyAuditApi {
    /// List who looked at my data
    ///
    /// What staff did with it and why, newest first, in the citizen's language.
    #[oai(path = "/audit", method = "get", operation_id = "list_my_audit")]
    async fn list(
        &self,
        app: Data<&App>,
        who: Private,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Entries on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<MyAuditPage>, Failure> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (told, next_cursor) = super::of_citizen(&app, &who.0, cursor.0.as_deref(), limit).await?;
        Ok(Json(MyAuditPage { entries: told.into_iter().map(MyAuditOut::from).collect(), next_cursor }))
    }
}

/// The operation of whoever watches over the staff.
pub struct AuditApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AuditApi {
    /// List who did what
    ///
    /// Everything staff and machines did in the municipality, newest first, or with one person's data. Needs the role
    /// `audit`. Looking is itself written down.
    #[oai(path = "/audit", method = "get", operation_id = "list_audit")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Audit>,
        /// Only what was done with this person's data.
        resident_id: Query<Option<ResidentId>>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Entries on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<AuditPage>, Failure> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (rows, next_cursor) = super::of_town(&app, &who.0, resident_id.0, cursor.0.as_deref(), limit).await?;
        Ok(Json(AuditPage { entries: rows.into_iter().map(AuditOut::from).collect(), next_cursor }))
    }
}
