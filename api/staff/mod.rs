//! Staff: the same sign-in for a browser and for a tool, and what each member may do in which town.
//!
//! A *member* signs in at the staff's identity provider, which claims *roles* as `Role:Organisation`; configuration maps
//! them to what may be done here. A member may work for several towns and acts for one at a time: the *municipality* of
//! the session. Roles belong to the member, not to the session, and are read at each request: one that the provider no
//! longer claims at the next sign-in, or that the town's administrator took away, is gone at once on every session.
//!
//! A browser holds its session in a cookie; a tool sends it as a bearer token. Both are secrets of 256 bits, stored
//! hashed.

pub mod access;
mod model;
pub mod pages;
pub mod routes;
pub mod rules;
mod store;
pub mod value;
pub mod work;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use tracing::Instrument as _;

use crate::{
    identity::{
        CannotSignIn, CannotTrade, CodeInvalid, Identity, KNOWN, ProviderUnavailable, UNDER_WAY, VerifierInvalid,
        awaited,
        oidc::{SignInError, Whom},
        rules::{Back, verifier_matches},
    },
    municipalities::{Municipality, MunicipalityUnknown},
    platform::{
        App,
        access::{Level, Role},
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, hashed},
        problem::{Code, Failure, Refusal as _, Refused},
        room::{Taken, end_of},
    },
};

pub use model::{Binding, Member, MemberId, Outcome, Staff, StaffSessionId, ToolSession};
pub(crate) use store::{ALL as STATEMENTS, erase, lock, silent};
pub use store::{MemberRow, SessionRow};

/// Where a browser goes to sign in.
const SIGN_IN: &str = "/staff/sign-in";
/// Where it comes back from the identity provider.
const CALLBACK: &str = "/staff/sign-in/callback";

/// Sessions shown in a list.
const MAX_SESSIONS: i64 = 100;
/// Roles of a town's members shown: some two thousand members.
const MAX_ROLES: i64 = 10_000;
/// A session's last use is noted this often at most, so that a read does not write.
const NOTE_USE_EVERY: Duration = Duration::minutes(1);

/// Begins a sign-in at the provider of a town's staff; gives the provider's page.
///
/// # Errors
/// `municipality_unknown` for a town whose staff cannot sign in, `provider_unavailable`.
pub async fn start(
    identity: &Identity,
    municipality: Option<&str>,
    binding: &Binding,
) -> Result<url::Url, Refused<CannotSignIn>> {
    let app = &identity.app;
    let mut towns = identity.towns.all().filter(|t| municipality.is_none_or(|key| t.key == key));
    let (town, provider) = towns
        .find_map(|t| Some((t.id, t.staff_identity_provider.clone()?)))
        .ok_or_else(|| MunicipalityUnknown::field("municipality", "its staff cannot sign in here"))?;
    app.limits.count_sign_in(town, true)?;
    let start = identity.providers.start(&provider, Whom::Staff, "nl", (Level::Low, None)).await.map_err(|error| {
        identity.count(&provider, Whom::Staff, "not_started");
        error.log_start(&provider, Whom::Staff);
        ProviderUnavailable::refused()
    })?;
    let now = app.clock.now();
    let (browser, tool) = match binding {
        Binding::Browser(secret) => (Some(hashed(secret)), None),
        Binding::Tool { challenge, redirect } => (None, Some((challenge.as_str(), redirect.as_str()))),
    };
    let new = store::NewSignIn {
        id: app.ids.uuid(now),
        state_hash: hashed(&start.state),
        provider: &provider,
        nonce: &start.nonce,
        provider_verifier: &start.verifier,
        browser_hash: browser,
        challenge: tool.map(|(challenge, _)| challenge),
        redirect: tool.map(|(_, redirect)| redirect),
        expires_at: now + Duration::minutes(app.config.sessions.sign_in_minutes),
    };
    let mut w = app.db.write().await?;
    store::begin(&mut w, &new).await?;
    w.commit().await?;
    Ok(start.url)
}

/// Takes the browser back from the provider. `cookie` is the secret that it holds, if it began here; `client` is which browser it is. As
/// of citizens, a sign-in is used up before the provider is asked anything.
///
/// # Errors
/// The database.
pub async fn callback(
    identity: &Identity,
    back: Back,
    cookie: Option<&str>,
    client: rules::Client,
) -> Result<Outcome, Failure> {
    let app = &identity.app;
    let now = app.clock.now();
    let waiting = {
        let mut r = app.db.read().await?;
        store::by_state(&mut r, &hashed(&back.state)).await?
    };
    let Some(waiting) = waiting else { return Ok(Outcome::Stopped) };
    if waiting.member_id.is_some() {
        // Somebody reloads the page. Nothing is given a second time.
        return Ok(if waiting.browser_hash.is_some() { Outcome::Done } else { Outcome::Stopped });
    }
    if waiting.expires_at <= now || back.says_nothing() {
        return Ok(Outcome::Stopped);
    }
    // Begun in one browser and brought back by another: somebody lures somebody (RFC 9700, 4.7).
    if waiting.browser_hash.is_some() && waiting.browser_hash != cookie.map(hashed) {
        tracing::warn!("a sign-in of staff came back in another browser than it began in");
        return Ok(Outcome::Stopped);
    }
    let mut w = app.db.write().await?;
    if !store::use_up(&mut w, waiting.id, now + UNDER_WAY).await? {
        return Ok(Outcome::UnderWay);
    }
    w.commit().await?;
    // Goes on by itself should the browser go away meanwhile.
    let identity = identity.clone();
    let finish = async move {
        let finished = finish(&identity, &waiting, &back, client).await;
        if !matches!(finished, Ok(Outcome::Browser(_) | Outcome::Tool(_))) {
            let mut w = identity.app.db.write().await?;
            store::give_up(&mut w, waiting.id, identity.app.clock.now()).await?;
            w.commit().await?;
        }
        finished
    };
    match awaited(app, tokio::spawn(finish.in_current_span())).await {
        Some(finished) => finished.map_err(Failure::internal)?,
        None => Ok(Outcome::UnderWay),
    }
}

/// Asks the provider who it is and what they may do here, and gives the browser its session or the tool its code.
async fn finish(
    identity: &Identity,
    waiting: &store::Waiting,
    back: &Back,
    client: rules::Client,
) -> Result<Outcome, Failure> {
    let app = &identity.app;
    let now = app.clock.now();
    let (provider, verifier, nonce) = (&waiting.provider, &waiting.provider_verifier, &waiting.nonce);
    let person = match identity.providers.finish(provider, Whom::Staff, back, (verifier, nonce), now).await {
        Ok(person) => person,
        Err(error) => {
            error.log(provider, Whom::Staff);
            identity.count(provider, Whom::Staff, error.outcome());
            return Ok(match error {
                // What must be claimed is not: nobody of a local government, say.
                SignInError::Unentitled(_) => Outcome::NoRoles,
                SignInError::Stopped => Outcome::Stopped,
                SignInError::SetUp(_) => Outcome::SetUp,
                _ => Outcome::Failed,
            });
        }
    };
    let towns: Vec<_> = identity
        .towns
        .all()
        .filter(|t| t.staff_identity_provider.as_deref() == Some(&waiting.provider))
        .map(|t| rules::Organisation { town: t.id, names: &t.organisations })
        .collect();
    let none = BTreeMap::new();
    let map = app.config.identity_providers.get(&waiting.provider).map_or(&none, |p| &p.roles);
    let grants = rules::grants(&person.roles, map, &towns);

    let mut w = app.db.write().await?;
    let fresh = MemberId(app.ids.uuid(now));
    let member = store::know(&mut w, fresh, (&person.issuer, &person.subject), &person.name, now).await?;
    store::claim(&mut w, member, &grants).await?;
    // What the provider claims no longer.
    end_of(&mut w, app, Taken { member: member.0, session: false, by: None }).await?;
    // Claimed, and not withdrawn by the town.
    if store::workplaces(&mut w, member).await?.is_empty() {
        w.commit().await?;
        identity.count(provider, Whom::Staff, "no_roles");
        return Ok(Outcome::NoRoles);
    }
    let secret = app.ids.secret();
    let outcome = match waiting.redirect.as_deref().and_then(|r| r.parse::<url::Url>().ok()) {
        Some(mut redirect) => {
            let until = now + Duration::seconds(app.config.sessions.code_seconds);
            if !store::signed_in(&mut w, waiting.id, member, Some((hashed(&secret), until)), now + KNOWN).await? {
                return Ok(Outcome::Stopped);
            }
            redirect.query_pairs_mut().append_pair("code", &secret);
            Outcome::Tool(redirect)
        }
        None => {
            if !store::signed_in(&mut w, waiting.id, member, None, now + KNOWN).await? {
                return Ok(Outcome::Stopped);
            }
            let id = StaffSessionId(app.ids.uuid(now));
            open(&mut w, app, (id, &secret), (member, Some(client)), now).await?;
            Outcome::Browser(secret)
        }
    };
    w.commit().await?;
    identity.count(provider, Whom::Staff, "signed_in");
    tracing::info!(member = %member, "a member of staff signed in");
    Ok(outcome)
}

/// Opens a session of a browser, or of a tool where there is none, until when at the longest; who works for one town acts for it from
/// the start.
async fn open(
    w: &mut Write,
    app: &App,
    (id, secret): (StaffSessionId, &str),
    (member, client): (MemberId, Option<rules::Client>),
    now: DateTime<Utc>,
) -> sqlx::Result<DateTime<Utc>> {
    let until = now + Duration::hours(app.config.staff.session_hours);
    let town = match store::workplaces(w, member).await?[..] {
        [only] => Some(only),
        _ => None,
    };
    let new = store::NewSession { id, token_hash: hashed(secret), member, town, client, until };
    store::open(w, &new, now).await?;
    Ok(until)
}

/// Trades a tool's one-time code for a session. A code that was traded before ends the session it gave.
///
/// # Errors
/// `code_invalid`, `verifier_invalid`.
pub async fn trade(
    identity: &Identity,
    code: &str,
    verifier: &str,
    idempotency: &Idempotency,
) -> Result<ToolSession, Refused<CannotTrade>> {
    let app = &identity.app;
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if let Some(session) = idempotency.replay(&mut w, now).await? {
        return Ok(session);
    }
    let coded = store::by_code(&mut w, &hashed(code)).await?.ok_or_else(CodeInvalid::refused)?;
    if let Some(session) = coded.traded_session_id {
        if let Some(member) = coded.member_id {
            store::lock(&mut w, member).await?;
            store::end_traded(&mut w, session, now).await?;
            end_of(&mut w, app, Taken { member: member.0, session: true, by: None }).await?;
        }
        w.commit().await?;
        return Err(CodeInvalid::refused().into());
    }
    let id = StaffSessionId(app.ids.uuid(now));
    // Good once, whether the verifier fits or not.
    if !store::trade(&mut w, coded.id, id).await? {
        return Err(CodeInvalid::refused().into());
    }
    let matches = coded.challenge.as_deref().is_some_and(|c| verifier_matches(c, verifier));
    let member = coded.member_id.filter(|_| matches && coded.code_expires_at.is_some_and(|t| t > now));
    let Some(member) = member else {
        w.commit().await?;
        return Err(if matches { CodeInvalid::refused().into() } else { VerifierInvalid::refused().into() });
    };
    let token = app.ids.secret();
    let expires_at = open(&mut w, app, (id, &token), (member, None), now).await?;
    let session = ToolSession { token, expires_at };
    idempotency.store_response(&mut w, &session, now).await?;
    w.commit().await?;
    Ok(session)
}

/// Who makes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody, who thereby goes on using the session.
    Somebody,
    /// A page that looks by itself what is new: a screen that was left on is no use of the session.
    Itself,
}

/// Whose session a secret is, if it lives, with the roles as they are now. Only who has the secret of a session hears that it ended.
///
/// # Errors
/// `session_ended`; `token_invalid` for what is the secret of none: a random text, a machine's key, a citizen's token.
pub async fn member(identity: &Identity, secret: &str, by: By) -> Result<Member, Failure> {
    let app = &identity.app;
    let now = app.clock.now();
    let used_since = now - Duration::minutes(app.config.staff.idle_minutes);
    let hash = hashed(secret);
    let mut r = app.db.read().await?;
    let rows = store::caller(&mut r, &hash, now, used_since).await?;
    let Some(first) = rows.first() else {
        let code = if store::was(&mut r, &hash).await? { Code::SessionEnded } else { Code::TokenInvalid };
        return Err(Failure::new(code));
    };
    drop(r);
    let mut by_town = BTreeMap::<MunicipalityId, BTreeSet<Role>>::new();
    for row in &rows {
        if let Some((town, role)) = row.town.zip(row.role.as_deref().and_then(Role::parse)) {
            by_town.entry(town).or_default().insert(role);
        }
    }
    // A town taken out of the configuration is nobody's any more.
    let towns: Vec<_> =
        by_town.into_iter().filter_map(|(id, roles)| Some((identity.towns.get(id).ok()?.clone(), roles))).collect();
    let chosen = first.municipality_id.and_then(|id| towns.iter().find(|(t, _)| t.id == id)).map(|(t, _)| t.clone());
    let member = Member { session: first.id, id: first.member_id, name: first.name.clone(), towns, chosen };
    if by == By::Somebody && now - first.last_used_at >= NOTE_USE_EVERY {
        let mut w = app.db.write_relaxed().await?;
        store::touch(&mut w, member.session, now).await?;
        w.commit().await?;
    }
    Ok(member)
}

/// Chooses the town to act for.
///
/// # Errors
/// `municipality_unknown` for one the member does not work for.
pub async fn choose(app: &App, who: &Member, municipality: &str) -> Result<(), Refused<MunicipalityUnknown>> {
    let town = who
        .towns
        .iter()
        .find(|(t, _)| t.key == municipality)
        .ok_or_else(|| MunicipalityUnknown::field("municipality", "you do not work for it"))?;
    let mut w = app.db.write().await?;
    store::choose(&mut w, who.session, town.0.id).await?;
    w.commit().await?;
    Ok(())
}

/// The member's living sessions, the last used first.
///
/// # Errors
/// The database.
pub async fn sessions(app: &App, who: &Member) -> Result<Vec<SessionRow>, Failure> {
    let now = app.clock.now();
    let used_since = now - Duration::minutes(app.config.staff.idle_minutes);
    let mut r = app.db.read().await?;
    Ok(store::sessions(&mut r, who.id, now, used_since, MAX_SESSIONS).await?)
}

/// Ends one of the member's sessions, their own included.
///
/// # Errors
/// `not_found`.
pub async fn end(app: &App, who: &Member, session: StaffSessionId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            store::lock(w, who.id).await?;
            let did = store::end(w, who.id, session, now).await?;
            if deleted(w, did, who.id.0, session.0, now).await? {
                end_of(w, app, Taken { member: who.id.0, session: true, by: None }).await?;
            }
            Ok(())
        })
        .await
}

/// Ends all of the member's sessions but the one that asks.
///
/// # Errors
/// The database.
pub async fn end_others(app: &App, who: &Member, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            store::end_others(w, who.id, who.session, now).await?;
            Ok(())
        })
        .await
}

/// The members of a town, a row for each role, claimed or withdrawn.
///
/// # Errors
/// The database.
pub async fn members(r: &mut Read, town: &Municipality) -> sqlx::Result<Vec<MemberRow>> {
    store::members(r, town.id, MAX_ROLES).await
}

/// Refuses who lost a role, or whose session ended, since the request began; the member must be locked, see [`lock`].
///
/// # Errors
/// `role_missing`.
pub async fn still(r: &mut Read, who: &Staff, role: Role) -> Result<(), Failure> {
    if store::still(r, who.session, (who.town.id, role)).await? {
        return Ok(());
    }
    Err(Failure::detail(Code::RoleMissing, format!("this needs the role {}", role.as_str())))
}

/// Takes a role in a town away from a member, or gives it back; false where they never had it.
///
/// # Errors
/// The database.
pub async fn set_withdrawn(
    w: &mut Write,
    town: &Municipality,
    member: MemberId,
    role: Role,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    // Somebody of another town is not even waited for.
    if !store::had(w, town.id, member, role).await? {
        return Ok(false);
    }
    // The member first, as their sign-in does; who signs on at a desk at this moment is waited for.
    lock(w, member).await?;
    store::set_withdrawn(w, town.id, member, role, at).await
}
