//! The command line. The program `thuisloket` is nothing but this; the demo's program, which is another, takes the same commands.

mod arguments;
mod import;
pub mod output;
mod serve;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use arguments::{Import, Part};
use clap::{Args, Parser, Subcommand};
use output::{err, out};

use crate::{
    app::{self, Server},
    appointments::proof,
    backup,
    config::Config,
    identity, letters, municipalities,
    platform::{
        self, App,
        db::{Db, Open},
        ids::Ids,
        time::{Clock, latest_day},
    },
    residents,
};

/// The counter at home: the backend of a municipality's app.
#[derive(Parser)]
#[command(version, about, after_help = "Every setting is documented in api/config.default.toml.")]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Where the settings are.
#[derive(Args)]
pub struct Settings {
    /// The configuration file (TOML). Environment variables named THUISLOKET_… go over it.
    #[arg(long, global = true, env = "THUISLOKET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What the program can be told to do.
#[derive(Subcommand)]
pub enum Command {
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
    /// Letters on paper.
    #[command(subcommand)]
    Letters(Letters),
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

/// What is done about letters.
#[derive(Subcommand)]
pub enum Letters {
    /// Draw a sheet with the zones that the post keeps free, to lay it beside the town's envelopes.
    Proof {
        /// The municipality's key in the configuration.
        #[arg(long, short, value_name = "KEY")]
        municipality: String,
        /// Where the PDF is written; nothing is overwritten.
        #[arg(long, short, value_name = "FILE")]
        out: PathBuf,
    },
}

/// What is done with the keys.
#[derive(Subcommand)]
pub enum Keys {
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

/// Reads the command line of the process and does what it says.
///
/// # Errors
/// Whatever the command could not do.
pub fn main() -> anyhow::Result<()> {
    let Cli { settings, command } = Cli::parse();
    block_on(run(settings, command))
}

/// Runs a command until it is done.
///
/// # Errors
/// What the command returns.
pub fn block_on(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(command);
    // A name that is being looked up (getaddrinfo cannot be left) would hold the process up for its resolver's time.
    runtime.shutdown_background();
    done
}

/// Does what a command says.
///
/// # Errors
/// Whatever it could not do.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<()> {
    if let Command::Openapi { folder, check } = &command {
        return write_contracts(folder, *check);
    }
    let config = Config::read(settings.config.as_deref())?;
    municipalities::readable(&config)?;
    platform::log::start(config.log.format, &config.log.filter);
    let (clock, ids) = (Clock::system(), Ids::random());
    match command {
        Command::Serve { check: true, .. } => {
            let findings = crate::checks::all(config, clock, ids).await;
            for f in &findings {
                match &f.told {
                    Ok(right) => out(format_args!("right  {:<32} {right}", f.what))?,
                    Err(wrong) => out(format_args!("WRONG  {:<32} {wrong}", f.what))?,
                }
            }
            std::process::exit(i32::from(findings.iter().any(|f| f.told.is_err())));
        }
        Command::Serve { only, .. } => serve::serve(config, only).await,
        Command::Migrate { check } => migrate(config, clock, ids, check).await,
        Command::Import(what) => {
            let (Import::Residents(args) | Import::Documents(args)) = &what;
            anyhow::ensure!(args.file.exists(), "there is no file {}", args.file.display());
            anyhow::ensure!(
                !config.municipalities.is_empty(),
                "no municipality is configured: {}, and see api/config.default.toml",
                match &settings.config {
                    Some(file) => format!("add one under [municipalities] in {}", file.display()),
                    None => "name your configuration with --config FILE or THUISLOKET_CONFIG".to_owned(),
                }
            );
            err(format_args!("importing into {}", Db::name(&config.database_url()?)));
            import::import(Server::open_existing(config, clock, ids).await?, what).await
        }
        Command::Keys(what) => {
            let app = app::build_app(config, clock, ids, Open::Existing).await?;
            keys(&app, what).await
        }
        Command::Letters(Letters::Proof { municipality, out: file }) => {
            let pdf = letters::proof(&config, &municipality, latest_day(clock.now()))?;
            std::fs::File::create_new(&file)
                .and_then(|mut file| std::io::Write::write_all(&mut file, &pdf))
                .with_context(|| format!("{} cannot be written", file.display()))?;
            out(format_args!("wrote {}", file.display()))?;
            Ok(())
        }
        Command::Backup { file } => {
            let app = app::build_app(config, clock, ids, Open::Existing).await?;
            let bytes = backup::make(&app, &file).await?;
            out(format_args!("wrote {} ({bytes} bytes)", file.display()))?;
            Ok(())
        }
        Command::Check => check(Server::open_existing(config, clock, ids).await?).await,
        Command::Restore { file } => {
            for line in backup::restore(&config, &file).await? {
                out(line)?;
            }
            out(
                "before you serve: `thuisloket serve --check`, and docs/operations.md on what a restored backup does not know",
            )?;
            Ok(())
        }
        Command::Openapi { .. } => unreachable!("handled above"),
    }
}

async fn check(server: Server) -> anyhow::Result<()> {
    let mut wrong = false;
    for town in server.towns().all() {
        let found = proof::prove(&server.app, town).await?;
        out(format_args!("{}: {} visits, {} faults", town.key, found.visits, found.faults.len()))?;
        for fault in &found.faults {
            out(format_args!("{}: wrong: {fault}", town.key))?;
        }
        if !found.stranded.is_empty() {
            out(format_args!(
                "{}: {} visits cannot take place, as the plan or the configuration changed: {}",
                town.key,
                found.stranded.len(),
                found.stranded.join(", ")
            ))?;
        }
        wrong |= !found.faults.is_empty();
    }
    server.app.db.close().await;
    std::process::exit(i32::from(wrong));
}

async fn migrate(config: Config, clock: Clock, ids: Ids, check: bool) -> anyhow::Result<()> {
    out(format_args!("database: {}", Db::name(&config.database_url()?)))?;
    let app = app::build_app(config, clock, ids, if check { Open::Look } else { Open::Make }).await?;
    let schema = app.db.schema().await?;
    if check {
        out(format_args!("{} migrations are pending", schema.pending))?;
        if schema.newer > 0 {
            out(format_args!("{} are of a newer server; this one runs on them all the same", schema.newer))?;
        }
        if schema.changed + schema.broken > 0 {
            out(format_args!(
                "{} were changed after they were applied, {} were applied in part",
                schema.changed, schema.broken
            ))?;
        }
        std::process::exit(i32::from(schema.pending + schema.changed + schema.broken > 0));
    }
    app.db.migrate().await?;
    out(format_args!("{} migrations were applied; the database is up to date", schema.pending))?;
    Ok(())
}

async fn keys(app: &App, what: Keys) -> anyhow::Result<()> {
    let now = app.clock.now();
    if matches!(what, Keys::Rotate { lost: true }) {
        let keys = identity::keys::replace_lost_keys(app).await?;
        out("made a key in place of those that are lost")?;
        return show(&keys, now);
    }
    let keys = identity::keys::signing_keys(app, Open::Existing).await?;
    match what {
        Keys::List => {
            show(&keys, now)?;
            let towns = municipalities::Municipalities::load(app).await?;
            for town in towns.all() {
                for (version, all, active) in residents::key_versions(&mut app.db.read().await?, town).await? {
                    out(format_args!(
                        "{}: number key {version} hashes {all} residents, {active} of them active",
                        town.key
                    ))?;
                }
            }
            return Ok(());
        }
        Keys::Rotate { .. } => {
            out(format_args!("made key {}", keys.rotate(now)?))?;
            identity::note_signing_keys(app, &keys, false).await?;
        }
        Keys::Prune => {
            let keep = chrono::Duration::minutes(app.config.sessions.access_minutes);
            out(format_args!("removed {} keys", keys.prune(keep, now)?))?;
        }
    }
    show(&keys, now)
}

fn show(keys: &identity::keys::Keys, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    for key in keys.list(now) {
        let does = if key.signs { "signs" } else { "verifies" };
        out(format_args!("{}  made {}  {does}", key.id, key.made_at.format("%F %T UTC")))?;
    }
    Ok(())
}

fn write_contracts(folder: &Path, check: bool) -> anyhow::Result<()> {
    let (citizen, staff) = app::documents()?;
    let access = platform::openapi::access(&[&citizen, &staff])?;
    let mut differs = false;
    let documents = [
        ("openapi/citizen.json", citizen),
        ("openapi/staff.json", staff),
        ("openapi/access.txt", access),
        ("mobile-contract/problem-codes.json", platform::openapi::problem_codes(crate::ROOMS)),
    ];
    let documents = documents.into_iter().map(|(path, text)| (path.to_owned(), text));
    for (path, text) in documents.chain(crate::push::contract::files()?) {
        let path = folder.join(path);
        if check {
            if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                err(format_args!("{} is not what the server writes; run: thuisloket openapi", path.display()));
                differs = true;
            }
        } else {
            std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
            out(format_args!("wrote {}", path.display()))?;
        }
    }
    std::process::exit(i32::from(differs))
}
