//! How a configuration is read: the documented file first, then the installation's own, then the environment.

use std::path::Path;

use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};

use super::{checks, root::Config};

/// The documented settings. Their values are the defaults, and stand nowhere else.
pub const DOCUMENTED: &str = include_str!("../config.default.toml");

impl Default for Config {
    /// What the documented file says, for tests.
    #[expect(clippy::expect_used, reason = "embedded text, which a test parses")]
    fn default() -> Self {
        Self::parse("").expect("the documented settings")
    }
}

impl Config {
    /// Reads the configuration: defaults, then `file`, then the environment.
    ///
    /// # Errors
    /// A setting that is unknown, of the wrong type or out of bounds; the message names it and where it stands.
    pub fn read(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Toml::string(DOCUMENTED));
        if let Some(file) = file {
            anyhow::ensure!(file.exists(), "the configuration file {} does not exist", file.display());
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = figment.merge(Env::prefixed("THUISLOKET_").split("__").ignore(&["config"]));
        let mut config: Self = figment.extract().map_err(named)?;
        // From the folder of the file and not from where one stands: a timer of the system runs in another folder than the
        // server, and both must mean the same database and keys.
        let base = std::path::absolute(file.and_then(Path::parent).unwrap_or(Path::new("")).join("."))?;
        config.make_paths_absolute(&base);
        checks::checked(config)
    }

    /// Reads a configuration from text, for tests.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(toml: &str) -> anyhow::Result<Self> {
        let figment = Figment::from(Toml::string(DOCUMENTED)).merge(Toml::string(toml));
        let config: Self = figment.extract().map_err(named)?;
        checks::checked(config)
    }
}

/// A fault that names the setting as the file does: figment puts a profile before it, of which we have none.
fn named(error: figment::Error) -> anyhow::Error {
    anyhow::Error::msg(error.to_string().replace("for key \"default.", "for key \""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use figment::{Provider as _, providers::Serialized};

    /// The documented file with its example settings switched on.
    fn with_examples() -> String {
        DOCUMENTED.lines().map(|l| l.strip_prefix("#: ").unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    /// Every path of settings in a value, with the names that people choose left out.
    fn paths(value: &figment::value::Value, at: &str, out: &mut std::collections::BTreeSet<String>) {
        if let Some(dict) = value.as_dict() {
            for (key, inner) in dict {
                let chosen =
                    matches!(at, "identity_providers" | "apps" | "municipalities" | "municipalities.*.reminders");
                let name = if chosen { "*" } else { key };
                let path = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
                paths(inner, &path, out);
                out.insert(path);
            }
        }
    }

    /// Every path that a provider of settings gives.
    fn paths_of(figment: Figment) -> std::collections::BTreeSet<String> {
        let mut out = std::collections::BTreeSet::new();
        for dict in figment.data().unwrap().into_values() {
            paths(&figment::value::Value::from(dict), "", &mut out);
        }
        out
    }

    #[test]
    fn the_documented_file_states_every_default() {
        let documented: Config = Figment::from(Toml::string(DOCUMENTED)).extract().map_err(named).unwrap();
        assert_eq!(format!("{documented:#?}"), format!("{:#?}", Config::default()));
        let written = paths_of(Figment::from(Toml::string(DOCUMENTED)));
        let known = paths_of(Figment::from(Serialized::defaults(documented)));
        let missing: Vec<_> = known
            .difference(&written)
            .filter(|p| !matches!(p.as_str(), "identity_providers" | "apps" | "municipalities"))
            .collect();
        assert!(missing.is_empty(), "config.default.toml does not mention {missing:?}");
    }

    /// The settings of a provider, an app and a town are in the examples, since there is none of them by default. An authority of
    /// one's own is written about without being an example: who copies the block has none.
    #[test]
    fn the_examples_mention_every_setting() {
        let config = Config::parse(&with_examples()).unwrap();
        let written = paths_of(Figment::from(Toml::string(&with_examples())));
        let known = paths_of(Figment::from(Serialized::defaults(config)));
        let missing: Vec<_> = known.difference(&written).filter(|p| !p.ends_with(".ca_file")).collect();
        assert!(missing.is_empty(), "config.default.toml does not mention {missing:?}");
        assert!(DOCUMENTED.contains("# ca_file = "));
    }

    /// A timer of the system runs in another folder than the server.
    #[test]
    fn paths_count_from_the_folder_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("town.toml");
        let provider = "[identity_providers.acm]\nissuer = \"https://op.example\"\nclient_id = \"x\"\n\
            client_secret = { file = \"secret.txt\" }\nca_file = \"ca.pem\"";
        std::fs::write(&file, format!("[database]\nurl = \"sqlite:town.db\"\n{provider}")).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "hush").unwrap();
        let config = Config::read(Some(&file)).unwrap();
        assert_eq!(config.database_url().unwrap(), format!("sqlite:{}", folder.path().join("town.db").display()));
        assert_eq!(config.data_folder, folder.path().join("data"));
        let provider = &config.identity_providers["acm"];
        assert_eq!(provider.client_secret.reveal().unwrap(), "hush");
        assert_eq!(provider.ca_file.as_deref(), Some(folder.path().join("ca.pem").as_path()));
    }

    /// What a provider, an app and a town need not say is by default what the examples say of it.
    #[test]
    fn the_examples_state_the_defaults_of_what_they_set() {
        let least = "[identity_providers.acm]\nissuer = \"https://op.example\"\nclient_id = \"x\"\nclient_secret = \"x\"\n\
                     levels = { a = \"substantial\" }\n\
                     [apps.shared]\napns = { team_id = \"x\", key_id = \"x\", key = \"x\", topic = \"x\" }\n\
                     fcm = { service_account = \"x\" }\n\
                     [municipalities.deinze]\nnis_code = \"44083\"\nidentity_providers = [\"acm\"]\napp = \"shared\"\n\
                     contact = { phone = \"x\", email = \"x@y.be\", web = \"https://x.example\" }\n";
        let [least, shown] =
            [least, &with_examples()].map(|text| serde_json::to_value(Config::parse(text).unwrap()).unwrap());
        for (at, names) in [
            ("/identity_providers/acm", &["client_auth", "userinfo", "claims"][..]),
            ("/apps/shared/apns", &["critical_alerts", "production_url", "sandbox_url"]),
            ("/apps/shared/fcm", &["url"]),
            (
                "/municipalities/deinze",
                &["languages", "time_zone", "closed_weekdays", "least_level", "private_level", "approve_own"],
            ),
        ] {
            for name in names {
                let [least, shown] = [&least, &shown].map(|all| &all.pointer(at).unwrap()[name]);
                assert!(!least.is_null());
                assert_eq!(least, shown, "{at}/{name}");
            }
        }
    }

    #[test]
    fn the_examples_in_the_documented_file_are_a_configuration_that_works() {
        let config = Config::parse(&with_examples()).unwrap();
        let town = &config.municipalities["deinze"];
        assert_eq!(town.nis_code, "44083");
        assert_eq!(town.reminders["passport"].stages, Some(vec![240, 90, 30]));
        assert!(config.apps["shared"].apns.is_some() && config.apps["shared"].fcm.is_some());
        let names: Vec<_> = config.identity_providers.keys().map(String::as_str).collect();
        assert_eq!(names, ["acm", "acm_staff", "fas", "itsme"]);
        assert!(!config.identity_providers["acm_staff"].roles.is_empty());
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused_by_name() {
        let error = Config::parse("[server]\nlissen = \"x\"").unwrap_err().to_string();
        assert!(error.contains("lissen"), "{error}");
        let error = Config::parse("[workers]\nreminder_batch = \"many\"").unwrap_err().to_string();
        assert!(error.contains("reminder_batch"), "{error}");
    }

    #[test]
    fn a_secret_is_never_printed() {
        let mut config = Config::default();
        config.database.url = "postgres://user:hunter2@db/x".to_owned().into();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
