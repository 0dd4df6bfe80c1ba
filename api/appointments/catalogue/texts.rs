//! Texts in several languages, as staff write them.

use poem_openapi::Object;
use serde::Deserialize;

use crate::{
    appointments::model::Texts,
    platform::{
        language::Language,
        problem::{Code, Failure},
    },
};

/// A text in a language.
#[derive(Clone, Object, Deserialize)]
pub struct TextIn {
    /// The language in which the text is written.
    language: Language,
    /// The text in that language, as citizens read it.
    #[oai(validator(max_length = 2000))]
    text: String,
}

/// Texts as they came in, each language once.
///
/// # Errors
/// `body_invalid` for two texts in one language.
pub fn texts_in(field: &str, all: Vec<TextIn>) -> Result<Texts, Failure> {
    let count = all.len();
    let texts: Texts = all.into_iter().map(|t| (t.language, t.text)).collect();
    if texts.len() < count {
        return Err(Failure::field(Code::BodyInvalid, field, "has two texts in one language"));
    }
    Ok(texts)
}

/// Texts as they go out.
pub fn texts_out(all: &Texts) -> Vec<TextIn> {
    all.iter().map(|(language, text)| TextIn { language: *language, text: text.clone() }).collect()
}
