//! The delivery worker: takes a channel, streams what is due on it to the provider, and settles in batches.
//!
//! One process at a time sends on a channel, so that its pace, its doubts and its one connection are the channel's; it
//! holds the channel by a row that lapses. Rows are read, not claimed: one write a row, when its fate is known. No
//! transaction is open while the network is spoken to, and each settling makes sure that the channel is still ours.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    apns,
    channels::{Channel, Channels, Kind, Pace, held_until},
    fcm,
    model::{Category, ChannelId, DeviceId, LiveEvent, LivePush, Outgoing, Push},
    payload::TextKey,
    preferences,
    rules::{self, Verdict, Why},
    settling::{settle_surely, settle_withheld},
    store::{self, LiveReady, Position, Ready},
    transport::SendError,
    turn::{ORDINARY, OneTurn, Row, Sending, Sent, URGENT},
};
use crate::{
    contacts,
    municipalities::{self, Municipalities},
    platform::{
        App, Progress,
        db::Read,
        ids::{MunicipalityId, ResidentId, first_uuid_at},
        language::Language,
    },
};

/// Rows purged in one transaction.
const PURGE_CHUNK: i64 = 5_000;
/// Rows settled in one transaction because their time is over.
const EXPIRE_CHUNK: i64 = 500;
/// Devices whose session ended before were forgotten long ago: this runs each minute. What is left is silent.
const SIGNED_OUT_LATELY: chrono::Duration = chrono::Duration::days(7);
/// How long it is kept at the longest what a phone shows of a number.
const LIVE_KEPT: chrono::Duration = chrono::Duration::days(1);
/// Rows a paused channel risks to find out whether it works again.
const PROBE: i64 = 1;
/// Rows among which a probe is sought: many may wait for the end of quiet hours.
const LOOK: i64 = 100;
/// The purpose of a row that shows a message; another clears it.
const SHOW: &str = "show";
/// For how long a step goes on reading rows; then what came in meanwhile, and other processes, have their turn.
const TURN: Duration = Duration::from_secs(5);
/// What is settled no later than this, though the batch is not full.
const SETTLE_WITHIN: Duration = Duration::from_millis(250);
/// Batches that are being settled while the next are sent.
const SETTLING: usize = 2;

/// Sends what is due on a channel, for a while. Told to stop, it begins nothing more, and leaves what is not answered in time
/// as it was.
///
/// # Errors
/// The database, or another process that took the channel because this one was silent for too long.
pub async fn step(app: &App, channel: &Channel, stop: &CancellationToken) -> anyhow::Result<Progress> {
    let Ok(_one) = channel.sending.try_lock() else { return Ok(Progress::Idle) };
    let now = app.clock.now();
    let due = store::due(&mut app.db.read().await?, channel.id, now).await?;
    let probing = due.state != "open";
    channel.show(app, due.pause_kind.as_deref());
    if !due.waits || (probing && !may_probe(&due, now)) {
        return Ok(Progress::Idle);
    }
    let until = held_until(now, app.config.push.timeout_seconds);
    let mut w = app.db.write_relaxed().await?;
    let taken = store::acquire_lease(&mut w, channel.id, channel.holder, now, until).await?
        && (!probing || store::probe_channel(&mut w, channel.id, now, until, due.paused_until).await?);
    if !taken {
        return Ok(Progress::Idle);
    }
    w.commit().await?;
    let (stopped, late) = (AtomicBool::new(false), CancellationToken::new());
    let paced = due.pause_kind.as_deref() == Some(Why::Asked.as_str());
    let turn =
        OneTurn { app, channel, probing, paced, read_from: now, stopped, stop, late, withheld: Mutex::default() };
    let sent = batches(&turn)
        .map_ok(|rows| stream::iter(rows.into_iter().map(anyhow::Ok)))
        .try_flatten()
        .map(|row| send_unless(&turn, row))
        .buffer_unordered(app.config.push.in_flight as usize);
    let settled = tokio_stream::StreamExt::chunks_timeout(sent, app.config.push.batch as usize, SETTLE_WITHIN)
        .map(|sent| settle_surely(&turn, sent))
        .buffered(SETTLING)
        .try_fold(0, async |sum, n| Ok(sum + n));
    tokio::pin!(settled);
    let done = tokio::select! {
        done = &mut settled => done,
        () = turn.out_of_time() => {
            turn.late.cancel();
            settled.await
        }
    };
    let withheld = settle_withheld(&turn).await;
    let done = done?;
    withheld?;
    let mut w = app.db.write_relaxed().await?;
    store::release_lease(&mut w, channel.id, channel.holder).await?;
    if probing && done == 0 {
        // We were told to stop, or the row was taken back meanwhile: another probe finds out.
        let before = store::channel(&mut w, channel.id).await?;
        store::set_channel(&mut w, channel.id, &before.paused(now), now).await?;
    }
    w.commit().await?;
    Ok(Progress::from(done))
}

/// Whether a paused channel may be tried: its time has come, or something came that cannot wait.
fn may_probe(due: &store::Due, now: DateTime<Utc>) -> bool {
    let Some(until) = due.paused_until else { return true };
    let why = due.pause_kind.as_deref().and_then(Why::parse);
    let early = due.urgent && due.state == "paused" && why.is_none_or(|why| now - due.changed_at >= why.urgent_probe());
    until <= now || early || rules::is_beyond_belief(until, now)
}

/// The rows that are due, batch by batch, the urgent ones first; the next batch is read while one is sent.
fn batches<'a>(turn: &'a OneTurn<'a>) -> impl Stream<Item = anyhow::Result<Vec<Row>>> + use<'a> {
    let (app, channel, probing, began_at) = (turn.app, turn.channel, turn.probing, turn.read_from);
    let began = Instant::now();
    let start: Position = (DateTime::UNIX_EPOCH, Uuid::nil(), DeviceId(Uuid::nil()));
    let read = move |positions: [Position; 3], first: bool| {
        let limit = if probing { i64::from(first) * PROBE } else { allowance(app, channel) };
        let (app, id) = (app.clone(), channel.id);
        tokio::spawn(async move { read(&app, (id, began_at), positions, (limit, probing)).await })
    };
    let next = read([start; 3], true);
    stream::try_unfold(next, move |next| async move {
        let (rows, positions) = next.await.context("a reading task ended")??;
        if rows.is_empty() || turn.is_over() || began.elapsed() > TURN {
            return Ok(None);
        }
        if let Some(pace) = channel.pace.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            pace.left -= rows.len() as f64;
        }
        let next = read(positions, false);
        Ok(Some((rows, next)))
    })
}

/// One batch of rows behind these positions, and the positions after it: the urgent lane, numbers as they stood when the turn began, so
/// that no two states of one are under way at once, and the ordinary lane.
async fn read(
    app: &App,
    (channel, began_at): (ChannelId, DateTime<Utc>),
    [mut urgent, mut live, mut ordinary]: [Position; 3],
    (limit, is_probe): (i64, bool),
) -> anyhow::Result<(Vec<Row>, [Position; 3])> {
    let now = app.clock.now();
    let mut rows: Vec<Row> = Vec::new();
    if limit == 0 {
        return Ok((rows, [urgent, live, ordinary]));
    }
    let mut r = app.db.read().await?;
    let mut found = store::load(&mut r, (channel, URGENT), now, urgent, limit).await?;
    note_refusals(&mut r, &mut found).await?;
    if let Some(last) = found.last() {
        urgent = (last.not_before, last.message_id, last.device_id);
    }
    rows.extend(found.into_iter().map(Row::Message));
    let left = limit - i64::try_from(rows.len())?;
    if left > 0 {
        let found = store::load_live(&mut r, channel, began_at, live, left).await?;
        if let Some(last) = found.last() {
            live = (last.due_at, last.ticket_id, last.device_id);
        }
        rows.extend(found.into_iter().map(Row::Live));
    }
    let left = limit - i64::try_from(rows.len())?;
    if left > 0 {
        // A probe is one row, before which many may wait for the end of quiet hours.
        let looks = if is_probe { LOOK } else { left };
        let mut found = store::load(&mut r, (channel, ORDINARY), now, ordinary, looks).await?;
        note_refusals(&mut r, &mut found).await?;
        note_quiet(&mut r, app, &mut found, now).await?;
        if is_probe && let Some(first) = found.iter().position(|row| row.waits_until.is_none()) {
            found.truncate(first + 1);
        }
        if let Some(last) = found.last() {
            ordinary = (last.not_before, last.message_id, last.device_id);
        }
        rows.extend(found.into_iter().map(Row::Message));
    }
    Ok((rows, [urgent, live, ordinary]))
}

/// Marks what would be shown in the quiet hours of its citizen, with their end. It was due outside of them: its provider was down since, or they
/// chose other hours. What is of no use at their end is shown all the same.
async fn note_quiet(r: &mut Read, app: &App, rows: &mut [Ready], now: DateTime<Utc>) -> sqlx::Result<()> {
    let towns: &Municipalities = app.part();
    let mut ends: HashMap<(MunicipalityId, ResidentId), DateTime<Utc>> = HashMap::new();
    for (town, residents) in by_town(rows) {
        let Ok(town) = towns.get(town) else { continue };
        let chosen = store::quiet_of(r, town.id, &residents).await?;
        let chosen: HashMap<_, _> = chosen.into_iter().map(|(id, from, until)| (id, (from, until))).collect();
        for resident in residents {
            let quiet = preferences::quiet(chosen.get(&resident).copied());
            if let Some(end) = rules::waits_until(quiet, town.zone, now) {
                ends.insert((town.id, resident), end);
            }
        }
    }
    for row in rows.iter_mut().filter(|row| row.purpose == SHOW && !row.is_refused) {
        let end = ends.get(&(row.municipality_id, row.resident_id)).copied();
        row.waits_until = end.filter(|end| *end < row.expires_at && row.useful_until.is_none_or(|by| *end <= by));
    }
    Ok(())
}

/// Whose rows these are, by town.
fn by_town(rows: &[Ready]) -> BTreeMap<MunicipalityId, Vec<ResidentId>> {
    let mut by_town: BTreeMap<MunicipalityId, BTreeSet<ResidentId>> = BTreeMap::new();
    for row in rows {
        by_town.entry(row.municipality_id).or_default().insert(row.resident_id);
    }
    by_town.into_iter().map(|(town, residents)| (town, residents.into_iter().collect())).collect()
}

/// Marks what somebody does not want on a phone any more: it may have waited for days, for a quiet hour or for a provider.
async fn note_refusals(r: &mut Read, rows: &mut [Ready]) -> sqlx::Result<()> {
    for (town, residents) in by_town(rows) {
        let settings = contacts::settings(r, town, &residents).await?;
        let muted: HashSet<(ResidentId, String)> = store::muted_by(r, town, &residents).await?.into_iter().collect();
        for row in rows.iter_mut().filter(|row| row.municipality_id == town) {
            let is_danger = row.category == Category::Emergency.as_str();
            let takes = settings.get(&row.resident_id).is_none_or(|s| s.takes_push(is_danger));
            let is_muted = !is_danger && muted.contains(&(row.resident_id, row.category.clone()));
            // What clears a phone shows nothing.
            row.is_refused = row.purpose == SHOW && (!takes || is_muted);
        }
    }
    Ok(())
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

async fn send_unless(turn: &OneTurn<'_>, row: anyhow::Result<Row>) -> anyhow::Result<Sent> {
    let row = row?;
    if turn.is_over() {
        return Ok(Sent { row, verdict: Sending::Skipped, code: String::new() });
    }
    let (verdict, code) = tokio::select! {
        biased;
        // As if it had not been tried: sent again, it takes the place of the first on the phone.
        () = turn.late.cancelled() => (Sending::Skipped, String::new()),
        sent = async {
            match &row {
                Row::Message(row) => send(turn.app, turn.channel, row).await,
                Row::Live(row) => send_live(turn.app, turn.channel, row).await,
            }
        } => sent,
    };
    if matches!(
        verdict,
        Sending::Judged(
            Verdict::Credentials { .. }
                | Verdict::TokenPace
                | Verdict::ProjectPace { .. }
                | Verdict::Unreachable { .. }
                | Verdict::Unanswered
        )
    ) {
        turn.stopped.store(true, Ordering::Relaxed);
    }
    Ok(Sent { row, verdict, code })
}

/// What a lock screen says of a message, and what a provider learns of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockScreen<'a> {
    /// Before the sentence, where anybody may read it.
    pub title: Option<&'a str>,
    /// The sentence that is the same of each message of a kind.
    pub text: &'static str,
}

/// What a lock screen says of a message of a kind, whose title anybody may read, or may not.
pub fn lock_screen<'a>(language: Language, category: Category, title: Option<&'a str>) -> LockScreen<'a> {
    LockScreen { title, text: neutral(language, category.as_str()) }
}

/// The one sentence that passes a provider, by language; another where it is worth nothing later. Neither says what about.
fn neutral(language: Language, category: &str) -> &'static str {
    Category::parse(category).map_or(TextKey::Neutral, TextKey::of).sentence(language)
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
        purpose: SHOW,
        category: "account",
        text: neutral(Language::Nl, "account"),
        title: None,
        unread: 0,
        full_preview: false,
        expires_at: now + chrono::Duration::minutes(1),
    };
    match transmit(channel, &Outgoing::Message(&push), "fcm_token", now).await {
        (Verdict::Delivered | Verdict::TokenSuspect | Verdict::TokenDead { .. } | Verdict::DevicePace { .. }, _) => {
            Ok(())
        }
        (_, code) => Err(code),
    }
}

async fn transmit(channel: &Channel, what: &Outgoing<'_>, kind: &str, now: DateTime<Utc>) -> (Verdict, String) {
    match &channel.kind {
        Kind::Apns(client) => {
            if let Err(error) = client.token(now) {
                return (Verdict::Credentials { wait: None }, format!("our key does not sign: {error:#}"));
            }
            let judged =
                answered(channel.transport.send(|| client.request(what, now)).await, |a| apns::verdict(a, now));
            if matches!(judged.0, Verdict::Credentials { .. }) {
                client.forget(now);
            }
            judged
        }
        Kind::Fcm(client) => send_fcm(channel, client, what, kind, now).await,
    }
}

async fn send(app: &App, channel: &Channel, row: &Ready) -> (Sending, String) {
    if row.is_refused {
        return (Sending::NotWanted, String::new());
    }
    let (Some(target), Some(kind)) = (&row.target, &row.target_kind) else {
        return (Sending::Unbound, String::new());
    };
    let now = app.clock.now();
    if row.expires_at <= now {
        return (Sending::Expired, String::new());
    }
    if let Some(end) = row.waits_until {
        return (Sending::Waits(end), String::new());
    }
    let language = row.language.as_deref().or(row.locale.as_deref()).and_then(Language::parse).unwrap_or(Language::Nl);
    let push = Push {
        target,
        apns_id: row_id(row.message_id, row.device_id.0, &row.purpose),
        message: row.message_id,
        purpose: &row.purpose,
        category: &row.category,
        text: neutral(language, &row.category),
        title: row.title.as_deref(),
        unread: row.unread,
        full_preview: row.preview.as_deref() == Some("full"),
        expires_at: row.expires_at,
    };
    let (verdict, code) = transmit(channel, &Outgoing::Message(&push), kind, now).await;
    (Sending::Judged(verdict), code)
}

async fn send_live(app: &App, channel: &Channel, row: &LiveReady) -> (Sending, String) {
    let (Some(target), Some(kind)) = (&row.target, &row.target_kind) else {
        return (Sending::Unbound, String::new());
    };
    let event = match (row.ended, kind == "apns_token" && !row.held) {
        (true, _) => LiveEvent::End,
        (false, true) => LiveEvent::Start,
        (false, false) => LiveEvent::Update,
    };
    let worth = if row.ended { rules::live::LONGEST } else { rules::live::STALE };
    let (now, expires_at) = (app.clock.now(), row.as_of + worth);
    if expires_at <= now {
        return (Sending::Expired, String::new());
    }
    let state = row.state();
    let push = LivePush {
        target,
        apns_id: row_id(row.ticket_id, row.device_id.0, &format!("live {}", row.version)),
        ticket: row.ticket_id,
        event,
        number: &row.number,
        state: &state,
        as_of: row.as_of,
        is_urgent: row.urgent,
        language: row.locale.as_deref().and_then(Language::parse).unwrap_or(Language::Nl),
        expires_at,
    };
    let (verdict, code) = transmit(channel, &Outgoing::Live(&push), kind, now).await;
    (Sending::Judged(verdict), code)
}

async fn send_fcm(
    channel: &Channel,
    client: &fcm::FcmClient,
    what: &Outgoing<'_>,
    kind: &str,
    now: DateTime<Utc>,
) -> (Verdict, String) {
    let mut last: Option<(std::sync::Arc<str>, Verdict, String)> = None;
    // A token may have been withdrawn early: one more try, if there is a fresh one.
    for _ in 0..2 {
        let token = match client.token(now).await {
            Ok(token) => token,
            Err(error) => {
                let why = error.to_string();
                return match error {
                    fcm::TokenError::Refused { wait, .. } => (Verdict::Credentials { wait }, why),
                    fcm::TokenError::Unavailable { wait, .. } => (Verdict::Unreachable { wait }, why),
                };
            }
        };
        if let Some((_, verdict, code)) = last.take_if(|(before, ..)| *before == token) {
            return (verdict, code);
        }
        let answer = channel.transport.send(|| client.request(what, kind, &token, now)).await;
        let (verdict, code) = answered(answer, |a| fcm::verdict(a, now));
        if verdict != Verdict::Refused || !code.starts_with("401") {
            return (verdict, code);
        }
        client.forget(&token, now);
        last = Some((token, verdict, code));
    }
    last.map_or((Verdict::Refused, String::new()), |(_, verdict, code)| (verdict, code))
}

fn answered(
    answer: Result<http::Response<bytes::Bytes>, SendError>,
    judge: impl Fn(&http::Response<bytes::Bytes>) -> (Verdict, String),
) -> (Verdict, String) {
    match answer {
        Ok(answer) => judge(&answer),
        Err(SendError::Request(error)) => (Verdict::Unsendable, format!("{error:#}")),
        Err(error @ SendError::Connect(_)) => (Verdict::Unreachable { wait: None }, error.to_string()),
        Err(error @ SendError::Unanswered(_)) => (Verdict::Unanswered, error.to_string()),
        Err(error @ SendError::Unknown(_)) => (Verdict::Unknown, error.to_string()),
    }
}

/// Keeping house: rows too old to show are settled, settled rows past their keeping and devices not heard of are
/// forgotten.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let channels: &Channels = app.part();
    let now = app.clock.now();
    let days = |n| chrono::Duration::days(n);
    let mut done = 0;
    // A look first, and each by itself: where there is nothing to do nobody waits for it, and else not for long.
    let mut r = app.db.read().await?;
    for channel in channels.all() {
        let keys = store::expired(&mut r, channel.id, now, EXPIRE_CHUNK).await?;
        if !keys.is_empty() {
            let mut w = app.db.write().await?;
            done += store::expire(&mut w, &keys, now).await?;
            w.commit().await?;
        }
    }
    let before = first_uuid_at(now - days(app.config.retention.deliveries_days));
    // Of a town that was taken out of the configuration as well.
    for town in municipalities::every(&mut r).await? {
        if store::anything_old(&mut r, town, before).await? {
            let mut w = app.db.write().await?;
            done += store::purge(&mut w, town, before, PURGE_CHUNK).await?;
            w.commit().await?;
        }
    }
    // Whatever a day left behind: of a town that was taken out of the configuration too.
    if store::any_live_old(&mut r, now - LIVE_KEPT).await? {
        let mut w = app.db.write().await?;
        done += store::forget_live_old(&mut w, now - LIVE_KEPT, PURGE_CHUNK).await?;
        w.commit().await?;
    }
    let (silent, out) = (now - days(app.config.push.device_silent_days), now - SIGNED_OUT_LATELY);
    if store::any_device_old(&mut r, silent, out).await? {
        let mut w = app.db.write().await?;
        done += store::forget_devices(&mut w, silent, out, PURGE_CHUNK).await?;
        w.commit().await?;
    }
    Ok(Progress::from(usize::try_from(done).unwrap_or(usize::MAX)))
}
