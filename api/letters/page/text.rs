//! Text on a page: which of its characters the fonts have, how wide it is, where its lines break, and the glyphs of a line in the order in
//! which they are seen.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

/// The fonts, which are part of the program: a letter looks the same on each machine.
const REGULAR: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/DejaVuSans-Bold.ttf");
/// What stands for a character that the fonts do not have: its place is seen, and nobody takes it for another.
const UNKNOWN: char = '\u{25a1}';

/// The first letter after the Latin ones: most of what is set is before it.
const LATIN_ENDS: char = '\u{250}';
/// Lines of which the glyphs are kept: some megabytes at most.
const KEPT_LINES: usize = 512;

/// A font of which text is set.
pub struct Typeface {
    /// As the PDF embeds it.
    pub font: Font,
    face: Face<'static>,
    units: f32,
    /// How wide each Latin letter is, for a size of one; none where the font does not have it.
    latin: Vec<Option<f32>>,
    plans: RefCell<HashMap<(bool, u32), ShapePlan>>,
    /// Lines that were set: most letters of a batch say much the same.
    set: RefCell<HashMap<String, Rc<[Run]>>>,
}

/// The fonts of a letter.
pub struct Typefaces {
    /// For text.
    pub regular: Typeface,
    /// For headings.
    pub bold: Typeface,
}

/// A piece of a line in one direction.
pub struct Run {
    /// What it says.
    pub text: String,
    /// Its glyphs, from left to right.
    pub glyphs: Vec<KrillaGlyph>,
    /// How wide it is, for a size of one.
    pub width: f32,
}

/// A line that was broken off a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says, in the order in which it is read, with the blank that parts it from the next line.
    pub text: String,
    /// Whether it is read from right to left: then it begins at the right.
    pub right_to_left: bool,
}

impl Typefaces {
    /// Opens them; none where they cannot be read.
    pub fn open() -> Option<Self> {
        Some(Self { regular: Typeface::open(REGULAR)?, bold: Typeface::open(BOLD)? })
    }
}

impl Typeface {
    fn open(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        let face = Face::from_slice(bytes, 0)?;
        let units = f32::from(u16::try_from(face.units_per_em()).ok()?);
        let mut typeface =
            Self { font, face, units, latin: Vec::new(), plans: RefCell::default(), set: RefCell::default() };
        typeface.latin = ('\0'..LATIN_ENDS).map(|c| typeface.looked_up(c)).collect();
        Some(typeface)
    }

    /// The text as it can be set: of characters that the font does not have, a square says that there was one; what is not seen is left out.
    pub fn settable(&self, text: &str) -> String {
        let known = |c: char| self.advance_of(c).is_some();
        text.chars()
            .filter_map(|c| match c {
                '\n' => Some('\n'),
                '\t' | '\u{a0}' | '\u{202f}' => Some(' '),
                // A hyphen that does not break is one.
                '\u{2011}' => Some('-'),
                c if is_unseen(c) => None,
                c if known(c) => Some(c),
                _ if known(UNKNOWN) => Some(UNKNOWN),
                _ => Some('?'),
            })
            .collect()
    }

    /// How wide a text is at least as much as, for a size of one: character by character, without what letters do to each other.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    fn advance(&self, c: char) -> f32 {
        self.advance_of(c).unwrap_or_default()
    }

    fn advance_of(&self, c: char) -> Option<f32> {
        self.latin.get(c as usize).copied().unwrap_or_else(|| self.looked_up(c))
    }

    fn looked_up(&self, c: char) -> Option<f32> {
        let glyph = self.face.glyph_index(c)?;
        Some(f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default()) / self.units)
    }

    /// Breaks a text into lines no wider than `most` at a size of one: at its line ends and blanks, and within a word only where that is wider
    /// than a line.
    pub fn lines(&self, text: &str, most: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for paragraph in self.settable(text).split('\n') {
            let right_to_left = is_right_to_left(paragraph);
            let mut push = |text: String| lines.push(Line { text, right_to_left });
            let (mut line, mut wide) = (String::new(), 0.0);
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                let blank = if line.is_empty() { 0.0 } else { self.advance(' ') };
                let width = self.width(word);
                if wide + blank + width <= most {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(word);
                    wide += blank + width;
                    continue;
                }
                if !line.is_empty() {
                    // With the blank at which it was broken: who has it read aloud hears two words.
                    push(std::mem::take(&mut line) + " ");
                }
                wide = 0.0;
                for c in word.chars() {
                    let width = self.advance(c);
                    if wide + width > most && !line.is_empty() {
                        push(std::mem::take(&mut line));
                        wide = 0.0;
                    }
                    line.push(c);
                    wide += width;
                }
            }
            push(line + " ");
        }
        if let Some(last) = lines.last_mut() {
            last.text.pop();
        }
        lines
    }

    /// The glyphs of a line, from left to right.
    pub fn runs(&self, line: &str) -> Rc<[Run]> {
        if let Some(known) = self.set.borrow().get(line) {
            return Rc::clone(known);
        }
        let runs: Rc<[Run]> = self.shaped(line).into();
        let mut set = self.set.borrow_mut();
        if set.len() < KEPT_LINES {
            set.insert(line.to_owned(), Rc::clone(&runs));
        }
        runs
    }

    fn shaped(&self, line: &str) -> Vec<Run> {
        if line.is_empty() {
            return Vec::new();
        }
        if !may_turn(line) {
            return vec![self.run(line, false)];
        }
        let bidi = BidiInfo::new(line, None);
        let mut all = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for range in runs {
                let rtl = levels.get(range.start).is_some_and(Level::is_rtl);
                all.extend(line.get(range).map(|text| self.run(text, rtl)));
            }
        }
        all
    }

    fn run(&self, text: &str, rtl: bool) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let script = buffer.script();
        let mut plans = self.plans.borrow_mut();
        // A plan is dear, and the same for all text of a script.
        let plan = plans
            .entry((rtl, script.tag().0))
            .or_insert_with(|| ShapePlan::new(&self.face, buffer.direction(), Some(script), None, &[]));
        let shaped = rustybuzz::shape_with_plan(&self.face, plan, buffer);
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let end_of = |start: usize| {
            let next = starts.partition_point(|s| *s <= start);
            starts.get(next).copied().unwrap_or(text.len())
        };
        let scaled = |units: i32| units as f32 / self.units;
        let glyphs: Vec<KrillaGlyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, at)| {
                let start = info.cluster as usize;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    scaled(at.x_advance),
                    scaled(at.x_offset),
                    scaled(at.y_offset),
                    scaled(at.y_advance),
                    start..end_of(start),
                    None,
                )
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Run { text: text.to_owned(), glyphs, width }
    }
}

/// Whether a text is read from right to left: by its first letter that has a direction.
pub fn is_right_to_left(text: &str) -> bool {
    may_turn(text) && BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// Whether a text may have a piece that is read from right to left: each letter of such a script comes after the Cyrillic and Armenian ones.
fn may_turn(text: &str) -> bool {
    text.chars().any(|c| c >= '\u{590}')
}

/// What a text may hold that is not seen, and that a font need not have: controls, marks of direction, joiners, selectors of a form.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn faces() -> Typefaces {
        Typefaces::open().unwrap()
    }

    #[test]
    /// But for four that only medieval Welsh has.
    fn each_letter_of_the_latin_alphabet_with_each_mark_is_set_as_it_is() {
        let faces = faces();
        let latin: String =
            ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1ef9}').filter(|c| c.is_alphabetic()).collect();
        for face in [&faces.regular, &faces.bold] {
            assert_eq!(face.settable(&latin), latin);
            let runs = face.runs(&latin);
            assert!(runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.glyph_id.to_u32() != 0));
        }
        assert_eq!(faces.regular.settable("Ελένη Παπαδοπούλου"), "Ελένη Παπαδοπούλου");
        assert_eq!(faces.regular.settable("李\u{200b}\u{ad}"), "\u{25a1}");
    }

    #[test]
    fn a_line_in_two_directions_is_seen_in_the_order_of_its_script() {
        let faces = faces();
        let runs = faces.regular.runs("Aan محمد علي");
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(), ["Aan ", "محمد علي"]);
        let arabic = &runs[1].glyphs;
        assert!(arabic.first().unwrap().text_range.start > arabic.last().unwrap().text_range.start);
        assert!(is_right_to_left("محمد علي"));
        assert!(!is_right_to_left("Aan محمد"));
    }

    proptest! {
        #[test]
        fn lines_lose_nothing_and_are_not_too_wide(text in "[a-zé ﷺא\n]{0,300}", most in 3.0f32..30.0) {
            let face = faces().regular;
            let lines = face.lines(&text, most);
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.iter().map(|l| l.text.as_str()).collect::<String>()), bare(&face.settable(&text)));
            for line in lines {
                let seen = line.text.trim_end();
                prop_assert!(face.width(seen) <= most + 0.01 || seen.chars().count() == 1, "{}", line.text);
            }
        }
    }
}
