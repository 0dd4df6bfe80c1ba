//! SQL of templates.

use sqlx::types::Json;

use crate::{
    announcements::{
        model::{Template, TemplateId, template_columns},
        rules,
    },
    platform::{
        db::{Read, Write},
        ids::MunicipalityId,
    },
    statements, with_conn,
};

/// What a template is read with: all of it.
macro_rules! templates {
    ($which:literal) => {
        concat!("select ", template_columns!(), " from announcement_template ", $which)
    };
}

statements! {
    LIST = templates!("where municipality_id = $1 order by name, id limit $2");
    COUNT = "select count(*) from announcement_template where municipality_id = $1";
    ADD = "
        insert into announcement_template (municipality_id, id, version, name, importance, topic, texts, link, place, is_public,
            newcomers, title_on_lock_screen, audience, saved_by, saved_by_id, updated_at, reach, name_key)
        values ($1, $2, $3 + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict do nothing";
    EDIT = "
        update announcement_template set version = version + 1, name = $4, importance = $5, topic = $6, texts = $7, link = $8,
            place = $9, is_public = $10, newcomers = $11, title_on_lock_screen = $12, audience = $13, saved_by = $14,
            saved_by_id = $15, updated_at = $16, reach = $17, name_key = $18
        where municipality_id = $1 and id = $2 and version = $3";
    GET = templates!("where municipality_id = $1 and id = $2");
    LOCK = "update announcement_template set version = version where municipality_id = $1 and id = $2";
    DELETE = "delete from announcement_template where municipality_id = $1 and id = $2";
}

pub async fn list(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<Template>> {
    with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(limit).fetch_all(c).await)
}

pub async fn count(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT).bind(town).fetch_one(c).await)
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: TemplateId) -> sqlx::Result<Option<Template>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// A template as nobody else can change it until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: TemplateId) -> sqlx::Result<Option<Template>> {
    with_conn!(w, c => sqlx::query(LOCK).bind(town).bind(id).execute(c).await.map(|_| ()))?;
    get(w, town, id).await
}

/// Adds one of version 1, or changes the one before the version that it says; false where somebody was first, to it or, of a new one, to its
/// name. Of one that is changed, [`is_twice`](crate::platform::transactions::is_twice) tells that its name is another's.
pub async fn save(w: &mut Write, town: MunicipalityId, t: &Template) -> sqlx::Result<bool> {
    let before = t.version - 1;
    let sql = if before == 0 { ADD } else { EDIT };
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(t.id).bind(before).bind(&t.name).bind(t.importance.as_str())
        .bind(&t.topic).bind(Json(&t.texts)).bind(&t.link).bind(&t.place).bind(t.is_public).bind(t.newcomers)
        .bind(t.title_on_lock_screen).bind(Json(&t.audience)).bind(&t.saved_by).bind(t.saved_by_id).bind(t.updated_at)
        .bind(t.reach).bind(rules::name_key(&t.name)).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn delete(w: &mut Write, town: MunicipalityId, id: TemplateId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DELETE).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected() == 1))
}
