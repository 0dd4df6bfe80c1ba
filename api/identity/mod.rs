//! Who is calling: sign-in at the town's identity provider, sessions, tokens.
//!
//! A citizen's app starts a *sign-in* with a challenge of its own, opens the system browser at the provider, gets a
//! *one-time code* back on its app link and trades it, with the verifier, for a *session*: a short-lived access token
//! and a refresh token that rotates at each use (RFC 8252, RFC 7636, RFC 9700). All refresh tokens of a session are
//! one family; a spent one that comes back ends it. An ended session is refused at once.
//!
//! Someone the register does not know gets a plain explanation in the browser, and no account.
//!
//! How sure the provider is of somebody is the *level* of the session. What asks for more is refused with
//! `level_too_low`; the app then *steps up*: the same person signs in again, more surely, and the same session goes on.

pub mod access;
mod claims;
mod jwe;
mod jws;
pub mod keys;
mod line;
pub mod oidc;
pub mod pages;
pub mod routes;
pub mod rules;
pub(crate) mod store;
pub mod work;

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Duration, Utc};
use futures_util::FutureExt as _;
use poem::http::Method;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use tokio::task::{JoinError, JoinHandle};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::{
    id_type,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        access::Level,
        believed::believed,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, ResidentId, hashed},
        language::Language,
        limits::Bound,
        metrics::SignIn,
        problem::{Code, Failure},
        room::{Room, Step},
    },
    residents::{self, State, rules::NationalNumber},
};
use oidc::{SignInError, Whom};
use rules::Back;

pub(crate) use store::{ALL as STATEMENTS, CLAIMING, erase_account, erase_logins, erase_sessions};

/// Where a citizen's browser comes back from the identity provider.
const CALLBACK: &str = "/sign-in/callback";

/// The room as a value.
pub const ROOM: Room = Room {
    about: "Signing citizens in, and their sessions.",
    owns: &["account", "login", "refresh_token", "session", "sign_in", "signing_key"],
    reads: &["resident", "set_aside"],
    statements: &[STATEMENTS],
    claiming: &[CLAIMING],
    problems: [&[routes::PROBLEMS], &[]],
    open: Some(|o| {
        async move {
            let keys = keys::signing_keys(&o.app, o.open).await?;
            let (app, towns, providers) = (o.app.clone(), o.part()?, oidc::Providers::new(&o.app.config)?);
            o.add(Identity { app, towns, keys, providers, live: LiveSessions::default() });
            Ok(())
        }
        .boxed()
    }),
    pages: |route| {
        route
            .at(CALLBACK, poem::get(routes::callback))
            .at("/.well-known/jwks.json", poem::get(routes::jwks))
            .at("/.well-known/clients/:provider/jwks.json", poem::get(routes::client_jwks))
    },
    // Nobody is known yet where these are asked, whatever else the request carries; and the page asks the identity provider.
    bound: |request| {
        let path = request.uri().path();
        let narrow = path == CALLBACK || *request.method() == Method::POST && routes::ANYONE.contains(&path);
        narrow.then_some(Bound::Narrow)
    },
    changes: &[CALLBACK],
    housekeeping: &[Step { name: "sessions", run: |s| work::step(s.part()).boxed() }],
    ..Room::named("identity")
};
/// What citizens may call here.
pub type CitizenApi = routes::IdentityApi;
/// What staff and machines may call here.
pub type StaffApi = ();

/// Sessions shown in a list, and so the most that can be ended one by one.
const MAX_SESSIONS_SHOWN: i64 = 100;

/// How long an app is to wait while the clock is in doubt: until it is looked at again.
const CLOCK_WAIT: std::time::Duration = std::time::Duration::from_secs(60);
/// How long a sign-in may be under way once the browser is back: the provider is asked for tokens, for its keys and for userinfo,
/// ten seconds each at most.
pub const UNDER_WAY: Duration = Duration::minutes(2);
/// How long a sign-in that gave a code is known, so that a code that comes back late is still known to be one.
pub const KNOWN: Duration = Duration::days(1);

/// The most codes that one sign-in gives, one in place of the other: a page that is reloaded.
const MAX_CODES: usize = 10;
/// What is left of a request's time for the answer, once nobody waits for the provider any longer.
const TO_ANSWER: std::time::Duration = std::time::Duration::from_secs(2);

/// What came of a sign-in that is being finished; none, where that takes longer than a request may: it goes on, and whoever comes
/// again finds what came of it.
pub async fn awaited<T>(app: &App, finishing: JoinHandle<T>) -> Option<Result<T, JoinError>> {
    let time = std::time::Duration::from_secs(app.config.server.request_timeout_seconds);
    tokio::time::timeout(time.saturating_sub(TO_ANSWER).max(time / 2), finishing).await.ok()
}

/// What the worker that warns of compromised sessions is called, where it sets something aside.
pub const WARN: &str = "warnings";
/// What the worker that looks again for newcomers is called.
pub const GREET: &str = "welcome";

id_type! {
    /// A session of a citizen on a device.
    SessionId;
}

/// Who signed in, and so acts: sessions, devices, language and preferences are theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorId(pub ResidentId);

/// Whose data a request is about: documents, visits, turns, messages and the trail of who looked at them. It is the actor today; with a
/// mandate it will be somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectId(pub ResidentId);

/// The citizen who calls: what a handler gets, and the only source of the municipality.
#[derive(Clone, Debug)]
pub struct Citizen {
    /// The town, from the token.
    pub town: Arc<Municipality>,
    /// Who signed in.
    pub actor: ActorId,
    /// Whose data the request is about.
    pub subject: SubjectId,
    /// The session.
    pub session: SessionId,
    /// How sure the provider was of them.
    pub level: Level,
}

impl Citizen {
    /// Refuses who is not known surely enough.
    ///
    /// # Errors
    /// `level_too_low`, which names the level.
    pub fn at_least(&self, level: Level) -> Result<(), Failure> {
        if self.level >= level {
            return Ok(());
        }
        let mut failure = Failure::new(Code::LevelTooLow);
        failure.problem_mut().required_level = Some(level);
        Err(failure)
    }
}

/// What sign-in and tokens need beside the foundation. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    /// The foundation.
    pub app: App,
    /// The municipalities served.
    pub towns: Municipalities,
    /// The signing keys.
    pub keys: keys::Keys,
    /// The identity providers.
    pub providers: oidc::Providers,
    /// The sessions found alive of late.
    pub live: LiveSessions,
}

/// How often a process that answers requests looks which sessions have ended. Ended in this process, a session is refused
/// at once; ended in another one that shares the database, after this long at the latest.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);
/// How far back it looks each time: for transactions that took long to commit, and processes whose clocks differ.
const LOOK_BACK: Duration = Duration::seconds(60);
/// Ended sessions looked at in one go; where there are more, all are looked up anew.
const MAX_ENDED: i64 = 5_000;
/// Sessions remembered as alive.
const MAX_ALIVE: usize = 50_000;

/// The sessions that were found alive and have not ended since: so that a session costs a look when it is first met, and
/// all of them together one a second. Cheap to clone.
#[derive(Clone)]
pub struct LiveSessions(Arc<Live>);

/// A session, and of whom it must be: a token that says another town or another citizen is not known by it.
type Whose = (MunicipalityId, ResidentId, SessionId);

struct Live {
    alive: Cache<SessionId, Whose>,
    /// What time it was when somebody last looked; held by whoever looks.
    looked: tokio::sync::Mutex<Option<DateTime<Utc>>>,
    /// When that was, for how long ago; none where something ended here since.
    due: std::sync::RwLock<Option<tokio::time::Instant>>,
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self(Arc::new(Live {
            alive: Cache::new(MAX_ALIVE),
            looked: tokio::sync::Mutex::default(),
            due: std::sync::RwLock::default(),
        }))
    }
}

impl LiveSessions {
    /// Whether the session lives and is theirs.
    async fn knows(&self, app: &App, whose: Whose, now: DateTime<Utc>) -> Result<bool, Failure> {
        self.look(app, now).await?;
        if self.0.alive.get(&whose.2).is_some_and(|known| known == whose) {
            return Ok(true);
        }
        let mut r = app.db.read().await?;
        let lives = store::live(&mut r, whose.0, whose.2, whose.1, now).await?;
        if lives {
            // Should it end between the look and this line, the next look back finds it.
            self.0.alive.insert(whose.2, whose);
        }
        Ok(lives)
    }

    /// Forgets those that ended, if it is time to look.
    async fn look(&self, app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
        let due = |at: &Option<tokio::time::Instant>| at.is_none_or(|at| at.elapsed() >= LOOK_EVERY);
        if !due(&self.0.due.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let mut looked = self.0.looked.lock().await;
        if !due(&self.0.due.read().unwrap_or_else(PoisonError::into_inner)) {
            // Somebody else looked while this one waited.
            return Ok(());
        }
        let began = tokio::time::Instant::now();
        // What ends from here on makes another look due.
        *self.0.due.write().unwrap_or_else(PoisonError::into_inner) = Some(began);
        // Should the clock have been set back, from the earlier of both.
        let since = looked.map_or(now, |at| at.min(now)) - LOOK_BACK;
        let ended = async {
            let mut r = app.db.read().await?;
            store::ended_since(&mut r, since, MAX_ENDED).await
        };
        match ended.await {
            Ok(ended) if ended.len() < MAX_ENDED as usize => {
                for session in ended {
                    self.0.alive.remove(&session);
                }
            }
            Ok(_) => self.0.alive.clear(),
            Err(error) => {
                self.ended();
                return Err(error.into());
            }
        }
        *looked = Some(now);
        Ok(())
    }

    /// Some session has ended here: the next request looks which.
    pub fn ended(&self) {
        *self.0.due.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What an app asks for when it starts a sign-in.
pub struct Wish {
    /// The municipality's key.
    pub municipality: String,
    /// The app's PKCE challenge, S256.
    pub challenge: String,
    /// What the citizen calls the device.
    pub device_name: String,
    /// The installation of the app, so that the phone is known to have changed hands.
    pub installation: Option<Uuid>,
    /// The language of the app.
    pub language: Language,
    /// The provider, of those the town has; the town's first if the app does not say.
    pub provider: Option<String>,
    /// What the app goes on with afterwards, as a path of its own.
    pub go_on: Option<String>,
}

/// A sign-in that has begun.
#[derive(Serialize, Deserialize)]
pub struct Begun {
    /// Where the app sends the browser.
    pub url: url::Url,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// A session's tokens.
#[derive(Serialize, Deserialize)]
pub struct Tokens {
    /// The session.
    pub session: SessionId,
    /// The access token.
    pub access: String,
    /// Until when.
    pub access_expires_at: DateTime<Utc>,
    /// The refresh token, good once.
    pub refresh: String,
    /// How sure the provider was.
    pub level: Level,
}

/// How the browser comes back.
pub enum Return {
    /// To the app, with a one-time code.
    Code(url::Url),
    /// Not: the register does not know this person.
    Unknown(Arc<Municipality>, Language),
    /// Not: the provider is not sure enough of them.
    TooWeak(Arc<Municipality>, Language),
    /// Not: somebody else signed in than the one whose session was to be raised.
    Another(Arc<Municipality>, Language),
    /// Not: the citizen stopped, or took too long.
    Stopped(Language),
    /// Not: the provider does not answer, has trouble of its own, or is not believed.
    Failed(Arc<Municipality>, Language),
    /// Not: provider and configuration do not fit, so that trying again does not help.
    SetUp(Arc<Municipality>, Language),
    /// Not yet: this sign-in was brought back a moment ago, and is under way.
    UnderWay(Language),
    /// It was before: the app has had its code.
    Done(Language),
}

/// Whom a provider's answer is about.
enum Found {
    /// One of the town's residents.
    Resident(ResidentId),
    /// Nobody whom the register knows.
    Nobody,
    /// Nobody can say: what the provider tells of the national number.
    NoNumber(&'static str),
}

impl Identity {
    /// Begins a sign-in.
    ///
    /// # Errors
    /// `municipality_unknown`, `parameter_invalid` for a provider that the town does not have, `provider_unavailable`.
    pub async fn start(&self, wish: Wish, idempotency: &Idempotency) -> Result<Begun, Failure> {
        let town = self.towns.by_key(&wish.municipality)?.clone();
        let provider = match &wish.provider {
            Some(name) => town.identity_providers.iter().find(|n| *n == name).map(String::as_str),
            None => self.providers.reaching(&town.identity_providers, town.least_level),
        };
        let provider = provider
            .ok_or_else(|| Failure::field(Code::BodyInvalid, "provider", "not one of this municipality's"))?
            .to_owned();
        self.begin(&town, &provider, town.least_level, None, &wish, idempotency).await
    }

    /// Begins a sign-in that proves more about a citizen who is signed in, at a provider that can.
    ///
    /// # Errors
    /// `level_out_of_reach`, `provider_unavailable`.
    pub async fn step_up(
        &self,
        who: &Citizen,
        level: Level,
        wish: Wish,
        idempotency: &Idempotency,
    ) -> Result<Begun, Failure> {
        let provider = self
            .providers
            .reaching(&who.town.identity_providers, level)
            .ok_or_else(|| Failure::new(Code::LevelOutOfReach))?
            .to_owned();
        self.begin(&who.town, &provider, level, Some(who.session), &wish, idempotency).await
    }

    async fn begin(
        &self,
        town: &Municipality,
        provider: &str,
        level: Level,
        raises: Option<SessionId>,
        wish: &Wish,
        idempotency: &Idempotency,
    ) -> Result<Begun, Failure> {
        let language = wish.language.code();
        self.app.limits.count_sign_in(town.id, false)?;
        let start = self.providers.start(provider, Whom::Citizens, language, level).await.map_err(|error| {
            self.count(provider, Whom::Citizens, "not_started");
            error.log_start(provider, Whom::Citizens);
            Failure::new(Code::ProviderUnavailable)
        })?;
        idempotency
            .act(&self.app, async |w, now| {
                let begun = Begun {
                    url: start.url,
                    expires_at: now + Duration::minutes(self.app.config.sessions.sign_in_minutes),
                };
                let new = store::NewSignIn {
                    municipality: town.id,
                    id: self.app.ids.uuid(now),
                    state_hash: hashed(&start.state),
                    nonce: &start.nonce,
                    provider_verifier: &start.verifier,
                    app_challenge: &wish.challenge,
                    device_name: &wish.device_name,
                    installation: wish.installation,
                    language,
                    expires_at: begun.expires_at,
                    provider,
                    least_level: level,
                    go_on: wish.go_on.as_deref(),
                    raises_session: raises,
                };
                store::begin(w, &new).await?;
                Ok(begun)
            })
            .await
    }

    /// Counts what became of a sign-in.
    pub fn count(&self, provider: &str, whom: Whom, outcome: &'static str) {
        let label = SignIn { provider: provider.to_owned(), of: whom.as_str(), outcome };
        self.app.metrics.sign_ins.get_or_create(&label).inc();
    }

    /// Takes the browser back from the provider. A sign-in is used up before the provider is asked anything, so that it is asked
    /// once, however often the browser comes. Of a sign-in that nobody began, `theirs` is the language.
    ///
    /// # Errors
    /// The database.
    pub async fn callback(&self, back: Back, theirs: Language) -> Result<Return, Failure> {
        let waiting = {
            let mut r = self.app.db.read().await?;
            store::by_state(&mut r, &hashed(&back.state)).await?
        };
        let now = self.app.clock.now();
        let Some(waiting) = waiting else { return Ok(Return::Stopped(theirs)) };
        let language = Language::parse(&waiting.language).unwrap_or(theirs);
        if waiting.code_hash.is_some() {
            return self.come_again(&waiting, &back, language, now).await;
        }
        if waiting.expires_at <= now || back.says_nothing() {
            return Ok(Return::Stopped(language));
        }
        let mut w = self.app.db.write().await?;
        if !store::use_up(&mut w, &waiting, now + UNDER_WAY).await? {
            return Ok(Return::UnderWay(language));
        }
        w.commit().await?;
        // Goes on by itself should the browser go away meanwhile: the answer waits for it when it comes again.
        let identity = self.clone();
        let finish = async move {
            let finished = identity.finish(&waiting, &back, language).await;
            if !matches!(finished, Ok(Return::Code(_))) {
                let mut w = identity.app.db.write().await?;
                store::give_up(&mut w, &waiting, identity.app.clock.now()).await?;
                w.commit().await?;
            }
            finished
        };
        match awaited(&self.app, tokio::spawn(finish.in_current_span())).await {
            Some(finished) => finished.map_err(Failure::internal)?,
            None => Ok(Return::UnderWay(language)),
        }
    }

    /// The browser comes with a sign-in that gave a code: somebody reloads the page, or the answer was lost on its way. Who brings
    /// what the provider sent, and nobody else, gets another in place of the first, as long as that was not traded.
    async fn come_again(
        &self,
        waiting: &store::Waiting,
        back: &Back,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Return, Failure> {
        let alive = waiting.code_expires_at.is_some_and(|until| until > now);
        let brought = back.code.as_deref().filter(|_| alive && back.twice.is_none());
        let given = |nth: &usize| {
            brought.is_some_and(|code| {
                waiting.code_hash.as_deref()
                    == Some(&*hashed(&rules::app_code(&waiting.app_challenge, &back.state, code, *nth)))
            })
        };
        let Some((code, nth)) = brought.zip((0..MAX_CODES - 1).find(given)) else { return Ok(Return::Done(language)) };
        let secret = rules::app_code(&waiting.app_challenge, &back.state, code, nth + 1);
        let mut w = self.app.db.write().await?;
        if !store::give_another_code(&mut w, waiting, &hashed(&secret)).await? {
            return Ok(Return::Done(language));
        }
        w.commit().await?;
        Ok(self.with_code(waiting, &secret))
    }

    /// The app's link, with a one-time code.
    fn with_code(&self, waiting: &store::Waiting, secret: &str) -> Return {
        let go_on = waiting.go_on.as_deref().map(|path| ("go_on", path));
        Return::Code(self.app_link(&[Some(("code", secret)), go_on].into_iter().flatten().collect::<Vec<_>>()))
    }

    /// Asks the provider who it is, finds them in the register, and gives the app its code.
    async fn finish(&self, waiting: &store::Waiting, back: &Back, language: Language) -> Result<Return, Failure> {
        let now = self.app.clock.now();
        let town = self.towns.get(waiting.municipality_id)?.clone();
        let (provider, verifier, nonce) = (&waiting.provider, &waiting.provider_verifier, &waiting.nonce);
        let found = self.providers.finish(provider, Whom::Citizens, back, verifier, nonce, now).await;
        let person = match found {
            Ok(person) => person,
            Err(error) => {
                error.log(provider, Whom::Citizens);
                self.count(provider, Whom::Citizens, error.outcome());
                return Ok(match error {
                    SignInError::Stopped => Return::Stopped(language),
                    SignInError::SetUp(_) => Return::SetUp(town, language),
                    _ => Return::Failed(town, language),
                });
            }
        };
        if person.level < Level::parse(&waiting.least_level).unwrap_or(Level::High) {
            self.count(provider, Whom::Citizens, "level_too_low");
            return Ok(Return::TooWeak(town, language));
        }
        let mut w = self.app.db.write().await?;
        let resident = match self.resident_of(&mut w, &town, &person).await? {
            Found::Resident(resident) => resident,
            Found::Nobody => {
                self.count(provider, Whom::Citizens, "not_in_register");
                return Ok(Return::Unknown(town, language));
            }
            Found::NoNumber(what) => {
                let claim = self.providers.number_claim(provider);
                tracing::error!(
                    provider,
                    municipality = town.key,
                    claim,
                    "a sign-in failed: the claim that claims.national_number names {what}"
                );
                self.count(provider, Whom::Citizens, "provider_misconfigured");
                return Ok(Return::SetUp(town, language));
            }
        };
        if let Some(session) = waiting.raises_session_id
            && !store::live(&mut w, town.id, session, resident, now).await?
        {
            self.count(provider, Whom::Citizens, "another_person");
            return Ok(Return::Another(town, language));
        }
        let before = store::by_login(&mut w, town.id, &person.issuer, &person.subject).await?;
        if before.is_some_and(|before| before != resident) {
            // A provider that gives a subject to somebody else breaks OpenID Connect Core, 2; the national number says who it is.
            tracing::warn!(
                municipality = town.key,
                provider,
                "a login that was somebody's is somebody else's now, by the national number that the provider tells"
            );
        }
        store::know_login(&mut w, town.id, &person.issuer, &person.subject, resident, now).await?;
        let chosen = person.language.as_deref().and_then(Language::parse).unwrap_or(language);
        store::open_account(&mut w, town.id, resident, Some(chosen.code()), now).await?;
        let secret = rules::app_code(&waiting.app_challenge, &back.state, back.code.as_deref().unwrap_or_default(), 0);
        let until = now + Duration::seconds(self.app.config.sessions.code_seconds);
        let hash = hashed(&secret);
        if !store::give_code(&mut w, waiting, resident, person.level, &hash, until, now + KNOWN).await? {
            self.count(provider, Whom::Citizens, "stopped");
            return Ok(Return::Stopped(language));
        }
        w.commit().await?;
        self.count(provider, Whom::Citizens, "signed_in");
        let level = person.level.as_str();
        tracing::info!(municipality = town.key, provider, level, "a citizen signed in at the provider");
        Ok(self.with_code(waiting, &secret))
    }

    /// The app's link on which a sign-in comes back.
    pub fn app_link(&self, query: &[(&str, &str)]) -> url::Url {
        let mut link = self.app.config.sessions.app_link.clone();
        link.set_path(&format!("{}/sign-in", link.path().trim_end_matches('/')));
        link.query_pairs_mut().extend_pairs(query);
        link
    }

    /// Finds who this is in the register: by the national number first, then by a login known before, as providers hear of
    /// a number that changed later than the register does. Never by name or e-mail, which people share. Someone who died or
    /// left is unknown, so that nobody else uses their app.
    async fn resident_of(&self, r: &mut Read, town: &Municipality, person: &oidc::SignedIn) -> Result<Found, Failure> {
        let number = match &person.national_number {
            Some(told) => match NationalNumber::parse(told) {
                Ok(number) => Some(number),
                Err(_) => return Ok(Found::NoNumber("is a text, and no national number")),
            },
            None => None,
        };
        let mut found = match &number {
            Some(number) => residents::by_national_number(r, town, number).await?,
            None => None,
        };
        if found.is_none()
            && let Some(id) = store::by_login(r, town.id, &person.issuer, &person.subject).await?
        {
            found = residents::people(r, town, &[id]).await?.pop();
        }
        Ok(match found {
            Some(person) if person.state == State::Active => Found::Resident(person.id),
            None if number.is_none() => Found::NoNumber("is absent, and nobody signed in with this login before"),
            _ => Found::Nobody,
        })
    }

    /// Trades a one-time code for a session. A code that was traded before ends the session it gave (RFC 9700, 4.5).
    ///
    /// # Errors
    /// `code_invalid`, `verifier_invalid`.
    pub async fn trade(&self, code: &str, verifier: &str, idempotency: &Idempotency) -> Result<Tokens, Failure> {
        let now = self.app.clock.now();
        let mut w = self.app.db.write().await?;
        if let Some(tokens) = idempotency.replay(&mut w, now).await? {
            return Ok(tokens);
        }
        let coded = store::by_code(&mut w, &hashed(code)).await?.ok_or_else(|| Failure::new(Code::CodeInvalid))?;
        if let Some(session) = coded.traded_session_id {
            store::end_family(&mut w, coded.municipality_id, session, now, "code_replayed").await?;
            w.commit().await?;
            self.live.ended();
            return Err(Failure::new(Code::CodeInvalid));
        }
        let resident = coded.resident_id.filter(|_| coded.code_expires_at.is_some_and(|t| t > now));
        let raises = coded.raises_session_id;
        let session = raises.unwrap_or_else(|| SessionId(self.app.ids.uuid(now)));
        // Good once, whether the verifier fits or not.
        if !store::trade(&mut w, &coded, session).await? {
            return Err(Failure::new(Code::CodeInvalid));
        }
        let matches = rules::verifier_matches(&coded.app_challenge, verifier);
        let Some(resident) = resident.filter(|_| matches) else {
            w.commit().await?;
            return Err(Failure::new(if matches { Code::CodeInvalid } else { Code::VerifierInvalid }));
        };
        let until = now + Duration::days(self.app.config.sessions.idle_days);
        let town = coded.municipality_id;
        let level = Level::parse(&coded.level).unwrap_or(Level::Low);
        if raises.is_some() {
            // The same session goes on, with new tokens only: those from before the step are spent.
            if !store::raise(&mut w, town, session, resident, level, now, until).await? {
                w.commit().await?;
                return Err(Failure::new(Code::CodeInvalid));
            }
            store::spend_all(&mut w, town, session, now).await?;
        } else {
            if let Some(installation) = coded.installation_id {
                store::end_on_installation(&mut w, installation, now, "signed_in_again").await?;
            }
            store::open_session(&mut w, &coded, session, resident, now, until).await?;
        }
        let refresh = self.new_refresh(&mut w, town, session, now).await?;
        let tokens = self.tokens(town, resident, session, level, refresh, now)?;
        idempotency.store_response(&mut w, &tokens, now).await?;
        w.commit().await?;
        self.live.ended();
        Ok(tokens)
    }

    /// Trades a refresh token for new tokens.
    ///
    /// # Errors
    /// `refresh_invalid`, `refresh_reused`.
    pub async fn refresh(&self, token: &str, idempotency: &Idempotency) -> Result<Tokens, Failure> {
        let now = self.app.clock.now();
        let hash = hashed(token);
        let mut w = self.app.db.write().await?;
        let answered = idempotency.replay(&mut w, now).await?;
        let known = store::by_refresh(&mut w, &hash).await?.ok_or_else(|| Failure::new(Code::RefreshInvalid))?;
        let (town, session) = (known.municipality_id, known.session_id);
        let spent = known.spent_at.map(|at| rules::Spent {
            at,
            superseded: known.superseded,
            successor_used: known.successor_used,
        });
        let verdict = rules::refresh(spent, known.ended_at, known.expires_at, now);
        if let Some(tokens) = answered {
            // Of a session that ended meanwhile they are worth nothing.
            return if verdict == rules::Refresh::Lapsed {
                Err(Failure::new(Code::RefreshInvalid))
            } else {
                Ok(tokens)
            };
        }
        if matches!(verdict, rules::Refresh::Rotate | rules::Refresh::Lost) {
            store::spend_refresh(&mut w, town, session, &hash, now).await?;
        }
        match verdict {
            rules::Refresh::Lapsed => {
                drop(w);
                // An app that is refused forgets its session. By a wrong clock all have lapsed.
                if known.ended_at.is_none() && !believed(&self.app).await? {
                    return Err(Failure::wait(Code::Overloaded, CLOCK_WAIT));
                }
                Err(Failure::new(Code::RefreshInvalid))
            }
            rules::Refresh::Reused => {
                store::end_family(&mut w, town, session, now, "refresh_reused").await?;
                w.commit().await?;
                self.live.ended();
                tracing::warn!(%session, "a spent refresh token came back; the session was ended");
                Err(Failure::new(Code::RefreshReused))
            }
            rules::Refresh::Rotate | rules::Refresh::Again | rules::Refresh::Lost => {
                let until = now + Duration::days(self.app.config.sessions.idle_days);
                store::touch(&mut w, town, session, now, until).await?;
                let refresh = self.new_refresh(&mut w, town, session, now).await?;
                let level = Level::parse(&known.level).unwrap_or(Level::Low);
                let tokens = self.tokens(town, known.resident_id, session, level, refresh, now)?;
                idempotency.store_response(&mut w, &tokens, now).await?;
                w.commit().await?;
                Ok(tokens)
            }
        }
    }

    async fn new_refresh(
        &self,
        w: &mut Write,
        town: MunicipalityId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let secret = self.app.ids.secret();
        store::give_refresh(w, &hashed(&secret), town, session, now).await?;
        Ok(secret)
    }

    fn tokens(
        &self,
        town: MunicipalityId,
        resident: ResidentId,
        session: SessionId,
        level: Level,
        refresh: String,
        now: DateTime<Utc>,
    ) -> Result<Tokens, Failure> {
        let life = Duration::minutes(self.app.config.sessions.access_minutes);
        let access = self.keys.sign(town.0, resident.0, session.0, level, now, life)?;
        Ok(Tokens { session, access, access_expires_at: now + life, refresh, level })
    }

    /// Who holds this access token, if its session lives.
    ///
    /// # Errors
    /// `token_invalid`, `token_expired`, `session_ended`.
    pub async fn citizen(&self, token: &str) -> Result<Citizen, Failure> {
        let now = self.app.clock.now();
        let claims = self.keys.verify(token, now)?;
        let (municipality, resident, session) =
            (MunicipalityId(claims.mun), ResidentId(claims.sub), SessionId(claims.sid));
        let town = self.towns.get(municipality).map_err(|_| Failure::new(Code::TokenInvalid))?.clone();
        self.app.limits.count_town(town.id)?;
        if !self.live.knows(&self.app, (municipality, resident, session), now).await? {
            return Err(Failure::new(Code::SessionEnded));
        }
        let (actor, subject) = (ActorId(resident), SubjectId(resident));
        let citizen = Citizen { town, actor, subject, session, level: claims.acr };
        // The town may have come to ask more than it did when this session began.
        citizen.at_least(citizen.town.least_level)?;
        Ok(citizen)
    }
}

/// The citizen's living sessions, the last used first.
///
/// # Errors
/// The database.
pub async fn sessions(app: &App, who: &Citizen) -> Result<Vec<store::SessionRow>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::sessions(&mut r, who.town.id, who.actor.0, app.clock.now(), MAX_SESSIONS_SHOWN).await?)
}

/// Ends one of the citizen's sessions, their own included.
///
/// # Errors
/// `not_found`.
pub async fn end_session(
    identity: &Identity,
    who: &Citizen,
    session: SessionId,
    idempotency: &Idempotency,
) -> Result<(), Failure> {
    idempotency
        .act(&identity.app, async |w, now| {
            let did = store::end_session(w, who.town.id, who.actor.0, session, now, "ended_by_citizen").await?;
            deleted(w, did, who.actor.0.0, session.0, now).await?;
            Ok(())
        })
        .await?;
    identity.live.ended();
    Ok(())
}

/// Ends all of the citizen's sessions, their own included.
///
/// # Errors
/// The database.
pub async fn end_all_sessions(identity: &Identity, who: &Citizen) -> Result<(), Failure> {
    let now = identity.app.clock.now();
    let mut w = identity.app.db.write().await?;
    store::end_all(&mut w, who.town.id, who.actor.0, now, "ended_by_citizen").await?;
    w.commit().await?;
    identity.live.ended();
    Ok(())
}

/// Ends all sessions of a resident, for staff. [`LiveSessions::ended`] is the caller's to call once it is committed.
///
/// # Errors
/// The database.
pub async fn end_all_of(
    w: &mut Write,
    town: &Municipality,
    resident: ResidentId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::end_all(w, town.id, resident, now, "ended_by_staff").await
}

/// The language to speak to the citizen: what they chose, else the town's first.
///
/// # Errors
/// The database.
pub async fn language_of(r: &mut Read, who: &Citizen) -> sqlx::Result<Language> {
    let chosen = store::account_language(r, who.town.id, who.actor.0).await?;
    Ok(who.town.language_for(chosen.as_deref().and_then(Language::parse)))
}

/// Chooses the language in which the citizen is spoken to.
///
/// # Errors
/// The database.
pub async fn choose_language(w: &mut Write, who: &Citizen, language: Language) -> sqlx::Result<()> {
    store::set_language(w, who.town.id, who.actor.0, language.code()).await
}

/// Who of these has the app and may sign in, with the language they chose: who has died or moved away is reached by none.
///
/// # Errors
/// The database.
pub async fn with_account(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, Option<Language>)>> {
    let rows = store::accounts(r, town, residents).await?;
    Ok(rows.into_iter().map(|(id, l)| (id, l.as_deref().and_then(Language::parse))).collect())
}

/// The language to speak to a resident: what they chose in the app, else what the register knows, else the town's first.
///
/// # Errors
/// The database.
pub async fn spoken_to(
    r: &mut Read,
    town: &Municipality,
    resident: ResidentId,
    chosen: Option<Language>,
) -> sqlx::Result<Language> {
    if let Some(language) = chosen {
        return Ok(language);
    }
    let person = residents::people(r, town, &[resident]).await?.pop();
    Ok(town.language_for(person.and_then(|p| p.language)))
}

/// A session that was ended because a secret of it came back: somebody may have a copy.
#[derive(sqlx::FromRow)]
pub struct CompromisedSession {
    /// The town.
    pub municipality_id: MunicipalityId,
    /// The session.
    pub id: SessionId,
    /// Whose it was.
    pub resident_id: ResidentId,
    /// What the citizen calls the device.
    pub device_name: String,
}

/// Up to `limit` sessions that were compromised, and whose citizens were not told. Held by this transaction.
///
/// # Errors
/// The database.
pub async fn compromised(w: &mut Write, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<CompromisedSession>> {
    store::to_tell(w, limit, now).await
}

/// The ids of the keys that this installation has signed with.
///
/// # Errors
/// The database.
pub async fn known_signing_keys(r: &mut Read) -> sqlx::Result<Vec<String>> {
    store::signing_keys(r).await
}

/// Notes which keys this installation signs with; in place of those before, where they are `lost`.
///
/// # Errors
/// The database; another process that began at the same moment with keys of its own.
pub async fn note_signing_keys(app: &App, keys: &keys::Keys, lost: bool) -> anyhow::Result<()> {
    let mut w = app.db.write().await?;
    // Read again: with a folder that is shared, the other's key lies in it by now.
    keys.reload()?;
    let noted = store::note_signing_keys(&mut w, &keys.ids(), lost, app.clock.now()).await?;
    anyhow::ensure!(
        noted,
        "another process has begun with signing keys of its own: let all processes share one folder `keys`"
    );
    Ok(w.commit().await?)
}

/// Whether there are any.
///
/// # Errors
/// The database.
pub async fn anybody_compromised(r: &mut Read) -> sqlx::Result<bool> {
    store::anybody_to_tell(r).await
}

/// Marks the citizen as told.
///
/// # Errors
/// The database.
pub async fn told(w: &mut Write, session: &CompromisedSession, now: DateTime<Utc>) -> sqlx::Result<()> {
    store::told(w, session.municipality_id, session.id, now).await
}

/// Up to `limit` citizens who signed in for the first time and were not greeted yet. Held by this transaction.
///
/// # Errors
/// The database.
pub async fn newcomers(
    w: &mut Write,
    limit: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<(MunicipalityId, ResidentId)>> {
    store::newcomers(w, limit, now).await
}

/// Whether there are any.
///
/// # Errors
/// The database.
pub async fn anybody_new(r: &mut Read) -> sqlx::Result<bool> {
    store::anybody_new(r).await
}

/// Marks a newcomer as greeted.
///
/// # Errors
/// The database.
pub async fn greet(w: &mut Write, town: MunicipalityId, resident: ResidentId, now: DateTime<Utc>) -> sqlx::Result<()> {
    store::greet(w, town, resident, now).await
}
