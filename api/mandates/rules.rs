//! What a mandate gives, who may have one, and for how long: decisions, without a database.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::model::{Mandate, MandateBasis, MandateEnd, MandateMode, MandateState, Scope};
use crate::{
    platform::{
        access::{MandateKind, MandateVerb},
        time::{instant, local_day},
    },
    residents::rules::is_minor,
};

/// The longest that a mandate lasts that no court ordered.
pub const LONGEST: Months = Months::new(24);
/// How many days somebody has to answer who was asked for a mandate.
pub const DAYS_TO_ANSWER: u64 = 14;

/// What a parent may do for a minor child: all but read what the town writes to the child itself.
pub fn of_parent() -> Scope {
    Scope::new(
        MandateVerb::ALL.iter().copied(),
        MandateKind::ALL.iter().copied().filter(|kind| *kind != MandateKind::Messages),
    )
}

/// What a mandate says of something that somebody would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// They may.
    Yes,
    /// They help with it: it waits for the other's yes.
    Assists,
    /// It says nothing of that.
    Nothing,
}

/// Whether this may be done with that, by a mandate that holds today.
pub fn says(scope: &Scope, mode: MandateMode, verb: MandateVerb, kind: MandateKind) -> Says {
    match mode {
        _ if !scope.has(verb, kind) => Says::Nothing,
        // What is booked or moved in somebody's place is theirs to decide. They see and ask together.
        MandateMode::Assist if verb == MandateVerb::Book => Says::Assists,
        MandateMode::Assist | MandateMode::Represent => Says::Yes,
    }
}

/// Whether what whose things these are books and moves themselves waits for the holder's yes: a court appointed the holder to assist, which is
/// to co-sign. A helper whom one chose oneself co-signs nothing.
pub fn co_signs(basis: MandateBasis, mode: MandateMode, scope: &Scope) -> bool {
    basis.is_by_court() && mode == MandateMode::Assist && scope.has(MandateVerb::Book, MandateKind::Visits)
}

/// When a mandate ends by its last day: that day is over then, by the calendar of its town. None for one without a last day.
pub fn ends_at(zone: Tz, until_on: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    Some(instant(zone, until_on?.succ_opt()?, NaiveTime::MIN))
}

/// By when it is answered what was asked, or written down for a colleague: then it is over.
pub fn answered_by(mandate: &Mandate) -> Option<DateTime<Utc>> {
    let waits = matches!(mandate.state, MandateState::Asked | MandateState::Proposed);
    mandate.asked_at.checked_add_days(Days::new(DAYS_TO_ANSWER)).filter(|_| waits)
}

/// Whether it is too late to accept or to confirm it: nobody answered in time, or its last day is past.
pub fn is_too_late(mandate: &Mandate, zone: Tz, now: DateTime<Utc>) -> bool {
    let is_past = mandate.until_on.is_some_and(|until| until < local_day(zone, now));
    is_past || answered_by(mandate).is_some_and(|by| by <= now)
}

/// A mandate as it stands at a moment, with both of the two here or not: what its last day ended, that nobody answered in time, or that one of them is
/// gone, is over, whether or not that is written down yet. The access check goes by the same.
pub fn as_it_stands(mandate: Mandate, both_here: bool, zone: Tz, now: DateTime<Utc>) -> Mandate {
    let is_past = mandate.until_on.is_some_and(|until| until < local_day(zone, now));
    let late = answered_by(&mandate).filter(|by| *by <= now);
    let (at, why) = match (ends_at(zone, mandate.until_on).filter(|_| is_past), late) {
        _ if mandate.is_over() => return mandate,
        (Some(at), _) | (None, Some(at)) => (at, MandateEnd::Date),
        (None, None) if both_here => return mandate,
        (None, None) => (now, MandateEnd::Gone),
    };
    Mandate { state: MandateState::Ended, ended_at: Some(at), ended_why: Some(why), ..mandate }
}

/// What is wrong with the days of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermFault {
    /// It begins before today.
    Past,
    /// It ends before it begins.
    Backwards,
    /// It has no last day, and must have one.
    Endless,
    /// It lasts too long.
    TooLong,
    /// It is for one day, and that is not today.
    NotToday,
}

impl TermFault {
    /// The field at fault, and what is wrong with it.
    pub fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Past => ("from_on", "is before today"),
            Self::Backwards => ("until_on", "is before the first day"),
            Self::Endless => ("until_on", "is needed"),
            Self::TooLong => ("until_on", "is more than 24 months after the first day"),
            Self::NotToday => ("until_on", "must be today, as the first day"),
        }
    }
}

/// Whether a mandate may last from one day to another, seen today. What a court ordered may have begun before it is written down.
///
/// # Errors
/// What is wrong with it.
pub fn term(basis: MandateBasis, from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> Result<(), TermFault> {
    if until.is_some_and(|until| until < from || until < today) {
        return Err(TermFault::Backwards);
    }
    if basis.is_by_court() {
        return Ok(());
    }
    let until = until.ok_or(TermFault::Endless)?;
    if from < today {
        return Err(TermFault::Past);
    }
    if basis == MandateBasis::CounterOnce && (from, until) != (today, today) {
        return Err(TermFault::NotToday);
    }
    match from.checked_add_months(LONGEST) {
        Some(latest) if until <= latest => Ok(()),
        _ => Err(TermFault::TooLong),
    }
}

/// Whether somebody born then, or nobody knows when, may give or hold a mandate on a day.
pub fn is_adult(born: Option<NaiveDate>, day: NaiveDate) -> bool {
    !is_minor(born, day)
}

/// Whether a mandate from one to another makes a circle that must not be: by a court, either way, between the same two.
pub fn is_circle(basis: MandateBasis, back: impl IntoIterator<Item = MandateBasis>) -> bool {
    back.into_iter().any(|other| basis.is_by_court() || other.is_by_court())
}

/// Whether whoever books by it sees what they book: a booking shows the visit that is there already.
pub fn is_seen(scope: &Scope) -> bool {
    !scope.verbs.contains(&MandateVerb::Book) || scope.verbs.contains(&MandateVerb::See)
}

/// The days on which somebody may have been born who comes of age on a day; the calendar has a day that is not in each year.
pub fn born_of_age(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let born = day.checked_sub_months(Months::new(18 * 12));
    born.into_iter().flat_map(|born| [Some(born), born.pred_opt()]).flatten()
}

/// Whether somebody comes of age on a day.
pub fn comes_of_age(born: Option<NaiveDate>, day: NaiveDate) -> bool {
    !is_minor(born, day) && day.pred_opt().is_some_and(|before| is_minor(born, before))
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::{collection::btree_set, prelude::*, sample::select};

    use super::*;

    fn scopes() -> impl Strategy<Value = Scope> {
        (btree_set(select(MandateVerb::ALL), 0..4), btree_set(select(MandateKind::ALL), 0..4))
            .prop_map(|(verbs, kinds)| Scope { verbs, kinds })
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0u64..40_000).prop_map(|n| NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(n))
    }

    proptest! {
        #[test]
        fn a_scope_is_read_as_it_was_written(scope in scopes()) {
            prop_assert_eq!(Scope::read(&scope.verbs(), &scope.kinds()), scope);
        }

        #[test]
        fn nothing_is_given_that_is_not_said(
            scope in scopes(), verb in select(MandateVerb::ALL), kind in select(MandateKind::ALL),
            mode in select(MandateMode::ALL),
        ) {
            let said = says(&scope, mode, verb, kind);
            prop_assert_eq!(said == Says::Nothing, !(scope.verbs.contains(&verb) && scope.kinds.contains(&kind)));
            // Who assists books nothing alone.
            prop_assert!(!(mode == MandateMode::Assist && verb == MandateVerb::Book && said == Says::Yes));
        }

        #[test]
        fn no_mandate_lasts_longer_than_it_may(
            basis in select(MandateBasis::ALL), from in days(), until in proptest::option::of(days()), today in days(),
        ) {
            if term(basis, from, until, today).is_ok() {
                prop_assert!(until.is_none_or(|until| until >= from && until >= today));
                if !basis.is_by_court() {
                    prop_assert!(from >= today);
                    prop_assert!(until.unwrap() <= from + LONGEST);
                }
            }
        }

        #[test]
        fn who_comes_of_age_is_found_on_that_day_and_no_other(born in days(), n in 0u64..9_000) {
            let day = born + Days::new(n);
            let is_day = comes_of_age(Some(born), day);
            prop_assert_eq!(is_day, born_of_age(day).any(|b| b == born) && comes_of_age(Some(born), day));
            if is_day {
                prop_assert!(born_of_age(day).any(|b| b == born));
                prop_assert!(!comes_of_age(Some(born), day + Days::new(1)));
            }
        }
    }

    #[test]
    fn what_is_over_is_said_to_be_over_before_it_is_written_down() {
        let zone = chrono_tz::Europe::Brussels;
        let at = |day, hour| {
            instant(zone, NaiveDate::from_ymd_opt(2027, 3, day).unwrap(), NaiveTime::MIN)
                + chrono::Duration::hours(hour)
        };
        let mandate = |state, until: Option<u32>| Mandate {
            state,
            until_on: until.map(|day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap()),
            asked_at: at(1, 0),
            ..Mandate::given(3)
        };
        let said = |mandate: Mandate| (mandate.state, mandate.ended_at, mandate.ended_why);
        for state in [MandateState::Active, MandateState::Asked, MandateState::Proposed] {
            let (holds, court) = (mandate(state, Some(5)), mandate(state, None));
            assert_eq!(said(as_it_stands(holds.clone(), true, zone, at(5, 23))), (state, None, None));
            let past = (MandateState::Ended, Some(at(6, 0)), Some(MandateEnd::Date));
            assert_eq!(said(as_it_stands(holds.clone(), true, zone, at(6, 0))), past);
            assert_eq!(said(as_it_stands(holds.clone(), false, zone, at(8, 3))), past, "it was over before");
            let gone = (MandateState::Ended, Some(at(4, 1)), Some(MandateEnd::Gone));
            assert_eq!(said(as_it_stands(holds, false, zone, at(4, 1))), gone);
            assert_eq!(said(as_it_stands(court.clone(), true, zone, at(9, 0))), (state, None, None));
            assert_eq!(said(as_it_stands(court, false, zone, at(4, 1))), gone);
        }
        // Two weeks after it was asked, what nobody answered; what holds goes on.
        let late = (MandateState::Ended, Some(at(15, 0)), Some(MandateEnd::Date));
        assert_eq!(said(as_it_stands(mandate(MandateState::Asked, None), true, zone, at(15, 0))), late);
        let active = (MandateState::Active, None, None);
        assert_eq!(said(as_it_stands(mandate(MandateState::Active, None), true, zone, at(15, 0))), active);
        // What was written down stands.
        let refused = Mandate { ended_at: Some(at(2, 0)), ..mandate(MandateState::Refused, Some(5)) };
        assert_eq!(said(as_it_stands(refused, false, zone, at(9, 0))), (MandateState::Refused, Some(at(2, 0)), None));
    }

    #[test]
    fn a_word_that_is_not_known_gives_nothing() {
        assert!(Scope::read("see,rule", "").is_empty());
        assert_eq!(Scope::read("see,rule", "visits").verbs(), "see");
    }

    #[test]
    fn only_whom_a_court_appointed_to_assist_co_signs() {
        let scope = Scope::new([MandateVerb::Book], [MandateKind::Visits]);
        assert!(co_signs(MandateBasis::CourtPerson, MandateMode::Assist, &scope));
        assert!(!co_signs(MandateBasis::CourtPerson, MandateMode::Represent, &scope));
        assert!(!co_signs(MandateBasis::Given, MandateMode::Assist, &scope));
        let other = Scope::new([MandateVerb::Book], [MandateKind::Cases]);
        assert!(!co_signs(MandateBasis::CourtGoods, MandateMode::Assist, &other));
    }

    #[test]
    fn a_parent_reads_no_messages_of_a_child() {
        assert!(of_parent().has(MandateVerb::See, MandateKind::Documents));
        assert!(of_parent().has(MandateVerb::Book, MandateKind::Visits));
        assert!(!of_parent().has(MandateVerb::See, MandateKind::Messages));
    }

    #[test]
    fn a_circle_is_refused_where_a_court_decided() {
        assert!(!is_circle(MandateBasis::Given, []));
        assert!(!is_circle(MandateBasis::Given, [MandateBasis::Given]), "two who help each other");
        assert!(is_circle(MandateBasis::Given, [MandateBasis::CourtGoods]));
        assert!(is_circle(MandateBasis::CourtPerson, [MandateBasis::Given]));
    }

    #[test]
    fn a_mandate_for_one_day_is_of_today() {
        let (today, next) =
            (NaiveDate::from_ymd_opt(2027, 3, 1).unwrap(), NaiveDate::from_ymd_opt(2027, 3, 2).unwrap());
        let once = MandateBasis::CounterOnce;
        assert_eq!(term(once, today, Some(today), today), Ok(()));
        assert_eq!(term(once, today, Some(next), today), Err(TermFault::NotToday));
        assert_eq!(term(MandateBasis::Given, today, None, today), Err(TermFault::Endless));
        assert_eq!(term(MandateBasis::CourtGoods, today, None, next), Ok(()));
    }
}
