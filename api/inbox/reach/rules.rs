//! What comes next for a message that was not answered. Pure: time comes in as a value.
//!
//! The steps are the inbox and the push, which are written with the message, then e-mail, letter and call, each at the most once. How many days
//! it is open before each is the plan's; the order of e-mail and letter is the citizen's. It ends when it was read or settled, when it is
//! worth nothing any more, or when nothing is left to do.

use chrono::{DateTime, Duration, Utc};

use super::model::{Outcome, Reason, Step, StepState, Taken};

/// How long a letter takes until it is read: it is printed and posted, and the post has it for two or three days (bpost, "non prior").
pub const LETTER_TAKES: Duration = Duration::days(3);
/// How often it is looked whether what people are to do is still to be done.
const LOOKED_AT: Duration = Duration::days(1);
/// How long who was just told in their inbox has to read it: as long as most plans give before their first step.
const GOES_ON: Duration = Duration::days(3);
/// How long a letter may wait to be printed and posted: then nobody writes letters there.
const LETTER_WAITS: Duration = Duration::days(14);
/// How long a letter that is due may wait until it is taken for a batch: batches are made on working days, and a long weekend has none.
const BATCH_COMES: Duration = Duration::days(4);
/// How long somebody may stand on the call list.
const CALL_WAITS: Duration = Duration::days(60);
/// How long it is waited for a document's next reminder, which is told on working days, from when somebody first has the app: over a long
/// weekend.
pub const TOLD_ANEW: Duration = Duration::days(4);
/// After which an e-mail that did not come back is taken for delivered: a relay tries for two days, as our own outbox does.
const MAIL_SETTLES: Duration = Duration::days(3);
/// After which a letter that did not come back is taken for delivered: returned mail takes weeks to be matched.
const LETTER_SETTLES: Duration = Duration::days(21);
/// After which a message that lies unread in the inbox, where nothing more is done, is taken for one that reached nobody.
const INBOX_SETTLES: Duration = Duration::days(30);

/// After how many days open each step is taken; none for never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// An e-mail.
    pub mail: Option<i64>,
    /// A letter.
    pub letter: Option<i64>,
    /// A call.
    pub call: Option<i64>,
}

/// All that the rule goes by.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The time.
    pub now: DateTime<Utc>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Until when it is worth something.
    pub worth_until: Option<DateTime<Utc>>,
    /// The plan.
    pub days: Days,
    /// E-mail and letter, as far as the citizen wants them, in their order.
    pub wants: &'a [Step],
    /// What was done so far, in the order in which it was.
    pub taken: &'a [Taken],
    /// What ended it by itself: it was read, settled, replaced, or they are not here any more.
    pub ended: Option<Outcome>,
    /// Whether it lies in an inbox.
    pub in_inbox: bool,
    /// Whether an e-mail can go to them.
    pub has_mail: bool,
    /// Whether the town writes letters.
    pub letters_on: bool,
    /// For a minor: how far the parents who live with them are told the same (see [`by_parent`]).
    pub by_parent: ByParent,
}

/// How far a minor is told of something by the parents who live with them, who are told the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ByParent {
    /// By none of them: none is told the same, or it came to nothing.
    #[default]
    None,
    /// It is under way to one of them.
    UnderWay,
    /// One of them was told.
    Told,
}

/// How far somebody of age is told of it: how it ended for them, whether a letter of theirs was posted and has not come back, and whether what is
/// open can still reach them, in their inbox or by a letter.
pub fn by_parent(outcome: Option<Outcome>, was_posted: bool, may_reach: bool) -> ByParent {
    match outcome {
        Some(Outcome::Read | Outcome::Mailed | Outcome::Posted | Outcome::Called | Outcome::HandedOver) => {
            ByParent::Told
        }
        None if was_posted => ByParent::Told,
        None if may_reach => ByParent::UnderWay,
        _ => ByParent::None,
    }
}

/// What becomes of a letter whose turn it is, by what the parents of a minor are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildsLetter {
    /// It goes.
    Goes,
    /// It waits until then: a parent may be told yet.
    Waits(DateTime<Utc>),
    /// A parent was told in its place.
    LeftOut,
}

/// Whether a letter is left out for a parent who was told, or waits for one who may be: no longer than until it can just be taken for a batch and
/// be read in time.
pub fn childs_letter(
    by_parent: ByParent,
    now: DateTime<Utc>,
    created_at: DateTime<Utc>,
    worth_until: Option<DateTime<Utc>>,
) -> ChildsLetter {
    let last = worth_until.map_or(created_at + INBOX_SETTLES, |until| until - LETTER_TAKES - BATCH_COMES);
    match by_parent {
        ByParent::Told => ChildsLetter::LeftOut,
        ByParent::UnderWay if now < last => ChildsLetter::Waits(last.min(now + LOOKED_AT)),
        ByParent::UnderWay | ByParent::None => ChildsLetter::Goes,
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is over.
    End(Outcome),
    /// Nothing until then.
    Wait(DateTime<Utc>),
    /// The step is taken now.
    Take(Step),
    /// The step cannot be taken.
    Skip(Step, Reason),
    /// Nobody did in time what the step asks for.
    Fail(Step),
}

/// The steps of a plan for a citizen, each with its days: those that they want in their order, at the days of the plan; those that they do
/// not want at theirs, to be skipped.
fn order(facts: &Facts<'_>) -> Vec<(Step, i64)> {
    let day = |step: &Step| match step {
        Step::Mail => facts.days.mail,
        Step::Letter => facts.days.letter,
        Step::Call => facts.days.call,
    };
    let planned = |step: &&Step| **step != Step::Call && day(step).is_some();
    let mut wanted: Vec<Step> = Vec::new();
    for step in facts.wants.iter().filter(planned) {
        if !wanted.contains(step) {
            wanted.push(*step);
        }
    }
    let mut days: Vec<i64> = wanted.iter().filter_map(day).collect();
    days.sort_unstable();
    let refused = [Step::Mail, Step::Letter].into_iter().filter(|s| !wanted.contains(s));
    let refused: Vec<_> = refused.filter_map(|step| Some((step, day(&step)?))).collect();
    let mut all: Vec<(Step, i64)> = wanted.into_iter().zip(days).chain(refused).collect();
    all.sort_by_key(|(_, day)| *day);
    let last = all.iter().map(|(_, day)| *day).max().unwrap_or(0);
    all.extend(facts.days.call.map(|day| (Step::Call, day.max(last))));
    all
}

/// What a step that stands came to, and after how long that is believed.
fn standing(taken: &[Taken]) -> Option<(Taken, Outcome, Duration)> {
    taken.iter().rev().find_map(|t| match (t.step, t.state) {
        (Step::Mail, StepState::Taken | StepState::Reached) => Some((*t, Outcome::Mailed, MAIL_SETTLES)),
        (Step::Letter, StepState::Reached) => Some((*t, Outcome::Posted, LETTER_SETTLES)),
        _ => None,
    })
}

/// How long people have for a step that they are to do; none for one that is not with them.
fn with_people(taken: &Taken) -> Option<Duration> {
    match (taken.step, taken.state) {
        (Step::Letter, StepState::Due | StepState::Taken) => Some(LETTER_WAITS),
        (Step::Call, StepState::Due | StepState::Taken) => Some(CALL_WAITS),
        _ => None,
    }
}

/// When a step is due. The days count from the step before, where that stands; and at once where that came to nothing, or where there is
/// neither an inbox nor a step before: who has no app does not wait for it to be read. An e-mail that comes back after the letter was posted takes
/// nothing from that letter's days.
fn due(facts: &Facts<'_>, all: &[(Step, i64)], day: i64) -> DateTime<Utc> {
    let place = |t: &&Taken| (all.iter().position(|(step, _)| *step == t.step), t.at);
    let Some(last) = facts.taken.iter().filter(|t| t.state != StepState::Skipped).max_by_key(place) else {
        return if facts.in_inbox { facts.created_at + days(day) } else { facts.created_at };
    };
    if matches!(last.state, StepState::Failed | StepState::Returned) {
        return last.at;
    }
    let before = all.iter().find(|(step, _)| *step == last.step).map_or(day, |(_, day)| *day);
    last.at + days((day - before).max(0))
}

/// So many days, of a number that a configuration bounds.
fn days(n: i64) -> Duration {
    Duration::try_days(n).unwrap_or(Duration::zero())
}

/// Why a step cannot be taken now.
fn cannot(facts: &Facts<'_>, step: Step) -> Option<Reason> {
    let wanted = facts.wants.contains(&step);
    match step {
        Step::Mail | Step::Letter if !wanted => Some(Reason::Refused),
        Step::Mail if !facts.has_mail => Some(Reason::NoEmail),
        Step::Letter if !facts.letters_on => Some(Reason::Off),
        Step::Letter if facts.worth_until.is_some_and(|until| until < facts.now + LETTER_TAKES) => {
            Some(Reason::TooLate)
        }
        Step::Letter if letter_of(facts) == ChildsLetter::LeftOut => Some(Reason::WithParent),
        Step::Mail | Step::Letter | Step::Call => None,
    }
}

fn letter_of(facts: &Facts<'_>) -> ChildsLetter {
    childs_letter(facts.by_parent, facts.now, facts.created_at, facts.worth_until)
}

/// Whether a parent was told in the place of a letter: it was left out for that, or staff took it out of its batch and a parent was told.
fn is_with_parent(facts: &Facts<'_>) -> bool {
    facts.taken.iter().any(|t| match t.reason {
        Some(Reason::WithParent) => true,
        Some(Reason::TakenOut) => t.step == Step::Letter && facts.by_parent == ByParent::Told,
        _ => false,
    })
}

/// When it is looked at first.
pub fn first(
    plan: Days,
    in_inbox: bool,
    created_at: DateTime<Utc>,
    worth_until: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    if !in_inbox {
        return created_at;
    }
    let soonest = [plan.mail, plan.letter, plan.call].into_iter().flatten().min();
    let at = soonest.map_or(created_at + INBOX_SETTLES, |day| created_at + days(day));
    worth_until.map_or(at, |until| until.min(at))
}

/// When it is looked at again what was just told in somebody's inbox: they have as long to read it as most plans give before their first step;
/// a day where it is worth nothing by then, so that there is time for what the plan does next.
pub fn after_telling(now: DateTime<Utc>, worth_until: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let at = now + GOES_ON;
    worth_until.filter(|until| *until <= at).map_or(at, |until| until.min(now + LOOKED_AT))
}

/// What comes next.
pub fn next(facts: &Facts<'_>) -> Next {
    if let Some(outcome) = facts.ended {
        return Next::End(outcome);
    }
    let stands = standing(facts.taken);
    let with_parent = is_with_parent(facts);
    if facts.worth_until.is_some_and(|until| until <= facts.now) {
        let otherwise = if with_parent { Outcome::WithParent } else { Outcome::TooLate };
        return Next::End(stands.map_or(otherwise, |(_, outcome, _)| outcome));
    }
    let wait = |at: DateTime<Utc>| Next::Wait(facts.worth_until.map_or(at, |until| until.min(at)));
    if let Some((open, longest)) = facts.taken.iter().find_map(|t| Some((t, with_people(t)?))) {
        let until = open.at + longest;
        return if facts.now < until { wait(until.min(facts.now + LOOKED_AT)) } else { Next::Fail(open.step) };
    }
    let all = order(facts);
    if let Some((step, day)) = all.iter().find(|(step, _)| facts.taken.iter().all(|t| t.step != *step)) {
        let at = due(facts, &all, *day);
        return match cannot(facts, *step) {
            _ if at > facts.now => wait(at),
            Some(reason) => Next::Skip(*step, reason),
            None => match letter_of(facts) {
                ChildsLetter::Waits(until) if *step == Step::Letter => wait(until),
                _ => Next::Take(*step),
            },
        };
    }
    // Nothing is left to do: what was done is believed after a while.
    let (outcome, over) = match stands {
        Some((last, outcome, settles)) => (outcome, last.at + settles),
        None => {
            let is_refusal = |t: &Taken| t.reason == Some(Reason::Refused);
            let refused = !facts.taken.is_empty() && facts.taken.iter().all(is_refusal);
            let outcome = match (with_parent, refused) {
                (true, _) => Outcome::WithParent,
                (false, true) => Outcome::Refused,
                (false, false) => Outcome::NotReached,
            };
            (outcome, if facts.in_inbox { facts.created_at + INBOX_SETTLES } else { facts.now })
        }
    };
    if over <= facts.now { Next::End(outcome) } else { wait(over) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn facts(days: Days, wants: &[Step]) -> Facts<'_> {
        Facts {
            now: START,
            created_at: START,
            worth_until: None,
            days,
            wants,
            taken: &[],
            ended: None,
            in_inbox: true,
            has_mail: true,
            letters_on: true,
            by_parent: ByParent::None,
        }
    }

    const LATE: Days = Days { mail: Some(3), letter: Some(7), call: Some(14) };
    const LETTER: Days = Days { mail: None, letter: Some(7), call: None };
    const BOTH: &[Step] = &[Step::Mail, Step::Letter];

    fn day(n: i64) -> DateTime<Utc> {
        START + Duration::days(n)
    }

    fn done(step: Step, state: StepState, n: i64) -> Taken {
        Taken { step, state, reason: None, at: day(n) }
    }

    #[test]
    fn who_has_the_app_has_the_days_of_the_plan() {
        let open = facts(LATE, BOTH);
        assert_eq!(next(&open), Next::Wait(day(3)));
        assert_eq!(next(&Facts { now: day(3), ..open }), Next::Take(Step::Mail));
        let mailed = [done(Step::Mail, StepState::Taken, 3)];
        assert_eq!(next(&Facts { now: day(3), taken: &mailed, ..open }), Next::Wait(day(7)));
        assert_eq!(next(&Facts { now: day(7), taken: &mailed, ..open }), Next::Take(Step::Letter));
    }

    #[test]
    fn who_has_no_app_does_not_wait_for_it_to_be_read() {
        let without = Facts { in_inbox: false, ..facts(LATE, BOTH) };
        assert_eq!(next(&without), Next::Take(Step::Mail));
        let mailed = [done(Step::Mail, StepState::Taken, 0)];
        assert_eq!(next(&Facts { taken: &mailed, ..without }), Next::Wait(day(4)));
    }

    #[test]
    fn who_was_told_in_the_app_has_some_days_and_no_more_than_it_is_worth() {
        assert_eq!(after_telling(START, None), day(3));
        assert_eq!(after_telling(START, Some(day(10))), day(3));
        assert_eq!(after_telling(START, Some(day(2))), day(1));
        assert_eq!(after_telling(START, Some(START + Duration::hours(2))), START + Duration::hours(2));
    }

    #[test]
    fn the_citizens_order_counts_and_the_plans_days() {
        let letter_first = [Step::Letter, Step::Mail];
        assert_eq!(next(&Facts { now: day(3), ..facts(LATE, &letter_first) }), Next::Take(Step::Letter));
    }

    #[test]
    fn what_failed_makes_way_at_once_and_a_letter_that_came_back_too() {
        let failed = [done(Step::Mail, StepState::Failed, 3)];
        assert_eq!(next(&Facts { now: day(3), taken: &failed, ..facts(LATE, BOTH) }), Next::Take(Step::Letter));
        let returned = [done(Step::Mail, StepState::Failed, 3), done(Step::Letter, StepState::Returned, 20)];
        assert_eq!(next(&Facts { now: day(20), taken: &returned, ..facts(LATE, BOTH) }), Next::Take(Step::Call));
    }

    #[test]
    fn an_email_that_comes_back_after_the_letter_was_posted_does_not_hasten_the_call() {
        let late = [done(Step::Letter, StepState::Reached, 7), done(Step::Mail, StepState::Failed, 9)];
        assert_eq!(next(&Facts { now: day(9), taken: &late, ..facts(LATE, BOTH) }), Next::Wait(day(14)));
    }

    #[test]
    fn a_letter_that_would_come_too_late_is_not_written() {
        let days = Days { mail: None, letter: Some(0), call: None };
        let late = Facts { worth_until: Some(day(2)), ..facts(days, BOTH) };
        assert_eq!(next(&late), Next::Skip(Step::Letter, Reason::TooLate));
        let skipped = [Taken { reason: Some(Reason::TooLate), ..done(Step::Letter, StepState::Skipped, 0) }];
        assert_eq!(next(&Facts { taken: &skipped, now: day(2), ..late }), Next::End(Outcome::TooLate));
    }

    #[test]
    fn a_minor_whose_parent_was_told_gets_no_letter_and_counts_as_that() {
        let child = Facts { by_parent: ByParent::Told, in_inbox: false, ..facts(LETTER, BOTH) };
        assert_eq!(next(&child), Next::Skip(Step::Letter, Reason::WithParent));
        let skipped = [Taken { reason: Some(Reason::WithParent), ..done(Step::Letter, StepState::Skipped, 0) }];
        assert_eq!(next(&Facts { taken: &skipped, ..child }), Next::End(Outcome::WithParent));
        // In their own app they may read it still.
        let with_app = Facts { in_inbox: true, taken: &skipped, worth_until: Some(day(20)), ..child };
        assert_eq!(next(&with_app), Next::Wait(day(20)));
        assert_eq!(next(&Facts { now: day(20), ..with_app }), Next::End(Outcome::WithParent));
        // Who wants no letters is not said to be told by a parent.
        assert_eq!(next(&Facts { wants: &[], ..child }), Next::Skip(Step::Letter, Reason::Refused));
    }

    #[test]
    fn a_parent_is_told_by_what_arrived_and_under_way_by_what_may() {
        assert_eq!(by_parent(Some(Outcome::Read), false, false), ByParent::Told);
        assert_eq!(by_parent(None, true, false), ByParent::Told);
        assert_eq!(by_parent(None, false, true), ByParent::UnderWay);
        assert_eq!(by_parent(None, false, false), ByParent::None);
        for came_to_nothing in [Outcome::Refused, Outcome::NotHere, Outcome::TooLate, Outcome::NotReached] {
            assert_eq!(by_parent(Some(came_to_nothing), true, true), ByParent::None, "{came_to_nothing}");
        }
    }

    #[test]
    fn a_minors_letter_waits_for_a_parent_and_leaves_in_time() {
        let child = Facts { by_parent: ByParent::UnderWay, in_inbox: false, ..facts(LETTER, BOTH) };
        // Nine days: three for the post, four until there is a batch.
        let short = Facts { worth_until: Some(day(9)), ..child };
        assert_eq!(next(&short), Next::Wait(day(1)));
        let nearly = day(2) - Duration::hours(1);
        assert_eq!(next(&Facts { now: nearly, ..short }), Next::Wait(day(2)));
        for told in [ByParent::UnderWay, ByParent::None] {
            assert_eq!(next(&Facts { now: day(2), by_parent: told, ..short }), Next::Take(Step::Letter));
        }
        assert_eq!(next(&Facts { by_parent: ByParent::None, ..short }), Next::Take(Step::Letter));
        let told = Facts { now: day(1), by_parent: ByParent::Told, ..short };
        assert_eq!(next(&told), Next::Skip(Step::Letter, Reason::WithParent));
        // What has no last day waits as long as a message in the inbox has.
        assert_eq!(next(&Facts { now: day(29), ..child }), Next::Wait(day(30)));
        assert_eq!(next(&Facts { now: day(30), ..child }), Next::Take(Step::Letter));
        // Nothing but the letter waits.
        let mail = Days { mail: Some(0), ..LETTER };
        assert_eq!(next(&Facts { days: mail, ..short }), Next::Take(Step::Mail));
    }

    #[test]
    fn a_minor_whose_letter_was_taken_out_counts_by_what_their_parent_was_told() {
        let out = [Taken { reason: Some(Reason::TakenOut), ..done(Step::Letter, StepState::Failed, 3) }];
        let child = Facts { taken: &out, now: day(3), in_inbox: false, ..facts(LETTER, BOTH) };
        assert_eq!(next(&Facts { by_parent: ByParent::Told, ..child }), Next::End(Outcome::WithParent));
        assert_eq!(next(&Facts { by_parent: ByParent::UnderWay, ..child }), Next::End(Outcome::NotReached));
        // What came to nothing for another reason is not said to be a parent's.
        let none = [Taken { reason: Some(Reason::NoAddress), ..out[0] }];
        let other = Facts { taken: &none, by_parent: ByParent::Told, ..child };
        assert_eq!(next(&other), Next::End(Outcome::NotReached));
    }

    #[test]
    fn who_said_no_to_all_of_it_is_told_apart_from_whom_no_way_led_to() {
        let without = Facts { in_inbox: false, ..facts(Days { call: None, ..LATE }, &[]) };
        let no = |step| Taken { reason: Some(Reason::Refused), ..done(step, StepState::Skipped, 0) };
        assert_eq!(next(&without), Next::Skip(Step::Mail, Reason::Refused));
        let refused = [no(Step::Mail), no(Step::Letter)];
        assert_eq!(next(&Facts { taken: &refused, ..without }), Next::End(Outcome::Refused));
        let none = Facts { has_mail: false, wants: &[Step::Mail], ..without };
        let mixed = [Taken { reason: Some(Reason::NoEmail), ..no(Step::Mail) }, no(Step::Letter)];
        assert_eq!(next(&Facts { taken: &mixed, ..none }), Next::End(Outcome::NotReached));
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        prop_oneof![
            Just(vec![]),
            Just(vec![Step::Mail]),
            Just(vec![Step::Letter]),
            Just(vec![Step::Mail, Step::Letter]),
            Just(vec![Step::Letter, Step::Mail]),
        ]
    }

    proptest! {
        /// Whatever the plan, the citizen's wishes and what becomes of each step: it ends, no step is taken twice, none after its worth,
        /// and none that somebody said no to; and it is said of no minor that a parent was told where none was.
        #[test]
        fn it_always_ends_and_keeps_to_what_was_said(
            plan in prop::array::uniform3(prop::option::of(0i64..40)),
            wants in steps(),
            worth in prop::option::of(0i64..60),
            in_inbox in any::<bool>(), has_mail in any::<bool>(), letters_on in any::<bool>(),
            parent in prop::option::of((0i64..90, any::<bool>())),
            fates in prop::array::uniform3((0u8..4, 0i64..30)),
            read_on in prop::option::of(0i64..90),
        ) {
            let days = Days { mail: plan[0], letter: plan[1], call: plan[2] };
            let worth_until = worth.map(day);
            let (mut now, mut taken, mut looks, mut was_told) = (START, Vec::<Taken>::new(), 0, false);
            let mut times: Vec<Step> = Vec::new();
            let end = loop {
                looks += 1;
                prop_assert!(looks < 150, "it never ends: {taken:?}");
                let ended = read_on.filter(|n| day(*n) <= now).map(|_| Outcome::Read);
                // It is under way to a parent until a day, and then they were told, or it came to nothing.
                let by_parent = match parent {
                    Some((until, _)) if now < day(until) => ByParent::UnderWay,
                    Some((_, true)) => ByParent::Told,
                    _ => ByParent::None,
                };
                was_told |= by_parent == ByParent::Told;
                let facts = Facts {
                    now, created_at: START, worth_until, days, wants: &wants, taken: &taken, ended, in_inbox, has_mail, letters_on,
                    by_parent,
                };
                match next(&facts) {
                    Next::End(outcome) => break outcome,
                    Next::Wait(until) => {
                        prop_assert!(until > now, "it waits for what is past");
                        now = until;
                    }
                    Next::Take(step) => {
                        prop_assert!(!times.contains(&step), "{step} twice");
                        prop_assert!(worth_until.is_none_or(|until| now < until), "after its worth");
                        prop_assert!(step == Step::Call || wants.contains(&step), "they said no to {step}");
                        prop_assert!(ended.is_none(), "it was read");
                        prop_assert!(step != Step::Letter || by_parent != ByParent::Told, "a parent was told");
                        times.push(step);
                        let (fate, after) = fates[times.len() - 1];
                        let state = match (step, fate) {
                            (Step::Mail, 0 | 1) => StepState::Taken,
                            (Step::Mail, _) => StepState::Failed,
                            (Step::Letter, 0) => StepState::Due,
                            (Step::Letter, 1) => StepState::Reached,
                            (Step::Letter, 2) => StepState::Returned,
                            (Step::Letter, _) => StepState::Failed,
                            (Step::Call, _) => StepState::Due,
                        };
                        if state != StepState::Due {
                            now += Duration::days(after);
                        }
                        let reason = (step == Step::Letter && state == StepState::Failed).then_some(Reason::TakenOut);
                        taken.push(Taken { step, state, reason, at: now });
                    }
                    Next::Skip(step, reason) => {
                        prop_assert!(taken.iter().all(|t| t.step != step));
                        prop_assert!(reason != Reason::WithParent || by_parent == ByParent::Told, "nobody was told");
                        taken.push(Taken { step, state: StepState::Skipped, reason: Some(reason), at: now });
                    }
                    Next::Fail(step) => {
                        let open = taken.iter_mut().find(|t| t.step == step).unwrap();
                        *open = Taken { state: StepState::Failed, reason: Some(Reason::NotDone), at: now, ..*open };
                    }
                }
            };
            // Nobody is said to be mailed or written to who was not.
            let stands = |step, states: &[StepState]| taken.iter().any(|t| t.step == step && states.contains(&t.state));
            prop_assert!(end != Outcome::Mailed || stands(Step::Mail, &[StepState::Taken]));
            prop_assert!(end != Outcome::WithParent || was_told);
            prop_assert!(end != Outcome::Posted || stands(Step::Letter, &[StepState::Reached]));
        }
    }
}
