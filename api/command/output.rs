//! What a command says. Who reads no more of it (`thuisloket openapi | head -1`) is told no more, and the command goes on to its end: what
//! it does is not half done because of who listens.

use std::{
    fmt::Display,
    io::{self, ErrorKind, Write as _},
};

/// Says a line.
///
/// # Errors
/// It cannot be written, as where a disk is full.
pub fn out(line: impl Display) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Says a line beside what the command was asked for. Where it cannot be written there is no other place to say so.
pub fn err(line: impl Display) {
    drop(writeln!(io::stderr(), "{line}"));
}
