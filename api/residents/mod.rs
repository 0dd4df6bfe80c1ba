//! Residents of a municipality, as its population register last told: who they are, where they live, whose parents
//! they are. The national number itself is never kept, only its keyed hash ([`rules::NumberHash`]).
//!
//! Words: a *resident* is a row of the register; a *household* those who live together; a *parent with authority* is
//! linked to a child by the hashes of both numbers, whichever of them comes first in the file.

pub mod countries;
pub mod import;
mod model;
pub mod rules;
pub(crate) mod store;
pub mod value;
pub mod work;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    municipalities::Municipality,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
};

pub use model::{BlockReason, BlockedParent, Detail, ParentOf, Person, State};
pub(crate) use store::CLAIMING;

/// The most residents born on one day that are looked through: some thirty in the largest town of Flanders, but an unknown
/// birth date may stand as 1 January.
const MAX_BORN_ON: i64 = 2_000;
/// Streets of a town; Antwerp has some 3,000.
const MAX_STREETS: i64 = 6_000;
/// Places that a map shows at a time.
pub const MAX_PLACES: i64 = 4_000;

/// Who has this national number here, tried under each key of the town.
///
/// # Errors
/// The database.
pub async fn by_national_number(
    r: &mut Read,
    town: &Municipality,
    number: &rules::NationalNumber,
) -> sqlx::Result<Option<Person>> {
    for hash in rules::hashes(town, number) {
        if let Some(found) = store::by_hash(r, town.id, &hash.0).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Who lives here of those with these national numbers, tried under each key of the town.
///
/// # Errors
/// The database.
pub async fn by_national_numbers(
    r: &mut Read,
    town: &Municipality,
    numbers: &[rules::NationalNumber],
) -> sqlx::Result<Vec<ResidentId>> {
    let hashes: Vec<String> = numbers.iter().flat_map(|n| rules::hashes(town, n)).map(|h| h.0).collect();
    store::by_hashes(r, town.id, &hashes).await
}

/// The residents with these ids, in no order.
///
/// # Errors
/// The database.
pub async fn people(r: &mut Read, town: &Municipality, ids: &[ResidentId]) -> sqlx::Result<Vec<Person>> {
    store::people(r, town.id, ids).await
}

/// What staff call each of these, where the town has them: the first given name and the family name.
///
/// # Errors
/// The database.
pub async fn names(
    r: &mut Read,
    town: &Municipality,
    ids: &[ResidentId],
) -> sqlx::Result<BTreeMap<ResidentId, String>> {
    let known = store::names(r, town.id, ids).await?;
    Ok(known.into_iter().map(|(id, given, family)| (id, model::full_name(&given, &family))).collect())
}

/// What the population register itself calls each of these, where the town keeps that.
///
/// # Errors
/// The database.
pub async fn register_keys(
    r: &mut Read,
    town: &Municipality,
    ids: &[ResidentId],
) -> sqlx::Result<BTreeMap<ResidentId, String>> {
    if !town.keeps_register_keys() {
        return Ok(BTreeMap::new());
    }
    Ok(store::register_keys(r, town.id, ids).await?.into_iter().collect())
}

/// Of which of these nobody may know the address.
///
/// # Errors
/// The database.
pub async fn hidden(r: &mut Read, town: &Municipality, ids: &[ResidentId]) -> sqlx::Result<BTreeSet<ResidentId>> {
    Ok(store::hidden_of(r, town.id, ids).await?.into_iter().collect())
}

/// In which language the register says that each of these is spoken to, and whether they live here.
///
/// # Errors
/// The database.
pub async fn spoken_to(
    r: &mut Read,
    town: &Municipality,
    ids: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, Option<Language>, State)>> {
    store::spoken_to(r, town.id, ids).await
}

/// Under which version of the town's number key its residents are hashed: the version, how many, and how many of them are active.
///
/// # Errors
/// The database.
pub async fn key_versions(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<(i64, i64, i64)>> {
    store::key_versions(r, town.id).await
}

/// Lets nobody else do the same to this resident until the transaction ends: for what is counted of somebody.
///
/// # Errors
/// The database.
pub async fn lock(w: &mut Write, town: &Municipality, id: ResidentId) -> sqlx::Result<()> {
    store::lock(w, town.id, id).await
}

/// One resident, with the address.
///
/// # Errors
/// The database.
pub async fn detail(r: &mut Read, town: &Municipality, id: ResidentId) -> sqlx::Result<Option<Detail>> {
    store::detail(r, town.id, id).await
}

/// The residents born on a day whose family name begins so, whatever the case of its letters.
///
/// # Errors
/// The database.
pub async fn born_on(
    r: &mut Read,
    town: &Municipality,
    day: NaiveDate,
    family_name: &str,
) -> sqlx::Result<Vec<Detail>> {
    let wanted = family_name.trim().to_lowercase();
    let mut found = store::born_on(r, town.id, day, MAX_BORN_ON).await?;
    found.retain(|d| d.person.family_name.to_lowercase().starts_with(&wanted));
    Ok(found)
}

/// Every link that these children have with parents who live here.
///
/// # Errors
/// The database.
pub async fn parents_of(r: &mut Read, town: &Municipality, children: &[ResidentId]) -> sqlx::Result<Vec<ParentOf>> {
    store::links(r, town.id, children, store::Side::Child).await
}

/// The parents of these children who live with them, are of age on a day, and to whom a letter can go: whom the register names, and staff have not
/// blocked. The child, and the parent.
///
/// # Errors
/// The database.
pub async fn parents_at_home(
    r: &mut Read,
    town: &Municipality,
    children: &[ResidentId],
    today: NaiveDate,
) -> sqlx::Result<Vec<(ResidentId, ResidentId)>> {
    let all = store::parents_at_home(r, town.id, children).await?;
    let of_age = all.into_iter().filter(|(.., born)| !rules::is_minor(*born, today));
    Ok(of_age.map(|(child, parent, _)| (child, parent)).collect())
}

/// Every link that these parents have with children who live here.
///
/// # Errors
/// The database.
pub async fn children_of(r: &mut Read, town: &Municipality, parents: &[ResidentId]) -> sqlx::Result<Vec<ParentOf>> {
    store::links(r, town.id, parents, store::Side::Parent).await
}

/// The children whom somebody is no parent of any more: staff have blocked them, or the register names them no more. Who only came of age is none of these.
///
/// # Errors
/// The database.
pub async fn apart_from(r: &mut Read, town: &Municipality, parent: ResidentId) -> sqlx::Result<BTreeSet<ResidentId>> {
    let blocks = store::blocks(r, town.id, parent).await?;
    let blocked = blocks.into_iter().filter(|block| block.parent_id == parent).map(|block| block.child_id);
    let links = children_of(r, town, &[parent]).await?;
    Ok(blocked.chain(links.into_iter().filter(|link| link.dropped).map(|link| link.child)).collect())
}

/// When the last file of residents of a town was through; none where none was.
///
/// # Errors
/// The database.
pub async fn last_import(r: &mut Read, town: &Municipality) -> sqlx::Result<Option<DateTime<Utc>>> {
    store::last_import(r, town.id).await
}

/// Everybody of a town whose address is hidden: they are few.
///
/// # Errors
/// The database.
pub async fn all_hidden(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<ResidentId>> {
    store::all_hidden(r, town.id).await
}

/// The resident, and the minor children they have authority over.
///
/// # Errors
/// The database.
pub async fn family(
    r: &mut Read,
    town: &Municipality,
    resident: ResidentId,
    today: NaiveDate,
) -> sqlx::Result<Vec<Person>> {
    let links = children_of(r, town, &[resident]).await?;
    let mut ids: Vec<ResidentId> = links.iter().filter(|l| l.current).map(|l| l.child).collect();
    ids.push(resident);
    let people = people(r, town, &ids).await?;
    Ok(people
        .into_iter()
        .filter(|p| p.id == resident || (rules::is_minor(p.birth_date, today) && p.state == State::Active))
        .collect())
}

/// The streets of a town, as its register writes them.
///
/// # Errors
/// The database.
pub async fn streets(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<String>> {
    store::streets(r, town, MAX_STREETS).await
}

/// Where people live within a box of degrees (south and west, north and east), and never who or how many: [`MAX_PLACES`] at most.
///
/// # Errors
/// The database.
pub async fn places(
    r: &mut Read,
    town: MunicipalityId,
    from: (f64, f64),
    until: (f64, f64),
) -> sqlx::Result<Vec<(f64, f64)>> {
    store::places(r, town, from, until, MAX_PLACES).await
}
