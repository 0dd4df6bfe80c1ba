//! What e-mail does by itself: sends what is due, one after the other on one connection, and keeps house.
//!
//! One process at a time sends, and holds the relay by a row that lapses. No transaction is open while the relay is spoken to; each mail
//! is settled before the next is begun, so that a process that is killed leaves one whose fate nobody knows: it is sent again, with the same
//! Message-ID.

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use lettre::Address;
use tokio::time::Instant;

use super::{
    Post,
    message::{self, Parts},
    model::{Kind, State, Why},
    rules::{self, Phase, Reply, Verdict},
    store::{self, Ready},
    transport::{Connection, Transport},
    unsubscribing,
};
use crate::{
    contacts::{self, Dropped, Way},
    municipalities::{self, Municipalities},
    platform::{App, Progress, db::Write, ids::first_uuid_at, language::Language},
    residents,
};

/// Answers of the relay for one mail, with those for a new connection, each as slow as it may be; and some time to write down what came of it.
const ANSWERS: i64 = 13;
const TO_SETTLE: Duration = Duration::minutes(1);
/// For how long a turn goes on: then a server that is asked to stop does so, and other processes have their turn.
const TURN: std::time::Duration = std::time::Duration::from_secs(5);
/// Rows forgotten in one transaction.
const PURGE_CHUNK: i64 = 5_000;
/// Characters that are kept of why the relay does not take mail.
const MAX_WHY: usize = 300;

/// Until when a process that sends a mail now holds the relay: no other sends the same one meanwhile, and one that is killed is missed no
/// longer.
fn held_until(app: &App, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = i64::try_from(app.config.mail.timeout_seconds).unwrap_or(i64::from(u16::MAX));
    now + Duration::seconds(seconds * ANSWERS) + TO_SETTLE
}

/// A mail that is ready to be sent.
struct Written {
    from: Address,
    to: Address,
    bytes: Vec<u8>,
}

/// What is to be done with a mail.
enum Now {
    /// It is sent.
    Send(Written),
    /// It is not, and that is its end.
    End(Why),
    /// Somebody cancelled it meanwhile.
    Nothing,
}

/// Sends what is due, and ends what is due no more.
///
/// # Errors
/// The database.
pub async fn step(app: &App) -> anyhow::Result<Progress> {
    let (post, now) = (app.part::<Post>(), app.clock.now());
    // A look first: a write transaction each second would be in everybody's way on SQLite.
    let look = store::look(&mut app.db.read().await?, now).await?;
    let mut done = 0;
    if look.ends {
        let mut w = app.db.write_relaxed().await?;
        done += usize::try_from(store::expire(&mut w, now).await?).unwrap_or(usize::MAX);
        w.commit().await?;
    }
    let Some(transport) = &post.0.transport else { return Ok(Progress::from(done)) };
    if !look.due || look.paused_until.is_some_and(|until| until > now) {
        return Ok(Progress::from(done));
    }
    let Ok(_one) = post.0.sending.try_lock() else { return Ok(Progress::from(done)) };
    let mut w = app.db.write_relaxed().await?;
    if !store::hold(&mut w, post.0.holder, now, held_until(app, now)).await? {
        return Ok(Progress::from(done));
    }
    w.commit().await?;
    let sent = turn(app, post, transport).await;
    let mut w = app.db.write_relaxed().await?;
    store::release(&mut w, post.0.holder).await?;
    w.commit().await?;
    Ok(Progress::from(done.saturating_add(sent?)))
}

/// Sends so many on one connection, until the relay takes no more.
async fn turn(app: &App, post: &Post, transport: &Transport) -> anyhow::Result<usize> {
    let now = app.clock.now();
    let due = store::due(&mut app.db.read().await?, now, i64::from(app.config.mail.batch)).await?;
    let (mut connection, mut done, began) = (None, 0, Instant::now());
    for row in due {
        if began.elapsed() > TURN {
            break;
        }
        let written = match prepared(app, &row).await? {
            Now::Send(written) => written,
            Now::End(why) => {
                let mut w = app.db.write_relaxed().await?;
                let ended = store::ended(&mut w, (row.municipality_id, row.id), (State::Failed, why), now).await?;
                w.commit().await?;
                done += usize::from(ended);
                continue;
            }
            Now::Nothing => continue,
        };
        let (mut current, phase, reply) = match send(transport, connection.take(), &written).await {
            Ok(sent) => sent,
            Err(why) => {
                pause(app, &why).await?;
                return Ok(done);
            }
        };
        let verdict = rules::verdict(phase, &reply);
        if verdict == Verdict::Channel {
            // Where it broke over one that it was told of, the others are tried before that comes again.
            if phase != Phase::Channel {
                settle(app, post, &row, (verdict, &told(&reply))).await?;
            }
            pause(app, &told(&reply)).await?;
            return Ok(done);
        }
        let is_ours = settle(app, post, &row, (verdict, &told(&reply))).await?;
        done += 1;
        anyhow::ensure!(is_ours, "another process took the relay, as this one was silent for too long");
        let goes_on = match verdict {
            Verdict::Sent => true,
            Verdict::Unanswered => false,
            _ => current.reset().await,
        };
        connection = Some(current).filter(|_| goes_on);
    }
    if let Some(connection) = connection {
        connection.close().await;
    }
    Ok(done)
}

/// Sends a mail on the connection that there is, or on a new one: also where that one took some and now takes none, as a relay does that takes
/// so many on each, or closes one that it has had for a while. What a new one says is so.
///
/// # Errors
/// Why there is no connection.
async fn send(
    transport: &Transport,
    used: Option<Connection>,
    mail: &Written,
) -> Result<(Connection, Phase, Reply), String> {
    if let Some(mut current) = used {
        let (phase, reply) = current.send(mail.from.clone(), mail.to.clone(), &mail.bytes).await;
        if phase != Phase::Channel {
            return Ok((current, phase, reply));
        }
    }
    let mut fresh = transport.connect().await?;
    let (phase, reply) = fresh.send(mail.from.clone(), mail.to.clone(), &mail.bytes).await;
    Ok((fresh, phase, reply))
}

/// A mail as it is sent, if it still is to be: they must live here still, its address must be theirs, and they must want it.
async fn prepared(app: &App, row: &Ready) -> anyhow::Result<Now> {
    let towns: &Municipalities = app.part();
    let mut r = app.db.read().await?;
    if !store::waits(&mut r, (row.municipality_id, row.id)).await? {
        return Ok(Now::Nothing);
    }
    // Of a town that is served no more nobody is told anything.
    let Ok(town) = towns.get(row.municipality_id) else { return Ok(Now::End(Why::AddressGone)) };
    if row.kind == Kind::Message {
        let known = residents::spoken_to(&mut r, town, &[row.resident_id]).await?;
        if !known.iter().any(|(.., state)| *state == residents::State::Active) {
            return Ok(Now::End(Why::AddressGone));
        }
        let mut settings = contacts::settings(&mut r, town.id, &[row.resident_id]).await?;
        let settings = settings.remove(&row.resident_id).unwrap_or_default();
        if settings.never_digital || settings.email.as_deref() != Some(row.address.as_str()) {
            return Ok(Now::End(Why::AddressGone));
        }
        let wants_it = settings.announcements_by_email || !row.may_unsubscribe;
        if !wants_it || !settings.steps.contains(&Way::Mail) {
            return Ok(Now::End(Why::AddressGone));
        }
    }
    drop(r);
    let config = &app.config.mail;
    let language = Language::parse(&row.language).unwrap_or_else(|| town.language_for(None));
    let unsubscribe = unsubscribing::token(town, row.resident_id)
        .filter(|_| row.may_unsubscribe)
        .and_then(|token| app.config.server.public_url.join(&format!("/mail/unsubscribe/{token}")).ok());
    let link = (row.kind == Kind::Message).then_some(app.config.sessions.app_link.as_str());
    let parts = Parts {
        id: row.id,
        from: &config.from,
        town: town.name(language),
        answers_to: &town.contact.email,
        to: &row.address,
        language,
        subject: &row.subject,
        text: &row.body,
        link,
        unsubscribe: unsubscribe.as_ref().map(url::Url::as_str),
    };
    let address = |text: &str| text.parse::<Address>().context("an e-mail address cannot be written");
    let returns_to = rules::returns_to(&config.bounces, row.id).unwrap_or_else(|| config.from.clone());
    // What cannot be written is at fault itself, and holds up no other.
    let written = message::bytes(&parts, app.clock.now())
        .and_then(|bytes| Ok(Written { from: address(&returns_to)?, to: address(&row.address)?, bytes }));
    Ok(match written {
        Ok(written) => Now::Send(written),
        Err(error) => {
            tracing::warn!(municipality = town.key, mail = %row.id, error = format!("{error:#}"), "a mail cannot be written");
            Now::End(Why::Refused)
        }
    })
}

/// What the relay said, to be kept: its codes, and not its words, which may name whom the mail is for.
fn told(reply: &Reply) -> String {
    match reply {
        Reply::Accepted => String::new(),
        Reply::Refused { code, text } => match rules::enhanced(text) {
            Some([class, subject, detail]) => format!("{code} {class}.{subject}.{detail}"),
            None => code.to_string(),
        },
        Reply::Lost => "no answer".to_owned(),
    }
}

/// Nobody sends for a while: what waits is not at fault.
async fn pause(app: &App, why: &str) -> anyhow::Result<()> {
    let now = app.clock.now();
    let why: String = why.chars().take(MAX_WHY).collect();
    let mut w = app.db.write_relaxed().await?;
    let before = store::channel(&mut w).await?;
    let until = rules::paused_until(before.fails + 1, now);
    store::pause(&mut w, until, &why, now).await?;
    w.commit().await?;
    tracing::error!(why, %until, fails = before.fails + 1, "the relay takes no e-mail; it is tried again");
    Ok(())
}

/// Writes down what became of a mail; false where another process took the relay meanwhile.
async fn settle(app: &App, post: &Post, row: &Ready, (verdict, why): (Verdict, &str)) -> anyhow::Result<bool> {
    let (now, key) = (app.clock.now(), (row.municipality_id, row.id));
    let mut w = app.db.write_relaxed().await?;
    let is_ours = store::hold_on(&mut w, post.0.holder, held_until(app, now)).await?;
    let again = rules::again(row.tries + 1, now).min(row.expires_at);
    let is_gone = verdict == Verdict::Bounced && rules::is_believed(store::channel(&mut w).await?.refused);
    let noted = match verdict {
        Verdict::Sent => {
            store::open(&mut w, now).await?;
            store::sent(&mut w, key, now).await?
        }
        Verdict::Bounced if is_gone => {
            store::refused(&mut w).await?;
            drop_address(&mut w, row, now).await?;
            store::ended(&mut w, key, (State::Bounced, Why::NoSuchAddress), now).await?
        }
        // The relay says that of everybody; or not yet.
        Verdict::Bounced | Verdict::Later | Verdict::Channel => store::again(&mut w, key, again, (0, why)).await?,
        Verdict::Unanswered if row.unanswered == 0 => store::again(&mut w, key, again, (1, why)).await?,
        Verdict::Unanswered => store::ended(&mut w, key, (State::Failed, Why::Unanswered), now).await?,
        Verdict::Failed => store::ended(&mut w, key, (State::Failed, Why::Refused), now).await?,
    };
    w.commit().await?;
    if !noted {
        tracing::info!(mail = %row.id, "a mail was cancelled while it was sent");
    }
    Ok(is_ours)
}

/// Sends nothing to an address any more that there is not.
async fn drop_address(w: &mut Write, row: &Ready, now: DateTime<Utc>) -> sqlx::Result<()> {
    let (town, resident) = (row.municipality_id, row.resident_id);
    let was_theirs = match row.kind {
        Kind::Message => contacts::drop_email(w, town, resident, &row.address, (Dropped::Bounced, now)).await?,
        Kind::Code => contacts::code_bounced(w, (town, resident), &row.address).await?,
    };
    tracing::info!(municipality = %town, was_theirs, "an e-mail address does not exist");
    Ok(())
}

/// Forgets what was settled long ago.
///
/// # Errors
/// The database.
pub async fn housekeeping(app: &App) -> anyhow::Result<Progress> {
    let before = first_uuid_at(app.clock.now() - Duration::days(app.config.retention.deliveries_days));
    let mut done = 0;
    let mut r = app.db.read().await?;
    // Of a town that was taken out of the configuration as well.
    for town in municipalities::every(&mut r).await? {
        if store::any_old(&mut r, town, before).await? {
            let mut w = app.db.write().await?;
            done += store::purge(&mut w, town, before, PURGE_CHUNK).await?;
            w.commit().await?;
        }
    }
    Ok(Progress::from(usize::try_from(done).unwrap_or(usize::MAX)))
}
