//! A stand-in for Firebase Cloud Messaging, HTTP v1, and the OAuth token endpoint beside it.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Response, StatusCode};
use http_body_util::Full;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::{
    Now,
    server::{Asked, Faults, Tls, serve},
};

/// How the stand-in answers for a target.
#[derive(Clone, Debug)]
pub struct Script {
    /// The HTTP status.
    pub status: u16,
    /// The `errorCode`; empty for an error without details.
    pub code: String,
    /// The message.
    pub message: String,
    /// What Retry-After says.
    pub retry_after: Option<String>,
    /// The whole body, in the place of Google's.
    pub body: Option<String>,
    /// Only the next time.
    pub once: bool,
}

impl Script {
    /// A refusal with this status and code.
    pub fn refuse(status: u16, code: &str) -> Self {
        Self { status, code: code.to_owned(), message: code.to_owned(), retry_after: None, body: None, once: false }
    }

    /// An answer in other words than Google's: a proxy's.
    pub fn raw(status: u16, body: &str) -> Self {
        Self { body: Some(body.to_owned()), ..Self::refuse(status, "") }
    }

    /// The same with Retry-After.
    pub fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.to_string());
        self
    }

    /// The same with Retry-After as a date.
    pub fn after_date(mut self, date: &str) -> Self {
        self.retry_after = Some(date.to_owned());
        self
    }

    /// The same, the next time only.
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }
}

struct State {
    scripts: HashMap<String, Script>,
    all: Option<Script>,
    refuse_account: Option<u16>,
    token_answer: Option<Script>,
    expires_in: Value,
    asked: usize,
    taken: Vec<Value>,
    every_byte: Vec<Bytes>,
    phones: HashMap<String, mpsc::UnboundedSender<Value>>,
    tokens: HashMap<String, DateTime<Utc>>,
    fetched: usize,
    keep: bool,
    count: u64,
}

/// The stand-in.
#[derive(Clone)]
pub struct Fcm {
    /// Where it listens.
    pub address: SocketAddr,
    /// The authority of its certificate.
    pub ca_pem: String,
    /// How its connections misbehave.
    pub weather: Arc<Faults>,
    state: Arc<Mutex<State>>,
}

/// What the stand-in is told of its one project.
#[derive(Clone)]
pub struct Account {
    /// The project.
    pub project_id: String,
    /// The service account.
    pub client_email: String,
    /// Its public key, PEM.
    pub public_pem: String,
}

impl Fcm {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// No port, no certificate.
    pub async fn start(account: Account, now: Now) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let tls = Tls::new()?;
        let weather = Arc::new(Faults::default());
        let state = Arc::new(Mutex::new(State {
            scripts: HashMap::new(),
            all: None,
            refuse_account: None,
            token_answer: None,
            expires_in: 3_599.into(),
            asked: 0,
            taken: Vec::new(),
            every_byte: Vec::new(),
            phones: HashMap::new(),
            tokens: HashMap::new(),
            fetched: 0,
            keep: true,
            count: 0,
        }));
        let s = state.clone();
        let answer = Arc::new(move |asked: Asked| -> futures_util::future::BoxFuture<'static, Response<Full<Bytes>>> {
            let (state, account, now) = (s.clone(), account.clone(), now.clone());
            Box::pin(async move {
                let mut reply = answer(&asked, &state, &account, now());
                // Its own clock, for who reads a date in Retry-After.
                if let Ok(date) = now().format("%a, %d %b %Y %H:%M:%S GMT").to_string().parse() {
                    reply.headers_mut().insert("date", date);
                }
                reply
            })
        });
        let address = serve(Some(tls.clone()), weather.clone(), answer).await?;
        Ok(Self { address, ca_pem: tls.ca_pem, weather, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers this way for a target from now on.
    pub fn script(&self, target: &str, script: Script) {
        self.state().scripts.insert(target.to_owned(), script);
    }

    /// Answers this way to every message, or again as usual.
    pub fn script_all(&self, script: Option<Script>) {
        self.state().all = script;
    }

    /// Refuses the service account with this status, or takes it again.
    pub fn refuse_account(&self, status: Option<u16>) {
        let mut s = self.state();
        s.refuse_account = status;
        s.tokens.clear();
    }

    /// Answers this way to who asks for an access token, or again as usual.
    pub fn script_tokens(&self, script: Option<Script>) {
        self.state().token_answer = script;
    }

    /// Says this of the life of the access tokens that it gives from now on; nothing for null.
    pub fn tokens_expire_in(&self, told: Value) {
        self.state().expires_in = told;
    }

    /// How often an access token was asked for.
    pub fn tokens_asked(&self) -> usize {
        self.state().asked
    }

    /// Every message taken so far.
    pub fn taken(&self) -> Vec<Value> {
        self.state().taken.clone()
    }

    /// How many messages were taken so far.
    pub fn count(&self) -> u64 {
        self.state().count
    }

    /// Keeps nothing but the count from now on: for benches.
    pub fn only_count(&self) {
        self.state().keep = false;
    }

    /// Every byte that came.
    pub fn every_byte(&self) -> Vec<Bytes> {
        self.state().every_byte.clone()
    }

    /// How many access tokens were fetched.
    pub fn tokens_fetched(&self) -> usize {
        self.state().fetched
    }

    /// Hands messages for `target` to a phone.
    pub fn connect(&self, target: &str) -> mpsc::UnboundedReceiver<Value> {
        let (send, receive) = mpsc::unbounded_channel();
        self.state().phones.insert(target.to_owned(), send);
        receive
    }
}

fn reply(status: u16, body: &Value, retry_after: Option<&str>) -> Response<Full<Bytes>> {
    said(status, body.to_string(), retry_after)
}

fn said(status: u16, body: String, retry_after: Option<&str>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
    if let Some(text) = retry_after.and_then(|t| t.parse().ok()) {
        response.headers_mut().insert("retry-after", text);
    }
    response
}

fn refuse(status: u16, name: &str, code: &str, message: &str, retry_after: Option<&str>) -> Response<Full<Bytes>> {
    let mut error = json!({ "code": status, "message": message, "status": name });
    if !code.is_empty() {
        error["details"] = json!([{
            "@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError",
            "errorCode": code,
        }]);
    }
    reply(status, &json!({ "error": error }), retry_after)
}

fn answer(asked: &Asked, state: &Mutex<State>, account: &Account, now: DateTime<Utc>) -> Response<Full<Bytes>> {
    let mut s = state.lock().unwrap_or_else(PoisonError::into_inner);
    let request = &asked.request;
    if request.uri().path() == "/token" {
        return token(asked, &mut s, account, now);
    }
    if s.keep {
        let mut bytes = format!("{:?} {:?}", request.uri(), request.headers()).into_bytes();
        bytes.extend_from_slice(request.body());
        s.every_byte.push(bytes.into());
    }
    if request.uri().path() != format!("/v1/projects/{}/messages:send", account.project_id) {
        return refuse(404, "NOT_FOUND", "", "Requested entity was not found.", None);
    }
    let bearer =
        request.headers().get("authorization").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    if bearer.and_then(|t| s.tokens.get(t)).is_none_or(|until| *until <= now) {
        return refuse(401, "UNAUTHENTICATED", "", "Request had invalid authentication credentials.", None);
    }
    let invalid = |message: &str| refuse(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", message, None);
    if request.body().len() > 4_096 + 512 {
        return invalid("Message too big");
    }
    let Ok(body) = serde_json::from_slice::<Value>(request.body()) else { return invalid("Invalid JSON payload") };
    let message = &body["message"];
    let targets: Vec<_> = ["token", "fid", "topic", "condition"].iter().filter_map(|k| message[k].as_str()).collect();
    let [target] = targets.as_slice() else {
        return invalid("Exactly one of token, fid, topic or condition is required");
    };
    let data = message["android"]["data"].as_object().into_iter().flatten();
    for (key, value) in data {
        let reserved = key == "from" || key == "message_type" || key.starts_with("google.") || key.starts_with("gcm.");
        if reserved || !value.is_string() {
            return invalid("Invalid data payload key or value");
        }
    }
    if let Some(ttl) = message["android"]["ttl"].as_str() {
        let seconds = ttl.strip_suffix('s').and_then(|t| t.parse::<f64>().ok());
        if !seconds.is_some_and(|t| (0.0..=2_419_200.0).contains(&t)) {
            return invalid("Invalid value at message.android.ttl");
        }
    }
    let target = (*target).to_owned();
    let script = s.all.clone().or_else(|| s.scripts.get(&target).cloned());
    if let Some(script) = script {
        if script.once {
            s.scripts.remove(&target);
        }
        if let Some(body) = script.body {
            return said(script.status, body, script.retry_after.as_deref());
        }
        let name = match script.status {
            400 => "INVALID_ARGUMENT",
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            _ => "INTERNAL",
        };
        return refuse(script.status, name, &script.code, &script.message, script.retry_after.as_deref());
    }
    s.count += 1;
    if let Some(phone) = s.phones.get(&target) {
        drop(phone.send(message.clone()));
    }
    if s.keep {
        let message = message.clone();
        s.taken.push(message);
    }
    let name = format!("projects/{}/messages/0:{}", account.project_id, s.count);
    reply(200, &json!({ "name": name }), None)
}

/// The JWT bearer grant (RFC 7523) as Google takes it.
fn token(asked: &Asked, s: &mut State, account: &Account, now: DateTime<Utc>) -> Response<Full<Bytes>> {
    s.asked += 1;
    if let Some(script) = &s.token_answer {
        let google = json!({ "error": script.code, "error_description": script.message });
        let body = script.body.clone().unwrap_or_else(|| google.to_string());
        return said(script.status, body, script.retry_after.as_deref());
    }
    let refused = |why: &str| reply(400, &json!({ "error": "invalid_grant", "error_description": why }), None);
    if let Some(status) = s.refuse_account {
        return reply(status, &json!({ "error": "invalid_grant" }), None);
    }
    let form: HashMap<String, String> = url::form_urlencoded::parse(asked.request.body()).into_owned().collect();
    if form.get("grant_type").map(String::as_str) != Some("urn:ietf:params:oauth:grant-type:jwt-bearer") {
        return refused("grant_type");
    }
    let Some(assertion) = form.get("assertion") else { return refused("assertion") };
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_issuer(&[&account.client_email]);
    let claims = DecodingKey::from_rsa_pem(account.public_pem.as_bytes())
        .and_then(|key| jsonwebtoken::decode::<Value>(assertion, &key, &validation));
    let Ok(claims) = claims.map(|t| t.claims) else { return refused("signature") };
    if claims["scope"] != "https://www.googleapis.com/auth/firebase.messaging" {
        return refused("scope");
    }
    let (iat, exp) = (claims["iat"].as_i64().unwrap_or_default(), claims["exp"].as_i64().unwrap_or_default());
    if exp <= now.timestamp() || exp - iat > 3_600 || (iat - now.timestamp()).abs() > 600 {
        return refused("times");
    }
    s.fetched += 1;
    let token = format!("ya29.{}", uuid::Uuid::from_u128(rand::random()).simple());
    s.tokens.insert(token.clone(), now + chrono::Duration::seconds(3_599));
    let mut granted = json!({ "access_token": token, "token_type": "Bearer" });
    if !s.expires_in.is_null() {
        granted["expires_in"] = s.expires_in.clone();
    }
    reply(200, &granted, None)
}
