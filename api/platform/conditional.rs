//! Conditional requests (RFC 9110, 13): who has what they ask for already is told so in a few bytes, and keeps it.
//!
//! A tag is of what is answered, so that nothing need be kept, and whatever changes it is seen. The answer is made all the same: this
//! spares the network and the phone, and never shows what is old. HTTP caches keep nothing of it (`no-store`): what an app keeps of a
//! citizen, it keeps where its system protects it.

use poem::{
    Body, Request, Response,
    http::{HeaderMap, Method, StatusCode, header},
    web::headers::{ETag, HeaderMapExt as _, IfNoneMatch},
};
use sha2::{Digest as _, Sha256};

use super::problem::Failure;

/// Where what is answered is the same until something changed.
const PREFIX: &str = "/v1/";

/// What a caller has already.
pub struct Known(Option<IfNoneMatch>);

impl Known {
    /// What the caller of a read says that they have; none where it is no read of the citizens' contract.
    pub fn of(request: &Request) -> Option<Self> {
        let reads = request.method() == Method::GET && request.uri().path().starts_with(PREFIX);
        reads.then(|| Self(known(request.headers())))
    }

    /// The answer with its tag, or that it is what the caller has. A file is answered as it is.
    pub async fn answer(self, mut response: Response) -> Response {
        let is_json = response.content_type().is_some_and(|kind| kind.starts_with("application/json"));
        if response.status() != StatusCode::OK || !is_json {
            return response;
        }
        let bytes = match response.take_body().into_bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return poem::Error::from(Failure::internal(error)).into_response(),
        };
        let Some(tag) = entity_tag(&Sha256::digest(&bytes)) else {
            response.set_body(Body::from(bytes));
            return response;
        };
        if self.0.is_some_and(|known| !known.precondition_passes(&tag)) {
            response.set_status(StatusCode::NOT_MODIFIED);
            response.headers_mut().remove(header::CONTENT_TYPE);
            response.headers_mut().remove(header::CONTENT_LENGTH);
        } else {
            response.set_body(Body::from(bytes));
        }
        response.headers_mut().typed_insert(tag);
        response
    }
}

/// What the sender of a request says that they have. None where something stands there that is in no tag (RFC 9110, 8.8.3), such as a space: the
/// crate that reads tags stops a debug build at it.
pub fn known(headers: &HeaderMap) -> Option<IfNoneMatch> {
    let mut values = headers.get_all(header::IF_NONE_MATCH).iter();
    let fits = values.all(|value| value.to_str().is_ok_and(|text| !has_space_in_a_tag(text)));
    fits.then(|| headers.typed_get()).flatten()
}

/// Whether a space stands within quotation marks, or anywhere else than beside a comma.
fn has_space_in_a_tag(text: &str) -> bool {
    let has_space = |part: &str| part.contains([' ', '\t']);
    text.split('"').skip(1).step_by(2).any(has_space) || text.split(',').map(str::trim).any(has_space)
}

/// The tag of what has this hash.
pub fn entity_tag(sha256: &[u8]) -> Option<ETag> {
    let hex = sha256.iter().take(16).fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"));
    format!("\"{hex}\"").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_tag_is_known_by_nobody() {
        let said = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, text.parse().unwrap());
            let tag = "\"a\"".parse().unwrap();
            known(&headers).is_some_and(|known| !known.precondition_passes(&tag))
        };
        for text in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\" ,\"a\"", "*"] {
            assert!(said(text), "{text}");
        }
        for text in ["\"a b\"", "\"b, c\", \"a\"", "\"a\" \"b\"", "\"b\tc\"", "a", "\"a", ""] {
            assert!(!said(text), "{text}");
        }
    }
}
