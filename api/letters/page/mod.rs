//! A letter on paper: an address in its window, a reference as letters and as a code, the text on as many sheets as it takes. Pure: what
//! stands on it is given, and a PDF comes out, tagged for who has it read aloud (PDF/UA-1), with its fonts in it.

mod layout;
mod letter;
mod text;
pub mod zones;

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagTree},
};
use layout::{Kind, Laid, lay};
pub use letter::{Letter, Logo, Look};
use qrcode::{Color, QrCode};
use text::{Line, Typeface, Typefaces};
use zones::{ADDRESS_LINES, ADDRESS_PITCH, FOLDS, PAGE, POINTS, Zone, Zones, zones};

/// A PDF, and how many sheets each letter of it takes.
pub struct Drawn {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The sheets of each letter, in their order.
    pub sheets: Vec<usize>,
}

/// Why no PDF came of it.
#[derive(Debug, thiserror::Error)]
#[error("a letter cannot be drawn: {0}")]
pub struct Undrawn(String);

fn undrawn(why: impl std::fmt::Display) -> Undrawn {
    Undrawn(why.to_string())
}

/// Draws letters one after the other into one PDF, called `title`.
///
/// # Errors
/// A logo that is no picture; fonts that cannot be read.
pub fn draw(look: &Look, title: &str, letters: &[Letter<'_>]) -> Result<Drawn, Undrawn> {
    Pen::new(look)?.draw(title, letters, false)
}

/// Draws one letter as [`draw`] does, and over it the zones that bpost keeps: for who tries the town's envelopes.
///
/// # Errors
/// As for [`draw`].
pub fn proof(look: &Look, title: &str, letter: &Letter<'_>) -> Result<Drawn, Undrawn> {
    Pen::new(look)?.draw(title, std::slice::from_ref(letter), true)
}

/// What letters are drawn with.
struct Pen<'a> {
    look: &'a Look,
    faces: Typefaces,
    zones: Zones,
    logo: Option<Image>,
}

/// A sheet that is being drawn, and which of how many of its letter it is.
struct Sheet<'a, 'b> {
    surface: Surface<'a>,
    letter: &'b Letter<'b>,
    at: (usize, usize),
}

impl<'a> Pen<'a> {
    fn new(look: &'a Look) -> Result<Self, Undrawn> {
        let faces = Typefaces::open().ok_or_else(|| undrawn("the fonts cannot be read"))?;
        let picture = |logo: &Logo| {
            let bytes = logo.bytes.clone().into();
            if logo.is_png { Image::from_png(bytes, true) } else { Image::from_jpeg(bytes, true) }
        };
        let logo = look.logo.as_ref().map(picture).transpose().map_err(undrawn)?;
        Ok(Self { look, faces, zones: zones(look.side), logo })
    }

    fn draw(&self, title: &str, letters: &[Letter<'_>], is_proof: bool) -> Result<Drawn, Undrawn> {
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|why| undrawn(format!("{why:?}")))?;
        let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let (mut tree, mut outline) = (TagTree::new(), Outline::new());
        let (mut sheets, mut pages) = (Vec::with_capacity(letters.len()), 0);
        for letter in letters {
            let laid = lay(&self.faces, letter, self.zones.text);
            let to = XyzDestination::new(pages, Point::from_xy(0.0, 0.0));
            outline.push_child(OutlineNode::new(letter.reference.to_owned(), to));
            tree.push(self.letter(&mut document, letter, &laid, is_proof)?);
            sheets.push(laid.sheets);
            pages += laid.sheets;
        }
        document.set_outline(outline);
        document.set_tag_tree(tree);
        let language = letters.first().map_or("nl", |letter| letter.language);
        document.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()));
        // Without what it was about: that is somebody's name.
        let pdf = document.finish().map_err(undrawn)?;
        Ok(Drawn { pdf, sheets })
    }

    /// Draws the sheets of a letter; gives its part of the structure.
    fn letter(
        &self,
        document: &mut Document,
        letter: &Letter<'_>,
        laid: &Laid,
        is_proof: bool,
    ) -> Result<TagGroup, Undrawn> {
        let heading = self.faces.bold.settable(letter.subject);
        let mut groups: Vec<TagGroup> = laid
            .blocks
            .iter()
            .map(|block| match block.kind {
                Kind::Heading => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(heading.clone()))),
                Kind::Paragraph => TagGroup::new(Tag::P),
            })
            .collect();
        let mut head = Vec::new();
        let mut lines = laid.lines.iter().peekable();
        for at in 0..laid.sheets {
            let size = Size::from_wh(PAGE.0 * POINTS, PAGE.1 * POINTS).ok_or_else(|| undrawn("a sheet has no size"))?;
            let mut page = document.start_page_with(PageSettings::new(size));
            // The sheet is drawn when its surface is gone.
            {
                let mut sheet = Sheet { surface: page.surface(), letter, at: (at, laid.sheets) };
                if at == 0 {
                    head = self.head(&mut sheet)?;
                    if is_proof {
                        self.show_zones(&mut sheet);
                    }
                }
                let width = (self.zones.text.x * POINTS, self.zones.text.right() * POINTS);
                for (n, (block, group)) in laid.blocks.iter().zip(&mut groups).enumerate() {
                    let face = self.face(block.kind);
                    let mut here = Vec::new();
                    while let Some(placed) = lines.next_if(|placed| (placed.sheet, placed.block) == (at, n)) {
                        here.push((placed.baseline, &placed.line));
                    }
                    sheet.say(group, (face, block.size), width, &here);
                }
                self.foot(&mut sheet);
            }
            page.finish();
        }
        let children: Vec<Node> = head.into_iter().chain(groups).map(Node::from).collect();
        Ok(TagGroup::with_children(Tag::Part.with_lang(Some(letter.language.to_owned())), children))
    }

    fn face(&self, kind: Kind) -> &Typeface {
        match kind {
            Kind::Heading => &self.faces.bold,
            Kind::Paragraph => &self.faces.regular,
        }
    }

    /// What stands above the text of the first sheet: who sends it, to whom, and its reference; and the marks where it is folded.
    fn head(&self, sheet: &mut Sheet<'_, '_>) -> Result<Vec<TagGroup>, Undrawn> {
        let z = self.zones;
        let mut y = z.sender.y * POINTS;
        if let Some(logo) = &self.logo {
            y += self.logo(sheet, logo, z.sender) + 4.0;
        }
        let width = (z.sender.x * POINTS, z.sender.right() * POINTS);
        let mut sender = TagGroup::new(Tag::P);
        for (n, text) in self.look.sender.iter().enumerate() {
            let (face, size) = if n == 0 { (&self.faces.bold, 11.0) } else { (&self.faces.regular, 8.5) };
            let colour = if n == 0 { self.look.colour } else { (0, 0, 0) };
            sheet.surface.set_fill(Some(fill(colour)));
            for line in face.lines(text, z.sender.width * POINTS / size) {
                y += size;
                sheet.say(&mut sender, (face, size), width, &[(y, &line)]);
                y += size * 0.3;
            }
        }
        sheet.surface.set_fill(Some(fill((0, 0, 0))));
        let address = self.address(sheet);
        let reference = self.reference(sheet)?;
        let mark = |surface: &mut Surface<'_>| {
            for fold in FOLDS {
                rectangle(surface, Zone { x: 5.0, y: fold - 0.1, width: 4.0, height: 0.2 });
            }
        };
        sheet.aside(ArtifactType::Page, mark);
        Ok([sender, address, reference].into_iter().filter(|group| !group.children.is_empty()).collect())
    }

    /// Draws the logo in the zone's upper left corner, as large as fits in it with room for the sender's lines. How high it is.
    fn logo(&self, sheet: &mut Sheet<'_, '_>, logo: &Image, zone: Zone) -> f32 {
        let (wide, high) = logo.size();
        let (wide, high) = (wide.max(1) as f32, high.max(1) as f32);
        let scale = (zone.width * POINTS / wide).min(zone.height * 0.4 * POINTS / high);
        let Some(size) = Size::from_wh(wide * scale, high * scale) else { return 0.0 };
        sheet.aside(ArtifactType::Layout, |surface| {
            surface.push_transform(&Transform::from_translate(zone.x * POINTS, zone.y * POINTS));
            surface.draw_image(logo.clone(), size);
            surface.pop();
        });
        size.height()
    }

    /// The address: each line at the same edge, all of one size, so that the longest fits.
    fn address(&self, sheet: &mut Sheet<'_, '_>) -> TagGroup {
        let (zone, face) = (self.zones.address, &self.faces.regular);
        let lines: Vec<String> =
            sheet.letter.address.iter().take(ADDRESS_LINES).map(|line| face.settable(line)).collect();
        let widest = lines.iter().map(|line| face.width(line)).fold(1.0, f32::max);
        let size = (zone.width * POINTS / widest).clamp(6.0, 11.0);
        let mut group = TagGroup::new(Tag::P);
        // Also a name in a script from right to left begins at the edge at which the other lines do.
        let last = lines.len().saturating_sub(1);
        let end = |n: usize| if n < last { " " } else { "" };
        let lines: Vec<Line> =
            lines.into_iter().enumerate().map(|(n, text)| Line { text: text + end(n), right_to_left: false }).collect();
        let baseline = |n: usize| (zone.y + ADDRESS_PITCH * (n as f32 + 0.8)) * POINTS;
        let placed: Vec<(f32, &Line)> = lines.iter().enumerate().map(|(n, line)| (baseline(n), line)).collect();
        sheet.say(&mut group, (face, size), (zone.x * POINTS, zone.right() * POINTS), &placed);
        group
    }

    /// The reference, as letters and as a code.
    fn reference(&self, sheet: &mut Sheet<'_, '_>) -> Result<TagGroup, Undrawn> {
        let zone = self.zones.reference;
        let code = QrCode::new(sheet.letter.reference).map_err(undrawn)?;
        let (across, dark) = (code.width(), code.to_colors());
        let side = zone.height * POINTS / across.max(1) as f32;
        let mut dashes = PathBuilder::new();
        for (y, row) in dark.chunks(across.max(1)).enumerate() {
            // What is dark side by side is one dash: a letter is mostly its code, and twenty thousand of them are drawn.
            let (mut x, middle) = (0, y as f32 + 0.5);
            for run in row.chunk_by(|a, b| a == b) {
                let from = x;
                x += run.len();
                if run.first() == Some(&Color::Dark) {
                    dashes.move_to(from as f32, middle);
                    dashes.line_to(x as f32, middle);
                }
            }
        }
        sheet.aside(ArtifactType::Layout, |surface| {
            if let Some(dashes) = dashes.finish() {
                // A dash is one high, so that its numbers are short.
                surface.push_transform(&Transform::from_row(side, 0.0, 0.0, side, zone.x * POINTS, zone.y * POINTS));
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint: rgb::Color::black().into(), width: 1.0, ..Stroke::default() }));
                surface.draw_path(&dashes);
                surface.set_stroke(None);
                surface.set_fill(Some(fill((0, 0, 0))));
                surface.pop();
            }
        });
        let mut group = TagGroup::new(Tag::P);
        let line = Line { text: sheet.letter.reference.to_owned(), right_to_left: false };
        let x = (zone.x + zone.height + 4.0) * POINTS;
        let y = (zone.y + zone.height / 2.0 + 2.0) * POINTS;
        sheet.say(&mut group, (&self.faces.bold, 12.0), (x, zone.right() * POINTS), &[(y, &line)]);
        Ok(group)
    }

    /// Below the text: which letter this is, and which of its sheets.
    fn foot(&self, sheet: &mut Sheet<'_, '_>) {
        let (at, of) = sheet.at;
        let text = format!("{}   {}/{of}", sheet.letter.reference, at + 1);
        let (x, y) = (self.zones.text.x * POINTS, (PAGE.1 - 12.0) * POINTS);
        sheet.aside(ArtifactType::Footer, |surface| {
            write(surface, &self.faces.regular, 8.0, (x, y), &text);
        });
    }

    /// Draws the zones, each in a colour through which the letter is seen.
    fn show_zones(&self, sheet: &mut Sheet<'_, '_>) {
        let z = self.zones;
        let shown = [
            (z.quiet, (255, 210, 120)),
            (z.franking, (240, 150, 150)),
            (z.window, (150, 200, 255)),
            (z.address, (90, 150, 240)),
            (z.sender, (170, 220, 170)),
            (z.reference, (210, 180, 240)),
            (z.text, (225, 225, 225)),
        ];
        sheet.aside(ArtifactType::Layout, |surface| {
            for (zone, colour) in shown {
                let half = NormalizedF32::new(0.35).unwrap_or(NormalizedF32::ONE);
                surface.set_fill(Some(Fill { opacity: half, ..fill(colour) }));
                rectangle(surface, zone);
            }
            surface.set_fill(Some(fill((0, 0, 0))));
        });
    }
}

impl Sheet<'_, '_> {
    /// Sets lines as a part of `group`, between two edges, each on its baseline.
    fn say(
        &mut self,
        group: &mut TagGroup,
        (face, size): (&Typeface, f32),
        (left, right): (f32, f32),
        lines: &[(f32, &Line)],
    ) {
        if lines.iter().all(|(_, line)| line.text.is_empty()) {
            return;
        }
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        for (baseline, line) in lines {
            let x = if line.right_to_left {
                right - face.runs(&line.text).iter().map(|run| run.width).sum::<f32>() * size
            } else {
                left
            };
            write(&mut self.surface, face, size, (x, *baseline), &line.text);
        }
        self.surface.end_tagged();
        group.push(id);
    }

    /// Draws what is no part of what the letter says.
    fn aside(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Surface<'_>)) {
        // Of what is an artifact nothing stands in the structure.
        let _ = self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(&mut self.surface);
        self.surface.end_tagged();
    }
}

/// Adds a rectangle to a path, in points; one that has no size adds nothing.
fn push(path: &mut PathBuilder, zone: Zone) {
    let Zone { x, y, width, height } = zone;
    if let Some(rect) = Rect::from_xywh(x * POINTS, y * POINTS, width * POINTS, height * POINTS) {
        path.push_rect(rect);
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// Writes a line from a place on.
fn write(surface: &mut Surface<'_>, face: &Typeface, size: f32, (mut x, y): (f32, f32), text: &str) {
    for run in face.runs(text).iter() {
        surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, face.font.clone(), &run.text, size, false);
        x += run.width * size;
    }
}

fn rectangle(surface: &mut Surface<'_>, zone: Zone) {
    let mut path = PathBuilder::new();
    push(&mut path, zone);
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
