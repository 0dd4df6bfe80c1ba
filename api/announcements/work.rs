//! What announcements do by themselves: go out when their time has come, and be taken back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

use super::{
    follow, lock_screen, markdown,
    model::{ANNOUNCEMENT, AnnouncementId, By, HowFar, Importance, Said, WEEK, WEEKLY_CAP, recipients, text_for},
    rules::{self, State},
    store::{self, people::Told},
};
use crate::{
    inbox::{self, Addressee, Broadcast, Localized, Way},
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        db::{Shared, Write},
        ids::{MunicipalityId, ResidentId},
        language::{Language, say},
        time::local_day,
    },
    residents,
};

/// People told in one transaction.
const CHUNK: i64 = 2_000;

/// Recipients forgotten in one transaction.
const FORGET: i64 = 5_000;

/// Places on lists forgotten in one transaction.
const HIDE: usize = 500;

/// How often it is asked who moved into an audience.
const NEWCOMERS: chrono::Duration = chrono::Duration::days(1);

/// Forgets announcements and lists past the keeping of their messages, and where those live who are hidden since.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - chrono::Duration::days(app.config.retention.messages_days);
    let mut w = app.db.write().await?;
    let some = store::forget(&mut w, before, FORGET).await?;
    let again = store::look_again(&mut w, app.clock.now(), app.clock.now() - NEWCOMERS).await?;
    let lists = super::lists::forget(&mut w, before, app.clock.now()).await?;
    w.commit().await?;
    let hidden = hide_doors(app).await?;
    Ok(if some || again || lists || hidden { Progress::Worked(1) } else { Progress::Idle })
}

/// After which file of residents this process looked who of those that were not reached is hidden since, by town.
#[derive(Clone, Default)]
pub struct Looked(Arc<Mutex<HashMap<MunicipalityId, DateTime<Utc>>>>);

/// Forgets where those live who were not reached and whose address the register hides since: neither their place on a list nor what a postman goes by
/// tells it. Only a file of the register hides one, so nothing is looked for between two.
async fn hide_doors(app: &App) -> anyhow::Result<bool> {
    let (towns, looked): (&Municipalities, &Looked) = (app.part(), app.part());
    let mut hidden = false;
    for town in towns.all() {
        let mut r = app.db.read().await?;
        let Some(last) = residents::last_import(&mut r, town).await? else { continue };
        if looked.0.lock().unwrap_or_else(PoisonError::into_inner).get(&town.id) == Some(&last) {
            continue;
        }
        let mut doors = Vec::new();
        for resident in residents::all_hidden(&mut r, town).await? {
            let of = store::figures::doors_of(&mut r, town.id, resident).await?;
            doors.extend(of.into_iter().map(|announcement| (announcement, resident)));
        }
        drop(r);
        for part in doors.chunks(HIDE) {
            let mut w = app.db.write().await?;
            for (announcement, resident) in part {
                store::figures::hide_door(&mut w, (town.id, *announcement), *resident).await?;
            }
            w.commit().await?;
            hidden = true;
        }
        looked.0.lock().unwrap_or_else(PoisonError::into_inner).insert(town.id, last);
    }
    Ok(hidden)
}

/// Sends or takes back one chunk of what is due, what warns of danger first.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    careful(app, "announcements", 1, |_, seen| some(app, seen)).await
}

async fn some(app: &App, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    if !store::anything_due(&mut app.db.read().await?, now).await? {
        return Ok(Progress::Idle);
    }
    let mut w = app.db.write().await?;
    let Some((town, id)) = store::due(&mut w, now).await? else { return Ok(Progress::Idle) };
    seen.note(town, id.0);
    let Ok(town) = towns.get(town) else {
        // Taken out of the configuration: nobody is left to tell it.
        store::set_state(&mut w, (town, id), State::Cancelled, By::Itself, now).await?;
        w.commit().await?;
        return Ok(Progress::Worked(1));
    };
    let begins = store::get(&mut w, town.id, id).await?.is_some_and(|a| a.state == State::Approved);
    let done = chunk(&mut w, app, town, id).await?;
    w.commit().await?;
    if begins {
        // The chunks that follow are planned for tables as they fill, not as they were before the first.
        app.db.filled(&["message", "announcement_recipient", "push_delivery", "badge"]).await;
    }
    Ok(Progress::Worked(done.max(1)))
}

async fn chunk(w: &mut Write, app: &App, town: &Municipality, id: AnnouncementId) -> anyhow::Result<usize> {
    let now = app.clock.now();
    let Some(a) = store::get(w, town.id, id).await? else { return Ok(0) };
    if a.state == State::Withdrawing {
        let told = store::told_after(w, town.id, id, a.cursor_id, CHUNK).await?;
        let messages: Vec<_> = told.iter().filter_map(|(_, message)| *message).collect();
        inbox::take_back(w, app, town, &messages).await?;
        if a.reach != HowFar::App {
            let without: Vec<_> = told.iter().filter(|(_, message)| message.is_none()).map(|(id, _)| *id).collect();
            inbox::take_back_kept(w, app, town, id.0, &without).await?;
        }
        let over = told.last().is_none_or(|_| (told.len() as i64) < CHUNK);
        store::advance(w, town.id, id, told.last().map(|(id, _)| *id).or(a.cursor_id), [0; 4]).await?;
        if over {
            store::set_state(w, (town.id, id), State::Withdrawn, By::Itself, now).await?;
        }
        return Ok(told.len());
    }
    if a.valid_until <= now || rules::over(a.begins_at, a.ends_at, now).is_some() {
        // Its time is over before it went out, or while it did, as for who moved in since: the rest is not told any more.
        store::set_state(w, (town.id, id), State::Sent, By::Itself, now).await?;
        return Ok(1);
    }
    if a.state == State::Approved {
        store::set_state(w, (town.id, id), State::Sending, By::Itself, now).await?;
    }
    // Who follows which topic stays as it is until they are told.
    let topics = Shared::of(town.id.0);
    topics.keep_both(topics, w).await?;
    let (today, since) = (local_day(town.zone, now), now - WEEK);
    let part = store::Chunk { after: a.cursor_id, again: a.looked_at.map(|_| id), limit: CHUNK };
    let is_open = lock_screen::shows_title(w, town, &a).await?;
    let people = store::chunk(w, (town, &recipients(&a)), &a.topic, today, part).await?;
    let ids: Vec<_> = people.iter().map(|p| p.id).collect();
    let readers = inbox::readers(w, town, &ids).await?;
    let lately = if a.importance.holds_back(a.over_cap, a.corrects_id.is_some()) {
        store::lately(w, town.id, &ids, id, since).await?
    } else {
        HashMap::new()
    };
    let is_capped = |id: &ResidentId| lately.get(id).is_some_and(|n| *n >= WEEKLY_CAP);
    let languages: Vec<Language> = a.texts.keys().copied().collect();
    let (mut to, mut held_back) = (Vec::new(), Vec::new());
    for person in &people {
        let Some(reader) = readers.get(&person.id).copied() else { continue };
        let Some(said) = text_for(town, &a.texts, reader.language) else { continue };
        if reader.has_app() && is_capped(&person.id) {
            held_back.push(Told { resident: person.id, message: None, how: "held_back", door: None });
            continue;
        }
        to.push(Addressee {
            resident: person.id,
            reader,
            wording: languages.iter().position(|l| *l == said).unwrap_or_default(),
            // Who does not follow the topic finds it in the inbox, and is not disturbed.
            is_silent: person.unfollowed && a.importance == Importance::Ordinary,
        });
    }
    let wording = |(language, said): (&Language, &Said)| Localized {
        language: *language,
        title: said.title.clone(),
        body: markdown::to_plain(&said.text),
        action: say(*language, "announcement-more", &[]),
    };
    let broadcast = Broadcast {
        kind: ANNOUNCEMENT,
        category: a.importance.category(),
        dedupe_key: format!("announcement {id}"),
        deep_link: format!("/announcements/{id}"),
        link: Some(a.link.clone()).filter(|l| !l.is_empty()),
        valid_until: a.valid_until,
        wordings: a.texts.iter().map(wording).collect(),
        is_open,
        to,
        follow: follow::of(&a),
    };
    let ways = inbox::notify_many(w, app, town, &broadcast).await?;
    let doors: HashMap<_, _> = people.iter().map(|p| (p.id, &p.door)).collect();
    let told = broadcast.to.iter().map(|one| {
        let (message, how) = match ways.get(&one.resident) {
            Some(Way::Phone(message)) => (Some(*message), "phone"),
            Some(Way::Inbox(message)) => (Some(*message), "inbox"),
            Some(Way::Unreached(_)) => (None, "without_app"),
            // They were told before.
            None => (None, "inbox"),
        };
        let door = doors.get(&one.resident).filter(|_| how == "without_app");
        Told { resident: one.resident, message, how, door: door.map(|d| (*d).clone()) }
    });
    let rows: Vec<_> = told.chain(held_back).collect();
    store::record(w, town.id, id, &rows, now).await?;
    let count = |how: &str| rows.iter().filter(|one| one.how == how).count() as i64;
    let counts = [count("phone") + count("inbox"), count("phone"), count("without_app"), count("held_back")];
    store::advance(w, town.id, id, people.last().map(|p| p.id).or(a.cursor_id), counts).await?;
    if (people.len() as i64) < CHUNK {
        store::set_state(w, (town.id, id), State::Sent, By::Itself, now).await?;
    }
    Ok(people.len())
}
