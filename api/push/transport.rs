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
use h2::{Ping, PingPong, client::SendRequest};
use http::{Request, Response};
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
/// The largest head of an answer, in bytes.
const MAX_HEAD: u32 = 16 * 1024;

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
    /// The request cannot be built.
    #[error("{0:#}")]
    Request(anyhow::Error),
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
    current: RwLock<Option<Arc<Line>>>,
    connecting: Mutex<()>,
    made: AtomicU64,
}

/// One connection. Its gate opens to one request, and to as many as the peer allows once an answer came: Apple lets
/// one stream through until a request with a valid token was answered.
struct Line {
    number: u64,
    sender: SendRequest<Bytes>,
    gate: Semaphore,
    granted: AtomicUsize,
    allowed: Arc<AtomicUsize>,
    retired: Arc<AtomicBool>,
}

/// Why an exchange failed, and whether the peer certainly never looked at the request.
struct Failed {
    unprocessed: bool,
    why: String,
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
    /// is built and sent again on a new connection.
    ///
    /// # Errors
    /// A request that cannot be built, no connection, or no answer.
    pub async fn send(&self, build: impl Fn() -> anyhow::Result<Request<Bytes>>) -> Result<Response<Bytes>, SendError> {
        let mut sent = 0;
        while sent < RESENDS {
            let line = self.line().await.map_err(SendError::Connect)?;
            let Ok(_permit) = line.gate.acquire().await else { continue };
            if line.retired.load(Ordering::Relaxed) {
                // It ended while this request waited for its turn.
                self.drop_line(&line);
                continue;
            }
            sent += 1;
            let request = build().map_err(SendError::Request)?;
            match timeout(self.0.settings.timeout, line.exchange(request)).await {
                Ok(Ok(answer)) => {
                    line.widen(self.0.settings.in_flight);
                    return Ok(answer);
                }
                Ok(Err(failed)) => {
                    self.drop_line(&line);
                    if !failed.unprocessed {
                        return Err(SendError::Unknown(failed.why));
                    }
                }
                // The ping decides whether the whole connection is dead; one slow answer does not.
                Err(_) => return Err(SendError::Unknown("the provider did not answer in time".to_owned())),
            }
        }
        Err(SendError::Unknown("the provider left the request unprocessed too often".to_owned()))
    }

    fn usable(&self) -> Option<Arc<Line>> {
        let current = self.0.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|l| !l.retired.load(Ordering::Relaxed)).cloned()
    }

    fn set(&self, line: Option<Arc<Line>>) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = line;
    }

    async fn line(&self) -> anyhow::Result<Arc<Line>> {
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

    async fn connect(&self) -> anyhow::Result<Arc<Line>> {
        let inner = &self.0;
        let tcp = TcpStream::connect((inner.host.as_str(), inner.port)).await?;
        tcp.set_nodelay(true)?;
        let name = ServerName::try_from(inner.host.clone())?;
        let tls = inner.tls.connect(name, tcp).await?;
        anyhow::ensure!(tls.get_ref().1.alpn_protocol() == Some(b"h2"), "the server does not speak HTTP/2");
        let (sender, mut connection) = h2::client::Builder::new()
            .enable_push(false)
            .initial_max_send_streams(1)
            .max_header_list_size(MAX_HEAD)
            .handshake(tls)
            .await?;
        let allowed = Arc::new(AtomicUsize::new(1));
        let retired = Arc::new(AtomicBool::new(false));
        let pings = connection.ping_pong().context("a new connection without pings")?;
        let (seen, over) = (allowed.clone(), retired.clone());
        let driven = async move {
            let ended = std::future::poll_fn(|cx| {
                let state = std::pin::Pin::new(&mut connection).poll(cx);
                seen.store(connection.max_concurrent_send_streams(), Ordering::Relaxed);
                state
            });
            if let Err(error) = ended.await {
                tracing::debug!(%error, "a provider's connection ended");
            }
        };
        let every = inner.settings.ping;
        tokio::spawn(async move {
            // Whichever ends first ends the other: a peer that answers no ping loses the connection, and every request
            // on it hears so.
            tokio::select! {
                () = driven => {}
                () = watch(pings, every) => tracing::debug!("a provider's connection answers no ping"),
            }
            over.store(true, Ordering::Relaxed);
        });
        let number = inner.made.fetch_add(1, Ordering::Relaxed) + 1;
        let gate = Semaphore::new(1);
        Ok(Arc::new(Line { number, sender, gate, granted: AtomicUsize::new(1), allowed, retired }))
    }
}

/// Pings until no answer comes: a peer that is gone says nothing (RFC 9113, 6.7).
async fn watch(mut pings: PingPong, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if !matches!(timeout(PING_TIMEOUT.min(every * 2), pings.ping(Ping::opaque())).await, Ok(Ok(_))) {
            return;
        }
    }
}

impl Line {
    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Failed> {
        let (parts, content) = request.into_parts();
        let mut sender = self.sender.clone();
        // An error before the stream is open: nothing was sent.
        let (answer, mut out) = sender
            .send_request(Request::from_parts(parts, ()), false)
            .map_err(|e| Failed { unprocessed: true, why: e.to_string() })?;
        // The provider may refuse by the head alone, and close the way for the body: its answer still counts.
        drop(out.send_data(content, true));
        let (parts, mut body) = answer.await.map_err(failed)?.into_parts();
        let mut bytes = Bytes::new();
        while let Some(part) = body.data().await {
            let part = part.map_err(failed)?;
            drop(body.flow_control().release_capacity(part.len()));
            if bytes.len() + part.len() > MAX_ANSWER {
                return Err(Failed { unprocessed: false, why: format!("an answer of more than {MAX_ANSWER} bytes") });
            }
            // Nearly always there is one part only.
            bytes = if bytes.is_empty() { part } else { [bytes, part].concat().into() };
        }
        Ok(Response::from_parts(parts, bytes))
    }

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

/// A peer that says goodbye, or refuses a stream, never looked at the request: RFC 9113, 6.8 and 8.7.
fn failed(error: h2::Error) -> Failed {
    let unprocessed = (error.is_go_away() && error.is_remote()) || error.reason() == Some(h2::Reason::REFUSED_STREAM);
    Failed { unprocessed, why: error.to_string() }
}

/// Retry-After, in seconds (RFC 9110, 10.2.3; neither provider sends dates).
pub fn retry_after(answer: &Response<Bytes>) -> Option<chrono::Duration> {
    let text = answer.headers().get(http::header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().filter(|s| (0..=86_400).contains(s)).map(chrono::Duration::seconds)
}
