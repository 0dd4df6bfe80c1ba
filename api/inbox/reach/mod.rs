//! How a message goes on until somebody can say what became of it.
//!
//! A message that asks for something, or changes something, is followed by a row of `reach`, which is written with it. Reading it, putting it away,
//! taking it back and saying it anew end that in the same transaction. What is left is taken step by step by a worker ([`work`]), by a pure rule
//! ([`rules`]): an e-mail, a letter, a call, each once, and each only after what would end it was read again in the transaction that takes it.
//! What goes to many at once ([`notify_many`](crate::inbox::notify_many)) is followed where whoever tells it asks for that ([`begin_many`]);
//! else who tells many keeps what became of each.

pub mod coverage;
mod facts;
mod many;
mod model;
pub mod routes;
pub mod rules;
pub(crate) mod store;
pub mod work;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    inbox::model::{MessageId, Notice, Plan, Reader, Unreached},
    mail,
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        erased::Erased,
        ids::{MunicipalityId, ResidentId},
    },
};
use facts::Around;
use rules::{ChildsLetter, Next};

pub use many::{begin_many, of_broadcast};
pub use model::{
    CallDone, CallDue, FindingOver, FindingSettled, LetterDue, Outcome, OverBroadcasts, Reach, Reason, Settled,
    SettledDocuments, Source, Step, StepState, Taken, TellAgain, ToldOf,
};

/// How a message went on where it was not read.
pub struct Further {
    /// Where it is followed.
    pub reach: Uuid,
    /// What became of it, and when; none while it is under way.
    pub outcome: Option<(Outcome, DateTime<Utc>)>,
    /// The steps so far, in the order in which they were.
    pub steps: Vec<Taken>,
}

/// How each of these messages went on, or what was kept in their place; without those that nobody follows.
///
/// # Errors
/// The database.
pub async fn further(r: &mut Read, town: &Municipality, sources: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Further>> {
    let rows = store::further(r, town.id, sources).await?;
    let ids: Vec<Uuid> = rows.iter().map(|(_, id, ..)| *id).collect();
    let mut steps = store::steps(r, town.id, &ids).await?;
    let one = |(source, reach, outcome, at): store::FurtherRow| {
        let mut steps = steps.remove(&reach).unwrap_or_default();
        // What waited for people when it ended comes no more.
        steps.retain(|t| outcome.is_none() || t.state != StepState::Due);
        (source, Further { reach, outcome: outcome.zip(at), steps })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Since when these people were last told of documents, or are being told, by whatever way.
///
/// # Errors
/// The database.
pub async fn told_about(
    r: &mut Read,
    town: &Municipality,
    residents: &[ResidentId],
) -> sqlx::Result<HashMap<ToldOf, DateTime<Utc>>> {
    let mut since: HashMap<ToldOf, DateTime<Utc>> = HashMap::new();
    for (resident, about, at) in store::told_about(r, town.id, residents).await? {
        for document in model::documents_in(&about) {
            let last = since.entry((document, resident)).or_insert(at);
            *last = (*last).max(at);
        }
    }
    Ok(since)
}

/// Begins to follow what was said to somebody, in the transaction that says it.
///
/// # Errors
/// The database.
pub async fn begin(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, reader, source): (ResidentId, &Reader, (Source, Uuid)),
    notice: &Notice,
) -> sqlx::Result<()> {
    if notice.plan == Plan::None {
        return Ok(());
    }
    let now = app.clock.now();
    let about: Vec<String> = notice.about.iter().map(|document| document.0.to_string()).collect();
    let in_inbox = source.0 == Source::Message;
    let outcome = (reader.unreached == Some(Unreached::NotHere)).then_some(Outcome::NotHere);
    let first = rules::first(facts::days(town, notice.plan), in_inbox, now, notice.worth.until);
    let new = store::New {
        id: app.ids.uuid(now),
        resident,
        source,
        plan: notice.plan,
        about: &about.join(" "),
        language: reader.language,
        no_push: match (in_inbox, reader.takes_push(notice.category)) {
            (false, _) => Some("no_app"),
            (true, false) => Some("not_wanted"),
            (true, true) => None,
        },
        worth_until: notice.worth.until,
        outcome,
        next_at: outcome.is_none().then_some(first),
    };
    store::begin(w, town.id, &new, now).await
}

/// Ends those of messages, in the transaction that ends them; e-mails of theirs that wait are not sent.
///
/// # Errors
/// The database.
pub async fn end(
    w: &mut Write,
    town: MunicipalityId,
    messages: &[MessageId],
    outcome: Outcome,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let ended = store::end_many(w, town, messages, (outcome, now)).await?;
    stop(w, town, &ended).await
}

/// Ends that of a message which was read or put away. Marked as unread, it goes on no more.
///
/// # Errors
/// The database.
pub async fn read(w: &mut Write, town: MunicipalityId, message: MessageId, now: DateTime<Utc>) -> sqlx::Result<()> {
    let ended = store::read(w, (town, message), now).await?;
    stop(w, town, &ended).await
}

/// Ends those of somebody of which what was kept for them is gone, or withdrawn.
///
/// # Errors
/// The database.
pub async fn end_gone(
    w: &mut Write,
    town: MunicipalityId,
    resident: ResidentId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let ended = store::end_gone(w, (town, resident), (outcome, now)).await?;
    stop(w, town, &ended).await
}

/// Sends nothing more for these.
async fn stop(w: &mut Write, town: MunicipalityId, ended: &[Uuid]) -> sqlx::Result<()> {
    if !ended.is_empty() {
        mail::cancel(w, town, ended).await?;
    }
    Ok(())
}

/// Ends one; unless it would count as mailed while its e-mail waits still. That is not sent any more, so its step came to nothing, which is
/// what is given back: nothing has ended yet.
async fn finish(
    w: &mut Write,
    town: &Municipality,
    reach: &Reach,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Taken>> {
    let id = (town.id, reach.id);
    let unsent = mail::cancel(w, town.id, &[reach.id]).await?;
    if unsent > 0 && outcome == Outcome::Mailed {
        let failed = Taken { step: Step::Mail, state: StepState::Failed, reason: Some(Reason::Bounced), at: now };
        store::set_state(w, id, StepState::Taken, &failed).await?;
        return Ok(Some(failed));
    }
    store::end(w, id, outcome, now).await?;
    Ok(None)
}

/// Erases those of somebody, with their steps. Of a person without messages there may be some, of what they could not be told.
///
/// # Errors
/// The database.
pub async fn empty(w: &mut Write, town: MunicipalityId, resident: ResidentId, erased: &mut Erased) -> sqlx::Result<()> {
    let all = store::of_resident(w, (town, resident)).await?;
    stop(w, town, &all).await?;
    erased.add("messages followed", store::erase(w, (town, resident)).await?);
    Ok(())
}

/// Forgets those that began before an instant; how many.
///
/// # Errors
/// The database.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let old = store::old(w, town, before, limit).await?;
    stop(w, town, &old).await?;
    let mut forgotten = 0;
    for id in old {
        forgotten += store::forget(w, (town, id)).await?;
    }
    Ok(forgotten)
}

/// Whether any began before an instant.
///
/// # Errors
/// The database.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    Ok(!store::old(r, town, before, 1).await?.is_empty())
}

/// Takes letters that wait to be printed, those that wait longest first; each is read again here, and one of which nothing is to be said any more
/// is ended instead. Fewer than `limit` may come though more wait: ask again until none comes.
///
/// # Errors
/// The database.
pub async fn claim_letters(w: &mut Write, app: &App, town: &Municipality, limit: i64) -> sqlx::Result<Vec<LetterDue>> {
    let now = app.clock.now();
    let mut claimed = Vec::new();
    // What is taken waits no more, so each turn meets others.
    loop {
        let waiting = store::letters(w, town.id, limit - claimed.len() as i64).await?;
        if waiting.is_empty() || claimed.len() as i64 >= limit {
            return Ok(claimed);
        }
        let around = Around::of(w, app, town, &waiting, now).await?;
        for reach in waiting {
            claimed.extend(claim(w, town, &around, &reach, now).await?);
        }
    }
}

/// Takes one letter, or says why not and goes on.
async fn claim(
    w: &mut Write,
    town: &Municipality,
    around: &Around,
    reach: &Reach,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<LetterDue>> {
    let id = (town.id, reach.id);
    let letter = |state, reason| Taken { step: Step::Letter, state, reason, at: now };
    if around.to_deliver(reach).is_some() {
        // They have the app by now: the worker tells them there, and no letter is printed for it yet.
        store::not_yet(w, id).await?;
        store::wait_for_nobody(w, id, now).await?;
        return Ok(None);
    }
    let mut steps = around.steps(reach);
    let next = loop {
        let next = around.next(town, reach, &steps, now);
        let Next::End(outcome) = next else { break next };
        let Some(failed) = finish(w, town, reach, outcome, now).await? else { return Ok(None) };
        steps.retain(|t| t.step != failed.step);
        steps.push(failed);
    };
    let childs = around.childs_letter(reach, now);
    let is_late = reach.worth_until.is_some_and(|until| until < now + rules::LETTER_TAKES);
    let no = match next {
        Next::Fail(_) => Some((StepState::Failed, Reason::NotDone)),
        _ if !around.wants(reach).contains(&Step::Letter) => Some((StepState::Skipped, Reason::Refused)),
        // It was in time when its turn came, and waited for the batch too long.
        _ if is_late => Some((StepState::Skipped, Reason::TooLate)),
        // The parent was told since, was noted after the child, or they live together by now.
        _ if childs == ChildsLetter::LeftOut => Some((StepState::Skipped, Reason::WithParent)),
        _ => None,
    };
    if no.is_none() && matches!(childs, ChildsLetter::Waits(_)) {
        // A parent may be told yet: the worker looks at it again, and no letter is printed for it meanwhile.
        store::not_yet(w, id).await?;
        store::wait_for_nobody(w, id, now).await?;
        return Ok(None);
    }
    let is_due = match no {
        Some((state, why)) => {
            store::set_state(w, id, StepState::Due, &letter(state, Some(why))).await?;
            false
        }
        None => store::set_state(w, id, StepState::Due, &letter(StepState::Taken, None)).await?,
    };
    // It waits for nobody any more, whatever becomes of it; the worker looks at it next.
    store::wait_for_nobody(w, id, now).await?;
    let said = around.said(reach).filter(|_| is_due);
    Ok(said.map(|(title, body)| LetterDue {
        reach: reach.id,
        resident: reach.resident_id,
        language: reach.language(town),
        large_print: around.settings(reach).is_some_and(|s| s.large_print),
        title: title.to_owned(),
        body: body.to_owned(),
    }))
}

/// Notes that a step which was taken can't be done, and why: the next one comes at once. False where it is not under way.
///
/// # Errors
/// The database.
pub async fn cannot(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    reach: Uuid,
    (step, reason): (Step, Reason),
) -> sqlx::Result<bool> {
    let (now, id) = (app.clock.now(), (town.id, reach));
    store::lock(w, id).await?;
    let failed = Taken { step, state: StepState::Failed, reason: Some(reason), at: now };
    let is_noted = store::set_state(w, id, StepState::Taken, &failed).await?
        || store::set_state(w, id, StepState::Due, &failed).await?;
    Ok(is_noted && store::wait_for_nobody(w, id, now).await?)
}

/// Notes that a letter was posted. False where it was not under way.
///
/// # Errors
/// The database.
pub async fn letter_posted(w: &mut Write, app: &App, town: &Municipality, reach: Uuid) -> sqlx::Result<bool> {
    let (now, id) = (app.clock.now(), (town.id, reach));
    store::lock(w, id).await?;
    let posted = Taken { step: Step::Letter, state: StepState::Reached, reason: None, at: now };
    // Also where it took so long that nobody counted on it any more.
    let is_noted = store::set_state(w, id, StepState::Taken, &posted).await?
        || store::set_state(w, id, StepState::Failed, &posted).await?;
    if is_noted {
        // Where it ended meanwhile by another way, the letter is on its way all the same; where it was given up, it reaches them now.
        store::after_posting(w, id, now).await?;
    }
    Ok(is_noted)
}

/// Notes that a letter came back: the next step comes at once, also where the letter was believed to have arrived. False where none was
/// posted.
///
/// # Errors
/// The database.
pub async fn letter_returned(w: &mut Write, app: &App, town: &Municipality, reach: Uuid) -> sqlx::Result<bool> {
    let (now, id) = (app.clock.now(), (town.id, reach));
    store::lock(w, id).await?;
    let back = Taken { step: Step::Letter, state: StepState::Returned, reason: Some(Reason::Returned), at: now };
    let is_noted = store::set_state(w, id, StepState::Reached, &back).await?
        || store::set_state(w, id, StepState::Taken, &back).await?;
    if is_noted {
        store::open_again(w, id, now).await?;
    }
    Ok(is_noted)
}

/// For which of these a letter is still of use: what was printed for others need not be posted. They are under way, or reached nobody as their
/// letter lay there; nothing ends them that no worker looked at yet, whom they are for takes letters, and no parent was told in the place of a child.
///
/// # Errors
/// The database.
pub async fn letter_of_use(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    reaches: &[Uuid],
) -> sqlx::Result<HashSet<Uuid>> {
    let now = app.clock.now();
    let open = store::still_open(r, town.id, reaches).await?;
    let around = Around::of(r, app, town, &open, now).await?;
    let is_of_use = |reach: &&Reach| {
        let steps = around.steps(reach);
        // Of a letter that lies there for so long that nobody counts on it any more, it is said that it reached nobody: it still would.
        let lies = |t: &Taken| t.step == Step::Letter && t.reason == Some(Reason::NotDone);
        let is_over = match around.next(town, reach, &steps, now) {
            Next::End(Outcome::NotReached) if steps.iter().any(lies) => false,
            next => matches!(next, Next::End(_)),
        } || around.is_told_anew(reach);
        let is_left_out = around.childs_letter(reach, now) == ChildsLetter::LeftOut;
        !is_over && !is_left_out && around.wants(reach).contains(&Step::Letter)
    };
    Ok(open.iter().filter(is_of_use).map(|reach| reach.id).collect())
}

/// Which of these may not be told any more to whom they are: what lies ready on paper is not sent. What ended because it was settled, or told in another way, is not among
/// them.
///
/// # Errors
/// The database.
pub async fn not_to_tell(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    reaches: &[Uuid],
) -> sqlx::Result<HashSet<Uuid>> {
    let these = store::these(r, town.id, reaches).await?;
    let around = Around::of(r, app, town, &these, app.clock.now()).await?;
    Ok(these.iter().filter(|reach| around.must_not_tell(reach)).map(|reach| reach.id).collect())
}

/// A place in the call list: since when somebody waits, and which it is.
pub type CallPlace = (DateTime<Utc>, Uuid);

/// Whom staff are to call, those that wait longest first, after a place in that order; and the place after which there are more. Of whom
/// nothing is asked any more is not among them.
///
/// # Errors
/// The database.
pub async fn calls(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    after: CallPlace,
    limit: u32,
) -> sqlx::Result<(Vec<CallDue>, Option<CallPlace>)> {
    let mut reaches = store::calls(r, town.id, after, i64::from(limit) + 1).await?;
    let more = reaches.len() > limit as usize;
    reaches.truncate(limit as usize);
    let ids: Vec<_> = reaches.iter().map(|reach| reach.id).collect();
    let since = store::waits(r, town.id, &ids).await?;
    let next = ids.last().filter(|_| more).and_then(|id| Some((*since.get(id)?, *id)));
    Ok((calls_of(r, app, town, (reaches, &since)).await?, next))
}

/// One call, as long as it is to be made: what would end it is read again here. None where it is over, or was never asked for.
///
/// # Errors
/// The database.
pub async fn call(r: &mut Read, app: &App, town: &Municipality, reach: Uuid) -> sqlx::Result<Option<CallDue>> {
    let Some(found) = store::get(r, (town.id, reach)).await? else { return Ok(None) };
    let since = store::waits(r, town.id, &[reach]).await?;
    Ok(calls_of(r, app, town, (vec![found], &since)).await?.pop())
}

async fn calls_of(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    (reaches, since): (Vec<Reach>, &HashMap<Uuid, DateTime<Utc>>),
) -> sqlx::Result<Vec<CallDue>> {
    let now = app.clock.now();
    let around = Around::of(r, app, town, &reaches, now).await?;
    let one = |reach: &Reach| {
        let steps = around.steps(reach);
        let is_due = steps.iter().any(|t| t.step == Step::Call && t.state == StepState::Due);
        let is_over = matches!(around.next(town, reach, &steps, now), Next::End(_)) || around.is_told_anew(reach);
        let (title, body) = around.said(reach).filter(|_| is_due && !is_over)?;
        Some(CallDue {
            reach: reach.id,
            resident: reach.resident_id,
            language: reach.language(town),
            since: *since.get(&reach.id)?,
            created_at: reach.created_at,
            worth_until: reach.worth_until,
            read_aloud: around.is_read_aloud(reach),
            title: title.to_owned(),
            body: body.to_owned(),
        })
    };
    Ok(reaches.iter().filter_map(one).collect())
}

/// Ends one on the call list. False where it is over.
///
/// # Errors
/// The database.
pub async fn call_done(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    reach: Uuid,
    how: CallDone,
) -> sqlx::Result<bool> {
    let (now, id) = (app.clock.now(), (town.id, reach));
    store::lock(w, id).await?;
    let (outcome, state) = match how {
        CallDone::Reached => (Outcome::Called, StepState::Reached),
        CallDone::HandedOver => (Outcome::HandedOver, StepState::Failed),
    };
    let done = Taken { step: Step::Call, state, reason: None, at: now };
    if !store::set_state(w, id, StepState::Due, &done).await? || !store::end(w, id, outcome, now).await? {
        return Ok(false);
    }
    stop(w, town.id, &[reach]).await?;
    Ok(true)
}
