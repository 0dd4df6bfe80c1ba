//! A simulated phone: signs in as a person would, registers, receives pushes, shows a lock screen, opens messages. It
//! speaks to the server through the generated client alone.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::StreamExt as _;
use reqwest::{StatusCode, header};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use url::Url;
use uuid::Uuid;

use crate::{
    client::{Client, types},
    oidc, reached, says_it_is,
};

/// The kind of phone, with what its provider gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Apple's, with a device token.
    Ios {
        /// In hex.
        token: String,
    },
    /// Google's, with a Firebase installation id.
    Android {
        /// The id.
        fid: String,
    },
}

/// Something on the lock screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The message behind it.
    pub message: Uuid,
    /// What it says.
    pub text: String,
}

/// What the app shows of somebody's affairs, as of one moment.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Seen {
    /// The inbox, newest first.
    pub inbox: Vec<types::MessageOut>,
    /// The documents.
    pub documents: Vec<types::DocumentOut>,
    /// Who looked at the citizen's data.
    pub audit: Vec<types::MyAuditOut>,
    /// The visits that are held or booked.
    pub visits: Vec<types::AppointmentOut>,
    /// What the citizen waits for.
    pub waiting: Vec<types::WaitingOut>,
    /// The numbers of today.
    pub tickets: Vec<types::TicketOut>,
    /// The announcements that concern the citizen.
    pub announcements: Vec<types::MyAnnouncementOut>,
    /// What the citizen chose about being disturbed.
    pub preferences: types::PreferencesBody,
    /// The topics, and whether the citizen follows them.
    pub topics: Vec<types::TopicOut>,
    /// Where the citizen is signed in.
    pub sessions: Vec<types::SessionOut>,
}

/// What goes wrong on a phone.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The server says why.
    #[error("{status} {code}: {title}")]
    Problem {
        /// The HTTP status.
        status: u16,
        /// The stable code.
        code: String,
        /// What it means.
        title: String,
        /// The field at fault.
        field: Option<String>,
    },
    /// The browser shows a page instead of coming back.
    #[error("the browser shows a page: {0}")]
    Page(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl PhoneError {
    /// The problem's code, if it is one.
    pub fn code(&self) -> &str {
        match self {
            Self::Problem { code, .. } => code,
            _ => "",
        }
    }
}

/// The tokens a phone keeps.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
    /// The session.
    pub session: Uuid,
}

/// A simulated phone.
pub struct Phone {
    /// The server.
    pub server: String,
    /// The kind of phone.
    pub kind: Kind,
    /// The installation of the app.
    pub installation: Uuid,
    /// What the citizen calls it.
    pub name: String,
    /// The language of the app.
    pub language: types::Language,
    /// The provider to sign in at, of those the town has; none for the usual.
    pub provider: Option<String>,
    /// Where the app was when the browser came back to it.
    pub went_on: Option<String>,
    /// Whether the lock screen may show what it is about.
    pub full_preview: bool,
    /// The tokens, once signed in.
    pub tokens: Option<Tokens>,
    /// What the lock screen shows, the newest last.
    pub lock_screen: Vec<Notification>,
    /// The number on the icon.
    pub badge: i64,
    /// How many pushes came that were shown before already.
    pub doubles: usize,
    pushes: Option<mpsc::UnboundedReceiver<Value>>,
    http: reqwest::Client,
}

type Answer<T> = Result<progenitor_client::ResponseValue<T>, progenitor_client::Error<progenitor_client::ByteStream>>;

/// What the generated client gives, or the problem it came with: generators take `application/problem+json` for bytes.
async fn result<T>(answer: Answer<T>) -> Result<T, PhoneError> {
    let (status, bytes) = match answer {
        Ok(value) => return Ok(value.into_inner()),
        Err(progenitor_client::Error::ErrorResponse(answer)) => {
            let status = answer.status();
            let mut bytes = Vec::new();
            let mut stream = answer.into_inner().into_inner();
            while let Some(Ok(chunk)) = stream.next().await {
                bytes.extend_from_slice(&chunk);
            }
            (status, bytes)
        }
        Err(progenitor_client::Error::UnexpectedResponse(answer)) => {
            (answer.status(), answer.bytes().await.unwrap_or_default().to_vec())
        }
        Err(other) => return Err(PhoneError::Other(other.to_string())),
    };
    match serde_json::from_slice::<types::Problem>(&bytes) {
        Ok(p) => Err(problem(p)),
        Err(_) => Err(PhoneError::Other(format!("{status}: {}", String::from_utf8_lossy(&bytes)))),
    }
}

fn problem(p: types::Problem) -> PhoneError {
    PhoneError::Problem {
        status: u16::try_from(p.status).unwrap_or_default(),
        code: p.code,
        title: p.title,
        field: p.field,
    }
}

/// A key for a request that may have to be repeated.
fn once() -> String {
    Uuid::from_u128(rand::random()).to_string()
}

/// A text that the app carries, by its key.
fn carried(language: types::Language, key: &str) -> Option<String> {
    let texts = match language {
        types::Language::Nl => include_str!("../push/strings.nl.json"),
        types::Language::Fr => include_str!("../push/strings.fr.json"),
        types::Language::De => include_str!("../push/strings.de.json"),
        types::Language::En => include_str!("../push/strings.en.json"),
    };
    let texts: Value = serde_json::from_str(texts).ok()?;
    texts[key].as_str().map(str::to_owned)
}

/// A PKCE verifier and its challenge (RFC 7636).
fn proof() -> (String, String) {
    let verifier = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    (verifier, challenge)
}

impl Phone {
    /// A phone out of the box.
    pub fn new(server: &str, kind: Kind, name: &str, language: types::Language) -> Self {
        // The app itself follows no redirects: the browser does, step by step.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap_or_default();
        Self {
            server: server.trim_end_matches('/').to_owned(),
            kind,
            installation: Uuid::from_u128(rand::random()),
            name: name.to_owned(),
            language,
            provider: None,
            went_on: None,
            full_preview: false,
            tokens: None,
            lock_screen: Vec::new(),
            badge: 0,
            doubles: 0,
            pushes: None,
            http,
        }
    }

    /// Where pushes for this phone come in.
    pub fn listen(&mut self, pushes: mpsc::UnboundedReceiver<Value>) {
        self.pushes = Some(pushes);
    }

    /// The client, with the access token if there is one.
    ///
    /// # Errors
    /// A token that no header can hold.
    pub fn client(&self) -> Result<Client, PhoneError> {
        let mut headers = header::HeaderMap::new();
        if let Some(tokens) = &self.tokens {
            let value =
                format!("Bearer {}", tokens.access).parse().map_err(|_| PhoneError::Other("token".to_owned()))?;
            headers.insert(header::AUTHORIZATION, value);
        }
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .build()
            .map_err(|e| PhoneError::Other(e.to_string()))?;
        Ok(Client::new_with_client(&self.server, http))
    }

    /// Signs in at the town's provider as `person`, through the whole flow: start, browser, provider, callback, app
    /// link, trade.
    ///
    /// # Errors
    /// A problem of the server, or a page in the browser.
    pub async fn sign_in(&mut self, municipality: &str, person: &str) -> Result<(), PhoneError> {
        let (code, verifier) = self.browse(municipality, person).await?;
        self.tokens = None;
        self.trade(&code, &verifier).await
    }

    /// Trades a one-time code.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn trade(&mut self, code: &str, verifier: &str) -> Result<(), PhoneError> {
        let trade = types::CodeTrade {
            code: code.parse().map_err(|_| PhoneError::Other("code".to_owned()))?,
            code_verifier: verifier.parse().map_err(|_| PhoneError::Other("verifier".to_owned()))?,
        };
        let tokens = result(self.client()?.trade_code(Some(&once()), &trade).await).await?;
        self.keep(tokens);
        Ok(())
    }

    /// The part of a sign-in before the trade: gives the one-time code and the verifier.
    ///
    /// # Errors
    /// As [`Phone::sign_in`].
    pub async fn browse(&self, municipality: &str, person: &str) -> Result<(String, String), PhoneError> {
        let (verifier, challenge) = proof();
        let text = |_| PhoneError::Other("text".to_owned());
        let start = types::SignInStart {
            municipality: municipality.parse().map_err(text)?,
            code_challenge: challenge.parse().map_err(text)?,
            device_name: self.name.parse().map_err(text)?,
            installation_id: Some(self.installation),
            language: self.language,
            provider: self.provider.as_deref().map(str::parse).transpose().map_err(text)?,
            go_on: None,
        };
        let begun = result(self.client()?.start_sign_in(Some(&once()), &start).await).await?;
        Ok((self.browser(&begun.authorization_url, person).await?.0, verifier))
    }

    /// Steps up to `level` as `person`, and goes on at `go_on`.
    ///
    /// # Errors
    /// As [`Phone::sign_in`].
    pub async fn step_up(&mut self, level: types::Level, person: &str, go_on: &str) -> Result<(), PhoneError> {
        let (verifier, challenge) = proof();
        let text = |_| PhoneError::Other("text".to_owned());
        let wish = types::StepUp {
            level,
            code_challenge: challenge.parse().map_err(text)?,
            language: self.language,
            go_on: Some(go_on.parse().map_err(text)?),
        };
        let begun = result(self.client()?.start_step_up(Some(&once()), &wish).await).await?;
        let (code, went_on) = self.browser(&begun.authorization_url, person).await?;
        self.trade(&code, &verifier).await?;
        self.went_on = went_on;
        Ok(())
    }

    /// What the system browser does: goes to the provider, where `person` signs in, and comes back on the app's link.
    async fn browser(&self, url: &str, person: &str) -> Result<(String, Option<String>), PhoneError> {
        let mut at = Url::parse(url).map_err(|e| PhoneError::Other(e.to_string()))?;
        let itself = says_it_is(&at);
        at.query_pairs_mut().append_pair(oidc::AS, person);
        for _ in 0..5 {
            let asked = reached(&at, itself.as_ref(), &self.server);
            let answer = self.http.get(asked).send().await.map_err(|e| PhoneError::Other(e.to_string()))?;
            let next =
                answer.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).and_then(|l| at.join(l).ok());
            let Some(next) = next.filter(|_| answer.status().is_redirection()) else {
                let status = answer.status();
                let page = answer.text().await.unwrap_or_default();
                return Err(if status == StatusCode::OK {
                    PhoneError::Page(page)
                } else {
                    PhoneError::Other(format!("{status}: {page}"))
                });
            };
            // The app link: the browser hands it to the app.
            if next.path().ends_with("/sign-in") {
                let of = |name: &str| next.query_pairs().find(|(k, _)| k == name).map(|(_, v)| v.into_owned());
                return of("code").map(|code| (code, of("go_on"))).ok_or_else(|| PhoneError::Other(next.to_string()));
            }
            at = next;
        }
        Err(PhoneError::Other("the browser was sent around".to_owned()))
    }

    fn keep(&mut self, t: types::TokensOut) {
        self.tokens = Some(Tokens { access: t.access_token, refresh: t.refresh_token, session: t.session_id });
    }

    /// Refreshes the session.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn refresh(&mut self) -> Result<(), PhoneError> {
        let token = self.tokens.as_ref().map(|t| t.refresh.clone()).unwrap_or_default();
        let body =
            types::RefreshTrade { refresh_token: token.parse().map_err(|_| PhoneError::Other("token".to_owned()))? };
        // Signed out for this request only: of an answer that was lost, and of a server that is busy, the token is as good as it was.
        let before = self.tokens.take();
        let client = self.client();
        self.tokens = before;
        match result(client?.refresh_session(Some(&once()), &body).await).await {
            Ok(tokens) => self.keep(tokens),
            Err(error) => {
                if matches!(error.code(), "refresh_invalid" | "refresh_reused") {
                    self.tokens = None;
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Registers the installation for pushes.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn register(&self) -> Result<(), PhoneError> {
        let (platform, kind, target) = match &self.kind {
            Kind::Ios { token } => (types::Platform::Ios, types::TargetKind::ApnsToken, token),
            Kind::Android { fid } => (types::Platform::Android, types::TargetKind::FcmFid, fid),
        };
        let text = |_| PhoneError::Other("text".to_owned());
        let body = types::DeviceIn {
            platform,
            target_kind: kind,
            target: target.parse().map_err(text)?,
            environment: None,
            locale: self.language,
            app_version: "1.0.0".parse().map_err(text)?,
            preview: if self.full_preview { types::Preview::Full } else { types::Preview::Neutral },
            live_start_token: None,
            shows_live: None,
        };
        result(self.client()?.register_device(&self.installation, &body).await).await
    }

    /// All that the app shows, over one connection.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn look(&self) -> Result<Seen, PhoneError> {
        let client = self.client()?;
        Ok(Seen {
            inbox: result(client.list_messages(None, None, None, None).await).await?.messages,
            documents: result(client.list_documents(None).await).await?,
            audit: result(client.list_my_audit(None, None).await).await?.entries,
            visits: result(client.list_appointments(None).await).await?,
            waiting: result(client.list_waiting().await).await?,
            tickets: result(client.list_tickets().await).await?,
            announcements: result(client.list_my_announcements().await).await?,
            preferences: result(client.get_preferences().await).await?,
            topics: result(client.list_topics().await).await?,
            sessions: result(client.list_sessions().await).await?,
        })
    }

    /// The inbox, newest first.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn inbox(&self) -> Result<Vec<types::MessageOut>, PhoneError> {
        Ok(result(self.client()?.list_messages(None, None, None, None).await).await?.messages)
    }

    /// What stands at a path, as it comes; `whose` is somebody for whom the citizen acts, if not their own.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn read(&self, path: &str, whose: Option<Uuid>) -> Result<Value, PhoneError> {
        let other = |error: reqwest::Error| PhoneError::Other(error.to_string());
        let mut request = self.http.get(format!("{}{path}", self.server));
        if let Some(tokens) = &self.tokens {
            request = request.bearer_auth(&tokens.access);
        }
        if let Some(whose) = whose {
            request = request.header("acting-for", whose.to_string());
        }
        let answer = request.send().await.map_err(other)?;
        if answer.status().is_success() {
            return answer.json().await.map_err(other);
        }
        let status = answer.status();
        match answer.json::<types::Problem>().await {
            Ok(said) => Err(problem(said)),
            Err(_) => Err(PhoneError::Other(format!("{status} at {path}"))),
        }
    }

    /// The documents.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn documents(&self) -> Result<Vec<types::DocumentOut>, PhoneError> {
        result(self.client()?.list_documents(None).await).await
    }

    /// Who looked at the citizen's data, and why, newest first.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn audit(&self) -> Result<Vec<types::MyAuditOut>, PhoneError> {
        Ok(result(self.client()?.list_my_audit(None, None).await).await?.entries)
    }

    /// Opens a message: fetches it, marks it as read, takes it off the lock screen.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn open(&mut self, message: Uuid) -> Result<types::MessageOut, PhoneError> {
        let client = self.client()?;
        let found = result(client.get_message(&message, None).await).await?;
        result(client.mark_read(&message).await).await?;
        self.badge = result(client.count_unread(None).await).await?.unread;
        self.lock_screen.retain(|n| n.message != message);
        Ok(found)
    }

    /// Why a message came.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn why(&self, message: Uuid) -> Result<types::WhyOut, PhoneError> {
        result(self.client()?.explain_message(&message, None).await).await
    }

    /// The visits that a message asks for, with starts that are free.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn proposals(&self, message: Uuid) -> Result<Vec<types::ProposalOut>, PhoneError> {
        result(self.client()?.propose_message_visits(&message, None).await).await
    }

    /// Books what is proposed, at one of its starts.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn book(
        &self,
        proposal: &types::ProposalOut,
        start: &types::StartOut,
    ) -> Result<types::AppointmentOut, PhoneError> {
        let text = |_| PhoneError::Other("text".to_owned());
        let wish = types::AppointmentWish {
            service_id: proposal.service.id,
            location_id: start.location_id,
            starts_at: start.starts_at,
            persons: u64::try_from(proposal.persons)
                .ok()
                .and_then(std::num::NonZeroU64::new)
                .ok_or_else(|| PhoneError::Other("persons".to_owned()))?,
            companions: proposal.companions.iter().map(|name| name.parse().map_err(text)).collect::<Result<_, _>>()?,
            document_ids: proposal.document_ids.clone(),
            contact: None,
            hold: false,
        };
        result(self.client()?.book_appointment(None, Some(&once()), &wish).await).await
    }

    /// The visits that are held or booked, the next first.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn visits(&self) -> Result<Vec<types::AppointmentOut>, PhoneError> {
        result(self.client()?.list_appointments(None).await).await
    }

    /// What the citizen chose about being disturbed.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn preferences(&self) -> Result<types::PreferencesBody, PhoneError> {
        result(self.client()?.get_preferences().await).await
    }

    /// Chooses it.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn choose(&self, preferences: &types::PreferencesBody) -> Result<(), PhoneError> {
        result(self.client()?.set_preferences(preferences).await).await
    }

    /// Checks in for a visit, at the door.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn check_in(&self, visit: &types::AppointmentOut) -> Result<types::TicketOut, PhoneError> {
        let here = types::Here { latitude: visit.location.latitude, longitude: visit.location.longitude };
        result(self.client()?.check_in(&visit.id, &here).await).await
    }

    /// The numbers of today, the last first.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn tickets(&self) -> Result<Vec<types::TicketOut>, PhoneError> {
        result(self.client()?.list_tickets().await).await
    }

    /// Says what the citizen thought of a visit, from one to five.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn answer(&self, ticket: Uuid, score: u64) -> Result<(), PhoneError> {
        let score = std::num::NonZeroU64::new(score).ok_or_else(|| PhoneError::Other("score".to_owned()))?;
        let answer = types::AnswerIn { score, line: None };
        result(self.client()?.answer_visit(&ticket, Some(&once()), &answer).await).await
    }

    /// Ends the session on the server.
    ///
    /// # Errors
    /// A problem of the server.
    pub async fn sign_out(&mut self) -> Result<(), PhoneError> {
        if let Some(tokens) = &self.tokens {
            result(self.client()?.end_session(&tokens.session, Some(&once())).await).await?;
        }
        self.tokens = None;
        self.lock_screen.clear();
        self.badge = 0;
        Ok(())
    }

    /// Waits for a push, handles it as the app would, and tells which message it was about.
    pub async fn receive(&mut self) -> Option<Uuid> {
        let push = self.pushes.as_mut()?.recv().await?;
        self.handle(&push).await
    }

    /// Handles every push that has come already.
    pub async fn receive_all(&mut self) -> usize {
        let mut n = 0;
        while let Some(push) = self.pushes.as_mut().and_then(|p| p.try_recv().ok()) {
            self.handle(&push).await;
            n += 1;
        }
        n
    }

    async fn handle(&mut self, push: &Value) -> Option<Uuid> {
        // What may be read by anybody stands before the sentence.
        let (data, title, text, badge) = match self.kind {
            Kind::Ios { .. } => (
                push,
                push["aps"]["alert"]["title"].as_str(),
                push["aps"]["alert"].as_str().or(push["aps"]["alert"]["body"].as_str()),
                push["aps"]["badge"].as_i64(),
            ),
            Kind::Android { .. } => {
                let android = &push["android"];
                let unread = android["data"]["unread"].as_str().and_then(|t| t.parse().ok());
                let shown = &android["notification"];
                (&android["data"], shown["title"].as_str(), shown["body"].as_str(), unread)
            }
        };
        let message: Uuid = data["message_id"].as_str()?.parse().ok()?;
        self.badge = badge.unwrap_or(self.badge);
        if data["type"] == "clear" {
            self.lock_screen.retain(|n| n.message != message);
            return Some(message);
        }
        let mut text = title.into_iter().chain(text).collect::<Vec<_>>().join(". ");
        if self.full_preview && title.is_none() {
            // What the notification extension does: fetch with the app's own session.
            if let Ok(client) = self.client()
                && let Ok(found) = result(client.get_message(&message, None).await).await
            {
                text = found.title;
            } else if let Some(carried) = data["text_key"].as_str().and_then(|key| carried(self.language, key))
                && text.is_empty()
            {
                text = carried;
            }
        }
        if self.lock_screen.iter().any(|n| n.message == message) {
            self.doubles += 1;
            self.lock_screen.retain(|n| n.message != message);
        }
        self.lock_screen.push(Notification { message, text });
        Some(message)
    }
}
