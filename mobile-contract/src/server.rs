//! A small HTTP server for the stand-ins: HTTP/1.1 or HTTP/2, plain or TLS with an authority of its own.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// An authority, and a certificate of it for `localhost` and `127.0.0.1`.
#[derive(Clone)]
pub struct Tls {
    /// The authority, for the client's trust.
    pub ca_pem: String,
    config: Arc<ServerConfig>,
}

impl Tls {
    /// Makes both anew.
    ///
    /// # Errors
    /// A key that cannot be made.
    pub fn new() -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let mut ca = CertificateParams::new(Vec::new())?;
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_key = KeyPair::generate()?;
        let ca_pem = ca.self_signed(&ca_key)?.pem();
        let issuer = Issuer::new(ca, ca_key);
        let key = KeyPair::generate()?;
        let cert =
            CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()])?.signed_by(&key, &issuer)?;
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], der)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { ca_pem, config: Arc::new(config) })
    }

    /// What takes connections with this certificate.
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.config.clone())
    }
}

/// How connections misbehave, set while they run.
#[derive(Default)]
pub struct Faults {
    /// Streams a client may have open; 0 for 1,000.
    pub max_streams: AtomicU32,
    /// Say GOAWAY after so many requests of a connection; 0 for never.
    pub goaway_after: AtomicUsize,
    /// Answer nothing, not even a ping: the connection hangs.
    pub silent: AtomicBool,
    /// Close every connection without a word at the next request.
    pub cut: AtomicBool,
    /// Reset the stream of every so manieth request, and answer the others; 0 for none.
    pub reset_every: AtomicUsize,
    /// Answer with a header of so many bytes beside the usual.
    pub head: AtomicUsize,
    /// Close each new connection before its TLS.
    pub away: AtomicBool,
    /// Take new connections, and say nothing on them: not even their TLS.
    pub frozen: AtomicBool,
    /// Say GOAWAY at once on each new connection, and close it.
    pub goaway_at_once: AtomicBool,
    /// Requests taken so far, on all connections.
    pub requests: AtomicUsize,
    /// Connections taken so far.
    pub connections: AtomicUsize,
    /// Requests being answered at this moment.
    pub in_flight: AtomicUsize,
    /// The most that were at once.
    pub most_in_flight: AtomicUsize,
}

/// A request with its body, and the number of the connection it came on.
pub struct Asked {
    /// The request.
    pub request: Request<Bytes>,
    /// The connection, counted from 0.
    pub connection: usize,
}

/// What answers.
pub type Answer = Arc<dyn Fn(Asked) -> BoxFuture<'static, Response<Full<Bytes>>> + Send + Sync>;

/// Serves on a free port of loopback until the runtime ends.
///
/// # Errors
/// No port.
pub async fn serve(tls: Option<Tls>, weather: Arc<Faults>, answer: Answer) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (tls, weather, answer) = (tls.clone(), weather.clone(), answer.clone());
            tokio::spawn(async move {
                let connection = weather.connections.fetch_add(1, Ordering::SeqCst);
                // How a connection ends is the client's business.
                drop(take(stream, tls, weather, answer, connection).await);
            });
        }
    });
    Ok(address)
}

type Fault = Box<dyn std::error::Error + Send + Sync>;

async fn take(
    stream: TcpStream,
    tls: Option<Tls>,
    weather: Arc<Faults>,
    answer: Answer,
    number: usize,
) -> Result<(), Fault> {
    stream.set_nodelay(true)?;
    if weather.away.load(Ordering::SeqCst) {
        return Ok(());
    }
    while weather.frozen.load(Ordering::SeqCst) {
        tokio::time::sleep(LOOK).await;
    }
    let max = match weather.max_streams.load(Ordering::SeqCst) {
        0 => 1_000,
        n => n,
    };
    let served = Arc::new(AtomicUsize::new(0));
    let (enough, cut) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let (w, s, e, c) = (weather.clone(), served, enough.clone(), cut.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let (weather, answer, served, enough, cut) = (w.clone(), answer.clone(), s.clone(), e.clone(), c.clone());
        async move {
            let nth = weather.requests.fetch_add(1, Ordering::SeqCst) + 1;
            if weather.cut.load(Ordering::SeqCst) {
                cut.notify_one();
                return std::future::pending().await;
            }
            let every = weather.reset_every.load(Ordering::SeqCst);
            if every > 0 && nth % every == 0 {
                // hyper resets the stream of a request whose service fails.
                return Err::<_, std::io::Error>(std::io::Error::other("reset"));
            }
            let limit = weather.goaway_after.load(Ordering::SeqCst);
            if limit > 0 && served.fetch_add(1, Ordering::SeqCst) + 1 >= limit {
                enough.notify_one();
            }
            let now = weather.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
            weather.most_in_flight.fetch_max(now, Ordering::SeqCst);
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map(http_body_util::Collected::to_bytes);
            let reply = match body {
                Ok(body) => {
                    let mut reply =
                        answer(Asked { request: Request::from_parts(parts, body), connection: number }).await;
                    let more = "x".repeat(weather.head.load(Ordering::SeqCst));
                    if let Some(value) = Some(more).filter(|m| !m.is_empty()).and_then(|m| m.parse().ok()) {
                        reply.headers_mut().insert("x-more", value);
                    }
                    Ok(reply)
                }
                Err(error) => Err(std::io::Error::other(error)),
            };
            weather.in_flight.fetch_sub(1, Ordering::SeqCst);
            reply
        }
    });
    let mut builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
    builder.http2().max_concurrent_streams(max).max_header_list_size(128 * 1024).timer(TokioTimer::new());
    builder.http1().timer(TokioTimer::new());
    let io: Box<dyn Io> = match tls {
        Some(tls) => Box::new(TlsAcceptor::from(tls.config).accept(stream).await?),
        None => Box::new(stream),
    };
    if weather.goaway_at_once.load(Ordering::SeqCst) {
        return go_away(io).await;
    }
    let connection = builder.serve_connection(TokioIo::new(io), service);
    tokio::pin!(connection);
    let mut told = false;
    loop {
        if weather.silent.load(Ordering::SeqCst) {
            // Not polled, it answers nothing, not even a ping; the socket stays open.
            tokio::time::sleep(LOOK).await;
            continue;
        }
        tokio::select! {
            done = connection.as_mut() => return done,
            () = cut.notified() => return Ok(()),
            () = enough.notified(), if !told => {
                told = true;
                // GOAWAY, and an end after what is under way.
                connection.as_mut().graceful_shutdown();
            }
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Empty SETTINGS, and a GOAWAY without an error that leaves every request unprocessed (RFC 9113, 6.5 and 6.8).
async fn go_away(mut io: Box<dyn Io>) -> Result<(), Fault> {
    const FRAMES: [u8; 26] = [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    io.write_all(&FRAMES).await?;
    io.shutdown().await?;
    Ok(())
}

/// How often a connection looks at the weather.
const LOOK: Duration = Duration::from_millis(50);

trait Io: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send {}
impl<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send> Io for T {}
