//! `/staff/v1/announcement-templates`: what staff begin from when the same kind of announcement comes back.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    audience::Audience,
    draft::{SaidIn, TemplateDraft},
    model::{HowFar, Importance, Template, TemplateId},
    templates,
};
use crate::{
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        problem::{EditedMeanwhile, Failure, Refused},
        values::Timestamp,
    },
    staff::access::{Announce, As},
};

/// A template: what announcements of a kind that comes back begin as.
#[derive(Object)]
#[oai(rename = "AnnouncementTemplateOut", skip_serializing_if_is_none)]
pub struct TemplateOut {
    /// The id of the template, a UUID.
    id: TemplateId,
    /// Counted up at each edit.
    version: i64,
    /// What the town calls it.
    name: String,
    /// How much it matters. An emergency needs the role `alert` as well.
    importance: Importance,
    /// What it is about.
    topic: String,
    /// What it says, once in each language; it may be half written.
    texts: Vec<SaidIn>,
    /// Where to read more; absent where that is not said.
    link: Option<String>,
    /// Whom it concerns; no group where that is not said. A list of people that it names may be gone since.
    audience: Audience,
    /// Whether anybody may read it.
    is_public: bool,
    /// Whether it goes to who moves into the audience.
    newcomers: bool,
    /// Where it happens, as plain text; absent where that is not said.
    place: Option<String>,
    /// Whether its title is on lock screens; absent where that is not said.
    title_on_lock_screen: Option<bool>,
    /// How far it goes to who does not read it, or has no app.
    reach: HowFar,
    /// The name of the member of staff who saved it last.
    saved_by: String,
    /// When it last changed.
    updated_at: Timestamp,
}

impl From<Template> for TemplateOut {
    fn from(t: Template) -> Self {
        Self {
            id: t.id,
            version: t.version,
            name: t.name,
            importance: t.importance,
            topic: t.topic,
            texts: t.texts.into_iter().map(SaidIn::from).collect(),
            link: Some(t.link).filter(|l| !l.is_empty()),
            audience: t.audience,
            is_public: t.is_public,
            newcomers: t.newcomers,
            place: Some(t.place).filter(|p| !p.is_empty()),
            title_on_lock_screen: t.title_on_lock_screen,
            reach: t.reach,
            saved_by: t.saved_by,
            updated_at: t.updated_at.into(),
        }
    }
}

/// Operations on templates.
#[derive(Default)]
pub struct TemplatesApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl TemplatesApi {
    /// List the templates of announcements
    ///
    /// By name: what an announcement can begin as, a hundred at most. It takes over what the template says, and keeps it.
    #[oai(path = "/announcement-templates", method = "get", operation_id = "list_announcement_templates")]
    async fn list(&self, app: Data<&App>, who: As<Announce>) -> Result<Json<Vec<TemplateOut>>, Failure> {
        Ok(Json(templates::list(&app, &who.0).await?.into_iter().map(TemplateOut::from).collect()))
    }

    /// Keep a template of announcements
    ///
    /// With an id of the writer's (a UUID), or in place of the version that was read. What it says is checked as a draft's is, and may be
    /// half written. It has no days, no decision and no image. An emergency needs the role `alert` as well. No two are called the same, in
    /// capitals or not: that is refused with the field `name` and the reason `taken`.
    #[oai(path = "/announcement-templates/:template_id", method = "put", operation_id = "put_announcement_template")]
    async fn put(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        template_id: Path<TemplateId>,
        body: Body<TemplateDraft>,
    ) -> Result<Json<TemplateOut>, Refused<EditedMeanwhile>> {
        Ok(Json(templates::save(&app, &who.0, template_id.0, body.0).await?.into()))
    }

    /// Forget a template of announcements
    ///
    /// What began as it keeps its own.
    #[oai(
        path = "/announcement-templates/:template_id",
        method = "delete",
        operation_id = "delete_announcement_template"
    )]
    async fn delete(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        template_id: Path<TemplateId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        templates::delete(&app, &who.0, template_id.0, &idempotency).await
    }
}
