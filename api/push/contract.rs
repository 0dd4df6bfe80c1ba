//! What app makers are told of the pushes: schemas, examples, texts and an overview in `mobile-contract/push`, written from what is sent.

use chrono::{DateTime, Duration};
use serde_json::Value;
use uuid::Uuid;

use super::{
    apns, contract_live, fcm,
    model::{Category, Push},
    payload::{ApnsClear, ApnsShow, FcmClear, FcmShow, LONGEST_TITLE, MAX_PAYLOAD, TextKey, schema_of, text},
};
use crate::{
    platform::language::{Language, say},
    words,
};

words! {
    /// What a citizen can do from a notification, without opening the app first.
    Action {
        /// Read the message: what a tap on the notification does as well.
        Open = "open",
        /// Go where the message's own action leads.
        Book = "book",
        /// Hear no more of this kind.
        Mute = "mute",
    }
}

impl Action {
    fn does(self) -> &'static str {
        match self {
            Self::Open => {
                "Opens the app and shows the message (`get_message` with `message_id`). The same as a tap on the notification."
            }
            Self::Book => {
                "Opens the app, fetches the message and goes where its `action` leads: for one document to the starts that are proposed. \
                 A message without an `action` is shown instead."
            }
            Self::Mute => {
                "Opens nothing, and asks for the phone to be unlocked: the app reads the preferences, adds the category to `muted` and \
                 writes them back (`get_preferences`, `set_preferences`). Where that fails, the app opens at the preferences."
            }
        }
    }

    /// What an app tells iOS of it.
    fn on_ios(self) -> &'static str {
        match self {
            Self::Open | Self::Book => "`foreground`",
            Self::Mute => "`authenticationRequired`",
        }
    }
}

/// What is true of all news of a kind, for whoever makes an app.
struct Told {
    /// When it comes.
    when: &'static str,
    /// What the app offers beside a tap.
    actions: &'static [Action],
}

fn told(category: Category) -> Told {
    use Action::{Book, Mute, Open};
    match category {
        Category::Documents => Told {
            when: "A document of the citizen or of their child expires, is ready, or has to be renewed.",
            actions: &[Open, Book, Mute],
        },
        Category::Account => Told {
            when: "A session of the citizen was ended because a secret of it came back.",
            actions: &[Open, Mute],
        },
        Category::Appointments => Told {
            when: "A visit is booked, moved, cancelled or near; a place came free; something changed about the number that waits.",
            actions: &[Open, Mute],
        },
        Category::Queue => Told {
            when: "The citizen is called to a desk of the town hall, now, or nobody is called there any more.",
            actions: &[Open, Mute],
        },
        Category::Announcements => Told { when: "The town tells something.", actions: &[Open, Mute] },
        Category::Emergency => Told { when: "The town warns of danger.", actions: &[Open] },
    }
}

/// A push as it may come, with values that are nobody's.
struct Example {
    /// What stands behind `apns-show.` or `fcm-show.` in the name of its file.
    name: &'static str,
    purpose: &'static str,
    category: Category,
    title: Option<&'static str>,
    full_preview: bool,
    critical: bool,
}

const MESSAGE: Uuid = Uuid::from_u128(0x0195_8f3a_0000_7000_8000_0000_0000_0001);
const INSTALLATION: &str = "cPx0FVw3T0mJh1yq8aZ2bD";
/// How long an ordinary push is worth being shown, as `config.default.toml` has it.
const HOURS: i64 = 72;

impl Example {
    fn of(category: Category) -> Self {
        let name = if category == Category::Documents { "example" } else { category.as_str() };
        let title = (category == Category::Emergency).then_some("Gaslek: blijf binnen, sluit ramen en deuren");
        Self { name, purpose: "show", category, title, full_preview: false, critical: false }
    }

    fn all() -> Vec<Self> {
        let titled = Some("Zaterdag is er autoluwe markt");
        let others = [
            Self { name: "documents-full", full_preview: true, ..Self::of(Category::Documents) },
            Self { name: "announcements-titled", title: titled, ..Self::of(Category::Announcements) },
            Self { name: "emergency-critical", critical: true, ..Self::of(Category::Emergency) },
            Self { purpose: "clear", ..Self::of(Category::Documents) },
        ];
        Category::ALL.iter().map(|category| Self::of(*category)).chain(others).collect()
    }

    /// As Apple and as Google get it; none where it is no different from another.
    fn sent(&self) -> anyhow::Result<(Value, Option<Value>)> {
        let now = DateTime::UNIX_EPOCH;
        let push = Push {
            target: INSTALLATION,
            apns_id: MESSAGE,
            message: MESSAGE,
            purpose: self.purpose,
            category: self.category.as_str(),
            text: TextKey::of(self.category).sentence(Language::Nl),
            title: self.title,
            unread: if self.purpose == "clear" { 0 } else { 1 },
            full_preview: self.full_preview,
            expires_at: now + Duration::hours(HOURS),
        };
        let apple = serde_json::from_slice(&apns::payload(&push, self.critical)?)?;
        let google: Value = serde_json::from_slice(&fcm::payload(&push, "fcm_fid", now)?)?;
        Ok((apple, (!self.critical).then(|| google["message"].clone())))
    }
}

/// The texts that an app carries, by their keys: the sentences, what the actions are called, and what the kinds of news are called,
/// which are the names of the channels on Android and of the choices in the app's preferences.
fn texts(language: Language) -> Vec<(String, String)> {
    let sentences = TextKey::ALL.iter().map(|key| key.as_str().to_owned());
    let actions = Action::ALL.iter().map(|action| format!("push_action_{action}"));
    let kinds = Category::ALL.iter().map(|category| format!("push_category_{category}"));
    sentences.chain(actions).chain(kinds).map(|key| (key.clone(), text(language, &key))).collect()
}

/// Every file of `mobile-contract/push`, by its path, as this server sends.
///
/// # Errors
/// An example that is none.
pub fn files() -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut add = |name: String, value: &Value| -> anyhow::Result<()> {
        files.push((format!("mobile-contract/push/{name}"), serde_json::to_string_pretty(value)? + "\n"));
        Ok(())
    };
    add("apns-show.schema.json".to_owned(), &schema_of::<ApnsShow<'_>>())?;
    add("apns-clear.schema.json".to_owned(), &schema_of::<ApnsClear>())?;
    add("fcm-show.schema.json".to_owned(), &schema_of::<FcmShow<'_>>())?;
    add("fcm-clear.schema.json".to_owned(), &schema_of::<FcmClear<'_>>())?;
    for (name, value) in contract_live::files()? {
        add(name, &value)?;
    }
    let mut rows = String::new();
    for example in Example::all() {
        let Example { name, purpose, .. } = example;
        let (apple, google) = example.sent()?;
        add(format!("apns-{purpose}.{name}.json"), &apple)?;
        if let Some(google) = &google {
            add(format!("fcm-{purpose}.{name}.json"), google)?;
        }
        if purpose == "show" && Example::of(example.category).name == name {
            rows += &row(&example, &apple["aps"], &google.unwrap_or_default()["android"]);
        }
    }
    for language in Language::ALL {
        add(format!("strings.{}.json", language.code()), &texts(language).into_iter().collect())?;
    }
    files.push(("mobile-contract/push/README.md".to_owned(), overview(&rows)));
    Ok(files)
}

/// A kind of news in the overview.
fn row(example: &Example, apple: &Value, google: &Value) -> String {
    let Example { name, category, .. } = *example;
    let Told { when, actions } = told(category);
    let code = |value: &Value, without: &str| value.as_str().map_or(without.to_owned(), |word| format!("`{word}`"));
    let actions: Vec<_> = actions.iter().map(|action| format!("`{action}`")).collect();
    format!(
        "| `{category}` | {when} | `{}` | {} | {} | {} | {} | {} | {} | [iOS](apns-show.{name}.json), [Android](fcm-show.{name}.json) |\n",
        TextKey::of(category),
        actions.join(", "),
        code(&apple["sound"], "`emergency.caf`"),
        code(&apple["interruption-level"], "as usual"),
        code(&google["notification"]["channel_id"], "the app's usual one"),
        if category.is_urgent() { "comes at once" } else { "waits until they are over" },
        if category == Category::Emergency { "no" } else { "yes" },
    )
}

fn overview(rows: &str) -> String {
    let ((show, shown_at), (clear, cleared_at)) = (apns::handling(false), apns::handling(true));
    let actions: String = Action::ALL
        .iter()
        .map(|action| {
            let called = say(Language::En, &format!("push-action-{action}"), &[]);
            format!("| `{action}` | `push_action_{action}` ({called}) | {} | {} |\n", action.on_ios(), action.does())
        })
        .collect();
    let live = contract_live::overview();
    let strings: String = texts(Language::En).iter().map(|(key, said)| format!("| `{key}` | {said} |\n")).collect();
    format!(
        r"# The pushes

Written by the server from the types that it sends (`thuisloket openapi`); a test holds it to them. The schemas are what may come, the
other files are what is sent.

| Form | Schema | Means |
|---|---|---|
| show, iOS | [apns-show](apns-show.schema.json) | `apns-push-type: {show}`, priority {shown_at}. iOS shows it; with `mutable-content` the app's notification extension may change it first. |
| show, Android | [fcm-show](fcm-show.schema.json) | With a `notification` Android shows it, without one the app does. |
| clear, iOS | [apns-clear](apns-clear.schema.json) | `apns-push-type: {clear}`, priority {cleared_at}: the app takes the notification off and sets the number on its icon. |
| clear, Android | [fcm-clear](fcm-clear.schema.json) | Data only, priority `NORMAL`: the same. |
| live, iOS | [apns-live](apns-live.schema.json) | `apns-push-type: liveactivity`: how a number stands. iOS shows it; the app need not run. |
| live, Android | [fcm-live](fcm-live.schema.json) | Data only: the same, and the app shows it. |

A payload of Google's is the `message` of FCM HTTP v1, of which a phone sees `data` and `notification`.

## Kinds of news

| Category | Comes when | `text_key` | Actions | iOS: sound | iOS: interruption level | Android: channel | Quiet hours | May be muted | Examples |
|---|---|---|---|---|---|---|---|---|---|
{rows}
An emergency's sound is [critical](apns-show.emergency-critical.json) where Apple gave the app that entitlement and the town set
`critical_alerts`. An announcement whose author chose so has [its title](apns-show.announcements-titled.json) on the lock screen, and so has
an emergency that is public. With full previews a push has [`mutable-content`](apns-show.documents-full.json) on iOS and is [data
only](fcm-show.documents-full.json) on Android; one with a title is shown as it is.

{live}## Actions

`aps.category` is the identifier of a `UNNotificationCategory` that the app registers at each start, with the actions of the table above.
What the system shows on Android has no actions; where the app shows it (full previews), it adds them.

| Action | Its name | Options on iOS | What it does |
|---|---|---|---|
{actions}
## Channels on Android

Make one channel for each category at the first start, with the category as its id and `push_category_…` as its name. `emergency` is of high
importance, with a sound of its own, and is the only one that a push asks for by name: what the system shows of all others comes in the
channel that the app's manifest names (`com.google.firebase.messaging.default_notification_channel_id`). What the app shows itself goes to the
channel of its category.

## The sentence

A push says one of two neutral sentences, as text, in the language of the app as it registered (of the title, where there is one). `text_key` names the
same sentence. An app carries the texts of `strings.*.json` under these keys (on iOS in a string catalogue, on Android as string resources)
and says them where it shows a notification itself: a data-only push has no sentence, and a fetch can fail. No push asks the system to look a key
up (`loc-key`, `body_loc_key`): an app without that key would show the key. What an app does not know it leaves: show the text.

| Key | English |
|---|---|
{strings}
## Once, again, and later

- The collapse rule: `apns-collapse-id` and the notification's `tag` are the `message_id`, so a second copy takes the place of the first. Two
  messages never replace each other. A newer message about the same thing takes the older one back, which a `clear` tells.
- APNs keeps one push for a phone that is off, FCM keeps a hundred. The number on the icon and the inbox are complete: ask `list_messages` when
  the app opens.
- `apns-expiration` and `ttl` are the end of what a push is worth: {HOURS} hours after it may be shown unless the town set another time
  (`push.expires_hours`), sooner where what it speaks of is over.
- A `clear` is a background push. iOS gives an app a few of them an hour, and none to an app that its user closed by force: when the app opens,
  it takes off each notification whose message was read.

## Size

No payload is larger than {MAX_PAYLOAD} bytes (`x-most-bytes`), and a title has at most {LONGEST_TITLE} characters. A test builds each form with the longest
values that its fields can have.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What we send holds nothing that grows without bound, so that no message can be saved that is found too large when it is sent.
    #[test]
    fn no_push_is_larger_than_its_schema_says() {
        let now = DateTime::UNIX_EPOCH;
        // A letter of four bytes; letters that JSON escapes, in two bytes and in six.
        let titles: Vec<String> = ["𝄞", "\"", "\u{1}"].iter().map(|letter| letter.repeat(LONGEST_TITLE)).collect();
        let titles = titles.iter().map(|title| Some(title.as_str())).chain([None]);
        let target = "f".repeat(1_000);
        let mut largest = 0;
        for title in titles {
            for (category, language) in Category::ALL.iter().flat_map(|c| Language::ALL.map(|l| (*c, l))) {
                for (purpose, full_preview, critical) in
                    [("show", false, false), ("show", true, true), ("show", false, true), ("clear", false, false)]
                {
                    let push = Push {
                        target: &target,
                        apns_id: Uuid::max(),
                        message: Uuid::max(),
                        purpose,
                        category: category.as_str(),
                        text: TextKey::of(category).sentence(language),
                        title,
                        unread: i64::MAX,
                        full_preview,
                        expires_at: DateTime::from_timestamp(4_000_000_000, 0).unwrap(),
                    };
                    let apple = apns::payload(&push, critical).unwrap();
                    let google = ["fcm_fid", "fcm_token"].map(|kind| fcm::payload(&push, kind, now).unwrap());
                    largest = google.iter().chain([&apple]).map(|sent| sent.len()).fold(largest, usize::max);
                }
            }
        }
        assert!(largest > LONGEST_TITLE * 6, "the longest title was not in it: {largest}");
        assert!(largest <= MAX_PAYLOAD, "{largest}");
        for schema in [schema_of::<ApnsShow<'_>>(), schema_of::<FcmShow<'_>>(), schema_of::<FcmClear<'_>>()] {
            assert_eq!(schema["x-most-bytes"], MAX_PAYLOAD);
        }
    }
}
