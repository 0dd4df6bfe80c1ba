//! What became of announcements, in numbers of which none tells what one person did.

use std::{sync::Arc, time::Instant};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use quick_cache::sync::Cache;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{
    model::{ANNOUNCEMENT, Announcement, AnnouncementId, Counted, Key, Reached, Unreached},
    rules::{State, on_the_clock},
    store::{
        self as announcements,
        figures::{self as store, Kind, Line},
        people::Door,
    },
};
use crate::{
    audit::{self, Act, Entry},
    contacts,
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        ids::ResidentId,
        problem::{Code, Failure},
        small::{part, parts, suppress_small},
    },
    staff::Staff,
};

/// Points of a line over time.
const POINTS: i32 = 24;
/// The least time that the points span, and the most: the first minutes are worth more than the last weeks.
const SPAN: [TimeDelta; 2] = [TimeDelta::seconds(24), TimeDelta::days(2)];
/// People of a page of those whom an announcement could not reach.
const PAGE: usize = 500;
/// No id is smaller.
const FIRST: ResidentId = ResidentId(Uuid::nil());
/// People who are read in one statement.
const CHUNK: i64 = 10_000;
/// Announcements that went out which the counter is shown.
const MOST_SENT: i64 = 200;

/// How many, up to an instant.
pub struct Point {
    /// The instant.
    pub at: DateTime<Utc>,
    /// To whom a provider had taken it.
    pub delivered: Option<i64>,
    /// Who had opened it.
    pub opened: Option<i64>,
}

/// What became of an announcement. None: fewer than ten, which would tell who, or what such a number could be calculated from.
pub struct Figures {
    /// The announcement.
    pub announcement: Announcement,
    /// People with a phone to whom a provider took it.
    pub delivered: Option<i64>,
    /// People who opened it.
    pub opened: Option<i64>,
    /// What became of the pushes.
    pub outcomes: Vec<(String, String, Option<i64>)>,
    /// Over time.
    pub points: Vec<Point>,
}

/// Figures that were calculated a moment ago. Cheap to clone.
///
/// They are calculated from the rows of all who were told, one announcement at a time in each process, and kept for ten times as long
/// as that took: of a few people they are always new, and those of a million do not keep the database from its work.
#[derive(Clone)]
pub struct Kept(Arc<Inner>);

struct Inner {
    known: Cache<Key, Calculated>,
    turn: Mutex<()>,
}

#[derive(Clone)]
struct Calculated {
    figures: Arc<Figures>,
    until: Instant,
}

/// Announcements whose figures are kept.
const KEPT: usize = 200;
/// How much longer they are kept than they took.
const WORTH: u32 = 10;

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new(Inner { known: Cache::new(KEPT), turn: Mutex::default() }))
    }
}

impl Kept {
    fn fresh(&self, key: &Key) -> Option<Arc<Figures>> {
        self.0.known.get(key).filter(|r| r.until > Instant::now()).map(|r| r.figures)
    }

    /// What became of an announcement.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn of(&self, app: &App, who: &Staff, id: AnnouncementId) -> Result<Arc<Figures>, Failure> {
        let key = (who.town.id, id);
        if let Some(figures) = self.fresh(&key) {
            return Ok(figures);
        }
        let _turn = self.0.turn.lock().await;
        if let Some(figures) = self.fresh(&key) {
            return Ok(figures);
        }
        let began = Instant::now();
        let figures = Arc::new(calculate(app, who, id).await?);
        let until = Instant::now() + began.elapsed() * WORTH;
        self.0.known.insert(key, Calculated { figures: figures.clone(), until });
        Ok(figures)
    }
}

async fn calculate(app: &App, who: &Staff, id: AnnouncementId) -> Result<Figures, Failure> {
    let (town, now) = (who.town.id, app.clock.now());
    let mut r = app.db.read().await?;
    let announcement = announcements::get(&mut r, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let outcomes = store::outcomes(&mut r, town, id).await?;
    let from = announcement.started_at.unwrap_or(now);
    let step = (now - from).clamp(SPAN[0], SPAN[1]) / POINTS;
    let mut instants: Vec<_> = (1..=POINTS).map(|n| from + step * n).filter(|at| *at <= now).collect();
    let shown = instants.len();
    // And all there are by now.
    instants.push(now.max(from));
    let delivered = store::steps(&mut r, town, id, &instants, Line::Delivered).await?;
    let opened = store::steps(&mut r, town, id, &instants, Line::Opened).await?;
    // Parts of what is told, or of what is not: whom it did not reach, and who did not open it, may be a few.
    let became = announcement.reached();
    let (whole, notified) = (announcement.by_phone, announcement.told);
    let by_phone = |n: i64| part(n, whole.max(n)).filter(|_| became.by_phone.is_some());
    let of_told = |n: i64| part(n, notified.max(n)).filter(|_| became != Reached::NOTHING);
    let phones = parts(&outcomes.iter().map(|o| o.phones).collect::<Vec<_>>());
    let points = instants.iter().zip(delivered.iter().zip(&opened)).take(shown);
    Ok(Figures {
        points: points.map(|(at, (d, o))| Point { at: *at, delivered: by_phone(*d), opened: of_told(*o) }).collect(),
        delivered: delivered.last().copied().and_then(by_phone),
        opened: opened.last().copied().and_then(of_told),
        // Where nothing may be told, also not that there is a phone.
        outcomes: outcomes
            .into_iter()
            .filter(|_| became != Reached::NOTHING)
            .zip(phones)
            .map(|(o, phones)| (o.outcome, o.code, phones))
            .collect(),
        announcement,
    })
}

/// A page of whom an announcement concerned and could not reach in the app, for the counter and the post, as somebody walks: by
/// street and number. Each of them reads in their audit trail that they were on it. Gives the last one's id, where there are more.
///
/// # Errors
/// `not_found`, `parameter_invalid`.
pub async fn unreached(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    after: Option<ResidentId>,
) -> Result<(Vec<Unreached>, Option<ResidentId>), Failure> {
    let mut r = app.db.read().await?;
    announcements::get(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let from = match after {
        // Of whoever was erased meanwhile nobody knows who came next, and to leave people out in silence would be worse.
        Some(after) => {
            let gone =
                || Failure::field(Code::ParameterInvalid, "after", "is not on this list any more: open it again");
            (store::door(&mut r, who.town.id, id, after).await?.ok_or_else(gone)?, after)
        }
        None => (Door::default(), FIRST),
    };
    let found = store::unreached(&mut r, who.town.id, id, from, PAGE as i64 + 1).await?;
    let mut people: Vec<_> = found.into_iter().map(|one| one.person).collect();
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let next = people.last().filter(|_| more).map(|p| p.id);
    let people = who_takes_paper(&mut r, who, people).await?;
    drop(r);
    note_unreached(app, who, id, &people).await?;
    Ok((people, next))
}

/// All of them, for letters.
///
/// # Errors
/// `not_found`.
pub async fn export_unreached(app: &App, who: &Staff, id: AnnouncementId) -> Result<Vec<Unreached>, Failure> {
    let town = who.town.id;
    let mut r = app.db.read().await?;
    announcements::get(&mut r, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    let (mut people, mut from) = (Vec::new(), Some((Door::default(), FIRST)));
    while let Some(behind) = from.take() {
        let some = store::unreached(&mut r, town, id, behind, CHUNK).await?;
        from = some.last().filter(|_| some.len() as i64 == CHUNK).map(|one| (one.door.clone(), one.person.id));
        let some = some.into_iter().map(|one| one.person).collect();
        people.extend(who_takes_paper(&mut r, who, some).await?);
    }
    drop(r);
    note_unreached(app, who, id, &people).await?;
    Ok(people)
}

/// Those of them who did not say that they want no paper: they are on no list of addresses.
async fn who_takes_paper(r: &mut Read, who: &Staff, mut people: Vec<Unreached>) -> sqlx::Result<Vec<Unreached>> {
    let ids: Vec<ResidentId> = people.iter().map(|p| p.id).collect();
    let settings = contacts::settings(r, who.town.id, &ids).await?;
    people.retain(|p| settings.get(&p.id).is_none_or(|s| s.steps.contains(&contacts::Way::Letter)));
    Ok(people)
}

async fn note_unreached(app: &App, who: &Staff, id: AnnouncementId, people: &[Unreached]) -> Result<(), Failure> {
    let whole = Entry::on(Act::UnreachedRead, id.0);
    let parts: Vec<_> = people.iter().map(|p| Entry::unreached(id.0, p.id)).collect();
    let mut w = app.db.write().await?;
    audit::record_list(&mut w, app, who, (&whole, 0), &parts).await?;
    w.commit().await?;
    Ok(())
}

/// An announcement that went out, as far as the counter needs to know it.
pub struct SentBriefly {
    /// The announcement.
    pub id: AnnouncementId,
    /// Its title, in the town's first language or in the first that it has.
    pub title: String,
    /// When it began to go out.
    pub started_at: DateTime<Utc>,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
    /// Whether another went out that corrects it.
    pub is_corrected: bool,
}

/// The announcements that went out, newest first, for whoever tells those who have no app.
///
/// # Errors
/// The database.
pub async fn sent_briefly(app: &App, who: &Staff) -> Result<Vec<SentBriefly>, Failure> {
    let mut r = app.db.read().await?;
    let rows = store::sent(&mut r, who.town.id, MOST_SENT).await?;
    let language = who.town.language_for(None);
    let brief = rows.into_iter().map(|row| {
        let mut all = row.texts.0;
        let said = all.remove(&language).or_else(|| all.into_values().next());
        let state = State::parse(&row.state);
        SentBriefly {
            id: row.id,
            title: said.map(|s| s.title).unwrap_or_default(),
            started_at: row.started_at,
            is_withdrawn: matches!(state, Some(State::Withdrawing | State::Withdrawn)),
            is_corrected: row.is_corrected,
        }
    });
    Ok(brief.collect())
}

/// A month of a town, for its council. None: fewer than ten, or what such a number could be calculated from.
pub struct Month {
    /// Its first day.
    pub from: NaiveDate,
    /// Who lives there now.
    pub people: i64,
    /// Of these, who has the app now.
    pub with_app: Option<i64>,
    /// Announcements that went out.
    pub announcements: i64,
    /// How often somebody was told by one that concerned ten people or more.
    pub notified: Option<i64>,
    /// Of these, with a phone that shows it.
    pub by_phone: Option<i64>,
    /// How often one concerned somebody who has no app.
    pub without_app: Option<i64>,
    /// All messages, by kind: sent and opened.
    pub kinds: Vec<(String, Option<i64>, Option<i64>)>,
}

/// The month that a day lies in, on the town's clocks.
pub(super) fn month(zone: Tz, day: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let first = day.with_day(1)?;
    let midnight = |d: NaiveDate| on_the_clock(zone, d.and_hms_opt(0, 0, 0)?);
    Some((midnight(first)?, midnight(first.checked_add_months(Months::new(1))?)?))
}

/// What was sent of one kind, as far as it may be told: how many had announcements is what these reached, once more, and no other number
/// beside it, which would tell of those that went to a few.
fn kind(k: Kind, reached: &Reached) -> (String, Option<i64>, Option<i64>) {
    if k.kind != ANNOUNCEMENT {
        return (k.kind, suppress_small(k.sent), part(k.opened, k.sent));
    }
    let opened = reached.notified.and_then(|notified| part(k.opened.min(notified), notified));
    (k.kind, reached.notified, opened)
}

/// A month in numbers.
///
/// # Errors
/// `parameter_invalid` for a month that never was.
pub async fn of_month(app: &App, town: &Municipality, day: NaiveDate) -> Result<Month, Failure> {
    let (from, until) = month(town.zone, day)
        .ok_or_else(|| Failure::field(Code::ParameterInvalid, "month", "is no month of these centuries"))?;
    let mut r = app.db.read().await?;
    let all = store::month(&mut r, town.id, from, until).await?;
    let reached = Counted::reached_by(&all);
    let kinds = store::month_messages(&mut r, town.id, from, until).await?;
    let (people, with_app) = store::people(&mut r, town.id).await?;
    Ok(Month {
        from: day.with_day(1).unwrap_or(day),
        people,
        with_app: part(with_app, people),
        announcements: i64::try_from(all.len()).unwrap_or(i64::MAX),
        notified: reached.notified,
        by_phone: reached.by_phone,
        without_app: reached.without_app,
        kinds: kinds.into_iter().map(|k| kind(k, &reached)).collect(),
    })
}
