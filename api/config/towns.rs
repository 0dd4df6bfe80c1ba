//! The municipalities served.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{defaults, secret::Secret};
use crate::platform::{access::Level, language::Language};

/// A municipality served by this installation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Its NIS code; names and postcodes follow from it.
    pub nis_code: String,
    /// The day from which that code counts, for a town born of a merger.
    #[serde(default)]
    pub nis_valid_from: Option<NaiveDate>,
    /// Names that differ from Statbel's, by language.
    #[serde(default)]
    pub names: BTreeMap<Language, String>,
    /// The languages of the town, its first first.
    #[serde(default = "defaults::dutch")]
    pub languages: Vec<Language>,
    /// The zone of its clocks.
    #[serde(default = "defaults::brussels")]
    pub time_zone: String,
    /// Weekdays on which the town hall never opens.
    #[serde(default = "defaults::weekend")]
    pub closed_weekdays: Vec<chrono::Weekday>,
    /// Its own closing days: `MM-DD` for every year, `YYYY-MM-DD` for once. Legal holidays are known.
    #[serde(default)]
    pub closing_days: Vec<String>,
    /// The names of its citizens' identity providers above; the first is the one an app gets that names none.
    pub identity_providers: Vec<String>,
    /// How sure a provider must be of a citizen before anything is shown.
    #[serde(default = "defaults::substantial")]
    pub least_level: Level,
    /// How sure it must be for what is most private: documents, and who looked at them.
    #[serde(default = "defaults::substantial")]
    pub private_level: Level,
    /// The name of the identity provider of its staff above.
    #[serde(default)]
    pub staff_identity_provider: Option<String>,
    /// What the staff's provider calls the town in `Role:Organisation`: its KBO number, as a rule.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// Whether a member of staff may approve an announcement that they wrote: for a town with few hands. Never an emergency.
    #[serde(default)]
    pub approve_own: bool,
    /// Where its map begins: latitude and longitude.
    #[serde(default)]
    pub centre: Option<(f64, f64)>,
    /// The name of its app above.
    pub app: String,
    /// How citizens reach the town hall.
    pub contact: Contact,
    /// The keys under which national numbers are hashed, newest last. Empty: one is made in the data folder.
    #[serde(default)]
    pub number_keys: Vec<NumberKey>,
    /// What differs from the default reminder policy, by kind of document.
    #[serde(default)]
    pub reminders: BTreeMap<String, ReminderOverride>,
    /// The plans that differ from those of `reach`.
    #[serde(default)]
    pub reach: BTreeMap<String, ReachPlan>,
    /// Letters on paper.
    #[serde(default)]
    pub letters: Letters,
}

/// Letters on paper.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Letters {
    /// Whether the town writes letters.
    pub enabled: bool,
    /// Where the window of the town's envelopes is.
    pub window: Window,
    /// Who sends them: the name, and below it the address, in lines. Empty for the town's name.
    pub sender: Vec<String>,
    /// Who signs them, in lines.
    pub signature: Vec<String>,
    /// The town's logo, PNG or JPEG.
    pub logo: Option<PathBuf>,
    /// The colour of the sender's name, as `#005a9c`.
    pub colour: String,
    /// The hour, on the town's clock, at which the batch of a working day is made; none where staff make each.
    pub batch_hour: Option<u32>,
    /// Whether the import keeps the register's own key of a person, and the list of a batch has it.
    pub register_key: bool,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            enabled: false,
            window: Window::Right,
            sender: Vec::new(),
            signature: Vec::new(),
            logo: None,
            colour: "#000000".to_owned(),
            batch_hour: None,
            register_key: false,
        }
    }
}

/// Where the window of an envelope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// At the left.
    Left,
    /// At the right, as most are in Belgium.
    Right,
}

/// After how many days that a message is open each step is taken; -1 for never. What is absent is as it was, and never where nothing was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReachPlan {
    /// An e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<i64>,
    /// A letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<i64>,
    /// A call by staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<i64>,
}

impl ReachPlan {
    /// This plan, with what another says in its place.
    pub fn or_as(self, other: Self) -> Self {
        Self { mail: other.mail.or(self.mail), letter: other.letter.or(self.letter), call: other.call.or(self.call) }
    }
}

/// How citizens reach the town hall.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The telephone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
    /// The web page where an appointment is made, until ours does it.
    pub web: Url,
}

/// A key for hashing national numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKey {
    /// Its version, counted up at each rotation.
    pub version: i64,
    /// At least 32 characters that nobody can guess.
    pub key: Secret,
}

/// What a municipality changes in the reminder policy of a kind of document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderOverride {
    /// False: say nothing about this kind.
    pub enabled: Option<bool>,
    /// Days before expiry on which to speak; negative is after.
    pub stages: Option<Vec<i64>>,
    /// Days before expiry from which a citizen may apply.
    pub opens_days: Option<i64>,
    /// The hour of sending, from 9 to 18.
    pub hour: Option<u32>,
}
