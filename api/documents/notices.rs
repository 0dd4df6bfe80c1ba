//! The words of a reminder, in the reader's language.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    DocumentId,
    rules::{Stage, StageNotice, kind_of},
};
use crate::{
    appointments::notices::document_name,
    inbox::{Notice, Plan, Worth},
    municipalities::Municipality,
    platform::language::{Language, date, say},
    push::Category,
};

/// One thing to be told.
#[derive(Clone)]
pub struct Item {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: String,
    /// The child's name, where the reader is a parent.
    pub child: Option<String>,
    /// The stage.
    pub stage: Stage,
    /// The day of the visit, if one is booked.
    pub visit_on: Option<NaiveDate>,
    /// The last day on which the document is good.
    pub expires_on: Option<NaiveDate>,
}

/// What the keys of reminders begin with; the day follows.
const KEY: &str = "documents ";

/// How a kind is renewed, what to bring and how long it takes.
pub fn renewal(language: Language, kind: &str) -> [String; 3] {
    let class = kind_of(kind).map_or("eid", |k| k.class).replace('_', "-");
    ["renew", "bring", "time"].map(|part| say(language, &format!("{part}-{class}"), &[]))
}

/// What to bring to renew a document of a kind.
pub fn bring(language: Language, kind: &str) -> String {
    let [_, bring, _] = renewal(language, kind);
    bring
}

/// One message for all that is to be told to one person on one day.
pub fn notice(
    language: Language,
    town: &Municipality,
    items: &[Item],
    day: NaiveDate,
    bookable: impl Fn(&str) -> bool,
) -> Notice {
    let lines: Vec<(String, String)> = items.iter().map(|i| one(language, town, i)).collect();
    let (title, body) = match lines.as_slice() {
        [(title, body)] => (title.clone(), body.clone()),
        many => {
            let count = many.len().to_string();
            let body = many.iter().map(|(t, b)| format!("{t}\n{b}")).collect::<Vec<_>>().join("\n\n");
            (say(language, "reminder-many", &[("count", &count)]), body)
        }
    };
    let contact =
        [("municipality", town.name(language)), ("phone", &town.contact.phone), ("email", &town.contact.email)];
    let body = format!("{body}\n\n{}", say(language, "reminder-contact", &contact));
    let deep_link = match items {
        [only] => format!("/documents/{}", only.document),
        _ => "/documents".to_owned(),
    };
    let asks = |i: &&Item| {
        let called = i.stage.word == StageNotice::Prepare && bookable(&i.kind);
        let now = matches!(
            i.stage.word,
            StageNotice::Apply
                | StageNotice::Late
                | StageNotice::Expired
                | StageNotice::Certificate
                | StageNotice::Signing
        );
        (now || called) && i.visit_on.is_none()
    };
    // In the app, where it can be booked there; else on the town's own page.
    let action = items.iter().find(asks).map(|first| {
        let all = items.iter().filter(asks).all(|i| bookable(&i.kind));
        let there =
            if items.len() == 1 { format!("/documents/{}/visits", first.document) } else { "/documents".to_owned() };
        (say(language, "action-book", &[]), if all { there } else { town.contact.web.to_string() })
    });
    Notice {
        kind: "document_reminder",
        category: Category::Documents,
        // One message a person a day.
        dedupe_key: format!("{KEY}{day}"),
        title,
        body,
        deep_link,
        action,
        // Who has the app now is told of what still applies.
        worth: Worth {
            makes_up_for: Some(KEY.to_owned()),
            // A child's documents are not the parent's to show: who acts for the parent has nothing of what the parent may do for the child.
            of_child: items.iter().any(|i| i.child.is_some()),
            ..Worth::default()
        },
        open_in: None,
        plan: plan(items),
        about: asked(items).map(|i| i.document).collect::<BTreeSet<_>>().into_iter().collect(),
    }
}

/// Those that ask for something: for a document with a visit they only tell what to bring.
fn asked(items: &[Item]) -> impl Iterator<Item = &Item> {
    items.iter().filter(|i| i.visit_on.is_none() && i.stage.word != StageNotice::Bring)
}

/// How it goes on where it is not read: as the most urgent of what it asks for does.
fn plan(items: &[Item]) -> Plan {
    let urgent = |i: &Item| match i.stage.word {
        StageNotice::Expired => Plan::ReminderExpired,
        StageNotice::Late => Plan::ReminderLate,
        _ => Plan::Reminder,
    };
    asked(items).map(urgent).max().unwrap_or(Plan::None)
}

fn one(language: Language, town: &Municipality, item: &Item) -> (String, String) {
    let document = document_name(language, &item.kind);
    let document = match &item.child {
        Some(child) => say(language, "of-child", &[("document", &document), ("name", child)]),
        None => document,
    };
    let word = if item.visit_on.is_some() { StageNotice::Bring } else { item.stage.word };
    let end = date(language, item.expires_on.unwrap_or(item.stage.anchor));
    let anchor = date(language, item.stage.anchor);
    let visit = date(language, item.visit_on.unwrap_or(item.stage.anchor));
    let [renew, bring, time] = renewal(language, &item.kind);
    let args = [
        ("document", document.as_str()),
        (
            "date",
            if word == StageNotice::Certificate || word == StageNotice::Signing || word == StageNotice::Ready {
                &anchor
            } else {
                &end
            },
        ),
        ("visit", &visit),
        ("renew", &renew),
        ("bring", &bring),
        ("time", &time),
        ("municipality", town.name(language)),
    ];
    let mut body = say(language, &format!("body-{}", word.key()), &args);
    if word == StageNotice::Ready && kind_of(&item.kind).is_some_and(|kind| kind.codes) {
        body = format!("{body} {}", say(language, "ready-codes", &[]));
    }
    (say(language, &format!("title-{}", word.key()), &args), body)
}
