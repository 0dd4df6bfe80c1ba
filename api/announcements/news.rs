//! Announcements as readers have them: a citizen theirs, and anybody those that are public.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};

use super::{
    audience::{self, Condition},
    model::{Announcement, AnnouncementId, Said, text_for},
    rules::State,
    store::{self, audience::compile},
};
use crate::{
    identity::{self, Citizen},
    municipalities::Municipality,
    platform::{
        App,
        db::{Built, MAX_BINDS},
        language::Language,
        page::Cursor,
        problem::{Code, CursorInvalid, Failure, Refused},
        text::folded,
        time::local_day,
    },
    residents::rules::street_key,
};

/// Announcements that a reader sees at once.
pub const SHOWN: i64 = 100;
/// How far back the public page and its feeds go.
const PUBLIC: Duration = Duration::days(180);
/// Announcements on one page of the archive.
const ON_A_PAGE: usize = 20;
/// Announcements that are read at once for a page, and how often at the most: who seeks a rare word goes on from there.
const LOOKED_AT: i64 = 100;
const LOOKS: usize = 5;
/// Words that are sought at the most.
const WORDS: usize = 5;
/// The name of the list, in its cursors.
const ARCHIVE: &str = "news";
/// How long after it began an event stays in the calendar.
const OVER: Duration = Duration::days(30);
/// Events that the calendar holds.
const EVENTS: i64 = 500;

/// An announcement in one language.
pub struct Read {
    /// The announcement.
    pub announcement: Announcement,
    /// The language.
    pub language: Language,
    /// What it says.
    pub said: Said,
}

impl Read {
    /// Whether it was taken back.
    pub fn withdrawn(&self) -> bool {
        matches!(self.announcement.state, State::Withdrawing | State::Withdrawn)
    }
}

/// An announcement in a language, or in the one that the town has it in.
pub(super) fn read(town: &Municipality, announcement: Announcement, language: Language) -> Option<Read> {
    let language = text_for(town, &announcement.texts, language)?;
    let said = announcement.texts.get(&language)?.clone();
    Some(Read { announcement, language, said })
}

/// What concerned a citizen, the newest first: what they were told, and what is public and was for where they live now.
///
/// # Errors
/// The database.
pub async fn of_citizen(app: &App, who: &Citizen) -> Result<Vec<Read>, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let mut mine = store::told_to(&mut r, who.town.id, who.subject.0, SHOWN).await?;
    let public = store::public(&mut r, who.town.id, now - PUBLIC, newest(now), SHOWN).await?;
    let (today, first) = (local_day(who.town.zone, now), who.town.language_for(None));
    // Asked of all of them at once, in as few statements as their parameters allow.
    let mut asked: Vec<(AnnouncementId, Built)> = Vec::new();
    let mut parts = 0;
    let mut concern = std::collections::HashSet::new();
    for a in public.iter().filter(|a| !mine.iter().any(|m| m.id == a.id)) {
        let audience = compile(&a.audience, today, first);
        if parts + audience.parts().len() > MAX_BINDS {
            concern.extend(store::concerned(&mut r, who.town.id, who.subject.0, &asked).await?);
            (asked, parts) = (Vec::new(), 0);
        }
        parts += audience.parts().len();
        asked.push((a.id, audience));
    }
    concern.extend(store::concerned(&mut r, who.town.id, who.subject.0, &asked).await?);
    mine.extend(public.into_iter().filter(|a| concern.contains(&a.id)));
    mine.sort_by_key(|a| (a.started_at, a.id.0));
    mine.reverse();
    mine.truncate(usize::try_from(SHOWN).unwrap_or_default());
    Ok(mine.into_iter().filter_map(|a| read(&who.town, a, language)).collect())
}

/// One announcement that a citizen was told, or that is public.
///
/// # Errors
/// `not_found`.
pub async fn for_citizen(app: &App, who: &Citizen, id: AnnouncementId) -> Result<Read, Failure> {
    let mut r = app.db.read().await?;
    let language = identity::language_of(&mut r, who).await?;
    let found = readable(&mut r, who, id).await?;
    read(&who.town, found, language).ok_or_else(|| Failure::new(Code::NotFound))
}

async fn readable(
    r: &mut crate::platform::db::Read,
    who: &Citizen,
    id: AnnouncementId,
) -> Result<Announcement, Failure> {
    store::told_one(r, who.town.id, who.subject.0, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Its image.
///
/// # Errors
/// `not_found`.
pub async fn image_for_citizen(app: &App, who: &Citizen, id: AnnouncementId) -> Result<Vec<u8>, Failure> {
    let mut r = app.db.read().await?;
    readable(&mut r, who, id).await?;
    store::image(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Which of the public announcements somebody wants to see.
#[derive(Default)]
pub struct Filter<'a> {
    /// On this topic.
    pub topic: Option<&'a str>,
    /// That may concern who lives in this postcode.
    pub postcode: Option<&'a str>,
    /// That may concern who lives in this street.
    pub street: Option<&'a str>,
    /// That says all of these words, in any language.
    pub words: Option<&'a str>,
}

impl Filter<'_> {
    fn takes(&self, a: &Announcement) -> bool {
        self.topic.is_none_or(|t| a.topic == t)
            && audience::may_concern(&a.audience, self.postcode, self.street)
            && self.words.is_none_or(|words| {
                let said = a.texts.values().map(|said| format!("{}\n{}\n", said.title, said.text));
                let all = folded(&said.collect::<String>());
                folded(words).split_whitespace().take(WORDS).all(|word| all.contains(word))
            })
    }
}

/// Before the first of a list that begins now.
fn newest(now: DateTime<Utc>) -> Cursor {
    Cursor { at: now, id: uuid::Uuid::max() }
}

/// A page of what is public.
pub struct Page {
    /// The newest first.
    pub reads: Vec<Read>,
    /// Where the next page begins; none where there is no more.
    pub next: Option<String>,
}

/// A page of what is public, as far back as it is kept, or as the page of news goes.
///
/// # Errors
/// `cursor_invalid`.
pub async fn page(
    app: &App,
    town: &Municipality,
    language: Language,
    wanted: &Filter<'_>,
    (before, all): (Option<&str>, bool),
) -> Result<Page, Refused<CursorInvalid>> {
    let now = app.clock.now();
    let since = if all { DateTime::UNIX_EPOCH } else { now - PUBLIC };
    let mut place = before.map(|text| Cursor::read(ARCHIVE, text)).transpose()?.unwrap_or(newest(now));
    // Nothing that comes out later, whatever the cursor says.
    place.at = place.at.min(now);
    let mut r = app.db.read().await?;
    let (mut reads, mut more) = (Vec::new(), true);
    for _ in 0..LOOKS {
        let found = store::public(&mut r, town.id, since, place, LOOKED_AT).await?;
        more = i64::try_from(found.len()).unwrap_or(LOOKED_AT) == LOOKED_AT;
        let mut rest = found.into_iter().peekable();
        while reads.len() < ON_A_PAGE
            && let Some(a) = rest.next()
        {
            place = Cursor { at: published(&a), id: a.id.0 };
            if wanted.takes(&a) {
                reads.extend(read(town, a, language));
            }
        }
        more |= rest.peek().is_some();
        if reads.len() == ON_A_PAGE || !more {
            break;
        }
    }
    Ok(Page { reads, next: more.then(|| place.write(ARCHIVE)) })
}

/// The streets that what is public now names itself, each once, by name. Of the register this says nothing.
///
/// # Errors
/// The database.
pub async fn streets(app: &App, town: &Municipality) -> Result<Vec<String>, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let all = store::public(&mut r, town.id, now - PUBLIC, newest(now), SHOWN).await?;
    let named = all.into_iter().flat_map(|a| a.audience).flatten().filter_map(|condition| match condition {
        Condition::Street(street) if !street.not => Some(street.street.trim().to_owned()),
        _ => None,
    });
    let once: BTreeMap<String, String> = named.map(|street| (street_key(&street), street)).collect();
    Ok(once.into_values().collect())
}

/// A public announcement, also when it is over or was taken back, for as long as it is kept.
///
/// # Errors
/// `not_found`.
pub async fn public_one(app: &App, town: &Municipality, id: AnnouncementId) -> Result<Announcement, Failure> {
    let mut r = app.db.read().await?;
    readable_by_anybody(&mut r, town, id).await
}

async fn readable_by_anybody(
    r: &mut crate::platform::db::Read,
    town: &Municipality,
    id: AnnouncementId,
) -> Result<Announcement, Failure> {
    let a = store::get(r, town.id, id).await?.filter(|a| a.is_public && a.started_at.is_some());
    a.ok_or_else(|| Failure::new(Code::NotFound))
}

/// What is public, the newest first. What was for areas on the map may concern anybody.
///
/// # Errors
/// The database.
pub async fn public(
    app: &App,
    town: &Municipality,
    language: Language,
    wanted: &Filter<'_>,
) -> Result<Vec<Read>, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let mut all = store::public(&mut r, town.id, now - PUBLIC, newest(now), SHOWN).await?;
    all.retain(|a| wanted.takes(a));
    Ok(all.into_iter().filter_map(|a| read(town, a, language)).collect())
}

/// Something that has a date, as a calendar shows it.
pub struct Dated {
    /// What it was called first: a correction is the same event.
    pub first: AnnouncementId,
    /// The last word that says when it is.
    pub read: Read,
    /// Since when it is off: what came out last takes it back, or says no date any more.
    pub off_since: Option<DateTime<Utc>>,
}

/// What is public and has a date that is not over for long, each event once: of what was corrected, the last word.
///
/// # Errors
/// The database.
pub async fn dated(
    app: &App,
    town: &Municipality,
    language: Language,
    wanted: &Filter<'_>,
) -> Result<Vec<Dated>, Failure> {
    let now = app.clock.now();
    let mut r = app.db.read().await?;
    let all = store::dated(&mut r, town.id, now - OVER, now, EVENTS).await?;
    let dateless = store::dateless(&mut r, town.id, now, EVENTS).await?;
    let corrects: HashMap<AnnouncementId, AnnouncementId> = all
        .iter()
        .filter_map(|a| Some((a.id, a.corrects_id?)))
        .chain(dateless.iter().map(|(id, of, _)| (*id, *of)))
        .collect();
    let first = |id: AnnouncementId| {
        // No longer than there are: what corrects itself is nothing's first.
        (0..corrects.len()).fold(id, |id, _| corrects.get(&id).copied().unwrap_or(id))
    };
    let mut latest: HashMap<AnnouncementId, Announcement> = HashMap::new();
    for a in all {
        let key = first(a.id);
        let known = latest.get(&key);
        if known.is_none_or(|known| (known.started_at, known.id) < (a.started_at, a.id)) {
            latest.insert(key, a);
        }
    }
    let mut undated: HashMap<AnnouncementId, DateTime<Utc>> = HashMap::new();
    for (id, _, at) in dateless {
        let latest = undated.entry(first(id)).or_insert(at);
        *latest = at.max(*latest);
    }
    let mut events: Vec<_> = latest
        .into_iter()
        .filter(|(_, a)| wanted.takes(a))
        .filter_map(|(first, a)| {
            let read = read(town, a, language)?;
            let said = published(&read.announcement);
            let undated = undated.get(&first).copied().filter(|at| *at > said);
            let off_since = undated.or(read.withdrawn().then_some(read.announcement.updated_at));
            Some(Dated { first, read, off_since })
        })
        .collect();
    events.sort_by_key(|event| (event.read.announcement.begins_at, event.first));
    Ok(events)
}

/// The image of a public announcement.
///
/// # Errors
/// `not_found`.
pub async fn public_image(app: &App, town: &Municipality, id: AnnouncementId) -> Result<Vec<u8>, Failure> {
    let mut r = app.db.read().await?;
    readable_by_anybody(&mut r, town, id).await?;
    store::image(&mut r, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// When it came out, for who reads a list of them.
pub fn published(a: &Announcement) -> DateTime<Utc> {
    a.started_at.unwrap_or(a.created_at)
}
