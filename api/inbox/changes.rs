//! What changed in a citizen's inbox since their app last asked, so that what it keeps is what is here.
//!
//! A message is found by when it was written, and by when it last changed after that. Both are known before the transaction that writes them
//! is committed, so what is read may lack something a little older: the cursor that an app keeps is never of the last minutes before it began
//! to look, and it meets what was written in them again. A cursor between two pages says when that was, as nobody knows how long an app sleeps
//! between them.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::store::{self, Inbox, KeptPart, Message};
use crate::{
    identity::Citizen,
    platform::{
        App,
        page::Cursor,
        problem::{CursorInvalid, Failure, Refused},
    },
};

/// The name of the list, in its cursors.
const CHANGES: &str = "changes";
/// The name of the instant at which an app began to look, in a cursor between two pages.
const BEGAN: &str = "began";
/// What stands between the two parts of such a cursor.
const BETWEEN: char = '.';
/// The longest that a transaction may take to be committed.
const LONGEST_WRITE: Duration = Duration::minutes(5);
/// Before everything.
const START: Cursor = Cursor { at: DateTime::UNIX_EPOCH, id: Uuid::nil() };

/// What changed.
pub struct Changes {
    /// The messages that are new or changed, the longest unchanged first; one that the app knows is as it is now.
    pub messages: Vec<Message>,
    /// What was written before is not kept any more.
    pub kept_since: DateTime<Utc>,
    /// Where the next look begins.
    pub cursor: String,
    /// Whether there is more by now.
    pub more: bool,
}

/// What changed in the citizen's inbox and archive since the look that gave a cursor; without one, all of it.
///
/// # Errors
/// `cursor_invalid`.
pub async fn since(
    app: &App,
    who: &Citizen,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Changes, Refused<CursorInvalid>> {
    let now = app.clock.now();
    let (after, settled) = match cursor.map(|c| c.split_once(BETWEEN).map_or((c, None), |(c, began)| (c, Some(began))))
    {
        None => (START, now - LONGEST_WRITE),
        Some((after, began)) => {
            let began = began.map(|began| Cursor::read(BEGAN, began)).transpose()?;
            (Cursor::read(CHANGES, after)?, began.map_or(now, |began| began.at.min(now)) - LONGEST_WRITE)
        }
    };
    let of = Inbox::read_by(who);
    let (written, changed) = {
        let mut r = app.db.read().await.map_err(Failure::from)?;
        let most = i64::from(limit) + 1;
        let mut written = store::written_after(&mut r, of, after, most).await?;
        let mut changed = store::changed_after(&mut r, of, after, most).await?;
        if of.by_another {
            written.append(&mut store::kept(&mut r, of, KeptPart::After, after, most).await?);
            written.sort_by_key(|m| (m.created_at, m.id.0));
            written.truncate(limit as usize + 1);
            changed.append(&mut store::kept(&mut r, of, KeptPart::WithdrawnAfter, after, most).await?);
            changed.sort_by_key(|m| (stamp(m).at, m.id.0));
            changed.truncate(limit as usize + 1);
        }
        (written, changed)
    };
    let (messages, cursor, more) = page((written, changed), after, limit as usize, settled);
    let began = Cursor { at: settled + LONGEST_WRITE, id: Uuid::nil() };
    let text = cursor.write(CHANGES);
    let cursor = if more { format!("{text}{BETWEEN}{}", began.write(BEGAN)) } else { text };
    let kept_since = now - Duration::days(app.config.retention.messages_days);
    Ok(Changes { messages, kept_since, cursor, more })
}

/// When a message was last written or changed.
fn stamp(m: &Message) -> Cursor {
    Cursor { at: m.changed_at.unwrap_or(m.created_at), id: m.id.0 }
}

/// The first of both in the order of their last change, where the next look begins, and whether there is more. One that was written and changed
/// since stands where it was changed.
fn page(
    (written, changed): (Vec<Message>, Vec<Message>),
    after: Cursor,
    limit: usize,
    settled: DateTime<Utc>,
) -> (Vec<Message>, Cursor, bool) {
    let place = |c: Cursor| (c.at, c.id);
    let first = |m: &Message| Cursor { at: m.created_at, id: m.id.0 };
    // As far as both were read, nothing lies between.
    let reach = |rows: &[Message], at: &dyn Fn(&Message) -> Cursor| {
        rows.get(limit.saturating_sub(1)).filter(|_| rows.len() > limit).map(at)
    };
    let end = [reach(&written, &first), reach(&changed, &stamp)].into_iter().flatten().min_by_key(|c| place(*c));
    let mut all: Vec<Message> = written.into_iter().filter(|m| m.changed_at.is_none()).chain(changed).collect();
    all.sort_by_key(|m| place(stamp(m)));
    all.retain(|m| end.is_none_or(|end| place(stamp(m)) <= place(end)));
    let is_cut = all.len() > limit;
    all.truncate(limit);
    let last = all.last().map(stamp);
    match end {
        _ if is_cut => (all, last.unwrap_or(after), true),
        Some(end) => (all, end, true),
        None => {
            // The last minutes are looked at again.
            let last = last.unwrap_or(after);
            let cursor = if last.at > settled { Cursor { at: settled, id: Uuid::nil() } } else { last };
            (all, cursor, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::inbox::MessageId;

    fn message(n: u128, written: i64, changed: Option<i64>) -> Message {
        let at = |minute: i64| DateTime::UNIX_EPOCH + Duration::minutes(minute);
        Message {
            id: MessageId(Uuid::from_u128(n)),
            kind: String::new(),
            title: String::new(),
            body: String::new(),
            deep_link: String::new(),
            action_label: None,
            action_link: None,
            created_at: at(written),
            read_at: None,
            archived_at: None,
            withdrawn_at: None,
            changed_at: changed.map(|later| at(written + later)),
        }
    }

    /// What the two statements of the store give.
    fn look(all: &[Message], after: Cursor, most: usize) -> (Vec<Message>, Vec<Message>) {
        let first = |m: &Message| (m.created_at, m.id.0);
        let mut written: Vec<_> = all.iter().filter(|m| first(m) > (after.at, after.id)).cloned().collect();
        written.sort_by_key(first);
        written.truncate(most);
        let of = |m: &Message| (stamp(m).at, m.id.0);
        let mut changed: Vec<_> =
            all.iter().filter(|m| m.changed_at.is_some() && of(m) > (after.at, after.id)).cloned().collect();
        changed.sort_by_key(of);
        changed.truncate(most);
        (written, changed)
    }

    proptest! {
        #[test]
        fn page_by_page_each_message_is_met_once_and_it_ends(
            rows in proptest::collection::vec((0i64..40, proptest::option::of(0i64..40)), 0..60), limit in 1usize..7,
        ) {
            let all: Vec<_> = (1u128..).zip(rows).map(|(n, (written, changed))| message(n, written, changed)).collect();
            let settled = DateTime::UNIX_EPOCH + Duration::minutes(60);
            let (mut after, mut met, mut more, mut looks) = (START, Vec::new(), true, 0);
            while more {
                let (some, cursor, is_more) = page(look(&all, after, limit + 1), after, limit, settled);
                prop_assert!(some.len() <= limit);
                met.extend(some.into_iter().map(|m| m.id.0));
                (after, more, looks) = (cursor, is_more, looks + 1);
                prop_assert!(looks <= 2 * all.len() + 1, "it never ends");
            }
            met.sort();
            prop_assert_eq!(met, all.iter().map(|m| m.id.0).collect::<Vec<_>>());
            // Nothing of the last minutes is taken for read for good.
            prop_assert!(after.at <= settled);
        }
    }
}
