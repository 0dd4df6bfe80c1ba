//! The command line.

use std::{
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use thuisloket::{
    app::{self, Server},
    appointments::{self, proof},
    backup,
    config::Config,
    documents, identity, municipalities,
    platform::{
        self, App,
        db::{Db, Open},
        ids::Ids,
        import::{Outcome, Position, Report, Source, fault_of_database, same_file, words_of},
        time::Clock,
    },
    residents,
};
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

/// The counter at home: the backend of a municipality's app.
#[derive(Parser)]
#[command(version, about, after_help = "Every setting is documented in api/config.default.toml.")]
struct Cli {
    /// The configuration file (TOML). Environment variables named THUISLOKET_… go over it.
    #[arg(long, global = true, env = "THUISLOKET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve HTTP and run the workers.
    ///
    /// Brings the database up to date first. Stops on SIGTERM or Ctrl-C, after what is under way. With PostgreSQL, run
    /// as many as you like; --only splits the two parts.
    Serve {
        /// Only one of the two parts.
        #[arg(long, value_name = "PART")]
        only: Option<Part>,
        /// Serve nothing: try database, keys, identity providers, push credentials and clock, say what is right and
        /// what is wrong, and exit with 1 if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Show the main job with an invented town: nothing to configure, nothing leaves this machine.
    ///
    /// Serves a page with two simulated phones and a clock that can be moved. Stops on Ctrl-C.
    Demo(thuisloket::demo::Options),
    /// Bring the database up to date, or say how much is missing.
    Migrate {
        /// Change nothing; exit with 1 if something is missing.
        #[arg(long)]
        check: bool,
    },
    /// Import what the town's register exported: CSV with a header row, best in UTF-8 with `;`.
    ///
    /// Importing twice changes nothing, a changed row updates, and a run that was killed can be run again. Wrong rows
    /// are reported with line, column and reason; they don't stop the right ones. A column that is not there says nothing: what
    /// was known stands. Exits with 1 where the file was refused, or more rows are wrong than import.wrong_rows_at_most.
    #[command(subcommand)]
    Import(Import),
    /// Write the OpenAPI contracts and the list of problem codes.
    Openapi {
        /// The folder of the project to write them in.
        #[arg(default_value = ".", value_name = "FOLDER")]
        folder: PathBuf,
        /// Write nothing; exit with 1 if what is there differs.
        #[arg(long)]
        check: bool,
    },
    /// Make and rotate the keys that sign access tokens.
    #[command(subcommand)]
    Keys(Keys),
    /// Write database and keys into one file, whole as of one moment, while the server goes on.
    ///
    /// For PostgreSQL it calls pg_dump, which must be there. Keep the file as safe as the database: whoever has it has both.
    Backup {
        /// The file; it must not be there yet.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Prove from the tables that no slot is given twice and none is lost.
    ///
    /// Reads all visits and writes nothing. Exits with 1 if something is wrong; visits that cannot take place, as a plan or the
    /// configuration changed under them, are named.
    Check,
    /// Put a backup back, where there is no database and no keys.
    Restore {
        /// The file that `backup` wrote.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// HTTP.
    Api,
    /// Reminders, push, housekeeping.
    Workers,
}

#[derive(Subcommand)]
enum Import {
    /// Residents. Columns: national_number, family_name, given_names, birth_date, street, house_number, postcode, town;
    /// and if you have them: language (nl, fr, de, en), box, latitude, longitude, household, parents (national numbers
    /// apart by a space), state (active, deceased, departed), state_date, former_number (a bis number that
    /// became a real one).
    Residents(ImportArgs),
    /// Documents. Columns: national_number, kind, number_end, issued_on, expires_on; and if you have them: ready_on,
    /// collected_on, appointment_on, letter_sent_on, stopped_on. README.md lists the kinds.
    Documents(ImportArgs),
}

#[derive(Args)]
struct ImportArgs {
    /// The file.
    file: PathBuf,
    /// The municipality's key in the configuration; may be left out where there is one only.
    #[arg(long, short, value_name = "KEY")]
    municipality: Option<String>,
    /// The file holds everything: retire what it does not hold. Refused if that is more than
    /// import.snapshot_retires_at_most of the town.
    #[arg(long)]
    snapshot: bool,
    /// Where wrong rows are reported [default: beside FILE, with `.report.csv` behind its name]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Keys {
    /// Show the keys that sign, and for each town how many residents are hashed under which number key.
    List,
    /// Make a new key. It signs after sessions.key_overlap_minutes; nobody is signed out.
    Rotate {
        /// All keys of before are lost, and the server refuses to start: begin with a new one. Tokens that are out are refused
        /// from then on; each app asks for a new one by itself.
        #[arg(long)]
        lost: bool,
    },
    /// Remove keys whose last token has lapsed.
    Prune,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(run(cli));
    // A name that is being looked up (getaddrinfo cannot be left) would hold the process up for its resolver's time.
    runtime.shutdown_background();
    done
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    if let Command::Openapi { folder, check } = &cli.command {
        return write_contracts(folder, *check);
    }
    if let Command::Demo(options) = &cli.command {
        return thuisloket::demo::run(options).await;
    }
    let config = Config::read(cli.config.as_deref())?;
    municipalities::readable(&config)?;
    platform::log::start(config.log.format, &config.log.filter);
    let (clock, ids) = (Clock::system(), Ids::random());
    match cli.command {
        Command::Serve { check: true, .. } => {
            let findings = thuisloket::checks::all(config, clock, ids).await;
            for f in &findings {
                match &f.told {
                    Ok(right) => println!("right  {:<32} {right}", f.what),
                    Err(wrong) => println!("WRONG  {:<32} {wrong}", f.what),
                }
            }
            std::process::exit(i32::from(findings.iter().any(|f| f.told.is_err())));
        }
        Command::Serve { only, .. } => serve(config, only).await,
        Command::Migrate { check } => migrate(config, clock, ids, check).await,
        Command::Import(what) => {
            let (Import::Residents(args) | Import::Documents(args)) = &what;
            anyhow::ensure!(args.file.exists(), "there is no file {}", args.file.display());
            anyhow::ensure!(
                !config.municipalities.is_empty(),
                "no municipality is configured: {}, and see api/config.default.toml",
                match &cli.config {
                    Some(file) => format!("add one under [municipalities] in {}", file.display()),
                    None => "name your configuration with --config FILE or THUISLOKET_CONFIG".to_owned(),
                }
            );
            eprintln!("importing into {}", Db::name(&config.database_url()?));
            import(Server::open_existing(config, clock, ids).await?, what).await
        }
        Command::Keys(what) => {
            let app = app::ground(config, clock, ids, Open::Existing).await?;
            keys(&app, what).await
        }
        Command::Backup { file } => {
            let app = app::ground(config, clock, ids, Open::Existing).await?;
            let bytes = backup::make(&app, &file).await?;
            println!("wrote {} ({bytes} bytes)", file.display());
            Ok(())
        }
        Command::Check => check(Server::open_existing(config, clock, ids).await?).await,
        Command::Restore { file } => {
            for line in backup::restore(&config, &file).await? {
                println!("{line}");
            }
            println!(
                "before you serve: `thuisloket serve --check`, and docs/operations.md on what a restored backup does not know"
            );
            Ok(())
        }
        Command::Demo(_) | Command::Openapi { .. } => unreachable!("handled above"),
    }
}

async fn check(house: Server) -> anyhow::Result<()> {
    let mut wrong = false;
    for town in house.towns().all() {
        let found = proof::prove(&house.app, house.part::<thuisloket::appointments::Catalogues>(), town).await?;
        println!("{}: {} visits, {} faults", town.key, found.visits, found.faults.len());
        for fault in &found.faults {
            println!("{}: wrong: {fault}", town.key);
        }
        if !found.stranded.is_empty() {
            println!(
                "{}: {} visits cannot take place, as the plan or the configuration changed: {}",
                town.key,
                found.stranded.len(),
                found.stranded.join(", ")
            );
        }
        wrong |= !found.faults.is_empty();
    }
    house.app.db.close().await;
    std::process::exit(i32::from(wrong));
}

async fn migrate(config: Config, clock: Clock, ids: Ids, check: bool) -> anyhow::Result<()> {
    println!("database: {}", Db::name(&config.database_url()?));
    let app = app::ground(config, clock, ids, if check { Open::Look } else { Open::Make }).await?;
    let schema = app.db.schema().await?;
    if check {
        println!("{} migrations are pending", schema.pending);
        if schema.newer > 0 {
            println!("{} are of a newer server; this one runs on them all the same", schema.newer);
        }
        if schema.changed + schema.broken > 0 {
            println!("{} were changed after they were applied, {} were applied in part", schema.changed, schema.broken);
        }
        std::process::exit(i32::from(schema.pending + schema.changed + schema.broken > 0));
    }
    app.db.migrate().await?;
    println!("{} migrations were applied; the database is up to date", schema.pending);
    Ok(())
}

async fn keys(app: &App, what: Keys) -> anyhow::Result<()> {
    let now = app.clock.now();
    if matches!(what, Keys::Rotate { lost: true }) {
        let keys = identity::keys::replace_lost_keys(app).await?;
        println!("made a key in place of those that are lost");
        return show(&keys, now);
    }
    let keys = identity::keys::signing_keys(app, Open::Existing).await?;
    match what {
        Keys::List => {
            show(&keys, now)?;
            let towns = municipalities::Municipalities::load(app).await?;
            for town in towns.all() {
                for (version, all, active) in residents::key_versions(&mut app.db.read().await?, town).await? {
                    println!("{}: number key {version} hashes {all} residents, {active} of them active", town.key);
                }
            }
            return Ok(());
        }
        Keys::Rotate { .. } => {
            println!("made key {}", keys.rotate(now)?);
            identity::note_signing_keys(app, &keys, false).await?;
        }
        Keys::Prune => {
            let keep = chrono::Duration::minutes(app.config.sessions.access_minutes);
            println!("removed {} keys", keys.prune(keep, now)?);
        }
    }
    show(&keys, now)
}

fn show(keys: &identity::keys::Keys, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    for key in keys.list(now) {
        let does = if key.signs { "signs" } else { "verifies" };
        println!("{}  made {}  {does}", key.id, key.made_at.format("%F %T UTC"));
    }
    Ok(())
}

async fn serve(mut config: Config, only: Option<Part>) -> anyhow::Result<()> {
    let files = platform::files::raise();
    let fit = platform::files::connections(config.server.max_connections, files);
    if fit < config.server.max_connections {
        tracing::warn!(
            wanted = config.server.max_connections,
            most = fit,
            files,
            "the system lets this process open fewer files than server.max_connections asks for; see LimitNOFILE"
        );
        config.server.max_connections = fit;
    }
    // Before anything else: a server that nobody can reach must not look as if it ran.
    let address = match only {
        Some(Part::Workers) => &config.server.monitor_listen,
        _ => &config.server.listen,
    };
    let listener = match address.as_str() {
        "" => None,
        address => Some(listen(address).await.with_context(|| format!("cannot listen on {address}"))?),
    };
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        database = Db::name(&config.database_url()?),
        data_folder = %config.data_folder.display(),
        "starting"
    );
    let house = Server::open(config, Clock::system(), Ids::random()).await?;
    let file = house.app.config.database_url()?.strip_prefix("sqlite:").map(PathBuf::from);
    let alone = file.as_deref().map(platform::files::alone);
    if let Some(Err(error)) = &alone {
        tracing::warn!(%error, "whether another server has this database open cannot be known here");
    }
    if matches!(alone, Some(Ok(None))) {
        tracing::warn!("another server has this database open: with SQLite, run one; they hold each other up");
    }
    let stop = CancellationToken::new();
    let (asked, health) = (stop.clone(), house.app.health.clone());
    let delay = Duration::from_secs(house.app.config.server.stop_delay_seconds);
    tokio::spawn(async move {
        asked_to_stop().await;
        health.stop();
        tracing::info!("stopping: what is under way is finished first");
        tokio::time::sleep(delay).await;
        asked.cancel();
    });
    if house.towns().all().next().is_none() {
        tracing::warn!("no municipality is configured; see api/config.default.toml");
    }
    if let Err(error) = appointments::closing::tell_stranded(&house.app, house.part(), house.part()).await {
        tracing::warn!(error = format!("{error:#}"), "visits that cannot take place could not be looked for");
    }
    let workers = async {
        if only != Some(Part::Api) {
            house.work(stop.clone()).await;
        }
    };
    let listening = async {
        let Some(listener) = listener else { return Ok(()) };
        let address = listener.local_addr()?;
        if only == Some(Part::Workers) {
            tracing::info!(%address, "working; /healthz, /readyz and /metrics tell how it is");
            house.serve_monitor(listener, stop.clone()).await;
            return Ok(());
        }
        tracing::info!(%address, "serving; API pages at /docs/citizen and /docs/staff");
        let served = house.serve(listener, stop.clone()).await;
        stop.cancel();
        served
    };
    let ((), served) = tokio::join!(workers, listening);
    house.app.db.close().await;
    served
}

/// Connections that wait to be taken: as many as the system lets wait, where one neighbour opens them by the thousand.
const WAITING_CONNECTIONS: u32 = 4_096;

async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    let mut last = anyhow::anyhow!("it names no address");
    for address in tokio::net::lookup_host(address).await? {
        let bound = || {
            let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            // A server that is started again takes the port that its predecessor has just left.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            socket.listen(WAITING_CONNECTIONS)
        };
        match bound() {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

async fn import(house: Server, what: Import) -> anyhow::Result<()> {
    let (Import::Residents(args) | Import::Documents(args)) = &what;
    let town = match &args.municipality {
        Some(key) => house.towns().by_key(key).map_err(|_| anyhow::anyhow!("no municipality {key:?} is configured"))?,
        None => {
            let mut all = house.towns().all();
            let first = all.next().context("no municipality is configured")?;
            anyhow::ensure!(
                all.next().is_none(),
                "several municipalities are configured: say which with --municipality"
            );
            first
        }
    };
    let report = args.report.clone().unwrap_or_else(|| {
        let mut name = args.file.clone().into_os_string();
        name.push(".report.csv");
        name.into()
    });
    let show = progress();
    let source = Source::file(&args.file)?.gently();
    anyhow::ensure!(
        !same_file(&args.file, &report),
        "the report would be written over {}: name another file with --report",
        args.file.display()
    );
    let report_to = Report::create(&report)?;
    let counted = report_to.listed();
    let outcome = match &what {
        Import::Residents(_) => {
            residents::import::import(&house.app, town, source, report_to, args.snapshot, show).await
        }
        Import::Documents(_) => {
            documents::import::import(&house.app, town, source, report_to, args.snapshot, show).await
        }
    };
    house.app.db.close().await;
    let listed = || format!("the wrong rows are listed in {}", report.display());
    let outcome = outcome.map_err(|error| match fault_of_database(&error) {
        Some(fault) => {
            tracing::error!(error = format!("{error:#}"), "the database failed while a file was imported");
            anyhow::Error::msg(words_of(fault))
        }
        None => error,
    });
    let outcome = outcome.with_context(|| {
        let file = args.file.display();
        match counted.load(Ordering::Relaxed) {
            0 => format!("{file} was not imported"),
            _ => format!("{file} was not imported; {}", listed()),
        }
    })?;
    let Outcome { rows, added, changed, unchanged, wrong, retired, .. } = outcome;
    println!("{rows} rows: {added} new, {changed} changed, {unchanged} as known, {wrong} wrong; {retired} retired");
    for note in &outcome.notes {
        println!("{note}");
    }
    if wrong > 0 {
        println!("{}", listed());
    }
    anyhow::ensure!(outcome.too_wrong(&house.app.config.import).is_none(), "too many rows are wrong");
    Ok(())
}

/// A bar in a terminal, a line every few seconds elsewhere.
fn progress() -> Box<dyn FnMut(Position)> {
    if std::io::stderr().is_terminal() {
        let bar = indicatif::ProgressBar::new(0);
        let style = "{bar:40} {percent:>3} %  {msg}  {elapsed} ({eta} to go)";
        if let Ok(style) = indicatif::ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        return Box::new(move |p| {
            bar.set_length(p.of);
            bar.set_position(p.bytes);
            bar.set_message(format!("{} rows, {} wrong", p.rows, p.wrong));
            if p.bytes >= p.of {
                bar.finish();
            }
        });
    }
    let mut last = Instant::now();
    Box::new(move |p| {
        if last.elapsed() > Duration::from_secs(5) {
            last = Instant::now();
            eprintln!("{} rows, {} wrong, {} %", p.rows, p.wrong, p.bytes * 100 / p.of.max(1));
        }
    })
}

fn write_contracts(folder: &Path, check: bool) -> anyhow::Result<()> {
    let (citizen, staff) = app::documents()?;
    let mut differs = false;
    for (path, text) in [
        ("openapi/citizen.json", citizen),
        ("openapi/staff.json", staff),
        ("mobile-contract/problem-codes.json", platform::openapi::problem_codes()),
    ] {
        let path = folder.join(path);
        if check {
            if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                eprintln!("{} is not what the server writes; run: thuisloket openapi", path.display());
                differs = true;
            }
        } else {
            std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
            println!("wrote {}", path.display());
        }
    }
    std::process::exit(i32::from(differs))
}
