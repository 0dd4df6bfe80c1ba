//! What every bench starts by itself: both databases, a house on each, and a look at the process's memory.

use std::{path::PathBuf, process::Command, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::json;
use thuisloket::{
    app::Server,
    appointments::{DeskId, LocationId, ServiceId},
    config::Config,
    identity::SessionId,
    platform::{
        db::Write,
        ids::{Ids, MunicipalityId, ResidentId},
        time::Clock,
    },
    with_conn,
};
use thuisloket_mobile_contract::provider_stubs::ProviderStubs;
use uuid::Uuid;

/// A PostgreSQL of our own, removed when dropped.
pub struct Postgres {
    home: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

fn as_user(command: &str) -> std::process::Output {
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    // postgres refuses to run as root.
    let output = if root {
        Command::new("su").args(["nobody", "-s", "/bin/bash", "-c", command]).output()
    } else {
        Command::new("bash").args(["-c", command]).output()
    };
    output.expect("a shell")
}

impl Postgres {
    pub fn start() -> Self {
        let found = Command::new("bash")
            .args(["-c", "ls -d /usr/lib/postgresql/*/bin $(dirname $(readlink -f $(command -v initdb)) 2>/dev/null) 2>/dev/null | tail -1"])
            .output()
            .expect("a shell");
        let bin = PathBuf::from(String::from_utf8_lossy(&found.stdout).trim());
        assert!(bin.join("initdb").exists(), "PostgreSQL's server is not installed; ./check installs it");
        let home = tempfile::tempdir().unwrap();
        Command::new("chmod").args(["777", home.path().to_str().unwrap()]).status().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (b, h) = (bin.display(), home.path().display());
        let made = as_user(&format!("'{b}/initdb' -D '{h}/data' -U postgres -A trust -E UTF8 --no-sync"));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let started = as_user(&format!(
            "'{b}/pg_ctl' -D '{h}/data' -l '{h}/log' -w -o \"-h 127.0.0.1 -p {port} -k '{h}' -c shared_buffers=512MB -c max_wal_size=4GB\" start"
        ));
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        Self { home, bin, port }
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        as_user(&format!("'{}/pg_ctl' -D '{}/data' -m immediate stop", self.bin.display(), self.home.path().display()));
        as_user(&format!("rm -rf '{}/data'", self.home.path().display()));
    }
}

/// A house with stubs of its providers, on one database.
pub struct Place {
    pub instance: Server,
    pub stubs: ProviderStubs,
    pub folder: tempfile::TempDir,
    /// The configuration, for a process of its own.
    pub config: PathBuf,
}

pub async fn place(url: Option<&str>) -> Place {
    place_at(url, Clock::running_from("2027-03-03T09:00:00Z".parse::<DateTime<Utc>>().unwrap())).await
}

pub async fn place_at(url: Option<&str>, clock: Clock) -> Place {
    place_with(url, clock, "").await
}

/// With more configuration behind the usual; `{mail}` in it stands for the relay.
pub async fn place_with(url: Option<&str>, clock: Clock, more: &str) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let told = clock.clone();
    let stubs = ProviderStubs::start(Arc::new(move || told.now())).await.unwrap();
    let database = url.map_or_else(|| format!("sqlite:{}", folder.path().join("bench.db").display()), str::to_owned);
    let more = more.replace("{mail}", &stubs.mail_configuration(folder.path()).unwrap());
    let text = format!(
        "data_folder = {:?}\n[database]\nurl = {database:?}\n[push]\nfcm_per_minute = 60000000\n[workers]\nidle_milliseconds = 20\n[limits]\nrequests_a_minute_by_address = 100000000\nsign_ins_a_minute_by_address = 100000000\nrequests_a_minute_by_session = 100000000\nrequests_a_minute_by_town = 100000000\nsign_ins_a_minute_by_town = 100000000\n{}\n{}\n{more}",
        folder.path(),
        "[municipalities.deinze]\nnis_code = \"44083\"\nidentity_providers = [\"town\"]\nstaff_identity_provider = \"staff\"\norganisations = [\"0207509031\"]\napp = \"shared\"\ncontact = { phone = \"x\", email = \"x@y.be\", web = \"https://x.example\" }",
        stubs.configuration(folder.path()).unwrap()
    );
    let instance = Server::open(Config::parse(&text).unwrap(), clock, Ids::random()).await.unwrap();
    let config = folder.path().join("thuisloket.toml");
    std::fs::write(&config, text).unwrap();
    Place { instance, stubs, folder, config }
}

/// A session that lives.
pub async fn session(w: &mut Write, town: MunicipalityId, id: SessionId, resident: ResidentId, now: DateTime<Utc>) {
    let sql =
        "insert into session (municipality_id, id, resident_id, device_name, created_at, last_used_at, expires_at)
        values ($1, $2, $3, 'x', $4, $4, $5)";
    let until = now + chrono::Duration::days(9);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).bind(resident).bind(now).bind(until).execute(c).await.map(|_| ()))
        .unwrap();
}

fn status(process: &str, key: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

/// The most memory the process held since the last [`forget_peak`], in MiB.
pub fn peak_mib() -> f64 {
    peak_mib_of("self")
}

/// The same of another process.
pub fn peak_mib_of(process: &str) -> f64 {
    (status(process, "VmHWM:") * 10.0).round() / 10.0
}

/// The memory the process holds now, in MiB.
pub fn rss_mib() -> f64 {
    (status("self", "VmRSS:") * 10.0).round() / 10.0
}

/// Begins counting the peak anew.
pub fn forget_peak() {
    drop(std::fs::write("/proc/self/clear_refs", "5"));
}

/// A service of fifteen minutes and a location with desks that serve it, open on weekdays from nine to five.
pub async fn town_hall(w: &mut Write, town: MunicipalityId, desks: u128, horizon_days: i64, now: DateTime<Utc>) {
    let (service, location) = (SERVICE.0, LOCATION.0);
    with_conn!(w, c => sqlx::query("insert into service (municipality_id, id, names, explanations, bring, minutes, minutes_a_person_more, buffer_minutes, step_minutes, most_persons, least_notice_minutes, horizon_days, most_open, document_kinds, active, version, updated_at) values ($1, $2, $3, $3, $3, 15, 0, 5, 20, 1, 0, $4, 20, 'eid', true, 1, $5)")
        .bind(town).bind(service).bind(json!({ "nl": "Identiteitskaart" })).bind(horizon_days).bind(now).execute(c).await.map(|_| ())).unwrap();
    with_conn!(w, c => sqlx::query("insert into location (municipality_id, id, kind, names, address, accessibility, active, freed, version, updated_at) values ($1, $2, 'town_hall', $3, 'x', $3, true, 0, 1, $4)")
        .bind(town).bind(location).bind(json!({ "nl": "Stadhuis" })).bind(now).execute(c).await.map(|_| ())).unwrap();
    for weekday in 1..=5i64 {
        with_conn!(w, c => sqlx::query("insert into location_hours (municipality_id, location_id, number, weekday, opens, closes, valid_from) values ($1, $2, $3, $3, 540, 1020, $4)")
            .bind(town).bind(location).bind(weekday).bind("2020-01-01".parse::<chrono::NaiveDate>().unwrap()).execute(c).await.map(|_| ())).unwrap();
    }
    for n in 0..desks {
        with_conn!(w, c => sqlx::query("insert into desk (municipality_id, id, location_id, name, active) values ($1, $2, $3, 'x', true)")
            .bind(town).bind(desk(n).0).bind(location).execute(c).await.map(|_| ())).unwrap();
        with_conn!(w, c => sqlx::query("insert into desk_service (municipality_id, desk_id, service_id) values ($1, $2, $3)")
            .bind(town).bind(desk(n).0).bind(service).execute(c).await.map(|_| ()))
        .unwrap();
    }
}

/// What [`town_hall`] makes.
pub const SERVICE: ServiceId = ServiceId(Uuid::from_u128(0xa));
/// What [`town_hall`] makes.
pub const LOCATION: LocationId = LocationId(Uuid::from_u128(0xb));

/// One of its desks.
pub fn desk(n: u128) -> DeskId {
    DeskId(Uuid::from_u128(0xd000 + n))
}

/// Booked visits, by id, desk and start, with the ticks that they claim.
pub async fn visits(w: &mut Write, town: MunicipalityId, all: &[(u128, DeskId, DateTime<Utc>)], now: DateTime<Utc>) {
    let minutes = chrono::Duration::minutes;
    for part in all.chunks(500) {
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into appointment (municipality_id, id, reference, service_id, location_id, desk_id, resident_id, visitor, persons, state, starts_at, ends_at, claimed_until, extended, sequence, made_by, created_at, updated_at) ");
            q.push_values(part, |mut b, (id, desk, at)| {
                b.push_bind(town).push_bind(Uuid::from_u128(*id)).push_bind(format!("{id:x}")).push_bind(SERVICE).push_bind(LOCATION)
                    .push_bind(*desk).push_bind(Uuid::from_u128(*id)).push_bind("").push_bind(1i64).push_bind("booked").push_bind(*at)
                    .push_bind(*at + minutes(15)).push_bind(*at + minutes(20)).push_bind(false).push_bind(0i64).push_bind("citizen")
                    .push_bind(now).push_bind(now);
            });
            q.build().execute(c).await.map(|_| ())
        })
        .unwrap();
        with_conn!(w, c => {
            let mut q = sqlx::QueryBuilder::new("insert into desk_tick (municipality_id, desk_id, tick, appointment_id) ");
            q.push_values(part.iter().flat_map(|v| (0..4).map(move |n| (v, n))), |mut b, ((id, desk, at), n)| {
                b.push_bind(town).push_bind(*desk).push_bind(*at + minutes(5 * n)).push_bind(Uuid::from_u128(*id));
            });
            q.build().execute(c).await.map(|_| ())
        })
        .unwrap();
    }
}
