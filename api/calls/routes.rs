//! `/staff/v1/calls`: whom staff call, as no other way led to them.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    Call, CallId, CallResult, Decided,
    model::{CallTaken, CannotClose, Try},
};
use crate::{
    audit::Reason,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        page,
        problem::{CursorInvalid, Refused},
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// A try to call somebody.
#[derive(Object)]
pub struct CallTryOut {
    /// When it was, an instant in UTC.
    at: Timestamp,
    /// What came of it.
    result: CallResult,
    /// The name of the member of staff who tried.
    by: String,
}

impl From<Try> for CallTryOut {
    fn from(t: Try) -> Self {
        Self { at: t.at.into(), result: t.result, by: t.by_name }
    }
}

/// Somebody whom staff call. The register has no telephone number: staff look it up.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CallOut {
    /// The id of the call, which `take_call`, `note_call` and `close_call` take.
    id: CallId,
    /// The id of the resident.
    resident_id: ResidentId,
    /// What they are called, as the register has it.
    name: String,
    /// The language in which they are spoken to: `nl`, `fr`, `de` or `en`.
    language: String,
    /// Since when they are to be called, an instant in UTC.
    since: Timestamp,
    /// When the message was written that they did not answer, an instant in UTC.
    written_at: Timestamp,
    /// Until when it is worth telling them, an instant in UTC; absent where it does not pass.
    worth_until: Option<Timestamp>,
    /// The title of the message: what it is about.
    title: String,
    /// What to say: the text of the message, in their language, paragraphs apart by an empty line.
    text: String,
    /// The name of the member of staff who has the call; absent where nobody has.
    taken_by: Option<String>,
    /// Since when they have it, an instant in UTC; absent where nobody has.
    taken_at: Option<Timestamp>,
    /// What was tried, the first first.
    tries: Vec<CallTryOut>,
    /// Whether `close_call` may be called: after three tries on three days, each at another hour, or where trying again is no use.
    may_close: bool,
    /// Whether they want what comes on paper read to them: read the letter out.
    read_aloud: bool,
}

impl From<Call> for CallOut {
    fn from(call: Call) -> Self {
        let (due, row) = (call.due, call.row);
        let (taken_by, taken_at) = row.map_or((None, None), |row| (row.taken_by, row.taken_at));
        Self {
            id: CallId(due.reach),
            resident_id: due.resident,
            name: call.name,
            language: due.language.code().to_owned(),
            since: due.since.into(),
            written_at: due.created_at.into(),
            worth_until: due.worth_until.map(Timestamp::from),
            title: due.title,
            text: due.body,
            taken_by,
            taken_at: taken_at.map(Timestamp::from),
            tries: call.tries.into_iter().map(CallTryOut::from).collect(),
            may_close: call.may_close,
            read_aloud: due.read_aloud,
        }
    }
}

/// A page of the call list.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CallPage {
    /// The calls of this page, those that wait longest first.
    calls: Vec<CallOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// Somebody whom no call led to, and who has them now.
#[derive(Object)]
pub struct HandedOverOut {
    /// The id of the call.
    id: CallId,
    /// The id of the resident.
    resident_id: ResidentId,
    /// What they are called, as the register has it.
    name: String,
    /// The name of the member of staff who has it.
    by: String,
    /// Since when, an instant in UTC.
    at: Timestamp,
    /// What they do about it, as they wrote it.
    note: String,
}

impl From<(Decided, String)> for HandedOverOut {
    fn from((d, name): (Decided, String)) -> Self {
        Self { id: CallId(d.reach_id), resident_id: d.resident_id, name, by: d.by, at: d.at.into(), note: d.note }
    }
}

/// A page of those who were handed over.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct HandedOverPage {
    /// Those of this page, the latest first.
    handed_over: Vec<HandedOverOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// What came of a try.
#[derive(Object, Deserialize)]
pub struct CallTryIn {
    /// What came of it: who was reached is off the list.
    result: CallResult,
}

/// What is done about somebody whom no call led to.
#[derive(Object, Deserialize)]
pub struct CallCloseIn {
    /// What the member of staff who decides does about it, such as a visit to the house.
    #[oai(validator(min_length = 1, max_length = 500))]
    note: String,
}

/// Operations on the call list.
#[derive(Default)]
pub struct CallsApi;

#[OpenApi(prefix_path = "/staff/v1/calls")]
impl CallsApi {
    /// List whom to call
    ///
    /// Who did not answer what they were told, and whom no e-mail and no letter led to: those that wait longest first, with what to say. Each
    /// of them can read that they were looked at, and why. Who has read it meanwhile, or has done what it asks, is not among them. Whose
    /// visit changed and who has no app is on another list: `list_to_ring`.
    #[oai(path = "/", method = "get", operation_id = "list_calls")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// Why the data are looked at; the citizens can read it.
        reason: Query<Reason>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Calls on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<CallPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (calls, next_cursor) = super::list(&app, &who.0, cursor.0.as_deref(), limit, reason.0).await?;
        Ok(Json(CallPage { calls: calls.into_iter().map(CallOut::from).collect(), next_cursor }))
    }

    /// List whom a colleague has now
    ///
    /// Those whom no call led to in the last ninety days, the latest first: which colleague has them since, and what they do about it. Each of them can
    /// read that they were looked at, and why. A page may be shorter than its limit.
    #[oai(path = "/handed-over", method = "get", operation_id = "list_handed_over")]
    async fn handed_over(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// Why the data are looked at; the citizens can read it.
        reason: Query<Reason>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// People on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<HandedOverPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (all, next_cursor) = super::handed_over(&app, &who.0, cursor.0.as_deref(), limit, reason.0).await?;
        Ok(Json(HandedOverPage { handed_over: all.into_iter().map(HandedOverOut::from).collect(), next_cursor }))
    }

    /// Take a call
    ///
    /// It is yours until you give it back, or the day ends: nobody else notes anything on it meanwhile.
    #[oai(path = "/:call_id/take", method = "post", operation_id = "take_call")]
    async fn take(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        call_id: Path<CallId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CallTaken>> {
        let key = key.by(who.0.session);
        super::take(&app, &who.0, call_id.0, &key).await
    }

    /// Give a call back
    ///
    /// Another may take it.
    #[oai(path = "/:call_id/take", method = "delete", operation_id = "give_call_back")]
    async fn give_back(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        call_id: Path<CallId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CallTaken>> {
        let key = key.by(who.0.session);
        super::give_back(&app, &who.0, call_id.0, &key).await
    }

    /// Note a try
    ///
    /// What came of calling somebody. Who was reached is off the list. Whoever notes something has the call from then on, where nobody had.
    #[oai(path = "/:call_id/tries", method = "post", operation_id = "note_call")]
    async fn note(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        call_id: Path<CallId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<CallTryIn>,
    ) -> Result<(), Refused<CallTaken>> {
        let key = key.by(who.0.session);
        super::note(&app, &who.0, call_id.0, body.0.result, &key).await
    }

    /// Close a call that led to nobody
    ///
    /// After three tries on three days, each at another hour, or where trying again is no use (`may_close`): you have it now, under your
    /// name, and it is off the list.
    #[oai(path = "/:call_id/close", method = "post", operation_id = "close_call")]
    async fn close(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        call_id: Path<CallId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<CallCloseIn>,
    ) -> Result<(), Refused<CannotClose>> {
        let key = key.by(who.0.session);
        super::close(&app, &who.0, call_id.0, &body.0.note, &key).await
    }
}
