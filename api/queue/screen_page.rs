//! The page that a screen shows, with what is said on it in the languages in which the town speaks to everybody.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::{
    appointments::{catalogue::Location, notices::text},
    identity::pages::escaped,
    municipalities::Municipality,
    platform::language::{Language, say},
};

/// How long a screen hears nothing until it warns whoever looks at it, and asks anew: two of those words may be lost, and it
/// says so within 40 seconds, also where it is slow.
const SILENT: Duration = Duration::from_secs(38);

/// The page.
const PAGE: &str = include_str!("screen.html");

/// A text in each language that the screen speaks, each marked as such; what is the same in two stands there once.
fn in_each(town: &Municipality, said: impl Fn(Language) -> String) -> String {
    let mut all: Vec<(Language, String)> = Vec::new();
    for language in town.public_languages().iter().copied() {
        let text = said(language);
        if all.iter().all(|(_, known)| *known != text) {
            all.push((language, text));
        }
    }
    let spans = all.iter().map(|(l, text)| format!(r#"<span lang="{}">{}</span>"#, l.code(), escaped(text)));
    spans.collect::<Vec<_>>().join(r#"<span aria-hidden="true"> · </span>"#)
}

/// What stands in the page of a location, by where it stands.
fn labels(town: &Municipality, place: &Location) -> Vec<(&'static str, String)> {
    let languages = town.public_languages();
    let first = languages.first().copied().unwrap_or(Language::Nl);
    let voices = languages.iter().map(|l| {
        let (said, voiceless) = (say(*l, "screen-sound-said", &[]), say(*l, "screen-voiceless", &[]));
        let (said, voiceless) = (escaped(&said), escaped(&voiceless));
        format!(r#"<span lang="{}" data-said="{said}" hidden>{voiceless}</span>"#, l.code())
    });
    let mut all = vec![
        ("{lang}", first.code().to_owned()),
        ("{title}", escaped(&format!("{} · {}", text(&place.names, first, town), town.name(first)))),
        ("{place}", in_each(town, |l| text(&place.names, l, town).to_owned())),
        ("{zone}", escaped(town.zone.name())),
        ("{silent}", SILENT.as_secs().to_string()),
        ("{voices}", voices.collect()),
        ("{languages}", languages.iter().map(|l| l.code()).collect::<Vec<_>>().join(" ")),
        ("{news_at}", escaped(&format!("/news/{}/titles.json", town.key))),
    ];
    let texts = [
        ("{now}", "screen-now"),
        ("{nobody}", "screen-nobody"),
        ("{stopped}", "screen-stopped"),
        ("{hours}", "screen-hours"),
        ("{shut}", "screen-shut"),
        ("{waiting}", "screen-waiting"),
        ("{next}", "screen-next"),
        ("{lost}", "screen-lost"),
        ("{news}", "screen-news"),
        ("{pause}", "screen-pause"),
        ("{sound}", "screen-sound"),
        ("{test}", "screen-sound-test"),
    ];
    all.extend(texts.map(|(name, key)| (name, in_each(town, |l| say(l, key, &[])))));
    all
}

/// The page of a location's screen.
pub(super) fn html(town: &Municipality, place: &Location) -> String {
    let mut html = PAGE.replace("{page}", &version(town, place));
    for (name, value) in labels(town, place) {
        html = html.replace(name, &value);
    }
    html
}

/// Which page it is: another one after an upgrade, or when the location is called otherwise.
pub(super) fn version(town: &Municipality, place: &Location) -> String {
    let mut digest = Sha256::new_with_prefix(PAGE);
    for (name, value) in labels(town, place) {
        digest.update(name);
        digest.update(value);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
