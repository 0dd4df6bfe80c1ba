//! What was planned before: each plan as it was saved, by whom and when. Saved again, an older one is a change like any other.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::store;
use crate::{
    appointments::model::LocationId,
    platform::{
        App,
        db::{Read, Write},
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
    },
    staff::Staff,
    statements, with_conn, words,
};

/// How long a plan is kept after it was saved.
const KEPT: Duration = Duration::days(400);
/// Versions that are listed.
const MOST: i64 = 200;

statements! {
    KEEP = "
        insert into plan_version (municipality_id, kind, plan_id, version, plan, member_id, saved_by, saved_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (municipality_id, kind, plan_id, version) do nothing";
    COUNT = "
        select count(*) from
            (select 1 as one from plan_version where municipality_id = $1 and kind = $2 and plan_id = $3 limit 1) first";
    VERSIONS = "
        select version, member_id, saved_by, saved_at from plan_version
        where municipality_id = $1 and kind = $2 and plan_id = $3 order by version desc limit $4";
    PLAN = "select plan from plan_version where municipality_id = $1 and kind = $2 and plan_id = $3 and version = $4";
    /// The newest of each stays: it is the one that counts.
    FORGET = "
        delete from plan_version where (municipality_id, kind, plan_id, version) in
            (select o.municipality_id, o.kind, o.plan_id, o.version from plan_version o
             where o.saved_at < $1 and exists
                 (select 1 from plan_version n
                  where n.municipality_id = o.municipality_id and n.kind = o.kind and n.plan_id = o.plan_id
                      and n.version > o.version)
             order by o.saved_at limit $2)";
}

words! {
    /// Of what a plan is.
    Planned {
        /// A service.
        Service = "service",
        /// A location, with its hours and desks.
        Location = "location",
    }
}

/// A plan that was saved.
#[derive(sqlx::FromRow)]
pub struct Version {
    /// Counted up at each save.
    pub version: i64,
    /// Who saved it; none of one that was saved before this was kept.
    member_id: Option<Uuid>,
    /// Their name; empty of one that was saved before this was kept.
    pub saved_by: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// Keeps a plan as it is saved now, and the one before it where none is kept yet.
pub(super) async fn keep(
    w: &mut Write,
    app: &App,
    who: &Staff,
    (of, id): (Planned, Uuid),
    (now, before): ((i64, Value), Option<(i64, Value)>),
) -> sqlx::Result<()> {
    let (town, at) = (who.town.id, app.clock.now());
    let kept: i64 = with_conn!(w, c => sqlx::query_scalar(COUNT).bind(town).bind(of).bind(id).fetch_one(c).await)?;
    let first = before.filter(|_| kept == 0).map(|(version, plan)| (version, plan, None, ""));
    for (version, plan, by, name) in first.into_iter().chain([(now.0, now.1, Some(who.id.0), who.name.as_str())]) {
        with_conn!(w, c => sqlx::query(KEEP).bind(town).bind(of).bind(id).bind(version).bind(Json(plan)).bind(by).bind(name)
            .bind(at).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}

/// A change that is refused, as somebody saved another meanwhile: who that was, and when.
pub(super) async fn edited(r: &mut Read, who: &Staff, of: (Planned, Uuid)) -> Refused<EditedMeanwhile> {
    match last(r, who, of).await {
        Ok(last) => edited_by(last),
        Err(error) => error.into(),
    }
}

/// Goes on where a plan is saved already as this member of staff sends it again, since the answer was lost.
///
/// # Errors
/// `edited_meanwhile` where somebody saved another, as [`edited`] says it.
pub(super) async fn is_saved(
    r: &mut Read,
    who: &Staff,
    (of, id): (Planned, Uuid),
    (version, plan): (i64, &Value),
) -> Result<(), Refused<EditedMeanwhile>> {
    let last = last(r, who, (of, id)).await?;
    if last.as_ref().is_some_and(|v| v.version == version && v.member_id == Some(who.id.0)) {
        let kept: Option<Json<Value>> = with_conn!(r, c => sqlx::query_scalar(PLAN).bind(who.town.id).bind(of).bind(id)
            .bind(version).fetch_optional(c).await)?;
        if kept.is_some_and(|kept| kept.0 == *plan) {
            return Ok(());
        }
    }
    Err(edited_by(last))
}

/// The plan that was saved last; none where nobody saved one since they are kept.
async fn last(r: &mut Read, who: &Staff, (of, id): (Planned, Uuid)) -> sqlx::Result<Option<Version>> {
    with_conn!(r, c => sqlx::query_as(VERSIONS).bind(who.town.id).bind(of).bind(id).bind(1i64).fetch_optional(c).await)
}

fn edited_by(last: Option<Version>) -> Refused<EditedMeanwhile> {
    let mut refused = EditedMeanwhile::refused();
    if let Some(last) = last.filter(|v| !v.saved_by.is_empty()) {
        let problem = refused.problem_mut();
        problem.edited_by = Some(last.saved_by);
        problem.edited_at = Some(last.saved_at.into());
    }
    refused
}

/// The plans of a service or a location that were saved, the latest first; none of one that nobody saved since they are kept.
///
/// # Errors
/// `not_found` where nothing of that id is planned.
pub async fn versions(app: &App, who: &Staff, (of, id): (Planned, Uuid)) -> Result<Vec<Version>, Failure> {
    let mut r = app.db.read().await?;
    let town = who.town.id;
    let all: Vec<Version> =
        with_conn!(r, c => sqlx::query_as(VERSIONS).bind(town).bind(of).bind(id).bind(MOST).fetch_all(c).await)?;
    let is_planned = !all.is_empty()
        || match of {
            Planned::Service => store::services(&mut r, town).await?.iter().any(|s| s.id.0 == id),
            Planned::Location => !store::locations(&mut r, town, Some(LocationId(id))).await?.is_empty(),
        };
    if is_planned { Ok(all) } else { Err(Failure::new(Code::NotFound)) }
}

/// One of them.
///
/// # Errors
/// `not_found`.
pub async fn plan(app: &App, who: &Staff, (of, id): (Planned, Uuid), version: i64) -> Result<Value, Failure> {
    let mut r = app.db.read().await?;
    let found: Option<Json<Value>> = with_conn!(r, c => sqlx::query_scalar(PLAN).bind(who.town.id).bind(of).bind(id)
        .bind(version).fetch_optional(c).await)?;
    found.map(|plan| plan.0).ok_or_else(|| Failure::new(Code::NotFound))
}

/// Forgets plans past their keeping.
pub(in crate::appointments) async fn forget(w: &mut Write, now: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(now - KEPT).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}
