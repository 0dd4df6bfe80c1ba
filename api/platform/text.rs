//! What a text may be that comes in, from a file or over HTTP, and the one form in which it is kept: whatever keyboard,
//! spreadsheet or register wrote it, the same text is the same characters, and holds nothing that nobody can see.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Whether a text may have more than one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// A name, a title, a street: no line ends and no tabs.
    One,
    /// A message, a note: lines end with `\n`, whatever ended them before.
    Many,
}

/// Why a text is refused, in words that go behind the name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// A line end or a tab where there is one line.
    #[error("holds a line end or a tab")]
    LineEnd,
    /// U+0000 and its like: PostgreSQL keeps no U+0000, XML none of the others.
    #[error("holds a control character")]
    Control,
    /// What turns the direction of the text around it (Unicode Technical Report 36, "Bidirectional Text Spoofing").
    #[error("holds a character that turns the direction of the text")]
    Direction,
    /// What Unicode never makes a character (Unicode 16, section 23.7); XML refuses U+FFFE and U+FFFF.
    #[error("holds a code that is no character")]
    NoCharacter,
    /// Something that shows as nothing.
    #[error("holds nothing that can be seen")]
    Invisible,
}

/// The form in which a text is kept: Unicode's NFC, without blanks at its ends (no-break spaces among them) and without
/// characters that take no room, unless a script or an emoji needs them. What is empty or blank is an empty text: whether
/// that may be, the caller says, and how long it may be, as NFC can make a text longer.
///
/// # Errors
/// A control character, what turns the direction, what is no character, or a text of which nothing can be seen.
pub fn canonical(text: &str, lines: Lines) -> Result<String, TextFault> {
    let mut plain = String::with_capacity(text.len());
    let mut dropped = false;
    let mut all = text.chars().peekable();
    while let Some(c) = all.next() {
        match c {
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => {
                if c == '\r' && all.peek() == Some(&'\n') {
                    all.next();
                }
                plain.push('\n');
            }
            '\t' => plain.push(c),
            c if c.is_control() => return Err(TextFault::Control),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => return Err(TextFault::Direction),
            c if is_no_character(c) => return Err(TextFault::NoCharacter),
            // Joiners shape letters of other scripts, and make one emoji of several.
            '\u{200c}' | '\u{200d}' if plain.ends_with(takes_joiners) => plain.push(c),
            c if takes_no_room(c) => dropped = true,
            c => plain.push(c),
        }
    }
    let kept: String = plain.trim().nfc().collect();
    if lines == Lines::One && kept.contains(['\n', '\t']) {
        return Err(TextFault::LineEnd);
    }
    if !shows(&kept) && (dropped || !kept.is_empty()) {
        return Err(TextFault::Invisible);
    }
    Ok(kept)
}

/// Characters that are written and take no room: format characters, and blanks of no width.
pub fn takes_no_room(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters that show as a blank.
fn looks_blank(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Behind Latin, Greek, Cyrillic and Armenian a joiner is only hidden; Hebrew is the first script behind them.
fn takes_joiners(c: char) -> bool {
    c >= '\u{590}' && !matches!(c, '\u{1d00}'..='\u{20cf}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

/// Whether a reader sees anything of a text.
pub fn shows(text: &str) -> bool {
    !text.chars().all(|c| c.is_whitespace() || looks_blank(c) || takes_no_room(c))
}

/// A text as it is compared and searched: small letters without accents, `ss` for `ß` and the like, so that `francais` finds `Français`.
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Lower case takes some letters apart as well, such as the Turkish İ.
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            'ß' => plain.push_str("ss"),
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            c if is_combining_mark(c) || takes_no_room(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// A cell of a table for a spreadsheet: what it would run is led by an apostrophe, which makes it a text (OWASP, "CSV Injection"): a title is anybody's words.
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}

/// Text as HTML shows it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_name_is_the_same_characters_whoever_wrote_it() {
        for written in ["Zoë", "Zoe\u{308}", "\u{a0}Zoë\u{202f}", "\u{feff}Zo\u{200b}ë\u{200e}", "Zo\u{ad}e\u{308} "]
        {
            assert_eq!(canonical(written, Lines::One).as_deref(), Ok("Zoë"), "{written:?}");
        }
        assert_eq!(canonical("An\u{200d}na", Lines::One).as_deref(), Ok("Anna"));
        assert_eq!(
            canonical("👩\u{200d}👧 می\u{200c}خواهم", Lines::One).as_deref(),
            Ok("👩\u{200d}👧 می\u{200c}خواهم")
        );
        assert_eq!(canonical(" \u{a0} ", Lines::One).as_deref(), Ok(""));
    }

    #[test]
    fn lines_end_as_lines_end_here() {
        assert_eq!(
            canonical("een\r\ntwee\rdrie\n\nvier\u{2028}", Lines::Many).as_deref(),
            Ok("een\ntwee\ndrie\n\nvier")
        );
        assert_eq!(canonical("een\r\ntwee", Lines::One), Err(TextFault::LineEnd));
        assert_eq!(canonical("een\ttwee", Lines::One), Err(TextFault::LineEnd));
        assert_eq!(canonical("een\r\n", Lines::One).as_deref(), Ok("een"));
    }

    #[test]
    fn what_nobody_can_read_is_refused() {
        for (text, fault) in [
            ("a\0b", TextFault::Control),
            ("a\u{7}", TextFault::Control),
            ("a\u{b}b", TextFault::Control),
            ("a\u{85}b", TextFault::Control),
            ("a\u{9f}", TextFault::Control),
            ("abc\u{202e}fed", TextFault::Direction),
            ("\u{2067}abc", TextFault::Direction),
            ("a\u{fffe}", TextFault::NoCharacter),
            ("a\u{fdd0}", TextFault::NoCharacter),
            ("a\u{10ffff}", TextFault::NoCharacter),
            ("\u{200b}", TextFault::Invisible),
            (" \u{2060}\u{200d} ", TextFault::Invisible),
            ("\u{3164}", TextFault::Invisible),
        ] {
            for lines in [Lines::One, Lines::Many] {
                assert_eq!(canonical(text, lines), Err(fault), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_taken_once_is_taken_again_as_it_is(text in "\\PC{0,40}|[a-zé\u{301}\u{a0}\u{200b}\u{200d}\r\n\t👩]{0,20}") {
            if let Ok(once) = canonical(&text, Lines::Many) {
                prop_assert_eq!(canonical(&once, Lines::Many), Ok(once.clone()));
            }
        }
    }
}
