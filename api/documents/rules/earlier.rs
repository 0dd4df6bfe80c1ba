//! How much earlier than usual a reminder comes, where the counter is crowded or many documents end together.

/// Days that a new one takes to be made, at the most, as towns tell on their pages.
fn issue_days(class: &str) -> i64 {
    match class {
        "passport" => 9,
        "driving" => 7,
        "parking" => 30,
        _ => 21,
    }
}

/// Days that should be left when a new one is there.
const MARGIN_DAYS: i64 = 14;
/// The most days earlier than usual at which the queue has a reminder come.
const MOST_EARLIER: i64 = 90;
/// Days over which a wave of documents that end together is spread.
pub const WAVE_DAYS: i64 = 56;

/// Days before its end at which a document should first be spoken of, as the queue is today: so long until the first free
/// start, until it is made, and a margin. `first` is the day of its usual first stage; without a free start within the
/// horizon, the horizon is what one waits at least.
pub fn lead_days(class: &str, first: i64, wait_days: Option<i64>, horizon_days: i64) -> i64 {
    let lead = wait_days.unwrap_or(horizon_days) + issue_days(class) + MARGIN_DAYS;
    lead.clamp(first, first + MOST_EARLIER)
}

/// How many documents of the days to come should be spoken of today already, so that on no day more are spoken of than a day
/// has room for: what is too much for a day goes to the day before it, and so on back to today. `due[0]` is how many are
/// spoken of today as it is, `due[1]` tomorrow, and so on.
pub fn brought_forward(due: &[i64], a_day: i64) -> i64 {
    let Some((today, later)) = due.split_first() else { return 0 };
    let carried = later.iter().rev().fold(0, |carried, n| (carried + n - a_day).max(0));
    carried.min((a_day - today).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowded_queue_calls_earlier_and_a_wave_is_spread() {
        // Three weeks to make it and two of margin: a wait of forty days stays within the usual ninety.
        assert_eq!(lead_days("eid", 90, Some(40), 60), 90);
        assert_eq!(lead_days("eid", 30, Some(40), 60), 75);
        assert_eq!(lead_days("passport", 30, None, 60), 83, "nothing is free");
        assert_eq!(lead_days("eid", 7, Some(400), 400), 97, "not for ever earlier");
        assert_eq!(brought_forward(&[], 10), 0);
        assert_eq!(brought_forward(&[2, 3, 4], 10), 0);
        // Fifty together in five days: ten on each of the days before, and none today …
        assert_eq!(brought_forward(&[0, 0, 0, 0, 0, 50], 10), 0);
        // … a day later ten.
        assert_eq!(brought_forward(&[0, 0, 0, 0, 50], 10), 10);
        assert_eq!(brought_forward(&[7, 0, 0, 0, 50], 10), 3, "as far as today has room");
        assert_eq!(brought_forward(&[0, 5], 0), 0);
    }
}
