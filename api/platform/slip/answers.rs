//! What an operation answers that gives a slip.

use poem_openapi::{
    ApiResponse,
    payload::{Binary, PlainText},
};

use super::{Slip, page, pdf};

/// What the page of a slip may do.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// A slip as a page.
#[derive(ApiResponse)]
pub enum SlipOut {
    /// HTML that loads nothing and runs nothing.
    #[oai(status = 200, content_type = "text/html; charset=utf-8")]
    Ok(
        PlainText<String>,
        /// What it may do: nothing.
        #[oai(header = "content-security-policy")]
        String,
    ),
}

impl SlipOut {
    /// The page of a slip.
    pub fn of(slip: &Slip) -> Self {
        Self::Ok(PlainText(page::html(slip)), POLICY.to_owned())
    }
}

/// A slip as a PDF.
#[derive(ApiResponse)]
pub enum SlipPdfOut {
    /// One sheet A5.
    #[oai(status = 200, content_type = "application/pdf")]
    Ok(
        Binary<Vec<u8>>,
        /// What to call the file.
        #[oai(header = "content-disposition")]
        String,
    ),
}

impl SlipPdfOut {
    /// The file of a slip.
    pub fn of(slip: &Slip) -> Self {
        Self::Ok(Binary(pdf::file(slip)), format!("attachment; filename=\"{}.pdf\"", slip.file))
    }
}
