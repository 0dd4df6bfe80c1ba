//! The delivery worker: takes a channel, streams what is due on it to the provider, and settles in batches.
//!
//! One process at a time sends on a channel, so that its pace, its doubts and its one connection are the channel's; it
//! holds the channel by a row that lapses. Rows are read, not claimed: one write a row, when its fate is known. No
//! transaction is open while the network is spoken to, and each settling makes sure that the channel is still ours.

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;
use uuid::Uuid;

use super::{
    Category, Push, apns,
    channels::{Channel, Channels, Kind, Pace},
    fcm, held_until,
    rules::{self, Answers, Fate, Judgement, Verdict},
    store::{self, Place, Ready, Special},
    transport::SendError,
};
use crate::{
    municipalities::Municipalities,
    platform::{
        App, Progress,
        db::is_transient,
        ids::first_uuid_at,
        language::{Language, say},
        metrics::PushOutcome,
    },
};

/// Rows purged in one transaction.
const PURGE_CHUNK: i64 = 5_000;
/// The lane of what cannot wait.
const URGENT: i64 = 0;
/// The lane of all else.
const ORDINARY: i64 = 1;
/// Rows a paused channel risks to find out whether it works again.
const PROBE: i64 = 1;
/// For how long a step goes on reading rows; then what came in meanwhile, and other processes, have their turn.
const TURN: Duration = Duration::from_secs(5);
/// What is settled no later than this, though the batch is not full.
const SETTLE_WITHIN: Duration = Duration::from_millis(250);
/// Batches that are being settled while the next are sent.
const SETTLING: usize = 2;
/// How often settling is tried when the database is busy.
const SETTLE_TRIES: u32 = 5;

/// What came of sending one row.
struct Sent {
    row: Ready,
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

/// Sends what is due on a channel, for a while.
///
/// # Errors
/// The database, or another process that took the channel because this one was silent for too long.
pub async fn step(app: &App, channel: &Channel) -> anyhow::Result<Progress> {
    let Ok(_one) = channel.sending.try_lock() else { return Ok(Progress::Idle) };
    let now = app.clock.now();
    let due = store::due(&mut app.db.read().await?, channel.id, now).await?;
    let probing = due.state != "open";
    if !due.waits || (probing && due.paused_until.is_some_and(|until| until > now)) {
        return Ok(Progress::Idle);
    }
    let until = held_until(now, app.config.push.timeout_seconds);
    let mut w = app.db.write_again_if_lost().await?;
    let taken = store::take(&mut w, channel.id, channel.holder, now, until).await?
        && (!probing || store::probe_channel(&mut w, channel.id, now, until).await?);
    if !taken {
        return Ok(Progress::Idle);
    }
    w.commit().await?;
    let stopped = AtomicBool::new(false);
    let sent = batches(app, channel, probing, &stopped)
        .map_ok(|rows| stream::iter(rows.into_iter().map(anyhow::Ok)))
        .try_flatten()
        .map(|row| send_unless(app, channel, &stopped, row))
        .buffer_unordered(app.config.push.in_flight as usize);
    let done = tokio_stream::StreamExt::chunks_timeout(sent, app.config.push.batch as usize, SETTLE_WITHIN)
        .map(|sent| settle_surely(app, channel, &stopped, now, sent, probing))
        .buffered(SETTLING)
        .try_fold(0, async |sum, n| Ok(sum + n))
        .await?;
    let mut w = app.db.write_again_if_lost().await?;
    store::release(&mut w, channel.id, channel.holder).await?;
    w.commit().await?;
    Ok(Progress::from(done))
}

/// The rows that are due, batch by batch, the urgent ones first; the next batch is read while one is sent.
fn batches<'a>(
    app: &'a App,
    channel: &'a Channel,
    probing: bool,
    stopped: &'a AtomicBool,
) -> impl Stream<Item = anyhow::Result<Vec<Ready>>> + use<'a> {
    let began = Instant::now();
    let start: Place = (DateTime::UNIX_EPOCH, Uuid::nil(), super::DeviceId(Uuid::nil()));
    let read = move |places: [Place; 2], first: bool| {
        let limit = if probing { i64::from(first) * PROBE } else { allowance(app, channel) };
        let (app, id) = (app.clone(), channel.id);
        tokio::spawn(async move { read(&app, id, places, limit).await })
    };
    let next = read([start; 2], true);
    stream::try_unfold(next, move |next| async move {
        let (rows, places) = next.await.context("a reading task ended")??;
        if rows.is_empty() || stopped.load(Ordering::Relaxed) || began.elapsed() > TURN {
            return Ok(None);
        }
        if let Some(pace) = channel.pace.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            pace.left -= rows.len() as f64;
        }
        let next = read(places, false);
        Ok(Some((rows, next)))
    })
}

/// One batch of rows behind these places of the two lanes, and the places after it.
async fn read(
    app: &App,
    channel: super::ChannelId,
    mut places: [Place; 2],
    limit: i64,
) -> anyhow::Result<(Vec<Ready>, [Place; 2])> {
    let now = app.clock.now();
    let mut rows = Vec::new();
    if limit == 0 {
        return Ok((rows, places));
    }
    let mut r = app.db.read().await?;
    for (place, lane) in places.iter_mut().zip([URGENT, ORDINARY]) {
        let left = limit - i64::try_from(rows.len())?;
        if left > 0 {
            let found = store::load(&mut r, channel, lane, now, *place, left).await?;
            if let Some(last) = found.last() {
                *place = (last.not_before, last.message_id, last.device_id);
            }
            rows.extend(found);
        }
    }
    Ok((rows, places))
}

/// How many rows may be sent now: a batch, within the project's pace.
fn allowance(app: &App, channel: &Channel) -> i64 {
    let batch = i64::from(app.config.push.batch);
    if matches!(channel.kind, Kind::Apns(_)) {
        return batch;
    }
    let mut pace = channel.pace.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    // After a minute of silence a stream begins anew, slowly.
    let p = pace.get_or_insert(Pace { began: now, until: now, left: batch as f64 });
    if now - p.until > Duration::from_secs(60) {
        *p = Pace { began: now, until: now, left: batch as f64 };
    }
    let since = chrono::Duration::from_std(now - p.began).unwrap_or_default();
    let rate = rules::ramp(app.config.push.fcm_per_minute, since);
    p.left = (p.left + rate * (now - p.until).as_secs_f64()).min(rate.max(batch as f64));
    p.until = now;
    (p.left as i64).clamp(0, batch)
}

async fn send_unless(
    app: &App,
    channel: &Channel,
    stopped: &AtomicBool,
    row: anyhow::Result<Ready>,
) -> anyhow::Result<Sent> {
    let row = row?;
    if stopped.load(Ordering::Relaxed) {
        return Ok(Sent { row, verdict: Sending::Untried, code: String::new() });
    }
    let (verdict, code) = send(app, channel, &row).await;
    if matches!(verdict, Sending::Judged(Verdict::Credentials | Verdict::TokenPace | Verdict::ProjectPace { .. })) {
        stopped.store(true, Ordering::Relaxed);
    }
    Ok(Sent { row, verdict, code })
}

/// The one sentence that passes a provider, by language; another where it is worth nothing later. Neither says what about.
fn neutral(language: Language, category: &str) -> &'static str {
    type Texts = LazyLock<[String; 4]>;
    static NEWS: Texts = LazyLock::new(|| Language::ALL.map(|l| say(l, "push-neutral", &[])));
    static NOW: Texts = LazyLock::new(|| Language::ALL.map(|l| say(l, "push-called", &[])));
    let place = Language::ALL.iter().position(|l| *l == language).unwrap_or_default();
    let now = [Category::Queue, Category::Emergency].map(Category::as_str).contains(&category);
    if now { &NOW[place] } else { &NEWS[place] }
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

/// Whether a provider takes our credentials: a push to a device that cannot exist, which a provider that lets us in
/// refuses for that alone. Shows nothing to anybody.
///
/// # Errors
/// What the provider said instead.
pub async fn try_credentials(app: &App, channel: &Channel) -> Result<(), String> {
    let now = app.clock.now();
    let target = "0".repeat(64);
    let push = Push {
        target: &target,
        apns_id: app.ids.uuid(now),
        message: app.ids.uuid(now),
        purpose: "show",
        category: "account",
        text: neutral(Language::Nl, "account"),
        unread: 0,
        full_preview: false,
        expires_at: now + chrono::Duration::minutes(1),
    };
    match transmit(channel, &push, "fcm_token", now).await {
        (Verdict::Delivered | Verdict::TokenSuspect | Verdict::TokenDead { .. }, _) => Ok(()),
        (_, code) => Err(code),
    }
}

async fn transmit(channel: &Channel, push: &Push<'_>, kind: &str, now: DateTime<Utc>) -> (Verdict, String) {
    match &channel.kind {
        Kind::Apns(road) => answered(channel.transport.send(|| road.request(push, now)).await, apns::verdict),
        Kind::Fcm(road) => send_fcm(channel, road, push, kind, now).await,
    }
}

async fn send(app: &App, channel: &Channel, row: &Ready) -> (Sending, String) {
    let (Some(target), Some(kind)) = (&row.target, &row.target_kind) else {
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
        text: neutral(language, &row.category),
        unread: row.unread,
        full_preview: row.preview.as_deref() == Some("full"),
        expires_at: row.expires_at,
    };
    let (verdict, code) = transmit(channel, &push, kind, now).await;
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
        let answer = channel.transport.send(|| road.request(push, kind, &token, now)).await;
        last = answered(answer, fcm::verdict);
        if last.0 != Verdict::Credentials || !last.1.starts_with("401") {
            break;
        }
        road.forget(&token);
    }
    last
}

fn answered(
    answer: Result<http::Response<bytes::Bytes>, SendError>,
    judge: impl Fn(&http::Response<bytes::Bytes>) -> (Verdict, String),
) -> (Verdict, String) {
    match answer {
        Ok(answer) => judge(&answer),
        Err(SendError::Request(error)) => (Verdict::RequestDead, format!("{error:#}")),
        Err(error) => (Verdict::Unknown, error.to_string()),
    }
}

/// Settles a batch, again if the database was busy: what was sent must not be sent twice for want of a note.
async fn settle_surely(
    app: &App,
    channel: &Channel,
    stopped: &AtomicBool,
    read_from: DateTime<Utc>,
    sent: Vec<anyhow::Result<Sent>>,
    probing: bool,
) -> anyhow::Result<usize> {
    let mut failure = None;
    let sent: Vec<Sent> = sent.into_iter().filter_map(|s| s.map_err(|e| failure = Some(e)).ok()).collect();
    let count = sent.len();
    let settlement = judge(app, channel, read_from, sent, probing);
    if matches!(settlement.turn, Turn::Pause(..)) {
        stopped.store(true, Ordering::Relaxed);
    }
    let mut tries = 0;
    loop {
        match settle(app, channel, &settlement).await {
            Err(error) if tries < SETTLE_TRIES && error.downcast_ref().is_some_and(is_transient) => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20 << tries)).await;
            }
            settled => break settled?,
        }
    }
    failure.map_or(Ok(count), Err)
}

/// What the channel itself must do after a batch.
enum Turn {
    Open,
    Pause(String, Option<chrono::Duration>),
    Unchanged,
}

/// What a batch comes to.
struct Settlement {
    at: DateTime<Utc>,
    /// A device that registered after this is not touched.
    read_from: DateTime<Utc>,
    delivered: Vec<store::Key>,
    specials: Vec<Special>,
    dead: Vec<(crate::platform::ids::MunicipalityId, super::DeviceId)>,
    suspect: Vec<(crate::platform::ids::MunicipalityId, super::DeviceId)>,
    turn: Turn,
    probing: bool,
}

fn judge(app: &App, channel: &Channel, read_from: DateTime<Utc>, sent: Vec<Sent>, probing: bool) -> Settlement {
    let now = app.clock.now();
    let doubt = doubted(channel, &sent);
    let turn = turn(&sent, doubt, probing);
    let (mut delivered, mut specials) = (Vec::with_capacity(sent.len()), Vec::new());
    let (mut dead, mut suspect) = (Vec::new(), Vec::new());
    let mut counted: BTreeMap<&'static str, u64> = BTreeMap::new();
    for s in sent {
        let fate = match &s.verdict {
            Sending::Unbound => Fate::Settled("unbound"),
            Sending::Expired => Fate::Settled("expired"),
            Sending::Untried => Fate::Released,
            Sending::Judged(Verdict::TokenSuspect | Verdict::TokenDead { .. }) if doubt => {
                // Whichever row is the probe next time, let it not be this one.
                Fate::Retry(now + rules::pause(9))
            }
            Sending::Judged(verdict) => {
                rules::after(verdict, s.row.attempts + 1, now, s.row.expires_at, app.ids.fraction())
            }
        };
        let device = (s.row.municipality_id, s.row.device_id);
        match &s.verdict {
            Sending::Judged(Verdict::TokenDead { since }) if !doubt => {
                let registered = s.row.registered_at.unwrap_or(now);
                if rules::token_is_gone(registered, *since, read_from) {
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
        *counted.entry(label).or_default() += 1;
        let key = (s.row.municipality_id, s.row.message_id, s.row.device_id, s.row.purpose);
        let (state, outcome, not_before) = match fate {
            Fate::Settled("delivered") => {
                delivered.push(key);
                continue;
            }
            Fate::Settled(outcome) => ("settled", Some(outcome), now),
            Fate::Retry(at) => ("ready", None, at),
            // As if it had never been looked at.
            Fate::Released => continue,
        };
        specials.push(Special { key, state, outcome, code: s.code, not_before });
    }
    for (outcome, n) in counted {
        app.metrics.pushes.get_or_create(&PushOutcome { provider: channel.provider, outcome }).inc_by(n);
    }
    Settlement { at: now, read_from, delivered, specials, dead, suspect, turn, probing }
}

async fn settle(app: &App, channel: &Channel, s: &Settlement) -> anyhow::Result<()> {
    let now = s.at;
    let mut w = app.db.write_again_if_lost().await?;
    let until = held_until(app.clock.now(), app.config.push.timeout_seconds);
    anyhow::ensure!(
        store::hold(&mut w, channel.id, channel.holder, until).await?,
        "{} was silent for so long that another process took it over; the rows are that one's",
        channel.name
    );
    store::settle_delivered(&mut w, &s.delivered, now).await?;
    store::settle_specials(&mut w, &s.specials, now).await?;
    store::forget_dead(&mut w, &s.dead, s.read_from).await?;
    store::quarantine(&mut w, &s.suspect, s.read_from).await?;
    match &s.turn {
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
    if let Turn::Pause(reason, _) = &s.turn {
        tracing::error!(
            channel = channel.name,
            reason,
            "push is paused; every message is kept and sent when it is mended"
        );
        channel.transport.close();
    }
    if matches!(s.turn, Turn::Open) && s.probing {
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

fn turn(sent: &[Sent], doubt: bool, probing: bool) -> Turn {
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
    if probing && sent.iter().all(|s| matches!(s.verdict, Sending::Unbound | Sending::Expired)) {
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

/// Keeping house: rows too old to show are settled, settled rows past their keeping and devices not heard of are
/// forgotten.
///
/// # Errors
/// The database.
pub async fn keep_house(app: &App, towns: &Municipalities, channels: &Channels) -> anyhow::Result<Progress> {
    let now = app.clock.now();
    let days = |n| chrono::Duration::days(n);
    let mut done = 0;
    let mut w = app.db.write().await?;
    for channel in channels.all() {
        done += store::expire(&mut w, channel.id, now).await?;
    }
    let before = first_uuid_at(now - days(app.config.retention.deliveries_days));
    for town in towns.all() {
        done += store::purge(&mut w, town.id, before, PURGE_CHUNK).await?;
    }
    done += store::forget_devices(&mut w, now - days(app.config.push.device_silent_days), PURGE_CHUNK).await?;
    w.commit().await?;
    Ok(Progress::from(usize::try_from(done).unwrap_or(usize::MAX)))
}
