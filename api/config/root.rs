//! Everything that can be set, in one value.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    apps::AppCredentials,
    mail::Mail,
    providers::IdentityProvider,
    secret::Secret,
    sections::{
        Appointments, Database, Docs, Import, Limits, Log, Machines, Map, Passkeys, Push, Retention, Server, Sessions,
        Staff, Workers,
    },
    towns::{Municipality, ReachPlan},
};

/// Everything that can be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where files of this installation live: the SQLite file, signing keys, reports.
    pub data_folder: PathBuf,
    /// The database.
    pub database: Database,
    /// The HTTP server.
    pub server: Server,
    /// How much one caller may ask.
    pub limits: Limits,
    /// The log.
    pub log: Log,
    /// Sessions and tokens.
    pub sessions: Sessions,
    /// Passkeys of citizens.
    pub passkeys: Passkeys,
    /// Sessions of staff.
    pub staff: Staff,
    /// Keys of machines.
    pub machines: Machines,
    /// The map in the console of staff.
    pub map: Map,
    /// The pages on which the API is read.
    pub docs: Docs,
    /// Appointments.
    pub appointments: Appointments,
    /// The background work.
    pub workers: Workers,
    /// Push.
    pub push: Push,
    /// E-mail.
    pub mail: Mail,
    /// The register's import.
    pub import: Import,
    /// How long things are kept.
    pub retention: Retention,
    /// How a message goes on that is not read: the plans, by name.
    pub reach: BTreeMap<String, ReachPlan>,
    /// Identity providers, by a name of your choice.
    #[serde(default)]
    pub identity_providers: BTreeMap<String, IdentityProvider>,
    /// Published apps, by a name of your choice: a town's own, or one that towns share.
    #[serde(default)]
    pub apps: BTreeMap<String, AppCredentials>,
    /// The municipalities served, by a key that never changes.
    #[serde(default)]
    pub municipalities: BTreeMap<String, Municipality>,
}

impl Config {
    /// Makes each path in it absolute: one that is not stands in this folder.
    pub(super) fn make_paths_absolute(&mut self, base: &Path) {
        self.data_folder = base.join(&self.data_folder);
        if let Secret::Plain(url) = &mut self.database.url
            && let Some(path) = url.strip_prefix("sqlite:").filter(|path| !path.starts_with(':'))
        {
            *url = format!("sqlite:{}", base.join(path).display());
        }
        let mut secrets = vec![&mut self.database.url, &mut self.mail.password];
        let mut files: Vec<&mut PathBuf> = self.mail.ca_file.iter_mut().collect();
        for provider in self.identity_providers.values_mut() {
            secrets.extend([&mut provider.client_secret, &mut provider.client_key, &mut provider.decryption_key]);
            files.extend(&mut provider.ca_file);
        }
        for app in self.apps.values_mut() {
            if let Some(apns) = &mut app.apns {
                secrets.push(&mut apns.key);
                files.extend(&mut apns.ca_file);
            }
            if let Some(fcm) = &mut app.fcm {
                secrets.push(&mut fcm.service_account);
                files.extend(&mut fcm.ca_file);
            }
        }
        for town in self.municipalities.values_mut() {
            secrets.extend(town.number_keys.iter_mut().map(|key| &mut key.key));
            files.extend(&mut town.letters.logo);
        }
        files.extend(secrets.into_iter().filter_map(|secret| match secret {
            Secret::File { file } => Some(file),
            Secret::Absent | Secret::Plain(_) => None,
        }));
        for file in files {
            *file = base.join(&*file);
        }
    }

    /// The database's URL, with the default filled in.
    ///
    /// # Errors
    /// A secret file that cannot be read.
    pub fn database_url(&self) -> anyhow::Result<String> {
        let url = self.database.url.reveal()?;
        Ok(if url.is_empty() { format!("sqlite:{}", self.data_folder.join("thuisloket.db").display()) } else { url })
    }
}
