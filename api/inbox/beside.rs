//! What somebody is told beside another: its key says about whom and of what it is, so that it can be asked whether it holds still.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use crate::{
    mandates::{self, Pair},
    municipalities::Municipality,
    platform::{db::Read, ids::ResidentId},
};

/// What begins such a key: then comes whom it is about, and the key of what that one was told.
const BESIDE: &str = "for";

/// The key of what somebody is told beside another, of what that one was told under a key.
pub(super) fn key(about: ResidentId, told: &str) -> String {
    format!("{BESIDE} {about} {told}")
}

/// About whom a key is, and the key of what they were told.
fn read(key: &str) -> Option<(ResidentId, String)> {
    let (id, told) = key.strip_prefix(BESIDE)?.trim_start().split_once(' ')?;
    Some((ResidentId(id.parse().ok()?), told.to_owned()))
}

/// Of what some people were told beside another, each with its id and key: what holds no more, as they are told beside them no more, or what that one
/// was told was taken back.
///
/// # Errors
/// The database.
pub(super) async fn over(
    r: &mut Read,
    town: &Municipality,
    told: &[(Uuid, ResidentId, &str)],
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<_> = told.iter().map(|(id, holder, key)| (*id, *holder, read(key))).collect();
    let said: Vec<(ResidentId, String)> = all.iter().filter_map(|(.., about)| about.clone()).collect();
    let stands: HashSet<(ResidentId, String)> = store::standing(r, town.id, &said).await?.into_iter().collect();
    let pairs: BTreeSet<Pair> =
        all.iter().filter_map(|(_, holder, about)| Some((*holder, about.as_ref()?.0))).collect();
    let hear = mandates::are_told_beside(r, town, &pairs, now).await?;
    let holds = |holder: ResidentId, about: &Option<(ResidentId, String)>| {
        about.as_ref().is_some_and(|said| stands.contains(said) && hear.contains(&(holder, said.0)))
    };
    Ok(all.iter().filter(|(_, holder, about)| !holds(*holder, about)).map(|(id, ..)| *id).collect())
}
