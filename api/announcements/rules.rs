//! What may become of an announcement, and the geometry of an area: pure.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::words;

/// Topics that a citizen may follow or not.
pub const TOPICS: &[&str] = &["works", "waste", "traffic", "culture", "youth", "sport", "other"];

words! {
    /// Where an announcement stands.
    State {
        /// It is being written.
        Draft = "draft",
        /// It waits for a colleague's approval.
        Submitted = "submitted",
        /// It waits for its time.
        Approved = "approved",
        /// It is going out.
        Sending = "sending",
        /// It went out.
        Sent = "sent",
        /// It was called off before it went out.
        Cancelled = "cancelled",
        /// It is being taken back.
        Withdrawing = "withdrawing",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// What the name of a template is compared by: two are the same in capitals or not.
pub fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// What somebody does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Writes it, or writes it anew.
    Edit,
    /// Asks for approval.
    Submit,
    /// Approves it.
    Approve,
    /// Calls it off.
    Cancel,
    /// Takes it back.
    Withdraw,
}

/// Where it stands after a move; none where that cannot be. What is edited after its approval needs another: what was
/// approved is what goes out.
pub fn after(state: State, step: Move) -> Option<State> {
    use State::{Approved, Cancelled, Draft, Sending, Sent, Submitted, Withdrawing};
    match (step, state) {
        (Move::Edit, Draft | Submitted | Approved) => Some(Draft),
        (Move::Submit, Draft) => Some(Submitted),
        (Move::Approve, Submitted) => Some(Approved),
        (Move::Cancel, Draft | Submitted | Approved) => Some(Cancelled),
        (Move::Withdraw, Sending | Sent) => Some(Withdrawing),
        _ => None,
    }
}

/// The field that says that an event is over when it is told at an instant, so that nobody can come any more; none where it is not over.
/// Without an end it may go on for a day.
pub fn over(
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    told_at: DateTime<Utc>,
) -> Option<&'static str> {
    match (begins_at, ends_at) {
        (_, Some(end)) => (end <= told_at).then_some("ends_at"),
        (Some(begin), None) => (begin + Duration::days(1) <= told_at).then_some("begins_at"),
        (None, None) => None,
    }
}

/// Whether the edges of an area cross each other: such an area has no inside that people agree on. A corner that lies on
/// another edge crosses as well.
pub fn crosses_itself(corners: &[(f64, f64)]) -> bool {
    let n = corners.len();
    let edge = |i: usize| (corners[i], corners[(i + 1) % n]);
    (0..n).any(|i| {
        (i + 1..n).any(|j| {
            let neighbours = j == i + 1 || (i == 0 && j == n - 1);
            !neighbours && meet(edge(i), edge(j))
        })
    })
}

/// Whether two corners that follow each other lie at the same place.
pub fn repeats_a_corner(corners: &[(f64, f64)]) -> bool {
    corners.iter().zip(corners.iter().cycle().skip(1)).any(|(a, b)| a == b)
}

/// The smallest area, in square degrees: less than a square metre here.
const SMALLEST: f64 = 1e-10;

/// Whether an area whose edges do not cross has nothing inside, as where all its corners lie in one line.
pub fn is_flat(corners: &[(f64, f64)]) -> bool {
    let Some(&(x, y)) = corners.first() else { return true };
    // From its first corner, so that nothing of a small area is lost.
    let at = |i: usize| (corners[i % corners.len()].0 - x, corners[i % corners.len()].1 - y);
    let twice: f64 = (0..corners.len()).map(|i| at(i).0 * at(i + 1).1 - at(i + 1).0 * at(i).1).sum();
    twice.abs() < 2.0 * SMALLEST
}

type Point = (f64, f64);

/// On which side of the line from `a` to `b` a point lies.
fn side(a: Point, b: Point, p: Point) -> f64 {
    (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0)
}

fn meet((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let (s1, s2, s3, s4) = (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b));
    let on = |p: Point, q: Point, r: Point| {
        r.0 >= p.0.min(q.0) && r.0 <= p.0.max(q.0) && r.1 >= p.1.min(q.1) && r.1 <= p.1.max(q.1)
    };
    (s1 * s2 < 0.0 && s3 * s4 < 0.0)
        || (s1 == 0.0 && on(a, b, c))
        || (s2 == 0.0 && on(a, b, d))
        || (s3 == 0.0 && on(c, d, a))
        || (s4 == 0.0 && on(c, d, b))
}

/// An instant on the town's clocks; none in the hour that does not exist. Of the hour that is twice, the first.
pub fn on_the_clock(zone: Tz, at: NaiveDateTime) -> Option<DateTime<Utc>> {
    at.and_local_timezone(zone).earliest().map(|t| t.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_that_crosses_itself_is_known() {
        let square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)];
        assert!(!crosses_itself(&square));
        let bow = [square[0], square[2], square[1], square[3]];
        assert!(crosses_itself(&bow));
        assert!(!crosses_itself(&square[..3]));
        // An L is no knot; a corner on another edge is.
        let l = [(0.0, 0.0), (0.0, 2.0), (1.0, 2.0), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0)];
        assert!(!crosses_itself(&l));
        let touching = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (0.0, 1.0), (2.0, 0.0)];
        assert!(crosses_itself(&touching));
        assert!(repeats_a_corner(&[(0.0, 0.0), (0.0, 0.0), (1.0, 1.0)]) && repeats_a_corner(&[l[0], l[1], l[0]]));
        assert!(!repeats_a_corner(&l));
    }

    #[test]
    fn an_area_with_nothing_inside_is_known() {
        assert!(is_flat(&[(51.0, 3.5), (51.1, 3.6), (51.2, 3.7)]), "in one line");
        assert!(!is_flat(&[(51.0, 3.5), (51.1, 3.6), (51.2, 3.6)]));
        // A yard of ten metres.
        assert!(!is_flat(&[(51.0, 3.5), (51.000_09, 3.5), (51.000_09, 3.500_14), (51.0, 3.500_14)]));
    }

    #[test]
    fn what_was_approved_is_what_goes_out() {
        assert_eq!(after(State::Approved, Move::Edit), Some(State::Draft));
        assert_eq!(after(State::Draft, Move::Approve), None);
        for state in State::ALL.iter().copied() {
            assert_eq!(State::parse(state.as_str()), Some(state));
            let over = matches!(state, State::Cancelled | State::Withdrawing | State::Withdrawn);
            if over {
                for step in [Move::Edit, Move::Submit, Move::Approve, Move::Cancel, Move::Withdraw] {
                    assert_eq!(after(state, step), None, "{state:?} {step:?}");
                }
            }
        }
    }
}
