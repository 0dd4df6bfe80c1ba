//! What a batch of answers comes to, for its rows and for the channel, and how that is kept.

use std::{
    collections::BTreeMap,
    sync::{PoisonError, atomic::Ordering},
    time::Duration,
};

use chrono::{DateTime, Utc};

use super::{
    channels::{Channel, held_until},
    model::DeviceId,
    rules::{self, Fate, Judgement, Verdict, Why},
    store::{self, LiveKey, LiveReady, LiveTried, Undelivered},
    turn::{OneTurn, Row, Sending, Sent},
};
use crate::platform::{ids::MunicipalityId, metrics::PushOutcome, transactions::is_transient};

/// How often settling is tried when the database is busy.
const SETTLE_TRIES: u32 = 5;

/// Settles a batch, again if the database was busy: what was sent must not be sent twice for want of a note.
pub async fn settle_surely(turn: &OneTurn<'_>, sent: Vec<anyhow::Result<Sent>>) -> anyhow::Result<usize> {
    let mut failure = None;
    let sent: Vec<Sent> = sent.into_iter().filter_map(|s| s.map_err(|e| failure = Some(e)).ok()).collect();
    // What was not tried is no progress: nothing about it changed.
    let count = sent.iter().filter(|s| !matches!(s.verdict, Sending::Skipped)).count();
    try_settling(turn, judge(turn, sent, false)).await?;
    failure.map_or(Ok(count), Err)
}

/// Settles what was withheld until now: of this turn nothing more will be known.
pub async fn settle_withheld(turn: &OneTurn<'_>) -> anyhow::Result<()> {
    // A channel that stopped has a fault of its own: the rows stay as they were, and are sent when it is mended.
    if turn.stopped.load(Ordering::Relaxed) || turn.withheld.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
        return Ok(());
    }
    try_settling(turn, judge(turn, Vec::new(), true)).await
}

async fn try_settling(turn: &OneTurn<'_>, settlement: Settlement) -> anyhow::Result<()> {
    if matches!(settlement.next, Next::Pause(_)) {
        turn.stopped.store(true, Ordering::Relaxed);
    }
    let mut tries = 0;
    loop {
        match settle(turn, &settlement).await {
            Err(error) if tries < SETTLE_TRIES && error.downcast_ref().is_some_and(is_transient) => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20 << tries)).await;
            }
            settled => return settled,
        }
    }
}

/// What the channel itself must do after a batch.
enum Next {
    Open,
    Pause(Pause),
    /// The probe told nothing: another row is tried at once.
    Again,
    Unchanged,
}

/// Why a channel stops.
struct Pause {
    why: Why,
    reason: String,
    /// No shorter than this.
    least: chrono::Duration,
    /// Whether its connection is of no use any more.
    close: bool,
}

/// What a batch comes to.
struct Settlement {
    at: DateTime<Utc>,
    delivered: Vec<store::Key>,
    undelivered: Vec<Undelivered>,
    dead: Vec<(MunicipalityId, DeviceId)>,
    suspect: Vec<(MunicipalityId, DeviceId)>,
    live: Live,
    next: Next,
}

/// The same of numbers that phones show.
#[derive(Default)]
struct Live {
    /// Those that go on.
    tried: Vec<LiveTried>,
    /// Those that are over, or go nowhere any more, as they were sent.
    over: Vec<(LiveKey, i64)>,
    /// Those that a phone was asked to start.
    started: Vec<LiveKey>,
    /// Phones whose token to start one is dead.
    unstartable: Vec<(MunicipalityId, DeviceId)>,
}

fn judge(turn: &OneTurn<'_>, sent: Vec<Sent>, last: bool) -> Settlement {
    let OneTurn { app, channel, .. } = turn;
    let now = app.clock.now();
    let mut withheld = turn.withheld.lock().unwrap_or_else(PoisonError::into_inner);
    let (judged, early) = judged(channel, turn.probing, &sent, !withheld.is_empty());
    let mut sent = withheld.drain(..).chain(sent).collect::<Vec<_>>();
    // A channel that goes wrong refuses every token, and the first answers come alone: of a few, nobody knows whether the token is bad or
    // the channel is. A probe is one row, and decides by itself.
    if early && !judged.doubt && !last && !turn.probing {
        let refused = |s: &Sent| {
            !s.row.is_live() && matches!(s.verdict, Sending::Judged(Verdict::TokenSuspect | Verdict::TokenDead { .. }))
        };
        let (suspect, rest) = sent.into_iter().partition(refused);
        (*withheld, sent) = (suspect, rest);
    }
    drop(withheld);
    let next = next(&sent, judged, turn.probing, turn.paced);
    if matches!(next, Next::Pause(_)) {
        channel.answers.lock().unwrap_or_else(PoisonError::into_inner).stopped();
    }
    let paused = match &next {
        Next::Pause(pause) => Some(pause.why),
        _ => None,
    };
    let (mut delivered, mut undelivered) = (Vec::with_capacity(sent.len()), Vec::new());
    let (mut dead, mut suspect, mut live) = (Vec::new(), Vec::new(), Live::default());
    let mut counted: BTreeMap<&'static str, u64> = BTreeMap::new();
    for s in sent {
        let fate = match &s.verdict {
            Sending::Unbound => Fate::Settled("unbound"),
            Sending::Expired => Fate::Settled("expired"),
            Sending::NotWanted => Fate::Settled("not_wanted"),
            Sending::Waits(end) => Fate::Behind(*end),
            Sending::Skipped => Fate::Released,
            Sending::Judged(Verdict::TokenSuspect | Verdict::TokenDead { .. }) if judged.doubt => {
                // Whichever row is the probe next time, let it not be this one.
                Fate::Retry(now + rules::pause(Why::Doubted, 9, chrono::Duration::zero(), 0.0))
            }
            Sending::Judged(Verdict::Refused)
                if judged.others_pass && paused.is_none() && rules::is_the_token(s.row.attempts() + 1) =>
            {
                Fate::Settled("token_suspect")
            }
            // The channel is at fault and waits as a whole; this row only goes behind the others.
            Sending::Judged(Verdict::Refused) if paused == Some(Why::Refused) => rules::behind(now, s.row.expires_at()),
            Sending::Judged(Verdict::Unknown | Verdict::Unavailable { .. })
                if matches!(paused, Some(Why::Unreachable | Why::Unavailable | Why::Asked)) =>
            {
                rules::behind(now, s.row.expires_at())
            }
            Sending::Judged(verdict) => {
                let (attempt, urgent) = (s.row.attempts() + 1, s.row.is_urgent());
                rules::after(verdict, attempt, urgent, (now, s.row.expires_at()), app.ids.fraction())
            }
        };
        if matches!(s.verdict, Sending::Judged(Verdict::Refused)) && paused.is_none() {
            tracing::warn!(channel = channel.name, code = s.code, "a provider refuses one push; it is set aside");
        }
        let label = match &fate {
            Fate::Settled(outcome) => outcome,
            Fate::Behind(_) if matches!(s.verdict, Sending::Waits(_)) => "waits",
            Fate::Retry(_) | Fate::Behind(_) => "retry",
            Fate::Released => "released",
        };
        *counted.entry(label).or_default() += 1;
        let row = match s.row {
            Row::Message(row) => row,
            Row::Live(row) => {
                if matches!((&s.verdict, &fate), (Sending::Judged(Verdict::TokenSuspect), Fate::Settled(_))) {
                    tracing::warn!(channel = channel.name, code = s.code, "a Live Activity is refused, and ends");
                }
                settled_live(&mut live, &row, (&s.verdict, fate), s.code, turn.read_from);
                continue;
            }
        };
        let device = (row.municipality_id, row.device_id);
        match (&s.verdict, &fate) {
            (Sending::Judged(Verdict::TokenDead { since }), Fate::Settled(_))
                if rules::token_is_gone(row.registered_at.unwrap_or(now), *since, turn.read_from) =>
            {
                dead.push(device);
            }
            (_, Fate::Settled("token_suspect")) => suspect.push(device),
            _ => {}
        }
        let key = (row.municipality_id, row.message_id, row.device_id, row.purpose);
        let (state, outcome, not_before, counts) = match fate {
            Fate::Settled("delivered") => {
                delivered.push(key);
                continue;
            }
            Fate::Settled(outcome) => ("settled", Some(outcome), now, 1),
            Fate::Retry(at) => ("ready", None, at, 1),
            Fate::Behind(at) => ("ready", None, at, 0),
            // As if it had never been looked at.
            Fate::Released => continue,
        };
        undelivered.push(Undelivered { key, state, outcome, code: s.code, not_before, counts });
    }
    for (outcome, n) in counted {
        app.metrics.pushes.get_or_create(&PushOutcome { provider: channel.provider, outcome }).inc_by(n);
    }
    Settlement { at: now, delivered, undelivered, dead, suspect, live, next }
}

/// What one answer comes to for a number that a phone shows. A token that is dead ends its activity, and says nothing of the phone.
fn settled_live(
    live: &mut Live,
    row: &LiveReady,
    (verdict, fate): (&Sending, Fate),
    code: String,
    read_from: DateTime<Utc>,
) {
    let key = row.key();
    let starts = row.target_kind.as_deref() == Some("apns_token") && !row.held && !row.ended;
    let mut tried = LiveTried { key, version: row.version, due_at: None, attempts: 0, code, told: true };
    match fate {
        Fate::Settled("delivered") => {
            if row.ended {
                return live.over.push((key, row.version));
            }
            if starts {
                live.started.push(key);
            }
        }
        Fate::Settled("unbound") if !row.lives => return live.over.push((key, row.version)),
        // Written anew, as it stands now.
        Fate::Settled("expired") => tried.told = false,
        Fate::Settled("token_dead" | "token_suspect") => {
            let since = match verdict {
                Sending::Judged(Verdict::TokenDead { since }) => *since,
                _ => None,
            };
            if rules::token_is_gone(row.known_at.unwrap_or(read_from), since, read_from) {
                // One that is only suspect may be refused for our settings, and is good again with them.
                if starts && matches!(verdict, Sending::Judged(Verdict::TokenDead { .. })) {
                    live.unstartable.push((row.municipality_id, row.device_id));
                }
                return live.over.push((key, row.version));
            }
        }
        // Nothing comes after an end.
        Fate::Settled(_) if row.ended => return live.over.push((key, row.version)),
        Fate::Settled(_) => {}
        Fate::Retry(at) => (tried.due_at, tried.attempts) = (Some(at), row.attempts + 1),
        Fate::Behind(at) => (tried.due_at, tried.attempts) = (Some(at), row.attempts),
        // As if it had never been looked at.
        Fate::Released => return,
    }
    live.tried.push(tried);
}

async fn settle(turn: &OneTurn<'_>, s: &Settlement) -> anyhow::Result<()> {
    let OneTurn { app, channel, .. } = turn;
    let now = s.at;
    let mut w = app.db.write_relaxed().await?;
    let until = held_until(app.clock.now(), app.config.push.timeout_seconds);
    anyhow::ensure!(
        store::extend_lease(&mut w, channel.id, channel.holder, until).await?,
        "{} was silent for so long that another process took it over; the rows are that one's",
        channel.name
    );
    store::settle_delivered(&mut w, &s.delivered, now).await?;
    store::settle_undelivered(&mut w, &s.undelivered, now).await?;
    store::forget_dead(&mut w, &s.dead, turn.read_from).await?;
    store::quarantine(&mut w, &s.suspect, turn.read_from).await?;
    store::note_started(&mut w, &s.live.started, now).await?;
    store::settle_live(&mut w, &s.live.tried).await?;
    store::end_live(&mut w, &s.live.over).await?;
    store::forget_start(&mut w, &s.live.unstartable, turn.read_from).await?;
    let before = store::channel(&mut w, channel.id).await?;
    let paused = before.paused(now);
    let (mut told, mut told_until) = (None, None);
    match &s.next {
        Next::Unchanged => {}
        Next::Open => {
            store::set_channel(&mut w, channel.id, &store::NewState::OPEN, now).await?;
        }
        Next::Again => store::set_channel(&mut w, channel.id, &paused, now).await?,
        Next::Pause(pause) => {
            let same = before.pause_kind.as_deref() == Some(pause.why.as_str());
            // Batches that ran side by side pause a channel once.
            let pauses = match before.state.as_str() {
                "paused" if same => before.pauses,
                _ if same => before.pauses + 1,
                _ => 1,
            };
            let wait = rules::pause(pause.why, pauses, pause.least, app.ids.fraction());
            let told_before = before.told_at.filter(|_| same);
            if told_before.is_none() && rules::is_worth_telling(pauses, wait) {
                told = Some(pause);
                told_until = Some(now + wait);
            }
            let new = store::NewState {
                kind: Some(pause.why.as_str()),
                reason: Some(&pause.reason),
                until: Some(now + wait),
                pauses,
                // Of a fault that was told, its end is told as well, though it became another one meanwhile.
                told_at: told.map(|_| now).or(before.told_at),
                ..paused
            };
            store::set_channel(&mut w, channel.id, &new, now).await?;
        }
    }
    w.commit().await?;
    match &s.next {
        Next::Pause(pause) => {
            channel.show(app, Some(pause.why.as_str()));
            if pause.close {
                channel.transport.close();
            }
        }
        Next::Open => channel.show(app, None),
        Next::Again | Next::Unchanged => {}
    }
    if let Some(pause) = told {
        tracing::error!(
            channel = channel.name,
            reason = pause.reason,
            until = told_until.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            "push is paused; every message is kept and sent when it is mended"
        );
    }
    if matches!(s.next, Next::Open) && before.told_at.is_some() {
        tracing::info!(channel = channel.name, "push works again");
    }
    Ok(())
}

/// What the answers of this batch, with those of late, say about the channel; and whether too few answered to say more.
fn judged(channel: &Channel, probing: bool, sent: &[Sent], waiting: bool) -> (Judgement, bool) {
    let signs: Vec<_> = sent
        .iter()
        .filter_map(|s| match &s.verdict {
            Sending::Judged(verdict) => {
                let sign = rules::sign(verdict)?;
                // A probe decides by itself, whatever it is.
                let sign = if s.row.is_live() && !probing { sign.of_live()? } else { sign };
                Some((s.row.citizen(), sign))
            }
            _ => None,
        })
        .collect();
    let mut answers = channel.answers.lock().unwrap_or_else(PoisonError::into_inner);
    let judged = answers.add(&signs, waiting);
    (judged, answers.is_early())
}

fn next(sent: &[Sent], judged: Judgement, probing: bool, paced: bool) -> Next {
    let all = || {
        sent.iter().filter_map(|s| match &s.verdict {
            Sending::Judged(verdict) => Some((verdict, s.code.as_str())),
            _ => None,
        })
    };
    let zero = chrono::Duration::zero();
    let pause = |why, reason: String, least, close| Next::Pause(Pause { why, reason, least, close });
    // The longest wait that was asked for, and the words it came with.
    let asked = |wait_of: fn(&Verdict) -> Option<Option<chrono::Duration>>| {
        all().filter_map(|(v, code)| Some((wait_of(v)?, code))).max_by_key(|(wait, _)| *wait)
    };
    if let Some((wait, code)) = asked(|v| match v {
        Verdict::Credentials { wait } => Some(*wait),
        _ => None,
    }) {
        let why = if wait.is_some() { Why::Asked } else { Why::Refused };
        let least = wait.map_or(zero, |w| w.max(rules::PACE_FLOOR));
        return pause(why, format!("our credentials are refused: {code}"), least, true);
    }
    if let Some((_, code)) = all().find(|(v, _)| **v == Verdict::TokenPace) {
        return pause(Why::Asked, code.to_owned(), rules::TOKEN_PACE, true);
    }
    if let Some((wait, code)) = asked(|v| match v {
        Verdict::ProjectPace { wait } => Some(*wait),
        _ => None,
    }) {
        return pause(Why::Asked, code.to_owned(), wait.unwrap_or(rules::PACE_FLOOR), false);
    }
    if let Some((wait, code)) = asked(|v| match v {
        Verdict::Unreachable { wait } => Some(*wait),
        Verdict::Unanswered => Some(None),
        _ => None,
    }) {
        return match wait {
            Some(wait) => pause(Why::Asked, code.to_owned(), wait, false),
            None => pause(Why::Unreachable, code.to_owned(), zero, false),
        };
    }
    if judged.doubt {
        let reason = "so many tokens are refused that our environment, topic or project must be wrong";
        return pause(Why::Doubted, reason.to_owned(), zero, true);
    }
    let first = |wanted: fn(&Verdict) -> bool| all().find(|(v, _)| wanted(v)).map(|(_, code)| code.to_owned());
    if judged.refused {
        let code = first(|v| *v == Verdict::Refused).unwrap_or_default();
        return pause(Why::Refused, format!("all are refused: {code}"), zero, true);
    }
    if judged.pace
        && let Some((wait, code)) = asked(|v| match v {
            Verdict::DevicePace { wait } => Some(*wait),
            _ => None,
        })
    {
        return pause(Why::Asked, code.to_owned(), wait.unwrap_or(rules::PACE_FLOOR), false);
    }
    let trouble = || {
        if let Some((Some(wait), code)) = asked(|v| match v {
            Verdict::Unavailable { wait, .. } => Some(*wait),
            _ => None,
        }) {
            return pause(Why::Asked, code.to_owned(), wait, false);
        }
        let floor = all().filter_map(|(v, code)| match v {
            Verdict::Unavailable { floor, .. } => Some((*floor, code)),
            _ => None,
        });
        match floor.max_by_key(|(floor, _)| *floor) {
            Some((floor, code)) => pause(Why::Unavailable, code.to_owned(), floor, false),
            // A connection on which nobody is answered any more is not asked again.
            None => pause(Why::Unreachable, first(|v| *v == Verdict::Unknown).unwrap_or_default(), zero, true),
        }
    };
    if judged.trouble {
        return trouble();
    }
    if !probing {
        return Next::Unchanged;
    }
    // The probe: whatever shows that the provider lets us in opens the channel.
    match all().next() {
        Some((Verdict::Unknown | Verdict::Unavailable { .. }, _)) => trouble(),
        Some((Verdict::Refused, code)) => pause(Why::Refused, format!("refused: {code}"), zero, true),
        Some((Verdict::Unsendable, _)) => Next::Again,
        // It asks to wait, still: the others would all ask again, and be told the same.
        Some((Verdict::DevicePace { wait }, code)) if paced => {
            pause(Why::Asked, code.to_owned(), wait.unwrap_or(zero), false)
        }
        Some(_) => Next::Open,
        None if sent.iter().any(|s| {
            matches!(s.verdict, Sending::Unbound | Sending::Expired | Sending::NotWanted | Sending::Waits(_))
        }) =>
        {
            Next::Again
        }
        // We were told to stop.
        None => Next::Unchanged,
    }
}
