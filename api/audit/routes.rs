//! `/v1/audit` for the citizen, `/staff/v1/audit` for whoever watches over the town's staff.

use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Query,
    payload::{Binary, Json},
};
use uuid::Uuid;

use super::{Act, ActorRow, EntryId, Seen, SubjectKind, Told, Wanted};
use crate::{
    identity::access::Private,
    platform::{
        App,
        ids::ResidentId,
        page,
        problem::{CursorInvalid, Failure, Refused},
        text::harmless,
        values::{Day, Timestamp},
    },
    staff::access::{As, Audit},
};

/// What somebody did with the citizen's data.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MyAuditOut {
    /// The id of the entry, a UUID.
    id: EntryId,
    /// When it was done, an instant in UTC.
    at: Timestamp,
    /// What was done and by whom, in the citizen's language.
    what: String,
    /// Why, in the citizen's language; absent where no reason is asked.
    why: Option<String>,
    /// The first name of the minor child whose data it was; absent for the citizen's own.
    child: Option<String>,
}

impl From<Told> for MyAuditOut {
    fn from(t: Told) -> Self {
        Self { id: t.id, at: t.at.into(), what: t.what, why: t.why, child: t.child }
    }
}

/// A page of the citizen's list.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MyAuditPage {
    /// The entries of this page, the newest first.
    entries: Vec<MyAuditOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// An entry of the audit trail.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditOut {
    /// The id of the entry, a UUID.
    id: EntryId,
    /// When it was done, an instant in UTC.
    at: Timestamp,
    /// Who did it, a member of staff or a key: `staff` or `machine`.
    actor_kind: String,
    /// The member or the key.
    actor_id: Uuid,
    /// Their name at the time.
    actor_name: String,
    /// What was done, as a stable word; the filter `act` takes the same words.
    act: String,
    /// To what: a key, an upload, a colleague, a person whose trail was read.
    subject_id: Option<Uuid>,
    /// What kind of thing that is; absent where there is nothing of it any more.
    subject_kind: Option<SubjectKind>,
    /// What it is called, such as an announcement's title or a location's name; never the name of a person of the register.
    subject_name: Option<String>,
    /// The resident whose data it concerned; absent where it concerned nobody's.
    resident_id: Option<ResidentId>,
    /// Eight letters that are the same wherever the trail means this person: their name it does not tell.
    person: Option<String>,
    /// Of how many people, where a list was read. Each of them reads it in their own trail.
    people: Option<i64>,
    /// Why: `visit`, `telephone`, `letter`, `request`, `correction` or `agenda`; of `people_erased` how much of what.
    reason: Option<String>,
    /// At which desk it was, as the desk was called then: of `colleague_relieved` and `desk_freed`, the one at which the colleague was
    /// signed on; absent of other acts.
    desk: Option<String>,
    /// Which resident did it for another, in the app: by a mandate, or as a parent; absent of all else. Their name the trail does not tell.
    holder_id: Option<ResidentId>,
    /// Leads to the log.
    request_id: Option<String>,
}

impl From<Seen> for AuditOut {
    fn from(seen: Seen) -> Self {
        let person = seen.person();
        let Seen { row: e, kind, name } = seen;
        Self {
            id: e.id,
            at: e.at.into(),
            actor_kind: e.actor_kind,
            actor_id: e.actor_id,
            actor_name: e.actor_name,
            act: e.act,
            subject_id: e.subject_id,
            subject_kind: kind,
            subject_name: name,
            resident_id: e.resident_id,
            person,
            people: e.people,
            reason: e.reason,
            desk: e.desk,
            holder_id: e.holder_id,
            request_id: e.request_id,
        }
    }
}

/// Somebody whose acts the trail has.
#[derive(Object)]
pub struct ActorOut {
    /// The member or the key.
    id: Uuid,
    /// Whether it is a member of staff or a key: `staff` or `machine`.
    kind: String,
    /// The name they last had.
    name: String,
}

impl From<ActorRow> for ActorOut {
    fn from(a: ActorRow) -> Self {
        Self { id: a.id, kind: a.kind, name: a.name }
    }
}

/// The audit trail as a table.
#[derive(ApiResponse)]
pub enum AuditTableOut {
    /// CSV, with a header, in UTF-8 with a mark, as spreadsheets want it.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

fn table(all: Vec<Seen>) -> Result<AuditTableOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let header = [
        "at",
        "actor_kind",
        "actor",
        "act",
        "subject_kind",
        "subject",
        "person",
        "people",
        "reason",
        "request_id",
        "desk",
    ];
    out.write_record(header).map_err(Failure::internal)?;
    for entry in all.into_iter().map(AuditOut::from) {
        let kind = entry.subject_kind.as_ref().and_then(poem_openapi::types::ToJSON::to_json);
        let row = [
            entry.at.to_string(),
            entry.actor_kind,
            harmless(&entry.actor_name),
            entry.act,
            kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            harmless(&entry.subject_name.unwrap_or_default()),
            entry.person.unwrap_or_default(),
            entry.people.map(|n| n.to_string()).unwrap_or_default(),
            entry.reason.unwrap_or_default(),
            entry.request_id.unwrap_or_default(),
            harmless(&entry.desk.unwrap_or_default()),
        ];
        out.write_record(row).map_err(Failure::internal)?;
    }
    Ok(AuditTableOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// A page of the audit trail.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AuditPage {
    /// The entries of this page, the newest first.
    entries: Vec<AuditOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// The citizen's operation.
#[derive(Default)]
pub struct MyAuditApi;

#[OpenApi(prefix_path = "/v1")]
impl MyAuditApi {
    /// List who looked at my data
    ///
    /// What staff did with the citizen's data and with those of their minor children, and why, and what was done by who acts for them, under
    /// their name; newest first, in the citizen's language.
    /// What the same member of staff looks at again on the same day, on the same screen and for the same reason, is one entry.
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
    ) -> Result<Json<MyAuditPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (told, next_cursor) = super::of_citizen(&app, &who.0, cursor.0.as_deref(), limit).await?;
        Ok(Json(MyAuditPage { entries: told.into_iter().map(MyAuditOut::from).collect(), next_cursor }))
    }
}

/// The operations of whoever watches over the staff.
#[derive(Default)]
pub struct AuditApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl AuditApi {
    /// List who did what
    ///
    /// Everything staff and machines did in the municipality, newest first: by anybody or by one, one act, some days,
    /// or with one person's data. A list of people that was opened is one entry, which says of how many; each of them
    /// reads it in their own trail. What the same member looks at again on the same day, on the same screen and for the same reason, is
    /// one entry. Looking is itself written down.
    #[oai(path = "/audit", method = "get", operation_id = "list_audit")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the operation")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Audit>,
        /// Only what was done with this person's data.
        resident_id: Query<Option<ResidentId>>,
        /// Only what this member or machine did.
        actor_id: Query<Option<Uuid>>,
        /// Shows only entries of this act.
        act: Query<Option<Act>>,
        /// The first day, on the municipality's clocks.
        from: Query<Option<Day>>,
        /// The last day to show, which counts as well; absent for no end.
        until: Query<Option<Day>>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Entries on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<AuditPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let wanted = Wanted {
            resident: resident_id.0,
            actor: actor_id.0,
            act: act.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
        };
        let (seen, next_cursor) = super::of_town(&app, &who.0, &wanted, cursor.0.as_deref(), limit).await?;
        Ok(Json(AuditPage { entries: seen.into_iter().map(AuditOut::from).collect(), next_cursor }))
    }

    /// Export who did what
    ///
    /// The same as a table for a spreadsheet: the newest ten thousand; ask for fewer days to get what is older. Looking
    /// is itself written down.
    #[oai(path = "/audit/export", method = "get", operation_id = "export_audit")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the operation")]
    async fn export(
        &self,
        app: Data<&App>,
        who: As<Audit>,
        /// Only what was done with this person's data.
        resident_id: Query<Option<ResidentId>>,
        /// Only what this member or machine did.
        actor_id: Query<Option<Uuid>>,
        /// Shows only entries of this act.
        act: Query<Option<Act>>,
        /// The first day, on the municipality's clocks.
        from: Query<Option<Day>>,
        /// The last day to show, which counts as well; absent for no end.
        until: Query<Option<Day>>,
    ) -> Result<AuditTableOut, Failure> {
        let wanted = Wanted {
            resident: resident_id.0,
            actor: actor_id.0,
            act: act.0,
            from: from.0.map(Day::get),
            until: until.0.map(Day::get),
        };
        table(super::export(&app, &who.0, &wanted).await?)
    }

    /// List who acted
    ///
    /// Members of staff and machines that the trail of the municipality has, by name, to choose one of them.
    #[oai(path = "/audit/actors", method = "get", operation_id = "list_audit_actors")]
    async fn actors(&self, app: Data<&App>, who: As<Audit>) -> Result<Json<Vec<ActorOut>>, Failure> {
        Ok(Json(super::actors(&app, &who.0).await?.into_iter().map(ActorOut::from).collect()))
    }
}
