//! Apple Push Notification service: what we send, and what its answers mean.

use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Request, Response};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};

use super::{
    live_payload::{
        ApnsLive, ContentState, DeskName, LiveAlert, LiveAps, LiveAttributes, LiveAttributesType, LiveSentence,
        LiveText, LiveTitle, TicketKey,
    },
    model::{Category, LiveEvent, LivePush, Outgoing, Push},
    payload::{
        Alert, ApnsClear, ApnsShow, Clear, ClearAps, CriticalSound, Interruption, MAX_PAYLOAD, MessageKey, Sentence,
        Show, ShowAps, Siren, Sound, TextKey, Title, TitledAlert, UsualSound, Yes, count,
    },
    retry_after::retry_after,
    rules::{APNS_FLOOR, Verdict, live},
};
use crate::config::Apns;

/// Apple refuses a token older than an hour, and a new one more often than every 20 minutes: ours live in between.
const TOKEN_LIFE: Duration = Duration::minutes(40);
/// A token is made anew after its refusal no sooner than this.
const TOKEN_PACE: Duration = Duration::minutes(20);
/// How far a clock may be set back before a token counts as one of the future.
const SETBACK: Duration = Duration::minutes(1);
/// What the topic of a Live Activity has behind the app's.
const LIVE_TOPIC: &str = ".push-type.liveactivity";

#[derive(Serialize, Deserialize)]
struct TokenClaims {
    iss: String,
    iat: i64,
}

/// Our side of the channel to Apple: key, topic, and the provider token while it is good.
pub struct ApnsClient {
    base: String,
    topic: String,
    team: String,
    key_id: String,
    key: EncodingKey,
    critical: bool,
    token: Mutex<Option<(DateTime<Utc>, String)>>,
}

impl ApnsClient {
    /// Reads the key.
    ///
    /// # Errors
    /// A key that is none.
    pub fn new(settings: &Apns, base: &url::Url) -> anyhow::Result<Self> {
        Ok(Self {
            base: base.as_str().trim_end_matches('/').to_owned(),
            topic: settings.topic.clone(),
            team: settings.team_id.clone(),
            key_id: settings.key_id.clone(),
            key: EncodingKey::from_ec_pem(settings.key.reveal()?.as_bytes())?,
            critical: settings.critical_alerts,
            token: Mutex::default(),
        })
    }

    /// The provider token (JWT, ES256): made once, kept for 40 minutes.
    ///
    /// # Errors
    /// A key that cannot sign.
    pub fn token(&self, now: DateTime<Utc>) -> anyhow::Result<String> {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back by a moment makes no new token; one that was far ahead does.
        if let Some((made_at, text)) = token.as_ref()
            && now - *made_at < TOKEN_LIFE
            && *made_at - now < SETBACK
        {
            return Ok(text.clone());
        }
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.key_id.clone());
        header.typ = None;
        let claims = TokenClaims { iss: self.team.clone(), iat: now.timestamp() };
        let text = jsonwebtoken::encode(&header, &claims, &self.key)?;
        *token = Some((now, text.clone()));
        Ok(text)
    }

    /// Forgets a token that was refused, so that the next request makes another; but no more often than Apple takes one.
    pub fn forget(&self, now: DateTime<Utc>) {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if token.as_ref().is_some_and(|(made_at, _)| (now - *made_at).abs() >= TOKEN_PACE) {
            *token = None;
        }
    }

    /// The request for one push.
    ///
    /// # Errors
    /// A payload that is too large, a header that cannot be one.
    pub fn request(&self, what: &Outgoing<'_>, now: DateTime<Utc>) -> anyhow::Result<Request<Bytes>> {
        let (target, id, expires_at, body, (kind, priority)) = match what {
            Outgoing::Message(push) => {
                let body = payload(push, self.critical)?;
                (push.target, push.apns_id, push.expires_at, body, handling(push.is_clear()))
            }
            Outgoing::Live(push) => {
                let body = live_payload(push)?;
                (push.target, push.apns_id, push.expires_at, body, handling_live(push))
            }
        };
        let request = Request::post(format!("{}/3/device/{target}", self.base))
            .header("authorization", format!("bearer {}", self.token(now)?))
            .header("apns-push-type", kind)
            .header("apns-priority", priority)
            .header("apns-expiration", expires_at.timestamp())
            .header("apns-id", id.to_string());
        let request = match what {
            Outgoing::Message(push) => {
                request.header("apns-topic", &self.topic).header("apns-collapse-id", push.message.to_string())
            }
            Outgoing::Live(_) => request.header("apns-topic", format!("{}{LIVE_TOPIC}", self.topic)),
        };
        Ok(request.body(body)?)
    }
}

/// The push type and the priority by which Apple handles what shows something, or clears it.
pub fn handling(is_clear: bool) -> (&'static str, &'static str) {
    if is_clear { ("background", "5") } else { ("alert", "10") }
}

/// The same of a number. What begins is shown at once, as it says so.
pub fn handling_live(push: &LivePush<'_>) -> (&'static str, &'static str) {
    ("liveactivity", if push.is_urgent || push.event == LiveEvent::Start { "10" } else { "5" })
}

/// The JSON of how a number stands.
///
/// # Errors
/// One larger than Apple takes.
pub fn live_payload(push: &LivePush<'_>) -> anyhow::Result<Bytes> {
    let LivePush { state, as_of, event, number, .. } = *push;
    let (starts, ends) = (event == LiveEvent::Start, event == LiveEvent::End);
    let say = |text: LiveText| text.sentence(push.language);
    let aps = LiveAps {
        timestamp: as_of.timestamp(),
        event,
        content_state: ContentState {
            number,
            ahead: state.ahead.map(count),
            minutes: state.minutes.map(count),
            desk: state.desk.as_deref().map(DeskName),
        },
        stale_date: (!ends).then(|| (as_of + live::STALE).timestamp()),
        dismissal_date: ends.then(|| (as_of + live::DISMISSED).timestamp()),
        attributes_type: starts.then_some(LiveAttributesType::Ticket),
        attributes: starts.then_some(LiveAttributes { ticket_id: TicketKey(push.ticket) }),
        input_push_token: starts.then_some(Yes),
        alert: if starts {
            Some(LiveAlert { title: LiveTitle(say(LiveText::Title)), body: LiveSentence(say(LiveText::Body)) })
        } else {
            None
        },
    };
    bounded(serde_json::to_vec(&ApnsLive { aps })?)
}

/// The JSON of one push. What warns of danger breaks through a focus, and with Apple's leave (`critical`) through silence.
///
/// # Errors
/// One larger than Apple takes, or of a kind of news that nobody knows.
pub fn payload(push: &Push<'_>, critical: bool) -> anyhow::Result<Bytes> {
    let message_id = MessageKey(push.message);
    let text = if push.is_clear() {
        let aps = ClearAps { badge: push.shown_unread(), content_available: Yes };
        serde_json::to_vec(&ApnsClear { aps, purpose: Clear::Clear, message_id })?
    } else {
        let category = Category::parse(push.category).context("no kind of news has this name")?;
        let body = Sentence(push.text);
        let (sound, interruption_level) = match (category, critical) {
            (Category::Emergency, true) => {
                let sound = CriticalSound { critical: Yes, name: Siren::Siren };
                (Sound::Critical(sound), Some(Interruption::Critical))
            }
            (Category::Emergency, false) => (Sound::Siren(Siren::Siren), Some(Interruption::TimeSensitive)),
            _ => (Sound::Usual(UsualSound::Usual), None),
        };
        let aps = ShowAps {
            alert: match push.title {
                Some(title) => Alert::Titled(TitledAlert { title: Title(title), body }),
                None => Alert::Sentence(body),
            },
            badge: push.shown_unread(),
            sound,
            category,
            interruption_level,
            mutable_content: push.full_preview.then_some(Yes),
        };
        serde_json::to_vec(&ApnsShow { aps, purpose: Show::Show, message_id, text_key: TextKey::of(category) })?
    };
    bounded(text)
}

fn bounded(text: Vec<u8>) -> anyhow::Result<Bytes> {
    anyhow::ensure!(text.len() <= MAX_PAYLOAD, "a payload of {} bytes is larger than Apple takes", text.len());
    Ok(text.into())
}

#[derive(Deserialize, Default)]
struct Answer {
    #[serde(default)]
    reason: String,
    /// Milliseconds since the epoch; given with 410.
    timestamp: Option<i64>,
}

/// What an answer means, and the reason Apple gave, whichever it is. A 200 is believed whatever stands in its body: TLS says
/// that it is Apple's, and to send again what was taken would disturb somebody twice.
pub fn verdict(answer: &Response<Bytes>, now: DateTime<Utc>) -> (Verdict, String) {
    let status = answer.status().as_u16();
    if status == 200 {
        return (Verdict::Delivered, "200".to_owned());
    }
    let told: Answer = serde_json::from_slice(answer.body()).unwrap_or_default();
    let wait = retry_after(answer.headers(), now);
    let verdict = match (status, told.reason.as_str()) {
        (410, _) => Verdict::TokenDead { since: told.timestamp.and_then(DateTime::from_timestamp_millis) },
        // Our topic or environment, or a token of another app: which of them, only the others' answers tell.
        (400, "BadDeviceToken" | "DeviceTokenNotForTopic" | "TopicDisallowed" | "BadTopic" | "MissingTopic") => {
            Verdict::TokenSuspect
        }
        (
            403,
            "InvalidProviderToken"
            | "ExpiredProviderToken"
            | "MissingProviderToken"
            | "UnrelatedKeyIdInToken"
            | "BadEnvironmentKeyIdInToken"
            | "BadCertificate"
            | "BadCertificateEnvironment",
        ) => Verdict::Credentials { wait },
        (429, "TooManyProviderTokenUpdates") => Verdict::TokenPace,
        (429, _) => Verdict::DevicePace { wait },
        // An address that is wrong, and what is not in Apple's words: a proxy's, most likely.
        (401 | 403..=405 | 407, _) | (400..500, "") => Verdict::Refused,
        (400..500, _) => Verdict::RequestDead,
        _ => Verdict::Unavailable { floor: APNS_FLOOR, wait },
    };
    let code = if told.reason.is_empty() { status.to_string() } else { format!("{status} {}", told.reason) };
    (verdict, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> (Verdict, String) {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        verdict(&Response::builder().status(status).body(Bytes::from(body.to_owned())).unwrap(), now)
    }

    #[test]
    fn each_answer_of_apple_has_its_class() {
        let dead = |ms: i64| Verdict::TokenDead { since: DateTime::from_timestamp_millis(ms) };
        for (status, reason, expected) in [
            (400, "BadDeviceToken", Verdict::TokenSuspect),
            (400, "DeviceTokenNotForTopic", Verdict::TokenSuspect),
            (400, "BadCollapseId", Verdict::RequestDead),
            (400, "PayloadEmpty", Verdict::RequestDead),
            (400, "TopicDisallowed", Verdict::TokenSuspect),
            (403, "InvalidProviderToken", Verdict::Credentials { wait: None }),
            (403, "ExpiredProviderToken", Verdict::Credentials { wait: None }),
            (403, "UnrelatedKeyIdInToken", Verdict::Credentials { wait: None }),
            (403, "Forbidden", Verdict::Refused),
            (404, "BadPath", Verdict::Refused),
            (405, "MethodNotAllowed", Verdict::Refused),
            (413, "PayloadTooLarge", Verdict::RequestDead),
            (429, "TooManyProviderTokenUpdates", Verdict::TokenPace),
            (429, "TooManyRequests", Verdict::DevicePace { wait: None }),
            (500, "InternalServerError", Verdict::Unavailable { floor: APNS_FLOOR, wait: None }),
            (503, "Shutdown", Verdict::Unavailable { floor: APNS_FLOOR, wait: None }),
        ] {
            let (verdict, code) = judged(status, &format!(r#"{{"reason":"{reason}"}}"#));
            assert_eq!((verdict, code), (expected, format!("{status} {reason}")));
        }
        assert_eq!(judged(410, r#"{"reason":"Unregistered","timestamp":1700000000000}"#).0, dead(1_700_000_000_000));
        // A reason nobody told us of keeps its timestamp.
        assert_eq!(judged(410, r#"{"reason":"ExpiredToken","timestamp":5}"#).0, dead(5));
        assert_eq!(judged(502, "<html>").1, "502");
        // A proxy's words lose nobody's message.
        for status in [400, 401, 403, 404, 407, 413] {
            assert_eq!(judged(status, "<html>").0, Verdict::Refused, "{status}");
        }
        assert_eq!(judged(200, "<html>").0, Verdict::Delivered);
    }
}
