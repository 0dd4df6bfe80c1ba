//! Where a table comes from, and why it cannot be read.

use std::{
    fs::File,
    io::{Read, Seek as _},
    path::Path,
    sync::Arc,
};

use crate::platform::transactions::is_transient;

pub(super) type Opened = std::io::Result<Box<dyn Read + Send>>;

/// Where a table comes from: a file, or what was sent in. It can be read from its start as often as needed.
#[derive(Clone)]
pub struct Source {
    pub(super) open: Arc<dyn Fn() -> Opened + Send + Sync>,
    /// Its bytes, for who wants to know how far it is.
    pub bytes: u64,
    /// Whether others may write to the same database meanwhile, from other processes.
    pub gently: bool,
}

impl Source {
    /// A table that `open` reads from its start; `bytes` says how long it is.
    pub fn new(open: impl Fn() -> Opened + Send + Sync + 'static, bytes: u64) -> Self {
        Self { open: Arc::new(open), bytes, gently: false }
    }

    /// A file. It stays the one that was opened, whatever takes its name meanwhile.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn file(path: &Path) -> anyhow::Result<Self> {
        // Looked at before it is opened: to open a pipe is to wait for whoever writes to it.
        let name = path.display();
        let found = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
        anyhow::ensure!(!found.is_dir(), "{name} is a folder, and no file");
        anyhow::ensure!(
            found.is_file(),
            "{name} is a pipe or a device, and can be read only once: write it to a file first"
        );
        let file = File::open(path).map_err(|e| unreadable(path, &e))?;
        let bytes = found.len();
        let open = move || -> Opened {
            // One reader at a time: a clone shares its place with the others.
            let mut again = file.try_clone()?;
            again.rewind()?;
            Ok(Box::new(again))
        };
        Ok(Self::new(open, bytes))
    }

    /// The same, for a process that writes beside a running server.
    #[must_use]
    pub fn gently(self) -> Self {
        Self { gently: true, ..self }
    }
}

/// Why a file cannot be read, in words.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    let name = path.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::anyhow!("there is no file {name}"),
        std::io::ErrorKind::PermissionDenied => anyhow::anyhow!("{name} may not be read by this user"),
        _ => anyhow::anyhow!("{name} cannot be read: {error}"),
    }
}

/// Whether two paths lead to one file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if let (Ok(one), Ok(other)) = (std::fs::metadata(one), std::fs::metadata(other)) {
            return (one.dev(), one.ino()) == (other.dev(), other.ino());
        }
    }
    let whole = |path: &Path| path.canonicalize().ok();
    whole(one).is_some() && whole(one) == whole(other)
}

/// The database's fault behind an error, if it is one: it says nothing about the file.
pub fn fault_of_database(error: &anyhow::Error) -> Option<&sqlx::Error> {
    error.chain().find_map(|cause| {
        // A piece of an upload comes out of the database by way of a reader.
        let within = || cause.downcast_ref::<std::io::Error>()?.get_ref()?.downcast_ref();
        cause.downcast_ref().or_else(within)
    })
}

/// The same in words, for whoever sent the file; the detail is for the log.
pub fn words_of(fault: &sqlx::Error) -> &'static str {
    if is_transient(fault) {
        "the database did not answer in time; run the file again"
    } else {
        "the database refused what was to be written; the log says why"
    }
}
