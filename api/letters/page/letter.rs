//! What stands on a letter, and on every letter of a town.

use super::zones::Side;

/// The town's letterhead.
pub struct Look {
    /// Where the window of its envelopes is.
    pub side: Side,
    /// Who sends it, in lines.
    pub sender: Vec<String>,
    /// The town's logo.
    pub logo: Option<Logo>,
    /// The town's colour: red, green, blue.
    pub colour: (u8, u8, u8),
}

/// A logo.
#[derive(Clone)]
pub struct Logo {
    /// The bytes of the picture.
    pub bytes: Vec<u8>,
    /// Whether it is a PNG; else it is a JPEG.
    pub is_png: bool,
}

/// What stands on one letter.
pub struct Letter<'a> {
    /// In which language, as a tag of BCP 47.
    pub language: &'a str,
    /// Whether it is in large print.
    pub large: bool,
    /// By which it is known when it comes back.
    pub reference: &'a str,
    /// The lines of the address, [`super::zones::ADDRESS_LINES`] at most.
    pub address: &'a [String],
    /// The day, in words.
    pub date: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// What it says: paragraphs apart by an empty line.
    pub body: &'a str,
    /// Who signs it and how they are reached, in lines.
    pub closing: &'a [String],
}
