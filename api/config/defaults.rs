//! Defaults of what people name themselves: a provider, an app, a town. The documented file has these as examples only, so that it
//! cannot be merged for them; a test holds its examples against these.

use url::Url;

use crate::platform::{access::Level, language::Language};

pub fn substantial() -> Level {
    Level::Substantial
}
pub fn dutch() -> Vec<Language> {
    vec![Language::Nl]
}
pub fn brussels() -> String {
    "Europe/Brussels".to_owned()
}
pub fn weekend() -> Vec<chrono::Weekday> {
    vec![chrono::Weekday::Sat, chrono::Weekday::Sun]
}
#[expect(clippy::expect_used, reason = "constants, which a test parses")]
fn known_url(text: &str) -> Url {
    Url::parse(text).expect("a constant URL")
}
pub fn apns_production() -> Url {
    known_url("https://api.push.apple.com")
}
pub fn apns_sandbox() -> Url {
    known_url("https://api.sandbox.push.apple.com")
}
pub fn fcm_url() -> Url {
    known_url("https://fcm.googleapis.com")
}
