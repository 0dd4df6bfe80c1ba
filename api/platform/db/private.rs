//! Files and folders that only the server may read.

use std::path::Path;

/// Makes a folder, and those above it, that only this user may enter; one that is there stays as it is.
///
/// # Errors
/// A folder that cannot be made.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if path.as_os_str().is_empty() { Ok(()) } else { builder.create(path) }
}

/// Makes a file that only this user may read; fails where it exists.
///
/// # Errors
/// A file that is there, or cannot be made.
pub fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes from everybody else the right to read a file, and what SQLite keeps beside it.
pub(super) fn only_ours(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    for end in ["", "-wal", "-shm"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let path = Path::new(&name);
        let Ok(found) = std::fs::metadata(path) else { continue };
        if found.permissions().mode() & 0o077 != 0 {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
            tracing::warn!(path = %path.display(), "others could read this file; now they cannot");
        }
    }
    Ok(())
}
