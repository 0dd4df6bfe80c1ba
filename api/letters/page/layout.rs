//! Which line of a letter stands on which sheet, and where.

use super::{
    letter::Letter,
    text::{Line, Typefaces},
    zones::{NEXT, POINTS, Zone},
};

/// Points of text, and of large print (at least sixteen, as who sees little asks for).
const SIZE: (f32, f32) = (10.5, 16.0);
/// A heading is larger by so much.
const HEADING: f32 = 1.2;
/// From one line to the next, and between two paragraphs, by the size of the text.
const PITCH: f32 = 1.4;
const GAP: f32 = 0.9;

/// What a piece of text is to who reads a letter aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What it is about.
    Heading,
    /// A paragraph.
    Paragraph,
}

/// A line with its place.
#[derive(Debug)]
pub struct Placed {
    /// On which sheet, from nought.
    pub sheet: usize,
    /// Of which piece of text, from nought.
    pub block: usize,
    /// Where it stands on, in points from above.
    pub baseline: f32,
    /// What it says.
    pub line: Line,
}

/// A piece of text.
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// In points.
    pub size: f32,
}

/// A letter in its lines.
pub struct Laid {
    /// The pieces of text, in the order in which they are read.
    pub blocks: Vec<Block>,
    /// Their lines, in the same order.
    pub lines: Vec<Placed>,
    /// How many sheets there are; never none.
    pub sheets: usize,
}

/// Lays a letter out: its text begins in `first` on the first sheet, and in [`NEXT`] on those that follow.
pub fn lay(faces: &Typefaces, letter: &Letter<'_>, first: Zone) -> Laid {
    let size = if letter.large { SIZE.1 } else { SIZE.0 };
    let (mut blocks, mut lines) = (Vec::new(), Vec::new());
    let (mut sheet, mut y) = (0, first.y * POINTS);
    let mut bottom = first.bottom() * POINTS;
    let paragraphs = letter.body.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let closing = letter.closing.join("\n");
    let all = [(Kind::Paragraph, letter.date), (Kind::Heading, letter.subject)]
        .into_iter()
        .chain(paragraphs.map(|text| (Kind::Paragraph, text)))
        .chain([(Kind::Paragraph, closing.as_str())])
        .filter(|(_, text)| !text.is_empty());
    for (kind, text) in all {
        let (face, size) = match kind {
            Kind::Heading => (&faces.bold, size * HEADING),
            Kind::Paragraph => (&faces.regular, size),
        };
        for line in face.lines(text, first.width * POINTS / size) {
            if y + size > bottom {
                sheet += 1;
                (y, bottom) = (NEXT.y * POINTS, NEXT.bottom() * POINTS);
            }
            lines.push(Placed { sheet, block: blocks.len(), baseline: y + size, line });
            y += size * PITCH;
        }
        y += size * GAP;
        blocks.push(Block { kind, size });
    }
    Laid { blocks, lines, sheets: sheet + 1 }
}
