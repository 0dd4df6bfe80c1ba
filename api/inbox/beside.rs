//! What somebody is told beside another: its key says by what, about whom and of what it is, so that it can be asked whether it holds still.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use crate::{
    mandates,
    municipalities::Municipality,
    platform::{access::MandateKind, db::Read, ids::ResidentId},
};

/// What begins such a key: then comes the kind of things of which they are told, whom it is about, and the key of what that one was told.
const BESIDE: &str = "for";

/// The key of what somebody is told beside another, as they are told of a kind of things, of what that one was told under a key.
pub(super) fn key(kind: MandateKind, about: ResidentId, told: &str) -> String {
    format!("{BESIDE} {} {about} {told}", kind.as_str())
}

/// What a key says.
struct Beside {
    /// The kind of things of which they are told; none in a key of before it was written.
    kind: Option<MandateKind>,
    /// About whom it is.
    about: ResidentId,
    /// The key of what that one was told.
    told: String,
}

fn read(key: &str) -> Option<Beside> {
    let rest = key.strip_prefix(BESIDE)?.trim_start();
    let (kind, rest) = match rest.split_once(' ') {
        Some((word, behind)) if MandateKind::parse(word).is_some() => (MandateKind::parse(word), behind),
        _ => (None, rest),
    };
    let (about, told) = rest.split_once(' ')?;
    Some(Beside { kind, about: ResidentId(about.parse().ok()?), told: told.to_owned() })
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
    let said: Vec<(ResidentId, String)> =
        all.iter().filter_map(|(.., beside)| beside.as_ref().map(|b| (b.about, b.told.clone()))).collect();
    let stands: HashSet<(ResidentId, String)> = store::standing(r, town.id, &said).await?.into_iter().collect();
    let asked = all.iter().filter_map(|(_, holder, beside)| beside.as_ref().map(|b| ((*holder, b.about), b.kind)));
    let hear = mandates::are_told_beside(r, town, &asked.collect(), now).await?;
    let holds = |holder: ResidentId, beside: &Option<Beside>| {
        let said = |b: &Beside| stands.contains(&(b.about, b.told.clone()));
        beside.as_ref().is_some_and(|b| said(b) && hear.contains(&((holder, b.about), b.kind)))
    };
    Ok(all.iter().filter(|(_, holder, beside)| !holds(*holder, beside)).map(|(id, ..)| *id).collect())
}
