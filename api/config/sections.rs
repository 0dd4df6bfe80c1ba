//! The sections that every installation has. Their defaults stand in the documented file, which must name each field.

use chrono::{DateTime, Utc};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use url::Url;

use super::secret::Secret;
use crate::platform::access::Level;

/// The map in the console of staff: an area is drawn on it, with or without a picture below.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Where tiles are, as `https://tiles.example/{z}/{x}/{y}.png`; empty for none.
    pub tiles_url: String,
    /// Whose they are, as their licence wants it told; plain text.
    pub tiles_attribution: String,
}

/// The pages on which the API is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Docs {
    /// Whether operations can be tried there, by who signs in or has a token.
    pub try_it: bool,
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; empty for `thuisloket.db` in the data folder.
    pub url: Secret,
    /// The most connections for reading, and on PostgreSQL as many for writing.
    pub connections: u32,
}

/// The HTTP server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The address to listen on.
    pub listen: String,
    /// The address that phones and browsers use, without a path.
    pub public_url: Url,
    /// The largest body taken, in bytes.
    pub max_body_bytes: usize,
    /// The largest one of the operations of staff, which take long texts and plans, in bytes.
    pub max_long_body_bytes: usize,
    /// Seconds a request may take before it is answered 503.
    pub request_timeout_seconds: u64,
    /// Seconds a connection may take for the head of a request, or say or read nothing, before it is closed.
    pub idle_connection_seconds: u64,
    /// The most connections at a time; more wait to be taken.
    pub max_connections: usize,
    /// The most of them from one address (IPv6: one network of 64 bits), but for proxies of `limits.trusted_proxies`; more
    /// are closed at once.
    pub max_connections_by_address: usize,
    /// The most requests answered at a time; more are told 503 at once.
    pub max_concurrent_requests: usize,
    /// Where a process that only works serves `/healthz`, `/readyz` and `/metrics`; empty for nowhere.
    pub monitor_listen: String,
    /// Seconds in which `/readyz` says that the server stops before it takes no more connections, so that a balancer sends the
    /// next ones elsewhere.
    pub stop_delay_seconds: u64,
    /// Seconds given to requests and pushes under way when the server is told to stop.
    pub stop_seconds: u64,
    /// Where a weakness can be reported (`mailto:` or `https:`), for `/.well-known/security.txt`; empty for none.
    pub security_contact: String,
    /// When the API is closed for work that was planned, in the order of their beginning.
    pub maintenance: Vec<Maintenance>,
}

/// A time in which the API answers nobody, since work on the server was planned for it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maintenance {
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
}

impl Server {
    /// The largest body that any operation takes, in bytes; of most it is [`Server::max_body_bytes`].
    pub fn most_body_bytes(&self) -> usize {
        self.max_body_bytes.max(self.max_long_body_bytes)
    }

    /// The planned work that goes on at an instant, or begins next; until nothing more is planned that touches it, so that nobody is sent
    /// back into work that begins where other work ends.
    pub fn next_maintenance(&self, now: DateTime<Utc>) -> Option<Maintenance> {
        joined(&self.maintenance).into_iter().find(|work| work.until > now)
    }
}

/// Planned works in the order of their beginning, those that touch or overlap as one.
fn joined(works: &[Maintenance]) -> Vec<Maintenance> {
    let mut works = works.to_vec();
    works.sort_by_key(|work| work.from);
    let mut all: Vec<Maintenance> = Vec::with_capacity(works.len());
    for work in works {
        match all.last_mut() {
            Some(before) if work.from <= before.until => before.until = before.until.max(work.until),
            _ => all.push(work),
        }
    }
    all
}

/// How much one caller may ask, in each process.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Requests a minute from one address (IPv6: one network of 64 bits).
    pub requests_a_minute_by_address: u32,
    /// Sign-ins begun, codes traded and sessions refreshed a minute from one address.
    pub sign_ins_a_minute_by_address: u32,
    /// Requests a minute with one access token.
    pub requests_a_minute_by_session: u32,
    /// Requests a minute with the key of one machine.
    pub requests_a_minute_by_key: u32,
    /// Requests a minute of all who belong to one municipality.
    pub requests_a_minute_by_town: u32,
    /// Sign-ins begun a minute of one municipality: by its citizens, and as many by its staff.
    pub sign_ins_a_minute_by_town: u32,
    /// Networks of the proxies before this server: only theirs is the `X-Forwarded-For` that is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For a person.
    Text,
    /// For a collector.
    Json,
}

/// The log.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `text` or `json`.
    pub format: LogFormat,
    /// A filter such as `info` or `thuisloket=debug`.
    pub filter: String,
}

/// Sessions and tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// Minutes an access token is good for.
    pub access_minutes: i64,
    /// Days without use after which a session ends.
    pub idle_days: i64,
    /// Minutes a citizen has at the identity provider.
    pub sign_in_minutes: i64,
    /// Seconds the app has to trade its one-time code.
    pub code_seconds: i64,
    /// Minutes a new signing key is published before it signs, so that every process knows it first.
    pub key_overlap_minutes: i64,
    /// Where the app's links begin: the one-time code comes back on `{app_link}/sign-in`.
    pub app_link: Url,
}

/// Passkeys: a second way to step up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkeys {
    /// Whether there are any.
    pub enabled: bool,
    /// The highest level that one gives.
    pub most_level: Level,
    /// Days after which the identity provider must be seen again: a passkey gives no level that it did not prove of the citizen since.
    pub provider_days: i64,
    /// Minutes after the provider was seen in which passkeys are added and removed.
    pub fresh_minutes: i64,
    /// Seconds that a citizen has to answer the phone's question.
    pub challenge_seconds: i64,
    /// The most that a citizen may have.
    pub passkeys_per_citizen: i64,
}

/// Sessions of staff.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Hours after which a session ends, whatever happens: then the provider is asked again what somebody may do.
    pub session_hours: i64,
    /// Minutes without use after which a session ends.
    pub idle_minutes: i64,
}

/// Keys of machines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machines {
    /// The most days a key may be made for.
    pub key_days: i64,
    /// Hours for which a rotated key and the one that takes its place are both good.
    pub rotation_hours: i64,
}

/// Appointments.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointments {
    /// Minutes that a start is held while a citizen decides; once it may be held for as long again.
    pub hold_minutes: i64,
    /// Minutes that a start which was freed is held for whoever waits for it; at night they do not count.
    pub offer_minutes: i64,
    /// Metres from a location within which a phone may check in.
    pub check_in_meters: f64,
    /// Minutes before a visit from which one may check in.
    pub check_in_minutes: i64,
    /// Minutes that somebody without an appointment stands behind those who have one.
    pub walk_in_minutes: i64,
    /// Minutes after which who comes late for an appointment stands where somebody without one would.
    pub late_minutes: i64,
    /// Seconds after a closing in which it can be undone before anybody is moved or told.
    pub closing_undo_seconds: i64,
}

/// The background work.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workers {
    /// Milliseconds between looks when nothing was due.
    pub idle_milliseconds: u64,
    /// Documents decided on in one transaction.
    pub reminder_batch: u32,
    /// Days by which the clock may be from when the database was last worked on, before nothing is told or forgotten for a while.
    /// 0: any clock is believed.
    pub clock_jump_days: i64,
    /// Minutes that a clock must stand after such a jump before it is believed.
    pub clock_wait_minutes: i64,
}

/// Push.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// Rows read, and rows settled, at a time.
    pub batch: u32,
    /// The most requests in flight at a time and channel; the provider's own limit counts too.
    pub in_flight: u32,
    /// The most messages a minute to one FCM project. Google's own quota is 600,000.
    pub fcm_per_minute: u32,
    /// Seconds a provider has to answer one request.
    pub timeout_seconds: u64,
    /// Seconds between pings of an idle connection.
    pub ping_seconds: u64,
    /// Hours after which an ordinary push is not worth showing any more.
    pub expires_hours: i64,
    /// The most devices a citizen may register.
    pub devices_per_citizen: i64,
    /// Days without contact after which a device is forgotten.
    pub device_silent_days: i64,
}

/// The register's import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The largest share of a town that one file may end, by its silence or by what it says, from 0 to 1.
    pub snapshot_retires_at_most: f64,
    /// The largest share of a file of residents that may be people whom a town with a register does not know, from 0 to 1.
    pub strangers_at_most: f64,
    /// The share of wrong rows above which the command exits with 1, from 0 to 1.
    pub wrong_rows_at_most: f64,
    /// Rows written in one transaction.
    pub batch: usize,
    /// The most bytes of one file that comes in over HTTP.
    pub upload_bytes: u64,
    /// Seconds that one part of it may take.
    pub part_seconds: u64,
}

/// How long things are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days a settled outbox row is kept.
    pub deliveries_days: i64,
    /// Days an ended or lapsed session is kept.
    pub sessions_days: i64,
    /// Days a message is kept in the inbox.
    pub messages_days: i64,
    /// Days it is kept who did what; and a member of staff who does not sign in any more.
    pub audit_days: i64,
    /// Days an upload's outcome and its report of wrong rows are kept.
    pub uploads_days: i64,
    /// Days a visit, a turn in the queue and an entry of the waiting list are kept after they are over; and who died, left or
    /// was retired from the register, after that.
    pub visits_days: i64,
    /// Days that is kept what somebody had who died, left or was retired from the register: documents, links with parents and
    /// children, reminders, messages, devices, settings.
    pub left_days: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planned_works_that_touch_are_one() {
        let work = |from: i64, until: i64| {
            let at = |hour| DateTime::UNIX_EPOCH + chrono::Duration::hours(hour);
            Maintenance { from: at(from), until: at(until) }
        };
        for (planned, expected) in [
            (vec![], vec![]),
            (vec![work(21, 22), work(22, 23)], vec![work(21, 23)]),
            (vec![work(22, 23), work(21, 22)], vec![work(21, 23)]),
            (vec![work(20, 24), work(21, 22), work(23, 25)], vec![work(20, 25)]),
            (vec![work(20, 21), work(22, 23)], vec![work(20, 21), work(22, 23)]),
        ] {
            let spans = |works: &[Maintenance]| works.iter().map(|w| (w.from, w.until)).collect::<Vec<_>>();
            assert_eq!(spans(&joined(&planned)), spans(&expected));
        }
    }
}
