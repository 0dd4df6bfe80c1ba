//! What became of a month's messages, in numbers of which none tells of a few people and none leads to such a number.
//!
//! Each message that is followed is counted once, in the month in which it began: how it ended, or that it is under way. Together that is all of
//! them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Months, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{model::Outcome, store};
use crate::{
    municipalities::Municipality,
    platform::{
        App,
        problem::{Code, Failure},
        small::{self, Table},
        time::instant,
    },
    words,
};

words! {
    /// By what a month's messages are told apart.
    CoverageBy {
        /// By plan: which kind of message.
        Plan = "plan",
        /// By district: the postcode at which somebody lived when they were told.
        District = "district",
    }
}

/// Some of a month's messages. None: fewer than ten, or what such a number could be calculated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which: a plan, or a postcode; empty where no postcode is known.
    pub name: String,
    /// How many.
    pub all: Option<i64>,
    /// How many ended so, for each way to end, in their order.
    pub ended: Vec<Option<i64>>,
    /// How many are under way.
    pub under_way: Option<i64>,
}

/// A month's messages, by how they ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The first day of the month.
    pub from: NaiveDate,
    /// All of them; none where they are fewer than ten.
    pub all: Option<i64>,
    /// Those of each plan or district.
    pub rows: Vec<Row>,
}

/// The month that a day lies in, on the town's clocks.
fn month(zone: Tz, day: NaiveDate) -> Option<(NaiveDate, DateTime<Utc>, DateTime<Utc>)> {
    let first = day.with_day(1)?;
    let next = first.checked_add_months(Months::new(1))?;
    Some((first, instant(zone, first, NaiveTime::MIN), instant(zone, next, NaiveTime::MIN)))
}

/// What may be told of these numbers: the whole, the parts of the whole, and of each part that is told its own parts. Whoever asks by plan and by
/// district adds up the columns of the one and takes from them what the other tells.
fn told(counted: Vec<store::Counted>) -> (Option<i64>, Vec<Row>) {
    // The last place is what is under way.
    let places = Outcome::ALL.len() + 1;
    let mut all: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (name, outcome, n) in counted {
        let cells = all.entry(name).or_insert_with(|| vec![0; places]);
        let place = outcome.and_then(|o| Outcome::ALL.iter().position(|known| *known == o)).unwrap_or(places - 1);
        cells[place] += n;
    }
    let (names, counts): (Vec<String>, Vec<Vec<i64>>) = all.into_iter().unzip();
    let Table { whole, rows, cells, .. } = small::table(&counts);
    let row = |((name, sum), mut ended): ((String, Option<i64>), Vec<Option<i64>>)| {
        let under_way = ended.pop().flatten();
        Row { name, all: sum, ended, under_way }
    };
    (whole, names.into_iter().zip(rows).zip(cells).map(row).collect())
}

/// A month's messages, by how they ended.
///
/// # Errors
/// `parameter_invalid` for a month that never was.
pub async fn of_month(app: &App, town: &Municipality, day: NaiveDate, by: CoverageBy) -> Result<Coverage, Failure> {
    let (first, from, until) = month(town.zone, day)
        .ok_or_else(|| Failure::field(Code::ParameterInvalid, "month", "is no month of these centuries"))?;
    let mut r = app.db.read().await?;
    let counted = store::counted(&mut r, town.id, (from, until), by == CoverageBy::Plan).await?;
    let (all, rows) = told(counted);
    Ok(Coverage { from: first, all, rows })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::platform::small::{FEW, suppress_small};

    #[test]
    fn a_row_of_a_few_is_told_with_none_of_its_numbers() {
        let count = |name: &str, outcome, n| (name.to_owned(), outcome, n);
        let (all, rows) = told(vec![
            count("closing", Some(Outcome::Read), 4),
            count("reminder", Some(Outcome::Read), 40),
            count("reminder", None, 20),
            count("reminder_late", Some(Outcome::Read), 30),
        ]);
        assert_eq!(all, Some(94));
        let sums: Vec<_> = rows.iter().map(|row| row.all).collect();
        // Four, and the next smallest, from which four would follow.
        assert_eq!(sums, [None, Some(60), None]);
        assert!(rows[0].ended.iter().chain(&rows[2].ended).all(Option::is_none));
        assert_eq!((rows[1].ended[0], rows[1].under_way), (Some(40), Some(20)));
    }

    #[test]
    fn both_breakdowns_together_tell_of_no_few() {
        let read = |name: &str, n| (name.to_owned(), Some(Outcome::Read), n);
        let open = |name: &str, n| (name.to_owned(), None, n);
        let of = |row: &Row| (row.all, row.ended[0], row.under_way);
        let (_, plans) = told(vec![
            read("reminder", 200),
            open("reminder", 50),
            read("visit_changed", 195),
            open("visit_changed", 55),
        ]);
        let told_plans = [(Some(250), Some(200), Some(50)), (Some(250), Some(195), Some(55))];
        assert_eq!(plans.iter().map(of).collect::<Vec<_>>(), told_plans);
        // Read were 395: with 300 of one district, the other's 95 and 5 would follow.
        let (_, districts) = told(vec![read("9800", 300), open("9800", 100), read("9810", 95), open("9810", 5)]);
        assert_eq!(districts.iter().map(of).collect::<Vec<_>>(), [(Some(400), None, None), (Some(100), None, None)]);
    }

    proptest! {
        #[test]
        fn it_adds_up_or_leaves_out_what_nobody_can_work_out(
            numbers in prop::collection::vec((0usize..4, prop::option::of(0usize..Outcome::ALL.len()), 1i64..40), 0..24),
        ) {
            let names = ["9800", "9810", "9820", ""];
            let counted: Vec<_> = numbers.iter()
                .map(|(name, outcome, n)| (names[*name].to_owned(), outcome.map(|o| Outcome::ALL[o]), *n)).collect();
            let whole: i64 = numbers.iter().map(|(.., n)| n).sum();
            let (all, rows) = told(counted);
            prop_assert_eq!(all, suppress_small(whole));
            let cells = |row: &Row| row.ended.iter().copied().chain([row.under_way]).collect::<Vec<_>>();
            for row in &rows {
                prop_assert!(row.all.is_some() || cells(row).iter().all(Option::is_none));
                prop_assert!(row.all.into_iter().chain(cells(row).into_iter().flatten()).all(|n| n == 0 || n >= FEW));
                if let Some(sum) = row.all {
                    let left = sum - cells(row).iter().flatten().sum::<i64>();
                    let hidden = cells(row).iter().filter(|n| n.is_none()).count();
                    // All of it is told, or what is left is of several and not a few.
                    let is_safe = if hidden == 0 { left == 0 } else { hidden > 1 && left >= FEW || left == sum };
                    prop_assert!(is_safe);
                }
            }
            let hidden = rows.iter().filter(|row| row.all.is_none()).count();
            let left = whole - rows.iter().filter_map(|row| row.all).sum::<i64>();
            let is_safe = if hidden == 0 { left == 0 } else { all.is_none() || hidden > 1 && left >= FEW || left == whole };
            prop_assert!(is_safe);
        }
    }
}
