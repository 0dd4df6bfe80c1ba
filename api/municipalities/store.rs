//! SQL of municipalities.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    on,
    platform::{db::Write, ids::MunicipalityId},
    statements,
};

statements! {
    REGISTER = "insert into municipality (id, key, created_at) values ($1, $2, $3) on conflict (key) do nothing";
    FIND = "select id from municipality where key = $1";
    REGISTER_NIS = "
        insert into municipality_nis (municipality_id, nis_code, valid_from) values ($1, $2, $3)
        on conflict (municipality_id, nis_code) do nothing";
}

/// The id under `key`: `fresh` if it is new.
pub async fn register(
    w: &mut Write,
    key: &str,
    fresh: MunicipalityId,
    now: DateTime<Utc>,
) -> sqlx::Result<MunicipalityId> {
    on!(w, c => sqlx::query(REGISTER).bind(fresh).bind(key).bind(now).execute(c).await.map(|_| ()))?;
    on!(w, c => sqlx::query_scalar(FIND).bind(key).fetch_one(c).await)
}

/// Notes the NIS code and the day from which it counts.
pub async fn register_nis(w: &mut Write, id: MunicipalityId, nis_code: &str, from: NaiveDate) -> sqlx::Result<()> {
    on!(w, c => sqlx::query(REGISTER_NIS).bind(id).bind(nis_code).bind(from).execute(c).await.map(|_| ()))
}
