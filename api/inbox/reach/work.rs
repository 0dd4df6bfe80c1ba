//! The worker that takes the next step of what was not answered.
//!
//! It takes what is due, reads again what would end it, and takes steps in the same transaction. It locks the rows that it takes, and then, as
//! telling somebody does, a message, the number on the icon and the rows of outboxes. Whoever reads a message meanwhile has that message
//! and waits for the row: nobody waits for the other in a ring. Where a row is about to be told in the inbox and another transaction tells the
//! same person, one of the two may be undone: it is done again ([`careful`]). Whoever else changes a step locks its row first, too.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::{
    facts::Around,
    model::{Outcome, Reach, Reason, Source, Step, StepState, Taken, TellAgain},
    rules::{self, Next},
    store,
};
use crate::{
    inbox::{
        model::{MessageId, Notice, Plan, Worth},
        writing,
    },
    mail::{self, Mail},
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful, patient},
        db::Write,
        interned::interned,
    },
    push::Category,
};

/// Messages of which the next step is taken in one transaction.
const BATCH: i64 = 100;
/// E-mails that could not be delivered, noted in one transaction.
const FAILED: i64 = 500;

/// Takes the next step of what is due, and notes which e-mails could not be delivered.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let failed = patient(|| fail(app)).await?;
    match careful(app, store::WORKER, BATCH, |limit, seen| step_some(app, limit, seen)).await? {
        Progress::Idle => Ok(failed),
        worked @ Progress::Worked(_) => Ok(worked),
    }
}

/// Notes which e-mails could not be delivered: the next step comes at once, also where it was believed that one had arrived.
async fn fail(app: &App) -> anyhow::Result<Progress> {
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    if !mail::any_failure(&mut app.db.read().await?).await? {
        return Ok(Progress::Idle);
    }
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let failures = mail::failures(&mut w, FAILED, now).await?;
    for failed in &failures {
        let id = (failed.town, failed.reach);
        store::lock(&mut w, id).await?;
        let state = Taken { step: Step::Mail, state: StepState::Failed, reason: Some(Reason::Bounced), at: now };
        if store::set_state(&mut w, id, StepState::Taken, &state).await? {
            store::open_again(&mut w, id, now).await?;
        }
    }
    w.commit().await?;
    Ok(failures.len().into())
}

async fn step_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    if !store::anything_due(&mut app.db.read().await?, now).await? {
        return Ok(Progress::Idle);
    }
    let mut w = app.db.write().await?;
    let due = store::due(&mut w, now, limit).await?;
    let count = due.len();
    due.iter().for_each(|reach| seen.note(reach.municipality_id, reach.id));
    let mut by_town: BTreeMap<_, Vec<Reach>> = BTreeMap::new();
    for reach in due {
        by_town.entry(reach.municipality_id).or_default().push(reach);
    }
    for (id, reaches) in by_town {
        let Ok(town) = towns.get(id) else {
            // Taken out of the configuration: it waits a day at a time.
            for reach in reaches {
                store::later(&mut w, (id, reach.id), now + Duration::days(1)).await?;
            }
            continue;
        };
        let around = Around::of(&mut w, app, town, &reaches, now).await?;
        for reach in &reaches {
            go_on(&mut w, app, town, (&around, reach), now).await?;
        }
    }
    w.commit().await?;
    Ok(count.into())
}

/// Takes all steps of one that are due now.
async fn go_on(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (around, reach): (&Around, &Reach),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let id = (town.id, reach.id);
    let mut taken = around.steps(reach);
    let mut went = None;
    // Each turn takes, skips or fails one of three steps, each of which fails once; the last one waits or ends.
    for _ in 0..=2 * Step::ALL.len() {
        let next = around.next(town, reach, &taken, now);
        if !matches!(next, Next::End(_)) && around.to_deliver(reach).is_some() {
            if let Some(at) = around.told_anew_by(reach).filter(|at| *at > now) {
                store::not_yet(w, id).await?;
                store::wait_for_nobody(w, id, reach.worth_until.map_or(at, |until| at.min(until))).await?;
                return Ok(());
            }
            return tell(w, app, town, (around, reach)).await;
        }
        let noted = |step, state, reason| Taken { step, state, reason, at: now };
        match next {
            Next::End(outcome) => {
                let Some(failed) = super::finish(w, town, reach, outcome, now).await? else {
                    if outcome == Outcome::NotReached {
                        tell_again(w, app, town, (around, reach), now).await?;
                    }
                    return Ok(());
                };
                taken.retain(|t| t.step != failed.step);
                taken.push(failed);
                went = Some((failed.step, None));
            }
            Next::Wait(at) => {
                match went {
                    // What was decided waits for people from now on.
                    Some((step, waits)) => store::stepped(w, id, step, at, waits).await?,
                    None => store::later(w, id, at).await?,
                };
                return Ok(());
            }
            Next::Skip(step, reason) => {
                let skipped = noted(step, StepState::Skipped, Some(reason));
                store::take(w, id, &skipped).await?;
                taken.push(skipped);
            }
            Next::Fail(step) => {
                let failed = noted(step, StepState::Failed, Some(Reason::NotDone));
                for before in [StepState::Due, StepState::Taken] {
                    store::set_state(w, id, before, &failed).await?;
                }
                taken.retain(|t| t.step != step);
                taken.push(failed);
                went = Some((step, None));
            }
            Next::Take(step) => {
                let state = if step == Step::Mail { StepState::Taken } else { StepState::Due };
                let done = noted(step, state, None);
                // The key lets a step be taken once, whoever else is about to.
                if store::take(w, id, &done).await? && step == Step::Mail {
                    write_mail(w, app, town, (around, reach)).await?;
                }
                taken.push(done);
                went = Some((step, (state == StepState::Due).then_some(now)));
            }
        }
    }
    store::later(w, id, rules::after_telling(now, reach.worth_until)).await?;
    Ok(())
}

/// Takes back what speaks of somebody of whom they are not to be told any more, and has them told anew of the rest.
async fn tell_again(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (around, reach): (&Around, &Reach),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let documents = around.to_tell_again(reach);
    // Who has no app is on the list of who was not reminded.
    if documents.is_empty() || reach.source != Source::Message {
        return Ok(());
    }
    let message = MessageId(reach.source_id);
    writing::take_back(w, app, town, &[message], Outcome::NotReached).await?;
    let again: &TellAgain = app.part();
    (again.0)(w, town, message, documents, now).await
}

/// Queues the e-mail. It says no more than a push does, where they did not choose otherwise.
async fn write_mail(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (around, reach): (&Around, &Reach),
) -> sqlx::Result<()> {
    let Some(settings) = around.settings(reach) else { return Ok(()) };
    let (Some(address), Some((title, body))) = (&settings.email, around.said(reach)) else { return Ok(()) };
    let language = reach.language(town);
    let (subject, text) = mail::worded(town, language, (title, body), settings.open_email);
    let mail = Mail {
        resident: reach.resident_id,
        reach: Some(reach.id),
        address,
        language,
        subject: &subject,
        text: &text,
        may_unsubscribe: reach.broadcast_id.is_some(),
        until: reach.worth_until,
    };
    mail::queue(w, app, town, &mail).await?;
    Ok(())
}

/// Tells somebody in their inbox what was kept for them while they had no app, and goes on there.
async fn tell(w: &mut Write, app: &App, town: &Municipality, (around, reach): (&Around, &Reach)) -> sqlx::Result<()> {
    let (id, now) = ((town.id, reach.id), app.clock.now());
    let Some(kept) = around.to_deliver(reach) else { return Ok(()) };
    // A letter that is not printed yet need not be, and nobody be called, unless they do not read it there either.
    store::not_yet(w, id).await?;
    let notice = Notice {
        kind: interned(kept.kind.clone()),
        category: Category::parse(&kept.category).unwrap_or(Category::Appointments),
        dedupe_key: kept.dedupe_key.clone(),
        title: kept.title.clone(),
        body: kept.body.clone(),
        deep_link: kept.deep_link.clone().unwrap_or_else(|| "/inbox".to_owned()),
        action: None,
        worth: Worth { until: reach.worth_until, of_child: kept.of_child, ..Worth::default() },
        open_in: None,
        // It is followed by the row that it had.
        plan: Plan::None,
        about: Vec::new(),
    };
    let is_shown = around.settings(reach).is_none_or(|s| s.takes_push(false));
    match writing::deliver(w, app, town, (reach.resident_id, is_shown), &notice).await? {
        Some(message) => {
            store::to_inbox(w, reach, message, now).await?;
            store::wait_for_nobody(w, id, rules::after_telling(now, reach.worth_until)).await?;
        }
        // They were told the same in their inbox.
        None => {
            store::end(w, id, Outcome::Replaced, now).await?;
            mail::cancel(w, town.id, &[reach.id]).await?;
        }
    }
    Ok(())
}
