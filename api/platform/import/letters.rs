//! What a file is written in, and its lines.

use std::{borrow::Cow, io::Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The longest row, in bytes: what one faulty quote can make of a file must not fill the memory.
pub(super) const MAX_ROW: usize = 64 * 1024;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// Why a file of another kind is refused.
pub const NO_TEXT: &str = "The file is no text (it looks like a workbook or an archive): save it as CSV, in UTF-8";

/// Whether a file is known by its first bytes to be no text: ZIP (as XLSX and ODS are), an old workbook, gzip, bzip2, xz,
/// Zstandard, 7z, PDF, or UTF-32, which no register writes and nothing here reads.
fn is_no_text(start: &[u8]) -> bool {
    const KINDS: [&[u8]; 11] = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        &[0xd0, 0xcf, 0x11, 0xe0],
        &[0x1f, 0x8b],
        b"BZh",
        &[0xfd, b'7', b'z', b'X'],
        &[0x28, 0xb5, 0x2f, 0xfd],
        &[b'7', b'z', 0xbc, 0xaf],
        b"%PDF",
        &[0xff, 0xfe, 0, 0],
        &[0, 0, 0xfe, 0xff],
    ];
    KINDS.iter().any(|kind| start.starts_with(kind)) || matches!(start, [_, 0, 0, 0, ..] | [0, 0, 0, _, ..])
}

/// The encoding that a byte-order mark names, or that shows in the noughts between the letters of UTF-16.
///
/// # Errors
/// A file of which the first bytes say that it is no text.
pub(super) fn marked(input: &mut impl Read) -> anyhow::Result<Option<&'static Encoding>> {
    let mut start = Vec::new();
    input.take(4).read_to_end(&mut start)?;
    anyhow::ensure!(!is_no_text(&start), NO_TEXT);
    Ok(match start.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => Some(UTF_8),
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [a, 0, ..] if a.is_ascii_graphic() => Some(UTF_16LE),
        [0, b, ..] if b.is_ascii_graphic() => Some(UTF_16BE),
        _ => None,
    })
}

/// A small file as text, whatever wrote it; its lines end with `\n`. None where it is no text.
pub fn whole_text(bytes: &[u8]) -> Option<String> {
    let encoding =
        marked(&mut &bytes[..]).ok()?.unwrap_or(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let text = if encoding == WINDOWS_1252 {
        let lines: Vec<_> = bytes.split_inclusive(|b| *b == b'\n').map(|line| decoded(line, encoding)).collect();
        lines.concat()
    } else {
        let (text, _, broken) = encoding.decode(bytes);
        if broken {
            return None;
        }
        text.into_owned()
    };
    (!text.contains('\0')).then(|| text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

/// A file as UTF-8 whose lines end with `\n`, the last one too.
pub(super) struct Letters {
    input: Box<dyn Read + Send>,
    pub(super) decoder: Option<encoding_rs::Decoder>,
    pub(super) raw: Vec<u8>,
    pub(super) out: Vec<u8>,
    pub(super) at: usize,
    after_cr: bool,
    ended: bool,
    /// Whether the last line had no end of its own.
    pub(super) unended: bool,
    pub(super) last: u8,
    pub(super) read: u64,
}

impl Letters {
    pub(super) fn new(input: Box<dyn Read + Send>, encoding: &'static Encoding) -> Self {
        // Rows of Windows-1252 are decoded one by one.
        let whole = encoding != UTF_8 && encoding != WINDOWS_1252;
        let decoder = whole.then(|| encoding.new_decoder_with_bom_removal());
        let (raw, out) = (vec![0; PIECE], Vec::with_capacity(PIECE));
        Self { input, decoder, raw, out, at: 0, after_cr: false, ended: false, unended: false, last: b'\n', read: 0 }
    }

    /// What is there and was not used, after reading on if that is nothing; nothing at the end.
    pub(super) fn fill(&mut self) -> std::io::Result<&[u8]> {
        while self.at == self.out.len() && !self.ended {
            let n = match self.input.read(&mut self.raw) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            self.read += n as u64;
            self.ended = n == 0;
            self.at = 0;
            self.out.clear();
            let decoded;
            let bytes = match &mut self.decoder {
                None => &self.raw[..n],
                Some(decoder) => {
                    let room = decoder.max_utf8_buffer_length(n).unwrap_or(4 * PIECE);
                    let mut text = String::with_capacity(room);
                    let _ = decoder.decode_to_string(&self.raw[..n], &mut text, n == 0);
                    decoded = text;
                    decoded.as_bytes()
                }
            };
            for &byte in bytes {
                match byte {
                    b'\n' if self.after_cr => {}
                    b'\r' => self.out.push(b'\n'),
                    byte => self.out.push(byte),
                }
                self.after_cr = byte == b'\r';
            }
            if let Some(last) = self.out.last() {
                self.last = *last;
            }
            if self.ended && self.last != b'\n' {
                self.unended = true;
                self.out.push(b'\n');
            }
        }
        Ok(&self.out[self.at..])
    }

    /// The next line without its end; none at the end of the file.
    pub(super) fn line(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let there = self.fill()?;
            if there.is_empty() {
                return Ok((!line.is_empty()).then_some(line));
            }
            let end = there.iter().position(|b| *b == b'\n');
            let taken = end.unwrap_or(there.len());
            line.extend_from_slice(&there[..taken]);
            self.at += taken + usize::from(end.is_some());
            anyhow::ensure!(line.len() <= MAX_ROW, "the header row is longer than {MAX_ROW} bytes");
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

/// A line of text; in a file that is Windows-1252, UTF-8 where it is that.
pub(super) fn decoded<'a>(line: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    match std::str::from_utf8(line) {
        Err(_) if encoding == WINDOWS_1252 => WINDOWS_1252.decode_without_bom_handling(line).0,
        _ => String::from_utf8_lossy(line),
    }
}

pub(super) fn runaway(line: u64) -> String {
    format!("line {line}: a quote opens and is not closed on its line, so that the rows behind it cannot be told apart")
}
