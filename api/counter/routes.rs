//! `/staff/v1/residents`.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{MessagesOf, Question, Seen};
use crate::{
    appointments::{
        booking::staff_routes::{VisitOut, visit_out},
        notices::document_name,
        waiting::routes::WaitingOut,
    },
    audit::Reason,
    documents::{DocumentId, Reminded, routes::DocumentOut},
    inbox::{
        MessageId, Told,
        reach::{Further, Step, Taken},
    },
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        language::{Language, say},
        problem::{Code, Failure},
        values::{Day, Timestamp},
    },
    push::routes::PreferencesBody,
    queue::staff_routes::TurnOut,
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
    /// Whether nobody may know the address, for their safety: then the fields of the address are empty.
    address_hidden: bool,
    /// `active`, `deceased`, `departed`, or `retired` (no longer in the register's snapshot).
    state: String,
    /// Since when not active.
    state_on: Option<NaiveDate>,
    /// Whether they have the app.
    has_app: bool,
    /// The country of an address abroad: the code of ISO 3166-1, or its name where the register knows no code; empty for Belgium.
    country: String,
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
            address_hidden: detail.hidden,
            state: person.state.as_str().to_owned(),
            state_on: person.state_on,
            has_app,
            country: detail.country,
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

/// Something that somebody was told, or was to be told.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ToldOut {
    /// What kind of message it is, such as `document_reminder`.
    kind: String,
    /// What it is called, in the language in which it was written to them.
    title: String,
    /// When it was written, an instant in UTC.
    created_at: Timestamp,
    /// When the provider of a phone of theirs took the notification; absent where none did.
    shown_at: Option<Timestamp>,
    /// When they read it; absent where they did not.
    read_at: Option<Timestamp>,
    /// When the town took it back; absent where it stands.
    withdrawn_at: Option<Timestamp>,
    /// Why they were not told in the app: `no_app`, or `not_here` (they died, moved, or left the register); absent where it lies in their
    /// inbox.
    unreached: Option<String>,
    /// How it went on where they did not read it: by e-mail, by a letter, by a call. Absent where nothing more is done than the inbox and the
    /// notification.
    further: Option<FurtherOut>,
}

/// How a message went on where it was not read.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct FurtherOut {
    /// What became of it: `read`, `settled` (what it asked was done, or it does not hold any more), `replaced` (a later one says it again), `mailed`,
    /// `posted`, `called`, `handed_over`, `with_parent`, `not_here`, `too_late`, `refused` or `not_reached`. Absent while it is under way.
    outcome: Option<String>,
    /// Since when that is so, an instant in UTC; absent while it is under way.
    outcome_at: Option<Timestamp>,
    /// The steps so far, in the order in which they were.
    steps: Vec<FurtherStepOut>,
    /// The colleague who has it now; absent where none has.
    handed_to: Option<HandedToOut>,
}

/// A step of a message that was not read.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct FurtherStepOut {
    /// Which step it is: `mail`, `letter` or `call`.
    step: String,
    /// `due` (it waits to be printed, or for somebody to call), `taken` (under way: sent, or in a batch), `reached` (posted, or spoken to), `skipped`,
    /// `failed` or `returned`.
    state: String,
    /// Why it was skipped or came to nothing: `refused`, `no_email`, `no_address`, `hidden_address`, `off` (the town writes no letters),
    /// `too_late`, `with_parent`, `bounced`, `returned`, `not_done` or `taken_out`. Absent where it stands.
    reason: Option<String>,
    /// Since when it stands so, an instant in UTC.
    at: Timestamp,
    /// The reference of the letter, by which `find_letter` finds it; absent for other steps, and while none is made.
    letter: Option<String>,
}

/// Who has what could not be told.
#[derive(Object)]
pub struct HandedToOut {
    /// The name of the member of staff.
    name: String,
    /// Since when they have it, an instant in UTC.
    at: Timestamp,
    /// What they do, as they wrote it.
    note: String,
}

impl FurtherOut {
    fn of(further: Further, told: &mut MessagesOf) -> Self {
        let letter = told.letters.remove(&further.reach);
        let step = |t: Taken| FurtherStepOut {
            step: t.step.to_string(),
            state: t.state.to_string(),
            reason: t.reason.map(|why| why.to_string()),
            at: t.at.into(),
            letter: letter.clone().filter(|_| t.step == Step::Letter),
        };
        let handed_to = told.decided.remove(&further.reach);
        Self {
            outcome: further.outcome.map(|(outcome, _)| outcome.to_string()),
            outcome_at: further.outcome.map(|(_, at)| at.into()),
            steps: further.steps.into_iter().map(step).collect(),
            handed_to: handed_to.map(|d| HandedToOut { name: d.by, at: d.at.into(), note: d.note }),
        }
    }
}

impl ToldOut {
    fn of(t: Told, told: &mut MessagesOf) -> Self {
        Self {
            further: t.further.map(|further| FurtherOut::of(further, told)),
            kind: t.kind,
            title: t.title,
            created_at: t.created_at.into(),
            shown_at: t.shown_at.map(Timestamp::from),
            read_at: t.read_at.map(Timestamp::from),
            withdrawn_at: t.withdrawn_at.map(Timestamp::from),
            unreached: t.unreached.map(|why| why.to_string()),
        }
    }
}

/// How somebody is reached.
#[derive(Object)]
pub struct ReachedOut {
    /// Whether they have the app.
    has_app: bool,
    /// Their language, when their phone keeps still, and what does not disturb them: what they chose, or what holds without a choice.
    preferences: PreferencesBody,
}

/// Somebody's numbers of today, and what they wait for.
#[derive(Object)]
pub struct TurnsOut {
    /// Their numbers of today, the last first.
    tickets: Vec<TurnOut>,
    /// What they wait for on the waiting list, the first first.
    waiting: Vec<WaitingOut>,
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

    /// Read what somebody was told
    ///
    /// What it is called and what became of it, also of what there was no way to tell them; what it says is theirs to read. The latest
    /// first, fifty at most. The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id/messages", method = "get", operation_id = "list_resident_messages")]
    async fn messages(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<Vec<ToldOut>>, Failure> {
        let mut told = super::messages(&app, &who.0, resident_id.0, reason.0).await?;
        let all = std::mem::take(&mut told.all);
        Ok(Json(all.into_iter().map(|one| ToldOut::of(one, &mut told)).collect()))
    }

    /// Read how somebody is reached
    ///
    /// The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id/preferences", method = "get", operation_id = "get_resident_preferences")]
    async fn preferences(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<ReachedOut>, Failure> {
        let reached = super::reached(&app, &who.0, resident_id.0, reason.0).await?;
        let preferences = PreferencesBody::of(reached.language, reached.choice);
        Ok(Json(ReachedOut { has_app: reached.has_app, preferences }))
    }

    /// Read somebody's numbers and what they wait for
    ///
    /// Their numbers of today, and their entries of the waiting list. The citizen can read that it was done, and why.
    #[oai(path = "/:resident_id/turns", method = "get", operation_id = "list_resident_turns")]
    async fn turns(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<TurnsOut>, Failure> {
        let (turns, waiting) = super::turns(&app, &who.0, resident_id.0, reason.0).await?;
        Ok(Json(TurnsOut {
            tickets: turns.into_iter().map(TurnOut::from).collect(),
            waiting: waiting.into_iter().map(WaitingOut::from).collect(),
        }))
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
