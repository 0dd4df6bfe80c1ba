//! Firebase Cloud Messaging, HTTP v1: what we send, and what its answers mean.
//!
//! The crate called `fcm` on crates.io speaks only the API that Google shut down in 2024; under that name we use the
//! types of `firebae-cm` for answers, types of ours for messages (the contract is written from them), and our own transport, which keeps
//! Retry-After.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicU64, Ordering},
};

use anyhow::Context as _;
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use fcm::{ErrorCode, FcmResponse};
use http::{Request, Response};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{
    live_payload::{DeskName, FcmLive, Live, LiveAndroid, LiveChange, LiveData, LivePriority, TicketKey},
    model::{Category, LiveEvent, LivePush, Outgoing, Push},
    payload::{
        Clear, ClearAndroid, ClearData, Digits, EmergencyChannel, FcmClear, FcmShow, High, MAX_PAYLOAD, MessageKey,
        Normal, Notification, Receiver, Seconds, Sentence, Show, ShowAndroid, ShowData, TextKey, Title, count,
    },
    retry_after::retry_after,
    rules::{FCM_FLOOR, Verdict},
    transport::{CONNECT_TIMEOUT, trust},
};
use crate::config::Fcm;

/// What the token may do.
const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";
/// A token is fetched anew this long before it lapses, or at half its life.
const MARGIN: Duration = Duration::minutes(5);
/// What Google gives, and the longest that any token is kept.
const LONGEST_LIFE: i64 = 3_600;
/// No token is asked for more often than this, whatever life it is said to have.
const SHORTEST_LIFE: Duration = Duration::minutes(1);
/// A token this young is not the reason of a refusal.
const JUST_FETCHED: Duration = Duration::seconds(10);
/// The longest code of an error, in letters: Google's longest of the kind has 30.
const LONGEST_CODE: usize = 40;
/// How the sentences begin in which Google says why it refuses a service account (Using OAuth 2.0 for Server to Server
/// Applications, "JWT error codes"), and how those are told.
const SENTENCES: &[&str] = &[
    "Invalid JWT Signature",
    "Invalid JWT: Token must be a short-lived token",
    "Token must be a short-lived token",
    "Invalid grant: account not found",
    "Not a valid email",
    "Client is unauthorized to retrieve access tokens using this method",
    "Unauthorized client or scope in request",
];
/// Google keeps a message four weeks at most.
const LONGEST_TTL: i64 = 2_419_200;

/// The parts of Google's service account file that we need.
#[derive(Deserialize)]
struct ServiceAccount {
    project_id: String,
    private_key: String,
    private_key_id: Option<String>,
    client_email: String,
    token_uri: String,
}

#[derive(Serialize, Deserialize)]
struct Assertion {
    iss: String,
    scope: String,
    aud: String,
    iat: i64,
    exp: i64,
}

/// What Google's token endpoint answers.
#[derive(Deserialize)]
struct Granted {
    access_token: String,
    /// Seconds; a number, as RFC 6749 wants it, or whatever comes.
    #[serde(default)]
    expires_in: serde_json::Value,
}

/// An access token, while it is good.
struct Kept {
    token: Arc<str>,
    fetched_at: DateTime<Utc>,
    life: Duration,
}

/// Our side of the channel to Google: the service account, and its access token while it is good.
pub struct FcmClient {
    url: String,
    account: ServiceAccount,
    key: EncodingKey,
    http: reqwest::Client,
    token: RwLock<Option<Kept>>,
    /// Why it was not given, the last time it was asked for.
    fetching: Mutex<Option<TokenError>>,
    /// How often it was asked for.
    asked: AtomicU64,
}

/// Why there is no access token.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TokenError {
    /// Google refuses the service account.
    #[error("the service account was refused: {why}")]
    Refused {
        /// What it said.
        why: String,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// The token endpoint cannot be reached, or gives no token.
    #[error("the token endpoint is unavailable: {why}")]
    Unavailable {
        /// What happened.
        why: String,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
}

impl FcmClient {
    /// Reads the service account.
    ///
    /// # Errors
    /// A file that is none.
    pub fn new(settings: &Fcm, ca_pem: Option<&[u8]>) -> anyhow::Result<Self> {
        let account: ServiceAccount = serde_json::from_str(&settings.service_account.reveal()?)
            .context("the service account is not Google's JSON")?;
        // The same trust as for pushes: reqwest's own reads the machine's, and logs each refusal without saying of what.
        let tls = trust(ca_pem, true)?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none());
        Ok(Self {
            url: format!(
                "{}/v1/projects/{}/messages:send",
                settings.url.as_str().trim_end_matches('/'),
                account.project_id
            ),
            key: EncodingKey::from_rsa_pem(account.private_key.as_bytes())?,
            account,
            http: http.build()?,
            token: RwLock::default(),
            fetching: Mutex::default(),
            asked: AtomicU64::new(0),
        })
    }

    /// The access token, asked for once however many want it at once; a refusal is everybody's as well.
    ///
    /// # Errors
    /// Google refuses, or does not answer.
    pub async fn token(&self, now: DateTime<Utc>) -> Result<Arc<str>, TokenError> {
        if let Some(token) = self.kept(now) {
            return Ok(token);
        }
        // One asks, the others wait for it.
        let before = self.asked.load(Ordering::Relaxed);
        let mut refusal = self.fetching.lock().await;
        if let Some(token) = self.kept(now) {
            return Ok(token);
        }
        if let Some(refused) = refusal.as_ref().filter(|_| self.asked.load(Ordering::Relaxed) != before) {
            return Err(refused.clone());
        }
        let granted = self.fetch(now).await;
        self.asked.fetch_add(1, Ordering::Relaxed);
        *refusal = granted.as_ref().err().cloned();
        let granted = granted?;
        let token: Arc<str> = granted.access_token.into();
        let kept = Kept { token: token.clone(), fetched_at: now, life: life(&granted.expires_in) };
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(token)
    }

    fn kept(&self, now: DateTime<Utc>) -> Option<Arc<str>> {
        let token = self.token.read().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back makes a token older than it is as well.
        token.as_ref().filter(|k| (now - k.fetched_at).abs() < k.life).map(|k| k.token.clone())
    }

    /// Forgets a token that was refused, so that the next request fetches another; not one that was just fetched, for then it
    /// was refused for something else.
    pub fn forget(&self, refused: &str, now: DateTime<Utc>) {
        let mut token = self.token.write().unwrap_or_else(PoisonError::into_inner);
        if token.as_ref().is_some_and(|k| &*k.token == refused && (now - k.fetched_at).abs() >= JUST_FETCHED) {
            *token = None;
        }
    }

    async fn fetch(&self, now: DateTime<Utc>) -> Result<Granted, TokenError> {
        let claims = Assertion {
            iss: self.account.client_email.clone(),
            scope: SCOPE.to_owned(),
            aud: self.account.token_uri.clone(),
            iat: now.timestamp(),
            exp: (now + Duration::hours(1)).timestamp(),
        };
        let mut header = Header::new(Algorithm::RS256);
        header.kid.clone_from(&self.account.private_key_id);
        let refused = |why: String| TokenError::Refused { why, wait: None };
        let unavailable = |why: String| TokenError::Unavailable { why, wait: None };
        let assertion = jsonwebtoken::encode(&header, &claims, &self.key).map_err(|e| refused(e.to_string()))?;
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion.as_str())];
        let broke = |e: reqwest::Error| unavailable(format!("{:#}", anyhow::Error::from(e.without_url())));
        let answer = self.http.post(&self.account.token_uri).form(&form).send().await.map_err(broke)?;
        let (status, wait) = (answer.status(), retry_after(answer.headers(), now));
        let body = answer.bytes().await.map_err(broke)?;
        if status.is_success() {
            return serde_json::from_slice::<Granted>(&body)
                .ok()
                .filter(|g| http::HeaderValue::from_str(&g.access_token).is_ok() && !g.access_token.is_empty())
                .ok_or_else(|| unavailable(format!("{status}, and no token in it")));
        }
        let why = match reason(&body) {
            Some(reason) => format!("{status}: {reason}"),
            None => status.to_string(),
        };
        // A refusal is what RFC 6749 says (section 5.2); all else says that there is no telling now.
        Err(match status.as_u16() {
            400 | 401 | 403 => TokenError::Refused { why, wait },
            _ => TokenError::Unavailable { why, wait },
        })
    }

    /// The request for one push.
    ///
    /// # Errors
    /// A message that is too large, a header that cannot be one.
    pub fn request(
        &self,
        what: &Outgoing<'_>,
        kind: &str,
        token: &str,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Request<Bytes>> {
        let body = match what {
            Outgoing::Message(push) => payload(push, kind, now)?,
            Outgoing::Live(push) => live_payload(push, kind, now)?,
        };
        Ok(Request::post(&self.url)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(body)?)
    }
}

/// How long a token is kept that is said to be good for so many seconds; Google's hour where that says nothing.
fn life(expires_in: &serde_json::Value) -> Duration {
    let told = expires_in.as_f64().or_else(|| expires_in.as_str()?.trim().parse().ok());
    let told = told.filter(|t| t.is_finite()).map_or(LONGEST_LIFE, |t| t as i64);
    let told = Duration::seconds(told.clamp(0, LONGEST_LIFE));
    (told - MARGIN).max(told / 2).max(SHORTEST_LIFE)
}

/// What Google says of a refusal, as far as it is no words about anybody: the code of the error, and which of the sentences that
/// we know. The same place can hold a token, or whose account it is.
fn reason(body: &[u8]) -> Option<String> {
    let told: serde_json::Value = serde_json::from_slice(body).ok()?;
    let error = &told["error"];
    let code = [error.as_str(), error["status"].as_str()].into_iter().flatten().find(|code| is_code(code));
    let words = [told["error_description"].as_str(), error["message"].as_str()].into_iter().flatten();
    let sentence = words.filter_map(|text| SENTENCES.iter().find(|known| text.starts_with(**known)).copied()).next();
    let text = [code, sentence].into_iter().flatten().collect::<Vec<_>>().join(": ");
    (!text.is_empty()).then_some(text)
}

/// Whether it looks like one of Google's codes: `invalid_grant`, `PERMISSION_DENIED`.
fn is_code(text: &str) -> bool {
    let one_case = |of: fn(&u8) -> bool| text.bytes().all(|b| b == b'_' || of(&b));
    let shape = one_case(u8::is_ascii_lowercase) || one_case(u8::is_ascii_uppercase);
    (3..=LONGEST_CODE).contains(&text.len()) && shape
}

#[derive(Serialize)]
struct Envelope<T> {
    message: T,
}

/// The JSON of one push. With full previews, and to clear, it is data only: the app fetches the content and shows it itself.
///
/// # Errors
/// One larger than Google takes, or of a kind of news that nobody knows.
pub fn payload(push: &Push<'_>, kind: &str, now: DateTime<Utc>) -> anyhow::Result<Bytes> {
    let category = Category::parse(push.category).context("no kind of news has this name")?;
    let to = Receiver::of(kind, push.target);
    let ttl = ttl(push.expires_at, now);
    let (message_id, unread) = (MessageKey(push.message), Digits(push.shown_unread()));
    let body = if push.is_clear() {
        let data = ClearData { purpose: Clear::Clear, message_id, category, unread };
        serde_json::to_vec(&Envelope {
            message: FcmClear { to, android: ClearAndroid { priority: Normal::Normal, ttl, data } },
        })?
    } else {
        let data = ShowData { purpose: Show::Show, message_id, category, unread, text_key: TextKey::of(category) };
        // What says itself what it is needs no app to fetch it.
        let notification = (!push.full_preview || push.title.is_some()).then(|| Notification {
            title: push.title.map(Title),
            body: Sentence(push.text),
            tag: push.message.to_string(),
            notification_count: push.shown_unread(),
            // The app makes the channel; where there is none, the usual one takes it.
            channel_id: (category == Category::Emergency).then_some(EmergencyChannel::Emergency),
        });
        let android = ShowAndroid { priority: High::High, ttl, data, notification };
        serde_json::to_vec(&Envelope { message: FcmShow { to, android } })?
    };
    bounded(body)
}

/// The JSON of how a number stands: data only, which the app shows.
///
/// # Errors
/// One larger than Google takes.
pub fn live_payload(push: &LivePush<'_>, kind: &str, now: DateTime<Utc>) -> anyhow::Result<Bytes> {
    let LivePush { state, event, number, .. } = *push;
    let is_over = event == LiveEvent::End;
    let digits = |number: i64| Digits(count(number));
    let data = LiveData {
        purpose: Live::Live,
        ticket_id: TicketKey(push.ticket),
        event: if is_over { LiveChange::End } else { LiveChange::Update },
        timestamp: Digits(u32::try_from(push.as_of.timestamp()).unwrap_or(u32::MAX)),
        number,
        ahead: state.ahead.map(digits),
        minutes: state.minutes.map(digits),
        desk: state.desk.as_deref().map(DeskName),
    };
    // The end shows nothing, so that it need not wake a phone.
    let priority = if push.is_urgent && !is_over { LivePriority::High } else { LivePriority::Normal };
    let android = LiveAndroid { priority, ttl: ttl(push.expires_at, now), data };
    bounded(serde_json::to_vec(&Envelope { message: FcmLive { to: Receiver::of(kind, push.target), android } })?)
}

fn ttl(expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Seconds {
    Seconds((expires_at - now).num_seconds().clamp(0, LONGEST_TTL))
}

fn bounded(body: Vec<u8>) -> anyhow::Result<Bytes> {
    anyhow::ensure!(body.len() <= MAX_PAYLOAD, "a message of {} bytes is larger than Google takes", body.len());
    Ok(body.into())
}

/// What an answer means, and the code Google gave. The decision is on `errorCode`, not on the status alone: a wrong
/// project is 404 as well. A 200 is believed whatever stands in its body: TLS says that it is Google's, and to send again
/// what was taken would disturb somebody twice.
pub fn verdict(answer: &Response<Bytes>, now: DateTime<Utc>) -> (Verdict, String) {
    let status = answer.status().as_u16();
    if status == 200 {
        return (Verdict::Delivered, "200".to_owned());
    }
    let wait = retry_after(answer.headers(), now);
    let Ok(FcmResponse::Error(error)) = serde_json::from_slice(answer.body()) else {
        // Not in Google's words: a proxy's, most likely.
        let verdict = match status {
            429 => Verdict::DevicePace { wait },
            400..500 => Verdict::Refused,
            _ => Verdict::Unavailable { floor: FCM_FLOOR, wait },
        };
        return (verdict, status.to_string());
    };
    let text = error.message.to_lowercase();
    let verdict = match (error.error_code(), status) {
        (Some(ErrorCode::Unregistered), _) => Verdict::TokenDead { since: None },
        // The key of Apple or of web push in the project: we send to Android, so this is a token of another kind of phone.
        (Some(ErrorCode::SenderIdMismatch | ErrorCode::ThirdPartyAuthError), _) => Verdict::TokenSuspect,
        (Some(ErrorCode::InvalidArgument), _) if names_the_token(&error) => Verdict::TokenSuspect,
        (Some(ErrorCode::InvalidArgument), _) => Verdict::RequestDead,
        (Some(ErrorCode::QuotaExceeded), _) | (_, 429) => {
            let project = text.contains("quota metric") || text.contains("per project");
            if project && !text.contains("device") {
                Verdict::ProjectPace { wait }
            } else {
                Verdict::DevicePace { wait }
            }
        }
        // What names no token may still be meant for one; not found is a project that is wrong in the URL.
        (_, 401 | 403 | 404 | 405 | 407) => Verdict::Refused,
        (Some(ErrorCode::Unavailable | ErrorCode::Internal), _) | (_, 500..) => {
            Verdict::Unavailable { floor: FCM_FLOOR, wait }
        }
        _ => Verdict::RequestDead,
    };
    let code = format!("{status} {}", error.raw_error_code().unwrap_or(&error.status));
    (verdict, code)
}

fn names_the_token(error: &fcm::FcmError) -> bool {
    let text = error.message.to_lowercase();
    text.contains("registration token") || text.contains("message.token") || text.contains("message.fid")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn judged(status: u16, code: &str, message: &str) -> Verdict {
        let details = if code.is_empty() {
            String::new()
        } else {
            format!(r#"{{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"{code}"}}"#)
        };
        let body =
            format!(r#"{{"error":{{"code":{status},"message":"{message}","status":"X","details":[{details}]}}}}"#);
        verdict(&Response::builder().status(status).header("retry-after", "7").body(Bytes::from(body)).unwrap(), at()).0
    }

    #[test]
    fn each_answer_of_google_has_its_class() {
        let wait = Some(Duration::seconds(7));
        let unavailable = Verdict::Unavailable { floor: FCM_FLOOR, wait };
        for (status, code, message, expected) in [
            (404, "UNREGISTERED", "gone", Verdict::TokenDead { since: None }),
            (
                400,
                "INVALID_ARGUMENT",
                "The registration token is not a valid FCM registration token",
                Verdict::TokenSuspect,
            ),
            (400, "INVALID_ARGUMENT", "Invalid value at message.android.ttl", Verdict::RequestDead),
            (403, "SENDER_ID_MISMATCH", "SenderId mismatch", Verdict::TokenSuspect),
            (429, "QUOTA_EXCEEDED", "Quota exceeded for quota metric", Verdict::ProjectPace { wait }),
            (429, "QUOTA_EXCEEDED", "Device message rate exceeded", Verdict::DevicePace { wait }),
            (503, "UNAVAILABLE", "try later", unavailable.clone()),
            (500, "INTERNAL", "oops", unavailable.clone()),
            (429, "QUOTA_EXCEEDED", "Too many messages", Verdict::DevicePace { wait }),
            (401, "THIRD_PARTY_AUTH_ERROR", "apns key", Verdict::TokenSuspect),
            (401, "", "no token", Verdict::Refused),
            (403, "", "no permission", Verdict::Refused),
            (404, "", "no project", Verdict::Refused),
        ] {
            assert_eq!(judged(status, code, message), expected, "{status} {code} {message}");
        }
        let html = Response::builder().status(502).body(Bytes::from("<html>")).unwrap();
        assert_eq!(verdict(&html, at()).0, Verdict::Unavailable { floor: FCM_FLOOR, wait: None });
        for status in [400, 403, 404, 407] {
            let html = Response::builder().status(status).body(Bytes::from("<html>")).unwrap();
            assert_eq!(verdict(&html, at()).0, Verdict::Refused, "{status}");
        }
    }

    #[test]
    fn a_token_is_kept_however_odd_its_life() {
        use serde_json::json;
        for (told, seconds) in [
            (json!(3_599), 3_299),
            (json!(0), 60),
            (json!(-5), 60),
            (json!(30), 60),
            (json!(59), 60),
            (json!(200), 100),
            (json!(86_400 * 30), 3_300),
            (json!(1e300), 3_300),
            (json!("3599"), 3_299),
            (json!("soon"), 3_300),
            (json!(null), 3_300),
        ] {
            assert_eq!(life(&told).num_seconds(), seconds, "{told}");
        }
    }

    #[test]
    fn what_google_says_of_a_refusal_is_told() {
        let told = |body: &str| reason(body.as_bytes());
        let grant = r#"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#;
        assert_eq!(told(grant).as_deref(), Some("invalid_grant: Invalid JWT Signature"));
        let other = r#"{"error":{"code":403,"status":"PERMISSION_DENIED","message":"no"}}"#;
        assert_eq!(told(other).as_deref(), Some("PERMISSION_DENIED"));
        let clock = r#"{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes)"}"#;
        assert_eq!(told(clock).as_deref(), Some("invalid_grant: Invalid JWT: Token must be a short-lived token"));
        // Nobody's name, number or token.
        let words = r#"{"error":"Anna Peeters 85.05.05-123.45","error_description":"access_token=ya29.a0Af"}"#;
        assert_eq!(told(words), None);
        let words =
            r#"{"error":"invalid_grant","error_description":"anna@example.be, born on 5 May 1985: eyJhbGciOi"}"#;
        assert_eq!(told(words).as_deref(), Some("invalid_grant"));
        assert_eq!((told("<html>"), told("{}"), told("[]")), (None, None, None));
    }
}
