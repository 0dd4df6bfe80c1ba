//! Why a file is refused as a whole.

use crate::config;

/// How a refusal ends.
const LEFT_ALONE: &str = "nothing of this file was taken";

/// As many strangers as a small file may bring, whatever their share: some days' births and arrivals.
const FEW_STRANGERS: u64 = 20;

/// The share of its register that a town sees arrive in a month or two; more at once is another town, or a first import.
const STRANGERS_OF_TOWN: f64 = 0.01;

/// As many as may leave by what a file says, however small the town: a household that moves.
const FEW_GONE: u64 = 5;

/// What a file would do to a town, calculated before it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Whether the file says that it holds everything.
    pub snapshot: bool,
    /// What was active before.
    pub active: u64,
    /// How much of that the file does not hold.
    pub missing: u64,
    /// How much of that is over by what the file says of it, now or on a day to come.
    pub gone: u64,
    /// How many documents would end on another day than is known, or have another of their kind beside them.
    pub moved: u64,
    /// Rows whose own nobody knows.
    pub unreadable: u64,
    /// Rows that say of whom they are.
    pub read: u64,
    /// Of these, those of somebody whom the town did not know; none counted where it has no register yet.
    pub strangers: u64,
    /// Of these, those that give somebody another number.
    pub renumbered: u64,
}

/// Why a file is refused as a whole, if it is: half a file must not empty a town, nor another town's fill it. Nothing of it
/// was written yet. What cannot be read may be anybody's, so it counts as if it were missing.
pub fn refusal(of: &Forecast, bounds: &config::Import, what: &str) -> Option<String> {
    let Forecast { snapshot, active, gone, moved, unreadable, read, strangers, renumbered, .. } = *of;
    let most = bounds.snapshot_retires_at_most;
    if snapshot && active > 0 && read == 0 {
        return Some(format!(
            "this snapshot holds no row that can be read, and the town has {active} {what}; {LEFT_ALONE}"
        ));
    }
    // What a file is silent about is missing only where it says that it is whole.
    let (file, missing) = if snapshot { ("snapshot", of.missing) } else { ("file", 0) };
    let bound = most * active as f64;
    let leaving = missing + gone;
    if missing as f64 > bound || (leaving as f64 > bound && leaving > FEW_GONE) {
        let how = match gone {
            0 => String::new(),
            _ => {
                format!(" ({missing} are not in it, {gone} are over by what it says of them, now or on a day to come)")
            }
        };
        return Some(format!(
            "this {file} would retire {leaving} of {active} {what}{how}, more than the share of {most} that \
             import.snapshot_retires_at_most allows ({unreadable} rows cannot be read); {LEFT_ALONE}"
        ));
    }
    if moved as f64 > bound && moved > FEW_GONE {
        return Some(format!(
            "this {file} would let {moved} of {active} {what} end on another day, or stand beside another of their kind, more than \
             the share of {most} that import.snapshot_retires_at_most allows: are its dates right? {LEFT_ALONE}"
        ));
    }
    if snapshot && active > 0 && unreadable as f64 > bound {
        return Some(format!(
            "{unreadable} rows of this snapshot cannot be read, and any of the {active} {what} may be among them: more than \
             the share of {most} that import.snapshot_retires_at_most allows; {LEFT_ALONE}"
        ));
    }
    let few = FEW_STRANGERS.max((active as f64 * STRANGERS_OF_TOWN) as u64);
    let share = bounds.strangers_at_most;
    let too_many = |count: u64| count > few && count as f64 > share * read as f64;
    if too_many(strangers) {
        return Some(format!(
            "{strangers} of the {read} {what} in this file are not known here, more than the share of {share} that \
             import.strangers_at_most allows: is it another town's? {LEFT_ALONE}"
        ));
    }
    if too_many(strangers + renumbered) {
        return Some(format!(
            "{renumbered} of the {read} {what} in this file get another number, and {strangers} are not known here: more than \
             the share of {share} that import.strangers_at_most allows; {LEFT_ALONE}"
        ));
    }
    None
}
