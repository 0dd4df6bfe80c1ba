//! The channels to the providers: one for each app, provider and environment. Whether a channel is open is a row, so that it
//! survives a restart and every worker sees it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    apns, fcm,
    model::ChannelId,
    rules::{Answers, Why},
    store,
    transport::{CONNECT_TIMEOUT, Settings, Transport},
};
use crate::platform::{
    App,
    db::Open,
    ids::{MunicipalityId, ResidentId},
    metrics::{PushConnection, PushPause},
};

/// A citizen of a town.
pub type Citizen = (MunicipalityId, ResidentId);

/// Our side of one channel.
pub struct Channel {
    /// The row.
    pub id: ChannelId,
    /// Its name in the log: app, provider, environment.
    pub name: String,
    /// The provider, for figures.
    pub provider: &'static str,
    /// Who this process is when it holds the channel.
    pub holder: Uuid,
    /// Keeps this process from sending twice at once on it.
    pub sending: tokio::sync::Mutex<()>,
    /// Its HTTP/2.
    pub transport: Transport,
    /// Its way of speaking.
    pub kind: Kind,
    /// What it answered of late.
    pub answers: Mutex<Answers<Citizen>>,
    /// How fast it may send: where the current stream began and how much of it was used.
    pub pace: Mutex<Option<Pace>>,
}

impl Channel {
    /// Shows in the figures why it is paused, or that it is not.
    pub fn show(&self, app: &App, paused: Option<&str>) {
        for why in Why::ALL {
            let labels = PushPause { channel: self.name.clone(), reason: why.as_str() };
            app.metrics.push_paused.get_or_create(&labels).set(i64::from(paused == Some(why.as_str())));
        }
    }
}

/// How fast a stream of messages runs.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// When the stream began.
    pub began: tokio::time::Instant,
    /// Up to when it is accounted for.
    pub until: tokio::time::Instant,
    /// Messages it may still send.
    pub left: f64,
}

/// The provider behind a channel.
pub enum Kind {
    /// Apple.
    Apns(apns::ApnsClient),
    /// Google.
    Fcm(fcm::FcmClient),
}

/// All channels of this installation. Cheap to clone.
#[derive(Clone, Default)]
pub struct Channels(Arc<HashMap<ChannelId, Arc<Channel>>>);

impl Channels {
    /// Prepares the channels of the configuration, and gives each its row.
    ///
    /// # Errors
    /// Credentials that cannot be read, the database.
    pub async fn open(app: &App) -> anyhow::Result<Self> {
        Self::open_as(app, Open::Make).await
    }

    /// The same, to try them only: nothing is written.
    ///
    /// # Errors
    /// As [`Channels::open`].
    pub async fn look(app: &App) -> anyhow::Result<Self> {
        Self::open_as(app, Open::Look).await
    }

    async fn open_as(app: &App, open: Open) -> anyhow::Result<Self> {
        let mut all = HashMap::new();
        for (name, credentials) in &app.config.apps {
            if let Some(apns) = &credentials.apns {
                let ca = ca(apns.ca_file.as_deref())?;
                for (environment, url) in [("production", &apns.production_url), ("sandbox", &apns.sandbox_url)] {
                    let client = apns::ApnsClient::new(apns, url).with_context(|| format!("apps.{name}.apns"))?;
                    let channel =
                        channel(app, open, [name, environment], (url, ca.clone()), Kind::Apns(client)).await?;
                    all.insert(channel.id, Arc::new(channel));
                }
            }
            if let Some(fcm) = &credentials.fcm {
                let ca = ca(fcm.ca_file.as_deref())?;
                let client = fcm::FcmClient::new(fcm, ca.as_deref()).with_context(|| format!("apps.{name}.fcm"))?;
                let channel = channel(app, open, [name, "production"], (&fcm.url, ca), Kind::Fcm(client)).await?;
                all.insert(channel.id, Arc::new(channel));
            }
        }
        Ok(Self(Arc::new(all)))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Channel>> {
        self.0.values()
    }
}

fn ca(file: Option<&std::path::Path>) -> anyhow::Result<Option<Vec<u8>>> {
    file.map(|f| std::fs::read(f).with_context(|| format!("{} cannot be read", f.display()))).transpose()
}

async fn channel(
    app: &App,
    open: Open,
    [name, environment]: [&str; 2],
    (url, ca_pem): (&url::Url, Option<Vec<u8>>),
    kind: Kind,
) -> anyhow::Result<Channel> {
    let now = app.clock.now();
    let push = &app.config.push;
    let provider = match kind {
        Kind::Apns(_) => "apns",
        Kind::Fcm(_) => "fcm",
    };
    let id = if open == Open::Look {
        store::find_channel(&mut app.db.read().await?, name, provider, environment)
            .await?
            .unwrap_or(ChannelId(app.ids.uuid(now)))
    } else {
        let mut w = app.db.write().await?;
        store::ensure_channel(&mut w, ChannelId(app.ids.uuid(now)), name, (provider, environment), now).await?;
        let id = store::find_channel(&mut w, name, provider, environment).await?.context("a channel without a row")?;
        w.commit().await?;
        id
    };
    let name = format!("{name}/{provider}/{environment}");
    let connections = |outcome| {
        let labels = PushConnection { channel: name.clone(), outcome };
        app.metrics.push_connections.get_or_create_owned(&labels)
    };
    let transport = Transport::new(Settings {
        url: url.clone(),
        ca_pem,
        in_flight: push.in_flight as usize,
        timeout: Duration::from_secs(push.timeout_seconds),
        ping: Duration::from_secs(push.ping_seconds.max(1)),
        made: connections("made"),
        failed: connections("failed"),
    })?;
    Ok(Channel {
        id,
        name,
        provider,
        holder: app.ids.uuid(now),
        sending: tokio::sync::Mutex::default(),
        transport,
        kind,
        answers: Mutex::default(),
        pace: Mutex::default(),
    })
}

/// Until when a channel is held that is taken, or settled on, at `now`: longer than an access token, a connection and a
/// request may take.
pub(super) fn held_until(now: DateTime<Utc>, timeout_seconds: u64) -> DateTime<Utc> {
    let connect = i64::try_from(CONNECT_TIMEOUT.as_secs()).unwrap_or(10);
    now + chrono::Duration::seconds(i64::try_from(timeout_seconds).unwrap_or(60) + 2 * connect + 10)
}
