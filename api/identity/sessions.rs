//! Sessions and accounts, as citizens and other rooms see them.

use chrono::{DateTime, Utc};

use super::{
    model::{Citizen, CompromisedSession, SessionId},
    part::Identity,
    rules::Raised,
    store,
};
use crate::{
    municipalities::Municipality,
    platform::{
        App,
        access::Level,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, ResidentId},
        language::Language,
        problem::{Code, Failure},
    },
};

/// Sessions shown in a list, and so the most that can be ended one by one.
const MAX_SESSIONS_SHOWN: i64 = 100;

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
            let did = store::end_session(w, (who.town.id, who.actor.0), session, now, "ended_by_citizen").await?;
            deleted(w, did, who.actor.0.0, session.0, now).await.map(drop)
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

/// How sure one may be of whoever holds a session, and since when.
pub struct Standing {
    /// What the citizen calls the device.
    pub device_name: String,
    /// How high it stands.
    pub raised: Raised,
    /// When the provider last proved it; none where that was before this was kept.
    pub proved_at: Option<DateTime<Utc>>,
}

/// How the session stands from which somebody asks, as no other step up changes it until the transaction ends.
///
/// # Errors
/// `session_ended`.
pub async fn standing(w: &mut Write, who: &Citizen, now: DateTime<Utc>) -> Result<Standing, Failure> {
    let row = store::standing(w, (who.town.id, who.session), who.actor.0, now).await?;
    let row = row.ok_or_else(|| Failure::new(Code::SessionEnded))?;
    let raised = Raised::read(&row.level, row.raised_from.as_deref(), row.raised_until);
    Ok(Standing { device_name: row.device_name, raised, proved_at: row.proved_at })
}

/// Takes back what passkeys gave the citizen's sessions, as one of them is gone: nobody knows in whose hands it was. An access token that is
/// out lives on for its minutes.
///
/// # Errors
/// The database.
pub async fn lower(w: &mut Write, who: &Citizen) -> sqlx::Result<()> {
    store::lower(w, (who.town.id, who.actor.0)).await
}

/// When the provider last proved who the citizen is, at each level at which it ever did, in whichever session.
///
/// # Errors
/// The database.
pub async fn proofs(r: &mut Read, who: &Citizen) -> sqlx::Result<Vec<(Level, DateTime<Utc>)>> {
    let rows = store::proofs(r, who.town.id, who.actor.0).await?;
    Ok(rows.into_iter().filter_map(|(level, at)| Some((Level::parse(&level)?, at))).collect())
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

/// Who of these has an account, with when they first signed in.
///
/// # Errors
/// The database.
pub async fn first_sign_ins(
    r: &mut Read,
    town: MunicipalityId,
    residents: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, DateTime<Utc>)>> {
    store::first_sign_ins(r, town, residents).await
}

/// Up to `limit` sessions that were compromised, and whose citizens were not told. Held by this transaction.
///
/// # Errors
/// The database.
pub async fn compromised(w: &mut Write, limit: i64, now: DateTime<Utc>) -> sqlx::Result<Vec<CompromisedSession>> {
    store::to_tell(w, limit, now).await
}

/// Whether there are any.
///
/// # Errors
/// The database.
pub async fn anybody_compromised(r: &mut Read) -> sqlx::Result<bool> {
    store::anybody_to_tell(r).await
}

/// Whose session it is; none of one that was forgotten.
///
/// # Errors
/// The database.
pub async fn whose(r: &mut Read, town: &Municipality, session: SessionId) -> sqlx::Result<Option<ResidentId>> {
    store::whose(r, town.id, session).await
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
