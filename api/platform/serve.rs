//! Takes connections and keeps none that does nothing: whoever sends a request slowly, or none, or does not read what it
//! is answered, is let go after a while, and there are only so many at a time.
//!
//! poem's own server knows neither a time for the head of a request nor one for a client that does not read; hyper, which
//! is under both, does. HTTP/2 without TLS is taken as well, for proxies that speak it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::uri::Scheme;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use poem::{
    Addr, Endpoint, Response,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;

use crate::config;

/// The most bytes of headers in a request over HTTP/2; over HTTP/1 of what is read before a request is whole.
const MAX_HEADERS: u32 = 16 * 1024;
/// hyper's least for HTTP/1.
const MAX_HEAD: usize = 32 * 1024;
/// The most requests on one HTTP/2 connection at a time.
const MAX_STREAMS: u32 = 200;
/// How often a quiet HTTP/2 connection is asked whether it lives, and how long it may take to say so.
const PING: Duration = Duration::from_secs(20);
/// How long nothing is accepted after the system had no more room for a connection.
const OUT_OF_FILES: Duration = Duration::from_millis(100);

/// Serves until `stop`, then finishes what is under way for as long as is configured.
pub async fn serve<E>(listener: TcpListener, endpoint: E, settings: &config::Server, stop: CancellationToken)
where
    E: Endpoint<Output = Response> + 'static,
{
    let endpoint = Arc::new(endpoint);
    let places = Arc::new(Semaphore::new(settings.max_connections));
    let graceful = GracefulShutdown::new();
    let patience = Duration::from_secs(settings.idle_connection_seconds);
    loop {
        let place = match stop.run_until_cancelled(places.clone().acquire_owned()).await {
            Some(Ok(place)) => place,
            _ => break,
        };
        let stream = match stop.run_until_cancelled(listener.accept()).await {
            Some(Ok((stream, _))) => stream,
            Some(Err(error)) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(OUT_OF_FILES).await;
                continue;
            }
            None => break,
        };
        let (endpoint, watcher) = (endpoint.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection(stream, endpoint, patience, watcher).await {
                tracing::debug!(error, "a connection ended");
            }
        });
    }
    let stopping = Duration::from_secs(settings.stop_seconds);
    if tokio::time::timeout(stopping, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections were cut: they took longer than server.stop_seconds");
    }
}

async fn connection<E>(
    stream: TcpStream,
    endpoint: Arc<E>,
    patience: Duration,
    watcher: hyper_util::server::graceful::Watcher,
) -> Result<(), String>
where
    E: Endpoint<Output = Response> + 'static,
{
    // Answers are small and whole: waiting to send more at once only delays them.
    stream.set_nodelay(true).map_err(|e| e.to_string())?;
    let local = LocalAddr(Addr::SocketAddr(stream.local_addr().map_err(|e| e.to_string())?));
    let remote = RemoteAddr(Addr::SocketAddr(stream.peer_addr().map_err(|e| e.to_string())?));
    let asked = Arc::new(AtomicBool::new(false));
    let has_asked = asked.clone();
    let service = service_fn(move |request: http::Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        let (endpoint, local, remote) = (endpoint.clone(), local.clone(), remote.clone());
        async move {
            let answer = endpoint.get_response((request, local, remote, Scheme::HTTP).into()).await;
            Ok::<http::Response<_>, std::convert::Infallible>(answer.into())
        }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(MAX_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEADERS)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    let mut io = TimeoutStream::new(stream);
    io.set_write_timeout(Some(patience));
    let serving = watcher.watch(builder.serve_connection(TokioIo::new(Box::pin(io)), service).into_owned());
    tokio::pin!(serving);
    // hyper counts from the first line on; before it knows which HTTP is spoken, nobody does.
    tokio::select! {
        served = &mut serving => return served.map_err(|e| e.to_string()),
        () = tokio::time::sleep(patience) => {}
    }
    if !has_asked.load(Ordering::Relaxed) {
        return Err("nothing was asked".to_owned());
    }
    serving.await.map_err(|e| e.to_string())
}
