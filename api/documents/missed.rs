//! Reminders that did not come for want of the app, and that no e-mail, letter or call of the town's brings either: whom somebody has to ring, or to
//! write to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::store::{self, MissedRow};
use crate::{
    appointments::booking,
    identity,
    inbox::reach,
    municipalities::Municipality,
    platform::{
        db::Read,
        ids::{DocumentId, ResidentId},
        page::Cursor,
        time::local_day,
    },
    residents::{self, ParentOf, State, rules::is_minor},
};

/// A document of whose end somebody was not told, because they have no app and no other way leads to them.
pub struct Missed {
    /// The latest stage that was missed.
    pub row: MissedRow,
    /// What the holder is called, as the register has it.
    pub holder: String,
    /// Who was to be told, and neither has the app by now nor was told since, nor is being told: the holder, or the parents of a child.
    pub recipients: Vec<(ResidentId, String)>,
    /// The day of the visit that is booked for it, if one is.
    pub booked_on: Option<NaiveDate>,
}

impl Missed {
    /// Whose data this shows.
    pub fn residents(&self) -> impl Iterator<Item = ResidentId> + '_ {
        std::iter::once(self.row.resident_id).chain(self.recipients.iter().map(|(id, _)| *id))
    }
}

/// The documents in force whose reminders nobody got for want of the app since an instant, the latest first, each once; and after which
/// the next page begins. Who got the app since is not among them, nor who is told by e-mail, by a letter or on the telephone.
///
/// # Errors
/// The database.
pub async fn missed(
    r: &mut Read,
    town: &Municipality,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
    cursor: Cursor,
    limit: u32,
) -> sqlx::Result<(Vec<Missed>, Option<Cursor>)> {
    let mut rows = store::missed(r, town.id, since, cursor, i64::from(limit) + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: row.decided_at, id: row.document_id.0 });
    let documents: Vec<_> = rows.iter().map(|row| row.document_id).collect();
    let mut told: BTreeMap<DocumentId, BTreeSet<ResidentId>> = BTreeMap::new();
    for (document, recipient) in store::missed_by(r, town.id, &documents).await? {
        told.entry(document).or_default().insert(recipient);
    }
    let all: BTreeSet<_> = told.values().flatten().copied().chain(rows.iter().map(|row| row.resident_id)).collect();
    let all: Vec<_> = all.into_iter().collect();
    let with_app: BTreeSet<_> = identity::with_account(r, town.id, &all).await?.into_iter().map(|(id, _)| id).collect();
    let names = residents::names(r, town, &all).await?;
    let today = local_day(town.zone, now);
    let people = residents::people(r, town, &all).await?;
    // For who died or left nobody does anything any more, and nobody rings them.
    let here: BTreeSet<_> = people.iter().filter(|p| p.state == State::Active).map(|p| p.id).collect();
    let minors: BTreeSet<_> = people.iter().filter(|p| is_minor(p.birth_date, today)).map(|p| p.id).collect();
    let name = |id: ResidentId| names.get(&id).cloned().unwrap_or_default();
    let booked = booking::booked_for(r, town, &documents, now).await?;
    let otherwise = reach::told_about(r, town, &all).await?;
    let holders: Vec<_> = rows.iter().map(|row| row.resident_id).collect::<BTreeSet<_>>().into_iter().collect();
    let links = residents::parents_of(r, town, &holders).await?;
    let one = |row: MissedRow| {
        let is_told = |id: &ResidentId| {
            with_app.contains(id) || otherwise.get(&(row.document_id, *id)).is_some_and(|at| *at >= row.decided_at)
        };
        // A parent who acts for the child no more is told nothing of it, on the telephone neither.
        let acts = |id: &ResidentId| {
            let is_of_them = |link: &ParentOf| (link.child, link.parent) == (row.resident_id, *id) && link.current;
            links.iter().any(is_of_them)
        };
        let is_minor = minors.contains(&row.resident_id);
        let of = told.get(&row.document_id).into_iter().flatten().copied();
        // Who came of age since is told in the place of their parents.
        let of: BTreeSet<ResidentId> = of.map(|id| if is_minor { id } else { row.resident_id }).collect();
        let is_to_tell = |id: &ResidentId| here.contains(id) && (*id == row.resident_id || acts(id)) && !is_told(id);
        let of = of.into_iter().filter(|_| here.contains(&row.resident_id)).filter(is_to_tell);
        Missed {
            holder: name(row.resident_id),
            booked_on: booked.get(&row.document_id).map(|visit| visit.day),
            recipients: of.map(|id| (id, name(id))).collect(),
            row,
        }
    };
    let missed = rows.into_iter().map(one).filter(|missed| !missed.recipients.is_empty()).collect();
    Ok((missed, next))
}
