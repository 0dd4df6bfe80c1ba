//! `thuisloket demo`: the main job, shown. An invented town in Deinze, imported through the real import; stand-ins for
//! identity provider, APNs and FCM on loopback; two simulated phones that sign in through the whole flow.

pub mod town;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use poem::{
    EndpointExt as _, IntoResponse as _, Response, Route, Server, get, handler,
    http::StatusCode,
    listener::TcpAcceptor,
    post,
    web::{Data, Html, Json},
};
use serde_json::{Value, json};
use thuisloket_mobile_contract::{
    client::types,
    desk::Desk,
    neighbours::Neighbours,
    phone::{Kind, Phone},
};
use tokio::{net::TcpListener, sync::Mutex};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    app::House,
    config::Config,
    documents, municipalities,
    platform::{
        ids::Ids,
        import::{Report, Source},
        language::{Language, date},
        log,
        time::{Clock, instant, local_day},
    },
    residents,
};

/// The day on which the demo begins: a Monday.
const BEGINS: (i32, u32, u32) = (2027, 3, 1);
/// Days that may pass before both phones must have heard.
const PATIENCE: u32 = 10;
/// The most days that pass at one press.
const MOST_DAYS: u32 = 400;

/// What the demo may be told.
#[derive(clap::Args)]
pub struct Options {
    /// Run the story without a person, print what arrived after how long, and exit with 0 only if all of it did.
    #[arg(long)]
    once: bool,
    /// Keep the town's data here instead of in a folder that is removed at the end.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The port of the page; 0 for a free one.
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// How many residents the town has.
    #[arg(long, default_value_t = 3_000)]
    residents: usize,
}

struct Shown {
    phone: Phone,
    owner: String,
}

/// The running demo. Cheap to clone.
#[derive(Clone)]
pub struct Demo {
    house: House,
    town: Arc<municipalities::Municipality>,
    phones: Arc<Mutex<Vec<Shown>>>,
    story: Arc<std::sync::Mutex<Vec<String>>>,
    server: String,
}

/// Runs the demo until Ctrl-C, or through once.
///
/// # Errors
/// Anything that does not work; with `--once`, anything that did not arrive.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    log::start(crate::config::LogFormat::Text, "warn");
    let temporary = tempfile::tempdir()?;
    let folder = options.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let stop = CancellationToken::new();
    let demo = Demo::start(&folder, options.residents, &stop).await?;
    if options.once {
        return demo.once().await;
    }
    let listener = match TcpListener::bind(("127.0.0.1", options.port)).await {
        Ok(listener) => listener,
        // Somebody else has the usual port.
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await?,
    };
    demo.say(format!("The page with the two phones: http://{}", listener.local_addr()?));
    demo.say("Stop with Ctrl-C.".to_owned());
    let ended = stop.clone();
    tokio::spawn(async move {
        drop(tokio::signal::ctrl_c().await);
        ended.cancel();
    });
    demo.serve(listener, stop).await
}

impl Demo {
    /// Builds the town, its server, its neighbours and its phones, and signs the phones in.
    ///
    /// # Errors
    /// Anything that does not work.
    pub async fn start(folder: &Path, size: usize, stop: &CancellationToken) -> anyhow::Result<Self> {
        let zone = chrono_tz::Europe::Brussels;
        let first = NaiveDate::from_ymd_opt(BEGINS.0, BEGINS.1, BEGINS.2).context("a day")?;
        let begins = instant(zone, first, NaiveTime::from_hms_opt(8, 55, 0).unwrap_or_default());
        let clock = Clock::running_from(begins);
        let told = clock.clone();
        let neighbours = Neighbours::start(Arc::new(move || told.now()))
            .await
            .map_err(|e| anyhow::anyhow!("the stand-ins did not start: {e}"))?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let server = format!("http://{}", listener.local_addr()?);
        let config = Config::parse(&format!(
            "data_folder = {folder:?}\n{}\n{}",
            settings(&server),
            neighbours.configuration(folder)?
        ))?;
        let house = House::open(config, clock, Ids::random()).await?;
        let town = house.towns.by_key("deinze").map_err(|_| anyhow::anyhow!("no town"))?.clone();
        let demo = Self { house, town, phones: Arc::default(), story: Arc::default(), server: server.clone() };

        let cast = town::write(folder, size, first)?;
        let began = Instant::now();
        let (app, town) = (&demo.house.app, &demo.town);
        let report = || Report::create(&folder.join("report.csv"));
        let table = |name: &str| Source::file(&folder.join(name));
        let people = residents::import::import(app, town, table("residents.csv")?, report()?, false, |_| {}).await?;
        let papers = documents::import::import(app, town, table("documents.csv")?, report()?, false, |_| {}).await?;
        demo.say(format!(
            "{} imported its register: {} residents and {} documents in {:.1} s.",
            town.name(Language::Nl),
            people.added,
            papers.added,
            began.elapsed().as_secs_f64()
        ));
        let (house, stopped) = (demo.house.clone(), stop.clone());
        tokio::spawn(async move { house.serve(listener, stopped).await });
        let (house, stopped) = (demo.house.clone(), stop.clone());
        tokio::spawn(async move { house.work(stopped).await });

        let apple = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
        let google = "cPx0FVw3T0mJh1yq8aZ2bD";
        let dutch = types::Language::Nl;
        let mut iphone = Phone::new(&server, Kind::Ios { token: apple.to_owned() }, "iPhone van Anna", dutch);
        iphone.listen(neighbours.apns.connect(apple));
        let mut pixel = Phone::new(&server, Kind::Android { fid: google.to_owned() }, "Pixel van Luc", dutch);
        pixel.listen(neighbours.fcm.connect(google));
        // One sign-in in the shape of each provider that Flanders uses.
        let (anna, luc) = (&cast.anna, &cast.luc);
        neighbours.itsme.person(
            "anna",
            json!({ "http://itsme.services/v2/claim/BENationalNumber": anna.number, "given_name": anna.given, "locale": "NL" }),
        );
        neighbours.fas.person(
            "luc",
            json!({ "egovNRN": luc.number, "givenName": luc.given, "surname": luc.family, "prefLanguage": "nl" }),
        );
        neighbours
            .oidc
            .person("anna", json!({ "rrn": anna.number, "given_name": anna.given, "family_name": anna.family }));
        let how = [
            (
                "itsme",
                "itsme: ID token and userinfo signed and encrypted to our key, and a signed assertion for a secret",
            ),
            ("fas", "CSAM’s FAS: userinfo as a signed JWT"),
            ("town", "ACM/IDM: claims in the ID token"),
        ];
        for ((mut phone, person), (provider, shape)) in [(iphone, anna), (pixel, luc)].into_iter().zip(how) {
            phone.provider = Some(provider.to_owned());
            phone.sign_in("deinze", &person.given.to_lowercase()).await?;
            phone.register().await?;
            demo.say(format!("{} signed in on {} with {shape}; registered for pushes.", person.given, phone.name));
            let owner = format!("{} {}", person.given, person.family);
            demo.phones.lock().await.push(Shown { phone, owner });
        }
        let tablet = Kind::Ios { token: "0".repeat(64) };
        let mut tablet = Phone::new(&server, tablet, "iPad van Anna", dutch);
        tablet.provider = Some("town".to_owned());
        tablet.sign_in("deinze", "anna").await?;
        demo.say(format!("Anna signed in on {} with {}: the same account, another session.", tablet.name, how[2].1));
        let clerk = "Els Claes";
        neighbours.staff.person(
            clerk,
            json!({
                "vo_doelgroepcode": "LB", "given_name": "Els", "family_name": "Claes",
                "thuisloket_rol_3d": ["Loket:0207509031"],
            }),
        );
        let strange = |e: thuisloket_mobile_contract::oidc::Error| anyhow::anyhow!("the counter: {e}");
        let desk = Desk::sign_in(&server, clerk).await.map_err(strange)?;
        demo.say(format!("{clerk} signed in at the counter with ACM/IDM for staff; her role there: counter."));
        let found = desk.find(&luc.number, "telephone").await.map_err(strange)?;
        let papers = desk.documents(&found, "telephone").await.map_err(strange)?;
        demo.say(format!(
            "Luc calls; {clerk} looks him up and sees his documents ({papers}). He can read that she did."
        ));
        Ok(demo)
    }

    fn say(&self, line: String) {
        let day = local_day(self.town.zone, self.house.app.clock.now());
        println!("{day}  {line}");
        self.story
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(format!("{}: {line}", date(Language::En, day)));
    }

    /// Lets a day pass: the clock stands at five past nine the next morning, and what is due is done.
    ///
    /// # Errors
    /// A step that fails.
    async fn next_day(&self) -> anyhow::Result<()> {
        let clock = &self.house.app.clock;
        let tomorrow = local_day(self.town.zone, clock.now()).succ_opt().context("the end of time")?;
        clock.set(instant(self.town.zone, tomorrow, NaiveTime::from_hms_opt(9, 5, 0).unwrap_or_default()));
        self.settle().await
    }

    /// Waits until nothing is due and nothing is on its way.
    async fn settle(&self) -> anyhow::Result<()> {
        self.house.drain().await?;
        let mut phones = self.phones.lock().await;
        for shown in phones.iter_mut() {
            // A phone refreshes its session when it wakes.
            shown.phone.refresh().await?;
            let before = shown.phone.lock_screen.len();
            shown.phone.receive_all().await;
            for n in shown.phone.lock_screen.iter().skip(before) {
                self.say(format!("{} lights up: “{}”", shown.phone.name, n.text));
            }
        }
        Ok(())
    }

    /// The story, without a person.
    ///
    /// # Errors
    /// Whatever did not arrive.
    async fn once(&self) -> anyhow::Result<()> {
        let mut waited = None;
        for _ in 0..PATIENCE {
            let began = Instant::now();
            self.next_day().await?;
            if self.phones.lock().await.iter().all(|s| !s.phone.lock_screen.is_empty()) {
                waited = Some(began.elapsed());
                break;
            }
        }
        let waited = waited.context("a phone heard nothing")?;
        let mut phones = self.phones.lock().await;
        for shown in phones.iter_mut() {
            let seen = shown.phone.lock_screen.last().cloned().context("nothing on the lock screen")?;
            let message = shown.phone.open(seen.message).await?;
            let why = shown.phone.why(seen.message).await?;
            self.say(format!("{} opens it: “{}”", shown.owner, message.title));
            for line in message.body.lines().filter(|l| !l.is_empty()) {
                println!("            {line}");
            }
            self.say(format!("Why: {}", why.rules.join(" ")));
            anyhow::ensure!(!seen.text.contains(&message.title), "the lock screen told what it was about");
            anyhow::ensure!(shown.phone.badge == 0, "the badge still says {}", shown.phone.badge);
            anyhow::ensure!(shown.phone.doubles == 0, "a push came twice");
        }
        println!("Both reminders arrived {} ms after the town’s clock struck nine. All is well.", waited.as_millis());
        Ok(())
    }

    /// Serves the page until `stop`.
    ///
    /// # Errors
    /// A listener that fails.
    pub async fn serve(&self, listener: TcpListener, stop: CancellationToken) -> anyhow::Result<()> {
        let route = Route::new()
            .at("/", get(page))
            .at("/state", get(state))
            .at("/days/:days", post(days))
            .at("/open/:phone/:message", post(open))
            .at("/preview/:phone/:full", post(preview))
            .data(self.clone());
        Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?)
            .run_with_graceful_shutdown(
                route,
                async move { stop.cancelled().await },
                Some(std::time::Duration::from_secs(2)),
            )
            .await?;
        Ok(())
    }

    async fn state(&self) -> anyhow::Result<Value> {
        let mut out = Vec::new();
        let mut phones = self.phones.lock().await;
        for shown in phones.iter_mut() {
            shown.phone.receive_all().await;
            let inbox = match shown.phone.inbox().await {
                Ok(inbox) => inbox,
                Err(e) if e.code() == "token_expired" => {
                    shown.phone.refresh().await?;
                    shown.phone.inbox().await?
                }
                Err(e) => return Err(e.into()),
            };
            out.push(json!({
                "name": shown.phone.name,
                "owner": shown.owner,
                "ios": matches!(shown.phone.kind, Kind::Ios { .. }),
                "badge": shown.phone.badge,
                "full": shown.phone.full_preview,
                "lock": shown.phone.lock_screen.iter().map(|n| json!({ "message": n.message, "text": n.text })).collect::<Vec<_>>(),
                "inbox": inbox,
                "documents": shown.phone.documents().await?,
                "audit": shown.phone.audit().await?,
            }));
        }
        let now: DateTime<Utc> = self.house.app.clock.now();
        let local = now.with_timezone(&self.town.zone);
        let weekday = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
        Ok(json!({
            "day": format!("{} {}", weekday[local.weekday().num_days_from_monday() as usize], date(Language::Nl, local.date_naive())),
            "time": local.format("%H:%M").to_string(),
            "town": self.town.name(Language::Nl),
            "server": self.server,
            "phones": out,
            "story": self.story.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
        }))
    }
}

/// The configuration of the invented town.
fn settings(server: &str) -> String {
    format!(
        r#"
[server]
public_url = "{server}"
[workers]
idle_milliseconds = 200
[sessions]
app_link = "https://app.example/thuisloket"
[municipalities.deinze]
nis_code = "44083"
closing_days = ["07-11", "11-02", "11-15", "12-26"]
identity_providers = ["itsme", "fas", "town"]
staff_identity_provider = "staff"
organisations = ["0207509031"]
app = "shared"
contact = {{ phone = "09 000 00 00", email = "burgerzaken@deinze.example", web = "https://deinze.example/afspraak" }}
"#
    )
}

fn fault(error: &anyhow::Error) -> Response {
    format!("{error:#}").with_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

#[handler]
fn page() -> Response {
    Html(include_str!("page.html"))
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
        )
        .into_response()
}

#[handler]
async fn state(demo: Data<&Demo>) -> Response {
    match demo.state().await {
        Ok(value) => Json(value).into_response(),
        Err(error) => fault(&error),
    }
}

#[handler]
async fn days(demo: Data<&Demo>, poem::web::Path(days): poem::web::Path<u32>) -> Response {
    for _ in 0..days.min(MOST_DAYS) {
        if let Err(error) = demo.next_day().await {
            return fault(&error);
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

#[handler]
async fn open(demo: Data<&Demo>, poem::web::Path((phone, message)): poem::web::Path<(usize, Uuid)>) -> Response {
    let mut phones = demo.phones.lock().await;
    let Some(shown) = phones.get_mut(phone) else { return StatusCode::NOT_FOUND.into_response() };
    match shown.phone.open(message).await {
        Ok(found) => {
            demo.say(format!("{} opens “{}”.", shown.owner, found.title));
            let why = shown.phone.why(message).await.ok();
            Json(json!({ "message": found, "why": why })).into_response()
        }
        Err(error) => fault(&error.into()),
    }
}

#[handler]
async fn preview(demo: Data<&Demo>, poem::web::Path((phone, full)): poem::web::Path<(usize, bool)>) -> Response {
    let mut phones = demo.phones.lock().await;
    let Some(shown) = phones.get_mut(phone) else { return StatusCode::NOT_FOUND.into_response() };
    shown.phone.full_preview = full;
    match shown.phone.register().await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => fault(&error.into()),
    }
}
