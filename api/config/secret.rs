//! What nobody may read in a log.

use std::path::PathBuf;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

/// A secret, given as it is or as `{ file = "…" }`. Never printed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields, expecting = "must be text in quotes, or { file = \"…\" }")]
pub enum Secret {
    /// None given.
    #[default]
    Absent,
    /// The secret itself.
    Plain(String),
    /// The file that holds it; a line end at its end is not part of it.
    File {
        /// The path.
        file: PathBuf,
    },
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absent => f.write_str("(absent)"),
            Self::Plain(_) => f.write_str("(secret)"),
            Self::File { file } => write!(f, "(secret in {})", file.display()),
        }
    }
}

impl Secret {
    /// The secret, read from its file if it is in one. Empty when none was given.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn reveal(&self) -> anyhow::Result<String> {
        match self {
            Self::Absent => Ok(String::new()),
            Self::Plain(s) => Ok(s.clone()),
            Self::File { file } => {
                let text = std::fs::read_to_string(file)
                    .with_context(|| format!("the secret file {} cannot be read", file.display()))?;
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
        }
    }
}

impl From<String> for Secret {
    fn from(s: String) -> Self {
        Self::Plain(s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_file_loses_its_line_end_only() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "se cret\n").unwrap();
        assert_eq!(Secret::File { file: file.path().to_owned() }.reveal().unwrap(), "se cret");
        assert!(Secret::File { file: "/nowhere/at/all".into() }.reveal().is_err());
    }
}
