//! Everything that can be set, in one value.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    apps::AppCredentials,
    providers::IdentityProvider,
    sections::{
        Appointments, Database, Import, Limits, Log, Machines, Map, Push, Retention, Server, Sessions, Staff, Workers,
    },
    towns::Municipality,
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
    /// Sessions of staff.
    pub staff: Staff,
    /// Keys of machines.
    pub machines: Machines,
    /// The map in the console of staff.
    pub map: Map,
    /// Appointments.
    pub appointments: Appointments,
    /// The background work.
    pub workers: Workers,
    /// Push.
    pub push: Push,
    /// The register's import.
    pub import: Import,
    /// How long things are kept.
    pub retention: Retention,
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
    /// The database's URL, with the default filled in.
    ///
    /// # Errors
    /// A secret file that cannot be read.
    pub fn database_url(&self) -> anyhow::Result<String> {
        let url = self.database.url.reveal()?;
        Ok(if url.is_empty() { format!("sqlite:{}", self.data_folder.join("thuisloket.db").display()) } else { url })
    }
}
