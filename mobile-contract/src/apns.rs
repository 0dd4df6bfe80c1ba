//! A stand-in for Apple Push Notification service: HTTP/2 over TLS, as strict as Apple's documents.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Request, Response, Version};
use http_body_util::Full;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::{
    Now,
    server::{Asked, Faults, Tls, serve},
};

/// How the stand-in answers for a token.
#[derive(Clone, Debug)]
pub enum Script {
    /// Status, reason, and milliseconds since the epoch for a 410.
    Refuse(u16, String, Option<i64>),
    /// The same once, then as usual.
    RefuseOnce(u16, String, Option<i64>),
    /// Takes so long to answer.
    Slow(Duration),
    /// Takes so long to refuse, with this status and reason.
    RefuseAfter(Duration, u16, String),
    /// Never answers.
    Never,
    /// Status and body, as something between us and Apple may say it.
    Raw(u16, String),
}

/// A push that was taken.
#[derive(Clone, Debug)]
pub struct Push {
    /// The device token.
    pub token: String,
    /// The push's id.
    pub apns_id: Uuid,
    /// All headers.
    pub headers: HashMap<String, String>,
    /// The payload.
    pub payload: Value,
    /// The payload as it came, byte for byte.
    pub raw: Bytes,
}

struct State {
    scripts: HashMap<String, Script>,
    taken: Vec<Push>,
    every_byte: Vec<Bytes>,
    phones: HashMap<String, mpsc::UnboundedSender<Value>>,
    /// Answer to every push, whatever its token: credentials, outages.
    all: Option<Script>,
    /// Teams and when the provider token changed, by connection.
    connections: HashMap<usize, (String, DateTime<Utc>)>,
    tokens_seen: Vec<String>,
    /// Since when the last state of a Live Activity is, by its token.
    states: HashMap<String, i64>,
    waiting: usize,
    keep: bool,
    count: u64,
}

/// The stand-in.
#[derive(Clone)]
pub struct Apns {
    /// Where it listens.
    pub address: SocketAddr,
    /// The authority of its certificate.
    pub ca_pem: String,
    /// How its connections misbehave.
    pub weather: Arc<Faults>,
    state: Arc<Mutex<State>>,
    keys: Arc<Mutex<HashMap<String, String>>>,
}

/// What the stand-in is told of its one app.
#[derive(Clone)]
pub struct Account {
    /// The team.
    pub team_id: String,
    /// The key's id.
    pub key_id: String,
    /// The public key, PEM.
    pub public_pem: String,
    /// The app's bundle id.
    pub topic: String,
}

impl Apns {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// No port, no certificate.
    pub async fn start(account: Account, now: Now) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let tls = Tls::new()?;
        let weather = Arc::new(Faults::default());
        let state = Arc::new(Mutex::new(State {
            scripts: HashMap::new(),
            taken: Vec::new(),
            every_byte: Vec::new(),
            phones: HashMap::new(),
            all: None,
            connections: HashMap::new(),
            tokens_seen: Vec::new(),
            states: HashMap::new(),
            waiting: 0,
            keep: true,
            count: 0,
        }));
        let keys = Arc::new(Mutex::new(HashMap::from([(account.key_id.clone(), account.public_pem.clone())])));
        let (s, k) = (state.clone(), keys.clone());
        let answer = Arc::new(move |asked: Asked| -> futures_util::future::BoxFuture<'static, Response<Full<Bytes>>> {
            let (state, keys, account, now) = (s.clone(), k.clone(), account.clone(), now.clone());
            Box::pin(async move { answer(asked, &state, &keys, &account, now()).await })
        });
        let address = serve(Some(tls.clone()), weather.clone(), answer).await?;
        Ok(Self { address, ca_pem: tls.ca_pem, weather, state, keys })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers this way for a token from now on.
    pub fn script(&self, token: &str, script: Script) {
        self.state().scripts.insert(token.to_owned(), script);
    }

    /// Answers this way to everything, or again as usual.
    pub fn script_all(&self, script: Option<Script>) {
        self.state().all = script;
    }

    /// Everything taken so far.
    pub fn taken(&self) -> Vec<Push> {
        self.state().taken.clone()
    }

    /// How many pushes were taken so far.
    pub fn count(&self) -> u64 {
        self.state().count
    }

    /// Keeps nothing but the count from now on: for benches.
    pub fn only_count(&self) {
        self.state().keep = false;
    }

    /// Every byte that came, headers and bodies, whether taken or not.
    pub fn every_byte(&self) -> Vec<Bytes> {
        self.state().every_byte.clone()
    }

    /// The different provider tokens seen so far.
    pub fn provider_tokens(&self) -> usize {
        self.state().tokens_seen.len()
    }

    /// How many requests came that were not answered at once.
    pub fn waiting(&self) -> usize {
        self.state().waiting
    }

    /// Hands pushes for `token` to a phone.
    pub fn connect(&self, token: &str) -> mpsc::UnboundedReceiver<Value> {
        let (send, receive) = mpsc::unbounded_channel();
        self.state().phones.insert(token.to_owned(), send);
        receive
    }

    /// Revokes the key, or makes it known again.
    pub fn set_key(&self, key_id: &str, public_pem: Option<&str>) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        match public_pem {
            Some(pem) => keys.insert(key_id.to_owned(), pem.to_owned()),
            None => keys.remove(key_id),
        };
    }
}

fn refuse(status: u16, reason: &str, timestamp: Option<i64>, id: Option<Uuid>) -> Response<Full<Bytes>> {
    let mut body = json!({ "reason": reason });
    if let Some(t) = timestamp {
        body["timestamp"] = t.into();
    }
    reply(status, body.to_string(), id)
}

fn reply(status: u16, body: String, id: Option<Uuid>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(value) = id.and_then(|id| id.to_string().parse().ok()) {
        response.headers_mut().insert("apns-id", value);
    }
    response
}

async fn answer(
    asked: Asked,
    state: &Mutex<State>,
    keys: &Mutex<HashMap<String, String>>,
    account: &Account,
    now: DateTime<Utc>,
) -> Response<Full<Bytes>> {
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let request = &asked.request;
    if lock().keep {
        let mut bytes = format!("{:?} {:?}", request.uri(), request.headers()).into_bytes();
        bytes.extend_from_slice(request.body());
        lock().every_byte.push(bytes.into());
    }
    let push = match check(&asked, state, keys, account, now) {
        Ok(push) => push,
        Err((status, reason)) => return refuse(status, reason, None, None),
    };
    let id = Some(push.apns_id);
    let script = {
        let mut s = lock();
        let script = s.all.clone().or_else(|| s.scripts.get(&push.token).cloned());
        if matches!(script, Some(Script::RefuseOnce(..))) {
            s.scripts.remove(&push.token);
        }
        script
    };
    match script {
        Some(Script::Refuse(status, reason, timestamp) | Script::RefuseOnce(status, reason, timestamp)) => {
            return refuse(status, &reason, timestamp, id);
        }
        Some(Script::RefuseAfter(wait, status, reason)) => {
            lock().waiting += 1;
            tokio::time::sleep(wait).await;
            return refuse(status, &reason, None, id);
        }
        Some(Script::Raw(status, body)) => return reply(status, body, None),
        Some(Script::Slow(wait)) => {
            lock().waiting += 1;
            tokio::time::sleep(wait).await;
        }
        Some(Script::Never) => {
            lock().waiting += 1;
            std::future::pending().await
        }
        None => {}
    }
    let mut s = lock();
    s.count += 1;
    if let Some(at) = push.payload["aps"]["timestamp"].as_i64() {
        s.states.insert(push.token.clone(), at);
    }
    if let Some(phone) = s.phones.get(&push.token) {
        drop(phone.send(push.payload.clone()));
    }
    if s.keep {
        s.taken.push(push);
    }
    reply(200, String::new(), id)
}

/// The checks of Apple's "Sending notification requests to APNs".
fn check(
    asked: &Asked,
    state: &Mutex<State>,
    keys: &Mutex<HashMap<String, String>>,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<Push, (u16, &'static str)> {
    let request: &Request<Bytes> = &asked.request;
    if request.version() != Version::HTTP_2 {
        return Err((400, "BadPath"));
    }
    if request.method() != http::Method::POST {
        return Err((405, "MethodNotAllowed"));
    }
    let token = request.uri().path().strip_prefix("/3/device/").ok_or((404, "BadPath"))?.to_owned();
    if token.is_empty() {
        return Err((400, "MissingDeviceToken"));
    }
    let one = |name: &str| -> Result<Option<&str>, (u16, &'static str)> {
        let mut all = request.headers().get_all(name).iter();
        let first = all.next();
        if all.next().is_some() {
            return Err((400, "DuplicateHeaders"));
        }
        Ok(first.and_then(|v| v.to_str().ok()))
    };
    let bearer = one("authorization")?.and_then(|v| v.strip_prefix("bearer ")).ok_or((403, "MissingProviderToken"))?;
    provider_token(bearer, asked.connection, state, keys, account, now)?;
    let topic = one("apns-topic")?.ok_or((400, "MissingTopic"))?;
    let is_live = one("apns-push-type")? == Some("liveactivity");
    let behind = if is_live { ".push-type.liveactivity" } else { "" };
    if topic.strip_prefix(account.topic.as_str()) != Some(behind) {
        return Err((400, "TopicDisallowed"));
    }
    if token.len() % 2 == 1 || !token.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err((400, "BadDeviceToken"));
    }
    let kind = one("apns-push-type")?.ok_or((400, "InvalidPushType"))?;
    let priority = one("apns-priority")?.unwrap_or("10");
    if !matches!(priority, "10" | "5" | "1") || (kind == "background" && priority == "10") {
        return Err((400, "BadPriority"));
    }
    if one("apns-expiration")?.is_some_and(|v| v.parse::<u64>().is_err()) {
        return Err((400, "BadExpirationDate"));
    }
    if one("apns-collapse-id")?.is_some_and(|v| v.len() > 64) {
        return Err((400, "BadCollapseId"));
    }
    let apns_id = match one("apns-id")? {
        Some(text) if text == text.to_lowercase() => text.parse().map_err(|_| (400, "BadMessageId"))?,
        Some(_) => return Err((400, "BadMessageId")),
        None => Uuid::nil(),
    };
    let raw = request.body().clone();
    if raw.is_empty() {
        return Err((400, "PayloadEmpty"));
    }
    if raw.len() > 4096 {
        return Err((413, "PayloadTooLarge"));
    }
    let payload: Value = serde_json::from_slice(&raw).map_err(|_| (400, "PayloadEmpty"))?;
    let shows = payload["aps"].get("alert").is_some();
    match kind {
        "alert" if !shows => return Err((400, "InvalidPushType")),
        "background" if shows || payload["aps"]["content-available"] != 1 => return Err((400, "InvalidPushType")),
        "alert" | "background" if !payload["aps"]["event"].is_null() => return Err((400, "InvalidPushType")),
        "alert" | "background" => {}
        "liveactivity" => live_activity(&token, &payload["aps"], state)?,
        _ => return Err((400, "InvalidPushType")),
    }
    let headers =
        request.headers().iter().filter_map(|(k, v)| Some((k.to_string(), v.to_str().ok()?.to_owned()))).collect();
    Ok(Push { token, apns_id, headers, payload, raw })
}

/// What iOS asks of a Live Activity ("Starting and updating Live Activities with ActivityKit push notifications"). Apple takes what a phone then
/// leaves; here it is refused, so that it is noticed.
fn live_activity(token: &str, aps: &Value, state: &Mutex<State>) -> Result<(), (u16, &'static str)> {
    let starts = match aps["event"].as_str() {
        Some("start") => true,
        Some("update" | "end") => false,
        _ => return Err((400, "InvalidPushType")),
    };
    let has = |field: &str, of: fn(&Value) -> bool| aps.get(field).is_some_and(of);
    let begins = has("attributes-type", Value::is_string) && has("attributes", Value::is_object);
    if !has("content-state", Value::is_object) || starts != begins || (starts && !has("alert", Value::is_object)) {
        return Err((400, "BadLiveActivity"));
    }
    let at = aps["timestamp"].as_i64().ok_or((400, "BadLiveActivity"))?;
    let last = state.lock().unwrap_or_else(PoisonError::into_inner).states.get(token).copied();
    if last.is_some_and(|last| at < last) {
        return Err((400, "OldLiveActivity"));
    }
    Ok(())
}

/// The checks of Apple's "Establishing a token-based connection to APNs".
fn provider_token(
    bearer: &str,
    connection: usize,
    state: &Mutex<State>,
    keys: &Mutex<HashMap<String, String>>,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), (u16, &'static str)> {
    let mut s = state.lock().unwrap_or_else(PoisonError::into_inner);
    // Checked once: the rest of a connection repeats it.
    let known = s.connections.get(&connection).is_some_and(|(token, _)| token == bearer) && s.all.is_none();
    let invalid = (403, "InvalidProviderToken");
    let header = jsonwebtoken::decode_header(bearer).map_err(|_| invalid)?;
    let key = {
        let keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
        header.kid.as_ref().and_then(|kid| keys.get(kid)).cloned().ok_or(invalid)?
    };
    let claims: Value = if known {
        Value::Null
    } else {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.set_required_spec_claims(&["iss"]);
        validation.set_issuer(&[&account.team_id]);
        let key = DecodingKey::from_ec_pem(key.as_bytes()).map_err(|_| invalid)?;
        jsonwebtoken::decode(bearer, &key, &validation).map_err(|_| invalid)?.claims
    };
    if known {
        let issued = jsonwebtoken::dangerous::insecure_decode_claims::<Value>(bearer).map_err(|_| invalid)?;
        return fresh(&issued, now);
    }
    fresh(&claims, now)?;
    if let Some((token, since)) = s.connections.get(&connection)
        && token != bearer
        && now - *since < chrono::Duration::minutes(20)
    {
        return Err((429, "TooManyProviderTokenUpdates"));
    }
    s.connections.insert(connection, (bearer.to_owned(), now));
    if !s.tokens_seen.iter().any(|t| t == bearer) {
        s.tokens_seen.push(bearer.to_owned());
    }
    Ok(())
}

fn fresh(claims: &Value, now: DateTime<Utc>) -> Result<(), (u16, &'static str)> {
    let issued = claims["iat"].as_i64().ok_or((403, "InvalidProviderToken"))?;
    if (now.timestamp() - issued).abs() > 3_600 {
        return Err((403, "ExpiredProviderToken"));
    }
    Ok(())
}
