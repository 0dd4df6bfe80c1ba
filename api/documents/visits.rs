//! From a document to a visit: which service it takes, who comes, and a few starts that are free at this moment where the
//! citizen usually comes. One tap books: what is proposed is what a booking asks for.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{Shown, list, model::DocumentId, policies, store};
use crate::{
    appointments::{
        AppointmentId, Catalogue, LocationId, ServiceId, VisitState, booking,
        search::{self, Search},
    },
    identity::Citizen,
    inbox::MessageId,
    platform::{
        App,
        problem::{Code, Failure},
        time::local_day,
    },
};

/// A visit that is proposed for some documents.
pub struct Proposal {
    /// For what.
    pub service: ServiceId,
    /// For which documents, those that end first first.
    pub documents: Vec<DocumentId>,
    /// How many come, to be booked as one visit.
    pub persons: i64,
    /// Their names, as far as a booking must name them.
    pub companions: Vec<String>,
    /// The visit that is booked for it already: then nothing is proposed.
    pub booked: Option<AppointmentId>,
    /// Whether it takes a visit: what lies ready is collected without one, where the town has it so.
    pub needed: bool,
    /// Where.
    pub location: Option<LocationId>,
    /// When: two or three that are free now.
    pub starts: Vec<DateTime<Utc>>,
}

/// The visit for one document; none where the town serves it otherwise.
///
/// # Errors
/// `not_found`.
pub async fn for_document(app: &App, who: &Citizen, id: DocumentId) -> Result<Vec<Proposal>, Failure> {
    let mut theirs = list(app, who).await?;
    theirs.retain(|s| s.document.id == id);
    if theirs.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    propose(app, who, theirs).await
}

/// The visits for what a message speaks of: those who need the same come together.
///
/// # Errors
/// `not_found` for a message that is not theirs, or is no reminder.
pub async fn for_message(app: &App, who: &Citizen, id: MessageId) -> Result<Vec<Proposal>, Failure> {
    let behind = store::by_message(&mut app.db.read().await?, who.town.id, who.subject.0, id).await?;
    if behind.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    let mut theirs = list(app, who).await?;
    theirs.retain(|s| behind.iter().any(|b| b.document_id == s.document.id));
    propose(app, who, theirs).await
}

/// The first day on which one may come for a document.
fn opens(who: &Citizen, shown: &Shown) -> Option<NaiveDate> {
    let opens = policies(&who.town, &shown.document.kind)?.opens?;
    shown.document.expires_on?.checked_sub_days(Days::new(opens.unsigned_abs()))
}

async fn propose(app: &App, who: &Citizen, theirs: Vec<Shown>) -> Result<Vec<Proposal>, Failure> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, &who.town).await?;
    let today = local_day(who.town.zone, app.clock.now());
    let booked = booking::list(app, who).await?;
    // What lies ready is another visit than what is to be asked for.
    let mut groups: BTreeMap<(ServiceId, bool), Vec<Shown>> = BTreeMap::new();
    for shown in theirs {
        let ready = shown.document.ready_on.is_some() && shown.document.collected_on.is_none();
        if let Some(service) = catalogue.service_for(&shown.document.kind) {
            groups.entry((service.id, ready)).or_default().push(shown);
        }
    }
    let mut proposals = Vec::new();
    for ((service, ready), shown) in groups {
        let service = catalogue.service(service)?;
        let most = usize::try_from(service.most_persons).unwrap_or(1);
        let together: Vec<&Shown> = shown.iter().take(most).collect();
        let persons = i64::try_from(together.len()).unwrap_or(1);
        let children: Vec<String> = together.iter().filter_map(|s| s.child.clone()).collect();
        // A parent with one child needs to name nobody: the letter says who comes.
        let companions = if persons > 1 { children } else { Vec::new() };
        let mut proposal = Proposal {
            service: service.id,
            documents: together.iter().map(|s| s.document.id).collect(),
            persons,
            companions,
            booked: booked.iter().find(|v| v.state == VisitState::Booked && v.service_id == service.id).map(|v| v.id),
            needed: !ready || service.collecting,
            location: None,
            starts: Vec::new(),
        };
        if proposal.needed && proposal.booked.is_none() {
            // The last of them to open: they come together.
            let from =
                together.iter().filter_map(|s| opens(who, s)).max().filter(|_| !ready).unwrap_or(today).max(today);
            let wanted = Search { service: service.id, location: None, from: Some(from), until: None, persons };
            if let Some(found) = search::suggest(app, &who.town, who.subject.0, wanted).await? {
                proposal.location = Some(found.location);
                proposal.starts = found.starts;
            }
        }
        proposals.push(proposal);
    }
    Ok(proposals)
}
