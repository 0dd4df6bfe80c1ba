//! The kinds of document with the usual days of their reminders, and what a town changes of them.

use std::collections::BTreeMap;

use crate::config::ReminderOverride;

/// The hour of sending, if a town does not choose another.
pub const DEFAULT_HOUR: u32 = 9;
/// Nobody is written to before this hour.
pub const FIRST_HOUR: u32 = 9;
/// Nobody is written to from this hour on.
pub const LAST_HOUR: u32 = 19;

/// A kind of document, with the default of its policy.
pub struct Kind {
    /// Its key in files, configuration and answers.
    pub key: &'static str,
    /// Which texts on renewing it apply.
    pub class: &'static str,
    /// Days before expiry from which one may apply; none: at any time.
    pub opens: Option<i64>,
    /// Days before expiry on which to speak.
    pub stages: &'static [i64],
    /// Days before expiry from which it is late by law.
    pub late_from: Option<i64>,
    /// Told to the parents only, even when the child has the app.
    pub parents_only: bool,
    /// Whether its PIN and PUK come by post, and are needed to collect it.
    pub codes: bool,
    /// Whether the town calls its holder by letter as well (the national instructions on identity cards).
    pub letter: bool,
}

const fn kind(
    key: &'static str,
    class: &'static str,
    opens: Option<i64>,
    stages: &'static [i64],
    late_from: Option<i64>,
) -> Kind {
    Kind { key, class, opens, stages, late_from, parents_only: false, codes: false, letter: false }
}

/// The kinds of document that a register may report.
pub const KINDS: &[Kind] = &[
    Kind { codes: true, letter: true, ..kind("eid", "eid", Some(90), &[90, 30, 7, -1], None) },
    Kind { parents_only: true, ..kind("kids_id", "kids_id", Some(90), &[90, 45, 14], None) },
    // Many countries want six months left, so the first word comes at eight.
    kind("passport", "passport", None, &[240, 90, 30], None),
    // Towns accept a renewal in the last three months only.
    kind("driving_licence", "driving", Some(90), &[90, 30, 7], None),
    // 120: plan the medical examination; apply from 90.
    kind("driving_group2", "driving", Some(90), &[120, 90, 30, 7], None),
    // Renewed early, the new five years begin early.
    kind("driving_code95", "driving", Some(60), &[60, 21, 7], None),
    // To be asked for between day 45 and day 30; 60: collect the papers.
    Kind { codes: true, ..kind("residence_a", "residence", Some(45), &[60, 45, 35, 31, 15], Some(30)) },
    Kind { codes: true, ..kind("residence_permanent", "residence", Some(40), &[45, 40, 31, 7], Some(30)) },
    Kind { codes: true, ..kind("residence_f", "residence", Some(150), &[150, 90, 30], None) },
    kind("disabled_parking", "parking", Some(210), &[210, 180, 60], None),
    kind("resident_parking", "parking", Some(30), &[30, 7], None),
];

/// The ten-year certificates on a card of thirty years (75 and over).
pub const CERTIFICATE: &str = "eid_75_certificate";
/// The signing certificate that a card issued before 18 lacks.
pub const SIGNING: &str = "eid_sign_cert_18";
/// A document that lies ready.
pub const READY: &str = "pickup_ready";
const CERTIFICATE_STAGES: &[i64] = &[60, 14];
const SIGNING_STAGES: &[i64] = &[0, -30];
const READY_STAGES: &[i64] = &[0, -14, -60];

/// Whether what a town changes of reminders is of kinds that there are, and at an hour at which people are reminded: a slip of the
/// finger would change nothing, and nobody would know.
///
/// # Errors
/// What is not.
pub fn check(town: &str, reminders: &BTreeMap<String, ReminderOverride>) -> anyhow::Result<()> {
    for (key, changes) in reminders {
        let at = format!("municipalities.{town}.reminders.{key}");
        let mut known = KINDS.iter().map(|kind| kind.key).chain([CERTIFICATE, SIGNING, READY]);
        anyhow::ensure!(
            known.any(|one| one == key),
            "{at} is of no kind that there is: {}, {CERTIFICATE}, {SIGNING}, {READY}",
            KINDS.iter().map(|kind| kind.key).collect::<Vec<_>>().join(", ")
        );
        let hour = changes.hour.unwrap_or(DEFAULT_HOUR);
        anyhow::ensure!(
            (FIRST_HOUR..LAST_HOUR).contains(&hour),
            "{at}.hour must lie between {FIRST_HOUR} and {}, and is {hour}",
            LAST_HOUR - 1
        );
    }
    Ok(())
}

/// The kind with this key.
pub fn kind_of(key: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.key == key)
}

/// What a municipality says about a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Days before the anchor, the earliest first.
    pub stages: Vec<i64>,
    /// Days before the anchor from which one may apply.
    pub opens: Option<i64>,
    /// The hour of sending.
    pub hour: u32,
    /// Days before the anchor from which it is late by law.
    pub late_from: Option<i64>,
}

/// The policy of a series in a municipality; none where it is switched off.
pub fn policy(series: &str, changes: Option<&ReminderOverride>) -> Option<Policy> {
    let (stages, opens, late_from) = match series {
        CERTIFICATE => (CERTIFICATE_STAGES, Some(60), None),
        SIGNING => (SIGNING_STAGES, None, None),
        READY => (READY_STAGES, None, None),
        key => kind_of(key).map(|k| (k.stages, k.opens, k.late_from))?,
    };
    let none = ReminderOverride::default();
    let changes = changes.unwrap_or(&none);
    if changes.enabled == Some(false) {
        return None;
    }
    let mut stages = changes.stages.clone().unwrap_or_else(|| stages.to_vec());
    stages.sort_unstable_by(|a, b| b.cmp(a));
    stages.dedup();
    let hour = changes.hour.unwrap_or(DEFAULT_HOUR).clamp(FIRST_HOUR, LAST_HOUR - 1);
    Some(Policy { stages, opens: changes.opens_days.or(opens), hour, late_from })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_in_what_a_town_changes_is_said() {
        let all = |key: &str, hour| {
            let changes = ReminderOverride { hour, ..ReminderOverride::default() };
            check("deinze", &BTreeMap::from([(key.to_owned(), changes)])).map_err(|error| error.to_string())
        };
        assert!(all("pasport", None).unwrap_err().contains("municipalities.deinze.reminders.pasport"));
        assert!(all("passport", Some(3)).unwrap_err().contains("hour"));
        for key in ["passport", CERTIFICATE, SIGNING, READY] {
            assert_eq!(all(key, Some(10)), Ok(()));
        }
    }

    #[test]
    fn a_municipality_changes_or_silences_a_kind() {
        let changed = ReminderOverride { stages: Some(vec![10, 60, 10]), hour: Some(3), ..Default::default() };
        let p = policy("passport", Some(&changed)).unwrap();
        assert_eq!((p.stages, p.hour), (vec![60, 10], 9));
        assert!(policy("passport", Some(&ReminderOverride { enabled: Some(false), ..Default::default() })).is_none());
    }
}
