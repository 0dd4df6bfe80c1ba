//! How somebody is told something, as things stand in the transaction that asks.

use std::collections::HashMap;

use super::model::{Reader, Unreached};
use crate::{
    contacts, identity,
    municipalities::Municipality,
    platform::{db::Read, ids::ResidentId, language::Language},
    residents::{self, State},
};

/// How each of these is told something: the one place that decides whether there is a way to them.
///
/// # Errors
/// The database.
pub async fn readers(
    r: &mut Read,
    town: &Municipality,
    residents: &[ResidentId],
) -> sqlx::Result<HashMap<ResidentId, Reader>> {
    let accounts: HashMap<_, _> = identity::with_account(r, town.id, residents).await?.into_iter().collect();
    // Whoever chose a language in the app is reached, and in that.
    let ask: Vec<_> = residents.iter().copied().filter(|id| accounts.get(id).copied().flatten().is_none()).collect();
    let people: HashMap<_, _> = if ask.is_empty() {
        HashMap::new()
    } else {
        residents::spoken_to(r, town, &ask)
            .await?
            .into_iter()
            .map(|(id, language, state)| (id, (language, state)))
            .collect()
    };
    let settings = contacts::settings(r, town.id, residents).await?;
    let reader = |id: &ResidentId| {
        let (account, person) = (accounts.get(id), people.get(id));
        let said = settings.get(id).and_then(|s| s.language);
        let registered = person.and_then(|(language, _)| *language);
        let known = contacts::rules::language(account.copied().flatten(), said, registered);
        let unreached = match (account, person) {
            (Some(_), _) => None,
            (None, Some((_, State::Active))) => Some(Unreached::NoApp),
            (None, _) => Some(Unreached::NotHere),
        };
        let [takes_push, takes_danger] =
            [false, true].map(|danger| settings.get(id).is_none_or(|s| s.takes_push(danger)));
        (*id, Reader { language: town.language_for(known), unreached, takes_push, takes_danger })
    };
    Ok(residents.iter().map(reader).collect())
}

/// How one of them is.
///
/// # Errors
/// The database.
pub async fn reader(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Reader> {
    let found = readers(r, town, &[resident]).await?.remove(&resident);
    Ok(found.unwrap_or(Reader {
        language: town.language_for(None),
        unreached: Some(Unreached::NotHere),
        takes_push: true,
        takes_danger: true,
    }))
}

/// The language in which a resident is spoken to, see [`Reader::language`].
///
/// # Errors
/// The database.
pub async fn language_of(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Language> {
    Ok(reader(r, town, resident).await?.language)
}
