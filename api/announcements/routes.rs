//! `/v1/topics` and `/v1/announcements`: what a citizen wants to hear of, and what they were told.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::Path,
    payload::{Binary, Json},
};
use serde::Deserialize;

use super::{
    model::AnnouncementId,
    news::{self, Read},
    rules::TOPICS,
    staff_values::ImageOut,
    trial,
};
use crate::{
    identity::{CodeInvalid, access::Session},
    platform::{
        App,
        http::Body,
        language::Language,
        problem::{Failure, Refused},
        values::Timestamp,
    },
};

/// A topic.
#[derive(Object)]
pub struct TopicOut {
    /// Its key; the app has its name in each language.
    topic: String,
    /// Whether I follow it: else ordinary announcements on it lie in my inbox, and do not disturb me.
    follows: bool,
}

/// The topics that I follow.
#[derive(Object, Deserialize)]
pub struct TopicsBody {
    /// These, and no others.
    #[oai(validator(max_items = 50, max_length = 40))]
    topics: Vec<String>,
}

/// An announcement, as its reader has it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MyAnnouncementOut {
    /// Its id; also in `deep_link` of the message that told of it.
    id: AnnouncementId,
    /// What it is about.
    topic: String,
    /// The language of its text: the reader's, or the town's first that it has.
    language: Language,
    /// The title of the announcement: one line of plain text.
    title: String,
    /// Text, in a part of CommonMark: paragraphs, emphasis, lists, and links to `https:`, `mailto:` and `tel:`.
    text: String,
    /// What the image shows, where there is one: fetch it at `/v1/announcements/{id}/image`.
    image_text: Option<String>,
    /// Where to read more.
    link: Option<String>,
    /// When what it announces begins.
    begins_at: Option<Timestamp>,
    /// When what it announces ends, an instant in UTC; absent where that was not said.
    ends_at: Option<Timestamp>,
    /// Where it happens, as plain text; absent where that was not said.
    place: Option<String>,
    /// When it came out.
    published_at: Timestamp,
    /// Until when it is worth showing.
    valid_until: Timestamp,
    /// Whether the town took it back: show it as what does not hold any more.
    withdrawn: bool,
}

impl From<Read> for MyAnnouncementOut {
    fn from(read: Read) -> Self {
        let (withdrawn, published_at) = (read.withdrawn(), news::published(&read.announcement));
        let a = read.announcement;
        Self {
            id: a.id,
            topic: a.topic,
            language: read.language,
            title: read.said.title,
            text: read.said.text,
            image_text: a.image_id.map(|_| read.said.image_text),
            link: Some(a.link).filter(|l| !l.is_empty()),
            begins_at: a.begins_at.map(Timestamp::from),
            ends_at: a.ends_at.map(Timestamp::from),
            place: Some(a.place).filter(|p| !p.is_empty()),
            published_at: published_at.into(),
            valid_until: a.valid_until.into(),
            withdrawn,
        }
    }
}

/// A code that a member of staff was shown.
#[derive(Object, Deserialize)]
pub struct TrialCode {
    /// The code that the member of staff was shown: eight digits.
    #[oai(validator(pattern = "^[0-9]{8}$"))]
    code: String,
}

/// Operations on what citizens follow.
#[derive(Default)]
pub struct MyAnnouncementsApi;

#[OpenApi(prefix_path = "/v1")]
impl MyAnnouncementsApi {
    /// List the topics
    ///
    /// With whether I follow each. At first I follow all.
    #[oai(path = "/topics", method = "get", operation_id = "list_topics")]
    async fn list(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<TopicOut>>, Failure> {
        let not = super::unfollowed(&app, &who.0).await?;
        let topic = |t: &&str| TopicOut { topic: (*t).to_owned(), follows: !not.iter().any(|n| n == t) };
        Ok(Json(TOPICS.iter().map(topic).collect()))
    }

    /// Choose the topics that I follow
    ///
    /// Important announcements and warnings come whatever I choose here. What was announced of another topic stays in the inbox, and disturbs no more.
    #[oai(path = "/topics", method = "put", operation_id = "set_topics")]
    async fn set(&self, app: Data<&App>, who: Session, body: Body<TopicsBody>) -> Result<(), Failure> {
        super::follow(&app, &who.0, &body.0.topics).await
    }

    /// List what was announced to me
    ///
    /// The newest first, a hundred at most: what I was told, and what is public and was for where I live now.
    #[oai(path = "/announcements", method = "get", operation_id = "list_my_announcements")]
    async fn announcements(&self, app: Data<&App>, who: Session) -> Result<Json<Vec<MyAnnouncementOut>>, Failure> {
        Ok(Json(news::of_citizen(&app, &who.0).await?.into_iter().map(MyAnnouncementOut::from).collect()))
    }

    /// Read an announcement
    ///
    /// That I was told, or that is public.
    #[oai(path = "/announcements/:announcement_id", method = "get", operation_id = "get_my_announcement")]
    async fn announcement(
        &self,
        app: Data<&App>,
        who: Session,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<Json<MyAnnouncementOut>, Failure> {
        Ok(Json(news::for_citizen(&app, &who.0, announcement_id.0).await?.into()))
    }

    /// Fetch an announcement's image
    ///
    /// Where it has one: a JPEG of 1,600 pixels at most.
    #[oai(path = "/announcements/:announcement_id/image", method = "get", operation_id = "get_my_announcement_image")]
    async fn image(
        &self,
        app: Data<&App>,
        who: Session,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<ImageOut, Failure> {
        Ok(ImageOut::Ok(Binary(news::image_for_citizen(&app, &who.0, announcement_id.0).await?)))
    }

    /// Let a member of staff try announcements on my phones
    ///
    /// With the code that they were shown: for who writes announcements, on their own phone.
    #[oai(path = "/trial", method = "put", operation_id = "link_trial")]
    async fn link(&self, app: Data<&App>, who: Session, body: Body<TrialCode>) -> Result<(), Refused<CodeInvalid>> {
        trial::link(&app, &who.0, &body.0.code).await
    }

    /// Let nobody try announcements on my phones
    ///
    /// Whether anybody could before or not.
    #[oai(path = "/trial", method = "delete", operation_id = "unlink_trial")]
    async fn unlink(&self, app: Data<&App>, who: Session) -> Result<(), Failure> {
        trial::unlink(&app, &who.0).await
    }
}
