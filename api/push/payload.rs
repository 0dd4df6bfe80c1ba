//! What arrives on a phone, as types. The server builds its pushes from them, and the JSON Schemas in `mobile-contract/push` are
//! written from the same: a field's doc comment is its description there.
//!
//! What an app was once told stays (`tests/it/released.rs`): a field may be added, and no word of a list, for the system acts on those
//! before the app runs.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::Category;
use crate::{
    platform::language::{Language, say},
    words,
};

/// The most bytes of a payload that either provider takes (Apple, "Generating a remote notification"; Google, "About FCM messages").
pub const MAX_PAYLOAD: usize = 4096;
/// The most characters of a title that anybody may read: an announcement's has no more.
pub const LONGEST_TITLE: usize = 120;
/// A UUID, as all of ours are written.
pub const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

words! {
    /// Says that a message is there.
    Show {
        /// The word.
        Show = "show",
    }
    /// Says that a message was read elsewhere, or taken back.
    Clear {
        /// The word.
        Clear = "clear",
    }
    /// Names a neutral sentence, so that an app can say it in words of its own (`strings.*.json`).
    TextKey {
        /// A message has come.
        Neutral = "push_neutral",
        /// A message has come that is worth nothing later.
        Called = "push_called",
    }
    /// The usual sound of iOS.
    UsualSound {
        /// The word.
        Usual = "default",
    }
    /// The sound of what warns of danger, in the app's bundle; where it is not there, the usual one is heard.
    Siren {
        /// The file.
        Siren = "emergency.caf",
    }
    /// How far a warning breaks through what the citizen set on iOS.
    Interruption {
        /// Through a focus.
        TimeSensitive = "time-sensitive",
        /// Through silence as well: with Apple's leave.
        Critical = "critical",
    }
    /// FCM's priority of what is shown.
    High {
        /// The word.
        High = "HIGH",
    }
    /// FCM's priority of what shows nothing.
    Normal {
        /// The word.
        Normal = "NORMAL",
    }
    /// The app's channel on Android for what warns of danger.
    EmergencyChannel {
        /// Its id.
        Emergency = "emergency",
    }
}

/// Describes values that have a form of their own.
macro_rules! formed {
    ($($name:ty: $form:expr;)*) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $form
            }
        }
    )*};
}
/// Describes closed lists of words.
macro_rules! closed {
    ($($name:ident),*) => {
        formed! {
            $($name: match $name::ALL {
                [one] => json_schema!({ "const": one }),
                all => json_schema!({ "enum": all }),
            };)*
        }
    };
}
pub(super) use {closed, formed};

closed!(Show, Clear, TextKey, UsualSound, Siren, Interruption, High, Normal, EmergencyChannel, Category);

formed! {
    Yes: json_schema!({ "const": 1 });
    Sentence<'_>: json_schema!({ "enum": sentences() });
    Title<'_>: json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST_TITLE });
    Seconds: json_schema!({ "type": "string", "pattern": "^[0-9.]+s$" });
    Digits: json_schema!({ "type": "string", "pattern": "^[0-9]+$" });
    MessageKey: json_schema!({ "type": "string", "pattern": UUID });
}

impl TextKey {
    /// Which sentence is said of a kind of news.
    pub fn of(category: Category) -> Self {
        if category.is_urgent() { Self::Called } else { Self::Neutral }
    }

    /// The sentence, in a language.
    pub fn sentence(self, language: Language) -> &'static str {
        static SAID: LazyLock<BTreeMap<(TextKey, Language), String>> = LazyLock::new(|| {
            let keys = TextKey::ALL.iter().flat_map(|key| Language::ALL.map(|language| (*key, language)));
            keys.map(|(key, language)| ((key, language), text(language, key.as_str()))).collect()
        });
        SAID.get(&(self, language)).map_or("", String::as_str)
    }
}

/// What the catalogue says for the key of a text that an app carries. Names of resources on Android have no hyphens.
pub fn text(language: Language, key: &str) -> String {
    say(language, &key.replace('_', "-"), &[])
}

fn sentences() -> Vec<&'static str> {
    TextKey::ALL.iter().flat_map(|key| Language::ALL.map(|language| key.sentence(language))).collect()
}

/// Apple's way to say yes.
#[derive(Clone, Copy, Debug)]
pub struct Yes;

impl Serialize for Yes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

/// A neutral sentence: the same for every message of a kind.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct Sentence<'a>(pub &'a str);

/// One line that anybody may read.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct Title<'a>(pub &'a str);

/// The id of a message.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct MessageKey(pub Uuid);

/// For how long Google keeps a message, in its own notation.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub i64);

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}s", self.0))
    }
}

/// A number, as text: all that Google passes on as data is text.
#[derive(Clone, Copy, Debug)]
pub struct Digits(pub u32);

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A number of ours, as far as both systems count.
pub fn count(number: i64) -> u32 {
    u32::try_from(number.clamp(0, i32::MAX.into())).unwrap_or_default()
}

/// An alert with a neutral sentence; an emergency has a sound and an interruption level of its own. The app fetches the message by
/// message_id after unlock. With mutable-content the notification extension fetches it first, with the app's own session, and shows its
/// title.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "APNs: a message is there", deny_unknown_fields, extend("x-most-bytes" = MAX_PAYLOAD))]
pub struct ApnsShow<'a> {
    /// What iOS acts on.
    pub aps: ShowAps<'a>,
    /// Says that a message is there.
    #[serde(rename = "type")]
    pub purpose: Show,
    /// The message: ask `get_message` for it.
    pub message_id: MessageKey,
    /// The sentence's key: an app that carries it may say it in words of its own.
    pub text_key: TextKey,
}

/// What iOS acts on, where a message is there.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, extend("allOf" = by_category_on_ios()))]
pub struct ShowAps<'a> {
    /// What is shown.
    pub alert: Alert<'a>,
    /// The number on the icon: how many messages are unread.
    pub badge: u32,
    /// What is heard.
    pub sound: Sound,
    /// The kind of news, and the app's `UNNotificationCategory` with its actions.
    pub category: Category,
    /// Only of an emergency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interruption_level: Option<Interruption>,
    /// With full previews: the notification extension fetches the message before it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mutable_content: Option<Yes>,
}

/// What an alert of iOS says.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Alert<'a> {
    /// The neutral sentence, in the language of the app.
    Sentence(Sentence<'a>),
    /// What anybody may read: an emergency, or another public announcement whose author chose so. Its title stands before the sentence.
    Titled(TitledAlert<'a>),
}

/// A title that anybody may read, and the sentence behind it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TitledAlert<'a> {
    /// The announcement's title.
    pub title: Title<'a>,
    /// The neutral sentence, in the language of the title.
    pub body: Sentence<'a>,
}

/// What is heard on iOS.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Sound {
    /// The usual one.
    Usual(UsualSound),
    /// Of an emergency.
    Siren(Siren),
    /// Of an emergency, with Apple's leave for critical alerts.
    Critical(CriticalSound),
}

/// A sound that is heard on a phone that is silent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, transform = with_volume)]
pub struct CriticalSound {
    /// That it is one.
    pub critical: Yes,
    /// Which.
    pub name: Siren,
}

/// A background push: the app removes the notification with this message_id and sets the badge.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "APNs: a message was read elsewhere", deny_unknown_fields, extend("x-most-bytes" = MAX_PAYLOAD))]
pub struct ApnsClear {
    /// What iOS acts on.
    pub aps: ClearAps,
    /// Says that a message was read elsewhere, or taken back.
    #[serde(rename = "type")]
    pub purpose: Clear,
    /// The message.
    pub message_id: MessageKey,
}

/// What iOS acts on, where a message was read elsewhere.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, transform = without_extension)]
pub struct ClearAps {
    /// The number on the icon: how many messages are unread.
    pub badge: u32,
    /// Wakes the app, and shows nothing.
    pub content_available: Yes,
}

/// With a notification: the system shows the neutral sentence, and the app fetches the message by message_id after unlock. Without (full
/// previews): the app fetches it with its own session and shows its title, or the sentence of text_key where it cannot.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(
    title = "FCM: a message is there",
    deny_unknown_fields,
    extend("x-most-bytes" = MAX_PAYLOAD, "oneOf" = one_receiver())
)]
pub struct FcmShow<'a> {
    /// Where it goes.
    #[serde(flatten)]
    pub to: Receiver<'a>,
    /// What Android acts on, and the app reads.
    pub android: ShowAndroid<'a>,
}

/// The installation that a message goes to, by the one or the other name.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Receiver<'a> {
    /// A Firebase installation id.
    #[serde(skip_serializing_if = "Option::is_none")]
    fid: Option<&'a str>,
    /// An FCM registration token.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

impl<'a> Receiver<'a> {
    /// The one that `kind` (`fcm_fid` or `fcm_token`) says `target` to be.
    pub fn of(kind: &str, target: &'a str) -> Self {
        if kind == "fcm_fid" {
            Self { fid: Some(target), token: None }
        } else {
            Self { fid: None, token: Some(target) }
        }
    }
}

/// What Android acts on, where a message is there.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, extend("allOf" = by_category_on_android()))]
pub struct ShowAndroid<'a> {
    /// It is shown at once.
    pub priority: High,
    /// For how long Google keeps it for a phone that is off.
    pub ttl: Seconds,
    /// What the app reads.
    pub data: ShowData,
    /// What the system shows; absent with full previews, where the app shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification<'a>>,
}

/// What the app reads, where a message is there. All of it is text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ShowData {
    /// Says that a message is there.
    #[serde(rename = "type")]
    pub purpose: Show,
    /// The message: ask `get_message` for it.
    pub message_id: MessageKey,
    /// The kind of news.
    pub category: Category,
    /// The number on the icon: how many messages are unread.
    pub unread: Digits,
    /// The sentence's key: what the app says where it shows the notification and cannot fetch the message.
    pub text_key: TextKey,
}

/// What Android shows by itself.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Notification<'a> {
    /// What anybody may read: an emergency, or another public announcement whose author chose so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Title<'a>>,
    /// The neutral sentence, in the language of the app, or of the title.
    pub body: Sentence<'a>,
    /// The message's id: a second copy of the same message takes the place of the first.
    pub tag: String,
    /// The number on the icon.
    pub notification_count: u32,
    /// The app makes this channel, with a sound of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<EmergencyChannel>,
}

/// Data only: the app removes the notification whose tag is message_id.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(
    title = "FCM: a message was read elsewhere",
    deny_unknown_fields,
    extend("x-most-bytes" = MAX_PAYLOAD, "oneOf" = one_receiver())
)]
pub struct FcmClear<'a> {
    /// Where it goes.
    #[serde(flatten)]
    pub to: Receiver<'a>,
    /// What the app reads.
    pub android: ClearAndroid,
}

/// What Android hands to the app, where a message was read elsewhere.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ClearAndroid {
    /// It may wait until the phone wakes.
    pub priority: Normal,
    /// For how long Google keeps it for a phone that is off.
    pub ttl: Seconds,
    /// What the app reads.
    pub data: ClearData,
}

/// What the app reads, where a message was read elsewhere. All of it is text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ClearData {
    /// Says that a message was read elsewhere, or taken back.
    #[serde(rename = "type")]
    pub purpose: Clear,
    /// The message.
    pub message_id: MessageKey,
    /// The kind of news.
    pub category: Category,
    /// The number on the icon: how many messages are unread.
    pub unread: Digits,
}

/// Only an emergency has a sound and a level of its own, and only an announcement a title.
fn by_category_on_ios() -> Value {
    json!([
        {
            "if": { "properties": { "category": { "const": "emergency" } } },
            "then": { "required": ["interruption-level"], "properties": { "sound": { "not": { "const": "default" } } } },
            "else": { "properties": { "sound": { "const": "default" }, "interruption-level": false } },
        },
        {
            "if": { "properties": { "category": { "enum": ["announcements", "emergency"] } } },
            "then": true,
            "else": { "properties": { "alert": { "type": "string" } } },
        },
    ])
}

/// Only an emergency has a channel of its own, and only an announcement a title.
fn by_category_on_android() -> Value {
    json!([
        {
            "if": { "properties": { "data": { "properties": { "category": { "const": "emergency" } } } } },
            "then": { "properties": { "notification": { "required": ["channel_id"] } } },
            "else": { "properties": { "notification": { "properties": { "channel_id": false } } } },
        },
        {
            "if": { "properties": { "data": { "properties": { "category": { "enum": ["announcements", "emergency"] } } } } },
            "then": true,
            "else": { "properties": { "notification": { "properties": { "title": false } } } },
        },
    ])
}

/// An installation has the one or the other name.
pub fn one_receiver() -> Value {
    json!([{ "required": ["fid"] }, { "required": ["token"] }])
}

/// What 0.1.0 said that may come, and never did. An app may have been made for it, so it stays said.
fn promised(schema: &mut Schema, field: &str, form: Value) {
    if let Some(Value::Object(fields)) = schema.ensure_object().get_mut("properties") {
        fields.insert(field.to_owned(), form);
    }
}

fn with_volume(schema: &mut Schema) {
    promised(schema, "volume", json!({ "type": "number" }));
}

fn without_extension(schema: &mut Schema) {
    promised(schema, "mutable-content", json!({ "const": 0 }));
}

/// The schema of a payload, with its parts in their places, as the released ones are written: what is absent is never null, one of
/// several forms is `oneOf`, and a width in bits says nothing to an app.
pub fn schema_of<T: JsonSchema>() -> Value {
    let settings =
        schemars::generate::SchemaSettings::draft2020_12().for_serialize().with(|s| s.inline_subschemas = true);
    let settings = settings.with_transform(schemars::transform::RecursiveTransform(as_released));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

fn as_released(schema: &mut Schema) {
    let Some(own) = schema.as_object_mut() else { return };
    own.remove("format");
    if let Some(Value::String(text)) = own.get_mut("description") {
        *text = text.replace('\n', " ");
    }
    let null = json!({ "type": "null" });
    if let Some(Value::Array(types)) = own.get_mut("type") {
        types.retain(|name| name != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            own.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(words)) = own.get_mut("enum") {
        words.retain(|word| !word.is_null());
        if let [one] = words.as_slice() {
            let one = one.clone();
            own.remove("enum");
            own.insert("const".to_owned(), one);
        }
    }
    let Some(Value::Array(mut forms)) = own.remove("anyOf") else { return };
    forms.retain(|form| *form != null);
    match forms.as_slice() {
        [Value::Object(one)] => {
            for (key, value) in one {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => {
            own.insert("oneOf".to_owned(), Value::Array(forms));
        }
    }
}
