//! The line to an identity provider: how many requests may be under way on it, whether anybody answers at its other end, and what
//! comes back, in the clear.
//!
//! A provider that takes connections and never answers is no other town's trouble: its sign-ins hold few of the server's places, and
//! once it is known to be silent they are refused at once.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

use super::jwe::DecryptionKey;

/// How long a provider may take to answer.
pub const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;
/// Of the requests that the server answers at a time, so much may wait for one provider: one in sixteen.
const SHARE: usize = 16;
/// At least so many may, however small the server is.
const LEAST_PLACES: usize = 8;
/// How long a provider that was found silent is not asked again; twice as long each time that it is silent still.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest of these pauses: as long as a person waits before they try again.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// That all places are taken is logged so often at most.
const CROWDED_EVERY: Duration = Duration::from_secs(60);

/// Why a provider is not asked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Busy {
    /// It was silent a moment ago.
    #[error("it did not answer a moment ago")]
    Silent,
    /// As many requests as may are under way there.
    #[error("as many requests as may wait for it do")]
    Crowded,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// It could not be asked, or its answer broke off.
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    /// What was to be sent is no request.
    #[error(transparent)]
    Form(#[from] http::Error),
    /// Too much came.
    #[error("the answer is larger than {MAX_ANSWER} bytes")]
    TooLarge,
    /// It answers with this status.
    #[error("it answers {0}")]
    Status(http::StatusCode),
    /// It answers with this status, and what stands in the body is not what must.
    #[error("it answers {0}, and {1}")]
    Unfit(http::StatusCode, String),
    /// What was encrypted to us cannot be read.
    #[error("{0:#}")]
    Encrypted(anyhow::Error),
}

/// Since when a provider is silent.
struct Outage {
    since: Instant,
    /// When it was last found so.
    found: Instant,
    pause: Duration,
}

#[derive(Default)]
struct Heard {
    /// When it last answered anything.
    last: Option<Instant>,
    outage: Option<Outage>,
    /// When it was last logged that all places are taken.
    crowded: Option<Instant>,
}

/// See the module.
pub struct Line {
    name: String,
    http: reqwest::Client,
    decryption: Option<DecryptionKey>,
    places: Semaphore,
    heard: Mutex<Heard>,
}

impl Line {
    /// A line to the provider `name`, for a server that answers so many requests at a time.
    pub fn new(
        name: &str,
        http: reqwest::Client,
        decryption: Option<DecryptionKey>,
        max_concurrent_requests: usize,
    ) -> Arc<Self> {
        let places = (max_concurrent_requests / SHARE).clamp(LEAST_PLACES, Semaphore::MAX_PERMITS);
        let heard = Mutex::default();
        Arc::new(Self { name: name.to_owned(), http, decryption, places: Semaphore::new(places), heard })
    }

    /// What builds requests for it.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it may be asked now.
    ///
    /// # Errors
    /// It was silent a moment ago.
    pub fn up(&self) -> Result<(), Busy> {
        match &self.heard().outage {
            Some(outage) if outage.found.elapsed() < outage.pause => Err(Busy::Silent),
            _ => Ok(()),
        }
    }

    /// A place on the line: who waits for the provider, or for somebody who asks it, holds one.
    ///
    /// # Errors
    /// It was silent a moment ago, or all places are taken.
    pub fn enter(&self) -> Result<SemaphorePermit<'_>, Busy> {
        self.up()?;
        self.places.try_acquire().map_err(|_| {
            let mut heard = self.heard();
            if heard.crowded.is_none_or(|at| at.elapsed() >= CROWDED_EVERY) {
                heard.crowded = Some(Instant::now());
                let provider = self.name.as_str();
                tracing::warn!(provider, "as many sign-ins as may wait for the identity provider: others are refused");
            }
            Busy::Crowded
        })
    }

    /// Sends a request and reads the answer: its status, and its body in the clear.
    ///
    /// # Errors
    /// A provider that does not answer, or has trouble.
    pub async fn ask(&self, request: reqwest::Request) -> Result<(http::StatusCode, Vec<u8>), HttpError> {
        let began = Instant::now();
        let answered = self.exchange(request).await;
        match &answered {
            Err(HttpError::Request(e)) if e.is_timeout() || e.is_connect() => self.silent(began),
            Err(HttpError::Request(_)) => {}
            _ => self.answered(),
        }
        let (status, body) = answered?;
        match &self.decryption {
            Some(key) => Ok((status, decrypted(body, key).map_err(HttpError::Encrypted)?)),
            None => Ok((status, body)),
        }
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<(http::StatusCode, Vec<u8>), HttpError> {
        let mut answer = self.http.execute(request).await?;
        let status = answer.status();
        // It has trouble, or too much to do: whatever it says beside that.
        if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
            return Err(HttpError::Status(status));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_ANSWER {
                return Err(HttpError::TooLarge);
            }
        }
        Ok((status, body))
    }

    /// It answered, whatever it said.
    fn answered(&self) {
        let mut heard = self.heard();
        heard.last = Some(Instant::now());
        if let Some(outage) = heard.outage.take() {
            let (provider, seconds) = (self.name.as_str(), outage.since.elapsed().as_secs());
            tracing::info!(provider, seconds, "the identity provider answers again");
        }
    }

    /// A request that began then was not answered. While others are, it is that request's trouble alone.
    fn silent(&self, began: Instant) {
        let mut heard = self.heard();
        if heard.last.is_some_and(|last| last >= began) {
            return;
        }
        let now = Instant::now();
        match &mut heard.outage {
            // Those that were under way at once tell the same thing once.
            Some(outage) if began < outage.found => {}
            Some(outage) => (outage.found, outage.pause) = (now, (outage.pause * 2).min(LONGEST_PAUSE)),
            none => {
                *none = Some(Outage { since: now, found: now, pause: FIRST_PAUSE });
                let provider = self.name.as_str();
                tracing::warn!(provider, "the identity provider does not answer: sign-ins there are refused meanwhile");
            }
        }
    }
}

/// An answer of the provider with what was encrypted to us in the clear: userinfo that is a JWE as a whole, or a token
/// answer whose ID token is one. Anything else stays as it is.
fn decrypted(body: Vec<u8>, key: &DecryptionKey) -> anyhow::Result<Vec<u8>> {
    let is_jwe = |text: &str| text.split('.').count() == 5 && !text.contains(['{', ' ']);
    if let Ok(text) = std::str::from_utf8(&body)
        && is_jwe(text)
    {
        return Ok(key.open(text)?.into_bytes());
    }
    let Ok(Value::Object(mut answer)) = serde_json::from_slice(&body) else { return Ok(body) };
    let Some(token) = answer.get("id_token").and_then(Value::as_str).filter(|t| is_jwe(t)) else { return Ok(body) };
    let token = key.open(token)?;
    answer.insert("id_token".to_owned(), token.into());
    Ok(serde_json::to_vec(&answer)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Arc<Line> {
        Line::new("town", reqwest::Client::new(), None, 64)
    }

    #[test]
    fn a_silent_provider_is_left_alone_a_while_and_longer_each_time() {
        let line = line();
        let began = Instant::now();
        assert!(line.enter().is_ok());
        // Those that began together tell the same thing once.
        (0..3).for_each(|_| line.silent(began));
        assert_eq!(line.enter().err(), Some(Busy::Silent));
        let mut pauses = Vec::new();
        for _ in 0..4 {
            let pause = line.heard().outage.as_ref().unwrap().pause;
            pauses.push(pause.as_secs());
            // It is over.
            line.heard().outage.as_mut().unwrap().found -= pause;
            assert!(line.enter().is_ok());
            line.silent(Instant::now());
        }
        assert_eq!(pauses, [5, 10, 20, 30]);
        line.answered();
        assert!(line.enter().is_ok() && line.heard().outage.is_none());
        // While others are answered, it is not silent.
        line.silent(began);
        assert!(line.up().is_ok());
    }

    #[test]
    fn only_so_many_wait_for_one_provider() {
        let line = line();
        let held: Vec<_> = (0..LEAST_PLACES).map(|_| line.enter().unwrap()).collect();
        assert_eq!(line.enter().err(), Some(Busy::Crowded));
        drop(held);
        assert!(line.enter().is_ok());
        let large = Line::new("town", reqwest::Client::new(), None, 1_024);
        assert_eq!(large.places.available_permits(), 64);
    }
}
