//! What became of a month's announcements in the end, each of them for itself: together the numbers of one are all whom it concerned.
//!
//! Whom it reached in the app and who has none is told elsewhere ([`Announcement::reached`](super::Announcement::reached)): so the parts of
//! each of these two are held back for themselves, and nobody works out a few from both.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate, Utc};
use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use super::{
    figures::month,
    how_far::HowFar,
    model::{Announcement, AnnouncementId, text_for},
    store::{
        self as announcements,
        figures::{self as store, Ended},
    },
};
use crate::{
    inbox::reach::Outcome,
    municipalities::Municipality,
    platform::{
        App,
        ids::MunicipalityId,
        language::Language,
        problem::{Code, Failure},
        small::parts,
    },
};

/// Announcements of a month that are told: more than any town sends.
const MOST: i64 = 200;
/// The places after those of the outcomes.
const UNDER_WAY: usize = Outcome::ALL.len();
const IN_APP: usize = UNDER_WAY + 1;
const WITHOUT_APP: usize = UNDER_WAY + 2;
const PLACES: usize = UNDER_WAY + 3;

/// What became of one announcement. None: fewer than ten, or what such a number could be calculated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Which.
    pub id: AnnouncementId,
    /// Its title.
    pub title: String,
    /// When it began to go out.
    pub started_at: DateTime<Utc>,
    /// How far its author let it go.
    pub reach: HowFar,
    /// All whom it concerned.
    pub all: Option<i64>,
    /// How many ended so, for each way to end, in their order.
    pub ended: Vec<Option<i64>>,
    /// For how many it is under way.
    pub under_way: Option<i64>,
    /// In whose app it lies, not read, where nothing more was asked for.
    pub in_app: Option<i64>,
    /// Who has no app, where no other way was asked for, or led to them.
    pub without_app: Option<i64>,
    /// Who had enough that week.
    pub held_back: Option<i64>,
}

impl Covered {
    /// Whether any number of it is told: it concerned fewer than ten people, in all or in a part, where none is.
    pub fn is_told(&self) -> bool {
        self.all.is_some()
    }

    /// How many ended so.
    pub fn of(&self, outcome: Outcome) -> Option<i64> {
        let place = Outcome::ALL.iter().position(|known| *known == outcome)?;
        self.ended.get(place).copied().flatten()
    }
}

/// The place of what became of somebody's.
fn place(ended: &str) -> usize {
    let outcome = Outcome::ALL.iter().position(|known| known.as_str() == ended);
    outcome.unwrap_or(match ended {
        "under_way" => UNDER_WAY,
        "phone" | "inbox" => IN_APP,
        _ => WITHOUT_APP,
    })
}

/// The parts of so many, as far as they may be told. Whose rows were erased since is not here any more.
fn group(whole: i64, counted: &[&Ended]) -> Vec<Option<i64>> {
    let mut cells = vec![0; PLACES];
    for one in counted {
        cells[place(&one.ended)] += one.people;
    }
    let gone = whole - cells.iter().sum::<i64>();
    cells[place(Outcome::NotHere.as_str())] += gone.max(0);
    parts(&cells)
}

/// What may be told: how many it concerned and who had enough, and of each place how many.
fn told(a: &Announcement, counted: &[Ended]) -> (Option<i64>, Option<i64>, Vec<Option<i64>>) {
    let reached = a.reached();
    let (Some(notified), Some(without), Some(held), Some(_)) =
        (reached.notified, reached.without_app, reached.held_back, reached.by_phone)
    else {
        return (None, None, vec![None; PLACES]);
    };
    let is_app = |one: &&Ended| matches!(one.how.as_str(), "phone" | "inbox");
    let is_not = |one: &&Ended| one.how == "without_app";
    let app = group(notified, &counted.iter().filter(is_app).collect::<Vec<_>>());
    let other = group(without, &counted.iter().filter(is_not).collect::<Vec<_>>());
    let both = app.into_iter().zip(other).map(|(a, b)| Some(a? + b?)).collect();
    (Some(notified + without + held), Some(held), both)
}

/// Months that were counted a moment ago. Cheap to clone.
///
/// Two hundred announcements to twenty thousand people each are four million rows: one month is counted at a time in each process, and kept for
/// ten times as long as that took. What took less than a second is always new.
#[derive(Clone)]
pub struct Kept(Arc<Inner>);

/// The town, when the month begins, and in which language the titles are.
type Key = (MunicipalityId, DateTime<Utc>, Language);

struct Inner {
    known: Cache<Key, Counted>,
    turn: Mutex<()>,
}

#[derive(Clone)]
struct Counted {
    all: Arc<Vec<Covered>>,
    until: Instant,
}

/// Months that are kept.
const KEPT: usize = 50;
/// How much longer they are kept than they took.
const WORTH: u32 = 10;
/// What took less is not kept.
const SLOW: Duration = Duration::from_secs(1);

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new(Inner { known: Cache::new(KEPT), turn: Mutex::default() }))
    }
}

impl Kept {
    fn fresh(&self, key: &Key) -> Option<Vec<Covered>> {
        self.0.known.get(key).filter(|counted| counted.until > Instant::now()).map(|counted| counted.all.to_vec())
    }
}

/// What became of the announcements that began to go out in a month, the newest first; of a moment ago, where counting takes long.
///
/// # Errors
/// `parameter_invalid` for a month that never was.
pub async fn of_month(
    app: &App,
    town: &Municipality,
    day: NaiveDate,
    language: Language,
) -> Result<Vec<Covered>, Failure> {
    let span = month(town.zone, day)
        .ok_or_else(|| Failure::field(Code::ParameterInvalid, "month", "is no month of these centuries"))?;
    let kept: &Kept = app.part();
    let key = (town.id, span.0, language);
    if let Some(all) = kept.fresh(&key) {
        return Ok(all);
    }
    let _turn = kept.0.turn.lock().await;
    if let Some(all) = kept.fresh(&key) {
        return Ok(all);
    }
    let began = Instant::now();
    let all = count(app, town, span, language).await?;
    let took = began.elapsed();
    if took >= SLOW {
        let counted = Counted { all: Arc::new(all.clone()), until: Instant::now() + took * WORTH };
        kept.0.known.insert(key, counted);
    }
    Ok(all)
}

async fn count(
    app: &App,
    town: &Municipality,
    span: (DateTime<Utc>, DateTime<Utc>),
    language: Language,
) -> Result<Vec<Covered>, Failure> {
    let mut r = app.db.read().await?;
    let mut all = Vec::new();
    for a in announcements::of_month(&mut r, town.id, span, MOST).await? {
        let counted = store::covered(&mut r, town.id, a.id).await?;
        let (whole, held_back, mut places) = told(&a, &counted);
        let said = text_for(town, &a.texts, language).and_then(|l| a.texts.get(&l));
        let title = said.map(|said| said.title.clone()).unwrap_or_default();
        let (under_way, in_app, without_app) = (places[UNDER_WAY], places[IN_APP], places[WITHOUT_APP]);
        places.truncate(UNDER_WAY);
        let started_at = a.started_at.unwrap_or(a.updated_at);
        all.push(Covered {
            id: a.id,
            title,
            started_at,
            reach: a.reach,
            all: whole,
            ended: places,
            under_way,
            in_app,
            without_app,
            held_back,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(how: &str, ended: &str, people: i64) -> Ended {
        Ended { how: how.to_owned(), ended: ended.to_owned(), people }
    }

    #[test]
    fn the_parts_are_all_of_them_and_a_few_are_hidden_with_what_would_tell_them() {
        let counted = [ended("phone", "read", 40), ended("inbox", "under_way", 20)];
        let cells = group(60, &counted.iter().collect::<Vec<_>>());
        assert_eq!(cells.iter().map(|n| n.unwrap_or(0)).sum::<i64>(), 60);
        assert_eq!((cells[place("read")], cells[UNDER_WAY]), (Some(40), Some(20)));
        let few = [ended("phone", "read", 40), ended("inbox", "under_way", 3)];
        let cells = group(43, &few.iter().collect::<Vec<_>>());
        assert_eq!((cells[place("read")], cells[UNDER_WAY]), (None, None));
    }

    #[test]
    fn whose_rows_are_gone_are_not_here_any_more() {
        let counted = [ended("without_app", "without_app", 20)];
        let cells = group(31, &counted.iter().collect::<Vec<_>>());
        assert_eq!((cells[WITHOUT_APP], cells[place("not_here")]), (Some(20), Some(11)));
    }
}
