//! `serve --check`: tries everything that serving needs, and says of each what is right, or wrong and what to do.

use anyhow::Context as _;
use chrono::Duration;

use crate::{
    app,
    config::Config,
    identity::oidc::Providers,
    platform::{App, ids::Ids, time::Clock},
    push::{channels::Channels, delivery::try_credentials},
};

/// A clock that differs by more is refused by providers sooner or later: tokens have their times.
const CLOCK_MAY_DIFFER: Duration = Duration::seconds(30);

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
                "{towns} municipalities, {} identity providers, {} apps",
                config.identity_providers.len(),
                config.apps.len()
            ))
        },
    );
    if config.server.public_url.scheme() != "https" {
        let loopback = config.server.public_url.host_str().is_some_and(|h| ["localhost", "127.0.0.1"].contains(&h));
        let why =
            "server.public_url is not https: put a proxy that speaks TLS before this server, and give its address";
        say("public address", if loopback { Ok("this machine only".to_owned()) } else { Err(why.to_owned()) });
    }
    let app = match app::ground(config, clock, ids).await {
        Ok(app) => app,
        Err(error) => {
            say("database", Err(format!("{error:#}; see database.url")));
            return found;
        }
    };
    let migrated = app.db.pending_migrations().await;
    say(
        "database",
        match &migrated {
            Ok(0) => Ok("answers, and is up to date".to_owned()),
            Ok(n) => Err(format!("lacks {n} migrations: run thuisloket migrate, or serve, which does so")),
            Err(error) => Err(format!("{error:#}; see database.url")),
        },
    );
    say("signing keys", keys(&app).map_err(|e| format!("{e:#}")));
    match Providers::new(&app.config) {
        Err(error) => say("identity providers", Err(format!("{error:#}"))),
        Ok(providers) => {
            for name in providers.names() {
                let looked = providers.look(name).await;
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
    if matches!(migrated, Ok(0)) {
        match Channels::open(&app).await {
            Err(error) => say("push credentials", Err(format!("{error:#}"))),
            Ok(channels) => {
                for channel in channels.all() {
                    say(
                        &format!("push {}", channel.name),
                        try_credentials(&app, channel).await.map(|()| "lets us in".to_owned()).map_err(|code| {
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

fn keys(app: &App) -> anyhow::Result<String> {
    let keys = app::signing_keys(app)?;
    let list = keys.list(app.clock.now());
    let signs = list.iter().find(|k| k.signs).context("no key signs: run thuisloket keys rotate")?;
    Ok(format!("{} keys; the one that signs was made on {}", list.len(), signs.made_at.format("%F")))
}
