//! `/v1/topics`: what a citizen wants to hear of.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json};
use serde::Deserialize;

use super::TOPICS;
use crate::{
    identity::access::Session,
    platform::{App, http::Body, problem::Failure},
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
#[oai(example)]
pub struct TopicsBody {
    /// These, and no others.
    #[oai(validator(max_items = 50, max_length = 40))]
    topics: Vec<String>,
}

impl poem_openapi::types::Example for TopicsBody {
    fn example() -> Self {
        Self { topics: vec!["works".to_owned(), "waste".to_owned()] }
    }
}

/// Operations on what citizens follow.
pub struct TopicsApi;

#[OpenApi(prefix_path = "/v1")]
impl TopicsApi {
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
    /// Important announcements and warnings come whatever I choose.
    #[oai(path = "/topics", method = "put", operation_id = "set_topics")]
    async fn set(&self, app: Data<&App>, who: Session, body: Body<TopicsBody>) -> Result<(), Failure> {
        super::follow(&app, &who.0, &body.0.topics).await
    }
}
