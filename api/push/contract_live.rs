//! The same of numbers that phones show as they move.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{
    apns, fcm,
    live_payload::{ApnsLive, FcmLive},
    model::{LiveEvent, LivePush, LiveState},
    payload::schema_of,
    rules::live,
};
use crate::platform::language::Language;

const TICKET: Uuid = Uuid::from_u128(0x0195_8f3a_0000_7000_8000_0000_0000_0002);
const INSTALLATION: &str = "cPx0FVw3T0mJh1yq8aZ2bD";
/// A Monday in 2027, in seconds.
const THEN: i64 = 1_804_496_400;

/// A number as it may stand, with values that are nobody's.
struct Example {
    name: &'static str,
    event: LiveEvent,
    state: LiveState,
    is_urgent: bool,
}

impl Example {
    fn all() -> [Self; 5] {
        let waiting = |ahead, minutes| LiveState { ahead: Some(ahead), minutes: Some(minutes), ..LiveState::default() };
        let called = LiveState { desk: Some("Loket 1".to_owned()), ..LiveState::default() };
        let over = LiveState { is_over: true, ..LiveState::default() };
        let update = LiveEvent::Update;
        [
            Self { name: "start", event: LiveEvent::Start, state: waiting(12, 40), is_urgent: false },
            Self { name: "example", event: update, state: waiting(4, 12), is_urgent: false },
            Self { name: "called", event: update, state: called, is_urgent: true },
            Self { name: "aside", event: update, state: LiveState::default(), is_urgent: true },
            Self { name: "end", event: LiveEvent::End, state: over, is_urgent: true },
        ]
    }

    fn push(&self, as_of: DateTime<Utc>) -> LivePush<'_> {
        let worth = if self.event == LiveEvent::End { live::LONGEST } else { live::STALE };
        LivePush {
            target: INSTALLATION,
            apns_id: TICKET,
            ticket: TICKET,
            event: self.event,
            number: "B17",
            state: &self.state,
            as_of,
            is_urgent: self.is_urgent,
            language: Language::Nl,
            expires_at: as_of + worth,
        }
    }
}

/// Schemas and examples, by the names of their files.
///
/// # Errors
/// An example that is none.
pub fn files() -> anyhow::Result<Vec<(String, Value)>> {
    let mut files = vec![
        ("apns-live.schema.json".to_owned(), schema_of::<ApnsLive<'_>>()),
        ("fcm-live.schema.json".to_owned(), schema_of::<FcmLive<'_>>()),
    ];
    let now = DateTime::UNIX_EPOCH + Duration::seconds(THEN);
    for example in Example::all() {
        let push = example.push(now);
        let name = example.name;
        files.push((format!("apns-live.{name}.json"), serde_json::from_slice(&apns::live_payload(&push)?)?));
        // Android begins with whatever comes first.
        if example.event != LiveEvent::Start {
            let google: Value = serde_json::from_slice(&fcm::live_payload(&push, "fcm_fid", now)?)?;
            files.push((format!("fcm-live.{name}.json"), google["message"].clone()));
        }
    }
    Ok(files)
}

/// What app makers are told of them.
pub fn overview() -> String {
    let (stale, dismissed) = (live::STALE.num_minutes(), live::DISMISSED.num_minutes());
    format!(
        r"## A number, as it moves

A citizen who waits in a hall sees on the lock screen how their number stands: how many are before them, about how many minutes, then the desk.
A state is not a message: it has no sound and no badge, is in no inbox, and each takes the place of the one before. That somebody is called comes as
a `show` of the category `queue` too.

On iOS it is a Live Activity. Its `ActivityAttributes` are called `TicketAttributes` and have `ticket_id`; its `ContentState` has `number`, `ahead`,
`minutes` and `desk`, of which the last three may be absent.

- From iOS 17.2 on the server [begins it](apns-live.start.json): the app sends each token of `pushToStartTokenUpdates` with `register_device`
  (`live_start_token`), and begins none itself. Before, the app begins it when a number is given.
- Either way the app sends each token of `pushTokenUpdates` with `show_ticket_live`, and is then sent [how it stands](apns-live.example.json),
  that the citizen [is called](apns-live.called.json) or [waits aside](apns-live.aside.json), and [the end](apns-live.end.json). Where
  `show_ticket_live` is refused, the app ends the activity.
- The topic is the app's with `.push-type.liveactivity` behind it. A start, a call and the end come with priority 10. A place in the line comes
  with 5, and no more often than every half minute: each of the last five, or where the wait changed by three minutes.
- It is shown as old {stale} minutes after it was so, unless it is said again. What is over is taken off {dismissed} minutes later.
- Of a citizen who mutes `queue` nothing is begun. Who wipes an activity away, or signs out, is sent nothing more of it.

On Android it is a notification that the app keeps, with the tag `ticket:{{ticket_id}}`: an app that does so says it with `register_device`
(`shows_live`), and is sent [how it stands](fcm-live.example.json) as data, with priority `HIGH` of [a call](fcm-live.called.json), until
[the end](fcm-live.end.json), which takes the notification off. What is not newer than what is shown (`timestamp`) is left.

"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::{live_payload::LONGEST_DESK, payload::MAX_PAYLOAD};

    #[test]
    fn no_state_of_a_number_is_larger_than_its_schema_says() {
        let now = DateTime::UNIX_EPOCH + Duration::seconds(THEN);
        let desk = "\u{1}".repeat(LONGEST_DESK);
        let state = LiveState { ahead: Some(i64::MAX), minutes: Some(i64::MAX), desk: Some(desk), is_over: true };
        let target = "f".repeat(1_000);
        for event in [LiveEvent::Start, LiveEvent::Update, LiveEvent::End] {
            for language in Language::ALL {
                let example = Example { name: "", event, state: state.clone(), is_urgent: true };
                let push = LivePush { target: &target, language, ..example.push(now) };
                assert!(apns::live_payload(&push).unwrap().len() <= MAX_PAYLOAD);
                for kind in ["fcm_fid", "fcm_token"] {
                    assert!(fcm::live_payload(&push, kind, now).unwrap().len() <= MAX_PAYLOAD);
                }
            }
        }
    }

    /// iOS counts what comes with priority 10.
    #[test]
    fn only_a_start_a_call_and_the_end_are_sent_at_once() {
        let now = DateTime::UNIX_EPOCH + Duration::seconds(THEN);
        let sent: Vec<_> = Example::all().iter().map(|e| (e.name, apns::handling_live(&e.push(now)).1)).collect();
        assert_eq!(sent, [("start", "10"), ("example", "5"), ("called", "10"), ("aside", "10"), ("end", "10")]);
    }
}
