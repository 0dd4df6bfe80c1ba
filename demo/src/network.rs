//! What stands between an app and the server: a network that can be broken, and the page on which one chooses whom to sign in as.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::stream;
use poem::{Body, Endpoint, IntoResponse as _, Request, Response, http::StatusCode};
use thuisloket_mobile_contract::provider_stubs::ProviderStubs;

/// Where the identity providers' pages are, beside the server's own: whoever reaches the server reaches them.
pub const SIGN_IN: &str = "/sandbox/sign-in/";
/// What of the server is cut off: what apps call, and not the console.
pub const API: &str = "/v1/";
/// How long a slow answer takes: longer than most apps wait.
const SLOW: std::time::Duration = std::time::Duration::from_secs(12);
/// When whoever is told to come back should, in seconds.
const RETRY_AFTER: u64 = 5;

/// How the network between apps and the server is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A proxy answers 503 in its own words, with `Retry-After`; the server hears nothing of it.
    Busy,
    /// The answer comes, after twelve seconds.
    Slow,
    /// The server does what it was asked, and the connection breaks before anything of the answer came.
    Cut,
}

impl Fault {
    /// All of them, by the names that the sandbox's page has for them.
    pub const ALL: [(&'static str, Self); 3] = [("busy", Self::Busy), ("slow", Self::Slow), ("cut", Self::Cut)];

    /// What the sandbox's page calls it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, fault)| *fault == self).map_or("", |(name, _)| name)
    }
}

/// How it is broken, and for how many requests more; none for until it is mended.
type Broken = (Fault, Option<u32>);

/// The network between apps and the server. Cheap to clone.
#[derive(Clone, Default)]
pub struct Network(Arc<Mutex<Option<Broken>>>);

impl Network {
    fn state(&self) -> MutexGuard<'_, Option<Broken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Breaks it for the next requests, or until it is mended.
    pub fn fail(&self, fault: Fault, next: Option<u32>) {
        *self.state() = Some((fault, next)).filter(|(_, next)| *next != Some(0));
    }

    /// Mends it.
    pub fn mend(&self) {
        *self.state() = None;
    }

    /// How it is broken now.
    pub fn broken(&self) -> Option<Broken> {
        *self.state()
    }

    /// What becomes of a request that comes now.
    fn take(&self) -> Option<Fault> {
        let mut state = self.state();
        let (fault, left) = (*state)?;
        *state = match left {
            Some(1) => None,
            left => Some((fault, left.map(|left| left - 1))),
        };
        Some(fault)
    }
}

/// The server's paths behind a network, and the providers' pages beside them.
pub struct Front<E> {
    /// The server's paths.
    pub routes: E,
    /// What apps come through.
    pub network: Network,
    /// Whose pages are shown.
    pub stubs: ProviderStubs,
}

impl<E: Endpoint<Output = Response>> Endpoint for Front<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path();
        if let Some(provider) = path.strip_prefix(SIGN_IN) {
            return Ok(self.sign_in(provider, request.uri().query().unwrap_or_default()).await);
        }
        let fault = if path.starts_with(API) { self.network.take() } else { None };
        match fault {
            Some(Fault::Busy) => Ok("<h1>503 Service Unavailable</h1>"
                .with_content_type("text/html")
                .with_header("retry-after", RETRY_AFTER)
                .with_status(StatusCode::SERVICE_UNAVAILABLE)
                .into_response()),
            Some(Fault::Slow) => {
                tokio::time::sleep(SLOW).await;
                self.routes.call(request).await
            }
            Some(Fault::Cut) => {
                drop(self.routes.get_response(request).await);
                let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
                let body = Body::from_bytes_stream(stream::iter([Err::<Vec<u8>, _>(cut)]));
                // hyper has sent nothing of an answer whose body fails at once. One without a body would be whole.
                Ok(Response::builder().status(StatusCode::OK).body(body))
            }
            None => self.routes.call(request).await,
        }
    }
}

impl<E> Front<E> {
    /// What the identity provider of this name shows.
    async fn sign_in(&self, provider: &str, query: &str) -> Response {
        let Some((_, stub)) = providers(&self.stubs).into_iter().find(|(name, _)| *name == provider) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let (parts, body) = stub.sign_in_page(query).await.into_parts();
        let mut answer = Response::builder().status(parts.status).body(body);
        answer.headers_mut().extend(parts.headers);
        answer
    }
}

/// The identity providers, by the names that the configuration has for them.
pub fn providers(stubs: &ProviderStubs) -> [(&'static str, &thuisloket_mobile_contract::oidc::Oidc); 4] {
    [("town", &stubs.oidc), ("fas", &stubs.fas), ("itsme", &stubs.itsme), ("staff", &stubs.staff)]
}
