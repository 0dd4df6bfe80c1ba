//! What becomes of mandates by itself: one ends with its last day, when one of the two is gone, or when nobody answered; who comes of age
//! hears that their parents act for them no more; a parent is blocked until its last day; and what was over long ago is forgotten. None
//! of it is what stops anybody from acting: the access check reads days and states itself.

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::{
    held,
    telling::{self, News},
};
use crate::{
    audit::{self, Act, Actor, Entry},
    identity::MandateId,
    inbox::Plan,
    mandates::{self, Mandate, MandateEnd, MandateState, Pair, rules, store},
    municipalities::{Municipalities, Municipality},
    platform::{
        App, Progress,
        aside::patient,
        db::Write,
        ids::{MunicipalityId, ResidentId},
        time::{latest_day, local_day},
    },
    residents::{self, State},
};

/// Mandates that end in one turn for one reason, and that are looked at on one page.
const CHUNK: i64 = 200;
/// Whom the register took away before that had their mandates ended long ago: this runs each minute.
const GONE_LATELY: Duration = Duration::days(30);
/// Days of a town that are gone through at once, where the server was not there for long.
const MOST_DAYS: u64 = 400;
/// Residents born on one day that are looked through.
const MOST_BORN: i64 = 2_000;

/// What came of a turn. One row, or one town, that fails stops no other.
#[derive(Default)]
struct Turn {
    done: usize,
    failed: Option<anyhow::Error>,
}

impl Turn {
    fn note(&mut self, outcome: anyhow::Result<usize>) {
        match outcome {
            Ok(done) => self.done += done,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "of the mandates' work a part failed");
                self.failed = Some(error);
            }
        }
    }
}

/// Why a mandate may be to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// Its last day is past.
    Day,
    /// Nobody answered.
    Unanswered,
    /// Its grantor, or its holder, is gone.
    Gone { holder: bool },
}

impl Due {
    const ALL: [Self; 4] = [Self::Day, Self::Unanswered, Self::Gone { holder: false }, Self::Gone { holder: true }];

    fn why(self) -> MandateEnd {
        match self {
            Self::Day | Self::Unanswered => MandateEnd::Date,
            Self::Gone { .. } => MandateEnd::Gone,
        }
    }

    /// Whether it is so of a mandate as it stands now, of whom so many live here: it may have been answered since it was looked for.
    fn is_of(self, mandate: &Mandate, here: usize, today: NaiveDate) -> bool {
        match self {
            Self::Day => mandate.until_on.is_some_and(|until| until < today),
            Self::Unanswered => matches!(mandate.state, MandateState::Asked | MandateState::Proposed),
            Self::Gone { .. } => here < 2,
        }
    }
}

/// Does all of it that is due.
///
/// # Errors
/// The database, after all else was tried.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let mut turn = Turn::default();
    for due in Due::ALL {
        let ended = end_all(app, due, now, &mut turn).await;
        turn.note(ended.map(|()| 0));
    }
    let unblocked = unblock_lapsed(app, now, &mut turn).await;
    turn.note(unblocked.map(|()| 0));
    let towns: &Municipalities = app.part();
    for town in towns.all() {
        turn.note(patient(|| come_of_age(app, town, now)).await);
    }
    turn.note(patient(|| forget(app, now)).await);
    match turn.failed {
        Some(error) => Err(error),
        None => Ok(turn.done.into()),
    }
}

/// Ends those that are due for one reason, page by page: what fails, or is of a town that is served no more, stays, and keeps nothing
/// behind it waiting.
async fn end_all(app: &App, due: Due, now: DateTime<Utc>, turn: &mut Turn) -> anyhow::Result<()> {
    let towns: &Municipalities = app.part();
    let beginning = match due {
        Due::Gone { .. } => now - GONE_LATELY,
        Due::Day | Due::Unanswered => DateTime::UNIX_EPOCH,
    };
    let (mut after, mut ended) = ((beginning, MandateId(Uuid::nil())), 0);
    while ended < CHUNK {
        let page = page(app, due, now, after).await?;
        for (town, id, at) in &page {
            after = (*at, *id);
            let Ok(town) = towns.get(*town) else { continue };
            // By the calendar of its town.
            if due == Due::Day && at.date_naive() >= local_day(town.zone, now) {
                continue;
            }
            let done = patient(|| end(app, town, *id, due)).await.map(usize::from);
            ended += i64::from(matches!(done, Ok(1)));
            turn.note(done);
        }
        if i64::try_from(page.len()).unwrap_or(CHUNK) < CHUNK {
            break;
        }
    }
    Ok(())
}

/// Mandates that may be to end, behind a place in their order.
async fn page(
    app: &App,
    due: Due,
    now: DateTime<Utc>,
    after: (DateTime<Utc>, MandateId),
) -> anyhow::Result<Vec<(MunicipalityId, MandateId, DateTime<Utc>)>> {
    let mut r = app.db.read().await?;
    Ok(match due {
        Due::Day => {
            let rows = store::due(&mut r, latest_day(now), (after.0.date_naive(), after.1), CHUNK).await?;
            rows.into_iter().map(|(town, id, until)| (town, id, until.and_time(NaiveTime::MIN).and_utc())).collect()
        }
        Due::Unanswered => {
            let answered_by = now - Duration::days(i64::try_from(rules::DAYS_TO_ANSWER).unwrap_or_default());
            store::unanswered(&mut r, answered_by, after, CHUNK).await?
        }
        Due::Gone { holder } => store::of_gone(&mut r, holder, after, CHUNK).await?,
    })
}

/// Ends one mandate; false where it is over, or not to end any more.
async fn end(app: &App, town: &Municipality, id: MandateId, due: Due) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    let Some(known) = store::get(&mut w, town.id, id).await? else { return Ok(false) };
    let mandate = held(&mut w, town, &known).await?;
    let people = residents::people(&mut w, town, &[mandate.grantor_id, mandate.holder_id]).await?;
    let here = people.iter().filter(|person| person.state == State::Active).count();
    if !due.is_of(&mandate, here, local_day(town.zone, now))
        || !mandates::end(&mut w, app, town, (id, due.why()), now).await?
    {
        return Ok(false);
    }
    // Of what a member of staff wrote down and nobody confirmed, the two know nothing.
    if mandate.state != MandateState::Proposed {
        telling::ended(&mut w, app, town, &mandate, due.why()).await?;
    }
    note(&mut w, app, town, Act::MandateEnded, mandate.grantor_id).await?;
    w.commit().await?;
    Ok(true)
}

/// Writes down what the server did by itself.
async fn note(w: &mut Write, app: &App, town: &Municipality, act: Act, resident: ResidentId) -> sqlx::Result<()> {
    let entry = Entry { act, subject: None, resident: Some(resident), reason: None, desk: None };
    audit::record(w, app, Actor::app(app, town), &[entry]).await
}

/// Lets parents act again who were blocked until a day that is past.
async fn unblock_lapsed(app: &App, now: DateTime<Utc>, turn: &mut Turn) -> anyhow::Result<()> {
    let towns: &Municipalities = app.part();
    let nobody = ResidentId(Uuid::nil());
    let (mut after, mut ended) = ((NaiveDate::default(), (nobody, nobody)), 0);
    while ended < CHUNK {
        let page = residents::store::lapsed_blocks(&mut app.db.read().await?, latest_day(now), after, CHUNK).await?;
        for (town, child, parent, until) in &page {
            after = (*until, (*child, *parent));
            let Ok(town) = towns.get(*town) else { continue };
            if *until >= local_day(town.zone, now) {
                continue;
            }
            let done = patient(|| unblock(app, town, (*parent, *child), now)).await.map(usize::from);
            ended += i64::from(matches!(done, Ok(1)));
            turn.note(done);
        }
        if i64::try_from(page.len()).unwrap_or(CHUNK) < CHUNK {
            break;
        }
    }
    Ok(())
}

/// Lets one of them; false where they are blocked for longer by now, or were let already.
async fn unblock(app: &App, town: &Municipality, (parent, child): Pair, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let mut w = app.db.write().await?;
    residents::lock(&mut w, town, child).await?;
    if !residents::store::end_lapsed(&mut w, town.id, (child, parent), local_day(town.zone, now)).await? {
        return Ok(false);
    }
    telling::unblocked(&mut w, app, town, (parent, child)).await?;
    note(&mut w, app, town, Act::ParentUnblocked, child).await?;
    w.commit().await?;
    Ok(true)
}

/// Tells who came of age in a town, and their parents, that these act for them no more: once a day, by its own calendar.
async fn come_of_age(app: &App, town: &Municipality, now: DateTime<Utc>) -> anyhow::Result<usize> {
    let today = local_day(town.zone, now);
    let told = store::told_of_age(&mut app.db.read().await?, town.id).await?;
    if told.is_some_and(|told| told >= today) {
        return Ok(0);
    }
    // A town that is new tells of today, and nobody of years ago.
    let earliest = today - Days::new(MOST_DAYS);
    let first = told.map_or(today, |told| told.max(earliest) + Days::new(1));
    let mut w = app.db.write().await?;
    if !store::tell_of_age(&mut w, town.id, today).await? {
        // Another process was faster.
        return Ok(0);
    }
    let mut done = 0;
    for day in first.iter_days().take_while(|day| *day <= today) {
        done += tell_of_age(&mut w, app, town, day).await?;
    }
    w.commit().await?;
    Ok(done)
}

/// Tells those who came of age on a day; how many did.
async fn tell_of_age(w: &mut Write, app: &App, town: &Municipality, day: NaiveDate) -> anyhow::Result<usize> {
    let mut done = 0;
    for born in rules::born_of_age(day) {
        for person in residents::store::born_on(w, town.id, born, MOST_BORN).await? {
            let child = person.person;
            if child.state != State::Active || !rules::comes_of_age(child.birth_date, day) {
                continue;
            }
            let links = residents::parents_of(w, town, &[child.id]).await?;
            let parents: Vec<ResidentId> = links.iter().map(|link| link.parent).collect();
            let people = residents::people(w, town, &parents).await?;
            let lives = |id| people.iter().any(|person| person.id == id && person.state == State::Active);
            // Who has died or moved away acted for nobody.
            for link in links.iter().filter(|link| link.current && lives(link.parent)) {
                let key = format!("of age {} {}", link.child, link.parent);
                for (to, other, texts) in [
                    (link.child, link.parent, "mandate-of-age-child"),
                    (link.parent, link.child, "mandate-of-age-parent"),
                ] {
                    let news = News { texts, why: None, key: &key, plan: Plan::Mandate };
                    telling::tell(w, app, town, (to, other), &news).await?;
                }
                done += 1;
            }
        }
    }
    Ok(done)
}

/// Forgets what was over long ago.
async fn forget(app: &App, now: DateTime<Utc>) -> anyhow::Result<usize> {
    let before = now - Duration::days(app.config.retention.audit_days);
    if !store::anything_over(&mut app.db.read().await?, before).await? {
        return Ok(0);
    }
    let mut w = app.db.write().await?;
    let gone = store::forget_over(&mut w, before, CHUNK).await?;
    w.commit().await?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_since_it_was_looked_for_does_not_end() {
        let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        let mut mandate = Mandate { until_on: Some(day(5)), state: MandateState::Asked, ..Mandate::given(3) };
        assert!(Due::Unanswered.is_of(&mandate, 2, day(3)));
        mandate.state = MandateState::Active;
        assert!(!Due::Unanswered.is_of(&mandate, 2, day(3)), "it was accepted");
        let gone = Due::Gone { holder: true };
        assert!(gone.is_of(&mandate, 1, day(3)) && !gone.is_of(&mandate, 2, day(3)), "the register took it back");
        assert!(!Due::Day.is_of(&mandate, 2, day(5)) && Due::Day.is_of(&mandate, 2, day(6)));
        mandate.until_on = None;
        assert!(!Due::Day.is_of(&mandate, 2, day(6)), "an order of a court");
    }
}
