//! How many an audience reaches, before anything is sent: by the rules by which it would go out, and in numbers of which none tells what
//! one person has.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use quick_cache::sync::Cache;

use super::{
    Importance, WEEK,
    audience::{self, Audience, Condition, Everyone},
    on_the_clock,
    small::{left_is_told, part, parts, told},
    store,
};
use crate::{
    municipalities::Municipality,
    platform::{App, db::Read, ids::MunicipalityId, problem::Failure, time::local_day},
    push::{self, Category},
    staff::Staff,
};

/// How long it is known how many the whole town is.
const KNOWN: Duration = Duration::from_secs(60);
/// For how many towns, and ways of sending.
const MOST: usize = 1_000;

/// How it would go out to an audience: what decides whom a phone disturbs.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How much it matters.
    pub importance: Importance,
    /// What it is about; none where that is not known.
    pub topic: Option<String>,
    /// Whether it goes to those as well who had as many this week as the cap allows.
    pub over_cap: bool,
    /// When it goes out; none for now.
    pub send_at: Option<NaiveDateTime>,
    /// Until when it is worth showing; none for as long as any.
    pub valid_until: Option<DateTime<Utc>>,
}

/// How many an audience reaches; none for a number that is too small to tell, or from which one could be reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// People.
    pub people: Option<i64>,
    /// Who has a phone that will show it.
    pub by_phone: Option<i64>,
    /// Who cannot be reached by phone.
    pub not_by_phone: Option<i64>,
    /// Who had as many ordinary ones this week as the cap allows.
    pub capped: Option<i64>,
    /// Who has a phone that keeps still until it is over.
    pub asleep: Option<i64>,
}

/// How many the whole town is, as far as it was counted a moment ago. Cheap to clone.
///
/// Whoever is not in an audience is in what is left of the town, and what the whole town is anybody may ask: so a part is told only where
/// what is left of the town is told as well.
#[derive(Clone)]
pub struct Wholes(Arc<Cache<WholeKey, Counted>>);

/// When it was counted, and how many they are.
type Counted = (Instant, Arc<Vec<store::Counts>>);

/// What decides how many of a town a phone disturbs: the kind of news, its topic, and whether some are held back.
type WholeKey = (MunicipalityId, Category, Option<String>, bool);

impl Default for Wholes {
    fn default() -> Self {
        Self(Arc::new(Cache::new(MOST)))
    }
}

impl Wholes {
    async fn of(
        &self,
        r: &mut Read,
        town: &Municipality,
        sending: &Sending,
        now: DateTime<Utc>,
    ) -> sqlx::Result<Arc<Vec<store::Counts>>> {
        let key = (town.id, sending.category(), sending.topic.clone(), sending.holds_back());
        if let Some((_, counts)) = self.0.get(&key).filter(|(at, _)| at.elapsed() < KNOWN) {
            return Ok(counts);
        }
        let everyone = vec![vec![Condition::Everyone(Everyone { not: false })]];
        let counts = store::preview(r, town, &everyone, sending, local_day(town.zone, now), now - WEEK).await?;
        let counts = Arc::new(counts);
        self.0.insert(key, (Instant::now(), counts.clone()));
        Ok(counts)
    }
}

/// How many people there are of each kind.
#[derive(Clone, Copy)]
struct Cells {
    people: i64,
    by_phone: i64,
    asleep: i64,
    capped: i64,
}

impl Cells {
    fn of(counts: &[store::Counts], town: &Municipality, sending: &Sending, now: DateTime<Utc>) -> Self {
        let goes = sending.send_at.and_then(|at| on_the_clock(town.zone, at)).unwrap_or(now).max(now);
        let urgent = sending.importance == Importance::Emergency;
        // Those whose phones keep still at the same hours: awake again before it is over, or not.
        let over = |c: &store::Counts| {
            let until = sending.valid_until.filter(|_| !urgent);
            until.is_some_and(|until| push::shown_at(town, c.quiet_from.zip(c.quiet_until), goes) >= until)
        };
        let sum = |of: &dyn Fn(&store::Counts) -> i64| counts.iter().map(of).sum::<i64>();
        Self {
            people: sum(&|c| c.people),
            by_phone: sum(&|c| if over(c) { 0 } else { c.by_phone }),
            asleep: sum(&|c| if over(c) { c.by_phone } else { 0 }),
            capped: sum(&|c| c.capped),
        }
    }
}

/// How many an audience reaches now, and never who: as it would be told, by the same rules.
///
/// # Errors
/// `body_invalid`.
pub async fn preview(
    app: &App,
    wholes: &Wholes,
    who: &Staff,
    audience: &Audience,
    sending: &Sending,
) -> Result<Preview, Failure> {
    audience::check(audience)?;
    let (town, now) = (&who.town, app.clock.now());
    let mut r = app.db.read().await?;
    let counts = store::preview(&mut r, town, audience, sending, local_day(town.zone, now), now - WEEK).await?;
    let whole = wholes.of(&mut r, town, sending, now).await?;
    let (here, all) = (Cells::of(&counts, town, sending, now), Cells::of(&whole, town, sending, now));
    let Cells { people, by_phone, asleep, capped } = here;
    // Of a list, that nobody is in it would tell as well.
    let told = told(people).filter(|n| *n > 0 || !audience::tells_more(audience));
    let Some(people) = told.filter(|_| left_is_told(people, all.people)) else {
        return Ok(Preview { people: None, by_phone: None, not_by_phone: None, capped: None, asleep: None });
    };
    // Who is held back has no phone that shows it; where nobody is, who had enough is counted beside.
    let held = if sending.holds_back() { capped } else { 0 };
    let cells = parts(&[by_phone, asleep, held, people - by_phone - asleep - held]);
    let shown = |n: usize, left: bool| cells.get(n).copied().flatten().filter(|_| left);
    let (phone, rest) = (left_is_told(by_phone, all.by_phone), left_is_told(capped, all.capped));
    // What is left of the town by phone, and what is left of it otherwise, are told together.
    let phone = phone && left_is_told(people - by_phone, all.people - all.by_phone);
    Ok(Preview {
        people: Some(people),
        by_phone: shown(0, phone),
        not_by_phone: shown(0, phone).map(|n| people - n),
        capped: if sending.holds_back() { shown(2, rest) } else { part(capped, people).filter(|_| rest) },
        asleep: shown(1, left_is_told(asleep, all.asleep)),
    })
}

impl Sending {
    /// Whether those are left out who had as many this week as the cap allows.
    pub fn holds_back(&self) -> bool {
        self.importance == Importance::Ordinary && !self.over_cap
    }

    /// As what kind of news a phone shows it.
    pub fn category(&self) -> Category {
        self.importance.category()
    }
}
