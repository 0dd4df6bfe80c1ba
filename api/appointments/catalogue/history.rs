//! What was planned before: each plan as it was saved, by whom and when. Saved again, an older one is a change like any other.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    platform::{
        App,
        db::Write,
        problem::{Code, Failure},
    },
    staff::Staff,
    statements, with_conn,
};

/// How long a plan is kept after it was saved.
const KEPT: Duration = Duration::days(400);
/// Versions that are listed.
const MOST: i64 = 200;

statements! {
    KEEP = "
        insert into plan_version (municipality_id, plan_id, version, plan, member_id, saved_by, saved_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (municipality_id, plan_id, version) do nothing";
    VERSIONS = "
        select version, saved_by, saved_at from plan_version
        where municipality_id = $1 and plan_id = $2 order by version desc limit $3";
    PLAN = "select plan from plan_version where municipality_id = $1 and plan_id = $2 and version = $3";
    FORGET = "
        delete from plan_version where (municipality_id, plan_id, version) in
            (select municipality_id, plan_id, version from plan_version where saved_at < $1 limit $2)";
}

/// A plan that was saved.
#[derive(sqlx::FromRow)]
pub struct Version {
    /// Counted up at each save.
    pub version: i64,
    /// Who saved it; empty of one that was saved before this was kept.
    pub saved_by: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// Keeps a plan as it is saved now, and the one before it where that is not kept yet.
pub(super) async fn keep(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (id, now): (Uuid, (i64, Value)),
    before: Option<(i64, Value)>,
) -> sqlx::Result<()> {
    let at = app.clock.now();
    let town = who.town.id;
    if let Some((version, plan)) = before {
        with_conn!(w, c => sqlx::query(KEEP).bind(town).bind(id).bind(version).bind(Json(plan)).bind(None::<Uuid>).bind("").bind(at)
            .execute(c).await.map(|_| ()))?;
    }
    let (version, plan) = now;
    with_conn!(w, c => sqlx::query(KEEP).bind(town).bind(id).bind(version).bind(Json(plan)).bind(Some(who.id.0)).bind(&who.name).bind(at)
        .execute(c).await.map(|_| ()))
}

/// The plans of a service or a location that were saved, the latest first.
///
/// # Errors
/// `not_found` where nothing of that id was planned.
pub async fn versions(app: &App, who: &Staff, id: Uuid) -> Result<Vec<Version>, Failure> {
    let mut r = app.db.read().await?;
    let all: Vec<Version> =
        with_conn!(r, c => sqlx::query_as(VERSIONS).bind(who.town.id).bind(id).bind(MOST).fetch_all(c).await)?;
    if all.is_empty() { Err(Failure::new(Code::NotFound)) } else { Ok(all) }
}

/// One of them.
///
/// # Errors
/// `not_found`.
pub async fn plan(app: &App, who: &Staff, id: Uuid, version: i64) -> Result<Value, Failure> {
    let mut r = app.db.read().await?;
    let found: Option<Json<Value>> =
        with_conn!(r, c => sqlx::query_scalar(PLAN).bind(who.town.id).bind(id).bind(version).fetch_optional(c).await)?;
    found.map(|plan| plan.0).ok_or_else(|| Failure::new(Code::NotFound))
}

/// Forgets plans past their keeping.
pub(in crate::appointments) async fn forget(w: &mut Write, now: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(now - KEPT).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}
