//! The municipalities of this installation: who they are, when they are open, how they are reached.
//!
//! What a town is comes from the configuration; names and postcodes from Statbel's list of the 565 municipalities
//! (`municipalities.csv`, source in SOURCE.md). The database gives each an id of ours, which outlives its NIS code.

pub mod routes;
mod store;
pub mod value;

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, LazyLock},
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rand::TryRngCore as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{
    codes,
    config::{Config, Contact, ReachPlan, ReminderOverride},
    platform::{
        App,
        access::Level,
        db::{Read, private_file, private_folder},
        ids::MunicipalityId,
        language::Language,
        problem::{Refusal as _, Refused},
        time::ClosingDays,
    },
};

pub(crate) use store::{ALL as STATEMENTS, every};

/// A key for hashing national numbers must be this long at least, in characters.
const SHORTEST_NUMBER_KEY: usize = 32;

/// A municipality as everything else sees it.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// Our id.
    pub id: MunicipalityId,
    /// Its key in the configuration.
    pub key: String,
    /// Its NIS code today.
    pub nis_code: String,
    /// Its name, by language.
    pub names: BTreeMap<Language, String>,
    /// Its languages, the first first.
    pub languages: Vec<Language>,
    /// Its postcodes; a postcode may belong to several municipalities.
    pub postcodes: Vec<String>,
    /// The zone of its clocks.
    pub zone: Tz,
    /// The days on which its town hall is shut.
    pub closing: ClosingDays,
    /// How citizens reach it.
    pub contact: Contact,
    /// The names of its citizens' identity providers, the first first.
    pub identity_providers: Vec<String>,
    /// How sure a provider must be of a citizen before anything is shown.
    pub least_level: Level,
    /// How sure it must be for what is most private.
    pub private_level: Level,
    /// The name of its staff's identity provider.
    pub staff_identity_provider: Option<String>,
    /// What the staff's provider calls it.
    pub organisations: Vec<String>,
    /// Whether a member of staff may approve an announcement that they wrote.
    pub approve_own: bool,
    /// Where its map begins: latitude and longitude.
    pub centre: Option<(f64, f64)>,
    /// The name of its app.
    pub app: String,
    /// What it changes in the reminder policy, by kind of document.
    pub reminders: BTreeMap<String, ReminderOverride>,
    /// How a message goes on that is not read, by plan.
    pub reach: BTreeMap<String, ReachPlan>,
    /// Whether it writes letters on paper.
    pub letters: bool,
    /// Whether it keeps what the population register itself calls somebody, for the list of a batch of letters.
    pub register_keys: bool,
    /// The keys for national numbers: version and key, newest last, never empty.
    pub number_keys: Vec<(i64, KeyBytes)>,
}

/// The Flemish municipalities with language facilities for speakers of French, by NIS code: Drogenbos, Kraainem, Linkebeek,
/// Sint-Genesius-Rode, Wemmel, Wezembeek-Oppem; Bever, Herstappe, Mesen, Ronse, Spiere-Helkijn, Voeren.
const FACILITIES: [&str; 12] =
    ["23098", "23099", "23100", "23101", "23102", "23103", "23009", "73028", "33016", "45041", "34043", "73109"];

/// Key material. Never printed.
#[derive(Clone)]
pub struct KeyBytes(pub Vec<u8>);

impl std::fmt::Debug for KeyBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

impl Municipality {
    /// Its name in `language`, or in its own first language.
    pub fn name(&self, language: Language) -> &str {
        self.names
            .get(&language)
            .or_else(|| self.languages.first().and_then(|l| self.names.get(l)))
            .map_or(self.key.as_str(), String::as_str)
    }

    /// The languages in which it must give notices to all who live there, in their order; none where it is free to choose.
    ///
    /// The six municipalities of the periphery (Act on the use of languages in administrative matters, coordinated on 18 July
    /// 1966, article 24) and those of the language border (article 11, § 2) use Dutch and French, Dutch first.
    pub fn notice_languages(&self) -> &'static [Language] {
        if FACILITIES.contains(&self.nis_code.as_str()) { &[Language::Nl, Language::Fr] } else { &[] }
    }

    /// The languages in which it speaks to everybody at once, as on the screen of a hall: those in which it must give notices, and
    /// else its own.
    pub fn public_languages(&self) -> &[Language] {
        let notices = self.notice_languages();
        if notices.is_empty() { &self.languages } else { notices }
    }

    /// Whether it writes letters on paper.
    pub fn letters_on(&self) -> bool {
        self.letters
    }

    /// Whether it keeps what the population register itself calls somebody.
    pub fn keeps_register_keys(&self) -> bool {
        self.register_keys
    }

    /// The language to speak to someone: theirs if they have one, else the town's first.
    pub fn language_for(&self, theirs: Option<Language>) -> Language {
        theirs.or(self.languages.first().copied()).unwrap_or(Language::Nl)
    }
}

/// All municipalities of this installation.
#[derive(Clone, Default)]
pub struct Municipalities(Arc<Inner>);

#[derive(Default)]
struct Inner {
    by_id: HashMap<MunicipalityId, Arc<Municipality>>,
    by_key: BTreeMap<String, Arc<Municipality>>,
}

impl Municipalities {
    /// Reads them from the configuration and gives each its id in the database.
    ///
    /// # Errors
    /// An unknown NIS code, time zone or closing day; a secret that cannot be read.
    pub async fn load(app: &App) -> anyhow::Result<Self> {
        let mut inner = Inner::default();
        let now = app.clock.now();
        for (key, wanted) in &app.config.municipalities {
            let town = register(app, key, wanted, now).await.with_context(|| format!("municipalities.{key}"))?;
            let town = Arc::new(town);
            inner.by_id.insert(town.id, town.clone());
            inner.by_key.insert(key.clone(), town);
        }
        Ok(Self(Arc::new(inner)))
    }

    /// The municipality with this id. Ids come from our own tokens and rows, so a miss is a town that was taken out
    /// of the configuration.
    ///
    /// # Errors
    /// `municipality_unknown`.
    pub fn get(&self, id: MunicipalityId) -> Result<&Arc<Municipality>, Refused<MunicipalityUnknown>> {
        self.0.by_id.get(&id).ok_or_else(MunicipalityUnknown::refused)
    }

    /// The municipality with this key.
    ///
    /// # Errors
    /// `municipality_unknown`.
    pub fn by_key(&self, key: &str) -> Result<&Arc<Municipality>, Refused<MunicipalityUnknown>> {
        self.0.by_key.get(key).ok_or_else(|| MunicipalityUnknown::field("municipality", "not served here"))
    }

    /// All of them, by key.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Municipality>> {
        self.0.by_key.values()
    }
}

#[derive(Deserialize)]
struct Statbel {
    nis_code: String,
    name_nl: String,
    name_fr: String,
    postcodes: String,
}

static STATBEL: LazyLock<HashMap<String, Statbel>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_str!("municipalities.csv").as_bytes())
        .deserialize::<Statbel>()
        .filter_map(Result::ok)
        .map(|row| (row.nis_code.clone(), row))
        .collect()
});

/// What the configuration says of a town, as far as it can be read.
struct Facts {
    known: Option<&'static Statbel>,
    zone: chrono_tz::Tz,
    closing: ClosingDays,
}

fn facts(wanted: &crate::config::Municipality) -> anyhow::Result<Facts> {
    let known = STATBEL.get(&wanted.nis_code);
    anyhow::ensure!(
        known.is_some() || !wanted.names.is_empty(),
        "nis_code {:?} is none of the municipalities of 1 January 2025; give it names if it is newer",
        wanted.nis_code
    );
    let zone = wanted.time_zone.parse().map_err(|_| anyhow::anyhow!("time_zone {:?} is unknown", wanted.time_zone))?;
    Ok(Facts { known, zone, closing: closing_days(wanted)? })
}

/// Whether what a configuration says of its towns can be read. Every command asks before it does anything else.
///
/// # Errors
/// What cannot, and of which town.
pub fn readable(config: &Config) -> anyhow::Result<()> {
    config
        .municipalities
        .iter()
        .try_for_each(|(key, wanted)| facts(wanted).map(|_| ()).with_context(|| format!("municipalities.{key}")))
}

async fn register(
    app: &App,
    key: &str,
    wanted: &crate::config::Municipality,
    now: DateTime<Utc>,
) -> anyhow::Result<Municipality> {
    let Facts { known, zone, closing } = facts(wanted)?;
    let mut names = BTreeMap::new();
    if let Some(known) = known {
        names.insert(Language::Nl, known.name_nl.clone());
        names.insert(Language::Fr, known.name_fr.clone());
    }
    names.extend(wanted.names.clone());
    let (id, number_keys) = {
        let mut w = app.db.write().await?;
        let fresh = MunicipalityId(app.ids.uuid(now));
        let id = store::register(&mut w, key, fresh, now).await?;
        let from = wanted.nis_valid_from.unwrap_or_else(|| now.date_naive());
        store::register_nis(&mut w, id, &wanted.nis_code, from).await?;
        let known = store::number_keys(&mut w, id).await?;
        let anybody = store::anybody(&mut w, id).await?;
        // A key is made once, for a town that has nobody yet.
        let keys = number_keys(&app.config, key, wanted, known.is_empty() && !anybody)?;
        if let Some(why) = misfit(&app.config.data_folder.join("keys"), &keys, &known, anybody) {
            anyhow::bail!(why);
        }
        if let Some(why) = lacking(&mut w, id, &keys, &known).await? {
            anyhow::bail!(why);
        }
        // Under what is configured no more nobody stands: it is not asked for again. A newer one may be another process's.
        let newest = keys.iter().map(|(version, _)| *version).max();
        for (version, _) in known.iter().filter(|(v, _)| Some(*v) < newest && keys.iter().all(|(k, _)| k != v)) {
            store::forget_number_key(&mut w, id, *version).await?;
        }
        for (version, key) in &keys {
            store::note_number_key(&mut w, id, *version, &fingerprint(&key.0), now).await?;
        }
        // Another process may have noted a key of its own at the same moment: whoever comes second reads what the first wrote.
        let noted = store::number_keys(&mut w, id).await?;
        if let Some(why) = misfit(&app.config.data_folder.join("keys"), &keys, &noted, anybody) {
            anyhow::bail!(why);
        }
        w.commit().await?;
        (id, keys)
    };
    Ok(Municipality {
        id,
        key: key.to_owned(),
        nis_code: wanted.nis_code.clone(),
        names,
        languages: wanted.languages.clone(),
        postcodes: known.map(|k| k.postcodes.split(' ').map(str::to_owned).collect()).unwrap_or_default(),
        zone,
        closing,
        contact: wanted.contact.clone(),
        identity_providers: wanted.identity_providers.clone(),
        least_level: wanted.least_level,
        private_level: wanted.private_level,
        staff_identity_provider: wanted.staff_identity_provider.clone(),
        organisations: wanted.organisations.clone(),
        approve_own: wanted.approve_own,
        centre: wanted.centre,
        app: wanted.app.clone(),
        reminders: wanted.reminders.clone(),
        reach: plans(&app.config.reach, &wanted.reach),
        letters: wanted.letters.enabled,
        register_keys: wanted.letters.register_key,
        number_keys,
    })
}

/// The plans of a town: those of the installation, with what it says itself in their place.
fn plans(all: &BTreeMap<String, ReachPlan>, own: &BTreeMap<String, ReachPlan>) -> BTreeMap<String, ReachPlan> {
    let mut plans = all.clone();
    for (name, own) in own {
        let plan = plans.entry(name.clone()).or_default();
        *plan = plan.or_as(*own);
    }
    plans
}

/// Whether the keys of each town fit the database, by the town's key in the configuration. Nothing is written.
///
/// # Errors
/// The database.
pub async fn look_at_keys(app: &App) -> anyhow::Result<Vec<(String, Result<String, String>)>> {
    let mut all = Vec::new();
    let mut r = app.db.read().await?;
    for (key, wanted) in &app.config.municipalities {
        let id = store::find(&mut r, key).await?;
        let (known, anybody) = match id {
            Some(id) => (store::number_keys(&mut r, id).await?, store::anybody(&mut r, id).await?),
            None => (Vec::new(), false),
        };
        let told = match number_keys(&app.config, key, wanted, false) {
            Err(error) => Err(format!("{error:#}")),
            Ok(keys) => match misfit(&app.config.data_folder.join("keys"), &keys, &known, anybody).or(match id {
                Some(id) => lacking(&mut r, id, &keys, &known).await?,
                None => None,
            }) {
                Some(why) => Err(why),
                None if keys.is_empty() => Ok("not made yet: serve makes it".to_owned()),
                None if known.is_empty() => Ok("there; not used yet".to_owned()),
                None => Ok("the one that the register was read with".to_owned()),
            },
        };
        all.push((key.clone(), told));
    }
    Ok(all)
}

fn closing_days(wanted: &crate::config::Municipality) -> anyhow::Result<ClosingDays> {
    let mut closing = ClosingDays { weekdays: wanted.closed_weekdays.clone(), ..ClosingDays::default() };
    for text in &wanted.closing_days {
        if let Ok(day) = text.parse::<NaiveDate>() {
            closing.once.push(day);
            continue;
        }
        let (month, day) = text
            .split_once('-')
            .and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)))
            // A leap year, so that 29 February may be named.
            .filter(|(m, d)| NaiveDate::from_ymd_opt(2028, *m, *d).is_some())
            .with_context(|| format!("closing_days has {text:?}, which is neither MM-DD nor YYYY-MM-DD"))?;
        closing.yearly.push((month, day));
    }
    Ok(closing)
}

fn number_keys(
    config: &Config,
    key: &str,
    wanted: &crate::config::Municipality,
    may_make: bool,
) -> anyhow::Result<Vec<(i64, KeyBytes)>> {
    if wanted.number_keys.is_empty() {
        let path = config.data_folder.join("keys").join(format!("{key}.national-number.key"));
        return Ok(key_file(&path, may_make)?.map(|bytes| (1, KeyBytes(bytes))).into_iter().collect());
    }
    let mut keys = Vec::new();
    for entry in &wanted.number_keys {
        let secret = entry.key.reveal()?;
        anyhow::ensure!(
            secret.len() >= SHORTEST_NUMBER_KEY,
            "number_keys version {} is shorter than {SHORTEST_NUMBER_KEY} characters",
            entry.version
        );
        keys.push((entry.version, KeyBytes(secret.into_bytes())));
    }
    keys.sort_by_key(|(version, _)| *version);
    Ok(keys)
}

/// The key file of a town: as it is, or made with 256 random bits that only this user may read.
fn key_file(path: &Path, may_make: bool) -> anyhow::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(key) => {
            anyhow::ensure!(key.len() >= SHORTEST_NUMBER_KEY, "{} is too short to be a key", path.display());
            return Ok(Some(key));
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !may_make => return Ok(None),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
    }
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let mut bytes = [0u8; 32];
    rand::rngs::OsRng.try_fill_bytes(&mut bytes)?;
    let text: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    match private_file(path) {
        Ok(mut file) => {
            std::io::Write::write_all(&mut file, text.as_bytes())?;
            file.sync_all()?;
            tracing::info!(path = %path.display(), "made a key for national numbers; keep it safe and back it up");
            Ok(Some(text.into_bytes()))
        }
        // Another process made it at this moment.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => key_file(path, false),
        Err(e) => Err(e).with_context(|| format!("{} cannot be made", path.display())),
    }
}

/// What is kept of a key in the database, to know it again: enough to tell keys apart, and of no use to guess one.
fn fingerprint(key: &[u8]) -> String {
    let digest = Sha256::new_with_prefix(b"thuisloket number key\n").chain_update(key).finalize();
    URL_SAFE_NO_PAD.encode(&digest[..12])
}

/// What of a town's keys does not fit the database that they are used with; nothing, where all is well. With another key than
/// the one that the register was read with, nobody is found again: everybody would be in it twice.
fn misfit(folder: &Path, keys: &[(i64, KeyBytes)], known: &[(i64, String)], anybody: bool) -> Option<String> {
    if keys.is_empty() {
        let lost = anybody || !known.is_empty();
        return lost.then(|| {
            format!(
                "the key for national numbers is lost: {} does not hold it, though the town has a register. Put back the folder \
                 `keys` of a backup, or let all processes share one",
                folder.display()
            )
        });
    }
    let differs =
        keys.iter().find(|(version, key)| known.iter().any(|(v, print)| v == version && *print != fingerprint(&key.0)));
    differs.map(|(version, _)| {
        format!(
            "the key for national numbers (version {version}) is not the one that this database was filled with. Put back the \
             folder `keys` of the same backup, or let all processes share one"
        )
    })
}

/// Whom nobody would find again, as the key that they stand under is configured no more: they would be in the town twice.
async fn lacking(
    r: &mut Read,
    id: MunicipalityId,
    keys: &[(i64, KeyBytes)],
    known: &[(i64, String)],
) -> sqlx::Result<Option<String>> {
    for (version, _) in known.iter().filter(|(version, _)| keys.iter().all(|(v, _)| v != version)) {
        if store::under_key(r, id, *version).await? {
            return Ok(Some(format!(
                "the key for national numbers of version {version} is not in number_keys, and people who live here stand under it: put \
                 it back, import the register, and take it out when `thuisloket keys list` counts nobody active under it"
            )));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statbels_list_is_read_whole() {
        assert_eq!(STATBEL.len(), 565);
        assert_eq!(STATBEL["44083"].name_nl, "Deinze");
        assert_eq!(STATBEL["11002"].name_fr, "Anvers");
    }
}

codes! {
    /// The municipality is not served here.
    MunicipalityUnknown = "municipality_unknown" 404 Tell "This installation does not serve that municipality.";
}
