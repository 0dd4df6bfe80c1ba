//! `thuisloket serve`: HTTP, the workers, and an orderly end.

use std::{path::PathBuf, time::Duration};

use anyhow::Context as _;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

use super::arguments::Part;
use crate::{
    app::Server,
    appointments,
    config::Config,
    platform::{self, db::Db, ids::Ids, time::Clock},
};

pub(super) async fn serve(mut config: Config, only: Option<Part>) -> anyhow::Result<()> {
    let files = platform::files::raise();
    let fit = platform::files::connections(config.server.max_connections, files);
    if fit < config.server.max_connections {
        tracing::warn!(
            wanted = config.server.max_connections,
            most = fit,
            files,
            "the system lets this process open fewer files than server.max_connections asks for; see LimitNOFILE"
        );
        config.server.max_connections = fit;
    }
    // Before anything else: a server that nobody can reach must not look as if it ran.
    let address = match only {
        Some(Part::Workers) => &config.server.monitor_listen,
        _ => &config.server.listen,
    };
    let listener = match address.as_str() {
        "" => None,
        address => Some(listen(address).await.with_context(|| format!("cannot listen on {address}"))?),
    };
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        database = Db::name(&config.database_url()?),
        data_folder = %config.data_folder.display(),
        "starting"
    );
    let server = Server::open(config, Clock::system(), Ids::random()).await?;
    let file = server.app.config.database_url()?.strip_prefix("sqlite:").map(PathBuf::from);
    let alone = file.as_deref().map(platform::files::alone);
    if let Some(Err(error)) = &alone {
        tracing::warn!(%error, "whether another server has this database open cannot be known here");
    }
    if matches!(alone, Some(Ok(None))) {
        tracing::warn!("another server has this database open: with SQLite, run one; they hold each other up");
    }
    let stop = CancellationToken::new();
    let (asked, health) = (stop.clone(), server.app.health.clone());
    let delay = Duration::from_secs(server.app.config.server.stop_delay_seconds);
    tokio::spawn(async move {
        asked_to_stop().await;
        health.stop();
        tracing::info!("stopping: what is under way is finished first");
        tokio::time::sleep(delay).await;
        asked.cancel();
    });
    if server.towns().all().next().is_none() {
        tracing::warn!("no municipality is configured; see api/config.default.toml");
    }
    if let Err(error) = appointments::closing::tell_stranded(&server.app).await {
        tracing::warn!(error = format!("{error:#}"), "visits that cannot take place could not be looked for");
    }
    let workers = async {
        if only != Some(Part::Api) {
            server.work(stop.clone()).await;
        }
    };
    let listening = async {
        let Some(listener) = listener else { return Ok(()) };
        let address = listener.local_addr()?;
        if only == Some(Part::Workers) {
            tracing::info!(%address, "working; /healthz, /readyz and /metrics tell how it is");
            server.serve_monitor(listener, stop.clone()).await;
            return Ok(());
        }
        tracing::info!(%address, "serving; API pages at /docs/citizen and /docs/staff");
        let served = server.serve(listener, stop.clone()).await;
        stop.cancel();
        served
    };
    let ((), served) = tokio::join!(workers, listening);
    server.app.db.close().await;
    served
}

/// Connections that wait to be taken: as many as the system lets wait, where one neighbour opens them by the thousand.
const WAITING_CONNECTIONS: u32 = 4_096;

async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    let mut last = anyhow::anyhow!("it names no address");
    for address in tokio::net::lookup_host(address).await? {
        let bound = || {
            let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            // A server that is started again takes the port that its predecessor has just left.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(WAITING_CONNECTIONS)
        };
        match bound() {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
