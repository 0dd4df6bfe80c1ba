//! Firebase Cloud Messaging, HTTP v1: what we send, and what its answers mean.
//!
//! The crate called `fcm` on crates.io speaks only the API that Google shut down in 2024; under that name we use the
//! types of `firebae-cm`, and our own transport, which keeps Retry-After.

use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use fcm::{
    AndroidConfig, AndroidMessagePriority, AndroidNotification, ErrorCode, FcmResponse, FirebaseMap, IntoFirebaseMap,
    MessageBody, Receiver,
};
use http::{Request, Response};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{
    Push,
    rules::{FCM_FLOOR, Verdict},
    transport::retry_after,
};
use crate::config::Fcm;

/// What the token may do.
const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";
/// A token is fetched anew this long before it lapses.
const MARGIN: Duration = Duration::minutes(5);
/// The largest message Google takes.
pub const MAX_PAYLOAD: usize = 4096;
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

#[derive(Deserialize)]
struct Token {
    access_token: String,
    expires_in: i64,
}

/// Our side of the road to Google: the service account, and its access token while it is good.
pub struct Road {
    url: String,
    account: ServiceAccount,
    key: EncodingKey,
    http: reqwest::Client,
    token: RwLock<Option<(DateTime<Utc>, Arc<str>)>>,
    fetching: Mutex<()>,
}

/// Why there is no access token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Google refuses the service account.
    #[error("the service account was refused: {0}")]
    Refused(String),
    /// The token endpoint cannot be reached.
    #[error("the token endpoint is unavailable: {0}")]
    Unavailable(String),
}

impl Road {
    /// Reads the service account.
    ///
    /// # Errors
    /// A file that is none.
    pub fn new(settings: &Fcm, ca_pem: Option<&[u8]>, timeout: std::time::Duration) -> anyhow::Result<Self> {
        let account: ServiceAccount = serde_json::from_str(&settings.service_account.reveal()?)
            .context("the service account is not Google's JSON")?;
        let mut http = reqwest::Client::builder().timeout(timeout);
        if let Some(pem) = ca_pem {
            http = http.add_root_certificate(reqwest::Certificate::from_pem(pem)?);
        }
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
        })
    }

    /// The access token, fetched once however many ask at once.
    ///
    /// # Errors
    /// Google refuses, or does not answer.
    pub async fn token(&self, now: DateTime<Utc>) -> Result<Arc<str>, TokenError> {
        if let Some(token) = self.kept(now) {
            return Ok(token);
        }
        // One fetches, the others wait for it.
        let _one = self.fetching.lock().await;
        if let Some(token) = self.kept(now) {
            return Ok(token);
        }
        let fresh = self.fetch(now).await?;
        let token: Arc<str> = fresh.access_token.into();
        let until = now + Duration::seconds(fresh.expires_in);
        *self.token.write().unwrap_or_else(PoisonError::into_inner) = Some((until, token.clone()));
        Ok(token)
    }

    fn kept(&self, now: DateTime<Utc>) -> Option<Arc<str>> {
        let token = self.token.read().unwrap_or_else(PoisonError::into_inner);
        let (until, text) = token.as_ref()?;
        (now + MARGIN < *until && *until < now + Duration::hours(2)).then(|| text.clone())
    }

    /// Forgets a token that was refused, so that the next request fetches another.
    pub fn forget(&self, refused: &str) {
        let mut token = self.token.write().unwrap_or_else(PoisonError::into_inner);
        if token.as_ref().is_some_and(|(_, t)| &**t == refused) {
            *token = None;
        }
    }

    async fn fetch(&self, now: DateTime<Utc>) -> Result<Token, TokenError> {
        let claims = Assertion {
            iss: self.account.client_email.clone(),
            scope: SCOPE.to_owned(),
            aud: self.account.token_uri.clone(),
            iat: now.timestamp(),
            exp: (now + Duration::hours(1)).timestamp(),
        };
        let mut header = Header::new(Algorithm::RS256);
        header.kid.clone_from(&self.account.private_key_id);
        let assertion =
            jsonwebtoken::encode(&header, &claims, &self.key).map_err(|e| TokenError::Refused(e.to_string()))?;
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion.as_str())];
        let answer = self
            .http
            .post(&self.account.token_uri)
            .form(&form)
            .send()
            .await
            .map_err(|e| TokenError::Unavailable(e.without_url().to_string()))?;
        let status = answer.status();
        if status.is_client_error() {
            return Err(TokenError::Refused(status.to_string()));
        }
        if !status.is_success() {
            return Err(TokenError::Unavailable(status.to_string()));
        }
        answer.json().await.map_err(|e| TokenError::Unavailable(e.without_url().to_string()))
    }

    /// The request for one push.
    ///
    /// # Errors
    /// A message that is too large, a header that cannot be one.
    pub fn request(
        &self,
        push: &Push<'_>,
        kind: &str,
        token: &str,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Request<Bytes>> {
        Ok(Request::post(&self.url)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(payload(push, kind, now)?)?)
    }
}

struct Data<'a>(&'a Push<'a>);
impl IntoFirebaseMap for Data<'_> {
    fn as_map(&self) -> FirebaseMap {
        let mut map = FirebaseMap::new();
        map.insert("type", &self.0.purpose);
        map.insert("message_id", &self.0.message);
        map.insert("category", &self.0.category);
        map.insert("unread", &self.0.unread);
        map
    }
}

#[derive(Serialize)]
struct Envelope {
    message: MessageBody,
}

/// The JSON of one push. The schema is `mobile-contract/push`. With full previews, and to clear, it is data only: the
/// app fetches the content and shows it itself.
///
/// # Errors
/// One larger than Google takes.
pub fn payload(push: &Push<'_>, kind: &str, now: DateTime<Utc>) -> anyhow::Result<Bytes> {
    let receiver = if kind == "fcm_fid" { Receiver::fid(push.target) } else { Receiver::token(push.target) };
    let clear = push.purpose == "clear";
    let ttl = (push.expires_at - now).num_seconds().clamp(0, LONGEST_TTL);
    let mut android = AndroidConfig::new()
        .priority(if clear { AndroidMessagePriority::Normal } else { AndroidMessagePriority::High })
        .ttl(usize::try_from(ttl).unwrap_or_default())
        .data(Data(push))?;
    if !clear && !push.full_preview {
        android = android.notification(
            AndroidNotification::new()
                .body(push.text)
                // A second copy of the same message replaces the first.
                .tag(push.message.to_string())
                .notification_count(i32::try_from(push.unread).unwrap_or_default()),
        );
    }
    let body = serde_json::to_vec(&Envelope { message: MessageBody::new(receiver).android(android) })?;
    anyhow::ensure!(body.len() <= MAX_PAYLOAD, "a message of {} bytes is larger than Google takes", body.len());
    Ok(body.into())
}

/// What an answer means, and the code Google gave. The decision is on `errorCode`, not on the status alone: a wrong
/// project is 404 as well.
pub fn verdict(answer: &Response<Bytes>) -> (Verdict, String) {
    let status = answer.status().as_u16();
    if status == 200 {
        return (Verdict::Delivered, "200".to_owned());
    }
    let wait = retry_after(answer);
    let Ok(FcmResponse::Error(error)) = serde_json::from_slice(answer.body()) else {
        let verdict = match status {
            401 | 403 | 404 => Verdict::Credentials,
            429 => Verdict::ProjectPace { wait },
            400..500 => Verdict::RequestDead,
            _ => Verdict::Unavailable { floor: FCM_FLOOR, wait },
        };
        return (verdict, status.to_string());
    };
    let verdict = match (error.error_code(), status) {
        (Some(ErrorCode::Unregistered), _) => Verdict::TokenDead { since: None },
        (Some(ErrorCode::SenderIdMismatch), _) => Verdict::TokenSuspect,
        (Some(ErrorCode::InvalidArgument), _) if names_the_token(&error) => Verdict::TokenSuspect,
        (Some(ErrorCode::InvalidArgument), _) => Verdict::RequestDead,
        (Some(ErrorCode::QuotaExceeded), _) if error.message.to_lowercase().contains("device") => {
            Verdict::DevicePace { wait }
        }
        (Some(ErrorCode::QuotaExceeded), _) | (_, 429) => Verdict::ProjectPace { wait },
        (Some(ErrorCode::ThirdPartyAuthError), _) | (_, 401 | 403) => Verdict::Credentials,
        // Not found, and not because of a token: the project in the URL is wrong.
        (_, 404) => Verdict::Credentials,
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

    fn judged(status: u16, code: &str, message: &str) -> Verdict {
        let details = if code.is_empty() {
            String::new()
        } else {
            format!(r#"{{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"{code}"}}"#)
        };
        let body =
            format!(r#"{{"error":{{"code":{status},"message":"{message}","status":"X","details":[{details}]}}}}"#);
        verdict(&Response::builder().status(status).header("retry-after", "7").body(Bytes::from(body)).unwrap()).0
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
            (401, "THIRD_PARTY_AUTH_ERROR", "apns key", Verdict::Credentials),
            (401, "", "no token", Verdict::Credentials),
            (403, "", "no permission", Verdict::Credentials),
            (404, "", "no project", Verdict::Credentials),
        ] {
            assert_eq!(judged(status, code, message), expected, "{status} {code} {message}");
        }
        let html = Response::builder().status(502).body(Bytes::from("<html>")).unwrap();
        assert_eq!(verdict(&html).0, Verdict::Unavailable { floor: FCM_FLOOR, wait: None });
    }
}
