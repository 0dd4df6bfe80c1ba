//! What the inbox does unasked: it tells citizens whose session was compromised, and forgets messages past their keeping.

use chrono::Duration;

use super::{
    model::{Notice, Plan, Worth},
    notify, reach, store,
};
use crate::{
    identity,
    municipalities::{self, Municipalities},
    platform::{
        App, Progress,
        aside::{Seen, careful},
        language::say,
    },
    push::Category,
};

/// Citizens told in one transaction.
const TELL: i64 = 100;

/// Rows deleted in one transaction.
const CHUNK: i64 = 1_000;

/// Forgets what is past its keeping.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let before = app.clock.now() - Duration::days(app.config.retention.messages_days);
    let mut r = app.db.read().await?;
    let mut forgotten = 0;
    // Of a town that was taken out of the configuration as well.
    for town in municipalities::every(&mut r).await? {
        // A look first: where there is nothing to forget, nobody waits for it.
        if store::anything_old(&mut r, town, before).await? || reach::anything_old(&mut r, town, before).await? {
            let mut w = app.db.write().await?;
            forgotten += store::forget(&mut w, town, before, CHUNK).await?;
            forgotten += reach::forget(&mut w, town, before, CHUNK).await?;
            w.commit().await?;
        }
    }
    Ok(Progress::from(usize::try_from(forgotten).unwrap_or(usize::MAX)))
}

/// Tells citizens that a session of theirs was ended because a secret of it came back (RFC 9700, 4.14.2): in the inbox,
/// and on the phones whose sessions live.
///
/// # Errors
/// The database.
pub async fn warn(app: &App) -> anyhow::Result<Progress> {
    careful(app, identity::WARN, TELL, |limit, seen| warn_some(app, limit, seen)).await
}

async fn warn_some(app: &App, limit: i64, seen: Seen) -> anyhow::Result<Progress> {
    let towns: &Municipalities = app.part();
    let now = app.clock.now();
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    if !identity::anybody_compromised(&mut app.db.read().await?).await? {
        return Ok(Progress::Idle);
    }
    let mut w = app.db.write().await?;
    let sessions = identity::compromised(&mut w, limit, now).await?;
    sessions.iter().for_each(|s| seen.note(s.municipality_id, s.id.0));
    for session in &sessions {
        if let Ok(town) = towns.get(session.municipality_id) {
            let device = [("device", session.device_name.as_str())];
            let warning = |language| Notice {
                plan: Plan::None,
                about: Vec::new(),
                kind: "session_ended",
                category: Category::Account,
                dedupe_key: format!("session {}", session.id),
                title: say(language, "session-ended-title", &device),
                body: format!(
                    "{}\n\n{}",
                    say(language, "session-ended-body", &device),
                    say(language, "session-ended-advice", &[])
                ),
                deep_link: "/sessions".to_owned(),
                action: None,
                worth: Worth::default(),
                open_in: None,
            };
            notify(&mut w, app, town, session.resident_id, |language| Some(warning(language))).await?;
        }
        identity::told(&mut w, session, now).await?;
    }
    w.commit().await?;
    Ok(sessions.len().into())
}
