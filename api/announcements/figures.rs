//! What became of announcements, in numbers of which none tells what one person did.

use std::{sync::Arc, time::Instant};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use super::{
    Announcement, AnnouncementId, Counted, Key, part, parts,
    store::{
        self as announcements,
        figures::{self as store, Line},
    },
    told,
};
use crate::{
    audit::{self, Act, Entry, Reason},
    municipalities::Municipality,
    platform::{
        App,
        ids::ResidentId,
        problem::{Code, Failure},
    },
    staff::Staff,
};

/// Points of a line over time.
const POINTS: i32 = 24;
/// The least time that the points span, and the most: the first minutes are worth more than the last weeks.
const SPAN: [TimeDelta; 2] = [TimeDelta::seconds(24), TimeDelta::days(2)];
/// People of a page of those whom an announcement could not reach.
pub const PAGE: i64 = 500;

/// Phones to which a push came to an end.
#[derive(sqlx::FromRow)]
pub struct Outcome {
    /// `delivered`, `read_elsewhere`, `token_dead`, `token_suspect`, `failed`, `expired`, `withdrawn`, or `under_way`.
    pub outcome: String,
    /// What the provider said; `-` for nothing.
    pub code: String,
    /// How many phones.
    pub phones: i64,
}

/// How many, up to an instant.
pub struct Point {
    /// The instant.
    pub at: DateTime<Utc>,
    /// To whom a provider had taken it.
    pub delivered: Option<i64>,
    /// Who had opened it.
    pub opened: Option<i64>,
}

/// What became of an announcement. None: fewer than ten, which would tell who, or what such a number could be reckoned from.
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

/// Figures that were reckoned a moment ago. Cheap to clone.
///
/// They are reckoned from the rows of all who were told, one announcement at a time in each process, and kept for ten times as long
/// as that took: of a few people they are always new, and those of a million do not keep the database from its work.
#[derive(Clone)]
pub struct Kept(Arc<Inner>);

struct Inner {
    known: Cache<Key, Reckoned>,
    turn: Mutex<()>,
}

#[derive(Clone)]
struct Reckoned {
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
        let figures = Arc::new(reckon(app, who, id).await?);
        let until = Instant::now() + began.elapsed() * WORTH;
        self.0.known.insert(key, Reckoned { figures: figures.clone(), until });
        Ok(figures)
    }
}

async fn reckon(app: &App, who: &Staff, id: AnnouncementId) -> Result<Figures, Failure> {
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
    let became = announcement.counted().reached();
    let (whole, told) = (announcement.by_phone, announcement.told);
    let by_phone = |n: i64| part(n, whole.max(n)).filter(|_| became.by_phone.is_some());
    let of_told = |n: i64| part(n, told.max(n));
    let phones = parts(&outcomes.iter().map(|o| o.phones).collect::<Vec<_>>());
    let points = instants.iter().zip(delivered.iter().zip(&opened)).take(shown);
    Ok(Figures {
        points: points.map(|(at, (d, o))| Point { at: *at, delivered: by_phone(*d), opened: of_told(*o) }).collect(),
        delivered: delivered.last().copied().and_then(by_phone),
        opened: opened.last().copied().and_then(of_told),
        outcomes: outcomes.into_iter().zip(phones).map(|(o, phones)| (o.outcome, o.code, phones)).collect(),
        announcement,
    })
}

/// Somebody whom an announcement concerned and who has no app.
#[derive(sqlx::FromRow)]
pub struct Unreached {
    /// Who.
    pub id: ResidentId,
    /// Given names.
    pub given_names: String,
    /// Family name.
    pub family_name: String,
    /// Street.
    pub street: String,
    /// House number.
    pub house_number: String,
    /// Box.
    pub box_number: String,
    /// Postcode.
    pub postcode: String,
    /// Town, as the register writes it.
    pub town: String,
}

/// A page of whom an announcement concerned and could not reach in the app, for the counter and the post; each of them reads in
/// their audit trail that they were on it. Gives the last one's id, where there are more.
///
/// # Errors
/// `not_found`.
pub async fn unreached(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    after: Option<ResidentId>,
) -> Result<(Vec<Unreached>, Option<ResidentId>), Failure> {
    let town = who.town.id;
    let mut w = app.db.write().await?;
    announcements::get(&mut w, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // No id is smaller.
    let after = after.unwrap_or(ResidentId(uuid::Uuid::nil()));
    let people = store::unreached(&mut w, town, id, after, PAGE).await?;
    let entries: Vec<_> = people.iter().map(|p| Entry::about(Act::UnreachedRead, p.id, Reason::Letter)).collect();
    audit::record(&mut w, app, who, &entries).await?;
    w.commit().await?;
    let next = people.last().filter(|_| people.len() as i64 == PAGE).map(|p| p.id);
    Ok((people, next))
}

/// What was sent of one kind.
#[derive(sqlx::FromRow)]
pub struct Kind {
    /// The kind of message.
    pub kind: String,
    /// How many.
    pub sent: i64,
    /// How many were opened.
    pub opened: i64,
}

/// A month of a town, for its council. None: fewer than ten, or what such a number could be reckoned from.
pub struct Month {
    /// Its first day.
    pub from: NaiveDate,
    /// Who lives there now.
    pub people: i64,
    /// Of these, who has the app now.
    pub with_app: Option<i64>,
    /// Announcements that went out.
    pub announcements: i64,
    /// How often somebody was told by one.
    pub told: Option<i64>,
    /// Of these, with a phone that shows it.
    pub by_phone: Option<i64>,
    /// How often one concerned somebody who has no app.
    pub without_app: Option<i64>,
    /// All messages, by kind: sent and opened.
    pub kinds: Vec<(String, Option<i64>, Option<i64>)>,
}

/// The month that a day lies in, on the town's clocks.
fn month(zone: Tz, day: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let first = day.with_day(1)?;
    let midnight = |d: NaiveDate| super::on_the_clock(zone, d.and_hms_opt(0, 0, 0)?);
    Some((midnight(first)?, midnight(first.checked_add_months(Months::new(1))?)?))
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
        told: reached.told,
        by_phone: reached.by_phone,
        without_app: reached.without_app,
        kinds: kinds.into_iter().map(|k| (k.kind, told(k.sent), part(k.opened, k.sent))).collect(),
    })
}
