//! The slip as a PDF on sheets of A5, with the fonts that every reader has (ISO 32000-1, 9.6.2.2). Its letters are those of Western Europe
//! (Windows-1252): another Latin letter is shown without its mark, any other as a question mark, and the page shows them all.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use unicode_normalization::UnicodeNormalization as _;

use super::Slip;

/// A5, in points of 1/72 inch.
const WIDTH: f32 = 420.0;
const HEIGHT: f32 = 595.0;
const MARGIN: f32 = 36.0;
/// How wide the code is printed: 40 mm.
const CODE: f32 = 113.0;
const REGULAR: Name<'_> = Name(b"F1");
const BOLD: Name<'_> = Name(b"F2");

/// How wide the letters from the space to the tilde are in Helvetica, in thousandths of the size (Adobe's metrics of the font).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
/// Any other letter: as wide as most.
const OTHER: u16 = 611;

/// How wide a text is at a size; the bold font is a little wider.
fn width(text: &str, size: f32) -> f32 {
    let of = |c: char| {
        let at = u32::from(c).checked_sub(32).and_then(|n| usize::try_from(n).ok());
        f32::from(at.and_then(|n| WIDTHS.get(n)).copied().unwrap_or(OTHER))
    };
    text.chars().map(of).sum::<f32>() * size * 1.08 / 1000.0
}

/// The lines of a text that fit. A word that is longer than a line is broken.
fn wrapped(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer, size) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                if !line.is_empty() && width(&format!("{line}{c}"), size) > room {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
    }
    lines
}

/// A text in Windows-1252.
fn encoded(text: &str) -> Vec<u8> {
    text.nfc().flat_map(bytes).collect()
}

/// A letter in Windows-1252; one that it has not, as what one would write instead.
fn bytes(c: char) -> Vec<u8> {
    let byte = match c {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        '€' => 0x80,
        '‚' => 0x82,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‰' => 0x89,
        'Š' => 0x8a,
        '‹' => 0x8b,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '™' => 0x99,
        'š' => 0x9a,
        '›' => 0x9b,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        'Ł' => b'L',
        'ł' => b'l',
        'Đ' => b'D',
        'đ' => b'd',
        'ı' => b'i',
        '✓' | '✔' => b'v',
        '→' => return b"->".to_vec(),
        '≤' => return b"<=".to_vec(),
        '≥' => return b">=".to_vec(),
        // Its letter without what stands above or below.
        _ => match std::iter::once(c).nfd().next().map(u8::try_from) {
            Some(Ok(plain)) if plain.is_ascii_graphic() => plain,
            _ => b'?',
        },
    };
    vec![byte]
}

/// Sheets that are written from above, the next where one is full.
struct Sheets {
    full: Vec<Content>,
    content: Content,
    y: f32,
}

impl Sheets {
    fn write(&mut self, text: &str, font: Name<'_>, size: f32) {
        for line in wrapped(text, size, WIDTH - 2.0 * MARGIN) {
            self.y -= size * 1.35;
            if self.y < MARGIN {
                self.full.push(std::mem::replace(&mut self.content, Content::new()));
                self.y = HEIGHT - MARGIN - size * 1.35;
            }
            self.content.begin_text().set_font(font, size).next_line(MARGIN, self.y);
            self.content.show(Str(&encoded(&line))).end_text();
        }
    }

    fn skip(&mut self, points: f32) {
        self.y -= points;
    }
}

/// The file.
pub fn file(slip: &Slip) -> Vec<u8> {
    let mut sheet = Sheets { full: Vec::new(), content: Content::new(), y: HEIGHT - MARGIN };
    sheet.write(&slip.town, REGULAR, 11.0);
    sheet.write(&slip.title, BOLD, 18.0);
    if let Some((label, reference)) = &slip.reference {
        sheet.skip(6.0);
        sheet.write(label, REGULAR, 11.0);
        sheet.write(reference, BOLD, 28.0);
    }
    if let Some(code) = &slip.code {
        sheet.skip(14.0 + CODE);
        let square = CODE / code.width as f32;
        for (x, y) in code.squares() {
            let (left, below) = (MARGIN + x as f32 * square, sheet.y + (code.width - 1 - y) as f32 * square);
            // A hair wider, so that no white line stands between two.
            sheet.content.rect(left, below, square * 1.01, square * 1.01);
        }
        sheet.content.fill_nonzero();
    }
    sheet.skip(4.0);
    if let Some(say) = &slip.say {
        sheet.write(say, REGULAR, 11.0);
    }
    sheet.write(&slip.change, REGULAR, 11.0);
    if let Some(claim) = &slip.claim {
        sheet.write(claim, REGULAR, 11.0);
    }
    for (label, text) in &slip.lines {
        sheet.skip(5.0);
        sheet.write(label, BOLD, 11.0);
        sheet.write(text, REGULAR, 11.0);
    }

    let Sheets { full: mut sheets, content, .. } = sheet;
    sheets.push(content);
    let [catalog, pages, regular, bold, info] = [1, 2, 3, 4, 5].map(Ref::new);
    let mut free = 6..;
    let mut next = || Ref::new(free.next().unwrap_or_default());
    let sheets: Vec<(Ref, Ref, Content)> = sheets.into_iter().map(|content| (next(), next(), content)).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).lang(TextStr(slip.language.code()));
    pdf.document_info(info).title(TextStr(&slip.title));
    let count = i32::try_from(sheets.len()).unwrap_or(i32::MAX);
    pdf.pages(pages).kids(sheets.iter().map(|(page, ..)| *page)).count(count);
    for (page, content, _) in &sheets {
        let mut one = pdf.page(*page);
        one.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(pages).contents(*content);
        let mut resources = one.resources();
        resources.fonts().pair(REGULAR, regular).pair(BOLD, bold);
        resources.finish();
        one.finish();
    }
    for (font, name) in [(regular, Name(b"Helvetica")), (bold, Name(b"Helvetica-Bold"))] {
        pdf.type1_font(font).base_font(name).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for (_, id, content) in sheets {
        pdf.stream(id, &content.finish());
    }
    pdf.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_wrapped_and_a_long_word_broken() {
        let lines = wrapped(&format!("Een korte zin. {}", "x".repeat(200)), 11.0, 300.0);
        assert!(lines.len() > 3, "{lines:?}");
        assert!(lines.iter().all(|line| width(line, 11.0) <= 300.0), "{lines:?}");
        assert_eq!(lines.concat().matches('x').count(), 200);
        assert_eq!(wrapped("één\n\ntwee", 11.0, 300.0), ["één", "", "twee"]);
    }

    #[test]
    fn letters_of_western_europe_are_themselves_and_others_are_what_one_would_write() {
        assert_eq!(encoded("é€’–Šž"), [0xe9, 0x80, 0x92, 0x96, 0x8a, 0x9e]);
        assert_eq!(encoded("Łőčćşğı→≥ e\u{301}"), b"Loccsgi->>= \xe9");
        assert_eq!(encoded("Ж"), b"?");
    }

    #[test]
    fn what_is_too_long_for_a_sheet_goes_on_on_the_next() {
        let slip = |lines: usize| Slip {
            language: crate::platform::language::Language::Nl,
            town: "Deinze".to_owned(),
            title: "Je afspraak".to_owned(),
            file: "K7M-3QX".to_owned(),
            reference: Some(("Referentie".to_owned(), "K7M-3QX".to_owned())),
            say: None,
            lines: vec![("Breng mee".to_owned(), "Een kaart.\n".repeat(lines))],
            change: String::new(),
            claim: None,
            code: None,
        };
        for (lines, sheets) in [(3, 1), (60, 2)] {
            let file = String::from_utf8_lossy(&file(&slip(lines))).into_owned();
            assert_eq!(file.matches("(Een kaart.)").count(), lines);
            assert_eq!(file.matches("/MediaBox").count(), sheets, "{file}");
        }
    }
}
