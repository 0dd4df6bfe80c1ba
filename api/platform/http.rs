//! What every request passes through: its id, what HTTP asks for, canonical values, a bound on body and time, and one form
//! for every error, a panic's too.

use std::{
    borrow::Cow,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt as _, Stream, StreamExt as _, stream::BoxStream};
use poem::{
    Endpoint, EndpointExt as _, Error, IntoResponse, Request, Response,
    http::{HeaderValue, Method, StatusCode, Version, header},
};
use poem_openapi::{
    OperationId,
    error::{ContentTypeError, ParseParamError, ParsePathError, ParseRequestPayloadError},
};
use tracing::Instrument as _;

use super::{
    canonical::{canonical_uri, invalid, short},
    conditional::Known,
    faults::plain,
    limits::{Bound, Place},
    metrics::{Answer, Operation},
    problem::{Code, Failure, Problem},
    retry,
    room::App,
};

pub use super::canonical::Body;

/// The header that carries the id of a request, both ways.
pub const REQUEST_ID: &str = "x-request-id";
/// The longest part of a path that is logged: an id of 36 characters, and no token.
const LONGEST_LOGGED: usize = 40;
/// The longest id a caller may choose.
const MAX_REQUEST_ID: usize = 64;
/// How much of a body that is refused is read all the same, and for how long. A proxy sends all of a body before it reads an
/// answer: where the connection ends meanwhile, it takes this server for one that is gone, and sends nobody to it for a while.
const READ_ON: usize = 16 * 1024 * 1024;
const READ_ON_FOR: Duration = Duration::from_secs(10);

/// What every answer says to a browser, unless a page says otherwise: show and run nothing, keep nothing, tell nobody
/// (OWASP, "HTTP Security Response Headers"; MDN's HTTP Observatory).
const HEADERS: &[(&str, &str)] = &[
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];
/// For two years, where the server is reached by https (RFC 6797).
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that is being answered, to be written beside what it causes; empty in a worker.
pub fn request_id() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// All of a body that is no JSON, up to a bound in bytes.
///
/// # Errors
/// `body_too_large`; `body_invalid` for one that broke off.
pub async fn read_whole(body: poem::Body, most: usize) -> Result<bytes::Bytes, Failure> {
    body.into_bytes_limit(most).await.map_err(|e| problem_of(&e.into()))
}

/// The problem that an error of the framework stands for.
fn problem_of(error: &Error) -> Failure {
    if let Some(e) = error.downcast_ref::<ParseParamError>() {
        return Failure::field(Code::ParameterInvalid, e.name, short(&plain(&e.reason)));
    }
    if error.downcast_ref::<ParsePathError>().is_some() || error.downcast_ref::<poem::error::ParsePathError>().is_some()
    {
        // An id that cannot be one names nothing.
        return Failure::new(Code::NotFound);
    }
    if let Some(e) = error.downcast_ref::<poem::error::ParseQueryError>() {
        return Failure::detail(Code::ParameterInvalid, short(&e.0.to_string()));
    }
    if let Some(e) = error.downcast_ref::<ParseRequestPayloadError>() {
        return invalid(None, &e.reason);
    }
    if error.downcast_ref::<ContentTypeError>().is_some() {
        return Failure::new(Code::MediaTypeUnsupported);
    }
    match error.status().as_u16() {
        401 => Failure::new(Code::TokenMissing),
        404 => Failure::new(Code::NotFound),
        405 => Failure::new(Code::MethodNotAllowed),
        413 => Failure::new(Code::BodyTooLarge),
        415 => Failure::new(Code::MediaTypeUnsupported),
        400..500 => Failure::new(Code::BodyInvalid),
        503 => Failure::new(Code::Overloaded),
        _ => Failure::internal(error),
    }
}

/// What the composition root knows of its routes, and every request is held against.
pub struct Door {
    /// How closely a request is bounded.
    pub bound: fn(&Request) -> Bound,
    /// Which methods a path takes, as `Allow` lists them (RFC 9110, 10.2.1).
    pub allow: Box<dyn Fn(&str) -> String + Send + Sync>,
    /// The page that tells a person of a problem, where the path is not one that only programs ask.
    pub page: fn(&Asked, &Problem) -> Option<Response>,
    /// Whether going to a page changes something: then it is not to be looked at with `HEAD`, which changes nothing
    /// (RFC 9110, 9.2.1). An identity provider sends the browser there, with whatever it has to say, so that the query is read as
    /// it came: some write line ends in `error_description`.
    pub changes: fn(&str) -> bool,
    /// Whether nobody is answered on a path while planned work goes on (`server.maintenance`).
    pub closes: fn(&str) -> bool,
}

/// What is remembered of a request, to answer its faults.
pub struct Asked {
    /// The path.
    pub path: String,
    /// Whether a browser asks for a page to show.
    pub by_browser: bool,
    /// The languages that its person reads, as `Accept-Language` says.
    pub languages: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let header = |name: header::HeaderName| request.header(name).unwrap_or_default();
        Self {
            path: request.uri().path().to_owned(),
            by_browser: header(header::ACCEPT).contains("text/html"),
            languages: header(header::ACCEPT_LANGUAGE).to_owned(),
        }
    }
}

/// Wraps an API in what every request passes through.
pub fn middleware<E: Endpoint + 'static>(app: &App, inner: E, door: Door) -> impl Endpoint<Output = Response> + use<E> {
    let app_outer = app.clone();
    let door = Arc::new(door);
    inner.data(app.clone()).around(move |endpoint, request| {
        let (app, door) = (app_outer.clone(), door.clone());
        async move { Ok(answer(&app, &*endpoint, request, &door).await) }
    })
}

/// What may be known of a request before anybody is asked who sends it.
fn fit(request: &mut Request, foreign: fn(&str) -> bool) -> Result<(), Failure> {
    // RFC 9112, 3.2: without it, or with two, nobody knows to whom the request is.
    let hosts: Vec<_> = request.headers().get_all(header::HOST).iter().collect();
    if request.version() == Version::HTTP_11 && hosts.len() != 1 {
        return Err(Failure::detail(Code::RequestInvalid, "one Host header is needed"));
    }
    if !hosts.iter().all(|host| host.to_str().is_ok_and(names_a_host)) {
        return Err(Failure::detail(Code::RequestInvalid, "the Host header names no host"));
    }
    if request.header(header::CONTENT_ENCODING).is_some_and(|e| !e.eq_ignore_ascii_case("identity")) {
        return Err(Failure::detail(Code::MediaTypeUnsupported, "a body must come as it is, without Content-Encoding"));
    }
    // Of two, one is believed here and the other perhaps by what stands before this server (RFC 9110, 5.3).
    for name in ONCE {
        if request.headers().get_all(*name).iter().nth(1).is_some() {
            return Err(Failure::detail(Code::RequestInvalid, format!("the header {name} stands twice")));
        }
    }
    canonical_uri(request, foreign)
}

/// Headers of which one is enough.
const ONCE: &[&str] = &["acting-for", "authorization", "content-type", "idempotency-key", "origin", "upload-offset"];

/// Whether a text is a host, with a port or without (RFC 9110, 7.2; RFC 3986, 3.2.2).
fn names_a_host(text: &str) -> bool {
    let whole_escapes =
        text.split('%').skip(1).all(|rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2);
    let has_port = text.rsplit(']').next().unwrap_or_default().contains(':');
    whole_escapes
        && !text.contains('@')
        && text.parse::<poem::http::uri::Authority>().is_ok_and(|host| {
            !host.host().is_empty() && (!has_port || host.port_u16().is_some() || text.ends_with(':'))
        })
}

/// A body that is read where it is needed, and of which the rest can be read afterwards.
#[derive(Clone)]
struct Lent(Arc<Mutex<Rest>>);

struct Rest {
    body: BoxStream<'static, std::io::Result<Bytes>>,
    begun: bool,
    ended: bool,
}

impl Stream for Lent {
    type Item = std::io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rest.begun = true;
        let next = ready!(rest.body.poll_next_unpin(cx));
        rest.ended |= next.is_none();
        Poll::Ready(next)
    }
}

impl Lent {
    fn new(body: poem::Body) -> Self {
        Self(Arc::new(Mutex::new(Rest { body: body.into_bytes_stream().boxed(), begun: false, ended: false })))
    }

    /// Whether all of it was read.
    fn ended(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ended
    }

    /// Reads on to the end and keeps nothing; false, where that is too far.
    async fn read_on(mut self, so_far: usize) -> bool {
        let reading = async {
            let mut read = so_far;
            while let Some(Ok(part)) = self.next().await {
                read += part.len();
                if read > READ_ON {
                    break;
                }
            }
            self.ended()
        };
        tokio::time::timeout(READ_ON_FOR, reading).await.unwrap_or(false)
    }
}

/// Reads the body before the request takes a place among those that are answered, so that whoever sends slowly holds up
/// nobody; and whatever is answered then, the connection can be used again for the next request. `read` says whether that is so:
/// all that was sent is read. A body that is longer than most may be comes with its place, which is held for as long as the body is.
///
/// # Errors
/// `body_too_large`, `request_timeout`, `overloaded`; `body_invalid` for one that broke off.
async fn read_body(
    app: &App,
    request: &mut Request,
    fits: Result<(), Failure>,
    (time, bound): (Duration, Bound),
    read: &mut bool,
) -> Result<(Bytes, Option<Place>), Failure> {
    let body = request.take_body();
    if body.is_empty() {
        return fits.map(|()| (Bytes::new(), None));
    }
    *read = false;
    let usual = app.config.server.max_body_bytes;
    let most = if bound == Bound::Long { app.config.server.most_body_bytes() } else { usual };
    let too_large = || Failure::new(Code::BodyTooLarge);
    let declared = request.header(header::CONTENT_LENGTH).and_then(|n| n.parse::<u64>().ok()).unwrap_or_default();
    let declared = usize::try_from(declared).unwrap_or(usize::MAX);
    // Who asks before sending is told before they send; and what is far too large is not begun.
    let asks = request.header(header::EXPECT).is_some();
    if asks || declared > READ_ON {
        fits.clone()?;
        if declared > most {
            return Err(too_large());
        }
    }
    let _place = app.limits.reading.take(app.limits.caller(request)).ok_or_else(too_many_at_once)?;
    let mut body = Lent::new(body);
    let mut bytes = BytesMut::with_capacity(declared.min(usual));
    let mut long = None;
    let reading = async {
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| invalid(None, "the body broke off"))?;
            if bytes.len() + part.len() > most {
                return Ok(false);
            }
            if bytes.len() + part.len() > usual && long.is_none() {
                long = Some(app.limits.reading_long.take(app.limits.caller(request)).ok_or_else(too_many_at_once)?);
            }
            bytes.extend_from_slice(&part);
        }
        Ok::<_, Failure>(true)
    };
    let whole = tokio::time::timeout(time, reading).await.map_err(|_| Failure::new(Code::RequestTimeout))??;
    if whole {
        *read = true;
        return fits.map(|()| (bytes.freeze(), long));
    }
    *read = body.read_on(most).await;
    fits.and(Err(too_large()))
}

/// Refuses every request while planned work goes on, and says until when that is.
fn refuse_while_closed(app: &App) -> Result<(), Failure> {
    let now = app.clock.now();
    match app.config.server.next_maintenance(now) {
        Some(work) if work.from <= now => {
            Err(Failure::wait(Code::Maintenance, (work.until - now).to_std().unwrap_or_default()))
        }
        _ => Ok(()),
    }
}

fn too_many_at_once() -> Failure {
    Failure::wait(Code::Overloaded, Duration::from_secs(1))
}

/// Asks for an answer, again where a transaction of it met another's. Only once with a file, which is not kept to be read again.
async fn call<E: Endpoint>(endpoint: &E, mut request: Request, body: Option<Bytes>) -> poem::Result<Response> {
    let one = async |request| endpoint.call(request).await.map(IntoResponse::into_response);
    let Some(body) = body else { return one(request).await };
    let (mut head, ()) = poem::http::Request::new(()).into_parts();
    head.method = request.method().clone();
    head.uri = request.uri().clone();
    head.version = request.version();
    head.headers = std::mem::take(request.headers_mut());
    let ends = (request.local_addr().clone(), request.remote_addr().clone(), request.scheme().clone());
    let attempt = || {
        let (local, remote, scheme) = ends.clone();
        let once = Request::from_parts((head.clone(), local, remote, scheme).into(), body.clone().into());
        one(once)
    };
    let is_refused = |done: &poem::Result<Response>| {
        let status = done.as_ref().map_or_else(Error::status, Response::status);
        status == StatusCode::SERVICE_UNAVAILABLE
    };
    retry::answered(attempt, is_refused).await
}

/// A path as it is logged. A part that is longer than any id is what somebody was given to be let in by, as a link in an e-mail has it.
fn logged(path: &str) -> Cow<'_, str> {
    if path.split('/').all(|part| part.len() <= LONGEST_LOGGED) {
        return Cow::Borrowed(path);
    }
    let parts = path.split('/').map(|part| if part.len() <= LONGEST_LOGGED { part } else { "…" });
    Cow::Owned(parts.collect::<Vec<_>>().join("/"))
}

async fn answer<E: Endpoint>(app: &App, endpoint: &E, mut request: Request, door: &Door) -> Response {
    let given = request.header(REQUEST_ID).filter(|id| {
        (1..=MAX_REQUEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let id = given.map_or_else(|| app.ids.uuid(app.clock.now()).to_string(), str::to_owned);
    let began = tokio::time::Instant::now();
    // The path without its query: what a query holds (a code, a state) is nobody's business.
    let span = {
        let path = logged(request.uri().path());
        tracing::info_span!("request", id, method = %request.method(), path = &*path)
    };
    let bound = (door.bound)(&request);
    let asked = Asked::of(&request);
    let (version, head) = (request.version(), request.method() == Method::HEAD);
    let limit = Duration::from_secs(match bound {
        Bound::File => app.config.import.part_seconds,
        _ => app.config.server.request_timeout_seconds,
    });
    // Whether all that was sent is read, so that the next request on the connection begins where this one ends.
    let mut read = true;
    let (mut file, mut asks, mut body) = (None, false, None);
    let mut operation: Option<OperationId> = None;
    let caller = app.limits.caller(&request);
    let known = Known::of(&request);
    let work = async {
        let mut fits = fit(&mut request, door.changes);
        if head && (door.changes)(&asked.path) {
            fits = Err(Failure::new(Code::MethodNotAllowed));
        }
        if fits.is_ok() && bound != Bound::Free {
            fits = app.limits.check(&request, bound).map_err(|wait| Failure::wait(Code::TooManyRequests, wait));
        }
        if fits.is_ok() && (door.closes)(&asked.path) {
            fits = refuse_while_closed(app);
        }
        let _long = if bound == Bound::File {
            let body = Lent::new(request.take_body());
            asks = request.header(header::EXPECT).is_some();
            request.set_body(poem::Body::from_bytes_stream(body.clone()));
            file = Some(body);
            fits?;
            None
        } else {
            let (whole, place) = read_body(app, &mut request, fits, (limit, bound), &mut read).await?;
            body = Some(whole);
            place
        };
        let places = if bound == Bound::File { &app.limits.files } else { &app.limits.answering };
        let _place = match bound {
            Bound::Free => None,
            _ => Some(places.take(app.limits.caller(&request)).ok_or_else(too_many_at_once)?),
        };
        let answering = CURRENT.scope(id.clone(), tokio::time::timeout(limit, call(endpoint, request, body)));
        let answered = AssertUnwindSafe(answering).catch_unwind().await;
        if let Ok(Ok(Err(error))) = &answered {
            operation = error.data().copied();
        }
        match answered {
            Ok(Ok(Ok(response))) => {
                operation = response.data().copied();
                Ok(response)
            }
            Ok(Ok(Err(error))) if error.is_from_response() => Ok(error.into_response()),
            Ok(Ok(Err(error))) => Err(problem_of(&error)),
            Ok(Err(_)) => Err(Failure::detail(Code::Overloaded, "the request took too long")),
            // Where it panicked stands in the log, beside this request's id.
            Err(_) => Err(Failure::new(Code::Internal)),
        }
    };
    let worked = work.instrument(span.clone()).await;
    let mut response = match worked {
        Ok(response) => response,
        Err(failure) => failure.into_response_for(&id),
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = with_request_id(response, &id, &asked, door, head).await;
    } else if let Some(known) = known {
        response = known.answer(response).await;
    }
    let status = response.status();
    if let Some(file) = file.filter(|file| !file.ended()) {
        // Who asks before sending has sent nothing yet.
        let begun = file.0.lock().unwrap_or_else(PoisonError::into_inner).begun;
        read = match app.limits.reading.take(caller) {
            Some(_place) if begun || !asks => file.read_on(0).await,
            _ => false,
        };
    }
    // The balancer sends the next one elsewhere.
    let last = !read || app.health.is_stopping();
    if last && matches!(version, Version::HTTP_10 | Version::HTTP_11) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    protect(app, &mut response);
    let took = began.elapsed();
    let operation = operation.map_or(NO_OPERATION, |id| id.0);
    app.metrics.answers.get_or_create(&Answer { operation, status: status.as_u16() }).inc();
    app.metrics.request_seconds.get_or_create(&Operation { operation }).observe(took.as_secs_f64());
    span.in_scope(|| tracing::debug!(status = status.as_u16(), milliseconds = took.as_millis() as u64, "answered"));
    response
}

/// How what comes to no operation of a contract is counted: pages, feeds, what is refused before.
const NO_OPERATION: &str = "other";

/// A problem as it goes over a connection that then ends, where no request was understood.
pub fn bare(app: &App, failure: &Failure) -> Vec<u8> {
    let id = app.ids.uuid(app.clock.now()).to_string();
    let mut response = failure.clone().into_response_for(&id);
    protect(app, &mut response);
    let status = response.status();
    app.metrics.answers.get_or_create(&Answer { operation: NO_OPERATION, status: status.as_u16() }).inc();
    let mut problem = failure.problem().clone();
    problem.request_id = Some(id.clone());
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut text = format!(
        "HTTP/1.1 {} {}\r\n{REQUEST_ID}: {id}\r\nconnection: close\r\ncontent-length: {}\r\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default(),
        body.len()
    );
    for (name, value) in response.headers().iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap_or_default()));
    }
    text.push_str("\r\n");
    [text.into_bytes(), body].concat()
}

/// What every answer tells a browser.
fn protect(app: &App, response: &mut Response) {
    for (name, value) in HEADERS {
        response.headers_mut().entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if app.config.server.public_url.scheme() == "https" {
        response.headers_mut().insert("strict-transport-security", HeaderValue::from_static(HTTPS_ONLY));
    }
}

/// What is asked of who was not let in (RFC 9110, 11.6.1): which way, and where a token was sent, what is wrong with it
/// (RFC 6750, 3.1).
fn challenge(problem: &Problem) -> Option<&'static str> {
    let with_a_fault = [Code::TokenInvalid, Code::TokenExpired, Code::SessionEnded, Code::KeyInvalid];
    if with_a_fault.iter().any(|code| problem.code == code.named().code) {
        return Some("Bearer error=\"invalid_token\"");
    }
    if problem.code == Code::ScopeMissing.named().code {
        return Some("Bearer error=\"insufficient_scope\"");
    }
    (problem.status == 401).then_some("Bearer")
}

/// Completes a problem: the request's id, what its status asks for (RFC 9110, 15.5), and for a person a page instead.
async fn with_request_id(response: Response, id: &str, asked: &Asked, door: &Door, head: bool) -> Response {
    if response.content_type() != Some("application/problem+json") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(mut problem) = body.into_json::<Problem>().await else {
        return Response::from_parts(parts, poem::Body::empty());
    };
    problem.request_id = Some(id.to_owned());
    if let Some(seconds) = problem.retry_after_seconds {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if problem.status == 405
        && let Ok(methods) = HeaderValue::from_str(&(door.allow)(&asked.path))
    {
        parts.headers.insert(header::ALLOW, methods);
    }
    if let Some(challenge) = challenge(&problem) {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    if let Some(page) = asked.by_browser.then(|| (door.page)(asked, &problem)).flatten() {
        let (shown, body) = page.into_parts();
        parts.headers.extend(shown.headers);
        return Response::from_parts(parts, if head { poem::Body::empty() } else { body });
    }
    Response::from_parts(parts, serde_json::to_vec(&problem).unwrap_or_default().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_in_a_path_is_not_logged() {
        let id = "/staff/v1/letters/0195a1b2-0000-7000-8000-000000000001/put-back";
        assert_eq!(logged(id), id);
        let token = "k".repeat(86);
        assert_eq!(logged(&format!("/mail/unsubscribe/{token}")), "/mail/unsubscribe/…");
    }
}
