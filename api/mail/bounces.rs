//! What came back after the relay had taken it: whoever reads the mailbox says so, and what rests on the mail goes on.

use uuid::Uuid;

use super::{
    model::{Kind, State, Why},
    rules::Fate,
    store,
};
use crate::{
    administration::Sender,
    contacts::{self, Dropped},
    platform::{App, access::Scope, idempotency::Idempotency, problem::Failure},
};

/// Notes what became of a mail of the town; whether it was one that is known, and of which nothing was known yet.
///
/// # Errors
/// `scope_missing`.
pub async fn note(
    app: &App,
    who: &Sender,
    (id, fate): (Uuid, Fate),
    idempotency: &Idempotency,
) -> Result<bool, Failure> {
    who.may(Scope::NoteBounces)?;
    let (state, why, drops) = match fate {
        Fate::NoSuchAddress => (State::Bounced, Why::NoSuchAddress, Some(Dropped::Bounced)),
        Fate::CameBack => (State::Failed, Why::CameBack, None),
        Fate::Complained => (State::Failed, Why::Complained, Some(Dropped::Complained)),
        // It is on its way, and arrives or comes back in the end.
        Fate::Delayed => return Ok(false),
    };
    let town = who.town();
    idempotency
        .act(app, async |w, now| {
            let Some((resident, kind, address)) = store::came_back(w, (town.id, id), (state, why), now).await? else {
                return Ok(false);
            };
            let Some(drops) = drops else { return Ok(true) };
            let noted = match kind {
                Kind::Message => contacts::drop_email(w, town.id, resident, &address, (drops, now)).await?,
                Kind::Code => contacts::code_bounced(w, (town.id, resident), &address).await?,
            };
            tracing::info!(municipality = town.key, why = why.as_str(), was_theirs = noted, "an e-mail came back");
            Ok(true)
        })
        .await
}
