//! Names that are known only when the server runs, for a library that takes fixed ones.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// A text that lasts as long as the process, made once: for what a library takes names of that are known only when it runs. There must
/// be few of them.
pub fn interned(text: String) -> &'static str {
    static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.get(text.as_str()) {
        return known;
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    texts.insert(text);
    text
}
