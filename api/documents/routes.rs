//! `/v1/documents`, and why a reminder came.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    DocumentId, Shown, notices,
    rules::Standing,
    visits::{self, Proposal},
};
use crate::{
    appointments::{
        AppointmentId, Catalogue,
        catalogue::routes::{PlaceOut, ServiceOut, StartOut, place_out, service_out, start_out},
        notices::document_name,
        search::Start,
    },
    identity::{Citizen, language_of},
    inbox::MessageId,
    mandates::access::{Documents, ForCitizen, Messages, See},
    platform::{App, problem::Failure},
};

/// A document.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct DocumentOut {
    /// The id of the document, a UUID that stays the same.
    id: DocumentId,
    /// Its kind, such as `eid`, `kids_id`, `passport`. An app shows kinds it does not know by `name`.
    kind: String,
    /// What it is called, in the citizen's language.
    name: String,
    /// The first name of the child whose it is; absent for the citizen's own.
    child: Option<String>,
    /// The last characters of its number.
    number_end: String,
    /// The day it was issued.
    issued_on: Option<NaiveDate>,
    /// The last day on which it is good; absent where it has no end.
    expires_on: Option<NaiveDate>,
    /// How it stands today.
    state: Standing,
    /// Since when a new one lies ready.
    ready_on: Option<NaiveDate>,
    /// The day of the visit booked for it.
    appointment_on: Option<NaiveDate>,
    /// How it is renewed.
    how_to_renew: String,
    /// What the citizen brings to the town hall, one sentence in their language.
    bring: String,
    /// How long it takes.
    takes: String,
}

impl From<Shown> for DocumentOut {
    fn from(s: Shown) -> Self {
        let [how_to_renew, bring, takes] = notices::renewal(s.language, &s.document.kind);
        let d = s.document;
        Self {
            id: d.id,
            name: document_name(s.language, &d.kind),
            kind: d.kind,
            child: s.child,
            number_end: d.number_end,
            issued_on: d.issued_on,
            expires_on: d.expires_on,
            state: s.standing,
            ready_on: d.ready_on.filter(|_| d.collected_on.is_none()),
            appointment_on: d.appointment_on,
            how_to_renew,
            bring,
            takes,
        }
    }
}

/// Why a reminder came.
#[derive(Object)]
pub struct WhyOut {
    /// By which rules: one line for each document it speaks of.
    rules: Vec<String>,
    /// Where the dates come from, and when they were last told.
    sources: Vec<String>,
    /// How to stop such reminders.
    stop: String,
}

/// A visit that is proposed for some documents. To book it (`book_appointment`): `service_id` is `service.id`, `location_id` and `starts_at` are
/// those of one of `starts`, `persons`, `companions` and `document_ids` are as they stand here, and `hold` is the app's to say. Where `needed`
/// is false or `appointment_on` is there, no visit has to be booked; where `starts` is empty, none is free soon.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ProposalOut {
    /// The ids of the documents that the visit is for.
    document_ids: Vec<DocumentId>,
    /// The service that these documents take, with its texts in the citizen's language.
    service: ServiceOut,
    /// How many come together.
    persons: i64,
    /// The names that a booking must give.
    companions: Vec<String>,
    /// Whether it takes a visit; false where one comes by to collect what lies ready.
    needed: bool,
    /// The day of the visit that is booked for it already, whoever booked it, as the other parent may have.
    appointment_on: Option<NaiveDate>,
    /// That visit, where it is the citizen's own.
    appointment_id: Option<AppointmentId>,
    /// A visit of the citizen's for the same service, to which these documents could be added with `add_to_appointment`; absent where
    /// there is none, or no room.
    addable_appointment_id: Option<AppointmentId>,
    /// The ids of other documents of the citizen's family that are due, and that the same visit could be for: "bring your other child
    /// along?"
    also_document_ids: Vec<DocumentId>,
    /// Where: where the citizen usually comes, if there is room.
    location: Option<PlaceOut>,
    /// When: two or three starts that are free at this moment, in order.
    starts: Vec<StartOut>,
}

async fn proposals_out(app: &App, who: &Citizen, all: Vec<Proposal>) -> Result<Json<Vec<ProposalOut>>, Failure> {
    let mut r = app.db.read().await?;
    let (catalogue, language) = (Catalogue::of(app, &mut r, &who.town).await?, language_of(&mut r, who).await?);
    let one = |p: Proposal| {
        let place = p.location.and_then(|id| catalogue.locations.get(&id));
        let start = |(starts_at, location)| start_out(Start { starts_at, location }, &who.town);
        Ok(ProposalOut {
            document_ids: p.documents,
            service: service_out(catalogue.service(p.service)?, language, &who.town),
            persons: p.persons,
            companions: p.companions,
            needed: p.needed,
            appointment_on: p.booked_on,
            appointment_id: p.booked,
            addable_appointment_id: p.addable,
            also_document_ids: p.also,
            location: place.map(|l| place_out(l, language, &who.town)),
            starts: p.starts.into_iter().filter_map(|at| Some((at, p.location?))).map(start).collect(),
        })
    };
    all.into_iter().map(one).collect::<Result<_, _>>().map(Json)
}

/// Operations on documents.
#[derive(Default)]
pub struct DocumentsApi;

#[OpenApi(prefix_path = "/v1")]
impl DocumentsApi {
    /// List my documents
    ///
    /// And my minor children's; those that end first first. For somebody else, theirs only: what they may see of their children is not
    /// passed on.
    #[oai(path = "/documents", method = "get", operation_id = "list_documents")]
    async fn list(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Documents>,
    ) -> Result<Json<Vec<DocumentOut>>, Failure> {
        Ok(Json(super::list(&app, &who.0).await?.into_iter().map(DocumentOut::from).collect()))
    }

    /// Read one of my documents
    ///
    /// Or one of a minor child of mine.
    #[oai(path = "/documents/:document_id", method = "get", operation_id = "get_document")]
    async fn get(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Documents>,
        document_id: Path<DocumentId>,
    ) -> Result<Json<DocumentOut>, Failure> {
        Ok(Json(super::get(&app, &who.0, document_id.0).await?.into()))
    }

    /// Ask why a reminder came
    ///
    /// The rule, where the date comes from, and how to stop it.
    #[oai(path = "/inbox/:message_id/why", method = "get", operation_id = "explain_message")]
    async fn why(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Messages>,
        message_id: Path<MessageId>,
    ) -> Result<Json<WhyOut>, Failure> {
        let why = super::why(&app, &who.0, message_id.0).await?;
        Ok(Json(WhyOut { rules: why.rules, sources: why.sources, stop: why.stop }))
    }

    /// Ask what visit a document needs
    ///
    /// A list of visits, of which most documents need one: the service, who comes, and two or three starts that are free at this moment where
    /// I usually come. Book one with `book_appointment`. Empty where the town serves it otherwise.
    #[oai(path = "/documents/:document_id/visits", method = "get", operation_id = "propose_document_visit")]
    async fn document_visit(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Documents>,
        document_id: Path<DocumentId>,
    ) -> Result<Json<Vec<ProposalOut>>, Failure> {
        let all = visits::for_document(&app, &who.0, document_id.0).await?;
        proposals_out(&app, &who.0, all).await
    }

    /// Ask what visits a reminder asks for
    ///
    /// As for a document, for all that the reminder speaks of: those who need the same come together, in one longer visit.
    #[oai(path = "/inbox/:message_id/visits", method = "get", operation_id = "propose_message_visits")]
    async fn message_visits(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Documents>,
        message_id: Path<MessageId>,
    ) -> Result<Json<Vec<ProposalOut>>, Failure> {
        let all = visits::for_message(&app, &who.0, message_id.0).await?;
        proposals_out(&app, &who.0, all).await
    }
}
