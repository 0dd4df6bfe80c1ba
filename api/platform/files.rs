//! How many files and connections this process may have open at a time, and whether it is the only one of its database.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are open beside connections: database, logs, keys, providers.
const BESIDE: u64 = 200;

/// Raises what the system gives a process by default (1,024 under most shells and under systemd) to the most that it may have,
/// as a server needs one for each connection. How many it has then.
pub fn raise() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let (now, most) = (limit.current.unwrap_or(u64::MAX), limit.maximum.unwrap_or(u64::MAX));
    if now < most && setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).is_ok() {
        return most;
    }
    now
}

/// How many connections fit beside everything else, of `wanted`.
pub fn connections(wanted: usize, files: u64) -> usize {
    usize::try_from(files.saturating_sub(BESIDE).max(1)).unwrap_or(usize::MAX).min(wanted)
}

/// Takes the place of the one server of a database of one file, whatever way leads there, until what this returns is dropped or the
/// process ends. None where another has it.
///
/// # Errors
/// A file that is not there, a folder that cannot be written.
pub fn alone(database: &Path) -> std::io::Result<Option<File>> {
    let mut beside = std::fs::canonicalize(database)?.into_os_string();
    beside.push("-serving");
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(beside)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// How many bytes are free where a folder is.
///
/// # Errors
/// A folder that cannot be looked at.
pub fn room(folder: &Path) -> std::io::Result<u64> {
    let there = rustix::fs::statvfs(folder)?;
    Ok(there.f_bavail.saturating_mul(there.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_what_else_is_open() {
        assert_eq!(connections(10_000, 1_024), 824);
        assert_eq!(connections(10_000, 524_288), 10_000);
        assert_eq!(connections(10_000, 100), 1);
        assert!(raise() > 0);
    }

    #[test]
    fn a_database_of_one_file_has_one_server() {
        let folder = tempfile::tempdir().unwrap();
        let (database, link) = (folder.path().join("town.db"), folder.path().join("link.db"));
        std::fs::write(&database, "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&database, &link).unwrap();
        let first = alone(&database).unwrap();
        assert!(first.is_some());
        assert!(alone(&database).unwrap().is_none());
        assert!(alone(&link).unwrap().is_none());
        drop(first);
        assert!(alone(&link).unwrap().is_some());
        assert!(alone(&folder.path().join("none.db")).is_err());
    }
}
