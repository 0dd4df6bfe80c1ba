//! When a document asks for nothing any more: whoever was told of it and did not answer is not written to or called.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{
    store::{self, Document},
    visit_on,
};
use crate::{
    appointments::booking,
    municipalities::Municipality,
    platform::{
        db::Read,
        ids::{DocumentId, ResidentId},
        time::local_day,
    },
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

/// Those of some documents that ask for nothing any more: they are stopped or gone from the register, were renewed, have a visit that is booked,
/// or were fetched since the instant beside them.
///
/// # Errors
/// The database.
pub async fn settled(
    r: &mut Read,
    town: &Municipality,
    asked: &[(DocumentId, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> sqlx::Result<HashSet<DocumentId>> {
    let today = local_day(town.zone, now);
    let ids: Vec<DocumentId> = asked.iter().map(|(id, _)| *id).collect();
    let documents: HashMap<DocumentId, Document> =
        store::by_ids(r, town.id, &ids).await?.into_iter().map(|d| (d.id, d)).collect();
    let holders: BTreeSet<ResidentId> = documents.values().map(|d| d.resident_id).collect();
    let mut in_force: HashMap<ResidentId, Vec<Document>> = HashMap::new();
    for document in store::in_force(r, town.id, &holders.into_iter().collect::<Vec<_>>()).await? {
        in_force.entry(document.resident_id).or_default().push(document);
    }
    let booked = booking::booked_for(r, town, &ids, now).await?;
    let asks_nothing = |(id, since): &&(DocumentId, DateTime<Utc>)| {
        let Some(document) = documents.get(id) else { return true };
        let others = in_force.get(&document.resident_id).map(Vec::as_slice).unwrap_or_default();
        let fetched = document.collected_on.is_some_and(|day| day >= local_day(town.zone, *since));
        fetched || is_renewed(document, others) || visit_on(document, booked.get(id), today).is_some()
    };
    Ok(asked.iter().filter(asks_nothing).map(|(id, _)| *id).collect())
}
