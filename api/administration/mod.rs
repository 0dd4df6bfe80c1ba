//! What a town's administrator manages: keys of machines, and roles of colleagues.
//!
//! A *key* lets a machine in, such as the register's nightly export: it has a name, *scopes*, and an end date. It is shown
//! once, when it is made, and stored hashed. *Rotating* makes another one that takes its place while both are good for a
//! few days; *revoking* ends it at once.

pub mod access;
mod model;
pub mod routes;
mod store;
pub mod value;

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::{
    audit::{self, Act, Actor, Entry},
    identity::Identity,
    municipalities::Municipality,
    platform::{
        App,
        access::{Role, Scope},
        idempotency::{Idempotency, deleted},
        ids::hashed,
        problem::{Code, Failure, Refusal as _, Refused},
        room::{Taken, end_of},
    },
    staff::{self, MemberId, MemberRow, Staff},
};

pub use model::{KeyId, Machine, Made, Wish};
use model::{KeyLimit, OwnRole};
pub(crate) use store::ALL as STATEMENTS;
pub use store::KeyRow;

/// How a key begins, so that whoever searches code and logs for secrets finds one (as GitHub's secret scanning does).
const PREFIX: &str = "thuisloket_";
/// The most keys a town may have, those past their end included until they are forgotten with the town.
const MAX_KEYS: i64 = 200;
/// A key's last use is noted this often at most, so that a request of a machine does not write each time.
const NOTE_USE_EVERY: Duration = Duration::minutes(1);

impl From<&Machine> for Actor {
    fn from(machine: &Machine) -> Self {
        Self {
            town: machine.town.id,
            kind: "machine",
            id: machine.key.0,
            name: machine.name.clone(),
            language: machine.town.language_for(None),
        }
    }
}

/// The town's keys, the newest first.
///
/// # Errors
/// The database.
pub async fn keys(app: &App, who: &Staff) -> Result<Vec<KeyRow>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::list(&mut r, who.town.id, MAX_KEYS).await?)
}

/// Makes a key.
///
/// # Errors
/// `body_invalid` for an end further than is allowed, `key_limit`.
pub async fn make(app: &App, who: &Staff, wish: Wish, idempotency: &Idempotency) -> Result<Made, Refused<KeyLimit>> {
    let most = app.config.machines.key_days;
    if !(1..=most).contains(&wish.days) {
        return Err(Failure::field(Code::BodyInvalid, "days", format!("must lie between 1 and {most}")).into());
    }
    if wish.scopes.is_empty() {
        return Err(Failure::field(Code::BodyInvalid, "scopes", "must name one at least").into());
    }
    idempotency
        .act(app, async |w, now| {
            if store::count(w, who.town.id).await? >= MAX_KEYS {
                return Err(KeyLimit::refused());
            }
            let made = fresh(app, now, Duration::days(wish.days));
            store::add(w, who, &made, (&wish.name, &words(&wish.scopes)), now).await?;
            audit::record(w, app, who, &[Entry::on(Act::KeyMade, made.id.0)]).await?;
            Ok(made)
        })
        .await
}

fn fresh(app: &App, now: DateTime<Utc>, life: Duration) -> Made {
    Made { id: KeyId(app.ids.uuid(now)), key: format!("{PREFIX}{}", app.ids.secret()), expires_at: now + life }
}

fn words(scopes: &BTreeSet<Scope>) -> String {
    scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ")
}

/// Makes a key that takes another's place, with the same name, scopes and life. The old one is good for a few days more.
///
/// # Errors
/// `not_found` for a key of another town, or one that is revoked, past its end or rotated already.
pub async fn rotate(app: &App, who: &Staff, id: KeyId, idempotency: &Idempotency) -> Result<Made, Failure> {
    idempotency
        .act(app, async |w, now| {
            let old = store::living(w, who.town.id, id, now).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if old.rotated_to_id.is_some() {
                return Err(Failure::new(Code::NotFound));
            }
            let made = fresh(app, now, old.expires_at - old.made_at);
            store::add(w, who, &made, (&old.name, &old.scopes), now).await?;
            let until = old.expires_at.min(now + Duration::hours(app.config.machines.rotation_hours));
            store::rotated(w, who.town.id, id, made.id, until).await?;
            audit::record(w, app, who, &[Entry::on(Act::KeyRotated, id.0)]).await?;
            Ok(made)
        })
        .await
}

/// Ends a key at once.
///
/// # Errors
/// `not_found`.
pub async fn revoke(app: &App, who: &Staff, id: KeyId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            let did = store::revoke(w, who.town.id, id, now).await?;
            if deleted(w, did, who.town.id.0, id.0, now).await? {
                audit::record(w, app, who, &[Entry::on(Act::KeyRevoked, id.0)]).await?;
            }
            Ok(())
        })
        .await
}

/// Which machine calls with this key.
///
/// # Errors
/// `key_invalid`.
pub async fn machine(identity: &Identity, key: &str) -> Result<Machine, Failure> {
    let app = &identity.app;
    let now = app.clock.now();
    let found = {
        let mut r = app.db.read().await?;
        store::by_hash(&mut r, &hashed(key), now).await?
    };
    let refused = || Failure::new(Code::KeyInvalid);
    let (town, row) = found.ok_or_else(refused)?;
    let town = identity.towns.get(town).map_err(|_| refused())?.clone();
    if row.last_used_at.is_none_or(|at| now - at >= NOTE_USE_EVERY) {
        let mut w = app.db.write_relaxed().await?;
        store::used(&mut w, town.id, row.id, now).await?;
        w.commit().await?;
    }
    let scopes = row.scopes.split(' ').filter_map(Scope::parse).collect();
    Ok(Machine { key: row.id, name: row.name, town, scopes })
}

/// The town's members with their roles.
///
/// # Errors
/// The database.
pub async fn members(app: &App, who: &Staff) -> Result<Vec<MemberRow>, Failure> {
    let mut r = app.db.read().await?;
    Ok(staff::members(&mut r, &who.town).await?)
}

/// Takes a role in the town away from a member, on all their sessions at once.
///
/// # Errors
/// `not_found` where they never had it, `own_role` for one's own.
pub async fn withdraw_role(app: &App, who: &Staff, member: MemberId, role: Role) -> Result<(), Refused<OwnRole>> {
    // Nobody shuts out the last administrator, themselves.
    if member == who.id {
        return Err(OwnRole::refused());
    }
    Ok(set_role(app, who, member, role, false).await?)
}

/// Gives a role back that was taken away.
///
/// # Errors
/// `not_found` where they never had it.
pub async fn give_role_back(app: &App, who: &Staff, member: MemberId, role: Role) -> Result<(), Failure> {
    set_role(app, who, member, role, true).await
}

async fn set_role(app: &App, who: &Staff, member: MemberId, role: Role, given: bool) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if !staff::set_withdrawn(&mut w, &who.town, member, role, (!given).then_some(now)).await? {
        return Err(Failure::new(Code::NotFound));
    }
    let act = if given { Act::RoleGivenBack } else { Act::RoleWithdrawn };
    audit::record(&mut w, app, who, &[Entry::on(act, member.0)]).await?;
    if !given {
        end_of(&mut w, app, Taken { member: member.0, session: false, by: Some((who.id.0, &who.name)) }).await?;
    }
    w.commit().await?;
    Ok(())
}

/// Who sends something in, and for which town: a machine, or a member of staff.
#[derive(Clone)]
pub enum Sender {
    /// With a key.
    Machine(Machine),
    /// Signed in.
    Staff(Staff),
}

impl Sender {
    /// The town.
    pub fn town(&self) -> &Arc<Municipality> {
        match self {
            Self::Machine(m) => &m.town,
            Self::Staff(s) => &s.town,
        }
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        match self {
            Self::Machine(m) => &m.name,
            Self::Staff(s) => &s.name,
        }
    }

    /// Whose key or session it is: for what is done once.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Machine(m) => m.key.0,
            Self::Staff(s) => s.session.0,
        }
    }

    /// Refuses a machine whose key is not good for it; staff were asked for the role already.
    ///
    /// # Errors
    /// `scope_missing`.
    pub fn may(&self, scope: Scope) -> Result<(), Failure> {
        match self {
            Self::Machine(m) if !m.scopes.contains(&scope) => {
                Err(Failure::detail(Code::ScopeMissing, format!("this needs the scope {}", scope.as_str())))
            }
            _ => Ok(()),
        }
    }
}

impl From<&Sender> for Actor {
    fn from(sender: &Sender) -> Self {
        match sender {
            Sender::Machine(m) => m.into(),
            Sender::Staff(s) => s.into(),
        }
    }
}
