//! Reaching a phone: devices, the outbox, and the channels to Apple and Google.
//!
//! Words: a *device* is an installation of the app, bound to the citizen who last signed in on it; a *channel* is the
//! way to one provider for one app and environment; a *delivery* is a row of the outbox, one for each message and
//! device. Push knows categories, never documents: what passes a provider is an id, a neutral sentence and a number.
//!
//! A delivery is at least once: sent over HTTP/2 by the process that holds the channel, settled in batches. A process
//! that dies loses its hold, not the row. A channel that fails is paused as a whole and touches neither row nor device: one
//! row finds out when it works again. A phone that fails is set aside, and never stops the others.

mod addresses;
pub mod apns;
pub mod channels;
pub mod contract;
mod contract_live;
pub mod delivery;
pub mod devices;
pub mod fcm;
pub mod live;
pub mod live_payload;
mod model;
pub mod payload;
pub mod preferences;
mod ration;
mod retry_after;
pub mod routes;
pub mod rules;
mod settling;
pub(crate) mod store;
pub mod transport;
mod turn;
pub mod value;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::{
    identity::SessionId,
    municipalities::Municipality,
    platform::{
        App,
        db::{Built, Read, Write},
        http,
        ids::{MunicipalityId, ResidentId},
    },
};

pub use delivery::{LockScreen, lock_screen};
pub use model::{Category, ChannelId, DeviceId, Open, Outgoing, Push, Recipient};
pub use store::PREFERENCES;
pub(crate) use store::{erase_deliveries, erase_devices, erase_settings, notified_at, waiting};

/// Queues a push for each of a resident's devices, in the caller's transaction: both the message and its rows, or
/// neither. Nothing is shown from `until` on, and quiet hours that would hold it past `by` are overtaken.
/// Returns how many devices will hear of it.
///
/// # Errors
/// The database.
pub async fn queue(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (recipient, category): (&Recipient<'_>, Category),
    (until, by): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> sqlx::Result<u64> {
    let now = app.clock.now();
    let reach = store::reach(w, town.id, recipient.resident, category).await?;
    if reach.muted || !reach.reachable {
        return Ok(0);
    }
    let quiet = preferences::quiet(reach.quiet_from.zip(reach.quiet_until));
    let shown = rules::after_quiet_hours(quiet, town.zone, now);
    let urgent = category.is_urgent() || by.is_some_and(|by| shown > by);
    let not_before = if urgent { now } else { shown };
    let longest = not_before + Duration::hours(app.config.push.expires_hours);
    let expires_at = until.map_or(longest, |until| longest.min(until));
    if expires_at <= not_before {
        // It would come after what it speaks of.
        return Ok(0);
    }
    let lane = i64::from(!urgent);
    let request_id = http::request_id();
    let open = recipient.open;
    let sending =
        store::Sending { category, open, lane, not_before, expires_at, useful_until: by, request_id: &request_id };
    // No session has the id nil.
    let to = (recipient.resident, recipient.except.unwrap_or(SessionId(Uuid::nil())));
    store::queue(w, (town.id, recipient.message), to, &sending, now).await
}

/// Not shown before, and not after.
type Between = (DateTime<Utc>, DateTime<Utc>);
/// What phones have in common that are queued together: when they show it, and what they say.
type Alike<'a> = (Between, Option<Open<'a>>);

/// Whether a phone of somebody shows news of a kind: the condition on a row `r` of `resident`, as a statement has it. A phone
/// shows it whose session goes on and whose token is good, unless its citizen muted the kind. This says it for all rooms.
pub fn reachable(category: Category) -> Built {
    let mut condition = Built::default();
    condition.sql("(exists (").sql(store::PHONE).sql(")");
    if category != Category::Emergency {
        condition
            .sql(" and not exists (")
            .sql(store::MUTES)
            .sql(" and m.category = '")
            .sql(category.as_str())
            .sql("')");
    }
    condition.sql(")");
    condition
}

/// When a phone shows what is sent at an instant: after the quiet hours that its citizen chose, or the usual ones.
pub fn shown_at(town: &Municipality, chosen: Option<(i64, i64)>, at: DateTime<Utc>) -> DateTime<Utc> {
    rules::after_quiet_hours(preferences::quiet(chosen), town.zone, at)
}

/// Queues a push for each device of many residents, each with a message of their own, in the caller's transaction. Nothing is
/// shown after `valid_until`. Returns those who have a phone that will show it: not who muted the kind, nor whose quiet hours go on
/// until it is over.
///
/// # Errors
/// The database.
pub async fn queue_many(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    rows: &[Recipient<'_>],
    (category, valid_until): (Category, DateTime<Utc>),
) -> sqlx::Result<HashSet<ResidentId>> {
    let now = app.clock.now();
    let ids: Vec<ResidentId> = rows.iter().map(|recipient| recipient.resident).collect();
    let quiet: HashMap<_, _> =
        store::quiet_of(w, town.id, &ids).await?.into_iter().map(|(id, from, until)| (id, (from, until))).collect();
    let muted = match category {
        Category::Emergency => Vec::new(),
        _ => store::muted_by(w, town.id, &ids).await?,
    };
    let muted: HashSet<ResidentId> =
        muted.into_iter().filter(|(_, kind)| kind == category.as_str()).map(|(id, _)| id).collect();
    let longest = now + Duration::hours(app.config.push.expires_hours);
    // Those whose phones keep still until the same moment, and say the same.
    let mut queued: BTreeMap<Alike<'_>, Vec<(ResidentId, Uuid)>> = BTreeMap::new();
    for recipient in rows.iter().filter(|recipient| !muted.contains(&recipient.resident)) {
        let shown = || shown_at(town, quiet.get(&recipient.resident).copied(), now);
        let not_before = if category.is_urgent() { now } else { shown() };
        let expires_at = (not_before + (longest - now)).min(valid_until);
        if not_before < expires_at {
            let alike = ((not_before, expires_at), recipient.open);
            queued.entry(alike).or_default().push((recipient.resident, recipient.message));
        }
    }
    let (lane, request_id) = (i64::from(!category.is_urgent()), http::request_id());
    let mut shown = HashSet::new();
    for (((not_before, expires_at), open), rows) in queued {
        let sending = store::Sending {
            category,
            open,
            lane,
            not_before,
            expires_at,
            useful_until: None,
            request_id: &request_id,
        };
        shown.extend(store::queue_many(w, town.id, &rows, &sending, now).await?);
    }
    Ok(shown)
}

/// Takes messages back: what has not left does not leave, and what was shown is cleared.
///
/// # Errors
/// The database.
pub async fn take_back(w: &mut Write, app: &App, town: &Municipality, messages: &[Uuid]) -> sqlx::Result<()> {
    let now = app.clock.now();
    let expires_at = now + Duration::hours(app.config.push.expires_hours);
    store::take_back(w, town.id, messages, (now, expires_at), &http::request_id()).await
}

/// Shows nothing more of messages that somebody does not want to hear of by now: what has not left does not leave. What was shown stays.
///
/// # Errors
/// The database.
pub async fn silence(w: &mut Write, town: MunicipalityId, messages: &[Uuid], now: DateTime<Utc>) -> sqlx::Result<()> {
    store::settle_waiting(w, town, messages, ("not_wanted", now)).await
}

/// Adds one to the number on the icon of many.
///
/// # Errors
/// The database.
pub async fn count_up_many(w: &mut Write, town: &Municipality, residents: &[ResidentId]) -> sqlx::Result<()> {
    store::count_up_many(w, town.id, residents).await
}

/// How news of a kind reaches a resident, as things stand.
pub struct Reach {
    /// Whether a phone of theirs shows it.
    pub phone: bool,
    quiet: rules::Quiet,
    zone: chrono_tz::Tz,
}

impl Reach {
    /// When a phone shows what is sent at `at`: after quiet hours.
    pub fn shown_at(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        rules::after_quiet_hours(self.quiet, self.zone, at)
    }
}

/// How news of a kind would reach a resident now.
///
/// # Errors
/// The database.
pub async fn reach(r: &mut Read, town: &Municipality, resident: ResidentId, category: Category) -> sqlx::Result<Reach> {
    let reach = store::reach(r, town.id, resident, category).await?;
    let quiet = preferences::quiet(reach.quiet_from.zip(reach.quiet_until));
    Ok(Reach { phone: reach.reachable && !reach.muted, quiet, zone: town.zone })
}

/// Takes a message off the resident's other devices: what has not left stays, what was shown is cleared.
///
/// # Errors
/// The database.
pub async fn clear(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (resident, reader): (ResidentId, SessionId),
    message: Uuid,
) -> sqlx::Result<()> {
    let now = app.clock.now();
    store::withdraw(w, town.id, message, now).await?;
    let expires_at = now + Duration::hours(app.config.push.expires_hours);
    store::queue_clear(w, (town.id, message), (resident, reader), (now, expires_at), &http::request_id()).await
}

/// Adds one to the number on the icon, for a message that was not there before.
///
/// # Errors
/// The database.
pub async fn count_up(w: &mut Write, town: &Municipality, resident: ResidentId) -> sqlx::Result<()> {
    store::count_up(w, town.id, resident).await
}

/// Sets the number on the icon, which rides along with the next push.
///
/// # Errors
/// The database.
pub async fn set_badge(w: &mut Write, town: &Municipality, resident: ResidentId, unread: i64) -> sqlx::Result<()> {
    store::set_badge(w, town.id, resident, unread).await
}
