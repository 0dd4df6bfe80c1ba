//! Which numbers of people may be shown: none that would tell of a few who they are, and none from which such a number could be
//! calculated. Pure.

/// A number of people below this is not told: it would tell who they are.
pub const FEW: i64 = 10;

/// Whether a number would tell who. That nobody is meant tells of nobody.
fn is_small(n: i64) -> bool {
    (1..FEW).contains(&n)
}

/// A number of people, unless it is so small that it would tell who.
pub fn suppress_small(n: i64) -> Option<i64> {
    (!is_small(n)).then_some(n)
}

/// The parts of a whole that is told elsewhere, without those that are too small to tell; and where what is left of the whole would
/// tell them, without the next smallest part as well.
pub fn parts(all: &[i64]) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> = all.iter().copied().map(suppress_small).collect();
    loop {
        let hidden: Vec<i64> = all.iter().zip(&shown).filter(|(_, s)| s.is_none()).map(|(n, _)| *n).collect();
        if hidden.is_empty() || (hidden.len() > 1 && !is_small(hidden.iter().sum())) {
            return shown;
        }
        let next = (0..all.len()).filter(|n| shown[*n].is_some() && all[*n] > 0).min_by_key(|n| all[*n]);
        match next {
            Some(n) => shown[n] = None,
            // The whole is as small, and not told either.
            None => return shown,
        }
    }
}

/// A part of a whole, unless it or the rest is too small to tell.
pub fn part(n: i64, whole: i64) -> Option<i64> {
    suppress_small(n).filter(|_| suppress_small(whole - n).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_tell_of_a_few_is_hidden_with_what_it_could_be_calculated_from() {
        assert_eq!(parts(&[3, 272]), [None, None]);
        assert_eq!(parts(&[3, 0, 272]), [None, Some(0), None]);
        assert_eq!(parts(&[40, 60]), [Some(40), Some(60)]);
        // Seven of two parts would still be seven.
        assert_eq!(parts(&[3, 4, 20, 268]), [None, None, None, Some(268)]);
        assert_eq!(parts(&[9, 9, 300]), [None, None, Some(300)]);
        assert_eq!(parts(&[4, 0]), [None, Some(0)]);
        assert_eq!(parts(&[0, 0]), [Some(0), Some(0)]);
        assert_eq!((part(3, 275), part(272, 275), part(275, 275), part(100, 275)), (None, None, Some(275), Some(100)));
    }

    proptest! {
        #[test]
        fn nobody_works_out_a_small_number(all in prop::collection::vec(0i64..40, 1..6)) {
            let shown = parts(&all);
            let whole: i64 = all.iter().sum();
            let left = whole - shown.iter().flatten().sum::<i64>();
            let hidden = shown.iter().filter(|s| s.is_none()).count();
            prop_assert!(shown.iter().flatten().all(|n| *n == 0 || *n >= FEW));
            // What is left of the whole is nothing, or of several, or the whole itself is not told.
            prop_assert!(hidden == 0 || left >= FEW && hidden > 1 || suppress_small(whole).is_none() || left == whole, "{all:?} {shown:?}");
        }
    }
}
