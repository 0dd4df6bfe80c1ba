//! `/v1/inbox`.

use chrono::{DurationRound as _, TimeDelta};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{Changes, model::MessageId, store::Message};
use crate::{
    identity::access::Session,
    mandates::access::{ForCitizen, Messages, See},
    platform::{
        App, page,
        problem::{CursorInvalid, Failure, Refused},
        values::Timestamp,
    },
};

/// What can be done at once.
#[derive(Object)]
pub struct ActionOut {
    /// What the button says.
    label: String,
    /// A path in the app that begins with `/`, or an https address.
    link: String,
}

/// A message.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MessageOut {
    /// Its id; also `message_id` in the push that told of it.
    id: MessageId,
    /// What kind of message it is, such as `document_reminder`. An app shows kinds it does not know as plain text.
    kind: String,
    /// The title of the message: one line of plain text.
    title: String,
    /// Plain text, paragraphs apart by an empty line.
    body: String,
    /// Where the app goes from here, as a path.
    deep_link: String,
    /// What can be done at once.
    action: Option<ActionOut>,
    /// When the message was written, an instant in UTC; lists are in this order.
    created_at: Timestamp,
    /// When it was read.
    read_at: Option<Timestamp>,
    /// When it was archived.
    archived_at: Option<Timestamp>,
    /// When the town took it back: show it as what does not hold any more.
    withdrawn_at: Option<Timestamp>,
}

impl From<Message> for MessageOut {
    fn from(m: Message) -> Self {
        Self {
            id: m.id,
            kind: m.kind,
            title: m.title,
            body: m.body,
            deep_link: m.deep_link,
            action: m.action_label.zip(m.action_link).map(|(label, link)| ActionOut { label, link }),
            created_at: m.created_at.into(),
            read_at: m.read_at.map(Timestamp::from),
            archived_at: m.archived_at.map(Timestamp::from),
            withdrawn_at: m.withdrawn_at.map(Timestamp::from),
        }
    }
}

/// A page of messages.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MessagePage {
    /// The messages of this page, the newest first.
    messages: Vec<MessageOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// What changed in the inbox and the archive.
#[derive(Object)]
pub struct InboxChanges {
    /// The messages that are new or changed since, each as it is now: put each in the place of the one with its id, in the archive where it
    /// has `archived_at`. One may be here that you know already.
    messages: Vec<MessageOut>,
    /// Messages from before this instant in UTC are not kept any more: remove them.
    kept_since: Timestamp,
    /// Keep it, and send it as `cursor` the next time.
    cursor: String,
    /// Whether there is more by now: ask again with this cursor.
    more: bool,
}

impl From<Changes> for InboxChanges {
    fn from(c: Changes) -> Self {
        // To the hour before, so that who asks again has the same answer, and is told so (`If-None-Match`). Who keeps a message for an hour
        // more than the town does loses nothing.
        let kept_since = c.kept_since.duration_trunc(TimeDelta::hours(1)).unwrap_or(c.kept_since);
        Self {
            messages: c.messages.into_iter().map(MessageOut::from).collect(),
            kept_since: kept_since.into(),
            cursor: c.cursor,
            more: c.more,
        }
    }
}

/// How many messages were not read.
#[derive(Object)]
pub struct UnreadOut {
    /// The number on the icon.
    unread: i64,
}

/// Operations on the inbox.
#[derive(Default)]
pub struct InboxApi;

#[OpenApi(prefix_path = "/v1/inbox")]
impl InboxApi {
    /// List my messages
    ///
    /// Newest first, twenty a page if not asked otherwise.
    #[oai(path = "/", method = "get", operation_id = "list_messages")]
    async fn list(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Messages>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Messages on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// True for the archive instead of the inbox.
        archived: Query<Option<bool>>,
    ) -> Result<Json<MessagePage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (rows, next_cursor) =
            super::list(&app, &who.0, archived.0.unwrap_or(false), cursor.0.as_deref(), limit).await?;
        Ok(Json(MessagePage { messages: rows.into_iter().map(MessageOut::from).collect(), next_cursor }))
    }

    /// List what changed among my messages
    ///
    /// For an app that keeps them: those that are new, or were read, archived or taken back since it last asked, here or on another phone,
    /// in the order in which that happened. Without a cursor all that is kept. A hundred a page if not asked otherwise.
    #[oai(path = "/changes", method = "get", operation_id = "list_message_changes")]
    async fn changes(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Messages>,
        /// `cursor` of the look before.
        #[oai(validator(max_length = 200))]
        cursor: Query<Option<String>>,
        /// Messages on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<InboxChanges>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::MAX_LIMIT).clamp(1, page::MAX_LIMIT);
        Ok(Json(super::since(&app, &who.0, cursor.0.as_deref(), limit).await?.into()))
    }

    /// Count my unread messages
    ///
    /// The number on the icon.
    #[oai(path = "/unread-count", method = "get", operation_id = "count_unread")]
    async fn unread(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Messages>,
    ) -> Result<Json<UnreadOut>, Failure> {
        Ok(Json(UnreadOut { unread: super::unread(&app, &who.0).await? }))
    }

    /// Read one of my messages
    ///
    /// Does not mark it as read. Who acts for somebody else cannot mark it: what a holder read, its citizen has still to read.
    #[oai(path = "/:message_id", method = "get", operation_id = "get_message")]
    async fn get(
        &self,
        app: Data<&App>,
        #[oai(name = "Acting-For")] who: ForCitizen<See, Messages>,
        message_id: Path<MessageId>,
    ) -> Result<Json<MessageOut>, Failure> {
        Ok(Json(super::get(&app, &who.0, message_id.0).await?.into()))
    }

    /// Mark a message as read
    ///
    /// Takes its notification off my other devices.
    #[oai(path = "/:message_id/read", method = "put", operation_id = "mark_read")]
    async fn read(&self, app: Data<&App>, who: Session, message_id: Path<MessageId>) -> Result<(), Failure> {
        super::set_read(&app, &who.0, message_id.0, true).await
    }

    /// Mark a message as unread
    ///
    /// It counts again on the icon.
    #[oai(path = "/:message_id/read", method = "delete", operation_id = "mark_unread")]
    async fn mark_unread(&self, app: Data<&App>, who: Session, message_id: Path<MessageId>) -> Result<(), Failure> {
        super::set_read(&app, &who.0, message_id.0, false).await
    }

    /// Archive a message
    ///
    /// It leaves the inbox and can be found in the archive.
    #[oai(path = "/:message_id/archive", method = "put", operation_id = "archive_message")]
    async fn archive(&self, app: Data<&App>, who: Session, message_id: Path<MessageId>) -> Result<(), Failure> {
        super::set_archived(&app, &who.0, message_id.0, true).await
    }

    /// Take a message out of the archive
    ///
    /// It is in the inbox again.
    #[oai(path = "/:message_id/archive", method = "delete", operation_id = "unarchive_message")]
    async fn unarchive(&self, app: Data<&App>, who: Session, message_id: Path<MessageId>) -> Result<(), Failure> {
        super::set_archived(&app, &who.0, message_id.0, false).await
    }
}
