//! From a document to a visit: which service it takes, who comes, and a few starts that are free at this moment where the
//! citizen usually comes. One tap books: what is proposed is what a booking asks for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{DocumentId, Shown, list, policies, rules::Standing, store};
use crate::{
    appointments::{
        AppointmentId, Catalogue, LocationId, ServiceId, VisitState,
        booking::{self, latest_to_add},
        search::{self, Search, Whom},
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
    /// The day for which a visit is booked for it already, whoever booked it: then nothing is proposed.
    pub booked_on: Option<NaiveDate>,
    /// That visit, where it is the citizen's.
    pub booked: Option<AppointmentId>,
    /// A visit of the citizen's for the same, to which these could be added.
    pub addable: Option<AppointmentId>,
    /// Documents of the family that the same visit could be for as well.
    pub also: Vec<DocumentId>,
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
    let all = list(app, who).await?;
    if !all.iter().any(|s| s.document.id == id) {
        return Err(Failure::new(Code::NotFound));
    }
    propose(app, who, &all, |s| s.document.id == id).await
}

/// The visits for what a message speaks of: those who need the same come together.
///
/// # Errors
/// `not_found` for a message that is not theirs, or is no reminder.
pub async fn for_message(app: &App, who: &Citizen, id: MessageId) -> Result<Vec<Proposal>, Failure> {
    super::not_kept_from(app, who, id).await?;
    let behind = store::by_message(&mut app.db.read().await?, who.town.id, who.subject.0, id).await?;
    if behind.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    let all = list(app, who).await?;
    propose(app, who, &all, |s| behind.iter().any(|b| b.document_id == s.document.id)).await
}

/// The first day on which one may come for a document.
fn opens(who: &Citizen, shown: &Shown) -> Option<NaiveDate> {
    let opens = policies(&who.town, &shown.document.kind)?.opens?;
    shown.document.expires_on?.checked_sub_days(Days::new(opens.unsigned_abs()))
}

/// What one does for a document: which service, whether it lies ready, and the visit that is booked for it.
type Group = (ServiceId, bool, Option<AppointmentId>);

fn group(catalogue: &Catalogue, shown: &Shown) -> Option<Group> {
    // What lies ready is another visit than what is to be asked for.
    let ready = shown.document.ready_on.is_some() && shown.document.collected_on.is_none();
    let service = catalogue.service_for(&shown.document.kind)?;
    Some((service.id, ready, shown.booked.map(|b| b.visit)))
}

async fn propose(
    app: &App,
    who: &Citizen,
    all: &[Shown],
    asked: impl Fn(&Shown) -> bool,
) -> Result<Vec<Proposal>, Failure> {
    let catalogue = Catalogue::of(app, &mut app.db.read().await?, &who.town).await?;
    let now = app.clock.now();
    let today = local_day(who.town.zone, now);
    let visits = booking::list(app, who).await?;
    let mut groups: BTreeMap<Group, Vec<&Shown>> = BTreeMap::new();
    for shown in all.iter().filter(|shown| asked(shown)) {
        if let Some(group) = group(&catalogue, shown) {
            groups.entry(group).or_default().push(shown);
        }
    }
    let mut proposals = Vec::new();
    for ((service, ready, booked), shown) in groups {
        let service = catalogue.service(service)?;
        let most = usize::try_from(service.most_persons).unwrap_or(1);
        let together = first_people(&shown, most);
        let people = people(&together);
        let persons = i64::try_from(people).unwrap_or(1);
        let mut named = BTreeSet::new();
        let children = together.iter().filter(|s| named.insert(s.document.resident_id));
        // A parent with one child needs to name nobody: the documents say who comes.
        let companions = if persons > 1 { children.filter_map(|s| s.child.clone()).collect() } else { Vec::new() };
        // Whose visit it is may read it; the other parent knows the day.
        let own = booked.filter(|id| visits.iter().any(|v| v.id == *id));
        let addable = visits.iter().find(|v| {
            let room = service.most_persons >= v.persons + persons;
            v.state == VisitState::Booked && v.service_id == service.id && room && now < latest_to_add(app, v) && !ready
        });
        // What may be asked for by now, and is not asked for yet.
        let could_come = |s: &&Shown| {
            !asked(s) && s.standing != Standing::Valid && group(&catalogue, s) == Some((service.id, false, None))
        };
        let also = first_people(&all.iter().filter(could_come).collect::<Vec<_>>(), most.saturating_sub(people));
        let is_open = booked.is_none() && together.iter().all(|s| s.document.appointment_on.is_none());
        let mut proposal = Proposal {
            service: service.id,
            documents: together.iter().map(|s| s.document.id).collect(),
            persons,
            companions,
            booked_on: together.iter().filter_map(|s| s.document.appointment_on).min(),
            booked: own,
            addable: addable.filter(|_| is_open).map(|v| v.id),
            also: if is_open && !ready { also.iter().map(|s| s.document.id).collect() } else { Vec::new() },
            needed: !ready || service.collecting,
            location: None,
            starts: Vec::new(),
        };
        if proposal.needed && is_open {
            // The last of them to open: they come together.
            let from =
                together.iter().filter_map(|s| opens(who, s)).max().filter(|_| !ready).unwrap_or(today).max(today);
            let wanted = Search { service: service.id, location: None, from: Some(from), until: None, persons };
            let theirs = together.iter().map(|s| s.document.resident_id).chain([who.subject.0]);
            // Who reads somebody's documents for them is not told by that when they are elsewhere.
            let people = if who.acting.is_none() { theirs.collect() } else { BTreeSet::new() };
            let whom = Whom { people, moved: None };
            if let Some(found) = search::suggest(app, &who.town, who.subject.0, wanted, &whom).await? {
                proposal.location = Some(found.location);
                proposal.starts = found.starts;
            }
        }
        proposals.push(proposal);
    }
    Ok(proposals)
}

/// How many people these documents are of.
fn people(shown: &[&Shown]) -> usize {
    shown.iter().map(|s| s.document.resident_id).collect::<BTreeSet<_>>().len()
}

/// The documents of the first people, as many as may come together.
fn first_people<'a>(shown: &[&'a Shown], most: usize) -> Vec<&'a Shown> {
    let mut people = BTreeSet::new();
    let mut together = Vec::new();
    for one in shown {
        if people.contains(&one.document.resident_id) || people.len() < most {
            people.insert(one.document.resident_id);
            together.push(*one);
        }
    }
    together
}
