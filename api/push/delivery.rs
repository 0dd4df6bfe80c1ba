//! The delivery worker: claim a batch with a lease, send it, settle it.
//!
//! No transaction is open while the network is spoken to. A batch is settled in one transaction, fenced by its lease:
//! a worker that took too long settles nothing that another has claimed since.

use std::sync::{
    LazyLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    Push, apns,
    channels::{Channel, Kind, Pace},
    fcm, lease_end,
    rules::{self, Answers, Fate, Judgement, Verdict},
    store::{self, Leased, Special},
    transport::SendError,
};
use crate::platform::{
    App, Progress,
    language::{Language, say},
    metrics::PushOutcome,
};

/// Rows purged in one transaction.
const PURGE_CHUNK: i64 = 5_000;
/// The lane of what cannot wait, before the ordinary one.
const LANES: [i64; 2] = [0, 1];
/// Rows a paused channel risks to find out whether it works again.
const PROBE: i64 = 1;

/// What came of sending one row.
struct Sent {
    row: Leased,
    verdict: Sending,
    code: String,
}

enum Sending {
    Judged(Verdict),
    /// The phone is no longer this citizen's.
    Unbound,
    /// Too late to be worth showing.
    Expired,
    /// Not tried, because the channel had stopped.
    Untried,
}

/// Delivers one batch of a channel.
///
/// # Errors
/// The database.
pub async fn step(app: &App, channel: &Channel) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let lease = app.ids.uuid(now);
    let (rows, probing) = {
        let mut w = app.db.write_again_if_lost().await?;
        let state = store::channel(&mut w, channel.id).await?;
        let probing = state.state != "open";
        if probing
            && !store::probe_channel(&mut w, channel.id, now, lease_end(now, app.config.push.timeout_seconds)).await?
        {
            return Ok(Progress::Idle);
        }
        let limit = if probing { PROBE } else { allowance(app, channel) };
        let until = lease_end(now, app.config.push.timeout_seconds);
        let mut left = limit;
        for lane in LANES {
            if left > 0 {
                let n = store::claim(&mut w, lease, until, channel.id, lane, now, left).await?;
                left -= i64::try_from(n).unwrap_or(left);
            }
        }
        let rows = if left == limit { Vec::new() } else { store::load(&mut w, lease).await? };
        w.commit().await?;
        (rows, probing)
    };
    if rows.is_empty() {
        return Ok(Progress::Idle);
    }
    let count = rows.len();
    let sent = send_all(app, channel, rows).await;
    settle(app, channel, lease, now, sent, probing).await?;
    Ok(Progress::Worked(count))
}

/// How many rows may be claimed now: a batch, within the project's pace.
fn allowance(app: &App, channel: &Channel) -> i64 {
    let batch = i64::from(app.config.push.batch);
    if matches!(channel.kind, Kind::Apns(_)) {
        return batch;
    }
    let mut pace = channel.pace.lock().unwrap_or_else(PoisonError::into_inner);
    let now = tokio::time::Instant::now();
    // After a minute of silence a stream begins anew, slowly.
    let p = pace.get_or_insert(Pace { began: now, until: now, left: batch as f64 });
    if now - p.until > std::time::Duration::from_secs(60) {
        *p = Pace { began: now, until: now, left: batch as f64 };
    }
    let since = chrono::Duration::from_std(now - p.began).unwrap_or_default();
    let rate = rules::ramp(app.config.push.fcm_per_minute, since);
    p.left = (p.left + rate * (now - p.until).as_secs_f64()).min(rate.max(batch as f64));
    p.until = now;
    (p.left as i64).clamp(0, batch)
}

async fn send_all(app: &App, channel: &Channel, rows: Vec<Leased>) -> Vec<Sent> {
    let stopped = AtomicBool::new(false);
    let stopped = &stopped;
    let used = rows.len();
    let sent: Vec<Sent> = stream::iter(rows)
        .map(|row| async move {
            if stopped.load(Ordering::Relaxed) {
                return Sent { row, verdict: Sending::Untried, code: String::new() };
            }
            let (verdict, code) = send(app, channel, &row).await;
            if matches!(
                verdict,
                Sending::Judged(Verdict::Credentials | Verdict::TokenPace | Verdict::ProjectPace { .. })
            ) {
                stopped.store(true, Ordering::Relaxed);
            }
            Sent { row, verdict, code }
        })
        .buffer_unordered(app.config.push.in_flight as usize)
        .collect()
        .await;
    if let Some(pace) = channel.pace.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        pace.left -= used as f64;
    }
    sent
}

/// The one sentence that passes a provider, by language.
fn neutral(language: Language) -> &'static str {
    static TEXTS: LazyLock<[String; 4]> = LazyLock::new(|| Language::ALL.map(|l| say(l, "push-neutral", &[])));
    let place = Language::ALL.iter().position(|l| *l == language).unwrap_or_default();
    &TEXTS[place]
}

/// The id of one row, the same at each try, so that Apple's log and ours tell of the same push.
pub fn row_id(message: Uuid, device: Uuid, purpose: &str) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(message.as_bytes());
    hasher.update(device.as_bytes());
    hasher.update(purpose.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

async fn send(app: &App, channel: &Channel, row: &Leased) -> (Sending, String) {
    let (Some(target), Some(kind), Some("active"), Some(_)) =
        (&row.target, &row.target_kind, row.device_state.as_deref(), row.session_id)
    else {
        return (Sending::Unbound, String::new());
    };
    let now = app.clock.now();
    if row.expires_at <= now {
        return (Sending::Expired, String::new());
    }
    let language = row.locale.as_deref().and_then(Language::parse).unwrap_or(Language::Nl);
    let push = Push {
        target,
        apns_id: row_id(row.message_id, row.device_id.0, &row.purpose),
        message: row.message_id,
        purpose: &row.purpose,
        category: &row.category,
        text: neutral(language),
        unread: row.unread,
        full_preview: row.preview.as_deref() == Some("full"),
        expires_at: row.expires_at,
    };
    let (verdict, code) = match &channel.kind {
        Kind::Apns(road) => match road.request(&push, now) {
            Ok(request) => answered(channel.transport.send(request).await, apns::verdict),
            Err(error) => (Verdict::RequestDead, error.to_string()),
        },
        Kind::Fcm(road) => send_fcm(channel, road, &push, kind, now).await,
    };
    (Sending::Judged(verdict), code)
}

async fn send_fcm(
    channel: &Channel,
    road: &fcm::Road,
    push: &Push<'_>,
    kind: &str,
    now: DateTime<Utc>,
) -> (Verdict, String) {
    // A token may have been withdrawn early: one more try with a fresh one.
    let mut last = (Verdict::Credentials, "no access token".to_owned());
    for _ in 0..2 {
        let token = match road.token(now).await {
            Ok(token) => token,
            Err(fcm::TokenError::Refused(why)) => return (Verdict::Credentials, why),
            Err(fcm::TokenError::Unavailable(why)) => {
                return (Verdict::Unavailable { floor: rules::FCM_FLOOR, wait: None }, why);
            }
        };
        let request = match road.request(push, kind, &token, now) {
            Ok(request) => request,
            Err(error) => return (Verdict::RequestDead, error.to_string()),
        };
        last = answered(channel.transport.send(request).await, fcm::verdict);
        if last.0 != Verdict::Credentials || !last.1.starts_with("401") {
            break;
        }
        road.forget(&token).await;
    }
    last
}

fn answered(
    answer: Result<http::Response<bytes::Bytes>, SendError>,
    judge: impl Fn(&http::Response<bytes::Bytes>) -> (Verdict, String),
) -> (Verdict, String) {
    match answer {
        Ok(answer) => judge(&answer),
        Err(error) => (Verdict::Unknown, error.to_string()),
    }
}

/// What the channel itself must do after a batch.
enum Turn {
    Open,
    Pause(String, Option<chrono::Duration>),
    Unchanged,
}

async fn settle(
    app: &App,
    channel: &Channel,
    lease: Uuid,
    claimed_at: DateTime<Utc>,
    sent: Vec<Sent>,
    probing: bool,
) -> anyhow::Result<()> {
    let now = app.clock.now();
    let doubt = doubted(channel, &sent);
    let mut specials = Vec::new();
    let (mut dead, mut suspect) = (Vec::new(), Vec::new());
    let mut delivered = 0;
    for s in &sent {
        let fate = match &s.verdict {
            Sending::Unbound => Fate::Settled("unbound"),
            Sending::Expired => Fate::Settled("expired"),
            Sending::Untried => Fate::Released,
            Sending::Judged(Verdict::TokenSuspect | Verdict::TokenDead { .. }) if doubt => {
                // Whichever row is the probe next time, let it not be this one.
                Fate::Retry(now + rules::pause(9))
            }
            Sending::Judged(verdict) => {
                rules::after(verdict, s.row.attempts, now, s.row.expires_at, app.ids.fraction())
            }
        };
        let device = (s.row.municipality_id, s.row.device_id);
        match &s.verdict {
            Sending::Judged(Verdict::TokenDead { since }) if !doubt => {
                let registered = s.row.registered_at.unwrap_or(now);
                if rules::token_is_gone(registered, *since, claimed_at) {
                    dead.push(device);
                }
            }
            Sending::Judged(Verdict::TokenSuspect) if !doubt => suspect.push(device),
            _ => {}
        }
        let label = match &fate {
            Fate::Settled(outcome) => outcome,
            Fate::Retry(_) => "retry",
            Fate::Released => "released",
        };
        app.metrics.pushes.get_or_create(&PushOutcome { provider: channel.provider, outcome: label }).inc();
        let special = |state, outcome, not_before, given_back| Special {
            municipality: s.row.municipality_id,
            message: s.row.message_id,
            device: s.row.device_id,
            purpose: s.row.purpose.clone(),
            state,
            outcome,
            code: s.code.clone(),
            not_before,
            given_back,
        };
        match fate {
            Fate::Settled("delivered") => {
                delivered += 1;
                tracing::debug!(
                    channel = channel.name,
                    request_id = s.row.request_id.as_deref(),
                    message = %s.row.message_id,
                    "a push was delivered"
                );
            }
            Fate::Settled(outcome) => specials.push(special("settled", Some(outcome), now, 0)),
            Fate::Retry(at) => specials.push(special("ready", None, at, 0)),
            Fate::Released => specials.push(special("ready", None, now, 1)),
        }
    }
    let turn = turn(&sent, doubt, delivered, probing);

    let mut w = app.db.write_again_if_lost().await?;
    store::settle(&mut w, lease, &specials, now).await?;
    store::forget_dead(&mut w, &dead, claimed_at).await?;
    store::quarantine(&mut w, &suspect, "the provider does not know its token", claimed_at).await?;
    match &turn {
        Turn::Unchanged => {}
        Turn::Open => store::set_channel(&mut w, channel.id, "open", None, None, 0, now).await?,
        Turn::Pause(reason, least) => {
            let state = store::channel(&mut w, channel.id).await?;
            // Batches that ran side by side pause a channel once.
            let pauses = if state.state == "paused" { state.pauses } else { state.pauses + 1 };
            let wait = rules::pause(pauses).max(least.unwrap_or_default());
            store::set_channel(&mut w, channel.id, "paused", Some(reason), Some(now + wait), pauses, now).await?;
        }
    }
    w.commit().await?;
    if let Turn::Pause(reason, _) = &turn {
        tracing::error!(
            channel = channel.name,
            reason,
            "push is paused; every message is kept and sent when it is mended"
        );
        channel.transport.close();
    }
    if matches!(turn, Turn::Open) && probing {
        tracing::info!(channel = channel.name, "push works again");
    }
    Ok(())
}

/// Whether the bad tokens of this batch, with those of late, are too many to be the phones' fault.
fn doubted(channel: &Channel, sent: &[Sent]) -> bool {
    let mut later = Answers::default();
    for s in sent {
        if let Sending::Judged(verdict) = &s.verdict {
            match verdict {
                Verdict::Delivered => later.all += 1,
                Verdict::TokenSuspect => {
                    later.all += 1;
                    later.suspect += 1;
                }
                Verdict::TokenDead { .. } => {
                    later.all += 1;
                    later.dead += 1;
                }
                _ => {}
            }
        }
    }
    let bad = later.suspect + later.dead > 0;
    let mut answers = channel.answers.lock().unwrap_or_else(PoisonError::into_inner);
    answers.add(later);
    bad && answers.judge() == Judgement::Doubt
}

fn turn(sent: &[Sent], doubt: bool, delivered: usize, probing: bool) -> Turn {
    let found = |wanted: fn(&Verdict) -> bool| {
        sent.iter().find(|s| matches!(&s.verdict, Sending::Judged(v) if wanted(v))).map(|s| s.code.clone())
    };
    if let Some(code) = found(|v| matches!(v, Verdict::Credentials)) {
        return Turn::Pause(format!("our credentials are refused: {code}"), None);
    }
    if let Some(code) = found(|v| matches!(v, Verdict::TokenPace)) {
        return Turn::Pause(code, Some(rules::TOKEN_PACE));
    }
    if doubt {
        return Turn::Pause(
            "so many tokens are refused that our environment, topic or project must be wrong".to_owned(),
            None,
        );
    }
    let project = sent.iter().find_map(|s| match &s.verdict {
        Sending::Judged(Verdict::ProjectPace { wait }) => Some((s.code.clone(), *wait)),
        _ => None,
    });
    if let Some((code, wait)) = project {
        return Turn::Pause(code, wait.or(Some(chrono::Duration::seconds(60))));
    }
    if probing && (delivered > 0 || sent.iter().all(|s| matches!(s.verdict, Sending::Unbound | Sending::Expired))) {
        return Turn::Open;
    }
    if probing {
        // Neither yes nor no: ask again soon.
        return match sent.first() {
            Some(Sent {
                verdict: Sending::Judged(Verdict::Delivered | Verdict::TokenDead { .. } | Verdict::RequestDead),
                ..
            }) => Turn::Open,
            _ => Turn::Pause("the provider does not answer".to_owned(), None),
        };
    }
    Turn::Unchanged
}

/// Keeping house: leases of workers that died are given back, rows too old to show are settled, settled rows past
/// their keeping and devices not heard of are forgotten.
///
/// # Errors
/// The database.
pub async fn keep_house(app: &App, channels: &super::channels::Channels) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let mut done = 0;
    let mut w = app.db.write().await?;
    let reaped = store::reap(&mut w, now).await?;
    if reaped > 0 {
        tracing::warn!(rows = reaped, "a worker did not settle what it had claimed; the rows go again");
    }
    for channel in channels.all() {
        done += store::expire(&mut w, channel.id, now).await?;
    }
    let days = |n| chrono::Duration::days(n);
    done += store::purge(&mut w, now - days(app.config.retention.deliveries_days), PURGE_CHUNK).await?;
    done += store::forget_devices(&mut w, now - days(app.config.push.device_silent_days), PURGE_CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(reaped + done).unwrap_or(usize::MAX)))
}
