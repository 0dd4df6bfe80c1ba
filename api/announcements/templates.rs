//! Templates: what announcements of a kind that comes back begin as. An announcement takes over what its template says, and what becomes
//! of the template after that is nothing to it.

use super::{
    contents::Contents,
    draft::{TemplateDraft, by_language},
    lists::{self, MOST},
    model::{Template, TemplateId},
    store::templates as store,
};
use crate::{
    audit::{self, Act, Entry},
    platform::{
        App,
        idempotency::{Idempotency, deleted},
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
    },
    staff::Staff,
};

/// The town's templates, by name.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Template>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::list(&mut r, who.town.id, MOST).await?)
}

/// Keeps a template, or changes it: what it says is checked as a draft's is, and may be half written as well.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `not_found`; `role_missing` for an emergency of who may not write any.
pub async fn save(
    app: &App,
    who: &Staff,
    id: TemplateId,
    draft: TemplateDraft,
) -> Result<Template, Refused<EditedMeanwhile>> {
    let texts = by_language(&draft.texts)?;
    let link = draft.link.unwrap_or_default();
    let contents = Contents {
        importance: draft.importance,
        topic: &draft.topic,
        texts: &texts,
        link: &link,
        audience: Some(&draft.audience),
    };
    contents.check(who)?;
    let (town, now) = (who.town.id, app.clock.now());
    let mut w = app.db.write().await?;
    lists::refuse_missing(&mut w, town, &draft.audience).await?;
    if draft.version != 0 && !store::is_there(&mut w, town, id).await? {
        return Err(Failure::new(Code::NotFound).into());
    }
    if draft.version == 0 && store::count(&mut w, town).await? >= MOST {
        return Err(lists::no_room().into());
    }
    let saved = Template {
        id,
        version: draft.version + 1,
        name: draft.name,
        importance: draft.importance,
        topic: draft.topic,
        texts,
        link,
        place: draft.place.unwrap_or_default(),
        is_public: draft.is_public,
        newcomers: draft.newcomers,
        title_on_lock_screen: draft.title_on_lock_screen,
        audience: draft.audience,
        saved_by: who.name.clone(),
        updated_at: now,
    };
    if !store::save(&mut w, town, &saved).await? {
        return Err(EditedMeanwhile::refused());
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::TemplateKept, id.0)]).await?;
    w.commit().await?;
    Ok(saved)
}

/// Forgets a template. What began as it keeps its own.
///
/// # Errors
/// `not_found`.
pub async fn delete(app: &App, who: &Staff, id: TemplateId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            if store::is_there(w, who.town.id, id).await? {
                // While it has its name.
                audit::record(w, app, who, &[Entry::on(Act::TemplateDeleted, id.0)]).await?;
            }
            let did = store::delete(w, who.town.id, id).await?;
            deleted(w, did, who.town.id.0, id.0, now).await.map(drop)
        })
        .await
}
