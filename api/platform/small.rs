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

/// A table of numbers, as far as they may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The whole.
    pub whole: Option<i64>,
    /// What each row makes together.
    pub rows: Vec<Option<i64>>,
    /// What each column makes together: the same in each table of the same whole.
    pub columns: Vec<Option<i64>>,
    /// Each number, a row at a time; none of a row that is not told.
    pub cells: Vec<Vec<Option<i64>>>,
}

/// A row and a place in it.
type Cell = (usize, usize);

/// Which of these to hide next: the smallest that there is; a nought where there is nothing else, but in a column or a row of noughts, where
/// everybody knows it.
fn smallest<'a>(
    of: impl Iterator<Item = &'a Cell>,
    counts: &[Vec<i64>],
    cells: &[Vec<Option<i64>>],
    columns: &[i64],
) -> Option<Cell> {
    let count = |(row, place): &Cell| counts[*row][*place];
    let is_secret = |row: usize, place: usize| columns[place] > 0 && counts[row].iter().any(|n| *n > 0);
    let may_hide = |(row, place): &&Cell| cells[*row][*place].is_some() && is_secret(*row, *place);
    of.filter(may_hide).min_by_key(|cell| (count(cell) == 0, count(cell))).copied()
}

/// Whether a number that is hidden is the same in every table that would be told as this one is. It is another where one may be added to it
/// and taken from the next in its row, added to the next in that one's column, and so on around: to where it began. What is not told as a
/// row is one row here, whose numbers may change places, and so are the columns; from a nought nothing can be taken.
fn is_forced(
    counts: &[Vec<i64>],
    cells: &[Vec<Option<i64>>],
    (rows, columns): (&[Option<i64>], &[Option<i64>]),
    at: Cell,
) -> bool {
    let ends = |(row, place): Cell| {
        let across = if rows[row].is_some() { row } else { rows.len() };
        let down = if columns[place].is_some() { place } else { columns.len() };
        (across, rows.len() + 1 + down)
    };
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); rows.len() + columns.len() + 2];
    for (row, numbers) in counts.iter().enumerate() {
        for (place, n) in numbers.iter().enumerate() {
            if cells[row][place].is_some() || (row, place) == at {
                continue;
            }
            let (across, down) = ends((row, place));
            next[across].push(down);
            if *n > 0 {
                next[down].push(across);
            }
        }
    }
    let leads = |from: usize, to: usize| {
        let mut seen = vec![false; next.len()];
        let mut open = vec![from];
        while let Some(one) = open.pop() {
            if !seen[one] {
                seen[one] = true;
                open.extend(next[one].iter().copied());
            }
        }
        seen[to]
    };
    let (across, down) = ends(at);
    !leads(across, down) && !leads(down, across)
}

/// What may be told of rows of one length, where other tables tell the same whole in other rows: what a column makes together follows from
/// any table that tells all of it, and so counts as told, but where it is so small that no table may.
///
/// Each line, across and down, that is told as a whole has none hidden, or several that are no few together; and no few follow from several
/// lines, added up and taken from each other. What a column makes decides alone which columns are told, so that it is the same in each table.
pub fn table(counts: &[Vec<i64>]) -> Table {
    let places = counts.first().map_or(0, Vec::len);
    let sums: Vec<i64> = counts.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<i64> = (0..places).map(|place| counts.iter().map(|row| row[place]).sum()).collect();
    let whole = suppress_small(sums.iter().sum());
    let (rows, told_columns) =
        if whole.is_some() { (parts(&sums), parts(&columns)) } else { (vec![None; sums.len()], vec![None; places]) };
    let first = |(row, sum): (&Vec<i64>, &Option<i64>)| -> Vec<Option<i64>> {
        row.iter().map(|n| sum.and_then(|_| suppress_small(*n))).collect()
    };
    let mut cells: Vec<Vec<Option<i64>>> = counts.iter().zip(&rows).map(first).collect();
    let across = (0..sums.len()).filter(|row| rows[*row].is_some());
    let across = across.map(|row| (true, (0..places).map(|place| (row, place)).collect::<Vec<Cell>>()));
    let down = (0..places).map(|place| {
        let line = (0..sums.len()).map(|row| (row, place)).collect::<Vec<Cell>>();
        (told_columns[place].is_some(), line)
    });
    let lines: Vec<(bool, Vec<Cell>)> = across.chain(down).collect();
    let all: Vec<Cell> = (0..sums.len()).flat_map(|row| (0..places).map(move |place| (row, place))).collect();
    loop {
        let mut is_settled = true;
        for (is_told, line) in &lines {
            let of = |(row, place): &Cell| counts[*row][*place];
            let hidden: Vec<&Cell> = line.iter().filter(|(row, place)| cells[*row][*place].is_none()).collect();
            let sum: i64 = hidden.iter().copied().map(of).sum();
            let is_safe = match hidden.len() {
                0 => *is_told,
                _ if !is_told => true,
                // Of rows that are not told it may be known that they have none of it.
                _ if sum == 0 => hidden.iter().all(|(row, _)| rows[*row].is_none()),
                n => n > 1 && sum >= FEW,
            };
            if is_safe {
                continue;
            }
            if let Some((row, place)) = smallest(line.iter(), counts, &cells, &columns) {
                cells[row][place] = None;
                is_settled = false;
            }
        }
        // Where each line is safe by itself, several together may not be. Where the whole is not told, nothing is.
        let asked: &[Cell] = if is_settled && whole.is_some() { &all } else { &[] };
        for at in asked {
            let is_of_a_few = cells[at.0][at.1].is_none() && is_small(counts[at.0][at.1]);
            if !is_of_a_few || !is_forced(counts, &cells, (&rows, &told_columns), *at) {
                continue;
            }
            let crossing = all.iter().filter(|cell| cell.0 == at.0 || cell.1 == at.1);
            let next = smallest(crossing, counts, &cells, &columns);
            let next = next.or_else(|| smallest(all.iter(), counts, &cells, &columns));
            if let Some((row, place)) = next {
                cells[row][place] = None;
                is_settled = false;
            }
        }
        if is_settled {
            return Table { whole, rows, columns: told_columns, cells };
        }
    }
}

/// A part of a whole, unless it or the rest is too small to tell.
pub fn part(n: i64, whole: i64) -> Option<i64> {
    suppress_small(n).filter(|_| suppress_small(whole - n).is_some())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

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

    #[test]
    fn two_tables_of_the_same_whole_do_not_tell_together_what_one_does_not() {
        // By plan all of it may be told; by district it would tell that five and ninety-five are what is left of each column.
        let plans = table(&[vec![200, 50], vec![195, 55]]);
        assert_eq!(plans.cells, [[Some(200), Some(50)], [Some(195), Some(55)]]);
        let districts = table(&[vec![300, 100], vec![95, 5]]);
        assert_eq!((districts.whole, districts.rows), (Some(500), vec![Some(400), Some(100)]));
        assert_eq!(districts.cells, [[None, None], [None, None]]);
    }

    #[test]
    fn several_lines_together_do_not_tell_what_each_does_not() {
        // By plan the first column is told, 472, and the last, 13. The first two districts are 428 together: without their 412 and 13 three are left.
        let plan = table(&[vec![472, 9, 8, 13]]);
        assert_eq!(plan.cells, [[Some(472), None, None, Some(13)]]);
        let districts = table(&[vec![34, 3, 0, 13], vec![378, 0, 0, 0], vec![60, 6, 8, 0]]);
        assert_eq!(districts.rows, [Some(50), Some(378), Some(74)]);
        let cells = [[None, None, None, None], [None, Some(0), Some(0), None], [Some(60), None, None, Some(0)]];
        assert_eq!(districts.cells, cells);
    }

    /// A number of one of two tables: the whole, a column, or, of a table, a row or a number in it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Number {
        Whole,
        Column(usize),
        Row(usize, usize),
        Cell(usize, usize, usize),
    }

    /// Two tables: their numbers, those that are told, and the lines, each a whole with what makes it.
    struct Both {
        values: HashMap<Number, i64>,
        told: HashMap<Number, i64>,
        lines: Vec<(Number, Vec<Number>)>,
    }

    fn both(tables: [(&[Vec<i64>], &Table); 2], places: usize) -> Both {
        let mut values: HashMap<Number, i64> = HashMap::new();
        let mut known: HashMap<Number, i64> = HashMap::new();
        let mut lines = vec![(Number::Whole, (0..places).map(Number::Column).collect::<Vec<_>>())];
        values.insert(Number::Whole, tables[0].0.iter().flatten().sum());
        known.extend(tables[0].1.whole.map(|whole| (Number::Whole, whole)));
        for (which, (counts, told)) in tables.into_iter().enumerate() {
            lines.push((Number::Whole, (0..counts.len()).map(|row| Number::Row(which, row)).collect()));
            for (at, row) in counts.iter().enumerate() {
                values.insert(Number::Row(which, at), row.iter().sum());
                known.extend(told.rows[at].map(|n| (Number::Row(which, at), n)));
                lines.push((Number::Row(which, at), (0..places).map(|place| Number::Cell(which, at, place)).collect()));
                for (place, n) in row.iter().enumerate() {
                    values.insert(Number::Cell(which, at, place), *n);
                    known.extend(told.cells[at][place].map(|n| (Number::Cell(which, at, place), n)));
                }
            }
            for place in 0..places {
                values.insert(Number::Column(place), counts.iter().map(|row| row[place]).sum());
                let cells = (0..counts.len()).map(|row| Number::Cell(which, row, place)).collect();
                lines.push((Number::Column(place), cells));
            }
        }
        Both { values, told: known, lines }
    }

    /// What somebody knows who adds and subtracts along each line of both tables, until nothing new comes of it; none where a few could be
    /// told apart.
    fn worked_out(Both { values, told, lines }: &Both) -> Option<HashMap<Number, i64>> {
        let mut known = told.clone();
        loop {
            let before = known.len();
            for (whole, line) in lines {
                let unknown: Vec<&Number> = line.iter().filter(|n| !known.contains_key(*n)).collect();
                let sum: i64 = unknown.iter().map(|n| values[*n]).sum();
                if known.contains_key(whole) {
                    if is_small(sum) {
                        return None;
                    }
                    if sum == 0 || unknown.len() == 1 {
                        known.extend(unknown.into_iter().map(|n| (*n, values[n])));
                    }
                } else if unknown.is_empty() {
                    known.insert(*whole, values[whole]);
                }
            }
            if known.len() == before {
                return Some(known).filter(|known| known.values().all(|n| !is_small(*n)));
            }
        }
    }

    fn common(a: i128, b: i128) -> i128 {
        if b == 0 { a } else { common(b, a % b) }
    }

    /// Whether a few follow from the lines as equations, solved: from any number of them, added up and taken from each other. What a column makes
    /// counts as told, where it may be.
    fn few_follow(Both { values, lines, .. }: &Both, mut known: HashMap<Number, i64>, places: usize) -> bool {
        let columns: Vec<i64> = (0..places).map(|place| values[&Number::Column(place)]).collect();
        if known.contains_key(&Number::Whole) {
            let told = parts(&columns).into_iter().enumerate();
            known.extend(told.filter_map(|(place, n)| Some((Number::Column(place), n?))));
        }
        let is_nought = |n: &Number| matches!(n, Number::Cell(_, _, place) if columns[*place] == 0);
        let is_unknown = |n: &Number| !known.contains_key(n) && !is_nought(n);
        let unknown: Vec<Number> = values.keys().copied().filter(is_unknown).collect();
        let equation = |(whole, line): &(Number, Vec<Number>)| -> Vec<i128> {
            unknown.iter().map(|n| i128::from(line.contains(n)) - i128::from(n == whole)).collect()
        };
        let mut equations: Vec<Vec<i128>> = lines.iter().map(equation).collect();
        let mut solved = 0;
        for at in 0..unknown.len() {
            let Some(found) = (solved..equations.len()).find(|n| equations[*n][at] != 0) else { continue };
            equations.swap(solved, found);
            let by = equations[solved].clone();
            for (n, other) in equations.iter_mut().enumerate() {
                let (its, own) = (by[at], other[at]);
                if n == solved || own == 0 {
                    continue;
                }
                for (a, b) in other.iter_mut().zip(&by) {
                    *a = *a * its - *b * own;
                }
                let factor = other.iter().fold(0, |all, a| common(all, a.abs()));
                if factor > 1 {
                    other.iter_mut().for_each(|a| *a /= factor);
                }
            }
            solved += 1;
        }
        equations.iter().any(|equation| {
            let left: Vec<&Number> = equation.iter().zip(&unknown).filter(|(a, _)| **a != 0).map(|(_, n)| n).collect();
            matches!(left[..], [only] if is_small(values[only]))
        })
    }

    proptest! {
        /// The same people by one thing and by another, each told in columns.
        #[test]
        fn nobody_works_out_a_few_from_two_tables(
            people in prop::collection::vec((0usize..3, 0usize..4, 0usize..4, 1i64..60), 1..30),
        ) {
            let mut by = [vec![vec![0; 4]; 3], vec![vec![0; 4]; 4]];
            for (plan, district, place, n) in people {
                by[0][plan][place] += n;
                by[1][district][place] += n;
            }
            for rows in &mut by {
                rows.retain(|row| row.iter().any(|n| *n > 0));
            }
            let told = [table(&by[0]), table(&by[1])];
            for (rows, told) in by.iter().zip(&told) {
                let mut cells = rows.iter().flatten().zip(told.cells.iter().flatten());
                prop_assert!(cells.all(|(n, told)| told.is_none_or(|t| t == *n && !is_small(t))));
            }
            let both = both([(by[0].as_slice(), &told[0]), (by[1].as_slice(), &told[1])], 4);
            let known = worked_out(&both);
            prop_assert!(known.is_some_and(|known| !few_follow(&both, known, 4)), "{by:?} {told:?}");
        }

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
