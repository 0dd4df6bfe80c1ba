//! `/staff/v1/residents`.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{Question, Seen};
use crate::{
    appointments::{
        booking::staff_routes::{VisitOut, visit_out},
        notices::document_name,
    },
    audit::Reason,
    documents::{DocumentId, Reminded, routes::DocumentOut},
    inbox::MessageId,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        language::{Language, say},
        problem::{Code, Failure},
        values::{Day, Timestamp},
    },
    residents::rules::NationalNumber,
    staff::access::{As, Counter},
};

/// Whom to look up, and why. By national number, or by family name and birth date.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct LookUp {
    /// The national number, with or without dots. It is not kept.
    #[oai(validator(min_length = 1, max_length = 30))]
    national_number: Option<String>,
    /// How the family name begins.
    #[oai(validator(min_length = 1, max_length = 300))]
    family_name: Option<String>,
    /// The birth date, such as `1985-05-05`; it goes with the family name.
    birth_date: Option<Day>,
    /// Why; the citizen can read it.
    reason: Reason,
}

/// Somebody of the register.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ResidentOut {
    /// The id of the resident here, a UUID; it is not the national number.
    id: ResidentId,
    /// All given names; empty where there are none.
    given_names: String,
    /// The family name, as the register writes it.
    family_name: String,
    /// The birth date, if the register knows it.
    birth_date: Option<NaiveDate>,
    /// The street of the address, as the register writes it.
    street: String,
    /// The house number of the address, which may have letters.
    house_number: String,
    /// The box number of the address; empty where there is none.
    box_number: String,
    /// The postcode of the address, such as `9800`.
    postcode: String,
    /// Town, as the register writes it.
    town: String,
    /// `active`, `deceased`, `departed`, or `retired` (no longer in the register's snapshot).
    state: String,
    /// Since when not active.
    state_on: Option<NaiveDate>,
    /// Whether they have the app.
    has_app: bool,
}

impl From<Seen> for ResidentOut {
    fn from(seen: Seen) -> Self {
        let Seen { detail, has_app } = seen;
        let person = detail.person;
        Self {
            id: person.id,
            given_names: person.given_names,
            family_name: person.family_name,
            birth_date: person.birth_date,
            street: detail.street,
            house_number: detail.house_number,
            box_number: detail.box_number,
            postcode: detail.postcode,
            town: detail.town,
            state: person.state.as_str().to_owned(),
            state_on: person.state_on,
            has_app,
        }
    }
}

/// What became of one reminder for somebody.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct RemindedOut {
    /// The id of the document that it speaks of.
    document_id: DocumentId,
    /// What that document is called, in the town's first language.
    document: String,
    /// The first name of the child whose it is; absent for their own.
    child: Option<String>,
    /// Days before the day of which it speaks (`anchor_on`); negative after it.
    stage: i64,
    /// The day of which it speaks: on which the document ends, or lies ready.
    anchor_on: NaiveDate,
    /// The day on which it was to come.
    due_on: NaiveDate,
    /// When it was told, or held back.
    decided_at: Timestamp,
    /// The id of the message that told it; absent where it was held back.
    message_id: Option<MessageId>,
    /// Why it was held back: `no_account` (no app), `told_by_letter`, `superseded` (a later one says it), `past`, `renewed`, `stopped`,
    /// `deceased`, `moved`, `no_longer_registered`, `link_ended` or `of_age` (of a child); absent where it was told.
    held_back: Option<String>,
    /// The same as a sentence, in the town's first language.
    why: Option<String>,
}

impl RemindedOut {
    fn of(Reminded { row, child }: Reminded, language: Language) -> Self {
        let why = row.reason.as_ref().map(|reason| say(language, &format!("held-{}", reason.replace('_', "-")), &[]));
        Self {
            document_id: row.document_id,
            document: document_name(language, &row.kind),
            child,
            stage: row.stage,
            anchor_on: row.anchor_on,
            due_on: row.due_on,
            decided_at: row.decided_at.into(),
            message_id: row.message_id,
            held_back: row.reason,
            why,
        }
    }
}

/// Somebody's visits.
#[derive(Object)]
pub struct ResidentVisitsOut {
    /// Those that are held or booked and not over, the next first.
    coming: Vec<VisitOut>,
    /// Those that are over, or were booked and are off, the latest first; fifty at most.
    past: Vec<VisitOut>,
}

/// Operations of the counter.
#[derive(Default)]
pub struct CounterApi;

#[OpenApi(prefix_path = "/staff/v1/residents")]
impl CounterApi {
    /// Look somebody up
    ///
    /// Twenty at most. Each person shown can read that they were looked up, and why.
    #[oai(path = "/search", method = "post", operation_id = "find_residents")]
    async fn find(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        body: Body<LookUp>,
    ) -> Result<Json<Vec<ResidentOut>>, Failure> {
        let LookUp { national_number, family_name, birth_date, reason } = body.0;
        let question = match (national_number, family_name, birth_date) {
            (Some(number), None, None) => Question::Number(
                NationalNumber::parse(&number)
                    .map_err(|why| Failure::field(Code::BodyInvalid, "national_number", why))?,
            ),
            (None, Some(family_name), Some(born_on)) => Question::Name { family_name, born_on: born_on.get() },
            (None, Some(_), None) => {
                return Err(Failure::field(Code::BodyInvalid, "birth_date", "goes with family_name"));
            }
            (None, None, Some(_)) => {
                return Err(Failure::field(Code::BodyInvalid, "family_name", "goes with birth_date"));
            }
            _ => {
                let why = "either national_number, or family_name and birth_date";
                return Err(Failure::field(Code::BodyInvalid, "national_number", why));
            }
        };
        Ok(Json(super::find(&app, &who.0, &question, reason).await?.into_iter().map(ResidentOut::from).collect()))
    }

    /// Read who somebody is
    ///
    /// The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id", method = "get", operation_id = "get_resident")]
    async fn get(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<ResidentOut>, Failure> {
        Ok(Json(super::get(&app, &who.0, resident_id.0, reason.0).await?.into()))
    }

    /// Read somebody's documents
    ///
    /// And those of minor children of theirs. The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id/documents", method = "get", operation_id = "list_resident_documents")]
    async fn documents(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<Vec<DocumentOut>>, Failure> {
        let all = super::documents(&app, &who.0, resident_id.0, reason.0).await?;
        Ok(Json(all.into_iter().map(DocumentOut::from).collect()))
    }

    /// Read which reminders somebody had
    ///
    /// And which were held back and why: "why was she not told". The latest first, a hundred at most. The citizen can read that it was
    /// done, and why.
    #[oai(path = "/:resident_id/reminders", method = "get", operation_id = "list_resident_reminders")]
    async fn reminders(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<Vec<RemindedOut>>, Failure> {
        let all = super::reminders(&app, &who.0, resident_id.0, reason.0).await?;
        let language = who.0.town.language_for(None);
        Ok(Json(all.into_iter().map(|one| RemindedOut::of(one, language)).collect()))
    }

    /// Read somebody's visits
    ///
    /// Those to come, also the ones that a parent booked for a child, and the latest that were. The citizen can read that it was done, and
    /// why.
    #[oai(path = "/:resident_id/visits", method = "get", operation_id = "list_resident_visits")]
    async fn visits(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<ResidentVisitsOut>, Failure> {
        let all = super::visits(&app, &who.0, resident_id.0, reason.0).await?;
        Ok(Json(ResidentVisitsOut {
            coming: all.coming.into_iter().map(visit_out).collect(),
            past: all.past.into_iter().map(visit_out).collect(),
        }))
    }

    /// Sign somebody out on all devices
    ///
    /// When a phone was lost, say. The citizen reads it at the next sign-in.
    #[oai(path = "/:resident_id/sessions", method = "delete", operation_id = "end_resident_sessions")]
    async fn sign_out(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        super::sign_out(&app, &who.0, resident_id.0, reason.0, &idempotency).await
    }
}
