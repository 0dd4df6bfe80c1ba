//! A citizen's own profile: who they are in the register, who belongs to them, and how they are reached.

pub mod routes;
pub mod value;

use crate::{
    contacts::{self, Known},
    identity::{self, Citizen},
    platform::{
        App,
        access::Level,
        ids::ResidentId,
        language::Language,
        problem::{Code, Failure},
        time::local_day,
    },
    push::{
        self, Category,
        preferences::{self, Choice},
    },
    residents::{self, Detail, Person, State},
};

/// What is private of a citizen.
pub struct Private {
    /// As the register has them, with their address.
    pub detail: Detail,
    /// The minor children they have authority over.
    pub children: Vec<Person>,
    /// How they want to be told, and at which address; also of one that was dropped.
    pub contact: Known,
}

/// A citizen as the town knows them.
pub struct Profile {
    /// Who, as the register has them.
    pub person: Person,
    /// The rest; none for who signed in at a lower level than the town asks for it.
    pub private: Option<Private>,
    /// The language in which they are spoken to.
    pub language: Language,
    /// How sure the provider was of them.
    pub level: Level,
    /// When they want to be disturbed, and with what.
    pub choice: Choice,
    /// Whether a phone of theirs would show a message.
    pub has_phone: bool,
}

/// The profile of whoever asks.
///
/// # Errors
/// `not_found` for who left the register at this moment; `session_ended` for who died or moved away, whose sessions end within a minute.
pub async fn get(app: &App, who: &Citizen) -> Result<Profile, Failure> {
    let (town, id): (_, ResidentId) = (&who.town, who.actor.0);
    let today = local_day(town.zone, app.clock.now());
    let mut r = app.db.read().await?;
    let detail = residents::detail(&mut r, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let person = detail.person.clone();
    if person.state != State::Active {
        return Err(Failure::new(Code::SessionEnded));
    }
    let private = if who.level >= town.private_level {
        let mut children = residents::family(&mut r, town, id, today).await?;
        children.retain(|member| member.id != id);
        children.sort_by_key(|child| (child.birth_date, child.id));
        let contact = contacts::known(&mut r, (town.id, id), app.clock.now()).await?;
        Some(Private { detail, children, contact })
    } else {
        None
    };
    Ok(Profile {
        person,
        private,
        language: identity::language_of(&mut r, who).await?,
        level: who.level,
        choice: preferences::of(&mut r, town.id, id).await?,
        has_phone: push::reach(&mut r, town, id, Category::Account).await?.phone,
    })
}
