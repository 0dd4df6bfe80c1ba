//! A sheet of paper that somebody takes home from the counter: a heading, lines with what each is called, what to do with it, and a code where
//! there is one. What stands on it is the room's; here it becomes a page and a PDF.

pub mod answers;
pub mod page;
pub mod pdf;

use qrcode::{Color, QrCode};

use super::{language::Language, problem::Failure};

/// What stands on it, in one language.
pub struct Slip {
    /// The language.
    pub language: Language,
    /// The town.
    pub town: String,
    /// What its file is called, without what it ends in.
    pub file: String,
    /// Its heading.
    pub title: String,
    /// What the citizen says at the desk, after what that is called; none where there is nothing to say.
    pub reference: Option<(String, String)>,
    /// What to do with it.
    pub say: Option<String>,
    /// Each with what it is called.
    pub lines: Vec<(String, String)>,
    /// What to do where it is not as it should be, and whom to ring.
    pub change: String,
    /// How what it tells of can be added to the app later.
    pub claim: Option<String>,
    /// The code that a kiosk reads; none where nobody comes to one.
    pub code: Option<Code>,
}

/// A QR code: which of its squares are dark, row by row.
pub struct Code {
    /// How many squares it is wide.
    pub width: usize,
    /// Whether each is dark.
    pub dark: Vec<bool>,
}

impl Code {
    /// The code of a text.
    ///
    /// # Errors
    /// A text that no code can hold.
    pub fn of(text: &str) -> Result<Self, Failure> {
        let code = QrCode::new(text).map_err(Failure::internal)?;
        Ok(Self {
            width: code.width(),
            dark: code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect(),
        })
    }

    /// The dark squares, each by its column and row.
    pub fn squares(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let dark = self.dark.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(|(n, _)| (n % self.width, n / self.width))
    }
}
