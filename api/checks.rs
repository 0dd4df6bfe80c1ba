//! `serve --check`: tries everything that serving needs, and says of each what is right, or wrong and what to do.

use std::path::Path;

use anyhow::Context as _;
use chrono::Duration;
use futures_util::future::join_all;

use crate::{
    app,
    config::Config,
    identity::oidc::Providers,
    mail::transport::Transport,
    municipalities,
    platform::{
        self, App, aside,
        db::{Db, Open},
        ids::Ids,
        time::Clock,
    },
    push::{channels::Channels, delivery::try_credentials},
};

/// A clock that differs by more is refused by providers sooner or later: tokens have their times.
const CLOCK_MAY_DIFFER: Duration = Duration::seconds(30);

/// So much room is soon gone: a large import, or the log of writes between two checkpoints.
const LEAST_ROOM: u64 = 256 * MIB;
const MIB: u64 = 1_048_576;

/// Rows that are looked at of those that were set aside.
const MOST_ASIDE: i64 = 1_000;

/// What was found of one thing.
pub struct Finding {
    /// What was tried.
    pub what: String,
    /// What is right, or what is wrong and what to do.
    pub told: Result<String, String>,
}

/// Tries everything, whatever fails on the way.
pub async fn all(config: Config, clock: Clock, ids: Ids) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |what: &str, told: Result<String, String>| found.push(Finding { what: what.to_owned(), told });
    let towns = config.municipalities.len();
    say(
        "configuration",
        if towns == 0 {
            Err("no municipality is configured: add one under [municipalities], as api/config.default.toml shows"
                .to_owned())
        } else {
            Ok(format!(
                "{}, {}, {}",
                count(towns, "municipality", "municipalities"),
                count(config.identity_providers.len(), "identity provider", "identity providers"),
                count(config.apps.len(), "app", "apps")
            ))
        },
    );
    if config.server.public_url.scheme() != "https" {
        let loopback = config.server.public_url.host_str().is_some_and(|h| ["localhost", "127.0.0.1"].contains(&h));
        let why =
            "server.public_url is not https: put a proxy that speaks TLS before this server, and give its address";
        say("public address", if loopback { Ok("this machine only".to_owned()) } else { Err(why.to_owned()) });
    }
    if config.passkeys.enabled {
        let unknown = config.apps.iter().filter(|(_, app)| app.apns.is_none() && app.android.is_none());
        let unknown: Vec<&str> = unknown.map(|(name, _)| name.as_str()).collect();
        let host = config.sessions.app_link.host_str().unwrap_or_default();
        let why = "no phone keeps one for such an app: say apps.*.apns for iOS, apps.*.android for Android";
        say(
            "passkeys",
            if unknown.is_empty() { Ok(format!("for {host}")) } else { Err(format!("{}: {why}", unknown.join(", "))) },
        );
    }
    let database = config.database_url().map(|url| Db::name(&url));
    private(&config, &mut say);
    files(&config, &mut say);
    room(&config, &mut say);
    let app = match app::build_app(config, clock, ids, Open::Look).await {
        Ok(app) => app,
        Err(error) => {
            say("database", Err(format!("{error:#}; see database.url")));
            return found;
        }
    };
    say("database", database.map_err(|error| format!("{error:#}")));
    let schema = app.db.schema().await;
    say(
        "schema",
        match &schema {
            Ok(s) if s.broken > 0 => Err(format!(
                "{} migrations were applied in part: restore a backup of before, and migrate again",
                s.broken
            )),
            Ok(s) if s.changed > 0 => Err(format!(
                "{} migrations are not the ones that were applied: this is a server of another make than the one that made it",
                s.changed
            )),
            Ok(s) if s.pending > 0 => {
                Err(format!("lacks {} migrations: run thuisloket migrate, or serve, which does so", s.pending))
            }
            Ok(s) if s.newer > 0 => {
                Ok(format!("{} migrations newer than this server, which runs on them all the same", s.newer))
            }
            Ok(_) => Ok("up to date".to_owned()),
            Err(error) => Err(format!("{error:#}; see database.url")),
        },
    );
    let fits = matches!(&schema, Ok(s) if s.broken + s.changed + s.pending == 0);
    if fits {
        say("signing keys", keys(&app).await.map_err(|e| format!("{e:#}")));
        match municipalities::look_at_keys(&app).await {
            Err(error) => say("number keys", Err(format!("{error:#}"))),
            Ok(all) => all.into_iter().for_each(|(town, told)| say(&format!("number key of {town}"), told)),
        }
        say("set aside", aside(&app).await.unwrap_or_else(|error| Err(format!("{error:#}"))));
    }
    match Providers::new(&app.config) {
        Err(error) => say("identity providers", Err(format!("{error:#}"))),
        Ok(providers) => {
            // At once: one that does not answer must not make the others wait.
            let all = join_all(providers.names().map(async |name| (name, providers.look(name).await))).await;
            for (name, looked) in all {
                say(
                    &format!("identity provider {name}"),
                    looked.as_ref().map(|_| "answers as OpenID Connect asks".to_owned()).map_err(|e| {
                        format!("{e:#}; see identity_providers.{name}.issuer, and whether a firewall lets us out")
                    }),
                );
                if let Ok(Some(theirs)) = looked {
                    let differs = (app.clock.now() - theirs).abs();
                    let seconds = differs.num_seconds();
                    say(
                        "clock",
                        if differs > CLOCK_MAY_DIFFER {
                            Err(format!(
                                "differs by {seconds} s from {name}'s: let the machine follow a time server (NTP)"
                            ))
                        } else {
                            Ok(format!("within {seconds} s of {name}'s"))
                        },
                    );
                }
            }
        }
    }
    match Transport::open(&app.config.mail, &app.config.server.public_url) {
        Err(error) => say("mail relay", Err(format!("{error:#}; see mail.relay"))),
        Ok(None) => (),
        Ok(Some(transport)) => {
            let told = match transport.connect().await {
                Ok(connection) => {
                    connection.close().await;
                    Ok("lets us in".to_owned())
                }
                Err(why) => Err(format!(
                    "does not let us in ({why}): see mail.relay, mail.user, mail.password and mail.ca_file"
                )),
            };
            say("mail relay", told);
        }
    }
    if fits {
        match Channels::look(&app).await {
            Err(error) => say("push credentials", Err(format!("{error:#}"))),
            Ok(channels) => {
                let all = channels.all().map(async |channel| (channel, try_credentials(&app, channel).await));
                for (channel, told) in join_all(all).await {
                    say(
                        &format!("push {}", channel.name),
                        told.map(|()| "lets us in".to_owned()).map_err(|code| {
                            format!(
                                "does not let us in ({code}): see the key, its id, team, topic or project under apps, \
                                     and whether a firewall lets us out"
                            )
                        }),
                    );
                }
            }
        }
    }
    found
}

async fn keys(app: &App) -> anyhow::Result<String> {
    let keys = crate::identity::keys::signing_keys(app, Open::Look).await?;
    let list = keys.list(app.clock.now());
    if list.is_empty() {
        return Ok("not made yet: serve makes the first".to_owned());
    }
    let signs = list.iter().find(|k| k.signs).context("no key signs: run thuisloket keys rotate")?;
    let many = count(list.len(), "key", "keys");
    Ok(format!("{many}; the one that signs was made on {}", signs.made_at.format("%F")))
}

/// A number and what it is of.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What workers could not do, and pass over.
async fn aside(app: &App) -> anyhow::Result<Result<String, String>> {
    let all = aside::list(&mut app.db.read().await?, MOST_ASIDE).await?;
    let Some(first) = all.first() else { return Ok(Ok("nothing".to_owned())) };
    Ok(Err(format!(
        "{} rows that a worker cannot do; the oldest since {}: {} {} of municipality {}: {}",
        all.len(),
        first.since.format("%F %T UTC"),
        first.worker,
        first.item,
        first.municipality_id,
        first.reason
    )))
}

/// Whether others on this machine can read what only the server should.
fn private(config: &Config, say: &mut impl FnMut(&str, Result<String, String>)) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = |path: &Path| std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0);
        let mut paths = vec![config.data_folder.clone(), config.data_folder.join("keys")];
        if let Some(file) = config.database_url().ok().as_deref().and_then(|url| url.strip_prefix("sqlite:")) {
            paths.push(file.into());
        }
        let wrong: Vec<_> = paths.iter().filter(|p| open(p)).map(|p| p.display().to_string()).collect();
        let told = if wrong.is_empty() {
            Ok("for this user only".to_owned())
        } else {
            Err(format!("others on this machine can read {}: chmod go-rwx", wrong.join(", ")))
        };
        say("files", told);
    }
}

/// Whether there is room where the database is; PostgreSQL's is on a machine of its own.
fn room(config: &Config, say: &mut impl FnMut(&str, Result<String, String>)) {
    let Ok(url) = config.database_url() else { return };
    let Some(folder) = url.strip_prefix("sqlite:").and_then(|file| Path::new(file).parent()) else { return };
    let told = match platform::files::room(folder) {
        Ok(free) if free < LEAST_ROOM => {
            Err(format!("{} MiB are free at {}: a database without room takes no writes", free / MIB, folder.display()))
        }
        Ok(free) => Ok(format!("{} MiB are free", free / MIB)),
        // There is no folder yet: that is told elsewhere.
        Err(_) => return,
    };
    say("room", told);
}

fn files(config: &Config, say: &mut impl FnMut(&str, Result<String, String>)) {
    let (wanted, files) = (config.server.max_connections, platform::files::raise());
    let fit = platform::files::connections(wanted, files);
    let told = if fit < wanted {
        Err(format!(
            "{files} may be open, which leaves {fit} connections of server.max_connections = {wanted}: raise LimitNOFILE (systemd) \
             or `ulimit -n`, or lower the setting"
        ))
    } else {
        Ok(format!("{files} may be open at a time"))
    };
    say("open files", told);
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn one_is_not_said_as_many() {
        assert_eq!(count(1, "key", "keys"), "1 key");
        assert_eq!(count(2, "key", "keys"), "2 keys");
        assert_eq!(count(0, "app", "apps"), "0 apps");
    }
}
