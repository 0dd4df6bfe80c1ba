//! Takes connections and keeps none that does nothing: whoever sends a request slowly, or none, or does not read what it
//! is answered, is let go after a while, and there are only so many at a time.
//!
//! poem's own server knows neither a time for the head of a request nor one for a client that does not read; hyper, which
//! is under both, does. HTTP/2 without TLS is taken as well, for proxies that speak it.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::uri::Scheme;
use http_body_util::combinators::BoxBody;
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use poem::{
    Addr, Endpoint, Response,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::Instant,
};
use tokio_io_timeout::TimeoutStream;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    limits::Places,
    problem::{Code, Failure},
    room::App,
};

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
/// How often the log says that connections cannot be taken, while that lasts.
const SAY_AGAIN: Duration = Duration::from_secs(60);

/// Serves until `stop`, then finishes what is under way for as long as is configured.
pub async fn serve<E>(listener: TcpListener, endpoint: E, app: &App, stop: CancellationToken)
where
    E: Endpoint<Output = Response> + 'static,
{
    let settings = &app.config.server;
    let endpoint = Arc::new(endpoint);
    let most = settings.max_connections;
    let places = Arc::new(Semaphore::new(most));
    let shares = Places::new(most, settings.max_connections_by_address.min(most));
    let tracker = TaskTracker::new();
    let mut said: Option<Instant> = None;
    loop {
        let place = match stop.run_until_cancelled(places.clone().acquire_owned()).await {
            Some(Ok(place)) => place,
            _ => break,
        };
        let (stream, peer) = match stop.run_until_cancelled(listener.accept()).await {
            Some(Ok(accepted)) => accepted,
            Some(Err(error)) => {
                if said.is_none_or(|at| at.elapsed() > SAY_AGAIN) {
                    said = Some(Instant::now());
                    tracing::warn!(%error, "connections cannot be taken; it is tried again and again");
                }
                tokio::time::sleep(OUT_OF_FILES).await;
                continue;
            }
            None => break,
        };
        // Whoever has their share already is let go without a word: a word would cost what they are to be kept from.
        let Some(share) = shares.take(app.limits.peer(peer)) else {
            app.metrics.connections_refused.inc();
            continue;
        };
        let (app, endpoint, stop) = (app.clone(), endpoint.clone(), stop.clone());
        tracker.spawn(async move {
            let _places = (place, share);
            if let Err(error) = connection(stream, endpoint, &app, stop).await {
                tracing::debug!(error, "a connection ended");
            }
        });
    }
    tracker.close();
    let stopping = Duration::from_secs(settings.stop_seconds);
    if tokio::time::timeout(stopping, tracker.wait()).await.is_err() {
        tracing::warn!("some connections were cut: they took longer than server.stop_seconds");
    }
}

/// What goes on on a connection: how many requests are answered, and since when nothing is.
struct Activity(Mutex<(usize, Instant)>);

/// One request that is answered, until all of its answer was given to the connection.
struct Answering(Arc<Activity>);

/// A body that is being sent: a screen's has no end.
struct Answered {
    body: BoxBody<Bytes, io::Error>,
    _answering: Answering,
}

impl Body for Answered {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Activity {
    fn begin(self: &Arc<Self>) -> Answering {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 += 1;
        Answering(self.clone())
    }

    /// How long nothing was answered.
    fn quiet(&self) -> Duration {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 > 0 { Duration::ZERO } else { state.1.elapsed() }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let mut state = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        *state = (state.0.saturating_sub(1), Instant::now());
    }
}

async fn connection<E>(stream: TcpStream, endpoint: Arc<E>, app: &App, stop: CancellationToken) -> Result<(), String>
where
    E: Endpoint<Output = Response> + 'static,
{
    let patience = Duration::from_secs(app.config.server.idle_connection_seconds);
    // Answers are small and whole: waiting to send more at once only delays them.
    stream.set_nodelay(true).map_err(|e| e.to_string())?;
    let local = LocalAddr(Addr::SocketAddr(stream.local_addr().map_err(|e| e.to_string())?));
    let remote = RemoteAddr(Addr::SocketAddr(stream.peer_addr().map_err(|e| e.to_string())?));
    let activity = Arc::new(Activity(Mutex::new((0, Instant::now()))));
    let asked = Arc::new(AtomicBool::new(false));
    let (has_asked, active) = (asked.clone(), activity.clone());
    let service = service_fn(move |request: http::Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        let answering = active.begin();
        let (endpoint, local, remote) = (endpoint.clone(), local.clone(), remote.clone());
        async move {
            let answer = endpoint.get_response((request, local, remote, Scheme::HTTP).into()).await;
            let answer: http::Response<BoxBody<Bytes, io::Error>> = answer.into();
            Ok::<_, std::convert::Infallible>(answer.map(|body| Answered { body, _answering: answering }))
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
    let io = OwnWords::new(Box::pin(io), app.clone());
    let serving = builder.serve_connection(TokioIo::new(io), service);
    tokio::pin!(serving);
    let mut ending = false;
    loop {
        let quiet = activity.quiet();
        tokio::select! {
            served = serving.as_mut() => return served.map_err(|e| e.to_string()),
            () = stop.cancelled(), if !ending => {}
            () = tokio::time::sleep(patience.saturating_sub(quiet).max(Duration::from_secs(1))) => {
                if activity.quiet() < patience {
                    continue;
                }
                // hyper counts from the first line on; before it knows which HTTP is spoken, nobody does. And whoever did not
                // go within the same time after being told to is gone.
                if ending || !has_asked.load(Ordering::Relaxed) {
                    return Err("nothing was asked".to_owned());
                }
            }
        }
        ending = true;
        serving.as_mut().graceful_shutdown();
    }
}

/// A connection on which hyper's own refusals (a request line or header that is none, a head that is too large) are said as all
/// others are: as a problem, with a request id and the headers of every answer. hyper writes them by itself, before there is a
/// request that could be given to anybody; each is a head without a body and without our id, and the connection's last word.
struct OwnWords<S> {
    inner: S,
    app: App,
    /// What is still to be written in place of hyper's words.
    instead: Option<(Vec<u8>, usize)>,
}

impl<S> OwnWords<S> {
    fn new(inner: S, app: App) -> Self {
        Self { inner, app, instead: None }
    }

    /// The problem in place of a refusal of hyper's; nothing, if what is written is something else.
    fn refusal(&self, written: &[u8]) -> Option<Vec<u8>> {
        let head = written.strip_prefix(b"HTTP/1.1 4")?;
        let head = head.strip_suffix(b"\r\n\r\n").and_then(|h| std::str::from_utf8(h).ok())?.to_ascii_lowercase();
        let ours = head.contains(super::http::REQUEST_ID);
        if ours || !head.contains("\r\ncontent-length: 0") || head.contains("\r\n\r\n") {
            return None;
        }
        // 414 and 431.
        let failure = match head.get(..2)? {
            "14" | "31" => Failure::new(Code::HeadTooLarge),
            _ => Failure::detail(Code::RequestInvalid, "the request is not one that HTTP/1.1 knows"),
        };
        Some(super::http::bare(&self.app, &failure))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for OwnWords<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for OwnWords<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.instead.is_none() {
            match self.refusal(buf) {
                Some(words) => self.instead = Some((words, 0)),
                None => return Pin::new(&mut self.inner).poll_write(cx, buf),
            }
        }
        let this = &mut *self;
        while let Some((words, at)) = &mut this.instead {
            let n = ready!(Pin::new(&mut this.inner).poll_write(cx, words.get(*at..).unwrap_or_default()))?;
            *at += n;
            if n == 0 || *at >= words.len() {
                this.instead = None;
            }
        }
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
