//! HTTP/2 to a provider: one connection, kept open, with as many requests in flight as the provider allows.
//!
//! Why not the crates' own clients: `a2`'s and its fork's fix host and trust roots, leave Nagle on (23 pushes a second
//! when alone), never ping (hang on a silent peer) and lose what a GOAWAY left unprocessed; no FCM crate keeps
//! Retry-After. This transport sends what was never processed again at once, and says of the rest that nobody knows.
//!
//! A provider that is out of order is never hammered: one tries to connect at a time, and all who wait share what came of
//! it; a connection that ends before it gave a single answer counts as a failed try; and whatever happens, there are no
//! more than [`BURST`](super::ration::BURST) and then [`A_MINUTE`](super::ration::A_MINUTE) connections that were of little use. When to try again is not decided here:
//! the channel does, for all its rows at once.

use std::{
    future::Future as _,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use bytes::Bytes;
use h2::{Ping, PingPong, client::SendRequest};
use http::{Request, Response};
use prometheus_client::metrics::counter::Counter;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep, timeout},
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    addresses::{in_turns, reach},
    ration::{A_MINUTE, Budget},
};

/// How often a request that was never processed is sent again before it counts as unknown.
const RESENDS: usize = 5;
/// How long a connection may take: its name, all its addresses, and its handshakes.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one address may take to its TLS where there are others left.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a ping may stay unanswered before the connection is given up.
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the body of an answer may take once its head is there; the head alone says nearly all.
const BODY_TIMEOUT: Duration = Duration::from_secs(2);
/// The most that is read of an answer, in bytes; providers answer with some hundred.
const MAX_ANSWER: usize = 64 * 1024;
/// The largest head of an answer, in bytes.
const MAX_HEAD: u32 = 64 * 1024;
/// A connection that answered so often was of use, and does not count.
const OF_USE: u64 = 5;

/// What the transport needs to know.
#[derive(Clone)]
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
    /// Counts the connections that were made.
    pub made: Counter,
    /// Counts those that could not be made, or ended before they gave an answer.
    pub failed: Counter,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The request cannot be built.
    #[error("{0:#}")]
    Request(anyhow::Error),
    /// No connection: nothing was sent.
    #[error("no connection: {0}")]
    Connect(String),
    /// The connection on which it was sent gave no answer at all, to nobody.
    #[error("no answer on a new connection: {0}")]
    Unanswered(String),
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
    current: RwLock<Option<Arc<Connection>>>,
    connecting: tokio::sync::Mutex<()>,
    made: AtomicU64,
    failures: Mutex<Failures>,
    budget: Mutex<Budget>,
}

/// Connections that failed, and why the last did.
#[derive(Default)]
struct Failures {
    count: u64,
    why: String,
}

/// One connection. Its gate opens to one request, and to as many as the peer allows once an answer came: Apple lets
/// one stream through until a request with a valid token was answered.
struct Connection {
    number: u64,
    sender: SendRequest<Bytes>,
    gate: Semaphore,
    granted: AtomicUsize,
    allowed: Arc<AtomicUsize>,
    /// Answers it gave.
    answers: AtomicU64,
    /// Whether it ever said anything about a request.
    speaks: AtomicBool,
    /// Its failure was counted.
    counted: AtomicBool,
    /// It takes no more requests.
    over: CancellationToken,
    /// How it ended.
    ended: Arc<OnceLock<String>>,
}

/// Why an exchange failed.
struct Failed {
    /// The peer certainly never looked at the request.
    unprocessed: bool,
    /// Only this request failed, and not its connection.
    alone: bool,
    why: String,
}

/// What is trusted: the authority that was given, or the public ones.
///
/// # Errors
/// A CA that is none.
pub fn trust(ca_pem: Option<&[u8]>, and_public: bool) -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for cert in ca_pem.map(CertificateDer::pem_slice_iter).into_iter().flatten() {
        roots.add(cert.context("the CA file is not PEM")?)?;
    }
    if and_public || ca_pem.is_none() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Transport {
    /// Prepares the transport; connects at the first request.
    ///
    /// # Errors
    /// A URL without a host, a CA that is none.
    pub fn new(settings: Settings) -> anyhow::Result<Self> {
        let mut tls = trust(settings.ca_pem.as_deref(), false)?;
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let host = settings.url.host_str().context("a provider's URL has no host")?.to_owned();
        let port = settings.url.port_or_known_default().unwrap_or(443);
        Ok(Self(Arc::new(Inner {
            settings,
            tls: TlsConnector::from(Arc::new(tls)),
            host,
            port,
            current: RwLock::default(),
            connecting: tokio::sync::Mutex::default(),
            made: AtomicU64::new(0),
            failures: Mutex::default(),
            budget: Mutex::new(Budget::new()),
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
    /// is built and sent again, on a new connection where the old one is over.
    ///
    /// # Errors
    /// A request that cannot be built, no connection, or no answer.
    pub async fn send(&self, build: impl Fn() -> anyhow::Result<Request<Bytes>>) -> Result<Response<Bytes>, SendError> {
        // What fails from now on fails for this request too: it does not try again what another just tried.
        let before = lock(&self.0.failures).count;
        let mut refused = 0;
        while refused < RESENDS {
            let connection = self.connection(before).await.map_err(SendError::Connect)?;
            let Some(_permit) = self.turn(&connection).await? else {
                // It ended while this request waited for its turn.
                self.drop_connection(&connection, "it was closed");
                continue;
            };
            let request = build().map_err(SendError::Request)?;
            match timeout(self.0.settings.timeout, connection.exchange(request)).await {
                Ok(Ok(answer)) => {
                    self.answered(&connection);
                    return Ok(answer);
                }
                Ok(Err(failed)) if failed.alone => {
                    connection.speaks.store(true, Ordering::Relaxed);
                    if !failed.unprocessed {
                        return Err(SendError::Unknown(failed.why));
                    }
                    refused += 1;
                }
                Ok(Err(failed)) => {
                    self.drop_connection(&connection, &failed.why);
                    if !connection.speaks.load(Ordering::Relaxed) {
                        return Err(SendError::Unanswered(failed.why));
                    }
                    if !failed.unprocessed {
                        return Err(SendError::Unknown(failed.why));
                    }
                }
                Err(_) => {
                    let why = "the provider did not answer in time";
                    // The ping decides whether a connection that has answered is dead; one slow answer does not.
                    if connection.speaks.load(Ordering::Relaxed) {
                        return Err(SendError::Unknown(why.to_owned()));
                    }
                    self.drop_connection(&connection, why);
                    return Err(SendError::Unanswered(why.to_owned()));
                }
            }
        }
        Err(SendError::Unknown("the provider refused the stream too often".to_owned()))
    }

    /// Waits until the connection lets one more request through; none where it ended. Who waits on a connection that answers nobody
    /// for as long as a request may take gives up.
    async fn turn<'a>(&self, connection: &'a Connection) -> Result<Option<SemaphorePermit<'a>>, SendError> {
        if connection.over.is_cancelled() {
            return Ok(None);
        }
        if let Ok(permit) = connection.gate.try_acquire() {
            return Ok(Some(permit));
        }
        let mut seen = connection.answers.load(Ordering::Relaxed);
        let turn = connection.gate.acquire();
        tokio::pin!(turn);
        loop {
            tokio::select! {
                biased;
                () = connection.over.cancelled() => return Ok(None),
                permit = &mut turn => return Ok(permit.ok()),
                () = sleep(self.0.settings.timeout) => {
                    let now = connection.answers.load(Ordering::Relaxed);
                    if now == seen {
                        return Err(SendError::Connect("the provider lets no request through".to_owned()));
                    }
                    seen = now;
                }
            }
        }
    }

    fn answered(&self, connection: &Connection) {
        connection.speaks.store(true, Ordering::Relaxed);
        if connection.answers.fetch_add(1, Ordering::Relaxed) + 1 == OF_USE {
            lock(&self.0.budget).give_back();
        }
        connection.widen(self.0.settings.in_flight);
    }

    fn usable(&self) -> Option<Arc<Connection>> {
        let current = self.0.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|l| !l.over.is_cancelled()).cloned()
    }

    fn set(&self, connection: Option<Arc<Connection>>) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = connection;
    }

    /// The connection, made if there is none; what failed since there were `before` failures is not tried again.
    async fn connection(&self, before: u64) -> Result<Arc<Connection>, String> {
        let ready = || match self.usable() {
            Some(connection) => Some(Ok(connection)),
            None => {
                let failures = lock(&self.0.failures);
                (failures.count != before).then(|| Err(failures.why.clone()))
            }
        };
        if let Some(ready) = ready() {
            return ready;
        }
        // One connects, the others wait for it.
        let _one = self.0.connecting.lock().await;
        if let Some(ready) = ready() {
            return ready;
        }
        let made = if lock(&self.0.budget).take(Instant::now()) {
            match timeout(CONNECT_TIMEOUT, self.connect()).await {
                Ok(made) => made.map_err(|e| format!("{e:#}")),
                Err(_) => Err("connecting took too long".to_owned()),
            }
        } else {
            Err(format!("connections end too early, so that no more than {A_MINUTE} are made in a minute"))
        };
        match made {
            Ok(connection) => {
                self.0.settings.made.inc();
                self.set(Some(connection.clone()));
                Ok(connection)
            }
            Err(why) => {
                self.fail(&why);
                Err(why)
            }
        }
    }

    fn fail(&self, why: &str) {
        self.0.settings.failed.inc();
        let mut failures = lock(&self.0.failures);
        failures.count += 1;
        why.clone_into(&mut failures.why);
    }

    /// Takes no more requests to a connection. One that never said anything about a request counts as a failure, once.
    fn drop_connection(&self, connection: &Connection, why: &str) {
        connection.over.cancel();
        {
            let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
            if current.as_ref().is_some_and(|l| l.number == connection.number) {
                *current = None;
            }
        }
        if !connection.speaks.load(Ordering::Relaxed) && !connection.counted.swap(true, Ordering::Relaxed) {
            self.fail(&format!(
                "a new connection gave no answer: {}",
                connection.ended.get().map_or(why, String::as_str)
            ));
        }
    }

    async fn connect(&self) -> anyhow::Result<Arc<Connection>> {
        let inner = &self.0;
        let host = inner.host.trim_start_matches('[').trim_end_matches(']');
        let found = tokio::net::lookup_host((host, inner.port)).await.context("its name is not found")?;
        let mut left = in_turns(found);
        let tls = loop {
            let tcp = reach(&mut left).await?;
            let within = if left.is_empty() { CONNECT_TIMEOUT } else { HANDSHAKE_TIMEOUT };
            match timeout(within, self.encrypt(tcp, host)).await {
                Ok(Ok(tls)) => break tls,
                Ok(Err(error)) if left.is_empty() => return Err(error),
                Err(late) if left.is_empty() => return Err(late.into()),
                _ => {}
            }
        };
        let (sender, mut connection) = h2::client::Builder::new()
            .enable_push(false)
            .initial_max_send_streams(1)
            .max_header_list_size(MAX_HEAD)
            .handshake(tls)
            .await?;
        let allowed = Arc::new(AtomicUsize::new(1));
        let over = CancellationToken::new();
        let ended = Arc::new(OnceLock::new());
        let pings = connection.ping_pong().context("a new connection without pings")?;
        let (seen, end, how) = (allowed.clone(), over.clone(), ended.clone());
        let driven = async move {
            let done = std::future::poll_fn(|cx| {
                let state = std::pin::Pin::new(&mut connection).poll(cx);
                seen.store(connection.max_concurrent_send_streams(), Ordering::Relaxed);
                state
            });
            match done.await {
                Ok(()) => "it was closed".to_owned(),
                Err(error) => error.to_string(),
            }
        };
        let every = inner.settings.ping;
        tokio::spawn(async move {
            // Whichever ends first ends the other: a peer that answers no ping loses the connection, and every request
            // on it hears so.
            let why = tokio::select! {
                why = driven => why,
                () = watch(pings, every) => "it answers no ping".to_owned(),
            };
            tracing::debug!(why, "a provider's connection ended");
            drop(how.set(why));
            end.cancel();
        });
        Ok(Arc::new(Connection {
            number: inner.made.fetch_add(1, Ordering::Relaxed) + 1,
            sender,
            gate: Semaphore::new(1),
            granted: AtomicUsize::new(1),
            allowed,
            answers: AtomicU64::new(0),
            speaks: AtomicBool::new(false),
            counted: AtomicBool::new(false),
            over,
            ended,
        }))
    }

    async fn encrypt(&self, tcp: TcpStream, host: &str) -> anyhow::Result<TlsStream<TcpStream>> {
        tcp.set_nodelay(true)?;
        let name = ServerName::try_from(host.to_owned())?;
        let tls = self.0.tls.connect(name, tcp).await.context("TLS")?;
        anyhow::ensure!(tls.get_ref().1.alpn_protocol() == Some(b"h2"), "the server does not speak HTTP/2");
        Ok(tls)
    }
}

/// Pings until no answer comes: a peer that is gone says nothing (RFC 9113, 6.7).
async fn watch(mut pings: PingPong, every: Duration) {
    loop {
        sleep(every).await;
        if !matches!(timeout(PING_TIMEOUT.min(every * 2), pings.ping(Ping::opaque())).await, Ok(Ok(_))) {
            return;
        }
    }
}

impl Connection {
    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Failed> {
        let (parts, content) = request.into_parts();
        let mut sender = self.sender.clone();
        // An error before the stream is open: nothing was sent.
        let (answer, mut out) = sender.send_request(Request::from_parts(parts, ()), false).map_err(|e| Failed {
            unprocessed: true,
            alone: false,
            why: e.to_string(),
        })?;
        // The provider may refuse by the head alone, and close the way for the body: its answer still counts.
        drop(out.send_data(content, true));
        let (parts, body) = answer.await.map_err(failed)?.into_parts();
        // The head is the answer. Of a body that drips, breaks off or has no end we take what there is: to send again what
        // was taken would disturb somebody twice.
        let mut bytes = Vec::new();
        drop(timeout(BODY_TIMEOUT, read(body, &mut bytes)).await);
        Ok(Response::from_parts(parts, bytes.into()))
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

async fn read(mut body: h2::RecvStream, into: &mut Vec<u8>) {
    while let Some(Ok(part)) = body.data().await {
        drop(body.flow_control().release_capacity(part.len()));
        into.extend_from_slice(&part[..part.len().min(MAX_ANSWER - into.len())]);
        if into.len() == MAX_ANSWER {
            return;
        }
    }
}

/// A peer that says goodbye, or refuses a stream, never looked at the request: RFC 9113, 6.8 and 8.7. What is wrong with one
/// stream is not its connection's fault.
fn failed(error: h2::Error) -> Failed {
    let unprocessed = (error.is_go_away() && error.is_remote()) || error.reason() == Some(h2::Reason::REFUSED_STREAM);
    Failed { unprocessed, alone: error.is_reset(), why: error.to_string() }
}
