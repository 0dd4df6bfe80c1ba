//! Passkeys: a second way to step up, which rests on the first and never goes beyond it.
//!
//! A *passkey* is a key pair in an authenticator of the citizen, which asks for a finger, a face or a PIN before it signs. Who stepped up
//! at the identity provider a moment ago adds one, and later steps up with it where the app would go to the provider. It gives no level
//! that the provider did not prove of the session in which it was added, and none that the provider has not proved of the citizen lately
//! (`passkeys.provider_days`). It signs nobody in: without a session it opens nothing.
//!
//! What is signed is a *challenge*: of one session, for one purpose, good once and for minutes.

mod model;
pub mod routes;
pub mod rules;
pub(crate) mod store;
pub mod value;
mod webauthn;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    audit::{self, Act, Actor, Entry},
    config::Passkeys,
    identity::{self, Citizen, Identity, Standing, Tokens},
    inbox::{self, Notice, Plan, Worth},
    platform::{
        App,
        access::Level,
        db::Write,
        idempotency::{Idempotency, deleted},
        ids::hashed,
        language::say,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    push::Category,
    residents,
};

pub use model::PasskeyId;
use model::{
    CannotAdd, CannotAsk, CannotBegin, CannotStepUp, ChallengeInvalid, PasskeyCopied, PasskeyInvalid, PasskeyKnown,
    PasskeyLimit, PasskeyNone, PasskeysOff, Purpose, SignInTooOld,
};
use store::Passkey;
pub(crate) use store::erase;
use webauthn::{Algorithm, Assertion, Fault, Known, Ours, PublicKey, Registration};

/// The most passkeys that an installation may let a citizen have, and so the most that are listed.
pub const MOST: i64 = crate::config::MOST_PASSKEYS;

/// A passkey as its citizen sees it.
pub struct Seen {
    /// As it is kept.
    pub passkey: Passkey,
    /// What it gives now, and until when; none where it gives nothing until the provider is asked again.
    pub gives: Option<(Level, DateTime<Utc>)>,
}

/// What an authenticator is asked for a new passkey.
#[derive(Serialize, Deserialize)]
pub struct Adding {
    /// The challenge.
    pub challenge: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Which service it is for.
    pub rp_id: String,
    /// Of whom it is.
    pub user_id: String,
    /// What the citizen sees that it is for.
    pub name: String,
    /// Those that there are.
    pub known: Vec<String>,
    /// All of it as JSON.
    pub request: String,
}

/// What an authenticator is asked to sign.
#[derive(Serialize, Deserialize)]
pub struct Asking {
    /// The challenge.
    pub challenge: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Which service it is for.
    pub rp_id: String,
    /// With which of the citizen's passkeys it may be signed.
    pub allowed: Vec<String>,
    /// All of it as JSON.
    pub request: String,
}

/// A passkey that signed what it was asked, how often it has signed, and what it gives and until when.
type Judged<'a> = (&'a Passkey, u32, (Level, DateTime<Utc>));

/// What an authenticator answered to who asked for a new passkey.
pub struct Answered {
    /// What the citizen calls it.
    pub name: String,
    /// What the client says it was asked.
    pub client_data: Vec<u8>,
    /// The attestation object.
    pub attestation: Vec<u8>,
}

/// What an authenticator signed.
pub struct Signed {
    /// With which credential, in base64url.
    pub credential_id: String,
    /// What the client says it was asked.
    pub client_data: Vec<u8>,
    /// What the authenticator says.
    pub authenticator_data: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// Of whom it is, where the authenticator says so.
    pub user_handle: Option<Vec<u8>>,
}

/// The citizen's passkeys, the first added first, and whether the installation takes any.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Citizen) -> Result<(bool, Vec<Seen>), Failure> {
    let terms = &app.config.passkeys;
    let mut r = app.db.read().await?;
    let all = store::list(&mut r, who.town.id, who.actor.0, MOST).await?;
    let proofs = identity::proofs(&mut r, who).await?;
    let now = app.clock.now();
    let seen = |passkey: Passkey| {
        let gives = rules::gives((passkey.level, passkey.synced), &proofs, terms, now).filter(|_| terms.enabled);
        Seen { passkey, gives }
    };
    Ok((terms.enabled, all.into_iter().map(seen).collect()))
}

/// Begins to add a passkey, for who was at the provider a moment ago.
///
/// # Errors
/// `passkeys_off`, `sign_in_too_old`, `passkey_limit`.
pub async fn begin(app: &App, who: &Citizen, idempotency: &Idempotency) -> Result<Adding, Refused<CannotBegin>> {
    let terms = &app.config.passkeys;
    if !terms.enabled {
        return Err(PasskeysOff::refused().into());
    }
    idempotency
        .act(app, async |w, now| {
            let standing = identity::standing(w, who, now).await?;
            proved(who, &standing, rules::is_fresh(standing.proved_at, terms, now))?;
            let mine = store::list(w, who.town.id, who.actor.0, MOST).await?;
            has_room(terms, mine.len())?;
            let language = identity::language_of(w, who).await?;
            let known: Vec<_> = mine.into_iter().map(|passkey| passkey.credential_id).collect();
            let (challenge, expires_at) = ask(w, app, who, (Purpose::Add, None), now).await?;
            let (rp_id, name) = (rules::rp_id(&app.config.sessions.app_link), who.town.name(language));
            let user_id = URL_SAFE_NO_PAD.encode(rules::user_handle(who.town.id, who.actor.0));
            let timeout = terms.challenge_seconds * 1_000;
            let (asked, id) = (&challenge, &user_id);
            let request = rules::Creation { challenge: asked, rp_id, name, user_id: id, known: &known, timeout }.json();
            let (rp_id, name, request) = (rp_id.to_owned(), name.to_owned(), request.to_string());
            Ok(Adding { challenge, expires_at, rp_id, user_id, name, known, request })
        })
        .await
}

/// Adds a passkey. Its challenge is used up, whatever comes of it. That the provider was asked a moment ago was seen when it began, minutes
/// ago at the most; what it proved is read again.
///
/// # Errors
/// `passkeys_off`, `sign_in_too_old`, `passkey_limit`, `challenge_invalid`, `passkey_invalid`, `passkey_known`.
pub async fn add(
    app: &App,
    who: &Citizen,
    answer: &Answered,
    idempotency: &Idempotency,
) -> Result<PasskeyId, Refused<CannotAdd>> {
    let terms = &app.config.passkeys;
    if !terms.enabled {
        return Err(PasskeysOff::refused().into());
    }
    let hash = hashed(&webauthn::challenge(&answer.client_data).map_err(invalid)?);
    let (now, owner) = (app.clock.now(), (who.town.id, who.actor.0));
    let mut w = app.db.write().await?;
    if let Some(id) = idempotency.replay(&mut w, now).await? {
        return Ok(id);
    }
    // Two at once find no more room together than one after the other.
    residents::lock(&mut w, &who.town, owner.1).await?;
    let standing = identity::standing(&mut w, who, now).await?;
    let mine = store::list(&mut w, owner.0, owner.1, MOST).await?;
    let taken = store::take_challenge(&mut w, (who.town.id, who.session), Purpose::Add, &hash).await?;
    let judge = || -> Result<webauthn::Registered, Refused<CannotAdd>> {
        taken.filter(|(_, until)| *until > now).ok_or_else(ChallengeInvalid::refused)?;
        proved(who, &standing, true)?;
        has_room(terms, mine.len())?;
        let asked = Registration { client_data: &answer.client_data, attestation: &answer.attestation };
        Ok(about_us(app, who, &hash, |ours| webauthn::registration(&asked, ours)).map_err(invalid)?)
    };
    let new = match judge() {
        Ok(new) => new,
        Err(refused) => {
            w.commit().await?;
            return Err(refused);
        }
    };
    let id = PasskeyId(app.ids.uuid(now));
    let level = standing.raised.proved();
    let passkey = store::New {
        id,
        credential_id: &URL_SAFE_NO_PAD.encode(&new.id),
        public_key: &URL_SAFE_NO_PAD.encode(&new.key.bytes),
        algorithm: new.key.algorithm.id(),
        sign_count: new.sign_count,
        name: &answer.name,
        level,
        synced: new.synced,
    };
    if !store::add(&mut w, owner, &passkey, now).await? {
        w.commit().await?;
        return Err(PasskeyKnown::refused().into());
    }
    tell(&mut w, app, who, &Told::added(id, &answer.name, &standing.device_name)).await?;
    idempotency.store_response(&mut w, &id, now).await?;
    w.commit().await?;
    tracing::info!(municipality = who.town.key, level = level.as_str(), "a citizen added a passkey");
    Ok(id)
}

/// Names a passkey anew.
///
/// # Errors
/// `not_found`.
pub async fn rename(app: &App, who: &Citizen, id: PasskeyId, name: &str) -> Result<(), Failure> {
    let mut w = app.db.write().await?;
    if !store::rename(&mut w, (who.town.id, who.actor.0), id, name).await? {
        return Err(Failure::new(Code::NotFound));
    }
    w.commit().await?;
    Ok(())
}

/// Removes a passkey, for whom the provider asked a moment ago. Where the installation takes none any more, it opens nothing, and anybody
/// whose it is removes it.
///
/// # Errors
/// `not_found`, `sign_in_too_old`.
pub async fn remove(
    app: &App,
    who: &Citizen,
    id: PasskeyId,
    idempotency: &Idempotency,
) -> Result<(), Refused<SignInTooOld>> {
    idempotency
        .act(app, async |w, now| {
            let owner = (who.town.id, who.actor.0);
            let standing = identity::standing(w, who, now).await?;
            let found = store::locked(w, owner, id).await?;
            if let Some(passkey) = &found {
                let terms = &app.config.passkeys;
                proved(who, &standing, !terms.enabled || rules::is_fresh(standing.proved_at, terms, now))?;
                if !store::remove(w, owner, id).await? {
                    return Err(Failure::internal("a passkey that was locked is gone").into());
                }
                identity::lower(w, who).await?;
                tell(w, app, who, &Told::removed(id, &passkey.name, &standing.device_name)).await?;
            }
            deleted(w, found.is_some(), owner.1.0, id.0, now).await?;
            Ok(())
        })
        .await
}

/// Begins a step up with a passkey.
///
/// # Errors
/// `passkeys_off`, `passkey_none`.
pub async fn begin_step_up(
    app: &App,
    who: &Citizen,
    level: Level,
    idempotency: &Idempotency,
) -> Result<Asking, Refused<CannotAsk>> {
    let terms = &app.config.passkeys;
    if !terms.enabled {
        return Err(PasskeysOff::refused().into());
    }
    idempotency
        .act(app, async |w, now| {
            let mine = store::list(w, who.town.id, who.actor.0, MOST).await?;
            let proofs = identity::proofs(w, who).await?;
            let enough = |passkey: &Passkey| {
                rules::gives((passkey.level, passkey.synced), &proofs, terms, now)
                    .is_some_and(|(gives, _)| gives >= level)
            };
            let allowed: Vec<_> = mine.into_iter().filter(enough).map(|passkey| passkey.credential_id).collect();
            if allowed.is_empty() {
                return Err(PasskeyNone::refused().into());
            }
            let (challenge, expires_at) = ask(w, app, who, (Purpose::StepUp, Some(level)), now).await?;
            let rp_id = rules::rp_id(&app.config.sessions.app_link).to_owned();
            let timeout = terms.challenge_seconds * 1_000;
            let request = rules::request(&challenge, &rp_id, &allowed, timeout).to_string();
            Ok(Asking { challenge, expires_at, rp_id, allowed, request })
        })
        .await
}

/// Steps up with a passkey: the same session goes on, at what the passkey gives, with new tokens. Its challenge is used up, whatever comes
/// of it. A passkey that seems to have been copied is removed.
///
/// # Errors
/// `passkeys_off`, `passkey_none`, `challenge_invalid`, `passkey_invalid`, `passkey_copied`.
pub async fn step_up(
    app: &App,
    who: &Citizen,
    answer: &Signed,
    idempotency: &Idempotency,
) -> Result<Tokens, Refused<CannotStepUp>> {
    let terms = &app.config.passkeys;
    if !terms.enabled {
        return Err(PasskeysOff::refused().into());
    }
    let hash = hashed(&webauthn::challenge(&answer.client_data).map_err(invalid)?);
    let (now, owner) = (app.clock.now(), (who.town.id, who.actor.0));
    let mut w = app.db.write().await?;
    if let Some(tokens) = idempotency.replay(&mut w, now).await? {
        return Ok(tokens);
    }
    let standing = identity::standing(&mut w, who, now).await?;
    let proofs = identity::proofs(&mut w, who).await?;
    let passkey = store::locked_of_credential(&mut w, owner, &answer.credential_id).await?;
    let taken = store::take_challenge(&mut w, (who.town.id, who.session), Purpose::StepUp, &hash).await?;
    let judge = || -> Result<Judged<'_>, Refused<CannotStepUp>> {
        let (asked, _) = taken.filter(|(_, until)| *until > now).ok_or_else(ChallengeInvalid::refused)?;
        let passkey = passkey.as_ref().ok_or_else(|| invalid(Fault::Credential))?;
        let count = signed(app, who, passkey, answer, &hash).map_err(invalid)?;
        let gives = rules::gives((passkey.level, passkey.synced), &proofs, terms, now);
        let gives = gives.filter(|(level, _)| asked.is_none_or(|asked| *level >= asked));
        Ok((passkey, count, gives.ok_or_else(PasskeyNone::refused)?))
    };
    let (passkey, count, gives) = match judge() {
        Ok(found) => found,
        Err(refused) => {
            w.commit().await?;
            return Err(refused);
        }
    };
    if rules::is_copied(passkey.sign_count, count) {
        if !store::remove(&mut w, owner, passkey.id).await? {
            return Err(Failure::internal("a passkey that was locked is gone").into());
        }
        identity::lower(&mut w, who).await?;
        tell(&mut w, app, who, &Told::copied(passkey.id, &passkey.name, &standing.device_name)).await?;
        w.commit().await?;
        tracing::warn!(municipality = who.town.key, "the count of a passkey did not grow; it was removed");
        return Err(PasskeyCopied::refused().into());
    }
    if !store::used(&mut w, owner, passkey.id, count, now).await? {
        return Err(Failure::internal("a passkey that was locked is gone").into());
    }
    let tokens = app.part::<Identity>().raise_by_passkey(&mut w, who, gives, now).await?;
    idempotency.store_response(&mut w, &tokens, now).await?;
    w.commit().await?;
    tracing::info!(municipality = who.town.key, level = gives.0.as_str(), "a citizen stepped up with a passkey");
    Ok(tokens)
}

/// Whether the provider proved enough of who holds the session, and lately where that counts.
fn proved(who: &Citizen, standing: &Standing, lately: bool) -> Result<(), Refused<SignInTooOld>> {
    let required = who.town.private_level;
    if lately && standing.raised.proved() >= required {
        return Ok(());
    }
    let mut refused = SignInTooOld::refused();
    refused.problem_mut().required_level = Some(required);
    Err(refused)
}

fn has_room(terms: &Passkeys, there: usize) -> Result<(), Refused<PasskeyLimit>> {
    let is_full = i64::try_from(there).is_ok_and(|there| there >= terms.passkeys_per_citizen);
    if is_full { Err(PasskeyLimit::refused()) } else { Ok(()) }
}

fn invalid(fault: Fault) -> Refused<PasskeyInvalid> {
    PasskeyInvalid::detail(fault.as_str())
}

/// Gives the session a challenge.
async fn ask(
    w: &mut Write,
    app: &App,
    who: &Citizen,
    what: (Purpose, Option<Level>),
    now: DateTime<Utc>,
) -> sqlx::Result<(String, DateTime<Utc>)> {
    let (challenge, until) = (app.ids.secret(), now + Duration::seconds(app.config.passkeys.challenge_seconds));
    store::give_challenge(w, (who.town.id, who.session), what, &hashed(&challenge), until).await?;
    Ok((challenge, until))
}

/// Checks an answer by what ours must be about, of the app of the citizen's town.
fn about_us<T>(
    app: &App,
    who: &Citizen,
    challenge_hash: &str,
    check: impl FnOnce(&Ours<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let link = &app.config.sessions.app_link;
    let android = app.config.apps.get(&who.town.app).and_then(|app| app.android.as_ref());
    let origins = rules::origins(link, android.map(|android| android.fingerprints.as_slice()).unwrap_or_default());
    check(&Ours { challenge_hash, origins: &origins, rp_id: rules::rp_id(link) })
}

/// How often the authenticator signed, where it signed what it was asked with a passkey of the citizen.
fn signed(app: &App, who: &Citizen, passkey: &Passkey, answer: &Signed, hash: &str) -> Result<u32, Fault> {
    let key = PublicKey {
        algorithm: Algorithm::of(passkey.algorithm).ok_or(Fault::Algorithm)?,
        bytes: URL_SAFE_NO_PAD.decode(&passkey.public_key).map_err(|_| Fault::PublicKey)?,
    };
    let assertion = Assertion {
        client_data: &answer.client_data,
        authenticator_data: &answer.authenticator_data,
        signature: &answer.signature,
        user_handle: answer.user_handle.as_deref(),
    };
    let handle = rules::user_handle(who.town.id, who.actor.0);
    let known = Known { key: &key, synced: passkey.synced, user_handle: &handle };
    about_us(app, who, hash, |ours| webauthn::assertion(&assertion, ours, &known))
}

/// What is told of a passkey, and written down.
struct Told<'a> {
    kind: &'static str,
    act: Act,
    dedupe_key: String,
    /// The beginning of its texts.
    texts: &'static str,
    name: &'a str,
    device: &'a str,
}

impl<'a> Told<'a> {
    fn added(id: PasskeyId, name: &'a str, device: &'a str) -> Self {
        let dedupe_key = format!("passkey added {id}");
        Self { kind: "passkey_added", act: Act::PasskeyAdded, dedupe_key, texts: "passkey-added", name, device }
    }

    fn removed(id: PasskeyId, name: &'a str, device: &'a str) -> Self {
        let dedupe_key = format!("passkey removed {id}");
        Self { kind: "passkey_removed", act: Act::PasskeyRemoved, dedupe_key, texts: "passkey-removed", name, device }
    }

    fn copied(id: PasskeyId, name: &'a str, device: &'a str) -> Self {
        let dedupe_key = format!("passkey removed {id}");
        Self { kind: "passkey_removed", act: Act::PasskeyCopied, dedupe_key, texts: "passkey-copied", name, device }
    }
}

/// Tells the citizen, on all their phones, the one included from which it was done: whoever holds that may be somebody else. And writes it
/// down.
async fn tell(w: &mut Write, app: &App, who: &Citizen, told: &Told<'_>) -> sqlx::Result<()> {
    let resident = who.actor.0;
    let said = [("name", told.name), ("device", told.device)];
    let notice = |language| Notice {
        plan: Plan::None,
        about: Vec::new(),
        kind: told.kind,
        category: Category::Account,
        dedupe_key: told.dedupe_key.clone(),
        title: say(language, &format!("{}-title", told.texts), &said),
        body: format!(
            "{}\n\n{}",
            say(language, &format!("{}-body", told.texts), &said),
            say(language, "passkey-advice", &[])
        ),
        deep_link: "/passkeys".to_owned(),
        action: None,
        worth: Worth::default(),
        open_in: None,
    };
    inbox::notify(w, app, &who.town, resident, |language| Some(notice(language))).await?;
    let entry = Entry { act: told.act, subject: None, resident: Some(resident), reason: None, desk: None };
    audit::record(w, app, Actor::app(app, &who.town), &[entry]).await
}
