//! The main job, shown. An invented town in Deinze, imported through the real import; stand-ins for
//! identity provider, APNs, FCM and the relay of e-mail on loopback; two phones that sign in through the whole flow: simulated ones, until a
//! page takes them; and who has no phone, who is told by letter and by e-mail.

pub mod network;
mod paper;
pub mod phones;
pub mod program;
mod pushes;
mod sandbox;
pub mod town;

use std::{
    collections::{BTreeMap, HashMap},
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use poem::{
    EndpointExt as _, IntoResponse as _, Response, Route, get, handler,
    http::StatusCode,
    listener::TcpAcceptor,
    post,
    web::{Data, Json, Query},
};
use serde_json::{Value, json};
use thuisloket::{
    app::Server,
    command::output::out,
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
use thuisloket_mobile_contract::{
    client::types,
    oidc::Part,
    phone::{Kind, Phone, PhoneError, Seen},
    provider_stubs::ProviderStubs,
    staff_client::StaffClient,
};
use tokio::{net::TcpListener, sync::Mutex};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use network::{Front, Network};

/// The day on which the demo begins if nothing else is said: a Monday.
const BEGINS: NaiveDate = match NaiveDate::from_ymd_opt(2027, 3, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// At what time it begins: the town hall has just opened, and what is told in the morning is told.
const BEGINS_AT: (u32, u32) = (9, 5);
/// Days that may pass before both phones must have heard.
const PATIENCE: u32 = 10;
/// Who is at the counter.
const CLERK: &str = "Els Claes";
/// Who writes announcements, and sends the register in.
const WRITER: &str = "Rik Maes";
/// Who approves them, and reads who did what.
const APPROVER: &str = "Bea Devos";
/// Who gives keys to machines and sees what colleagues may do.
const ADMINISTRATOR: &str = "An Peeters";
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
    /// The port of the server: the console, the news, the API and its pages, and where one signs in; 0 for a free one.
    #[arg(long, default_value_t = 8091)]
    server_port: u16,
    /// The address on which both are reached: 0.0.0.0 for phones in the same network. Whoever reaches the page may press its buttons.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    #[command(flatten)]
    setup: Setup,
}

/// Which town it is, and how apps reach it.
#[derive(Clone, Debug, clap::Args)]
pub struct Setup {
    /// How many residents the town has, beside those who are known by name.
    #[arg(long, default_value_t = 3_000)]
    pub residents: usize,
    /// The day on which the town begins: 2027-03-01, or `today` for the time that it is. A town that is kept goes on where it was left.
    #[arg(long, value_name = "DATE", default_value = "2027-03-01")]
    pub begin: Begin,
    /// How phones and emulators reach the server, if not as this machine does: http://10.0.2.2:8091, say.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Where the links of your app begin: a sign-in comes back on URL/sign-in. Without it they begin at the server itself, and its page of the
    /// API can sign somebody in.
    #[arg(long, value_name = "URL")]
    pub app_link: Option<String>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { residents: 3_000, begin: Begin::On(BEGINS), public_url: None, app_link: None }
    }
}

/// When a town begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// At the time that it is.
    Today,
    /// In the morning of a day.
    On(NaiveDate),
}

impl std::str::FromStr for Begin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "today" => Ok(Self::Today),
            day => day.parse().map(Self::On).map_err(|_| format!("{BEGINS}, say, or today")),
        }
    }
}

struct Shown {
    phone: Phone,
    owner: String,
    /// Whether a page has it: what is delivered to it goes there, and its session is the page's.
    taken: bool,
}

impl Shown {
    /// First names are enough for a story.
    fn given(&self) -> &str {
        self.owner.split(' ').next().unwrap_or_default()
    }

    /// What its lock screen shows.
    fn locked(&self) -> Vec<Value> {
        self.phone.lock_screen.iter().map(|n| json!({ "message": n.message, "text": n.text })).collect()
    }
}

/// The counter of the town hall, and whom it called.
struct Counter {
    desk: StaffClient,
    /// On which day, and whom.
    called: Option<(NaiveDate, Value)>,
}

impl Counter {
    /// Whom it called today: the evening sends everybody home.
    fn called(&self, today: NaiveDate) -> Option<&Value> {
        self.called.as_ref().filter(|(day, _)| *day == today).map(|(_, called)| called)
    }
}

/// The running demo. Cheap to clone.
#[derive(Clone)]
pub struct Demo {
    instance: Server,
    stubs: ProviderStubs,
    /// What apps come through, and how it is broken.
    network: Network,
    /// How APNs and FCM are broken.
    providers: Arc<std::sync::Mutex<BTreeMap<&'static str, &'static str>>>,
    town: Arc<municipalities::Municipality>,
    phones: Arc<Mutex<Vec<Shown>>>,
    delivered: phones::Delivered,
    /// Another one each time that the demo starts, so that a page knows when it speaks to another.
    run: Uuid,
    stop: CancellationToken,
    counter: Arc<Mutex<Option<Counter>>>,
    story: Arc<std::sync::Mutex<Vec<String>>>,
    /// How phones and browsers reach the server.
    server: String,
    /// How this program does, whatever the network is like.
    own: String,
    app_link: String,
    folder: PathBuf,
}

/// Runs the demo until Ctrl-C, or through once.
///
/// # Errors
/// Anything that does not work; with `--once`, anything that did not arrive.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    log::start(thuisloket::config::LogFormat::Text, "warn");
    let temporary = tempfile::tempdir()?;
    let folder = options.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let stop = CancellationToken::new();
    let server = listen((options.listen, options.server_port), "the server", "--server-port").await?;
    let port = server.local_addr()?.port();
    anyhow::ensure!(
        options.setup.public_url.is_none() || [port, 0].contains(&options.server_port),
        "somebody has port {}, and --public-url leads there: end what has it, or choose another with --server-port",
        options.server_port
    );
    let demo = Demo::start_on(server, &folder, &options.setup, &stop).await?;
    if options.once {
        return demo.once().await;
    }
    let listener = listen((options.listen, options.port), "the page", "--port").await?;
    let here = local(&listener)?;
    demo.say(format!("The page with the two phones: {here}"));
    demo.say(format!("The sandbox for whoever builds an app, with citizens, pushes and faults: {here}/sandbox"));
    demo.say(format!("The server, for apps: {}; their links begin with {}", demo.server, demo.app_link));
    if options.listen.is_unspecified() && options.setup.public_url.is_none() {
        demo.say(format!(
            "No phone can sign in: they are sent to {}. Say with --public-url how they reach this machine.",
            demo.server
        ));
    }
    demo.say(format!(
        "The console of staff: {}/staff; sign in as {WRITER}, who writes, and in a private window as {APPROVER}, who approves; as {CLERK} at the counter, and as {ADMINISTRATOR} for keys and colleagues.",
        demo.server
    ));
    demo.say("Stop with Ctrl-C.".to_owned());
    let ended = stop.clone();
    tokio::spawn(async move {
        drop(tokio::signal::ctrl_c().await);
        ended.cancel();
    });
    demo.serve(listener, stop).await
}

/// A port of this machine: the one that is wanted, so that apps, bookmarks and cookies last; or a free one where somebody has it, and
/// then it says so.
async fn listen((address, port): (IpAddr, u16), what: &str, option: &str) -> anyhow::Result<TcpListener> {
    match TcpListener::bind((address, port)).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let listener = TcpListener::bind((address, 0)).await?;
            let free = listener.local_addr()?.port();
            out("!".repeat(78))?;
            out(format_args!("!! SOMEBODY HAS PORT {port}: {what} is on port {free} this time, and an app that"))?;
            out(format_args!("!! goes to {port} meets something else. End what has it, or choose with {option}."))?;
            out("!".repeat(78))?;
            Ok(listener)
        }
        Err(error) => Err(error).with_context(|| format!("{what} cannot listen on {address}, port {port}")),
    }
}

/// How this machine reaches what listens.
fn local(listener: &TcpListener) -> anyhow::Result<String> {
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    Ok(format!("http://{address}"))
}

/// Where the time of a town that is kept stands in its folder.
const CLOCK: &str = "demo-clock.txt";
/// And the day on which it began: who lives there follows from it.
const FIRST_DAY: &str = "demo-first-day.txt";

impl Demo {
    /// As [`Demo::start_on`], on a free port.
    ///
    /// # Errors
    /// Anything that does not work.
    pub async fn start(folder: &Path, size: usize, stop: &CancellationToken) -> anyhow::Result<Self> {
        let listener = listen((IpAddr::V4(Ipv4Addr::LOCALHOST), 0), "the server", "--server-port").await?;
        Self::start_on(listener, folder, &Setup { residents: size, ..Setup::default() }, stop).await
    }

    /// Builds the town, its server, stubs of its providers and its phones, and signs the phones in. A town that is in the folder goes on
    /// where it was left.
    ///
    /// # Errors
    /// Anything that does not work.
    pub async fn start_on(
        listener: TcpListener,
        folder: &Path,
        setup: &Setup,
        stop: &CancellationToken,
    ) -> anyhow::Result<Self> {
        let (first, begins) = beginning(folder, setup.begin)?;
        let clock = Clock::running_from(begins);
        let told = clock.clone();
        let stubs = ProviderStubs::start(Arc::new(move || told.now()))
            .await
            .map_err(|e| anyhow::anyhow!("the stand-ins did not start: {e}"))?;
        let server = setup.public_url.clone().map_or_else(|| local(&listener), Ok)?;
        let server = server.trim_end_matches('/').to_owned();
        for (name, stub) in network::providers(&stubs) {
            // Where phones reach it: beside the server.
            let there = format!("{server}{}{name}", network::SIGN_IN);
            stub.says(Part::Discovery, json!({ "authorization_endpoint": there }));
        }
        let app_link = setup.app_link.clone().unwrap_or_else(|| format!("{server}/app"));
        let config = Config::parse(&format!(
            "data_folder = {folder:?}\n{}\n{}\n{}",
            settings(&server, &app_link),
            stubs.configuration(folder)?,
            stubs.mail_configuration(folder)?
        ))?;
        let instance = Server::open(config, clock, Ids::random()).await?;
        let town = instance.towns().by_key("deinze").map_err(|_| anyhow::anyhow!("no town"))?.clone();
        let run = instance.app.ids.uuid(instance.app.clock.now());
        let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let own = local(&inner)?;
        let demo = Self {
            instance,
            stubs: stubs.clone(),
            network: Network::default(),
            providers: Arc::default(),
            town,
            phones: Arc::default(),
            delivered: Arc::new(tokio::sync::watch::Sender::new(Vec::new())),
            run,
            stop: stop.clone(),
            counter: Arc::default(),
            story: Arc::default(),
            server,
            own: own.clone(),
            app_link,
            folder: folder.to_owned(),
        };

        let cast = town::write(folder, setup.residents, first)?;
        let began = Instant::now();
        let (app, town) = (&demo.instance.app, &demo.town);
        let report = || Report::create(&folder.join("report.csv"));
        let table = |name: &str| Source::file(&folder.join(name));
        let people = residents::import::import(app, town, (table("residents.csv")?, false), report()?, |_| {}).await?;
        let papers = documents::import::import(app, town, (table("documents.csv")?, false), report()?, |_| {}).await?;
        demo.say(format!(
            "{} imported its register: {} residents and {} documents in {:.1} s.",
            town.name(Language::Nl),
            people.added,
            papers.added,
            began.elapsed().as_secs_f64()
        ));
        // Apps come through a network that may break, the phones of this program do not.
        for (listener, network) in [(listener, demo.network.clone()), (inner, Network::default())] {
            let front = Front { routes: demo.instance.routes()?, network, stubs: stubs.clone() };
            let (instance, stopped) = (demo.instance.clone(), stop.clone());
            tokio::spawn(async move { instance.serve_routes(listener, front, stopped).await });
        }
        let (instance, stopped) = (demo.instance.clone(), stop.clone());
        tokio::spawn(async move { instance.work(stopped).await });

        let apple = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
        let google = "cPx0FVw3T0mJh1yq8aZ2bD";
        let dutch = types::Language::Nl;
        let mut iphone = Phone::new(&own, Kind::Ios { token: apple.to_owned() }, "iPhone van Anna", dutch);
        iphone.listen(stubs.apns.connect(apple));
        let mut pixel = Phone::new(&own, Kind::Android { fid: google.to_owned() }, "Pixel van Luc", dutch);
        pixel.listen(stubs.fcm.connect(google));
        // One sign-in in the shape of each provider that Flanders uses.
        let (anna, luc) = (&cast.anna, &cast.luc);
        let about = "a child's document: her daughter's Kids-ID expires in three months";
        stubs.itsme.person(
            "anna",
            json!({ "http://itsme.services/v2/claim/BENationalNumber": anna.number, "given_name": anna.given, "locale": "NL" }),
        );
        stubs.fas.person(
            "luc",
            json!({ "egovNRN": luc.number, "givenName": luc.given, "surname": luc.family, "prefLanguage": "nl" }),
        );
        stubs.oidc.person(
            "anna",
            json!({ "rrn": anna.number, "given_name": anna.given, "family_name": anna.family, "about": about }),
        );
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
            // The same app as before, where the town was kept.
            phone.installation = installation(provider);
            phone.sign_in("deinze", &person.given.to_lowercase()).await?;
            phone.register().await?;
            demo.say(format!("{} signed in on {} with {shape}; registered for pushes.", person.given, phone.name));
            let owner = format!("{} {}", person.given, person.family);
            demo.phones.lock().await.push(Shown { phone, owner, taken: false });
        }
        let tablet = Kind::Ios { token: "0".repeat(64) };
        let mut tablet = Phone::new(&own, tablet, "iPad van Anna", dutch);
        tablet.provider = Some("town".to_owned());
        tablet.installation = installation("tablet");
        tablet.sign_in("deinze", "anna").await?;
        demo.say(format!("Anna signed in on {} with {}: the same account, another session.", tablet.name, how[2].1));
        for (n, other) in cast.others.iter().enumerate() {
            let (key, token) = (format!("other-{n}"), format!("{n:064x}"));
            stubs
                .oidc
                .person(&key, json!({ "rrn": other.number, "given_name": other.given, "family_name": other.family }));
            let mut phone = Phone::new(&own, Kind::Ios { token }, "iPhone", dutch);
            phone.provider = Some("town".to_owned());
            phone.installation = installation(&key);
            phone.sign_in("deinze", &key).await?;
            phone.register().await?;
        }
        demo.say(format!("{} others in the middle of town have the app as well.", cast.others.len()));
        let clerk = CLERK;
        stubs.staff.person(
            clerk,
            json!({
                "vo_doelgroepcode": "LB", "given_name": "Els", "family_name": "Claes",
                "thuisloket_rol_3d": ["Loket:0207509031", "Planner:0207509031"],
            }),
        );
        for (name, roles) in
            [(WRITER, ["Redactie", "Noodbericht", "Register"]), (APPROVER, ["Goedkeuring", "Toezicht", "Loket"])]
        {
            let (given, family) = name.split_once(' ').unwrap_or((name, ""));
            let roles = roles.map(|r| format!("{r}:0207509031"));
            let claims = json!({
                "vo_doelgroepcode": "LB", "given_name": given, "family_name": family, "thuisloket_rol_3d": roles,
            });
            stubs.staff.person(name, claims);
        }
        stubs.staff.person(
            ADMINISTRATOR,
            json!({
                "vo_doelgroepcode": "LB", "given_name": "An", "family_name": "Peeters",
                "thuisloket_rol_3d": ["Beheer:0207509031", "Toezicht:0207509031"],
            }),
        );
        let desk = StaffClient::sign_in(&own, clerk).await.map_err(at_the_counter)?;
        demo.say(format!(
            "{clerk} signed in at the counter with ACM/IDM for staff; her roles there: counter and plan."
        ));
        let planned = demo.planned().await?;
        for (path, plan) in
            town::plans(first).into_iter().filter(|(path, _)| !planned.iter().any(|id| path.ends_with(id)))
        {
            desk.plan(&path, &plan).await.map_err(at_the_counter)?;
        }
        demo.say("She plans the town hall: three services, three desks, their hours.".to_owned());
        let found = desk.find(&luc.number, "telephone").await.map_err(at_the_counter)?;
        let papers = desk.documents(&found, "telephone").await.map_err(at_the_counter)?;
        demo.say(format!(
            "Luc calls; {clerk} looks him up and sees his documents ({papers}). He can read that she did."
        ));
        demo.situations(&desk, &cast).await?;
        demo.without_a_phone(&desk, &cast).await?;
        *demo.counter.lock().await = Some(Counter { desk, called: None });
        Ok(demo)
    }

    fn say(&self, line: String) {
        let day = local_day(self.town.zone, self.instance.app.clock.now());
        // The page tells it as well.
        drop(out(format_args!("{day}  {line}")));
        self.story
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(format!("{}: {line}", date(Language::En, day)));
    }

    /// The ids of what is planned already, in a town that was kept.
    async fn planned(&self) -> anyhow::Result<Vec<String>> {
        let mut r = self.instance.app.db.read().await?;
        let known = thuisloket::appointments::Catalogue::of(&self.instance.app, &mut r, &self.town).await?;
        let (services, locations) = (known.services.keys(), known.locations.keys());
        Ok(services.map(ToString::to_string).chain(locations.map(ToString::to_string)).collect())
    }

    /// The day that the town's calendars show.
    fn today(&self) -> NaiveDate {
        local_day(self.town.zone, self.instance.app.clock.now())
    }

    /// Lets a day pass: the clock stands at five past nine the next morning, and what is due is done.
    ///
    /// # Errors
    /// A step that fails.
    async fn next_day(&self) -> anyhow::Result<()> {
        let clock = &self.instance.app.clock;
        let tomorrow = local_day(self.town.zone, clock.now()).succ_opt().context("the end of time")?;
        clock.set(instant(self.town.zone, tomorrow, NaiveTime::from_hms_opt(9, 5, 0).unwrap_or_default()));
        self.settle().await
    }

    /// Waits until nothing is due and nothing is on its way.
    async fn settle(&self) -> anyhow::Result<()> {
        self.instance.drain().await?;
        std::fs::write(self.folder.join(CLOCK), self.instance.app.clock.now().to_rfc3339())?;
        let mut phones = self.phones.lock().await;
        for shown in phones.iter_mut().filter(|shown| !shown.taken) {
            self.wake(shown).await?;
            let before = shown.phone.lock_screen.len();
            shown.phone.receive_all().await;
            for n in shown.phone.lock_screen.iter().skip(before) {
                self.say(format!("{} lights up: “{}”", shown.phone.name, n.text));
            }
        }
        Ok(())
    }

    /// Lets so much time pass, a day at a time at the most, with what is due on the way.
    ///
    /// # Errors
    /// A step that fails.
    async fn pass(&self, time: chrono::Duration) -> anyhow::Result<()> {
        let mut left = time;
        while left > chrono::Duration::zero() {
            let step = left.min(chrono::Duration::days(1));
            self.instance.app.clock.advance(step);
            self.settle().await?;
            left -= step;
        }
        Ok(())
    }

    /// A phone refreshes its session when it wakes. Whoever was signed out meanwhile signs in again.
    async fn wake(&self, shown: &mut Shown) -> anyhow::Result<()> {
        match shown.phone.refresh().await {
            Err(PhoneError::Problem { status: 401, .. }) => {
                let person = shown.given().to_lowercase();
                shown.phone.sign_in("deinze", &person).await?;
                shown.phone.register().await?;
                self.say(format!("{} was signed out, and signs in again on {}.", shown.given(), shown.phone.name));
                Ok(())
            }
            refreshed => Ok(refreshed?),
        }
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
                out(format_args!("            {line}"))?;
            }
            self.say(format!("Why: {}", why.rules.join(" ")));
            anyhow::ensure!(!seen.text.contains(&message.title), "the lock screen told what it was about");
            anyhow::ensure!(shown.phone.badge == 0, "the badge still says {}", shown.phone.badge);
            anyhow::ensure!(shown.phone.doubles == 0, "a push came twice");
        }
        drop(phones);
        out(format_args!("Both reminders arrived {} ms after the town’s clock struck nine.", waited.as_millis()))?;
        self.visit().await?;
        self.on_paper().await?;
        out("All is well.")?;
        Ok(())
    }

    /// From the reminder to the called number, without a person.
    ///
    /// # Errors
    /// Whatever does not work.
    async fn visit(&self) -> anyhow::Result<()> {
        self.book().await?;
        self.go_to_visit().await?;
        self.check_in().await?;
        let before = self.phones.lock().await.first().map(|s| s.phone.lock_screen.len()).unwrap_or_default();
        let began = Instant::now();
        self.call().await?;
        self.settle().await?;
        let after = self.phones.lock().await.first().map(|s| s.phone.lock_screen.len()).unwrap_or_default();
        anyhow::ensure!(after > before, "the phone did not hear that it is called");
        out(format_args!("            She was called, and her phone knew, {} ms later.", began.elapsed().as_millis()))?;
        self.step("start").await?;
        self.step("finish").await?;
        self.answer(5).await
    }

    /// One tap on what the reminder offers: books the third of the starts.
    async fn book(&self) -> anyhow::Result<()> {
        let visit = {
            let phones = self.phones.lock().await;
            let shown = phones.first().context("no phone")?;
            let inbox = shown.phone.inbox().await?;
            let message = inbox.iter().find(|m| m.kind == "document_reminder").context("no reminder")?.id;
            let proposals = shown.phone.proposals(message).await?;
            let wanted = proposals.first().context("nothing is proposed")?;
            let free: Vec<_> = wanted.starts.iter().map(|s| self.local(s.starts_at)).collect();
            self.say(format!("The reminder offers what is free at this moment: {}.", free.join("; ")));
            let visit = shown.phone.book(wanted, wanted.starts.get(2).context("no such start")?).await?;
            let (owner, service, reference) = (&shown.owner, &visit.service.name, &visit.reference);
            let at = self.local(visit.starts_at);
            let reminders = visit.reminders.iter().map(|r| self.local(r.at)).collect::<Vec<_>>().join(" and ");
            let reminders = if reminders.is_empty() {
                "No reminder: it is soon".to_owned()
            } else {
                format!("Reminders: {reminders}")
            };
            self.say(format!("{owner} books with one tap: {service}, {at}, reference {reference}. {reminders}."));
            visit
        };
        anyhow::ensure!(visit.state == "booked", "the visit is {}", visit.state);
        self.settle().await
    }

    /// As the town's clocks show it.
    fn local(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.town.zone);
        format!("on {} at {}", date(Language::En, local.date_naive()), local.format("%H:%M"))
    }

    /// Lets time pass until a quarter before the visit, with what is due on the way.
    async fn go_to_visit(&self) -> anyhow::Result<()> {
        let visit = {
            let phones = self.phones.lock().await;
            phones.first().context("no phone")?.phone.visits().await?.into_iter().next().context("no visit")?
        };
        let door = visit.starts_at - chrono::Duration::minutes(15);
        let due = visit.reminders.iter().map(|r| r.at + chrono::Duration::minutes(1)).chain([door]);
        let mut due: Vec<DateTime<Utc>> = due.filter(|at| *at <= door).collect();
        due.sort_unstable();
        for at in due {
            self.pass_until(at).await?;
        }
        Ok(())
    }

    /// Lets time pass until then, where that is not over, and does what is due.
    async fn pass_until(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        let clock = &self.instance.app.clock;
        if at > clock.now() {
            clock.set(at);
            self.settle().await?;
        }
        Ok(())
    }

    async fn check_in(&self) -> anyhow::Result<()> {
        let phones = self.phones.lock().await;
        let shown = phones.first().context("no phone")?;
        let visit = shown.phone.visits().await?.into_iter().next().context("no visit")?;
        let ticket = shown.phone.check_in(&visit).await?;
        // Nobody knows how long one waits before anybody is at a desk.
        let wait = ticket.wait_minutes.map(|minutes| format!(", {minutes} minutes to wait")).unwrap_or_default();
        self.say(format!(
            "{} checks in at the door: number {}; {} before {}{wait}.",
            shown.owner,
            ticket.number,
            ticket.ahead,
            shown.given(),
        ));
        Ok(())
    }

    /// Els was signed out over night, and signs in again in the morning.
    async fn sign_in_again(&self, counter: &mut Counter) -> anyhow::Result<()> {
        counter.desk = StaffClient::sign_in(&self.own, CLERK).await.map_err(at_the_counter)?;
        Ok(())
    }

    /// Els calls the next to the first desk.
    async fn call(&self) -> anyhow::Result<()> {
        let mut counter = self.counter.lock().await;
        let counter = counter.as_mut().context("nobody is at the counter")?;
        let mut called = counter.desk.call(town::DESK).await;
        if called.is_err() {
            self.sign_in_again(counter).await?;
            called = counter.desk.call(town::DESK).await;
        }
        let called = called.map_err(at_the_counter)?;
        match &called {
            Some(c) => self.say(format!("Els calls {} to Loket 1: {}.", text(c, "number"), text(c, "name"))),
            None => self.say("Els calls the next; nobody waits.".to_owned()),
        }
        counter.called = called.map(|called| (self.today(), called));
        Ok(())
    }

    async fn step(&self, step: &str) -> anyhow::Result<()> {
        {
            let mut counter = self.counter.lock().await;
            let counter = counter.as_mut().context("nobody is at the counter")?;
            let mut called = counter.called(self.today()).cloned().context("nobody is called")?;
            let id = text(&called, "id").to_owned();
            let mut stepped = counter.desk.step(&id, step).await;
            if stepped.is_err() {
                self.sign_in_again(counter).await?;
                stepped = counter.desk.step(&id, step).await;
            }
            if stepped.is_err() || matches!(step, "finish" | "miss") {
                // The desk is free: what cannot be done any more holds it up no longer.
                counter.called = None;
            } else if step == "start" {
                called["state"] = json!("serving");
                counter.called = Some((self.today(), called.clone()));
            }
            stepped.map_err(at_the_counter)?;
            self.say(format!("Els: {step}, with {}.", text(&called, "number")));
        }
        self.settle().await
    }

    async fn answer(&self, score: u64) -> anyhow::Result<()> {
        let phones = self.phones.lock().await;
        let shown = phones.first().context("no phone")?;
        let ticket = shown.phone.tickets().await?.into_iter().find(|t| t.may_answer).context("nothing to answer")?;
        shown.phone.answer(ticket.id, score).await?;
        self.say(format!("{} gives it {score} out of 5; the answer is kept without her name.", shown.owner));
        Ok(())
    }

    /// Serves the page until `stop`.
    ///
    /// # Errors
    /// A listener that fails.
    pub async fn serve(&self, listener: TcpListener, stop: CancellationToken) -> anyhow::Result<()> {
        let route = Route::new()
            .at("/state", get(state))
            .at("/days/:days", post(days))
            .at("/clock", post(pass_time))
            .at("/call", post(call))
            .at("/step/:step", post(take_step));
        let route = phones::routes(paper::routes(sandbox::routes(route))).data(self.clone());
        let server = Front { routes: self.instance.routes()?, network: Network::default(), stubs: self.stubs.clone() };
        let links =
            phones::Links { itself: self.server.clone(), app_link: self.app_link.trim_end_matches('/').to_owned() };
        let page = phones::Page { route, server, links };
        poem::Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?)
            .run_with_graceful_shutdown(
                page,
                async move { stop.cancelled().await },
                Some(std::time::Duration::from_secs(2)),
            )
            .await?;
        Ok(())
    }

    /// What the app shows; with a new token where the clock was moved or the session ended meanwhile.
    async fn look(&self, shown: &mut Shown) -> anyhow::Result<Seen> {
        match shown.phone.look().await {
            Err(PhoneError::Problem { status: 401, .. }) => {
                self.wake(shown).await?;
                Ok(shown.phone.look().await?)
            }
            seen => Ok(seen?),
        }
    }

    async fn state(&self) -> anyhow::Result<Value> {
        let mut out = Vec::new();
        let mut phones = self.phones.lock().await;
        for shown in phones.iter_mut() {
            let mut of_phone = json!({
                "name": shown.phone.name,
                "owner": shown.owner,
                "ios": matches!(shown.phone.kind, Kind::Ios { .. }),
                "taken": shown.taken,
            });
            if !shown.taken {
                shown.phone.receive_all().await;
                let seen = self.look(shown).await?;
                of_phone["badge"] = json!(shown.phone.badge);
                of_phone["lock"] = json!(shown.locked());
                if let (Some(all), Value::Object(seen)) = (of_phone.as_object_mut(), serde_json::to_value(seen)?) {
                    all.extend(seen);
                }
            }
            out.push(of_phone);
        }
        let called = self.counter.lock().await.as_ref().and_then(|c| c.called(self.today()).cloned());
        let now: DateTime<Utc> = self.instance.app.clock.now();
        let local = now.with_timezone(&self.town.zone);
        let weekday = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
        Ok(json!({
            "run": self.run,
            "day": format!("{} {}", weekday[local.weekday().num_days_from_monday() as usize], date(Language::Nl, local.date_naive())),
            "today": local.date_naive(),
            "now": now.format("%Y-%m-%dT%H:%MZ").to_string(),
            "time": local.format("%H:%M").to_string(),
            "town": self.town.name(Language::Nl),
            "server": self.server,
            "staff": format!("{WRITER} writes, {APPROVER} approves"),
            "screen": format!("{}/screen/deinze/{}", self.server, town::PLACE),
            "called": called,
            "phones": out,
            "story": self.story.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
        }))
    }
}

/// The first day of a town, and the time that it is there: a town that is kept goes on where it was left.
fn beginning(folder: &Path, begin: Begin) -> anyhow::Result<(NaiveDate, DateTime<Utc>)> {
    let zone = chrono_tz::Europe::Brussels;
    let kept = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let left: Option<DateTime<Utc>> = kept(CLOCK).and_then(|text| text.trim().parse().ok());
    let first = kept(FIRST_DAY).and_then(|text| text.trim().parse().ok());
    let (hour, minute) = BEGINS_AT;
    let morning = |day| instant(zone, day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    let (first, begins) = match (first, left, begin) {
        (Some(first), _, _) => (first, morning(first)),
        // Kept before a town could begin on another day.
        (None, Some(_), _) => (BEGINS, morning(BEGINS)),
        (None, None, Begin::On(day)) => (day, morning(day)),
        (None, None, Begin::Today) => {
            let now = Clock::system().now();
            (local_day(zone, now), now)
        }
    };
    let now = left.unwrap_or(begins);
    std::fs::write(folder.join(FIRST_DAY), first.to_string())?;
    std::fs::write(folder.join(CLOCK), now.to_rfc3339())?;
    Ok((first, now))
}

/// The configuration of the invented town.
fn settings(server: &str, app_link: &str) -> String {
    format!(
        r#"
[server]
public_url = "{server}"
[workers]
idle_milliseconds = 200
clock_jump_days = 0
# All phones, the counter and each open page of the demo have one address.
[limits]
requests_a_minute_by_address = 100000
requests_a_minute_by_session = 10000
# The page of the API can be tried: a sign-in that began there comes back there.
[sessions]
app_link = "{app_link}"
[docs]
try_it = true
[municipalities.deinze]
nis_code = "44083"
closing_days = ["07-11", "11-02", "11-15", "12-26"]
identity_providers = ["itsme", "fas", "town"]
staff_identity_provider = "staff"
organisations = ["0207509031"]
centre = [50.9828, 3.5308]
app = "shared"
contact = {{ phone = "09 000 00 00", email = "burgerzaken@deinze.example", web = "https://deinze.example/afspraak" }}
[municipalities.deinze.letters]
enabled = true
sender = ["Stad Deinze", "Brielstraat 2", "9800 Deinze"]
signature = ["Dienst Burgerzaken"]
batch_hour = 9
# Who reads no app and no e-mail is written to while there is time.
[municipalities.deinze.reach.reminder]
letter = 7
"#
    )
}

/// The installation of the app on a phone, the same each time the demo starts.
fn installation(of: &str) -> Uuid {
    let n = of.bytes().fold(0_u128, |n, byte| n.wrapping_mul(257).wrapping_add(u128::from(byte)));
    Uuid::from_u128(0x0193_5c3e_0000_4000_8000_0000_0000_0000 | (n & 0xffff_ffff_ffff))
}

fn at_the_counter(error: thuisloket_mobile_contract::oidc::Error) -> anyhow::Error {
    anyhow::anyhow!("the counter: {error}")
}

/// A field of an answer, as text.
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn fault(error: &anyhow::Error) -> Response {
    let status = error.downcast_ref::<sandbox::Wrong>().map_or(StatusCode::INTERNAL_SERVER_ERROR, |wrong| wrong.0);
    format!("{error:#}").with_status(status).into_response()
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

/// The clock goes forward by so many `minutes`, `hours` and `days`, or `until` an instant.
#[handler]
async fn pass_time(demo: Data<&Demo>, Query(by): Query<HashMap<String, String>>) -> Response {
    let refused = |why: String| why.with_status(StatusCode::BAD_REQUEST).into_response();
    let most = u64::from(MOST_DAYS) * 24 * 60;
    let too_long = format!("at most {MOST_DAYS} days at a time");
    if let Some(until) = by.get("until") {
        let Ok(at) = until.parse::<DateTime<Utc>>() else {
            return refused("until an instant, such as 2027-03-04T08:00:00Z".to_owned());
        };
        let left = (at - demo.instance.app.clock.now()).num_minutes();
        if u64::try_from(left).is_ok_and(|left| left > most) {
            return refused(too_long);
        }
        return done(demo.pass_until(at).await);
    }
    let mut minutes = 0_u64;
    for (unit, count) in &by {
        let each = match unit.as_str() {
            "minutes" => 1,
            "hours" => 60,
            "days" => 24 * 60,
            _ => return refused("minutes, hours, days, or until an instant".to_owned()),
        };
        let Ok(count) = count.parse::<u32>() else {
            return refused("a clock goes forward, by a whole number".to_owned());
        };
        minutes += each * u64::from(count);
    }
    if minutes > most {
        return refused(too_long);
    }
    done(demo.pass(chrono::Duration::minutes(i64::try_from(minutes).unwrap_or_default())).await)
}

fn done(result: anyhow::Result<()>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => fault(&error),
    }
}

#[handler]
async fn call(demo: Data<&Demo>) -> Response {
    let called = demo.call().await;
    done(if called.is_ok() { demo.settle().await } else { called })
}

#[handler]
async fn take_step(demo: Data<&Demo>, poem::web::Path(what): poem::web::Path<String>) -> Response {
    done(demo.step(&what).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_begins_when_it_is_told_and_one_that_is_kept_goes_on_where_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let begin: Begin = "2028-02-29".parse().unwrap();
        let (first, now) = beginning(folder.path(), begin).unwrap();
        assert_eq!(
            (first.to_string().as_str(), now.to_rfc3339().as_str()),
            ("2028-02-29", "2028-02-29T08:05:00+00:00")
        );
        let later = now + chrono::Duration::days(40);
        std::fs::write(folder.path().join(CLOCK), later.to_rfc3339()).unwrap();
        assert_eq!(beginning(folder.path(), Begin::Today).unwrap(), (first, later));
        assert_eq!("today".parse(), Ok(Begin::Today));
        assert!("1 March".parse::<Begin>().unwrap_err().contains("today"));
    }

    #[tokio::test]
    async fn who_finds_a_port_taken_gets_another() {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let taken = listen((address, 0), "the server", "--server-port").await.unwrap().local_addr().unwrap().port();
        let first = listen((address, taken), "the server", "--server-port").await.unwrap();
        assert_eq!(local(&first).unwrap(), format!("http://127.0.0.1:{taken}"));
        let second = listen((address, taken), "the page", "--port").await.unwrap();
        assert_ne!(second.local_addr().unwrap().port(), taken);
    }
}
