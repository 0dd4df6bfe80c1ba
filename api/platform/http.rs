//! What every request passes through: its id, a bound on body and time, and one form for every error.

use std::time::Duration;

use poem::{Endpoint, EndpointExt as _, Error, IntoResponse as _, Request, RequestBody, Response, http::HeaderValue};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::{ContentTypeError, ParseParamError, ParsePathError, ParseRequestPayloadError},
    payload::{Json, Payload},
    registry::{MetaMediaType, MetaRequest, Registry},
    types::ParseFromJSON,
};
use serde::de::DeserializeOwned;
use tracing::Instrument as _;

use super::{
    App,
    limits::Bound,
    metrics::Answer,
    problem::{Code, Failure},
};

/// The header that carries the id of a request, both ways.
pub const REQUEST_ID: &str = "x-request-id";
/// The longest id a caller may choose.
const MAX_REQUEST_ID: usize = 64;
/// The most characters of a fault in the body that are told back.
const MAX_DETAIL: usize = 300;

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

/// A JSON body. Like poem-openapi's `Json`, and it names the field at fault for every kind of fault.
pub struct Body<T>(pub T);

impl<'a, T: ParseFromJSON + DeserializeOwned + Send> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Json<T> as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: "application/json",
                schema: <Json<T> as Payload>::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        if !request.content_type().is_some_and(<Json<T> as Payload>::check_content_type) {
            return Err(Failure::new(Code::MediaTypeUnsupported).into());
        }
        let app: &App = request.data().ok_or_else(|| Failure::internal("no App in the request"))?;
        let bytes = body.take()?.into_bytes_limit(app.config.server.max_body_bytes).await?;
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        // Read once for the path of a wrong type, once for the schema's own bounds.
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|e| invalid(None, &e.to_string()))?;
        serde_path_to_error::deserialize::<_, T>(&mut json).map_err(|e| {
            let mut path = e.path().to_string();
            let inner = e.inner().to_string();
            if let Some(missing) = inner.strip_prefix("missing field `").and_then(|m| m.split('`').next()) {
                path = if path == "." { missing.to_owned() } else { format!("{path}.{missing}") };
            }
            invalid(Some(path.as_str()).filter(|p| *p != "."), &inner)
        })?;
        T::parse_from_json(Some(value)).map(Body).map_err(|e| {
            let text = e.into_message();
            // poem-openapi says: field `name` verification failed. maxLength(…)
            let field = text.split("field `").nth(1).and_then(|t| t.split('`').next()).map(str::to_owned);
            Error::from(invalid(field.as_deref(), &text))
        })
    }
}

/// All of a body that is no JSON, up to a bound in bytes.
///
/// # Errors
/// `body_too_large`; `body_invalid` for one that broke off.
pub async fn whole(body: poem::Body, most: usize) -> Result<bytes::Bytes, Failure> {
    body.into_bytes_limit(most).await.map_err(|e| problem_of(&e.into()))
}

fn invalid(field: Option<&str>, detail: &str) -> Failure {
    let detail: String = detail.chars().take(MAX_DETAIL).collect();
    match field {
        Some(field) => Failure::field(Code::BodyInvalid, field, detail),
        None => Failure::detail(Code::BodyInvalid, detail),
    }
}

/// The problem that an error of the framework stands for.
fn problem_of(error: &Error) -> Failure {
    if let Some(e) = error.downcast_ref::<ParseParamError>() {
        return Failure::field(Code::ParameterInvalid, e.name, short(&e.reason));
    }
    if error.downcast_ref::<ParsePathError>().is_some() || error.downcast_ref::<poem::error::ParsePathError>().is_some()
    {
        // An id that cannot be one names nothing.
        return Failure::new(Code::NotFound);
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

fn short(text: &str) -> String {
    text.chars().take(MAX_DETAIL).collect()
}

/// Wraps an API in what every request passes through. `bound` says how closely a request is bounded.
pub fn passage<E: Endpoint + 'static>(
    app: &App,
    inner: E,
    bound: fn(&Request) -> Bound,
) -> impl Endpoint<Output = Response> + use<E> {
    let app_outer = app.clone();
    inner.data(app.clone()).around(move |endpoint, request| {
        let app = app_outer.clone();
        async move { Ok(answer(&app, &*endpoint, request, bound).await) }
    })
}

async fn answer<E: Endpoint>(app: &App, endpoint: &E, request: Request, bound: fn(&Request) -> Bound) -> Response {
    let given = request.header(REQUEST_ID).filter(|id| {
        (1..=MAX_REQUEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let id = given.map_or_else(|| app.ids.uuid(app.clock.now()).to_string(), str::to_owned);
    let began = tokio::time::Instant::now();
    // The path without its query: what a query holds (a code, a state) is nobody's business.
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let bound = bound(&request);
    let limit = Duration::from_secs(match bound {
        Bound::Slow => app.config.import.part_seconds,
        _ => app.config.server.request_timeout_seconds,
    });
    let work = async {
        let mut _place = None;
        if bound != Bound::Free {
            app.limits.check(&request, bound).map_err(|wait| (Code::TooManyRequests, wait))?;
            _place = Some(app.limits.place().ok_or((Code::Overloaded, Duration::from_secs(1)))?);
        }
        Ok(CURRENT.scope(id.clone(), tokio::time::timeout(limit, endpoint.call(request))).await)
    };
    let mut response = match work.instrument(span.clone()).await {
        Ok(Ok(Ok(response))) => response.into_response(),
        Ok(Ok(Err(error))) if error.is_from_response() => error.into_response(),
        Ok(Ok(Err(error))) => span.in_scope(|| problem_of(&error)).into_response_for(&id),
        Ok(Err(_)) => Failure::detail(Code::Overloaded, "the request took too long").into_response_for(&id),
        Err((code, wait)) => Failure::wait(code, wait).into_response_for(&id),
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = stamped(response, &id).await;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if app.config.server.public_url.scheme() == "https" {
        response.headers_mut().insert("strict-transport-security", HeaderValue::from_static(HTTPS_ONLY));
    }
    let took = began.elapsed();
    app.metrics.answers.get_or_create(&Answer { status: status.as_u16() }).inc();
    app.metrics.request_seconds.observe(took.as_secs_f64());
    span.in_scope(|| tracing::debug!(status = status.as_u16(), milliseconds = took.as_millis() as u64, "answered"));
    response
}

/// Puts the request's id into a problem that a handler returned.
async fn stamped(response: Response, id: &str) -> Response {
    if response.content_type() != Some("application/problem+json") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let problem = body.into_json::<super::problem::Problem>().await;
    let body = match problem {
        Ok(mut problem) => {
            problem.request_id = Some(id.to_owned());
            if let Some(seconds) = problem.retry_after_seconds {
                parts.headers.insert("retry-after", HeaderValue::from(seconds));
            }
            serde_json::to_vec(&problem).unwrap_or_default()
        }
        Err(_) => Vec::new(),
    };
    Response::from_parts(parts, body.into())
}
