//! `/staff/v1/agenda` and `/staff/v1/appointments`: staff who look at visits, and who book for somebody.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    Moving, Wish,
    agenda::{self, Seen},
    store::Taken,
    visitors::{self, Facts},
};
use crate::{
    appointments::{
        booking,
        catalogue::routes::OpenOut,
        model::{
            AppointmentId, Booker, CannotAdd, CannotBook, CannotMove, DayHours, DeskId, LocationId, ServiceId, Span,
            Subject, VisitBegun, VisitState, Visitor, WaitingId,
        },
        search::Start,
    },
    audit::Reason,
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::{DocumentId, ResidentId},
        problem::{Code, Failure, Refused},
        slip::answers::{SlipOut, SlipPdfOut},
        time::local_day,
        values::{Day, Instant, Timestamp},
    },
    staff::access::{As, Counter},
};

/// What is booked for somebody.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct StaffAppointmentWish {
    /// For whom; absent for a visitor who is not in the register.
    resident_id: Option<ResidentId>,
    /// What to call the visitor, where that is nobody of the register.
    #[oai(validator(max_length = 100))]
    visitor: Option<String>,
    /// The visitor's telephone number; one of Belgium, where it names no country. As their e-mail address and their birth date it is for a
    /// visitor only: of somebody of the register nothing is kept of it.
    #[oai(validator(max_length = 40))]
    visitor_phone: Option<String>,
    /// The visitor's e-mail address.
    #[oai(validator(max_length = 254))]
    visitor_email: Option<String>,
    /// The visitor's birth date: with the reference, they can add the visit to the app by it once they are in the register.
    visitor_birth_date: Option<Day>,
    /// The id of the service to book.
    service_id: ServiceId,
    /// The id of the location of the visit.
    location_id: LocationId,
    /// When the visit is to begin, an instant: one of the free starts.
    starts_at: Instant,
    /// How many come together.
    #[oai(validator(minimum(value = "1"), maximum(value = "20")))]
    persons: i64,
    /// The names of the others, as far as they are known.
    #[oai(default, validator(max_items = 19, max_length = 100))]
    #[serde(default)]
    companions: Vec<String>,
    /// The ids of the documents to come for, the resident's own and their minor children's; their only one that the service is for, if
    /// it is left out.
    #[oai(default, validator(max_items = 20))]
    #[serde(default)]
    document_ids: Vec<DocumentId>,
    /// Where to come to, or whom to ring, where it is not at a town hall.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
    /// Why; the citizen can read it.
    reason: Reason,
}

/// Another time or place for somebody's visit.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct StaffAppointmentMove {
    /// The id of the location of the new start.
    location_id: LocationId,
    /// When the visit is to begin, an instant: one of the free starts.
    starts_at: Instant,
    /// Where to come to, or whom to ring, where that is another kind of place than before; what is known is kept.
    #[oai(validator(max_length = 200))]
    contact: Option<String>,
    /// Why; the citizen can read it.
    reason: Reason,
}

/// What somebody's visit is to be for as well.
#[derive(Object, Deserialize)]
pub struct StaffAppointmentAddition {
    /// The ids of the documents to come for as well, the resident's own and their minor children's.
    #[oai(validator(min_items = 1, max_items = 20))]
    document_ids: Vec<DocumentId>,
    /// Why; the citizen can read it.
    reason: Reason,
}

/// Somebody whom a visit is for, as staff see it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct StaffVisitSubjectOut {
    /// Somebody of the register; absent where only a name is known.
    resident_id: Option<ResidentId>,
    /// What they are called, as the register or whoever booked has it.
    name: String,
    /// The id of their document, where the visit is for one.
    document_id: Option<DocumentId>,
    /// The kind of that document, such as `kids_id`.
    document_kind: Option<String>,
}

impl From<Subject> for StaffVisitSubjectOut {
    fn from(s: Subject) -> Self {
        Self { resident_id: s.resident, name: s.name, document_id: s.document, document_kind: s.kind }
    }
}

/// A visit as staff see it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitOut {
    /// The id of the visit, a UUID.
    id: AppointmentId,
    /// What the citizen says at the desk.
    reference: String,
    /// `held`, `booked`, `cancelled` or `lapsed`.
    state: String,
    /// When the visit begins, an instant in UTC.
    starts_at: Timestamp,
    /// When the visit ends, an instant in UTC.
    ends_at: Timestamp,
    /// The id of the booked service.
    service_id: ServiceId,
    /// The id of the location of the visit.
    location_id: LocationId,
    /// The id of the desk that the visit is planned at.
    desk_id: DeskId,
    /// Whose it is; absent for a visitor who is not in the register.
    resident_id: Option<ResidentId>,
    /// What to call them.
    name: String,
    /// How many come together.
    persons: i64,
    /// `citizen`, or the name of the member of staff who booked it.
    made_by: String,
    /// The names of the others who come, as far as they are known.
    companions: Vec<String>,
    /// Whom the visit is for, and the document of each where it is for one; empty for a visit that was booked before this was kept.
    subjects: Vec<StaffVisitSubjectOut>,
    /// Where to come to, or whom to ring; of a video visit, its link; absent at a town hall.
    contact: Option<String>,
    /// Until when it is held, an instant in UTC; absent where it is not.
    held_until: Option<Timestamp>,
    /// The entry of the waiting list that this hold is offered to.
    waiting_id: Option<WaitingId>,
    /// Until when documents can be added to it (`add_for_resident`), an instant in UTC; absent where none can: it is not booked, is
    /// of a visitor who is not in the register, or its service is for no document.
    add_until: Option<Timestamp>,
}

/// A visit as staff see it.
pub fn visit_out(Seen { visit: v, name, subjects, contact, add_until }: Seen) -> VisitOut {
    VisitOut {
        subjects: subjects.into_iter().map(StaffVisitSubjectOut::from).collect(),
        id: v.id,
        reference: v.reference,
        state: v.state.to_string(),
        starts_at: v.starts_at.into(),
        ends_at: v.ends_at.into(),
        service_id: v.service_id,
        location_id: v.location_id,
        desk_id: v.desk_id,
        name,
        resident_id: v.resident_id,
        persons: v.persons,
        made_by: v.made_by,
        companions: v.companions.0,
        contact: Some(contact).filter(|c| !c.is_empty()),
        held_until: v.held_until.filter(|_| v.state == VisitState::Held).map(Timestamp::from),
        waiting_id: v.waiting_id.filter(|_| v.state == VisitState::Held),
        add_until: add_until.map(Timestamp::from),
    }
}

/// A visit in the overview of a week: what is taken, and nobody's name.
#[derive(Object)]
pub struct TakenOut {
    /// The id of the visit, a UUID.
    id: AppointmentId,
    /// The day on which it begins, of the town's calendar.
    day: NaiveDate,
    /// When it begins, an instant in UTC.
    starts_at: Timestamp,
    /// When it ends, an instant in UTC.
    ends_at: Timestamp,
    /// The id of the booked service.
    service_id: ServiceId,
    /// The id of the desk that it is planned at.
    desk_id: DeskId,
}

/// When a desk is there on a day.
#[derive(Object)]
pub struct DeskHoursOut {
    /// The id of the desk, a UUID.
    desk_id: DeskId,
    /// When it takes visits, in order; empty where it does not.
    there: Vec<OpenOut>,
}

/// When a location is open on a day.
#[derive(Object)]
pub struct AgendaHoursOut {
    /// Which day of the town's calendar.
    day: NaiveDate,
    /// When the location is open, in order; empty on a day on which it is closed.
    open: Vec<OpenOut>,
    /// Its desks that take visits, by name.
    desks: Vec<DeskHoursOut>,
}

/// Whose visits are looked for.
#[derive(Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct VisitSearch {
    /// A name, or the beginning of one; with a space, the beginnings of several.
    #[oai(validator(min_length = 2, max_length = 100))]
    name: String,
    /// From which day on; today if it is not said.
    from: Option<Day>,
    /// Up to and with which day, within 31 days; two weeks later if it is not said.
    until: Option<Day>,
    /// Why; each citizen who is found can read it.
    reason: Reason,
}

/// Operations of the counter on visits.
#[derive(Default)]
pub struct VisitsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl VisitsApi {
    /// Read the agenda of a day
    ///
    /// Every visit at a location, the earliest first. Each citizen can read that they were looked at.
    #[oai(path = "/agenda", method = "get", operation_id = "get_agenda")]
    async fn agenda(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the location to look at.
        location_id: Query<LocationId>,
        /// On which day of the town's calendar.
        day: Query<Day>,
    ) -> Result<Json<Vec<VisitOut>>, Failure> {
        let seen = agenda::of_day(&app, &who.0, location_id.0, day.0.get()).await?;
        Ok(Json(seen.into_iter().map(visit_out).collect()))
    }

    /// Read the overview of a week
    ///
    /// The booked visits of seven days at a location, the earliest first, without whose they are: to see how full it is, nobody is looked
    /// at.
    #[oai(path = "/agenda/week", method = "get", operation_id = "get_agenda_week")]
    async fn week(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the location to look at.
        location_id: Query<LocationId>,
        /// The first of the seven days.
        from: Query<Day>,
    ) -> Result<Json<Vec<TakenOut>>, Failure> {
        let zone = who.0.town.zone;
        let taken = |v: Taken| TakenOut {
            id: v.id,
            day: local_day(zone, v.starts_at),
            starts_at: v.starts_at.into(),
            ends_at: v.ends_at.into(),
            service_id: v.service_id,
            desk_id: v.desk_id,
        };
        let visits = agenda::of_week(&app, &who.0, location_id.0, from.0.get()).await?;
        Ok(Json(visits.into_iter().map(taken).collect()))
    }

    /// Read the hours of a week
    ///
    /// When a location is open and which desks are there, on seven days, as it is planned now: what closes suddenly and who is absent is
    /// taken out.
    #[oai(path = "/agenda/hours", method = "get", operation_id = "list_agenda_hours")]
    async fn hours(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the location to look at.
        location_id: Query<LocationId>,
        /// The first of the seven days.
        from: Query<Day>,
    ) -> Result<Json<Vec<AgendaHoursOut>>, Failure> {
        let days = agenda::hours(&app, &who.0, location_id.0, from.0.get()).await?;
        let desk =
            |(desk_id, there): &(DeskId, Vec<Span>)| DeskHoursOut { desk_id: *desk_id, there: OpenOut::all(there) };
        let day = |(day, hours): (NaiveDate, DayHours)| AgendaHoursOut {
            day,
            open: OpenOut::all(&hours.open),
            desks: hours.desks.iter().map(desk).collect(),
        };
        Ok(Json(days.into_iter().map(day).collect()))
    }

    /// Find visits by name
    ///
    /// Of a citizen of the register or of a visitor who is not in it. Each citizen who is found can read that they were
    /// looked at.
    #[oai(path = "/appointments/search", method = "post", operation_id = "search_appointments")]
    async fn search(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        body: Body<VisitSearch>,
    ) -> Result<Json<Vec<VisitOut>>, Failure> {
        let b = body.0;
        let from = b.from.map(Day::get).unwrap_or_else(|| app.clock.now().with_timezone(&who.0.town.zone).date_naive());
        let until = b.until.map(Day::get).unwrap_or(from + chrono::Duration::days(14));
        let seen = agenda::named(&app, &who.0, &b.name, (from, until), b.reason).await?;
        Ok(Json(seen.into_iter().map(visit_out).collect()))
    }

    /// Find a visit by its reference
    ///
    /// As it was heard: whatever its case, with or without its dash. The citizen can read that it was looked at.
    #[oai(path = "/appointments/:appointment", method = "get", operation_id = "find_appointment")]
    async fn find(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The reference of the visit, as the citizen reads it on the phone; for example `K7M-3QX`.
        appointment: Path<String>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<Json<VisitOut>, Failure> {
        Ok(Json(visit_out(agenda::find(&app, &who.0, &appointment, reason.0).await?)))
    }

    /// Read the slip of a visit
    ///
    /// A page to print for who has no phone at hand, in their language: reference, code, what for, when, where, what to bring, whom to ring.
    /// It names nobody. The citizen can read that the visit was looked at.
    #[oai(path = "/appointments/:appointment_id/slip", method = "get", operation_id = "get_slip")]
    async fn slip(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<SlipOut, Failure> {
        let slip = agenda::slip(&app, &who.0, appointment_id.0, reason.0).await?;
        Ok(SlipOut::of(&slip))
    }

    /// Read the slip of a visit as a PDF
    ///
    /// The same as `get_slip`, on sheets of A5. A letter that the fonts of every reader have not stands there without its mark.
    #[oai(path = "/appointments/:appointment_id/slip.pdf", method = "get", operation_id = "get_slip_pdf")]
    async fn slip_pdf(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
    ) -> Result<SlipPdfOut, Failure> {
        let slip = agenda::slip(&app, &who.0, appointment_id.0, reason.0).await?;
        Ok(SlipPdfOut::of(&slip))
    }

    /// Book a visit for somebody
    ///
    /// At the counter or on the telephone; also for who is not in the register. The citizen is told in the app, if they
    /// have it.
    #[oai(path = "/appointments", method = "post", operation_id = "book_for_resident")]
    async fn book(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StaffAppointmentWish>,
    ) -> Result<Json<VisitOut>, Refused<CannotBook>> {
        let b = body.0;
        let name = b.visitor.unwrap_or_default();
        if b.resident_id.is_none() && name.trim().is_empty() {
            return Err(Failure::field(Code::BodyInvalid, "visitor", "is needed where resident_id is not given").into());
        }
        let facts = Facts {
            phone: b.visitor_phone.unwrap_or_default(),
            email: b.visitor_email.unwrap_or_default(),
            birth_date: b.visitor_birth_date.map(Day::get),
        };
        let visitor = visitors::read(&who.0.town, &name, &facts, "visitor_", app.clock.now())?;
        let idempotency = key.by(who.0.session);
        let wish = Wish {
            service: b.service_id,
            location: b.location_id,
            starts_at: b.starts_at.get(),
            persons: b.persons,
            hold: false,
            companions: b.companions,
            documents: b.document_ids,
            contact: b.contact.unwrap_or_default(),
        };
        let staff = who.0.clone();
        let booker = Booker::Staff { staff, resident: b.resident_id, visitor, reason: b.reason };
        let visit = booking::book(&app, &booker, wish, &idempotency).await?;
        Ok(Json(visit_out(agenda::shown(&app, &who.0, visit).await?)))
    }

    /// Move somebody's visit
    ///
    /// The citizen is told in the app, if they have it.
    #[oai(path = "/appointments/:appointment_id/move", method = "post", operation_id = "move_for_resident")]
    async fn move_to(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StaffAppointmentMove>,
    ) -> Result<Json<VisitOut>, Refused<CannotMove>> {
        let StaffAppointmentMove { location_id, starts_at, contact, reason } = body.0;
        let idempotency = key.by(who.0.session);
        let booker = Booker::Staff { staff: who.0.clone(), resident: None, visitor: Visitor::default(), reason };
        let to = Start { starts_at: starts_at.get(), location: location_id };
        let moving = Moving { to, contact: contact.unwrap_or_default() };
        let visit = booking::move_to(&app, &booker, appointment_id.0, &moving, &idempotency).await?;
        Ok(Json(visit_out(agenda::shown(&app, &who.0, visit).await?)))
    }

    /// Add documents to somebody's visit
    ///
    /// "And my other child?" It stays where and when it is, and takes as much longer as those who come with it; where no desk has the time,
    /// `slot_taken` tells what is free near it. `not_found` for a visit of who is not in the register: their documents are not known.
    #[oai(path = "/appointments/:appointment_id/documents", method = "post", operation_id = "add_for_resident")]
    async fn add(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        appointment_id: Path<AppointmentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<StaffAppointmentAddition>,
    ) -> Result<Json<VisitOut>, Refused<CannotAdd>> {
        let StaffAppointmentAddition { document_ids, reason } = body.0;
        let idempotency = key.by(who.0.session);
        let booker = Booker::Staff { staff: who.0.clone(), resident: None, visitor: Visitor::default(), reason };
        let visit = booking::add_documents(&app, &booker, appointment_id.0, &document_ids, &idempotency).await?;
        Ok(Json(visit_out(agenda::shown(&app, &who.0, visit).await?)))
    }

    /// Cancel somebody's visit
    ///
    /// The citizen is told in the app, if they have it.
    #[oai(path = "/appointments/:appointment", method = "delete", operation_id = "cancel_for_resident")]
    async fn cancel(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The id of the visit that is cancelled, a UUID.
        appointment: Path<AppointmentId>,
        /// Why the data are looked at; the citizen can read it.
        reason: Query<Reason>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<VisitBegun>> {
        let idempotency = key.by(who.0.session);
        let reason = reason.0;
        let booker = Booker::Staff { staff: who.0.clone(), resident: None, visitor: Visitor::default(), reason };
        booking::cancel(&app, &booker, appointment.0, &idempotency).await
    }
}
