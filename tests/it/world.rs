//! The stage of every journey: a server on one of the two databases, stubs of its providers, a clock that stands still until it
//! is moved, and phones.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex},
};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use serde_json::{Value, json};
use thuisloket::{
    app::Server,
    config::Config,
    documents,
    municipalities::Municipality,
    platform::{
        db::{Db, Open},
        ids::Ids,
        import::{Outcome, Report, Source},
        time::{Clock, instant},
    },
    residents,
};
use thuisloket_demo::town::national_number;
use thuisloket_mobile_contract::{
    client::types::Language,
    phone::{Kind, Phone},
    provider_stubs::ProviderStubs,
    staff_client::StaffClient,
};
use tokio::{net::TcpListener, sync::OnceCell};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Which database a journey runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Declares journeys: each runs on SQLite and on PostgreSQL; `with "…";` before them adds to the configuration.
macro_rules! journeys {
    ($($name:ident),* $(,)?) => { journeys! { with ""; $($name),* } };
    (with $more:literal; $($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                super::$name(crate::world::World::start_with(crate::world::Engine::Sqlite, $more).await.unwrap()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                if let Some(world) = crate::world::World::start_with(crate::world::Engine::Postgres, $more).await {
                    super::$name(world).await;
                }
            })*
        }
    };
}

/// Somebody invented.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub number: String,
    pub given: String,
    pub family: String,
    pub born: NaiveDate,
    pub parents: Vec<String>,
    pub state: String,
    pub state_on: String,
    pub language: String,
    pub former: String,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody born on a day; the number follows from it.
pub fn somebody(given: &str, born: &str) -> Somebody {
    Somebody {
        number: national_number(day(born)),
        given: given.to_owned(),
        family: "Zonnebloem".to_owned(),
        born: day(born),
        parents: Vec::new(),
        state: String::new(),
        state_on: String::new(),
        language: "nl".to_owned(),
        former: String::new(),
    }
}

/// As many people as asked, each born on a day of their own.
pub fn many(people: u64) -> Vec<Somebody> {
    let first = day("1930-01-01");
    (0..people).map(|n| somebody("Iemand", &(first + chrono::Days::new(n)).to_string())).collect()
}

impl Somebody {
    pub fn child_of(mut self, parents: &[&Self]) -> Self {
        self.parents = parents.iter().map(|p| p.number.clone()).collect();
        self
    }
    pub fn state(mut self, state: &str, on: &str) -> Self {
        (self.state, self.state_on) = (state.to_owned(), on.to_owned());
        self
    }
    pub fn speaks(mut self, language: &str) -> Self {
        self.language = language.to_owned();
        self
    }
}

/// A document of somebody; the columns beyond the first are by name.
#[derive(Clone)]
pub struct Paper {
    pub of: String,
    pub kind: String,
    pub columns: BTreeMap<&'static str, String>,
}

pub fn paper(of: &Somebody, kind: &str, issued: &str, expires: &str) -> Paper {
    let columns = BTreeMap::from([
        ("issued_on", issued.to_owned()),
        ("expires_on", expires.to_owned()),
        ("number_end", "42".to_owned()),
    ]);
    Paper { of: of.number.clone(), kind: kind.to_owned(), columns }
}

impl Paper {
    pub fn with(mut self, column: &'static str, value: &str) -> Self {
        self.columns.insert(column, value.to_owned());
        self
    }
}

pub struct World {
    pub instance: Server,
    pub stubs: ProviderStubs,
    pub clock: Clock,
    pub server: String,
    pub folder: tempfile::TempDir,
    pub database: String,
    stop: CancellationToken,
    pub http: reqwest::Client,
    tokens: std::cell::Cell<u128>,
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some((_, name)) = self.database.rsplit_once('/').filter(|(base, _)| base.starts_with("postgres")) {
            OVER.lock().unwrap().push(name.to_owned());
        }
        // A journey that failed has said why.
        if !std::thread::panicking() {
            crate::pushes::all_fit(&self.stubs);
        }
    }
}

/// The throwaway PostgreSQL of `./check`; without it the journeys there are skipped, loudly, and fail in CI.
pub fn postgres_url() -> Option<String> {
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => Some(url),
        Err(_) if std::env::var_os("CI").is_some() => panic!("TEST_POSTGRES_URL is not set: run ./check"),
        Err(_) => {
            eprintln!("SKIPPED on PostgreSQL: TEST_POSTGRES_URL is not set; ./check starts one");
            None
        }
    }
}

/// A fresh database on that server, without a table.
pub async fn fresh_postgres() -> Option<String> {
    Some(make_postgres(&postgres_url()?, "template1").await)
}

/// The databases of worlds that are over. Each takes 12 MB, and a thousand of them are more than a small machine has to spare.
static OVER: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Drops them some at a time, as the server writes down all that it holds before it drops one.
async fn drop_what_is_over(c: &mut sqlx::PgConnection) {
    let over = {
        let mut over = OVER.lock().unwrap();
        if over.len() < 25 {
            return;
        }
        std::mem::take(&mut *over)
    };
    for name in over {
        // Something of the world may still be at it, until its runtime is gone.
        let drop = format!("drop database if exists {name} with (force)");
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut *c).await.unwrap();
    }
}

/// A fresh database, as a copy of another.
async fn make_postgres(url: &str, like: &str) -> String {
    use sqlx::Connection as _;
    let name = format!("t{}", Uuid::from_u128(rand::random()).simple());
    let mut c = sqlx::PgConnection::connect(url).await.unwrap();
    drop_what_is_over(&mut c).await;
    let make = format!("create database {name} template {like}");
    sqlx::query(sqlx::AssertSqlSafe(make)).execute(&mut c).await.unwrap();
    c.close().await.unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// A database as `thuisloket migrate` leaves it. The scripts run once: a copy of what they made takes a tenth of the time, and a thousand
/// journeys begin with one.
async fn migrate(url: &str) {
    let db = Db::open(url, 1, Open::Make).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
}

async fn migrated_sqlite(folder: &Path) -> String {
    static MADE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let made = MADE.get_or_init(async || {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("made.db");
        migrate(&format!("sqlite:{}", file.display())).await;
        std::fs::read(file).unwrap()
    });
    let file = folder.join("world.db");
    let mut to = std::fs::File::options().write(true).create_new(true).mode(0o600).open(&file).unwrap();
    to.write_all(made.await).unwrap();
    format!("sqlite:{}", file.display())
}

async fn migrated_postgres() -> Option<String> {
    static MADE: OnceCell<String> = OnceCell::const_new();
    let url = postgres_url()?;
    let made = MADE.get_or_init(async || {
        let made = make_postgres(&url, "template1").await;
        migrate(&made).await;
        made.rsplit_once('/').unwrap().1.to_owned()
    });
    Some(make_postgres(&url, made.await).await)
}

static CONTRACTS: LazyLock<[Value; 2]> = LazyLock::new(|| {
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    [citizen, staff].map(|text| serde_json::from_str(&text).unwrap())
});

impl World {
    pub async fn start(engine: Engine) -> Option<Self> {
        Self::start_with(engine, "").await
    }

    /// A fresh world, with more configuration.
    pub async fn start_with(engine: Engine, more: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => migrated_sqlite(folder.path()).await,
            Engine::Postgres => migrated_postgres().await?,
        };
        Some(Self::with(database, folder, more).await)
    }

    /// A world on this database, with more configuration behind the usual.
    pub async fn with(database: String, folder: tempfile::TempDir, more: &str) -> Self {
        // Monday 1 March 2027, ten in the morning in Deinze.
        let begins =
            instant(chrono_tz::Europe::Brussels, day("2027-03-01"), chrono::NaiveTime::from_hms_opt(10, 0, 0).unwrap());
        let clock = Clock::fixed(begins);
        let told = clock.clone();
        let stubs = ProviderStubs::start(Arc::new(move || told.now())).await.unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let config = configuration(&database, &folder.path().join("data"), &server, &stubs, folder.path(), more);
        let instance = Server::open(config, clock.clone(), Ids::seeded(1)).await.unwrap();
        let stop = CancellationToken::new();
        let (served, stopped) = (instance.clone(), stop.clone());
        tokio::spawn(async move { served.serve(listener, stopped).await.unwrap() });
        let http = reqwest::Client::new();
        Self { instance, stubs, clock, server, folder, database, stop, http, tokens: 1.into() }
    }

    /// Another process on the same database.
    pub async fn another_process(&self) -> Server {
        Server::open((*self.instance.app.config).clone(), self.clock.clone(), Ids::seeded(2)).await.unwrap()
    }

    pub fn town(&self) -> &Arc<Municipality> {
        self.instance.towns().by_key("deinze").unwrap()
    }

    /// Moves the clock to a wall time in Deinze, such as `2027-03-01 10:00`.
    pub fn at(&self, wall: &str) {
        let wall = NaiveDateTime::parse_from_str(wall, "%Y-%m-%d %H:%M").unwrap();
        self.clock.set(instant(chrono_tz::Europe::Brussels, wall.date(), wall.time()));
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn report(&self) -> PathBuf {
        self.folder.path().join("report.csv")
    }

    pub async fn residents_file(&self, town: &str, text: impl AsRef<[u8]>, snapshot: bool) -> anyhow::Result<Outcome> {
        let file = self.file(&format!("residents-{}.csv", Uuid::from_u128(rand::random())), text);
        let town = self.instance.towns().by_key(town).unwrap();
        let (source, report) = (Source::file(&file)?, Report::create(&self.report())?);
        residents::import::import(&self.instance.app, town, (source, snapshot), report, |_| {}).await
    }

    pub async fn documents_file(&self, town: &str, text: impl AsRef<[u8]>, snapshot: bool) -> anyhow::Result<Outcome> {
        let file = self.file(&format!("documents-{}.csv", Uuid::from_u128(rand::random())), text);
        let town = self.instance.towns().by_key(town).unwrap();
        let (source, report) = (Source::file(&file)?, Report::create(&self.report())?);
        documents::import::import(&self.instance.app, town, (source, snapshot), report, |_| {}).await
    }

    /// Imports people into Deinze.
    pub async fn people(&self, people: &[&Somebody]) -> Outcome {
        self.residents_file("deinze", people_csv(people), false).await.unwrap()
    }

    /// Imports papers into Deinze.
    pub async fn papers(&self, papers: &[Paper]) -> Outcome {
        let outcome = self.documents_file("deinze", papers_csv(papers), false).await.unwrap();
        assert_eq!(outcome.wrong, 0, "{}", std::fs::read_to_string(self.report()).unwrap());
        outcome
    }

    /// A phone out of the box, known to its provider.
    pub fn new_phone(&self, ios: bool, name: &str) -> Phone {
        let n = self.tokens.get();
        self.tokens.set(n + 1);
        let token = format!("{n:064x}");
        let mut phone = if ios {
            let pushes = self.stubs.apns.connect(&token);
            let mut phone = Phone::new(&self.server, Kind::Ios { token }, name, Language::Nl);
            phone.listen(pushes);
            phone
        } else {
            let fid = format!("fid{n:019}");
            let pushes = self.stubs.fcm.connect(&fid);
            let mut phone = Phone::new(&self.server, Kind::Android { fid }, name, Language::Nl);
            phone.listen(pushes);
            phone
        };
        phone.installation = Uuid::from_u128(0xabcd_0000 + n);
        phone
    }

    pub fn may_sign_in(&self, who: &Somebody) {
        self.stubs.oidc.person(&who.number, json!({ "rrn": who.number, "locale": who.language }));
    }

    /// A phone on which somebody has signed in and that is registered.
    pub async fn phone(&self, who: &Somebody, ios: bool) -> Phone {
        self.may_sign_in(who);
        let mut phone = self.new_phone(ios, &format!("telefoon van {}", who.given));
        phone.sign_in("deinze", &who.number).await.unwrap();
        phone.register().await.unwrap();
        phone
    }

    /// Lets a member of staff sign in, with roles as their provider writes them.
    pub fn employ(&self, name: &str, roles: &[&str]) {
        self.employ_as(name, name, roles);
    }

    /// The same, as whom their provider knows by `subject`.
    fn employ_as(&self, subject: &str, name: &str, roles: &[&str]) {
        let (given, family) = name.split_once(' ').unwrap_or((name, ""));
        let claims = json!({
            "vo_doelgroepcode": "LB", "given_name": given, "family_name": family, "thuisloket_rol_3d": roles,
        });
        self.stubs.staff.person(subject, claims);
    }

    /// The token of a colleague who has the name of another, and is somebody else.
    pub async fn namesake(&self, name: &str, roles: &[&str]) -> String {
        let subject = format!("de andere {name}");
        self.employ_as(&subject, name, roles);
        StaffClient::sign_in(&self.server, &subject).await.unwrap().token
    }

    /// Whether a member of staff who signs in with a tool gets a code: nobody without a role does.
    pub async fn lets_in(&self, name: &str, roles: &[&str]) -> bool {
        self.employ(name, roles);
        StaffClient::code(&self.server, name).await.unwrap().is_some()
    }

    /// The token of a member of staff who signed in with a tool, through the whole flow.
    pub async fn staff(&self, name: &str, roles: &[&str]) -> String {
        self.employ(name, roles);
        StaffClient::sign_in(&self.server, name).await.unwrap().token
    }

    /// A key for a machine, made by an administrator.
    pub async fn key(&self, administrator: &str, scopes: &[&str]) -> (String, String) {
        let wish = json!({ "name": "nachtelijke uitvoer", "scopes": scopes, "days": 30 });
        let (status, made) = self.json("POST", "/staff/v1/keys", Some(administrator), &wish).await;
        assert_eq!(status, 200, "{made}");
        (made["id"].as_str().unwrap().to_owned(), made["key"].as_str().unwrap().to_owned())
    }

    /// Does all that is due now.
    pub async fn drain(&self) {
        self.instance.drain().await.unwrap();
    }

    /// Lets days pass one by one, with the work of each morning done at ten.
    pub async fn days(&self, days: u64) {
        for _ in 0..days {
            let next = self
                .now()
                .with_timezone(&chrono_tz::Europe::Brussels)
                .date_naive()
                .checked_add_days(Days::new(1))
                .unwrap();
            self.at(&format!("{next} 10:00"));
            self.drain().await;
        }
    }

    /// The inbox's titles as somebody reads them, newest first; refreshes the phone's session.
    pub async fn titles(&self, phone: &mut Phone) -> Vec<String> {
        phone.refresh().await.unwrap();
        phone.inbox().await.unwrap().into_iter().map(|m| m.title).collect()
    }

    /// A request as any client may send it. A problem must carry a code that its operation declares, and an
    /// answer be as its operation says.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<(&str, Vec<u8>)>,
    ) -> (u16, Value) {
        let mut request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.server));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some((kind, bytes)) = body {
            request = request.header("content-type", kind).body(bytes);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let kind = answer.headers().get("content-type").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(answer.headers().contains_key("x-request-id"));
        let value: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
        // An app that compares instants as texts is right.
        assert!(!value.to_string().contains("+00:00\""), "{method} {path}: {value}");
        if status >= 400 {
            assert_eq!(kind, "application/problem+json", "{method} {path}: {status} {value}");
            assert!(value["request_id"].is_string() && value["status"] == status, "{value}");
            if let Some((operation, _)) = operation(method, path) {
                let declared = operation["x-problem-codes"].as_array().unwrap();
                let code = &value["code"];
                assert!(declared.contains(code), "{method} {path} gave {code} and declares {declared:?}");
            }
        } else {
            let unlike = unlike_the_contract(method, path, status, &value);
            assert!(unlike.is_empty(), "{method} {path}: {unlike:?}: {value}");
        }
        (status, value)
    }

    pub async fn json(&self, method: &str, path: &str, token: Option<&str>, body: &Value) -> (u16, Value) {
        self.raw(method, path, token, Some(("application/json", body.to_string().into_bytes()))).await
    }

    /// The same request twice at once: the second comes while the first, which the audit trail holds up, is written and not committed.
    /// SQLite has one writer, and does them one after the other.
    pub async fn twice_at_once(&self, method: &str, path: &str, token: &str, body: &Value) -> [(u16, Value); 2] {
        self.two_at_once(method, token, [(path, body), (path, body)]).await
    }

    /// Two requests at once, in the same way.
    pub async fn two_at_once(&self, method: &str, token: &str, asked: [(&str, &Value); 2]) -> [(u16, Value); 2] {
        let mut w = self.instance.app.db.write().await.unwrap();
        if self.database.starts_with("postgres") {
            let hold = "lock table audit_entry in share mode";
            thuisloket::with_conn!(w, c => sqlx::query(hold).execute(c).await.map(|_| ())).unwrap();
        }
        let release = async {
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            w.commit().await.unwrap();
        };
        let ask = asked.map(|(path, body)| self.json(method, path, Some(token), body));
        let [one, other] = ask;
        let (one, other, ()) = tokio::join!(one, other, release);
        [one, other]
    }

    pub async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        self.raw("GET", path, Some(token), None).await
    }

    /// A figure straight from the tables.
    pub async fn figure(&self, sql: &'static str) -> i64 {
        let mut r = self.instance.app.db.read().await.unwrap();
        thuisloket::with_conn!(r, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
    }

    /// A column of text straight from the tables.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        let mut r = self.instance.app.db.read().await.unwrap();
        thuisloket::with_conn!(r, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap()
    }
}

/// A browser as far as sign-in needs one: it follows redirects and keeps cookies.
#[derive(Default)]
pub struct Browser {
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Goes to an address and follows it to a page; or stops at the last redirect to a port where nobody listens.
    pub async fn go(&mut self, url: &str) -> Result<(u16, String), reqwest::Url> {
        let mut at: reqwest::Url = url.parse().unwrap();
        for _ in 0..10 {
            let answer = self.send(reqwest::Method::GET, at.clone(), &[], None).await;
            let next = answer.headers().get("location").map(|l| at.join(l.to_str().unwrap()).unwrap());
            let Some(next) = next else { return Ok((answer.status().as_u16(), answer.text().await.unwrap())) };
            if next.port() == Some(9) {
                return Err(next);
            }
            at = next;
        }
        panic!("sent around");
    }

    /// One request, with the cookies that there are.
    pub async fn send(
        &mut self,
        method: reqwest::Method,
        url: reqwest::Url,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> reqwest::Response {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let cookies: Vec<_> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let mut request = http.request(method, url).header("cookie", cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(json) = body {
            request = request.header("content-type", "application/json").body(json.to_owned());
        }
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The operation of the contracts behind a method and a path, and the contract that it stands in.
fn operation(method: &str, path: &str) -> Option<(&'static Value, &'static Value)> {
    let path = path.split('?').next().unwrap();
    let parts: Vec<_> = path.split('/').collect();
    let mut best = None;
    for (contract, (template, item)) in
        CONTRACTS.iter().flat_map(|c| c["paths"].as_object().unwrap().iter().map(move |item| (c, item)))
    {
        let wanted: Vec<_> = template.split('/').collect();
        let fits = wanted.len() == parts.len() && wanted.iter().zip(&parts).all(|(w, p)| w.starts_with('{') || w == p);
        if let Some(operation) = item.get(method.to_lowercase()).filter(|_| fits)
            && (best.is_none() || !template.contains('{'))
        {
            best = Some((operation, contract));
        }
    }
    best
}

/// The schema of an answer, and the contract that it stands in; none where it has none.
pub fn answer_schema(method: &str, path: &str, status: u16) -> Option<(&'static Value, &'static Value)> {
    let (operation, contract) = operation(method, path)?;
    let schema = &operation["responses"][status.to_string()]["content"]["application/json"]["schema"];
    (!schema.is_null()).then_some((schema, contract))
}

/// What of an answer is not as the contract says, if anything.
fn unlike_the_contract(method: &str, path: &str, status: u16, answer: &Value) -> Vec<String> {
    /// Made once for each operation that is asked.
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<jsonschema::Validator>>>> = LazyLock::new(Mutex::default);
    let Some((schema, contract)) = answer_schema(method, path, status) else { return Vec::new() };
    let name = format!("{} {schema}", contract["info"]["title"]);
    let known = KNOWN.lock().unwrap().get(&name).cloned();
    let valid = known.unwrap_or_else(|| {
        let whole = json!({ "allOf": [schema], "components": contract["components"] });
        let made = Arc::new(jsonschema::draft4::new(&whole).unwrap());
        KNOWN.lock().unwrap().insert(name, made.clone());
        made
    });
    valid.iter_errors(answer).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

pub fn configuration(
    database: &str,
    data: &std::path::Path,
    server: &str,
    stubs: &ProviderStubs,
    folder: &std::path::Path,
    more: &str,
) -> Config {
    Config::parse(&configuration_text(database, data, server, stubs, folder, more)).unwrap()
}

pub fn configuration_text(
    database: &str,
    data: &std::path::Path,
    server: &str,
    stubs: &ProviderStubs,
    folder: &std::path::Path,
    more: &str,
) -> String {
    let towns: String = [("deinze", "44083", "0207509031"), ("gavere", "44020", "0207500000")]
        .map(|(key, nis, organisation)| {
            // Lines as `deinze.private_level = "high"` go to the town they name.
            let own: String =
                more.lines().filter_map(|l| l.strip_prefix(key)?.strip_prefix('.')).map(|l| format!("{l}\n")).collect();
            let nis = if own.contains("nis_code") { String::new() } else { format!("nis_code = \"{nis}\"") };
            format!(
                r#"
[municipalities.{key}]
{nis}
closing_days = ["07-11", "11-02", "11-15", "12-26"]
identity_providers = ["town", "fas", "itsme"]
staff_identity_provider = "staff"
organisations = ["{organisation}"]
{own}app = "shared"
contact = {{ phone = "09 000 00 00", email = "burgerzaken@{key}.example", web = "https://{key}.example/afspraak" }}
number_keys = [{{ version = 1, key = "{key}-0123456789-0123456789-0123456789" }}]
"#
            )
        })
        .concat();
    // A closing is settled at the next step.
    let visits = if more.contains("[appointments]") { "" } else { "[appointments]\nclosing_undo_seconds = 0\n" };
    // One address plays a whole town here.
    let limits = if more.contains("[limits]") {
        ""
    } else {
        "[limits]\nrequests_a_minute_by_address = 1000000\nsign_ins_a_minute_by_address = 1000000\nrequests_a_minute_by_session = 1000000\nrequests_a_minute_by_town = 1000000"
    };
    format!(
        r#"
data_folder = {data:?}
[database]
url = "{database}"
[server]
public_url = "{server}"
{serving}
[push]
timeout_seconds = 2
ping_seconds = 1
[workers]
idle_milliseconds = 50
{working}
{towns}
{stubs}
{mail}
{visits}
{limits}
{rest}
"#,
        serving = more.lines().filter_map(|l| l.strip_prefix("server.")).collect::<Vec<_>>().join("\n"),
        // Tests move the clock by months, and mean it.
        working = more
            .lines()
            .filter_map(|l| l.strip_prefix("workers."))
            .chain((!more.contains("workers.clock_jump_days")).then_some("clock_jump_days = 0"))
            .collect::<Vec<_>>()
            .join("\n"),
        rest = more
            .lines()
            .filter(|l| !["deinze.", "gavere.", "server.", "workers."].iter().any(|p| l.starts_with(p)))
            .collect::<Vec<_>>()
            .join("\n"),
        stubs = stubs.configuration(folder).unwrap(),
        // `# no mail` is a town without a relay.
        mail = if more.contains("# no mail") { String::new() } else { stubs.mail_configuration(folder).unwrap() }
    )
}

pub fn people_csv(people: &[&Somebody]) -> String {
    let mut text = "national_number;family_name;given_names;birth_date;language;street;house_number;box;postcode;town;household;parents;state;state_date;former_number\n".to_owned();
    for p in people {
        let Somebody { number, given, family, born, parents, state, state_on, language, former } = p;
        text += &format!(
            "{number};{family};{given};{born};{language};Kouter;1;;9800;Deinze;h1;{};{state};{state_on};{former}\n",
            parents.join(" ")
        );
    }
    text
}

pub fn papers_csv(papers: &[Paper]) -> String {
    let names = [
        "number_end",
        "issued_on",
        "expires_on",
        "ready_on",
        "collected_on",
        "appointment_on",
        "letter_sent_on",
        "stopped_on",
    ];
    let mut text = format!("national_number;kind;{}\n", names.join(";"));
    for p in papers {
        let values: Vec<_> = names.iter().map(|n| p.columns.get(n).cloned().unwrap_or_default()).collect();
        text += &format!("{};{};{}\n", p.of, p.kind, values.join(";"));
    }
    text
}
