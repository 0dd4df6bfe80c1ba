//! What is answered the same to everybody for as long as the program runs: compressed once, known by a tag, and kept by whoever has it.
//! Nothing of anybody is answered so: what is secret and what a caller chooses must not be compressed together (BREACH).

use std::{io::Write as _, sync::OnceLock};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use poem::{
    Body, IntoResponse as _, Request, Response,
    http::{StatusCode, header},
    web::headers::{ETag, HeaderMapExt as _},
};
use sha2::{Digest as _, Sha256};

use super::conditional::{entity_tag, known};

/// How long a cache may keep something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For good: its address has its hash, so that another content has another address.
    ForGood,
    /// As long as its tag is the same, which is asked each time.
    WhileTheSame,
    /// Not at all: its address holds something that is nobody else's business.
    Never,
}

impl Keep {
    /// As `Cache-Control` says it.
    fn as_str(self) -> &'static str {
        match self {
            Self::ForGood => "public, max-age=31536000, immutable",
            Self::WhileTheSame => "no-cache",
            Self::Never => "no-store",
        }
    }
}

/// The same content in one coding. Each has a tag of its own (RFC 9110, 8.8.3.3).
struct Form {
    bytes: Bytes,
    tag: Option<ETag>,
}

impl Form {
    fn of(bytes: Vec<u8>) -> Self {
        Self { tag: entity_tag(&Sha256::digest(&bytes)), bytes: bytes.into() }
    }
}

/// What is answered the same to everybody.
pub struct Fixed {
    kind: String,
    policy: Option<String>,
    plain: Form,
    gzip: OnceLock<Option<Form>>,
}

impl Fixed {
    /// Something of a media type.
    pub fn new(kind: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { kind: kind.to_owned(), policy: None, plain: Form::of(content.into()), gzip: OnceLock::new() }
    }

    /// With what a page may load, as `Content-Security-Policy` says it.
    #[must_use]
    pub fn with_policy(mut self, policy: &str) -> Self {
        self.policy = Some(policy.to_owned());
        self
    }

    /// Answers a request for it.
    pub fn answer(&self, request: &Request, keep: Keep) -> Response {
        let takes = request.header(header::ACCEPT_ENCODING).is_some_and(takes_gzip);
        // Made when somebody first asks for it.
        let gzip =
            takes.then(|| self.gzip.get_or_init(|| compressed(&self.plain.bytes).map(Form::of)).as_ref()).flatten();
        let form = gzip.unwrap_or(&self.plain);
        let known = known(request.headers());
        let same = form.tag.as_ref().zip(known).is_some_and(|(tag, known)| !known.precondition_passes(tag));
        let mut answer = if same {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(form.bytes.clone()).with_content_type(&self.kind).into_response()
        };
        if !same && gzip.is_some() {
            answer.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
        }
        if let Some(tag) = &form.tag {
            answer.headers_mut().typed_insert(tag.clone());
        }
        if let Some(policy) = &self.policy {
            answer = answer.with_header("content-security-policy", policy.as_str()).into_response();
        }
        let vary = answer.with_header(header::VARY, "accept-encoding");
        vary.with_header(header::CACHE_CONTROL, keep.as_str()).into_response()
    }
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).ok()
}

/// Whether `Accept-Encoding` takes gzip (RFC 9110, 12.5.3): it is named, and not at weight nothing.
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        is_gzip && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_who_takes_it() {
        for taken in ["gzip", "deflate, gzip", "br;q=1.0, GZIP;q=0.5", "gzip ; q=0.001"] {
            assert!(takes_gzip(taken), "{taken}");
        }
        for refused in ["", "br", "gzip;q=0", "gzip; q=0.000", "identity", "gzipped", "gzip;q=much"] {
            assert!(!takes_gzip(refused), "{refused}");
        }
    }
}
