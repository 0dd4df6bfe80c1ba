//! Templates: what announcements of a kind that comes back begin as. An announcement takes over what its template says, and what becomes
//! of the template after that is nothing to it.

use super::{
    contents::{Contents, may_write},
    draft::{TemplateDraft, by_language},
    lists,
    model::{Template, TemplateId},
    store::templates as store,
};
use crate::{
    audit::{self, Act, Entry},
    platform::{
        App,
        idempotency::{Idempotency, deleted},
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
        transactions::is_twice,
    },
    staff::Staff,
};

/// Templates that a town keeps, at the most: all of them are shown, with what they say in each language.
const MOST: i64 = 100;
/// Templates that are shown: as many as a town could keep once, so that whoever has more sees them, and can forget them.
const MOST_SHOWN: i64 = 500;

/// The town's templates, by name.
///
/// # Errors
/// The database.
pub async fn list(app: &App, who: &Staff) -> Result<Vec<Template>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::list(&mut r, who.town.id, MOST_SHOWN).await?)
}

/// Why a template is not called as another is.
fn name_taken() -> Failure {
    Failure::fault("name", "taken", "is what another template is called")
}

/// Keeps a template, or changes it: what it says is checked as a draft's is, and may be half written as well. That no other has its name is
/// the database's to say, so that of two who save one name at once one is told.
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
    // Counted before it is looked for, so that one that is being kept meanwhile is not told that it has no place.
    let is_full = draft.version == 0 && store::count(&mut w, town).await? >= MOST;
    let known = store::locked(&mut w, town, id).await?;
    if draft.version != 0 && known.is_none() {
        return Err(Failure::new(Code::NotFound).into());
    }
    if let Some(known) = &known {
        may_write(who, known.importance)?;
    }
    if is_full && known.is_none() {
        return Err(lists::no_room(MOST).into());
    }
    let saved = Template {
        id,
        version: draft.version.saturating_add(1),
        name: draft.name,
        importance: draft.importance,
        topic: draft.topic,
        texts,
        link,
        place: draft.place.unwrap_or_default(),
        is_public: draft.is_public,
        newcomers: draft.newcomers,
        title_on_lock_screen: draft.title_on_lock_screen,
        reach: draft.reach,
        audience: draft.audience,
        saved_by: who.name.clone(),
        saved_by_id: Some(who.id.0),
        updated_at: now,
    };
    let is_saved = match store::save(&mut w, town, &saved).await {
        Err(error) if is_twice(&error) => return Err(name_taken().into()),
        done => done?,
    };
    if !is_saved {
        // Sent again, as the answer was lost or was waited for: who saved it first may have been at it when it was read above.
        return match store::get(&mut w, town, id).await? {
            Some(known) if (Template { updated_at: now, ..known.clone() }) == saved => Ok(known),
            None if draft.version == 0 => Err(name_taken().into()),
            _ => Err(EditedMeanwhile::refused()),
        };
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::TemplateKept, id.0)]).await?;
    w.commit().await?;
    Ok(saved)
}

/// Forgets a template. What began as it keeps its own.
///
/// # Errors
/// `not_found`; `role_missing` for an emergency of who may not write any.
pub async fn delete(app: &App, who: &Staff, id: TemplateId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            // Locked: nobody makes another of it, such as an emergency, between this look and its end.
            if let Some(known) = store::locked(w, who.town.id, id).await? {
                may_write(who, known.importance)?;
                // While it has its name.
                audit::record(w, app, who, &[Entry::on(Act::TemplateDeleted, id.0)]).await?;
            }
            let did = store::delete(w, who.town.id, id).await?;
            deleted(w, did, who.town.id.0, id.0, now).await.map(drop)
        })
        .await
}
