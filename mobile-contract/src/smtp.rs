//! A relay on loopback that speaks SMTP (RFC 5321) as a strict one does: TLS by STARTTLS before anything else, a name and a password, one
//! line at a time. It keeps what it took, and misbehaves as it is told.

use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use crate::server::Tls;

/// As whom one signs in.
pub const USER: &str = "thuisloket";
/// With which password.
pub const PASSWORD: &str = "only on loopback";
/// The longest line of a message, without its end (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;

/// An e-mail that was taken.
#[derive(Clone, Debug)]
pub struct Received {
    /// To where it comes back.
    pub from: String,
    /// Whom it is for.
    pub to: String,
    /// All of it, as it came.
    pub data: String,
}

impl Received {
    /// The value of a header, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.data, name)
    }

    /// What it says as plain text.
    pub fn plain(&self) -> String {
        self.part("text/plain")
    }

    /// What it says as HTML.
    pub fn html(&self) -> String {
        self.part("text/html")
    }

    /// One part of it, decoded; empty where there is none.
    fn part(&self, kind: &str) -> String {
        let Some(boundary) = self.header("Content-Type").and_then(|all| {
            let (_, rest) = all.split_once("boundary=")?;
            Some(rest.trim_matches('"').split(['"', ';']).next().unwrap_or_default().to_owned())
        }) else {
            return String::new();
        };
        let boundary = format!("--{boundary}");
        let parts = self.data.split(&boundary);
        let Some(part) =
            parts.skip(1).find(|part| header(part.trim_start(), "Content-Type").is_some_and(|t| t.starts_with(kind)))
        else {
            return String::new();
        };
        let part = part.trim_start();
        let encoding = header(part, "Content-Transfer-Encoding").unwrap_or_default().to_lowercase();
        let body = part.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        match encoding.as_str() {
            "base64" => {
                let text: String = body.split_whitespace().collect();
                String::from_utf8(STANDARD.decode(text).unwrap_or_default()).unwrap_or_default()
            }
            "quoted-printable" => quoted(body),
            _ => body.to_owned(),
        }
    }
}

/// The value of a header of a text that begins with headers.
fn header(text: &str, name: &str) -> Option<String> {
    let head = text.split("\r\n\r\n").next()?;
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// Reads quoted-printable (RFC 2045, 6.7).
fn quoted(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'=').and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// How it misbehaves, set while it runs.
#[derive(Default)]
pub struct Faults {
    /// Refuse each recipient the first time, as greylisting does.
    pub greylist: AtomicBool,
    /// Close each new connection before a word.
    pub away: AtomicBool,
    /// Offer no STARTTLS.
    pub no_tls: AtomicBool,
    /// Take so many messages, and close the connection instead of saying so.
    pub cut_after_data: AtomicUsize,
    /// Take so many messages on each connection, and close it when one more begins; 0 for as many as come.
    pub a_connection: AtomicUsize,
    /// Milliseconds that each answer takes.
    pub slow: AtomicU64,
    /// Answers to these recipients, such as `550 5.1.1 no such user`.
    pub recipients: Mutex<HashMap<String, String>>,
    /// The answer to every recipient; none for what they are.
    pub everybody: Mutex<Option<String>>,
    /// The answer to whoever sends; none for yes.
    pub sender: Mutex<Option<String>>,
    /// The answer to every message; none for yes.
    pub content: Mutex<Option<String>>,
    /// Connections taken so far.
    pub connections: AtomicUsize,
    /// Recipients that were asked for, also those that were refused.
    pub asked: AtomicUsize,
}

/// A relay.
#[derive(Clone)]
pub struct Smtp {
    /// Where it listens.
    pub address: SocketAddr,
    /// The authority of its certificate.
    pub ca_pem: String,
    /// How it misbehaves.
    pub faults: Arc<Faults>,
    inner: Arc<Inner>,
}

struct Inner {
    tls: TlsAcceptor,
    faults: Arc<Faults>,
    taken: Mutex<Vec<Received>>,
    greeted: Mutex<HashSet<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Smtp {
    /// Starts one on a free port of loopback.
    ///
    /// # Errors
    /// No port, no key.
    pub async fn start() -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let tls = Tls::new()?;
        let faults = Arc::new(Faults::default());
        let inner = Arc::new(Inner {
            tls: tls.acceptor(),
            faults: faults.clone(),
            taken: Mutex::default(),
            greeted: Mutex::default(),
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let serving = inner.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = serving.clone();
                tokio::spawn(async move {
                    inner.faults.connections.fetch_add(1, Ordering::SeqCst);
                    // How a connection ends is the client's business.
                    drop(converse(stream, &inner).await);
                });
            }
        });
        Ok(Self { address, ca_pem: tls.ca_pem, faults, inner })
    }

    /// What was taken so far, in its order.
    pub fn taken(&self) -> Vec<Received> {
        lock(&self.inner.taken).clone()
    }

    /// What was taken for an address, in its order.
    pub fn taken_for(&self, address: &str) -> Vec<Received> {
        self.taken().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// Forgets what was taken.
    pub fn forget(&self) {
        lock(&self.inner.taken).clear();
    }

    /// Answers so when it is asked for a recipient; none for yes.
    pub fn refuse(&self, address: &str, answer: Option<&str>) {
        let mut all = lock(&self.faults.recipients);
        match answer {
            Some(answer) => all.insert(address.to_owned(), answer.to_owned()),
            None => all.remove(address),
        };
    }
}

trait Io: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

type Fault = Box<dyn std::error::Error + Send + Sync>;
type Stream = BufReader<Box<dyn Io>>;

/// What was said so far on a connection.
#[derive(Default)]
struct Session {
    hello: bool,
    private: bool,
    known: bool,
    from: Option<String>,
    to: Option<String>,
    taken: usize,
}

async fn say(io: &mut Stream, inner: &Inner, text: &str) -> Result<(), Fault> {
    let slow = inner.faults.slow.load(Ordering::SeqCst);
    if slow > 0 {
        tokio::time::sleep(Duration::from_millis(slow)).await;
    }
    io.write_all(format!("{text}\r\n").as_bytes()).await?;
    io.flush().await?;
    Ok(())
}

/// One line without its end; none where the client is gone.
async fn line(io: &mut Stream) -> Result<Option<String>, Fault> {
    let mut text = String::new();
    if io.read_line(&mut text).await? == 0 {
        return Ok(None);
    }
    let text = text.strip_suffix("\r\n").ok_or("a line that does not end with CR LF")?;
    Ok(Some(text.to_owned()))
}

/// The address between angle brackets.
fn address(rest: &str) -> Option<String> {
    let (_, rest) = rest.split_once('<')?;
    rest.split_once('>').map(|(address, _)| address.to_owned())
}

async fn converse(stream: TcpStream, inner: &Inner) -> Result<(), Fault> {
    let faults = &inner.faults;
    if faults.away.load(Ordering::SeqCst) {
        return Ok(());
    }
    stream.set_nodelay(true)?;
    let mut io: Stream = BufReader::new(Box::new(stream));
    let mut session = Session::default();
    say(&mut io, inner, "220 relay.example ESMTP").await?;
    while let Some(text) = line(&mut io).await? {
        let upper = text.to_ascii_uppercase();
        let verb = upper.split(' ').next().unwrap_or_default().to_owned();
        let answer = match verb.as_str() {
            "EHLO" => {
                session.hello = true;
                let tls = !session.private && !faults.no_tls.load(Ordering::SeqCst);
                match (tls, session.private) {
                    (true, _) => "250-relay.example\r\n250-PIPELINING\r\n250 STARTTLS".to_owned(),
                    (false, true) => "250-relay.example\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN".to_owned(),
                    (false, false) => "250 relay.example".to_owned(),
                }
            }
            "STARTTLS" if !session.private && !faults.no_tls.load(Ordering::SeqCst) => {
                say(&mut io, inner, "220 2.0.0 go on").await?;
                let plain = io.into_inner();
                io = BufReader::new(Box::new(inner.tls.accept(plain).await?));
                session = Session { private: true, ..Session::default() };
                continue;
            }
            "AUTH" if session.private => {
                let given = text.split(' ').nth(2).and_then(|given| STANDARD.decode(given).ok()).unwrap_or_default();
                session.known = given == format!("\0{USER}\0{PASSWORD}").into_bytes();
                let said = if session.known { "235 2.7.0 welcome" } else { "535 5.7.8 who are you" };
                said.to_owned()
            }
            "MAIL" if !session.known => "530 5.7.0 sign in first".to_owned(),
            "MAIL" if !session.hello => "503 5.5.1 say hello first".to_owned(),
            "MAIL" if (1..=session.taken).contains(&faults.a_connection.load(Ordering::SeqCst)) => {
                say(&mut io, inner, "421 4.7.0 enough on this connection").await?;
                return Ok(());
            }
            "MAIL" => {
                let refused = lock(&faults.sender).clone();
                match (refused, address(&text)) {
                    (Some(refused), _) => refused,
                    (None, Some(from)) => {
                        (session.from, session.to) = (Some(from), None);
                        "250 2.1.0 ok".to_owned()
                    }
                    (None, None) => "501 5.1.7 no address".to_owned(),
                }
            }
            "RCPT" if session.from.is_none() => "503 5.5.1 from whom".to_owned(),
            "RCPT" => recipient(inner, &mut session, &text),
            "DATA" if session.to.is_none() => "503 5.5.1 to whom".to_owned(),
            "DATA" => {
                say(&mut io, inner, "354 go on").await?;
                let Some(data) = content(&mut io).await? else { return Ok(()) };
                let (from, to) = (session.from.take().unwrap_or_default(), session.to.take().unwrap_or_default());
                let refused = lock(&faults.content).clone();
                match refused {
                    Some(refused) => refused,
                    None => {
                        lock(&inner.taken).push(Received { from, to, data });
                        session.taken += 1;
                        let cuts = &faults.cut_after_data;
                        let cut = cuts.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok();
                        if cut {
                            return Ok(());
                        }
                        "250 2.0.0 taken".to_owned()
                    }
                }
            }
            "RSET" => {
                (session.from, session.to) = (None, None);
                "250 2.0.0 ok".to_owned()
            }
            "NOOP" => "250 2.0.0 ok".to_owned(),
            "QUIT" => {
                say(&mut io, inner, "221 2.0.0 bye").await?;
                return Ok(());
            }
            _ => "502 5.5.1 not here".to_owned(),
        };
        say(&mut io, inner, &answer).await?;
    }
    Ok(())
}

/// Answers who asks for a recipient.
fn recipient(inner: &Inner, session: &mut Session, text: &str) -> String {
    let faults = &inner.faults;
    faults.asked.fetch_add(1, Ordering::SeqCst);
    let Some(to) = address(text) else { return "501 5.1.3 no address".to_owned() };
    if session.to.is_some() {
        return "452 4.5.3 one at a time".to_owned();
    }
    let everybody = lock(&faults.everybody).clone();
    let refused = everybody.or_else(|| lock(&faults.recipients).get(&to).cloned());
    if let Some(refused) = refused {
        return refused;
    }
    if faults.greylist.load(Ordering::SeqCst) && lock(&inner.greeted).insert(to.clone()) {
        return "450 4.2.0 come back in a minute".to_owned();
    }
    session.to = Some(to);
    "250 2.1.5 ok".to_owned()
}

/// A message up to the dot that ends it; none where the client is gone before.
async fn content(io: &mut Stream) -> Result<Option<String>, Fault> {
    let mut all = String::new();
    loop {
        let Some(text) = line(io).await? else { return Ok(None) };
        if text == "." {
            return Ok(Some(all));
        }
        if text.len() > LONGEST_LINE || !text.is_ascii() {
            return Err("a line that is too long, or not ASCII".into());
        }
        // A dot at the beginning is doubled (RFC 5321, 4.5.2).
        all.push_str(text.strip_prefix('.').unwrap_or(&text));
        all.push_str("\r\n");
    }
}
