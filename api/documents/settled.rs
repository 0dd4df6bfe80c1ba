//! When a document asks for nothing any more, or somebody is not to be told of it any more: whoever did not answer is not written to or called.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    store::{self, Document},
    visit_on,
};
use crate::{
    appointments::booking,
    inbox::{
        MessageId,
        reach::{Settled, ToldOf},
    },
    municipalities::Municipality,
    platform::{
        db::{Read, Write},
        ids::{DocumentId, ResidentId},
        time::local_day,
    },
    residents::{self, ParentOf, Person, State, rules::is_minor},
};

/// Whether another document of its holder took its place.
pub(super) fn is_renewed(document: &Document, in_force: &[Document]) -> bool {
    in_force.iter().any(|other| {
        other.id != document.id
            && other.kind == document.kind
            && other.issued_on > document.issued_on
            && other.expires_on > document.expires_on
    })
}

/// Why nothing is said about a document at all.
pub(super) fn silenced(document: &Document, holder: Option<&Person>, in_force: &[Document]) -> Option<&'static str> {
    if let Some(why) = not_here(holder) {
        return Some(why);
    }
    if document.stopped_on.is_some() {
        return Some("stopped");
    }
    if document.retired_at.is_some() {
        return Some("no_longer_registered");
    }
    is_renewed(document, in_force).then_some("renewed")
}

/// Why nobody is told of what is somebody's any more.
fn not_here(holder: Option<&Person>) -> Option<&'static str> {
    match holder.map(|p| p.state) {
        None | Some(State::Retired) => Some("no_longer_registered"),
        Some(State::Deceased) => Some("deceased"),
        Some(State::Departed) => Some("moved"),
        Some(State::Active) => None,
    }
}

/// What is over of what some people were told of documents, since the instant beside each.
///
/// # Errors
/// The database.
pub async fn settled(
    r: &mut Read,
    town: &Municipality,
    told: &[(ToldOf, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> sqlx::Result<Settled> {
    let today = local_day(town.zone, now);
    let ids: Vec<DocumentId> = told.iter().map(|((id, _), _)| *id).collect::<BTreeSet<_>>().into_iter().collect();
    let documents: HashMap<DocumentId, Document> =
        store::by_ids(r, town.id, &ids).await?.into_iter().map(|d| (d.id, d)).collect();
    let holders: Vec<ResidentId> =
        documents.values().map(|d| d.resident_id).collect::<BTreeSet<_>>().into_iter().collect();
    let mut in_force: HashMap<ResidentId, Vec<Document>> = HashMap::new();
    for document in store::in_force(r, town.id, &holders).await? {
        in_force.entry(document.resident_id).or_default().push(document);
    }
    let people: HashMap<ResidentId, Person> =
        residents::people(r, town, &holders).await?.into_iter().map(|p| (p.id, p)).collect();
    let links = residents::parents_of(r, town, &holders).await?;
    let booked = booking::booked_for(r, town, &ids, now).await?;
    let acts = |parent: ResidentId, child: &Person| {
        let is_theirs = |link: &ParentOf| (link.child, link.parent) == (child.id, parent) && link.current;
        is_minor(child.birth_date, today) && links.iter().any(is_theirs)
    };
    let mut all = Settled::default();
    for (one, since) in told {
        let (id, to) = *one;
        let Some(document) = documents.get(&id) else {
            all.done.insert(*one);
            continue;
        };
        let holder = people.get(&document.resident_id);
        let is_theirs = to == document.resident_id || holder.is_some_and(|child| acts(to, child));
        if not_here(holder).is_some() || !is_theirs {
            all.not_theirs.insert(*one);
        }
        let others = in_force.get(&document.resident_id).map(Vec::as_slice).unwrap_or_default();
        let is_since = |day: NaiveDate| day >= local_day(town.zone, *since);
        let is_fetched = document.collected_on.is_some_and(is_since);
        let has_visit = visit_on(document, booked.get(&id), today).is_some();
        if is_fetched || has_visit || silenced(document, holder, others).is_some() {
            all.done.insert(*one);
        } else if document.letter_sent_on.is_some_and(is_since) {
            all.written.insert(*one);
        }
    }
    Ok(all)
}

/// Has somebody told anew of documents of which they were told in a message, at the next look of the worker: what was decided for it is forgotten.
///
/// # Errors
/// The database.
pub async fn tell_again(
    w: &mut Write,
    town: &Municipality,
    message: MessageId,
    documents: &[DocumentId],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::forget_told(w, town.id, message, documents).await?;
    store::look_at(w, town.id, documents, now).await
}
