//! HTTP/2 to a provider: one connection, kept open, with as many requests in flight as the provider allows.
//!
//! Why not the crates' own clients: `a2`'s and its fork's fix host and trust roots, leave Nagle on (23 pushes a second
//! when alone), never ping (hang on a silent peer) and lose what a GOAWAY left unprocessed; no FCM crate keeps
//! Retry-After. This transport sends what was never processed again at once, and says of the rest that nobody knows.

use std::{
    future::Future as _,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use tokio::{
    net::TcpStream,
    sync::{Mutex, Semaphore},
    time::timeout,
};
use tokio_rustls::TlsConnector;
use url::Url;

/// How often a request that was never processed is sent again before it counts as unknown.
const RESENDS: usize = 5;
/// How long a TCP connection and its handshakes may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a ping may stay unanswered before the connection is given up.
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes; providers answer with some hundred.
const MAX_ANSWER: usize = 64 * 1024;

/// What the transport needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme, host and port.
    pub url: Url,
    /// The authority of the server's certificate, if it is not a public one.
    pub ca_pem: Option<Vec<u8>>,
    /// The most requests in flight.
    pub in_flight: usize,
    /// How long one request may take.
    pub timeout: Duration,
    /// How often an open connection is pinged.
    pub ping: Duration,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No connection: nothing was sent.
    #[error("no connection: {0:#}")]
    Connect(anyhow::Error),
    /// The request may have been taken or not.
    #[error("no answer: {0}")]
    Unknown(String),
}

/// A connection to a provider, made when needed. Cheap to clone.
#[derive(Clone)]
pub struct Transport(Arc<Inner>);

struct Inner {
    settings: Settings,
    tls: TlsConnector,
    host: String,
    port: u16,
    current: RwLock<Option<Line>>,
    connecting: Mutex<()>,
    made: AtomicU64,
}

/// One connection. Its gate opens to one request, and to as many as the peer allows once an answer came: Apple lets
/// one stream through until a request with a valid token was answered.
#[derive(Clone)]
struct Line {
    number: u64,
    sender: SendRequest<Full<Bytes>>,
    gate: Arc<Semaphore>,
    granted: Arc<AtomicUsize>,
    allowed: Arc<AtomicUsize>,
    retired: Arc<AtomicBool>,
}

impl Transport {
    /// Prepares the transport; connects at the first request.
    ///
    /// # Errors
    /// A URL without a host, a CA that is none.
    pub fn new(settings: Settings) -> anyhow::Result<Self> {
        let mut roots = RootCertStore::empty();
        match &settings.ca_pem {
            Some(pem) => {
                for cert in CertificateDer::pem_slice_iter(pem) {
                    roots.add(cert.context("the CA file is not PEM")?)?;
                }
            }
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let host = settings.url.host_str().context("a provider's URL has no host")?.to_owned();
        let port = settings.url.port_or_known_default().unwrap_or(443);
        Ok(Self(Arc::new(Inner {
            settings,
            tls: TlsConnector::from(Arc::new(tls)),
            host,
            port,
            current: RwLock::default(),
            connecting: Mutex::default(),
            made: AtomicU64::new(0),
        })))
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> u64 {
        self.0.made.load(Ordering::Relaxed)
    }

    /// Closes the connection: the next request makes a new one, with whatever credentials are new.
    pub fn close(&self) {
        self.set(None);
    }

    /// Sends a request and reads the answer. What a GOAWAY, a refused stream or a closed connection left unprocessed
    /// is sent again on a new connection.
    ///
    /// # Errors
    /// No connection, or no answer.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, SendError> {
        let (parts, body) = request.into_parts();
        let mut sent = 0;
        while sent < RESENDS {
            let mut line = self.line().await.map_err(SendError::Connect)?;
            let gate = line.gate.clone();
            let Ok(_permit) = gate.acquire().await else { continue };
            if line.retired.load(Ordering::Relaxed) || line.sender.is_closed() {
                // It ended while this request waited for its turn.
                self.drop_line(&line);
                continue;
            }
            sent += 1;
            let request = Request::from_parts(parts.clone(), Full::new(body.clone()));
            let answer = timeout(self.0.settings.timeout, async {
                let response = line.sender.send_request(request).await?;
                let (parts, body) = response.into_parts();
                let bytes = Limited::new(body, MAX_ANSWER).collect().await;
                Ok::<_, hyper::Error>((parts, bytes))
            })
            .await;
            match answer {
                Ok(Ok((parts, Ok(body)))) => {
                    line.widen(self.0.settings.in_flight);
                    return Ok(Response::from_parts(parts, body.to_bytes()));
                }
                Ok(Ok((_, Err(error)))) => {
                    self.drop_line(&line);
                    return Err(SendError::Unknown(error.to_string()));
                }
                Ok(Err(error)) if never_processed(&error) => self.drop_line(&line),
                Ok(Err(error)) => {
                    self.drop_line(&line);
                    return Err(SendError::Unknown(error.to_string()));
                }
                // The ping decides whether the whole connection is dead; one slow answer does not.
                Err(_) => return Err(SendError::Unknown("the provider did not answer in time".to_owned())),
            }
        }
        Err(SendError::Unknown("the provider left the request unprocessed too often".to_owned()))
    }

    fn usable(&self) -> Option<Line> {
        let current = self.0.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|l| !l.sender.is_closed()).cloned()
    }

    fn set(&self, line: Option<Line>) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = line;
    }

    async fn line(&self) -> anyhow::Result<Line> {
        if let Some(line) = self.usable() {
            return Ok(line);
        }
        // One connects, the others wait for it.
        let _one = self.0.connecting.lock().await;
        if let Some(line) = self.usable() {
            return Ok(line);
        }
        let line = timeout(CONNECT_TIMEOUT, self.connect()).await.context("connecting took too long")??;
        self.set(Some(line.clone()));
        Ok(line)
    }

    fn drop_line(&self, line: &Line) {
        line.retired.store(true, Ordering::Relaxed);
        let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_some_and(|l| l.number == line.number) {
            *current = None;
        }
    }

    async fn connect(&self) -> anyhow::Result<Line> {
        let inner = &self.0;
        let tcp = TcpStream::connect((inner.host.as_str(), inner.port)).await?;
        tcp.set_nodelay(true)?;
        let name = ServerName::try_from(inner.host.clone())?;
        let tls = inner.tls.connect(name, tcp).await?;
        anyhow::ensure!(tls.get_ref().1.alpn_protocol() == Some(b"h2"), "the server does not speak HTTP/2");
        let (sender, mut connection) = Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .initial_max_send_streams(1)
            .keep_alive_interval(inner.settings.ping)
            .keep_alive_timeout(PING_TIMEOUT.min(inner.settings.ping * 2))
            .keep_alive_while_idle(true)
            .handshake(TokioIo::new(tls))
            .await?;
        let allowed = Arc::new(AtomicUsize::new(1));
        let seen = allowed.clone();
        tokio::spawn(async move {
            let driven = std::future::poll_fn(|cx| {
                let state = std::pin::Pin::new(&mut connection).poll(cx);
                seen.store(connection.current_max_send_streams(), Ordering::Relaxed);
                state
            });
            if let Err(error) = driven.await {
                tracing::debug!(%error, "a provider's connection ended");
            }
        });
        let number = inner.made.fetch_add(1, Ordering::Relaxed) + 1;
        let gate = Arc::new(Semaphore::new(1));
        Ok(Line { number, sender, gate, granted: Arc::new(AtomicUsize::new(1)), allowed, retired: Arc::default() })
    }
}

impl Line {
    /// Opens the gate as far as the peer now allows, or narrows it.
    fn widen(&self, cap: usize) {
        let wanted = self.allowed.load(Ordering::Relaxed).clamp(1, cap);
        let granted = self.granted.swap(wanted, Ordering::Relaxed);
        if wanted > granted {
            self.gate.add_permits(wanted - granted);
        } else if wanted < granted {
            let taken = self.gate.forget_permits(granted - wanted);
            self.granted.fetch_add(granted - wanted - taken, Ordering::Relaxed);
        }
    }
}

/// Whether the peer, or our own side, says that it never looked at the request: RFC 9113, 6.8 and 8.7.
fn never_processed(error: &hyper::Error) -> bool {
    if error.is_canceled() {
        return true;
    }
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(h2) = cause.downcast_ref::<h2::Error>() {
            return (h2.is_go_away() && h2.is_remote()) || h2.reason() == Some(h2::Reason::REFUSED_STREAM);
        }
        source = cause.source();
    }
    false
}

/// Retry-After, in seconds (RFC 9110, 10.2.3; neither provider sends dates).
pub fn retry_after(answer: &Response<Bytes>) -> Option<chrono::Duration> {
    let text = answer.headers().get(http::header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().filter(|s| (0..=86_400).contains(s)).map(chrono::Duration::seconds)
}
