//! The tokens of a session: trading a code, renewing, and who a token says it is.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{
    model::{
        ActorId, CannotRefresh, CannotTrade, Citizen, CodeInvalid, RefreshInvalid, RefreshReused, SessionId, SubjectId,
        VerifierInvalid,
    },
    part::Identity,
    rules,
    sessions::standing,
    store,
};
use crate::platform::{
    access::Level,
    db::Write,
    idempotency::Idempotency,
    ids::{InTown, MunicipalityId, ResidentId, hashed},
    problem::{Code, Failure, Refusal as _, Refused},
    worker::believed,
};

/// How long an app is to wait while the clock is in doubt: until it is looked at again.
const CLOCK_WAIT: std::time::Duration = std::time::Duration::from_secs(60);

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

impl Identity {
    /// Trades a one-time code for a session. A code that was traded before ends the session it gave (RFC 9700, 4.5).
    ///
    /// # Errors
    /// `code_invalid`, `verifier_invalid`.
    pub async fn trade(
        &self,
        code: &str,
        verifier: &str,
        idempotency: &Idempotency,
    ) -> Result<Tokens, Refused<CannotTrade>> {
        let now = self.app.clock.now();
        let mut w = self.app.db.write().await?;
        if let Some(tokens) = idempotency.replay(&mut w, now).await? {
            return Ok(tokens);
        }
        let coded = store::by_code(&mut w, &hashed(code)).await?.ok_or_else(CodeInvalid::refused)?;
        if let Some(session) = coded.traded_session_id {
            store::end_family(&mut w, coded.municipality_id, session, now, "code_replayed").await?;
            w.commit().await?;
            self.live.ended();
            return Err(CodeInvalid::refused().into());
        }
        let resident = coded.resident_id.filter(|_| coded.code_expires_at.is_some_and(|t| t > now));
        let raises = coded.raises_session_id;
        let session = raises.unwrap_or_else(|| SessionId(self.app.ids.uuid(now)));
        // Good once, whether the verifier fits or not.
        if !store::trade(&mut w, &coded, session).await? {
            return Err(CodeInvalid::refused().into());
        }
        let matches = rules::verifier_matches(&coded.app_challenge, verifier);
        let Some(resident) = resident.filter(|_| matches) else {
            w.commit().await?;
            return Err(if matches { CodeInvalid::refused().into() } else { VerifierInvalid::refused().into() });
        };
        let until = now + Duration::days(self.app.config.sessions.idle_days);
        let town = coded.municipality_id;
        let level = Level::parse(&coded.level).unwrap_or(Level::Low);
        let mut ended = false;
        if raises.is_some() {
            // The same session goes on, with new tokens only: those from before the step are spent.
            if !store::raise(&mut w, &coded, (session, resident), (now, until)).await? {
                w.commit().await?;
                return Err(CodeInvalid::refused().into());
            }
            store::spend_all(&mut w, town, session, now).await?;
        } else {
            if let Some(installation) = coded.installation_id {
                ended = store::end_on_installation(&mut w, installation, now, "signed_in_again").await?;
            }
            store::open_session(&mut w, &coded, (session, resident), now, until).await?;
        }
        store::know_proof(&mut w, (town, resident), level, now).await?;
        let refresh = self.new_refresh(&mut w, town, session, now).await?;
        let tokens = self.tokens((town, resident), (session, level), refresh, now)?;
        idempotency.store_response(&mut w, &tokens, now).await?;
        w.commit().await?;
        // Nobody waits for a look where nothing ended.
        if ended {
            self.live.ended();
        }
        Ok(tokens)
    }

    /// Trades a refresh token for new tokens.
    ///
    /// # Errors
    /// `refresh_invalid`, `refresh_reused`.
    pub async fn refresh(&self, token: &str, idempotency: &Idempotency) -> Result<Tokens, Refused<CannotRefresh>> {
        let now = self.app.clock.now();
        let hash = hashed(token);
        let mut w = self.app.db.write().await?;
        let answered = idempotency.replay(&mut w, now).await?;
        let known = store::by_refresh(&mut w, &hash).await?.ok_or_else(RefreshInvalid::refused)?;
        let (town, session) = (known.municipality_id, known.session_id);
        let spent = known.spent_at.map(|at| rules::Spent {
            at,
            superseded: known.superseded,
            successor_used: known.successor_used,
        });
        let verdict = rules::refresh(spent, known.ended_at, known.expires_at, now);
        if let Some(tokens) = answered {
            // Of a session that ended meanwhile they are worth nothing.
            return if verdict == rules::Refresh::Lapsed { Err(RefreshInvalid::refused().into()) } else { Ok(tokens) };
        }
        if matches!(verdict, rules::Refresh::Rotate | rules::Refresh::Lost) {
            store::spend_refresh(&mut w, town, session, &hash, now).await?;
        }
        match verdict {
            rules::Refresh::Lapsed => {
                drop(w);
                // An app that is refused forgets its session. By a wrong clock all have lapsed.
                if known.ended_at.is_none() && !believed(&self.app).await? {
                    return Err(Failure::wait(Code::Overloaded, CLOCK_WAIT).into());
                }
                Err(RefreshInvalid::refused().into())
            }
            rules::Refresh::Reused => {
                store::end_family(&mut w, town, session, now, "refresh_reused").await?;
                w.commit().await?;
                self.live.ended();
                tracing::warn!(%session, "a spent refresh token came back; the session was ended");
                Err(RefreshReused::refused().into())
            }
            rules::Refresh::Rotate | rules::Refresh::Again | rules::Refresh::Lost => {
                let until = now + Duration::days(self.app.config.sessions.idle_days);
                store::touch(&mut w, town, session, now, until).await?;
                let refresh = self.new_refresh(&mut w, town, session, now).await?;
                let raised = rules::Raised::read(&known.level, known.raised_from.as_deref(), known.raised_until);
                let level = raised.level_at(now);
                let tokens = self.tokens((town, known.resident_id), (session, level), refresh, now)?;
                idempotency.store_response(&mut w, &tokens, now).await?;
                w.commit().await?;
                Ok(tokens)
            }
        }
    }

    /// Raises the citizen's session by a passkey that gives `level` until `until`, in the caller's transaction: the same session goes on,
    /// with new tokens only. Whether the passkey may is the caller's to know.
    ///
    /// # Errors
    /// `session_ended`.
    pub async fn raise_by_passkey(
        &self,
        w: &mut Write,
        who: &Citizen,
        (level, until): (Level, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Result<Tokens, Failure> {
        let (town, resident) = (who.town.id, who.actor.0);
        let before = standing(w, who, now).await?;
        let raised = before.raised.with_passkey(level, until, now);
        let lives = now + Duration::days(self.app.config.sessions.idle_days);
        if !store::raise_by_passkey(w, (town, who.session), resident, &raised, (now, lives)).await? {
            return Err(Failure::new(Code::SessionEnded));
        }
        store::spend_all(w, town, who.session, now).await?;
        let refresh = self.new_refresh(w, town, who.session, now).await?;
        self.tokens((town, resident), (who.session, raised.level_at(now)), refresh, now)
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
        (town, resident): InTown<ResidentId>,
        (session, level): (SessionId, Level),
        refresh: String,
        now: DateTime<Utc>,
    ) -> Result<Tokens, Failure> {
        let life = Duration::minutes(self.app.config.sessions.access_minutes);
        let access = self.keys.sign((town.0, resident.0), (session.0, level), now, life)?;
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
        let citizen = Citizen { town, actor, subject, session, level: claims.acr, acting: None };
        // The town may have come to ask more than it did when this session began.
        citizen.at_least(citizen.town.least_level)?;
        Ok(citizen)
    }
}
