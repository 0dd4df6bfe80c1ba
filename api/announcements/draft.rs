//! What staff write of an announcement: as it comes in, and as it is stored.

use chrono::{DateTime, Utc};
use poem_openapi::Object;
use serde::Deserialize;

use super::{
    audience::Audience,
    model::{Announcement, AnnouncementId, HowFar, Importance, Said, Texts},
    rules::State,
};
use crate::{
    platform::{
        language::Language,
        problem::Failure,
        values::{Instant, WallTime},
    },
    staff::Staff,
};

/// What it says in a language.
#[derive(Clone, Debug, Object, Deserialize)]
#[oai(skip_serializing_if_is_none)]
pub struct SaidIn {
    /// The language of the title and the text.
    pub language: Language,
    /// The title of the announcement: one line of plain text.
    #[oai(validator(max_length = 120))]
    pub title: String,
    /// Text, in a part of CommonMark: paragraphs, emphasis, lists, and links to `https:`, `mailto:` and `tel:`.
    #[oai(validator(max_length = 5000))]
    pub text: String,
    /// What the image shows, for who does not see it; needed where there is one.
    #[oai(validator(max_length = 300))]
    pub image_text: Option<String>,
}

/// Writes a type of what staff write: what an announcement and a template both say, after fields of its own and before others. It is no
/// struct that both hold, since serde does not tell at which field of a flattened struct a fault is, and whoever writes is told that.
macro_rules! written {
    ($(#[$about:meta])* $name:ident: { $($before:tt)* } $({ $($after:tt)* })?) => {
        #[derive(Clone, Debug, Object, Deserialize)]
        $(#[$about])*
        pub struct $name {
            $($before)*
            /// How much it matters.
            pub importance: Importance,
            /// What it is about: `works`, `waste`, `traffic`, `culture`, `youth`, `sport` or `other`.
            #[oai(validator(max_length = 40))]
            pub topic: String,
            /// What it says, once in each language; who reads one that is not here gets the town's first that is. Half written, or nothing,
            /// while it is being written, or where each announcement fills in the rest of a template.
            #[oai(validator(max_items = 4))]
            pub texts: Vec<SaidIn>,
            /// Where to read more, beginning with `https://`.
            #[oai(validator(max_length = 500))]
            pub link: Option<String>,
            /// Whom it concerns; no group while that is not said, or where each announcement of a template says it for itself. Without one
            /// an announcement cannot be submitted.
            pub audience: Audience,
            /// True for anybody to read it, on the town's web page and in its feeds.
            #[oai(default)]
            #[serde(default)]
            pub is_public: bool,
            /// True for those as well who move into the audience while it is valid; they are looked for once a day.
            #[oai(default)]
            #[serde(default)]
            pub newcomers: bool,
            /// Where it happens, as plain text; absent where it has no place.
            #[oai(validator(max_length = 200))]
            pub place: Option<String>,
            /// True for its title to be on lock screens, so that Apple and Google learn it. Only of what is public, and for everybody or for
            /// who lives somewhere; refused elsewhere when an announcement is submitted. Absent: so for an emergency where that may be, and
            /// for nothing else; of a template, as each announcement says for itself.
            pub title_on_lock_screen: Option<bool>,
            /// How far it goes to those who do not read it or have no app: `app` for the inbox and the push and nothing more; `mail` for an
            /// e-mail as well, to those who wish announcements so; `paper` for a letter after that, also to who has no app. Nobody is
            /// called. A correction goes as far as what it corrects, at the least.
            #[oai(default)]
            #[serde(default)]
            pub reach: HowFar,
            $($($after)*)?
        }
    };
}

written! {
    /// An announcement as it is written.
    #[oai(rename = "AnnouncementDraft", skip_serializing_if_is_none)]
    Draft: {
        /// The version that was read; 0 for a new one.
        #[oai(validator(minimum(value = "0")))]
        pub version: i64,
    } {
        /// The decision of the town that allows the use of the register; needed where the audience rests on it.
        #[oai(validator(max_length = 300))]
        pub decision: Option<String>,
        /// True to send it also to who had as many ordinary ones this week as the cap allows.
        #[oai(default)]
        #[serde(default)]
        pub over_cap: bool,
        /// When it goes out, on the town's clocks; at once when it is approved, if it is not said.
        pub send_at: Option<WallTime>,
        /// Until when it is worth showing.
        pub valid_until: Instant,
        /// The announcement that it corrects: it goes to those who got that one, and the audience does not count.
        pub corrects_id: Option<AnnouncementId>,
        /// When what it announces begins, on the town's clocks.
        pub begins_at: Option<WallTime>,
        /// When what it announces ends, on the town's clocks; absent where that is not known.
        pub ends_at: Option<WallTime>,
    }
}

written! {
    /// A template as it is written: what announcements of a kind that comes back begin as.
    #[oai(rename = "AnnouncementTemplateDraft", skip_serializing_if_is_none)]
    TemplateDraft: {
        /// The version that was read; 0 for a new one.
        #[oai(validator(minimum(value = "0")))]
        pub version: i64,
        /// What the town calls it.
        #[oai(validator(min_length = 1, max_length = 80))]
        pub name: String,
    }
}

/// What is said, by language.
///
/// # Errors
/// Two texts in one language: nobody could say which is meant.
pub(super) fn by_language(texts: &[SaidIn]) -> Result<Texts, Failure> {
    let mut all = Texts::new();
    for (n, text) in texts.iter().enumerate() {
        let SaidIn { language, title, text, image_text } = text.clone();
        let said = Said { title, text, image_text: image_text.unwrap_or_default() };
        if all.insert(language, said).is_some() {
            return Err(Failure::fault(&format!("texts[{n}].language"), "twice", "is there twice"));
        }
    }
    Ok(all)
}

impl From<(Language, Said)> for SaidIn {
    /// As it was written.
    fn from((language, s): (Language, Said)) -> Self {
        Self { language, title: s.title, text: s.text, image_text: Some(s.image_text).filter(|t| !t.is_empty()) }
    }
}

/// What a draft comes to in its town: what it says, and its instants, read off the town's clocks.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// What it says.
    pub texts: Texts,
    /// When it goes out; none for once it is approved.
    pub send_at: Option<DateTime<Utc>>,
    /// When what it announces begins.
    pub begins_at: Option<DateTime<Utc>>,
    /// When that ends.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Settled {
    /// Whether a draft is saved already as this member of staff sends it, in the version after the one that they read.
    pub(super) fn is_saved(&self, who: &Staff, draft: &Draft, known: &Announcement) -> bool {
        let same = |said: &Option<String>, saved: &str| said.as_deref().unwrap_or_default() == saved;
        known.state == State::Draft
            && (known.version, known.author_id) == (draft.version.saturating_add(1), who.id.0)
            && (known.importance, &known.topic, &known.texts) == (draft.importance, &draft.topic, &self.texts)
            && (&known.audience, known.corrects_id) == (&draft.audience, draft.corrects_id)
            && same(&draft.link, &known.link)
            && same(&draft.decision, &known.decision)
            && same(&draft.place, &known.place)
            && (known.over_cap, known.is_public, known.newcomers) == (draft.over_cap, draft.is_public, draft.newcomers)
            && (known.send_at, known.begins_at, known.ends_at) == (self.send_at, self.begins_at, self.ends_at)
            && known.valid_until == draft.valid_until.get()
            && (known.title_on_lock_screen, known.reach) == (draft.title_on_lock_screen, draft.reach)
    }
}
