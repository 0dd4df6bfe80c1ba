//! What a phone is told of a number that it shows as it moves, as types: those of `payload.rs` are of messages. Names and services are in
//! none of them: a number and a desk are what the screen in the hall shows to everybody.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    model::LiveEvent,
    payload::{Digits, MAX_PAYLOAD, Receiver, Seconds, UUID, Yes, closed, formed, one_receiver, text},
};
use crate::{platform::language::Language, words};

/// The most letters of the name of a desk: a plan has no longer one.
pub const LONGEST_DESK: usize = 100;

words! {
    /// Says that it is of a number.
    Live {
        /// The word.
        Live = "live",
    }
    /// What becomes of a number on Android, where the app shows it by itself.
    LiveChange {
        /// It stands so.
        Update = "update",
        /// It is over: the notification goes.
        End = "end",
    }
    /// FCM's priority.
    LivePriority {
        /// Of a call.
        High = "HIGH",
        /// Of all else.
        Normal = "NORMAL",
    }
    /// The type of the app's attributes, by which iOS finds what shows them.
    LiveAttributesType {
        /// Its name in Swift.
        Ticket = "TicketAttributes",
    }
    /// Names what a start says, of which the lock screen shows that something began.
    LiveText {
        /// Before the sentence.
        Title = "push_live_title",
        /// The sentence.
        Body = "push_live_body",
    }
}

closed!(Live, LiveEvent, LiveChange, LivePriority, LiveAttributesType);

formed! {
    LiveTitle: json_schema!({ "enum": said(LiveText::Title) });
    LiveSentence: json_schema!({ "enum": said(LiveText::Body) });
    TicketKey: json_schema!({ "type": "string", "pattern": UUID });
    DeskName<'_>: json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST_DESK });
}

impl LiveText {
    /// What it says, in a language.
    pub fn sentence(self, language: Language) -> &'static str {
        static SAID: LazyLock<BTreeMap<(LiveText, Language), String>> = LazyLock::new(|| {
            let keys = LiveText::ALL.iter().flat_map(|key| Language::ALL.map(|language| (*key, language)));
            keys.map(|(key, language)| ((key, language), text(language, key.as_str()))).collect()
        });
        SAID.get(&(self, language)).map_or("", String::as_str)
    }
}

fn said(what: LiveText) -> Vec<&'static str> {
    Language::ALL.iter().map(|language| what.sentence(*language)).collect()
}

/// What stands before the sentence of a start.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct LiveTitle(pub &'static str);

/// The sentence of a start: the same of every number.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct LiveSentence(pub &'static str);

/// The id of a ticket.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct TicketKey(pub Uuid);

/// What a desk is called.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct DeskName<'a>(pub &'a str);

/// A Live Activity: iOS starts it, shows how the number stands, and ends it. The app need not run. An update whose timestamp is older than
/// the last one's is left.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "APNs: a number, as it moves", deny_unknown_fields, extend("x-most-bytes" = MAX_PAYLOAD))]
pub struct ApnsLive<'a> {
    /// What iOS acts on.
    pub aps: LiveAps<'a>,
}

/// What iOS acts on, of a number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields, extend("allOf" = by_event()))]
pub struct LiveAps<'a> {
    /// Since when the number stands so, in seconds since 1970; of each state later than of the one before.
    pub timestamp: i64,
    /// What becomes of the activity.
    pub event: LiveEvent,
    /// How the number stands: the app's `ContentState`.
    pub content_state: ContentState<'a>,
    /// From when on iOS shows it as old, in seconds since 1970. Absent of an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale_date: Option<i64>,
    /// Until when it stands on the lock screen, in seconds since 1970. Only of an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dismissal_date: Option<i64>,
    /// Only of a start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes_type: Option<LiveAttributesType>,
    /// What does not change. Only of a start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<LiveAttributes>,
    /// Asks iOS for the token by which it is updated, which the app sends on (`show_ticket_live`). Only of a start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_push_token: Option<Yes>,
    /// Says that it began. Only of a start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<LiveAlert>,
}

/// How a number stands. Called: there is a `desk`. In the line: there is an `ahead`. Neither: the citizen waits aside until a desk takes them
/// back, or it is over.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ContentState<'a> {
    /// The number that is called.
    pub number: &'a str,
    /// How many are called before, of those who wait for the same desks. Absent where nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<u32>,
    /// How long it will be, in minutes. Absent while nobody is there to serve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The desk to which the citizen is called; absent while they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskName<'a>>,
}

/// The app's `TicketAttributes`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LiveAttributes {
    /// The ticket: `list_tickets` has it.
    pub ticket_id: TicketKey,
}

/// What is said when an activity begins: nothing of whose it is, or what for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LiveAlert {
    /// In the language of the app.
    pub title: LiveTitle,
    /// The same.
    pub body: LiveSentence,
}

/// Data only: the app keeps a notification with the tag `ticket:{ticket_id}` and shows in it how the number stands. One whose timestamp is
/// not later than the last one's is left.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(
    title = "FCM: a number, as it moves",
    deny_unknown_fields,
    extend("x-most-bytes" = MAX_PAYLOAD, "oneOf" = one_receiver())
)]
pub struct FcmLive<'a> {
    /// Where it goes.
    #[serde(flatten)]
    pub to: Receiver<'a>,
    /// What the app reads.
    pub android: LiveAndroid<'a>,
}

/// What Android hands to the app, of a number.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LiveAndroid<'a> {
    /// HIGH of a call.
    pub priority: LivePriority,
    /// For how long Google keeps it for a phone that is off.
    pub ttl: Seconds,
    /// What the app reads.
    pub data: LiveData<'a>,
}

/// What the app reads, of a number. All of it is text. Called: there is a `desk`. In the line: there is an `ahead`. Neither: the citizen waits
/// aside until a desk takes them back, or it is over.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LiveData<'a> {
    /// Says that it is of a number.
    #[serde(rename = "type")]
    pub purpose: Live,
    /// The ticket: `list_tickets` has it.
    pub ticket_id: TicketKey,
    /// Whether it is over.
    pub event: LiveChange,
    /// Since when the number stands so, in seconds since 1970; of each state later than of the one before.
    pub timestamp: Digits,
    /// The number that is called.
    pub number: &'a str,
    /// How many are called before, of those who wait for the same desks. Absent where nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<Digits>,
    /// How long it will be, in minutes. Absent while nobody is there to serve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Digits>,
    /// The desk to which the citizen is called; absent while they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskName<'a>>,
}

/// Only a start has attributes, an alert and a wish for a token; only an end has a date from which it is gone.
fn by_event() -> Value {
    let start = ["attributes-type", "attributes", "input-push-token", "alert"];
    let never = |fields: &[&str]| json!(fields.iter().map(|field| (*field, false)).collect::<BTreeMap<_, _>>());
    let when = |event: &str| json!({ "properties": { "event": { "const": event } } });
    json!([
        { "if": when("start"), "then": { "required": start }, "else": { "properties": never(&start) } },
        {
            "if": when("end"),
            "then": { "required": ["dismissal-date"], "properties": never(&["stale-date"]) },
            "else": { "required": ["stale-date"], "properties": never(&["dismissal-date"]) },
        },
    ])
}
