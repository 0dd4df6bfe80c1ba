//! One typed configuration: a TOML file, and environment variables over it.
//!
//! `config.default.toml` beside this file documents every setting; a test reads it and finds each of them. A variable
//! is `THUISLOKET_` and the setting's path with two underscores between its parts: `THUISLOKET_DATABASE__URL`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use chrono::NaiveDate;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::platform::{
    access::{Level, Role},
    language::Language,
};

/// The largest `push.batch`: a batch is settled in one transaction.
pub const MAX_PUSH_BATCH: u32 = 5_000;

/// The least `retention.left_days`: a register that comes once a month puts a slip right before anything is erased for it.
pub const LEAST_LEFT_DAYS: i64 = 30;
/// The most days that anything is kept: ten years, so that a figure with a nought too many is noticed.
pub const MOST_DAYS: i64 = 3_650;

/// The documented example, with every default.
pub const DOCUMENTED: &str = include_str!("config.default.toml");

/// Everything that can be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where files of this installation live: the SQLite file, signing keys, reports.
    pub data_folder: PathBuf,
    /// The database.
    pub database: Database,
    /// The HTTP server.
    pub server: Server,
    /// How much one caller may ask.
    pub limits: Limits,
    /// The log.
    pub log: Log,
    /// Sessions and tokens.
    pub sessions: Sessions,
    /// Sessions of staff.
    pub staff: Staff,
    /// Keys of machines.
    pub machines: Machines,
    /// The map in the console of staff.
    pub map: Map,
    /// Appointments.
    pub appointments: Appointments,
    /// The background work.
    pub workers: Workers,
    /// Push.
    pub push: Push,
    /// The register's import.
    pub import: Import,
    /// How long things are kept.
    pub retention: Retention,
    /// Identity providers, by a name of your choice.
    pub identity_providers: BTreeMap<String, IdentityProvider>,
    /// Published apps, by a name of your choice: a town's own, or one that towns share.
    pub apps: BTreeMap<String, AppCredentials>,
    /// The municipalities served, by a key that never changes.
    pub municipalities: BTreeMap<String, Municipality>,
}

/// The map in the console of staff: an area is drawn on it, with or without a picture below.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// Where tiles are, as `https://tiles.example/{z}/{x}/{y}.png`; empty for none.
    pub tiles_url: String,
    /// Whose they are, as their licence wants it told; plain text.
    pub tiles_attribution: String,
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`; empty for `thuisloket.db` in the data folder.
    pub url: Secret,
    /// The most connections for reading, and on PostgreSQL as many for writing.
    pub connections: u32,
}

/// The HTTP server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// The address to listen on.
    pub listen: String,
    /// The address that phones and browsers use, without a path.
    pub public_url: Url,
    /// The largest body taken, in bytes.
    pub max_body_bytes: usize,
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
}

/// How much one caller may ask, in each process.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_a_minute_by_address: 3_000,
            sign_ins_a_minute_by_address: 300,
            requests_a_minute_by_session: 300,
            requests_a_minute_by_key: 600,
            requests_a_minute_by_town: 60_000,
            sign_ins_a_minute_by_town: 1_000,
            trusted_proxies: Vec::new(),
        }
    }
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
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `text` or `json`.
    pub format: LogFormat,
    /// A filter such as `info` or `thuisloket=debug`.
    pub filter: String,
}

/// Sessions and tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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

/// Sessions of staff.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// Hours after which a session ends, whatever happens: then the provider is asked again what somebody may do.
    pub session_hours: i64,
    /// Minutes without use after which a session ends.
    pub idle_minutes: i64,
}

impl Default for Staff {
    fn default() -> Self {
        Self { session_hours: 10, idle_minutes: 60 }
    }
}

/// Keys of machines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Machines {
    /// The most days a key may be made for.
    pub key_days: i64,
    /// Hours for which a rotated key and the one that takes its place are both good.
    pub rotation_hours: i64,
}

impl Default for Machines {
    fn default() -> Self {
        Self { key_days: 400, rotation_hours: 72 }
    }
}

/// The least time in which somebody can read what is offered, and answer.
pub const LEAST_OFFER_MINUTES: i64 = 10;

/// Appointments.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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

impl Default for Appointments {
    fn default() -> Self {
        Self {
            hold_minutes: 5,
            offer_minutes: 60,
            check_in_meters: 300.0,
            check_in_minutes: 60,
            walk_in_minutes: 15,
            late_minutes: 10,
            closing_undo_seconds: 5,
        }
    }
}

/// The background work.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
#[serde(deny_unknown_fields, default)]
pub struct Push {
    /// Rows read, and rows settled, at a time.
    pub batch: u32,
    /// The most requests in flight at a time and road; the provider's own limit counts too.
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
#[serde(deny_unknown_fields, default)]
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
#[serde(deny_unknown_fields, default)]
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

/// How the provider wants to be sure that it is us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// The secret in an Authorization header.
    SecretBasic,
    /// The secret in the form.
    SecretPost,
    /// No secret: an assertion signed with our key (RFC 7523).
    PrivateKeyJwt,
}

/// How a provider says more about somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Userinfo {
    /// As JSON; a signed JWT is taken too.
    #[default]
    Json,
    /// As a signed JWT, which may be encrypted to our key; anything else is refused.
    Jwt,
}

/// An OpenID Connect provider: itsme, CSAM (FAS), Flanders' ACM/IDM, or another.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProvider {
    /// The issuer, under which the discovery document is found, to the letter.
    pub issuer: Issuer,
    /// Our client id there.
    pub client_id: String,
    /// Our secret there; none with `private_key_jwt`.
    #[serde(default)]
    pub client_secret: Secret,
    /// How the provider is made sure that it is us.
    #[serde(default = "secret_basic")]
    pub client_auth: ClientAuth,
    /// The private key (PEM, PKCS#8; RSA or P-256) that signs our assertions, with `private_key_jwt`.
    #[serde(default)]
    pub client_key: Secret,
    /// The private key (PEM, PKCS#8; RSA) that the provider encrypts to, if it encrypts what it says.
    #[serde(default)]
    pub decryption_key: Secret,
    /// How it says more about somebody at its userinfo endpoint.
    #[serde(default)]
    pub userinfo: Userinfo,
    /// Scopes to ask for; `openid` is always asked.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Authentication levels to ask for, in order of preference.
    #[serde(default)]
    pub acr_values: Vec<String>,
    /// How sure the provider is of somebody, by what it says in the claim `claims.level`. What is not here is low.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
    /// Sent as `login_hint`: base64 of this as JSON, as ACM/IDM asks.
    #[serde(default)]
    pub login_hint: BTreeMap<String, String>,
    /// What must be claimed, to the letter, or the sign-in is refused.
    #[serde(default)]
    pub required_claims: BTreeMap<String, String>,
    /// What each of the provider's roles may do here, for staff.
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<Role>>,
    /// Which claim says what.
    #[serde(default)]
    pub claims: Claims,
    /// A PEM file of the authority that signed the provider's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// An issuer, as its provider writes it. Issuers are compared to the letter (OpenID Connect Discovery, 4.3), so that a `/` at the
/// end counts: some have one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Issuer(String);

impl Issuer {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Issuer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fits = |url: Url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && text.trim() == text
        };
        match Url::parse(&text).is_ok_and(fits) {
            true => Ok(Self(text)),
            false => Err(format!("the issuer {text:?} must be an address (https://…) without query and fragment")),
        }
    }
}

impl From<Issuer> for String {
    fn from(issuer: Issuer) -> Self {
        issuer.0
    }
}

/// The names under which a provider tells things. Each is looked for in the ID token, then in userinfo.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// The national number.
    pub national_number: String,
    /// The language the citizen reads.
    pub language: String,
    /// Given names; of staff, for the audit trail.
    pub given_name: String,
    /// Family name; of staff, for the audit trail.
    pub family_name: String,
    /// How sure the provider is; see `levels`.
    pub level: String,
    /// Roles of staff, as an array of `Role:Organisation`; empty where nobody has any.
    pub roles: String,
}

/// A published app's push credentials.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppCredentials {
    /// Apple's.
    pub apns: Option<Apns>,
    /// Google's.
    pub fcm: Option<Fcm>,
}

/// Credentials at Apple Push Notification service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apns {
    /// The team, ten characters.
    pub team_id: String,
    /// The key, ten characters.
    pub key_id: String,
    /// The .p8 key.
    pub key: Secret,
    /// The app's bundle id.
    pub topic: String,
    /// Whether Apple lets the app sound through silence (the entitlement for critical alerts): emergencies do then.
    #[serde(default)]
    pub critical_alerts: bool,
    /// Where production pushes go.
    #[serde(default = "apns_production")]
    pub production_url: Url,
    /// Where sandbox pushes go.
    #[serde(default = "apns_sandbox")]
    pub sandbox_url: Url,
    /// A PEM file of the authority that signed the server's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// Credentials at Firebase Cloud Messaging.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fcm {
    /// The service account's JSON file, as Google gives it.
    pub service_account: Secret,
    /// Where messages go.
    #[serde(default = "fcm_url")]
    pub url: Url,
    /// A PEM file of the authority that signed the server's certificate, if it is not a public one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// A municipality served by this installation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Its NIS code; names and postcodes follow from it.
    pub nis_code: String,
    /// The day from which that code counts, for a town born of a merger.
    #[serde(default)]
    pub nis_valid_from: Option<NaiveDate>,
    /// Names that differ from Statbel's, by language.
    #[serde(default)]
    pub names: BTreeMap<Language, String>,
    /// The languages of the town, its first first.
    #[serde(default = "dutch")]
    pub languages: Vec<Language>,
    /// The zone of its clocks.
    #[serde(default = "brussels")]
    pub time_zone: String,
    /// Weekdays on which the town hall never opens.
    #[serde(default = "weekend")]
    pub closed_weekdays: Vec<chrono::Weekday>,
    /// Its own closing days: `MM-DD` for every year, `YYYY-MM-DD` for once. Legal holidays are known.
    #[serde(default)]
    pub closing_days: Vec<String>,
    /// The names of its citizens' identity providers above; the first is the one an app gets that names none.
    pub identity_providers: Vec<String>,
    /// How sure a provider must be of a citizen before anything is shown.
    #[serde(default = "substantial")]
    pub least_level: Level,
    /// How sure it must be for what is most private: documents, and who looked at them.
    #[serde(default = "substantial")]
    pub private_level: Level,
    /// The name of the identity provider of its staff above.
    #[serde(default)]
    pub staff_identity_provider: Option<String>,
    /// What the staff's provider calls the town in `Role:Organisation`: its KBO number, as a rule.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// Whether a member of staff may approve an announcement that they wrote: for a town with few hands. Never an emergency.
    #[serde(default)]
    pub approve_own: bool,
    /// Where its map begins: latitude and longitude.
    #[serde(default)]
    pub centre: Option<(f64, f64)>,
    /// The name of its app above.
    pub app: String,
    /// How citizens reach the town hall.
    pub contact: Contact,
    /// The keys under which national numbers are hashed, newest last. Empty: one is made in the data folder.
    #[serde(default)]
    pub number_keys: Vec<NumberKey>,
    /// What differs from the default reminder policy, by kind of document.
    #[serde(default)]
    pub reminders: BTreeMap<String, ReminderOverride>,
}

/// How citizens reach the town hall.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The telephone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
    /// The web page where an appointment is made, until ours does it.
    pub web: Url,
}

/// A key for hashing national numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberKey {
    /// Its version, counted up at each rotation.
    pub version: i64,
    /// At least 32 characters that nobody can guess.
    pub key: Secret,
}

/// What a municipality changes in the reminder policy of a kind of document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderOverride {
    /// False: say nothing about this kind.
    pub enabled: Option<bool>,
    /// Days before expiry on which to speak; negative is after.
    pub stages: Option<Vec<i64>>,
    /// Days before expiry from which a citizen may apply.
    pub opens_days: Option<i64>,
    /// The hour of sending, from 9 to 18.
    pub hour: Option<u32>,
}

/// A secret, given as it is or as `{ file = "…" }`. Never printed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Secret {
    /// None given.
    #[default]
    Absent,
    /// The secret itself.
    Plain(String),
    /// The file that holds it; a line end at its end is not part of it.
    File {
        /// The path.
        file: PathBuf,
    },
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absent => f.write_str("(absent)"),
            Self::Plain(_) => f.write_str("(secret)"),
            Self::File { file } => write!(f, "(secret in {})", file.display()),
        }
    }
}

impl Secret {
    /// The secret, read from its file if it is in one. Empty when none was given.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn reveal(&self) -> anyhow::Result<String> {
        match self {
            Self::Absent => Ok(String::new()),
            Self::Plain(s) => Ok(s.clone()),
            Self::File { file } => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("the secret file {} cannot be read", file.display()))?;
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
        }
    }
}

impl From<String> for Secret {
    fn from(s: String) -> Self {
        Self::Plain(s)
    }
}

fn secret_basic() -> ClientAuth {
    ClientAuth::SecretBasic
}
fn substantial() -> Level {
    Level::Substantial
}
fn dutch() -> Vec<Language> {
    vec![Language::Nl]
}
fn brussels() -> String {
    "Europe/Brussels".to_owned()
}
fn weekend() -> Vec<chrono::Weekday> {
    vec![chrono::Weekday::Sat, chrono::Weekday::Sun]
}
#[expect(clippy::expect_used, reason = "constants, which a test parses")]
fn known_url(text: &str) -> Url {
    Url::parse(text).expect("a constant URL")
}
fn apns_production() -> Url {
    known_url("https://api.push.apple.com")
}
fn apns_sandbox() -> Url {
    known_url("https://api.sandbox.push.apple.com")
}
fn fcm_url() -> Url {
    known_url("https://fcm.googleapis.com")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_folder: PathBuf::from("data"),
            database: Database::default(),
            server: Server::default(),
            limits: Limits::default(),
            log: Log::default(),
            sessions: Sessions::default(),
            staff: Staff::default(),
            machines: Machines::default(),
            map: Map::default(),
            appointments: Appointments::default(),
            workers: Workers::default(),
            push: Push::default(),
            import: Import::default(),
            retention: Retention::default(),
            identity_providers: BTreeMap::new(),
            apps: BTreeMap::new(),
            municipalities: BTreeMap::new(),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self { url: String::new().into(), connections: 8 }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: known_url("http://127.0.0.1:8080"),
            max_body_bytes: 65_536,
            request_timeout_seconds: 30,
            idle_connection_seconds: 75,
            max_connections: 10_000,
            max_connections_by_address: 1_000,
            max_concurrent_requests: 1_024,
            monitor_listen: "127.0.0.1:8081".to_owned(),
            stop_delay_seconds: 0,
            stop_seconds: 25,
            security_contact: String::new(),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".to_owned() }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            access_minutes: 10,
            idle_days: 90,
            sign_in_minutes: 15,
            code_seconds: 120,
            key_overlap_minutes: 10,
            app_link: known_url("https://app.example/thuisloket"),
        }
    }
}

impl Default for Workers {
    fn default() -> Self {
        Self { idle_milliseconds: 1_000, reminder_batch: 200, clock_jump_days: 4, clock_wait_minutes: 60 }
    }
}

impl Default for Push {
    fn default() -> Self {
        Self {
            batch: 1_000,
            in_flight: 500,
            fcm_per_minute: 500_000,
            timeout_seconds: 15,
            ping_seconds: 60,
            expires_hours: 72,
            devices_per_citizen: 20,
            device_silent_days: 270,
        }
    }
}

impl Default for Import {
    fn default() -> Self {
        Self {
            snapshot_retires_at_most: 0.05,
            strangers_at_most: 0.5,
            wrong_rows_at_most: 0.1,
            batch: 1_000,
            upload_bytes: 4 << 30,
            part_seconds: 300,
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            deliveries_days: 30,
            sessions_days: 30,
            messages_days: 730,
            audit_days: 730,
            uploads_days: 30,
            visits_days: 400,
            left_days: 90,
        }
    }
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            national_number: "rrn".to_owned(),
            language: "locale".to_owned(),
            given_name: "given_name".to_owned(),
            family_name: "family_name".to_owned(),
            level: "acr".to_owned(),
            roles: String::new(),
        }
    }
}

impl Config {
    /// Reads the configuration: defaults, then `file`, then the environment.
    ///
    /// # Errors
    /// A setting that is unknown, of the wrong type or out of bounds; the message names it and where it stands.
    pub fn read(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            anyhow::ensure!(file.exists(), "the configuration file {} does not exist", file.display());
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = figment.merge(Env::prefixed("THUISLOKET_").split("__").ignore(&["config"]));
        let mut config: Self = figment.extract().map_err(named)?;
        // From the folder of the file and not from where one stands: a timer of the system runs in another folder than the
        // server, and both must mean the same database and keys.
        let base = file.and_then(Path::parent).unwrap_or(Path::new(""));
        config.data_folder = std::path::absolute(base.join(&config.data_folder))?;
        config.checked()
    }

    /// Reads a configuration from text, for tests.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(toml: &str) -> anyhow::Result<Self> {
        let figment = Figment::from(Serialized::defaults(Self::default())).merge(Toml::string(toml));
        let config: Self = figment.extract().map_err(named)?;
        config.checked()
    }

    fn checked(self) -> anyhow::Result<Self> {
        in_range("", &serde_json::to_value(&self)?)?;
        for (name, share) in [
            ("snapshot_retires_at_most", self.import.snapshot_retires_at_most),
            ("strangers_at_most", self.import.strangers_at_most),
            ("wrong_rows_at_most", self.import.wrong_rows_at_most),
        ] {
            anyhow::ensure!((0.0..=1.0).contains(&share), "import.{name} must lie between 0 and 1");
        }
        let a = &self.appointments;
        for (name, value, least, most) in [
            // As long as somebody decides, or fetches a card: a start that is held is nobody else's.
            ("hold_minutes", a.hold_minutes, 1, 24 * 60),
            // Less is too short to be read and answered: nothing would ever be offered.
            ("offer_minutes", a.offer_minutes, LEAST_OFFER_MINUTES, 7 * 24 * 60),
            ("check_in_minutes", a.check_in_minutes, 1, 24 * 60),
            ("walk_in_minutes", a.walk_in_minutes, 0, 24 * 60),
            ("late_minutes", a.late_minutes, 0, 24 * 60),
        ] {
            let range = least..=most;
            anyhow::ensure!(
                range.contains(&value),
                "appointments.{name} must lie between {least} and {most}, and is {value}"
            );
        }
        anyhow::ensure!(
            (0.0..=100_000.0).contains(&a.check_in_meters),
            "appointments.check_in_meters must lie between 0 and 100000, and is {}",
            a.check_in_meters
        );
        anyhow::ensure!((1..=5_000).contains(&self.import.batch), "import.batch must lie between 1 and 5000");
        anyhow::ensure!(
            (1..=MAX_PUSH_BATCH).contains(&self.push.batch),
            "push.batch must lie between 1 and {MAX_PUSH_BATCH}"
        );
        anyhow::ensure!((1..=5_000).contains(&self.push.in_flight), "push.in_flight must lie between 1 and 5000");
        for (name, bound) in [
            ("requests_a_minute_by_address", self.limits.requests_a_minute_by_address),
            ("sign_ins_a_minute_by_address", self.limits.sign_ins_a_minute_by_address),
            ("requests_a_minute_by_session", self.limits.requests_a_minute_by_session),
            ("requests_a_minute_by_key", self.limits.requests_a_minute_by_key),
            ("requests_a_minute_by_town", self.limits.requests_a_minute_by_town),
            ("sign_ins_a_minute_by_town", self.limits.sign_ins_a_minute_by_town),
        ] {
            anyhow::ensure!(bound >= 1, "limits.{name} must be at least 1");
        }
        let keep = &self.retention;
        for (name, days, least) in [
            ("deliveries_days", keep.deliveries_days, 1),
            ("sessions_days", keep.sessions_days, 1),
            ("messages_days", keep.messages_days, 1),
            ("audit_days", keep.audit_days, 1),
            ("uploads_days", keep.uploads_days, 1),
            ("visits_days", keep.visits_days, 1),
            ("left_days", keep.left_days, LEAST_LEFT_DAYS),
        ] {
            anyhow::ensure!(
                (least..=MOST_DAYS).contains(&days),
                "retention.{name} must lie between {least} and {MOST_DAYS} days"
            );
        }
        let workers = &self.workers;
        anyhow::ensure!(
            workers.clock_jump_days == 0 || workers.clock_wait_minutes < workers.clock_jump_days * 24 * 60,
            "workers.clock_wait_minutes must be shorter than workers.clock_jump_days: such a clock would never be believed again"
        );
        anyhow::ensure!(
            workers.clock_wait_minutes == 0 || workers.clock_wait_minutes >= LEAST_CLOCK_WAIT,
            "workers.clock_wait_minutes must be {LEAST_CLOCK_WAIT} or more, or 0: another process that says otherwise looks once a \
             minute, and may be restarting"
        );
        anyhow::ensure!(self.server.max_concurrent_requests >= 1, "server.max_concurrent_requests must be at least 1");
        anyhow::ensure!(
            tracing_subscriber::EnvFilter::try_new(&self.log.filter).is_ok(),
            "log.filter {:?} cannot be read: it is as \"info\", or \"info,sqlx=warn\"",
            self.log.filter
        );
        let address = &self.server.public_url;
        anyhow::ensure!(
            address.path() == "/" && address.query().is_none() && address.fragment().is_none(),
            "server.public_url must be without a path: {address}"
        );
        anyhow::ensure!(self.server.max_connections >= 1, "server.max_connections must be at least 1");
        anyhow::ensure!(self.database.connections >= 1, "database.connections must be at least 1");
        for (name, provider) in &self.identity_providers {
            let at = format!("identity_providers.{name}");
            match provider.client_auth {
                ClientAuth::PrivateKeyJwt => anyhow::ensure!(
                    !matches!(provider.client_key, Secret::Absent),
                    "{at}.client_key is missing, which private_key_jwt signs with"
                ),
                ClientAuth::SecretBasic | ClientAuth::SecretPost => {
                    anyhow::ensure!(!matches!(provider.client_secret, Secret::Absent), "{at}.client_secret is missing")
                }
            }
            anyhow::ensure!(
                provider.roles.is_empty() || !provider.claims.roles.is_empty(),
                "{at}.claims.roles must name the claim that {at}.roles maps"
            );
        }
        for (key, town) in &self.municipalities {
            let at = format!("municipalities.{key}");
            anyhow::ensure!(!town.identity_providers.is_empty(), "{at}.identity_providers must name one at least");
            for name in town.identity_providers.iter().chain(&town.staff_identity_provider) {
                anyhow::ensure!(
                    self.identity_providers.contains_key(name),
                    "{at} names the identity provider {name:?}, which is not under identity_providers"
                );
            }
            for (setting, level) in [("least_level", town.least_level), ("private_level", town.private_level)] {
                let reached = |name: &String| {
                    level == Level::Low || self.identity_providers[name].levels.values().any(|l| *l >= level)
                };
                anyhow::ensure!(
                    town.identity_providers.iter().any(reached),
                    "{at}.{setting} is {}, which none of its identity providers reaches: see their levels",
                    level.as_str()
                );
            }
            anyhow::ensure!(
                town.staff_identity_provider.is_none() || !town.organisations.is_empty(),
                "{at}.organisations must say what the staff's provider calls the town"
            );
            anyhow::ensure!(
                self.apps.contains_key(&town.app),
                "municipalities.{key}.app names {:?}, which is not under apps",
                town.app
            );
            anyhow::ensure!(!town.languages.is_empty(), "municipalities.{key}.languages must name one at least");
        }
        Ok(self)
    }

    /// The database's URL, with the default filled in.
    ///
    /// # Errors
    /// A secret file that cannot be read.
    pub fn database_url(&self) -> anyhow::Result<String> {
        let url = self.database.url.reveal()?;
        Ok(if url.is_empty() { format!("sqlite:{}", self.data_folder.join("thuisloket.db").display()) } else { url })
    }
}

/// Minutes for which a clock in doubt must stand at the least.
const LEAST_CLOCK_WAIT: i64 = 10;

/// Times that may be nothing: it then does not wait, or does not ask.
const MAY_BE_NOTHING: &[&str] = &[
    "stop_delay_seconds",
    "closing_undo_seconds",
    "clock_jump_days",
    "clock_wait_minutes",
    "key_overlap_minutes",
    "walk_in_minutes",
    "late_minutes",
];

/// Whether each number of a configuration is one to reckon with: a time is not negative, not nothing, and not longer than a
/// century; no other number is negative. (Days before or after an expiry are either.)
fn in_range(at: &str, value: &serde_json::Value) -> anyhow::Result<()> {
    match value {
        serde_json::Value::Object(all) => all.iter().try_for_each(|(name, value)| {
            let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            in_range(&at, value)
        }),
        serde_json::Value::Array(all) => all.iter().try_for_each(|value| in_range(at, value)),
        serde_json::Value::Number(number) if !number.is_f64() => {
            let name = at.rsplit('.').next().unwrap_or(at);
            let century = match name.rsplit('_').next().unwrap_or(name) {
                "days" => 36_500,
                "hours" => 36_500 * 24,
                "minutes" => 36_500 * 24 * 60,
                "seconds" => 36_500 * 24 * 3_600,
                "milliseconds" => 36_500 * 24 * 3_600 * 1_000,
                "stages" => {
                    let days = number.as_i64().unwrap_or(i64::MAX);
                    anyhow::ensure!((-36_500..=36_500).contains(&days), "{at}: {number} days are more than a century");
                    return Ok(());
                }
                _ => i64::MAX,
            };
            let least = i64::from(century < i64::MAX && !MAY_BE_NOTHING.contains(&name));
            let fits = number.as_i64().is_some_and(|n| (least..=century).contains(&n));
            anyhow::ensure!(fits, "{at} must lie between {least} and {century}, and is {number}");
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A fault that names the setting as the file does: figment puts a profile before it, of which we have none.
fn named(error: figment::Error) -> anyhow::Error {
    anyhow::Error::msg(error.to_string().replace("for key \"default.", "for key \""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use figment::Provider as _;

    #[test]
    fn a_time_that_cannot_be_reckoned_with_is_refused() {
        for (text, name) in [
            ("[sessions]\nidle_days = 9000000000000", "sessions.idle_days"),
            ("[sessions]\nidle_days = 0", "sessions.idle_days"),
            ("[retention]\nvisits_days = -1", "retention.visits_days"),
            ("[appointments]\nhold_minutes = 100000", "appointments.hold_minutes"),
            ("[appointments]\noffer_minutes = 9", "appointments.offer_minutes"),
            ("[appointments]\ncheck_in_meters = -1.0", "appointments.check_in_meters"),
            ("[appointments]\ncheck_in_meters = nan", "appointments.check_in_meters"),
            ("[appointments]\nlate_minutes = -1", "appointments.late_minutes"),
            ("[push]\nexpires_hours = 99999999999", "push.expires_hours"),
            ("[workers]\nclock_wait_minutes = -5", "workers.clock_wait_minutes"),
            ("[workers]\nclock_wait_minutes = 1", "workers.clock_wait_minutes"),
            ("[workers]\nclock_jump_days = 1\nclock_wait_minutes = 1440", "workers.clock_wait_minutes"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(name), "{text}: {error}");
        }
        assert!(Config::parse("[workers]\nclock_jump_days = 0").is_ok());
        assert!(Config::parse("[appointments]\nlate_minutes = 0\noffer_minutes = 10").is_ok());
    }

    /// The documented file with its example settings switched on.
    fn with_examples() -> String {
        DOCUMENTED.lines().map(|l| l.strip_prefix("#: ").unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    /// Every path of settings in a value, with the names that people choose left out.
    fn paths(value: &figment::value::Value, at: &str, out: &mut std::collections::BTreeSet<String>) {
        if let Some(dict) = value.as_dict() {
            for (key, inner) in dict {
                let chosen =
                    matches!(at, "identity_providers" | "apps" | "municipalities" | "municipalities.*.reminders");
                let name = if chosen { "*" } else { key };
                let path = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
                paths(inner, &path, out);
                out.insert(path);
            }
        }
    }

    #[test]
    fn the_documented_file_states_every_default() {
        let documented = Config::parse(DOCUMENTED).unwrap();
        assert_eq!(format!("{documented:#?}"), format!("{:#?}", Config::default()));
        let of = |figment: Figment| {
            let mut out = std::collections::BTreeSet::new();
            for dict in figment.data().unwrap().into_values() {
                paths(&figment::value::Value::from(dict), "", &mut out);
            }
            out
        };
        let written = of(Figment::from(Toml::string(DOCUMENTED)));
        let known = of(Figment::from(Serialized::defaults(Config::default())));
        let missing: Vec<_> = known
            .difference(&written)
            .filter(|p| !matches!(p.as_str(), "identity_providers" | "apps" | "municipalities"))
            .collect();
        assert!(missing.is_empty(), "config.default.toml does not mention {missing:?}");
    }

    #[test]
    fn the_examples_in_the_documented_file_are_a_configuration_that_works() {
        let config = Config::parse(&with_examples()).unwrap();
        let town = &config.municipalities["deinze"];
        assert_eq!(town.nis_code, "44083");
        assert_eq!(town.reminders["passport"].stages, Some(vec![240, 90, 30]));
        assert!(config.apps["shared"].apns.is_some() && config.apps["shared"].fcm.is_some());
        let names: Vec<_> = config.identity_providers.keys().map(String::as_str).collect();
        assert_eq!(names, ["acm", "acm_staff", "fas", "itsme"]);
        assert!(!config.identity_providers["acm_staff"].roles.is_empty());
    }

    #[test]
    fn an_issuer_stays_as_it_is_written() {
        for issuer in ["https://tenant.eu.auth0.com/", "https://op.example", "https://OP.example:443/a/"] {
            assert_eq!(Issuer::try_from(issuer.to_owned()).unwrap().as_str(), issuer);
        }
        for wrong in
            ["", "op.example", "mailto:a@b", "https://op.example/?x", "https://op.example/#x", " https://op.example"]
        {
            assert!(Issuer::try_from(wrong.to_owned()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused_by_name() {
        let error = Config::parse("[server]\nlissen = \"x\"").unwrap_err().to_string();
        assert!(error.contains("lissen"), "{error}");
        let error = Config::parse("[workers]\nreminder_batch = \"many\"").unwrap_err().to_string();
        assert!(error.contains("reminder_batch"), "{error}");
    }

    #[test]
    fn what_is_kept_for_no_time_or_for_ever_is_refused() {
        for (setting, days) in [("left_days", 29), ("left_days", -1), ("visits_days", 0), ("audit_days", 3_651)] {
            let error = Config::parse(&format!("[retention]\n{setting} = {days}")).unwrap_err().to_string();
            assert!(error.contains(setting), "{error}");
        }
        assert_eq!(Config::parse("[retention]\nleft_days = 30").unwrap().retention.left_days, 30);
    }

    #[test]
    fn a_secret_is_never_printed() {
        let mut config = Config::default();
        config.database.url = "postgres://user:hunter2@db/x".to_owned().into();
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn a_secret_in_a_file_loses_its_line_end_only() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "se cret\n").unwrap();
        assert_eq!(Secret::File { file: file.path().to_owned() }.reveal().unwrap(), "se cret");
        assert!(Secret::File { file: "/nowhere/at/all".into() }.reveal().is_err());
    }
}
