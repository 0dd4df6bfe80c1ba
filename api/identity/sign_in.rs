//! A sign-in, from the app to the identity provider and back.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use tracing::Instrument as _;
use uuid::Uuid;

use super::{
    model::{CannotSignIn, CannotStepUp, Citizen, LevelOutOfReach, ProviderUnavailable, SessionId},
    oidc::{self, SignInError, Whom},
    part::{Identity, awaited},
    rules::{self, Back},
    store,
};
use crate::{
    municipalities::Municipality,
    platform::{
        access::Level,
        db::Read,
        idempotency::Idempotency,
        ids::{ResidentId, hashed},
        language::Language,
        metrics::SignIn,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    residents::{self, State, rules::NationalNumber},
};

/// How long a sign-in may be under way once the browser is back: the provider is asked for tokens, for its keys and for userinfo,
/// ten seconds each at most.
pub const UNDER_WAY: Duration = Duration::minutes(2);

/// How long a sign-in that gave a code is known, so that a code that comes back late is still known to be one.
pub const KNOWN: Duration = Duration::days(1);

/// The most codes that one sign-in gives, one in place of the other: a page that is reloaded.
const MAX_CODES: usize = 10;

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
    /// `municipality_unknown`, `provider_unavailable`; `body_invalid` for a provider that the town does not have, or a `go_on` that is
    /// no path.
    pub async fn start(&self, wish: Wish, idempotency: &Idempotency) -> Result<Begun, Refused<CannotSignIn>> {
        let town = self.towns.by_key(&wish.municipality)?.clone();
        let provider = match &wish.provider {
            Some(name) => town.identity_providers.iter().find(|n| *n == name).map(String::as_str),
            None => self.providers.reaching(&town.identity_providers, town.least_level),
        };
        let provider = provider
            .ok_or_else(|| Failure::field(Code::BodyInvalid, "provider", "not one of this municipality's"))?
            .to_owned();
        Ok(self.begin(&town, &provider, (town.least_level, None), &wish, idempotency).await?)
    }

    /// Begins a sign-in that proves more about a citizen who is signed in, at a provider that can.
    ///
    /// # Errors
    /// `level_out_of_reach`, `provider_unavailable`; `body_invalid` for a `go_on` that is no path.
    pub async fn step_up(
        &self,
        who: &Citizen,
        level: Level,
        wish: Wish,
        idempotency: &Idempotency,
    ) -> Result<Begun, Refused<CannotStepUp>> {
        let provider = self
            .providers
            .reaching(&who.town.identity_providers, level)
            .ok_or_else(LevelOutOfReach::refused)?
            .to_owned();
        Ok(self.begin(&who.town, &provider, (level, Some(who.session)), &wish, idempotency).await?)
    }

    async fn begin(
        &self,
        town: &Municipality,
        provider: &str,
        (level, raises): (Level, Option<SessionId>),
        wish: &Wish,
        idempotency: &Idempotency,
    ) -> Result<Begun, Refused<ProviderUnavailable>> {
        if wish.go_on.as_deref().is_some_and(|path| !rules::is_app_path(path)) {
            let detail =
                "is no path of an app: it begins with one slash, and with no second slash or backslash after it";
            return Err(Failure::field(Code::BodyInvalid, "go_on", detail).into());
        }
        let language = wish.language.code();
        self.app.limits.count_sign_in(town.id, false)?;
        // A step up asks the citizen anew, where that lets them do what a passkey needs.
        let passkeys = &self.app.config.passkeys;
        // Half of what that needs, so that who proves it now has as long left to add one.
        let lately = (raises.is_some() && passkeys.enabled).then(|| Duration::minutes(passkeys.fresh_minutes) / 2);
        let start =
            self.providers.start(provider, Whom::Citizens, language, (level, lately)).await.map_err(|error| {
                self.count(provider, Whom::Citizens, "not_started");
                error.log_start(provider, Whom::Citizens);
                ProviderUnavailable::refused()
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
        let town = self.towns.get(waiting.municipality_id).map_err(Refused::into_failure)?.clone();
        let (provider, verifier, nonce) = (&waiting.provider, &waiting.provider_verifier, &waiting.nonce);
        let found = self.providers.finish(provider, Whom::Citizens, back, (verifier, nonce), now).await;
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
        store::know_login(&mut w, town.id, (&person.issuer, &person.subject), resident, now).await?;
        let chosen = person.language.as_deref().and_then(Language::parse).unwrap_or(language);
        store::open_account(&mut w, town.id, resident, Some(chosen.code()), now).await?;
        let secret = rules::app_code(&waiting.app_challenge, &back.state, back.code.as_deref().unwrap_or_default(), 0);
        let until = now + Duration::seconds(self.app.config.sessions.code_seconds);
        let hash = hashed(&secret);
        if !store::give_code(&mut w, waiting, (resident, person.level, person.asked_at), &hash, (until, now + KNOWN))
            .await?
        {
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
}
