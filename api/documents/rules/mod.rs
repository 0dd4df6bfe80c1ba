//! When to say what about a document: pure, with time and closing days as values.
//!
//! The kinds and their default stages are drawn from towns' own pages; a
//! municipality changes them in its configuration. Words: a *series* is a row of stages around an anchor day (mostly
//! the expiry); a *stage* is one of its days, as days before the anchor, negative after it.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

mod earlier;
mod kinds;

use crate::{
    platform::time::{ClosingDays, instant, local_day},
    residents::rules::birthday,
};

pub use earlier::{WAVE_DAYS, brought_forward, lead_days};
use kinds::LAST_HOUR;
pub use kinds::{CERTIFICATE, DEFAULT_HOUR, KINDS, Kind, Policy, READY, SIGNING, check, kind_of, policy};

/// A word on something that is over is not worth saying after so many days.
const STALE_DAYS: i64 = 30;
/// A document is expiring when so few days are left, or fewer if its first stage is later.
const EXPIRING_DAYS: i64 = 30;
/// What is told late stands for the next stage too, if that is so near.
const NEAR_DAYS: i64 = 7;
/// A letter of the town counts as having told someone for so many days.
const LETTER_COUNTS_DAYS: i64 = 30;

/// What the register says of a document, as far as the schedule needs it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The kind's key.
    pub kind: String,
    /// Issued.
    pub issued_on: Option<NaiveDate>,
    /// The last day on which it is good; none: unlimited.
    pub expires_on: Option<NaiveDate>,
    /// Lies ready since; none where it was collected.
    pub ready_on: Option<NaiveDate>,
    /// Collected on, or to be.
    pub collected_on: Option<NaiveDate>,
    /// The holder's birth date.
    pub born_on: Option<NaiveDate>,
    /// The day on which the queue has the first reminder come, where that is before its own.
    pub called_on: Option<NaiveDate>,
}

/// One day on which something is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The series' key.
    pub series: String,
    /// Days before the anchor.
    pub days: i64,
    /// The day the series turns around.
    pub anchor: NaiveDate,
    /// The day of sending, moved off closed days.
    pub on: NaiveDate,
    /// The instant of sending.
    pub at: DateTime<Utc>,
    /// What kind of word it is.
    pub word: StageNotice,
}

/// What kind of word a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageNotice {
    /// Get ready: it is too early to apply.
    Prepare,
    /// Apply now.
    Apply,
    /// The legal period is nearly over or past: come or call at once.
    Late,
    /// It has expired.
    Expired,
    /// The visit is booked: what to bring.
    Bring,
    /// It lies ready.
    Ready,
    /// The certificates on the card end.
    Certificate,
    /// You may have your signature switched on.
    Signing,
}

impl StageNotice {
    /// Its key in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Apply => "apply",
            Self::Late => "late",
            Self::Expired => "expired",
            Self::Bring => "bring",
            Self::Ready => "ready",
            Self::Certificate => "certificate",
            Self::Signing => "signing",
        }
    }
}

/// The series a document has, with their anchor days.
pub fn series(facts: &Facts) -> Vec<(&str, NaiveDate)> {
    let mut all = Vec::new();
    if let Some(expires) = facts.expires_on {
        all.push((facts.kind.as_str(), expires));
    }
    if facts.kind == "eid"
        && let (Some(issued), Some(expires)) = (facts.issued_on, facts.expires_on)
    {
        // A card of thirty years has certificates of ten.
        let anniversary = |years| birthday(issued, years);
        all.extend(
            [10, 20]
                .into_iter()
                .map(anniversary)
                .filter(|d| *d < expires && anniversary(11) < expires)
                .map(|d| (CERTIFICATE, d)),
        );
        if let Some(eighteen) = facts.born_on.map(|b| birthday(b, 18))
            && issued < eighteen
            && eighteen < expires
        {
            all.push((SIGNING, eighteen));
        }
    }
    if let Some(ready) = facts.ready_on {
        all.push((READY, ready));
    }
    all
}

/// The town's calendar, as the schedule needs it.
pub struct Calendar<'a> {
    /// The zone of its clocks.
    pub zone: Tz,
    /// Its closing days.
    pub closing: &'a ClosingDays,
}

/// All stages of a document, the earliest first.
pub fn schedule(facts: &Facts, calendar: &Calendar<'_>, policy_of: impl Fn(&str) -> Option<Policy>) -> Vec<Stage> {
    let mut all = Vec::new();
    for (key, anchor) in series(facts) {
        let Some(policy) = policy_of(key) else { continue };
        let last_before = policy.stages.iter().copied().filter(|d| *d >= 0).min();
        let opens_on = policy.opens.map(|d| minus(anchor, d));
        for (n, days) in policy.stages.iter().enumerate() {
            // The first may be called earlier by the queue; never later.
            let called = facts.called_on.filter(|_| n == 0 && key == facts.kind);
            let own = minus(anchor, *days);
            let wanted = called.map_or(own, |called| own.min(called));
            // On a closed day it moves on; the last word before the end moves back, yet not before one may apply.
            let early = key == facts.kind && Some(*days) == last_before;
            let mut on = if early { calendar.closing.open_until(wanted) } else { calendar.closing.open_from(wanted) };
            if early && opens_on.is_some_and(|o| wanted >= o && on < o) {
                on = calendar.closing.open_from(wanted);
            }
            // What is collected does not lie ready any more.
            if key == READY && facts.collected_on.is_some_and(|collected| on >= collected) {
                continue;
            }
            let word = match key {
                READY => StageNotice::Ready,
                SIGNING => StageNotice::Signing,
                _ if *days < 0 => StageNotice::Expired,
                CERTIFICATE => StageNotice::Certificate,
                // Moved on into the window it is a word to apply; moved or not, before it never is.
                _ if opens_on.is_some_and(|o| on < o) => StageNotice::Prepare,
                _ if policy.late_from.is_some_and(|l| *days < l) => StageNotice::Late,
                _ => StageNotice::Apply,
            };
            let time = NaiveTime::from_hms_opt(policy.hour, 0, 0).unwrap_or_default();
            let at = instant(calendar.zone, on, time);
            all.push(Stage { series: key.to_owned(), days: *days, anchor, on, at, word });
        }
    }
    all.sort_by(|a, b| (a.at, &a.series, b.days).cmp(&(b.at, &b.series, a.days)));
    all
}

fn minus(day: NaiveDate, days: i64) -> NaiveDate {
    let n = Days::new(days.unsigned_abs());
    let moved = if days >= 0 { day.checked_sub_days(n) } else { day.checked_add_days(n) };
    moved.unwrap_or(day)
}

/// A stage to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// The latest that applies, or the next.
    pub stage: Stage,
    /// Where it is the next: the one that was missed, for which it stands once it is told.
    pub missed: Option<Stage>,
}

impl Tell {
    fn only(stage: Stage) -> Self {
        Self { stage, missed: None }
    }
}

/// What is to be done about a document now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Of each series, what is still worth saying.
    pub tell: Vec<Tell>,
    /// Those it stands for, and those that are over.
    pub skip: Vec<(Stage, &'static str)>,
}

/// Of the stages that are due at `now`, which to tell: missed ones are not sent one upon the other, nor one some days before the next, which
/// is then told at once.
pub fn due(stages: &[Stage], now: DateTime<Utc>, today: NaiveDate) -> Due {
    let mut out = Due::default();
    let mut due: Vec<&Stage> = stages.iter().filter(|s| s.at <= now).collect();
    due.reverse();
    let mut spoken: Vec<(&str, NaiveDate)> = Vec::new();
    for stage in due {
        let series = (stage.series.as_str(), stage.anchor);
        if spoken.contains(&series) {
            out.skip.push((stage.clone(), "superseded"));
            continue;
        }
        spoken.push(series);
        // What the stage speaks of: its own day once the anchor is past, the anchor before.
        let over = (today - stage.anchor.max(minus(stage.anchor, stage.days))).num_days();
        if over > STALE_DAYS {
            out.skip.push((stage.clone(), "past"));
        } else if stage.days >= 0
            && today > stage.anchor
            // Of the certificates, that they did is said by their own words: the card goes on.
            && matches!(stage.word, StageNotice::Prepare | StageNotice::Apply | StageNotice::Late)
        {
            // The end came before the word: say that it has expired.
            out.tell.push(Tell::only(Stage { word: StageNotice::Expired, ..stage.clone() }));
        } else if let Some(near) = near(stages, stage, now, today) {
            out.tell.push(Tell { stage: near.clone(), missed: Some(stage.clone()) });
        } else {
            out.tell.push(Tell::only(stage.clone()));
        }
    }
    out
}

/// The stage that follows one that is told late, where it would say the same within days. One that is told on its day has none: a town that
/// wants two stages in a week gets them.
fn near<'a>(stages: &'a [Stage], told: &Stage, now: DateTime<Utc>, today: NaiveDate) -> Option<&'a Stage> {
    let next = stages.iter().find(|s| s.series == told.series && s.anchor == told.anchor && s.at > now)?;
    let left = (next.on - today).num_days();
    (next.word == told.word && left <= NEAR_DAYS && left * 2 <= (next.on - told.on).num_days()).then_some(next)
}

/// The first stage after `now`.
pub fn next(stages: &[Stage], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    stages.iter().map(|s| s.at).filter(|at| *at > now).min()
}

/// When a document just learnt of is to be looked at: at once if a stage was missed that is still worth a word.
pub fn first_look(stages: &[Stage], now: DateTime<Utc>, today: NaiveDate) -> Option<DateTime<Utc>> {
    if due(stages, now, today).tell.is_empty() { next(stages, now) } else { Some(now) }
}

/// The first moment from `now` on at which the town may write to people: an open day, between the hour and 19:00.
pub fn sending_moment(calendar: &Calendar<'_>, hour: u32, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = local_day(calendar.zone, now);
    let local_hour = now.with_timezone(&calendar.zone).hour();
    if calendar.closing.is_open(today) && (hour..LAST_HOUR).contains(&local_hour) {
        return now;
    }
    let from = if local_hour >= hour { today.succ_opt().unwrap_or(today) } else { today };
    let day = calendar.closing.open_from(from);
    instant(calendar.zone, day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
}

/// Whether a letter of the town has told it already.
pub fn told_by_letter(letter_sent_on: Option<NaiveDate>, word: StageNotice, today: NaiveDate) -> bool {
    word == StageNotice::Apply
        && letter_sent_on.is_some_and(|d| (0..=LETTER_COUNTS_DAYS).contains(&(today - d).num_days()))
}

/// How a document stands, for the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum, serde::Serialize, serde::Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing to do.
    Valid,
    /// One may apply for a new one.
    RenewalOpen,
    /// It ends within weeks.
    Expiring,
    /// It has ended.
    Expired,
}

/// How a document stands on `today`. The last day counts as good.
pub fn standing(expires_on: Option<NaiveDate>, policy: Option<&Policy>, today: NaiveDate) -> Standing {
    let Some(expires) = expires_on else { return Standing::Valid };
    let left = (expires - today).num_days();
    let opens = policy.and_then(|p| p.opens);
    let soon = opens.map_or(EXPIRING_DAYS, |o| o.min(EXPIRING_DAYS));
    if left < 0 {
        Standing::Expired
    } else if left <= soon {
        Standing::Expiring
    } else if opens.is_some_and(|o| left <= o) {
        Standing::RenewalOpen
    } else {
        Standing::Valid
    }
}

/// The first year an expiry date is believed in.
pub const YEARS: std::ops::RangeInclusive<i32> = 1950..=2150;

/// Whether a date can be one of a document.
pub fn is_plausible(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;
    use proptest::prelude::*;

    const ZONE: Tz = chrono_tz::Europe::Brussels;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }
    fn closing() -> ClosingDays {
        ClosingDays {
            weekdays: vec![Weekday::Sat, Weekday::Sun],
            yearly: vec![(7, 11), (11, 2), (12, 26)],
            once: vec![],
        }
    }
    fn facts(kind: &str, issued: Option<NaiveDate>, expires: NaiveDate) -> Facts {
        Facts {
            called_on: None,
            kind: kind.to_owned(),
            issued_on: issued,
            expires_on: Some(expires),
            ready_on: None,
            collected_on: None,
            born_on: None,
        }
    }
    fn stages_of(facts: &Facts) -> Vec<Stage> {
        let closing = closing();
        schedule(facts, &Calendar { zone: ZONE, closing: &closing }, |s| policy(s, None))
    }
    fn told_or_missed(due: &Due) -> impl Iterator<Item = &Stage> {
        due.tell.iter().flat_map(|tell| std::iter::once(&tell.stage).chain(&tell.missed))
    }
    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..12_000).prop_map(|n| day(2020, 1, 1).checked_add_days(Days::new(n)).unwrap())
    }
    fn any_kind() -> impl Strategy<Value = &'static str> {
        (0..KINDS.len()).prop_map(|i| KINDS[i].key)
    }

    proptest! {
        #[test]
        fn no_word_falls_on_a_closed_day_or_at_night(kind in any_kind(), expires in any_day()) {
            for stage in stages_of(&facts(kind, None, expires)) {
                prop_assert!(closing().is_open(stage.on));
                let hour = stage.at.with_timezone(&ZONE).hour();
                prop_assert!((DEFAULT_HOUR..LAST_HOUR).contains(&hour));
                prop_assert_eq!(local_day(ZONE, stage.at), stage.on);
            }
        }

        #[test]
        fn no_one_is_invited_to_apply_before_the_window_opens(kind in any_kind(), expires in any_day()) {
            let Some(opens) = kind_of(kind).unwrap().opens else { return Ok(()) };
            for stage in stages_of(&facts(kind, None, expires)) {
                if stage.word == StageNotice::Apply {
                    prop_assert!(stage.on >= minus(expires, opens), "{stage:?}");
                }
            }
        }

        #[test]
        fn missed_stages_are_not_sent_one_upon_the_other(kind in any_kind(), expires in any_day(), late in any_day()) {
            let stages = stages_of(&facts(kind, None, expires));
            let now = instant(ZONE, late, NaiveTime::from_hms_opt(10, 0, 0).unwrap());
            let due = due(&stages, now, late);
            prop_assert!(due.tell.len() <= 1);
            let passed = stages.iter().filter(|s| s.at <= now).count();
            prop_assert_eq!(due.tell.len() + due.skip.len(), passed, "each stage is told once or accounted for");
            if let Some(Tell { stage: told, missed }) = due.tell.first() {
                prop_assert!(due.skip.iter().all(|(s, _)| s.at <= told.at), "the latest that applies");
                prop_assert_eq!(missed.is_some(), told.at > now, "the next is told in the place of one that was missed");
                prop_assert!(missed.is_none() || (told.on - late).num_days() <= NEAR_DAYS, "{told:?}");
            }
        }

        #[test]
        fn however_late_a_town_hears_of_a_card_nobody_is_told_the_same_twice_in_five_days(kind in any_kind(), expires in any_day(), left in 1u64..120) {
            let stages = stages_of(&facts(kind, None, expires));
            let heard = expires - Days::new(left);
            let mut met = std::collections::HashSet::new();
            let mut told: Vec<(StageNotice, NaiveDate)> = Vec::new();
            for today in heard.iter_days().take(150) {
                let now = instant(ZONE, today, NaiveTime::from_hms_opt(12, 0, 0).unwrap());
                let open: Vec<_> = stages.iter().filter(|s| !met.contains(&s.days)).cloned().collect();
                let due = due(&open, now, today);
                met.extend(due.skip.iter().map(|(s, _)| s.days).chain(told_or_missed(&due).map(|s| s.days)));
                told.extend(due.tell.iter().map(|tell| (tell.stage.word, today)));
            }
            // Told on their day, 45 and 40, and 35 and 31 days before a residence card ends, are closer than that where days are closed between.
            let on_their_day = kind.starts_with("residence");
            prop_assert!(on_their_day || told.windows(2).all(|two| two[0].0 != two[1].0 || (two[1].1 - two[0].1).num_days() > 5), "{told:?}");
        }

        #[test]
        fn walking_day_by_day_or_in_leaps_each_stage_is_met_once(expires in any_day(), leaps in proptest::collection::vec(1u64..60, 1..40)) {
            let stages = stages_of(&facts("eid", None, expires));
            let mut now = instant(ZONE, minus(expires, 200), NaiveTime::from_hms_opt(12, 0, 0).unwrap());
            let mut met = std::collections::HashSet::new();
            for leap in leaps {
                let left: Vec<_> = stages.iter().filter(|s| !met.contains(&(s.series.clone(), s.days))).cloned().collect();
                let due = due(&left, now, local_day(ZONE, now));
                for s in told_or_missed(&due).chain(due.skip.iter().map(|(s, _)| s)) {
                    prop_assert!(met.insert((s.series.clone(), s.days)));
                }
                now += chrono::Duration::days(leap as i64);
            }
        }

        #[test]
        fn the_town_writes_by_day_only(minutes in 0i64..2_000_000, hour in 9u32..19) {
            let closing = closing();
            let calendar = Calendar { zone: ZONE, closing: &closing };
            let now = instant(ZONE, day(2026, 1, 1), NaiveTime::MIN) + chrono::Duration::minutes(minutes);
            let t = sending_moment(&calendar, hour, now);
            let local = t.with_timezone(&ZONE);
            prop_assert!(t >= now && closing.is_open(local.date_naive()) && (hour..LAST_HOUR).contains(&local.hour()));
        }
    }

    #[test]
    fn a_crowded_queue_calls_earlier_the_first_stage_alone() {
        // Called earlier, the first stage moves, and the others do not.
        let mut card = facts("eid", None, day(2027, 6, 1));
        let usual = stages_of(&card);
        card.called_on = Some(day(2027, 2, 1));
        let called = stages_of(&card);
        assert_eq!((called[0].days, called[0].on), (90, day(2027, 2, 1)));
        assert_eq!(called[0].word, StageNotice::Prepare, "too early to apply, not to book");
        assert_eq!(called[1..], usual[1..]);
        card.called_on = Some(day(2027, 4, 1));
        assert_eq!(stages_of(&card), usual, "never later");
    }

    #[test]
    fn the_last_word_before_the_end_moves_back_and_the_others_on() {
        // 90 days before Tuesday 29 June 2027 is Wednesday 31 March; 30 is Sunday 30 May; 7 is Tuesday 22 June.
        let on: Vec<_> = stages_of(&facts("eid", None, day(2027, 6, 29))).iter().map(|s| (s.days, s.on)).collect();
        assert_eq!(on, [(90, day(2027, 3, 31)), (30, day(2027, 5, 31)), (7, day(2027, 6, 22)), (-1, day(2027, 6, 30))]);
        // 7 days before Sunday 4 July is Sunday 27 June: told on Friday 25 June.
        let on: Vec<_> = stages_of(&facts("eid", None, day(2027, 7, 4))).iter().map(|s| s.on).collect();
        assert_eq!(on[2], day(2027, 6, 25));
    }

    #[test]
    fn a_residence_card_is_prepared_then_asked_for_then_late() {
        let words: Vec<_> =
            stages_of(&facts("residence_a", None, day(2027, 6, 29))).iter().map(|s| (s.days, s.word)).collect();
        assert_eq!(
            words,
            [
                (60, StageNotice::Prepare),
                (45, StageNotice::Apply),
                (35, StageNotice::Apply),
                (31, StageNotice::Apply),
                (15, StageNotice::Late)
            ]
        );
    }

    #[test]
    fn a_card_of_thirty_years_has_certificates_of_ten() {
        let card = facts("eid", Some(day(2020, 5, 4)), day(2050, 5, 4));
        let anchors: Vec<_> = series(&card).into_iter().filter(|(k, _)| *k == CERTIFICATE).map(|(_, d)| d).collect();
        assert_eq!(anchors, [day(2030, 5, 4), day(2040, 5, 4)]);
        let ordinary = facts("eid", Some(day(2020, 5, 4)), day(2030, 5, 4));
        assert_eq!(series(&ordinary).len(), 1);
    }

    #[test]
    fn a_card_issued_before_eighteen_asks_for_a_signature_at_eighteen() {
        let mut card = facts("eid", Some(day(2023, 5, 4)), day(2029, 5, 4));
        card.born_on = Some(day(2008, 2, 29));
        assert!(series(&card).contains(&(SIGNING, day(2026, 3, 1))));
        card.born_on = Some(day(2000, 1, 1));
        assert!(!series(&card).iter().any(|(k, _)| *k == SIGNING));
    }

    #[test]
    fn what_is_ready_is_told_until_it_is_collected() {
        let mut card = facts("passport", None, day(2034, 1, 1));
        card.ready_on = Some(day(2027, 3, 1));
        assert_eq!(stages_of(&card).iter().filter(|s| s.word == StageNotice::Ready).count(), 3);
        card.collected_on = Some(day(2027, 3, 2));
        assert_eq!(stages_of(&card).iter().filter(|s| s.word == StageNotice::Ready).count(), 1);
        card.collected_on = Some(day(2027, 3, 1));
        assert_eq!(stages_of(&card).iter().filter(|s| s.word == StageNotice::Ready).count(), 0);
    }

    #[test]
    fn a_document_is_good_on_its_last_day() {
        let p = policy("eid", None);
        let of = |left| standing(Some(day(2027, 6, 29)), p.as_ref(), minus(day(2027, 6, 29), left));
        assert_eq!(
            [of(91), of(90), of(30), of(0), of(-1)],
            [Standing::Valid, Standing::RenewalOpen, Standing::Expiring, Standing::Expiring, Standing::Expired]
        );
        assert_eq!(standing(None, p.as_ref(), day(2027, 1, 1)), Standing::Valid);
    }

    #[test]
    fn a_card_that_is_heard_of_days_before_its_next_stage_is_told_of_once() {
        // 30 days before Tuesday 29 June 2027 is Sunday 30 May, which moves to Monday 31 May.
        let stages = stages_of(&facts("eid", None, day(2027, 6, 29)));
        let heard = |d| {
            let now = instant(ZONE, day(2027, 5, d), NaiveTime::from_hms_opt(12, 0, 0).unwrap());
            due(&stages, now, day(2027, 5, d))
        };
        let days = |d| told_or_missed(&heard(d)).map(|s| s.days).collect::<Vec<_>>();
        assert_eq!(days(27), [30, 90], "30 is told, and 90 was missed");
        assert_eq!(days(20), [90], "in eleven days it is said again");
    }

    #[test]
    fn two_stages_in_a_week_are_both_told_on_their_day() {
        let stages = stages_of(&facts("residence_a", None, day(2027, 6, 29)));
        for stage in &stages {
            let open: Vec<_> = stages.iter().filter(|s| s.at >= stage.at).cloned().collect();
            assert_eq!(due(&open, stage.at, stage.on).tell, [Tell::only(stage.clone())]);
        }
    }

    #[test]
    fn what_ended_long_ago_is_not_brought_up() {
        let stages = stages_of(&facts("eid", None, day(2026, 1, 5)));
        let now = instant(ZONE, day(2026, 6, 1), NaiveTime::from_hms_opt(12, 0, 0).unwrap());
        let due = due(&stages, now, day(2026, 6, 1));
        assert!(due.tell.is_empty());
        assert!(first_look(&stages, now, day(2026, 6, 1)).is_none());
    }
}
