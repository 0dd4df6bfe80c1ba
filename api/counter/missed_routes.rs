//! `/staff/v1/missed-reminders`: who was not reminded of a document, because they have no app.

use chrono::{Duration, NaiveDate};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json};

use crate::{
    appointments::notices::document_name,
    audit::Reason,
    documents::{DocumentId, missed::Missed},
    platform::{
        App,
        ids::ResidentId,
        language::Language,
        page::{self, Cursor},
        problem::{CursorInvalid, Refused},
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// Days that the list goes back: a card that ended earlier was asked for, or its holder was written to by the town.
const DAYS: i64 = 92;

/// The name of the list in its cursors: one word.
const LIST: &str = "missed_reminders";

/// Somebody who was to be told.
#[derive(Object)]
pub struct RecipientOut {
    /// The id of the resident.
    resident_id: ResidentId,
    /// What they are called, as the register has it.
    name: String,
}

/// A document of whose end somebody was not told, because they have no app and no other way leads to them.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MissedReminderOut {
    /// The id of the document.
    document_id: DocumentId,
    /// What the document is called, in the town's first language.
    document: String,
    /// The id of the resident whose document it is.
    resident_id: ResidentId,
    /// What they are called, as the register has it.
    name: String,
    /// Who was to be told: the holder, or the parents of a child; without those who have the app by now, or are told
    /// by e-mail, by a letter or on the telephone.
    recipients: Vec<RecipientOut>,
    /// Days before the day of which the latest reminder that was missed speaks (`anchor_on`); negative after it.
    stage: i64,
    /// The day of which it speaks: on which the document ends, or lies ready.
    anchor_on: NaiveDate,
    /// The day on which it was to come.
    due_on: NaiveDate,
    /// When it was held back, an instant in UTC.
    decided_at: Timestamp,
    /// The day of the visit that is booked for the document; absent where none is.
    appointment_on: Option<NaiveDate>,
}

impl MissedReminderOut {
    fn of(m: Missed, language: Language) -> Self {
        Self {
            document_id: m.row.document_id,
            document: document_name(language, &m.row.kind),
            resident_id: m.row.resident_id,
            name: m.holder,
            recipients: m
                .recipients
                .into_iter()
                .map(|(resident_id, name)| RecipientOut { resident_id, name })
                .collect(),
            stage: m.row.stage,
            anchor_on: m.row.anchor_on,
            due_on: m.row.due_on,
            decided_at: m.row.decided_at.into(),
            appointment_on: m.booked_on,
        }
    }
}

/// A page of missed reminders.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MissedReminderPage {
    /// The documents of this page, those that were held back last first.
    reminders: Vec<MissedReminderOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// Operations on missed reminders.
#[derive(Default)]
pub struct MissedApi;

#[OpenApi(prefix_path = "/staff/v1/missed-reminders")]
impl MissedApi {
    /// List who was not reminded
    ///
    /// For want of the app, in the last three months, of a document that is still in force, where no e-mail, letter or call tells them either: a list
    /// to ring or to write to. Each document once. Whose it is and who was to be told can each read that it was looked at, and why. A page may be shorter than its limit.
    #[oai(path = "/", method = "get", operation_id = "list_missed_reminders")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// Why the data are looked at; the citizens can read it.
        reason: Query<Reason>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Documents on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<MissedReminderPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let cursor = cursor.0.as_deref().map_or(Ok(Cursor::BEGINNING), |text| Cursor::read(LIST, text))?;
        let (missed, next) = super::missed(&app, &who.0, Duration::days(DAYS), (cursor, limit), reason.0).await?;
        let language = who.0.town.language_for(None);
        Ok(Json(MissedReminderPage {
            reminders: missed.into_iter().map(|m| MissedReminderOut::of(m, language)).collect(),
            next_cursor: next.map(|cursor| cursor.write(LIST)),
        }))
    }
}
