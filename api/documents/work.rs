//! The reminder worker: claims documents that are due, decides, and says it once.
//!
//! One transaction a batch: message, outbox rows, record and the document's next stage, or nothing. Rows another worker
//! holds are skipped; where two come to the same person on the same day, the message's key lets one through and the
//! other waits for the next day. A restart repeats nothing, since what was decided is a row.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    calendar, facts,
    notices::{self, Item},
    policies,
    rules::{self, Stage, StageNotice},
    settled::silenced,
    store::{self, Decided, Document, Record},
    visit_on,
};
use crate::{
    appointments::{
        Catalogue,
        booking::{self, BookedFor},
    },
    identity,
    inbox::{self, Outcome, Reader},
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::Write,
        ids::ResidentId,
        time::{latest_day, local_day},
    },
    residents::{self, ParentOf, Person, State, rules::is_minor},
};

/// Newcomers greeted in one transaction.
const NEWCOMERS: i64 = 100;

/// Looks again at the documents of those who just got the app: what still applies is told, the past is not.
///
/// # Errors
/// The database.
pub async fn greet(app: &App) -> anyhow::Result<Progress> {
    careful(app, identity::GREET, NEWCOMERS, |limit, seen| greet_some(app, limit, seen)).await
}

async fn greet_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    if !identity::anybody_new(&mut app.db.read().await?).await? {
        return Ok(Progress::Idle);
    }
    let mut w = app.db.write().await?;
    let newcomers = identity::newcomers(&mut w, limit, now).await?;
    newcomers.iter().for_each(|(town, resident)| seen.note(*town, resident.0));
    for (town, resident) in &newcomers {
        if let Ok(town) = towns.get(*town) {
            let children = residents::children_of(&mut w, town, &[*resident]).await?;
            store::look_again(&mut w, town.id, *resident, now).await?;
            for link in children.iter().filter(|l| l.current) {
                store::look_again(&mut w, town.id, link.child, now).await?;
            }
        }
        identity::greet(&mut w, *town, *resident, now).await?;
    }
    w.commit().await?;
    Ok(newcomers.len().into())
}

/// Decides on one batch of documents that are due.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let batch = i64::from(app.config.workers.reminder_batch);
    careful(app, store::REMIND, batch, |limit, seen| decide_some(app, limit, seen)).await
}

async fn decide_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    if !store::anything_due(&mut app.db.read().await?, now).await? {
        return Ok(Progress::Idle);
    }
    // What came while nobody worked comes first: nobody is told of a card that was stopped last week, or who died.
    residents::work::come(app).await?;
    housekeeping(app).await?;
    let mut w = app.db.write().await?;
    let due = store::due(&mut w, now, limit).await?;
    let count = due.len();
    due.iter().for_each(|d| seen.note(d.municipality_id, d.id.0));
    let mut by_town: BTreeMap<_, Vec<Document>> = BTreeMap::new();
    for document in due {
        by_town.entry(document.municipality_id).or_default().push(document);
    }
    let (mut told, mut held) = (0, 0);
    for (id, documents) in by_town {
        let Ok(town) = towns.get(id) else {
            // Taken out of the configuration: its documents wait a day at a time.
            for document in documents {
                store::set_next(&mut w, id, document.id, Some(now + chrono::Duration::days(1))).await?;
            }
            continue;
        };
        let catalogue = Catalogue::of(app, &mut w, town).await?;
        let (t, h) = decide(app, &mut w, &catalogue, documents, now).await?;
        told += t;
        held += h;
    }
    w.commit().await?;
    app.metrics.reminders_told.inc_by(told);
    app.metrics.reminders_held_back.inc_by(held);
    if told > 0 {
        tracing::info!(told, held_back = held, "reminders were written");
    }
    Ok(count.into())
}

/// Stops the documents whose day is there, of each town by its own calendar.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    let there = store::stopping(&mut app.db.read().await?, latest_day(now)).await?;
    let mut stopped = 0;
    for id in there {
        // Of a town that is not served any more, nobody looks.
        let Ok(town) = towns.get(id) else { continue };
        let mut w = app.db.write().await?;
        stopped += store::stops(&mut w, id, local_day(town.zone, now), now).await?;
        w.commit().await?;
    }
    Ok(Progress::from(usize::try_from(stopped).unwrap_or(usize::MAX)))
}

/// All that is known around a batch of documents of one town.
struct Around {
    people: HashMap<ResidentId, Person>,
    links: HashMap<ResidentId, Vec<ParentOf>>,
    readers: HashMap<ResidentId, Reader>,
    decided: HashMap<super::DocumentId, Vec<Decided>>,
    in_force: HashMap<ResidentId, Vec<Document>>,
    booked: HashMap<super::DocumentId, BookedFor>,
}

impl Around {
    fn has_app(&self, resident: ResidentId) -> bool {
        self.readers.get(&resident).is_some_and(Reader::has_app)
    }
}

async fn look_around(
    w: &mut Write,
    town: &Municipality,
    documents: &[Document],
    now: DateTime<Utc>,
) -> sqlx::Result<Around> {
    let mut holders: Vec<ResidentId> = documents.iter().map(|d| d.resident_id).collect();
    holders.sort_unstable();
    holders.dedup();
    let mut links: HashMap<ResidentId, Vec<ParentOf>> = HashMap::new();
    for link in residents::parents_of(w, town, &holders).await? {
        links.entry(link.child).or_default().push(link);
    }
    let mut everyone: Vec<ResidentId> =
        links.values().flatten().map(|l| l.parent).chain(holders.iter().copied()).collect();
    everyone.sort_unstable();
    everyone.dedup();
    let ids: Vec<_> = documents.iter().map(|d| d.id).collect();
    let mut decided: HashMap<_, Vec<Decided>> = HashMap::new();
    for d in store::decided(w, town.id, &ids).await? {
        decided.entry(d.document_id).or_default().push(d);
    }
    let mut in_force: HashMap<_, Vec<Document>> = HashMap::new();
    for d in store::in_force(w, town.id, &holders).await? {
        in_force.entry(d.resident_id).or_default().push(d);
    }
    Ok(Around {
        booked: booking::booked_for(w, town, &ids, now).await?,
        people: residents::people(w, town, &everyone).await?.into_iter().map(|p| (p.id, p)).collect(),
        links,
        readers: inbox::readers(w, town, &everyone).await?,
        decided,
        in_force,
    })
}

/// Whom a document concerns, and why some of them hear nothing.
fn concerned(document: &Document, around: &Around, today: NaiveDate) -> Vec<(ResidentId, Option<&'static str>)> {
    let holder = around.people.get(&document.resident_id);
    let minor = holder.is_some_and(|p| is_minor(p.birth_date, today));
    let links = around.links.get(&document.resident_id).map(Vec::as_slice).unwrap_or_default();
    let mut out = Vec::new();
    for link in links {
        let gone = around.people.get(&link.parent).is_none_or(|p| p.state != State::Active);
        // One who never had the app and lost the link needs no record.
        let known = around.has_app(link.parent);
        match (minor, link.current) {
            (true, true) if !gone => out.push((link.parent, None)),
            (true, true) => {}
            (true, false) if known => out.push((link.parent, Some("link_ended"))),
            (false, true) if known => out.push((link.parent, Some("of_age"))),
            _ => {}
        }
    }
    let parents_only = rules::kind_of(&document.kind).is_some_and(|k| k.parents_only);
    let has_parents = out.iter().any(|(_, why)| why.is_none());
    let has_app = around.has_app(document.resident_id);
    if !minor || !has_parents || (has_app && !parents_only) {
        out.push((document.resident_id, None));
    }
    out
}

/// What is to be written for one document.
struct Plan {
    document: Document,
    stages: Vec<Stage>,
    decisions: Vec<Decision>,
}

/// What is decided of a stage for one who is concerned.
struct Decision {
    stage: Stage,
    recipient: ResidentId,
    /// Why it is held back.
    why: Option<&'static str>,
    /// The one that was missed, for which it stands once it is told.
    missed: Option<Stage>,
}

async fn decide(
    app: &App,
    w: &mut Write,
    catalogue: &Catalogue,
    documents: Vec<Document>,
    now: DateTime<Utc>,
) -> anyhow::Result<(u64, u64)> {
    let town = &*catalogue.town;
    let today = local_day(town.zone, now);
    let calendar = calendar(town);
    // Nobody is written to at night or on a closed day, however late the server comes to it.
    let moment = rules::sending_moment(&calendar, rules::DEFAULT_HOUR, now);
    if moment > now {
        for document in &documents {
            store::set_next(w, town.id, document.id, Some(moment)).await?;
        }
        return Ok((0, 0));
    }
    let around = look_around(w, town, &documents, now).await?;
    let plans: Vec<Plan> = documents.into_iter().map(|d| plan(town, &around, d, now, today)).collect();

    let mut to_tell: BTreeMap<ResidentId, Vec<Item>> = BTreeMap::new();
    for plan in &plans {
        for Decision { stage, recipient, why, .. } in &plan.decisions {
            if why.is_none() {
                let child = (*recipient != plan.document.resident_id)
                    .then(|| around.people.get(&plan.document.resident_id).map(|p| p.call_name().to_owned()))
                    .flatten();
                to_tell.entry(*recipient).or_default().push(Item {
                    document: plan.document.id,
                    kind: plan.document.kind.clone(),
                    child,
                    stage: stage.clone(),
                    visit_on: booked(&plan.document, stage, &around, today),
                    expires_on: plan.document.expires_on,
                });
            }
        }
    }
    let mut outcomes = HashMap::new();
    for (recipient, mut items) in to_tell {
        items.sort_by_key(|i| (i.stage.word, i.expires_on, i.document));
        let Some(reader) = around.readers.get(&recipient) else { continue };
        let is_bookable = |kind: &str| catalogue.service_for(kind).is_some();
        let notice = notices::notice(reader.language, town, &items, today, is_bookable);
        outcomes.insert(recipient, inbox::notify_reader(w, app, town, (recipient, reader), &notice).await?);
    }

    let (mut told, mut held) = (0, 0);
    for plan in plans {
        let mut waits = false;
        for Decision { stage, recipient, why, missed } in &plan.decisions {
            let (held_back, message) = match (*why, outcomes.get(recipient)) {
                (Some(why), _) => (Some(why), None),
                (None, Some(Outcome::Written(message))) => (None, Some(*message)),
                (None, Some(Outcome::Unreached(_))) => (Some("no_account"), None),
                (None, Some(Outcome::NothingNew) | None) => {
                    // They heard from us today: this waits for another day.
                    waits = true;
                    continue;
                }
            };
            let missed = missed.iter().map(|missed| (missed, Some("superseded"), None));
            for (stage, held_back, message) in std::iter::once((stage, held_back, message)).chain(missed) {
                let record = Record {
                    document: plan.document.id,
                    series: &stage.series,
                    stage: stage.days,
                    anchor: stage.anchor,
                    recipient: *recipient,
                    due_on: stage.on,
                    held_back,
                    message,
                };
                store::record(w, town.id, &record, now).await?;
                if held_back.is_none() { told += 1 } else { held += 1 }
            }
        }
        let next = if waits {
            let tomorrow = today.succ_opt().unwrap_or(today);
            let morning = crate::platform::time::instant(town.zone, tomorrow, chrono::NaiveTime::MIN);
            Some(rules::sending_moment(&calendar, rules::DEFAULT_HOUR, morning))
        } else {
            rules::next(&plan.stages, now)
        };
        store::set_next(w, town.id, plan.document.id, next).await?;
    }
    Ok((told, held))
}

/// The day of the visit that is booked for this document, where this stage asks for one.
fn booked(document: &Document, stage: &Stage, around: &Around, today: NaiveDate) -> Option<NaiveDate> {
    let asks =
        matches!(stage.word, StageNotice::Prepare | StageNotice::Apply | StageNotice::Late | StageNotice::Expired);
    visit_on(document, around.booked.get(&document.id), today).filter(|_| asks)
}

fn plan(town: &Municipality, around: &Around, document: Document, now: DateTime<Utc>, today: NaiveDate) -> Plan {
    let holder = around.people.get(&document.resident_id);
    let stages = rules::schedule(&facts(&document, holder.and_then(|p| p.birth_date), today), &calendar(town), |s| {
        policies(town, s)
    });
    let in_force = around.in_force.get(&document.resident_id).map(Vec::as_slice).unwrap_or_default();
    let silenced = silenced(&document, holder, in_force);
    let decided = around.decided.get(&document.id).map(Vec::as_slice).unwrap_or_default();
    let mut decisions = Vec::new();
    for (recipient, hushed) in concerned(&document, around, today) {
        let has_app = around.has_app(recipient);
        // What was held back for want of an app is told after all, once they have one.
        let told_after_all = |d: &&Decided| has_app && d.reason.as_deref() == Some("no_account");
        let theirs = || decided.iter().filter(|d| d.recipient_id == recipient);
        let key = |d: &Decided| (d.series.clone(), d.anchor_on, d.stage);
        let settled: HashSet<_> = theirs().filter(|d| !told_after_all(d)).map(key).collect();
        let reopened: HashSet<_> = theirs().filter(told_after_all).map(key).collect();
        // Something later than a missed stage may have been told already.
        let told_at = |series: &str, anchor: NaiveDate| {
            theirs()
                .filter(|d| d.reason.is_none() && d.series == series && d.anchor_on == anchor)
                .map(|d| d.stage)
                .min()
        };
        let why = |stage: &Stage| {
            silenced
                .or(hushed)
                .or(told_at(&stage.series, stage.anchor).filter(|told| *told <= stage.days).map(|_| "superseded"))
                .or(rules::told_by_letter(document.letter_sent_on, stage.word, today).then_some("told_by_letter"))
        };
        let open = stages.iter().filter_map(|s| {
            let key = (s.series.clone(), s.anchor, s.days);
            // What was told before its day is told after all now, and not on that day.
            let at = if reopened.contains(&key) { s.at.min(now) } else { s.at };
            (!settled.contains(&key)).then(|| Stage { at, ..s.clone() })
        });
        let due = rules::due(&open.collect::<Vec<_>>(), now, today);
        decisions.extend(due.tell.into_iter().map(|tell| {
            // What holds the missed one back today need not hold the next one back on its day.
            match tell.missed {
                Some(missed) if why(&missed).is_some() => {
                    Decision { why: why(&missed), stage: missed, recipient, missed: None }
                }
                missed => Decision { why: why(&tell.stage), stage: tell.stage, recipient, missed },
            }
        }));
        decisions.extend(due.skip.into_iter().map(|(stage, why)| Decision {
            stage,
            recipient,
            why: Some(silenced.or(hushed).unwrap_or(why)),
            missed: None,
        }));
    }
    Plan { document, stages, decisions }
}
