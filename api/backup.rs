//! `thuisloket backup` and `restore`: a town as a whole in one file, taken while others go on writing, with the keys without which
//! the database is of no use.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read as _, Write as _},
    path::{Component, Path, PathBuf},
    process::Stdio,
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    config::Config,
    platform::{
        App,
        db::{Engine, private_file, private_folder},
    },
};

/// What a backup is called inside itself.
const MANIFEST: &str = "thuisloket-backup.json";
/// The database in it: SQLite's own file, or what `pg_dump` wrote in its custom format.
const SQLITE: &str = "thuisloket.db";
const POSTGRES: &str = "thuisloket.pgdump";
/// The folder of keys.
const KEYS: &str = "keys";

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    version: String,
    made_at: String,
    engine: String,
    /// SHA-256 of each file in it, as hexadecimal digits, by its path; empty in one of a server before this one.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

/// SHA-256 of a file.
fn digest(path: &Path) -> anyhow::Result<String> {
    let mut hasher = Sha256::new();
    std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Writes all of this installation into `file`, which must not be there yet.
///
/// # Errors
/// A file that is there, a database or a folder of keys that cannot be read, no room.
pub async fn make(app: &App, file: &Path) -> anyhow::Result<u64> {
    // Made beside its place and moved there when it is whole: half a backup must not look like one.
    anyhow::ensure!(!file.exists(), "{} is there already", file.display());
    let beside = std::path::absolute(file)?;
    let folder = tempfile::Builder::new()
        .prefix(".thuisloket-backup")
        .tempdir_in(beside.parent().context("a file in no folder")?)?;
    let (name, engine) = match app.db.engine() {
        Engine::Sqlite => (SQLITE, "sqlite"),
        Engine::Postgres => (POSTGRES, "postgresql"),
    };
    let copy = folder.path().join(name);
    match app.db.engine() {
        Engine::Sqlite => app.db.copy_into(&copy).await?,
        Engine::Postgres => dump(&app.config, &copy).await?,
    }
    let keys = app.config.data_folder.join(KEYS);
    let mut manifest = Manifest {
        files: BTreeMap::new(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: app.clock.now().to_rfc3339(),
        engine: engine.to_owned(),
    };
    let whole = folder.path().join("whole.tar");
    let to = whole.clone();
    tokio::task::spawn_blocking(move || -> anyhow::Result<()> {
        manifest.files.insert(name.to_owned(), digest(&copy)?);
        if keys.exists() {
            digests(&keys, KEYS, &mut manifest.files)?;
        }
        let mut tar = tar::Builder::new(private_file(&to)?);
        tar.mode(tar::HeaderMode::Deterministic);
        let text = serde_json::to_vec_pretty(&manifest)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        tar.append_data(&mut header, MANIFEST, text.as_slice())?;
        tar.append_path_with_name(&copy, name)?;
        if keys.exists() {
            tar.append_dir_all(KEYS, &keys)?;
        }
        tar.into_inner()?.sync_all()?;
        Ok(())
    })
    .await??;
    let bytes = std::fs::metadata(&whole)?.len();
    // A link overwrites nothing, as a move would; some file systems know none.
    match std::fs::hard_link(&whole, &beside) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(error.into()),
        Err(_) => std::fs::rename(&whole, &beside)?,
        Ok(()) => {}
    }
    File::open(beside.parent().unwrap_or(Path::new(".")))?.sync_all().ok();
    Ok(bytes)
}

/// The digests of all files in a folder, by their paths under a name.
fn digests(folder: &Path, name: &str, all: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        // As the archive does, links are followed.
        if std::fs::metadata(entry.path())?.is_dir() {
            digests(&entry.path(), &name, all)?;
        } else {
            all.insert(name, digest(&entry.path())?);
        }
    }
    Ok(())
}

/// PostgreSQL's own tool, which sees one moment of the database. Its password goes by the environment, where no list of
/// processes shows it.
async fn dump(config: &Config, to: &Path) -> anyhow::Result<()> {
    let url = url::Url::parse(&config.database_url()?)?;
    let mut bare = url.clone();
    bare.set_password(None).ok();
    // What else the URL says is the driver's own, and libpq refuses it; how the connection is protected must be the same.
    let tls: Vec<_> = url.query_pairs().filter(|(name, _)| name.starts_with("ssl")).collect();
    bare.set_query(None);
    if !tls.is_empty() {
        bare.query_pairs_mut().extend_pairs(tls);
    }
    let mut command = tokio::process::Command::new("pg_dump");
    command.args(["--format=custom", "--no-owner", "--dbname", bare.as_str()]);
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", percent_encoding::percent_decode_str(password).decode_utf8()?.as_ref());
    }
    let done = command
        .stdout(private_file(to)?)
        .stderr(Stdio::piped())
        .spawn()
        .context("pg_dump is not there: install PostgreSQL's client, of the server's version or newer")?
        .wait_with_output()
        .await?;
    anyhow::ensure!(done.status.success(), "pg_dump failed: {}", String::from_utf8_lossy(&done.stderr).trim());
    Ok(())
}

/// Puts a backup back where nothing is: database and keys are only ever restored together.
///
/// # Errors
/// Something that is there already, a file that is no backup, one of another kind of database, no room.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<Vec<String>> {
    let url = config.database_url()?;
    let data = config.data_folder.clone();
    let place = url.strip_prefix("sqlite:").map(PathBuf::from);
    let keys = data.join(KEYS);
    let full = std::fs::read_dir(&keys).is_ok_and(|mut all| all.next().is_some());
    anyhow::ensure!(!full, "{} holds keys: move it away first, so that nothing of two towns is mixed", keys.display());
    if let Some(place) = &place {
        for end in ["", "-wal"] {
            let mut name = place.as_os_str().to_owned();
            name.push(end);
            anyhow::ensure!(!Path::new(&name).exists(), "{} is there: move it away first", Path::new(&name).display());
        }
        private_folder(place.parent().unwrap_or(Path::new("")))?;
    }
    private_folder(&data)?;
    let folder = tempfile::Builder::new().prefix(".thuisloket-restore").tempdir_in(&data)?;
    let (from, into) = (file.to_owned(), folder.path().to_owned());
    let manifest = tokio::task::spawn_blocking(move || unpack(&from, &into)).await??;
    let wanted = if place.is_some() { "sqlite" } else { "postgresql" };
    anyhow::ensure!(
        manifest.engine == wanted,
        "this is a backup of a {} database, and database.url names a {wanted} one",
        manifest.engine
    );
    let mut said = vec![format!("a backup of {}, made by version {}", manifest.made_at, manifest.version)];
    match &place {
        Some(place) => {
            std::fs::rename(folder.path().join(SQLITE), place)
                .or_else(|_| std::fs::copy(folder.path().join(SQLITE), place).map(|_| ()))?;
            said.push(format!("the database is at {}", place.display()));
        }
        None => {
            let kept = data.join(POSTGRES);
            std::fs::rename(folder.path().join(POSTGRES), &kept)?;
            said.push(format!(
                "the database is in {}: put it into an empty one with `pg_restore --no-owner --dbname NAME`, then remove it",
                kept.display()
            ));
        }
    }
    if folder.path().join(KEYS).exists() {
        std::fs::remove_dir(&keys).ok();
        std::fs::rename(folder.path().join(KEYS), &keys)?;
        said.push(format!("the keys are in {}", keys.display()));
    }
    Ok(said)
}

fn unpack(file: &Path, into: &Path) -> anyhow::Result<Manifest> {
    let mut tar = tar::Archive::new(File::open(file).with_context(|| format!("{} cannot be read", file.display()))?);
    let mut manifest = None;
    for entry in tar.entries()? {
        let mut entry = entry.with_context(|| format!("{} is not a whole backup", file.display()))?;
        let path = entry.path()?.into_owned();
        // Nothing is written outside, whoever made the file.
        let inside = path.components().all(|c| matches!(c, Component::Normal(_)));
        anyhow::ensure!(inside, "{} is not a backup of Thuisloket", file.display());
        if path == Path::new(MANIFEST) {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            manifest = Some(serde_json::from_str(&text)?);
        } else if entry.header().entry_type().is_dir() {
            private_folder(&into.join(path))?;
        } else if entry.header().entry_type().is_file() {
            private_folder(into.join(&path).parent().unwrap_or(into))?;
            let mut to = private_file(&into.join(path))?;
            std::io::copy(&mut entry, &mut to)?;
            to.flush()?;
            to.sync_all()?;
        }
    }
    let manifest: Manifest = manifest.with_context(|| format!("{} is not a backup of Thuisloket", file.display()))?;
    // What rotted on its disk is noticed before anything is put back.
    for (name, wanted) in &manifest.files {
        let found = digest(&into.join(name)).with_context(|| format!("{} lacks {name}", file.display()))?;
        anyhow::ensure!(found == *wanted, "{} is damaged: {name} is not what was backed up", file.display());
    }
    Ok(manifest)
}
