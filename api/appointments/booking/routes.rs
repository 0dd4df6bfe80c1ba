//! `/v1/appointments`: a citizen books, moves and cancels.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Json, PlainText},
};
use serde::Deserialize;

use super::{Moving, Reminding, Wish, calendar, visitors};
use crate::{
    appointments::{
        booking,
        catalogue::{
            known::Catalogue,
            routes::{PlaceOut, ServiceOut, around, place_of_visit, service_out},
        },
        model::{
            AppointmentId, Booker, BringFor, CannotAdd, CannotBook, CannotConfirm, CannotMove, Claim, LocationId,
            LocationKind, NotExtendable, NothingToClaim, ServiceId, Subject, Visit, VisitBegun, VisitState, WaitingId,
        },
        notices::{self, document_name},
        search::Start,
    },
    identity::{Citizen, access::Session},
    mandates::access::{Book, ForCitizen, Propose, See, Visits},
    municipalities::Municipality,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::DocumentId,
        language::Language,
        page,
        problem::{Code, CursorInvalid, Failure, Refused},
        reach,
        values::{Day, Instant, Timestamp},
    },
};

/// What is to be booked.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct AppointmentWish {
    /// The service to book, an `id` from `GET /v1/services`.
    service_id: ServiceId,
    /// The location of the start, as `location_id` of that start says.
    location_id: LocationId,
    /// When: one of the free starts.
    starts_at: Instant,
    /// How many come together.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: i64,
    /// True to hold it for a few minutes while the citizen decides; then confirm it.
    hold: bool,
    /// The names of the others, where more than one come; of all, where it is for none of them that the citizen comes.
    #[oai(default, validator(max_items = 19, max_length = 100))]
    #[serde(default)]
    companions: Vec<String>,
    /// The ids of the documents to come for, the citizen's own and their minor children's, as a proposal names them: then nobody needs to
    /// be named. Left out, the citizen's only document that the service is for is meant, or of the children that are named.
    #[oai(default, validator(max_items = 20))]
    #[serde(default)]
    document_ids: Vec<DocumentId>,
    /// Where to come to, for a visit at home (where the citizen lives, if it is not said); whom to ring, for a telephone
    /// call.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

/// Another time or place for a visit.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct AppointmentMove {
    /// The location of the new start, as `location_id` of that start says.
    location_id: LocationId,
    /// When: one of the free starts.
    starts_at: Instant,
    /// Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
}

/// What is added to a visit.
#[derive(Object, Deserialize)]
pub struct AppointmentAddition {
    /// The ids of the documents to come for as well, the citizen's own and their minor children's.
    #[oai(validator(min_items = 1, max_items = 20))]
    document_ids: Vec<DocumentId>,
}

/// A reminder of a visit that will be sent.
#[derive(Object)]
pub struct ReminderOut {
    /// When the reminder will be sent, an instant in UTC.
    at: Timestamp,
    /// `push` where a phone of the citizen's will show it, `inbox` where it only lies ready in the app.
    by: String,
}

/// Somebody whom a visit is for.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitSubjectOut {
    /// What they are called: the first name, or the name that whoever booked gave.
    name: String,
    /// Whether this is the citizen whose visit it is.
    is_me: bool,
    /// The id of their document, where the visit is for one.
    document_id: Option<DocumentId>,
    /// What that document is called, in the citizen's language.
    document: Option<String>,
    /// What to bring for that document, in the citizen's language.
    bring: Option<String>,
}

/// A visit.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AppointmentOut {
    /// The id of the visit, which `/v1/appointments/{appointment_id}` takes.
    id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// What a code to be scanned holds.
    qr: String,
    /// `held`, `booked`, `cancelled` or `lapsed`.
    state: String,
    /// When the visit begins, an instant in UTC; show it in the town's time zone.
    starts_at: Timestamp,
    /// When the visit ends, an instant in UTC.
    ends_at: Timestamp,
    /// The day that the town's calendar shows then.
    day: NaiveDate,
    /// How many come together.
    persons: i64,
    /// Until when it is held.
    held_until: Option<Timestamp>,
    /// Whether it may be held for as long again.
    extendable: bool,
    /// Whether the citizen came for it and the house sent them away before it was their turn, as it closed. It is listed with those to come
    /// for two weeks, and may be moved or cancelled, although its time is past.
    turned_away: bool,
    /// The names of the others who come.
    companions: Vec<String>,
    /// Whom the visit is for, and the document of each where it is for one; empty for a visit that was booked before this was kept.
    subjects: Vec<VisitSubjectOut>,
    /// Where to come to, or whom to ring; absent at a town hall, of a video visit, whose link is the address of its location, and of a visit
    /// at home for who acts for somebody else.
    contact: Option<String>,
    /// The entry of the waiting list that this hold is offered to: confirmed, it takes the place of the visit that was to be
    /// earlier, which keeps its reference.
    waiting_id: Option<WaitingId>,
    /// The reminders that will be sent, as things stand now: a phone that is added or removed, or news that is muted,
    /// changes it.
    reminders: Vec<ReminderOut>,
    /// The booked service, with its texts in the citizen's language.
    service: ServiceOut,
    /// The location of the visit, with its texts in the citizen's language.
    location: PlaceOut,
}

/// A page of visits that are over or off.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PastPage {
    /// The visits of this page, the latest first.
    appointments: Vec<AppointmentOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

fn appointment_out(
    app: &App,
    v: Visit,
    reminders: &[Reminding],
    catalogue: &Catalogue,
    language: Language,
    town: &Municipality,
) -> Result<AppointmentOut, Failure> {
    let known = catalogue.services.get(&v.service_id).zip(catalogue.locations.get(&v.location_id));
    let (service, location) = known.ok_or_else(|| Failure::internal("a visit for what is not in the catalogue"))?;
    let of_kind: &BringFor = app.part();
    let subject = |s: Subject| VisitSubjectOut {
        is_me: s.resident.is_some() && s.resident == v.resident_id,
        bring: s.kind.as_deref().map(|kind| (of_kind.0)(language, kind)),
        document: s.kind.map(|kind| document_name(language, &kind)),
        document_id: s.document,
        name: s.name,
    };
    Ok(AppointmentOut {
        id: v.id,
        subjects: v.subjects.0.into_iter().map(subject).collect(),
        qr: format!("thuisloket:{}:{}", town.key, v.reference),
        reference: v.reference,
        day: v.starts_at.with_timezone(&town.zone).date_naive(),
        starts_at: v.starts_at.into(),
        ends_at: v.ends_at.into(),
        persons: v.persons,
        held_until: v.held_until.filter(|_| v.state == VisitState::Held).map(Timestamp::from),
        extendable: v.state == VisitState::Held && !v.extended && v.waiting_id.is_none(),
        turned_away: v.turned_away && v.begun_at.is_none(),
        companions: v.companions.0,
        location: place_of_visit(location, &v.contact, language, town),
        contact: Some(v.contact).filter(|c| !c.is_empty() && location.kind.wants_contact()),
        waiting_id: v.waiting_id,
        reminders: reminders
            .iter()
            .map(|(at, by)| ReminderOut { at: (*at).into(), by: by.as_str().to_owned() })
            .collect(),
        state: v.state.to_string(),
        service: service_out(service, language, town),
    })
}

/// A visit for a calendar.
#[derive(ApiResponse)]
pub enum CalendarOut {
    /// iCalendar (RFC 5545). The same event whatever becomes of the visit.
    #[oai(status = 200, content_type = "text/calendar; charset=utf-8")]
    Ok(
        PlainText<String>,
        /// What to call the file.
        #[oai(header = "content-disposition")]
        String,
    ),
}

/// A visit as whoever asks may see it: where it is at home, who acts for somebody else is not told where that is. The register may hide the
/// address for somebody's safety. Nor are they told for which child it is, and for which of the child's documents.
fn as_seen(who: &Citizen, catalogue: &Catalogue, mut visit: Visit) -> Visit {
    if who.acting.is_none() {
        return visit;
    }
    if catalogue.locations.get(&visit.location_id).is_some_and(|l| l.kind == LocationKind::Home) {
        visit.contact = String::new();
    }
    let (owner, subjects) = (visit.resident_id, &visit.subjects.0);
    visit.companions.0.retain(|name| !subjects.iter().any(|s| s.is_beside(owner) && s.name == *name));
    visit.subjects.0.retain(|s| !s.is_beside(owner));
    visit
}

async fn shown(app: &App, who: &Citizen, visit: Visit) -> Result<Json<AppointmentOut>, Failure> {
    let (catalogue, language) = around(app, who).await?;
    let visit = as_seen(who, &catalogue, visit);
    let reminders = booking::reminders_of(app, who, std::slice::from_ref(&visit)).await?.pop().unwrap_or_default();
    Ok(Json(appointment_out(app, visit, &reminders, &catalogue, language, &who.town)?))
}

/// The path at which a visit is claimed.
pub const CLAIM: &str = "/v1/appointments/claim";

/// What a citizen knows of a visit that was booked for them at the counter.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitClaim {
    /// The reference of the visit, as it stands on the slip, or what its code holds.
    #[oai(validator(min_length = 1, max_length = 100))]
    reference: String,
    /// The birth date that was given at the counter. One of the two is needed.
    birth_date: Option<Day>,
    /// The telephone number that was given at the counter, where no birth date was given; one of Belgium, where it names no country.
    #[oai(validator(max_length = 40))]
    phone: Option<String>,
}

/// Operations on appointments.
#[derive(Default)]
pub struct AppointmentsApi;

#[OpenApi(prefix_path = "/v1")]
impl AppointmentsApi {
    /// Book a visit, or hold its start
    ///
    /// A start is one person's: who comes second is told `slot_taken`, and what is free near it. With a mandate to assist it is held and waits for
    /// the other's yes (`list_deeds`): then it is `held` until `held_until`, also where that was not asked.
    #[oai(path = "/appointments", method = "post", operation_id = "book_appointment")]
    async fn book(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Propose, Visits>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AppointmentWish>,
    ) -> Result<Json<AppointmentOut>, Refused<CannotBook>> {
        let AppointmentWish { service_id, location_id, starts_at, persons, hold, companions, document_ids, contact } =
            body.0;
        let wish = Wish {
            service: service_id,
            location: location_id,
            starts_at: starts_at.get(),
            persons,
            hold,
            companions,
            documents: document_ids,
            contact: contact.unwrap_or_default(),
        };
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::book(&app, &booker, wish, &idempotency).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// List my visits
    ///
    /// Those that are held or booked and not over, the next first; among them for two weeks those from which the citizen was turned away.
    #[oai(path = "/appointments", method = "get", operation_id = "list_appointments")]
    async fn list(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Visits>,
    ) -> Result<Json<Vec<AppointmentOut>>, Failure> {
        let rows = booking::list(&app, &who.0).await?;
        let (catalogue, language) = around(&app, &who.0).await?;
        let reminders = booking::reminders_of(&app, &who.0, &rows).await?;
        rows.into_iter()
            .zip(reminders)
            .map(|(v, reminders)| (as_seen(&who.0, &catalogue, v), reminders))
            .map(|(v, reminders)| appointment_out(&app, v, &reminders, &catalogue, language, &who.0.town))
            .collect::<Result<_, _>>()
            .map(Json)
    }

    /// Add a visit that was booked at the counter
    ///
    /// For who was not in the register yet when staff booked for them, and has the app now. They know the reference, which stands on the
    /// slip, and the birth date that they gave; or the telephone number, where they gave no birth date: ask for all three, and send what
    /// they fill in. From then on the visit is theirs, with its reminders, as if they had booked it. What does not agree is refused with
    /// `nothing_to_claim`, whatever it is: nobody finds out by it what is booked. Ten tries an hour. Nothing tells the app by itself that
    /// there is a visit to add.
    #[oai(path = "/appointments/claim", method = "post", operation_id = "claim_visit")]
    async fn claim(
        &self,
        app: Data<&App>,
        who: Session,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<VisitClaim>,
    ) -> Result<Json<AppointmentOut>, Refused<NothingToClaim>> {
        let VisitClaim { reference, birth_date, phone } = body.0;
        let birth_date = birth_date.map(Day::get);
        let phone = phone.filter(|text| !text.trim().is_empty());
        if birth_date.is_none() && phone.is_none() {
            return Err(Failure::field(Code::BodyInvalid, "birth_date", "or phone is needed").into());
        }
        // A number that is none agrees with nothing.
        let claim = Claim { reference, birth_date, phone: phone.and_then(|text| reach::telephone(&text)) };
        let visit = visitors::claim(&app, &who.0, &claim, &key.by(who.0.session)).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// List my past visits
    ///
    /// Those that are over, and those that were booked and are off, whoever cancelled them: the latest first. They are kept for
    /// a while only.
    #[oai(path = "/past-appointments", method = "get", operation_id = "list_past_appointments")]
    async fn past(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Visits>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Visits on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<PastPage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (rows, next_cursor) = booking::past(&app, &who.0, cursor.0.as_deref(), limit).await?;
        let (catalogue, language) = around(&app, &who.0).await?;
        let one = |v| appointment_out(&app, as_seen(&who.0, &catalogue, v), &[], &catalogue, language, &who.0.town);
        Ok(Json(PastPage { appointments: rows.into_iter().map(one).collect::<Result<_, _>>()?, next_cursor }))
    }

    /// Read one of my visits
    ///
    /// Whatever became of it.
    #[oai(path = "/appointments/:appointment_id", method = "get", operation_id = "get_appointment")]
    async fn get(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Visits>,
        appointment_id: Path<AppointmentId>,
    ) -> Result<Json<AppointmentOut>, Failure> {
        let visit = booking::get(&app, &Booker::Citizen(who.0.clone()), appointment_id.0).await?;
        shown(&app, &who.0, visit).await
    }

    /// Put a visit in my calendar
    ///
    /// As iCalendar. Fetched again, it moves or cancels the same event.
    #[oai(path = "/appointments/:appointment_id/calendar", method = "get", operation_id = "get_appointment_calendar")]
    async fn calendar(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Visits>,
        appointment_id: Path<AppointmentId>,
    ) -> Result<CalendarOut, Failure> {
        let visit = booking::get(&app, &Booker::Citizen(who.0.clone()), appointment_id.0).await?;
        let (catalogue, language) = around(&app, &who.0).await?;
        let visit = as_seen(&who.0, &catalogue, visit);
        let known = catalogue.services.get(&visit.service_id).zip(catalogue.locations.get(&visit.location_id));
        let (service, location) = known.ok_or_else(|| Failure::new(Code::NotFound))?;
        let name = format!("attachment; filename=\"{}.ics\"", visit.reference);
        let bring = notices::bring(&app, language, &who.0.town, service, (&visit, true));
        let file = calendar::file(language, &who.0.town, (service, location), &visit, &bring);
        Ok(CalendarOut::Ok(PlainText(file), name))
    }

    /// Confirm what is held
    ///
    /// A hold that lapsed is given if its start is still free. With a mandate to assist it stays held, and waits for the other's yes.
    #[oai(path = "/appointments/:appointment_id/confirm", method = "post", operation_id = "confirm_appointment")]
    async fn confirm(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Propose, Visits>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AppointmentOut>, Refused<CannotConfirm>> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::confirm(&app, &booker, appointment_id.0, &idempotency).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// Hold it for as long again
    ///
    /// Once, while it lasts.
    #[oai(path = "/appointments/:appointment_id/extend", method = "post", operation_id = "extend_hold")]
    async fn extend(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Propose, Visits>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<AppointmentOut>, Refused<NotExtendable>> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::extend(&app, &booker, appointment_id.0, &idempotency).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// Move a visit
    ///
    /// It keeps its reference, and its old slot until it has the new one. With a mandate to assist it stays where it is, and the new start is held
    /// until the other says yes.
    #[oai(path = "/appointments/:appointment_id/move", method = "post", operation_id = "move_appointment")]
    async fn move_to(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Propose, Visits>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AppointmentMove>,
    ) -> Result<Json<AppointmentOut>, Refused<CannotMove>> {
        let AppointmentMove { location_id, starts_at, contact } = body.0;
        let to = Start { starts_at: starts_at.get(), location: location_id };
        let moving = Moving { to, contact: contact.unwrap_or_default() };
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let visit = booking::move_to(&app, &booker, appointment_id.0, &moving, &idempotency).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// Add documents to a visit
    ///
    /// "Bring your other child along?" It stays where and when it is, and takes as much longer as those who come with it; where no desk
    /// has the time, `slot_taken` tells what is free near it. A document that it is for already stays so.
    #[oai(path = "/appointments/:appointment_id/documents", method = "post", operation_id = "add_to_appointment")]
    async fn add(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Book, Visits>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<AppointmentAddition>,
    ) -> Result<Json<AppointmentOut>, Refused<CannotAdd>> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        let ids = body.0.document_ids;
        let visit = booking::add_documents(&app, &booker, appointment_id.0, &ids, &idempotency).await?;
        Ok(shown(&app, &who.0, visit).await?)
    }

    /// Cancel a visit
    ///
    /// Its start is free at once.
    #[oai(path = "/appointments/:appointment_id", method = "delete", operation_id = "cancel_appointment")]
    async fn cancel(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<Book, Visits>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<VisitBegun>> {
        let (booker, idempotency) = (Booker::Citizen(who.0.clone()), key.by(who.0.session));
        booking::cancel(&app, &booker, appointment_id.0, &idempotency).await
    }
}
