//! How many an audience reaches, before anything is sent: by the rules by which it would go out, and in numbers of which none tells what
//! one person has.

use chrono::{DateTime, Utc};

use super::{
    audience::{self, Audience},
    lists,
    model::{HowFar, Importance, Sending, WEEK},
    rules::on_the_clock,
    store,
};
use crate::{
    municipalities::Municipality,
    platform::{
        App,
        db::Read,
        problem::Failure,
        small::{part, parts, suppress_small},
        time::local_day,
    },
    push,
    staff::Staff,
};

/// How many an audience reaches; none for a number that is too small to tell, or from which one could be calculated.
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
    /// Who has no app and takes letters, where it goes as far as paper, but for minors who live with a parent who is told.
    pub letters: Option<i64>,
}

/// How many people there are of each kind.
#[derive(Clone, Copy)]
struct Cells {
    people: i64,
    by_phone: i64,
    asleep: i64,
    capped: i64,
    letters: i64,
}

impl Cells {
    fn of(
        (counts, letters): (&[store::Counts], i64),
        town: &Municipality,
        sending: &Sending,
        goes: DateTime<Utc>,
    ) -> Self {
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
            letters,
        }
    }
}

/// How many an audience reaches when it goes out, by what is known now, and never who: as it would be told, by the same rules.
///
/// Who is not in it is in its opposites, and together they are what anybody may ask for: so how many have a phone is told only where that
/// of each opposite could be told as well; and how many people they are, where the audience is all but its opposite.
///
/// # Errors
/// `body_invalid`.
pub async fn preview(app: &App, who: &Staff, audience: &Audience, sending: &Sending) -> Result<Preview, Failure> {
    audience::check(audience)?;
    let (town, now) = (&who.town, app.clock.now());
    let mut r = app.db.read().await?;
    lists::refuse_missing(&mut r, town.id, audience).await?;
    let here = counted(&mut r, town, audience, sending, now).await?;
    let mut opposites = Vec::new();
    for opposite in audience::opposites(audience) {
        opposites.push(counted(&mut r, town, &opposite, sending, now).await?);
    }
    let is_told = |of: &dyn Fn(&Cells) -> i64| opposites.iter().all(|cells| suppress_small(of(cells)).is_some());
    let Cells { people, by_phone, asleep, capped, letters } = here;
    // Where it says more of people than where they live, that nobody is in it would tell as well.
    let whole = suppress_small(people).filter(|n| *n > 0 || audience::is_open(audience));
    let all_but = audience.len() == 1 && audience.iter().all(|group| group.len() == 1);
    let Some(people) = whole.filter(|_| !all_but || is_told(&|c| c.people)) else {
        return Ok(Preview {
            people: None,
            by_phone: None,
            not_by_phone: None,
            capped: None,
            asleep: None,
            letters: None,
        });
    };
    // Who is held back has no phone that shows it; where nobody is, who had enough is counted beside.
    let held = if sending.holds_back() { capped } else { 0 };
    let rest = people - by_phone - asleep - held;
    let cells = parts(&[by_phone, asleep, held, rest]);
    let shown = |n: usize| cells.get(n).copied().flatten();
    let by_phone = shown(0).filter(|_| is_told(&|c| c.by_phone) && is_told(&|c| c.people - c.by_phone));
    let capped = if sending.holds_back() { shown(2) } else { part(capped, people) };
    // Who has no app is of those whom nothing else reaches: told only where these are, and where how many more there are may be.
    let is_paper = sending.reach == HowFar::Paper;
    let letters = shown(3).filter(|_| is_paper).and_then(|rest| part(letters, rest));
    let letters = letters.filter(|_| is_told(&|c| c.letters) && is_told(&|c| c.people - c.by_phone - c.letters));
    Ok(Preview {
        letters,
        people: Some(people),
        by_phone,
        not_by_phone: by_phone.map(|n| people - n),
        capped: capped.filter(|_| is_told(&|c| c.capped)),
        asleep: shown(1).filter(|_| is_told(&|c| c.asleep)),
    })
}

async fn counted(
    r: &mut Read,
    town: &Municipality,
    audience: &Audience,
    sending: &Sending,
    now: DateTime<Utc>,
) -> sqlx::Result<Cells> {
    // Of the day on which it goes out, and of the week before that.
    let goes = sending.send_at.and_then(|at| on_the_clock(town.zone, at)).unwrap_or(now).max(now);
    let counts = store::preview(r, town, audience, sending, (local_day(town.zone, goes), goes - WEEK)).await?;
    let letters = match sending.reach {
        HowFar::Paper => store::letters(r, town, audience, sending, (local_day(town.zone, goes), goes - WEEK)).await?,
        HowFar::App | HowFar::Mail => 0,
    };
    Ok(Cells::of((&counts, letters), town, sending, goes))
}
