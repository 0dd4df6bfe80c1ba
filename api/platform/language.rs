//! The languages people read, and the catalogue of what we say in them.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{Datelike, NaiveDate};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// A language that the app and its messages speak.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, poem_openapi::Enum,
)]
#[serde(rename_all = "lowercase")]
#[oai(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// All of them, Dutch first.
    pub const ALL: [Self; 4] = [Self::Nl, Self::Fr, Self::De, Self::En];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// The language of a code or tag such as `nl`, `NL` or `nl-BE`; none for one we do not speak.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    /// The first that we speak of those that a browser asks for; Dutch if there is none (RFC 9110, 12.5.4, in the order
    /// given).
    pub fn accepted(languages: &str) -> Self {
        let mut tags = languages.split(',').filter_map(|tag| tag.split(';').next());
        tags.find_map(|tag| Self::parse(tag.trim())).unwrap_or(Self::Nl)
    }

    fn catalogue(self) -> &'static str {
        match self {
            Self::Nl => include_str!("../texts/nl.ftl"),
            Self::Fr => include_str!("../texts/fr.ftl"),
            Self::De => include_str!("../texts/de.ftl"),
            Self::En => include_str!("../texts/en.ftl"),
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<HashMap<Language, Bundle>> = LazyLock::new(|| {
    Language::ALL
        .into_iter()
        .map(|language| {
            let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
            let mut bundle = Bundle::new_concurrent(vec![id]);
            // The catalogues are compiled in, and a test reads each of them: a broken one never ships.
            bundle.set_use_isolating(false);
            let resource = FluentResource::try_new(language.catalogue().to_owned()).unwrap_or_else(|(r, _)| r);
            bundle.add_resource_overriding(resource);
            (language, bundle)
        })
        .collect()
});

/// What the catalogue says for `key` in `language`, with `args` filled in. A key that is missing gives itself; a test
/// makes sure that none is.
pub fn say(language: Language, key: &str, args: &[(&str, &str)]) -> String {
    let mut values = FluentArgs::new();
    for (name, value) in args {
        // A number must be one for the plural rules.
        match value.parse::<i64>() {
            Ok(n) if matches!(*name, "count" | "day" | "days" | "month") => values.set(*name, n),
            _ => values.set(*name, *value),
        }
    }
    let text = CATALOGUES.get(&language).and_then(|bundle| {
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    });
    text.unwrap_or_else(|| key.to_owned())
}

/// Whether the catalogue of `language` has `key`.
pub fn has(language: Language, key: &str) -> bool {
    CATALOGUES.get(&language).is_some_and(|bundle| bundle.has_message(key))
}

/// A date as people write it: "3 maart 2027".
pub fn date(language: Language, day: NaiveDate) -> String {
    let (d, m, y) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
    say(language, "date", &[("day", &d), ("month", &m), ("year", &y)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Key and the variables it uses, read from the catalogue's own text.
    fn entries(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::<String, BTreeSet<String>>::new();
        let mut key = String::new();
        for line in language.catalogue().lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '#', '['])) {
                key = name.to_owned();
                assert!(all.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice in {language:?}");
            }
            for part in line.split('$').skip(1) {
                let name = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                all.entry(key.clone()).or_default().insert(name);
            }
        }
        all
    }

    #[test]
    fn each_catalogue_reads_without_an_error() {
        for language in Language::ALL {
            if let Err((_, errors)) = FluentResource::try_new(language.catalogue().to_owned()) {
                panic!("{language:?}: {errors:?}");
            }
        }
    }

    #[test]
    fn a_text_missing_in_one_language_is_missing_in_all() {
        let dutch = entries(Language::Nl);
        assert!(dutch.len() > 50, "the Dutch catalogue was not read");
        for language in Language::ALL {
            assert_eq!(dutch, entries(language), "keys or variables of {language:?} differ from Dutch");
        }
    }

    #[test]
    fn no_text_is_left_as_its_key_or_empty() {
        for language in Language::ALL {
            for (key, variables) in entries(language) {
                let args: Vec<_> = variables.iter().map(|v| (v.as_str(), "1")).collect();
                let text = say(language, &key, &args);
                assert!(text != key && !text.trim().is_empty(), "{key} in {language:?} says {text:?}");
            }
        }
    }

    #[test]
    fn a_date_reads_as_people_write_it() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let all: Vec<_> = Language::ALL.into_iter().map(|l| date(l, day)).collect();
        assert_eq!(all, ["1 maart 2027", "1er mars 2027", "1. März 2027", "1 March 2027"]);
    }
}
