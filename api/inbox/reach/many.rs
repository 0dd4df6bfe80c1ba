//! How what many are told goes on, where whoever tells it asks for more than the inbox and the push.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    facts,
    model::{Outcome, Source},
    rules,
    store::{self, NewOfMany},
};
use crate::{
    contacts::{self, Settings},
    inbox::{
        model::{Addressee, Broadcast, Follow, Plan, Unreached, Way},
        store as inbox,
    },
    municipalities::Municipality,
    platform::{App, db::Write, ids::ResidentId},
};

/// Begins to follow what many were told, in the transaction that tells it. For who has no app it is kept what they are to be told, where a way
/// leads to them that its author asked for: paper, or an e-mail that they wished.
///
/// # Errors
/// The database.
pub async fn begin_many(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    broadcast: &Broadcast,
    ways: &HashMap<ResidentId, Way>,
) -> sqlx::Result<()> {
    let Some(follow) = &broadcast.follow else { return Ok(()) };
    let now = app.clock.now();
    let days = facts::days(town, follow.plan);
    let mut rows = Vec::new();
    for one in &broadcast.to {
        let Some(Way::Phone(message) | Way::Inbox(message)) = ways.get(&one.resident) else { continue };
        // Who does not follow its topic said no to this kind: it lies in their inbox, and nothing more is done.
        let outcome = one.is_silent.then_some(Outcome::Refused);
        let first = rules::first(days, true, now, Some(follow.worth_until));
        rows.push(NewOfMany {
            id: app.ids.uuid(now),
            resident: one.resident,
            source: (Source::Message, message.0),
            language: broadcast.wordings.get(one.wording).map_or(one.reader.language, |wording| wording.language),
            no_push: (one.is_silent || !one.reader.takes_push(broadcast.category)).then_some("not_wanted"),
            at: if outcome.is_some() { now } else { first },
            outcome,
        });
    }
    for (one, id) in kept(w, app, town, (broadcast, follow), ways).await? {
        rows.push(NewOfMany {
            id: app.ids.uuid(now),
            resident: one.resident,
            source: (Source::Unreached, id),
            language: broadcast.wordings.get(one.wording).map_or(one.reader.language, |wording| wording.language),
            no_push: Some("no_app"),
            outcome: None,
            at: now,
        });
    }
    store::begin_many(w, town.id, follow, &rows, now).await
}

/// Keeps what those are to be told who have no app and to whom a way leads.
async fn kept<'a>(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (broadcast, follow): (&'a Broadcast, &Follow),
    ways: &HashMap<ResidentId, Way>,
) -> sqlx::Result<Vec<(&'a Addressee, Uuid)>> {
    let now = app.clock.now();
    let has_no_app = |one: &&Addressee| ways.get(&one.resident) == Some(&Way::Unreached(Unreached::NoApp));
    // Who does not follow its topic is told by nothing: they have no inbox in which it could lie.
    let without: Vec<&Addressee> = broadcast.to.iter().filter(has_no_app).filter(|one| !one.is_silent).collect();
    let residents: Vec<ResidentId> = without.iter().map(|one| one.resident).collect();
    let settings = contacts::settings(w, town.id, &residents).await?;
    let leads = |one: &&Addressee| settings.get(&one.resident).is_some_and(|s| a_way_leads(s, follow.plan));
    let leading: Vec<&Addressee> = without.into_iter().filter(leads).collect();
    let rows: Vec<(ResidentId, Uuid, i64)> =
        leading.iter().map(|one| (one.resident, app.ids.uuid(now), one.wording as i64)).collect();
    let written: HashMap<ResidentId, Uuid> =
        inbox::keep_many(w, town.id, (broadcast, follow.worth_until), &rows, now).await?.into_iter().collect();
    Ok(leading.into_iter().filter_map(|one| Some((one, *written.get(&one.resident)?))).collect())
}

/// Whether a way leads to somebody without the app: on paper, where that was asked for, whatever they chose, so that it is said of each what
/// became of it; by e-mail only, where they wish that.
fn a_way_leads(settings: &Settings, plan: Plan) -> bool {
    let by_mail = settings.email.is_some() && settings.announcements_by_email && !settings.never_digital;
    plan == Plan::AnnouncementPaper || (by_mail && settings.steps.contains(&contacts::Way::Mail))
}

/// Where what some people were told by a broadcast stands, as far as it is followed, and stays until the transaction ends.
///
/// # Errors
/// The database.
pub async fn of_broadcast(
    w: &mut Write,
    town: &Municipality,
    broadcast: Uuid,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(Source, Uuid)>> {
    store::of_broadcast(w, town.id, broadcast, residents).await
}
